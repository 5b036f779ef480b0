"""Wholes and their parts in running text: a total, then items of one figure and one label each.

A clause is read as (total with its unit) and a list of items parted by "," ";" "và"; how the list
is introduced, closed and named tells whether it holds all parts of the total, or some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from vanban.rules._quantities import TIME_UNITS, Quantity
from vanban.rules.figures._skeleton import CLOSE, OPEN, Sentence
from vanban.rules.figures._typed import MONEY

_Promise = Literal["all", "bracket", "some", "beside"]

_WORDS = rf"[^\d,;.:(){OPEN}{CLOSE}]"
_THINGS = rf"(?P<things>{_WORDS}{{2,90}}?(?:, {_WORDS}{{2,60}}?)?)"
_ALL = (
    r"(?:bao gồm|gồm(?: có)?|chia ra(?: là| làm| thành)?|chia thành|"
    r"chia theo [^\W\d_]+(?: [^\W\d_]+)?|phân ra|cụ thể(?: là| như sau)?)"
)
_SOME = r"(?:trong đó|trong số đó|trong số này|trong số ấy)"
_OPENING = re.compile(
    rf"{_THINGS}(?:"
    rf"(?P<all>,?(?: [–-])? ?:? ?(?:{_SOME},? )?{_ALL}[:,]? ?|: ?| [–-] )"
    rf"|(?P<some>[,;:]? ?{_SOME}(?: có)?[:,]? ?)"
    rf"|(?P<bracket> ?\((?:{_ALL}[:,]? ?)?(?!{_SOME}))"
    rf"|(?P<beside>[,;] ?(?:có )?))(?=[^\s])"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_NAMED = re.compile(rf": ?(?={OPEN})")
_INNER = re.compile(r"\([^()]{0,120}\)")
_LINK = re.compile(r"(?P<link>[,;](?: và| còn(?! lại)| cùng)? | và | cùng(?: với)? | (?=còn lại))")
_MARK = re.compile(rf"{OPEN}(\d+){CLOSE}")
_REACH = 500
# A piece that begins so speaks of the whole list again, or of another thing.
_AFTERWARDS = re.compile(
    r"(?:đã|đến|qua|hiện|nay|đang|do|với|tất cả|toàn bộ|giải quyết|hoàn thành|các (?!ấp)|"
    r"chiếm|bằng|vượt|đảm bảo|bảo đảm|thực hiện|tổ chức|phục vụ|thu hút|phân công|được|nhằm|để|"
    r"theo|góp phần|kịp thời|không để|chưa có|trị giá|kinh phí|tổng|vận động|xử lý|phát hiện|"
    r"kết quả|trong đó|riêng|ngoài ra|đồng thời|so với|tăng|giảm|qua đó|nội dung|nhìn chung)(?!\w)"
)
# In an item these make its figure something else than a part, or parts that cut across others.
_NO_PART = re.compile(
    r"(?<!\w)(?:trẻ|dân tộc|tôn giáo|có đạo|miễn|khác nhau|v\.v|vân vân|chủ yếu|một số|nhiều|mỗi|"
    r"từng|lượt|hơn|trên|dưới|trình độ|thêm|cả|kể cả|như|hoặc|lần|so|với|tăng|giảm|trong đó|"
    r"riêng|cùng kỳ|kế hoạch năm|chỉ tiêu|đạt \x02|bình quân|trị giá|dự kiến|hàng năm|tiêu biểu|"
    r"điển hình|nhất là|người dự|tham dự|tham gia|dự\b|từ \x02)(?!\w)|%|\.\.\.|…|/"
)
_MAY_CROSS = re.compile(
    r"(?<!\w)(?:là|mới|duy trì|hiệu quả|công nhận|nhân rộng|ra mắt|cấp \w+|được|đã|đang|chưa)(?!\w)"
)
# Parts without a figure, or things counted twice.
_UNCOUNTED = re.compile(
    rf"(?<!\w)(?:cả hai|cả {OPEN}|vừa|đồng thời là|v\.v|vân vân)(?!\w)|\.\.\.|…|"
    rf"^[^{OPEN}]*(?<!\w)(?:một số|nhiều|vài)(?!\w)[^{OPEN}]*$"
)
_HALF = re.compile(r"(?:đang|chưa) (?:giải quyết|xử lý)(?!\w)")
_STARS = re.compile(rf"{OPEN}\d+{CLOSE}(?= sao)")
_NUMBERED = re.compile(r"(?<!\w)(?:tổng )?số [^.,;:\d]{2,50} là $")
_COLON = re.compile(r"(?P<things>)(?P<all>: )")
_WOMEN = re.compile(r"(?<!\w)nữ(?!\w)")
_MEN = re.compile(r"(?<!\w)nam(?!\w)")
_UNION = re.compile(r"(?<!\w)phụ nữ(?!\w)")
_AGES = re.compile(r"(?<!\w)tuổi(?!\w)")
_REST = re.compile(r"(?<!\w)(?:còn lại|khác)(?!\w)")
_EXCLUSIVE = re.compile(
    r"(?<!\w)(?:lĩnh vực|khối|ấp|thôn|xóm|khu phố|quý|tháng|đợt|loại|ngành|nguồn|cấp|nhóm|hội|đoàn)"
    r"(?!\w)"
)
_EXAMPLES = re.compile(
    r"(?<!\w)(?:như|ví dụ|nhất là|gồm|trong đó|tiêu biểu|điển hình|so với|tăng|giảm|chiếm|"
    r"cùng kỳ|trên tổng số|theo tiêu chí|chủ yếu|bình quân)(?!\w)|%"
)
_NOT_A_WHOLE = re.compile(
    r"(?<!\w)(?:mỗi|từng|vượt|thứ|trên|hơn|kế hoạch|chỉ tiêu|còn|lần)[ :]*$|/$"
)
# Counted or spoken of as something else than things that are shared out.
_UNLISTED = TIME_UNITS | frozenset(MONEY) | {"%", "‰", "lần", "lượt", "lượt người", "điểm", "độ"}
_PERSONS = frozenset(
    (
        *("đảng viên", "đồng chí", "người", "người dân", "công dân", "thanh niên"),
        *("quần chúng", "đoàn viên", "hội viên", "thành viên", "ủy viên", "đảng ủy viên"),
        *("cấp ủy viên", "đại biểu", "cán bộ", "công chức", "viên chức", "giáo viên"),
        *("học sinh", "học viên", "cháu", "trẻ em", "em", "lao động"),
        *("nhân khẩu", "khẩu", "cử tri", "đối tượng", "cá nhân", "dân quân"),
        *("nông dân", "bí thư", "phó bí thư", "chi ủy viên", "phụ nữ", "chiến sĩ"),
        *("tân binh", "trường hợp"),
    )
)
KINDS: tuple[frozenset[str], ...] = (
    _PERSONS,
    frozenset({"tổ chức", "đảng bộ", "chi bộ", "tổ chức đảng", "cơ sở"}),
    frozenset({"hộ", "hộ dân", "gia đình"}),
    frozenset({"đơn", "đơn thư"}),
    frozenset({"vụ", "vụ việc", "vụ án", "trường hợp"}),
    frozenset({"tin", "bài", "tin bài"}),
    frozenset({"cuộc", "buổi", "hội nghị", "cuộc họp"}),
    frozenset({"công trình", "tuyến", "tuyến đường", "cầu", "cống", "nhà"}),
    frozenset(
        {
            *("văn bản", "nghị quyết", "kế hoạch", "kết luận", "chỉ thị", "thông báo", "công văn"),
            *("chương trình", "quyết định", "báo cáo", "quy chế"),
        }
    ),
)
# Members named by their post: "08 bí thư chi bộ, 06 trưởng ấp".
_POST = re.compile(
    r"(?:phó |cấp )?(?:chi hội|chi đoàn|tổ|nhóm|ban|phòng|ấp|thôn|khu|hội) (?:trưởng|phó)(?!\w)"
)
# Things of several kinds together: "10 hoạt động, gồm 04 hội thi và 06 buổi giao lưu".
_GENERIC = re.compile(r" (?:hoạt động|phần việc|công trình|sản phẩm|ấn phẩm)(?!\w)")
# Halves that are the whole by their meaning.
COMPLETE: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(rf"(?<!\w)(?:{word})(?!\w)") for word in words)
    for words in (
        ("chính thức", "dự bị"),
        (r"(?<!việt )nam", r"(?<!phụ )nữ"),
        ("khiếu nại", "tố cáo", "kiến nghị|phản ánh"),
        (r"(?:đúng|trước) (?:thời )?hạn", r"(?:trễ|quá|chậm) (?:thời )?hạn"),
        (r"trước (?:thời )?hạn", r"đúng (?:thời )?hạn", r"(?:trễ|quá|chậm) (?:thời )?hạn"),
        (r"(?<!không )(?<!chưa )đạt", "chưa đạt|không đạt"),
        (
            r"rất hài lòng",
            r"(?<!rất )(?<!chưa )(?<!không )hài lòng",
            "(?:chưa|không) hài lòng",
        ),
        (r"(?<!rất )(?<!chưa )(?<!không )hài lòng", "(?:chưa|không) hài lòng"),
        (
            r"rất hài lòng",
            r"(?<!rất )(?<!chưa )(?<!không )hài lòng",
            "bình thường",
            "(?:chưa|không) hài lòng",
        ),
        (r"(?<!không )đồng ý", "không đồng ý"),
        (r"(?<!không )đồng ý", "không đồng ý", "ý kiến khác|không có ý kiến"),
        ("giải quyết xong|đã giải quyết", "đang giải quyết|chưa giải quyết"),
        ("còn thời hạn|trong hạn|đúng hạn", "quá hạn|trễ hạn"),
        ("trong tỉnh|trong nước", "ngoài tỉnh|ngoài nước|nước ngoài"),
        ("trong kế hoạch", "ngoài kế hoạch"),
        ("giỏi|tốt|xuất sắc", "khá", "trung bình|đạt", "yếu|kém|chưa đạt"),
        ("giỏi|xuất sắc", "khá", "trung bình|đạt|yếu"),
        ("tốt", "khá", "đạt", "chưa đạt"),
        ("hộ khá|khá, giàu|khá giàu|giàu", "trung bình", "nghèo"),
        ("trực tuyến", "trực tiếp"),
        (r"(?<!bán )kiên cố", "bán kiên cố", "tạm|đơn sơ"),
    )
)

# Of each set of names above one that is never left out, with others of which one stands beside it.
COMPLETE_CUES: dict[str, tuple[str, ...]] = {
    "dự bị": ("chính thức",),
    "nữ": ("nam",),
    "tố cáo": ("khiếu nại",),
    "hạn": ("trễ", "quá", "chậm"),
    "khá": ("giỏi", "tốt", "xuất sắc"),
    "trung bình": ("khá", "giàu"),
    "trực tuyến": ("trực tiếp",),
    "kiên cố": ("tạm", "đơn sơ"),
    **dict.fromkeys(
        (
            *("chưa đạt", "không đạt", "hài lòng", "không đồng ý", "đang giải quyết"),
            *("chưa giải quyết", "ngoài tỉnh", "ngoài nước", "nước ngoài", "ngoài kế hoạch"),
        ),
        ("",),
    ),
}
REST_CUES = ("còn lại", "khác")
# What introduces a list, beside a colon, a bracket and a dash.
LIST_CUES = ("gồm", "chia", "phân ra", "cụ thể", "trong đó", "trong số")


class Enumeration(NamedTuple):
    """A whole and the parts listed for it, which do not add up to it."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    added: Decimal


