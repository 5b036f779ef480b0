"""The supplementary components: draft, copy, contact, who typed the document.

Secrecy, urgency and circulation are laid out with the head (``header``); every word and figure is
the profile's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vanban.compose.blocks import plain
from vanban.compose.document import Line
from vanban.compose.header import filled_lines
from vanban.compose.outline import lookup
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vanban.compose.header import TonedWords
    from vanban.compose.profile import Profile

CONTACT = "lien_he"
TYPIST = "nguoi_danh_may"
# What belongs on one line of the contact, as far as it fits.
_CONTACT_ROWS = (("dia_chi",), ("dien_thoai", "fax"), ("thu_dien_tu", "trang_web"))


def counted(value: Any) -> int | None:
    """Return a whole number from 1, None for anything else."""
    number = None if isinstance(value, bool) else figure(value)
    return int(number) if number is not None and number == int(number) and number >= 1 else None


def draft_number(data: Mapping[str, Any]) -> int | None:
    """Return which draft this is, None when the document is no numbered draft."""
    return counted(lookup(data, "the_thuc.du_thao_lan"))


def head_marks(data: Mapping[str, Any], profile: Profile, tone: TonedWords) -> dict[str, str]:
    """Return the texts of the marks in the head by style, in the order in which they stand."""
    marks = {
        name: plain(lookup(data, f"the_thuc.{name}"))
        for name in ("do_mat", "do_khan", "pham_vi_luu_hanh")
    }
    number = draft_number(data)
    if number is not None:
        marks["du_thao_lan"] = tone(profile.wording["draft"]).format(lan=number)
    return {name: text for name, text in marks.items() if text}


def typist(data: Mapping[str, Any], profile: Profile) -> str:
    """Return who typed the document and how many copies went out, empty when not given."""
    code = plain(lookup(data, "the_thuc.nguoi_danh_may.ky_hieu"))
    copies = counted(lookup(data, "the_thuc.nguoi_danh_may.so_ban"))
    if not code or copies is None:
        return code
    shown = code.upper() if profile.style(TYPIST).upper else code
    return profile.wording["typist"].format(ky_hieu=shown, so_ban=copies)


def typist_in_list(profile: Profile) -> bool:
    """Return whether the typist stands on the last line of the recipients, behind its stop."""
    return bool(profile.figure(f"place.{TYPIST}").default == "cuoi_noi_nhan")


def contact_lines(data: Mapping[str, Any], profile: Profile, tone: TonedWords) -> tuple[Line, ...]:
    """Return the lines at the foot of page 1, none when the draft gives no contact."""
    style = profile.style(CONTACT)
    lines: list[Line] = []
    for row in _CONTACT_ROWS:
        texts = [
            tone(profile.wording[f"contact_{name}"]).format(value)
            for name in row
            if (value := plain(lookup(data, f"the_thuc.{CONTACT}.{name}")))
        ]
        joined = profile.wording["contact_join"].join(texts)
        if joined:
            lines += [
                Line(text, CONTACT) for text in filled_lines(joined, style, profile.page.text_width)
            ]
    return tuple(lines)
