"""One line per finding, for editors and narrow screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.output.text import headline, summary

if TYPE_CHECKING:
    from vanban.output import Report, Style


def render(report: Report, style: Style) -> str:
    """Return the whole report."""
    lines = [headline(file, finding, style) for file, finding in report.findings()]
    return "\n".join([*lines, summary(report, style)]) + "\n"
