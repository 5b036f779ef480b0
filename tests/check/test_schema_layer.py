"""The schema layer: one finding per mistake, at the mistaken place, that a clerk understands."""

from __future__ import annotations

from typing import Any

import pytest

from vanban.catalogue import LANGUAGES, entries, message, template
from vanban.check import schema_layer
from vanban.check.schema_layer import SILENT_KEYWORDS, SPEAKING_KEYWORDS, quoted, type_slug
from vanban.read.reader import read_text

from .small import (
    GOOD,
    SCHEMA,
    findings,
    keyword_uses,
    one,
    our_schemas,
    outcome,
    type_sets,
    walker,
)


def test_good_data_raises_nothing() -> None:
    assert findings() == ()


@pytest.mark.parametrize(
    ("changes", "key", "pointer"),
    [
        ({"ten": None}, "SCH001.trong", "/ten"),
        ({"ten": 5}, "SCH001.string", "/ten"),
        ({"co_so": "co"}, "SCH001.boolean", "/co_so"),
        ({"mang": {}}, "SCH001.array", "/mang"),
        ({"nhom": []}, "SCH001.object", "/nhom"),
        ({"so": True}, "SCH001.number", "/so"),
        ({"muc": 5}, "SCH001.array_string", "/muc"),
        ({"cap": "Xã phường"}, "SCH004.goi_y", "/cap"),
        ({"cap": "khong_ro"}, "SCH004.liet_ke", "/cap"),
        ({"chi_mot": "b"}, "SCH004.phai_la", "/chi_mot"),
        ({"hang": "khac"}, "SCH004.phai_la", "/hang"),
        ({"so": "1.246"}, "SCH005.so_mo_ho", "/so"),
        ({"dem": "1.246"}, "SCH005.so_mo_ho_nguyen", "/dem"),
        ({"so": "nhiều"}, "SCH005.so", "/so"),
        ({"dem": "5,5"}, "SCH005.so_nguyen", "/dem"),
        ({"so": "-5"}, "SCH006.it_nhat", "/so"),
        ({"so": -5}, "SCH006.it_nhat", "/so"),
        ({"khoang": 0}, "SCH006.lon_hon", "/khoang"),
        ({"khoang": 11}, "SCH006.nhieu_nhat", "/khoang"),
        ({"duoi": 6}, "SCH006.nho_hon", "/duoi"),
        ({"duoi": 3}, "SCH006.boi_so", "/duoi"),
        ({"ngay": "hôm nay"}, "SCH005.ngay", "/ngay"),
        ({"ngay": "31/02/2023"}, "SCH005.ngay_khong_co", "/ngay"),
        ({"thang": "hôm nay"}, "SCH005.ngay_thang", "/thang"),
        ({"lich": "2023-02-31"}, "SCH005.ngay_khong_co", "/lich"),
        ({"ma": "hc"}, "SCH005.mau", "/ma"),
        ({"khuon": "hc"}, "SCH005.khuon", "/khuon"),
        ({"ten": "  "}, "SCH007.trong", "/ten"),
        ({"ten": ["ghi tên phiếu"]}, "SCH007.chua_dien", "/ten"),
        ({"ten": "[ghi tên phiếu]"}, "SCH007.chua_dien", "/ten"),
        ({"ngan": "a"}, "SCH007.ngan", "/ngan"),
        ({"ngan": "quá dài"}, "SCH007.dai", "/ngan"),
        ({"mang": []}, "SCH007.trong", "/mang"),
        ({"mang": list("abcd")}, "SCH007.nhieu_muc", "/mang"),
        ({"mang": ["a", "b", "a"]}, "SCH009.trung", "/mang/2"),
        ({"it_khoa": {"a": 1}}, "SCH007.it_khoa", "/it_khoa"),
        ({"it_khoa": dict.fromkeys("abcd")}, "SCH007.nhieu_khoa", "/it_khoa"),
        ({"nhom": {}}, "SCH007.thieu_het", "/nhom"),
        ({"nhom": {"mot": "a"}}, "SCH002.thieu", "/nhom"),
        ({"keo_theo": {"a": 1}}, "SCH002.thieu", "/keo_theo"),
        ({"khoa_tu_do": {"y": 1}}, "SCH003.la", "/khoa_tu_do/y"),
        ({"chua": [2]}, "SCH005.khac", "/chua"),
        ({"phien_ban": 2}, "SCH010.phien_ban", "/phien_ban"),
        ({"phien_ban": "hai"}, "SCH001.integer", "/phien_ban"),
        ({"han": "luon_luon"}, "SCH008.khong_dung", "/han"),
        ({"cap": "tinh", "so": 1, "dem": 2}, "SCH008.khong_dung_vi", "/dem"),
        ({"cap": "tinh"}, "SCH002.thieu_goc_vi", ""),
        ({"muc": ""}, "STR001.rong", "/muc"),
        ({"muc": None}, "STR001.rong", "/muc"),
        ({"muc": []}, "STR001.rong", "/muc"),
        ({"nhanh": {}}, "STR001.thieu", "/nhanh"),
        ({"muc": "[ghi mục]"}, "STR001.chua_dien", "/muc"),
    ],
)
def test_each_kind_of_mistake(changes: dict[str, Any], key: str, pointer: str) -> None:
    found = one(**changes)
    assert (found.key, found.pointer) == (key, pointer)
    for lang in LANGUAGES:
        assert message(found, lang)


