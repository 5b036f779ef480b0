"""Tên loại văn bản, điều khoản được dẫn viết hoa đúng (TXT054).

Quy định
    Văn bản được dẫn bằng số thì viết hoa chữ đầu tên loại: Nghị quyết số 12-NQ/ĐU, Quyết định số
    05/QĐ-UBND. Tên luật viết hoa chữ đầu tên gọi: Luật Đất đai, Bộ luật Hình sự. Dẫn điều khoản:
    viết hoa Điều, viết thường khoản và điểm: điểm a khoản 2 Điều 103. Tên loại không viết hoa từng
    tiếng: Chỉ thị, không viết Chỉ Thị.

Vì sao
    Viện dẫn là chỗ người đọc tra cứu, phải giống tên trong văn bản gốc.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Chi bộ học tập nghị quyết số 12-NQ/ĐU, ngày 05/9/2022 của Đảng ủy."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Chi bộ học tập Nghị quyết số 12-NQ/ĐU, ngày 05/9/2022 của Đảng ủy."

Cách sửa
    Viết lại như lời nhắc; viện dẫn điều, khoản, điểm sửa tự động được.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Mục V.6.

English:
    A document cited by its number has a capital; so have laws and Điều, while khoản and điểm are
    small. A citation of article, clause and point is mended at once; kinds that many write small
    (công văn, báo cáo) are information.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, begins, opens, readable, report, told
from vanban.text import capitals
from vanban.text.phrases import fold_word

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT054",
    name="document_case",
    severity=Severity.WARNING,
    source=Source(f"{LAW_NAME}, mục V.6", Certainty.A),
    fix=FixClass.SAFE,
)

_LONGEST = 4
_PARTS = 3


def check(ctx: Reading) -> Iterator[Finding]:
    """Report cited documents, laws and articles in the wrong case."""
    yield from report(ctx, RULE)
    prose = ctx.prose
    for number in prose.distinct.get("số", ()):
        if _figure(prose, number + 1):
            yield from _document(ctx, number, number + 1)
    for number in prose.gaps.get("/", ()):
        first = _code(prose, number)
        if first is not None:
            yield from _document(ctx, first, first)
    for number in prose.where.get("điều", ()):
        if _figure(prose, number + 1):
            yield from _article(ctx, number)


def _figure(prose: Prose, number: int) -> bool:
    """Tell whether a figure stands at a word, one blank behind the word before."""
    if number >= len(prose.words) or prose.seps[number] not in (" ", "\u00a0"):
        return False
    return prose.words[number][0].isdigit()


def _code(prose: Prose, number: int) -> int | None:
    """Return the first word of the number that a code (12-NQ/TW) begins with, if it is one."""
    words, seps = prose.words, prose.seps
    if not 0 < number < len(words) or not words[number][0].isupper():
        return None
    first = number - 1
    while first and number - first <= _PARTS and seps[first] in ("-", "/"):
        first -= 1
    if not words[first].isdecimal() or not first or seps[first] != " ":
        return None
    return None if words[first - 1].lower() == "số" else first


def _document(ctx: Reading, end: int, figure: int) -> Iterator[Finding]:
    """Report the kind of document that ends before word ``end`` when it is in small letters.

    Only a code behind the figure (12-NQ/ĐU) makes it certain that it is a number and no count.
    """
    prose = ctx.prose
    words, seps = prose.words, prose.seps
    sure, soft = capitals.words("documents_sure"), capitals.words("documents")
    for size in range(_LONGEST, 0, -1):
        first = end - size
        if first < 0 or any(
            seps[i] not in (" ", "\n", "\u00a0") for i in range(first + 1, end + 1)
        ):
            continue
        name = " ".join(map(fold_word, words[first:end]))
        if name not in sure and name not in soft:
            continue
        if not words[first].islower() or begins(prose, first) or not readable(prose, first):
            return
        if name == "luật" and words[first - 1].lower() in ("bộ", "pháp"):
            return
        if _within_kind(prose, first):
            return
        text = prose.text[prose.starts[first] : prose.end(end - 1)]
        new = text[0].upper() + text[1:]
        coded = seps[figure + 1] in ("-", "/")
        level = capitals.SURE if name in sure and coded else capitals.DOUBT
        yield told(ctx, RULE, "thieu", first, end, new, level)
        return


def _within_kind(prose: Prose, first: int) -> bool:
    """Tell whether a kind of document with its capital stands before: Thông báo kết luận số 5."""
    words, seps = prose.words, prose.seps
    if first < 2 or seps[first] not in (" ", "\n", "\u00a0") or seps[first - 1] != " ":
        return False
    kind = f"{fold_word(words[first - 2])} {fold_word(words[first - 1])}"
    known = kind in capitals.words("documents_sure") or kind in capitals.words("documents")
    return known and words[first - 2][0].isupper()


def _part(prose: Prose, number: int, name: str) -> bool:
    """Tell whether ``name`` with its number or letter (khoản 2, điểm a) ends before a word."""
    words, seps = prose.words, prose.seps
    return (
        number >= 2
        and seps[number] in (" ", ", ", "\n")
        and seps[number - 1] == " "
        and words[number - 2].lower() == name
        and len(words[number - 1]) <= 2
        and not words[number - 2].isupper()
    )


def _article(ctx: Reading, number: int) -> Iterator[Finding]:
    """Report "Điểm a Khoản 2 điều 103" at once."""
    prose = ctx.prose
    words = prose.words
    first = number
    for name in ("khoản", "điểm"):
        if _part(prose, first, name):
            first -= 2
    small = words[number].islower()
    if words[number].isupper() or not readable(prose, number):
        return
    wrong = [i for i in range(first, number, 2) if words[i][0].isupper()]
    # The first word of a sentence has its capital by right.
    if wrong and opens(prose, first, True) and wrong[0] == first:
        wrong = wrong[1:]
    if first == number and not (small and _law(prose, number + 2) and not begins(prose, number)):
        return
    if not wrong and not small:
        return
    made = [*range(first, number, 2), number]
    start = prose.starts[first]
    text = prose.text[start : prose.end(number)]
    for at in made:
        place = prose.starts[at] - start
        letter = text[place]
        if at == number:
            letter = letter.upper()
        elif at in wrong:
            letter = letter.lower()
        text = text[:place] + letter + text[place + 1 :]
    chain = first < number
    level = capitals.SURE if small and chain else capitals.LAW
    yield told(ctx, RULE, "vien_dan", first, number + 1, text, level, safe=chain)


def _law(prose: Prose, number: int) -> bool:
    """Tell whether the name of a law stands at a word."""
    if number >= len(prose.words) or prose.seps[number] not in (" ", ", "):
        return False
    word = prose.words[number]
    if word.lower() == "của":
        number += 1
        if number >= len(prose.words) or prose.seps[number] != " ":
            return False
        word = prose.words[number]
    return word[0].isupper() and fold_word(word) in capitals.words("laws")
