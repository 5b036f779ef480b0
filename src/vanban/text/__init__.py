"""Vietnamese text: numbers, dates, tone marks, encodings, coverage of letters."""
