"""The figures of running text: "05 đảng viên", "1.246 hộ", "2,5 tỷ đồng", "hai mươi lăm hộ".

A careful reader: what may be a date, a year, the number of a document, of an article, of a hamlet,
of a telephone or a range is left out rather than guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, Literal, NamedTuple
from unicodedata import is_normalized

from vanban.text.tone import PAIRS, to_style

# Texts whose readings are kept: all of a large draft, so that no rule reads one again.
KEPT = 1 << 15

Form = Literal["digits", "words", "fraction-part", "fraction-whole", "compound"]


class Quantity(NamedTuple):
    """A figure of a text: ``value`` at ``start:end``, its unit up to ``unit_end``.

    ``unit`` is "" when none of the known nouns follows, else lower case, composed, tone mark on the
    first vowel ("ủy"), money and measures in one spelling ("tỷ đồng", "triệu đồng", "ha", "m2");
    a rate keeps its denominator ("triệu đồng/người/năm"). ``decimals`` counts the digits after the
    comma. ``approximate`` marks "hơn 300 hộ", "khoảng 2 tỷ đồng". Both halves of "17/19 tiêu chí"
    are found, as ``fraction-part`` and ``fraction-whole``; "2 tỷ 500 triệu đồng" is one figure of
    form ``compound``.
    """

    value: Decimal
    start: int
    end: int
    text: str
    decimals: int
    unit: str
    unit_end: int
    form: Form
    approximate: bool = False


class Folded(NamedTuple):
    """A text made easy to read by machine, with the way back to its own positions.

    Composed (NFC), lower case, every blank but the line end a plain space, "uỷ" as "ủy".
    """

    text: str
    origin: tuple[int, ...] | None

    def back(self, position: int) -> int:
        """Return the position in the text as it was given."""
        return position if self.origin is None else self.origin[position]


def _composed(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Compose a text letter by letter, keeping where each letter came from."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    origin: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        origin.extend([start] * len(piece))
        start = end
    return "".join(pieces), (*origin, len(text))


def _plain(char: str) -> str:
    if char.isspace():
        return char if char == "\n" else " "
    low = char.lower()
    return low if len(low) == 1 else char


# Any blank but the plain one and the line end.
ODD_BLANK = re.compile(r"[^\S\n ]")
# A tone mark on the second vowel of an open syllable; what a q stands before keeps it (quý).
_LATE = re.compile(
    rf"[ou](?<![qQ].)[{''.join(sorted({pair[1] for pair in PAIRS if pair[1] not in 'aeyAEY'}))}]"
    r"(?![\w\u0300-\u036f])"
)


@lru_cache(maxsize=KEPT)
def fold(text: str) -> Folded:
    """Return a text folded for reading; equal texts are folded once."""
    if is_normalized("NFC", text) and "İ" not in text and "Σ" not in text:
        low = text.lower()
        if len(low) == len(text) and is_normalized("NFC", low):
            if ODD_BLANK.search(low) is not None:
                low = ODD_BLANK.sub(" ", low)
            return Folded(tone_first(low), None)
    return _fold_slowly(text)


def tone_first(low: str) -> str:
    """Return a composed text in small letters with tone marks on the first vowel: "uỷ" as "ủy"."""
    return _LATE.sub(_early, low)


def _early(match: re.Match[str]) -> str:
    pair = PAIRS.get(match.group())
    return match.group() if pair is None else pair[0]


def _fold_slowly(text: str) -> Folded:
    """Fold letter by letter: not composed, or of letters that change their number."""
    composed, origin = _composed(text)
    low = "".join(map(_plain, composed))
    styled = to_style(low, "tone_first")
    return Folded(styled if len(styled) == len(low) else low, origin)


# -- units -------------------------------------------------------------------------------------

_NOUNS = """
đảng viên|đồng chí|đồng bào|người|người dân|công dân|thanh niên|chiến sĩ|tân binh|quần chúng|
đoàn viên|hội viên|thành viên|ủy viên|đảng ủy viên|cấp ủy viên|đại biểu|cán bộ|công chức|viên chức|
giáo viên|học sinh|học viên|cháu|trẻ|trẻ em|em|lao động|nhân khẩu|khẩu|cử tri|bệnh nhân|nạn nhân|
đối tượng|cá nhân|tập thể|hộ|hộ dân|gia đình|lượt|lượt người|dân quân|phụ nữ|nông dân|bí thư|
phó bí thư|chi ủy viên|đảng bộ|chi bộ|chi ủy|đảng ủy|tổ chức đảng|tổ chức|chi đoàn|chi hội|
tổ đảng|tổ hợp tác|tổ nhân dân tự quản|tổ tự quản|tổ|nhóm|câu lạc bộ|hợp tác xã|doanh nghiệp|
cơ sở|cơ quan|đơn vị|ban|phòng|trạm|trường|trường học|lớp|điểm|ấp|thôn|xóm|bản|làng|buôn|khu phố|
khu dân cư|xã|phường|thị trấn|huyện|tỉnh|tổ dân phố|
cuộc|cuộc họp|buổi|hội nghị|kỳ họp|kỳ|phiên|phiên họp|đợt|lần|vụ|vụ việc|vụ án|tin|bài|tin bài|
trường hợp|đơn|đơn thư|hồ sơ|văn bản|nghị quyết|chỉ thị|kế hoạch|kết luận|thông báo|quyết định|
báo cáo|công văn|chương trình|quy chế|quy định|đề án|dự án|chuyên đề|ý kiến|kiến nghị|nội dung|
nhiệm vụ|giải pháp|tiêu chí|chỉ tiêu|tiêu chuẩn|mô hình|công trình|sản phẩm|tuyến|tuyến đường|cầu|
cống|căn|căn nhà|nhà|ngôi nhà|phần quà|suất quà|suất|suất học bổng|phiếu|phiếu bầu|bản đăng ký|
bản cam kết|thẻ|tài khoản|giấy khen|bằng khen|huy hiệu|gương|điển hình|hạn chế|nguyên nhân|
con|cây|lá cờ|bộ|cái|chiếc|tờ|cuốn|quyển|máy|giếng|bể|lít|bao|khu|danh hiệu|ngày công|công|
tấn|tạ|yến|kg|ha|km|km2|m|m2|m3|mm|cm|kw|kwh|mw|gb|độ|
ngày|tuần|tháng|quý|năm|giờ|phút|tuổi|tuổi đảng|năm tuổi đảng|
điểm phần trăm|phần trăm|đồng|usd
"""
UNITS = {" ".join(noun.split()): " ".join(noun.split()) for noun in _NOUNS.split("|")}
UNITS |= {
    "phần trăm": "%",
    "kilomet": "km",
    "ki lô mét": "km",
    "km²": "km2",
    "mét": "m",
    "mét vuông": "m2",
    "m²": "m2",
    "mét khối": "m3",
    "m³": "m3",
    "héc ta": "ha",
    "hécta": "ha",
    "hecta": "ha",
    "htx": "hợp tác xã",
    "tht": "tổ hợp tác",
    "đ": "đồng",
    "đ/c": "đồng chí",
    "đv": "đảng viên",
}
_MONEY = {
    "trđ": "triệu đồng",
    "tr.đ": "triệu đồng",
    "trđồng": "triệu đồng",
    "tr đồng": "triệu đồng",
    "nđ": "nghìn đồng",
}
_SCALES = {
    "chục": ("chục", Decimal(10)),
    "trăm": ("trăm", Decimal(100)),
    "nghìn": ("nghìn", Decimal(1000)),
    "ngàn": ("nghìn", Decimal(1000)),
    "vạn": ("vạn", Decimal(10000)),
    "triệu": ("triệu", Decimal(10**6)),
    "tr": ("triệu", Decimal(10**6)),
    "tỷ": ("tỷ", Decimal(10**9)),
    "tỉ": ("tỷ", Decimal(10**9)),
}
# Units of time and of rank: "5 năm", "9 tháng" are spans, not results.
TIME_UNITS = frozenset({"ngày", "tuần", "tháng", "quý", "năm", "giờ", "phút", "tuổi"})
_LONGEST = max(unit.count(" ") for unit in chain(UNITS, _MONEY)) + 1

_ONE = Decimal(1)


def _named() -> dict[str, str]:
    """Return every unit by its name, and "" for what is only the beginning of a name."""
    found: dict[str, str] = {}
    for name in chain(UNITS, _MONEY):
        words = name.split()
        for length in range(1, len(words)):
            found.setdefault(" ".join(words[:length]), "")
    return found | _MONEY | UNITS


_NAMED = _named()

# One blank or one line end between two words; a blank line parts them.
_GAP = r"(?: *\n? *)"
_WORD = re.compile(_GAP + r"(đ/c(?!\w)|tr\.đ(?!\w)|[^\W\d_]+[23²³]?(?!\w))")
_RATE = re.compile(r" ?/ ?(?P<word>[^\W\d_]+[23²³]?(?!\w)(?: (?:năm|tháng)(?!\w))?)")
_PERCENT = re.compile(_GAP + r"(?P<sign>%|‰)(?!\w)")


_Named = tuple[str, int]


def _noun(text: str, position: int) -> tuple[_Named | None, _Named | None]:
    """Return the longest known unit behind a position, and the first word there; their ends."""
    best: _Named | None = None
    first: _Named | None = None
    name = ""
    for _ in range(_LONGEST):
        match = _WORD.match(text, position)
        if match is None:
            break
        position = match.end()
        name = f"{name} {match[1]}" if name else match[1]
        if first is None:
            first = name, position
        unit = _NAMED.get(name)
        if unit:
            best = unit, position
        elif unit is None:
            break
    return best, first


def _unit(text: str, position: int) -> tuple[str, int, Decimal]:
    """Return the unit behind a figure, its end, and what the figure is multiplied by."""
    ahead = text[position : position + 2]
    if not ahead[-1:].isalpha() or not ahead[:1].isspace():
        sign = _PERCENT.match(text, position)
        if sign is not None:
            return sign["sign"], sign.end(), _ONE
    found, first = _noun(text, position)
    factor = _ONE
    if found is None and first is not None and first[0] in _SCALES:
        name, size = _SCALES[first[0]]
        inner, _ = _noun(text, first[1])
        # "hai tỷ năm trăm triệu": the năm is five.
        inner = None if inner is not None and inner[0] in TIME_UNITS else inner
        if name in ("nghìn", "triệu", "tỷ") and (inner is None or inner[0] == "đồng"):
            end = inner[1] if inner is not None else first[1]
            if inner is None and name == "nghìn":
                return "", position, _ONE
            found = (f"{name} đồng", end)
        elif inner is not None:
            found, factor = inner, size
    if found is None:
        return "", position, factor
    unit, end = found
    while "/" in text[end : end + 2] and (rate := _RATE.match(text, end)) is not None:
        unit, end = f"{unit}/{rate['word']}", rate.end()
    return unit, end, factor


# -- figures in digits -------------------------------------------------------------------------

_CHUNK = re.compile(r"\d(?:[\d.,/:\-–]*\d)?")
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_PAIR = re.compile(
    r"(?P<n>(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)/(?P<whole>(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)"
)
_LOOSE_PAIR = re.compile(r" ?/ ?(?P<whole>(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)(?![\w/.,-]*\d)")
# Behind a figure: a code goes on ("15-NQ/ĐU", "142/BC"), or a range ("5 - 7").
_CODE_AFTER = re.compile(r"[-–/]\w| ?[-–] ?\d| ?/ ?\d|:\d|[.,]\d| \d")
_RANGE_BEFORE = re.compile(r"\d *[-–] *$|[\w/]$|[-–/]$|\d[.,:]$|\d $")
_SPAN_AFTER = re.compile(r"[^.;,\d\n]{0,20} đến \d")
_SPAN_BEFORE = re.compile(r"(?<!\w)từ [\d.,]+[^.;,\d\n]{0,20} đến $")
_FROM = re.compile(r"(?<!\w)từ $")
# Words that turn the figure behind them into a name, a place in a text or a date.
_LABELS = (
    r"ngày|mùng|mồng|tháng|quý|tuần|thứ|điều|khoản|chương|mục|phụ lục|mẫu|ấp|(?<!nông )thôn|xóm|"
    r"tổ|khu|khu phố|khu vực|tiểu khu|quận|phường|khóa|kỳ|lớp|đội|hẻm|ngõ|kiệt|quốc lộ|ql|tỉnh lộ|"
    r"giai đoạn|nhiệm kỳ|điện thoại|đt|tel|fax|zalo|lô|thửa|chi bộ|chi hội|chi đoàn|vùng"
)
_LABEL = re.compile(rf"(?<!\w)(?:{_LABELS}) *:? *$")
_SEVERAL_OF = re.compile(r"(?<!\w)các (?:chi bộ|chi hội|chi đoàn|ấp|thôn|xóm|khu phố) *:? *$")
# After these a bare figure is a name; with a unit it is an amount: "cấp 12 thẻ", "kế hoạch 8".
_SOFT_LABELS = (
    r"trang|bảng|biểu|hình|cấp|hạng|loại|tài khoản|tk|cầu|tờ|nghị quyết|chỉ thị|kết luận|"
    r"quy định|hướng dẫn|thông tư|nghị định|quyết định|công văn|kế hoạch|lúc|hồi|lần|phần|bài|câu|"
    r"tiêu chí|nhóm|đợt|tập|cột|dòng|đường|điểm"
)
_SOFT_LABEL = re.compile(rf"(?<!\w)(?:{_SOFT_LABELS}) *:? *$")
_NUMBER_OF = re.compile(r"(?<!\w)số *:? *$")
# "tổng số 900 lượt", "dân số 8.216 người" are amounts; "số 15" alone is the name of something.
_AMOUNT_OF = re.compile(r"(?<!\w)(?:tổng|trong|trên|dân|quân|đa|với|có|bằng|nhân|con|sĩ) số *:? *$")
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?:năm|đầu|cuối|giữa|từ|đến|tới|trước|sau|hết|so với|kỳ|vụ|và|,|các năm|niên độ|hè|"
    r"tết|xuân|nay) *$|, *$|[-–] *$"
)
_DATE_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|mùng|mồng|hôm|sáng|trưa|chiều|tối|đêm|dịp|đợt|lễ|kỷ niệm|từ|đến|tới|trước|sau|"
    r"hết|mốc|tháng|vào|tính|chốt|phong trào) *$|(?<!\w)ngày [^.;\n]{0,12}(?:và|,) *$"
)
_REFERENCE = re.compile(
    r"(?<!\w)(?:số|mẫu|biểu|phụ lục|quyết định|nghị quyết|nghị định|chỉ thị|thông tư|kết luận|"
    r"quy định|công văn|tờ|thửa|lô|đường|phố|hẻm|ngõ|quốc lộ|bản đồ) *$"
)
_NEARLY = (
    r"hơn|gần|khoảng|khoảng chừng|trên|dưới|xấp xỉ|chừng|độ|ít nhất|tối thiểu|tối đa|"
    r"không quá|trở lên|ước|ước đạt|ước tính|ước khoảng|bình quân|trung bình|hàng|≥|≤|>|<"
)
_APPROXIMATE = re.compile(rf"(?<!\w)(?:{_NEARLY}) *$")


def _last_words(words: str) -> frozenset[str]:
    return frozenset(one.rpartition(" ")[2].rpartition(")")[2] for one in words.split("|"))


# What stands right before a figure is read only as far as its last word makes it worth while.
_AS_LABEL, _AS_SOFT, _AS_NUMBER, _AS_NEAR, _AS_SPAN = 1, 2, 4, 8, 16


def _telling() -> dict[str, int]:
    found: dict[str, int] = {}
    for words, sense in (
        (_last_words(_LABELS), _AS_LABEL),
        (_last_words(_SOFT_LABELS), _AS_SOFT),
        ({"số"}, _AS_NUMBER),
        (_last_words(_NEARLY), _AS_NEAR),
        ({"đến", "từ"}, _AS_SPAN),
    ):
        for word in words:
            found[word] = found.get(word, 0) | sense
    return found


_TELLING = _telling()
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = 40


def _tells(before: str) -> int:
    """Return in which senses the words before a figure may say what it is; mostly in none."""
    last = before.rstrip(" \n:").rpartition(" ")[2]
    if last.isalpha():
        return _TELLING.get(last, 0)
    if last[-1:].isalpha():
        letters = _LAST_LETTERS.search(last)
        return _TELLING.get(letters.group(), 0) if letters is not None else 0
    return _AS_NEAR if last[-1:] in _SIGNS else 0


_SIGNS = ("≥", "≤", ">", "<")
_LONG_NUMBER = 4
# Longer figures are rounded by the arithmetic of decimals.
_EXACT = 20


def folded_line(value: Any) -> str:
    """Return a text folded on one line, its blanks evened out; empty for anything but a text."""
    return " ".join(fold(value).text.split()) if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def decimal(text: str) -> Decimal:
    """Return a figure of running text, where a dot can only part thousands."""
    return Decimal(text.replace(".", "").replace(",", "."))


def _decimals(text: str) -> int:
    return len(text.partition(",")[2]) if "," in text else 0


def _is_date_pair(before: str, part: Decimal, whole: Decimal) -> bool:
    """Tell whether ``part/whole`` is or may be a day of a month or a month of a year."""
    if _REFERENCE.search(before) or (1900 <= whole <= 2100 and part <= 12):
        return True
    return 1 <= part <= 31 and 1 <= whole <= 12 and _DATE_BEFORE.search(before) is not None


def _digits(text: str, position: int, limit: int) -> Iterator[Quantity]:
    while (match := _CHUNK.search(text, position, limit)) is not None:
        start, position = match.span()
        before = text[max(0, start - _BEFORE) : start]
        negative = before.endswith("−")
        if negative:
            before = before[:-1]
        # Between two words of a line there is nothing to look at.
        if not (before[-1:] == " " and before[-2:-1].isalpha()) and _RANGE_BEFORE.search(before):
            continue
        chunk = match.group()
        if not chunk.isdecimal():
            if (pair := _PAIR.fullmatch(chunk)) is not None:
                yield from _fraction(text, start, pair["n"], position, pair["whole"], before)
                continue
            if _NUMBER.fullmatch(chunk) is None:
                continue
        end = position
        ahead = text[end : end + 2]
        if "/" in ahead and (loose := _LOOSE_PAIR.match(text, end)) is not None:
            position = loose.end()
            yield from _fraction(
                text, start, chunk, loose.end(), loose["whole"], before, loose=True
            )
            continue
        if not (ahead[:1] == " " and ahead[1:].isalpha()) and _CODE_AFTER.match(text, end):
            continue
        if chunk[0] == "0" and len(chunk.partition(",")[0]) > _LONG_NUMBER:
            continue
        unit, unit_end, factor = _unit(text, _behind_words(text, end) if "(" in ahead else end)
        unit_end = unit_end if unit else end
        if unit_end == end and ahead[:1].isalpha():
            continue
        tells = _tells(before)
        if (tells or len(chunk) == _LONG_NUMBER) and _is_label(before, chunk, unit, tells):
            continue
        value = decimal(chunk)
        if factor is not _ONE or len(chunk) > _EXACT:
            value *= factor
        yield Quantity(
            value=-value if negative else value,
            start=start,
            end=end,
            text=chunk,
            decimals=_decimals(chunk),
            unit=unit,
            unit_end=unit_end,
            form="digits",
            approximate=tells >= _AS_NEAR and _is_approximate(before, text, end),
        )


def _is_approximate(before: str, text: str, end: int) -> bool:
    """Tell whether a figure is only near the real one: "hơn 300", "từ 3 đến 5"."""
    if _APPROXIMATE.search(before) or _SPAN_BEFORE.search(before):
        return True
    return _FROM.search(before) is not None and _SPAN_AFTER.match(text, end) is not None


def _is_label(before: str, chunk: str, unit: str, tells: int) -> bool:
    """Tell whether a figure is a year, a date, or the number of something."""
    if tells & _AS_LABEL and _LABEL.search(before):
        # "các chi bộ 18 cuộc": of several, a figure with a unit is no name.
        return unit in ("", *TIME_UNITS) or _SEVERAL_OF.search(before) is None
    if tells & _AS_NUMBER and _NUMBER_OF.search(before) and not _AMOUNT_OF.search(before):
        return unit in ("", *TIME_UNITS)
    if tells & _AS_SOFT and unit in ("", *TIME_UNITS) and _SOFT_LABEL.search(before):
        return True
    if _YEAR.fullmatch(chunk):
        return not unit or _YEAR_BEFORE.search(before) is not None
    return False


def _fraction(
    text: str, start: int, part: str, end: int, whole: str, before: str, *, loose: bool = False
) -> Iterator[Quantity]:
    """Yield both halves of ``n/N`` when it is surely not a date or a number of a document."""
    n, total = decimal(part), decimal(whole)
    if _is_date_pair(before, n, total) or re.match(r"[-–/]\w|\w|[.,]\d", text[end : end + 2]):
        return
    unit, unit_end, factor = _unit(text, end)
    may_be_date = 1 <= n <= 31 and 1 <= total <= 12
    if (not unit and (may_be_date or loose)) or (may_be_date and unit in TIME_UNITS):
        return
    unit_end = unit_end if unit else end
    halves: tuple[tuple[str, Decimal, int, int, Form], ...] = (
        (part, n, start, start + len(part), "fraction-part"),
        (whole, total, end - len(whole), end, "fraction-whole"),
    )
    for figure, value, first, last, form in halves:
        yield Quantity(
            value=value * factor,
            start=first,
            end=last,
            text=figure,
            decimals=_decimals(figure),
            unit=unit,
            unit_end=unit_end,
            form=form,
            approximate=_APPROXIMATE.search(before) is not None,
        )


# -- figures in words --------------------------------------------------------------------------

_ONES = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_LEAD = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
# "hai mươi năm" is twenty years; twenty-five is "hai mươi lăm".
_LAST = "mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
_TENS = rf"(?:(?:(?:{_LEAD}) mươi|mười)(?: (?:{_LAST}))?)"
_ODD = rf"(?:(?:linh|lẻ) (?:{_LEAD}|tư))"
_HUNDREDS = rf"(?:(?:không|{_LEAD}) trăm(?: (?:{_TENS}|{_ODD}))?)"
_BELOW = rf"(?:{_HUNDREDS}|{_TENS}|{_LEAD})"
_WORDED = re.compile(
    rf"(?<!\w)(?:{_BELOW} (?:nghìn|ngàn)(?: (?:{_HUNDREDS}|{_TENS}|{_ODD}))?|{_BELOW})(?!\w)"
)
_ORDINAL_BEFORE = re.compile(r"(?<!\w)(?:thứ|hạng|nhì|nhất|vài|mỗi|từng|nào|dăm|đôi|những) *$")
_IN_BRACKETS = re.compile(rf" ?\((?:bằng chữ:? )?{_BELOW}(?: (?:nghìn|ngàn)(?: {_BELOW})?)?\)")


def _behind_words(text: str, position: int) -> int:
    """Return the position behind the same figure in brackets: ``05 (năm) đảng viên``."""
    match = _IN_BRACKETS.match(text, position)
    return position if match is None else match.end()


def worded(text: str) -> int | None:
    """Return the number a phrase of number words says, or None."""
    match = _WORDED.fullmatch(text)
    return None if match is None else _spelled(text.split())


def _spelled(words: list[str]) -> int:
    total = part = 0
    for word in words:
        if word in ("nghìn", "ngàn"):
            total, part = (total + part) * 1000, 0
        elif word == "trăm":
            part *= 100
        elif word == "mươi":
            last = part % 10
            part = part - last + last * 10
        elif word == "mười":
            part += 10
        else:
            part += _ONES.get(word, 0)
    return total + part


# Every number in words begins so.
_WORDED_FIRST = re.compile(
    r"[bchkmnst](?<!\w.)(?:(?<=m)(?:ột|ười)|(?<=h)ai|(?<=b)(?:a|ốn|ảy|ẩy)|(?<=n)ăm|(?<=s)áu|"
    r"(?<=t)ám|(?<=c)hín|(?<=k)hông trăm)(?!\w)"
)


def _in_words(text: str, position: int, limit: int) -> Iterator[Quantity]:
    while (first := _WORDED_FIRST.search(text, position, limit)) is not None:
        match = _WORDED.match(text, first.start())
        if match is None:
            position = first.start() + 1
            continue
        start, position = match.span()
        words = match.group()
        # "năm" alone is far more often the year.
        if words == "năm":
            continue
        unit, unit_end, factor = _unit(text, position)
        if not unit:
            continue
        before = text[max(0, start - _BEFORE) : start]
        if _LABEL.search(before) or _ORDINAL_BEFORE.search(before):
            continue
        if before.rstrip().endswith("("):
            continue
        value = Decimal(_spelled(words.split()))
        yield Quantity(
            value=value * factor,
            start=start,
            end=position,
            text=words,
            decimals=0,
            unit=unit,
            unit_end=unit_end,
            form="words",
            approximate=_APPROXIMATE.search(before) is not None,
        )


# -- all ---------------------------------------------------------------------------------------

_STEPS = {("tỷ đồng", "triệu đồng"): 3, ("triệu đồng", "nghìn đồng"): 3}


_STEPPED = frozenset(first for first, _ in _STEPS)
# The last letters of a unit behind which a second figure may belong to the first.
STEPPED = ("tỷ", "tỉ", "triệu", "tr", "đ")


def _joined(found: list[Quantity], text: str) -> Iterator[Quantity]:
    """Make one figure of "2 tỷ 500 triệu đồng"."""
    index = 0
    while index < len(found):
        first = found[index]
        index += 1
        if index < len(found) and first.decimals == 0 and first.value == int(first.value):
            second = found[index]
            step = _STEPS.get((first.unit, second.unit))
            between = text[first.unit_end : second.start]
            bare = not text[first.end : first.unit_end].rstrip().endswith("đồng")
            small = second.value < 1000 and second.decimals == 0
            if step is not None and bare and small and not between.strip():
                index += 1
                yield Quantity(
                    value=first.value + second.value.scaleb(-step),
                    start=first.start,
                    end=second.end,
                    text=text[first.start : second.end],
                    decimals=step,
                    unit=first.unit,
                    unit_end=second.unit_end,
                    form="compound",
                    approximate=first.approximate,
                )
                continue
        yield first


@lru_cache(maxsize=KEPT)
def figures_between(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Return the figures of a folded text from one end of a sentence to another."""
    found = list(_digits(text, start, end))
    digits = len(found)
    found += _in_words(text, start, end)
    if 0 < digits < len(found):
        found.sort(key=lambda q: (q.start, q.end))
    # Only money is told in two figures.
    if len(found) > 1 and any(q.unit in _STEPPED for q in found):
        return tuple(_joined(found, text))
    return tuple(found)


@lru_cache(maxsize=KEPT)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the figures of a running text in the order they stand in it."""
    folded = fold(text)
    found = figures_between(folded.text, 0, len(folded.text))
    back = folded.back
    return tuple(
        q
        if folded.origin is None and q.text == text[q.start : q.end]
        else Quantity(
            value=q.value,
            start=back(q.start),
            end=back(q.end),
            text=text[back(q.start) : back(q.end)],
            decimals=q.decimals,
            unit=q.unit,
            unit_end=back(q.unit_end),
            form=q.form,
            approximate=q.approximate,
        )
        for q in found
    )
