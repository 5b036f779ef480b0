"""Findings for code-scanning tools: SARIF 2.1.0, every rule listed with its page."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from vanban import __version__
from vanban.catalogue import message, say
from vanban.check import pages
from vanban.check.fingerprint import fingerprints
from vanban.finding import Severity

if TYPE_CHECKING:
    from vanban.finding import Finding, Span
    from vanban.output import FileReport, Report, Style

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "vanbanFinding/v1"
_LANGUAGES = {"vi": "vi-VN", "en": "en-US"}


def document(report: Report, lang: str) -> dict[str, Any]:
    """Return the report as plain data."""
    numbers = {id: index for index, id in enumerate(pages.ids())}
    results = [
        result
        for file in (*report.settings, *report.files)
        for result in _results(file, lang, numbers)
    ]
    driver = {
        "name": "vanban",
        "semanticVersion": __version__,
        "shortDescription": {"text": say("output.tool", lang)},
        "rules": [_rule(id, lang) for id in numbers],
    }
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[lang],
        "columnKind": "utf16CodeUnits",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(id: str, lang: str) -> dict[str, Any]:
    text = pages.page(id, lang)
    found: dict[str, Any] = {
        "id": id,
        "shortDescription": {"text": pages.title(id, lang)},
        "help": {"text": text, "markdown": f"```text\n{text}```\n"},
        "defaultConfiguration": {"level": LEVELS[pages.severity(id)]},
        "properties": {"tags": [id[:3]]},
    }
    if (rule := pages.rule(id)) is not None:
        found["name"] = rule.name
        found["properties"] |= {
            "clause": rule.source.clause,
            "certainty": str(rule.source.certainty),
            "fix": str(rule.fix),
        }
    return found


def _results(file: FileReport, lang: str, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    reasons = {id(left.finding): left for left in file.suppressed}
    # In the order of places, so that like findings keep their running number when one is left out.
    every = sorted(
        [*file.findings, *(left.finding for left in file.suppressed)], key=lambda f: f.sort_key
    )
    for finding, mark in fingerprints(every, file.lines):
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": numbers[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": message(finding, lang)},
            "locations": [_location(file, finding)],
            "partialFingerprints": {FINGERPRINT: mark},
        }
        if (left := reasons.get(id(finding))) is not None:
            inside = left.reason is not None
            result["suppressions"] = [
                {"kind": "inSource", "justification": left.reason}
                if inside
                else {"kind": "external"}
            ]
        if finding.source is not None:
            result["properties"] = {
                "clause": finding.source.clause,
                "certainty": str(finding.source.certainty),
            }
        yield result


def _location(file: FileReport, finding: Finding) -> dict[str, Any]:
    artifact = {"description": {"text": "stdin"}} if file.file == "-" else {"uri": _uri(file.file)}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if finding.span is not None:
        physical["region"] = _region(finding.span, file.lines)
    found: dict[str, Any] = {"physicalLocation": physical}
    if finding.pointer:
        found["logicalLocations"] = [{"fullyQualifiedName": finding.pointer}]
    return found


def _uri(name: str) -> str:
    """Return a path as a URI: relative as it was given, absolute with its scheme."""
    path = Path(name)
    if path.is_absolute():
        return path.as_uri()
    return quote(os.fsencode(name.replace(os.sep, "/")), safe="/")


def _region(span: Span, lines: tuple[str, ...]) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": utf16_column(lines, span.line, span.column),
        "endLine": span.end_line,
        "endColumn": utf16_column(lines, span.end_line, span.end_column),
    }


def utf16_column(lines: tuple[str, ...], line: int, column: int) -> int:
    """Return a column counted in UTF-16 code units, both from 1."""
    if not 0 < line <= len(lines):
        return column
    before = lines[line - 1][: column - 1]
    beyond = column - 1 - len(before)
    return len(before.encode("utf-16-le", "surrogatepass")) // 2 + beyond + 1


def render(report: Report, style: Style) -> str:
    """Return the report as SARIF, two spaces a level."""
    return json.dumps(document(report, style.lang), ensure_ascii=False, indent=2) + "\n"
