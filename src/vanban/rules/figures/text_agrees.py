"""Con số trong lời văn khớp với số liệu đã gõ (NUM003).

Quy định
    Con số nhắc lại trong lời văn, trong dòng hoặc hàng tổng của bảng tự kẻ bằng đúng con số ở
    ``chi_tieu``, ``so_lieu`` mà nó nói tới: kết nạp, tổng số đảng viên, chính thức, dự bị, nữ, chi
    bộ, hộ nghèo, hộ cận nghèo, bảo hiểm y tế, tiêu chí nông thôn mới, thu, chi ngân sách (đổi được
    giữa triệu và tỷ đồng), cuộc kiểm tra, giám sát, đơn, kỷ luật, giao quân và mọi chỉ tiêu gọi
    đúng tên. Số viết gọn hơn (6,84 tỷ đồng) được làm tròn hoặc cắt bớt ở chữ số cuối. Tỷ lệ so với
    kế hoạch ghi ngay sau con số cũng được đối chiếu. Câu nói về năm khác, kỳ khác, kế hoạch, một
    chi bộ, một ấp, một phần thì không bị nhắc.

Vì sao
    Số liệu được sửa nhiều lần, lời văn thường không được sửa theo; người đọc thấy "kết nạp 05 đảng
    viên" ở mục này và 6 ở bảng kia thì không tin cả báo cáo.

Sai
    ket_qua:
      xay_dung_dang:
        dang_vien: |
          Trong 9 tháng, Đảng bộ kết nạp 05 đảng viên.
    chi_tieu:
      - {ma: CT1, ten: Kết nạp đảng viên, don_vi: đảng viên, thuc_hien: 6}

Đúng
    ket_qua:
      xay_dung_dang:
        dang_vien: |
          Trong 9 tháng, Đảng bộ kết nạp 06 đảng viên.
    chi_tieu:
      - {ma: CT1, ten: Kết nạp đảng viên, don_vi: đảng viên, thuc_hien: 6}

Cách sửa
    Sửa con số trong lời văn theo số liệu, hoặc sửa số liệu nếu lời văn mới đúng. Nếu câu nói về một
    phần hoặc một kỳ khác thì nói rõ: "trong đó", "năm 2022", "chi bộ ấp 2".

Nguồn và độ tin cậy
    Đối chiếu lời văn với bảng số liệu của cùng báo cáo; độ tin cậy C về câu chữ.

English:
    A figure repeated in running text or in a drawn table equals the typed figure it speaks of. Read
    cautiously: sentences about another year, a plan, one cell or hamlet, or a part are left alone;
    shorter forms (6,84 tỷ đồng for 6840 triệu đồng) may be rounded or cut at their last digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import fold
from vanban.rules._text import RUNNING, places, underscored
from vanban.rules.figures import fraction, over_hundred
from vanban.rules.figures._ratio import deviates, shown
from vanban.rules.figures._skeleton import Sentence
from vanban.rules.figures._spots import Spots, spots
from vanban.rules.figures._statements import (
    FAR_BEHIND,
    MAY_SAY,
    Names,
    Reader,
    Setting,
    Statement,
    overlaps,
    percentage,
    tolerance,
)
from vanban.rules.figures._tables import Table, tables_of
from vanban.rules.figures._typed import (
    MONEY,
    Figures,
    Typed,
    converted,
    figures_of,
    names_of,
    plain_name,
)
from vanban.text.dates import parse
from vanban.text.numbers import figure, trimmed, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="NUM003",
    name="text_agrees",
    severity=Severity.ERROR,
    source=Source("Lời văn và bảng khớp với số liệu của cùng báo cáo", Certainty.C),
)

# The parts that tell of results; plans, causes and proposals speak of other figures.
_WHOLE = Decimal(100)
# Fewer plans than this: a plan named after who gave it may be another one.
_SEVERAL = 2
_TOLD = ("opening", "results", "assessment")
_UNTOLD = ("plan-part", "causes")
_BLANKS = re.compile(r"\s+")


def setting_of(ctx: Context) -> Setting:
    """Return the period and the name of the draft, as its sentences refer to them."""
    period = ctx.period
    issuer = ctx.one("issuer")
    dates = {parse(node.value) for node in (*ctx.role("data-date"), *ctx.role("table-data-date"))}
    start = None
    years: set[int] = set()
    months = None
    if period is not None:
        dates.add(period.end)
        start, months = period.start, period.months
        years = {period.start.year} if period.start.year == period.end.year else set()
    return Setting(
        years=frozenset(years),
        months=months,
        start=start,
        dates=frozenset(day for day in dates if day is not None),
        name=str(issuer.value) if issuer is not None else "",
    )


def _told(ctx: Context) -> Callable[[str], bool]:
    """Return what tells whether the text of a pointer tells of results."""
    whole = {node.pointer for role in _TOLD for node in ctx.role(role)}
    for node in ctx.role("own-section"):
        anchor = node.value.get("sau") if isinstance(node.value, Mapping) else None
        place = "/" + str(anchor).replace(".", "/") + "/"
        if place.startswith(tuple(pointer + "/" for pointer in whole)):
            whole.add(node.pointer)
    inside = tuple(pointer + "/" for pointer in whole)
    outside = tuple(node.pointer + "/" for role in _UNTOLD for node in ctx.role(role))
    causes = {node.pointer for role in _UNTOLD for node in ctx.role(role)}

    def is_told(pointer: str) -> bool:
        if pointer in causes or pointer.startswith(outside):
            return False
        return pointer in whole or pointer.startswith(inside)

    return is_told


class Fault(NamedTuple):
    """A figure of a text that differs: message, place, what the message names."""

    slug: str
    place: tuple[int, int]
    args: Mapping[str, Any]
    typed: Typed | None = None


def faults(ctx: Context) -> tuple[tuple[str, Fault], ...]:
    """Return what is wrong in the running texts, each with the pointer of its text."""
    return ctx.once(_faults)


def _faults(ctx: Context) -> tuple[tuple[str, Fault], ...]:
    figures = figures_of(ctx)
    if not figures.by_key and not figures.indicators:
        return ()
    reader, names = Reader(figures.by_key, setting_of(ctx)), Names(names_of(figures))
    book, is_told = spots(ctx), _told(ctx)
    speaking, naming = _speaking(ctx, book, reader, is_told), _naming(ctx, book, names, is_told)
    # Of each sentence the patterns that may stand in it, and whether it names an indicator.
    hints: dict[int, tuple[tuple[int, ...], bool]] = {}
    chosen: list[int] = []
    for clause in {*speaking, *naming}:
        if is_told(ctx.prose.of(clause).pointer):
            chosen.append(clause)
            hints[id(book.made(clause))] = speaking.get(clause, ()), clause in naming
    found = [
        (passage.pointer, fault)
        for passage, sentences in book.around(chosen, *RUNNING)
        if is_told(passage.pointer)
        for fault in _running(passage.raw, sentences, reader, names, hints)
    ]
    return tuple(_once(found))


def _speaking(
    ctx: Context, book: Spots, reader: Reader, is_told: Callable[[str], bool]
) -> dict[int, tuple[int, ...]]:
    """Return the clauses that may speak of typed figures, with the patterns they may hold."""
    cued: dict[int, set[int]] = {}
    for cue, numbers in reader.cued:
        for clause in set(map(book.clause, places(ctx, cue, pieces=True))):
            cued.setdefault(clause, set()).update(numbers)
    found: dict[int, tuple[int, ...]] = {}
    for clause, several in cued.items():
        behind = book.behind(clause)
        counting = reader.counting(several, book.counted(clause, behind))
        if counting and is_told(ctx.prose.of(clause).pointer):
            may = reader.may_say(book.folded(clause, behind), counting)
            if may:
                found[clause] = may
    return found


def _naming(ctx: Context, book: Spots, names: Names, is_told: Callable[[str], bool]) -> set[int]:
    """Return the clauses that name an indicator right before a figure."""
    prose, text = ctx.prose, book.page.text
    # Words that an underscore joins may hold a name.
    odd = underscored(ctx) if names.typed else []
    found = {book.clause(number) for number in odd if is_told(prose.of(number).pointer)}
    for name in names.typed:
        for number in book.at(" ".join(name)):
            clause, last = book.clause(number), number + len(name) - 1
            if not book.holds(last, book.behind(clause)):
                continue
            end = prose.end(last)
            if MAY_SAY.match(_BLANKS.sub(" ", text[end : end + FAR_BEHIND])):
                found.add(clause)
    return found


def _once(found: list[tuple[str, Fault]]) -> Iterator[tuple[str, Fault]]:
    """Yield what one wrong typed figure makes wrong in several places of a text only once."""
    said = {(pointer, fault.args.get("ten")) for pointer, fault in found}
    wholes: set[tuple[str, Decimal]] = set()
    for pointer, fault in found:
        typed = fault.typed
        # A sum is wrong because one of its parts is, and that is said.
        if typed is not None and any((pointer, name) in said for name in typed.added):
            continue
        if fault.slug == "ty_le" and typed is not None and typed.whole is not None:
            if (pointer, typed.whole) in wholes:
                continue
            wholes.add((pointer, typed.whole))
        yield pointer, fault


def check(ctx: Context) -> Iterator[Finding]:
    """Report figures of texts and drawn tables that differ from the typed ones."""
    for pointer, fault in faults(ctx):
        yield ctx.at(RULE, fault.slug, pointer, text=fault.place, **fault.args)
    for pointer, said, typed in table_faults(ctx):
        yield ctx.at(
            RULE,
            "bang",
            pointer,
            so=vietnamese(said),
            ten=typed.name,
            dung=_shown(typed, typed.value, typed.unit),
        )


class _Taken:
    """What is wrong with the fractions and shares of a text already: asked for when needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        found = fraction.faults(self.text)
        return sorted(
            [fault.pair for fault in found]
            + [fault.place for fault in found]
            + [(start, end) for start, end, _ in over_hundred.places(self.text)]
        )


