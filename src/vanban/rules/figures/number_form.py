"""Số viết theo lối Việt Nam: chấm phần nghìn, phẩy thập phân (NUM009).

Quy định
    Dấu chấm ngăn phần nghìn, dấu phẩy ngăn phần thập phân: 1.246 hộ; 12,5%; 1.234,5 triệu đồng.
    Không viết 1,246 đảng viên, 12.5%, 1 246 hộ. Đã có chỗ viết 1.246 thì không viết 2486 ở chỗ
    khác. Đơn vị tính của chỉ tiêu viết đủ chữ (triệu đồng, không phải trđ). Chỉ những số không thể
    đọc cách khác mới bị nhắc: 1,246 triệu đồng có thể là số thập phân
    nên được bỏ qua, trừ khi số đã gõ (1246) hay các số cùng đơn vị trong câu cho thấy đó là nghìn.

Vì sao
    "1,246" đọc theo lối Việt Nam là một phẩy hai trăm bốn sáu; người nhập lại số liệu có thể hiểu
    sai một nghìn lần.

Sai
    kien_nghi: Toàn xã có 1,246 hộ, tỷ lệ hộ dùng nước sạch đạt 92.5%.

Đúng
    kien_nghi: Toàn xã có 1.246 hộ, tỷ lệ hộ dùng nước sạch đạt 92,5%.

Cách sửa
    Sửa như lời nhắc; sửa tự động được ở những chỗ chắc chắn.

Nguồn và độ tin cậy
    Cách viết thấy ở các báo cáo đã công bố (8.481/9.669 = 87,7%); độ tin cậy C về câu chữ.

English:
    Numbers in the Vietnamese form: dots for thousands, a comma for decimals, one style throughout.
    Only what cannot be read otherwise is reported: a comma before three digits with things that
    cannot be divided, a decimal dot before % or a measure, blanks in a number, 2486 beside 1.246,
    and abbreviated units of indicators. Safe fix where the value is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity, Source
from vanban.rules._page import Piece, page
from vanban.rules._quantities import fold
from vanban.rules._text import HEADING, RUNNING, Sentences, text_nodes
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="NUM009",
    name="number_form",
    severity=Severity.WARNING,
    source=Source("Cách viết số trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.SAFE,
)

# Things that are counted one by one: no fraction of them exists.
_COUNTED = (
    r"đảng viên|đv|đồng chí|đ/c|người|công dân|thanh niên|quần chúng|đoàn viên|hội viên|thành viên|"
    r"đại biểu|cán bộ|công chức|viên chức|giáo viên|học sinh|học viên|cháu|trẻ em|lao động|"
    r"nhân khẩu|cử tri|hộ|gia đình|lượt|dân quân|đảng bộ|chi bộ|tổ chức đảng|cơ sở|doanh nghiệp|"
    r"cuộc|buổi|hội nghị|vụ|tin|bài|trường hợp|đơn|hồ sơ|văn bản|ý kiến|kiến nghị|mô hình|"
    r"công trình|sản phẩm|căn nhà|phần quà|suất|phiếu|thẻ|tài khoản|con|cây|cuốn|tờ|đồng"
)
# Measures that are often given with decimals.
_MEASURED = (
    r"tỷ|tỉ|triệu|nghìn tỷ|ha|héc ta|km|km2|m2|m3|mét|tấn|tạ|kg|lít|lần|phần trăm|điểm phần trăm|"
    r"điểm %"
)
# Of these a comma before three digits is a slip only where the text or the draft shows it: roads
# and sums in tỷ are often given with three decimals.
_WEIGHED = r"triệu đồng|nghìn đồng|tấn|tạ|kg|lít|m2|m3"
_NO_RATE = r"(?!\w|/)"
# Stands behind the first digit, so that a search runs from digit to digit.
_OPEN = r"(?<![\w.,/+\-–].)"
_ROLES = (HEADING, *RUNNING, "note", "cell")
_THREE = 3
_COMMA = re.compile(
    rf"(?P<n>[1-9]{_OPEN}\d{{0,2}}(?:(?:,\d{{3}})+\.\d+|(?:,\d{{3}}){{2,}}|"
    rf",\d{{3}}(?= (?:{_COUNTED}){_NO_RATE})))(?![\d.,]*\d)"
)
_DOUBTFUL = re.compile(
    rf"(?P<n>[1-9]{_OPEN}\d{{0,2}},\d{{3}}) (?P<unit>{_WEIGHED}){_NO_RATE}(?![\d.,]*\d)"
)
_BESIDE = re.compile(rf"(?P<n>\d{_OPEN}\d*(?:\.\d{{3}})*(?:,\d+)?) (?P<unit>{_WEIGHED}){_NO_RATE}")
_DOT = re.compile(rf"(?P<n>\d{_OPEN}\d*\.\d{{1,2}})(?= ?%| (?:{_MEASURED}){_NO_RATE})")
_BLANK = re.compile(
    rf"(?P<n>[1-9]{_OPEN}(?<!\d .)\d{{0,2}}(?: \d{{3}})+)(?= (?:{_COUNTED}|{_MEASURED}){_NO_RATE})"
)
_GROUPED = re.compile(
    rf"[1-9]{_OPEN}\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?(?= (?:{_COUNTED}|{_MEASURED})(?!\w))"
)
_UNGROUPED = re.compile(
    rf"(?P<n>[1-9]{_OPEN}\d{{3,}})(?:,\d+)?(?= (?:{_COUNTED}|{_MEASURED}){_NO_RATE})"
)
# Behind these a number is the name of something: "ấp 1", "điểm 2.5", "tháng 9".
_LABEL = re.compile(
    r"(?<!\w)(?:ấp|thôn|xóm|bản|tổ|khu|khu phố|khóm|đội|quý|tháng|ngày|năm|lần|lớp|khóa|đường|"
    r"quốc lộ|tỉnh lộ|nhóm|cấp|loại|mục|điểm|khoản|điều|phần|bảng|biểu|phiên bản|phụ lục|trang|"
    r"tiêu chí|chỉ tiêu|nội dung|chi bộ|chi hội|hạng|kỳ|đợt|vùng|tiểu khu|"
    r"(?<!tổng )(?<!dân )(?<!trên )(?<!trong )(?<!con )số)(?: số)? *$"
)
# An average may well be a fraction of a person.
_AVERAGE = re.compile(r"(?:bình quân|trung bình|mật độ)[^.;]{0,40}$")
_BEFORE = 60
_SWAPPED = str.maketrans(",.", ".,")
_YEARS = range(1900, 2100)
_TYPED_THOUSANDS = re.compile(r"\s*([1-9]\d{0,2}),(\d{3})\s*")
_MONEY_ROLES = (
    "budget-revenue",
    "budget-spending",
    "budget-part-amount",
    "investment-total",
    "investment-part",
)
_TYPED_KEYS = ("ke_hoach", "thuc_hien", "cung_ky")
_COUNTED_UNIT = re.compile(rf"(?:{_COUNTED})")
_UNITS = {
    "trđ": "triệu đồng",
    "tr.đ": "triệu đồng",
    "tr đồng": "triệu đồng",
    "tr. đồng": "triệu đồng",
    "triệu đ": "triệu đồng",
    "tỷ đ": "tỷ đồng",
    "tỉ đ": "tỷ đồng",
    "nđ": "nghìn đồng",
    "phần trăm": "%",
    "đ/c": "đồng chí",
    "đv": "đảng viên",
    "đ.viên": "đảng viên",
    "hecta": "ha",
    "héc ta": "ha",
    "kilomet": "km",
}


class _Odd(NamedTuple):
    """A number written in another way, at ``start:end`` of the folded text."""

    slug: str
    start: int
    end: int
    right: str
    certain: bool = True


def check(ctx: Context) -> Iterator[Finding]:
    """Report numbers that are not in the Vietnamese form, and abbreviated units."""
    known: frozenset[tuple[Decimal, str]] | None = None
    plain: list[tuple[Piece, _Odd]] = []
    starts = ctx.prose.starts
    for piece in page(ctx).pieces([starts[number] for number in _unusual(ctx)], *_ROLES):
        text = piece.folded.text
        known = _known(ctx) if known is None else known
        for odd in _odd(text):
            yield _finding(ctx, piece, odd)
        for odd in _doubtful(text, known):
            yield _finding(ctx, piece, odd)
        plain.extend((piece, odd) for odd in _without_dots(text))
    if plain and (grouped := _grouped(ctx)):
        # Numbers without dots are a style of their own, but not beside numbers with them.
        for piece, odd in plain:
            yield _finding(ctx, piece, odd, mau=grouped)
    yield from _typed(ctx)
    for node in ctx.role("unit"):
        unit = " ".join(fold(node.value).text.split()) if isinstance(node.value, str) else ""
        if unit in _UNITS:
            yield ctx.at(
                RULE,
                "don_vi",
                node.pointer,
                severity=Severity.INFO,
                fix=_fix(ctx, node.pointer, (0, len(node.value)), _UNITS[unit]),
                tim_thay=str(node.value),
                dung=_UNITS[unit],
            )


def _unusual(ctx: Context) -> Iterator[int]:
    """Yield words of ``ctx.prose`` at which a number may stand that is written in another way."""
    prose = ctx.prose
    where, words, seps = prose.where, [*prose.words, ""], prose.seps
    for number in prose.gaps.get(",", ()):
        if len(words[number]) == _THREE and words[number].isdecimal():
            yield number
    for number in prose.gaps.get(".", ()):
        if len(words[number]) < _THREE and words[number].isdecimal():
            gap = seps[number + 1]
            if gap[:1] == "%" or gap[:1].isspace():
                yield number
    for word, numbers in where.items():
        if len(word) < _THREE or not word.isdecimal():
            continue
        if len(word) == _THREE:
            for number in numbers:
                if words[number - 1].isdecimal() and seps[number].isspace() and number:
                    yield number
        elif int(word) not in _YEARS:
            yield from numbers


def _grouped(ctx: Context) -> str:
    """Return the first number that is written with dots, "" when there is none."""
    for _, text in text_nodes(ctx, *_ROLES):
        if found := _GROUPED.search(fold(text).text):
            return found.group()
    return ""


def _odd(text: str) -> Iterator[_Odd]:
    for match in _COMMA.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if not _LABEL.search(before) and not _AVERAGE.search(before):
            yield _Odd("nghin_phay", *match.span("n"), match["n"].translate(_SWAPPED))
    for match in _DOT.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if not _LABEL.search(before):
            whole, _, part = match["n"].partition(".")
            yield _Odd("thap_phan_cham", *match.span("n"), f"{_dotted(whole)},{part}")
    for match in _BLANK.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if not _LABEL.search(before):
            right = match["n"].replace(" ", ".")
            yield _Odd("nghin_cach", *match.span("n"), right, certain=False)


def _known(ctx: Context) -> frozenset[tuple[Decimal, str]]:
    """Return the typed figures of measured things, each with its unit."""
    known: set[tuple[Decimal, str]] = set()
    for node in ctx.role("indicator"):
        if isinstance(node.value, Mapping):
            unit = " ".join(fold(str(node.value.get("don_vi", ""))).text.split())
            numbers = (figure(node.value.get(key)) for key in _TYPED_KEYS)
            known.update((number, unit) for number in numbers if number is not None)
    for role in _MONEY_ROLES:
        for node in ctx.role(role):
            number = figure(node.value)
            if number is not None:
                known.add((number, "triệu đồng"))
    return frozenset(known)


def _doubtful(text: str, known: frozenset[tuple[Decimal, str]]) -> Iterator[_Odd]:
    """Yield the measures with a comma before three digits that surely are thousands."""
    matches = list(_DOUBTFUL.finditer(text))
    if not matches:
        return
    sentences = Sentences(text)
    beside: dict[int, list[tuple[str, str]]] = {}
    for match in _BESIDE.finditer(text):
        start = sentences.bounds(match.start())[0]
        beside.setdefault(start, []).append((match["n"], match["unit"]))
    for match in matches:
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _LABEL.search(before) or _AVERAGE.search(before):
            continue
        thousands = int(match["n"].replace(",", ""))
        decimal = Decimal(match["n"].replace(",", "."))
        typed = (Decimal(thousands), match["unit"]) in known
        near = beside.get(sentences.bounds(match.start())[0], [])
        if (decimal, match["unit"]) not in known and (
            typed or (match["n"].endswith("0") and _in_thousands(near, match["unit"], thousands))
        ):
            yield _Odd("nghin_phay", *match.span("n"), match["n"].translate(_SWAPPED), typed)


def _in_thousands(near: Sequence[tuple[str, str]], unit: str, value: int) -> bool:
    """Tell whether the other figures of a sentence are thousands of the same size, all whole."""
    others = [n for n, other in near if other == unit and not re.fullmatch(r"\d{1,3},\d{3}", n)]
    if not others or any("," in n for n in others):
        return False
    return any("." in n and value <= 10 * int(n.replace(".", "")) <= 100 * value for n in others)


def _without_dots(text: str) -> Iterator[_Odd]:
    for match in _UNGROUPED.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if int(match["n"]) not in _YEARS and not _LABEL.search(before):
            yield _Odd("thieu_cham", *match.span("n"), _dotted(match["n"]))


def _dotted(digits: str) -> str:
    """Return digits with a dot before every three from the right; those that open with 0 stay."""
    return digits if digits.startswith("0") else f"{int(digits):,}".replace(",", ".")


def _finding(ctx: Context, piece: Piece, odd: _Odd, **more: Any) -> Finding:
    start, end = piece.folded.back(odd.start), piece.folded.back(odd.end)
    written = piece.raw[start:end]
    # A fixed space can only stand inside one number; a plain one may part two. A comma that only
    # the other figures of the sentence speak against is for the clerk to mend.
    certain = odd.certain or (odd.slug == "nghin_cach" and " " not in written)
    return ctx.at(
        RULE,
        odd.slug,
        piece.pointer,
        text=(start, end),
        fix=_fix(ctx, piece.pointer, (start, end), odd.right) if certain else None,
        tim_thay=" ".join(written.split()),
        dung=odd.right,
        **more,
    )


def _fix(ctx: Context, pointer: str, place: tuple[int, int], right: str) -> Fix | None:
    span = ctx.draft.positions.text(pointer, *place)
    return Fix(Safety.SAFE, "NUM009.sua", (Edit(span, right),), {"dung": right}) if span else None


def _typed(ctx: Context) -> Iterator[Finding]:
    """Report typed figures of people and things that have three digits behind a comma."""
    for node in ctx.role("indicator"):
        item = node.value
        if not isinstance(item, Mapping):
            continue
        unit, name = (
            " ".join(fold(str(item.get(key, ""))).text.split()) for key in ("don_vi", "ten")
        )
        if not _COUNTED_UNIT.fullmatch(unit) or _AVERAGE.search(name):
            continue
        for key in _TYPED_KEYS:
            typed = item.get(key)
            match = _TYPED_THOUSANDS.fullmatch(typed) if isinstance(typed, str) else None
            if match is not None:
                pointer, right = f"{node.pointer}/{key}", match[1] + match[2]
                yield ctx.at(
                    RULE,
                    "so_go",
                    pointer,
                    fix=_fix(ctx, pointer, (0, len(str(typed))), right),
                    tim_thay=str(typed).strip(),
                    dung=right,
                    don_vi=str(item.get("don_vi")),
                )
