"""The terms, abbreviations and phrases of ``terms.toml``."""

from __future__ import annotations

from functools import cache
from typing import Any

from vanban.start.tables import toml
from vanban.text import FOLDER


@cache
def data() -> dict[str, Any]:
    """Return the data file as it stands; nobody changes what comes back."""
    return toml(FOLDER / "terms.toml")
