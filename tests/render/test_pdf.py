"""The PDF, measured: every expected figure is typed in from the reference, none is read back."""

from __future__ import annotations

import io
import re
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban.compose.document import (
    Appendix,
    Cell,
    Column,
    Document,
    Layout,
    Line,
    Paragraph,
    Run,
    Table,
)
from vanban.errors import EnvironmentIncompleteError, OutputError, TemplateError
from vanban.kinds import Kind
from vanban.render import pdf
from vanban.render.fonts import find_font
from vanban.render.pdf import RenderedPdf, render_pdf, render_pdf_pages
from vanban.resources import data_root

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
KIND = Kind("bao-cao-so-ket", data_root())
_cache: dict[str, RenderedPdf] = {}


def rendered(name: str) -> RenderedPdf:
    """Render a sample once for all tests."""
    if name not in _cache:
        _cache[name] = render_pdf_pages(getattr(samples, f"{name}_document")(), KIND)
    return _cache[name]


@contextmanager
def opened(data: bytes | str) -> Iterator[Any]:
    raw = rendered(data).data if isinstance(data, str) else data
    with pdfplumber.open(io.BytesIO(raw)) as book:
        yield book


class Found:
    """A text on a page: edges in mm from the sheet's top left, sizes in pt."""

    def __init__(self, page: Any, text: str) -> None:
        pattern = r"\s*".join(re.escape(word) for word in text.split())
        hits = page.search(pattern, use_text_flow=True)
        assert hits, f"{text!r} is not on the page"
        chars = [c for c in hits[0]["chars"] if c["text"].strip()]
        self.left = min(c["x0"] for c in chars) / MM
        self.right = max(c["x1"] for c in chars) / MM
        self.baseline = (page.height - chars[0]["matrix"][5]) / MM
        self.last_baseline = (page.height - chars[-1]["matrix"][5]) / MM
        self.sizes = {round(c["size"], 2) for c in chars}
        self.fonts = {c["fontname"].partition("+")[2] for c in chars}

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def bold(self) -> bool:
        return all("Bold" in font for font in self.fonts)

    @property
    def italic(self) -> bool:
        return all("Italic" in font for font in self.fonts)

    @property
    def upright_regular(self) -> bool:
        return not any("Bold" in font or "Italic" in font for font in self.fonts)


def rules_under(page: Any, found: Found, within_mm: float = 3.0) -> list[tuple[float, float]]:
    """Return (left, right) in mm of the horizontal rules just below a text."""
    drawn = []
    for shape in (*page.rects, *page.lines, *page.curves):
        depth = shape["top"] / MM - found.baseline
        left, right = shape["x0"] / MM, shape["x1"] / MM
        flat = shape["height"] < 2 and shape["width"] > 10
        if 0 <= depth <= within_mm and flat and left < found.center < right:
            drawn.append((left, right))
    return sorted(set(drawn))


def glyph_lines(page: Any) -> list[list[dict[str, Any]]]:
    """Return the characters of a page by baseline, from top to bottom, blanks left out."""
    lines: dict[float, list[dict[str, Any]]] = {}
    for char in page.chars:
        if char["text"].strip():
            lines.setdefault(round(page.height - char["matrix"][5], 1), []).append(char)
    return [sorted(lines[key], key=lambda c: c["x0"]) for key in sorted(lines)]


def ascender(page: Any, char: dict[str, Any]) -> float:
    """Return the upper edge of a character's type in pt (Times rises 0.891 em above the line)."""
    return float(page.height - char["matrix"][5] - 0.891 * char["size"])


def extracted(data: bytes) -> str:
    """Return the text without blanks; PDFium gives a hyphen at a line's end as U+0002."""
    with pypdfium2.PdfDocument(data) as book:
        pages = [page.get_textpage().get_text_bounded() for page in book]
    return folded("".join(pages).replace("\x02", "-"))


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


# ---- the sheet -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["party", "state", "long_table", "long_names"])
def test_sheets_are_a4_and_counted(name: str) -> None:
    with opened(name) as book:
        assert len(book.pages) == rendered(name).pages
        for page in book.pages:
            size = sorted((page.width, page.height))
            assert size == pytest.approx(sorted(A4), abs=0.1)


def test_margins_of_party_pages() -> None:
    with opened("party") as book:
        for number, page in enumerate(book.pages[:6]):  # the appendices follow
            body = [c for c in page.chars if c["text"].strip() and c["top"] > 16 * MM]
            assert min(c["x0"] for c in body) / MM == pytest.approx(30, abs=0.5)
            assert max(c["x1"] for c in body) / MM <= 195.5
            assert (page.height - max(c["bottom"] for c in body)) / MM >= 20 - 0.5
            if number < 3:  # full pages of running text
                assert max(c["x1"] for c in body) / MM == pytest.approx(195, abs=0.5)
                assert min(ascender(page, c) for c in body) / MM == pytest.approx(20, abs=0.5)


