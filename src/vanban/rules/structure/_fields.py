"""Fields of work (``linh_vuc``) and how they belong together: the outline of the kind says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.compose.outline import load_outline

if TYPE_CHECKING:
    from vanban.kinds import Kind


class Fields(NamedTuple):
    """The fields of a kind: those above each, those under one mere heading, groups, headings."""

    above: Mapping[str, frozenset[str]]
    joint: tuple[frozenset[str], ...]
    groups: tuple[frozenset[str], ...]
    titles: Mapping[str, tuple[str, ...]]

    def known(self, field: str) -> bool:
        """Tell whether the outline has a place for a field (for ``khac`` it has none)."""
        return field in self.above

    def related(self, one: str, other: str) -> bool:
        """Tell whether a task in one field may answer for the other: the same, above, or below.

        The head of a group answers for the whole group; fields that are printed under one common
        heading answer for each other.
        """
        if one == other or one in self.above.get(other, ()) or other in self.above.get(one, ()):
            return True
        if any(one in together and other in together for together in self.joint):
            return True
        return any(
            one in group and other in group and (self._head(one, group) or self._head(other, group))
            for group in self.groups
        )

    def _head(self, field: str, group: frozenset[str]) -> bool:
        return not self.above.get(field, frozenset()) & group and any(
            field in self.above.get(member, ()) for member in group
        )


@cache
def fields_of(kind: Kind) -> Fields:
    """Return the fields as the outline of a kind arranges them."""
    outline = load_outline(kind.outline_path)
    nodes = outline.section("muc")
    children = {name: _names(node.get("con")) for name, node in nodes.items()}
    above: dict[str, set[str]] = {name: set() for name in nodes}
    for name, below in children.items():
        stack, seen = list(below), set(below)
        while stack:
            child = stack.pop()
            above.setdefault(child, set()).add(name)
            more = set(children.get(child, ())) - seen
            seen |= more
            stack.extend(more)
    # A node with children and no section of its own is a mere heading over joint matters.
    headings = [name for name, node in nodes.items() if node.get("gop") and "o" not in node]
    groups: list[frozenset[str]] = []
    for block in outline.section("danh_muc").values():
        for group in _mappings(block, "gom"):
            members = frozenset(str(field) for field in group["gom"])
            if members not in groups:
                groups.append(members)
    return Fields(
        above={name: frozenset(over) for name, over in above.items()},
        joint=tuple(frozenset(children[name]) for name in headings),
        groups=tuple(groups),
        titles={name: tuple(_names(node.get("tieu_de"))) for name, node in nodes.items()},
    )


def _names(value: Any) -> list[str]:
    """Return every text of a value, of a list of them, or of a choice."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return _names(value.get("la"))
    return [name for entry in value or () for name in _names(entry)]


def _mappings(value: Any, key: str) -> list[Mapping[str, Any]]:
    """Return every mapping that holds ``key``, however deep."""
    if isinstance(value, Mapping):
        if key in value:
            return [value]
        return [found for part in value.values() for found in _mappings(part, key)]
    if isinstance(value, list):
        return [found for part in value for found in _mappings(part, key)]
    return []
