"""Tăng 5% khác với bằng 105% so với cùng kỳ (NUM011).

Quy định
    Tỷ lệ so với cùng kỳ = thực hiện / cùng kỳ × 100; mức tăng = tỷ lệ ấy trừ 100. ``ty_le_cung_ky``
    là tỷ lệ (105), không phải mức tăng (5), được sai tối đa một đơn vị ở chữ số cuối; cùng kỳ bằng
    0 thì để trống. Trong lời văn, "tăng", "giảm" đi với mức tăng, "bằng", "đạt" đi với tỷ lệ; quy
    tắc chỉ nhắc khi số liệu đã gõ (chỉ tiêu, Biểu 1) hay hai số nêu ngay trong câu cho thấy hai
    cách nói đã bị lẫn.

Vì sao
    "Tăng 105%" là hơn gấp đôi, "bằng 105%" là hơn một chút: lẫn hai cách nói làm sai hẳn đánh giá
    về kết quả.

Sai
    kien_nghi: Số hộ kinh doanh tăng từ 200 hộ lên 210 hộ, tăng 105% so với cùng kỳ.

Đúng
    kien_nghi: Số hộ kinh doanh tăng từ 200 hộ lên 210 hộ, tăng 5% so với cùng kỳ.

Cách sửa
    Bỏ ``ty_le_cung_ky`` để vanban tự tính. Trong lời văn viết "tăng 5%" hoặc "bằng 105%".

Nguồn và độ tin cậy
    Biểu số 1-BTCTW: cột 4 = kỳ này × 100 / cùng kỳ, đọc qua nguồn thứ cấp; độ tin cậy C về câu chữ.

English:
    Growth of 5% is not the ratio of 105%. A typed ty_le_cung_ky is actual / same period x 100
    within one unit of its last digit and empty when the same period is 0. In running text "tăng"
    and "giảm" go with the growth, "bằng" and "đạt" with the ratio: reported when typed figures, or
    the two numbers in the sentence itself, show that one was written for the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._page import Piece, page, places
from vanban.rules._quantities import TIME_UNITS, decimal, fold, folded_line
from vanban.rules._text import RUNNING, WINDOW, Sentences
from vanban.rules.figures._ratio import deviates, last_unit, shown
from vanban.rules.figures._skeleton import Figures
from vanban.text.numbers import figure, vietnamese
from vanban.text.prose import BORDER

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding
    from vanban.rules._quantities import Folded, Quantity

RULE = Rule(
    id="NUM011",
    name="growth",
    severity=Severity.ERROR,
    source=Source("Biểu số 1-BTCTW, cột 4; tỷ lệ và mức tăng", Certainty.C),
)

GRAVE = Decimal(1)
_WHOLE = Decimal(100)

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
# "tăng 105%", "bằng khoảng 5%"; what it is compared with stands behind it or ahead.
_SAID = re.compile(
    rf"(?<!\w)(?P<verb>tăng|giảm|bằng|đạt|tương đương)"
    rf"(?: (?:thêm|tới|đến|khoảng|trên|hơn|gần|tỷ lệ))* (?P<percent>{_NUMBER}) ?%"
)
_BASE_BEHIND = re.compile(
    r" ?\(?(?:so|của)?(?: với)?(?: kết quả)?(?: cùng kỳ| cùng thời điểm| năm trước| năm ngoái|"
    r" kỳ trước|(?: cả)? năm 20\d\d| \d{1,2} tháng [^.;,%]{0,20}20\d\d)(?!\w)"
)
# What a percentage of growth is measured by; a text without any of these tells of none.
_BASES = ("cùng kỳ", "cùng thời điểm", "năm trước", "năm ngoái", "kỳ trước", "năm 20")
_IN_MONTHS = re.compile(r"\d tháng [^.;,%]{0,20}20\d\d")
_BASE_AHEAD = re.compile(r"(?:so với|so) (?:cùng kỳ|năm trước|năm 20\d\d)[^;%]*$")
# "so với cùng kỳ (06 đảng viên)", "so với 6.310 triệu đồng của cùng kỳ": up to the figure.
_GIVEN_BEHIND = re.compile(
    r" ?(?:so )?với (?:mức )?|"
    r"[^.;()\d]{0,30}(?:cùng kỳ|năm trước|năm 20\d\d)[^.;()\d]{0,20}(?:20\d\d ?)?"
    r"\( ?(?:(?:cùng kỳ|năm trước|năm 20\d\d)[^()\d]{0,12}(?:20\d\d)?[^()\d]{0,6})?"
)
_GIVEN_AHEAD = re.compile(
    r"[^.;()\d]{0,20}(?<!\w)(?:cùng kỳ|năm trước)(?: năm (?:trước|20\d\d))?(?: là| có| đạt|:)? ?"
)
_NOTHING = re.compile(r"[ ,)–-]*(?:tức )?")
_BASE_NEAR = re.compile(r" ?(?:của |trong )?(?:cùng kỳ|năm trước|năm 20\d\d)")
_GIVEN_WITHIN = 70
# Without one of these around it a sentence gives no figure of the same period.
_GIVEN_BASES = ("cùng kỳ", "năm trước", "năm 20")
_FAR_BEHIND = 300
_ROLES = (*RUNNING, "note", "cell")
# So far ahead of a percentage stands what it is measured by, at most.
_FAR_AHEAD, _NEAR = 400, 40
_STOP = re.compile(rf"[.!?](?=[\s”\"»)]|$)|\n *\n|{BORDER}")
_GROWS = re.compile(rf"(?:tăng|giảm) {_NUMBER} ?$")
_OTHER_BASE = re.compile(r"[^.;,]{0,25}?(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|mục tiêu)")
# "từ 200 hộ lên 210 hộ, tăng 105%".
_FROM_TO = re.compile(
    rf"(?<!\w)từ (?P<a>{_NUMBER})(?P<ua>(?: [^\W\d_]+){{0,3}})"
    rf" (?:lên|xuống|còn|đến|thành)(?: còn)? "
    rf"(?P<b>{_NUMBER})(?P<ub>(?: [^\W\d_]+){{0,3}}) ?[,;(] ?(?:tức )?(?:là )?"
    rf"(?P<verb>tăng|giảm) (?P<percent>{_NUMBER}) ?%"
)
# Units that say when or how long, not how much.
_TIMES = TIME_UNITS | {"%", "điểm phần trăm"}
_SHARE_UNITS = frozenset(("%", "điểm phần trăm"))
_STOP_WORDS = frozenset(("số", "các", "và", "của", "được", "trên", "địa", "bàn", "lượng", "tổng"))
_LEAST_WORDS = 2
# With more alike than this a percentage points at nothing.
_CROWD = 40
_MEMBER_ROWS = {"member-admitted": "kết nạp đảng viên", "member-closing": "có đảng viên"}


class _Pair(NamedTuple):
    """This period's figure and that of the same period, with the words that name them."""

    actual: Decimal
    before: Decimal
    words: frozenset[str]

    @property
    def ratio(self) -> Decimal:
        """Return this period in percent of the same period."""
        return self.actual * 100 / self.before

    def named_in(self, words: frozenset[str]) -> bool:
        """Tell whether enough of the words of the name are among ``words``."""
        return len(self.words & words) >= min(_LEAST_WORDS, len(self.words))


