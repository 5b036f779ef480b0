"""The door for XML: no document type, no entities, no network, and only so much of it.

What is counted is counted in the bytes, before a tree is built: a node of a tree takes a hundred
times the memory of its shortest spelling.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from vanban.doors import DoorError, shown

MAX_BYTES = 32 * 1024 * 1024
"""Largest XML that is parsed, in bytes."""

MAX_NODES = 400_000
"""Most elements and attributes; a report of 200 pages, as Word saves it, has about 200,000."""

MAX_DEPTH = 100
"""Deepest nesting of elements; tables within tables of Word come to 40."""

# Word writes UTF-8; the format allows UTF-16 besides. Others can hide what is counted here.
_DECLARED = re.compile(rb"""^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF8, _UTF16 = (b"utf-8", b"us-ascii", b"ascii"), (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes, part: str) -> Any:
    """Return the root element of ``data``; ``part`` is its name in messages.

    Raises DoorError: ``docx.bad_xml``, ``docx.doctype``, ``docx.too_big``.
    """
    from lxml import etree

    _weigh(data, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DoorError("docx.bad_xml", part=part, detail=shown(str(error), 200)) from error
    info: Any = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise DoorError("docx.doctype", part=part)
    if _too_deep()(root):
        raise DoorError("docx.too_big", limit=f"{MAX_DEPTH} XML")
    return root


def _weigh(data: bytes, part: str) -> None:
    """Refuse, unparsed, what is too large, declares a document type or hides its letters."""
    if len(data) > MAX_BYTES:
        raise DoorError("docx.too_big", limit=f"{MAX_BYTES >> 20} MiB")
    wide = data[:2] in _UTF16 and data[2:4] != b"\0\0"  # those would be 32 bits
    text = data.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(text)
    known = declared is None or declared[1].lower() in _UTF8
    if not wide and (not known or text[:1] not in b"< \t\r\n" or b"\0" in text[:4]):
        raise DoorError("docx.bad_xml", part=part, detail="UTF-8")
    doctype = "<!DOCTYPE"
    spelt = [doctype.encode(f"utf-16-{end}") for end in ("le", "be")] if wide else [b"<!DOCTYPE"]
    if any(form in data for form in spelt):
        raise DoorError("docx.doctype", part=part)
    # An end tag is counted with its element; every attribute has one sign of equality.
    if data.count(b"<") - data.count(b"</") + data.count(b"=") > MAX_NODES:
        raise DoorError("docx.too_big", limit=f"{MAX_NODES // 1000}.000 XML")


@cache
def _too_deep() -> Any:
    from lxml import etree

    return etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
