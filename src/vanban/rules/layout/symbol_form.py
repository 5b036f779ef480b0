"""Ký hiệu viết đúng dạng: BC/ĐU của Đảng, BC-UBND của nhà nước (FMT014).

Quy định
    Ký hiệu văn bản của Đảng gồm tên loại viết tắt, một dấu gạch chéo và cơ quan viết tắt: BC/ĐU;
    văn bản nhà nước nối bằng gạch nối: BC-UBND. Chữ in hoa (trừ CTr, TTr, QyĐ), không dấu cách,
    không có số văn bản ở trong.

Vì sao
    Ký hiệu in ngay sau số: "Số 05-BC/ĐU"; sai dấu là lẫn với văn bản nhà nước "Số: 05/BC-UBND".

Sai
    the_thuc:
      ky_hieu: BC-ĐU

Đúng
    the_thuc:
      ky_hieu: BC/ĐU

Cách sửa
    Bỏ dòng ``ky_hieu`` để vanban tự ghi, hoặc sửa như lời nhắc; chỉ sai dấu, sai chữ hoa thì sửa tự
    động được.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.3.2 và Phụ lục 3 (ví dụ Số 127-QĐ/TW): A, suy từ ví dụ; Hướng dẫn
    05-HD/VPTW: B; Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3: A.

English:
    A typed symbol has the form of its side: type, slash, body in the Party; type, hyphen, body in
    the state; capitals, no blanks, no number inside. One remark for the gravest fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity
from vanban.rules.layout._basis import mending, party, remark, state
from vanban.rules.layout._symbols import joiner, proper_symbol, well_formed

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.3.2, Phụ lục 3", Certainty.A, Certainty.B, state("II.3"))
RULE = Rule(
    id="FMT014",
    name="symbol_form",
    severity=Severity.WARNING,
    source=_GROUNDS.hd36,
    fix=FixClass.SAFE,
)

_NUMBER_INSIDE = re.compile(r"(?:số\s*:?\s*)?\d+\s*[-–/]", re.IGNORECASE)
_MARKS = re.compile(r"[\s./–—-]+")


def check(ctx: Context) -> Iterator[Finding]:
    """Report the gravest fault in the form of a typed symbol."""
    node = ctx.one("symbol")
    if node is None or not isinstance(node.value, str):
        return
    text = node.value.strip()
    if well_formed(ctx, text) is not None:
        return
    right = proper_symbol(ctx)
    start = node.value.index(text)
    place = (start, start + len(text))
    same = _MARKS.sub("", text).casefold() == _MARKS.sub("", right).casefold()
    safety = Safety.SAFE if same else Safety.UNSAFE
    yield remark(
        ctx,
        RULE,
        _fault(ctx, text),
        node.pointer,
        _GROUNDS.of(ctx),
        fix=mending(ctx, RULE, node.pointer, {place: right}, safety=safety, dung=right),
        tim_thay=" ".join(text.split()),
        dung=right,
    )


def _fault(ctx: Context, text: str) -> str:
    if _NUMBER_INSIDE.match(text):
        return "co_so"
    if re.search(r"\s", text):
        return "dau_cach"
    if text.count("/") > 1 or ("/" in text and "-" in text):
        return "hai_gach"
    if joiner(ctx) in text:
        return "chu_thuong"
    if ("-" if joiner(ctx) == "/" else "/") in text:
        return "kieu_nha_nuoc" if ctx.profile.is_party else "kieu_dang"
    return "khong_noi"
