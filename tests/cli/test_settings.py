"""Settings and known findings on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Vanban

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
