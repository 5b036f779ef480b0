"""The tags of a Word template: docxtpl's language, compiled once, fenced in, faults with a place.

docxtpl turns what stands in Word into Jinja (``patch_xml``); the rest of its way is not used: it
drops text that looks like a tag, loses control characters and cannot say where a template fails.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Template, meta, nodes, pass_context
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree
from markupsafe import Markup, escape

from vanban.catalogue import say
from vanban.render.docx_package import parse_xml
from vanban.render.sandbox import (
    Fence,
    ForbiddenError,
    NotTextError,
    RefusedError,
    Strict,
    UnknownFieldError,
    spend,
    why,
    word_environment,
)
from vanban.start import cache

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2.runtime import Context

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENER = re.compile(r"(\{\{|\{%|\{#)([-+]?)")
# docxtpl splits the run of a {{r ...}} tag and leaves an empty one on either side.
_EMPTY_RUN = re.compile(
    r"<w:r(?: [^>]*)?>(?:<w:rPr/>|<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
    r'<w:t(?: xml:space="preserve")?(?:/>|></w:t>)</w:r>'
)
_LEVEL = re.compile(r"^(?:tr|tc|p|r)\s+")


class TagError(Exception):
    """A tag of a template is at fault: message key, its arguments and the place in words."""

    def __init__(self, key: str, place: str, **details: Any) -> None:
        super().__init__(key)
        self.key = key
        self.place = place
        self.details = details


def inline(text: str) -> Markup:
    """Return a text for the inside of ``w:t``: escaped, line breaks and tabs as Word knows them."""
    return Markup(breaks(str(escape(text))))


def breaks(escaped: str) -> str:
    """Return an escaped text with its line breaks and tabs as Word knows them inside a run."""
    if "\r" in escaped:
        escaped = escaped.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in escaped or "\t" in escaped:
        opened = '<w:t xml:space="preserve">'
        escaped = escaped.replace("\n", f"</w:t><w:br/>{opened}")
        escaped = escaped.replace("\t", f"</w:t><w:tab/>{opened}")
    return escaped


@pass_context
def _finalize(_context: Context, value: Any) -> Any:
    """Return a value as Word takes it between its tags; only texts and numbers can be printed."""
    if isinstance(value, str):
        made = value if isinstance(value, Markup) else inline(value)
        spend(chars=len(made))
        return made
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, Strict):
        str(value)
    raise NotTextError


def environment() -> Fence:
    """Return the one Jinja environment of Word templates."""
    return word_environment(_finalize)


@dataclass(frozen=True, slots=True)
class _Tag:
    """One tag as it stands in Word, and where."""

    text: str
    place: str

    @property
    def key(self) -> str:
        return _key(self.text[2:-2])


def _key(inside: str) -> str:
    """Return what makes two spellings of a tag the same: no level letter, blanks, quote forms."""
    plain = _LEVEL.sub("", inside.strip().strip("-+").strip())
    return re.sub(r"[\s\"'“”‘’]|&#8216;|&lt;|&gt;|[<>]", "", plain)


def part_title(part: str) -> str:
    """Return the name of a part in words (the body, a header ...)."""
    name = part.rpartition("/")[2]
    for word in ("header", "footer", "footnotes", "endnotes"):
        if name.startswith(word):
            return say(f"docx.part.{word}", part=name)
    return say("docx.part.document")


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a paragraph as a person counts it in Word, from 1.

    ``paragraph`` counts those outside of tables; inside of one, table, row and cell are given.
    """

    part: str
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None

    @property
    def words(self) -> str:
        """Return the place in words."""
        title = part_title(self.part)
        if self.paragraph is not None:
            return say("docx.place.paragraph", part=title, paragraph=self.paragraph)
        return say("docx.place.cell", part=title, table=self.table, row=self.row, column=self.cell)


def spots(root: Any, part: str) -> Iterator[tuple[Any, Spot]]:
    """Yield every paragraph of a part with its place."""
    tables = {table: n for n, table in enumerate(root.iter(f"{W}tbl"), 1)}
    count = 0
    for paragraph in root.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is None:
            count += 1
            yield paragraph, Spot(part, count)
            continue
        row = next(cell.iterancestors(f"{W}tr"))
        table = next(cell.iterancestors(f"{W}tbl"))
        yield (
            paragraph,
            Spot(
                part,
                table=tables[table],
                row=list(table.iter(f"{W}tr")).index(row) + 1,
                cell=list(row.iterchildren(f"{W}tc")).index(cell) + 1,
            ),
        )


def text_of(paragraph: Any) -> str:
    """Return the text of a paragraph without that of a frame that hangs on it."""
    return "".join(
        node.text or ""
        for node in paragraph.iter(f"{W}t")
        if next(node.iterancestors(f"{W}p"), None) is paragraph
    )


