"""Figures as clerks type them and as official Vietnamese prints them; always exact."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

# Vietnamese form: thousands by dots, decimals by a comma: 1.234,5
_VIETNAMESE = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
# One dot followed by exactly three digits may be 1246 or 1,246: never guessed.
AMBIGUOUS = re.compile(r"-?\d{1,3}\.\d{3}")


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
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = format(abs(number), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return ("-" if number < 0 else "") + grouped + (f",{fraction}" if fraction else "")


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """Return part/whole x 100, at most two decimals, half up; None without a whole or with 0."""
    if part is None or whole is None or not whole:
        return None
    ratio = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return trimmed(ratio)


def trimmed(number: Decimal) -> Decimal:
    """Return the number without trailing zeros behind the comma."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def padded(number: int) -> str:
    """Print a document number with at least two digits: 5 becomes 05."""
    return f"{number:02d}"
