"""Findings for a chief of office: one page, the draft as it reads, the remarks beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban import __version__, kinds, resources
from vanban.catalogue import entries, fix_title, message, say
from vanban.check.roles import roles_of
from vanban.check.schema_layer import SECTION_ROLES
from vanban.finding import Finding, Severity
from vanban.output.cells import INVISIBLE, excerpt
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from jinja2 import Template

    from vanban.check.roles import Annotated
    from vanban.output import FileReport, Report, Style
    from vanban.read.draft import Draft

# Roles of values that say nothing to a reader.
HIDDEN = ("kind", "schema-version")
TEMPLATE = "findings.html.j2"
# Cells of an excerpt of a source that could not be read as a draft.
WIDTH = 110
# A whole number that begins here is a year: no dot parts its thousands.
FIRST_YEAR = 1900
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_PLAIN = (str, int, float)
_INDEX = re.compile(r"/\d+/")
# A text longer than this is a paragraph; a word in a list not longer than this is a code.
LONG = 80
CODE = 12


class Remark(NamedTuple):
    """One remark as the page shows it; ``number`` is its anchor."""

    number: int
    rule: str
    severity: str
    level: str
    message: str
    place: str
    source: str | None = None
    fix: str | None = None
    excerpt: tuple[str, str] | None = None


class Piece(NamedTuple):
    """A stretch of a text: ``remarks`` are the numbers of those that speak of it."""

    text: str
    severity: str = ""
    remarks: tuple[int, ...] = ()


@dataclass(slots=True)
class Block:
    """One block of the page: a heading, a paragraph, a row, with the remarks beside it."""

    kind: str
    level: int = 0
    label: str = ""
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[list[Piece]]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """One file: its blocks, and the remarks that have no place in the text."""

    name: str
    counts: dict[str, int]
    loose: list[Remark]
    blocks: list[Block]
    suppressed: int = 0


def render(report: Report, style: Style) -> str:
    """Return the whole report as one page that needs nothing from elsewhere."""
    lang = style.lang
    pages: list[Page] = []
    number = 0
    for file in (*report.settings, *report.files):
        pages.append(_page(file, lang, number))
        number += len(file.findings)
    counts = {str(severity): report.count(severity) for severity in Severity}
    return _template().render(
        lang=lang,
        pages=pages,
        counts=counts,
        total=sum(counts.values()),
        suppressed=report.suppressed,
        skipped=report.skipped,
        version=__version__,
        say=lambda key, **args: say(f"output.html.{key}", lang, **args),
        level=lambda severity: say(f"output.{severity}", lang),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.data_root() / "templates"),
        autoescape=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE)


def _page(file: FileReport, lang: str, first: int) -> Page:
    remarks = [
        (finding, _remark(finding, first + offset, file, lang))
        for offset, finding in enumerate(file.findings, start=1)
    ]
    counts = {
        str(severity): sum(f.severity is severity for f in file.findings) for severity in Severity
    }
    kind = kinds.find(file.draft.kind or "") if file.draft and file.draft.readable else None
    if kind is None or file.draft is None:
        return Page(file.file, counts, [remark for _, remark in remarks], [], len(file.suppressed))
    from vanban.check.engine import walker_of

    annotated = walker_of(kind).walk(file.draft.data)
    reader = _Reader(file.draft, annotated, remarks, lang)
    blocks = reader.read()
    return Page(file.file, counts, reader.left(), blocks, len(file.suppressed))


def _remark(finding: Finding, number: int, file: FileReport, lang: str) -> Remark:
    span = finding.span
    place = say("output.html.place", lang, line=span.line, column=span.column) if span else ""
    source = None
    if finding.source is not None:
        certainty = say(f"output.certainty.{finding.source.certainty}", lang)
        source = say("output.source", lang, clause=finding.source.clause, certainty=certainty)
    marked = None
    if span is not None and 0 < span.line <= len(file.lines):
        marked = excerpt(file.lines[span.line - 1], span, WIDTH)
    return Remark(
        number=number,
        rule=finding.rule,
        severity=str(finding.severity),
        level=say(f"output.{finding.severity}", lang),
        message=message(finding, lang),
        place=place,
        source=source,
        fix=fix_title(finding, lang),
        excerpt=marked,
    )


class _Reader:
    """Turns the data of a draft into blocks, remarks put where they belong."""

    def __init__(
        self,
        draft: Draft,
        annotated: Annotated,
        remarks: Sequence[tuple[Finding, Remark]],
        lang: str,
    ) -> None:
        self.draft = draft
        self.annotated = annotated
        self.by_pointer: dict[str, list[tuple[Finding, Remark]]] = {}
        for finding, remark in remarks:
            self.by_pointer.setdefault(finding.pointer, []).append((finding, remark))
        self.blocks: list[Block] = []
        self.words: Mapping[str, str] = entries("output", lang)["html"]["word"]

    @cached_property
    def titles(self) -> dict[str, str]:
        """Return what the schema calls each key: sections before others, the first of a name."""
        sections: dict[str, str] = {}
        others: dict[str, str] = {}
        walker = self.annotated.walker
        waiting: list[Any] = [walker.root]
        for node in waiting:
            if isinstance(node, Mapping):
                for name, below in node.get("properties", {}).items():
                    if isinstance(below, Mapping) and "title" in below:
                        roles = roles_of(walker.applicable(below, ""))
                        found = others if SECTION_ROLES.isdisjoint(roles) else sections
                        found.setdefault(name, str(below["title"]))
                waiting.extend(node.values())
            elif isinstance(node, list):
                waiting.extend(node)
        return others | sections

    def read(self) -> list[Block]:
        """Return the blocks in the order of the draft, without what only a program needs."""
        for key, value in self.draft.data.items():
            pointer = f"/{_escaped(key)}"
            place = self.annotated.places.get(pointer)
            if pointer in self.by_pointer or place is None or place.role not in HIDDEN:
                self._value(pointer, value, 1)
        return self.blocks

    def left(self) -> list[Remark]:
        """Return the remarks whose place is no block: those about the whole, or a missing part."""
        return [remark for pairs in self.by_pointer.values() for _, remark in pairs]

    def _title(self, pointer: str) -> str:
        place = self.annotated.places.get(pointer)
        name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        return (place.title if place else None) or name

    def _take(self, pointer: str) -> list[tuple[Finding, Remark]]:
        return self.by_pointer.pop(pointer, [])

    def _value(self, pointer: str, value: Any, level: int) -> None:
        if isinstance(value, Mapping):
            self._heading(pointer, level)
            for key, child in value.items():
                self._value(f"{pointer}/{_escaped(key)}", child, level + 1)
        elif isinstance(value, list):
            self._list(pointer, value, level)
        elif isinstance(value, str) and ("\n" in value or len(value) > LONG):
            if _INDEX.search(pointer):
                # Inside an entry of a list the name of a text stands before it.
                self._prose(pointer, value, self._title(pointer))
            else:
                self._heading(pointer, level, own=False)
                self._prose(pointer, value)
        else:
            found = self._take(pointer)
            pieces = self._pieces(pointer, value, found)
            self.blocks.append(
                Block("row", level, self._title(pointer), pieces, remarks=_remarks(found))
            )

    def _heading(self, pointer: str, level: int, *, own: bool = True) -> None:
        found = self._take(pointer) if own else []
        self.blocks.append(
            Block("heading", min(level, 4), self._title(pointer), remarks=_remarks(found))
        )

    def _prose(self, pointer: str, value: str, label: str = "") -> None:
        """Put a text paragraph by paragraph, each with the remarks about it."""
        found = self._take(pointer)
        marks = self._marks(pointer, value, found)
        coming = deque(marks)
        start = 0
        for stop, following in [*((m.start(), m.end()) for m in _BLANK_LINE.finditer(value)),
                                (len(value), len(value))]:  # fmt: skip
            # A mark between two paragraphs belongs to the one before.
            inside = []
            while coming and (coming[0][0] < following or stop == len(value)):
                inside.append(coming.popleft())
            if value[start:stop].strip() or inside or (label and stop == len(value)):
                remarks = [remark for _, _, remark in inside]
                pieces = list(_cut(value, start, stop, inside))
                self.blocks.append(Block("prose", label=label, pieces=pieces, remarks=remarks))
                label = ""
            start = following
        marked = {mark[2].number for mark in marks}
        rest = [remark for _, remark in found if remark.number not in marked]
        if rest:
            self.blocks[-1].remarks += rest

    def _list(self, pointer: str, items: list[Any], level: int) -> None:
        if items and all(_is_code(item) for item in items):
            self._codes(pointer, items, level)
            return
        self._heading(pointer, level)
        if columns := self._columns(items):
            self._table(pointer, items, columns)
            return
        if items and all(isinstance(item, list) and all(map(_is_short, item)) for item in items):
            self._grid(pointer, items)
            return
        for index, item in enumerate(items):
            at = f"{pointer}/{index}"
            found = self._take(at)
            if isinstance(item, Mapping):
                self.blocks.append(Block("entry", label=str(index + 1), remarks=_remarks(found)))
                for key, child in item.items():
                    self._value(f"{at}/{_escaped(key)}", child, level + 1)
            elif isinstance(item, list):
                self.blocks.append(Block("entry", label=str(index + 1), remarks=_remarks(found)))
                self._list_items(at, item, level + 1)
            else:
                pieces = self._pieces(at, item, found)
                self.blocks.append(Block("item", pieces=pieces, remarks=_remarks(found)))

    def _list_items(self, pointer: str, items: list[Any], level: int) -> None:
        for index, item in enumerate(items):
            self._value(f"{pointer}/{index}", item, level)

    def _codes(self, pointer: str, items: list[str], level: int) -> None:
        """Put a list of short words in one row."""
        own = self._take(pointer)
        row = Block("row", level, self._title(pointer), remarks=_remarks(own))
        for index, item in enumerate(items):
            found = self._take(f"{pointer}/{index}")
            if index:
                row.pieces.append(Piece(", "))
            row.pieces += self._pieces(f"{pointer}/{index}", item, found)
            row.remarks += _remarks(found)
        self.blocks.append(row)

    def _grid(self, pointer: str, rows: list[list[Any]]) -> None:
        """Put the rows of a drawn table."""
        block = Block("table")
        for index, row in enumerate(rows):
            block.remarks += _remarks(self._take(f"{pointer}/{index}"))
            cells: list[list[Piece]] = []
            for column, value in enumerate(row):
                cell = f"{pointer}/{index}/{column}"
                found = self._take(cell)
                block.remarks += _remarks(found)
                cells.append(self._pieces(cell, value, found))
            block.rows.append(cells)
        self.blocks.append(block)

    @staticmethod
    def _columns(items: list[Any]) -> list[str]:
        """Return the keys of a list of like records of short values; else nothing."""
        if len(items) < 2 or not all(isinstance(item, Mapping) for item in items):
            return []
        short = all(_is_short(value) for item in items for value in item.values())
        return list(dict.fromkeys(k for item in items for k in item)) if short else []

    def _table(self, pointer: str, items: list[Any], columns: list[str]) -> None:
        head: list[str] = []
        for key in columns:
            first = next(i for i, item in enumerate(items) if key in item)
            head.append(self._title(f"{pointer}/{first}/{_escaped(key)}"))
        block = Block("table", head=head)
        for index, item in enumerate(items):
            at = f"{pointer}/{index}"
            block.remarks += _remarks(self._take(at))
            row: list[list[Piece]] = []
            for key in columns:
                cell = f"{at}/{_escaped(key)}"
                found = self._take(cell)
                block.remarks += _remarks(found)
                row.append(self._pieces(cell, item.get(key, ""), found))
            block.rows.append(row)
        self.blocks.append(block)

    def _pieces(
        self, pointer: str, value: Any, found: Sequence[tuple[Finding, Remark]]
    ) -> list[Piece]:
        text = str(value) if self._is_year(pointer) else _shown(value)
        word = self._word(pointer, value)
        marks = self._marks(pointer, text, found) if isinstance(value, str) and not word else []
        text = word or text
        # What speaks of the whole value, or of characters that cannot be told, marks all of it.
        marked = {remark.number for _, _, remark in marks}
        whole = [remark for _, remark in found if remark.number not in marked]
        marks = sorted(
            [*((0, max(len(text), 1), remark) for remark in whole), *marks], key=lambda m: m[:2]
        )
        return list(_cut(text, 0, len(text), marks))

    def _is_year(self, pointer: str) -> bool:
        place = self.annotated.places.get(pointer)
        return place is not None and any(s.get("minimum", 0) >= FIRST_YEAR for s in place.schemas)

    def _marks(
        self, pointer: str, text: str, found: Sequence[tuple[Finding, Remark]]
    ) -> list[tuple[int, int, Remark]]:
        """Return which characters of a text each remark speaks of."""
        marks = []
        for finding, remark in found:
            span = finding.span
            if span is None:
                continue
            start = self._index(pointer, len(text), (span.line, span.column))
            end = self._index(pointer, len(text), (span.end_line, span.end_column))
            place = self.draft.positions.text(pointer, start, end)
            if start < end and place is not None and place == span:
                marks.append((start, end, remark))
        return sorted(marks, key=lambda mark: mark[:2])

    def _index(self, pointer: str, size: int, place: tuple[int, int]) -> int:
        """Return the first character of a text that stands at a place of the source or after."""

        def stands(index: int) -> tuple[int, int]:
            span = self.draft.positions.text(pointer, index, index + 1)
            return (span.line, span.column) if span is not None else (0, 0)

        return bisect_left(range(size), place, key=stands)

    def _word(self, pointer: str, value: Any) -> str | None:
        """Return the words for a code that the schema lists, None for anything else."""
        place = self.annotated.places.get(pointer)
        if not isinstance(value, str) or place is None:
            return None
        if not any(value in schema.get("enum", ()) for schema in place.schemas):
            # A word with "_" is a code where other texts may stand too.
            return self.words.get(value) if "_" in value else None
        return self.words.get(value) or self.titles.get(value.rpartition(".")[2])


def _remarks(found: Sequence[tuple[Finding, Remark]]) -> list[Remark]:
    return [remark for _, remark in found]


def _cut(
    text: str, start: int, stop: int, marks: Sequence[tuple[int, int, Remark]]
) -> Iterator[Piece]:
    """Cut ``text[start:stop]`` where a mark begins or ends."""
    edges = {start, stop}
    for begin, end, _ in marks:
        edges |= {min(max(begin, start), stop), min(max(end, start), stop)}
    coming = deque(sorted(marks, key=lambda mark: mark[0]))
    here: list[tuple[int, int, Remark]] = []
    for left, right in pairwise(sorted(edges)):
        while coming and coming[0][0] <= left:
            here.append(coming.popleft())
        here = [mark for mark in here if mark[1] >= right]
        over = [remark for _, _, remark in here]
        worst = next((s for s in map(str, Severity) if any(r.severity == s for r in over)), "")
        piece = text[left:right]
        if over and not any(c.isprintable() and c != " " for c in piece):
            piece = INVISIBLE
        yield Piece(piece, worst, tuple(remark.number for remark in over))


def _shown(value: Any) -> str:
    """Return a value as it reads: figures in the Vietnamese form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, str):
        return value.rstrip("\n")
    number = figure(value)
    return vietnamese(number) if number is not None else str(value)


def _is_short(value: Any) -> bool:
    """Tell whether a value fits in a cell of a table."""
    if isinstance(value, str):
        return "\n" not in value and len(value) <= LONG
    return isinstance(value, _PLAIN) or figure(value) is not None


def _is_code(value: Any) -> bool:
    """Tell whether a value is one short word."""
    return isinstance(value, str) and 0 < len(value) <= CODE and not re.search(r"\s", value)


def _escaped(key: Any) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
