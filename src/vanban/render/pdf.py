"""The Document as PDF, through WeasyPrint; nothing leaves this module unproven.

The page is the one of ``html.py``. It is set in the four files that ``fonts.py`` chose and in
nothing else, and before the bytes are handed out they are known to hold every text of the
Document, in order, with a glyph for every character.
"""

from __future__ import annotations

import contextlib
import io
import logging
import threading
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vanban import resources, seal
from vanban.catalogue import say
from vanban.compose.profile import load_profile
from vanban.errors import EnvironmentIncompleteError, OutputError
from vanban.render.css import FACE, faces, stylesheet
from vanban.render.fonts import FontFamily, find_font
from vanban.render.html import KIND_TEMPLATE, page
from vanban.render.reach import reaches_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import ModuleType

    from vanban.compose.document import Document
    from vanban.kinds import Kind

MAX_SHEETS_KEPT = 16
"""Style sheets kept per thread and font; a process that uses more starts over."""

_EXCERPT = 40
_SHOWN = 5
_WATERMARK = "nen"

_import_lock = threading.Lock()
_local = threading.local()


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A finished PDF: its bytes and how many pages it has."""

    data: bytes
    pages: int


def load_weasyprint() -> ModuleType:
    """Import WeasyPrint; EnvironmentIncompleteError names the remedy when it cannot be used."""
    with _import_lock, contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        # WeasyPrint prints advice of its own, and warns, when a library is missing or old.
        warnings.simplefilter("ignore")
        try:
            import weasyprint
        except ImportError as error:
            raise EnvironmentIncompleteError(say("render.no_weasyprint", detail=error)) from error
        except OSError as error:
            detail = str(error).partition(":")[0].strip() or type(error).__name__
            raise EnvironmentIncompleteError(say("render.no_pango", detail=detail)) from error
    # Unlike WeasyPrint, fontTools leaves its warnings to Python's handler of last resort.
    tools = logging.getLogger("fontTools")
    if not tools.handlers:
        tools.addHandler(logging.NullHandler())
    module: ModuleType = weasyprint
    return module


def _fetcher(font: FontFamily) -> Any:
    """Return a URL fetcher that serves the four font files and refuses everything else.

    WeasyPrint goes on without what was refused, so the addresses are noted in ``refused``.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    served = {face.url: path for face, path in zip(faces(font), font.files, strict=True)}

    class OnlyFonts(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            # What a page holds in itself is no address.
            super().__init__(allowed_protocols=("data",))
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = served.get(url)
            if path is not None:
                return URLFetcherResponse(url, path.read_bytes())
            if not url.lower().startswith("data:"):
                self.refused.append(url)
            return super().fetch(url, headers)

    return OnlyFonts()


class _Press:
    """What WeasyPrint can use again, for one font: never shared between threads (Pango)."""

    def __init__(self, font: FontFamily) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self.weasyprint = load_weasyprint()
        self.fetcher = _fetcher(font)
        self.fonts = FontConfiguration()
        self._sheets: dict[str, Any] = {}

    def sheet(self, css: str) -> Any:
        """Return the parsed style sheet."""
        held = self._sheets.get(css)
        if held is None:
            if len(self._sheets) >= MAX_SHEETS_KEPT:
                self._sheets.clear()
            held = self._sheets[css] = self.weasyprint.CSS(
                string=css, font_config=self.fonts, url_fetcher=self.fetcher
            )
        return held


def _press(font: FontFamily) -> _Press:
    load_weasyprint()
    stamp = (font, tuple(path.stat().st_mtime_ns for path in font.files))
    if getattr(_local, "stamp", None) != stamp:
        _local.press, _local.stamp = _Press(font), stamp
    press: _Press = _local.press
    return press


def render_pdf_pages(document: Document, kind: Kind, template: Path | None = None) -> RenderedPdf:
    """Return the document as a tagged PDF with its number of pages.

    ``template`` replaces the kind's ``document.html.j2``. Two calls with the same document and
    the same fonts give the same bytes. Raises TemplateError, EnvironmentIncompleteError (font or
    Pango missing) and OutputError when a character has no glyph, another font came in, or a text
    is not on the pages.
    """
    markup = page(document, kind, "", template)
    font = find_font()
    press = _press(font)
    css = stylesheet(load_profile(document.meta.profile), document.layout, "pdf", font)
    press.fetcher.refused.clear()
    rendered = press.weasyprint.HTML(string=markup, url_fetcher=press.fetcher).render(
        font_config=press.fonts, stylesheets=[press.sheet(css)], pdf_tags=True
    )
    if not rendered.pages:
        raise OutputError(say("render.no_pages"))
    ours = kind.root == resources.data_root() or not (kind.templates / KIND_TEMPLATE).is_file()
    _prove_texts(document, rendered.pages, exact=template is None and ours)
    data: bytes = rendered.write_pdf(finisher=_finisher(font), pdf_tags=True, pdf_identifier=True)
    if press.fetcher.refused:  # whatever the markup hid from page(): an escaped url(), say
        raise reaches_out(str(template or kind.templates / KIND_TEMPLATE), press.fetcher.refused[0])
    return RenderedPdf(data, len(rendered.pages))


def render_pdf(document: Document, kind: Kind, template: Path | None = None) -> bytes:
    """Return the bytes of the PDF; see ``render_pdf_pages``."""
    return render_pdf_pages(document, kind, template).data


def _finisher(font: FontFamily) -> Callable[[Any, Any], None]:
    """Return what proves the fonts, and gives them their real name, before the file is built."""

    def finish(rendered: Any, pdf: Any) -> None:
        lacking: set[str] = set()
        for used in rendered.fonts.values():
            lacking.update(map(chr, used.missing))
            if used.family != FACE:  # borrowed from a font of the machine
                lacking.update(*used.to_unicode.values())
        if lacking:
            shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in sorted(lacking)[:_SHOWN])
            count = len(lacking)
            raise OutputError(
                say("render.characters_lacking", family=font.name, count=count, characters=shown)
            )
        ours, real = FACE.replace(" ", "-").encode(), font.name.replace(" ", "-").encode()
        for item in pdf.objects:
            if isinstance(item, dict):
                for key in ("BaseFont", "FontName"):
                    if isinstance(name := item.get(key), bytes):
                        item[key] = name.replace(ours, real)
                if "FontFamily" in item:
                    item["FontFamily"] = type(item["FontFamily"])(font.name)
        pdf.info = _open_information(pdf.info)

    return finish


