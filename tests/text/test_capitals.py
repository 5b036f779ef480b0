"""Capital letters: the data is sound, every accepted form is left alone, wild ones come back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vanban
from vanban.text import capitals
from vanban.text.names import names

RULES = [f"TXT05{number}" for number in range(9)]
FORMS = [
    form
    for group in capitals.data()["group"]
    for line in group["forms"]
    for form in line.split("|")
]
WILD = [
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Đảng ủy", "Ban Thường vụ", "Bí thư", "Phó Chủ tịch",
    "Tổ quốc", "Mặt trận Tổ quốc", "Ủy viên", "Đảng viên",
]  # fmt: skip


def found(text: str) -> list[str]:
    findings = vanban.check_text(text, config={"select": RULES}).findings
    return [f"{finding.key} {finding.args.get('moi', '')}".strip() for finding in findings]


def test_every_accepted_form_is_left_alone() -> None:
    assert not found("\n\n".join(f"Trong kỳ, theo {form} thì đạt." for form in FORMS))


def test_forms_of_a_line_hold_the_same_words() -> None:
    for group in capitals.data()["group"]:
        for line in group["forms"]:
            assert len({capitals.key(form) for form in line.split("|")}) == 1, line


def test_levels_and_rules_are_known() -> None:
    for group in capitals.data()["group"]:
        assert group["rule"] in RULES
        levels = {group.get(kind, capitals.NONE) for kind in ("lower", "short", "excess")}
        assert levels <= {"sure", "law", "doubt", "named", "none"}, group


@pytest.mark.parametrize("section", ["tinh_thanh_2025", "tinh_thanh_cu", "dan_toc", "dia_danh"])
def test_names_raise_nothing(section: str) -> None:
    assert not found("\n\n".join(f"Đoàn đến {name} làm việc." for name in names(section)))


def test_peoples_raise_nothing() -> None:
    assert not found("\n\n".join(f"Có 12 hộ dân tộc {name}." for name in names("dan_toc")))


@given(st.sampled_from(WILD), st.data())
def test_a_capital_too_many_is_taken_back(form: str, data: st.DataObject) -> None:
    words = form.split()
    small = [number for number, word in enumerate(words) if word.islower()]
    for number in data.draw(st.sets(st.sampled_from(small), min_size=1)) if small else ():
        words[number] = words[number].capitalize()
    wild = " ".join(words)
    if wild != form:
        (one,) = found(f"Trong kỳ, {wild} đã họp.")
        assert re.fullmatch(rf"TXT05\d\.thua {form}", one)


def test_one_mistake_is_told_once() -> None:
    assert found("Các đại biểu quốc hội dự họp.") == ["TXT053.thieu đại biểu Quốc hội"]
    assert found("Công điện của Thủ tướng chính phủ.") == ["TXT051.thieu Thủ tướng Chính phủ"]
    assert found("Xã có ủy ban Mặt trận tổ quốc.") == ["TXT050.thieu ủy ban Mặt trận Tổ quốc"]


def test_the_tone_style_of_the_text_stays() -> None:
    assert found("Theo Uỷ Ban nhân dân xã.") == ["TXT050.thua Uỷ ban nhân dân"]


def test_only_the_letters_are_replaced() -> None:
    (finding,) = vanban.check_text("Theo Hội Đồng Nhân Dân xã.", config={"select": RULES}).findings
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["đ", "n", "d"]
