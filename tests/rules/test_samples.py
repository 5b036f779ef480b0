"""The Sai and Đúng of every page are run: the first raises that rule alone, the second nothing."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.rules.kit import findings_of_sample, sample
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
