"""The Document as PDF, through WeasyPrint.

The page is the one of ``html.py``. It is set in the four files that ``fonts.py`` chose; whether
nothing else came in, and every text is there, is proved elsewhere (``vanban.proof``).
"""

from __future__ import annotations

import contextlib
import io
import logging
import threading
import warnings
from typing import TYPE_CHECKING, Any

from vanban import resources
from vanban.archive import finish
from vanban.archive.weasyprint_tags import TagTree
from vanban.catalogue import say
from vanban.compose.profile import load_profile
from vanban.doors import budget, fetch, pages, watch
from vanban.doors import css as css_door
from vanban.errors import (
    EnvironmentIncompleteError,
    OutputError,
    TemplateError,
    TooLargeError,
    VanbanError,
)
from vanban.render.css import FACE, faces, stylesheet
from vanban.render.engines import RenderedPdf
from vanban.render.fonts import FontFamily, find_font
from vanban.render.html import KIND_TEMPLATE, page
from vanban.render.reach import costs_too_much, reaches_out
from vanban.start import garbage
from vanban.start import weasyprint as start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from vanban.compose.document import Document
    from vanban.kinds import Kind

MAX_SHEETS_KEPT = 16
"""Style sheets kept per thread and font; a process that uses more starts over."""

_VARIANT = "pdf/a-3a"
_ITALIC_ANGLE = -16.33
"""Slant in degrees of the italics of Times and of every face made to its measures."""

# What a stranger's template may cost beyond the document in it (measured: 0.1 s and 1 MB a page).
_PAGES_MORE = 20
_SECONDS, _SECONDS_A_PAGE = 0.4, 0.2
_MEGABYTES, _MEGABYTES_A_PAGE = 150.0, 5.0


_import_lock = threading.Lock()
_local = threading.local()


def load_weasyprint() -> ModuleType:
    """Import WeasyPrint; EnvironmentIncompleteError names the remedy when it cannot be used."""
    with _import_lock, contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        # WeasyPrint prints advice of its own, and warns, when a library is missing or old.
        warnings.simplefilter("ignore")
        try:
            weasyprint = start.load()
        except ImportError as error:
            raise EnvironmentIncompleteError(say("render.no_weasyprint", detail=error)) from error
        except OSError as error:
            detail = str(error).partition(":")[0].strip() or type(error).__name__
            raise EnvironmentIncompleteError(say("render.no_pango", detail=detail)) from error
    # Unlike WeasyPrint, fontTools leaves its warnings to Python's handler of last resort.
    tools = logging.getLogger("fontTools")
    if not tools.handlers:
        tools.addHandler(logging.NullHandler())
    return weasyprint


def _fetcher(font: FontFamily) -> Any:
    """Return a fetcher that serves the four font files and stops at any other address."""
    return fetch.fetcher(
        {face.url: path for face, path in zip(faces(font), font.files, strict=True)}
    )


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


@contextlib.contextmanager
def _guarded(press: _Press, document: Document, template: str, *, ours: bool) -> Iterator[None]:
    """Turn what the doors refuse while a page is set into the error for the user.

    The page of a stranger's template may take some times what the document takes by itself.
    """
    press.fetcher.begin()
    usual = budget.pages_of(document)
    limit = pages.MAX_PAGES if ours else round(_PAGES_MORE + 2 * usual)
    spent = watch.over(_SECONDS + _SECONDS_A_PAGE * usual, _MEGABYTES + _MEGABYTES_A_PAGE * usual)
    try:
        with pages.at_most(limit), contextlib.nullcontext() if ours else spent:
            yield
    except pages.TooManyPagesError as error:
        raise TooLargeError(
            say("render.too_many_pages", path=template, limit=error.limit)
        ) from None
    except watch.TooCostlyError:
        raise TemplateError(say("render.template_slow", path=template)) from None
    except VanbanError:
        raise
    except Exception as error:
        if ours:
            raise
        from vanban.render.sandbox import broken

        raise broken(error, template) from error
    except BaseException as error:
        if not isinstance(error, fetch.refusal()):
            raise
    # Some of WeasyPrint swallows even what is fatal.
    if press.fetcher.refused:  # whatever the markup hid from page(): an escaped url(), say
        raise reaches_out(template, press.fetcher.refused[0])


def render_pdf_pages(
    document: Document,
    kind: Kind,
    template: Path | None = None,
    payload: bytes | None = None,
) -> RenderedPdf:
    """Return the document as PDF/A-3a and PDF/UA-1 with its number of pages, its seal empty.

    ``template`` replaces the kind's ``document.html.j2``; ``payload`` is the draft's data as JSON,
    embedded as the associated file (None: nothing is embedded). Two calls with the same arguments
    and the same fonts give the same bytes. Raises TemplateError, EnvironmentIncompleteError (font
    or Pango missing) and OutputError when there is no page.
    """
    markup = page(document, kind, "", template)
    font = find_font()
    press = _press(font)
    profile = load_profile(document.meta.profile)
    css = stylesheet(profile, document.layout, "pdf", font, own=template)
    ours = template is None and kind.root == resources.data_root()
    if not ours and (costly := css_door.excess(css)):
        raise costs_too_much(str(template or kind.templates / KIND_TEMPLATE), costly)
    name = str(template or kind.templates / KIND_TEMPLATE)
    with garbage.seldom(), _guarded(press, document, name, ours=ours):
        rendered = press.weasyprint.HTML(string=markup, url_fetcher=press.fetcher).render(
            font_config=press.fonts, stylesheets=[press.sheet(css)], pdf_variant=_VARIANT
        )
        if not rendered.pages:
            raise OutputError(say("render.no_pages"))
        tree = TagTree()
        data: bytes = rendered.copy(tree.watched(rendered.pages)).write_pdf(
            # The identifier is made when all is done: see archive.finish.
            finisher=_finisher(font, tree),
            pdf_variant=_VARIANT,
            pdf_identifier=False,
        )
    engine = f"WeasyPrint {press.weasyprint.__version__}"
    return RenderedPdf(finish(data, document, payload, engine=engine), len(rendered.pages))


def render_pdf(
    document: Document,
    kind: Kind,
    template: Path | None = None,
    payload: bytes | None = None,
) -> bytes:
    """Return the bytes of the PDF; see ``render_pdf_pages``."""
    return render_pdf_pages(document, kind, template, payload).data


def _finisher(font: FontFamily, tree: TagTree) -> Callable[[Any, Any], None]:
    """Return what gives the fonts their real name and slant, and writes the tags, at the end."""

    def finish_objects(rendered: Any, pdf: Any) -> None:
        ours, real = FACE.replace(" ", "-").encode(), font.name.replace(" ", "-").encode()
        for item in pdf.objects:
            if isinstance(item, dict):
                for key in ("BaseFont", "FontName"):
                    if isinstance(name := item.get(key), bytes):
                        item[key] = name.replace(ours, real)
                if "FontFamily" in item:
                    item["FontFamily"] = type(item["FontFamily"])(font.name)
                if item.get("Type") == "/FontDescriptor" and b"Italic" in item["FontName"]:
                    item["ItalicAngle"] = _ITALIC_ANGLE
            elif getattr(item, "extra", {}).get("Subtype") == "/Image":
                item.extra.pop("Interpolate", None)  # not allowed in PDF/A (ISO 19005-3, 6.2.8)
        tree.write(pdf)

    return finish_objects
