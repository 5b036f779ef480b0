"""What a hand may do to a finished file: the ways of editing that verify must notice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf

# --- DOCX -----------------------------------------------------------------------------------------


def in_docx(data: bytes, changes: Mapping[str, Callable[[str], str | None]]) -> bytes:
    """Return a DOCX with parts rewritten as a program would write them; None leaves a part out."""
    target = io.BytesIO()
    left = dict(changes)
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            held = old.read(name)
            change = left.pop(name, None)
            if change is not None:
                text = change(held.decode())
                if text is None:
                    continue
                assert text.encode() != held, name
                held = text.encode()
            new.writestr(name, held)
    assert not left, f"no such part: {sorted(left)}"
    return target.getvalue()


def in_body(data: bytes, old: str, new: str) -> bytes:
    """Return a DOCX with a text of its body replaced once."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return in_docx(data, {"word/document.xml": change})


def paragraphs(data: bytes, change: Callable[[list[str]], list[str]]) -> bytes:
    """Return a DOCX with the paragraphs of its body that stand outside tables rearranged."""

    def rewrite(text: str) -> str:
        pieces = re.split(r"(<w:tbl>.*?</w:tbl>|<w:p>.*?</w:p>|<w:p [^>]*>.*?</w:p>)", text)
        where = [n for n, piece in enumerate(pieces) if piece.startswith(("<w:p>", "<w:p "))]
        after = change([pieces[n] for n in where])
        for n in where:
            pieces[n] = ""
        pieces[where[0]] = "".join(after)
        return "".join(pieces)

    return in_docx(data, {"word/document.xml": rewrite})


def without_data(data: bytes) -> bytes:
    """Return a DOCX from which somebody took the custom XML."""
    rels = "word/_rels/document.xml.rels"
    gone: dict[str, Callable[[str], str | None]] = {
        name: lambda _: None
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if name.startswith("customXml/")
    }
    gone[rels] = lambda text: re.sub(r"<Relationship [^>]*customXml[^>]*/>", "", text)
    gone["[Content_Types].xml"] = lambda text: re.sub(r"<Override [^>]*customXml[^>]*/>", "", text)
    return in_docx(data, gone)


def docx_payload(data: bytes) -> str:
    """Return the custom XML part of ours as it stands in a DOCX."""
    return zipfile.ZipFile(io.BytesIO(data)).read("customXml/item1.xml").decode()


# --- PDF ------------------------------------------------------------------------------------------


