"""Vietnamese encodings older than Unicode: which one a file looks like, and what it says.

A guess decodes the bytes with each candidate and keeps the one under which the words become
Vietnamese syllables. TCVN3 and VNI are font encodings: their capitals with accents are the
business of the font, so that the decoded text is a sample for the eye, not a conversion.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# Bytes 0x80-0xFF of TCVN 5712 (ABC): capitals with tones, then what the .Vn fonts hold.
TCVN3 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
# VNI writes a letter and a sign: the sign as a combining mark, circumflex and breve with tones.
_VNI_SIGNS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_LETTERS = str.maketrans("ñÑôÔöÖæÆóÓòÒîÎ", "đĐơƠưƯỉỈĩĨịỊỵỴ")
_VNI_PAIR = re.compile(f"([aeoôöuyAEOÔÖUY])([{''.join(_VNI_SIGNS)}])", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oay|oă|oe|oeo|oi|ôi|ơi|oo"
    r"|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_ENOUGH = 0.7
_SAMPLE_BYTES = 64 * 1024
_SAMPLE_CHARACTERS = 60


class Guess(NamedTuple):
    """What bytes look like: ``name`` (``tcvn3``, ``vni``, ``windows_1258``, ``viscii``,
    ``utf16``, ``utf32``, ``hai_lan``, ``mat_chu``) and the text they give under it.
    """

    name: str
    text: str

    @property
    def sample(self) -> str:
        """Return the first words with accents, to show the reader that the guess is right."""
        for line in self.text.splitlines():
            if not line.isascii():
                return " ".join(line.split())[:_SAMPLE_CHARACTERS]
        return " ".join(self.text.split())[:_SAMPLE_CHARACTERS]


def decode_tcvn3(data: bytes) -> str:
    """Return the text of TCVN3 (ABC) bytes in NFC."""
    return _by_table(data, TCVN3)


def decode_viscii(data: bytes) -> str:
    """Return the text of VISCII bytes in NFC (its six letters below 0x20 are left alone)."""
    return _by_table(data, VISCII)


def decode_vni(data: bytes) -> str:
    """Return the text of VNI bytes (VNI-Times and the like) in NFC."""
    return spelled_vni(data.decode("cp1252", "replace"))


def spelled_vni(text: str) -> str:
    """Return in NFC what VNI letters say that were read in the Western code page."""

    def pair(match: re.Match[str]) -> str:
        letter = match[1].translate(_VNI_LETTERS) if match[1] in "ôÔöÖ" else match[1]
        return letter + _VNI_SIGNS[match[2].lower()]

    pieces: list[str] = []
    at = 0
    for match in _VNI_PAIR.finditer(text):
        pieces += [text[at : match.start()].translate(_VNI_LETTERS), pair(match)]
        at = match.end()
    pieces.append(text[at:].translate(_VNI_LETTERS))
    return unicodedata.normalize("NFC", "".join(pieces))


def decode_windows_1258(data: bytes) -> str:
    """Return the text of Windows-1258 bytes in NFC.

    The code page holds circumflex, breve and horn inside its letters and the tones apart.
    """
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def _by_table(data: bytes, table: str) -> str:
    upper = {0x80 + index: ord(character) for index, character in enumerate(table)}
    return unicodedata.normalize("NFC", data.decode("latin-1").translate(upper))


_DECODERS: dict[str, Callable[[bytes], str]] = {
    "tcvn3": decode_tcvn3,
    "windows_1258": decode_windows_1258,
    "vni": decode_vni,
    "viscii": decode_viscii,
}


def is_syllable(word: str) -> bool:
    """Tell whether a word has the shape of a Vietnamese syllable (case does not matter)."""
    spread = unicodedata.normalize("NFD", word.lower())
    if len(_TONE.findall(spread)) > 1:
        return False
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONE.sub("", spread))))


def guess(data: bytes) -> Guess | None:
    """Return what bytes that are no UTF-8 look like, or None when they look like nothing known."""
    wide = _wide(data)
    if wide is not None:
        return wide
    head = data[:_SAMPLE_BYTES]
    lost = _lossy(head)
    if lost is not None:
        return lost
    best: tuple[float, str, str] | None = None
    for name, decode in _DECODERS.items():
        text = decode(head)
        words = [word for word in _WORD.findall(text) if not word.isascii()]
        if not words:
            continue
        # what a wrong table turns into signs counts against it
        signs = sum(1 for character in text if character > "\x7f" and not character.isalpha())
        share = sum(map(is_syllable, words)) / (len(words) + signs)
        if best is None or share > best[0]:
            best = (share, name, text)
    if best is None or best[0] < _ENOUGH:
        return None
    return Guess(best[1], best[2])


# How the two bytes that begin most Vietnamese letters of UTF-8 look under a Western code page.
_TWICE = re.compile("á[º»]")
_TWICE_ENOUGH = 3
# Letters that only Vietnamese read rightly holds.
_SOUND = re.compile("[\u1ea0-\u1ef9đĐơƠưƯ]")
# Letters that a code page has not become question marks, where words begin or go on.
_LOST = re.compile(r"\?[^\W\d_]")
_LOST_ENOUGH = 5


def mangled(text: str) -> Guess | None:
    """Recognise a text that was read in a Western code page and saved as UTF-8 again.

    ``name`` is ``hai_lan`` (ủ came out as á»§) or None for a sound text, and for one into which
    only a passage was pasted so (TXT009 tells that).
    """
    head = text[:_SAMPLE_BYTES]
    mangled_letters = len(_TWICE.findall(head))
    if mangled_letters < _TWICE_ENOUGH or len(_SOUND.findall(head)) >= mangled_letters:
        return None
    # Python refuses five bytes of the code page that other programs let through
    raw = b"".join(
        char.encode("cp1252", "ignore") or char.encode("latin-1", "ignore") for char in head
    )
    once = raw.decode("utf-8", "ignore")
    return Guess("hai_lan", unicodedata.normalize("NFC", once)) if not once.isascii() else None


def _lossy(data: bytes) -> Guess | None:
    """Recognise a text whose Vietnamese letters were replaced by question marks."""
    text = data.decode("cp1252", "replace")
    return Guess("mat_chu", text) if len(_LOST.findall(text)) >= _LOST_ENOUGH else None


def _wide(data: bytes) -> Guess | None:
    """Recognise UTF-16 and UTF-32 by their marks, or by the zero bytes of ASCII letters."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return Guess("utf32", data.decode("utf-32", "replace"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Guess("utf16", data.decode("utf-16", "replace"))
    head = data[:_SAMPLE_BYTES]
    pairs = len(head) // 2
    # half of Vietnamese text is ASCII: those letters leave zeros in every second byte
    for codec, first in (("utf-16-be", 0), ("utf-16-le", 1)):
        zeros = head[first::2].count(0)
        others = head[1 - first :: 2].count(0)
        if pairs > 1 and zeros > 0.3 * pairs and others < 0.02 * pairs:
            text = data.decode(codec, "replace")
            sound = sum(character.isprintable() or character.isspace() for character in text)
            if sound > 0.95 * len(text):
                return Guess("utf16", text)
    return None
