"""What a remark about layout rests on, which differs between the regulations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.finding import Certainty, Edit, Fix, Safety, Severity, Source

if TYPE_CHECKING:
    from vanban.check.rule import Context, Rule
    from vanban.finding import Finding

_OLD_PARTY = "dang-hd36"


class Grounds(NamedTuple):
    """The source of one statement: under Hướng dẫn 36, Hướng dẫn 05 and Nghị định 30."""

    hd36: Source
    hd05: Source
    nd30: Source

    def of(self, ctx: Context) -> Source:
        """Return the source under the profile in use; an unknown Party profile is a newer one."""
        if not ctx.profile.is_party:
            return self.nd30
        return self.hd36 if ctx.profile.name == _OLD_PARTY else self.hd05


def party(clause: str, hd36: Certainty, hd05: Certainty, nd30: Source | None = None) -> Grounds:
    """Return grounds in the same clause of both Party guidelines."""
    old = Source(f"{clause}, Hướng dẫn 36-HD/VPTW", hd36)
    return Grounds(old, Source(f"{clause}, Hướng dẫn 05-HD/VPTW", hd05), nd30 or old)


def state(clause: str, certainty: Certainty = Certainty.A) -> Source:
    """Return a source in the annexes of the state decree."""
    return Source(f"{clause}, Phụ lục I, Nghị định 30/2020/NĐ-CP", certainty)


def weight(source: Source, most: Severity = Severity.WARNING) -> Severity:
    """Return how grave a remark may be: what nobody has verified is only information."""
    if source.certainty is Certainty.C:
        return Severity.INFO
    if source.certainty is Certainty.B and most is Severity.ERROR:
        return Severity.WARNING
    return most


def remark(
    ctx: Context,
    rule: Rule,
    slug: str,
    pointer: str,
    source: Source,
    *,
    text: tuple[int, int] | None = None,
    fix: Fix | None = None,
    most: Severity = Severity.WARNING,
    **args: Any,
) -> Finding:
    """Build a finding whose gravity follows the certainty of its source."""
    return ctx.at(
        rule,
        slug,
        pointer,
        text=text,
        fix=fix,
        source=source,
        severity=weight(source, most),
        **args,
    )


def mending(
    ctx: Context,
    rule: Rule,
    pointer: str,
    edits: dict[tuple[int, int], str],
    *,
    safety: Safety = Safety.SAFE,
    **args: Any,
) -> Fix | None:
    """Return the fix that puts texts in place of stretches of one value, None without a source."""
    found = [
        Edit(span, new)
        for place, new in edits.items()
        if (span := ctx.draft.positions.text(pointer, *place)) is not None
    ]
    if not found or len(found) != len(edits):
        return None
    return Fix(safety, f"{rule.id}.sua", tuple(found), args)
