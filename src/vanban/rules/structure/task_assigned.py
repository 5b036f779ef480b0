"""Nhiệm vụ có cơ quan chủ trì và thời hạn (STR007).

Quy định
    Nhiệm vụ ghi thành các khóa (``linh_vuc``, ``chu_tri``, ``thoi_han`` ...) phải có cơ quan chủ
    trì và thời hạn; việc làm quanh năm ghi ``thoi_han: thuong_xuyen``. Lời văn đã nói rõ giao ai,
    xong trước ngày nào thì không nhắc. Nhiệm vụ viết thành lời chỉ bị xét khi đặt tùy chọn
    ``bat_buoc: true``.

Vì sao
    "Tiếp tục tăng cường ..." mà không giao cho ai, không hẹn bao giờ thì không kiểm tra được. Phần
    lớn báo cáo chưa viết đủ nên đây chỉ là lưu ý.

Sai
    phuong_huong:
      nhiem_vu:
        - linh_vuc: dang_vien
          noi_dung: Tiếp tục tăng cường công tác kết nạp đảng viên.

Đúng
    phuong_huong:
      nhiem_vu:
        - linh_vuc: dang_vien
          noi_dung: Tiếp tục tăng cường công tác kết nạp đảng viên.
          chu_tri: các chi bộ trực thuộc
          thoi_han: thuong_xuyen

Cách sửa
    Thêm ``chu_tri`` (ai làm) và ``thoi_han`` (một ngày, một tháng, hoặc thuong_xuyen).

Nguồn và độ tin cậy
    Đề cương báo cáo và thông báo kết luận phân công theo việc, người, thời hạn; độ tin cậy C về câu
    chữ.

English:
    A task says who leads and by when. Only tasks written as objects with their own keys are
    judged, unless the option ``bat_buoc`` asks for all of them; words that name the body or the
    time are enough, and ``thuong_xuyen`` is a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import fold
from vanban.rules.structure._links import items, parent, texts_below

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR007",
    name="task_assigned",
    severity=Severity.INFO,
    source=Source("Nhiệm vụ có chủ trì, thời hạn", Certainty.C),
    options={"bat_buoc": False},
)

_LEAD, _TIME = "lead-body", "deadline"
# Keys that only a task has: with one of them an item is more than a paragraph of text.
_OWN = (_LEAD, _TIME, "supporting-body", "product", "field")

_BODY = (
    r"ủy ban|ubnd|ubmttq|hđnd|hội đồng nhân dân|ban thường vụ|ban chấp hành|ban chỉ đạo|"
    r"ban chỉ huy|ban xây dựng|ban tổ chức|ban tuyên giáo|ban dân vận|ban công tác|ban nhân dân|"
    r"ban phát triển|văn phòng|cơ quan|mặt trận|đoàn thanh niên|hội phụ nữ|hội nông dân|"
    r"hội cựu chiến binh|công đoàn|công an|quân sự|trạm y tế|trường|các chi bộ|chi bộ|chi ủy|"
    r"cấp ủy|các ấp|các thôn|đảng ủy|bí thư|chủ tịch|công chức|bộ phận|các đồng chí|đồng chí|"
    r"các đoàn thể|các ngành|các tổ chức"
)
_NAMES_BODY = re.compile(
    rf"(?<!\w)(?:chủ trì|phụ trách|chịu trách nhiệm|đầu mối|phân công|(?:giao|do) (?:cho )?"
    rf"(?:{_BODY}))(?!\w)|^\W*(?:(?:các|những) )?(?:{_BODY})(?!\w)",
    re.MULTILINE,
)
_NAMES_TIME = re.compile(
    r"(?<!\w)(?:thường xuyên|thường kỳ|định kỳ|(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm)|"
    r"quanh năm|trước ngày|đến ngày|đến hết|trước khi|chậm nhất|(?:trong|trước|hết|cuối|đầu|đến|"
    r"từ) (?:ngày|tháng|quý|năm|đợt|kỳ)|quý (?:i{1,3}|iv|[1-4])|tháng \d|năm (?:19|20)\d\d|"
    r"ngày \d|\d{1,2}/\d)(?!\w)"
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report tasks that do not say who leads or by when."""
    every = bool(ctx.option(RULE, "bat_buoc"))
    keys = {role: {parent(node.pointer) for node in ctx.role(role)} for role in _OWN}
    for item in items(ctx, "task"):
        own = any(item.pointer in places for places in keys.values())
        if not own and not every:
            continue
        if slug := _lacks(item.pointer in keys[_LEAD], item.pointer in keys[_TIME], item.text):
            yield ctx.at(RULE, slug, item.pointer)
    if every:
        # The whole list written as one block of text.
        blocks = [n.pointer for n in ctx.role("tasks") if isinstance(n.value, str)]
        for place, texts in texts_below(ctx, blocks).items():
            if slug := _lacks(False, False, "\n".join(texts)):
                yield ctx.at(RULE, slug, place)


def _lacks(lead: bool, time: bool, text: str) -> str | None:
    """Return the message that says what is missing, or None."""
    plain = fold(text).text
    lead = lead or _NAMES_BODY.search(plain) is not None
    time = time or _NAMES_TIME.search(plain) is not None
    if lead:
        return None if time else "thieu_thoi_han"
    return "thieu_chu_tri" if time else "thieu_ca_hai"
