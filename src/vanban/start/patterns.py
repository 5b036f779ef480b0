"""Regular expressions compiled once per machine.

Python compiles every pattern anew in every process; a thousand of them are a third of a short run.
What its compiler makes of a pattern is a list of numbers, which only the engine of ``re`` reads,
and checks, when a pattern is made of it. These lists are kept by pattern, flags and Python version.

``re`` is left alone where its insides are not those we know: then patterns are compiled as ever.
"""

from __future__ import annotations

import atexit
import json
import re
import sys
import zlib
from array import array
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any

from vanban.start import cache

# The arguments of the engine: pattern, flags, code, count of groups, their names, their numbers.
Compiled = tuple[str, int, Sequence[int], int, dict[str, int], tuple[str | None, ...]]
Key = tuple[str, int]

# So many new patterns are worth a new file; a file of more (of ever other patterns) begins anew.
WORTH = 20
MOST = 4_000
_CHECKSUM = 4


def use(purpose: str = "") -> None:
    """Take compiled patterns from the cache from now on, and keep new ones when Python ends.

    Each ``purpose`` (a verb of the command line) has a file of its own: it reads what it needs.
    """
    if cache.folder() is None or sys.implementation.name != "cpython":
        return
    try:
        store = Store(purpose)
    except (AttributeError, ImportError, TypeError):
        return
    atexit.register(store.keep)


class Store:
    """Stands between ``re`` and its compiler. Raises AttributeError where that is another one."""

    def __init__(self, purpose: str = "") -> None:
        engine: Any = import_module("_sre")
        _compiler: Any = import_module("re._compiler")

        self.engine: Callable[..., re.Pattern[str]] = engine.compile
        label = purpose[:20] if purpose.isascii() and purpose.isalpha() else "all"
        form = f"{sys.hexversion:x}-{engine.MAGIC}-{engine.CODESIZE}-{sys.byteorder}"
        self.name = f"re-{label}-{form}.bin"
        self.plain: Callable[..., re.Pattern[Any]] = _compiler.compile
        self.known = unpacked(cache.read(self.name))
        self.fresh: dict[Key, Compiled] = {}
        self.last: Compiled | None = None
        _compiler._sre = _Listening(engine, self)
        _compiler.compile = self.compile

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """Return a compiled pattern, as the compiler of ``re`` does."""
        key = (pattern, int(flags))
        kept = self.known.get(key) if type(pattern) is str else None
        if kept is not None:
            try:
                first, flags, code, *rest = kept
                return self.engine(first, flags, list(code), *rest)
            except (RuntimeError, TypeError, ValueError, OverflowError):
                del self.known[key]
        made = self.plain(pattern, flags)
        last, self.last = self.last, None
        if type(pattern) is str and last is not None and last[0] is pattern:
            self.fresh[key] = last
        return made

    def keep(self) -> None:
        """Write what is new, when it is worth it."""
        if len(self.fresh) < WORTH:
            return
        whole = self.known | self.fresh
        cache.write(self.name, packed(whole if len(whole) <= MOST else self.fresh))


class _Listening:
    """The module of the engine, with an ear at its ``compile``."""

    def __init__(self, module: Any, store: Store) -> None:
        self._module = module
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)

    def compile(self, *given: Any) -> Any:
        made = self._module.compile(*given)
        self._store.last = given
        return made


def packed(known: dict[Key, Compiled]) -> bytes:
    """Return compiled patterns as one file: a checksum, a line of JSON, all numbers in a row."""
    numbers = array("I")
    rows = []
    for (pattern, asked), (_, flags, code, groups, names, order) in known.items():
        rows.append([pattern, asked, int(flags), len(code), groups, dict(names), list(order)])
        numbers.extend(map(int, code))
    content = json.dumps(rows).encode() + b"\n" + numbers.tobytes()
    return zlib.crc32(content).to_bytes(_CHECKSUM, "big") + content


def unpacked(data: bytes | None) -> dict[Key, Compiled]:
    """Return the compiled patterns of a file; none when it is missing or damaged.

    Each still has its code as an array.
    """
    if not data or zlib.crc32(data[_CHECKSUM:]).to_bytes(_CHECKSUM, "big") != data[:_CHECKSUM]:
        return {}
    end = data.index(b"\n", _CHECKSUM)
    numbers = array("I")
    numbers.frombytes(data[end + 1 :])
    rows = json.loads(data[_CHECKSUM:end])
    ends = accumulate(row[3] for row in rows)
    return {
        (pattern, asked): (pattern, flags, numbers[at - count : at], groups, names, tuple(order))
        for (pattern, asked, flags, count, groups, names, order), at in zip(rows, ends, strict=True)
    }
