"""What a DOCX costs: with everything at most a twelfth of docxtpl, with its proof a fifth.

``python -m benchmarks.docx_cost`` composes and renders variants of two examples, of 8 and of 13
pages (other sentences and figures in each, so that nothing is won by having seen a document
before), and has docxtpl render the same content from the same Word template in the same rounds:
the template opened, its tags filled with texts that are ready, the file saved. It prints the
median and the least of each stage, the ratios of each round (median), and how the cost grows up to
200 pages; it ends 1 when a ratio of the smaller example is over its limit. Validation is
not in it. CPU times.
"""

from __future__ import annotations

import argparse
import gc
import io
import random
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from docxtpl import DocxTemplate

import vanban
from benchmarks.drafts import EXAMPLE, draft
from vanban import exporting
from vanban.compose.document import Document
from vanban.compose.profile import load_profile
from vanban.config import Config
from vanban.kinds import Kind
from vanban.proof import prove
from vanban.read.draft import Draft
from vanban.read.reader import read_path
from vanban.render.docx import render_docx
from vanban.render.docx_fill import Fields

EXAMPLES = (EXAMPLE.with_name("6-thang-2026.yaml"), EXAMPLE)
VARIANTS = 16
MADE, PROVED = 1 / 12, 1 / 5
"""Most of docxtpl's time that a document may take, without and with its proof."""

SIZES = (15_000, 60_000, 120_000, 240_000)
"""Characters of the drafts by which growth is shown; the last comes to nearly 200 pages."""

_LONG_TEXT = 60
_STAGES = ("docxtpl", "compose", "embed", "render", "proof")


def variant(data: Any, rng: random.Random) -> Any:
    """Return some data with the words of its long texts in another order and other figures."""
    if isinstance(data, str):
        if len(data) < _LONG_TEXT:
            return data
        words = data.split(" ")
        rng.shuffle(words)
        return " ".join(words)
    if isinstance(data, Mapping):
        return {key: variant(value, rng) for key, value in data.items()}
    if isinstance(data, list):
        return [variant(value, rng) for value in data]
    if isinstance(data, int | Decimal) and not isinstance(data, bool) and data > 2100:
        return data + rng.randrange(100)
    return data


class Work:
    """One draft, and what is measured on it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.draft: Draft = vanban.draft(data)
        self.config = Config.of(None)
        self.document: Document
        self.kind: Kind
        self.compose()
        self.payload = self.embed()
        self.made = self.render()
        path = self.kind.templates / f"document.{self.document.meta.profile}.docx"
        self.template = path
        fields = Fields(0, 0, frozenset(), {}, lambda text, *_: [text])
        self.context = fields.context(self.document)

    def compose(self) -> None:
        """Make the Document."""
        self.document, self.kind = exporting._document(self.draft, None, False, self.config)

    def embed(self) -> bytes | None:
        """Return the draft's data as the file carries it."""
        inside = exporting._Embedding(
            self.draft, self.document, self.kind, allow_errors=False, config=self.config
        )
        return inside.payload("docx", None)

    def render(self) -> bytes:
        """Make the finished DOCX."""
        return render_docx(self.document, self.kind, None, self.payload)

    def proof(self) -> None:
        """Read the DOCX again."""
        profile = load_profile(self.document.meta.profile)
        found = prove("docx", self.made, self.document, profile=profile)
        assert not found, found

    def docxtpl(self) -> bytes:
        """Make a DOCX as the usual script does."""
        template = DocxTemplate(self.template)
        template.render(self.context)
        target = io.BytesIO()
        template.save(target)
        return target.getvalue()


def _ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def measured(works: list[Work], rounds: int) -> list[dict[str, float]]:
    """Return for each round the milliseconds of each stage; the stages take turns."""
    found = []
    for number in range(rounds):
        work = works[number % len(works)]
        gc.collect()
        found.append({stage: _ms(getattr(work, stage)) for stage in _STAGES})
    return found


def _column(found: list[dict[str, float]], *stages: str) -> list[float]:
    return [sum(one[stage] for stage in stages) for one in found]


def _ratio(found: list[dict[str, float]], *stages: str) -> float:
    return median(sum(one[stage] for stage in stages) / one["docxtpl"] for one in found)


def main() -> int:
    """Measure, print, and return 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=64)
    parser.add_argument("--sizes", action="store_true", help="show how the cost grows, too")
    asked = parser.parse_args()
    over = [_compared(example, asked.rounds) for example in EXAMPLES]
    if asked.sizes:
        _show_growth()
    return int(over[0])


def _compared(example: Path, rounds: int) -> bool:
    """Measure variants of an example; tell whether a ratio is over its limit."""
    data = read_path(str(example)).data
    works = [Work(variant(data, random.Random(seed))) for seed in range(VARIANTS)]
    found = measured(works, rounds)
    print(f"{example.name}\nstage      median ms   least ms")
    for stage in _STAGES:
        values = _column(found, stage)
        print(f"{stage:10} {median(values):9.2f} {min(values):10.2f}")
    made, carried, proved = (
        _ratio(found, "compose", "render"),
        _ratio(found, "compose", "embed", "render"),
        _ratio(found, "compose", "embed", "render", "proof"),
    )
    print(f"compose + render                  1/{1 / made:.1f} of docxtpl (limit 1/12)")
    print(f"compose + embed + render          1/{1 / carried:.1f}")
    print(f"compose + embed + render + proof  1/{1 / proved:.1f} (limit 1/5)")
    return made > MADE or proved > PROVED


def _show_growth() -> None:
    print("characters  docxtpl  compose  embed  render  proof   ms; render per 1,000 characters")
    for size in SIZES:
        found = measured([Work(draft(size, 7))], 5)
        values = {stage: median(_column(found, stage)) for stage in _STAGES}
        shown = "  ".join(f"{values[stage]:7.1f}" for stage in _STAGES)
        print(f"{size:9}  {shown}   {values['render'] / size * 1000:.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
