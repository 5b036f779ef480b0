"""Slips of typing and confusions of official Vietnamese, and where a text holds them.

The tables are in ``slips.toml``; its head tells what each of them holds. They are looked up by
their rarest word (``PhraseTable``), so that a text without slips costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from vanban.start.tables import toml
from vanban.text import FOLDER
from vanban.text.phrases import BLANKS, PhraseTable, fold_word
from vanban.text.prose import CODE, NAME
from vanban.text.tone import Style, to_style

if TYPE_CHECKING:
    from vanban.text.prose import Prose

SURE: Final = "chac"
_KEEP: Final = "*"
_FIGURE: Final = "#"
# Longest phrase of a condition, in words.
_REACH: Final = 3
# Words that show which tone style a text is written in, most used first.
_MAIN: Final = frozenset(("uỷ", "hoá", "hoà", "thuỷ", "khoá", "toạ", "thoả", "khoẻ", "xoá"))
_FIRST: Final = frozenset(to_style(word, "tone_first") for word in _MAIN)


class Hit(NamedTuple):
    """A stretch of words ``first:last`` that should be ``right`` (word by word, "" not known)."""

    first: int
    last: int
    right: tuple[str, ...]
    sure: bool = True


class _Case(NamedTuple):
    """A confusion: what is right, and the neighbours it needs or must not have."""

    right: tuple[str, ...]
    sure: bool
    after: frozenset[str]
    before: frozenset[str]
    marks: frozenset[str]
    marks_before: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    between: int


@cache
def data() -> Mapping[str, Any]:
    """Return the tables of ``slips.toml``."""
    return toml(FOLDER / "slips.toml")


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(fold_word, text.split()))


@cache
def words_of(table: str, key: str) -> frozenset[str]:
    """Return a list of words of ``slips.toml``, folded."""
    return frozenset(_words(data()[table][key]))


@cache
def _sure() -> PhraseTable[tuple[str, ...]]:
    return PhraseTable(
        {
            tuple(wrong.split()): tuple(right.split())
            for right, wrongs in data()["chac"].items()
            for wrong in wrongs
        }
    )


@cache
def known_pairs() -> frozenset[tuple[str, str]]:
    """Return pairs of neighbouring words that belong together in correct text."""
    listed = data()["ghep"]["hop_le"].replace("\n", " ").split(",")
    found: set[tuple[str, str]] = set()
    for phrase in [*listed, *data()["chac"]]:
        words = _words(phrase)
        # Longer phrases are made of pairs: hội đồng | nhân dân. Across a joint no pair is told.
        step = 1 if len(words) % 2 else 2
        if len(words) < _REACH or step > 1:
            found.update(list(pairwise(words))[::step])
    return frozenset(found)


@cache
def _cases() -> PhraseTable[tuple[_Case, ...]]:
    found: dict[tuple[str, ...], tuple[_Case, ...]] = {}
    for entry in data()["ngu_canh"]:
        folded = {
            key: frozenset(" ".join(_words(phrase)) for phrase in entry.get(key, ()))
            for key in ("sau", "truoc", "khong_sau", "khong_truoc")
        }
        for wrong in entry["sai"]:
            words = tuple(wrong.split())
            right = tuple(
                word if new == _KEEP else new
                for word, new in zip(words, entry["dung"].split(), strict=False)
            )
            case = _Case(
                right,
                entry["muc"] == SURE,
                folded["sau"],
                folded["truoc"],
                frozenset(entry.get("dau_sau", ())),
                frozenset(entry.get("dau_truoc", ())),
                folded["khong_sau"],
                folded["khong_truoc"],
                entry.get("gan_sau", 0),
            )
            found[words] = (*found.get(words, ()), case)
    return PhraseTable(found)


def joined(prose: Prose, first: int, last: int) -> bool:
    """Tell whether words ``first:last`` stand in the text with nothing but blanks between them."""
    return 0 <= first < last <= len(prose.words) and BLANKS.issuperset(prose.seps[first + 1 : last])


def _belongs(prose: Prose, number: int) -> bool:
    """Tell whether a word and the one behind it are a pair that is right."""
    return (
        joined(prose, number, number + 2)
        and (fold_word(prose.words[number]), fold_word(prose.words[number + 1])) in known_pairs()
    )


def _named(prose: Prose, hit: Hit) -> bool:
    """Tell whether the letters are those of a name: Nguyễn Đăng Viện, xã Thanh Liên."""
    words = prose.words[hit.first : hit.last]
    if len(words) >= _REACH or all(word.isupper() for word in words):
        return False
    if any(word[0].isupper() for word in words[1:]):
        return True
    if not words[0][0].isupper() or words[0].isupper():
        return False
    before = prose.words[hit.first - 1] if hit.first else ""
    if joined(prose, hit.first - 1, hit.first + 1) and before:
        # A single word with a capital inside a sentence, or one behind another such word.
        return len(words) == 1 or (before[0].isupper() and not before.isupper())
    return False


def _read(prose: Prose, number: int) -> bool:
    return prose.role(number) not in (CODE, NAME)


_FOUND: WeakKeyDictionary[Prose, tuple[Hit, ...]] = WeakKeyDictionary()


def slips(prose: Prose) -> tuple[Hit, ...]:
    """Return the sure slips of a text, in order."""
    found = _FOUND.get(prose)
    if found is None:
        found = _FOUND[prose] = tuple(_slips(prose))
    return found


def slipped(prose: Prose) -> frozenset[int]:
    """Return the numbers of the words inside sure slips, for rules about single words."""
    return frozenset(n for hit in slips(prose) for n in range(hit.first, hit.last))


def _slips(prose: Prose) -> Iterator[Hit]:
    for first, last, right in _sure().find(prose):
        hit = Hit(first, last, right)
        if (
            _read(prose, first)
            and not _named(prose, hit)
            and not _belongs(prose, first - 1)
            and not _belongs(prose, last - 1)
        ):
            yield hit


def _after(prose: Prose, number: int, phrases: frozenset[str], between: int = 0) -> bool:
    """Tell whether one of the phrases begins at a word, or up to ``between`` words further."""
    words = prose.words
    for start in range(number, number + between + 1):
        if not joined(prose, number - 1, start + 1):
            return False
        if _shown(words[start]) not in _edges(phrases, 0):
            continue
        for size in range(1, _REACH + 1):
            if (
                joined(prose, start, start + size)
                and " ".join(map(_shown, words[start : start + size])) in phrases
            ):
                return True
    return False


@cache
def _edges(phrases: frozenset[str], at: int) -> frozenset[str]:
    """Return the first words of phrases (``at`` 0), or the last (-1)."""
    return frozenset(phrase.split(" ")[at] for phrase in phrases)


def _shown(word: str) -> str:
    """Return a word as conditions tell it: any figure is #."""
    return _FIGURE if word.isdecimal() else fold_word(word)


