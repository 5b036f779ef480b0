"""What differs between the texts that should stand on the pages and those that do.

Texts are compared without white space (``payload.fold``). Paragraphs are matched with difflib; one
that stands elsewhere is told as moved, one whose wording changed as changed, the rest as missing
or added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from vanban.embed.payload import fold

ALIKE = 0.5
"""From this share of common characters on, a text is a changed one, not another."""

MAX_SHOWN = 200
"""Most differences that are told of one file; a file with more is another document."""

_DIGIT_BLANK = re.compile(r"(?<=\d)\s+(?=\d)")
# Longer runs of characters are not compared one by one: it would take minutes.
_MAX_CHARS = 6_000
# A text of at least this length that stands once on either side is a sure hold.
_ANCHOR = 16
# Below this share of common characters two stretches have nothing to do with each other.
_STRANGE = 0.3
# From here on difflib may pass over what comes very often.
_MANY = 5_000


class Change(StrEnum):
    """In which way a text differs."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    MOVED = "moved"
    HIDDEN = "hidden"
    """It is drawn but cannot be seen: invisible, covered, off the page, in the colour of paper."""
    FOREIGN = "foreign"
    """A picture, an annotation, a layer: something that no data of ours puts there."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One text and where it stands.

    ``page`` and ``line`` count from 1 (PDF), so does ``paragraph`` (DOCX); ``part`` is where in a
    DOCX it stands when not in the body (``header``, ``footer``, ``footnotes``); ``cell`` its
    table, row and column; ``heading`` whether it is a heading; ``pointer`` its place in the draft;
    ``spread`` page and line of each line of a text that has several.
    """

    text: str
    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    part: str | None = None
    cell: tuple[int, int, int] | None = None
    heading: bool = False
    pointer: str | None = None
    spread: tuple[tuple[int | None, int | None], ...] = ()

    def beside(self, other: str) -> Unit:
        """Return this text with the place of its first line that is not so in ``other``."""
        goal, held = fold(other), ""
        for (page, line), text in zip(self.spread, self.text.split("\n"), strict=False):
            held += fold(text)
            if not goal.startswith(held):
                return replace(self, page=page, line=line)
        return self


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    ``before`` is what the data says, ``after`` what stands on the page (None: nothing); ``at`` is
    where it stands, or should stand; ``heading`` the nearest heading above it.
    """

    change: Change
    before: str | None
    after: str | None
    at: Unit
    heading: str | None = None


def compare(expected: Sequence[Unit], actual: Sequence[Unit]) -> list[Difference]:
    """Return what differs, in reading order; empty texts count for nothing."""
    wanted = [u for u in expected if fold(u.text)]
    found = [u for u in actual if fold(u.text)]
    return _Comparison(wanted, found).differences()


class _Comparison:
    """Two lists of texts beside each other."""

    def __init__(self, wanted: list[Unit], found: list[Unit]) -> None:
        self.wanted = wanted
        self.found = found
        self.left = [fold(u.text) for u in wanted]
        self.right = [fold(u.text) for u in found]
        self.headings = _headings(wanted)
        self.leaving: Counter[str] = Counter()
        self.coming: Counter[str] = Counter()

    def differences(self) -> list[Difference]:
        """Return what differs, in the order of the page."""
        blocks = list(self._blocks())
        gone = Counter(self.left[i] for a, b, _, _ in blocks for i in range(a, b))
        come = Counter(self.right[j] for _, _, c, d in blocks for j in range(c, d))
        moved = gone & come
        for a, b, c, d in blocks:
            if (b - a, d - c) == (1, 1) and self.left[a] == self.right[c]:
                del moved[self.left[a]]  # the same letters with a blank in a figure: changed
        for text in [text for text in moved if len(text) < _ANCHOR]:
            del moved[text]  # a figure that comes again elsewhere has hardly gone there
        self.leaving, self.coming = Counter(moved), Counter(moved)
        told: list[Difference] = []
        for a, b, c, d in blocks:
            if len(told) >= MAX_SHOWN:
                break
            told += self._block(range(a, b), range(c, d))
        return told[:MAX_SHOWN]

    def _blocks(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield the stretches that are not the same on both sides."""
        left, right = self.left, self.right
        head = 0
        while head < min(len(left), len(right)) and left[head] == right[head]:
            head += 1
        tail = 0
        room = min(len(left), len(right)) - head
        while tail < room and left[-1 - tail] == right[-1 - tail]:
            tail += 1
        inner, other = left[head : len(left) - tail], right[head : len(right) - tail]
        many = len(inner) + len(other) > _MANY
        matcher = SequenceMatcher(None, inner, other, autojunk=many)
        end = len(left) - tail
        codes: list[tuple[str, int, int, int, int]] = [("equal", 0, head, 0, head)]
        for sort, a, b, c, d in matcher.get_opcodes():
            codes.append((sort, a + head, b + head, c + head, d + head))
        codes.append(("equal", end, len(left), len(right) - tail, len(right)))
        for tag, a, b, c, d in codes:
            if tag != "equal":
                yield a, b, c, d
                continue
            for i, j in zip(range(a, b), range(c, d), strict=True):
                if not _same_figures(self.wanted[i].text, self.found[j].text):
                    yield i, i + 1, j, j + 1

    def _block(self, old: range, new: range) -> Iterator[Difference]:
        """Yield the differences of one stretch: texts that only moved are told where they went."""
        lost = [i for i in old if not _counted(self.leaving, self.left[i])]
        gained: list[int] = []
        for j in new:
            if not _counted(self.coming, self.right[j]):
                gained.append(j)
                continue
            at, first = self.found[j], self.left.index(self.right[j])
            yield Difference(Change.MOVED, self.wanted[first].text, at.text, at, self._above(first))
        pairs = dict(self._pairs(lost, gained))
        waiting = [j for j in gained if j not in set(pairs.values())]
        for i in lost:
            one = self.wanted[i]
            if i not in pairs:
                at = self._beside(one, new)
                yield Difference(Change.MISSING, one.text, None, at, self._above(i))
                continue
            while waiting and waiting[0] < pairs[i]:
                yield self._added(waiting.pop(0), i)
            at = replace(self.found[pairs[i]].beside(one.text), pointer=one.pointer)
            yield Difference(Change.CHANGED, one.text, at.text, at, self._above(i))
        for j in waiting:
            yield self._added(j, old.stop)

    def _added(self, j: int, before: int) -> Difference:
        at = self.found[j]
        return Difference(Change.ADDED, None, at.text, at, self._above(before))

    def _above(self, index: int) -> str | None:
        """Return the heading above the wanted text ``index``."""
        return self.headings[min(index, len(self.headings) - 1)] if self.headings else None

    def _beside(self, wanted: Unit, new: range) -> Unit:
        """Return where a text that is not there should be: behind what stands before it."""
        near = self.found[new.start - 1] if 0 < new.start <= len(self.found) else None
        if near is None:
            return Unit(wanted.text, pointer=wanted.pointer)
        return Unit(
            wanted.text,
            page=near.page,
            line=near.line,
            paragraph=near.paragraph,
            part=near.part,
            pointer=wanted.pointer,
        )

    def _pairs(self, lost: list[int], gained: list[int]) -> Iterator[tuple[int, int]]:
        """Yield which lost text became which gained one, in order, the likest first in line."""
        start = 0
        for n, i in enumerate(lost):
            best, score = -1, ALIKE
            # As many texts are left over behind as the rest of the lost ones may need.
            for k in range(start, min(len(gained), start + 40)):
                likeness = _alike(self.left[i], self.right[gained[k]])
                if likeness > score or (likeness == score == 1):
                    best, score = k, likeness
            if best < 0 and start < len(gained):
                # "5" that became "7": nothing in common, and still the same place.
                last = len(lost) - n == len(gained) - start == 1
                if _both_short(self.left[i], self.right[gained[start]], figures=not last):
                    best = start
            if best >= 0:
                yield i, gained[best]
                start = best + 1


