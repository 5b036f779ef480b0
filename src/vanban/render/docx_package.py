"""The package (zip) of a DOCX: read under budgets, written byte for byte the same every time."""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.catalogue import say
from vanban.doors import DoorError
from vanban.doors import xml as xml_door
from vanban.doors import zip as zip_door
from vanban.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFLATE_LEVEL = 3
"""How hard parts are pressed: 6 makes a file an eighth smaller and takes twice as long."""

KEPT_SMALL_PARTS = 64
"""How many small parts (types, relationships) that documents share are kept ready."""

MAX_TEMPLATE_TEXT_BYTES = 2 * 1024 * 1024
"""Largest part with tags in a template: ours are a fiftieth of it, and each tag has its price."""

CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
CUSTOM = "docProps/custom.xml"
ROOT_RELS = "_rels/.rels"

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CUSTOM_REL = f"{OFFICE_RELS}/custom-properties"

_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT_NS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REACHING_FIELD = re.compile(
    r"(?<!\S)(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE)?|IMPORT|LINK|RD|DATABASE|MACROBUTTON)(?!\S)",
    re.IGNORECASE,
)
# The format identifier that every user-defined property carries (MS-OLEPS).
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


PackageError = DoorError
"""A package breaks a budget or a rule; ``key`` names the message, ``details`` fill it."""

parse_xml = xml_door.parse
"""Return the root element of a part; see ``vanban.doors.xml``."""


def to_bytes(root: Any) -> bytes:
    """Return a part as bytes, with the declaration that Word writes."""
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def xml_text(text: str) -> str:
    """Return a text as it stands between tags; it must hold only what XML can hold."""
    return html.escape(text, quote=False).replace("\r", "&#13;")


class _Packed(NamedTuple):
    """An entry of a zip, ready to be written."""

    deflated: bytes
    crc: int
    size: int


def _packed(data: bytes) -> _Packed:
    deflated = zlib.compress(data, DEFLATE_LEVEL, -zlib.MAX_WBITS)
    return _Packed(deflated, zlib.crc32(data), len(data))


_packed_once = lru_cache(maxsize=KEPT_SMALL_PARTS)(_packed)

# Zip (APPNOTE 4.3): the head of an entry, its line in the directory, the end of the directory.
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
_MIDNIGHT, _NEW_YEAR_1980 = 0, 0x0021
_READ_WRITE = 0o600 << 16


def _zipped(entries: Mapping[str, _Packed]) -> bytes:
    """Return a zip of entries that are packed already, with fixed dates and flags.

    The standard library packs whatever it writes anew. At most 65,535 entries and 4 GiB.
    """
    bodies: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, entry in entries.items():
        spelt = name.encode()
        flags = 0 if name.isascii() else _UTF8
        facts = (flags, _DEFLATED, _MIDNIGHT, _NEW_YEAR_1980, entry.crc, len(entry.deflated))
        rest = (entry.size, len(spelt), 0)
        bodies += (
            _LOCAL.pack(b"PK\x03\x04", _VERSION, *facts, *rest),
            spelt,
            entry.deflated,
        )
        line = _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, 0, _VERSION, 0, *facts, *rest, 0, 0, 0, _READ_WRITE, at
        )
        directory += (line, spelt)
        at += _LOCAL.size + len(spelt) + len(entry.deflated)
    listed = b"".join(directory)
    count = len(entries)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), at, 0)
    return b"".join((*bodies, listed, end))


