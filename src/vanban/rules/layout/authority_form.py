"""Quyền hạn ký viết tắt đúng kiểu của Đảng hay của Nhà nước (FMT020).

Quy định
    Văn bản của Đảng: T/M (thay mặt), K/T (ký thay), T/L (thừa lệnh); không có hình thức thừa ủy
    quyền. Văn bản hành chính: TM., KT., TL., TUQ. có dấu chấm. Sau chữ viết tắt có một dấu cách.

Vì sao
    Hai kiểu viết khác nhau là dấu hiệu nhận ra văn bản của Đảng hay của Nhà nước; chép mẫu của bên
    này sang bên kia là lỗi hay gặp nhất ở chỗ ký.

Sai
    the_thuc:
      nguoi_ky:
        quyen_han: TM. Ban Chấp hành

Đúng
    the_thuc:
      nguoi_ky:
        quyen_han: T/M Ban Chấp hành

Cách sửa
    Viết lại chữ viết tắt như lời nhắc; sửa tự động được.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.7.1: T/M, K/T (A), T/L (C); Hướng dẫn 05-HD/VPTW (B). Nghị định
    30/2020/NĐ-CP, Phụ lục I, II.7b (A).

English:
    The abbreviation of the authority has the form of its side: T/M, K/T, T/L in the Party, TM.,
    KT., TL., TUQ. in the state, a space behind it. The Party knows no signing by mandate. Safe fix,
    except for the mandate, where the clerk must choose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import (
    BY_ORDER,
    FOR_HEAD,
    MANDATED,
    ON_BEHALF,
    PARTY_FORMS,
    PARTY_KINDS,
    STATE_FORMS,
    STATE_KINDS,
    collective_kinds,
)
from vanban.rules.layout._signing import issuer_kind, issuer_name, signature_lines

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules.layout._signing import SignatureLine

_STATE = "II.7b"
_HEAD = party("II.1.7.1", Certainty.A, Certainty.B, state(_STATE))
_ORDER = party("II.1.7", Certainty.C, Certainty.B, state(_STATE))
_GROUNDS = {ON_BEHALF: _HEAD, FOR_HEAD: _HEAD, BY_ORDER: _ORDER, MANDATED: _ORDER}

RULE = Rule(
    id="FMT020",
    name="authority_form",
    severity=Severity.WARNING,
    source=_HEAD.hd05,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report abbreviations written as the other side writes them, or run into what follows."""
    if issuer_name(ctx) is None:
        return
    party = ctx.profile.is_party
    forms = PARTY_FORMS if party else STATE_FORMS
    for line in signature_lines(ctx):
        # K/T of a committee is FMT019, a collective of the other side FMT021.
        committee = party and line.kind == FOR_HEAD and issuer_kind(ctx) is not None
        if line.kind is None or committee or _of_other_side(line, party):
            continue
        right = forms.get(line.kind)
        span = (line.form_start, line.rest_start)
        if right is None:
            yield remark(
                ctx,
                RULE,
                "khong_co",
                line.pointer,
                _GROUNDS[line.kind].of(ctx),
                text=(span[0], span[1] - len(line.gap)),
                tim_thay=line.form,
            )
            continue
        shown = line.form.upper()
        if shown == right and (line.gap or not line.rest):
            continue
        wrong_form = shown != right
        slug = ("dang" if party else "nha_nuoc") if wrong_form else "dau_cach"
        grounds = _GROUNDS[line.kind] if wrong_form else _ORDER
        place = ctx.draft.positions.text(line.pointer, *span)
        text = f"{right} " if line.rest else right
        yield remark(
            ctx,
            RULE,
            slug,
            line.pointer,
            grounds.of(ctx),
            text=(span[0], span[1] - len(line.gap)),
            fix=Fix(Safety.SAFE, "FMT020.sua", (Edit(place, text),), {"dung": right})
            if place is not None
            else None,
            tim_thay=line.form,
            dung=right,
        )


def _of_other_side(line: SignatureLine, party: bool) -> bool:
    kinds = collective_kinds(line.rest)
    return kinds is not None and bool(kinds & (STATE_KINDS if party else PARTY_KINDS))
