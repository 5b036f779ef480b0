"""Archives made to do harm, byte by byte where no library would write them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

Parts = dict[str, bytes]


def unpacked(data: bytes) -> Parts:
    """Return the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of the parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, data)
    return target.getvalue()


class Entry:
    """One entry: what its head, its packed bytes and the directory say may differ."""

    def __init__(self, name: bytes, content: bytes, **lies: int | bytes) -> None:
        machine = zlib.compressobj(9, zlib.DEFLATED, -15)
        self.packed = machine.compress(content) + machine.flush()
        self.fields: dict[str, int | bytes] = {
            "name": name,
            "local_name": name,
            "flags": 0x800,
            "local_flags": 0x800,
            "method": 8,
            "local_method": 8,
            "crc": zlib.crc32(content),
            "packed_size": len(self.packed),
            "size": len(content),
            "local_size": len(content),
            "attributes": 0,
            **lies,
        }
        if "packed" in lies:
            self.packed = bytes(lies["packed"])  # type: ignore[arg-type]
            self.fields.setdefault("packed_size", len(self.packed))

    def number(self, field: str) -> int:
        """Return a field that is a number."""
        value = self.fields[field]
        assert isinstance(value, int)
        return value

    def text(self, field: str) -> bytes:
        """Return a field that is a name."""
        value = self.fields[field]
        assert isinstance(value, bytes)
        return value


def archive(*entries: Entry, offsets: list[int] | None = None, **lies: int) -> bytes:
    """Return an archive of the entries; ``offsets`` say where the directory claims they begin."""
    body, places = b"", []
    for entry in entries:
        places.append(len(body))
        name = entry.text("local_name")
        body += struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, entry.number("local_flags"),
            entry.number("local_method"), 0, 0x21, entry.number("crc"),
            entry.number("packed_size"), entry.number("local_size"), len(name), 0,
        ) + name + entry.packed  # fmt: skip
    directory = b""
    for entry, place in zip(entries, offsets or places, strict=True):
        name = entry.text("name")
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x314, 20, entry.number("flags"), entry.number("method"),
            0, 0x21, entry.number("crc"), entry.number("packed_size"), entry.number("size"),
            len(name), 0, 0, 0, 0, entry.number("attributes"), place,
        ) + name  # fmt: skip
    count = lies.get("count", len(entries))
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", lies.get("disk", 0), 0, count, count,
        lies.get("directory_size", len(directory)), lies.get("start", len(body)), 0,
    )  # fmt: skip
    return body + directory + end


def quoted_overlap(copies: int, kernel: bytes) -> bytes:
    """Return a bomb whose entries are all made of the same packed bytes.

    Each head lies inside the one before it, quoted as a piece of plain text; the directory points
    to all of them.
    """
    first = Entry(b"z", kernel)
    body = b""
    places: list[int] = []
    for number in range(copies):
        name = b"n%04d" % number
        head = struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, 0x800, 8, 0, 0x21, zlib.crc32(kernel),
            len(first.packed), len(kernel), len(name), 0,
        )  # fmt: skip
        places.append(len(body))
        body += head + name
    body += first.packed
    directory = b""
    for number, place in enumerate(places):
        name = b"n%04d" % number
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x314, 20, 0x800, 8, 0, 0x21, zlib.crc32(kernel),
            len(body) - place - 30 - len(name), len(kernel), len(name), 0, 0, 0, 0, 0, place,
        ) + name  # fmt: skip
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), len(body), 0)
    return body + directory + end
