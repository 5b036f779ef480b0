"""Các phần cộng lại bằng tổng, các tỷ lệ cộng lại bằng 100% (NUM005).

Quy định
    Các nhóm của một cách chia (``co_cau``) cộng lại bằng tổng; tỷ lệ của từng nhóm khớp với số
    lượng, các tỷ lệ cộng lại bằng 100, được lệch 0,1 (hoặc một đơn vị ở chữ số cuối đã ghi) nhân
    với số nhóm, để ba nhóm 33,3% vẫn đúng. Bảng tự kẻ có hàng "Tổng số", "Cộng" thì hàng đó bằng
    tổng các hàng còn lại; cột "Cơ cấu (%)" cộng lại bằng 100. Trong lời văn, "241 đảng viên, gồm
    231 đảng viên chính thức và 10 đảng viên dự bị" thì các phần kể hết sau chữ "gồm", "bao gồm",
    "chia ra", "cụ thể", sau dấu hai chấm, gạch ngang hoặc trong ngoặc cộng lại bằng số đứng trước;
    tổng cũng có thể đứng sau ("tổng cộng 29 cuộc"). "Trong đó" có thể chỉ kể một phần nên chỉ xét
    khi các phần phủ hết (nam và nữ, đúng hạn và trễ hạn, "còn lại") hoặc ba phần rời nhau trở lên
    cộng lại nhiều hơn tổng. Các tỷ lệ phủ hết một tổng (hài lòng và chưa hài lòng, giỏi, khá, trung
    bình và yếu) cộng lại bằng 100. Tiền theo nguồn thì xem ECO002. Dòng con, dòng thiếu số, phần
    chồng nhau (nữ, trẻ, trình độ), hoặc không chắc là các phần rời nhau thì không xét.

Vì sao
    Một phần được sửa mà tổng không sửa theo là lỗi người đọc cộng nhẩm thấy ngay.

Sai
    ket_qua:
      xay_dung_dang:
        dang_vien: |
          Đến ngày 30/9/2023, Đảng bộ có 128 đảng viên, gồm 122 đảng viên chính thức và 05
          đảng viên dự bị.

Đúng
    ket_qua:
      xay_dung_dang:
        dang_vien: |
          Đến ngày 30/9/2023, Đảng bộ có 128 đảng viên, gồm 122 đảng viên chính thức và 06
          đảng viên dự bị.

Cách sửa
    Cộng lại các phần, sửa phần hoặc tổng gõ nhầm. Với ``co_cau`` có thể bỏ ``ty_le`` để vanban tự
    tính; nếu các nhóm không chia hết tổng thì ghi ``tong`` của cách chia.

Nguồn và độ tin cậy
    Số học của phép cộng (33,3 + 33,3 + 33,3 được chấp nhận); độ tin cậy C về câu chữ.

English:
    Parts of one whole add up to it, and their shares to 100 within 0.1 (or one unit of the last
    digit shown) times their number. Read from typed partitions, drawn tables with a total row and
    enumerations in running text: behind "gồm" and the like, a colon, in brackets, before "tổng
    cộng"; anything that may overlap or be incomplete is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import TIME_UNITS, Quantity, fold
from vanban.rules._text import RUNNING, places
from vanban.rules.figures import fraction, over_hundred, text_agrees
from vanban.rules.figures._enumerations import (
    COMPLETE_CUES,
    KINDS,
    LIST_CUES,
    REST_CUES,
    enumerations,
)
from vanban.rules.figures._enumerations import shares as whole_shares
from vanban.rules.figures._ratio import deviates, last_unit, shown
from vanban.rules.figures._skeleton import CLOSE, OPEN, Sentence
from vanban.rules.figures._spots import STOP, Spots, spots
from vanban.rules.figures._statements import overlaps
from vanban.rules.figures._tables import Table, tables_of
from vanban.rules.figures._typed import MONEY
from vanban.rules.members._account import account, closings
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

RULE = Rule(
    id="NUM005",
    name="shares",
    severity=Severity.ERROR,
    source=Source("Các phần của một tổng", Certainty.C),
)

_HUNDRED = Decimal(100)
_SLACK = Decimal("0.1")
_ZERO = Decimal(0)


def _slack(shares: Sequence[Decimal]) -> Decimal:
    """Return how far shares may be from 100 together: 0.1 or the last digit shown of each."""
    return sum((max(_SLACK, last_unit(share)) for share in shares), _ZERO)


def check(ctx: Context) -> Iterator[Finding]:
    """Report parts that do not add up to their whole."""
    # The closing number beside the partition: that of last year is another whole.
    closing = {n.pointer.rpartition("/")[0]: n.value for n in ctx.role("member-closing")}
    book, balance = account(ctx), ctx.one("member-balance")
    for node in ctx.role("partition"):
        if isinstance(node.value, Mapping):
            owner = node.pointer.rsplit("/", 2)[0]
            whole = figure(closing.get(owner))
            # A closing number that the members' own tables doubt is theirs to mend.
            own = balance is not None and balance.pointer == owner
            possible = closings(ctx, book) if own else ()
            yield from _partition(ctx, node, node.value, whole, possible)
    known = {pointer for pointer, _, _ in text_agrees.table_faults(ctx)}
    for table in tables_of(ctx):
        for finding in _table(ctx, table):
            if finding.pointer not in known:
                yield finding
    around = spots(ctx).around
    clauses = _worth_reading(ctx, spots(ctx))
    lists = [
        (passage.pointer, passage.raw, one)
        for passage, sentences in around(clauses, *RUNNING)
        for one in _lists(passage.raw, sentences)
    ]
    if lists:
        yield from _running(ctx, lists)


# -- typed partitions --------------------------------------------------------------------------


def _partition(
    ctx: Context,
    node: Node,
    raw: Mapping[str, Any],
    closing: Decimal | None,
    possible: Sequence[Decimal],
) -> Iterator[Finding]:
    groups = raw.get("nhom")
    if not isinstance(groups, list) or not all(isinstance(group, Mapping) for group in groups):
        return
    counts = [figure(group.get("so_luong")) for group in groups]
    numbers = [count for count in counts if count is not None]
    if not groups or len(numbers) != len(groups):
        return
    name = str(raw.get("tieu_chi", ""))
    stated = figure(raw.get("tong"))
    total = stated if stated is not None else closing
    added = sum(numbers, _ZERO)
    if stated is None and added in possible:
        total = added
    if total is not None and added != total:
        key = "tong" if stated is not None else "nhom"
        yield ctx.at(
            RULE,
            "nhom",
            f"{node.pointer}/{key}",
            key=stated is None,
            ten=name,
            cong=vietnamese(added),
            tong=vietnamese(total),
        )
        return
    yield from _shares(ctx, node, groups, numbers, name)


def _shares(
    ctx: Context,
    node: Node,
    groups: Sequence[Mapping[str, Any]],
    counts: Sequence[Decimal],
    name: str,
) -> Iterator[Finding]:
    """Judge the typed shares of groups whose counts are right."""
    shares = [figure(group.get("ty_le")) for group in groups]
    if any(share is not None and share > _HUNDRED for share in shares):
        return  # NUM006
    total = sum(counts, _ZERO)
    wrong = False
    for index, (share, count) in enumerate(zip(shares, counts, strict=True)):
        if share is None or not total:
            continue
        exact = count * 100 / total
        if deviates(share, max(_SLACK, last_unit(groups[index].get("ty_le"))), exact):
            wrong = True
            yield ctx.at(
                RULE,
                "ty_le_nhom",
                f"{node.pointer}/nhom/{index}/ty_le",
                ten=str(groups[index].get("ten", "")),
                ty_le=vietnamese(share),
                dung=shown(exact),
            )
    known = [share for share in shares if share is not None]
    if wrong or len(known) != len(shares) or not known:
        return
    added = sum(known, _ZERO)
    if abs(added - _HUNDRED) > _slack(known):
        place = f"{node.pointer}/nhom"
        yield ctx.at(RULE, "ty_le", place, key=True, ten=name, cong=vietnamese(added))


# -- drawn tables ------------------------------------------------------------------------------

# Rows below another row, rows that leave something out.
_BELOW = re.compile(r"^(?:[-–+•*]|trong đó|gồm|riêng|tính riêng|trđ)|\.\.\.|…")
_GROUP = re.compile(r"^(?:[ivx]+|[a-zđ])[.)]?$|^\d+\.\d+")
_NO_SUM = re.compile(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|bình quân|trung bình|năng suất|đơn giá|giá|mật độ|thu nhập|năm|thứ|"
    r"hạng|xếp loại|điểm|tt|stt|mã|số quyết định|so sánh|so với|tăng|giảm|tốc độ|chỉ số|hệ số|tuổi|"
    r"số thứ tự|lượt|đạt|tiến độ)(?!\w)|%|/"
)
_AGAINST = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu|cùng kỳ|so|dự toán|tăng|giảm|đạt|hoàn thành|thực hiện)(?!\w)"
)
_SHARE = re.compile(r"(?<!\w)(?:cơ cấu|tỷ trọng|tỉ trọng|chiếm)(?!\w)")
_MEASURE = re.compile(
    r"(?<!\w)(?:đồng|triệu|tỷ|tr\.đ|trđ|ha|km|m2|m|tấn|tạ|kg|diện tích|sản lượng|vốn|kinh phí|"
    r"số tiền|thu|chi|ngân sách)(?!\w)"
)
_LAST_WORDS = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng)")


@dataclass(eq=False, repr=False)
class _Column:
    """A column of a table with a total row: its total, its parts, whether they add up."""

    index: int
    total: Decimal
    parts: tuple[Decimal | None, ...]
    added: Decimal
    right: bool


def _table(ctx: Context, table: Table) -> Iterator[Finding]:
    totals = table.totals
    others = [index for index in range(len(table.rows)) if index not in totals]
    if len(totals) > 1 or len(others) < 2:
        return
    found = list(
        _with_total(ctx, table, totals[0], others) if totals else _without_total(ctx, table)
    )
    # Rows are read only where something is wrong.
    if found and not any(_is_below(table, index) for index in others):
        yield from found


def _with_total(ctx: Context, table: Table, at: int, others: Sequence[int]) -> Iterator[Finding]:
    """Judge the columns of a table by its total row."""
    columns = list(_columns(table, at, others))
    right = sum(column.right for column in columns)
    last = at == len(table.rows) - 1 and _LAST_WORDS.match(table.labels[at]) is not None
    # When nothing adds up, the row may be no sum at all, or rows are left out on purpose.
    if not right and (len(columns) > 1 or not last):
        return
    for column in columns:
        if not column.right:
            yield ctx.at(
                RULE,
                "bang",
                f"{table.pointer}/dong/{at}/{column.index}",
                cot=table.headers[column.index].strip(),
                tong=vietnamese(column.total),
                cong=vietnamese(column.added),
            )
    yield from _row_shares(ctx, table, at, [column for column in columns if column.right])


def _columns(table: Table, at: int, others: Sequence[int]) -> Iterator[_Column]:
    """Yield the columns whose total is the sum of the other rows, or should be."""
    for index in table.numeric:
        total = table.figures[at][index]
        low = fold(table.headers[index]).text
        share = _is_share(low)
        if total is None or (_NO_SUM.search(low) and not share):
            continue
        parts = tuple(table.figures[row][index] for row in others)
        known = [part for part in parts if part is not None]
        if len(known) < 2:
            continue
        added = sum(known, _ZERO)
        right = added == total
        if not right:
            slack = _slack(known) if share else _rounding(known, total, low, table)
            right = abs(added - total) <= slack
        yield _Column(index, total, parts, added, right)


def _is_share(header: str) -> bool:
    return _SHARE.search(header) is not None and "%" in header


def _row_shares(
    ctx: Context, table: Table, at: int, counted: Sequence[_Column]
) -> Iterator[Finding]:
    """Judge a column of shares ("Tỷ lệ (%)") by the column of counts it belongs to."""
    for index in table.numeric:
        low = fold(table.headers[index]).text
        total = figure(table.rows[at][index])
        if "%" not in low or _AGAINST.search(low) or _is_share(low) or total != _HUNDRED:
            continue
        rows = [row for row in range(len(table.rows)) if row != at]
        for column in counted:
            if column.index == index or not column.total:
                continue
            pairs = [
                (row, share, part * 100 / column.total)
                for row, part in zip(rows, column.parts, strict=True)
                if part is not None and (share := figure(table.rows[row][index])) is not None
            ]
            wrong = [
                pair
                for pair in pairs
                if deviates(pair[1], max(_SLACK, last_unit(table.rows[pair[0]][index])), pair[2])
            ]
            # Most rows must fit before the odd one is called wrong.
            if len(pairs) < 3 or len(wrong) * 3 > len(pairs):
                continue
            for row, share, exact in wrong:
                yield ctx.at(
                    RULE,
                    "ty_le_bang",
                    f"{table.pointer}/dong/{row}/{index}",
                    cot=table.headers[index].strip(),
                    ty_le=vietnamese(share),
                    dung=shown(exact),
                )
            break


def _without_total(ctx: Context, table: Table) -> Iterator[Finding]:
    """Judge the shares of a table that has no total row: they make 100 all the same."""
    for index in table.numeric:
        if not _is_share(fold(table.headers[index]).text):
            continue
        shares = [figure(row[index]) for row in table.rows]
        known = [share for share in shares if share is not None]
        if len(known) != len(shares) or any(share > _HUNDRED for share in known):
            continue
        added = sum(known, _ZERO)
        if abs(added - _HUNDRED) > _slack(known):
            yield ctx.at(
                RULE,
                "ty_le",
                f"{table.pointer}/cot/{index}",
                ten=table.headers[index].strip(),
                cong=vietnamese(added),
            )


def _is_below(table: Table, index: int) -> bool:
    """Tell whether a row is part of another row, or leaves something out."""
    row = table.rows[index]
    if _BELOW.search(table.labels[index]):
        return True
    return any(
        isinstance(cell, str)
        and (_GROUP.match(" ".join(fold(cell).text.split())) or cell.strip() in ("...", "…"))
        for cell in row[:2]
    )


def _rounding(parts: Sequence[Decimal], total: Decimal, header: str, table: Table) -> Decimal:
    """Return how far a sum may be from its total: people are whole, money may be rounded."""
    exponents = [number.as_tuple().exponent for number in (*parts, total)]
    finest = min((e for e in exponents if isinstance(e, int)), default=0)
    measured = _MEASURE.search(header) or _MEASURE.search(fold(table.title).text)
    if finest >= 0 and not measured:
        return _ZERO
    return Decimal(1).scaleb(min(finest, 0)) * len(parts) / 2


# -- enumerations in running text --------------------------------------------------------------

_N = rf"{OPEN}(\d+){CLOSE}"
_THINGS = rf"(?P<unit>[^\d,;.:(){OPEN}{CLOSE}]{{2,80}}?)"
_INTRO = re.compile(
    rf"{_N} {_THINGS}(?:"
    r",? ?:? ?(?:trong đó )?(?:(?:bao )?gồm(?: có)?|chia ra(?: là| làm)?|trong đó gồm(?: có)?):? "
    r"|: "
    r"|(?P<bracket> \((?:(?:trong đó )?(?:bao )?gồm(?: có)?:? |trong đó:? )?))"
)
_END = re.compile(r"[.:()!?\n]|(?<!\w)(?:trong đó|riêng|ngoài ra|đồng thời|so với|tăng|giảm)(?!\w)")
# What is said of the whole list again, or of what became of it.
_AFTERWARDS = re.compile(
    r"[,;](?: và)? (?=(?:đã|đến|qua|hiện|nay|đang|do|với|tất cả|toàn bộ|có|giải quyết|hoàn thành|"
    r"đạt|chiếm|bằng|vượt|đảm bảo|bảo đảm|thực hiện|tổ chức|phục vụ|thu hút|phân công|họp|được|"
    r"nhằm|để|theo|góp phần|kịp thời|đúng|tổng|không|chưa|trị giá|kinh phí|cùng kỳ|vận động|"
    r"kiểm tra \x02|xử lý|chuyển đơn|phát hiện|kết quả|kết nạp \x02|công nhận \x02)(?!\w))"
)
_LINKS = re.compile(r"[,;] (?:và )?| và | cùng ")
_ONE = re.compile(rf"[^{OPEN}{CLOSE}]{{0,60}}{_N}[^{OPEN}{CLOSE}]{{0,60}}")
_MARK = re.compile(rf"{OPEN}(\d+){CLOSE}")
# Groups that cut across others, or lists that are not complete.
_CROSSING = re.compile(
    r"(?<!\w)(?:nữ|trẻ|dân tộc|tôn giáo|miễn|tuổi|khác nhau|v\.v|vân vân|chủ yếu|một số|nhiều|"
    r"mỗi|lượt|hơn|trên|dưới|trình độ|thêm|cả|kể cả|như|còn(?! lại)|hoặc|lần|vận hành)(?!\w)"
    r"|%|\.\.\.|…"
)
_WOMEN = re.compile(r"(?<!\w)(?:phụ )?nữ(?!\w)")
_WOMENS_UNION = re.compile(r"(?<!\w)phụ nữ(?!\w)")
_MANY = re.compile(r"(?<!\w)(?:các|những|vài|khác|nơi)(?!\w)")
# Some things stand in two of the parts: "có 03 hộ nhận cả hai".
_TWICE_OVER = re.compile(r"(?<!\w)(?:cả hai|cả \x02|vừa là|đồng thời là)(?!\w)")
_KINDS: tuple[frozenset[str], ...] = (
    frozenset({"đảng viên", "đồng chí", "người", "quần chúng", "công dân", "thanh niên"}),
    frozenset({"tổ chức", "đảng bộ", "chi bộ", "tổ chức đảng"}),
    frozenset({"hộ", "hộ dân", "gia đình"}),
    frozenset({"cuộc"}),
    frozenset({"đơn", "đơn thư"}),
    frozenset({"văn bản", "nghị quyết", "kế hoạch", "kết luận", "chỉ thị", "thông báo"}),
)
_COUNTED = frozenset().union(*_KINDS)
# Money is ECO002's; the rest may be counted twice on purpose, or is no number of things.
_UNLISTED = TIME_UNITS | frozenset(MONEY) | {"%", "‰", "lần", "lượt", "lượt người", "điểm", "độ"}
# Halves that are the whole by their meaning, so that a list in brackets is surely complete.
_COMPLETE: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(rf"(?<!\w)(?:{word})(?!\w)") for word in words)
    for words in (
        ("chính thức", "dự bị"),
        ("nam", "nữ"),
        ("khiếu nại", "tố cáo", "kiến nghị|phản ánh"),
        ("kiểm tra", "giám sát"),
        ("thường kỳ|định kỳ|thường lệ", "chuyên đề|bất thường"),
        ("nghèo", "cận nghèo"),
        ("đạt", "chưa đạt|không đạt"),
        ("còn lại",),
    )
)
_TOTAL = re.compile(
    r"[,;:]? (?:và )?(?P<word>tổng cộng|cộng chung|cộng lại|tổng số|tất cả)(?: là| có| được| đã|:)*"
    rf" {_N}"
)
_NO_TOTAL = re.compile(
    r"(?<!\w)(?:nâng|đưa|tăng|giảm|trong đó|gồm|bao gồm|riêng|so với|lũy kế|cùng kỳ|năm trước|"
    r"kế hoạch|chỉ tiêu|trên|nhiệm kỳ|thêm|đầu năm|đầu kỳ|hơn|(?<!phụ )nữ|trẻ|mỗi|lượt|"
    r"còn lại)(?!\w)"
    r'|[(%"“]'
)
_TWICE = 2
_HALF = Decimal("0.5")
_REACH = 400


class _List(NamedTuple):
    """Figures that do not make what they should: what is said, what they add up to, where."""

    slug: str
    quantities: tuple[Quantity, ...]
    place: tuple[int, int]
    said: str
    added: Decimal


_TOTAL_CUES = ("tổng cộng", "cộng chung", "cộng lại", "tổng số", "tất cả")
_LIST_MARK = re.compile(r"[:(]|\s[–-]\s")
# Money is ECO002's; so many words ahead of its list a whole may stand.
_OF_MONEY = re.compile(r"(?:triệu|tỷ|tỉ|nghìn|ngàn) đồng(?! chí| bào)(?!\w)")
_FAR_AHEAD = 80
# A whole and two parts.
_LEAST_FIGURES = 3


def _worth_reading(ctx: Context, book: Spots) -> Iterator[int]:
    """Yield the clauses of the sentences that may hold a list or shares of a whole."""
    opening = places(ctx, *LIST_CUES, pieces=True)
    for gap, numbers in ctx.prose.gaps.items():
        if _LIST_MARK.search(gap):
            opening += numbers
    lists = [number for number in opening if _has_whole(ctx, book, number)]
    lists += book.at(*_TOTAL_CUES, *REST_CUES)
    behind = -1
    for number in sorted(lists):
        if number >= behind:
            first, behind = book.sentence(number)
            if book.holds(first, behind, _LEAST_FIGURES):
                yield from book.clauses(first, behind)
    for cue, beside in COMPLETE_CUES.items():
        for number in book.at(cue):
            first, behind = book.sentence(number)
            if book.holds(first, behind, _LEAST_FIGURES):
                text = book.folded(first, behind)
                if any(word in text for word in beside):
                    yield from book.clauses(first, behind)
    for one, two in pairwise(book.percents):
        first, behind = book.sentence(one)
        if two < behind:
            yield from book.clauses(first, behind)


def _has_whole(ctx: Context, book: Spots, number: int) -> bool:
    """Tell whether a figure that may be a whole stands before what opens a list."""
    at = bisect_left(book.figures, number) - 1
    if at < 0 or number - book.figures[at] > _FAR_AHEAD:
        return False
    prose, last = ctx.prose, book.figures[at]
    if prose.words[last].isalpha():
        return True
    unit = " ".join(prose.words[last + 1 : last + 4]).lower()
    return not (_OF_MONEY.match(unit) or prose.seps[last + 1].lstrip().startswith("%"))


def _lists(text: str, sentences: Iterable[Sentence]) -> Iterator[_List]:
    """Yield the lists of a text that do not add up to their whole, or to 100 %."""
    shared = text.count("%") >= _TWICE
    for sentence in _whole_sentences(text, sentences):
        yield from _behind_whole(text, sentence)
        yield from _before_total(text, sentence)
        for one in enumerations(sentence):
            yield _told(text, one.whole, one.parts, one.added)
        if shared:
            yield from _hundreds(sentence)
            for found in whole_shares(sentence):
                yield from _off_hundred(found)


def _whole_sentences(text: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences of a text, those joined where a semicolon only parts their clauses."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group:
            between = text[group[-1].quantities[-1].end : sentence.quantities[0].start]
            if STOP.search(between) or not group[-1].text.rstrip().endswith(";"):
                yield _join(group)
                group = []
        group.append(sentence)
    if group:
        yield _join(group)


def _join(group: Sequence[Sentence]) -> Sentence:
    if len(group) == 1:
        return group[0]
    pieces: list[str] = []
    quantities: list[Quantity] = []
    for sentence in group:
        first = len(quantities)
        pieces.append(_shifted(sentence.text, first))
        quantities += sentence.quantities
    whole = re.sub(" {2,}", " ", " ".join(pieces))
    marks = tuple(match.span() for match in _MARK.finditer(whole))
    return Sentence.joined(whole, tuple(quantities), marks)


def _shifted(text: str, first: int) -> str:
    """Number the figures of a skeleton from ``first`` on."""
    return _MARK.sub(lambda mark: f"{OPEN}{int(mark[1]) + first}{CLOSE}", text)


def _behind_whole(text: str, sentence: Sentence) -> Iterator[_List]:
    """Yield lists behind "gồm", "chia ra", a colon, or in brackets."""
    for match in _INTRO.finditer(sentence.text):
        whole = sentence.quantities[int(match[1])]
        parts = _parts(sentence, match, whole)
        if parts is None:
            continue
        added = sum((part.value for part in parts), _ZERO)
        if abs(added - whole.value) > _parts_slack(whole, parts):
            yield _told(text, whole, parts, added)


def _parts_slack(whole: Quantity, parts: Sequence[Quantity]) -> Decimal:
    """Return how far a sum of measured parts may be off; things that are counted are exact."""
    if not any(q.decimals for q in (whole, *parts)):
        return _ZERO
    # Each may be rounded, or cut off, at the last digit it shows.
    return sum((Decimal(1).scaleb(-q.decimals) for q in (whole, *parts)), _ZERO)


def _told(text: str, whole: Quantity, parts: Sequence[Quantity], added: Decimal) -> _List:
    said = " ".join(text[whole.start : whole.unit_end].split())
    return _List("loi_van", (whole, *parts), (whole.start, whole.end), said, added)


def _before_total(text: str, sentence: Sentence) -> Iterator[_List]:
    """Yield lists that end with "tổng cộng 29 cuộc"."""
    for match in _TOTAL.finditer(sentence.text):
        whole = sentence.quantities[int(match[2])]
        if whole.approximate or whole.form not in ("digits", "words") or whole.unit in _UNLISTED:
            continue
        before = sentence.text[max(0, match.start() - _REACH) : match.start()]
        before = before[max(before.rfind(": "), before.rfind("; tổng cộng")) + 1 :]
        before = before.rpartition("gồm ")[2]
        if len(before) == _REACH or _NO_TOTAL.search(before):
            continue
        parts = _listed(sentence, before, skip_first=True)
        if parts is None or not whole.unit or not all(_alike(whole, part) for part in parts):
            continue
        added = sum((part.value for part in parts), _ZERO)
        # A total of other things than those just listed is far from their sum.
        near = whole.value / (_TWICE if match["word"] in ("tổng cộng", "cộng lại") else 5)
        off = abs(added - whole.value)
        if _parts_slack(whole, parts) < off <= near:
            yield _told(text, whole, parts, added)


def _alike(whole: Quantity, part: Quantity) -> bool:
    """Tell whether a part counts what its whole counts: "58 đồng chí", "98 đảng viên"."""
    if part.unit == whole.unit:
        return True
    return any(whole.unit in kind and part.unit in kind for kind in KINDS)


def _running(ctx: Context, lists: Sequence[tuple[str, str, _List]]) -> Iterator[Finding]:
    """Report lists that do not add up, unless another rule names the odd figure: one is enough."""
    reported: dict[str, list[tuple[int, int]]] = {}
    for pointer, fault in text_agrees.faults(ctx):
        reported.setdefault(pointer, []).append(fault.place)
    for pointer, text, one in lists:
        elsewhere = [place for f in fraction.faults(text) for place in (f.pair, f.place)]
        elsewhere += [(start, end) for start, end, _ in over_hundred.places(text)]
        taken = sorted([*reported.get(pointer, ()), *elsewhere])
        if any(overlaps(taken, q.start, q.end) for q in one.quantities):
            continue
        reported.setdefault(pointer, []).append(one.place)
        args: dict[str, Any] = {"cong": vietnamese(one.added)}
        if one.slug == "loi_van":
            args["tong"] = one.said
        yield ctx.at(RULE, one.slug, pointer, text=one.place, **args)


def _parts(
    sentence: Sentence, match: re.Match[str], whole: Quantity
) -> tuple[Quantity, ...] | None:
    """Return the parts listed behind a whole, None unless they are surely all parts of it."""
    if whole.approximate or whole.form not in ("digits", "words"):
        return None
    start, behind = sentence.marks[int(match[1])]
    if "/" in (sentence.text[start - 1 : start], sentence.text[behind : behind + 1]):
        return None
    tail = sentence.text[match.end() : match.end() + _REACH]
    if _TWICE_OVER.search(tail):
        return None
    bracket = match["bracket"] is not None
    end = _END.search(tail)
    if bracket and (end is None or end.group() != ")"):
        return None
    if end is not None and end.group() == "(":
        return None
    listed = tail[: end.start()] if end is not None else tail
    # "gồm 3 A, 2 B; đã giải quyết ...": the semicolon ends the list, or parts all its members.
    head = listed.partition(";")[0]
    listed = head if len(_MARK.findall(head)) >= _TWICE else listed
    after = _AFTERWARDS.search(listed)
    listed = (listed[: after.start()] if after is not None else listed).rstrip(" ,;")
    genders = _named(listed, _COMPLETE[1])
    # "Hội Phụ nữ" is a body, and women beside men are no group across the others.
    if _CROSSING.search((_WOMEN if genders else _WOMENS_UNION).sub(" ", listed)):
        return None
    found = _listed(sentence, listed, skip_first=False)
    if found is None or not _one_kind(whole, found):
        return None
    if bracket and not any(_named(listed, words) for words in _COMPLETE):
        # Brackets may hold some of the parts only; more than the whole they cannot hold.
        return found if sum((q.value for q in found), _ZERO) > whole.value else None
    return found


def _named(text: str, words: Sequence[re.Pattern[str]]) -> bool:
    return all(word.search(text) for word in words)


def _listed(sentence: Sentence, listed: str, *, skip_first: bool) -> tuple[Quantity, ...] | None:
    """Return the figures of a list, one to each member; None when a member is not surely read."""
    found: list[Quantity] = []
    for piece in _LINKS.split(listed):
        marks = _MARK.findall(piece)
        inside = [sentence.quantities[int(mark)] for mark in marks]
        if skip_first and not found:
            # "Trong 9 tháng, ...": a span of time before the list.
            inside = [q for q in inside if q.unit not in TIME_UNITS]
        if not inside:
            # "kiến nghị, phản ánh" goes on with the name of the part before it.
            if not skip_first and (not found or _MANY.search(piece)):
                return None
            continue
        if len(inside) > 1 or (len(marks) == 1 and _ONE.fullmatch(piece) is None):
            return None
        found.append(inside[0])
    if len(found) < _TWICE or any(q.approximate or q.unit == "%" for q in found):
        return None
    if any(q.form not in ("digits", "words") for q in found):
        return None
    return tuple(found)


def _one_kind(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell whether whole and parts count the same kind of thing."""
    if whole.unit in _UNLISTED or not whole.unit or "/" in whole.unit:
        return False
    if whole.unit not in _COUNTED:
        return all(part.unit == whole.unit for part in parts)
    kind = next(kind for kind in _KINDS if whole.unit in kind)
    # "khiển trách 07, cảnh cáo 03": the unit is understood in every part, or in the later ones.
    return all(not part.unit or part.unit in kind for part in parts)


