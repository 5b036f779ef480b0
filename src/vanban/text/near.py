"""Finding what a misspelt key or value was meant to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Below this likeness a suggestion would mislead more than help.
CUTOFF = 0.6


def plain(text: str) -> str:
    """Return a text without what people vary: marks, case, and ``-``, space for ``_``."""
    folded = text.strip().casefold().replace("đ", "d").replace("ð", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return "_".join(bare.replace("-", " ").replace("_", " ").split())


def likeness(left: str, right: str) -> float:
    """Return how alike two names are, from 0 to 1 (1 when only marks, case or dashes differ)."""
    one, two = plain(left), plain(right)
    if one == two:
        return 1.0
    from difflib import SequenceMatcher  # needed only when something is misspelt

    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.quick_ratio() < CUTOFF:
        return 0.0
    return matcher.ratio()


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like ``name``, or None when none is like enough."""
    best, found = CUTOFF, None
    for candidate in candidates:
        ratio = likeness(name, candidate)
        if ratio > best or (ratio == best and found is None):
            best, found = ratio, candidate
    return found
