"""Ways to show findings: one module per format, found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from vanban.finding import Severity

if TYPE_CHECKING:
    from vanban.finding import Finding, Suppressed
    from vanban.read.draft import Draft

TEXT = "text"
CONCISE = "concise"
# Name of a format -> module with ``render(report, style) -> str``. A new format is a new line.
REPORTERS = {
    TEXT: "vanban.output.text",
    "json": "vanban.output.json",
    "sarif": "vanban.output.sarif",
    "github": "vanban.output.github",
    "junit": "vanban.output.junit",
    "html": "vanban.output.html",
}
# Shown by an option of its own, not by --format.
VARIANTS = {CONCISE: "vanban.output.concise"}


class FileReport(NamedTuple):
    """One checked file: its name as given, its source lines, what was found.

    ``suppressed`` is what was found but is not told; ``draft`` the draft itself, None for a file
    of settings.
    """

    file: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    draft: Draft | None = None


class Report(NamedTuple):
    """A whole run: the files checked and how many were skipped because they are no drafts.

    ``settings`` are files of settings in which something is wrong.
    """

    files: tuple[FileReport, ...]
    skipped: int = 0
    settings: tuple[FileReport, ...] = ()

    def findings(self) -> Iterator[tuple[FileReport, Finding]]:
        """Yield every finding with its file, in order."""
        for file in (*self.settings, *self.files):
            for finding in file.findings:
                yield file, finding

    @property
    def suppressed(self) -> int:
        """Return how many findings are not told."""
        return sum(len(file.suppressed) for file in self.files)

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(finding.severity is severity for _, finding in self.findings())


class Style(NamedTuple):
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
