"""The rules of vanban: one rule, one module, listed here by hand.

A rule module holds its documentation page (the docstring), ``RULE`` and ``check``. The list is
explicit so that a stray file never becomes a rule and the order of the pages is ours.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

MODULES = (
    "structure.required_section",
    "structure.order",
    "structure.numbering",
    "dates.period_order",
    "dates.period_kind",
    "dates.next_period",
    "dates.months_of_year",
    "dates.one_year",
    "dates.issue_window",
    "dates.estimate",
    "dates.data_date",
    "dates.leading_zero",
    "figures.percent_of_plan",
    "figures.fraction",
    "members.balance",
    "members.totals",
    "members.residual",
    "layout.font_coverage",
    "layout.choice_range",
    "layout.body_family",
    "layout.validity",
    "layout.number_pending",
    "layout.day_pending",
    "orthography.hidden_character",
)


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return the rule modules in the order of their pages; each has ``RULE`` and ``check``."""
    return tuple(import_module(f"{__name__}.{name}") for name in MODULES)
