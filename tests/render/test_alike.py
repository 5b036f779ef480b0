"""What Word file and PDF decide alike: rows that stay together, breaks of headings."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import docx
import pdfplumber
import pytest
import samples
from docx.enum.text import WD_ALIGN_PARAGRAPH

from vanban.compose.document import Cell, Column, Document, Paragraph, Run, Table
from vanban.compose.profile import load_profile
from vanban.kinds import Kind
from vanban.render.balance import balanced_lines
from vanban.render.docx import render_docx
from vanban.render.pages import evener, kept_rows
from vanban.render.pdf import render_pdf
from vanban.resources import data_root

KIND = Kind("bao-cao-so-ket", data_root())
LONG = "Công tác kiểm tra, giám sát, thi hành kỷ luật đảng và phòng, chống tham nhũng, tiêu cực"


def table(rows: int) -> Table:
    columns = (Column(0.5), Column(0.5))
    body = tuple((Cell(f"Dòng {n}"), Cell("1")) for n in range(1, rows + 1))
    return Table(columns, ((Cell("Nội dung"), Cell("Số")),), body)


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (0, []),
        (1, [False]),
        (3, [True, True, False]),
        (6, [True] * 5 + [False]),
        (8, [True, False, False, False, False, False, True, False]),
    ],
)
def test_rows_that_stay_with_the_next(rows: int, kept: list[bool]) -> None:
    assert list(kept_rows(table(rows))) == kept


def filled_to(lines: int, rows: int) -> Document:
    """Return a report whose first page is filled by so many lines before a table begins."""
    base = samples.party_document()
    body = (*(Paragraph("noi_dung", (Run(f"Đoạn {n}."),)) for n in range(lines)), table(rows))
    return replace(base, body=body, appendices=())


@pytest.mark.parametrize("lines", [20, 21, 22, 23, 24, 25])
def test_a_short_table_is_not_broken(lines: int) -> None:
    with pdfplumber.open(io.BytesIO(render_pdf(filled_to(lines, 5), KIND))) as book:
        texts = [page.extract_text() for page in book.pages]
    assert sum("Nội dung" in text for text in texts) == 1
    [whole] = [text for text in texts if "Nội dung" in text]
    assert all(f"Dòng {n} 1" in whole for n in range(1, 6))


@pytest.mark.parametrize("lines", [18, 19, 20, 21, 22, 23, 24, 25])
def test_no_row_of_a_long_table_stands_alone(lines: int) -> None:
    with pdfplumber.open(io.BytesIO(render_pdf(filled_to(lines, 30), KIND))) as book:
        counts = [page.extract_text().count("Dòng ") for page in book.pages]
    assert sum(counts) == 30
    assert all(count != 1 for count in counts)


def test_rows_kept_together_in_word() -> None:
    made = docx.Document(io.BytesIO(render_docx(filled_to(1, 5), KIND)))
    kept = [
        all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs)
        for row in made.tables[1].rows
    ]
    assert kept[1:5] == [True] * 4


def test_a_date_is_not_torn() -> None:
    note = "(Kèm theo Báo cáo số 126/BC-UBND ngày 02 tháng 10 năm 2023 của Ủy ban nhân dân xã Mẫu)"
    for width in range(70, 166, 5):
        for line in balanced_lines(note, width, 14, italic=True)[:-1]:
            assert line.split()[-1] not in ("ngày", "tháng", "năm", "số"), width


@pytest.mark.parametrize("name", ["dang-hd36", "dang-hd05", "nd30"])
def test_a_heading_at_the_margin_is_broken_evenly(name: str) -> None:
    even = evener(load_profile(name), samples.party_document().layout)
    title = "III- LÃNH ĐẠO PHÁT TRIỂN KINH TẾ - XÃ HỘI, QUỐC PHÒNG - AN NINH"
    assert even(title, "muc", False) == [
        "III- LÃNH ĐẠO PHÁT TRIỂN KINH TẾ - XÃ HỘI,",
        "QUỐC PHÒNG - AN NINH",
    ]
    assert even(LONG, "khoan", False) == [LONG]


@pytest.mark.parametrize("style", ["khoan", "diem"])
def test_headings_are_not_stretched(style: str) -> None:
    """A heading of two lines stays at its natural spacing; running text is justified."""
    base = samples.party_document()
    heading = Paragraph(style, (Run(f"1. {LONG}", bold=True),), 3, keep_next=True)
    text = Paragraph(style, (Run(f"2. {LONG}, {LONG}."),))
    document = replace(base, body=(heading, text), appendices=())
    made = docx.Document(io.BytesIO(render_docx(document, KIND)))
    by_start = {p.text[:2]: p for p in made.paragraphs}
    assert by_start["1."].alignment is WD_ALIGN_PARAGRAPH.LEFT
    assert by_start["2."].alignment is None
    with pdfplumber.open(io.BytesIO(render_pdf(document, KIND))) as book:
        page = book.pages[0]
        words = page.extract_words(keep_blank_chars=False)
    edge = 195 / 25.4 * 72
    first = next(n for n, w in enumerate(words) if w["text"] == "1.")
    second = next(n for n, w in enumerate(words) if w["text"] == "2.")
    line = [w for w in words[first:second] if abs(w["bottom"] - words[first]["bottom"]) < 2]
    gaps = [b["x0"] - a["x1"] for a, b in pairwise(line)]
    assert max(gaps) < 4.5  # a blank of 14 pt is 3.5 pt wide
    line = [w for w in words[second:] if abs(w["bottom"] - words[second]["bottom"]) < 2]
    assert abs(line[-1]["x1"] - edge) < 0.5
