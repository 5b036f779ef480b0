"""Characters that stand in a text in the place of plain ones: twins, odd blanks, pasted signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from vanban.start.tables import toml
from vanban.text import FOLDER
from vanban.text.metrics import covered
from vanban.text.syllables import is_syllable

ODD_SPACES: Final = frozenset(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
    "\u3000"
)
"""Blanks that no space bar gives."""

JOINING: Final = frozenset("\u00a0\u202f\u2007")
"""Those of them that keep a figure and its unit on one line."""

BULLETS: Final = frozenset("•●▪■◦‣➢➤►▶✓✔❖◆♦·∙")
"""Signs that word processors put before an item."""

LOST: Final = "\ufffd"
"""The mark of a letter that could not be read."""

TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
SHAPES: Final = "\u0302\u0306\u031b"
MARKS: Final = frozenset(TONES + SHAPES + "\u0340\u0341")
"""Loose tone marks and loose hats, breves and horns."""

# What NFKC would change and a Vietnamese text may hold: units, footnotes, marks of its own.
_KEPT: Final = frozenset("…µ´¨¸¯˘˙˚˛˜˝‥″‴‼ªº™℠ℓŀſĿ") | ODD_SPACES
_FORMS: Final = frozenset(("<compat>", "<wide>", "<narrow>", "<font>", "<square>", "<small>"))
# NFKC loses the raised figure of a unit.
_OWN: Final = {
    "㎡": "m²",
    "㎥": "m³",
    "㎢": "km²",
    "㎠": "cm²",
    "㎟": "mm²",
    "㎤": "cm³",
    "№": "số",
}


@lru_cache(maxsize=4096)
def plain_form(char: str) -> str | None:
    """Return the plain letters for a character of compatibility (ﬁ, Ａ, Ⅳ), None for all others."""
    if char in _OWN:
        return _OWN[char]
    if char < "\u0132" or char in _KEPT:
        return None
    form = unicodedata.decomposition(char).partition(" ")[0]
    if form not in _FORMS:
        return None
    plain = unicodedata.normalize("NFKC", char)
    # Letters of other scripts have forms of their own (Arabic, Hangul): they are none of ours.
    return plain if plain.isascii() or plain in ("°C", "°F") or _vietnamese(plain) else None


def _vietnamese(plain: str) -> bool:
    return all(char.isascii() or "\u1ea0" <= char <= "\u1ef9" for char in plain)


def private(char: str) -> bool:
    """Tell whether a character has no meaning but in one font (a bullet of Symbol, Wingdings)."""
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


@cache
def twins() -> Mapping[str, str]:
    """Return the letters that look like Vietnamese ones, each with the one it looks like."""
    raw = toml(FOLDER / "lookalikes.toml")
    return {char: plain for group in raw.values() for char, plain in group.items()}


@cache
def foreign_twins() -> frozenset[str]:
    """Return those of the look-alikes that are Cyrillic or Greek."""
    raw = toml(FOLDER / "lookalikes.toml")
    return frozenset(char for group in ("cyrillic", "greek") for char in raw[group])


@cache
def twin_table() -> Mapping[int, str]:
    """Return the look-alikes as ``str.translate`` takes them."""
    return {ord(char): plain for char, plain in twins().items()}


def grave(text: str) -> bool:
    """Tell whether a text holds a character that Times New Roman cannot print."""
    return not all(covered(char) for char in text if char not in "\n\t")


# A letter with the loose marks behind it, and letters that stand for another one outright.
_CLUSTER: Final = re.compile(
    "[^\u0300-\u036f]?[\u0300-\u036f]+|[\u0340\u0341\u0343\u0374\u037e\u0387\u2126\u212a\u212b]"
)


class Uncomposed(NamedTuple):
    """What NFC changes in a text: ``start:end``, how many letters, whether half of it is there.

    ``half`` tells that a letter is there with its hat and the tone behind it (Windows-1258).
    """

    start: int
    end: int
    letters: int
    half: bool


def uncomposed(raw: str) -> Uncomposed | None:
    """Return the part of a text that is not in NFC, from its first to its last letter."""
    start = end = letters = 0
    half = False
    for match in _CLUSTER.finditer(raw):
        piece = match[0]
        if unicodedata.is_normalized("NFC", piece):
            continue
        start = start if letters else match.start()
        end = match.end()
        letters += 1
        half = half or (not piece[0].isascii() and unicodedata.is_normalized("NFC", piece[0]))
    return Uncomposed(start, end, letters, half) if letters else None


def recomposed(word: str) -> str | None:
    """Return a word whose loose marks were put on their letters in the right order.

    A mark that stands twice counts once; None when two tones or two hats are left on one letter.
    """
    made: list[str] = []
    marks: list[str] = []
    for char in [*unicodedata.normalize("NFD", word), ""]:
        if char in MARKS and char:
            marks.append(char)
            continue
        if marks:
            shapes = [m for m in dict.fromkeys(marks) if m in SHAPES]
            tones = [m for m in dict.fromkeys(marks) if m in TONES]
            if len(shapes) > 1 or len(tones) > 1 or not made:
                return None
            made += shapes + tones
            marks = []
        made.append(char)
    whole = unicodedata.normalize("NFC", "".join(made))
    return None if any(map(unicodedata.combining, whole)) else whole


# No syllable is longer, a loose mark counted.
_LONGEST: Final = 9


def tone_regained(word: str) -> str | None:
    """Return the syllable when a tone mark slipped from its vowel to a consonant (dâ + ń)."""
    if len(word) > _LONGEST:
        return None
    spread = unicodedata.normalize("NFD", word)
    tones = [char for char in spread if char in TONES]
    if len(tones) != 1:
        return None
    at = spread.index(tones[0])
    letter = next((c for c in reversed(spread[:at]) if not unicodedata.combining(c)), "")
    if letter.lower() in "aeiouy":
        return None
    bare = unicodedata.normalize("NFC", spread.replace(tones[0], ""))
    for place in range(len(bare), 0, -1):
        made = unicodedata.normalize("NFC", bare[:place] + tones[0] + bare[place:])
        if len(made) == len(bare) and is_syllable(made):
            return made
    return None
