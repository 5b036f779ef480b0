"""Which font files the PDF is set in: chosen by what they cover, never by their name alone.

A type face that is called right may still lack letters of Vietnamese (Liberation Serif 1.07 lacks
92 of them), and the renderer would then borrow glyphs from another face without a word. So every
candidate file is opened and its character map is held against the letters that Vietnamese needs.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vanban.catalogue import say
from vanban.errors import EnvironmentIncompleteError
from vanban.render import sfnt

FONT_DIR_VARIABLE = "VANBAN_FONT_DIR"
"""Environment variable that names a folder of fonts to be searched before all others."""

FAMILIES = ("Times New Roman", "Tinos", "Liberation Serif")
"""Families that may be used, best first; the last two have the widths of the first."""

STYLES = ("regular", "bold", "italic", "bold_italic")
"""The four files that a family must consist of."""

_FILE_STEMS = ("times", "tinos", "liberationserif")
_FILE_SUFFIXES = {"ttf", "otf"}
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_PUNCTUATION = "\u00a0–“”‘’…°²³½"


class Verdict(StrEnum):
    """What became of a candidate file."""

    GOOD = "good"
    LACKS_LETTERS = "lacks_letters"
    UNREADABLE = "unreadable"


class FontFamily(NamedTuple):
    """The chosen family: its own name and the files of its four styles."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path

    @property
    def files(self) -> tuple[Path, Path, Path, Path]:
        """Return the four files in the order of ``STYLES``."""
        return (self.regular, self.bold, self.italic, self.bold_italic)


@dataclass(frozen=True, slots=True)
class FontCandidate:
    """A font file that was looked at.

    ``style`` is one of ``STYLES``; ``version`` is the file's own (2.0015 for 2.1.5); ``missing``
    holds the letters of Vietnamese that it lacks, in the order of their code points; ``covered``
    the code point of every character that it has a glyph for.
    """

    path: Path
    family: str
    style: str
    version: float
    verdict: Verdict
    missing: str = ""
    covered: frozenset[int] = field(default=frozenset(), repr=False)


@cache
def vietnamese_letters() -> frozenset[str]:
    """Return every letter of Vietnamese, both cases, all tones, with the other Latin letters."""
    letters = {"đ", "Đ", *map(chr, range(0x21, 0x7F))}
    for vowel in _VOWELS:
        for tone in _TONES:
            letter = unicodedata.normalize("NFC", vowel + tone)
            letters |= {letter, letter.upper()}
    return frozenset(letters)


def letters_of(font: FontFamily) -> frozenset[str]:
    """Return the characters that all four files of a family have glyphs for."""
    return _common(tuple((path, path.stat().st_mtime_ns) for path in font.files))


@cache
def _common(files: tuple[tuple[Path, int], ...]) -> frozenset[str]:
    return frozenset(map(chr, frozenset.intersection(*(_inspect(*file).covered for file in files))))


def font_folders() -> list[Path]:
    """Return the folders of this machine that may hold fonts, in the order of searching.

    ``VANBAN_FONT_DIR`` comes first; folders that do not exist are left out.
    """
    own = os.environ.get(FONT_DIR_VARIABLE)
    folders = [Path(own)] if own else []
    folders.extend(_system_folders(sys.platform, os.environ, _home()))
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a service account may have no home folder
        return Path(os.sep)


