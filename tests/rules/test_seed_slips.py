"""The 38 slips of the reference's news item (Q01-Q38): found, each by the rule that owns it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.rules.kit import found_in_sentence

ENTRIES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "loi_mau.toml").read_text("utf-8")
)["loi"]
OWNED = [entry for entry in ENTRIES if "quy_tac" in entry]


def test_all_slips_are_accounted_for() -> None:
    assert [entry["ma"] for entry in ENTRIES] == [f"Q{number:02}" for number in range(1, 39)]
    assert all("quy_tac" in entry or entry["vi_sao"] for entry in ENTRIES)
    assert len(OWNED) >= 30


@pytest.mark.parametrize("entry", OWNED, ids=[entry["ma"] for entry in OWNED])
def test_a_slip_is_found_by_its_rule(entry: dict[str, Any]) -> None:
    assert found_in_sentence(entry["quy_tac"], entry), entry["cau"]
