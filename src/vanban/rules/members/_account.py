"""The equations that tie the figures of members together, and the one figure that breaks them.

A single slip of the pen breaks every equation its figure stands in: members at the end belong to
the balance, to "chính thức + dự bị", to the sum by cells and to the grading. When every equation of
one figure fails by the same amount, that figure is the mistake, and one rule says so for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.rules.members._admission import admission_indicator, is_estimate
from vanban.rules.members._rows import (
    CLOSING,
    GAINS,
    LOSSES,
    OF_WHICH,
    OPENING,
    RESIDUAL,
    RESIDUAL_COUNT,
    SAME_PERIOD,
    STRUCK_PROBATIONARY,
    TOTAL,
)
from vanban.text import dates
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

ADMITTED, EXPELLED = "ket_nap", "khai_tru"
FULL, PROBATIONARY = "chinh_thuc", "du_bi"
CELLS, CELL_MEMBERS, CELL_FULL = "theo_chi_bo", "so_dang_vien", "so_chinh_thuc"
PROBATION, REMOVED = "bien_dong_du_bi", "xoa_ten"
FORMS = ("khien_trach", "canh_cao", "cach_chuc", EXPELLED)
GRADES = ("xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh")
ASSESSED, NOT_ASSESSED = "duoc_danh_gia", "chua_danh_gia"
OWN_DATE = "ngay_chot_so_lieu"

# Names of equations; each is kept with the pointer of the table it belongs to.
BALANCE, SUM, SPLIT = "balance", "sum", "split"
BY_CELL, FULL_BY_CELL, ADMITTED_BY_CELL = "by-cell", "full-by-cell", "admitted-by-cell"
ON_PROBATION, STRUCK_OFF = "on-probation", "struck-off"
TARGET, DISCIPLINE, DISCIPLINE_SUM = "target", "discipline", "discipline-sum"
GRADED, GRADED_OF_ALL, GRADED_OF_MEMBERS = "graded", "graded-of-all", "graded-of-members"

Key = tuple[str, str]


class Equation(NamedTuple):
    """A sum of figures (pointer to coefficient) that should be nothing; ``off`` is what it is."""

    key: Key
    terms: Mapping[str, int]
    off: Decimal


@dataclass(eq=False, repr=False)
class Account:
    """The figures (by pointer), the equations between them, and the figures that break several."""

    values: dict[str, Decimal] = field(default_factory=dict)
    equations: dict[Key, Equation] = field(default_factory=dict)
    culprits: dict[Key, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def take(self, pointer: str, raw: Any) -> bool:
        """Note a figure; False when there is none."""
        number = figure(raw)
        if number is not None:
            self.values[pointer] = number
        return number is not None

    def tie(self, key: Key, terms: Mapping[str, int]) -> None:
        """Add an equation between figures that were taken."""
        off = sum((self.values[p] * times for p, times in terms.items()), Decimal(0))
        self.equations[key] = Equation(key, terms, off)

    def off(self, key: Key) -> Decimal:
        """Return by how much an equation fails: 0 when it holds or is not there."""
        equation = self.equations.get(key)
        return equation.off if equation is not None else Decimal(0)

    def holds(self, key: Key) -> bool:
        """Tell whether an equation is there and true."""
        equation = self.equations.get(key)
        return equation is not None and not equation.off

    def speaks(self, rule: str, key: Key) -> bool:
        """Tell whether a rule is to speak of an equation: it fails and is nobody else's matter."""
        culprit = self.culprits.get(key)
        return bool(self.off(key)) and (culprit is None or self.owners[culprit] == rule)

    def left_to_others(self, rules: Iterable[str], key: Key) -> bool:
        """Tell whether an equation fails because of a figure that another rule points at."""
        culprit = self.culprits.get(key)
        return culprit is not None and self.owners[culprit] not in rules

    def find_culprits(self) -> None:
        """Find the figures each of whose equations fails, all of them by the same amount."""
        where: dict[str, list[Equation]] = {}
        for equation in self.equations.values():
            for pointer in equation.terms:
                where.setdefault(pointer, []).append(equation)
        suspects = []
        for pointer, equations in where.items():
            amounts = {-e.off / e.terms[pointer] for e in equations}
            if len(equations) > 1 and len(amounts) == 1:
                [amount] = amounts
                if amount and self.values[pointer] + amount >= 0:
                    suspects.append((pointer, equations))
        suspects.sort(key=lambda suspect: -len(suspect[1]))
        for pointer, equations in suspects:
            keys = [e.key for e in equations]
            if not any(key in self.culprits for key in keys):
                self.culprits.update((key, pointer) for key in keys)
                self.owners[pointer] = _owner(pointer, keys)


