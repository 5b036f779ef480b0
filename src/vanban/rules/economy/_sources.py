"""Sources of money named in running text: "tổng vốn 900 triệu đồng, trong đó ngân sách 600 ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from vanban.rules._quantities import Folded, Quantity, fold, quantities
from vanban.rules.figures._skeleton import Figures
from vanban.rules.figures._spots import NUMBER_WORD

_FACTORS = {
    "đồng": Decimal(1),
    "nghìn đồng": Decimal(10**3),
    "triệu đồng": Decimal(10**6),
    "tỷ đồng": Decimal(10**9),
}
# How far behind its opening words a list of sources is read, and before its total.
WINDOW, BEFORE = 400, 80
# How many figures before and behind a total are looked at.
NEAR = 24

# "900 triệu đồng (…)", "900 triệu đồng làm nhà văn hóa; trong đó: …".
_OPENING = re.compile(
    r"(?P<tail>(?: (?:[^\W\d_]+|(?<=ấp )\d{1,2}|(?<=thôn )\d{1,2})){0,10}?)(?:[\s.,;:–-]*\(?(?<!\w)"
    r"(?P<word>trong đó|bao gồm|gồm có|gồm|chia ra|từ các nguồn|cụ thể|"
    r"từ(?= (?:nguồn |vốn )*(?:ngân sách|nsnn|nhà nước|trung ương|tỉnh|huyện|vốn|nguồn)(?!\w)))"
    r"(?: là| có| các nguồn| từ các nguồn)?(?!\w)[\s:,]*|\s*(?:\((?P<bare>)|:\s)"
    r"|(?P<beside>[,;]\s(?:do |trong khi )?(?=[^\W\d_])))"
)
# These words promise the whole list; "trong đó" may name a part of it only.
_WHOLE_LIST = frozenset({"bao gồm", "gồm có", "gồm", "chia ra", "từ các nguồn", "cụ thể", "từ"})
_FAR = 4
_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n|\)")
_BRACKETS = re.compile(r"\([^()\n]{0,160}\)")
_SEPARATOR = re.compile(r",(?!\d)|(?<!\d),|;|(?<!\w)(?:và|cùng với)(?!\w)")
_TOTAL = re.compile(
    r"(?<!\w)(?:tổng|vốn|kinh phí|trị giá|giá trị|huy động|số tiền|nguồn lực|thu|chi)(?!\w)"
)
_SURE_TOTAL = re.compile(
    r"(?<!\w)tổng (?:số |nguồn |mức )?(?:vốn|kinh phí|thu|chi|giá trị|trị giá|số tiền|nguồn lực|"
    r"đầu tư|mức đầu tư|số)[^\d.;:()\n]{0,40}$"
)
# "..., tổng vốn 780 triệu đồng": the total stands behind its list.
_CLOSING = re.compile(
    r"[\s,;.)–-]*(?:và |với |nâng |đưa |như vậy,? )?(?:tổng (?:số |nguồn |mức |giá trị )?"
    r"(?:vốn|kinh phí|chi phí|giá trị|số tiền|số|nguồn lực|mức)?(?: đầu tư| huy động| thực hiện|"
    r" xây dựng| làm đường| của công trình| của tuyến đường| công trình)*|"
    r"tổng cộng|cộng chung|cộng)"
    r"(?: là| đạt| được| hết|:)* "
)
_STOP = re.compile(r"[.!?](?=\s)|\n\s*\n")
_SOURCE = re.compile(
    r"(?<!\w)(?:ngân sách|nsnn|nhà nước|nhân dân|người dân|dân|xã hội hóa|xã hội hoá|khác|"
    r"doanh nghiệp|nhà hảo tâm|kiều bào|con em|hội viên|tổ chức|cá nhân|hợp tác xã|"
    r"còn lại|vốn|vay|tín dụng|tài trợ|mạnh thường quân|lồng ghép|vận động|trung ương|tỉnh|huyện|"
    r"gia đình|bà con|hộ dân|hộ|đối ứng|họ hàng|dòng họ|mặt trận|đoàn thể|công ty|ngân hàng|"
    r"xã|địa bàn|bổ sung|kết dư|chuyển nguồn|thường xuyên|đầu tư|phát triển|trợ cấp|quỹ)(?!\w)"
)
# A chunk with these speaks of something else than a part of the total.
_OTHER_SENSE = re.compile(
    r"(?<!\w)(?:tăng|giảm|so với|so|cùng kỳ|kế hoạch|dự toán|giải ngân|nợ|thiếu|vượt|năm|tháng|"
    r"trong đó|gồm|mỗi|bình quân|riêng|tiếp tục|không|chưa|sẽ|dự kiến|hơn|gần|khoảng)(?!\w)"
)
_TOTAL_WORD = re.compile(r"(?<!\w)(?:tổng|cộng|toàn bộ)(?!\w)")
_ACCOUNT = re.compile(r"(?<!\w)(?:thu|chi|tổng)(?!\w)")
_REMAINDER = re.compile(r"(?<!\w)(?:khác|còn lại)(?!\w)")
_PUBLIC = re.compile(
    r"(?<!\w)(?:ngân sách|nsnn|nhà nước|đầu tư công|lồng ghép|chương trình|sự nghiệp|trung ương|"
    r"tỉnh|huyện|cấp trên)(?!\w)"
)
_LEVEL = re.compile(r"(?<!\w)(?:trung ương|tỉnh|huyện|xã(?! hội)|địa phương|cấp trên)(?!\w)")


class Breakdown(NamedTuple):
    """A total at ``start:end`` of the text, the amounts it consists of, and their sum.

    ``added`` is in the unit of the total.
    """

    start: int
    end: int
    total: Quantity
    parts: tuple[str, ...]
    wrong: bool
    added: Decimal


# A figure and the words around it that name the source.
_Part = tuple[Quantity, str]


# Without one of these near a total no list of its sources is read: words that open a list, or name
# a total; a colon and a bracket do the same.
OPENERS = (
    *("trong đó", "gồm", "chia ra", "từ các", "cụ thể", "từ nguồn", "từ vốn", "từ ngân"),
    *("từ nsnn", "từ nhà", "từ trung", "từ tỉnh", "từ huyện"),
)
CLOSERS = ("tổng", "cộng")
# A total is told in digits and in money.
TOTAL_OF_MONEY = re.compile(
    r"\d\s*(?:\([^()]*\)\s*)?(?:đ(?:ồng)?|nđ|trđ?|triệu|tỷ|tỉ|nghìn|ngàn|trăm|chục|vạn)"
    r"(?![^\W\d_])(?! chí| bào)"
)
_ANY_MONEY = re.compile(r"(?:đồng|tỷ|tỉ|triệu|tr|đ)(?!\w)")
# What stands before a list, or after a bracket in it, may tell that it is none.
_LEFT, _RIGHT = 120, 400
FEWEST = 3


# Three amounts in one unit and no other figure: a total and its two sources, most often.
_AMOUNT = re.compile(r"\d[\d.]*(?= (?P<unit>đồng|(?:nghìn|triệu|tỷ) đồng)(?! chí| bào)(?!\w))")
_CHUNK = re.compile(r"\d[\d.,/–-]*")
_LIST_WORDS = (*OPENERS, ":", "(", " cộng ")


def adds_up(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence is a total and two sources that make it, with no other figure."""
    amounts = list(_AMOUNT.finditer(text, start, end))
    if len(amounts) != FEWEST or len({match["unit"] for match in amounts}) > 1:
        return False
    if NUMBER_WORD.search(text, start, end) or len(_CHUNK.findall(text, start, end)) > FEWEST:
        return False
    total = amounts[0]
    opening = _OPENING.match(text, total.end("unit"))
    # No other list begins or ends there.
    if opening is None or opening["word"] is None:
        return False
    before, behind = text[start : total.start()], text[opening.end() : end]
    if any(word in before or word in behind for word in _LIST_WORDS) or "tổng" in behind:
        return False
    whole, *parts = (int(match.group().replace(".", "")) for match in amounts)
    return whole == sum(parts)


