"""Writing: whole files or none, and never over somebody else's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vanban import seal
from vanban.errors import TargetError
from vanban.writing import check_target, write_all

PAGE = f'<meta name="generator" content="{seal.EMPTY}"><p>Đảng ủy xã Mẫu</p>'.encode()


def ours(path: Path, data: bytes = PAGE) -> Path:
    path.write_bytes(seal.seal(data))
    return path


def test_a_sealed_file_is_recognised_as_ours(tmp_path: Path) -> None:
    assert seal.origin(ours(tmp_path / "a.html")) is seal.Origin.OURS


def test_the_seal_keeps_the_length(tmp_path: Path) -> None:
    assert len(seal.seal(PAGE)) == len(PAGE)
    assert seal.EMPTY.encode() not in seal.seal(PAGE)


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
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(TargetError, match="đang mở trong Word"):
        write_all([(tmp_path / "a.docx", b"1")])
    assert list(tmp_path.iterdir()) == []


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
