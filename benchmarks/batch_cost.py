"""What many documents cost: more processes beside one, a cluster beside processes, the memory.

``python -m benchmarks.batch_cost`` exports ``--count`` variants of the example of nine pages in
``--rounds`` interleaved rounds: by this process, by two worker processes and by two workers of dask
on this machine. It prints the medians of the wall time and of the ratios
within a round, then the peak memory of one worker after a tenth of the documents and after all,
and ends 1 when a limit is missed. Wall times: nothing else may run on the machine.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import work
from vanban.batch import exports, lanes
from vanban.batch.exports import Export, Outcome
from vanban.batch.turns import Status, Turns
from vanban.read.draft import Draft

JOBS = 2
FASTER = 1.7
"""Least speed of two jobs beside one."""

CLUSTER = 0.7
"""Least speed of a cluster of two workers beside two jobs."""

GROWTH = 1.2
"""Most peak memory of a worker after all documents beside that after a tenth of them."""


@dataclass(frozen=True)
class Weighed(Export):
    """An export that tells the peak memory of its process in MiB as the outcome's ``key``."""

    def __call__(self, item: str | Draft) -> Outcome:
        """Export one draft, and weigh the process."""
        made = super().__call__(item)
        assert made.status is Status.DONE, made.message
        status = Path("/proc/self/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        return Outcome(made.path, key=str(int(peak[1]) // 1024) if peak else None)


def peaks(order: Export, paths: Sequence[str]) -> list[int]:
    """Return the peak memory of one worker in MiB after each document."""
    known = {name: getattr(order, name) for name in order.__dataclass_fields__}
    turns = Turns(paths, None, window=len(paths) + 1)
    done = lanes.by_workers(
        turns, Weighed(**known), 1, limit=None, mark="bench-", tidy=lambda mark: None
    )  # fmt: skip
    return [int(outcome.key or 0) for outcome in turns.in_order(done)]


def main() -> int:
    """Measure, print, and return 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--formats", default="docx,pdf")
    parser.add_argument("--engine", default=None)
    parser.add_argument("--chunk", type=int, default=exports.CHUNK)
    parser.add_argument("--only-memory", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        paths = [str(path) for path in work.example(Path(name), asked.count).files]
        out = Path(name) / "out"
        order = Export(formats=tuple(asked.formats.split(",")), target=out, engine=asked.engine)

        def took(export: Callable[[], object]) -> float:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            start = time.perf_counter()
            export()
            return time.perf_counter() - start

        missed = False
        if not asked.only_memory:
            missed = _speeds(order, paths, asked.rounds, asked.chunk, took, running)
        out.mkdir(exist_ok=True)
        weights = peaks(order, paths)
        tenth = max(1, len(weights) // 10)
        early, late = max(weights[:tenth]), max(weights)
        growth = late / early
        print(
            f"peak memory of a worker: {early} MiB within {tenth} documents, "
            f"{late} MiB within {len(weights)}: {growth:.2f} (at most {GROWTH})"
        )
    return int(missed or growth > GROWTH)


def _speeds(
    order: Export,
    paths: list[str],
    rounds: int,
    chunk: int,
    took: Callable[[Callable[[], object]], float],
    running: ExitStack,
) -> bool:
    """Print the times and the ratios; return whether one is too small."""
    from distributed import Client, LocalCluster

    cluster = running.enter_context(
        LocalCluster(
            n_workers=JOBS, threads_per_worker=1, processes=True, host="127.0.0.1",
            dashboard_address=None,
        )
    )  # fmt: skip
    executor = running.enter_context(Client(cluster)).get_executor()

    def all_of(**options: object) -> None:
        for one in exports.outcomes(order, paths, **options):  # type: ignore[arg-type]
            assert one.status is Status.DONE, one.message

    ways: dict[str, Callable[[], object]] = {
        "one": lambda: all_of(jobs=1),
        "two": lambda: all_of(jobs=JOBS),
        "cluster": lambda: all_of(jobs=1, executor=executor, chunk=chunk),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        names = list(ways)
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            seconds[name].append(took(ways[name]))
    for name, times in seconds.items():
        middle = median(times)
        print(f"{name:8} {middle:8.2f} s  least {min(times):8.2f} s  {len(paths) / middle:6.2f}/s")
    faster = median(a / b for a, b in zip(seconds["one"], seconds["two"], strict=True))
    shared = median(a / b for a, b in zip(seconds["two"], seconds["cluster"], strict=True))
    print(f"two jobs beside one: {faster:.2f} (at least {FASTER})")
    print(f"the cluster beside two jobs: {shared:.2f} (at least {CLUSTER})")
    return faster < FASTER or shared < CLUSTER


if __name__ == "__main__":
    raise SystemExit(main())