def _owner(pointer: str, keys: list[Key]) -> str:
    """Return the rule that speaks of a figure which breaks all these equations."""
    names = {name for name, _ in keys}
    for rule, own in (
        ("MEM007", {TARGET, ADMITTED_BY_CELL}),
        # a form of discipline that also breaks its own table is the matter of that table
        ("", {DISCIPLINE_SUM}),
        ("MEM008", {DISCIPLINE}),
        ("MEM003", {SUM}),
        ("MEM001", {BALANCE}),
        ("MEM004", {SPLIT}),
        ("MEM006", {ON_PROBATION, STRUCK_OFF}),
        ("GRA001", {GRADED, GRADED_OF_ALL, GRADED_OF_MEMBERS}),
    ):
        if names & own:
            return rule
    return "MEM005"


def account(ctx: Context) -> Account:
    """Return the account of the draft: every equation whose figures are all there."""
    return ctx.once(_account)


def _account(ctx: Context) -> Account:
    book = Account()
    node = ctx.one("member-balance")
    if node is not None and isinstance(node.value, Mapping):
        _balance(book, node.pointer, node.value)
        _same_period(book, node)
        _structure(book, node.pointer, node.value)
        _cells(book, node.pointer, node.value)
        _targets(ctx, book, node)
        _discipline(ctx, book, node)
    for role in ("grading-members", "grading-cells"):
        for grading in ctx.role(role):
            _grading(ctx, book, grading, node if role == "grading-members" else None)
    book.find_culprits()
    return book


def table_day(ctx: Context, table: Any) -> Any:
    """Return the day a table of figures counts to: its own, else that of the report."""
    own = table.get(OWN_DATE) if isinstance(table, Mapping) else None
    if own is None:
        node = ctx.one("data-date")
        own = node.value if node is not None else None
    return dates.parse(own)


def closings(ctx: Context, book: Account) -> tuple[Decimal, ...]:
    """Return every value that "cuối kỳ" may truly have.

    What was typed, and what each failing equation would have instead: where one of them is in
    doubt, another rule has said so, and nothing is measured by the doubtful figure.
    """
    node = ctx.one("member-balance")
    if node is None:
        return ()
    closing = f"{node.pointer}/{CLOSING}"
    typed = book.values.get(closing)
    if typed is None:
        return ()
    names = (BALANCE, SPLIT, BY_CELL)
    failing = [book.equations.get((name, node.pointer)) for name in names]
    return (typed, *(typed - e.off / e.terms[closing] for e in failing if e is not None))


def _sum_terms(book: Account, rows: Any, pointer: str) -> dict[str, int] | None:
    """Return what a group of rows adds up to: its typed total, else its rows; tie the total."""
    if not isinstance(rows, Mapping):
        return None
    terms: dict[str, int] = {}
    for key, value in rows.items():
        if key == TOTAL or key in OF_WHICH:
            continue
        place = f"{pointer}/{key}"
        if isinstance(value, Mapping):
            below = _sum_terms(book, value, place)
            if below is None:
                return None
            terms.update(below)
        elif book.take(place, value):
            terms[place] = 1
        else:
            return None
    total = f"{pointer}/{TOTAL}"
    if rows.get(TOTAL) is None:
        return terms
    if not book.take(total, rows[TOTAL]):
        return None
    book.tie((SUM, pointer), {**terms, total: -1})
    return {total: 1}


