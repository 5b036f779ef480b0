"""Templates of other hands: whatever HTML they hold, what comes out is tagged throughout."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from archived import ROOT, make
from PIL import ImageChops
from tagged import Element, TaggedPdf, folded

from vanban import kinds
from vanban.archive.weasyprint_tags import TagTree
from vanban.render.pdf import render_pdf

SMALL = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def read_with(markup: str, tmp_path: Path) -> TaggedPdf:
    """Render the smallest example with more markup behind its pages, and read the result."""
    template = tmp_path / "mau.html.j2"
    template.write_text(
        '{% extends "base.html.j2" %}{% block noi_dung %}{{ super() }}'
        f"{markup}{{% endblock %}}",
        "utf-8",
    )
    document = make(SMALL, "dang-hd36").document
    kind = kinds.find("bao-cao-so-ket")
    assert kind is not None
    return TaggedPdf(render_pdf(document, kind, template))


def shape(read: TaggedPdf, element: Element) -> object:
    """Return an element as nested tuples: role and what it holds, texts without blanks."""
    inside: list[object] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            inside.append(shape(read, kid))
        elif inside and isinstance(inside[-1], str):
            inside[-1] += folded(read.texts[kid])
        else:
            inside.append(folded(read.texts[kid]))
    return (element.role, *inside)


# The markup, and what must stand at the end of the document for it.
CASES = {
    "a list": (
        "<ul><li>một</li><li>hai<ul><li>ba</li></ul></li></ul>",
        [
            (
                "L",
                ("LI", ("Lbl", "•"), ("LBody", "một")),
                (
                    "LI",
                    ("Lbl", "•"),
                    ("LBody", "hai", ("L", ("LI", ("Lbl", "◦"), ("LBody", "ba")))),
                ),
            )
        ],
    ),
    "a list of terms": (
        "<dl><dt>từ</dt><dd>nghĩa</dd><dt>từ hai</dt><dd><p>nghĩa hai</p></dd></dl>",
        [
            (
                "L",
                ("LI", ("Lbl", "từ"), ("LBody", "nghĩa")),
                ("LI", ("Lbl", "từhai"), ("LBody", ("P", "nghĩahai"))),
            )
        ],
    ),
    "a list by its roles": (
        '<div role="list"><div role="listitem">một</div><div role="listitem">hai</div></div>',
        [("L", ("LI", ("LBody", "một")), ("LI", ("LBody", "hai")))],
    ),
    "items of three depths": (
        (
            '<p data-item="2" data-label="- ">- một</p><p data-item="4" data-label="+ ">+ hai</p>'
            '<p data-item="2" data-label="- ">- ba</p><p>bốn</p>'
        ),
        [
            (
                "L",
                (
                    "LI",
                    ("Lbl", "-"),
                    ("LBody", "một", ("L", ("LI", ("Lbl", "+"), ("LBody", "hai")))),
                ),
                ("LI", ("Lbl", "-"), ("LBody", "ba")),
            ),
            ("P", "bốn"),
        ],
    ),
    "text without a paragraph": (
        "<div>một <b>hai</b> ba</div><div>bốn<p>năm</p>sáu</div>",
        [("P", "mộthaiba"), ("P", "bốn"), ("P", "năm"), ("P", "sáu")],
    ),
    "a table for show": (
        '<table role="presentation"><tr><td>một</td><td>hai</td></tr></table>',
        [("P", "một"), ("P", "hai")],
    ),
    "a table with foot, caption and row heads": (
        (
            "<table><caption>Tên</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
            '<tbody><tr><th scope="row">c</th><td>d</td></tr></tbody>'
            "<tfoot><tr><td colspan=2>tổng</td></tr></tfoot></table>"
        ),
        [
            (
                "Table",
                ("Caption", ("P", "Tên")),
                ("THead", ("TR", ("TH", "A"), ("TH", "B"))),
                ("TBody", ("TR", ("TH", "c"), ("TD", "d"))),
                ("TFoot", ("TR", ("TD", "tổng"))),
            )
        ],
    ),
    "headings that skip": (
        "<section role=none><h2>hai</h2><h5>năm</h5><h6>sáu</h6><h2>lại</h2></section>",
        [("H2", "hai"), ("H3", "năm"), ("H4", "sáu"), ("H2", "lại")],
    ),
    "an image that says something and one that does not": (
        f'<p>trước <img src="{DOT}" alt="Con dấu"> sau</p><p><img src="{DOT}"></p>',
        [("P", "trước", ("Figure", ""), "sau")],
    ),
    "text seen through": (
        '<div style="opacity:0.5"><p>mờ</p><p>nhạt</p></div><p>rõ</p>',
        [("P", "mờ"), ("P", "nhạt"), ("P", "rõ")],
    ),
    "hidden from readers": (
        '<p>thấy</p><p aria-hidden="true">không đọc</p>',
        [("P", "thấy")],
    ),
    "drawn strokes": (
        (
            "<p>thấy</p><hr><div style='background:linear-gradient(red,blue);border:1px dashed;"
            "border-radius:3px;height:9px'></div>"
        ),
        [("P", "thấy")],
    ),
    "emphasis and a quotation": (
        "<blockquote><p>một <em>hai</em> <u>ba</u></p></blockquote>",
        [("BlockQuote", ("P", "mộthaiba"))],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_markup_of_any_kind(name: str, tmp_path: Path) -> None:
    markup, wanted = CASES[name]
    read = read_with(markup, tmp_path)
    assert read.faults == []
    below = [shape(read, element) for element in read.root.elements()]
    assert below[-len(wanted) :] == wanted


def test_scope_of_rows(tmp_path: Path) -> None:
    read = read_with(CASES["a table with foot, caption and row heads"][0], tmp_path)
    heads = [e for e in read.all("Table")[-1].walk() if e.role == "TH"]
    assert [str(e.attribute("/Scope")) for e in heads] == ["/Column", "/Column", "/Row"]


def _is_picture(item: object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"


def test_figures_have_their_words(tmp_path: Path) -> None:
    read = read_with(f'<p><img src="{DOT}" alt="Con dấu"></p>', tmp_path)
    (figure,) = read.all("Figure")
    assert str(figure.object.Alt) == "Con dấu"
    pictures = [o for o in read.pdf.objects if _is_picture(o)]  # the picture and its mask
    assert pictures and all("/Interpolate" not in o and "/Alternates" not in o for o in pictures)
    assert figure.attribute("/O") == "/Layout"
    # A picture of one CSS pixel, on the left margin of the last page.
    left, low, right, high = (float(edge) for edge in figure.attribute("/BBox"))
    assert left == pytest.approx(30 * 72 / 25.4, abs=0.1)
    assert right - left == high - low == pytest.approx(0.75, abs=0.02)
    assert 20 * 72 / 25.4 < low < high < 842 - 20 * 72 / 25.4


def test_links_are_tagged_with_their_annotation(tmp_path: Path) -> None:
    read = read_with('<p id="d">đích</p><p>xem <a href="#d">chỗ kia</a> nhé</p>', tmp_path)
    assert read.faults == []
    (link,) = read.all("Link")
    assert folded(read.text(link)) == folded("chỗ kia")
    (reference,) = (k for k in link.object.K if isinstance(k, pikepdf.Dictionary))
    annotation = reference.Obj
    assert annotation.Subtype == "/Link" and str(annotation.Contents)
    tree = list(read.pdf.Root.StructTreeRoot.ParentTree.Nums)
    at = tree[::2].index(int(annotation.StructParent))
    assert tree[1::2][at].objgen == link.object.objgen
    assert int(annotation.F) & 4 and not int(annotation.F) & 3, "printed, not hidden"


def test_a_running_mark_of_an_office_is_read_once(tmp_path: Path) -> None:
    read = read_with('<p style="position:fixed;bottom:0">Lưu hành nội bộ</p>', tmp_path)
    assert read.faults == []
    assert folded(read.text(read.root)).count("Lưuhànhnộibộ") == 1
    assert len(read.pdf.pages) > 1


def test_tags_do_not_move_a_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    long_report = make(ROOT / "examples" / "bao-cao-so-ket" / "9-thang-2023.yaml", "dang-hd36")
    monkeypatch.setattr(TagTree, "watched", lambda self, pages: list(pages))
    monkeypatch.setattr(TagTree, "write", lambda self, pdf: None)
    kind = kinds.find("bao-cao-so-ket")
    assert kind is not None
    plain = render_pdf(long_report.document, kind)
    assert TaggedPdf(plain).faults, "what WeasyPrint tags by itself"
    with (
        pypdfium2.PdfDocument(io.BytesIO(plain)) as before,
        pypdfium2.PdfDocument(io.BytesIO(long_report.data)) as after,
    ):
        assert len(before) == len(after)
        for old, new in zip(before, after, strict=True):
            pictures = (page.render(scale=1.5).to_pil().convert("L") for page in (old, new))
            assert ImageChops.difference(*pictures).getbbox() is None