class _Item(NamedTuple):
    quantity: Quantity
    before: str
    after: str

    @property
    def label(self) -> str:
        return f"{self.before} {self.after}"


def enumerations(sentence: Sentence) -> Iterator[Enumeration]:
    """Yield the wholes of a sentence whose parts surely do not add up to them."""
    behind = 0
    for index, whole in enumerate(sentence.quantities[:-2]):
        start, end = sentence.marks[index]
        # A figure that is a part of one whole opens no list of its own.
        if index < behind or not _may_be_whole(sentence, whole, start, end):
            continue
        opening = _OPENING.match(sentence.text, end)
        if _NUMBERED.search(sentence.text, max(0, start - 70), start):
            # "Tổng số mô hình là 12: ..."
            opening = _COLON.match(sentence.text, end) or opening
        if opening is None or _EXAMPLES.search(opening["things"]):
            continue
        promise: _Promise = "all"
        found = opening.groupdict()
        if found.get("bracket") is not None:
            promise = "bracket"
        elif found.get("some") is not None:
            promise = "some"
        elif found.get("beside") is not None:
            promise = "beside"
        items = _items(sentence, opening.end(), whole, opening["things"], promise)
        if items is None or _has_uncounted(sentence.text, opening.end(), whole, items):
            continue
        behind = index + 1 + len(items) if promise == "all" else behind
        if _contradicts(whole, items, promise, opening["things"]):
            parts = tuple(item.quantity for item in items)
            yield Enumeration(whole, parts, sum((q.value for q in parts), Decimal(0)))


