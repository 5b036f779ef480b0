"""Dòng của bảng tự kẻ có đủ ô theo cột (STR011).

Quy định
    Mỗi dòng của bảng tự kẻ (``bang``) có đúng số ô bằng số cột; ô không có số liệu ghi hai dấu nháy
    liền nhau ("").

Vì sao
    Dòng thiếu ô làm số liệu lệch sang cột khác; ô thừa không in ra bảng, tức là mất số liệu.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van:
          - noi_dung: Đảng ủy duy trì 04 mô hình dân vận khéo.
            bang:
              cot: [Chi bộ, Mô hình, Hộ tham gia]
              dong:
                - [Chi bộ ấp 1, 2, 60]
                - [Chi bộ ấp 2, 2]

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van:
          - noi_dung: Đảng ủy duy trì 04 mô hình dân vận khéo.
            bang:
              cot: [Chi bộ, Mô hình, Hộ tham gia]
              dong:
                - [Chi bộ ấp 1, 2, 60]
                - [Chi bộ ấp 2, 2, 45]

Cách sửa
    Thêm "" vào chỗ ô còn trống; nếu thừa thì bỏ ô gõ nhầm (hay gặp: số 1,5 không đặt trong dấu nháy
    bị tách thành hai ô 1 và 5), hoặc thêm tên cột.

Nguồn và độ tin cậy
    Cách kẻ bảng trong dự thảo của vanban; độ tin cậy C.

English:
    Every row of a drawn table has as many cells as the table has columns. Surplus cells would not
    be printed (error), missing ones are printed empty at the end of the row (warning). When all
    rows agree with each other, the list of columns is reported instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.structure._links import parent

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

RULE = Rule(
    id="STR011",
    name="table_rows",
    severity=Severity.ERROR,
    source=Source("Bảng tự kẻ: số ô của dòng bằng số cột", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report rows with more or fewer cells than their table has columns."""
    columns: dict[str, list[Node]] = {}
    rows: dict[str, list[Node]] = {}
    for role, found in (("column", columns), ("row", rows)):
        for node in ctx.role(role):
            found.setdefault(parent(parent(node.pointer)), []).append(node)
    # A table in which the schema found a fault may lack a column or a row here.
    for table in ctx.role("table"):
        wanted = len(columns.get(table.pointer, ()))
        ragged = [row for row in rows.get(table.pointer, ()) if len(row.value) != wanted]
        if not wanted or not ragged:
            continue
        sizes = {len(row.value) for row in rows[table.pointer]}
        if len(sizes) == 1 and len(ragged) > 1:
            # All rows agree, so it is the heads that are wrong.
            where = parent(columns[table.pointer][0].pointer)
            yield ctx.at(RULE, "lech_cot", where, so_o=sizes.pop(), so_cot=wanted)
            continue
        for row in ragged:
            more = len(row.value) > wanted
            yield ctx.at(
                RULE,
                "thua" if more else "thieu",
                row.pointer,
                severity=Severity.ERROR if more else Severity.WARNING,
                so_o=len(row.value),
                so_cot=wanted,
            )
