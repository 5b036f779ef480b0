"""Danh từ đặc biệt viết hoa đúng (TXT053).

Quy định
    Viết hoa: Tổ quốc, Quốc hội, Chính phủ, Bác Hồ, Đảng (Đảng Cộng sản Việt Nam), Nhà nước khi đi
    sau Đảng. Viết thường: đảng viên, tổ chức đảng, quản lý nhà nước, chính phủ điện tử, chính phủ
    các nước. Nhân dân hay nhân dân là việc của TXT060.

Vì sao
    Các từ này là tên riêng của Tổ quốc ta, của Đảng và cơ quan nhà nước cao nhất.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Lực lượng dân quân sẵn sàng bảo vệ tổ quốc."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Lực lượng dân quân sẵn sàng bảo vệ Tổ quốc."

Cách sửa
    Viết lại như lời nhắc; chỗ chữ thường còn có cách hiểu chung nên tự xem.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Mục V.1, V.4.

English:
    Tổ quốc, Quốc hội, Chính phủ, Bác Hồ, the Party and the State beside it have capitals; generic
    and foreign uses (e-government, parliaments of other countries) are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, report

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT053",
    name="special_noun",
    severity=Severity.WARNING,
    source=Source(f"{LAW_NAME}, mục V", Certainty.A),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report special nouns with a small letter, or with capitals on each syllable."""
    yield from report(ctx, RULE)
