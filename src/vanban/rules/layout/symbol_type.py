"""Chữ viết tắt tên loại trong ký hiệu đúng với loại văn bản (FMT012).

Quy định
    Ký hiệu bắt đầu bằng chữ viết tắt của chính tên loại văn bản: báo cáo là BC, kế hoạch là KH,
    tờ trình là TTr ... Văn bản của Đảng dùng QĐ cho cả quyết định và quy định; QyĐ là chữ viết tắt
    của văn bản nhà nước. Bỏ trống ``ky_hieu`` thì vanban tự ghi đúng.

Vì sao
    Số đăng ký theo từng tên loại; sai chữ viết tắt là lẫn sổ và khó tìm lại văn bản.

Sai
    the_thuc:
      ky_hieu: KH/ĐU

Đúng
    the_thuc:
      ky_hieu: BC/ĐU

Cách sửa
    Bỏ dòng ``ky_hieu``, hoặc ghi như lời nhắc.

Nguồn và độ tin cậy
    Quy định 399-QĐ/TW và Hướng dẫn 05-HD/VPTW, Hướng dẫn 36-HD/VPTW: bảng chữ viết tắt đọc qua
    nguồn thứ cấp, độ tin cậy B; Nghị định 30/2020/NĐ-CP, Phụ lục III: A.

English:
    The symbol begins with the abbreviation of the draft's own type of document. Abbreviations of
    the other side (QyĐ belongs to the state) and unknown ones are named as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.layout._basis import mending, party, remark
from vanban.rules.layout._symbols import (
    PARTY_TYPES,
    STATE_TYPES,
    kind_abbreviation,
    kind_name,
    types,
    well_formed,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_ANNEX = Source("Phụ lục III, Nghị định 30/2020/NĐ-CP", Certainty.A)
_GROUNDS = party("II.1.3.2", Certainty.B, Certainty.B, _ANNEX)
RULE = Rule(
    id="FMT012",
    name="symbol_type",
    severity=Severity.WARNING,
    source=_GROUNDS.hd36,
    fix=FixClass.UNSAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a typed symbol of another type of document."""
    node = ctx.one("symbol")
    if node is None or not isinstance(node.value, str):
        return
    start = len(node.value) - len(node.value.lstrip())
    symbol = well_formed(ctx, node.value.strip())
    right = kind_abbreviation(ctx)
    if symbol is None or symbol.type == right:
        return
    other_side = STATE_TYPES if ctx.profile.is_party else PARTY_TYPES
    if (name := types(ctx).get(symbol.type)) is not None:
        slug = "loai_khac"
    elif (name := other_side.get(symbol.type)) is not None:
        slug = "cua_nha_nuoc" if ctx.profile.is_party else "cua_dang"
    else:
        slug, name = "khong_co", ""
    place = (start, start + len(symbol.type))
    yield remark(
        ctx,
        RULE,
        slug,
        node.pointer,
        _GROUNDS.of(ctx),
        text=place,
        fix=mending(ctx, RULE, node.pointer, {place: right}, safety=Safety.UNSAFE, dung=right),
        tim_thay=symbol.type,
        la=name,
        loai=kind_name(ctx).lower(),
        dung=right,
    )
