"""Phrases about the months of a year: "9 tháng đầu năm 2023", "3 tháng cuối năm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules._text import (
    HEADING,
    NUMBER_WORD,
    RUNNING,
    SUBJECT,
    Sentences,
    holding,
    is_part_heading,
    small_number,
    text_nodes,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context

YEAR = r"(?:19|20)\d{2}"

_MONTHS = re.compile(
    rf"(?<![\w/.,-])(?P<n>\d{{1,2}}|{NUMBER_WORD})\s+tháng\s+"
    r"(?P<side>đầu|cuối|còn\s+lại)\s+(?:(?:của|trong)\s+)?năm"
    rf"(?:\s+(?P<year>{YEAR})(?!\d|\s*[-–]\s*\d))?"
    r"(?P<other>\s+(?:trước|ngoái|qua|kia|sau|tới)(?!\w))?",
    re.IGNORECASE,
)
# Words that say: the phrase is compared with, or stands in the name of another document.
_COMPARISON = re.compile(
    r"so\s+với|so\s+cùng|so\s+sánh|cùng\s+kỳ|đối\s+chiếu|năm\s+trước|năm\s+ngoái|"
    r"bằng\s+[\d.,]+\s*(?:%|lần)|(?<!\w)(?:từ|kể\s+từ|sau|trước|hơn|như|so)\s*$",
    re.IGNORECASE,
)
_CITATION = re.compile(r"(?<!\w)số\s*\d+\s*[-/]|[“\"«][^”\"»]*$", re.IGNORECASE)
# Who reports, and that it does: the document named before it is at its end.
_REPORTS = re.compile(
    r",\s+(?:ban\s+(?:chấp\s+hành|thường\s+vụ)|đảng\s+[uủ][ỷy]|[uủ][ỷy]\s+ban|ubnd|chi\s+(?:bộ|[uủ][ỷy]))"
    r"(?!\w)[^,.;]{0,60}?\sbáo\s+cáo\s+(?=kết\s+quả|tình\s+hình|sơ\s+kết|công\s+tác|như)",
    re.IGNORECASE,
)
# A plan for months ahead that is spoken of as under way, or as of its own, behind a semicolon.
_PLAN_NAMED = re.compile(
    r"(?<!\w)(?:kế\s+hoạch|chương\s+trình|nghị\s+quyết|chỉ\s+tiêu)(?!\w)[^.;,]*$", re.IGNORECASE
)
_UNDER_WAY = re.compile(
    r"[^.;,]{0,40}?(?<!\w)(?:đã|đang|được|đạt|hoàn\s+thành|thực\s+hiện\s+xong)(?!\w)", re.IGNORECASE
)
_LINK = re.compile(r"phương\s+hướng|nhiệm\s+vụ|giải\s+pháp", re.IGNORECASE)
_TASK = re.compile(r"(?<!\w)(?:phương\s+hướng|nhiệm\s+vụ|giải\s+pháp)[^.;]*$", re.IGNORECASE)
# Tasks that were set, or a plan that was made, when more of the year was left.
_MADE_EARLIER = re.compile(
    r"(?<!\w)(?:kế\s+hoạch|nghị\s+quyết|chương\s+trình|đề\s+ra|đã|từ\s+tháng|hội\s+nghị)(?!\w)",
    re.IGNORECASE,
)
_TASK_NEAR = 60
# Farther apart than this, two phrases of one sentence do not belong together.
_NEAR = 160
MONTHS_OF_YEAR = 12


class Phrase(NamedTuple):
    """``n tháng đầu|cuối năm [year]`` at ``start:end``; ``head`` for the months already over.

    ``left`` tells that it says "còn lại".
    """

    start: int
    end: int
    words: str
    n: int
    head: bool
    left: bool
    year: int | None
    other_year: bool
    year_start: int


def phrases(text: str) -> list[Phrase]:
    """Return the phrases about months of a year in a text."""
    found = []
    for match in _MONTHS.finditer(text):
        n = small_number(match["n"])
        if n is None or not 1 <= n < MONTHS_OF_YEAR:
            continue
        found.append(
            Phrase(
                start=match.start(),
                end=match.end("side"),
                words=" ".join(text[match.start() : match.end("side")].split()) + " năm",
                n=n,
                head=match["side"].lower() == "đầu",
                left=match["side"].lower().startswith("còn"),
                year=int(match["year"]) if match["year"] else None,
                other_year=match["other"] is not None,
                year_start=match.start("year"),
            )
        )
    return found


def compared(before: str) -> bool:
    """Tell whether the words before a phrase make it a comparison or part of a citation."""
    cited = before[max((m.end() for m in _REPORTS.finditer(before)), default=0) :]
    return bool(_COMPARISON.search(before) or _CITATION.search(cited))


def with_months(ctx: Context) -> set[str]:
    """Return the pointers of the texts that may hold a phrase about the months of a year."""
    return ctx.once(_with_months)


def _with_months(ctx: Context) -> set[str]:
    return holding(ctx, "tháng đầu", "tháng cuối", "tháng còn")


def titles(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Return pointer and text of what names the whole period: subject and titles of parts."""
    return ctx.once(_titles)


def _titles(ctx: Context) -> tuple[tuple[str, str], ...]:
    return tuple(_each_title(ctx))


def _each_title(ctx: Context) -> Iterator[tuple[str, str]]:
    for node, text in text_nodes(ctx, SUBJECT):
        yield node.pointer, text
    for node, text in text_nodes(ctx, HEADING):
        if is_part_heading(node):
            yield node.pointer, text


