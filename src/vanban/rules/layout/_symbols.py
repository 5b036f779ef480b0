"""The symbol of a document: abbreviations of types and of bodies, and how they are joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vanban.compose.outline import load_outline
from vanban.rules.layout._bodies import plain
from vanban.rules.layout._names import issuer_name, superior_node

if TYPE_CHECKING:
    from vanban.check.rule import Context

# Quy định 399-QĐ/TW and the guidelines: in the Party QĐ stands for Quyết định and Quy định.
PARTY_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định, Quy định",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "QC": "Quy chế",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "TT": "Thông tri",
    "BC": "Báo cáo",
    "KH": "Kế hoạch",
    "CTr": "Chương trình",
    "ĐA": "Đề án",
    "PA": "Phương án",
    "DA": "Dự án",
    "TTr": "Tờ trình",
    "CV": "Công văn",
    "BB": "Biên bản",
}
# Phụ lục III, Nghị định 30/2020/NĐ-CP.
STATE_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
}
# Written in symbols of cited documents besides the types of the lists (CTHĐ: action programme).
CITED_TYPES = tuple(dict.fromkeys([*PARTY_TYPES, "CTHĐ", "QyĐ", "TC"]))
PARTY_BODIES = frozenset(
    {
        "TW", "TU", "ThU", "HU", "QU", "ĐU", "ĐUK", "VPTW", "UBKTTW", "BTCTW", "BTGTW", "BTGDVTW",
        "BDVTW", "BNCTW", "BKTTW", "VPTU", "UBKTTU", "BTCTU", "BTGTU", "BTGDVTU", "BDVTU", "BNCTU",
        "VPHU", "UBKTHU", "BTCHU", "BTGHU", "BDVHU", "VPĐU", "UBKTĐU", "BXDĐ",
    }
)  # fmt: skip
STATE_BODIES = frozenset({"UBND", "HĐND", "TTg", "CP"})

_SAFE_PARTY = re.compile(r"([^\W\d_]+)/([^\W\d_][\w.-]*)")
_SAFE_STATE = re.compile(r"([^\W\d_]+)-([^\W\d_][\w.-]*)")


class Symbol(NamedTuple):
    """A symbol in good form: ``BC/ĐU`` has type BC and body ĐU."""

    type: str
    body: str


def kind_abbreviation(ctx: Context) -> str:
    """Return the abbreviation of the draft's own type of document."""
    return load_outline(ctx.kind.outline_path).text("viet_tat")


def kind_name(ctx: Context) -> str:
    """Return the name of the draft's own type of document."""
    return load_outline(ctx.kind.outline_path).text("ten_loai")


def types(ctx: Context) -> dict[str, str]:
    """Return the abbreviations of the side whose profile is in use."""
    return PARTY_TYPES if ctx.profile.is_party else STATE_TYPES


def joiner(ctx: Context) -> str:
    """Return what stands between type and body: ``/`` in the Party, ``-`` in the state."""
    return ctx.profile.wording["symbol_join"]


def well_formed(ctx: Context, text: str) -> Symbol | None:
    """Return the parts of a typed symbol, None when its form is wrong (FMT014)."""
    match = (_SAFE_PARTY if ctx.profile.is_party else _SAFE_STATE).fullmatch(text)
    if match is None:
        return None
    kind, body = match.groups()
    known = {one.upper() for one in (*types(ctx), kind_abbreviation(ctx))}
    if kind.upper() in known and kind not in types(ctx) and kind != kind_abbreviation(ctx):
        return None
    # QyĐ, QĐi, CTr carry a small letter of their own; a whole type in small letters is a slip.
    return Symbol(kind, body) if kind[0].isupper() and body == body.upper() else None


# Issuers (plain names) and the abbreviation of each in the symbol of its documents.
_PARTY_ISSUERS = (
    (re.compile(r"(?:ban thường vụ )?đảng ủy (?:xã|phường|thị trấn|đặc khu)(?!\w)"), "ĐU"),
    (re.compile(r"ban chấp hành đảng bộ (?:xã|phường|thị trấn|đặc khu)(?!\w)"), "ĐU"),
    (re.compile(r"chi (?:bộ|ủy)(?!\w)"), "CB"),
    (re.compile(r"(?:ban thường vụ )?huyện ủy(?!\w)"), "HU"),
    (re.compile(r"(?:ban thường vụ )?quận ủy(?!\w)"), "QU"),
    (re.compile(r"(?:ban thường vụ )?(?:tỉnh|thành) ủy(?!\w)"), "TU"),
    (re.compile(r"đại hội (?:đại biểu |toàn thể )?(?:đảng|chi bộ|đại biểu)"), "ĐH"),
)  # fmt: skip
_OF_COMMUNE_COMMITTEE = (
    (re.compile(r"văn phòng(?: đảng ủy(?!\w)|$)"), "VPĐU"),
    (re.compile(r"(?:ủy ban kiểm tra|ubkt)(?: đảng ủy(?!\w)|$)"), "UBKTĐU"),
)
_STATE_ISSUERS = (
    (re.compile(r"(?:ủy ban nhân dân|ubnd)(?!\w)"), "UBND"),
    (re.compile(r"(?:hội đồng nhân dân|hđnd)(?!\w)"), "HĐND"),
)


def expected_body(ctx: Context) -> str | None:
    """Return the abbreviation of the issuer in a symbol, None when we cannot tell."""
    name = issuer_name(ctx)
    if not name:
        return None
    if not ctx.profile.is_party:
        return next((short for words, short in _STATE_ISSUERS if words.match(name)), None)
    found = next((short for words, short in _PARTY_ISSUERS if words.match(name)), None)
    if found is not None:
        return found
    superior = superior_node(ctx)
    above = plain(superior.value) if superior is not None else ""
    if "đảng ủy" in name or above.startswith(("đảng ủy", "đu ")):
        return next((short for words, short in _OF_COMMUNE_COMMITTEE if words.match(name)), None)
    return None


def proper_symbol(ctx: Context) -> str:
    """Return the symbol of the draft as it ought to read."""
    own = ctx.one("issuer-symbol")
    typed = own.value if own is not None and isinstance(own.value, str) else None
    default = str(ctx.profile.figure("number.issuer_symbol").default)
    body = expected_body(ctx) or typed or default
    return f"{kind_abbreviation(ctx)}{joiner(ctx)}{body}"
