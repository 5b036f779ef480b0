"""Findings as workflow commands: GitHub shows them beside the lines of a pull request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vanban.catalogue import message
from vanban.finding import Severity

if TYPE_CHECKING:
    from vanban.finding import Finding
    from vanban.output import FileReport, Report, Style

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _data(text: str) -> str:
    """Escape the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _command(file: FileReport, finding: Finding, lang: str) -> str:
    properties = {"file": file.file.replace(os.sep, "/")}
    if (span := finding.span) is not None:
        properties["line"] = str(span.line)
        properties["endLine"] = str(span.end_line)
        if span.line == span.end_line:
            # Columns are taken for those of one line only.
            properties["col"] = str(span.column)
            properties["endColumn"] = str(span.end_column)
    properties["title"] = finding.rule
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {said}::{_data(message(finding, lang))}"


def render(report: Report, style: Style) -> str:
    """Return one command per finding, nothing when all is well."""
    return "".join(
        _command(file, finding, style.lang) + "\n" for file, finding in report.findings()
    )
