"""Rules about Party organisations and their meetings (ORG)."""
