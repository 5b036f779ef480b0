"""Findings: what is wrong, where, why, and how to mend it - never a finished sentence."""

from __future__ import annotations

import copyreg
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _view(plain: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(plain)


# The arguments of a finding are a read-only view, which Python alone does not send to a process.
copyreg.pickle(MappingProxyType, lambda view: (_view, (dict(view),)))


class Severity(StrEnum):
    """How grave a finding is; only errors stop an export."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Safety(StrEnum):
    """Whether a fix may be applied without a person looking at it."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Certainty(StrEnum):
    """How well a clause is known: A read in the source, B secondary source, C unverified."""

    A = "A"
    B = "B"
    C = "C"


class Span(NamedTuple):
    """A stretch of the source text: lines and columns count from 1 in characters, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Source(NamedTuple):
    """The clause a rule rests on and how certain we are of it."""

    clause: str
    certainty: Certainty


class Change(NamedTuple):
    """Replace the characters ``start:end`` of the text value at ``pointer`` by ``new``."""

    pointer: str
    start: int
    end: int
    new: str


class Edit(NamedTuple):
    """Replace what stands in ``span`` by ``text``.

    ``change`` says the same of the value, so that several changes of one text can be written
    together; None when the edit is more than a change of one text.
    """

    span: Span
    text: str
    change: Change | None = None


class Fix(NamedTuple):
    """A proposed mending: ``key`` and ``args`` give its title through the catalogue."""

    safety: Safety
    key: str
    edits: tuple[Edit, ...]
    args: Mapping[str, Any] = MappingProxyType({})


class Finding(NamedTuple):
    """One remark.

    ``rule`` is the stable id (``DAT002``); ``key`` the message in the catalogue
    (``DAT002.khac_khoang``); ``args`` what the message names; ``pointer`` the JSON Pointer of the
    place; ``span`` its place in the source (None when the draft came from a mapping); ``file`` the
    path as the user gave it.
    """

    rule: str
    severity: Severity
    key: str
    args: Mapping[str, Any] = MappingProxyType({})
    pointer: str = ""
    span: Span | None = None
    file: str | None = None
    source: Source | None = None
    fix: Fix | None = None

    def at(self, file: str | None) -> Finding:
        """Return the same finding, said of ``file``."""
        return self._replace(file=file)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of reading: file, line, column, then rule and pointer."""
        line, column = (self.span.line, self.span.column) if self.span else (0, 0)
        return (self.file or "", line, column, self.rule, self.pointer)


class Suppressed(NamedTuple):
    """A finding that is not told: ``reason`` from the draft's own comment, None for a known one."""

    finding: Finding
    reason: str | None


class Result(NamedTuple):
    """What a validation found, sorted by place; ``suppressed`` is what the draft leaves out."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing at error level was found."""
        return not any(f.severity is Severity.ERROR for f in self.findings)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(f for f in self.findings if f.severity is severity)

    @classmethod
    def sorted(cls, findings: Iterable[Finding], left: Iterable[Suppressed] = ()) -> Result:
        """Build a result from findings in any order."""
        return cls(
            tuple(sorted(findings, key=lambda f: f.sort_key)),
            tuple(sorted(left, key=lambda s: s.finding.sort_key)),
        )
