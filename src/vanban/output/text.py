"""Findings for a reader: the place, the message, the source line with a caret under the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.catalogue import fix_title, message, say
from vanban.finding import Severity
from vanban.output.cells import excerpt

if TYPE_CHECKING:
    from vanban.finding import Finding
    from vanban.output import FileReport, Report, Style

# Cells of source text shown on one line; longer lines are shortened around the place.
WIDTH = 100

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def painted(text: str, style: Style, colour: str | None = None, *, bold: bool = False) -> str:
    """Return the text in a colour when the style asks for colours."""
    if not style.colour:
        return text
    import click

    return click.style(text, fg=colour, bold=bold)


def headline(file: FileReport, finding: Finding, style: Style) -> str:
    """Return ``file:line:col: severity RULE message``."""
    place = file.file
    if finding.span is not None:
        place += f":{finding.span.line}:{finding.span.column}"
    severity = painted(
        say(f"output.{finding.severity}", style.lang), style, _COLOURS[finding.severity], bold=True
    )
    rule = painted(finding.rule, style, bold=True)
    return f"{place}: {severity} {rule} {message(finding, style.lang)}"


def _details(file: FileReport, finding: Finding, style: Style) -> list[str]:
    lines: list[str] = []
    span = finding.span
    gutter = 0
    if span is not None and 0 < span.line <= len(file.lines):
        source, mark = excerpt(file.lines[span.line - 1], span, WIDTH)
        number = str(span.line)
        gutter = len(number)
        lines.append(f"  {number} | {source}".rstrip())
        lines.append(f"  {' ' * gutter} | {painted(mark, style, _COLOURS[finding.severity])}")
    elif finding.pointer and span is None:
        lines.append("  " + say("output.pointer", style.lang, pointer=finding.pointer))
    margin = f"  {' ' * gutter} = " if gutter else "  = "
    if finding.source is not None:
        certainty = say(f"output.certainty.{finding.source.certainty}", style.lang)
        clause = finding.source.clause
        lines.append(margin + say("output.source", style.lang, clause=clause, certainty=certainty))
    if (title := fix_title(finding, style.lang)) is not None:
        lines.append(margin + say("output.fix", style.lang, title=title))
    return lines


def summary(report: Report, style: Style) -> str:
    """Return the last line: how many files and findings."""
    errors, warnings, infos = (report.count(s) for s in Severity)
    files = len(report.files)
    key = "summary" if errors or warnings or infos else "clean" if files else "nothing"
    text = say(
        f"output.{key}", style.lang, files=files, errors=errors, warnings=warnings, infos=infos
    )
    if report.suppressed:
        text += say("output.suppressed", style.lang, count=report.suppressed)
    if report.skipped:
        text += say("output.skipped", style.lang, skipped=report.skipped)
    colour = "red" if errors else "yellow" if warnings else "green"
    return painted(text, style, colour, bold=True)


def render(report: Report, style: Style) -> str:
    """Return the whole report."""
    parts: list[str] = []
    for file, finding in report.findings():
        parts.append("\n".join([headline(file, finding, style), *_details(file, finding, style)]))
    parts.append(summary(report, style))
    return "\n\n".join(parts) + "\n"
