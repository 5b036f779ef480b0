"""Walking every text of a draft, whatever the schema says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vanban.check.rule import Context


def strings(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Return pointer and text of every text value, but those in which the schema found a fault.

    The draft is walked once for all rules.
    """
    return ctx.once(_strings)


def _strings(ctx: Context) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    invalid = ctx.invalid
    stack: list[tuple[str, Any]] = [("", ctx.draft.data)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, str):
            if pointer not in invalid:
                found.append((pointer, value))
        elif isinstance(value, dict | Mapping):
            children = [
                (f"{pointer}/{_escaped(key)}", child)
                for key, child in value.items()
                if isinstance(child, str | dict | list | Mapping)
            ]
            children.reverse()
            stack += children
        elif isinstance(value, list):
            children = [
                (f"{pointer}/{number}", child)
                for number, child in enumerate(value)
                if isinstance(child, str | dict | list | Mapping)
            ]
            children.reverse()
            stack += children
    return tuple(found)


def _escaped(key: Any) -> str:
    name = str(key)
    if "~" in name or "/" in name:
        return name.replace("~", "~0").replace("/", "~1")
    return name
