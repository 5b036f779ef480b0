"""Names, offices and special nouns with the capital letters they are written with.

Every phrase has one or more accepted forms, the first being the one to be proposed; ``judge`` says
how the letters of a phrase, as they stand in a text, differ from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vanban.start.tables import toml
from vanban.text import FOLDER
from vanban.text.names import names
from vanban.text.phrases import BLANKS, Pairs, PhraseTable, fold_word, forms_of, spellings

if TYPE_CHECKING:
    from vanban.text.prose import Prose

JOINTS: Final = frozenset((*BLANKS, ", ", " - ", " – ", " — ", "-", "–", " & ", ","))
"""What may stand between the words of a name that is itself written with marks."""

# In small letters (cán bộ, đảng bộ) it tells nothing: "bộ Tài chính" alone is not looked for.
_TOO_COMMON: Final = frozenset(("bộ",))
SURE, LAW, DOUBT, NAMED, AFTER, NONE = "sure", "law", "doubt", "named", "after", "none"
_WORD = re.compile(r"\w+")


class Entry(NamedTuple):
    """A phrase: whose rule it is, its accepted forms, how sure each kind of slip is.

    ``full`` is the first form as it is written, with its marks. ``joined`` tells that the marks
    between its words count too; ``linked`` that only a text with the wrong words is found by it.
    """

    rule: str
    forms: tuple[tuple[bool, ...], ...]
    full: str
    lower: str = NONE
    short: str = NONE
    excess: str = SURE
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    foreign: bool = False
    person: bool = False
    before_capital: str = ""
    joined: bool = False
    linked: bool = False


class Slip(NamedTuple):
    """How a phrase differs from the nearest accepted form: ``capitals`` are those of that form."""

    kind: str
    capitals: tuple[bool, ...]


@cache
def data() -> Mapping[str, Any]:
    """Return the data file."""
    return toml(FOLDER / "capitals.toml")


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words that the rules share."""
    return frozenset(data()["words"][name])


def _capitals(form: str) -> tuple[bool, ...]:
    return tuple(word[0].isupper() for word in _WORD.findall(form))


def key(form: str) -> tuple[str, ...]:
    """Return the folded words of a form."""
    return tuple(map(fold_word, _WORD.findall(form)))


def _entry(group: Mapping[str, Any], forms: Sequence[str], **more: Any) -> Entry:
    return Entry(
        rule=group["rule"],
        forms=tuple(map(_capitals, forms)),
        full=forms[0],
        lower=group.get("lower", NONE),
        short=group.get("short", NONE),
        excess=group.get("excess", SURE),
        not_before=frozenset(group.get("not_before", ())),
        not_after=frozenset(group.get("not_after", ())),
        foreign=group.get("foreign", False),
        person=group.get("person", False),
        before_capital=group.get("before_capital", ""),
        **more,
    )


class _Clue(NamedTuple):
    """A word in a case that no form of a phrase has at that place, and how it is found.

    ``other`` is the word ``step`` places from it, ``place`` where the wrong word is in the phrase.
    """

    written: str
    other: str
    step: int
    place: int


def _written(word: str) -> Iterator[str]:
    """Yield the ways a folded word is written in a text."""
    for one in spellings(word):
        yield one
        yield one[0].upper() + one[1:]


def _in_wrong_case(word: str, place: int, entry: Entry, size: int) -> Iterator[str]:
    """Yield a word of a phrase in the case that no form of the phrase has at its place."""
    known = {form[place] for form in entry.forms if len(form) == size}
    if True not in known:
        yield from (one[0].upper() + one[1:] for one in spellings(word))
    elif False not in known and word not in _TOO_COMMON and not entry.lower == entry.short == NONE:
        yield from spellings(word)


