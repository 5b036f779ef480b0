"""Writing: whole files or none, and never over somebody else's work."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from vanban import seal
from vanban.errors import TargetError
from vanban.writing import check_target, write_all

PAGE = '<head>\n<meta charset="utf-8"></head><p>Đảng ủy xã Mẫu</p>'.encode()
BARE = "<p>Đảng ủy xã Mẫu</p>".encode()
PDF = f"%PDF-1.7 <{seal.PDF_ELEMENT}>{seal.EMPTY}</{seal.PDF_ELEMENT}>".encode()


def ours(path: Path, data: bytes = PAGE) -> Path:
    path.write_bytes(seal.seal_html(data))
    return path


@pytest.mark.parametrize(
    "data",
    [seal.seal_html(PAGE), seal.seal_html(BARE), seal.seal_html(b""), seal.seal_pdf(PDF)],
    ids=["page", "page without a head", "empty page", "pdf"],
)
def test_a_sealed_file_is_recognised_as_ours_and_any_change_noticed(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert seal.origin(path) is seal.Origin.OURS
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert seal.origin(path) in {seal.Origin.EDITED, seal.Origin.FOREIGN}


def test_the_seal_of_a_page_stands_in_its_head() -> None:
    sealed = seal.seal_html(PAGE)
    assert sealed.startswith(
        b'<head>\n<meta charset="utf-8">\n<meta name="vanban-sha256" content="'
    )
    assert seal.EMPTY.encode() not in sealed


def test_the_seal_keeps_the_length_of_a_pdf() -> None:
    assert len(seal.seal_pdf(PDF)) == len(PDF)
    assert seal.EMPTY.encode() not in seal.seal_pdf(PDF)


def test_only_the_first_seal_is_filled(tmp_path: Path) -> None:
    """A page may hold what looks like a seal further on; it is content."""
    page = PAGE + f'<meta name="{seal.HTML_NAME}" content="{seal.EMPTY}">'.encode()
    path = ours(tmp_path / "a.html", page)
    assert path.read_bytes().count(seal.EMPTY.encode()) == 1
    assert seal.origin(path) is seal.Origin.OURS


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ours(tmp_path / "a.html")
    monkeypatch.setattr(seal, "MAX_TARGET_BYTES", 10)
    assert seal.origin(path) is seal.Origin.FOREIGN


def test_an_edited_file_is_noticed(tmp_path: Path) -> None:
    path = ours(tmp_path / "a.html")
    path.write_bytes(path.read_bytes().replace("Mẫu".encode(), "Mới".encode()))
    assert seal.origin(path) is seal.Origin.EDITED


def test_a_file_without_a_seal_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 of somebody else")
    assert seal.origin(path) is seal.Origin.FOREIGN
    path.write_bytes(b"PK\x03\x04 and nothing that is a zip")
    assert seal.origin(path) is seal.Origin.FOREIGN


def test_nothing_there_is_nobodys(tmp_path: Path) -> None:
    assert seal.origin(tmp_path / "a.pdf") is seal.Origin.NONE


def test_our_own_file_may_be_replaced(tmp_path: Path) -> None:
    check_target(ours(tmp_path / "a.html"))


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (lambda p: p.write_bytes(b"ghi chep rieng"), "không do vanban tạo ra"),
        (lambda p: ours(p).write_bytes(p.read_bytes() + b"x"), "đã được sửa"),
        (lambda p: p.mkdir(), "thư mục mang tên này"),
        (lambda p: (ours(p), (p.parent / f"~${p.name}").touch()), "đang mở trong Word"),
        (lambda p: (ours(p), (p.parent / f"~${p.name[2:]}").touch()), "đang mở trong Word"),
        (lambda p: (ours(p), (p.parent / f".~lock.{p.name}#").touch()), "đang mở trong Word"),
    ],
    ids=["foreign", "edited", "folder", "word-lock", "word-lock-short", "office-lock"],
)
def test_what_must_not_be_replaced(tmp_path: Path, prepare: object, reason: str) -> None:
    path = tmp_path / "báo cáo tháng.html"
    prepare(path)  # type: ignore[operator]
    with pytest.raises(TargetError, match=reason) as caught:
        check_target(path)
    assert caught.value.exit_code == 3
    assert "báo cáo tháng.html" in str(caught.value)


def test_force_replaces_even_a_foreign_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"ghi chep rieng")
    check_target(path, force=True)
    write_all([(path, PAGE)])
    assert path.read_bytes() == PAGE


def test_force_does_not_replace_a_file_that_is_open(tmp_path: Path) -> None:
    path = ours(tmp_path / "a.docx")
    (tmp_path / "~$a.docx").touch()
    with pytest.raises(TargetError, match="đang mở"):
        check_target(path, force=True)


def test_the_folder_must_exist_and_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="chưa có thư mục"):
        check_target(tmp_path / "chưa có" / "a.pdf")
    (tmp_path / "tệp").touch()
    with pytest.raises(TargetError, match="không phải thư mục"):
        check_target(tmp_path / "tệp" / "a.pdf")


def test_a_folder_or_file_that_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ours(tmp_path / "a.html")
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != tmp_path)
    with pytest.raises(TargetError, match="không cho ghi"):
        check_target(path)
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) == tmp_path)
    with pytest.raises(TargetError, match="chỉ đọc"):
        check_target(path)


def test_several_files_are_written_and_no_rest_is_left(tmp_path: Path) -> None:
    write_all([(tmp_path / "a.docx", b"1"), (tmp_path / "b.pdf", b"2")])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.docx", "b.pdf"]


def test_a_failure_before_the_first_move_changes_nothing(tmp_path: Path) -> None:
    first = ours(tmp_path / "a.html")
    before = first.read_bytes()
    with pytest.raises(TargetError, match="Không ghi được"):
        write_all([(first, b"new"), (tmp_path / "no folder" / "b.pdf", b"2")])
    assert first.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def test_a_target_locked_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ours(tmp_path / "a.html")
    before = old.read_bytes()
    move_only(monkeypatch, {"a.html"}, PermissionError(13, "Permission denied"))
    with pytest.raises(TargetError, match=r"b\.docx: tệp đang mở trong Word"):
        write_all([(old, b"1"), (tmp_path / "b.docx", b"2"), (tmp_path / "c.pdf", b"3")])
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]
    assert old.read_bytes() == before


def move_only(monkeypatch: pytest.MonkeyPatch, names: set[str], error: BaseException) -> None:
    """Let only targets of these names be moved to, and fail for all others."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name not in names:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_what_was_moved_is_moved_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool, error: BaseException
) -> None:
    def no_link(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    if not links:
        monkeypatch.setattr(os, "link", no_link)
    old = ours(tmp_path / "a.html")
    old.chmod(0o640)
    before = old.read_bytes()
    move_only(monkeypatch, {"a.html", "b.html"}, error)
    expected = TargetError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_all([(old, b"1"), (tmp_path / "b.html", b"2"), (tmp_path / "c.html", b"3")])
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]
    assert old.read_bytes() == before
    assert old.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "ổ đĩa đã đầy"),
        (errno.EROFS, "ổ đĩa chỉ cho đọc"),
        (errno.EFBIG, "tệp quá lớn"),
        (errno.EIO, "ổ đĩa bị lỗi"),
        (errno.EMFILE, "Too many"),
    ],
)
def test_the_reason_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    old = ours(tmp_path / "a.html")
    before = old.read_bytes()
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(TargetError, match=reason):
        write_all([(old, b"1"), (tmp_path / "b.docx", b"2")])
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]
    assert old.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="POSIX file modes")
def test_the_mode_of_a_replaced_file_is_kept_and_a_new_one_follows_the_umask(
    tmp_path: Path,
) -> None:
    old = ours(tmp_path / "old.html")
    old.chmod(0o640)
    plain = tmp_path / "plain"
    plain.touch()
    write_all([(old, b"1"), (tmp_path / "new.html", b"2")])
    assert old.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "new.html").stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_a_link_survives_and_its_file_is_replaced(tmp_path: Path) -> None:
    real = ours(tmp_path / "real.html")
    link = tmp_path / "link.html"
    link.symlink_to(real)
    write_all([(link, b"new")])
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
