"""Không để chữ gõ bằng bảng mã TCVN3 (ABC) (TXT006).

Quy định
    Văn bản dùng bảng mã Unicode. Đoạn chữ chép từ tệp cũ gõ bằng phông .VnTime (bảng mã TCVN3, còn
    gọi là ABC) phải chuyển sang Unicode. Mỗi đoạn liền nhau được báo một lần.

Vì sao
    Không có phông .VnTime thì chữ hiện thành "nh©n d©n", "®èi tho¹i"; không ai đọc, tìm hay
    so khớp được.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "§¶ng ñy tæ chøc 02 cuéc ®èi tho¹i víi Nh©n d©n."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân; đạt 21°C, ±2 µm, thương hiệu A®."

Cách sửa
    Sửa tự động được, đúng từng chữ. Riêng chữ hoa có dấu gõ bằng phông .VnTimeH mang cùng mã với
    chữ thường nên sau khi chuyển là chữ thường: xem lại tiêu đề và tên riêng viết hoa. Chỗ có từ
    không chắc là tiếng Việt thì phép sửa cần người xem.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B. Bảng
    mã của TCVN 5712:1993 (VN3), đối chiếu bằng máy.

English:
    No text in the TCVN3 (ABC) font encoding. A stretch whose words are no Vietnamese as they stand
    and become Vietnamese syllables under TCVN3 is one finding; the fix converts it. Capitals typed
    in a .VnTimeH font share the codes of small letters and come out as such. Degree signs, ®, µm,
    guillemets and foreign words are left alone.
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
    id="TXT006",
    name="legacy_tcvn3",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report stretches in TCVN3."""
    yield from report(ctx, RULE, {"tcvn3": "doan"})
