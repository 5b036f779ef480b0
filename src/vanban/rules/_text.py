"""What the rules that read running text share: where texts are, sentences, worded numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise, product, starmap
from typing import TYPE_CHECKING, NamedTuple

from vanban.text.tone import STYLES, to_style

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

SUBJECT = "subject"
HEADING = "heading"
RUNNING = ("lead", "prose")

# A full stop inside 1.234 or TP.HCM ends nothing; a blank line always does.
_SENTENCE_END = re.compile(r"[.!?](?=[\s”\"»)]|$)|\n[ \t]*\n")

_NUMBER_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
NUMBER_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))


def small_number(text: str) -> int | None:
    """Return the number written in digits or in words (một ... mười hai), or None."""
    words = " ".join(text.lower().split())
    return int(words) if words.isdecimal() else _NUMBER_WORDS.get(words)


Texts = tuple[tuple["Node", str], ...]


def text_nodes(ctx: Context, *roles: str) -> Texts:
    """Return each text of the given roles once, with its node, in document order by role."""
    known = ctx.once(_known_texts)
    found = known.together.get(roles)
    if found is None:
        each: dict[str, tuple[Node, str]] = {}
        for role in roles:
            if role not in known.apart:
                known.apart[role] = {
                    node.pointer: (node, node.value)
                    for node in ctx.role(role)
                    if isinstance(node.value, str)
                }
            each |= known.apart[role]
        found = known.together[roles] = tuple(each.values())
    return found


class _Known(NamedTuple):
    """The texts of a draft already asked for: of one role by their pointers, of several roles."""

    apart: dict[str, dict[str, tuple[Node, str]]]
    together: dict[tuple[str, ...], Texts]


def _known_texts(ctx: Context) -> _Known:
    return _Known({}, {})


# -- the texts that hold a word ----------------------------------------------------------------


Phrase = tuple[tuple[str, ...], ...]
"""Words side by side, each in every way it may be spelled, in small letters."""


@lru_cache(maxsize=512)
def cues(*phrases: str) -> tuple[Phrase, ...]:
    """Return what ``holding`` looks for: words or phrases, in both styles of tone marks."""
    return tuple(
        tuple(
            tuple(dict.fromkeys(to_style(word.lower(), style) for style in STYLES))
            for word in phrase.split()
        )
        for phrase in phrases
    )


def holding(ctx: Context, *phrases: str) -> set[str]:
    """Return the pointers of the texts that may hold one of some words or phrases.

    It asks the words of the whole draft (``ctx.prose``), so that a rule need not look into each
    text. Letter case and the style of tone marks do not matter; a phrase is words side by side.
    """
    pointers, firsts, odd = ctx.once(passage_words)
    known = ctx.once(_Places)
    found = set(odd)
    for phrase in cues(*phrases):
        numbers = sorted(known.of(phrase))
        index, behind = 0, len(numbers)
        while index < behind:
            passage = bisect_right(firsts, numbers[index]) - 1
            found.add(pointers[passage])
            if passage + 1 == len(firsts):
                break
            # The other places in the same text say no more.
            index = bisect_left(numbers, firsts[passage + 1], index + 1)
    return found


def places(ctx: Context, *phrases: str, pieces: bool = False) -> list[int]:
    """Return the words of ``ctx.prose`` at which some words or phrases stand, by their numbers.

    With ``pieces`` a phrase may begin and end inside longer words too. Letter case and the style of
    tone marks do not matter.
    """
    known = ctx.once(_Places)
    found: list[int] = []
    for phrase in cues(*phrases):
        found += known.of(ctx.once(_Longer).ways(phrase) if pieces else phrase)
    return found


class _Places:
    """The words at which phrases stand, each phrase sought once for all rules."""

    def __init__(self, ctx: Context) -> None:
        self._prose = ctx.prose
        self._known: dict[Phrase, list[int]] = {}

    def of(self, phrase: Phrase) -> list[int]:
        """Return the numbers of the words at which a phrase stands, in order by its spellings."""
        found = self._known.get(phrase)
        if found is None:
            found = self._known[phrase] = self._sought(phrase)
        return found

    def _sought(self, phrase: Phrase) -> list[int]:
        prose = self._prose
        where, words, follow = prose.where, prose.words, prose.follow
        if len(phrase) == 1:
            return [number for word in phrase[0] for number in where.get(word, ())]
        # Most phrases are in no text: two words of theirs never stand side by side.
        for pair in pairwise(phrase):
            if not any(starmap(follow, product(*pair))):
                return []
        counts = [sum(len(where.get(word, ())) for word in styles) for styles in phrase]
        rarest, last = counts.index(min(counts)), len(words) - len(phrase)
        firsts = [n - rarest for word in phrase[rarest] for n in where.get(word, ())]
        firsts = [n for n in firsts if 0 <= n <= last]
        for index, styles in enumerate(phrase):
            if index != rarest:
                forms = {form for word in styles for form in prose.forms(word)}
                firsts = [n for n in firsts if words[n + index] in forms]
        return firsts


def offsets(ctx: Context, *phrases: str) -> dict[str, list[int]]:
    """Return where some words or phrases begin in the texts as written, by their pointers."""
    prose = ctx.prose
    found: dict[str, list[int]] = {}
    for number in sorted(set(places(ctx, *phrases))):
        passage, start, _ = prose.raw(prose.starts[number], prose.end(number))
        found.setdefault(passage.pointer, []).append(start)
    return found


def underscored(ctx: Context) -> list[int]:
    """Return the words of ``ctx.prose`` that an underscore joins, by their numbers."""
    prose = ctx.prose
    if "_" not in prose.text:
        return []
    return [number for word, numbers in prose.where.items() if "_" in word for number in numbers]


class _Longer:
    """Finds the words of a draft that hold another word."""

    def __init__(self, ctx: Context) -> None:
        self._words = "\n".join(("", *ctx.prose.where, ""))

    def ways(self, phrase: Phrase) -> Phrase:
        """Return a phrase with the longer words in which its first and its last may end it."""
        if len(phrase) == 1:
            return (self._holding(phrase[0], "", ""),)
        first, *inner, last = phrase
        return self._holding(first, "", "\n"), *inner, self._holding(last, "\n", "")

    def _holding(self, spellings: tuple[str, ...], before: str, behind: str) -> tuple[str, ...]:
        """Return spellings of a word, and all words that hold one between two other signs."""
        words, found = self._words, dict.fromkeys(spellings)
        for word in spellings:
            sought = f"{before}{word}{behind}"
            at = words.find(sought)
            while at >= 0:
                at += len(before)
                start, end = words.rfind("\n", 0, at) + 1, words.index("\n", at)
                found[words[start:end]] = None
                at = words.find(sought, end)
        return tuple(found)


def passage_words(ctx: Context) -> tuple[list[str], list[int], list[str]]:
    """Return the pointers of all passages, their first words, and which are not read as written."""
    prose = ctx.prose
    passages = prose.passages
    return (
        [passage.pointer for passage in passages],
        prose.first_words,
        [passage.pointer for passage in passages if not passage.plain],
    )


def holders(ctx: Context, numbers: Iterable[int]) -> set[str]:
    """Return the pointers of the texts that hold some words, and of those not read as written."""
    pointers, firsts, odd = ctx.once(passage_words)
    return {*odd, *[pointers[bisect_right(firsts, number) - 1] for number in numbers]}


def is_part_heading(node: Node) -> bool:
    """Tell whether a heading is that of a whole part: ``/x/tieu_de``."""
    return node.pointer.count("/") == 2


# A sentence is looked at this far around a place: keeps the cost linear in endless sentences.
WINDOW = 300


class Sentences:
    """The sentences of one text, found by position."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        # Found when a rule first asks: most texts hold nothing for it.
        return [0, *[match.end() for match in _SENTENCE_END.finditer(self.text)]]

    def bounds(self, position: int) -> tuple[int, int]:
        """Return the start and the end of the sentence that holds ``position``."""
        index = bisect_right(self._starts, position) - 1
        last = index + 1 >= len(self._starts)
        return self._starts[index], len(self.text) if last else self._starts[index + 1]

    def before(self, position: int) -> str:
        """Return what stands in the sentence before ``position``, the nearest part of it."""
        low = max(0, position - WINDOW)
        if "_starts" in vars(self):
            return self.text[max(self.bounds(position)[0], low) : position]
        # A blank line is read from its beginning.
        at = low
        while at and self.text[at - 1] in " \t\n":
            at -= 1
        for match in _SENTENCE_END.finditer(self.text, at):
            if match.end() > position:
                break
            low = max(low, match.end())
        return self.text[low:position]

    def after(self, position: int) -> str:
        """Return what stands in the sentence from ``position`` on, the nearest part of it."""
        return self.text[position : min(self.bounds(position)[1], position + WINDOW)]
