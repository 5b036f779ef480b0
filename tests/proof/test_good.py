"""What is right has no finding: all examples, broken rows, repeated heads, any text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban.compose.document import Cell, Column, Document, Paragraph, Run, Table
from vanban.render import engines
from vanban.render.docx import render_docx
from vanban.render.html import render_html
from vanban.render.pdf import render_pdf_pages

from .made import (
    EXAMPLES,
    KIND,
    SAMPLES,
    SMALLEST,
    document_of,
    good,
    proved,
    render,
    rules,
    sample,
    samples,
)

ALL = sorted(EXAMPLES.glob("*/*.yaml"))
FORMATS = ("pdf", "docx", "html")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_example(path: Path) -> None:
    made = good(path)
    for format in FORMATS:
        pages = made.pages if format == "pdf" else None
        assert proved(format, made.data(format), made.document, pages=pages) == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample(name: str) -> None:
    # Turned sheets, both sides printed, appendices with numbers of their own, repeated heads.
    made = sample(name)
    for format in FORMATS:
        pages = made.pages if format == "pdf" else None
        assert proved(format, made.data(format), made.document, pages=pages) == ()


@pytest.mark.parametrize("mark", [None, "DỰ THẢO"])
@pytest.mark.parametrize("source", [*ALL, *SAMPLES], ids=lambda source: Path(source).stem)
def test_pages_by_typst(source: Path | str, mark: str | None) -> None:
    # A mark behind the text comes first on a page here, and a page number second.
    made = good(source) if isinstance(source, Path) else sample(source)
    document = replace(made.document, watermark=mark)
    pdf = engines.render_pdf_pages(document, made.kind, engine=engines.TYPST)
    assert proved("pdf", pdf.data, document, pages=pdf.pages) == ()


def long_cells(*lengths: int) -> Document:
    """Return a document whose table has a row that no page can hold."""
    words = samples._SENTENCES[1].split()
    cells = tuple(Cell(" ".join(words[n % len(words)] for n in range(size))) for size in lengths)
    columns = tuple(Column(1 / len(lengths)) for _ in lengths)
    head = (tuple(Cell(f"Cột {n}") for n in range(1, len(lengths) + 1)),)
    small = tuple(Cell("ngắn") for _ in lengths)
    table = Table(columns, head, (small, cells, small))
    base = samples.long_names_document()
    return replace(base, body=(*base.body[:1], table, *base.body[1:2]))


@pytest.mark.parametrize("lengths", [(500, 450), (420, 3, 400), (600, 700, 5, 700)])
def test_a_row_broken_over_pages_is_whole(lengths: tuple[int, ...]) -> None:
    document = long_cells(*lengths)
    made = render_pdf_pages(document, KIND)
    assert made.pages >= 2
    assert proved("pdf", made.data, document, pages=made.pages) == ()
    table = document.body[1]
    assert isinstance(table, Table)
    row = table.rows[1]
    shorter = (replace(row[0], text=row[0].text.rpartition(" ")[0]), *row[1:])
    body = (document.body[0], replace(table, rows=(table.rows[0], shorter)), *document.body[2:])
    assert proved("pdf", made.data, replace(document, body=body)) != ()


_letters = st.sampled_from(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyẠảấẦẩẫậắằẳẵặéẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữự"
)
_signs = st.sampled_from("&<>{}%#\"'\\/$@~^|*_-+=:;,.!?()[] 0123456789{{}}“”‘’–…\u00a0")
_texts = st.text(st.one_of(_letters, _signs), min_size=1, max_size=120).filter(
    lambda text: text.strip()
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(_texts, _texts)
def test_any_text_is_proved(first: str, second: str) -> None:
    base = good().document
    at = next(n for n, b in enumerate(base.body) if isinstance(b, Paragraph) and b.level is None)
    added = (Paragraph("noi_dung", (Run(first, bold=True), Run(" " + second))),
             Paragraph("gach", (Run("- " + second),)))  # fmt: skip
    document = replace(base, body=(*base.body[:at], *added, *base.body[at:]))
    made = render(document)
    for format in FORMATS:
        assert proved(format, made.data(format), document) == ()


def test_a_template_of_an_office_may_add_and_reorder_but_not_drop(tmp_path: Path) -> None:
    document, kind = document_of(SMALLEST)
    adds = tmp_path / "them.html.j2"
    adds.write_text(
        '{% extends "base.html.j2" %}{% block noi_dung %}<p>Mẫu của cơ quan</p>{{ super() }}'
        "{% endblock %}",
        "utf-8",
    )
    drops = tmp_path / "bot.html.j2"
    drops.write_text('{% extends "base.html.j2" %}{% block ten scoped %}{% endblock %}', "utf-8")
    made = render_pdf_pages(document, kind, adds)
    assert proved("pdf", made.data, document, exact=False) == ()
    assert rules(proved("pdf", made.data, document)) == {"OUT004"}
    assert proved("html", render_html(document, kind, adds), document, exact=False) == ()
    found = proved("pdf", render_pdf_pages(document, kind, drops).data, document, exact=False)
    assert rules(found) == {"OUT001"}
    assert "BÁO CÁO" in {one.args["excerpt"] for one in found}
    plain = render_docx(document, kind)
    assert proved("docx", plain, document, exact=False) == ()


def test_long_texts_over_pages_are_found_without_our_template() -> None:
    # Each paragraph that a page break cuts has a page number between its halves.
    made = sample("party")
    assert proved("pdf", made.pdf, made.document, exact=False) == ()
    lost = replace(
        made.document,
        body=(*made.document.body, Paragraph("noi_dung", (Run("Đoạn này không có ở đâu cả."),))),
    )
    assert rules(proved("pdf", made.pdf, lost, exact=False)) == {"OUT001"}
