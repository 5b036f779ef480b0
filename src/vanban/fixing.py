"""Mending drafts: what rules are sure of is written into the source, and everything else stays.

Fixes are taken in the order of their places, as many at a time as do not touch each other; what
comes out is read and checked again. A fix stays only when the draft still holds the same data but
for the mended texts, when its finding is gone and when nothing new has appeared; what does not
stand that test is found by halves and left out.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.catalogue import say
from vanban.config import Config
from vanban.errors import MendingError
from vanban.finding import Change, Edit, Finding, Result, Safety, Severity
from vanban.read.draft import Draft
from vanban.read.mending import Piece, Scalar, applied, replaced, scalar_at
from vanban.read.plain import PASSAGES, PlainPositions
from vanban.read.positions import JSON_STRING, SourcePositions
from vanban.read.scalars import resolve
from vanban.read.source import Source

if TYPE_CHECKING:
    import os

    from vanban.check.baseline import Baseline
    from vanban.read.positions import Place

MAX_PASSES = 20
"""Most times that a draft is mended and checked again; two or three are usual."""

MAX_TRIALS = 100
"""Most checks spent on telling good fixes from bad ones."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
# What is said of comments and settings: a comment that lost its finding harms nobody.
_SETTINGS = "CFG"
_BOM = "\ufeff"

_Mark = tuple[str, str, str]
"""By what a finding is known again after mending: rule, message, place in the data."""


class LeftOut(NamedTuple):
    """A fix that was not applied: ``reason`` is ``broken``, ``stays``, ``new`` or ``unwritable``.

    ``rules`` are the rules that would have spoken anew (``new``).
    """

    finding: Finding
    reason: str
    rules: tuple[str, ...] = ()


class Mending(NamedTuple):
    """What came of mending a draft.

    ``text`` is the whole new text, as it was when nothing could be mended (None: the draft could
    not be decoded at all); ``mended`` are the findings whose fixes were applied, in the order in
    which they were, the places being those of the text at that time; ``left_out`` the fixes that
    failed their test; ``before`` and ``after`` what validation finds.
    """

    text: str | None
    changed: bool
    draft: Draft
    mended: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]
    before: Result
    after: Result

    @property
    def data(self) -> bytes:
        """Return the new text as bytes: UTF-8, with a byte order mark where the draft has one."""
        return (self.text or "").encode("utf-8")


def fix(
    draft: Draft,
    *,
    unsafe: bool = False,
    profile: str | None = None,
    config: Config | Mapping[str, Any] | None = None,
    previous: Draft | Sequence[Draft] | None = None,
    baseline: str | os.PathLike[str] | Baseline | None = None,
) -> Mending:
    """Mend a draft as its findings propose; with ``unsafe`` also where a person should look.

    The arguments are those of ``validate``; what a comment or the ``baseline`` leaves out is not
    mended. Raises MendingError for a draft that was made of a mapping.
    """
    from vanban.check.engine import validate

    settings = Config.of(config)
    known = _baseline(baseline)

    def check(one: Draft) -> Result:
        found = validate(one, profile=profile, config=settings, previous=previous)
        return found if known is None or not one.readable else _without_known(found, one, known)

    def read(text: str) -> Draft:
        from vanban.read.reader import read_again

        return read_again(draft, text)

    positions = draft.positions
    if isinstance(positions, SourcePositions):
        mark = _BOM if positions.source.marked else ""
        made = mend(draft, positions.source.text, read, check, unsafe=unsafe)
        if not mark or made.text is None:
            return made
        return made._replace(text=mark + made.text)
    if draft.readable:
        raise MendingError(say("cli.fix.no_source"))
    found = check(draft)
    return Mending(None, False, draft, (), (), found, found)


def _baseline(given: str | os.PathLike[str] | Baseline | None) -> Baseline | None:
    from pathlib import Path

    from vanban.check.baseline import Baseline

    return given if given is None or isinstance(given, Baseline) else Baseline.read(Path(given))


