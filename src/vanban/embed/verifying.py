"""Does what stands on the pages of a file say what its data says?

The file is read again, the data in it composed again with the choices in it, and the two texts are
held against each other. Layout is not compared: fonts, breaks and spaces belong to the program that
shows the file.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.catalogue import say
from vanban.doors import DoorError
from vanban.embed import carrier as carriers
from vanban.embed.compare import Change, Difference, Unit, compare, cut
from vanban.embed.expected import (
    NotComposableError,
    changed_since,
    informed,
    recompose,
    units,
)
from vanban.embed.payload import PayloadError, file_digest, fold, template_bytes, text_digest
from vanban.errors import EmbedError, VanbanError
from vanban.seal import Origin

if TYPE_CHECKING:
    from vanban.compose.document import Document
    from vanban.embed.carrier import Carrier
    from vanban.embed.payload import Payload
    from vanban.embed.pdf_pages import Page
    from vanban.kinds import Kind

# A text of fewer characters may stand anywhere by chance.
_SURE = 4
# What only a template may put on a page besides text.
_DRAWN = ("picture", "shape", "drawing")


class Status(StrEnum):
    """The answer for one file."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NO_DATA = "no-data"
    BAD_DATA = "bad-data"
    CANNOT_RECOMPOSE = "cannot-recompose"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


_EXIT = {Status.AGREES: 0, Status.DIFFERS: 1, Status.NO_DATA: 1, Status.BAD_DATA: 1}
_EXIT_OTHER = 3


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing that is no difference; ``verify.note.<key>`` is its message."""

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)


class Verification(NamedTuple):
    """What came of holding the pages of a file against its data.

    ``path`` as given; ``format`` is ``docx``, ``pdf``, ``html`` or None; ``payload`` what the file
    carries (None: nothing that can be used); ``seal`` whether the file is still as it was written;
    ``reason`` says in one sentence why there is no better answer.
    """

    path: str
    status: Status
    format: str | None = None
    payload: Payload | None = None
    seal: Origin = Origin.FOREIGN
    differences: tuple[Difference, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: str | None = None

    @property
    def ok(self) -> bool:
        """True when the pages say what the data says."""
        return self.status is Status.AGREES

    @property
    def exit_code(self) -> int:
        """Return the code with which the command ends for this file: 0, 1 or 3."""
        return _EXIT.get(self.status, _EXIT_OTHER)


def verify(
    path: str | os.PathLike[str],
    templates: Sequence[str | os.PathLike[str]] = (),
) -> Verification:
    """Hold the pages of a file against the data in it; see ``vanban.verify``.

    ``templates`` are an office's own, files or folders of them; the one whose content the file
    names is used. Raises EmbedError for a template that cannot be read, never for what the file
    holds.
    """
    offered = _offered(templates)
    name = os.fspath(path)
    try:
        carrier = carriers.read(name)
    except EmbedError as error:
        return Verification(name, Status.UNREADABLE, reason=str(error))
    try:
        return _Verifier(carrier, offered).run()
    except DoorError as error:
        reason = say("embed.unreadable", path=name, reason=carriers.reason_of(error))
        return Verification(name, Status.UNREADABLE, carrier.format, reason=reason)


def check_templates(templates: Sequence[str | os.PathLike[str]]) -> None:
    """Make sure that templates can be read; raises EmbedError for the first that cannot."""
    _offered(templates)


def _offered(templates: Sequence[str | os.PathLike[str]]) -> list[_Template]:
    """Return the templates named; a folder stands for all in it that an export may take."""
    from vanban.exporting import is_folder

    made = []
    for path in map(Path, templates):
        inside = [path]
        if is_folder(path):
            inside = [*sorted(path.glob("document.*.docx")), *path.glob("document.html.j2")]
            if not inside:
                raise EmbedError(say("template.check_none", path=path))
        made += [_Template(one) for one in inside]
    return made


class _Template:
    """A template of an office's own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            data = template_bytes(path)
        except (OSError, ValueError) as error:
            reason = carriers.why(error)
            raise EmbedError(say("embed.unreadable", path=path, reason=reason)) from error
        self.sha256 = file_digest(data)


@dataclass(slots=True)
class _Read:
    """What was found on the pages: differences, and the hash of the text as it stands there."""

    differences: list[Difference]
    text_sha256: str | None


