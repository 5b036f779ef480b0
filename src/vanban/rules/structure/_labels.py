"""The labels of headings as printed, and where overridden ones break the count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules.structure._series import Mark, label_mark, mark_text

if TYPE_CHECKING:
    from vanban.check.rule import Context

# The numbered levels of the page, highest first, and how a derived label of each begins.
_LEVELS = {
    "phan": re.compile(r"(?P<label>\S+(?:\s\S+)*)$"),
    "muc": re.compile(r"(?P<label>[IVXL]+)[-.]\s"),
    "khoan": re.compile(r"(?P<label>\d+)[.)-]\s"),
    "diem": re.compile(r"(?P<label>[a-zđ])[).]\s"),
}
_ORDER = tuple(_LEVELS)
_SUFFIX = "/nhan"
_CONTENT = "/noi_dung"


class LabelBreak(NamedTuple):
    """An overridden label at ``pointer`` that breaks the count of its siblings.

    ``slug``: ``nhay`` (skipped), ``lap`` (repeated), ``chu_la`` (a letter Vietnamese has not),
    ``nguoc`` (before its predecessor).
    """

    slug: str
    pointer: str
    found: str
    expected: str


class _Heading(NamedTuple):
    """A heading on the page: the pointer of its overridden label ("" when derived), its mark."""

    pointer: str
    mark: Mark | None


def label_breaks(ctx: Context) -> Iterator[LabelBreak]:
    """Yield the overridden labels that break the count on their level.

    What follows what is read from the composed pages, so it costs something only in drafts that
    override a label at all.
    """
    own = {node.pointer: node.value for node in ctx.role("label") if isinstance(node.value, str)}
    if not own or ctx.invalid:
        return
    for siblings in _siblings(ctx, own):
        if any(heading.pointer for heading in siblings):
            yield from _breaks(siblings)


def _siblings(ctx: Context, own: dict[str, str]) -> Iterator[list[_Heading]]:
    """Yield the headings of each level under one higher heading, in printed order."""
    from vanban.compose.composer import compose
    from vanban.compose.document import Paragraph

    document = compose(ctx.draft, ctx.profile, kind=ctx.kind)
    open_levels: dict[str, list[_Heading]] = {}
    for block in document.body:
        if not isinstance(block, Paragraph) or block.style not in _LEVELS:
            continue
        for lower in _ORDER[_ORDER.index(block.style) + 1 :]:
            if lower in open_levels:
                yield open_levels.pop(lower)
        heading = _heading(block.pointer, own)
        if heading is None:
            match = _LEVELS[block.style].match(block.text)
            heading = _Heading("", label_mark(match["label"]) if match else None)
        open_levels.setdefault(block.style, []).append(heading)
    yield from open_levels.values()
    yield [
        _heading(appendix.pointer, own) or _Heading("", Mark("arabic", place, str(place)))
        for place, appendix in enumerate(document.appendices, start=1)
    ]


def _heading(pointer: str, own: dict[str, str]) -> _Heading | None:
    # A heading points at its section or, where there is one, at the content inside it.
    for section in (pointer, pointer.removesuffix(_CONTENT)):
        place = section + _SUFFIX
        if place in own:
            return _Heading(place, label_mark(own[place]))
    return None


def _breaks(siblings: list[_Heading]) -> Iterator[LabelBreak]:
    seen: set[int] = set()
    previous: _Heading | None = None
    last: int | None = None
    for place, heading in enumerate(siblings, start=1):
        mark = heading.mark
        if mark is None:
            # A label we cannot read counts as the next one.
            last, previous = (last + 1 if last is not None else None), heading
            continue
        number = mark.number
        if number is None:
            if last is not None:
                last += 1
            shown = mark_text(mark.style, last or 1)
            yield LabelBreak("chu_la", heading.pointer, mark.text, shown)
            previous = heading
            continue
        if last is not None and number != last + 1:
            guilty = heading if heading.pointer else previous
            if guilty is not None and guilty.pointer and guilty.mark is not None:
                # A derived label is right by itself: the overridden one before it is not.
                right = last + 1 if guilty is heading else number - 1
                yield LabelBreak(
                    _slug(number, last, seen) if guilty is heading else _slug(last, right, seen),
                    guilty.pointer,
                    guilty.mark.text,
                    mark_text(guilty.mark.style, max(right, 1)),
                )
            if guilty is heading:
                # What follows is judged by the place, not by the label just refused.
                number = place
        seen.add(number)
        last, previous = number, heading


def _slug(number: int, last: int, seen: set[int]) -> str:
    if number in seen or number == last:
        return "lap"
    return "nguoc" if number < last else "nhay"
