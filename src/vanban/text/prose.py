"""All texts of a draft as one run of words, walked and parted once and shared by every rule.

The texts stand one after the other in ``Prose.text``, in NFC and without invisible characters; a
rule looks at distinct words and distinct gaps, then at the few places that matter. Offsets and word
numbers count over the whole; ``Prose.raw`` leads back to the value that a draft holds.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import add, eq, sub
from typing import Final, Literal, NamedTuple, overload

from vanban.text.characters import HIDDEN

BORDER: Final = "\x1e"
BREAK: Final = f"\n{BORDER}\n"
"""What parts two passages in ``Prose.text``; the middle character stands nowhere else in it."""

RUNNING, HEADING, LEAD, LABEL, CELL, NAME, CODE = (
    "prose", "heading", "lead", "label", "cell", "name", "code",
)  # fmt: skip
"""The roles of a passage: running text, headings, leads of items, labels of figures, cells of
tables, proper names, and what is no language (codes, dates, figures typed as text)."""

# Anything but the letters and marks of nearly every text, which all can be seen.
_USUAL = "\t\n -~\u00a0-\u00ac\u00ae-\u034e\u1e00-\u1eff\u2010-\u2027"
_UNUSUAL = re.compile(f"[^{_USUAL}]")
_UNUSUAL_JOINED = re.compile(f"[^{_USUAL}{BORDER}]")
# What parts words, but for one blank; the usual signs are found faster by name.
_GAPS = re.compile(r"((?:[^\w ]| (?!\w))\W*)")
_SIGN = re.compile(rf"(?=[{_USUAL}{BORDER}])[^\w ]")
_SIGNS = re.escape("".join(_SIGN.findall("".join(map(chr, range(0x2028))))))
_USUAL_GAPS = re.compile(f"([{_SIGNS}][ {_SIGNS}]*)")
_ENDS = re.compile(r"[.!?…]|" + BORDER + r"|\n[ \t]*\n")
# An end mark, closing marks behind it, and then a blank or nothing more.
_SENTENCE_END = re.compile(r"(?<![.!?…])([.!?…]+)[\"'”’»)\]]*(?=\s)")
_PARAGRAPH_END = re.compile(BORDER + r"|\n[ \t]*\n")
# Words before a full stop that ends no sentence: TP. Hồ Chí Minh, ThS. Nguyễn Văn A, v.v.
_SHORTENED = frozenset(
    {"tp", "tx", "tt", "ts", "ths", "gs", "pgs", "bs", "ks", "cn", "đ", "đc", "q", "p", "x", "h",
     "kt", "tm", "tl", "tuq", "st", "no", "tr", "ông", "nxb", "mr", "mrs", "ms", "vs"}
)  # fmt: skip


# So many kinds of words can be told in two bytes each; so many bytes hold more.
_FEW = 1 << 16
_WIDE = 4
_LITTLE = sys.byteorder == "little"


class Text(NamedTuple):
    """One text to be read: where it stands in the data, what it is, its value."""

    pointer: str
    role: str
    raw: str


class Passage(NamedTuple):
    """One text of a draft: its place in the data, its role, ``start:end`` in ``Prose.text``.

    ``raw`` is the value as the draft holds it; ``plain`` tells that it stands there unchanged.
    """

    pointer: str
    role: str
    raw: str
    start: int
    end: int
    plain: bool


class Sentence(NamedTuple):
    """A sentence: words ``first:last``, the mark that ends it ("" for none)."""

    first: int
    last: int
    mark: str


class Paragraph(NamedTuple):
    """A paragraph of a passage: words ``first:last``, its passage."""

    first: int
    last: int
    passage: Passage


class _Blanks(Sequence[int]):
    """The numbers of the gaps that are one blank, counted out when somebody asks for them."""

    def __init__(self, seps: list[str], count: int) -> None:
        self._seps = seps
        self._count = count

    @cached_property
    def _numbers(self) -> list[int]:
        return [number for number, gap in enumerate(self._seps) if gap == " "]

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> list[int]: ...

    def __getitem__(self, at: int | slice) -> int | list[int]:
        return self._numbers[at]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)


class _Starts(Sequence[int]):
    """The offsets of words, reckoned run by run where somebody asks.

    Only a blank stands between the words of a run; ``lasts`` are the numbers behind the last word
    of each, ``offsets`` are where they begin.
    """

    def __init__(self, words: list[str], lasts: list[int], offsets: list[int]) -> None:
        self._words = words
        self._lasts = lasts
        self._offsets = offsets
        self._known: dict[int, list[int]] = {}

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> list[int]: ...

    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        run = bisect_right(self._lasts, at)
        first = self._lasts[run - 1] if run else 0
        if at == first:
            return self._offsets[run]
        starts = self._known.get(run)
        if starts is None:
            sizes = [len(word) + 1 for word in self._words[first : self._lasts[run]]]
            starts = self._known[run] = list(accumulate(sizes, initial=self._offsets[run]))
        return starts[at - first]

    def __len__(self) -> int:
        return len(self._words)


class Prose:
    """The words of some texts, in their order."""

    def __init__(self, texts: Iterable[tuple[str, str, str]]) -> None:
        columns = list(zip(*texts, strict=False)) or [(), (), ()]
        raws = clean = list(columns[2])
        self.text: str = BREAK.join(clean)
        # One look at all of them tells for most drafts that nothing is to be taken out.
        usual = _is_usual(self.text, len(clean))
        if not usual:
            clean = [cleaned(raw) for raw in raws]
            self.text = BREAK.join(clean)
        sizes = list(map(len, clean))
        starts = list(accumulate([size + len(BREAK) for size in sizes], initial=0))
        ends, plain = map(add, starts, sizes), map(eq, clean, raws)
        self.passages: tuple[Passage, ...] = tuple(
            map(Passage._make, zip(*columns, starts, ends, plain, strict=False))
        )
        self._part(usual=usual)

    def _part(self, *, usual: bool) -> None:
        """Part the text into words and the gaps before, between and behind them."""
        # One blank stands between most words: whatever else does parts the text into runs.
        usual = usual and "  " not in self.text
        parts = (_USUAL_GAPS if usual else _GAPS).split(self.text)
        offsets = list(accumulate(map(len, parts), initial=0))[::2]
        runs, behind = parts[::2], parts[1::2]
        if runs[-1] or not behind:
            behind.append("")
        else:
            del runs[-1]
        self.words: list[str] = " ".join(runs).split()
        # The blank at the end of a run belongs to the gap behind it, that of the text to gap 0.
        blanks = [run[-1:] == " " for run in runs]
        counts = [run.count(" ") + 1 for run in runs]
        if runs[0][:1] in ("", " "):
            counts[0] -= 1
            offsets[0] += len(runs[0][:1])
        lasts = list(accumulate(map(sub, counts, blanks)))
        self.seps: list[str] = [" "] * (len(self.words) + 1)
        self.seps[0] = " " * self.text.startswith(" ")
        for number, gap, blank in zip(lasts, behind, blanks, strict=True):
            self.seps[number] = " " + gap if blank else gap
        # The gaps at both ends, and between them those that are no single blank.
        self._odd = lasts if lasts[0] == 0 else [0, *lasts]
        self.starts: Sequence[int] = _Starts(self.words, lasts, offsets)
        """The offset of each word."""

    # ---- indexes ----------------------------------------------------------------------------

    @cached_property
    def distinct(self) -> Mapping[str, list[int]]:
        """Return each word as it is written, with the numbers of its occurrences."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            found[word].append(number)
        return dict(found)

    @cached_property
    def where(self) -> Mapping[str, list[int]]:
        """Return each word in small letters, with the numbers of its occurrences in order."""
        found: dict[str, list[int]] = {}
        mixed: set[str] = set()
        forms: dict[str, list[str]] = {}
        for word, numbers in self.distinct.items():
            low = word.lower()
            if low != word:
                forms.setdefault(low, []).append(word)
            known = found.get(low)
            if known is None:
                found[low] = numbers
            else:
                found[low] = known + numbers
                mixed.add(low)
        for low in mixed:
            found[low].sort()
            if low in self.distinct:
                forms[low].append(low)
        self._forms = forms
        return found

    def forms(self, low: str) -> Sequence[str]:
        """Return how a word of the texts, given in small letters, is written in them."""
        _ = self.where
        return self._forms.get(low) or (low,)

    @cached_property
    def folded(self) -> frozenset[str]:
        """Return every word in small letters and one tone style."""
        from vanban.text.phrases import fold_word

        return frozenset(map(fold_word, self.where))

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """Return a number for each word in small letters, counted from 0."""
        return {low: number for number, low in enumerate(self.where)}

    @cached_property
    def _series(self) -> memoryview:
        """Return the kind of each word, one after the other."""
        kinds = self.kinds
        known = {word: kinds[word.lower()] for word in self.distinct}
        code = "H" if len(kinds) <= _FEW else "I"
        return memoryview(array(code, list(map(known.__getitem__, self.words))))

    @cached_property
    def _pairs(self) -> tuple[int, set[int]]:
        """Return every two kinds of word that follow each other, each pair as one number.

        Before them stands how many bits one kind takes.
        """
        series = self._series
        wide: Literal["I", "Q"] = "I" if series.itemsize < _WIDE else "Q"
        found: set[int] = set()
        # Two neighbours lie side by side in memory: seen as one number, from the first word on and
        # from the second.
        for first in (0, 1):
            last = first + (len(series) - first) // 2 * 2
            found.update(series[first:last].cast("B").cast(wide))
        return 8 * series.itemsize, found

    def follow(self, one: str, two: str) -> bool:
        """Tell whether a word stands right before another one anywhere, in small letters."""
        first, second = self.kinds.get(one), self.kinds.get(two)
        if first is None or second is None:
            return False
        shift, pairs = self._pairs
        pair = second << shift | first if _LITTLE else first << shift | second
        return pair in pairs

    @cached_property
    def imprint(self) -> bytes:
        """Return a byte for each word: words with unlike ones are unlike in more than capitals."""
        series = self._series
        lowest = 0 if _LITTLE else series.itemsize - 1
        return series.tobytes()[lowest :: series.itemsize]

    @cached_property
    def gaps(self) -> Mapping[str, Sequence[int]]:
        """Return each separator with its numbers: gap ``i`` stands before word ``i``."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        # Most gaps are a blank, and hardly anybody asks where.
        for number in self._odd:
            found[self.seps[number]].append(number)
        found.pop(" ", None)
        blanks = len(self.seps) - sum(map(len, found.values()))
        return {" ": _Blanks(self.seps, blanks), **found} if blanks else dict(found)

    @cached_property
    def characters(self) -> frozenset[str]:
        """Return every character of the texts."""
        return frozenset("".join(self.distinct) + "".join(self.gaps))

    @cached_property
    def first_words(self) -> list[int]:
        """Return for each passage the number of the first word at or behind its beginning."""
        ends = sorted(
            [
                (number, gap.count(BORDER))
                for gap, numbers in self.gaps.items()
                if BORDER in gap
                for number in numbers
            ]
        )
        found = [0]
        for number, count in ends:
            if count == 1:
                found.append(number)
            else:
                found += [number] * count
        return found

    @cached_property
    def _firsts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    # ---- places -----------------------------------------------------------------------------

    def end(self, number: int) -> int:
        """Return the offset behind a word."""
        return self.starts[number] + len(self.words[number])

    def gap_start(self, number: int) -> int:
        """Return the offset at which gap ``number`` begins (behind the word before it)."""
        if number < len(self.words):
            return self.starts[number] - len(self.seps[number])
        return self.end(number - 1) if number else 0

    def passage(self, offset: int) -> Passage:
        """Return the passage at an offset; between two passages the one before."""
        return self.passages[max(bisect_right(self._firsts, offset) - 1, 0)]

    def of(self, number: int) -> Passage:
        """Return the passage of a word."""
        return self.passages[bisect_right(self.first_words, number) - 1]

    def role(self, number: int) -> str:
        """Return the role of the passage of a word."""
        return self.passages[bisect_right(self.first_words, number) - 1].role

    def same(self, first: int, second: int) -> bool:
        """Tell whether two words stand in the same passage."""
        return self.of(first) is self.of(second)

    def number_at(self, offset: int) -> int:
        """Return the number of the first word that begins at or behind an offset."""
        return bisect_left(self.starts, offset)

    def raw(self, start: int, end: int) -> tuple[Passage, int, int]:
        """Return the passage of a stretch, and the stretch in characters of its raw value."""
        passage = self.passage(start)
        start, end = start - passage.start, min(end, passage.end) - passage.start
        if passage.plain:
            return passage, start, end
        places = _places(passage.raw, passage.end - passage.start)
        # What was taken out at the edges belongs to nobody.
        return passage, places[start][0], places[end - 1][1] if end > start else places[start][0]

    # ---- sentences --------------------------------------------------------------------------

    @cached_property
    def _marks(self) -> Mapping[int, str]:
        """Return the gaps that end a sentence, each with its mark."""
        found: dict[int, str] = {}
        words = self.words
        for gap, numbers in self.gaps.items() if words else ():
            if not _ENDS.search(gap):
                continue
            # Without a blank behind it the mark stands inside a number or a name: 2.486, TP.HCM.
            mark = _SENTENCE_END.search(gap)
            hard = _PARAGRAPH_END.search(gap) is not None
            if mark is None and not hard:
                continue
            sign = mark[1][0] if mark else ""
            if hard or sign != ".":
                found.update(dict.fromkeys(numbers, sign))
                continue
            # Most words are no shortened ones wherever they stand: each is asked once.
            plain = {word for word in {words[n - 1] for n in numbers} if _is_plain(word)}
            found.update(
                dict.fromkeys(
                    [n for n in numbers if words[n - 1] in plain or not self._shortened(n)], sign
                )
            )
        if self.words and (last := _SENTENCE_END.search(self.seps[-1] + "\n")):
            found.setdefault(len(self.words), last[1][0])
        return found

    @cached_property
    def _sentence_ends(self) -> list[int]:
        """Return the number behind the last word of each sentence, in order."""
        size = len(self.words)
        found = sorted(self._marks)
        if found and not found[0]:
            del found[0]
        if size and (not found or found[-1] < size):
            found.append(size)
        return found

    def _shortened(self, number: int) -> bool:
        """Tell whether the full stop in a gap belongs to a shortened word, or to a series."""
        if not 0 < number < len(self.words):
            return False
        word = self.words[number - 1].lower()
        if word in _SHORTENED:
            return True
        # "v.v. ", "1. Công tác": a single letter or an item's number.
        before = self.seps[number - 1]
        if word.isdecimal():
            return number == 1 or "\n" in before
        return len(word) == 1 and (before.endswith(".") or self.words[number - 1].isupper())

    def sentences(self, *, running: bool = True, over: int = 0) -> Iterator[Sentence]:
        """Yield the sentences of more than ``over`` words, of running text or of all passages."""
        mark, first = self._marks.get, 0
        for last in self._sentence_ends:
            if last - first > over and not (running and self.role(first) != RUNNING):
                yield Sentence(first, last, mark(last, ""))
            first = last

    def sentence(self, number: int) -> Sentence:
        """Return the sentence that holds a word."""
        ends = self._sentence_ends
        at = min(bisect_right(ends, number), len(ends) - 1)
        return Sentence(ends[at - 1] if at else 0, ends[at], self._marks.get(ends[at], ""))

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Return the paragraphs of all passages that hold a word: a blank line parts them."""
        ends = sorted(
            [
                number
                for gap, numbers in self.gaps.items()
                if "\n" in gap and _PARAGRAPH_END.search(gap)
                for number in numbers
            ]
        )
        ends.append(len(self.words))
        first = 0
        found: list[Paragraph] = []
        # Paragraphs and passages stand in one order: walked side by side.
        starts, passages, at = [*self.first_words, len(self.words) + 1], self.passages, 0
        for number in ends:
            if number > first:
                while starts[at + 1] <= first:
                    at += 1
                found.append(Paragraph(first, number, passages[at]))
                first = number
        return found