def test_first_line_begins_20_mm_from_the_top() -> None:
    # An exactly set line is 18 pt high, its type 14: the line box, not the ink, touches the margin.
    with opened("party") as book:
        page = book.pages[1]
        first = glyph_lines(page)[1]
        baseline = page.height - first[0]["matrix"][5]
        assert (baseline - 18 / 2 - (0.891 - 0.216) * 14 / 2) / MM == pytest.approx(20, abs=0.1)


def test_exactly_one_family_is_embedded() -> None:
    for name in ("party", "state", "long_table"):
        with pikepdf.open(io.BytesIO(rendered(name).data)) as book:
            fonts = [o for o in book.objects if isinstance(o, pikepdf.Dictionary)]
            names = {str(o["/FontName"]) for o in fonts if o.get("/Type") == "/FontDescriptor"}
            embedded = [o for o in fonts if o.get("/Type") == "/FontDescriptor"]
            assert embedded and all("/FontFile2" in o or "/FontFile3" in o for o in embedded)
            plain = {n.partition("+")[2].replace("-", "") for n in names}
            families = {
                re.sub(r"(BoldItalic|Bold|Italic|Regular)?(PSMT|MT)?$", "", n) for n in plain
            }
            assert len(families) == 1
            assert families <= {"TimesNewRoman", "Tinos", "LiberationSerif"}


# ---- the head of page 1 ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def party_page() -> Iterator[Any]:
    with opened("party") as book:
        yield book.pages[0]


def test_party_title_is_15_bold_with_a_rule_as_long(party_page: Any) -> None:
    title = Found(party_page, "ĐẢNG CỘNG SẢN VIỆT NAM")
    assert title.sizes == {15} and title.bold
    assert title.width == pytest.approx(72.9, abs=0.5)
    rules = rules_under(party_page, title)
    assert len(rules) == 1
    left, right = rules[0]
    assert right - left == pytest.approx(title.width, abs=1)
    assert (left + right) / 2 == pytest.approx(title.center, abs=0.5)


def test_party_head_in_order(party_page: Any) -> None:
    superior = Found(party_page, "ĐẢNG BỘ HUYỆN MẪU")
    issuer = Found(party_page, "ĐẢNG ỦY XÃ MẪU")
    star = Found(party_page, "*")
    number = Found(party_page, "Số 05-BC/ĐU")
    title = Found(party_page, "ĐẢNG CỘNG SẢN VIỆT NAM")
    day = Found(party_page, "Xã Mẫu, ngày 09 tháng 10 năm 2023")
    left = [superior, issuer, star, number]
    assert [f.baseline for f in left] == sorted(f.baseline for f in left)
    assert all(f.center == pytest.approx(30 + 75 / 2, abs=0.5) for f in left)
    assert all(f.center == pytest.approx(30 + 75 + 90 / 2, abs=0.5) for f in (title, day))
    assert superior.sizes == issuer.sizes == number.sizes == day.sizes == {14}
    assert superior.upright_regular and issuer.bold and number.upright_regular and day.italic
    assert title.baseline == pytest.approx(superior.baseline, abs=0.5)
    assert star.baseline < day.baseline < number.baseline


def test_text_runs_left_right_left_right(party_page: Any) -> None:
    with pypdfium2.PdfDocument(rendered("party").data) as book:
        text = folded(book[0].get_textpage().get_text_bounded())
    parts = [
        "ĐẢNG ỦY XÃ MẪU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 05-BC/ĐU",
        "Xã Mẫu, ngày 09 tháng 10 năm 2023",
        "BÁO CÁO",
        "sơ kết công tác",
    ]
    places = [text.index(folded(part)) for part in parts]
    assert places == sorted(places)


def test_party_title_block(party_page: Any) -> None:
    middle = 30 + 165 / 2
    kind = Found(party_page, "BÁO CÁO")
    assert kind.sizes <= {15, 16} and kind.bold
    assert kind.center == pytest.approx(middle, abs=0.5)
    dashes = Found(party_page, "-----")
    assert dashes.center == pytest.approx(middle, abs=0.5)
    # Two even lines, broken after the comma rather than between "3" and "tháng".
    upper = Found(party_page, "sơ kết công tác xây dựng Đảng 9 tháng đầu năm,")
    lower = Found(party_page, "phương hướng, nhiệm vụ 3 tháng cuối năm 2023")
    for line in (upper, lower):
        assert line.sizes == {14} and line.bold
        assert line.center == pytest.approx(middle, abs=0.5)
        assert line.baseline == line.last_baseline
    assert kind.baseline < upper.baseline < lower.baseline < dashes.baseline


# ---- running text ----------------------------------------------------------------------------


