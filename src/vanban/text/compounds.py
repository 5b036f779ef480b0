"""Compound terms written with a dash (kinh tế - xã hội): the words that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from vanban.text import terms


@cache
def joints() -> frozenset[tuple[str, str]]:
    """Return the words beside the dashes of the known compound terms, in small letters."""
    found: set[tuple[str, str]] = set()
    for text in _strings(terms.data()):
        parts = [part.split() for part in text.lower().split(" - ")]
        found.update((one[-1], two[0]) for one, two in pairwise(parts) if one and two)
    return frozenset(found)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from _strings(child)
