"""The flow of a document in Word, written straight from patterns that its template gave once.

Of what a template holds only the loop over the blocks grows with a document, and in nearly every
template it is simple: each style has a paragraph, and there is one table. Such a loop is taken
apart when the template is compiled; a document then only joins texts to what was made ready. The
rest of the page (head, title, signature) is filled and finished as ever, with a place held for the
flow. What cannot be said so (another loop, turned pages) goes the whole way through Jinja and
``Finisher``; both ways give the same document.
"""

from __future__ import annotations

import html
import itertools
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from markupsafe import Markup

from vanban.compose.document import Paragraph
from vanban.render import docx_fill
from vanban.render.docx_fill import (
    CAPTION,
    EVEN_BREAK,
    MARK,
    MARK_NS,
    NO_LEVEL,
    STRETCHED_HEADINGS,
    W,
    look_of,
    set_cell,
    set_paragraph,
    style_id,
)
from vanban.render.docx_package import PackageError, parse_xml
from vanban.render.docx_tags import breaks
from vanban.render.pages import kept_rows, plain
from vanban.render.sandbox import spend

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vanban.compose.document import Appendix, Block, Document, Run, Table
    from vanban.render.docx_fill import Fields
    from vanban.render.docx_tags import CompiledPart
    from vanban.render.pages import Taller

LOOP = "van_ban"
"""The field whose loop is taken apart."""

BLOCKS = frozenset({LOOP, "noi_dung", "phu_luc"})
"""The fields that hold blocks."""

PLACE = "vanban-flow"
"""Target of the processing instructions that hold the places of the flow."""

SECTION = "vanban-section"
"""Target of those that hold the places of sections, whose form is known in the end."""

_SIGNATURE, _APPENDIX, _TABLE = "chu_ky", "sang_phu_luc", "bang"
_KINDS = frozenset({_SIGNATURE, _APPENDIX, "ban_sao", "het"})
# What a pattern is cut at: an element where content goes, a number no template has.
_HERE = f'<vb:day xmlns:vb="{MARK_NS}"/>'
_NUMBER = "31415926"
_KEPT_CELLS = 4096


class _OtherError(Exception):
    """The loop is not of the simple form."""


# --- taking a loop apart --------------------------------------------------------------------------


def _pieces(body: Sequence[nodes.Node]) -> list[Any]:
    """Return what a stretch of a template prints: texts (joined), expressions, blocks."""
    found: list[Any] = []
    for node in body:
        for piece in node.nodes if isinstance(node, nodes.Output) else [node]:
            if not isinstance(piece, nodes.TemplateData):
                found.append(piece)
            elif found and isinstance(found[-1], str):
                found[-1] += piece.data
            elif piece.data:
                found.append(piece.data)
    return found


def _field(node: Any, variable: str) -> str | None:
    """Return the name of the field of ``variable`` that an expression is, None for all others."""
    if (
        isinstance(node, nodes.Getattr)
        and isinstance(node.node, nodes.Name)
        and node.node.name == variable
    ):
        return node.attr
    return None


def _around(body: Sequence[nodes.Node], variable: str, field: str) -> str:
    """Return the XML of a stretch that prints one field and no more, with its place marked."""
    match _pieces(body):
        case [str() as before, nodes.Getattr() as inside, str() as after] if (
            _field(inside, variable) == field
        ):
            return f"{before}{_HERE}{after}"
    raise _OtherError


def _loop(node: Any) -> tuple[str, list[Any]]:
    """Return the variable of a plain loop and what is printed in a turn."""
    if (
        not isinstance(node, nodes.For)
        or not isinstance(node.target, nodes.Name)
        or node.else_
        or node.test is not None
        or node.recursive
    ):
        raise _OtherError
    return node.target.name, _pieces(node.body)


def _branches(chosen: Any, variable: str) -> tuple[dict[str, list[nodes.Node]], list[nodes.Node]]:
    """Return what a choice by kind prints for each kind, and for all others."""
    if not isinstance(chosen, nodes.If):
        raise _OtherError
    found: dict[str, list[nodes.Node]] = {}
    for branch in (chosen, *chosen.elif_):
        match branch.test:
            case nodes.Compare(
                expr=nodes.Getattr() as asked,
                ops=[nodes.Operand(op="eq", expr=nodes.Const(value=str() as kind))],
            ) if _field(asked, variable) == "kieu":
                found.setdefault(kind, branch.body)
            case _:
                raise _OtherError
    return found, chosen.else_


