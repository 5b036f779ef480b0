"""Every good example under every profile, by both engines, each rendered once in a session."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tagged import TaggedPdf

import vanban
from vanban import kinds
from vanban.compose.composer import compose
from vanban.compose.document import Document
from vanban.compose.profile import load_profile, profiles
from vanban.render.engines import TYPST, WEASYPRINT, render_pdf_pages

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(
    path
    for folder in ("bao-cao-so-ket", "bao-cao-so-ket/ky-truoc", "nd30")
    for path in (ROOT / "examples" / folder).glob("*.yaml")
)
_DUNG = ROOT / "examples" / "bao-cao-so-ket" / "dung"
# A sample of the small ones, and those with a mark at the head or a copy's form at the end.
RIGHT = sorted({*sorted(_DUNG.glob("*.yaml"))[::20], *_DUNG.glob("FMT04[012]*.yaml")})
CASES = [
    *((path, name, WEASYPRINT) for path in EXAMPLES for name in sorted(profiles())),
    *((path, name, WEASYPRINT) for path in RIGHT for name in ("dang-hd36", "nd30")),
    # The two guidelines of the Party come to the same page.
    *((path, name, TYPST) for path in EXAMPLES for name in ("dang-hd05", "nd30")),
    *((path, "dang-hd36", TYPST) for path in RIGHT),
]


@dataclass(frozen=True)
class Made:
    """A finished PDF with the document and the data it was made from."""

    document: Document
    payload: bytes
    data: bytes
    pages: int
    read: TaggedPdf
    engine: str


@cache
def make(path: Path, profile: str, engine: str = WEASYPRINT, marked: bool = False) -> Made:
    """Render one draft; ``marked`` with DỰ THẢO behind the text."""
    draft = vanban.load(path)
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    document = compose(draft, load_profile(profile), kind=kind, allow_errors=marked)
    payload = json.dumps({"data": path.read_text("utf-8")}, ensure_ascii=False).encode()
    result = render_pdf_pages(document, kind, payload=payload, engine=engine)
    return Made(document, payload, result.data, result.pages, TaggedPdf(result.data), engine)
