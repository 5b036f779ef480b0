"""Có nhiều mức kế hoạch thì mỗi tỷ lệ nói rõ so với mức của ai giao (NUM010).

Quy định
    Một chỉ tiêu có nhiều mức giao khác nhau (huyện giao, hội đồng nhân dân xã giao, nghị quyết đại
    hội) thì mỗi tỷ lệ phải nói rõ so với mức nào: trong lời văn ("99% kế hoạch xã đề ra"), và ở
    ``ty_le_ke_hoach`` vì tỷ lệ gõ sẵn được in ở dòng của mức giao đầu tiên. Một câu nêu liền hai tỷ
    lệ so với kế hoạch thì cả hai đều phải có nơi giao.

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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import fold
from vanban.rules._text import RUNNING, WINDOW, Sentences, text_nodes
from vanban.rules.figures._ratio import deviates, last_unit
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
    rf"(?<![\w.,])(?P<percent>{_NUMBER}) ?% (?:(?:so )?với |của |so )?"
    r"(?P<base>kế hoạch|chỉ tiêu|dự toán|mục tiêu|kh)(?!\w)"
)
# What follows "kế hoạch" up to the next clause.
_TAIL = re.compile(r"[^.,;:()%\n]{0,70}")
_LINK = re.compile(
    r" (?:và|đồng thời|nhưng|song|còn|bằng|đạt|trong khi|tương đương|tăng|giảm)(?!\w)"
)
_BARE_WORDS = frozenset(("năm", "cả", "của", "đề", "ra", "này", "trong"))
_SOURCE = re.compile(
    r"(?<!\w)(?:giao|huyện|tỉnh|trung ương|cấp trên|hđnd|hội đồng|ubnd|ủy ban|đảng ủy|đảng bộ|"
    r"đại hội|nghị quyết|thành phố|thành ủy|phòng|sở|xã|phường|thị|phấn đấu|đăng ký|tự|pháp lệnh|"
    r"điều chỉnh|đầu năm|bổ sung|ban|ngành|chi bộ|nhà nước)(?!\w)"
)
_BETWEEN = re.compile(
    r"[ ,;]*(?:(?:và|đồng thời|nhưng|song|còn) )?(?:(?:chỉ|mới|cũng) )?"
    r"(?:(?:đạt|bằng|tương đương|vượt) )?(?:tỷ lệ )?"
)
_SOURCE_AHEAD = re.compile(r"(?<!\w)(?:giao|so với|theo (?:kế hoạch|nghị quyết))(?!\w)")
_LONGEST_BETWEEN = 60
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """A percentage of a plan in a text, and whether nothing says whose plan it is."""

    start: int
    end: int
    percent: str
    word: str
    bare: bool
    named: bool


@dataclass(frozen=True, slots=True)
class _Many:
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
    for node, text in text_nodes(ctx, *RUNNING, "note", "cell"):
        if "%" in text:
            yield from _running(ctx, node, text, many)


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
                set(re.sub(r"(?:19|20)\d\d", "", words).split()) <= _BARE_WORDS,
                _SOURCE.search(words) is not None,
            )
        )
    return found


def _running(
    ctx: Context, node: Node, text: str, many: Mapping[int, list[_Many]]
) -> Iterator[Finding]:
    folded = fold(text)
    said = _said(folded.text)
    flagged: dict[int, tuple[_Said, str, str]] = {}
    for left, right in pairwise(said):
        if left.word == right.word and _side_by_side(folded.text, left, right):
            for one in (left, right):
                if one.bare:
                    flagged[one.start] = (one, "canh_nhau", "")
    if many:
        sentences = Sentences(folded.text)
        for one in said:
            indicator = _spoken_of(folded.text, sentences, one, many) if one.bare else None
            if indicator is not None:
                flagged.setdefault(one.start, (one, "nhieu_muc", indicator.name))
    for one, slug, name in flagged.values():
        more: dict[str, Any] = {"ten": name} if name else {}
        yield ctx.at(
            RULE,
            slug,
            node.pointer,
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
