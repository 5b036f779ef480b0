"""Which indicator of the target table counts admissions into the Party."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vanban.rules._quantities import fold

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

_PEOPLE = frozenset({"đảng viên", "đv", "người", "đồng chí", "đ/c", "quần chúng"})
_COUNTED = frozenset({None, "so_luong"})
# The whole name must be one of these: "kết nạp đảng viên trong học sinh" is another figure.
_NAME = re.compile(
    r"(?:công tác )?(?:tổng số |số lượng |số )?(?:"
    r"(?:đảng viên|đv)(?: mới)?(?: được)?(?: mới)? kết nạp(?: mới)?(?: vào đảng)?|"
    r"(?:quần chúng(?: ưu tú)?|người)(?: được)? kết nạp(?: vào)? đảng|"
    r"kết nạp(?: mới)? (?:đảng viên|đv|đảng)(?: mới)?|"
    r"kết nạp (?:quần chúng(?: ưu tú)? )?vào đảng|"
    r"phát triển (?:đảng viên|đv|đảng)(?: mới)?"
    r")(?: trong (?:năm|kỳ)| năm)?(?: (?P<year>\d{4}))?(?: ?\((?:người|đồng chí|đảng viên|đ/c)\))?"
)
_ESTIMATE = re.compile(r"(?<!\w)ước(?!\w)")


def _is_admission(raw: Any, year: int | None) -> bool:
    if not isinstance(raw, Mapping) or raw.get("loai") not in _COUNTED:
        return False
    if raw.get("tinh_chat") == "thoi_diem":
        return False
    name, unit = raw.get("ten"), raw.get("don_vi")
    if not isinstance(name, str) or not isinstance(unit, str):
        return False
    if " ".join(fold(unit).text.split()) not in _PEOPLE:
        return False
    match = _NAME.fullmatch(" ".join(fold(name).text.split()))
    return match is not None and match["year"] in (None, str(year))


def admission_indicator(ctx: Context) -> Node | None:
    """Return the indicator that counts those admitted; None when none or several may be it."""
    year = ctx.period.year if ctx.period is not None else None
    found = [node for node in ctx.role("indicator") if _is_admission(node.value, year)]
    return found[0] if len(found) == 1 else None


def is_estimate(indicator: Mapping[str, Any]) -> bool:
    """Tell whether the figure of an indicator is said to be an estimate."""
    note = indicator.get("ghi_chu")
    return isinstance(note, str) and _ESTIMATE.search(fold(note).text) is not None
