"""The words of signatures, subjects and recipients: what the rules about formalities share."""

from __future__ import annotations

import re
import unicodedata

from vanban.text.tone import to_style

# ---- Bodies ------------------------------------------------------------------------------------

# Kinds of issuing bodies that sign as a collective, told from the beginning of their name.
COMMITTEE, CELL, INSPECTION, GROUP = "committee", "cell", "inspection", "group"
PEOPLES_COMMITTEE, COUNCIL = "peoples-committee", "council"
PARTY_KINDS = frozenset({COMMITTEE, CELL, INSPECTION, GROUP})
STATE_KINDS = frozenset({PEOPLES_COMMITTEE, COUNCIL})

_BODIES = (
    (INSPECTION, r"ủy ban kiểm tra|ubkt"),
    (CELL, r"chi bộ|chi ủy"),
    (GROUP, r"đảng đoàn|ban cán sự đảng"),
    (
        COMMITTEE,
        (
            r"(?:ban thường vụ |ban chấp hành )?"
            r"(?:đảng ủy|đảng bộ|(?:tỉnh|thành|huyện|quận|thị) ủy)"
        ),
    ),
    (PEOPLES_COMMITTEE, r"ủy ban nhân dân|ubnd"),
    (COUNCIL, r"hội đồng nhân dân|hđnd"),
)
_BODY = tuple((kind, re.compile(rf"(?:{words})(?!\w)")) for kind, words in _BODIES)

# Collectives named behind T/M, and the kinds of issuers they can stand for.
_COLLECTIVES = (
    (r"ủy ban kiểm tra|ubkt", {INSPECTION}),
    (r"đảng đoàn|ban cán sự đảng", {GROUP}),
    (r"(?:ban )?thường vụ|btv|thường trực (?:đảng|tỉnh|thành|huyện|quận|thị) ủy", {COMMITTEE}),
    (r"ban chấp hành|bch", {COMMITTEE, CELL}),
    (r"chi bộ|chi ủy", {CELL}),
    (r"đảng ủy|đảng bộ|(?:tỉnh|thành|huyện|quận|thị) ủy", {COMMITTEE}),
    (r"ủy ban nhân dân|ubnd", {PEOPLES_COMMITTEE}),
    (r"(?:thường trực )?(?:hội đồng nhân dân|hđnd)", {COUNCIL}),
)
_COLLECTIVE = tuple(
    (re.compile(rf"(?:{words})(?!\w)"), frozenset(kinds)) for words, kinds in _COLLECTIVES
)
# What a collective of each kind of issuer is called, as it would be printed.
COLLECTIVE_NAMES = {
    COMMITTEE: ("BAN CHẤP HÀNH", "BAN THƯỜNG VỤ"),
    CELL: ("CHI BỘ", "CHI ỦY"),
    INSPECTION: ("ỦY BAN KIỂM TRA",),
    GROUP: ("ĐẢNG ĐOÀN", "BAN CÁN SỰ ĐẢNG"),
    PEOPLES_COMMITTEE: ("ỦY BAN NHÂN DÂN",),
    COUNCIL: ("HỘI ĐỒNG NHÂN DÂN",),
}

# Administrative levels as bodies' names show them; a thành phố may be of either level.
_LEVEL = re.compile(
    r"(?<!\w)(?:(?P<middle>huyện|quận|thị xã|thị ủy)|(?P<low>xã|phường|thị trấn|đặc khu)"
    r"|(?P<high>tỉnh))(?!\w)"
)

LEADERS = re.compile(r"(?:phó |q\. ?)?(?:bí thư|chủ tịch|chủ nhiệm|chánh văn phòng)(?!\w)")


def normal(text: str) -> str:
    """Return a text for comparing: composed, lower case, single spaces, tones as in hòa, ủy."""
    return to_style(" ".join(unicodedata.normalize("NFC", text).split()), "tone_first").casefold()


def body_kind(name: str) -> str | None:
    """Return the kind of a collective body from its (normal) name, or None for any other."""
    return next((kind for kind, words in _BODY if words.match(name)), None)


