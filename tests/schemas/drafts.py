"""Smallest drafts that the schema accepts: one for every period, scope and order."""

from __future__ import annotations

from typing import Any

SCOPES = ("toan_dien", "xay_dung_dang")
ORDERS = ("xay_dung_dang_truoc", "kinh_te_truoc")

PERIODS: dict[str, dict[str, Any]] = {
    "thang": {"tu_ngay": "01/5/2023", "den_ngay": "31/5/2023"},
    "quy": {"tu_ngay": "01/01/2023", "den_ngay": "31/3/2023"},
    "sau_thang": {"tu_ngay": "01/01/2023", "den_ngay": "30/6/2023"},
    "chin_thang": {"tu_ngay": "01/01/2023", "den_ngay": "30/9/2023"},
    "n_thang": {"tu_ngay": "01/01/2023", "den_ngay": "31/7/2023"},
    "nam": {"tu_ngay": "01/01/2023", "den_ngay": "31/12/2023"},
    "chuyen_de": {
        "tu_ngay": "25/10/2017",
        "den_ngay": "30/9/2023",
        "chuyen_de": "6 năm thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017",
    },
    "giua_nhiem_ky": {
        "tu_ngay": "01/7/2020",
        "den_ngay": "31/12/2022",
        "nhiem_ky": "2020-2025",
    },
    "nhiem_ky": {"tu_ngay": "01/7/2020", "den_ngay": "30/6/2025", "nhiem_ky": "2020-2025"},
}
PERIOD_KINDS = tuple(PERIODS)
# Kinds that must show the indicator table and the lessons.
FINAL_KINDS = ("nam", "giua_nhiem_ky", "nhiem_ky")
_WORK = "Cấp ủy lãnh đạo thực hiện theo chương trình công tác."
PARTY_SECTIONS = ("chinh_tri_tu_tuong", "to_chuc", "dang_vien", "kiem_tra_giam_sat", "dan_van")

# A day of signing that suits the end of the period.
_ISSUED = {
    "thang": "02/6/2023",
    "quy": "03/4/2023",
    "sau_thang": "03/7/2023",
    "chin_thang": "09/10/2023",
    "n_thang": "03/8/2023",
    "nam": "04/01/2024",
    "chuyen_de": "09/10/2023",
    "giua_nhiem_ky": "09/01/2023",
    "nhiem_ky": "04/7/2025",
}


def minimal(
    period_kind: str = "chin_thang",
    scope: str = "toan_dien",
    order: str = "xay_dung_dang_truoc",
) -> dict[str, Any]:
    """Return a new smallest valid draft of a Party committee."""
    results: dict[str, Any] = {"mat_tran_doan_the": "Mặt trận và các đoàn thể hoạt động đều."}
    if period_kind == "chuyen_de":
        del results["mat_tran_doan_the"]
        results["xay_dung_dang"] = {"to_chuc": "Bộ máy được sắp xếp theo nghị quyết."}
    else:
        results["xay_dung_dang"] = dict.fromkeys(PARTY_SECTIONS, _WORK)
    if scope == "toan_dien":
        results["kinh_te"] = {"nong_nghiep": "Diện tích gieo trồng đạt kế hoạch."}
    draft: dict[str, Any] = {
        "loai": "bao-cao-so-ket",
        "the_thuc": {
            "co_quan_cap_tren": "Đảng bộ huyện Mẫu",
            "co_quan_ban_hanh": "Đảng ủy xã Mẫu",
            "so": 5,
            "dia_danh": "Xã Mẫu",
            "ngay_ban_hanh": _ISSUED[period_kind],
            "nguoi_ky": {
                "quyen_han": "T/M Ban Chấp hành",
                "chuc_vu": "Bí thư",
                "ho_ten": "Nguyễn Văn A",
            },
            "noi_nhan": ["Ban Thường vụ Huyện ủy (báo cáo)", "Lưu Văn phòng Đảng ủy"],
        },
        "pham_vi": scope,
        "trinh_tu": order,
        "ky_bao_cao": {"loai_ky": period_kind, **PERIODS[period_kind]},
        "ket_qua": results,
        "danh_gia": {
            "han_che": ["Sinh hoạt chuyên đề ở một số chi bộ chưa đều."],
            "nguyen_nhan": ["Một số chi ủy chưa chủ động chuẩn bị nội dung."],
        },
        "phuong_huong": {"nhiem_vu": ["Nâng cao chất lượng sinh hoạt chi bộ."]},
    }
    if period_kind in FINAL_KINDS:
        draft["danh_gia"]["bai_hoc"] = "Phân công phải rõ người, rõ việc, rõ thời hạn."
        draft["chi_tieu"] = [
            {
                "ma": "CT01",
                "ten": "Kết nạp đảng viên",
                "don_vi": "đảng viên",
                "ke_hoach": 5,
                "thuc_hien": 6,
            }
        ]
    return draft


def state(period_kind: str = "chin_thang", order: str = "kinh_te_truoc") -> dict[str, Any]:
    """Return a new smallest valid draft of a people's committee under the state layout."""
    draft = minimal(period_kind, "toan_dien", order)
    draft["the_thuc"] |= {
        "bo_the_thuc": "nd30",
        "co_quan_cap_tren": "Ủy ban nhân dân huyện Mẫu",
        "co_quan_ban_hanh": "Ủy ban nhân dân xã Mẫu",
        "nguoi_ky": {
            "quyen_han": "TM. Ủy ban nhân dân",
            "chuc_vu": "Chủ tịch",
            "ho_ten": "Nguyễn Văn A",
        },
        "noi_nhan": ["Ủy ban nhân dân huyện Mẫu", "Lưu: VT"],
    }
    draft["ket_qua"] = {"kinh_te": {"nong_nghiep": "Diện tích gieo trồng đạt kế hoạch."}}
    return draft