class _Shape:
    """Some XML of a template as a tree that can be copied, changed and written out in pieces."""

    def __init__(self, xml: str, opening: str, part: str) -> None:
        closing = f"</{opening[1:].split()[0].rstrip('>')}>"
        try:
            self.root = parse_xml(f"{opening}{xml}{closing}".encode(), part)
        except PackageError as error:
            raise _OtherError from error
        if (self.root.text or "").strip() or any((n.tail or "").strip() for n in self.root):
            raise _OtherError

    def copy(self) -> Any:
        """Return a copy of the root, whose children are the pattern."""
        import copy

        return copy.deepcopy(self.root)


def _written(root: Any) -> str:
    """Return the children of an element as XML, without the names that stand in its own tag."""
    from lxml import etree

    text = etree.tostring(root, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("<")]


def _cut(root: Any, count: int = 2) -> list[str]:
    """Return the XML around the place of the content."""
    found = _written(root)
    place = _written_place(root)
    pieces = found.split(place)
    if len(pieces) != count:
        raise _OtherError
    return pieces


def _written_place(root: Any) -> str:
    from lxml import etree

    node = next(root.iter(f"{MARK}day"))
    text = etree.tostring(node, encoding="unicode", with_tail=False)
    prefix = text[1:].split(":", 1)[0]
    return f'<{prefix}:day xmlns:{prefix}="{MARK_NS}"/>'


class _Text:
    """The paragraph of one style: pieces around its runs, for each set of notes."""

    def __init__(self, shape: _Shape) -> None:
        children = list(shape.root)
        if len(children) != 1 or not _only_place(children[0]):
            raise _OtherError
        self._shape = shape
        self._made: dict[tuple[Any, ...], tuple[str, str]] = {}

    def around(
        self,
        keep: bool = False,
        level: int | None = None,
        left: bool = False,
        page: bool = False,
        shrunk: bool = False,
        section: int | None = None,
    ) -> tuple[str, str]:
        """Return what stands before and behind the runs; the notes as ``Finisher`` knows them.

        ``section`` is the number of the section that ends with the paragraph.
        """
        notes = (keep, level, left, page, shrunk, section)
        made = self._made.get(notes)
        if made is None:
            root = self._shape.copy()
            paragraph = root[0]
            if keep:
                set_paragraph(paragraph, "keepNext")
            if level is not None:
                set_paragraph(paragraph, "outlineLvl", val=level)
            if left:
                set_paragraph(paragraph, "jc", val="left")
            if page:
                set_paragraph(paragraph, "pageBreakBefore")
            if shrunk:
                docx_fill.shrink(paragraph)
            if section is not None:
                docx_fill.end_section(paragraph, SECTION, section)
            before, after = _cut(root)
            made = self._made[notes] = before, after
        return made


def _only_place(paragraph: Any) -> bool:
    """Tell whether a paragraph holds its properties and the place of the content, no more."""
    tags = [child.tag for child in paragraph]
    return paragraph.tag == f"{W}p" and tags in ([f"{W}pPr", f"{MARK}day"], [f"{MARK}day"])


