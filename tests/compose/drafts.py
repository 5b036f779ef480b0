"""Small drafts for the tests of composition, and how to look at what comes out."""

from __future__ import annotations

import copy
from typing import Any

from vanban.compose.composer import compose
from vanban.compose.document import Document, Paragraph, Table
from vanban.compose.profile import choose_profile
from vanban.read.draft import Draft

KIND = "bao-cao-so-ket"

PERIODS: dict[str, dict[str, Any]] = {
    "thang": {"loai_ky": "thang", "tu_ngay": "2023-05-01", "den_ngay": "2023-05-31"},
    "quy": {"loai_ky": "quy", "tu_ngay": "2023-01-01", "den_ngay": "2023-03-31"},
    "sau_thang": {"loai_ky": "sau_thang", "tu_ngay": "2023-01-01", "den_ngay": "2023-06-30"},
    "chin_thang": {"loai_ky": "chin_thang", "tu_ngay": "01/01/2023", "den_ngay": "30/9/2023"},
    "n_thang": {"loai_ky": "n_thang", "tu_ngay": "2023-01-01", "den_ngay": "2023-07-31"},
    "nam": {"loai_ky": "nam", "tu_ngay": "2023-01-01", "den_ngay": "2023-12-31", "nam": 2023},
    "chuyen_de": {
        "loai_ky": "chuyen_de",
        "tu_ngay": "2018-01-01",
        "den_ngay": "2022-12-31",
        "chuyen_de": "5 năm thực hiện Nghị quyết số 18-NQ/TW",
    },
    "giua_nhiem_ky": {
        "loai_ky": "giua_nhiem_ky",
        "tu_ngay": "2020-06-01",
        "den_ngay": "2022-12-31",
        "nhiem_ky": "2020-2025",
    },
    "nhiem_ky": {
        "loai_ky": "nhiem_ky",
        "tu_ngay": "2020-06-01",
        "den_ngay": "2025-05-31",
        "nhiem_ky": "2020-2025",
    },
}


def party_sections() -> dict[str, Any]:
    keys = ("chinh_tri_tu_tuong", "to_chuc", "dang_vien", "kiem_tra_giam_sat", "dan_van")
    return {key: f"Lời của mục {key}." for key in keys}


def small(
    period: str = "chin_thang",
    scope: str = "toan_dien",
    order: str = "kinh_te_truoc",
    **formalities: Any,
) -> dict[str, Any]:
    """Return a draft with every needed section and little else."""
    results: dict[str, Any] = {
        "xay_dung_dang": party_sections(),
        "mat_tran_doan_the": "Lời của mục mặt trận.",
        "chinh_quyen": "Lời của mục chính quyền.",
    }
    if scope == "toan_dien":
        results |= {
            "kinh_te": {"nong_nghiep": "Lời nông nghiệp.", "ngan_sach": "Lời ngân sách."},
            "van_hoa_xa_hoi": "Lời văn hóa.",
            "quoc_phong": "Lời quốc phòng.",
            "an_ninh": "Lời an ninh.",
            "noi_chinh": "Lời nội chính.",
        }
    else:
        results["kinh_te_xa_hoi"] = "Lời kinh tế - xã hội."
    return {
        "loai": KIND,
        "the_thuc": {
            "co_quan_cap_tren": "Đảng bộ huyện Mẫu",
            "co_quan_ban_hanh": "Đảng ủy xã Mẫu",
            "so": 5,
            "dia_danh": "Xã Mẫu",
            "ngay_ban_hanh": "2023-10-09",
            "nguoi_ky": {
                "quyen_han": "T/M Ban Chấp hành",
                "chuc_vu": "Bí thư",
                "ho_ten": "Nguyễn Văn A",
            },
            "noi_nhan": ["Ban Thường vụ Huyện ủy (báo cáo)", "Lưu Văn phòng Đảng ủy"],
            **formalities,
        },
        "pham_vi": scope,
        "trinh_tu": order,
        "ky_bao_cao": copy.deepcopy(PERIODS[period]),
        "ket_qua": results,
        "danh_gia": {
            "uu_diem": "Lời ưu điểm.",
            "han_che": ["Hạn chế một.", "Hạn chế hai."],
            "nguyen_nhan": ["Nguyên nhân một.", "Nguyên nhân hai."],
            "bai_hoc": "Lời bài học.",
        },
        "phuong_huong": {
            "du_bao": "Lời dự báo.",
            "muc_tieu": "Lời mục tiêu.",
            "nhiem_vu": ["Nhiệm vụ một.", "Nhiệm vụ hai."],
            "to_chuc_thuc_hien": "Lời tổ chức.",
        },
        "kien_nghi": "Lời kiến nghị.",
    }


def composed(data: dict[str, Any], profile: str | None = None, **options: Any) -> Document:
    return compose(Draft(data, KIND), choose_profile(data, profile), **options)


def body(document: Document) -> list[str]:
    return [b.text for b in document.body if isinstance(b, Paragraph)]


def headings(document: Document) -> list[str]:
    """Return what reads as a heading: parts, names, bold lines, capitals."""
    found = []
    for block in document.body:
        if isinstance(block, Paragraph) and (
            block.level is not None or block.style in ("phan", "ten_phan", "muc")
        ):
            found.append(block.text)
    return found


def tables(document: Document) -> list[Table]:
    return [b for b in document.body if isinstance(b, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in (*table.header, *table.rows)]
