"""Bodies by date: which level and which body existed when, and how names are read.

One table (``ENDED``) says from which day a body no longer exists, what took its place, on what
this rests and how well it is known. Everything is matched in both tone styles (ủy, uỷ), in any
case and over any run of blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from vanban.finding import Certainty, Source
from vanban.text import dates
from vanban.text.tone import STYLES, to_style

if TYPE_CHECKING:
    from vanban.check.rule import Context

# ---- words -------------------------------------------------------------------------------------


def either(phrase: str) -> str:
    """Return a pattern for a phrase: both tone styles, any blanks; ``|`` parts alternatives."""
    return "|".join(
        r"\s+".join(
            "(?:" + "|".join(dict.fromkeys(re.escape(to_style(word, s)) for s in STYLES)) + ")"
            for word in one.split()
        )
        for one in phrase.split("|")
    )


def plain(text: str) -> str:
    """Return a name for comparing: composed, one tone style, single blanks, lower case.

    Characters that nobody sees (TXT001 speaks of them) are left out.
    """
    shown = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join(to_style(unicodedata.normalize("NFC", shown), "tone_first").lower().split())


# ---- levels ------------------------------------------------------------------------------------

# Nghị quyết 203/2025/QH15: the district level ends.
TWO_LEVELS = date(2025, 7, 1)
# Nghị quyết 202/2025/QH15: of the cities only these are of the rank of a province.
CENTRAL_CITIES = frozenset({"hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế"})
COMMUNE_UNITS = "xã|phường|thị trấn|đặc khu"
DISTRICT_UNITS = "huyện|quận|thị xã"
_NAME = r"(?P<name>\S.*)"
_DISTRICT = re.compile(
    rf"(?:(?:ban chấp hành |bch )?(?:đảng bộ|đb) (?:{DISTRICT_UNITS}|h\.|q\.|tx\.?)(?!\w)"
    r"|(?:ban thường vụ |btv )?(?:huyện|quận|thị) ủy(?!\w)"
    rf"|(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd) (?:{DISTRICT_UNITS})(?!\w))"
)
_CITY = re.compile(
    r"(?:(?:ban chấp hành |bch )?(?:đảng bộ|đb) (?:thành phố|tp\.?)"
    r"|thành ủy(?: thành phố| tp\.?)?"
    r"|(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd) (?:thành phố|tp\.?)) ?" + _NAME
)
_COMMUNE = re.compile(rf"(?:.* )?(?P<unit>{COMMUNE_UNITS}) " + _NAME)


def is_central(name: str) -> bool:
    """Tell whether a name begins with that of a city under the central government."""
    read = plain(name)
    return any(read == city or read.startswith(f"{city} ") for city in CENTRAL_CITIES)


def is_district(text: str) -> bool:
    """Tell whether a name is that of a district-level organisation, city under a province too."""
    read = plain(text)
    if _DISTRICT.match(read):
        return True
    city = _CITY.match(read)
    return city is not None and not is_central(city["name"])


def commune_of(text: str) -> tuple[str, str] | None:
    """Return unit and proper name (plain) of the commune a body's name carries, or None."""
    match = _COMMUNE.fullmatch(plain(text))
    return (match["unit"], match["name"]) if match else None


# ---- days --------------------------------------------------------------------------------------

# A report on estimated figures is signed this long before its period ends, at the earliest.
_EARLY = timedelta(days=45)


class IssueDay(NamedTuple):
    """What is known of the day of issue: not before, and not after (None: not known)."""

    earliest: date
    latest: date | None

    def from_on(self, day: date) -> bool:
        """Tell whether the document is surely issued on that day or later."""
        return self.earliest >= day

    def before(self, day: date) -> bool:
        """Tell whether the document is surely issued before that day."""
        return self.latest is not None and self.latest < day


def issue_day(ctx: Context) -> IssueDay | None:
    """Return what the draft tells of its day of issue."""
    node = ctx.one("issue-date")
    known = dates.parse_partial(node.value) if node is not None else None
    if known is not None:
        if known.full:
            return IssueDay(known.full, known.full)
        last = dates.month_end(known.year, known.month)
        return IssueDay(last.replace(day=1), last)
    if node is None and ctx.period is not None:
        try:
            return IssueDay(ctx.period.end - _EARLY, None)
        except OverflowError:
            return None
    return None


