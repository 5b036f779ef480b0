"""Văn bản của Đảng và văn bản nhà nước không dùng lẫn thể thức (FMT003).

Quy định
    Cấp ủy, tổ chức đảng trình bày văn bản theo hướng dẫn của Văn phòng Trung ương Đảng; Hội đồng
    nhân dân, Ủy ban nhân dân và cơ quan hành chính theo Nghị định 30/2020/NĐ-CP. Hai thể thức khác
    nhau về tiêu đề, số, quyền hạn ký và nơi nhận, không dùng lẫn.

Vì sao
    Tiêu đề "ĐẢNG CỘNG SẢN VIỆT NAM" trên văn bản của UBND, hay Quốc hiệu trên văn bản của Đảng ủy,
    là sai thể thức và văn bản bị trả lại.

Sai
    the_thuc:
      co_quan_ban_hanh: Đảng ủy xã Mẫu
      bo_the_thuc: nd30

Đúng
    the_thuc:
      co_quan_ban_hanh: Đảng ủy xã Mẫu
      bo_the_thuc: dang-hd36

Cách sửa
    Bỏ ``bo_the_thuc`` với văn bản của Đảng; ghi ``bo_the_thuc: nd30`` với văn bản nhà nước.

Nguồn và độ tin cậy
    Tiêu đề của văn bản Đảng: II.1.1 của Hướng dẫn 36-HD/VPTW, từ 27/5/2026 là của Hướng dẫn
    05-HD/VPTW; Quốc hiệu của văn bản hành chính: Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1. Điều về
    phạm vi áp dụng chưa đọc được, cơ quan nào theo bộ nào là suy ra từ đó: độ tin cậy B.

English:
    A Party body is laid out by a Party profile, a state body by the state profile; recognised from
    the beginning of the issuer's name. One warning; who is bound by which regulation is inferred
    from the headings they prescribe, for the articles on scope were not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.layout._basis import state
from vanban.rules.layout._formalities import (
    PARTY_BODY,
    STATE_BODY,
    asked_profile,
    doubtful_profile,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_PARTY = Source(
    "II.1.1, Hướng dẫn 36-HD/VPTW (từ 27/5/2026: Hướng dẫn 05-HD/VPTW): tiêu đề văn bản của Đảng",
    Certainty.B,
)
_STATE = state("II.1", Certainty.B)
RULE = Rule(
    id="FMT003",
    name="body_family",
    severity=Severity.WARNING,
    source=_PARTY,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report an issuer laid out by the regulation of the other side."""
    node = ctx.one("issuer")
    if node is None or not isinstance(node.value, str):
        return
    if asked_profile(ctx) is None and doubtful_profile(ctx, node):
        return
    wrong = STATE_BODY if ctx.profile.is_party else PARTY_BODY
    if not wrong.match(node.value):
        return
    place = asked_profile(ctx) or node
    yield ctx.at(
        RULE,
        "nha_nuoc" if ctx.profile.is_party else "dang",
        place.pointer,
        source=_STATE if ctx.profile.is_party else _PARTY,
        co_quan=" ".join(node.value.split()),
        bo_the_thuc=ctx.profile.name,
    )