def _is_plain(word: str) -> bool:
    """Tell whether a full stop behind a word ends a sentence wherever it stands."""
    return len(word) > 1 and not word.isdecimal() and word.lower() not in _SHORTENED


def _is_usual(together: str, count: int) -> bool:
    """Tell whether some texts, joined with ``BREAK``, hold nothing but the usual signs, in NFC."""
    return (
        together.count(BORDER) == max(count - 1, 0)
        and unicodedata.is_normalized("NFC", together)
        and not _UNUSUAL_JOINED.search(together)
    )


def cleaned(raw: str) -> str:
    """Return a text in NFC without invisible characters; the same object when it is so already."""
    if raw.isascii() and raw.isprintable():
        return raw
    if not unicodedata.is_normalized("NFC", raw):
        raw = unicodedata.normalize("NFC", raw)
    return HIDDEN.sub("", raw) if _UNUSUAL.search(raw) else raw


@lru_cache(maxsize=8)
def _places(raw: str, size: int) -> list[tuple[int, int]]:
    """Return for each character of the cleaned text, and its end, where it stands in ``raw``."""
    found: list[tuple[int, int]] = []
    at, whole = 0, len(raw)
    while at < whole:
        end = at + 1
        while end < whole and unicodedata.combining(raw[end]):
            end += 1
        # An invisible character between a letter and its mark keeps them apart.
        made = cleaned(raw[at:end])
        found.extend([(at, end)] * len(made))
        at = end
    if len(found) != size:
        # Letters that compose over several characters (Hangul): the whole text is the place.
        found = [(0, whole)] * size
    found.append((whole, whole))
    return found