# ---- bodies that ended -------------------------------------------------------------------------


class Ended(NamedTuple):
    """A body (``pattern``) that no longer exists from ``since``; ``now`` stands in its place."""

    pattern: str
    since: date
    now: str
    source: Source


class Mention(NamedTuple):
    """A stretch of a text that names a body which no longer exists."""

    start: int
    end: int
    ended: Ended


_NO_DISTRICT = Source("Nghị quyết 203/2025/QH15", Certainty.B)
_NO_DISTRICT_PARTY = Source(
    "Nghị quyết 60-NQ/TW, 12/4/2025; Hướng dẫn 31-HD/BTCTW, 23/4/2025", Certainty.B
)
_UNVERIFIED_DISTRICT = Source("sắp xếp cơ quan cấp huyện", Certainty.C)
_POLICE = Source("tổ chức Công an hai cấp", Certainty.B)
_PROVINCES = Source("Nghị quyết 202/2025/QH15", Certainty.B)
_CENTRAL_MERGER = Source("Quyết định của Bộ Chính trị, công bố ngày 03/02/2025", Certainty.B)
_LOCAL_MERGER = Source("sắp xếp ban đảng ở địa phương", Certainty.C)
_COMMUNE_BODIES = Source("Hướng dẫn 31-HD/BTCTW, 23/4/2025", Certainty.B)
_MINISTRIES = Source("Nghị quyết 176/2025/QH15", Certainty.B)
_DEPARTMENTS = Source("sắp xếp sở theo bộ", Certainty.C)
_TOWNS = Source("Luật Tổ chức chính quyền địa phương năm 2025", Certainty.C)
_BLOCS = Source("sắp xếp tổ chức đảng tháng 02/2025", Certainty.C)

_MARCH = date(2025, 3, 1)
_FEBRUARY = date(2025, 2, 3)

_UNIT = rf"(?:{either(DISTRICT_UNITS)})(?!\w)"
# A city named after the body: "UBND thành phố Mẫu"; whether it ended is asked of its name.
_CITY_NAME = r"(?:thành\s+phố|TP\.?)\s+(?P<city{n}>[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}})"
_DISTRICT_COMMITTEE = r"(?:huyện|quận|thị)\s+(?:ủy|uỷ)(?!\w)(?!\s+viên(?!\w))"
_OF_COMMITTEE = (
    r"(?:(?:"
    + either(
        "Ban Thường vụ|Thường trực|Thường vụ|BTV|TT|Ban Chấp hành|BCH|Văn phòng|VP|Ủy ban Kiểm tra|"
        "UBKT|Cơ quan Ủy ban Kiểm tra|Ban Tổ chức|Ban Tuyên giáo và Dân vận|Ban Tuyên giáo|"
        "Ban Dân vận|Ban Nội chính"
    )
    + r")\s+)?"
)
_COUNCILS = either("Hội đồng nhân dân|HĐND|Ủy ban nhân dân|UBND")
_FRONT = (
    r"(?:(?:(?:ủy|uỷ)\s+ban\s+|UB)?(?:Mặt\s+trận\s+Tổ\s+quốc|MTTQ)(?:\s+Việt\s+Nam|VN)?|UBMTTQVN"
    r"|(?:Liên\s+đoàn\s+Lao\s+động|LĐLĐ)"
    r"|Hội\s+(?:Nông\s+dân|Liên\s+hiệp\s+Phụ\s+nữ|LHPN|Cựu\s+chiến\s+binh|CCB|Chữ\s+thập\s+đỏ"
    r"|Người\s+cao\s+tuổi|Khuyến\s+học)(?:\s+Việt\s+Nam)?)"
)
# "Phòng Lao động - Thương binh và Xã hội huyện": up to ten words, none that begins a clause.
_OFFICE_WORD = (
    r"(?!(?:trên|trong|tại|cho|với|đến|của|các|chống|cháy|ngừa|bệnh|dịch|họp|khám|được|để|theo"
    r"|do|về|ở|thuộc|toàn|giữa)(?!\w))[^\W\d_]+"
)
_OFFICES = rf"phòng\s+{_OFFICE_WORD}(?:(?:\s*[-–&,]\s*|\s+){_OFFICE_WORD}){{0,9}}?"
_OF_PROVINCE = r"(?:(?:tỉnh\s+(?:ủy|uỷ)|đảng\s+bộ\s+tỉnh|" + _COUNCILS + r")\s+(?:tỉnh\s+)?)"

