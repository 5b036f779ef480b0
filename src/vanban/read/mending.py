"""From a change of a text value to an edit of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.finding import Edit

if TYPE_CHECKING:
    from vanban.read.draft import Draft


def change(draft: Draft, pointer: str, start: int, end: int, new: str) -> Edit | None:
    """Return the edit of the source that replaces ``start:end`` of the text at ``pointer``."""
    span = draft.positions.text(pointer, start, end)
    return None if span is None else Edit(span, new)