def _has_uncounted(text: str, at: int, whole: Quantity, items: Sequence[_Item]) -> bool:
    """Tell whether members without a figure may be what is missing: "chi bộ Công an"."""
    tail = re.split(r"[.;)](?=\s|$)", text[at : at + _REACH])[0]
    bare = sum(not _MARK.search(piece) for piece in _LINK.split(tail)[::2])
    added = sum((item.quantity.value for item in items), Decimal(0))
    return added < whole.value <= added + bare


def _may_be_whole(sentence: Sentence, whole: Quantity, start: int, end: int) -> bool:
    if whole.approximate or whole.form not in ("digits", "words") or whole.unit in _UNLISTED:
        return False
    if "/" in whole.unit or sentence.text[end : end + 1] == "/":
        return False
    return _NOT_A_WHOLE.search(sentence.text, max(0, start - 30), start) is None


def _items(
    sentence: Sentence, at: int, whole: Quantity, things: str, promise: _Promise
) -> list[_Item] | None:
    """Return the items of the list that begins at ``at``; None when it is not surely read."""
    tail = sentence.text[at : at + _REACH]
    if promise == "bracket":
        stop = tail.find(")")
        tail = tail[:stop] if stop >= 0 else ""
        if "(" in tail:
            return None
    else:
        ending = _SENTENCE_END.search(tail)
        if ending is None and len(tail) == _REACH:
            return None
        tail = tail[: ending.start()] if ending is not None else tail
        tail = _INNER.sub("", tail)
    # "ấp 1: 03 buổi, ấp 2: 04 buổi"
    tail = _NAMED.sub(" ", tail)
    if not tail or any(sign in tail for sign in "():"):
        return None
    items: list[_Item] = []
    link = last_link = ""
    pieces = _LINK.split(tail)
    for number in range(0, len(pieces), 2):
        piece = pieces[number].strip()
        following = pieces[number + 1] if number + 1 < len(pieces) else ""
        if _UNCOUNTED.search(piece):
            return None
        if items and _AFTERWARDS.match(piece) and not _HALF.match(piece):
            # What is left must be of other things: a part behind it would be lost.
            rest = "".join(pieces[number:])
            closed = "và" in last_link or ";" in link or "còn" in last_link
            return items if closed or not _MARK.search(rest) else None
        item = _item(sentence, piece, whole, things)
        if item is not None:
            items.append(item)
            last_link = link
        elif _MARK.search(piece):
            # The item behind "và" was the last.
            return items if "và" in last_link and link[:1] in (",", ";") else None
        link = following
    return items