class _Cells:
    """The rows and cells of one part of a table: its head or its body."""

    def __init__(self, row: _Shape, cell: _Shape) -> None:
        rows, cells = list(row.root), list(cell.root)
        if len(rows) != 1 or rows[0].tag != f"{W}tr" or len(cells) != 1:
            raise _OtherError
        tags = [child.tag for child in cells[0]]
        if cells[0].tag != f"{W}tc" or tags not in ([f"{W}tcPr", f"{W}p"], [f"{W}p"]):
            raise _OtherError
        if not _only_place(cells[0][-1]):
            raise _OtherError
        self._cell = cell
        self.made: dict[tuple[Any, ...], tuple[str, str, str]] = {}
        self.whole = tuple(_cut(row.copy()))
        open_row = row.copy()
        docx_fill.let_break(open_row[0])
        self.open = tuple(_cut(open_row))

    def around(self, notes: tuple[Any, ...]) -> tuple[str, str, str]:
        """Return what stands before the width of a cell, up to its text, and behind.

        ``notes`` are: columns, alignment, bold, italic, whether there is a text, size where it is
        not the style's, kept with the next, and whether its row may break.
        """
        made = self.made.get(notes)
        if made is None:
            if len(self.made) > _KEPT_CELLS:
                self.made.clear()
            made = self.made[notes] = self._make(*notes)
        return made

    def _make(
        self,
        span: int,
        align: str,
        bold: bool,
        italic: bool,
        text: bool,
        size_pt: float | None,
        kept: bool,
        tall: bool,
    ) -> tuple[str, str, str]:
        root = self._cell.copy()
        cell = root[0]
        set_cell(cell, int(_NUMBER), span, align, size_pt, kept=kept, tall=tall)
        before, after = _cut(root)
        first, *rest = before.split(f'"{_NUMBER}"')
        if len(rest) != 1:
            raise _OtherError
        if text:
            opened, closed = _run_around(look_of(bold, italic, False, size_pt))
            return f'{first}"', f'"{rest[0]}{opened}', f"{closed}{after}"
        return f'{first}"', f'"{rest[0]}', after


class _TableShape:
    """The table of a loop: what stands around its rows, the rows, the paragraphs beside it."""

    def __init__(self, body: Sequence[nodes.Node], variable: str, opening: str, part: str) -> None:
        def shape(xml: str) -> _Shape:
            return _Shape(xml, opening, part)

        match _pieces(body):
            case [
                str() as mark_before,
                nodes.Getattr() as mark,
                str() as mark_after,
                nodes.If(test=nodes.Getattr() as asked, elif_=[], else_=[]) as caption,
                str() as before,
                nodes.For(iter=nodes.Getattr() as heads) as head,
                nodes.For(iter=nodes.Getattr() as rows) as lines,
                str() as after,
            ] if [_field(node, variable) for node in (mark, asked, heads, rows)] == [
                "moc",
                "ten",
                "dau_bang",
                "hang",
            ]:
                pass
            case _:
                raise _OtherError
        _mark_only(shape(f"{mark_before}{_HERE}{mark_after}"))
        self.caption = _Text(shape(_around(caption.body, variable, "ten")))
        self.head, self.body = (_cells(part_of, shape) for part_of in (head, lines))
        whole = shape(f"{before}{_HERE}{after}")
        children = list(whole.root)
        if [child.tag for child in children] != [f"{W}tbl", f"{W}p"] or _content(children[1]):
            raise _OtherError
        spacer = whole.copy()
        spacer.remove(spacer[0])
        from lxml import etree

        etree.SubElement(spacer[0], f"{MARK}day", nsmap={"vb": MARK_NS})
        self.spacer = _Text(_shape_of(spacer))
        self._around = {named: _table_around(whole, named) for named in (False, True)}

    def around(self, widths: Sequence[int], caption: str | None) -> tuple[str, str]:
        """Return what stands before and behind the rows."""
        pieces = self._around[caption is not None]
        grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
        named = "" if caption is None else _quoted(caption[: docx_fill.MAX_TABLE_CAPTION])
        return f'{pieces[0]}"{sum(widths)}"{pieces[1]}{named}{pieces[2]}{grid}{pieces[3]}', pieces[
            4
        ]


def _quoted(text: str) -> str:
    """Return the value of an attribute, as lxml writes it."""
    inside = html.escape(text, quote=False).replace('"', "&quot;")
    return '"' + inside.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'


def _shape_of(root: Any) -> _Shape:
    made = _Shape.__new__(_Shape)
    made.root = root
    return made


def _content(paragraph: Any) -> bool:
    return any(child.tag != f"{W}pPr" for child in paragraph)


def _mark_only(shape: _Shape) -> None:
    """Make sure that a stretch is the paragraph of a mark, which a finished document has not."""
    if len(shape.root) != 1 or not _only_place(shape.root[0]):
        raise _OtherError


def _cells(loop: Any, shape: Any) -> _Cells:
    row, inside = _loop(loop)
    match inside:
        case [
            str() as before,
            nodes.For(iter=nodes.Name(name=listed)) as cells,
            str() as after,
        ] if listed == row:
            cell, _ = _loop(cells)
            around = _around(cells.body, cell, "chu")
            return _Cells(shape(f"{before}{_HERE}{after}"), shape(around))
    raise _OtherError