def _without_known(found: Result, draft: Draft, known: Baseline) -> Result:
    """Take out what the baseline knows; the baseline itself counts nothing."""
    from vanban.check.baseline import Baseline

    counted = Baseline(known.path, known.files)
    told, left = counted.part(draft.path or "-", found.findings, draft.lines)
    return Result.sorted(told, (*found.suppressed, *left))


def mendable(findings: Iterable[Finding]) -> int:
    """Return how many findings ``vanban fix`` would try to mend without being asked for more."""
    return sum(one.fix is not None and one.fix.safety is Safety.SAFE for one in findings)


def mend(
    draft: Draft,
    text: str,
    read: Callable[[str], Draft],
    check: Callable[[Draft], Result],
    *,
    unsafe: bool = False,
) -> Mending:
    """Mend anything that can be read and checked: ``draft`` is what ``read`` makes of ``text``."""
    state = _State(text, draft, check(draft))
    run = _Run(read, check, unsafe, strict=False).to_the_end(state)
    if run.doubtful:
        # One fix brought what the next could not take away: then each must be right by itself.
        run = _Run(read, check, unsafe, strict=True).to_the_end(state)
    end = run.state
    still = {_mark(one) for one in end.found.findings}
    left_out = tuple(one for one in run.left_out.values() if _mark(one.finding) in still)
    return Mending(
        end.text, end.text != text, end.draft, tuple(run.mended), left_out, state.found, end.found
    )


# -- one fix


class _Part(NamedTuple):
    """One change: in the text ``scalar`` (its offsets count in the value), or in the source."""

    scalar: Scalar | None
    start: int
    end: int
    new: str

    @property
    def key(self) -> tuple[int, int, int, str]:
        return (self.scalar.id if self.scalar else -1, self.start, self.end, self.new)


class _Task(NamedTuple):
    """A finding that is to be mended, with the changes of its fix."""

    finding: Finding
    parts: tuple[_Part, ...]

    @property
    def identity(self) -> tuple[Any, ...]:
        """Return what tells this fix from others after other texts have changed."""
        told = self.finding
        words = tuple((_old(part), part.new) for part in self.parts)
        return (told.rule, told.key, told.pointer, words)


def _old(part: _Part) -> str:
    return part.scalar.value[part.start : part.end] if part.scalar else ""


class _State(NamedTuple):
    """A text on its way: what was read from it and what was found in it."""

    text: str
    draft: Draft
    found: Result

    @property
    def everything(self) -> list[Finding]:
        """Return all findings, those left out too: a fix must not hide behind a comment."""
        return [*self.found.findings, *(one.finding for one in self.found.suppressed)]


def _mark(finding: Finding) -> _Mark:
    return (finding.rule, finding.key, finding.pointer)


class _Trial(NamedTuple):
    """What came of applying some fixes: the new state, or why not and where to look."""

    state: _State | None
    reason: str = ""
    rules: tuple[str, ...] = ()
    suspects: tuple[_Task, ...] = ()


