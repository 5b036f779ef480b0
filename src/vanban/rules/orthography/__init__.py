"""Rules about the letters of the text (TXT)."""
