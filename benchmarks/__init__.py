"""Benchmarks of vanban: measured by hand, never by the tests."""