def test_body_is_14_justified_indented_18_apart() -> None:
    with opened("party") as book:
        page = book.pages[1]
        lines = [line for line in glyph_lines(page) if line[0]["top"] > 16 * MM]
        assert {round(c["size"], 2) for line in lines for c in line} == {14}
        starts = {round(line[0]["x0"] / MM, 0) for line in lines}
        assert starts == {30, 40}
        indents = [line[0]["x0"] / MM for line in lines if line[0]["x0"] / MM > 35]
        assert all(start == pytest.approx(40, abs=0.3) for start in indents)
        steps = {
            round(upper[0]["matrix"][5] - lower[0]["matrix"][5], 1)
            for upper, lower in pairwise(lines)
        }
        # 18 pt inside a paragraph, 6 pt more between two.
        assert steps == {18.0, 24.0}
        # A line that another of the same paragraph follows ends at the right edge.
        for upper, lower in pairwise(lines):
            if lower[0]["x0"] / MM < 35:
                assert upper[-1]["x1"] / MM == pytest.approx(195, abs=0.5)


@pytest.mark.parametrize(("pitch", "size"), [(18.0, 14.0), (22.0, 15.0), (20.0, 14.0)])
def test_body_follows_the_choices_of_the_draft(pitch: float, size: float) -> None:
    document = replace(
        samples.party_document(),
        layout=Layout(body_pt=size, line_pt=pitch, line_multiple=None, duplex=False),
        appendices=(),
    )
    with opened(render_pdf(document, KIND)) as book:
        lines = [line for line in glyph_lines(book.pages[1]) if line[0]["top"] > 16 * MM]
        assert {round(c["size"], 2) for line in lines for c in line} == {size}
        steps = [round(a[0]["matrix"][5] - b[0]["matrix"][5], 1) for a, b in pairwise(lines)]
        assert set(steps) == {pitch, pitch + 6}
        assert Found(book.pages[0], "ĐẢNG ỦY XÃ MẪU").sizes == {14}


def test_duplex_swaps_the_side_margins_of_even_pages() -> None:
    document = samples.party_document()
    document = replace(document, layout=replace(document.layout, duplex=True))
    with opened(render_pdf(document, KIND)) as book:
        for number, page in enumerate(book.pages[:5], 1):
            ink = [c for c in page.chars if c["text"].strip() and c["top"] > 16 * MM]
            left, right = (30, 195) if number % 2 else (15, 180)
            assert min(c["x0"] for c in ink) / MM == pytest.approx(left, abs=0.5)
            assert max(c["x1"] for c in ink) / MM == pytest.approx(right, abs=0.5)


def test_headings_stay_with_what_follows() -> None:
    # Whatever the length of the text before it, a heading is never the last line of a page.
    base = samples.party_document()
    filler = samples.paragraph("noi_dung", "Câu văn để đẩy đề mục xuống dưới.")
    tail = samples.paragraph("noi_dung", "Đoạn văn sau đề mục, dài hơn một dòng chữ. " * 4)
    head = (
        samples.paragraph("muc", "I- ĐỀ MỤC LỚN", level=2),
        samples.paragraph("khoan", "1. Đề mục nhỏ", level=3),
    )
    for count in range(21, 27):
        body = (*([filler] * count), *head, tail, *([filler] * 3))
        with opened(render_pdf(replace(base, body=body, appendices=()), KIND)) as book:
            for page in book.pages:
                lines = ["".join(c["text"] for c in line) for line in glyph_lines(page)]
                assert not folded("1. Đề mục nhỏ").startswith(lines[-1])
                assert lines[-1] != folded("I- ĐỀ MỤC LỚN")


def test_no_single_line_is_left_behind() -> None:
    with opened("party") as book:
        for upper, lower in pairwise(book.pages[:6]):
            last = glyph_lines(upper)[-2:]
            first = [line for line in glyph_lines(lower) if line[0]["top"] > 16 * MM][:2]
            if first[0][0]["x0"] / MM < 35:  # a paragraph broken over the pages
                assert last[-1][0]["x0"] / MM < 35, "the first line stands alone"


# ---- page numbers ----------------------------------------------------------------------------


def test_page_numbers() -> None:
    with opened("party") as book:
        top_of_first = [c for c in book.pages[0].chars if c["top"] < 18 * MM and c["text"].strip()]
        assert top_of_first == []
        for number, page in enumerate(book.pages[1:], 2):
            digits = [c for c in page.chars if c["top"] < 17 * MM and c["text"].strip()]
            assert "".join(c["text"] for c in digits) == str(number)
            assert {round(c["size"], 2) for c in digits} == {14}
            assert all(not re.search("Bold|Italic", c["fontname"]) for c in digits)
            middle = (min(c["x0"] for c in digits) + max(c["x1"] for c in digits)) / 2
            width = page.width / MM
            assert middle / MM == pytest.approx(30 + (width - 45) / 2, abs=0.5)
            # The line of the number (single spacing, 14 pt) begins 10 mm from the edge.
            baseline = page.height - digits[0]["matrix"][5]
            assert (baseline - (0.891 + 0.021) * 14) / MM == pytest.approx(10, abs=0.5)


