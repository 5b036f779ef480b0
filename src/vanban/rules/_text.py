"""What the rules that read running text share: where texts are, sentences, worded numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

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
    found = known.get(roles)
    if found is None:
        each: dict[str, tuple[Node, str]] = {}
        for role in roles:
            for node in ctx.role(role):
                if isinstance(node.value, str) and node.pointer not in each:
                    each[node.pointer] = node, node.value
        found = known[roles] = tuple(each.values())
    return found


def _known_texts(ctx: Context) -> dict[tuple[str, ...], Texts]:
    return {}


# -- the texts that hold a word ----------------------------------------------------------------


@lru_cache(maxsize=512)
def cues(*phrases: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
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
    prose = ctx.prose
    where, words = prose.where, prose.words
    total = len(words)
    pointers, firsts, odd = ctx.once(passage_words)
    found = set(odd)
    for phrase in cues(*phrases):
        size, at, least = len(phrase), 0, None
        for index, styles in enumerate(phrase):
            count = sum(len(where.get(word, ())) for word in styles)
            if least is None or count < least:
                at, least = index, count
        if not least:
            continue
        for style in phrase[at]:
            numbers = where.get(style, ())
            index, behind = 0, len(numbers)
            while index < behind:
                first = numbers[index] - at
                index += 1
                if size > 1 and not (
                    0 <= first <= total - size and _stands(phrase, words, first, at)
                ):
                    continue
                passage = bisect_right(firsts, first) - 1
                found.add(pointers[passage])
                # The other places in the same text say no more.
                if passage + 1 < len(firsts) and index < behind:
                    index = bisect_left(numbers, firsts[passage + 1], index)
                else:
                    break
    return found


def places(ctx: Context, *phrases: str, pieces: bool = False) -> list[int]:
    """Return the words of ``ctx.prose`` at which some words or phrases stand, by their numbers.

    With ``pieces`` a phrase may begin and end inside longer words too: any place of such a word is
    returned. Letter case and the style of tone marks do not matter.
    """
    prose = ctx.prose
    where, words = prose.where, prose.words
    total = len(words)
    found: list[int] = []
    for phrase in cues(*phrases):
        size = len(phrase)
        if pieces:
            for word in ctx.once(_longer).of(phrase):
                found += where[word]
        if size == 1:
            for word in phrase[0]:
                found += where.get(word, ())
            continue
        counts = [sum(len(where.get(word, ())) for word in styles) for styles in phrase]
        at = counts.index(min(counts))
        for style in phrase[at]:
            for number in where.get(style, ()):
                first = number - at
                if 0 <= first <= total - size and _stands(phrase, words, first, at):
                    found.append(first)
    return found


def underscored(ctx: Context) -> list[int]:
    """Return the words of ``ctx.prose`` that an underscore joins, by their numbers."""
    prose = ctx.prose
    if "_" not in prose.text:
        return []
    return [number for word, numbers in prose.where.items() if "_" in word for number in numbers]


class _Longer:
    """Finds the words of a draft that hold another word."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = "\n".join(("", *words, ""))

    def of(self, phrase: tuple[tuple[str, ...], ...]) -> Iterator[str]:
        """Yield the words that end, or begin, with the first, or last, word of a phrase."""
        if len(phrase) == 1:
            for word in phrase[0]:
                yield from self._holding(word, word)
            return
        for word in phrase[0]:
            yield from self._holding(word, word + "\n")
        for word in phrase[-1]:
            yield from self._holding(word, "\n" + word)

    def _holding(self, word: str, sought: str) -> Iterator[str]:
        words = self._words
        at = words.find(sought)
        while at >= 0:
            at += sought[0] == "\n"
            start, end = words.rfind("\n", 0, at) + 1, words.index("\n", at)
            if end - start > len(word):
                yield words[start:end]
            at = words.find(sought, end)


def _longer(ctx: Context) -> _Longer:
    return _Longer(ctx.prose.where)


def _stands(phrase: tuple[tuple[str, ...], ...], words: list[str], first: int, known: int) -> bool:
    """Tell whether a phrase stands at a word, when its word number ``known`` does."""
    for index, styles in enumerate(phrase):
        word = words[first + index]
        if index != known and word not in styles and word.lower() not in styles:
            return False
    return True


def passage_words(ctx: Context) -> tuple[list[str], list[int], list[str]]:
    """Return the pointers of all passages, their first words, and which are not read as written."""
    prose = ctx.prose
    passages = prose.passages
    return (
        [passage.pointer for passage in passages],
        prose.first_words,
        [passage.pointer for passage in passages if not passage.plain],
    )


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
