"""Finds everything that is wrong with an office's templates, each with its place.

First every tag by itself (``template_tags``), then what the file must not bring along, then what
never appears; and when nothing is wrong so far, the examples of the kind are filled in to prove
that every text arrives.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateNotFound, TemplateSyntaxError

from vanban.catalogue import say
from vanban.doors import files, markup
from vanban.errors import TemplateError, VanbanError
from vanban.render import css, html, reach, sandbox
from vanban.render.template_fields import page_fields, style_fields
from vanban.render.template_tags import (
    ERROR,
    WARNING,
    Fault,
    Looker,
    Piece,
    Place,
    Tag,
    pieces,
)
from vanban.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vanban.compose.document import Document
    from vanban.kinds import Kind
    from vanban.render.sandbox import Fence
    from vanban.render.template_fields import Shape

WORD_ENDING, PAGE_ENDINGS = ".docx", (".j2", ".jinja", ".jinja2", ".html", ".htm")
MAX_TRIALS = 3
MAX_PARENTS = 5
_EXCERPT = 60
_STRUCTURE = frozenset({"open", "never_closed", "crossed", "closes_nothing", "command"})
_STRUCTURE_MEANT = _STRUCTURE | {"command_meant", "no_if", "too_big"}


@dataclass(frozen=True)
class Checked:
    """What was looked at, and everything wrong with it in the order of files and places."""

    files: tuple[str, ...]
    faults: tuple[Fault, ...]

    def count(self, severity: str) -> int:
        """Return how many faults have a severity."""
        return sum(1 for fault in self.faults if fault.severity == severity)


def check(path: Path, kind: Kind, profile: str | None = None) -> Checked:
    """Return what is wrong with a template, or with every template in a folder.

    ``profile`` is that of the trial, else the one that a Word template's name says, else that of
    each example. Raises TemplateError when there is no template or it cannot be read.
    """
    found = templates_in(path)
    faults: list[Fault] = []
    names = {item.name for item in found}
    for item in found:
        if item.suffix.lower() == WORD_ENDING:
            from vanban.render.template_word import check_word

            faults += check_word(item, kind, profile)
        elif item.name.endswith((".css.j2", ".css")):
            faults += _check_style(item, kind)
        else:
            # What only lends its blocks to another template is tried out with that one.
            whole = item.name != html.BASE_TEMPLATE or html.KIND_TEMPLATE not in names
            faults += _check_page(item, kind, profile, whole=whole)
    return Checked(tuple(map(str, found)), tuple(faults))


def templates_in(path: Path) -> list[Path]:
    """Return the template at ``path`` or the templates in the folder there."""
    try:
        if not path.is_dir():
            if not path.exists():
                raise TemplateError(say("template.check_missing", path=path))
            if path.suffix.lower() not in (WORD_ENDING, *PAGE_ENDINGS):
                raise TemplateError(say("export.template_ending", template=path))
            return [path]
        found = sorted(
            item
            for item in path.iterdir()
            if item.name.lower().endswith((WORD_ENDING, ".j2"))
            and not item.name.startswith((".", "~$"))
        )
    except (OSError, ValueError) as error:
        raise TemplateError(say("template.check_missing", path=path)) from error
    if not found:
        raise TemplateError(say("template.check_none", path=path))
    return found


# --- pages and style sheets ---------------------------------------------------------------------


class _Text:
    """A text file and the places in it."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        try:
            data = files.read(path, 4 * sandbox.MAX_SOURCE_CHARS)
            self.source = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise TemplateError(say("template.check_not_text", path=path)) from error
        except (OSError, ValueError) as error:
            raise TemplateError(say("template.check_missing", path=path)) from error
        self._starts = [0, *(found.end() for found in re.finditer("\n", self.source))]

    def place(self, offset: int) -> Place:
        line = bisect.bisect_right(self._starts, offset)
        return self.at(line, offset - self._starts[line - 1] + 1)

    def at(self, line: int, column: int = 1) -> Place:
        words = say("template.place", line=line, column=column)
        return Place(self.name, words, line=line, column=column)

    def too_big(self) -> bool:
        tags = self.source.count("{{") + self.source.count("{%")
        return len(self.source) > sandbox.MAX_SOURCE_CHARS or tags > sandbox.MAX_TAGS

    def blanked(self) -> str:
        """Return the text with every tag replaced by as many harmless characters."""
        held = list(self.source)
        for piece in pieces(self.source):
            for at in range(piece.start, piece.end):
                if held[at] != "\n":
                    held[at] = "#" if at == piece.start else " "
        return "".join(held)


