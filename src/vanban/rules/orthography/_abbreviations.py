"""Abbreviations of a text: where they stand, and where they are written out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from vanban.rules.orthography._terms import words_of
from vanban.text.phrases import BLANKS, fold_word, spellings
from vanban.text.prose import HEADING, LEAD, RUNNING
from vanban.text.terms import data

if TYPE_CHECKING:
    from vanban.text.prose import Prose

_SENTENCES: Final = frozenset((RUNNING, LEAD))
_BRACKETED: Final = frozenset((RUNNING, LEAD, HEADING))
_ROMAN: Final = frozenset("IVXLCDM")
_VOWELS: Final = frozenset("AEIOUYÂÊÔƠƯĂ")
_LONGEST = 9
# Whether an abbreviation is used more than once is all that is asked.
_ENOUGH = 2
_LEAST_UNKNOWN, _MOST_UNKNOWN = 3, 7
# Marks that join a word to a code: 05-BC/ĐU, T.Ư, NN&PTNT.
_GLUE: Final = frozenset("-/–&._")
# Words of a name that have no letter in its abbreviation.
_UNCOUNTED: Final = frozenset(("và", "của", "về", "cho", "các"))
_JOINED: Final = BLANKS | {", ", " - "}


@cache
def meanings() -> dict[str, list[str]]:
    """Return the known abbreviations with what they are short for."""
    found: dict[str, list[str]] = data()["viet_tat"]
    return found


@cache
def familiar() -> frozenset[str]:
    """Return the abbreviations, international names and trade names that nobody writes out."""
    return frozenset(data()["quen"]["thuong"])


@cache
def ambiguous() -> frozenset[str]:
    """Return the known abbreviations that stand for several things."""
    return frozenset(data()["quen"]["hai_nghia"])


@cache
def sisters() -> dict[str, frozenset[str]]:
    """Return for each abbreviation the forms it is written in, itself among them."""
    return {text: frozenset(group) for group in data()["bien_the"]["nhom"] for text in group}


@cache
def _full(short: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each way to write an abbreviation out."""
    return tuple(tuple(map(fold_word, words_of(text))) for text in meanings().get(short, ()))


def told_before(prose: Prose, short: Short) -> bool:
    """Tell whether the words that an abbreviation is short for stand somewhere before it."""
    return any(_stand_before(prose, words, short.first) for words in _full(short.text))


def _stand_before(prose: Prose, words: tuple[str, ...], limit: int) -> bool:
    best: tuple[int, int, list[int]] | None = None
    for offset, word in enumerate(words):
        numbers: list[int] = []
        for spelling in spellings(word):
            numbers = numbers + prose.where.get(spelling, [])
        if not numbers:
            return False
        if best is None or len(numbers) < best[0]:
            best = len(numbers), offset, numbers
    if best is None:
        return False
    _, offset, numbers = best
    size = len(words)
    for number in numbers:
        first = number - offset
        if (
            first >= 0
            and first + size <= limit
            and tuple(map(fold_word, prose.words[first : first + size])) == words
            and _JOINED.issuperset(prose.seps[first + 1 : first + size])
        ):
            return True
    return False


@cache
def _parts() -> frozenset[str]:
    """Return the short abbreviations that longer ones are put together from: VP and CP in VPCP."""
    return frozenset(data()["quen"]["manh"])


def _native(word: str) -> bool:
    """Tell whether an abbreviation is surely one of Vietnamese words: CNVCLĐ, VPCP; not FSC, BTS.

    It holds a Đ, or is wholly made of parts that offices use.
    """
    if "Đ" in word:
        return True
    ends = {0}
    for end in range(1, len(word) + 1):
        if any(word[start:end] in _parts() for start in ends):
            ends.add(end)
    return len(word) in ends and word not in _parts()


@lru_cache(maxsize=1 << 12)
def is_unknown(word: str) -> bool:
    """Tell whether a word in capitals can only be a Vietnamese abbreviation, and is in no list.

    Without a vowel nobody can read it as a word; Roman numerals are none.
    """
    return (
        _LEAST_UNKNOWN <= len(word) <= _MOST_UNKNOWN
        and word.isalpha()
        and _native(word)
        and word not in meanings()
        and word not in familiar()
        and not _VOWELS.intersection(word)
        and not _ROMAN.issuperset(word)
        # Letters of a foreign script, or with marks that no abbreviation has.
        and all(letter == "Đ" or letter.isascii() for letter in word)
    )


class Short(NamedTuple):
    """One occurrence of an abbreviation: words ``first:last``."""

    text: str
    first: int
    last: int


def shorts(prose: Prose, known: Collection[str]) -> dict[str, list[Short]]:
    """Return the abbreviations of running text and leads, but the ``known``, in no order.

    Of each the first two places are given.
    """
    found: dict[str, list[Short]] = {}
    inner: set[int] = set()
    heads, tails = _halves()
    for number in prose.gaps.get("-", ()) if tails & prose.distinct.keys() else ():
        if prose.words[number] in tails and prose.words[number - 1] in heads:
            text = f"{prose.words[number - 1]}-{prose.words[number]}"
            if text in meanings():
                inner.update((number - 1, number))
                places = found.setdefault(text, [])
                if len(places) < _ENOUGH and _stands(prose, number - 1, number + 1):
                    places.append(Short(text, number - 1, number + 1))
    for word, numbers in prose.distinct.items():
        if not word.isupper() or word in known or not 1 < len(word) <= _LONGEST:
            continue
        if word in meanings() or is_unknown(word):
            standing = (
                Short(word, number, number + 1)
                for number in numbers
                if number not in inner and _stands(prose, number, number + 1)
            )
            found[word] = list(islice(standing, _ENOUGH))
    return {text: places for text, places in found.items() if places and text not in known}


