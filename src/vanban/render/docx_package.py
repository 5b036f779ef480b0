"""The package (zip) of a DOCX: read under budgets, written byte for byte the same every time."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Any

from vanban.catalogue import say
from vanban.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Budgets for a file from outside; a real template stays far below each.
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 500
MAX_ENTRY_BYTES = 32 * 1024 * 1024
MAX_TOTAL_BYTES = 64 * 1024 * 1024
# XML of Word packs about 1:20; only an entry of some size can be a bomb.
MAX_RATIO = 200
RATIO_FROM_BYTES = 1024 * 1024

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
CUSTOM = "docProps/custom.xml"
ROOT_RELS = "_rels/.rels"

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
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


class PackageError(ValueError):
    """A package breaks a budget or a rule; ``key`` names the message, ``args`` fill it."""

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


def parse_xml(data: bytes, part: str) -> Any:
    """Return the root element of a part; no DTD, no entities, no network.

    Raises PackageError when the part is no XML or brings a document type along.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError("docx.bad_xml", part=part, detail=str(error)) from error
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise PackageError("docx.doctype", part=part)
    return root


def to_bytes(root: Any) -> bytes:
    """Return a part as bytes, with the declaration that Word writes."""
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a zip under the budgets; sizes in the headers are not believed."""
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise PackageError("docx.too_big", limit=MAX_ENTRIES)
    total = 0
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if info.is_dir():
            continue
        unsafe = name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name
        if unsafe or name.lower() in seen:
            raise PackageError("docx.unsafe_entry", entry=name)
        seen.add(name.lower())
        if info.flag_bits & 0x1:
            raise PackageError("docx.encrypted")
        with archive.open(info) as stream:
            data = stream.read(MAX_ENTRY_BYTES + 1)
        total += len(data)
        if len(data) > MAX_ENTRY_BYTES or total > MAX_TOTAL_BYTES:
            raise PackageError("docx.too_big", limit=f"{MAX_TOTAL_BYTES >> 20} MiB")
        if len(data) > RATIO_FROM_BYTES and len(data) > MAX_RATIO * max(info.compress_size, 1):
            raise PackageError("docx.too_big", limit=f"1:{MAX_RATIO}")
        yield name, data


class Package:
    """The parts of a DOCX by name (without the leading slash)."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Return the package in ``data``; raises PackageError when it must not be opened."""
        if len(data) > MAX_FILE_BYTES:
            raise PackageError("docx.too_big", limit=f"{MAX_FILE_BYTES >> 20} MiB")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return cls(dict(_members(archive)))
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise PackageError("docx.not_docx") from error
        except PackageError:
            raise
        except Exception as error:  # zlib.error and the like: a damaged archive
            raise PackageError("docx.not_docx") from error

    def copy(self) -> Package:
        """Return a package that may be changed without changing this one."""
        return Package(dict(self.parts))

    def write(self) -> bytes:
        """Return the zip: content types first, the rest by name, fixed dates and flags."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.parts, key=lambda n: (n != CONTENT_TYPES, n)):
                info = zipfile.ZipInfo(name, ZIP_DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                archive.writestr(info, self.parts[name])
        return target.getvalue()

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
        root = parse_xml(self.parts[CONTENT_TYPES], CONTENT_TYPES)
        for override in root.iter(f"{_CT}Override"):
            if str(override.get("PartName", "")).lstrip("/").lower() == name.lower():
                return str(override.get("ContentType", ""))
        ending = name.rpartition(".")[2].lower()
        for default in root.iter(f"{_CT}Default"):
            if str(default.get("Extension", "")).lower() == ending:
                return str(default.get("ContentType", ""))
        return ""

    def set_content_type(self, name: str, content_type: str) -> None:
        """State the content type of a part."""
        if self.content_type(name) == content_type:
            return
        root = parse_xml(self.parts[CONTENT_TYPES], CONTENT_TYPES)
        override = root.makeelement(f"{_CT}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)
        root.append(override)
        self.parts[CONTENT_TYPES] = to_bytes(root)

    def relationships(self, source: str = "") -> list[tuple[str, str, str]]:
        """Return (id, type, target part) of the internal relationships of a part or the package."""
        name = _rels_name(source)
        if name not in self.parts:
            return []
        base = posixpath.dirname(source)
        found = []
        for relation in parse_xml(self.parts[name], name).iter(f"{_REL}Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            target = str(relation.get("Target", ""))
            whole = target[1:] if target.startswith("/") else posixpath.join(base, target)
            found.append(
                (str(relation.get("Id")), str(relation.get("Type")), posixpath.normpath(whole))
            )
        return found

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
        empty = f'<Relationships xmlns="{_REL[1:-1]}"/>'.encode()
        root = parse_xml(self.parts.get(name, empty), name)
        relation = root.makeelement(f"{_REL}Relationship")
        relation.set("Id", relation_id)
        relation.set("Type", relation_type)
        relation.set("Target", posixpath.relpath(target, posixpath.dirname(source) or "."))
        root.append(relation)
        self.parts[name] = to_bytes(root)

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

        if CUSTOM in self.parts:
            root = parse_xml(self.parts[CUSTOM], CUSTOM)
        else:
            spaces: Any = {None: _CUSTOM_NS, "vt": _VT_NS}
            root = etree.Element(f"{{{_CUSTOM_NS}}}Properties", nsmap=spaces)
            self.set_content_type(CUSTOM, CUSTOM_TYPE)
            self.relate("", CUSTOM_REL, CUSTOM, "rIdVanbanCustom")
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

    Raises PackageError: macros, embedded objects, foreign content chunks, fields that bring in
    other files, and every external relationship but a hyperlink, since Word would follow it on
    opening.
    """
    package.main_part()
    types = package.parts[CONTENT_TYPES].lower()
    if b"macroenabled" in types or any("vbaproject" in n.lower() for n in package.parts):
        raise PackageError("docx.macro")
    for part, kind, target in package.external():
        if kind.rpartition("/")[2] != "hyperlink":
            raise PackageError("docx.external", part=part, target=target)
    folder = posixpath.dirname(package.main_part())
    for name in sorted(package.parts):
        if name.endswith(".xml") and posixpath.dirname(name) == folder:
            for field in _fields(parse_xml(package.parts[name], name)):
                raise PackageError("docx.external", part=name, target=field)
        if name.endswith(".rels"):
            source = _source_of(name)
            for _, kind, target in package.relationships(source):
                if kind.rpartition("/")[2] in {"aFChunk", "oleObject", "package", "control"}:
                    raise PackageError("docx.embedded", part=target)


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
