"""What the proof may find: the ``OUT`` ids and the one way to make such a finding."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vanban.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vanban.read.draft import Draft

LOST, ALTERED, ORDER, EXTRA = "OUT001", "OUT002", "OUT003", "OUT004"
FONT, GLYPH, MARGIN, SHEET = "OUT005", "OUT006", "OUT007", "OUT008"
PAGES, BROKEN, REACH = "OUT009", "OUT010", "OUT011"

IDS: Mapping[str, str] = MappingProxyType(
    {
        LOST: "mat-noi-dung",
        ALTERED: "noi-dung-bi-doi",
        ORDER: "sai-thu-tu",
        EXTRA: "noi-dung-thua",
        FONT: "phong-chu-khac",
        GLYPH: "ky-tu-khong-co-hinh",
        MARGIN: "chu-ngoai-le",
        SHEET: "kho-giay-va-le",
        PAGES: "so-trang",
        BROKEN: "tep-hong",
        REACH: "goi-ra-ngoai",
    }
)
"""Every id of the family with its short name."""

SIDES: Mapping[str, str] = MappingProxyType(
    {"left": "trai", "right": "phai", "top": "tren", "bottom": "duoi"}
)
"""The slug of a message about each margin."""

SHOWN = 5
"""Findings of one id that are told of one file: the first ones say what is wrong."""

EXCERPT = 60
"""Length of a text repeated in a message, in characters."""


def fault(rule: str, slug: str, pointer: str = "", **args: Any) -> Finding:
    """Return the error ``rule`` with the message ``<rule>.<slug>``; ``pointer`` where known."""
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        key=f"{rule}.{slug}",
        args=MappingProxyType(args),
        pointer=pointer,
    )


def first_of_each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings by id, at most ``SHOWN`` of each, none twice."""
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        held = told.setdefault(finding.rule, [])
        if len(held) < SHOWN and finding not in held:
            held.append(finding)
    return tuple(finding for rule in sorted(told) for finding in told[rule])


def placed(findings: Iterable[Finding], draft: Draft) -> list[Finding]:
    """Return the findings with their places in the source of the draft."""
    return [
        one._replace(span=draft.positions.value(one.pointer) if one.pointer else None)
        for one in findings
    ]


def excerpt(text: str, at: int = 0) -> str:
    """Return what a message repeats of a text, from the character ``at`` on, on one line."""
    part = " ".join(text[at : at + EXCERPT].split())
    return f"{'…' if at else ''}{part}{'…' if at + EXCERPT < len(text) else ''}"
