"""What other packages declare for vanban, asked of Python's own register once per installation.

``importlib.metadata`` reads the papers of every package that is installed, in every process. What
it said is kept as long as no folder of the search path has changed: whoever installs, upgrades or
removes a package adds or removes a folder there.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib

from vanban.start import cache

# A folder changed so lately may change once more without another time of change.
_RACY_NS = 2_000_000_000


def values(group: str) -> tuple[str, ...]:
    """Return the values of a group of entry points, in the order of the register."""
    places = _places()
    # One file for each interpreter or environment.
    name = f"plugins-{group}-{zlib.crc32(os.fsencode(sys.prefix)):08x}.json"
    kept = cache.read(name)
    if kept is not None:
        try:
            known = json.loads(kept)
            if known["places"] == places:
                return tuple(map(str, known["values"]))
        except (ValueError, KeyError, TypeError):  # damaged: asked anew
            pass
    from importlib import metadata  # costs more than all the rest of a short run

    found = tuple(entry.value for entry in metadata.entry_points(group=group))
    if max(places.values(), default=0) < time.time_ns() - _RACY_NS:
        written = json.dumps({"places": places, "values": found})
        cache.write(name, written.encode("ascii"))
    return found


def _places() -> dict[str, int]:
    """Return the places Python looks in, each with the time it changed (-1: not there)."""
    found: dict[str, int] = {}
    for place in sys.path:
        try:
            found[place] = os.stat(place or ".").st_mtime_ns  # noqa: PTH116 - half the time
        except (OSError, ValueError):
            found[place] = -1
    return found