def _system_folders(platform: str, environ: Mapping[str, str], home: Path) -> Iterator[Path]:
    if platform == "win32":
        yield Path(environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        if local := environ.get("LOCALAPPDATA"):
            yield Path(local) / "Microsoft" / "Windows" / "Fonts"
        return
    if platform == "darwin":
        yield home / "Library" / "Fonts"
        yield Path("/Library/Fonts")
        yield Path("/System/Library/Fonts")
        yield Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts")
        return
    yield Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "fonts"
    yield home / ".fonts"
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (*shared.split(":"), "/usr/local/share", "/usr/share"):
        if folder:
            yield Path(folder) / "fonts"


def _font_files(folder: Path) -> list[Path]:
    """Return the files below ``folder`` whose names are those of one of our families, sorted."""
    found: list[Path] = []
    seen: set[str] = set()
    for place, below, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:  # a link that leads back up
            below.clear()
            continue
        seen.add(real)
        for name in names:
            stem, _, suffix = name.lower().rpartition(".")
            plain = stem.replace("-", "").replace("_", "").replace(" ", "")
            if suffix in _FILE_SUFFIXES and plain.startswith(_FILE_STEMS):
                found.append(Path(place, name))
    return sorted(found)


@cache
def _inspect(path: Path, _modified_ns: int) -> FontCandidate:
    """Open one font file; the answer is kept for as long as the file does not change."""
    try:
        facts = sfnt.facts_of(path)
    except (OSError, sfnt.UncommonError):
        found = _asked_of_library(path)
        if found is None:
            return FontCandidate(path, "", "", 0.0, Verdict.UNREADABLE)
        facts = found
    style = STYLES[bool(facts.selection & 0x20) + 2 * bool(facts.selection & 0x01)]
    wanted = vietnamese_letters() | set(_PUNCTUATION)
    missing = "".join(sorted(letter for letter in wanted if ord(letter) not in facts.covered))
    verdict = Verdict.LACKS_LETTERS if missing else Verdict.GOOD
    return FontCandidate(path, facts.family, style, facts.version, verdict, missing, facts.covered)


def _asked_of_library(path: Path) -> sfnt.Facts | None:
    """Return what fontTools reads in a font; None when it cannot."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            names = font["name"]
            return sfnt.Facts(
                names.getDebugName(16) or names.getDebugName(1) or "",
                font["OS/2"].fsSelection,
                float(font["head"].fontRevision),
                frozenset(font.getBestCmap() or {}),
            )
    except (OSError, TTLibError, KeyError, AssertionError, ValueError, AttributeError):
        return None


def examine_fonts(folders: Sequence[Path] | None = None) -> list[FontCandidate]:
    """Return every candidate file with its verdict, in the order of searching (for ``doctor``).

    Files of other families are left out, whatever they are called.
    """
    candidates: list[FontCandidate] = []
    seen: set[str] = set()
    for folder in font_folders() if folders is None else folders:
        for path in _font_files(folder):
            real = os.path.realpath(path)
            if real in seen:
                continue
            seen.add(real)
            try:
                candidate = _inspect(path, path.stat().st_mtime_ns)
            except OSError:  # a link to nowhere
                continue
            if candidate.family in FAMILIES or candidate.verdict is Verdict.UNREADABLE:
                candidates.append(candidate)
    return candidates


def _complete(name: str, candidates: Iterable[FontCandidate]) -> FontFamily | None:
    """Return family ``name`` made of the newest good file of each style, or None."""
    best: dict[str, FontCandidate] = {}
    for candidate in candidates:
        if candidate.family != name or candidate.verdict is not Verdict.GOOD:
            continue
        held = best.get(candidate.style)
        if held is None or candidate.version > held.version:
            best[candidate.style] = candidate
    if len(best) < len(STYLES):
        return None
    return FontFamily(name, *(best[style].path for style in STYLES))


def find_font() -> FontFamily:
    """Return the font files to set a PDF in.

    The folder of ``VANBAN_FONT_DIR`` is preferred as a whole; within it, and then on the machine,
    the families are taken in the order of ``FAMILIES``. Raises EnvironmentIncompleteError, which
    names the remedy, when no family covers Vietnamese in all four styles.
    """
    folders = font_folders()
    own = os.environ.get(FONT_DIR_VARIABLE)
    first = [folder for folder in folders if own and folder == Path(own)]
    for searched in (first, folders):
        candidates = examine_fonts(searched)
        for name in FAMILIES:
            if family := _complete(name, candidates):
                return family
    raise EnvironmentIncompleteError(say("render.no_font", families=", ".join(FAMILIES)))