def _item(sentence: Sentence, piece: str, whole: Quantity, things: str) -> _Item | None:
    piece = _STARS.sub("mấy", piece)
    marks = list(_MARK.finditer(piece))
    if len(marks) != 1 or any(c.isdigit() for c in _place_free(piece[: marks[0].start()])):
        return None
    quantity = sentence.quantities[int(marks[0][1])]
    if quantity.approximate or quantity.form not in ("digits", "words"):
        return None
    before, after = piece[: marks[0].start()].strip(), piece[marks[0].end() :].strip()
    post = whole.unit in _PERSONS and _POST.match(after) is not None
    if not post and not _same_kind(whole, quantity, things):
        return None
    if not before and not after:
        return None
    return _Item(quantity, before, after)


def _place_free(text: str) -> str:
    return re.sub(
        r"(?<!\w)(?:ấp|thôn|xóm|quý|tháng|khu phố|chi bộ|tổ|đợt|loại|lớp|khối) \d+", "", text
    )


def _same_kind(whole: Quantity, part: Quantity, things: str) -> bool:
    if part.unit in _UNLISTED or "/" in part.unit:
        return False
    if not part.unit or part.unit == whole.unit:
        return True
    if not whole.unit:
        return _GENERIC.match(things) is not None
    return any(whole.unit in kind and part.unit in kind for kind in KINDS)