def _look(
    text: _Text, fence: Fence, names: dict[str, Shape], extra: Iterable[str]
) -> tuple[list[Fault], list[tuple[Piece, Tag]]]:
    """Return the faults of the tags of a text, and the tags themselves."""
    if text.too_big():
        return [Fault("too_big", text.at(1))], []
    found = [(p, Tag(p.opener, p.inside.strip(), text.place(p.start), ended=p.ended))
             for p in pieces(text.source)]  # fmt: skip
    looker = Looker(fence, names, extra=extra)
    looker.look(tag for _piece, tag in found)
    if not looker.faults:
        try:
            fence.parse(text.source)
        except TemplateSyntaxError as error:
            looker.faults.append(
                Fault("whole", text.at(error.lineno), details=(("detail", sandbox.why(error)),))
            )
    return looker.faults, found


def _check_style(path: Path, kind: Kind) -> list[Fault]:
    text = _Text(path)
    fence = sandbox.environment(path.parent, autoescape=False)
    faults, _tags = _look(text, fence, style_fields(), ())
    for what, at in reach.style_reaches(text.blanked()):
        faults.append(Fault("reaches", text.place(at), details=(("what", _short(what)),)))
    if not _errors(faults):
        for document in trials(kind, None)[:1]:
            from vanban.compose.profile import load_profile

            try:
                css.stylesheet(
                    load_profile(document.meta.profile), document.layout, "html", own=path
                )
            except TemplateError as error:
                faults.append(_failed(text, error, path))
    return _in_order(faults)


def _check_page(path: Path, kind: Kind, profile: str | None, *, whole: bool) -> list[Fault]:
    text = _Text(path)
    fence = sandbox.environment(path.parent, kind.templates)
    lent, blocks, parent = _inherited(fence, text.source)
    faults, tags = _look(text, fence, page_fields(), lent)
    if parent:
        faults += _lost_blocks([tag for _piece, tag in tags], blocks, parent)
    faults += [
        Fault("reaches", text.at(line, column), details=(("what", _short(what)),))
        for what, line, column in reach.reaches(text.blanked())
    ]
    if whole:
        broken = {fault.place for fault in faults if fault.severity == ERROR}
        if not broken:
            faults += _trial(text, path, path, kind, profile, faults)
        elif all(fault.code not in _STRUCTURE_MEANT for fault in faults):
            faults += _mended_trial(text, path, kind, profile, tags, faults)
    return _in_order(faults)


def _inherited(fence: Fence, source: str) -> tuple[set[str], set[str], str]:
    """Return the names and blocks that a template gets from those it extends, and the first's."""
    names: set[str] = set()
    blocks: set[str] = set()
    first = ""
    for _ in range(MAX_PARENTS):
        named = re.search(r"\{%[-+]?\s*extends\s+(?:\"([^\"]+)\"|'([^']+)')", source)
        if named is None or fence.loader is None:
            break
        parent = named.group(1) or named.group(2)
        first = first or parent
        try:
            source, _file, _same = fence.loader.get_source(fence, parent)
        except (TemplateNotFound, TemplateSyntaxError, OSError, ValueError):
            break
        for piece in pieces(source):
            words = piece.inside.split()
            if piece.opener == "{%" and len(words) > 1:
                name = re.split(r"\W", words[1])[0]
                if words[0] in {"macro", "set"}:
                    names.add(name)
                elif words[0] == "block":
                    blocks.add(name)
    return names, blocks, first


def _lost_blocks(tags: list[Tag], blocks: set[str], parent: str) -> Iterator[Fault]:
    """Yield the blocks that no template above has: what stands in them is never printed."""
    depth = 0
    for tag in tags:
        if tag.word == "block":
            name = [*tag.inside.split(), "", ""][1]
            if depth == 0 and blocks and name not in blocks:
                meant = nearest(name, sorted(blocks)) or ", ".join(sorted(blocks))
                details = (("name", name), ("parent", parent), ("meant", meant))
                yield Fault("block", tag.place, WARNING, tag.text, details)
            depth += 1
        elif tag.word == "endblock":
            depth -= 1


# --- trying out ---------------------------------------------------------------------------------


def trials(kind: Kind, profile: str | None) -> list[Document]:
    """Return the examples of a kind as Documents, the longest first.

    Those that cannot be composed are left out; a kind without examples is tried out with nothing.
    """
    from vanban.compose.composer import compose
    from vanban.compose.profile import choose_profile
    from vanban.read.reader import read_path

    found = []
    for path in sorted(kind.examples.glob("*.yaml")):
        draft = read_path(str(path))
        if not draft.readable or draft.kind != kind.name:
            continue
        try:
            layout = choose_profile(draft.data, profile)
            found.append(compose(draft, layout, kind=kind))
        except VanbanError:
            continue
    found.sort(key=lambda document: -sum(map(len, document.texts())))
    return found[:MAX_TRIALS]


