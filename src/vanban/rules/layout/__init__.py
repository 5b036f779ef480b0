"""Rules about layout and formalities (FMT)."""
