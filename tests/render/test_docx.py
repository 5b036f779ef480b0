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
}


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def all_texts(data: bytes) -> list[str]:
    body = opened(data).element.body
    other = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return [
        "".join(
            other.get(node.tag) or node.text or ""
            for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        )
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


def test_core_properties() -> None:
    core = opened(render_docx(samples.party_document(), KIND)).core_properties
    assert core.title.startswith("Báo cáo sơ kết công tác xây dựng Đảng")
    assert core.author == "Đảng ủy xã Mẫu" and core.subject == "Số 05-BC/ĐU"
    assert core.language == "vi-VN" and core.revision == 1
    assert core.created.isoformat().startswith("2023-10-09T00:00:00")
    # A document without a date carries none, not the hour of the export.
    assert "dcterms:created" not in part(
        render_docx(samples.state_document(), KIND), "docProps/core.xml"
    )


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
    for table in (samples.indicator_table(4), samples.wide_table(4, 12)):
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


def test_a_lost_text_stops_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    from vanban.render import docx_fill

    monkeypatch.setattr(docx_fill, "_run", lambda *_a, **_k: docx_fill.Markup(""))
    with pytest.raises(OutputError, match="ĐẢNG BỘ HUYỆN MẪU"):
        render_docx(small(), KIND)


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
