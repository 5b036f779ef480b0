"""Phần kết quả có đủ số liệu (STR008).

Quy định
    Phần kết quả phải có ít nhất 10 số liệu (tùy chọn ``nguong``): số đếm, tỷ lệ, số tiền, cặp n/N ở
    lời văn, ở bảng tự kẻ và ở các chỉ tiêu có kết quả thực hiện. Ngày tháng, năm, số hiệu văn bản,
    số thứ tự, quãng thời gian (9 tháng) không phải là số liệu.

Vì sao
    Báo cáo chỉ viết "được quan tâm", "cơ bản ổn định" thì cấp trên không tổng hợp được và người
    nghe không kiểm chứng được.

Sai
    ket_qua:
      xay_dung_dang:
        chinh_tri_tu_tuong: Công tác giáo dục chính trị, tư tưởng được quan tâm.
        to_chuc: Nền nếp sinh hoạt chi bộ được duy trì.
        dang_vien: Công tác phát triển đảng viên được chú trọng, kết nạp 03 đảng viên.
        kiem_tra_giam_sat: Công tác kiểm tra, giám sát được tăng cường.
        dan_van: Công tác dân vận có nhiều chuyển biến.
      mat_tran_doan_the: Mặt trận và các đoàn thể tiếp tục được củng cố.

Đúng
    ket_qua:
      xay_dung_dang:
        chinh_tri_tu_tuong: Đảng ủy tổ chức 03 hội nghị quán triệt nghị quyết, 330 lượt người dự.
        to_chuc: Có 08/08 chi bộ sinh hoạt đúng kỳ, 72 buổi định kỳ và 24 buổi chuyên đề.
        dang_vien: Đến ngày 30/9/2023, Đảng bộ có 128 đảng viên; kết nạp 03 đảng viên, đạt 60% chỉ
          tiêu năm.
        kiem_tra_giam_sat: Đảng ủy kiểm tra 02 chi bộ, giám sát 01 chi bộ.
        dan_van: Đảng ủy duy trì 04 mô hình dân vận khéo.
      mat_tran_doan_the: Các đoàn thể kết nạp mới 86 đoàn viên, hội viên.

Cách sửa
    Bổ sung số liệu cho các nhận định: bao nhiêu hội nghị, bao nhiêu lượt người, đạt bao nhiêu phần
    trăm chỉ tiêu.

Nguồn và độ tin cậy
    Báo cáo đã công bố có vài chục số liệu ở phần kết quả; mức 10 là lựa chọn của vanban, độ tin cậy
    C.

English:
    The results hold at least ten measured figures. Counts, percentages, amounts and pairs n/N of
    the text, of drawn tables and of indicators with a result are counted; dates, years, numbers of
    documents, ordinals and spans of time are not. Option ``nguong`` sets the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import TIME_UNITS, quantities
from vanban.text.numbers import figure, looks_numeric

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR008",
    name="measured",
    severity=Severity.INFO,
    source=Source("Kết quả có số liệu", Certainty.C),
    options={"nguong": 10},
)

_TEXTS = ("prose", "lead", "cell", "follow-up-result")


def check(ctx: Context) -> Iterator[Finding]:
    """Report results in which hardly anything is measured."""
    results, wanted = ctx.one("results"), ctx.option(RULE, "nguong")
    # Figures may stand in what the schema refused.
    if results is None or ctx.invalid:
        return
    count = sum(figure(node.value) is not None for node in ctx.role("indicator-actual"))
    root = results.pointer
    own = [
        node.pointer.rpartition("/")[0] + "/"
        for node in ctx.role("anchor")
        if f"/{str(node.value).replace('.', '/')}/".startswith(f"{root}/")
    ]
    if count >= wanted:
        return
    inside = (f"{root}/", *own)
    seen: set[str] = set()
    for role in _TEXTS:
        for node in ctx.role(role):
            if node.pointer.startswith(inside) and node.pointer not in seen:
                seen.add(node.pointer)
                count += _figures(node.value)
                if count >= wanted:
                    return
    yield ctx.at(RULE, "it_so_lieu", root, key=True, so_luong=count, nguong=wanted)


def _figures(value: object) -> int:
    """Return how many measured figures a text or a cell holds; a pair n/N is one."""
    if not isinstance(value, str):
        return 1
    if looks_numeric(value):
        return 1
    return sum(
        found.form != "fraction-whole" and found.unit not in TIME_UNITS - {"tuổi"}
        for found in quantities(value)
    )