_MERGED_PROVINCES: tuple[tuple[str, str], ...] = (
    ("Hà Giang", "tỉnh Tuyên Quang"),
    ("Yên Bái", "tỉnh Lào Cai"),
    ("Bắc Kạn", "tỉnh Thái Nguyên"),
    ("Hòa Bình|Vĩnh Phúc", "tỉnh Phú Thọ"),
    ("Bắc Giang", "tỉnh Bắc Ninh"),
    ("Thái Bình", "tỉnh Hưng Yên"),
    ("Hải Dương", "thành phố Hải Phòng"),
    ("Hà Nam|Nam Định", "tỉnh Ninh Bình"),
    ("Quảng Bình", "tỉnh Quảng Trị"),
    ("Quảng Nam", "thành phố Đà Nẵng"),
    ("Kon Tum", "tỉnh Quảng Ngãi"),
    ("Bình Định", "tỉnh Gia Lai"),
    ("Ninh Thuận", "tỉnh Khánh Hòa"),
    ("Đắk Nông|Đăk Nông|Bình Thuận", "tỉnh Lâm Đồng"),
    ("Phú Yên", "tỉnh Đắk Lắk"),
    ("Bình Dương|Bà Rịa", "Thành phố Hồ Chí Minh"),
    ("Bình Phước", "tỉnh Đồng Nai"),
    ("Long An", "tỉnh Tây Ninh"),
    ("Sóc Trăng|Hậu Giang", "thành phố Cần Thơ"),
    ("Bến Tre|Trà Vinh", "tỉnh Vĩnh Long"),
    ("Tiền Giang", "tỉnh Đồng Tháp"),
    ("Bạc Liêu", "tỉnh Cà Mau"),
    ("Kiên Giang", "tỉnh An Giang"),
)
_MERGED_MINISTRIES: tuple[tuple[str, str], ...] = (
    ("Kế hoạch và Đầu tư", "Tài chính"),
    ("Giao thông vận tải", "Xây dựng"),
    ("Nông nghiệp và Phát triển nông thôn|NN&PTNT|NN và PTNT", "Nông nghiệp và Môi trường"),
    ("Tài nguyên và Môi trường|TN&MT", "Nông nghiệp và Môi trường"),
    ("Thông tin và Truyền thông|TT&TT", "Khoa học và Công nghệ"),
    ("Lao động - Thương binh và Xã hội|LĐTB&XH|LĐ-TB&XH", "Nội vụ"),
)
_PARTY_NOW = "cơ quan của Tỉnh ủy, Thành ủy hoặc Đảng ủy xã, phường, đặc khu"
_STATE_NOW = "cơ quan của tỉnh, thành phố hoặc của xã, phường, đặc khu"

