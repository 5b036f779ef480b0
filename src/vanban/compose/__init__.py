"""Draft and layout profile become a Document."""
