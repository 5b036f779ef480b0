"""Good files, damaged: each damage is found, under the id of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from lxml import etree

from vanban.catalogue import LANGUAGES, message
from vanban.compose.document import Document, Paragraph, Table

from .made import (
    NINE_MONTHS,
    SMALLEST,
    W,
    damaged_docx,
    damaged_pdf,
    good,
    paragraph_with,
    pdf_fonts,
    prose,
    proved,
    render,
    rules,
    sample,
    with_text,
)

FORMATS = ("pdf", "docx", "html")


@pytest.mark.parametrize("format", FORMATS)
def test_good_files_have_no_finding(format: str) -> None:
    for path in (SMALLEST, NINE_MONTHS):
        made = good(path)
        pages = made.pages if format == "pdf" else None
        assert proved(format, made.data(format), made.document, pages=pages) == ()


# --- texts: what a faulty renderer would make, held against the document as it should be ---------


def without(document: Document) -> tuple[Document, str, str]:
    at = prose(document)[1]
    lost = document.body[at]
    assert isinstance(lost, Paragraph)
    body = (*document.body[:at], *document.body[at + 1 :])
    return replace(document, body=body), "OUT001", lost.text


def swapped(document: Document) -> tuple[Document, str, str]:
    places = prose(document)
    one, two = places[0], places[2]
    body = list(document.body)
    body[one], body[two] = body[two], body[one]
    first, second = document.body[one], document.body[two]
    assert isinstance(first, Paragraph) and isinstance(second, Paragraph)
    return replace(document, body=tuple(body)), "OUT003", ""


def figure_changed(document: Document) -> tuple[Document, str, str]:
    at = next(n for n in prose(document) if re.search(r"\d\d", document.body[n].text))  # type: ignore[union-attr]
    block = document.body[at]
    assert isinstance(block, Paragraph)
    digit = re.search(r"\d\d", block.text)
    assert digit is not None
    other = str((int(digit[0][1]) + 5) % 10)
    text = block.text[: digit.end() - 1] + other + block.text[digit.end() :]
    return with_text(document, at, text), "OUT002", block.text[: digit.start()][-10:]


def word_lost(document: Document) -> tuple[Document, str, str]:
    at = prose(document)[2]
    block = document.body[at]
    assert isinstance(block, Paragraph)
    words = block.text.split(" ")
    return with_text(document, at, " ".join(words[:5] + words[6:])), "OUT002", ""


def text_added(document: Document) -> tuple[Document, str, str]:
    added = Paragraph("noi_dung", (replace(_first(document).runs[0], text="Chữ thừa ở đây."),))
    at = prose(document)[1]
    body = (*document.body[:at], added, *document.body[at:])
    return replace(document, body=body), "OUT004", "Chữ thừa"


def last_lost(document: Document) -> tuple[Document, str, str]:
    name = document.signature.name.text
    signature = replace(document.signature, name=replace(document.signature.name, text=" "))
    return replace(document, signature=signature), "OUT001", name


def _first(document: Document) -> Paragraph:
    block = document.body[prose(document)[0]]
    assert isinstance(block, Paragraph)
    return block


DAMAGE = (without, swapped, figure_changed, word_lost, text_added, last_lost)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda d: d.__name__)
@pytest.mark.parametrize("format", FORMATS)
def test_damaged_text(format: str, damage: Callable[[Document], tuple[Document, str, str]]) -> None:
    document = good(NINE_MONTHS).document
    harmed, rule, excerpt = damage(document)
    found = proved(format, _rendered(damage.__name__, harmed).data(format), document)
    assert rules(found) == {rule}
    assert all(excerpt[:40] in message(one) for one in found)
    if rule in ("OUT001", "OUT002", "OUT003") and damage is not last_lost:
        assert all(one.pointer.startswith("/") for one in found)


_made: dict[str, Any] = {}


def _rendered(name: str, document: Document) -> Any:
    if name not in _made:
        _made[name] = render(document)
    return _made[name]


@pytest.mark.parametrize("format", FORMATS)
def test_one_digit_of_one_cell(format: str) -> None:
    document = good(NINE_MONTHS).document
    at, table = next(
        (n, b) for n, b in enumerate(document.appendices[0].blocks) if isinstance(b, Table)
    )
    row = table.rows[1]
    column = next(
        n for n, cell in enumerate(row) if cell.text.strip("0123456789") == "" != cell.text
    )
    old = row[column].text
    new = old[:-1] + str((int(old[-1]) + 1) % 10)
    cells = (*row[:column], replace(row[column], text=new), *row[column + 1 :])
    rows = (table.rows[0], cells, *table.rows[2:])
    appendix = document.appendices[0]
    blocks = (*appendix.blocks[:at], replace(table, rows=rows), *appendix.blocks[at + 1 :])
    harmed = replace(
        document, appendices=(replace(appendix, blocks=blocks), *document.appendices[1:])
    )
    found = proved(format, _rendered("cell", harmed).data(format), document)
    assert rules(found) == {"OUT002"}
    assert found[0].args["excerpt"] == old and found[0].args["found"] == new


# --- the bytes of a PDF --------------------------------------------------------------------------


def other_font(book: pikepdf.Pdf) -> None:
    font = pdf_fonts(book)[0]
    for place, key in ((font, "/BaseFont"), (font.DescendantFonts[0], "/BaseFont")):
        place[key] = pikepdf.Name("/ABCDEF+DejaVu-Sans")
    font.DescendantFonts[0].FontDescriptor.FontName = pikepdf.Name("/ABCDEF+DejaVu-Sans")


def font_not_embedded(book: pikepdf.Pdf) -> None:
    descriptor = pdf_fonts(book)[-1].DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def page_shifted(book: pikepdf.Pdf) -> None:
    page = book.pages[1]
    page.contents_add(b"q 1 0 0 1 40 0 cm", prepend=True)
    page.contents_add(b"Q")


def line_shifted(book: pikepdf.Pdf) -> None:
    page = book.pages[0]
    operators = pikepdf.parse_content_stream(page)
    places = [n for n, (_, name) in enumerate(operators) if str(name) == "Tm"]
    at = places[-1]
    numbers = [*operators[at][0]]
    numbers[4] = float(numbers[4]) - 300
    operators[at] = (numbers, operators[at][1])
    page.Contents = book.make_stream(pikepdf.unparse_content_stream(operators))


def page_cut(book: pikepdf.Pdf) -> None:
    del book.pages[1]


def all_pages_cut(book: pikepdf.Pdf) -> None:
    while len(book.pages):
        del book.pages[0]


def sheet_of_letter_size(book: pikepdf.Pdf) -> None:
    book.pages[0].MediaBox = pikepdf.Array([0, 0, 612, 792])


def map_to_another_letter(book: pikepdf.Pdf) -> None:
    font = _largest_map(book)
    font.ToUnicode.write(re.sub(rb"<0061>", b"<0062>", font.ToUnicode.read_bytes()))


def map_to_nothing(book: pikepdf.Pdf) -> None:
    font = _largest_map(book)
    font.ToUnicode.write(re.sub(rb"<0061>", b"<FFFD>", font.ToUnicode.read_bytes()))


def no_map(book: pikepdf.Pdf) -> None:
    for font in pdf_fonts(book):
        del font["/ToUnicode"]


def _largest_map(book: pikepdf.Pdf) -> Any:
    return max(pdf_fonts(book), key=lambda font: len(font.ToUnicode.read_bytes()))


@pytest.mark.parametrize(
    ("damage", "needed", "allowed"),
    [
        (other_font, {"OUT005"}, set()),
        (font_not_embedded, {"OUT005"}, set()),
        (page_shifted, {"OUT007"}, {"OUT004", "OUT009"}),
        (line_shifted, {"OUT007"}, {"OUT002", "OUT003"}),
        (page_cut, {"OUT009", "OUT001"}, {"OUT002"}),
        (all_pages_cut, {"OUT009"}, {"OUT001", "OUT010"}),
        (sheet_of_letter_size, {"OUT008"}, {"OUT007"}),
        (map_to_another_letter, {"OUT002"}, {"OUT001", "OUT003", "OUT004"}),
        (map_to_nothing, {"OUT006"}, {"OUT001", "OUT002", "OUT003", "OUT004"}),
        (no_map, {"OUT001", "OUT006"}, {"OUT002", "OUT003", "OUT004", "OUT007", "OUT009"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_damaged_pdf(
    damage: Callable[[pikepdf.Pdf], None], needed: set[str], allowed: set[str]
) -> None:
    made = good(SMALLEST)
    data = damaged_pdf(made.pdf, damage)
    found = rules(proved("pdf", data, made.document, pages=made.pages))
    assert needed <= found <= needed | allowed


def test_pages_in_another_order() -> None:
    made = good(NINE_MONTHS)

    def exchanged(book: pikepdf.Pdf) -> None:
        book.pages.insert(1, book.pages[3])
        del book.pages[4]

    found = proved("pdf", damaged_pdf(made.pdf, exchanged), made.document, pages=made.pages)
    assert {"OUT003", "OUT009"} <= rules(found)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nkhong phai", b"PK\x03\x04", bytes(range(256))])
@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_bytes_that_are_no_such_file(format: str, data: bytes) -> None:
    assert rules(proved(format, data, good().document)) == {"OUT010"}


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_a_file_cut_off(format: str) -> None:
    whole = good().data(format)
    found = proved(format, whole[: len(whole) // 2], good().document)
    assert found and rules(found) <= {"OUT001", "OUT002", "OUT009", "OUT010"}


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_turned_sheets_set_upright(format: str) -> None:
    # As if the engine had left the turned tables and appendices upright.
    document = sample("party").document

    def upright(blocks: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(b, landscape=False) if isinstance(b, Table) else b for b in blocks)

    appendices = tuple(
        replace(a, landscape=False, blocks=upright(a.blocks)) for a in document.appendices
    )
    harmed = replace(document, appendices=appendices, body=upright(document.body))
    assert harmed != document
    assert rules(proved(format, _rendered("upright", harmed).data(format), document)) == {"OUT008"}


# --- the parts of a DOCX -------------------------------------------------------------------------


def run_in_another_font(root: Any) -> None:
    run = next(root.iter(f"{W}r"))
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    properties.append(etree.Element(f"{W}rFonts", {f"{W}ascii": "Arial", f"{W}hAnsi": "Arial"}))


def wider_margin(root: Any) -> None:
    next(root.iter(f"{W}pgMar")).set(f"{W}left", "2268")


def letter_size(root: Any) -> None:
    size = next(root.iter(f"{W}pgSz"))
    size.set(f"{W}w", "12240")
    size.set(f"{W}h", "15840")


def turned_without_saying(root: Any) -> None:
    size = next(root.iter(f"{W}pgSz"))
    size.set(f"{W}w", "16838")
    size.set(f"{W}h", "11906")


def no_section(root: Any) -> None:
    for section in list(root.iter(f"{W}sectPr")):
        section.getparent().remove(section)


def blanks_not_kept(root: Any) -> None:
    # A blank at the edge of a run that Word would drop: two words run into one.
    text = next(t for t in root.iter(f"{W}t") if " " in (t.text or "").strip())
    first, _, rest = text.text.partition(" ")
    run = text.getparent()
    text.text = first
    other = etree.fromstring(etree.tostring(run))
    last = other.find(f"{W}t")
    last.text = f" {rest}"
    last.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    run.addnext(other)


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (run_in_another_font, "OUT005"),
        (wider_margin, "OUT008"),
        (letter_size, "OUT008"),
        (turned_without_saying, "OUT008"),
        (no_section, "OUT008"),
        (blanks_not_kept, "OUT002"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_damaged_docx(damage: Callable[[Any], None], rule: str) -> None:
    made = good()
    assert rules(proved("docx", damaged_docx(made.docx, damage), made.document)) == {rule}


def test_a_paragraph_taken_out_of_the_docx() -> None:
    made = good()
    block = made.document.body[prose(made.document)[0]]
    assert isinstance(block, Paragraph)

    def take(root: Any) -> None:
        paragraph = paragraph_with(root, block.text)
        paragraph.getparent().remove(paragraph)

    (found,) = proved("docx", damaged_docx(made.docx, take), made.document)
    assert (found.rule, found.pointer) == ("OUT001", block.pointer)


def styles_in_another_font(root: Any) -> None:
    for fonts in root.iter(f"{W}rFonts"):
        fonts.set(f"{W}ascii", "Calibri")


def styles_without_font(root: Any) -> None:
    for fonts in list(root.iter(f"{W}rFonts")):
        fonts.getparent().remove(fonts)


@pytest.mark.parametrize("damage", [styles_in_another_font, styles_without_font])
def test_damaged_styles(damage: Callable[[Any], None]) -> None:
    made = good()
    data = damaged_docx(made.docx, damage, "word/styles.xml")
    assert rules(proved("docx", data, made.document)) == {"OUT005"}


def part_missing(parts: dict[str, bytes]) -> None:
    del parts["word/settings.xml"]


def part_of_no_type(parts: dict[str, bytes]) -> None:
    parts["word/la.bin"] = b"\0"


def relationship_missing(parts: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    parts[name] = re.sub(rb"<Relationship [^>]*header[^>]*/>", b"", parts[name])


def broken_part(parts: dict[str, bytes]) -> None:
    parts["word/settings.xml"] = parts["word/settings.xml"][:-20]


@pytest.mark.parametrize(
    "damage", [part_missing, part_of_no_type, relationship_missing, broken_part]
)
def test_damaged_package(damage: Callable[[dict[str, bytes]], None]) -> None:
    made = good()
    data = damaged_docx(made.docx, parts=damage)
    assert rules(proved("docx", data, made.document)) == {"OUT010"}


def test_a_docx_that_fetches_a_picture() -> None:
    made = good()

    def fetched(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        more = b'<Relationship Id="rIdX" Type="%b" Target="http://127.0.0.1:9/x.png"' % kind
        parts[name] = parts[name].replace(
            b"</Relationships>", more + b' TargetMode="External"/></Relationships>'
        )

    data = damaged_docx(made.docx, parts=fetched)
    assert rules(proved("docx", data, made.document)) == {"OUT011"}


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"</body>", b'<img src="http://127.0.0.1:9/x.png" alt=""></body>', "OUT011"),
        (b"</body>", b"<script>1</script></body>", "OUT011"),
        (b"</style>", b"@import 'x.css';</style>", "OUT011"),
        (b"</body>", "<p>thừa</p></body>".encode(), "OUT004"),
        (b"</body>", b"\xff</body>", "OUT010"),
    ],
)
def test_damaged_html(old: bytes, new: bytes, rule: str) -> None:
    made = good()
    data = made.html.replace(old, new, 1)
    assert data != made.html
    assert rules(proved("html", data, made.document)) == {rule}


# --- the mark behind the text --------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_the_mark_behind_the_text(format: str) -> None:
    plain = good().document
    marked = replace(plain, watermark="DỰ THẢO")
    assert proved(format, _rendered("marked", marked).data(format), marked) == ()
    assert rules(proved(format, good().data(format), marked)) == {"OUT001"}


def test_every_finding_speaks_both_languages() -> None:
    made = good()
    found = proved("pdf", damaged_pdf(made.pdf, page_cut), made.document, pages=made.pages)
    for one in found:
        vietnamese, english = (message(one, lang) for lang in LANGUAGES)
        assert "{" not in vietnamese + english and vietnamese != english
