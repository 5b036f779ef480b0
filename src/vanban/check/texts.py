"""What each text of a draft is to a reader: running text, heading, label, name or code."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from vanban.text.prose import CELL, CODE, HEADING, LABEL, LEAD, NAME, RUNNING

if TYPE_CHECKING:
    from vanban.check.rule import Context

_PARTS: Final = attrgetter("pointer", "roles", "value")
# The first role of a text that stands here says what the text is.
_KINDS: Final = {
    "prose": RUNNING,
    "signer": NAME,
    "place-name": NAME,
    "cell-name": NAME,
    "lead": LEAD,
    "heading": HEADING,
    "subject": HEADING,
    "table-title": HEADING,
    "period-topic": HEADING,
    "cell": CELL,
    "label": CODE,
    "symbol": CODE,
    "issuer-symbol": CODE,
    "code": CODE,
    "unit": LABEL,
    "deadline": LABEL,
    "line": LABEL,
}


def texts(ctx: Context) -> list[tuple[str, str, str]]:
    """Return the columns of a ``Text`` for every sound text of a draft, in document order."""
    return [(pointer, _what(roles), value) for pointer, roles, value in map(_PARTS, ctx.written)]


@cache
def _what(roles: tuple[str, ...]) -> str:
    return next((what for role, what in _KINDS.items() if role in roles), CODE)
