"""Tables of our own, parsed once per machine: reading them again as JSON costs a tenth."""

from __future__ import annotations

import contextlib
import json
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from vanban.start import cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Stands for a day, which JSON does not know; no table of ours has such a key.
_DAY = "\0ngày"


def toml(path: Path) -> dict[str, Any]:
    """Return the table of a TOML file, which nobody changes.

    Raises OSError, or ValueError for what is no TOML.
    """
    found: dict[str, Any] = _kept(path, _from_toml)
    return found


def yaml(path: Path) -> Any:
    """Return what a YAML file of ours holds, which nobody changes; it is read by a safe loader.

    Raises OSError, ValueError for what is no UTF-8, ``yaml.YAMLError`` for what is no YAML.
    """
    return _kept(path, _from_yaml)


def _from_toml(text: str) -> Any:
    import tomllib

    return tomllib.loads(text)


def _from_yaml(text: str) -> Any:
    import yaml

    # libyaml reads it in a twentieth of the time, where it is.
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _kept(path: Path, parse: Callable[[str], Any]) -> Any:
    """Return what a file holds, from the cache when that knows this content.

    What JSON cannot hold alike (a time, a key that is no text) is parsed each time.
    """
    source = path.read_bytes()
    # Two sums and the size: hashlib costs more to import than the tables to read.
    sums = f"{zlib.crc32(source):08x}{zlib.adler32(source):08x}"
    name = f"{path.stem}{path.suffix}-{sums}-{len(source)}.json"
    kept = cache.read(name)
    if kept is not None:
        with contextlib.suppress(ValueError, TypeError):
            return _loaded(kept)
    table = parse(source.decode("utf-8"))
    with contextlib.suppress(TypeError, ValueError):
        written = json.dumps(table, ensure_ascii=False, default=_told).encode()
        if _loaded(written) == table:
            cache.write(name, written)
    return table


def _loaded(kept: bytes) -> Any:
    if _ESCAPED in kept:
        return json.loads(kept, object_hook=_day)
    return json.loads(kept)


_ESCAPED = json.dumps(_DAY, ensure_ascii=False).encode()


def _told(value: Any) -> dict[str, str]:
    if isinstance(value, date) and not isinstance(value, datetime):
        return {_DAY: value.isoformat()}
    raise TypeError


def _day(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found[_DAY]) if _DAY in found else found
