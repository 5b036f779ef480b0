"""Every file of the corpus ends in the error that is written beside it, and nothing is written.

Adding a file and its ``.loi`` (the key of the message; for a page, one line a format) adds a test.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vanban import catalogue
from vanban.check.engine import validate
from vanban.cli.main import main
from vanban.finding import Severity
from vanban.read.reader import read_path

from .commands import CORPUS, SMALL, files_below, spoken

DRAFTS = sorted(p for p in (CORPUS / "du-thao").iterdir() if p.suffix != ".loi")
PAGES = [
    pytest.param(path, *line.split(), id=f"{path.stem}-{line.split()[0]}")
    for path in sorted((CORPUS / "mau-html").glob("*.j2"))
    for line in path.with_name(f"{path.name}.loi").read_text("utf-8").splitlines()
]


def test_every_file_has_its_error_beside_it() -> None:
    for path in CORPUS.rglob("*"):
        if path.is_file() and path.suffix != ".loi":
            assert path.with_name(f"{path.name}.loi").is_file(), path.name
        elif path.is_file():
            assert path.with_name(path.name.removesuffix(".loi")).is_file(), path.name


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_draft(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = path.with_name(f"{path.name}.loi").read_text("utf-8").strip()
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    before = files_below(tmp_path)
    code = main(["export", str(copy), "--docx", "--html", "--allow-errors"])
    said = capsys.readouterr()
    draft = read_path(str(copy))
    found = [f.key for f in draft.faults]
    if not found:
        found = [f.key for f in validate(draft).findings if f.severity is Severity.ERROR]
        assert code == 1
    else:
        assert code == 3
    assert found[0] == key
    assert spoken(key).search(said.err)
    assert said.out == ""
    assert "Traceback" not in said.err
    assert len([line for line in said.err.splitlines() if line.startswith("vanban:")]) <= 1
    assert files_below(tmp_path) == before


@pytest.mark.parametrize(("path", "format", "key"), PAGES)
def test_page(
    path: Path, format: str, key: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "a.yaml"
    shutil.copy(SMALL, draft)
    before = files_below(tmp_path)
    code = main(["export", str(draft), f"--{format}", "--template", str(path)])
    said = capfd.readouterr()
    (line,) = said.err.splitlines()
    assert line.startswith("vanban: ")
    assert spoken(key).search(line), line
    assert "root:" not in line  # nothing of the files asked for
    assert (code, said.out) == (3, "")
    assert files_below(tmp_path) == before


def test_the_errors_are_messages_of_ours() -> None:
    for path in CORPUS.rglob("*.loi"):
        for line in path.read_text("utf-8").splitlines():
            for lang in catalogue.LANGUAGES:
                assert catalogue.template(line.split()[-1], lang)
