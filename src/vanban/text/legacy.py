"""Stretches of a text that stand in an encoding older than Unicode, and what they say.

A font encoding (TCVN3, VNI, VPS, VISCII) that was pasted as it is shows Western letters and signs
where Vietnamese ones belong: ``nh©n d©n``, ``Ñaûng uûy``. UTF-8 that was read in a Western code
page shows two or three characters for each letter: ``nhÃ¢n``. A stretch is told only when its words
are no Vietnamese as they stand and become Vietnamese syllables under the encoding; signs and names
of other languages (®, µg, Münster, café) do not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

from vanban.text.encodings import TCVN3, VISCII, spelled_vni
from vanban.text.names import name_words
from vanban.text.syllables import common, is_syllable

if TYPE_CHECKING:
    from vanban.text.prose import Passage, Prose

_SAMPLE: Final = 60

# VPS from 0x80 on. A capital that shares its code with a small letter stands below 0x20 in VPS
# proper; the small letter is given.
_VPS: Final = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    "Ế\0\0ỀỂỄỐỒỔỖýỷỵỚỜỞ"
    "\0ắằẳẵặỠớÙờởỡŨỨợỪ"
    "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ"
    "ƯỦồốÔỏơÈừứÚũưÝẺ\0"
    "àáâãảạă\0èéêẽìí\0ĩ"
    "ẴĐòóôõ\0Ơụùúủ\0ỶẼỳ"
)


class Stretch(NamedTuple):
    """A part ``start:end`` of a raw text: its encoding, and what it says.

    ``encoding`` is ``tcvn3``, ``vni``, ``vps``, ``viscii``, ``utf8`` or ``utf8_twice``; ``sure``
    tells that nothing of ``text`` was guessed, ``whole`` that no character of it was lost.
    """

    start: int
    end: int
    encoding: str
    text: str
    sure: bool = True
    whole: bool = True

    @property
    def sample(self) -> str:
        """Return the first words of what it says."""
        line = " ".join(self.text.split())
        if len(line) <= _SAMPLE:
            return line
        return line[: line.rfind(" ", 0, _SAMPLE) + 1 or _SAMPLE].rstrip() + "…"


# ---- font encodings ---------------------------------------------------------------------------


def _shown() -> dict[str, int]:
    """Return the byte behind each character that a Western code page shows for one."""
    found = {chr(code): code for code in range(0x80, 0x100)}
    for code in range(0x80, 0xA0):
        # five codes of the page are free
        character = bytes([code]).decode("cp1252", "ignore")
        if character:
            found[character] = code
    return found


_SHOWN: Final = _shown()
# What typists put beside words in every encoding: no letters of a word.
_QUOTES: Final = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022"


def _table(letters: str, without: Iterable[int] = ()) -> dict[int, str]:
    """Return how the characters shown for the bytes from 0x80 on are spelled."""
    by_code = dict(zip(range(0x80, 0x100), letters, strict=True))
    for code in without:
        by_code[code] = "\0"
    return {
        ord(character): by_code[code]
        for character, code in _SHOWN.items()
        if by_code[code] != "\0" and character not in _QUOTES
    }


@cache
def _spellers() -> Mapping[str, Callable[[str], str]]:
    # The fonts of TCVN3 hold no capitals with tones and no loose marks: signs stay signs there.
    tcvn3 = _table(TCVN3, [*range(0x80, 0xA1), *range(0xB0, 0xB5)])
    viscii, vps = _table(VISCII), _table(_VPS)
    return {
        "tcvn3": lambda text: text.translate(tcvn3),
        "vni": spelled_vni,
        "viscii": lambda text: text.translate(viscii),
        "vps": lambda text: text.translate(vps),
    }


# So many words must become Vietnamese. VISCII and VPS show mere Western letters.
_LEAST: Final = {"tcvn3": 2, "vni": 2, "viscii": 3, "vps": 3}

_TOKEN: Final = re.compile(
    "[0-9A-Za-z" + re.escape("".join(c for c in _SHOWN if c not in _QUOTES and c != "\u00a0"))
    # letters of Unicode: such a word is in no old encoding
    + "\u0100-\u017f\u01a0\u01a1\u01af\u01b0\u0300-\u036f\u1e00-\u1eff]+"
)  # fmt: skip
_TWIN = str.maketrans("\u00d0\u00f0", "Đđ")
# A sign between two letters of one word; ® or § before the rest of one (đ and Đ of TCVN3).
_STRONG_TCVN3 = re.compile(
    "[a-z][\u00a8-\u00ac\u00ae\u00b5-\u00b9\u00ad][a-z]|^[\u00ae\u00a7]\\S{2}"
)
# Words of TCVN3 that show no letter at all: đã, đả, đá, đạ.
_SIGNS = re.compile("[\u00ae\u00a7][\u00b5-\u00b9]")
_VNI_SIGNS = "ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË"
_VNI_PAIR = re.compile(f"[aeouyôöAEOUYÔÖ][{_VNI_SIGNS}]")
# Pairs of vowels that French and German words have as well: Thaï, où, août, Israël, poète.
_VNI_WESTERN = re.compile("[aou]ï|o[ùûëéèê]|a[îëéèüö]|u[éèëêâï]|e[üéè]", re.IGNORECASE)
# A unit of measure beside a figure.
_UNIT = re.compile("[µμ][a-zA-Z]?$|[kcdmh]?m[²³]$")

_DIGITS = frozenset("0123456789")

_HIT, _BOTH, _MISS, _UNICODE, _PLAIN = range(5)


def _sound(word: str) -> bool:
    """Tell whether a word is a Vietnamese syllable in small letters, capitals or with one first."""
    if not (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())):
        return False
    return is_syllable(word) or (not word.isascii() and word.lower() in name_words())


@lru_cache(maxsize=4096)
def _judged(word: str, encoding: str) -> int:
    """Tell what a word is to an encoding."""
    if word.isascii() or not any(map(str.isalpha, word)) or _UNIT.match(word):
        return _PLAIN
    if any(ord(c) > 0xFF and c not in _SHOWN for c in word):
        return _UNICODE
    turned = _spellers()[encoding](word)
    twin = word.translate(_TWIN)
    own = _sound(twin)
    if turned in (word, twin) and own:
        return _PLAIN
    if not _DIGITS.isdisjoint(word):
        return _PLAIN
    if _sound(turned):
        # Ø is a diameter, and ỉ: a letter by itself proves nothing
        return _BOTH if own or len(word) == 1 else _HIT
    return _UNICODE if own else _MISS


def _also(word: str, encoding: str, opens: bool) -> bool:
    """Tell whether a sign, or a word that proves nothing, is one of the encoding beside others."""
    if word.isascii() or (word == "«" and not opens):
        return False
    return spelled(word, encoding) != word


class _Run(NamedTuple):
    """Words of one text that may stand in one encoding."""

    start: int
    end: int
    hits: int
    misses: int
    telling: bool
    strong: bool


def _telling(word: str, encoding: str) -> bool:
    """Tell whether no word of a Western language looks like this one."""
    return encoding != "vni" or bool(
        not set("ñÑöÖ").isdisjoint(word) or _VNI_PAIR.search(_VNI_WESTERN.sub("", word))
    )


def _strong(word: str, encoding: str) -> bool:
    """Tell whether a single word is enough to be sure of the encoding."""
    if encoding == "tcvn3":
        return len(word) > 2 and _STRONG_TCVN3.search(word) is not None
    if encoding == "vni":
        # two letters with signs of their own, such as no Western word has them
        pairs = len(_VNI_PAIR.findall(word)) + sum(word.count(c) for c in "ñÑ")
        return pairs >= 2 or (pairs == 1 and any(c in word for c in "öÖæÆ"))
    return False


def _runs(text: str, encoding: str) -> list[_Run]:
    """Return the stretches between Vietnamese words in Unicode that hold words of an encoding."""
    found: list[_Run] = []
    start = end = hits = misses = pending = 0
    telling = strong = alone = False
    tokens = [(m.start(), m.end(), _judged(m[0], encoding)) for m in _TOKEN.finditer(text)]
    # « is ô in TCVN3 (ô nhiễm): when nothing closes it, it opens no quotation
    opens = encoding == "tcvn3" and "»" not in text
    mixed = any(kind == _UNICODE for _, _, kind in tokens)
    for at, stop, kind in [*tokens, (len(text), len(text), _UNICODE)]:
        if kind == _PLAIN and not mixed and _also(text[at:stop], encoding, opens):
            kind = _BOTH
        elif kind == _PLAIN and encoding == "tcvn3" and _SIGNS.fullmatch(text, at, stop):
            kind = _HIT
        if kind == _UNICODE:
            if hits:
                found.append(_Run(start, end, hits, misses, telling, strong))
            hits = misses = pending = 0
            telling = strong = alone = False
        elif kind == _HIT:
            if not hits and not alone:
                start = at
            end, misses, pending = stop, misses + pending, 0
            hits += 1
            telling = telling or _telling(text[at:stop], encoding)
            strong = strong or _strong(text[at:stop], encoding)
        elif kind == _BOTH and not mixed:
            if not hits and not alone:
                start, alone = at, True
            if hits:
                end = stop
        elif kind == _MISS:
            # a name behind the last word of the encoding does not belong to it
            pending += bool(hits)
    return found


def _accepted(run: _Run, encoding: str) -> bool:
    enough = run.telling and run.hits >= _LEAST[encoding]
    return (enough or run.strong) and run.misses * 4 <= run.hits


def _font_stretches(text: str) -> list[Stretch]:
    """Return the stretches of a text in a font encoding; one text is in one of them."""
    best: list[tuple[bool, int, str, list[_Run]]] = []
    for encoding in _LEAST:
        runs = _runs(text, encoding)
        accepted = [run for run in runs if _accepted(run, encoding)]
        score = sum(run.hits - 2 * run.misses for run in runs)
        best.append((bool(accepted), score, encoding, accepted))
    best.sort(key=lambda one: (-one[0], -one[1]))
    told, score, encoding, runs = best[0]
    if not told:
        return []
    rival, other = max((one[1], one[2]) for one in best[1:])
    found: list[Stretch] = []
    for run in runs:
        piece = text[run.start : run.end]
        turned = spelled(piece, encoding)
        # as many words under another encoding: sure only when it says the same, or odd words
        alone = rival < score or _usual(turned, spelled(piece, other))
        sure = alone and not run.misses
        found.append(Stretch(run.start, run.end, encoding, turned, sure))
    return found


def _usual(text: str, other: str) -> bool:
    """Tell whether a text is the same as another, or of far more usual words where they differ."""
    ranks = common()
    pairs = [
        (one.lower(), two.lower())
        for one, two in zip(text.split(), other.split(), strict=False)
        if one != two
    ]
    return all(one in ranks for one, _ in pairs) and (
        not pairs or any(two not in ranks for _, two in pairs)
    )


def spelled(text: str, encoding: str) -> str:
    """Return in NFC what a stretch in a font encoding says, word for word; all else is left."""
    speller = _spellers()[encoding]

    def word(match: re.Match[str]) -> str:
        piece = match[0]
        if piece.isascii() or _judged(piece, encoding) == _UNICODE:
            return piece
        turned = speller(piece)
        if any(map(str.isalnum, piece)) and _judged(piece, encoding) != _PLAIN:
            return turned
        # a sign by itself: « may be ô, ° is nothing but a degree
        return turned if _sound(turned) and (len(turned) > 1 or turned.islower()) else piece

    return unicodedata.normalize("NFC", _TOKEN.sub(word, text))


# ---- UTF-8 read in a Western code page --------------------------------------------------------

# The lead byte of à, á, â ... is Ă in the Vietnamese code page.
_LATIN = {**_SHOWN, "Ă": 0xC3}
_TRAIL = re.escape("".join(c for c, code in _SHOWN.items() if code < 0xC0))
_UTF8 = re.compile(f"[ÂÃÄÅÆĂËÌ][{_TRAIL}]|[áâ][{_TRAIL}]{{2}}|ï»¿")
# Ends of quotes, dashes and the like that may stand behind a capital of Vietnamese.
_NATURAL = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a0\u203a»®°™²³¹ª‚„·")
# No syllable is longer.
_LONGEST: Final = 8
# What is left where a byte was lost on the way.
_LOST = re.compile("á[º»]|[a-zđ]Ã|[ÄÅÆ]|â€")
_PUNCTUATION = frozenset(
    "\u00a0\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026°²³½«»·±×§€™®©\ufeff\u0300\u0301\u0303"
    "\u0309\u0323\u0302\u0306\u031b"
)
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + mark + tone)
    for letter, mark in (
        ("a", ""), ("a", "\u0302"), ("a", "\u0306"), ("e", ""), ("e", "\u0302"), ("i", ""),
        ("o", ""), ("o", "\u0302"), ("o", "\u031b"), ("u", ""), ("u", "\u031b"), ("y", ""),
        ("A", ""), ("A", "\u0302"), ("A", "\u0306"), ("E", ""), ("E", "\u0302"), ("I", ""),
        ("O", ""), ("O", "\u0302"), ("O", "\u031b"), ("U", ""), ("U", "\u031b"), ("Y", ""),
    )
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | {"đ", "Đ"}  # fmt: skip


def _read(shown: str, again: bool) -> str | None:
    """Return the character behind those that a Western code page shows for its bytes.

    ``again`` tells that it is to be read once more: any that the code page shows will do.
    """
    try:
        read = bytes(_LATIN[c] for c in shown).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    good = read in _VIETNAMESE or read in _PUNCTUATION or (again and read in _LATIN)
    return read if good else None


def _utf8_pieces(text: str, again: bool = False) -> tuple[list[tuple[int, int, str]], bool]:
    """Return the places of a text that are UTF-8 misread, and whether they are surely that."""
    found: list[tuple[int, int, str]] = []
    strong = 0
    for match in _UTF8.finditer(text):
        read = _read(match[0], again)
        if read is None:
            continue
        before = text[match.start() - 1 : match.start()]
        found.append((match.start(), match.end(), read))
        if (
            len(match[0]) == 3
            or match[0][0] in "ÄÅÆ"
            or before.islower()
            or (not before.isalpha() and match[0][1] not in _NATURAL)
        ):
            strong += 1
    if strong == 1 and len(found) == 1 and not again:
        # a single place must give a Vietnamese word, or a sign
        start, end, read = found[0]
        if read.isalpha():
            head = re.search(r"[^\W\d_]*$", text[max(start - _LONGEST, 0) : start])
            tail = re.match(r"[^\W\d_]*", text[end : end + _LONGEST])
            word = (head[0] if head else "") + read + (tail[0] if tail else "")
            return found, is_syllable(word)
    return found, strong > 0


def _utf8_once(text: str, again: bool = False) -> tuple[str, int, int] | None:
    """Return a text read anew, and how much of its beginning and its end was sound."""
    pieces, sure = _utf8_pieces(text, again)
    if not pieces or not sure:
        return None
    made: list[str] = []
    at = 0
    for start, end, read in pieces:
        made += [text[at:start], read]
        at = end
    made.append(text[at:])
    return "".join(made), pieces[0][0], len(text) - pieces[-1][1]


def _utf8_stretch(text: str) -> Stretch | None:
    """Return the part of a text that is UTF-8 misread, once or twice."""
    once = _utf8_once(text, again=True)
    twice = _utf8_once(once[0]) if once is not None else None
    if once is not None and twice is not None:
        read, head, tail = twice[0], min(once[1], twice[1]), min(once[2], twice[2])
    else:
        once = _utf8_once(text)
        if once is None:
            return None
        read, head, tail = once
    # from the word of the first letter to that of the last
    start, end = head, len(text) - tail
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    turned = read[start : len(read) - (len(text) - end)]
    whole = _LOST.search(turned) is None
    turned = unicodedata.normalize("NFC", turned.replace("\u00a0", " ").replace("\ufeff", ""))
    return Stretch(start, end, "utf8_twice" if twice else "utf8", turned, whole, whole)


# ---- whole texts ------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def find(raw: str) -> tuple[Stretch, ...]:
    """Return the stretches of one text that stand in an old encoding or were read in a wrong one.

    ``raw`` is the text as it was given: invisible characters may be letters (U+00AD is ư in TCVN3).
    """
    misread = _utf8_stretch(raw)
    return (misread,) if misread is not None else tuple(_font_stretches(raw))


# Letters and signs that Vietnamese in Unicode does not use inside a word; a passage that holds one
# is looked at. Not among them: what stands in good texts again and again (°, ², «, §).
_ODD = frozenset("äåæçëîïñöøûüþÿßÄÅÆÇËÎÏÑÖØÛÜÞŸœŒšŠžŽƒ¡¢£¤¥¦¨¬¯´¶¸¿€†‡ˆ˜‰ªº¼½¾µ¹ð\u00d0")
# Signs that may stand in a good text, but not between two letters.
_GLUED = frozenset("©®«»·\u00a7\u00a0\u00b1\u00d7÷")
# A vowel and a sign of VNI that no Vietnamese word has side by side; signs that Vietnamese lacks
# altogether (ø, û, ï) are among the odd letters.
_VNI_TOLD: Final = ("aâ", "oâ", "eâ", "aù", "où", "uù", "aõ", "aá", "AÂ", "OÂ", "EÂ", "AÙ")
_LOOSE = re.compile("[\u0080-\u009f\u00ad]")


def _suspects(prose: Prose) -> Iterator[Passage]:
    """Yield the passages that may hold a stretch in an old encoding, some of them twice."""
    words: set[int] = set()
    odd = prose.characters & _ODD
    if odd:
        for word, numbers in prose.distinct.items():
            if not odd.isdisjoint(word):
                words.update(numbers)
    glued = prose.characters & (_GLUED | odd)
    if glued:
        for gap, behind in prose.gaps.items():
            if not glued.isdisjoint(gap) and (not odd.isdisjoint(gap) or not gap[0].isspace()):
                words.update(number for number in behind if number < len(prose.words))
                if behind[-1] >= len(prose.words) > 0:
                    words.add(len(prose.words) - 1)
    joined = "\n".join(prose.distinct)
    told = [pair for pair in _VNI_TOLD if pair in joined]
    if told:
        for word, numbers in prose.distinct.items():
            if not word.isascii() and any(pair in word for pair in told):
                words.update(numbers)
    offsets = [prose.starts[number] for number in sorted(words)]
    for passage in prose.passages:
        if not passage.plain and _LOOSE.search(passage.raw):
            yield passage
        elif offsets:
            # a gap may belong to the passage before its word
            place = bisect_left(offsets, passage.start)
            near = offsets[place] if place < len(offsets) else len(prose.text)
            if near < passage.end or near - passage.end < 8:
                yield passage


class Found(NamedTuple):
    """The stretches of all texts, each with its passage, and the words that stand in them."""

    stretches: tuple[tuple[Passage, Stretch], ...]
    words: frozenset[int]


_NOTHING: Final = Found((), frozenset())
_KNOWN: WeakKeyDictionary[Prose, Found] = WeakKeyDictionary()


def stretches(prose: Prose) -> Found:
    """Return the stretches of all texts; they are looked for once."""
    found = _KNOWN.get(prose)
    if found is None:
        found = _KNOWN[prose] = _looked_up(prose)
    return found


def _looked_up(prose: Prose) -> Found:
    held = [(passage, stretch) for passage in _suspects(prose) for stretch in find(passage.raw)]
    if not held:
        return _NOTHING
    words: set[int] = set()
    for passage, stretch in held:
        numbers = range(prose.number_at(passage.start), prose.number_at(passage.end))

        def begin(number: int) -> int:
            return prose.raw(prose.starts[number], prose.end(number))[1]

        def stop(number: int) -> int:
            return prose.raw(prose.starts[number], prose.end(number))[2]

        first = bisect_right(numbers, stretch.start, key=stop)
        words.update(numbers[first : bisect_left(numbers, stretch.end, key=begin)])
    return Found(tuple(held), frozenset(words))
