"""The payload: a draft's data and every choice that changed the page, as one JSON text.

It holds all that is needed to compose the same document again, and nothing else: no comments, no
paths, no time of day. What it looks like is said in ``schemas/embedded.schema.json``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from vanban.compose.document import Document
    from vanban.compose.profile import Profile
    from vanban.kinds import Kind

NAMESPACE = "urn:vanban:draft:1"
"""Names the form of the payload; also the XML namespace of the part that holds it in a DOCX."""

MAX_PAYLOAD_BYTES = 8 * 1024 * 1024
"""Largest payload that is written or read; a draft of a hundred pages has about 300 KB."""

_HEX = re.compile(r"[0-9a-f]{64}")
# What leaves no trace on paper: hyphens and joints that are not shown, the byte order mark. The
# ligatures are letters that some programs spell out.
_SHAPES = {ord(sign): "" for sign in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"} | {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft",
    0xFB06: "st",
}  # fmt: skip
# What XML cannot hold, or what readers of lines may take for a break.
_SHAPELESS = re.compile(f"[{re.escape(''.join(map(chr, _SHAPES)))}]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_quoted = json.encoder.encode_basestring
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class PayloadError(ValueError):
    """A payload cannot be used; ``embed.<key>`` is the message, ``details`` fill it."""

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


@dataclass(frozen=True, slots=True)
class Payload:
    """What a file carries.

    ``vanban`` is the version that made it; ``kind`` and ``schema`` (``urn:…:<kind>:<n>``) say what
    the data is; ``profile`` names the layout regulation, ``profile_sha256`` and ``outline_sha256``
    are the versions of it and of the kind's wording; ``forced`` when the profile was not the
    draft's own choice; ``allow_errors`` as at export; ``style`` the house style;
    ``template_sha256`` the office's own template, None for ours; ``text_sha256`` binds all this to
    the visible text (``text_digest``).
    """

    data: Mapping[str, Any]
    kind: str
    schema: str
    outline_sha256: str
    profile: str
    profile_sha256: str
    text_sha256: str
    forced: bool = False
    allow_errors: bool = False
    style: Mapping[str, Any] = field(default_factory=dict)
    template_sha256: str | None = None
    vanban: str = __version__

    def to_json(self) -> bytes:
        """Return the payload as JSON in UTF-8: the same payload gives the same bytes.

        Raises PayloadError when it is too large to be carried.
        """
        tree = {
            "format": NAMESPACE,
            "vanban": self.vanban,
            "kind": {
                "name": self.kind,
                "schema": self.schema,
                "outline_sha256": self.outline_sha256,
            },
            "profile": {
                "name": self.profile,
                "sha256": self.profile_sha256,
                "forced": self.forced,
            },
            "allow_errors": self.allow_errors,
            "style": self.style,
            "template_sha256": self.template_sha256,
            "text_sha256": self.text_sha256,
            "data": self.data,
        }
        made = to_json(tree).encode()
        if len(made) > MAX_PAYLOAD_BYTES:
            raise PayloadError("too_large", limit=MAX_PAYLOAD_BYTES >> 20)
        return made

    @classmethod
    def from_json(cls, data: bytes) -> Payload:
        """Return the payload that bytes hold; raises PayloadError when they hold none of ours."""
        tree = from_json(data)
        if not isinstance(tree, dict) or tree.get("format") != NAMESPACE:
            known = isinstance(tree, dict) and str(tree.get("format", "")).startswith("urn:vanban:")
            raise PayloadError("newer" if known else "not_ours")
        try:
            kind, profile = tree["kind"], tree["profile"]
            made = cls(
                data=tree["data"],
                kind=kind["name"],
                schema=kind["schema"],
                outline_sha256=kind["outline_sha256"],
                profile=profile["name"],
                profile_sha256=profile["sha256"],
                forced=profile["forced"],
                text_sha256=tree["text_sha256"],
                allow_errors=tree["allow_errors"],
                style=tree["style"],
                template_sha256=tree["template_sha256"],
                vanban=tree["vanban"],
            )
        except (KeyError, TypeError) as error:
            raise PayloadError("broken") from error
        if not made._sound():
            raise PayloadError("broken")
        return made

    def _sound(self) -> bool:
        """Tell whether every field has its type: what is read comes from outside."""
        names = (self.kind, self.schema, self.profile, self.vanban)
        hashes = (self.outline_sha256, self.profile_sha256, self.text_sha256)
        template = self.template_sha256
        return (
            all(isinstance(name, str) and 0 < len(name) <= 200 for name in names)
            and all(_is_hash(value) for value in hashes)
            and (template is None or _is_hash(template))
            and all(isinstance(flag, bool) for flag in (self.forced, self.allow_errors))
            and isinstance(self.style, dict)
            and isinstance(self.data, dict)
        )


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def of_export(
    data: Mapping[str, Any],
    document: Document,
    kind: Kind,
    profile: Profile,
    *,
    forced: bool,
    allow_errors: bool,
    style: Mapping[str, Any],
    template: bytes | None,
) -> Payload:
    """Return the payload of one export; ``template`` are the bytes of an office's own template."""
    return Payload(
        data=data,
        kind=kind.name,
        schema=str(kind.schema["$id"]),
        outline_sha256=file_digest(kind.outline_path.read_bytes()),
        profile=profile.name,
        profile_sha256=profile_digest(profile),
        text_sha256=text_digest(document.texts()),
        forced=forced,
        allow_errors=allow_errors,
        style=style,
        template_sha256=None if template is None else file_digest(template),
    )


