"""Plain text and Markdown: what is read as running text, and where it stands in the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vanban
from vanban.check.plain import check_plain
from vanban.finding import Span
from vanban.read.plain import PASSAGES, read_plain, texts

TITLE = "HỘI NGHỊ LẦN THỨ 15 CỦA BAN CHẤP HÀNH ĐẢNG BỘ XÃ MẪU, MỞ RỘNG"
WRAPPED = "Đảng ủy xã tập trung lãnh đạo, chỉ đạo thực hiện các nhiệm vụ\nđã đề ra."


def passages(text: str, *, markdown: bool = False) -> list[tuple[str, str]]:
    return [(t.role, t.raw) for t in texts(read_plain(text, markdown=markdown))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Một câu.", [("prose", "Một câu.")]),
        ("Câu một.\nCâu hai.\n", [("prose", "Câu một."), ("prose", "Câu hai.")]),
        (WRAPPED, [("prose", WRAPPED)]),
        ("- Một là;\n- Hai là.", [("prose", "Một là;"), ("prose", "Hai là.")]),
        ("1. Việc một.\r\n2. Việc hai.\r\n", [("prose", "Việc một."), ("prose", "Việc hai.")]),
        (f"{TITLE}\nĐã xong.", [("heading", TITLE), ("prose", "Đã xong.")]),
        ("KẾT QUẢ\n\nĐã xong.", [("heading", "KẾT QUẢ"), ("prose", "Đã xong.")]),
        ("\ufeffCâu.", [("prose", "Câu.")]),
    ],
)
def test_paragraphs_of_a_plain_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert passages(text) == expected


ARTICLE = "Điều 5. Việc của Đảng ủy, các chi bộ trực thuộc và đảng viên khi thực hiện quy chế"
NUMBERED = (
    "Công tác tuyên truyền, quán triệt, tạo sự thống nhất trong các chi bộ, đoàn thể và Nhân dân "
    "về mục đích, ý nghĩa của việc sắp xếp các ấp trên địa bàn xã"
)


@pytest.mark.parametrize(
    "text", [ARTICLE, "Mục 2. CÁN BỘ CỦA ĐẢNG ỦY VÀ CHI BỘ", "Chương II. Tổ chức"]
)
@pytest.mark.parametrize("markdown", [False, True])
def test_the_name_of_an_article_is_a_heading(text: str, markdown: bool) -> None:
    after = "Đảng ủy giao việc cho từng chi bộ."
    parted = f"{text}\n\n{after}" if markdown else f"{text}\n{after}"
    assert passages(parted, markdown=markdown) == [("heading", text), ("prose", after)]


def test_a_numbered_line_without_an_end_mark_is_a_heading() -> None:
    assert passages(f"1. {NUMBERED}\nĐã xong.") == [("heading", NUMBERED), ("prose", "Đã xong.")]
    assert passages(f"1. {NUMBERED}.") == [("prose", f"{NUMBERED}.")]
    # Two sentences are no heading, though the last one lacks its mark.
    two = f"Việc thứ nhất đã xong. {NUMBERED}"
    assert passages(f"2. {two}") == [("prose", two)]


def test_offices_are_shortened_in_the_list_of_recipients() -> None:
    listed = "Quy định này có hiệu lực từ ngày ký.\nNơi nhận:\n- HĐND, UBND xã;\n- Lưu: VT.\n"
    assert not vanban.check_text(listed).findings
    told = vanban.check_text("Ấp 3 gửi đơn lên HĐND xã.").findings
    assert [finding.rule for finding in told] == ["TXT064"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Kết quả\n\nĐã **xong**.\n", [("heading", "Kết quả"), ("prose", "Đã xong.")]),
        ("Chạy `vanban fix` nhé.\n", [("prose", "Chạy A0 nhé.")]),
        ("Xem [trang này](http://a.b/c) nhé.\n", [("prose", "Xem trang này nhé.")]),
        ("```\nmã , lỗi\n```\n\nChữ.\n", [("prose", "Chữ.")]),
        ("---\ntitle: x , y\n---\nChữ.\n", [("prose", "Chữ.")]),
        ("- một\n- hai\n  dòng\n", [("prose", "một"), ("prose", "hai\ndòng")]),
        (
            "| Tên | Số |\n|---|---|\n| Ấp 1 | 5 |\n",
            [("cell", "Tên"), ("cell", "Số"), ("cell", "Ấp 1"), ("cell", "5")],
        ),
    ],
)
def test_what_a_reader_sees_of_markdown(text: str, expected: list[tuple[str, str]]) -> None:
    assert passages(text, markdown=True) == expected


@given(st.text(alphabet="aàđĐ .,;:-*_`#|>[]()1\n\r\t!~<&\\", max_size=120), st.booleans())
def test_every_character_stands_where_the_positions_say(text: str, markdown: bool) -> None:
    draft = read_plain(text, markdown=markdown)
    for number, found in enumerate(texts(draft)):
        for at, character in enumerate(found.raw):
            span = draft.positions.text(f"/{PASSAGES}/{number}", at, at + 1)
            assert span is not None
            # A stand-in for code and a break are no characters of their line.
            if character in "A0\n" or span.line != span.end_line:
                continue
            line = draft.lines[span.line - 1]
            assert line[span.column - 1 : span.end_column - 1] == character


def test_findings_of_a_text_have_line_and_column() -> None:
    result = vanban.check_text("Dòng một.\nĐảng\u200b ủy xã.\n")
    assert [(f.rule, f.span) for f in result.findings] == [("TXT001", Span(2, 5, 2, 6))]


def test_only_the_rules_about_words_look_at_a_text() -> None:
    result = vanban.check_text("Số liệu 33,3%, 33,3%, 50,0% của 1,246 đảng viên năm 2022, 2023.")
    assert {f.rule[:3] for f in result.findings} <= {"TXT"}


def test_settings_hold_for_a_text_too() -> None:
    text = "Đảng\u200b ủy xã."
    assert vanban.check_text(text, config={"severity": {"TXT001": "info"}}).findings != ()
    assert vanban.check_text(text, config={"ignore": ["TXT"]}).findings == ()


def test_what_stands_beside_marks_of_markdown_is_mended_at_its_place() -> None:
    (finding,) = check_plain(read_plain("Đảng **\u200bủy** xã.\n", markdown=True)).findings
    assert finding.fix is not None
    assert [edit.span for edit in finding.fix.edits] == [Span(1, 8, 1, 9)]