def test_the_rule_is_that_of_the_message_but_for_sections() -> None:
    assert one(ten=5).rule == "SCH001"
    for changes in ({"muc": ""}, {"nhanh": {}}, {"muc": "[ghi mục]"}):
        found = one(**changes)
        assert found.rule == "STR001"
        assert found.source is not None, "a structural rule rests on a clause"


# --- keys --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["mott", "mo", "Một", "MOT", "mot-", "muc_mot", "mục một", "khoa_la"]
)
def test_an_unknown_key_and_a_missing_one_are_one_mistake(written: str) -> None:
    found = one(nhom={written: "a", "hai": "b"})
    assert found.rule == "SCH003"
    assert found.pointer == f"/nhom/{written}"
    assert "Mục một" in message(found)
    assert "mot" in message(found)


def test_each_unknown_key_goes_with_the_missing_one_it_is_like() -> None:
    found = findings(nhom={"haii": "b", "mott": "a"})
    assert {f.pointer: f.args["wanted"] for f in found} == {
        "/nhom/haii": "hai",
        "/nhom/mott": "mot",
    }


def test_a_clear_misspelling_of_an_optional_key_stays_a_mistake_of_its_own() -> None:
    schema = SCHEMA | {"required": ["ten", "loai", "chi_mot"]}
    found = outcome(GOOD | {"phien_bann": 1}, schema).findings
    assert sorted(f.key for f in found) == ["SCH002.thieu_goc", "SCH003.goi_y_goc"]


def test_an_unknown_key_alone_gets_the_nearest_free_key() -> None:
    found = one(Khoảng=5)
    assert (found.key, found.args["meant"]) == ("SCH003.goi_y_goc", "khoang")
    found = one(nhom={"mot": "a", "hai": "b", "Mục ba": "c"})
    assert (found.key, found.args["meant"]) == ("SCH003.goi_y", "ba")


def test_an_unknown_key_like_nothing_gets_the_free_keys() -> None:
    found = one(nhom={"mot": "a", "hai": "b", "zzzz": "c"})
    assert (found.key, found.args["allowed"]) == ("SCH003.liet_ke", "ba")
    found = one(zzzz=1)
    assert found.key == "SCH003.la_goc"


def test_a_key_in_the_wrong_object_is_told_where_it_belongs() -> None:
    found = one(mot="a", nhom={"hai": "b"})
    assert (found.key, found.pointer) == ("SCH003.sai_cho", "/mot")
    assert "Nhóm" in message(found)
    data = {"loai": "phieu", "nhom": {"mot": "a", "hai": "b", "ten": "x"}}
    (found,) = outcome(data).findings
    assert (found.key, found.pointer) == ("SCH003.sai_cho_goc", "/nhom/ten")


def test_an_empty_draft_is_one_finding() -> None:
    (found,) = outcome({}).findings
    assert found.key == "SCH007.goc_trong"


def test_two_missing_keys_are_two_mistakes() -> None:
    schema = SCHEMA | {"required": ["loai", "ten", "cap"]}
    found = outcome({"loai": "phieu"}, schema).findings
    assert [f.args["key"] for f in found] == ["ten", "cap"]


# --- folding -----------------------------------------------------------------------------------


def test_several_complaints_about_one_value_are_one_finding() -> None:
    assert one(cap=5).key == "SCH001.string"
    assert one(dem="-1.5x").key == "SCH005.so_nguyen"


def test_what_stands_in_a_forbidden_value_is_not_checked() -> None:
    schema = SCHEMA | {"allOf": [{"properties": {"nhom": False}}]}
    (found,) = outcome(GOOD | {"nhom": {"la": 1}}, schema).findings
    assert (found.rule, found.pointer) == ("SCH008", "/nhom")


@pytest.mark.parametrize(
    "changes",
    [
        {"cap": "tinhh"},  # the condition hangs on a wrong value
        {"capp": "tinh"},  # … on a misspelt key
        {"cap": 5},
    ],
)
def test_what_follows_from_another_mistake_is_not_said(changes: dict[str, Any]) -> None:
    found = one(han="luon_luon", **changes)
    assert found.pointer in {"/cap", "/capp"}


