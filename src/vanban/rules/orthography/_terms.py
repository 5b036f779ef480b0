"""Terms of the document: the data of ``text/terms.toml``, and what their rules ask of a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from vanban.text.phrases import BLANKS, PhraseTable, fold_word
from vanban.text.prose import BORDER, CELL, HEADING, LABEL, LEAD, RUNNING
from vanban.text.terms import data

if TYPE_CHECKING:
    from vanban.text.prose import Prose

Form = TypeVar("Form", bound=Hashable)

READ: Final = frozenset((RUNNING, HEADING, LEAD, CELL))
"""The roles of passages that are written in sentences or in parts of them."""
NAMED: Final = READ | {LABEL}
"""The same with the names of figures."""

DASHES: Final = "-–—‐‑‒−"
_EDGES: Final = ("", " ", "\u00a0")
DASHED: Final = frozenset(
    f"{left}{dash}{right}" for dash in DASHES for left in _EDGES for right in _EDGES
)
"""Every way a dash parts two words of one line."""
COMMAS: Final = frozenset((", ", ",\u00a0", ",\n"))

_WORD = re.compile(r"\w+")
# What may stand before a word that is not forced to begin with a capital.
_PLAIN: Final = frozenset((" ", "\u00a0", ", "))
_OPENING, _CLOSING = "“‘«„", "”’»"
_QUOTES: Final = frozenset(_OPENING + _CLOSING + '"')
_FAR = 60
_NEAR = 8
_DISTANCES: Final = frozenset(("km", "m", "mét", "cm", "ki", "cây", "dặm", "lần", "phút", "giờ"))
NUMBERS: Final = frozenset(
    ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "trăm", "nghìn")
)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a phrase of the data file."""
    return tuple(_WORD.findall(text))


class Entry(NamedTuple):
    """A phrase: its words, how it is written, what to write instead, and where it counts."""

    text: str
    words: tuple[str, ...]
    new: str | None = None
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    number_after: bool = False
    # ``bat_buoc``, ``lien`` or ``luon`` of the data file.
    always: bool = False

    def fits(self, prose: Prose, first: int, last: int) -> bool:
        """Tell whether the words around ``first:last`` let the phrase count there."""
        ahead, behind = neighbours(prose, first, last)
        if self.number_after and not _is_amount(prose, last, behind):
            return False
        return (
            (not self.before or ahead in self.before)
            and (not self.after or behind in self.after)
            and ahead not in self.not_before
            and behind not in self.not_after
        )


def entry(given: dict[str, Any], *, text: str | None = None) -> Entry:
    """Return an entry of the data file."""
    written = given["viet"] if text is None else text
    some = {
        name: frozenset(map(fold_word, given.get(key, ())))
        for name, key in (
            ("before", "truoc"),
            ("after", "sau"),
            ("not_before", "khong_truoc"),
            ("not_after", "khong_sau"),
        )
    }
    return Entry(
        written,
        words_of(written),
        given.get("thay"),
        **some,
        number_after=given.get("so_sau", False),
        always=any(given.get(key, False) for key in ("bat_buoc", "lien", "luon")),
    )


def _is_amount(prose: Prose, number: int, word: str) -> bool:
    """Tell whether a figure stands at a word that is no distance: "gần hơn 5 km" is nearer."""
    if not word[:1].isdecimal() and word not in NUMBERS:
        return False
    for unit in prose.words[number : number + 4]:
        if not unit.isdecimal():
            return unit.lower() not in _DISTANCES
    return True


@cache
def advice(section: str) -> PhraseTable[Entry]:
    """Return the phrases of a section, each with what to write instead."""
    held = data()[section]
    if isinstance(held, dict):
        held = [{"viet": text, "thay": new} for text, new in held.items()]
    entries = [entry(one) for one in held]
    return PhraseTable({one.words: one for one in entries})


