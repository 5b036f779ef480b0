"""The terms, abbreviations and phrases of ``terms.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data() -> dict[str, Any]:
    """Return the data file as it stands; nobody changes what comes back."""
    return tomllib.loads(files("vanban.text").joinpath("terms.toml").read_text("utf-8"))
