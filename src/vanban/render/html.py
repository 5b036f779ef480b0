"""The Document as one self-contained HTML page; the PDF is made from the same page."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from vanban import resources
from vanban._version import __version__
from vanban.catalogue import say
from vanban.compose.profile import load_profile
from vanban.doors import markup
from vanban.errors import TemplateError
from vanban.render.css import SINGLE_SPACING, contact_height, frame_lines, stylesheet
from vanban.render.dates import metadata_stamp
from vanban.render.lists import label_of, list_item
from vanban.render.pages import evener, kept_rows, taller, turned
from vanban.render.reach import costs_too_much, first_lost, first_reach, reaches_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2 import Template

    from vanban.compose.document import Block, Document, Line
    from vanban.kinds import Kind

KIND_TEMPLATE = "document.html.j2"
"""Name of a kind's own template, in the folder of its templates."""

BASE_TEMPLATE = "base.html.j2"
"""The general page: what ``document.html.j2`` extends, and what a kind without one gets."""

FREE_TAGS, TAGS_PER_TEXT = 3_000, 15
"""Tags of HTML on the page of an office's template; ours have about three for each text.

Each becomes a box, and setting sixty thousand boxes takes half a minute."""

MAX_EVENED_CHARS = 1_000_000
"""The longest text that a template may have broken into even lines."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A run of blocks on pages that lie the same way.

    ``titles`` are those of the appendix that begins here; ``closing`` marks the sheet that ends
    with the recipients and the signature; ``page_name`` names the page box when the appendix
    counts its pages from 1.
    """

    blocks: tuple[Block, ...]
    landscape: bool
    titles: tuple[Line, ...] = ()
    closing: bool = False
    page_name: str = ""


def sheets(document: Document) -> list[Sheet]:
    """Cut the document into sheets at the changes between upright and turned pages.

    What announces a turned table (its heading, caption or unit) goes onto the turned page with
    it.
    """
    body = list(_runs(document.body, landscape=False)) or [((), False)]
    found = [
        Sheet(blocks, wide, closing=n == len(body)) for n, (blocks, wide) in enumerate(body, 1)
    ]
    for order, appendix in enumerate(document.appendices):
        runs = list(_runs(appendix.blocks, landscape=appendix.landscape)) or [
            ((), appendix.landscape)
        ]
        (blocks, wide), *rest = runs
        side = "le" if order % 2 == 0 else "chan"
        name = f"{'ngang' if wide else 'phu'}-{side}" if appendix.numbered_anew else ""
        found.append(Sheet(blocks, wide, titles=appendix.titles, page_name=name))
        found.extend(Sheet(blocks, wide) for blocks, wide in rest)
    return found


def _runs(
    blocks: tuple[Block, ...], *, landscape: bool
) -> Iterator[tuple[tuple[Block, ...], bool]]:
    lying = zip(blocks, turned(blocks, landscape=landscape), strict=True)
    for wide, run in itertools.groupby(lying, key=itemgetter(1)):
        yield tuple(block for block, _wide in run), wide


def _template(kind: Kind, own: Path | None) -> tuple[Template, str]:
    """Return the compiled template and the path to name in messages."""
    from vanban.render.sandbox import environment, read_source

    if own is None:
        given = kind.templates / KIND_TEMPLATE
        name = KIND_TEMPLATE if given.is_file() else BASE_TEMPLATE
        return environment(kind.templates).get_template(name), name
    # What an office's template extends stands beside it, as "vanban template init" laid it down.
    env = environment(own.parent, kind.templates)
    try:
        source = read_source(own)
    except FileNotFoundError:
        raise TemplateError(say("render.template_missing", path=own)) from None
    except (OSError, ValueError) as error:
        raise TemplateError(
            say("render.template_broken", path=own, line=1, detail=error)
        ) from error
    return env.from_string(source), str(own)


def page(document: Document, kind: Kind, css: str, template: Path | None = None) -> str:
    """Return the HTML of a document; ``css`` is put into its head unless it is empty.

    Raises TemplateError, with the line, when the template is missing, broken, uses what does not
    exist or what the sandbox forbids, and when the page asks for something outside itself.
    """
    made = filled(document, kind, css, template)
    if _ours(kind, template):
        return made
    name = str(template or kind.templates / KIND_TEMPLATE)
    if made.count("<") > (allowed := tags_allowed(document)):
        raise TemplateError(say("render.template_crowded", path=name, limit=allowed))
    if reach := first_reach(made):
        raise reaches_out(name, reach)
    if refused := markup.refused(made):
        raise costs_too_much(name, refused[1], refused[0])
    return made


def tags_allowed(document: Document) -> int:
    """Return how many tags of HTML the page of an office's template may have."""
    return FREE_TAGS + TAGS_PER_TEXT * sum(1 for _text in document.texts())


def filled(document: Document, kind: Kind, css: str, template: Path | None = None) -> str:
    """Return the page before anybody has looked at what it asks for; else as ``page``."""
    from vanban.render.sandbox import Budget, broken, paying, spending

    profile = load_profile(document.meta.profile)
    values: dict[str, Any] = {
        "document": document,
        "sheets": sheets(document),
        "css": _as_style(css),
        "single": SINGLE_SPACING,
        "generator": f"vanban {__version__}",
        "created": metadata_stamp(document),
        "even": paying(evener(profile, document.layout), MAX_EVENED_CHARS),
        "tall": paying(taller(profile), MAX_EVENED_CHARS),
        "page": profile.page,
        "contact_mm": contact_height(document, profile),
        "frame_mm": frame_lines(profile),
        "kept_rows": paying(kept_rows, MAX_EVENED_CHARS),
        "list_item": paying(list_item, MAX_EVENED_CHARS),
        "label_of": paying(label_of, MAX_EVENED_CHARS),
    }
    name = str(template or KIND_TEMPLATE)
    try:
        with spending(Budget.for_document(document)):
            compiled, name = _template(kind, template)
            made = "".join(compiled.generate(values))
    except TemplateError:
        raise
    except Exception as error:  # a template may fail in any way; none of them is a fault of ours
        raise broken(error, name) from error
    return made


def _ours(kind: Kind, template: Path | None) -> bool:
    return template is None and kind.root == resources.data_root()


def _as_style(css: str) -> Any:
    """Mark our style sheet as safe: it holds no text of the draft and no ``</``."""
    from markupsafe import Markup

    return Markup(css)


def render_html(document: Document, kind: Kind, template: Path | None = None) -> bytes:
    """Return the document as one HTML page in UTF-8 that needs no other file.

    Fonts are named, not embedded. ``template`` replaces the kind's ``document.html.j2``; it may
    extend ``base.html.j2``. Raises TemplateError.
    """
    css = stylesheet(load_profile(document.meta.profile), document.layout, "html", own=template)
    made = page(document, kind, css, template)
    if not _ours(kind, template) and (lost := first_lost(made, document.texts())):
        name = template or KIND_TEMPLATE
        raise TemplateError(say("render.template_leaves_out", path=name, excerpt=lost))
    return made.encode("utf-8")
