"""The fence around every template: one Jinja environment for pages and for the tags of Word.

A template comes from an office, perhaps by mail: it is code of a stranger. It may read the fields
of the document, choose, loop and print; it reaches no file, no network and no inside of Python,
and what it may spend (steps, characters, seconds) is bounded. Three fences stand one behind the
other: what a template may *say* (the constructs, filters and tests listed here, looked at before
anything runs), what it may *touch* (attributes by type, an allow-list), what it may *spend*
(``Budget``; loops and pieces of text are rewritten so that each pays).
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import stat
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError, TemplateSyntaxError
from jinja2.exceptions import UndefinedError as JinjaUndefinedError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from vanban import resources
from vanban.catalogue import say
from vanban.doors import files
from vanban.errors import TemplateError
from vanban.render.css import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from vanban.compose.document import Document

MAX_SOURCE_CHARS = 2_000_000
"""Of one template; ours have five thousand, a picture held in the page some hundred thousand."""

MAX_WORD_CHARS = 8_000_000
"""Of one part of a Word template; ours have sixty thousand."""

MAX_TAGS = 5_000
MAX_NODES, MAX_DEPTH = 50_000, 60
"""Of the parsed template; ours have about a thousand, eighteen deep."""

MAX_RANGE = 10_000
MAX_ITEMS = 100_000
"""Of a list put together by ``+``."""

MAX_NUMBER = 10**12
MAX_DECIMALS = 6
CALL_STEPS, LOAD_STEPS = 2, 100
"""What each call of a macro costs, and each template called by another."""


# --- what a template may spend ------------------------------------------------------------------


class SpentError(TemplateRuntimeError):
    """A template has used up its budget; ``key`` and ``details`` name the message."""

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(say(key, **details))
        self.key = key
        self.details = details


@dataclass(slots=True)
class Budget:
    """What is left to a template while it is filled once.

    ``steps`` are turns of loops and calls, ``chars`` characters printed (those of a macro pay
    again where its result is printed), ``seconds`` a stretch of the monotonic clock.
    """

    steps: int
    chars: int
    seconds: float
    ends: float = 0.0
    steps_given: int = 0
    chars_given: int = 0

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.seconds
        self.steps_given, self.chars_given = self.steps, self.chars

    @classmethod
    def for_document(cls, document: Document) -> Budget:
        """Return the budget for filling a template with a document: it grows with its texts.

        Many times what our own templates need, and for a report of the usual size never more than
        two seconds: a template that only burns time ends within them.
        """
        sizes = [len(text) for text in document.texts()]
        count, chars = len(sizes), sum(sizes)
        return cls(
            steps=300_000 + 200 * count,
            chars=4_000_000 + 4_000 * count + 20 * chars,
            seconds=0.8 + 0.0005 * count,
        )

    def spend(self, steps: int, chars: int) -> None:
        """Pay; raises SpentError when nothing is left."""
        self.steps -= steps
        self.chars -= chars
        if self.steps < 0:
            raise SpentError("template.too_many_steps", limit=self.steps_given)
        if self.chars < 0:
            raise SpentError("template.too_much", limit=max(self.chars_given // 1_000_000, 1))
        if time.monotonic() > self.ends:
            raise SpentError("template.too_long", seconds=f"{self.seconds:.0f}")


_budget: ContextVar[Budget | None] = ContextVar("vanban_template_budget", default=None)


@contextmanager
def spending(budget: Budget) -> Iterator[None]:
    """Let every template that is filled inside the block pay from ``budget``."""
    token = _budget.set(budget)
    try:
        yield
    finally:
        _budget.reset(token)


def spend(steps: int = 0, chars: int = 0) -> None:
    """Pay from the budget in force; outside of ``spending`` nothing is counted."""
    budget = _budget.get()
    if budget is not None:
        budget.spend(steps, chars)


class _Counted:
    """An iterable each of whose items costs a step."""

    def __init__(self, items: Any) -> None:
        self._items = items

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            spend(steps=1)
            yield item

    def __len__(self) -> int:
        return len(self._items)


@pass_context  # a filter that asks for the context is never worked out while compiling
def _counted(_context: Context, items: Any) -> Any:
    if isinstance(items, Undefined | str):  # an unknown field, or letters one by one: no list
        return iter(items) if isinstance(items, Undefined) else refuse("for")
    return _Counted(items)


@pass_context
def _pay(_context: Context, chars: int) -> Markup:
    spend(chars=chars)
    return Markup()


def where(error: BaseException, name: str) -> tuple[str, int]:
    """Return the template and the line at which it stopped; ``name`` is that of the first one."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or name, error.lineno
    place = (name, 1)
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            file = trace.tb_frame.f_code.co_filename
            place = (name if file == "<template>" else file, trace.tb_lineno)
        trace = trace.tb_next
    return place


