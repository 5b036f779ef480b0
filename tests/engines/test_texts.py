"""Whatever a clerk types is text for Typst too: never markup, never lost, never over the edge."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings

from vanban.compose.document import Appendix, Cell, Column, Document, Line, Paragraph, Run, Table
from vanban.render import typst

from ..proof.made import KIND, SAMPLES, SMALLEST, document_of, proved, samples
from ..proof.test_good import _texts, long_cells

MARKUP = (
    '#import "@preview/cetz:0.1.0": *',
    '#read("/etc/hostname") #sys.inputs.data #panic("x")',
    "*đậm* _nghiêng_ `mã` $x^2$ <nhãn> @nhãn ~ -- --- ... \\u{41} \\",
    "= Đề mục // lời /* lời */ https://xa.example/#a [b] {c}",
    "\"Dấu nháy\" 'đơn' #strong[x] #h(10cm) #pagebreak()",
)


def everywhere(text: str) -> Document:
    """Return a document with a text in every kind of place."""
    base = samples.party_document()
    return replace(
        base,
        meta=replace(base.meta, title=text, author=text, subject=text),
        header=replace(base.header, left=(Line(text, "cap_tren"),)),
        title=(Line("BÁO CÁO", "ten_loai"), Line(text, "trich_yeu")),
        body=(
            Paragraph("noi_dung", (Run(text, bold=True), Run(" "), Run(text))),
            Paragraph("muc", (Run(text),), level=2, keep_next=True),
            Paragraph("gach", (Run(f"- {text}"),)),
            Table(
                (Column(0.5), Column(0.5)),
                ((Cell(text), Cell(text)),),
                ((Cell(text, bold=True), Cell(text, italic=True)),),
                caption=text,
            ),
        ),
        recipients=replace(base.recipients, items=(Line(f"- {text}", "noi_nhan_dong"),)),
        appendices=(Appendix((Line(text, "phu_luc"),), (samples.paragraph("gach", text),)),),
        watermark="#a[b]",
    )


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text(text: str) -> None:
    document = everywhere(text)
    made = typst.render_pdf_pages(document, KIND)
    assert proved("pdf", made.data, document, pages=made.pages) == ()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert str(pdf.docinfo.Title) == text
        assert not any("/Annots" in page.obj for page in pdf.pages)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample(name: str) -> None:
    document = getattr(samples, f"{name}_document")()
    made = typst.render_pdf_pages(document, KIND)
    assert proved("pdf", made.data, document, pages=made.pages) == ()


@pytest.mark.parametrize("lengths", [(500, 450), (420, 3, 400), (600, 700, 5, 700)])
def test_a_row_broken_over_pages_is_whole(lengths: tuple[int, ...]) -> None:
    document = long_cells(*lengths)
    made = typst.render_pdf_pages(document, KIND)
    assert made.pages >= 2
    assert proved("pdf", made.data, document, pages=made.pages) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(_texts, _texts)
def test_any_text_is_proved(first: str, second: str) -> None:
    base, _kind = document_of(SMALLEST)
    added = (
        Paragraph("noi_dung", (Run(first, bold=True), Run(" " + second))),
        Paragraph("gach", (Run("- " + second),)),
        Table(
            (Column(0.9), Column(0.1)), ((Cell(first), Cell("Số")),), ((Cell(second), Cell(first)),)
        ),
    )
    document = replace(base, body=(*added, *base.body))
    made = typst.render_pdf_pages(document, KIND)
    assert proved("pdf", made.data, document) == ()


@pytest.mark.parametrize("count", [90, 300])
def test_a_list_of_recipients_higher_than_a_page_goes_on(count: int) -> None:
    base = samples.long_names_document()
    items = tuple(Line(f"- Đảng ủy xã thứ {n};", "noi_nhan_dong") for n in range(count))
    document = replace(base, recipients=replace(base.recipients, items=items))
    made = typst.render_pdf_pages(document, KIND)
    assert proved("pdf", made.data, document, pages=made.pages) == ()


def test_words_without_an_opening_are_broken_at_the_edge() -> None:
    base = samples.long_names_document()
    word = "Ngườichủtrì" * 30
    columns = (Column(0.8), Column(0.2))
    table = Table(columns, (), ((Cell(f"a {word} b"), Cell("1234567890" * 9)),))
    paragraphs = [
        samples.paragraph(style, f"{lead}Theo {word} thì {word}.")
        for style, lead in (("noi_dung", ""), ("gach", "- "), ("muc", "I- "))
    ]
    document = replace(base, body=(*paragraphs, table))
    made = typst.render_pdf_pages(document, KIND)
    assert proved("pdf", made.data, document, pages=made.pages) == ()
