"""Chỉ tiêu chưa đạt được nêu ở phần hạn chế hoặc có giải thích (STR006).

Quy định
    Chỉ tiêu ghi ``danh_gia: chua_dat`` phải được một hạn chế dẫn mã ở ``chi_tieu``, được nhắc tên ở
    lời văn phần hạn chế, nguyên nhân, hoặc có ``ghi_chu`` giải thích. Chỉ tiêu chưa đánh giá, ghi
    chú "Bảo đảm tiến độ" không bị nhắc. Chỉ tiêu ghi chua_dat mà số liệu đã đạt thì NUM002 nhắc.

Vì sao
    Bảng chỉ tiêu ghi chưa đạt mà phần hạn chế không nói đến thì báo cáo thiếu trung thực; đây là
    câu đầu tiên cấp trên hỏi.

Sai
    chi_tieu:
      - {ma: CT01, ten: Tiêu chí nông thôn mới, don_vi: tiêu chí, ke_hoach: 19, thuc_hien: 17,
         danh_gia: chua_dat}

Đúng
    chi_tieu:
      - {ma: CT01, ten: Tiêu chí nông thôn mới, don_vi: tiêu chí, ke_hoach: 19, thuc_hien: 17,
         danh_gia: chua_dat, ghi_chu: Chờ vốn làm đường; hoàn thành trong quý IV}

Cách sửa
    Thêm một hạn chế về chỉ tiêu ấy và dẫn mã ở ``chi_tieu``, hoặc ghi lý do vào ``ghi_chu``.

Nguồn và độ tin cậy
    Báo cáo đã công bố nêu từng chỉ tiêu chưa đạt trong phần hạn chế (17/19 tiêu chí); độ tin cậy C
    về câu chữ.

English:
    An indicator rated as not met is named among the limitations or explained by a note. Named means
    listed by its code in a limitation, or spoken of in the words of limitations and causes (most of
    its name, or a phrase of it where the limitation is of the same field or has none). Silent
    where the figures contradict the rating itself (NUM002).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.figures import verdict
from vanban.rules.structure._fields import fields_of
from vanban.rules.structure._links import dangling, items, parent, references, texts_below
from vanban.rules.structure._subjects import Subject

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR006",
    name="unmet_indicator",
    severity=Severity.WARNING,
    source=Source("Chỉ tiêu chưa đạt gắn với hạn chế", Certainty.C),
)

UNMET = "chua_dat"
_TARGET = "indicator"
_LINKED = (_TARGET, "limitation")
# "một số chỉ tiêu chưa đạt (chi tiết tại Phụ lục 1)" names them all.
_LISTED = re.compile(r"chỉ\s+tiêu[^.\n]{0,80}?(?:phụ\s+lục|biểu|bảng)(?!\w)", re.IGNORECASE)


def check(ctx: Context) -> Iterator[Finding]:
    """Report indicators not met of which the limitations say nothing."""
    unmet = [node for node in ctx.role("indicator-verdict") if node.value == UNMET]
    sections = [node.pointer for role in ("limitations", "causes") for node in ctx.role(role)]
    # A reference that leads nowhere may stand for what is missed here: STR010 has said it.
    if not unmet or not ctx.role("limitations") or any(dangling(ctx, n) for n in _LINKED):
        return
    named = {code for _, code in references(ctx, _TARGET)}
    explained = {parent(n.pointer) for n in ctx.role("note") if str(n.value).strip()}
    values = {
        role: {parent(n.pointer): n.value for n in ctx.role(role)}
        for role in ("indicator-code", "indicator-name", "field")
    }
    # A rating that the figures contradict is what has to be mended.
    contradicted = {finding.pointer for finding in ctx.told(verdict.check)}
    spoken: _Spoken | None = None
    for node in unmet:
        if node.pointer in contradicted:
            continue
        place = parent(node.pointer)
        code, name = values["indicator-code"].get(place), values["indicator-name"].get(place)
        if place in explained or code is None or name is None or code in named:
            continue
        spoken = spoken or _Spoken(ctx, sections)
        if not spoken.of(name, values["field"].get(place)):
            yield ctx.at(RULE, "khong_neu", node.pointer, ten=name, ma=code)


class _Spoken:
    """What limitations and causes speak of, by the field of the limitation ("" for none)."""

    def __init__(self, ctx: Context, sections: list[str]) -> None:
        texts = [text for found in texts_below(ctx, sections).values() for text in found]
        self.fields = fields_of(ctx.kind)
        self.listed = any(_LISTED.search(text) for text in texts)
        by_field: dict[str, list[str]] = {}
        for item in items(ctx, "limitation"):
            field = str(item.field.value) if item.field is not None else ""
            by_field.setdefault(field, []).append(item.text)
        self.by_field = {field: Subject(found) for field, found in by_field.items()}
        self.all = Subject(texts)

    def of(self, name: str, field: Any) -> bool:
        """Tell whether an indicator is spoken of."""
        own = Subject([name])
        if self.listed or own.named_in(self.all):
            return True
        # Where limitations are not a list of items, their words are all there is.
        if not self.by_field:
            return own.touches(self.all)
        for other, subject in self.by_field.items():
            if field is None or not self.fields.known(other):
                if own.touches(subject):
                    return True
            elif self.fields.related(other, field) and not own.wide.isdisjoint(subject.wide):
                return True
        return False
