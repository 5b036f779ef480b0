"""What a PDF says of itself: XMP with both identifications and the seal, and the old Info entries.

The packet is written by hand: it is short, every byte of it is ours, and so it is the same on every
machine. The extension schemas describe the two namespaces that PDF/A-3 does not know
(ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from vanban import seal
from vanban._version import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from vanban.compose.document import Meta

NAMESPACE = "urn:vanban:ns:1"
"""Namespace of vanban's own XMP properties."""

PREFIX = seal.PDF_ELEMENT.partition(":")[0]
"""Prefix of that namespace."""

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")

_SCHEMA = """\
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{title}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{type}</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{text}</pdfaProperty:description>
</rdf:li>
</rdf:Seq></pdfaSchema:property>
</rdf:li>"""

_SCHEMAS = "\n".join(
    (
        _SCHEMA.format(
            title="PDF/UA identification schema",
            uri="http://www.aiim.org/pdfua/ns/id/",
            prefix="pdfuaid",
            name="part",
            type="Integer",
            text="Part of ISO 14289 to which the document conforms",
        ),
        _SCHEMA.format(
            title="vanban seal schema",
            uri=NAMESPACE,
            prefix=PREFIX,
            name=seal.PDF_ELEMENT.partition(":")[2],
            type="Text",
            text="SHA-256 of the file with this value set to zeros",
        ),
    )
)

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 xmlns:{prefix}="{uri}">
<{element}>{seal}</{element}>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}{subject}<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaExtension:schemas><rdf:Bag>
{schemas}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def _clean(value: str) -> str:
    return _NOT_XML.sub("", value)


def _text(value: str) -> str:
    return html.escape(_clean(value), quote=False)


def tool() -> str:
    """Return the name and version under which vanban appears in its files."""
    return f"vanban {__version__}"


def packet(meta: Meta, date: datetime, producer: str) -> bytes:
    """Return the XMP packet, its seal empty; ``date`` is in UTC, ``producer`` names the engine."""
    author, subject = _text(meta.author), _text(meta.subject)
    return _PACKET.format(
        prefix=PREFIX,
        uri=NAMESPACE,
        element=seal.PDF_ELEMENT,
        seal=seal.EMPTY,
        language=_text(meta.language),
        title=_text(meta.title),
        author=f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
        if author
        else "",
        subject=f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li>'
        "</rdf:Alt></dc:description>\n"
        if subject
        else "",
        tool=_text(tool()),
        date=f"{date:%Y-%m-%dT%H:%M:%SZ}",
        producer=_text(producer),
        schemas=_SCHEMAS,
    ).encode()


def information(meta: Meta, date: datetime, producer: str) -> dict[str, str]:
    """Return the entries of the Info dictionary; they say the same as the packet."""
    day = f"{date:D:%Y%m%d%H%M%SZ}"
    entries = {
        "/Title": _clean(meta.title),
        "/Author": _clean(meta.author),
        "/Subject": _clean(meta.subject),
        "/Creator": tool(),
        "/Producer": producer,
        "/CreationDate": day,
        "/ModDate": day,
    }
    return {key: value for key, value in entries.items() if value}
