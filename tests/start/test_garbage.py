"""Garbage is looked for seldom while a document is made, and as before afterwards."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from vanban.start.garbage import SELDOM, seldom

USUAL = (700, 10, 10)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_the_thresholds_come_back_even_after_an_error() -> None:
    with pytest.raises(KeyError), seldom():
        assert gc.get_threshold() == SELDOM
        raise KeyError
    assert gc.get_threshold() == USUAL


def test_the_last_of_several_threads_puts_them_back() -> None:
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with seldom():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with seldom():
        thread.start()
        assert inside.wait(10)
    assert gc.get_threshold() == SELDOM
    leave.set()
    thread.join(10)
    assert gc.get_threshold() == USUAL


@pytest.mark.parametrize("own", [(0, 10, 10), (1_000_000, 30, 1_000)])
def test_what_the_user_chose_is_not_made_stricter(own: tuple[int, int, int]) -> None:
    gc.set_threshold(*own)
    with seldom():
        assert gc.get_threshold() == own
    assert gc.get_threshold() == own