def _balance(book: Account, pointer: str, rows: Mapping[str, Any]) -> None:
    opening, closing = f"{pointer}/{OPENING}", f"{pointer}/{CLOSING}"
    found = [book.take(opening, rows.get(OPENING)), book.take(closing, rows.get(CLOSING))]
    gains = _sum_terms(book, rows.get(GAINS), f"{pointer}/{GAINS}")
    losses = _sum_terms(book, rows.get(LOSSES), f"{pointer}/{LOSSES}")
    if not all(found) or gains is None or losses is None:
        return
    terms = {opening: 1, closing: -1, **gains, **dict.fromkeys(losses, -1)}
    residual, stated = f"{pointer}/{RESIDUAL}/{RESIDUAL_COUNT}", rows.get(RESIDUAL)
    if isinstance(stated, Mapping) and book.take(residual, stated.get(RESIDUAL_COUNT)):
        terms[residual] = 1
    book.tie((BALANCE, pointer), terms)


def _same_period(book: Account, node: Node) -> None:
    rows = node.value.get(SAME_PERIOD)
    if isinstance(rows, Mapping):
        _balance(book, f"{node.pointer}/{SAME_PERIOD}", rows)


def _structure(book: Account, pointer: str, table: Mapping[str, Any]) -> None:
    """Tie full and probationary members to the whole, and the movement of those on probation."""
    closing, full, probationary = (f"{pointer}/{k}" for k in (CLOSING, FULL, PROBATIONARY))
    has_full = book.take(full, table.get(FULL))
    has_probationary = book.take(probationary, table.get(PROBATIONARY))
    if has_full and has_probationary and closing in book.values:
        book.tie((SPLIT, pointer), {full: 1, probationary: 1, closing: -1})
    rows = table.get(PROBATION)
    if not isinstance(rows, Mapping):
        return
    base = f"{pointer}/{PROBATION}"
    signs = {
        "dau_ky": 1,
        "chuyen_den": 1,
        "cong_nhan_chinh_thuc": -1,
        REMOVED: -1,
        "chuyen_di": -1,
        "giam_khac": -1,
    }
    complete = [book.take(f"{base}/{key}", rows.get(key)) for key in signs]
    admitted = f"{pointer}/{GAINS}/{ADMITTED}"
    if all(complete) and has_probationary and admitted in book.values:
        terms = {f"{base}/{key}": sign for key, sign in signs.items()}
        book.tie((ON_PROBATION, pointer), {**terms, admitted: 1, probationary: -1})
    losses = table.get(LOSSES)
    part = f"{pointer}/{LOSSES}/{STRUCK_PROBATIONARY}"
    if not isinstance(losses, Mapping) or f"{base}/{REMOVED}" not in book.values:
        return
    if book.take(part, losses.get(STRUCK_PROBATIONARY)):
        book.tie((STRUCK_OFF, pointer), {f"{base}/{REMOVED}": 1, part: -1})


def overfull_cells(table: Mapping[str, Any]) -> Iterator[tuple[int, Decimal, Decimal]]:
    """Yield each cell with more full members than members: its index and both figures."""
    for index, cell in enumerate(table.get(CELLS) or ()):
        full, members = figure(cell.get(CELL_FULL)), figure(cell.get(CELL_MEMBERS))
        if full is not None and members is not None and full > members:
            yield index, full, members


