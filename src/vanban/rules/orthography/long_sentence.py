"""Câu không quá dài (TXT039).

Quy định
    Một câu không nên quá 80 tiếng (đổi được bằng tùy chọn ``am_tiet``). Câu liệt kê ngăn bằng dấu
    chấm phẩy hoặc gạch đầu dòng thì tính từng phần.

Vì sao
    Câu hơn trăm tiếng phải đọc lại mới hiểu, khi trình bày tại hội nghị không biết ngắt ở đâu.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy lãnh đạo Mặt trận và các đoàn thể vận động Nhân dân thi đua sản xuất, phát triển
          kinh tế, giữ gìn đoàn kết ở khu dân cư, giúp nhau giống, vốn và kinh nghiệm làm ăn, chăm
          lo đời sống người có hoàn cảnh khó khăn, bảo vệ cảnh quan, môi trường, phòng ngừa tệ nạn
          xã hội, chấp hành pháp luật, góp công làm đường nông thôn, tham gia bảo hiểm y tế, đưa
          con em đến trường đúng độ tuổi, tích cực rèn luyện sức khỏe và xây dựng nếp sống văn minh.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy lãnh đạo Mặt trận và các đoàn thể vận động Nhân dân thi đua sản xuất, phát triển
          kinh tế, giữ gìn đoàn kết ở khu dân cư. Nhân dân giúp nhau giống, vốn và kinh nghiệm làm
          ăn, chăm lo đời sống người có hoàn cảnh khó khăn.

Cách sửa
    Tách thành nhiều câu, hoặc liệt kê từng ý.

Nguồn và độ tin cậy
    Bản tin đã công bố có câu dài 121 và 139 tiếng; không văn bản nào định giới hạn, độ tin cậy C.

English:
    A sentence of at most 80 syllables (option ``am_tiet``); the parts of an enumeration with
    semicolons or dashes at line starts count one by one. Information, no fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose, Sentence

RULE = Rule(
    id="TXT039",
    name="long_sentence",
    severity=Severity.INFO,
    source=Source("Độ dài câu trong báo cáo đã công bố", Certainty.C),
    options={"am_tiet": 80},
)

_SHOWN = 6


def check(ctx: Reading) -> Iterator[Finding]:
    """Report sentences that are too long."""
    prose = ctx.prose
    limit = max(int(ctx.option(RULE, "am_tiet")), 1)
    for sentence in prose.sentences(over=limit):
        for first, last in _parts(prose, sentence):
            size = _syllables(prose, first, last)
            if size > limit:
                shown = min(first + _SHOWN, last) - 1
                start = prose.starts[first]
                yield ctx.mark(
                    RULE,
                    "dai",
                    start,
                    prose.end(last - 1),
                    mo_dau=" ".join(prose.text[start : prose.end(shown)].split()),
                    so=size,
                    nhieu_nhat=limit,
                )


def _parts(prose: Prose, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the parts of an enumeration, a whole sentence when it is none."""
    first = sentence.first
    for number in range(sentence.first + 1, sentence.last):
        gap = prose.seps[number]
        listed = "\n" in gap and gap.rstrip(" \t")[-1] in "-+*•"
        if ";" in gap or listed:
            yield first, number
            first = number
    yield first, sentence.last


def _syllables(prose: Prose, first: int, last: int) -> int:
    """Return how many words are read; a number in several groups is one."""
    words, gaps = prose.words, prose.seps
    joined = sum(
        1
        for number in range(first + 1, last)
        if words[number][0].isdecimal() and len(gaps[number]) == 1 and gaps[number] in ".,/-:"
    )
    return last - first - joined
