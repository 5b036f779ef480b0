"""Words that no Vietnamese syllable looks like: what is wrong with each, told once per word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from vanban.text.names import name_words
from vanban.text.phrases import fold_word
from vanban.text.prose import CODE
from vanban.text.slips import known_pairs, slipped
from vanban.text.syllables import (
    common,
    guesses,
    is_syllable,
    like_case,
    marked,
    nearest,
    split,
    telex,
    tone_moved,
    vietnamese_letters,
)

if TYPE_CHECKING:
    from vanban.text.prose import Prose

TONE, KEYS, GLUED, SLIP = "tone", "keys", "glued", "slip"

# How far a guess may lie for the damage to be sure, in any word and in one that may be a name.
_NEAR, _VERY_NEAR = 1.35, 0.7
# Two letters that changed places, or one typed twice, cost no more.
_SWAP = 0.82
# Parts of glued words are words of every day: the rarer ones make foreign words by chance. What a
# moved tone mark makes is sure only when it is such a word.
_USUAL_PART = 2600
_EVERY_DAY = 600
# Longest word in which a single key is looked for.
_LONGEST_KEYED = 7
# Any other sign between two words without a blank makes one thing of them: H'leo, a.b, Lê-nin, and
# a word with a stray mark or a letter of an old font in it.
_PARTING = frozenset(',;:!?…()[]{}"“”«»')


# Every Vietnamese word that is torn or spaced out leaves one of these alone; vowels are words.
CONSONANTS = frozenset("bcdđghklmnpqrstvx")
ONSETS = CONSONANTS | {"ch", "gh", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"}
CODAS = frozenset(("c", "ch", "m", "n", "ng", "nh", "p", "t"))
LONE = ONSETS | CODAS


class Verdict(NamedTuple):
    """What is wrong with a word: its kind, what it was meant to be, how sure that is.

    ``close`` tells that only marks differ: the word is damaged Vietnamese, not a foreign word.
    """

    kind: str
    new: str
    sure: bool = False
    close: bool = False
    near: tuple[str, ...] = ()


class Odd(NamedTuple):
    """A word of the texts with its verdict: ``number`` counts its place."""

    number: int
    word: str
    verdict: Verdict


@lru_cache(maxsize=16384)
def diagnose(word: str) -> Verdict | None:
    """Return what is wrong with a word that stands alone, or None when it may be left as it is."""
    if not word.isalpha():
        found = telex(word) if word.isalnum() and word.lower() not in name_words() else None
        return Verdict(KEYS, found.word, found.certain) if found else None
    lower = word.lower()
    if lower in name_words():
        return None
    moved = tone_moved(word)
    if moved is not None:
        swapped = _swapped(lower, moved.lower())
        if swapped is not None:
            meant = like_case(swapped, word)
            return Verdict(SLIP, meant, sure=False, close=True, near=(meant, moved))
        usual = common().get(moved.lower(), _USUAL_PART) < _USUAL_PART
        return Verdict(TONE, moved, sure=usual, close=True)
    if word.isupper() or is_syllable(word):
        return None
    if not word[1:].islower():
        return _at_capitals(word)
    keys = telex(word)
    if keys is not None:
        return Verdict(KEYS, keys.word, keys.certain, close=marked(word))
    if not marked(word) or not vietnamese_letters(word):
        return None
    near = guesses(word)
    if near and near[0].only_marks and near[0].cost <= _VERY_NEAR:
        return Verdict(SLIP, like_case(near[0].word, word), True, True, nearest(word))
    parts = _parts(word)
    if parts is not None and not (near and near[0].cost <= _SWAP):
        return Verdict(GLUED, " ".join(parts), close=True)
    if near and near[0].cost <= _NEAR and len(word) > 2:
        first = near[0]
        return Verdict(SLIP, like_case(first.word, word), False, first.only_marks, nearest(word))
    return None


def _parts(word: str) -> tuple[str, ...] | None:
    """Return the words of every day that stand glued in a word, or None."""
    parts = split(word)
    ranks = common()
    if parts is None or len(word) < 5 or any(ranks[p.lower()] > _USUAL_PART for p in parts):
        return None
    # A short part without a mark is little to go by: tyhành, côta.
    if any(len(p) < 3 and not marked(p) and ranks[p.lower()] > _EVERY_DAY for p in parts):
        return None
    return parts if len(word) > 5 or all(map(marked, parts)) else None


def _swapped(lower: str, moved: str) -> str | None:
    """Return a far commoner word of which two letters changed places (caủ: của, not cảu)."""
    ranks = common()
    least = ranks.get(moved, len(ranks))
    found = None
    for place in range(len(lower) - 1):
        other = lower[:place] + lower[place + 1] + lower[place] + lower[place + 2 :]
        rank = ranks.get(other, len(ranks))
        if rank < _EVERY_DAY and rank * 2 < least:
            found, least = other, rank
    return found


def _at_capitals(word: str) -> Verdict | None:
    """Part a word at its capitals (vụĐảng, CôngAn); codes (iOffice, LangBiang) are left alone."""
    cuts = [0, *(i for i, letter in enumerate(word) if i and letter.isupper()), len(word)]
    parts = [word[a:b] for a, b in pairwise(cuts)]
    ranks = common()
    if len(parts) > 4 or not any(map(marked, parts)):
        return None
    if all(part.lower() in ranks and (len(part) > 1 or part in "ởỞ") for part in parts):
        return Verdict(GLUED, " ".join(parts), sure=True, close=True)
    return None


_odd: WeakKeyDictionary[Prose, tuple[Odd, ...]] = WeakKeyDictionary()


def odd_words(prose: Prose) -> tuple[Odd, ...]:
    """Return the damaged words of the texts, in order; found once and shared by the rules."""
    known = _odd.get(prose)
    if known is None:
        known = _odd[prose] = tuple(_search(prose))
    return known


def _search(prose: Prose) -> Iterator[Odd]:
    ranks = common()
    strange = {
        low: prose.where[low]
        for low in prose.where.keys() - ranks.keys()
        if not low.isdecimal() and not is_syllable(low)
    }
    hits = sorted(
        (number, verdict)
        for numbers in strange.values()
        for number in numbers
        if (verdict := diagnose(prose.words[number])) is not None
    )
    hits += _spoken_for(prose, strange, {number for number, _ in hits})
    hits.sort()
    # What the list of sure slips names in its context is told by TXT020.
    told = slipped(prose) if hits else frozenset()
    for number, verdict in hits:
        if number in told or prose.role(number) == CODE or joined(prose, number):
            continue
        if verdict.kind == SLIP and _in_pieces(prose, number):
            continue
        figures = verdict.kind == KEYS and not prose.words[number].isalpha()
        if verdict.close or (figures and verdict.sure) or not _in_company(prose, number, strange):
            yield Odd(number, prose.words[number], verdict)


def _spoken_for(
    prose: Prose, strange: dict[str, list[int]], known: set[int]
) -> list[tuple[int, Verdict]]:
    """Find words with one key left (Đảng uyr) that make a known pair with a word beside them."""
    found: list[tuple[int, Verdict]] = []
    for low, numbers in strange.items():
        if not (low.isascii() and low.isalpha() and 3 <= len(low) <= _LONGEST_KEYED):
            continue
        meant = telex(low, trusted=True)
        if meant is None:
            continue
        right = fold_word(meant.word)
        for number in numbers:
            if number in known or not prose.words[number][1:].islower():
                continue
            before = fold_word(prose.words[number - 1]) if number else ""
            behind = fold_word(prose.words[number + 1]) if number + 1 < len(prose.words) else ""
            if ((before, right) in known_pairs() and prose.seps[number] == " ") or (
                (right, behind) in known_pairs() and prose.seps[number + 1] == " "
            ):
                new = like_case(meant.word, prose.words[number])
                found.append((number, Verdict(KEYS, new, close=True)))
    return found


def joined(prose: Prose, number: int) -> bool:
    """Tell whether a sign ties a word to the one beside it, without a blank between."""
    before = prose.seps[number] if number else ""
    after = prose.seps[number + 1] if number + 1 < len(prose.words) else ""
    # A loose mark belongs to the word before it, whatever follows.
    if after and unicodedata.combining(after[0]):
        return True
    return any(
        not _PARTING.issuperset(gap) and not any(sign.isspace() for sign in gap)
        for gap in (before, after)
    )


def _in_pieces(prose: Prose, number: int) -> bool:
    """Tell whether a lone consonant stands beside: the word is torn, and TXT015 tells it."""
    words, seps = prose.words, prose.seps
    return any(
        0 <= other < len(words) and seps[max(number, other)] == " " and words[other].lower() in LONE
        for other in (number - 1, number + 1)
    )


def _in_company(prose: Prose, number: int, strange: dict[str, list[int]]) -> bool:
    """Tell whether another word that is no syllable stands beside: a foreign phrase."""
    words, seps = prose.words, prose.seps
    return any(
        0 <= other < len(words)
        and seps[max(number, other)].isspace()
        # "điểm b": a letter by itself makes no phrase
        and len(words[other]) > 1
        and words[other].lower() in strange
        for other in (number - 1, number + 1)
    )


def opens(prose: Prose, number: int) -> bool:
    """Tell whether a capital is due at a word anyway: a sentence, an item or a quotation begins."""
    if prose.sentence(number).first == number:
        return True
    gap = prose.seps[number]
    return "\n" in gap or any(sign in gap for sign in ':“"•')


def may_be_name(prose: Prose, number: int) -> bool:
    """Tell whether a capitalised word may be part of a proper name."""
    return prose.words[number][0].isupper() and not opens(prose, number)


def in_capitals(prose: Prose, number: int) -> bool:
    """Tell whether a capitalised word stands right beside another capital."""
    words, seps = prose.words, prose.seps
    return any(
        0 <= other < len(words) and seps[max(number, other)].isspace() and words[other][0].isupper()
        for other in (number - 1, number + 1)
    )
