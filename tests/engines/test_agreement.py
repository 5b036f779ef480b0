"""The two engines agree: on the pages, on the words of every block, on where page 1 has them."""

from __future__ import annotations

import io
import unicodedata
from itertools import zip_longest

import pdfplumber
import pytest
from tagged import Element, TaggedPdf

from vanban.compose.profile import load_profile
from vanban.proof import prove
from vanban.render.engines import RenderedPdf
from vanban.render.fonts import find_font

from .conftest import Pair

MM = 72 / 25.4
BLOCKS = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TH", "TD", "Caption")


def blocks(made: RenderedPdf) -> list[tuple[str, str]]:
    """Return the words of every block, as a reader's own program is told them by the tags."""
    read = TaggedPdf(made.data)
    assert read.faults == []
    found: list[tuple[str, str]] = []

    def visit(element: Element) -> None:
        if element.role in BLOCKS:
            words = unicodedata.normalize("NFC", read.text(element)).split()
            found.append((element.role, " ".join(words)))
            return
        for kid in element.elements():
            visit(kid)

    visit(read.root)
    return found


def test_pages(pair: Pair) -> None:
    assert abs(pair.weasyprint.pages - pair.typst.pages) <= 1


def test_words_of_every_block(pair: Pair) -> None:
    one, two = blocks(pair.weasyprint), blocks(pair.typst)
    assert len(one) > 20
    for a, b in zip_longest(one, two):
        assert a == b


def first_page(made: RenderedPdf) -> list[tuple[str, float, float]]:
    with pdfplumber.open(io.BytesIO(made.data)) as book:
        page = book.pages[0].filter(lambda item: item.get("size", 0) < 50)  # no watermark
        words = page.extract_words()
        return [(w["text"], w["x0"] / MM, w["top"] / MM) for w in words]


def test_page_1_to_the_millimetre(pair: Pair) -> None:
    """Head, title and text stand in the same places: what one engine measures the other does."""
    one, two = first_page(pair.weasyprint), first_page(pair.typst)
    for (word, left, top), (other, x, y) in zip(one, two, strict=True):
        assert word == other
        assert (x, y) == (pytest.approx(left, abs=0.5), pytest.approx(top, abs=0.5)), word


def test_the_proof(pair: Pair) -> None:
    profile = load_profile(pair.document.meta.profile)
    made = pair.typst
    found = prove(
        "pdf", made.data, pair.document, profile=profile, pages=made.pages, font=find_font()
    )
    assert found == ()
