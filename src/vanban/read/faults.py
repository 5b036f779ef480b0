"""What reading may find: the ``INP`` ids and the one way to make such a finding."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vanban.finding import Edit, Finding, Fix, Safety, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vanban.finding import Span

IDS: Mapping[str, str] = MappingProxyType(
    {
        "INP001": "khong-co-tep",
        "INP002": "tep-trong",
        "INP003": "khong-phai-van-ban",
        "INP004": "bang-ma-khac",
        "INP005": "sai-cu-phap-yaml",
        "INP006": "sai-cu-phap-json",
        "INP007": "trung-khoa",
        "INP008": "vuot-gioi-han",
        "INP009": "the-va-tham-chieu",
        "INP010": "goc-khong-phai-bang-khoa",
        "INP011": "thieu-loai",
        "INP012": "loai-khong-biet",
        "INP013": "hai-cham-trong-loi-van",
        "INP014": "chu-sau-dau-nhay",
        "INP015": "dau-thang-trong-loi-van",
        "INP016": "dau-tab",
        "INP017": "ky-tu-dac-biet-dau-loi-van",
        "INP018": "dau-ngat-dong-la",
        "INP019": "ky-tu-dieu-khien",
        "INP020": "khong-doc-duoc",
        "INP021": "nhieu-tai-lieu",
        "INP022": "gia-tri-khong-dung-duoc",
    }
)
"""Every id of the family with its short name."""


FIX = "sua"
"""The slug of the title of a fix."""


def fault(
    rule: str,
    slug: str,
    span: Span | None = None,
    pointer: str = "",
    *,
    edit: Edit | None = None,
    **args: Any,
) -> Finding:
    """Return the error ``rule`` with the message ``<rule>.<slug>`` at a place.

    ``edit`` is what surely mends it, told as ``<rule>.sua``.
    """
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        key=f"{rule}.{slug}",
        args=MappingProxyType(args),
        pointer=pointer,
        span=span,
        fix=Fix(Safety.SAFE, f"{rule}.{FIX}", (edit,)) if edit is not None else None,
    )


QUOTED = 60
"""Longest name that a message repeats in full, in characters."""


def shortened(name: str) -> str:
    """Return a name from the draft as a message repeats it: on one line and not too long."""
    flat = " ".join(name[: 4 * QUOTED].split())
    return flat if len(flat) <= QUOTED and len(name) <= 4 * QUOTED else flat[:QUOTED] + "…"