def check(ctx: Context) -> Iterator[Finding]:
    """Report typed ratios that do not follow, and growth said of a ratio or the reverse."""
    pairs: dict[Decimal, list[_Pair]] = {}
    for node in ctx.role("indicator"):
        if isinstance(node.value, Mapping):
            yield from _typed(ctx, node, node.value)
            pair = _indicator_pair(node.value)
            if pair is not None:
                pairs.setdefault(pair.actual, []).append(pair)
    for pair in _member_pairs(ctx):
        pairs.setdefault(pair.actual, []).append(pair)
    every: dict[int, list[_Pair]] = {}
    for pair in {id(p): p for some in pairs.values() for p in some}.values():
        for whole in {int(pair.ratio), int(abs(pair.ratio - _WHOLE))}:
            every.setdefault(whole, []).append(pair)
    for piece in page(ctx).pieces(_worth_reading, *_ROLES):
        yield from _running(ctx, piece, pairs, every)


# ---- typed ratios -------------------------------------------------------------------------------


def _typed(ctx: Context, node: Node, item: Mapping[str, Any]) -> Iterator[Finding]:
    typed = item.get("ty_le_cung_ky")
    actual, before = figure(item.get("thuc_hien")), figure(item.get("cung_ky"))
    percent = figure(typed)
    if percent is None or actual is None or before is None:
        return
    pointer = f"{node.pointer}/ty_le_cung_ky"
    if before == 0:
        yield ctx.at(RULE, "cung_ky_khong", pointer, ty_le=vietnamese(percent))
        return
    exact, unit = actual * 100 / before, last_unit(typed)
    if not deviates(percent, unit, exact):
        return
    args: dict[str, Any] = {
        "ty_le": vietnamese(percent),
        "thuc_hien": vietnamese(actual),
        "cung_ky": vietnamese(before),
        "dung": shown(exact),
    }
    points = folded_line(item.get("don_vi")) in _SHARE_UNITS and _is(percent, unit, actual - before)
    if points or _is(percent, unit, exact - _WHOLE):
        yield ctx.at(RULE, "ghi_muc_tang", pointer, **args)
    else:
        grave = abs(exact - percent) > GRAVE
        yield ctx.at(RULE, "lech", pointer, severity=None if grave else Severity.WARNING, **args)


