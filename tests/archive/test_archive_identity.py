"""What an archived PDF says of itself: ISO 19005-3 (PDF/A-3a), ISO 14289-1 (PDF/UA-1)."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from archived import ROOT, Made, make
from fontTools.ttLib import TTFont
from lxml import etree

from vanban import seal
from vanban.archive import finish
from vanban.render.dates import metadata_date

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"

# The schemas that PDF/A-3 knows by itself; every other one must be described in the file.
PREDEFINED = {RDF, DC, XMP, PDF, PDFAID, EXTENSION}

SMALL = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"


def packet(pdf: pikepdf.Pdf) -> etree._Element:
    """Return the one description of the XMP packet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.fromstring(pdf.Root.Metadata.read_bytes(), parser)
    (description,) = tree.iter(f"{RDF}Description")
    return description


def value(description: etree._Element, name: str) -> str:
    """Return the text of a property, that of its one member for an array."""
    (element,) = description.findall(name)
    texts = [text.strip() for text in element.itertext() if text.strip()]
    assert len(texts) == 1
    return texts[0]


# ---- XMP and Info ----------------------------------------------------------------------------


def test_both_identifications(made: Made) -> None:
    description = packet(made.read.pdf)
    assert value(description, f"{PDFAID}part") == "3"
    assert value(description, f"{PDFAID}conformance") == "A"
    assert value(description, f"{PDFUAID}part") == "1"


def test_every_property_that_pdfa_does_not_know_is_described(made: Made) -> None:
    description = packet(made.read.pdf)
    described = set()
    for entry in description.iterfind(f"{EXTENSION}schemas/{RDF}Bag/{RDF}li"):
        assert entry.findtext(f"{SCHEMA}schema")
        assert entry.findtext(f"{SCHEMA}prefix")
        uri = entry.findtext(f"{SCHEMA}namespaceURI")
        for item in entry.iterfind(f"{SCHEMA}property/{RDF}Seq/{RDF}li"):
            assert item.findtext(f"{PROPERTY}valueType") in ("Integer", "Text")
            assert item.findtext(f"{PROPERTY}category") == "internal"
            assert item.findtext(f"{PROPERTY}description")
            described.add(f"{{{uri}}}{item.findtext(f'{PROPERTY}name')}")
    used = {
        child.tag
        for child in description
        if f"{{{etree.QName(child).namespace}}}" not in PREDEFINED
    }
    assert used == described == {f"{PDFUAID}part", "{urn:vanban:ns:1}sha256"}


def test_xmp_and_info_say_the_same(made: Made) -> None:
    description, info = packet(made.read.pdf), made.read.pdf.docinfo
    meta = made.document.meta
    assert value(description, f"{DC}title") == str(info.Title) == meta.title
    assert value(description, f"{DC}creator") == str(info.Author) == meta.author
    assert value(description, f"{DC}description") == str(info.Subject) == meta.subject
    assert value(description, f"{XMP}CreatorTool") == str(info.Creator)
    assert str(info.Creator).startswith("vanban ")
    assert value(description, f"{PDF}Producer") == str(info.Producer)
    day = datetime.fromisoformat(value(description, f"{XMP}CreateDate"))
    assert f"{day:D:%Y%m%d%H%M%SZ}" == str(info.CreationDate) == str(info.ModDate)
    assert value(description, f"{XMP}ModifyDate") == value(description, f"{XMP}CreateDate")
    assert value(description, f"{DC}language") == str(made.read.pdf.Root.Lang)
    assert set(info.keys()) == {
        *("/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate")
    }


def test_packet_is_plain_and_whole(made: Made) -> None:
    stream = made.read.pdf.Root.Metadata
    assert stream.Type == "/Metadata" and stream.Subtype == "/XML"
    assert "/Filter" not in stream
    raw = stream.read_raw_bytes()
    assert raw in made.data
    begin, end = raw.split(b"?>", 1)[0], raw.rstrip().rsplit(b"<?", 1)[1]
    assert b'begin="\xef\xbb\xbf"' in begin and b"W5M0MpCehiHzreSzNTczkc9d" in begin
    assert end == b'xpacket end="r"?>'
    assert b"encoding=" not in begin and b"bytes=" not in begin


