"""Không để chữ gõ bằng bảng mã VPS hoặc VISCII (TXT008).

Quy định
    Văn bản dùng bảng mã Unicode. Đoạn chữ từ tệp cũ hoặc thư điện tử cũ theo bảng mã VPS hay VISCII
    phải chuyển sang Unicode. Phải có ít nhất ba từ trở lên mới báo; mỗi đoạn liền nhau một lần.

Vì sao
    Chữ hiện thành "t± chÑc hµi ngh¸" (VISCII) hay "t° chÙc h¶i nghÎ" (VPS), không đọc, tìm hay so
    khớp được.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Ðäng üy t± chÑc 02 cuµc ð¯i thoÕi v¾i Nhân dân."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân, có khách từ Köln và São Paulo."

Cách sửa
    Sửa tự động được khi mọi từ đều thành tiếng Việt. Một số chữ hoa có dấu của hai bảng mã này nằm
    ở vùng ký tự điều khiển và thường đã mất khi chép: xem lại chữ hoa.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B. Bảng
    mã VISCII theo RFC 1456; VPS theo hai bảng công bố trùng nhau.

English:
    No text in the VPS or VISCII encoding. At least three words must become Vietnamese syllables
    under the encoding and be none as they stand; the fix converts the stretch. Capitals that stood
    in the control range are lost before the text gets here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._encodings import report

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT008",
    name="legacy_vps_viscii",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report stretches in VPS or VISCII."""
    yield from report(ctx, RULE, {"vps": "vps", "viscii": "viscii"})
