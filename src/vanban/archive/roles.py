"""Which structure type of PDF 1.7 (ISO 32000-1, 14.8.4) an element of the page stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ITEM_DEPTH = "data-item"
"""Attribute of a paragraph that is a list item: its depth, a whole number (1 = outermost).

Items that follow each other make one list; deeper ones a list inside the item before."""

ITEM_LABEL = "data-label"
"""Attribute of a list item: the characters at its head that are its label (``- ``, ``a) ``)."""

CAPTION = "data-caption"
"""Attribute of a paragraph above a table that belongs to it (its name, its unit)."""

ABOVE_TABLES = ("ten_bang", "don_vi_tinh")
"""Styles of the paragraphs that carry ``CAPTION`` when a table follows."""

CONTINUES = "data-continues"
"""Attribute of a section that only carries on the one before it, on pages lying otherwise."""

GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption"})
"""Types that hold other elements only: text that stands in one directly gets a ``P`` of its own."""

_ROLES = {
    "a": "Link",
    "article": "Art",
    "aside": "Sect",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "dd": "LBody",
    "dl": "L",
    "dt": "Lbl",
    "figcaption": "P",
    "footer": "Sect",
    "header": "Sect",
    "img": "Figure",
    "li": "LI",
    "main": "Part",
    "nav": "Sect",
    "ol": "L",
    "p": "P",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
    "{http://www.w3.org/2000/svg}svg": "Figure",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BY_ARIA = {"list": "L", "listitem": "LI", "paragraph": "P", "group": "Div", "none": ""}
_TABLE_PARTS = frozenset({"Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"})

_SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


def role_of(tag: str, attributes: Mapping[str, str]) -> tuple[str, int]:
    """Return the structure type of an element and, for a heading, its level.

    The type is empty where the element makes no difference to the structure (``b``, ``div``).
    A heading comes as ``H`` with the level it asks for, which may skip one.
    """
    aria = attributes.get("role", "")
    if aria == "heading":
        level = attributes.get("aria-level", "2")
        return "H", int(level) if level.isdigit() and level != "0" else 2
    if aria == "presentation":
        aria = "none"
    if aria in _BY_ARIA:
        return _BY_ARIA[aria], 0
    if ITEM_DEPTH in attributes:
        return "LI", 0
    if tag in _HEADINGS:
        return "H", _HEADINGS[tag]
    role = _ROLES.get(tag, "")
    if role == "Sect" and CONTINUES in attributes:
        role = ""
    return role, 0


def is_table_part(role: str) -> bool:
    """Tell whether a type belongs to a table and to nothing else."""
    return role in _TABLE_PARTS


def scope_of(attributes: Mapping[str, str]) -> str:
    """Return the ``Scope`` of a header cell: what it heads is its column unless it says its row."""
    return _SCOPES.get(attributes.get("scope", ""), "Column")


def numbering_of(label: str) -> str:
    """Return the ``ListNumbering`` (ISO 32000-1, table 347) of a list from its first label.

    PDF 1.7 has no word for a dash: it goes as the mark of an outer list, a plus as that of an
    inner one.
    """
    label = label.strip()
    if label[:1].isdigit():
        return "Decimal"
    if label[:1].isalpha():
        return "UpperAlpha" if label[0].isupper() else "LowerAlpha"
    return "Circle" if label[:1] == "+" else "Disc"
