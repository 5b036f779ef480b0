"""Figure tables and free tables: cells from the draft, widths and page by measuring."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from vanban.compose.blocks import plain
from vanban.compose.document import Align, Cell, Column, Table
from vanban.compose.outline import Facts, filled, lookup
from vanban.text import dates
from vanban.text.metrics import units, units_mm, widest
from vanban.text.numbers import figure, looks_numeric, percent, vietnamese

if TYPE_CHECKING:
    from vanban.compose.outline import Outline
    from vanban.compose.profile import Profile

# Room beside the text of a cell, both sides together, and the narrowest column (mm).
CELL_PADDING_MM = 3.0
LEAST_COLUMN_MM = 8.0
# Columns of running text are not squeezed below this, so that a line holds a few words: the
# widest of them (the names of the rows) and the others.
LEAST_NAME_MM = 30.0
LEAST_TEXT_MM = 13.0
# Upright, a table may be set this much smaller before its page is turned; turned, down to here.
UPRIGHT_STEP_PT = 1.0
LEAST_SIZE_PT = 9.0
_SHORT = 16
_FIGURES = frozenset({int, Decimal, str})
# Columns whose cells are no figures of the draft: names, numbers of rows, shares.
_OTHER_COLUMNS = frozenset({"nhan", "ten", "thu_tu", "phan_tram"})
# Key of the day up to which the figures of a table count, in any table of figures.
DATA_DATE = "ngay_chot_so_lieu"


class _Sheet(NamedTuple):
    """The cells of a table before its columns are measured."""

    heads: tuple[str, ...]
    aligns: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]
    bold_rows: frozenset[int] = frozenset()
    shares: tuple[float, ...] | None = None


def _align(value: Any, default: Align = "left") -> Align:
    known = {"trai": "left", "giua": "center", "phai": "right", "deu": "justify"}
    name = known.get(str(value), str(value))
    return cast("Align", name) if name in ("left", "center", "right", "justify") else default


class _Widest(NamedTuple):
    """The widest text and word of a column, and its head and the head's widest word.

    In units of the typeface, measured once: their widths grow in step with the size of type.
    """

    text: int
    word: int
    head: int
    head_word: int

    @classmethod
    def of(cls, texts: Sequence[str], head: str) -> _Widest:
        """Measure a column."""
        return cls(
            widest({*texts}),
            widest({*" ".join(texts).split()}),
            units(head, bold=True),
            max((units(word, bold=True) for word in head.split()), default=0),
        )

    def least(self, size: float, running_mm: float) -> float:
        """Return the narrowest width in mm: the longest word, or a few words of text."""
        word, head_word, longest = (
            units_mm(count, size) for count in (self.word, self.head_word, self.text)
        )
        running = min(longest, running_mm)
        return max(word, head_word, running, LEAST_COLUMN_MM - CELL_PADDING_MM) + CELL_PADDING_MM

    def natural(self, size: float) -> float:
        """Return the width in mm that holds every text on one line."""
        # A heading may run over three lines without harm.
        return max(units_mm(self.text, size), units_mm(self.head, size) / 3) + CELL_PADDING_MM


def _spread(least: Sequence[float], natural: Sequence[float], whole: float) -> list[float]:
    """Share out ``whole``: every column its least width, the rest in step with what it lacks."""
    spare = whole - sum(least)
    if spare <= 0:
        return _squeezed(least, whole)
    wants = [max(n - m, 0.0) for n, m in zip(natural, least, strict=True)]
    total = sum(wants)
    if total <= spare:
        # All lines fit: what is left over is spread so that the table fills the page.
        full = [m + w for m, w in zip(least, wants, strict=True)]
        return [width / sum(full) for width in full]
    return [(m + w / total * spare) / whole for m, w in zip(least, wants, strict=True)]


def _squeezed(least: Sequence[float], whole: float) -> list[float]:
    """Share out too little room: the narrow columns keep theirs, the wide ones share the rest."""
    shares = [0.0] * len(least)
    left = whole
    order = sorted(range(len(least)), key=lambda i: least[i])
    for done, i in enumerate(order):
        given = min(least[i], left / (len(order) - done))
        left -= given
        shares[i] = given / whole
    return shares


def _cell(text: str, align: Align, bold: bool) -> Cell:
    return (_short_cell if len(text) <= _SHORT else Cell)(text, align, bold)


_short_cell = lru_cache(maxsize=4096)(Cell)  # figures and nothing come again and again


def _turned(sheet: _Sheet) -> list[tuple[str, ...]]:
    """Return the texts of each column."""
    return list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.heads)


def _lay_out(sheet: _Sheet, profile: Profile, caption: str | None, pointer: str) -> Table:
    size = profile.style("o_bang").size_pt
    columns = range(len(sheet.heads))
    measured = [
        _Widest.of(texts, head) for texts, head in zip(_turned(sheet), sheet.heads, strict=True)
    ]
    upright, turned = profile.page.text_width, profile.page.text_width_landscape

    widest = max(columns, key=lambda i: measured[i].text)

    def least(at: float) -> list[float]:
        return [
            column.least(at, LEAST_NAME_MM if i == widest else LEAST_TEXT_MM)
            for i, column in enumerate(measured)
        ]

    usual = size
    widths = least(size)
    if sum(widths) > upright:
        widths = least(usual - UPRIGHT_STEP_PT)
        size = usual - UPRIGHT_STEP_PT
    landscape = sum(widths) > upright
    if landscape:
        size = usual
        widths = least(size)
    while landscape and sum(widths) > turned and size > LEAST_SIZE_PT:
        size -= 1
        widths = least(size)
    whole = turned if landscape else upright
    natural = [column.natural(size) for column in measured]
    shares = list(sheet.shares) if sheet.shares else _spread(widths, natural, whole)
    return Table(
        columns=tuple(Column(shares[i], sheet.aligns[i]) for i in columns),
        header=(tuple(Cell(head, "center", bold=True) for head in sheet.heads),)
        if any(sheet.heads)
        else (),
        rows=tuple(
            tuple(map(_cell, row, sheet.aligns, itertools.repeat(number in sheet.bold_rows)))
            for number, row in enumerate(sheet.rows)
        ),
        size_pt=size,
        landscape=landscape,
        caption=caption,
        pointer=pointer,
    )


# ---- free tables ------------------------------------------------------------------------------


def free_table(value: Mapping[str, Any], profile: Profile, pointer: str = "") -> Table:
    """Build a table the clerk has drawn (``bang``): ``cot`` and ``dong``, figures to the right."""
    raw_columns = value.get("cot")
    raw_rows = value.get("dong")
    columns: list[Any] = raw_columns if isinstance(raw_columns, list) else []
    rows: list[Any] = raw_rows if isinstance(raw_rows, list) else []
    count = max([len(columns), *(len(r) for r in rows if isinstance(r, list)), 1])
    specs = [
        column if isinstance(column, Mapping) else {"ten": column}
        for column in [*columns, *[None] * (count - len(columns))]
    ]
    heads = [plain(spec.get("ten")) for spec in specs]
    cells = tuple(
        tuple(_free_cell(row[i], heads[i]) if i < len(row) else "" for i in range(count))
        for row in rows
        if isinstance(row, list)
    )
    aligns, wishes = [], []
    for i, spec in enumerate(specs):
        printed = [row[i] for row in cells if row[i]]
        guess: Align = "right" if printed and all(map(looks_numeric, printed)) else "left"
        aligns.append(_align(spec.get("can"), guess))
        wish = figure(spec.get("rong"))
        wishes.append(float(wish) if wish is not None and wish > 0 else None)
    given = [w for w in wishes if w is not None]
    # Widths count only when all columns have one; they are shares of the whole.
    shares = tuple(w / sum(given) for w in given) if len(given) == count else None
    sheet = _Sheet(tuple(heads), tuple(aligns), cells, shares=shares)
    return _lay_out(sheet, profile, plain(value.get("tieu_de")) or None, pointer)


def _free_cell(value: Any, head: str) -> str:
    """Return a cell as printed; under a head that says so, a year is no count: 2023, not 2.023."""
    year = isinstance(value, int) and not isinstance(value, bool) and 1900 <= value < 2100
    return str(value) if year and "năm" in head.casefold().split() else plain(value)


# ---- figure tables ------------------------------------------------------------------------------


class _Column(NamedTuple):
    """A column of a figure table, as its outline defines it (``spec``)."""

    spec: Mapping[str, Any]
    key: str
    kind: str | None
    source: str
    field: str
    several: str | None
    repeated: bool
    names: Mapping[str, Any] | None
    counted: bool

    @classmethod
    def of(cls, spec: Mapping[str, Any]) -> _Column:
        """Read a column's definition."""
        kind, names = spec.get("loai"), spec.get("gia_tri")
        return cls(
            spec,
            spec["ma"],
            kind,
            spec.get("goc") or "",
            spec.get("o") or "",
            spec.get("nhieu"),
            bool(spec.get("lap")),
            names if isinstance(names, Mapping) else None,
            bool(spec.get("so")) and kind not in ("ten", "nhan"),
        )


