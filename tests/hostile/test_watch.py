"""The watch over a renderer: it ends what costs too much and leaves everything else alone."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from vanban.doors import watch

_PLENTY = (60, 10_000)


def _work(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_work_within_the_budget_is_left_alone() -> None:
    with watch.over(*_PLENTY):
        _work(0.01)


def test_too_much_time_ends_the_work() -> None:
    with pytest.raises(watch.TooCostlyError), watch.over(0.05, 10_000):
        _work(60)


def test_too_much_memory_ends_the_work() -> None:
    held = []
    with pytest.raises(watch.TooCostlyError), watch.over(60, 20):
        while True:
            held.append(bytearray(1_000_000))
            _work(0.005)


def test_who_swallows_everything_is_told_again() -> None:
    swallowed = 0
    with pytest.raises(watch.TooCostlyError), watch.over(0.05, 10_000):
        while not swallowed:
            try:
                _work(60)
            except watch.TooCostlyError:
                swallowed += 1
        _work(60)
    assert swallowed == 1


def test_nothing_comes_after_the_watch() -> None:
    for _ in range(5):
        try:
            with watch.over(0.11, 10_000):
                _work(0.12)
        except watch.TooCostlyError:
            pass
        _work(0.02)


def test_another_error_gets_through() -> None:
    with pytest.raises(KeyError, match="khoa"), watch.over(*_PLENTY):
        raise KeyError("khoa")


@pytest.mark.parametrize("work", ["pass", "sum(range(200_000))"])
def test_a_traced_thread_goes_on(work: str) -> None:
    """Under a debugger, or with coverage, the work goes on after the watch as before it."""
    script = f"""
import sys
from vanban.doors import watch
def tracer(*_): return tracer
def main():
    for _ in range(3):
        with watch.over(60, 10_000):
            {work}
    print("done")
sys.settrace(tracer)
main()
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout == "done\n"
