"""The pages of our DOCX as LibreOffice lays them out, measured; tolerance 1.5 mm.

Expected figures are typed in from the regulation, not read from a profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import office
import pdfplumber
import pytest
import samples

from vanban import resources
from vanban.compose.document import Document
from vanban.kinds import Kind
from vanban.render.docx import render_docx

KIND = Kind("bao-cao-so-ket", resources.data_root())
MM = 72 / 25.4
TOLERANCE_MM = 1.5
HEIGHT, WIDTH = 297.0, 210.0

# Endings of the text that put the signature at, before and after the foot of a page.
TAILS = (0, 1, 2, 3, 4, 5, 6, 8)


def _tail_document(count: int) -> Document:
    filler = [
        samples.paragraph("noi_dung", f"Đoạn thứ {n}: {samples._SENTENCES[0]}") for n in range(5)
    ]
    ends = [samples.paragraph("noi_dung", f"Câu kết số {n}.") for n in range(count)]
    last = samples.paragraph("noi_dung", "Trên đây là báo cáo của Đảng ủy xã Mẫu.")
    return replace(
        samples.party_document(), body=(*filler, *ends, last), appendices=(), watermark=None
    )


def _documents() -> dict[str, Document]:
    party = samples.party_document()
    table_last = replace(
        samples.long_table_document(),
        body=(samples.paragraph("noi_dung", "Số liệu như sau:"), samples.wide_table(25, 12)),
        appendices=(),
    )
    return {
        "party": party,
        "hd05": replace(party, meta=replace(party.meta, profile="dang-hd05")),
        "state": samples.state_document(),
        "long": samples.long_table_document(),
        "names": samples.long_names_document(),
        "draft": replace(party, watermark="DỰ THẢO"),
        "wide-pitch": replace(
            party, layout=replace(party.layout, body_pt=15, line_pt=22, duplex=True)
        ),
        "table-last": table_last,
        **{f"tail-{n}": _tail_document(n) for n in TAILS},
    }


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Any]]]:
    """Every sample as pages; one run of LibreOffice for all of them."""
    office.need("soffice")
    folder = tmp_path_factory.mktemp("văn bản")
    files: list[Path] = []
    for name, document in _documents().items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(render_docx(document, KIND))
    opened = {path.stem: pdfplumber.open(path) for path in office.to_pdfs(files, folder)}
    yield {name: pdf.pages for name, pdf in opened.items()}
    for pdf in opened.values():
        pdf.close()


def lines(page: Any) -> list[dict[str, Any]]:
    return list(page.extract_text_lines(return_chars=True))


def line(page: Any, text: str) -> dict[str, Any]:
    """The place of a text on a page: x0, x1, top, bottom in mm and its characters."""
    found = page.search(text, regex=False, return_chars=True)
    assert found, f"{text!r} is not on page {page.page_number}"
    chars = found[0]["chars"]
    return {
        "x0": min(c["x0"] for c in chars) / MM,
        "x1": max(c["x1"] for c in chars) / MM,
        "top": min(c["top"] for c in chars) / MM,
        "bottom": max(c["bottom"] for c in chars) / MM,
        "size": chars[0]["size"],
        "font": chars[0]["fontname"],
    }


def middle(place: dict[str, Any]) -> float:
    return (place["x0"] + place["x1"]) / 2


def near(expected: float, tolerance: float = TOLERANCE_MM) -> Any:
    return pytest.approx(expected, abs=tolerance)


def rules(page: Any) -> list[tuple[float, float, float]]:
    """Horizontal rules of a page: x0, x1, y in mm; borders of tables are not among them."""
    found = []
    for shape in (*page.lines, *page.rects, *page.curves):
        if abs(shape["bottom"] - shape["top"]) < 1.5 and shape["x1"] - shape["x0"] > 20:
            found.append((shape["x0"] / MM, shape["x1"] / MM, shape["top"] / MM))
    return found


def text_of(pages_of: list[Any]) -> str:
    return " ".join(" ".join(p.extract_text().split()) for p in pages_of)


@pytest.mark.parametrize("name", ["party", "hd05"])
def test_head_of_a_party_document(pages: dict[str, list[Any]], name: str) -> None:
    page = pages[name][0]
    assert (page.width / MM, page.height / MM) == (near(WIDTH, 0.5), near(HEIGHT, 0.5))
    title = line(page, "ĐẢNG CỘNG SẢN VIỆT NAM")
    assert title["size"] == pytest.approx(15, abs=0.1) and "Bold" in title["font"]
    assert title["x1"] - title["x0"] == near(72.9, 0.5)
    drawn = [r for r in rules(page) if title["bottom"] - 1 < r[2] < title["bottom"] + 3]
    assert len(drawn) == 1
    x0, x1, _ = drawn[0]
    assert x1 - x0 == near(72.9) and (x0 + x1) / 2 == near(middle(title))

    superior, issuer = line(page, "ĐẢNG BỘ HUYỆN MẪU"), line(page, "ĐẢNG ỦY XÃ MẪU")
    star, number = line(page, "*"), line(page, "Số 05-BC/ĐU")
    date = line(page, "Xã Mẫu, ngày 09 tháng 10 năm 2023")
    assert superior["top"] < issuer["top"] < star["top"] < number["top"]
    assert "Bold" not in superior["font"] and "Bold" in issuer["font"]
    assert {round(p["size"]) for p in (superior, issuer, star, number, date)} == {14}
    assert "Italic" in date["font"]
    # The same size everywhere, so that tops lie as baselines do.
    assert star["top"] < date["top"] < number["top"]
    for place in (superior, issuer, star, number):
        assert middle(place) == near(30 + 75 / 2)
    for place in (title, date):
        assert middle(place) == near(30 + 75 + 90 / 2)
    assert superior["top"] == near(20, 2)

    kind, subject, dashes = (
        line(page, "BÁO CÁO"),
        line(page, "sơ kết công tác"),
        line(page, "-----"),
    )
    assert number["top"] < kind["top"] < subject["top"] < dashes["top"]
    assert middle(kind) == near(112.5) and middle(dashes) == near(112.5)
    assert 15 <= round(kind["size"]) <= 16 and "Bold" in kind["font"]


@pytest.mark.parametrize("name", ["party", "hd05", "state"])
def test_margins_and_page_numbers(pages: dict[str, list[Any]], name: str) -> None:
    upright = [p for p in pages[name] if p.width < p.height]
    for page in upright:
        number = page.page_number
        back = name == "state" and number % 2 == 0
        left, right = (15, 180) if back else (30, 195)
        found = lines(page)
        if number > 1:
            head, *found = found
            assert head["text"] == str(number)
            assert (head["x0"] + head["x1"]) / 2 / MM == near((left + right) / 2)
            assert head["top"] / MM == near(10)
            assert round(head["chars"][0]["size"]) == 14
        else:
            assert found[0]["top"] / MM > 18
        assert min(entry["x0"] for entry in found) / MM >= left - TOLERANCE_MM
        assert max(entry["x1"] for entry in found) / MM <= right + TOLERANCE_MM
        assert found[0]["top"] / MM == near(20, 2)
        assert found[-1]["bottom"] / MM <= 277 + TOLERANCE_MM
    body = lines(upright[1])
    left = 15 if name == "state" else 30
    assert min(entry["x0"] for entry in body) / MM == near(left)
    assert max(entry["x1"] for entry in body) / MM == near(left + 165)


def test_body_is_set_as_the_regulation_says(pages: dict[str, list[Any]]) -> None:
    page = pages["party"][0]
    found = lines(page)
    first = next(i for i, entry in enumerate(found) if entry["text"].startswith("Thực hiện"))
    opening, following = found[first], found[first + 1]
    assert opening["x0"] / MM == near(40)  # an indent of 10 mm
    assert following["x0"] / MM == near(30)
    assert opening["x1"] / MM == near(195) and following["x1"] / MM == near(195)  # justified
    assert following["top"] - opening["top"] == pytest.approx(18, abs=0.2)
    assert {round(c["size"]) for c in opening["chars"]} == {14}
    wide = pages["wide-pitch"][0]
    found = lines(wide)
    first = next(i for i, entry in enumerate(found) if entry["text"].startswith("Thực hiện"))
    assert found[first + 1]["top"] - found[first]["top"] == pytest.approx(22, abs=0.2)
    assert {round(c["size"]) for c in found[first]["chars"]} == {15}
    heading = line(wide, "I- CÔNG TÁC XÂY DỰNG ĐẢNG")
    assert round(heading["size"]) == 15 and "Bold" in heading["font"]


def test_duplex_margins_change_sides(pages: dict[str, list[Any]]) -> None:
    odd, even = lines(pages["wide-pitch"][2])[1:], lines(pages["wide-pitch"][1])[1:]
    assert min(entry["x0"] for entry in odd) / MM == near(30)
    assert min(entry["x0"] for entry in even) / MM == near(15)
    assert max(entry["x1"] for entry in even) / MM == near(180)


def test_head_of_a_state_document(pages: dict[str, list[Any]]) -> None:
    page = pages["state"][0]
    motto, issuer = line(page, "Độc lập - Tự do - Hạnh phúc"), line(page, "ỦY BAN NHÂN DÂN XÃ MẪU")
    subject = line(page, "Kết quả công tác 9 tháng đầu năm 2023")
    for place, length in ((motto, samples.MOTTO_MM), (issuer, 26.0), (subject, 34.0)):
        drawn = [
            r
            for r in rules(page)
            if place["bottom"] - 1.5 < r[2] < place["bottom"] + 4
            and abs((r[0] + r[1]) / 2 - middle(place)) < TOLERANCE_MM
        ]
        assert [r[1] - r[0] for r in drawn] == [near(length)]
    number, date = line(page, "/BC-UBND"), line(page, "tháng 10 năm 2023")
    assert number["bottom"] == near(date["bottom"])
    blanks = page.extract_text(layout=False)
    assert "Số:" in blanks and "ngày" in blanks


def test_long_names_keep_to_their_columns(pages: dict[str, list[Any]]) -> None:
    page = pages["names"][0]
    date = line(page, "Đặc khu Phú Quý, ngày 27 tháng 10 năm 2026")
    title = line(page, "ĐẢNG CỘNG SẢN VIỆT NAM")
    for text in ("ĐẢNG BỘ THÀNH PHỐ", "HỒ CHÍ MINH", "ĐẢNG ỦY PHƯỜNG", "BẮC NHA TRANG"):
        place = line(page, text)
        assert place["x0"] >= 30 - 0.5 and place["x1"] < min(date["x0"], title["x0"])
    assert date["bottom"] - date["top"] < 8  # on one line
    assert date["x1"] <= 195 + TOLERANCE_MM


@pytest.mark.parametrize("count", TAILS)
def test_signature_block_keeps_together_with_text(pages: dict[str, list[Any]], count: int) -> None:
    book = pages[f"tail-{count}"]
    last = book[-1]
    text = " ".join(last.extract_text().split())
    for wanted in ("Nơi nhận:", "T/M BAN CHẤP HÀNH", "BÍ THƯ", "Nguyễn Văn A", "Trên đây là báo"):
        assert wanted in text
    recipients, authority = line(last, "Nơi nhận:"), line(last, "T/M BAN CHẤP HÀNH")
    name, listed = line(last, "Nguyễn Văn A"), line(last, "- Lưu Văn phòng Đảng ủy.")
    assert recipients["x0"] == near(30) and round(recipients["size"]) == 14
    assert round(listed["size"]) == 12 and listed["x1"] < authority["x0"]
    assert recipients["top"] == near(authority["top"])
    assert middle(authority) == near(middle(name)) and middle(name) == near(30 + 80 + 85 / 2)
    # Five lines of 14 pt between the office and the name.
    office_line = line(last, "BÍ THƯ")
    assert name["top"] - office_line["top"] == near(6 * 14 * 1.149 / MM, 2)
    assert "Bold" in authority["font"] and "Bold" in name["font"]
    assert "Bold" not in office_line["font"] and "Bold" not in recipients["font"]
    assert rules(last) or last.rects or last.lines  # the label is underlined


def test_some_tail_reaches_the_foot_of_a_page(pages: dict[str, list[Any]]) -> None:
    """The lengths above do cover both outcomes: the block fits, the block moves on with text."""
    assert {len(pages[f"tail-{count}"]) for count in TAILS} == {1, 2}


def test_signature_after_a_turned_table_is_not_alone(pages: dict[str, list[Any]]) -> None:
    last = pages["table-last"][-1]
    text = " ".join(last.extract_text().split())
    assert "Nơi nhận:" in text and "Nguyễn Văn A" in text and "Chi bộ ấp Mẫu 25" in text
    assert last.width > last.height
    assert middle(line(last, "Nguyễn Văn A")) == near(282 - 85 / 2)


def test_long_table_repeats_its_header_and_loses_nothing(pages: dict[str, list[Any]]) -> None:
    turned = [p for p in pages["long"] if p.width > p.height]
    assert len(turned) >= 4
    for page in turned:
        assert (page.width / MM, page.height / MM) == (near(HEIGHT, 0.5), near(WIDTH, 0.5))
        words = " ".join(page.extract_text().split())
        assert "Chi bộ Cột 2 Cột 3" in words and "Cột 12" in words
        head, *found = lines(page)
        assert head["text"] == str(page.page_number)
        assert head["top"] / MM == near(10)
        assert (head["x0"] + head["x1"]) / 2 / MM == near((30 + 282) / 2)
        assert min(entry["x0"] for entry in found) / MM >= 30
        assert max(entry["x1"] for entry in found) / MM <= 282
        assert max(entry["bottom"] for entry in found) / MM <= 190 + TOLERANCE_MM
    everything = text_of(turned)
    for row in range(1, 61):
        assert everything.count(f"Chi bộ ấp Mẫu {row} ") == 2
        assert everything.count(f" {row}.120") == 2
    # No text runs over the lines of its cell.
    page = turned[0]
    edges = sorted({round(e["x0"], 1) for e in page.edges if e["orientation"] == "v"})
    assert len(edges) >= 13
    for word in page.extract_words():
        if 40 * MM < word["top"] < 180 * MM:
            crossed = [e for e in edges if word["x0"] + 0.5 < e < word["x1"] - 0.5]
            assert not crossed, word["text"]


def test_appendices_begin_pages_and_numbers_go_on(pages: dict[str, list[Any]]) -> None:
    book = pages["party"]
    begins = []
    for page in book:
        found = lines(page)
        assert page.page_number == 1 or found[0]["text"] == str(page.page_number)
        if page.page_number > 1 and found[1]["text"].startswith("Phụ lục"):
            begins.append((found[1]["text"], page.width > page.height))
    assert begins == [("Phụ lục 1", False), ("Phụ lục 2", True), ("Phụ lục 3", False)]


def test_watermark_on_every_page(pages: dict[str, list[Any]]) -> None:
    plain = [len(page.curves) for page in pages["party"]]
    marked = [len(page.curves) for page in pages["draft"]]
    assert len(plain) == len(marked)
    assert all(after > before for before, after in zip(plain, marked, strict=True))


def test_text_order_is_that_of_the_document(pages: dict[str, list[Any]]) -> None:
    document = samples.party_document()
    got = text_of(pages["party"])
    at = 0
    for block in document.body:
        words = getattr(block, "text", "").split()[:5]
        at = got.find(" ".join(words), at)
        assert at >= 0, words
