"""Comments in a draft that leave out a remark, with a reason.

``# vanban: bo-qua NUM003 lý do: …`` at the end of a line, or on a line of its own above what it
speaks of, covers everything written below that key or list item; ``bo-qua-tep`` covers the file.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice
from typing import TYPE_CHECKING, Any

from vanban.config import FIXED, Config
from vanban.finding import Finding, Severity, Span, Suppressed

if TYPE_CHECKING:
    from vanban.read.draft import Draft

BROKEN = "CFG007"
UNUSED = "CFG008"
# What an export relies on cannot be left out, nor what is said of these comments.
NEVER = (*FIXED, "CFG")

_MARK = re.compile(r"(?:^|(?<=\s))#+\s*vanban\s*:", re.IGNORECASE)
# For a body in which every run of blanks is one blank.
_BODY = re.compile(
    r"b[oỏ][ -]?qua(?P<file>[ -]t[eệ]p)? "
    r"(?P<ids>[A-Z]{3}\d{3}(?: ?[,; ] ?[A-Z]{3}\d{3})*) ?[,;:-]? ?"
    r"(?:(?:l[yý]|lí) do ?:?(?P<reason>.*))?",
    re.IGNORECASE,
)
_ID = re.compile(r"[A-Z]{3}\d{3}", re.IGNORECASE)


@dataclass(eq=False, repr=False)
class _Comment:
    """One usable comment: which rules, on which lines, why."""

    ids: tuple[tuple[str, Span], ...]
    first: int
    last: int
    reason: str
    span: Span


def apply(
    draft: Draft,
    findings: Iterable[Finding],
    config: Config,
    known: Callable[[], Iterable[str]],
    silent: Container[str] = (),
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings into those to tell and those left out; broken and unused comments are told.

    ``known`` gives the ids of all rules. A comment about a rule that was not asked for, or that had
    to be ``silent``, is not judged.
    """
    findings = list(findings)
    comments, told = _comments(draft, known)
    if not comments:
        return findings + told, []
    lines: dict[str, list[int]] = {}
    for finding in findings:
        lines.setdefault(finding.rule, []).append(_line(finding))
    for numbers in lines.values():
        numbers.sort()
    kept: list[Finding] = []
    left: list[Suppressed] = []
    covers = _Covers(comments)
    for finding in sorted(findings, key=_line):
        comment = None if config.fixed(finding) else covers.of(finding)
        if comment is None:
            kept.append(finding)
        else:
            left.append(Suppressed(finding, comment.reason))
    if any(finding.rule.startswith("SCH") for finding in findings):
        # Rules are silent about what is not well formed: nobody can say what is not needed.
        return kept + told, left
    for comment in comments:
        for id, span in comment.ids:
            numbers = lines.get(id, [])
            at = bisect_left(numbers, comment.first)
            used = at < len(numbers) and numbers[at] <= comment.last
            if not used and config.enabled(id) and id not in silent:
                slug = "thua" if len(comment.ids) == 1 else "thua_mot"
                told.append(_finding(draft, UNUSED, slug, span, id=id))
    return kept + told, left


def _line(finding: Finding) -> int:
    return finding.span.line if finding.span else 0


class _Covers:
    """Finds the first comment that covers a finding; findings are asked in the order of lines."""

    def __init__(self, comments: list[_Comment]) -> None:
        self._coming: dict[str, deque[tuple[int, int, _Comment]]] = {}
        self._open: dict[str, list[tuple[int, int, _Comment]]] = {}
        ordered = sorted(enumerate(comments), key=lambda pair: pair[1].first)
        for number, comment in ordered:
            for place, (id, _) in enumerate(comment.ids):
                self._coming.setdefault(id, deque()).append((number, place, comment))

    def of(self, finding: Finding) -> _Comment | None:
        line = _line(finding)
        coming = self._coming.get(finding.rule, deque())
        opened = self._open.setdefault(finding.rule, [])
        while coming and coming[0][2].first <= line:
            heappush(opened, coming.popleft())
        while opened and opened[0][2].last < line:
            heappop(opened)
        return opened[0][2] if opened else None


