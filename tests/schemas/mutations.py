"""Every single mistake that a hand can make in a draft, at every place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Parts = tuple[Any, ...]
# One value of each type, and the texts that are most often wrong.
OTHERS: tuple[Any, ...] = (None, True, -7, "", "một vài chữ", "1.246", [], [[]], {}, {"x": 1})


def places(data: Any, at: Parts = ()) -> Iterator[tuple[Parts, Any]]:
    """Yield every value of a draft with the keys that lead to it."""
    yield at, data
    children: Any = ()
    if isinstance(data, dict):
        children = data.items()
    elif isinstance(data, list):
        children = enumerate(data)
    for key, child in children:
        yield from places(child, (*at, key))


def with_parent(data: Any, at: Parts) -> tuple[Any, Any]:
    """Return a draft and the parent of a place in it, new on the way there and shared elsewhere."""
    new = data.copy()
    parent = new
    for key in at[:-1]:
        parent[key] = parent[key].copy()
        parent = parent[key]
    return new, parent


def deleted(data: Any, *at: Any) -> Any:
    """Return the draft without the value at a place."""
    new, parent = with_parent(data, at)
    del parent[at[-1]]
    return new


def replaced(data: Any, value: Any, *at: Any) -> Any:
    """Return the draft with another value at a place (or a new key there)."""
    new, parent = with_parent(data, at)
    parent[at[-1]] = value
    return new


def renamed(data: Any, *at: Any) -> Any:
    """Return the draft with the key of a place misspelt; the order of the keys stays."""
    new, parent = with_parent(data, at)
    items = [(f"{name}x" if name == at[-1] else name, value) for name, value in parent.items()]
    parent.clear()
    parent.update(items)
    return new


def repeated(data: Any, *at: Any) -> Any:
    """Return the draft with an item of a list written twice."""
    new, parent = with_parent(data, at)
    parent.insert(at[-1], parent[at[-1]])
    return new


def mutations(data: Any, others: int = len(OTHERS)) -> Iterator[tuple[str, Parts, Any]]:
    """Yield what was done, where, and the mutated draft.

    ``others`` says how many of the foreign values are put at each place, in turn.
    """
    turn = 0
    for at, value in places(data):
        if not at:
            continue
        yield "delete", at, deleted(data, *at)
        if isinstance(at[-1], str):
            yield "rename", at, renamed(data, *at)
        else:
            yield "repeat", at, repeated(data, *at)
        if isinstance(value, str):
            yield "misspell", at, replaced(data, f"{value}x", *at)
        for _ in range(others):
            other = OTHERS[turn % len(OTHERS)]
            turn += 1
            if type(other) is not type(value) or other != value:
                yield f"set {other!r}", at, replaced(data, other, *at)