def test_nasty_titles_stay_text() -> None:
    small = make(SMALL, "dang-hd36")
    nasty = "<vanban:sha256>" + "0" * 64 + " & ]]> \"'\u0001\ufffe {title} %s"
    document = replace(small.document, meta=replace(small.document.meta, title=nasty, author=""))
    data = finish(small.data, document, None, engine="engine & <co>")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        description = packet(pdf)
        assert value(description, f"{DC}title") == nasty.replace("\u0001", "").replace("\ufffe", "")
        assert str(pdf.docinfo.Title) == value(description, f"{DC}title")
        assert value(description, f"{PDF}Producer") == "engine & <co>"
        assert not description.findall(f"{DC}creator") and "/Author" not in pdf.docinfo
    sealed = seal.seal_pdf(data)
    assert sealed != data and len(sealed) == len(data)
    (held,) = re.findall(rb"<vanban:sha256>([0-9a-f]{64})</vanban:sha256>", sealed)
    assert held.decode() == seal.digest(sealed)


# ---- the catalog -----------------------------------------------------------------------------


def test_catalog(made: Made) -> None:
    root = made.read.pdf.Root
    assert str(root.Lang).partition("-")[0] == "vi"
    assert root.MarkInfo.Marked is True and "/Suspects" not in root.MarkInfo
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert all(page.obj.get("/Tabs") == "/S" for page in made.read.pdf.pages)
    assert made.data.startswith(b"%PDF-1.7\n")
    comment = made.data.split(b"\n", 2)[1]
    assert comment[:1] == b"%" and len(comment) > 4 and all(byte > 127 for byte in comment[1:5])
    assert "/Encrypt" not in made.read.pdf.trailer
    first, second = made.read.pdf.trailer.ID
    assert len(bytes(first)) == len(bytes(second)) == 16
    for banned in ("/AA", "/OpenAction", "/OCProperties", "/Requirements", "/AcroForm"):
        assert banned not in root


def test_output_intent(made: Made) -> None:
    (intent,) = made.read.pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert str(intent.OutputConditionIdentifier)
    profile = intent.DestOutputProfile
    raw = profile.read_bytes()
    assert int(profile.N) == 3
    assert raw[36:40] == b"acsp" and raw[16:20] == b"RGB " and raw[12:16] in (b"mntr", b"prtr")
    assert raw[8] <= 4
    for page in made.read.pdf.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            assert str(operator) not in ("k", "K"), "CMYK beside an RGB output intent"
            assert str(operator) not in ("ri",) or str(operands[0]) == "/RelativeColorimetric"


def test_bookmarks_are_the_headings(made: Made) -> None:
    found: list[tuple[int, str]] = []

    def visit(items: list[pikepdf.OutlineItem], depth: int) -> None:
        for item in items:
            found.append((depth, "".join(str(item.title).split())))
            visit(list(item.children), depth + 1)

    with made.read.pdf.open_outline() as outline:
        visit(list(outline.root), 1)
    headings = [element for element in made.read.root.walk() if re.match(r"H\d", element.role)]
    assert len(found) == len(headings) > 0
    for (depth, title), heading in zip(found, headings, strict=True):
        assert title.startswith("".join(made.read.text(heading).split()))
        assert heading.role == f"H{depth}"


# ---- fonts -----------------------------------------------------------------------------------


