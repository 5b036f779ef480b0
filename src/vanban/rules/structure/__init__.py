"""Rules about the order and numbering of a report (STR)."""
