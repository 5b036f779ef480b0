"""A kind made of files alone: an outline without periods, parts or appendices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vanban.compose.composer import compose, compose_data
from vanban.compose.document import Document
from vanban.compose.outline import load_outline
from vanban.compose.profile import load_profile
from vanban.kinds import Kind
from vanban.read.draft import Draft

from .drafts import body, cells, small, tables

OUTLINE = """
van_ban: {ten_loai: Thông báo, viet_tat: TB, thieu: "[thiếu]", du_thao: DỰ THẢO}
trich_yeu: "về việc {la}họp"
than_bai: [noi_dung, nhom]
muc:
  noi_dung: {o: noi_dung, tieu_de: Nội dung}
  nhom:
    tieu_de: Nhóm
    con: [so_lieu, cap_ba]
  so_lieu: {tieu_de: Số liệu, bieu: so_lieu}
  cap_ba:
    tieu_de: Cấp ba
    con: [cap_bon]
  cap_bon:
    tieu_de: Cấp bốn
    con: [cap_nam]
  cap_nam: {o: sau, tieu_de: Cấp năm}
bieu:
  so_lieu:
    tieu_de: Số liệu
    nguon: so_lieu
    cot:
      - {ma: ten, loai: ten, ten: Tên}
      - {ma: so, ten: Số, so: true}
    dong:
      - {ten: Một, o: mot}
      - {ten: Hai, o: hai, giu: true}
""".replace("{la}", "")


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    folder = tmp_path / "templates" / "thong-bao"
    folder.mkdir(parents=True)
    (folder / "outline.yaml").write_text(OUTLINE, "utf-8")
    return Kind("thong-bao", tmp_path)


def data(**more: Any) -> dict[str, Any]:
    return {"loai": "thong-bao", "the_thuc": small()["the_thuc"], **more}


def notice(kind: Kind, **more: Any) -> Document:
    draft = Draft(data(**more), "thong-bao")
    return compose(draft, load_profile("dang-hd36"), kind=kind)


def test_own_kind(kind: Kind) -> None:
    document = notice(kind, noi_dung="Lời.", sau="Một.\n\nHai.", so_lieu={"mot": 1, "hai": None})
    assert [line.text for line in document.title[:2]] == ["THÔNG BÁO", "về việc họp"]
    assert document.header.left_low[-1].text == "Số 05-TB/ĐU"
    assert document.meta.title == "về việc họp"
    assert body(document) == [
        "I- NỘI DUNG",
        "Lời.",
        "II- NHÓM",
        "1. Số liệu",
        "2. Cấp ba",
        "a) Cấp bốn",
        "- Cấp năm: Một.",
        "Hai.",
    ]
    (table,) = tables(document)
    assert cells(table) == [["Tên", "Số"], ["Một", "1"], ["Hai", ""]]
    assert document.appendices == ()


def test_tables_without_data_leave_no_heading(kind: Kind) -> None:
    document = notice(kind, noi_dung="Lời.", so_lieu={"ba": 3})
    assert body(document) == ["I- NỘI DUNG", "Lời."]


def test_own_sections_without_heading_or_content(kind: Kind) -> None:
    document = notice(
        kind,
        noi_dung="Lời.",
        muc_khac=[
            {"sau": "noi_dung", "noi_dung": "Không tiêu đề."},
            {"sau": "noi_dung"},
            {"sau": "noi_dung", "tieu_de": "Chỉ tiêu đề"},
            {"sau": "sau", "tieu_de": "Sau mục vắng", "noi_dung": "Lời."},
        ],
    )
    assert body(document) == [
        "I- NỘI DUNG",
        "Lời.",
        "Không tiêu đề.",
        "II- CHỈ TIÊU ĐỀ",
        "III- SAU MỤC VẮNG",
        "Lời.",
    ]


def test_dates_beyond_the_calendar_are_no_reason_to_crash(kind: Kind) -> None:
    outline = load_outline(kind.outline_path)
    for day in ("12/9999", "2023-13", "01/0000", "31/12/9999"):
        formalities = {**small()["the_thuc"], "ngay_ban_hanh": day}
        document = compose_data(
            {"the_thuc": formalities, "noi_dung": "Lời."}, load_profile("nd30"), outline
        )
        assert body(document)[0] == "I. NỘI DUNG"
    report = small(ngay_ban_hanh="12/9999")
    report["ky_bao_cao"] |= {"tu_ngay": "9999-01-01", "den_ngay": "9999-12-31"}
    assert compose(Draft(report, "bao-cao-so-ket"), load_profile("dang-hd36")).body
