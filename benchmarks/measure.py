"""How things are measured: whole processes, and warm contenders in interleaved rounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
SPAWN = Path(__file__).with_name("spawn.py")
# Turns of a warm contender that are not counted.
WARM_UP = 2


@dataclass(frozen=True)
class Sample:
    """One measurement: CPU time and wall time in ms, peak memory in MiB (0: not known)."""

    cpu: float
    wall: float
    peak: float = 0.0


@dataclass
class Series:
    """All samples of one contender at one piece of work; ``missing`` says why there are none."""

    name: str
    samples: list[Sample] = field(default_factory=list)
    missing: str = ""

    def middle(self, kind: str = "cpu") -> float:
        """Return the median of ``cpu`` or ``wall``."""
        return median(getattr(sample, kind) for sample in self.samples)

    def least(self, kind: str = "cpu") -> float:
        """Return the minimum of ``cpu`` or ``wall``."""
        return min(getattr(sample, kind) for sample in self.samples)

    @property
    def peak(self) -> float:
        """Return the peak memory in MiB."""
        return max(sample.peak for sample in self.samples)


def ratio(one: Series, other: Series, kind: str = "cpu") -> float | None:
    """Return the median of the ratios of two series, round by round; None when one is missing."""
    pairs = list(zip(one.samples, other.samples, strict=False))
    if not pairs:
        return None
    return median(getattr(a, kind) / getattr(b, kind) for a, b in pairs)


def environment() -> dict[str, str]:
    """Return the environment of a measured process: byte code kept, as after an installation."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT)}


def process(command: Sequence[str]) -> Sample:
    """Run a whole process and return what it cost, its children included.

    Raises RuntimeError with its last words when it fails.
    """
    ran = subprocess.run(
        (sys.executable, "-I", "-S", str(SPAWN), *command),
        capture_output=True, text=True, errors="replace", env=environment(),
    )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(ran.stderr.strip()[-300:] or f"exit code {ran.returncode}")
    return Sample(**json.loads(ran.stdout))


def cold(
    commands: Mapping[str, Sequence[str]], rounds: int, *, warm_up: bool = True
) -> dict[str, Series]:
    """Measure whole processes in rounds, each in another order; a first round may warm up."""
    found = {name: Series(name) for name in commands}
    names = list(commands)
    for turn in range(0 if warm_up else 1, rounds + 1):
        for name in _turned(names, turn):
            series = found[name]
            if series.missing:
                continue
            try:
                sample = process(commands[name])
            except (OSError, RuntimeError) as error:
                series.missing = " ".join(str(error).split())[-160:]
                continue
            if turn:
                series.samples.append(sample)
    return found


def _turned(names: list[str], turn: int) -> list[str]:
    at = turn % len(names)
    return names[at:] + names[:at]


class Worker:
    """One contender in a process of its own (``benchmarks.worker``), asked for one run at a time.

    ``missing`` says why it cannot run.
    """

    def __init__(self, name: str, drafts: Sequence[Path]) -> None:
        self.missing = ""
        self.running = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", name, *map(str, drafts)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=environment(), cwd=ROOT,
        )  # fmt: skip
        for _ in range(WARM_UP):
            self.ask()

    def ask(self) -> Sample | None:
        """Return what the next run costs; None when the contender cannot run."""
        if self.missing:
            return None
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        try:
            self.running.stdin.write("\n")
            self.running.stdin.flush()
        except OSError:
            pass
        line = self.running.stdout.readline()
        if not line:
            self.missing = "the process ended"
            return None
        said = json.loads(line)
        if "missing" in said:
            self.missing = said["missing"]
            return None
        return Sample(**said)

    def close(self) -> None:
        """End the process."""
        self.running.terminate()
        self.running.wait()
        for pipe in (self.running.stdin, self.running.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def workers(names: Sequence[str], drafts: Sequence[Path]) -> Iterator[dict[str, Worker]]:
    """Start a process for each contender, and end them all."""
    with ExitStack() as stack:
        started = {}
        for name in names:
            started[name] = Worker(name, drafts)
            stack.callback(started[name].close)
        yield started


def warm(names: Sequence[str], drafts: Sequence[Path], rounds: int) -> dict[str, Series]:
    """Measure contenders that are warmed up, in rounds; each round takes the next draft."""
    found = {name: Series(name) for name in names}
    with workers(names, drafts) as started:
        for turn in range(rounds):
            for name in _turned(list(names), turn):
                sample = started[name].ask()
                if sample is not None:
                    found[name].samples.append(sample)
        for name, worker in started.items():
            found[name].missing = worker.missing
    return found
