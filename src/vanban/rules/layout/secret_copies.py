"""Văn bản mật ghi người soạn và số bản (FMT043).

Quy định
    Văn bản có độ mật thì nơi nhận, số lượng bản phát hành và người soạn thảo phải rõ, để biết từng
    bản đang ở đâu. Ghi hai phần sau ở ``nguoi_danh_may``.

Vì sao
    Thiếu số bản thì không kiểm kê, thu hồi được đủ.

Sai
    the_thuc:
      do_mat: Mật

Đúng
    the_thuc:
      do_mat: Mật
      nguoi_danh_may:
        ky_hieu: ToànKiên
        so_ban: 12

Cách sửa
    Thêm ``nguoi_danh_may`` với ``ky_hieu`` và ``so_ban``.

Nguồn và độ tin cậy
    Pháp luật về bảo vệ bí mật nhà nước: nhớ lại, chưa đọc văn bản (C, chỉ là lưu ý).

English:
    A secret document says who wrote it and how many copies went out. From memory of the law on
    state secrets, which was not read: information only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.layout._basis import remark
from vanban.rules.layout._formal_words import SECRECIES, normal
from vanban.rules.layout._mark_words import bare

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_DEGREES = frozenset(map(normal, SECRECIES))
_SOURCE = Source("pháp luật về bảo vệ bí mật nhà nước (chưa đọc)", Certainty.C)

RULE = Rule(
    id="FMT043",
    name="secret_copies",
    severity=Severity.INFO,
    source=_SOURCE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Point out a secret document that does not say how many copies there are."""
    node = ctx.one("secrecy")
    formalities = ctx.one("formalities")
    if node is None or formalities is None or not isinstance(node.value, str):
        return
    if bare(node.value) in _DEGREES and formalities.value.get("nguoi_danh_may") is None:
        shown = " ".join(node.value.split())
        yield remark(ctx, RULE, "thieu", node.pointer, _SOURCE, tim_thay=shown)
