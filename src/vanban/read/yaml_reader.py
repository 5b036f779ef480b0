"""YAML to data with positions, on the events of the C parser.

Events instead of a node graph: nesting is counted before it can exhaust any stack, and aliases are
counted before they are repeated. Scalars follow our own table (``scalars``); tags, merge keys and
keys that are not scalars are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from vanban.read.draft import pointer_of
from vanban.read.faults import fault, shortened
from vanban.read.limits import MAX_ALIAS_NODES, MAX_DEPTH, MAX_NODES, MAX_REPORTED
from vanban.read.positions import Place
from vanban.read.scalars import resolve
from vanban.read.traps import (
    COMMENT,
    CONTROLS,
    OTHER_BREAKS,
    colon_in_item,
    diagnose,
    leading_character,
    other_breaks_and_controls,
    swallowed,
)

if TYPE_CHECKING:
    from vanban.finding import Finding
    from vanban.read.source import Source

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in use; the one written in Python where the C library is missing."""

_DUPLICATE = object()
# Keys of ours are ASCII without blanks: any other key of a list item is running text.
_PROSE_KEY = re.compile(r"[^\x00-\x7f]|\s")


class StopReading(Exception):  # noqa: N818 - not an error for callers: carries the finding
    """Reading cannot go on; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.key)
        self.finding = finding


@dataclass(eq=False, repr=False)
class Loaded:
    """What was read: the data (meaningless when there are faults), the places, the faults.

    ``empty`` tells that the text holds no value at all.
    """

    data: Any = None
    root: Place = field(default_factory=lambda: Place(0, 0))
    faults: list[Finding] = field(default_factory=list)
    empty: bool = False


@dataclass(eq=False, repr=False)
class Trace:
    """How far the parser came: offsets and kind of the last thing it understood."""

    kind: str = ""
    start: int = 0
    end: int = 0
    style: str | None = None
    # where the last [ or { opened
    flow: int = 0


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = (
        "anchor",
        "before",
        "flow",
        "items",
        "key",
        "key_end",
        "key_start",
        "place",
        "places",
        "restarted",
    )

    def __init__(
        self, items: Any, places: Any, place: Place, flow: bool, anchor: str | None, before: int
    ) -> None:
        self.items = items
        self.places = places
        self.place = place
        self.flow = flow
        self.anchor = anchor
        self.before = before
        self.key: Any = None
        self.key_start = -1
        self.key_end = -1
        # an item without its dash was told: the keys it repeats are not told again
        self.restarted = False


class _Anchored:
    """A value that an alias may repeat."""

    __slots__ = ("place", "size", "used", "value")

    def __init__(self, value: Any, place: Place, size: int) -> None:
        self.value = value
        self.place = place
        self.size = size
        self.used = False


def load(source: Source) -> Loaded:
    """Read a YAML text; every fault is in the result.

    After a trap of running text (a colon, a quote, a leading sign) the faulty characters are
    blotted out in memory, one for one, and reading goes on, so that one run tells all of them.
    """
    found = other_breaks_and_controls(source)
    text = source.text
    if found:
        # the parser would refuse these or take them for line breaks
        text = CONTROLS.sub(" ", OTHER_BREAKS.sub(" ", text))
    told = {(finding.rule, finding.span) for finding in found}
    for _ in range(MAX_REPORTED):
        builder = _Builder(source, text)
        syntax: yaml.MarkedYAMLError | None = None
        try:
            builder.run()
        except StopReading as stop:
            builder.faults.append(stop.finding)
        except yaml.MarkedYAMLError as error:
            syntax = error
        for finding in builder.faults:
            mark = (finding.rule, finding.span)
            # a limit for each rule: mending the first ones usually mends the rest
            if mark not in told and sum(rule == finding.rule for rule, _ in told) < MAX_REPORTED:
                told.add(mark)
                found.append(finding)
        if syntax is None:
            break
        if "nesting depth" in (syntax.problem or "") and syntax.problem_mark:
            # libyaml from 0.2.6 gives up far ahead of the place that is too deep for us
            text = text[: syntax.problem_mark.index]
            continue
        trap, blot = diagnose(source, text, syntax, builder.trace, builder.swallowed)
        if trap is not None and (trap.rule, trap.span) not in told:
            told.add((trap.rule, trap.span))
            found.append(trap)
        before = text
        if blot is not None:
            text = _blotted(text, *blot)
        if text == before:
            break
    return Loaded(builder.data, builder.root, found, builder.documents == 0)


def _blotted(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\r\n]", "x", text[start:end]) + text[end:]


class _Builder:
    """Builds the data and the tree of places from the events of one text."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.data: Any = None
        self.root = Place(0, 0)
        self.faults: list[Finding] = []
        self.trace = Trace()
        self.swallowed: int | None = None
        self.documents = 0
        self.frames: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.nodes = 0
        self.repeated = 0
        self.hashes = "#" in text

    def run(self) -> None:
        """Consume all events; raises StopReading, or the parser's own error."""
        try:
            parser = PARSER(self.text)
        except yaml.reader.ReaderError as error:  # the scan before is wider: a last net
            raise StopReading(
                fault("INP005", "khac", self.source.short(error.position, 0), problem=error.reason)
            ) from error
        try:
            self._events(parser)
        finally:
            parser.dispose()
        for name, anchored in self.anchors.items():
            if anchored is not None and not anchored.used and anchored.place.children is None:
                # & before a text that nothing repeats: the sign and its word would be lost
                self.faults.append(
                    leading_character(self.source, anchored.place.start, name=f"&{name}")
                )

    def _events(self, parser: Any) -> None:
        scalar_event = yaml.ScalarEvent
        trace = self.trace
        # both parsers give None after the end of the stream, and raise on a fault
        for event in iter(parser.get_event, None):
            kind = type(event)
            if kind is scalar_event:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, {}, {})
            elif kind is yaml.SequenceStartEvent:
                self._open(event, [], [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                self.documents += 1
                trace.kind = "document"
                if self.documents > 1:
                    start = event.start_mark.index
                    raise StopReading(
                        fault("INP021", "nhieu_tai_lieu", self.source.short(start, start + 3))
                    )

    # -- values

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        # the C parser says "" for an unquoted scalar, the one in Python None
        value, style = event.value, event.style or None
        frame = self.frames[-1] if self.frames else None
        trace = self.trace
        trace.kind, trace.start, trace.end, trace.style = "scalar", start, end, style
        if event.tag is not None:
            self._tag(start)
        if frame is not None and frame.key is None and type(frame.items) is dict:
            self._key(frame, value, style, start, end)
            return
        self._count()
        if style is None:
            if self.hashes:
                self._comment(start, end, value)
            value = resolve(value)
        elif style == '"' and not value.isascii() and _has_surrogate(value):
            raise StopReading(fault("INP005", "ky_tu_u", self.source.short(start, end)))
        place = Place(start, end, style, value if type(value) is str else None)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, place, 1)
        self._attach(value, place)

    def _key(self, frame: _Frame, key: str, style: str | None, start: int, end: int) -> None:
        frame.key_start, frame.key_end = start, end
        frame.key = key
        if style is None and key == "<<":
            self.faults.append(fault("INP009", "gop", self.source.short(start, end)))
        elif key in frame.items:
            frame.key = _DUPLICATE
            if frame.restarted:
                return
            first = frame.places[key]
            # an item whose first key comes again is the next item without its dash
            parent = self.frames[-2] if len(self.frames) > 1 else None
            in_list = parent is not None and type(parent.items) is list and not frame.flow
            frame.restarted = in_list and len(frame.items) > 1 and key == next(iter(frame.items))
            line, column = self.source.place(first.key_start)
            self.faults.append(
                fault(
                    "INP007",
                    "thieu_gach" if frame.restarted else "trung_khoa",
                    self.source.short(start, end),
                    f"{self._pointer()}/{pointer_of((key,))[1:]}",
                    name=shortened(key),
                    line=line,
                    column=column,
                )
            )

    def _attach(self, value: Any, place: Place) -> None:
        if not self.frames:
            self.data, self.root = value, place
            return
        frame = self.frames[-1]
        if type(frame.items) is list:
            frame.items.append(value)
            frame.places.append(place)
            return
        key, frame.key = frame.key, None
        if key is _DUPLICATE:
            return
        place.key_start, place.key_end = frame.key_start, frame.key_end
        frame.items[key] = value
        frame.places[key] = place

    def _open(self, event: Any, items: Any, places: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.key is None and type(frame.items) is dict:
            raise StopReading(fault("INP005", "khoa_phuc_tap", self.source.short(start, start + 1)))
        if len(self.frames) >= MAX_DEPTH:
            raise StopReading(
                fault("INP008", "qua_sau", self.source.short(start, start + 1), limit=MAX_DEPTH)
            )
        if event.tag is not None:
            self._tag(start)
        flow = bool(event.flow_style)
        trace = self.trace
        trace.kind, trace.start, trace.end = "open", start, end
        if flow:
            trace.flow = start
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        before = self.nodes
        self._count()
        place = Place(start, end, children=places)
        self.frames.append(_Frame(items, places, place, flow, event.anchor, before))

    def _close(self, event: Any) -> None:
        frame = self.frames.pop()
        frame.place.end = event.end_mark.index
        if frame.flow:
            # a block ends without a character of its own
            trace = self.trace
            trace.kind = "flow"
            trace.start, trace.end = event.start_mark.index, event.end_mark.index
            trace.flow = frame.place.start
        if frame.anchor is not None:
            size = self.nodes - frame.before
            self.anchors[frame.anchor] = _Anchored(frame.items, frame.place, size)
        self._attach(frame.items, frame.place)
        if not frame.flow and len(frame.places) == 1 and type(frame.items) is dict and self.frames:
            self._prose_item(frame)

    def _prose_item(self, frame: _Frame) -> None:
        """Find ``- Thứ nhất: tăng cường``, a text that YAML takes for a key and its value."""
        parent = self.frames[-1]
        if parent.flow or type(parent.items) is not list:
            return
        ((key, place),) = frame.places.items()
        if (
            place.children is None
            and place.style not in ("|", ">")
            and _PROSE_KEY.search(key)
            and self.text[place.key_start] not in "\"'?"
            and self.source.line_of(place.key_start) == self.source.line_of(place.start)
        ):
            pointer = f"{self._pointer()}/{len(parent.items) - 1}"
            if ":" in self.text[place.key_end : place.start + 1]:
                self.faults.append(colon_in_item(self.source, place, pointer))
            else:  # "- ? Ai làm": all of the text became a key
                mark = self.text.rindex("?", 0, place.key_start)
                self.faults.append(leading_character(self.source, mark))

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        frame = self.frames[-1] if self.frames else None
        self.trace.kind, self.trace.start, self.trace.end = "alias", start, end
        if frame is not None and frame.key is None and type(frame.items) is dict:
            raise StopReading(fault("INP005", "khoa_phuc_tap", self.source.short(start, end)))
        name = event.anchor
        if name not in self.anchors:
            # *abc where nothing is called abc is running text
            self.faults.append(leading_character(self.source, start))
            self._attach(None, Place(start, end))
            return
        anchored = self.anchors[name]
        if anchored is None:
            raise StopReading(
                fault("INP008", "vong", self.source.short(start, end), name=shortened(name))
            )
        anchored.used = True
        self.repeated += anchored.size
        if self.repeated > MAX_ALIAS_NODES:
            raise StopReading(
                fault("INP008", "lap", self.source.short(start, end), limit=MAX_ALIAS_NODES)
            )
        self._count(anchored.size)
        value, place = self._repeat(anchored.value, anchored.place, len(self.frames), start)
        place.start, place.end, place.style = start, end, None
        self._attach(value, place)

    def _repeat(self, value: Any, place: Place, depth: int, at: int) -> tuple[Any, Place]:
        """Copy a value, so that the data stays a tree; its depth adds to that of the alias."""
        copy = Place(place.start, place.end, place.style, place.text)
        copy.key_start, copy.key_end = place.key_start, place.key_end
        copy.origin = place.origin or place
        if type(value) is not dict and type(value) is not list:
            return value, copy
        if depth >= MAX_DEPTH:
            raise StopReading(
                fault("INP008", "qua_sau", self.source.short(at, at + 1), limit=MAX_DEPTH)
            )
        below: Any = place.children
        if type(value) is dict:
            items: dict[str, Any] = {}
            places: dict[str, Place] = {}
            for key, item in value.items():
                items[key], places[key] = self._repeat(item, below[key], depth + 1, at)
            copy.children = places
            return items, copy
        pairs = [
            self._repeat(item, where, depth + 1, at)
            for item, where in zip(value, below, strict=True)
        ]
        copy.children = [pair[1] for pair in pairs]
        return [pair[0] for pair in pairs], copy

    # -- checks

    def _count(self, more: int = 1) -> None:
        self.nodes += more
        if self.nodes > MAX_NODES:
            raise StopReading(fault("INP008", "qua_nhieu", limit=MAX_NODES))

    def _tag(self, start: int) -> None:
        text = self.text
        if text[start] == "&":
            start = text.find("!", start)
        if text[start : start + 1] == "!" and text[start + 1 : start + 2] in (" ", "\t"):
            self.faults.append(leading_character(self.source, start))
            return
        word = re.compile(r"\S*").match(text, start)
        end = word.end() if word else start + 1
        self.faults.append(
            fault("INP009", "the", self.source.short(start, end), tag=shortened(text[start:end]))
        )

    def _comment(self, start: int, end: int, value: str) -> None:
        found = COMMENT.match(self.text, end)
        if found is None:
            return
        finding = swallowed(self.source, start, end, found.end() - 1, value)
        if finding is not None:
            self.swallowed = found.end() - 1
            self.faults.append(finding)

    def _pointer(self) -> str:
        parts: list[Any] = []
        for frame in self.frames:
            if type(frame.items) is list:
                parts.append(len(frame.items))
            else:
                parts.append(frame.key)
        # a list counts its coming item; the list itself is one level up
        if self.frames and type(self.frames[-1].items) is list:
            parts.pop()
        return pointer_of(part for part in parts if part is not None and part is not _DUPLICATE)


def _has_surrogate(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False
