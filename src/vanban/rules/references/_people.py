"""People and their offices as a running text names them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from vanban.rules._quantities import fold
from vanban.rules._text import Sentences

_SURNAMES = (
    "An|Âu|Bạch|Bàn|Bế|Biện|Bùi|Ca|Cao|Châu|Chu|Cù|Cung|Danh|Diệp|Doãn|Dư|Dương|Đái|Đàm|Đào|Đặng|"
    "Điêu|Đinh|Đỗ|Đồng|Đường|Giàng|Giáp|Hà|Hàn|Hồ|Hoa|Hoàng|Hồng|Hứa|Huỳnh|Kha|Khổng|Khúc|Kiên|"
    "Kiều|Kim|La|Lã|Lại|Lâm|Lê|Lò|Lộc|Lục|Lương|Lưu|Lý|Ma|Mã|Mạc|Mai|Mạnh|Nghiêm|Ngô|Ngụy|Nguyễn|"
    "Nhan|Ninh|Nông|Phạm|Phan|Phí|Phùng|Phương|Quách|Quan|Sầm|Sơn|Sùng|Tạ|Tăng|Thạch|Thái|Thân|"
    "Thiều|Tiêu|Tô|Tôn|Tống|Trang|Trần|Triệu|Trịnh|Trương|Từ|Ung|Uông|Văn|Vàng|Vi|Viên|Võ|Vũ|Vương|"
    # the surname Đoàn, not the Youth Union
    "Đoàn(?! Thanh niên)"
)
# The first word of every name that is found.
SURNAMES = frozenset(re.sub(r"\([^()]*\)", "", _SURNAMES).split("|"))
_UPPER = "A-Z" + "".join(
    c for c in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.isupper()
)
_LOWER = "a-z" + "".join(
    c for c in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.islower()
)
# The word of an office may stand right behind a name: "Nguyễn Văn A Phó Bí thư".
_NOT_NAME = r"(?!(?:Bí|Phó|Chủ|Trưởng|Ủy|Uỷ|Chánh|Đảng|Giám|Hội|Ban|Tổ|Chỉ)[ \u00a0])"
_BLANK = r"[ \u00a0]"
_FULL = rf"(?:{_SURNAMES})(?:{_BLANK}{_NOT_NAME}[{_UPPER}][{_LOWER}]*(?!\w)){{1,4}}"
NAME = re.compile(rf"(?<!\w){_FULL}")
# Without a look at what stands before it, a search runs from capital to capital.
_NAME_ANYWHERE = re.compile(_FULL)
_PART_OF_WORD = re.compile(r"\w")


def names(text: str, position: int, stop: int) -> Iterator[re.Match[str]]:
    """Yield the names of people in a stretch of a text."""
    while (match := _NAME_ANYWHERE.search(text, position, stop)) is not None:
        start, position = match.span()
        if start and _PART_OF_WORD.match(text, start - 1):
            position = start + 1
            continue
        yield match


_POSTS = (
    "bí thư|chủ tịch|chủ nhiệm|trưởng ban|trưởng công an|chánh văn phòng|chỉ huy trưởng|"
    "hiệu trưởng|giám đốc"
)
# A text that names somebody with an office holds one of these.
POST_WORDS = tuple(_POSTS.split("|"))
# Posts that say of which body they are.
_OWN_BODY = frozenset(("trưởng công an", "chánh văn phòng", "chỉ huy trưởng", "hiệu trưởng"))
_BODY = (
    r"(?:đảng ủy|đảng bộ|chi bộ|chi ủy|huyện ủy|quận ủy|thị ủy|thành ủy|tỉnh ủy|xã đoàn|"
    r"đoàn thanh niên|hội đồng nhân dân|hđnd|ủy ban nhân dân|ubnd|ủy ban kiểm tra|ubkt|"
    r"ủy ban mặt trận tổ quốc|ubmttq|mặt trận tổ quốc|hội nông dân|hội cựu chiến binh|"
    r"hội liên hiệp phụ nữ|tuyên giáo|tổ chức|dân vận|xây dựng đảng)"
)
_OFFICE_TEXT = (
    rf"(?P<office>(?P<deputy>phó )?(?P<post>{_POSTS})(?: thường trực)?"
    rf"(?: (?P<body>{_BODY})(?!\w)(?P<where>(?: [^\W_]+){{0,4}}))?)"
)
_OFFICE = re.compile(rf"(?<!\w){_OFFICE_TEXT}(?!\w)")
# "Nguyễn Văn A, Bí thư ...", "Nguyễn Văn A là Bí thư ...", "Nguyễn Văn A (Bí thư ...)".
_BEHIND = re.compile(
    r" ?(?:[,:(–-] ?)?(?:(?:hiện )?(?:là|giữ chức vụ|giữ chức|chức vụ)(?: là|:)? )?"
    r"(?:(?:[^\W\d_]+ ){0,2}ủy viên[^,;.()\n]{0,40}, )*" + _OFFICE_TEXT + r"(?!\w)"
)
_NEXT = re.compile(r" ?(?:,|;|và|kiêm|-|–) ?(?:kiêm )?" + _OFFICE_TEXT + r"(?!\w)")
# "Bí thư Đảng ủy xã, đồng chí Nguyễn Văn A", "Phó Bí thư Nguyễn Văn A".
_LINK = r"(?: ?[:,–-])?(?: (?:là|đồng chí|đ/c|ông|bà))* $"
_AHEAD = re.compile(rf"(?<!\w){_OFFICE_TEXT}{_LINK}")
_REACH = 90
_MOST = 4
_FULL_NAME = 3
_ADDRESSED = re.compile(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|anh|chị) $")
_PLACE = re.compile(
    r"(?<!\w)(?:phường|thị trấn|huyện|quận|ấp|thôn|đường|trường|tỉnh|thành phố|[hqt]\w{3,5} ủy) $"
)
_MARK = re.compile(r"[:,–-]")
# The office of another time, or one that is only proposed.
_OTHER_TIME = re.compile(
    # "chính quyền", "thay mặt Ban Thường vụ" tell of no other time
    r"(?<!\w)(?:nguyên|cựu|(?<!chính )(?<!thẩm )quyền|khi đó|lúc đó|lúc ấy|trước khi|"
    r"trước đây|bầu|bổ nhiệm|điều động|phân công|giới thiệu|quy hoạch|thôi|kiện toàn|chỉ định|"
    r"chuẩn y|luân chuyển|thay(?! mặt)|nghỉ hưu|nghỉ công tác|bổ sung|miễn nhiệm|đề bạt|"
    r"thăng|dự kiến|nhân sự|ứng cử|chuyển công tác|năm (?:19|20)\d\d|nhiệm kỳ|"
    r"không còn|phụ trách)(?!\w)"
)
_SAME_BODY = {
    "đảng bộ": "đảng ủy",
    "hđnd": "hội đồng nhân dân",
    "ubnd": "ủy ban nhân dân",
    "ubkt": "ủy ban kiểm tra",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "mặt trận tổ quốc": "ủy ban mặt trận tổ quốc",
    "xã đoàn": "đoàn thanh niên",
}
_SECRETARY = "bí thư"
_COMMITTEE = "đảng ủy"


# Heads of the commune's bodies of which nobody holds two.
_ALONE = frozenset(
    (
        ("chủ tịch", "ủy ban nhân dân"),
        ("trưởng công an", "trưởng công an"),
        ("chủ tịch", "hội nông dân"),
        ("chủ tịch", "hội cựu chiến binh"),
        ("chủ tịch", "hội liên hiệp phụ nữ"),
        ("bí thư", "đoàn thanh niên"),
    )
)
_HAMLET = re.compile(
    rf" (?:[ấẤ]p|[tT]hôn|[xX]óm|[bB]ản|[kK]hóm|[kK]hu phố|[tT]ổ dân phố)"
    rf" (?:\d{{1,2}}[A-Z]?|[IVX]{{1,4}}|[{_UPPER}][{_LOWER}]+(?! [{_UPPER}]))(?!\w)"
)


# Behind the kind these name another body than the commune's own.
OWNERS = frozenset(
    (
        "công",
        "quân",
        "cơ",
        "trường",
        "bộ",
        "huyện",
        "tỉnh",
        "thành",
        "quận",
        "ấp",
        "thôn",
        "khu",
        "khối",
        "cấp",
        "các",
        "doanh",
    )
)


class Office(NamedTuple):
    """An office: its post, whether the deputy's, and of which body ("" when that is not told)."""

    post: str
    deputy: bool
    body: str


