"""The names in the head of a document: issuer and superior body, in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vanban.rules.layout._bodies import plain
from vanban.rules.layout._formalities import STATE_BODY, asked_profile, doubtful_profile
from vanban.text.tone import Style, to_style

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

_PARTY_SHORT = {
    "ĐU": "Đảng ủy",
    "ĐB": "Đảng bộ",
    "CB": "Chi bộ",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "UBKT": "Ủy ban Kiểm tra",
    "HU": "Huyện ủy",
    "TU": "Tỉnh ủy",
}
_STATE_SHORT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_UNIT_SHORT = {
    "TP": "thành phố",
    "TX": "thị xã",
    "TT": "thị trấn",
    "P": "phường",
    "X": "xã",
    "H": "huyện",
    "Q": "quận",
}
_COMMON_SHORT = {"VP": "Văn phòng", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "MTTQ": "Mặt trận Tổ quốc"}
_ALL = {**_PARTY_SHORT, **_STATE_SHORT, **_COMMON_SHORT, **_UNIT_SHORT}
# A single letter is a unit only with its full stop, and a unit never opens a name.
_SHORT = re.compile(
    r"(?<![\w./-])(?:(?:"
    + "|".join(sorted({**_PARTY_SHORT, **_STATE_SHORT, **_COMMON_SHORT}, key=len, reverse=True))
    + r")(?![\w./-])"
    r"|(?<=[^\W\d_]\s)(?:(?:TP|TX|TT|[PXHQ])\.(?=\s*\w)|(?:TP|TX|TT)(?=\s\s*\w)))",
)


def shortenings(text: str, *, party: bool) -> list[tuple[int, int, str]]:
    """Return the abbreviations in a name that belong to its side: start, end, the words meant.

    Abbreviations of the other side are left out: such a name is FMT003's.
    """
    foreign = _STATE_SHORT if party else _PARTY_SHORT
    found = []
    for match in _SHORT.finditer(text):
        short = match.group().rstrip(".")
        if short not in foreign:
            found.append((match.start(), match.end(), _ALL[short]))
    return found


def in_full(text: str, *, party: bool) -> str:
    """Return a name with the abbreviations of its side written out."""
    parts, at = [], 0
    for start, end, words in shortenings(text, party=party):
        parts += [text[at:start], words, "" if text[end : end + 1].isspace() else " "]
        at = end
    return "".join([*parts, text[at:]]).rstrip() if parts else text


def own_style(ctx: Context, text: str) -> str:
    """Return words put in by a fix in the tone style the draft chose."""
    node = ctx.one("tone-style")
    style: Style = "tone_main" if node is not None and node.value == "tone_main" else "tone_first"
    return to_style(text, style)


def issuer_node(ctx: Context) -> Node | None:
    """Return the issuer where its side is certain: not one of the other side (FMT003)."""
    node = ctx.one("issuer")
    if node is None or not isinstance(node.value, str):
        return None
    if asked_profile(ctx) is None and doubtful_profile(ctx, node):
        return None
    if bool(STATE_BODY.match(node.value)) == ctx.profile.is_party:
        return None
    return node


def superior_node(ctx: Context) -> Node | None:
    """Return the superior body's line."""
    node = ctx.one("superior")
    return node if node is not None and isinstance(node.value, str) else None


def issuer_name(ctx: Context) -> str:
    """Return the issuer's name for comparing, in full; empty when its side is not certain."""
    node = issuer_node(ctx)
    return plain(in_full(node.value, party=ctx.profile.is_party)) if node is not None else ""
