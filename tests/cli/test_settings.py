"""Settings and known findings on the command line."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Vanban
from vanban.config import Finder
from vanban.output import FileReport

Draft = Callable[..., Path]
WRONG = ("    dan_van: |\n", "    dan_van: |\n      Xã đạt 20/19 tiêu chí nông thôn mới.\n")


def test_settings_are_found_from_the_draft_not_from_the_current_folder(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    draft("xa/a.yaml", *WRONG)
    (tmp_path / "xa" / "vanban.toml").write_text('ignore = ["NUM004"]', "utf-8")
    assert vanban("validate", "xa/a.yaml").code == 0
    assert vanban("validate", "xa/a.yaml", "--no-config").code == 1


def test_a_mistake_in_the_settings_is_told_once(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    draft("a.yaml")
    draft("b.yaml")
    (tmp_path / "vanban.toml").write_text('ignroe = ["NUM004"]', "utf-8")
    ran = vanban("validate", "a.yaml", "b.yaml")
    assert ran.code == 1
    assert ran.out.count("vanban.toml:1:1") == 1
    assert 'ignroe = ["NUM004"]' in ran.out
    shown = json.loads(vanban("validate", "a.yaml", "--format", "json").out)
    (finding,) = shown["findings"]
    assert finding["file"] == "vanban.toml" and shown["summary"]["files"] == 1


def test_named_settings(vanban: Vanban, draft: Draft, tmp_path: Path) -> None:
    path = draft("a.yaml", *WRONG)
    (tmp_path / "khac.toml").write_text('[severity]\nNUM004 = "info"\n', "utf-8")
    assert vanban("validate", path, "--config", "khac.toml").code == 0
    missing = vanban("validate", path, "--config", "khong-co.toml")
    assert missing.code == 2 and "khong-co.toml" in missing.err
    both = vanban("validate", path, "--config", "khac.toml", "--no-config")
    assert both.code == 2


def test_arguments_go_before_the_file(vanban: Vanban, draft: Draft, tmp_path: Path) -> None:
    path = draft("a.yaml", *WRONG)
    (tmp_path / "vanban.toml").write_text('select = ["STR"]\n', "utf-8")
    assert vanban("validate", path).code == 0
    assert vanban("validate", path, "--select", "NUM").code == 1
    assert vanban("validate", path, "--select", "NUM", "--ignore", "NUM004").code == 0


def test_export_follows_the_settings(vanban: Vanban, draft: Draft, tmp_path: Path) -> None:
    path = draft("a.yaml", *WRONG)
    assert vanban("export", path, "--html").code == 1
    (tmp_path / "vanban.toml").write_text('ignore = ["NUM004"]\n', "utf-8")
    assert vanban("export", path, "--html").code == 0
    assert (tmp_path / "a.html").exists()


def test_export_never_skips_what_the_pages_rely_on(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    path = draft("a.yaml", "loai_ky: chin_thang", "loai_ky: chin_than")
    (tmp_path / "vanban.toml").write_text('ignore = ["SCH"]\nselect = ["NUM"]\n', "utf-8")
    assert vanban("validate", path).code == 0
    ran = vanban("export", path, "--html")
    assert ran.code == 1 and "SCH004" in ran.err
    assert not (tmp_path / "a.html").exists()


def test_a_broken_settings_file_does_not_hide_the_draft(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    path = draft("a.yaml", *WRONG)
    (tmp_path / "vanban.toml").write_text("select = [", "utf-8")
    ran = vanban("validate", path)
    assert ran.code == 1
    assert "CFG001" in ran.out and "NUM004" in ran.out
    exported = vanban("export", draft("b.yaml"), "--html")
    assert exported.code == 1 and "CFG001" in exported.err


def test_known_findings_are_not_told_again(vanban: Vanban, draft: Draft, tmp_path: Path) -> None:
    path = draft("a.yaml", *WRONG)
    made = vanban("validate", path, "--baseline", "moc.json", "--update-baseline")
    assert made.code == 0 and "moc.json" in made.err
    assert vanban("validate", path, "--baseline", "moc.json").code == 0
    # Lines moved: known all the same. A second mistake of the same kind is new.
    text = path.read_text("utf-8")
    path.write_text("# một dòng\n\n" + text, "utf-8")
    assert vanban("validate", path, "--baseline", "moc.json").code == 0
    path.write_text(text.replace("20/19 tiêu chí", "20/19 tiêu chí, 21/19 tiêu chí"), "utf-8")
    ran = vanban("validate", path, "--baseline", "moc.json")
    assert ran.code == 1 and ran.out.count("NUM004") == 1 and "“21/19" not in ran.err
    path.write_text(text.replace("20/19", "19/19"), "utf-8")
    stale = vanban("validate", path, "--baseline", "moc.json")
    assert stale.code == 0 and "moc.json" in stale.err


def test_the_same_mistake_twice_is_known_twice(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    path = draft("a.yaml", WRONG[0], WRONG[1] + "\n      Xã đạt 20/19 tiêu chí nông thôn mới.\n")
    assert vanban("validate", path, "--concise").out.count("NUM004") == 2
    vanban("validate", path, "--baseline", "moc.json", "--update-baseline")
    assert vanban("validate", path, "--baseline", "moc.json").code == 0
    third = path.read_text("utf-8").replace(
        WRONG[1], WRONG[1] + "\n      Xã đạt 20/19 tiêu chí nông thôn mới.\n"
    )
    path.write_text(third, "utf-8")
    ran = vanban("validate", path, "--baseline", "moc.json", "--concise")
    assert ran.code == 1 and ran.out.count("NUM004") == 1


def test_baseline_from_the_settings_counts_from_their_folder(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    path = draft("xa/a.yaml", *WRONG)
    vanban("validate", path, "--baseline", "moc.json", "--update-baseline")
    (tmp_path / "vanban.toml").write_text('baseline = "moc.json"\n', "utf-8")
    assert vanban("validate", path).code == 0
    assert vanban("validate", path, "--no-config").code == 1


def test_baselines_that_cannot_be_used(vanban: Vanban, draft: Draft, tmp_path: Path) -> None:
    path = draft("a.yaml")
    assert vanban("validate", path, "--baseline", "moc.json").code == 3
    assert vanban("validate", path, "--update-baseline").code == 2
    for text in (
        "",
        "[]",
        "{}",
        '{"version": 2, "files": {}}',
        '{"version": 1, "files": {"a": 3}}',
    ):
        (tmp_path / "moc.json").write_text(text, "utf-8")
        ran = vanban("validate", path, "--baseline", "moc.json")
        assert ran.code == 3 and "moc.json" in ran.err, text


def test_reading_faults_are_never_known(vanban: Vanban, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("loai: [", "utf-8")
    vanban("validate", "a.yaml", "--baseline", "moc.json", "--update-baseline")
    assert vanban("validate", "a.yaml", "--baseline", "moc.json").code == 3


def test_a_mistake_in_a_shared_file_is_told_once(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    for place in ("mot", "hai"):
        draft(f"{place}/a.yaml")
        (tmp_path / place / "vanban.toml").write_text('extends = "../chung.toml"\n', "utf-8")
    (tmp_path / "chung.toml").write_text("# \u2028 hai\nignroe = []\n", "utf-8")
    ran = vanban("validate", "mot", "hai")
    assert ran.code == 1 and ran.out.count("chung.toml:2:1") == 1
    assert "  2 | ignroe = []" in ran.out


def test_a_mistake_is_shown_as_the_file_was_when_it_was_read(
    vanban: Vanban, draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban.cli import common

    path = draft("a.yaml")
    settings = tmp_path / "vanban.toml"
    settings.write_text("ignroe = []\n", "utf-8")
    reports = common.settings_reports

    def changed(finder: Finder) -> list[FileReport]:
        settings.write_text("khác = 1\n", "utf-8")
        return reports(finder)

    monkeypatch.setattr(common, "settings_reports", changed)
    assert "1 | ignroe = []" in vanban("validate", path).out


@pytest.mark.parametrize("name", ["", ".", "x" * 400, "C:\\xa\\vanban.toml"])
def test_named_settings_that_are_no_file(vanban: Vanban, draft: Draft, name: str) -> None:
    assert vanban("validate", draft("a.yaml"), "--config", name).code == 2


def test_names_too_long_and_folders_that_cannot_be_listed(
    vanban: Vanban, draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draft("a.yaml")
    assert vanban("validate", "x" * 400 + ".yaml").code == 3
    (tmp_path / "xa").mkdir()

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    ran = vanban("validate", "xa", path)
    assert ran.code == 3 and ran.err == ""


def test_settings_for_standard_input(
    vanban: Vanban, draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = draft("a.yaml", *WRONG).read_bytes()
    (tmp_path / "vanban.toml").write_text('ignore = ["NUM004"]', "utf-8")
    for code, more in ((0, ()), (1, ("--no-config",))):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), "utf-8"))
        assert vanban("validate", "-", *more).code == code


def test_only_drafts_passes_over_other_files_but_not_over_missing_ones(
    vanban: Vanban, tmp_path: Path
) -> None:
    (tmp_path / "khac.yaml").write_text("a: 1\n", "utf-8")
    assert vanban("validate", "--only-drafts", "khac.yaml").code == 0
    ran = vanban("validate", "--only-drafts", "khong-co.yaml")
    assert ran.code == 3 and "INP001" in ran.out


# --- known findings ----------------------------------------------------------------------------

UPDATE = ("--baseline", "moc.json", "--update-baseline")


def known(folder: Path) -> list[str]:
    return list(json.loads((folder / "moc.json").read_text("utf-8"))["files"])


def test_an_update_keeps_what_is_known_of_other_files(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    one, two = draft("a.yaml", *WRONG), draft("xa/b.yaml", *WRONG)
    vanban("validate", one, two, *UPDATE)
    assert known(tmp_path) == ["a.yaml", "xa/b.yaml"]
    vanban("validate", one, *UPDATE)
    assert known(tmp_path) == ["a.yaml", "xa/b.yaml"]
    one.write_text("loai: [", "utf-8")
    # A draft that cannot be read says nothing: neither that it is mended nor that it is stale.
    assert vanban("validate", one, two, *UPDATE).code == 3
    assert known(tmp_path) == ["a.yaml", "xa/b.yaml"]
    assert vanban("validate", one, two, "--baseline", "moc.json").err == ""


def test_what_was_not_asked_for_is_not_called_stale(
    vanban: Vanban, draft: Draft, tmp_path: Path
) -> None:
    path = draft("a.yaml", *WRONG)
    vanban("validate", path, *UPDATE)
    assert vanban("validate", path, "--baseline", "moc.json", "--select", "STR").err == ""


@pytest.mark.parametrize(
    "text",
    [
        b'{"version": 1, "files": ' + b"[" * 100_000,
        b'{"version": 1, "files": {"a.yaml": {"x": ' + b"9" * 5000 + b"}}}",
        b'{"version": 1, "files": {"a.yaml": {"x": 1000001}}}',
        b'{"version": 1, "files": {"a.yaml": {"x": NaN}}}',
        b'{"version": 1, "files": {"a.yaml": {"x": 1}, "a.yaml": {"x": 2}}}',
        b"\xff\x00",
    ],
    ids=["deep", "digits", "count", "nan", "twice", "binary"],
)
@pytest.mark.parametrize("more", [(), ("--update-baseline",)], ids=["read", "update"])
def test_hostile_baselines(
    vanban: Vanban, draft: Draft, tmp_path: Path, text: bytes, more: tuple[str, ...]
) -> None:
    (tmp_path / "moc.json").write_bytes(text)
    ran = vanban("validate", draft("a.yaml"), "--baseline", "moc.json", *more)
    assert ran.code == 3 and "moc.json" in ran.err and "vanban:" in ran.err
    assert (tmp_path / "moc.json").read_bytes() == text


def test_names_that_lead_out_are_only_names(vanban: Vanban, draft: Draft, tmp_path: Path) -> None:
    text = '\ufeff{"version": 1, "files": {"../../x": {"a": 1}}}'
    (tmp_path / "moc.json").write_text(text, "utf-8")
    assert vanban("validate", draft("a.yaml"), "--baseline", "moc.json").code == 0


@pytest.mark.parametrize("name", ["thu_muc", "/dev/zero", "x" * 400, "vong"])
def test_baselines_that_are_no_files(
    vanban: Vanban, draft: Draft, tmp_path: Path, name: str
) -> None:
    (tmp_path / "thu_muc").mkdir()
    (tmp_path / "vong").symlink_to("vong")
    ran = vanban("validate", draft("a.yaml"), "--baseline", name)
    assert ran.code == 3 and name in ran.err


@pytest.mark.parametrize("name", ["thu_muc", "khong/co/moc.json", "x" * 400])
def test_baselines_that_cannot_be_written(
    vanban: Vanban, draft: Draft, tmp_path: Path, name: str
) -> None:
    (tmp_path / "thu_muc").mkdir()
    path = draft("a.yaml", *WRONG)
    for lang in ("vi", "en"):
        ran = vanban("validate", path, "--baseline", name, "--update-baseline", "--lang", lang)
        assert ran.code == 3 and name in ran.err and " -o" not in ran.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.yaml", "thu_muc"]


def test_a_draft_whose_name_is_no_text(vanban: Vanban, draft: Draft, tmp_path: Path) -> None:
    try:
        draft("a.yaml", *WRONG).rename(tmp_path / os.fsdecode(b"a\xff.yaml"))
    except OSError:
        pytest.skip("this file system has no such names")
    assert vanban("validate", ".", *UPDATE).code == 0
    assert vanban("validate", ".", "--baseline", "moc.json").code == 0