class Mention(NamedTuple):
    """A person named with an office; ``start:end`` is where the office stands in the text.

    ``person_at`` is where the name stands; ``cell`` is the cell by name ("ấp 2"), "" when it is not
    told or the office is of another body. ``sure`` is False when the name may be that of a place:
    "Bí thư Đảng ủy xã Nguyễn Việt Khái".
    """

    person: str
    name: str
    office: Office
    words: str
    start: int
    end: int
    sure: bool
    person_at: int
    cell: str


def _body(match: re.Match[str]) -> str:
    """Return what tells one body from another: its kind, and whose when not the commune's."""
    if match["body"] is None:
        # A secretary of nothing in particular is that of the committee.
        if match["post"] == _SECRETARY:
            return _COMMITTEE
        return match["post"] if match["post"] in _OWN_BODY else ""
    kind = _SAME_BODY.get(match["body"], match["body"])
    where = match["where"].split()
    first = where[0] if where else ""
    if kind in ("chi bộ", "chi ủy"):
        return f"{kind} {' '.join(where[:2])}".strip()
    return f"{kind} {first}" if first in OWNERS else kind


def _cell(match: re.Match[str], text: str, offset: int) -> str:
    """Return which cell of a hamlet an office is of: "ấp 2", "thôn đông"; "" when not told."""
    if match["body"] not in ("chi bộ", "chi ủy"):
        return ""
    start, end = match.start("where") + offset, match.end("where") + offset
    named = _HAMLET.match(text, start, end)
    return fold(named.group()[1:]).text if named is not None else ""


