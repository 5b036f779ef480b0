"""Hoàn thành xuất sắc không quá 20% số hoàn thành tốt trở lên (GRA003).

Quy định
    Số xếp loại hoàn thành xuất sắc nhiệm vụ không quá ``ty_le`` phần trăm (mặc định 20) của số xếp
    loại hoàn thành tốt trở lên, làm tròn lên; đảng viên và chi bộ tính riêng. Chỉ xét báo cáo có kỳ
    kết thúc từ năm 2019. Tùy chọn: ``ty_le``.

Vì sao
    Vượt tỷ lệ thì cấp trên trả hồ sơ khen thưởng về và phải bình xét lại.

Sai
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dang_vien: Đảng ủy xét, chuẩn y kết quả xếp loại đảng viên của các chi bộ.
    so_lieu:
      xep_loai:
        dang_vien:
          {xuat_sac: 258, tot: 712, hoan_thanh: 61, khong_hoan_thanh: 4, duoc_danh_gia: 1035,
           chua_danh_gia: 89, tong: 1124}

Đúng
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dang_vien: Đảng ủy xét, chuẩn y kết quả xếp loại đảng viên của các chi bộ.
    so_lieu:
      xep_loai:
        dang_vien:
          {xuat_sac: 158, tot: 812, hoan_thanh: 61, khong_hoan_thanh: 4, duoc_danh_gia: 1035,
           chua_danh_gia: 89, tong: 1124}

Cách sửa
    Rà lại kết quả bình xét. Địa phương quy định tỷ lệ khác hoặc cho cách tính khác thì đặt tùy chọn
    ``ty_le``.

Nguồn và độ tin cậy
    Hướng dẫn 21-HD/BTCTW năm 2019, đọc qua nguồn thứ cấp, độ tin cậy B: không quá 20% số đảng viên
    hoàn thành tốt trong từng tổ chức cơ sở đảng. Mẫu số có hai cách hiểu (số hoàn thành tốt, hay
    tốt trở lên), nên lấy cách rộng hơn: 58 trong 310 là 18,7%, đạt. Với chi bộ, và từ ngày
    30/8/2025 (Quy định 366-QĐ/TW), độ tin cậy C, chỉ nhắc để biết.

English:
    Those rated excellent are at most 20% of those rated good or better, rounded up. Members and
    cells are judged apart; for cells, and since 30/8/2025, it is said for information only. Silent
    while GRA001 doubts the grading.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.figures._ratio import shown
from vanban.rules.grading._grades import QUARTERLY, gradings, in_doubt, report_day
from vanban.rules.members._account import account
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="GRA003",
    name="excellent_share",
    severity=Severity.WARNING,
    source=Source("Hướng dẫn 21-HD/BTCTW năm 2019: không quá 20%", Certainty.B),
    options={"ty_le": 20},
)

FIRST_YEAR = 2019
_WEAK = Source("Tỷ lệ hoàn thành xuất sắc nhiệm vụ", Certainty.C)


def check(ctx: Context) -> Iterator[Finding]:
    """Report gradings with too many rated excellent."""
    day, limit = report_day(ctx), Decimal(str(ctx.option(RULE, "ty_le")))
    if ctx.period is None or ctx.period.end.year < FIRST_YEAR or day is None:
        return
    book = account(ctx)
    for grading in gradings(ctx):
        base, excellent = grading.good_or_better, grading.counts["xuat_sac"]
        allowed = (base * limit / 100).to_integral_value(ROUND_CEILING)
        if excellent <= allowed or not base or in_doubt(book, grading):
            continue
        weak = grading.subject == "cells" or day >= QUARTERLY
        yield ctx.at(
            RULE,
            "chi_bo" if grading.subject == "cells" else "dang_vien",
            f"{grading.node.pointer}/xuat_sac",
            severity=Severity.INFO if weak else None,
            source=_WEAK if weak else None,
            xuat_sac=vietnamese(excellent),
            tot=vietnamese(base),
            ty_le=shown(excellent * 100 / base),
            muc=vietnamese(limit),
            toi_da=vietnamese(allowed),
        )
