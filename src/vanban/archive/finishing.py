"""The last hand on a PDF, whatever engine made it: PDF/A-3a and PDF/UA-1 with the data inside.

What is asked of the engine: tagged content and a structure tree, embedded fonts with ToUnicode, an
sRGB output intent. What is done here: XMP with both identifications, the Info entries that agree
with it, language, title shown, the draft's data as the one associated file, fixed dates, an
identifier that follows from the content, objects packed.
"""

from __future__ import annotations

import io
from hashlib import md5
from typing import TYPE_CHECKING, Any

from vanban.archive import metadata
from vanban.render.dates import metadata_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pikepdf import Pdf

    from vanban.compose.document import Document

PAYLOAD_NAME = "vanban-draft.json"
"""Name under which the draft's data is embedded."""

PAYLOAD_TYPE = "/application/json"
"""Media type of the embedded data, as a PDF name."""

PAYLOAD_DESCRIPTION = "Dữ liệu của dự thảo, từ đó văn bản này được lập"
"""What a viewer says of the embedded data: in the document's language, not the user's."""


def finish(
    data: bytes,
    document: Document,
    payload: bytes | None,
    *,
    engine: str,
    mend: Callable[[Pdf], None] | None = None,
) -> bytes:
    """Return a tagged PDF as PDF/A-3a and PDF/UA-1, its seal empty.

    ``payload`` is the draft's data as JSON, None to embed nothing; whatever else was attached is
    left out. ``engine`` names the program that set the pages; ``mend`` changes what is its own in
    them (its tags) while the file is open. The same arguments give the same bytes.
    """
    import pikepdf

    date = metadata_date(document)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if mend is not None:
            mend(pdf)
        if "/ID" in pdf.trailer:  # the engine's own, of which qpdf would keep the first half
            del pdf.trailer["/ID"]
        root = pdf.Root
        packet = pikepdf.Stream(pdf, metadata.packet(document.meta, date, engine))
        packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        root.Metadata = pdf.make_indirect(packet)
        pdf.trailer.Info = pdf.make_indirect(
            pikepdf.Dictionary(metadata.information(document.meta, date, engine))
        )
        root.Lang = pikepdf.String(document.meta.language)
        root.MarkInfo = pikepdf.Dictionary(Marked=True)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        _attach(pdf, payload, date)
        made = io.BytesIO()
        pdf.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            force_version="1.7",
            fix_metadata_version=False,  # the packet is final: parsing it again would recast it
        )
    return made.getvalue()


def _attach(pdf: Pdf, payload: bytes | None, date: datetime) -> None:
    """Make ``payload`` the one embedded and associated file (ISO 19005-3, 6.8)."""
    import pikepdf

    root = pdf.Root
    for holder, key in ((root, "/AF"), (root.get("/Names"), "/EmbeddedFiles")):
        if holder is not None and key in holder:
            del holder[key]
    if payload is None:
        if "/Names" in root and not len(root.Names.keys()):
            del root.Names
        return
    stream = pikepdf.Stream(pdf, payload)
    stream.Type, stream.Subtype = pikepdf.Name.EmbeddedFile, pikepdf.Name(PAYLOAD_TYPE)
    day = f"{date:D:%Y%m%d%H%M%SZ}"
    stream.Params = pikepdf.Dictionary(
        Size=len(payload),
        CheckSum=pikepdf.String(md5(payload, usedforsecurity=False).digest()),
        CreationDate=day,
        ModDate=day,
    )
    file: Any = pdf.make_indirect(stream)
    entry = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=PAYLOAD_NAME,
            UF=PAYLOAD_NAME,
            Desc=PAYLOAD_DESCRIPTION,
            AFRelationship=pikepdf.Name.Source,
            EF=pikepdf.Dictionary(F=file, UF=file),
        )
    )
    if "/Names" not in root:
        root.Names = pikepdf.Dictionary()
    names = pikepdf.Array([pikepdf.String(PAYLOAD_NAME), entry])
    root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=names)
    root.AF = pikepdf.Array([entry])