def broken(error: BaseException, name: str) -> TemplateError:
    """Return the error for the user: a template failed, with its place."""
    path, line = where(error, name)
    return TemplateError(say("render.template_broken", path=path, line=line, detail=why(error)))


def why(error: BaseException) -> str:
    """Return in words why a template failed."""
    if isinstance(error, RecursionError):
        return say("template.too_deep")
    if isinstance(error, MemoryError):
        return say("template.too_big")
    if isinstance(error, TemplateNotFound):
        return say("template.not_found", name=error.name)
    if isinstance(error, TemplateSyntaxError):
        return syntax_words(error.message or "")
    if isinstance(error, ZeroDivisionError):
        return say("template.syntax.division")
    return " ".join(str(error).split()) or type(error).__name__


_SYNTAX = (
    ("tag", re.compile(r"(?:Encountered unknown tag|Unknown tag) '(?P<what>[^']*)'")),
    ("open", re.compile(r"unexpected '?end of template|Unexpected end of template|Missing end")),
    ("instead", re.compile(r"expected token '(?P<wanted>[^']*)', got '(?P<what>.*)'$")),
    ("char", re.compile(r"unexpected char (?P<what>'.*?') at")),
    ("there", re.compile(r"unexpected '(?P<what>.*)'")),
)


def syntax_words(message: str) -> str:
    """Return jinja's message about a syntax error in the user's language where we know it."""
    for key, pattern in _SYNTAX:
        if found := pattern.search(message):
            return say(f"template.syntax.{key}", **found.groupdict())
    return message


# --- what a template may say --------------------------------------------------------------------


class RefusedError(SecurityError):
    """A template reached for something that it may not have; ``what`` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(say("template.refused", what=what))
        self.what = what


class ForbiddenError(TemplateSyntaxError):
    """A template uses what is not allowed; ``what`` names it, ``lineno`` is its line."""

    def __init__(self, what: str, line: int, name: str | None, filename: str | None) -> None:
        super().__init__(say("template.refused", what=what), line, name, filename)
        self.what = what


class UnknownFieldError(JinjaUndefinedError):
    """A field that does not exist was used."""

    def __init__(self, field: str) -> None:
        super().__init__(say("template.unknown_field", field=field))
        self.field = field


class NotTextError(TemplateRuntimeError):
    """Something other than text was to be printed."""

    def __init__(self) -> None:
        super().__init__(say("template.not_text"))


def refuse(what: str) -> NoReturn:
    """Raise RefusedError."""
    raise RefusedError(what)


class Strict(StrictUndefined):
    """Every use of an unknown field fails, naming the field."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
        raise UnknownFieldError(str(self._undefined_name))

    __iter__ = __str__ = __len__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = _fail_with_undefined_error
    __contains__ = __getitem__ = __call__ = _fail_with_undefined_error


