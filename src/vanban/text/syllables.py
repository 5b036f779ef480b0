"""The syllables that Vietnamese can have: onset, rime and tone, with the limits among them.

A syllable is taken apart by looking its pieces up, so that nothing has to be generated. What a
damaged word was meant to be is sought among the syllables that official texts use.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from vanban.start.tables import toml
from vanban.text import FOLDER

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LEVEL, FALLING, RISING, DIPPING, CREAKY, HEAVY = range(6)
_VOWELS = "aăâeêioôơuưy"

# Every toned vowel -> (vowel without its tone, tone) and back.
_TONED = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
    for vowel in _VOWELS
    for tone, mark in enumerate(_TONES)
}
_WITH_TONE = {pair: letter for letter, pair in _TONED.items()}
_BARE = str.maketrans({letter: vowel for letter, (vowel, _) in _TONED.items()})
_PLAIN = str.maketrans("ăâêôơưđ", "aaeooud")
_LETTERS = frozenset("abcdđeghiklmnopqrstuvxy" + _VOWELS) | frozenset(_TONED)

_LABIAL = frozenset(("b", "m", "p", "ph", "v"))
_FRONT = frozenset("ieêy")
_NUCLEI = frozenset(_VOWELS)
_Y_ALONE = frozenset(("", "h", "k", "l", "m", "s", "t", "v", "th", "n", "d"))


class _Parts(NamedTuple):
    """Of what syllables are made (see ``syllables.toml``)."""

    onsets: frozenset[str]
    simple: frozenset[str]
    glided: frozenset[str]
    after_qu: frozenset[str]
    after_gi: frozenset[str]
    others: frozenset[str]


@cache
def _parts() -> _Parts:
    data = toml(FOLDER / "syllables.toml")
    keys = ("am_dau", "van", "van_dem", "sau_qu", "sau_gi", "ngoai_khuon")
    first, *rest = (frozenset(data[key].split()) for key in keys)
    return _Parts(first | {""}, *rest)


class Syllable(NamedTuple):
    """A word taken apart: its tone may still stand on the wrong letter or be impossible."""

    onset: str
    rime: str
    tone: int
    at: int


@cache
def _places(rime: str) -> tuple[int, ...]:
    """Return where the tone mark of a rime may stand, counted from its first letter."""
    for vowel in "ơêôăâ":
        if vowel in rime:
            return (rime.rindex(vowel),)
    if rime == "n" or len(rime) == 1 or rime[1] not in _VOWELS:
        return (0,)
    if rime in ("oa", "oe", "uy"):
        return (0, 1)
    if rime[:2] in ("oa", "oe", "uy", "oo"):
        return (1,)
    return (0,)


@lru_cache(maxsize=8192)
def _apart(bare: str) -> tuple[str, str] | None:
    """Return onset and rime of a word without tones, or None when no syllable is built so."""
    sets = _parts()
    if bare[:2] == "qu":
        return ("qu", bare[2:]) if bare[2:] in sets.after_qu else None
    if bare[:2] == "gi" and bare[2:] in sets.after_gi:
        return "gi", bare[2:]
    for size in (3, 2, 1, 0):
        onset, rime = bare[:size], bare[size:]
        if len(onset) == size and onset in sets.onsets and rime[:1] in _NUCLEI:
            return (onset, rime) if _fits(onset, rime) else None
    return None


def _fits(onset: str, rime: str) -> bool:
    """Tell whether a rime may follow an onset."""
    glided = rime in _parts().glided
    if not glided and rime not in _parts().simple:
        return False
    front = rime[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front and rime[:2] != "yê" and (rime != "y" or onset == "k")
    if onset == "c":
        return not front and not glided
    if onset == "g":
        # gì is the one word in which g stands before i.
        return rime == "i" or (not front and (not glided or rime[:2] in ("oa", "oă")))
    if onset == "ng":
        return not front
    if onset in ("gi", "qu"):
        return False
    if rime[:2] == "yê":
        return onset == ""
    if rime[:2] == "iê":
        return onset != ""
    if rime == "y":
        return onset in _Y_ALONE
    if glided and onset in _LABIAL:
        return False
    if rime == "uơ":
        return onset in ("h", "th", "kh")
    return True


@lru_cache(maxsize=16384)
def parse(word: str) -> Syllable | None:
    """Take a word apart (any case); None when its letters can be no Vietnamese syllable."""
    if len(word) > 8:
        return None
    lower = word.lower()
    tone, at = LEVEL, -1
    for place, letter in enumerate(lower):
        toned = _TONED.get(letter)
        if toned is not None and toned[1]:
            if tone:
                return None
            tone, at = toned[1], place
    parts = _apart(lower.translate(_BARE))
    if parts is None:
        return None
    return Syllable(*parts, tone, at)


def _sound(found: Syllable) -> bool:
    """Tell whether the tone can be: a stop at the end takes only the rising and heavy ones."""
    rime = found.rime
    return found.tone in (RISING, HEAVY) or not (rime[-1] in "ptc" or rime[-2:] == "ch")


def _where(found: Syllable) -> tuple[int, ...]:
    """Return where the tone mark may stand, counted from the first letter of the word."""
    if found.rime == "n":
        return (1,)
    return tuple(len(found.onset) + place for place in _places(found.rime))


def onsets() -> frozenset[str]:
    """Return the consonants with which a syllable begins, and the empty text for none."""
    return _parts().onsets


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Tell whether a word (NFC, any case) is a possible Vietnamese syllable, rightly written."""
    if word.lower() in _parts().others:
        return True
    found = parse(word)
    if found is None or not _sound(found):
        return False
    return not found.tone or found.at in _where(found)


