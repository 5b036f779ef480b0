"""An executor of somebody else's: a scheduler and two workers, one of which is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest

from tests.batch.conftest import ROOT, Place
from tests.batch.works import Slaying
from vanban.batch import exports
from vanban.batch.turns import Status

distributed = pytest.importorskip("distributed")

LOCAL = ("--host", "127.0.0.1", "--no-dashboard")


def _until(stream: IO[str], pattern: str) -> str:
    """Read the words of a process until it says something; return what."""
    said = []
    for line in stream:
        said.append(line)
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError("".join(said))


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers on this machine alone; yield its address."""
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as running:

        def start(module: str, *words: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *words],
                cwd=folder, text=True, stderr=subprocess.PIPE, start_new_session=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            running.callback(_end, process)
            return process

        server = start("dask_scheduler", *LOCAL, "--port", "0")
        assert server.stderr is not None
        address = _until(server.stderr, r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)")
        for name in ("one", "two"):
            start(
                "dask_worker", address, "--host", "127.0.0.1", "--no-dashboard", "--no-nanny",
                "--nthreads", "1", "--name", name,
            )  # fmt: skip
        yield address


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_every_document_is_there_once_though_a_worker_is_killed(
    scheduler: str, place: Place, tmp_path: Path
) -> None:
    place.fill(12)
    paths = [str(path) for path in sorted(place.drafts.iterdir())]
    note = tmp_path / "note"
    order = Slaying(
        formats=("docx", "html"), target=place.out, victim=paths[5], note=note,
    )  # fmt: skip
    with distributed.Client(scheduler, timeout="60s") as client:
        client.wait_for_workers(2, timeout=60)
        made = list(exports.outcomes(order, paths, jobs=1, executor=client.get_executor(), chunk=3))
        assert len(client.scheduler_info()["workers"]) == 1  # the other one was killed
    assert [one.path for one in made] == paths
    assert {one.status for one in made} == {Status.DONE}
    names = [f"{number:03}.{format}" for number in range(12) for format in ("docx", "html")]
    assert place.made() == names
    begun = note.read_text("utf-8").splitlines()
    assert set(begun) == set(paths)
    assert begun.count(paths[5]) == 2
