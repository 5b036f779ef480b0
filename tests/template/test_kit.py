"""``vanban template init``, and what becomes of its files: changed, saved elsewhere, exported."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from vanban.cli.main import main
from vanban.compose.document import (
    Appendix,
    Cell,
    Column,
    CopyBlock,
    Document,
    HeaderBlock,
    Line,
    Paragraph,
    Recipients,
    Run,
    SignatureBlock,
    Table,
)
from vanban.compose.profile import profiles
from vanban.errors import TargetError, TemplateError
from vanban.kinds import Kind
from vanban.render import template_kit
from vanban.render.docx import _FIELDS, render_docx
from vanban.render.docx_fill import Fields
from vanban.render.html import filled
from vanban.render.template_check import check, trials
from vanban.render.template_fields import (
    Shape,
    described,
    page_fields,
    paths,
    required,
    style_fields,
    word_fields,
)
from vanban.resources import data_root

KIND = Kind("bao-cao-so-ket", data_root())
EXAMPLE = KIND.examples / "9-thang-2023.yaml"
NAMES = {
    *(f"document.{name}.docx" for name in profiles()),
    "document.html.j2",
    "base.html.j2",
    "base.css.j2",
    "HUONG-DAN.md",
}


@pytest.fixture(scope="module")
def document() -> Document:
    """An example to which everything is added that a document can have."""
    lines = (Line("Dòng", "so"),)
    head = HeaderBlock(lines, lines, lines, lines, 80, 85, lines, lines, lines)
    sign = SignatureBlock(lines, lines, 2, Line("Tên", "ho_ten"), 80, 85)
    recipients = Recipients(Line("Nơi nhận:", "noi_nhan"), lines, lines)
    cells = ((Cell("a"),),)
    blocks = (
        Paragraph("muc", (Run("Chữ"),), level=2),
        Table((Column(1.0),), cells, cells, caption="Bảng"),
    )
    return dataclasses.replace(
        trials(KIND, "dang-hd36")[0],
        header=head,
        title=lines,
        body=blocks,
        signature=sign,
        recipients=recipients,
        appendices=(Appendix(lines, blocks),),
        contact=lines,
        copy=CopyBlock(head, sign, recipients),
        watermark="DỰ THẢO",
    )


# --- the fields ---------------------------------------------------------------------------------


def leaves(value: Any, path: str) -> set[str]:
    """The paths of what a template can print in plain data."""
    if isinstance(value, dict):
        return set().union(*(leaves(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(leaves(item, f"{path}[]") for item in value))
    return {path}


def test_the_fields_of_word_are_those_that_are_handed_over(document: Document) -> None:
    fields = Fields(12, 12, frozenset(), {}, lambda text, style, landscape=False: [text])
    context = fields.context(document)
    assert set(paths(word_fields())) == leaves(context, "")
    assert set(word_fields()) == set(context) == set(_FIELDS)


def test_the_fields_of_pages_are_those_that_are_handed_over(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinja2 import Template

    from vanban.render import css

    given: list[set[str]] = []
    generate, render = Template.generate, Template.render

    def watched(self: Template, *args: Any, **values: Any) -> Any:
        given.append(set(dict(*args, **values)))
        return generate(self, *args, **values)

    def watched_style(self: Template, *args: Any, **values: Any) -> Any:
        given.append(set(dict(*args, **values)))
        return render(self, *args, **values)

    monkeypatch.setattr(Template, "generate", watched)
    filled(document, KIND, "")
    monkeypatch.setattr(Template, "render", watched_style)
    css._render.cache_clear()
    css.stylesheet(profiles()["nd30"], document.layout, "html")
    assert given == [set(page_fields()), set(style_fields())]


def reach(value: Any, shape: Shape) -> None:
    """Every path of a shape leads to something in the value."""
    if shape.item is not None and value:
        for item in value:
            if not shape.item.fields or any(hasattr(item, name) for name in shape.item.fields):
                reach(item, shape.item)
    for name, inner in shape.fields.items():
        if hasattr(value, name) and getattr(value, name) is not None:
            reach(getattr(value, name), inner)
    if shape.leaf:
        assert value is None or isinstance(value, str | int | float | bool), shape.path


def test_the_fields_of_a_document_are_what_its_classes_say(document: Document) -> None:
    reach(document, page_fields()["document"])
    listed = set(paths(page_fields()))
    assert {
        "document.header.left[].text",
        "document.body[].runs[].bold",
        "document.body[].rows[][].text",
        "document.copy.signature.name.text",
        "sheets[].titles[].text",
    } <= listed


def test_the_guide_lists_every_field_and_filter() -> None:
    guide = template_kit.kit(KIND)["HUONG-DAN.md"].decode()
    for path in (*described("word"), *paths(page_fields())):
        assert f"`{path}`" in guide
    assert set(required()) <= set(described("word"))
    assert all(text.strip() for text in described("word").values())
    assert "{{r truong }}" in guide and "`upper`" in guide and "document.nd30.docx" in guide


# --- init ---------------------------------------------------------------------------------------


def test_init_writes_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mẫu" / "của xã"
    assert main(["template", "init", KIND.name, str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == NAMES
    said = capsys.readouterr().out
    assert all(str(folder / name) in said for name in NAMES)
    for name in ("base.html.j2", "base.css.j2"):
        assert (folder / name).read_bytes() == (data_root() / "templates" / name).read_bytes()


def test_init_of_one_profile(tmp_path: Path) -> None:
    assert main(["template", "init", KIND.name, str(tmp_path), "--profile", "nd30"]) == 0
    assert {p.name for p in tmp_path.glob("*.docx")} == {"document.nd30.docx"}


def test_nothing_is_replaced_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "base.css.j2"
    own.write_text("của tôi", "utf-8")
    assert main(["template", "init", KIND.name, str(tmp_path)]) == 3
    assert [p.name for p in tmp_path.iterdir()] == ["base.css.j2"]
    assert own.read_text("utf-8") == "của tôi"
    assert "--force" in capsys.readouterr().err
    assert main(["template", "init", KIND.name, str(tmp_path), "--force"]) == 0
    assert own.read_text("utf-8") != "của tôi"
    assert {path.name for path in tmp_path.iterdir()} == NAMES


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "quan trọng"
    secret.write_text("giữ nguyên", "utf-8")
    folder = tmp_path / "mẫu"
    folder.mkdir()
    (folder / "base.html.j2").symlink_to(secret)
    for force in (False, True):
        with pytest.raises(TargetError, match="liên kết"):
            template_kit.write(template_kit.kit(KIND), folder, force=force)
    assert secret.read_text("utf-8") == "giữ nguyên"
    assert [p.name for p in folder.iterdir()] == ["base.html.j2"]


def test_folders_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = template_kit.kit(KIND)
    file = tmp_path / "tệp"
    file.write_text("x")
    for folder in (file, file / "dưới", tmp_path / "a\0b"):
        with pytest.raises(TargetError):
            template_kit.write(kit, folder)

    def full(self: Any, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vanban.writing._Move.stage", full)
    with pytest.raises(TargetError):
        template_kit.write(kit, tmp_path / "mới" / "nữa")
    assert [p.name for p in tmp_path.iterdir()] == ["tệp"]  # the folders it made are gone


def test_init_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "init", "bao-cao-so-kat", str(tmp_path)]) == 2
    assert "bao-cao-so-ket" in capsys.readouterr().err
    assert main(["template", "init", KIND.name, str(tmp_path), "--profile", "la"]) == 2
    assert not list(tmp_path.iterdir())


def test_a_kind_of_another_package(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "to-trinh"
    folder.mkdir(parents=True)
    other = Kind("to-trinh", tmp_path)
    kit = template_kit.kit(other)
    assert kit["document.html.j2"] == b'{% extends "base.html.j2" %}\n'
    assert not any(name.endswith(".docx") for name in kit)
    with pytest.raises(TemplateError, match="nd30"):
        template_kit.kit(other, "nd30")


# --- what is done with them ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it was handed out."""
    made = tmp_path_factory.mktemp("mẫu") / "mẫu"
    template_kit.write(template_kit.kit(KIND), made)
    return made


