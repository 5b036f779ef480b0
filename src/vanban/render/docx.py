"""DOCX from a Document: a Word template filled through docxtpl's tags, finished and proved.

The template says how the page looks; this module fills it, does what tags cannot (column widths,
turned pages, rules, properties) and re-reads the result: every text of the document must have
arrived, or nothing is returned. Nothing heavy is imported before the first call.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.catalogue import language, say
from vanban.errors import OutputError, TemplateError
from vanban.render import docx_package
from vanban.render.docx_package import Package, PackageError, parse_xml, refused, to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vanban.compose.document import Document, Layout, Meta
    from vanban.compose.profile import Profile
    from vanban.kinds import Kind
    from vanban.render.docx_fill import Fields
    from vanban.render.docx_tags import CompiledPart
    from vanban.render.pages import Evener

SEAL = "vanban-sha256"
"""Custom property that holds the digest of the content, so that a later edit is noticed."""

KEPT_TEMPLATES = 8
EXCERPT_CHARS = 60
SAME_WIDTH_MM = 1.0

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Everything that XML 1.0 cannot hold, surrogates included.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIELDS = frozenset(
    {"dau_trang", "ten_van_ban", "noi_dung", "van_ban", "ky", "noi_nhan", "phu_luc", "thong_tin"}
)
_FILLED = ("header", "footer", "footnotes", "endnotes")


def render_docx(document: Document, kind: Kind, template: Path | None = None) -> bytes:
    """Return the document as a DOCX.

    ``template`` is an office's own Word template; else the kind's template for the document's
    profile is used. Raises TemplateError (with the place of the fault) when the template cannot
    be used or leaves a text out, OutputError when a text cannot be held by a Word file or did
    not arrive.
    """
    _refuse_illegal(document)
    own = template is not None
    path = (
        kind.templates / f"document.{document.meta.profile}.docx" if template is None else template
    )
    if not own and not path.is_file():
        raise TemplateError(
            say(
                "docx.no_template",
                kind=kind.name,
                profile=document.meta.profile,
                path=f"templates/{kind.name}/{path.name}",
            )
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TemplateError(say("docx.template", name=path, detail=say("docx.missing"))) from error
    prepared = _prepared(data, str(path if own else path.name), language())
    return _fill(prepared, document, own=own)


# --- templates ----------------------------------------------------------------------------------


class _Prepared:
    """A template, checked and compiled."""

    def __init__(self, data: bytes, name: str) -> None:
        from vanban.render.docx_tags import CompiledPart, TagError

        self.name = name
        try:
            self.package = Package.read(data)
            docx_package.guard(self.package)
            self.main = self.package.main_part()
            self.parts: dict[str, CompiledPart] = {}
            for part in [self.main, *self._others()]:
                compiled = CompiledPart(part, self.package.parts[part], _FIELDS)
                if compiled.has_tags or part == self.main:
                    self.parts[part] = compiled
            self._read_styles()
        except PackageError as error:
            raise refused(error, name) from error
        except TagError as error:
            raise _tag_fault(error, name) from error

    def _others(self) -> Iterator[str]:
        for kind in _FILLED:
            yield from sorted(set(self.package.related(self.main, kind)))

    def _read_styles(self) -> None:
        """Note what the paragraph styles say by themselves; a style inherits from its base."""
        found = self.package.related(self.main, "styles")
        self.styles_part = found[0] if found else None
        self.kept: frozenset[str] = frozenset()
        self.levels: dict[str, int] = {}
        self.sizes: dict[str, float] = {}
        if self.styles_part is None:
            return
        root = parse_xml(self.package.parts[self.styles_part], self.styles_part)
        styles = {str(s.get(f"{_W}styleId")): s for s in root.iter(f"{_W}style")}

        def value(name: str, path: str) -> str | None:
            seen: set[str] = set()
            while name in styles and name not in seen:
                seen.add(name)
                node = styles[name].find(path)
                if node is not None:
                    return str(node.get(f"{_W}val", "1"))
                base = styles[name].find(f"{_W}basedOn")
                name = "" if base is None else str(base.get(f"{_W}val"))
            return None

        kept = set()
        for name in styles:
            if value(name, f"{_W}pPr/{_W}keepNext") not in (None, "0", "false"):
                kept.add(name)
            level = value(name, f"{_W}pPr/{_W}outlineLvl")
            if level is not None and level.isdigit() and int(level) < 9:
                self.levels[name] = int(level) + 1
            size = value(name, f"{_W}rPr/{_W}sz")
            if size is not None and size.isdigit():
                self.sizes[name] = int(size) / 2
        self.kept = frozenset(kept)

    def fields(self, even: Evener) -> Fields:
        """Return a builder of fields that knows the template's styles."""
        from vanban.render.docx_fill import CELL_STYLE, HEAD_CELL_STYLE, Fields

        return Fields(
            self.sizes.get(CELL_STYLE, 0),
            self.sizes.get(HEAD_CELL_STYLE, 0),
            self.kept,
            self.levels,
            even,
        )

    def guarded(self, even: Evener, profile: Profile, layout: Layout) -> Evener:
        """Return ``even`` for an office's template: only where that sets text as the profile does.

        A heading in another size, or on a page of another width, is left to Word to break.
        """
        from vanban.render.docx_fill import style_id, text_width

        root = parse_xml(self.package.parts[self.main], self.main)
        same = abs(text_width(root) - profile.page.text_width) <= SAME_WIDTH_MM
        styles = profile.styles_for(layout.body_pt)

        def where_alike(text: str, name: str, landscape: bool = False) -> list[str]:
            style = styles.get(name)
            if same and style and self.sizes.get(style_id(name)) == style.size_pt:
                return even(text, name, landscape)
            return [text]

        return where_alike


