"""The port of the engines that set pages: whoever wants a PDF asks here.

``weasyprint`` sets the HTML page and takes an office's own template; ``typst`` is the fast one
(the extra ``vanban[typst]``), needs no system library and knows our own templates only. Both read
the same Document and the same profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from vanban.catalogue import say
from vanban.errors import EnvironmentIncompleteError, TemplateError, VanbanError

if TYPE_CHECKING:
    from pathlib import Path

    from vanban.compose.document import Document
    from vanban.kinds import Kind

AUTO: Literal["auto"] = "auto"
WEASYPRINT: Literal["weasyprint"] = "weasyprint"
TYPST: Literal["typst"] = "typst"

ENGINES = (AUTO, WEASYPRINT, TYPST)
"""What may be asked for."""


class UnknownEngineError(VanbanError):
    """An engine was asked for by a name that does not exist."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(say("engine.unknown", name=name, known=", ".join(ENGINES)))


class RenderedPdf(NamedTuple):
    """A finished PDF: its bytes and how many pages it has."""

    data: bytes
    pages: int


def choose(
    name: str = AUTO, kind: Kind | None = None, template: Path | None = None
) -> Literal["weasyprint", "typst"]:
    """Return the engine that is used: ``weasyprint`` or ``typst``.

    ``auto`` is WeasyPrint where it can run, else Typst. A page that only WeasyPrint can set (an
    office's ``template``, the page that a ``kind`` of another package brings) never goes to Typst.
    Raises EnvironmentIncompleteError, which names the remedy, when the engine asked for, or with
    ``auto`` either, cannot run, TemplateError when Typst is asked for such a page,
    UnknownEngineError for a name that is none of ``ENGINES``.
    """
    if name not in ENGINES:
        raise UnknownEngineError(name)
    of_its_own = own_page(kind, template)
    if name == TYPST:
        if of_its_own is not None:
            raise TemplateError(say("engine.own_page", path=of_its_own))
        from vanban.render.typst import load_typst

        load_typst()
        return TYPST
    from vanban.render.pdf import load_weasyprint

    try:
        load_weasyprint()
    except EnvironmentIncompleteError:
        if name == AUTO and of_its_own is None and has_typst():
            return TYPST
        raise
    return WEASYPRINT


def own_page(kind: Kind | None, template: Path | None) -> Path | None:
    """Return the HTML page that takes the place of ours, None where ours is used."""
    if template is not None or kind is None:
        return template
    from vanban import resources
    from vanban.render.html import KIND_TEMPLATE

    given = kind.templates / KIND_TEMPLATE
    return given if kind.root != resources.data_root() and given.is_file() else None


def has_typst() -> bool:
    """Tell whether Typst can run here."""
    from vanban.render.typst import load_typst

    try:
        load_typst()
    except EnvironmentIncompleteError:
        return False
    return True


def render_pdf_pages(
    document: Document,
    kind: Kind,
    template: Path | None = None,
    payload: bytes | None = None,
    engine: str = AUTO,
) -> RenderedPdf:
    """Return the document as PDF/A-3a and PDF/UA-1 with its number of pages, its seal empty.

    ``template`` is an office's own HTML template, ``payload`` the draft's data as JSON to be
    embedded (None: nothing is), ``engine`` one of ``ENGINES``. Raises what ``choose`` raises, and
    OutputError when there is no page.
    """
    if choose(engine, kind, template) == TYPST:
        from vanban.render import typst

        return typst.render_pdf_pages(document, kind, payload)
    from vanban.render import pdf

    return pdf.render_pdf_pages(document, kind, template, payload)