def _open_information(info: Any) -> Any:
    """Return the document information with room for the seal, kept out of the packed objects."""
    dictionary, text = type(info), type(info["Producer"])
    unpacked = type("Information", (dictionary,), {"compressible": False})
    return unpacked({**info, seal.PDF_KEY: text(seal.EMPTY)})


def _folded(text: str) -> str:
    """Return ``text`` without any white space: line breaks take the place of blanks."""
    return "".join(text.split())


def _prove_texts(document: Document, pages: Iterable[Any], *, exact: bool) -> None:
    """Compare what stands on the pages with the texts of the document; OutputError names the gap.

    With our own templates (``exact``) the two are equal to the last character; a template from
    elsewhere may add text and change the order, but must leave nothing out.
    """
    wanted = [folded for text in document.texts() if (folded := _folded(text))]
    laid = _folded("".join(_laid_texts(pages)))
    if exact:
        whole = "".join(wanted)
        if whole == laid:
            return
        at = next(
            (n for n, (a, b) in enumerate(zip(whole, laid, strict=False)) if a != b),
            min(len(whole), len(laid)),
        )
        excerpt = whole[at : at + _EXCERPT] or laid[at : at + _EXCERPT]
        raise OutputError(say("render.text_lost", excerpt=excerpt))
    for text in wanted:
        if text not in laid:
            raise OutputError(say("render.text_lost", excerpt=text[:_EXCERPT]))


def _laid_texts(pages: Iterable[Any]) -> Iterator[str]:
    """Yield the text of every paragraph and cell that was laid out, in order.

    What is broken over pages comes as one; page numbers, the watermark and the repeated heads of
    tables are left out.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    texts: dict[int, list[str]] = {}
    heads: dict[int, int] = {}

    def walk(box: Any, sheet: int, into: list[str]) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            into.append(box.text)
            return
        if isinstance(box, boxes.MarginBox) or not isinstance(box, boxes.ParentBox):
            return
        element = box.element
        if element is not None:
            if element.get("class") == _WATERMARK:
                return
            repeats = isinstance(box, boxes.TableRowGroupBox) and box.is_header
            if repeats and heads.setdefault(id(element), sheet) != sheet:
                return
            if not isinstance(box, boxes.InlineBox):
                into = texts.setdefault(id(element), [])
        for child in box.children:
            walk(child, sheet, into)

    for sheet, laid in enumerate(pages):
        walk(laid._page_box, sheet, [])
    for parts in texts.values():
        yield "".join(parts)
