"""Fixed phrases of several words, found among the words of a text.

A table keys each phrase by one of its words, the one least common in official Vietnamese; only
where that word stands are the others looked at. Large tables so cost next to nothing on a text
that holds none of their phrases, and the cost follows the hits otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from vanban.text.tone import to_style

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
    return to_style(word.lower(), "tone_first")


@cache
def _spellings(word: str) -> tuple[str, ...]:
    """Return the ways a folded word may stand in a text, in lower case."""
    main = to_style(word, "tone_main")
    return (word,) if main == word else (word, main)


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
        uses: dict[str, int] = {}
        for key in self._entries:
            for word in set(key):
                uses[word] = uses.get(word, 0) + 1
        # Every spelling of the word a phrase is looked up by, and the phrases behind it.
        self._behind: dict[str, list[tuple[str, ...]]] = {}
        for key in self._entries:
            anchor = min(key, key=lambda word: (word in _COMMON, uses[word], -len(word)))
            for spelling in _spellings(anchor):
                self._behind.setdefault(spelling, []).append(key)
        self._anchors = frozenset(self._behind)

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
        where, words, seps = prose.where, prose.words, prose.seps
        hits: list[tuple[int, int, tuple[str, ...]]] = []
        seen: set[tuple[str, ...]] = set()
        for spelling in where.keys() & self._anchors:
            for key in self._behind[spelling]:
                # A phrase whose anchor stands in both spellings is looked for once.
                if key in seen:
                    continue
                seen.add(key)
                places = self._places(where, key)
                if places is None:
                    continue
                offset, numbers = places
                size = len(key)
                # A word beside the rarest one rules most of its places out.
                aside = 1 if offset + 1 < size else -1 if offset else 0
                beside = _spellings(key[offset + aside])
                limit = len(words) - aside
                for number in numbers:
                    if number >= limit or words[number + aside].lower() not in beside:
                        continue
                    first = number - offset
                    last = first + size
                    if (
                        first >= 0
                        and last <= len(words)
                        and self._joiners.issuperset(seps[first + 1 : last])
                        and tuple(map(fold_word, words[first:last])) == key
                    ):
                        hits.append((first, last, key))
        return hits

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


def spellings(word: str) -> tuple[str, ...]:
    """Return a word in lower case, in each tone style it can be written in."""
    return _spellings(fold_word(word))