def collective_kinds(text: str) -> frozenset[str] | None:
    """Return the kinds of issuers a collective stands for, None when (normal) text names none."""
    return next((kinds for words, kinds in _COLLECTIVE if words.match(text)), None)


def unit(text: str) -> tuple[str, str] | None:
    """Return the administrative level the (normal) name of a body shows first, and what follows.

    None when it shows none.
    """
    found = _LEVEL.search(text)
    return (found.lastgroup or "", text[found.end() :].strip(" .,;")) if found else None


# ---- Authority ---------------------------------------------------------------------------------

# On behalf of, for the head, by order, by mandate: (Party, state); the Party has no mandate.
ON_BEHALF, FOR_HEAD, BY_ORDER, MANDATED = "on-behalf", "for-head", "by-order", "mandated"
PARTY_FORMS = {ON_BEHALF: "T/M", FOR_HEAD: "K/T", BY_ORDER: "T/L"}
STATE_FORMS = {ON_BEHALF: "TM.", FOR_HEAD: "KT.", BY_ORDER: "TL.", MANDATED: "TUQ."}

POWER = re.compile(
    r"\s*(?P<form>(?:"
    r"(?P<on_behalf>T\s?[./\\-]?\s?M|thay\s+mặt)|(?P<for_head>K\s?[./\\-]?\s?T|ký\s+thay)|"
    r"(?P<by_order>T\s?[./\\-]?\s?L|thừa\s+lệnh)|"
    r"(?P<mandated>T\s?[./\\-]?\s?U\s?[./\\-]?\s?Q|T[./\\]U|thừa\s+(?:ủy|uỷ)\s+quyền)"
    r")[./\\:]?)(?P<gap>\s*)",
    re.IGNORECASE,
)
POWER_GROUPS = {
    "on_behalf": ON_BEHALF,
    "for_head": FOR_HEAD,
    "by_order": BY_ORDER,
    "mandated": MANDATED,
}

# ---- The signer --------------------------------------------------------------------------------

_DEGREES = (
    r"(?:PGS|GS|ThS|TSKH|TS|CN|KTS|KS|BSCKI{1,2}|BS|DS|LS|CKI{1,2})(?:\s*\.|(?=\s))"
    r"|Th\s*\.\s*S\s*(?:\.|(?=\s))|T\s*\.\s*S\s*\."
    r"|(?:(?:phó\s+)?giáo\s+sư|tiến\s+s[ĩỹ]|thạc\s+s[ĩỹ]|cử\s+nhân|kỹ\s+sư|kiến\s+trúc\s+sư"
    r"|bác\s+s[ĩỹ]|dược\s+s[ĩỹ]|luật\s+sư|nhà\s+giáo\s+(?:ưu\s+tú|nhân\s+dân)"
    r"|thầy\s+thuốc\s+(?:ưu\s+tú|nhân\s+dân)|NGƯT|NGND|TTƯT|TTND)(?!\w)"
)
_RANKS = r"(?:thiếu|trung|thượng|đại)\s+(?:tá|úy|uý|tướng)(?!\w)"
TITLE = re.compile(rf"(?:{_DEGREES}|{_RANKS})[\s.,–-]*", re.IGNORECASE)
COMRADE = re.compile(
    r"(?:đồng\s+chí(?=[\s.:]+\S+\s+\S)|đ/c|đ\.c)(?!\w)[\s.:]*",
    re.IGNORECASE,
)
# "Ông" is a surname too: it is a form of address only where another surname follows.
ADDRESS = re.compile(
    r"(?:ông|bà)\s+(?=(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|"
    r"Đinh|Trương|Đoàn|Lâm|Mai|Trịnh|Đào|Cao|Hà|Lương|Tạ|Châu|Tô|Thái|Vương|Tăng|Quách|Lưu)"
    r"\s+\w+\s+\w)",
    re.IGNORECASE,
)
# Where the head of the sector may let ranks and degrees be written (Phụ lục I, II.7c).
TITLED_BODIES = re.compile(
    r"(?:ban chỉ huy )?(?:công an|quân sự|bộ đội|biên phòng|quân khu|trường|học viện|viện|"
    r"bệnh viện|trạm y tế|trung tâm y tế|phòng khám)(?!\w)"
)

