"""Findings of the rules that advise other words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from vanban.finding import Safety
from vanban.rules.orthography._terms import Place, advised
from vanban.text.phrases import fold_word

if TYPE_CHECKING:
    from vanban.check.rule import Reading, Rule
    from vanban.finding import Finding
    from vanban.text.prose import Prose


def once(
    ctx: Reading,
    rule: Rule,
    section: str,
    kept: Collection[str] = (),
    fits: Callable[[Prose, Place], bool] | None = None,
) -> Iterator[Finding]:
    """Yield one finding for each phrase of a section, at its first place, with a fix for all.

    ``kept`` are phrases (folded) that the office does not want to hear of.
    """
    prose = ctx.prose
    found: dict[str, list[Place]] = {}
    for place in advised(prose, section):
        text = place.entry.text
        if fold_word(text) not in kept and (fits is None or fits(prose, place)):
            found.setdefault(text, []).append(place)
    for text, places in found.items():
        start, end = places[0].span(prose)
        yield ctx.mark(
            rule,
            "mot_cho" if len(places) == 1 else "nhieu_cho",
            start,
            end,
            edits=[(*place.span(prose), place.new(prose) or "") for place in places],
            safety=Safety.UNSAFE,
            cu=text,
            moi=places[0].entry.new,
            so=len(places),
        )


def each(ctx: Reading, rule: Rule, section: str) -> Iterator[Finding]:
    """Yield a finding for each place of a phrase; some have a better wording, some have none."""
    prose = ctx.prose
    for place in advised(prose, section):
        start, end = place.span(prose)
        new = place.new(prose)
        if new is None:
            yield ctx.mark(rule, "bo", start, end, cu=prose.text[start:end])
        elif new:
            yield ctx.mark(rule, "thay", start, end, new=new, safety=Safety.UNSAFE)
        else:
            # The blank before the word goes with it.
            left = prose.gap_start(place.first)
            cut = left if prose.text[left:start] == " " else start
            yield ctx.mark(
                rule,
                "bo",
                start,
                end,
                edits=[(cut, end, "")],
                safety=Safety.UNSAFE,
                cu=prose.text[start:end],
                moi="",
            )
