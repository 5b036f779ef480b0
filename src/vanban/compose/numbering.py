"""Labels of headings and items: Phần thứ nhất, I-, 1., a) - in the order Vietnamese offices use."""

from __future__ import annotations

# The Vietnamese alphabet without the letters that only differ by a diacritic (ă â ê ô ơ ư), and
# without f j w z, which it does not have; đ counts.
LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ONES = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def roman(number: int) -> str:
    """Return a number from 1 to 3999 in Roman capitals."""
    out = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


def letter(number: int) -> str:
    """Return the letter of the n-th item: a, b, c, d, đ, e, g ... y; after y come aa, ab ...."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, len(LETTERS))
        out = LETTERS[rest] + out
    return out


def ordinal(number: int) -> str:
    """Return the ordinal in words: 1 is *thứ nhất*, 4 is *thứ tư*, 21 is *thứ hai mươi mốt*.

    From 100 on digits are used (*thứ 100*); no document has so many parts.
    """
    if number == 1:
        return "thứ nhất"
    if number == 4:
        return "thứ tư"
    if number >= 100:
        return f"thứ {number}"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return f"thứ {_ONES[ones]}"
    head = "mười" if tens == 1 else f"{_ONES[tens]} mươi"
    special = {1: "mốt", 4: "tư"} if tens > 1 else {}
    tail = "lăm" if ones == 5 else special.get(ones, _ONES[ones])
    return f"thứ {head} {tail}".rstrip()
