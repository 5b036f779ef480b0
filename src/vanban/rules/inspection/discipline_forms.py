"""Bốn hình thức kỷ luật cộng lại bằng số đảng viên bị kỷ luật (DIS003).

Quy định
    Khiển trách + cảnh cáo + cách chức + khai trừ = ``tong`` (nếu tự ghi). Tổ chức đảng bị kỷ luật
    ghi riêng, không cộng với đảng viên.

Vì sao
    Mỗi đảng viên bị kỷ luật chỉ một hình thức; tổng lệch là sót hình thức hoặc cộng lẫn tổ chức
    đảng.

Sai
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        ky_luat: {tong: 4, khien_trach: 2, canh_cao: 1, cach_chuc: 0, khai_tru: 0}

Đúng
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        ky_luat: {tong: 3, khien_trach: 2, canh_cao: 1, cach_chuc: 0, khai_tru: 0}

Cách sửa
    Bỏ ``tong`` để vanban tự cộng, hoặc sửa số của hình thức bị sót.

Nguồn và độ tin cậy
    Bốn hình thức kỷ luật đảng viên theo Điều lệ Đảng; độ tin cậy C về câu chữ.

English:
    The four forms of discipline add up to the members disciplined; Party organisations are counted
    apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import records, total
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DIS003",
    name="discipline_forms",
    severity=Severity.ERROR,
    source=Source("Hình thức kỷ luật và số đảng viên bị kỷ luật", Certainty.C),
)

TOTAL, FORM, EXPELLED = "discipline-total", "discipline-form", "discipline-expelled"
BODIES = "discipline-organisations"


def check(ctx: Context) -> Iterator[Finding]:
    """Report a typed total that is not the sum of the forms."""
    for record in records(ctx, "discipline", TOTAL, FORM, EXPELLED, BODIES):
        typed, bodies = record.one(TOTAL), record.number(BODIES)
        added = total((*record.all(FORM), *record.all(EXPELLED)))
        if typed is None or typed.number == added:
            continue
        args: dict[str, Any] = {"tong": vietnamese(typed.number), "dung": vietnamese(added)}
        if bodies and typed.number == added + bodies:
            so = vietnamese(bodies)
            yield ctx.at(RULE, "gom_to_chuc", typed.pointer, **args, to_chuc=so)
        else:
            yield ctx.at(RULE, "tong_lech", typed.pointer, **args)
