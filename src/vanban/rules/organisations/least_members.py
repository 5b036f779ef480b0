"""Chi bộ có ít nhất ba đảng viên chính thức (ORG002).

Quy định
    Mỗi chi bộ trong ``theo_chi_bo`` có từ 3 đảng viên chính thức trở lên (``so_chinh_thuc``; không
    ghi thì xét ``so_dang_vien``). Chi bộ ghi 0 đảng viên được hiểu là đã giải thể, sáp nhập trong
    kỳ. Tùy chọn ``toi_thieu`` (mặc định 3) là số đảng viên chính thức ít nhất.

Vì sao
    Chưa đủ ba đảng viên chính thức thì không lập được chi bộ; còn một, hai đảng viên thì phải sinh
    hoạt ghép. Số nhỏ hơn thường là gõ nhầm, hoặc là việc cấp ủy phải xử lý.

Sai
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 0}, phuc_hoi: 0}
        giam: {tu_tran: 0, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
        theo_chi_bo:
          - {ten: Chi bộ ấp Một, so_dang_vien: 66}
          - {ten: Chi bộ ấp Hai, so_dang_vien: 57}
          - {ten: Chi bộ Quân sự xã, so_dang_vien: 5, so_chinh_thuc: 2}

Đúng
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 0}, phuc_hoi: 0}
        giam: {tu_tran: 0, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
        theo_chi_bo:
          - {ten: Chi bộ ấp Một, so_dang_vien: 66}
          - {ten: Chi bộ ấp Hai, so_dang_vien: 57}
          - {ten: Chi bộ Quân sự xã, so_dang_vien: 5, so_chinh_thuc: 3}

Cách sửa
    Kiểm tra lại số của chi bộ; nếu đúng thì báo cáo cấp ủy về việc kiện toàn hoặc ghép chi bộ.

Nguồn và độ tin cậy
    Điều lệ Đảng Cộng sản Việt Nam, Điều 21: lập chi bộ khi có ít nhất ba đảng viên chính thức;
    đọc qua nguồn thứ cấp, độ tin cậy B.

English:
    A cell has at least three full Party members. Read from the full members of the list by cell,
    else from all its members; a cell without any member is taken to be dissolved.
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
    id="ORG002",
    name="least_members",
    severity=Severity.WARNING,
    source=Source("Điều lệ Đảng, Điều 21: ít nhất ba đảng viên chính thức", Certainty.B),
    options={"toi_thieu": 3},
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report cells with too few members."""
    least = ctx.option(RULE, "toi_thieu")
    names = {n.pointer.rpartition("/")[0]: str(n.value).strip() for n in ctx.role("cell-name")}
    for cell in records(ctx, "party-cell", "cell-members", "cell-full"):
        everyone, full = cell.one("cell-members"), cell.one("cell-full")
        if everyone is not None and not everyone.number and (full is None or not full.number):
            continue
        decisive = full or everyone
        if decisive is not None and decisive.number < least:
            yield ctx.at(
                RULE,
                "it_chinh_thuc" if full is not None else "it_dang_vien",
                decisive.pointer,
                ten=names.get(cell.pointer, ""),
                so=vietnamese(decisive.number),
                toi_thieu=least,
            )