_PLAIN = (
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
_PAGE = (
    nodes.AssignBlock,
    nodes.Block,
    nodes.Call,
    nodes.Div,
    nodes.Extends,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Macro,
    nodes.Mul,
    nodes.Neg,
    nodes.Slice,
    nodes.With,
)
_WORDS: dict[type[nodes.Node], str] = {
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from … import",
    nodes.AssignBlock: "set … endset",
    nodes.Scope: "autoescape",
    nodes.NSRef: "set a.b",
    nodes.Dict: "{ : }",
    nodes.Slice: "[ : ]",
    nodes.Mul: "*",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Mod: "%",
    nodes.Pow: "**",
    nodes.Neg: "-",
    nodes.Pos: "+",
}
_TEMPLATE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.j2")


@dataclass(frozen=True)
class Language:
    """What templates of one sort may say: their constructs, and how deep loops may nest."""

    constructs: tuple[type[nodes.Node], ...]
    max_loop_depth: int


PAGE_LANGUAGE = Language(_PLAIN + _PAGE, max_loop_depth=8)
# A block, its rows and their cells make three; more loops inside each other only burn time.
WORD_LANGUAGE = Language(_PLAIN, max_loop_depth=4)


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One thing that a template may not say: what, in which line, and how it went wrong.

    ``sort`` is ``construct``, ``filter``, ``test`` or ``name`` (of an attribute).
    """

    what: str
    line: int
    sort: str = "construct"


def forbidden(tree: nodes.Node, language: Language) -> Iterator[Forbidden]:
    """Yield everything in a parsed template that is not allowed, in the order it is written."""
    held: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    count = 0
    while held:
        node, loops, depth = held.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            yield Forbidden(say("template.too_big"), node.lineno or 1, "size")
            return
        if isinstance(node, nodes.For):
            loops += 1
        yield from _forbidden_here(node, loops, language)
        held.extend((child, loops, depth + 1) for child in reversed([*node.iter_child_nodes()]))


def _forbidden_here(node: nodes.Node, loops: int, language: Language) -> Iterator[Forbidden]:
    line = node.lineno or 1
    if isinstance(node, nodes.ScopedEvalContextModifier | nodes.Pair):
        return  # what they stand in has been named
    if not isinstance(node, language.constructs):
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name | nodes.Getattr):
            called = node.node.name if isinstance(node.node, nodes.Name) else node.node.attr
            yield Forbidden(f"{called}(…)", line)
        else:
            yield Forbidden(_WORDS.get(type(node), type(node).__name__.lower()), line)
    elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
        yield Forbidden(node.name, line, "filter")
    elif isinstance(node, nodes.Filter) and not _takes(FILTERS[node.name], node):
        yield Forbidden(f"{node.name}(…)", line, "arguments")
    elif isinstance(node, nodes.Test) and node.name not in TESTS:
        yield Forbidden(node.name, line, "test")
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        yield Forbidden(node.attr, line, "name")
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        if isinstance(node.arg.value, str) and node.arg.value.startswith("_"):
            yield Forbidden(node.arg.value, line, "name")
    elif isinstance(node, nodes.Const) and isinstance(node.value, int | float):
        if abs(node.value) > MAX_NUMBER:
            yield Forbidden(f"> {MAX_NUMBER}", line)
    elif isinstance(node, nodes.For) and (node.recursive or loops > language.max_loop_depth):
        yield Forbidden("for", line)
    elif isinstance(node, nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends):
        named = node.template
        name = named.value if isinstance(named, nodes.Const) else None
        if not (isinstance(name, str) and _TEMPLATE_NAME.fullmatch(name)):
            word = _WORDS.get(type(node), type(node).__name__.lower())
            yield Forbidden(f"{word} {name if isinstance(name, str) else '…'}", line)
    elif isinstance(node, nodes.Call) and (node.dyn_args or node.dyn_kwargs):
        yield Forbidden("*, **", line)


def _takes(function: Callable[..., Any], node: nodes.Filter) -> bool:
    """Tell whether a filter takes the arguments that it is given."""
    names = {str(keyword.key) for keyword in node.kwargs}
    given: list[None] = [None] * (len(node.args) + 1 + hasattr(function, "jinja_pass_arg"))
    try:
        inspect.signature(function).bind(*given, **dict.fromkeys(names))
    except TypeError:
        return False
    return not (node.dyn_args or node.dyn_kwargs)


class _Rewriter(NodeTransformer):
    """Lets loops, macros and joined texts pay, and comparisons look at plain values only."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment

    def _filter(self, name: str, node: nodes.Node | None, line: int, *args: Any) -> nodes.Filter:
        made = nodes.Filter(node, name, list(args), [], None, None, lineno=line)
        return made.set_environment(self.environment)  # type: ignore[return-value]

    def _paying(self, body: list[nodes.Node], line: int) -> list[nodes.Node]:
        cost = sum(map(_fixed_chars, body))
        if not cost:
            return body
        price = nodes.Const(cost, lineno=line).set_environment(self.environment)
        toll = nodes.Output([self._filter("_pay", price, line)], lineno=line)
        return [toll.set_environment(self.environment), *body]

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 (the name jinja calls)
        self.generic_visit(node)
        node.iter = self._filter("_counted", node.iter, node.lineno)
        node.body = self._paying(node.body, node.lineno)
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.body = self._paying(node.body, node.lineno)
        return node

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.body = self._paying(node.body, node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        first, *rest = node.nodes
        return self._filter("_concat", first, node.lineno, *rest)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = self._filter("_plain", node.expr, node.lineno)
        for operand in node.ops:
            inside = operand.op in {"in", "notin"}
            operand.expr = self._filter("_flat" if inside else "_plain", operand.expr, node.lineno)
        return node


def _fixed_chars(node: nodes.Node) -> int:
    """Return the characters that stand in a node outside of inner loops, macros and blocks."""
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    if isinstance(node, nodes.For | nodes.Macro | nodes.Block):
        return 0
    return sum(map(_fixed_chars, node.iter_child_nodes()))


# --- what a template may touch ------------------------------------------------------------------


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT_METHODS = _names(
    "upper lower capitalize title strip lstrip rstrip startswith endswith removeprefix "
    "removesuffix isdigit isupper islower"
)
METHODS = ("texts", "lines")
"""What may be called of a Document and its parts: every text, or line, in reading order."""

_ATTRIBUTES: tuple[tuple[type, frozenset[str]], ...] = (
    (str, _TEXT_METHODS),
    (dict, frozenset({"items", "keys", "values"})),
    (
        LoopContext,
        _names("index index0 revindex revindex0 first last length previtem nextitem cycle"),
    ),
    (BlockReference, frozenset({"super"})),
)


@lru_cache(maxsize=256)
def attributes(kind: Any) -> frozenset[str]:
    """Return the attributes of a type that a template may use."""
    if dataclasses.is_dataclass(kind):
        fields = {field.name for field in dataclasses.fields(kind)}
        shown = {name for name in dir(kind) if isinstance(getattr(kind, name, None), property)}
        called = {name for name in METHODS if hasattr(kind, name)}
        return frozenset(n for n in fields | shown | called if not n.startswith("_"))
    return next((names for base, names in _ATTRIBUTES if issubclass(kind, base)), frozenset())


def _look(environment: Environment, thing: Any, name: str) -> Any:
    """Return an attribute or an item of ``thing`` by name, Strict when there is none."""
    if name.startswith("_"):
        refuse(name)
    if isinstance(thing, Undefined):
        return getattr(thing, name)  # fails, naming what is unknown
    if isinstance(thing, dict) and name in thing:
        return thing[name]
    if name in attributes(type(thing)):  # type: ignore[arg-type]
        return getattr(thing, name)
    if dataclasses.is_dataclass(thing) or isinstance(thing, dict | list | tuple | Context):
        if hasattr(type(thing), name):
            refuse(name)
        return environment.undefined(obj=thing, name=name)
    exported = getattr(thing, "__dict__", {}) if type(thing).__name__ == "TemplateModule" else {}
    if name in exported:
        return exported[name]
    if thing is None or isinstance(thing, int | float) or not hasattr(type(thing), name):
        return environment.undefined(obj=thing, name=name)
    return refuse(name)


# --- filters and tests: all there are -----------------------------------------------------------


def _scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | Undefined)


def _plain(value: Any) -> Any:
    return value if _scalar(value) else refuse("==")


def _flat(value: Any) -> Any:
    if isinstance(value, str | Undefined):
        return value
    if isinstance(value, dict):
        return list(value)
    if not isinstance(value, list | tuple | range):
        refuse("in")
    spend(chars=len(value))
    return value if all(map(_scalar, value)) else refuse("in")


def _text(value: Any) -> str:
    """Return a value as text; only texts and numbers have one."""
    if isinstance(value, str):
        return value
    if isinstance(value, Undefined):
        return str(value)  # fails unless it is the empty end of an "if" without "else"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise NotTextError


@pass_context
def _concat(context: Context, first: Any, *rest: Any) -> str:
    parts = [_text(part) for part in (first, *rest)]
    spend(chars=sum(map(len, parts)))
    if context.eval_ctx.autoescape:
        return Markup().join(escape(part) for part in parts)
    return "".join(parts)


@pass_context
def _join(context: Context, items: Any, between: str = "") -> str:
    if isinstance(items, Undefined):
        str(items)
    parts = [_text(item) for item in _Counted(items)]
    spend(chars=sum(map(len, parts)) + len(parts) * len(_text(between)))
    if context.eval_ctx.autoescape:
        return escape(between).join(escape(part) for part in parts)
    return str(between).join(parts)


def _replace(text: Any, old: str, new: str) -> str:
    whole, old, new = _text(text), _text(old), _text(new)
    spend(chars=len(whole) + whole.count(old) * len(new))
    return whole.replace(old, new)


def _length(items: Any) -> int:
    if isinstance(items, Undefined):
        str(items)
    return len(items)


def _first(items: Any) -> Any:
    return items[0] if len(items) else Strict(name="first")


def _last(items: Any) -> Any:
    return items[-1] if len(items) else Strict(name="last")


def _default(value: Any, other: Any = "", empty_too: bool = False) -> Any:
    return other if isinstance(value, Undefined) or (empty_too and not value) else value


def _number(value: Any) -> Any:
    if isinstance(value, Undefined):
        str(value)
    if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > MAX_NUMBER:
        refuse(type(value).__name__)
    return value


def _min(items: Any) -> Any:
    return min(_number(item) for item in _Counted(items))


def _max(items: Any) -> Any:
    return max(_number(item) for item in _Counted(items))


def _round(value: Any, decimals: int = 0) -> Any:
    return round(_number(value), max(0, min(MAX_DECIMALS, int(_number(decimals)))))


def _of_text(method: str) -> Callable[[Any], str]:
    def work(value: Any) -> str:
        text = value if isinstance(value, str) else _text(value)
        spend(chars=len(text))
        return getattr(text, method)()  # type: ignore[no-any-return]

    return work


FILTERS: dict[str, Callable[..., Any]] = {
    "upper": _of_text("upper"),
    "lower": _of_text("lower"),
    "capitalize": _of_text("capitalize"),
    "trim": _of_text("strip"),
    "join": _join,
    "replace": _replace,
    "length": _length,
    "count": _length,
    "first": _first,
    "last": _last,
    "default": _default,
    "d": _default,
    "min": _min,
    "max": _max,
    "abs": lambda value: abs(_number(value)),
    "round": _round,
    "so": lambda value: number(_number(value)),
    "e": lambda value: escape(_text(value)),
    "escape": lambda value: escape(_text(value)),
}
"""Every filter there is, by name."""

TESTS: dict[str, Callable[..., bool]] = {
    "defined": lambda value: not isinstance(value, Undefined),
    "undefined": lambda value: isinstance(value, Undefined),
    "none": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float),
    "even": lambda value: _number(value) % 2 == 0,
    "odd": lambda value: _number(value) % 2 == 1,
}
"""Every test there is, by name."""

