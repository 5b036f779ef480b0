"""Any work on any items: every item is answered once, in order, whatever happens to a worker."""

from __future__ import annotations

import concurrent.futures
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.batch.works import Hoard, Stubborn, Unfit, Words
from vanban import writing
from vanban.batch import lanes
from vanban.batch.running import run
from vanban.batch.turns import Fate, Lost, Turns
from vanban.errors import EnvironmentIncompleteError

WORDS = ["một", "hai", "ba", "bốn", "năm"]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(run(Words(), WORDS, jobs=jobs)) == [word.upper() for word in WORDS]


def test_an_item_under_which_a_worker_dies_is_done_once_more(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    items = ["một", "dies once", "hai", "dies", "ba"]
    one, twice, two, dead, three = run(Words(notes), items, jobs=2)
    assert (one, twice, two, three) == ("MỘT", "DIES ONCE", "HAI", "BA")
    assert dead == Lost("dies", Fate.CRASHED, "SIGKILL")
    begun = sorted(notes.read_text("utf-8").splitlines())
    assert begun == sorted([*items, "dies once", "dies"])


def test_a_worker_that_hangs_is_replaced() -> None:
    first, hung, *rest = run(Words(), ["một", "hangs", *WORDS], jobs=2, limit=1.0)
    assert hung == Lost("hangs", Fate.TIMED_OUT)
    assert [first, *rest] == [word.upper() for word in ["một", *WORDS]]


def test_a_worker_that_will_not_end_is_killed_and_its_files_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "GRACE_SECONDS", 0.2)
    left: list[list[str]] = []

    def tidy(mark: str) -> None:
        left.append([path.name for path in tmp_path.glob(f".vanban-{mark}*")])
        writing.sweep(tmp_path, mark)

    results = run(Stubborn(tmp_path), ["hangs", "một"], jobs=2, limit=1.0, tidy=tidy)
    assert list(results) == [Lost("hangs", Fate.TIMED_OUT), "MỘT"]
    assert max(map(len, left)) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_time_limit_holds_in_this_process_too() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for word in ("turns", "turns in a finaliser"):
        assert list(run(Words(), ["một", word, "hai"], limit=0.3)) == [
            "MỘT", Lost(word, Fate.TIMED_OUT), "HAI",
        ]  # fmt: skip
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_worker_is_replaced_after_so_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "RENEW_AFTER", 2)
    done = list(run(Hoard(), range(6), jobs=2))
    assert max(count for _, count in done) == 2
    assert len({process for process, _ in done}) in (3, 4)


def test_a_worker_whose_memory_grows_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("AT_LEAST", 3), ("SETTLED", 1), ("GROWN_BYTES", 30 * 1024 * 1024)):
        monkeypatch.setattr(lanes, name, value)
    assert max(count for _, count in run(Hoard(8), range(16), jobs=2)) == 5
    assert max(count for _, count in run(Hoard(0), range(16), jobs=2)) > 5


def test_no_worker_can_be_started() -> None:
    with pytest.raises(EnvironmentIncompleteError, match="--jobs 1"):
        list(run(Unfit(), WORDS, jobs=2))


def test_closing_early_ends_the_workers() -> None:
    results = run(Words(), ["một", "hangs", "hangs"], jobs=2)
    assert next(results) == "MỘT"
    results.close()  # waits for the hanging worker until it has ended
    assert list(results) == []


def test_what_is_known_ahead_needs_no_work(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    known = {"hai": "known", "năm": "known"}
    assert list(run(Words(notes), WORDS, jobs=2, ahead=known.get)) == [
        known.get(word, word.upper()) for word in WORDS
    ]
    assert sorted(notes.read_text("utf-8").split()) == sorted(set(WORDS) - set(known))


def test_the_work_is_never_far_ahead_of_the_first_unfinished_item() -> None:
    turns = Turns(range(100), None, window=5)
    taken = [turns.take() for _ in range(7)]
    assert [turn.item for turn in taken if turn] == [0, 1, 2, 3, 4]
    assert not turns.over

    def results() -> Iterator[tuple[int, Any]]:
        yield 3, "d"
        assert turns.take() is None
        yield 0, "a"

    assert list(turns.in_order(results())) == ["a"]
    assert (turn := turns.take()) and turn.item == 5
    assert turns.take() is None


def test_any_executor_will_do(tmp_path: Path) -> None:
    with concurrent.futures.ThreadPoolExecutor(2) as executor:
        results = run(Words(), WORDS, executor=executor, chunk=2)
        assert list(results) == [word.upper() for word in WORDS]


class _Fails(concurrent.futures.Executor):
    """Loses every chunk with a bad word; breaks for good after so many chunks."""

    def __init__(self, breaks_after: int) -> None:
        self.left = breaks_after

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> concurrent.futures.Future[Any]:
        if not self.left:
            raise concurrent.futures.BrokenExecutor("gone")
        self.left -= 1
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        if "dies" in args[1]:
            future.set_exception(RuntimeError("a worker\ndied"))
        else:
            future.set_result(fn(*args))
        return future


def test_a_lost_chunk_is_done_again_item_by_item() -> None:
    items = ["một", "dies", "hai", "ba"]
    results = list(run(Words(), items, executor=_Fails(99), chunk=3))
    lost = Lost("dies", Fate.CRASHED, "RuntimeError: a worker died")
    assert results == ["MỘT", lost, "HAI", "BA"]


def test_a_broken_executor_loses_what_is_left_and_says_so() -> None:
    results = list(run(Words(), WORDS, executor=_Fails(2), chunk=2))
    assert results[:4] == [word.upper() for word in WORDS[:4]]
    assert results[4] == Lost("năm", Fate.CRASHED, "BrokenExecutor: gone")


def test_a_worker_that_is_told_to_end_in_a_finaliser_does_so_in_silence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    notes, word = tmp_path / "notes", "turns in a finaliser"
    results = run(Words(notes), ["một", word], jobs=2)
    assert next(results) == "MỘT"
    while word not in notes.read_text("utf-8"):
        pass
    results.close()
    assert capfd.readouterr().err == ""
