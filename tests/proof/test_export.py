"""The proof at work: what a faulty engine makes is told, and never written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import vanban
from vanban import exporting
from vanban.cli.main import main
from vanban.compose.document import Paragraph, Run
from vanban.errors import OutputError, ProofError, TemplateError, TemplateProofError
from vanban.proof import FORMATS, refuse
from vanban.read.reader import read_path
from vanban.render.pdf import render_pdf_pages

from .made import KIND, NINE_MONTHS, SMALLEST, damaged_docx, damaged_pdf, proved, rules, samples


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every renderer leave out the first paragraph of running text."""
    whole = exporting._made

    def made(document: Any, *rest: Any) -> Any:
        at = next(n for n, b in enumerate(document.body) if isinstance(b, Paragraph) and b.pointer)
        body = (*document.body[:at], *document.body[at + 1 :])
        return whole(replace(document, body=body), *rest)

    monkeypatch.setattr(exporting, "_made", made)


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_written_and_the_place_is_shown(
    format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "bao-cao.yaml"
    draft.write_bytes(SMALLEST.read_bytes())
    assert main(["export", str(draft), f"--{format}"]) == 4
    said = capsys.readouterr()
    assert [path.name for path in tmp_path.iterdir()] == ["bao-cao.yaml"]
    assert "OUT001" in said.err and FORMATS[format] in said.err and "Traceback" not in said.err
    assert "bao-cao.yaml:" in said.err  # the line of the paragraph that is gone
    assert said.out == ""


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize("format", FORMATS)
def test_a_program_gets_the_findings(format: str, tmp_path: Path) -> None:
    draft = vanban.load(SMALLEST)
    target = tmp_path / f"x.{format}"
    with pytest.raises(ProofError) as caught:
        vanban.export(draft, target)
    assert caught.value.exit_code == 4 and isinstance(caught.value, OutputError)
    assert rules(caught.value.findings) == {"OUT001"}
    assert draft.at(caught.value.findings[0].pointer)
    assert not target.exists()


def test_a_template_that_leaves_out_is_at_fault_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "mau.html.j2"
    template.write_text('{% extends "base.html.j2" %}{% block ten scoped %}{% endblock %}', "utf-8")
    before = sorted(tmp_path.iterdir())
    code = main(
        ["export", str(SMALLEST), "--pdf", "--template", str(template), "-o", str(tmp_path)]
    )
    said = capsys.readouterr().err
    assert code == 3 and "OUT001" in said and "BÁO CÁO" in said and str(template) in said
    assert sorted(tmp_path.iterdir()) == before


def test_no_finding_no_error() -> None:
    refuse("pdf", ())
    with pytest.raises(TemplateProofError) as caught:
        refuse("pdf", proved("pdf", b"", _plain_document()), "mau.docx")
    assert isinstance(caught.value, TemplateError) and caught.value.exit_code == 3


def _plain_document() -> Any:
    return samples.long_names_document()


@pytest.mark.parametrize(
    ("text", "rule", "code"),
    [
        ("Chữ 漢 không có.", "OUT006", "U+6F22"),
        ("Chữ \U000f1234 không có.", "OUT006", "U+F1234"),
        ("Chữ\x08 hỏng", "OUT001 OUT002 OUT006", ""),
    ],
)
def test_a_character_without_a_glyph(text: str, rule: str, code: str) -> None:
    # Whether the machine has a font to borrow it from or not.
    document = replace(_plain_document(), body=(Paragraph("noi_dung", (Run(text),)),))
    try:
        made = render_pdf_pages(document, KIND)
    except vanban.VanbanError:
        assert not code  # the engine itself refuses it
        return
    found = proved("pdf", made.data, document, pages=made.pages)
    assert rules(found) & set(rule.split())
    assert not code or code in {one.args.get("code") for one in found}


def test_a_borrowed_font_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    # As if the renderer had taken everything from a family of the machine.
    from vanban.render import css

    face = css.FACE
    sheet = css.stylesheet

    def borrowed(*args: Any, **kwargs: Any) -> str:
        return sheet(*args, **kwargs).replace(
            f'html {{ font-family: "{face}"', "html { font-family: monospace"
        )

    from vanban.render import pdf

    monkeypatch.setattr(pdf, "stylesheet", borrowed)
    document = _plain_document()
    made = pdf.render_pdf_pages(document, KIND)
    assert "OUT005" in rules(proved("pdf", made.data, document, pages=made.pages))


def test_values_of_the_draft_are_texts_of_the_document() -> None:
    """What the proof compares with holds every text that the draft says."""
    from .made import document_of

    document, _ = document_of(NINE_MONTHS)
    held = " ".join(" ".join(document.texts()).casefold().split())
    draft = read_path(str(NINE_MONTHS))
    long = [text for text in _texts(draft.data["ket_qua"]) if len(text.split()) > 6]
    assert len(long) > 30
    for text in long:
        for paragraph in text.split("\n\n"):
            assert " ".join(paragraph.casefold().split()).rstrip(".;,") in held


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in _texts(item)]


def test_damage_helpers_change_nothing_by_themselves() -> None:
    from .made import good

    made = good()
    for format, data in (
        ("pdf", damaged_pdf(made.pdf, lambda book: None)),
        ("docx", damaged_docx(made.docx, lambda root: None)),
    ):
        assert proved(format, data, made.document) == ()
