"""All texts of a draft as one run of words, walked and parted once and shared by every rule.

The texts stand one after the other in ``Prose.text``, in NFC and without invisible characters; a
rule looks at distinct words and distinct gaps, then at the few places that matter. Offsets and word
numbers count over the whole; ``Prose.raw`` leads back to the value that a draft holds.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from vanban.text.characters import HIDDEN

BORDER: Final = "\x1e"
BREAK: Final = f"\n{BORDER}\n"
"""What parts two passages in ``Prose.text``; the middle character stands nowhere else in it."""

RUNNING, HEADING, LEAD, LABEL, CELL, NAME, CODE = (
    "prose", "heading", "lead", "label", "cell", "name", "code",
)  # fmt: skip
"""The roles of a passage: running text, headings, leads of items, labels of figures, cells of
tables, proper names, and what is no language (codes, dates, figures typed as text)."""

_WORDS = re.compile(r"(\W+)")
# Anything but the letters and marks of nearly every text, which all can be seen.
_UNUSUAL = re.compile("[^\t\n -~\u00a0-\u00ac\u00ae-\u034e\u1e00-\u1eff\u2010-\u2027]")
_ENDS = re.compile(r"[.!?…]|" + BORDER + r"|\n[ \t]*\n")
# An end mark, closing marks behind it, and then a blank or nothing more.
_SENTENCE_END = re.compile(r"([.!?…]+)[\"'”’»)\]]*(?=\s)")
_PARAGRAPH_END = re.compile(BORDER + r"|\n[ \t]*\n")
# Words before a full stop that ends no sentence: TP. Hồ Chí Minh, ThS. Nguyễn Văn A, v.v.
_SHORTENED = frozenset(
    {"tp", "tx", "tt", "ts", "ths", "gs", "pgs", "bs", "ks", "cn", "đ", "đc", "q", "p", "x", "h",
     "kt", "tm", "tl", "tuq", "st", "no", "tr", "ông", "nxb", "mr", "mrs", "ms", "vs"}
)  # fmt: skip


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


class Prose:
    """The words of some texts, in their order."""

    def __init__(self, texts: Iterable[Text]) -> None:
        passages: list[Passage] = []
        texts = list(texts)
        clean = [raw for _, _, raw in texts]
        # One look at all of them tells for most drafts that nothing is to be taken out.
        together = "\n".join(clean)
        if cleaned(together) != together:
            clean = [cleaned(raw) for raw in clean]
        at = 0
        for (pointer, role, raw), text in zip(texts, clean, strict=True):
            end = at + len(text)
            passages.append(Passage(pointer, role, raw, at, end, text is raw or text == raw))
            at = end + len(BREAK)
        self.passages: tuple[Passage, ...] = tuple(passages)
        self._firsts = [passage.start for passage in passages]
        self.text: str = BREAK.join(clean)
        parts = _WORDS.split(self.text)
        # A text that begins or ends with a mark gives an empty word there: it is not one.
        lead = 1 if parts and not parts[0] else 0
        tail = len(parts) - 1 if len(parts) > 1 and not parts[-1] else len(parts)
        offsets = list(accumulate(map(len, parts), initial=0))
        if lead:
            self.words: list[str] = parts[2:tail:2]
            self.starts: list[int] = offsets[2:tail:2]
            self.seps: list[str] = parts[1::2]
        else:
            self.words = parts[0:tail:2]
            self.starts = offsets[0:tail:2]
            self.seps = ["", *parts[1::2]]
        if len(self.seps) == len(self.words):
            self.seps.append("")
        if not self.text:
            self.words, self.starts, self.seps = [], [], [""]

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
        for word, numbers in self.distinct.items():
            low = word.lower()
            known = found.get(low)
            if known is None:
                found[low] = numbers
            else:
                found[low] = known + numbers
                mixed.add(low)
        for low in mixed:
            found[low].sort()
        return found

    @cached_property
    def gaps(self) -> Mapping[str, list[int]]:
        """Return each separator with its numbers: gap ``i`` stands before word ``i``."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, gap in enumerate(self.seps):
            found[gap].append(number)
        return dict(found)

    @cached_property
    def characters(self) -> frozenset[str]:
        """Return every character of the texts."""
        return frozenset("".join(self.distinct) + "".join(self.gaps))

    # ---- places -----------------------------------------------------------------------------

    def end(self, number: int) -> int:
        """Return the offset behind a word."""
        return self.starts[number] + len(self.words[number])

    def gap_start(self, number: int) -> int:
        """Return the offset at which gap ``number`` begins (behind the word before it)."""
        return self.end(number - 1) if number else 0

    def passage(self, offset: int) -> Passage:
        """Return the passage at an offset; between two passages the one before."""
        return self.passages[max(bisect_right(self._firsts, offset) - 1, 0)]

    def of(self, number: int) -> Passage:
        """Return the passage of a word."""
        return self.passage(self.starts[number])

    def role(self, number: int) -> str:
        """Return the role of the passage of a word."""
        return self.passage(self.starts[number]).role

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
    def _stops(self) -> list[tuple[int, str]]:
        """Return the gaps that end a sentence, in order, each with its mark."""
        found: list[tuple[int, str]] = []
        for gap, numbers in self.gaps.items():
            if not _ENDS.search(gap):
                continue
            # Without a blank behind it the mark stands inside a number or a name: 2.486, TP.HCM.
            mark = _SENTENCE_END.search(gap)
            hard = _PARAGRAPH_END.search(gap) is not None
            if mark is None and not hard:
                continue
            sign = mark[1][0] if mark else ""
            found.extend(
                (number, sign)
                for number in numbers
                if hard or sign != "." or not self._shortened(number)
            )
        if self.words and (last := _SENTENCE_END.search(self.seps[-1] + "\n")):
            found.append((len(self.words), last[1][0]))
        found.sort()
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

    @cached_property
    def _every_sentence(self) -> list[Sentence]:
        first = 0
        found: list[Sentence] = []
        for number, sign in self._stops:
            if number > first:
                found.append(Sentence(first, number, sign))
            first = max(number, first)
        if first < len(self.words):
            found.append(Sentence(first, len(self.words), ""))
        return found

    @cached_property
    def _running_sentences(self) -> list[Sentence]:
        return [s for s in self._every_sentence if self.role(s.first) == RUNNING]

    def sentences(self, *, running: bool = True) -> list[Sentence]:
        """Return the sentences, only those of running text or of all passages."""
        return self._running_sentences if running else self._every_sentence

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.first for sentence in self._every_sentence]

    def sentence(self, number: int) -> Sentence:
        """Return the sentence that holds a word."""
        return self._every_sentence[max(bisect_right(self._sentence_starts, number) - 1, 0)]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Return the paragraphs of all passages that hold a word: a blank line parts them."""
        ends = sorted(
            number
            for gap, numbers in self.gaps.items()
            if "\n" in gap and _PARAGRAPH_END.search(gap)
            for number in numbers
        )
        first = 0
        found: list[Paragraph] = []
        for number in [*ends, len(self.words)]:
            if number > first:
                found.append(Paragraph(first, number, self.of(first)))
                first = number
        return found


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
