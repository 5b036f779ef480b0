"""Two judgements of one subject, told by the same words: always good, and not good.

Read over folded text (lower case, composed, "ủy"). A claim says "always" of its subject, or "in all
hamlets"; a counter says of the very same subject that it is not so. Subjects are the words before
the judgement, without "công tác", "việc" and the like: they must be equal, nothing less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LATELY = r"(?:chưa|không|thiếu)(?: (?:được|thật|thật sự|thực sự|thực hiện|bảo đảm|đảm bảo))*"
_ON_TIME = (
    r"(?:(?:bảo đảm|đảm bảo|đúng|đạt|kịp|vượt) (?:tiến độ|kế hoạch|thời hạn)|đúng hạn|kịp thời)"
)
# What is said of a subject, in one sense: the good word and the word that takes it back.
_SENSES = (
    (_ON_TIME, rf"chậm(?! nhất)(?: tiến độ| trễ)?|trễ hạn|quá hạn|(?:chưa|không) {_ON_TIME}"),
    (r"nghiêm túc|nghiêm", rf"{_LATELY} nghiêm(?: túc)?|buông lỏng|qua loa"),
    (r"chặt chẽ", rf"{_LATELY} chặt chẽ|lỏng lẻo|buông lỏng"),
    (r"thường xuyên|đều đặn", rf"{_LATELY} (?:thường xuyên|đều đặn|đều)|gián đoạn"),
    (r"đầy đủ", rf"{_LATELY} đầy đủ"),
    (r"đúng quy định|đúng quy trình", rf"{_LATELY} đúng (?:quy định|quy trình)"),
    (r"đúng kỳ|đúng định kỳ", rf"{_LATELY} đúng (?:kỳ|định kỳ)"),
    (
        r"ổn định|yên tâm|phấn khởi",
        rf"{_LATELY} (?:ổn định|yên tâm)|dao động|hoang mang|mất ổn định|diễn biến phức tạp",
    ),
    (r"đoàn kết|thống nhất", rf"{_LATELY} (?:đoàn kết|thống nhất)|mất đoàn kết"),
    (r"an toàn", rf"{_LATELY} an toàn|mất an toàn"),
    (r"hiệu quả", rf"{_LATELY} (?:có )?hiệu quả|kém hiệu quả"),
    (r"nền nếp|nề nếp", rf"{_LATELY} (?:đi vào )?(?:nền nếp|nề nếp)"),
    (r"chất lượng", rf"{_LATELY} (?:có )?chất lượng|kém chất lượng"),
    (
        r"(?:nâng cao|nâng lên|cải thiện)(?: rõ rệt)?",
        rf"{_LATELY} (?:nâng cao|nâng lên|cải thiện)|giảm sút|đi xuống",
    ),
)
_GOOD = "|".join(f"(?P<s{i}>{good})" for i, (good, _) in enumerate(_SENSES))
_BAD = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<s{i}>{bad})" for i, (_, bad) in enumerate(_SENSES)) + r")(?!\w)"
)
_DONE = r"(?:được|giữ|giữ vững|bảo đảm|đảm bảo|thực hiện|triển khai|tổ chức|duy trì|diễn ra|có|rất)"
_ALWAYS = re.compile(
    rf"(?<!\w)(?:luôn luôn|luôn|không ngừng|tuyệt đối|hoàn toàn)(?: {_DONE}){{0,3}}? "
    rf"(?:{_GOOD})(?!\w)"
)
_UNIT = (
    r"(?P<unit>ấp|thôn|xóm|bản|khóm|khu phố|tổ dân phố|chi bộ|tổ chức đảng|trường học|trường|"
    r"đoàn thể|cơ quan|đơn vị|tổ hợp tác)"
)
_ALL = r"(?:tất cả|toàn bộ|cả|100 ?%|(?P<part>\d{1,3})/(?P<whole>\d{1,3}))(?: (?:các|số|\d{1,3}))*"
_IN_ALL = re.compile(
    rf"(?<!\w)(?:{_GOOD})(?: [^\W\d_]+){{0,2}}? (?:ở|tại|trong) {_ALL} {_UNIT}(?!\w)"
)
_ALL_DO = re.compile(
    rf"^(?:có )?{_ALL} {_UNIT}(?: trực thuộc)?(?: (?:đều|đã|luôn))* (?:thực hiện|chấp hành|duy trì|"
    rf"triển khai|tổ chức) (?:{_GOOD}) (?P<what>[^,]{{6,80}})"
)
_CLAUSE = re.compile(r"(?:[^.;:!?\n]+|\.(?=\d))+")
_LONGEST = 300

# Around the subject: what is not of it.
_LEAD = re.compile(
    r"^(?:(?:trong |qua )?(?:\d{1,2} tháng(?: đầu năm)?|kỳ|năm|thời gian)(?: qua)?,? )?"
    r"(?:(?:công tác|việc|tình hình|tiến độ|hoạt động|tổ chức thực hiện|thực hiện|triển khai|"
    r"chấp hành) )*"
)
_TAIL = re.compile(
    r"(?:,| (?:được|đã|cũng|đều|còn|vẫn|đang|lại|rất|khá|có|thì|thực hiện|triển khai|tổ chức|"
    r"diễn ra|tiến hành|duy trì|trên địa bàn(?: xã| phường)?|(?:của )?toàn (?:xã|đảng bộ)))+$"
)
_PLACE = re.compile(
    r" (?:tại|ở|thuộc|trong|của) (?P<scope>(?:một số|một vài|một bộ phận|nhiều|vài|các|từng|"
    r"\d{1,3}|ấp|thôn|xóm|bản|khóm|khu phố|tổ dân phố|chi bộ|trường|đơn vị) .*)$"
)
_SAME = (("người dân", "nhân dân"), (" của ", " "), (" các ", " "), ("đảm bảo", "bảo đảm"))
_MADE = ("nhân", "dân", "bảo", "đảm")
_FEWEST, _MOST = 2, 14
# The last words before the judgement, when a new subject begins behind a comma.
_NEW_SUBJECT = re.compile(r"^.*, (?=(?:công tác|việc|tình hình|tiến độ) )")

_NOT_SO = re.compile(
    r"(?<!\w)(?:cơ bản|về cơ bản|nhìn chung|tương đối|phần lớn|hầu hết|đa số|nói chung|tuy|mặc dù|"
    r"dù|ngoài|trừ|tuy nhiên|tuy vậy|song|nhưng|bên cạnh|riêng|có lúc|có nơi|có thời điểm|đôi lúc|"
    r"đôi khi|cá biệt|trong khi|mặt khác|trái lại|từng|phấn đấu|kiên quyết|nhằm|để|yêu cầu|đề nghị|"
    r"phòng ngừa|ngăn chặn|nếu|nguy cơ|có thể|sẽ|cần|phải|mục tiêu|chỉ đạo|bước đầu|đầu (?:năm|kỳ)|"
    r"cuối (?:năm|kỳ)|trước (?:đây|đó)|sau (?:khi|đó)|từ (?:quý|tháng|năm|ngày|khi)|đến nay|"
    r"hiện nay|những tháng|tháng \d{1,2}|quý|năm trước|cùng kỳ|giai đoạn|thời điểm|toàn huyện|"
    r"toàn tỉnh|cả nước|các xã|khắc phục|chấm dứt|tránh|chống|(?:19|20)\d\d)(?!\w)"
)
_PARTLY = re.compile(r"(?<!\w)(?:một số|một vài|một bộ phận|một phần|vài|nhiều|những)(?!\w)")
_DENIED = re.compile(r"(?<!\w)(?:không|chưa|chẳng|hết|tình trạng|biểu hiện)$")
_QUOTE = re.compile(r"[“”\"«»]")


class Judgement(NamedTuple):
    """What a clause says of a subject, at ``start:end`` of its text; ``about`` is how it is called.

    ``sense`` is in what respect; ``unit`` of a claim is what it holds in all of ("ấp"), "" when it
    says "always". ``scope`` of a counter is where it holds ("một số ấp"), "" for everywhere.
    """

    subject: tuple[str, ...]
    about: str
    sense: int
    start: int
    end: int
    unit: str = ""
    scope: str = ""


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in _CLAUSE.finditer(text, start, end):
        whole = match.group()
        words = whole.lstrip()
        if len(words) >= 12:
            yield match.start() + len(whole) - len(words), words[:_LONGEST]


def _sense(match: re.Match[str]) -> int:
    return next(i for i in range(len(_SENSES)) if match[f"s{i}"] is not None)


def _subjects(words: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what a judgement may be of: the clause before it, and what follows its last comma."""
    for part in dict.fromkeys((words, _NEW_SUBJECT.sub("", words))):
        about = _TAIL.sub("", _LEAD.sub("", part.strip())).removeprefix("của ")
        key = about
        for old, new in _SAME:
            key = key.replace(old, new)
        subject = tuple(key.replace(",", " ").split())
        if _FEWEST <= len(subject) <= _MOST:
            yield subject, about


