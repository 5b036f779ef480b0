"""How large something grows when its named pieces are put where they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MOST = 10**9
"""Sizes are not counted beyond this."""


@dataclass
class Piece:
    """A named piece: its own size, and the names it uses, each as often as it uses them."""

    size: int = 0
    uses: list[str] = field(default_factory=list)


def grown(piece: Piece, known: Mapping[str, int]) -> int:
    """Return the size of a piece with all that it uses; ``known`` are the sizes of the others."""
    return min(piece.size + sum(known.get(use, 0) for use in piece.uses), MOST)


def sizes(pieces: Mapping[str, Piece]) -> dict[str, int] | None:
    """Return the grown size of every named piece; None when one of them holds itself."""
    known: dict[str, int] = {}
    for name in _ordered(pieces):
        known[name] = grown(pieces[name], known)
    return known if len(known) == len(pieces) else None


def _ordered(pieces: Mapping[str, Piece]) -> Iterator[str]:
    """Yield the names, those used before those that use them; circles are left out."""
    waiting = {n: {use for use in piece.uses if use in pieces} for n, piece in pieces.items()}
    users: dict[str, list[str]] = {}
    for name, uses in waiting.items():
        for use in uses:
            users.setdefault(use, []).append(name)
    ready = [name for name, uses in waiting.items() if not uses]
    while ready:
        name = ready.pop()
        yield name
        for user in users.get(name, ()):
            waiting[user].discard(name)
            if not waiting[user]:
                ready.append(user)
