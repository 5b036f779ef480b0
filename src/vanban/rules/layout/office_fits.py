"""Chức vụ người ký phù hợp với quyền hạn ký (FMT025).

Quy định
    Chánh Văn phòng (Phó Chánh Văn phòng) không ký thay mặt cấp ủy mà ký thừa lệnh: T/L Ban Thường
    vụ; ở Ủy ban nhân dân là TL. Chủ tịch. Bí thư, Phó Bí thư của cấp ủy ký T/M, không ký T/L. Văn
    bản của cấp ủy không ký với chức vụ chính quyền (Chủ tịch), văn bản của Ủy ban nhân dân không
    ký với chức vụ đảng (Bí thư).

Vì sao
    Quyền hạn và chức vụ không khớp thì người ký không có thẩm quyền đối với văn bản.

Sai
    the_thuc:
      nguoi_ky:
        quyen_han: T/M Ban Thường vụ
        chuc_vu: Chánh Văn phòng

Đúng
    the_thuc:
      nguoi_ky:
        quyen_han: T/L Ban Thường vụ
        chuc_vu: Chánh Văn phòng

Cách sửa
    Sửa quyền hạn hoặc chức vụ cho khớp với người thực sự ký.

Nguồn và độ tin cậy
    Văn bản của Đảng: mục II.1.7, độ tin cậy C (Hướng dẫn 36-HD/VPTW), B (Hướng dẫn 05-HD/VPTW).
    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7b-c: thừa lệnh, và chức vụ ghi trên văn bản là chức vụ
    lãnh đạo trong cơ quan, tổ chức (A).

English:
    The office fits the authority. A chief of office signs by order, a secretary on behalf of his
    committee; a committee's document carries no government office and a people's committee's no
    Party office. Anything less plain is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import (
    BY_ORDER,
    CELL,
    COLLECTIVE_NAMES,
    COMMITTEE,
    ON_BEHALF,
)
from vanban.rules.layout._signing import (
    AUTHORITY,
    OFFICE,
    issuer_kind,
    issuer_name,
    named_collective,
    signature_lines,
    stands_for,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules.layout._signing import SignatureLine

_GROUNDS = party("II.1.7", Certainty.C, Certainty.B, state("II.7b-c"))

RULE = Rule(
    id="FMT025",
    name="office_fits",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
)

_CHIEF_OF_OFFICE = re.compile(r"(?:phó )?chánh văn phòng(?!\w)")
_SECRETARY = re.compile(r"(?:q\. ?)?(?:phó )?bí thư(?!\w)")
_CHAIRMAN = re.compile(r"(?:q\. ?)?(?:phó )?chủ tịch(?!\w)")


def check(ctx: Context) -> Iterator[Finding]:
    """Report an office that cannot sign with the authority given."""
    issuer, kind = issuer_name(ctx), issuer_kind(ctx)
    lines = signature_lines(ctx)
    offices = [line for line in lines if line.role == OFFICE and line.kind is None]
    if issuer is None or kind is None or len(offices) != 1:
        return
    office = offices[0]
    powers = [(place, line.kind) for place, line in enumerate(lines) if line.kind is not None]
    if len(powers) > 1:
        return
    power = powers[0][1] if powers else None
    if power == ON_BEHALF and not stands_for(named_collective(lines, powers[0][0]), issuer, kind):
        return
    if power is None and any(line.role == AUTHORITY for line in lines):
        return
    slug = _party(power, office, kind) if ctx.profile.is_party else _state(power, office)
    if slug is None:
        return
    if slug == "can_tl":
        right = "T/L BAN THƯỜNG VỤ" if ctx.profile.is_party else "TL. CHỦ TỊCH"
    else:
        right = f"T/M {COLLECTIVE_NAMES[kind][-1]}"
    yield remark(
        ctx,
        RULE,
        slug,
        office.pointer,
        _GROUNDS.of(ctx),
        text=(office.rest_start, office.start + len(office.text.rstrip())),
        chuc_vu=" ".join(office.text.split()),
        dung=right,
    )


def _party(power: str | None, office: SignatureLine, kind: str) -> str | None:
    if power in (ON_BEHALF, None) and kind == COMMITTEE and _CHIEF_OF_OFFICE.match(office.rest):
        return "can_tl"
    if kind not in (COMMITTEE, CELL):
        return None
    if power == ON_BEHALF and _CHAIRMAN.match(office.rest):
        return "chuc_vu_nha_nuoc"
    return "can_tm" if power == BY_ORDER and _SECRETARY.match(office.rest) else None


def _state(power: str | None, office: SignatureLine) -> str | None:
    if power != ON_BEHALF:
        return None
    if _CHIEF_OF_OFFICE.match(office.rest):
        return "can_tl"
    return "chuc_vu_dang" if _SECRETARY.match(office.rest) else None
