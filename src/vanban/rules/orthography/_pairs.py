"""Brackets and quotation marks: which belong together in a text, which stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

from vanban.text.prose import CODE

if TYPE_CHECKING:
    from vanban.text.prose import Passage, Prose

CURLY, STRAIGHT, ANGLE = "“”", '"', "«»"
_CLOSER_OF: Final = {"(": ")", "[": "]", "“": "”", "«": "»"}
_OPENER_OF: Final = {closer: opener for opener, closer in _CLOSER_OF.items()}
_SIGNS: Final = frozenset('()[]“”«»"')
_ROMAN = frozenset("ivxIVX")
# Behind these a quotation mark opens.
_OPENS_BEHIND = frozenset(" \t\n\u00a0([“«/-–—")
# What may stand directly behind an opening quotation mark, besides letters and figures.
_OPENED = frozenset("“‘([\"'-–…")
_INCH = 3
_MARK = 4
_NEAR = 20
# So far behind an opening sign its fellow may stand in another text.
_FAR = 2000
# What a number with a bracket is the label of.
_NUMBERED = frozenset(("mục", "điểm", "khoản", "ý", "số", "và", "đến", "nhóm", "câu", "phần"))


class Pair(NamedTuple):
    """Two quotation marks that belong together: their style, offsets of both."""

    style: str
    start: int
    end: int


class Odd(NamedTuple):
    """A sign without its fellow; ``new`` is what it should have been, where that is plain."""

    slug: str
    start: int
    end: int
    new: str | None = None


@dataclass(eq=False, repr=False)
class Signs:
    """What the texts hold: pairs of quotation marks outside others, and odd signs."""

    quotes: list[Pair] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)


_known: WeakKeyDictionary[Prose, Signs] = WeakKeyDictionary()


def signs(prose: Prose) -> Signs:
    """Return the brackets and quotation marks of the texts, paired once."""
    found = _known.get(prose)
    if found is None:
        found = _known[prose] = Signs()
        here: list[int] = []
        passage: Passage | None = None
        for at in _places(prose):
            if passage is None or at >= passage.end:
                _pair(prose.text, here, passage, found)
                here, passage = [], prose.passage(at)
            here.append(at)
        _pair(prose.text, here, passage, found)
        found.odd = _alone(prose, found.odd)
    return found


@lru_cache(maxsize=4096)
def _within(gap: str) -> tuple[int, ...]:
    """Return where signs stand in a separator."""
    return tuple(at for at, char in enumerate(gap) if char in _SIGNS)


def _places(prose: Prose) -> Iterator[int]:
    """Yield the offsets of all signs in order."""
    found = [
        (number, places)
        for gap, numbers in prose.gaps.items()
        if (places := _within(gap))
        for number in numbers
    ]
    found.sort()
    for number, places in found:
        start = prose.gap_start(number)
        yield from (start + place for place in places)


def _pair(text: str, places: list[int], passage: Passage | None, found: Signs) -> None:
    """Pair the signs of one passage."""
    if passage is None or passage.role == CODE:
        return
    stack: list[tuple[str, int]] = []
    odd: list[Odd] = []
    quotes: list[Pair] = []
    inches = False
    for at in places:
        sign = text[at]
        before = text[at - 1] if at > passage.start else "\n"
        after = text[at + 1] if at + 1 < passage.end else "\n"
        if sign in "()" and before in ":;" and not after.isalnum():
            # A smile.
            continue
        if sign == STRAIGHT:
            if before.isdecimal() and not any(one == STRAIGHT for one, _ in stack[-_MARK:]):
                inches = True
                continue
            closing = not before.isspace() and before not in _OPENS_BEHIND
            held = _held(stack, STRAIGHT)
            if held is None and closing and _held(stack, "“") is not None:
                _close(stack, "“", odd)
                odd.append(Odd("lech_kieu", at, at + 1, "”"))
            elif held is None:
                stack.append((STRAIGHT, at))
            elif not closing and (after.isalnum() or after in _OPENED) and not inches:
                # Another one opens while this one is still open.
                stack.append((STRAIGHT, at))
            else:
                start = _close(stack, STRAIGHT, odd)
                if not any(one in '“«"' for one, _ in stack[-_MARK:]):
                    quotes.append(Pair(STRAIGHT, start, at))
        elif sign in _CLOSER_OF:
            if sign == "“" and _held(stack, "“") is not None and _ends(before, after):
                start = _close(stack, "“", odd)
                odd.append(Odd("nguoc", at, at + 1, "”"))
                continue
            stack.append((sign, at))
        else:
            opener = _OPENER_OF[sign]
            if _held(stack, opener) is not None:
                start = _close(stack, opener, odd)
                if sign in "”»" and not any(one in '“«"' for one, _ in stack[-_MARK:]):
                    quotes.append(Pair(CURLY if sign == "”" else ANGLE, start, at))
            elif sign == "”" and _held(stack, STRAIGHT) is not None and _ends(before, after):
                start = _close(stack, STRAIGHT, odd)
                odd.append(Odd("lech_kieu", start, start + 1, "“"))
            elif sign == "”" and (before in _OPENS_BEHIND) and not after.isspace():
                odd.append(Odd("nguoc", at, at + 1, "“"))
                stack.append(("“", at))
            elif sign == ")" and _list_mark(text, at, passage.start):
                continue
            else:
                odd.append(Odd("thieu_mo", at, at + 1))
    for sign, at in stack:
        if sign == STRAIGHT and inches:
            continue
        odd.append(Odd("thieu_dong", at, at + 1))
    found.quotes.extend(quotes)
    found.odd.extend(sorted(odd, key=lambda one: one.start))


def _alone(prose: Prose, odd: list[Odd]) -> list[Odd]:
    """Leave out what is opened in one text and closed in one of the next."""
    gone: set[int] = set()
    for number, one in enumerate(odd):
        if one.slug != "thieu_dong" or number in gone:
            continue
        for later in range(number + 1, min(number + _MARK, len(odd))):
            other = odd[later]
            closer = _CLOSER_OF.get(prose.text[one.start])
            fits = other.slug == "thieu_mo" and prose.text[other.start] == closer
            if fits and later not in gone and other.start - one.start < _FAR:
                gone.update((number, later))
                break
    return [one for number, one in enumerate(odd) if number not in gone]


def _ends(before: str, after: str) -> bool:
    """Tell whether a sign between two characters stands like one that closes."""
    return not before.isspace() and not after.isalnum()


def _held(stack: list[tuple[str, int]], opener: str) -> int | None:
    """Return how deep an opener is held, looking only a few signs down."""
    for depth in range(1, min(len(stack), _MARK) + 1):
        if stack[-depth][0] == opener:
            return depth
    return None


def _close(stack: list[tuple[str, int]], opener: str, odd: list[Odd]) -> int:
    """Take the opener from the stack, with what was opened behind it and not closed."""
    while True:
        sign, at = stack.pop()
        if sign == opener:
            return at
        odd.append(Odd("thieu_dong", at, at + 1))


def _list_mark(text: str, at: int, start: int) -> bool:
    """Tell whether a closing bracket belongs to "a)", "1)", "iv)", "đ.1)"."""
    begin = at
    while begin > max(start, at - _MARK) and text[begin - 1].isalnum():
        begin -= 1
    word = text[begin:at]
    if not word or len(word) > _INCH:
        return False
    if not word.isdecimal():
        numbered = word[0].isdecimal() or word[-1].isdecimal()
        return len(word) == 1 or set(word) <= _ROMAN or numbered
    # "ấp 5)" misses its opening bracket, "mục 1)" and "; 1)" do not.
    before = text[max(start, begin - _NEAR) : begin].rstrip(" ")
    last = before.split()[-1].lower() if before.split() else ""
    return not last[-1:].isalnum() or last in _NUMBERED
