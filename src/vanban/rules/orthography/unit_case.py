"""Tên đơn vị hành chính viết hoa đúng (TXT052).

Quy định
    Danh từ chung (tỉnh, huyện, xã) viết thường, tên riêng viết hoa: tỉnh Nam Định, xã Mẫu. Tên là
    chữ số thì viết hoa cả danh từ chung: Quận 1, Phường 5. Viết riêng: Thủ đô Hà Nội, Thành phố
    Hồ Chí Minh. "Tỉnh", "Thành phố" đứng một mình thay cho cơ quan thì không xét; phường, quận
    mang tên người, tên sự kiện cũng không xét.

Vì sao
    Tên địa lý viết nhiều kiểu trong một văn bản là lỗi trình bày.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Đoàn công tác học tập kinh nghiệm tại Tỉnh Nam Định."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đoàn công tác học tập kinh nghiệm tại tỉnh Nam Định."

Cách sửa
    Viết lại như lời nhắc.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Mục III.1.

English:
    The word for an administrative unit is small before a proper name and capital before a number;
    Thủ đô Hà Nội and Thành phố Hồ Chí Minh are capital. Information unless the document is a
    state one; a capital on each syllable (Thành Phố) is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, begins, opens, readable, told
from vanban.text import capitals
from vanban.text.names import names
from vanban.text.phrases import fold_word

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT052",
    name="unit_case",
    severity=Severity.WARNING,
    source=Source(f"{LAW_NAME}, mục III.1", Certainty.A),
    fix=FixClass.SAFE,
)

_UNITS = frozenset(("Tỉnh", "Huyện", "Xã", "Thị", "Thành"))
_SECONDS = frozenset(("xã", "trấn", "phố"))
# Second syllable with a capital, the syllable before it.
_WILD = {"Phố": "thành", "Xã": "thị", "Trấn": "thị", "Khu": "đặc"}
_NUMBERED = frozenset(("quận", "phường"))
_MOST = 30
_COUNTED = frozenset(("các", "những", "hai", "ba", "mỗi", "nhiều", "số"))


def check(ctx: Reading) -> Iterator[Finding]:
    """Report the words for administrative units in the wrong case."""
    prose = ctx.prose
    for word in prose.distinct.keys() & _WILD.keys():
        for number in prose.distinct[word]:
            if _wild(prose, number, _WILD[word]):
                pair = prose.text[prose.starts[number - 1] : prose.end(number)]
                new = pair[: -len(word)] + word.lower()
                level = capitals.SURE
                yield told(ctx, RULE, "thua", number - 1, number + 1, new, level, safe=True)
    for word in prose.distinct.keys() & _UNITS:
        for number in prose.distinct[word]:
            size, level = _capital(prose, number)
            if size:
                text = prose.text[prose.starts[number] : prose.end(number + size - 1)]
                new = text[0].lower() + text[1:]
                yield told(ctx, RULE, "thua", number, number + size, new, level)
    for number in prose.distinct.get("Chí", ()):
        yield from _special(ctx, number - 3, ("thành", "phố", "hồ", "chí", "minh"))
    for number in prose.distinct.get("thủ", ()):
        yield from _special(ctx, number, ("thủ", "đô", "hà", "nội"))
    for word in prose.distinct.keys() & _NUMBERED:
        for number in prose.distinct[word]:
            if _numbered(prose, number):
                new = word[0].upper() + word[1:]
                yield told(ctx, RULE, "thieu", number, number + 1, new, capitals.LAW)


def _wild(prose: Prose, number: int, before: str) -> bool:
    if not number or prose.seps[number] != " " or not readable(prose, number):
        return False
    word = prose.words[number - 1]
    if fold_word(word) != before or word.isupper() or not word[0].isupper():
        return False
    # Nguyễn Thành Phố: a person.
    if number > 1 and prose.seps[number - 1] == " " and prose.words[number - 2][0].isupper():
        return begins(prose, number - 2)
    return True


@cache
def _provinces() -> frozenset[str]:
    known = (*names("tinh_thanh_2025"), *names("tinh_thanh_cu"))
    return frozenset(" ".join(map(fold_word, name.split())) for name in known)


def _capital(prose: Prose, number: int) -> tuple[int, str]:
    """Return how many words name the unit with a capital it should not have, and how sure it is."""
    words, seps = prose.words, prose.seps
    size = 1
    if words[number] in ("Thị", "Thành"):
        if number + 1 >= len(words) or words[number + 1] not in _SECONDS:
            return 0, capitals.NONE
        size = 2
    name = number + size
    if name >= len(words) or any(seps[i] != " " for i in range(number + 1, name + 1)):
        return 0, capitals.NONE
    first = words[name]
    if not first[0].isupper() or first.isupper() or opens(prose, number, True):
        return 0, capitals.NONE
    if not readable(prose, number) or (seps[number] == " " and words[number - 1][0].isupper()):
        return 0, capitals.NONE
    if words[number] in ("Tỉnh", "Thành"):
        known = _provinces()
        rest = [fold_word(word) for word in words[name : name + 3]]
        if not any(" ".join(rest[:n]) in known for n in (1, 2, 3)):
            return 0, capitals.NONE
        if rest[:3] == ["hồ", "chí", "minh"]:
            return 0, capitals.NONE
        return size, capitals.LAW if size == 1 else capitals.DOUBT
    if fold_word(first) in capitals.words("not_place") or first in capitals.words("surnames"):
        return 0, capitals.NONE
    if seps[number] == " " and fold_word(words[number - 1]) in capitals.words("before_place"):
        return 0, capitals.NONE
    return size, capitals.DOUBT


def _special(ctx: Reading, first: int, phrase: tuple[str, ...]) -> Iterator[Finding]:
    """Report "thành phố Hồ Chí Minh", "thủ đô Hà Nội" with a small letter."""
    prose = ctx.prose
    last = first + len(phrase)
    if first < 0 or last > len(prose.words) or not prose.words[first].islower():
        return
    if tuple(map(fold_word, prose.words[first:last])) != phrase:
        return
    if any(prose.seps[i] != " " for i in range(first + 1, last)) or begins(prose, first):
        return
    if prose.words[last - 1][0].isupper() and readable(prose, first):
        text = prose.text[prose.starts[first] : prose.end(first + 1)]
        new = text[0].upper() + text[1:]
        yield told(ctx, RULE, "thieu", first, first + 2, new, capitals.LAW)


def _numbered(prose: Prose, number: int) -> bool:
    """Tell whether the number behind "quận" or "phường" is its name, not a count."""
    words, seps = prose.words, prose.seps
    if number + 1 >= len(words) or seps[number + 1] != " " or begins(prose, number):
        return False
    figure = words[number + 1]
    if not figure.isdecimal() or figure[0] == "0" or int(figure[:3]) > _MOST:
        return False
    before = words[number - 1]
    if seps[number] == " " and (before[0].isdigit() or fold_word(before) in _COUNTED):
        return False
    gap = seps[number + 2]
    if gap != " " or number + 2 >= len(words):
        return (
            not gap.startswith(("-", "/", "%"))
            and (gap.strip(" \n") not in (".", ",") or gap[-1] in " \n")
            and readable(prose, number)
        )
    after = words[number + 2]
    follows = after[0].isupper() or fold_word(after) in capitals.words("after_number")
    return follows and readable(prose, number)
