"""Running the real command in a process of its own, and what it cost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from vanban.catalogue import template

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
CORPUS = Path(__file__).parent / "corpus"

# No more address space than this: a bomb ends in an error of ours, not in a machine on its knees.
_ADDRESS_SPACE = 4 << 30
# A process starts with the high-water mark of the one it comes from: a small one stands between.
_LAUNCH = (
    "import resource, subprocess, sys; from pathlib import Path;"
    "code = subprocess.call([sys.executable, '-c', sys.argv[2], *sys.argv[3:]]);"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
    "words = f'{used.ru_utime + used.ru_stime} {used.ru_maxrss}';"
    "Path(sys.argv[1]).write_text(words); sys.exit(code)"
)
_START = (
    f"import sys, resource; resource.setrlimit(resource.RLIMIT_AS, ({_ADDRESS_SPACE},) * 2);"
    "from vanban.cli.main import main; sys.exit(main(sys.argv[1:]))"
)


@dataclass(frozen=True)
class Ran:
    """How a command ended: code, words, seconds of computing, memory in MB."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def said(self) -> list[str]:
        """Return the lines that are no findings: those that begin with the name of the program."""
        return [line for line in self.err.splitlines() if line.startswith("vanban:")]


def run(folder: Path, *arguments: object) -> Ran:
    """Run ``vanban`` in ``folder`` and measure it."""
    # Counting the lines that run would cost more than the command itself.
    foreign = ("VANBAN_", "COV")
    settings = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    out, err = folder.parent / f"{folder.name}.out", folder.parent / f"{folder.name}.err"
    used = folder.parent / f"{folder.name}.used"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        done = subprocess.run(
            [sys.executable, "-c", _LAUNCH, str(used), _START, *map(str, arguments)],
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            env=settings | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
    seconds, peak = map(float, used.read_text("utf-8").split())
    used.unlink()
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Ran(
        done.returncode,
        out.read_text("utf-8"),
        err.read_text("utf-8"),
        seconds,
        peak / unit,
    )


def spoken(key: str) -> re.Pattern[str]:
    """Return what matches the message ``key``, whatever fills it."""
    parts = re.split(r"\{\w+\}", template(key).replace("{{", "{").replace("}}", "}"))
    return re.compile(".*".join(map(re.escape, parts)), re.DOTALL)


def files_below(folder: Path) -> set[str]:
    """Return the names of everything below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
