"""Figures as clerks type them and as official Vietnamese prints them; always exact."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

from vanban.read.limits import MAX_WORD_CHARS

# Vietnamese form: thousands by dots, decimals by a comma: 1.234,5
_VIETNAMESE = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
# One dot followed by exactly three digits may be 1246 or 1,246: never guessed.
AMBIGUOUS = re.compile(r"-?\d{1,3}\.\d{3}")
# A figure may have as many digits as a word may have letters; a product has those of both, and a
# quotient, a hundredfold and two decimals want some more.
_WIDE = Context(prec=3 * MAX_WORD_CHARS, rounding=ROUND_HALF_EVEN)


def exact() -> AbstractContextManager[Context]:
    """Return a context in which no sum, product or rounding of figures runs out of digits.

    The usual 28 digits are too few for what a draft may hold: ``quantize`` would raise, and even
    ``-x`` and ``abs(x)`` would drop digits silently. Whoever reckons with figures does it in here.
    """
    return localcontext(_WIDE)


def figure(value: Any) -> Decimal | None:
    """Return the exact value of a typed figure, or None when it is not one (or is ambiguous).

    Accepts ``1246``, ``05``, ``87.7``, ``87,7``, ``1.234,5``, ``1.234.567``; ``1.246`` is refused.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if not isinstance(value, str):
        return None
    text = value.strip().replace("\u2212", "-")
    if AMBIGUOUS.fullmatch(text):
        return None
    if _VIETNAMESE.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    return None


def looks_numeric(text: str) -> bool:
    """Return whether a printed text is a figure in form, whatever its value (``2.280`` is one)."""
    return figure(text) is not None or AMBIGUOUS.fullmatch(text.strip()) is not None


def vietnamese(value: Decimal | int, places: int | None = None) -> str:
    """Print a number as 1.234,5; ``places`` fixes the decimals, else all of them are kept."""
    if places is None and isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    whole, _, fraction = format(number.copy_abs(), "f").partition(".")
    grouped = format(Decimal(whole), ",f").replace(",", ".") if len(whole) > 3 else whole
    return ("-" if number < 0 else "") + grouped + (f",{fraction}" if fraction else "")


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """Return part/whole x 100, at most two decimals, half up; None without a whole or with 0."""
    if part is None or whole is None or not whole:
        return None
    # In whole numbers: a quotient of thousands of digits, as ``exact`` has them, takes its time.
    (above, by), (below, of) = (Decimal(n).as_integer_ratio() for n in (part, whole))
    count, rest = divmod(abs(above * of) * 10_000, abs(by * below))
    count += 2 * rest >= abs(by * below)
    negative = (above < 0) != (below < 0)
    return trimmed(Decimal(-count if negative else count).scaleb(-2, _WIDE))


def trimmed(number: Decimal) -> Decimal:
    """Return the number without trailing zeros behind the comma."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize(_WIDE)


def padded(number: int) -> str:
    """Print a document number with at least two digits: 5 becomes 05."""
    return f"{number:02d}"
