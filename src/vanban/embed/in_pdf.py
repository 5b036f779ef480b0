"""The payload in a PDF: the associated file ``vanban-draft.json``, and whether a PDF is ours.

Putting it there is done in ``vanban.archive``, together with the rest of what makes the file
archival. Reading trusts nothing: sizes are counted while unpacking.
"""

from __future__ import annotations

import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from vanban.archive.finishing import PAYLOAD_NAME
from vanban.doors import pdf as pdf_door
from vanban.embed.payload import MAX_PAYLOAD_BYTES, PayloadError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Every namespace of ours in a PDF's XMP begins like this.
_XMP_NAMESPACE = b"urn:vanban:"

MAX_FILES = 200
"""Most attachments that are looked through for ours."""

MAX_XMP_BYTES = 1024 * 1024


def take(data: bytes) -> bytes | None:
    """Return the payload of a PDF as it stands there, None when there is none.

    Raises PayloadError when there are several or one too large, DoorError when the PDF cannot be
    opened.
    """
    with pdf_door.opened(data) as pdf:
        found = {stream.objgen: stream for stream in _ours(pdf)}
        if not found:
            return None
        if len(found) > 1:
            raise PayloadError("twice")
        return _unpacked(next(iter(found.values())))


def bears_our_mark(data: bytes) -> bool:
    """Tell whether a PDF's metadata says that vanban made it, whatever became of it since."""
    with pdf_door.opened(data) as pdf:
        import pikepdf

        metadata = pdf.Root.get("/Metadata")
        if isinstance(metadata, pikepdf.Stream):
            try:
                if _XMP_NAMESPACE in _unpacked(metadata, MAX_XMP_BYTES):
                    return True
            except PayloadError:
                return False
        information = pdf.trailer.get("/Info")
        return isinstance(information, pikepdf.Dictionary) and "/VanbanSha256" in information


def has_layers(data: bytes) -> bool:
    """Tell whether a PDF has layers (optional content), which a reader may switch on and off."""
    with pdf_door.opened(data) as pdf:
        return "/OCProperties" in pdf.Root


def _ours(pdf: Any) -> Iterator[Any]:
    """Yield the streams of all attachments that bear our name."""
    import pikepdf

    specs: list[Any] = []
    files = pdf.Root.get("/AF")
    if isinstance(files, pikepdf.Array):
        specs += [files[n] for n in range(min(len(files), MAX_FILES))]
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        specs += islice(_named(names.get("/EmbeddedFiles")), MAX_FILES)
    for spec in specs:
        if not isinstance(spec, pikepdf.Dictionary):
            continue
        if PAYLOAD_NAME not in (str(spec.get("/UF", "")), str(spec.get("/F", ""))):
            continue
        held = spec.get("/EF")
        if isinstance(held, pikepdf.Dictionary):
            # Which of the two a program opens is its own affair, so both count.
            streams = (held.get("/UF"), held.get("/F"))
            yield from (stream for stream in streams if isinstance(stream, pikepdf.Stream))


def _named(tree: Any) -> Iterator[Any]:
    """Yield the values of a name tree, those of a name that comes twice as well."""
    import pikepdf

    waiting = [tree]
    for _ in range(MAX_FILES):  # a tree may hold itself
        node = waiting.pop() if waiting else None
        if not isinstance(node, pikepdf.Dictionary):
            continue
        pairs, kids = node.get("/Names"), node.get("/Kids")
        if isinstance(pairs, pikepdf.Array):
            yield from (pairs[n] for n in range(1, len(pairs), 2))
        if isinstance(kids, pikepdf.Array):
            waiting += [kids[n] for n in range(min(len(kids), MAX_FILES))]


def _unpacked(stream: Any, limit: int = MAX_PAYLOAD_BYTES) -> bytes:
    """Return the content of a stream; never more than ``limit`` bytes are unpacked."""
    import pikepdf

    packed: bytes = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        names = [str(one) for one in filters]
    else:
        names = [] if filters is None else [str(filters)]
    if names not in ([], ["/FlateDecode"]) or stream.get("/DecodeParms") is not None:
        raise PayloadError("broken")
    if not names:
        data = packed
    else:
        try:
            data = zlib.decompressobj().decompress(packed, limit + 1)
        except zlib.error as error:
            raise PayloadError("broken") from error
    if len(data) > limit:
        raise PayloadError("too_large", limit=limit >> 20)
    return data