def breakdowns(text: str, within: Sequence[tuple[int, int]] | None = None) -> Iterator[Breakdown]:
    """Yield the totals of money that are followed by a list of sources we can surely read.

    Given stretches ``within`` which alone a list may stand, nothing else is read.
    """
    folded = fold(text)
    if "đồng" not in folded.text and "đ" not in folded.text:
        return
    if within is None or folded.origin is not None:
        found: Sequence[Quantity] = quantities(folded.text)
    else:
        found = _inside(folded.text, within)
    for index, total in enumerate(found):
        if total.unit not in _FACTORS or total.form != "digits" or total.approximate:
            continue
        if (listed := _listed(folded.text, found, index)) is not None:
            yield _breakdown(folded, total, *listed)
            continue
        opening = _OPENING.match(folded.text, total.unit_end)
        earlier = found[max(0, index - NEAR) : index]
        if opening is None or _OTHER_SENSE.search(opening["tail"] or ""):
            continue
        if not _is_total(folded.text, earlier, total):
            continue
        parts = _parts(folded.text, opening, found[index + 1 : index + 1 + NEAR])
        if parts is None:
            continue
        found_here = _breakdown(folded, total, parts, opening["word"] in _WHOLE_LIST)
        if opening["beside"] is None or _beside(folded.text, found_here, parts):
            yield found_here