def shared_start(one: str, two: str) -> int:
    """Return how many characters two texts have in common from the start."""
    for count, (left, right) in enumerate(zip(one, two, strict=False)):
        if left != right:
            return count
    return min(len(one), len(two))


def _counted(left: Counter[str], text: str) -> bool:
    """Tell whether one more of a text is left, and take it off."""
    if left[text] <= 0:
        return False
    left[text] -= 1
    return True


def _same_figures(one: str, two: str) -> bool:
    """Tell whether blanks stand at the same places between digits: "12 3" is not "1 23".

    Where a line ends, the text may or may not have a blank.
    """
    if one == two:
        return True
    wanted = {at for at, sign in _between_digits(one)}
    found = dict(_between_digits(two))
    blanks = {at for at, sign in found.items() if sign != "\n"}
    return blanks <= wanted <= found.keys()


def _between_digits(text: str) -> Iterator[tuple[int, str]]:
    """Yield each blank between two digits: how many visible characters come before it, and it."""
    for match in _DIGIT_BLANK.finditer(text):
        sign = "\n" if "\n" in match.group() else " "
        yield len(fold(text[: match.start()])), sign


def _both_short(one: str, two: str, *, figures: bool) -> bool:
    """Tell whether two texts are short; with ``figures`` only those that hold some."""
    short = len(one) <= _ANCHOR and len(two) <= _ANCHOR
    return short and (not figures or all(any(c.isdigit() for c in text) for text in (one, two)))


