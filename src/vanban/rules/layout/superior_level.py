"""Cơ quan cấp trên trực tiếp đúng với cấp hành chính vào ngày ban hành (FMT007).

Quy định
    Dòng trên tên cơ quan ban hành ghi tổ chức cấp trên trực tiếp. Đến hết 30/6/2025, trên Đảng ủy
    xã, phường, thị trấn là đảng bộ huyện, quận, thị xã, thành phố thuộc tỉnh. Từ 01/7/2025 không
    còn cấp huyện: trên Đảng ủy xã, phường, đặc khu là đảng bộ tỉnh hoặc thành phố trực thuộc Trung
    ương; nhiều tỉnh cũng đã mang tên mới.

Vì sao
    Mẫu văn bản cũ thường giữ dòng "ĐẢNG BỘ HUYỆN ..." đã không còn; văn bản bị trả lại.

Sai
    # theo: 6-thang-2026
    the_thuc:
      co_quan_cap_tren: Đảng bộ huyện Mẫu

Đúng
    # theo: 6-thang-2026
    the_thuc:
      co_quan_cap_tren: Đảng bộ thành phố Cần Thơ

Cách sửa
    Ghi tổ chức cấp trên trực tiếp vào ngày ban hành. Văn bản ban hành trước 01/7/2025 mà xã vốn
    trực thuộc tỉnh thì giữ nguyên.

Nguồn và độ tin cậy
    Nghị quyết 203/2025/QH15 (kết thúc cấp huyện) và 202/2025/QH15 (sắp xếp tỉnh): đọc qua báo chí
    và văn bản thật của các xã, độ tin cậy B. Trước 01/7/2025: II.1.2 của Hướng dẫn 36-HD/VPTW chưa
    kiểm chứng, độ tin cậy C, chỉ là lưu ý.

English:
    The superior body fits the administrative levels of the day of issue. From 01/7/2025 there is
    no district level (a city under a province counts as one), and merged provinces bear new names;
    before it a province directly above a commune is worth a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.layout._basis import remark
from vanban.rules.layout._bodies import (
    TWO_LEVELS,
    commune_of,
    is_central,
    is_district,
    issue_day,
    merged_province,
    plain,
)
from vanban.rules.layout._names import superior_node
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_NO_DISTRICT = Source("Nghị quyết 203/2025/QH15: kết thúc cấp huyện từ 01/7/2025", Certainty.B)
_PROVINCES = Source("Nghị quyết 202/2025/QH15 (12/6/2025)", Certainty.B)
_BEFORE = Source("II.1.2, Hướng dẫn 36-HD/VPTW", Certainty.C)

RULE = Rule(
    id="FMT007",
    name="superior_level",
    severity=Severity.WARNING,
    source=_NO_DISTRICT,
)

_PROVINCE = re.compile(r"đảng bộ (?:tỉnh|(?:thành phố|tp\.?) (?P<city>\S.*))")


def check(ctx: Context) -> Iterator[Finding]:
    """Report a superior body of a level that is not there on the day of issue."""
    node, day = superior_node(ctx), issue_day(ctx)
    if node is None or day is None:
        return
    name = " ".join(node.value.split())
    if day.from_on(TWO_LEVELS):
        if is_district(name):
            slug = "khong_con_huyen" if ctx.profile.is_party else "khong_con_huyen_nha_nuoc"
            yield remark(
                ctx, RULE, slug, node.pointer, _NO_DISTRICT,
                cap_tren=name, ngay=dates.short(TWO_LEVELS),
            )  # fmt: skip
        elif (now := merged_province(name)) is not None:
            yield remark(
                ctx, RULE, "tinh_cu", node.pointer, _PROVINCES,
                cap_tren=name, ngay=dates.short(TWO_LEVELS), tinh=now,
            )  # fmt: skip
        return
    if not ctx.profile.is_party or not day.before(TWO_LEVELS):
        return
    issuer = ctx.one("issuer")
    below = commune_of(issuer.value) if issuer and isinstance(issuer.value, str) else None
    above = _PROVINCE.match(plain(name))
    if above is None or below is None or below[0] == "đặc khu" or issuer is None:
        return
    if above["city"] is not None and not is_central(above["city"]):
        return
    if not plain(issuer.value).startswith("đảng ủy"):
        return
    yield remark(
        ctx, RULE, "con_cap_huyen", node.pointer, _BEFORE,
        cap_tren=name, ngay=dates.short(TWO_LEVELS),
    )  # fmt: skip
