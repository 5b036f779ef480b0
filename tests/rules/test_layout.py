"""Formalities and layout choices, and the fixes that rules offer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import EXAMPLES, check, put, sound
from vanban.check.engine import validate
from vanban.finding import Safety
from vanban.read.reader import from_mapping, read_path, read_text


def layout(**choices: Any) -> list[tuple[str, str]]:
    data = put(sound(), "the_thuc.trinh_bay", choices)
    return [(f.key, f.severity.value) for f in check(data, "FMT")]


def test_choices_inside_the_range_raise_nothing() -> None:
    assert layout(co_chu=15, gian_dong=22, kieu_muc="I.", in_hai_mat=True, dong_ky=5) == []
    assert layout(co_chu=14, gian_dong=18, kieu_muc="I-", kieu_dau="tone_main") == []


@pytest.mark.parametrize("choices", [{"co_chu": 13}, {"co_chu": 16}, {"gian_dong": 17}])
def test_choices_outside_the_range(choices: dict[str, Any]) -> None:
    [(key, level)] = layout(**choices)
    assert key == "FMT002.ngoai_khoang" and level in ("warning", "info")


def test_an_uncertain_figure_is_only_worth_a_remark() -> None:
    assert layout(co_chu=13) == [("FMT002.ngoai_khoang", "warning")]
    # 36-HD was not readable on line pitch: certainty C.
    assert layout(gian_dong=30) == [("FMT002.ngoai_khoang", "info")]
    data = put(sound(), "the_thuc.trinh_bay", {"gian_dong": 30})
    [finding] = check(data, "FMT002")
    assert finding.source is not None and finding.source.certainty == "C"
    assert finding.args["duoc_phep"] == "18 - 22"


def state() -> dict[str, Any]:
    [path] = (EXAMPLES / "nd30").glob("*.yaml")
    return dict(read_path(str(path)).data)


ISSUERS = [
    ("Đảng ủy xã Mẫu", True),
    ("Đảng uỷ xã Mẫu", True),
    ("Ban Thường vụ Huyện ủy Mẫu", True),
    ("Chi bộ ấp 1", True),
    ("Ủy ban Kiểm tra Đảng ủy xã Mẫu", True),
    ("Văn phòng Đảng ủy xã Mẫu", True),
    ("Ủy ban nhân dân xã Mẫu", False),
    ("Uỷ ban nhân dân xã Mẫu", False),
    ("Hội đồng nhân dân xã Mẫu", False),
    ("Phòng Kinh tế huyện Mẫu", False),
    ("Ủy ban Mặt trận Tổ quốc xã Mẫu", None),
    ("Hội Nông dân xã Mẫu", None),
]


@pytest.mark.parametrize(("issuer", "party"), ISSUERS)
def test_bodies_and_their_regulation(issuer: str, party: bool | None) -> None:
    draft = from_mapping(put(sound(), "the_thuc.co_quan_ban_hanh", issuer))
    for profile, wrong in (("dang-hd36", party is False), ("nd30", party is True)):
        found = validate(draft, profile=profile, config={"select": ["FMT003"]}).findings
        assert [f.pointer for f in found] == (["/the_thuc/co_quan_ban_hanh"] if wrong else [])


def test_a_state_body_under_its_own_regulation() -> None:
    data = state()
    assert not check(data)
    formalities = {**data["the_thuc"], "bo_the_thuc": None}
    found = check({**data, "the_thuc": {k: v for k, v in formalities.items() if v is not None}})
    assert [f.rule for f in found if f.rule.startswith("FMT")] == ["FMT003"]


@pytest.mark.parametrize(
    ("issued", "profile", "slug"),
    [
        ("09/10/2023", "dang-hd36", None),
        ("26/5/2026", "dang-hd36", None),
        ("27/5/2026", "dang-hd36", "het_hieu_luc"),
        ("26/5/2026", "dang-hd05", "chua_hieu_luc"),
        ("27/5/2026", "dang-hd05", None),
        ("5/2026", "dang-hd05", None),
        (None, "dang-hd05", None),
        ("01/01/2017", None, "chua_hieu_luc"),
    ],
)
def test_regulation_in_force(issued: str | None, profile: str | None, slug: str | None) -> None:
    data = put(sound(), "the_thuc.ngay_ban_hanh", issued)
    if profile:
        put(data, "the_thuc.bo_the_thuc", profile)
    found = [(f.key, f.pointer) for f in check(data, "FMT004")]
    place = "/the_thuc/bo_the_thuc" if profile else "/the_thuc/ngay_ban_hanh"
    assert found == ([(f"FMT004.{slug}", place)] if slug else [])


def test_what_the_registry_gives_at_signing() -> None:
    data = put(put(sound(), "the_thuc.so", None), "the_thuc.ngay_ban_hanh", None)
    assert [(f.key, f.severity.value) for f in check(data)] == [
        ("FMT005.chua_co", "info"),
        ("FMT006.chua_co", "info"),
    ]


# ---- grounds ----


@pytest.mark.parametrize(
    ("rule", "path", "value", "clauses"),
    [
        ("FMT001", "kien_nghi", "Không có ✅.", ("Phụ lục 3", "A", "B", "I.4")),
        ("FMT005", "the_thuc.so", None, ("II.1.3.1a", "A", "B", "II.3")),
        ("FMT006", "the_thuc.ngay_ban_hanh", None, ("II.1.4", "B", "B", "II.4")),
        ("FMT006", "the_thuc.ngay_ban_hanh", "10/2023", ("II.1.4", "B", "B", "II.4")),
        ("DAT009", "kien_nghi", "Trả lời trước ngày 5 tháng 12.", ("II.1.4", "B", "B", "II.4")),
    ],
)
def test_the_clause_is_that_of_the_profile(
    rule: str, path: str, value: str | None, clauses: tuple[str, str, str, str]
) -> None:
    party, old, new, state = clauses
    draft = from_mapping(put(sound(), path, value))
    for profile, clause, certainty in (
        ("dang-hd36", f"{party}, Hướng dẫn 36-HD/VPTW", old),
        ("dang-hd05", f"{party}, Hướng dẫn 05-HD/VPTW", new),
        ("nd30", f"{state}, Phụ lục I, Nghị định 30/2020/NĐ-CP", "A"),
    ):
        [finding] = validate(draft, profile=profile, config={"select": [rule]}).findings
        assert finding.source is not None
        assert (finding.source.clause, finding.source.certainty) == (clause, certainty)


def test_which_regulation_binds_whom_is_inferred() -> None:
    for profile, issuer, named in (
        ("nd30", "Đảng ủy xã Mẫu", "36-HD/VPTW"),
        ("dang-hd36", "Ủy ban nhân dân xã Mẫu", "30/2020/NĐ-CP"),
    ):
        draft = from_mapping(put(sound(), "the_thuc.co_quan_ban_hanh", issuer))
        [finding] = validate(draft, profile=profile, config={"select": ["FMT003"]}).findings
        assert finding.source is not None and finding.source.certainty == "B"
        assert named in finding.source.clause and finding.severity == "warning"


# ---- fixes ----

BASE = (EXAMPLES / "bao-cao-so-ket" / "toi-thieu.yaml").read_text("utf-8")


def mended(source: str) -> str:
    """The source with every safe fix applied, the last place first."""
    lines = source.split("\n")
    edits = [
        edit
        for finding in validate(read_text(source)).findings
        if finding.fix and finding.fix.safety is Safety.SAFE
        for edit in finding.fix.edits
    ]
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        span = edit.span
        assert span.line == span.end_line
        line = lines[span.line - 1]
        lines[span.line - 1] = line[: span.column - 1] + edit.text + line[span.end_column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("họp ngày 5 tháng 2 năm 2023", "họp ngày 05 tháng 02 năm 2023"),
        ("từ ngày 5 tháng 09 đến ngày 7 tháng 10", "từ ngày 05 tháng 9 đến ngày 07 tháng 10"),
        ("Đảng\u200b ủy xã\u00ad Mẫu\u2060", "Đảng ủy xã Mẫu"),
        ("ngày 5\u200b tháng 9", "ngày 5 tháng 9"),
    ],
)
def test_safe_fixes_mend_the_source(wrong: str, right: str) -> None:
    target = "Đảng ủy duy trì 04 mô hình"
    source = BASE.replace(target, f"{wrong}; {target}")
    assert source != BASE
    assert mended(source) == BASE.replace(target, f"{right}; {target}")


def test_control_characters_and_drafts_without_a_source_carry_no_fix() -> None:
    quoted = BASE.replace("dia_danh: Xã Mẫu", 'dia_danh: "Xã\\x07 Mẫu"')
    [finding] = validate(read_text(quoted)).findings
    assert finding.key == "TXT001.dieu_khien" and finding.fix is None
    data = put(sound(), "kien_nghi", "Họp ngày 5 tháng 2 với xã\u200b Mẫu.")
    assert [(f.rule, f.fix) for f in check(data)] == [("DAT009", None), ("TXT001", None)]


def test_an_escaped_character_is_mended_as_it_is_written() -> None:
    quoted = BASE.replace("dia_danh: Xã Mẫu", 'dia_danh: "Xã\\u200b Mẫu"')
    assert mended(quoted) == BASE.replace("dia_danh: Xã Mẫu", 'dia_danh: "Xã Mẫu"')