# ---- Subject -----------------------------------------------------------------------------------

# Words a subject begins with that are never the name of anything, so that a capital is a slip.
OPENING_WORDS = re.compile(
    r"(?:về|việc|sơ\s+kết|tổng\s+kết|kết\s+quả|tình\s+hình|đánh\s+giá|công\s+tác|kiểm\s+điểm|"
    r"thực\s+hiện|triển\s+khai|rà\s+soát|tiến\s+độ|phương\s+hướng|nhiệm\s+vụ|kiểm\s+tra|giám\s+sát|"
    r"lãnh\s+đạo|tự\s+đánh\s+giá|một\s+số|quá\s+trình|hoạt\s+động|nhìn\s+lại|phát\s+triển|"
    r"xây\s+dựng|thi\s+hành|chấp\s+hành|tổ\s+chức|tăng\s+cường|đẩy\s+mạnh|nâng\s+cao|những|"
    r"quý\s+[IVX]+|tháng\s+\d+|năm\s+\d+)(?!\w)",
    re.IGNORECASE,
)

# ---- Urgency and secrecy -----------------------------------------------------------------------

URGENCIES = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
SECRECIES = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
CIRCULATIONS = ("TÀI LIỆU HỘI NGHỊ", "XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")

# ---- Subjects, headings, recipients: how they end ----------------------------------------------

TOPIC = "period-topic"
_MARKS = (".", ":", ";", ",")
_ABBREVIATED = re.compile(r"(?:v\.\s*v|(?<!\w)(?:TP|Tp|TX|TT|Q|P|tr))\.\Z")
_LONGEST_ABBREVIATION = 12


def end_mark(text: str) -> tuple[int, int] | None:
    """Return where the mark a text ends with stands, the spaces before it included.

    None without one; an ellipsis and the full stop of an abbreviation (v.v., TP.) are none.
    """
    shown = text.rstrip()
    mark = "./." if shown.endswith("./.") else shown[-1:]
    body = shown[: len(shown) - len(mark)].rstrip()
    if (mark != "./." and mark not in _MARKS) or not body or body.endswith((".", "…")):
        return None
    if mark == "." and _ABBREVIATED.search(shown[-_LONGEST_ABBREVIATION:]):
        return None
    return len(body), len(shown)


# ---- Recipients --------------------------------------------------------------------------------

_DASH = re.compile(r"\s*(?P<dash>[-–—+•*])\s*(?=\S)")
_ARCHIVE = re.compile(r"(?:bản )?lưu(?!\w)(?! (?:trữ|học|thông|động))")
_NOTE = re.compile(
    r"\s*(?:\((?:để )?(?:báo cáo|b/c|bc|thực hiện|t/h|th|phối hợp|p/h|ph|chỉ đạo|biết|theo dõi)\)"
    r"|[;.,])\s*\Z"
)
_SHORT_FORMS = (
    (re.compile(r"(?<!\w)ubnd(?!\w)"), "ủy ban nhân dân"),
    (re.compile(r"(?<!\w)hđnd(?!\w)"), "hội đồng nhân dân"),
    (re.compile(r"(?<!\w)btv(?!\w)"), "ban thường vụ"),
    (re.compile(r"(?<!\w)bch(?!\w)"), "ban chấp hành"),
)


def leading_dash(text: str) -> re.Match[str] | None:
    """Return the dash a recipient is typed with, and the spaces around it."""
    return _DASH.match(text)


def is_archive(text: str) -> bool:
    """Tell whether a recipient is the archive line: "Lưu ..."."""
    dash = leading_dash(text)
    return _ARCHIVE.match(normal(text[dash.end() :] if dash else text)) is not None


def recipient_key(text: str) -> str:
    """Return what two entries for the same recipient share: no dash, note, mark or short form."""
    dash = leading_dash(text)
    key = normal(text[dash.end() :] if dash else text)
    while (shorter := _NOTE.sub("", key)) != key:
        key = shorter
    for short, long in _SHORT_FORMS:
        key = short.sub(long, key)
    return key.removeprefix("các ").removeprefix("đ/c ").removeprefix("đồng chí ")
