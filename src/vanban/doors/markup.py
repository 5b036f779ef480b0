"""How much the page of a stranger's template asks of whoever draws it.

Looked through once, before a renderer gets it: nesting, cells that stretch over a million columns,
vector pictures that use themselves, style sheets without bounds.
"""

from __future__ import annotations

from html.parser import HTMLParser

from vanban.doors import DoorError, css, fetch, svg

COSTLY, HELD = "render.template_costly", "render.template_holds"
"""The messages: a page asks for too much, or holds something that no page may hold."""

MAX_NESTING = 120
"""Deepest nesting of elements."""

MAX_SPAN = 200
"""Most columns or rows that one cell may stretch over."""

MAX_SPANS = 5_000
"""All columns and rows together that the cells of a page stretch over."""

# Elements without an end tag, or whose end tag may be left out.
_NOT_NESTING = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"),
        *("colgroup", "option", "optgroup", "rt", "rp"),
    }
)


class _Weigher(HTMLParser):
    """Notes the first thing that is too much."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: tuple[str, str] | None = None
        self._depth = 0
        self._spans = 0
        self._style: list[str] | None = None
        self._drawing = 0
        self._shapes = svg.Weigher()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, closed=False)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Only in a drawing does the stroke end an element.
        self._begin(tag, attrs, closed=self._drawing > 0)

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]], *, closed: bool) -> None:
        values = [(name, value or "") for name, value in attrs]
        if tag == "style" and not closed:
            self._style = []
        if tag == "svg":
            self._drawing += not closed
        if self._drawing:
            self._shapes.start(tag, values)
            if closed:
                self._shapes.end(tag)
        if not closed and tag not in _NOT_NESTING:
            self._depth += 1
            if self._depth > MAX_NESTING:
                self._note(f"<{tag}>" * 3 + "…")
        for name, value in values:
            if name in ("colspan", "rowspan", "span"):
                self._span(tag, name, value)
            elif name == "style" and value:
                self._sheet(value)
            elif name != "alt" and value.lstrip()[:5].lower() == "data:":
                self._held(value.strip())

    def _span(self, tag: str, name: str, value: str) -> None:
        digits = "".join(char for char in value if char.isdecimal())
        span = int(digits[:9]) if digits else 1
        self._spans += max(0, span - 1)
        if span > MAX_SPAN or self._spans > MAX_SPANS:
            self._note(f"<{tag} {name}={value[:12]}>")

    def handle_endtag(self, tag: str) -> None:
        if self._style is not None:
            self._sheet("".join(self._style))
            self._style = None
        if self._drawing:
            self._shapes.end(tag)
            self._drawing -= tag == "svg"
        if tag not in _NOT_NESTING:
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._style is not None:
            self._style.append(data)

    def _sheet(self, text: str) -> None:
        self._note(css.excess(text))
        if self.found is None and ("data:" in text.lower() or "\\" in text):
            for address in css.addresses(text):
                if address.lstrip()[:5].lower() == "data:":
                    self._held(address.strip())

    def _held(self, address: str) -> None:
        try:
            fetch.held(address)
        except DoorError:
            self.found = self.found or (HELD, address)

    def finish(self) -> tuple[str, str] | None:
        self.close()
        if self._style is not None:
            self._sheet("".join(self._style))
        if self._shapes.too_much():
            self._note("<use>")
        return self.found

    def _note(self, what: str) -> None:
        if what and self.found is None:
            self.found = (COSTLY, what)


def refused(page: str) -> tuple[str, str] | None:
    """Return the message and the first thing in a page that no renderer should get, else None."""
    weigher = _Weigher()
    weigher.feed(page)
    return weigher.finish()
