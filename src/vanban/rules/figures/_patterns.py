"""The ways clerks write a statement about a figure that is also typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from vanban.rules._quantities import fold
from vanban.rules.figures._skeleton import CLOSE, OPEN
from vanban.rules.figures._typed import MONEY, PERCENT

N = rf"{OPEN}(?P<q>\d+){CLOSE}"
MAYBE_OF = rf"(?:/{OPEN}(?P<w>\d+){CLOSE})?"
ANY = rf"{OPEN}\d+{CLOSE}"


def stop(*words: str) -> str:
    """Return what may follow when a figure is said of the whole and of nothing narrower."""
    said = "|".join(("trong đó", "gồm", "bao gồm", *words))
    return rf"(?= ?(?:[,;.:)(!?\n]|$)| (?:{said})(?!\w))"


_STOP, _STOP_AND = stop(), stop("và", "với", "cùng")
_MEMBER = r"(?:đảng viên|đồng chí|quần chúng|người)"


class Frame(NamedTuple):
    """What a statement must keep to: units, words needed before it.

    ``inside`` allows it after "gồm" and "trong đó"; ``lead`` is all that may stand before it in its
    clause.
    """

    units: frozenset[str]
    inside: bool = False
    need: re.Pattern[str] | None = None
    lead: re.Pattern[str] | None = None


# Words before the name of a figure that do not make it the figure of something narrower; single
# words only, so that a line can be read in one way.
LEAD = re.compile(
    rf"(?: |{ANY}|(?:và|đến|nay|hiện|trong|kỳ|kết|quả|toàn|xã|năm|tháng|đầu|trên|địa|bàn|công|tác|"
    r"có|số|tổng|thực|về|từ|qua|độ|mức|tỷ|tỉ|lệ|người|dân|nhân|bao|phủ|tham|gia|hết|ngày|tính|cuối|"
    r"của|nhìn|chung|cụ|thể|là|do|được|đạt|hoàn|thành|cùng|với|chỉ)(?!\w)|[\d/+•*–-])*"
)


class Pattern(NamedTuple):
    """One way to write a statement about ``key``; ``whole`` names the figure behind a slash."""

    key: str
    whole: str | None
    source: str
    cues: tuple[str, ...]
    frame: Frame

    @property
    def regex(self) -> re.Pattern[str]:
        """Return the pattern, compiled when a sentence first needs it."""
        return _compiled(self.source)

    @property
    def loose(self) -> re.Pattern[str]:
        """Return the pattern as it is found where figures stand as they are written."""
        return _compiled(self.source, loose=True)


_FIGURE = re.compile(rf"{OPEN}(?:\(\?P<\w>)?\\d\+\)?{CLOSE}")
_DISTANCE = re.compile(r"(?<=\[\^;\]\{0,)\d+(?=\})")
_WRITTEN = (
    r"(?:\d[\d.,]*|(?:một|mười|hai|ba|bốn|bảy|bẩy|năm|sáu|tám|chín|không)(?: [^\W\d_]+){0,12}?)"
)


def loosened(source: str) -> str:
    """Return a pattern for figures as they are written: it finds all that the pattern finds."""
    # A figure may be ten times as long as its mark.
    return _FIGURE.sub(lambda _: _WRITTEN, _DISTANCE.sub(lambda far: f"{far[0]}0", source))


@lru_cache(maxsize=512)
def _compiled(source: str, *, loose: bool = False) -> re.Pattern[str]:
    return re.compile(loosened(source) if loose else source)


@dataclass(eq=False, repr=False)
class Book:
    """The patterns as they are written down."""

    patterns: list[Pattern] = field(default_factory=list)

    def add(self, key: str, regex: str, *cues: str, frame: Frame, whole: str | None = None) -> None:
        """Write down one pattern; ``cues`` are words of which a sentence must hold one."""
        self.patterns.append(Pattern(key, whole, regex, cues, frame))


_PEOPLE = frozenset({"đảng viên", "đồng chí", "quần chúng", "người", "công dân", "thanh niên", ""})
_MANY = _PEOPLE | {"tân binh", "chiến sĩ"}
_PERCENT = frozenset({PERCENT})
_CASH = frozenset(MONEY)
# A sentence about how large the organisation is, not about what some members did.
SIZE = re.compile(
    r"(?:đảng bộ|đảng viên)[^;]{0,80}?(?<!\w)(?:có|gồm|là|với|còn|:)(?!\w)|tổng số đảng viên"
)
CHANGE = re.compile(
    r"(?<!\w)(?:ban chấp hành|ban thường vụ|ủy viên|hội đồng|ủy ban|cán bộ|công chức|đoàn viên|"
    r"kết nạp|công nhận|chuyển|học|dự(?! bị)|bồi dưỡng|cấp ủy|quy hoạch|bổ nhiệm|vi phạm|"
    r"kỷ luật|khen|tặng|đăng ký|kiểm tra|giám sát|đánh giá|xếp loại|tham gia|phát thẻ|cử|"
    r"quyết định|xét|"
    r"giới thiệu|triệu tập|đại biểu|tăng|giảm|thêm|mới|điều động|luân chuyển|"
    r"từ trần|xóa tên)(?!\w)"
)


def _place(name: str) -> str:
    """Return the pattern of "xã Mẫu" behind "đảng bộ": the kind of place, perhaps its name."""
    low = " ".join(fold(name).text.split())
    found = re.search(r"(?<!\w)(xã|phường|thị trấn|đặc khu) (.+)$", low)
    if found is None:
        return "(?: xã| phường| thị trấn)?"
    return rf"(?: {found[1]}(?: {re.escape(found[2])})?)?"


@lru_cache(maxsize=32)
def patterns(name: str) -> tuple[Pattern, ...]:
    """Return the patterns for the unit of this name ("Đảng ủy xã Mẫu")."""
    place = _place(name)
    body = rf"(?<!chấp hành )(?<!thường vụ )đảng bộ{place}"
    have = r"(?: (?:hiện|nay|đã|đang))*,? có(?: tổng số| tổng cộng| tất cả)?"
    book = Book()
    add = book.add

    until = r"(?:,? (?:tính )?(?:đến|tới)(?: hết)?(?: ngày)? [\d/]+,?)"
    of_all = rf"(?: (?:của|trong|ở|toàn|hiện có|hiện nay)| {body}|{until})*"
    # Admission.
    filler = r"(?: được| mới| vào đảng cho| đảng viên| đảng cho| cho)"
    add(
        "admitted",
        rf"kết nạp{filler}*(?: là| đạt)?:? {N}{MAYBE_OF} {_MEMBER}(?! đăng ký| tham gia)",
        "kết nạp",
        frame=Frame(units=_PEOPLE),
    )
    add(
        "admitted",
        rf"{N}{MAYBE_OF} {_MEMBER}(?: mới| ưu tú| trẻ)*(?: đã)? được kết nạp"
        rf"{stop('và', 'với', 'vào')}",
        "kết nạp",
        frame=Frame(units=_PEOPLE),
    )
    add(
        "admitted",
        rf"phát triển(?: được| mới)* {N}{MAYBE_OF} (?:đảng viên|đồng chí)",
        "phát triển",
        frame=Frame(units=_PEOPLE),
    )
    add(
        "admitted",
        rf"phát triển đảng viên(?: mới)?(?: được| đạt| là)+:? {N}{MAYBE_OF}"
        r" (?:đảng viên|đồng chí)",
        "phát triển",
        frame=Frame(units=_PEOPLE),
    )
    add(
        "admitted",
        rf"(?<!đảng )(?:đảng viên|quần chúng)(?: ưu tú)?(?: mới)?(?: đã)?(?: được)? kết nạp"
        rf"(?: mới| trong kỳ| vào đảng| của(?: toàn)? đảng bộ| từ đầu năm đến nay)*"
        rf"(?: là| đạt|:)+ {N} {_MEMBER}",
        "kết nạp",
        frame=Frame(units=_PEOPLE),
    )
    # Members in all.
    size = Frame(units=_PEOPLE)
    add("total", rf"{body}{have} {N} (?:đồng chí )?đảng viên{_STOP_AND}", "đảng bộ", frame=size)
    add(
        "total",
        rf"{body}{have} {N} (?:đồng chí )?đảng viên(?= đang | sinh hoạt (?:tại|ở) {ANY} chi bộ)",
        "đảng bộ",
        frame=size,
    )
    add(
        "total",
        rf"tổng số đảng viên{of_all}(?: hiện)?"
        rf"(?: là| có|:)*:? {N}(?: đồng chí| đảng viên)?{_STOP_AND}",
        "tổng số đảng viên",
        frame=size,
    )
    add(
        "total",
        rf"{body}[^;.{OPEN}]{{0,30}} có {ANY} chi bộ(?: trực thuộc)?(?:,| với|, với| và)"
        rf"(?: tổng số)? {N} đảng viên{_STOP_AND}",
        "đảng bộ",
        frame=size,
    )
    add(
        "total",
        rf"{body}[^;]{{0,60}}, (?:tính )?đến (?:hết )?(?:ngày )?[\d/]+,? có {N}"
        rf" đảng viên{_STOP_AND}",
        "đảng bộ",
        frame=size,
    )
    add(
        "total",
        rf"(?<!\w)số đảng viên (?:của (?:toàn )?|toàn ){body}{of_all}(?: là|:)+ {N}"
        rf"(?: đồng chí| đảng viên){_STOP_AND}",
        "đảng bộ",
        frame=size,
    )
    start = r"(?:đầu năm|đầu kỳ)(?: 20\d\d)?"
    add(
        "opening",
        rf"{body}{have} {N} đảng viên(?: vào)? {start}{_STOP}",
        "đầu năm",
        "đầu kỳ",
        frame=size,
    )
    add(
        "opening",
        rf"{start},?(?: toàn)? {body}(?:{have})? {N} đảng viên{_STOP_AND}",
        "đầu năm",
        "đầu kỳ",
        frame=size,
    )
    part = Frame(inside=True, need=SIZE, units=_PEOPLE)
    for key, word in (("full", "chính thức"), ("probationary", "dự bị")):
        add(
            key,
            rf"{N} (?:đồng chí )?(?:là )?(?:đảng viên )?{word}{_STOP_AND}",
            word,
            frame=part,
        )
        add(
            key,
            rf"đảng viên {word}{of_all}(?: là| có|:)*:? {N}"
            rf"(?: đồng chí| đảng viên| người)?{_STOP_AND}",
            word,
            frame=part,
        )
    women = r"(?:đảng viên |đồng chí )?(?:là )?(?:đảng viên )?nữ"
    add("women", rf"{N} {women}{_STOP_AND}", "nữ", frame=part)
    add("women", rf"{N} nữ đảng viên{_STOP_AND}", "nữ", frame=part)
    add(
        "women",
        rf"đảng viên nữ{of_all}(?: là| có|:)*:? {N}(?: đồng chí| đảng viên)?{_STOP_AND}",
        "đảng viên nữ",
        frame=part,
    )
    add(
        "exempt",
        rf"{N} (?:đảng viên|đồng chí) được miễn (?:công tác và )?sinh hoạt{_STOP_AND}",
        "miễn",
        frame=part,
    )
    # Organisations.
    cell = Frame(units=frozenset({"chi bộ"}))
    add("cells", rf"{body}{have} {N} chi bộ(?: trực thuộc)?{_STOP_AND}", "đảng bộ", frame=cell)
    add(
        "cells",
        rf"số chi bộ trực thuộc(?: {body})?{of_all}(?: là|:)+ {N} chi bộ{_STOP_AND}",
        "số chi bộ trực thuộc",
        frame=cell,
    )
    kinds = Frame(inside=True, units=frozenset({"chi bộ", "đảng bộ", "tổ chức", "tổ chức đảng"}))
    lead = r"(?:có|gồm|và|,|với|cùng)"
    for key, words in (
        ("grassroots", "đảng bộ cơ sở"),
        ("grassroots_cells", "chi bộ cơ sở"),
        ("lower_cells", "chi bộ trực thuộc đảng (?:ủy|bộ) cơ sở"),
        ("grassroots_all", "tổ chức cơ sở đảng"),
    ):
        add(
            key,
            rf"{body}[^;]{{0,120}}? {lead} {N} {words}{_STOP_AND}",
            "đảng bộ",
            frame=kinds,
        )
    add(
        "organisations",
        rf"{body}{have} {N} tổ chức đảng(?: trực thuộc)?{_STOP_AND}",
        "tổ chức đảng",
        frame=kinds,
    )
    # Increase and decrease, said together.
    one = r" (?:đồng chí|đảng viên)"
    then = rf"{one},?(?: và)?"
    move = Frame(units=_PEOPLE, need=re.compile("đảng bộ"))
    add("gains", rf"tăng {N}{then} giảm {ANY}{one}", "đảng bộ", frame=move)
    add("losses", rf"tăng {ANY}{then} giảm {N}{one}", "đảng bộ", frame=move)
    # Poor households.
    where = r"(?: toàn xã| của (?:toàn )?xã| trên địa bàn(?: xã)?| cuối kỳ| hiện nay| hiện)*"
    home = Frame(units=frozenset({"hộ"}))
    rate = Frame(units=_PERCENT)
    remain = r"(?: đã)?(?: giảm)?(?: xuống)?(?: chỉ)?(?: còn lại| còn| là| có|:)+"
    for key, share, words in (
        ("poor", "poor_rate", "hộ nghèo"),
        ("near_poor", "near_rate", "hộ cận nghèo"),
    ):
        add(key, rf"(?<!\w){words}{where}{remain} {N} hộ(?! dân tộc| có | do)", words, frame=home)
        add(
            key,
            rf"(?<!\w){words}{where}(?: giảm)?,? từ {ANY} hộ(?: giảm)?(?: xuống)?(?: chỉ)?"
            rf" còn(?: lại)? {N} hộ",
            words,
            frame=home,
        )
        add(
            key,
            rf"(?<!\w)(?:còn|còn lại|xuống còn|giảm còn) {N} {words}{stop('và', 'chiếm')}",
            words,
            frame=home,
        )
        add(
            key,
            rf"(?:toàn xã|trên địa bàn xã|xã{place and '(?:' + place + ')?'}){have} {N} {words}"
            rf"{stop('và', 'chiếm')}",
            words,
            frame=home,
        )
        add(share, rf"(?:tỷ|tỉ) lệ {words}{where}{remain}(?: chiếm)? {N} ?%", words, frame=rate)
    add(
        "near_poor",
        rf"còn(?: lại)? {ANY} hộ nghèo(?: và|,)(?: còn)? {N} hộ cận nghèo{_STOP}",
        "cận nghèo",
        frame=home,
    )
    # Health insurance.
    cover = r"(?:bảo hiểm y tế|bhyt)"
    person = Frame(units=frozenset({"người"}))
    add(
        "insured",
        rf"{N}{MAYBE_OF} người(?: dân)?(?: đã)? (?:tham gia|có thẻ|có) {cover}"
        r"(?= ?(?:[,;.:)(!?\n]|$)| (?:trên tổng|đạt|chiếm|trong tổng)(?!\w))",
        "bảo hiểm y tế",
        "bhyt",
        whole="population",
        frame=person,
    )
    add(
        "insured",
        rf"số người(?: dân)?(?: đã)? (?:tham gia|có thẻ|có) {cover}(?: toàn xã| trên địa bàn)?"
        rf"(?: đạt| là| có|:)+ {N}{MAYBE_OF} người",
        "bảo hiểm y tế",
        "bhyt",
        whole="population",
        frame=person,
    )
    add(
        "insured_rate",
        rf"(?:tỷ|tỉ) lệ(?: người)?(?: dân)?(?: bao phủ| tham gia| có thẻ| có)* {cover}"
        rf"(?: toàn dân| trên địa bàn(?: xã)?| của xã| toàn xã)*(?: đã)?"
        rf"(?: đạt| là| chiếm|:)+ {N} ?%",
        "bảo hiểm y tế",
        "bhyt",
        frame=rate,
    )
    add(
        "insured_rate",
        rf"{cover}(?: toàn dân)?(?: trên địa bàn(?: xã)?)?(?: đạt| chiếm)"
        rf"(?: tỷ lệ| tỉ lệ)? {N} ?%",
        "bảo hiểm y tế",
        "bhyt",
        frame=Frame(units=_PERCENT, lead=LEAD),
    )
    # New rural criteria.
    count = Frame(units=frozenset({"tiêu chí"}))
    add(
        "met",
        rf"(?:đạt|đạt được|hoàn thành|giữ vững|đạt chuẩn|công nhận)(?: chuẩn)? {N}"
        rf"/{OPEN}(?P<w>\d+){CLOSE} tiêu chí(?! thành phần)",
        "tiêu chí",
        whole="criteria",
        frame=count,
    )
    add(
        "met",
        rf"(?:xã{place and '(?:' + place + ')?'}|đến nay|hiện nay|tự đánh giá),?(?: xã)?(?: đã)?"
        rf" (?:đạt|đạt được|hoàn thành) {N} tiêu chí(?: nông thôn mới| ntm)?{_STOP}",
        "tiêu chí",
        frame=count,
    )
    add(
        "unmet",
        rf"còn(?: lại)? {N} tiêu chí(?: nông thôn mới| ntm)?(?: chưa đạt| chưa hoàn thành)",
        "tiêu chí",
        frame=count,
    )
    # Budget.
    span = rf"(?: {ANY} tháng(?: đầu năm)?| năm| 20\d\d| cả năm| trong kỳ)"
    done = r"(?: đã)?(?: thực hiện)?(?: ước)?(?: đạt được| đạt| được| là| có)*:?"
    area = r"(?: nhà nước| xã| địa phương| trên địa bàn| toàn xã| của xã)*"
    cash = Frame(units=_CASH)
    add("revenue", rf"(?<!\w)thu ngân sách{area}{span}*{done} {N}", "thu ngân sách", frame=cash)
    add("spending", rf"(?<!\w)chi ngân sách{area}{span}*{done} {N}", "chi ngân sách", frame=cash)
    # Inspection and discipline.
    visit = Frame(units=frozenset({"cuộc"}))
    add(
        "done",
        rf"(?:hoàn thành|thực hiện|tiến hành|tổ chức)(?: được| xong)* {N}{MAYBE_OF}"
        rf" cuộc kiểm tra,? (?:và )?giám sát",
        "giám sát",
        whole="planned",
        frame=visit,
    )
    add(
        "done",
        rf"kiểm tra,? (?:và )?giám sát(?: được)? {N}{MAYBE_OF} cuộc(?!\w)",
        "giám sát",
        whole="planned",
        frame=visit,
    )
    add(
        "disciplined",
        rf"(?:thi hành kỷ luật|xử lý kỷ luật|kỷ luật)(?: đảng)?(?: đối với)? {N} "
        rf"(?:đảng viên|đồng chí){_STOP_AND}",
        "kỷ luật",
        frame=Frame(units=_PEOPLE),
    )
    add(
        "disciplined",
        rf"{N} (?:đảng viên|đồng chí)(?: đã)? bị (?:thi hành |xử lý )?kỷ luật{_STOP_AND}",
        "kỷ luật",
        frame=Frame(units=_PEOPLE),
    )
    add(
        "disciplined",
        rf"số đảng viên bị (?:thi hành |xử lý )?kỷ luật{of_all}(?: trong kỳ)?(?: là|:)+ {N}"
        rf"(?: đồng chí| đảng viên){_STOP_AND}",
        "kỷ luật",
        frame=Frame(units=_PEOPLE),
    )
    for form, words in (
        ("khien_trach", "khiển trách"),
        ("canh_cao", "cảnh cáo"),
        ("cach_chuc", "cách chức"),
        ("khai_tru", "khai trừ"),
    ):
        verbs = "khiển trách |cảnh cáo |cách chức |khai trừ "
        spared = "".join(f"(?<!{verb})" for verb in verbs.split("|"))
        need = re.compile("kỷ luật")
        more = Frame(inside=True, need=need, units=_PEOPLE)
        add(
            f"form/{form}",
            rf"(?<!{CLOSE} ){words}(?: là|:)? {N}(?: đồng chí| đảng viên| trường hợp)?"
            rf"(?! tổ chức)",
            words,
            frame=more,
        )
        add(
            f"form/{form}",
            rf"{spared}{N} (?:đảng viên |đồng chí |trường hợp )?(?:bị )?{words}{_STOP_AND}",
            words,
            frame=more,
        )
    inspectors = ("ủy ban kiểm tra", "ubkt")
    committee = re.compile("|".join(inspectors))
    letter = Frame(need=committee, units=frozenset({"đơn", "đơn thư"}))
    add("received", rf"tiếp nhận(?: mới)? {N} đơn(?: thư)?{_STOP_AND}", *inspectors, frame=letter)
    add(
        "settled",
        rf"giải quyết(?: xong| được)? {N} đơn(?: thư)?{_STOP_AND}",
        *inspectors,
        frame=letter,
    )
    # Recruits, meetings, accidents.
    man = r"(?:công dân|thanh niên|đồng chí|người|tân binh)"
    add(
        "recruited",
        rf"giao quân(?: được| đạt| đủ| có)*:? {N}{MAYBE_OF} {man}",
        "giao quân",
        whole="quota",
        frame=Frame(units=_MANY),
    )
    add(
        "recruited",
        rf"{N}{MAYBE_OF} (?:công dân|thanh niên)(?: đã)?(?: lên đường)? nhập ngũ{_STOP_AND}",
        "nhập ngũ",
        whole="quota",
        frame=Frame(units=_MANY),
    )
    sitting = Frame(units=frozenset({"buổi", "cuộc", "kỳ"}))
    add(
        "regular", rf"{N} (?:buổi|cuộc|kỳ) sinh hoạt (?:định|thường) kỳ", "sinh hoạt", frame=sitting
    )
    add("topical", rf"{N} (?:buổi|cuộc|kỳ) sinh hoạt chuyên đề", "sinh hoạt", frame=sitting)
    crash = re.compile("tai nạn giao thông")
    add(
        "accidents",
        rf"(?:xảy ra|có) {N} vụ tai nạn giao thông(?= ?(?:[,;.:(]|$)| làm)",
        "tai nạn giao thông",
        frame=Frame(units=frozenset({"vụ"})),
    )
    hurt = Frame(inside=True, need=crash, units=frozenset({"người"}))
    add(
        "dead",
        rf"(?:làm |, ){N} người (?:chết|tử vong){_STOP_AND}",
        "tai nạn giao thông",
        frame=hurt,
    )
    add(
        "dead",
        rf"(?:làm|,)(?: chết| tử vong) {N} người{_STOP_AND}",
        "tai nạn giao thông",
        frame=hurt,
    )
    add("hurt", rf"(?:làm |, |và ){N} người bị thương{_STOP_AND}", "bị thương", frame=hurt)
    add("hurt", rf"(?:làm|,|và) bị thương {N} người{_STOP_AND}", "bị thương", frame=hurt)
    return tuple(book.patterns)
