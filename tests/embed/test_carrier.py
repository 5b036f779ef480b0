"""Data into a file and out again: equal for every example and for random drafts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import vanban
from tests.embed import tamper
from tests.embed.conftest import EXAMPLES, FORMATS, LONG, SMALL, Files
from tests.embed.drafts_from_schema import drafts
from vanban import exporting
from vanban.embed import in_docx
from vanban.embed.carrier import NoDataError
from vanban.embed.drafts import draft_text, same
from vanban.embed.payload import MAX_PAYLOAD_BYTES, PayloadError
from vanban.errors import EmbedError
from vanban.render.docx_package import Package

# Making a random draft smaller takes minutes and tells little.
FINDING = (Phase.explicit, Phase.reuse, Phase.generate)
BY_FORMAT = pytest.mark.parametrize("format", FORMATS)


@BY_FORMAT
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_comes_back_equal(path: Path, format: str, files: Files) -> None:
    draft = vanban.load(path)
    again = vanban.extract(files.file(path, format))
    assert again.readable and again.kind == draft.kind
    assert same(again.data, draft.data)
    # What validation says of it is the same, only without lines.
    told = [[f.key for f in sorted(vanban.validate(d).findings, key=lambda f: (f.key, f.pointer))]
            for d in (draft, again)]  # fmt: skip
    assert told[0] == told[1]


@BY_FORMAT
def test_an_extracted_draft_makes_the_same_bytes(format: str, files: Files, tmp_path: Path) -> None:
    text = draft_text(vanban.extract(files.file(LONG, format)).data, "yaml")
    path = tmp_path / "lai.yaml"
    path.write_text(text, "utf-8")
    again = Files(tmp_path, files.engine)
    assert again.data(path, format) == files.data(LONG, format)


@settings(max_examples=200, suppress_health_check=list(HealthCheck), deadline=None, phases=FINDING)
@given(drafts())
def test_random_drafts_come_back_equal(place: Files, data: dict[str, Any]) -> None:
    """200 drafts drawn from the schema, through DOCX, PDF (set by the fast engine) and YAML."""
    draft = vanban.draft(data)
    for format in FORMATS:
        try:
            made = exporting.render(draft, format, allow_errors=True, embed=True, engine="typst")
        except vanban.VanbanError:
            assume(False)
        assert same(vanban.extract(place.put(made.data, format)).data, draft.data)
    assert same(vanban.loads(draft_text(draft.data, "yaml")).data, draft.data)


WAYS = [("docx", None), ("pdf", "weasyprint"), ("pdf", "typst")]


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None, phases=FINDING)
@given(drafts(), st.sampled_from(WAYS))
def test_random_drafts_agree(place: Files, data: dict[str, Any], way: tuple[str, str]) -> None:
    """What was made of a random draft says what its data says."""
    format, engine = way
    # Type that nobody can read counts as hidden.
    assume(float(data["the_thuc"].get("trinh_bay", {}).get("co_chu", 14)) >= 6)
    draft = vanban.draft(data)
    try:
        made = exporting.render(draft, format, allow_errors=True, embed=True, engine=engine).data
    except vanban.VanbanError:
        assume(False)
    path = place.put(made, format)
    assert same(vanban.extract(path).data, draft.data)
    found = vanban.verify(path)
    assert found.ok, found


@BY_FORMAT
def test_without_data_there_is_none(format: str, files: Files) -> None:
    plain = files.data(SMALL, format, False)
    marks = (b"urn:vanban:draft", b"vanban-draft.json", b"EmbeddedFiles", b"customXml")
    if format == "docx":
        assert not [n for n in Package.read(plain).parts if n.startswith("customXml")]
    else:
        assert not [mark for mark in marks if mark in plain]
    with pytest.raises(NoDataError) as caught:
        vanban.extract(files.put(plain, format))
    assert caught.value.exit_code == 1


def test_html_carries_none(files: Files) -> None:
    page = vanban.render_html(vanban.load(SMALL))
    assert b"urn:vanban" not in page
    with pytest.raises(NoDataError, match="HTML"):
        vanban.extract(files.put(page, "html"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"loai: a", b"\0" * 99])
def test_what_is_none_of_ours(data: bytes, files: Files) -> None:
    with pytest.raises(EmbedError) as caught:
        vanban.extract(files.put(data, "pdf"))
    assert caught.value.exit_code == 3


def test_what_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "a.pdf", tmp_path, "a\0b"):
        with pytest.raises(EmbedError) as caught:
            vanban.extract(path)
        assert caught.value.exit_code == 3


# --- the part in a DOCX ---------------------------------------------------------------------------


def test_the_part_is_one_that_editors_keep(files: Files) -> None:
    package = Package.read(files.data(SMALL, "docx"))
    main = package.main_part()
    (item,) = package.related(main, "customXml")
    (properties,) = package.related(item, "customXmlProps")
    assert b"urn:vanban:draft:1" in package.parts[properties]
    assert package.content_type(item) == "application/xml"
    assert package.content_type(properties).endswith("customXmlProperties+xml")


def test_custom_xml_of_an_office_stays_and_old_data_goes(files: Files) -> None:
    package = Package.read(files.data(LONG, "docx"))
    main = package.main_part()
    package.parts["customXml/item2.xml"] = b"<b:Sources xmlns:b='urn:sources'/>"
    package.relate(main, in_docx.RELATION, "customXml/item2.xml", "rIdSources")
    held = in_docx.take(Package.read(files.data(SMALL, "docx")))
    in_docx.put(package, main, held)
    assert package.parts["customXml/item2.xml"].startswith(b"<b:Sources")
    assert in_docx.take(Package.read(package.write())) == held
    in_docx.put(package, main, None)
    assert in_docx.take(package) is None
    assert list(package.related(main, "customXml")) == ["customXml/item2.xml"]


def test_a_stray_part_is_found_and_two_are_refused(files: Files) -> None:
    data = files.data(SMALL, "docx")
    package = Package.read(data)
    rels = "word/_rels/document.xml.rels"
    package.parts[rels] = package.parts[rels].replace(b"rIdVanbanDraft", b"rIdOther")
    assert in_docx.take(package) is not None
    package.parts["customXml/item9.xml"] = package.parts["customXml/item1.xml"]
    with pytest.raises(PayloadError):
        in_docx.take(package)


def test_the_part_is_bound_to_the_text(files: Files) -> None:
    def forge(text: str) -> str:
        start = text.index('text-sha256="') + len('text-sha256="')
        return text[:start] + "0" * 64 + text[start + 64 :]

    forged = tamper.in_docx(files.data(SMALL, "docx"), {"customXml/item1.xml": forge})
    with pytest.raises(EmbedError, match="bị sửa"):
        vanban.extract(files.put(forged, "docx"))


# --- the attachment in a PDF ----------------------------------------------------------------------


def test_two_attachments_are_refused(files: Files) -> None:
    def double(pdf: pikepdf.Pdf) -> None:
        root: Any = pdf.Root
        other = pikepdf.Dictionary(root.AF[0])
        other.EF = pikepdf.Dictionary(F=pdf.make_stream(b"{}"), UF=pdf.make_stream(b"{}"))
        root.AF.append(pdf.make_indirect(other))

    with pytest.raises(NoDataError, match="hai bản"):
        vanban.extract(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), double), "pdf"))


def test_two_of_one_name_are_refused(files: Files) -> None:
    """A reader that takes the first of two equal names and one that takes the last would differ."""

    def in_the_tree(pdf: pikepdf.Pdf) -> None:
        root: Any = pdf.Root
        other = pikepdf.Dictionary(root.AF[0])
        other.EF = pikepdf.Dictionary(F=pdf.make_stream(b"{}"))
        names = root.Names.EmbeddedFiles.Names
        names.extend([names[0], pdf.make_indirect(other)])

    def in_the_file(pdf: pikepdf.Pdf) -> None:
        root: Any = pdf.Root
        root.AF[0].EF.F = pdf.make_stream(b"{}")

    for change in (in_the_tree, in_the_file):
        with pytest.raises(NoDataError, match="hai bản"):
            vanban.extract(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), change), "pdf"))


def test_a_tree_of_names_that_holds_itself(files: Files) -> None:
    def tie(pdf: pikepdf.Pdf) -> None:
        root: Any = pdf.Root
        knot = pdf.make_indirect(pikepdf.Dictionary())
        knot.Kids = pikepdf.Array([knot, 1])
        root.Names.EmbeddedFiles = knot

    path = files.put(tamper.in_pdf(files.data(SMALL, "pdf"), tie), "pdf")
    assert same(vanban.extract(path).data, vanban.load(SMALL).data)


def test_a_bomb_is_not_unpacked(files: Files) -> None:
    def bomb(pdf: pikepdf.Pdf) -> None:
        tamper.attachment(pdf).write(b" " * (MAX_PAYLOAD_BYTES + 1))

    with pytest.raises(NoDataError, match="MB"):
        vanban.extract(files.put(tamper.in_pdf(files.data(SMALL, "pdf"), bomb), "pdf"))


def test_other_attachments_are_let_be(files: Files) -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["khac.txt"] = b"khac"

    changed = tamper.in_pdf(files.data(SMALL, "pdf"), attach)
    assert same(vanban.extract(files.put(changed, "pdf")).data, vanban.load(SMALL).data)


def test_a_pdf_with_a_password_is_unreadable(files: Files) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.data(SMALL, "pdf"))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EmbedError) as caught:
        vanban.extract(files.put(target.getvalue(), "pdf"))
    assert caught.value.exit_code == 3


# --- who embeds -----------------------------------------------------------------------------------

SECRET = next(p for p in EXAMPLES if "do_mat:" in p.read_text("utf-8"))


@pytest.mark.parametrize(
    ("path", "asked", "config", "inside"),
    [
        (SMALL, None, {}, True),
        (SMALL, False, {}, False),
        (SMALL, None, {"embed": False}, False),
        (SMALL, True, {"embed": False}, True),
        (SECRET, None, {}, False),
        (SECRET, None, {"embed": True}, False),
        (SECRET, True, {}, True),
    ],
)
def test_who_embeds(path: Path, asked: bool | None, config: dict[str, Any], inside: bool) -> None:
    draft = vanban.load(path)
    assert exporting.embeds(draft, asked, config) is inside
    made = vanban.render_docx(draft, embed=asked, config=config)
    assert (in_docx.take(Package.read(made)) is not None) is inside