def _alike(one: str, two: str) -> float:
    if len(one) + len(two) > 2 * _MAX_CHARS:
        one, two = one[:_MAX_CHARS], two[:_MAX_CHARS]
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.real_quick_ratio() <= ALIKE or matcher.quick_ratio() <= ALIKE:
        return 0.0
    return matcher.ratio()


def _headings(units: Sequence[Unit]) -> list[str | None]:
    """Return for each text the nearest heading above it, and one more for the end."""
    above: list[str | None] = []
    last: str | None = None
    for unit in units:
        above.append(last)
        if unit.heading:
            last = unit.text
    return [*above, last]


# --- a stream of lines, cut into the texts that it should hold ------------------------------------


def cut(expected: Sequence[Unit], lines: Sequence[Unit]) -> list[Unit]:
    """Return the lines of a page joined and cut where the expected texts begin and end.

    A PDF has lines, not paragraphs. Each piece keeps the place of its first line; what stands
    between two texts becomes a piece of its own.
    """
    stream = _Stream(lines)
    wanted = [text for unit in expected if (text := fold(unit.text))]
    cuts = {0, len(stream.text)}
    for start, end in _bounds(wanted, stream.text):
        # Two texts never share a word: "55" is a changed "5", not a "5" beside another.
        cuts.update(at for at in (start, end) if at in stream.breaks)
    order = sorted(cuts)
    return [stream.piece(a, b) for a, b in pairwise(order) if a < b]


class _Stream:
    """Lines as one run of visible characters that knows where each of them stands."""

    def __init__(self, lines: Sequence[Unit]) -> None:
        self.lines = [line for line in lines if fold(line.text)]
        folded = [fold(line.text) for line in self.lines]
        self.text = "".join(folded)
        self.starts: list[int] = []
        self.breaks: set[int] = set()
        at = 0
        for line, one in zip(self.lines, folded, strict=True):
            self.starts.append(at)
            for word in line.text.split():
                self.breaks.add(at)
                at += len(fold(word))
            at = self.starts[-1] + len(one)

    def piece(self, start: int, end: int) -> Unit:
        """Return the characters ``start:end`` with the blanks between them, and their place."""
        from bisect import bisect_right

        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        words = []
        for n in range(first, last + 1):
            inside = self.starts[n]
            words.append(_part(self.lines[n].text, max(start - inside, 0), end - inside))
        at = self.lines[first : last + 1]
        spread = tuple((line.page, line.line) for line in at)
        return Unit("\n".join(words), page=at[0].page, line=at[0].line, spread=spread)


def _part(text: str, start: int, end: int) -> str:
    """Return the part of a text that holds its visible characters ``start:end``."""
    count, begin, stop = 0, None, len(text)
    for index, char in enumerate(text):
        if begin is None and count == start and fold(char):
            begin = index
        if count >= end:
            stop = index
            break
        count += len(fold(char))
    return "" if begin is None else text[begin:stop].strip()


