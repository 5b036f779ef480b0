"""Marks whose words are a short list: what is typed is one of them, or what it was meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.finding import Edit, Fix, Safety
from vanban.rules.layout._basis import remark
from vanban.rules.layout._formal_words import normal
from vanban.text.near import nearest

if TYPE_CHECKING:
    from vanban.check.rule import Context, Rule
    from vanban.finding import Finding
    from vanban.rules.layout._basis import Grounds


def bare(text: str) -> str:
    """Return what was typed for comparing: no marks at its ends, one tone spelling, lower case."""
    return normal(text).strip(" .:;,!")


def check_words(
    ctx: Context,
    rule: Rule,
    role: str,
    known: tuple[str, ...],
    others: Mapping[str, tuple[str, ...]],
    grounds: Grounds,
    *,
    closed: bool = True,
) -> Iterator[Finding]:
    """Report a mark that is none of the ``known`` words.

    ``others`` are words of other marks, by the slug of the message that says where they belong.
    A list that is not ``closed`` may hold more words than we know: only near misses are reported.
    """
    right_words = frozenset(map(normal, known))
    for node in ctx.role(role):
        if not isinstance(node.value, str):
            continue
        found = bare(node.value)
        if found in right_words:
            continue
        shown = " ".join(node.value.split())
        source = grounds.of(ctx)
        slug = next((s for s, words in others.items() if found in map(normal, words)), None)
        if slug is not None:
            yield remark(ctx, rule, slug, node.pointer, source, tim_thay=shown)
            continue
        meant = nearest(found, known)
        if meant is not None:
            span = ctx.draft.positions.value(node.pointer)
            right = meant.capitalize()
            edits = (Edit(span, right),) if span else ()
            fix = Fix(Safety.UNSAFE, f"{rule.id}.sua", edits, {"dung": right}) if edits else None
            yield remark(
                ctx, rule, "gan_dung", node.pointer, source, fix=fix, tim_thay=shown, dung=right
            )
        elif closed:
            words = ", ".join(known)
            yield remark(ctx, rule, "la", node.pointer, source, tim_thay=shown, cac_muc=words)
