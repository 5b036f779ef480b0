"""A machine that lacks something, and an export that is stopped half-way."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from vanban.cli.main import main
from vanban.render import engines, fonts
from vanban.start import weasyprint

from .conftest import SMALL, Export, Write

FONTTOOLS = pytest.importorskip("fontTools.subset")


def missing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Make ``import weasyprint`` fail as it does where its libraries are not installed."""

    def load() -> NoReturn:
        raise error

    monkeypatch.setattr(weasyprint, "load", load)
    monkeypatch.setattr(engines, "has_typst", lambda: False)


NO_PANGO = OSError("cannot load library 'libpango-1.0-0': error 0x7e.  Additionally, ...")


@pytest.mark.parametrize(
    ("error", "vi", "en"),
    [
        (NO_PANGO, "thiếu thư viện Pango", "Pango"),
        (ImportError("No module named 'weasyprint'"), "thiếu gói Python WeasyPrint", "WeasyPrint"),
    ],
    ids=["pango", "weasyprint"],
)
def test_without_the_pdf_libraries_all_else_works(
    export: Export,
    draft: Write,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    vi: str,
    en: str,
) -> None:
    path = draft()
    missing(monkeypatch, error)
    export(path).refused(3, vi, "DOCX và HTML vẫn xuất được")
    export(path, "--pdf", "--lang", "en").refused(3, en)
    assert main(["validate", str(path)]) == 0
    ran = export(path, "--docx", "--html")
    assert (ran.code, ran.err, ran.new) == (0, "", {"a.docx", "a.html"})


