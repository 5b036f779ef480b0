"""Các phần cộng lại bằng tổng, các tỷ lệ cộng lại bằng 100% (NUM005).

Quy định
    Các nhóm của một cách chia (``co_cau``) cộng lại bằng tổng; tỷ lệ của từng nhóm khớp với số
    lượng, các tỷ lệ cộng lại bằng 100, được lệch 0,1 (hoặc một đơn vị ở chữ số cuối đã ghi) nhân
    với số nhóm, để ba nhóm 33,3% vẫn đúng. Bảng tự kẻ có hàng "Tổng số", "Cộng" thì hàng đó bằng
    tổng các hàng còn lại; cột "Cơ cấu (%)" cộng lại bằng 100. Trong lời văn, "241 đảng viên, gồm
    231 đảng viên chính thức và 10 đảng viên dự bị" thì các phần sau chữ "gồm" cộng lại bằng số
    đứng trước (tiền theo nguồn thì xem ECO002). Chỗ có "trong đó", dòng con, dòng thiếu số, hoặc
    không chắc là các phần rời nhau thì không xét.

Vì sao
    Một phần được sửa mà tổng không sửa theo là lỗi người đọc cộng nhẩm thấy ngay.

Sai
    ket_qua:
      xay_dung_dang:
        dang_vien: |
          Đảng bộ có 128 đảng viên, gồm 122 đảng viên chính thức và 05 đảng viên dự bị.

Đúng
    ket_qua:
      xay_dung_dang:
        dang_vien: |
          Đảng bộ có 128 đảng viên, gồm 122 đảng viên chính thức và 06 đảng viên dự bị.

Cách sửa
    Cộng lại các phần, sửa phần hoặc tổng gõ nhầm. Với ``co_cau`` có thể bỏ ``ty_le`` để vanban tự
    tính; nếu các nhóm không chia hết tổng thì ghi ``tong`` của cách chia.

Nguồn và độ tin cậy
    Số học của phép cộng (33,3 + 33,3 + 33,3 được chấp nhận); độ tin cậy C về câu chữ.

English:
    Parts of one whole add up to it, and their shares to 100 within 0.1 (or one unit of the last
    digit shown) times their number. Read from typed partitions, drawn tables with a total row and
    enumerations behind "gồm"; anything that may overlap or be incomplete is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import Quantity, fold
from vanban.rules._text import RUNNING, text_nodes
from vanban.rules.figures import text_agrees
from vanban.rules.figures._ratio import deviates, last_unit, shown
from vanban.rules.figures._skeleton import CLOSE, OPEN, Sentence, sentences_of
from vanban.rules.figures._statements import overlaps
from vanban.rules.figures._tables import Table, is_total, label_of, tables_of
from vanban.rules.figures._typed import figures_of
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
    closings = {n.pointer.rpartition("/")[0]: n.value for n in ctx.role("member-closing")}
    for node in ctx.role("partition"):
        if isinstance(node.value, Mapping):
            whole = figure(closings.get(node.pointer.rsplit("/", 2)[0]))
            yield from _partition(ctx, node, node.value, whole)
    known = {pointer for pointer, _, _ in text_agrees.table_faults(ctx, figures_of(ctx))}
    for table in tables_of(ctx):
        for finding in _table(ctx, table):
            if finding.pointer not in known:
                yield finding
    lists = [
        (node.pointer, text, one)
        for node, text in text_nodes(ctx, *RUNNING)
        for one in _lists(text)
    ]
    if lists:
        yield from _running(ctx, lists)


# -- typed partitions --------------------------------------------------------------------------


def _partition(
    ctx: Context, node: Node, raw: Mapping[str, Any], closing: Decimal | None
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


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table with a total row: its total, its parts, whether they add up."""

    index: int
    total: Decimal
    parts: tuple[Decimal | None, ...]
    added: Decimal
    right: bool


def _table(ctx: Context, table: Table) -> Iterator[Finding]:
    totals = [index for index, row in enumerate(table.rows) if is_total(row)]
    others = [row for row in table.rows if not is_total(row)]
    if len(totals) > 1 or len(others) < 2 or any(_is_below(row) for row in others):
        return
    if not totals:
        yield from _without_total(ctx, table)
        return
    at = totals[0]
    columns = list(_columns(table, at, others))
    right = sum(column.right for column in columns)
    last = at == len(table.rows) - 1 and _LAST_WORDS.match(label_of(table.rows[at])) is not None
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


def _columns(table: Table, at: int, others: Sequence[Sequence[Any]]) -> Iterator[_Column]:
    """Yield the columns whose total is the sum of the other rows, or should be."""
    for index in table.numeric:
        total = figure(table.rows[at][index])
        low = fold(table.headers[index]).text
        share = _is_share(low)
        if total is None or (_NO_SUM.search(low) and not share):
            continue
        parts = tuple(figure(row[index]) for row in others)
        known = [part for part in parts if part is not None]
        if len(known) < 2:
            continue
        added = sum(known, _ZERO)
        slack = _slack(known) if share else _rounding(known, total, low, table)
        yield _Column(index, total, parts, added, abs(added - total) <= slack)


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


