"""Fixed phrases of several words, found among the words of a text.

A table keys each phrase by two of its words that follow each other, those least common in official
Vietnamese; only where a text has such a pair are the others looked at. Large tables so cost next
to nothing on a text that holds none of their phrases, and the cost follows the hits otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from itertools import pairwise, product, starmap
from typing import TYPE_CHECKING, Generic, TypeVar
from unicodedata import normalize

from vanban.text.tone import PAIRS, to_style

if TYPE_CHECKING:
    from vanban.text.prose import Prose

T = TypeVar("T")

BLANKS = frozenset((" ", "\n", "\u00a0"))
"""What may stand between two words of one phrase, unless a table says otherwise."""

# Words so common in reports that nothing should be looked up by them.
_COMMON_WORDS = (
    "và của các có trong là được cho với về đến từ theo tại để những một năm ngày tháng đã không "
    "thực hiện công tác tổ chức cán bộ đảng xã ban ủy hội nhân dân chi đồng kế hoạch chỉ đạo hoạt "
    "động xây dựng phát triển kinh tế kiểm tra nhiệm vụ quả kết đảng viên quản lý chính quyền số "
    "người việc đạt trên địa bàn dân sự này khi tham gia nghị quyết"
)
_COMMON = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=1 << 15)
def fold_word(word: str) -> str:
    """Return a word in lower case and with one tone style: Uỷ and ủy are ủy."""
    low = word.lower()
    if low.isalpha() and low[-2:] not in PAIRS:  # most words: no pair closes them
        return normalize("NFC", low)
    return to_style(low, "tone_first")


@cache
def _spellings(word: str) -> tuple[str, ...]:
    """Return the ways a folded word may stand in a text, in lower case."""
    main = to_style(word, "tone_main")
    return (word,) if main == word else (word, main)


_Pairs = frozenset[tuple[str, str]]
"""Two neighbouring words of a phrase in every way they may be written, in small letters."""


# An index costs as much as looking at every phrase for so many texts.
_LOOKS = 3


class Pairs:
    """Phrases of two words or more (folded), by those of their neighbouring words seen least."""

    def __init__(self, keys: Iterable[tuple[str, ...]]) -> None:
        """Take the phrases; they are indexed when texts enough are looked at."""
        self._keys = dict.fromkeys(keys)
        self._looks = 0

    @cached_property
    def _behind(self) -> dict[str, dict[str, list[tuple[tuple[str, ...], list[_Pairs]]]]]:
        """Return the phrases by the first word of their rarest pair, then by its second."""
        known: dict[tuple[str, ...], list[_Pairs]] = {}
        uses: Counter[_Pairs] = Counter()
        for key in self._keys:
            known[key] = [_ways(one, two) for one, two in pairwise(key)]
            uses.update(set(known[key]))
        behind: dict[str, dict[str, list[tuple[tuple[str, ...], list[_Pairs]]]]] = {}
        for key, pairs in known.items():
            anchor = min(pairs, key=lambda ways: (_commonness(ways), uses[ways]))
            others = [ways for ways in pairs if ways is not anchor]
            for one, two in anchor:
                behind.setdefault(one, {}).setdefault(two, []).append((key, others))
        return behind

    def held(self, prose: Prose) -> Iterable[tuple[str, ...]]:
        """Return the phrases all of whose neighbouring words are neighbours in a text too."""
        kinds, follow = prose.kinds, prose.follow
        if self._looks < _LOOKS:
            self._looks += 1
            known = prose.folded
            return [
                key
                for key in self._keys
                if known.issuperset(key)
                and all(any(starmap(follow, _ways(*pair))) for pair in pairwise(key))
            ]
        behind = self._behind
        return dict.fromkeys(
            key
            for one in kinds.keys() & behind.keys()
            for two, phrases in behind[one].items()
            if two in kinds and follow(one, two)
            for key, others in phrases
            if all(any(starmap(follow, ways)) for ways in others)
        )


def _ways(one: str, two: str) -> _Pairs:
    return frozenset(product(_spellings(one), _spellings(two)))


def _commonness(ways: _Pairs) -> int:
    return max(sum(word in _COMMON for word in pair) for pair in ways)


class PhraseTable(Generic[T]):
    """Phrases (tuples of words, in any case and tone style) and what each stands for.

    ``joiners`` are the separators that may part the words of one phrase.
    """

    def __init__(
        self, entries: Mapping[tuple[str, ...], T], joiners: Collection[str] = BLANKS
    ) -> None:
        """Index the phrases; of two that fold to the same words the later one counts."""
        self._joiners = frozenset(joiners)
        self._entries = {tuple(map(fold_word, words)): entry for words, entry in entries.items()}
        self._pairs = Pairs(key for key in self._entries if len(key) > 1)
        self._single = {way: k for k in self._entries if len(k) == 1 for way in _spellings(k[0])}

    def __len__(self) -> int:
        """Return how many phrases the table holds."""
        return len(self._entries)

    def find(self, prose: Prose) -> Iterator[tuple[int, int, T]]:
        """Yield (first word number, last + 1, entry), in order and never overlapping.

        Of phrases that begin at one word the longest is taken.
        """
        hits = self._hits(prose)
        # By beginning, the longest first.
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        done = 0
        for first, last, key in hits:
            if first >= done:
                done = last
                yield first, last, self._entries[key]

    def _hits(self, prose: Prose) -> list[tuple[int, int, tuple[str, ...]]]:
        where = prose.where
        hits: list[tuple[int, int, tuple[str, ...]]] = []
        # How the words of this text are written, by their small letters; each is asked for once.
        forms: dict[str, Collection[str]] = {}
        single = [self._single[word] for word in where.keys() & self._single.keys()]
        for key in dict.fromkeys([*self._pairs.held(prose), *single]):
            places = self._places(where, key)
            if places is not None:
                hits += self._at(prose, key, *places, forms)
        return hits

    def _at(
        self,
        prose: Prose,
        key: tuple[str, ...],
        offset: int,
        numbers: list[int],
        forms: dict[str, Collection[str]],
    ) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return where a phrase stands, given its word number ``offset`` and the places of that."""
        words, size = prose.words, len(key)
        if size > 1:
            # A word beside the rarest one rules most of its places out.
            aside = 1 if offset + 1 < size else -1
            neighbour = key[offset + aside]
            beside = forms.get(neighbour)
            if beside is None:
                beside = forms[neighbour] = forms_of(prose, neighbour)
            if aside > 0:
                end = len(words) - 1
                numbers = [n for n in numbers if n < end and words[n + 1] in beside]
            else:
                numbers = [n for n in numbers if words[n - 1] in beside]
        return [
            (first, last, key)
            for first in (number - offset for number in numbers)
            if first >= 0
            and (last := first + size) <= len(words)
            and self._joiners.issuperset(prose.seps[first + 1 : last])
            and tuple(map(fold_word, words[first:last])) == key
        ]

    @staticmethod
    def _places(
        where: Mapping[str, list[int]], key: tuple[str, ...]
    ) -> tuple[int, list[int]] | None:
        """Return the rarest word of a phrase in this text and where it stands, None if one lacks.

        It is given by its place in the phrase.
        """
        best: tuple[int, list[int]] | None = None
        for offset, word in enumerate(key):
            numbers: list[int] = []
            for spelling in _spellings(word):
                found = where.get(spelling)
                if found:
                    numbers = numbers + found if numbers else found
            if not numbers:
                return None
            if best is None or len(numbers) < len(best[1]):
                best = offset, numbers
        return best


def forms_of(prose: Prose, word: str) -> Collection[str]:
    """Return how a folded word is written in a text."""
    ways = _spellings(word)
    if len(ways) == 1:
        return prose.forms(word)
    return {form for way in ways for form in prose.forms(way)}


def spellings(word: str) -> tuple[str, ...]:
    """Return a word in lower case, in each tone style it can be written in."""
    return _spellings(fold_word(word))
