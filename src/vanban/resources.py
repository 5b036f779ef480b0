"""Where the data of vanban lies: inside the wheel, or beside ``src/`` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_root() -> Path:
    """Return the folder that holds ``schemas/``, ``templates/`` and ``examples/``."""
    if (_PACKAGE / "schemas").is_dir():
        return _PACKAGE
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "schemas").is_dir() else _PACKAGE


def profiles_dir() -> Path:
    """Return the folder of the layout profiles."""
    return data_root() / "templates" / "the-thuc"