class Index:
    """All phrases, looked for by the words that stand in a wrong case: sound texts hold few."""

    def __init__(
        self,
        plain: Mapping[tuple[str, ...], Entry],
        marked: Mapping[tuple[str, ...], Entry],
        wrong: Mapping[tuple[str, ...], Entry],
    ) -> None:
        """Index phrases of plain words, those with marks between their words, and wrong names."""
        self._plain = plain
        self._longest = max(map(len, plain))
        self._marked = PhraseTable(marked, JOINTS)
        self._wrong = PhraseTable(wrong)
        self._pairs = Pairs(phrase for phrase in plain if len(phrase) > 1)
        self._known: dict[tuple[str, ...], tuple[_Clue, ...]] = {}

    def _clues(self, phrase: tuple[str, ...]) -> tuple[_Clue, ...]:
        """Return what gives a phrase in a wrong case away."""
        if phrase not in self._known:
            entry = self._plain[phrase]
            self._known[phrase] = tuple(
                _Clue(written, other, step, place)
                for place, word in enumerate(phrase)
                for step in (-1 if place == len(phrase) - 1 else 1,)
                for written in _in_wrong_case(word, place, entry, len(phrase))
                for other in _written(phrase[place + step])
            )
        return self._known[phrase]

    def find(self, prose: Prose) -> list[tuple[int, int, Entry]]:
        """Return (first word, last + 1, entry) of what may be wrong, by beginning.

        Of those with one beginning the longest stands first; a phrase that lies within another is
        judged as a part of that.
        """
        hits = [*self._marked.find(prose), *self._wrong.find(prose)]
        hits += [self._widest(prose, first, last) for first, last in {*self._suspects(prose)}]
        return sorted(hits, key=lambda hit: (hit[0], -hit[1]))

    def _suspects(self, prose: Prose) -> Iterator[tuple[int, int]]:
        words, distinct = prose.words, prose.distinct
        beside: dict[tuple[str, int], dict[str, list[tuple[int, tuple[str, ...]]]]] = {}
        for phrase in self._pairs.held(prose):
            for written, other, step, place in self._clues(phrase):
                if written in distinct and other in distinct:
                    near = beside.setdefault((written, step), {})
                    near.setdefault(other, []).append((place, phrase))
        end = len(words) - 1
        for (one, step), near in beside.items():
            own = distinct[one]
            # The rarer side shows where both stand.
            if sum([len(distinct[other]) for other in near]) < len(own):
                for other, phrases in near.items():
                    numbers = [
                        n - step
                        for n in distinct[other]
                        if 0 <= n - step <= end and words[n - step] == one
                    ]
                    if numbers:
                        yield from self._phrases(prose, numbers, phrases)
                continue
            found: dict[str, list[int]] = {}
            for n in [n for n in own if 0 <= n + step <= end and words[n + step] in near]:
                found.setdefault(words[n + step], []).append(n)
            for other, numbers in found.items():
                yield from self._phrases(prose, numbers, near[other])

    def _phrases(
        self, prose: Prose, numbers: list[int], phrases: Sequence[tuple[int, tuple[str, ...]]]
    ) -> Iterator[tuple[int, int]]:
        """Yield where some phrases stand, given the places of a word of theirs."""
        words, seps = prose.words, prose.seps
        for place, phrase in phrases:
            # The end farther from the word tells most other phrases from this one.
            aim = 0 if 2 * place >= len(phrase) else len(phrase) - 1
            forms, shift = forms_of(prose, phrase[aim]), aim - place
            end = len(words) - shift if shift > 0 else len(words)
            for number in [n for n in numbers if n < end and words[n + shift] in forms]:
                first = number - place
                last = first + len(phrase)
                if (
                    first >= 0
                    and last <= len(words)
                    and BLANKS.issuperset(seps[first + 1 : last])
                    and tuple(map(fold_word, words[first:last])) == phrase
                ):
                    yield first, last

    def _widest(self, prose: Prose, first: int, last: int) -> tuple[int, int, Entry]:
        """Return the longest phrase that holds words ``first:last``."""
        words, seps = prose.words, prose.seps
        low = first
        while low and first - low < self._longest and seps[low] in BLANKS:
            low -= 1
        high = last
        while high < len(words) and high - last < self._longest and seps[high] in BLANKS:
            high += 1
        folded = tuple(map(fold_word, words[low:high]))
        best = (first, last)
        for start in range(low, first + 1):
            for end in range(high, last - 1, -1):
                if end - start <= best[1] - best[0]:
                    break
                if folded[start - low : end - low] in self._plain:
                    best = (start, end)
                    break
        return (*best, self._plain[folded[best[0] - low : best[1] - low]])


