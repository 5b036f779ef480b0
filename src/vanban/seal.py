"""The seal: a file of ours carries the hash of its own content, so that an edit is noticed.

A PDF holds it in its XMP metadata, an HTML page in a ``meta`` element; the hash is taken over the
file with the seal emptied. A DOCX holds it as a custom document property; the hash is
taken over all other parts.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = "0" * 64
"""The value of a seal that is not filled yet; a filled one has the same length."""

PDF_ELEMENT = "vanban:sha256"
"""Element of a PDF's XMP packet that holds the seal (the packet is never packed)."""

HTML_NAME = "vanban-sha256"
"""Name of the ``meta`` element of an HTML page that holds the seal."""

# No text of a draft can look like one of these: HTML and XMP escape it, PDF packs it.
_PLACE = re.compile(
    rb'(?P<key><%b>|<meta name="%b" content="|<!-- %b )(?P<value>[0-9a-f]{64})'
    % (PDF_ELEMENT.encode(), HTML_NAME.encode(), HTML_NAME.encode())
)
_HEAD = re.compile(rb'<head(?:\s[^>]*)?>(?:\s*<meta charset="[^"]*">)?', re.IGNORECASE)

# A target larger than this is never one of ours; it is not read into memory.
MAX_TARGET_BYTES = 64 * 1024 * 1024


class Origin(StrEnum):
    """Whose file stands at a target path."""

    NONE = "none"
    OURS = "ours"
    EDITED = "edited"
    FOREIGN = "foreign"


def _filled(data: bytes, value: str) -> bytes:
    """Return ``data`` with another value in its (first) seal."""
    return _PLACE.sub(lambda found: found["key"] + value.encode(), data, count=1)


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file with its seal emptied."""
    return hashlib.sha256(_filled(data, EMPTY)).hexdigest()


def seal_pdf(data: bytes) -> bytes:
    """Return a PDF of ours with its seal filled."""
    return _filled(data, digest(data))


def seal_html(page: bytes) -> bytes:
    """Return an HTML page with a seal: at the top of its head, else as a comment at its end."""
    head = _HEAD.search(page)
    if head is None:
        page = page + f"\n<!-- {HTML_NAME} {EMPTY} -->\n".encode()
    else:
        mark = f'\n<meta name="{HTML_NAME}" content="{EMPTY}">'.encode()
        page = page[: head.end()] + mark + page[head.end() :]
    return _filled(page, digest(page))


def _zip_origin(data: bytes) -> Origin:
    from vanban.render.docx import SEAL, content_digest, get_property

    try:
        stored = get_property(data, SEAL)
        if stored is None:
            return Origin.FOREIGN
        return Origin.OURS if stored == content_digest(data) else Origin.EDITED
    except ValueError:  # a package that may not be opened, or none at all
        return Origin.FOREIGN


def origin(path: Path) -> Origin:
    """Tell whose file stands at ``path``: nobody's, ours, ours but edited since, or foreign."""
    if not path.exists():
        return Origin.NONE
    if path.stat().st_size > MAX_TARGET_BYTES:
        return Origin.FOREIGN
    return origin_of(path.read_bytes())


def origin_of(data: bytes) -> Origin:
    """Tell whose a file with this content is: ours, ours but edited since, or foreign."""
    if data[:4] == b"PK\x03\x04":
        return _zip_origin(data)
    found = _PLACE.search(data)
    if found is None:
        return Origin.FOREIGN
    return Origin.OURS if found["value"].decode() == digest(data) else Origin.EDITED
