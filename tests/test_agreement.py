"""DOCX and PDF of one draft say the same, in the same order, on about as many pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

import vanban
from vanban import kinds
from vanban.compose.composer import compose
from vanban.compose.document import Document
from vanban.compose.profile import choose_profile

from .reading import (
    contact_text,
    docx_foot,
    docx_texts,
    expected_text,
    pdf_pages,
    pdf_running_text,
    squash,
)
from .render.office import to_pdfs

ROOT = Path(__file__).parent.parent
# The drafts of single rules differ from these in a few words: those are for the tests of rules.
OF_RULES = {"sai", "dung", "ky-truoc"}
EXAMPLES = sorted(p for p in (ROOT / "examples").rglob("*.yaml") if OF_RULES.isdisjoint(p.parts))


def composed(path: Path) -> tuple[vanban.Draft, Document]:
    draft = vanban.load(path)
    kind = kinds.find(draft.kind or "")
    return draft, compose(draft, choose_profile(draft.data), kind=kind)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_good_example_raises_nothing(path: Path) -> None:
    assert vanban.validate(vanban.load(path)).findings == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_docx_and_pdf_hold_the_same_text_in_the_same_order(path: Path) -> None:
    draft, document = composed(path)
    expected = expected_text(document)
    word = vanban.render_docx(draft)
    assert squash("".join(docx_texts(word))) == expected
    assert docx_foot(word) == contact_text(document)
    assert pdf_running_text(vanban.render_pdf(draft), document) == expected


def test_docx_and_pdf_have_about_the_same_number_of_pages(tmp_path: Path) -> None:
    words = []
    for path in EXAMPLES:
        word = tmp_path / f"{path.stem}.docx"
        word.write_bytes(vanban.render_docx(vanban.load(path)))
        words.append(word)
    # One start of LibreOffice for all of them.
    for path, made in zip(EXAMPLES, to_pdfs(words, tmp_path / "pdf"), strict=True):
        through_word = len(pdf_pages(made.read_bytes()))
        direct = len(pdf_pages(vanban.render_pdf(vanban.load(path))))
        assert abs(through_word - direct) <= 1, path.stem


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_word_file_is_sound(path: Path) -> None:
    import docx

    data = vanban.render_docx(vanban.load(path))
    assert docx.Document(BytesIO(data)).core_properties.title
