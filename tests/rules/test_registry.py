"""Rule, module, page, messages and bad draft belong together: none without the others."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import vanban.rules
from tests.rules.kit import bad_files, good_files, validate_file
from vanban.catalogue import LANGUAGES, entries
from vanban.check.rule import FixClass
from vanban.finding import Certainty, Severity
from vanban.rules import MODULES, modules

HEADINGS = (
    "Quy định", "Vì sao", "Sai", "Đúng", "Cách sửa", "Nguồn và độ tin cậy", "English:",
)  # fmt: skip
FAMILIES = ("STR", "DAT", "NUM", "MEM", "ORG", "GRA", "DIS", "ECO", "XRF", "FMT", "TXT")
# Titles of fixes; reported by the schema layer.
NO_FINDING = {"sua", "_name"}
FROM_SCHEMA = "STR001"
# A letter that no font has is a fact, not a clause.
NOT_LAW = "FMT001"

every_module = pytest.mark.parametrize("module", modules(), ids=lambda m: m.RULE.id)


def test_every_module_is_listed_once() -> None:
    root = Path(vanban.rules.__file__).parent
    files = {
        ".".join(p.relative_to(root).with_suffix("").parts)
        for p in root.glob("*/*.py")
        if not p.name.startswith("_")
    }
    assert files == set(MODULES)
    for known in ([m.RULE.id for m in modules()], [m.RULE.name for m in modules()]):
        assert len(known) == len(set(known))


@every_module
def test_page(module: ModuleType) -> None:
    text = module.__doc__ or ""
    assert f"({module.RULE.id})." in text.splitlines()[0]
    places = [text.find(f"\n{heading}") for heading in HEADINGS]
    assert -1 not in places and places == sorted(places)
    assert module.RULE.name == module.__name__.rsplit(".", 1)[1]


@every_module
def test_messages_in_both_languages_take_the_same_arguments(module: ModuleType) -> None:
    rule = module.RULE.id
    texts = {lang: entries(rule[:3], lang).get(rule) for lang in LANGUAGES}
    assert all(texts.values())
    first, *others = texts.values()
    for other in others:
        assert set(other) == set(first)
        for slug, template in first.items():
            fields = re.compile(r"\{(\w+)[}:]")
            assert set(fields.findall(template)) == set(fields.findall(other[slug])), slug
    assert ("sua" in first) == (module.RULE.fix is not FixClass.NONE)


def test_catalogues_hold_no_messages_without_a_rule() -> None:
    ids = {m.RULE.id for m in modules()}
    for lang in LANGUAGES:
        for family in FAMILIES:
            assert set(entries(family, lang)) <= ids


def test_every_message_is_raised_by_a_bad_draft() -> None:
    raised = {f.key for path in bad_files() for f in validate_file(path)}
    known = {
        f"{rule}.{slug}"
        for family in FAMILIES
        for rule, texts in entries(family).items()
        for slug in texts
        if slug not in NO_FINDING and rule != FROM_SCHEMA
    }
    assert known <= raised


def test_every_rule_has_a_bad_draft() -> None:
    named = {path.stem.split("-")[0] for path in bad_files()}
    assert {m.RULE.id for m in modules()} <= named


def test_every_rule_has_a_good_draft() -> None:
    named = {path.stem.split("-")[0] for path in good_files()}
    assert {m.RULE.id for m in modules()} <= named


def test_a_clause_of_layout_weighs_no_more_than_it_is_known() -> None:
    """What is unverified is never more than info, what is secondary never an error."""
    heaviest = {Certainty.A: 2, Certainty.B: 1, Certainty.C: 0}
    weight = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
    for path in bad_files():
        for finding in validate_file(path):
            if finding.rule.startswith("FMT") and finding.rule != NOT_LAW:
                assert finding.source is not None
                assert weight[finding.severity] <= heaviest[finding.source.certainty], path.name


def test_info_only_rules_never_stop_an_export() -> None:
    levels = {m.RULE.id: m.RULE.severity for m in modules()}
    assert levels["FMT005"] is levels["FMT006"] is Severity.INFO
