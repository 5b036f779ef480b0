"""Mỗi hạn chế có nhiệm vụ cùng lĩnh vực để khắc phục (STR005).

Quy định
    Hạn chế có ghi ``linh_vuc`` thì phần phương hướng phải có ít nhất một nhiệm vụ thuộc lĩnh vực
    ấy, lĩnh vực bao trùm nó (hạn chế về ``nong_nghiep``, nhiệm vụ về ``kinh_te``) hoặc lĩnh vực con
    của nó. Nhiệm vụ không ghi lĩnh vực thì xét theo lời văn. Báo cáo không ghi lĩnh vực ở nhiệm vụ
    nào không bị nhắc. Nhiều hạn chế cùng một lĩnh vực thì nhắc ở hạn chế đầu tiên.

Vì sao
    Phần phương hướng phải trả lời phần hạn chế; nêu hạn chế mà không có việc làm để khắc phục thì
    kỳ sau hạn chế còn nguyên.

Sai
    danh_gia:
      han_che:
        - ma: HC1
          linh_vuc: dan_van
          noi_dung: Việc trả lời ý kiến của Nhân dân sau đối thoại còn chậm.

Đúng
    danh_gia:
      han_che:
        - ma: HC1
          linh_vuc: dan_van
          noi_dung: Việc trả lời ý kiến của Nhân dân sau đối thoại còn chậm.
    phuong_huong:
      nhiem_vu:
        - linh_vuc: dan_van
          noi_dung: Trả lời mọi ý kiến của Nhân dân trong vòng 15 ngày sau đối thoại.
          chu_tri: Ban Thường vụ Đảng ủy
          thoi_han: thuong_xuyen

Cách sửa
    Thêm một nhiệm vụ khắc phục hạn chế ấy, hoặc ghi lại ``linh_vuc`` của hạn chế hay của nhiệm vụ
    cho đúng.

Nguồn và độ tin cậy
    Báo cáo đã công bố nêu nhiệm vụ theo đúng các lĩnh vực của phần kết quả; độ tin cậy C về câu
    chữ.

English:
    Every limitation has a task in its field of work. A task in the field above or below counts, so
    does one of a field printed under the same heading; tasks without a field, and tasks of other
    fields that take up the words of the limitation, are read as text. Silent when no task names a
    field.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.structure._fields import fields_of
from vanban.rules.structure._links import items
from vanban.rules.structure._subjects import Subject

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR005",
    name="task_for_limitation",
    severity=Severity.WARNING,
    source=Source("Nhiệm vụ gắn với hạn chế cùng lĩnh vực", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report limitations in whose field there is no task."""
    if not ctx.role("tasks"):
        return
    tasks = items(ctx, "task")
    taken = {task.field.value for task in tasks if task.field is not None}
    limitations = [
        (item, item.field)
        for item in items(ctx, "limitation")
        if item.field is not None and item.field.value not in taken
    ]
    if not taken or not limitations:
        return
    fields = fields_of(ctx.kind)
    loose = Subject(
        task.text for task in tasks if task.field is None or not fields.known(task.field.value)
    )
    others = Subject(task.text for task in tasks if task.field is not None)
    said: set[str] = set()
    for item, field in limitations:
        if field.value in said or not fields.known(field.value):
            continue
        if any(fields.related(field.value, other) for other in taken):
            continue
        own = Subject([item.text])
        if own.meets(others) or own.touches(loose):
            continue
        if Subject(fields.titles.get(field.value, ())).touches(loose):
            continue
        # One task answers all limitations of its field: one remark asks for it.
        said.add(field.value)
        yield ctx.at(RULE, "thieu_nhiem_vu", field.pointer, linh_vuc=field.value)
