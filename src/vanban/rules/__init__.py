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
    "structure.cause_link",
    "structure.task_for_limitation",
    "structure.unmet_indicator",
    "structure.task_assigned",
    "structure.measured",
    "structure.repeated_code",
    "structure.unknown_reference",
    "structure.table_rows",
    "dates.period_order",
    "dates.period_kind",
    "dates.next_period",
    "dates.months_of_year",
    "dates.one_year",
    "dates.issue_window",
    "dates.estimate",
    "dates.data_date",
    "dates.leading_zero",
    "dates.no_year",
    "dates.two_readings",
    "figures.percent_of_plan",
    "figures.verdict",
    "figures.text_agrees",
    "figures.fraction",
    "figures.shares",
    "figures.over_hundred",
    "figures.cumulated",
    "figures.stock_date",
    "figures.number_form",
    "figures.plan_source",
    "figures.growth",
    "members.balance",
    "members.opening",
    "members.totals",
    "members.parts",
    "members.by_cell",
    "members.probation",
    "members.admitted",
    "members.expelled",
    "members.residual",
    "grading.sums",
    "grading.grade_share",
    "grading.excellent_share",
    "grading.too_early",
    "grading.old_words",
    "organisations.kinds_total",
    "organisations.least_members",
    "organisations.meetings_held",
    "organisations.attendance",
    "inspection.done_of_planned",
    "inspection.violations",
    "inspection.discipline_forms",
    "inspection.kinds_done",
    "inspection.petitions",
    "economy.budget_balance",
    "economy.money_sources",
    "economy.new_rural",
    "economy.poor_households",
    "economy.quota_and_accidents",
    "references.one_role",
    "references.contradiction",
    "references.cited_document",
    "layout.font_coverage",
    "layout.choice_range",
    "layout.body_family",
    "layout.validity",
    "layout.number_pending",
    "layout.day_pending",
    "layout.superior_level",
    "layout.ended_body",
    "layout.superior_organisation",
    "layout.issuer_committee",
    "layout.full_name",
    "layout.symbol_type",
    "layout.symbol_body",
    "layout.symbol_form",
    "layout.plain_number",
    "layout.cited_number",
    "layout.competence",
    "layout.place_name",
    "layout.no_deputy_form",
    "layout.authority_form",
    "layout.collective",
    "layout.on_behalf",
    "layout.bare_office",
    "layout.signer_name",
    "layout.office_fits",
    "layout.subject_case",
    "layout.subject_wording",
    "layout.archive_last",
    "layout.archive_form",
    "layout.recipient_marks",
    "layout.recipient_twice",
    "layout.closing_mark",
    "layout.heading_style",
    "layout.heading_number",
    "layout.heading_end",
    "layout.urgency",
    "layout.misplaced_mark",
    "orthography.hidden_character",
)


# What the folder of a family is called, for those who want one family only.
_FOLDERS = {"TXT": "orthography."}


@cache
def modules(family: str | None = None) -> tuple[ModuleType, ...]:
    """Return the rule modules in the order of their pages; each has ``RULE`` and ``check``.

    ``family`` asks for those of one family (``TXT``) and imports no others.
    """
    folder = _FOLDERS[family] if family else ""
    return tuple(import_module(f"{__name__}.{n}") for n in MODULES if n.startswith(folder))
