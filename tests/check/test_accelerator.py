"""jsonschema-rs beside jsonschema: the same findings, whatever the draft holds."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban import kinds
from vanban.check import judge, schema_layer
from vanban.check.bundle import bundle
from vanban.check.engine import _tools, validate
from vanban.finding import Finding
from vanban.read.draft import Draft
from vanban.read.reader import from_mapping, read_path
from vanban.text.numbers import exact

from .small import ROOT

GOOD = ROOT / "examples" / "bao-cao-so-ket" / "9-thang-2023.yaml"
FIXTURES = sorted([*(ROOT / "examples").rglob("*.yaml"), *(ROOT / "tests").rglob("*.yaml")])
# What one library or the other could take for something else.
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 7, 10**15 - 1, 10**15, 10**400, Decimal("1.0"), Decimal("1.5"),
    Decimal("1E+30"), Decimal("0.30000000000000001"), Decimal("NaN"), Decimal("-0"), 1.0, 1.5,
    float("nan"), float("inf"), "", " ", "\u00a0", "\ufeff", "\x1c", "x\n", "\ud800", "１", "12",
    "1.234.567", "12,5", "2023-02-29", "29/02/2024", "2023-13-01", "nam", "\u2028", [], {}, [[]],
    ["a", "a"], [1, True], [1, Decimal("1.0")], {"a": None}, ("a", "b"), {1: 2},
)  # fmt: skip


@pytest.fixture(autouse=True)
def accelerated(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jsonschema_rs")
    monkeypatch.delenv(judge.SETTING, raising=False)


def found(draft: Draft, *, fast: bool) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """Return what the layer says of a draft, with the accelerator or without it."""
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    walker, asked = _tools(kind)
    with exact():
        outcome = schema_layer.check(draft, walker, asked if fast else asked.validator)
    return outcome.findings, outcome.invalid


def test_every_fixture_is_judged_alike() -> None:
    drafts = [draft for draft in map(read_path, map(str, FIXTURES)) if draft.readable]
    kind_of = kinds.kinds()
    drafts = [draft for draft in drafts if draft.kind in kind_of]
    assert len(drafts) > 200
    quick = 0
    for draft in drafts:
        assert found(draft, fast=True) == found(draft, fast=False), draft.path
        quick += _tools(kind_of[draft.kind or ""])[1]._surely_sound(draft.data)
    # Most fixtures are sound for the schema: the accelerator must have spoken for these.
    assert quick > len(drafts) / 2


@cache
def good() -> Any:
    return read_path(str(GOOD)).data


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container of some data with each of its keys."""
    keys = value if isinstance(value, dict) else range(len(value)) if type(value) is list else ()
    for key in list(keys):
        yield value, key
        yield from places(value[key])


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    changes=st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.sampled_from(["put", "put", "drop", "add", "twice"]),
            st.sampled_from(ODD) | st.text(max_size=12) | st.integers() | st.decimals(),
        ),
        min_size=1,
        max_size=2,
    )
)
def test_a_mutated_draft_is_judged_alike(changes: list[tuple[int, str, Any]]) -> None:
    data = copy.deepcopy(good())
    for number, how, other in changes:
        every = list(places(data))
        parent, key = every[number % len(every)]
        if how == "put":
            parent[key] = other
        elif how == "drop":
            del parent[key]
        elif isinstance(parent, dict):
            parent["khoa_la"] = other
        else:
            parent.append(parent[key] if how == "twice" else other)
    draft = Draft(data, kind="bao-cao-so-ket")
    try:
        slow: Any = found(draft, fast=False)
    except Exception as error:  # data that no reader lets in: both ways fail alike
        with pytest.raises(type(error)):
            found(draft, fast=True)
        return
    assert repr(found(draft, fast=True)) == repr(slow)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_one_value_is_judged_alike_by_every_schema_of_the_reports(value: Any) -> None:
    for node in bundle(kinds.kinds()["bao-cao-so-ket"])["$defs"].values():
        if not judge.takes(node) or "#/$defs" in str(node):
            continue
        both = judge.Judge(node)
        if both._surely_sound(value):
            assert both.validator.is_valid(value), (node, value)


def test_the_schemas_of_every_kind_are_taken() -> None:
    for kind in kinds.kinds().values():
        assert judge.Judge(bundle(kind)).accelerator is not None


@pytest.mark.parametrize(
    "schema",
    [
        {"multipleOf": 0.1},
        {"properties": {"a": {"items": {"unevaluatedItems": False}}}},
        {"$ref": "https://example.org/schema.json"},
        {"$schema": "http://json-schema.org/draft-07/schema#"},
        {"pattern": r"\p{L}"},
        {"pattern": r"\bx"},
        {"pattern": "(?i)x"},
        {"patternProperties": {r"(?=a)a": {}}},
    ],
    ids=str,
)
def test_a_schema_that_the_two_may_read_differently_is_left_to_jsonschema(
    schema: dict[str, Any],
) -> None:
    assert judge.Judge(schema).accelerator is None


def test_what_the_accelerator_cannot_take_is_left_to_jsonschema() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    both = judge.Judge({"type": "array", "items": {"minLength": 1}})
    for value in (*ODD[7:15], deep):
        both._surely_sound([value])
    assert not both._surely_sound([10**15])
    assert not both._surely_sound(("a",))
    assert both._surely_sound(["a", 1])


def test_a_panic_is_no_crash() -> None:
    class PanicError(BaseException):
        pass

    def panics(data: Any) -> bool:
        raise PanicError

    both = judge.Judge({"type": "string"})
    both.__dict__["accelerator"] = panics
    assert list(both.iter_errors("x")) == []
    assert len(list(both.iter_errors(1))) == 1


def test_it_can_be_turned_off_and_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judge.Judge({"type": "string"})._surely_sound("x")
    monkeypatch.setenv(judge.SETTING, "off")
    assert not judge.Judge({"type": "string"})._surely_sound("x")
    monkeypatch.delenv(judge.SETTING)
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    without = judge.Judge({"type": "string"})
    assert without.accelerator is None
    assert list(without.iter_errors("x")) == []


def test_whole_findings_are_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = copy.deepcopy(good())
    data["the_thuc"].pop("dia_danh", None)
    data["khoa_la"] = 1
    for draft in (from_mapping(data), read_path(str(GOOD))):
        fast = validate(draft)
        monkeypatch.setenv(judge.SETTING, "off")
        assert validate(draft) == fast
        monkeypatch.delenv(judge.SETTING)
