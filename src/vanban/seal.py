"""The seal: a file of ours carries the hash of its own content, so that an edit is noticed.

PDF and HTML hold a mark of fixed length; the hash is taken over the file with the mark empty. A
DOCX holds it as a custom document property; the hash is taken over all other parts.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MARK = "vanban-sha256:"
EMPTY = MARK + "0" * 64
_MARK = re.compile(re.escape(MARK.encode()) + rb"[0-9a-f]{64}")

# A target larger than this is never one of ours; it is not read into memory.
MAX_TARGET_BYTES = 256 * 1024 * 1024


class Origin(StrEnum):
    """Whose file stands at a target path."""

    NONE = "none"
    OURS = "ours"
    EDITED = "edited"
    FOREIGN = "foreign"


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file with its mark emptied."""
    return hashlib.sha256(_MARK.sub(EMPTY.encode(), data)).hexdigest()


def seal(data: bytes) -> bytes:
    """Return the PDF or HTML with its empty mark filled; data without a mark stays as it is."""
    return data.replace(EMPTY.encode(), (MARK + digest(data)).encode())


def _zip_origin(data: bytes) -> Origin:
    import zipfile

    from vanban.render.docx import content_digest, get_property

    try:
        stored = get_property(data, "vanban-sha256")
        if stored is None:
            return Origin.FOREIGN
        return Origin.OURS if stored == content_digest(data) else Origin.EDITED
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError):
        return Origin.FOREIGN


def origin(path: Path) -> Origin:
    """Tell whose file stands at ``path``: nobody's, ours, ours but edited since, or foreign."""
    if not path.exists():
        return Origin.NONE
    if path.stat().st_size > MAX_TARGET_BYTES:
        return Origin.FOREIGN
    data = path.read_bytes()
    if data[:4] == b"PK\x03\x04":
        return _zip_origin(data)
    found = _MARK.search(data)
    if found is None:
        return Origin.FOREIGN
    stored = found.group()[len(MARK) :].decode()
    return Origin.OURS if stored == digest(data) else Origin.EDITED
