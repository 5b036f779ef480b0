"""Running ``vanban`` inside the test process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from vanban.cli.main import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "bao-cao-so-ket"
EXAMPLE = EXAMPLES / "toi-thieu.yaml"


@dataclass(frozen=True)
class Ran:
    """How a run ended and what it said."""

    code: int
    out: str
    err: str


Vanban = Callable[..., Ran]


@pytest.fixture
def vanban(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Vanban:
    """Run ``vanban`` in an empty folder, in Vietnamese, without colours."""
    for name in ("VANBAN_LANG", "VANBAN_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def draft(tmp_path: Path) -> Callable[..., Path]:
    """Write a copy of the smallest example, with one text replaced by another."""

    def write(name: str = "báo cáo.yaml", old: str = "", new: str = "") -> Path:
        text = EXAMPLE.read_text("utf-8")
        assert old in text
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
        return path

    return write
