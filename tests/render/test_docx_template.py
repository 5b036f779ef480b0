"""Word templates: ours are fresh and sound; an office's own is filled or refused with its place."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import samples
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from vanban import resources
from vanban.compose.document import Document
from vanban.compose.profile import profiles
from vanban.errors import TemplateError
from vanban.kinds import Kind
from vanban.render.docx import render_docx
from vanban.render.docx_template import build_template

ROOT = resources.data_root()
KIND = Kind("bao-cao-so-ket", ROOT)
TEMPLATES = sorted((ROOT / "templates").glob("*/document.*.docx"))
SCRIPT = ROOT / "scripts" / "build_templates.py"

Edit = Callable[[dict[str, bytes]], None]


def changed(edit: Edit, data: bytes | None = None) -> bytes:
    """Our template with its parts edited."""
    source = build_template(profiles()["dang-hd36"]) if data is None else data
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_text(text: str, *, cell: bool = False) -> bytes:
    """Our template with one more paragraph (or table of one cell) at its end."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    paragraph = f"<w:p><w:r><w:t>{escaped}</w:t></w:r></w:p>"
    if cell:
        paragraph = (
            '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc>'
            f"{paragraph}</w:tc></w:tr></w:tbl><w:p/>"
        )

    def edit(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        parts["word/document.xml"] = body.replace("<w:sectPr>", f"{paragraph}<w:sectPr>").encode()

    return changed(edit)


def short() -> Document:
    base = samples.party_document()
    return replace(base, body=base.body[:3], appendices=())


def fill(data: bytes, tmp_path: Path) -> bytes:
    path = tmp_path / "mẫu của xã.docx"
    path.write_bytes(data)
    return render_docx(short(), KIND, path)


def refusal(data: bytes, tmp_path: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        fill(data, tmp_path)
    message = str(caught.value)
    assert "mẫu của xã.docx" in message
    return message


# --- our own ------------------------------------------------------------------------------------


def test_templates_are_fresh() -> None:
    spec = importlib.util.spec_from_file_location("build_templates", SCRIPT)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.stale() == [], "run: python scripts/build_templates.py"
    assert script.main(["--check"]) == 0 and script.main(["--what"]) == 2
    assert {p.name for p in TEMPLATES} == {f"document.{name}.docx" for name in profiles()}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_template_is_a_good_word_file(path: Path) -> None:
    assert [str(e) for e in OpenXmlValidator().validate(path).errors] == []
    template = docx.Document(str(path))
    profile = profiles()[path.name.split(".")[1]]
    names = {style.style_id: style.name for style in template.styles}
    for style in profile.styles.values():
        identifier = "VB" + "".join(word.capitalize() for word in style.name.split("_"))
        assert names[identifier] == style.label and identifier.isascii()
    section = template.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.mm), round(section.top_margin.mm)) == (30, 20)
    # The clerk sees a specimen of every component, in its style.
    used = {s.get(qn("w:val")) for s in template.element.body.iter(qn("w:pStyle"))}
    assert {"VBNoiDung", "VBMuc", "VBKhoan", "VBTieuDe", "VBNoiNhan", "VBHoTen", "VBOBang"} <= used


def test_figures_of_the_regulation_are_in_the_styles() -> None:
    styles = docx.Document(io.BytesIO(build_template(profiles()["dang-hd36"]))).styles
    expected = {
        "VB Tiêu đề": (15, True, None),
        "VB Cơ quan cấp trên": (14, None, None),
        "VB Cơ quan ban hành": (14, True, None),
        "VB Địa danh, ngày": (14, None, True),
        "VB Nội dung": (14, None, None),
        "VB Chức vụ người ký": (14, None, None),
        "VB Quyền hạn ký": (14, True, None),
        "VB Nơi nhận": (14, None, None),
        "VB Nơi nhận, từng dòng": (12, None, None),
        "VB Số trang": (14, None, None),
    }
    for name, (size, bold, italic) in expected.items():
        font = styles[name].font
        assert (font.size.pt, font.bold, font.italic) == (size, bold, italic), name
    assert styles["VB Nơi nhận"].font.underline
    body = styles["VB Nội dung"].paragraph_format
    assert body.line_spacing.pt == 18 and round(body.first_line_indent.mm, 1) == 10
    assert body.space_after.pt == 6


