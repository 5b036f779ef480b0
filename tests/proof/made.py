"""Good files to be damaged: examples and hand-made documents, each rendered once."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

from vanban import kinds
from vanban.compose.composer import compose
from vanban.compose.document import Document, Paragraph
from vanban.compose.profile import choose_profile, load_profile
from vanban.finding import Finding
from vanban.kinds import Kind
from vanban.proof import prove
from vanban.read.reader import read_path
from vanban.render.docx import render_docx
from vanban.render.fonts import find_font
from vanban.render.html import render_html
from vanban.render.pdf import render_pdf_pages
from vanban.resources import data_root

EXAMPLES = data_root() / "examples"
NINE_MONTHS = EXAMPLES / "bao-cao-so-ket" / "9-thang-2023.yaml"
SMALLEST = EXAMPLES / "bao-cao-so-ket" / "toi-thieu.yaml"
KIND = Kind("bao-cao-so-ket", data_root())
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Good:
    """A document and what was made of it."""

    document: Document
    kind: Kind
    pdf: bytes
    pages: int
    docx: bytes
    html: bytes

    def data(self, format: str) -> bytes:
        made: bytes = getattr(self, format)
        return made


def render(document: Document, kind: Kind = KIND) -> Good:
    made = render_pdf_pages(document, kind)
    return Good(
        document, kind, made.data, made.pages, render_docx(document, kind),
        render_html(document, kind),
    )  # fmt: skip


def document_of(path: Path) -> tuple[Document, Kind]:
    draft = read_path(str(path))
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    return compose(draft, choose_profile(draft.data, None), kind=kind, allow_errors=False), kind


@cache
def good(path: Path = SMALLEST) -> Good:
    return render(*document_of(path))


def proved(
    format: str, data: bytes, document: Document, *, pages: int | None = None, exact: bool = True
) -> tuple[Finding, ...]:
    profile = load_profile(document.meta.profile)
    return prove(
        format, data, document, profile=profile, exact=exact, pages=pages, font=find_font()
    )


def rules(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule for finding in findings}


def prose(document: Document) -> list[int]:
    """Return the places in the body of paragraphs of running text, long enough to be told apart."""
    return [
        n
        for n, block in enumerate(document.body)
        if isinstance(block, Paragraph) and block.level is None and len(block.text) > 60
    ]


def with_text(document: Document, at: int, text: str) -> Document:
    block = document.body[at]
    assert isinstance(block, Paragraph)
    changed = replace(block, runs=(replace(block.runs[0], text=text),))
    return replace(document, body=(*document.body[:at], changed, *document.body[at + 1 :]))


# --- damage --------------------------------------------------------------------------------------


@contextmanager
def _open(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as book:
        yield book


def damaged_pdf(data: bytes, damage: Callable[[pikepdf.Pdf], None]) -> bytes:
    with _open(data) as book:
        damage(book)
        into = io.BytesIO()
        book.save(into)
    return into.getvalue()


def pdf_fonts(book: pikepdf.Pdf) -> list[Any]:
    """Return every font of the pages once, by name."""
    found = {}
    for page in book.pages:
        for _, font in page.obj.Resources.Font.items():
            found[str(font.BaseFont)] = font
    return [found[name] for name in sorted(found)]


def damaged_docx(
    data: bytes,
    damage: Callable[[Any], None] | None = None,
    part: str = "word/document.xml",
    parts: Callable[[dict[str, bytes]], None] | None = None,
) -> bytes:
    """Return a DOCX with the tree of one part, or the parts, changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    if damage is not None:
        root = etree.fromstring(held[part])
        damage(root)
        held[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if parts is not None:
        parts(held)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return into.getvalue()


def paragraph_with(root: Any, text: str) -> Any:
    """Return the paragraph of a Word part with this text."""
    return next(p for p in root.iter(f"{W}p") if "".join(p.itertext()) == text)


def _samples() -> Any:
    """Return the hand-made documents of the tests of the renderers."""
    place = Path(__file__).parents[1] / "render" / "samples.py"
    spec = importlib.util.spec_from_file_location("samples_for_proof", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


samples = _samples()
SAMPLES = ("party", "state", "own_numbers", "long_table", "long_names")


@cache
def sample(name: str) -> Good:
    return render(getattr(samples, f"{name}_document")())
