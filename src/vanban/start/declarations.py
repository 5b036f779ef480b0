"""C declarations that cffi need not parse again: ready-made tables of plain data.

cffi in its in-line mode parses the declarations of a library in every process (0.2 s for those of
WeasyPrint). Its out-of-line mode makes tables of them once; ``declarations.json`` holds such tables
by the SHA-256 of the text they were made of, so another text is never taken for a known one.
``scripts/compile_declarations.py`` writes the file.
"""

from __future__ import annotations

import importlib
import json
import sys
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

TABLES = Path(__file__).with_name("declarations.json")
"""The tables, by the hash of the declarations; the letters of a text stand for bytes."""

_LINUX = sys.platform.startswith("linux")


class UnknownDeclarationsError(Exception):
    """There are no tables for these declarations."""


def key_of(declarations: str) -> str:
    """Return the name under which the tables of some declarations are kept."""
    return sha256(declarations.encode()).hexdigest()


def tables_of(declarations: str) -> dict[str, Any]:
    """Return what ``_cffi_backend.FFI`` takes; UnknownDeclarationsError when there is nothing."""
    kept = json.loads(TABLES.read_text("utf-8")).get(key_of(declarations))
    if kept is None:
        raise UnknownDeclarationsError
    return {name: _as_bytes(value) for name, value in kept.items()}


def _as_bytes(value: Any) -> Any:
    """Return a value of JSON with bytes for texts and tuples for lists."""
    if isinstance(value, str):
        return value.encode("latin-1")
    return tuple(map(_as_bytes, value)) if isinstance(value, list) else value


def stand_in() -> Any:
    """Return what may stand for the module ``cffi`` where it is used as WeasyPrint uses it."""
    backend: Any = importlib.import_module("_cffi_backend")

    class FFI(backend.FFI):  # type: ignore[misc]
        def __init__(self) -> None:
            """Wait for the declarations: what is below cannot be filled twice."""

        def cdef(self, declarations: str) -> None:
            super().__init__("vanban.start", **tables_of(declarations))

        def dlopen(self, name: str, flags: int = 0) -> Any:
            try:
                return super().dlopen(name, flags)
            except OSError:
                # cffi asks the system's tools next. On Linux they know no more than the loader.
                if _LINUX or "." in name or "/" in name:
                    raise
                from ctypes.util import find_library

                if (found := find_library(name)) is None:
                    raise
                return super().dlopen(found, flags)

    return SimpleNamespace(FFI=FFI)
