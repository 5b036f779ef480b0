"""The door for names of files: those of a system's own devices, links, and what may be shown.

A name comes from a draft's own name, from ``-o`` or from an archive. It never leaves the folder in
which it is to stand, and never means anything but a file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

# The names that Windows keeps for devices, with any ending and in any case.
_DEVICES: Final = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|COM[0-9¹²³]|LPT[0-9¹²³])[ ]*(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_WINDOWS_NEVER: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def reserved(name: str) -> bool:
    """Tell whether Windows takes a name for a device (``CON``, ``nul.docx``)."""
    return _DEVICES.fullmatch(name) is not None


def fault(name: str, *, windows: bool | None = None) -> str | None:
    """Return what is wrong with the name of a file to be written, None when nothing is.

    The answer is the slug of a message (``export.reason.<slug>``). ``windows`` asks by the rules
    of Windows; left out, by those of the system at hand.
    """
    if not name or name in (".", "..") or "\0" in name or "/" in name:
        return "bad_name"
    if os.name == "nt" if windows is None else windows:
        if reserved(name):
            return "reserved_name"
        # Windows drops what ends a name so: another file would be written than was named.
        if _WINDOWS_NEVER.search(name) or name[-1] in ". ":
            return "bad_name"
    return None


def leads_out(path: Path) -> Path | None:
    """Return where a link at ``path`` leads when that is outside the folder of ``path``.

    None when ``path`` is no link or stays in its folder (or below). A folder that is a link itself
    is the user's own arrangement and is followed.
    """
    if not path.is_symlink():
        return None
    real = Path(os.path.realpath(path))
    return None if real.is_relative_to(os.path.realpath(path.parent)) else real
