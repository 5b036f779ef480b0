"""The structure tree of a PDF that Typst set, built anew from the Document.

Typst marks every line of text and owns the marks to paragraphs, headings and cells in reading
order, but knows no list whose items run on to the margin, no caption apart from a figure, no part
of a page. So its elements are walked in step with the texts of the Document, and only their marks
are kept: the tree is the one that the other engine's pages get (ISO 14289-1, 7.1 to 7.6).

This module alone knows the tags that Typst writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vanban.archive import roles, structure
from vanban.archive.structure import Node
from vanban.compose.document import Paragraph
from vanban.errors import InternalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pikepdf import Pdf

    from vanban.compose.document import (
        Block,
        CopyBlock,
        Document,
        HeaderBlock,
        Line,
        Recipients,
        SignatureBlock,
        Table,
    )

LABEL = "/Strong"
"""The element of Typst that the template puts around the label of a list item."""

_TEXTS = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"})
_CELLS = frozenset({"/TH", "/TD"})
_BACKGROUND = b"/Type/Background>>BDC"
_WATERMARK = b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC"

Mark = tuple[int, int]
"""The key of a page in the parent tree, and the number of a mark on it."""


@dataclass(slots=True)
class Leaf:
    """What Typst tagged as one text: the marks of its label, if it has one, and the others."""

    role: str
    label: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def retag(pdf: Pdf, document: Document, item_of: Any, label_of: Callable[[str], str]) -> None:
    """Put the Document's own structure in the place of Typst's, and name its artifacts.

    ``item_of`` tells of a paragraph its depth and label as a list item (None: none), ``label_of``
    the label at the head of a text. Raises InternalError when the marks are not those of the
    Document.
    """
    reading = _Reading(pdf)
    tree = _Tree(reading, item_of, label_of)
    root = tree.of(document)
    structure.tidy(root)
    _write(pdf, root, reading)
    if document.watermark:
        _name_watermarks(pdf)


# ---- what Typst wrote -------------------------------------------------------------------------


class _Reading:
    """The texts that Typst tagged, in reading order."""

    def __init__(self, pdf: Pdf) -> None:
        self.pages: dict[tuple[int, int], tuple[int, Any]] = {}
        for page in pdf.pages:
            if "/StructParents" in page.obj:
                self.pages[page.obj.objgen] = (int(page.obj.StructParents), page.obj)
        self.objects = dict(self.pages.values())
        self.counts = dict.fromkeys(self.objects, 0)
        top = pdf.Root.StructTreeRoot.K
        self._leaves = [leaf for item in _listed(top) for leaf in self._found(item, None)]
        self._next = 0

    def take(self, text: str, *names: str) -> Leaf:
        """Return the next text; an empty one for a text without ink, which Typst does not tag."""
        if not text.strip():
            return Leaf("")
        if self._next >= len(self._leaves) or self._leaves[self._next].role not in names:
            raise InternalError(f"typst: no mark for {text[:40]!r}")
        self._next += 1
        return self._leaves[self._next - 1]

    def finished(self) -> None:
        """Make sure that nothing is left over."""
        if self._next != len(self._leaves):
            raise InternalError("typst: more marks than texts")

    def _found(self, item: Any, page: Any) -> Iterator[Leaf]:
        role = str(item.S)
        page = item.get("/Pg", page)
        kids = _listed(item.get("/K"))
        holds_texts = role in _CELLS and any(_is_element(kid, _TEXTS | {"/Div"}) for kid in kids)
        if (role in _TEXTS or role in _CELLS) and not holds_texts:
            leaf = Leaf("cell" if role in _CELLS else role)
            self._gather(kids, page, leaf, leaf.marks)
            if leaf.marks or leaf.label:
                yield leaf
            return
        for kid in kids:
            if hasattr(kid, "get") and "/S" in kid:
                yield from self._found(kid, page)

    def _gather(self, kids: list[Any], page: Any, leaf: Leaf, into: list[Mark]) -> None:
        for kid in kids:
            if isinstance(kid, int):
                into.append(self._mark(page, kid))
            elif "/MCID" in kid:
                into.append(self._mark(kid.get("/Pg", page), int(kid.MCID)))
            elif "/S" in kid:
                inner = leaf.label if str(kid.S) == LABEL else into
                self._gather(_listed(kid.get("/K")), kid.get("/Pg", page), leaf, inner)

    def _mark(self, page: Any, number: int) -> Mark:
        key = self.pages[page.objgen][0]
        self.counts[key] = max(self.counts[key], number + 1)
        return key, number


def _listed(item: Any) -> list[Any]:
    import pikepdf

    if item is None:
        return []
    return list(item) if isinstance(item, pikepdf.Array) else [item]


def _is_element(kid: Any, names: Iterable[str]) -> bool:
    return hasattr(kid, "get") and "/S" in kid and str(kid.S) in names


# ---- what the Document says -------------------------------------------------------------------


class _Tree:
    """Builds the tree of a Document, taking the marks of each text as it comes."""

    def __init__(self, reading: _Reading, item_of: Any, label_of: Callable[[str], str]) -> None:
        self.reading = reading
        self.item_of = item_of
        self.label_of = label_of

    def of(self, document: Document) -> Node:
        root = Node("Document")
        part = root.add("Sect")
        self._head(part.add("Sect"), document.header)
        self._lines(part.add("Sect"), document.contact)
        self._lines(part, document.title)
        self._blocks(part, document.body)
        self._closing(part.add("Sect"), document.recipients, document.signature)
        for appendix in document.appendices:
            part = root.add("Sect")
            for order, line in enumerate(appendix.titles):
                self._text(part, line.text, {}, heading=1 if order == 0 else 0)
            self._blocks(part, appendix.blocks)
        if document.copy is not None:
            self._copy(part.add("Sect"), document.copy)
        self.reading.finished()
        return root

    def _head(self, part: Node, head: HeaderBlock) -> None:
        self._lines(part, tuple(head.lines()))

    def _lines(self, part: Node, lines: Iterable[Line]) -> None:
        for line in lines:
            self._text(part, line.text, {})

    def _closing(self, part: Node, recipients: Recipients, signature: SignatureBlock) -> None:
        self._lines(part, (recipients.label,))
        for line in recipients.items:
            label = self.label_of(line.text)
            self._text(part, line.text, {roles.ITEM_DEPTH: "1", roles.ITEM_LABEL: label})
        self._lines(part, (*recipients.after, *signature.lines()))

    def _copy(self, part: Node, copy: CopyBlock) -> None:
        self._head(part, copy.head)
        self._closing(part.add("Sect"), copy.recipients, copy.signature)

    def _blocks(self, part: Node, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if not isinstance(block, Paragraph):
                self._table(part, block)
                continue
            item = self.item_of(block)
            attributes = {}
            if item is not None:
                attributes = {roles.ITEM_DEPTH: str(item.depth), roles.ITEM_LABEL: item.label}
            elif block.style in roles.ABOVE_TABLES:
                attributes = {roles.CAPTION: ""}
            self._text(part, block.text, attributes, heading=block.level or 0)

    def _text(self, part: Node, text: str, attributes: dict[str, str], *, heading: int = 0) -> None:
        leaf = self.reading.take(text, *_TEXTS)
        item = roles.ITEM_DEPTH in attributes
        role = "LI" if item else "H" if heading else "P"
        node = structure.child(role, part, attributes)
        node.level = heading
        if item:
            if leaf.label:
                label = node.add("Lbl")
                label.kids, label.label = leaf.label, attributes[roles.ITEM_LABEL]
            structure.body_of(node).kids = leaf.marks
        else:
            node.kids = [*leaf.label, *leaf.marks]

    def _table(self, part: Node, table: Table) -> None:
        if table.caption:
            self._text(part, table.caption, {roles.CAPTION: ""})
        node = structure.child("Table", part, {})
        for role, name, rows in (("THead", "TH", table.header), ("TBody", "TD", table.rows)):
            group = node.add(role) if rows else node
            for row in rows:
                line = group.add("TR")
                for cell in row:
                    made = line.add(name)
                    made.kids = [*self.reading.take(cell.text, "cell").marks]
                    if name == "TH":
                        made.table["Scope"] = "Column"
                    if cell.colspan != 1:
                        made.table["ColSpan"] = cell.colspan
                    if cell.rowspan != 1:
                        made.table["RowSpan"] = cell.rowspan


# ---- writing ----------------------------------------------------------------------------------


def _write(pdf: Pdf, root: Node, reading: _Reading) -> None:
    from pikepdf import Array, Dictionary, Name

    owners: dict[int, list[Any]] = {key: [None] * n for key, n in reading.counts.items()}

    def write(node: Node, above: Any) -> Any:
        made = pdf.make_indirect(Dictionary(S=Name(f"/{node.role}"), P=above))
        kids: list[Any] = []
        home = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(write(kid, made))
                continue
            key, number = kid
            owners[key][number] = made
            if key == home:
                kids.append(number)
            else:
                page = reading.objects[key]
                kids.append(Dictionary(Type=Name.MCR, Pg=page, MCID=number))
        if home is not None:
            made.Pg = reading.objects[home]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        if node.table:
            made.A = Dictionary(O=Name.Table)
            for name, value in node.table.items():
                made.A[f"/{name}"] = Name(f"/{value}") if isinstance(value, str) else value
        elif node.role == "L":
            numbering = Name(f"/{roles.numbering_of(node.label)}")
            made.A = Dictionary(O=Name.List, ListNumbering=numbering)
        return made

    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top.K = write(root, top)
    nums = Array()
    for key in sorted(owners):
        if None in owners[key]:
            raise InternalError("typst: a mark that belongs to no text")
        nums.append(key)
        nums.append(pdf.make_indirect(Array(owners[key])))
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=nums))
    top.ParentTreeNextKey = max(owners, default=-1) + 1
    pdf.Root.StructTreeRoot = top


def _name_watermarks(pdf: Pdf) -> None:
    """Say of what stands behind the text that it is a watermark (ISO 32000-1, table 330)."""
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes()
        end = content.find(_BACKGROUND)
        if end < 0:
            raise InternalError("typst: a page without its watermark")
        start = content.rindex(b"/Artifact", 0, end)
        page.obj.Contents.write(content[:start] + _WATERMARK + content[end + len(_BACKGROUND) :])
