"""Vietnamese text: numbers, dates, tone marks, encodings, coverage of letters."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the tables of words lie."""