def widths_of(entries: list[Any]) -> dict[int, float]:
    """Return the widths by code: listed one by one, or one for a run (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            widths.update({first + n: float(width) for n, width in enumerate(second)})
        else:
            widths.update(dict.fromkeys(range(first, int(second) + 1), float(entries.pop(0))))
    return widths


def test_fonts_are_embedded_and_mapped(made: Made) -> None:
    assert made.read.fonts
    for number, (font, mapped) in made.read.fonts.items():
        (cid_font,) = font.DescendantFonts
        descriptor = cid_font.FontDescriptor
        program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
        assert font.Encoding == "/Identity-H" and cid_font.CIDToGIDMap == "/Identity"
        assert str(font.BaseFont) == str(cid_font.BaseFont) == str(descriptor.FontName)
        assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
        assert ("Italic" in str(font.BaseFont)) == (float(descriptor.ItalicAngle) < 0)
        widths = widths_of(list(cid_font.W))
        em, order = program["head"].unitsPerEm, program.getGlyphOrder()
        used = made.read.codes[number]
        assert 0 not in used, ".notdef is shown"
        for code in used:
            assert mapped[code] and not {"\0", "\ufeff", "\ufffe"} & set(mapped[code])
            advance = program["hmtx"][order[code]][0] * 1000 / em
            assert widths[code] == pytest.approx(advance, abs=1)
        if "/CIDSet" in descriptor:
            bits = descriptor.CIDSet.read_bytes()
            assert all(bits[code // 8] >> (7 - code % 8) & 1 for code in used)


# ---- the data inside -------------------------------------------------------------------------


def test_the_data_is_associated_once(made: Made) -> None:
    root = made.read.pdf.Root
    (entry,) = root.AF
    name, named = root.Names.EmbeddedFiles.Names
    assert named.objgen == entry.objgen
    assert str(name) == str(entry.F) == str(entry.UF) == "vanban-draft.json"
    assert entry.Type == "/Filespec" and entry.AFRelationship == "/Source" and str(entry.Desc)
    assert entry.EF.F.objgen == entry.EF.UF.objgen
    stream = entry.EF.F
    assert stream.Type == "/EmbeddedFile" and stream.Subtype == "/application/json"
    assert stream.read_bytes() == made.payload
    assert int(stream.Params.Size) == len(made.payload)
    assert bytes(stream.Params.CheckSum) == md5(made.payload).digest()
    assert str(stream.Params.ModDate) == str(made.read.pdf.docinfo.ModDate)


def test_without_data_nothing_is_attached(long_report: Made) -> None:
    data = finish(long_report.data, long_report.document, None, engine="x")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AF" not in pdf.Root and "/Names" not in pdf.Root
        assert not [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Params" in o]


def test_what_others_attached_is_left_out(long_report: Made) -> None:
    with pikepdf.open(io.BytesIO(long_report.data)) as pdf:
        pdf.attachments["la.txt"] = b"a stranger"
        pdf.Root.AF.append(pdf.Root.AF[0])
        changed = io.BytesIO()
        pdf.save(changed)
    data = finish(changed.getvalue(), long_report.document, b"{}", engine="x")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert list(pdf.attachments) == ["vanban-draft.json"]
        assert len(pdf.Root.AF) == 1
        streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
        assert len([o for o in streams if "/Params" in o]) == 1


def test_finishing_again_changes_nothing_but_the_data(long_report: Made) -> None:
    engine = str(long_report.read.pdf.docinfo.Producer)
    again = finish(long_report.data, long_report.document, b"{}", engine=engine)
    with pikepdf.open(io.BytesIO(again)) as pdf:
        (entry,) = pdf.Root.AF
        assert entry.EF.F.read_bytes() == b"{}"
        assert len(pdf.Root.Names.EmbeddedFiles.Names) == 2
        assert len(pdf.pages) == long_report.pages
    assert again == finish(long_report.data, long_report.document, b"{}", engine=engine)


def test_size_stays_modest(long_report: Made) -> None:
    # 13 pages with two fonts and a half: 106 kB when WeasyPrint tagged them, without any data.
    assert len(long_report.data) - len(long_report.payload) < 106_000, long_report.engine


# ---- dates -----------------------------------------------------------------------------------


def test_dates_never_come_from_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    small = make(SMALL, "dang-hd36").document
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = replace(small, meta=replace(small.meta, created="2023-10-09T00:00:00+07:00"))
    assert metadata_date(dated) == datetime(2023, 10, 8, 17, tzinfo=UTC)
    undated = replace(small, meta=replace(small.meta, created=None))
    assert metadata_date(undated) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    for nonsense in ("", "heute", "-1", "1e9", "９", "9" * 40):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", nonsense)
        assert metadata_date(undated) == datetime(2000, 1, 1, tzinfo=UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert metadata_date(undated) == datetime(2000, 1, 1, tzinfo=UTC)


# ---- the seal --------------------------------------------------------------------------------


def test_the_seal_is_in_the_packet(long_report: Made, tmp_path: Path) -> None:
    assert long_report.data.count(seal.EMPTY.encode()) == 1
    sealed = seal.seal_pdf(long_report.data)
    file = tmp_path / "report.pdf"
    file.write_bytes(sealed)
    assert seal.origin(file) is seal.Origin.OURS
    with pikepdf.open(file) as pdf:
        assert packet(pdf).findtext("{urn:vanban:ns:1}sha256") == seal.digest(sealed)
        assert b"VanbanSha256" not in sealed
    file.write_bytes(sealed[:-200] + b"\n" + sealed[-200:])
    assert seal.origin(file) is seal.Origin.EDITED
    file.write_bytes(long_report.data.replace(b"<vanban:sha256>", b"<vanbam:sha256>"))
    assert seal.origin(file) is seal.Origin.FOREIGN