class _Verifier:
    """One file."""

    def __init__(self, carrier: Carrier, offered: Sequence[_Template]) -> None:
        self.carrier = carrier
        self.offered = offered
        self.seal = carrier.origin
        self.notes: list[Note] = []
        self.template: Path | None = None

    def run(self) -> Verification:
        """Return the answer; raises DoorError when the file cannot be opened."""
        name = self.carrier.path
        try:
            payload = self.carrier.payload()
        except PayloadError as error:
            reason = say(f"embed.{error.key}", **error.details)
            status = Status.CANNOT_RECOMPOSE if error.key == "newer" else Status.BAD_DATA
            return self._answer(status, reason=say("embed.bad_data", path=name, reason=reason))
        if payload is None:
            if not self.carrier.ours():
                return self._answer(Status.FOREIGN, reason=say("embed.foreign", path=name))
            reason = say(f"embed.{carriers.why_empty(self.carrier)}", path=name)
            return self._answer(Status.NO_DATA, reason=reason)
        draft = carriers.draft_from(payload, name)
        try:
            document, kind = recompose(draft, payload)
        except NotComposableError as error:
            reason = say(f"verify.reason.{error.key}", **error.details)
            return self._answer(Status.CANNOT_RECOMPOSE, payload, reason=reason)
        whole = self._choose_template(payload)
        try:
            found = self._read(payload, document, kind, whole=whole)
        except (VanbanError, DoorError) as error:
            if isinstance(error, DoorError):
                raise
            reason = say("verify.reason.not_made", reason=error)
            return self._answer(Status.CANNOT_RECOMPOSE, payload, reason=reason)
        return self._weigh(payload, document, kind, found)

    def _answer(
        self,
        status: Status,
        payload: Payload | None = None,
        differences: Sequence[Difference] = (),
        reason: str | None = None,
    ) -> Verification:
        return Verification(
            self.carrier.path,
            status,
            self.carrier.format,
            payload,
            self.seal,
            tuple(differences),
            tuple(self.notes),
            reason,
        )

    def _choose_template(self, payload: Payload) -> bool:
        """Find the office's template; return whether the whole page can be made again."""
        if payload.template_sha256 is None:
            return True
        for one in self.offered:
            if one.sha256 == payload.template_sha256:
                self.template = one.path
                return True
        key = "other_template" if self.offered else "no_template"
        self.notes.append(Note(key, {"sha256": payload.template_sha256[:12]}))
        return False

    def _weigh(
        self, payload: Payload, document: Document, kind: Kind, found: _Read
    ) -> Verification:
        """Say what the differences mean, given who made the file and with what."""
        changed = changed_since(payload, kind)
        composed_alike = text_digest(document.texts()) == payload.text_sha256
        as_exported = self.seal is Origin.OURS or found.text_sha256 == payload.text_sha256
        if changed:
            self.notes.append(
                Note("other_version", {"version": payload.vanban, "what": _named(changed)})
            )
        if not composed_alike and not changed:
            self.notes.append(Note("data_altered"))
        if not found.differences:
            if self.seal is not Origin.OURS:
                self.notes.append(Note("saved_again"))
            return self._answer(Status.AGREES, payload)
        if composed_alike or not changed:
            return self._answer(Status.DIFFERS, payload, found.differences)
        self.notes.append(Note("as_exported" if as_exported else "not_as_exported"))
        reason = say("verify.reason.other_words", version=payload.vanban)
        return self._answer(Status.CANNOT_RECOMPOSE, payload, found.differences, reason)

    # --- formats --------------------------------------------------------------------------------

    def _read(self, payload: Payload, document: Document, kind: Kind, *, whole: bool) -> _Read:
        if self.carrier.format == carriers.DOCX:
            return self._docx(payload, document, kind, whole=whole)
        return self._pdf(payload, document, kind, whole=whole)

    def _docx(self, payload: Payload, document: Document, kind: Kind, *, whole: bool) -> _Read:
        from vanban.embed import docx_pages
        from vanban.render.docx_package import Package

        found = docx_pages.read(Package.read(self.carrier.data))
        if found.tracked:
            self.notes.append(Note("tracked"))
        digest = text_digest(unit.text for unit in found.body)
        if not whole:
            texts = [*found.body, *found.around]
            return _Read(_lacking(units(document), texts), digest)
        from vanban.render.docx import render_docx

        again = docx_pages.read(Package.read(render_docx(document, kind, self.template)))
        told = compare(informed(again.body, document), found.body)
        told += _around(again.around, found.around)
        for lost in sorted(again.watermarks - found.watermarks):
            told.append(Difference(Change.MISSING, lost, None, Unit(lost, part="watermark")))
        for new in sorted(found.watermarks - again.watermarks):
            told.append(Difference(Change.ADDED, None, new, Unit(new, part="watermark")))
        known = {fold(text) for text in again.hidden}
        for text in found.hidden:
            if fold(text) not in known:
                told.append(Difference(Change.HIDDEN, None, text, Unit(text)))
        for part, what in found.things - again.things:
            thing = say(f"verify.thing.{what}")
            told.append(Difference(Change.FOREIGN, None, thing, Unit(thing, part=part)))
        numbered = {fold(unit.text) for unit in again.numbered}
        for unit in found.numbered:
            if fold(unit.text) not in numbered:
                told.append(Difference(Change.FOREIGN, None, say("verify.thing.number"), unit))
        return _Read(told, digest)

    def _pdf(self, payload: Payload, document: Document, kind: Kind, *, whole: bool) -> _Read:
        from vanban.compose.profile import load_profile
        from vanban.embed import furniture, in_pdf, pdf_pages

        pages = pdf_pages.read(self.carrier.data)
        again: list[Page] = []
        if whole and (self.template is not None or _has_page_of_its_own(kind)):
            from vanban.render.pdf import render_pdf_pages

            again = pdf_pages.read(render_pdf_pages(document, kind, self.template).data)
        told = _strange(pages, again, self.notes, strict=whole)
        if in_pdf.has_layers(self.carrier.data):
            what = say("verify.thing.layer")
            told.append(Difference(Change.FOREIGN, None, what, Unit(what)))
        lines = [line for page in pages for line in page.lines]
        if not whole:
            wanted = units(document)
            return _Read([*_lacking(wanted, cut(wanted, lines)), *told], None)
        if again:
            wanted = informed([line for page in again for line in page.lines], document)
            return _Read([*compare(wanted, cut(wanted, lines)), *told], None)
        cleared = furniture.clear(pages, units(document), document, load_profile(payload.profile))
        differences = compare(cleared.wanted, cut(cleared.wanted, cleared.lines))
        digest = text_digest(line.text for line in cleared.lines)
        return _Read([*differences, *cleared.differences, *told], digest)


