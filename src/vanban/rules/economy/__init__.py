"""Rules about the economy and the life of the commune (ECO)."""
