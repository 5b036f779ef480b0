"""Names of provinces, peoples and communes raise no finding of the rules about words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import vanban

NAMES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "ten_rieng.toml").read_text("utf-8")
)
FRAMES = {
    "tinh": (
        "Đoàn công tác của tỉnh {} đã đến thăm và trao đổi kinh nghiệm.",
        "Hai địa phương kết nghĩa là {} và một tỉnh bạn của Lào.",
        "{} là địa phương đi đầu trong phong trào này.",
    ),
    "dan_toc": (
        "Đồng bào dân tộc {} chiếm 12,5% dân số của xã.",
        "Toàn xã có 35 hộ người {} sinh sống ở 02 thôn.",
        "Lớp học tiếng {} được mở cho cán bộ xã.",
    ),
    "xa": (
        "Đảng bộ xã {} đã hoàn thành 18/20 chỉ tiêu.",
        "Tuyến đường từ trung tâm huyện đến {} được nâng cấp, dài 7,5 km.",
        "Người dân ở {}, nhất là hộ nghèo, được hỗ trợ nước sạch.",
    ),
}


def test_the_lists_are_whole() -> None:
    assert len(NAMES["tinh"]) == 34
    # The 63 of before, and Huế under its new name.
    assert len({*NAMES["tinh"], *NAMES["tinh_cu"]}) == 64
    assert len(NAMES["dan_toc"]) == 54
    assert len(set(NAMES["xa"])) >= 200


@pytest.mark.parametrize("kind", NAMES)
def test_names_raise_nothing(kind: str) -> None:
    found: dict[str, list[str]] = {}
    for name in NAMES[kind]:
        for frame in FRAMES["tinh" if kind == "tinh_cu" else kind]:
            for finding in vanban.check_text(frame.format(name)).findings:
                found.setdefault(name, []).append(finding.key)
    assert found == {}