# ---- the end ---------------------------------------------------------------------------------


def test_signature_and_recipients() -> None:
    with opened("party") as book:
        page = next(p for p in book.pages if "Nơi nhận" in p.extract_text())
        label = Found(page, "Nơi nhận:")
        items = [
            Found(page, "- Ban Thường vụ Huyện ủy (báo cáo);"),
            Found(page, "- Các chi bộ trực thuộc;"),
            Found(page, "- Lưu Văn phòng Đảng ủy."),
        ]
        authority = Found(page, "T/M BAN CHẤP HÀNH")
        office = Found(page, "BÍ THƯ")
        name = Found(page, "Nguyễn Văn A")
        assert label.sizes == {14} and label.upright_regular
        assert rules_under(page, label, within_mm=1.5), "the label is underlined"
        assert all(item.sizes == {12} and item.upright_regular for item in items)
        assert all(f.left == pytest.approx(30, abs=0.5) for f in (label, *items))
        assert max(f.right for f in (label, *items)) < min(authority.left, office.left, name.left)
        assert authority.sizes == office.sizes == name.sizes == {14}
        assert authority.bold and office.upright_regular and name.bold
        assert label.baseline == pytest.approx(authority.baseline, abs=0.5)
        column = 30 + 80 + 85 / 2
        assert all(f.center == pytest.approx(column, abs=0.5) for f in (authority, office, name))
        # Five lines of 14 pt are left for the signature.
        assert (name.baseline - office.baseline) * MM == pytest.approx(6 * 14 * 1.15, abs=1)


@pytest.mark.parametrize("count", range(17, 29))
def test_signature_is_never_broken_and_never_alone(count: int) -> None:
    base = samples.party_document()
    filler = samples.paragraph("noi_dung", "Câu văn ngắn để đẩy chữ ký xuống.")
    last = samples.paragraph("noi_dung", "Đoạn cuối cùng, dài hơn một dòng chữ để xem. " * 3)
    body = (*([filler] * count), last)
    with opened(render_pdf(replace(base, body=body, appendices=()), KIND)) as book:
        signed = [p for p in book.pages if "Nguyễn Văn A" in p.extract_text()]
        assert len(signed) == 1
        text = signed[0].extract_text()
        for part in ("Nơi nhận:", "T/M BAN CHẤP HÀNH", "BÍ THƯ", "- Lưu Văn phòng Đảng ủy."):
            assert part in text
        assert "xem." in text, "running text stands above the signature"
        assert signed[0] is book.pages[-1]


def test_signature_after_a_table_is_not_alone() -> None:
    base = samples.party_document()
    for rows in range(14, 22):
        body = (samples.paragraph("noi_dung", "Mở đầu."), samples.indicator_table(rows))
        with opened(render_pdf(replace(base, body=body, appendices=()), KIND)) as book:
            page = next(p for p in book.pages if "Nguyễn Văn A" in p.extract_text())
            assert "Nơi nhận:" in page.extract_text()
            assert f"1.{rows:03d}" in page.extract_text(), "a row stands above the signature"


def test_signature_follows_a_turned_table_onto_its_page() -> None:
    base = samples.party_document()
    body = (samples.paragraph("noi_dung", "Mở đầu."), samples.wide_table(5, 12))
    with opened(render_pdf(replace(base, body=body, appendices=()), KIND)) as book:
        assert len(book.pages) == 2
        text = book.pages[1].extract_text()
        assert "5.120" in text and "Nguyễn Văn A" in text


# ---- long names (trap 9) ---------------------------------------------------------------------


def test_long_names_neither_wrap_nor_overlap() -> None:
    with opened("long_names") as book:
        page = book.pages[0]
        left = [
            Found(page, text)
            for text in (
                "ĐẢNG BỘ THÀNH PHỐ",
                "HỒ CHÍ MINH",
                "ĐẢNG ỦY PHƯỜNG",
                "BẮC NHA TRANG",
                "Số 127-BC/UBKTĐU",
            )
        ]
        title = Found(page, "ĐẢNG CỘNG SẢN VIỆT NAM")
        day = Found(page, "Đặc khu Phú Quý, ngày 27 tháng 10 năm 2026")
        assert day.width == pytest.approx(93.0, abs=0.5)
        for one in (*left, title, day):
            assert one.baseline == one.last_baseline, "a line of the head was wrapped"
        assert max(one.right for one in left) < min(title.left, day.left)
        assert day.right <= 195.5
        star = Found(page, "*")
        assert star.baseline < day.baseline < left[-1].baseline