@cache
def _halves() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first and the second words of the abbreviations with a dash."""
    pairs = [text.split("-") for text in meanings() if "-" in text]
    return frozenset(one for one, _ in pairs), frozenset(two for _, two in pairs)


def _stands(prose: Prose, first: int, last: int) -> bool:
    """Tell whether words in capitals are an abbreviation within a sentence, not part of a code."""
    if prose.role(first) not in _SENTENCES:
        return False
    before, behind = prose.seps[first], prose.seps[last]
    # "12 - KH / ĐU" is a code as well.
    if before[-1:] in _GLUE or "/" in before or "/" in behind:
        return False
    if last < len(prose.words) and behind[0] in _GLUE and not _ends(behind):
        return False
    return not (_shouted(prose, first - 1, before) or _shouted(prose, last, behind))


def _ends(gap: str) -> bool:
    """Tell whether a full stop ends a sentence: more than the stop parts it from the next word."""
    return gap[0] == "." and gap != "."


def _shouted(prose: Prose, number: int, gap: str) -> bool:
    """Tell whether a neighbour is a word in capitals: a heading, a name, a slogan."""
    if gap not in BLANKS or not 0 <= number < len(prose.words):
        return False
    word = prose.words[number]
    return (
        len(word) > 1
        and word.isupper()
        and word.isalpha()
        and word not in meanings()
        and word not in familiar()
        and not is_unknown(word)
    )


class Definition(NamedTuple):
    """An abbreviation in brackets behind its words: words ``full:first`` and ``first:last``."""

    text: str
    full: int
    first: int
    last: int


def definitions(prose: Prose) -> Iterator[Definition]:
    """Yield the abbreviations that stand in brackets behind the words they are short for."""
    places: list[int] = []
    for gap, numbers in prose.gaps.items():
        if gap[-1:] == "(" and gap[:-1] in BLANKS:
            places.extend(numbers)
    for number in sorted(places):
        if number >= len(prose.words) or not prose.words[number].isupper():
            continue
        text, last = prose.words[number], number + 1
        if prose.seps[last] == "-" and last < len(prose.words) and prose.words[last].isupper():
            text, last = f"{text}-{prose.words[last]}", last + 1
        letters = text.replace("-", "")
        if len(letters) < 2 or not letters.isalpha() or not prose.seps[last].startswith(")"):
            continue
        if prose.role(number) not in _BRACKETED:
            continue
        full = _written_out(prose, number, text, letters)
        if full is not None:
            yield Definition(text, full, number, last)


def _written_out(prose: Prose, number: int, text: str, letters: str) -> int | None:
    """Return where the words begin that ``letters`` stand for, just before word ``number``."""
    for known in meanings().get(text, ()):
        words = tuple(map(fold_word, words_of(known)))
        first = number - len(words)
        if first >= 0 and tuple(map(fold_word, prose.words[first:number])) == words:
            return first
    at = number
    for letter in reversed(letters.lower()):
        at -= 1
        while at > 0 and prose.words[at].lower() in _UNCOUNTED and not _begins(prose, at, letter):
            at -= 1
        if at < 0 or not _begins(prose, at, letter):
            return None
        if at + 1 < number and prose.seps[at + 1] not in _JOINED:
            return None
    return at


def _begins(prose: Prose, number: int, letter: str) -> bool:
    return prose.words[number][0].lower() == letter


def explained(prose: Prose) -> frozenset[str]:
    """Return the words that brackets or "viết tắt là" explain somewhere in the text."""
    found: set[str] = set()
    for gap, numbers in prose.gaps.items():
        if "(" in gap:
            for number in numbers:
                found.update(_bracketed(prose, number))
    for number in prose.where.get("tắt", ()):
        if number and prose.words[number - 1].lower() in ("viết", "gọi"):
            found.update(_joined(prose, number + 1, 3))
    return frozenset(found)


def _bracketed(prose: Prose, number: int) -> Iterator[str]:
    """Yield the abbreviations on either side of an opening bracket."""
    if number >= len(prose.words):
        return
    if prose.words[number].isupper():
        yield from _joined(prose, number, 1)
    # "UBND (Ủy ban nhân dân)".
    before = prose.words[number - 1] if number else ""
    if before.isupper() and prose.words[number][0].lower() == before[0].lower():
        yield before
        if number > 1 and prose.seps[number - 1] == "-":
            yield f"{prose.words[number - 2]}-{before}"


def _joined(prose: Prose, first: int, count: int) -> Iterator[str]:
    """Yield some words, each alone and with what a dash joins to it."""
    for number in range(first, min(first + count, len(prose.words))):
        yield prose.words[number]
        if number + 1 < len(prose.words) and prose.seps[number + 1] == "-":
            yield f"{prose.words[number]}-{prose.words[number + 1]}"
