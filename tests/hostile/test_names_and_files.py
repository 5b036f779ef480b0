"""Names of files, links, pipes, devices."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.cli.main import main
from vanban.doors import files, names
from vanban.read.reader import read_path

from .commands import SMALL, files_below

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes, devices")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("a.docx", None), ("báo cáo.docx", None), ("console.docx", None), ("com10.pdf", None),
        ("nulls.pdf", None), ("CON", "reserved_name"), ("con.docx", "reserved_name"),
        ("Nul.tar.gz", "reserved_name"), ("COM1.pdf", "reserved_name"),
        ("lpt9.html", "reserved_name"), ("aux .docx", "reserved_name"),
        ("COM¹.docx", "reserved_name"), ("conin$", "reserved_name"), ("a:b.docx", "bad_name"),
        ("a?.docx", "bad_name"), ("a\\b.docx", "bad_name"), ("a\x1f.docx", "bad_name"),
        ("a.docx.", "bad_name"), ("a.docx ", "bad_name"), ("", "bad_name"), ("..", "bad_name"),
        (".", "bad_name"), ("a/b", "bad_name"), ("a\0b", "bad_name"),
    ],
)  # fmt: skip
def test_names_on_windows(name: str, slug: str | None) -> None:
    assert names.fault(name, windows=True) == slug


@given(st.text())
def test_no_name_leaves_its_folder(name: str) -> None:
    if names.fault(name, windows=False) is None:
        assert Path("/f", name).parent == Path("/f")


@posix
def test_a_link_that_leads_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there = tmp_path / "đây", tmp_path / "kia"
    here.mkdir()
    there.mkdir()
    shutil.copy(SMALL, here / "a.yaml")
    (there / "riêng.html").write_text("of somebody else", "utf-8")
    (here / "a.html").symlink_to(there / "riêng.html")
    draft = str(here / "a.yaml")
    for force in ([], ["--force"]):
        assert main(["export", draft, "--html", *force]) == 3
        assert "liên kết dẫn ra ngoài" in capsys.readouterr().err
        assert (there / "riêng.html").read_text("utf-8") == "of somebody else"
    # A name of a folder that is a link is the user's own arrangement.
    (tmp_path / "lối tắt").symlink_to(there)
    assert main(["export", draft, "--html", "-o", str(tmp_path / "lối tắt")]) == 0
    # A file of ours at the end of the link may be made anew.
    (here / "a.html").unlink()
    (here / "a.html").symlink_to(there / "a.html")
    assert main(["export", draft, "--html"]) == 0
    assert (here / "a.html").is_symlink()
    # And one that was edited may not.
    (there / "a.html").write_text("edited", "utf-8")
    assert main(["export", draft, "--html", "--force"]) == 3


@posix
def test_a_link_that_is_put_there_while_the_pages_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban import exporting

    here = tmp_path / "đây"
    here.mkdir()
    shutil.copy(SMALL, here / "a.yaml")
    (tmp_path / "riêng").write_text("of somebody else", "utf-8")
    real = exporting._render

    def slow(*given: object, **more: object) -> object:
        (here / "a.html").symlink_to(tmp_path / "riêng")
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "_render", slow)
    assert main(["export", str(here / "a.yaml"), "--html", "--force"]) == 3
    assert (tmp_path / "riêng").read_text("utf-8") == "of somebody else"
    assert files_below(here) == {"a.yaml", "a.html"}


@posix
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/full", "/dev/urandom", "/dev/null"])
def test_devices_are_not_read(name: str) -> None:
    if Path(name).exists():
        assert [f.key for f in read_path(name).faults] == ["INP020.khong_thuong"]


@posix
def test_a_pipe_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    assert [f.key for f in read_path(str(tmp_path / "a.yaml")).faults] == ["INP020.khong_thuong"]
    assert main(["validate", str(tmp_path)]) in (0, 1, 2, 3)


@posix
def test_what_the_shell_hands_over_is_read() -> None:
    reader, writer = os.pipe()
    thread = threading.Thread(target=lambda: (os.write(writer, b"loai: x\n"), os.close(writer)))
    thread.start()
    try:
        assert files.read(f"/dev/fd/{reader}", 100) == b"loai: x\n"
    finally:
        thread.join()
        os.close(reader)


def test_only_so_much_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert files.read(tmp_path / "a", 10) == b"x" * 11
    with pytest.raises(IsADirectoryError):
        files.read(tmp_path, 10)
    with pytest.raises(ValueError, match="null"):
        files.read("a\0b", 10)