def _running(
    text: str,
    sentences: Iterable[Sentence],
    reader: Reader,
    names: Names,
    hints: Mapping[int, tuple[tuple[int, ...], bool]],
) -> Iterator[Fault]:
    taken = _Taken(text)
    for sentence in sentences:
        if "cơ bản" in sentence.text:
            # "cơ bản đạt 19/19 tiêu chí" is a matter of wording, not of this rule.
            continue
        wrong: dict[int, Statement] = {}
        right: dict[int, Statement] = {}
        percents: dict[int, list[tuple[Statement, list[Decimal]]]] = {}
        numbers, named = hints.get(id(sentence)) or (reader.hinted(sentence.text), True)
        for statement in reader.statements(sentence, numbers):
            _sort(statement, wrong, right)
        for statement, start, of_plan in names.statements(sentence) if named else ():
            if reader.silent(sentence, start, statement.end):
                continue
            if of_plan:
                percents.setdefault(statement.index, []).append(
                    (statement, _of_plan(statement.typed))
                )
            else:
                _sort(statement, wrong, right)
        for index, statement in wrong.items():
            q = statement.quantity
            if index in right or overlaps(taken.places, q.start, q.end):
                continue
            args = {
                "so": " ".join(text[q.start : q.unit_end].split()),
                "ten": statement.typed.name,
                "dung": _shown(statement.typed, _in_unit_of(statement), q.unit),
            }
            yield Fault("loi_van", (q.start, q.end), args, statement.typed)
        if right or percents:
            yield from _percents(sentence, right, percents, taken)


