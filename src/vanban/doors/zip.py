"""The door for zip archives (a DOCX is one): read whole into memory, or refused.

The directory at the end of the archive, the head of each entry and the packed bytes must tell one
story; sizes are counted while unpacking, in pieces, and never taken from the archive. What is
inside an entry is not opened: an archive within the archive stays bytes.
"""

from __future__ import annotations

import io
import itertools
import stat
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanban.doors import DoorError, shown
from vanban.doors.names import reserved

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Largest archive that is opened, in bytes."""

MAX_ENTRIES = 500
"""Most entries of an archive; a DOCX with a hundred pictures has about 130."""

MAX_DIRECTORY_BYTES = 256 * 1024
"""Largest directory of an archive, in bytes: it is parsed before its entries can be counted."""

MAX_ENTRY_BYTES = 32 * 1024 * 1024
"""Largest entry, unpacked, in bytes."""

MAX_TOTAL_BYTES = 64 * 1024 * 1024
"""All entries together, unpacked, in bytes."""

MAX_RATIO = 200
"""Most bytes that one packed byte may become: XML of Word packs about 1:20."""

RATIO_FROM_BYTES = 1024 * 1024
"""An entry smaller than this (unpacked) can be no bomb, whatever its ratio."""

MAX_NAME_CHARS = 255
"""Longest name of an entry, in characters."""

_PIECE = 64 * 1024
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _END_MARK, _END64_MARK = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_MAX_COMMENT = 0xFFFF
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# A password: on the entry, by the strong method, or on the directory itself.
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_PATCHED = 0x0020


@dataclass(frozen=True, slots=True)
class Budget:
    """What an archive may cost; each figure as the constant of this name says."""

    file_bytes: int = MAX_FILE_BYTES
    entries: int = MAX_ENTRIES
    entry_bytes: int = MAX_ENTRY_BYTES
    total_bytes: int = MAX_TOTAL_BYTES
    ratio: int = MAX_RATIO


def read(data: bytes, budget: Budget | None = None) -> dict[str, bytes]:
    """Return every file of an archive by name, in the order of its directory.

    Raises DoorError: ``docx.not_docx`` (no archive, a damaged one, or one that tells two stories),
    ``docx.too_big``, ``docx.unsafe_entry``, ``docx.encrypted``.
    """
    allowed = budget or Budget()
    if len(data) > allowed.file_bytes:
        raise DoorError("docx.too_big", limit=f"{allowed.file_bytes >> 20} MiB")
    start, count = _directory(data, allowed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception as error:  # whatever a damaged directory makes the library say
        raise DoorError("docx.not_docx") from error
    if len(entries) != count:
        raise DoorError("docx.not_docx")
    _check_names(entries)
    places = _places(data, entries, start)
    found: dict[str, bytes] = {}
    total = 0
    for entry, (begin, end) in zip(entries, places, strict=True):
        if entry.is_dir():
            continue
        room = min(allowed.entry_bytes, allowed.total_bytes - total)
        found[entry.filename] = unpacked = _unpacked(data[begin:end], entry, room, allowed)
        total += len(unpacked)
    return found


def _directory(data: bytes, allowed: Budget) -> tuple[int, int]:
    """Return where the directory begins and how many entries it says to have.

    The archive must be all there is in ``data``.
    """
    if data[:4] != _LOCAL_MARK:  # nothing, something else, or something before the archive
        raise DoorError("docx.not_docx")
    at = data.rfind(_END_MARK, max(0, len(data) - _END.size - _MAX_COMMENT))
    if at < 0 or at + _END.size > len(data):
        raise DoorError("docx.not_docx")
    _, disk, first, here, count, size, start, comment = _END.unpack_from(data, at)
    if (
        disk
        or first
        or here != count
        or start + size != at
        or at + _END.size + comment != len(data)
    ):
        # Also an archive of 64 bits: its figures stand elsewhere, and no DOCX this small needs it.
        raise DoorError("docx.not_docx")
    if data[at - 20 : at - 16] == _END64_MARK:
        raise DoorError("docx.not_docx")
    if count > allowed.entries:
        raise DoorError("docx.too_big", limit=allowed.entries)
    if size > MAX_DIRECTORY_BYTES:
        raise DoorError("docx.too_big", limit=f"{MAX_DIRECTORY_BYTES >> 10} KiB")
    return int(start), int(count)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse names that lead elsewhere, that no system takes, or that two entries share."""
    seen: set[str] = set()
    folders: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        key = _key(name)
        folder = key.endswith("/")
        parts = key.removesuffix("/").split("/")
        if (
            name != entry.filename  # cut at a NUL
            or not _harmless(name.removesuffix("/"))
            or key.removesuffix("/") in seen
            or (folder and entry.file_size)
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            raise DoorError("docx.unsafe_entry", entry=shown(name))
        folders.update("/".join(parts[:n]) for n in range(1, len(parts) + folder))
        if not folder:
            seen.add(key)
    for name in sorted(seen & folders):  # the same name for a file and for a folder
        raise DoorError("docx.unsafe_entry", entry=shown(name))


def _key(name: str) -> str:
    """Return what makes two names the same on a system that does not tell capitals apart."""
    return unicodedata.normalize("NFC", name).casefold()


def _harmless(name: str) -> bool:
    """Tell whether a name stays inside the archive and means the same on every system."""
    if not name or len(name) > MAX_NAME_CHARS or "\\" in name or ":" in name:
        return False
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name):
        return False
    return not any(
        part in ("", ".", "..") or part[-1] in ". " or reserved(part) for part in name.split("/")
    )


