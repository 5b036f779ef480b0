"""Many copies of the smallest example, and ``vanban`` run on them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from vanban.cli.main import main
from vanban.seal import Origin, origin

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
ON_THE_WAY = re.compile(r"\.vanban-(?!manifest$)")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Place:
    """A folder with drafts and one for the files made of them."""

    drafts: Path
    out: Path

    def write(self, name: str, old: str = "", new: str = "") -> Path:
        path = self.drafts / name
        text = SMALL.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
        return path

    def fill(self, count: int) -> None:
        for number in range(count):
            self.write(f"{number:03}.yaml", "72 buổi", f"{number + 10} buổi")

    def made(self) -> list[str]:
        """Return the files made; every one is whole, and nothing else is left."""
        found = sorted(path for path in self.out.iterdir() if path.name != ".vanban-manifest")
        assert not [path.name for path in found if ON_THE_WAY.match(path.name)]
        assert all(origin(path) is Origin.OURS for path in found)
        return [path.name for path in found]


Run = Callable[..., Ran]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "out").mkdir()
    return Place(tmp_path / "drafts", tmp_path / "out")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    for name in ("VANBAN_LANG", "VANBAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 kB, where the system lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "vanban", *map(str, words)]
