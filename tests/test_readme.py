"""The README's samples run as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import vanban
from vanban.cli.main import main

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
PAGES = ["README.md", "README.vi.md"]


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with drafts, a folder of drafts and one for what is made of them."""
    for name in ("bao-cao.yaml", "a.yaml", "b.yaml", "du-thao/a.yaml", "du-thao/b.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLE, tmp_path / name)
    (tmp_path / "xuat").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_library_sample(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sample,) = blocks("README.md", "python")
    names: dict[str, object] = {}
    exec(compile(sample, "README.md", "exec"), names)
    assert (office / "bao-cao.docx").is_file()
    assert (office / "xuat" / "b.pdf").is_file()
    assert capsys.readouterr().out.count("done") == 2
    assert bytes(names["pdf"]).startswith(b"%PDF-")  # type: ignore[call-overload]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands(page: str, office: Path) -> None:
    (office / "bao-cao.yaml").unlink()
    ran = 0
    for line in "".join(blocks(page, "console")).splitlines():
        command = shlex.split(line.removeprefix("$ "), comments=True)
        if command[:1] != ["vanban"]:
            continue
        code = main(command[1:])
        if command[1] == "new":  # the clerk fills in the blanks
            assert (office / "bao-cao.yaml").is_file()
            shutil.copy(EXAMPLE, office / "bao-cao.yaml")
        assert code == 0, (line, code)
        ran += 1
    assert ran >= 10


def test_the_draft_sample_uses_only_keys_that_exist() -> None:
    (sample,) = blocks("README.md", "yaml")
    rules = {finding.rule for finding in vanban.validate(vanban.loads(sample)).findings}
    assert rules == {"STR001"}, "only the sections that the README leaves out are missing"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert missing == []
