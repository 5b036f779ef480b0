"""Syllables that may be written with i or y, and where each is the word that has two spellings."""

from __future__ import annotations

from functools import cache
from typing import Any

from vanban.start.tables import toml
from vanban.text import FOLDER


@cache
def pairs() -> tuple[dict[str, Any], ...]:
    """Return the pairs: ``y`` and ``i``, and the words beside them that count or do not."""
    return tuple(toml(FOLDER / "i_y.toml")["cap"])


@cache
def written() -> frozenset[str]:
    """Return every syllable of the pairs."""
    return frozenset(word for pair in pairs() for word in (pair["y"], pair["i"]))