def in_pdf(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a PDF changed and saved by another program."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


def attachment(pdf: pikepdf.Pdf) -> Any:
    """Return the stream of the attachment."""
    root: Any = pdf.Root
    return root.AF[0].EF.F


def pdf_payload(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return bytes(attachment(pdf).read_bytes())


def strip_attachment(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    del root.AF
    del root.Names


def letters(font: Any) -> dict[int, str]:
    """Return what the codes of a font mean, from its ToUnicode table."""
    table = font.ToUnicode.read_bytes().decode()
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def rewrite_text(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    """Return a change of the content streams: ``old`` becomes ``new``, sign for sign, once.

    This is what an editor of PDFs does: other glyphs of the same font are drawn.
    """
    assert len(old) == len(new)

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            fonts: Any = page.obj.Resources.Font
            meanings = {str(name): letters(fonts[name]) for name in fonts.keys()}  # noqa: SIM118
            font = ""
            operations = list(pikepdf.parse_content_stream(page))
            for n, operation in enumerate(operations):
                if str(operation.operator) == "Tf":
                    font = str(operation.operands[0])
                if str(operation.operator) not in ("Tj", "TJ"):
                    continue
                if (other := _rewritten(operation, meanings[font], old, new)) is not None:
                    operations[n] = other
                    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operations))
                    return
        raise AssertionError(f"{old!r} stands on no page in one piece")

    return change


def _rewritten(operation: Any, known: dict[int, str], old: str, new: str) -> Any:
    codes = {text: code for code, text in known.items()}
    first = operation.operands[0]
    strings = list(first) if isinstance(first, pikepdf.Array) else [first]
    places: list[tuple[int, int]] = []
    text = ""
    for n, piece in enumerate(strings):
        if not isinstance(piece, pikepdf.String):
            continue
        raw = bytes(piece)
        for at in range(0, len(raw), 2):
            places.append((n, at))
            text += known.get(int.from_bytes(raw[at : at + 2], "big"), "\ufffd")
    start = text.find(old)
    if start < 0:
        return None
    for offset, char in enumerate(new):
        n, at = places[start + offset]
        raw = bytearray(bytes(strings[n]))
        raw[at : at + 2] = codes[char].to_bytes(2, "big")
        strings[n] = pikepdf.String(bytes(raw))
    shown = pikepdf.Array(strings) if isinstance(first, pikepdf.Array) else strings[0]
    return pikepdf.ContentStreamInstruction([shown], operation.operator)


def draw(page: int, operators: str, *, first: bool = False) -> Callable[[pikepdf.Pdf], None]:
    """Return a change that draws something over (or under) everything on a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, f"q {operators} Q".encode())
        pdf.pages[page].contents_add(stream, prepend=first)

    return change


def around(before: str) -> Callable[[pikepdf.Pdf], None]:
    """Return a change that puts operators before all that a page draws."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_add(pikepdf.Stream(pdf, f"q {before}".encode()), prepend=True)
        page.contents_add(pikepdf.Stream(pdf, b"Q"))

    return change


def form(pdf: pikepdf.Pdf, operators: bytes, **more: Any) -> Any:
    """Return a form, a drawing that stands by itself, of the size of a page."""
    kept = {"Resources": pikepdf.Dictionary(), "BBox": [0, 0, 600, 850], **more}
    return pikepdf.Stream(
        pdf, operators, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, **kept
    )


def masked(pdf: pikepdf.Pdf) -> None:
    """Lay a mask over a page that lets nothing through."""
    group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
    mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=form(pdf, b"", Group=group))
    name = pdf.pages[0].add_resource(pikepdf.Dictionary(SMask=mask), pikepdf.Name.ExtGState)
    around(f"{name} gs")(pdf)


def covered_from_deep_within(pdf: pikepdf.Pdf) -> None:
    """Cover a page by a form in a form in a form, deeper than anybody looks."""
    inner = form(pdf, b"1 1 1 rg 0 0 600 850 re f")
    for _ in range(12):
        holder = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        inner = form(pdf, b"/F Do", Resources=holder)
    name = pdf.pages[0].add_resource(inner, pikepdf.Name.XObject)
    draw(0, f"{name} Do")(pdf)


def covering_link(pdf: pikepdf.Pdf) -> None:
    """Lay a link over a page that draws a white sheet."""
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 600, 850],
        AP=pikepdf.Dictionary(N=form(pdf, b"1 1 1 rg 0 0 600 850 re f")),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = pdf.make_indirect([pdf.make_indirect(link)])


def as_form(pdf: pikepdf.Pdf) -> None:
    """Make a form of all that a page draws, as programs do that put pages together."""
    page = pdf.pages[0].obj
    moved = {"Resources": page.Resources, "Matrix": [1, 0, 0, 1, 0, -100]}
    whole = form(pdf, page.Contents.read_bytes(), **moved)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=whole))
    page.Contents = pikepdf.Stream(pdf, b"1 0 0 1 0 100 cm /F Do")


def spoken_otherwise(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    """Return a change of what is drawn, with the line as it was kept for those who listen."""

    def change(pdf: pikepdf.Pdf) -> None:
        rewrite_text(old, new)(pdf)
        page = pdf.pages[0]
        end = pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
        fonts: Any = page.obj.Resources.Font
        font, made = "", []
        for one in pikepdf.parse_content_stream(page):
            name = str(one.operator)
            font = str(one.operands[0]) if name == "Tf" else font
            line = drawn(one, letters(fonts[font])) if name == "TJ" else ""
            if new not in line:
                made.append(one)
                continue
            said = pikepdf.Dictionary(ActualText=pikepdf.String(line.replace(new, old)))
            begin = [pikepdf.Name.Span, said]
            begun = pikepdf.ContentStreamInstruction(begin, pikepdf.Operator("BDC"))
            made += [begun, one, end]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))

    return change


def drawn(operation: Any, known: dict[int, str]) -> str:
    """Return the text that an operation draws, its letters ``known`` by their codes."""
    strings = [bytes(one) for one in operation.operands[0] if isinstance(one, pikepdf.String)]
    codes = (raw[at : at + 2] for raw in strings for at in range(0, len(raw), 2))
    return "".join(known.get(int.from_bytes(code, "big"), "?") for code in codes)
