"""The sentences of a draft that stand around some of its words: only these are read for figures.

Sentences are told apart on the shared run of words (``ctx.prose``); a rule names the words without
which it has nothing to say, and gets the sentences that hold one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING
from unicodedata import is_normalized

from vanban.rules._quantities import ODD_BLANK, STEPPED, Folded, figures_between, fold, tone_first
from vanban.rules._text import passage_words
from vanban.rules.figures._skeleton import END, Sentence, sentences_of
from vanban.text.prose import BORDER

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.text.prose import Prose

# Between such ends a semicolon may join clauses to one sentence.
STOP = re.compile(r"[.!?](?=\s)|\n *\n")


class Spots:
    """The sentences of the texts of a draft, made when a word of theirs is asked for."""

    def __init__(self, ctx: Context) -> None:
        self._prose = ctx.prose
        self._pointers, self._firsts, _ = ctx.once(passage_words)
        self._low = _folded(self._prose)
        starts, hard = set(self._firsts), set(self._firsts)
        for gap, numbers in self._prose.gaps.items():
            # A word follows; an odd blank counts as a plain one.
            if END.search(ODD_BLANK.sub(" ", gap) + "a"):
                starts.update(numbers)
                if STOP.search(gap):
                    hard.update(numbers)
        self._starts, self._hard = sorted(starts), sorted(hard)
        self._known: dict[int, Sentence | None] = {}
        self._texts: dict[int, Folded | None] = {}

    def around(
        self, numbers: Iterable[int], within: Container[str], *, joined: bool = False
    ) -> Mapping[str, list[Sentence]]:
        """Return by pointer the sentences with figures that hold one of some words, in order.

        Only texts ``within`` are looked at. ``joined`` takes all clauses of a sentence that
        semicolons part. A text that cannot be read in parts is returned whole.
        """
        starts = self._starts
        chosen = {bisect_right(starts, number) - 1 for number in numbers}
        if joined:
            chosen = {index for one in chosen for index in self._clauses(starts[one])}
        found: dict[str, list[Sentence]] = {}
        whole: set[int] = set()
        for index in sorted(chosen):
            passage = bisect_right(self._firsts, starts[index]) - 1
            if passage in whole or self._pointers[passage] not in within:
                continue
            folded = self._text(passage)
            if folded is None or self._runs_on(index, passage):
                whole.add(passage)
                given = self._prose.passages[passage].raw
                found[self._pointers[passage]] = list(sentences_of(given))
                continue
            if index not in self._known:
                self._known[index] = self._made(index, passage, folded)
            if (sentence := self._known[index]) is not None:
                found.setdefault(self._pointers[passage], []).append(sentence)
        return found

    def _clauses(self, number: int) -> range:
        hard, starts = self._hard, self._starts
        at = bisect_right(hard, number)
        first = bisect_left(starts, hard[at - 1])
        return range(first, bisect_left(starts, hard[at]) if at < len(hard) else len(starts))

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

    def _limits(self, index: int, passage: int) -> tuple[int, int]:
        """Return the first word of a sentence, and of the one behind it or of the next text."""
        starts = self._starts
        behind = starts[index + 1] if index + 1 < len(starts) else len(self._prose.words)
        return starts[index], behind

    def _runs_on(self, index: int, passage: int) -> bool:
        """Tell whether a figure may go on over a blank line: "2 tỷ", "500 triệu đồng"."""
        prose = self._prose
        return any(
            0 < number < len(prose.words)
            and prose.words[number - 1].lower().endswith(STEPPED)
            and BORDER not in prose.seps[number]
            and not prose.seps[number].strip()
            for number in self._limits(index, passage)
        )

    def _made(self, index: int, passage: int, folded: Folded) -> Sentence | None:
        prose, low = self._prose, folded.text
        base = prose.passages[passage].start
        first, behind = self._limits(index, passage)
        begin, limit = 0, len(low)
        before = prose.end(first - 1) - base if first > self._firsts[passage] else 0
        for match in END.finditer(low, before, prose.starts[first] - base + 1):
            begin = match.end()
        next_text = behind >= len(prose.words) or prose.starts[behind] - base >= limit
        stop = limit if next_text else prose.starts[behind] - base + 1
        if (end := END.search(low, prose.end(behind - 1) - base, stop)) is not None:
            limit = end.end()
        figures = figures_between(low, begin, limit)
        if not figures:
            return None
        end_at = max(limit, figures[-1].end)
        return Sentence(prose.passages[passage].raw, folded, begin, end_at, figures)


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