def _cells(book: Account, pointer: str, table: Mapping[str, Any]) -> None:
    cells = table.get(CELLS)
    if not isinstance(cells, list) or not cells:
        return
    sums = [(ADMITTED_BY_CELL, ADMITTED, f"{pointer}/{GAINS}/{ADMITTED}")]
    # a cell that contradicts itself makes the sums doubtful: it is mended first
    if not any(True for _ in overfull_cells(table)):
        sums.append((BY_CELL, CELL_MEMBERS, f"{pointer}/{CLOSING}"))
        sums.append((FULL_BY_CELL, CELL_FULL, f"{pointer}/{FULL}"))
    for name, key, whole in sums:
        places = {f"{pointer}/{CELLS}/{i}/{key}": cell.get(key) for i, cell in enumerate(cells)}
        complete = [book.take(place, raw) for place, raw in places.items()]
        if all(complete) and whole in book.values:
            book.tie((name, pointer), {**dict.fromkeys(places, 1), whole: -1})


def _targets(ctx: Context, book: Account, node: Node) -> None:
    """Tie the admissions of the balance to the indicator of the same name, for both columns."""
    indicator = admission_indicator(ctx)
    if indicator is None or table_day(ctx, node.value) != table_day(ctx, None):
        return
    for key, column in (("thuc_hien", ""), (SAME_PERIOD, f"/{SAME_PERIOD}")):
        admitted = f"{node.pointer}{column}/{GAINS}/{ADMITTED}"
        if admitted not in book.values or (not column and is_estimate(indicator.value)):
            continue
        shown = f"{indicator.pointer}/{key}"
        if book.take(shown, indicator.value.get(key)):
            book.tie((TARGET, f"{node.pointer}{column}"), {shown: 1, admitted: -1})


def _discipline(ctx: Context, book: Account, node: Node) -> None:
    inspection, table = ctx.one("inspection"), ctx.one("discipline")
    if table is None or not isinstance(table.value, Mapping):
        return
    shown = f"{table.pointer}/{EXPELLED}"
    if not book.take(shown, table.value.get(EXPELLED)):
        return
    forms = [book.take(f"{table.pointer}/{f}", table.value.get(f)) for f in FORMS]
    total = f"{table.pointer}/{TOTAL}"
    if all(forms) and book.take(total, table.value.get(TOTAL)):
        terms = {f"{table.pointer}/{form}": 1 for form in FORMS}
        book.tie((DISCIPLINE_SUM, table.pointer), {**terms, total: -1})
    expelled = f"{node.pointer}/{LOSSES}/{EXPELLED}"
    whole = inspection.value if inspection is not None else None
    if expelled in book.values and table_day(ctx, whole) == table_day(ctx, node.value):
        book.tie((DISCIPLINE, node.pointer), {shown: 1, expelled: -1})


def _grading(ctx: Context, book: Account, grading: Node, members: Node | None) -> None:
    """Tie the grades to the number assessed, and this to all there are."""
    raw, base = grading.value, grading.pointer
    if not isinstance(raw, Mapping):
        return
    complete = [book.take(f"{base}/{grade}", raw.get(grade)) for grade in GRADES]
    if not all(complete):
        return
    graded = {f"{base}/{grade}": 1 for grade in GRADES}
    if book.take(f"{base}/{ASSESSED}", raw.get(ASSESSED)):
        book.tie((GRADED, base), {**graded, f"{base}/{ASSESSED}": -1})
        graded = {f"{base}/{ASSESSED}": 1}
    total = f"{base}/{TOTAL}"
    typed = book.take(total, raw.get(TOTAL))
    if not book.take(f"{base}/{NOT_ASSESSED}", raw.get(NOT_ASSESSED)):
        return
    terms = {**graded, f"{base}/{NOT_ASSESSED}": 1}
    if typed:
        book.tie((GRADED_OF_ALL, base), {**terms, total: -1})
    elif members is not None and isinstance(members.value, Mapping):
        closing = f"{members.pointer}/{CLOSING}"
        parent = ctx.one("grading")
        own = parent.value if parent is not None else None
        if closing in book.values and table_day(ctx, own) == table_day(ctx, members.value):
            book.tie((GRADED_OF_MEMBERS, base), {**terms, closing: -1})