@dataclass(frozen=True)
class FigureTables:
    """Builds the figure tables that an outline defines from the data of a draft."""

    outline: Outline
    facts: Facts
    profile: Profile
    phrase: Any
    _built: dict[str, list[tuple[Table, tuple[str, ...]]]] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """Return the title of a figure table."""
        return str(self.phrase(self._definition(name).get("tieu_de", "")))

    def _definition(self, name: str) -> Mapping[str, Any]:
        found = self.outline.section("bieu").get(name)
        if not isinstance(found, Mapping):
            raise self.outline.fail(f"no table is defined as {name!r}")
        return found

    def defined(self, name: str) -> bool:
        """Return whether the outline defines a table of that name."""
        return name in self.outline.section("bieu")

    def build(self, name: str) -> list[tuple[Table, tuple[str, ...]]]:
        """Return the tables of that name that have data, each with the notes to stand above it."""
        if name not in self._built:  # asked for by whoever wonders whether there is anything
            self._built[name] = self._build(name)
        return self._built[name]

    def _build(self, name: str) -> list[tuple[Table, tuple[str, ...]]]:
        definition = self._definition(name)
        parts = definition.get("bang", [definition])
        built: list[tuple[Table, tuple[str, ...]]] = []
        dated: set[str] = set()
        for part in parts:
            source = part.get("nguon")
            data = lookup(self.facts.data, source) if isinstance(source, str) else None
            if not filled(data) or not self.facts.hold(part.get("khi")):
                continue
            sheet = self._sheet(part, data)
            if sheet is None:
                continue
            caption = str(self.phrase(part.get("ten", ""))) or None
            pointer = "/" + str(source).replace(".", "/")
            table = _lay_out(sheet, self.profile, caption, pointer)
            built.append((table, self._notes(part, data, dated=source in dated)))
            dated.add(str(source))
        return built

    def _notes(self, part: Mapping[str, Any], data: Any, *, dated: bool) -> tuple[str, ...]:
        """Return the unit, the data date (unless ``dated`` above) and the remark of a table."""
        notes = []
        usual = plain(part.get("don_vi_thuong"))
        if "don_vi_goc" in part and (
            unit := plain(lookup(self.facts.data, part["don_vi_goc"])) or usual
        ):
            # A list has no unit of its own: that of the table it belongs to holds.
            notes.append(str(self.phrase(self.outline.text("don_vi_tinh"), don_vi=unit)))
        if not isinstance(data, Mapping):
            return tuple(notes)
        day = dates.parse(data.get(DATA_DATE))
        if day is not None and not dated:
            words = self.outline.text("so_lieu_den")
            notes.append(str(self.phrase(words, ngay=dates.short(day))))
        for key in ("don_vi", "ghi_chu"):
            given = plain(data.get(part[key])) if key in part else ""
            if given := given or (usual if key == "don_vi" else ""):
                words = self.outline.text("don_vi_tinh" if key == "don_vi" else key)
                notes.append(str(self.phrase(words, **{key: given})))
        return tuple(notes)

    def _columns(self, part: Mapping[str, Any]) -> tuple[_Column, ...]:
        """Return the columns of a table, read once for each outline."""
        made = self.outline.kept
        key = id(part)  # the outline holds the part, and so its id
        if key not in made:
            made[key] = tuple(map(_Column.of, part["cot"]))
        found: tuple[_Column, ...] = made[key]
        return found

    def _sheet(self, part: Mapping[str, Any], data: Any) -> _Sheet | None:
        columns = self._columns(part)
        keys = [column.key for column in columns]
        rows = self._rows(part, data)
        values = [dict(zip(keys, self._values(columns, row), strict=True)) for row in rows]
        shares = [column.spec for column in columns if column.kind == "phan_tram"]
        for row, cells in zip(rows, values, strict=True):
            for column in shares:
                self._percent(column, row, cells)
        shown = [
            (row, self._printed(columns, cells)) for row, cells in zip(rows, values, strict=True)
        ]
        data_columns = [i for i, c in enumerate(columns) if c.kind in (None, "phan_tram")]
        # A fixed row without any figure is left out; a heading row above figures stays.
        if "dong" in part:
            shown = [
                (row, cells)
                for row, cells in shown
                if row.get("giu") or any(cells[i] for i in data_columns)
            ]
        if not any(cells[i] for _, cells in shown for i in data_columns):
            return None
        kept = [
            i
            for i, c in enumerate(columns)
            if i not in data_columns or c.spec.get("giu") or any(cells[i] for _, cells in shown)
        ]
        counting = [i for i in kept if columns[i].kind == "thu_tu"]
        position = 0
        body: list[tuple[str, ...]] = []
        for row, texts in shown:
            position += 0 if row.get("phu") else 1
            for i in counting:
                texts[i] = "" if row.get("phu") else str(position)
            body.append(tuple([texts[i] for i in kept]))
        bold = {n for n, (row, _) in enumerate(shown) if row.get("dam")}
        specs = [columns[i].spec for i in kept]
        if "dong_tong" in part and len(body) > 1:
            bold.add(len(body))
            body.append(self._total(specs, values, part["dong_tong"]))
        return _Sheet(
            heads=tuple([str(self.phrase(spec.get("ten", ""))) for spec in specs]),
            aligns=tuple([_align(spec.get("can")) for spec in specs]),
            rows=tuple(body),
            bold_rows=frozenset(bold),
        )

    def _total(
        self, columns: Sequence[Mapping[str, Any]], values: Sequence[Mapping[str, Any]], name: Any
    ) -> tuple[str, ...]:
        """Return the row that adds up a list: its name, and the sum of each column of counts."""
        cells = []
        for column in columns:
            found = [figure(row.get(column["ma"])) for row in values]
            given = [number for number in found if number is not None]
            counts = column.get("so") and "loai" not in column and given
            total = vietnamese(sum(given, Decimal(0))) if counts else ""
            cells.append(str(self.phrase(name)) if column.get("loai") == "ten" else total)
        return tuple(cells)

    def _rows(self, part: Mapping[str, Any], data: Any) -> list[dict[str, Any]]:
        """Return the rows: the fixed ones of the outline, or one per item of the list."""
        if "dong" in part:
            return [{**row, "$du_lieu": data} for row in part["dong"]]
        if "nhom" in part:
            return self._grouped(part["nhom"], data)
        rows: list[dict[str, Any]] = []
        several = part.get("nhieu")
        for item in data if isinstance(data, list) else []:
            entries = lookup(item, several["o"]) if several else None
            if several is None or not isinstance(entries, list):
                rows.append({"o": "", "$du_lieu": item})
                continue
            # One indicator with several plans: a line of its own for each, who set it beside it.
            for index, entry in enumerate(entries or [{}]):
                row: dict[str, Any] = {"o": "", "$du_lieu": item, "$ke_hoach": entry}
                source = plain(lookup(entry, several["nhan"]))
                if index:
                    row |= {"phu": True, "ten": source}
                elif source:
                    row["ten_them"] = source
                rows.append(row)
        return rows

    def _grouped(self, keys: Mapping[str, Any], data: Any) -> list[dict[str, Any]]:
        """Return a bold row for each item of a list and a row for each of its parts.

        Each row holds its name (``ten``) and its count under the key of the parts' counts; a part
        also the total it is a share of.
        """
        rows: list[dict[str, Any]] = []
        for item in data if isinstance(data, list) else []:
            found = lookup(item, keys["con"])
            listed = found if isinstance(found, list) else []
            parts = [part for part in listed if isinstance(part, Mapping)]
            total: Any = lookup(item, keys["tong"])
            if total is None:
                counts = (figure(part.get(keys["dem"])) for part in parts)
                total = sum((count for count in counts if count is not None), Decimal(0))
            head = {"ten": lookup(item, keys["ten"]), keys["dem"]: total}
            rows.append({"o": "", "$du_lieu": head, "dam": True})
            for part in parts:
                name = str(self.phrase(keys["mau"], ten=plain(part.get("ten"))))
                rows.append({"o": "", "$du_lieu": {**part, "ten": name, "tong": total}})
        return rows

    def _values(self, columns: Sequence[_Column], row: Mapping[str, Any]) -> list[Any]:
        """Return the value of a row in each column, None where it has none."""
        data, left_out, path = row["$du_lieu"], row.get("trong"), row.get("o", "")
        several, further = row.get("$ke_hoach"), row.get("phu")
        usual = isinstance(path, str) and "phan_tram" not in row
        bases: dict[str, Any] = {}
        found: list[Any] = []
        for column in columns:
            value: Any = None
            if column.kind in _OTHER_COLUMNS:
                value = self._other_value(column, row)
            elif left_out is not None and column.key not in left_out:
                pass
            elif column.several is not None and "$ke_hoach" in row:
                value = lookup(several, column.several)
            elif further and not column.repeated:
                pass
            elif usual:
                source = column.source
                if source not in bases:
                    bases[source] = lookup(lookup(data, source), path)
                base = bases[source]
                if type(base) is dict and type(base.get(column.field)) in _FIGURES:
                    value = base[column.field]  # the usual case is quick
                else:
                    value = self._at(base, column, row)
            else:
                value = self._own_value(path, column, row)
            found.append(value)
        return found

    def _other_value(self, column: _Column, row: Mapping[str, Any]) -> Any:
        """Return what stands in a column that holds no figure of the draft."""
        if column.kind == "nhan":
            return self.phrase(row.get("nhan", ""))
        return self._name(column.spec, row) if column.kind == "ten" else None

    def _own_value(self, path: Any, column: _Column, row: Mapping[str, Any]) -> Any:
        """Return a value of a row that is a share, or whose columns have keys of their own."""
        root = lookup(row["$du_lieu"], column.source)
        if "phan_tram" in row:
            typed = lookup(root, path) if path else None
            part, whole = (figure(lookup(root, p)) for p in row["phan_tram"])
            return percent(part, whole) if typed is None else typed
        path = path.get(column.key)
        return None if path is None else self._at(lookup(root, path), column, row)

    def _at(self, base: Any, column: _Column, row: Mapping[str, Any]) -> Any:
        """Return the figure of a column at ``base``, added up where the row is a sum."""
        value = lookup(base, column.field)
        if value is not None and not isinstance(value, Mapping):
            return value
        if "tong" in row:
            root = lookup(row["$du_lieu"], column.source)
            return self._sum(root, row["tong"], column.field)
        return None

    def _name(self, column: Mapping[str, Any], row: Mapping[str, Any]) -> str:
        if row.get("phu"):
            return str(self.phrase(column["nhieu"], nguon=row["ten"]))
        if "ten" in row:
            name = str(self.phrase(row["ten"]))
            more = plain(lookup(row["$du_lieu"], row["ten_kem"])) if "ten_kem" in row else ""
            return f"{name} ({more})" if more else name
        name = plain(lookup(row["$du_lieu"], column["o"]))
        if row.get("ten_them"):
            name = f"{name} ({self.phrase(column['nhieu_dau'], nguon=row['ten_them'])})"
        return name

    def _sum(self, root: Any, paths: Sequence[str], column: str) -> Decimal | None:
        found = []
        for path in paths:
            value = lookup(lookup(root, path), column) if column else lookup(root, path)
            if isinstance(value, Mapping):
                # A group without its own total counts as the sum of its parts.
                parts = [figure(part) for key, part in value.items() if key != "tong"]
                own = figure(value.get("tong"))
                known = [p for p in parts if p is not None]
                found.append(
                    own if own is not None else (sum(known, Decimal(0)) if known else None)
                )
            else:
                found.append(figure(value))
        given = [value for value in found if value is not None]
        return sum(given, Decimal(0)) if given else None

    def _percent(
        self, column: Mapping[str, Any], row: Mapping[str, Any], cells: dict[str, Any]
    ) -> None:
        if "trong" in row and column["ma"] not in row["trong"]:
            return
        own = lookup(row["$du_lieu"], column["o"]) if column.get("o") else None
        if own is not None and not row.get("phu"):
            cells[column["ma"]] = own
            return
        if "tren" in column:
            whole_sum = self._sum(lookup(row["$du_lieu"], column["goc"]), column["tren"], "")
            cells[column["ma"]] = percent(figure(cells.get(column["cua"][0])), whole_sum)
            return
        part, whole = column["cua"]
        above = self._above(row, cells, part) if row.get("phu") else cells.get(part)
        cells[column["ma"]] = percent(figure(above), figure(cells.get(whole)))

    def _above(self, row: Mapping[str, Any], cells: Mapping[str, Any], part: str) -> Any:
        """Return the figure a further plan is measured by: that of its indicator."""
        value = cells.get(part)
        return lookup(row["$du_lieu"], part) if value is None else value

    def _printed(self, columns: Sequence[_Column], cells: Mapping[str, Any]) -> list[str]:
        """Return the texts of a row."""
        texts = []
        for column in columns:
            value = cells[column.key]
            if value is None:
                texts.append("")
            elif type(value) is int and column.names is None:
                texts.append(vietnamese(value))
            else:
                texts.append(self._print(column, value))
        return texts

    def _print(self, column: _Column, value: Any) -> str:
        if isinstance(value, str):
            if column.names is not None and value in column.names:
                return str(self.phrase(column.names[value]))
        elif isinstance(value, list):
            return "; ".join(map(plain, value))
        if column.counted:
            number = figure(value)
            if number is not None:
                return vietnamese(number)
        return plain(value)
