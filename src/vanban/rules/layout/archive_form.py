"""Dòng lưu viết đúng kiểu của Đảng hay của Nhà nước (FMT029).

Quy định
    Văn bản của Đảng ghi "Lưu" rồi đến nơi lưu, không có dấu hai chấm và không ghi VT: Lưu Văn
    phòng Đảng ủy. Văn bản hành chính ghi "Lưu: VT", tiếp theo là chữ viết tắt đơn vị soạn thảo.

Vì sao
    "Lưu: VT" là cách ghi của cơ quan nhà nước, hay bị chép nhầm sang văn bản của Đảng, và ngược
    lại.

Sai
    the_thuc:
      noi_nhan:
        - Các chi bộ trực thuộc Đảng ủy xã
        - "Lưu: VT, VPĐU"

Đúng
    the_thuc:
      noi_nhan:
        - Các chi bộ trực thuộc Đảng ủy xã
        - Lưu VPĐU

Cách sửa
    Viết lại như lời nhắc. Ở văn bản của Đảng, khi còn rõ nơi lưu thì sửa tự động được. Ở văn bản
    nhà nước đặt cả dòng trong dấu nháy kép vì có dấu hai chấm.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9d (A). Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B);
    Hướng dẫn 36-HD/VPTW chưa kiểm chứng (C, chỉ là lưu ý).

English:
    The archive line has the form of its side: "Lưu Văn phòng Đảng ủy" in the Party, "Lưu: VT, ..."
    in the state. Safe fix in Party documents where the place remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import (
    CELL,
    COMMITTEE,
    INSPECTION,
    body_kind,
    is_archive,
    leading_dash,
)
from vanban.rules.layout._signing import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.9", Certainty.C, Certainty.B, state("II.9d"))

RULE = Rule(
    id="FMT029",
    name="archive_form",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)

_HEAD = re.compile(
    r"(?P<word>(?:bản\s+)?lưu)\s*(?P<colon>:?)\s*(?P<registry>(?:V\.?T|văn\s+thư)(?!\w)[\s,;.–-]*)?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[A-ZĐ0-9][\w.&-]*(?:\s*,\s*[A-ZĐ0-9][\w.&-]*)*")
_PLACES = {COMMITTEE: "Văn phòng", CELL: "Chi bộ", INSPECTION: "Ủy ban Kiểm tra"}


def check(ctx: Context) -> Iterator[Finding]:
    """Report archive lines in the form of the other side."""
    issuer = issuer_name(ctx)
    if issuer is None:
        return
    party = ctx.profile.is_party
    for node in ctx.role("recipient"):
        if not isinstance(node.value, str) or not is_archive(node.value):
            continue
        dash = leading_dash(node.value)
        start = dash.end() if dash else len(node.value) - len(node.value.lstrip())
        line = _HEAD.match(node.value, start)
        if line is None:
            continue
        rest = node.value[line.end() :].rstrip(" \t\n.;,")
        end = line.end() + len(rest)
        shown = " ".join(node.value[start:end].split()).rstrip(" .;,")
        registry = (line["registry"] or "").strip(" ,;.–-")
        bare_registry = registry.upper() in ("VT", "V.T")
        if party and (line["colon"] or bare_registry):
            place = rest if bare_registry else f"{registry} {rest}".strip()
            if bare_registry and re.search(r"[–-]", line["registry"]):
                place = ""  # "VT-LT" is one mark, no place
            right = f"Lưu {place or _usual_place(issuer)}"
            fix = _fix(ctx, node.pointer, start, end, right) if place else None
            yield remark(
                ctx,
                RULE,
                "dang",
                node.pointer,
                _GROUNDS.of(ctx),
                fix=fix,
                tim_thay=shown,
                dung=right,
            )
        elif not party and not (line["colon"] and registry):
            unit = f", {rest}" if _SHORT.fullmatch(rest) else ""
            yield remark(
                ctx,
                RULE,
                "nha_nuoc",
                node.pointer,
                _GROUNDS.of(ctx),
                tim_thay=shown,
                dung=f"Lưu: VT{unit}",
            )


def _usual_place(issuer: str) -> str:
    """Return where a body usually keeps its documents."""
    kind = body_kind(issuer)
    if kind != COMMITTEE:
        return _PLACES.get(kind or "", "Văn phòng")
    name = issuer.split()
    return f"Văn phòng {name[0].capitalize()} {name[1]}" if len(name) > 1 else "Văn phòng"


def _fix(ctx: Context, pointer: str, start: int, end: int, right: str) -> Fix | None:
    span = ctx.draft.positions.text(pointer, start, end)
    return Fix(Safety.SAFE, "FMT029.sua", (Edit(span, right),), {"dung": right}) if span else None
