"""Chữ có dấu viết bằng một ký tự dựng sẵn (TXT002).

Quy định
    Chữ có dấu là một ký tự Unicode dựng sẵn (NFC): "ủ" là một ký tự, không phải "u" kèm một dấu hỏi
    rời. Mỗi đoạn văn có chữ tổ hợp được báo một lần.

Vì sao
    Chữ tổ hợp (thường do chép từ tệp PDF hoặc máy Mac) nhìn giống hệt nhưng tìm kiếm, so khớp không
    ra, và khi in dấu dễ lệch khỏi chữ.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "\\u0110a\\u0309ng u\\u0309y tổ chức 02 cuộc đối thoại."   # \\u0309: dấu hỏi rời

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại."

Cách sửa
    Sửa tự động được, chữ nhìn không đổi.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B.

English:
    Letters with marks are single precomposed code points (NFC). A passage with decomposed letters
    is one finding; the fix composes them. Half-composed letters are TXT003.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.text.signs import uncomposed

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT002",
    name="not_nfc",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report passages with letters in parts."""
    for passage in ctx.prose.passages:
        if passage.plain or unicodedata.is_normalized("NFC", passage.raw):
            continue
        found = uncomposed(passage.raw)
        if found is not None and not found.half:
            yield ctx.mark_raw(
                RULE,
                "to_hop",
                passage,
                found.start,
                found.end,
                new=unicodedata.normalize("NFC", passage.raw[found.start : found.end]),
                so_chu=found.letters,
            )