ENDED: tuple[Ended, ...] = (
    Ended(
        rf"{_OF_COMMITTEE}{_DISTRICT_COMMITTEE}",
        TWO_LEVELS,
        _PARTY_NOW,
        _NO_DISTRICT_PARTY,
    ),
    Ended(
        _OF_COMMITTEE
        + r"thành\s+(?:ủy|uỷ)\s+(?:(?:thành\s+phố|TP\.?)\s+)?"
        + r"(?P<city1>[^\W\d_]+(?:\s+[^\W\d_]+){0,2})",
        TWO_LEVELS,
        _PARTY_NOW,
        _NO_DISTRICT_PARTY,
    ),
    Ended(rf"(?:đảng\s+bộ)\s+{_UNIT}", TWO_LEVELS, _PARTY_NOW, _NO_DISTRICT_PARTY),
    Ended(rf"(?:{_COUNCILS})\s+{_UNIT}", TWO_LEVELS, _STATE_NOW, _NO_DISTRICT),
    Ended(
        rf"(?:{_COUNCILS})\s+" + _CITY_NAME.format(n=2),
        TWO_LEVELS,
        _STATE_NOW,
        _NO_DISTRICT,
    ),
    Ended(
        rf"(?P<capital3>{_OFFICES})\s+{_UNIT}",
        TWO_LEVELS,
        "phòng chuyên môn của xã, phường, đặc khu hoặc sở của tỉnh, thành phố",
        _NO_DISTRICT,
    ),
    Ended(
        r"(?:phòng\s*,?\s*ban(?:\s*,\s*ngành)?|ban\s*,?\s*ngành|cơ\s+quan)(?:\s*,\s*đoàn\s+thể)?"
        rf"(?:\s+chuyên\s+môn|\s+chức\s+năng)?(?:\s+(?:của|thuộc))?\s+{_UNIT}",
        TWO_LEVELS,
        _STATE_NOW,
        _NO_DISTRICT,
    ),
    Ended(
        r"(?:chi\s+cục\s+(?:thuế|thống\s+kê|thi\s+hành\s+án\s+dân\s+sự)|bảo\s+hiểm\s+xã\s+hội|BHXH"
        r"|trung\s+tâm\s+(?:bồi\s+dưỡng\s+)?chính\s+trị)"
        rf"\s+{_UNIT}",
        TWO_LEVELS,
        "cơ quan khu vực, cơ sở hoặc cơ quan của tỉnh, thành phố",
        _UNVERIFIED_DISTRICT,
    ),
    Ended(
        r"ban\s+cán\s+sự\s+đảng(?!\w)|đảng\s+đoàn(?!\w)(?!\s+thể)",
        _MARCH,
        "đảng ủy của cơ quan ấy",
        _BLOCS,
    ),
    Ended(
        rf"công\s+an\s+{_UNIT}",
        _MARCH,
        "Công an tỉnh, thành phố hoặc Công an xã, phường, đặc khu",
        _POLICE,
    ),
    Ended(
        rf"(?:ban\s+chỉ\s+huy\s+quân\s+sự|ban\s+CHQS|BCHQS)\s+{_UNIT}|huyện\s+đội(?!\w)",
        TWO_LEVELS,
        "Ban Chỉ huy Phòng thủ khu vực",
        _UNVERIFIED_DISTRICT,
    ),
    Ended(
        rf"(?:{either('tòa án nhân dân')}|TAND)\s+{_UNIT}",
        TWO_LEVELS,
        "Tòa án nhân dân khu vực",
        _UNVERIFIED_DISTRICT,
    ),
    Ended(
        rf"(?:viện\s+kiểm\s+sát\s+nhân\s+dân|VKSND)\s+{_UNIT}",
        TWO_LEVELS,
        "Viện kiểm sát nhân dân khu vực",
        _UNVERIFIED_DISTRICT,
    ),
    Ended(
        rf"{_FRONT}\s+{_UNIT}|(?:huyện|quận|thị)\s+đoàn(?!\w)",
        TWO_LEVELS,
        "Mặt trận Tổ quốc, đoàn thể của tỉnh, thành phố hoặc của xã, phường, đặc khu",
        _NO_DISTRICT_PARTY,
    ),
    Ended(
        r"ban\s+(?:tuyên\s+giáo(?!\s+và\s+dân\s+vận)|dân\s+vận)\s+trung\s+ương(?!\w)",
        _FEBRUARY,
        "Ban Tuyên giáo và Dân vận Trung ương",
        _CENTRAL_MERGER,
    ),
    Ended(
        r"ban\s+kinh\s+tế\s+trung\s+ương(?!\w)",
        _FEBRUARY,
        "Ban Chính sách, chiến lược Trung ương",
        _CENTRAL_MERGER,
    ),
    Ended(
        r"(?:ban\s+tuyên\s+giáo\s*(?:,|và)\s*)?"
        r"ban\s+(?:tuyên\s+giáo(?!\s+và\s+dân\s+vận)|dân\s+vận)"
        r"(?:\s*(?:,|và)\s*ban\s+dân\s+vận)?\s+(?:tỉnh|thành|huyện)\s+(?:ủy|uỷ)(?!\w)",
        _MARCH,
        "Ban Tuyên giáo và Dân vận",
        _LOCAL_MERGER,
    ),
    Ended(
        r"(?:ban\s+(?:tuyên\s+giáo(?:\s+và\s+dân\s+vận)?|dân\s+vận|tổ\s+chức)|khối\s+dân\s+vận)"
        rf"\s+đảng\s+(?:ủy|uỷ)\s+(?:{either('xã|phường|đặc khu')})(?!\w)",
        TWO_LEVELS,
        "Ban Xây dựng Đảng",
        _COMMUNE_BODIES,
    ),
    *(
        Ended(
            rf"{_OF_PROVINCE}(?:{either(old)})(?!\w)",
            TWO_LEVELS,
            f"cơ quan cùng cấp của {new}",
            _PROVINCES,
        )
        for old, new in _MERGED_PROVINCES
    ),
    *(
        Ended(rf"bộ\s+(?:{either(old)})(?!\w)", _MARCH, f"Bộ {new}", _MINISTRIES)
        for old, new in _MERGED_MINISTRIES
    ),
    *(
        Ended(rf"sở\s+(?:{either(old)})(?!\w)", _MARCH, f"Sở {new}", _DEPARTMENTS)
        for old, new in _MERGED_MINISTRIES
    ),
    Ended(
        r"đảng\s+(?:ủy|uỷ)\s+khối(?!\w)",
        _MARCH,
        "Đảng ủy các cơ quan Đảng hoặc Đảng ủy Ủy ban nhân dân tỉnh, thành phố",
        _BLOCS,
    ),
    Ended(
        rf"(?:{_COUNCILS}|đảng\s+(?:ủy|uỷ|bộ)|{_FRONT})\s+thị\s+trấn(?!\w)",
        TWO_LEVELS,
        "cơ quan của xã, phường mới",
        _TOWNS,
    ),
)


