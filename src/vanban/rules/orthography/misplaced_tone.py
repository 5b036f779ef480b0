"""Dấu thanh phải đặt đúng chữ (TXT012).

Quy định
    Dấu thanh đặt ở nguyên âm chính: giám, hoàn, quý, của, già. Riêng âm tiết mở có oa, oe, uy có
    hai cách đặt đều dùng (hòa, hoà); việc thống nhất một cách do quy tắc TXT013 xét.

Vì sao
    Dấu đặt sai chữ (gíam, hòan, qúy, cuả) thường do gõ dấu quá sớm hoặc quá muộn; tìm kiếm không ra
    và văn bản trông cẩu thả.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy hòan thành 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy hoàn thành 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Chuyển dấu sang đúng chữ; sửa tự động được khi tiếng sửa ra là tiếng thường dùng.

Nguồn và độ tin cậy
    Quy tắc đặt dấu thanh, chính tả phổ thông; độ tin cậy B.

English:
    A tone mark on the wrong letter of a syllable that is sound otherwise: gíam, hòan, qúy, cuả. The
    fix moves it and is safe where that makes a common word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._words import TONE, odd_words

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT012",
    name="misplaced_tone",
    severity=Severity.WARNING,
    source=Source("Quy tắc đặt dấu thanh", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words whose tone mark stands on the wrong letter."""
    prose = ctx.prose
    for number, _, verdict in odd_words(prose):
        if verdict.kind == TONE:
            yield ctx.mark(
                RULE,
                "dau",
                prose.starts[number],
                prose.end(number),
                new=verdict.new,
                safety=Safety.SAFE if verdict.sure else Safety.UNSAFE,
            )