def _before(prose: Prose, number: int, phrases: frozenset[str]) -> bool:
    """Tell whether one of the phrases ends directly before a word."""
    if not number or _shown(prose.words[number - 1]) not in _edges(phrases, -1):
        return False
    return any(
        joined(prose, number - size, number + 1)
        and " ".join(map(_shown, prose.words[number - size : number])) in phrases
        for size in range(1, _REACH + 1)
    )


def _fits(prose: Prose, first: int, last: int, case: _Case) -> bool:
    if case.not_after and _after(prose, last, case.not_after):
        return False
    if case.not_before and _before(prose, first, case.not_before):
        return False
    if case.marks_before and prose.seps[first].strip(" ") not in case.marks_before:
        return False
    if (case.after or case.marks) and not (
        _after(prose, last, case.after, case.between)
        or (case.marks and prose.seps[last].strip(" ") in case.marks)
    ):
        return False
    return not case.before or _before(prose, first, case.before)


def confusions(prose: Prose) -> Iterator[Hit]:
    """Yield words that were taken for others, in order."""
    for first, last, cases in _cases().find(prose):
        for case in cases:
            hit = Hit(first, last, case.right, case.sure)
            if _fits(prose, first, last, case):
                if _read(prose, first) and not _named(prose, hit):
                    yield hit
                break


def _cased(word: str, model: str) -> str:
    if model.isupper() and (len(model) > 1 or len(word) == 1):
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word


def _style(prose: Prose) -> Style:
    """Return the tone style that a text is written in."""
    main = sum(len(prose.where[word]) for word in _MAIN & prose.where.keys())
    first = sum(len(prose.where[word]) for word in _FIRST & prose.where.keys())
    return "tone_main" if main > first else "tone_first"


def mended(prose: Prose, hit: Hit, style: Style | None) -> str:
    """Return the words of a hit as they should stand: its capitals, blanks and tone style kept."""
    written = prose.words[hit.first : hit.last]
    made: list[str] = []
    for offset, (word, right) in enumerate(zip(written, hit.right, strict=True)):
        if offset:
            made.append(prose.seps[hit.first + offset])
        if fold_word(word) == fold_word(right):
            made.append(word)
        else:
            made.append(_cased(to_style(right, style or _style(prose)), word))
    return "".join(made)
