"""The payload in a DOCX: a custom XML part, related to the main part so that editors keep it.

Word and LibreOffice carry such parts along when they save. The part holds the JSON as its text and,
as an attribute, the hash that binds it to the visible text.
"""

from __future__ import annotations

import posixpath
import re
import uuid
from typing import TYPE_CHECKING

from vanban.embed.payload import MAX_PAYLOAD_BYTES, NAMESPACE, Payload, PayloadError
from vanban.render.docx_package import (
    OFFICE_RELS,
    Package,
    PackageError,
    parse_xml,
    to_bytes,
    xml_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

RELATION = f"{OFFICE_RELS}/customXml"
PROPERTIES_RELATION = f"{OFFICE_RELS}/customXmlProps"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
XML_TYPE = "application/xml"

_ROOT = f"{{{NAMESPACE}}}draft"
_TEXT_HASH = "text-sha256"
_DS = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
# The item's own name in a package; fixed, so that the same draft gives the same bytes.
_ITEM_ID = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper() + "}"


def put(package: Package, main: str, payload: bytes | None) -> None:
    """Put a payload into a package, in place of any that stands there; None only takes it out.

    ``main`` is the main part. An office's template may have custom XML of its own, which stays,
    or be made from an export of ours, whose data goes.
    """
    for part in list(_parts(package, main)):
        _take_out(package, main, part)
    if payload is None:
        return
    number = 1
    while f"customXml/item{number}.xml" in package.parts:
        number += 1
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    package.parts[item] = _item(payload)
    package.share(properties, _PROPERTIES)
    package.set_content_type(item, XML_TYPE)
    package.set_content_type(properties, PROPERTIES_TYPE)
    package.relate(main, RELATION, item, "rIdVanbanDraft")
    package.relate(item, PROPERTIES_RELATION, properties, "rId1")


_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PROPERTIES = (
    f'{_DECLARATION}<ds:datastoreItem xmlns:ds="{_DS}" ds:itemID="{_ITEM_ID}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
# The line of the hash as ``Payload.to_json`` writes it: only a key of the outermost level begins
# a line with one blank.
_HASH_KEY = b'\n "text_sha256": '
_HASH_LINE = re.compile(re.escape(_HASH_KEY) + rb'"([0-9a-f]{64})",?$', re.MULTILINE)


def _item(payload: bytes) -> bytes:
    """Return the part that holds a payload."""
    only = payload.find(_HASH_KEY) if payload.count(_HASH_KEY) == 1 else -1
    line = _HASH_LINE.match(payload, only) if only >= 0 else None
    bound = line[1].decode() if line else Payload.from_json(payload).text_sha256
    return (
        f'{_DECLARATION}<draft xmlns="{NAMESPACE}" {_TEXT_HASH}="{bound}">'
        f"{xml_text(payload.decode())}</draft>"
    ).encode()


def take(package: Package) -> bytes | None:
    """Return the payload of a DOCX as it stands there, None when there is none.

    Raises PayloadError when there are two (nobody could say which one counts) or one too large,
    PackageError when the package is no DOCX.
    """
    found = list(_parts(package, package.main_part()))
    if not found:
        return None
    if len(found) > 1:
        raise PayloadError("twice")
    data = package.parts[found[0]]
    if len(data) > 2 * MAX_PAYLOAD_BYTES:  # an ampersand takes five bytes in XML
        raise PayloadError("too_large", limit=MAX_PAYLOAD_BYTES >> 20)
    root = parse_xml(data, found[0])
    payload = "".join(root.itertext()).strip().encode()
    if (bound := root.get(_TEXT_HASH)) is not None and (
        bound != Payload.from_json(payload).text_sha256
    ):
        raise PayloadError("broken")
    return payload


def _parts(package: Package, main: str) -> Iterator[str]:
    """Yield the custom XML parts of ours: those the main part names, and strays beside them.

    A program may forget the relation and still keep the part.
    """
    named = package.related(main, "customXml")
    strays = [n for n in sorted(package.parts) if n.startswith("customXml/item")]
    for name in dict.fromkeys([*named, *strays]):
        # Without its noughts a text in UTF-16 reads as one in UTF-8.
        data = package.parts[name].replace(b"\0", b"")
        if NAMESPACE.encode() not in data or name.endswith(".rels"):
            continue
        try:
            root = parse_xml(package.parts[name], name)
        except PackageError:
            continue
        if root.tag == _ROOT:
            yield name


def _take_out(package: Package, main: str, part: str) -> None:
    """Take a part out of a package, with its properties and every mention of it."""
    gone = {part, *package.related(part, "customXmlProps")}
    for source in (main, part):
        folder, _, name = source.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in package.parts:
            continue
        lost = {id for id, _, target in package.relationships(source) if target in gone}
        root = parse_xml(package.parts[rels], rels)
        for relation in list(root):
            if relation.get("Id") in lost:
                root.remove(relation)
        package.parts[rels] = to_bytes(root)
        if not len(root):
            del package.parts[rels]
    types = parse_xml(package.parts["[Content_Types].xml"], "[Content_Types].xml")
    for node in list(types):
        if str(node.get("PartName", "")).lstrip("/") in gone:
            types.remove(node)
    package.parts["[Content_Types].xml"] = to_bytes(types)
    for name in gone:
        package.parts.pop(name, None)
