"""Rules about percentages and fractions (NUM)."""
