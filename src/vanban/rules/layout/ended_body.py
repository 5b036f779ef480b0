"""Không gửi, giao việc hay kiến nghị với cơ quan không còn (FMT008).

Quy định
    Nơi nhận, cơ quan ban hành, quyền hạn ký, phần phương hướng, nhiệm vụ và phần kiến nghị chỉ nêu
    những cơ quan đang hoạt động vào ngày ban hành. Từ 01/7/2025 không còn cấp huyện (Huyện ủy, Ủy
    ban nhân dân huyện, các phòng của huyện ...) và các tỉnh đã sáp nhập; từ tháng 02/2025 Ban Tuyên
    giáo và Ban Dân vận hợp nhất; từ 01/3/2025 một số bộ, sở hợp nhất, không còn Công an huyện.
    Nhắc việc cũ thì không sao: phần kết quả, cơ quan ghi "(cũ)", "trước đây", văn bản đã ban hành
    của cơ quan ấy, hồ sơ, trụ sở bàn giao lại. Tên tập thể sau chữ T/M mà FMT021 đã nhắc, cơ quan
    ghi thừa sau chức vụ mà FMT023 đã nhắc thì sửa theo lời nhắc ấy.

Vì sao
    Gửi cho cơ quan không còn thì không ai nhận; kiến nghị với cơ quan không còn thì không ai trả
    lời. Mẫu văn bản cũ thường để sót.

Sai
    # theo: 6-thang-2026
    the_thuc:
      noi_nhan: [Ban Thường vụ Huyện ủy (báo cáo), Lưu Văn phòng Đảng ủy]

Đúng
    # theo: 6-thang-2026
    the_thuc:
      noi_nhan: [Ban Thường vụ Tỉnh ủy (báo cáo), Lưu Văn phòng Đảng ủy]

Cách sửa
    Thay bằng cơ quan lời nhắc nêu; nếu nhắc chuyện cũ thì thêm chữ "(cũ)" sau tên cơ quan.

Nguồn và độ tin cậy
    Mỗi cơ quan có nguồn riêng, in cùng lời nhắc: các Nghị quyết 176, 202, 203/2025/QH15, Nghị quyết
    60-NQ/TW, Hướng dẫn 31-HD/BTCTW đọc qua nguồn thứ cấp (B); phần chưa kiểm chứng (C) chỉ là
    lưu ý.

English:
    Recipients, issuer, signature, plan and requests name only bodies that exist on the day of
    issue. What recalls the past (results, "(cũ)", documents already issued, handed-over files) is
    left alone. One remark per name, with the day and the successor; none where FMT021 or FMT023
    asks for other words in the signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._text import HEADING, RUNNING, Sentences, text_nodes
from vanban.rules.layout import bare_office, collective
from vanban.rules.layout._basis import remark
from vanban.rules.layout._bodies import FIRST_ENDED, ended_mentions, issue_day
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding
    from vanban.rules.layout._bodies import Mention

RULE = Rule(
    id="FMT008",
    name="ended_body",
    severity=Severity.WARNING,
    source=Source("Nghị quyết 203/2025/QH15; Nghị quyết 60-NQ/TW", Certainty.B),
)

_NAMED = ("issuer", "recipient", "authority", "office", "lead-body", "supporting-body")
_AHEAD = ("plan-part", "requests")

# "Nghị quyết số 12-NQ/HU, ngày 12/01/2025 của Ban Thường vụ ...": a document already issued.
_ITS_DOCUMENT = re.compile(
    r"(?:nghị\s+quyết|chỉ\s+thị|kết\s+luận|quyết\s+định|quy\s+định|quy\s+chế|kế\s+hoạch"
    r"|chương\s+trình|đề\s+án|công\s+văn|đồ\s+án|quy\s+hoạch"
    r"|(?:hướng\s+dẫn|thông\s+báo|thông\s+tri|văn\s+bản|báo\s+cáo)\s+số)(?!\w)[^.;\n]{0,120}(?<!\w)(?:của|do)\s+(?:[^.;,\n]{0,40})$",
    re.IGNORECASE,
)
# Files, houses and tasks handed over, right before the name or right after it.
_HANDED_OVER = re.compile(
    r"(?<!\w)(?:(?:bàn\s+giao|tiếp\s+nhận|chuyển\s+giao|kế\s+thừa|tồn\s+đọng|trụ\s+sở|tài\s+sản"
    r"|tài\s+liệu|hồ\s+sơ|con\s+dấu|di\s+tích|lịch\s+sử|kỷ\s+niệm|căn\s+cứ|cầu|đường)(?!\w)[^.;\n]{0,60}|(?:đã|từng)\s+(?:được\s+|do\s+)?)$",
    re.IGNORECASE,
)
_HANDING_OVER = re.compile(
    r"[^.;\n]{0,40}?(?<!\w)(?:bàn\s+giao|chuyển\s+giao|giao\s+lại|để\s+lại|chuyển\s+về)(?!\w)",
    re.IGNORECASE,
)
# The reorganisation itself.
_REORGANISED = re.compile(
    r"(?<!\w)(?:giải\s+thể|sáp\s+nhập|hợp\s+nhất|kết\s+thúc\s+hoạt\s+động|không\s+còn"
    r"|bỏ\s+cấp|cũ|trước\s+đây)(?!\w)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d/.])(?:(\d{1,2})/(\d{1,2})/|(\d{1,2})/|năm\s+|nhiệm\s+kỳ\s+|giai\s+đoạn\s+)"
    r"((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report bodies that no longer exist where the draft addresses them."""
    day = issue_day(ctx)
    if day is None or not day.from_on(FIRST_ENDED):
        return
    # FMT021 and FMT023 put other words there, which name no such body.
    mended = {found.pointer for rule in (collective, bare_office) for found in ctx.told(rule.check)}
    for node, text in text_nodes(ctx, *_NAMED):
        if node.pointer in mended:
            continue
        for mention in ended_mentions(text, day):
            yield _said(ctx, node, text, mention)
    named = {node.pointer for role in _NAMED for node in ctx.role(role)}
    roots = tuple(node.pointer for role in _AHEAD for node in ctx.role(role))
    for node, text in text_nodes(ctx, HEADING, *RUNNING):
        inside = any(node.pointer == r or node.pointer.startswith(f"{r}/") for r in roots)
        if not inside or node.pointer in named:
            continue
        sentences: Sentences | None = None
        for mention in ended_mentions(text, day):
            sentences = sentences or Sentences(text)
            if not _of_the_past(sentences, mention):
                yield _said(ctx, node, text, mention)


def _said(ctx: Context, node: Node, text: str, mention: Mention) -> Finding:
    ended = mention.ended
    return remark(
        ctx,
        RULE,
        "khong_con",
        node.pointer,
        ended.source,
        text=(mention.start, mention.end),
        co_quan=" ".join(text[mention.start : mention.end].split()),
        ngay=dates.short(ended.since),
        thay=ended.now,
        can_cu=ended.source.clause,
    )


def _of_the_past(sentences: Sentences, mention: Mention) -> bool:
    before = sentences.before(mention.start)
    after = sentences.after(mention.end)
    if _ITS_DOCUMENT.search(before[-200:]) or _HANDED_OVER.search(before[-100:]):
        return True
    if _HANDING_OVER.match(after) or _REORGANISED.search(before) or _REORGANISED.search(after):
        return True
    ended = mention.ended.since
    for match in _DAY.finditer(f"{before} … {after}"):
        year, month = int(match[4]), match[2] or match[3]
        if year < ended.year or (
            year == ended.year and month is not None and int(month) <= ended.month
        ):
            return True
    return False
