"""Trích yếu không lặp tên loại, không có V/v, không có dấu ở cuối (FMT027).

Quy định
    Trích yếu nói tiếp tên loại nên không lặp lại "Báo cáo"; chữ "V/v" chỉ dùng cho công văn của cơ
    quan nhà nước; cuối trích yếu thường không có dấu câu.

Vì sao
    vanban in tên loại ở dòng trên; lặp lại thì đọc thành "Báo cáo báo cáo sơ kết ...".

Sai
    the_thuc:
      trich_yeu: báo cáo sơ kết công tác xây dựng Đảng 9 tháng đầu năm 2023

Đúng
    the_thuc:
      trich_yeu: sơ kết công tác xây dựng Đảng 9 tháng đầu năm 2023

Cách sửa
    Bỏ phần thừa; "V/v" thay bằng "về việc". Sửa tự động được.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.5 và Phụ lục 3 (A, suy từ ví dụ); Hướng dẫn 05-HD/VPTW (B); Nghị định
    30/2020/NĐ-CP, Phụ lục I, II.5b (A). Dấu ở cuối: chỉ suy ra từ các mẫu, độ tin cậy C, là lưu ý.

English:
    The subject does not repeat the name of the type, does not begin with "V/v" (that is for state
    letters) and ends without a mark. Safe fixes; the end mark is information only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.compose.outline import load_outline
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules._text import SUBJECT, text_nodes
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import OPENING_WORDS, TOPIC, end_mark
from vanban.rules.layout._signing import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_STATE = "II.5"
_WORDING = party("II.1.5, Phụ lục 3 (ví dụ)", Certainty.A, Certainty.B, state(_STATE))
_MARK = party("II.1.5", Certainty.C, Certainty.C, state(_STATE, Certainty.C))

RULE = Rule(
    id="FMT027",
    name="subject_wording",
    severity=Severity.WARNING,
    source=_WORDING.hd05,
    fix=FixClass.SAFE,
)

_ABOUT = re.compile(
    r"\s*(?P<found>v\s?/\s?v(?:\s*[:.])?)\s*(?P<doubled>(?:về\s+)?việc\s+|về\s+)?", re.I
)
# After the name of the type these words make another thing of it.
_OTHER_THING = re.compile(r"\s+(?:viên|chính\s+trị|thành\s+tích|số)(?!\w)", re.I)


def check(ctx: Context) -> Iterator[Finding]:
    """Report the type's name and V/v at the beginning, marks at the end of the subject."""
    if issuer_name(ctx) is None:
        return
    words = load_outline(ctx.kind.outline_path).text("ten_loai").split()
    spaced = r"\s+".join(map(re.escape, words))
    type_name = re.compile(rf"\s*(?P<found>{spaced})(?!\w)", re.I)
    for node, text in text_nodes(ctx, SUBJECT, TOPIC):
        repeated, about = type_name.match(text), _ABOUT.match(text)
        if repeated and not _OTHER_THING.match(text, repeated.end()):
            # "Báo cáo: ...", "Báo cáo - ..." as well
            behind = re.compile(r"[\s:–-]*").match(text, repeated.end())
            end = behind.end() if behind else repeated.end()
            yield _beginning(ctx, node.pointer, text, repeated.span("found"), end, "ten_loai")
        elif about and about.end() < len(text):
            found = about.span("found")
            yield _beginning(ctx, node.pointer, text, found, about.end(), "vv")
        place = end_mark(text)
        if place is not None:
            span = ctx.draft.positions.text(node.pointer, *place)
            yield remark(
                ctx,
                RULE,
                "dau_cuoi",
                node.pointer,
                _MARK.of(ctx),
                text=place,
                fix=Fix(Safety.SAFE, "FMT027.sua", (Edit(span, ""),)) if span else None,
                tim_thay=text[slice(*place)].strip(),
            )


def _beginning(
    ctx: Context, pointer: str, text: str, place: tuple[int, int], end: int, slug: str
) -> Finding:
    """Report a needless beginning; the fix leaves the first letter as the side writes it."""
    party = ctx.profile.is_party
    if slug == "vv":
        new, end_of_edit = ("về việc " if party else "Về việc "), end
    elif party and OPENING_WORDS.match(text, end):
        new, end_of_edit = text[end].lower(), end + 1
    elif not party:
        new, end_of_edit = text[end : end + 1].upper(), end + 1
    else:
        new, end_of_edit = "", end
    span = ctx.draft.positions.text(pointer, place[0], end_of_edit)
    # What is left must still begin like a sentence, not like a mark of YAML.
    sound = span is not None and text[end : end + 1].isalnum()
    return remark(
        ctx,
        RULE,
        slug,
        pointer,
        _WORDING.of(ctx),
        text=place,
        fix=Fix(Safety.SAFE, "FMT027.sua", (Edit(span, new),)) if span and sound else None,
        tim_thay=" ".join(text[slice(*place)].split()),
    )
