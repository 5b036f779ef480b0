"""Structure elements while they are gathered: where each may stand, what must stand between.

Nothing here knows the engine that lays the pages out; a mark is whatever stands among the kids
besides elements.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vanban.archive import roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MAX_LEVEL = 6
_NO_BLOCKS = frozenset({"Link", "P", "H", "Lbl"})


@dataclass(eq=False, slots=True)
class Node:
    """One structure element.

    ``kids`` are elements and marks in reading order; ``level`` that of a heading as it was asked
    for; ``table`` the attributes of a cell; ``alt`` the words for a picture and ``bounds`` its
    corners on the page in pt; ``label`` the label of a list item, or of the first of a list.
    """

    role: str
    kids: list[Any] = field(default_factory=list)
    level: int = 0
    table: dict[str, Any] = field(default_factory=dict)
    alt: str = ""
    bounds: tuple[float, ...] = ()
    label: str = ""
    object: Any = None
    _depth: int = 0  # of a list that was made for items without one
    _block: int = 0  # what a paragraph was made for that has no element
    _above_table: bool = False

    def add(self, role: str) -> Node:
        """Return a new element behind all that stands in this one."""
        node = Node(role)
        self.kids.append(node)
        return node

    def last(self, *names: str) -> Node | None:
        """Return the last kid if it is an element of one of these roles."""
        kid = self.kids[-1] if self.kids else None
        return kid if isinstance(kid, Node) and kid.role in names else None

    def nodes(self) -> list[Node]:
        """Return the elements directly below."""
        return [kid for kid in self.kids if isinstance(kid, Node)]


def fits(role: str, parent: Node) -> bool:
    """Tell whether an element may stand where it does; else its text alone is kept."""
    if role == "TR":
        return parent.role in ("Table", "THead", "TBody", "TFoot")
    if role in ("TH", "TD"):
        return parent.role == "TR"
    if role in ("THead", "TBody", "TFoot"):
        return parent.role == "Table"
    if role in ("Lbl", "LBody"):
        return parent.role in ("L", "LI")
    return not (role in roles.GROUPING and parent.role in _NO_BLOCKS)


def child(role: str, parent: Node, attributes: Mapping[str, str]) -> Node:
    """Return a new element under ``parent``, with the list elements that must stand between."""
    if role == "LI" and parent.role != "L":
        depth = attributes.get(roles.ITEM_DEPTH, "")
        parent = _list_in(parent, int(depth) if depth.isdecimal() else 1)
    elif parent.role == "L" and role not in ("LI", "Caption"):
        parent = (parent.last("LI") if role == "LBody" else None) or parent.add("LI")
    if parent.role == "LI" and role not in ("Lbl", "LBody"):
        parent = body_of(parent)
    above = []
    while role == "Table" and (last := parent.last("P")) and last._above_table:
        above.append(last)
        parent.kids.pop()
    node = parent.add(role)
    node._above_table = roles.CAPTION in attributes
    if above:
        node.add("Caption").kids.extend(reversed(above))
    if role == "LI":
        node.label = attributes.get(roles.ITEM_LABEL, "")
    return node


def _list_in(parent: Node, depth: int) -> Node:
    """Return the list in which an item of ``depth`` stands that follows the last kid."""
    last = parent.last("L")
    if last is None or not last._depth:
        made = parent.add("L")
        made._depth = depth
        return made
    item = last.last("LI")
    if last._depth >= depth or item is None:
        return last
    return _list_in(body_of(item), depth)


def body_of(item: Node) -> Node:
    """Return the body of a list item that is open for more."""
    return item.last("LBody") or item.add("LBody")


def for_text(node: Node, block: int) -> Node:
    """Return the element to which text belongs that stands in ``node``.

    Text of the same ``block`` (any number but 0) is one paragraph.
    """
    if node.role in ("L", "LI"):
        return body_of(node if node.role == "LI" else child("LI", node, {}))
    if node.role not in roles.GROUPING:
        return node
    last = node.last("P")
    if last is not None and block and last._block == block:
        return last
    made = child("P", node, {})
    made._block = block
    return made


def tidy(root: Node) -> None:
    """Take away what holds nothing, and give headings and lists what the whole tree decides."""
    _prune(root)
    open_levels: list[int] = []

    def settle(node: Node) -> None:
        if node.role == "H":
            node.role = f"H{_nested(open_levels, node.level)}"
        elif node.role == "L":
            node.label = next((part.label for item in node.nodes() for part in item.nodes()), "")
        for kid in node.nodes():
            settle(kid)

    settle(root)


def nested_levels(levels: Iterable[int]) -> Iterator[int]:
    """Yield for each heading, by the level it asks for, the one it gets: none is skipped."""
    open_levels: list[int] = []
    for level in levels:
        yield _nested(open_levels, level)


def _nested(open_levels: list[int], level: int) -> int:
    while open_levels and open_levels[-1] >= level:
        open_levels.pop()
    open_levels.append(level)
    return min(len(open_levels), _MAX_LEVEL)


def _prune(node: Node) -> bool:
    """Take away what holds nothing, parts of tables excepted; tell whether anything is left."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _prune(kid)]
    return bool(node.kids) or roles.is_table_part(node.role)
