"""Rules about syllables on plain text: the house setting, what is safe, what one word hides."""

from __future__ import annotations

import pytest

from vanban.check.plain import PlainReading
from vanban.finding import Finding, Safety, Severity
from vanban.read.plain import read_plain
from vanban.rules import modules
from vanban.text.tone import Style


def _found(text: str, rule: str, tone_style: Style | None = None) -> list[Finding]:
    reading = PlainReading(draft=read_plain(text), tone_style=tone_style)
    (module,) = (m for m in modules("TXT") if m.RULE.id == rule)
    return list(module.check(reading))


def _told(text: str, rule: str, tone_style: Style | None = None) -> list[tuple[str, str]]:
    return [(f.args["cu"], f.args["moi"]) for f in _found(text, rule, tone_style)]


def test_the_house_setting_decides_and_warns() -> None:
    text = "Đảng ủy và chi ủy hòa giải; tổ hoà giải khoẻ."
    assert _told(text, "TXT013", "tone_main") == [
        ("ủy", "uỷ"),
        ("ủy", "uỷ"),
        ("hòa", "hoà"),
    ]
    assert _told(text, "TXT013", "tone_first") == [("hoà", "hòa"), ("khoẻ", "khỏe")]
    found = _found(text, "TXT013", "tone_first")
    assert {f.severity for f in found} == {Severity.WARNING}
    assert all(f.fix and f.fix.safety is Safety.SAFE for f in found)


def test_without_one_the_majority_decides_and_the_first_breaks_a_tie() -> None:
    assert _told("Đảng uỷ, chi ủy, cấp uỷ.", "TXT013") == [("ủy", "uỷ")]
    assert _told("Đảng uỷ, chi ủy.", "TXT013") == [("ủy", "uỷ")]
    assert _told("Đảng ủy, chi uỷ.", "TXT013") == [("uỷ", "ủy")]
    assert _told("ĐẢNG UỶ và Đảng ủy, chi ủy.", "TXT013") == [("UỶ", "ỦY")]


@pytest.mark.parametrize(
    "text",
    [
        "Đảng ủy; đồng chí Hoà, bà Lê Thị Thuý, tỉnh Khánh Hoà, xã Hoà Bình.",
        "Đảng ủy; quý, quỷ, hoàn, toàn, khuỷu, giờ, Huỳnh, thuở.",
        "Đảng ủy; chi ủy; hòa; khỏe.",
    ],
)
def test_names_and_closed_syllables_have_no_style(text: str) -> None:
    assert _told(text, "TXT013") == []


def test_a_moved_tone_that_makes_a_rare_word_is_not_safe() -> None:
    safe = {f.args["cu"]: f.fix.safety for f in _found("gíam hòan tiả", "TXT012") if f.fix}
    assert safe == {"gíam": Safety.SAFE, "hòan": Safety.SAFE, "tiả": Safety.UNSAFE}


def test_two_letters_that_changed_places_are_no_moved_tone() -> None:
    assert _told("Ý kiến caủ dân.", "TXT012") == []
    assert _told("Ý kiến caủ dân.", "TXT011") == [("caủ", "của")]


def test_a_foreign_phrase_is_left_alone() -> None:
    assert _told("Món brốt brớn của đoàn, tiếng kơr kmrâo.", "TXT011") == []


def test_letters_apart_are_joined_by_the_wider_gap_or_the_dictionary() -> None:
    assert _told("C ô n g  t á c dân vận.", "TXT015") == [("C ô n g  t á c", "Công tác")]
    assert _told("N h â n d â n dự.", "TXT015") == [("N h â n d â n", "Nhân dân")]
    assert _told("Điểm a b c d khoản 1; tổ A B C D.", "TXT015") == []


def test_a_late_capital_follows_the_document() -> None:
    assert _told("Các nHiệm vụ và nhiệm vụ.", "TXT018") == [("nHiệm", "nhiệm")]
    assert _told("Các nHân dân và Nhân dân.", "TXT018") == [("nHân", "Nhân")]


def test_one_word_is_told_by_one_rule() -> None:
    for word in ("gíam", "môth", "vềmột", "ddoongf", "ĐẢng", "vụĐảng", "Đa3ng"):
        rules = [
            rule
            for rule in ("TXT011", "TXT012", "TXT014", "TXT016", "TXT018")
            if _told(f"Việc {word} này.", rule)
        ]
        assert len(rules) == 1, (word, rules)
