"""What a text denies outright and then counts, and what it says of all and then denies of one.

Read over folded text (lower case, composed, plain blanks, "ủy"). "Trong kỳ không phát sinh đơn
khiếu nại. Xã tiếp nhận 12 đơn khiếu nại"; "Tất cả các chi bộ đều sinh hoạt đầy đủ. Chi bộ ấp 4
không sinh hoạt". Both must be said of the whole place and period, in clauses with nothing that
narrows them: a place, a time, an exception, a bridging word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Clash(NamedTuple):
    """Two statements of one text, each ``start:end``; ``counted`` tells that a number stands."""

    about: str
    claim: tuple[int, int]
    counter: tuple[int, int]
    counted: bool


class _Clause(NamedTuple):
    """A clause at ``start`` of its text: ``words``, ``before`` it in its sentence, its place."""

    start: int
    words: str
    before: str
    number: int

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Return where the words that matched stand in the text, without blanks around them."""
        found = match.group()
        start = self.start + match.start() + len(found) - len(found.lstrip())
        return start, start + len(found.strip())


_BREAK = re.compile(
    r"(?P<sentence>[.!?](?=[\s”\"»)]|$)|\n[ \t]*\n|\n(?=\s*(?:[-+•*–]|\d+[.)]|[a-zđ]\))\s))|;"
)
_LONGEST = 320
# Of one text, more denials than these are not kept.
_MOST = 12