def test_gallery_shows_the_styles_of_the_document_only() -> None:
    styles = docx.Document(io.BytesIO(build_template(profiles()["nd30"]))).styles
    latent = styles.latent_styles
    assert latent.default_to_hidden and not latent.default_to_quick_style
    assert [exception.name for exception in latent] == ["Normal"]
    shown = {s.name for s in styles if s.quick_style}
    assert "VB Nội dung" in shown and all(n.startswith("VB ") or n == "Normal" for n in shown)
    # Enter after a heading goes on with what a clerk writes there.
    following = {
        "VB Phần": "VB Tên phần",
        "VB Tên phần": "VB Nội dung",
        "VB Mục I": "VB Nội dung",
        "VB Nội dung": "VB Nội dung",
        "VB Phụ lục": "VB Tên phụ lục",
    }
    for name, wanted in following.items():
        assert styles[name].next_paragraph_style.name == wanted


# --- an office's own ----------------------------------------------------------------------------


def test_own_template_is_filled(tmp_path: Path) -> None:
    made = docx.Document(
        io.BytesIO(fill(with_text("Mẫu riêng của xã: {{ thong_tin.co_quan }}"), tmp_path))
    )
    assert made.paragraphs[-1].text == "Mẫu riêng của xã: Đảng ủy xã Mẫu"


