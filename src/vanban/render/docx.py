"""DOCX from a Document: a Word template filled through docxtpl's tags, and finished.

The template says how the page looks; this module fills it, does what tags cannot (column widths,
turned pages, rules, properties). That all arrived is proved elsewhere (``vanban.proof``). Nothing
heavy is imported before the first call.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.catalogue import language, say
from vanban.doors import files
from vanban.doors import zip as zip_door
from vanban.errors import OutputError, TemplateError
from vanban.render import docx_package
from vanban.render.dates import metadata_stamp
from vanban.render.docx_package import Package, PackageError, parse_xml, refused, to_bytes
from vanban.start import garbage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vanban.compose.document import Document, Layout, Meta
    from vanban.compose.profile import Profile
    from vanban.kinds import Kind
    from vanban.render.docx_fill import Fields
    from vanban.render.docx_flow import Flow
    from vanban.render.docx_tags import CompiledPart
    from vanban.render.pages import Evener

SEAL = "vanban-sha256"
"""Custom property that holds the digest of the content, so that a later edit is noticed."""

KEPT_TEMPLATES = 8
KEPT_PART_CHARS = 16_000
"""Largest part beside the main one that is kept for the next document, where it is the same."""

SAME_WIDTH_MM = 1.0

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Everything that XML 1.0 cannot hold, surrogates included.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_FIELDS = frozenset(
    {
        "dau_trang",
        "ten_van_ban",
        "noi_dung",
        "van_ban",
        "ky",
        "noi_nhan",
        "phu_luc",
        "thong_tin",
        "lien_he",
        "ban_sao",
    }
)
_FILLED = ("header", "footer", "footnotes", "endnotes")


def render_docx(
    document: Document,
    kind: Kind,
    template: Path | None = None,
    payload: bytes | None = None,
) -> bytes:
    """Return the document as a DOCX.

    ``template`` is an office's own Word template; else the kind's template for the document's
    profile is used. ``payload`` is the draft's data as JSON, carried as a custom XML part (None:
    nothing is embedded). Raises TemplateError (with the place of the fault) when the template
    cannot be used or leaves a text out, OutputError when a text cannot be held by a Word file or
    did not arrive.
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
        data = files.read(path, zip_door.MAX_FILE_BYTES)
    except OSError as error:
        odd = isinstance(error, files.NotOrdinaryError)
        detail = error.strerror if odd else say("docx.missing")
        raise TemplateError(say("docx.template", name=path, detail=detail)) from error
    with garbage.seldom():
        prepared = _prepared(data, str(path if own else path.name), language())
        return _fill(prepared, document, own=own, payload=payload)


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
                compiled = CompiledPart(part, self.package.with_tags(part), _FIELDS)
                if compiled.has_tags or part == self.main:
                    self.parts[part] = compiled
            self._read_styles()
            self.flow = self._flow()
        except PackageError as error:
            raise refused(error, name) from error
        except TagError as error:
            raise _tag_fault(error, name) from error

    def _flow(self) -> Flow | None:
        """Return the loop over the blocks, taken apart, where the template lets it be."""
        from vanban.render.docx_flow import BLOCKS, Flow

        others = (part for name, part in self.parts.items() if name != self.main)
        if any(part.fields & BLOCKS for part in others):
            return None
        return Flow.of(self.parts[self.main])

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
        from vanban.render.docx_fill import style_ids

        root = parse_xml(self.package.parts[self.styles_part], self.styles_part)
        styles = {str(s.get(f"{_W}styleId")): s for s in root.iter(f"{_W}style")}
        # LibreOffice gives styles other ids; their names stay.
        for style in list(styles.values()):
            name = style.find(f"{_W}name")
            known = None if name is None else style_ids().get(str(name.get(f"{_W}val")))
            if known is not None:
                styles.setdefault(known, style)

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