class Package:
    """The parts of a DOCX by name (without the leading slash).

    A copy packs only what differs from the package that it is a copy of.
    """

    def __init__(self, parts: dict[str, bytes], model: Package | None = None) -> None:
        self.parts = parts
        self._model = model
        self._ready: dict[str, _Packed] = {}
        self._shared: dict[str, bytes] = {}

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Return the package in ``data``; raises PackageError when it must not be opened."""
        return cls(zip_door.read(data))

    def copy(self) -> Package:
        """Return a package that may be changed without changing this one."""
        return Package(dict(self.parts), self)

    def with_tags(self, name: str) -> bytes:
        """Return a part of a template that may hold tags; raises PackageError when it is huge."""
        data = self.parts[name]
        if len(data) > MAX_TEMPLATE_TEXT_BYTES:
            raise PackageError("docx.too_big", limit=f"{MAX_TEMPLATE_TEXT_BYTES >> 20} MiB")
        return data

    def share(self, name: str, data: bytes) -> None:
        """Set a part that is the same in many documents: it is packed once."""
        self.parts[name] = self._shared[name] = data

    def _entry(self, name: str) -> _Packed:
        data = self.parts[name]
        model = self._model
        if model is not None and model.parts.get(name) is data:
            ready = model._ready.get(name)
            if ready is None:
                ready = model._ready[name] = _packed(data)
            return ready
        return _packed_once(data) if self._shared.get(name) is data else _packed(data)

    def write(self) -> bytes:
        """Return the zip: content types first, the rest by name, fixed dates and flags."""
        names = sorted(self.parts, key=lambda name: (name != CONTENT_TYPES, name))
        return _zipped({name: self._entry(name) for name in names})

    def digest(self) -> str:
        """Return the SHA-256 over every part but the custom properties, which keep this value."""
        total = hashlib.sha256()
        for name in sorted(self.parts):
            if name == CUSTOM:
                continue
            total.update(f"{name}\0{len(self.parts[name])}\0".encode())
            total.update(self.parts[name])
        return total.hexdigest()

    def content_type(self, name: str) -> str:
        """Return the content type of a part, or an empty text."""
        overrides, defaults = _types(self.parts[CONTENT_TYPES])
        ending = name.rpartition(".")[2].lower()
        return overrides.get(name.lower()) or defaults.get(ending, "")

    def set_content_type(self, name: str, content_type: str) -> None:
        """State the content type of a part."""
        if self.content_type(name) != content_type:
            types = self.parts[CONTENT_TYPES]
            self.share(CONTENT_TYPES, _with_type(types, name, content_type))

    def relationships(self, source: str = "") -> list[tuple[str, str, str]]:
        """Return (id, type, target part) of the internal relationships of a part or the package."""
        name = _rels_name(source)
        return list(_targets(self.parts[name], name, source)) if name in self.parts else []

    def external(self) -> Iterator[tuple[str, str, str]]:
        """Yield (relationship part, type, target) of every relationship that leaves the file."""
        for name in sorted(self.parts):
            if not name.endswith(".rels"):
                continue
            for relation in parse_xml(self.parts[name], name).iter(f"{_REL}Relationship"):
                if relation.get("TargetMode") == "External":
                    yield name, str(relation.get("Type", "")), str(relation.get("Target", ""))

    def relate(self, source: str, relation_type: str, target: str, relation_id: str) -> None:
        """Add a relationship from ``source`` ("" is the package) to the part ``target``."""
        name = _rels_name(source)
        target = posixpath.relpath(target, posixpath.dirname(source) or ".")
        rels = self.parts.get(name, _NO_RELATIONS)
        self.share(name, _with_relation(rels, name, relation_id, relation_type, target))

    def related(self, source: str, relation_type: str) -> list[str]:
        """Return the parts that ``source`` is related to by ``relation_type`` (its last word)."""
        return [
            target
            for _, kind, target in self.relationships(source)
            if kind.rpartition("/")[2] == relation_type and target in self.parts
        ]

    def main_part(self) -> str:
        """Return the name of the main document part; raises PackageError when there is none."""
        if CONTENT_TYPES not in self.parts:
            raise PackageError("docx.not_docx")
        for name in self.related("", "officeDocument"):
            if self.content_type(name) == MAIN_TYPE:
                return name
        raise PackageError("docx.not_docx")

    def properties(self) -> dict[str, str]:
        """Return the custom document properties of type text."""
        if CUSTOM not in self.parts:
            return {}
        root = parse_xml(self.parts[CUSTOM], CUSTOM)
        found = {}
        for node in root.iter(f"{{{_CUSTOM_NS}}}property"):
            value = node.find(f"{{{_VT_NS}}}lpwstr")
            if value is not None:
                found[str(node.get("name"))] = value.text or ""
        return found

    def set_property(self, name: str, value: str) -> None:
        """Set one custom document property of type text; the others stay."""
        from lxml import etree

        self.declare_properties()
        if self.parts[CUSTOM] is _NO_PROPERTIES:  # the usual case is quick
            self.parts[CUSTOM] = _only_property(name, value)
            return
        root = parse_xml(self.parts[CUSTOM], CUSTOM)
        for node in list(root):
            if node.get("name") == name:
                root.remove(node)
        used = [int(node.get("pid", "1")) for node in root]
        node = etree.SubElement(root, f"{{{_CUSTOM_NS}}}property")
        node.set("fmtid", _USER_PROPERTIES)
        node.set("pid", str(max([1, *used]) + 1))  # 0 and 1 are reserved
        node.set("name", name)
        etree.SubElement(node, f"{{{_VT_NS}}}lpwstr").text = value
        self.parts[CUSTOM] = to_bytes(root)

    def declare_properties(self) -> None:
        """Make the part of the custom properties, empty, where there is none."""
        if CUSTOM not in self.parts:
            self.parts[CUSTOM] = _NO_PROPERTIES
            self.set_content_type(CUSTOM, CUSTOM_TYPE)
            self.relate("", CUSTOM_REL, CUSTOM, "rIdVanbanCustom")


_NO_PROPERTIES = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    f'<Properties xmlns="{_CUSTOM_NS}" xmlns:vt="{_VT_NS}"/>'
).encode()


def _only_property(name: str, value: str) -> bytes:
    """Return the part with one property of type text."""
    spelt = html.escape(name).replace("&#x27;", "'")
    return _NO_PROPERTIES.replace(
        b"/>",
        f'><property fmtid="{_USER_PROPERTIES}" pid="2" name="{spelt}"><vt:lpwstr>'
        f"{xml_text(value)}</vt:lpwstr></property></Properties>".encode(),
    )


_NO_RELATIONS = f'<Relationships xmlns="{_REL[1:-1]}"/>'.encode()


# These parts are the same in all documents of a template: what is read from them, and what comes
# of adding to them, is kept.


@lru_cache(maxsize=KEPT_SMALL_PARTS)
def _types(types: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Return the content types by part and by ending, both in small letters."""
    root = parse_xml(types, CONTENT_TYPES)
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for node in root.iter(f"{_CT}Override"):
        part = str(node.get("PartName", "")).lstrip("/").lower()
        overrides.setdefault(part, str(node.get("ContentType", "")))
    for node in root.iter(f"{_CT}Default"):
        ending = str(node.get("Extension", "")).lower()
        defaults.setdefault(ending, str(node.get("ContentType", "")))
    return overrides, defaults


