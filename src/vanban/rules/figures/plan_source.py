"""Có nhiều mức kế hoạch thì mỗi tỷ lệ nói rõ so với mức của ai giao (NUM010).

Quy định
    Một chỉ tiêu có nhiều mức giao khác nhau (huyện giao, hội đồng nhân dân xã giao, nghị quyết đại
    hội) thì mỗi tỷ lệ phải nói rõ so với mức nào: trong lời văn ("99% kế hoạch xã đề ra"), và ở
    ``ty_le_ke_hoach`` vì tỷ lệ gõ sẵn được in ở dòng của mức giao đầu tiên. Một câu nêu liền hai tỷ
    lệ so với kế hoạch của một con số ("đạt 108,67% và 101,88% kế hoạch", "so với kế hoạch đạt ...",
    nối bằng "và", dấu phẩy, gạch chéo hoặc ngoặc) thì cả hai đều phải có nơi giao; "được giao" chưa
    phải là nơi giao. Đã kể hai mức của hai nơi giao thì tỷ lệ nêu sau đó cũng vậy; kể bao nhiêu nơi
    giao thì có bấy nhiêu tỷ lệ.

Vì sao
    Cùng một kết quả có thể vượt mức huyện giao mà chưa đạt mức của xã; "đạt 99% kế hoạch" không cho
    biết là đạt hay chưa đạt theo mức nào.

Sai
    kien_nghi: Sản lượng đạt 1.200 tấn, bằng 120% kế hoạch huyện giao và 99% kế hoạch.

Đúng
    kien_nghi: Sản lượng đạt 1.200 tấn, bằng 120% kế hoạch huyện giao và 99% kế hoạch của xã.

Cách sửa
    Thêm nơi giao ngay sau chữ "kế hoạch". Bỏ ``ty_le_ke_hoach`` thì vanban tự tính tỷ lệ cho từng
    mức giao.

Nguồn và độ tin cậy
    Thấy trong một báo cáo đã công bố: "120% kế hoạch huyện giao, 99% kế hoạch của xã"; độ tin cậy C
    về câu chữ.

English:
    With several plans each percentage names who set the plan. In running text a bare "đạt 99% kế
    hoạch" is reported when the indicator it speaks of has several plans, or when it stands right
    beside another percentage of a plan; a typed ty_le_ke_hoach is reported when it belongs to
    another plan than the first, in whose row it is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._page import Piece, page, places
from vanban.rules._quantities import TIME_UNITS, decimal, fold, quantities
from vanban.rules._text import RUNNING, WINDOW, Sentences
from vanban.rules.figures._ratio import deviates, last_unit
from vanban.rules.figures._skeleton import Figures
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

RULE = Rule(
    id="NUM010",
    name="plan_source",
    severity=Severity.WARNING,
    source=Source("Mỗi tỷ lệ so với kế hoạch nêu nguồn giao", Certainty.C),
)

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_OF_PLAN = re.compile(
    r"(?P<percent>\d(?<![\w.,].)(?:\d{0,2}(?:\.\d{3})+|\d*)(?:,\d+)?) ?% "
    r"(?:(?:so )?với |của |so )?(?P<base>kế hoạch|chỉ tiêu|dự toán|mục tiêu|kh)(?!\w)"
)
# Two percentages side by side, as in each of the patterns of two with one base.
_TWO = re.compile(r"% ?(?:và|,|/|;|hoặc|\(|rồi) ?(?:cũng |chỉ )?(?:đạt |bằng )?\d")
# What follows "kế hoạch" up to the next clause.
_TAIL = re.compile(r"[^.,;:()%\n]{0,70}")
_LINK = re.compile(
    r" (?:và|đồng thời|nhưng|song|còn|bằng|đạt|trong khi|tương đương|tăng|giảm)(?!\w)"
)
_BARE_WORDS = frozenset(
    (
        *("năm", "cả", "của", "đề", "ra", "này", "trong", "đã", "được", "giao", "đặt", "nêu"),
        *("trên", "xây", "dựng"),
    )
)
_SAYING_NOTHING = frozenset(("năm", "được", "giao", "đã", "đề", "ra", "đặt", "nêu", "của"))
_SOURCE = re.compile(
    r"(?<!\w)(?:giao|huyện|tỉnh|trung ương|cấp trên|hđnd|hội đồng|ubnd|ủy ban|đảng ủy|đảng bộ|"
    r"đại hội|nghị quyết|thành phố|thành ủy|phòng|sở|xã|phường|thị|phấn đấu|đăng ký|tự|pháp lệnh|"
    r"điều chỉnh|đầu năm|bổ sung|ban|ngành|chi bộ|nhà nước)(?!\w)"
)
_BETWEEN = re.compile(
    r"[ ,;(]*(?:(?:và|đồng thời|nhưng|song|còn) )?(?:(?:chỉ|mới|cũng) )?"
    r"(?:(?:đạt|bằng|tương đương|vượt) )?(?:tỷ lệ )?"
)
# "đạt 108,67% và 101,88% kế hoạch", "bằng 60% (56%) kế hoạch": one base for two percentages.
_PAIRED = re.compile(
    rf"(?:(?<!\w)(?:đạt|bằng|tương đương|hoàn thành) |\()(?P<several>lần lượt (?:là )?)?"
    rf"(?P<one>{_NUMBER}) ?% ?(?:và|,|/|;|hoặc|\(|rồi) ?(?:cũng |chỉ )?(?:đạt |bằng )?"
    rf"(?P<percent>{_NUMBER}) ?%\)? (?:(?:so )?với |của |so )?(?P<each>các |hai |cả hai )?"
    r"(?P<base>kế hoạch|chỉ tiêu|dự toán|mục tiêu|kh)(?!\w)"
)
# "so với các kế hoạch được giao lần lượt đạt 101,4% và 97,32%".
_OF_SEVERAL = re.compile(
    r"(?<!\w)(?:so )?với (?:(?:các|hai|cả hai|02|2) )?(?:mức )?"
    r"(?P<base>kế hoạch|chỉ tiêu|dự toán|mục tiêu)"
    r"(?: (?:được|đã|giao|đề|ra|trên|nêu|năm|của|này|20\d\d))*,?(?: thì)?"
    r"(?: (?:lần lượt|tương ứng))?,? (?:đạt|bằng|là)(?: (?:lần lượt|tương ứng|là))* "
    rf"(?P<one>{_NUMBER}) ?% ?(?:và|,|/|;|\() ?(?:đạt |bằng )?(?P<percent>{_NUMBER}) ?%\)?"
    r"(?= ?(?:[.,;]|$|\n))"
)
# "so với chỉ tiêu của tỉnh, của huyện và của xã thì đạt 103,33% và 95,38%": as many as givers.
_OF_GIVERS = re.compile(
    r"(?<!\w)so với (?:các )?(?P<base>kế hoạch|chỉ tiêu|dự toán|mục tiêu) "
    r"(?P<givers>[^.;:%\d()\n]{4,120}?),? (?:thì )?(?:lần lượt )?(?:đạt|bằng)(?: lần lượt)? "
    rf"(?P<percents>{_NUMBER} ?%(?:(?: và |, | ?/ ?){_NUMBER} ?%)+)(?= ?(?:[.,;]|$|\n))"
)
_NEXT_GIVER = re.compile(r"(?:,| và|,? cùng) ")
# "huyện giao xây dựng 08 mô hình, Đảng ủy xã đề ra 10 mô hình": two plans told ahead.
_GIVEN = re.compile(
    r"(?<!\w)(?:huyện|tỉnh|thành phố|trung ương|cấp trên|đảng ủy|đảng bộ|hội đồng nhân dân|hđnd|"
    r"ubnd|ủy ban|nghị quyết|xã|phường)[^,;.:\d%]{0,40}?(?<!\w)(?:giao|đề ra|đặt ra|phấn đấu|"
    rf"quyết nghị|xác định|đăng ký)[^,;.:\d%]{{0,40}} (?P<plan>{_NUMBER})(?![\d%/])"
)
_GIVING = ("giao", "đề ra", "đặt ra", "phấn đấu", "quyết nghị", "xác định", "đăng ký")
# Between the figure and its percentages: the rest of its name and "mới", "chỉ".
_UP_TO = re.compile(
    r"(?: (?!và )[“\"]?[^\W\d_]+[”\"]?){0,10}[ ,(–-]*"
    r"(?:(?:mới chỉ|chỉ mới|mới|chỉ|cũng|đã|ước|vẫn) )?"
)
# Two results, or two stretches of time, in one breath.
_TWO_THINGS = re.compile(
    r"(?<!\w)(?:lần lượt|tương ứng|thu,? (?:và )?chi|trong đó|riêng|cùng kỳ|năm trước|"
    r"(?:quý|năm|tháng|vụ|đợt|ấp|thôn|diện tích|sản lượng|năng suất|tuyến|xã)[^,.;]{0,30} và )"
)
# Of these a percentage may be the share of the whole and not of a plan.
_OF_A_WHOLE = frozenset(
    (
        *("người", "người dân", "hộ", "hộ dân", "gia đình", "nhân khẩu", "trẻ", "trẻ em", "cháu"),
        *("đảng viên", "đồng chí", "học sinh", "thanh niên", "đoàn viên", "hội viên", "chi bộ"),
        *("cơ sở", "trường", "ấp", "thôn", "hồ sơ", "đơn", "kiến nghị", "ý kiến"),
    )
)
_MADE = re.compile(
    r"(?<!\w)(?:kết nạp|phát triển|việc làm|đào tạo|bồi dưỡng|xuất khẩu lao động|xây dựng|"
    r"thoát nghèo)(?!\w)"
)
_SPAN_OF_TIME = re.compile(r"^[^,]{0,40}(?:tháng|quý|năm|kỳ|nay)[^,]{0,20}, ")
_HUNDRED = 100
_SOURCE_AHEAD = re.compile(r"(?<!\w)(?:giao|so với|theo (?:kế hoạch|nghị quyết))(?!\w)")
_VERB_AHEAD = re.compile(r"(?<!\w)(?:đạt|bằng|tương đương|hoàn thành) ?$")
_LONGEST_BETWEEN = 60
_LEAST_WORDS, _MOST_WORDS = 2, 12
_ROLES = (*RUNNING, "note", "cell")
# "45,5 % kế hoạch": the figure before the sign, the plan behind it.
_FIGURE = re.compile(rf"{_NUMBER} ?$")
_PLAN_BEHIND = re.compile(
    r"% (?:(?:so )?với |của |so )?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|kh)(?!\w)"
)
_LONGEST_FIGURE = 40
# Two percentages of plans further apart are not said in one breath.
_APART = 400


class _Said(NamedTuple):
    """A percentage of a plan in a text, and whether nothing says whose plan it is."""

    start: int
    end: int
    percent: str
    word: str
    bare: bool
    named: bool
    base_end: int


class _Many(NamedTuple):
    """An indicator with several plans: its percentage of each, and the words of its name."""

    name: str
    percents: tuple[Decimal, ...]
    sources: tuple[str, ...]
    words: frozenset[str]


def check(ctx: Context) -> Iterator[Finding]:
    """Report percentages of a plan of which there are several, without whose plan it is."""
    many: dict[int, list[_Many]] = {}
    for node in ctx.role("indicator"):
        if not isinstance(node.value, Mapping):
            continue
        plans = _plans(node.value.get("ke_hoach"))
        actual = figure(node.value.get("thuc_hien"))
        if actual is None or len({value for value, _ in plans}) < 2:
            continue
        yield from _typed(ctx, node, node.value, actual, plans)
        several = _several(node.value, actual, plans)
        for whole in {int(percent) for percent in several.percents}:
            many.setdefault(whole, []).append(several)
    for piece in page(ctx).pieces(lambda text: _worth_reading(text, many), *_ROLES):
        yield from _running(ctx, piece, many)


def _worth_reading(text: str, many: Mapping[int, list[_Many]]) -> Iterator[int]:
    """Yield the percentages in a folded text that may not tell of which plan they are."""
    giving = sorted(places(text, *_GIVING))
    last = -_APART
    for at in places(text, "%"):
        if _TWO.match(text, at):
            yield at
        if not _PLAN_BEHIND.match(text, at):
            continue
        given = bisect_left(giving, at) - bisect_left(giving, at - _APART)
        if at - last < _APART or given >= _LEAST_WORDS or _is_of(text, at, many):
            yield at
        last = at


def _is_of(text: str, at: int, many: Mapping[int, list[_Many]]) -> bool:
    """Tell whether a percentage may be that of an indicator with several plans."""
    said = _FIGURE.search(text, max(0, at - _LONGEST_FIGURE), at) if many else None
    whole = int(decimal(said.group().rstrip())) if said is not None else 0
    return said is not None and any(near in many for near in range(whole - 1, whole + 2))


def _plans(value: Any) -> list[tuple[Decimal, str]]:
    """Return the plans that are figures, each with who set it."""
    found = []
    for item in value if isinstance(value, list) else []:
        number = figure(item.get("gia_tri")) if isinstance(item, Mapping) else None
        if number:
            found.append((number, str(item.get("nguon_giao") or "")))
    return found


def _typed(
    ctx: Context,
    node: Node,
    item: Mapping[str, Any],
    actual: Decimal,
    plans: Sequence[tuple[Decimal, str]],
) -> Iterator[Finding]:
    typed = item.get("ty_le_ke_hoach")
    percent = figure(typed)
    if percent is None:
        return
    fits = [s for plan, s in plans if not deviates(percent, last_unit(typed), actual * 100 / plan)]
    # A percentage that fits none of the plans is wrong altogether: another rule says so.
    if fits and plans[0][1] not in fits:
        yield ctx.at(
            RULE,
            "khac_dong",
            f"{node.pointer}/ty_le_ke_hoach",
            ty_le=vietnamese(percent),
            nguon=fits[0],
            dau=plans[0][1],
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", fold(text).text))


def _several(
    item: Mapping[str, Any], actual: Decimal, plans: Sequence[tuple[Decimal, str]]
) -> _Many:
    name = str(item.get("ten") or "")
    return _Many(
        name,
        tuple(actual * 100 / plan for plan, _ in plans),
        tuple(source for _, source in plans),
        _words(name),
    )


def _is_bare(words: str) -> bool:
    """Tell whether the words behind "kế hoạch" name nobody who set it."""
    return set(re.sub(r"(?:19|20)\d\d", "", words).split()) <= _BARE_WORDS


def _said(text: str) -> list[_Said]:
    found = []
    for match in _OF_PLAN.finditer(text):
        tail = _TAIL.match(text, match.end())
        words = _LINK.split(tail.group() if tail is not None else "", maxsplit=1)[0]
        found.append(
            _Said(
                match.start("percent"),
                match.end("base") + len(words.rstrip()),
                match["percent"],
                match["base"],
                # "kế hoạch năm 2023" says when, not who.
                _is_bare(words),
                _SOURCE.search(words) is not None and not _is_bare(words),
                match.end("base"),
            )
        )
    return found


def _running(ctx: Context, piece: Piece, many: Mapping[int, list[_Many]]) -> Iterator[Finding]:
    folded = piece.folded
    said = _said(folded.text)
    flagged: dict[int, tuple[_Said, str, str]] = {}
    two = _TWO.search(folded.text) is not None
    if not said and not two:
        return
    sentences = Sentences(folded.text)

    figures = Figures(folded.text)

    def of_one(at: int) -> bool:
        return _of_one_figure(folded.text, sentences, figures, at)

    patterns = (_PAIRED, _OF_SEVERAL) if two else ()
    for match in (match for pattern in patterns for match in pattern.finditer(folded.text)):
        pair = _paired(folded.text, match)
        if pair is not None and of_one(match.start()):
            flagged[pair.start] = (pair, "canh_nhau", "")
    for left, right in pairwise(said):
        if left.word == right.word and _side_by_side(folded.text, left, right):
            for one in (left, right):
                if one.bare:
                    flagged[one.start] = (one, "canh_nhau", "")
        elif left.word == right.word and _same_bare(folded.text, left, right):
            verb = _VERB_AHEAD.search(folded.text, max(0, left.start - 12), left.start)
            if verb is not None and of_one(verb.start()):
                flagged[right.start] = (right, "canh_nhau", "")
    givers = _of_givers(folded.text) if two else ()
    for one in (*givers, *_two_given(folded.text, sentences, said)):
        flagged.setdefault(one.start, (one, "canh_nhau", ""))
    if many:
        for one in said:
            indicator = _spoken_of(folded.text, sentences, one, many) if one.bare else None
            if indicator is not None:
                flagged.setdefault(one.start, (one, "nhieu_muc", indicator.name))
    for one, slug, name in flagged.values():
        more: dict[str, Any] = {"ten": name} if name else {}
        yield ctx.at(
            RULE,
            slug,
            piece.pointer,
            text=(folded.back(one.start), folded.back(one.end)),
            noi=" ".join(folded.text[one.start : one.end].split()),
            **more,
        )


def _side_by_side(text: str, left: _Said, right: _Said) -> bool:
    """Tell whether two percentages are said of one result, one right behind the other."""
    if right.start - left.end > _LONGEST_BETWEEN or left.percent == right.percent:
        return False
    if not _BETWEEN.fullmatch(text[left.end : right.start]):
        return False
    # Two bare ones may be of two things, and anything else behind "kế hoạch" tells two plans
    # apart (of a quarter, of a crop): only a bare one beside a named one is sure.
    return (left.bare and right.named) or (left.named and right.bare)


def _same_bare(text: str, left: _Said, right: _Said) -> bool:
    """Tell whether two percentages are said one behind the other of the same bare base."""
    if not left.bare or not right.bare or left.percent == right.percent:
        return False
    if right.start - left.end > _LONGEST_BETWEEN:
        return False
    if not _BETWEEN.fullmatch(text[left.end : right.start]):
        return False
    tails = [
        frozenset(text[one.base_end : one.end].split()) - _SAYING_NOTHING for one in (left, right)
    ]
    return (tails[0] == tails[1] or not all(tails)) and not text[right.end :].lstrip().startswith(
        "("
    )


def _paired(text: str, match: re.Match[str]) -> _Said | None:
    """Return the second of two percentages with one base, when nothing tells their plans apart."""
    if match["one"] == match["percent"]:
        return None
    groups = match.groupdict()
    # "lần lượt" goes with two results, unless two plans are named or one thing alone is told.
    if groups.get("several") and not groups.get("each"):
        ahead = re.split(r"[.;\n]", text[max(0, match.start() - WINDOW) : match.start()])[-1]
        if re.search(r" và |,(?! ?$)", _SPAN_OF_TIME.sub("", ahead)):
            return None
    words = ""
    if "each" in groups:
        tail = _TAIL.match(text, match.end())
        words = _LINK.split(tail.group() if tail is not None else "", maxsplit=1)[0]
    if not _is_bare(words):
        return None
    end = match.end() + len(words.rstrip())
    # What stands in brackets behind may tell the plans.
    if text[end : end + 2].lstrip().startswith("("):
        return None
    start = match.start("percent")
    return _Said(start, end, match["percent"], match["base"], True, False, end)


def _of_one_figure(
    text: str,
    sentences: Sentences,
    figures: Figures,
    at: int,
) -> bool:
    """Tell whether what stands ahead of ``at`` is one single result."""
    start = max(sentences.bounds(at)[0], at - WINDOW)
    start = max(start, text.rfind(";", start, at) + 1)
    near = figures.between(start, at)
    counts = [q for q in near if q.unit and q.unit not in TIME_UNITS]
    if not counts:
        return _is_one_subject(text[start:at])
    if len(counts) != 1 or counts[0].unit in ("%", "điểm phần trăm"):
        return False
    own, before = counts[0], text[start:at]
    if not _UP_TO.fullmatch(text[own.unit_end : at]):
        return False
    if _TWO_THINGS.search(before) or _SOURCE_AHEAD.search(before):
        return False
    if own.unit not in _OF_A_WHOLE or _MADE.search(before):
        return True
    percents = re.findall(rf"({_NUMBER}) ?%", text[at : at + 60])[:2]
    return all(Decimal(p.replace(".", "").replace(",", ".")) > _HUNDRED for p in percents)


def _is_one_subject(before: str) -> bool:
    """Tell whether the words before percentages name one thing: "thu ngân sách trên địa bàn"."""
    plain = _SPAN_OF_TIME.sub("", before.lstrip())
    if any(c.isdigit() for c in plain) or _SOURCE_AHEAD.search(plain) or _TWO_THINGS.search(plain):
        return False
    subject = plain.rstrip(" ,")
    several = re.search(r",| và |(?<!\w)(?:các|những|tỷ lệ|hai|ba|cả)(?!\w)", subject)
    return several is None and _LEAST_WORDS <= len(subject.split()) <= _MOST_WORDS


def _of_givers(text: str) -> Iterator[_Said]:
    """Yield the last percentage of those that are not as many as the plans they are said of."""
    for match in _OF_GIVERS.finditer(text):
        percents = list(re.finditer(rf"({_NUMBER}) ?%", match["percents"]))
        givers = _NEXT_GIVER.split(match["givers"])
        named = [giver for giver in givers if _SOURCE.search(giver)]
        if len(named) != len(givers) or len(givers) < _LEAST_WORDS or len(givers) == len(percents):
            continue
        start = match.start("percents") + percents[-1].start()
        end = match.end("percents")
        yield _Said(start, end, percents[-1][1], match["base"], True, False, end)


def _two_given(text: str, sentences: Sentences, said: Sequence[_Said]) -> Iterator[_Said]:
    """Yield bare percentages behind two plans of different givers, told in the same sentence."""
    if not any(one.bare for one in said) or not any(word in text for word in _GIVING):
        return
    given = list(_GIVEN.finditer(text))
    if len(given) < _LEAST_WORDS:
        return
    ends = [match.end() for match in given]
    for one in said:
        if not one.bare:
            continue
        start = max(sentences.bounds(one.start)[0], one.start - WINDOW)
        near = given[bisect_left(ends, start) : bisect_left(ends, one.start)]
        near = [match for match in near if match.start() >= start]
        if len(near) != _LEAST_WORDS or near[0]["plan"] == near[1]["plan"]:
            continue
        units = {_unit_behind(text, match.end()) for match in near}
        # A percentage that names its plan ahead of it: "đạt 112,5% kế hoạch huyện, 90% ...".
        between = text[near[1].end() : one.start]
        if len(units) == 1 and "" not in units and "%" not in between and _only(between, units):
            yield one


def _unit_behind(text: str, at: int) -> str:
    found = re.match(r" ([^\W\d_]+ ?[^\W\d_]*)", text[at : at + 40])
    return found[1].strip() if found is not None else ""


def _only(between: str, units: set[str]) -> bool:
    """Tell whether the one figure told between the plans and the percentage is of their kind."""
    counts = [q for q in quantities(between) if q.unit and q.unit not in TIME_UNITS]
    behind = {_unit_behind(between, q.end) for q in counts}
    return len(counts) == 1 and behind == units and _SOURCE_AHEAD.search(between) is None


def _spoken_of(
    text: str, sentences: Sentences, one: _Said, many: Mapping[int, list[_Many]]
) -> _Many | None:
    """Return the indicator with several plans that a bare percentage speaks of, if it is sure."""
    start = max(sentences.bounds(one.start)[0], one.start - WINDOW)
    before = text[start : one.start]
    percent, unit = Decimal(one.percent.replace(".", "").replace(",", ".")), last_unit(one.percent)
    words = _words(before)
    # Who set the plan may be said ahead: "so với mức huyện giao, ... đạt 99% kế hoạch".
    if _SOURCE_AHEAD.search(before):
        return None
    found = [
        item
        for whole in range(int(percent) - 1, int(percent) + 2)
        for item in many.get(whole, ())
        if any(not deviates(percent, unit, exact) for exact in item.percents)
        and len(item.words & words) >= min(_LEAST_WORDS, len(item.words))
        and not _named_by(one.word, item.sources)
    ]
    return found[0] if found and all(item is found[0] for item in found) else None


def _named_by(word: str, sources: Sequence[str]) -> bool:
    """Tell whether the word itself ("dự toán") already picks one of the plans."""
    return sum(word in fold(source).text for source in sources) == 1