def exclude(left: Mention, right: Mention) -> bool:
    """Tell whether no one person holds the offices of two mentions at one time."""
    one, other = left.office, right.office
    if left.cell and right.cell:
        kinds = {left.cell.rpartition(" ")[0], right.cell.rpartition(" ")[0]}
        heads = not one.deputy and not other.deputy and one.post == other.post == _SECRETARY
        return heads and len(kinds) == 1 and left.cell != right.cell
    pair = {(one.post, one.body), (other.post, other.body)}
    if len(pair) == 1:
        return False
    # Nobody chairs both the council and the committee it elects.
    if pair == {("chủ tịch", "ủy ban nhân dân"), ("chủ tịch", "hội đồng nhân dân")}:
        return not one.deputy and not other.deputy
    # The committee's inspection is headed by a deputy secretary or a member, not the secretary.
    if (_SECRETARY, _COMMITTEE) in pair and ("chủ nhiệm", "ủy ban kiểm tra") in pair:
        secretary = left if one.post == _SECRETARY else right
        # "Bí thư" alone may be of any cell, but above the signature.
        told = secretary.words.lower() != _SECRETARY or secretary.person_at < 0
        return told and not secretary.office.deputy
    return pair <= _ALONE and not one.deputy and not other.deputy


def office_of(text: str) -> Office | None:
    """Return the office a title names ("Phó Bí thư"), or None."""
    match = _OFFICE.match(" ".join(fold(text).text.split()))
    return _office(match) if match is not None else None


def _office(match: re.Match[str]) -> Office:
    return Office(match["post"], match["deputy"] is not None, _body(match))


def person_key(name: str) -> str:
    """Return a name as it is compared: case, tone style and blanks aside."""
    return " ".join(fold(name).text.split())


def mentions(
    text: str, sentences: Sentences, start: int, stop: int, persons: Container[str]
) -> Iterator[Mention]:
    """Yield where some people are named together with an office they hold.

    Read are some sentences of a text, ``start:stop``; ``sentences`` are those of the folded text.
    """
    low, last_end = sentences.text, -1
    for match in names(text, start, stop):
        behind_last, last_end = last_end, match.end()
        if person_key(match.group()) not in persons:
            continue
        before = sentences.before(match.start())
        alone = behind_last <= match.start() - len(before)
        if _OTHER_TIME.search(before) or _PLACE.search(before):
            continue
        found: list[tuple[re.Match[str], int]] = []
        behind = _BEHIND.match(low, match.end(), match.end() + 2 * _REACH)
        near = before[-_REACH:]
        ahead = _AHEAD.search(near) if behind is None else None
        while behind is not None and len(found) < _MOST:
            found.append((behind, 0))
            behind = _NEXT.match(low, behind.end(), behind.end() + _REACH)
        # Behind a comma the office may belong to the person named before it.
        if ahead is not None and (alone or not _MARK.search(near, ahead.end("office"))):
            found.append((ahead, match.start() - len(near)))
        addressed = _ADDRESSED.search(near) is not None
        long = len(match.group().split()) >= _FULL_NAME
        for one, offset in found:
            start = one.start("office") + offset
            cell = _cell(one, text, offset)
            end = (one.end("body") if one["body"] else one.end("office")) + offset
            end += len(cell) + 1 if cell else 0
            yield Mention(
                person_key(match.group()),
                " ".join(match.group().split()),
                _office(one),
                " ".join(text[start:end].split()),
                start,
                end,
                addressed or (long and one is not ahead),
                match.start(),
                cell,
            )