def advised(prose: Prose, section: str, roles: Collection[str] = READ) -> Iterator[Place]:
    """Yield where phrases of a section stand, but in quotation marks."""
    for first, last, one in advice(section).find(prose):
        word = prose.words[first]
        # A capital within a sentence makes a name of it.
        named = word[0].isupper() and not word.isupper() and not forced(prose, first)
        sound = not named and one.fits(prose, first, last) and prose.role(first) in roles
        if sound and not quoted(prose, first):
            yield Place(first, last, one)


class Place(NamedTuple):
    """Where a phrase stands: words ``first:last``."""

    first: int
    last: int
    entry: Entry

    def span(self, prose: Prose) -> tuple[int, int]:
        """Return its offsets."""
        return prose.starts[self.first], prose.end(self.last - 1)

    def new(self, prose: Prose) -> str | None:
        """Return what to write instead, with the capitals of what stands there."""
        if self.entry.new is None:
            return None
        return like(prose.words[self.first : self.last], self.entry.new)


def like(words: Sequence[str], new: str) -> str:
    """Return a text with the capitals of the words it takes the place of."""
    if all(word.isupper() for word in words) and any(len(word) > 1 for word in words):
        return new.upper()
    return new[:1].upper() + new[1:] if words[0][:1].isupper() else new


def neighbours(prose: Prose, first: int, last: int) -> tuple[str, str]:
    """Return the words before and behind ``first:last``, "" where more than a blank parts them."""
    ahead = behind = ""
    if first > 0 and prose.seps[first] in BLANKS:
        ahead = fold_word(prose.words[first - 1])
    if last < len(prose.words) and prose.seps[last] in BLANKS:
        behind = fold_word(prose.words[last])
    return ahead, behind


def forced(prose: Prose, number: int) -> bool:
    """Tell whether the place of a word may force a capital on it: it is not within a sentence."""
    return number == 0 or prose.seps[number] not in _PLAIN


def begins(prose: Prose, number: int) -> bool:
    """Tell whether a word begins a sentence or a line."""
    return "\n" in prose.seps[number] or prose.sentence(number).first == number


def quoted(prose: Prose, number: int) -> bool:
    """Tell whether a word stands in quotation marks that open in its own passage, not far off."""
    places = _quotes(prose)
    at = bisect_right(places, number) - 1
    if at < 0 or number - places[at] > _FAR:
        return False
    gap = prose.seps[places[at]]
    if places[at] < number and not prose.same(places[at], number):
        return False
    for place in range(len(gap) - 1, -1, -1):
        mark = gap[place]
        if mark == BORDER:
            return False
        if mark in _OPENING:
            return True
        if mark in _CLOSING:
            return False
        if mark == '"':
            # A mark that touches the word before it closes.
            return place > 0 or places[at] == 0
    return False


_gathered: WeakKeyDictionary[Prose, list[int]] = WeakKeyDictionary()


def _quotes(prose: Prose) -> list[int]:
    """Return the numbers of the gaps that hold a quotation mark, in order."""
    found = _gathered.get(prose)
    if found is None:
        found = sorted(
            number
            for gap, numbers in prose.gaps.items()
            if not _QUOTES.isdisjoint(gap)
            for number in numbers
        )
        _gathered[prose] = found
    return found


@cache
def _titles() -> frozenset[str]:
    return frozenset(data()["ten_goi"]["dau"])


def in_title(prose: Prose, first: int) -> bool:
    """Tell whether a phrase belongs to the name of a document, a programme or a body."""
    for at in range(first - 1, max(first - _NEAR, 0) - 1, -1):
        gap = prose.seps[at + 1]
        if gap not in BLANKS and gap not in COMMAS:
            return False
        word = prose.words[at]
        if word[0].isupper():
            if word.lower() in ("luật", "quỹ", "pháp"):
                return True
            if f"{word} {prose.words[at + 1]}".lower() in _titles():
                return True
    return False


def right_form(
    forms: Counter[Form], preferred: Form, *, always: bool = False
) -> tuple[Form, int] | None:
    """Return the form a document should keep to and how often it stands; None when it is even."""
    if len(forms) < 2:
        return None
    most = max(forms.values())
    if preferred in forms and (always or forms[preferred] == most):
        return preferred, forms[preferred]
    best = next(form for form, count in forms.items() if count == most)
    return best, most
