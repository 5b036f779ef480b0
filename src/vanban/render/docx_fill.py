"""What tags cannot say: column widths, spans, rules, sections, watermark, of a filled document.

The template marks the places with elements of our own namespace, which user text cannot forge;
every mark is gone when this module is done.
"""

from __future__ import annotations

import copy
import itertools
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from vanban.compose.document import Paragraph
from vanban.compose.profile import load_profile, profiles
from vanban.render.css import SINGLE_SPACING, WATERMARK_POINTS
from vanban.render.docx_package import (
    FOOTER_TYPE,
    HEADER_TYPE,
    OFFICE_RELS,
    Package,
    parse_xml,
    to_bytes,
)
from vanban.render.docx_tags import inline
from vanban.render.pages import kept_rows, plain, turned
from vanban.text.metrics import width_pt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vanban.compose.document import (
        Appendix,
        Block,
        Cell,
        CopyBlock,
        Document,
        HeaderBlock,
        Layout,
        Line,
        Recipients,
        SignatureBlock,
        Table,
    )
    from vanban.render.pages import Evener, Taller

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NS}}}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = f"{{{OFFICE_RELS}}}"
MARK_NS = "urn:vanban:docx"
MARK = f"{{{MARK_NS}}}"

EVEN_BREAK = Markup(
    '<w:r><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr><w:t xml:space="preserve"> </w:t>'
    "<w:br/></w:r>"
)
"""Between the lines of an evened heading: the blank keeps the words apart in extracted text.

It counts when a line is centred, so it is as narrow as a size of type can make it."""

RULE_NAME = "vb-ke-"
"""Shapes whose name begins so are rules; the length in mm follows."""

BODY_STYLE = "VBNoiDung"
CELL_STYLE, HEAD_CELL_STYLE = "VBOBang", "VBDauBang"
AFTER_TABLE_STYLE = "VBSauBang"
CAPTION = "ten_bang"
MAX_TABLE_CAPTION = 250
"""Longest name of a table, in characters."""

STRETCHED_HEADINGS = ("khoan", "diem")
"""Styles of justified text whose headings are not stretched over two lines."""

BOX_APART_TWIPS = 6
"""What keeps two boxes of one width from being drawn as one: a tenth of a millimetre."""

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
# Outline level 10 in the file's counting from 0: running text, not in the navigation pane.
NO_LEVEL = 9


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# The order in which the schema wants the children of property lists.
_PPR = _names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
    "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange"
)
_TCPR = _names(
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
    "vAlign hideMark"
)
_SECTPR = _names(
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
    "docGrid printerSettings sectPrChange"
)
_TBLPR = _names(
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription"
)
# Of run properties only what comes after the sizes matters here.
_SIZES = _names("sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang")
_BEFORE_MIRROR = _names(
    "writeProtection view zoom removePersonalInformation removeDateAndTime "
    "doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText "
    "printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts "
    "saveSubsetFonts saveFormsData"
)


def twips(mm: float) -> int:
    """Return a length in mm as twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def _put(parent: Any, tag: str, order: tuple[str, ...], **attributes: Any) -> Any:
    """Return the child ``tag`` of a property list, made at its place in the schema's order."""
    node = parent.find(f"{W}{tag}")
    if node is None:
        node = parent.makeelement(f"{W}{tag}")
        later = {f"{W}{name}" for name in order[order.index(tag) + 1 :]}
        at = next((i for i, child in enumerate(parent) if child.tag in later), len(parent))
        parent.insert(at, node)
    for name, value in attributes.items():
        node.set(f"{W}{name}", str(value))
    return node


def _properties(element: Any, tag: str) -> Any:
    node = element.find(f"{W}{tag}")
    if node is None:
        node = element.makeelement(f"{W}{tag}")
        element.insert(0, node)
    return node


def set_paragraph(paragraph: Any, tag: str, **attributes: Any) -> None:
    """Set one property of a paragraph."""
    _put(_properties(paragraph, "pPr"), tag, _PPR, **attributes)


# --- the fields of a template -------------------------------------------------------------------


