"""Findings for programs: the JSON document of the published schema."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from vanban import __version__
from vanban.catalogue import fix_title, message
from vanban.finding import Severity

if TYPE_CHECKING:
    from vanban.finding import Finding, Span
    from vanban.output import FileReport, Report, Style


def _place(span: Span | None) -> dict[str, int | None]:
    return {
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }


def _fix(finding: Finding, lang: str) -> dict[str, Any] | None:
    if finding.fix is None:
        return None
    return {
        "safety": str(finding.fix.safety),
        "title": fix_title(finding, lang),
        "edits": [_place(edit.span) | {"text": edit.text} for edit in finding.fix.edits],
    }


def finding_data(file: FileReport, finding: Finding, lang: str) -> dict[str, Any]:
    """Return one finding as plain data."""
    source = finding.source
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "file": file.file.replace(os.sep, "/"),
        **_place(finding.span),
        "pointer": finding.pointer,
        "message": message(finding, lang),
        "source": source and {"clause": source.clause, "certainty": str(source.certainty)},
        "fix": _fix(finding, lang),
    }


def document(report: Report, lang: str) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "version": __version__,
        "summary": {
            "files": len(report.files),
            "skipped": report.skipped,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            "suppressed": report.suppressed,
        },
        "findings": [finding_data(file, finding, lang) for file, finding in report.findings()],
    }


def render(report: Report, style: Style) -> str:
    """Return the report as JSON, two spaces a level, letters as they are."""
    return json.dumps(document(report, style.lang), ensure_ascii=False, indent=2) + "\n"
