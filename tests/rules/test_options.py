"""Every option that a rule declares changes what the rule finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rules.kit import BAD, GOOD
from vanban.check.engine import validate
from vanban.read.reader import read_path
from vanban.rules import modules

# Rule, option -> a draft, and a value under which it raises more or fewer findings.
CHANGES: dict[tuple[str, str], tuple[Path, Any]] = {
    ("STR007", "bat_buoc"): (GOOD / "STR005-linh-vuc-bao-trum.yaml", True),
    ("STR008", "nguong"): (BAD / "STR008-it_so_lieu.yaml", 1),
    ("GRA003", "ty_le"): (BAD / "GRA003-dang_vien.yaml", 100),
    ("ORG002", "toi_thieu"): (BAD / "ORG002-it_chinh_thuc.yaml", 1),
    ("ORG003", "dinh_ky_moi_thang"): (BAD / "ORG003-thieu.yaml", 0),
    ("ORG003", "chuyen_de_moi_quy"): (BAD / "ORG003-it_chuyen_de.yaml", 0),
    ("TXT039", "am_tiet"): (BAD / "TXT039-dai.yaml", 200),
    ("TXT040", "ky_tu"): (BAD / "TXT040-dai.yaml", 3000),
    ("TXT057", "so_tieng"): (BAD / "TXT057-cum.yaml", 9),
    ("TXT063", "bo_qua"): (BAD / "TXT063-mot_cho.yaml", ["nề nếp"]),
    ("TXT064", "quen_thuoc"): (BAD / "TXT064-lan_dau.yaml", ["MTTQ"]),
    ("TXT067", "bo_qua"): (BAD / "TXT067-mot_cho.yaml", ["feedback"]),
}


def found(path: Path, rule: str, options: dict[str, Any]) -> list[str]:
    config = {"select": [rule], "options": {rule: options}}
    return [f.key for f in validate(read_path(str(path)), config=config).findings]


@pytest.mark.parametrize(("rule", "option"), CHANGES, ids=str)
def test_an_option_changes_what_is_found(rule: str, option: str) -> None:
    path, value = CHANGES[rule, option]
    assert found(path, rule, {}) != found(path, rule, {option: value})


def test_every_option_is_tried() -> None:
    declared = {(m.RULE.id, option) for m in modules() for option in m.RULE.options}
    assert declared == set(CHANGES)


@pytest.mark.parametrize(("rule", "option"), CHANGES, ids=str)
def test_an_option_is_told_on_the_page(rule: str, option: str) -> None:
    (module,) = [m for m in modules() if m.RULE.id == rule]
    assert option in (module.__doc__ or "")