def written(subject: tuple[str, ...]) -> list[str]:
    """Return the words of a subject that stand just so in a text about it."""
    return [word for word in subject if word.isalpha() and not any(new in word for new in _MADE)]


def claims(text: str, start: int, end: int) -> Iterator[Judgement]:
    """Yield what a stretch of a text says is always so, or so in all hamlets, cells and so on."""
    for at, clause in _clauses(text, start, end):
        if _QUOTE.search(clause):
            continue
        for pattern in (_ALWAYS, _IN_ALL):
            match = pattern.search(clause)
            if match is None or _NOT_SO.search(clause) or _PARTLY.search(clause[: match.end()]):
                continue
            unit = "" if pattern is _ALWAYS else match["unit"]
            if unit and match["part"] and int(match["part"]) != int(match["whole"]):
                continue
            for subject, about in _subjects(clause[: match.start()]):
                yield Judgement(subject, about, _sense(match), at, at + match.end(), unit)
        match = _ALL_DO.match(clause)
        if match is None or _NOT_SO.search(clause):
            continue
        if not match["part"] or int(match["part"]) == int(match["whole"]):
            for subject, about in _subjects(match["what"]):
                yield Judgement(subject, about, _sense(match), at, at + match.end(), match["unit"])


def counters(text: str, start: int, end: int) -> Iterator[Judgement]:
    """Yield what a stretch of a text says is not so."""
    for at, clause in _clauses(text, start, end):
        match = _BAD.search(clause)
        if match is None or _QUOTE.search(clause) or _NOT_SO.search(clause):
            continue
        before = _TAIL.sub("", clause[: match.start()].rstrip())
        if _DENIED.search(before):
            continue
        place = _PLACE.search(before)
        scope = place["scope"] if place is not None else ""
        words = before[: place.start()] if place is not None else before
        if _PARTLY.search(words):
            continue
        for subject, about in _subjects(words):
            yield Judgement(subject, about, _sense(match), at, at + match.end(), scope=scope)


def contradicts(claim: Judgement, counter: Judgement) -> bool:
    """Tell whether a counter takes back a claim of its subject and sense."""
    if not counter.scope:
        return True
    # Of a part only, it takes back what was said of all such parts.
    return bool(claim.unit) and re.search(rf"(?<!\w){claim.unit}(?!\w)", counter.scope) is not None
