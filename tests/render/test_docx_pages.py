"""The pages of our DOCX as LibreOffice lays them out, measured; tolerance 1.5 mm.

Expected figures are typed in from the regulation, not read from a profile.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import office
import pdfplumber
import pytest
import samples

import vanban
from vanban import resources
from vanban.compose.document import Document
from vanban.kinds import Kind
from vanban.render.docx import render_docx
from vanban.render.pdf import render_pdf

KIND = Kind("bao-cao-so-ket", resources.data_root())
MM = 72 / 25.4
TOLERANCE_MM = 1.5
HEIGHT, WIDTH = 297.0, 210.0
# Of Times, as shares of the size of type: how far letters reach above and below the baseline,
# and the pitch of lines set single.
ASCENT, DESCENT, SINGLE = 0.891, 0.216, 1.149

# One of each profile.
EXAMPLES = [
    resources.data_root() / "examples" / name
    for name in (
        "bao-cao-so-ket/9-thang-2023.yaml",
        "bao-cao-so-ket/6-thang-2026.yaml",
        "nd30/bao-cao-ubnd-9-thang-2023.yaml",
    )
]
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
        "own-numbers": samples.own_numbers_document(),
        "own-numbers-duplex": replace(
            samples.own_numbers_document(),
            layout=replace(samples.state_document().layout, duplex=True),
        ),
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
    for path in EXAMPLES:
        files.append(folder / f"{path.stem}.docx")
        files[-1].write_bytes(vanban.render_docx(vanban.load(path)))
    opened = {path.stem: pdfplumber.open(path) for path in office.to_pdfs(files, folder)}
    yield {name: pdf.pages for name, pdf in opened.items()}
    for pdf in opened.values():
        pdf.close()


def lines(page: Any) -> list[dict[str, Any]]:
    return list(page.extract_text_lines(return_chars=True))


def place_of(page: Any, chars: list[dict[str, Any]]) -> dict[str, Any]:
    """The place of characters on a page in mm, with the line they stand on and their look.

    ``base`` is the baseline; ``low`` the reach of letters that hang below it.
    """
    size = chars[0]["size"]
    base = float(page.height) - chars[0]["matrix"][5]
    return {
        "x0": min(c["x0"] for c in chars) / MM,
        "x1": max(c["x1"] for c in chars) / MM,
        "top": min(c["top"] for c in chars) / MM,
        "bottom": max(c["bottom"] for c in chars) / MM,
        "high": (base - ASCENT * size) / MM,
        "base": base / MM,
        "low": (base + DESCENT * size) / MM,
        "size": size,
        "sizes": {round(c["size"], 1) for c in chars if c["text"].strip()},
        "font": chars[0]["fontname"],
    }


def line(page: Any, text: str) -> dict[str, Any]:
    """The place of a text on a page; see ``place_of``."""
    found = page.search(text, regex=False, return_chars=True)
    assert found, f"{text!r} is not on page {page.page_number}"
    return place_of(page, found[0]["chars"])


def whole_line(page: Any, start: str) -> dict[str, Any]:
    """The place of the line that begins with ``start``."""
    found = [entry for entry in lines(page) if entry["text"].startswith(start)]
    assert found, f"no line of page {page.page_number} begins with {start!r}"
    return place_of(page, found[0]["chars"])


def page_with(book: list[Any], text: str) -> Any:
    """The first page that holds a text."""
    return next(page for page in book if text in page.extract_text())


def rule_under(page: Any, place: dict[str, Any]) -> tuple[float, float, float]:
    """The one rule under a text, centred with it and clear of its letters: x0, x1, y in mm."""
    drawn = [
        r
        for r in rules(page)
        if place["base"] < r[2] < place["base"] + 6
        and abs((r[0] + r[1]) / 2 - middle(place)) < TOLERANCE_MM
    ]
    assert len(drawn) == 1
    assert 0.5 < drawn[0][2] - place["low"] < 2.5
    return drawn[0]


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
    assert title["high"] == near(20)
    x0, x1, _ = rule_under(page, title)
    assert x1 - x0 == near(title["x1"] - title["x0"], 1)

    superior, issuer = line(page, "ĐẢNG BỘ HUYỆN MẪU"), line(page, "ĐẢNG ỦY XÃ MẪU")
    star, number = line(page, "*"), line(page, "Số 05-BC/ĐU")
    date = line(page, "Xã Mẫu, ngày 09 tháng 10 năm 2023")
    assert superior["top"] < issuer["top"] < star["top"] < number["top"]
    assert "Bold" not in superior["font"] and "Bold" in issuer["font"]
    for place in (superior, issuer, star, number, date):
        assert place["sizes"] == {14}
    assert "Italic" in date["font"] and "Bold" not in number["font"]
    assert star["base"] < date["base"] < number["base"]
    for place in (superior, issuer, star, number):
        assert middle(place) == near(30 + 75 / 2)
    for place in (title, date):
        assert middle(place) == near(30 + 75 + 90 / 2)
    assert superior["high"] == near(20)

    kind, dashes = line(page, "BÁO CÁO"), line(page, "-----")
    # Broken as in the PDF: no number is torn from its noun.
    one = line(page, "sơ kết công tác xây dựng Đảng 9 tháng đầu năm,")
    two = line(page, "phương hướng, nhiệm vụ 3 tháng cuối năm 2023")
    assert number["base"] < kind["base"] < one["base"] < two["base"] < dashes["base"]
    for place in (kind, one, two, dashes):
        assert middle(place) == near(30 + 165 / 2)
    assert kind["sizes"] <= {15, 16} and "Bold" in kind["font"]
    for place in (one, two):
        assert place["sizes"] <= {14, 15} and "Bold" in place["font"]


@pytest.mark.parametrize("name", ["party", "hd05", "state"])
def test_margins_and_page_numbers(pages: dict[str, list[Any]], name: str) -> None:
    numbered = 0
    for page in pages[name]:
        if page.width > page.height:
            continue
        assert (page.width / MM, page.height / MM) == (near(WIDTH, 0.5), near(HEIGHT, 0.5))
        places = [place_of(page, entry["chars"]) for entry in lines(page)]
        head = lines(page)[0]
        first = page.page_number == 1 or head["text"].startswith("Phụ lục")
        number = int(head["text"]) if not first else 1
        back = name == "state" and number % 2 == 0
        left, right = (15, 180) if back else (30, 195)
        if first:
            assert name == "state" or page.page_number == 1
        else:
            assert number == page.page_number
            mark, *places = places
            numbered += 1
            assert middle(mark) == near((left + right) / 2)
            # 10 mm to the line that the number stands on.
            assert mark["high"] == near(10)
            assert mark["sizes"] == {14} and "Bold" not in mark["font"]
        assert min(place["x0"] for place in places) >= left - TOLERANCE_MM
        assert max(place["x1"] for place in places) <= right + TOLERANCE_MM
        in_table = any(table.bbox[1] / MM < 22 for table in page.find_tables())
        assert places[0]["high"] >= 20 - 0.5
        assert in_table or places[0]["high"] == near(20)
        assert places[-1]["low"] <= 277 + 0.5
        if page.page_number == 2:
            assert min(place["x0"] for place in places) == near(left)
            assert max(place["x1"] for place in places) == near(right)
    assert numbered >= 2


@pytest.mark.parametrize(
    ("name", "size", "pitch"),
    [
        ("party", 14, 18),
        ("hd05", 14, 18),
        ("wide-pitch", 15, 22),
        ("state", 14, 1.15 * SINGLE * 14),  # of 13-14 pt, between single and 1.5 lines
    ],
)
def test_body_is_set_as_the_regulation_says(
    pages: dict[str, list[Any]], name: str, size: float, pitch: float
) -> None:
    page = pages[name][0]
    found = lines(page)
    first = next(i for i, entry in enumerate(found) if entry["text"].startswith("Thực hiện"))
    opening, following, last = (place_of(page, found[first + n]["chars"]) for n in range(3))
    assert opening["x0"] == near(40)  # an indent of 10 mm
    assert following["x0"] == near(30) and last["x0"] == near(30)
    for place in (opening, following):  # justified
        assert place["x1"] == near(195)
    assert (following["base"] - opening["base"]) * MM == pytest.approx(pitch, abs=0.2)
    for place in (opening, following, last):
        assert place["sizes"] == {size}
        assert "Bold" not in place["font"] and "Italic" not in place["font"]
    # At least 6 pt between two paragraphs, on top of the pitch.
    after = place_of(page, found[first + 3]["chars"])
    assert (after["base"] - last["base"]) * MM >= pitch + 6 - 0.3
    heading = line(page, "I- CÔNG TÁC XÂY DỰNG ĐẢNG")
    assert heading["sizes"] == {size} and "Bold" in heading["font"]
    label, title = line(page, "Phần thứ nhất"), line(page, "NHIỆM VỤ 9 THÁNG ĐẦU NĂM 2023")
    for place in (label, title):
        assert middle(place) == near(112.5) and "Bold" in place["font"]


def test_duplex_margins_change_sides(pages: dict[str, list[Any]]) -> None:
    odd, even = lines(pages["wide-pitch"][2])[1:], lines(pages["wide-pitch"][1])[1:]
    assert min(entry["x0"] for entry in odd) / MM == near(30)
    assert min(entry["x0"] for entry in even) / MM == near(15)
    assert max(entry["x1"] for entry in even) / MM == near(180)


def test_head_of_a_state_document(pages: dict[str, list[Any]]) -> None:
    page = pages["state"][0]
    name, motto = line(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), line(page, "Độc lập - Tự do")
    assert name["sizes"] <= {12, 13} and "Bold" in name["font"] and name["high"] == near(20)
    assert motto["sizes"] <= {13, 14} and "Bold" in motto["font"]
    assert (motto["base"] - name["base"]) * MM == pytest.approx(SINGLE * 12.5, abs=1)  # single
    superior, issuer = line(page, "UBND HUYỆN MẪU"), line(page, "ỦY BAN NHÂN DÂN XÃ MẪU")
    assert superior["sizes"] <= {12, 13} and "Bold" not in superior["font"]
    assert issuer["sizes"] <= {12, 13} and "Bold" in issuer["font"]
    assert superior["base"] < issuer["base"]
    number, date = line(page, "Số:"), line(page, "Xã Mẫu, ngày")
    assert number["sizes"] == {13} and "Bold" not in number["font"]
    assert date["sizes"] <= {13, 14} and "Italic" in date["font"]
    assert number["base"] == near(date["base"], 0.5)  # on the same line
    kind = line(page, "BÁO CÁO")
    subject = line(page, "Kết quả công tác 9 tháng đầu năm 2023")
    assert number["base"] < kind["base"] < subject["base"]
    for place in (kind, subject):
        assert middle(place) == near(112.5)
        assert place["sizes"] <= {13, 14} and "Bold" in place["font"]
    x0, x1, _ = rule_under(page, line(page, "Độc lập - Tự do - Hạnh phúc"))
    assert x1 - x0 == near(samples.MOTTO_MM, 0.5)
    for place in (issuer, subject):  # from a third to half of the line
        x0, x1, _ = rule_under(page, place)
        assert 1 / 3 <= (x1 - x0) / (place["x1"] - place["x0"]) <= 1 / 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("9-thang-2023", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("6-thang-2026", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("bao-cao-ubnd-9-thang-2023", "Độc lập - Tự do - Hạnh phúc"),
    ],
)
def test_rule_of_a_real_document_is_as_long_as_its_text(
    pages: dict[str, list[Any]], name: str, text: str
) -> None:
    place = line(pages[name][0], text)
    x0, x1, _ = rule_under(pages[name][0], place)
    assert x0 == near(place["x0"], 0.5) and x1 == near(place["x1"], 0.5)


def test_end_of_a_state_document(pages: dict[str, list[Any]]) -> None:
    page = page_with(pages["state"], "Nơi nhận:")
    label, item = line(page, "Nơi nhận:"), line(page, "- Lưu: VT, VP.")
    assert label["sizes"] == {12}
    assert "Bold" in label["font"] and "Italic" in label["font"]
    assert not [r for r in rules(page) if abs(r[2] - label["base"]) < 2 and r[0] < 60]
    assert item["sizes"] == {11} and "Bold" not in item["font"] and "Italic" not in item["font"]
    authority, office = line(page, "TM. ỦY BAN NHÂN DÂN"), line(page, "CHỦ TỊCH")
    signer = line(page, "Nguyễn Văn A")
    assert authority["base"] < office["base"] < signer["base"]
    for place in (authority, office, signer):
        assert place["sizes"] <= {13, 14} and "Bold" in place["font"]
        assert middle(place) == near(middle(authority)) and place["x0"] > item["x1"]
    assert label["high"] == near(authority["high"])  # the two begin on one line


@pytest.mark.parametrize("name", ["party", "hd05"])
def test_end_of_a_party_document(pages: dict[str, list[Any]], name: str) -> None:
    page = page_with(pages[name], "Nơi nhận:")
    label, item = line(page, "Nơi nhận:"), line(page, "- Các chi bộ trực thuộc;")
    assert label["sizes"] == {14} and label["x0"] == near(30)
    assert "Bold" not in label["font"] and "Italic" not in label["font"]
    shapes = [
        (shape["x0"] / MM, shape["x1"] / MM)
        for shape in (*page.lines, *page.rects, *page.curves)
        if 0 < shape["top"] / MM - label["base"] < 1.5
    ]
    assert min(x0 for x0, _ in shapes) == near(label["x0"], 0.5)  # underlined from end to end
    assert max(x1 for _, x1 in shapes) == near(label["x1"], 0.5)
    assert item["sizes"] == {12} and item["x0"] == near(30)
    authority, office = line(page, "T/M BAN CHẤP HÀNH"), line(page, "BÍ THƯ")
    signer = line(page, "Nguyễn Văn A")
    assert authority["base"] < office["base"] < signer["base"]
    for place in (authority, office, signer):
        assert place["sizes"] == {14} and middle(place) == near(30 + 80 + 85 / 2)
        assert place["x0"] > item["x1"]
    assert "Bold" in authority["font"] and "Bold" in signer["font"]
    assert "Bold" not in office["font"]


@pytest.mark.parametrize("name", ["party", "hd05", "state"])
def test_the_pdf_has_its_lines_at_the_same_heights(pages: dict[str, list[Any]], name: str) -> None:
    """Room under rules, around the title and above the signature is that of the direct PDF."""
    texts = {
        "state": ("ỦY BAN NHÂN DÂN XÃ MẪU", "Số:", "BÁO CÁO", "Kết quả công tác", "Thực hiện"),
    }.get(
        name, ("Số 05", "Xã Mẫu, ngày", "BÁO CÁO", "sơ kết", "phương hướng,", "-----", "Thực hiện")
    )
    signing = {"state": "TM. ỦY BAN"}.get(name, "T/M BAN")
    with pdfplumber.open(io.BytesIO(render_pdf(_documents()[name], KIND))) as direct:
        for text in texts:
            there, here = line(direct.pages[0], text), line(pages[name][0], text)
            assert here["base"] == near(there["base"], 0.7), text
            assert here["x0"] == near(there["x0"], 1), text
        gaps = []
        for book in (direct.pages, pages[name]):
            page = page_with(book, "Nơi nhận:")
            gaps.append(line(page, signing)["base"] - line(page, "Đảng ủy xã.")["base"])
        assert gaps[0] == near(gaps[1], 1)
        titles = []
        for book in (direct.pages, pages[name]):
            page = page_with(book, "KẾT QUẢ THỰC HIỆN CHỈ TIÊU")
            titles.append([line(page, text)["base"] for text in ("KẾT QUẢ THỰC", "Chỉ tiêu")])
        gaps = [below - above for above, below in titles]
        assert gaps[0] == near(gaps[1], 2)


@pytest.mark.parametrize("name", ["own-numbers", "own-numbers-duplex"])
def test_appendices_that_count_their_own_pages(pages: dict[str, list[Any]], name: str) -> None:
    """The first page of each has no number, the second has 2, whichever way they lie."""
    seen: list[tuple[str, str, bool]] = []
    for page in pages[name]:
        head, *rest = [entry["text"] for entry in lines(page)]
        number, first = (head, rest[0]) if head.isdigit() else ("", head)
        seen.append((number, first, page.width > page.height))
    at = next(n for n, (_number, first, _turned) in enumerate(seen) if first == "Phụ lục I")
    assert [number for number, *_rest in seen[:at]] == ["", *map(str, range(2, at + 1))]
    own = [(number, turned) for number, _first, turned in seen[at:]]
    assert own == [
        *(("", False), ("2", False)),
        *(("", True), ("2", True)),
        *(("", False), ("2", True), ("3", False)),
        *(("", True), ("2", False)),
    ]
    firsts = [first for number, first, _turned in seen[at:] if not number]
    assert firsts == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]
    # What announces the turned table stands on its page.
    assert seen[at + 5][1] == "1. Số liệu theo chi bộ"


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