@cache
def index() -> Index:
    """Return all phrases of the data file, ready to be looked for."""
    plain: dict[tuple[str, ...], Entry] = {}
    marked: dict[tuple[str, ...], Entry] = {}
    group: Mapping[str, Any]
    for group in data()["group"]:
        for line in group["forms"]:
            forms = line.split("|")
            table = marked if {",", "-"} & set(forms[0]) else plain
            table[key(forms[0])] = _entry(group, forms)
    fields = data()["fields"]
    group = {"rule": "TXT050", "short": LAW, "not_after": fields["not_after"]}
    for prefix in fields["prefixes"]:
        for field in fields["names"]:
            name = f"{prefix} {field}"
            for phrase in _without_and(key(name)):
                marked[phrase] = _entry(group, (name,), joined=True)
        for field in fields["plain"]:
            name = f"{prefix} {field}"
            plain[key(name)] = _entry(group, (name,))
    common = frozenset(data()["places"]["common"])
    for name in (*names("tinh_thanh_2025"), *names("tinh_thanh_cu")):
        if "-" in name or key(name) in plain:
            continue
        short = AFTER if name in common else SURE
        group = {"rule": "TXT058", "lower": AFTER, "short": short, "person": True}
        plain[key(name)] = _entry(group, (name,))
    comma = data()["comma"]
    for form in comma["forms"]:
        marked[key(form)] = _entry({"rule": "TXT053", "short": SURE, **comma}, (form,))
    wrong = {
        key(name): _entry({"rule": "TXT056"}, (right,), linked=True)
        for name, right in data()["wrong"].items()
    }
    return Index(plain, marked, wrong)


def _without_and(whole: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return a name and the ways it looks when its "và" are left out."""
    found = {whole}
    places = [i for i, word in enumerate(whole) if word == "và"]
    for place in places:
        found.add(whole[:place] + whole[place + 1 :])
    found.add(tuple(word for word in whole if word != "và"))
    return found


def judge(written: Sequence[str], entry: Entry, *, free_first: bool = False) -> Slip | None:
    """Return how words differ from the accepted forms; None when they do not or cannot be judged.

    ``free_first``: the first word stands where any word has a capital.
    """
    capitals: list[bool] = []
    for word in written:
        head = word[0].isupper()
        if not head and not word.islower():
            return None
        # A word wholly in capitals is a heading's or an abbreviation's.
        if head and len(word) > 1 and not word[1:].islower():
            return None
        capitals.append(head)
    seen = tuple(capitals)
    if seen in entry.forms:
        return None
    first = 1 if free_first else 0
    best: tuple[int, int, tuple[bool, ...]] | None = None
    for number, form in enumerate(entry.forms):
        if len(form) != len(seen):
            continue
        wrong = sum(one != two for one, two in zip(seen[first:], form[first:], strict=True))
        if not wrong:
            return None
        if best is None or (wrong, number) < best[:2]:
            best = (wrong, number, form)
    if best is None:
        return None
    # Where every syllable has a capital they tell nothing: the first form is the usual one.
    usual = entry.forms[0]
    form = usual if all(seen) and usual[0] and len(usual) == len(seen) else best[2]
    # What no accepted form knows is one capital too many.
    if any(
        have and not any(known[i] for known in entry.forms if len(known) == len(seen))
        for i, have in enumerate(seen)
        if i >= first
    ):
        kind = "excess"
    elif any(seen[first:]):
        kind = "short"
    else:
        kind = "lower"
    chosen = (seen[0], *form[1:]) if free_first else form
    return Slip(kind, chosen)


def spelled(written: Sequence[str], capitals: Sequence[bool]) -> list[str]:
    """Return words with the capitals of a form, else as they are written."""
    return [
        (word[0].upper() if capital else word[0].lower()) + word[1:]
        for word, capital in zip(written, capitals, strict=True)
    ]
