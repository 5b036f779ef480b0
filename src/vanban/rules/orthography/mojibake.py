"""Không để chữ UTF-8 bị đọc nhầm bảng mã (TXT009).

Quy định
    Văn bản dùng bảng mã Unicode, chữ phải được đọc đúng là UTF-8. Đoạn chữ bị chương trình khác đọc
    theo bảng mã phương Tây (CP1252, Latin-1, CP1258), một lần hay hai lần, phải chuyển lại.

Vì sao
    Chữ hiện thành "nhÃ¢n dÃ¢n", "tá»• chá»©c": không đọc, tìm hay so khớp được, và mỗi lần lưu
    lại càng hỏng thêm.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Cáº¥p á»§y tá»• chá»©c 02 cuá»™c Ä‘á»‘i thoáº¡i vá»›i NhÃ¢n dÃ¢n."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy “XÃ MẪU” tổ chức 02 cuộc đối thoại với Nhân dân; “ĐẢNG BỘ XÃ” ổn định."

Cách sửa
    Sửa tự động được khi không mất ký tự nào. Khi có ký tự đã mất lúc chép thì phải chép lại từ tệp
    gốc, chọn bảng mã UTF-8 khi mở.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B. Bảng
    mã UTF-8 theo RFC 3629, đọc nhầm được tính lại đúng từng byte.

English:
    No UTF-8 that was read in a Western code page. Letters that came out as two or three characters
    (once or twice over) are found and read anew; where a byte was lost on the way nothing is
    offered but a new copy of the source.
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
    id="TXT009",
    name="mojibake",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report stretches of UTF-8 read in a Western code page."""
    yield from report(ctx, RULE, {"utf8": "mot_lan", "utf8_twice": "hai_lan"})
