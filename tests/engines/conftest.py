"""What the tests of this folder share: helpers of others' tests, examples set by both engines."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from vanban import kinds
from vanban.compose.composer import compose
from vanban.compose.document import Document
from vanban.compose.profile import load_profile, profiles
from vanban.kinds import Kind
from vanban.read.reader import read_path
from vanban.render.engines import TYPST, WEASYPRINT, RenderedPdf, render_pdf_pages
from vanban.resources import data_root

# The layout tests of one engine, and the documents they use, are those of the other; so is the
# reader of tags.
for folder in ("render", "archive"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))

EXAMPLES = sorted(
    path
    for folder in ("bao-cao-so-ket", "bao-cao-so-ket/ky-truoc", "dau-chi", "nd30")
    for path in (data_root() / "examples" / folder).glob("*.yaml")
)


@dataclass(frozen=True)
class Pair:
    """One document and its pages by both engines."""

    document: Document
    kind: Kind
    weasyprint: RenderedPdf
    typst: RenderedPdf


@cache
def pair_of(path: Path, profile: str) -> Pair:
    draft = read_path(str(path))
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    document = compose(draft, load_profile(profile), kind=kind)
    return Pair(
        document,
        kind,
        render_pdf_pages(document, kind, engine=WEASYPRINT),
        render_pdf_pages(document, kind, engine=TYPST),
    )


@pytest.fixture(
    params=[(path, name) for path in EXAMPLES for name in sorted(profiles())],
    ids=lambda case: f"{case[0].stem}-{case[1]}",
)
def pair(request: pytest.FixtureRequest) -> Pair:
    """Every good example under every profile, by both engines."""
    return pair_of(*request.param)
