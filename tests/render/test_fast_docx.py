"""The flow written straight and the whole way through Jinja and lxml give the same document."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.embed.drafts_from_schema import drafts
from tests.render.samples import own_numbers_document, party_document, state_document

import vanban
from vanban import exporting, kinds
from vanban.compose.document import Appendix, Document, Line, Paragraph, Run
from vanban.config import Config
from vanban.errors import TemplateError
from vanban.render import docx, docx_package
from vanban.render.docx_package import CUSTOM, Package
from vanban.render.docx_tags import CompiledPart

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [
    *sorted((ROOT / "examples").glob("*/*.yaml")),
    *sorted((ROOT / "examples/bao-cao-so-ket/dung").glob("*.yaml"))[::12],
]
KIND = kinds.kinds()["bao-cao-so-ket"]


@cache
def prepared(profile: str) -> Any:
    path = KIND.templates / f"document.{profile}.docx"
    return docx._Prepared(path.read_bytes(), path.name)


def canonical(data: bytes) -> dict[str, bytes]:
    """Return every part in canonical XML, but the one that holds the digest of the others."""
    return {
        name: etree.tostring(etree.fromstring(part), method="c14n2")
        for name, part in Package.read(data).parts.items()
        if name != CUSTOM
    }


def both_alike(document: Document) -> bool:
    """Compare the two ways; return whether the straight one was taken."""
    template = prepared(document.meta.profile)
    assert template.flow is not None
    straight = canonical(docx._fill(template, document, own=False))
    whole = canonical(docx._fill(template, document, own=False, direct=False))
    assert straight.keys() == whole.keys()
    assert [name for name in whole if straight[name] != whole[name]] == []
    return bool(template.flow.fits(document))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    made, _ = exporting._document(vanban.load(path), None, True, Config.of(None))
    assert both_alike(made), "an example goes the long way"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts())
def test_random_drafts(data: dict[str, Any]) -> None:
    made, _ = exporting._document(vanban.draft(data), None, True, Config.of(None))
    both_alike(made)


def text(words: str, **more: Any) -> Paragraph:
    return Paragraph("noi_dung", (Run(words, **more),))


def _documents() -> dict[str, Document]:
    party, state = party_document(), state_document()
    copied, _ = exporting._document(
        vanban.load(ROOT / "examples/dau-chi/dang-ban-sao.yaml"), None, True, Config.of(None)
    )
    assert copied.copy is not None
    tables = [b for b in party.body if not isinstance(b, Paragraph) and not b.landscape][:1]
    empty = replace(party, body=())
    titles = (Line("Phụ lục", "phu_luc"), Line("BIỂU SỐ LIỆU", "ten_phu_luc"))

    def appended(*blocks: Any, anew: bool) -> Appendix:
        return Appendix(titles, blocks, numbered_anew=anew)

    return {
        "party": party,
        "state": state,
        "anew": own_numbers_document(),
        "empty": empty,
        "table-last": replace(party, body=(text("a"), *tables), appendices=()),
        "table-alone": replace(party, body=(*tables,), appendices=()),
        "empty-last": replace(party, body=(text("a"), text(""))),
        "marks": replace(party, body=(text('<w:p> & "{{ x }}" \' ]]>\n\tb\r\nc'),)),
        "looks": replace(party, body=(text("đậm", bold=True, italic=True, underline=True),)),
        "strange-style": replace(party, body=(Paragraph("không_có", (Run("a"),), level=3),)),
        "appendices": replace(
            state,
            appendices=tuple(
                appended(*blocks, anew=anew)
                for anew in (False, True, True, False)
                for blocks in ((*tables,), (text(""),), (text("b"),), ())
            ),
        ),
        "copied": replace(copied, appendices=(appended(*tables, anew=False),)),
        "untitled": replace(party, appendices=(Appendix((), (text("b"),)),)),
    }


@pytest.mark.parametrize("name", _documents())
def test_corners(name: str) -> None:
    both_alike(_documents()[name])


def test_the_usual_document_is_written_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """The template's loop must not see the blocks: that is what costs."""
    seen: list[int] = []
    fill = CompiledPart.fill

    def counted(self: CompiledPart, context: Any) -> str:
        seen.append(len(context["van_ban"]))
        return fill(self, context)

    monkeypatch.setattr(CompiledPart, "fill", counted)
    document = replace(party_document(), body=tuple(text(str(n)) for n in range(50)))
    docx.render_docx(replace(document, appendices=()), KIND)
    assert seen and max(seen) < 10


def test_zip_is_sound_and_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = docx.render_docx(party_document(), KIND)
    assert docx.render_docx(party_document(), KIND) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    packed: list[int] = []
    pack = docx_package._packed
    monkeypatch.setattr(docx_package, "_packed", lambda data: packed.append(1) or pack(data))
    docx.render_docx(party_document(), KIND)
    assert len(packed) < len(Package.read(made).parts) / 2, "unchanged parts are packed again"


def test_names_beyond_ascii_and_empty_parts_can_be_read_again() -> None:
    parts = {"[Content_Types].xml": b"<a/>", "word/ảnh.xml": b"", "word/b.bin": bytes(range(256))}
    assert Package.read(Package(parts).write()).parts == parts


def test_a_template_with_a_huge_pattern_is_stopped(tmp_path: Path) -> None:
    """An office's template is taken apart too: its patterns are repeated, so they are paid for."""
    path = KIND.templates / "document.dang-hd36.docx"
    package = Package.read(path.read_bytes())
    main = package.parts["word/document.xml"].decode()
    cell = main.index("{{r o.chu }}", main.index("khoi.hang"))
    at = main.index("</w:p>", cell)
    huge = f'<w:pPr><w:pStyle w:val="{"x" * 400_000}"/></w:pPr>'
    begin = main.rindex("<w:pPr>", 0, cell)
    end = main.index("</w:pPr>", begin) + len("</w:pPr>")
    assert end < at
    package.parts["word/document.xml"] = (main[:begin] + huge + main[end:]).encode()
    (tmp_path / "m.docx").write_bytes(package.write())
    rows = next(b for b in party_document().body if not isinstance(b, Paragraph))
    document = replace(party_document(), body=(text("a"), *[rows] * 40), appendices=())
    assert docx._Prepared((tmp_path / "m.docx").read_bytes(), "m").flow is not None
    with pytest.raises(TemplateError):
        docx.render_docx(document, KIND, tmp_path / "m.docx")


@given(
    parts=st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\\:"), min_size=1, max_size=20),
        st.binary(max_size=400),
        max_size=12,
    )
)
def test_a_zip_is_what_the_standard_library_writes(parts: dict[str, bytes]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != docx_package.CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name], compresslevel=docx_package.DEFLATE_LEVEL)
    assert Package(parts).write() == made.getvalue()