def _sort(statement: Statement, wrong: dict[int, Statement], right: dict[int, Statement]) -> None:
    q = statement.quantity
    # 1,246 written for 1.246 is another mistake.
    if q.approximate or (q.decimals > 2 and q.form == "digits"):
        return
    value = _in_unit_of(statement)
    # A share above 100 % is one of the plan, or NUM006's.
    if q.unit == "%" and q.value > _WHOLE >= value:
        return
    good = abs(q.value - value) <= tolerance(q, value)
    (right if good else wrong).setdefault(statement.index, statement)


def _in_unit_of(statement: Statement) -> Decimal:
    """Return the typed value in the unit the sentence uses."""
    typed = statement.typed
    value = converted(typed.value, typed.unit, statement.quantity.unit)
    return typed.value if value is None else value


def _of_plan(typed: Typed) -> list[Decimal]:
    """Return what a percentage of plan may be."""
    return [typed.value * 100 / plan for plan in typed.plans] + list(typed.percents)


def _percents(
    sentence: Sentence,
    right: Mapping[int, Statement],
    named: Mapping[int, list[tuple[Statement, list[Decimal]]]],
    taken: _Taken,
) -> Iterator[Fault]:
    """Judge the percentages said of figures that are right themselves."""
    found = [
        (statement.typed, statement.quantity, exact)
        for several in named.values()
        for statement, exact in several
    ]
    for statement in right.values():
        said = percentage(sentence, statement)
        if said is None:
            continue
        typed = statement.typed
        if said.named and len(set(typed.plans)) < _SEVERAL:
            continue
        if said.of_plan:
            found.append((typed, said.quantity, _of_plan(typed)))
        elif typed.whole:
            found.append((typed, said.quantity, [typed.value * 100 / typed.whole]))
    seen: set[int] = set()
    for typed, q, exact in found:
        if not exact or q.start in seen:
            continue
        seen.add(q.start)
        unit = Decimal(1).scaleb(-q.decimals)
        if q.approximate or not all(deviates(q.value, unit, value) for value in exact):
            continue
        if overlaps(taken.places, q.start, q.end):
            continue
        nearest = min(exact, key=lambda value: abs(value - q.value))
        args = {"ty_le": q.text, "ten": typed.name, "dung": shown(nearest)}
        yield Fault("ty_le", (q.start, q.end), args, typed)


