"""Ways to show findings: one module per format, found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from vanban.finding import Severity

if TYPE_CHECKING:
    from vanban.finding import Finding

TEXT = "text"
CONCISE = "concise"
# Name of a format -> module with ``render(report, style) -> str``. A new format is a new line.
REPORTERS = {
    TEXT: "vanban.output.text",
    "json": "vanban.output.json",
}
# Shown by an option of its own, not by --format.
VARIANTS = {CONCISE: "vanban.output.concise"}


@dataclass(frozen=True, slots=True)
class FileReport:
    """One checked file: its name as given, its source lines, what was found."""

    file: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: the files checked and how many were skipped because they are no drafts."""

    files: tuple[FileReport, ...]
    skipped: int = 0

    def findings(self) -> Iterator[tuple[FileReport, Finding]]:
        """Yield every finding with its file, in order."""
        for file in self.files:
            for finding in file.findings:
                yield file, finding

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(finding.severity is severity for _, finding in self.findings())


@dataclass(frozen=True, slots=True)
class Style:
    """How to show: the language, and whether the reader is a terminal that takes colours."""

    lang: str = "vi"
    colour: bool = False


Render = Callable[[Report, Style], str]


def formats() -> tuple[str, ...]:
    """Return the names for ``--format``."""
    return tuple(REPORTERS)


def render(name: str, report: Report, style: Style) -> str:
    """Return a report in the format ``name``; a KeyError for a name that does not exist."""
    module = import_module((REPORTERS | VARIANTS)[name])
    reporter: Render = module.render
    return reporter(report, style)
