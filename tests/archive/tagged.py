"""A reader of tagged PDF of our own: what is painted, how it is marked, who owns the mark.

It walks every content stream operator by operator and the structure tree element by element, and
takes nothing from the code that wrote them.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

PAINTING = {
    *("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do"),
    *("Tj", "TJ", "'", '"', "INLINE IMAGE"),
}
SHOWING = {"Tj", "TJ", "'", '"'}

# ISO 32000-1, 14.8.4: the standard structure types that a report may need.
STANDARD = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "P"),
    *(f"H{level}" for level in range(1, 7)),
    *("L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"),
    *("Span", "Link", "Figure"),
}

Key = tuple[int, int]
"""Object number of a content stream's owner (page or form) and the mark's number in it."""


def folded(text: str) -> str:
    """Return a text without white space, composed."""
    return "".join(unicodedata.normalize("NFC", text).split())


@dataclass
class Element:
    """One structure element; ``kids`` are elements and the keys of marks, in order."""

    role: str
    object: Any
    kids: list[Element | Key] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.elements():
            yield from kid.walk()

    def elements(self) -> list[Element]:
        """Return the elements directly below."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def marks(self) -> Iterator[Key]:
        """Yield the marks of the element and of all below it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            else:
                yield kid

    def attribute(self, name: str) -> Any:
        """Return an entry of the attribute object, None without one."""
        found = self.object.get("/A")
        return found.get(name) if found is not None else None


class TaggedPdf:
    """A PDF read to the bottom; ``faults`` says what is not tagged as it must be."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.faults: list[str] = []
        self.texts: dict[Key, str] = {}
        """What each mark shows; a mark without text is there with an empty one."""
        self.artifacts: list[tuple[int, str, str]] = []
        """Every artifact with text: page from 1, its ``Subtype`` or ``Type``, the text."""
        self.painted: int = 0
        self.codes: dict[int, set[int]] = {}
        """The character codes shown in each font, by the font's object number."""
        self.fonts: dict[int, Any] = {}
        for number, page in enumerate(self.pdf.pages, 1):
            self._stream(page.obj, page.obj.Resources, number, None)
        top = self.pdf.Root.StructTreeRoot.K
        self.root = self._element(top[0] if isinstance(top, pikepdf.Array) else top)
        self._owners()

    # ---- what is painted --------------------------------------------------------------------

    def _stream(self, owner: Any, resources: Any, page: int, outside: str | None) -> None:
        """Walk the content of a page or form; ``outside`` tells the mark in which a form stands."""
        name = owner.objgen[0]
        stack: list[tuple[str, int | None, Any]] = []
        font: Any = None
        saved: list[Any] = []
        for operands, operator in pikepdf.parse_content_stream(owner):
            sign = str(operator)
            if sign in ("BMC", "BDC"):
                properties = operands[1] if sign == "BDC" else None
                if isinstance(properties, pikepdf.Name):
                    properties = resources.Properties[properties]
                mcid = None if properties is None else properties.get("/MCID")
                if mcid is not None and (any(m is not None for _, m, _ in stack) or outside):
                    self.faults.append(f"page {page}: mark {mcid} stands in another")
                if mcid is not None and any(tag == "/Artifact" for tag, _, _ in stack):
                    self.faults.append(f"page {page}: mark {mcid} stands in an artifact")
                if str(operands[0]) == "/Artifact" and any(m is not None for _, m, _ in stack):
                    self.faults.append(f"page {page}: an artifact stands in a mark")
                if mcid is not None:
                    if (name, int(mcid)) in self.texts:
                        self.faults.append(f"page {page}: mark {mcid} comes twice")
                    self.texts[name, int(mcid)] = ""
                stack.append((str(operands[0]), None if mcid is None else int(mcid), properties))
            elif sign == "EMC":
                stack.pop()
            elif sign == "q":
                saved.append(font)
            elif sign == "Q":
                font = saved.pop()
            elif sign == "Tf":
                font = resources.Font[operands[0]]
            if sign not in PAINTING:
                continue
            self.painted += 1
            text = self._shown(font, operands) if sign in SHOWING else ""
            mark = next((m for _, m, _ in reversed(stack) if m is not None), None)
            artifact = next((p for tag, _, p in stack if tag == "/Artifact"), False)
            if sign == "Do":
                drawn = resources.XObject[operands[0]]
                if drawn.get("/Subtype") == "/Form":
                    inside = "mark" if mark is not None else "artifact" if stack else None
                    self._stream(drawn, drawn.get("/Resources", resources), page, inside)
                    continue
            if mark is not None:
                self.texts[name, mark] += text
            elif artifact is not False:
                kind = "" if artifact is None else artifact.get("/Subtype", artifact.get("/Type"))
                if text:
                    self.artifacts.append((page, str(kind or "").lstrip("/"), text))
            elif outside is None:
                self.faults.append(f"page {page}: {sign} paints {text!r} outside any mark")
        if stack:
            self.faults.append(f"page {page}: a mark is not closed")

    def _shown(self, font: Any, operands: Any) -> str:
        codes = self._unicode(font)
        pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[-1]]
        text = ""
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                raw = bytes(piece)
                for at in range(0, len(raw), 2):
                    code = int.from_bytes(raw[at : at + 2], "big")
                    self.codes[font.objgen[0]].add(code)
                    if code not in codes:
                        self.faults.append(f"code {code} has no Unicode value")
                    text += codes.get(code, "")
        return text

    def _unicode(self, font: Any) -> dict[int, str]:
        number = font.objgen[0]
        self.codes.setdefault(number, set())
        if number not in self.fonts:
            self.fonts[number] = (font, _to_unicode(font))
        found: dict[int, str] = self.fonts[number][1]
        return found

    # ---- the structure tree -----------------------------------------------------------------

    def _element(self, item: Any) -> Element:
        made = Element(str(item.S).lstrip("/"), item)
        kids = item.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
            if not isinstance(kid, pikepdf.Object):
                made.kids.append((item.Pg.objgen[0], int(kid)))
            elif "/MCID" in kid:
                home = kid.get("/Stm", kid.get("/Pg", item.get("/Pg")))
                made.kids.append((home.objgen[0], int(kid.MCID)))
            elif "/S" in kid:
                if kid.P.objgen != item.objgen:
                    self.faults.append(f"{kid.S} does not name its parent")
                made.kids.append(self._element(kid))
        return made

    def _owners(self) -> None:
        """Compare marks, structure tree and parent tree: each mark has one owner in both."""
        owner: dict[Key, Any] = {}
        for element in self.root.walk():
            if element.role not in STANDARD:
                self.faults.append(f"{element.role} is no standard structure type")
            for kid in element.kids:
                if not isinstance(kid, Element):
                    if kid in owner:
                        self.faults.append(f"mark {kid} is owned twice")
                    owner[kid] = element.object.objgen
        for key in self.texts.keys() - owner.keys():
            self.faults.append(f"mark {key} ({self.texts[key]!r}) is owned by nobody")
        for key in owner.keys() - self.texts.keys():
            self.faults.append(f"mark {key} is owned but painted nowhere")
        nums = list(self.pdf.Root.StructTreeRoot.ParentTree.Nums)
        tree = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        if len(tree) != len(nums) // 2 or list(tree) != sorted(tree):
            self.faults.append("the parent tree is out of order")
        seen: set[Key] = set()
        for item in self.pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/StructParents" in item:
                for mcid, element in enumerate(tree[int(item.StructParents)]):
                    key = (item.objgen[0], mcid)
                    seen.add(key)
                    if owner.get(key) != element.objgen:
                        self.faults.append(f"the parent tree names another owner of {key}")
        if seen != owner.keys():
            self.faults.append("the parent tree and the structure tree hold different marks")

    # ---- questions --------------------------------------------------------------------------

    def text(self, element: Element) -> str:
        """Return the text of an element, its marks joined as they stand."""
        return "".join(self.texts[key] for key in element.marks())

    def all(self, *names: str) -> list[Element]:
        """Return the elements of these roles in reading order."""
        return [element for element in self.root.walk() if element.role in names]


def _to_unicode(font: Any) -> dict[int, str]:
    source = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, value in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for low, high, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            first = int(value, 16)
            for step in range(int(high, 16) - int(low, 16) + 1):
                found[int(low, 16) + step] = chr(first + step)
    return found


def grid(table: Element) -> list[int]:
    """Return how many columns each row of a table fills, spans counted."""
    hanging: dict[int, int] = {}
    widths = []
    for row in (element for element in table.walk() if element.role == "TR"):
        at = 0
        taken = {column for column, rows in hanging.items() if rows}
        left = {column: rows - 1 for column, rows in hanging.items() if rows > 1}
        for cell in row.elements():
            for _ in range(int(cell.attribute("/ColSpan") or 1)):
                while at in taken:
                    at += 1
                taken.add(at)
                if (down := int(cell.attribute("/RowSpan") or 1)) > 1:
                    left[at] = down - 1
        widths.append(len(taken))
        hanging = left
    return widths
