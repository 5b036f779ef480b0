"""Các nguồn cộng lại bằng tổng thu, tổng chi, tổng vốn (ECO002).

Quy định
    ``thu_theo_nguon`` cộng lại bằng ``thu``, ``chi_theo_nguon`` cộng lại bằng ``chi``; vốn đầu tư =
    ngân sách + dân góp + nguồn khác. Số tròn (triệu đồng) lệch trong mức làm tròn chỉ là cảnh báo;
    số có chữ số thập phân được lệch trong mức làm tròn. Lời văn "tổng vốn 900 triệu đồng, trong đó
    ngân sách 600 triệu đồng, Nhân dân đóng góp 200 triệu đồng và nguồn khác 100 triệu đồng" cũng
    được cộng, cả khi tổng đứng sau các nguồn; "trong đó" mà chỉ kể một phần thì không bị nhắc.

Vì sao
    Người nghe cộng nhẩm được ngay; nguồn lệch tổng làm mất lòng tin vào cả phần kinh tế.

Sai
    so_lieu:
      dau_tu: {tong: 900, ngan_sach: 600, dan_gop: 200, khac: 150}

Đúng
    so_lieu:
      dau_tu: {tong: 900, ngan_sach: 600, dan_gop: 200, khac: 100}

Cách sửa
    Đối chiếu với quyết toán rồi sửa khoản sai; bỏ ``tong`` của ``dau_tu`` để vanban tự cộng.

Nguồn và độ tin cậy
    Quan hệ số học; độ tin cậy C về câu chữ.

English:
    The sources of revenue, of spending and of investment add up to their totals. Whole figures that
    are off by rounding only warn; running text is added up only when every source is named with its
    amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import records
from vanban.rules._text import RUNNING
from vanban.rules.economy._money import Sum, budget_sums, sum_of, unit_of
from vanban.rules.economy._sources import (
    CLOSERS,
    FEWEST,
    OPENERS,
    TOTAL_OF_MONEY,
    adds_up,
    breakdowns,
)
from vanban.rules.figures._spots import Spots, spots
from vanban.text.numbers import trimmed, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="ECO002",
    name="money_sources",
    severity=Severity.ERROR,
    source=Source("Các nguồn và tổng số tiền", Certainty.C),
)

_FIRST_WORDS = 3
TOTAL, PART = "investment-total", "investment-part"


def check(ctx: Context) -> Iterator[Finding]:
    """Report totals of money that are not the sum of their sources."""
    for role, money in budget_sums(ctx):
        if money.wrong:
            yield _finding(ctx, "thu" if role.endswith("revenue") else "chi", money)
    for record in records(ctx, "investment", TOTAL, PART):
        whole, parts = record.one(TOTAL), record.all(PART)
        if whole is None or not record.complete(PART):
            continue
        money = sum_of(whole, parts, unit_of(ctx, record.pointer))
        if money.wrong:
            yield _finding(ctx, "von", money)
    book = spots(ctx)
    stretches = dict(_stretches(ctx, book))
    for piece in book.page.pieces(list(stretches), *RUNNING, "note"):
        within = [(piece.back(at), piece.back(stretches[at])) for at in piece.at]
        for found in breakdowns(piece.raw, within or None):
            if found.wrong:
                yield ctx.at(
                    RULE,
                    "loi_van",
                    piece.pointer,
                    text=(found.start, found.end),
                    severity=Severity.WARNING,
                    tong=found.total.text,
                    don_vi=found.total.unit,
                    cong=" + ".join(found.parts),
                    dung=vietnamese(trimmed(found.added)),
                )


def _stretches(ctx: Context, book: Spots) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the page where a list of sources may stand.

    A stretch is a sentence with all its clauses, and the one before it when the list begins with
    its first words.
    """
    cues = book.at(*OPENERS, *CLOSERS)
    for gap, numbers in ctx.prose.gaps.items():
        if ":" in gap or "(" in gap:
            cues += [max(number - 1, 0) for number in numbers]
    text, done = book.page.text, -1
    for number in sorted(cues):
        if number < done:
            continue
        first, done = book.sentence(number)
        if not book.holds(first, done):
            continue
        start = first
        if number - first <= _FIRST_WORDS and first > ctx.prose.first_words[book.text_of(number)]:
            start = book.sentence(first - 1)[0]
        if book.holds(start, done, FEWEST) and not adds_up(text, *book.span(first, done)):
            begin, end = book.span(start, done)
            if TOTAL_OF_MONEY.search(text, begin, end):
                yield begin, end


def _finding(ctx: Context, slug: str, money: Sum) -> Finding:
    return ctx.at(
        RULE,
        slug,
        money.whole.pointer,
        severity=Severity.WARNING if money.by_rounding else None,
        tong=vietnamese(money.whole.number),
        dung=vietnamese(money.nearest),
        lech=vietnamese(money.gap),
    )