@pytest.mark.parametrize(
    ("left", "left_mm"),
    [
        ("ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH", 88),
        ("ĐẢNG ỦY PHƯỜNG BẮC NHA TRANG", 92),
    ],
)
def test_full_names_beside_the_title(left: str, left_mm: float) -> None:
    base = samples.long_names_document()
    bold = left.startswith("ĐẢNG ỦY")
    head = replace(
        base.header,
        left=(Line(left, "ban_hanh" if bold else "cap_tren"),),
        right_low=(Line("Xã Mẫu, ngày 27 tháng 10 năm 2026", "ngay"),),
        left_mm=left_mm,
        right_mm=165 - left_mm,
    )
    with opened(render_pdf(replace(base, header=head, body=base.body[:1]), KIND)) as book:
        page = book.pages[0]
        name, title = Found(page, left), Found(page, "ĐẢNG CỘNG SẢN VIỆT NAM")
        assert name.width == pytest.approx(89.1 if bold else 84.5, abs=0.5)
        assert name.baseline == name.last_baseline
        assert name.right < title.left and title.right <= 195.5


# clause (Party: II.2, appendix 3 row 10b; state: III.2b): bold upright capitals, 14 or 13-14 pt.
@pytest.mark.parametrize(("name", "sizes"), [("party", {14}), ("state", {13, 14})])
def test_urgency_under_the_number(name: str, sizes: set[int]) -> None:
    base = getattr(samples, f"{name}_document")()
    head = replace(base.header, under_number=(Line("THƯỢNG KHẨN", "do_khan"),))
    with (
        opened(render_pdf(replace(base, header=head, body=base.body[:1]), KIND)) as book,
        opened(name) as plain,
    ):
        page, before = book.pages[0], plain.pages[0]
        urgent = Found(page, "THƯỢNG KHẨN")
        assert urgent.sizes <= sizes and urgent.bold and not urgent.italic
        number = head.left_low[-1].text
        assert urgent.center == pytest.approx(Found(page, number).center, abs=0.3)
        assert 4 < urgent.baseline - Found(page, number).baseline < 10
        assert Found(page, "BÁO CÁO").baseline - urgent.baseline > 6
        # What stands above is where it stands without it, the date beside the number too.
        for text in (number, head.right_low[0].text):
            assert Found(page, text).baseline == pytest.approx(
                Found(before, text).baseline, abs=0.05
            )


# ---- state documents -------------------------------------------------------------------------


