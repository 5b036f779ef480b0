"""What an unquoted scalar of a YAML draft means: our own table, not the one of YAML 1.1.

===========================  =======================================================
``null``, ``~``, nothing     no value
``true``, ``false``          yes, no - only these two spellings
``0``, ``12``, ``-3``        whole number
``87.7``, ``1.5``            decimal number, exact
``1.246``, ``0.125``         text: a point and three digits may mean 1246 or 1,246
``05``, ``+5``, ``1_000``    text
``12:30``, ``0x1F``, ``1e3`` text
``no``, ``on``, ``yes``      text
``2023-10-09``, ``87,7``     text
===========================  =======================================================

Quoted scalars and ``|`` / ``>`` blocks are always text, as are numbers of more than
``MAX_DIGITS`` digits.
"""

from __future__ import annotations

import re
from decimal import Decimal

from vanban.read.limits import MAX_DIGITS

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
# 1.246 may be 1246 or 1,246: never guessed (the same test as for typed figures)
_AMBIGUOUS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
# a cheap first look: most scalars are prose
_MAYBE = frozenset("-0123456789~ntf")


def resolve(text: str) -> str | int | Decimal | bool | None:
    """Return the value of an unquoted scalar."""
    if text and text[0] not in _MAYBE:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= MAX_DIGITS:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text) and not _AMBIGUOUS.fullmatch(text):
            return Decimal(text)
    return text
