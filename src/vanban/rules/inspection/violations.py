"""Có vi phạm, phải kỷ luật, đã kỷ luật: số sau không quá số trước (DIS002).

Quy định
    Ở mỗi cấp: có vi phạm ≤ đảng viên và tổ chức được kiểm tra; phải thi hành kỷ luật ≤ có vi phạm;
    đã thi hành ≤ phải thi hành.

Vì sao
    Bốn số đi theo một dây; số sau lớn hơn số trước là gõ nhầm cột hoặc sót người được kiểm tra.

Sai
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        uy_ban_kiem_tra: {ke_hoach: 4, thuc_hien: 4, dang_vien: 5, to_chuc: 3,
                          co_vi_pham: 2, phai_thi_hanh: 1, da_thi_hanh: 2}

Đúng
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        uy_ban_kiem_tra: {ke_hoach: 4, thuc_hien: 4, dang_vien: 5, to_chuc: 3,
                          co_vi_pham: 2, phai_thi_hanh: 2, da_thi_hanh: 2}

Cách sửa
    Đối chiếu với thông báo kết luận và quyết định kỷ luật của từng cuộc, sửa số sai.

Nguồn và độ tin cậy
    Biểu kiểm tra, giám sát: có vi phạm, phải thi hành, đã thi hành kỷ luật (B); độ tin cậy C về câu
    chữ.

English:
    Found in violation <= inspected, to be disciplined <= found in violation, disciplined <= to be
    disciplined, at each level. Members and organisations inspected count together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.inspection._levels import (
    BODIES,
    FOUND,
    MEMBERS,
    PUNISHED,
    TO_PUNISH,
    levels,
)
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules._fields import Record

RULE = Rule(
    id="DIS002",
    name="violations",
    severity=Severity.ERROR,
    source=Source("Biểu kiểm tra, giám sát: vi phạm và thi hành kỷ luật", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a figure larger than the one it is part of; one per level."""
    for level in levels(ctx):
        finding = _level(ctx, level)
        if finding is not None:
            yield finding


def _level(ctx: Context, level: Record) -> Finding | None:
    members, bodies = level.number(MEMBERS), level.number(BODIES)
    found, due, done = level.one(FOUND), level.one(TO_PUNISH), level.one(PUNISHED)
    if found is None:
        return None
    if members is not None and bodies is not None and found.number > members + bodies:
        return ctx.at(
            RULE,
            "vi_pham",
            found.pointer,
            so=vietnamese(found.number),
            toi_da=vietnamese(members + bodies),
            dang_vien=vietnamese(members),
            to_chuc=vietnamese(bodies),
        )
    if due is not None and due.number > found.number:
        # Both later figures above it: then the number found in violation is the odd one.
        odd = found if done is not None and found.number < done.number <= due.number else due
        args: dict[str, Any] = {"so": vietnamese(due.number), "toi_da": vietnamese(found.number)}
        return ctx.at(RULE, "phai_thi_hanh", odd.pointer, **args)
    if due is not None and done is not None and done.number > due.number:
        args = {"so": vietnamese(done.number), "toi_da": vietnamese(due.number)}
        return ctx.at(RULE, "da_thi_hanh", done.pointer, **args)
    return None