def _trial(
    text: _Text,
    path: Path,
    used: Path,
    kind: Kind,
    profile: str | None,
    known: list[Fault],
) -> list[Fault]:
    """Fill a page with the examples: return what fails or does not arrive."""
    found: dict[str, Fault] = {}
    for document in trials(kind, profile):
        try:
            page = html.filled(document, kind, "", used)
        except TemplateError as error:
            found.setdefault("", _failed(text, error, path))
            break
        if page.count("<") > html.tags_allowed(document) or markup.refused(page):
            found.setdefault("<", Fault("crowded", Place(text.name)))
        if not any(fault.code == "reaches" for fault in known):  # the tags may have made some
            for what, _line, _column in reach.reaches(page):
                found.setdefault(
                    what, Fault("reaches", Place(text.name), details=(("what", _short(what)),))
                )
        arrived = "".join(reach.texts(page).split())
        for name, value in named_texts(document):
            if "".join(value.split()) not in arrived:
                details = (("field", name), ("excerpt", _short(value)))
                found.setdefault(name, Fault("leaves_out", Place(text.name), details=details))
    return list(found.values())


def _failed(text: _Text, error: TemplateError, path: Path) -> Fault:
    cause = error.__cause__ or error
    name, line = sandbox.where(cause, str(path))
    details = (("detail", sandbox.why(cause)),)
    if name == str(path):
        return Fault("fails", text.at(line), details=details)
    words = say("template.place", line=line, column=1)
    return Fault("fails", Place(name, words, line=line, column=1), details=details)


def _mended_trial(
    text: _Text,
    path: Path,
    kind: Kind,
    profile: str | None,
    tags: list[tuple[Piece, Tag]],
    faults: list[Fault],
) -> list[Fault]:
    """Try a page out with its faulty tags taken out, so that what never appears is told too."""
    wrong = {fault.place for fault in faults if fault.severity == ERROR}
    held, at = [], 0
    for piece, tag in tags:
        if tag.place in wrong and tag.ended:
            mended = _mended(tag)
            if mended is None:
                return []
            held += [text.source[at : piece.start], mended]
            at = piece.end
    held.append(text.source[at:])
    with tempfile.TemporaryDirectory(prefix="vanban-") as folder:
        copy = Path(folder, path.name)
        for name in (html.BASE_TEMPLATE, css.TEMPLATE):
            beside = path.parent / name
            if beside.is_file() and not beside.is_symlink():
                Path(folder, name).write_bytes(files.read(beside, 4 * sandbox.MAX_SOURCE_CHARS))
        copy.write_text("".join(held), "utf-8")
        found = _trial(text, copy, copy, kind, profile, faults)
    return [fault for fault in found if fault.code == "leaves_out"]


def _mended(tag: Tag) -> str | None:
    """Return what may stand in place of a faulty tag, None when nothing may."""
    if tag.opener == "{{":
        return ""
    if tag.word in {"if", "elif"}:
        return f"{{% {tag.word} true %}}"
    if tag.word == "for":
        target = re.match(r"for\s+([\w\s,]+?)\s+in\b", tag.inside)
        return f"{{% for {target.group(1)} in [] %}}" if target else None
    named = re.match(r"set\s+(\w+)\s*=", tag.inside)
    if named:
        return f"{{% set {named.group(1)} = '' %}}"
    return "" if tag.word == "include" else None


def named_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield every text on the pages with the name of the field that holds it."""
    wanted = set(document.texts())
    for name in ("header", "contact", "title", "body", "recipients", "signature", "appendices",
                 "copy"):  # fmt: skip
        for path, value in _texts_in(getattr(document, name, None), f"document.{name}"):
            if value in wanted:
                yield path, value


def _texts_in(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple | list):
        for item in value:
            yield from _texts_in(item, path)
    elif dataclasses.is_dataclass(value):
        text = getattr(value, "text", None)
        if isinstance(text, str) and text:
            yield path, text
            return
        for held in dataclasses.fields(value):
            inner = getattr(value, held.name)
            if held.name == "caption" and inner:
                yield f"{path}.caption", inner
            elif not isinstance(inner, str):
                yield from _texts_in(inner, f"{path}.{held.name}")


def _errors(faults: Iterable[Fault]) -> bool:
    return any(fault.severity == ERROR for fault in faults)


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda f: (f.place.line or 0, f.place.column or 0, f.code))


def _short(text: str, limit: int = _EXCERPT) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else f"{plain[:limit]}…"