def test_a_folder_is_a_template_for_every_format(folder: Path, tmp_path: Path) -> None:
    """Unchanged it gives what our own give; changed, each format shows it."""
    ours, theirs, changed = (tmp_path / name for name in ("ta", "họ", "sửa"))
    for target in (ours, theirs, changed):
        target.mkdir()
    formats = ["--docx", "--html", "--no-embed"]
    assert main(["export", str(EXAMPLE), *formats, "-o", str(ours)]) == 0
    assert main(
        ["export", str(EXAMPLE), *formats, "-o", str(theirs), "--template", str(folder)]
    ) == 0  # fmt: skip
    name = EXAMPLE.stem
    assert (ours / f"{name}.html").read_bytes() == (theirs / f"{name}.html").read_bytes()
    own = tmp_path / "mẫu"
    shutil.copytree(folder, own)
    base = (own / "base.html.j2").read_text("utf-8")
    (own / "base.html.j2").write_text(base.replace("<body>", "<body><p>Riêng</p>"), "utf-8")
    assert main(
        ["export", str(EXAMPLE), *formats, "-o", str(changed), "--template", str(own)]
    ) == 0  # fmt: skip
    assert "<p>Riêng</p>" in (changed / f"{name}.html").read_text("utf-8")


def test_a_folder_without_the_profile(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "mẫu"
    own.mkdir()
    shutil.copy(folder / "document.nd30.docx", own)
    arguments = ["export", str(EXAMPLE), "--docx", "-o", str(tmp_path), "--template", str(own)]
    assert main(arguments) == 3
    assert "document.dang-hd" in capsys.readouterr().err
    assert main([*arguments[:2], "--html", *arguments[3:]]) == 3  # nothing in it for HTML
    assert not list(tmp_path.glob("*.html")) and not list(tmp_path.glob("*.docx"))


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_template_saved_by_libreoffice_still_serves(folder: Path, tmp_path: Path) -> None:
    """Opened and saved elsewhere it passes the check and sets the same document."""
    assert SOFFICE
    names = sorted(path.name for path in folder.glob("*.docx"))
    subprocess.run(
        [
            SOFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'hồ sơ').as_uri()}",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved"),
            *(str(folder / name) for name in names),
        ],
        check=True, capture_output=True, timeout=120,
        env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    for name in names:
        saved = tmp_path / "saved" / name
        assert saved.read_bytes() != (folder / name).read_bytes()
        assert check(saved, KIND).faults == ()
        profile = name.split(".")[1]
        example = trials(KIND, profile)[0]
        mine, theirs = (
            docx.Document(io.BytesIO(render_docx(example, KIND, path)))
            for path in (folder / name, saved)
        )
        assert [p.text for p in theirs.paragraphs] == [p.text for p in mine.paragraphs]
        assert len(theirs.sections) == len(mine.sections)
        # By its name the style of each paragraph is the same; LibreOffice gives other ids.
        assert [p.style.name for p in theirs.paragraphs] == [p.style.name for p in mine.paragraphs]
        widths = [[c.width for c in t.columns] for t in mine.tables]
        assert [[c.width for c in t.columns] for t in theirs.tables] == widths


def test_a_style_changed_in_word_is_kept(folder: Path, tmp_path: Path) -> None:
    template = docx.Document(str(folder / "document.dang-hd36.docx"))
    template.styles["VB Nội dung"].font.name = "Tinos"
    path = tmp_path / "document.dang-hd36.docx"
    template.save(str(path))
    assert check(path, KIND).faults == ()
    made = render_docx(trials(KIND, "dang-hd36")[0], KIND, path)
    assert docx.Document(io.BytesIO(made)).styles["VB Nội dung"].font.name == "Tinos"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"{{" not in archive.read("word/document.xml")
