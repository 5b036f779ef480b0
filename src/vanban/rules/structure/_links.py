"""What the rules about limitations, causes, tasks and indicators share: items with their links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules._text import text_nodes

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

# Everything of an item that is read as words.
_TEXTS = ("prose", "lead", "extent", "cell")
CODE, REFERENCES = "-code", "-references"


class Item(NamedTuple):
    """An item of a list: ``field`` and ``code`` with their places, its texts joined by lines."""

    node: Node
    code: Node | None
    field: Node | None
    text: str

    @property
    def typed(self) -> bool:
        """Tell whether the item is an object, not a line of text."""
        return isinstance(self.node.value, Mapping)

    @property
    def pointer(self) -> str:
        """Return the place of the item."""
        return self.node.pointer


def parent(pointer: str) -> str:
    """Return the pointer one level up."""
    return pointer.rpartition("/")[0]


def items(ctx: Context, role: str) -> list[Item]:
    """Return the items of a role with their code, field and words, in document order."""
    known = ctx.once(_known_items)
    if role not in known:
        known[role] = _items(ctx, role)
    return known[role]


def _known_items(ctx: Context) -> dict[str, list[Item]]:
    return {}


def _items(ctx: Context, role: str) -> list[Item]:
    nodes = {node.pointer: node for node in ctx.role(role)}
    codes = {parent(node.pointer): node for node in ctx.role(role + CODE)}
    fields = {parent(node.pointer): node for node in ctx.role("field")}
    texts = texts_below(ctx, nodes)
    return [
        Item(node, codes.get(place), fields.get(place), "\n".join(texts[place]))
        for place, node in nodes.items()
    ]


def texts_below(ctx: Context, places: Iterable[str]) -> dict[str, list[str]]:
    """Return the texts that stand at or below each of ``places``, which do not hold each other."""
    found: dict[str, list[str]] = {place: [] for place in places}
    if not found:
        return found
    above = tuple({f"{parent(place)}/" for place in found})
    for node, text in text_nodes(ctx, *_TEXTS):
        place = node.pointer
        if not place.startswith(above):
            continue
        while place and place not in found:
            place = parent(place)
        if place in found:
            found[place].append(text)
    return found


def codes(ctx: Context, name: str) -> dict[str, Node]:
    """Return the codes given to items called ``name`` (limitation, indicator): the first of each.

    ``name`` is the beginning of the roles: ``<name>-code``.
    """
    found: dict[str, Node] = {}
    for node in ctx.role(name + CODE):
        if isinstance(node.value, str):
            found.setdefault(node.value, node)
    return found


def repeated(ctx: Context, name: str) -> list[tuple[Node, Node]]:
    """Return each code that was given before, with the first place it was given at."""
    first = codes(ctx, name)
    return [
        (node, first[node.value])
        for node in ctx.role(name + CODE)
        if isinstance(node.value, str) and first[node.value] is not node
    ]


def references(ctx: Context, name: str) -> list[tuple[str, str]]:
    """Return pointer and code of every reference to an item called ``name``."""
    return [
        (f"{node.pointer}/{index}", code)
        for node in ctx.role(name + REFERENCES)
        if isinstance(node.value, list)
        for index, code in enumerate(node.value)
        if isinstance(code, str)
    ]


def dangling(ctx: Context, name: str) -> list[tuple[str, str]]:
    """Return the references that lead nowhere."""
    known = codes(ctx, name)
    return [(pointer, code) for pointer, code in references(ctx, name) if code not in known]