def _comments(
    draft: Draft, rules: Callable[[], Iterable[str]]
) -> tuple[list[_Comment], list[Finding]]:
    """Return the usable comments, and findings about the others."""
    found: list[_Comment] = []
    told: list[Finding] = []
    marks = [
        (number, match)
        for number, line in enumerate(draft.lines, start=1)
        if "#" in line
        for match in _MARK.finditer(line)
    ]
    if not marks:
        return found, told
    known = frozenset(rules())
    outline = _Outline(draft)
    done = 0
    for number, match in marks:
        # What follows on the same line belongs to the first comment of the line.
        if number == done or outline.inside_text(number, match.start() + 1):
            continue
        done = number
        line = draft.lines[number - 1]
        span = Span(number, match.start() + 1, number, len(line.rstrip()) + 1)
        words = unicodedata.normalize("NFC", " ".join(line[match.end() :].split()))
        body = _BODY.fullmatch(words)
        if body is None or _MARK.search(words):
            slug = "khong_hieu" if body is None else "nhieu"
            told.append(_finding(draft, BROKEN, slug, span))
            continue
        ids: list[tuple[str, Span]] = []
        count = len(_ID.findall(body["ids"]))
        for one in islice(_ID.finditer(line, match.end()), count):
            place = Span(number, one.start() + 1, number, one.end() + 1)
            id = one[0].upper()
            if id.startswith(NEVER):
                told.append(_finding(draft, BROKEN, "khong_duoc", place, id=id))
            elif id not in known:
                told.append(_finding(draft, BROKEN, "ma_la", place, id=id))
            else:
                ids.append((id, place))
        reason = (body["reason"] or "").strip()
        if not any(character.isalnum() for character in reason):
            names = ", ".join(id for id, _ in ids) or body["ids"]
            told.append(_finding(draft, BROKEN, "thieu_ly_do", span, ids=names))
            continue
        if not ids:
            continue
        if body["file"]:
            first, last = 0, len(draft.lines)
        else:
            # A dash alone before the comment opens an item that begins below.
            alone = not line[: match.start()].strip(" \t-")
            first, last = outline.covered(number, alone=alone)
        found.append(_Comment(tuple(ids), first, last, reason, span))
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
        texts: list[Span] = []
        self._walk("", draft.data, texts)
        self._texts = sorted({((s.line, s.column), (s.end_line, s.end_column)) for s in texts})
        # For each line, from 1, the next that holds more than a comment.
        self._next = [len(draft.lines) + 1]
        for number in range(len(draft.lines), 0, -1):
            blank = draft.lines[number - 1].lstrip()[:1] in ("", "#")
            self._next.append(self._next[-1] if blank else number)
        self._next.reverse()

    def _walk(self, pointer: str, value: Any, texts: list[Span]) -> int:
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
                last = max(last, self._walk(f"{pointer}/{part}", child, texts))
        elif isinstance(value, list):
            for index, child in enumerate(value):
                last = max(last, self._walk(f"{pointer}/{index}", child, texts))
        elif isinstance(value, str) and span is not None:
            texts.append(span)
        if key is not None:
            texts.append(key)
        start = key or span
        if pointer and start is not None:
            # The walk comes back outwards, so that the outermost value is noted last.
            self.ends[start.line] = max(last, start.line)
        return last

    def inside_text(self, line: int, column: int) -> bool:
        """Tell whether a place lies inside a text of the draft."""
        at = bisect_right(self._texts, ((line, column), (len(self.draft.lines) + 1, 0)))
        return at > 0 and (line, column) < self._texts[at - 1][1]

    def covered(self, line: int, *, alone: bool) -> tuple[int, int]:
        """Return the first and last line that a comment on ``line`` speaks of."""
        first = line
        if alone:
            first = self._next[line]
        return first, max(self.ends.get(first, first), first)
