"""The Document as one self-contained HTML page; the PDF is made from the same page."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from vanban import resources
from vanban._version import __version__
from vanban.catalogue import say
from vanban.compose.profile import load_profile
from vanban.errors import TemplateError
from vanban.render.css import SINGLE_SPACING, number, stylesheet
from vanban.render.pages import evener, taller, turned
from vanban.render.reach import first_lost, first_reach, reaches_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jinja2 import Environment, Template
    from jinja2.runtime import Context

    from vanban.compose.document import Block, Document, Line
    from vanban.kinds import Kind

KIND_TEMPLATE = "document.html.j2"
"""Name of a kind's own template, in the folder of its templates."""

BASE_TEMPLATE = "base.html.j2"
"""The general page: what ``document.html.j2`` extends, and what a kind without one gets."""

MAX_PAGE_CHARS = 20_000_000
"""What a template may produce at most; a report of 200 pages has about one million characters."""


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


@cache
def environment(folder: Path | None = None, *, autoescape: bool = True) -> Environment:
    """Return the sandboxed template environment.

    Templates come from ``folder`` (those of a kind) and from vanban's own and from nowhere else;
    a name that is not defined is an error.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Fenced(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            # 'x' * 9999999999 and 9 ** 9 ** 9 would eat memory and time.
            if operator == "**" or not all(isinstance(n, int | float) for n in (left, right)):
                raise SecurityError(operator)
            return left * right

    own = resources.data_root() / "templates"
    made = Fenced(
        loader=FileSystemLoader([own] if folder is None else [folder, own]),
        autoescape=autoescape,
        undefined=StrictUndefined,
        keep_trailing_newline=False,
    )
    made.filters["so"] = number
    return made


def _template(kind: Kind, own: Path | None) -> tuple[Template, str]:
    """Return the compiled template and the path to name in messages."""
    env = environment(kind.templates)
    if own is None:
        given = kind.templates / KIND_TEMPLATE
        name = KIND_TEMPLATE if given.is_file() else BASE_TEMPLATE
        return env.get_template(name), name
    try:
        source = own.read_text("utf-8-sig")
    except FileNotFoundError:
        raise TemplateError(say("render.template_missing", path=own)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(
            say("render.template_broken", path=own, line=1, detail=error)
        ) from error
    return env.from_string(source), str(own)


def _where(error: BaseException, name: str) -> tuple[str, int]:
    """Return the template and the line at which rendering stopped (line 1 when unknown)."""
    place = (name, 1)
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            file = trace.tb_frame.f_code.co_filename
            place = (name if file == "<template>" else file, trace.tb_lineno)
        trace = trace.tb_next
    return place


def page(document: Document, kind: Kind, css: str, template: Path | None = None) -> str:
    """Return the HTML of a document; ``css`` is put into its head unless it is empty.

    Raises TemplateError, with the line, when the template is missing, broken, uses what does not
    exist or what the sandbox forbids.
    """
    from jinja2 import TemplateSyntaxError
    from jinja2.exceptions import SecurityError

    profile = load_profile(document.meta.profile)
    values: dict[str, Any] = {
        "document": document,
        "sheets": sheets(document),
        "css": _as_style(css),
        "single": SINGLE_SPACING,
        "generator": f"vanban {__version__}",
        "even": evener(profile, document.layout),
        "tall": taller(profile),
    }
    name = str(template or KIND_TEMPLATE)
    try:
        compiled, name = _template(kind, template)
        made = _bounded(compiled.generate(values), name)
    except TemplateSyntaxError as error:
        raise TemplateError(
            say(
                "render.template_broken",
                path=error.filename or name,
                line=error.lineno,
                detail=error.message,
            )
        ) from error
    except TemplateError:
        raise
    except SecurityError as error:
        raise TemplateError(say("render.template_refused", path=name, detail=error)) from error
    except Exception as error:  # a template may fail in any way; none of them is a fault of ours
        path, line = _where(error, name)
        raise TemplateError(
            say("render.template_broken", path=path, line=line, detail=error)
        ) from error
    if not _ours(kind, template) and (reach := first_reach(made)):
        raise reaches_out(name, reach)
    return made


def _bounded(pieces: Iterable[str], name: str) -> str:
    """Return the pieces as one text; TemplateError when there is no end to them."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > MAX_PAGE_CHARS or len(held) > MAX_PAGE_CHARS:
            limit = MAX_PAGE_CHARS // 1_000_000
            raise TemplateError(say("render.template_endless", path=name, limit=limit))
    return "".join(held)


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
    css = stylesheet(load_profile(document.meta.profile), document.layout, "html")
    made = page(document, kind, css, template)
    if not _ours(kind, template) and (lost := first_lost(made, document.texts())):
        name = template or KIND_TEMPLATE
        raise TemplateError(say("render.template_leaves_out", path=name, excerpt=lost))
    return made.encode("utf-8")
