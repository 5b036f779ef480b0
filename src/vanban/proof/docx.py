"""The proof of a DOCX: its parts, texts, fonts and sections, read again from the zip."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from vanban.proof.faults import (
    BROKEN,
    FONT,
    LOST,
    REACH,
    SHEET,
    SIDES,
    excerpt,
    fault,
    first_of_each,
)
from vanban.proof.texts import differences, left_out, spaced, wanted
from vanban.render.docx_package import CONTENT_TYPES, Package, PackageError, parse_xml
from vanban.render.fonts import FAMILIES
from vanban.render.html import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vanban.compose.document import Document
    from vanban.compose.profile import Profile
    from vanban.finding import Finding

TOLERANCE_MM = 0.5
"""How far a length may differ from the profile's: Word rounds to twentieths of a point."""

_SMALL_BYTES = 32_768
_FORMAT = "DOCX"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MM_PER_TWIP = 25.4 / 1440
_TEXT, _TAB, _BREAK, _PARAGRAPH, _RUN = (f"{_W}{n}" for n in ("t", "tab", "br", "p", "r"))
_NO_FONTS = {f"{_W}hint", f"{_W}char"}
# Relationships from a foreign place that nothing is fetched for until somebody clicks.
_CLICKED = "/hyperlink"


def prove_docx(
    data: bytes, document: Document, *, profile: Profile, exact: bool
) -> tuple[Finding, ...]:
    """Return what is wrong with a finished DOCX; see ``vanban.proof.prove``."""
    try:
        package = Package.read(data)
        main = package.main_part()
        roots = {
            name: _parsed(part, name)
            for name, part in package.parts.items()
            if name.endswith((".xml", ".rels"))
        }
    except PackageError as error:
        from vanban.catalogue import say

        detail = say(error.key, **error.details)
        return (fault(BROKEN, "docx", format=_FORMAT, detail=detail),)
    findings = [*_types(package.parts, roots[CONTENT_TYPES]), *_relationships(package, roots)]
    paragraphs = list(_paragraphs(roots[main]))
    if exact:
        document, lost = _contact(document, roots)
        findings += lost
        findings += _fonts(package, roots)
        findings += _sections(roots[main], document, profile)
        findings += _behind(roots, document)
        if not _same(document, paragraphs):
            stream = "".join(map(_line, paragraphs))
            findings += differences(_FORMAT, wanted(document, _line), stream)
    else:
        # An office may print a field in the head or foot of its pages.
        others = (n for n in sorted(roots) if n != main and n.startswith(posixpath.dirname(main)))
        found = [*paragraphs, *(text for name in others for text in _paragraphs(roots[name]))]
        findings += left_out(_FORMAT, wanted(document, spaced), [spaced("\n".join(found))])
    return first_of_each(findings)


def _parsed(part: bytes, name: str) -> Any:
    """Return the root of a part; small parts are often the same, and nothing here changes one."""
    return (_parsed_once if len(part) <= _SMALL_BYTES else parse_xml)(part, name)


_parsed_once = lru_cache(maxsize=64)(parse_xml)


def _line(text: str) -> str:
    """Return a text as one line of the stream; nothing for what shows nothing."""
    plain = spaced(text)
    return f"{plain}\n" if plain else ""


def _contact(document: Document, roots: Mapping[str, Any]) -> tuple[Document, list[Finding]]:
    """Return the document without what stands at the foot of page 1, and what that foot lacks."""
    if not document.contact:
        return document, []
    feet = [root for root in roots.values() if root.tag == f"{_W}ftr"]
    found = [spaced(text) for root in feet for text in _paragraphs(root)]
    lost = [line.text for line in document.contact if spaced(line.text) not in found]
    findings = [fault(LOST, "mat", format=_FORMAT, excerpt=excerpt(text)) for text in lost]
    return replace(document, contact=()), findings


def _same(document: Document, paragraphs: Sequence[str]) -> bool:
    """Tell whether the paragraphs are the document's texts; most are equal as they stand."""
    texts = [text for text in document.texts() if not text.isspace() and text]
    shown = [text for text in paragraphs if not text.isspace() and text]
    return len(texts) == len(shown) and all(
        one == two or _line(one) == _line(two) for one, two in zip(texts, shown, strict=True)
    )


def _paragraphs(root: Any) -> Iterator[str]:
    """Yield the text of every paragraph, breaks and tabs as white space.

    A blank at the edge of a run that does not ask for its keeping is not there for Word.
    """
    pieces: list[str] | None = None
    for node in root.iter(_PARAGRAPH, _TEXT, _TAB, _BREAK):
        tag = node.tag
        if tag == _TEXT:
            text = node.text or ""
            if text and (text[0] == " " or text[-1] == " ") and node.get(_SPACE) != "preserve":
                text = text.strip(" ")
            if pieces is not None:
                pieces.append(text)
        elif tag == _PARAGRAPH:
            if pieces is not None:
                yield "".join(pieces)
            pieces = []
        elif pieces is not None and node.getparent().tag == _RUN:  # not a tab stop
            pieces.append("\n")
    if pieces is not None:
        yield "".join(pieces)


# --- the package ---------------------------------------------------------------------------------


