"""Syllables that may be written with i or y, and where each is the word that has two spellings."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def pairs() -> tuple[dict[str, Any], ...]:
    """Return the pairs: ``y`` and ``i``, and the words beside them that count or do not."""
    source = files("vanban.text").joinpath("i_y.toml").read_text("utf-8")
    return tuple(tomllib.loads(source)["cap"])


@cache
def written() -> frozenset[str]:
    """Return every syllable of the pairs."""
    return frozenset(word for pair in pairs() for word in (pair["y"], pair["i"]))