@lru_cache(maxsize=KEPT_TEMPLATES)
def _prepared(data: bytes, name: str, lang: str) -> _Prepared:
    """Return a template ready to be filled; it keeps the places of its tags in words (``lang``)."""
    return _Prepared(data, name)


def _tag_fault(error: Any, name: str) -> TemplateError:
    detail = say(error.key, **error.details)
    return TemplateError(say("docx.template_at", name=name, place=error.place, detail=detail))


# --- filling ------------------------------------------------------------------------------------


def _fill(prepared: _Prepared, document: Document, *, own: bool) -> bytes:
    from vanban.compose.profile import load_profile
    from vanban.render import docx_fill
    from vanban.render.docx_tags import TagError, part_title
    from vanban.render.pages import evener, taller

    profile = load_profile(document.meta.profile)
    even = evener(profile, document.layout)
    if own:
        even = prepared.guarded(even, profile, document.layout)
    fields = prepared.fields(even)
    context = fields.context(document)
    package = prepared.package.copy()
    part = prepared.main
    try:
        filled = {}
        for part, compiled in prepared.parts.items():
            filled[part] = parse_xml(compiled.fill(context).encode(), part)
    except TagError as error:
        raise _tag_fault(error, prepared.name) from error
    except PackageError as error:
        detail = say("docx.broken_result", part=part_title(part), detail=error.details["detail"])
        raise TemplateError(say("docx.template", name=prepared.name, detail=detail)) from error
    root = filled.pop(prepared.main)
    for name, other in filled.items():
        package.parts[name] = to_bytes(other)
    if document.watermark:
        docx_fill.add_watermark(package, prepared.main, root, document.watermark)
    docx_fill.Finisher(root, document, fields, taller(profile)).run()
    package.parts[prepared.main] = to_bytes(root)
    _set_parts(package, prepared, document, own=own)
    _prove(package, prepared, document, own=own)
    package.set_property(SEAL, "")
    package.set_property(SEAL, package.digest())
    return package.write()


def _set_parts(package: Package, prepared: _Prepared, document: Document, *, own: bool) -> None:
    from vanban.render import docx_fill

    if document.layout.duplex:
        for name in package.related(prepared.main, "settings"):
            settings = parse_xml(package.parts[name], name)
            docx_fill.mirror_margins(settings)
            package.parts[name] = to_bytes(settings)
    if prepared.styles_part and not own:  # the styles of an office's own template are its choice
        styles = parse_xml(package.parts[prepared.styles_part], prepared.styles_part)
        if docx_fill.set_body_style(styles, document.layout):
            package.parts[prepared.styles_part] = to_bytes(styles)
    _set_core(package, document.meta)


