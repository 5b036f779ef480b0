"""What PDF/A and PDF/UA cost per page: building the tags, and the last hand on the file.

Beside it stands what WeasyPrint spends on the tree that ours replaces. CPU times in ms of the
fastest of several rounds, on a good example with its data embedded. Run it with
``python -m benchmarks.archive_cost [DRAFT]``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import vanban
from vanban import kinds
from vanban.archive.weasyprint_tags import TagTree
from vanban.compose.composer import compose
from vanban.compose.profile import choose_profile
from vanban.render import pdf

EXAMPLE = Path(__file__).parents[1] / "examples" / "bao-cao-so-ket" / "6-thang-2026.yaml"

Spent = dict[str, float]


def timed(holder: Any, name: str, spent: Spent) -> None:
    """Make a function add what it takes to ``spent``, in ms under its own name."""
    whole: Callable[..., Any] = getattr(holder, name)

    def measured(*args: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return whole(*args, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + (time.process_time() - start) * 1000

    setattr(holder, name, measured)


def rounds(render: Callable[[], Any], spent: Spent, count: int) -> Spent:
    """Return the least that each part took in ``count`` rounds."""
    least: Spent = {}
    for _ in range(count):
        spent.clear()
        render()
        for name, took in spent.items():
            least[name] = min(took, least.get(name, took))
    return least


def main() -> None:
    """Measure and print."""
    import weasyprint.pdf

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("draft", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    draft = vanban.load(options.draft)
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    document = compose(draft, choose_profile(draft.data), kind=kind)
    payload = options.draft.read_bytes()
    made = pdf.render_pdf_pages(document, kind, payload=payload)
    spent: Spent = {}
    for holder, name in ((TagTree, "add_page"), (TagTree, "write"), (pdf, "finish")):
        timed(holder, name, spent)
    timed(weasyprint.pdf, "add_tags", spent)
    ours = rounds(
        lambda: pdf.render_pdf_pages(document, kind, payload=payload), spent, options.rounds
    )
    total = sum(ours.values())
    print(
        f"{made.pages} pages, {len(made.data) / 1000:.1f} kB, {len(payload) / 1000:.1f} kB inside"
    )
    print(
        f"ours: tags {ours['add_page'] + ours['write']:.1f} ms, finishing {ours['finish']:.1f} ms, "
        f"together {total:.1f} ms ({total / made.pages:.2f} a page)"
    )
    TagTree.watched = lambda self, pages: list(pages)  # type: ignore[method-assign]
    TagTree.write = lambda self, pdf: None  # type: ignore[method-assign]
    theirs = rounds(
        lambda: pdf.render_pdf_pages(document, kind, payload=payload), spent, options.rounds
    )
    print(
        f"WeasyPrint's own tree: tags {theirs['add_tags']:.1f} ms, "
        f"finishing {theirs['finish']:.1f} ms"
    )


if __name__ == "__main__":
    main()
