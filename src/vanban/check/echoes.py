"""Findings that only repeat another: one mistake is told once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from vanban.config import UNPRINTABLE
from vanban.finding import Severity

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding, Span

_TYPEFACE: Final = "FMT001"
_TELLING: Final = frozenset(("TXT006", "TXT007", "TXT008", "TXT009"))


def sift(ctx: Reading, findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what the rules about words say of a stretch that is no Unicode Vietnamese.

    Its letters are others when it has been converted: until then one finding tells all of it.
    """
    from vanban.text.legacy import stretches

    told = _by_one_voice(findings)
    # Nobody has read the texts: nothing can be said of them.
    if "prose" not in vars(ctx):
        return told
    places: dict[str, list[Span | None]] = {}
    for passage, stretch in stretches(ctx.prose).stretches:
        span = ctx.draft.positions.text(passage.pointer, stretch.start, stretch.end)
        places.setdefault(passage.pointer, []).append(span)
    if not places:
        return told
    return [finding for finding in told if not _repeats(finding, places)]


def _by_one_voice(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out that the typeface lacks a character where a rule about letters says more of it."""
    told = list(findings)
    owned: dict[str, list[Span | None]] = {}
    for finding in told:
        if finding.rule in UNPRINTABLE and finding.severity is Severity.ERROR:
            owned.setdefault(finding.pointer, []).append(finding.span)
    if not owned:
        return told
    return [
        finding
        for finding in told
        if finding.rule != _TYPEFACE
        or not any(_overlap(finding.span, span) for span in owned.get(finding.pointer, ()))
    ]


def _repeats(finding: Finding, places: dict[str, list[Span | None]]) -> bool:
    if not finding.rule.startswith("TXT") or finding.rule in _TELLING:
        return False
    return any(_overlap(finding.span, span) for span in places.get(finding.pointer, ()))


def _overlap(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return True
    return (one.line, one.column) < (other.end_line, other.end_column) and (
        other.line,
        other.column,
    ) < (one.end_line, one.end_column)
