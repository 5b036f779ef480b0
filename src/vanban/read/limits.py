"""The budgets of reading: a draft of two hundred pages stays below every one of them."""

from __future__ import annotations

MAX_BYTES = 2 * 1024 * 1024
"""Largest file that is read, in bytes; two hundred pages of text have about 800,000."""

MAX_DEPTH = 64
"""Deepest nesting of lists and mappings."""

MAX_NODES = 40_000
"""Most values (keys not counted) in one draft, those repeated by aliases included."""

MAX_ALIAS_NODES = 10_000
"""Most values that the aliases of one draft may repeat together."""

MAX_DIGITS = 30
"""Longest number, in digits, that is read as a number; also the largest power of ten."""

MAX_REPORTED = 20
"""Most faults of one kind that are told for one file; mending those usually mends the rest."""

MAX_CHARS = 1_600_000
"""Most characters in all texts of one draft, those repeated by aliases included."""

MAX_PARAGRAPH_CHARS = 40_000
"""Longest line of a text, in characters: about thirteen pages without a paragraph."""

MAX_WORD_CHARS = 2_000
"""Longest stretch of a text without a blank, in characters; an address may have some hundred."""
