"""A mark by which a finding is known again after lines have moved."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vanban.finding import Finding

_INDEX = re.compile(r"/\d+(?=/|$)")
_LENGTH = 32


def fingerprint(finding: Finding, lines: Sequence[str]) -> str:
    """Return the mark of a finding: its rule, message, place in the structure and marked words.

    Neither the line number nor the position in a list is part of it.
    """
    parts = (finding.key, _INDEX.sub("/*", finding.pointer), _marked(finding, lines))
    text = "\x1f".join(unicodedata.normalize("NFC", part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def fingerprints(
    findings: Iterable[Finding], lines: Sequence[str]
) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with its mark; equal ones get a running number."""
    seen: dict[str, int] = {}
    for finding in findings:
        mark = fingerprint(finding, lines)
        number = seen[mark] = seen.get(mark, 0) + 1
        yield finding, mark if number == 1 else f"{mark}-{number}"


def _marked(finding: Finding, lines: Sequence[str]) -> str:
    """Return the characters that a finding points at, blanks evened out."""
    span = finding.span
    if span is None or not 0 < span.line <= min(span.end_line, len(lines)):
        return ""
    chosen = list(lines[span.line - 1 : span.end_line])
    if span.end_line <= len(lines):
        chosen[-1] = chosen[-1][: span.end_column - 1]
    chosen[0] = chosen[0][span.column - 1 :]
    return " ".join(" ".join(chosen).split())
