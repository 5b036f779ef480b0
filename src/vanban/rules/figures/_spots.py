"""The sentences of a draft that stand around some of its words: only these are read for figures.

Sentences are told apart on the shared run of words (``ctx.prose``); a rule names the words without
which it has nothing to say, and gets the sentences that hold one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import is_normalized

from vanban.rules._quantities import ODD_BLANK, STEPPED, Folded, figures_between, fold, tone_first
from vanban.rules._text import passage_words, places
from vanban.rules.figures._skeleton import END, Sentence, sentences_of

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.text.prose import Prose

# Between such ends a semicolon may join clauses to one sentence.
STOP = re.compile(r"[.!?](?=\s)|\n *\n")

# "năm" alone is no figure, "không" neither.
_NUMBER_WORDS = (
    *("một", "hai", "ba", "bốn", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi", "trăm"),
    *("nghìn", "ngàn"),
)

_FIRST_WORDS = 3


class Spots:
    """The sentences of the texts of a draft, made when a word of theirs is asked for."""

    def __init__(self, ctx: Context) -> None:
        self._ctx, self._prose = ctx, ctx.prose
        self._pointers, self._firsts, _ = ctx.once(passage_words)
        self._low = _folded(self._prose)
        starts, hard = set(self._firsts), set(self._firsts)
        self._blank: set[int] = set()
        for gap, numbers in self._prose.gaps.items():
            # A word follows; an odd blank counts as a plain one.
            if END.search(ODD_BLANK.sub(" ", gap) + "a"):
                starts.update(numbers)
                if STOP.search(gap):
                    hard.update(numbers)
                if gap.isspace():
                    self._blank.update(numbers)
        self._starts, self._hard = sorted(starts), sorted(hard)
        self._known: dict[int, tuple[Sentence | None, int]] = {}
        self._texts: dict[int, Folded | None] = {}

    def around(
        self, numbers: Iterable[int], within: Container[str], *, joined: bool = False
    ) -> Mapping[str, list[Sentence]]:
        """Return by pointer the sentences with figures that hold one of some words, in order.

        Only texts ``within`` are looked at. ``joined`` takes all clauses of a sentence that
        semicolons part. A text that cannot be read in parts is returned whole.
        """
        starts = self._starts
        chosen: list[int] = []
        behind = -1
        for number in sorted(numbers):
            if number < behind:
                continue
            if joined:
                first, behind = self.clauses(number)
                chosen += range(bisect_left(starts, first), bisect_left(starts, behind))
            else:
                index = bisect_right(starts, number)
                chosen.append(index - 1)
                behind = starts[index] if index < len(starts) else len(self._prose.words)
        found: dict[str, list[Sentence]] = {}
        whole: set[int] = set()
        for index in chosen:
            first = starts[index]
            behind = starts[index + 1] if index + 1 < len(starts) else len(self._prose.words)
            if index in self._known:
                sentence, passage = self._known[index]
            else:
                sentence, passage = None, bisect_right(self._firsts, first) - 1
                if self._pointers[passage] not in within or not self.holds(first, behind):
                    continue
                folded = self._text(passage)
                if folded is None or self._runs_on(first, behind):
                    whole.add(passage)
                    continue
                sentence = self._made(first, behind, passage, folded)
                self._known[index] = sentence, passage
            if sentence is not None and self._pointers[passage] in within:
                found.setdefault(self._pointers[passage], []).append(sentence)
        for passage in whole:
            given = self._prose.passages[passage].raw
            found[self._pointers[passage]] = list(sentences_of(given))
        return found

    def stretches(
        self, numbers: Iterable[int], within: Container[str], least: int
    ) -> dict[str, list[tuple[int, int]]]:
        """Return by pointer the stretches around some words that may hold some figures.

        A stretch is a sentence with all its clauses, and the one before it when the word is one of
        its first. Texts that are not read as they are written are left out.
        """
        prose, found, done = self._prose, dict[str, list[tuple[int, int]]](), -1
        for number in sorted(numbers):
            if number < done:
                continue
            first, behind = self.clauses(number)
            done = behind
            passage = bisect_right(self._firsts, number) - 1
            if number - first <= _FIRST_WORDS and first > self._firsts[passage]:
                first = self.clauses(first - 1)[0]
            pointer = self._pointers[passage]
            if pointer not in within or not self.holds(first, behind, least):
                continue
            text = prose.passages[passage]
            if text.plain:
                stop = prose.starts[behind] if behind < len(prose.words) else text.end
                span = prose.starts[first] - text.start, min(stop, text.end) - text.start
                found.setdefault(pointer, []).append(span)
        return found

    def holds(self, first: int, behind: int, least: int = 1) -> bool:
        """Tell whether there may be some figures in a stretch of words."""
        at = bisect_left(self.figures, first) + least - 1
        return at < len(self.figures) and self.figures[at] < behind

    def clauses(self, number: int) -> tuple[int, int]:
        """Return the first word, and the one behind the last, of all clauses around a word."""
        hard = self._hard
        at = bisect_right(hard, number)
        return hard[at - 1], hard[at] if at < len(hard) else len(self._prose.words)

    @cached_property
    def figures(self) -> list[int]:
        """Return the words of which every figure holds one, digits or a number word, in order."""
        where = self._prose.where
        found = [n for word, numbers in where.items() if not word.isalpha() for n in numbers]
        for word in _NUMBER_WORDS:
            found += where.get(word, ())
        return sorted(found)

    @cached_property
    def percents(self) -> list[int]:
        """Return the words behind which "%" or "phần trăm" stands, in order."""
        found = places(self._ctx, "phần trăm")
        for gap, numbers in self._prose.gaps.items():
            if "%" in gap:
                found += [number - 1 for number in numbers] * gap.count("%")
        return sorted(found)

    def _text(self, number: int) -> Folded | None:
        """Return a passage folded, None unless letter for letter."""
        if number not in self._texts:
            passage = self._prose.passages[number]
            folded = None
            if passage.plain:
                low = self._low
                folded = (
                    Folded(low[passage.start : passage.end], None) if low else fold(passage.raw)
                )
            self._texts[number] = folded if folded and folded.origin is None else None
        return self._texts[number]

    def _runs_on(self, first: int, behind: int) -> bool:
        """Tell whether a figure may go on over a blank line: "2 tỷ", "500 triệu đồng"."""
        words = self._prose.words
        return any(
            number in self._blank and words[number - 1].lower().endswith(STEPPED)
            for number in (first, behind)
        )

    def _made(self, first: int, behind: int, passage: int, folded: Folded) -> Sentence | None:
        prose, low = self._prose, folded.text
        base = prose.passages[passage].start
        begin, limit = 0, len(low)
        before = prose.end(first - 1) - base if first > self._firsts[passage] else 0
        for match in END.finditer(low, before, prose.starts[first] - base + 1):
            begin = match.end()
        next_text = behind >= len(prose.words) or prose.starts[behind] - base >= limit
        stop = limit if next_text else prose.starts[behind] - base + 1
        if (end := END.search(low, prose.end(behind - 1) - base, stop)) is not None:
            limit = end.end()
        found = figures_between(low, begin, limit)
        if not found:
            return None
        given = prose.passages[passage].raw
        figures = [
            q if q.text == given[q.start : q.end] else replace(q, text=given[q.start : q.end])
            for q in found
        ]
        return Sentence(given, folded, begin, max(limit, found[-1].end), figures)


def spots(ctx: Context) -> Spots:
    """Return the sentences of a draft."""
    return ctx.once(Spots)


def _folded(prose: Prose) -> str | None:
    """Return all texts folded at once, None when a letter changes their length."""
    text = prose.text
    low = text.lower()
    if len(low) != len(text) or "Σ" in text or not is_normalized("NFC", low):
        return None
    if ODD_BLANK.search(low) is not None:
        low = ODD_BLANK.sub(" ", low)
    return tone_first(low)