def _bounds(wanted: list[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where in ``text`` each wanted text was found, whole or changed.

    A hold is a wanted text of some length that stands once on either side. Those that come in
    another order have moved: they are cut out first, so that the rest is compared without them.
    """
    holds = _holds(wanted, text)
    staying = _rising(holds)
    moved = [hold for hold in holds if hold not in set(staying)]
    for _, at, size in moved:
        yield at, at + size
    gone = {index for index, _, _ in moved}
    rest = [one for index, one in enumerate(wanted) if index not in gone]
    cuts = sorted((at, at + size) for _, at, size in moved)
    kept, last = [], 0
    for start, end in [*cuts, (len(text), len(text))]:
        kept.append((last, text[last:start]))
        last = end
    short = "".join(piece for _, piece in kept)
    for start, end in _unmoved(rest, short):
        yield _back(kept, start, opening=True), _back(kept, end, opening=False)


def _back(kept: list[tuple[int, str]], at: int, *, opening: bool) -> int:
    """Return where a place in the text without what moved stands in the whole text."""
    for start, piece in kept:
        if at < len(piece) or (at == len(piece) and not opening):
            return start + at
        at -= len(piece)
    start, piece = kept[-1]
    return start + len(piece)


def _holds(wanted: list[str], text: str) -> list[tuple[int, int, int]]:
    """Return index, place in ``text`` and length of each sure hold, in the order of the wanted."""
    often = Counter(wanted)
    holds: list[tuple[int, int, int]] = []
    for index, one in enumerate(wanted):
        if len(one) < _ANCHOR or often[one] > 1:
            continue
        at = text.find(one)
        if at >= 0 and text.find(one, at + 1) < 0:
            holds.append((index, at, len(one)))
    return holds


def _unmoved(wanted: list[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where each wanted text was found, between the holds that stand in order."""
    whole = "".join(wanted)
    starts = []
    at = 0
    for one in wanted:
        starts.append(at)
        at += len(one)
    a = c = 0
    for index, there, size in _rising(_holds(wanted, text)):
        here = starts[index]
        yield from _inside(wanted, starts, (a, here), (c, there), whole, text)
        yield there, there + size
        a, c = here + size, there + size
    yield from _inside(wanted, starts, (a, len(whole)), (c, len(text)), whole, text)


def _rising(holds: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the longest run of holds whose places rise on both sides (patience sorting)."""
    from bisect import bisect_left

    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, at, _) in enumerate(holds):
        k = bisect_left(tails, at)
        before.append(ends[k - 1] if k else -1)
        if k == len(tails):
            tails.append(at)
            ends.append(n)
        else:
            tails[k], ends[k] = at, n
    chosen = []
    n = ends[-1] if ends else -1
    while n >= 0:
        chosen.append(holds[n])
        n = before[n]
    return chosen[::-1]


def _inside(
    wanted: list[str],
    starts: list[int],
    here: tuple[int, int],
    there: tuple[int, int],
    whole: str,
    text: str,
) -> Iterator[tuple[int, int]]:
    """Yield the places of the wanted texts within one stretch, by comparing its characters."""
    from bisect import bisect_left

    one, two = whole[slice(*here)], text[slice(*there)]
    first, last = bisect_left(starts, here[0]), bisect_left(starts, here[1])
    if one == two:
        shift = there[0] - here[0]
        for n in range(first, last):
            yield starts[n] + shift, starts[n] + len(wanted[n]) + shift
        return
    if not one or not two or len(one) + len(two) > 2 * _MAX_CHARS:
        yield there
        return
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    codes = matcher.get_opcodes()
    if matcher.ratio() < _STRANGE:
        yield there
        return
    for n in range(first, last):
        begin, end = starts[n] - here[0], starts[n] + len(wanted[n]) - here[0]
        yield there[0] + _opened(codes, begin), there[0] + _closed(codes, end)


_Codes = Sequence[tuple[str, int, int, int, int]]


def _opened(codes: _Codes, at: int) -> int:
    """Return where a text that begins at ``at`` on the one side begins on the other."""
    for tag, a, b, c, d in codes:
        if a <= at < b:
            return c + (at - a) if tag == "equal" else min(c + (at - a), d)
    return codes[-1][4]


def _closed(codes: _Codes, at: int) -> int:
    """Return where a text that ends at ``at`` on the one side ends on the other."""
    for tag, a, b, c, d in codes:
        if a < at <= b:
            if tag == "equal":
                return c + (at - a)
            return d if at == b else min(c + (at - a), d)
    return codes[0][3]