def _shown(typed: Typed, value: Decimal, unit: str) -> str:
    """Return a typed figure as the message shows it, in the unit of the sentence."""
    places = None if typed.unit != "%" else 2
    number = trimmed(value.quantize(Decimal("0.01"))) if places else trimmed(value)
    return vietnamese(number) + (f" {unit}" if unit and unit != "%" else unit)


# -- drawn tables ------------------------------------------------------------------------------

_LABELS = {
    "kết nạp": "admitted",
    "kết nạp đảng viên": "admitted",
    "kết nạp đảng viên mới": "admitted",
    "đảng viên kết nạp": "admitted",
    "đảng viên mới kết nạp": "admitted",
    "đảng viên được kết nạp": "admitted",
    "tổng số đảng viên": "total",
    "tổng đảng viên": "total",
    "đảng viên cuối kỳ": "total",
    "đảng viên chính thức": "full",
    "đảng viên dự bị": "probationary",
    "đảng viên nữ": "women",
    "chi bộ trực thuộc": "cells",
    "hộ nghèo": "poor",
    "hộ cận nghèo": "near_poor",
    "tỷ lệ hộ nghèo": "poor_rate",
    "tỷ lệ hộ cận nghèo": "near_rate",
    "thu ngân sách": "revenue",
    "chi ngân sách": "spending",
    "tỷ lệ tham gia bảo hiểm y tế": "insured_rate",
    "tỷ lệ bao phủ bảo hiểm y tế": "insured_rate",
}
_BRACKETS = re.compile(r"\([^()]*\)")
_ACTUAL = re.compile(
    r"(?<!\w)(?:thực hiện|kết quả|số lượng|hiện có|cuối kỳ|đạt được|năm báo cáo|kỳ này)(?!\w)"
)
_OTHER = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu|cùng kỳ|năm trước|kỳ trước|đầu kỳ|đầu năm|giao|tăng|giảm|so|"
    r"tỷ lệ|tỉ lệ|%|quý|tháng|dự toán|mục tiêu|tt|stt|còn|dự kiến|ước|phấn đấu|nhiệm kỳ)(?!\w)|%"
)
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:kế hoạch|phấn đấu|mục tiêu|cùng kỳ|quý|tháng \d|dự kiến|ấp|thôn|xóm|nhiệm kỳ|"
    r"giai đoạn|huyện|tỉnh)(?!\w)"
)
# A table about an act ("nhà cho hộ nghèo") counts those it reached, not all there are.
_ACTS = re.compile(
    r"(?<!\w)(?:hỗ trợ|tặng|xây|sửa|nhà|vay|quà|cấp|bảo hiểm xã hội|hiến|đóng góp|dự|học|đăng ký|"
    r"khen|đoàn viên|hội viên|thăm|trao|giúp|tập huấn|lớp|bồi dưỡng|bầu|phiếu|quy hoạch)(?!\w)"
)
_WORDS = re.compile(r"[^\W_]+")
_NAME_END = re.compile(r"[\s,.;:–-]+$")


def table_faults(ctx: Context) -> list[tuple[str, Decimal, Typed]]:
    """Return the cells of drawn tables that differ from the typed figures: pointer, value."""
    return ctx.once(_table_faults)


def _table_faults(ctx: Context) -> list[tuple[str, Decimal, Typed]]:
    figures = figures_of(ctx)
    by_name = {" ".join(words): typed for words, typed in names_of(figures)}
    setting = setting_of(ctx)
    plan = tuple(node.pointer + "/" for role in _UNTOLD for node in ctx.role(role))
    found: list[tuple[str, Decimal, Typed]] = []
    for table in tables_of(ctx):
        if table.pointer.startswith(plan) or _speaks_of_other(table.title, setting):
            continue
        found.extend(_in_rows(table, by_name, figures, setting))
        found.extend(_in_totals(table, by_name, figures, setting))
    return found