def _table_around(whole: _Shape, named: bool) -> tuple[str, str, str, str, str]:
    """Return a table cut at its width, its caption, its grid and its rows."""
    root = whole.copy()
    table = root[0]
    root.remove(root[1])
    docx_fill.set_grid(table, [int(_NUMBER) / docx_fill.TWIPS_PER_MM])
    if named:
        docx_fill.name_table(table, _NUMBER * 2)
    before, after = _cut(root)
    grid = f'<w:gridCol w:w="{_NUMBER}"/>'
    front, *behind = before.split(grid)
    first, *rest = front.split(f'"{_NUMBER}"')
    if len(behind) != 1 or len(rest) != 1:
        raise _OtherError
    middle = rest[0].split(f'"{_NUMBER * 2}"') if named else [rest[0], ""]
    if len(middle) != 2:
        raise _OtherError
    return first, middle[0], middle[1], behind[0], after


# --- writing --------------------------------------------------------------------------------------


def _run_around(look: str) -> tuple[str, str]:
    return f'<w:r>{look}<w:t xml:space="preserve">', "</w:t></w:r>"


_PLAIN_RUN, _RUN_END = _run_around("")


def texts_of(texts: Iterable[str]) -> list[str]:
    """Return texts as they stand inside ``w:t``; none may hold a NUL."""
    return breaks(html.escape("\0".join(texts), quote=False)).split("\0")


def _run(run: Run, text: str) -> str:
    look = look_of(run.bold, run.italic, run.underline)
    return f'<w:r>{look}<w:t xml:space="preserve">{text}{_RUN_END}'


