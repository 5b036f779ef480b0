"""The structure tree of a PDF made by WeasyPrint, built by us from the boxes it lays out.

WeasyPrint's own tree makes a paragraph, a table or a cell anew on every page it reaches, leaves
the scope of header cells out, wraps every line in an element of its own and shows page numbers as
content. So it gets empty pages to build its tree from, and ours takes that tree's place: one
element for one element of the markup, however many pages it is broken over; what repeats or only
adorns becomes an artifact (ISO 14289-1, 7.1, 7.2, 7.5, 7.8).

This module and ``weasyprint_marks`` alone know WeasyPrint's boxes and streams; another engine
writes tags of its own.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from vanban.archive import roles, structure
from vanban.archive import weasyprint_marks as marks
from vanban.archive.structure import Node
from vanban.archive.weasyprint_marks import Content, Split, dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SVG = "{http://www.w3.org/2000/svg}svg"
_PT_PER_PX = 0.75
_BLANKS = re.compile(r"[ \t\n\r\f]+")


class TagTree:
    """The structure tree of one document, gathered page by page while it is painted."""

    def __init__(self) -> None:
        self._root = Node("Document")
        self._nodes: dict[int, Node] = {}
        self._first_seen: dict[int, int] = {}
        self._sources: dict[int, _Source] = {}
        self._contents: list[Content] = []
        self._groups: set[int] = set()
        self._pages = 0

    def watched(self, pages: Iterable[Any]) -> list[Any]:
        """Return the pages such that painting them feeds this tree, not WeasyPrint's."""
        copies = [copy.copy(page) for page in pages]
        if copies:
            kind = _watching(type(copies[0]), self)
            for page in copies:
                page.__class__ = kind
        return copies

    def add_page(self, page_box: Any, stream: Any) -> None:
        """Take up a page that was just painted into ``stream``, and mend the stream's marks."""
        walk = _Walk(self, self._pages, page_box.margin_height())
        self._pages += 1
        walk.visit(page_box, self._root, None, None)
        numbers = {box: mark["mcid"] for box, mark in stream._tags.items()}
        owners = {mcid: walk.owners.get(box, marks.ORNAMENT) for box, mcid in numbers.items()}
        spaced = {numbers[box] for box in walk.spaced if box in numbers}
        contents = [Content(stream, walk.page)]
        for group in marks.groups(stream._resources, self._groups):
            if marks.has_marks(group):
                contents.append(Content(group, walk.page))
        placed: dict[int | Split, tuple[Content, int]] = {}
        for content in contents:
            marks.mend(content, owners, spaced, placed)
        self._contents.extend(contents)
        # Until here the tree names its marks by their boxes: they are painted in another order.
        for box, owner in walk.owners.items():
            body = owner.body if isinstance(owner, Split) else owner
            if isinstance(owner, Split):
                owner.label.kids[:] = [placed[owner]] if owner in placed else []
            if isinstance(body, Node):
                at = next(n for n, kid in enumerate(body.kids) if kid is box)
                place = placed.get(numbers.get(box, -1))
                body.kids[at : at + 1] = [] if place is None else [place]
        stream._tags.clear()

    # ---- what the walk over the boxes asks --------------------------------------------------

    def is_repeated(self, element: Any, page: int) -> bool:
        """Tell whether an element was on an earlier page already."""
        return self._first_seen.setdefault(id(element), page) != page

    def source(self, element: Any) -> _Source:
        """Return the text of an element as it stands in the markup."""
        found = self._sources.get(id(element))
        if found is None:
            found = self._sources[id(element)] = _Source(element)
        return found

    def node_of(self, box: Any, parent: Node) -> Node:
        """Return the node of a box's element, made now if this is the first box of it."""
        element = box.element
        known = self._nodes.get(id(element))
        if known is not None:
            return known
        attributes: Mapping[str, str] = element.attrib
        role, level = roles.role_of(box.element_tag.partition("::")[0], attributes)
        words = _alternative(element) if role == "Figure" else ""
        # An image without a description is an ornament.
        idle = (role == "Figure" and not words) or (role == "Link" and not box.link_annotation)
        node = parent
        if role and not idle and structure.fits(role, parent):
            node = structure.child(role, parent, attributes)
            node.level, node.alt = level, words
            if role in ("TH", "TD"):
                node.table = _cell_attributes(role, box, attributes)
        elif roles.CONTINUES in attributes:
            node = parent.last("Sect") or parent
        self._nodes[id(element)] = node
        return node

    # ---- writing ----------------------------------------------------------------------------

    def write(self, pdf: Any) -> None:
        """Put the tree into a pydyf file in the place of the one that WeasyPrint built."""
        import pydyf

        structure.tidy(self._root)
        root = dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(root)
        links: list[tuple[Any, Node]] = []
        self._write_node(self._root, root.reference, pdf, pdf.page_references, links)
        parents: list[Any] = []
        # The number of a page in the parent tree is that of the page: WeasyPrint wrote it there.
        for key, content in enumerate(sorted(self._contents, key=lambda content: content.in_group)):
            found = pydyf.Array([owner.object.reference for owner in content.owners])
            pdf.add_object(found)
            parents += [key, found.reference]
            if content.in_group:
                content.stream.extra["StructParents"] = key
        for key, (annotation, node) in enumerate(links, len(self._contents)):
            annotation["StructParent"] = key
            parents += [key, node.object.reference]
        tree = dictionary({"Nums": pydyf.Array(parents)})
        pdf.add_object(tree)
        root["K"] = self._root.object.reference
        root["ParentTree"] = tree.reference
        root["ParentTreeNextKey"] = len(parents) // 2
        pdf.catalog["StructTreeRoot"] = root.reference

    def _write_node(
        self, node: Node, above: bytes, pdf: Any, pages: Any, links: list[tuple[Any, Node]]
    ) -> None:
        import pydyf

        made = node.object = dictionary({"S": f"/{node.role}", "P": above})
        pdf.add_object(made)
        kids = pydyf.Array()
        page = next((kid[0].page for kid in node.kids if isinstance(kid, tuple)), None)
        for kid in node.kids:
            if isinstance(kid, Node):
                self._write_node(kid, made.reference, pdf, pages, links)
                kids.append(kid.object.reference)
            elif not isinstance(kid, tuple):
                kids.append(dictionary({"Type": "/OBJR", "Obj": kid.reference}))
                links.append((kid, node))
            elif kid[0].page == page and not kid[0].in_group:
                kids.append(kid[1])
            else:
                kids.append(_reference(kid[0], kid[1], pages))
        if page is not None:
            made["Pg"] = pages[page]
        if kids:
            made["K"] = kids if len(kids) > 1 else kids[0]
        if node.table:
            made["A"] = dictionary({"O": "/Table", **node.table})
        elif node.role == "L":
            numbering = roles.numbering_of(node.label)
            made["A"] = dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
        if node.alt:
            made["Alt"] = pydyf.String(node.alt)
        if node.bounds:
            made["A"] = dictionary({"O": "/Layout", "BBox": pydyf.Array(node.bounds)})