def test_what_is_missing_is_said_once_for_all_drafts(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = draft("a.yaml"), draft("b.yaml")
    missing(monkeypatch, NO_PANGO)
    ran = export(*paths)
    assert (ran.code, ran.new) == (3, set())
    assert ran.err.count("thiếu thư viện Pango") == len(ran.err.strip().splitlines()) == 1
    assert "2 bản không xuất được" in ran.out


def test_pango_missing_in_a_process_of_its_own(draft: Write, tmp_path: Path) -> None:
    path = draft()
    code = (
        "import sys, importlib.abc\n"
        "class Gone(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.partition('.')[0] in ('weasyprint', 'cffi', 'typst'):\n"
        "            error = ImportError if name == 'typst' else OSError\n"
        "            raise error(\"cannot load library 'libpango-1.0-0': not found\")\n"
        "sys.meta_path.insert(0, Gone())\n"
        "from vanban.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=tmp_path, check=False,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip

    refused = run("export", path.name)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert len(refused.stderr.splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
    assert run("validate", path.name).returncode == 0
    written = run("export", path.name, "--docx", "--html")
    assert (written.returncode, written.stderr) == (0, "")


@pytest.fixture
def only_fonts(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only font folder of the machine."""
    folder = tmp_path_factory.mktemp("fonts")
    monkeypatch.setattr(fonts, "_system_folders", lambda *_: iter([folder]))
    return folder


def test_no_font_at_all(export: Export, draft: Write, only_fonts: Path) -> None:
    path = draft()
    export(path).refused(3, "Không tìm thấy phông chữ", "fonts-liberation2", "DOCX vẫn xuất được")
    export(path, "--pdf", "--lang", "en").refused(3, "fonts-liberation2")
    assert main(["validate", str(path)]) == 0
    assert export(path, "--docx", "--html").code == 0


def test_the_old_liberation_without_vietnamese(
    export: Export, draft: Write, only_fonts: Path
) -> None:
    """Fonts with the right name, all four styles, and Latin letters only."""
    found = sorted(
        path for path in Path("/usr/share/fonts").rglob("LiberationSerif-*.ttf") if path.is_file()
    )
    if len(found) < 4:
        pytest.skip("Liberation Serif is not installed")
    for path in found[:4]:
        old = FONTTOOLS.load_font(str(path), FONTTOOLS.Options())
        subsetter = FONTTOOLS.Subsetter(FONTTOOLS.Options(name_IDs=["*"], notdef_outline=True))
        subsetter.populate(unicodes=[*range(0x20, 0x7F), *range(0xA0, 0x100)])
        subsetter.subset(old)
        old.save(only_fonts / path.name)
    path = draft()
    export(path).refused(3, "Không tìm thấy phông chữ", "1.07")
    # A folder of the user's own with the same fonts changes nothing.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VANBAN_FONT_DIR", str(only_fonts))
        export(path, "--pdf", "--lang", "en").refused(3, "1.07")


@pytest.mark.parametrize("content", [b"", b"no font", b"\0\1\0\0" * 64])
def test_broken_font_files(export: Export, draft: Write, only_fonts: Path, content: bytes) -> None:
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        (only_fonts / f"LiberationSerif-{style}.ttf").write_bytes(content)
    export(draft(), "--pdf").refused(3, "Không tìm thấy phông chữ")


def test_a_font_folder_that_is_not_there(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draft()
    monkeypatch.setenv("VANBAN_FONT_DIR", "không có/ở đây")
    assert export(path, "--pdf").code == 0


# --- stopped half-way ---------------------------------------------------------------------------


@pytest.mark.parametrize("earlier", [False, True], ids=["new", "replacing"])
def test_a_fault_of_the_pdf_leaves_the_word_file_unwritten(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch, earlier: bool
) -> None:
    from vanban.errors import OutputError
    from vanban.render import pdf

    path = draft()
    if earlier:
        assert export(path).code == 0
        draft("a.yaml", ("Nguyễn Văn A", "Nguyễn Văn B"))

    def fail(*_: Any) -> Any:
        raise OutputError("thử")

    monkeypatch.setattr(pdf, "render_pdf_pages", fail)
    export(path).refused(4, "thử")


@pytest.mark.parametrize("format", ["docx", "pdf", "html"])
@pytest.mark.parametrize(
    ("stop", "code", "lines"),
    [(KeyboardInterrupt(), 130, 1), (MemoryError(), 4, 1), (RecursionError("sâu"), 4, 1)],
    ids=["ctrl-c", "memory", "recursion"],
)
def test_a_stop_while_rendering_leaves_nothing(
    export: Export,
    draft: Write,
    monkeypatch: pytest.MonkeyPatch,
    format: str,
    stop: BaseException,
    code: int,
    lines: int,
) -> None:
    from vanban import exporting

    real = exporting._render

    def render(document: Any, kind: Any, asked: str, *more: Any) -> Any:
        if asked == format:
            raise stop
        return real(document, kind, asked, *more)

    monkeypatch.setattr(exporting, "_render", render)
    ran = export(draft(), "--docx", "--pdf", "--html")
    assert ran.code == code
    assert ran.err.count("\n") == lines  # click ends the line that "^C" began
    assert (ran.out, ran.after) == ("", ran.before)


@pytest.mark.parametrize("call", [1, 2])
def test_ctrl_c_while_writing_leaves_nothing(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    path, calls, real = draft(), [0], os.fsync

    def stop(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] == call:
            raise KeyboardInterrupt
        real(descriptor)

    monkeypatch.setattr(os, "fsync", stop)
    ran = export(path, "--docx", "--html")
    assert (ran.code, ran.out, ran.after) == (130, "", ran.before)


@pytest.mark.parametrize("call", [1, 2])
def test_a_full_disk(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    path, calls, real = draft(), [0], os.fsync

    def full(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] % 2 == call % 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    export(path, "--docx", "--html").refused(3, "ổ đĩa đã đầy")
    calls[0] = 0
    export(path, "--docx", "--html", "--lang", "en").refused(3, "the disk is full")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_console_that_takes_nothing_more(draft: Write, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "vanban", "export", "--html", str(draft())],
            stdout=full, stderr=subprocess.PIPE, check=False, encoding="utf-8", cwd=tmp_path,
        )  # fmt: skip
    assert "Traceback" not in ran.stderr
    assert ran.returncode in {0, 3, 4}
    assert not list(tmp_path.glob(".vanban-*"))


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["cp1252", "C", "ascii"],
)
def test_a_console_of_another_encoding(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "thư mục có dấu"
    folder.mkdir()
    path = folder / "báo cáo.yaml"
    path.write_bytes(SMALL.read_bytes())
    ran = subprocess.run(
        [sys.executable, "-m", "vanban", "export", "--html", "--docx", str(path)],
        env={**os.environ, **environment}, capture_output=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    assert f"Đã ghi {path.with_suffix('.docx')}" in ran.stdout.decode("utf-8")
    assert {p.name for p in folder.iterdir()} == {"báo cáo.yaml", "báo cáo.docx", "báo cáo.html"}