# --- hashes ---------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """Return the visible characters of a text: NFC, no white space, nothing without a shape.

    Line breaks and blanks are a matter of the format and of the program that shows the page.
    """
    joined = "".join(text.split())
    if joined.isascii():
        return joined
    if _SHAPELESS.search(joined):
        joined = joined.translate(_SHAPES)
    return unicodedata.normalize("NFC", joined)


def text_digest(texts: Iterable[str]) -> str:
    """Return the SHA-256 over the visible characters of texts in reading order."""
    listed = list(texts)
    # A nought between texts keeps a mark at the head of one from joining the end of another.
    joined = "\0".join(listed)
    folded = (
        [fold(joined).replace("\0", "")]
        if joined.count("\0") < max(len(listed), 1)
        else map(fold, listed)
    )
    total = hashlib.sha256()
    for text in folded:
        total.update(text.encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def template_bytes(template: Path) -> bytes:
    """Return all that an office's own template says: of a page, with the base files beside it.

    Raises OSError or ValueError when a file cannot be read.
    """
    from vanban.doors import files
    from vanban.doors import zip as zip_door
    from vanban.render.css import TEMPLATE as BASE_SHEET
    from vanban.render.html import BASE_TEMPLATE

    data = files.read(template, zip_door.MAX_FILE_BYTES)
    if template.suffix.lower() == ".docx":
        return data
    beside = [template.with_name(name) for name in (BASE_TEMPLATE, BASE_SHEET)]
    return b"\0".join(
        [data, *(files.read(path, zip_door.MAX_FILE_BYTES) for path in beside if path.is_file())]
    )


def file_digest(data: bytes) -> str:
    """Return the SHA-256 of a file whose line ends may have been changed by a version control."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def profile_digest(profile: Profile) -> str:
    """Return the SHA-256 over everything of a profile that a page can show: its version."""
    return profile.version


# --- exact JSON -----------------------------------------------------------------------------------


def to_json(value: Any, indent: int = 1) -> str:
    """Return data as JSON with exact figures: a Decimal is written with all its digits."""
    pieces: list[str] = []
    _write(value, indent, "\n", pieces)
    # Such signs stand in texts alone.
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", "".join(pieces))


def _write(value: Any, indent: int, start: str, pieces: list[str]) -> None:
    """Add the pieces of a value; ``start`` begins a line of what holds it."""
    if isinstance(value, str):
        pieces.append(_quoted(value))
    elif isinstance(value, list | tuple):
        inner = start + " " * indent
        before = f"[{inner}"
        for one in value:
            if isinstance(one, str):
                pieces.append(before + _quoted(one))
            else:
                pieces.append(before)
                _write(one, indent, inner, pieces)
            before = f",{inner}"
        pieces.append(f"{start}]" if value else "[]")
    elif isinstance(value, Decimal):
        pieces.append(str(value))
    elif isinstance(value, Mapping):
        inner = start + " " * indent
        before = f"{{{inner}"
        for key, one in value.items():
            if isinstance(one, str):
                pieces.append(f"{before}{_quoted(key)}: {_quoted(one)}")
            else:
                pieces.append(f"{before}{_quoted(key)}: ")
                _write(one, indent, inner, pieces)
            before = f",{inner}"
        pieces.append(f"{start}}}" if value else "{}")
    else:  # None, a truth value, a whole number
        pieces.append(_ENCODER.encode(value))


def from_json(data: bytes) -> Any:
    """Return the data of a JSON text with exact figures; raises PayloadError when it is none.

    A key that comes twice is refused: two readers could take different values.
    """
    if len(data) > MAX_PAYLOAD_BYTES:
        raise PayloadError("too_large", limit=MAX_PAYLOAD_BYTES >> 20)
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise PayloadError("broken") from error


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made
