"""Ways to damage a clean line, at least one for each rule about words that mends safely."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vanban.text.encodings import TCVN3, VISCII
from vanban.text.syllables import is_syllable

Place = tuple[int, int, str]
Places = Callable[[str], Iterator[Place]]

HEAD, TAIL, WHOLE = "head", "tail", "whole"


@dataclass(frozen=True)
class Damage:
    """One kind of damage: the rule that mends it, and where it can be done in a line.

    ``places`` yields start, end and the damaged words. A ``passage`` of some words is damaged at
    once; an ``edge`` (``HEAD``, ``TAIL``, ``WHOLE``) is that of a whole text, not of any line.
    """

    rule: str
    name: str
    places: Places
    passage: bool = False
    edge: str = ""

    def __str__(self) -> str:
        return f"{self.rule}-{self.name}"


def words(line: str) -> Iterator[Place]:
    at = 0
    for part in line.split(" "):
        word = part.strip(",.;:()\"'“”")
        start = at + part.find(word)
        if word:
            yield start, start + len(word), word
        at += len(part) + 1


def each_word(change: Callable[[str], str | None]) -> Places:
    def places(line: str) -> Iterator[Place]:
        for start, end, word in words(line):
            made = change(word)
            if made is not None and made != word:
                yield start, end, made

    return places


def table(pairs: dict[str, str]) -> Places:
    """The places of whole words, each with what stands there by mistake."""

    def places(line: str) -> Iterator[Place]:
        for right, wrong in pairs.items():
            for found in re.finditer(rf"(?<![^\W\d_]){re.escape(right)}(?![^\W\d_])", line):
                yield found.start(), found.end(), wrong

    return places


def pattern(expression: str, new: str) -> Places:
    def places(line: str) -> Iterator[Place]:
        for found in re.finditer(expression, line):
            yield found.start(), found.end(), found.expand(new)

    return places


# -- letters

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHAPES = frozenset("\u0302\u0306\u031b")
ALIKE = {"Đ": "Ð", "a": "\u0430", "o": "\u043e", "c": "\u0441", "e": "\u0435"}


def _hidden(word: str) -> str | None:
    return word[:2] + "\u200b" + word[2:] if len(word) > 2 else None


def _nfd(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _half(word: str) -> str:
    """The tone apart from its letter, as Windows-1258 has it."""
    made = ""
    for letter in word:
        marks = _nfd(letter)
        tone = "".join(sign for sign in marks if sign in _TONES)
        rest = unicodedata.normalize("NFC", "".join(sign for sign in marks if sign not in _TONES))
        made += rest + tone if rest not in "aeiouyAEIOUY" else letter
    return made


def _turned(word: str) -> str:
    """The tone typed before the hat: é and a loose hat."""
    made = ""
    for letter in word:
        marks = _nfd(letter)
        if len(marks) == 3 and "\u0323" not in marks and "\u031b" not in marks:
            made += marks[0] + marks[2] + marks[1]
        else:
            made += letter
    return unicodedata.normalize("NFC", made) if made != word else made


def _alike(word: str) -> str | None:
    """One letter of a word that is plainly Vietnamese."""
    if len(word) > 2 and not word.isascii():
        for at, sign in enumerate(word):
            if sign in ALIKE:
                return word[:at] + ALIKE[sign] + word[at + 1 :]
    return None


def _wide(word: str) -> str | None:
    """Letters and figures of East Asian width."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in word) if word.isascii() else None


def _bold(word: str) -> str | None:
    """Mathematical letters, as they are used to make words bold in messages."""
    if not (word.isascii() and word.isalpha()):
        return None
    return "".join(chr(0x1D400 + ord(s) - 65 if s < "a" else 0x1D41A + ord(s) - 97) for s in word)


# -- encodings


def _by_table(letters: str) -> Callable[[str], str | None]:
    """Spell words in a table of 128 letters; None where the Western page shows no letter."""
    codes = {letter: 0x80 + at for at, letter in enumerate(letters) if at >= 0x21}

    def spell(text: str) -> str | None:
        if any(not sign.isascii() and sign not in codes for sign in text):
            return None
        return "".join(chr(codes[sign]) if sign in codes else sign for sign in text)

    return spell


_VNI_LETTERS = {
    "đ": "ñ", "ơ": "ô", "ư": "ö", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì",
    "à": "aø", "ạ": "aï",
}  # fmt: skip
_VNI_SIGNS = {
    "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "\u0302": "â",
    "\u0302\u0301": "á", "\u0302\u0300": "à", "\u0302\u0309": "å", "\u0302\u0303": "ã",
    "\u0302\u0323": "ä", "\u0306": "ê", "\u0306\u0301": "é", "\u0306\u0300": "è",
    "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0306\u0323": "ë",
}  # fmt: skip


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_LETTERS:
        made = _VNI_LETTERS[small]
    else:
        signs = _nfd(small)
        tone = "".join(sign for sign in signs[1:] if sign in _TONES)
        shape = "".join(sign for sign in signs[1:] if sign in _SHAPES)
        body = signs[0]
        if shape == "\u031b":
            body, shape = _VNI_LETTERS[unicodedata.normalize("NFC", body + shape)], ""
        made = body + _VNI_SIGNS.get(shape + tone, "")
    return made if letter == small else made.upper()


