"""Không ký K/T thay cho một tập thể cấp ủy (FMT019).

Quy định
    Cấp ủy, chi bộ, ủy ban kiểm tra, đảng đoàn, ban cán sự đảng ký thay mặt tập thể (T/M). Cấp phó
    ký thì vẫn ghi T/M và ghi chức vụ của chính mình. K/T chỉ dùng ở cơ quan tham mưu, ban chỉ đạo,
    tiểu ban, nơi người đứng đầu ký trực tiếp. Văn bản của Ủy ban nhân dân (KT. Chủ tịch) không
    thuộc quy tắc này.

Vì sao
    Văn bản của cấp ủy là của tập thể, không phải của bí thư, nên không có ai để ký thay. Ghi K/T là
    sai thẩm quyền ký.

Sai
    the_thuc:
      nguoi_ky:
        quyen_han: K/T Bí thư
        chuc_vu: Phó Bí thư

Đúng
    the_thuc:
      nguoi_ky:
        quyen_han: T/M Ban Thường vụ
        chuc_vu: Phó Bí thư

Cách sửa
    Thay dòng K/T bằng T/M và tên tập thể đã thông qua báo cáo; giữ chức vụ của người ký.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.7.1: cấp ủy ký thay mặt, K/T dùng cho cấp phó của cơ quan tham mưu
    (A). Câu "không ghi K/T" khi đã có T/M: Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B), Hướng dẫn
    36-HD/VPTW chưa kiểm chứng (C).

English:
    K/T is never used for a committee of the Party. Its deputy signs T/M with his own title; K/T
    belongs to bodies whose head signs in person. State documents, in which a vice chairman signs
    KT., are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, remark
from vanban.rules.layout._formal_words import COLLECTIVE_NAMES, FOR_HEAD, ON_BEHALF
from vanban.rules.layout._signing import issuer_kind, signature_lines

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_INSTEAD = party("II.1.7.1", Certainty.A, Certainty.B)
_BESIDE = party("II.1.7", Certainty.C, Certainty.B)

RULE = Rule(
    id="FMT019",
    name="no_deputy_form",
    severity=Severity.WARNING,
    source=_INSTEAD.hd05,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report K/T in the signature of a committee."""
    kind = issuer_kind(ctx)
    if not ctx.profile.is_party or kind is None:
        return
    lines = signature_lines(ctx)
    collective = any(line.kind == ON_BEHALF for line in lines)
    for line in lines:
        if line.kind == FOR_HEAD:
            end = line.start + len(line.text.rstrip())
            yield remark(
                ctx,
                RULE,
                "kem_tm" if collective else "cap_uy",
                line.pointer,
                (_BESIDE if collective else _INSTEAD).of(ctx),
                text=(line.form_start, end),
                tim_thay=" ".join(line.text.split()),
                dung=f"T/M {COLLECTIVE_NAMES[kind][-1]}",
            )