_INNER = {
    "_counted": _counted,
    "_pay": _pay,
    "_concat": _concat,
    "_plain": _plain,
    "_flat": _flat,
}


def _range(*bounds: int) -> range:
    found = range(*(int(_number(bound)) for bound in bounds))
    return found if len(found) <= MAX_RANGE else refuse(f"range > {MAX_RANGE}")


@pass_context
def _printed(_context: Context, value: Any) -> Any:
    """Return what is printed on a page: text, numbers and nothing else."""
    if isinstance(value, str):
        spend(chars=len(value))
        return value
    return _text(value)


def paying(function: Callable[..., Any], max_chars: int) -> Callable[..., Any]:
    """Return a function of ours as templates may call it: each call pays, long texts are refused.

    ``max_chars`` bounds every text it is given, since its work may grow with them.
    """

    def call(*args: Any) -> Any:
        chars = max((len(arg) for arg in args if isinstance(arg, str)), default=0)
        if chars > max_chars:
            refuse(f"> {max_chars}")
        spend(steps=1, chars=chars)
        return function(*args)

    return call


# --- the environment ----------------------------------------------------------------------------


class _Shelf(BaseLoader):
    """Templates out of given folders by their bare name: regular files that lie in the folder."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = [folder.resolve() for folder in folders]

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if _TEMPLATE_NAME.fullmatch(template):
            for folder in self.folders:
                path = folder / template
                try:
                    held = path.lstat()
                except OSError:
                    continue
                if not stat.S_ISREG(held.st_mode):  # a link could lead anywhere
                    continue
                return read_source(path), str(path), _unchanged(path, held.st_mtime_ns)
        raise TemplateNotFound(template)


def _unchanged(path: Path, stamp: int) -> Callable[[], bool]:
    def same() -> bool:
        try:
            return path.lstat().st_mtime_ns == stamp
        except OSError:
            return False

    return same


def read_source(path: Path) -> str:
    """Return the text of a template, read no further than the budget.

    Raises OSError, ValueError (no UTF-8), and TemplateSyntaxError when it is too long or holds what
    no text holds.
    """
    data = files.read(path, 4 * MAX_SOURCE_CHARS)
    text = data.decode("utf-8-sig")
    if "\0" in text:
        raise TemplateSyntaxError(say("template.no_text"), 1, path.name, str(path))
    if len(text) > MAX_SOURCE_CHARS:
        raise TemplateSyntaxError(say("template.too_big"), 1, path.name, str(path))
    return text


class Fence(ImmutableSandboxedEnvironment):
    """The environment: nothing is in it but what stands in this module."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"-", "+"})

    def __init__(self, language: Language, **options: Any) -> None:
        super().__init__(extensions=(), optimized=False, undefined=Strict, **options)
        self.language = language
        self.globals.clear()
        self.filters = {**FILTERS, **_INNER}
        self.tests = dict(TESTS)
        if nodes.Call in language.constructs:
            self.globals["range"] = _range

    def tree(self, source: str, name: str | None = None, file: str | None = None) -> nodes.Template:
        """Return a template parsed and neither looked at nor changed.

        Raises TemplateSyntaxError; too large and too deep are that too.
        """
        limit = MAX_SOURCE_CHARS if self.language is PAGE_LANGUAGE else MAX_WORD_CHARS
        if len(source) > limit or source.count("{{") + source.count("{%") > MAX_TAGS:
            raise TemplateSyntaxError(say("template.too_big"), 1, name, file)
        try:
            return super()._parse(source, name, file)
        except RecursionError:
            raise TemplateSyntaxError(say("template.too_deep"), 1, name, file) from None
        except ValueError as error:  # a number of thousands of digits
            raise TemplateSyntaxError(say("template.too_big"), 1, name, file) from error

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = self.tree(source, name, filename)
        for fault in forbidden(tree, self.language):
            if fault.sort == "size":
                raise TemplateSyntaxError(fault.what, fault.line, name, filename)
            raise ForbiddenError(fault.what, fault.line, name, filename)
        _Rewriter(self).visit(tree)
        return tree

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        """Return a template as code; what Python itself cannot take is an error of syntax."""
        try:
            return super().compile(source, *args, **kwargs)
        except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
            raise TemplateSyntaxError(say("template.too_deep"), 1) from error

    def _load_template(self, name: str, globals: Any) -> Any:
        spend(steps=LOAD_STEPS)
        return super()._load_template(name, globals)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute that templates may use."""
        return _look(self, obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a list or a text, or a field by its name."""
        if isinstance(argument, Undefined):
            str(argument)
        if isinstance(argument, str):
            return _look(self, obj, str(argument))
        if isinstance(obj, Undefined):
            return obj[argument]
        if not isinstance(obj, list | tuple | str | range | dict):
            refuse("[ ]")
        try:
            return obj[argument]
        except LookupError:
            return self.undefined(obj=obj, name=argument)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a macro or a function that templates may call: nothing else can be reached."""
        spend(steps=CALL_STEPS)
        if isinstance(__obj, type | LoopContext):
            refuse("( )")
        if not isinstance(__obj, Macro | Undefined) and not all(k.startswith("_") for k in kwargs):
            refuse("=")
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers of a decent size; ``+`` also puts lists and texts together."""
        if operator == "+" and not isinstance(left, int | float):
            return _added(left, right)
        if operator not in {"+", "-", "*", "/"}:
            refuse(operator)
        one, two = _number(left), _number(right)
        if operator == "/":
            return one / two
        return one * two if operator == "*" else one + (two if operator == "+" else -two)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Turn the sign of a number."""
        return -_number(arg) if operator == "-" else _number(arg)


def _added(left: Any, right: Any) -> Any:
    for side in (left, right):
        if isinstance(side, Undefined):
            str(side)
    if isinstance(left, str) and isinstance(right, str):
        spend(chars=len(left) + len(right))
        return left + right
    if type(left) is type(right) and isinstance(left, list | tuple):
        if len(left) + len(right) > MAX_ITEMS:
            refuse("+")
        spend(chars=len(left) + len(right))
        return left + right
    raise TypeError(f"{type(left).__name__} + {type(right).__name__}")


@lru_cache(maxsize=16)
def environment(*folders: Path, autoescape: bool = True) -> Fence:
    """Return the environment of pages (HTML) and, without ``autoescape``, of style sheets.

    Templates come from ``folders``, the first first, then from vanban's own, and from nowhere
    else; a name that is not defined is an error.
    """
    own = resources.data_root() / "templates"
    return Fence(
        PAGE_LANGUAGE,
        loader=_Shelf([*folders, own]),
        autoescape=autoescape,
        finalize=_printed,
    )


@cache
def word_environment(finalize: Callable[..., Any]) -> Fence:
    """Return the environment of the tags in Word; ``finalize`` makes Word's text of a value."""
    return Fence(WORD_LANGUAGE, autoescape=True, finalize=finalize)