def test_state_document() -> None:
    with opened("state") as book:
        page = book.pages[0]
        motto = Found(page, "Độc lập - Tự do - Hạnh phúc")
        nation = Found(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        issuer = Found(page, "ỦY BAN NHÂN DÂN XÃ MẪU")
        superior = Found(page, "UBND HUYỆN MẪU")
        number = Found(page, "Số: /BC-UBND")
        day = Found(page, "Xã Mẫu, ngày tháng 10 năm 2023")
        assert nation.sizes <= {12, 13} and nation.bold
        assert motto.sizes <= {13, 14} and motto.bold
        assert superior.sizes <= {12, 13} and superior.upright_regular
        assert issuer.sizes <= {12, 13} and issuer.bold
        assert number.sizes == {13} and number.upright_regular
        assert day.sizes <= {13, 14} and day.italic
        (rule,) = rules_under(page, motto)
        assert rule[1] - rule[0] == pytest.approx(57.9, abs=0.1)
        (rule,) = rules_under(page, issuer)
        assert rule[1] - rule[0] == pytest.approx(26, abs=0.1)
        # Number and date stand on one line, with room to write in the day.
        assert number.baseline == pytest.approx(day.baseline, abs=0.4)
        assert number.width > 26
        subject = Found(page, "Kết quả công tác 9 tháng đầu năm 2023")
        (rule,) = rules_under(page, subject)
        assert rule[1] - rule[0] == pytest.approx(34, abs=0.1)
        signed = next(p for p in book.pages if "Nơi nhận" in p.extract_text())
        label = Found(signed, "Nơi nhận:")
        assert label.sizes == {12} and {font.replace("-", "") for font in label.fonts} <= {
            "LiberationSerifBoldItalic",
            "TinosBoldItalic",
            "TimesNewRomanBoldItalic",
            "TimesNewRomanPSBoldItalicMT",
        }
        assert not rules_under(signed, label, within_mm=1.5)
        item = Found(signed, "- Lưu: VT, VP.")
        assert item.sizes == {11} and item.upright_regular
        office = Found(signed, "CHỦ TỊCH")
        assert office.bold and office.sizes <= {13, 14}


def test_state_line_pitch_is_a_multiple_of_single_spacing() -> None:
    with opened("state") as book:
        lines = [line for line in glyph_lines(book.pages[1]) if line[0]["top"] > 16 * MM]
        steps = [a[0]["matrix"][5] - b[0]["matrix"][5] for a, b in pairwise(lines)]
        assert min(steps) == pytest.approx(1.15 * 1.15 * 14, abs=0.1)


def test_state_appendices_count_their_own_pages() -> None:
    with opened("state") as book:
        heads = [
            "".join(c["text"] for c in p.chars if c["top"] < 17 * MM).strip() for p in book.pages
        ]
        first = next(n for n, p in enumerate(book.pages) if "Phụ lục 1" in p.extract_text())
        assert heads[1:first] == [str(n) for n in range(2, first + 1)]
        assert heads[first:] == ["", "", "2", ""]


# ---- tables ----------------------------------------------------------------------------------


def inside_cells(page: Any) -> None:
    """Assert that every character of the tables of a page lies inside one of their cells."""
    for table in page.find_tables():
        x0, top, x1, bottom = table.bbox
        chars = [
            c
            for c in page.chars
            if c["text"].strip() and x0 < c["x0"] < x1 and top < c["top"] and c["bottom"] < bottom
        ]
        cells = [cell for cell in table.cells if cell]
        for char in chars:
            assert any(
                cell[0] <= char["x0"] and char["x1"] <= cell[2] + 0.1
                for cell in cells
                if cell[1] - 0.1 <= (char["top"] + char["bottom"]) / 2 <= cell[3] + 0.1
            ), f"{char['text']!r} is outside its cell"


def test_sixty_rows_of_twelve_columns() -> None:
    with opened("long_table") as book:
        turned = [page for page in book.pages if page.width > page.height]
        assert len(turned) == 5
        seen: list[str] = []
        for page in turned:
            table = page.find_tables()[0]
            rows = [[cell or "" for cell in row] for row in table.extract()]
            assert rows[0] == ["Chi bộ", *(f"Cột {n}" for n in range(2, 13))]
            assert all(all(row) for row in rows)
            inside_cells(page)
            # The turned page keeps the margins of the profile and the number at its top.
            assert table.bbox[0] / MM == pytest.approx(30, abs=0.5)
            assert table.bbox[2] / MM == pytest.approx(297 - 15, abs=0.5)
            assert table.bbox[3] / MM <= 190.5
            assert min(c["top"] for c in page.chars) / MM == pytest.approx(10.5, abs=1)
            seen += [row[0] for row in rows[1:]]
        names = [f"Chi bộ ấp Mẫu {n}" for n in range(1, 61)]
        assert seen == names * 2


def test_caption_moves_to_the_turned_page() -> None:
    with opened("long_table") as book:
        assert "Biểu tổng hợp" not in book.pages[0].extract_text()
        assert "Biểu tổng hợp" in book.pages[1].extract_text()


def test_upright_table_breaks_between_rows() -> None:
    base = samples.party_document()
    body = (samples.paragraph("noi_dung", "Mở đầu."), samples.indicator_table(60))
    with opened(render_pdf(replace(base, body=body, appendices=()), KIND)) as book:
        rows = 0
        for page in book.pages:
            for table in page.find_tables():
                text = table.extract()
                assert "Chỉ tiêu" in (text[0][1] or "")
                assert text[1][3:] == ["Kế hoạch", "Thực hiện", "Tỷ lệ (%)"]
                rows += len(text) - 2
            inside_cells(page)
        assert rows == 60


def narrow_table(text: str, columns: int = 12) -> Table:
    share = 1 / columns
    return Table(
        tuple(Column(share) for _ in range(columns)),
        (tuple(Cell(f"C{n}", "center") for n in range(columns)),),
        (tuple(Cell(text) for _ in range(columns)),),
        size_pt=9,
    )


def test_long_words_and_numbers_are_not_clipped() -> None:
    base = samples.party_document()
    body = (narrow_table("1.234.567.890,25 Chương-trình/KẾHOẠCHHÓAGIAĐÌNH"),)
    document = replace(base, body=(*body, samples.paragraph("noi_dung", "Hết.")), appendices=())
    with opened(render_pdf(document, KIND)) as book:
        inside_cells(book.pages[0])
        assert book.pages[0].find_tables()[0].bbox[2] / MM <= 195.5


def test_a_row_higher_than_a_page_is_carried_on() -> None:
    base = samples.party_document()
    words = " ".join(f"từ{n}" for n in range(800))
    table = Table(
        (Column(0.3), Column(0.7)),
        ((Cell("Trái"), Cell("Phải")),),
        ((Cell("ngắn"), Cell(words)), (Cell("sau"), Cell("cùng"))),
    )
    document = replace(base, body=(table,), appendices=())
    result = render_pdf_pages(document, KIND)
    assert result.pages >= 2
    with opened(result.data) as book:
        for page in book.pages:
            ink = [c for c in page.chars if c["text"].strip()]
            assert max(c["bottom"] for c in ink) <= page.height - 19 * MM


# ---- appendices, watermark, structure --------------------------------------------------------


def test_appendices_begin_pages_of_their_own() -> None:
    with opened("party") as book:
        starts = {}
        for page in book.pages:
            for number in (1, 2, 3):
                if f"Phụ lục {number}" in (page.extract_text() or ""):
                    starts[number] = page
        assert len({page.page_number for page in starts.values()}) == 3
        assert starts[2].width > starts[2].height > 0
        for page in starts.values():
            assert Found(page, "Phụ lục").baseline < 28
            assert not page.extract_text().startswith("Nơi nhận")


def test_draft_mark_on_every_page() -> None:
    document = replace(samples.party_document(), watermark="DỰ THẢO")
    with opened(render_pdf(document, KIND)) as book:
        for page in book.pages:
            big = [c for c in page.chars if c["size"] > 50]
            assert "".join(sorted(c["text"] for c in big)).strip()
            assert {"D", "Ự", "T", "H", "Ả", "O"} <= {c["text"] for c in big}
            marks = [n for n, c in enumerate(page.chars) if c["size"] > 50]
            text = [n for n, c in enumerate(page.chars) if c["size"] < 20 and c["top"] > 16 * MM]
            assert max(marks) < min(text), "the mark lies behind the text"
    with opened("party") as book:
        assert all(c["size"] < 50 for page in book.pages for c in page.chars)


def test_tags_language_and_properties() -> None:
    with pikepdf.open(io.BytesIO(rendered("party").data)) as book:
        assert book.Root.MarkInfo.Marked
        assert str(book.Root.Lang).startswith("vi")
        kinds = {
            str(o["/S"]) for o in book.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o
        }
        assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/TR"} <= kinds
        assert str(book.docinfo["/Title"]).startswith("Báo cáo sơ kết công tác xây dựng Đảng")
        assert str(book.docinfo["/Author"]) == "Đảng ủy xã Mẫu"
        assert str(book.docinfo["/CreationDate"]).startswith("D:20231009")
        assert "/EmbeddedFiles" not in book.Root.get("/Names", {})
        outline = [str(item.title) for item in book.open_outline().root]
        assert "Phần thứ nhất" in outline and "Phần thứ hai" in outline
        tables = [
            o for o in book.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Table"
        ]
        # The head and the signature are not tables: one indicator table and two in appendices.
        assert 3 <= len(tables) <= 5


def test_twice_the_same_bytes() -> None:
    document = samples.long_names_document()
    assert render_pdf(document, KIND) == render_pdf(document, KIND)


def test_fonts_from_a_folder_with_blanks_and_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "phông 'riêng' (100%) #1"
    own.mkdir()
    for path in find_font().files:
        shutil.copy(path, own)
    document = replace(samples.long_names_document(), body=samples.party_document().body[:3])
    wanted = render_pdf(document, KIND)
    monkeypatch.setenv("VANBAN_FONT_DIR", str(own))
    assert find_font().regular.parent == own
    assert render_pdf(document, KIND) == wanted


def test_style_sheets_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SHEETS_KEPT", 2)
    base = replace(samples.long_names_document(), body=samples.party_document().body[:1])
    wanted = render_pdf(base, KIND)
    for pitch in (18.5, 19.0, 19.5, 20.0):
        render_pdf(replace(base, layout=replace(base.layout, line_pt=pitch)), KIND)
        assert len(pdf._local.press._sheets) <= 2
    assert render_pdf(base, KIND) == wanted


def test_threads_have_presses_of_their_own() -> None:
    document = replace(samples.long_names_document(), body=samples.party_document().body[:6])
    wanted = render_pdf(document, KIND)
    results: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: results.append(render_pdf(document, KIND)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [wanted] * 3


def test_all_texts_arrive_in_order() -> None:
    for name in ("party", "state", "long_names"):
        document: Document = getattr(samples, f"{name}_document")()
        text = extracted(rendered(name).data)
        for value in document.texts():
            assert folded(value) in text


# ---- text that fights back -------------------------------------------------------------------

NASTY = "& < > { } {{ x }} {% if %} {# a #} \" ' % # &amp; <b>đậm</b> <!-- --> ]]> \\ `~^|"


def with_texts(first: str, second: str) -> Document:
    base = samples.party_document()
    return replace(
        base,
        meta=replace(base.meta, title=first, author=second, subject=first),
        header=replace(base.header, left=(Line(first, "cap_tren"),)),
        title=(Line("BÁO CÁO", "ten_loai"), Line(second, "trich_yeu")),
        body=(
            Paragraph("noi_dung", (Run(first, bold=True), Run(" "), Run(second))),
            Paragraph("muc", (Run(second),), level=2, keep_next=True),
            Table(
                (Column(0.5), Column(0.5)),
                ((Cell(first), Cell(second)),),
                ((Cell(second), Cell(first)),),
                caption=first,
            ),
        ),
        appendices=(Appendix((Line(second, "phu_luc"),), (samples.paragraph("gach", first),)),),
    )


def test_special_characters_are_text() -> None:
    document = with_texts(NASTY, NASTY[::-1])
    data = render_pdf(document, KIND)
    text = extracted(data)
    for value in document.texts():
        assert folded(value) in text
    with pikepdf.open(io.BytesIO(data)) as book:
        assert str(book.docinfo["/Title"]) == NASTY


_letters = st.sampled_from(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyẠảấẦẩẫậắằẳẵặéẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữự"
)
_signs = st.sampled_from("&<>{}%#\"'\\/$@~^|*_-+=:;,.!?()[] 0123456789{{}}“”‘’–…")
_texts = st.text(st.one_of(_letters, _signs), min_size=1, max_size=60).filter(
    lambda text: text.strip()
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(_texts, _texts)
def test_any_covered_text_is_found_again(first: str, second: str) -> None:
    document = with_texts(first, second)
    text = extracted(render_pdf(document, KIND))
    for value in document.texts():
        assert folded(value) in text


# ---- what is refused -------------------------------------------------------------------------


def test_a_pdf_without_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Blank:
        pages: tuple[()] = ()

        def __init__(self, **_: Any) -> None:
            self.HTML, self.weasyprint, self.fonts = Blank, self, None
            self.fetcher = SimpleNamespace(refused=[], begin=lambda: None)

        def sheet(self, css: str) -> str:
            return css

        def render(self, **_: Any) -> Blank:
            return self

    monkeypatch.setattr(pdf, "_press", lambda _: Blank())
    with pytest.raises(OutputError):
        render_pdf(samples.party_document(), KIND)


def test_an_own_template_may_add_text(tmp_path: Path) -> None:
    template = tmp_path / "mẫu riêng.html.j2"
    template.write_text(
        '{% extends "base.html.j2" %}{% block noi_dung %}<p>Mẫu của cơ quan</p>{{ super() }}'
        "{% endblock %}",
        encoding="utf-8",
    )
    with opened(render_pdf(samples.long_names_document(), KIND, template)) as book:
        assert "Mẫu của cơ quan" in book.pages[0].extract_text()


def own_page(folder: Path, inside: str) -> Path:
    template = folder / "mẫu.html.j2"
    template.write_text(
        '{% extends "base.html.j2" %}{% block noi_dung %}'
        f"{inside}{{{{ super() }}}}{{% endblock %}}",
        encoding="utf-8",
    )
    return template


@pytest.mark.parametrize(
    "inside",
    [
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<img src="http://127.0.0.1:9/x.png" alt="">',
        r'<p style="background: \75 rl(http://127.0.0.1:9/x.png)">chữ</p>',
    ],
    ids=["style sheet", "picture", "hidden from the first look"],
)
def test_nothing_is_fetched(tmp_path: Path, inside: str) -> None:
    template = own_page(tmp_path, inside)
    with pytest.raises(TemplateError, match="nằm ngoài trang"):
        render_pdf(samples.long_names_document(), KIND, template)
    # The press is used again, and has forgotten what it refused.
    render_pdf(samples.long_names_document(), KIND)


def test_a_picture_that_lies_in_the_template(tmp_path: Path) -> None:
    # One grey pixel, as a picture without compression.
    pixel = "data:image/gif;base64,R0lGODdhAQABAPAAAIiIiAAAACwAAAAAAQABAAACAkQBADs="
    template = own_page(tmp_path, f'<img src="{pixel}" alt="" style="width: 20mm">')
    with opened(render_pdf(samples.long_names_document(), KIND, template)) as book:
        assert "BÁO CÁO" in book.pages[0].extract_text()
        assert len(book.pages[0].images) == 1


def test_missing_pango_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        print("advice of the library")
        raise OSError("cannot load library 'libpango-1.0-0': no such file")

    monkeypatch.setattr(pdf.start, "load", broken)
    with pytest.raises(EnvironmentIncompleteError, match=r"libpango-1\.0-0") as caught:
        pdf.load_weasyprint()
    assert "apt install" in str(caught.value)
    assert caught.value.exit_code == 3


def test_missing_weasyprint_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(EnvironmentIncompleteError, match="WeasyPrint"):
        pdf.load_weasyprint()
    assert capsys.readouterr().out == ""


def test_own_template_missing_or_broken(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="Không có tệp mẫu"):
        render_pdf(samples.party_document(), KIND, tmp_path / "thiếu.html.j2")