def _vni(text: str) -> str | None:
    signs = [s for s in text if not s.isascii()]
    if any(not s.isalpha() for s in signs):
        return None
    return "".join(sign if sign.isascii() else _vni_letter(sign) for sign in text)


def _misread(text: str) -> str | None:
    """UTF-8 read in the Western code page; None where a byte has no sign that can be seen."""
    shown = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8")
    )
    return None if re.search("[\x80-\x9f]", shown) else shown


def _twice(text: str) -> str | None:
    once = _misread(text)
    return _misread(once) if once is not None else None


_PASSAGE = 6


def _telling(word: str) -> bool:
    """Tell whether nobody takes a word for Vietnamese as it stands."""
    # ð by itself is but a look-alike of đ
    return not word.isascii() and not is_syllable(word.replace("ð", "đ"))


def passage(spell: Callable[[str], str | None]) -> Places:
    """Passages of a few words; what may be Vietnamese as it stands is not at their edges."""

    def places(line: str) -> Iterator[Place]:
        found = list(words(line))
        for first in range(len(found) - _PASSAGE):
            start, end = found[first][0], found[first + _PASSAGE - 1][1]
            made = spell(line[start:end])
            shown = [word for _, _, word in words(made or "")]
            if made and _telling(shown[0]) and _telling(shown[-1]) and _enough(shown):
                yield start, end, made

    return places


def whole(spell: Callable[[str], str | None]) -> Places:
    """The whole line; its first and last damaged words are none of Vietnamese (Hồ as Hoà)."""

    def places(line: str) -> Iterator[Place]:
        made = spell(line)
        shown = [word for _, _, word in words(made or "")]
        odd = [word for word in shown if not word.isascii()] or [""]
        if made and _enough(shown) and _telling(odd[0]) and _telling(odd[-1]):
            yield 0, len(line), made

    return places


def _enough(shown: list[str]) -> bool:
    return sum(map(_telling, shown)) > 2


# -- keys

_KEYS = {"\u0302": "", "\u0306": "w", "\u031b": "w", "\u0301": "s", "\u0300": "f", "\u0309": "r",
         "\u0303": "x", "\u0323": "j"}  # fmt: skip
_DIGITS = {"\u0302": "6", "\u0306": "8", "\u031b": "7", "\u0301": "1", "\u0300": "2",
           "\u0309": "3", "\u0303": "4", "\u0323": "5"}  # fmt: skip


def _keyed(word: str, signs: dict[str, str], d: str) -> tuple[str, str, int]:
    """A word as keys: the letters with their shapes, the key of the tone, how many keys in all."""
    made, tone, keys = "", "", 0
    for letter in word:
        if letter in "đĐ":
            made, keys = made + ("d" if letter == "đ" else "D") + d, keys + len(d)
            continue
        base, *marks = _nfd(letter)
        made += base
        for mark in marks:
            keys += 1
            if mark in _TONES:
                tone = signs[mark]
            else:
                # Telex doubles the letter for a hat.
                made += signs[mark] or base.lower()
    return made, tone, keys


def _telex(word: str) -> str | None:
    """The keys of Telex left as they were typed, where they are at least three."""
    made, tone, keys = _keyed(word, _KEYS, "d")
    # The two keys of đ are both its own.
    keys += word.count("đ") + word.count("Đ")
    return made + tone if keys > 2 else None


def _vni_keys(word: str) -> str | None:
    """The keys of the VNI method left as they were typed, where they are at least two."""
    made, tone, keys = _keyed(word, _DIGITS, "9")
    inside = any(sign.isdigit() for sign in made[:-1])
    return made + tone if keys > 1 and inside else None


# -- words

TONES = {"hoàn": "hòan", "giám": "gíam", "đoàn": "đòan", "toàn": "tòan"}
STYLES = {"ủy": "uỷ", "hòa": "hoà"}
SAFE_WORDS = {
    # the right words, and how a hurried hand types them
    "sắp xếp": "xắp xếp",
    "bổ sung": "bổ xung",
    "xử lý": "sử lý",
    "xuất sắc": "xuất xắc",
    "sản xuất": "sản suất",
    "thiếu sót": "thiếu xót",
}
TWICE = {word: f"{word} {word}" for word in ("các", "của", "và", "những", "được")}