def test_headings_of_an_own_template_are_broken_only_where_it_sets_them_alike(
    tmp_path: Path,
) -> None:
    def larger(parts: dict[str, bytes]) -> None:
        text = parts["word/styles.xml"].decode()
        begin = text.index('w:styleId="VBTrichYeu"')
        head, tail = text[:begin], text[begin:]
        parts["word/styles.xml"] = (head + tail.replace('w:val="28"', 'w:val="32"', 2)).encode()

    def narrower(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        parts["word/document.xml"] = body.replace('w:left="1701"', 'w:left="2268"').encode()

    for edit, broken in ((lambda _parts: None, True), (larger, False), (narrower, False)):
        made = docx.Document(io.BytesIO(fill(changed(edit), tmp_path)))
        (subject,) = [p.text for p in made.paragraphs if p.style.style_id == "VBTrichYeu"]
        assert ("\n" in subject) is broken


def test_plain_template_made_in_word(tmp_path: Path) -> None:
    """A template with nothing of ours in it: no styles, no headers, tags only."""
    template = docx.Document()
    for text in (
        "{%p for d in dau_trang.trai %}",
        "{{ d.chu }}",
        "{%p endfor %}",
        "{%p for d in dau_trang.phai %}",
        "{{r d.chu }}",
        "{%p endfor %}",
    ):
        template.add_paragraph(text)
    for name in ("dau_trang.trai_duoi", "dau_trang.phai_duoi", "ten_van_ban", "noi_dung"):
        template.add_paragraph(f"{{%p for d in {name} %}}")
        template.add_paragraph("{{r d.chu }}")
        template.add_paragraph("{%p endfor %}")
    template.add_paragraph("{{r noi_nhan.nhan.chu }}")
    template.add_paragraph("{%p for d in noi_nhan.danh_sach %}")
    template.add_paragraph("{{ loop.index }}. {{r d.chu }}")
    template.add_paragraph("{%p endfor %}")
    for name in ("ky.quyen_han", "ky.chuc_vu"):
        template.add_paragraph(f"{{%p for d in {name} %}}{{{{r d.chu }}}}")
        template.paragraphs[-1].text = f"{{%p for d in {name} %}}"
        template.add_paragraph("{{r d.chu }}")
        template.add_paragraph("{%p endfor %}")
    template.add_paragraph("{{r ky.ho_ten.chu }}")
    target = io.BytesIO()
    template.save(target)
    path = tmp_path / "mẫu.docx"
    path.write_bytes(target.getvalue())
    document = replace(short(), watermark="DỰ THẢO")
    document = replace(document, layout=replace(document.layout, duplex=True))
    data = render_docx(document, KIND, path)
    made = docx.Document(io.BytesIO(data))
    assert "Nguyễn Văn A" in [p.text for p in made.paragraphs]
    header = made.sections[0].header._element.xml
    assert "DỰ THẢO" in header  # a header was made for it
    assert made.settings.element.find(qn("w:mirrorMargins")) is not None
    assert made.core_properties.title.startswith("Báo cáo")


def test_template_without_sections_settings_and_properties(tmp_path: Path) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        start, end = body.index("<w:sectPr>"), body.index("</w:body>")
        parts["word/document.xml"] = (body[:start] + body[end:]).encode()
        for name in ("docProps/core.xml", "word/settings.xml", "word/styles.xml"):
            del parts[name]
        for name in ("_rels/.rels", "word/_rels/document.xml.rels", "[Content_Types].xml"):
            for target in ("docProps/core.xml", "settings.xml", "styles.xml"):
                text = parts[name].decode()
                at = text.find(f'{target}"')
                if at >= 0:
                    begin, finish = text.rindex("<", 0, at), text.index(">", at) + 1
                    parts[name] = (text[:begin] + text[finish:]).encode()

    path = tmp_path / "mẫu.docx"
    path.write_bytes(changed(edit))
    document = replace(samples.long_table_document(), watermark="DỰ THẢO")
    made = docx.Document(io.BytesIO(render_docx(document, KIND, path)))
    assert made.core_properties.author == "Đảng ủy xã Mẫu"
    assert len(made.sections) == 4


def test_watermark_of_a_template_with_even_pages(tmp_path: Path) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        conf = parts["word/settings.xml"].decode()
        parts["word/settings.xml"] = conf.replace(
            "<w:characterSpacingControl", "<w:evenAndOddHeaders/><w:characterSpacingControl"
        ).encode()

    path = tmp_path / "mẫu.docx"
    path.write_bytes(changed(edit))
    document = replace(short(), watermark="DỰ THẢO")
    made = docx.Document(io.BytesIO(render_docx(document, KIND, path)))
    assert "DỰ THẢO" in made.sections[0].even_page_header._element.xml


def test_own_rows_and_rules_keep_their_own_widths(tmp_path: Path) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        extra = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
        at = body.index("{%tr for hang in khoi.hang %}")
        begin = body.rindex("<w:tr>", 0, at)
        body = body[:begin] + extra + body[begin:]
        parts["word/document.xml"] = body.replace("vb-ke-{{ d.ke }}", "vb-ke-dài").encode()

    path = tmp_path / "mẫu.docx"
    path.write_bytes(changed(edit))
    document = replace(short(), body=(samples.indicator_table(2),))
    table = docx.Document(io.BytesIO(render_docx(document, KIND, path))).tables[1]
    assert len(table._tbl.tblGrid) == 3  # as it stands in the template


def test_kind_of_another_package_with_a_bare_body_style(tmp_path: Path) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        text = parts["word/styles.xml"].decode()
        begin = text.index('w:styleId="VBNoiDung"')
        head, tail = text[:begin], text[begin:]
        tail = tail.replace(tail[tail.index("<w:pPr>") : tail.index("</w:style>")], "", 1)
        parts["word/styles.xml"] = (head + tail).encode()

    folder = tmp_path / "templates" / "to-trinh"
    folder.mkdir(parents=True)
    (folder / "document.dang-hd36.docx").write_bytes(changed(edit))
    made = docx.Document(io.BytesIO(render_docx(short(), Kind("to-trinh", tmp_path))))
    style = made.styles["VB Nội dung"]
    assert style.font.size.pt == 14 and style.paragraph_format.line_spacing.pt == 18


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ".docx"),
        (b"PK\x03\x04 not a zip at all", ".docx"),
        (b"%PDF-1.7", ".docx"),
        (changed(lambda p: p.pop("[Content_Types].xml")), ".docx"),
        (changed(lambda p: p.pop("_rels/.rels")), ".docx"),
        (changed(lambda p: p.update({"word/vbaProject.bin": b"x"})), "macro"),
        (changed(lambda p: p.update({"../x.xml": b"x"})), "../x.xml"),
        (changed(lambda p: p.update({"WORD/styles.XML": b"x"})), "WORD/styles.XML"),
        (changed(lambda p: p.update({"word/header1.xml": b"<w:hdr"})), "word/header1.xml"),
        (
            changed(
                lambda p: p.update(
                    {
                        "word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'
                        + p["word/styles.xml"][55:]
                    }
                )
            ),
            "DOCTYPE",
        ),
        (changed(lambda p: p.update({"word/media/big.bin": b"0" * (9 << 20)})), "1:200"),
        (changed(lambda p: p.update({f"x/{n}.bin": b"" for n in range(600)})), "500"),
    ],
    # The bytes hold the time of day: they must not be part of the test's name.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_files_that_are_no_templates(data: bytes, words: str, tmp_path: Path) -> None:
    assert words in refusal(data, tmp_path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "không có.docx", tmp_path):
        with pytest.raises(TemplateError, match="không đọc được tệp"):
            render_docx(short(), KIND, path)