def _is(percent: Decimal, unit: Decimal, exact: Decimal) -> bool:
    return not deviates(abs(percent), unit, abs(exact))


# ---- running text -------------------------------------------------------------------------------


def _names(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", text)
    return frozenset(word for word in words if word not in _STOP_WORDS)


def _indicator_pair(item: Mapping[str, Any]) -> _Pair | None:
    actual, before = figure(item.get("thuc_hien")), figure(item.get("cung_ky"))
    unit = folded_line(item.get("don_vi"))
    if not actual or not before or unit in _SHARE_UNITS:
        return None
    return _Pair(actual, before, _names(folded_line(item.get("ten"))))


def _member_pairs(ctx: Context) -> Iterator[_Pair]:
    """Yield the rows of Biểu 1 beside the same rows of the column it is compared with."""
    balance = ctx.one("member-balance")
    rows = ctx.one("member-rows")
    if balance is None or rows is None:
        return
    for role, words in _MEMBER_ROWS.items():
        values = {n.pointer.startswith(f"{rows.pointer}/"): figure(n.value) for n in ctx.role(role)}
        actual, before = values.get(False), values.get(True)
        if actual and before:
            yield _Pair(actual, before, _names(words))


def _worth_reading(text: str) -> Iterator[int]:
    """Yield the percentages in a folded text that may be measured by the same period."""
    bases = sorted(places(text, *_BASES))
    for at in places(text, "%"):
        base, far = bisect_left(bases, at), max(0, at - _FAR_AHEAD)
        if (
            (base and bases[base - 1] >= far and not _STOP.search(text, bases[base - 1], at))
            or _BASE_BEHIND.match(text, at + 1)
            or _GIVEN_BEHIND.match(text, at + 1)
            or (_GROWS.search(text, max(far, at - _NEAR), at) and text.rfind("từ ", far, at) >= 0)
        ):
            yield at


def _running(
    ctx: Context,
    piece: Piece,
    pairs: Mapping[Decimal, list[_Pair]],
    every: Mapping[int, list[_Pair]],
) -> Iterator[Finding]:
    folded, text = piece.folded, piece.raw
    sentences = Sentences(folded.text)
    said: set[int] = set()
    for match in _FROM_TO.finditer(folded.text) if "từ " in folded.text else ():
        first, last = decimal(match["a"]), decimal(match["b"])
        if first and match["ua"].strip() in ("", match["ub"].strip()):
            pair = _Pair(last, first, frozenset())
            finding = _judge(ctx, piece, folded, match, (pair,))
            if finding is not None:
                said.add(match.start("percent"))
                yield finding
    if not any(words in folded.text for words in _BASES) and not _IN_MONTHS.search(folded.text):
        return
    figures = Figures(text)
    for match in _SAID.finditer(folded.text):
        if match.start("percent") in said:
            continue
        start = max(sentences.bounds(match.start())[0], match.start() - WINDOW)
        same = _with_same_period(folded.text, match, sentences)
        around = folded.text[start : match.end() + _FAR_BEHIND]
        if not same and not any(words in around for words in _GIVEN_BASES):
            continue
        begin, end = (folded.back(at) for at in (start, match.start()))
        near = figures.between(begin, end)
        behind = figures.between(end, folded.back(match.end()) + _GIVEN_WITHIN + 1)
        spoken = _given(text, folded, match, near, behind[:2])
        if not spoken and same:
            words = _names(folded.text[start : match.start()])
            spoken = [
                pair
                for q in near
                if not q.approximate
                for pair in pairs.get(q.value, ())
                if pair.named_in(words)
            ]
            if not spoken and all(q.unit in _TIMES or not q.unit for q in near):
                # "So với cùng kỳ năm 2022, số lao động ... tăng 110,14%": the figure is not said.
                spoken = _by_name(match, words, every)
        finding = _judge(ctx, piece, folded, match, spoken)
        if finding is not None:
            yield finding


def _by_name(
    match: re.Match[str], words: frozenset[str], every: Mapping[int, list[_Pair]]
) -> list[_Pair]:
    """Return the one pair whose name and percentage, to the decimal, a sentence gives."""
    percent, unit = decimal(match["percent"]), last_unit(match["percent"])
    around = range(int(percent) - 1, int(percent) + 2)
    if unit == 1 or any(len(every.get(whole, ())) > _CROWD for whole in around):
        return []
    found = [
        pair
        for whole in around
        for pair in every.get(whole, ())
        if len(pair.words & words) * 3 >= len(pair.words) * 2
        and pair.named_in(words)
        and (_is(percent, unit, pair.ratio) or _is(percent, unit, pair.ratio - _WHOLE))
    ]
    return found if found and all(pair is found[0] for pair in found) else []


def _given(
    text: str,
    folded: Folded,
    match: re.Match[str],
    before: Sequence[Quantity],
    behind: Sequence[Quantity],
) -> list[_Pair]:
    """Return the pair of figures the sentence itself gives: its own, and that of last year."""
    end = folded.back(match.end())
    if len(before) > 1 and _alike(*before[-2:]):
        # "..., cùng kỳ 200 triệu đồng, tăng 105%": last year's figure stands ahead too.
        gap = fold(text[before[-2].unit_end : before[-1].start]).text
        tail = fold(text[before[-1].unit_end : folded.back(match.start())]).text
        if _GIVEN_AHEAD.fullmatch(gap) and _NOTHING.fullmatch(tail) and before[-1].value:
            return [_Pair(before[-2].value, before[-1].value, frozenset())]
    last = next((q for q in behind if q.start >= end), None)
    if not before or last is None or last.start - end > _GIVEN_WITHIN:
        return []
    between = fold(text[end : last.start]).text
    own = before[-1]
    plain = not own.approximate and not last.approximate and last.value and "%" not in own.unit
    if not plain or last.unit not in ("", own.unit) or not _GIVEN_BEHIND.fullmatch(between):
        return []
    if "cùng kỳ" not in between and not _BASE_NEAR.match(fold(text[last.unit_end :][:40]).text):
        return []
    return [_Pair(own.value, last.value, frozenset())]


def _alike(left: Quantity, right: Quantity) -> bool:
    """Tell whether two figures count the same thing exactly."""
    exact = not left.approximate and not right.approximate
    return exact and right.unit in ("", left.unit) and left.unit not in _SHARE_UNITS


def _with_same_period(text: str, match: re.Match[str], sentences: Sentences) -> bool:
    if _BASE_BEHIND.match(text, match.end()):
        return True
    if _OTHER_BASE.match(text, match.end()):
        return False
    return _BASE_AHEAD.search(sentences.before(match.start())) is not None


def _judge(
    ctx: Context,
    piece: Piece,
    folded: Folded,
    match: re.Match[str],
    pairs: Sequence[_Pair],
) -> Finding | None:
    """Return what is wrong when every pair the sentence may mean says the words were mixed up."""
    percent, unit = decimal(match["percent"]), last_unit(match["percent"])
    grows = match["verb"] in ("tăng", "giảm")
    if not pairs:
        return None
    for pair in pairs:
        change = pair.ratio - _WHOLE
        right = change if grows else pair.ratio
        wrong = pair.ratio if grows else change
        if _is(percent, unit, right) or not _is(percent, unit, wrong):
            return None
    pair = pairs[0]
    change = pair.ratio - _WHOLE
    return ctx.at(
        RULE,
        "noi_tang" if grows else "noi_bang",
        piece.pointer,
        text=(folded.back(match.start("verb")), folded.back(match.end("percent"))),
        noi=" ".join(match.group("verb", "percent")) + "%",
        nay=vietnamese(pair.actual),
        truoc=vietnamese(pair.before),
        huong="tăng" if change >= 0 else "giảm",
        muc=shown(abs(change)),
        ty_le=shown(pair.ratio),
    )