def _inside(text: str, stretches: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Return the figures of some stretches that speak of money."""
    figures, done = Figures(text), 0
    found: list[Quantity] = []
    for start, end in stretches:
        if _ANY_MONEY.search(text, start, end) is None:
            continue
        if text.count("(", start, end) > text.count(")", start, end):
            end += _RIGHT
        left = max(done, start - _LEFT)
        # Only another amount of money counts there.
        start = left if _ANY_MONEY.search(text, left, start) is not None else start
        found += figures.between(max(done, start), end)
        done = max(done, end)
    return found


def _beside(text: str, found: Breakdown, parts: Sequence[_Part]) -> bool:
    """Tell whether sources that merely stand behind a total are surely its own."""
    total = found.total
    before = text[max(0, total.start - BEFORE) : total.start]
    if any(_ACCOUNT.search(name) for _, name in parts):
        return False
    # Amounts far from the total are of something else.
    near = abs(found.added - total.value) * _FAR <= total.value
    return near and _SURE_TOTAL.search(before) is not None


def _breakdown(folded: Folded, total: Quantity, parts: list[_Part], promised: bool) -> Breakdown:
    wrong, added = _compare(total, parts, promised)
    place = (folded.back(total.start), folded.back(total.end))
    return Breakdown(*place, total, tuple(quantity.text for quantity, _ in parts), wrong, added)


def _is_total(text: str, earlier: Sequence[Quantity], total: Quantity) -> bool:
    """Tell whether the amount is a total and no other amount near it may be meant."""
    start = max(0, total.start - BEFORE)
    before = text[start : total.start]
    stop = max(before.rfind(". "), before.rfind("\n\n"))
    before = before[stop + 1 :]
    if _SURE_TOTAL.search(before):
        return True
    opens = total.start - len(before)
    rivals = any(q.unit in _FACTORS and q.start >= opens for q in earlier)
    return not rivals and _TOTAL.search(before) is not None


def _parts(text: str, opening: re.Match[str], found: Sequence[Quantity]) -> list[_Part] | None:
    """Return the parts of the list behind ``opening``, None when a part is not surely read."""
    window = text[opening.end() : opening.end() + WINDOW]
    plain = _BRACKETS.sub(lambda match: " " * len(match.group()), window)
    end = _END.search(plain)
    if end is None and len(window) == WINDOW:
        return None
    plain = plain[: end.start()] if end is not None else plain
    parts: list[_Part] = []
    for start, stop in _chunks(plain):
        first, last = opening.end() + start, opening.end() + stop
        inside = [
            q for q in found if first <= q.start < last and plain[q.start - opening.end()].strip()
        ]
        money = [q for q in inside if q.unit in _FACTORS or not q.unit]
        if len(money) != 1 or len(inside) != 1 or money[0].form != "digits":
            return None
        quantity = money[0]
        about = quantity.approximate and not text.startswith("cấp trên", max(0, quantity.start - 9))
        if about or quantity.unit_end > last:
            return None
        name = (
            plain[start : quantity.start - opening.end()]
            + " "
            + plain[quantity.unit_end - opening.end() : stop]
        )
        sense = _REMAINDER.sub(" ", name)
        if any(c.isdigit() for c in name) or "%" in name or _OTHER_SENSE.search(sense):
            return None
        if not _SOURCE.search(name):
            return None
        parts.append((quantity, name))
    return parts if len(parts) >= 2 else None


def _listed(text: str, found: Sequence[Quantity], index: int) -> tuple[list[_Part], bool] | None:
    """Return the sources listed ahead of a total, and whether the list promises to be whole."""
    total = found[index]
    last = found[index - 1] if index else None
    if last is None or last.unit not in _FACTORS:
        return None
    gap = text[last.unit_end : total.start]
    if not _CLOSING.fullmatch(gap) or _OPENING.match(text, total.unit_end):
        return None
    begin = max(0, last.unit_end - WINDOW)
    plain = text[begin : last.unit_end]
    stops = [match.end() for match in _STOP.finditer(plain)]
    if not stops and begin:
        return None
    colon = plain.rfind(":", stops[-1] if stops else 0)
    start = colon + 1 if colon >= 0 else (stops[-1] if stops else 0)
    # Two lists before one total: each may have a sum of its own.
    if plain.count(":", stops[-1] if stops else 0) > 1 or "(" in plain[start:]:
        return None
    parts: list[_Part] = []
    chunks = _chunks(plain[start:])
    while chunks:
        first, end = (begin + start + at for at in chunks.pop())
        inside = [q for q in found[max(0, index - NEAR) : index] if first <= q.start < end]
        part = _part_ahead(text, inside, first, end)
        if part is None:
            money = any(q.unit in _FACTORS for q in inside)
            if money or colon >= 0 or _TOTAL_WORD.search(text, first, end):
                return None
            break
        parts.insert(0, part)
    # A figure of money before the list may be one of its parts.
    near = [q for q in found[max(0, index - NEAR) : index] if q.start >= begin + start]
    if sum(q.unit in _FACTORS for q in near) != len(parts):
        return None
    return (parts, colon >= 0 or len(parts) > 2) if len(parts) > 1 else None


def _part_ahead(text: str, inside: Sequence[Quantity], first: int, end: int) -> _Part | None:
    if len(inside) != 1 or inside[0].form != "digits" or inside[0].approximate:
        return None
    quantity = inside[0]
    if quantity.unit not in _FACTORS or quantity.unit_end > end:
        return None
    name = f"{text[first : quantity.start]} {text[quantity.unit_end : end]}"
    if any(c.isdigit() for c in name) or "%" in name or _TOTAL_WORD.search(name):
        return None
    if _OTHER_SENSE.search(_REMAINDER.sub(" ", name)) or not _SOURCE.search(name):
        return None
    return quantity, name


def _chunks(plain: str) -> list[tuple[int, int]]:
    """Return where the items of a list stand; "A và B 5 triệu đồng" stays one item."""
    chunks: list[tuple[int, int]] = []
    start = 0
    for separator in _SEPARATOR.finditer(plain):
        piece = plain[start : separator.start()]
        if separator.group() in ("và", "cùng với") and not any(c.isdigit() for c in piece):
            continue
        if piece.strip():
            chunks.append((start, separator.start()))
        start = separator.end()
    if plain[start:].strip():
        chunks.append((start, len(plain)))
    return chunks


def _compare(total: Quantity, parts: list[_Part], promised: bool) -> tuple[bool, Decimal]:
    """Return whether the parts contradict the total, and their sum in its unit."""
    factor = _FACTORS[total.unit]
    whole, unit = total.value * factor, Decimal(1).scaleb(-total.decimals) * factor
    following, added, rounding, finer = total.unit, Decimal(0), Decimal(0), False
    for quantity, _ in reversed(parts):
        # "ngân sách 600, dân góp 200 và khác 100 triệu đồng": the unit stands once, at the end.
        following = quantity.unit or following
        own = Decimal(1).scaleb(-quantity.decimals) * _FACTORS[following]
        added += quantity.value * _FACTORS[following]
        rounding += own / 2 if quantity.decimals else 0
        finer = finer or own < unit
    # A total may be rounded, or cut off, at its last digit when its parts are finer.
    low, high = (whole - unit / 2, whole + unit) if finer or rounding else (whole, whole)
    names = [" ".join(name.split()) for _, name in parts]
    # A rounded part stays below the next half.
    if added + rounding < low or (rounding and added + rounding == low):
        wrong = promised or any(_REMAINDER.search(name) for name in names)
    else:
        over = added - rounding >= high if high > whole else added > whole
        wrong = over and not _overlap(names)
    return wrong, added / factor


def _overlap(names: list[str]) -> bool:
    """Tell whether one source may hold another: "ngân sách" beside "ngân sách tỉnh"."""
    public = [name for name in names if _PUBLIC.search(name)]
    if len(public) > 1 and not all(_LEVEL.search(name) for name in public):
        return True
    return any(
        one != other and one in other
        for index, one in enumerate(names)
        for other in (*names[:index], *names[index + 1 :])
    )
