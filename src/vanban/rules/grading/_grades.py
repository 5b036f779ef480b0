"""What the grading rules share: the typed gradings, the day of the report, words of grades."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules.dates._period import issue_date
from vanban.rules.members._account import (
    ASSESSED,
    GRADED,
    GRADED_OF_ALL,
    GRADED_OF_MEMBERS,
    GRADES,
    NOT_ASSESSED,
    Account,
)
from vanban.rules.members._rows import CLOSING, TOTAL
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

# Since this day members and organisations are graded every quarter (Quy định 366-QĐ/TW).
QUARTERLY = date(2025, 8, 30)
ROLES = {"members": "grading-members", "cells": "grading-cells"}

# The four grades as they are written in running text (folded), the longer ones first.
GRADE = (
    r"(?:(?P<failed>(?:không|chưa) hoàn thành(?: (?:chức trách,? )?nhiệm vụ)?)|"
    r"(?P<excellent>hoàn thành xuất sắc(?: (?:chức trách,? )?nhiệm vụ)?)|"
    r"(?P<good>hoàn thành tốt(?: (?:chức trách,? )?nhiệm vụ)?)|"
    r"(?P<completed>hoàn thành (?:chức trách,? )?nhiệm vụ))(?!\w)"
)
# A text that names one of them holds one of these.
GRADE_CUES = (
    *("không hoàn thành", "chưa hoàn thành", "hoàn thành xuất sắc", "hoàn thành tốt"),
    *("hoàn thành nhiệm vụ", "hoàn thành chức trách"),
)
KEY_OF = dict(zip(("excellent", "good", "completed", "failed"), GRADES, strict=True))
GRADING = re.compile(r"(?<!\w)(?:xếp loại|đánh giá|phân loại|xếp mức|chất lượng)(?!\w)")
UNITS = {
    "đảng viên": "members",
    "đồng chí": "members",
    "chi bộ": "cells",
    "tổ chức đảng": "cells",
}


class Grading(NamedTuple):
    """One typed grading: ``subject`` is members or cells; ``assessed`` its denominator."""

    subject: str
    node: Node
    counts: Mapping[str, Decimal]
    assessed: Decimal
    total: Decimal | None

    def at_least(self, grade: str, *, better: bool) -> Decimal:
        """Return how many hold a grade, or with ``better`` that grade or a higher one."""
        last = GRADES.index(grade)
        return sum((self.counts[g] for g in GRADES[0 if better else last : last + 1]), Decimal(0))

    @property
    def good_or_better(self) -> Decimal:
        """Return how many were rated "hoàn thành tốt" or "hoàn thành xuất sắc"."""
        return self.counts["xuat_sac"] + self.counts["tot"]


def gradings(ctx: Context) -> Iterator[Grading]:
    """Yield each complete typed grading of the draft."""
    for subject, role in ROLES.items():
        for node in ctx.role(role):
            raw = node.value
            if not isinstance(raw, Mapping):
                continue
            counts = {g: n for g in GRADES if (n := figure(raw.get(g))) is not None}
            if len(counts) < len(GRADES):
                continue
            assessed = figure(raw.get(ASSESSED))
            assessed = sum(counts.values(), Decimal(0)) if assessed is None else assessed
            rest, total = figure(raw.get(NOT_ASSESSED)), figure(raw.get(TOTAL))
            if total is None and rest is not None:
                total = assessed + rest
            if total is None and subject == "members":
                total = members_of(ctx)
            yield Grading(subject, node, counts, assessed, total)


def members_of(ctx: Context) -> Decimal | None:
    """Return the members at the end of the period, as typed."""
    node = ctx.one("member-balance")
    return figure(node.value.get(CLOSING)) if node and isinstance(node.value, Mapping) else None


def in_doubt(book: Account, grading: Grading) -> bool:
    """Tell whether GRA001 doubts a grading: nothing else is said of its figures."""
    pointer = grading.node.pointer
    return any(book.off((name, pointer)) for name in (GRADED, GRADED_OF_ALL, GRADED_OF_MEMBERS))


def report_day(ctx: Context) -> date | None:
    """Return the date of issue, else the last day of the period."""
    issued = issue_date(ctx)
    if issued is None and ctx.period is not None:
        return ctx.period.end
    return issued
