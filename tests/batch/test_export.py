"""``vanban export drafts/ -o out/``: the same for any number of jobs, whatever goes wrong."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

import vanban
from tests.batch.conftest import ROOT, SMALL, Place, Run, command
from tests.batch.works import Hanging, Slaying
from tests.schemas.common import schema
from vanban.batch import exports, ledger
from vanban.batch.exports import Outcome
from vanban.batch.turns import Status
from vanban.check.bundle import validator_of
from vanban.cli import batching

CHECKER = validator_of(schema(ROOT / "schemas" / "batch.schema.json"))


def told(path: Path) -> dict[str, Any]:
    """Return a report, which keeps to its schema."""
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert [error.message for error in CHECKER.iter_errors(document)] == []
    return document


@pytest.fixture
def mixed(place: Place) -> Place:
    """Good drafts, one that cannot be read, one with errors, and a file that is no draft."""
    place.fill(3)
    text = SMALL.read_text("utf-8")
    (place.drafts / "001a.yaml").write_text(text + "\nmo_dau: [\n", "utf-8")
    (place.drafts / "001b.yaml").write_text("loai: bao-cao-so-ket\n", "utf-8")
    (place.drafts / "other.json").write_text("{}", "utf-8")
    return place


def test_nothing_depends_on_the_number_of_jobs(mixed: Place, run: Run) -> None:
    seen = []
    for jobs in (1, 2, 3):
        ran = run(
            "export",
            "drafts",
            "-o",
            "out",
            "--docx",
            "--html",
            "--jobs",
            jobs,
            "--report",
            "r.json",
        )
        files = {path.name: path.read_bytes() for path in mixed.out.iterdir()}
        seen.append((ran, files, Path("r.json").read_bytes()))
        for path in (*mixed.out.iterdir(), Path("r.json")):
            path.unlink()
    assert seen[0] == seen[1] == seen[2]
    ran, files, report = seen[0]
    assert ran.code == 3
    assert len([name for name in files if name.endswith((".docx", ".html"))]) == 6
    assert ran.out.splitlines()[-1] == (
        "Tổng cộng 5 dự thảo: xuất 3 bản (6 tệp), 2 bản bị từ chối."
    )
    assert json.loads(report)["summary"]["refused"] == 2


def test_the_report_says_what_became_of_every_draft(mixed: Place, run: Run) -> None:
    ran = run("export", "drafts", "-o", "out", "--html", "--jobs", 2, "--report", "r.json")
    document = told(Path("r.json"))
    assert ran.code == max(one["exit_code"] for one in document["files"]) == 3
    assert [(one["file"], one["status"], one["exit_code"]) for one in document["files"]] == [
        ("drafts/000.yaml", "done", 0),
        ("drafts/001.yaml", "done", 0),
        ("drafts/001a.yaml", "refused", 3),
        ("drafts/001b.yaml", "refused", 1),
        ("drafts/002.yaml", "done", 0),
    ]
    assert document["files"][3]["findings"]["errors"] > 0
    (file,) = document["files"][0]["written"]
    assert (file["file"], file["format"], file["pages"]) == ("out/000.html", "html", None)
    # Written again over its own kind, never over another file.
    assert run("export", "drafts", "-o", "out", "--html", "--report", "r.json").code == 3
    Path("s.json").write_text('{"mine": 1}', "utf-8")
    ran = run("export", "drafts", "-o", "out", "--html", "--report", "s.json")
    assert (ran.code, ran.out) == (3, "")
    assert Path("s.json").read_text("utf-8") == '{"mine": 1}'


def test_a_killed_worker_loses_nothing(place: Place, tmp_path: Path) -> None:
    place.fill(6)
    paths = [str(path) for path in sorted(place.drafts.iterdir())]
    order = Slaying(formats=("html",), target=place.out, victim=paths[2], note=tmp_path / "note")
    made = list(exports.outcomes(order, paths, jobs=2))
    assert [one.path for one in made] == paths
    assert {one.status for one in made} == {Status.DONE}
    assert place.made() == [f"{number:03}.html" for number in range(6)]
    begun = (tmp_path / "note").read_text("utf-8").splitlines()
    assert sorted(begun) == sorted([*paths, paths[2]])


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_hangs_is_told_and_passed_over(
    place: Place, run: Run, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    place.fill(3)

    def hangs(order: Any, items: Any, **options: Any) -> Any:
        known = {name: getattr(order, name) for name in order.__dataclass_fields__}
        return plain(Hanging(**known, victim="drafts/001.yaml"), items, **options)

    plain = exports.outcomes
    monkeypatch.setattr(exports, "outcomes", hangs)
    ran = run(
        "export", "drafts", "-o", "out", "--html", "--jobs", jobs, "--time-limit", "2",
        "--report", "r.json",
    )  # fmt: skip
    assert ran.code == 3
    assert "drafts/001.yaml: bỏ qua vì quá 2 giây" in ran.err
    assert place.made() == ["000.html", "002.html"]
    assert [one["status"] for one in told(Path("r.json"))["files"]] == ["done", "timed-out", "done"]
    assert ran.out.splitlines()[-1].endswith("1 bản không xuất được.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_whole_files_and_resume_goes_on(place: Place, run: Run, jobs: int) -> None:
    place.fill(30)
    words = command("export", "drafts", "-o", "out", "--docx", "--html", "--jobs", jobs)
    with subprocess.Popen(
        [*words, "--report", "r.json"], text=True, encoding="utf-8", start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Đã ghi")
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err.startswith("Đã dừng theo yêu cầu")
    assert len(err.strip().splitlines()) == 1
    made = place.made()
    assert 2 <= len(made) < 60
    assert len({name.partition(".")[0] for name in made}) * 2 == len(made)
    document = told(Path("r.json"))
    assert document["interrupted"] and document["summary"]["done"] == len(document["files"])
    again = run("export", "drafts", "-o", "out", "--docx", "--html", "--resume", "--jobs", 2)
    assert again.code == 0, again.err
    assert again.out.count("Không phải xuất lại") >= document["summary"]["done"]
    assert len(place.made()) == 60


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_loses_no_draft_and_leaves_no_half_file(
    place: Place, run: Run, small_disk: Path, jobs: int
) -> None:
    place.fill(6)
    ran = run("export", "drafts", "-o", small_disk, "--docx", "--jobs", jobs, "--report", "r.json")
    made = Place(place.drafts, small_disk).made()
    files = told(Path("r.json"))["files"]
    assert ran.code == 3
    assert 0 < len(made) < 6
    assert [Path(one["written"][0]["file"]).name for one in files if one["written"]] == made
    assert all("đĩa đã đầy" in one["message"] for one in files if not one["written"])


def test_files_too_big_for_the_system_leave_nothing(place: Place) -> None:
    place.fill(2)

    def tight() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    # What counts the lines that run writes a file of its own, which would be too big as well.
    settings = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        command("export", "drafts", "-o", "out", "--docx", "--jobs", 2),
        cwd=place.drafts.parent, capture_output=True, text=True, encoding="utf-8",
        preexec_fn=tight, check=False, env=settings,
    )  # fmt: skip
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 2
    assert place.made() == []


def test_a_folder_that_is_read_only(place: Place, run: Run, small_disk: Path) -> None:
    place.fill(2)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    ran = run("export", "drafts", "-o", small_disk, "--html", "--jobs", 2)
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 2
    assert list(small_disk.iterdir()) == []


def test_resume_makes_again_only_what_changed(place: Place, run: Run) -> None:
    place.fill(4)
    words = ("export", "drafts", "-o", "out", "--html", "--jobs", 1)

    def made(*more: object) -> list[str]:
        ran = run(*words, "--resume", *more)
        assert ran.code == 0, ran.err
        return [line[-8:-5] for line in ran.out.splitlines() if line.startswith("Đã ghi")]

    assert run(*words).code == 0
    before = {path: path.stat().st_mtime_ns for path in place.out.iterdir()}
    assert made() == []
    assert {path: path.stat().st_mtime_ns for path in place.out.iterdir()} == before
    place.write("001.yaml", "72 buổi", "99 buổi")
    (place.out / "002.html").unlink()
    assert made() == ["001", "002"]
    assert made("--profile", "dang-hd05") == ["000", "001", "002", "003"]
    (place.drafts / "vanban.toml").write_text('[severity]\nTXT012 = "off"\n', "utf-8")
    assert made("--profile", "dang-hd05") == ["000", "001", "002", "003"]
    assert made("--profile", "dang-hd05", "--jobs", 2) == []
    (place.out / ".vanban-manifest").write_text('{"version": 1, "files": [3]}', "utf-8")
    assert len(made("--profile", "dang-hd05")) == 4


def test_resume_never_takes_an_edited_file_for_right(place: Place, run: Run) -> None:
    place.fill(2)
    assert run("export", "drafts", "-o", "out", "--html").code == 0
    page = place.out / "001.html"
    page.write_bytes(page.read_bytes().replace(b"</p>", b"!</p>", 1))
    ran = run("export", "drafts", "-o", "out", "--html", "--resume")
    assert ran.code == 3
    assert "001.html" in ran.err and "--force" in ran.err
    assert run("export", "drafts", "-o", "out", "--html", "--resume", "--force").code == 0
    assert len(place.made()) == 2


def test_what_the_files_depend_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    template = place.drafts / "own.html.j2"
    template.write_text("{{ van_ban }}", "utf-8")

    def basis(**more: Any) -> str | None:
        return ledger.with_basis(exports.Export(formats=("pdf",), **more)).basis

    plain = basis()
    assert plain == basis()
    own = basis(template=template)
    template.write_text("{{ van_ban }}.", "utf-8")
    seen = {plain, own, basis(template=template), basis(allow_errors=True), basis(embed=False)}
    monkeypatch.setattr(ledger, "__version__", "99")
    seen.add(basis())
    monkeypatch.setattr(ledger, "_fonts", lambda order: ["another"])
    seen.add(basis())
    assert len(seen) == 7


def test_notes_are_kept_of_whole_folders_only(place: Place, run: Run) -> None:
    place.fill(2)
    paths = sorted(place.drafts.iterdir())
    assert run("export", *paths, "-o", "out", "--html").code == 0
    assert not (place.out / ".vanban-manifest").exists()
    assert run("export", *paths, "-o", "out", "--html", "--resume").code == 0
    assert (place.out / ".vanban-manifest").exists()
    # The notes are no draft and no stray file of a folder.
    assert "bỏ qua" not in run("validate", "out", "drafts", "--jobs", 1).out


def test_notes_never_follow_a_link_out_of_their_folder(place: Place, run: Run) -> None:
    place.fill(2)
    mine = place.drafts.parent / "mine.txt"
    mine.write_text("mine", "utf-8")
    (place.out / ".vanban-manifest").symlink_to(mine)
    ran = run("export", "drafts", "-o", "out", "--html")
    assert ran.code == 3 and ".vanban-manifest" in ran.err
    assert mine.read_text("utf-8") == "mine"
    assert len(place.made()) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--jobs", "0"), ("--jobs", "hai"), ("--jobs", "-1"), ("--jobs", "99999"),
        ("--time-limit", "-1"), ("--time-limit", "nan"), ("--time-limit", "x"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["export", "validate"])
def test_values_that_are_none_are_wrong_usage(
    place: Place, run: Run, verb: str, words: tuple[str, str]
) -> None:
    place.fill(1)
    ran = run(verb, "drafts", *words)
    assert (ran.code, ran.out) == (2, "")
    assert words[0] in ran.err.splitlines()[-1] and words[1] in ran.err.splitlines()[-1]


def test_two_drafts_for_one_file_are_refused_before_any_work(place: Place, run: Run) -> None:
    place.fill(2)
    place.write("000.json").write_text("{loai: bao-cao-so-ket}", "utf-8")
    ran = run("export", "drafts", "-o", "out", "--html", "--jobs", 2)
    assert ran.code == 2
    assert "000.json" in ran.err and "000.yaml" in ran.err
    assert place.made() == []
    with pytest.raises(vanban.TargetError, match="000"):
        vanban.export_many(sorted(place.drafts.iterdir()), place.out, formats=["html"])


def test_the_library_yields_every_outcome(mixed: Place) -> None:
    paths = sorted(mixed.drafts.glob("*.yaml"))
    made = list(vanban.export_many(paths, mixed.out, formats=["html"], jobs=2))
    assert [one.path for one in made] == [str(path) for path in paths]
    assert [one.exit_code for one in made] == [0, 0, 3, 1, 0]
    assert made[2].findings[0].rule.startswith("INP")
    assert vanban.message(made[3].findings[0])
    assert isinstance(made[0], Outcome) and made[0].shown == ""
    again = vanban.export_many(paths, mixed.out, formats=["html"], jobs=1, resume=True)
    assert [one.status for one in again][:2] == [Status.DONE, Status.DONE]
    again = vanban.export_many(paths, mixed.out, formats=["html"], jobs=1, resume=True)
    assert [one.status for one in again][:2] == [Status.UP_TO_DATE, Status.UP_TO_DATE]
    with pytest.raises(vanban.TargetError, match="xls"):
        vanban.export_many(paths, mixed.out, formats=["xls"])


def test_a_bar_with_rate_and_time_on_a_terminal(
    place: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.fill(3)
    real = batching.click.progressbar
    monkeypatch.setattr(batching, "_terminal", lambda: True)

    def bar(**options: Any) -> Any:
        shown = real(**options)
        shown._is_atty = True
        return shown

    monkeypatch.setattr(batching.click, "progressbar", bar)
    ran = run("export", "drafts", "-o", "out", "--html")
    assert "3/3" in ran.err and "văn bản/giây" in ran.err
    assert ran.out.count("Đã ghi") == 3


@pytest.mark.parametrize("format", ["text", "json", "html", "junit"])
def test_validate_says_the_same_with_any_number_of_jobs(
    mixed: Place, run: Run, format: str
) -> None:
    one, two = (
        run("validate", "drafts", "--format", format, "--jobs", jobs, "--previous", SMALL)
        for jobs in (1, 2)
    )
    assert one == two
    assert one.code == 3 and one.out