def relation(kind: str, target: str, mode: str) -> Edit:
    entry = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    )

    def edit(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", entry.encode())

    return edit


def test_relationships_that_leave_the_file(tmp_path: Path) -> None:
    outside = ' TargetMode="External"'
    for kind in ("image", "attachedTemplate", "frame"):
        made = changed(relation(kind, "http://example.org/x", outside))
        assert "http://example.org/x" in refusal(made, tmp_path)
    for kind in ("oleObject", "aFChunk"):
        assert "word/x.bin" in refusal(changed(relation(kind, "x.bin", "")), tmp_path)
    fill(changed(relation("hyperlink", "https://example.org/", outside)), tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% for x in noi_dung %}", "for x in noi_dung"),
        ("{% nonsense %}", "{% nonsense %}"),
        ("{{ ky.ho_ten.chu", "{{ ky.ho_ten.chu"),
        ("{{ khong_co }}", "khong_co"),
        ("{{ ky.ho_tên }}", "{{ ky.ho_tên }}"),
        ("{{ ky.khong_co }}", "khong_co"),
        ("{% if ky.khong_co %}x{% endif %}", "khong_co"),
        ("{{ noi_dung }}", "không phải chữ"),
        ("{{ ky.__class__ }}", "{{ ky.__class__ }}"),
        ("{{ ''.join(noi_dung) }}", "không được phép"),
        ("{{ ky['__class__'] }}", "{{ ky['__class__'] }}"),
        ("{{ ky|attr('x') }}", "{{ ky|attr('x') }}"),
        ("{{ 'a' * 99999999 }}", "không được phép"),
        ("{{ range(3) }}", "không được phép"),
        ("{% include 'x' %}", "không được phép"),
        ("{% import 'os' as os %}", "không được phép"),
        ("{{ ky + 1 }}", "không chạy được"),
        (
            (
                "{% for a in noi_dung %}{% for b in noi_dung %}{% for c in noi_dung %}"
                "{% for d in noi_dung %}{% for e in noi_dung %}x{% endfor %}{% endfor %}"
                "{% endfor %}{% endfor %}{% endfor %}"
            ),
            "for e in noi_dung",
        ),
    ],
)
@pytest.mark.parametrize("cell", [False, True])
def test_faulty_tags_are_named_with_their_place(
    text: str, words: str, cell: bool, tmp_path: Path
) -> None:
    message = refusal(with_text(text, cell=cell), tmp_path)
    assert words in message
    assert ("bảng 6, hàng 1, cột 1" if cell else "thân văn bản, đoạn") in message


def test_place_is_the_paragraph_counted_in_word(tmp_path: Path) -> None:
    data = with_text("{{ khong_co }}")
    body = docx.Document(io.BytesIO(data)).element.body
    outside = [p for p in body.iter(qn("w:p")) if next(p.iterancestors(qn("w:tc")), None) is None]
    assert f"đoạn {len(outside)}:" in refusal(data, tmp_path)


def test_fault_in_a_header_and_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        header = parts["word/header1.xml"].decode()
        parts["word/header1.xml"] = header.replace(
            "</w:hdr>", "<w:p><w:r><w:t>{{ la }}</w:t></w:r></w:p></w:hdr>"
        ).encode()

    assert "đầu trang (header1.xml), đoạn 2" in refusal(changed(edit), tmp_path)
    monkeypatch.setenv("VANBAN_LANG", "en")
    message = refusal(changed(edit), tmp_path)
    assert "header (header1.xml), paragraph 2" in message and "uses the field la" in message


def test_header_is_filled(tmp_path: Path) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        header = parts["word/header1.xml"].decode()
        parts["word/header1.xml"] = header.replace(
            "</w:hdr>", "<w:p><w:r><w:t>{{ thong_tin.so_ky_hieu }}</w:t></w:r></w:p></w:hdr>"
        ).encode()

    made = docx.Document(io.BytesIO(fill(changed(edit), tmp_path)))
    assert made.sections[0].header.paragraphs[-1].text == "Số 05-BC/ĐU"


def test_tags_that_cut_through_the_page(tmp_path: Path) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        cut = (
            "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>a{% if not noi_dung %}</w:t>"
            "</w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>b{% endif %}</w:t></w:r></w:p>"
        )
        parts["word/document.xml"] = body.replace("<w:sectPr>", f"{cut}<w:sectPr>").encode()

    message = refusal(changed(edit), tmp_path)
    assert "{%p ... %}" in message and "cắt ngang" in message


def test_template_that_leaves_a_text_out(tmp_path: Path) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        parts["word/document.xml"] = body.replace("{{r ky.ho_ten.chu }}", "").encode()

    from vanban.compose.profile import load_profile
    from vanban.proof import prove

    document = short()
    found = prove(
        "docx", fill(changed(edit), tmp_path), document,
        profile=load_profile(document.meta.profile), exact=False,
    )  # fmt: skip
    assert [(one.rule, one.args["excerpt"]) for one in found] == [("OUT001", "Nguyễn Văn A")]


def test_endless_output_is_stopped(tmp_path: Path) -> None:
    text = "{% for a in noi_dung %}{% for b in van_ban %}{% for c in van_ban %}"
    text += "{% for d in van_ban %}chữ{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
    short_of = short()
    long = replace(short_of, body=short_of.body * 30)
    path = tmp_path / "mẫu của xã.docx"
    path.write_bytes(with_text(text))
    with pytest.raises(TemplateError, match=r"lặp quá nhiều|chạy quá"):
        render_docx(long, KIND, path)
