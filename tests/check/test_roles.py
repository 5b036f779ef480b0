"""The annotated walk: what the schema says of every value."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest

from vanban import kinds
from vanban.check.engine import local_reference, walker_of
from vanban.check.roles import Walker, type_of
from vanban.errors import InternalError
from vanban.read.reader import read_path

from .small import GOOD, ROOT, SCHEMA, walker


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "boolean"),
        ("05", "string"),
        ({}, "object"),
        ([], "array"),
        (5, "integer"),
        (Decimal("5.0"), "integer"),
        (Decimal("5.5"), "number"),
        (5.5, "number"),
    ],
)
def test_the_type_of_a_value(value: Any, name: str) -> None:
    assert type_of(value) == name


def test_every_value_has_a_place() -> None:
    data = GOOD | {"nhom": {"mot": "a", "hai": "b"}, "mang": ["x", "y"]}
    assert list(walker().walk(data).places) == [
        "", "/loai", "/ten", "/nhom", "/nhom/mot", "/nhom/hai", "/mang", "/mang/0", "/mang/1",
    ]  # fmt: skip


def test_the_outermost_title_and_role_win_and_inner_roles_are_kept() -> None:
    annotated = walker().walk(GOOD | {"muc": "Chữ"})
    place = annotated.places["/muc"]
    assert (place.title, place.role, place.roles) == (
        "Mục",
        "section",
        ("section", "text", "prose"),
    )


def test_a_role_that_hangs_on_the_type_follows_the_value() -> None:
    place = walker().walk(GOOD | {"muc": ["Chữ"]}).places["/muc"]
    assert place.roles == ("section", "text")


def test_a_condition_on_a_value_is_evaluated_each_time() -> None:
    shared = walker()
    table = shared.properties(shared.walk(GOOD | {"cap": "tinh"}).places[""].schemas)
    other = shared.properties(shared.walk(GOOD | {"cap": "xa_phuong"}).places[""].schemas)
    assert "dem" in table
    assert "han" in other


def test_nodes_by_role_leave_out_what_is_faulty_inside() -> None:
    annotated = walker().walk(GOOD | {"muc": "Chữ", "nhanh": {"la": "Lá"}})
    assert [n.pointer for n in annotated.nodes()["section"]] == ["/muc", "/nhanh/la"]
    nodes = annotated.nodes(frozenset({"/nhanh/la"}))
    assert [n.pointer for n in nodes["section"]] == ["/muc"]
    assert "group" not in nodes
    assert "document" not in nodes


def test_a_node_shows_the_merged_schema() -> None:
    (node,) = walker().walk(GOOD).nodes()["name"]
    assert node.value == GOOD["ten"]
    assert node.schema["title"] == "Tên phiếu"
    assert node.schema["type"] == "string"


def test_the_path_in_words() -> None:
    annotated = walker().walk(GOOD | {"nhom": {"mot": "a"}, "mang": ["x"], "la": 1})
    assert annotated.words("") == ""
    assert annotated.words("/nhom/mot") == "Nhóm › Mục một"
    assert annotated.words("/mang/0") == "Mảng › mục 1"
    assert annotated.words("/nhom/hai") == "Nhóm › Mục hai", "a missing key has its title too"
    assert annotated.words("/la") == "la", "a key without a title keeps its name"


def test_keys_with_slashes_and_tildes() -> None:
    schema = {"properties": {"a/b": {"title": "Chéo"}, "c~d": {"title": "Ngã"}}}
    annotated = walker(schema).walk({"a/b": 1, "c~d": 2})
    assert annotated.words("/a~1b") == "Chéo"
    assert annotated.words("/c~0d") == "Ngã"


@pytest.mark.parametrize(
    ("schema", "value", "holds"),
    [
        (True, 1, True),
        (False, 1, False),
        ({"type": "number"}, 1, True),
        ({"type": ["string", "array"]}, 1, False),
        ({"const": 1}, True, False),
        ({"const": 1}, 1, True),
        ({"enum": ["a", 1]}, 1, True),
        ({"enum": ["a"]}, "b", False),
        ({"minLength": 2}, "a", False),
        ({"pattern": "^a"}, "ba", False),
        ({"pattern": "^a"}, 5, True),
        ({"minItems": 1}, [], False),
        ({"minProperties": 1}, {}, False),
        ({"required": ["a"]}, {}, False),
        ({"properties": {"a": {"const": 1}}}, {}, True),
        ({"properties": {"a": {"const": 1}}}, {"a": 2}, False),
        ({"properties": {"a": False}}, {"a": 2}, False),
        ({"not": {"const": 1}}, 1, False),
        ({"allOf": [{"type": "string"}, {"minLength": 2}]}, "a", False),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, 2, True),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, 3, False),
        ({"multipleOf": 2}, 3, False),
        ({"multipleOf": 2}, 4, True),
    ],
)
def test_the_simple_evaluation_of_a_condition(schema: Any, value: Any, holds: bool) -> None:
    assert walker({}).holds(schema, value) is holds


def test_a_condition_may_use_a_reference() -> None:
    root = {"$defs": {"a": {"const": 1}}}
    own = walker(root)
    assert own.holds({"$ref": "#/$defs/a"}, 1)
    assert not own.holds({"$ref": "#/$defs/a"}, 2)


def test_patterns_tuples_and_extra_keys_lead_to_their_schemas() -> None:
    schema = {
        "patternProperties": {"^x": {"title": "Ích"}},
        "additionalProperties": {"title": "Khác"},
        "properties": {"ds": {"prefixItems": [{"title": "Đầu"}], "items": {"title": "Sau"}}},
    }
    annotated = walker(schema).walk({"x1": 1, "y": 2, "ds": ["a", "b"]})
    titles = [annotated.places[p].title for p in ("/x1", "/y", "/ds/0", "/ds/1")]
    assert titles == ["Ích", "Khác", "Đầu", "Sau"]


def test_a_reference_that_leads_nowhere_is_a_fault_of_ours() -> None:
    with pytest.raises(InternalError, match="khong_co"):
        local_reference(SCHEMA)("#/$defs/khong_co")


def test_one_walk_over_a_whole_report_is_quick() -> None:
    kind = kinds.find("bao-cao-so-ket")
    assert kind is not None
    draft = read_path(str(ROOT / "examples" / "bao-cao-so-ket" / "9-thang-2023.yaml"))
    shared: Walker = walker_of(kind)
    shared.walk(draft.data)
    best = min(_timed(shared, draft.data) for _ in range(5))
    assert best < 0.02, "about 2 ms on one idle core; ten times that means a walk gone wrong"


def _timed(shared: Walker, data: Any) -> float:
    start = time.perf_counter()
    shared.walk(data)
    return time.perf_counter() - start
