"""What the data says: the Document composed again, and the texts that should stand on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vanban.compose.document import Document, Paragraph, Table
from vanban.embed.compare import Unit
from vanban.embed.payload import fold

if TYPE_CHECKING:
    from vanban.compose.document import Block
    from vanban.embed.payload import Payload
    from vanban.kinds import Kind
    from vanban.read.draft import Draft


class NotComposableError(ValueError):
    """This version cannot make the document again; ``key`` names the reason."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


def recompose(draft: Draft, payload: Payload) -> tuple[Document, Kind]:
    """Compose the data of a payload again with the choices that were made at export.

    Raises NotComposableError when the kind or the profile is not installed, or when the data is
    such that no document comes of it.
    """
    from vanban import kinds
    from vanban.compose.composer import compose
    from vanban.compose.profile import UnknownProfileError, load_profile
    from vanban.doors import budget

    kind = kinds.find(payload.kind)
    if kind is None or draft.kind != payload.kind:
        raise NotComposableError("no_kind", kind=payload.kind)
    if not draft.readable:
        raise NotComposableError("bad_data")
    try:
        profile = load_profile(payload.profile)
    except UnknownProfileError as error:
        raise NotComposableError("no_profile", profile=payload.profile) from error
    try:
        made = compose(
            draft, profile, kind=kind, allow_errors=payload.allow_errors, style=payload.style
        )
        budget.check(made, draft.path or payload.kind)
    except Exception as error:  # data that no schema let through may fail anywhere
        raise NotComposableError("bad_data") from error
    return made, kind


def changed_since(payload: Payload, kind: Kind) -> tuple[str, ...]:
    """Return what of this vanban differs from the one that made a file.

    ``vanban``, ``schema``, ``profile`` and ``outline``, as far as they are not the same.
    """
    from vanban._version import __version__
    from vanban.compose.profile import load_profile
    from vanban.embed.payload import file_digest, profile_digest

    differs = {
        "vanban": payload.vanban != __version__,
        "schema": payload.schema != str(kind.schema["$id"]),
        "profile": payload.profile_sha256 != profile_digest(load_profile(payload.profile)),
        "outline": payload.outline_sha256 != file_digest(kind.outline_path.read_bytes()),
    }
    return tuple(name for name, other in differs.items() if other)


def units(document: Document) -> list[Unit]:
    """Return the texts of a document in reading order, with what is known of each."""
    known = _known(document)
    return [_told(text, known) for text in document.texts() if fold(text)]


def informed(found: Sequence[Unit], document: Document) -> list[Unit]:
    """Return texts read from a file made anew, with what the document knows of each."""
    known = _known(document)
    return [
        replace(unit, heading=told.heading, pointer=told.pointer)
        for unit in found
        for told in (_told(unit.text, known),)
    ]


def _told(text: str, known: Mapping[str, list[tuple[str, bool]]]) -> Unit:
    queue = known.get(fold(text))
    if not queue:
        return Unit(text)
    pointer, heading = queue.pop(0) if len(queue) > 1 else queue[0]
    return Unit(text, pointer=pointer or None, heading=heading)


def _known(document: Document) -> dict[str, list[tuple[str, bool]]]:
    """Return, for each text, its places in the draft in order, and whether it is a heading."""
    known: dict[str, list[tuple[str, bool]]] = {}
    for text, pointer, heading in _places(document):
        known.setdefault(fold(text), []).append((pointer, heading))
    return known


def _places(document: Document) -> Iterator[tuple[str, str, bool]]:
    yield from _block_places(document.body)
    for appendix in document.appendices:
        for line in appendix.titles:
            yield line.text, appendix.pointer, True
        yield from _block_places(appendix.blocks)


def _block_places(blocks: Sequence[Block]) -> Iterator[tuple[str, str, bool]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.pointer, block.level is not None
            continue
        if block.caption:
            yield block.caption, block.pointer, False
        for row in (*block.header, *block.rows):
            for cell in row:
                yield cell.text, block.pointer, False


def table_heads(document: Document) -> list[str]:
    """Return the visible characters of the head of each table: it comes again on every page."""
    blocks = [*document.body, *(b for a in document.appendices for b in a.blocks)]
    heads = []
    for block in blocks:
        if isinstance(block, Table) and block.header:
            heads.append("".join(fold(cell.text) for row in block.header for cell in row))
    return [head for head in dict.fromkeys(heads) if head]
