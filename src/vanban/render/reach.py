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
from vanban.doors import css as css_door
from vanban.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXCERPT = 80
# Attributes that make a reader fetch something at once; a link to click on is none of them.
_FETCHING = frozenset({"src", "srcset", "poster", "background", "data", "xlink:href", "formaction"})
_ACTIVE = frozenset({"script", "iframe", "frame", "object", "embed", "applet", "base", "portal"})
_CSS_REACH = re.compile(
    r"""@import\b[^;]*|url\((?!\s*["']?\s*(?:data:|\#))[^)]*\)?|image-set\([^)]*\)?""",
    re.IGNORECASE,
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def reaches_out(template: str, what: str) -> TemplateError:
    """Return the error for a template that asks for something outside itself."""
    shown = " ".join(what.split())
    shown = shown if len(shown) <= _EXCERPT else f"{shown[:_EXCERPT]}…"
    return TemplateError(say("render.template_reaches_out", path=template, what=shown))


def costs_too_much(template: str, what: str, key: str = "render.template_costly") -> TemplateError:
    """Return the error for a template whose page no renderer should get."""
    shown = " ".join(what.split())[:_EXCERPT]
    return TemplateError(say(key, path=template, what=shown))


def _inside(value: str) -> bool:
    """Tell whether an address stays inside the page."""
    plain = value.strip().lower()
    return not plain or plain.startswith(("data:", "#"))


class _Reader(HTMLParser):
    """Notes what reaches out, each with its line and column counted from 1."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, int, int]] = []
        self.text: list[str] = []
        self._style = False

    def _note(self, what: str, before: str = "") -> None:
        """Note something; ``before`` is what stands between it and the beginning of the data."""
        line, column = self.getpos()
        if "\n" in before:
            line, column = line + before.count("\n"), len(before.rpartition("\n")[2])
        else:
            column += len(before)
        self.found.append((what, line, column + 1))

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
                for reach, _at in style_reaches(value):
                    self._note(reach)

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if self._style:
            for reach, at in style_reaches(data):
                self._note(reach, data[:at])
        else:
            self.text.append(data)


def texts(markup: str) -> str:
    """Return the text of a page, that of its style sheets apart."""
    return "".join(_read(markup).text)


def style_reaches(css: str) -> list[tuple[str, int]]:
    """Return everything in a style sheet that a reader would fetch: what, and its offset."""
    plain = _CSS_COMMENT.sub(lambda found: " " * len(found[0]), css)
    found = [(reach[0], reach.start()) for reach in _CSS_REACH.finditer(plain)]
    if (escaped := css.find("\\")) >= 0:  # letters may be written as their numbers
        found += [(what, escaped) for what in css_door.addresses(css) if not _inside(what)]
    return found


def _read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader


def first_reach(markup: str) -> str:
    """Return the first thing in a page that a reader would fetch or run, else an empty text."""
    return next((what for what, _line, _column in reaches(markup)), "")


def reaches(markup: str) -> list[tuple[str, int, int]]:
    """Return everything in a page that a reader would fetch or run: what, line and column."""
    return _read(markup).found


def first_lost(markup: str, texts: Iterable[str]) -> str:
    """Return the first text that does not stand in a page, white space apart, else an empty one."""
    page = "".join("".join(_read(markup).text).split())
    lost = next((text for text in texts if "".join(text.split()) not in page), "")
    return lost if len(lost) <= _EXCERPT else f"{lost[:_EXCERPT]}…"
