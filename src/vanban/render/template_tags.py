"""Looks through the tags of a template one by one, so that one fault never hides the next.

Jinja stops at the first mistake and knows nothing of our fields. Here each tag is parsed by
itself; what is open is kept on a stack, and the names that loops and assignments bring are
followed through the fields, so that a misspelt field is found with what was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from vanban.catalogue import say
from vanban.render.sandbox import FILTERS, TESTS, attributes, forbidden, why
from vanban.render.template_fields import ANY, VALUE, Shape
from vanban.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vanban.render.sandbox import Fence

ERROR, WARNING = "error", "warning"
_EXCERPT = 70

_OPEN = re.compile(r"\{\{|\{%|\{#")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_STRAY = re.compile(r"\}\}|%\}|#\}")
_LEVEL = re.compile(r"(tr|tc|p|r)\s+(?=\S)")
_WORD = re.compile(r"\w+")

_BLOCKS = ("for", "if", "block", "macro", "with", "call", "filter", "autoescape", "raw")
_SINGLE = ("extends", "include", "import", "from", "set")
_MIDDLE = ("elif", "else")
_KNOWN = (*_BLOCKS, *_SINGLE, *_MIDDLE, *(f"end{name}" for name in (*_BLOCKS, "set")))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line and column in a text file; part, paragraph, cell in Word."""

    file: str
    words: str = ""
    line: int | None = None
    column: int | None = None
    part: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a template: its message is ``template.check.<code>``."""

    code: str
    place: Place
    severity: str = ERROR
    tag: str = ""
    details: tuple[tuple[str, Any], ...] = ()

    @property
    def message(self) -> str:
        """Return the sentence for the user."""
        return say(f"template.check.{self.code}", tag=self.tag, **dict(self.details))


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: ``opener`` says what it is, ``inside`` what it says, ``level`` docxtpl's letter.

    ``home`` is what holds it at its level (a cell, a table, a row): a tag and its end must have
    the same. ``ended`` is False when its end is missing.
    """

    opener: str
    inside: str
    place: Place
    level: str = ""
    home: Any = None
    ended: bool = True

    @property
    def text(self) -> str:
        """Return the tag as a person reads it."""
        level = f"{self.level} " if self.level else " "
        end = f" {_CLOSE[self.opener]}" if self.ended else ""
        whole = f"{self.opener}{level}{' '.join(self.inside.split())}"
        return (whole if len(whole) <= _EXCERPT else f"{whole[:_EXCERPT]}…") + end

    @property
    def word(self) -> str:
        """Return the command of a tag of control."""
        found = _WORD.match(self.inside)
        return found.group() if self.opener == "{%" and found else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag as it was found in a text, and where it begins and ends there."""

    opener: str
    inside: str
    start: int
    end: int
    ended: bool


def pieces(text: str) -> Iterator[Piece]:
    """Yield the tags of a text; one that does not end reaches to the next tag or the end."""
    at = 0
    raw = False
    while found := _OPEN.search(text, at):
        opener = found.group()
        end = _end(text, found.end(), opener)
        if end is None:
            following = _OPEN.search(text, found.end())
            stop = following.start() if following else len(text)
            if not raw:
                yield Piece(opener, text[found.end() : stop], found.start(), stop, False)
            at = stop
            continue
        at = end + 2
        inside = text[found.end() : end].removeprefix("-").removeprefix("+")
        inside = inside.removesuffix("-").removesuffix("+")
        word = inside.strip()
        if opener == "{%" and word in {"raw", "endraw"}:
            raw = word == "raw"
        if not raw or word == "raw":
            yield Piece(opener, inside, found.start(), at, True)


def _end(text: str, start: int, opener: str) -> int | None:
    """Return where a tag's end stands; quoted texts hide it, another tag's beginning does not."""
    close = _CLOSE[opener]
    if opener == "{#":
        at = text.find(close, start)
        return None if at < 0 else at
    at = start
    while at < len(text):
        if text.startswith(close, at):
            return at
        if text.startswith(("{{", "{%"), at):
            return None
        quoted = _QUOTED.match(text, at) if text[at] in "'\"" else None
        at = quoted.end() if quoted else at + 1
    return None


def strays(text: str) -> Iterator[tuple[int, str]]:
    """Yield the ends of tags that nothing begins: offset and characters."""
    blank = list(text)
    for piece in pieces(text):
        blank[piece.start : piece.end] = " " * (piece.end - piece.start)
    for found in _STRAY.finditer("".join(blank)):
        yield found.start(), found.group()


def split_level(inside: str) -> tuple[str, str]:
    """Return docxtpl's level (``p``, ``tr``, ``tc``, ``r`` or none) and the rest of a tag."""
    found = _LEVEL.match(inside)
    return (found.group(1), inside[found.end() :]) if found else ("", inside.strip())