def _places(data: bytes, entries: list[zipfile.ZipInfo], directory: int) -> list[tuple[int, int]]:
    """Return where the packed bytes of each entry lie; no two entries share a byte.

    The head in front of an entry must agree with the directory: readers differ in which of the
    two they believe.
    """
    places: list[tuple[int, int]] = []
    whole: list[tuple[int, int]] = []
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise DoorError("docx.encrypted")
        if entry.compress_type not in _METHODS or entry.flag_bits & _PATCHED:
            raise DoorError("docx.not_docx")
        at = entry.header_offset
        if not 0 <= at <= directory - _LOCAL.size:
            raise DoorError("docx.not_docx")
        mark, _, flags, method, _, _, _, packed, size, name_size, extra = _LOCAL.unpack_from(
            data, at
        )
        begin = at + _LOCAL.size + name_size + extra
        end = begin + entry.compress_size
        name = data[at + _LOCAL.size : at + _LOCAL.size + name_size]
        if flags & _ENCRYPTED:
            raise DoorError("docx.encrypted")
        told = (packed, size) if not flags & 0x08 and packed != 0xFFFFFFFF else None
        if (
            mark != _LOCAL_MARK
            or method != entry.compress_type
            or _decoded(name, flags) != entry.orig_filename
            or (told is not None and told != (entry.compress_size, entry.file_size))
            or end > directory
        ):
            raise DoorError("docx.not_docx")
        places.append((begin, end))
        whole.append((at, end))
    whole.sort()
    if not whole or whole[0][0] != 0:
        raise DoorError("docx.not_docx")
    for (_, ended), (begins, _) in itertools.pairwise(whole):
        if begins < ended:  # one packed text used by several entries: a bomb
            raise DoorError("docx.too_big", limit=f"1:{MAX_RATIO}")
    return places


def _decoded(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError as error:
        raise DoorError("docx.not_docx") from error


def _unpacked(packed: bytes, entry: zipfile.ZipInfo, room: int, allowed: Budget) -> bytes:
    """Return the content of one entry, counted piece by piece while it is unpacked."""
    most = max(RATIO_FROM_BYTES, allowed.ratio * len(packed))
    pieces: list[bytes] = []
    size = 0
    for piece in _inflated(packed) if entry.compress_type else (packed,):
        size += len(piece)
        if size > room:
            raise DoorError("docx.too_big", limit=f"{allowed.total_bytes >> 20} MiB")
        if size > most:
            raise DoorError("docx.too_big", limit=f"1:{allowed.ratio}")
        pieces.append(piece)
    content = b"".join(pieces)
    if size != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise DoorError("docx.not_docx")
    return content


def _inflated(packed: bytes) -> Iterator[bytes]:
    """Yield the unpacked bytes in pieces of bounded size."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = packed
    try:
        while not machine.eof:
            piece = machine.decompress(rest, _PIECE)
            rest = machine.unconsumed_tail
            if not piece and not rest:
                break
            yield piece
    except zlib.error as error:
        raise DoorError("docx.not_docx") from error
    if not machine.eof or machine.unused_data:
        raise DoorError("docx.not_docx")