def next_names(ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield pointer and text of a worded name of the next period."""
    node = ctx.one("next-period")
    if node is not None and isinstance(node.value, Mapping):
        name = node.value.get("ten")
        if isinstance(name, str):
            yield f"{node.pointer}/ten", name


def running_texts(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Return pointer and text of everything else that is read as sentences."""
    return ctx.once(_running_texts)


def _running_texts(ctx: Context) -> tuple[tuple[str, str], ...]:
    return tuple(_each_running(ctx))


def _each_running(ctx: Context) -> Iterator[tuple[str, str]]:
    top = {pointer for pointer, _ in titles(ctx)} | {pointer for pointer, _ in next_names(ctx)}
    for node, text in text_nodes(ctx, HEADING, *RUNNING):
        if node.pointer not in top:
            yield node.pointer, text


class Judge:
    """Judges the phrases of one text against the number of months under review (None: unknown)."""

    def __init__(self, text: str, months: int | None) -> None:
        self.text = text
        self.months = months
        self.sentences = Sentences(text)
        self.found = [
            p
            for p in phrases(text)
            if not p.other_year and not compared(self.sentences.before(p.start))
        ]

    def title_of_other_period(self) -> Iterator[Phrase]:
        """Yield the "n tháng đầu năm" of a title that names another period than the report's."""
        if self.months is None:
            return
        tails = [p.n for p in self.found if not p.head]
        for phrase in self.found:
            if not phrase.head or phrase.n == self.months:
                continue
            if not tails or MONTHS_OF_YEAR - phrase.n in tails:
                yield phrase

    def title_sum(self) -> Iterator[tuple[Phrase, int]]:
        """Yield each phrase of a title that breaks "reviewed + ahead = 12", and the right n."""
        heads = [p for p in self.found if p.head]
        tails = [p for p in self.found if not p.head]
        if self.months is None:
            if heads and tails and heads[0].n + tails[0].n != MONTHS_OF_YEAR:
                yield tails[0], MONTHS_OF_YEAR - heads[0].n
            return
        ahead = MONTHS_OF_YEAR - self.months
        wrong = [t for t in tails if t.n != ahead]
        for tail in wrong:
            # 6 + 6 in a report of nine months is the title of another period: DAT002.
            if all(h.n + tail.n != MONTHS_OF_YEAR for h in heads):
                yield tail, ahead
        if tails and not wrong:
            for head in heads:
                if head.n != self.months:
                    yield head, self.months

    def running_sum(self) -> Iterator[tuple[Phrase, int]]:
        """Yield the phrases of running text that break the sum, and the right n.

        Two phrases belong together in one sentence, months over first. Without a word like "nhiệm
        vụ" between them, only months ahead that reach back into the reviewed ones are a fault: "2
        tháng cuối năm" may well be November and December.
        """
        for head, tail in pairwise(self.found):
            if tail.head and not head.head:
                yield from self._turned(head, tail)
                continue
            if not head.head or tail.head or tail.start - head.end > _NEAR:
                continue
            if self.sentences.bounds(head.start) != self.sentences.bounds(tail.start):
                continue
            if head.year and tail.year and head.year != tail.year:
                continue
            if head.n + tail.n == MONTHS_OF_YEAR or self._under_way(head, tail):
                continue
            linked = _LINK.search(self.text, head.end, tail.start) is not None
            if self.months is None:
                if linked:
                    yield tail, MONTHS_OF_YEAR - head.n
                continue
            ahead = MONTHS_OF_YEAR - self.months
            if head.n == self.months and (linked or tail.n > ahead):
                yield tail, ahead
            elif tail.n == ahead and linked:
                yield head, self.months

    def _under_way(self, head: Phrase, tail: Phrase) -> bool:
        """Tell whether the months ahead are those of a plan made before, now carried out."""
        return bool(
            _PLAN_NAMED.search(self.text[head.end : tail.start])
            and _UNDER_WAY.match(self.text, tail.end)
        )

    def _turned(self, tail: Phrase, head: Phrase) -> Iterator[tuple[Phrase, int]]:
        """Yield the months ahead named before those over: "6 tháng còn lại ..., qua 9 tháng"."""
        if self.months is None or head.n != self.months or tail.n <= MONTHS_OF_YEAR - self.months:
            return
        if head.start - tail.end > _NEAR:
            return
        if self.sentences.bounds(head.start) != self.sentences.bounds(tail.start):
            return
        if head.year and tail.year and head.year != tail.year:
            return
        # "6 tháng cuối năm" may be those of a plan made in July; what is left is left now.
        near = self.text[max(0, tail.start - _TASK_NEAR) : tail.start]
        if not _MADE_EARLIER.search(near) and (tail.left or _TASK.search(near)):
            yield tail, MONTHS_OF_YEAR - self.months

    def left_alone(self) -> Iterator[tuple[Phrase, int]]:
        """Yield each "n tháng còn lại của năm" that stands alone in its sentence and is too long.

        For texts about the period ahead; fewer months than are left may well be meant.
        """
        if self.months is None:
            return
        ahead = MONTHS_OF_YEAR - self.months
        heads = {self.sentences.bounds(p.start) for p in self.found if p.head}
        for phrase in self.found:
            alone = self.sentences.bounds(phrase.start) not in heads
            before = self.text[max(0, phrase.start - _TASK_NEAR) : phrase.start]
            if phrase.left and phrase.n > ahead and alone and not _MADE_EARLIER.search(before):
                yield phrase, ahead
