"""Rules about inspection, discipline and petitions (DIS)."""
