"""``vanban fix``: what it writes, what it says, how it ends."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, Vanban
from tests.cli.conftest import draft as draft
from tests.cli.conftest import vanban as vanban

Write = Callable[..., Path]
CLEAN = "Đảng ủy tổ chức 03 hội nghị"
BROKEN = "Đảng\u200b ủy tổ chức 03 hội nghị"
DAMAGE = (CLEAN, BROKEN)
SOUND = EXAMPLE.read_text("utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_itself_is_mended(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    path = draft("a.yaml", *DAMAGE)
    ran = vanban("fix", path.name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "a.yaml: đã sửa 1 chỗ (TXT001); không còn lời nhắc nào.\n"
    assert path.read_text("utf-8") == SOUND
    assert names(tmp_path) == ["a.yaml"]


def test_nothing_to_mend_nothing_written(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml")
    os.utime(path, (1, 1))
    path.chmod(0o444)
    ran = vanban("fix", path.name)
    assert (ran.code, ran.out) == (0, "a.yaml: không có gì phải sửa.\n")
    assert path.stat().st_mtime == 1


def test_the_english_voice(vanban: Vanban, draft: Write) -> None:
    ran = vanban("fix", "--lang", "en", draft("a.yaml", *DAMAGE).name)
    assert ran.out == "a.yaml: 1 place(s) mended (TXT001); no remark is left.\n"


def test_errors_that_are_left_decide_the_code(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", "loai_ky: chin_thang", "loai_ky: chin_than")
    before = path.read_bytes()
    ran = vanban("fix", path.name)
    assert ran.code == 1
    assert ran.out.startswith("a.yaml: không có chỗ nào tự sửa được; còn 1 lỗi")
    assert path.read_bytes() == before


def test_a_diff_writes_nothing(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", *DAMAGE)
    before = path.read_bytes()
    ran = vanban("fix", "--diff", path.name)
    assert path.read_bytes() == before
    lines = ran.out.splitlines()
    assert lines[:2] == ["--- a.yaml", "+++ a.yaml"]
    assert [line for line in lines[2:] if line[0] in "-+"] == [
        "-" + next(line for line in before.decode().split("\n") if BROKEN in line),
        "+" + next(line for line in SOUND.split("\n") if CLEAN in line),
    ]
    assert ran.err == "a.yaml: sẽ sửa 1 chỗ (TXT001); không còn lời nhắc nào.\n"


def test_the_diff_can_be_applied(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    import shutil
    import subprocess

    if shutil.which("patch") is None:
        pytest.skip("no patch")
    path = draft("a.yaml", *DAMAGE)
    text = path.read_text("utf-8").replace("Xã Mẫu\n", "Xã Mẫu\u200b\n", 1)
    path.write_text(text.rstrip("\n"), "utf-8")
    (tmp_path / "a.diff").write_text(vanban("fix", "--diff", path.name).out, "utf-8")
    subprocess.run(["patch", "a.yaml", "a.diff"], cwd=tmp_path, check=True, capture_output=True)
    assert path.read_text("utf-8") == SOUND.rstrip("\n")


def test_a_diff_in_colours(vanban: Vanban, draft: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = draft("a.yaml", *DAMAGE)
    assert "\x1b" not in vanban("fix", "--diff", path.name).out
    monkeypatch.setattr("vanban.cli.common.colour_of", lambda stream: True)
    assert "\x1b[32m\x1b[22m+" in vanban("fix", "--diff", path.name).out


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_standard_input_is_printed(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = "\ufeff" + SOUND.replace(*DAMAGE).replace("\n", "\r\n")
    feed(monkeypatch, broken)
    ran = vanban("fix", "-")
    assert ran.code == 0
    assert ran.out == broken.replace("\u200b", "")
    assert ran.err == "-: đã sửa 1 chỗ (TXT001); không còn lời nhắc nào.\n"
    assert names(tmp_path) == []


def test_standard_input_without_a_mistake_is_printed(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, SOUND)
    assert vanban("fix", "-").out == SOUND


def test_standard_input_as_json(vanban: Vanban, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, SOUND)
    assert vanban("fix", "-", "--format", "json").code == 2


def test_json(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", *DAMAGE)
    document = json.loads(vanban("fix", path.name, "--diff", "--format", "json").out)
    (file,) = document["files"]
    assert document["summary"]["mended"] == 1 and document["findings"] == []
    assert file["changed"] and not file["written"]
    assert file["mended"][0]["fix"]["edits"][0]["text"] == ""
    assert set(file["mended"][0]["fix"]["edits"][0]) == {
        "line", "column", "end_line", "end_column", "text",
    }  # fmt: skip
    assert file["diff"].startswith("--- a.yaml\n")
    document = json.loads(vanban("fix", path.name, "--format", "json").out)
    assert document["files"][0]["written"] and path.read_text("utf-8") == SOUND


def test_output_elsewhere(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    path = draft("a.yaml", *DAMAGE)
    before = path.read_bytes()
    assert vanban("fix", path.name, "-o", "b.yaml").out.startswith("Đã ghi b.yaml\n")
    (tmp_path / "ra").mkdir()
    assert vanban("fix", path.name, "-o", "ra").code == 0
    for made in (tmp_path / "b.yaml", tmp_path / "ra" / "a.yaml"):
        assert made.read_text("utf-8") == SOUND
    assert path.read_bytes() == before
    ran = vanban("fix", path.name, "-o", "-")
    assert ran.out == SOUND


def test_another_file_is_not_replaced(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    draft("a.yaml", *DAMAGE)
    other = tmp_path / "b.yaml"
    other.write_text("loai: x\n", "utf-8")
    ran = vanban("fix", "a.yaml", "-o", "b.yaml")
    assert ran.code == 3 and "b.yaml" in ran.err
    assert other.read_text("utf-8") == "loai: x\n"
    assert vanban("fix", "a.yaml", "-o", "b.yaml", "--force").code == 0
    assert other.read_text("utf-8") == SOUND


@pytest.mark.parametrize("target", ["b.json", "b.txt", "khong/co", "moi/"])
def test_targets_that_cannot_be(vanban: Vanban, draft: Write, target: str, tmp_path: Path) -> None:
    draft("a.yaml", *DAMAGE)
    assert vanban("fix", "a.yaml", "-o", target).code == 2
    assert names(tmp_path) == ["a.yaml"]


def test_several_drafts(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    draft("a.yaml", *DAMAGE)
    draft("b.yaml", "loai_ky: chin_thang", "loai_ky: chin_than")
    (tmp_path / "c.yaml").write_text("loai: [\n", "utf-8")
    draft("d.yaml", *DAMAGE)
    ran = vanban("fix", ".")
    # one bad file never stops the others, the worst decides
    assert ran.code == 3
    assert "INP005" in ran.err
    assert (tmp_path / "a.yaml").read_text("utf-8") == SOUND
    assert (tmp_path / "d.yaml").read_text("utf-8") == SOUND
    assert ran.out.splitlines()[-1] == "Đã sửa 2 chỗ trong 2 tệp, xem 4 tệp."
    assert vanban("fix", "a.yaml", "b.yaml", "-o", "x.yaml").code == 2
    assert vanban("fix", "a.yaml", "b.yaml", "-o", "-").code == 2


def test_links_that_lead_nowhere_stop_nobody(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    draft("a.yaml", *DAMAGE)
    draft("tên có dấu  và cách.yaml", *DAMAGE)
    for name, target in {"b": "khong", "c": "d", "d": "c", "e": "."}.items():
        (tmp_path / f"{name}.yaml").symlink_to(target if target == "." else f"{target}.yaml")
    (tmp_path / "f.yaml").mkdir()
    ran = vanban("fix", ".", "b.yaml", "c.yaml", "f.yaml")
    assert ran.code == 3 and "INP001" in ran.err and "INP020" in ran.err
    assert (tmp_path / "a.yaml").read_text("utf-8") == SOUND
    assert (tmp_path / "tên có dấu  và cách.yaml").read_text("utf-8") == SOUND


def test_two_drafts_of_one_name(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    draft("x/a.yaml", *DAMAGE)
    draft("y/a.yaml", *DAMAGE)
    (tmp_path / "ra").mkdir()
    assert vanban("fix", "x/a.yaml", "y/a.yaml", "-o", "ra").code == 2
    assert names(tmp_path / "ra") == []


def test_json_drafts_are_mended(vanban: Vanban, tmp_path: Path) -> None:
    from tests.rules.kit import put, sound

    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", "Đảng\u200b ủy duy trì 04 mô hình.")
    text = json.dumps(data, ensure_ascii=False, indent=4, default=int)
    (tmp_path / "a.json").write_text(text, "utf-8")
    assert vanban("fix", "a.json").code == 0
    assert (tmp_path / "a.json").read_text("utf-8") == text.replace("\u200b", "")


def test_the_doubtful_are_counted_and_mended_when_asked(vanban: Vanban, tmp_path: Path) -> None:
    from tests.rules.kit import BAD

    path = tmp_path / "a.yaml"
    path.write_bytes((BAD / "NUM002-chua_dat.yaml").read_bytes())
    ran = vanban("fix", "a.yaml", "--select", "NUM002")
    assert "--unsafe --diff" in ran.out.splitlines()[-1]
    ran = vanban("fix", "a.yaml", "--select", "NUM002", "--unsafe")
    assert "đã sửa 1 chỗ (NUM002)" in ran.out
    assert vanban("fix", "a.yaml", "--select", "NUM002").out == "a.yaml: không có gì phải sửa.\n"


def test_rules_may_be_chosen(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", *DAMAGE)
    before = path.read_bytes()
    assert vanban("fix", "a.yaml", "--ignore", "TXT001").code == 0
    assert path.read_bytes() == before
    assert vanban("fix", "a.yaml", "--select", "TXT999").code == 2


def test_settings_hold(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    path = draft("a.yaml", *DAMAGE)
    before = path.read_bytes()
    (tmp_path / "vanban.toml").write_text('ignore = ["TXT"]\n', "utf-8")
    vanban("fix", "a.yaml")
    assert path.read_bytes() == before
    vanban("fix", "a.yaml", "--no-config")
    assert path.read_text("utf-8") == SOUND


def test_the_mode_stays(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", *DAMAGE)
    path.chmod(0o640)
    vanban("fix", "a.yaml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    path = draft("thật/a.yaml", *DAMAGE)
    link = tmp_path / "b.yaml"
    link.symlink_to(path)
    assert vanban("fix", "b.yaml").code == 0
    assert link.is_symlink() and path.read_text("utf-8") == SOUND


def test_a_file_that_is_read_only(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", *DAMAGE)
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("nothing is read-only here")
    ran = vanban("fix", "a.yaml")
    assert ran.code == 3 and "a.yaml" in ran.err


def test_a_file_that_changed_meanwhile_is_not_replaced(
    vanban: Vanban, draft: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban import fixing

    path = draft("a.yaml", *DAMAGE)
    real = fixing.fix

    def slow(*args: object, **more: object) -> object:
        made = real(*args, **more)  # type: ignore[arg-type]
        path.write_text("loai: bao-cao-so-ket  # mới gõ\n", "utf-8")
        return made

    monkeypatch.setattr(fixing, "fix", slow)
    ran = vanban("fix", "a.yaml")
    assert ran.code == 3 and "a.yaml" in ran.err
    assert path.read_text("utf-8") == "loai: bao-cao-so-ket  # mới gõ\n"


def test_validate_says_how_many_can_be_mended(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", *DAMAGE)
    ran = vanban("validate", path.name)
    assert ran.out.splitlines()[-1].startswith("Trong đó 1 chỗ tự sửa được: chạy “vanban fix”")
    assert "vanban fix" not in vanban("validate", "--concise", path.name).out
    assert "vanban fix" not in vanban("validate", "--format", "json", path.name).out