def _types(parts: Mapping[str, bytes], root: Any) -> Iterator[Finding]:
    """Tell of parts without a content type, and of types for parts that are not there."""
    extensions = {node.get("Extension", "").lower() for node in root.iter(f"{_TYPES}Default")}
    named = {node.get("PartName", "").lstrip("/") for node in root.iter(f"{_TYPES}Override")}
    for name in parts:
        known = name in named or name.rpartition(".")[2].lower() in extensions
        if not known and name != CONTENT_TYPES:
            yield fault(BROKEN, "khong_kieu", format=_FORMAT, part=name)
    for name in sorted(named - set(parts)):
        yield fault(BROKEN, "thieu_phan", format=_FORMAT, part=name)


def _relationships(package: Package, roots: Mapping[str, Any]) -> Iterator[Finding]:
    """Tell of relationships that lead nowhere or outside, and of uses of one that is not there."""
    for name in sorted(roots):
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        known = set()
        for node in roots[name]:
            known.add(node.get("Id"))
            target = unquote(node.get("Target", ""))
            if node.get("TargetMode") == "External":
                if not node.get("Type", "").endswith(_CLICKED):
                    yield fault(REACH, "docx", format=_FORMAT, part=name, what=excerpt(target))
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path not in package.parts:
                yield fault(BROKEN, "lien_ket", format=_FORMAT, part=name, target=target)
        if owner in roots:
            for used in sorted(_strays(package.parts[owner], roots[owner], known)):
                yield fault(BROKEN, "lien_ket", format=_FORMAT, part=owner, target=used)


def _strays(data: bytes, root: Any, known: set[str]) -> set[str]:
    """Return the ids of relationships that a part uses and that are not ``known``."""
    prefix = next((p for p, uri in root.nsmap.items() if uri == _R), None)
    if prefix and data.count(_R.encode()) == 1:
        # A quick look that may find too much, never too little; the tree is asked only then.
        pattern = rb"""%b:\w+\s*=\s*["']([^"']*)""" % re.escape(prefix.encode())
        if {found.decode("utf-8", "replace") for found in re.findall(pattern, data)} <= known:
            return set()
    return set(_related()(root)) - known


@cache
def _related() -> Any:
    from lxml import etree

    return etree.XPath("//@r:*", namespaces={"r": _R}, smart_strings=False)


# --- fonts and sections --------------------------------------------------------------------------


def _named_fonts(root: Any) -> Iterator[str]:
    """Yield the fonts that a part names; a hint which alphabet is meant is none."""
    for node in root.iter(f"{_W}rFonts", f"{_W}sym"):
        for name, value in node.attrib.items():
            if name not in _NO_FONTS:
                yield str(value)


def _fonts(package: Package, roots: Mapping[str, Any]) -> Iterator[Finding]:
    """Tell of fonts that are named in styles or runs and are not the one of our templates."""
    named: dict[str, str] = {}
    for name, root in roots.items():
        data = package.parts[name]
        if root.tag.startswith(_W) and (b"rFonts" in data or b":sym" in data):
            for font in _named_fonts(root):
                named.setdefault(font, name)
    if not named:
        yield fault(FONT, "khong_ten", format=_FORMAT, expected=FAMILIES[0])
    for font in sorted(named):
        if font != FAMILIES[0]:
            yield fault(FONT, "khac", format=_FORMAT, font=font, expected=FAMILIES[0])


def _behind(roots: Mapping[str, Any], document: Document) -> Iterator[Finding]:
    """Tell whether the mark behind the text is in every head that the sections use."""
    mark = document.watermark
    if not mark:
        return
    heads = [root for root in roots.values() if root.tag == f"{_W}hdr"]
    if not heads or not all(_holds(root, mark) for root in heads):
        yield fault(LOST, "dau_chim", format=_FORMAT, page="", excerpt=mark)


def _holds(root: Any, mark: str) -> bool:
    """Tell whether a part holds a text, as text or as the string of a drawn word."""
    return any(mark in (node.text or "") or mark in node.attrib.values() for node in root.iter("*"))


def _sections(root: Any, document: Document, profile: Profile) -> Iterator[Finding]:
    """Tell of sections whose sheet or margins are not those of the profile."""
    sides = profile.page
    wide: list[bool] = []
    for number, section in enumerate(root.iter(f"{_W}sectPr"), 1):
        size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
        if size is None or margins is None:
            yield fault(SHEET, "thieu", format=_FORMAT, page=number)
            continue
        width, height = _mm(size, "w"), _mm(size, "h")
        lies = width > height
        wide.append(lies)
        expected = (sides.height, sides.width) if lies else (sides.width, sides.height)
        turned = size.get(f"{_W}orient") == "landscape"
        if _off(width, expected[0]) or _off(height, expected[1]) or lies != turned:
            yield fault(
                SHEET, "kho_giay", format=_FORMAT, page=number, width=round(width, 1),
                height=round(height, 1), expected_width=expected[0], expected_height=expected[1],
            )  # fmt: skip
        for side, slug in SIDES.items():
            found, right = _mm(margins, side), getattr(sides, side)
            if _off(found, right):
                args = {"found": round(found, 1), "expected": right}
                yield fault(SHEET, slug, format=_FORMAT, page=number, **args)
    runs = [lies for lies, _ in groupby(wide)]
    if runs != [lies for lies, _ in groupby(sheet.landscape for sheet in sheets(document))]:
        yield fault(SHEET, "huong_docx", format=_FORMAT)


def _mm(node: Any, name: str) -> float:
    value = node.get(f"{_W}{name}", "")
    return int(value) * _MM_PER_TWIP if value.lstrip("-").isdigit() else 0.0


def _off(found: float, expected: float) -> bool:
    return abs(found - expected) > TOLERANCE_MM