@dataclass(slots=True)
class _Frame:
    """Something that is open: its tag, and the names that hold inside of it."""

    word: str
    tag: Tag | None
    names: dict[str, Shape] = field(default_factory=dict)


class Looker:
    """Goes through the tags of one part of a template and notes what is wrong.

    ``faults`` are the findings, ``used`` the paths of the fields that are printed.
    """

    def __init__(self, fence: Fence, names: dict[str, Shape], *, extra: Iterable[str] = ()) -> None:
        self.fence = fence
        self.calls = nodes.Call in fence.language.constructs
        known = {**names, **dict.fromkeys(extra, ANY)}
        if self.calls:
            known["range"] = ANY
        self.frames = [_Frame("", None, known)]
        self.faults: list[Fault] = []
        self.used: set[str] = set()
        self._tag: Tag | None = None
        self._prints = False

    def _note(self, code: str, tag: Tag, severity: str = ERROR, **details: Any) -> None:
        fault = Fault(code, tag.place, severity, tag.text, tuple(details.items()))
        if fault not in self.faults:
            self.faults.append(fault)

    def look(self, tags: Iterable[Tag]) -> None:
        """Go through all tags of a part."""
        held = [tag for tag in tags if tag.opener != "{#" or not tag.ended]
        for tag in held:  # a macro may be called before the place where it stands
            named = re.match(r"macro\s+(\w+)", tag.inside)
            if self.calls and tag.opener == "{%" and named:
                self.frames[0].names[named.group(1)] = ANY
        for tag in held:
            self._tag = tag
            if not tag.ended:
                self._note("open", tag)
            elif tag.opener == "{{":
                self._print(tag)
            else:
                self._control(tag)
        for frame in self.frames[1:]:
            if frame.tag is not None:
                self._note("never_closed", frame.tag, end=f"end{frame.word}")
        del self.frames[1:]

    # --- tags ------------------------------------------------------------------------------

    def _parsed(self, source: str, tag: Tag) -> nodes.Template | None:
        try:
            tree = self.fence.tree(source)
        except TemplateSyntaxError as error:
            self._note("syntax", tag, detail=why(error))
            return None
        found = list(forbidden(tree, self.fence.language))
        for item in found:
            self._refuse(tag, item.sort, item.what)
        # A construct that is not allowed says enough: its names need not be known besides.
        return None if any(item.sort not in {"filter", "test"} for item in found) else tree

    def _refuse(self, tag: Tag, sort: str, what: str) -> None:
        if sort in {"filter", "test"}:
            known = FILTERS if sort == "filter" else TESTS
            meant = nearest(what, known)
            all_of = ", ".join(sorted(known))
            if meant:
                self._note(f"{sort}_meant", tag, name=what, meant=meant)
            else:
                self._note(sort, tag, name=what, known=all_of)
        else:
            self._note("forbidden", tag, what=what)

    def _print(self, tag: Tag) -> None:
        tree = self._parsed(f"{{{{ {tag.inside} }}}}", tag)
        if tree is None:
            return
        self._prints = True
        for output in tree.find_all(nodes.Output):
            for node in output.nodes:
                shape = self._shape(node)
                if shape.fields or shape.item is not None:
                    self._note("not_text", tag)
        self._prints = False

    def _control(self, tag: Tag) -> None:
        word = tag.word
        if word.startswith("end") and word in _KNOWN:
            self._close(tag, word.removeprefix("end"))
        elif word in _MIDDLE:
            self._middle(tag, word)
        elif word == "set" and "=" not in _QUOTED.sub("", tag.inside):
            self._open(tag, "set")
        elif word in _BLOCKS:
            self._open(tag, word)
        elif word in _SINGLE:
            tree = self._parsed(f"{{% {tag.inside} %}}", tag)
            if tree is not None:
                self._bind_single(tree)
        else:
            meant = nearest(word, _KNOWN) if word else None
            if meant:
                self._note("command_meant", tag, name=word, meant=meant)
            else:
                self._note("command", tag, name=word or tag.inside.strip())

    def _open(self, tag: Tag, word: str) -> None:
        frame = _Frame(word, tag)
        if word == "raw":
            self.frames.append(frame)
            return
        inner = "{% endraw %}" if word == "raw" else f"{{% end{word} %}}"
        tree = self._parsed(f"{{% {tag.inside} %}}{inner}", tag)
        if tree is not None:
            self._bind_block(tree, frame)
        elif word == "for":  # its names are unknown, which is not the fault of the tags inside
            target = re.match(r"for\s+([\w\s,]+?)\s+in\b", tag.inside)
            for name in re.findall(r"\w+", target.group(1)) if target else ():
                frame.names[name] = ANY
            frame.names["loop"] = ANY
        self.frames.append(frame)
        loops = sum(1 for held in self.frames if held.word == "for")
        if word == "for" and loops > self.fence.language.max_loop_depth:
            self._note("loops", tag, limit=self.fence.language.max_loop_depth)

    def _middle(self, tag: Tag, word: str) -> None:
        top = self.frames[-1]
        if top.word not in ({"if", "for"} if word == "else" else {"if"}):
            self._note("no_if", tag)
        elif top.tag is not None:
            self._same_home(top.tag, tag)
        if word == "elif":
            tree = self._parsed(f"{{% {tag.inside[2:]} %}}{{% endif %}}", tag)
            if tree is not None:
                for node in tree.find_all(nodes.If):
                    self._shape(node.test)
        elif tag.inside.strip() != "else":
            self._note("syntax", tag, detail=say("template.syntax.else"))

    def _close(self, tag: Tag, word: str) -> None:
        rest = tag.inside.strip()[len(word) + 3 :].strip()
        if rest and word != "block" and word != "macro":
            self._note("syntax", tag, detail=say("template.syntax.there", what=rest))
        open_words = [frame.word for frame in self.frames]
        if word not in open_words[1:]:
            self._note("closes_nothing", tag)
            return
        while (frame := self.frames.pop()).word != word:
            if frame.tag is not None:
                self._note(
                    "crossed", frame.tag, other=tag.text, where=tag.place.words,
                    end=f"end{frame.word}",
                )  # fmt: skip
        if frame.tag is not None:
            self._same_home(frame.tag, tag)

    def _same_home(self, begun: Tag, ended: Tag) -> None:
        if begun.level != ended.level:
            self._note("levels", ended, other=begun.text, where=begun.place.words)
        elif begun.home is not ended.home:
            self._note("homes", ended, other=begun.text, where=begun.place.words)

    # --- names -----------------------------------------------------------------------------

    def _names(self) -> dict[str, Shape]:
        found: dict[str, Shape] = {}
        for frame in self.frames:
            found |= frame.names
        return found

    def _set(self, target: nodes.Node, shape: Shape) -> dict[str, Shape]:
        if isinstance(target, nodes.Name):
            return {target.name: shape}
        return {node.name: ANY for node in target.find_all(nodes.Name)}

    def _home_of_names(self) -> dict[str, Shape]:
        """Return the names of the frame that an assignment binds in: a condition is none."""
        return next(f for f in reversed(self.frames) if f.word not in {"if", "set"}).names

    def _bind_single(self, tree: nodes.Template) -> None:
        for node in tree.body:
            if isinstance(node, nodes.Assign):
                shape = self._shape(node.node)
                self._home_of_names().update(self._set(node.target, shape))
            elif isinstance(node, nodes.Import):
                self._home_of_names()[node.target] = ANY
            elif isinstance(node, nodes.FromImport):
                for name in node.names:
                    self._home_of_names()[name if isinstance(name, str) else name[1]] = ANY

    def _bind_block(self, tree: nodes.Template, frame: _Frame) -> None:
        for node in tree.body:
            if isinstance(node, nodes.For):
                shape = self._shape(node.iter)
                item = shape.item
                if item is None and shape.known and self._tag is not None:
                    self._note("not_list", self._tag)
                frame.names |= self._set(node.target, item or ANY)
                loop = ("index", "index0", "revindex", "revindex0", "first", "last", "length")
                around = {**dict.fromkeys(loop, VALUE), "cycle": ANY}
                frame.names["loop"] = Shape("loop", {**around, "previtem": ANY, "nextitem": ANY})
                if node.test is not None:
                    self.frames.append(frame)
                    self._shape(node.test)
                    self.frames.pop()
            elif isinstance(node, nodes.If):
                self._shape(node.test)
            elif isinstance(node, nodes.Macro):
                for default in node.defaults:
                    self._shape(default)
                frame.names |= {arg.name: ANY for arg in node.args}
                frame.names |= dict.fromkeys(("varargs", "kwargs", "caller"), ANY)
            elif isinstance(node, nodes.Block):
                frame.names |= dict.fromkeys(("super", "self"), ANY)
            elif isinstance(node, nodes.With):
                for target, value in zip(node.targets, node.values, strict=True):
                    frame.names |= self._set(target, self._shape(value))
            elif isinstance(node, nodes.AssignBlock):
                self._home_of_names().update(self._set(node.target, VALUE))
            elif isinstance(node, nodes.CallBlock):
                self._shape(node.call)

    def _shape(self, node: nodes.Node, *, asked: bool = False) -> Shape:
        """Return what an expression holds, noting the fields that do not exist.

        ``asked`` when the template only asks whether there is such a field.
        """
        if isinstance(node, nodes.Name):
            return self._named(node.name, asked=asked)
        if isinstance(node, nodes.Getattr):
            return self._member(self._shape(node.node), node.attr, asked=asked)
        if isinstance(node, nodes.Getitem):
            return self._item(node, asked=asked)
        if isinstance(node, nodes.Filter) and node.node is not None:
            asks = node.name in {"default", "d"}
            shape = self._shape(node.node, asked=asks)
            for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
                self._shape(argument)
            if node.name in {"first", "last"}:
                return shape.item or ANY
            return shape if asks else VALUE
        if isinstance(node, nodes.Test):
            self._shape(node.node, asked=node.name in {"defined", "undefined"})
            return VALUE
        if isinstance(node, nodes.Add):
            left, right = self._shape(node.left), self._shape(node.right)
            return left if left.item is not None else right
        if isinstance(node, nodes.List | nodes.Tuple):
            shapes = [self._shape(item) for item in node.items]
            return Shape("", {}, shapes[0] if len(shapes) == 1 else ANY)
        if isinstance(node, nodes.CondExpr):
            self._shape(node.test)
            one = self._shape(node.expr1)
            other = VALUE if node.expr2 is None else self._shape(node.expr2)
            return one if one.leaf and other.leaf else ANY
        for child in node.iter_child_nodes():
            self._shape(child)
        return ANY if isinstance(node, nodes.Call) else VALUE

    def _named(self, name: str, *, asked: bool) -> Shape:
        names = self._names()
        shape = names.get(name)
        if shape is None:
            if not asked:
                self._unknown(name, names)
            return ANY
        self._use(shape)
        return shape

    def _member(self, shape: Shape, name: str, *, asked: bool) -> Shape:
        if not shape.known or name.startswith("_"):  # what begins so is noted as forbidden
            return ANY
        if name in shape.fields:
            self._use(shape.fields[name])
            return shape.fields[name]
        if shape.leaf and self.calls and name in attributes(str):
            return ANY
        if not asked:
            of_text = attributes(str) if shape.leaf and self.calls else ()
            self._unknown(name, shape.fields or of_text, shape)
        return ANY

    def _item(self, node: nodes.Getitem, *, asked: bool) -> Shape:
        shape = self._shape(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(shape, node.arg.value, asked=asked)
        self._shape(node.arg)
        if isinstance(node.arg, nodes.Slice):
            return shape
        return (shape.item or ANY) if not shape.leaf else VALUE

    def _use(self, shape: Shape) -> None:
        if self._prints and shape.path:
            self.used.add(shape.path)

    def _unknown(self, name: str, known: Iterable[str], owner: Shape | None = None) -> None:
        if self._tag is None:
            return
        meant = nearest(name, sorted(known))
        if owner is not None and owner.item is not None:
            self._note("field_of_list", self._tag, field=name)
        elif meant:
            self._note("field_meant", self._tag, field=name, meant=meant)
        elif known and owner is not None:
            self._note("field_known", self._tag, field=name, known=", ".join(sorted(known)))
        else:
            self._note("field", self._tag, field=name)
