"""Chữ viết tắt đặt ra thì phải dùng, và chỉ đặt một lần (TXT066).

Quy định
    Chữ viết tắt ghi trong ngoặc sau cụm từ đầy đủ ("Hợp tác xã (HTX)") là để dùng về sau: không
    dùng lại lần nào thì bỏ. Đã đặt một lần thì các chỗ sau dùng chữ viết tắt, không viết đầy đủ kèm
    ngoặc lần nữa. Chỉ xét chữ viết tắt khớp với các chữ đầu của cụm từ ngay trước.

Vì sao
    Ngoặc thừa làm câu khó đọc; viết đầy đủ hai lần là dấu hiệu dán từ văn bản khác.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Các chi bộ vận động thành lập 01 hợp tác xã (HTX) trồng rau.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Các chi bộ vận động thành lập 01 hợp tác xã (HTX) trồng rau; HTX có 25 thành viên.

Cách sửa
    Bỏ ngoặc, hoặc dùng chữ viết tắt ở những chỗ sau.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I: viết tắt cụm từ được dùng nhiều lần; độ tin cậy B.

English:
    An abbreviation that is introduced in brackets is used later, and introduced once. Only such
    whose letters fit the words before the bracket are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._abbreviations import Definition, definitions

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT066",
    name="abbreviation_unused",
    severity=Severity.INFO,
    source=Source(
        "Viết tắt cụm từ dùng nhiều lần (Phụ lục I Nghị định 30/2020/NĐ-CP)", Certainty.B
    ),
    fix=FixClass.UNSAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report abbreviations introduced for nothing, or twice."""
    prose = ctx.prose
    found: dict[str, list[Definition]] = {}
    for one in definitions(prose):
        found.setdefault(one.text, []).append(one)
    for text, places in found.items():
        first, *more = places
        if not more and _uses(prose, text) == 1:
            # The bracket goes with the blank before it.
            start = prose.gap_start(first.first)
            end = prose.end(first.last - 1) + 1
            yield ctx.mark(
                RULE,
                "khong_dung",
                prose.starts[first.first],
                end - 1,
                edits=[(start, end, "")],
                safety=Safety.UNSAFE,
                chu=text,
            )
        for again in more:
            start, end = prose.starts[again.full], prose.end(again.last - 1) + 1
            yield ctx.mark(RULE, "hai_lan", start, end, new=text, safety=Safety.UNSAFE, chu=text)


def _uses(prose: Prose, text: str) -> int:
    """Return how often an abbreviation stands in the whole draft, in codes and tables as well."""
    left, dash, right = text.partition("-")
    if not dash:
        return len(prose.distinct[text])
    return sum(prose.words[number + 1 : number + 2] == [right] for number in prose.distinct[left])
