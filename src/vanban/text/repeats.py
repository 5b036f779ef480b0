"""Words and phrases that stand twice in a row.

The places are found by comparing the words with themselves, moved by one to seven; only the few
that agree are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vanban.text.phrases import BLANKS, fold_word
from vanban.text.prose import CODE, NAME
from vanban.text.slips import data, joined, known_pairs, words_of
from vanban.text.syllables import common

if TYPE_CHECKING:
    from vanban.text.prose import Prose

SAFE, SURE, DOUBT = "safe", "sure", "doubt"
# Longest phrase that is looked for twice in a row, in words.
_LONGEST = 7


class Repeat(NamedTuple):
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


def _agreeing(prose: Prose, size: int, least: int) -> Iterator[range]:
    """Yield where ``least`` words or more are those ``size`` words further on, or seem to be.

    All words are compared at once, as one number of a byte for each: few unlike words look alike.
    """
    whole = int.from_bytes(prose.imprint, "little")
    # The last words meet nothing.
    same = (whole ^ whole >> 8 * size).to_bytes(len(prose.words), "little")[:-size]
    alike = bytes(least)
    at = same.find(alike)
    while at >= 0:
        end = at + least
        while same[end : end + 1] == b"\0":
            end += 1
        yield range(at, end)
        at = same.find(alike, end)


def _read(prose: Prose, number: int) -> bool:
    return prose.role(number) not in (CODE, NAME)


def repeated_words(prose: Prose) -> Iterator[Repeat]:
    """Yield words that stand twice (or more often) in a row."""
    places = {
        number
        for word in prose.kinds
        if prose.follow(word, word)
        for form in prose.forms(word)
        for number, follow in pairwise(prose.distinct[form])
        if follow - number == 1
    }
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
        while joined(prose, last - 1, last + 1) and fold_word(prose.words[last]) == word:
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
    if not word.isalpha() or (len(word) < 2 and word not in words_of("lap", "khong_bao_gio")):
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
    # On the side where no compound is known, one may still stand: trường hợp | hợp đồng.
    if left and not (_bare(behind) or _paired(prose, last)):
        return ""
    if right and not (_bare(before) or _paired(prose, first - 2)):
        return ""
    if word in words_of("lap", "chac") and (left or right or not before):
        return SURE
    if word in common() and (left or right):
        return DOUBT
    return ""


def _bare(word: str) -> bool:
    """Tell whether a neighbour ("" for none) is no part of a compound."""
    return not word or word[0].isdecimal() or word in words_of("lap", "quanh")


def _paired(prose: Prose, number: int) -> bool:
    """Tell whether a word makes a compound with the one behind it: đội ngũ | cán cán bộ."""
    if number < 0 or not joined(prose, number, number + 2):
        return False
    return tuple(map(fold_word, prose.words[number : number + 2])) in known_pairs()


def repeated_phrases(prose: Prose) -> Iterator[Repeat]:
    """Yield two to seven words that stand twice in a row."""
    words = prose.words
    done = 0
    for first, size in sorted(_starts(prose)):
        last = first + 2 * size
        if first < done or not _read(prose, first):
            continue
        phrase = words[first : first + size]
        if _may_repeat(prose, first, phrase):
            continue
        # However often it is said again, it is one mistake.
        while _twice(prose, last - size, size):
            last += size
        done = last
        yield Repeat(first, first + size, last)


def _starts(prose: Prose) -> Iterator[tuple[int, int]]:
    """Yield the first word and the size of phrases that stand twice in a row."""
    words, seen = prose.words, set[tuple[int, int]]()
    for size in range(2, _LONGEST + 1):
        # The first word may have a capital once: of each run one of the others is met.
        step = size - 1
        asked = [n for run in _agreeing(prose, size, step) for n in run if not n % step]
        for place in asked:
            if words[place] != words[place + size]:
                continue
            first = place
            low = max(place - step, 0)
            while first > low and words[first - 1] == words[first - 1 + size]:
                first -= 1
            # One word more when only its capital differs.
            for start in (first - 1, first):
                if start >= 0 and (start, size) not in seen and _twice(prose, start, size):
                    seen.add((start, size))
                    yield start, size
                    break


def _twice(prose: Prose, first: int, size: int) -> bool:
    """Tell whether the same words, parted alike, stand twice with a blank between them."""
    words, seps = prose.words, prose.seps
    again, last = first + size, first + 2 * size
    if last > len(words) or seps[again] not in BLANKS:
        return False
    inner = seps[first + 1 : again]
    # A comma stands inside a phrase only in "phòng, chống": others part the items of a series.
    if inner != seps[again + 1 : last] or not all(
        gap in BLANKS or (gap == ", " and fold_word(words[number]) == "chống")
        for number, gap in enumerate(inner, first + 1)
    ):
        return False
    # "Bí thư Trung ương Đảng, Ủy viên Trung ương Đảng, Ủy viên dự khuyết": a list goes on.
    if ", " in inner and last < len(seps) and seps[last] in BLANKS:
        return False
    return all(
        one == two or (number == first and fold_word(one) == fold_word(two))
        for number, (one, two) in enumerate(
            zip(words[first:again], words[again:last], strict=True), first
        )
    )


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
