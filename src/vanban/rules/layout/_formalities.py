"""What the rules about formalities share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node


def asked_profile(ctx: Context) -> Node | None:
    """Return the place where the draft itself asks for the profile in use, or None."""
    node = ctx.one("profile")
    return node if node is not None and node.value == ctx.profile.name else None


def doubtful_profile(ctx: Context, issuer: Node) -> bool:
    """Tell whether the draft may ask for another profile than the one in use.

    So when a key or a value beside the issuer is wrong: what was meant is said by the schema layer.
    """
    beside = issuer.pointer.rpartition("/")[0]
    return any(place.rpartition("/")[0] == beside or place == beside for place in ctx.invalid)