def _set_core(package: Package, meta: Meta) -> None:
    """Write the core properties anew: what is fixed by the document, and nothing of the hour."""
    from lxml import etree

    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    root = etree.Element(
        f"{{{cp}}}coreProperties", nsmap={"cp": cp, "dc": dc, "dcterms": terms, "xsi": xsi}
    )
    values = (
        (f"{{{dc}}}title", meta.title),
        (f"{{{dc}}}subject", meta.subject),
        (f"{{{dc}}}creator", meta.author),
        (f"{{{dc}}}language", meta.language),
        (f"{{{cp}}}lastModifiedBy", meta.author),
        (f"{{{cp}}}revision", "1"),
    )
    for tag, value in values:
        etree.SubElement(root, tag).text = value
    if meta.created:
        for name in ("created", "modified"):
            node = etree.SubElement(root, f"{{{terms}}}{name}")
            node.set(f"{{{xsi}}}type", "dcterms:W3CDTF")
            node.text = meta.created
    names = package.related("", "core-properties")
    if not names:
        package.set_content_type(docx_package.CORE, docx_package.CORE_TYPE)
        package.relate("", docx_package.CORE_REL, docx_package.CORE, "rIdVanbanCore")
    package.parts[names[0] if names else docx_package.CORE] = to_bytes(root)


# --- proof --------------------------------------------------------------------------------------


def _refuse_illegal(document: Document) -> None:
    meta = document.meta
    extra = (meta.title, meta.author, meta.subject, document.watermark or "")
    for text in (*extra, *document.texts()):
        found = _ILLEGAL.search(text)
        if found:
            at = found.start()
            excerpt = _ILLEGAL.sub("\ufffd", text[max(0, at - 20) : at + 20])
            code = f"U+{ord(found.group()):04X}"
            raise OutputError(say("docx.illegal_character", code=code, excerpt=excerpt))


def _plain(text: str) -> str:
    """Return a text as one line where we broke it, its own breaks as Word has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(" \n", " ")


def _paragraphs(data: bytes, part: str) -> Iterator[str]:
    """Yield the text of every paragraph of a part, breaks and tabs included."""
    root = parse_xml(data, part)
    text, tab, line_break = f"{_W}t", f"{_W}tab", f"{_W}br"
    for paragraph in root.iter(f"{_W}p"):
        pieces = []
        for node in paragraph.iter(text, tab, line_break):
            if node.tag == text:
                pieces.append(node.text or "")
            elif node.getparent().tag == f"{_W}r":  # not the tab stops of the properties
                pieces.append("\t" if node.tag == tab else "\n")
        yield _plain("".join(pieces))


def _prove(package: Package, prepared: _Prepared, document: Document, *, own: bool) -> None:
    """Re-read the filled parts: every text must be there, in our templates in reading order."""
    wanted = [_plain(text) for text in document.texts() if text]
    if not own:
        missing = _first_missing(wanted, _paragraphs(package.parts[prepared.main], prepared.main))
        if missing is not None:
            raise OutputError(say("docx.text_lost", excerpt=_excerpt(missing)))
        return
    parts = [prepared.main, *prepared.parts]
    pages = "\n".join(_fold("\n".join(_paragraphs(package.parts[p], p))) for p in parts)
    for text in wanted:
        if _fold(text) not in pages:
            detail = say("docx.leaves_out", excerpt=_excerpt(text))
            raise TemplateError(say("docx.template", name=prepared.name, detail=detail))


def _first_missing(wanted: Iterable[str], found: Iterator[str]) -> str | None:
    for text in wanted:
        if not any(text == paragraph for paragraph in found):
            return text
    return None


def _fold(text: str) -> str:
    return " ".join(text.split())


def _excerpt(text: str) -> str:
    short = _fold(text)
    return short if len(short) <= EXCERPT_CHARS else f"{short[:EXCERPT_CHARS]}…"


# --- properties of a finished file --------------------------------------------------------------


def set_property(data: bytes, name: str, value: str) -> bytes:
    """Return the DOCX with a custom document property of type text; ValueError if it is none."""
    package = Package.read(data)
    package.main_part()
    package.set_property(name, value)
    return package.write()


def get_property(data: bytes, name: str) -> str | None:
    """Return a custom document property, None when absent; ValueError if ``data`` is no DOCX."""
    package = Package.read(data)
    package.main_part()
    return package.properties().get(name)


def content_digest(data: bytes) -> str:
    """Return the SHA-256 of everything in a DOCX but its custom properties."""
    return Package.read(data).digest()
