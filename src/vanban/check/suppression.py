"""Comments in a draft that leave out a remark, with a reason.

``# vanban: bo-qua NUM003 lý do: …`` at the end of a line, or on a line of its own above what it
speaks of, covers everything written below that key or list item; ``bo-qua-tep`` covers the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vanban.config import FIXED, Config
from vanban.finding import Finding, Severity, Span, Suppressed

if TYPE_CHECKING:
    from vanban.read.draft import Draft

BROKEN = "CFG007"
UNUSED = "CFG008"
# What an export relies on cannot be left out, nor what is said of these comments.
NEVER = (*FIXED, "CFG")

_COMMENT = re.compile(r"(?:^|(?<=\s))#+\s*vanban\s*:\s*(?P<body>.*)$", re.IGNORECASE)
_BODY = re.compile(
    r"(?P<verb>b[oỏ][\s-]?qua(?P<file>[\s-]t[eệ]p)?)\s+"
    r"(?P<ids>[A-Z]{3}\d{3}(?:\s*[,;\s]\s*[A-Z]{3}\d{3})*)\s*[,;:-]?\s*"
    r"(?:(?:l[yý]|lí)\s+do\s*:?\s*(?P<reason>.*))?$",
    re.IGNORECASE,
)
_ID = re.compile(r"[A-Z]{3}\d{3}", re.IGNORECASE)


@dataclass(slots=True)
class _Comment:
    """One usable comment: which rules, on which lines, why."""

    ids: tuple[tuple[str, Span], ...]
    first: int
    last: int
    reason: str
    span: Span


def apply(
    draft: Draft, findings: Iterable[Finding], config: Config, known: Iterable[str]
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings into those to tell and those left out; broken and unused comments are told.

    ``known`` are the ids of all rules. A comment about a rule that was not asked for is not judged.
    """
    findings = list(findings)
    comments, told = _comments(draft, frozenset(known))
    if not comments:
        return findings + told, []
    used: set[tuple[int, str]] = set()
    kept: list[Finding] = []
    left: list[Suppressed] = []
    by_rule: dict[str, list[tuple[int, _Comment]]] = {}
    for number, comment in enumerate(comments):
        for id, _ in comment.ids:
            by_rule.setdefault(id, []).append((number, comment))
    for finding in findings:
        line = finding.span.line if finding.span else 0
        covering = [
            (number, comment)
            for number, comment in by_rule.get(finding.rule, ())
            if comment.first <= line <= comment.last
        ]
        for number, _ in covering:
            used.add((number, finding.rule))
        if covering:
            left.append(Suppressed(finding, covering[0][1].reason))
        else:
            kept.append(finding)
    for number, comment in enumerate(comments):
        for id, span in comment.ids:
            if (number, id) not in used and config.enabled(id):
                slug = "thua" if len(comment.ids) == 1 else "thua_mot"
                told.append(_finding(draft, UNUSED, slug, span, id=id))
    return kept + told, left


def _comments(draft: Draft, known: frozenset[str]) -> tuple[list[_Comment], list[Finding]]:
    """Return the usable comments, and findings about the others."""
    found: list[_Comment] = []
    told: list[Finding] = []
    marks = [
        (number, match)
        for number, line in enumerate(draft.lines, start=1)
        if "#" in line and (match := _COMMENT.search(line))
    ]
    if not marks or draft.lines[0].lstrip().startswith("{"):
        return found, told
    outline = _Outline(draft)
    for number, match in marks:
        if outline.inside_text(number, match.start() + 1):
            continue
        line = draft.lines[number - 1]
        span = Span(number, match.start() + 1, number, len(line.rstrip()) + 1)
        body = _BODY.match(match["body"].strip())
        if body is None:
            told.append(_finding(draft, BROKEN, "khong_hieu", span))
            continue
        ids: list[tuple[str, Span]] = []
        offset = line.index(match["body"].strip(), match.start())
        for one in _ID.finditer(body["ids"]):
            start = offset + body.start("ids") + one.start()
            place = Span(number, start + 1, number, start + 7)
            id = one[0].upper()
            if id.startswith(NEVER):
                told.append(_finding(draft, BROKEN, "khong_duoc", place, id=id))
            elif id not in known:
                told.append(_finding(draft, BROKEN, "ma_la", place, id=id))
            else:
                ids.append((id, place))
        if not (body["reason"] or "").strip():
            names = ", ".join(id for id, _ in ids) or body["ids"]
            told.append(_finding(draft, BROKEN, "thieu_ly_do", span, ids=names))
            continue
        if not ids:
            continue
        if body["file"]:
            first, last = 0, len(draft.lines)
        else:
            alone = not line[: match.start()].strip()
            first, last = outline.covered(number, alone=alone)
        found.append(_Comment(tuple(ids), first, last, body["reason"].strip(), span))
    return found, told


def _finding(draft: Draft, rule: str, slug: str, span: Span, **args: Any) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        key=f"{rule}.{slug}",
        args=args,
        span=span,
        file=draft.path,
    )


class _Outline:
    """Which lines each key and list item of a draft covers."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        # First line of a value -> its last line; the outermost value that begins there counts.
        self.ends: dict[int, int] = {}
        self.texts: list[Span] = []
        self._walk("", draft.data)

    def _walk(self, pointer: str, value: Any) -> int:
        """Note the lines of a value; return its last line."""
        where = self.draft.positions
        span = where.value(pointer)
        key = where.key(pointer) if pointer else None
        last = span.end_line if span else 0
        # A block text ends at the beginning of the line after it.
        if span and span.end_column == 1 and span.end_line > span.line:
            last -= 1
        if isinstance(value, Mapping):
            for name, child in value.items():
                part = str(name).replace("~", "~0").replace("/", "~1")
                last = max(last, self._walk(f"{pointer}/{part}", child))
        elif isinstance(value, list):
            for index, child in enumerate(value):
                last = max(last, self._walk(f"{pointer}/{index}", child))
        elif isinstance(value, str) and span is not None:
            self.texts.append(span)
        start = key or span
        if pointer and start is not None:
            # The walk comes back outwards, so that the outermost value is noted last.
            self.ends[start.line] = max(last, start.line)
        return last

    def inside_text(self, line: int, column: int) -> bool:
        """Tell whether a place lies inside a text of the draft."""
        return any(
            (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
            for span in self.texts
        )

    def covered(self, line: int, *, alone: bool) -> tuple[int, int]:
        """Return the first and last line that a comment on ``line`` speaks of."""
        first = line
        if alone:
            lines = self.draft.lines
            while first <= len(lines) and lines[first - 1].lstrip()[:1] in ("", "#"):
                first += 1
        return first, max(self.ends.get(first, first), first)
