"""DOCX from a Document: what is inside the file, re-read by others."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
import samples
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from vanban import resources, seal
from vanban.compose.document import Appendix, Cell, Column, Document, Line, Paragraph, Run, Table
from vanban.errors import OutputError, TemplateError
from vanban.kinds import Kind
from vanban.render.docx import content_digest, get_property, render_docx, set_property

KIND = Kind("bao-cao-so-ket", resources.data_root())
SAMPLES = {
    "party": samples.party_document,
    "state": samples.state_document,
    "long": samples.long_table_document,
    "names": samples.long_names_document,
    "own-numbers": samples.own_numbers_document,
}


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def all_texts(data: bytes) -> list[str]:
    """The paragraphs; a heading broken into even lines comes as one line."""
    body = opened(data).element.body
    other = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return [
        "".join(
            other.get(node.tag) or node.text or ""
            for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        ).replace(" \n", " ")
        for paragraph in body.iter(qn("w:p"))
    ]


def small(**changes: Any) -> Document:
    """A short document, quick to render."""
    base = samples.party_document()
    return replace(base, **{"body": base.body[:2], "appendices": (), **changes})


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("watermark", [None, "DỰ THẢO"])
def test_third_party_checker_and_python_docx_accept(
    tmp_path: Path, name: str, watermark: str | None
) -> None:
    document = replace(SAMPLES[name](), watermark=watermark)
    path = tmp_path / "báo cáo.docx"
    path.write_bytes(render_docx(document, KIND))
    result = OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []
    assert docx.Document(str(path)).paragraphs


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_arrives_in_order(name: str) -> None:
    document = SAMPLES[name]()
    got = iter(all_texts(render_docx(document, KIND)))
    for text in filter(None, document.texts()):
        assert any(text == found for found in got), text


def test_same_document_same_bytes() -> None:
    document = samples.party_document()
    assert render_docx(document, KIND) == render_docx(document, KIND)
    with zipfile.ZipFile(io.BytesIO(render_docx(document, KIND))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
        assert names[0] == "[Content_Types].xml" and names[1:] == sorted(names[1:])


def test_nothing_of_ours_or_of_the_template_remains() -> None:
    for make in SAMPLES.values():
        data = render_docx(make(), KIND)
        body = part(data, "word/document.xml")
        assert "{{" not in body and "{%" not in body
        assert "urn:vanban" not in body and "vb-ke" not in body


def test_core_properties(monkeypatch: pytest.MonkeyPatch) -> None:
    core = opened(render_docx(samples.party_document(), KIND)).core_properties
    assert core.title.startswith("Báo cáo sơ kết công tác xây dựng Đảng")
    assert core.author == "Đảng ủy xã Mẫu" and core.subject == "Số 05-BC/ĐU"
    assert core.language == "vi-VN" and core.revision == 1
    assert core.created.isoformat().startswith("2023-10-09T00:00:00")
    # A document without a date carries a fixed day, not the hour of the export.
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    undated = opened(render_docx(samples.state_document(), KIND)).core_properties
    assert undated.created.isoformat().startswith("2000-01-01T00:00:00")


def test_headings_fill_the_navigation_pane() -> None:
    document = opened(render_docx(samples.party_document(), KIND))
    levels = {"VBTenPhan": "0", "VBMuc": "1", "VBKhoan": "2", "VBDiem": "3"}
    for style in document.styles.element.iter(qn("w:style")):
        wanted = levels.get(style.get(qn("w:styleId")))
        if wanted is not None:
            assert style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val")) == wanted
    names = {p.style.style_id: p.style.name for p in document.paragraphs}
    assert names["VBNoiDung"] == "VB Nội dung" and names["VBMuc"] == "VB Mục I"


def test_level_of_a_paragraph_outweighs_that_of_its_style() -> None:
    body = (
        Paragraph("khoan", (Run("1. Một câu thường, không phải tiêu đề."),), level=None),
        Paragraph("noi_dung", (Run("Một đoạn làm tiêu đề"),), level=2, keep_next=True),
        Paragraph("khoan", (Run("2. Một tiêu đề"),), level=3),
    )
    found = [
        p
        for p in opened(render_docx(small(body=body), KIND)).paragraphs
        if p.style.style_id in ("VBKhoan", "VBNoiDung")
    ]
    levels = [p._p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") for p in found]
    assert [None if n is None else n.get(qn("w:val")) for n in levels] == ["9", "1", None]
    assert found[1].paragraph_format.keep_with_next


def test_runs_keep_their_look() -> None:
    runs = (Run("đậm", bold=True), Run(" nghiêng", italic=True), Run(" gạch", underline=True))
    found = opened(render_docx(small(body=(Paragraph("gach", runs),)), KIND)).paragraphs
    made = next(p for p in found if p.style.style_id == "VBGach").runs
    assert [(r.text, bool(r.bold), bool(r.italic), bool(r.underline)) for r in made] == [
        ("đậm", True, False, False),
        (" nghiêng", False, True, False),
        (" gạch", False, False, True),
    ]


def test_unknown_style_takes_the_look_of_the_body() -> None:
    body = (Paragraph("kieu_la", (Run("Một đoạn kiểu lạ."),)),)
    document = small(body=body, title=(Line("TỜ TRÌNH", "kieu_la"),))
    styles = {p.text: p.style.style_id for p in opened(render_docx(document, KIND)).paragraphs}
    assert styles["Một đoạn kiểu lạ."] == "VBNoiDung"
    assert "TỜ TRÌNH" in styles


def test_table_spans_widths_and_header_rows() -> None:
    table = samples.indicator_table(3)
    data = render_docx(small(body=(table,)), KIND)
    made = opened(data).tables[1]
    assert len(made.rows) == 5 and len(made.columns) == 6
    assert made.cell(0, 0)._tc is made.cell(1, 0)._tc  # TT reaches over two rows
    assert made.cell(0, 3)._tc is made.cell(0, 5)._tc  # Năm 2023 over three columns
    assert made.cell(1, 4).text == "Thực hiện" and made.cell(2, 3).text == "1.001"
    widths = [int(c.get(qn("w:w"))) for c in made._tbl.tblGrid.iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx(9354, abs=1)  # 165 mm
    assert widths[1] == pytest.approx(0.35 * 9354, abs=1)
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in made.rows]
    assert heads == [True, True, False, False, False]
    assert all(r._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for r in made.rows)
    jc = made.cell(2, 3).paragraphs[0]._p.pPr.find(qn("w:jc"))
    assert jc.get(qn("w:val")) == "right"


@pytest.mark.parametrize(("name", "half_points"), [("party", "28"), ("state", "26")])
def test_urgency_in_a_row_below_the_number(name: str, half_points: str) -> None:
    base = SAMPLES[name]()
    head = replace(base.header, under_number=(Line("HỎA TỐC", "do_khan"),))
    made = opened(render_docx(replace(base, header=head), KIND))
    (left, right) = made.tables[0].rows[2].cells
    assert [p.text for p in left.paragraphs] == ["HỎA TỐC"]
    urgent = left.paragraphs[-1]
    assert urgent.style.name == "VB Độ khẩn"
    look = urgent.style.element.find(qn("w:rPr"))
    assert look.find(qn("w:b")) is not None and look.find(qn("w:i")) is None
    assert look.find(qn("w:sz")).get(qn("w:val")) == half_points
    assert [p.text for p in right.paragraphs] == [""]
    (number, date) = made.tables[0].rows[1].cells
    assert number.paragraphs[-1].text == head.left_low[-1].text
    assert [p.text for p in date.paragraphs] == [head.right_low[0].text]


def test_without_marks_nothing_stands_under_the_number() -> None:
    head = opened(render_docx(small(), KIND)).tables[0]
    assert len(head.rows) == 2
    (left, right) = head.rows[1].cells
    assert [p.text for p in left.paragraphs] == ["*", "Số 05-BC/ĐU"]
    assert len(right.paragraphs) == 1


def test_row_spans_at_the_right_edge_and_of_three_rows() -> None:
    header = (
        (Cell("A", rowspan=3), Cell("B", colspan=2), Cell("C", rowspan=2)),
        (Cell("B1", rowspan=2), Cell("B2")),
        (Cell("B2a"), Cell("C1")),
    )
    rows = ((Cell("1"), Cell("2"), Cell("3"), Cell("4")),)
    table = Table(tuple(Column(0.25) for _ in range(4)), header, rows, size_pt=9)
    made = opened(render_docx(small(body=(table,)), KIND)).tables[1]
    grid = [[made.cell(r, c).text for c in range(4)] for r in range(4)]
    assert grid == [
        ["A", "B", "B", "C"],
        ["A", "B1", "B2", "C"],
        ["A", "B1", "B2a", "C1"],
        ["1", "2", "3", "4"],
    ]
    assert made.cell(3, 0).paragraphs[0].runs[0].font.size.pt == 9


def test_table_without_rows_and_empty_document() -> None:
    empty = Table((Column(0.5), Column(0.5)), ((Cell("A"), Cell("B")),), ())
    render_docx(small(body=(empty,)), KIND)
    render_docx(small(body=()), KIND)


def test_neighbouring_tables_stay_apart() -> None:
    table = replace(samples.indicator_table(1), caption=None)
    data = render_docx(small(body=(table, table)), KIND)
    body = list(opened(data).element.body)
    kinds = [node.tag.rpartition("}")[2] for node in body]
    assert "tbl tbl" not in " ".join(kinds)


def test_landscape_sections() -> None:
    document = opened(render_docx(samples.party_document(), KIND))
    got = [(s.orientation == 1, s.different_first_page_header_footer) for s in document.sections]
    assert got == [(False, True), (True, False), (False, False)]
    for section in document.sections:
        assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
        assert (round(section.top_margin.mm), round(section.header_distance.mm)) == (20, 10)
        assert "PAGE" in section.header._element.xml
        assert section._sectPr.find(qn("w:pgNumType")) is None  # numbers go on
    assert document.sections[0].first_page_header.paragraphs[0].text == ""


def test_landscape_appendix_last_and_first() -> None:
    turned = Appendix((Line("Phụ lục 1", "phu_luc"),), (samples.wide_table(2, 12),), landscape=True)
    upright = Appendix((Line("Phụ lục 2", "phu_luc"),), (samples.indicator_table(1),))
    for order in ((turned,), (turned, turned), (turned, upright), (upright, turned)):
        document = opened(render_docx(small(appendices=order), KIND))
        expected = [False, *(a.landscape for a in order)]
        sections = [s.orientation == 1 for s in document.sections]
        collapsed = [o for i, o in enumerate(expected) if i == 0 or expected[i - 1] != o]
        assert sections == collapsed


def sections(data: bytes) -> list[tuple[bool, bool, str | None, str]]:
    """Of every section: turned, own first page, first number, the text it begins with."""
    made = opened(data)
    begins = [""]
    for node in made.element.body:
        if not begins[-1]:
            begins[-1] = "".join(t.text or "" for t in node.iter(qn("w:t")))
        if node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            begins.append("")
    found = []
    for section, text in zip(made.sections, begins, strict=True):
        numbering = section._sectPr.find(qn("w:pgNumType"))
        start = None if numbering is None else numbering.get(qn("w:start"))
        own = section.different_first_page_header_footer
        kinds = {n.get(qn("w:type")) for n in section._sectPr.iter(qn("w:headerReference"))}
        assert kinds == ({"default", "first"} if own else {"default"})
        found.append((section.orientation == 1, own, start, text))
    return found


def test_appendices_that_count_their_own_pages() -> None:
    data = render_docx(samples.own_numbers_document(), KIND)
    got = [(turned, own, start) for turned, own, start, _text in sections(data)]
    assert got == [
        (False, True, None),  # the report
        (False, True, "1"),  # I
        (True, True, "1"),  # II, lying
        (False, True, "1"),  # III begins upright,
        (True, False, None),  # goes on turned
        (False, False, None),  # and upright again, its numbers going on
        (True, True, "1"),  # IV begins with a turned table
        (False, False, None),
    ]
    begins = [text for *_rest, text in sections(data)]
    assert begins[1:5] == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "1. Số liệu theo chi bộ"]
    assert begins[6] == "Phụ lục IV"
    first = opened(data).sections[3].first_page_header
    assert [p.text for p in first.paragraphs] == [""] and "PAGE" not in first._element.xml
    # The break of a section takes the place of a page break: no empty page between.
    assert "pageBreakBefore" not in part(data, "word/document.xml")


def test_appendices_whose_numbers_go_on_need_no_sections() -> None:
    upright = Appendix((Line("Phụ lục 1", "phu_luc"),), (samples.indicator_table(1),))
    data = render_docx(small(appendices=(upright, upright)), KIND)
    assert [section[:3] for section in sections(data)] == [(False, True, None)]
    assert part(data, "word/document.xml").count("pageBreakBefore") == 2


def test_what_announces_a_turned_table_goes_with_it() -> None:
    body = (
        samples.paragraph("noi_dung", "Lời dẫn."),
        samples.paragraph("muc", "II- SỐ LIỆU", level=2),
        samples.paragraph("don_vi_tinh", "Đơn vị tính: người"),
        samples.wide_table(3, 12),
        samples.paragraph("noi_dung", "Nhận xét."),
    )
    data = render_docx(small(body=body), KIND)
    assert [(turned, text) for turned, _own, _start, text in sections(data)][1:] == [
        (True, "II- SỐ LIỆU"),
        (False, "Nhận xét."),
    ]


LONG = (
    "Sơ kết tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội, quốc phòng - an ninh 9 tháng "
    "đầu năm, phương hướng, nhiệm vụ 3 tháng cuối năm 2023"
)


def test_centred_headings_are_broken_evenly() -> None:
    """The breaks of the PDF: none tears a number from its noun or leaves a dash alone."""
    table = replace(samples.indicator_table(1), caption=LONG)
    body = (
        samples.paragraph("ten_phan", "KẾT QUẢ LÃNH ĐẠO THỰC HIỆN NHIỆM VỤ 9 THÁNG ĐẦU NĂM 2023"),
        Paragraph("ten_phan", (Run("Đậm", bold=True), Run(f" rồi thường {LONG}"))),
        samples.paragraph("muc", LONG.upper(), level=2),
        table,
    )
    document = small(
        body=body,
        title=(Line(LONG, "trich_yeu"),),
        appendices=(
            Appendix((Line(LONG, "ten_phu_luc"),), ()),
            Appendix((Line(LONG, "ten_phu_luc"),), (), landscape=True),
        ),
    )
    broken = {
        style: [p.text for p in opened(render_docx(document, KIND)).paragraphs if p.style.name == n]
        for style, n in (
            ("trich_yeu", "VB Trích yếu"),
            ("ten_phan", "VB Tên phần"),
            ("muc", "VB Mục I"),
            ("ten_bang", "VB Tên bảng"),
            ("ten_phu_luc", "VB Tên phụ lục"),
        )
    }
    three = (
        "Sơ kết tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội, \n"
        "quốc phòng - an ninh 9 tháng đầu năm, \nphương hướng, nhiệm vụ 3 tháng cuối năm 2023"
    )
    assert broken["trich_yeu"] == broken["ten_bang"] == [three]
    assert broken["ten_phan"] == [
        "KẾT QUẢ LÃNH ĐẠO THỰC HIỆN \nNHIỆM VỤ 9 THÁNG ĐẦU NĂM 2023",
        f"Đậm rồi thường {LONG}",
    ]
    # A heading at the left margin too, its first line the shorter by the indent.
    assert broken["muc"] == [
        (
            "SƠ KẾT TÌNH HÌNH THỰC HIỆN NHIỆM VỤ PHÁT TRIỂN \n"
            "KINH TẾ - XÃ HỘI, QUỐC PHÒNG - AN NINH 9 THÁNG ĐẦU NĂM, \n"
            "PHƯƠNG HƯỚNG, NHIỆM VỤ 3 THÁNG CUỐI NĂM 2023"
        )
    ]
    upright, lying = broken["ten_phu_luc"]
    assert upright == three
    # A turned page is wide enough for two lines.
    assert lying.replace(" \n", " ") == LONG and lying.count("\n") == 1


def test_paragraph_marks_are_of_the_size_of_the_text() -> None:
    """A mark of 12 pt makes a line of 9 pt type as high as one of 12."""
    table = replace(samples.indicator_table(3), size_pt=9)
    made = opened(render_docx(small(body=(table,)), KIND)).tables[1]
    marks = [p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:sz')}") for p in made._tbl.iter(qn("w:p"))]
    assert {None if mark is None else mark.get(qn("w:val")) for mark in marks} == {"18"}
    same = opened(render_docx(small(body=(samples.indicator_table(3),)), KIND)).tables[1]
    assert not list(same._tbl.iter(qn("w:sz")))


def test_only_a_row_of_half_a_page_may_break() -> None:
    long = " ".join(["Một câu dài về kết quả lãnh đạo thực hiện nhiệm vụ ở cơ sở."] * 60)
    rows = ((Cell("Ngắn"), Cell("1")), (Cell(long), Cell("2")))
    table = Table((Column(0.5), Column(0.5)), ((Cell("A"), Cell("B")),), rows)
    made = opened(render_docx(small(body=(table,)), KIND)).tables[1]
    kept = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in made.rows]
    assert kept == [True, True, False]
    places = [c._tc.tcPr.find(qn("w:vAlign")).get(qn("w:val")) for c in made.rows[2].cells]
    assert places == ["top", "top"]


@pytest.mark.parametrize("anew", [False, True])
def test_the_paragraph_after_a_table_makes_no_page(anew: bool) -> None:
    """What the format asks for behind a table at the end of a page is one point high."""
    table = replace(samples.indicator_table(1), caption=None)
    one = Appendix((Line("Phụ lục", "phu_luc"),), (table,), numbered_anew=anew)
    body = opened(render_docx(small(appendices=(one, one)), KIND)).element.body
    after = [
        node
        for node in body.iterchildren(qn("w:p"))
        if not list(node.iter(qn("w:t"))) and not list(node.iter(qn("w:drawing")))
    ]
    assert len(after) == (3 if anew else 2)
    for node in after:
        spacing = node.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        values = {spacing.get(qn(f"w:{name}")) for name in ("before", "after", "line")}
        assert values == {"0", "20"} and spacing.get(qn("w:lineRule")) == "exact"


def test_appendix_without_a_title_begins_a_page() -> None:
    bare = (
        Appendix((), (replace(samples.indicator_table(1), caption=None),)),
        Appendix((), (samples.indicator_table(1),)),
        Appendix((), (samples.paragraph("noi_dung", "Chỉ có chữ."),)),
        Appendix((), ()),
    )
    body = opened(render_docx(small(appendices=bare), KIND)).element.body
    assert len(list(body.iter(qn("w:pageBreakBefore")))) == 4


def test_signature_keeps_with_a_table_before_it() -> None:
    for table in (samples.indicator_table(9), samples.wide_table(9, 12)):
        document = opened(render_docx(small(body=(table,)), KIND))
        kept = [
            all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs)
            for row in document.tables[1].rows
        ]
        assert kept[-2:] == [True, True]
        assert not kept[-3]
        # On a turned page the signature stays with the table, at the right edge of the wide sheet.
        widths = [c.width.mm for c in document.tables[2].columns]
        assert round(widths[1]) == 85
        assert round(widths[0]) == (252 - 85 if table.landscape else 80)


def test_duplex_only_when_asked() -> None:
    base = samples.party_document()
    assert "mirrorMargins" not in part(render_docx(base, KIND), "word/settings.xml")
    duplex = replace(base, layout=replace(base.layout, duplex=True))
    assert "mirrorMargins" in part(render_docx(duplex, KIND), "word/settings.xml")


def test_size_and_pitch_go_into_the_body_style() -> None:
    base = samples.party_document()
    chosen = replace(base, layout=replace(base.layout, body_pt=15, line_pt=20))
    style = opened(render_docx(chosen, KIND)).styles["VB Nội dung"]
    assert style.font.size.pt == 15 and style.paragraph_format.line_spacing.pt == 20


def test_language_fonts_and_compatibility() -> None:
    data = render_docx(samples.party_document(), KIND)
    styles, conf = part(data, "word/styles.xml"), part(data, "word/settings.xml")
    assert '<w:lang w:val="vi-VN"' in styles and '<w:themeFontLang w:val="vi-VN"/>' in conf
    assert set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="([^"]*)"', styles)) == {
        "Times New Roman",
        "vi-VN",
    }
    assert "Theme" not in styles
    assert re.search(r'compatibilityMode"[^>]*w:val="15"', conf)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any("Effects" in name for name in archive.namelist())


def test_watermark_stands_in_every_header() -> None:
    data = render_docx(replace(samples.party_document(), watermark='DỰ "THẢO" & <1>'), KIND)
    for name in ("word/header1.xml", "word/header2.xml"):
        assert 'string="DỰ &quot;THẢO&quot; &amp; &lt;1&gt;"' in part(data, name)
    assert "textpath" not in part(render_docx(samples.party_document(), KIND), "word/header1.xml")


def test_blanks_for_number_and_day_keep_their_width() -> None:
    texts = all_texts(render_docx(samples.state_document(), KIND))
    assert "Số:      /BC-UBND" in texts and "Xã Mẫu, ngày      tháng 10 năm 2023" in texts


def test_line_breaks_tabs_and_carriage_returns() -> None:
    body = (Paragraph("noi_dung", (Run("dòng một\ndòng hai\r\ndòng ba\tthụt"),)),)
    found = opened(render_docx(small(body=body), KIND)).paragraphs
    assert any(p.text == "dòng một\ndòng hai\ndòng ba\tthụt" for p in found)


NASTY = (
    "R&D < 5 > 3 \"ngoặc\" 'nháy' 100% # {a} {{ ky }} {% if %} {# ghi #} {_{ %} }} &amp; &lt; ]]>",
    "{%p for khoi in van_ban %}{%tr endfor %}{{r khoi.chu }}{% raw %}",
    '<w:p/><vb:bang xmlns:vb="urn:vanban:docx" n="99"/>',
)


@pytest.mark.parametrize("text", NASTY)
def test_marks_of_templates_and_xml_are_plain_text(text: str) -> None:
    table = Table((Column(1.0),), ((Cell(text),),), ((Cell(text),),), caption=text)
    base = small(body=(Paragraph("noi_dung", (Run(text, bold=True),)), table))
    document = replace(
        base,
        meta=replace(base.meta, title=text, author=text, subject=text),
        header=replace(base.header, left=(Line(text, "cap_tren"),)),
        title=(Line(text, "trich_yeu"),),
        appendices=(Appendix((Line(text, "ten_phu_luc"),), ()),),
    )
    data = render_docx(document, KIND)
    assert all_texts(data).count(text) == 7
    assert opened(data).core_properties.title == text


_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyẢẫặếềỗợữỷỵĐƯƠẠỆ0123456789.,;:-+/()"
_SPECIAL = "&<>{}%#\"'{{}}%}{%#} \t\n=\\$|_~^"


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(_LETTERS + _SPECIAL, min_size=1, max_size=60), min_size=4, max_size=4))
def test_text_in_is_text_out(texts: list[str]) -> None:
    one, two, three, four = texts
    table = Table((Column(1.0),), ((Cell(two),),), ((Cell(three),),))
    base = small(body=(Paragraph("noi_dung", (Run(one), Run(four, italic=True))), table))
    document = replace(base, title=(Line(four, "trich_yeu"),))
    found = [folded(text) for text in all_texts(render_docx(document, KIND))]
    for text in (one + four, two, three, four):
        assert folded(text) in found


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0c", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_characters_that_xml_cannot_hold_stop_the_export(char: str) -> None:
    body = (Paragraph("noi_dung", (Run(f"trước{char}sau"),)),)
    with pytest.raises(OutputError, match=f"U\\+{ord(char):04X}"):
        render_docx(small(body=body), KIND)


def test_a_lost_text_is_found_by_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    from vanban.compose.profile import load_profile
    from vanban.proof import prove
    from vanban.render import docx_fill

    document = small()
    profile = load_profile(document.meta.profile)
    assert prove("docx", render_docx(document, KIND), document, profile=profile) == ()
    monkeypatch.setattr(docx_fill, "_run", lambda *_a, **_k: docx_fill.Markup(""))
    found = prove("docx", render_docx(document, KIND), document, profile=profile)
    assert "ĐẢNG BỘ HUYỆN MẪU" in {one.args["excerpt"] for one in found if one.rule == "OUT001"}


def test_seal_tells_an_edit(tmp_path: Path) -> None:
    data = render_docx(samples.party_document(), KIND)
    path = tmp_path / "b.docx"
    path.write_bytes(data)
    assert seal.origin(path) is seal.Origin.OURS
    assert get_property(data, "vanban-sha256") == content_digest(data)
    other = set_property(data, "Ghi chú", "a & b")
    assert get_property(other, "Ghi chú") == "a & b" and get_property(other, "x") is None
    assert content_digest(other) == content_digest(data)
    path.write_bytes(other)
    assert seal.origin(path) is seal.Origin.OURS  # a property is no content
    edited = opened(data)
    edited.paragraphs[3].add_run(" thêm")
    edited.save(str(path))
    assert seal.origin(path) is seal.Origin.EDITED
    path.write_bytes(b"PK\x03\x04rubbish")
    assert seal.origin(path) is seal.Origin.FOREIGN
    with pytest.raises(ValueError, match="not_docx"):
        get_property(b"rubbish", "x")


def test_kind_without_a_template(tmp_path: Path) -> None:
    document = samples.party_document()
    with pytest.raises(TemplateError, match=re.escape("document.dang-hd36.docx")):
        render_docx(document, Kind("to-trinh", tmp_path))


def test_importing_the_module_loads_nothing_heavy() -> None:
    code = (
        "import sys, vanban.render.docx; "
        "print([m for m in ('docxtpl', 'docx', 'lxml', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
