"""Dấu khẩn, dấu mật không gõ vào trích yếu, tiêu đề, lời mở đầu (FMT037).

Quy định
    Độ khẩn ghi ở ``do_khan``, độ mật ghi ở ``do_mat``, in dưới số và ký hiệu. Độ mật do người có
    thẩm quyền xác định theo pháp luật về bảo vệ bí mật nhà nước; không gõ "(MẬT)" vào nội dung.

Vì sao
    Chữ gõ lẫn vào trích yếu không có giá trị như dấu khẩn, dấu mật, lại làm hỏng trích yếu trong sổ
    đăng ký.

Sai
    the_thuc:
      trich_yeu: "KHẨN: sơ kết công tác xây dựng Đảng 9 tháng đầu năm 2023"

Đúng
    the_thuc:
      do_khan: Khẩn
      trich_yeu: sơ kết công tác xây dựng Đảng 9 tháng đầu năm 2023

Cách sửa
    Chuyển độ khẩn vào ``do_khan``, độ mật vào ``do_mat`` sau khi người có thẩm quyền xác định.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2a-b (A). Văn bản của Đảng, mục II.2: độ khẩn B (Hướng
    dẫn 05-HD/VPTW), C (Hướng dẫn 36-HD/VPTW); độ mật C.

English:
    No mark of urgency or secrecy is typed into the subject, a heading or the opening: each has a
    field of its own. Only marks set apart by brackets or a colon are judged, so "bảo vệ bí mật nhà
    nước" and "khẩn trương" pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules._text import HEADING, SUBJECT, text_nodes
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import SECRECIES, TOPIC, URGENCIES, normal

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_URGENCY = party("II.2", Certainty.C, Certainty.B, state("III.2b"))
_SECRECY = party("II.2", Certainty.C, Certainty.C, state("III.2a"))

RULE = Rule(
    id="FMT037",
    name="misplaced_mark",
    severity=Severity.WARNING,
    source=_URGENCY.hd05,
)


def _either_tone(words: str) -> str:
    return words.replace(" ", "_").replace("ỎA", "(?:ỎA|OẢ)").replace("ỏa", "(?:ỏa|oả)")


_WORDS = (*URGENCIES, *SECRECIES)
_MARKS = "|".join(map(_either_tone, _WORDS)).replace("_", r"\s+")
# "Khẩn", "Thượng khẩn": only where nothing else can be meant.
_TITLED = "|".join(_either_tone(words.capitalize()) for words in _WORDS).replace("_", r"\s+")
_ANY = f"(?P<mark>{_MARKS}|{_TITLED})"
_AT_START = re.compile(rf"\s*{_ANY}\s*(?::|\.(?=\s)|[-–](?=\s))")
_LABELLED = re.compile(
    r"\s*(?i:(?:độ|mức\s+độ|dấu(?:\s+chỉ\s+(?:độ|mức\s+độ))?)\s+(?:khẩn|mật))\s*:\s*"
    rf"{_ANY}(?!\w)"
)
_BRACKETED = re.compile(rf"[(\[]\s*{_ANY}\s*[)\]]")
_BRACKETED_AT_START = re.compile(rf"\s*[(\[]\s*(?P<mark>{_MARKS})\s*[)\]]")
_AT_END = re.compile(rf"\s[-–]\s*(?P<mark>{_MARKS})[\s.!]*\Z")
_SECRET = frozenset(map(normal, SECRECIES))


def check(ctx: Context) -> Iterator[Finding]:
    """Report marks of urgency or secrecy set apart in a subject, a heading or the opening."""
    titles = (_AT_START, _LABELLED, _BRACKETED, _AT_END)
    opening = ctx.one("opening")
    for node, text in text_nodes(ctx, SUBJECT, TOPIC, HEADING):
        yield from _marks(ctx, node.pointer, text, titles)
    if opening is not None and isinstance(opening.value, str):
        # Running text may speak of other documents' marks: only its very beginning is judged.
        first = (_AT_START, _LABELLED, _BRACKETED_AT_START)
        yield from _marks(ctx, opening.pointer, opening.value, first, beginning=True)


def _marks(
    ctx: Context,
    pointer: str,
    text: str,
    patterns: tuple[re.Pattern[str], ...],
    *,
    beginning: bool = False,
) -> Iterator[Finding]:
    """Report the first mark found; one mark is one finding."""
    for pattern in patterns:
        by_place = pattern in (_AT_START, _LABELLED) or beginning
        match = pattern.match(text) if by_place else pattern.search(text)
        if match is None:
            continue
        secret = normal(match["mark"]) in _SECRET
        yield remark(
            ctx,
            RULE,
            "mat" if secret else "khan",
            pointer,
            (_SECRECY if secret else _URGENCY).of(ctx),
            text=match.span("mark"),
            tim_thay=match["mark"],
        )
        return
