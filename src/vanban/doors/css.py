"""How much a style sheet asks for: a few letters of CSS can keep a renderer busy for hours.

Variables that hold each other ten times, grids of ten million columns, lengths beyond all bounds,
brackets nested without end: they are looked for before the renderer reads the sheet.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from vanban.doors.growth import Piece, sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_NUMBER = 100_000
"""Largest number in a style sheet, whatever its unit; a page of A4 is 842 points high."""

MAX_GRID = 100
"""Most columns or rows that one ``repeat()`` may make, and the farthest line of a grid."""

MAX_NESTING = 40
"""Deepest nesting of brackets."""

MAX_EXPANDED = 20_000
"""Most words that a variable may come to when the variables in it are put in."""

_DEPTH = {**dict.fromkeys("([{", 1), **dict.fromkeys(")]}", -1)}
_IN_GRIDS = ("repeat", "minmax", "fit-content")
_FETCHING = ("url", "src", "image", "image-set", "-webkit-image-set")
_BLOCKS = ("{} block", "[] block", "() block")
_REPEATED = ("repeating-linear-gradient", "repeating-radial-gradient")


def excess(css: str) -> str:
    """Return the first thing in a style sheet that goes beyond a budget, else an empty text."""
    depth = 0
    for char in css:
        depth = max(0, depth + _DEPTH.get(char, 0))
        if depth > MAX_NESTING:
            return "(" * 3 + "…"
    import tinycss2  # type: ignore[import-untyped]

    variables: dict[str, Piece] = {}
    found = _in_list(tinycss2.parse_component_value_list(css, skip_comments=True), variables)
    if found:
        return found
    grown = sizes(variables)
    if grown is None:
        return "var()"
    return next((f"{name}: …" for name, size in grown.items() if size > MAX_EXPANDED), "")


def addresses(css: str) -> list[str]:
    """Return what a style sheet fetches, as a renderer reads it: escaped letters made plain."""
    import tinycss2

    found: list[str] = []
    waiting = list(tinycss2.parse_component_value_list(css, skip_comments=True))[::-1]
    while waiting:
        node = waiting.pop()
        inside = getattr(node, "arguments", None) or getattr(node, "content", None) or ()
        if node.type == "url":
            found.append(str(node.value))
        elif node.type == "at-keyword" and node.lower_value == "import":
            found.append("@import")
        elif node.type == "function" and node.lower_name in _FETCHING:
            found += [str(inner.value) for inner in inside if inner.type == "string"]
        waiting.extend(reversed(inside))
    return found


def _in_list(nodes: Sequence[Any], variables: dict[str, Piece]) -> str:
    """Look through component values; the nesting was bounded before."""
    name, variable = "", None
    for place, node in enumerate(nodes):
        kind = node.type
        if kind == "ident" and _is_property(nodes, place):
            name = node.lower_value
            variable = variables.setdefault(node.value, Piece()) if name[:2] == "--" else None
        elif node == ";" or kind == "{} block":
            name, variable = "", None
        if variable is not None:
            variable.size += 1
            _uses(node, variable)
        grid = name.startswith("grid")
        if kind in ("number", "percentage", "dimension"):
            most = MAX_GRID if grid and kind == "number" else MAX_NUMBER
            if not math.isfinite(node.value) or abs(node.value) > most:
                return str(node.serialize())
        elif kind == "function":
            refused = grid and node.lower_name not in _IN_GRIDS
            if refused or node.lower_name in _REPEATED:
                return f"{node.lower_name}()"
            if found := _in_function(node, variables):
                return found
        elif kind in _BLOCKS and (found := _in_list(node.content, variables)):
            return found
    return ""


def _in_function(node: Any, variables: dict[str, Piece]) -> str:
    if node.lower_name == "repeat":
        for inner in node.arguments:
            too_many = inner.type == "number" and abs(inner.value) > MAX_GRID
            if too_many or (inner.type == "function" and inner.lower_name not in _IN_GRIDS):
                return str(node.serialize())[:60]
    return _in_list(node.arguments, variables)


def _is_property(nodes: Sequence[Any], place: int) -> bool:
    """Tell whether a colon follows, blanks apart."""
    after = (node for node in nodes[place + 1 : place + 4] if node.type != "whitespace")
    following = next(after, None)
    return following is not None and following == ":"


def _uses(node: Any, variable: Piece) -> None:
    """Note the variables that stand in a component value."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        inside = getattr(node, "arguments", None) or getattr(node, "content", None) or ()
        variable.size += len(inside)
        if node.type == "function" and node.lower_name == "var":
            variable.uses += [n.value for n in inside if n.type == "ident" and n.value[:2] == "--"]
        waiting.extend(inside)
