"""Chi ngân sách không vượt thu, kết dư và bổ sung, trừ khi có giải thích (ECO001).

Quy định
    Chi ≤ thu + ``ket_du`` + ``bo_sung``. Chi nhiều hơn thì ghi ``ghi_chu`` (nguồn nào bù, vì sao).

Vì sao
    Chi nhiều hơn các nguồn thì người đọc sẽ hỏi ngay tiền lấy ở đâu. Phần lớn trường hợp là quên
    ghi kết dư năm trước hoặc số bổ sung từ ngân sách cấp trên.

Sai
    so_lieu:
      ngan_sach: {thu: 5100, chi: 5400}

Đúng
    so_lieu:
      ngan_sach: {thu: 5100, chi: 5400, bo_sung: 350}

Cách sửa
    Ghi ``ket_du``, ``bo_sung`` còn thiếu; nếu không phải hai khoản đó thì giải thích ở ``ghi_chu``.

Nguồn và độ tin cậy
    Nguyên tắc cân đối ngân sách xã; độ tin cậy C về câu chữ.

English:
    Spending does not exceed revenue, the balance carried over and the supplement, unless a note
    explains it. When the listed parts contradict a sum, the sum itself is ECO002's.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import records
from vanban.rules.economy._money import (
    BUDGET,
    CARRIED,
    REVENUE,
    SPENDING,
    SUPPLEMENT,
    budget_sums,
)
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="ECO001",
    name="budget_balance",
    severity=Severity.WARNING,
    source=Source("Cân đối thu, chi ngân sách xã", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report spending that nothing covers and no note explains."""
    explained = {
        node.pointer.rpartition("/")[0] for node in ctx.role("note") if str(node.value).strip()
    }
    doubtful = {s.whole.pointer: s.nearest for _, s in budget_sums(ctx) if s.wrong}
    for record in records(ctx, BUDGET, REVENUE, SPENDING, CARRIED, SUPPLEMENT):
        revenue, spending = record.one(REVENUE), record.one(SPENDING)
        if revenue is None or spending is None or record.pointer in explained:
            continue
        carried, supplement = (record.number(r) or Decimal(0) for r in (CARRIED, SUPPLEMENT))
        covered = revenue.number + carried + supplement
        # A sum its own parts contradict may be the parts: then nothing is certain here.
        most = max(revenue.number, doubtful.get(revenue.pointer, Decimal(0)))
        least = min(spending.number, doubtful.get(spending.pointer, spending.number))
        if least > most + carried + supplement:
            yield ctx.at(
                RULE,
                "vuot",
                spending.pointer,
                chi=vietnamese(spending.number),
                co=vietnamese(covered),
                thieu=vietnamese(spending.number - covered),
            )
