"""Quick starts: how a heavy library is imported for less, and plainly whenever that is in doubt."""
