"""The Document as PDF, through Typst (the extra ``vanban[typst]``).

The template gets all texts and figures as data (see ``typst_data.py``): no text of a draft is read
as Typst. The compiler knows the four font files that ``fonts.py`` chose and nothing else: no font
of the system, no file (its root is an empty folder that is gone), no package.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import resources
from vanban.archive import finish
from vanban.catalogue import say
from vanban.compose.profile import load_profile
from vanban.errors import EnvironmentIncompleteError, OutputError
from vanban.render.engines import RenderedPdf
from vanban.render.fonts import FontFamily, find_font
from vanban.render.lists import label_of, list_item
from vanban.render.typst_data import template_data

if TYPE_CHECKING:
    from types import ModuleType

    from pikepdf import Pdf

    from vanban.compose.document import Document
    from vanban.kinds import Kind

TEMPLATE = "base.typ"
"""The construction of every page."""

KIND_TEMPLATE = "document.typ"
"""Name of a kind's own template, in the folder of its templates: it goes on from the base."""

STANDARDS = ("a-3a", "ua-1")

_WHOLE_PAGE = "#report(beginning)\n"
_FACES = b"""
#set text(fallback: false)
a #text(weight: "bold")[b] #text(style: "italic")[c] #text(weight: "bold", style: "italic")[d]
"""

_local = threading.local()


def load_typst() -> ModuleType:
    """Import Typst; EnvironmentIncompleteError names the remedy when it is not there."""
    try:
        import typst
    except ImportError as error:
        raise EnvironmentIncompleteError(say("engine.no_typst", detail=error)) from error
    module: ModuleType = typst
    return module


class _Press:
    """What Typst can use again, for one font: a compiler with the four files in memory."""

    def __init__(self, font: FontFamily) -> None:
        self.typst = load_typst()
        with tempfile.TemporaryDirectory(prefix="vanban-") as name:
            folder = Path(name)
            for given in ("fonts", "root", "packages"):
                (folder / given).mkdir()
            for path in font.files:
                _lay(path, folder / "fonts" / path.name)
            fonts = self.typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[str(folder / "fonts")],
            )
            (self.family,) = fonts.families()
            self.compiler: Any = self.typst.Compiler(
                _FACES,
                root=str(folder / "root"),
                font_paths=fonts,
                ignore_system_fonts=True,
                package_path=str(folder / "packages"),
                package_cache_path=str(folder / "packages"),
            )
            self.compiler.compile(format="pdf")  # now the files are read, and the folder may go

    def set(self, source: bytes, data: dict[str, Any]) -> bytes:
        """Return the tagged pages of a template filled with data; OutputError when it fails."""
        try:
            made = self.compiler.compile(
                source,
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=list(STANDARDS),
                timestamp=0,
            )
        except self.typst.TypstError as error:
            detail = getattr(error, "message", None) or str(error)
            raise OutputError(say("engine.typst_failed", detail=detail)) from error
        return bytes(made)


def _lay(path: Path, place: Path) -> None:
    """Put a file where Typst looks for fonts; it takes folders only."""
    try:
        place.symlink_to(path.resolve())
    except OSError:  # Windows asks for a privilege
        shutil.copyfile(path, place)


def _press(font: FontFamily) -> _Press:
    stamp = (font, tuple(os.stat(path).st_mtime_ns for path in font.files))  # noqa: PTH116
    if getattr(_local, "stamp", None) != stamp:
        _local.press, _local.stamp = _Press(font), stamp
    press: _Press = _local.press
    return press


@cache
def _source(folder: Path | None) -> bytes:
    """Return the template of a kind of ours; the general one for None."""
    base = (resources.data_root() / "templates" / TEMPLATE).read_text("utf-8")
    own = folder / KIND_TEMPLATE if folder is not None else None
    last = own.read_text("utf-8") if own is not None and own.is_file() else _WHOLE_PAGE
    return f"{base}\n{last}".encode()


def set_pages(document: Document, kind: Kind) -> bytes:
    """Return the pages as Typst tags them, before the last hand is laid on them."""
    profile = load_profile(document.meta.profile)
    press = _press(find_font())
    ours = kind.root == resources.data_root()
    source = _source(kind.templates if ours else None)
    return press.set(source, template_data(document, profile, press.family))


def render_pdf_pages(document: Document, kind: Kind, payload: bytes | None = None) -> RenderedPdf:
    """Return the document as PDF/A-3a and PDF/UA-1 with its number of pages, its seal empty.

    ``payload`` is the draft's data as JSON, embedded as the associated file (None: nothing is
    embedded). Two calls with the same arguments and the same fonts give the same bytes. Raises
    EnvironmentIncompleteError (Typst or a font missing) and OutputError when Typst fails.
    """
    from vanban.archive.typst_tags import retag

    pages = 0

    def mend(pdf: Pdf) -> None:
        nonlocal pages
        pages = len(pdf.pages)
        retag(pdf, document, list_item, label_of)

    data = set_pages(document, kind)
    engine = f"Typst {_version()}"
    return RenderedPdf(finish(data, document, payload, engine=engine, mend=mend), pages)


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("typst")
