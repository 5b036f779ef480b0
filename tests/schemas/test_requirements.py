"""What a report must hold, by scope, order, period and layout: accepted whole, refused without."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

from tests.schemas.common import FULL, GOOD, REPORT, draft, other
from tests.schemas.drafts import (
    FINAL_KINDS,
    ORDERS,
    PARTY_SECTIONS,
    PERIOD_KINDS,
    SCOPES,
    minimal,
    state,
)
from tests.schemas.mutations import deleted, mutations, places, replaced
from vanban.check.bundle import bundle, validator

# Of an example's mutations one in so many is tried; VANBAN_EVERY_MUTATION=1 tries all.
SPREAD = 7

ECONOMY_ONLY = ("kinh_te", "van_hoa_xa_hoi", "quoc_phong", "an_ninh", "noi_chinh")
ALWAYS = (
    ("loai",),
    ("the_thuc",),
    ("pham_vi",),
    ("trinh_tu",),
    ("ky_bao_cao",),
    ("ket_qua",),
    ("danh_gia",),
    ("phuong_huong",),
    ("the_thuc", "co_quan_cap_tren"),
    ("the_thuc", "co_quan_ban_hanh"),
    ("the_thuc", "dia_danh"),
    ("the_thuc", "nguoi_ky"),
    ("the_thuc", "nguoi_ky", "chuc_vu"),
    ("the_thuc", "nguoi_ky", "ho_ten"),
    ("the_thuc", "noi_nhan"),
    ("ky_bao_cao", "loai_ky"),
    ("ky_bao_cao", "tu_ngay"),
    ("ky_bao_cao", "den_ngay"),
    ("danh_gia", "han_che"),
    ("danh_gia", "nguyen_nhan"),
    ("phuong_huong", "nhiem_vu"),
)


def faults(data: Any) -> list[tuple[str, str]]:
    """Return place and keyword of every fault; both implementations must agree on the verdict."""
    errors = list(validator(REPORT).iter_errors(data))
    assert other().is_valid(data) == (not errors)
    return sorted(
        ("/".join(map(str, error.absolute_path)), str(error.validator)) for error in errors
    )


def lacks(data: Any, *at: str) -> None:
    """Assert that the draft is accepted, and without one key refused for just that key."""
    assert faults(data) == []
    assert faults(deleted(data, *at)) == [("/".join(at[:-1]), "required")]


@pytest.mark.parametrize("period", PERIOD_KINDS)
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("scope", SCOPES)
def test_every_combination(scope: str, order: str, period: str) -> None:
    data = minimal(period, scope, order)
    assert faults(data) == []
    assert faults(state(period, order)) == []
    for at in ALWAYS:
        lacks(data, *at)


@pytest.mark.parametrize("period", PERIOD_KINDS)
def test_a_full_scope_needs_the_economy(period: str) -> None:
    lacks(minimal(period, "toan_dien"), "ket_qua", "kinh_te")
    assert faults(minimal(period, "xay_dung_dang")) == []


@pytest.mark.parametrize("name", ECONOMY_ONLY)
def test_a_party_scope_forbids_the_economy(name: str) -> None:
    value: Any = {"nong_nghiep": "Đạt kế hoạch."} if name == "kinh_te" else "Đạt kế hoạch."
    whole = replaced(minimal(scope="toan_dien"), value, "ket_qua", name)
    assert faults(whole) == []
    party = replaced(minimal(scope="xay_dung_dang"), value, "ket_qua", name)
    assert faults(party) == [(f"ket_qua/{name}", "None")]


def test_the_short_item_of_a_party_scope_needs_words() -> None:
    at = ("ket_qua", "kinh_te_xa_hoi")
    heading = {"tieu_de": "Lãnh đạo phát triển kinh tế - xã hội"}
    assert faults(replaced(minimal(scope="toan_dien"), heading, *at)) == []
    party = minimal(scope="xay_dung_dang")
    assert faults(replaced(party, heading, *at)) == [("ket_qua/kinh_te_xa_hoi", "required")]
    assert faults(replaced(party, {**heading, "noi_dung": "Phát triển."}, *at)) == []
    assert faults(replaced(party, "Phát triển.", *at)) == []
    assert faults(replaced(party, {}, *at)) == [("ket_qua/kinh_te_xa_hoi", "minProperties")]


@pytest.mark.parametrize("period", [p for p in PERIOD_KINDS if p != "chuyen_de"])
@pytest.mark.parametrize("scope", SCOPES)
def test_a_party_report_needs_its_sections(scope: str, period: str) -> None:
    data = minimal(period, scope)
    lacks(data, "ket_qua", "xay_dung_dang")
    lacks(data, "ket_qua", "mat_tran_doan_the")
    for name in PARTY_SECTIONS:
        lacks(data, "ket_qua", "xay_dung_dang", name)


@pytest.mark.parametrize("profile", ["dang-hd36", "dang-hd05"])
def test_a_party_profile_keeps_the_sections(profile: str) -> None:
    lacks(replaced(minimal(), profile, "the_thuc", "bo_the_thuc"), "ket_qua", "xay_dung_dang")


def test_a_theme_report_needs_party_building_but_not_every_section() -> None:
    data = minimal("chuyen_de")
    lacks(data, "ket_qua", "xay_dung_dang")
    assert faults(replaced(data, {}, "ket_qua", "xay_dung_dang")) == [
        ("ket_qua/xay_dung_dang", "minProperties")
    ]


def test_a_state_body_needs_no_party_sections() -> None:
    data = state()
    assert faults(data) == []
    # Without its profile it is still a state body: the layout rules say what is odd.
    assert faults(deleted(data, "the_thuc", "bo_the_thuc")) == []
    assert faults(replaced(data, {}, "ket_qua", "xay_dung_dang")) == [
        ("ket_qua/xay_dung_dang", "minProperties")
    ]


def test_a_wrong_profile_is_one_fault() -> None:
    assert faults(replaced(state(), "nd3O", "the_thuc", "bo_the_thuc")) == [
        ("the_thuc/bo_the_thuc", "enum")
    ]


@pytest.mark.parametrize("period", PERIOD_KINDS)
def test_yearly_and_term_reports_need_targets_and_lessons(period: str) -> None:
    for data in (minimal(period), minimal(period, "xay_dung_dang"), state(period)):
        if period in FINAL_KINDS:
            lacks(data, "danh_gia", "bai_hoc")
            lacks(data, "chi_tieu")
            assert faults(replaced(data, [], "chi_tieu")) == [("chi_tieu", "minItems")]
        else:
            assert "chi_tieu" not in data
            assert "bai_hoc" not in data["danh_gia"]


@pytest.mark.parametrize("period", PERIOD_KINDS)
def test_a_theme_is_named_by_theme_reports_only(period: str) -> None:
    data = minimal(period)
    if period == "chuyen_de":
        lacks(data, "ky_bao_cao", "chuyen_de")
    else:
        given = replaced(data, "6 năm thực hiện Nghị quyết", "ky_bao_cao", "chuyen_de")
        assert faults(given) == [("ky_bao_cao/chuyen_de", "None")]


@pytest.mark.parametrize("period", PERIOD_KINDS)
def test_term_reports_name_the_term(period: str) -> None:
    data = minimal(period)
    if period in ("giua_nhiem_ky", "nhiem_ky"):
        lacks(data, "ky_bao_cao", "nhiem_ky")
    else:
        assert faults(replaced(data, "2020-2025", "ky_bao_cao", "nhiem_ky")) == []


def test_own_appendices_need_title_and_content() -> None:
    own = {"tieu_de": "Danh sách mô hình", "noi_dung": "Mô hình thắp sáng đường quê."}
    table = {"cot": ["Mô hình"], "dong": [["Thắp sáng đường quê"]]}
    data = minimal() | {"phu_luc": [own]}
    lacks_in_list = [
        ({"noi_dung": "Chữ."}, "required"),
        ({"tieu_de": "Tên"}, "required"),
        ({}, "required"),
        ({"bieu": "dang_vien", "bang": table}, "None"),
        ({"bieu": "dang_vien", "noi_dung": "Chữ."}, "None"),
    ]
    assert faults(data) == []
    assert faults(minimal() | {"phu_luc": [{"tieu_de": "Tên", "bang": table}]}) == []
    assert faults(minimal() | {"phu_luc": [{"bieu": "dang_vien"}]}) == []
    for wrong, keyword in lacks_in_list:
        assert [found for _, found in faults(minimal() | {"phu_luc": [wrong]})] == [keyword]


@pytest.mark.parametrize(
    "item", [{"tieu_de": "Nêu tên"}, {"linh_vuc": "dang_vien"}, {"chu_tri": "Văn phòng"}]
)
def test_a_task_says_what_is_to_be_done(item: dict[str, Any]) -> None:
    at = ("phuong_huong", "nhiem_vu")
    assert faults(replaced(minimal(), [item], *at)) == [("phuong_huong/nhiem_vu/0", "required")]
    for more in ({"noi_dung": "Làm."}, {"muc_con": ["Làm."]}):
        assert faults(replaced(minimal(), [item | more], *at)) == []


def test_text_blocks_end_at_four_levels() -> None:
    def nest(levels: int) -> list[Any]:
        block: list[Any] = ["Ý cuối cùng."]
        for _ in range(levels - 1):
            block = [{"tieu_de": "Ý", "muc_con": block}]
        return block

    at = ("ket_qua", "mat_tran_doan_the")
    assert faults(replaced(minimal(), nest(4), *at)) == []
    inner = "ket_qua/mat_tran_doan_the" + "/0/muc_con" * 4
    assert (inner, "None") in faults(replaced(minimal(), nest(5), *at))


# --- the drafts that exist ------------------------------------------------------------------


@pytest.mark.parametrize("path", [FULL, *GOOD], ids=lambda p: p.name)
def test_good_drafts_are_accepted(path: Any) -> None:
    assert faults(draft(path)) == []


def test_the_full_draft_uses_every_property() -> None:
    """Every property of every definition that the schema reaches, or one that is forbidden here."""
    whole = bundle(REPORT)
    used: set[int] = set()
    _mark(whole, draft(FULL), used)
    missed = []
    for name, node in {"": whole, **whole["$defs"]}.items():
        for at, part in _declared(node, name):
            if id(part) not in used:
                missed.append(at)
    assert missed == ["ky.ky_bao_cao/chuyen_de"]


def _declared(node: Any, at: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if not isinstance(node, dict):
        return found
    for name, part in node.get("properties", {}).items():
        if isinstance(part, dict) and "title" in part:
            found.append((f"{at}/{name}", part))
    for part in (*node.get("allOf", ()), node.get("then")):
        found += _declared(part, at)
    return found


def _mark(node: Any, value: Any, used: set[int]) -> None:
    if not isinstance(node, dict):
        return
    used.add(id(node))
    if "$ref" in node:
        _mark(bundle(REPORT)["$defs"][node["$ref"].removeprefix("#/$defs/")], value, used)
    for part in (*node.get("allOf", ()), node.get("then")):
        _mark(part, value, used)
    if isinstance(value, dict):
        for name, part in node.get("properties", {}).items():
            if name in value:
                _mark(part, value[name], used)
    elif isinstance(value, list):
        for item in value:
            _mark(node.get("items"), item, used)


# --- mutations -----------------------------------------------------------------------------


def _verdicts(data: Any, others: int, step: int = 1) -> int:
    judge, second = validator(REPORT), other()
    count = 0
    for what, at, mutated in islice(mutations(data, others), 0, None, step):
        assert judge.is_valid(mutated) == second.is_valid(mutated), (what, at)
        count += 1
    return count


@pytest.mark.parametrize("path", [FULL, *GOOD], ids=lambda p: p.name)
def test_two_implementations_judge_every_mutation_alike(path: Any) -> None:
    """The full draft holds every property; of the examples a spread of places is tried."""
    every = path == FULL or os.environ.get("VANBAN_EVERY_MUTATION")
    assert _verdicts(draft(path), others=1, step=1 if every else SPREAD) > 20


@pytest.mark.parametrize("period", PERIOD_KINDS)
def test_two_implementations_judge_minimal_drafts_alike(period: str) -> None:
    drafts: list[Callable[[], Any]] = [
        lambda: minimal(period),
        lambda: minimal(period, "xay_dung_dang"),
        lambda: state(period),
    ]
    for make in drafts:
        assert _verdicts(make(), others=5) > 200


def _at_one_place(data: Any, others: int) -> None:
    judge = validator(REPORT)
    for what, at, mutated in mutations(data, others):
        found = {tuple(error.absolute_path) for error in judge.iter_errors(mutated)}
        assert len(found) <= 1, (what, at, found)
        for place in found:
            # At the mutated place, at the object that lost a key, or where the key now lacks.
            assert place[: len(at) - 1] == at[:-1] or at[: len(place)] == place or _far(at), at


def _far(at: tuple[Any, ...]) -> bool:
    """Tell whether a place decides what other places must hold."""
    return at[-1] in ("pham_vi", "loai_ky", "bo_the_thuc", "co_quan_ban_hanh", "loai")


def test_one_mistake_is_refused_at_one_place() -> None:
    _at_one_place(draft(FULL), others=0)
    for period in ("chin_thang", "nam", "chuyen_de"):
        _at_one_place(minimal(period), others=10)
        _at_one_place(state(period), others=10)


def test_every_scalar_can_be_wrong() -> None:
    """No value of the full draft takes a foreign type: nothing is left unchecked."""
    data = draft(FULL)
    judge = validator(REPORT)
    for at, value in places(data):
        if at and not isinstance(value, dict | list):
            assert not judge.is_valid(replaced(data, {"x": 1}, *at)), at
