"""What the rules about formalities share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node


def asked_profile(ctx: Context) -> Node | None:
    """Return the place where the draft itself asks for the profile in use, or None."""
    node = ctx.one("profile")
    return node if node is not None and node.value == ctx.profile.name else None
