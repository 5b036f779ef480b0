"""What each text of a draft is to a reader: running text, heading, label, name or code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from vanban.rules._walk import strings
from vanban.text.prose import CELL, CODE, HEADING, LABEL, LEAD, NAME, RUNNING, Text

if TYPE_CHECKING:
    from vanban.check.rule import Context

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


def texts(ctx: Context) -> Iterator[Text]:
    """Yield every text of a draft in which the schema found no fault, in document order."""
    known: dict[str, str] = {}
    for role, what in _KINDS.items():
        for node in ctx.role(role):
            known.setdefault(node.pointer, what)
    what_of = known.get
    for pointer, value in strings(ctx):
        yield Text(pointer, what_of(pointer, CODE), value)
