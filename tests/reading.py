"""Reading back what was rendered, with libraries that vanban does not use for writing it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from vanban.compose.document import Document, Table

if TYPE_CHECKING:
    from docx.table import Table as WordTable


def squash(text: str) -> str:
    """Return a text in NFC without any white space: what must be equal whatever the line breaks."""
    return "".join(unicodedata.normalize("NFC", text).split())


def docx_texts(data: bytes) -> Iterator[str]:
    """Yield the paragraphs of a DOCX in reading order, those of tables cell by cell."""
    import docx
    from docx.table import Table as WordTable

    for block in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, WordTable):
            yield from _table_texts(block)
        else:
            yield block.text


def _table_texts(table: WordTable) -> Iterator[str]:
    # The XML is walked, not row.cells: python-docx repeats the text of merged cells.
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for paragraph in table._tbl.iter(f"{namespace}p"):
        yield "".join(node.text or "" for node in paragraph.iter(f"{namespace}t"))


def pdf_pages(data: bytes) -> list[str]:
    """Return the text of every page of a PDF, in the order of its content."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
        # pdfium takes a hyphen that ends a line for one that a line break made
        return [text.replace("\x02", "-").replace("\ufffe", "-") for text in texts]
    finally:
        document.close()


def expected_text(document: Document) -> str:
    """Return everything the pages of a Document must hold, squashed.

    The contact at the foot of page 1 is left out: it is read with the head, and drawn elsewhere.
    """
    return squash("".join(replace(document, contact=()).texts()))


def contact_text(document: Document) -> str:
    """Return what stands at the foot of page 1, squashed."""
    return squash("".join(line.text for line in document.contact))


def docx_foot(data: bytes) -> str:
    """Return the text at the foot of page 1 of a DOCX, squashed."""
    import docx

    foot = docx.Document(BytesIO(data)).sections[0].first_page_footer
    return squash("".join(paragraph.text for paragraph in foot.paragraphs))


def pdf_running_text(data: bytes, document: Document) -> str:
    """Return the squashed text of a PDF without what is no running text.

    That is page numbers, repeated table headers, the mark behind the text and the foot of page 1.
    """
    headers = {header for table in _tables(document) if (header := _header_text(table))}
    # Under Nghị định 30 every appendix is numbered anew, its first page without a number (III.1đ).
    anew = document.meta.profile == "nd30"
    starts = [squash(appendix.titles[0].text) for appendix in document.appendices if anew]
    running = ""
    number = 0
    for page in pdf_pages(data):
        text = squash(page)
        behind = squash(document.watermark or "")
        assert text.startswith(behind), "a page without the mark of a draft"
        text = text.removeprefix(behind)
        if not running:
            assert text.endswith(contact_text(document))
            text = text.removesuffix(contact_text(document))
        number += 1
        if starts and text.startswith(starts[0]):
            starts.pop(0)
            number = 1
        if number > 1:
            mark = str(number)
            assert text.startswith(mark) or text.endswith(mark), f"page {number} has no number"
            # The number is drawn last; at the top "2" may be the number of a heading.
            text = text.removesuffix(mark) if text.endswith(mark) else text.removeprefix(mark)
            for header in headers:
                # Only a header seen before is a repetition.
                if text.startswith(header) and header in running:
                    text = text.removeprefix(header)
        running += text
    return running


def _header_text(table: Table) -> str:
    return squash("".join(cell.text for row in table.header for cell in row))


def _tables(document: Document) -> Iterator[Table]:
    for blocks in (document.body, *(appendix.blocks for appendix in document.appendices)):
        for block in blocks:
            if isinstance(block, Table):
                yield block
