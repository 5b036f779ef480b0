"""Các loại tổ chức đảng cộng lại bằng tổng số (ORG001).

Quy định
    Đảng bộ cơ sở + chi bộ cơ sở + chi bộ trực thuộc = ``tong`` (nếu tự ghi tổng). Số liệu trước
    ngày 01/7/2025 của đảng ủy xã, phường, thị trấn chỉ có chi bộ trực thuộc: khi đó đảng bộ xã là
    tổ chức cơ sở đảng, chưa phải cấp trên trực tiếp của tổ chức cơ sở đảng. Khi ``theo_chi_bo`` đã
    kê đủ đảng viên của đảng bộ thì số dòng bằng số chi bộ.

Vì sao
    Cấp trên cộng dồn số tổ chức đảng của các xã; kê nhầm loại hình thì cả biểu tổ chức phải làm
    lại.

Sai
    so_lieu:
      to_chuc_dang: {chi_bo_truc_thuoc: 8, tong: 9}

Đúng
    so_lieu:
      to_chuc_dang: {chi_bo_truc_thuoc: 8, tong: 8}

Cách sửa
    Bỏ ``tong`` để vanban tự cộng, hoặc sửa dòng sai. Trước ngày 01/7/2025 thì ghi mọi chi bộ vào
    ``chi_bo_truc_thuoc``.

Nguồn và độ tin cậy
    Số liệu đã công bố: 02 đảng bộ cơ sở + 14 chi bộ cơ sở + 65 chi bộ = 81 tổ chức (B). Vị trí của
    đảng ủy xã từ ngày 01/7/2025: Quy định số 298-QĐ/TW, đọc qua báo chí (B). Độ tin cậy C về câu
    chữ.

English:
    The kinds of Party organisations add up to the total, a commune had only cells before 01/7/2025,
    and the list by cell has as many rows as there are cells. The list is counted only when its
    members add up to those of the whole Party organisation; a district is not held to the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import own_data_date, total
from vanban.rules.dates._period import issue_date
from vanban.rules.organisations._cells import (
    DIRECT_CELL,
    PARTS,
    TOTAL,
    cells_by_kind,
    complete_list,
    key_of,
    organisations,
    same_day,
)
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules._fields import Record

RULE = Rule(
    id="ORG001",
    name="kinds_total",
    severity=Severity.ERROR,
    source=Source("Tổ chức đảng theo loại hình: các loại và tổng số", Certainty.C),
)

# From this day the committee of a commune stands above grassroots organisations.
NEW_MODEL = date(2025, 7, 1)
_COMMUNE = re.compile(r"(?<!\w)(?:(?<!thị )xã|phường|thị trấn)(?!\w)")


def check(ctx: Context) -> Iterator[Finding]:
    """Report kinds that did not exist yet, a total that is not their sum, and rows that lack."""
    record = organisations(ctx)
    if record is None:
        return
    parts, typed = record.all(PARTS), record.one(TOTAL)
    early = [p for p in parts if p.number and key_of(p) != DIRECT_CELL]
    if early and _before_new_model(ctx, record):
        yield ctx.at(RULE, "chua_co_cap", early[0].pointer, so=vietnamese(early[0].number))
        return
    if typed is not None and parts and typed.number != total(parts):
        yield ctx.at(
            RULE,
            "tong_lech",
            typed.pointer,
            tong=vietnamese(typed.number),
            dung=vietnamese(total(parts)),
        )
        return
    yield from _rows(ctx, record)


def _rows(ctx: Context, record: Record) -> Iterator[Finding]:
    """Compare the number of cells with the list of cells when that is surely whole."""
    cells, listed = cells_by_kind(record), complete_list(ctx)
    if cells is None or listed is None:
        return
    place, possible = listed
    if cells in possible or not same_day(ctx, record.pointer, place.rpartition("/")[0]):
        return
    direct = next(p for p in record.all(PARTS) if key_of(p) == DIRECT_CELL)
    yield ctx.at(
        RULE,
        "khac_danh_sach",
        direct.pointer,
        so=vietnamese(cells),
        dong=vietnamese(max(possible)),
    )


def _before_new_model(ctx: Context, record: Record) -> bool:
    """Tell whether everything known of the report lies before the new model of communes."""
    issuer, period = ctx.one("issuer"), ctx.period
    if issuer is None or period is None or not _COMMUNE.search(str(issuer.value).lower()):
        return False
    days = [period.end, issue_date(ctx), own_data_date(ctx, record.pointer)]
    return all(day < NEW_MODEL for day in days if day is not None)