def _tags(root: Any, part: str) -> list[_Tag]:
    found = []
    for paragraph, spot in spots(root, part):
        text = text_of(paragraph)
        if "{" not in text:
            continue
        place = spot.words
        rest = _TAG.sub("", text)
        for tag in _TAG.findall(text):
            found.append(_Tag(tag, place))
        opened = _OPENER.search(rest)
        if opened:  # begun and never ended: the place of most syntax errors
            found.append(_Tag(rest[opened.start() :][:60] + "  ", place))
    return found


def _patched(text: str) -> str:
    """Return the XML of a part with its tags as Jinja, from the cache when that knows this text."""
    made_by = find_spec("docxtpl")
    place = Path(made_by.origin or "").with_name("template.py") if made_by else None
    version = f"{place.stat().st_size:x}{place.stat().st_mtime_ns:x}" if place else ""
    name = f"word-{version}-{hashlib.sha256(text.encode()).hexdigest()}.xml"
    kept = cache.read(name)
    if kept is not None:
        with contextlib.suppress(UnicodeDecodeError):
            return kept.decode()
    from docxtpl import DocxTemplate  # with python-docx, dearer than all the rest of a start

    patched: str = DocxTemplate("").patch_xml(text)
    cache.write(name, patched.encode())
    return patched


class CompiledPart:
    """One part of a template, ready to be filled any number of times."""

    def __init__(self, part: str, data: bytes, known: frozenset[str]) -> None:
        """Compile a part; TagError when a tag is miswritten, forbidden or uses an unknown field."""
        self.part = part
        self.title = part_title(part)
        root = parse_xml(data, part)
        self._original = _tags(root, part)
        text = etree.tostring(root, encoding="unicode").replace("\n", " ")
        self.opening = text[: text.index(">") + 1]
        patched = _EMPTY_RUN.sub("", _patched(text) if "{" in text else text)
        # Each tag begins a line of its own (inside the tag, where it prints nothing): the line
        # number of any fault then is the number of the tag.
        self._source = _OPENER.sub(r"\1\2\n", patched)
        self._template = self._compile(known)

    def tree(self) -> Any:
        """Return the template as Jinja reads it, before anything is made to pay."""
        return environment().tree(self._source)

    @property
    def has_tags(self) -> bool:
        """True when there is anything to fill."""
        return bool(self._original)

    def _compile(self, known: frozenset[str]) -> Template:
        env = environment()
        try:
            tree = env.parse(self._source)
            self.fields = frozenset(meta.find_undeclared_variables(tree))
            unknown = self.fields - known
            for name in tree.find_all(nodes.Name):
                if name.name in unknown:
                    raise self._fault("docx.unknown_field", name.lineno, field=name.name)
            code = env.compile(tree)
        except ForbiddenError as error:
            raise self._fault("docx.forbidden", error.lineno, what=error.what) from error
        except TemplateSyntaxError as error:
            raise self._fault("docx.syntax", error.lineno, detail=why(error)) from error
        return Template.from_code(env, code, {})

    def _fault(self, key: str, line: int | None, **details: Any) -> TagError:
        tag = self._tag(line)
        if tag is None:
            place = say("docx.place.whole", part=self.title)
            return TagError(key, place, tag="{ }", **details)
        return TagError(key, tag.place, tag=tag.text.strip(), **details)

    def _tag(self, line: int | None) -> _Tag | None:
        """Return the tag as it stands in Word that begins line ``line`` of the source."""
        if line is None or line < 2:
            return None
        lines = self._source.split("\n")
        keys = [_key(re.split(r"\}\}|%\}|#\}", text)[0]) for text in lines[1:]]
        if line - 2 >= len(keys):
            return None
        wanted = keys[line - 2]
        nth = keys[: line - 1].count(wanted)
        same = [tag for tag in self._original if tag.key == wanted]
        if same:
            return same[min(nth, len(same)) - 1]
        open_ended = [tag for tag in self._original if tag.text.endswith("  ")]
        return open_ended[0] if open_ended else None

    def fill(self, context: Mapping[str, Any]) -> str:
        """Return the XML filled with ``context``; TagError when a tag fails."""
        template = self._template
        try:
            return "".join(template.root_render_func(template.new_context(dict(context))))
        except UnknownFieldError as error:
            line = self._line(error)
            raise self._fault("docx.unknown_field", line, field=error.field) from error
        except NotTextError as error:
            raise self._fault("docx.not_text", self._line(error)) from error
        except RefusedError as error:
            raise self._fault("docx.forbidden", self._line(error), what=error.what) from error
        except Exception as error:  # a template may fail in any way; none of them is our fault
            raise self._fault("docx.fails", self._line(error), detail=why(error)) from error

    def _line(self, error: BaseException) -> int | None:
        """Return the line of the template's source at which ``error`` arose."""
        line = None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_globals.get("__jinja_template__") is self._template:
                line = self._template.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return line
