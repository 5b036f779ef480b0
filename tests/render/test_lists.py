"""Which paragraphs are list items, and where their label ends."""

from __future__ import annotations

import pytest

from vanban.compose.document import Paragraph, Run
from vanban.render.lists import Item, label_of, list_item


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("- Ban Thường vụ", "- "),
        ("+ Nông nghiệp", "+ "),
        ("a) Trồng trọt", "a) "),
        ("đ) Xây dựng", "đ) "),
        ("12. Công tác dân vận", "12. "),
        ("3/ Như trên", "3/ "),
        ("-  hai dấu cách", "-  "),
        ("-liền", ""),
        ("2.486 hộ", ""),
        ("2023. Năm", ""),
        ("Ban a) chi", ""),
        ("I- CÔNG TÁC", ""),
        ("", ""),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert label_of(text) == label


def test_items_by_style() -> None:
    assert list_item(Paragraph("gach", (Run("- một"),))) == Item(3, "- ")
    assert list_item(Paragraph("cong", (Run("+ một"),))) == Item(4, "+ ")
    assert list_item(Paragraph("khoan", (Run("1. Một: ", bold=True), Run("hai")))) == Item(1, "1. ")
    assert list_item(Paragraph("diem", (Run("a) một"),))) == Item(2, "a) ")
    assert list_item(Paragraph("diem", (Run("a) một"),), level=4)) is None, "a heading"
    assert list_item(Paragraph("noi_dung", (Run("- một"),))) is None, "running text"
    assert list_item(Paragraph("gach", (Run("một"),))) is None, "no label"
    assert list_item(Paragraph("gach", ())) is None
