"""One file that may carry data: what it is, whose it is, and the data in it."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanban import seal
from vanban.catalogue import say
from vanban.doors import DoorError, files
from vanban.embed.payload import Payload, PayloadError
from vanban.errors import EmbedError
from vanban.read.reader import from_mapping
from vanban.seal import Origin

if TYPE_CHECKING:
    from vanban.read.draft import Draft

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Largest file that is opened, in bytes."""

DOCX, PDF, HTML = "docx", "pdf", "html"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A file that was read: ``format`` by its content (None: none that vanban writes)."""

    path: str
    data: bytes
    format: str | None

    @property
    def origin(self) -> Origin:
        """Return what its seal says."""
        return seal.origin_of(self.data)

    def ours(self) -> bool:
        """Tell whether vanban made the file, whatever was done with it since.

        Raises DoorError when it cannot be opened.
        """
        if self.format is None:
            return False
        if self.origin is not Origin.FOREIGN:
            return True
        if self.format == PDF:
            from vanban.embed.in_pdf import bears_our_mark

            return bears_our_mark(self.data)
        return False

    def payload(self) -> Payload | None:
        """Return the data in the file, None when there is none.

        Raises PayloadError when there is something that cannot be used, DoorError when the file
        cannot be opened.
        """
        if self.format == DOCX:
            from vanban.embed import in_docx
            from vanban.render.docx_package import Package

            held = in_docx.take(Package.read(self.data))
        elif self.format == PDF:
            from vanban.embed import in_pdf

            held = in_pdf.take(self.data)
        else:
            held = None
        return None if held is None else Payload.from_json(held)


def read(path: str | os.PathLike[str]) -> Carrier:
    """Read a file; raises EmbedError when the system does not give it or it is too large."""
    name = os.fspath(path)
    try:
        data = files.read(name, MAX_FILE_BYTES)
    except (OSError, ValueError) as error:
        raise EmbedError(_said(name, why(error))) from error
    if len(data) > MAX_FILE_BYTES:
        raise EmbedError(_said(name, say("embed.reason.too_big", limit=MAX_FILE_BYTES >> 20)))
    return Carrier(name, data, _format(data))


def extract(path: str | os.PathLike[str]) -> Draft:
    """Return the draft that a file of ours carries; see ``vanban.extract``."""
    return draft_of(read(path))[0]


def draft_of(carrier: Carrier) -> tuple[Draft, Payload]:
    """Return the draft in a file and all that came with it; EmbedError when there is none."""
    name = carrier.path
    try:
        payload = carrier.payload()
        if payload is None:
            if not carrier.ours():
                raise EmbedError(say("embed.foreign", path=name))
            raise NoDataError(say(f"embed.{why_empty(carrier)}", path=name))
    except PayloadError as error:
        reason = say(f"embed.{error.key}", **error.details)
        raise NoDataError(say("embed.bad_data", path=name, reason=reason)) from error
    except DoorError as error:
        raise EmbedError(_said(name, reason_of(error))) from error
    return draft_from(payload, name), payload


def why_empty(carrier: Carrier) -> str:
    """Return the key of the message that says why a file of ours carries no data."""
    if carrier.format == HTML:
        return "html"
    return "never_had" if carrier.origin is Origin.OURS else "no_data"


def draft_from(payload: Payload, path: str | None) -> Draft:
    """Return the draft of a payload, as if it had been read from ``path``."""
    from dataclasses import replace

    made = from_mapping(payload.data)
    return replace(made, path=path, faults=tuple(fault.at(path) for fault in made.faults))


class NoDataError(EmbedError):
    """A file of ours carries no data that can be used."""

    exit_code = 1


def reason_of(error: DoorError) -> str:
    """Return why a door refused a file, as part of a sentence."""
    return say(error.key, **error.details).rstrip(". ")


def _said(path: str, reason: str) -> str:
    return say("embed.unreadable", path=path, reason=reason)


def why(error: OSError | ValueError) -> str:
    """Return in words why the system does not give a file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return say("embed.reason.missing")
    if isinstance(error, IsADirectoryError):
        return say("embed.reason.folder")
    if isinstance(error, PermissionError):
        return say("export.reason.not_allowed")
    named = {errno.ELOOP: "not_ordinary", errno.ENAMETOOLONG: "name_too_long"}.get(error.errno or 0)
    return say(f"export.reason.{named}") if named else error.strerror or str(error)


def _format(data: bytes) -> str | None:
    """Return the format of a file by its content; its name may say anything."""
    if data.startswith(b"PK\x03\x04"):
        return DOCX
    if b"%PDF-" in data[:1024]:
        return PDF
    return HTML if seal.origin_of(data) is not Origin.FOREIGN else None
