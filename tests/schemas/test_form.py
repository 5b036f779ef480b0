"""The schema files themselves: what every node of them keeps to."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.schemas.common import REPORT, ROOT, SCHEMAS, nodes, schema
from vanban.check.bundle import bundle, resolve, validator

BY_NAME = pytest.mark.parametrize("path", SCHEMAS, ids=lambda p: p.name)
# What the code finds things by; a new role is a new line here.
ROLES = set(
    """
    document kind schema-version formalities issuer superior symbol issuer-symbol number place-name
    issue-date date subject profile signature authority office signer recipients recipient layout
    font-size line-pitch heading-style duplex signature-lines tone-style scope order period
    period-kind period-start period-end period-year data-date period-topic term next-period
    next-period-start next-period-end next-period-name opening section group heading label lead
    prose line text text-item table table-title row column cell code field figure
    results economy party-building assessment plan-part limitations limitation limitation-code
    limitation-references extent causes cause cause-kind tasks task lead-body supporting-body
    deadline product follow-ups follow-up follow-up-task follow-up-before follow-up-result
    own-sections own-section anchor indicators indicator indicator-code indicator-name unit
    indicator-kind indicator-direction indicator-plan indicator-actual indicator-previous
    indicator-plan-percent indicator-previous-percent indicator-verdict indicator-references note
    plan plan-value plan-source plan-scope figures table-data-date member-balance member-rows
    member-opening member-increase member-increase-total member-admitted member-transfer-in
    member-transfer-in-total member-transfer-in-outside member-transfer-in-inside member-restored
    member-decrease member-decrease-total member-died member-expelled member-removed
    member-removed-probationary member-withdrawn member-transfer-out member-transfer-out-total
    member-transfer-out-outside member-transfer-out-inside member-closing member-residual-note
    member-residual member-residual-reason member-full member-probationary member-subset party-cell
    cell-name cell-members cell-admitted inspection inspection-level inspection-planned
    inspection-done inspected-members inspected-organisations inspection-violations
    inspection-to-discipline inspection-disciplined discipline discipline-total discipline-form
    discipline-expelled discipline-organisations petitions petitions-carried petitions-received
    petitions-settled party-organisations party-organisation-part party-organisation-total grading
    grading-members grading-cells grade-excellent grade-good grade-completed grade-failed grade-none
    budget budget-revenue budget-spending budget-revenue-plan budget-spending-plan
    budget-revenue-previous budget-spending-previous budget-carried budget-supplement
    budget-revenue-parts budget-spending-parts budget-part budget-part-name budget-part-amount
    poverty households poor-opening poor-left poor-new poor-returned poor-closing near-poor
    health-insurance new-rural recognition unmet-criteria recruitment share-part share-whole
    appendices appendix appendix-table
    probation-balance probation-opening probation-transfer-in probation-confirmed probation-removed
    probation-transfer-out probation-other partition partition-name partition-total partition-part
    part-name part-count part-percent cell-full meetings meetings-cells meetings-regular
    meetings-topical meetings-summoned meetings-present meetings-absent meetings-exempt
    meetings-percent inspection-extra inspection-part grade-assessed grade-total investment
    investment-total investment-part accidents accidents-count accidents-dead accidents-hurt
    met-criteria indicator-nature urgency requests
    secrecy circulation draft-number typist typist-code copies-issued contact contact-address
    contact-phone contact-fax contact-email contact-site copy copy-form copy-issuer copy-number
    copy-issuer-symbol copy-place copy-date copy-signature copy-authority copy-office copy-signer
    copy-recipients copy-recipient
    """.split()  # noqa: SIM905 - a list of words is easier to keep
)


def properties(whole: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return every declared property with its pointer, without those that are forbidden."""
    found = []
    for at, node in nodes(whole):
        for name, part in node.get("properties", {}).items():
            if isinstance(part, dict) and "title" in part:
                found.append((f"{at}/properties/{name}", part))
    return found


def test_there_are_schemas() -> None:
    assert len(SCHEMAS) >= 12


@BY_NAME
def test_valid_against_the_meta_schema(path: Path) -> None:
    Draft202012Validator.check_schema(schema(path))


@BY_NAME
def test_identity_follows_the_name(path: Path) -> None:
    name = path.name.removesuffix(".schema.json")
    shared = "common:" if path.parent.name == "common" else ""
    assert re.fullmatch(rf"urn:vanban:schema:{shared}{name}:[0-9]+", schema(path)["$id"])
    assert schema(path)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@BY_NAME
def test_only_keywords_that_every_tool_knows(path: Path) -> None:
    for at, node in nodes(schema(path), conditions=True):
        for keyword in ("anyOf", "oneOf", "unevaluatedProperties", "dependentSchemas", "$anchor"):
            # An ``if`` may ask for one of several keys; an alternative never gives an error.
            if keyword == "anyOf" and at.endswith("/if"):
                continue
            assert keyword not in node, at


@BY_NAME
def test_references_lead_into_definitions(path: Path) -> None:
    for at, node in nodes(schema(path), conditions=True):
        if "$ref" in node:
            assert re.fullmatch(
                r"(urn:vanban:schema:common:[a-z-]+:[0-9]+)?#/\$defs/[a-z0-9_]+", node["$ref"]
            ), at


