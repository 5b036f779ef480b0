"""The door for PDFs: a file that claims to be ours is weighed before any library opens it.

A PDF can hold streams that unpack to a thousand times their size, some of which every reader
unpacks on opening (tables of objects, packed objects). So each packed stream is unpacked here
piece by piece and thrown away, and what they come to is counted, before pikepdf or PDFium see it.
"""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from typing import TYPE_CHECKING, Any

from vanban.doors import DoorError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Largest PDF that is opened, in bytes; a report of 200 pages has about two million."""

MAX_STREAM_BYTES = 32 * 1024 * 1024
"""Largest stream, unpacked, in bytes."""

MAX_TOTAL_BYTES = 160 * 1024 * 1024
"""All streams together, unpacked, in bytes."""

MAX_OBJECTS = 300_000
"""Most objects; a tagged report of 200 pages has about 60,000."""

MAX_PAGES = 2_000
"""Most pages."""

MAX_LAYERS = 3
"""How often a stream may be packed upon itself."""

_PIECE = 256 * 1024
_STREAM = re.compile(rb"stream\r?\n")
# What packs most: repeats of a byte, and tables of repeats. No file of ours has either.
_OTHER_PACKERS = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL|JBIG2Decode|Crypt)\b")
_HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_BEFORE_STREAM = 4096


def check(data: bytes) -> None:
    """Make sure that a PDF is one and may be opened.

    Raises DoorError: ``pdf.not_pdf``, ``pdf.too_big``.
    """
    if len(data) > MAX_FILE_BYTES:
        raise DoorError("pdf.too_big", limit=f"{MAX_FILE_BYTES >> 20} MiB")
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise DoorError("pdf.not_pdf")
    total = 0
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _BEFORE_STREAM) : found.start()]
        head = _HEX_NAME.sub(lambda m: bytes([int(m[1], 16)]), head[head.rfind(b" obj") + 1 :])
        if _OTHER_PACKERS.search(head) and re.search(rb"/(?:ObjStm|XRef)\b", head):
            raise DoorError("pdf.too_big", limit=f"{MAX_STREAM_BYTES >> 20} MiB")
        total += _weight(memoryview(data)[found.end() :], MAX_TOTAL_BYTES - total, MAX_LAYERS)


def _weight(packed: memoryview | bytes, room: int, layers: int) -> int:
    """Return how many bytes a stream comes to, its layers together; 0 when it is not packed."""
    first = bytes(packed[:2])
    # The two bytes with which every zlib stream begins.
    if len(first) < 2 or first[0] & 0x0F != 8 or (first[0] << 8 | first[1]) % 31:
        return 0
    if not layers:
        raise DoorError("pdf.too_big", limit=f"{MAX_STREAM_BYTES >> 20} MiB")
    size = 0
    inner: list[bytes] | None = None
    for number, piece in enumerate(_inflated(packed)):
        size += len(piece)
        if size > MAX_STREAM_BYTES or size > room:
            most = MAX_STREAM_BYTES if size > MAX_STREAM_BYTES else MAX_TOTAL_BYTES
            raise DoorError("pdf.too_big", limit=f"{most >> 20} MiB")
        if number == 0:
            start = piece[:2]
            packed_again = len(start) == 2 and start[0] & 0x0F == 8
            if packed_again and not (start[0] << 8 | start[1]) % 31:
                inner = []
        if inner is not None:
            inner.append(piece)
    if inner is not None:
        size += _weight(b"".join(inner), room - size, layers - 1)
    return size


def _inflated(packed: memoryview | bytes) -> Iterator[bytes]:
    """Yield what a zlib stream holds, in pieces, as far as it can be unpacked."""
    machine = zlib.decompressobj()
    at = 0
    rest: bytes | memoryview = b""
    with contextlib.suppress(zlib.error):  # damaged, or no packed stream at all
        while not machine.eof:
            if not rest:
                rest = packed[at : at + _PIECE]
                at += len(rest)
                if not rest:
                    return
            piece = machine.decompress(rest, _PIECE)
            rest = machine.unconsumed_tail
            if piece:
                yield piece


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF with pikepdf, weighed before.

    Raises DoorError: ``pdf.not_pdf``, ``pdf.too_big``, ``pdf.encrypted``.
    """
    check(data)
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise DoorError("pdf.encrypted") from error
    except Exception as error:  # whatever a damaged file makes the library say
        raise DoorError("pdf.not_pdf") from error
    with document:
        try:
            objects, pages = len(document.objects), len(document.pages)
        except Exception as error:
            raise DoorError("pdf.not_pdf") from error
        if objects > MAX_OBJECTS or pages > MAX_PAGES:
            raise DoorError("pdf.too_big", limit=MAX_PAGES if pages > MAX_PAGES else MAX_OBJECTS)
        if document.is_encrypted:
            raise DoorError("pdf.encrypted")
        yield document
