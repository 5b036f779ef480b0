"""Rules about the balance of Party members (MEM)."""