class _Taken:
    """Ranges that are spoken for; none overlaps another."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []

    def free(self, start: int, end: int) -> bool:
        """Tell whether nothing taken lies in ``start:end`` and no empty range at its place."""
        at = bisect_left(self._ranges, (start, end))
        for one, two in self._ranges[max(at - 1, 0) : at + 1]:
            if (one < end and start < two) or (one, two) == (start, end):
                return False
        return True

    def take(self, start: int, end: int) -> None:
        """Take a range that is free."""
        insort(self._ranges, (start, end))


@dataclass(eq=False, repr=False)
class _Run:
    """One way from a state to its end."""

    read: Callable[[str], Draft]
    check: Callable[[Draft], Result]
    unsafe: bool
    strict: bool
    mended: list[Finding] = field(default_factory=list)
    left_out: dict[tuple[Any, ...], LeftOut] = field(default_factory=dict)
    trials: int = 0
    doubtful: bool = False

    state: _State = field(init=False)

    def to_the_end(self, state: _State) -> _Run:
        """Mend until nothing is left to mend."""
        self.state = state
        first: _State | None = None
        seen = {state.text}
        for _ in range(MAX_PASSES):
            if first is None and self.state.draft.readable:
                first = self.state
            tasks = self._chosen(self._tasks(self.state))
            if not tasks:
                break
            good, trial = self._settled(tasks)
            if trial is None or trial.state is None:
                continue  # what failed is left out by now: others may take its place
            self.state = trial.state
            self.mended += [task.finding for task in good]
            if self.state.text in seen:
                self.doubtful = True  # round and round
                break
            seen.add(self.state.text)
        else:
            self.doubtful = bool(self._chosen(self._tasks(self.state)))
        if first is not None and not self.doubtful:
            self.doubtful = bool(self._appeared(first, self.state, self.mended, final=True))
        return self

    # -- choosing

    def _tasks(self, state: _State) -> list[_Task]:
        tasks = []
        for finding in state.found.findings:
            if finding.fix is None or not (self.unsafe or finding.fix.safety is Safety.SAFE):
                continue
            parts = _parts(state, finding)
            if parts:
                task = _Task(finding, parts)
                if task.identity not in self.left_out:
                    tasks.append(task)
        return tasks

    def _chosen(self, tasks: Iterable[_Task]) -> list[_Task]:
        """Return the tasks that do not touch each other; the others wait for the next pass."""
        source = _Taken()
        scalars: dict[int, _Taken] = {}
        known: set[tuple[int, int, int, str]] = set()
        chosen: list[_Task] = []
        for task in tasks:
            # the same change twice: an alias repeats a text
            new = [part for part in task.parts if part.key not in known]
            if not all(_fits(part, source, scalars) for part in new):
                continue
            for part in new:
                known.add(part.key)
                if part.scalar is None:
                    source.take(part.start, part.end)
                    continue
                inside = scalars.get(part.scalar.id)
                if inside is None:
                    source.take(part.scalar.start, part.scalar.end)
                    inside = scalars[part.scalar.id] = _Taken()
                inside.take(part.start, part.end)
            chosen.append(task)
        return chosen

    # -- trying

    def _settled(self, tasks: list[_Task]) -> tuple[list[_Task], _Trial | None]:
        """Return those tasks that stand the test together, and what came of them."""
        trial = self._try(tasks)
        if trial.state is not None:
            return tasks, trial
        apart = {id(task) for task in trial.suspects}
        good = [task for task in tasks if id(task) not in apart] if apart else []
        last = self._try(good) if good else None
        if last is None or last.state is None:
            good, last = [], None
        waiting = self._halves([t for t in tasks if not good or id(t) in apart], trial)
        while waiting:
            part = waiting.pop()
            if self.trials >= MAX_TRIALS:
                self._leave_out(part, trial)
                continue
            found = self._try([*good, *part])
            if found.state is not None:
                good, last = [*good, *part], found
            else:
                waiting += self._halves(part, found)
        return good, last

    def _halves(self, tasks: list[_Task], trial: _Trial) -> list[list[_Task]]:
        """Part tasks that failed together; one alone is left out."""
        if len(tasks) == 1:
            self._leave_out(tasks, trial)
            return []
        half = len(tasks) // 2
        return [tasks[half:], tasks[:half]]

    def _leave_out(self, tasks: Iterable[_Task], trial: _Trial) -> None:
        for task in tasks:
            self.left_out[task.identity] = LeftOut(task.finding, trial.reason, trial.rules)

    def _try(self, tasks: Sequence[_Task]) -> _Trial:
        """Apply fixes to the present text and judge what comes out."""
        self.trials += 1
        before = self.state
        pieces, expected, failed = _written(tasks)
        if failed:
            return _Trial(None, "unwritable", (), tuple(failed))
        text = replaced(before.text, pieces)
        draft = self.read(text)
        if not before.draft.readable:
            return self._judge_faults(tasks, text, draft)
        if not draft.readable:
            return _Trial(None, "broken")
        raw = [(part.start, part.end) for task in tasks for part in task.parts if not part.scalar]
        if not _same_data(before.draft, draft, expected, raw) or not _reads(before, draft, pieces):
            return _Trial(None, "broken")
        after = _State(text, draft, self.check(draft))
        appeared = self._appeared(before, after, [task.finding for task in tasks], final=False)
        if not appeared:
            return _Trial(after)
        gone = {_mark(task.finding) for task in tasks}
        marks = {_mark(one) for one in appeared}
        places = {one.pointer for one in appeared}
        suspects = tuple(task for task in tasks if task.finding.pointer in places)
        if marks & gone:
            return _Trial(None, "stays", (), suspects)
        return _Trial(None, "new", tuple(sorted({mark[0] for mark in marks})), suspects)

    def _judge_faults(self, tasks: Sequence[_Task], text: str, draft: Draft) -> _Trial:
        """Judge mended faults of reading: they must be gone; others may come to light."""
        after = Counter((one.rule, one.key) for one in draft.faults)
        before = Counter((one.rule, one.key) for one in self.state.draft.faults)
        mended = Counter((task.finding.rule, task.finding.key) for task in tasks)
        if any(after[one] > before[one] - count for one, count in mended.items()):
            return _Trial(None, "stays")
        return _Trial(_State(text, draft, self.check(draft)))

    def _appeared(
        self, before: _State, after: _State, mended: Sequence[Finding], *, final: bool
    ) -> list[Finding]:
        """Return the findings of ``after`` that should not be there."""
        allowed = Counter(_mark(one) for one in before.everything)
        if not final:
            allowed -= Counter(_mark(one) for one in mended)
        again = Counter(_mark(one) for one in after.everything)
        again -= Counter(_mark(one) for one in before.everything)
        gravest = {one.pointer: _RANK[one.severity] for one in mended}
        for one in mended:
            gravest[one.pointer] = min(gravest[one.pointer], _RANK[one.severity])
        found: list[Finding] = []
        grown = again.keys() & {_mark(one) for one in mended}
        for one in after.everything:
            mark = _mark(one)
            if allowed[mark] > 0:
                allowed[mark] -= 1
            elif not (
                one.rule.startswith(_SETTINGS)
                # words that could not be read before may hold lesser mistakes of their own
                or _RANK[one.severity] > gravest.get(one.pointer, len(_RANK))
                or (not final and not self.strict and self._can(one) and mark not in grown)
            ):
                found.append(one)
        return found

    def _can(self, finding: Finding) -> bool:
        """Tell whether the next pass may mend a finding."""
        return finding.fix is not None and (self.unsafe or finding.fix.safety is Safety.SAFE)


def _fits(part: _Part, source: _Taken, scalars: Mapping[int, _Taken]) -> bool:
    if part.scalar is None:
        return source.free(part.start, part.end)
    inside = scalars.get(part.scalar.id)
    if inside is not None:
        return inside.free(part.start, part.end)
    return source.free(part.scalar.start, part.scalar.end)


def _parts(state: _State, finding: Finding) -> tuple[_Part, ...]:
    """Return the changes of a fix; those of the source become those of a value where they can."""
    assert finding.fix is not None
    positions = state.draft.positions
    if isinstance(positions, SourcePositions | PlainPositions):
        source = positions.source
    else:
        source = Source(state.text)
    found: list[_Part] = []
    for edit in finding.fix.edits:
        part = None
        if isinstance(positions, SourcePositions) and state.draft.readable:
            part = _of_value(positions, finding, edit)
        if part is None:
            span = edit.span
            start = source.starts[span.line - 1] + span.column - 1
            end = source.starts[span.end_line - 1] + span.end_column - 1
            part = _Part(None, start, end, edit.text)
        if not _idle(part, state.text):
            found.append(part)
    return tuple(found)


def _idle(part: _Part, text: str) -> bool:
    """Tell whether a change changes nothing."""
    return (part.scalar.value if part.scalar else text)[part.start : part.end] == part.new


def _of_value(positions: SourcePositions, finding: Finding, edit: Edit) -> _Part | None:
    """Return an edit as a change of a text, None when it is more or less than that."""
    said = edit.change
    if said is not None:
        scalar = scalar_at(positions, said.pointer)
        return _Part(scalar, said.start, said.end, said.new) if scalar else None
    scalar = scalar_at(positions, finding.pointer)
    if scalar is None:
        return None
    span, lines = edit.span, positions.source.starts
    start = lines[span.line - 1] + span.column - 1
    end = lines[span.end_line - 1] + span.end_column - 1
    found = scalar.range_of(start, end)
    if found is None:
        return None
    if scalar.style is None or scalar.style == JSON_STRING:
        whole = scalar.value[: found[0]] + edit.text + scalar.value[found[1] :]
        if not isinstance(resolve(whole), str):
            return None  # a figure was meant
    return _Part(scalar, *found, edit.text)


def _written(
    tasks: Iterable[_Task],
) -> tuple[list[Piece], dict[int, str], list[_Task]]:
    """Return the pieces that write all tasks, the new value of each text, the tasks that fail."""
    tasks = list(tasks)
    pieces: list[Piece] = []
    changes: dict[int, set[tuple[int, int, str]]] = {}
    scalars: dict[int, Scalar] = {}
    for task in tasks:
        for part in task.parts:
            if part.scalar is None:
                pieces.append(Piece(part.start, part.end, part.new))
            else:
                scalars[part.scalar.id] = part.scalar
                changes.setdefault(part.scalar.id, set()).add((part.start, part.end, part.new))
    expected: dict[int, str] = {}
    lost: set[int] = set()
    for key, scalar in scalars.items():
        ordered = [Change("", *one) for one in sorted(changes[key])]
        found = scalar.written(ordered)
        if found is None:
            lost.add(key)
            continue
        pieces += found
        expected[key] = applied(scalar.value, ordered)
    failed = [t for t in tasks if any(p.scalar and p.scalar.id in lost for p in t.parts)]
    return sorted(set(pieces)), expected, failed


# -- the data


def _same_data(
    old: Draft, new: Draft, expected: Mapping[int, str], raw: Sequence[tuple[int, int]]
) -> bool:
    """Tell whether two drafts hold the same but for the texts in ``expected``.

    What stands at a place of ``raw`` may be anything, a key there may have any name.
    """
    positions = old.positions
    if not isinstance(positions, SourcePositions):
        return True
    touched = _Touched(raw)
    waiting: list[tuple[Any, Any, Place]] = [(old.data, new.data, positions.root)]
    while waiting:
        before, after, place = waiting.pop()
        origin = place.origin or place
        if isinstance(before, dict):
            if not isinstance(after, dict) or len(before) != len(after):
                return False
            places: Any = place.children
            below = [places[key] for key in before]
            renamed = any(touched.at(one.key_start, one.key_end) for one in below)
            if not renamed and list(before) != list(after):
                return False
            waiting += zip(before.values(), after.values(), below, strict=True)
        elif isinstance(before, list):
            if not isinstance(after, list) or len(before) != len(after):
                return False
            items: Any = place.children
            waiting += zip(before, after, items, strict=True)
        elif origin.text is not None and origin.start in expected:
            if after != expected[origin.start]:
                return False
        elif touched.at(origin.start, origin.end):
            continue
        elif type(before) is not type(after) or before != after:
            return False
    return True


def _reads(before: _State, new: Draft, pieces: Iterable[Piece]) -> bool:
    """Tell whether Markdown reads as its pieces mean it: none became a mark, no mark was lost."""
    where = before.draft.positions
    if not isinstance(where, PlainPositions) or not where.markdown:
        return True
    found: list[str] = new.data.get(PASSAGES, [])
    return found == where.mended(pieces)


class _Touched:
    """Tells which places of the source an edit touches."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)

    def at(self, start: int, end: int) -> bool:
        """Tell whether a range touches ``start:end``; the ranges do not overlap each other."""
        at = bisect_left(self._ranges, (end + 1, 0))
        return at > 0 and self._ranges[at - 1][1] >= start
