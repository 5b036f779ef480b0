"""Dùng từ theo lối của văn bản Đảng: bảo đảm, nền nếp, hằng năm (TXT063).

Quy định
    Văn kiện của Đảng và văn bản pháp luật viết "bảo đảm", "nền nếp", "phản ánh", "hằng năm", "dân
    tộc thiểu số", "người khuyết tật" thay cho "đảm bảo", "nề nếp", "phản ảnh", "hàng năm", "dân tộc
    ít người", "người tàn tật". Mỗi từ được nhắc một lần, tại chỗ đầu tiên. Từ trong ngoặc kép và
    chỗ đọc được cách khác ("khách hàng năm 2023", "hàng năm trăm hộ") thì không tính. Tùy chọn
    `bo_qua`: danh sách các từ cơ quan vẫn dùng, ví dụ ["đảm bảo"].

Vì sao
    Từ dùng thống nhất với văn bản cấp trên thì trích dẫn, tổng hợp không phải sửa lại.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì nề nếp tiếp công dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì nền nếp tiếp công dân.

Cách sửa
    Thay bằng từ được đề nghị, hoặc cho từ ấy vào `bo_qua`.

Nguồn và độ tin cậy
    Lối dùng từ trong văn kiện của Đảng; "dân tộc thiểu số" theo Nghị định 05/2011/NĐ-CP, "người
    khuyết tật" theo Luật Người khuyết tật. Các từ còn lại đều có trong từ điển: độ tin cậy C.

English:
    Words as Party documents and laws use them: bảo đảm for đảm bảo, nền nếp for nề nếp and a few
    more. Each is a remark at its first place; its fix changes them all. Option `bo_qua`: words that
    the office keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._advice import once
from vanban.text.phrases import fold_word

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT063",
    name="party_usage",
    severity=Severity.INFO,
    source=Source("Lối dùng từ trong văn kiện của Đảng", Certainty.C),
    fix=FixClass.UNSAFE,
    options={"bo_qua": []},
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words for which Party documents use another."""
    kept = frozenset(map(fold_word, ctx.option(RULE, "bo_qua")))
    yield from once(ctx, RULE, "dung_tu", kept)
