"""Findings as a JUnit report: a test case per finding, one that passes per clean file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from vanban.catalogue import message, say
from vanban.finding import Severity

if TYPE_CHECKING:
    from vanban.finding import Finding
    from vanban.output import FileReport, Report, Style

# What XML 1.0 has no place for.
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _legal(text: str) -> str:
    r"""Return a text with characters that XML cannot hold written as ``\u0007``."""
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _place(finding: Finding) -> str:
    span = finding.span
    return f"{span.line}:{span.column}" if span is not None else finding.pointer or "-"


def _suite(parent: ElementTree.Element, file: FileReport, lang: str) -> None:
    failures = sum(finding.severity is Severity.ERROR for finding in file.findings)
    suite = ElementTree.SubElement(
        parent,
        "testsuite",
        name=_legal(file.file),
        tests=str(max(len(file.findings), 1)),
        failures=str(failures),
        errors="0",
        skipped="0",
    )
    if not file.findings:
        name = say("output.clean_file", lang)
        ElementTree.SubElement(suite, "testcase", classname=_legal(file.file), name=name)
    for finding in file.findings:
        place, said = _place(finding), _legal(message(finding, lang))
        case = ElementTree.SubElement(
            suite, "testcase", classname=_legal(file.file), name=_legal(f"{finding.rule} {place}")
        )
        full = f"{_legal(file.file)}:{_legal(place)}: {finding.rule} {said}"
        if finding.severity is Severity.ERROR:
            failure = ElementTree.SubElement(case, "failure", type=finding.rule, message=said)
            failure.text = full
        else:
            # A warning does not fail a build; it is kept with the case that passes.
            level = say(f"output.{finding.severity}", lang)
            ElementTree.SubElement(case, "system-out").text = f"{level}: {full}"


def render(report: Report, style: Style) -> str:
    """Return the report as XML; only errors are failures."""
    files = (*report.settings, *report.files)
    root = ElementTree.Element(
        "testsuites",
        name="vanban",
        tests=str(sum(max(len(file.findings), 1) for file in files)),
        failures=str(report.count(Severity.ERROR)),
        errors="0",
    )
    for file in files:
        _suite(root, file, style.lang)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