def _named(changed: Sequence[str]) -> str:
    return ", ".join(say(f"verify.changed.{name}") for name in changed)


def _has_page_of_its_own(kind: Kind) -> bool:
    """Tell whether a kind of another package brings its own page, which may add texts."""
    from vanban import resources
    from vanban.render.html import KIND_TEMPLATE

    return kind.root != resources.data_root() and (kind.templates / KIND_TEMPLATE).is_file()


def _strange(
    pages: Sequence[Page], again: Sequence[Page], notes: list[Note], *, strict: bool
) -> list[Difference]:
    """Return what is hidden on pages or foreign to them, and not so on the pages made ``again``.

    An office's template that is not at hand may have pictures and white text of its own.
    """
    told: list[Difference] = []
    for page, same in zip_longest(pages, again[: len(pages)]):
        at = Unit("", page=page.number)
        known = Counter(same.foreign if same else ())
        if "widget" in page.foreign:
            notes.append(Note("field", {"page": page.number}))
        if strict:
            for text in page.hidden:
                if same is None or text not in same.hidden:
                    told.append(Difference(Change.HIDDEN, None, text, at))
        for what in Counter(page.foreign) - known:
            if what == "annotation" or (strict and what in _DRAWN):
                thing = say(f"verify.thing.{what}")
                told.append(Difference(Change.FOREIGN, None, thing, at))
    return told


def _around(wanted: Sequence[Unit], found: Sequence[Unit]) -> list[Difference]:
    """Return what headers, footers and notes hold that they should not, and what they lack.

    Programs repeat or merge these parts as they like, so order and number count for nothing.
    """
    known = {fold(unit.text) for unit in wanted}
    there = {fold(unit.text) for unit in found}
    told = [
        Difference(Change.MISSING, unit.text, None, unit)
        for unit in wanted
        if fold(unit.text) not in there
    ]
    new = {fold(u.text): u for u in reversed(found) if fold(u.text) not in known}
    return [*told, *(Difference(Change.ADDED, None, u.text, u) for u in new.values())]


def _lacking(wanted: Sequence[Unit], found: Sequence[Unit]) -> list[Difference]:
    """Return the texts of the data that are not on pages made by a template that is not at hand.

    What the template adds, and the order it chose, are its own.
    """
    stream = "\n".join(fold(unit.text) for unit in found)
    told = []
    for one in compare(wanted, found):
        if one.change in (Change.ADDED, Change.MOVED):
            continue
        goal = fold(one.before or "")
        whole = one.after is not None and goal in fold(one.after) and len(goal) >= _SURE
        if whole or (len(goal) >= _SURE and goal in stream):
            continue
        told.append(one)
    return told
