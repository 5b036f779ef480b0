"""Số tháng đã qua cộng số tháng còn lại bằng 12 (DAT004).

Quy định
    Trong trích yếu, đề mục và câu văn, "n tháng đầu năm" đi với "m tháng cuối năm" thì n + m = 12,
    và n là số tháng của kỳ báo cáo. Kế hoạch "6 tháng cuối năm" đã lập và đang thực hiện không phải
    là kỳ tới nên không bị xét.

Vì sao
    Trích yếu thường chép từ báo cáo kỳ trước và chỉ sửa một trong hai số.

Sai
    the_thuc:
      trich_yeu: sơ kết 9 tháng đầu năm, phương hướng, nhiệm vụ 6 tháng cuối năm 2023

Đúng
    the_thuc:
      trich_yeu: sơ kết 9 tháng đầu năm, phương hướng, nhiệm vụ 3 tháng cuối năm 2023

Cách sửa
    Sửa con số được chỉ ra; hoặc bỏ trích yếu, đề mục tự ghi để vanban tự đặt theo kỳ.

Nguồn và độ tin cậy
    Các báo cáo đã công bố ghi 9 + 3, 6 + 6, 7 + 5; độ tin cậy C về câu chữ.

English:
    Months reviewed and months ahead add up to 12 in overridden subjects and headings, in a worded
    next period, and where the two stand together in running text, in either order; "n tháng còn
    lại" in the part on the period ahead is held against the period by itself. Comparisons with
    other years, citations and plans already under way are left alone. A title that names
    another period altogether is DAT002.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.dates import next_period
from vanban.rules.dates._period import months_reviewed
from vanban.rules.dates._phrases import Judge, next_names, running_texts, titles, with_months

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules.dates._phrases import Phrase

RULE = Rule(
    id="DAT004",
    name="months_of_year",
    severity=Severity.ERROR,
    source=Source("Kỳ báo cáo và kỳ tới: đủ 12 tháng", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report the figure of a phrase that breaks "reviewed + ahead = 12"."""
    months = months_reviewed(ctx)

    def at(pointer: str, phrase: Phrase, right: int) -> Finding:
        return ctx.at(
            RULE,
            "thang_da_qua" if phrase.head else "thang_con_lai",
            pointer,
            text=(phrase.start, phrase.end),
            tim_thay=phrase.words,
            so_dung=right,
        )

    for pointer, text in titles(ctx):
        for phrase, right in Judge(text, months).title_sum():
            yield at(pointer, phrase, right)
    # Wrong dates of the next period make its name wrong too: DAT003 has said it.
    if not ctx.told(next_period.check):
        for pointer, text in next_names(ctx):
            for phrase, right in Judge(text, months).title_sum():
                yield at(pointer, phrase, right)
    plan = tuple(f"{node.pointer}/" for node in ctx.role("plan-part"))
    held = with_months(ctx)
    for pointer, text in running_texts(ctx):
        if pointer not in held:
            continue
        judge = Judge(text, months)
        found = list(judge.running_sum())
        if pointer.startswith(plan):
            found.extend(judge.left_alone())
        for phrase, right in found:
            yield at(pointer, phrase, right)
