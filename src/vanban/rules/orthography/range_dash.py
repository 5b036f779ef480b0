"""Một kiểu gạch nối khoảng trong cả văn bản (TXT041).

Quy định
    Khoảng năm (nhiệm kỳ 2025 - 2030) và gạch ngang giữa các vế viết một kiểu trong cả văn bản: hoặc
    có dấu cách hai bên hoặc không, cùng một loại gạch (-, –, —). Kiểu dùng nhiều hơn được coi là
    kiểu chung; bằng nhau thì lấy " - ". Gạch có dấu cách ở một bên là gõ sót. Ký hiệu văn bản, số
    điện thoại, tỷ số không tính; từ ghép có gạch (kinh tế - xã hội) thuộc TXT061.

Vì sao
    Lẫn kiểu thường do chép từ nhiều nguồn; tìm "2025 - 2030" sẽ sót "2025-2030".

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy rà soát quy hoạch nhiệm kỳ 2025 - 2030 và tổng kết nhiệm kỳ 2020-2025.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy rà soát quy hoạch nhiệm kỳ 2025 - 2030 và tổng kết nhiệm kỳ 2020 - 2025.

Cách sửa
    Đổi các chỗ ít dùng về kiểu chung; có thể sửa tự động sau khi xem.

Nguồn và độ tin cậy
    Chưa thấy quy định về loại gạch; chỉ nhắc cho thống nhất, độ tin cậy C.

English:
    One form of the dash in ranges of years and between phrases in a document, and blanks on both
    sides or none. The less common form is told once, with all its places in an unsafe fix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._marks import around, lettered
from vanban.text.compounds import joints
from vanban.text.prose import CODE

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT041",
    name="range_dash",
    severity=Severity.INFO,
    source=Source("Thống nhất cách viết khoảng trong một văn bản", Certainty.C),
    fix=FixClass.UNSAFE,
)

_FORMS: Final = (" - ", "-", " – ", "–", " — ", "—")
_BETWEEN: Final = (" - ", " – ", " — ")
_HALF: Final = ("- ", " -", "– ", " –", "— ", " —")
_HOUSE = " - "


def check(ctx: Reading) -> Iterator[Finding]:
    """Report the less common forms of dashes, and dashes with a blank on one side."""
    prose = ctx.prose
    years = {
        form: found
        for form in _FORMS
        if (found := [n for n in prose.gaps.get(form, ()) if _is_range(prose, n)])
    }
    yield from _mixed(ctx, "khoang", years)
    # Only long dashes are looked at closely: a hyphen alone is the common form.
    if any(form in prose.gaps for form in _BETWEEN[1:]):
        phrases = {
            form: found
            for form in _BETWEEN
            if (found := [n for n in prose.gaps.get(form, ()) if _parts_phrases(prose, n)])
        }
        yield from _mixed(ctx, "gach_cau", phrases)
    for form in _HALF:
        for number in prose.gaps.get(form, ()):
            apart = _between_words(prose, number) and not _compound(prose, number)
            if apart or _is_range(prose, number):
                start, end = prose.gap_start(number), prose.starts[number]
                yield ctx.mark(
                    RULE,
                    "mot_ben",
                    start,
                    end,
                    new=f" {form.strip()} ",
                    safety=Safety.UNSAFE,
                    tim_thay=around(prose.text, start, end),
                )


def _mixed(ctx: Reading, slug: str, forms: dict[str, list[int]]) -> Iterator[Finding]:
    if len(forms) < 2:
        return
    prose = ctx.prose
    most = max(forms, key=lambda form: (len(forms[form]), form == _HOUSE))
    for form, numbers in forms.items():
        if form == most:
            continue
        places: Sequence[tuple[int, int]] = [
            (prose.gap_start(number), prose.starts[number]) for number in numbers
        ]
        first = numbers[0]
        yield ctx.mark(
            RULE,
            slug,
            prose.starts[first - 1],
            prose.end(first),
            edits=[(start, end, most) for start, end in places],
            safety=Safety.UNSAFE,
            tim_thay=prose.text[prose.starts[first - 1] : prose.end(first)],
            so=len(numbers),
            kieu=f"“{form}”",
            dung=f"“{most}”",
        )


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


def _is_range(prose: Prose, number: int) -> bool:
    """Tell whether a dash stands between two years, the second later, and is part of no code."""
    if not 0 < number < len(prose.words):
        return False
    one, two = prose.words[number - 1], prose.words[number]
    if not (_is_year(one) and _is_year(two) and one < two):
        return False
    around_it = prose.seps[number - 1][-1:] + prose.seps[number + 1][:1]
    behind = prose.seps[number + 1][1:2] or prose.words[number + 1 : number + 2]
    dotted = around_it[-1:] in (".", ",") and not prose.seps[number + 1][1:]
    return (
        not any(char in "/-–—_" for char in around_it)
        and not (dotted and behind)
        and (prose.role(number) != CODE)
    )


def _between_words(prose: Prose, number: int) -> bool:
    """Tell whether a dash stands between two words of running text."""
    if not 0 < number < len(prose.words) or prose.role(number) == CODE:
        return False
    one, two = prose.words[number - 1], prose.words[number]
    return all(
        len(word) > 1 and word.isalpha() and word.islower() and lettered(word)
        for word in (one, two)
    )


def _parts_phrases(prose: Prose, number: int) -> bool:
    return _between_words(prose, number) and not _compound(prose, number)


def _compound(prose: Prose, number: int) -> bool:
    return (prose.words[number - 1].lower(), prose.words[number].lower()) in joints()
