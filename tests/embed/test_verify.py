"""Do the pages say what the data says: untouched files agree, every tampering is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pytest

import vanban
from tests.embed import tamper
from tests.embed.conftest import EXAMPLES, FORMATS, LONG, SMALL, Files
from vanban.embed import pdf_pages
from vanban.embed.compare import Change
from vanban.embed.verifying import Status, Verification
from vanban.errors import EmbedError
from vanban.seal import Origin

BY_FORMAT = pytest.mark.parametrize("format", FORMATS)


def keys(found: Verification) -> set[str]:
    return {note.key for note in found.notes}


def changes(found: Verification) -> list[Change]:
    return [one.change for one in found.differences]


@BY_FORMAT
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_agrees(path: Path, format: str, files: Files) -> None:
    found = vanban.verify(files.file(path, format))
    assert (found.status, found.differences, found.notes) == (Status.AGREES, (), ())
    assert (found.ok, found.exit_code, found.seal) == (True, 0, Origin.OURS)


@BY_FORMAT
def test_a_draft_with_gaps_agrees(format: str, files: Files) -> None:
    data = vanban.load(SMALL).data
    less = {key: value for key, value in data["ket_qua"].items() if key != "mat_tran_doan_the"}
    draft = vanban.draft({**data, "ket_qua": less})
    render = vanban.render_docx if format == "docx" else vanban.render_pdf
    made = render(draft, allow_errors=True, profile="dang-hd05")
    found = vanban.verify(files.put(made, format))
    assert found.ok, found
    assert found.payload is not None and found.payload.allow_errors and found.payload.forced


@BY_FORMAT
def test_house_style_is_in_the_choices(format: str, files: Files) -> None:
    render = vanban.render_docx if format == "docx" else vanban.render_pdf
    made = render(vanban.load(LONG), config={"style": {"kieu_dau": "tone_main"}}, embed=True)
    assert vanban.verify(files.put(made, format)).ok


# --- the four tamperings of the issue -------------------------------------------------------------


def test_a_changed_figure_in_the_text_of_a_pdf(files: Files) -> None:
    changed = tamper.in_pdf(files.data(SMALL, "pdf"), tamper.rewrite_text("330", "339"))
    found = vanban.verify(files.put(changed, "pdf"))
    assert (found.status, found.exit_code) == (Status.DIFFERS, 1)
    (one,) = found.differences
    assert one.change is Change.CHANGED
    assert "330 lượt" in str(one.before) and re.search(r"339\s+lượt", str(one.after))
    assert one.heading == "1. Công tác chính trị, tư tưởng"
    assert one.at.pointer == "/ket_qua/xay_dung_dang/chinh_tri_tu_tuong"
    # The line is the one that bears the figure, as a reader counts.
    page = pdf_pages.read(changed)[0]
    assert (one.at.page, one.at.line) == (
        1,
        next(line.line for line in page.lines if "339" in line.text),
    )


def test_an_edited_paragraph_in_word(files: Files) -> None:
    changed = tamper.in_body(files.data(SMALL, "docx"), "72 buổi", "73 buổi")
    found = vanban.verify(files.put(changed, "docx"))
    (one,) = found.differences
    assert (found.exit_code, one.change, one.at.page) == (1, Change.CHANGED, None)
    assert "72 buổi" in str(one.before) and "73 buổi" in str(one.after)
    assert one.heading == "2. Tổ chức cơ sở đảng và sinh hoạt chi bộ"
    assert one.at.paragraph is not None and one.at.paragraph > 10


def other_draft(files: Files, format: str) -> bytes:
    path = files.folder / f"khac-{format}.yaml"
    text = SMALL.read_text("utf-8").replace("330 lượt", "331 lượt")
    path.write_text(text.replace("Nguyễn Văn A", "Trần Văn B"), "utf-8")
    return files.data(path, format)


def test_an_exchanged_attachment(files: Files) -> None:
    other = tamper.pdf_payload(other_draft(files, "pdf"))
    changed = tamper.in_pdf(
        files.data(SMALL, "pdf"), lambda pdf: tamper.attachment(pdf).write(other)
    )
    found = vanban.verify(files.put(changed, "pdf"))
    assert found.exit_code == 1
    assert [(one.before, one.after) for one in found.differences][1] == (
        "Trần Văn B",
        "Nguyễn Văn A",
    )
    part = tamper.docx_payload(other_draft(files, "docx"))
    changed = tamper.in_docx(files.data(SMALL, "docx"), {"customXml/item1.xml": lambda _: part})
    found = vanban.verify(files.put(changed, "docx"))
    assert changes(found) == [Change.CHANGED, Change.CHANGED]


def test_a_stripped_attachment(files: Files) -> None:
    stripped = tamper.in_pdf(files.data(SMALL, "pdf"), tamper.strip_attachment)
    found = vanban.verify(files.put(stripped, "pdf"))
    assert (found.status, found.exit_code) == (Status.NO_DATA, 1)
    assert "lấy ra" in str(found.reason)
    found = vanban.verify(files.put(tamper.without_data(files.data(SMALL, "docx")), "docx"))
    assert (found.status, found.exit_code) == (Status.NO_DATA, 1)


# --- others ---------------------------------------------------------------------------------------


@BY_FORMAT
def test_a_file_that_never_had_data(format: str, files: Files) -> None:
    found = vanban.verify(files.file(SMALL, format, False))
    assert (found.status, found.exit_code) == (Status.NO_DATA, 1)
    assert "--no-embed" in str(found.reason) and "lấy ra" not in str(found.reason)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04abc", b"%PDF-1.7 abc", b"chu", b"<html></html>"])
def test_a_file_of_others(data: bytes, files: Files) -> None:
    found = vanban.verify(files.put(data, "pdf"))
    assert found.status in (Status.FOREIGN, Status.UNREADABLE)
    assert found.exit_code == 3 and found.reason


def test_a_sound_pdf_of_others(files: Files) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    path = files.folder / "trang.pdf"
    pdf.save(path)
    assert vanban.verify(path).status is Status.FOREIGN


def test_data_edited_alone(files: Files) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        stream = tamper.attachment(pdf)
        stream.write(stream.read_bytes().replace("330 lượt".encode(), "331 lượt".encode()))

    found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), edit), "pdf"))
    assert changes(found) == [Change.CHANGED] and "data_altered" in keys(found)


@pytest.mark.parametrize(
    ("old", "new"), [(b'"data": {', b'"data": [{'), (b"urn:vanban:draft:1", b"urn:khac:draft:1")]
)
def test_broken_data(old: bytes, new: bytes, files: Files) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        stream = tamper.attachment(pdf)
        stream.write(stream.read_bytes().replace(old, new))

    found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), edit), "pdf"))
    assert (found.status, found.exit_code) == (Status.BAD_DATA, 1)


def test_moved_added_and_missing_paragraphs_in_word(files: Files) -> None:
    data = files.data(LONG, "docx")

    def move(texts: list[str]) -> list[str]:
        at = next(n for n, text in enumerate(texts) if "214 tin, bài" in text)
        texts.insert(at + 6, texts.pop(at))
        return texts

    def drop(texts: list[str]) -> list[str]:
        return [text for text in texts if "214 tin, bài" not in text]

    def add(texts: list[str]) -> list[str]:
        at = next(n for n, text in enumerate(texts) if "214 tin, bài" in text)
        new = re.sub(r"<w:t( [^>]*)?>.*</w:t>", "<w:t>Một đoạn mới thêm vào.</w:t>", texts[at])
        return [*texts[: at + 1], new, *texts[at + 1 :]]

    # The helper puts paragraphs of the body before its tables; without a change that is told too.
    for change, wanted in ((drop, Change.MISSING), (add, Change.ADDED), (move, Change.MOVED)):
        plain = vanban.verify(files.put(tamper.paragraphs(data, lambda t: [*t, "<w:p/>"]), "docx"))
        found = vanban.verify(files.put(tamper.paragraphs(data, change), "docx"))
        more = [one for one in found.differences if one.change is wanted]
        less = [one for one in plain.differences if one.change is wanted]
        assert len(more) > len(less), change


RUN = "<w:p><w:r><w:rPr>{look}</w:rPr><w:t>Chữ giấu</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("new", "change"),
    [
        (RUN.format(look="<w:vanish/>"), Change.HIDDEN),
        (RUN.format(look='<w:color w:val="FFFFFF"/>'), Change.HIDDEN),
        (RUN.format(look='<w:sz w:val="2"/>'), Change.HIDDEN),
        (RUN.format(look="<w:b/>"), Change.ADDED),
        ("<w:p><w:ins><w:r><w:t>Chèn</w:t></w:r></w:ins></w:p>", Change.ADDED),
        ("<w:p><w:r><w:object/></w:r></w:p>", Change.FOREIGN),
    ],
)
def test_what_is_put_into_word(new: str, change: Change, files: Files) -> None:
    changed = tamper.in_body(files.data(SMALL, "docx"), "</w:body>", f"{new}</w:body>")
    found = vanban.verify(files.put(changed, "docx"))
    assert changes(found) == [change]
    assert ("tracked" in keys(found)) == ("<w:ins>" in new)


SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:x="urn:x"'
)
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{sign}"/></w:r>' for sign in ("begin", "separate", "end")
)
TWO_FORMS = (
    '<mc:AlternateContent><mc:Choice Requires="{needs}">{one}</mc:Choice>'
    "<mc:Fallback>{two}</mc:Fallback></mc:AlternateContent>"
)
OTHER = "<w:r><w:t>73</w:t></w:r>"


def rewritten_run(data: bytes, text: str, new: str) -> bytes:
    """Return a DOCX with the run of a text in a new shape: ``{run}`` and ``{inner}`` stand for it.

    ``{inner}`` is what the run holds besides its properties.
    """

    def change(body: str) -> str:
        pattern = (
            rf"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?(<w:t[^>]*>[^<]*{text}[^<]*</w:t>)</w:r>"
        )
        found = re.search(pattern, body)
        assert found is not None
        shaped = new.format(run=found[0], inner=found[1])
        spaced = body[: found.start()] + shaped + body[found.end() :]
        return spaced.replace("<w:body>", f"<w:body {SPACES}>", 1)

    return tamper.in_docx(data, {"word/document.xml": change})


@pytest.mark.parametrize(
    ("new", "agrees"),
    [
        ("<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>", True),
        ('<w:hyperlink w:anchor="a">{run}</w:hyperlink>', True),
        ('<w:moveFrom>{run}</w:moveFrom><w:moveTo>{run}</w:moveTo>', True),
        (f"{BEGIN}{SEPARATE}{{run}}{END}", True),
        (TWO_FORMS.format(needs="w14", one="{run}", two=OTHER), True),
        (TWO_FORMS.format(needs="x", one="{run}", two=OTHER), False),
        (f"{{run}}{TWO_FORMS.format(needs='x', one='', two=OTHER)}", False),
        (f"{BEGIN}{{run}}{SEPARATE}{END}", False),
        (f"{{run}}{BEGIN}<w:r><w:instrText>PAGE</w:instrText></w:r>{SEPARATE}{OTHER}{END}", False),
        ("{run}<m:oMath><m:r><m:t>73</m:t></m:r></m:oMath>", False),
        ("{run}<w:r><w:drawing/></w:r>", False),
        ("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>",
         False),
        ("<w:r><w:rPr><w:strike/></w:rPr>{inner}</w:r>", False),
        ('<w:r><w:rPr><w:color w:val="FDFDFD"/></w:rPr>{inner}</w:r>', False),
        ('<w:r><w:rPr><w:color w:themeColor="background1"/></w:rPr>{inner}</w:r>', False),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>{inner}</w:r>', False),
        ("<w:r><w:rPr><w14:textFill><w14:noFill/></w14:textFill></w:rPr>{inner}</w:r>", False),
    ],
)  # fmt: skip
def test_the_shapes_of_a_text_in_word(new: str, agrees: bool, files: Files) -> None:
    data = rewritten_run(files.data(SMALL, "docx"), "72 buổi", new)
    found = vanban.verify(files.put(data, "docx"))
    assert found.ok is agrees, found.differences


NUMBERED = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="{sign}"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


@pytest.mark.parametrize(("sign", "agrees"), [("%1.", False), ("", True)])
def test_numbers_that_word_puts_before_paragraphs(sign: str, agrees: bool, files: Files) -> None:
    from vanban.embed.in_docx import OFFICE_RELS
    from vanban.render.docx_package import Package

    asked = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    package = Package.read(tamper.in_body(files.data(SMALL, "docx"), "<w:pPr>", asked))
    package.parts["word/numbering.xml"] = NUMBERED.format(sign=sign).encode()
    package.relate("word/document.xml", f"{OFFICE_RELS}/numbering", "word/numbering.xml", "rIdN")
    found = vanban.verify(files.put(package.write(), "docx"))
    assert found.ok is agrees
    assert [one.at.paragraph for one in found.differences] == ([] if agrees else [1])


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", r"<w:trPr>", "<w:trPr><w:hidden/>"),
        ("word/document.xml", r"<w:trPr>", "<w:trPr><w:del/>"),
        ("word/document.xml", r"<w:pPr>", '<w:pPr><w:spacing w:line="1" w:lineRule="exact"/>'),
        ("word/styles.xml", r"(<w:rPrDefault><w:rPr>)", r"\1<w:vanish/>"),
        ("word/document.xml", r"<w:headerReference[^>]*/>", ""),
    ],
)
def test_what_word_leaves_out(part: str, old: str, new: str, files: Files) -> None:
    made = vanban.render_docx(vanban.load(LONG), allow_errors=True)
    changed = tamper.in_docx(made, {part: lambda text: re.sub(old, new, text)})
    if "header" in old:  # the mark of a draft stands there
        draft = vanban.load(SMALL)
        made = vanban.render_docx(draft, allow_errors=True)
        changed = tamper.in_docx(made, {part: lambda text: re.sub(old, new, text)})
    assert Change.MISSING in changes(vanban.verify(files.put(changed, "docx")))


def test_a_text_hidden_in_word_is_missing(files: Files) -> None:
    def hide(text: str) -> str:
        return re.sub(
            r"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t([^>]*)>Nguyễn Văn A",
            r"<w:r><w:rPr><w:vanish/></w:rPr><w:t\1>Nguyễn Văn A",
            text,
        )

    changed = tamper.in_docx(files.data(SMALL, "docx"), {"word/document.xml": hide})
    found = vanban.verify(files.put(changed, "docx"))
    assert set(changes(found)) == {Change.MISSING, Change.HIDDEN}


def test_a_deletion_nobody_accepted_counts_as_gone(files: Files) -> None:
    def delete(text: str) -> str:
        return re.sub(
            r"<w:r>((?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)<w:t([^>]*)>(Nguyễn Văn A)</w:t></w:r>",
            r"<w:del><w:r>\1<w:delText\2>\3</w:delText></w:r></w:del>",
            text,
        )

    data = tamper.in_docx(files.data(SMALL, "docx"), {"word/document.xml": delete})
    found = vanban.verify(files.put(data, "docx"))
    assert [(one.change, one.before) for one in found.differences] == [
        (Change.MISSING, "Nguyễn Văn A")
    ]


WHITE_BOX = "1 1 1 rg 0 0 600 850 re f"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (tamper.draw(0, WHITE_BOX), {Change.MISSING, Change.HIDDEN, Change.FOREIGN}),
        (tamper.draw(0, WHITE_BOX, first=True), set()),
    ],
)
def test_what_covers_a_page(
    change: Callable[[pikepdf.Pdf], None], wanted: set[Change], files: Files
) -> None:
    found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), change), "pdf"))
    assert set(changes(found)) == wanted


@pytest.mark.parametrize("how", ["3 Tr", "1 1 1 rg", "1 0 0 1 900 0 cm", "0.05 0 0 0.05 90 90 cm"])
def test_text_that_cannot_be_seen(how: str, files: Files) -> None:
    def write(pdf: pikepdf.Pdf) -> None:
        fonts: Any = pdf.pages[0].obj.Resources.Font
        codes = {
            str(name): code
            for name in fonts.keys()  # noqa: SIM118
            for code, text in tamper.letters(fonts[name]).items()
            if text == "a"
        }
        name, code = next(iter(codes.items()))
        text = f"{how} BT {name} 12 Tf 1 0 0 1 100 400 Tm <{code:04x}{code:04x}> Tj ET"
        tamper.draw(0, text)(pdf)

    found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), write), "pdf"))
    assert changes(found) == [Change.HIDDEN], found.differences


@pytest.mark.parametrize(
    "change",
    [
        tamper.around("0 0 1 1 re W n"),
        tamper.masked,
        tamper.covered_from_deep_within,
        tamper.draw(0, "1 1 1 RG 900 w 0 400 m 600 400 l S"),
        tamper.draw(0, "1 1 1 rg " + " ".join(f"0 {y} 600 1.6 re f" for y in range(850))),
    ],
)
def test_text_is_hidden_whatever_hides_it(
    change: Callable[[pikepdf.Pdf], None], files: Files
) -> None:
    found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), change), "pdf"))
    hidden = [one for one in found.differences if one.change is Change.HIDDEN]
    assert hidden and "ĐẢNGỦYXÃMẪU" in str(hidden[0].after)


@pytest.mark.parametrize(
    ("change", "thing"),
    [
        (tamper.draw(0, "1 w 100 40 m 110 60 l 120 40 l S"), "nét vẽ"),
        (tamper.draw(0, "0 g 100 40 m 110 60 l 120 40 l f"), "nét vẽ"),
        (tamper.draw(0, "9 w 100 40 m 120 40 l S"), "nét vẽ"),
        (
            tamper.draw(0, " ".join(f"1 w 0 {y} m 600 {y} l S" for y in range(600, 620, 4))),
            "nét vẽ",
        ),
        (tamper.covering_link, "chú giải"),
    ],
)
def test_what_is_drawn_by_hand(
    change: Callable[[pikepdf.Pdf], None], thing: str, files: Files
) -> None:
    found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), change), "pdf"))
    told = [one for one in found.differences if one.change is Change.FOREIGN]
    assert [str(one.after)[: len(thing)] for one in told] == [thing]


@pytest.mark.parametrize(
    ("change", "how"),
    [
        (lambda pdf: None, {"linearize": True}),
        (lambda pdf: None, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}),
        (lambda pdf: None, {"qdf": True}),
        (lambda pdf: pdf.pages[0].rotate(90, relative=False), {}),
        (tamper.as_form, {}),
    ],
)
def test_a_pdf_put_together_anew(
    change: Callable[[pikepdf.Pdf], None], how: dict[str, Any], files: Files
) -> None:
    path = files.folder / "lai.pdf"
    with pikepdf.open(files.file(SMALL, "pdf")) as pdf:
        change(pdf)
        pdf.save(path, **how)
    found = vanban.verify(path)
    assert found.ok and keys(found) == {"saved_again"}, found.differences


def test_other_words_for_those_who_listen(files: Files) -> None:
    """Words that stand for a drawn text when it is read aloud are not what the page shows."""
    change = tamper.spoken_otherwise("330", "339")
    found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), change), "pdf"))
    (one,) = found.differences
    assert "330 lượt" in str(one.before) and re.search(r"339\s+lượt", str(one.after))


GAP = pdf_pages._Glyph(" ", made=True)
"""The blank that PDFium puts between what it takes for two words of a line."""


def lines_of(*glyphs: pdf_pages._Glyph) -> list[tuple[str, int | None]]:
    page = pdf_pages.Page(2, 842)
    pdf_pages._set_lines(page, list(glyphs), 842)
    return [(line.text, line.line) for line in page.lines]


def letters(text: str, left: float, top: float, size: float = 10) -> list[pdf_pages._Glyph]:
    return [
        pdf_pages._Glyph(sign, left + 7 * n, top, left + 6 + 7 * n, top - size)
        for n, sign in enumerate(text)
    ]


def test_a_figure_far_from_a_line_is_no_part_of_it() -> None:
    found = lines_of(*letters("gì", 90, 60), GAP, *letters("2", 300, 810))
    assert found == [("gì", 2), ("2", 1)]


def test_a_figure_broken_in_its_cell_stands_on_two_lines() -> None:
    assert lines_of(*letters("09", 90, 60), GAP, *letters("7", 90, 48)) == [("09", 1), ("7", 2)]
    assert lines_of(*letters("09", 90, 60), GAP, *letters("7", 110, 58)) == [("09 7", 1)]


def test_a_mark_behind_the_text_is_no_part_of_a_line() -> None:
    assert lines_of(*letters("A", 90, 400, 70), GAP, *letters("2", 100, 390)) == [
        ("A", 2), ("2", 1),
    ]  # fmt: skip


def test_a_picture_and_an_annotation_over_a_page(files: Files) -> None:
    def picture(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            b"\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        page = pdf.pages[0]
        name = page.add_resource(image, pikepdf.Name.XObject)
        page.contents_add(f"q 90 0 0 20 100 20 cm {name} Do Q".encode())

    def note(pdf: pikepdf.Pdf) -> None:
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[90, 90, 200, 200],
            Contents="339", DA="/Helv 12 Tf",
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pdf.make_indirect([pdf.make_indirect(box)])

    for change in (picture, note):
        found = vanban.verify(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), change), "pdf"))
        assert changes(found) == [Change.FOREIGN], change


def test_pages_taken_out_and_put_in(files: Files) -> None:
    data = files.data(LONG, "pdf")

    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[4]

    def swap(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[4]
        del pdf.pages[4]
        pdf.pages.insert(6, page)

    found = vanban.verify(files.put(tamper.in_pdf(data, drop), "pdf"))
    assert Change.MISSING in changes(found)
    found = vanban.verify(files.put(tamper.in_pdf(data, swap), "pdf"))
    assert Change.MOVED in changes(found)


def test_the_draft_mark_taken_off(files: Files) -> None:
    made = vanban.render_docx(vanban.load(SMALL), allow_errors=True)
    parts = {n: (lambda text: re.sub(r"<w:pict>.*?</w:pict>", "", text))
             for n in ("word/header1.xml", "word/header2.xml")}  # fmt: skip
    found = vanban.verify(files.put(tamper.in_docx(made, dict(parts)), "docx"))
    assert [(one.change, one.before) for one in found.differences] == [(Change.MISSING, "DỰ THẢO")]


@BY_FORMAT
def test_saved_again_with_the_same_text(format: str, files: Files) -> None:
    data = files.data(LONG, format)
    if format == "pdf":
        changed = tamper.in_pdf(data, lambda pdf: None)
    else:
        changed = tamper.in_docx(data, {"docProps/core.xml": lambda text: text + "\n"})
    found = vanban.verify(files.put(changed, format))
    assert found.ok and found.exit_code == 0
    assert keys(found) == {"saved_again"} and found.seal is Origin.EDITED


# --- other versions -------------------------------------------------------------------------------


def with_payload(data: bytes, old: str, new: str) -> bytes:
    def edit(pdf: pikepdf.Pdf) -> None:
        stream = tamper.attachment(pdf)
        text = stream.read_bytes().decode()
        assert re.search(old, text), old
        stream.write(re.sub(old, new, text, count=1).encode())

    return tamper.in_pdf(data, edit)


def test_made_by_another_version_with_the_same_words(files: Files) -> None:
    data = with_payload(files.data(SMALL, "pdf"), r'"vanban": "[^"]*"', '"vanban": "9.9"')
    found = vanban.verify(files.put(data, "pdf"))
    assert found.ok and "other_version" in keys(found)


def test_a_profile_of_another_version_gives_other_words(files: Files) -> None:
    data = with_payload(files.data(SMALL, "pdf"), r'("sha256": ")[0-9a-f]{64}', r"\g<1>" + "0" * 64)
    data = with_payload(data, r"72 buổi", "73 buổi")
    found = vanban.verify(files.put(data, "pdf"))
    assert (found.status, found.exit_code) == (Status.CANNOT_RECOMPOSE, 3)
    assert keys(found) == {"other_version", "as_exported"}
    found = vanban.verify(files.put(tamper.in_pdf(data, tamper.rewrite_text("330", "339")), "pdf"))
    assert keys(found) == {"other_version", "not_as_exported"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"name": "dang-hd36"', '"name": "dang-hd99"'),
        ("bao-cao-so-ket", "bao-cao-khac"),
        ('"the_thuc": {', '"the_thuc": [], "khac": {'),
    ],
)
def test_what_is_not_installed_here(old: str, new: str, files: Files) -> None:
    found = vanban.verify(files.put(with_payload(files.data(SMALL, "pdf"), old, new), "pdf"))
    assert found.exit_code in (1, 3) and not found.ok
    assert found.status in (Status.CANNOT_RECOMPOSE, Status.DIFFERS)


def test_data_of_a_newer_form(files: Files) -> None:
    data = with_payload(files.data(SMALL, "pdf"), "urn:vanban:draft:1", "urn:vanban:draft:7")
    found = vanban.verify(files.put(data, "pdf"))
    assert (found.status, found.exit_code) == (Status.CANNOT_RECOMPOSE, 3)
    assert "nâng cấp" in str(found.reason)


# --- an office's own template ---------------------------------------------------------------------


def own_template(files: Files, format: str) -> Path:
    from vanban import kinds
    from vanban.resources import data_root

    kind = kinds.kinds()["bao-cao-so-ket"]
    if format == "docx":
        data = (kind.templates / "document.dang-hd36.docx").read_bytes()
        changed = tamper.in_docx(
            data,
            {"word/document.xml": lambda text: text.replace(
                "</w:body>", "<w:p><w:r><w:t>Mẫu của cơ quan</w:t></w:r></w:p></w:body>")},
        )  # fmt: skip
        return files.put(changed, "docx")
    base = (data_root() / "templates" / "base.html.j2").read_text("utf-8")
    return files.put(base.replace("</body>", "<p>Mẫu của cơ quan</p></body>").encode(), "j2")


@BY_FORMAT
def test_an_office_template(format: str, files: Files) -> None:
    template = own_template(files, format)
    render = vanban.render_docx if format == "docx" else vanban.render_pdf
    made = render(vanban.load(SMALL), template=template)
    path = files.put(made, format)
    whole = vanban.verify(path, template)
    assert whole.ok and not whole.notes
    texts_only = vanban.verify(path)
    assert texts_only.ok and keys(texts_only) == {"no_template"}
    other = vanban.verify(path, files.put(b"mau khac", "docx"))
    assert other.ok and keys(other) == {"other_template"}
    if format == "docx":
        edited = tamper.in_body(made, "72 buổi", "73 buổi")
        frame = tamper.in_body(made, "Mẫu của cơ quan", "Mẫu của ai đó")
    else:
        edited = tamper.in_pdf(made, tamper.rewrite_text("330", "339"))
        frame = tamper.in_pdf(made, tamper.rewrite_text("Mẫu của", "Mâu của"))
    for given in (None, template):
        found = vanban.verify(files.put(edited, format), given)
        assert changes(found) == [Change.CHANGED], (given, found)
    # What the template itself says is compared only with the template at hand.
    assert vanban.verify(files.put(frame, format)).ok
    assert not vanban.verify(files.put(frame, format), template).ok


def test_the_base_of_a_page_belongs_to_its_template(files: Files) -> None:
    """A page extends ``base.html.j2`` and is set by ``base.css.j2``: these count too."""
    from vanban.resources import data_root

    template = own_template(files, "pdf")
    sheet = (data_root() / "templates" / "base.css.j2").read_text("utf-8")
    beside = template.with_name("base.css.j2")
    beside.write_text(sheet, "utf-8")
    path = files.put(vanban.render_pdf(vanban.load(SMALL), template=template), "pdf")
    assert not vanban.verify(path, template).notes
    beside.write_text(f"{sheet}\n.phu {{ break-before: left }}\n", "utf-8")
    assert keys(vanban.verify(path, template)) == {"other_template"}


def test_a_folder_of_templates_with_a_picture(files: Files) -> None:
    """What the template itself draws is no stranger, what comes besides is."""
    from vanban.resources import data_root

    drawn = "<rect width='9' height='9' fill='red'/>"
    sheet = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{drawn}</svg>"
    mark = f'<img alt="Dấu" width="40" src="data:image/svg+xml,{quote(sheet)}"></body>'
    base = (data_root() / "templates" / "base.html.j2").read_text("utf-8")
    folder = files.folder / "mau"
    folder.mkdir()
    page = folder / "document.html.j2"
    page.write_text(base.replace("</body>", mark), "utf-8")
    made = vanban.render_pdf(vanban.load(SMALL), template=page)
    found = vanban.verify(files.put(made, "pdf"), folder)
    assert (found.ok, found.notes) == (True, ()), found.differences
    changed = tamper.in_pdf(made, tamper.covering_link)
    assert changes(vanban.verify(files.put(changed, "pdf"), folder)) == [Change.FOREIGN]
    (files.folder / "rong").mkdir()
    with pytest.raises(EmbedError, match="rong"):
        vanban.verify(files.file(SMALL, "docx"), files.folder / "rong")


def test_a_template_that_is_not_there(files: Files) -> None:
    with pytest.raises(EmbedError):
        vanban.verify(files.file(SMALL, "docx"), files.folder / "khong-co.docx")
