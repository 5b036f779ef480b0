"""Hai tiếng phải cách nhau một dấu cách (TXT014).

Quy định
    Mỗi tiếng viết rời: "về một số", không viết "vềmột số"; "vụ Đảng ủy", không viết "vụĐảng ủy".
    Chỉ xét chữ không thể là một âm tiết mà tách ra thành những tiếng thường dùng. Mã, tên riêng và
    từ nước ngoài viết liền (iOffice, Rađê, ôtô) không xét.

Vì sao
    Chữ dán từ tệp PDF thường mất dấu cách sau tiếng có dấu; tìm kiếm và ngắt dòng đều hỏng.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy đối thoại vềmột số việc Nhân dân quan tâm.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy đối thoại về một số việc Nhân dân quan tâm.

Cách sửa
    Thêm dấu cách. Bản sửa tự động cần người xem lại vì có chữ tách được nhiều cách.

Nguồn và độ tin cậy
    Chính tả phổ thông; lỗi gặp trong báo cáo số hóa; độ tin cậy B.

English:
    Words that lost the blank between them: no syllable as they stand, words of every day when
    parted. The fix parts them and is unsafe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._words import GLUED, may_be_name, odd_words
from vanban.text.prose import NAME
from vanban.text.syllables import common

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT014",
    name="glued_words",
    severity=Severity.WARNING,
    source=Source("Các tiếng viết rời nhau", Certainty.B),
    fix=FixClass.UNSAFE,
)

# In a word that may be a foreign name both parts must be words of the first pages of any report.
_EVERY_DAY = 600


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words that stand glued together."""
    prose = ctx.prose
    for number, word, verdict in odd_words(prose):
        if verdict.kind != GLUED or prose.role(number) == NAME:
            continue
        if not verdict.sure and may_be_name(prose, number) and not _plain(verdict.new):
            continue
        yield ctx.mark(
            RULE,
            "dinh",
            prose.starts[number],
            prose.end(number),
            new=verdict.new,
            safety=Safety.UNSAFE,
            chu=word,
        )


def _plain(parted: str) -> bool:
    ranks = common()
    return all(ranks[part] < _EVERY_DAY for part in parted.lower().split())
