"""Không để chữ gõ bằng bảng mã VNI (TXT007).

Quy định
    Văn bản dùng bảng mã Unicode. Đoạn chữ chép từ tệp cũ gõ bằng phông VNI-Times (mỗi chữ có dấu là
    hai ký tự) phải chuyển sang Unicode. Mỗi đoạn liền nhau được báo một lần.

Vì sao
    Không có phông VNI thì chữ hiện thành "Ñaûng uûy", "nhaân daân"; không ai đọc, tìm hay so khớp
    được.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Ñaûng uûy toå chöùc 02 cuoäc ñoái thoaïi vôùi Nhaân daân."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân; tiếp đoàn của ông Raphaël (Thaï)."

Cách sửa
    Sửa tự động được, đúng từng chữ, kể cả chữ hoa. Chỗ có từ không chắc là tiếng Việt thì phép sửa
    cần người xem.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B. Bảng
    mã VNI theo nguyên tắc chữ cái và dấu rời của nó.

English:
    No text in the VNI font encoding. A stretch whose words are no Vietnamese as they stand and
    become Vietnamese syllables under VNI (a letter and a sign of its own for hat and tone) is one
    finding; the fix converts it, capitals included.
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
    id="TXT007",
    name="legacy_vni",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report stretches in VNI."""
    yield from report(ctx, RULE, {"vni": "doan"})
