"""The validator: schema, rules, orthography."""
