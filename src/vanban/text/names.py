"""Proper names and foreign words that official Vietnamese spells in its own way."""

from __future__ import annotations

import re
from functools import cache

from vanban.start.tables import toml
from vanban.text import FOLDER

_WORD = re.compile(r"\w+")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = toml(FOLDER / "names.toml")
    return data


@cache
def names(section: str, part: str | None = None) -> tuple[str, ...]:
    """Return the names of a section as they are written, each once, in the order of the file."""
    lists = _data()[section]
    chosen = lists.values() if part is None else (lists[part],)
    return tuple(dict.fromkeys(name for listed in chosen for name in listed))


@cache
def name_words() -> frozenset[str]:
    """Return every word (run of letters) of all names, in lower case."""
    return frozenset(
        word
        for section in _data()
        for name in names(section)
        for word in _WORD.findall(name.casefold())
    )