def _slack(quantities: Sequence[Quantity]) -> Decimal:
    if not any(q.decimals for q in quantities):
        return Decimal(0)
    # Each may be rounded, or cut off, at the last digit it shows.
    return sum((Decimal(1).scaleb(-q.decimals) for q in quantities), Decimal(0))


def _contradicts(whole: Quantity, items: Sequence[_Item], promise: _Promise, things: str) -> bool:
    """Tell whether the items are parts of the whole that cannot add up to it."""
    if len(items) < 2:
        return False
    text = " ; ".join(item.label for item in items)
    complete = complete_by_name([item.label for item in items])
    plain = _UNION.sub(" ", text)
    if _NO_PART.search(plain) or (_AGES.search(plain) and not complete):
        return False
    if _WOMEN.search(plain) and not (_MEN.search(plain) and len(items) == 2):
        return False
    values = [item.quantity.value for item in items]
    added = sum(values, Decimal(0))
    slack = _slack([whole, *(item.quantity for item in items)])
    # The list may have ended sooner than it was read.
    if any(abs(total - whole.value) <= slack for total in accumulate(values)):
        return False
    off = abs(added - whole.value)
    rest = _REST.search(items[-1].label) is not None
    if promise == "all":
        return off * 2 <= whole.value
    if complete or rest:
        named = any(
            word.search(things) for words in _naming([i.label for i in items]) for word in words
        )
        return off * 4 <= whole.value and not (named and promise == "beside")
    if promise == "beside":
        return False
    alike = all(item.before for item in items) or all(not item.before for item in items)
    if not alike or off * 4 > whole.value or _MAY_CROSS.search(plain):
        return False
    if promise == "bracket":
        return True
    # "trong đó" may name some of the parts only; more than the whole they cannot be.
    people = whole.unit in _PERSONS
    if people and _EXCLUSIVE.search(items[0].label) is None:
        return False
    return added > whole.value and len(items) > 2


def _naming(labels: Sequence[str]) -> list[tuple[re.Pattern[str], ...]]:
    """Return the sets of names that the labels are, one name to each label."""
    text = " ; ".join(labels)
    return [
        words
        for words in COMPLETE
        if len(words) == len(labels) and all(word.search(text) for word in words)
    ]