FIRST_ENDED = min(one.since for one in ENDED)
"""Before this day all of these bodies existed."""


_MERGED = tuple(
    (re.compile(rf"(?:{either(plain(old))})(?!\w)"), new) for old, new in _MERGED_PROVINCES
)
_PROVINCIAL = re.compile(
    r"(?:đảng bộ|đb|ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd) tỉnh |tỉnh ủy "
)


def merged_province(text: str) -> str | None:
    """Return the present province of a provincial body named after one merged in 2025, or None."""
    read = plain(text)
    head = _PROVINCIAL.match(read)
    if head is None:
        return None
    return next((new for old, new in _MERGED if old.match(read[head.end() :])), None)


@cache
def _all() -> re.Pattern[str]:
    parts = (f"(?P<e{i}>{one.pattern})" for i, one in enumerate(ENDED))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})", re.IGNORECASE)


# Who speaks of the past says so close to the name.
_OLD_AFTER = re.compile(
    r"[^.;:\n]{0,40}?(?:\(\s*cũ\s*\)|(?<!\w)cũ(?!\w)|trước\s+đây|trước\s+kia"
    r"|trước\s+(?:khi\s+)?(?:sắp\s+xếp|sáp\s+nhập|hợp\s+nhất))",
    re.IGNORECASE,
)
_OLD_BEFORE = re.compile(r"(?<!\w)nguyên(?:\s+là)?\s+(?:\S+\s+){0,4}$", re.IGNORECASE)


def called_old(text: str, start: int, end: int) -> bool:
    """Tell whether a body is named as one of the past: "(cũ)", "trước đây", "nguyên ..."."""
    return bool(
        _OLD_AFTER.match(text, end, min(len(text), end + 70))
        or _OLD_BEFORE.search(text[max(0, start - 60) : start])
    )


def _tail(city: str | None) -> int:
    """Return how many characters of a match are words behind a city's name."""
    if city is None:
        return 0
    end = 0
    for word in re.finditer(r"\S+", city):
        if not word.group()[0].isupper():
            break
        end = word.end()
    return len(city) - end


def ended_mentions(text: str, day: IssueDay) -> Iterator[Mention]:
    """Yield the bodies a text names that surely no longer exist on the day of issue."""
    for match in _all().finditer(text):
        number = next(i for i in range(len(ENDED)) if match[f"e{i}"] is not None)
        ended = ENDED[number]
        if not day.from_on(ended.since) or called_old(text, match.start(), match.end()):
            continue
        groups = match.groupdict()
        city = groups.get("city1") or groups.get("city2")
        if city is not None and (is_central(city) or not city[0].isupper()):
            continue
        office = groups.get("capital3")
        if office is not None and not office.split(None, 1)[1][0].isupper():
            continue
        yield Mention(match.start(), match.end() - _tail(city), ended)
