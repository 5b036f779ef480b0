"""Hạn chế có nguyên nhân, nguyên nhân gắn với hạn chế (STR004).

Quy định
    Khi hạn chế mang mã (``ma``) và nguyên nhân trỏ về mã (``han_che``) thì mỗi hạn chế có mã phải
    có ít nhất một nguyên nhân, mỗi nguyên nhân phải trỏ về ít nhất một hạn chế. Các hạn chế
    chưa có nguyên nhân được nêu trong một lời nhắc. Báo cáo ngắn viết hạn chế, nguyên nhân thành
    lời, không đặt mã, không bị nhắc.

Vì sao
    Hạn chế không rõ nguyên nhân thì không đề ra được giải pháp; nguyên nhân không của hạn chế nào
    là câu viết cho đủ mục.

Sai
    danh_gia:
      han_che:
        - {ma: HC1, linh_vuc: dang_vien, noi_dung: Công tác kết nạp đảng viên còn chậm.}
        - {ma: HC2, linh_vuc: kiem_tra_giam_sat, noi_dung: Còn 01 cuộc giám sát chưa thực hiện.}
      nguyen_nhan:
        - {loai: chu_quan, han_che: [HC1], noi_dung: Một số chi bộ chưa chủ động tạo nguồn.}

Đúng
    danh_gia:
      han_che:
        - {ma: HC1, linh_vuc: dang_vien, noi_dung: Công tác kết nạp đảng viên còn chậm.}
        - {ma: HC2, linh_vuc: kiem_tra_giam_sat, noi_dung: Còn 01 cuộc giám sát chưa thực hiện.}
      nguyen_nhan:
        - {loai: chu_quan, han_che: [HC1], noi_dung: Một số chi bộ chưa chủ động tạo nguồn.}
        - {loai: khach_quan, han_che: [HC2], noi_dung: Cán bộ phụ trách đi học dài hạn.}

Cách sửa
    Thêm nguyên nhân của hạn chế được chỉ ra, hoặc thêm mã của hạn chế ấy vào ``han_che`` của nguyên
    nhân đã có; một nguyên nhân được trỏ về nhiều hạn chế.

Nguồn và độ tin cậy
    Báo cáo và đề cương đã công bố viết nguyên nhân liền sau hạn chế, chia khách quan, chủ quan; độ
    tin cậy C về câu chữ.

English:
    Every coded limitation has a cause and every cause names a limitation. Works from the typed
    links only: limitations or causes that are written as plain text without codes are left alone.
    Limitations are looked at once every cause has its link and no reference leads nowhere (STR010).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.structure._links import dangling, items, parent, references

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR004",
    name="cause_link",
    severity=Severity.WARNING,
    source=Source("Hạn chế gắn với nguyên nhân", Certainty.C),
)

_TARGET = "limitation"


def check(ctx: Context) -> Iterator[Finding]:
    """Report coded limitations without a cause and causes of no limitation."""
    if not ctx.role("limitations") or not ctx.role("causes"):
        return
    limitations, causes = items(ctx, _TARGET), items(ctx, "cause")
    coded = [item for item in limitations if item.code is not None]
    if not coded or not any(cause.typed for cause in causes):
        return
    pairs = references(ctx, _TARGET)
    linked = {parent(parent(pointer)) for pointer, _ in pairs}
    # A cause without a link may belong to a limitation that has no code.
    loose = [
        cause
        for cause in causes
        if len(coded) == len(limitations)
        and cause.pointer not in linked
        and (cause.typed or linked)
    ]
    for cause in loose:
        yield ctx.at(RULE, "thieu_han_che", cause.pointer)
    # A cause still to be linked may be that of the limitation that lacks one: one slip, one remark.
    if loose or dangling(ctx, _TARGET):
        return
    explained = {code for _, code in pairs}
    bare = [i.code for i in coded if i.code is not None and i.code.value not in explained]
    # One cause may answer for all of them.
    if bare:
        listed = ", ".join(dict.fromkeys(node.value for node in bare))
        yield ctx.at(RULE, "thieu_nguyen_nhan", bare[0].pointer, ma=listed)
