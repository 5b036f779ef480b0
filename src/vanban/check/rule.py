"""What a rule is and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vanban.finding import Finding, Fix, Severity, Source

if TYPE_CHECKING:
    from vanban.compose.period import Period
    from vanban.compose.profile import Profile
    from vanban.kinds import Kind
    from vanban.read.draft import Draft


class FixClass(StrEnum):
    """The best fix that the findings of a rule may carry."""

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: stable id, slug (its module's name), default severity, clause, class of fix.

    ``options`` holds what an office may set for it, each with its default.
    """

    id: str
    name: str
    severity: Severity
    source: Source
    fix: FixClass = FixClass.NONE
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the draft that the schema gives a role (``x-vai``)."""

    pointer: str
    value: Any
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """Everything a rule may look at: it reads no file and no clock.

    ``nodes`` maps a role of the schema to the valid values that carry it: a value in which (or
    below which) the schema layer found a fault is left out, so that one mistake stays one finding.
    """

    draft: Draft
    kind: Kind
    profile: Profile
    nodes: Mapping[str, tuple[Node, ...]]
    invalid: frozenset[str] = frozenset()
    options: Mapping[str, Any] = field(default_factory=dict)
    open_earlier: Callable[[], tuple[Context, ...]] = tuple

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

    def option(self, rule: Rule, name: str) -> Any:
        """Return an option of a rule: what the configuration says, else the rule's default."""
        return self.options.get(rule.id, {}).get(name, rule.options[name])

    @cached_property
    def period(self) -> Period | None:
        """Return the reporting period when it is complete and sound enough to be reasoned about."""
        from vanban.compose.period import period_of

        return period_of(self.draft.data)

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


CheckFunction = Callable[[Context], Iterator[Finding]]