class Fields:
    """Builds the fields that a template may use from a Document.

    ``cell_pt``/``head_pt`` are the sizes of the template's cell styles; a table of another size
    gets it at its runs. ``kept`` are the styles that keep with the next paragraph by themselves,
    ``levels`` the outline levels that styles carry. ``even`` breaks headings into even lines.
    """

    def __init__(
        self,
        cell_pt: float,
        head_pt: float,
        kept: frozenset[str],
        levels: dict[str, int],
        even: Evener,
    ) -> None:
        self.cell_pt = cell_pt
        self.head_pt = head_pt
        self.kept = kept
        self.levels = levels
        self.even = even
        self.tables: list[Table] = []
        self.appendices: list[Appendix] = []

    def context(self, document: Document) -> dict[str, Any]:
        """Return every field by its name in templates."""
        body = self.blocks(document.body, landscape=False)
        appendices = [self.appendix(item) for item in document.appendices]
        signature, *end = self.closing(document)
        flow = [*body, signature]
        for item in appendices:
            flow.append({"kieu": "sang_phu_luc", "moc": item["moc"]})
            flow.extend(item["tieu_de"])
            flow.extend(item["noi_dung"])
        return {
            **self.frame(document),
            "noi_dung": body,
            "van_ban": [*flow, *end],
            "phu_luc": appendices,
        }

    def closing(self, document: Document) -> list[dict[str, Any]]:
        """Return what ends the flow: the signature, then (behind the appendices) the rest."""
        copied = [] if document.copy is None else [{"kieu": "ban_sao"}]
        end = {"kieu": "het", "moc": _mark("het")}
        return [{"kieu": "chu_ky", "moc": _mark("ky")}, *copied, end]

    def frame(self, document: Document) -> dict[str, Any]:
        """Return the fields around the blocks: head, title, signature and the like."""
        head, sign = document.header, document.signature
        return {
            "dau_trang": {
                "moc": _mark("dau"),
                "tren": self.lines(head.above, head.left_mm + head.right_mm),
                **self.head(head),
                "duoi_so": self.lines(head.under_number, head.left_mm),
                "duoi_ngay": self.lines(head.under_date, head.right_mm),
            },
            "ten_van_ban": [self.title(line) for line in document.title],
            "ky": {"moc": _mark("ky"), **self.signature(sign)},
            "noi_nhan": self.recipients(document.recipients),
            "lien_he": self.lines(document.contact),
            "ban_sao": self.copy(document.copy),
            "thong_tin": {
                "ten": document.meta.title,
                "co_quan": document.meta.author,
                "so_ky_hieu": document.meta.subject,
            },
        }

    def head(self, head: HeaderBlock) -> dict[str, Any]:
        """Return the fields that the head of page 1 and that of a copy share."""
        return {
            "trai": self.lines(head.left),
            "phai": self.lines(head.right),
            "trai_duoi": self.lines(head.left_low),
            "phai_duoi": self.lines(head.right_low),
        }

    def signature(self, sign: SignatureBlock) -> dict[str, Any]:
        """Return the fields of a signature."""
        return {
            "quyen_han": self.lines(sign.authority),
            "chuc_vu": self.lines(sign.office),
            "cho_ky": [""] * sign.room_lines,
            "ho_ten": self.line(sign.name),
        }

    def recipients(self, recipients: Recipients) -> dict[str, Any]:
        """Return the fields of a list of recipients."""
        return {
            "nhan": self.line(recipients.label),
            "danh_sach": self.lines(recipients.items),
            "duoi": self.lines(recipients.after),
        }

    def copy(self, copied: CopyBlock | None) -> dict[str, Any] | str:
        """Return the fields of what the body that copies adds, empty when this is no copy."""
        if copied is None:
            return ""
        return {
            "moc": _mark("sao"),
            **self.head(copied.head),
            "ky": {"moc": _mark("ky_sao"), **self.signature(copied.signature)},
            "noi_nhan": self.recipients(copied.recipients),
        }

    def line(self, line: Line, room_mm: float = 0, order: int = 0) -> dict[str, Any]:
        """Return the fields of one line of the header or the signature.

        A box is drawn later, in the middle of ``room_mm``; ``order`` tells boxes apart.
        """
        mark = Markup()
        if line.box_mm is not None:
            width, height = map(twips, line.box_mm)
            mark = _mark("doan", box=width, high=height, room=twips(room_mm), order=order)
        return {
            "kieu": line.style,
            "chu": mark + _run(line.text),
            "ke": "" if line.rule_mm is None else f"{line.rule_mm:.2f}",
        }

    def lines(self, lines: Iterable[Line], room_mm: float = 0) -> list[dict[str, Any]]:
        """Return the fields of several lines, which stand in ``room_mm``."""
        return [self.line(line, room_mm, order) for order, line in enumerate(lines)]

    def title(self, line: Line, wide: bool = False) -> dict[str, Any]:
        """Return the fields of a line of a title, ``wide`` on a turned page."""
        mark = _mark("doan", wide=1) if wide else Markup()
        chu = mark + self.evened(line.text, line.style, wide)
        return {**self.line(line), "chu": chu}

    def evened(self, text: str, style: str, wide: bool) -> Markup:
        """Return the runs of a text, broken into even lines where its style is centred."""
        return EVEN_BREAK.join(_run(line) for line in self.even(text, style, wide))

    def blocks(self, blocks: Sequence[Block], *, landscape: bool) -> list[dict[str, Any]]:
        """Return the fields of the blocks of the body or of an appendix."""
        lying = zip(blocks, turned(blocks, landscape=landscape), strict=True)
        return [self.block(block, wide=wide) for block, wide in lying]

    def block(self, block: Block, *, wide: bool) -> dict[str, Any]:
        """Return the fields of a paragraph or a table, ``wide`` on a turned page."""
        if isinstance(block, Paragraph):
            return self.paragraph(block, wide=wide)
        return self.table(block, wide=wide)

    def paragraph(self, item: Paragraph, *, wide: bool) -> dict[str, Any]:
        """Return the fields of a paragraph; what its style does not say goes into a mark."""
        style = style_id(item.style)
        notes = {}
        level = self.levels.get(style)
        if item.level != level:
            notes["level"] = NO_LEVEL if item.level is None else item.level - 1
        if item.keep_next and style not in self.kept:
            notes["keep"] = 1
        if wide:
            notes["wide"] = 1
        if item.keep_next and item.style in STRETCHED_HEADINGS:
            notes["left"] = 1
        if plain(item):
            runs = self.evened(item.text, item.style, wide) if item.text else Markup()
        else:
            runs = Markup().join(
                _run(run.text, run.bold, run.italic, run.underline) for run in item.runs if run.text
            )
        mark = _mark("doan", **notes) if notes else Markup()
        return {"kieu": item.style, "chu": mark + runs, "ke": ""}

    def table(self, table: Table, *, wide: bool) -> dict[str, Any]:
        """Return the fields of a table; its mark carries its number."""
        self.tables.append(table)
        caption = Markup()
        if table.caption is not None:
            caption = self.evened(table.caption, CAPTION, wide)
        return {
            "kieu": "bang",
            "moc": _mark("bang", n=len(self.tables) - 1, wide=int(wide)),
            "ten": caption,
            "dau_bang": [[self.cell(c, table, self.head_pt) for c in row] for row in table.header],
            "hang": [[self.cell(c, table, self.cell_pt) for c in row] for row in table.rows],
        }

    def cell(self, cell: Cell, table: Table, style_pt: float) -> dict[str, Any]:
        """Return the fields of one cell."""
        size = None if table.size_pt == style_pt else table.size_pt
        return {"chu": _run(cell.text, cell.bold, cell.italic, size_pt=size) if cell.text else ""}

    def appendix(self, appendix: Appendix) -> dict[str, Any]:
        """Return the fields of one appendix."""
        self.appendices.append(appendix)
        # The titles go with the first block, onto a turned page too.
        wide = [*turned(appendix.blocks, landscape=appendix.landscape), appendix.landscape][0]
        return {
            "moc": _mark("phu_luc", n=len(self.appendices) - 1, wide=int(wide)),
            "tieu_de": [self.title(line, wide) for line in appendix.titles],
            "noi_dung": self.blocks(appendix.blocks, landscape=appendix.landscape),
        }


