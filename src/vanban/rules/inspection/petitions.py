"""Số đơn giải quyết không lớn hơn số đơn tiếp nhận và tồn kỳ trước (DIS005).

Quy định
    ``giai_quyet`` ≤ ``tiep_nhan`` + ``ton_ky_truoc``.

Vì sao
    Không thể giải quyết nhiều đơn hơn số đang có; lệch thường do quên đơn tồn của kỳ trước.

Sai
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        don_thu: {ton_ky_truoc: 1, tiep_nhan: 3, giai_quyet: 5}

Đúng
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        don_thu: {ton_ky_truoc: 2, tiep_nhan: 3, giai_quyet: 5}

Cách sửa
    Đối chiếu với sổ theo dõi đơn, ghi đủ số tồn của kỳ trước hoặc sửa số đã giải quyết.

Nguồn và độ tin cậy
    Quan hệ số học của ba số; độ tin cậy C về câu chữ.

English:
    Petitions settled do not outnumber those received and those left from the period before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import records
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DIS005",
    name="petitions",
    severity=Severity.ERROR,
    source=Source("Đơn thư: tồn, tiếp nhận, giải quyết", Certainty.C),
)

CARRIED, RECEIVED, SETTLED = "petitions-carried", "petitions-received", "petitions-settled"


def check(ctx: Context) -> Iterator[Finding]:
    """Report more petitions settled than there were."""
    for record in records(ctx, "petitions", CARRIED, RECEIVED, SETTLED):
        carried, received = record.number(CARRIED), record.number(RECEIVED)
        settled = record.one(SETTLED)
        if carried is None or received is None or settled is None:
            continue
        if settled.number > carried + received:
            yield ctx.at(
                RULE,
                "vuot",
                settled.pointer,
                giai_quyet=vietnamese(settled.number),
                tiep_nhan=vietnamese(received),
                ton=vietnamese(carried),
                co=vietnamese(carried + received),
            )