_NEUTRAL = (
    r"(?:(?:(?:trong|qua) (?:kỳ|năm|quý|tháng|\d{1,2} tháng(?: đầu năm)?)"
    r"(?: \d{4})?(?: báo cáo| qua)?|"
    r"(?:trên )?địa bàn(?: toàn)?(?: xã| phường| thị trấn| đặc khu)?|"
    r"toàn (?:xã|phường|đảng bộ|địa bàn)|(?:đảng bộ )?(?:xã|phường)|đảng bộ),? )*"
)
_WHOLE = re.compile(
    r"(?<!\w)(?:trong kỳ|trong năm|trong \d{1,2} tháng|địa bàn|toàn (?:xã|phường|đảng bộ)|"
    r"toàn bộ|tất cả)(?!\w)"
)
_DENIAL = re.compile(
    rf"\s*{_NEUTRAL}(?:(?:toàn bộ|tất cả|100 ?%)(?: các| số)? hồ sơ[^,;.]{{0,40}}, )?(?P<said>"
    r"(?:không|chưa|không hề|hoàn toàn không) (?:để )?(?:có|phát sinh|xảy ra|xuất hiện|"
    r"phát hiện|ghi nhận|tiếp nhận|nhận|còn) )(?P<what>[^;.():]{4,160})$"
)
# What narrows a statement, or tells of another time or place, or already bridges.
_ASIDE = re.compile(
    r"(?<!\w)(?:trước|trước đây|trước đó|(?<!tháng )đầu (?:năm|kỳ|tháng)|cuối (?:năm|kỳ|tháng)|"
    r"kỳ trước|năm (?:trước|ngoái|học)|cùng kỳ|so với|sau|sau đó|đến nay|hiện nay|nay|mới|thêm|"
    r"trong đó|(?<!không )còn(?! \d)|còn lại|vẫn|ngoài|trừ|riêng|tuy|tuy nhiên|tuy vậy|song|"
    r"nhưng|mặc dù|dù|chỉ|cá biệt|cơ bản|nhìn chung|hầu hết|đa số|phần lớn|có lúc|có nơi|"
    r"từ (?:ngày|tháng|quý|năm|khi|đầu)|đến (?:ngày|tháng|cuối|hết|thời)|thời điểm|giai đoạn|nếu|"
    r"khi|nguy cơ|có thể|sẽ|cần|phấn đấu|nhằm|giả định|diễn tập|dự báo|dự kiến|mục tiêu|chỉ tiêu|"
    r"kế hoạch|cam kết|chỉ đạo|yêu cầu|đề nghị|kiến nghị xử lý|phòng ngừa|phòng, chống|ngăn chặn|"
    r"tuyên truyền|thẩm quyền|chuyển đến|chuyển sang|chuyển tiếp|tồn|năm cũ|tái phạm|huyện|tỉnh|"
    r"cả nước|các xã|xã bạn|lân cận|giáp ranh|lĩnh vực|công an|quân sự|trạm y tế|dịp|tết|lễ|đợt|"
    r"quý [ivx\d]+|tháng \d{1,2}|qua (?:kiểm tra|giám sát|rà soát|nắm)|được (?:kiểm tra|giám sát)|"
    r"thuộc diện|liên quan|tái hòa nhập|nhầm|tin báo|nghi|âm tính|tập huấn)(?!\w)|[“”\"«»()]"
)
_ONE_PLACE = re.compile(
    r"(?<!\w)(?:ấp|thôn|xóm|bản|khóm|buôn|khu phố|tổ dân phố|khu dân cư|chi bộ|trường|tuyến|chợ|"
    r"bậc|cấp học|khối|ngành|cơ quan|đơn vị|hợp tác xã|kiểm tra|giám sát|đoàn|hội)(?!\w)"
)
# Behind what is denied: then only some of it is denied.
_QUALIFIED = re.compile(
    r"(?<!\w)(?:lớn|nghiêm trọng|đặc biệt|vượt cấp|đông người|kéo dài|phức tạp|chết người|tồn đọng|"
    r"nguy hiểm|chủ quan|tại|ở|đối với|thuộc|trong|do|bị|vì|của|về|sai|phải|trái|gây|với)(?!\w)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_NUMBER = r"(?<![\d.,/])(?!0+(?!\d))\d{1,3}(?:\.\d{3})*"
_TYPE = r"(?:khiếu nại|tố cáo|kiến nghị|phản ánh|tranh chấp)"
_LETTER = rf"đơn(?: thư)?(?P<types>(?:(?: |, | và | hoặc |/){_TYPE})*)(?!(?: |, | và |/)[^\W\d_])"
_LETTER_FACT = rf"đơn(?: thư)?(?P<types>(?:(?: |, | và | hoặc |/){_TYPE})*)"
_MEMBER = r"(?:đảng viên|đồng chí)"
_SWINE = r"(?:dịch tả (?:heo|lợn)(?: châu phi)?|(?:bệnh )?tai xanh)"
_CATTLE = r"(?:viêm da nổi cục)"
_HOOFED = r"(?:lở mồm long móng)"
_FOWL = r"(?:cúm gia cầm|newcastle)"
_LATE = r"(?:trễ hạn|quá hạn|chậm hạn|trễ hẹn)"
# Words inside a counted thing that tell of something else.
_INSIDE = r"(?:(?! (?:không|chưa|nguy cơ|sắp|đúng|trước|được|đã|và|hoặc|bị)(?!\w)) [^\W\d_]+)"


class _Kind(NamedTuple):
    """A thing that is denied by ``denied`` and counted by ``fact``; ``fits`` compares the two.

    ``whole`` tells that the denial must say of itself that it is of the whole.
    """

    name: str
    denied: re.Pattern[str]
    fact: re.Pattern[str]
    fits: Callable[[re.Match[str], re.Match[str]], bool] | None = None
    whole: bool = False


def _types_fit(denied: re.Match[str], fact: re.Match[str]) -> bool:
    said, told = (set(re.findall(_TYPE, m["types"])) for m in (denied, fact))
    return told <= said and bool(told) if said else True


_HOSTS = {
    "swine": ("heo", "lợn", "gia súc", "vật nuôi"),
    "cattle": ("bò", "trâu", "gia súc", "vật nuôi"),
    "hoofed": ("gia súc", "vật nuôi"),
    "fowl": ("gia cầm", "gà", "vịt", "vật nuôi"),
}


def _hosts_fit(denied: re.Match[str], fact: re.Match[str]) -> bool:
    hosts = denied["hosts"] or ""
    return not hosts or any(
        re.search(rf"(?<!\w){host}(?!\w)", hosts)
        for group, names in _HOSTS.items()
        if fact[group]
        for host in names
    )


def _again_at_school(denied: re.Match[str], fact: re.Match[str]) -> bool:
    """Tell that not all of the pupils who left are back."""
    left = int(fact["n"])
    back = re.search(r"(\d{1,3}|cả|tất cả|toàn bộ)[^\d,;]{0,30}(?:lại|ra lớp)", fact["rest"])
    return back is None or (back[1].isdecimal() and int(back[1]) < left)


def _kind(
    name: str,
    denied: str,
    fact: str,
    fits: Callable[[re.Match[str], re.Match[str]], bool] | None = None,
    whole: bool = False,
) -> _Kind:
    return _Kind(
        name,
        re.compile(rf"(?:{denied})(?: nào)?(?: trên địa bàn(?: xã| phường)?)?(?= ?$|, )"),
        re.compile(rf"(?<!\w)(?:{fact})(?!\w)"),
        fits,
        whole,
    )


_KINDS = (
    _kind(
        "đơn, thư",
        _LETTER,
        rf"(?:tiếp nhận|nhận được|phát sinh|thụ lý|có)(?: tổng số)? {_NUMBER}(?: lượt)? "
        rf"{_LETTER_FACT}",
        _types_fit,
    ),
    _kind(
        "dịch bệnh",
        r"(?:các )?(?:loại )?dịch bệnh(?P<hosts>(?: (?:trên|ở|trong))(?: đàn)?"
        r"(?:(?:, | và | )(?:vật nuôi|gia súc|gia cầm|trâu|bò|heo|lợn|gà|vịt|dê|cây trồng|đàn))+)?",
        rf"(?:bệnh )?(?:(?P<swine>{_SWINE})|(?P<cattle>{_CATTLE})|(?P<hoofed>{_HOOFED})|"
        rf"(?P<fowl>{_FOWL}))(?: trên (?:đàn )?[^\W\d_]+)? (?:đã )?"
        rf"(?:xuất hiện|xảy ra|phát sinh|bùng phát|tái phát) (?:ở|tại|trên) {_NUMBER} "
        r"(?:hộ|ấp|thôn|xóm|bản|con|trại|ổ|cơ sở)",
        _hosts_fit,
    ),
    _kind(
        "kỷ luật đảng viên",
        r"(?:trường hợp )?(?:đảng viên (?:vi phạm(?: (?:phải|bị))?(?: (?:xử lý|thi hành))? kỷ luật|"
        r"(?:phải|bị)(?: (?:xử lý|thi hành))? kỷ luật))",
        rf"(?:thi hành|xử lý) kỷ luật(?: đối với)? {_NUMBER} {_MEMBER}|"
        rf"(?:có )?{_NUMBER} đảng viên bị(?: (?:thi hành|xử lý))? kỷ luật",
        whole=True,
    ),
    _kind(
        "hồ sơ trễ hạn",
        rf"hồ sơ(?: (?:giải quyết|bị))? {_LATE}",
        rf"{_NUMBER} hồ sơ(?! (?:không|chưa|đúng|đã)){_INSIDE}{{0,6}} {_LATE}",
    ),
    _kind(
        "học sinh bỏ học",
        r"học sinh bỏ học",
        rf"có (?P<n>{_NUMBER}) (?:học sinh|em)(?! (?:không|chưa|đã)){_INSIDE}{{0,4}} bỏ học"
        r"(?P<rest>.{0,80})",
        _again_at_school,
    ),
)

# Anything else: the very words that are denied are counted.
_COUNTED = re.compile(
    rf"\s*{_NEUTRAL}(?:(?:đảng ủy|ủy ban nhân dân xã|ubnd xã|ủy ban kiểm tra(?: đảng ủy)?) )?"
    r"(?:đã )?(?:có|phát sinh|xảy ra|để xảy ra|xuất hiện|phát hiện|ghi nhận|còn) "
    rf"{_NUMBER} (?P<what>[^;.():,]{{4,160}})"
)
_UNIT = re.compile(r"^(?:(?:trường hợp|vụ việc|vụ|tình trạng|hiện tượng|việc|điểm|hộ dân) )+")
_TOO_WIDE = re.compile(
    r"^(?:vi phạm|khó khăn|tồn tại|hạn chế|vướng mắc|người (?:chết|bị thương)|thương vong|"
    r"thiệt hại|ý kiến|sai phạm|khuyết điểm|phản ánh|kiến nghị|biến động)"
)
_GOES_ON = re.compile(r"^(?: ?$| (?:ở|tại|trên địa bàn|với|trong 9 tháng))")
_FEWEST = 2
# So many clauses on, the very same words are taken to be said of the same thing.
_NEAR = 3


def _clauses(text: str) -> Iterator[_Clause]:
    first = start = number = 0
    for match in _BREAK.finditer(text + "\n\n"):
        words = text[start : match.start()].replace("\n", " ")
        if 8 <= len(words) <= _LONGEST:
            before = text[max(first, start - _LONGEST) : start].replace("\n", " ")
            yield _Clause(start, words, before, number)
        start, number = match.end(), number + 1
        if match["sentence"] is not None:
            first = start


# "giảm 03 đơn so với cùng kỳ": the number before it is still this period's.
_COMPARED = re.compile(
    r",? \(?(?:tăng|giảm|bằng)[^,;()]{0,40} (?:cùng kỳ|năm trước|kỳ trước)(?: năm \d{4})?\)?"
)


def _plain(clause: _Clause, year: int | None) -> bool:
    """Tell whether nothing narrows a clause."""
    around = _COMPARED.sub("", clause.before + clause.words)
    return not _ASIDE.search(around) and all(int(y) == year for y in _YEAR.findall(around))


# What a text with a denial, or with a claim of all, holds somewhere: the words, "6/6" aside.
DENIAL_CUES = tuple(
    f"{no} {verb}"
    for no in ("không", "chưa")
    for verb in ("hề", "để", "có", "phát", "xảy", "xuất", "ghi", "tiếp", "nhận", "còn")
)
ALL_CUES = ("tất cả", "toàn bộ", "100")
_MAY_DENY = re.compile(
    r"(?:không|chưa)[ \n](?:hề[ \n])?(?:để[ \n])?(?:có|phát|xảy|xuất|ghi|tiếp|nhận|còn)[ \n]"
)
_MAY_SAY_ALL = re.compile(
    r"(?:tất[ \n]cả|toàn[ \n]bộ|100[ \n]?%|\d/\d{1,3})[ \n](?:(?:các|số)[ \n])?"
    r"(?:chi|ấp|thôn|xóm|bản|khóm|buôn|khu|tổ|trường)[ \n]"
)


def counted(text: str, year: int | None) -> Iterator[Clash]:
    """Yield what a text denies outright and counts."""
    if not _MAY_DENY.search(text):
        return
    clauses = list(_clauses(text))
    kinds: dict[int, tuple[_Clause, re.Match[str], re.Match[str]]] = {}
    others: list[tuple[_Clause, re.Match[str], str]] = []
    for place, clause in enumerate(clauses):
        match = _DENIAL.match(clause.words)
        if match is None or not _plain(clause, year) or _ONE_PLACE.search(clause.before):
            continue
        what = match["what"]
        known = False
        whole = _WHOLE.search(clause.words[: match.start("said")])
        earlier = clauses[place - 1].words if place else ""
        # Behind words about one school or one inspection, the denial may be of that alone.
        if not whole and _ONE_PLACE.search(earlier):
            continue
        for index, kind in enumerate(_KINDS):
            denied = kind.denied.match(what)
            if denied is None:
                continue
            known = True
            if kind.whole and not whole:
                continue
            if not _QUALIFIED.search(what, denied.end()) and index not in kinds:
                kinds[index] = (clause, match, denied)
        if not known and len(others) < _MOST and not _QUALIFIED.search(what) and "," not in what:
            noun = _UNIT.sub("", what.strip())
            if len(noun.split()) >= _FEWEST and not _TOO_WIDE.match(noun):
                others.append((clause, match, noun))
    if not kinds and not others:
        return
    for clause in clauses:
        if not _plain(clause, year):
            continue
        for index, (claim, match, denied) in kinds.items():
            kind = _KINDS[index]
            fact = kind.fact.search(clause.words)
            if fact is None or claim is clause or (kind.fits and not kind.fits(denied, fact)):
                continue
            if not _still_so(match, clause.words[: fact.start()] + fact.group()):
                continue
            yield Clash(kind.name, _said(claim, match), clause.span(fact), True)
        fact = _COUNTED.match(clause.words)
        if fact is None:
            continue
        noun = _UNIT.sub("", fact["what"].strip())
        for claim, match, denied_noun in others:
            near = 0 < abs(clause.number - claim.number) <= _NEAR
            near = near and _still_so(match, fact.group())
            if near and noun.startswith(denied_noun) and _GOES_ON.match(noun[len(denied_noun) :]):
                yield Clash(denied_noun, _said(claim, match), clause.span(fact), True)
                break


def _still_so(denial: re.Match[str], fact: str) -> bool:
    """Tell that "không còn", which leaves room for what was, is met by "còn 12"."""
    return not denial["said"].endswith("còn ") or re.search(r"(?<!\w)còn \d", fact) is not None


def _said(clause: _Clause, match: re.Match[str]) -> tuple[int, int]:
    """Return where the denial itself stands, without what leads up to it."""
    return clause.start + match.start("said"), clause.start + len(clause.words.rstrip())


_PARTS = r"(?P<unit>chi bộ|ấp|thôn|xóm|bản|khóm|buôn|khu phố|tổ dân phố|trường|tổ chức đảng)"
_ALL_DO = re.compile(
    rf"\s*{_NEUTRAL}(?:có )?(?:tất cả|toàn bộ|100 ?%|(?P<part>\d{{1,3}})/(?P<whole>\d{{1,3}}))"
    rf"(?: (?:các|số))? {_PARTS}(?: trực thuộc)? (?:đều(?: đã)?|luôn|đã) "
    r"(?P<does>[^;.():]{6,200})"
)
_ONE_DOES_NOT = re.compile(
    rf"\s*{_NEUTRAL}(?:có )?(?P<n>0*[1-9]\d? )?{_PARTS}"
    r"(?P<name>(?: (?!không |chưa )[\w-]+){0,4}) (?:không|chưa) (?P<does>[^;.():]{4,160})"
)
# Then and then only: this takes back "all the time".
_IN_MONTHS = re.compile(
    r",? (?:trong )?(?:các )?(?:tháng|kỳ tháng|quý) \w{1,4}"
    r"(?:(?:, | và |, tháng | và tháng )\w{1,4})*$"
)
_ALL_THE_TIME = re.compile(
    r"(?<!\w)(?:đầy đủ|đều đặn|hằng tháng|hàng tháng|đúng kỳ|đúng định kỳ|thường xuyên|liên tục|"
    r"\d{1,2} tháng|duy trì)(?!\w)"
)
_NOT_ALL = re.compile(r"(?<!\w)(?:một số|một vài|nhiều|các|những|và|trực thuộc)(?!\w)")
_SHORTEST = 3


def denied_of_one(text: str, year: int | None) -> Iterator[Clash]:
    """Yield what a text says that all do and denies of one: the same words of the doing."""
    claims: list[tuple[_Clause, re.Match[str]]] = []
    if not _MAY_SAY_ALL.search(text) or ("chi bộ" not in text and " đều " not in text):
        return
    clauses = list(_clauses(text))
    for clause in clauses:
        match = _ALL_DO.match(clause.words)
        if match is None or not _plain(clause, year) or len(claims) >= _MOST:
            continue
        if not match["part"] or int(match["part"]) == int(match["whole"]):
            claims.append((clause, match))
    if not claims:
        return
    for clause in clauses:
        match = _ONE_DOES_NOT.match(clause.words)
        if match is None:
            continue
        does = match["does"].rstrip()
        core = _IN_MONTHS.sub("", does)
        around = clause.before + clause.words[: match.start("does")] + core
        aside = _ASIDE.search(around) or any(int(y) != year for y in _YEAR.findall(around))
        if aside or _NOT_ALL.search(match["name"]) or not (match["n"] or match["name"]):
            continue
        if len(core.split()) < _SHORTEST:
            continue
        for where, claim in claims:
            same = claim["unit"] == match["unit"] and re.match(
                rf"{re.escape(core)}(?!\w)", claim["does"]
            )
            if same and (core == does or _ALL_THE_TIME.search(claim["does"])):
                yield Clash(core, where.span(claim), clause.span(match), False)
                break
