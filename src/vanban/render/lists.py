"""Which paragraphs of a document are items of a list, and what their label is.

The labels are typed text (so that they survive copying); only the style tells that a paragraph
belongs to a list. Renderers that can say "list" to a screen reader ask here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanban.compose.blocks import CLAUSE, LEVELS

if TYPE_CHECKING:
    from vanban.compose.document import Paragraph

_DEPTHS = {style: depth for depth, style in enumerate(LEVELS[CLAUSE:], 1)}
_LABEL = re.compile(r"(?:[-–+*]|\d{1,3}[.)/]|[a-zđ][.)/])\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: its depth (1 = outermost) and its label with the blank behind it."""

    depth: int
    label: str


def list_item(block: Paragraph) -> Item | None:
    """Return what makes a paragraph a list item; None for headings and running text.

    A numbered or lettered paragraph, a dash or a plus is one when its text begins with a label.
    """
    depth = _DEPTHS.get(block.style)
    if depth is None or block.level is not None or not block.runs:
        return None
    label = label_of(block.runs[0].text)
    return Item(depth, label) if label else None


def label_of(text: str) -> str:
    """Return the label with which a text begins and the blank behind it, else an empty text."""
    found = _LABEL.match(text)
    return found[0] if found else ""