@lru_cache(maxsize=256)
def style_id(name: str) -> str:
    """Return the id of the Word style of a profile's style: ``noi_dung`` is ``VBNoiDung``."""
    return "VB" + "".join(word.capitalize() for word in name.split("_"))


@cache
def style_ids() -> dict[str, str]:
    """Return the ids of our Word styles by the name under which Word shows them."""
    found = (style for profile in profiles().values() for style in profile.styles.values())
    return {style.label: style_id(style.name) for style in found}


def _mark(kind: str, **notes: int) -> Markup:
    written = "".join(f' {name}="{value}"' for name, value in notes.items())
    return Markup(f'<vb:{kind} xmlns:vb="{MARK_NS}"{written}/>')


def _run(
    text: str,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size_pt: float | None = None,
) -> Markup:
    look = look_of(bold, italic, underline, size_pt)
    return Markup(f'<w:r>{look}<w:t xml:space="preserve">{inline(text)}</w:t></w:r>')


def look_of(bold: bool, italic: bool, underline: bool = False, size_pt: float | None = None) -> str:
    """Return the properties of a run, empty when it has the look of its style."""
    look = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    if size_pt is not None:
        half = round(size_pt * 2)
        look += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    if underline:
        look += '<w:u w:val="single"/>'
    return f"<w:rPr>{look}</w:rPr>" if look else ""


def text_width(root: Any, *, landscape: bool = False) -> float:
    """Return the width in mm between the margins of a main part's last section."""
    section = root.find(f"{W}body/{W}sectPr")
    size = None if section is None else section.find(f"{W}pgSz")
    margin = None if section is None else section.find(f"{W}pgMar")
    if size is None or margin is None:  # Word's own default: Letter with margins of an inch
        return 228.6 if landscape else 165.1
    sheet = float(size.get(f"{W}h" if landscape else f"{W}w", 11906))
    sides = float(margin.get(f"{W}left", 0)) + float(margin.get(f"{W}right", 0))
    return (sheet - sides) / TWIPS_PER_MM


# --- after filling ------------------------------------------------------------------------------


