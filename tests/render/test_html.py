"""The HTML page: one file, sound markup, a fence around templates."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import samples
import tinyhtml5

from vanban.compose.document import Appendix, Cell, Column, Line, Table
from vanban.compose.profile import load_profile
from vanban.errors import TemplateError
from vanban.kinds import Kind
from vanban.render.balance import balanced_lines
from vanban.render.css import line_height, number, stylesheet
from vanban.render.fonts import find_font
from vanban.render.html import render_html, sheets
from vanban.render.sandbox import environment
from vanban.resources import data_root
from vanban.text.metrics import width_mm

KIND = Kind("bao-cao-so-ket", data_root())


def text_of(page: bytes) -> str:
    body = page.decode("utf-8").partition("<body>")[2]
    return "".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def own_template(folder: Path, source: str) -> Path:
    path = folder / "mẫu riêng.html.j2"
    path.write_text(source, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["party", "state", "long_table", "long_names"])
def test_one_page_that_needs_nothing_else(name: str) -> None:
    document = getattr(samples, f"{name}_document")()
    page = render_html(document, KIND)
    tree = tinyhtml5.parse(page, namespace_html_elements=False)
    assert tree.get("lang") == "vi-VN"
    text = page.decode("utf-8")
    assert "src=" not in text and "href=" not in text and "url(" not in text
    assert "@import" not in text and "<script" not in text
    assert '"Times New Roman"' in text and "@media screen" in text
    folded = text_of(page)
    assert folded == "".join("".join(value.split()) for value in document.texts())


def test_head_of_the_page() -> None:
    page = render_html(samples.party_document(), KIND).decode("utf-8")
    assert "<title>Báo cáo sơ kết công tác xây dựng Đảng" in page
    assert '<meta name="author" content="Đảng ủy xã Mẫu">' in page
    assert '<meta name="description" content="Số 05-BC/ĐU">' in page
    assert '<meta name="dcterms.created" content="2023-10-09T00:00:00Z">' in page
    # Without a date of its own a document has that of no machine: a fixed day.
    undated = render_html(samples.state_document(), KIND).decode("utf-8")
    assert '<meta name="dcterms.created" content="2000-01-01T00:00:00Z">' in undated


def test_structure() -> None:
    page = render_html(samples.party_document(), KIND).decode("utf-8")
    # Four in the body, and the name of each of the three appendices.
    assert page.count("<h1 ") == 4 + 3 and page.count("<h2 ") == 5
    assert page.count("<table ") == 3 and page.count("<thead>") == 3
    assert '<th class="dau_bang c dam" colspan="3" scope="colgroup">Năm 2023</th>' in page
    assert '<th class="dau_bang c dam" rowspan="2" scope="col">TT</th>' in page
    assert page.count('<section class="ket">') == 1
    assert "<b>Về nguyên nhân: </b>Công tác" in page


def test_texts_are_escaped() -> None:
    nasty = "<script>alert('&')</script>{{ 7*7 }}{% raw %}\"</style>"
    base = samples.party_document()
    document = replace(
        base,
        meta=replace(base.meta, title=nasty, author=nasty, subject=nasty),
        body=(samples.paragraph("noi_dung", nasty, lead=nasty),),
        watermark=nasty,
    )
    page = render_html(document, KIND).decode("utf-8")
    assert "<script" not in page and "49" not in page.partition("<body>")[2][:4000]
    assert page.count("</style>") == 1
    assert "".join(nasty.split()) in text_of(page.encode())


def test_the_same_bytes_twice() -> None:
    document = samples.party_document()
    assert render_html(document, KIND) == render_html(document, KIND)


def test_deep_headings_stay_headings() -> None:
    base = samples.party_document()
    document = replace(base, body=(samples.paragraph("diem", "Rất sâu", level=9),))
    assert '<h6 class="diem giu">Rất sâu</h6>' in render_html(document, KIND).decode("utf-8")


def test_only_rows_too_high_to_keep_whole_may_break() -> None:
    base = samples.party_document()
    rows = tuple((Cell(str(n)), Cell("chữ " * n)) for n in (10, 60, 120, 900))
    table = Table((Column(0.2), Column(0.8)), ((Cell("A"), Cell("B")),), rows)
    page = render_html(replace(base, body=(table,), appendices=()), KIND).decode("utf-8")
    assert page.count("<tr") == 5
    assert page.count('<tr class="dai">') == 1
    assert page.index('<tr class="dai">') > page.index(">120<")


# ---- sheets ----------------------------------------------------------------------------------


def test_sheets_turn_and_take_their_heading_along() -> None:
    base = samples.party_document()
    text = samples.paragraph("noi_dung", "Chữ")
    head = samples.paragraph("muc", "I- ĐỀ MỤC", level=2)
    unit = samples.paragraph("don_vi_tinh", "Đơn vị: ha")
    wide = samples.wide_table(2, 12)
    document = replace(base, body=(text, head, unit, wide, text), appendices=())
    first, turned, last = sheets(document)
    assert (first.blocks, first.landscape, first.closing) == ((text,), False, False)
    assert (turned.blocks, turned.landscape) == ((head, unit, wide), True)
    assert (last.blocks, last.landscape, last.closing) == ((text,), False, True)


def test_a_document_without_body_still_has_its_frame() -> None:
    document = replace(
        samples.party_document(),
        body=(),
        appendices=(
            Appendix((Line("Phụ lục", "phu_luc"),), (), landscape=True, numbered_anew=True),
        ),
    )
    first, second = sheets(document)
    assert first.closing and not first.blocks
    assert second.landscape and second.page_name == "ngang-le"
    assert "Nguyễn Văn A" in render_html(document, KIND).decode("utf-8")


def test_appendix_that_begins_with_a_turned_table_is_turned() -> None:
    base = samples.party_document()
    wide = samples.wide_table(2, 12)
    appendix = Appendix((Line("Phụ lục", "phu_luc"),), (wide, samples.paragraph("gach", "- x")))
    appendix = replace(appendix, numbered_anew=True)
    found = sheets(replace(base, appendices=(appendix,)))[-2:]
    assert [sheet.landscape for sheet in found] == [True, False]
    assert [sheet.page_name for sheet in found] == ["ngang-le", ""]
    assert [bool(sheet.titles) for sheet in found] == [True, False]


# ---- even lines ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("BÁO CÁO", ["BÁO CÁO"]),
        (
            (
                "sơ kết công tác xây dựng Đảng 9 tháng đầu năm, "
                "phương hướng, nhiệm vụ 3 tháng cuối năm 2023"
            ),
            [
                "sơ kết công tác xây dựng Đảng 9 tháng đầu năm,",
                "phương hướng, nhiệm vụ 3 tháng cuối năm 2023",
            ],
        ),
        (
            "KẾT QUẢ KIỂM TRA, GIÁM SÁT, THI HÀNH KỶ LUẬT ĐẢNG NĂM 2025",
            ["KẾT QUẢ KIỂM TRA, GIÁM SÁT,", "THI HÀNH KỶ LUẬT ĐẢNG NĂM 2025"],
        ),
        (
            (
                "Sơ kết tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội, quốc phòng - an "
                "ninh 9 tháng đầu năm, phương hướng, nhiệm vụ 3 tháng cuối năm 2023"
            ),
            [
                "Sơ kết tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội,",
                "quốc phòng - an ninh 9 tháng đầu năm,",
                "phương hướng, nhiệm vụ 3 tháng cuối năm 2023",
            ],
        ),
        ("X" * 100 + " a", ["X" * 100, "a"]),
        ("X" * 100, ["X" * 100]),
    ],
)
def test_centred_lines_are_broken_as_a_clerk_would(text: str, lines: list[str]) -> None:
    assert balanced_lines(text, 165, 14, bold=True) == lines


def test_no_number_is_torn_from_its_noun_and_no_dash_from_its_words() -> None:
    for filler in range(30):
        text = "việc " * filler + "của 9 tháng đầu năm 2023 - 2024 và 3 tháng sau đó" + " khác" * 12
        for upper, lower in pairwise(balanced_lines(text, 165, 14)):
            assert not upper.endswith((" 9", " 3", "-")) and not lower.startswith("-")


def test_even_lines_lose_no_word_and_fit() -> None:
    words = [f"từ{n}" for n in range(60)]
    for count in range(1, 60):
        lines = balanced_lines(" ".join(words[:count]), 165, 14)
        assert " ".join(lines) == " ".join(words[:count])
        assert all(width_mm(line, 14) <= 165 for line in lines)


# ---- templates -------------------------------------------------------------------------------


def test_own_template(tmp_path: Path) -> None:
    path = own_template(
        tmp_path,
        '\ufeff{% extends "base.html.j2" %}'
        "{% block dau scoped %}<p>Riêng</p>{{ super() }}{% endblock %}",
    )
    page = render_html(samples.party_document(), KIND, path).decode("utf-8")
    assert "<p>Riêng</p>" in page and "ĐẢNG CỘNG SẢN" in page and "BÁO CÁO" in page


def test_own_template_that_leaves_a_text_out(tmp_path: Path) -> None:
    path = own_template(
        tmp_path, '{% extends "base.html.j2" %}{% block dau scoped %}Riêng{% endblock %}'
    )
    with pytest.raises(TemplateError, match="không in nội dung “ĐẢNG BỘ HUYỆN MẪU”"):
        render_html(samples.party_document(), KIND, path)


def test_a_kind_without_a_template_gets_the_general_page(tmp_path: Path) -> None:
    other = Kind("khac", tmp_path)
    assert render_html(samples.party_document(), other) == render_html(
        samples.party_document(), KIND
    )


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("một\n{% if %}", 2, "Mẫu HTML"),
        ("{{ khong_co }}", 1, "khong_co"),
        ("a\nb\n{{ document.khong_co }}", 3, "khong_co"),
        ("{{ 1 / 0 }}", 1, "chia cho 0"),
        ('{% include "../the-thuc/nd30.toml" %}', 1, "nd30.toml"),
        ('{% extends "/etc/hostname" %}', 1, "hostname"),
    ],
)
def test_broken_templates(
    tmp_path: Path, source: str, line: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANBAN_LANG", "vi")
    path = own_template(tmp_path, source)
    with pytest.raises(TemplateError) as caught:
        render_html(samples.party_document(), KIND, path)
    assert words in str(caught.value)
    assert f"dòng {line}" in str(caught.value)
    assert path.name in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "{{ document.__class__.__mro__ }}",
        "{{ document.texts.__globals__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ sheets.append(1) }}",
        "{% for x in range(10000000) %}x{% endfor %}",
    ],
)
def test_the_sandbox_holds(tmp_path: Path, source: str) -> None:
    with pytest.raises(TemplateError):
        render_html(samples.party_document(), KIND, own_template(tmp_path, source))


def test_missing_and_unreadable_templates(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="thiếu"):
        render_html(samples.party_document(), KIND, tmp_path / "thiếu.html.j2")
    with pytest.raises(TemplateError):
        render_html(samples.party_document(), KIND, tmp_path)
    binary = tmp_path / "nhị phân.html.j2"
    binary.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(TemplateError):
        render_html(samples.party_document(), KIND, binary)


# ---- style sheet -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dang-hd36", "dang-hd05", "nd30"])
def test_a_class_for_every_style(name: str) -> None:
    profile = load_profile(name)
    css = stylesheet(profile, samples.party_document().layout, "html")
    for style in profile.styles:
        assert f"\n.{style} {{" in css
    assert "None" not in css and "Undefined" not in css


def test_pdf_sheet_names_only_the_chosen_files() -> None:
    font = find_font()
    css = stylesheet(load_profile("nd30"), samples.state_document().layout, "pdf", font)
    assert re.findall(r'url\("([^"]+)"\)', css) == [path.resolve().as_uri() for path in font.files]
    assert "Times New Roman" not in css and "@media screen" not in css


def test_numbers_and_pitch() -> None:
    assert [number(v) for v in (10.0, 12.7, 0.33333, 100)] == ["10", "12.7", "0.3333", "100"]
    layout = samples.party_document().layout
    assert line_height(layout) == "18pt"
    assert line_height(replace(layout, line_pt=None, line_multiple=1.5)) == "1.7235"
    assert line_height(replace(layout, line_pt=None)) == "1.149"


def test_environment_is_strict_and_kept() -> None:
    assert environment(KIND.templates) is environment(KIND.templates)
    assert environment(KIND.templates).autoescape is True


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "KẾT QUẢ LÃNH ĐẠO THỰC HIỆN NGHỊ QUYẾT ĐẠI HỘI NHIỆM KỲ 2020-2025",
            ["KẾT QUẢ LÃNH ĐẠO THỰC HIỆN", "NGHỊ QUYẾT ĐẠI HỘI NHIỆM KỲ 2020-2025"],
        ),
        (
            "PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM NỬA CUỐI NHIỆM KỲ 2020-2025",
            ["PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM", "NỬA CUỐI NHIỆM KỲ 2020-2025"],
        ),
    ],
)
def test_centred_lines_tear_no_word(text: str, lines: list[str]) -> None:
    assert balanced_lines(text, 165, 14, bold=True) == lines
