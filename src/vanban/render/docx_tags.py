"""The tags of a Word template: docxtpl's language, compiled once, fenced in, faults with a place.

docxtpl turns what stands in Word into Jinja (``patch_xml``); the rest of its way is not used: it
drops text that looks like a tag, loses control characters and cannot say where a template fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, meta, nodes
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from vanban.catalogue import say
from vanban.render.docx_package import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# What a template may produce at most; a report of 200 pages has about five million characters.
MAX_OUTPUT_CHARS = 50_000_000
# A block, its rows and their cells make three; more loops inside each other only burn time.
MAX_LOOP_DEPTH = 4

_FILTERS = ("upper", "lower", "trim", "join", "length", "first", "last", "default", "replace")
_ALLOWED_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.List,
    nodes.Tuple,
    nodes.For,
    nodes.If,
    nodes.Assign,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Keyword,
    nodes.Test,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENER = re.compile(r"(\{\{|\{%|\{#)([-+]?)")
# docxtpl splits the run of a {{r ...}} tag and leaves an empty one on either side.
_EMPTY_RUN = re.compile(
    r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
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


class _UnknownFieldError(UndefinedError):
    """A field that does not exist was used."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class _NotTextError(TemplateError):
    """Something other than text was to be printed."""


class _Strict(StrictUndefined):
    """Every use of an unknown field fails, naming the field."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
        raise _UnknownFieldError(str(self._undefined_name))

    __iter__ = __str__ = __len__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = _fail_with_undefined_error
    __contains__ = _fail_with_undefined_error


def inline(text: str) -> Markup:
    """Return a text for the inside of ``w:t``: escaped, line breaks and tabs as Word knows them."""
    escaped = str(escape(text.replace("\r\n", "\n").replace("\r", "\n")))
    if "\n" in escaped or "\t" in escaped:
        opened = '<w:t xml:space="preserve">'
        escaped = escaped.replace("\n", f"</w:t><w:br/>{opened}")
        escaped = escaped.replace("\t", f"</w:t><w:tab/>{opened}")
    return Markup(escaped)


def _finalize(value: Any) -> Any:
    if isinstance(value, Markup | _Strict):
        return value
    if isinstance(value, str):
        return inline(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise _NotTextError(type(value).__name__)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the one Jinja environment of Word templates: no globals, few filters, escaping."""
    env = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=_Strict, finalize=_finalize, extensions=()
    )
    env.globals.clear()
    for name in [name for name in env.filters if name not in _FILTERS]:
        del env.filters[name]
    return env


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


def _places(root: Any, title: str) -> Iterator[tuple[Any, str]]:
    """Yield every paragraph with its place; numbers as a person counts them in Word."""
    tables = {table: n for n, table in enumerate(root.iter(f"{W}tbl"), 1)}
    count = 0
    for paragraph in root.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is None:
            count += 1
            yield paragraph, say("docx.place.paragraph", part=title, paragraph=count)
            continue
        row = next(cell.iterancestors(f"{W}tr"))
        table = next(cell.iterancestors(f"{W}tbl"))
        yield (
            paragraph,
            say(
                "docx.place.cell",
                part=title,
                table=tables[table],
                row=list(table.iter(f"{W}tr")).index(row) + 1,
                column=list(row.iterchildren(f"{W}tc")).index(cell) + 1,
            ),
        )


def _tags(root: Any, title: str) -> list[_Tag]:
    found = []
    for paragraph, place in _places(root, title):
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        if "{" not in text:
            continue
        rest = _TAG.sub("", text)
        for tag in _TAG.findall(text):
            found.append(_Tag(tag, place))
        opened = _OPENER.search(rest)
        if opened:  # begun and never ended: the place of most syntax errors
            found.append(_Tag(rest[opened.start() :][:60] + "  ", place))
    return found


class CompiledPart:
    """One part of a template, ready to be filled any number of times."""

    def __init__(self, part: str, data: bytes, known: frozenset[str]) -> None:
        """Compile a part; TagError when a tag is miswritten, forbidden or uses an unknown field."""
        self.part = part
        self.title = part_title(part)
        root = parse_xml(data, part)
        self._original = _tags(root, self.title)
        text = etree.tostring(root, encoding="unicode").replace("\n", " ")
        patched = DocxTemplate("").patch_xml(text) if "{" in text else text
        patched = _EMPTY_RUN.sub("", patched)
        # Each tag begins a line of its own (inside the tag, where it prints nothing): the line
        # number of any fault then is the number of the tag.
        self._source = _OPENER.sub(r"\1\2\n", patched)
        self._template = self._compile(known)

    @property
    def has_tags(self) -> bool:
        """True when there is anything to fill."""
        return bool(self._original)

    def _compile(self, known: frozenset[str]) -> Template:
        env = environment()
        try:
            tree = env.parse(self._source)
            self._check(tree, 0)
            unknown = meta.find_undeclared_variables(tree) - known
            for name in tree.find_all(nodes.Name):
                if name.name in unknown:
                    raise self._fault("docx.unknown_field", name.lineno, field=name.name)
            code = env.compile(tree)
        except TemplateSyntaxError as error:
            raise self._fault("docx.syntax", error.lineno, detail=error.message) from error
        return Template.from_code(env, code, {})

    def _check(self, node: nodes.Node, depth: int) -> None:
        if not isinstance(node, _ALLOWED_NODES):
            what = type(node).__name__.lower()
            raise self._fault("docx.forbidden", node.lineno, what=what)
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise self._fault("docx.forbidden", node.lineno, what=node.name)
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise self._fault("docx.forbidden", node.lineno, what=node.attr)
        if isinstance(node, nodes.For):
            depth += 1
            if depth > MAX_LOOP_DEPTH or node.recursive:
                raise self._fault("docx.forbidden", node.lineno, what="for")
        for child in node.iter_child_nodes():
            self._check(child, depth)

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
        pieces: list[str] = []
        size = 0
        template = self._template
        try:
            for piece in template.root_render_func(template.new_context(dict(context))):
                pieces.append(piece)
                size += len(piece)
                if size > MAX_OUTPUT_CHARS:
                    raise TagError(
                        "docx.endless",
                        say("docx.place.whole", part=self.title),
                        limit=MAX_OUTPUT_CHARS // 1_000_000,
                    )
        except _UnknownFieldError as error:
            line = self._line(error)
            raise self._fault("docx.unknown_field", line, field=error.field) from error
        except _NotTextError as error:
            raise self._fault("docx.not_text", self._line(error)) from error
        except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
            raise self._fault("docx.fails", self._line(error), detail=str(error)) from error
        return "".join(pieces)

    def _line(self, error: BaseException) -> int | None:
        """Return the line of the template's source at which ``error`` arose."""
        line = None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_globals.get("__jinja_template__") is self._template:
                line = self._template.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return line
