"""Tên riêng viết hoa đủ các tiếng (TXT058).

Quy định
    Tên người, tên đất, tên dân tộc viết hoa chữ đầu mọi tiếng: Việt Nam, Hồ Chí Minh, tỉnh Bắc
    Giang, dân tộc Kinh; chữ đệm trong họ tên cũng thế (Nguyễn Văn A). Tên cũng là lời thường (hòa
    bình, bình định) chỉ xét khi đứng sau "tỉnh", "thành phố".

Vì sao
    Tên riêng viết thiếu chữ hoa là lỗi chính tả dễ thấy nhất.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Xã tổ chức học tập tư tưởng Hồ chí Minh."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Xã tổ chức học tập tư tưởng Hồ Chí Minh."

Cách sửa
    Viết hoa như lời nhắc; tên viết hoa một phần sửa tự động được.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Mục II, III. Danh sách 34 tỉnh năm 2025, 63 tỉnh trước đó, 54 dân tộc.

English:
    Names of people, places and peoples have a capital on each syllable, from lists; names that
    are common words as well are judged only behind "tỉnh" or "thành phố". Names written half in
    capitals are mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, readable, report, told
from vanban.text import capitals
from vanban.text.names import names
from vanban.text.phrases import fold_word

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT058",
    name="proper_name_case",
    severity=Severity.WARNING,
    source=Source(f"{LAW_NAME}, mục II và III", Certainty.A),
    fix=FixClass.SAFE,
)

_LONGEST = 3
_MIDDLE = frozenset(("văn", "thị"))
_COMPOUNDS = frozenset(("thị xã", "thị trấn", "văn phòng", "văn hóa", "văn học", "văn nghệ"))


def check(ctx: Reading) -> Iterator[Finding]:
    """Report names with a small letter where a capital belongs."""
    yield from report(ctx, RULE)
    prose = ctx.prose
    for number in prose.distinct.get("tộc", ()):
        if number and prose.words[number - 1].lower() == "dân" and prose.seps[number] == " ":
            yield from _people(ctx, number + 1)
    for word in _MIDDLE & prose.distinct.keys():
        for number in prose.distinct[word]:
            if _in_person(prose, number):
                new = word.capitalize()
                level = capitals.SURE
                yield told(ctx, RULE, "thieu", number, number + 1, new, level, safe=True)


def _in_person(prose: Prose, number: int) -> bool:
    """Tell whether a middle name in small letters stands in a person's name: Nguyễn văn A."""
    words, seps = prose.words, prose.seps
    if not 0 < number < len(words) - 1 or not seps[number] == seps[number + 1] == " ":
        return False
    last = words[number + 1]
    return (
        words[number - 1] in capitals.words("families")
        and last[0].isupper()
        # "Đoàn văn Nghệ" is a name, "Tô thị Xã" is none.
        and f"{words[number]} {fold_word(last)}" not in _COMPOUNDS
        and readable(prose, number)
    )


@cache
def _peoples() -> tuple[dict[tuple[str, ...], str], frozenset[str]]:
    """Return the peoples by their folded words, and every accepted way to write them."""
    every = tuple(name for name in names("dan_toc") if name.replace(" ", "").isalpha())
    by_words: dict[tuple[str, ...], str] = {}
    for name in every:
        by_words.setdefault(tuple(map(fold_word, name.split())), name)
    return by_words, frozenset(every)


def _people(ctx: Reading, first: int) -> Iterator[Finding]:
    """Report the name of a people behind "dân tộc"."""
    prose = ctx.prose
    words, seps = prose.words, prose.seps
    by_words, every = _peoples()
    for size in range(_LONGEST, 0, -1):
        last = first + size
        if last > len(words) or any(seps[i] != " " for i in range(first, last)):
            continue
        name = by_words.get(tuple(map(fold_word, words[first:last])))
        if name is None:
            continue
        written = " ".join(words[first:last])
        if written in every or written.isupper() or not readable(prose, first):
            return
        common = name in capitals.words("peoples_common")
        if common and not _alone(prose, last):
            return
        yield told(
            ctx, RULE, "thieu", first, last, name, capitals.DOUBT if common else capitals.SURE
        )
        return


def _alone(prose: Prose, last: int) -> bool:
    """Tell whether a name that is a common word too ends its phrase here."""
    if last >= len(prose.words) or prose.seps[last] != " ":
        return True
    return fold_word(prose.words[last]) in ("và", "ở", "sinh", "chiếm", "trên", "tại", "là", "có")
