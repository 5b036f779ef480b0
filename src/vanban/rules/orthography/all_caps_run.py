"""Trong câu không viết hoa cả cụm dài (TXT057).

Quy định
    Chữ in hoa toàn bộ chỉ dùng cho tên loại văn bản, đề mục, tên cơ quan ở đầu văn bản. Trong câu
    văn, từ 6 tiếng liền nhau trở lên viết in hoa (tùy chọn so_tieng) là nên viết lại bằng chữ
    thường. Chữ viết tắt, khẩu hiệu trong ngoặc kép và dòng đề mục in hoa không xét.

Vì sao
    Một đoạn in hoa giữa câu khó đọc, thường là do dán từ đề mục hay quên tắt phím Caps Lock.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy đã tổ chức HỌC TẬP VÀ LÀM THEO TƯ TƯỞNG của Bác."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy đã tổ chức học tập và làm theo tư tưởng của Bác."

Cách sửa
    Gõ lại bằng chữ thường, viết hoa chữ đầu câu và tên riêng.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Phụ lục II không có trường hợp nào viết hoa cả cụm từ trong câu.

English:
    A run of six or more words in capitals inside running text. Abbreviations, quoted slogans and
    lines that are headings are left alone. Information.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME
from vanban.text.prose import RUNNING

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT057",
    name="all_caps_run",
    severity=Severity.INFO,
    source=Source(f"{LAW_NAME}", Certainty.A),
    fix=FixClass.NONE,
    options={"so_tieng": 6},
)

_QUOTES = "\"“”«»'‘’"
_SHOWN = 40


def check(ctx: Reading) -> Iterator[Finding]:
    """Report long runs of capitals inside sentences."""
    prose = ctx.prose
    least: int = ctx.option(RULE, "so_tieng")
    big: list[int] = []
    for word, numbers in prose.distinct.items():
        if word.isupper() and _syllable(word):
            big += numbers
    big.sort()
    for first, last in _runs(prose, big):
        if last - first >= least and _inside(prose, first, last):
            text = prose.text[prose.starts[first] : prose.end(last - 1)]
            shown = " ".join(text.split())
            if len(shown) > _SHOWN:
                shown = shown[:_SHOWN].rsplit(" ", 1)[0] + " ..."
            yield ctx.mark(
                RULE, "cum", prose.starts[first], prose.end(last - 1), chu=shown, so=last - first
            )


@lru_cache(maxsize=4096)
def _syllable(word: str) -> bool:
    """Tell whether a word in capitals is a word of the language, not an abbreviation."""
    if len(word) < 2 or not word.isalpha():
        return False
    bare = word.lower()
    vowels = [not letter.isascii() and letter != "đ" for letter in bare]
    # Without a mark, CONG and ỦY differ from UBND by their vowels: one run of them.
    shape = "".join(
        "v" if letter in "aeiouy" or vowels[i] else "c" for i, letter in enumerate(bare)
    )
    return "v" in shape and "cccc" not in shape and shape.strip("c").count("c") == 0


def _runs(prose: Prose, big: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words in capitals that only blanks, commas and dashes part."""
    first = last = -1
    for number in big:
        if number == last and prose.seps[number] in (" ", ", ", " - ", " – "):
            last = number + 1
            continue
        if last - first > 1:
            yield first, last
        first, last = number, number + 1
    if last - first > 1:
        yield first, last


def _inside(prose: Prose, first: int, last: int) -> bool:
    """Tell whether a run stands in a sentence of running text and is not a heading or a slogan."""
    before, after = prose.seps[first], prose.seps[last] if last < len(prose.seps) else ""
    if any(mark in before[-2:] for mark in _QUOTES) or any(mark in after[:2] for mark in _QUOTES):
        return False
    if prose.role(first) != RUNNING:
        return False
    # What fills a line by itself is a heading; so is a run after the number that opens a line.
    opens = first == 0 or "\n" in before or _item(prose, first)
    closes = last == len(prose.words) or "\n" in after
    if opens and closes:
        return False
    words = prose.words[first:last]
    return words[:3] != ["CỘNG", "HÒA", "XÃ"] and words[:3] != ["CỘNG", "HOÀ", "XÃ"]


def _item(prose: Prose, first: int) -> bool:
    """Tell whether only the number or letter of an item stands before a word in its line."""
    return first == 1 or (
        first > 0
        and len(prose.words[first - 1]) <= 4
        and ("\n" in prose.seps[first - 1] and prose.seps[first] != " ")
    )
