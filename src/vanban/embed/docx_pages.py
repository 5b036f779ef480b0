"""What a reader sees in a DOCX: its paragraphs, and what is hidden or foreign among them.

Insertions that nobody has accepted yet count as text; deletions and what is struck out do not. Of
two forms of a thing the one counts that Word takes. Numbers of pages in the head and foot are the
program's own and count for nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vanban.embed.compare import Unit
from vanban.embed.payload import fold
from vanban.render.docx_package import parse_xml

if TYPE_CHECKING:
    from vanban.render.docx_package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Shown nowhere: properties, what was deleted or moved away.
_UNSEEN = {
    f"{_W}{name}"
    for name in ("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "sectPr")
}
# Namespaces that Word knows: of a thing in several forms it takes the first that needs no other.
_KNOWN_TO_WORD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_TEXTS = {f"{_W}t", f"{_M}t"}
# What may bear words that are no text, or lie over the page.
_THINGS = {f"{_W}{n}": "picture" for n in ("drawing", "pict", "object", "altChunk", "subDoc")} | {
    f"{_W}dataBinding": "binding"
}
_PAGE_FIELD = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES)\b", re.IGNORECASE)
_PAGE_NUMBER = "#"
_NOTES = ("footnotes", "endnotes")
_EDGES = ("header", "footer")
# Tables are counted in their part, rows in their table, cells in their row.
_HOLDERS = {f"{_W}tbl": "", f"{_W}tr": f"{_W}tbl", f"{_W}tc": f"{_W}tr"}
# From this lightness on (255 is white) a colour cannot be told from paper.
_PAPER = 250
_PAPER_OF_THEME = {"background1", "light1"}
_NOT_LETTERS = {"Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3", "Marlett"}
_OFF = ("0", "false", "off")
# Half-points; smaller type cannot be read.
_TINY = 4
# Twentieths of a point; an exact height of no more shows no letter.
_FLAT = 40


@dataclass(slots=True)
class Pages:
    """What a DOCX shows.

    ``body`` are the paragraphs of the body, ``around`` those of headers, footers and notes;
    ``watermarks`` the texts drawn behind the pages; ``hidden`` texts that are there but not shown;
    ``things`` counts, by part (None: the body), what is no text: ``picture`` (all that is drawn or
    embedded), ``binding`` (a field filled from elsewhere); ``numbered`` are the paragraphs that
    the program numbers; ``tracked`` tells whether changes wait to be accepted.
    """

    body: list[Unit] = field(default_factory=list)
    around: list[Unit] = field(default_factory=list)
    watermarks: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)
    things: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    numbered: list[Unit] = field(default_factory=list)
    tracked: bool = False


def read(package: Package) -> Pages:
    """Return what a DOCX shows; raises PackageError when a part is no XML."""
    main = package.main_part()
    reader = _Reader(_Styles(package, main))
    root = parse_xml(package.parts[main], main)
    reader.part(root, reader.pages.body, None)
    for kind, name in [*_edges(package, main, root), *_notes(package, main)]:
        reader.part(parse_xml(package.parts[name], name), reader.pages.around, kind)
    return reader.pages


def _notes(package: Package, main: str) -> Iterator[tuple[str, str]]:
    for kind in _NOTES:
        for name in sorted(set(package.related(main, kind))):
            yield kind, name


def _edges(package: Package, main: str, root: Any) -> list[tuple[str, str]]:
    """Return the heads and feet that some section really shows, and of which sort each is."""
    targets = {id: target for id, _, target in package.relationships(main)}
    two_sided = any(
        _on(parse_xml(package.parts[name], name).find(f"{_W}evenAndOddHeaders"))
        for name in package.related(main, "settings")
    )
    shown = set()
    for section in root.iter(f"{_W}sectPr"):
        first = _on(section.find(f"{_W}titlePg"))
        for kind in _EDGES:
            for node in section.iterchildren(f"{_W}{kind}Reference"):
                pages = node.get(f"{_W}type")
                target = targets.get(node.get(f"{_R}id"))
                asked = {"first": first, "even": two_sided}.get(pages, True)
                if asked and target in package.parts:
                    shown.add((kind, target))
    return sorted(shown)


def _on(node: Any) -> bool:
    return node is not None and node.get(f"{_W}val", "1") not in _OFF


class _Styles:
    """What styles and lists do to a text: hide it, or put a number before it."""

    def __init__(self, package: Package, main: str) -> None:
        self.hiding: set[str] = set()
        self._numbers: dict[str, Any] = {}
        self._lists = _lists(package, main)
        for name in package.related(main, "styles"):
            root = parse_xml(package.parts[name], name)
            styles = list(root.iter(f"{_W}style"))
            everywhere = _hides(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
            for style in styles:
                key = str(style.get(f"{_W}styleId"))
                if everywhere or _hides(style.find(f"{_W}rPr")):
                    self.hiding.add(key)
                if (number := style.find(f"{_W}pPr/{_W}numPr")) is not None:
                    self._numbers[key] = number
            for _ in range(8):
                for style in styles:
                    self._inherit(style)
            usual = {s.get(f"{_W}styleId") for s in styles if s.get(f"{_W}default") in ("1", "true")
                     and s.get(f"{_W}type") == "paragraph"}  # fmt: skip
            if everywhere or usual & self.hiding:
                self.hiding.add("")  # a text that names no style

    def _inherit(self, style: Any) -> None:
        base, key = style.find(f"{_W}basedOn"), str(style.get(f"{_W}styleId"))
        above = "" if base is None else str(base.get(f"{_W}val"))
        if above in self.hiding:
            self.hiding.add(key)
        if above in self._numbers:
            self._numbers.setdefault(key, self._numbers[above])

    def numbers(self, paragraph: Any, style: str) -> bool:
        """Tell whether the program puts a number or a sign before a paragraph."""
        asked = paragraph.find(f"{_W}pPr/{_W}numPr")
        asked = self._numbers.get(style) if asked is None else asked
        if asked is None:
            return False
        level, number = asked.find(f"{_W}ilvl"), asked.find(f"{_W}numId")
        where = "0" if level is None else str(level.get(f"{_W}val"))
        which = "0" if number is None else str(number.get(f"{_W}val"))
        return (which, where) in self._lists


def _lists(package: Package, main: str) -> set[tuple[str, str]]:
    """Return the lists and levels that show something before a paragraph."""
    shown: set[tuple[str, str]] = set()
    for name in package.related(main, "numbering"):
        root = parse_xml(package.parts[name], name)
        plans = {
            str(plan.get(f"{_W}abstractNumId")): _levels(plan)
            for plan in root.iter(f"{_W}abstractNum")
        }
        for number in root.iter(f"{_W}num"):
            plan = number.find(f"{_W}abstractNumId")
            usual = set() if plan is None else plans.get(str(plan.get(f"{_W}val")), set())
            own = str(number.get(f"{_W}numId"))
            shown |= {(own, level) for level in usual | _levels(number)}
    return shown


def _levels(plan: Any) -> set[str]:
    """Return the levels of a list, of the nine there are, that show something."""
    shown = {str(level.get(f"{_W}ilvl")) for level in plan.iter(f"{_W}lvl") if _shows(level)}
    return shown & set("012345678")


def _shows(level: Any) -> bool:
    text, form = level.find(f"{_W}lvlText"), level.find(f"{_W}numFmt")
    said = "" if text is None else str(text.get(f"{_W}val", ""))
    if form is not None and form.get(f"{_W}val") == "none":
        said = re.sub(r"%\d", "", said)
    return bool(fold(said))


def _hides(properties: Any) -> bool:
    """Tell whether properties of text make it unseen: hidden, white, too small, no letters."""
    if properties is None:
        return False
    if any(_on(properties.find(f"{_W}{name}")) for name in ("vanish", "specVanish")):
        return True
    if properties.find(f"{_W14}textFill/{_W14}noFill") is not None:
        return True
    size, fonts = properties.find(f"{_W}sz"), properties.find(f"{_W}rFonts")
    if fonts is not None and fonts.get(f"{_W}ascii") in _NOT_LETTERS:
        return True
    return _like_paper(properties) or _at_most(size, _TINY)


def _like_paper(properties: Any) -> bool:
    """Tell whether a text has the colour of what is behind it."""
    colour, behind = properties.find(f"{_W}color"), properties.find(f"{_W}shd")
    if colour is None:
        return False
    if theme := colour.get(f"{_W}themeColor"):
        return theme in _PAPER_OF_THEME and not colour.get(f"{_W}themeShade")
    said = str(colour.get(f"{_W}val")).upper()
    if not re.fullmatch("[0-9A-F]{6}", said):
        return False
    fill = "FFFFFF" if behind is None else str(behind.get(f"{_W}fill")).upper()
    return min(bytes.fromhex(said)) >= _PAPER if fill in ("FFFFFF", "AUTO") else said == fill


def _at_most(node: Any, limit: int) -> bool:
    value = "" if node is None else str(node.get(f"{_W}val", node.get(f"{_W}line", "")))
    return value.isdecimal() and int(value) <= limit


def _flat(node: Any, rule: str) -> bool:
    """Tell whether a line or a row is set exactly so high that nothing of it is seen."""
    return node is not None and node.get(f"{_W}{rule}") == "exact" and _at_most(node, _FLAT)


def _dropped(root: Any) -> set[Any]:
    """Return the forms of things that Word does not take."""
    dropped = set()
    for node in root.iter(f"{_MC}AlternateContent"):
        forms = list(node.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"))
        taken = next(filter(_taken, forms), None)
        dropped |= {form for form in forms if form is not taken}
    return dropped


def _taken(form: Any) -> bool:
    if form.tag == f"{_MC}Fallback":
        return True
    spaces = [form.nsmap.get(name) for name in str(form.get("Requires", "")).split()]
    return bool(spaces) and all(space and space.startswith(_KNOWN_TO_WORD) for space in spaces)


class _Reader:
    """One reading of all parts."""

    def __init__(self, styles: _Styles) -> None:
        self.pages = Pages()
        self._styles = styles
        self._part: str | None = None
        # Of each open field: its instruction, and whether its result has begun.
        self._fields: list[list[Any]] = []
        self._places: dict[Any, tuple[int, ...]] = {}
        self._dropped: set[Any] = set()
        self._hidden: list[str] = []

    def part(self, root: Any, into: list[Unit], part: str | None) -> None:
        """Read one part: every paragraph becomes a text."""
        self._part, self._fields, self._places = part, [], {}
        self._dropped = _dropped(root)
        counts: dict[Any, int] = {}
        things: Counter[tuple[str | None, str]] = Counter()
        for node in root.iter():
            tag = node.tag
            if tag in _THINGS:
                things[part, _THINGS[tag]] += not self._in_dropped(node)
            elif tag == f"{_VML}textpath" and (text := node.get("string")):
                self.pages.watermarks.add(" ".join(text.split()))
            elif tag in (f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"):
                self.pages.tracked = True
            elif tag in _HOLDERS:
                holder = next(node.iterancestors(_HOLDERS[tag]), None) if _HOLDERS[tag] else root
                count = counts[holder] = counts.get(holder, 0) + 1
                self._places[node] = (*self._places.get(holder, ()), count)
            elif tag == f"{_W}p" and not self._in_dropped(node):
                self._paragraph(node, into)
        # Programs write the same head once more, so no sum of them says anything.
        self.pages.things |= things

    def _in_dropped(self, node: Any) -> bool:
        return bool(self._dropped) and any(one in self._dropped for one in node.iterancestors())

    def _paragraph(self, node: Any, into: list[Unit]) -> None:
        self._hidden = []
        style = self._style(node, "pPr", "pStyle")
        rows = [row for row in node.iterancestors(f"{_W}tr") if row.find(f"{_W}trPr") is not None]
        if any(row.find(f"{_W}trPr/{_W}del") is not None for row in rows):
            return
        hidden = (
            style in self._styles.hiding
            or any(_on(row.find(f"{_W}trPr/{_W}hidden")) for row in rows)
            or any(_flat(row.find(f"{_W}trPr/{_W}trHeight"), "hRule") for row in rows)
            or _flat(node.find(f"{_W}pPr/{_W}spacing"), "lineRule")
        )
        text = "".join(self._texts(node, hidden)).replace("\r\n", "\n")
        if concealed := "".join(self._hidden).strip():
            self.pages.hidden.append(concealed)
        if not fold(text):
            return
        number = len(into) + 1 if self._part is None else None
        holder = next(node.iterancestors(f"{_W}tc"), None)
        place = self._places.get(holder, ()) if holder is not None else ()
        cell = (place[0], place[1], place[2]) if len(place) == 3 else None
        into.append(Unit(text, paragraph=number, part=self._part, cell=cell))
        if self._styles.numbers(node, style):
            self.pages.numbered.append(into[-1])

    def _texts(self, node: Any, hidden: bool) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag == f"{_W}fldChar":
                self._field_sign(str(child.get(f"{_W}fldCharType")))
            elif tag == f"{_W}instrText" and self._fields:
                self._fields[-1][0] += child.text or ""
            elif tag in _UNSEEN or tag == f"{_W}p" or not isinstance(tag, str):
                continue  # a paragraph of a frame inside comes by itself
            elif child in self._dropped:
                continue
            elif tag in _TEXTS or tag in _SIGNS:
                text = (child.text or "") if tag in _TEXTS else _SIGNS[tag]
                yield from self._shown(text, hidden)
            elif tag == f"{_W}sym":
                yield from self._shown(_symbol(str(child.get(f"{_W}char"))), hidden)
            elif tag == f"{_W}pgNum":
                yield from self._page_number()
            elif tag == f"{_W}fldSimple":
                if _PAGE_FIELD.match(str(child.get(f"{_W}instr", ""))):
                    yield from self._page_number()
                else:
                    yield from self._texts(child, hidden)
            elif tag == f"{_W}r":
                yield from self._run(child, hidden)
            else:
                yield from self._texts(child, hidden)

    def _run(self, node: Any, hidden: bool) -> Iterator[str]:
        look = node.find(f"{_W}rPr")
        if look is not None:
            if any(_on(look.find(f"{_W}{name}")) for name in ("strike", "dstrike")):
                return
            styled = look.find(f"{_W}rStyle") is not None
            styled = styled and self._style(node, "rPr", "rStyle") in self._styles.hiding
            hidden = hidden or styled or _hides(look)
        yield from self._texts(node, hidden)

    def _shown(self, text: str, hidden: bool) -> Iterator[str]:
        """Yield a text as the page shows it, if it does."""
        if any(not begun for _, begun in self._fields):
            return  # it belongs to the instruction of a field
        if self._counts_pages():
            yield from self._page_number()
        elif hidden:
            self._hidden.append(text)
        else:
            yield text

    def _page_number(self) -> Iterator[str]:
        """Yield a sign for a page number that stands where no draft puts one."""
        if self._part not in _EDGES:
            yield _PAGE_NUMBER

    def _field_sign(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", False])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _counts_pages(self) -> bool:
        """Tell whether the text read now is a page number that the program works out itself."""
        return any(begun and _PAGE_FIELD.match(instruction) for instruction, begun in self._fields)

    @staticmethod
    def _style(node: Any, properties: str, name: str) -> str:
        found = node.find(f"{_W}{properties}/{_W}{name}")
        return "" if found is None else str(found.get(f"{_W}val"))


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