def _is_below(row: Sequence[Any]) -> bool:
    """Tell whether a row is part of another row, or leaves something out."""
    if _BELOW.search(label_of(row)):
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
_INTRO = re.compile(rf"{_N} (?P<unit>[^\d,;.:(){OPEN}{CLOSE}]{{2,80}}),? (?:bao )?gồm(?: có)?:? ")
_END = re.compile(
    r"[.;:()!?\n]|(?<!\w)(?:trong đó|riêng|ngoài ra|đồng thời|so với|tăng|giảm)(?!\w)"
)
_LINKS = re.compile(r", (?:và )?| và | cùng ")
_ONE = re.compile(rf"[^{OPEN}{CLOSE}]{{0,60}}{_N}[^{OPEN}{CLOSE}]{{0,60}}")
# Groups that cut across others, or lists that are not complete.
_CROSSING = re.compile(
    r"(?<!\w)(?:nữ|trẻ|dân tộc|tôn giáo|miễn|tuổi|khác nhau|v\.v|vân vân|chủ yếu|một số|nhiều|các|"
    r"mỗi|lượt|hơn|trên|dưới|trình độ|thêm|cả|kể cả|như)(?!\w)|%|\.\.\.|…"
)
_KINDS: tuple[frozenset[str], ...] = (
    frozenset({"đảng viên", "đồng chí", "người", "quần chúng", "công dân", "thanh niên"}),
    frozenset({"tổ chức", "đảng bộ", "chi bộ", "tổ chức đảng"}),
    frozenset({"hộ", "hộ dân", "gia đình"}),
    frozenset({"cuộc"}),
    frozenset({"đơn", "đơn thư"}),
    frozenset({"văn bản", "nghị quyết", "kế hoạch", "kết luận", "chỉ thị", "thông báo"}),
)
_COUNTED = frozenset().union(*_KINDS)


@dataclass(frozen=True, slots=True)
class _List:
    """A whole and the parts listed behind it that do not make it."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    added: Decimal


def _lists(text: str) -> Iterator[_List]:
    """Yield the lists behind "gồm" that do not add up to the figure before them."""
    if "gồm" not in fold(text).text:
        return
    for sentence in sentences_of(text):
        for match in _INTRO.finditer(sentence.text):
            whole = sentence.quantities[int(match[1])]
            parts = _parts(sentence, match, whole)
            if parts is None:
                continue
            added = sum((part.value for part in parts), _ZERO)
            if added != whole.value:
                yield _List(whole, parts, added)


def _running(ctx: Context, lists: Sequence[tuple[str, str, _List]]) -> Iterator[Finding]:
    """Report lists that do not add up, unless NUM003 names the odd figure: one is enough."""
    reported: dict[str, list[tuple[int, int]]] = {}
    for pointer, fault in text_agrees.faults(ctx):
        reported.setdefault(pointer, []).append(fault.place)
    for pointer, text, one in lists:
        taken = sorted(reported.get(pointer, ()))
        if any(overlaps(taken, q.start, q.end) for q in (one.whole, *one.parts)):
            continue
        yield ctx.at(
            RULE,
            "loi_van",
            pointer,
            text=(one.whole.start, one.whole.end),
            tong=" ".join(text[one.whole.start : one.whole.unit_end].split()),
            cong=vietnamese(one.added),
        )


def _parts(
    sentence: Sentence, match: re.Match[str], whole: Quantity
) -> tuple[Quantity, ...] | None:
    """Return the parts listed behind "gồm", None unless they are surely all parts of the whole."""
    if whole.approximate or whole.form not in ("digits", "words"):
        return None
    start, behind = sentence.marks[int(match[1])]
    if "/" in (sentence.text[start - 1 : start], sentence.text[behind : behind + 1]):
        return None
    tail = sentence.text[match.end() : match.end() + 400]
    end = _END.search(tail)
    listed = (tail[: end.start()] if end is not None else tail).rstrip(" ,")
    if _CROSSING.search(listed) or (end is not None and end.group() == "("):
        return None
    pieces = _LINKS.split(listed)
    found: list[Quantity] = []
    for piece in pieces:
        one = _ONE.fullmatch(piece)
        if one is None:
            return None
        found.append(sentence.quantities[int(one[1])])
    if len(found) < 2 or any(part.approximate or part.unit == "%" for part in found):
        return None
    if not _one_kind(whole, found):
        return None
    return tuple(found)


def _one_kind(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell whether whole and parts count the same kind of thing."""
    if whole.unit not in _COUNTED:
        return False
    kind = next(kind for kind in _KINDS if whole.unit in kind)
    # "khiển trách 07, cảnh cáo 03": the unit is understood, then in every part.
    if all(not part.unit for part in parts):
        return True
    return all(part.unit in kind for part in parts)
