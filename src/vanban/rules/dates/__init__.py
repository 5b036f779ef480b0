"""Rules about periods and dates (DAT)."""