def _late_shift(word: str) -> str | None:
    """A capital held too long (ĐẢng), or one at the end of a word (thựC)."""
    if len(word) < 3 or not word.isalpha() or word.isascii():
        return None
    if word.istitle():
        return word[:2].upper() + word[2:]
    return word[:-1] + word[-1].upper() if word.islower() else None


# -- capitals

ORGANISATIONS = {
    "Ủy ban nhân dân": "Ủy Ban Nhân Dân",
    "Hội Nông dân": "Hội Nông Dân",
    "Ban Thường vụ": "Ban Thường Vụ",
    "Mặt trận Tổ quốc": "Mặt Trận Tổ quốc",
}
OFFICES = {"Bí thư": "Bí Thư", "Ủy viên": "Ủy Viên"}
UNITS = {"Thành phố": "Thành Phố"}
NOUNS = {"Cộng hòa xã hội chủ nghĩa Việt Nam": "Cộng Hòa Xã Hội Chủ Nghĩa Việt Nam"}
DOCUMENTS = {
    "điểm b khoản 1 Điều 82": "điểm b Khoản 1 điều 82",
    "Luật Đất đai": "Luật Đất Đai",
}
NAMES = {"Hồ Chí Minh": "Hồ chí Minh", "Nam Định": "Nam định"}
TERMS = ("kinh tế - xã hội", "quốc phòng - an ninh")


def _dashes(line: str) -> Iterator[Place]:
    for number, gap in enumerate((" – ", "-", "- ", " -", "–")):
        term = TERMS[number % 2]
        for found in re.finditer(re.escape(term), line):
            yield found.start(), found.end(), term.replace(" - ", gap)


ALL = (
    Damage("TXT001", "zero_width", each_word(_hidden)),
    Damage("TXT002", "nfd", each_word(_nfd)),
    Damage("TXT003", "half", each_word(_half)),
    Damage("TXT003", "order", each_word(_turned)),
    Damage("TXT004", "alike", each_word(_alike)),
    Damage("TXT005", "nbsp", pattern(r"(?<=[^\W\d]) (?=[^\W\d])", "\u00a0")),
    *(
        Damage(rule, name + kind, make(spell), passage=True, edge=edge)
        for rule, name, spell in (
            ("TXT006", "tcvn3", _by_table(TCVN3)),
            ("TXT007", "vni", _vni),
            ("TXT008", "viscii", _by_table(VISCII)),
            ("TXT009", "utf8", _misread),
            ("TXT009", "utf8_twice", _twice),
        )
        for kind, make, edge in (("", passage, ""), ("_whole", whole, WHOLE))
    ),
    Damage("TXT010", "wide", each_word(_wide)),
    Damage("TXT010", "bold", each_word(_bold)),
    Damage("TXT012", "tone", table(TONES)),
    Damage("TXT013", "style", table(STYLES)),
    Damage("TXT016", "telex", each_word(_telex)),
    Damage("TXT016", "vni", each_word(_vni_keys)),
    Damage("TXT018", "shift", each_word(_late_shift)),
    Damage("TXT020", "slip", table(SAFE_WORDS)),
    Damage("TXT022", "twice", table(TWICE)),
    Damage("TXT024", "month", pattern(r"\b9 tháng (?=đầu năm)", "9 ")),
    Damage("TXT030", "double", pattern(r"(?<=\S) (?=\S)", "  ")),
    Damage("TXT031", "blank", pattern(r"(?<=\w)([,;])(?= )", r" \1")),
    Damage("TXT032", "glued", pattern(r"(?<=\w)([,;]) (?=[^\W\d])", r"\1")),
    Damage("TXT033", "open", pattern(r"(?<= )([(“])(?=\w)", r"\1 ")),
    Damage("TXT033", "close", pattern(r"(?<=\w)([)”])(?=[ ,.;])", r" \1")),
    Damage("TXT035", "straight", pattern("“([^“”]*)”", r'"\1"')),
    Damage("TXT035", "guillemets", pattern("“([^“”]*)”", r"«\1»")),
    Damage("TXT036", "marks", pattern(r"(?<=\w)([,;])(?= )", r"\1\1")),
    Damage("TXT044", "head", pattern("^", "   "), edge=HEAD),
    Damage("TXT044", "tail", pattern(r"(?<=\.)\Z", "   "), edge=TAIL),
    Damage("TXT050", "capitals", table(ORGANISATIONS)),
    Damage("TXT051", "capitals", table(OFFICES)),
    Damage("TXT052", "capitals", table(UNITS)),
    Damage("TXT053", "capitals", table(NOUNS)),
    Damage("TXT054", "capitals", table(DOCUMENTS)),
    Damage("TXT058", "capitals", table(NAMES)),
    Damage("TXT061", "dash", _dashes),
)
