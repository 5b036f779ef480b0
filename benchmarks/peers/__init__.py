"""The peers: what somebody would write with the same libraries, given the same content.

``content`` reduces a composed Document to plain lists of texts and tables; every peer starts from
that, so that none pays for our composition and all put the same words on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vanban.compose.document import Block, Document, Table

Content = list[dict[str, Any]]


def content(document: Document) -> Content:
    """Return the blocks of a document, in reading order, as plain data.

    ``{"style": name, "runs": [[text, bold, italic], …]}`` or ``{"rows": [[text, …], …]}``.
    """
    return [*_all(document)]


def _all(document: Document) -> Iterator[dict[str, Any]]:
    yield from _lines(document.header.lines(), document.title)
    yield from _blocks(document.body)
    yield from _lines(document.recipients.lines(), document.signature.lines())
    for appendix in document.appendices:
        yield from _lines(appendix.titles)
        yield from _blocks(appendix.blocks)


def _lines(*groups: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for group in groups:
        for line in group:
            yield {"style": "giua", "runs": [[line.text, True, False]]}


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if not isinstance(block, Table):
            heading = block.level is not None
            runs = [[run.text, run.bold or heading, run.italic] for run in block.runs]
            yield {"style": "noi_dung", "runs": runs}
            continue
        if block.caption:
            yield {"style": "giua", "runs": [[block.caption, True, False]]}
        width = len(block.columns)
        # A cell over several columns is followed by empty ones: the naive tables join none.
        rows = []
        for row in (*block.header, *block.rows):
            texts = [text for cell in row for text in (cell.text, *[""] * (cell.colspan - 1))]
            rows.append([*texts, *[""] * (width - len(texts))][:width])
        yield {"rows": rows}
