"""The rules about marks: secrecy, circulation, drafts and copies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import check, put, sound
from vanban.finding import Severity

COPY = {
    "hinh_thuc": "sao_y",
    "co_quan_sao": "Đảng ủy xã Mẫu",
    "dia_danh": "Xã Mẫu",
    "nguoi_ky": {"chuc_vu": "Chánh Văn phòng", "ho_ten": "Lê Văn C"},
    "noi_nhan": ["Các chi bộ trực thuộc", "Lưu Văn phòng Đảng ủy"],
}
TYPIST = {"ky_hieu": "ToànKiên", "so_ban": 12}


def keys(data: dict[str, Any]) -> list[str]:
    """Every key found in a draft that is otherwise sound."""
    return [finding.key for finding in check(data)]


def with_marks(**marks: Any) -> dict[str, Any]:
    data = sound()
    for name, value in marks.items():
        put(data, f"the_thuc.{name}", value)
    return data


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Mật", []),
        ("TUYỆT MẬT", []),
        ("tối mật.", []),
        ("Tôi mật", ["FMT038.gan_dung"]),
        ("Hỏa tốc", ["FMT038.do_khan"]),
        ("HOẢ TỐC", ["FMT038.do_khan"]),
        ("Hạn chế", ["FMT038.la"]),
    ],
)
def test_degrees_of_secrecy(typed: str, expected: list[str]) -> None:
    assert keys(with_marks(do_mat=typed, nguoi_danh_may=TYPIST)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("TÀI LIỆU HỘI NGHỊ", []),
        ("Xem xong trả lại", []),
        ("Lưu hành trong Ban Chấp hành", []),
        ("Xem xong trả laị", ["FMT039.gan_dung"]),
        ("Tuyệt mật", ["FMT039.do_mat"]),
        ("Thượng khẩn", ["FMT039.do_khan"]),
    ],
)
def test_circulation(typed: str, expected: list[str]) -> None:
    found = [key for key in keys(with_marks(pham_vi_luu_hanh=typed)) if key.startswith("FMT")]
    assert found == expected


@pytest.mark.parametrize(
    ("issued", "copied", "older"),
    [
        ("09/10/2023", "08/10/2023", True),
        ("09/10/2023", "2023-10-09", False),
        ("09/10/2023", "10/10/2023", False),
        ("09/10/2023", "10/2023", False),
        ("09/10/2023", "9/2023", True),
        ("09/10/2023", "01/2024", False),
        ("09/10/2023", None, False),
    ],
)
def test_the_day_of_a_copy(issued: str, copied: str | None, older: bool) -> None:
    copy = {**COPY, **({"ngay_sao": copied} if copied else {})}
    data = with_marks(ngay_ban_hanh=issued, ban_sao=copy)
    assert keys(data) == (["FMT040.truoc"] if older else [])


def test_a_copy_before_its_original_stops_an_export() -> None:
    data = with_marks(ban_sao={**COPY, "ngay_sao": "01/10/2023"})
    [finding] = check(data)
    assert finding.severity is Severity.ERROR
    assert finding.pointer == "/the_thuc/ban_sao/ngay_sao"


def test_a_draft_with_number_and_day_is_pointed_out() -> None:
    [finding] = check(with_marks(du_thao_lan=2))
    assert (finding.key, finding.severity) == ("FMT041.da_ban_hanh", Severity.INFO)


@pytest.mark.parametrize("day", [None, "10/2023"])
def test_a_draft_is_not_asked_for_number_and_day(day: str | None) -> None:
    data = with_marks(du_thao_lan=1)
    put(data, "the_thuc.so", None)
    put(data, "the_thuc.ngay_ban_hanh", day)
    assert keys(data) == []


def test_a_draft_that_is_a_copy_is_one_finding() -> None:
    data = with_marks(du_thao_lan=1, ban_sao={**COPY, "ngay_sao": "20/10/2023"})
    assert keys(data) == ["FMT042.du_thao"]


def test_a_secret_document_says_how_many_copies() -> None:
    assert keys(with_marks(do_mat="Mật")) == ["FMT043.thieu"]
    assert keys(with_marks(do_mat="Mật", nguoi_danh_may=TYPIST)) == []
