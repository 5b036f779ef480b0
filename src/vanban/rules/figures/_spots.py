"""The sentences of a draft that stand around some of its words: only these are read for figures.

Sentences are told apart on the shared run of words (``ctx.prose``); a rule names the words without
which it has nothing to say, and gets the sentences that hold one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from vanban.rules._page import Page, page
from vanban.rules._quantities import ODD_BLANK, STEPPED, UNITS, Folded, figures_between, tone_first
from vanban.rules._text import places
from vanban.rules.figures._skeleton import END, Sentence, sentences_of

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.text.prose import Passage

# Between such ends a semicolon may join clauses to one sentence.
STOP = re.compile(r"[.!?](?=\s)|\n *\n")

# "năm" alone is no figure, "không" neither.
_NUMBER_WORDS = (
    *("một", "hai", "ba", "bốn", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi", "trăm"),
    *("nghìn", "ngàn"),
)
NUMBER_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_NUMBER_WORDS)})(?!\w)")


class Spots:
    """The sentences of the texts of a draft, made when a word of theirs is asked for.

    Words are told by their numbers in ``ctx.prose``; sentences, and the clauses that semicolons
    part, are counted over all texts.
    """

    def __init__(self, ctx: Context) -> None:
        self._prose = ctx.prose
        self._places = partial(places, ctx)
        self.page: Page = page(ctx)
        size = len(self._prose.words)
        starts, hard = set(self._prose.first_words), set(self._prose.first_words)
        self._blank: set[int] = set()
        for gap, numbers in self._prose.gaps.items():
            # A word follows; an odd blank counts as a plain one.
            if gap != " " and END.search(ODD_BLANK.sub(" ", gap) + "a"):
                starts.update(numbers)
                if STOP.search(gap):
                    hard.update(numbers)
                if gap.isspace():
                    self._blank.update(numbers)
        self._firsts, self._hard = (sorted({0, *some, size}) for some in (starts, hard))
        self._known: dict[int, Sentence | None] = {}
        self._folded: dict[int, Folded] = {}

    @cached_property
    def whole(self) -> frozenset[int]:
        """Return the numbers of the texts that cannot be read in parts.

        They are not read letter for letter, or hold a figure that may go on over a blank line:
        "2 tỷ", "500 triệu đồng".
        """
        words = self._prose.words
        before = {words[n - 1] for n in self._blank}
        stepped = {word for word in before if word.lower().endswith(STEPPED)}
        on = [n for n in self._blank if words[n - 1] in stepped] if stepped else []
        return frozenset(map(self.text_of, on)).union(self.page.odd)

    def text_of(self, number: int) -> int:
        """Return the number of the text that holds a word."""
        return bisect_right(self._prose.first_words, number) - 1

    def clause(self, number: int) -> int:
        """Return the clause that holds a word, by the number of its first word."""
        return self._firsts[bisect_right(self._firsts, number) - 1]

    def behind(self, clause: int) -> int:
        """Return the number of the word behind a clause."""
        return self._firsts[bisect_right(self._firsts, clause)]

    def sentence(self, number: int) -> tuple[int, int]:
        """Return the first word, and the one behind the last, of all clauses around a word."""
        at = bisect_right(self._hard, number)
        return self._hard[at - 1], self._hard[at]

    def clauses(self, first: int, behind: int) -> list[int]:
        """Return the clauses between the first word of a sentence and the word behind it."""
        firsts = self._firsts
        return firsts[bisect_left(firsts, first) : bisect_left(firsts, behind)]

    def holds(self, first: int, behind: int, least: int = 1) -> bool:
        """Tell whether there may be some figures in a stretch of words."""
        at = bisect_left(self.figures, first) + least - 1
        return at < len(self.figures) and self.figures[at] < behind

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
        found = self.at("phần trăm")
        for gap, numbers in self._prose.gaps.items():
            if "%" in gap:
                found += [max(number - 1, 0) for number in numbers] * gap.count("%")
        return sorted(found)

    def span(self, first: int, behind: int) -> tuple[int, int]:
        """Return where clauses begin and end on the page, by their words."""
        prose, text = self._prose, self.page.text
        passage = prose.of(first)
        begin, end = passage.start, passage.end
        start = prose.starts[first]
        for match in END.finditer(text, max(begin, start - len(prose.seps[first])), start + 1):
            begin = match.end()
        stop = prose.starts[behind] + 1 if behind < len(prose.words) else end
        last = END.search(text, prose.gap_start(behind), min(stop, end))
        return begin, end if last is None else last.end()

    def folded(self, first: int, behind: int) -> str:
        """Return clauses folded on one line."""
        prose = self._prose
        parts = [""] * (2 * (behind - first))
        parts[::2], parts[1::2] = prose.words[first:behind], prose.seps[first + 1 : behind + 1]
        return " ".join(tone_first("".join(parts).lower()).split())

    def counted(self, first: int, behind: int) -> set[str]:
        """Return what stands right behind the figures of a stretch: words in small letters, "%".

        What may be no unit is "".
        """
        figures, words, seps = self.figures, self._prose.words, self._prose.seps
        found: set[str] = set()
        for at in range(bisect_left(figures, first), len(figures)):
            number = figures[at]
            if number >= behind:
                break
            # "5ha"
            own = words[number].lstrip("0123456789")
            next_word = words[number + 1].lower() if number + 1 < len(words) else ""
            found.add(next_word)
            if own:
                found.add(own.lower())
            if own or seps[number + 1] != " " or next_word not in UNITS:
                found.add("")
            if "%" in seps[number + 1]:
                found.add("%")
        return found

    def at(self, *phrases: str) -> list[int]:
        """Return the words at which some words or phrases stand (see ``_text.places``)."""
        return self._places(*phrases)

    def around(
        self, clauses: Iterable[int], *roles: str
    ) -> Iterator[tuple[Passage, list[Sentence]]]:
        """Yield the texts of some roles in which clauses are asked for, with these, in order.

        A text that cannot be read in parts comes with all its clauses.
        """
        found: dict[int, list[Sentence]] = {}
        for clause in sorted(set(clauses)):
            number = self.text_of(clause)
            if number not in self.whole and self.page.rank(number, roles) is not None:
                sentence = self.made(clause)
                if sentence is not None:
                    found.setdefault(number, []).append(sentence)
        for number in self.whole:
            if self.page.rank(number, roles) is not None:
                found[number] = list(sentences_of(self.page.passages[number].raw))
        for _, number in sorted((self.page.rank(number, roles) or 0, number) for number in found):
            yield self.page.passages[number], found[number]

    def made(self, clause: int) -> Sentence | None:
        """Return a clause with its figures, None when it holds none."""
        if clause not in self._known:
            self._known[clause] = self._made(clause)
        return self._known[clause]

    def _made(self, clause: int) -> Sentence | None:
        number = self.text_of(clause)
        passage = self.page.passages[number]
        folded = self._folded.get(number)
        if folded is None:
            folded = Folded(self.page.text[passage.start : passage.end], None)
            self._folded[number] = folded
        begin, end = (at - passage.start for at in self.span(clause, self.behind(clause)))
        given = passage.raw
        found = [
            q if q.text == given[q.start : q.end] else q._replace(text=given[q.start : q.end])
            for q in figures_between(folded.text, begin, end)
        ]
        return Sentence(given, folded, begin, max(end, found[-1].end), found) if found else None


def spots(ctx: Context) -> Spots:
    """Return the sentences of a draft."""
    return ctx.once(Spots)
