"""Which typed figure a sentence speaks of.

Each pattern is a way clerks write a statement; what stands around it (another year, a plan, one
hamlet, a part) silences it. Patterns look at the skeleton of a sentence (``_skeleton``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from vanban.rules._quantities import Quantity
from vanban.rules.figures._patterns import (
    ANY,
    CHANGE,
    LEAD,
    MAYBE_OF,
    SIZE,
    N,
    Pattern,
    loosened,
    patterns,
)
from vanban.rules.figures._skeleton import CLOSE, OPEN, Sentence
from vanban.rules.figures._typed import LEVELS, MONEY, PERCENT, Typed


class Setting(NamedTuple):
    """What the draft says of itself: its period and its name, to tell its own figures by."""

    years: frozenset[int]
    months: int | None
    start: date | None
    dates: frozenset[date]
    name: str


@dataclass(eq=False, repr=False)
class Statement:
    """A figure of a sentence and the typed figure it speaks of."""

    typed: Typed
    quantity: Quantity
    index: int
    end: int


# -- what silences a statement -----------------------------------------------------------------

_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d])|(?<=/)(?:19|20)\d\d(?!\d)")
_OTHER_TIME = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|năm ngoái|kỳ trước|nhiệm kỳ|giai đoạn|quý|trước đây|từ năm|"
    r"lũy kế|bình quân|trung bình|mỗi|hằng|hàng|cuối năm|năm tới|năm sau|thời gian tới|tuần|đợt|"
    r"trong ngày|dịp|trong năm tới|cả năm|khi|lúc|hai năm|ba năm|nhiều năm|những năm|các năm)(?!\w)"
)
# "Ở ấp 3, ...", "Đối với học sinh, ...": what follows is said of that only.
_ASIDE = re.compile(
    r"(?:^ ?|[,;(] ?)(?:ở|tại|riêng|đối với|thời điểm)"
    r"(?! toàn| xã| địa bàn| công tác| chỉ tiêu| việc| hội nghị"
    r"| thời điểm (?:hiện|này|báo|ngày|\d)) "
)
_MONTH = re.compile(r"(?<!\w)tháng (?P<m>\d{1,2})(?!\d)(?:[/ ](?P<y>(?:19|20)\d\d))?")
_MONTHS = re.compile(rf"{OPEN}(?P<i>\d+){CLOSE} tháng")
_DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?(?!\d|/)")
_YEAR_MONTHS = 12
# "Năm 2023, ..." in a report of nine months: the year, not the period.
_WHOLE_YEAR = re.compile(r"(?:^ ?|[,;:(] ?|(?<!\w)(?:trong|ước) )năm 20\d\d")
_START = re.compile(r"(?<!từ )(?<!tháng )(?<!\w)(?:đầu năm|đầu kỳ|đầu nhiệm kỳ)(?!\w)")
_PLAN = re.compile(
    r"(?<!\w)(?:kế hoạch|chỉ tiêu|phấn đấu|mục tiêu|dự kiến|giao|đề ra|dự toán|cần|phải|sẽ|"
    r"tiếp tục|thêm|nghị quyết|đăng ký|đề nghị|xem xét|hồ sơ|chuẩn bị|vận động|nhằm|để|nếu|khi|"
    r"chưa|không|ước|tạo nguồn|nguồn|xét(?! và $)|thẩm tra|giới thiệu|cử|bồi dưỡng|hỗ trợ|"
    r"tặng|"
    r"(?<!các )cấp(?! ủy)|mua|trao|thăm|hướng|yêu cầu|quyết định|thẩm định|định hướng|ít nhất|"
    r"đặt ra|còn phải|thiếu|quy hoạch)(?!\w)"
)
_PLAN_BEHIND = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|năm ngoái|đầu năm|đầu kỳ|so với|theo kế hoạch năm sau|dự kiến|"
    r"trong quý|trong tháng|trong tuần|trong đợt|năm tới|thời gian tới|mỗi|chưa được|chuẩn bị|"
    r"nhiệm kỳ|giai đoạn|trở lên|còn lại|nâng cao|kiểu mẫu|bị |có hoàn cảnh|cấp xã|cấp huyện)"
)
# One place, one body: what is said there is not said of the whole.
_PART = re.compile(
    rf"(?<!{CLOSE} )(?<!các )(?<!\w)"
    r"(?:ấp|(?<!nông )thôn|xóm|khu phố|khóm|buôn|làng|tổ dân phố|khu dân cư)(?!\w)"
    rf"|(?<!{CLOSE} )(?<!các )(?<!\w)chi bộ(?! trực thuộc)(?!\w)"
    r"|(?<!\w)(?:một số|có nơi|vài|riêng)(?!\w)"
)
_CELLS = re.compile(rf"{CLOSE} (?:chi bộ|ấp|thôn|xóm)(?!\w)")
_PART_BEHIND = re.compile(
    r"(?:ở|tại|thuộc|của|trong) (?:chi bộ|ấp|thôn|xóm|khu phố|trường|các trường|một|huyện|tỉnh|"
    r"đoàn|hội|khối|cơ quan|công an|quân sự|doanh nghiệp|lứa|độ tuổi|nhóm)"
)
_BODY = re.compile(
    r"(?<!\w)(?:huyện|tỉnh|toàn quốc|cả nước|trung ương|đoàn thanh niên|đoàn xã|"
    r"hội (?!nghị|đồng|viên)|công đoàn|công an|quân sự|trường|trạm|hợp tác xã|doanh nghiệp|khối|"
    r"cụm|khu vực|học sinh|"
    r"sinh viên|hội viên|đoàn viên|lao động|người có công|hộ gia đình|nông dân|người cao tuổi|"
    r"dân tộc|tôn giáo|trẻ em|đối tượng|đảng bộ (?:cơ quan|công an|trường|quân sự|bộ phận))"
)
_WITHIN = re.compile(
    r"(?<!\w)(?:trong đó|cụ thể|bao gồm|gồm|điển hình|tiêu biểu|nhất là|kể cả|chủ yếu|riêng)(?!\w)"
)
_INSIDE_LIMIT = re.compile(r"(?<!\w)(?:riêng|điển hình|tiêu biểu|nhất là)(?!\w)")
_QUOTE = re.compile(r"[“«][^”»]*$")
_LEVEL = re.compile(
    r"(?P<uy_ban_kiem_tra>ủy ban kiểm tra|ubkt)|(?P<ban_thuong_vu>ban thường vụ|btv)|"
    r"(?P<ban_chap_hanh>ban chấp hành|bch)|(?P<chi_bo>chi bộ)"
)
_NOT_PARTY = re.compile(
    r"(?<!\w)(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|mặt trận|chính quyền|đoàn thể|"
    r"thanh tra|huyện ủy|tỉnh ủy|thành ủy|đoàn kiểm tra|ban chỉ đạo|công chức|viên chức)(?!\w)"
)
_ALL_LEVELS = re.compile(r"các cấp|toàn đảng bộ|các cấp ủy|cấp ủy, |đảng bộ (?:đã|xã)")
_OWN = re.compile(r"(?:ủy ban kiểm tra|ban thường vụ|ban chấp hành) (?:đảng ủy|đảng bộ)(?: xã)?")
# These act for themselves, even a clause earlier.
_OTHER_BODY = re.compile(
    r"(?<!\w)(?:đoàn thanh niên|đoàn xã|công đoàn|hội (?:liên|nông|cựu|phụ|chữ)|công an xã|"
    r"quân sự xã|nhà trường|trường học|hợp tác xã|doanh nghiệp)(?!\w)"
)
# "Huyện có 5.356 đảng viên, kết nạp 90 đảng viên": the district speaks on, until the commune does.
_HIGHER = re.compile(
    r"(?:^|[,:(]) ?(?:trên )?(?:toàn |cả |đảng bộ )?(?:huyện|tỉnh|thị xã|thành phố|quận|nước)"
    r"(?: [^\W\d_]+){0,3}? (?:có|đã|hiện|đạt|còn|kết nạp|thi hành|kỷ luật|xảy ra)(?!\w)"
    r"(?![^\n]*(?<!\w)(?:xã|phường|đảng bộ|đảng ủy|chi bộ)(?!\w))"
)
# These may stand beside "đầu năm".
_FROM_START = frozenset({"opening", "gains", "losses"})
_DONE_KEYS = frozenset({"done", "disciplined"})


# A unit right behind its figure: "5ha".
_GLUED = re.compile(r"\d[^\W\d_]")


class Reader:
    """Finds the statements of sentences about the typed figures of one draft."""

    def __init__(self, figures: Mapping[str, Typed], setting: Setting) -> None:
        self.figures = figures
        self.setting = setting
        self._own = frozenset(setting.name.split())
        self._patterns = tuple(
            pattern
            for pattern in patterns(setting.name)
            if pattern.key in figures or pattern.key in _DONE_KEYS
        )
        cued: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for cue in pattern.cues:
                cued.setdefault(cue, []).append(number)
        # A sentence without any of these says nothing.
        self.cued = tuple(cued.items())
        # By the first word of a unit, "" for none.
        self._by_unit: dict[str, set[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for unit in pattern.frame.units:
                self._by_unit.setdefault(unit.partition(" ")[0], set()).add(number)

    def may_say(self, text: str, numbers: Iterable[int]) -> tuple[int, ...]:
        """Return which of some patterns may stand in a folded text on one line, in their order."""
        if _GLUED.search(text):
            return tuple(sorted(numbers))
        return tuple(n for n in sorted(numbers) if self._patterns[n].loose.search(text))

    def counting(self, numbers: Set[int], words: Iterable[str]) -> set[int]:
        """Return which of some patterns may count what stands right behind some figures."""
        found: set[int] = set()
        for word in words:
            found |= numbers & self._by_unit.get(word, frozenset())
        return found

    def hinted(self, text: str) -> tuple[int, ...]:
        """Return the patterns of which a sentence holds a cue."""
        found = {number for cue, numbers in self.cued if cue in text for number in numbers}
        return tuple(sorted(found))

    def statements(self, sentence: Sentence, numbers: Iterable[int]) -> Iterator[Statement]:
        """Yield what a sentence says of the typed figures in the words of some patterns."""
        text = sentence.text
        for number in numbers:
            pattern = self._patterns[number]
            for match in pattern.regex.finditer(text):
                yield from self._read(sentence, pattern, match)

    def _read(
        self, sentence: Sentence, pattern: Pattern, match: re.Match[str]
    ) -> Iterator[Statement]:
        index = int(match["q"])
        quantity = sentence.quantities[index]
        if pattern.frame.units and quantity.unit not in pattern.frame.units:
            return
        key: str | None = pattern.key
        left = sentence.text[max(0, match.start() - 300) : match.start()]
        if key in _DONE_KEYS:
            key = self._level(pattern.key, left)
        typed = self.figures.get(key) if key is not None else None
        if key is None or typed is None:
            return
        if pattern.frame.need is not None and not pattern.frame.need.search(left + match.group()):
            return
        if pattern.frame.need is SIZE and CHANGE.search(left):
            return
        if pattern.frame.lead is not None and not leads(pattern.frame.lead, left):
            return
        if quantity.unit == PERCENT and _NO_SHARE.match(sentence.text, sentence.marks[index][1]):
            return
        end = sentence.marks[index][1]
        if self.silent(
            sentence,
            match.start(),
            match.end(),
            inside=pattern.frame.inside,
            levels=pattern.key in _DONE_KEYS,
            opening=pattern.key in _FROM_START,
        ):
            return
        whole = match.groupdict().get("w")
        if whole is None:
            yield Statement(typed, quantity, index, end)
            return
        end = sentence.marks[int(whole)][1]
        behind = sentence.quantities[int(whole)]
        other = self.figures.get((pattern.whole or "") + key.removeprefix(pattern.key))
        # Both halves differ: it may well be another set of criteria.
        if other is not None and quantity.value != typed.value and behind.value != other.value:
            return
        yield Statement(typed, quantity, index, end)
        if other is not None:
            yield Statement(other, behind, int(whole), end)

    def _level(self, key: str, left: str) -> str | None:
        """Return the figure of the level a sentence names: one level's own, or that of all."""
        if _NOT_PARTY.search(left):
            return None
        named = {match.lastgroup for match in _LEVEL.finditer(left)}
        if _ALL_LEVELS.search(left) or len(named) > 2:
            return key
        if not named:
            return None if re.search(r"đảng ủy|cấp ủy", left) else key
        if key == "done" and len(named) == 1 and "đảng ủy" not in _OWN.sub("", left):
            (level,) = named
            return f"done/{level}" if level in LEVELS else None
        return None

    def silent(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        *,
        inside: bool = False,
        levels: bool = False,
        opening: bool = False,
    ) -> bool:
        """Tell whether what stands around ``start:end`` makes a statement one of something else."""
        text = sentence.text
        left = text[max(0, start - 300) : start]
        right = text[end : end + 120]
        near = re.split(r"[,;:(]", left)[-1]
        behind = re.split(r"[,;.)\n]", right, maxsplit=1)[0]
        whole = text[start:end]
        if self._other_place(sentence) or _ASIDE.search(left):
            return True
        if self._other_time(sentence, left, whole + behind, opening=opening):
            return True
        if _PLAN.search(near) or _PLAN_BEHIND.search(behind) or _PART_BEHIND.search(behind):
            return True
        if not levels and _PART.search(left):
            return True
        if levels and re.search(r"(?<!\w)(?:ấp|thôn|xóm|khu phố) ", left):
            return True
        if (_CELLS.search(near) and not inside) or _BODY.search(near):
            return True
        if _OTHER_BODY.search(left) or _HIGHER.search(left + whole):
            return True
        if (_INSIDE_LIMIT if inside else _WITHIN).search(left):
            return True
        return _QUOTE.search(left) is not None or left.count('"') % 2 == 1

    def _other_place(self, sentence: Sentence) -> bool:
        """Tell whether a sentence names a place that is not the draft's own."""
        return bool(self._own) and not sentence.places <= self._own

    def _other_time(self, sentence: Sentence, left: str, here: str, *, opening: bool) -> bool:
        setting = self.setting
        both = left + here
        if any(int(m.group()) not in setting.years for m in _YEAR.finditer(both)):
            return True
        part_year = setting.months is not None and setting.months < _YEAR_MONTHS
        if part_year and _WHOLE_YEAR.search(left):
            return True
        if _OTHER_TIME.search(left) or (not opening and _START.search(left)):
            return True
        for match in _MONTHS.finditer(both):
            if sentence.quantities[int(match["i"])].value != setting.months:
                return True
        for match in _MONTH.finditer(both):
            ends = {(d.month, d.year) for d in setting.dates}
            year = int(match["y"]) if match["y"] else max(setting.years, default=0)
            until = re.search(r"(?:đến|tới)(?: hết| cuối)? $", both[: match.start()])
            if until is None or (int(match["m"]), year) not in ends:
                return True
        return any(self._foreign(both, match) for match in _DAY.finditer(both))

    def _foreign(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether a date is neither the start nor the end of the figures of this report."""
        before = text[: match.start()]
        if re.search(r"số \S{1,30},? (?:ngày )?$", before):
            return False
        year = int(match["y"]) if match["y"] else max(self.setting.years, default=0)
        known = {(d.day, d.month, d.year) for d in self.setting.dates}
        if self.setting.start is not None:
            start = self.setting.start
            known |= {(start.day, start.month, start.year)}
        return (int(match["d"]), int(match["m"]), year) not in known


# -- percentages said of a statement -----------------------------------------------------------

_BASE = r"(?:kế hoạch|kh|chỉ tiêu|dự toán|nghị quyết|mục tiêu)"
_LINKED = re.compile(
    rf"(?: [^\W\d_]+){{0,6}}(?: trên tổng số {ANY} (?:người|hộ)(?: dân)?)?"
    rf"(?:,| \(|,? và)?(?: và)? ?(?P<verb>đạt|bằng|chiếm|tương đương)(?: (?:tỷ|tỉ) lệ)? {N} ?%"
    rf"(?P<base> (?:so với )?{_BASE}(?!\w))?(?P<rest>[^,;.)]{{0,40}})"
)
_NAMED = re.compile(
    r"(?<!\w)(?:giao|đại hội|hđnd|hội đồng|nghị quyết|mục tiêu|huyện|tỉnh|xã|trên|ủy|đề ra)(?!\w)"
)
_OTHER_BASE = re.compile(r"(?<!\w)(?:so|cùng kỳ|năm trước|của|giao|kế hoạch|chỉ tiêu|trong)(?!\w)")


class Percentage(NamedTuple):
    """A percentage said of a statement: of a plan, or of the whole it is a part of.

    ``named`` tells that the plan is one of several: "kế hoạch huyện giao".
    """

    quantity: Quantity
    of_plan: bool
    named: bool = False


def percentage(sentence: Sentence, statement: Statement) -> Percentage | None:
    """Return the percentage printed right behind a statement, None when it is not certain."""
    match = _LINKED.match(sentence.text, statement.end, statement.end + 220)
    if match is None:
        return None
    quantity = sentence.quantities[int(match["q"])]
    if quantity.unit != PERCENT or quantity.approximate:
        return None
    if match["base"] is not None:
        if re.search(r"(?<!\w)(?:quý|tháng|nhiệm kỳ|cùng kỳ)(?!\w)", match["rest"]):
            return None
        return Percentage(quantity, True, _NAMED.search(match["base"] + match["rest"]) is not None)
    if match["verb"] == "bằng" or _OTHER_BASE.search(match["rest"]):
        return None
    return Percentage(quantity, False)


# -- indicators by their own names -------------------------------------------------------------

_TOKEN = re.compile(rf"{OPEN}\d+{CLOSE}|[^\W_]+")
_BEHIND_NAME = re.compile(
    r"(?:,? (?:trên địa bàn(?: xã)?|toàn xã|của xã|trong kỳ|hiện nay|hiện|đến nay|đã|cả năm|"
    rf"năm 20\d\d|đến (?:hết )?ngày [\d/]+,?|{ANY} tháng(?: đầu năm)?(?: (?:năm )?20\d\d)?))*"
    r"(?P<link>(?: (?:thực hiện|được|đạt|là|có|còn|giảm còn|giảm xuống còn|bằng|chiếm))*)"
    rf":? {N}{MAYBE_OF}"
)
_PLAN_OF = re.compile(rf" ?% (?:so với )?{_BASE}(?!\w)(?P<rest>[^,;.)]{{0,30}})")
_NO_SHARE = re.compile(
    rf" ?%[^,;.)]{{0,40}}?(?<!\w)(?:{_BASE[3:-1]}|so|cùng kỳ|năm trước|giao|của|trong)(?!\w)"
)


# The same over figures as they are written.
MAY_SAY = re.compile(loosened(_BEHIND_NAME.pattern))
FAR_BEHIND = 600


class Names:
    """Finds the names of indicators in sentences: one look-up per word and length of name."""

    def __init__(self, names: Iterator[tuple[tuple[str, ...], Typed]]) -> None:
        self.typed = dict(names)
        lengths = sorted({len(words) for words in self.typed}, reverse=True)[:_LENGTHS]
        heads: dict[str, set[int]] = {}
        for words in self.typed:
            if len(words) in lengths:
                heads.setdefault(words[0], set()).add(len(words))
        self._heads = {word: sorted(sizes, reverse=True) for word, sizes in heads.items()}

    def statements(self, sentence: Sentence) -> Iterator[tuple[Statement, int, bool]]:
        """Yield what is said of an indicator, where its name starts, whether it is % of plan."""
        tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(sentence.text)]
        words = [token for token, _, _ in tokens]
        index = 0
        while index < len(tokens):
            name = None
            for length in self._heads.get(words[index], ()):
                head = tuple(words[index : index + length])
                if head in self.typed:
                    name = head
                    break
            if name is None:
                index += 1
                continue
            typed, size = self.typed[name], len(name)
            yield from self._said(sentence, typed, tokens[index][1], tokens[index + size - 1][2])
            index += size

    @staticmethod
    def _said(
        sentence: Sentence, typed: Typed, start: int, end: int
    ) -> Iterator[tuple[Statement, int, bool]]:
        match = _BEHIND_NAME.match(sentence.text, end, end + 160)
        if match is None or not leads(LEAD, sentence.text[max(0, start - 120) : start]):
            return
        index = int(match["q"])
        quantity = sentence.quantities[index]
        last = sentence.marks[index][1]
        behind = sentence.text[last : last + 80]
        if quantity.unit == PERCENT and (plan := _PLAN_OF.match(behind)) is not None:
            one_of_many = len(set(typed.plans)) < _SEVERAL and _NAMED.search(plan.group())
            other = re.search(r"(?<!\w)(?:quý|tháng|nhiệm kỳ|cùng kỳ)(?!\w)", plan["rest"])
            if not one_of_many and not other:
                yield Statement(typed, quantity, index, last), start, True
            return
        if quantity.unit == PERCENT and (typed.unit != PERCENT or _NO_SHARE.match(behind)):
            return
        if quantity.unit == "" or not same_unit(quantity.unit, typed.unit):
            return
        if quantity.unit != PERCENT and not _ENDS.match(behind, _unit_end(behind, quantity)):
            return
        whole = match["w"]
        last = sentence.marks[int(whole)][1] if whole is not None else last
        yield Statement(typed, quantity, index, last), start, False


_LENGTHS = 16
_SEVERAL = 2
_ENDS = re.compile(r" ?(?:[,;.:)(!?\n]|$)| (?:trong đó|gồm|và|đạt|bằng|chiếm|vượt|tăng|giảm)(?!\w)")
_PERSONS = frozenset(
    {"người", "đồng chí", "đảng viên", "quần chúng", "công dân", "thanh niên", "lao động"}
)


def _unit_end(behind: str, quantity: Quantity) -> int:
    """Return where the unit ends in what follows a figure."""
    match = re.match(r"[/\x02\x03\d]* ?" + re.escape(quantity.unit), behind)
    return match.end() if match is not None else 0


def same_unit(said: str, typed: str) -> bool:
    """Tell whether two units may stand for each other."""
    return said == typed or (said in MONEY and typed in MONEY) or {said, typed} <= _PERSONS


def leads(lead: re.Pattern[str], left: str) -> bool:
    """Tell whether nothing but plain words stands before a statement in its clause."""
    return lead.fullmatch(re.split(r"[,;:(]", left)[-1]) is not None


def overlaps(places: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of some sorted places touches ``start:end``."""
    index = bisect_left(places, (start, 0))
    return any(a < end and b > start for a, b in places[max(0, index - 1) : index + 1])


def tolerance(quantity: Quantity, value: Decimal) -> Decimal:
    """Return how far a figure of a text may be from the typed one: its last digit, if rounded."""
    exponent = value.normalize().as_tuple().exponent
    typed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(1).scaleb(-quantity.decimals) if typed > quantity.decimals else Decimal(0)
