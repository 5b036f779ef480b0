"""Where the tone mark stands in open syllables with oa, oe, uy: hòa or hoà, khỏe or khoẻ, ủy or uỷ.

No regulation settles it, so an office chooses; only words that vanban writes itself are changed.
``tone_first`` puts the mark on the first vowel, ``tone_main`` on the main one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Style = Literal["tone_first", "tone_main"]
STYLES: tuple[Style, ...] = ("tone_first", "tone_main")
TONE_KEY = "kieu_dau"
"""How the house style names the choice."""

_MARKS = "\u0300\u0301\u0309\u0303\u0323"


def style_of(*given: object) -> Style | None:
    """Return the first of some values that names a style, None when none does."""
    return next((style for value in given for style in STYLES if value == style), None)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _pairs() -> dict[str, tuple[str, str]]:
    """Return all fifteen pairs in every mix of case, keyed by either spelling."""
    found: dict[str, tuple[str, str]] = {}
    for vowels in ("oa", "oe", "uy"):
        for first in (vowels[0], vowels[0].upper()):
            for second in (vowels[1], vowels[1].upper()):
                for mark in _MARKS:
                    early, late = _nfc(first + mark + second), _nfc(first + second + mark)
                    found[early] = found[late] = (early, late)
    return found


PAIRS = _pairs()
"""Either spelling of a pair, in any case, to (tone_first, tone_main)."""

# The pair must close its syllable (hoàn, khuỷu, Huỳnh keep theirs) and the u must not belong to a
# preceding q (quý): \w is any letter, combining marks included by normalising first.
_OPEN = re.compile(
    r"(?<![qQ])(?:" + "|".join(map(re.escape, sorted(PAIRS))) + r")(?![\w\u0300-\u036f])"
)


def to_style(text: str, style: Style) -> str:
    """Return the text (composed, NFC) with the tone marks of open syllables moved to ``style``."""
    index = 0 if style == "tone_first" else 1
    return _OPEN.sub(lambda match: PAIRS[match.group()][index], _nfc(text))
