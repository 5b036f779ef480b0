"""Walking every text of a draft, whatever the schema says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vanban.check.rule import Context


def strings(ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield pointer and text of every text value, but those in which the schema found a fault."""
    stack: list[tuple[str, Any]] = [("", ctx.draft.data)]
    while stack:
        pointer, value = stack.pop()
        if pointer in ctx.invalid and not isinstance(value, Mapping | list):
            continue
        if isinstance(value, str):
            yield pointer, value
        elif isinstance(value, Mapping):
            children = [
                (f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}", child)
                for key, child in value.items()
            ]
            stack.extend(reversed(children))
        elif isinstance(value, list):
            stack.extend((f"{pointer}/{i}", child) for i, child in reversed(list(enumerate(value))))
