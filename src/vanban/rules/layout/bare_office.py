"""Chức vụ người ký không kèm tên cơ quan hay chức vụ khác (FMT023).

Quy định
    Dưới dòng T/M chỉ ghi chức vụ: Bí thư, Phó Bí thư, Phó Bí thư Thường trực; không ghi lại tên tổ
    chức (Bí thư Đảng ủy) và không kèm chức vụ ở cơ quan khác (Phó Bí thư, Chủ tịch UBND xã). Văn
    bản của Ủy ban nhân dân cũng ghi Chủ tịch, không ghi Chủ tịch Ủy ban nhân dân xã.

Vì sao
    Tên tổ chức đã có ở đầu văn bản và ở dòng T/M, ghi lại là thừa. Chức vụ ở cơ quan khác không
    thuộc thẩm quyền ký văn bản này.

Sai
    the_thuc:
      nguoi_ky:
        chuc_vu: Bí thư Đảng ủy

Đúng
    the_thuc:
      nguoi_ky:
        chuc_vu: Bí thư

Cách sửa
    Bỏ phần thừa; tên tổ chức sửa tự động được, chức vụ kiêm nhiệm thì người soạn tự bỏ.

Nguồn và độ tin cậy
    Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B); Hướng dẫn 36-HD/VPTW chưa kiểm chứng (C, chỉ là
    lưu ý). Nghị định 30/2020/NĐ-CP chỉ có ở ví dụ "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH" (Phụ lục I,
    mục V, dòng 7), nên với văn bản nhà nước cũng chỉ là lưu ý.

English:
    The office stands bare below the authority: no name of the body, no second office elsewhere. The
    name of the body has a safe fix. Information only where the clause is unverified, and for state
    documents, where only an illustration shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._signing import OFFICE, issuer_name, signature_lines

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.7", Certainty.C, Certainty.B, state("mục V, dòng 7 (ví dụ)", Certainty.B))

RULE = Rule(
    id="FMT023",
    name="bare_office",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)

_STANDING = r"(?:\s+(?:thường\s+trực|TT))?"
_PARTY_OFFICE = re.compile(
    rf"(?P<bare>(?:Q\.\s*)?(?:phó\s+)?bí\s+thư{_STANDING})(?P<body>\s+(?:đảng\s+(?:ủy|uỷ|bộ)|"
    r"(?:tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ)|chi\s+(?:bộ|ủy|uỷ))(?!\w).*)",
    re.IGNORECASE,
)
_INSPECTOR = re.compile(
    rf"(?P<bare>(?:phó\s+)?chủ\s+nhiệm{_STANDING})(?P<body>\s+(?:ủy|uỷ)\s+ban\s+kiểm\s+tra(?!\w).*)",
    re.IGNORECASE,
)
_CHIEF_OF_OFFICE = re.compile(
    r"(?P<bare>(?:phó\s+)?chánh\s+văn\s+phòng)(?P<body>\s+(?:đảng\s+(?:ủy|uỷ)|"
    r"(?:tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ))(?!\w).*)",
    re.IGNORECASE,
)
_STATE_OFFICE = re.compile(
    rf"(?P<bare>(?:Q\.\s*)?(?:phó\s+)?chủ\s+tịch{_STANDING})(?P<body>\s+(?:(?:ủy|uỷ)\s+ban\s+nhân\s+"
    r"dân|hội\s+đồng\s+nhân\s+dân|UBND|HĐND)(?!\w).*)",
    re.IGNORECASE,
)
_SECOND_OFFICE = re.compile(
    rf"(?P<bare>(?:Q\.\s*)?(?:phó\s+)?bí\s+thư{_STANDING})\s*(?P<body>(?:[,;]|\s[-–]|\skiêm\s)\s*\S.*)",
    re.IGNORECASE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report offices that carry the name of the body or a second office."""
    if issuer_name(ctx) is None:
        return
    party = ctx.profile.is_party
    named = (_PARTY_OFFICE, _INSPECTOR, _CHIEF_OF_OFFICE) if party else (_STATE_OFFICE,)
    for line in signature_lines(ctx):
        if line.role != OFFICE or line.kind is not None:
            continue
        text = line.text.strip()
        found = next((m for pattern in named if (m := pattern.fullmatch(text))), None)
        second = _SECOND_OFFICE.fullmatch(text) if party and found is None else None
        match = found or second
        if match is None or "thường trực" in match["body"].lower():
            continue
        start = line.rest_start
        place = (start + match.start("body"), start + match.end("body"))
        span = ctx.draft.positions.text(line.pointer, *place)
        fix = Fix(Safety.SAFE, "FMT023.sua", (Edit(span, ""),)) if span and found else None
        yield remark(
            ctx,
            RULE,
            "co_quan" if found else "kiem",
            line.pointer,
            _GROUNDS.of(ctx),
            most=Severity.WARNING if party else Severity.INFO,
            text=place,
            fix=fix,
            tim_thay=text,
            dung=match["bare"],
        )