class Flow:
    """The loop over the blocks of a template, taken apart."""

    def __init__(
        self, texts: dict[str, _Text], other: _Text, table: _TableShape, placeholder: str
    ) -> None:
        self._texts = texts
        self._other = other
        self._table = table
        self._placeholder = placeholder

    @classmethod
    def of(cls, part: CompiledPart) -> Flow | None:
        """Return the flow of a main part, None when its loop is not of the simple form."""
        try:
            return cls._of(part)
        except _OtherError:
            return None

    @classmethod
    def _of(cls, part: CompiledPart) -> Flow:
        tree = part.tree()
        names = [node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"]
        loops = [
            node
            for node in tree.body
            if isinstance(node, nodes.For)
            and isinstance(node.iter, nodes.Name)
            and node.iter.name == LOOP
        ]
        # The other ways to the blocks print them once more.
        if len(loops) != 1 or [name for name in names if name in BLOCKS] != [LOOP]:
            raise _OtherError
        variable, inside = _loop(loops[0])
        if len(inside) != 1:
            raise _OtherError
        branches, other = _branches(inside[0], variable)
        if not {_SIGNATURE, _APPENDIX, _TABLE} <= branches.keys():
            raise _OtherError

        def text(body: Sequence[nodes.Node], field: str = "chu") -> _Shape:
            return _Shape(_around(body, variable, field), part.opening, part.part)

        _mark_only(text(branches[_APPENDIX], "moc"))
        table = _TableShape(branches[_TABLE], variable, part.opening, part.part)
        texts = {
            kind: _Text(text(body))
            for kind, body in branches.items()
            if kind not in _KINDS and kind != _TABLE
        }
        placeholder = next(iter(texts), "")
        return cls(texts, _Text(text(other)), table, placeholder)

    def fits(self, document: Document) -> bool:
        """Tell whether a document can be written so: on upright pages."""
        parts = [document.body, *(appendix.blocks for appendix in document.appendices)]
        if not document.body or any(
            not appendix.titles or appendix.landscape for appendix in document.appendices
        ):
            return False
        tables = [b for blocks in parts for b in blocks if not isinstance(b, Paragraph)]
        return _shows_something(document.body[-1]) and not any(map(_special, tables))

    def frame(self, document: Document, fields: Fields) -> dict[str, Any]:
        """Return the fields for the rest of the page, with places held for the blocks."""
        before, behind = (
            {"kieu": self._placeholder, "chu": Markup(f'<vb:day xmlns:vb="{MARK_NS}" n="{n}"/>')}
            for n in (0, 1)
        )
        signature, *end = fields.closing(document)
        held = [before, signature, *([behind] if document.appendices else []), *end]
        return {**fields.frame(document), LOOP: held}

    def stretches(self, root: Any, document: Document, fields: Fields, tall: Taller) -> list[str]:
        """Return the XML of the blocks: the body and, where there are any, the appendices.

        ``root`` is what was filled with ``frame``; an instruction is put at each of its places.
        """
        from lxml import etree

        for place in list(root.iter(f"{MARK}day")):
            holder = place.getparent()
            holder.getparent().replace(holder, etree.ProcessingInstruction(PLACE, place.get("n")))
        writer = _Writer(
            self._texts, self._other, self._table, fields, tall, docx_fill.text_width(root)
        )
        writer.blocks(document.body)
        writer.tie()
        found = [writer.taken()]
        for appendix in document.appendices:
            writer.appendix(appendix)
        if document.appendices:
            if document.copy is None:  # else what the copying body adds comes behind
                writer.shrink_last()
            found.append(writer.taken())
        return found


def has_sections(stretches: Sequence[str]) -> bool:
    """Tell whether the flow is parted into sections."""
    return any(f"<?{SECTION} " in stretch for stretch in stretches)


def joined(part: bytes, stretches: Sequence[str], sections: Sequence[Any]) -> bytes:
    """Return a finished part with each stretch of the flow, and in them each section, in place."""
    for number, stretch in enumerate(stretches):
        for order, section in enumerate(sections):
            stretch = stretch.replace(f"<?{SECTION} {order}?>", _alone(section))
        before, behind = part.split(f"<?{PLACE} {number}?>".encode())
        part = b"".join((before, stretch.encode(), behind))
    return part


def _paid(pieces: Sequence[str]) -> str:
    """Join pieces; a template whose patterns are huge is stopped before they take any room."""
    spend(chars=sum(map(len, pieces)))
    return "".join(pieces)


def _alone(section: Any) -> str:
    """Return an element of the finished part as it stands in it."""
    holder = section.makeelement(f"{W}body", nsmap=section.nsmap)
    holder.append(section)
    return _written(holder)


def _shows_something(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text)


def _special(table: Table) -> bool:
    """Tell whether a table needs more than cells one beside the other on an upright page."""
    return table.landscape or any(
        cell.rowspan != 1 for row in (*table.header, *table.rows) for cell in row
    )


class _Writer:
    """Writes blocks one after another."""

    def __init__(
        self,
        texts: dict[str, _Text],
        other: _Text,
        table: _TableShape,
        fields: Fields,
        tall: Taller,
        text_mm: float,
    ) -> None:
        self._texts = texts
        self._other = other
        self._table = table
        self._fields = fields
        self._tall = tall
        self._text_mm = text_mm
        # Paragraphs as (pattern, notes, runs), so that the last ones can still be changed.
        self._pieces: list[Any] = []
        self._last_table: Table | None = None
        self._sections = 0
        self._end = (
            '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            f"<?{SECTION} {{}}?></w:pPr></w:p>"
        )

    def taken(self) -> str:
        """Return all that was written so far, as XML, and begin anew."""
        out: list[str] = []
        for piece in self._pieces:
            if isinstance(piece, str):
                out.append(piece)
            else:
                pattern, notes, runs = piece
                before, after = pattern.around(*notes)
                out += (before, runs, after)
        self._pieces = []
        return _paid(out)

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Write blocks."""
        plainly = iter(
            texts_of([run.text for b in blocks if isinstance(b, Paragraph) for run in b.runs])
        )
        for block in blocks:
            spend(steps=1)
            if isinstance(block, Paragraph):
                self._paragraph(block, list(itertools.islice(plainly, len(block.runs))))
            else:
                self._tabled(block)

    def _paragraph(self, item: Paragraph, escaped: list[str], page: bool = False) -> None:
        fields = self._fields
        name = item.style
        style = style_id(name)
        level = fields.levels.get(style)
        noted = None
        if item.level != level:
            noted = NO_LEVEL if item.level is None else item.level - 1
        keep = item.keep_next and style not in fields.kept
        left = item.keep_next and name in STRETCHED_HEADINGS
        if plain(item):
            text = item.runs[0].text
            runs = self._evened(text, name, escaped[0]) if text else ""
        else:
            runs = "".join(
                [_run(run, text) for run, text in zip(item.runs, escaped, strict=True) if run.text]
            )
        pattern = self._texts.get(name, self._other)
        self._pieces.append((pattern, (keep, noted, left, page), runs))

    def _evened(self, text: str, name: str, escaped: str) -> str:
        lines = self._fields.even(text, name, False)
        if len(lines) == 1:
            return f"{_PLAIN_RUN}{escaped}{_RUN_END}"
        return str(EVEN_BREAK).join([f"{_PLAIN_RUN}{line}{_RUN_END}" for line in texts_of(lines)])

    def appendix(self, appendix: Appendix) -> None:
        """Write an appendix, which begins a page."""
        self.shrink_last()
        if appendix.numbered_anew:
            self._end_section()
        page = not appendix.numbered_anew  # a section begins a page by itself
        for order, line in enumerate(appendix.titles):
            runs = self._evened(line.text, line.style, texts_of([line.text])[0])
            pattern = self._texts.get(line.style, self._other)
            self._pieces.append((pattern, (False, None, False, page and order == 0), runs))
        self.blocks(appendix.blocks)

    def _end_section(self) -> None:
        number = min(self._sections, 1)  # all but the first are alike
        self._sections += 1
        if not self._pieces:  # behind the signature: a table cannot end a section
            self._pieces.append(self._end.format(number))
            return
        pattern, notes, runs = self._pieces[-1]
        whole = (*notes, *_NOTHING[len(notes) :])
        self._pieces[-1] = (pattern, (*whole, number), runs)

    def shrink_last(self) -> None:
        """Make the last paragraph, when it is empty, so low that it makes no page of its own."""
        if self._pieces and not isinstance(self._pieces[-1], str) and not self._pieces[-1][2]:
            pattern, notes, runs = self._pieces[-1]
            self._pieces[-1] = (pattern, (*notes, *_NOTHING[len(notes) : 4], True), runs)

    def tie(self) -> None:
        """Keep the end of the body on the page of the signature."""
        pattern, notes, runs = self._pieces[-1]
        self._pieces[-1] = (pattern, (True, *notes[1:]), runs)
        if not runs and self._last_table is not None:
            self._pieces[-2] = self._rows(self._last_table, tied=True)

    # --- tables ----

    def _tabled(self, table: Table) -> None:
        if table.caption is not None:
            runs = self._evened(table.caption, CAPTION, texts_of([table.caption])[0])
            self._pieces.append((self._table.caption, (), runs))
        self._last_table = table
        self._pieces.append(self._rows(table))
        self._pieces.append((self._table.spacer, (False,), ""))

    def _rows(self, table: Table, tied: bool = False) -> str:
        """Return a table; when ``tied`` its last two rows keep with what follows."""
        lengths = [column.share * self._text_mm for column in table.columns]
        widths = docx_fill.grid_of(lengths)
        before, after = self._table.around(widths, table.caption or None)
        escaped = iter(
            texts_of([cell.text for row in (*table.header, *table.rows) for cell in row])
        )
        out = [before]
        count = len(table.header) + len(table.rows)
        kept = [*[False] * len(table.header), *kept_rows(table)]
        if tied:
            kept[-2:] = [True] * len(kept[-2:])
        fields = self._fields
        for order, row in enumerate((*table.header, *table.rows)):
            head = order < len(table.header)
            shape = self._table.head if head else self._table.body
            size = table.size_pt
            other_size = None if size == (fields.head_pt if head else fields.cell_pt) else size
            tall = not head and self._tall(row, table, False)
            opened, closed = shape.open if tall else shape.whole
            made, keep = shape.made, kept[order]
            out.append(opened)
            column = 0
            for cell in row:
                span = cell.colspan
                width = widths[column] if span == 1 else sum(widths[column : column + span])
                column += span
                text = next(escaped)
                look = (cell.bold, cell.italic, text != "")
                notes = (span, cell.align, *look, other_size, keep, tall)
                first, middle, last = made.get(notes) or shape.around(notes)
                out += (first, str(width), middle, text, last)
            out.append(closed)
        out.append(after)
        spend(steps=count)
        return _paid(out)


_NOTHING: tuple[Any, ...] = (False, None, False, False, False)