@BY_NAME
def test_objects_are_closed(path: Path) -> None:
    for at, node in nodes(schema(path)):
        dispatched = re.search(r"/allOf/\d+/(then|else)", at)
        declares = any(
            isinstance(part, dict) and "title" in part
            for part in node.get("properties", {}).values()
        )
        if node.get("type") == "object" or declares:
            named = "propertyNames" in node and "title" in node.get("additionalProperties", {})
            assert named or node.get("additionalProperties") is False, at
        elif "properties" in node:
            assert dispatched, at


@BY_NAME
def test_every_property_explains_itself(path: Path) -> None:
    for at, node in properties(schema(path)):
        title, description = node["title"], node["description"]
        assert title == title.strip() and title, at
        assert len(description) >= 30, f"{at}: {description}"
        assert description.endswith("."), f"{at}: {description}"
        assert description.casefold().rstrip(".") != title.casefold(), at
        assert not description.casefold().startswith(title.casefold() + "."), at
        assert node.get("examples"), at


@BY_NAME
def test_every_declared_property_has_a_title(path: Path) -> None:
    for at, node in nodes(schema(path)):
        if node.get("additionalProperties") is False:
            for name, part in node.get("properties", {}).items():
                assert part is False or "title" in part, f"{at}/{name}"


@BY_NAME
def test_titles_differ_among_siblings(path: Path) -> None:
    for at, node in nodes(schema(path)):
        titles = Counter(
            part["title"]
            for part in node.get("properties", {}).values()
            if isinstance(part, dict) and "title" in part
        )
        assert not [title for title, count in titles.items() if count > 1], at


def test_descriptions_are_their_own() -> None:
    """Two properties share a description only where they are the same property of two shapes."""
    owners: dict[str, set[str]] = {}
    for path in SCHEMAS:
        for at, node in properties(schema(path)):
            owners.setdefault(node["description"], set()).add(at.rsplit("/", 1)[-1])
    assert not {text: names for text, names in owners.items() if len(names) > 1}


def test_examples_fit_their_own_property() -> None:
    whole = bundle(REPORT)
    checked = 0
    for at, node in properties(whole):
        alone = {
            "$schema": whole["$schema"],
            **{key: value for key, value in node.items() if key != "examples"},
            "$defs": whole["$defs"],
        }
        judge = type(validator(REPORT))(alone)
        for example in node["examples"]:
            errors = [error.message for error in judge.iter_errors(example)]
            assert not errors, f"{at}: {example!r}: {errors}"
            checked += 1
    assert checked > 200


def test_examples_of_the_findings_schema_fit() -> None:
    whole = schema(ROOT / "schemas" / "findings.schema.json")
    for at, node in properties(whole):
        judge = Draft202012Validator({**node, "$defs": whole["$defs"]})
        for example in node["examples"]:
            assert judge.is_valid(example), f"{at}: {example!r}"


def _types(node: Any) -> int:
    """Count how often a type is said for one value, in the node and what it refers to."""
    if not isinstance(node, dict):
        return 0
    said = int("type" in node)
    if "$ref" in node:
        said += _types(bundle(REPORT)["$defs"][node["$ref"].removeprefix("#/$defs/")])
    for part in node.get("allOf", ()):
        said += _types(part)
    for branch in ("then", "else"):
        said += _types(node.get(branch))
    return said


def test_one_type_for_each_value() -> None:
    whole = bundle(REPORT)
    for at, node in properties(whole):
        assert _types(node) == 1, at
    for name, node in whole["$defs"].items():
        assert _types(node) == 1, name


def test_conditions_ask_for_what_they_test() -> None:
    """A condition on a value asks that it be there; one that asks for absence uses ``false``.

    The one exception is the layout profile, whose absence means a Party profile.
    """
    for at, node in nodes(bundle(REPORT), conditions=True):
        if "if" in node:
            _asks(node["if"], f"{at}/if")


def _asks(condition: dict[str, Any], at: str) -> None:
    for name, part in condition.get("properties", {}).items():
        if part is False or name == "bo_the_thuc":
            continue
        assert name in condition.get("required", ()), f"{at}: {name}"
        _asks(part, f"{at}/{name}")


def test_patterns_need_no_special_engine() -> None:
    for path in SCHEMAS:
        for at, node in nodes(schema(path), conditions=True):
            wanted = node.get("pattern", "")
            assert not re.search(r"\(\?|\\[dwbpDWBPAZzk]", wanted), at


def test_running_text_is_never_blank() -> None:
    for at, node in nodes(bundle(REPORT)):
        if node.get("x-vai") in ("prose", "line"):
            assert node["pattern"] == r"\S", at


def test_roles_are_known_and_used() -> None:
    whole = bundle(REPORT)
    seen = {node["x-vai"] for _, node in nodes(whole) if "x-vai" in node}
    assert seen == ROLES, seen ^ ROLES


def test_a_property_and_its_definition_have_different_roles() -> None:
    for at, node in properties(bundle(REPORT)):
        if "$ref" in node and "x-vai" in node:
            assert resolve({"$ref": node["$ref"]}, REPORT).get("x-vai") != node["x-vai"], at
