"""The typed figures of a draft that its sentences may speak of, under short names of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.rules._quantities import folded_line
from vanban.rules.figures._doubts import doubted, doubted_indicators
from vanban.rules.figures._ratio import plans_of
from vanban.rules.members._rows import balances
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

_ZERO = Decimal(0)
PERCENT = "%"
MONEY = {
    "đồng": 0,
    "nghìn đồng": 3,
    "ngàn đồng": 3,
    "triệu đồng": 6,
    "triệu": 6,
    "trđ": 6,
    "tr.đ": 6,
    "tr đồng": 6,
    "tỷ đồng": 9,
    "tỉ đồng": 9,
    "tỷ": 9,
}
"""Units of money and their powers of ten."""

LEVELS = ("ban_chap_hanh", "ban_thuong_vu", "uy_ban_kiem_tra", "chi_bo")
FORMS = ("khien_trach", "canh_cao", "cach_chuc", "khai_tru")


class Typed(NamedTuple):
    """A figure as it was typed: its name in words, its value and unit ("" for a plain count).

    ``plans`` are what a percentage of plan may be measured against, ``whole`` what it is a part of,
    ``percents`` what was typed as its percentage of plan, ``added`` the names of the figures it is
    the sum of.
    """

    name: str
    value: Decimal
    unit: str = ""
    plans: tuple[Decimal, ...] = ()
    whole: Decimal | None = None
    percents: tuple[Decimal, ...] = ()
    added: frozenset[str] = frozenset()


class Indicator(NamedTuple):
    """An indicator with a figure: the words of its name, what was typed of it."""

    words: tuple[str, ...]
    typed: Typed
    key: str | None = None


@dataclass(eq=False, repr=False)
class Figures:
    """All typed figures by short name; a name that two places contradict is left out."""

    by_key: dict[str, Typed] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    disputed: set[str] = field(default_factory=set)

    def add(self, key: str, typed: Typed) -> None:
        """Keep a figure; a second one of the same name must say the same."""
        if key in self.disputed:
            return
        known = self.by_key.get(key)
        if known is None:
            self.by_key[key] = typed
            return
        if converted(typed.value, typed.unit, known.unit) != known.value:
            self.disputed.add(key)
            del self.by_key[key]
            return
        self.by_key[key] = Typed(
            known.name,
            known.value,
            known.unit,
            (*known.plans, *typed.plans),
            known.whole if known.whole is not None else typed.whole,
            (*known.percents, *typed.percents),
            known.added,
        )

    def drop(self, key: str) -> None:
        """Leave a name out for good."""
        self.disputed.add(key)
        self.by_key.pop(key, None)


def converted(value: Decimal, unit: str, into: str) -> Decimal | None:
    """Return an amount in another unit of money, unchanged in its own; None when they differ."""
    if unit == into:
        return value
    if unit in MONEY and into in MONEY:
        return value.scaleb(MONEY[unit] - MONEY[into])
    return None


def unit_of(text: Any) -> str:
    """Return a typed unit as the figures of running text carry it."""
    return folded_line(str(text))


# -- indicators --------------------------------------------------------------------------------

_SHARE = r"(?:tỷ|tỉ) lệ "
_INSURED = r"(?:bảo hiểm y tế|bhyt)"
_END = r"(?: cuối (?:kỳ|năm)| còn lại)?"
_JOINED = (
    r"(?:kết nạp(?: mới)? đảng viên|phát triển đảng viên|đảng viên(?: mới)?(?: được)? kết nạp)"
)
_COVER = r"(?:người )?(?:dân )?(?:bao phủ |tham gia |có thẻ )?"
_NAMES: tuple[tuple[str, str, str | None], ...] = (
    ("admitted", rf"{_JOINED}(?: mới)?", None),
    ("poor", rf"hộ nghèo{_END}", "hộ"),
    ("near_poor", rf"hộ cận nghèo{_END}", "hộ"),
    ("poor_rate", rf"{_SHARE}hộ nghèo{_END}", PERCENT),
    ("near_rate", rf"{_SHARE}hộ cận nghèo{_END}", PERCENT),
    ("insured_rate", rf"{_SHARE}{_COVER}{_INSURED}(?: toàn dân)?", PERCENT),
    ("insured", rf"(?:người|người dân) (?:tham gia|có thẻ) {_INSURED}", None),
    ("met", r"tiêu chí (?:xây dựng )?nông thôn mới(?: đạt)?(?: chuẩn)?", "tiêu chí"),
    ("revenue", r"thu ngân sách(?: nhà nước)?(?: xã)?(?: trên địa bàn)?(?: xã)?", None),
    ("spending", r"chi ngân sách(?: nhà nước)?(?: xã| địa phương)?", None),
    ("done", r"(?:cuộc )?kiểm tra,? giám sát(?: hoàn thành)?", "cuộc"),
    ("recruited", r"(?:công dân|thanh niên) nhập ngũ|giao quân|tuyển quân", None),
)
_KNOWN = tuple((key, re.compile(f"(?:{name})"), unit) for key, name, unit in _NAMES)
_COUNTING = re.compile(r"^(?:tổng số|số lượng|tổng|số) ")
_WORDS = re.compile(r"[^\W_]+")


def plain_name(name: str) -> str:
    """Return the name of a figure without "tổng số", "số" before it."""
    low = folded_line(name)
    return _COUNTING.sub("", low)


def _indicators(ctx: Context, figures: Figures) -> None:
    found: dict[tuple[str, ...], Indicator | None] = {}
    doubtful = doubted_indicators(ctx)
    for node in ctx.role("indicator"):
        entry = node.value
        if not isinstance(entry, Mapping):
            continue
        actual = figure(entry.get("thuc_hien"))
        if actual is None:
            continue
        percent = figure(entry.get("ty_le_ke_hoach"))
        typed = Typed(
            str(entry.get("ten", "")),
            actual,
            unit_of(entry.get("don_vi", "")),
            # What should fall is compared with its plan in several ways.
            ()
            if entry.get("huong") == "cang_thap"
            else tuple(plan for plan in plans_of(entry.get("ke_hoach")) if plan),
            percents=() if percent is None else (percent,),
        )
        doubt = node.pointer in doubtful
        if doubt:
            typed = Typed(typed.name, typed.value, typed.unit)
        name = plain_name(typed.name)
        words = tuple(_WORDS.findall(name))
        # Two indicators of one name: a sentence may mean either.
        twice = words in found
        found[words] = Indicator(words, typed)
        for key, pattern, unit in _KNOWN:
            if pattern.fullmatch(name) and (unit is None or unit == typed.unit):
                counted = typed.unit in MONEY or typed.unit == PERCENT
                figures.add(
                    key,
                    typed
                    if counted
                    else Typed(typed.name, actual, "", typed.plans, percents=typed.percents),
                )
                found[words] = Indicator(words, typed, key)
                break
        if twice or doubt:
            found[words] = None
    figures.indicators = tuple(one for one in found.values() if one is not None and one.words)


# -- tables of figures -------------------------------------------------------------------------


def _title(node: Node) -> str:
    return str(node.schema.get("title") or "")


def _own(ctx: Context, role: str) -> Mapping[str, Any] | None:
    node = ctx.one(role)
    return node.value if node is not None and isinstance(node.value, Mapping) else None


def _pick(
    figures: Figures, raw: Mapping[str, Any] | None, names: Mapping[str, tuple[str, str]]
) -> None:
    """Keep the plain counts of a mapping: ``key in the draft -> (short name, words)``."""
    for key, (short, words) in names.items():
        number = figure(raw.get(key)) if raw is not None else None
        if number is not None:
            figures.add(short, Typed(words, number))


def _members(ctx: Context, figures: Figures) -> None:
    raw = _own(ctx, "member-balance")
    if raw is None:
        return
    gains = raw.get("tang")
    _pick(
        figures,
        gains if isinstance(gains, Mapping) else None,
        {"ket_nap": ("admitted", "Kết nạp (Biểu 1)")},
    )
    _pick(
        figures,
        raw,
        {
            "dau_ky": ("opening", "Đảng viên đầu kỳ"),
            "cuoi_ky": ("total", "Đảng viên cuối kỳ"),
            "chinh_thuc": ("full", "Đảng viên chính thức"),
            "du_bi": ("probationary", "Đảng viên dự bị"),
            "nu": ("women", "Đảng viên nữ"),
            "mien_sinh_hoat": ("exempt", "Đảng viên được miễn sinh hoạt"),
        },
    )
    _weigh_members(ctx, raw, figures)


def _weigh_members(ctx: Context, raw: Mapping[str, Any], figures: Figures) -> None:
    """Leave out what the rules about members doubt already: which figure is wrong is not known."""
    for balance in balances(ctx):
        if balance.raw is not raw:
            continue
        if not balance.balances(balance.residual):
            for key in ("opening", "total", "admitted"):
                figures.drop(key)
        elif not any(rows.wrong for rows in balance.sums):
            figures.add("gains", Typed("Tổng số đảng viên tăng", balance.gains.shown))
            figures.add("losses", Typed("Tổng số đảng viên giảm", balance.losses.shown))
    closing, full, new = (figure(raw.get(key)) for key in ("cuoi_ky", "chinh_thuc", "du_bi"))
    if None not in (closing, full, new) and (full or _ZERO) + (new or _ZERO) != closing:
        for key in ("full", "probationary", "total"):
            figures.drop(key)
    cells = raw.get("theo_chi_bo")
    if not isinstance(cells, list):
        return
    gains = raw.get("tang")
    joined = figure(gains.get("ket_nap")) if isinstance(gains, Mapping) else None
    for key, short, whole in (("so_dang_vien", "total", closing), ("ket_nap", "admitted", joined)):
        rows = [figure(cell.get(key)) if isinstance(cell, Mapping) else None for cell in cells]
        known = [number for number in rows if number is not None]
        if known and len(known) == len(rows) and sum(known, _ZERO) != whole:
            figures.drop(short)


def _organisations(ctx: Context, figures: Figures) -> None:
    raw = _own(ctx, "party-organisations")
    if raw is None:
        return
    numbers = {key: number for key, value in raw.items() if (number := figure(value)) is not None}
    parts = [key for key in numbers if key != "tong"]
    if parts == ["chi_bo_truc_thuoc"]:
        figures.add("cells", Typed("Chi bộ trực thuộc", numbers["chi_bo_truc_thuoc"]))
    elif "chi_bo_truc_thuoc" in numbers:
        figures.add("lower_cells", Typed("Chi bộ trực thuộc", numbers["chi_bo_truc_thuoc"]))
    if "tong" in numbers and sum((numbers[key] for key in parts), _ZERO) != numbers["tong"]:
        figures.drop("cells")
        return
    if "tong" in numbers:
        figures.add("organisations", Typed("Tổng số tổ chức đảng", numbers["tong"]))
    if "dang_bo_co_so" in numbers:
        figures.add("grassroots", Typed("Đảng bộ cơ sở", numbers["dang_bo_co_so"]))
    if "chi_bo_co_so" in numbers:
        figures.add("grassroots_cells", Typed("Chi bộ cơ sở", numbers["chi_bo_co_so"]))
    if "dang_bo_co_so" in numbers and "chi_bo_co_so" in numbers:
        both = numbers["dang_bo_co_so"] + numbers["chi_bo_co_so"]
        figures.add("grassroots_all", Typed("Đảng bộ cơ sở và chi bộ cơ sở", both))


def _inspection(ctx: Context, figures: Figures) -> None:
    raw = _own(ctx, "inspection")
    if raw is None:
        return
    done = planned = _ZERO
    seen = 0
    for level in LEVELS:
        row = raw.get(level)
        if not isinstance(row, Mapping):
            continue
        mine, plan = figure(row.get("thuc_hien")), figure(row.get("ke_hoach"))
        if mine is None or plan is None:
            continue
        seen += 1
        done, planned = done + mine, planned + plan
        plans = (plan,) if plan else ()
        name = "Số cuộc đã thực hiện của " + _LEVEL_NAMES[level]
        figures.add(f"done/{level}", Typed(name, mine, plans=plans))
        figures.add(
            f"planned/{level}", Typed(f"Số cuộc theo kế hoạch của {_LEVEL_NAMES[level]}", plan)
        )
    if seen > 2:
        plans = (planned,) if planned else ()
        figures.add("done", Typed("Tổng số cuộc đã thực hiện của các cấp", done, plans=plans))
        figures.add("planned", Typed("Tổng số cuộc theo kế hoạch của các cấp", planned))
    _discipline(raw.get("ky_luat"), figures)
    petitions = raw.get("don_thu")
    if isinstance(petitions, Mapping):
        _pick(
            figures,
            petitions,
            {
                "tiep_nhan": ("received", "Đơn thư tiếp nhận"),
                "giai_quyet": ("settled", "Đơn thư đã giải quyết"),
            },
        )
        known = [figure(petitions.get(key)) or _ZERO for key in ("ton_ky_truoc", "tiep_nhan")]
        if (figure(petitions.get("giai_quyet")) or _ZERO) > sum(known, _ZERO):
            figures.drop("received")
            figures.drop("settled")


_LEVEL_NAMES = {
    "ban_chap_hanh": "Ban Chấp hành",
    "ban_thuong_vu": "Ban Thường vụ",
    "uy_ban_kiem_tra": "Ủy ban Kiểm tra",
    "chi_bo": "các chi bộ",
}
_FORM_NAMES = {
    "khien_trach": "Khiển trách",
    "canh_cao": "Cảnh cáo",
    "cach_chuc": "Cách chức",
    "khai_tru": "Khai trừ",
}


_FORM_WORDS = frozenset(_FORM_NAMES.values())


def _discipline(raw: Any, figures: Figures) -> None:
    if not isinstance(raw, Mapping):
        return
    forms = {form: figure(raw.get(form)) for form in FORMS}
    for form, number in forms.items():
        if number is not None:
            figures.add(f"form/{form}", Typed(_FORM_NAMES[form], number))
    known = [number for number in forms.values() if number is not None]
    if len(known) == len(FORMS):
        name = "Đảng viên bị kỷ luật"
        figures.add("disciplined", Typed(name, sum(known, _ZERO), added=_FORM_WORDS))
    total = figure(raw.get("tong"))
    if total is not None:
        figures.add("disciplined", Typed("Đảng viên bị kỷ luật", total))


_POVERTY = ("dau_ky", "thoat_ngheo", "phat_sinh", "tai_ngheo", "cuoi_ky")


def _people(ctx: Context, figures: Figures) -> None:
    raw = _own(ctx, "poverty")
    if raw is not None:
        homes = figure(raw.get("tong_so_ho"))
        rows = [figure(raw.get(key)) for key in _POVERTY]
        known = [number for number in rows if number is not None]
        if len(known) == len(rows) and known[0] - known[1] + known[2] + known[3] != known[4]:
            figures.drop("poor")
            figures.drop("poor_rate")
        for key, short, rate, words in (
            ("cuoi_ky", "poor", "poor_rate", "Hộ nghèo cuối kỳ"),
            ("can_ngheo", "near_poor", "near_rate", "Hộ cận nghèo"),
        ):
            number = figure(raw.get(key))
            if number is None:
                continue
            figures.add(short, Typed(words, number, whole=homes or None))
            if homes:
                share = Typed(f"{words} trên tổng số hộ", number * 100 / homes, PERCENT)
                _rate(figures, rate, share)
    raw = _own(ctx, "health-insurance")
    if raw is not None:
        insured, people = figure(raw.get("tham_gia")), figure(raw.get("dan_so"))
        if insured is not None and people and insured <= people:
            words = "Số người tham gia bảo hiểm y tế"
            figures.add("insured", Typed(words, insured, whole=people))
            figures.add("population", Typed("Dân số (bảo hiểm y tế)", people))
            share = Typed("Tỷ lệ tham gia bảo hiểm y tế", insured * 100 / people, PERCENT)
            _rate(figures, "insured_rate", share)
    raw = _own(ctx, "recruitment")
    if raw is not None:
        quota, sent = figure(raw.get("giao")), figure(raw.get("dat"))
        if sent is not None:
            figures.add("recruited", Typed("Đã giao quân", sent, plans=(quota,) if quota else ()))
        if quota is not None:
            figures.add("quota", Typed("Chỉ tiêu giao quân", quota))


def _rate(figures: Figures, key: str, exact: Typed) -> None:
    """Keep a computed rate beside a typed one of the same name when they agree but for rounding."""
    known = figures.by_key.get(key)
    if known is None:
        figures.add(key, exact)
        return
    exponent = known.value.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    if abs(known.value - exact.value) > unit:
        figures.drop(key)


def _rural(ctx: Context, figures: Figures) -> None:
    raw = _own(ctx, "new-rural")
    if raw is None:
        return
    met, total = figure(raw.get("so_dat")), figure(raw.get("tong"))
    if met is None or total is None:
        return
    if total >= met:
        figures.add("met", Typed("Số tiêu chí nông thôn mới đạt", met))
        figures.add("criteria", Typed("Tổng số tiêu chí nông thôn mới", total))
        figures.add("unmet", Typed("Số tiêu chí nông thôn mới chưa đạt", total - met))


def _money(ctx: Context, figures: Figures) -> None:
    raw = _own(ctx, "budget")
    if raw is None:
        return
    unit = unit_of(raw.get("don_vi") or "triệu đồng")
    if unit not in MONEY:
        return
    for key, plan_key, short, words in (
        ("thu", "du_toan_thu", "revenue", "Thu ngân sách"),
        ("chi", "du_toan_chi", "spending", "Chi ngân sách"),
    ):
        number, plan = figure(raw.get(key)), figure(raw.get(plan_key))
        if number is not None:
            figures.add(short, Typed(words, number, unit, plans=(plan,) if plan else ()))


def _others(ctx: Context, figures: Figures) -> None:
    _pick(
        figures,
        _own(ctx, "meetings"),
        {
            "dinh_ky": ("regular", "Số buổi sinh hoạt định kỳ"),
            "chuyen_de": ("topical", "Số buổi sinh hoạt chuyên đề"),
        },
    )
    _pick(
        figures,
        _own(ctx, "accidents"),
        {
            "vu": ("accidents", "Số vụ tai nạn giao thông"),
            "chet": ("dead", "Số người chết vì tai nạn giao thông"),
            "bi_thuong": ("hurt", "Số người bị thương vì tai nạn giao thông"),
        },
    )


def figures_of(ctx: Context) -> Figures:
    """Return the typed figures of a draft."""
    return ctx.once(_figures)


def _figures(ctx: Context) -> Figures:
    figures = Figures()
    _indicators(ctx, figures)
    for read in (_members, _organisations, _inspection, _people, _rural, _money, _others):
        read(ctx, figures)
    for name in doubted(ctx):
        figures.drop(name)
    return figures


def names_of(figures: Figures) -> Iterator[tuple[tuple[str, ...], Typed]]:
    """Yield the words of each indicator's name with what was typed, if nothing contradicts it."""
    for one in figures.indicators:
        # Revenue of the area and revenue in all may well differ; counts of one thing may not.
        if one.key not in figures.disputed or one.typed.unit in MONEY:
            yield one.words, one.typed