def _speaks_of_other(title: str, setting: Setting) -> bool:
    low = fold(title).text
    if _ELSEWHERE.search(re.sub(r"\d+ tháng", "", low)):
        return True
    years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", low)}
    return bool(years - setting.years)


def _clean(label: Any) -> str:
    words = _BRACKETS.sub(" ", str(label))
    return _NAME_END.sub("", " ".join(fold(words).text.split()))


def _plain(label: str) -> str:
    return plain_name(label)


def _meant(label: str, about: str, by_name: Mapping[str, Typed], figures: Figures) -> Typed | None:
    """Return the typed figure that a label names in a table about ``about``."""
    key = _LABELS.get(label) or _LABELS.get(_plain(label))
    if key is not None:
        return None if _ACTS.search(about) else figures.by_key.get(key)
    return by_name.get(" ".join(_WORDS.findall(_plain(label))))


def _unit(table: Table, row: int | None, column: int, label: str) -> str | None:
    """Return the unit of money a table names for a cell, None when it names none."""
    texts = [label, table.headers[column], table.title]
    if row is not None:
        texts += [str(cell) for cell in table.rows[row] if isinstance(cell, str)]
    for text in texts:
        low = " ".join(fold(text).text.split())
        for unit in sorted(MONEY, key=len, reverse=True):
            if re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", low):
                return unit
    return None


def _about(table: Table) -> str:
    return " ".join(fold(" ".join((table.title, *table.headers))).text.split())


def _judge(
    table: Table, row: int, column: int, typed: Typed, label: str
) -> tuple[str, Decimal, Typed] | None:
    said = figure(table.rows[row][column])
    if said is None:
        return None
    value: Decimal | None = typed.value
    if typed.unit in MONEY:
        unit = _unit(table, row, column, label)
        value = None if unit is None else converted(typed.value, typed.unit, unit)
    elif typed.unit == "%" and not (
        "%" in label + table.headers[column]
        or any(str(cell).strip() == "%" for cell in table.rows[row])
    ):
        return None
    if value is None:
        return None
    exponent = said.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    rounded = value != value.quantize(Decimal(1).scaleb(-decimals))
    slack = Decimal(1).scaleb(-decimals) if rounded else Decimal(0)
    if abs(said - value) <= slack:
        return None
    return f"{table.pointer}/dong/{row}/{column}", said, typed


def _in_rows(
    table: Table, by_name: Mapping[str, Typed], figures: Figures, setting: Setting
) -> Iterator[tuple[str, Decimal, Typed]]:
    """Judge rows that are named like a typed figure."""
    columns = [c for c in table.numeric if not _is_other(table.headers[c], setting)]
    actual = [c for c in columns if _ACTUAL.search(fold(table.headers[c]).text)]
    chosen = actual if len(actual) == 1 else columns if len(table.numeric) == 1 else []
    if len(chosen) != 1:
        return
    about = _about(table)
    for index, row in enumerate(table.rows):
        label = next((c for c in row if isinstance(c, str) and figure(c) is None and c.strip()), "")
        typed = _meant(_clean(label), about, by_name, figures)
        if typed is None or chosen[0] >= len(row):
            continue
        fault = _judge(table, index, chosen[0], typed, str(label))
        if fault is not None:
            yield fault


def _in_totals(
    table: Table, by_name: Mapping[str, Typed], figures: Figures, setting: Setting
) -> Iterator[tuple[str, Decimal, Typed]]:
    """Judge the total row under columns that are named like a typed figure."""
    totals = table.totals
    if len(totals) != 1:
        return
    about = _about(table)
    for column in table.numeric:
        header = table.headers[column]
        if _is_other(header, setting) or column >= len(table.rows[totals[0]]):
            continue
        typed = _meant(_clean(header), about, by_name, figures)
        if typed is None:
            continue
        fault = _judge(table, totals[0], column, typed, header)
        if fault is not None:
            yield fault


def _is_other(header: str, setting: Setting) -> bool:
    """Tell whether a column holds plans, earlier figures, shares or numbers of rows."""
    low = fold(header).text
    if {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", low)} - setting.years:
        return True
    return _OTHER.search(low) is not None and "tỷ lệ hộ" not in low
