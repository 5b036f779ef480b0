"""What a page of a foreign template must be: self-contained and complete.

A page of ours is self-contained. An office's own template could bring in pictures, style sheets or
scripts from elsewhere; the PDF renderer would leave them out in silence and a browser would fetch
them, so the finished markup is looked through before anybody else reads it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from vanban.catalogue import say
from vanban.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXCERPT = 80
# Attributes that make a reader fetch something at once; a link to click on is none of them.
_FETCHING = frozenset({"src", "srcset", "poster", "background", "data", "xlink:href", "formaction"})
_ACTIVE = frozenset({"script", "iframe", "frame", "object", "embed", "applet", "base", "portal"})
_CSS_REACH = re.compile(
    r"""@import\b[^;]*|url\(\s*["']?(?!\s*(?:data:|\#))[^)]*\)?|image-set\([^)]*\)?""",
    re.IGNORECASE,
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def reaches_out(template: str, what: str) -> TemplateError:
    """Return the error for a template that asks for something outside itself."""
    shown = " ".join(what.split())
    shown = shown if len(shown) <= _EXCERPT else f"{shown[:_EXCERPT]}…"
    return TemplateError(say("render.template_reaches_out", path=template, what=shown))


def _inside(value: str) -> bool:
    """Tell whether an address stays inside the page."""
    plain = value.strip().lower()
    return not plain or plain.startswith(("data:", "#"))


class _Reader(HTMLParser):
    """Notes the first thing that reaches out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""
        self.text: list[str] = []
        self._style = False

    def _note(self, what: str) -> None:
        self.found = self.found or what

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        values = {name: value or "" for name, value in attrs}
        if tag in _ACTIVE:
            self._note(f"<{tag}>")
        if tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
            self._note('<meta http-equiv="refresh">')
        for name, value in values.items():
            fetches = name in _FETCHING or (
                name == "href"
                and (tag not in {"a", "area"} or "attachment" in values.get("rel", "").lower())
            )
            if (fetches and not _inside(value)) or name.startswith("on"):
                self._note(f'<{tag} {name}="{value}">')
            elif name == "style":
                self._css(value)

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if self._style:
            self._css(data)
        else:
            self.text.append(data)

    def _css(self, text: str) -> None:
        if reach := _CSS_REACH.search(_CSS_COMMENT.sub(" ", text)):
            self._note(reach.group())


def _read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader


def first_reach(markup: str) -> str:
    """Return the first thing in a page that a reader would fetch or run, else an empty text."""
    return _read(markup).found


def first_lost(markup: str, texts: Iterable[str]) -> str:
    """Return the first text that does not stand in a page, white space apart, else an empty one."""
    page = "".join("".join(_read(markup).text).split())
    lost = next((text for text in texts if "".join(text.split()) not in page), "")
    return lost if len(lost) <= _EXCERPT else f"{lost[:_EXCERPT]}…"
