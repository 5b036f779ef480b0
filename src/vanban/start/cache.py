"""Compiled things that outlive a process: data files in the user's cache folder, never code.

Each file is named after the content it was made of, written whole beside its place and moved there,
so that two processes may write it at once. A folder that cannot be read, written or trusted (it
belongs to someone else, or others may write in it) is as good as none: everything is made anew.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from pathlib import Path

SETTING = "VANBAN_CACHE"
"""The variable of the environment that names another folder, or turns the cache ``off``."""

# What others may do in a folder or to a file that is to be trusted: not write.
_OTHERS_WRITE = 0o022


def folder() -> Path | None:
    """Return the folder of the cache, which need not be there yet; None when it is turned off."""
    asked = os.environ.get(SETTING)
    if asked:
        return None if asked == "off" else Path(asked)
    if sys.platform.startswith("linux"):  # platformdirs says the same in 8 ms of every start
        given = os.environ.get("XDG_CACHE_HOME", "")
        place = Path(given if given.strip() else Path("~/.cache").expanduser(), "vanban")
    else:
        from platformdirs import user_cache_path

        place = user_cache_path("vanban", appauthor=False)
    return place if place.is_absolute() else None


def read(name: str) -> bytes | None:
    """Return what is kept under a name, or None."""
    place = _trusted(folder())
    if place is None:
        return None
    try:
        with open(place / name, "rb") as file:  # noqa: PTH123 - a Path would open it twice as slow
            return file.read() if _is_ours(os.fstat(file.fileno())) else None
    except OSError:
        return None


def write(name: str, data: bytes) -> None:
    """Keep something under a name, or leave it: never raises for what the folder is like."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _trusted.cache_clear()
        if _trusted(place) is None:
            return
        import tempfile

        handle, fresh = tempfile.mkstemp(dir=place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(fresh).replace(place / name)
        except OSError:
            Path(fresh).unlink(missing_ok=True)


@cache
def _trusted(place: Path | None) -> Path | None:
    if place is None:
        return None
    try:
        return place if _is_ours(place.stat()) else None
    except OSError:
        return None


def _is_ours(state: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):
        return True
    return state.st_uid == os.getuid() and not state.st_mode & _OTHERS_WRITE
