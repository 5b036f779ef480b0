"""Marks and blanks: what is damaged comes back, what only looks wrong is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.kit import KIND
from vanban import check_text
from vanban.fixing import fix
from vanban.read.reader import read_text
from vanban.rules.orthography._marks import look

few = settings(max_examples=15, deadline=None)
RULES = [f"TXT0{number}" for number in range(30, 45)]
ONLY = {"select": RULES}

CLEAN = (KIND / "toi-thieu.yaml").read_text("utf-8")
BLOCK = re.compile(r"^ {6,}[A-ZĐ][^:\n]*\.$", re.MULTILINE)
LINES = [match.start() for match in BLOCK.finditer(CLEAN)]

# Each damages a line at one place; a safe fix takes it back.
DAMAGES: tuple[Callable[[str], str], ...] = (
    lambda line: re.sub(r"(?<=\w) (?=\w)", "  ", line, count=1),
    lambda line: re.sub(r"(?<=[a-zà-ỹ]), (?=[a-zà-ỹ])", ",", line, count=1),
    lambda line: re.sub(r"(?<=\w), ", " , ", line, count=1),
    lambda line: re.sub(r"(?<=\w),(?= )", ",,", line, count=1),
    lambda line: line.replace("; ", " ;  ", 1),
    lambda line: line.replace(" (", " ( ", 1),
    lambda line: line.replace(").", " ).", 1),
    lambda line: f"{line}   ",
)


@few
@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(DAMAGES)), min_size=1))
def test_safe_fixes_give_the_clean_draft_back(
    places: list[tuple[int, Callable[[str], str]]],
) -> None:
    chosen = dict(places)
    text = CLEAN
    for start in sorted(chosen, reverse=True):
        end = text.index("\n", start)
        body = text[start:end].lstrip()
        text = text[: end - len(body)] + chosen[start](body) + text[end:]
    made = fix(read_text(text, "yaml"), config=ONLY)
    assert made.text == CLEAN
    assert not made.left_out


HARMLESS = (
    "Kiến nghị về đường, điện, v.v. được trả lời.",
    "Đoàn TP.HCM và TP. Hồ Chí Minh cùng Th.S Trần Văn B dự lúc 8h30, 7:30 và 7 : 30.",
    "Thu 1.234,5 triệu đồng, đạt 12,5%, ngày 09/10/2023, trực 24/7.",
    "Nghị quyết số 10-NQ/TW, Số 05-BC/ĐU, QĐ-TTg, HĐND-UBND và T/M Ban Thường vụ.",
    "Xem http://a.vn/b?c=d,e;f hoặc gửi a@b.vn; bản đồ 1:1000.",
    "Các ý (1), (2); a), b) [...] và 3) đã rõ… Đồng chí P. Bí thư, Đ/c Trưởng ấp dự.",
    "Phát triển kinh tế - xã hội 2020-2025 và/hoặc theo tuyến A - B.",
    "Mô hình “Câu lạc bộ “Ông bà” ở ấp” là gì?! Toàn xã hưởng ứng./.",
    "- Ấp 1;\n  - tổ 1;\n    + hộ 1.",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_wrong_is_left_alone(text: str) -> None:
    assert not check_text(text, config=ONLY).findings


@pytest.mark.parametrize("gap", [" ", ", ", ". ", "; ", ": ", " - ", "-", "/", " (", ") ", "\n"])
def test_common_separators_are_not_looked_at_again(gap: str) -> None:
    assert look(gap) == 0


def test_several_faults_of_one_stretch_are_one_finding() -> None:
    (found,) = check_text("Các ấp ,  tổ tự quản ký cam kết.", config=ONLY).findings
    assert found.key == "TXT031.cach"
    (found,) = check_text("Các ấp , ,tổ tự quản ký cam kết.", config=ONLY).findings
    assert found.key == "TXT036.lap"


def test_a_bracket_over_two_paragraphs_is_paired() -> None:
    text = "Quy chế này (ban hành kèm theo quyết định.\n\nĐã được thông qua) có hiệu lực."
    assert not [f for f in check_text(text, config=ONLY).findings if f.rule == "TXT034"]
