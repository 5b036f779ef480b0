"""One draft as PDF and as DOCX in print: the same rooms, the same breaks, measured side by side."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageFilter

from tests.marks.conftest import EXAMPLES, KIND, PROFILES, Book, composed, marked
from tests.marks.measure import MM, Found
from vanban.compose.document import Document
from vanban.compose.profile import choose_profile
from vanban.read.reader import read_path
from vanban.render.docx import render_docx
from vanban.render.pdf import render_pdf

every = pytest.mark.parametrize("profile", PROFILES)
REPORT = "6-thang-2026"  # tables in the text, appendices, a signature on a page of its own
Pair = tuple[Book, Book]


def short(profile: str) -> Document:
    """Return the draft with every mark whose first part follows the title at once."""
    data = marked(profile)
    del data["mo_dau"]
    return composed(data)


def example(name: str) -> Document:
    """Return an example under the profile that it chooses."""
    data = dict(read_path(str(EXAMPLES / "bao-cao-so-ket" / f"{name}.yaml")).data)
    chosen = choose_profile(data).name
    return composed({**data, "the_thuc": {**data["the_thuc"], "bo_the_thuc": chosen}})


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    """The same documents as PDF and as LibreOffice prints their DOCX."""
    from office import to_pdfs

    documents = {**{name: short(name) for name in PROFILES}, REPORT: example(REPORT)}
    folder = tmp_path_factory.mktemp("side-by-side")
    files: list[Path] = []
    for name, document in documents.items():
        path = folder / f"{name}.docx"
        path.write_bytes(render_docx(document, KIND))
        files.append(path)
    printed = {path.stem: Book(path.read_bytes()) for path in to_pdfs(files, folder / "pdf")}
    return {
        name: (Book(render_pdf(document, KIND)), printed[name])
        for name, document in documents.items()
    }


def grey(data: bytes, page: int) -> tuple[float, float, float, float]:
    """Return the box in mm around the ink of the mark of a draft: left, top, right, bottom."""
    book = pypdfium2.PdfDocument(data)
    try:
        picture = book[page].render(scale=1).to_pil().convert("L")
    finally:
        book.close()
    ink = picture.point([255 if 215 <= level <= 225 else 0 for level in range(256)])
    box = ink.filter(ImageFilter.MinFilter(3)).getbbox()  # the edges of other letters are grey too
    assert box is not None
    left, top, right, bottom = (edge / MM for edge in box)
    return left, top, right, bottom


@every
def test_the_mark_of_a_draft_is_the_same_in_both(
    pdfs: dict[str, Book], printed: dict[str, Book], profile: str
) -> None:
    ours, theirs = (grey(books[profile].data, 1) for books in (pdfs, printed))
    for box in (ours, theirs):
        assert (box[0] + box[2]) / 2 == pytest.approx(30 + 165 / 2, abs=4)
        assert (box[1] + box[3]) / 2 == pytest.approx(297 / 2, abs=4)
    assert ours == pytest.approx(theirs, abs=6)
    with pdfs[profile].open() as book:
        fonts = {c["fontname"] for c in book.pages[1].chars if c["size"] > 60}
    assert fonts and not any("Bold" in font for font in fonts)


@every
def test_room_below_the_title_is_the_same_in_both(pairs: dict[str, Pair], profile: str) -> None:
    rooms = []
    for book in pairs[profile]:
        with book.open() as pages:
            page = pages.pages[0]
            title = Found(page, "nhiệm vụ 3 tháng cuối năm 2023")
            part = Found(page, "Phần I" if profile == "nd30" else "Phần thứ nhất")
            rooms.append(part.baseline - title.baseline)
    assert rooms[0] == pytest.approx(rooms[1], abs=0.5)
    assert rooms[0] > 8


@every
def test_a_part_stands_off_the_text_above_it(pairs: dict[str, Pair], profile: str) -> None:
    """Its label has more room above it than two paragraphs have between them."""
    label, last = {"nd30": ("Phần II", "chưa chặt chẽ.")}.get(
        profile, ("Phần thứ hai", "bồi dưỡng quần chúng ưu tú.")
    )
    for book in pairs[profile]:
        with book.open() as pages:
            page = next(p for p in pages.pages if label in (p.extract_text() or ""))
            part, above = Found(page, label), Found(page, last)
            assert (part.baseline - above.baseline) * MM > 18 + 10


@every
def test_every_line_of_a_centred_title_is_in_the_middle(
    pairs: dict[str, Pair], profile: str
) -> None:
    lines = {"nd30": ("Sơ kết tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội,",)}.get(
        profile, ("sơ kết công tác xây dựng Đảng 9 tháng đầu năm,",)
    )
    for book in pairs[profile]:
        with book.open() as pages:
            for text in (*lines, "phương hướng, nhiệm vụ 3 tháng cuối năm 2023"):
                found = Found(pages.pages[0], text)
                assert found.center == pytest.approx(30 + 165 / 2, abs=0.25)


@every
def test_a_copy_has_the_same_rooms_in_both(pairs: dict[str, Pair], profile: str) -> None:
    title = "SAO LỤC" if profile == "nd30" else "SAO Y"
    heights = []
    for book in pairs[profile]:
        with book.open() as pages:
            page = pages.pages[-1]
            marks = [Found(page, title), Found(page, "Nơi nhận:", last=True)]
            marks.append(Found(page, "Lê Văn C"))
            heights.append([b.baseline - a.baseline for a, b in pairwise(marks)])
    assert heights[0] == pytest.approx(heights[1], abs=0.9)
    assert len(pairs[profile][0].texts) == len(pairs[profile][1].texts)


@every
def test_a_title_without_a_number_is_bold(pairs: dict[str, Pair], profile: str) -> None:
    for book in pairs[profile]:
        with book.open() as pages:
            page = next(p for p in pages.pages if "Nguyên nhân chủ quan" in p.extract_text())
            assert Found(page, "Nguyên nhân chủ quan").bold


def test_pages_of_a_report_break_alike(pairs: dict[str, Pair]) -> None:
    def begins(text: str) -> str:
        lines = [line for line in text.splitlines() if not line.strip().isdigit()]
        return re.sub(r"\s+", " ", lines[0])

    ours, theirs = pairs[REPORT]
    assert [begins(text) for text in ours.texts] == [begins(text) for text in theirs.texts]


def test_cells_break_alike(pairs: dict[str, Pair]) -> None:
    """A narrow head of a column takes as many lines in both, and the tables begin level."""
    places = []
    for book in pairs[REPORT]:
        with book.open() as pages:
            page = pages.pages[-1]
            title = Found(page, "THI HÀNH KỶ LUẬT ĐẢNG 6 THÁNG ĐẦU NĂM 2026")
            first = Found(page, "Ban Chấp hành")
            assert "Phải thi" in page.extract_text()
            places.append(first.baseline - title.baseline)
    assert places[0] == pytest.approx(places[1], abs=0.6)
