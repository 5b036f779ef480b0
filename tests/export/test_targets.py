"""Where files go, and what is never replaced."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import pytest

import vanban

from .conftest import ROOT, SMALL, Export, Write

FORMATS = ("docx", "pdf", "html")
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX files")


def edited_docx(path: Path) -> None:
    document = docx.Document(str(path))
    document.add_paragraph("thêm tay")
    document.save(str(path))


def edited_pdf(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n%% a note\n")


def edited_html(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "Nguyễn Văn A" in text
    path.write_text(text.replace("Nguyễn Văn A", "Nguyễn Văn B"), "utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_our_own_file_is_replaced_without_a_word(export: Export, draft: Write, format: str) -> None:
    path = draft()
    first = export(path, f"--{format}")
    assert (first.code, first.err) == (0, "")
    again = export(path, f"--{format}")
    assert (again.code, again.err) == (0, "")
    assert again.after == first.after
    draft("a.yaml", ("Nguyễn Văn A", "Nguyễn Văn B"))
    changed = export(path, f"--{format}")
    assert changed.code == 0, changed.err
    assert changed.after[f"a.{format}"] != first.after[f"a.{format}"]


@pytest.mark.parametrize(
    ("format", "edit"),
    [
        ("docx", edited_docx), ("pdf", edited_pdf), ("pdf", appended),
        ("html", edited_html), ("html", appended),
    ],
)  # fmt: skip
def test_an_edited_file_is_kept(export: Export, draft: Write, format: str, edit: object) -> None:
    path = draft()
    target = path.with_suffix(f".{format}")
    assert export(path, f"--{format}").code == 0
    edit(target)  # type: ignore[operator]
    export(path, f"--{format}").refused(3, target.name, "đã được sửa", "--force")
    export(path, f"--{format}", "--lang", "en").refused(3, target.name, "edited", "--force")
    assert export(path, f"--{format}", "--force").code == 0
    assert export(path, f"--{format}").code == 0


def test_one_edited_file_keeps_the_other_from_being_written(export: Export, draft: Write) -> None:
    path = draft()
    assert export(path).code == 0
    draft("a.yaml", ("Nguyễn Văn A", "Nguyễn Văn B"))
    edited_pdf(path.with_suffix(".pdf"))
    export(path).refused(3, "a.pdf", "đã được sửa")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.4 another", b"<html>another</html>", bytes(range(256))]
)
def test_a_foreign_file_is_kept(export: Export, draft: Write, format: str, data: bytes) -> None:
    path = draft()
    path.with_suffix(f".{format}").write_bytes(data)
    export(path, f"--{format}").refused(3, f"a.{format}", "không do vanban", "--force")


def test_a_word_file_of_another_program_is_foreign(export: Export, draft: Write) -> None:
    path = draft()
    docx.Document().save(str(path.with_suffix(".docx")))
    export(path, "--docx").refused(3, "không do vanban tạo ra")
    export(path, "--docx", "--lang", "en").refused(3, "vanban did not write it")


@pytest.mark.parametrize("lock", ["~$báo cáo.docx", "~$áo cáo.docx", "~$o cáo.docx"])
def test_a_file_open_in_word(export: Export, draft: Write, tmp_path: Path, lock: str) -> None:
    path = draft("báo cáo.yaml")
    assert export(path, "--docx").code == 0
    (tmp_path / lock).touch()
    for force in ([], ["--force"]):
        export(path, "--docx", *force).refused(3, "báo cáo.docx", "đang mở", lock)
    export(path, "--docx", "--lang", "en").refused(3, "open in Word", lock)
    assert export(path, "--html").code == 0


def test_a_file_open_in_libreoffice(export: Export, draft: Write, tmp_path: Path) -> None:
    path = draft()
    assert export(path, "--docx").code == 0
    (tmp_path / ".~lock.a.docx#").touch()
    export(path, "--docx").refused(3, "đang mở", ".~lock.a.docx#")


@posix
def test_a_lock_beside_the_file_that_a_link_leads_to(
    export: Export, draft: Write, tmp_path: Path
) -> None:
    path = draft()
    (tmp_path / "kho").mkdir()
    (tmp_path / "a.docx").symlink_to(tmp_path / "kho" / "a.docx")
    ran = export(path, "--docx")
    assert ran.code == 0, ran.err
    assert ran.new == {"kho/a.docx"}
    assert (tmp_path / "a.docx").is_symlink()
    (tmp_path / "kho" / "~$a.docx").touch()
    export(path, "--docx").refused(3, "đang mở")


@posix
def test_a_link_whose_folder_is_gone(export: Export, draft: Write, tmp_path: Path) -> None:
    path = draft()
    (tmp_path / "a.docx").symlink_to(tmp_path / "không còn" / "a.docx")
    export(path, "--docx").refused(3, "không còn", "chưa có thư mục")


@posix
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_what_is_no_ordinary_file_is_neither_read_nor_replaced(
    export: Export, draft: Write, tmp_path: Path, force: list[str]
) -> None:
    path = draft()
    os.mkfifo(tmp_path / "ong.html")
    (tmp_path / "vong.html").symlink_to(tmp_path / "vong.html")
    (tmp_path / "thiet-bi.html").symlink_to("/dev/null")
    for name in ("ong.html", "vong.html", "thiet-bi.html"):
        ran = export(path, "--html", "-o", name, *force)
        ran.refused(3, name, "không phải của một tệp thường")
    export(path, "--html", "-o", "ong.html", "--lang", "en").refused(3, "no ordinary file")


def test_a_folder_of_this_name(export: Export, draft: Write, tmp_path: Path) -> None:
    path = draft()
    (tmp_path / "a.pdf").mkdir()
    export(path).refused(3, "a.pdf", "thư mục mang tên này")
    export(path, "--force", "--lang", "en").refused(3, "a.pdf", "a folder has this name")


def test_a_folder_that_is_missing(export: Export, draft: Write) -> None:
    path = draft()
    export(path, "-o", "chưa có/ra.docx").refused(3, "chưa có thư mục chưa có")
    export(path, "-o", "chưa có").refused(3, "Không có thư mục chưa có")
    export(path, "-o", "chưa có/", "--lang", "en").refused(3, "There is no folder chưa có")


def test_a_file_where_a_folder_should_be(export: Export, draft: Write, tmp_path: Path) -> None:
    path = draft()
    (tmp_path / "tệp").touch()
    export(path, "-o", "tệp/ra.docx").refused(3, "tệp là một tệp, không phải thư mục")
    export(path, "-o", "tệp").refused(3, ".docx, .pdf")
    export(path, "-o", "a.yaml/ra.html", "--lang", "en").refused(3, "is a file, not a folder")


def test_a_folder_that_may_not_be_written(
    export: Export, draft: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draft()
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, m: Path(p) != tmp_path and real(p, m))
    export(path).refused(3, "a.docx", "không cho ghi", "-o")
    export(path, "--lang", "en").refused(3, "a.docx", "not writable")


def test_a_folder_that_lies_about_being_writable(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def forbid(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if mode == "xb":
            raise PermissionError(13, "Permission denied")
        return real(self, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", forbid)
    export(draft(), "--docx").refused(3, "a.docx", "không cho ghi")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc")
def test_a_file_system_that_takes_no_files(export: Export, draft: Write) -> None:
    path = draft()
    ran = export(path, "--html", "-o", "/proc")
    ran.refused(3, "Không ghi được /proc/a.html")
    assert "No such file" not in ran.err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["-o", "-"], ["-o phải là một thư mục"]),
        (["--docx", "-o", "ra.pdf"], ["ra.pdf", "--docx"]),
        (["-o", "ra.docx", "b.yaml"], ["ra.docx", "thư mục"]),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    export: Export, draft: Write, given: list[str], words: list[str]
) -> None:
    draft("b.yaml")
    ran = export(draft(), *given)
    assert ran.code == 2
    assert ran.after == ran.before
    (said,) = [line for line in ran.err.splitlines() if line.startswith("vanban:")]
    for word in words:
        assert word in said


@pytest.mark.parametrize("name", ["ra", "ra.txt", "ra.doc", "ra.docx.bak", ".docx"])
def test_a_name_that_tells_no_format(export: Export, draft: Write, name: str) -> None:
    export(draft(), "-o", name).refused(3, name, ".docx, .pdf hoặc .html")


def test_several_drafts_with_one_name(export: Export, draft: Write, tmp_path: Path) -> None:
    one, two = draft("x/a.yaml"), draft("x/a.yml")
    ran = export("--html", one, two)
    assert (ran.code, ran.after) == (2, ran.before)
    assert "cùng một tệp" in ran.err
    ran = export("--html", "x/a.yaml", "x/../x/a.yml")
    assert (ran.code, ran.after) == (2, ran.before)
    ran = export("--html", one, "x/../x/a.yaml")  # the same draft twice is one draft
    assert (ran.code, ran.new) == (0, {"x/a.html"})


@posix
@pytest.mark.parametrize(
    "name",
    [
        "tên có dấu cách.yaml", "Ủy ban — 05.2023.yaml", "😀.yaml", "-a.yaml", "con.yaml",
        "a.b.c.yaml", "%s {0} $HOME.yaml", "'\"&<>.yaml", "a\nb.yaml",
    ],
)  # fmt: skip
def test_names_are_only_names(export: Export, draft: Write, name: str, tmp_path: Path) -> None:
    stem = name.removesuffix(".yaml")
    path = draft(name)
    ran = export("--html", "--docx", path)
    assert ran.code == 0, ran.err
    assert ran.new == {f"{stem}.docx", f"{stem}.html"}
    assert export("--html", "--docx", path).code == 0


def test_a_draft_without_a_name_makes_no_hidden_file(export: Export, draft: Write) -> None:
    ran = export("--html", draft(".yaml"))
    assert (ran.code, ran.new) == (0, {"bao-cao-so-ket.html"})


@posix
def test_a_name_as_long_as_the_system_takes(export: Export, draft: Write) -> None:
    fits = draft("n" * 250 + ".yaml")
    for _ in range(2):  # the second time the file is there, and the name of its lock is too long
        assert export("--html", "--docx", fits).code == 0
    over = draft("n" * 251 + ".yml")
    export("--html", over).refused(3, "quá dài")
    export("--html", "--docx", over, "--lang", "en").refused(3, "too long")
    export("--html", over, "-o", "m" * 300 + ".html").refused(3, "quá dài")
    export("--html", over, "-o", "m" * 300).refused(3, "Không có thư mục mmm")


def test_a_name_that_no_system_takes(tmp_path: Path) -> None:
    with pytest.raises(vanban.TargetError, match="không dùng được"):
        vanban.export(vanban.load(SMALL), tmp_path / "a\0b.html")


def test_standard_input(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = draft()
    for given, made in ([], "bao-cao-so-ket.html"), (["-o", "ra.html"], "ra.html"):
        with path.open(encoding="utf-8") as stream:
            monkeypatch.setattr("sys.stdin", stream)
            ran = export("-", "--html", *given)
        assert (ran.code, ran.new) == (0, {made}), ran.err


def test_a_file_changed_while_the_pages_were_made(
    export: Export, draft: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban import exporting

    path = draft()
    assert export(path, "--html").code == 0
    real = exporting._render

    def slow(*given: object) -> object:
        edited_html(path.with_suffix(".html"))
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "_render", slow)
    ran = export(path, "--html")
    assert ran.code == 3
    assert "đã được sửa" in ran.err
    assert "Nguyễn Văn B" in path.with_suffix(".html").read_text("utf-8")


def test_a_text_that_looks_like_a_seal_breaks_nothing(export: Export, draft: Write) -> None:
    fake = "vanban-sha256 " + "0" * 64
    path = draft("a.yaml", ("Nguyễn Văn A", f'<meta name="vanban-sha256" content="{fake[14:]}">'))
    assert export(path, "--docx", "--pdf", "--html", "--allow-errors").code == 0
    assert "&lt;meta name=" in path.with_suffix(".html").read_text("utf-8")
    assert export(path, "--docx", "--pdf", "--html", "--allow-errors").code == 0


def test_the_draft_and_the_template_are_never_written_over(
    export: Export, draft: Write, tmp_path: Path
) -> None:
    path = draft()
    word = (ROOT / "templates" / "bao-cao-so-ket" / "document.dang-hd36.docx").read_bytes()
    (tmp_path / "a.docx").write_bytes(word)
    for force in ([], ["--force"]):
        ran = export(path, "--docx", "--template", "a.docx", *force)
        ran.refused(3, "a.docx", "đang được dùng làm bản thảo hoặc làm mẫu")
    draft("b.html")
    export("b.html", "--html", "--force", "--lang", "en").refused(3, "b.html", "the very draft")
