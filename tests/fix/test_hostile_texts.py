"""Odd and hostile plain texts: each ends, and nothing is written where nothing was meant."""

from __future__ import annotations

import pytest

import vanban

# Each would take hours if its cost grew with the square of its size, or faster.
HOSTILE = {
    "front matter that never ends": "---\r\n" + "a: b\r\n" * 5_000,
    "points": "." * 100_000,
    "an item of one word": "1. " + "a" * 200_000,
    "one word again and again": "một " * 20_000,
    "marks around each word": "_một_ " * 5_000,
    "escapes": "\\* **a** " * 5_000,
    "addresses": "<http://a.vn> " * 3_000,
    "lines of a section": "Điều 5. các chi bộ thôn dự hội nghị học tập nghị quyết của Đảng\n"
    * 2_000,
}


@pytest.mark.parametrize("markdown", [False, True], ids=["txt", "md"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end(name: str, markdown: bool) -> None:
    vanban.check_text(HOSTILE[name], markdown=markdown)


def test_thousands_of_mistakes_in_one_passage() -> None:
    made = vanban.fix_text("các thôn  dự họp , " * 2_000)
    assert made.text == "các thôn dự họp, " * 1_999 + "các thôn dự họp,"
    assert not made.left_out


MENDED = {
    "escapes and entities stay": (
        "Điều 5\\. Việc sử lý \\* xong &amp; bổ xung \\\\\n",
        "Điều 5\\. Việc xử lý \\* xong &amp; bổ sung \\\\\n",
    ),
    "an escaped sign between cells": (
        "| a | b |\n|---|---|\n| sử lý \\| c | việc sử lý |\n",
        "| a | b |\n|---|---|\n| xử lý \\| c | việc xử lý |\n",
    ),
    "the words of a link, not its address or label": (
        'Xem [việc sử lý](a/sử_lý.md "sử lý") và [cách sử lý][sử lý] đó.\n\n[sử lý]: a.md\n',
        'Xem [việc xử lý](a/sử_lý.md "sử lý") và [cách xử lý][sử lý] đó.\n\n[sử lý]: a.md\n',
    ),
    "code, HTML and an unclosed fence": (
        "Việc sử lý `sử lý` <b title='sử lý'>sử lý</b>\n\n```\nsử lý\n",
        "Việc xử lý `sử lý` <b title='sử lý'>xử lý</b>\n\n```\nsử lý\n",
    ),
    "settings before the text": (
        "---\nten: sử  lý\n---\nViệc sử lý xong.\n",
        "---\nten: sử  lý\n---\nViệc xử lý xong.\n",
    ),
    "a rule of dashes is no beginning of settings": (
        "---\n\nViệc sử lý xong.\n\n---\n\nXong.\n",
        "---\n\nViệc xử lý xong.\n\n---\n\nXong.\n",
    ),
    "settings without an end": (
        "---\nViệc sử lý xong.\n",
        "---\nViệc xử lý xong.\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", MENDED)
def test_only_what_is_read_is_mended(name: str, newline: str) -> None:
    broken, clean = (text.replace("\n", newline) for text in MENDED[name])
    made = vanban.fix_text(broken, markdown=True)
    assert made.text == clean
    assert not vanban.fix_text(clean, markdown=True).changed


def test_a_fix_that_would_make_a_mark_of_markdown_is_left_out() -> None:
    # without the blank the line would be an item of a list
    text = "1 ) các thôn họp xong\n"
    made = vanban.fix_text(text, markdown=True, unsafe=True)
    assert made.text == text