# -- shares of one whole in running text -------------------------------------------------------

# Percentages of something else than of the one whole that is shared out.
_OTHER_SHARE = re.compile(
    r"(?<!\w)(?:so|cùng kỳ|năm trước|kế hoạch|chỉ tiêu|dự toán|tăng|giảm|trong đó|riêng|gồm|vượt|"
    r"năm 20\d\d|bình quân|hoàn thành|xếp loại|tỷ lệ hộ|lãi|nghị quyết|mục tiêu|lần lượt|"
    r"giải ngân|đảng viên nữ|dân tộc|tôn giáo|kể cả|một số|chủ yếu)(?!\w)|\.\.\.|…"
)
_REST = re.compile(r"(?<!\w)(?:còn lại|nguồn khác|khác|thành phần khác)(?!\w)")
_AGE = re.compile(r"(?<!\w)tuổi(?!\w)")
_YOUNGEST = re.compile(r"(?<!\w)(?:dưới|đến|từ (?:đủ )?18|18)(?!\w)|\x02")
_OLDEST = re.compile(r"(?<!\w)trên (?=[\d\x02])|trở lên")
_WHOLES: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(rf"(?<!\w)(?:{word})(?!\w)") for word in words)
    for words in (
        ("chính thức", "dự bị"),
        ("nam", "nữ"),
        ("giỏi|tốt", "khá", "trung bình|đạt", "yếu|kém|chưa đạt"),
        ("nông nghiệp|nông, lâm|khu vực i", "công nghiệp|xây dựng|khu vực ii", "dịch vụ"),
        ("khiếu nại", "tố cáo", "kiến nghị|phản ánh"),
    )
)
_TAKES = re.compile(r"(?<!\w)(?:chiếm|tỷ trọng|cơ cấu|chia)(?!\w)")
_OVERLAPPING = re.compile(r"(?<!\w)(?:trình độ|đại học|trung cấp|lý luận|chuyên môn)(?!\w)")


