"""A figure of more digits than any report has: every rule and the pages reckon it exactly."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import vanban
from vanban.text.numbers import figure, percent, vietnamese

EXAMPLES = Path(__file__).parents[2] / "examples" / "bao-cao-so-ket"
FULL = vanban.load(EXAMPLES / "9-thang-2023.yaml").data
HUGE = "249.392.150.775.562.088.610.123.456.789"
EXACT = 249392150775562088610123456789


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where figures stand."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from places(item, (*path, key))
    elif figure(value) is not None:
        yield path


def changed(path: tuple[Any, ...], value: Any) -> vanban.Draft:
    data = copy.deepcopy(dict(FULL))
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    return vanban.draft(data)


PLACES = [path for path in places(FULL) if path[0] != "the_thuc"]


@pytest.mark.parametrize("value", [HUGE, "9" * 1999], ids=["thirty", "a word"])
def test_no_rule_breaks_on_a_huge_figure(value: str) -> None:
    seen: set[str] = set()
    for path in PLACES[::5]:
        seen |= {found.rule for found in vanban.validate(changed(path, value)).findings}
    assert {"NUM003", "MEM001", "DIS002"} <= seen


def test_the_level_that_broke() -> None:
    path = ("so_lieu", "kiem_tra", "chi_bo", "da_thi_hanh")
    found = vanban.validate(changed(path, HUGE[:-4])).findings
    assert any(one.pointer.startswith("/so_lieu/kiem_tra/chi_bo") for one in found)


@pytest.mark.parametrize("value", [HUGE, EXACT])
def test_no_digit_is_lost_on_the_page(value: str | int) -> None:
    path = ("so_lieu", "kiem_tra", "chi_bo", "da_thi_hanh")
    page = vanban.render_html(changed(path, value), allow_errors=True).decode()
    assert HUGE in page


def test_arithmetic_is_exact_at_any_length() -> None:
    assert figure(HUGE) == EXACT
    assert vietnamese(-EXACT) == f"-{HUGE}"
    assert vietnamese(Decimal(EXACT), 2) == f"{HUGE},00"
    assert vietnamese(Decimal("9" * 5000)).replace(".", "") == "9" * 5000
    assert percent(EXACT * 3, EXACT * 2) == 150
    assert percent(10**1999, 3) == Decimal("3" * 2001 + ".33")
