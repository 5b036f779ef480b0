"""The proof of an HTML page: its texts, and that it asks for nothing outside itself."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from vanban.proof.faults import BROKEN, LOST, REACH, excerpt, fault, first_of_each
from vanban.proof.texts import differences, folded, left_out, shown_from, wanted
from vanban.render.reach import first_reach

if TYPE_CHECKING:
    from vanban.compose.document import Document
    from vanban.finding import Finding

_FORMAT = "HTML"
_UNSEEN = frozenset({"head", "style", "script", "template"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)


class _Page(HTMLParser):
    """Gathers the text that a reader is told; what is hidden from readers is kept apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.hidden: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []  # tag, unseen, hidden from readers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        unseen, hidden = self._open[-1][1:] if self._open else (False, False)
        hidden = hidden or ("aria-hidden", "true") in attrs
        self._open.append((tag, unseen or tag in _UNSEEN, hidden))

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        unseen, hidden = self._open[-1][1:] if self._open else (False, False)
        if not unseen:
            (self.hidden if hidden else self.text).append(data)


def prove_html(data: bytes, document: Document, *, exact: bool) -> tuple[Finding, ...]:
    """Return what is wrong with a finished page; see ``vanban.proof.prove``."""
    try:
        markup = data.decode("utf-8")
    except UnicodeDecodeError:
        return (fault(BROKEN, "html", format=_FORMAT),)
    page = _Page()
    page.feed(markup)
    page.close()
    findings = []
    if reach := first_reach(markup):
        findings.append(fault(REACH, "html", format=_FORMAT, what=excerpt(reach)))
    mark = document.watermark or ""
    if folded(mark) not in folded("".join(page.hidden)):
        findings.append(fault(LOST, "dau_chim", format=_FORMAT, page="", excerpt=mark))
    raw = "".join(page.text)
    flat = folded(raw)
    if exact and flat != folded("".join(document.texts())):
        texts = wanted(document, folded)
        findings += differences(_FORMAT, texts, flat, shown_from(raw))
    elif not exact:
        findings += left_out(_FORMAT, wanted(document, folded), [flat])
    return first_of_each(findings)
