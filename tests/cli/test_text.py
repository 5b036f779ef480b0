"""``vanban text``: plain texts are checked and mended before they go into a draft."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Vanban

WRONG = "Các đòng chí bí thư chi bộ ( ấp 1) đã họp.\r\nĐảng ủy đã dành được kết quả cao.\r\n"
MENDED = "Các đồng chí bí thư chi bộ (ấp 1) đã họp.\r\nĐảng ủy đã dành được kết quả cao.\r\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "đoạn văn.txt"
    path.write_bytes(WRONG.encode())
    return path


def test_findings_have_places_and_never_stop_a_clerk(vanban: Vanban, text: Path) -> None:
    ran = vanban("text", text, "--concise")
    assert ran.code == 0
    places = [line.split(": ")[0].rpartition("văn.txt")[2] for line in ran.out.splitlines()[:3]]
    assert places == [":1:5", ":1:28", ":2:12"]
    assert vanban("text", text, "--strict").code == 1


def test_a_clean_text_is_said_to_be_clean(vanban: Vanban, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Đảng ủy xã đã tổ chức hội nghị sơ kết.\n", "utf-8")
    ran = vanban("text", "a.txt")
    assert (ran.code, ran.out) == (0, "Đã kiểm tra 1 tệp: không có lỗi.\n")


def test_fix_writes_what_is_sure_and_nothing_else(vanban: Vanban, text: Path) -> None:
    ran = vanban("text", text, "--fix")
    assert ran.code == 0
    assert text.read_bytes() == MENDED.encode()
    assert "đã sửa 2 chỗ" in ran.out
    assert vanban("text", text, "--fix").code == 0
    assert text.read_bytes() == MENDED.encode()


def test_unsafe_mends_the_doubtful_too(vanban: Vanban, text: Path) -> None:
    vanban("text", text, "--fix", "--unsafe")
    assert "giành được" in text.read_text("utf-8")


def test_diff_shows_and_writes_nothing(vanban: Vanban, text: Path) -> None:
    ran = vanban("text", text, "--diff")
    assert "\n-Các đòng" in ran.out and "\n+Các đồng" in ran.out
    assert text.read_bytes() == WRONG.encode()


def test_a_mended_copy_goes_elsewhere(vanban: Vanban, text: Path, tmp_path: Path) -> None:
    assert vanban("text", text, "--fix", "-o", tmp_path / "mới.md").code == 0
    assert (tmp_path / "mới.md").read_bytes() == MENDED.encode()
    assert text.read_bytes() == WRONG.encode()
    ran = vanban("text", text, "--fix", "-o", tmp_path / "mới.md")
    assert ran.code == 3 and "đã có" in ran.err


def test_standard_input_is_mended_to_standard_output(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(WRONG.encode()), "utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    assert vanban("text", "-", "--fix").out == MENDED


def test_markdown_is_told_by_name_or_option(vanban: Vanban, tmp_path: Path) -> None:
    for name, arguments in (("a.md", ()), ("a", ("--markdown",))):
        (tmp_path / name).write_text("Gõ `a ,b` rồi xem.\n", "utf-8")
        assert vanban("text", name, *arguments).out == "Đã kiểm tra 1 tệp: không có lỗi.\n"
    (tmp_path / "a.txt").write_text("Gõ `a ,b` rồi xem.\n", "utf-8")
    assert "TXT031" in vanban("text", "a.txt").out


def test_a_folder_means_its_texts_and_one_bad_file_stops_nobody(
    vanban: Vanban, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00broken\x81")
    (tmp_path / "b.txt").write_text("Chào mừng đòng chí.\n", "utf-8")
    (tmp_path / "c.yaml").write_text("loai: x\n", "utf-8")
    ran = vanban("text", tmp_path, "--concise")
    assert ran.code == 3
    assert "a.txt" in ran.out and "b.txt:1:11" in ran.out and "c.yaml" not in ran.out


def test_json_holds_findings_and_edits(vanban: Vanban, text: Path) -> None:
    found = json.loads(vanban("text", text, "--format", "json").out)
    assert [one["rule"] for one in found["findings"]] == ["TXT020", "TXT033", "TXT021"]
    edit = found["findings"][0]["fix"]["edits"][0]
    assert (edit["line"], edit["column"], edit["text"]) == (1, 5, "đồng chí")


def test_all_formats_show_a_text(vanban: Vanban, text: Path) -> None:
    for name in ("sarif", "github", "junit", "html"):
        ran = vanban("text", text, "--format", name)
        assert ran.code == 0 and "TXT020" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [("--unsafe",), ("-o", "x.txt"), ("--force",), ("--fix", "--concise"), ("--fix", "--strict")],
)
def test_options_that_do_not_go_together(
    vanban: Vanban, text: Path, arguments: tuple[str, ...]
) -> None:
    assert vanban("text", text, *arguments).code == 2
    assert text.read_bytes() == WRONG.encode()


def test_an_empty_folder_and_a_missing_file(vanban: Vanban, tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    assert "không có tệp .txt" in vanban("text", "trống").err
    assert vanban("text", "không-có.txt").code == 3
