"""The version of vanban, in one place."""

__version__ = "0.1.0"
