"""Tỷ lệ xếp loại tính trên số được đánh giá, không trên tổng số (GRA002).

Quy định
    Trong câu văn, tỷ lệ phần trăm ghi cạnh số đảng viên, chi bộ của một mức xếp loại bằng số đó
    chia cho số được đánh giá, được sai một đơn vị ở chữ số cuối cùng đã ghi. Số được đánh giá lấy ở
    ``xep_loai``, không có thì lấy ở chính đoạn văn ("99/128 đảng viên được đánh giá"). "Hoàn
    thành tốt nhiệm vụ trở lên" được cộng cả mức trên. Câu nói rõ tính trên tổng số, hay trên số
    đảng viên của một mức khác, thì không bị nhắc.

Vì sao
    Chia cho tổng số thì tỷ lệ các mức cộng lại không đủ 100% và khác tỷ lệ cấp trên tính.

Sai
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Hoàn thành xuất sắc nhiệm vụ có 158 đồng chí, chiếm 14,06%.

Đúng
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Hoàn thành xuất sắc nhiệm vụ có 158 đồng chí, chiếm 15,27%.

Cách sửa
    Lấy số được đánh giá làm mẫu số rồi ghi lại tỷ lệ; phân số bên cạnh cũng ghi theo mẫu số đó.

Nguồn và độ tin cậy
    Đối chiếu số liệu đã công bố: 10 + 78 + 11 = 99 được đánh giá trong 128, tỷ lệ 10,1% và 78,8%
    tính trên 99. Độ tin cậy C về câu chữ.

English:
    The share of a grade in running text is taken of those assessed, not of all. The count must be
    the typed one of that grade, or the text itself must say how many were assessed; anything else
    is left to NUM003 and NUM004.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import Folded, Quantity, fold, quantities
from vanban.rules._text import RUNNING, Sentences, holding, text_nodes
from vanban.rules.figures._ratio import deviates, last_unit, shown
from vanban.rules.grading._grades import (
    GRADE,
    GRADE_CUES,
    KEY_OF,
    UNITS,
    gradings,
    in_doubt,
    members_of,
)
from vanban.rules.members._account import account
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

RULE = Rule(
    id="GRA002",
    name="grade_share",
    severity=Severity.WARNING,
    source=Source("Tỷ lệ xếp loại tính trên số được đánh giá", Certainty.C),
)

_GRADE = re.compile(rf"(?<!\w)(?:{GRADE}|(?:xếp |đạt |phân )?loại (?P<short>xuất sắc)(?!\w))")
# What makes the percentage one of something else, or the count one of a part.
_OTHER = re.compile(
    r"(?<!\w)(?:trở lên|trong đó|so với|cùng kỳ|năm trước|tăng|giảm|chỉ tiêu|kế hoạch|phấn đấu|"
    r"mục tiêu|nghị quyết|vượt|nữ|cán bộ|công chức|viên chức|dự bị|đăng ký|dự kiến|năm ngoái|"
    r"đoàn viên|hội viên|hộ)(?!\w)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_BREAK = re.compile(r"[;\n]")
# "chiếm 7,8% tổng số đảng viên" says openly what it is taken of.
_OPENLY = re.compile(r" *(?:của |trên |trong |so với )?(?:tổng|toàn|đảng số)(?!\w)")
# "bằng 19,46% số đảng viên hoàn thành tốt nhiệm vụ": a share of another grade.
_OF_GRADE = re.compile(
    r" *(?:của |trên |trong |so với )?(?:tổng )?số (?:[^\W\d_]+,? ){0,8}?"
    r"(?:hoàn thành|xuất sắc)(?!\w)"
)
# "1.035 đảng viên được đánh giá, trong đó 158 đồng chí ...": still of all grades.
_OF_THEM = re.compile(
    r"(?<!\w)(?:được|đã) (?:đánh giá|xếp loại)[^.;%\d\n]{0,40}?[,:]? ?trong đó,?(?: có)?(?!\w)"
)
_THEM = re.compile(r"(?<!\w)(?:đánh giá|xếp loại)(?:[^.%\n]|\.\d){0,60}$")
_IN_IT = re.compile(r" *trong đó,?(?: có)?(?!\w)")
_OR_BETTER = re.compile(r" trở lên(?!\w)")
_ALL = re.compile(
    r"(?<!\w)(?:tổng số|đảng bộ(?: xã| phường)?(?: hiện)?(?: đang)? có)(?: là)? *:? *$"
)
# "trong 41 chi bộ, có 06 chi bộ ...": the first is what the second is taken of.
_OF = re.compile(r"(?<!\w)(?:trong|trên|trong số|tổng số|trong tổng số|trên tổng số|của|với) *$")
_REACH = 120
# Behind the percentage: "10,1% (10 đồng chí) hoàn thành xuất sắc".
_BEHIND = 60
_ASSESSED = re.compile(
    r"[^.;%\n]{0,30}?(?<!chưa )(?<!không )(?:được|đã) (?:đánh giá|xếp loại)(?!\w)"
)
# "10 đồng chí được đánh giá, xếp loại hoàn thành xuất sắc" says nothing of all.
_AS_GRADE = re.compile(
    r"(?:,? xếp loại)?(?: chất lượng)?(?: (?:là|đạt|ở|mức|loại))* [“\"']?"
    r"(?:(?:không |chưa )?hoàn thành|xuất sắc|tốt|khá)(?!\w)"
)
_ASSESSED_BEFORE = re.compile(
    r"(?<!\w)(?<!chưa )(?:đánh giá,? xếp loại|đánh giá|xếp loại)(?: chất lượng)?"
    r"(?: (?:đối với|cho|được|là))* *:?$"
)


@dataclass(eq=False, repr=False)
class Share:
    """A percentage of a grade: ``count`` (and ``whole`` when a fraction) and ``percent``.

    ``better``: the grades above it are counted too ("hoàn thành tốt nhiệm vụ trở lên").
    """

    subject: str
    grade: str
    count: Quantity
    whole: Quantity | None
    percent: Quantity
    better: bool = False


class Verdict(NamedTuple):
    """What is wrong with a share, and where."""

    slug: str
    node: Node
    share: Share
    assessed: Decimal
    total: Decimal | None

    @property
    def place(self) -> tuple[int, int]:
        """Return the characters at fault: the fraction or the percentage."""
        if self.slug == "mau_so" and self.share.whole is not None:
            return self.share.count.start, self.share.whole.end
        return self.share.percent.start, self.share.percent.unit_end


def check(ctx: Context) -> Iterator[Finding]:
    """Report shares of grades that are not taken of those assessed."""
    for verdict in verdicts(ctx):
        count = verdict.share.count.value
        yield ctx.at(
            RULE,
            verdict.slug,
            verdict.node.pointer,
            text=verdict.place,
            ty_le=verdict.share.percent.text,
            so=vietnamese(count),
            danh_gia=vietnamese(verdict.assessed),
            tong=vietnamese(verdict.total or 0),
            dung=shown(count * 100 / verdict.assessed),
        )


def claimed(ctx: Context) -> frozenset[tuple[str, int]]:
    """Return where the percentages stand whose fractions this rule reports, so NUM004 need not."""
    return frozenset(
        (verdict.node.pointer, verdict.share.percent.start)
        for verdict in verdicts(ctx)
        if verdict.slug == "mau_so"
    )


def verdicts(ctx: Context) -> tuple[Verdict, ...]:
    """Return everything wrong with the shares of grades in running text."""
    return ctx.once(_verdicts)


def _verdicts(ctx: Context) -> tuple[Verdict, ...]:
    return tuple(_each_verdict(ctx))


def _each_verdict(ctx: Context) -> Iterator[Verdict]:
    book = account(ctx)
    typed = {g.subject: g for g in gradings(ctx) if not in_doubt(book, g)}
    members = members_of(ctx)
    graded = holding(ctx, *GRADE_CUES, "loại xuất sắc")
    for node, text in text_nodes(ctx, *RUNNING):
        if node.pointer not in graded or "%" not in text:
            continue
        folded = fold(text)
        found = quantities(text)
        said, taken = _said(folded, found)
        year = ctx.period.year if ctx.period else None
        for share in _shares(folded, found, taken, year):
            grading = typed.get(share.subject)
            assessed, total = said.get(share.subject, (None, None))
            if grading is not None:
                if grading.at_least(share.grade, better=share.better) != share.count.value:
                    continue
                assessed, total = grading.assessed, grading.total
            if not assessed or share.count.value > assessed:
                continue
            if total is None and share.subject == "members":
                total = members
            slug = _judge(share, assessed, total, typed=grading is not None)
            if slug is not None:
                yield Verdict(slug, node, share, assessed, total)


def _judge(share: Share, assessed: Decimal, total: Decimal | None, *, typed: bool) -> str | None:
    """Return which message a share needs, or None."""
    count, percent = share.count.value, share.percent.value
    unit = last_unit(share.percent.text)

    def fits(whole: Decimal | None) -> bool:
        return bool(whole) and not deviates(percent, unit, count * 100 / Decimal(whole or 1))

    if fits(assessed):
        wrong = share.whole is not None and share.whole.value == total != assessed
        return "mau_so" if wrong and not fits(total) else None
    if total is not None and total != assessed and fits(total):
        return "tren_tong"
    # n/N with a percentage that is not its own is the matter of NUM004
    return "lech" if typed and share.whole is None else None


def _forth(folded: Folded, position: int) -> int:
    """Return where a position of the given text stands in the folded one."""
    return position if folded.origin is None else bisect_left(folded.origin, position)


def _said(
    folded: Folded, found: tuple[Quantity, ...]
) -> tuple[dict[str, tuple[Decimal, Decimal | None]], frozenset[int]]:
    """Return how many a text says were assessed, and of how many; nothing when it says two.

    With it come the places of the figures that say so: they are nobody's grade.
    """
    said: dict[str, set[Decimal]] = {}
    every: dict[str, set[Decimal]] = {}
    places: set[int] = set()
    for index, quantity in enumerate(found):
        subject = UNITS.get(quantity.unit)
        if subject is None or quantity.form == "fraction-whole" or quantity.approximate:
            continue
        start = _forth(folded, quantity.start)
        pair = quantity.form == "fraction-part"
        if not pair and _ALL.search(folded.text, max(0, start - 40), start):
            every.setdefault(subject, set()).add(quantity.value)
            places.add(quantity.start)
            continue
        after = _ASSESSED.match(folded.text, _forth(folded, quantity.unit_end))
        if after is None and not _ASSESSED_BEFORE.search(folded.text, max(0, start - 60), start):
            continue
        if after is not None and _AS_GRADE.match(folded.text, after.end()):
            continue
        said.setdefault(subject, set()).add(quantity.value)
        places.add(quantity.start)
        if pair:
            every.setdefault(subject, set()).add(found[index + 1].value)
    known = {
        subject: (next(iter(some)), _only(every.get(subject, set())))
        for subject, some in said.items()
        if len(some) == 1
    }
    return known, frozenset(places)


def _only(values: set[Decimal]) -> Decimal | None:
    return next(iter(values)) if len(values) == 1 else None


def _shares(
    folded: Folded, found: tuple[Quantity, ...], taken: frozenset[int], year: int | None
) -> Iterator[Share]:
    """Yield each percentage that surely is the share of one count of one grade."""
    low = folded.text
    sentences = Sentences(low)
    previous = 0
    for index, percent in enumerate(found):
        if percent.unit != "%":
            continue
        at, end = _forth(folded, percent.start), _forth(folded, percent.unit_end)
        first, last = sentences.bounds(at)
        breaks = [m.end() for m in _BREAK.finditer(low, max(first, at - _REACH), at)]
        start = max(first, previous, at - _REACH, *breaks)
        previous = end
        if percent.approximate:
            continue
        counts = _counts(folded, found, taken, index, start) or _in_brackets(folded, found, index)
        grades = list(_GRADE.finditer(low, start, at))
        if counts and counts[0][0].start > percent.start:
            end = low.index(")", end) + 1
        stop = min(last, end + _BEHIND)
        tail = re.split(r"[;\n\d]|, ", low[end:stop], maxsplit=1)[0]
        if not grades:
            grades = list(_GRADE.finditer(low, end, end + len(tail)))
        openly = _OPENLY.match(low, end) or _OF_GRADE.match(low, end)
        if len(counts) != 1 or len(grades) != 1 or openly:
            continue
        whole_window = _OF_THEM.sub(" ", low[start:end] + tail)
        if _THEM.search(low, max(first, start - _REACH), start):
            whole_window = _IN_IT.sub(" ", whole_window, count=1)
        years = {int(y) for y in _YEAR.findall(low[first : min(last, first + 300)])}
        better = _OR_BETTER.match(low, grades[0].end()) is not None
        if better and grades[0].lastgroup in ("good", "completed"):
            whole_window = _OR_BETTER.sub(" ", whole_window, count=1)
        if _OTHER.search(whole_window) or (year is not None and years - {year}):
            continue
        count, whole = counts[0]
        name = grades[0].lastgroup
        grade = "xuat_sac" if name == "short" else KEY_OF[str(name)]
        yield Share(UNITS[count.unit], grade, count, whole, percent, better)


def _counts(
    folded: Folded,
    found: tuple[Quantity, ...],
    taken: frozenset[int],
    index: int,
    start: int,
) -> list[tuple[Quantity, Quantity | None]]:
    """Return the counts of members or cells between ``start`` and a percentage."""
    counts: list[tuple[Quantity, Quantity | None]] = []
    for place in range(index - 1, -1, -1):
        quantity = found[place]
        if _forth(folded, quantity.start) < start:
            break
        if quantity.unit not in UNITS or quantity.approximate:
            continue
        if quantity.form == "fraction-whole":
            continue
        at = _forth(folded, quantity.start)
        if quantity.start in taken or _OF.search(folded.text[max(0, at - 20) : at]):
            continue
        whole = found[place + 1] if quantity.form == "fraction-part" else None
        counts.append((quantity, whole))
    return counts


def _in_brackets(
    folded: Folded, found: tuple[Quantity, ...], index: int
) -> list[tuple[Quantity, Quantity | None]]:
    """Return the count in brackets right behind a percentage: "10,1% (10 đồng chí)"."""
    percent, behind = found[index], found[index + 1 : index + 3]
    if not behind or behind[0].unit not in UNITS or behind[0].approximate:
        return []
    between = folded.text[_forth(folded, percent.unit_end) : _forth(folded, behind[0].start)]
    close = _forth(folded, behind[0].unit_end)
    if between.strip() != "(" or folded.text[close : close + 1] != ")":
        return []
    pair = behind[0].form == "fraction-part" and len(behind) > 1
    return [(behind[0], behind[1] if pair else None)]