def tone_moved(word: str) -> str | None:
    """Return the word with its tone mark on the right letter when it stands on a wrong one."""
    found = parse(word)
    if found is None or not found.tone or not _sound(found):
        return None
    places = _where(found)
    if found.at in places or word.lower() in _parts().others:
        return None
    letters = list(word)
    letters[found.at] = _cased(_TONED[word[found.at].lower()][0], word[found.at])
    # Of the two places of an open oa, oe, uy neither is wrong: only one place is left here.
    aim = letters[places[0]]
    letters[places[0]] = _cased(_WITH_TONE[aim.lower(), found.tone], aim)
    return "".join(letters)


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def like_case(word: str, model: str) -> str:
    """Return a lower-case word in the case of ``model``: capitals, a capital first, or none."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def bare(word: str) -> str:
    """Return a lower-case word without its tone mark."""
    return word.translate(_BARE)


def skeleton(word: str) -> str:
    """Return a word as it is typed without any mark: lower case, a to z."""
    return word.lower().translate(_BARE).translate(_PLAIN)


def marked(word: str) -> bool:
    """Tell whether a word carries a Vietnamese mark (a tone, a hat, a horn, đ)."""
    return not word.isascii()


def vietnamese_letters(word: str) -> bool:
    """Tell whether a word is made of letters of the Vietnamese alphabet only."""
    return _LETTERS.issuperset(word.lower())


@cache
def common() -> dict[str, int]:
    """Return the syllables that official texts use, each with its rank (0 is the commonest)."""
    source = (FOLDER / "syllables.txt").read_text("utf-8")
    words = (
        word for line in source.splitlines() if not line.startswith("#") for word in line.split()
    )
    return {word: rank for rank, word in enumerate(dict.fromkeys(words))}


@cache
def _by_skeleton() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in common():
        found.setdefault(skeleton(word), []).append(word)
    return {key: tuple(words) for key, words in found.items()}


# Neighbours on the keyboard: what a finger hits in the place of another letter.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _near_keys() -> dict[str, str]:
    near: dict[str, str] = {}
    for number, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            below = _ROWS[number + 1] if number + 1 < len(_ROWS) else ""
            above = _ROWS[number - 1] if number else ""
            near[key] = beside + below[max(0, place - 1) : place + 1] + above[place : place + 2]
    return near


_NEAR_KEYS = _near_keys()
_ALPHABET = "abcdeghiklmnopqrstuvxy"


def _changed(typed: str) -> dict[str, float]:
    """Return what one slip of the finger makes of a skeleton, each with the cost of the slip."""
    found: dict[str, float] = {}

    def put(text: str, cost: float) -> None:
        if cost < found.get(text, 9.0):
            found[text] = cost

    for place in range(len(typed) + 1):
        head, tail = typed[:place], typed[place:]
        if tail:
            doubled = head[-1:] == tail[0]
            put(head + tail[1:], 0.6 if doubled else 1.0)
            for letter in _ALPHABET:
                put(head + letter + tail[1:], 0.9 if letter in _NEAR_KEYS[tail[0]] else 1.2)
        if len(tail) > 1:
            put(head + tail[1] + tail[0] + tail[2:], 0.8)
        for letter in _ALPHABET:
            put(head + letter + tail, 1.0)
    found.pop(typed, None)
    return found


def _marks_cost(word: str, meant: str) -> float:
    """Return how far the marks of two words lie apart, letter by letter of their skeletons."""
    tone = _tone_of(word)
    other = _tone_of(meant)
    cost = 0.0 if tone == other else 0.35 if not tone else 0.7
    hats = sum(letter in "ăâêôơưđ" for letter in bare(word))
    wanted = [letter for letter in bare(meant) if letter in "ăâêôơưđ"]
    held = [letter for letter in bare(word) if letter in "ăâêôơưđ"]
    if held == wanted:
        return cost
    missing = len(wanted) - hats
    return cost + (0.3 * missing if missing > 0 else 0.4) + (0.1 if missing > 1 else 0.0)


def _tone_of(word: str) -> int:
    for letter in word:
        toned = _TONED.get(letter)
        if toned is not None and toned[1]:
            return toned[1]
    return LEVEL


class Guess(NamedTuple):
    """A syllable that a damaged word may stand for: the smaller the cost, the likelier."""

    word: str
    cost: float
    only_marks: bool


@lru_cache(maxsize=4096)
def guesses(word: str) -> tuple[Guess, ...]:
    """Return the syllables of official texts that one slip away, the likeliest first."""
    lower = word.lower()
    if len(lower) < 2 or len(lower) > 9 or not vietnamese_letters(lower):
        return ()
    typed = skeleton(lower)
    index, ranks = _by_skeleton(), common()
    best: dict[str, tuple[float, bool]] = {}
    for meant in index.get(typed, ()):
        best[meant] = (_marks_cost(lower, meant), True)
    for other, slip in _changed(typed).items():
        for meant in index.get(other, ()):
            cost = slip + _marks_cost(lower, meant)
            if meant not in best or cost < best[meant][0]:
                best[meant] = (cost, False)
    # A rarer word must lie clearly nearer: the whole list is worth less than one slip.
    weight = 0.5 / max(len(ranks), 1)
    ordered = sorted(best, key=lambda meant: (best[meant][0] + weight * ranks[meant], meant))
    return tuple(Guess(meant, *best[meant]) for meant in ordered if meant != lower)


def nearest(word: str, limit: int = 3) -> tuple[str, ...]:
    """Return at most ``limit`` legal syllables that a damaged word may stand for, in its case."""
    return tuple(like_case(guess.word, word) for guess in guesses(word)[:limit])


@lru_cache(maxsize=4096)
def split(word: str, most: int = 4) -> tuple[str, ...] | None:
    """Return the syllables that stand glued together in a word, or None.

    Two to ``most`` parts, each one of the syllables that official texts use; the split with the
    fewest parts, then with the commonest ones.
    """
    if not 4 <= len(word) <= 7 * most:
        return None
    ranks, lower = common(), word.lower()
    # best[end]: (parts, sum of ranks, start of the last part)
    best: list[tuple[int, int, int] | None] = [(0, 0, 0)] + [None] * len(lower)
    for end in range(1, len(lower) + 1):
        for start in range(max(0, end - 7), end):
            before, piece = best[start], lower[start:end]
            if before is None or piece not in ranks or (len(piece) == 1 and piece != "ở"):
                continue
            offer = (before[0] + 1, before[1] + ranks[piece], start)
            held = best[end]
            if held is None or offer < held:
                best[end] = offer
    last = best[-1]
    if last is None or not 2 <= last[0] <= most:
        return None
    cuts = [len(lower)]
    while cuts[-1]:
        step = best[cuts[-1]]
        cuts.append(step[2] if step else 0)
    cuts.reverse()
    return tuple(word[a:b] for a, b in pairwise(cuts))


_TELEX_TONE = {"f": FALLING, "s": RISING, "r": DIPPING, "x": CREAKY, "j": HEAVY}
_VNI_TONE = {"1": RISING, "2": FALLING, "3": DIPPING, "4": CREAKY, "5": HEAVY}
# No English word begins so.
_NOT_ENGLISH = frozenset(("kh", "ng", "nh"))
_DOUBLED = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}
_HORNED = {"a": "ă", "o": "ơ", "u": "ư"}
_HATTED = {"a": "â", "e": "ê", "o": "ô"}


class Decoded(NamedTuple):
    """What the keys of an input method meant: ``certain`` when they can mean nothing else."""

    word: str
    certain: bool


def _placed(letters: str, tone: int) -> str | None:
    """Return a toneless word with its tone on the right letter, when that is a syllable."""
    parts = _apart(letters)
    if parts is None:
        return None
    found = Syllable(*parts, tone, -1)
    if not _sound(found):
        return None
    if not tone:
        return letters
    place = _where(found)[0]
    return letters[:place] + _WITH_TONE[letters[place], tone] + letters[place + 1 :]


@lru_cache(maxsize=4096)
def telex(word: str, *, trusted: bool = False) -> Decoded | None:
    """Return what a word with left-over keys of Telex or VNI was meant to be, or None.

    ``trusted`` tells that the words beside it speak for it: a single key is then enough.
    """
    lower = word.lower()
    if not 3 <= len(lower) <= 12:
        return None
    if any(letter.isdigit() for letter in lower):
        return _vni(word, lower)
    if is_syllable(lower) or _tone_of(lower):
        return None
    letters: list[str] = []
    tone, keys, strong = LEVEL, 0, 0
    for place, key in enumerate(lower):
        last = letters[-1] if letters else ""
        if key == "d" and last == "d" and len(letters) == 1:
            letters[-1], keys, strong = "đ", keys + 2, strong + 2
        elif key in "aeo" and key in letters and _after_same(letters, key):
            spot = len(letters) - 1 - letters[::-1].index(key)
            letters[spot], keys = _DOUBLED[key], keys + 1
        elif key == "w" and letters:
            if not _horn(letters):
                return None
            keys += 1
        elif key in _TELEX_TONE and place and _has_vowel(letters) and _tone_key(lower, place):
            if tone:
                return None
            tone, keys = _TELEX_TONE[key], keys + 1
            strong += key in "fj"
        elif key in _LETTERS:
            letters.append(key)
        else:
            return None
    if not keys:
        return None
    meant = _placed("".join(letters), tone)
    if meant is None or not _usual(meant):
        return None
    if marked(lower):
        return _half_typed(word, meant, tone)
    # English ends words in f, s, r, x and doubles vowels (chef, boots): such keys prove little.
    telling = strong >= 2 or lower[-1] == "j" or "uw" in lower or lower[:2] in _NOT_ENGLISH
    if (
        not trusted
        and not telling
        and (keys < 2 or len(lower) < 6)
        and not ("w" in lower and keys > 1 and len(lower) > 4)
    ):
        return None
    return Decoded(like_case(meant, word), strong >= 2 or keys >= 3)


def _half_typed(word: str, meant: str, tone: int) -> Decoded | None:
    """Weigh a word of which only some keys were taken: đôngf, but viêsn is a slip for viên."""
    ranks, last = common(), word[-1].lower()
    rank = ranks.get(meant, len(ranks))
    if not tone:
        return Decoded(like_case(meant, word), rank < 600)
    if last not in _TELEX_TONE:
        return Decoded(like_case(meant, word), False) if set(word) & set("fj") else None
    # Minority names end so: Ia Mơr.
    if word[0].isupper() and last in "srx":
        return None
    return Decoded(like_case(meant, word), rank < ranks.get(word[:-1].lower(), len(ranks)))


def _after_same(letters: list[str], key: str) -> bool:
    """Tell whether the vowel doubled by a key is the last vowel typed (toans -> a stays)."""
    vowels = [letter for letter in letters if letter in _VOWELS]
    return bool(vowels) and vowels[-1] == key


def _has_vowel(letters: list[str]) -> bool:
    return any(letter in _VOWELS for letter in letters)


def _tone_key(lower: str, place: int) -> bool:
    """Tell whether a tone key stands where one is typed: at the end or after a vowel."""
    return place == len(lower) - 1 or lower[place - 1] in _VOWELS + "w"


def _horn(letters: list[str]) -> bool:
    """Put the horn of a ``w`` on the vowels before it."""
    text = "".join(letters)
    if "uo" in text:
        spot = text.index("uo")
        letters[spot : spot + 2] = ["ư", "ơ"]
        return True
    if "ưo" in text:
        letters[text.index("ưo") + 1] = "ơ"
        return True
    for spot in range(len(letters) - 1, -1, -1):
        if letters[spot] in _HORNED:
            letters[spot] = _HORNED[letters[spot]]
            return True
    return False


def _usual(meant: str) -> bool:
    """Tell whether a syllable, in either placement of its tone, is one of official texts."""
    from vanban.text.tone import to_style

    ranks = common()
    return (
        meant in ranks
        or to_style(meant, "tone_first") in ranks
        or to_style(meant, "tone_main") in ranks
    )


def _vni(word: str, lower: str) -> Decoded | None:
    """Decode VNI keys: d9o62ng, Đa3ng; codes and units (m2, H5N1, co2) are no words."""
    if not word[0].isalpha() or any(letter.isupper() for letter in word[1:]):
        return None
    letters: list[str] = []
    tone, keys, inside = LEVEL, 0, 0
    for place, key in enumerate(lower):
        if not key.isdigit():
            if key not in _LETTERS:
                return None
            letters.append(key)
            continue
        keys += 1
        inside += place + 1 < len(lower)
        last = letters[-1] if letters else ""
        if key in _VNI_TONE and not tone and _has_vowel(letters):
            tone = _VNI_TONE[key]
        elif key == "9" and last == "d" and len(letters) == 1:
            letters[-1] = "đ"
        elif key == "7" and _horn(letters):
            pass
        elif key in "68":
            table = _HATTED if key == "6" else {"a": "ă"}
            spots = [i for i, letter in enumerate(letters) if letter in table]
            if not spots:
                return None
            letters[spots[-1]] = table[letters[spots[-1]]]
        else:
            return None
    if not inside or len(letters) < 2:
        return None
    meant = _placed("".join(letters), tone)
    if meant is None or not _usual(meant):
        return None
    return Decoded(like_case(meant, word), keys >= 2 or marked(lower))
