"""Words and phrases that stand twice in a row.

The places are found by comparing the words with themselves, moved by one, two or three; only the
few that agree are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress, count, islice
from operator import eq
from typing import TYPE_CHECKING

from vanban.text.phrases import fold_word
from vanban.text.prose import CODE, NAME
from vanban.text.slips import data, joined, known_pairs, words_of
from vanban.text.syllables import common

if TYPE_CHECKING:
    from vanban.text.prose import Prose

SAFE, SURE, DOUBT = "safe", "sure", "doubt"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Words ``first:last``, of which those from ``again`` on stand there once more."""

    first: int
    again: int
    last: int
    kind: str = SURE


@cache
def _beside(side: str, word: str) -> frozenset[str]:
    """Return the neighbours with which a word that never repeats may stand twice."""
    return frozenset(map(fold_word, data()["lap"][side].get(word, "").split()))


@cache
def _stressed() -> frozenset[str]:
    """Return phrases that are said twice for stress."""
    return frozenset(phrase.strip() for phrase in data()["lap"]["nhan"].split(","))


def _moved(words: list[str], by: int) -> list[int]:
    """Return the numbers of the words that are the same as the one ``by`` places further."""
    return list(compress(count(), map(eq, words, islice(words, by, None))))


def _read(prose: Prose, number: int) -> bool:
    return prose.role(number) not in (CODE, NAME)


def repeated_words(prose: Prose) -> Iterator[Repeat]:
    """Yield words that stand twice (or more often) in a row."""
    places = set(_moved(prose.words, 1))
    never = words_of("lap", "khong_bao_gio")
    # The first word of a sentence has a capital, the second has not: Các các đồng chí.
    for word in never:
        small = prose.distinct.get(word)
        large = prose.distinct.get(word.capitalize())
        if small and large:
            places.update(_behind(large, small))
    done = 0
    for number in sorted(places):
        if number < done or not joined(prose, number, number + 2):
            continue
        word = fold_word(prose.words[number])
        last = number + 2
        while joined(prose, number, last + 1) and fold_word(prose.words[last]) == word:
            last += 1
        done = last
        kind = _kind(prose, number, last, word)
        if kind and _read(prose, number):
            yield Repeat(number, number + 1, last, kind)


def _behind(large: list[int], small: list[int]) -> set[int]:
    """Return the numbers of ``large`` directly before one of ``small``."""
    follow = set(small)
    return {number for number in large if number + 1 in follow}


def _kind(prose: Prose, first: int, last: int, word: str) -> str:
    """Return how sure it is that a word stands there once too often, "" when it may be right."""
    words = prose.words
    if not word.isalpha() or len(word) < 2:
        return ""
    if not words[first].isupper() and words[last - 1][0].isupper():
        return ""
    before = fold_word(words[first - 1]) if joined(prose, first - 1, first + 1) else ""
    behind = fold_word(words[last]) if joined(prose, first, last + 1) else ""
    if word in words_of("lap", "khong_bao_gio"):
        if behind in _beside("sau", word) or before in _beside("truoc", word):
            return ""
        return SAFE
    if word in words_of("lap", "hay_lap"):
        return ""
    # Two words that meet: nhân dân | dân tộc, tổ chức | chức năng.
    left, right = (before, word) in known_pairs(), (word, behind) in known_pairs()
    if left and right:
        return ""
    if word in words_of("lap", "chac") and (left or right or not before):
        return SURE
    if word in common() and (left or right):
        return DOUBT
    return ""


def repeated_phrases(prose: Prose) -> Iterator[Repeat]:
    """Yield two or three words that stand twice in a row."""
    words = prose.words
    done = 0
    for first, size in sorted(_starts(words)):
        last = first + 2 * size
        if first < done or not joined(prose, first, last) or not _read(prose, first):
            continue
        phrase = words[first : first + size]
        if _may_repeat(prose, first, phrase):
            continue
        done = last
        yield Repeat(first, first + size, last)


def _starts(words: list[str]) -> Iterator[tuple[int, int]]:
    for size in (3, 2):
        same = set(_moved(words, size))
        for number in same:
            if all(number + step in same for step in range(1, size)):
                yield number, size


def _may_repeat(prose: Prose, first: int, phrase: list[str]) -> bool:
    folded = [fold_word(word) for word in phrase]
    # Figures, symbols, names, and what is said twice for stress.
    if len(set(folded)) == 1 or not all(word.isalpha() for word in folded):
        return True
    if words_of("lap", "hay_lap").issuperset(folded) or " ".join(folded) in _stressed():
        return True
    if all(word[0].isupper() for word in phrase) and not all(word.isupper() for word in phrase):
        return True
    before = fold_word(prose.words[first - 1]) if joined(prose, first - 1, first + 1) else ""
    return before in words_of("lap", "to_chuc") or not all(word in common() for word in folded)
