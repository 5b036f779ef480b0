"""Typed figures that the rules about the tables doubt already: no sentence is measured by them.

A slip of the pen in a table breaks the sum it stands in and every sentence that repeats it; the
rule that owns the table speaks, and the sentence is left alone until the table is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.rules.economy import budget_balance, new_rural, poor_households, quota_and_accidents
from vanban.rules.figures import verdict
from vanban.rules.inspection import discipline_forms, done_of_planned, kinds_done
from vanban.rules.members import expelled
from vanban.rules.organisations import kinds_total, meetings_held

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

Check = Callable[["Context"], Iterator["Finding"]]

_FORMS = ("form/khien_trach", "form/canh_cao", "form/cach_chuc", "form/khai_tru", "disciplined")
# Each rule with the role of the table it must point into, and what it puts in doubt there.
_TABLES: tuple[tuple[Check, str, tuple[str, ...]], ...] = (
    (
        kinds_total.check,
        "party-organisations",
        (
            "cells",
            "lower_cells",
            "organisations",
            "grassroots",
            "grassroots_cells",
            "grassroots_all",
        ),
    ),
    (discipline_forms.check, "discipline", _FORMS),
    (expelled.check, "discipline", ("form/khai_tru", "disciplined")),
    (budget_balance.check, "budget", ("revenue", "spending")),
    (
        poor_households.check,
        "poverty",
        ("poor", "near_poor", "poor_rate", "near_rate"),
    ),
    (new_rural.check, "new-rural", ("met", "criteria", "unmet")),
    (quota_and_accidents.check, "recruitment", ("recruited", "quota")),
    (quota_and_accidents.check, "accidents", ("accidents", "dead", "hurt")),
)
_MEETINGS: Mapping[str, str] = {"dinh_ky": "regular", "chuyen_de": "topical"}


def doubted(ctx: Context) -> Iterator[str]:
    """Yield the short names of the figures that other rules doubt."""
    for check, role, names in _TABLES:
        tables = tuple(node.pointer for node in ctx.role(role))
        if tables and any(_within(finding.pointer, tables) for finding in ctx.told(check)):
            yield from names
    for finding in ctx.told(meetings_held.check):
        name = _MEETINGS.get(finding.pointer.rpartition("/")[2])
        if name is not None:
            yield name
    for check in (done_of_planned.check, kinds_done.check):
        for finding in ctx.told(check):
            for level in ctx.role("inspection-level"):
                if _within(finding.pointer, (level.pointer,)):
                    key = level.pointer.rpartition("/")[2]
                    yield from ("done", "planned", f"done/{key}", f"planned/{key}")


def doubted_indicators(ctx: Context) -> frozenset[str]:
    """Return the pointers of the indicators whose figures contradict their own verdict."""
    return frozenset(finding.pointer.rpartition("/")[0] for finding in ctx.told(verdict.check))


def _within(pointer: str, tables: tuple[str, ...]) -> bool:
    return any(pointer == table or pointer.startswith(table + "/") for table in tables)