def test_the_reason_of_a_condition_is_named() -> None:
    assert one(cap="tinh", so=1, dem=2).args["reason"] == "Cấp: tinh"
    assert "Cấp: tinh" in message(one(cap="tinh"))


def test_faulty_places_are_reported_as_such() -> None:
    assert outcome(GOOD | {"nhom": {"mot": "a", "haii": "b"}}).invalid == {"/nhom", "/nhom/haii"}
    assert outcome(GOOD | {"cap": "x"}).invalid == {"/cap"}


# --- words -------------------------------------------------------------------------------------


def test_an_ambiguous_figure_is_offered_both_ways() -> None:
    for lang in LANGUAGES:
        text = message(one(so="1.246"), lang)
        assert "1246" in text
        assert "1,246" in text


def test_a_bad_date_is_told_both_forms() -> None:
    for lang in LANGUAGES:
        text = message(one(ngay="hôm nay"), lang)
        assert "09/10/2023" in text
        assert "2023-10-09" in text


def test_a_message_says_the_path_in_words() -> None:
    assert "“Nhóm › Mục một”" in message(one(nhom={"mot": 5, "hai": "b"}))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a  b\nc", "“a b c”"),
        ("x" * 60, "“" + "x" * 40 + "…”"),
        ([1], "[…]"),
        ({"a": 1}, "{…}"),
        (None, "“”"),
        (True, "true"),
        (False, "false"),
        (5, "5"),
    ],
)
def test_how_a_value_is_quoted(value: Any, shown: str) -> None:
    assert quoted(value) == shown


# --- places ------------------------------------------------------------------------------------


def _spans(text: str) -> list[tuple[str, int, int, int]]:
    from jsonschema import Draft202012Validator

    draft = read_text(text)
    found = schema_layer.check(draft, walker(), Draft202012Validator(SCHEMA)).findings
    return [(f.rule, f.span.line, f.span.column, f.span.end_column) for f in found if f.span]


def test_a_wrong_value_is_said_at_the_value() -> None:
    assert _spans("loai: phieu\nten: Phiếu\ncap: xax\n") == [("SCH004", 3, 6, 9)]


def test_an_unknown_key_is_said_at_the_key() -> None:
    assert _spans("loai: phieu\nten: Phiếu\nkhoangg: 5\n") == [("SCH003", 3, 1, 8)]


def test_a_missing_key_is_said_at_the_key_of_its_object() -> None:
    text = "loai: phieu\nten: Phiếu\nnhom:\n  mot: a\n"
    assert _spans(text) == [("SCH002", 3, 1, 5)]


def test_a_key_missing_at_the_root_is_said_at_the_first_key() -> None:
    assert _spans("# chú thích\nloai: phieu\n") == [("SCH002", 2, 1, 5)]


def test_an_empty_value_is_said_at_its_key() -> None:
    assert _spans("loai: phieu\nten:\n") == [("SCH001", 2, 1, 4)]


# --- completeness ------------------------------------------------------------------------------


def test_every_keyword_our_schemas_use_has_a_message() -> None:
    used = set().union(*(keyword_uses(schema) for schema in our_schemas()))
    assert used - SILENT_KEYWORDS - SPEAKING_KEYWORDS == set()


def test_the_keyword_check_can_fail() -> None:
    used = keyword_uses({"properties": {"a": {"oneOf": [{}]}, "b": False}})
    assert used - SILENT_KEYWORDS - SPEAKING_KEYWORDS == {"oneOf"}
    assert "false" in used


def test_every_set_of_types_our_schemas_use_has_a_message_of_its_own() -> None:
    for types in set().union(*(type_sets(schema) for schema in our_schemas())):
        for lang in LANGUAGES:
            assert template(f"SCH001.{type_slug(types)}", lang)


def test_a_set_of_types_without_a_message_of_its_own_still_gets_one() -> None:
    schema = SCHEMA | {"properties": SCHEMA["properties"] | {"la": {"type": ["null", "array"]}}}
    (found,) = outcome(GOOD | {"la": 5}, schema).findings
    assert found.key == "SCH001.khac"
    assert message(found)


def test_both_languages_have_the_same_messages() -> None:
    for family in ("SCH", "cli", "output"):
        vi, en = (_flat(entries(family, lang)) for lang in ("vi", "en"))
        assert set(vi) == set(en)
        for key, text in vi.items():
            assert _arguments(text) == _arguments(en[key]), key


def _flat(node: Any, prefix: str = "") -> dict[str, str]:
    if isinstance(node, str):
        return {prefix: node}
    found: dict[str, str] = {}
    for key, part in node.items():
        found |= _flat(part, f"{prefix}.{key}" if prefix else key)
    return found


def _arguments(text: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
