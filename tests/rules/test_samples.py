"""The Sai and Đúng of every page are run: the first raises that rule alone, the second nothing."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.rules.kit import findings_of_sample, sample, typed
from vanban.rules import modules

every_module = pytest.mark.parametrize("module", modules(), ids=lambda m: m.RULE.id)


@every_module
def test_wrong_sample_raises_its_rule_alone(module: ModuleType) -> None:
    found = findings_of_sample(sample(module.__doc__ or "", "Sai"))
    assert {f.rule for f in found} == {module.RULE.id}, [f.key for f in found]


@every_module
def test_right_sample_raises_nothing(module: ModuleType) -> None:
    found = findings_of_sample(sample(module.__doc__ or "", "Đúng"))
    assert not found, [f.key for f in found]


def test_only_a_plain_scalar_takes_a_key_away() -> None:
    text = """{a: null, b: ~, c: , d: "", e: 'null', f: 5, g: "5", h: 05, i: true, j: 'true'}"""
    plain = {"a": None, "b": None, "c": None, "f": 5, "h": "05", "i": True}
    assert typed(text) == {**plain, "d": "", "e": "null", "g": "5", "j": "true"}
