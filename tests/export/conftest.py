"""Exporting through the console, with the folder compared before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from vanban.cli.main import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "bao-cao-so-ket"
SMALL = EXAMPLES / "toi-thieu.yaml"

Snapshot = dict[str, bytes | str]


def snapshot(folder: Path) -> Snapshot:
    """Return everything below a folder: files with their bytes, folders and links as such."""
    found: Snapshot = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes()
        else:
            found[name] = "folder" if path.is_dir() else "other"
    return found


@dataclass(frozen=True)
class Ran:
    """How a run ended, what it said, and the folder before and after."""

    code: int
    out: str
    err: str
    before: Snapshot
    after: Snapshot

    @property
    def new(self) -> set[str]:
        """Return the names that were not there before."""
        return set(self.after) - set(self.before)

    def refused(self, code: int, *words: str) -> None:
        """Assert one message with all the words, the exit code, and a folder left as it was."""
        lines = self.err.strip().splitlines()
        assert self.code == code, self.err
        assert len(lines) == 1, self.err
        assert lines[0].startswith("vanban: ")
        for word in words:
            assert word in lines[0], f"{word!r} is not in {lines[0]!r}"
        assert self.out == ""
        assert self.after == self.before


Export = Callable[..., Ran]
Write = Callable[..., Path]


@pytest.fixture
def export(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Export:
    """Run ``vanban export`` in an empty folder, without colours."""
    for name in ("VANBAN_LANG", "VANBAN_DEBUG", "VANBAN_FONT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        before = snapshot(tmp_path)
        code = main(["export", *(str(argument) for argument in arguments)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err, before, snapshot(tmp_path))

    return run


@pytest.fixture
def draft(tmp_path: Path) -> Write:
    """Write a copy of the smallest example, with texts replaced by others."""

    def write(name: str = "a.yaml", *changes: tuple[str, str]) -> Path:
        text = SMALL.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write