@lru_cache(maxsize=KEPT_SMALL_PARTS)
def _with_type(types: bytes, name: str, content_type: str) -> bytes:
    root = parse_xml(types, CONTENT_TYPES)
    override = root.makeelement(f"{_CT}Override")
    override.set("PartName", f"/{name}")
    override.set("ContentType", content_type)
    root.append(override)
    return to_bytes(root)


@lru_cache(maxsize=KEPT_SMALL_PARTS)
def _targets(rels: bytes, name: str, source: str) -> tuple[tuple[str, str, str], ...]:
    base = posixpath.dirname(source)
    found = []
    for relation in parse_xml(rels, name).iter(f"{_REL}Relationship"):
        if relation.get("TargetMode") == "External":
            continue
        target = str(relation.get("Target", ""))
        whole = target[1:] if target.startswith("/") else posixpath.join(base, target)
        found.append(
            (str(relation.get("Id")), str(relation.get("Type")), posixpath.normpath(whole))
        )
    return tuple(found)


@lru_cache(maxsize=KEPT_SMALL_PARTS)
def _with_relation(rels: bytes, name: str, id: str, relation_type: str, target: str) -> bytes:
    root = parse_xml(rels, name)
    relation = root.makeelement(f"{_REL}Relationship")
    relation.set("Id", id)
    relation.set("Type", relation_type)
    relation.set("Target", target)
    root.append(relation)
    return to_bytes(root)


def _rels_name(source: str) -> str:
    if not source:
        return ROOT_RELS
    folder, _, name = source.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def refused(error: PackageError, name: str) -> TemplateError:
    """Return the error for the user: the template ``name`` cannot be used."""
    return TemplateError(say("docx.template", name=name, detail=say(error.key, **error.details)))


def guard(package: Package) -> None:
    """Refuse a template that brings code along or points outside itself.

    Raises the first of ``problems`` as PackageError.
    """
    for problem in problems(package):
        raise problem


def problems(package: Package) -> Iterator[PackageError]:
    """Yield everything for which a template is refused, each as the error to be raised.

    Macros, embedded objects, foreign content chunks, fields that bring in other files, and every
    external relationship but a hyperlink, since Word would follow it on opening. Raises
    PackageError itself when the package is no DOCX.
    """
    folder = posixpath.dirname(package.main_part())
    types = package.parts[CONTENT_TYPES].lower()
    if b"macroenabled" in types or any("vbaproject" in n.lower() for n in package.parts):
        yield PackageError("docx.macro")
    for part, kind, target in package.external():
        if kind.rpartition("/")[2] != "hyperlink":
            yield PackageError("docx.external", part=part, target=target)
    for name in sorted(package.parts):
        if name.endswith(".xml") and posixpath.dirname(name) == folder:
            for field in _fields(parse_xml(package.parts[name], name)):
                yield PackageError("docx.external", part=name, target=field)
        if name.endswith(".rels"):
            source = _source_of(name)
            for _, kind, target in package.relationships(source):
                if kind.rpartition("/")[2] in {"aFChunk", "oleObject", "package", "control"}:
                    yield PackageError("docx.embedded", part=target)


def _fields(root: Any) -> Iterator[str]:
    """Yield the instructions of the fields that bring in something from outside or run it."""
    for paragraph in root.iter(f"{_W}p"):
        spread = "".join(node.text or "" for node in paragraph.iter(f"{_W}instrText"))
        simple = [str(node.get(f"{_W}instr", "")) for node in paragraph.iter(f"{_W}fldSimple")]
        for instruction in (spread, *simple):
            if found := _REACHING_FIELD.search(instruction):
                yield " ".join(instruction[found.start() :].split())[:60]


def _source_of(rels: str) -> str:
    folder, _, name = rels.rpartition("/")
    base = folder.removesuffix("_rels").rstrip("/")
    return posixpath.join(base, name.removesuffix(".rels"))
