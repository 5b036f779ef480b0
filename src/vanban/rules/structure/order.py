"""Các mục đứng đúng thứ tự của báo cáo (STR002).

Quy định
    Mục trong báo cáo đi theo thứ tự của đề cương. Báo cáo chọn một trong hai trình tự: xây dựng
    Đảng trước hoặc kinh tế - xã hội trước, và giữ trình tự đó cả ở phần nhiệm vụ. Nhãn mục tự ghi
    không được đảo (mục II đứng trước mục I).

Vì sao
    vanban tự xếp các mục đúng thứ tự, nên chỉ còn nhãn tự ghi là có thể đảo (cảnh báo). Danh sách
    nhiệm vụ mở đầu bằng nhóm đi sau thì khi in được xếp lại theo ``trinh_tu``; vanban báo trước
    (lưu ý) để người soạn không ngỡ ngàng khi dò bản in.

Sai
    trinh_tu: xay_dung_dang_truoc
    phuong_huong:
      nhiem_vu:
        - linh_vuc: nong_nghiep
          noi_dung: Thu hoạch lúa vụ ba đúng lịch thời vụ.
          chu_tri: Ủy ban nhân dân xã
          thoi_han: 20/12/2023
        - linh_vuc: dang_vien
          noi_dung: Hoàn thành chỉ tiêu kết nạp 05 đảng viên của năm 2023.
          chu_tri: các chi bộ trực thuộc
          thoi_han: 15/12/2023

Đúng
    trinh_tu: xay_dung_dang_truoc
    phuong_huong:
      nhiem_vu:
        - linh_vuc: dang_vien
          noi_dung: Hoàn thành chỉ tiêu kết nạp 05 đảng viên của năm 2023.
          chu_tri: các chi bộ trực thuộc
          thoi_han: 15/12/2023
        - linh_vuc: nong_nghiep
          noi_dung: Thu hoạch lúa vụ ba đúng lịch thời vụ.
          chu_tri: Ủy ban nhân dân xã
          thoi_han: 20/12/2023

Cách sửa
    Chuyển các nhiệm vụ của nhóm đi trước lên đầu, hoặc đổi ``trinh_tu``; bỏ nhãn tự ghi để vanban
    tự đánh số.

Nguồn và độ tin cậy
    Cả hai trình tự đều gặp ở báo cáo đã công bố, không gặp báo cáo trộn hai trình tự; độ tin cậy C
    về câu chữ.

English:
    Overridden labels do not run backwards, and the tasks begin with the branch that ``trinh_tu``
    puts first. A later task of the other branch (a closing one on the leadership's own work) is
    left alone: only a list that opens with the wrong branch mixes the two orders, which is said as
    information since the page puts the groups in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.structure._labels import label_breaks

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.kinds import Kind

RULE = Rule(
    id="STR002",
    name="order",
    severity=Severity.WARNING,
    source=Source("Thứ tự các mục của báo cáo", Certainty.C),
)

PARTY, ECONOMY = "xay_dung_dang_truoc", "kinh_te_truoc"
_PARTY_ROLE, _ECONOMY_ROLE = "party-building", "economy"


def check(ctx: Context) -> Iterator[Finding]:
    """Report labels that run backwards and task lists that open with the wrong branch."""
    for found in label_breaks(ctx):
        if found.slug == "nguoc":
            yield ctx.at(RULE, "nhan_nguoc", found.pointer, tim_thay=found.found)
    order = ctx.one("order")
    if order is None or order.value not in (PARTY, ECONOMY):
        return
    party, economy = _branches(ctx.kind)
    first = party if order.value == PARTY else economy
    second = economy if order.value == PARTY else party
    if not first or not second:
        return
    fields = [
        (f"{node.pointer}/linh_vuc", node.value["linh_vuc"])
        for node in ctx.role("task")
        if isinstance(node.value, Mapping) and isinstance(node.value.get("linh_vuc"), str)
    ]
    branches = [(pointer, field) for pointer, field in fields if field in first | second]
    if branches and branches[0][1] in second and any(f in first for _, f in branches):
        pointer, field = branches[0]
        yield ctx.at(
            RULE,
            "tron_trinh_tu",
            pointer,
            severity=Severity.INFO,
            linh_vuc=field,
            trinh_tu=order.value,
            di_truoc=next(f for _, f in branches if f in first),
        )


@cache
def _branches(kind: Kind) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the sections on Party building and of those on economy and society.

    The schema says which is which: by role, and by standing before the Party group among its
    siblings.
    """
    schema = kind.schema
    party: set[str] = set()
    economy: set[str] = set()
    for node in [schema, *schema.get("$defs", {}).values()]:
        properties = _properties(node)
        roles = {key: _target(schema, value) for key, value in properties.items()}
        for place, (key, target) in enumerate(roles.items()):
            if target.get("x-vai") != _PARTY_ROLE:
                continue
            party |= {key, *_properties(target)}
            for earlier in list(roles)[:place]:
                economy.add(earlier)
                if roles[earlier].get("x-vai") == _ECONOMY_ROLE:
                    economy.update(_properties(roles[earlier]))
    return frozenset(party), frozenset(economy - party)


def _properties(node: Any) -> Mapping[str, Any]:
    found = node.get("properties") if isinstance(node, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _target(schema: Mapping[str, Any], node: Any) -> Mapping[str, Any]:
    """Return a local ``$defs`` target of a property, else the property itself."""
    if not isinstance(node, Mapping):
        return {}
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    target = schema.get("$defs", {}).get(name)
    return target if isinstance(target, Mapping) else node
