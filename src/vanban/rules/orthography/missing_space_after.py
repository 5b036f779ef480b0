"""Sau dấu câu có một dấu cách (TXT032).

Quy định
    Sau dấu câu, dấu đóng ngoặc và dấu % phải có dấu cách rồi mới đến chữ tiếp theo. Số (12,5;
    1.234), giờ, chữ viết tắt (TP.HCM, Th.S), ký hiệu (A,B), địa chỉ thư và trang mạng không bị
    nhắc.

Vì sao
    Hai chữ dính nhau qua dấu câu không ngắt dòng được và tìm kiếm không ra.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình,tổ chức 02 cuộc đối thoại.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình, tổ chức 02 cuộc đối thoại.

Cách sửa
    Thêm dấu cách. Sửa tự động được ở những chỗ chắc chắn (dấu phẩy, chấm phẩy giữa hai chữ, dấu
    đóng ngoặc của một lời chú); chỗ khác xem lại rồi sửa.

Nguồn và độ tin cậy
    Cách gõ dấu câu thông dụng trong văn bản hành chính; độ tin cậy C về câu chữ.

English:
    A blank follows a mark, a closing bracket and the percent sign. Numbers, times, shortened words,
    codes and addresses are left alone. Safe fix between two plain words, unsafe elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._marks import told

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT032",
    name="missing_space_after",
    severity=Severity.WARNING,
    source=Source("Cách gõ dấu câu trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report marks glued to the next word."""
    yield from told(ctx, RULE)
