"""Nơi lưu ghi một dòng, ở cuối danh sách nơi nhận (FMT028).

Quy định
    Dòng cuối cùng của nơi nhận là nơi lưu, và chỉ có một dòng như vậy: "Lưu Văn phòng Đảng ủy" ở
    văn bản của Đảng, "Lưu: VT" ở văn bản nhà nước.

Vì sao
    Dòng lưu kết thúc danh sách nơi nhận; thiếu thì văn bản không có chỉ dẫn lưu, ở giữa thì những
    nơi sau dễ bị bỏ sót khi gửi.

Sai
    the_thuc:
      noi_nhan:
        - Lưu Văn phòng Đảng ủy
        - Các chi bộ trực thuộc Đảng ủy xã

Đúng
    the_thuc:
      noi_nhan:
        - Các chi bộ trực thuộc Đảng ủy xã
        - Lưu Văn phòng Đảng ủy

Cách sửa
    Chuyển dòng lưu xuống cuối; nhiều dòng lưu thì gộp thành một; chưa có thì thêm.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9d (A). Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B);
    Hướng dẫn 36-HD/VPTW chưa kiểm chứng (C, chỉ là lưu ý).

English:
    The archive line is the last recipient and there is exactly one. Nothing is said where another
    recipient already names the archive in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, remark, state, weight
from vanban.rules.layout._formal_words import is_archive, normal
from vanban.rules.layout._signing import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.9", Certainty.C, Certainty.B, state("II.9d"))

RULE = Rule(
    id="FMT028",
    name="archive_last",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report an archive line that is missing, not the last, or not the only one."""
    node = ctx.one("recipients")
    if issuer_name(ctx) is None or node is None or not isinstance(node.value, list):
        return
    texts = [str(text) for text in node.value]
    archives = [place for place, text in enumerate(texts) if is_archive(text)]
    if not archives:
        if not any(
            "lưu" in normal(text).replace("(", " ").replace(")", " ").split() for text in texts
        ):
            example = "Lưu Văn phòng Đảng ủy" if ctx.profile.is_party else "Lưu: VT"
            source = _GROUNDS.of(ctx)
            yield ctx.at(
                RULE,
                "thieu",
                node.pointer,
                key=True,
                source=source,
                severity=weight(source),
                vi_du=example,
            )
        return
    for place in archives[:-1]:
        yield remark(
            ctx,
            RULE,
            "nhieu",
            f"{node.pointer}/{place}",
            _GROUNDS.of(ctx),
            tim_thay=texts[place].strip(),
        )
    if archives[-1] != len(texts) - 1:
        place = archives[-1]
        yield remark(
            ctx,
            RULE,
            "khong_cuoi",
            f"{node.pointer}/{place}",
            _GROUNDS.of(ctx),
            tim_thay=texts[place].strip(),
        )