class Finisher:
    """Brings a filled main part to its final form."""

    def __init__(self, root: Any, document: Document, fields: Fields, tall: Taller) -> None:
        self.root = root
        self.body = root.find(f"{W}body")
        self.document = document
        self.fields = fields
        self.tall = tall
        self.text_mm, self.wide_mm = text_width(root), text_width(root, landscape=True)
        self.empty_footer: str | None = None

    def _final_section(self) -> Any:
        section = self.body.find(f"{W}sectPr")
        if section is None:
            section = self.body.makeelement(f"{W}sectPr")
            self.body.append(section)
        return section

    def run(self) -> None:
        """Do everything."""
        wide = self._paragraph_marks()
        anew = self._place_marks(wide)
        self._rules()
        self._sections(wide, anew)
        self._cells_end_in_paragraphs()

    def _paragraph_marks(self) -> set[Any]:
        """Work off the marks inside paragraphs; return the paragraphs on turned pages."""
        wide: set[Any] = set()
        for mark in list(self.root.iter(f"{MARK}doan")):
            paragraph = next(mark.iterancestors(f"{W}p"))
            if mark.get("keep"):
                set_paragraph(paragraph, "keepNext")
            if mark.get("level"):
                set_paragraph(paragraph, "outlineLvl", val=mark.get("level"))
            if mark.get("wide"):
                wide.add(paragraph)
            if mark.get("left"):
                set_paragraph(paragraph, "jc", val="left")
            if mark.get("box"):
                self._box(paragraph, *(int(mark.get(n)) for n in ("box", "high", "room", "order")))
            mark.getparent().remove(mark)
        return wide

    def _box(self, paragraph: Any, width: int, height: int, room: int, order: int) -> None:
        """Draw a box (in twips) around a paragraph that stands in the middle of ``room``."""
        profile = load_profile(self.document.meta.profile)
        name = style_of(paragraph)
        style = next((s for s in profile.styles.values() if style_id(s.name) == name), None)
        eighths = round(profile.number("header.rule_weight") * 8)
        color = style.color.lstrip("#") if style is not None and style.color else "auto"
        lines = eighths / 8 * 2 * 20
        letters = (style.size_pt if style is not None else 14) * SINGLE_SPACING * 20
        space = max(int((height - lines - letters) // 40), 0)  # whole points, above and below
        borders = _put(_properties(paragraph, "pPr"), "pBdr", _PPR)
        for side in ("top", "left", "bottom", "right"):
            edge = borders.makeelement(f"{W}{side}")
            look = {"val": "single", "sz": eighths, "color": color}
            look["space"] = space if side in ("top", "bottom") else 0
            for key, value in look.items():
                edge.set(f"{W}{key}", str(value))
            borders.append(edge)
        line = round(height - lines - 2 * space * 20)
        set_paragraph(paragraph, "spacing", line=line, lineRule="exact")
        # Alike boxes one below the other would be drawn as one: each is a hair aside. Word draws
        # the sides outside of the indents.
        aside = (room - width) // 2 + round(lines / 2)
        hair = BOX_APART_TWIPS * (order % 2)
        set_paragraph(paragraph, "ind", left=aside + hair, right=aside - hair, firstLine=0)

    def _place_marks(self, wide: set[Any]) -> set[Any]:
        """Work the marks off that stand before something, adding to what stands on turned pages.

        Returns what begins an appendix with page numbers anew.
        """
        anew: set[Any] = set()
        turning: Any = None  # the first paragraph of the turned appendix we are in
        last_block = self.document.body[-1] if self.document.body else None
        for mark in list(self.root.iter(f"{MARK}*")):
            kind = mark.tag.removeprefix(MARK)
            holder = next(mark.iterancestors(f"{W}p"))
            following, before = holder.getnext(), holder.getprevious()
            lies = mark.get("wide") == "1"
            if kind == "dau":
                head = self.document.header
                self._two_columns(holder, head.left_mm, head.right_mm)
                self._room_below_last_row(holder)
            elif kind == "ky":
                self._signature(holder, wide=_next_table(holder) in wide)
            elif kind in ("sao", "ky_sao") and self.document.copy is not None:
                self._copy(holder, kind, wide=turning is not None)
            elif kind == "bang":
                data = self.fields.tables[int(mark.get("n"))]
                table = _next_table(holder)
                if table is not None:
                    self._lay_out(table, data, wide=lies)
                    if lies:
                        wide.update(_between(following, table))
                        if data is last_block:
                            # The signature must not go to a page of its own: it stays on this one.
                            wide.update(self._up_to_signature(table))
            elif kind in ("phu_luc", "het"):
                if turning is not None:
                    wide.update(_between(turning, holder))
                turning = None
                if before is not None and before.tag == f"{W}p" and not _has_content(before):
                    shrink(before)  # the room after a table must not make a page of its own
                if kind == "phu_luc":
                    appendix = self.fields.appendices[int(mark.get("n"))]
                    if following is None or following.tag != f"{W}p" or _has_mark(following):
                        following = _tiny_paragraph(holder)  # an appendix without a title
                        holder.addnext(following)
                    set_paragraph(following, "pageBreakBefore")
                    if appendix.numbered_anew:
                        anew.add(following)
                    if lies:
                        wide.add(following)
                    turning = following if appendix.landscape else None
            mark.getparent().remove(mark)
            if kind == "het" and before is not None and before.tag == f"{W}tbl":
                if before in wide:
                    wide.add(holder)
                shrink(holder)
                continue  # a table must be followed by a paragraph
            if not _has_content(holder):
                holder.getparent().remove(holder)
        return anew

    def _up_to_signature(self, table: Any) -> list[Any]:
        found = []
        node = table.getnext()
        while node is not None and node.tag != f"{W}sectPr":
            found.append(node)
            if node.tag == f"{W}tbl":
                break
            node = node.getnext()
        return found

    def _two_columns(self, holder: Any, left_mm: float, right_mm: float) -> None:
        table = _next_table(holder)
        if table is None:
            return
        widths = set_grid(table, [left_mm, right_mm])
        for row in table.iterchildren(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            if len(cells) == len(widths):
                for cell, width in zip(cells, widths, strict=True):
                    _set_width(cell, width)

    def _room_below_last_row(self, holder: Any) -> None:
        """Leave the room above the title below the last row of the head alone."""
        table = _next_table(holder)
        rows = [] if table is None else table.findall(f"{W}tr")
        if len(rows) < 3:
            return
        for row in rows[:-1]:
            for below in row.findall(f"{W}tc/{W}tcPr/{W}tcMar/{W}bottom"):
                margins = below.getparent()
                margins.remove(below)
                if len(margins) == 0:
                    margins.getparent().remove(margins)

    def _copy(self, holder: Any, kind: str, *, wide: bool) -> None:
        """Set the columns of a part of the copy block; the block never breaks over pages."""
        copied = self.document.copy
        if copied is None:
            return
        part = copied.head if kind == "sao" else copied.signature
        left = self.wide_mm - part.right_mm if wide else part.left_mm
        self._two_columns(holder, left, part.right_mm)
        table = _next_table(holder)
        node = holder.getnext()
        while kind == "sao" and node is not None and table is not None:
            for paragraph in node.iter(f"{W}p"):
                set_paragraph(paragraph, "keepNext")
            if node.getprevious() is table:
                break  # the paragraph between the head and the signature
            node = node.getnext()

    def _lay_out(self, table: Any, data: Table, *, wide: bool) -> None:
        """Give a table its widths, and what its rows need: to break, or another size of type."""
        rows = _lay_out(table, data, self.wide_mm if wide else self.text_mm)
        sizes = [self.fields.head_pt] * len(data.header) + [self.fields.cell_pt] * len(data.rows)
        for row, size in zip(rows, sizes, strict=False):
            if size != data.size_pt:
                # The mark of a paragraph makes its line as high as a letter would.
                for paragraph in row.iter(f"{W}p"):
                    _set_mark_size(paragraph, data.size_pt)
        body = rows[len(data.header) :]
        for row, kept in zip(body, kept_rows(data), strict=False):
            for paragraph in row.iter(f"{W}p") if kept else ():
                set_paragraph(paragraph, "keepNext")
        for row, cells in zip(body, data.rows, strict=False):
            if self.tall(cells, data, wide):
                let_break(row)
                for cell in row.findall(f"{W}tc"):
                    _to_the_top(cell)

    def _signature(self, holder: Any, *, wide: bool) -> None:
        """Tie the signature to the end of the text, so that it never stands alone on a page."""
        sign = self.document.signature
        left = self.wide_mm - sign.right_mm if wide else sign.left_mm
        self._two_columns(holder, left, sign.right_mm)
        before = holder.getprevious()
        while before is not None and before.tag == f"{W}p":
            set_paragraph(before, "keepNext")
            if _text_of(before):
                return
            before = before.getprevious()
        if before is not None and before.tag == f"{W}tbl":
            for row in before.findall(f"{W}tr")[-2:]:
                for paragraph in row.iter(f"{W}p"):
                    set_paragraph(paragraph, "keepNext")

    def _rules(self) -> None:
        for number, shape in enumerate(self.root.iter(f"{WP}docPr"), 1):
            shape.set("id", str(number))  # unique, as the format asks
            name = str(shape.get("name", ""))
            if not name.startswith(RULE_NAME):
                continue
            shape.set("name", f"Đường kẻ {number}")
            try:
                length = round(float(name.removeprefix(RULE_NAME)) * EMU_PER_MM)
            except ValueError:
                continue
            drawing = shape.getparent()
            for extent in (*drawing.iter(f"{WP}extent"), *drawing.iter(f"{A}ext")):
                extent.set("cx", str(length))

    def _sections(self, turned: set[Any], anew: set[Any]) -> None:
        """Give turned pages, and appendices that count their own pages, sections of their own."""
        if not turned and not anew:
            return
        final = self._final_section()
        children = [child for child in self.body if child is not final]
        first, restart = True, False
        for child, after in zip(children, [*children[1:], None], strict=True):
            here, there = child in turned, after in turned
            begins = after in anew
            if after is None or (here == there and not begins):
                continue
            section = self._one_section(final, landscape=here, first=first, restart=restart)
            first = restart = begins
            holder = child
            if child.tag != f"{W}p":
                holder = _tiny_paragraph(child)
                child.addnext(holder)
            elif not _has_content(child):
                shrink(child)
            place = _put(_properties(holder, "pPr"), "sectPr", _PPR)
            place.getparent().replace(place, section)
            if after.tag == f"{W}p":  # the section already begins a page
                properties = after.find(f"{W}pPr")
                breaks = None if properties is None else properties.find(f"{W}pageBreakBefore")
                if breaks is not None:
                    properties.remove(breaks)
        last = bool(children) and children[-1] in turned
        section = self._one_section(final, landscape=last, first=first, restart=restart)
        self.body.replace(final, section)

    def sections(self) -> list[Any]:
        """Make the last section one that counts its own pages; return those before it.

        They are the first of the document and any that follows it.
        """
        final = self._final_section()
        first, later = (
            self._one_section(final, landscape=False, first=True, restart=restart)
            for restart in (False, True)
        )
        self.body.replace(final, copy.deepcopy(later))
        return [first, later]

    def _one_section(self, pattern: Any, *, landscape: bool, first: bool, restart: bool) -> Any:
        """Return a section; the contact at the foot is on page 1 of the document alone."""
        section = _section(pattern, landscape=landscape, first=first, restart=restart)
        if restart and self.empty_footer:
            for reference in section.findall(f"{W}footerReference"):
                if reference.get(f"{W}type") == "first":
                    reference.set(f"{R}id", self.empty_footer)
        return section

    def _cells_end_in_paragraphs(self) -> None:
        """A cell must hold a paragraph at its end; loops over nothing can leave it empty."""
        for cell in self.root.iter(f"{W}tc"):
            if len(cell) == 0 or cell[-1].tag != f"{W}p":
                cell.append(_tiny_paragraph(cell))


def _next_table(paragraph: Any) -> Any:
    """Return the next table after a paragraph, on its level; None when a mark comes first."""
    node = paragraph.getnext()
    while node is not None:
        if node.tag == f"{W}tbl":
            return node
        if _has_mark(node):
            return None
        node = node.getnext()
    return None


def _between(first: Any, last: Any) -> list[Any]:
    """Return the siblings from ``first`` to ``last`` (and the empty paragraph that follows it)."""
    found = []
    node = first
    while node is not None:
        found.append(node)
        if node is last:
            spacer = node.getnext()
            if spacer is not None and spacer.tag == f"{W}p" and not _has_content(spacer):
                found.append(spacer)
            break
        node = node.getnext()
    return found


def _has_mark(element: Any) -> bool:
    return any(True for _ in element.iter(f"{MARK}*"))


def _has_content(paragraph: Any) -> bool:
    return any(child.tag != f"{W}pPr" for child in paragraph)


def style_of(paragraph: Any) -> str | None:
    """Return the id of a paragraph's style, None when it names none."""
    node = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if node is None else node.get(f"{W}val")


def _text_of(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def _section(pattern: Any, *, landscape: bool, first: bool, restart: bool = False) -> Any:
    """Return the properties of one section: the pattern's, upright or turned.

    Margins stay those of the regulation, counted on the sheet as it is read. Only a ``first``
    section has a first page of its own, the one without a page number; ``restart`` counts from 1.
    """
    section = copy.deepcopy(pattern)
    if not first:
        for reference in section.findall(f"{W}headerReference") + section.findall(
            f"{W}footerReference"
        ):
            if reference.get(f"{W}type") == "first":
                section.remove(reference)
        title_page = section.find(f"{W}titlePg")
        if title_page is not None:
            section.remove(title_page)
    size = section.find(f"{W}pgSz")
    if landscape and size is not None and size.get(f"{W}orient") != "landscape":
        width, height = size.get(f"{W}w"), size.get(f"{W}h")
        size.set(f"{W}w", height)
        size.set(f"{W}h", width)
        size.set(f"{W}orient", "landscape")
    if restart:
        _put(section, "pgNumType", _SECTPR, start=1)
    return section


def _tiny_paragraph(near: Any) -> Any:
    paragraph = near.makeelement(f"{W}p")
    shrink(paragraph)
    return paragraph


def end_section(paragraph: Any, target: str, number: int) -> None:
    """Put an instruction at the place of the section that ends with a paragraph."""
    from lxml import etree

    place = _put(_properties(paragraph, "pPr"), "sectPr", _PPR)
    place.getparent().replace(place, etree.ProcessingInstruction(target, str(number)))


def shrink(paragraph: Any) -> None:
    """Make a paragraph that the format asks for, and nobody sees, a point high."""
    set_paragraph(paragraph, "spacing", before=0, after=0, line=20, lineRule="exact")


def _set_mark_size(paragraph: Any, size_pt: float) -> None:
    look = _put(_properties(paragraph, "pPr"), "rPr", _PPR)
    for name in ("sz", "szCs"):
        _put(look, name, _SIZES, val=round(size_pt * 2))


# --- tables -------------------------------------------------------------------------------------


def grid_of(widths_mm: Sequence[float]) -> list[int]:
    """Return widths in twips, which sum to the whole."""
    edges = [twips(sum(widths_mm[:n])) for n in range(len(widths_mm) + 1)]
    return [right - left for left, right in itertools.pairwise(edges)]


def set_grid(table: Any, widths_mm: list[float]) -> list[int]:
    """Set a fixed grid of columns; return their widths in twips."""
    widths = grid_of(widths_mm)
    properties = _properties(table, "tblPr")
    _put(properties, "tblW", _TBLPR, w=sum(widths), type="dxa")
    _put(properties, "tblLayout", _TBLPR, type="fixed")
    old = table.find(f"{W}tblGrid")
    grid = table.makeelement(f"{W}tblGrid")
    for width in widths:
        column = grid.makeelement(f"{W}gridCol")
        column.set(f"{W}w", str(width))
        grid.append(column)
    if old is None:
        properties.addnext(grid)
    else:
        table.replace(old, grid)
    return widths


def _set_width(cell: Any, width: int, span: int = 1, merge: str | None = None) -> None:
    properties = _properties(cell, "tcPr")
    _put(properties, "tcW", _TCPR, w=width, type="dxa")
    if span > 1:
        _put(properties, "gridSpan", _TCPR, val=span)
    if merge:
        _put(properties, "vMerge", _TCPR, val=merge)


def _lay_out(table: Any, data: Table, width_mm: float) -> list[Any]:
    """Give a table its column widths, spans and alignments; return its rows.

    An office's own arrangement of the rows is left as it is: its own widths hold, and no rows
    are returned.
    """
    rows: list[Any] = table.findall(f"{W}tr")
    if len(rows) != len(data.header) + len(data.rows):
        return []
    widths = set_grid(table, [column.share * width_mm for column in data.columns])
    if data.caption:
        name_table(table, data.caption)
    spans = _Spans(widths)
    for row, cells in zip(rows, (*data.header, *data.rows), strict=True):
        given = row.findall(f"{W}tc")
        if len(given) != len(cells):
            continue
        column = 0
        for node, cell in zip(given, cells, strict=True):
            column = spans.go_on(node, column, before=True)
            width = sum(widths[column : column + cell.colspan])
            _set_width(node, width, cell.colspan, "restart" if cell.rowspan > 1 else None)
            _align(node, cell.align)
            spans.begin(column, cell)
            column += cell.colspan
        if given:
            spans.go_on(given[-1], column, before=False)
        spans.next_row()
    return rows


class _Spans:
    """Cells that reach over several rows: where they stand and how far they still go."""

    def __init__(self, widths: list[int]) -> None:
        self.widths = widths
        self.here: dict[int, tuple[int, int]] = {}  # column → (rows still to come, columns)
        self.below: dict[int, tuple[int, int]] = {}

    def begin(self, column: int, cell: Cell) -> None:
        """Note a cell that goes on below."""
        if cell.rowspan > 1:
            self.below[column] = (cell.rowspan - 1, cell.colspan)

    def next_row(self) -> None:
        """Go to the next row."""
        self.here, self.below = self.below, {}

    def go_on(self, node: Any, column: int, *, before: bool) -> int:
        """Put the cells that go on at ``column`` beside ``node``; return the next free column."""
        while column in self.here:
            left, span = self.here.pop(column)
            if left > 1:
                self.below[column] = (left - 1, span)
            filler = node.makeelement(f"{W}tc")
            paragraph = filler.makeelement(f"{W}p")
            pattern = node.find(f"{W}p")
            properties = None if pattern is None else pattern.find(f"{W}pPr")
            if properties is not None:
                paragraph.append(copy.deepcopy(properties))
            filler.append(paragraph)
            _set_width(filler, sum(self.widths[column : column + span]), span, "continue")
            if before:
                node.addprevious(filler)
            else:
                node.addnext(filler)
                node = filler
            column += span
        return column


def name_table(table: Any, caption: str) -> None:
    """Give a table its name, for those who have it read aloud."""
    name = caption[:MAX_TABLE_CAPTION]
    _put(_properties(table, "tblPr"), "tblCaption", _TBLPR, val=name)


def set_cell(
    cell: Any, width: int, span: int, align: str, size_pt: float | None, *, kept: bool, tall: bool
) -> None:
    """Set all that a cell of one row may need; see ``Finisher``, which does it piece by piece.

    ``size_pt`` is that of its paragraph marks where it is not the style's, ``kept`` whether it
    stays on the page of what follows, ``tall`` whether its row may break.
    """
    _set_width(cell, width, span)
    _align(cell, align)
    for paragraph in cell.iter(f"{W}p"):
        if size_pt is not None:
            _set_mark_size(paragraph, size_pt)
        if kept:
            set_paragraph(paragraph, "keepNext")
    if tall:
        _to_the_top(cell)


def let_break(row: Any) -> None:
    """Let a row break over pages."""
    for whole in row.findall(f"{W}trPr/{W}cantSplit"):
        whole.getparent().remove(whole)


def _to_the_top(cell: Any) -> None:
    _put(_properties(cell, "tcPr"), "vAlign", _TCPR, val="top")


def _align(cell: Any, align: str) -> None:
    value = "both" if align == "justify" else align
    for paragraph in cell.iterchildren(f"{W}p"):
        set_paragraph(paragraph, "jc", val=value)


# --- other parts --------------------------------------------------------------------------------


def mirror_margins(settings: Any) -> None:
    """Make the side margins of even pages those of odd pages, swapped (printing on both sides)."""
    if settings.find(f"{W}mirrorMargins") is not None:
        return
    at = next(
        (i for i, child in enumerate(settings) if child.tag.removeprefix(W) not in _BEFORE_MIRROR),
        len(settings),
    )
    settings.insert(at, settings.makeelement(f"{W}mirrorMargins"))


def set_body_style(styles: Any, layout: Layout) -> bool:
    """Put the draft's choice of size and line pitch into the body style; True when it changed."""
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}styleId") != BODY_STYLE:
            continue
        before = to_bytes(style)
        line, rule = line_pitch(layout)
        spacing = _put(_style_part(style, "pPr"), "spacing", _PPR, line=line)
        spacing.set(f"{W}lineRule", rule)
        for name in ("sz", "szCs"):
            look = _style_part(style, "rPr")
            _put(look, name, _SIZES, val=round(layout.body_pt * 2))
        return bool(to_bytes(style) != before)
    return False


def _style_part(style: Any, tag: str) -> Any:
    """Return the ``pPr`` or ``rPr`` of a style, made at its place when the style has none."""
    return _put(style, tag, ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr"))


def line_pitch(layout: Layout) -> tuple[int, str]:
    """Return the line pitch as Word has it: (number, rule)."""
    if layout.line_pt is not None:
        return round(layout.line_pt * 20), "exact"
    return round((layout.line_multiple or 1) * 240), "auto"


_WATERMARK = (
    '<w:r xmlns:w="{w}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
    'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>'
    '</v:shapetype><v:shape id="PowerPlusWaterMarkObject{n}" o:spid="_x0000_s{spid}" '
    'type="#_x0000_t136" alt="{text}" style="position:absolute;margin-left:0;margin-top:0;'
    "width:{width}pt;height:{height}pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" '
    'fillcolor="#dcdcdc" stroked="f"><v:textpath '
    "style=\"font-family:'Times New Roman';font-size:1pt\" "
    'string="{text}"/></v:shape></w:pict></w:r>'
)
_WATERMARK_EMS = 1.15
"""Height of the shape in sizes of type: capitals with the marks above and below them."""
EMPTY_FOOTER = "rIdVanbanChanTrong"
"""Relationship of the foot that the first pages of appendices get beside a contact on page 1."""


def place_contact(package: Package, main: str, root: Any) -> None:
    """Put the foot of page 1 on the lower margin, and make an empty one for appendices."""
    section = root.find(f"{W}body/{W}sectPr")
    margins = None if section is None else section.find(f"{W}pgMar")
    if margins is not None:
        margins.set(f"{W}footer", str(margins.get(f"{W}bottom")))
    name = f"{main.rpartition('/')[0] or 'word'}/footer-vanban-trong.xml"
    package.parts[name] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:ftr xmlns:w="{W_NS}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" '
        'w:lineRule="exact"/></w:pPr></w:p></w:ftr>'
    ).encode()
    package.set_content_type(name, FOOTER_TYPE)
    package.relate(main, f"{OFFICE_RELS}/footer", name, EMPTY_FOOTER)


def add_watermark(package: Package, main: str, root: Any, text: str) -> None:
    """Put a large grey text behind every page, through the headers of all page types."""
    section = root.find(f"{W}body").find(f"{W}sectPr")
    if section is None:
        section = root.find(f"{W}body").makeelement(f"{W}sectPr")
        root.find(f"{W}body").append(section)
    settings = package.related(main, "settings")
    even = bool(settings) and (
        parse_xml(package.parts[settings[0]], settings[0]).find(f"{W}evenAndOddHeaders") is not None
    )
    needed = ["default"]
    needed += ["first"] if section.find(f"{W}titlePg") is not None else []
    needed += ["even"] if even else []
    used = {node.get(f"{W}type") for node in section.findall(f"{W}headerReference")}
    for kind in needed:
        if kind not in used:
            _add_header(package, main, section, kind)
    headers = sorted(
        {target for _, rel, target in package.relationships(main) if rel.endswith("/header")}
    )
    for number, name in enumerate(headers, 1):
        header = parse_xml(package.parts[name], name)
        paragraph = header.find(f"{W}p")
        if paragraph is None:
            paragraph = header.makeelement(f"{W}p")
            header.append(paragraph)
        run = parse_xml(
            _WATERMARK.format(
                w=W_NS,
                n=number,
                spid=2048 + number,
                text=escape(text),
                width=round(min(width_pt(text, WATERMARK_POINTS), 520)),
                height=round(WATERMARK_POINTS * _WATERMARK_EMS),
            ).encode(),
            name,
        )
        first = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if first is None else 1, run)
        package.parts[name] = to_bytes(header)


def _add_header(package: Package, main: str, section: Any, kind: str) -> None:
    name = f"{main.rpartition('/')[0] or 'word'}/header-vanban-{kind}.xml"
    relation_id = f"rIdVanban{kind.capitalize()}"
    package.parts[name] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:hdr xmlns:w="{W_NS}"><w:p/></w:hdr>'
    ).encode()
    package.set_content_type(name, HEADER_TYPE)
    package.relate(main, f"{OFFICE_RELS}/header", name, relation_id)
    reference = section.makeelement(f"{W}headerReference")
    reference.set(f"{W}type", kind)
    reference.set(f"{R}id", relation_id)
    section.insert(0, reference)
