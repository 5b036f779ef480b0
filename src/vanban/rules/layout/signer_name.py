"""Trước họ tên người ký không ghi học vị, quân hàm hay cách xưng hô (FMT024).

Quy định
    Người ký ghi đúng họ và tên; không ghi học hàm, học vị, quân hàm, danh hiệu (ThS., TS., PGS.,
    Đại tá ...) và không ghi "Đồng chí", "Ông", "Bà". Ở văn bản nhà nước, đơn vị vũ trang nhân dân
    và tổ chức sự nghiệp giáo dục, y tế, khoa học có thể ghi thêm quân hàm, học hàm, học vị theo
    quy định của ngành, nên được bỏ qua.

Vì sao
    Quyền ký gắn với chức vụ, không gắn với học vị; thêm vào là sai thể thức.

Sai
    the_thuc:
      nguoi_ky:
        ho_ten: ThS. Nguyễn Văn A

Đúng
    the_thuc:
      nguoi_ky:
        ho_ten: Nguyễn Văn A

Cách sửa
    Bỏ phần trước họ tên; sửa tự động được.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7c (A) về học hàm, học vị, danh hiệu; về "Ông", "Bà",
    "Đồng chí" chỉ suy ra (C). Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B); Hướng dẫn 36-HD/VPTW
    chưa kiểm chứng (C).

English:
    No degree, rank, title of honour or form of address before the signer's name. State bodies of
    the armed forces, education, health and science may write ranks and degrees and are left alone.
    A surname Ông is not taken for a form of address. Safe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import ADDRESS, COMRADE, TITLE, TITLED_BODIES
from vanban.rules.layout._signing import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_PARTY = "II.1.7"
_STATE = "II.7c"
_TITLES = party(_PARTY, Certainty.C, Certainty.B, state(_STATE))
_ADDRESSES = party(_PARTY, Certainty.C, Certainty.B, state(_STATE, Certainty.C))

RULE = Rule(
    id="FMT024",
    name="signer_name",
    severity=Severity.WARNING,
    source=_TITLES.hd05,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report what stands before the signer's name."""
    issuer, node = issuer_name(ctx), ctx.one("signer")
    if issuer is None or node is None or not isinstance(node.value, str):
        return
    text = node.value
    start = at = len(text) - len(text.lstrip())
    address = COMRADE.match(text, at) or ADDRESS.match(text, at)
    at = address.end() if address else at
    titled = not ctx.profile.is_party and TITLED_BODIES.match(issuer) is not None
    first = at
    # "PGS. TS." is two of them; a name never holds more than a few.
    while not titled and (title := TITLE.match(text, at)) is not None:
        at = title.end()
    if at == start or at >= len(text.rstrip()):
        return
    span = ctx.draft.positions.text(node.pointer, start, at)
    yield remark(
        ctx,
        RULE,
        "hoc_vi" if at > first else "xung_ho",
        node.pointer,
        (_TITLES if at > first else _ADDRESSES).of(ctx),
        text=(start, start + len(text[start:at].rstrip())),
        fix=Fix(Safety.SAFE, "FMT024.sua", (Edit(span, ""),)) if span else None,
        tim_thay=text[start:at].strip(" ,–-"),
        dung=text[at:].strip(),
    )
