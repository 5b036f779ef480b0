"""Every good example as a Word file: sound to a third party, opened by python-docx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

import vanban

ROOT = Path(__file__).parents[2]
# The drafts of single rules differ from these in a few words: those are for the tests of rules.
OF_RULES = {"sai", "dung", "ky-truoc"}
EXAMPLES = sorted(p for p in (ROOT / "examples").rglob("*.yaml") if OF_RULES.isdisjoint(p.parts))


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def word(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param.stem}.docx"
    path.write_bytes(vanban.render_docx(vanban.load(request.param)))
    return path


def test_there_are_examples_of_every_profile() -> None:
    assert len(EXAMPLES) >= 5


def test_an_example_is_sound(word: Path) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(word).errors] == []


def test_an_example_is_a_good_word_file(word: Path) -> None:
    document: Any = docx.Document(str(word))
    core = document.core_properties
    assert core.title.startswith("Báo cáo") and core.author and core.language == "vi-VN"
    assert core.created is not None and core.last_modified_by == core.author
    names = {style.style_id: style.name for style in document.styles}
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is None:  # only what the format asks for, a point high
            assert not list(paragraph.iter(qn("w:t")))
            spacing = paragraph.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
            assert spacing.get(qn("w:line")) == "20"
        else:
            assert names[style.get(qn("w:val"))].startswith("VB ")
    # The navigation pane shows the parts, sections and appendices.
    levels = {
        style.style_id: style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        for style in document.styles
    }
    assert sum(levels[p.style.style_id] is not None for p in document.paragraphs) >= 5


def test_no_chain_of_kept_paragraphs_is_longer_than_a_page_holds(word: Path) -> None:
    """Word gives up keeping together what does not fit on one page."""
    document: Any = docx.Document(str(word))
    kept = {
        style.style_id
        for style in document.styles
        if (f := style.element.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")) is not None
        and f.get(qn("w:val"), "1") != "0"
    }
    run = longest = 0
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
        keeps = own is not None or (style is not None and style.get(qn("w:val")) in kept)
        run = run + 1 if keeps else 0
        longest = max(longest, run)
    assert 1 <= longest <= 8
