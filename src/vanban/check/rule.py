"""What a rule is and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from vanban.finding import Edit, Finding, Fix, Safety, Severity, Source

if TYPE_CHECKING:
    from vanban.check.roles import Place
    from vanban.compose.period import Period
    from vanban.compose.profile import Profile
    from vanban.kinds import Kind
    from vanban.read.draft import Draft
    from vanban.text.prose import Passage, Prose
    from vanban.text.tone import Style

Made = TypeVar("Made")


class FixClass(StrEnum):
    """The best fix that the findings of a rule may carry."""

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


class Rule(NamedTuple):
    """One rule: stable id, slug (its module's name), default severity, clause, class of fix.

    ``options`` holds what an office may set for it, each with its default.
    """

    id: str
    name: str
    severity: Severity
    source: Source
    fix: FixClass = FixClass.NONE
    options: Mapping[str, Any] = MappingProxyType({})

    def __hash__(self) -> int:
        return hash(self.id)


class Node(NamedTuple):
    """A value of the draft that the schema gives a role (``x-vai``)."""

    pointer: str
    value: Any
    schema: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Reading:
    """What a rule about words may look at: the texts of a draft, or of a plain text.

    ``options`` holds what an office set for the rules, ``tone_style`` where it wants tone marks;
    ``party`` tells a document of the Party from one of the State (None: not known).
    """

    draft: Draft
    options: Mapping[str, Any] = field(default_factory=dict)
    tone_style: Style | None = None
    party: bool | None = None

    def texts(self) -> Iterable[tuple[str, str, str]]:
        """Return the texts to be read, in document order, each as a ``Text`` or its columns."""
        return ()

    @cached_property
    def prose(self) -> Prose:
        """Return all texts as one run of words, made when first asked for."""
        from vanban.text.prose import Prose

        return Prose(self.texts())

    def option(self, rule: Rule, name: str) -> Any:
        """Return an option of a rule: what the configuration says, else the rule's default."""
        return self.options.get(rule.id, {}).get(name, rule.options[name])

    def at(
        self,
        rule: Rule,
        slug: str,
        pointer: str,
        *,
        key: bool = False,
        text: tuple[int, int] | None = None,
        severity: Severity | None = None,
        source: Source | None = None,
        fix: Fix | None = None,
        **args: Any,
    ) -> Finding:
        """Build a finding of ``rule`` at ``pointer``.

        The message is ``<rule id>.<slug>``. The place is the value, its key with ``key=True``, or
        with ``text=(start, end)`` those characters of the text value. ``severity`` and ``source``
        replace the rule's own for this finding.
        """
        where = self.draft.positions
        if text is not None:
            span = where.text(pointer, *text)
        elif key:
            span = where.key(pointer) or where.value(pointer)
        else:
            span = where.value(pointer)
        return Finding(
            rule=rule.id,
            severity=severity or rule.severity,
            key=f"{rule.id}.{slug}",
            args=args,
            pointer=pointer,
            span=span,
            file=self.draft.path,
            source=source or rule.source,
            fix=fix,
        )

    def mark(
        self,
        rule: Rule,
        slug: str,
        start: int,
        end: int,
        *,
        new: str | None = None,
        safety: Safety = Safety.SAFE,
        edits: Sequence[tuple[int, int, str]] = (),
        severity: Severity | None = None,
        source: Source | None = None,
        **args: Any,
    ) -> Finding:
        """Build a finding of ``rule`` at ``start:end`` of ``prose.text``.

        ``new`` is what should stand there; ``edits`` give several replacements instead. They become
        a fix titled ``<rule id>.sua``, whose arguments are ``args`` with ``cu`` and ``moi``.
        """
        changes = [(start, end, new)] if new is not None else list(edits)
        passage, first, last = self.prose.raw(start, end)
        places = [(*self.prose.raw(one, two), text) for one, two, text in changes]
        given = dict(args)
        if new is not None:
            given = {"cu": self.prose.text[start:end], "moi": new} | given
        where = (first, last)
        return self._told(rule, slug, passage, where, places, safety, given, severity, source)

    def mark_raw(
        self,
        rule: Rule,
        slug: str,
        passage: Passage,
        start: int,
        end: int,
        *,
        new: str | None = None,
        safety: Safety = Safety.SAFE,
        severity: Severity | None = None,
        source: Source | None = None,
        **args: Any,
    ) -> Finding:
        """Build a finding at ``start:end`` of the raw value of a passage (see ``mark``)."""
        places = [] if new is None else [(passage, start, end, new)]
        return self._told(rule, slug, passage, (start, end), places, safety, args, severity, source)

    def change(self, pointer: str, start: int, end: int, new: str) -> Edit | None:
        """Return the edit of the source that replaces ``start:end`` of a text, None if none can."""
        from vanban.read.mending import change

        return change(self.draft, pointer, start, end, new)

    def _told(
        self,
        rule: Rule,
        slug: str,
        passage: Passage,
        text: tuple[int, int],
        places: Sequence[tuple[Passage, int, int, str]],
        safety: Safety,
        args: Mapping[str, Any],
        severity: Severity | None,
        source: Source | None,
    ) -> Finding:
        found = [self.change(p.pointer, start, end, new) for p, start, end, new in places]
        edits = tuple(edit for edit in found if edit is not None)
        fix = None
        if edits and len(edits) == len(found):
            fix = Fix(safety, f"{rule.id}.sua", edits, dict(args))
        return self.at(
            rule,
            slug,
            passage.pointer,
            text=text,
            severity=severity,
            source=source,
            fix=fix,
            **args,
        )


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Context(Reading):
    """Everything a rule may look at: it reads no file and no clock.

    ``nodes`` maps a role of the schema to the valid values that carry it: a value in which (or
    below which) the schema layer found a fault is left out, so that one mistake stays one finding.
    ``written`` are the sound text values, in document order.
    """

    kind: Kind
    profile: Profile
    nodes: Mapping[str, tuple[Node, ...]]
    invalid: frozenset[str] = frozenset()
    written: Sequence[Place] = ()
    open_earlier: Callable[[], tuple[Context, ...]] = tuple

    def texts(self) -> Iterable[tuple[str, str, str]]:
        """Return every sound text of the draft with what it is."""
        from vanban.check.texts import texts

        return texts(self)

    @cached_property
    def _made(self) -> dict[Callable[[Context], Any], Any]:
        return {}

    def once(self, make: Callable[[Context], Made]) -> Made:
        """Return what a function makes of this draft; it is made once and shared by all rules."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def told(self, check: CheckFunction) -> tuple[Finding, ...]:
        """Return what a rule finds in this draft: each rule is asked once, whoever asks."""
        found = self._told_by.get(check)
        if found is None:
            known = vars(self).pop("earlier", None)
            findings = tuple(check(self))
            asked = "earlier" in vars(self)
            if known is not None:
                self.__dict__["earlier"] = known
            found = self._told_by[check] = (findings, asked)
        if found[1]:
            # Who asks a rule that looks at earlier reports has asked for them itself.
            _ = self.earlier
        return found[0]

    @cached_property
    def _told_by(self) -> dict[CheckFunction, tuple[tuple[Finding, ...], bool]]:
        return {}

    def role(self, role: str) -> tuple[Node, ...]:
        """Return the nodes that carry a role, in document order."""
        return self.nodes.get(role, ())

    def one(self, role: str) -> Node | None:
        """Return the first node of a role, or None."""
        found = self.role(role)
        return found[0] if found else None

    @cached_property
    def earlier(self) -> tuple[Context, ...]:
        """Return the earlier reports that were given, each as a context of its own.

        They are opened when first asked for; a report that cannot be read is left out.
        """
        return self.open_earlier()

    @cached_property
    def period(self) -> Period | None:
        """Return the reporting period when it is complete and sound enough to be reasoned about."""
        from vanban.compose.period import period_of

        return period_of(self.draft.data)


CheckFunction = Callable[[Context], Iterator[Finding]]