def complete_by_name(labels: Sequence[str]) -> bool:
    """Tell whether labels cover their whole by what they mean: "nam" and "nữ"."""
    return bool(_naming(labels))


# -- shares ------------------------------------------------------------------------------------

_HUNDRED = Decimal(100)
_FAR = Decimal(20)
_OF_ELSE = re.compile(
    r"(?<!\w)(?:so|cùng kỳ|năm trước|kế hoạch|chỉ tiêu|dự toán|tăng|giảm|trong đó|riêng|vượt|"
    r"bình quân|hoàn thành|nghị quyết|mục tiêu|lần lượt|giải ngân|dân tộc|tôn giáo|kể cả|phấn đấu|"
    r"năm 20\d\d|trở lên|trở xuống|lãi|lãi suất|đảng viên nữ|quý [ivx]+|tháng \d+)(?!\w)|\.\.\.|…"
)
_RATE = re.compile(r"(?<!\w)tỷ lệ(?!\w)")
_TAKES = re.compile(r"(?<!\w)chiếm(?: tỷ lệ| khoảng)?(?!\w)")
_FIELDS = re.compile(
    r"(?<!\w)(?:lĩnh vực|khối|ngành|nguồn|vốn|ngân sách|cơ cấu|tỷ trọng|nhóm)(?!\w)"
)
_GROUPS = 3


def shares(sentence: Sentence) -> Iterator[tuple[Quantity, ...]]:
    """Yield the shares of one whole, complete by their names, for their sum to be judged."""
    found = [i for i, q in enumerate(sentence.quantities) if q.unit == "%"]
    if len(found) < 2:
        return
    quantities = tuple(sentence.quantities[i] for i in found)
    if any(q.value > _HUNDRED or q.form != "digits" for q in quantities):
        return
    for i in found:
        start = sentence.marks[i][0]
        # "trung bình 28,3%" is a grade here, no mean.
        graded = sentence.text.endswith("trung bình ", max(0, start - 11), start)
        if sentence.quantities[i].approximate and not graded:
            return
    first, last = sentence.marks[found[0]], sentence.marks[found[-1]]
    if last[1] - first[0] > _REACH:
        return
    between = [
        sentence.text[sentence.marks[a][1] : sentence.marks[b][0]] for a, b in pairwise(found)
    ]
    ahead = re.split(r"[.:;,]", sentence.text[max(0, first[0] - 120) : first[0]])[-1]
    behind = re.split(r"[.:;,()]", sentence.text[last[1] : last[1] + 80])[0]
    body = " ; ".join([ahead, *between, behind])
    if _OF_ELSE.search(body):
        return
    added = sum((q.value for q in quantities), Decimal(0))
    if abs(added - _HUNDRED) > _FAR:
        return
    # Two rates, each of its own whole: "tỷ lệ nam đạt 92 %, tỷ lệ nữ đạt 8 %".
    if sum(_RATE.search(gap) is not None for gap in between) > 1:
        return
    # The labels stand all before their figures, or all behind them.
    leading = len(ahead.split()) > 0 and not behind.strip(" %")
    labels = [ahead, *between] if leading else [*between, behind]
    if complete_by_name(labels):
        yield quantities
        return
    lead = sentence.text[max(0, first[0] - 120) : first[0]]
    told = _FIELDS.search(lead) or _TAKES.search(lead + body)
    if len(labels) >= _GROUPS and _REST.search(labels[len(found) - 1]) and told:
        yield quantities
        return
    # More than 100 % no whole can hold, when its parts exclude each other.
    taken = sum(_TAKES.search(gap) is not None for gap in between)
    if (
        len(quantities) >= _GROUPS
        and added > _HUNDRED
        and added <= _HUNDRED + 10
        and (_TAKES.search(ahead) or taken)
        and _FIELDS.search(body)
        and not re.search(r"(?<!\w)(?:nữ|trẻ|tuổi|trình độ|có đạo|cả|đạt)(?!\w)", body)
    ):
        yield quantities
