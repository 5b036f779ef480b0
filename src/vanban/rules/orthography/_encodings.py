"""What the rules about old encodings share: one finding for each stretch of a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.finding import Safety
from vanban.text.legacy import stretches

if TYPE_CHECKING:
    from vanban.check.rule import Reading, Rule
    from vanban.finding import Finding


def report(ctx: Reading, rule: Rule, slugs: dict[str, str]) -> Iterator[Finding]:
    """Report the stretches in the encodings of a rule, each with the slug of its message."""
    for passage, stretch in stretches(ctx.prose).stretches:
        if stretch.encoding in slugs:
            yield ctx.mark_raw(
                rule,
                slugs[stretch.encoding] if stretch.whole else "mat_chu",
                passage,
                stretch.start,
                stretch.end,
                new=stretch.text if stretch.whole else None,
                safety=Safety.SAFE if stretch.sure else Safety.UNSAFE,
                mau=stretch.sample,
            )
