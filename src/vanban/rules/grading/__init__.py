"""Rules about the grading of Party members and cells (GRA)."""