def _fill(
    prepared: _Prepared,
    document: Document,
    *,
    own: bool,
    payload: bytes | None = None,
    direct: bool = True,
) -> bytes:
    """Return the document; without ``direct`` every block goes through the template's loop."""
    from vanban.compose.profile import load_profile
    from vanban.embed import in_docx
    from vanban.render import docx_fill
    from vanban.render.docx_flow import has_sections, joined
    from vanban.render.docx_tags import TagError, part_title
    from vanban.render.pages import evener, taller
    from vanban.render.sandbox import Budget, spending

    profile = load_profile(document.meta.profile)
    even = evener(profile, document.layout)
    if own:
        even = prepared.guarded(even, profile, document.layout)
    fields = prepared.fields(even)
    package = prepared.package.copy()
    part = prepared.main
    flow = prepared.flow if direct and prepared.flow and prepared.flow.fits(document) else None
    stretches: list[str] = []
    try:
        with spending(Budget.for_document(document)):
            context = fields.context(document) if flow is None else flow.frame(document, fields)
            for part, compiled in prepared.parts.items():
                filled = compiled.fill(context)
                if part == prepared.main:
                    root = parse_xml(filled.encode(), part)
                elif len(filled) <= KEPT_PART_CHARS:
                    package.share(part, _finished_once(filled, part))
                else:
                    package.parts[part] = _finished(filled, part)
            if flow is not None:
                stretches = flow.stretches(root, document, fields, taller(profile))
    except TagError as error:
        raise _tag_fault(error, prepared.name) from error
    except PackageError as error:
        detail = say("docx.broken_result", part=part_title(part), detail=error.details["detail"])
        raise TemplateError(say("docx.template", name=prepared.name, detail=detail)) from error
    if document.watermark:
        docx_fill.add_watermark(package, prepared.main, root, document.watermark)
    finisher = docx_fill.Finisher(root, document, fields, taller(profile))
    if document.contact and not own:
        docx_fill.place_contact(package, prepared.main, root)
        finisher.empty_footer = docx_fill.EMPTY_FOOTER
    finisher.run()
    sections = finisher.sections() if has_sections(stretches) else ()
    package.parts[prepared.main] = joined(to_bytes(root), stretches, sections)
    _set_parts(package, prepared, document, own=own)
    in_docx.put(package, prepared.main, payload)
    package.declare_properties()
    package.set_property(SEAL, package.digest())
    return package.write()


def _finished(filled: str, part: str) -> bytes:
    """Return a part beside the main one, as it is written."""
    return to_bytes(parse_xml(filled.encode(), part))


_finished_once = lru_cache(maxsize=KEPT_TEMPLATES)(_finished)  # most are alike in all documents


def _set_parts(package: Package, prepared: _Prepared, document: Document, *, own: bool) -> None:
    if document.layout.duplex:
        for name in package.related(prepared.main, "settings"):
            package.share(name, _mirrored(package.parts[name], name))
    if prepared.styles_part and not own:  # the styles of an office's own template are its choice
        name = prepared.styles_part
        package.share(name, _styled(package.parts[name], name, document.layout))
    _set_core(package, document.meta, metadata_stamp(document))


@lru_cache(maxsize=KEPT_TEMPLATES)
def _mirrored(data: bytes, name: str) -> bytes:
    from vanban.render.docx_fill import mirror_margins

    settings = parse_xml(data, name)
    mirror_margins(settings)
    return to_bytes(settings)


@lru_cache(maxsize=KEPT_TEMPLATES)
def _styled(data: bytes, name: str, layout: Layout) -> bytes:
    """Return the styles with the draft's choice of size and line pitch."""
    from vanban.render.docx_fill import set_body_style

    styles = parse_xml(data, name)
    return to_bytes(styles) if set_body_style(styles, layout) else data


_CORE = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>"
    "<dc:creator>{author}</dc:creator><dc:language>{language}</dc:language>"
    "<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified></cp:coreProperties>'
)


def _set_core(package: Package, meta: Meta, date: str) -> None:
    """Write the core properties anew: what is fixed by the document, and nothing of the hour."""
    values = {
        "title": meta.title,
        "subject": meta.subject,
        "author": meta.author,
        "language": meta.language,
        "date": date,
    }
    escaped = {name: docx_package.xml_text(value) for name, value in values.items()}
    names = package.related("", "core-properties")
    if not names:
        package.set_content_type(docx_package.CORE, docx_package.CORE_TYPE)
        package.relate("", docx_package.CORE_REL, docx_package.CORE, "rIdVanbanCore")
    package.parts[names[0] if names else docx_package.CORE] = _CORE.format(**escaped).encode()


# --- what Word cannot hold -----------------------------------------------------------------------


def _all_legal(text: str) -> bool:
    """Tell whether XML can hold a text, much quicker than ``_ILLEGAL`` finds what it cannot."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return data.translate(None, _CONTROLS) == data and not ("\ufffe" in text or "\uffff" in text)


def _refuse_illegal(document: Document) -> None:
    meta = document.meta
    extra = (meta.title, meta.author, meta.subject, document.watermark or "")
    texts = [*extra, *document.texts()]
    if _all_legal("\n".join(texts)):
        return
    for text in texts:
        found = _ILLEGAL.search(text)
        if found:
            at = found.start()
            excerpt = _ILLEGAL.sub("\ufffd", text[max(0, at - 20) : at + 20])
            code = f"U+{ord(found.group()):04X}"
            raise OutputError(say("docx.illegal_character", code=code, excerpt=excerpt))


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
