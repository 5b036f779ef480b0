"""The port: which engine sets the pages, how it is asked for, what it refuses."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pikepdf
import pytest

import vanban
from vanban.cli.main import main
from vanban.errors import EnvironmentIncompleteError, OutputError, TemplateError
from vanban.render import engines, pdf, typst
from vanban.render.fonts import find_font
from vanban.resources import data_root

from ..proof.made import KIND, SMALLEST, document_of

TEMPLATE = KIND.templates / "document.html.j2"


def producer(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as book:
        return str(book.docinfo.Producer)


@pytest.fixture
def no_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise EnvironmentIncompleteError("Pango")

    monkeypatch.setattr(pdf, "load_weasyprint", missing)


@pytest.fixture
def no_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)


# ---- the choice ------------------------------------------------------------------------------


def test_auto_is_weasyprint_where_it_can_run() -> None:
    assert engines.choose("auto", KIND) == engines.choose("weasyprint", KIND) == "weasyprint"
    assert engines.choose("typst", KIND) == "typst"


@pytest.mark.usefixtures("no_weasyprint")
def test_auto_is_typst_where_weasyprint_cannot_run() -> None:
    assert engines.choose("auto", KIND) == "typst"
    with pytest.raises(EnvironmentIncompleteError, match="Pango"):
        engines.choose("weasyprint", KIND)
    with pytest.raises(EnvironmentIncompleteError, match="Pango"):
        engines.choose("auto", KIND, TEMPLATE)


@pytest.mark.usefixtures("no_typst")
def test_typst_is_missing() -> None:
    assert engines.choose("auto", KIND) == "weasyprint"
    with pytest.raises(EnvironmentIncompleteError, match=r"vanban\[typst\]"):
        engines.choose("typst", KIND)


@pytest.mark.usefixtures("no_typst", "no_weasyprint")
def test_neither_is_there() -> None:
    with pytest.raises(EnvironmentIncompleteError, match="Pango"):
        engines.choose("auto", KIND)


def test_a_page_of_its_own_is_for_weasyprint_alone(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=re.escape(str(TEMPLATE))):
        engines.choose("typst", KIND, TEMPLATE)
    assert engines.choose("auto", KIND, TEMPLATE) == "weasyprint"
    other = vanban.kinds.Kind("bao-cao-so-ket", tmp_path)
    other.templates.mkdir(parents=True)
    assert engines.choose("typst", other) == "typst"
    (other.templates / "document.html.j2").write_text("", "utf-8")
    with pytest.raises(TemplateError):
        engines.choose("typst", other)


def test_an_unknown_engine() -> None:
    with pytest.raises(vanban.VanbanError, match="weasyprint") as caught:
        vanban.render_pdf(vanban.load(SMALLEST), engine="chromium")
    assert caught.value.exit_code == 2


# ---- how it is asked for ---------------------------------------------------------------------


def test_argument_before_settings_before_auto() -> None:
    draft = vanban.load(SMALLEST)
    fast = {"engine": "typst"}
    assert producer(vanban.render_pdf(draft)).startswith("WeasyPrint ")
    assert producer(vanban.render_pdf(draft, config=fast)).startswith("Typst ")
    assert producer(vanban.render_pdf(draft, engine="typst")).startswith("Typst ")
    assert producer(vanban.render_pdf(draft, config=fast, engine="auto")).startswith("WeasyPrint ")
    with pytest.raises(vanban.SettingsError):
        vanban.render_pdf(draft, config={"engine": "chromium"})


def test_the_command(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    call = ["export", str(SMALLEST), "-o", str(target)]
    assert main([*call, "--engine", "chromium"]) == 2
    assert main([*call, "--engine", "typst"]) == 0
    assert producer(target.read_bytes()).startswith("Typst ")
    assert vanban.verify(target).ok
    assert vanban.extract(target).data == vanban.load(SMALLEST).data
    code = main([*call, "--engine", "typst", "--template", str(TEMPLATE)])
    assert code == TemplateError("").exit_code
    (tmp_path / "vanban.toml").write_text('engine = "typst"\n', "utf-8")
    draft = tmp_path / "b.yaml"
    draft.write_bytes(SMALLEST.read_bytes())
    assert main(["export", str(draft), "--pdf"]) == 0
    assert producer((tmp_path / "b.pdf").read_bytes()).startswith("Typst ")


@pytest.mark.parametrize("name", ["dau-chi/dang-du-thao", "nd30/bao-cao-ubnd-9-thang-2023"])
def test_verify_reads_marks_and_tables(name: str, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    draft = vanban.load(data_root() / "examples" / f"{name}.yaml")
    vanban.export(draft, target, engine="typst", embed=True, allow_errors=True)
    found = vanban.verify(target)
    assert found.ok, found.differences
    with pikepdf.open(target, allow_overwriting_input=True) as book:
        page = book.pages[0].obj
        content = page.Contents.read_bytes()
        page.Contents.write(re.sub(rb"(?s)/Span<</MCID 9\b.*?EMC", b"", content))
        book.save()
    assert vanban.verify(target).differences


# ---- the same bytes, nothing from outside ----------------------------------------------------

PROGRAM = """
import hashlib, sys, vanban
data = vanban.render_pdf(vanban.load(sys.argv[1]), engine="typst", allow_errors=True)
print(hashlib.sha256(data).hexdigest())
"""


def test_the_same_bytes_in_other_processes_and_threads(tmp_path: Path) -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(SMALLEST)], cwd=folder, capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "TMPDIR": str(folder)},
            text=True, check=True,
        ).stdout
        for folder, seed, zone in ((tmp_path, "1", "Asia/Ho_Chi_Minh"), (Path.cwd(), "42", "UTC"))
    }  # fmt: skip
    assert len(digests) == 1
    assert list(tmp_path.iterdir()) == [], "a folder was left behind"
    document, kind = document_of(SMALLEST)
    wanted = typst.render_pdf_pages(document, kind)
    made: list[engines.RenderedPdf] = []
    threads = [
        threading.Thread(target=lambda: made.append(typst.render_pdf_pages(document, kind)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [wanted] * 3


def test_the_press_reaches_nothing() -> None:
    press = typst._press(find_font())
    for source in (b'#read("/etc/hostname")', b'#read("../../etc/hostname")', b'#include "a.typ"'):
        with pytest.raises(OutputError, match="Typst"):
            press.set(source, {})
    # Fonts of the system and of Typst itself are unknown: whatever is asked for, ours come.
    asked = b'#set document(title: "a")\n#set text(font: ("New Computer Modern", "DejaVu Sans"))\na'
    with pikepdf.open(io.BytesIO(press.set(asked, {}))) as book:
        names = {str(font.BaseFont) for _, font in book.pages[0].Resources.Font.items()}
    assert all(press.family.replace(" ", "") in name for name in names)


def test_our_templates_ask_for_nothing() -> None:
    for path in (data_root() / "templates").rglob("*.typ"):
        code = re.sub(r"(?m)//.*$", "", path.read_text("utf-8"))
        assert not re.search(r"\b(import|include|read|image|plugin|eval|link)\b|@\w", code), path