class _Walk:
    """One walk over the boxes of a page: who owns what is painted.

    ``owners`` tells the element, or the kind of artifact, of every box with a mark of its own;
    ``spaced`` are the boxes at the end of a line behind which a blank was dropped.
    """

    def __init__(self, tree: TagTree, page: int, height: float) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        self.tree, self.page, self._height = tree, page, height
        self.owners: dict[Any, Node | Split | dict[str, str]] = {}
        self.spaced: list[Any] = []
        self._boxes, self._placeholder = boxes, AbsolutePlaceholder
        self._line_end: tuple[Any, _Source] | None = None

    def visit(self, box: Any, node: Node, block: Any, adorns: dict[str, str] | None) -> None:
        """Visit a box and all in it.

        ``block`` is the element of the block it stands in; ``adorns`` is set within an artifact.
        """
        boxes = self._boxes
        if isinstance(box, self._placeholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._text(box, node, block, adorns)
            return
        adorns = adorns or self._adorns(box)
        if adorns is None and box.element is not None and box.element_tag not in ("html", "body"):
            node = self.tree.node_of(box, node)
            if not isinstance(box, boxes.InlineBox):
                block = box.element
            if box.link_annotation and node.role == "Link":
                node.kids.append(box.link_annotation)
        if isinstance(box, boxes.ReplacedBox):
            shown = adorns is None and node.role == "Figure"
            self.owners[box] = node if shown else adorns or marks.ORNAMENT
            if shown:
                node.kids.append(box)
                node.bounds = self._bounds(box)
        if isinstance(box, boxes.ParentBox):
            for child in box.children:
                self.visit(child, node, block, adorns)
        if isinstance(box, boxes.LineBox) and self._line_end is not None:
            last, source = self._line_end
            self._line_end = None
            if source.goes_on_with_blank and not last.text.endswith(" "):
                self.spaced.append(last)

    def _text(self, box: Any, node: Node, block: Any, adorns: dict[str, str] | None) -> None:
        if adorns is not None or not box.text.strip():
            self.owners[box] = adorns or marks.ORNAMENT
            return
        if block is not None:
            source = self.tree.source(block)
            source.pass_over(box.text)
            self._line_end = (box, source)
        if box.element_tag.endswith("::marker"):
            node = structure.child("Lbl", node, {})
            node.label = box.text
        item, node = node, structure.for_text(node, 0 if block is None else id(block))
        label = item.label if item.role == "LI" and not node.kids else ""
        node.kids.append(box)
        self.owners[box] = node
        if label and box.text.startswith(label) and len(box.text) > len(label):
            head = Node("Lbl", label=label)
            item.kids.insert(-1, head)
            self.owners[box] = split = Split(head, node)
            head.kids.append(split)

    def _bounds(self, box: Any) -> tuple[float, ...]:
        """Return the corners of a picture, from the page's lower left, in pt."""
        left, top = box.content_box_x(), box.content_box_y()
        low, high = self._height - top - box.height, self._height - top
        edges = (left, low, left + box.width, high)
        return tuple(round(edge * _PT_PER_PX, 2) for edge in edges)

    def _adorns(self, box: Any) -> dict[str, str] | None:
        """Return what kind of artifact a box is with all it holds, or None."""
        boxes = self._boxes
        if isinstance(box, boxes.MarginBox):
            return marks.FOOT if "bottom" in box.at_keyword else marks.PAGE_NUMBER
        element = box.element
        if element is None:
            return None
        fixed = box.style["position"] == "fixed"
        if element.get("aria-hidden") == "true":
            return marks.WATERMARK if fixed else marks.ORNAMENT
        repeats = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
        if (repeats or fixed) and self.tree.is_repeated(element, self.page):
            return marks.REPEATED
        return None


class _Source:
    """The text of a block in the markup, white space collapsed, and how much of it is set."""

    def __init__(self, element: Any) -> None:
        self._text = _BLANKS.sub(" ", "".join(_texts(element))).strip(" ")
        self._at = 0
        self._followed = False

    def pass_over(self, shown: str) -> None:
        """Note that a text was set; one that is not next in the markup is passed by."""
        shown = _BLANKS.sub(" ", shown).strip(" ")
        start = self._at + self._text.startswith(" ", self._at)
        self._followed = self._text.startswith(shown, start)
        if self._followed:
            self._at = start + len(shown)

    @property
    def goes_on_with_blank(self) -> bool:
        """Tell whether a blank follows on what was set last."""
        return self._followed and self._text.startswith(" ", self._at)


def _texts(element: Any) -> Iterator[str]:
    if element.tag == "br":
        yield " "
    yield element.text or ""
    for inner in element:
        yield from _texts(inner)
        yield inner.tail or ""


def _watching(page_type: Any, tree: TagTree) -> Any:
    """Return the type of pages that hand themselves to ``tree`` when they are painted."""

    class Watched(page_type):  # type: ignore[misc]
        _page_box: Any

        def paint(self, stream: Any, scale: float = 1) -> None:
            super().paint(stream, scale)
            tree.add_page(self._page_box, stream)
            # WeasyPrint builds its own tree from this afterwards: there is nothing left to do.
            self._page_box = self._page_box.copy_with_children([])

    return Watched


def _reference(content: Content, mark: int, pages: Any) -> Any:
    """Return what points at a mark on another page or in a group."""
    made = dictionary({"Type": "/MCR", "Pg": pages[content.page], "MCID": mark})
    if content.in_group:
        made["Stm"] = content.stream.reference
    return made


def _alternative(element: Any) -> str:
    if element.tag == _SVG:
        title = element.find(_SVG.replace("}svg", "}title"))
        return (title.text or "").strip() if title is not None else ""
    return str(element.get("alt") or "").strip()


def _cell_attributes(role: str, box: Any, attributes: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if role == "TH":
        found["Scope"] = f"/{roles.scope_of(attributes)}"
    if box.colspan != 1:
        found["ColSpan"] = box.colspan
    if box.rowspan != 1:
        found["RowSpan"] = box.rowspan
    return found