def _hundreds(sentence: Sentence) -> Iterator[_List]:
    """Yield the shares of one whole, all of them named, that do not make 100 %."""
    shares = [i for i, q in enumerate(sentence.quantities) if q.unit == "%"]
    if len(shares) < _TWICE:
        return
    found = tuple(sentence.quantities[i] for i in shares)
    if any(q.approximate or q.value > _HUNDRED or "/" in q.form for q in found):
        return
    names: list[str] = []
    last = 0
    for i in shares:
        start, end = sentence.marks[i]
        names.append(sentence.text[max(last, start - _REACH) : start])
        last = end
    body = sentence.text[max(0, sentence.marks[shares[0]][0] - _REACH) : last + 40]
    plain = body.replace("trong đó:", "")
    if not _TAKES.search(body) or _OTHER_SHARE.search(plain) or _OVERLAPPING.search(body):
        return
    if not _all_named(names):
        return
    yield from _off_hundred(found)


def _off_hundred(found: tuple[Quantity, ...]) -> Iterator[_List]:
    """Yield shares of one whole that do not make 100 %."""
    values = [q.value.quantize(Decimal(1).scaleb(-q.decimals)) for q in found]
    added = sum(values, _ZERO)
    # "80%" beside "14,74%" was rounded once, if at all.
    mixed = any(q.decimals for q in found)
    halves = sum(not q.decimals for q in found) if mixed else 0
    slack = _slack(values) - halves * _HALF
    if abs(added - _HUNDRED) > slack:
        yield _List("ty_le_loi_van", found, (found[0].start, found[-1].unit_end), "", added)


def _all_named(names: Sequence[str]) -> bool:
    """Tell whether the names of shares cover their whole by what they mean."""
    ages = sum(_AGE.search(name) is not None for name in names)
    if ages:
        ends = _OLDEST.search(names[-1]) or _OLDEST.search(names[0])
        low = _YOUNGEST.search(names[0]) or _YOUNGEST.search(names[-1])
        # every share is one of an age, and one age is open above
        return len(names) > _TWICE and ages >= len(names) - 1 and bool(ends and low)
    if _REST.search(names[-1]):
        return all("tỷ lệ" not in name for name in names[1:])
    text = " ".join(names)
    return any(len(words) == len(names) and _named(text, words) for words in _WHOLES)
