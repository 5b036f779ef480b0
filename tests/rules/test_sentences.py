"""Sentences written apart from the rules: mistakes that must be found, look-alikes that must not.

``loi_van/<RULE>.toml`` holds ``[[sai]]`` and ``[[dung]]`` entries: ``cau`` is the text, ``o`` the
dotted place it is put at, ``theo`` the good example it is put into, ``kem`` a YAML fragment laid
over that example first. ``[[bo_sot]]`` are mistakes that the rule does not find yet. Who wrote
them had read what a rule is about, not how it works.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.rules.kit import found_in_sentence, silent_on_sentence

FOLDER = Path(__file__).parent / "loi_van"


def _entries(kind: str) -> list[Any]:
    return [
        pytest.param(path.stem, entry, id=f"{path.stem}-{number}")
        for path in sorted(FOLDER.glob("*.toml"))
        for number, entry in enumerate(
            tomllib.loads(path.read_text("utf-8")).get(kind, ()), start=1
        )
    ]


@pytest.mark.parametrize(("rule", "entry"), _entries("sai"))
def test_a_mistake_is_found(rule: str, entry: dict[str, Any]) -> None:
    assert found_in_sentence(rule, entry), entry["cau"]


@pytest.mark.parametrize(("rule", "entry"), _entries("dung"))
def test_a_look_alike_is_left_alone(rule: str, entry: dict[str, Any]) -> None:
    assert silent_on_sentence(rule, entry), entry["cau"]


@pytest.mark.parametrize(("rule", "entry"), _entries("bo_sot"))
def test_a_known_miss_is_still_one(rule: str, entry: dict[str, Any]) -> None:
    """When a rule learns to find one, move it to ``[[sai]]``."""
    assert silent_on_sentence(rule, entry), entry["cau"]


def test_every_file_holds_three_of_each() -> None:
    for path in FOLDER.glob("*.toml"):
        held = tomllib.loads(path.read_text("utf-8"))
        assert len(held["sai"]) >= 3 and len(held["dung"]) >= 3, path.name
