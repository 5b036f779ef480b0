"""Số cuộc thực hiện không vượt kế hoạch, trừ cuộc phát sinh (DIS001).

Quy định
    Ở mỗi cấp, ``thuc_hien`` ≤ ``ke_hoach`` + ``phat_sinh``. Không ghi ``phat_sinh`` thì các cuộc
    kiểm tra khi có dấu hiệu vi phạm được coi là ngoài kế hoạch. ``phat_sinh`` nằm trong
    ``thuc_hien`` nên không được lớn hơn.

Vì sao
    Kiểm tra, giám sát làm theo chương trình đã duyệt; làm nhiều hơn mà không nói phát sinh thì
    thường là gõ nhầm số hoặc lấy nhầm kế hoạch của kỳ khác.

Sai
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        ban_thuong_vu: {ke_hoach: 4, thuc_hien: 6, dang_vien: 9, to_chuc: 6,
                        co_vi_pham: 0, phai_thi_hanh: 0, da_thi_hanh: 0}

Đúng
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        ban_thuong_vu: {ke_hoach: 4, thuc_hien: 6, phat_sinh: 2, dang_vien: 9, to_chuc: 6,
                        co_vi_pham: 0, phai_thi_hanh: 0, da_thi_hanh: 0}

Cách sửa
    Kiểm tra lại hai số; nếu có cuộc ngoài chương trình thì ghi ``phat_sinh``.

Nguồn và độ tin cậy
    Biểu kiểm tra, giám sát theo cấp tiến hành (B); độ tin cậy C về câu chữ.

English:
    Inspections done do not outnumber those planned unless extra ones are stated. Inspections upon
    signs of violation count as extra when no extra ones are typed; extra ones are part of those
    done.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.inspection._levels import DONE, EXTRA, KIND, PLANNED, levels, possibly_done
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules._fields import Record

RULE = Rule(
    id="DIS001",
    name="done_of_planned",
    severity=Severity.WARNING,
    source=Source("Biểu kiểm tra, giám sát: kế hoạch và thực hiện", Certainty.C),
)

UPON_SIGNS = "dau_hieu_vi_pham"


def check(ctx: Context) -> Iterator[Finding]:
    """Report levels at which more was done than planned and extra."""
    for level in levels(ctx):
        planned, done, extra = level.one(PLANNED), level.one(DONE), level.one(EXTRA)
        possible = possibly_done(level)
        if planned is None or done is None or not possible:
            continue
        args: dict[str, Any] = {
            "thuc_hien": vietnamese(done.number),
            "ke_hoach": vietnamese(planned.number),
        }
        if extra is not None and extra.number > done.number:
            if extra.number > max(possible):
                slug, so = "phat_sinh_nhieu", vietnamese(extra.number)
                yield ctx.at(RULE, slug, extra.pointer, **args, phat_sinh=so)
            continue
        given = extra.number if extra is not None else Decimal(0)
        if min(possible) <= planned.number + max(given, _upon_signs(level)):
            continue
        if given:
            slug, so = "vuot_phat_sinh", vietnamese(given)
            yield ctx.at(RULE, slug, done.pointer, **args, phat_sinh=so)
        else:
            yield ctx.at(RULE, "vuot", done.pointer, **args)


def _upon_signs(level: Record) -> Decimal:
    """Return how many were upon signs of violation: such inspections are seldom planned."""
    found = [kind.number for kind in level.all(KIND) if kind.pointer.endswith("/" + UPON_SIGNS)]
    return found[0] if found else Decimal(0)
