"""The door for addresses: what WeasyPrint may fetch while it makes a PDF.

It gets our own font files and what a page holds in itself (``data:``), as far as that is a small
picture or a style sheet. Every other address ends the rendering: going on without it would give a
page that is not the one asked for, and fetching it would tell a stranger who reads what. The same
door serves style sheets (``@import``, ``url()``), pictures within pictures, links and attachments.
"""

from __future__ import annotations

import base64
import binascii
import io
import urllib.parse
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from vanban.doors import DoorError, css, svg, xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_DATA_CHARS = 8 * 1024 * 1024
"""Longest address that holds its own content, in characters."""

MAX_FETCHED = 1_000
"""Most addresses that one page may ask for."""

MAX_PIXELS = 16_000_000
"""Largest picture, in pixels: a sheet of A4 at 400 dots per inch."""

PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
"""Kinds of pictures that a page may hold, and the name each has for the library that reads it."""

_SVG = "image/svg+xml"
_CSS = "text/css"


@cache
def _kinds() -> tuple[type[BaseException], type[Any]]:
    """Return the error that stops WeasyPrint and the fetcher; made late, they need WeasyPrint."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class RefusedError(FatalURLFetchingError):  # type: ignore[misc]
        """An address that a page must not ask for."""

    class OnlyOurs(URLFetcher):  # type: ignore[misc]
        def __init__(self, served: Mapping[str, Path]) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            self._served = served
            self._asked = 0
            self.refused: list[str] = []

        def begin(self) -> None:
            """Forget what earlier pages asked for."""
            self._asked = 0
            self.refused.clear()

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = self._served.get(url)
            if path is not None:
                return URLFetcherResponse(url, path.read_bytes())
            self._asked += 1
            if self._asked <= MAX_FETCHED:
                try:
                    kind, content = held(url)
                except DoorError:
                    pass
                else:
                    return URLFetcherResponse(url, content, {"Content-Type": kind})
            # Some callers swallow even fatal errors, so the page is looked at again at the end.
            self.refused.append(url)
            raise RefusedError(url)

        def open(self, url: Any, data: Any = None, timeout: Any = None) -> Any:
            return self.fetch(getattr(url, "full_url", url))

    return RefusedError, OnlyOurs


def fetcher(served: Mapping[str, Path]) -> Any:
    """Return a fetcher for WeasyPrint that serves the files of ``served``, by address.

    Its ``refused`` lists the addresses that were refused since ``begin()``; ``refusal()`` is what
    it raises.
    """
    return _kinds()[1](served)


def refusal() -> type[BaseException]:
    """Return the error by which a refused address stops WeasyPrint (no ``Exception``)."""
    return _kinds()[0]


def held(url: str) -> tuple[str, bytes]:
    """Return the kind and the content of an address that holds them itself (``data:``).

    Raises DoorError (``fetch.refused``) for any other address, for what is too large, of another
    kind than it says, or asks for more than can be drawn.
    """
    head, comma, body = url.partition(",")
    if not comma or not head[:5].lower() == "data:" or len(url) > MAX_DATA_CHARS:
        raise DoorError("fetch.refused")
    kind, *parameters = [word.strip().lower() for word in head[5:].split(";")]
    try:
        content = urllib.parse.unquote_to_bytes(body)
        if "base64" in parameters:
            content = base64.b64decode(b"".join(content.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise DoorError("fetch.refused") from error
    if kind in PICTURES:
        _check_picture(content, kind)
    elif kind == _SVG:
        _check_drawing(content)
    elif kind == _CSS:
        _check_sheet(content.decode("utf-8", "replace"))
    else:
        raise DoorError("fetch.refused")
    return kind, content


def _check_sheet(text: str) -> None:
    """Refuse a style sheet inside a page that fetches anything, or asks for too much."""
    if css.excess(text) or any(not where.startswith("#") for where in css.addresses(text)):
        raise DoorError("fetch.refused")


def _check_picture(content: bytes, kind: str) -> None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content), formats=(PICTURES[kind],))
    except Exception as error:  # a picture can be broken in many ways
        raise DoorError("fetch.refused") from error
    width, height = picture.size
    if width * height * getattr(picture, "n_frames", 1) > MAX_PIXELS:
        raise DoorError("fetch.refused")


def _check_drawing(content: bytes) -> None:
    weigher = svg.Weigher()
    for event, node in _events(xml.parse(content, "svg")):
        if not isinstance(node.tag, str):
            continue
        if event == "end":
            weigher.end(node.tag)
            continue
        attributes = [(str(name), str(value)) for name, value in node.attrib.items()]
        weigher.start(node.tag, attributes)
        for name, value in attributes:
            if name.rpartition("}")[2] in ("href", "src") and value.strip()[:1] not in ("#", ""):
                raise DoorError("fetch.refused")
            if name == "style" or "url" in value.lower():
                _check_sheet(value)
        if node.tag.rpartition("}")[2] == "style":
            _check_sheet("".join(node.itertext()))
    if weigher.too_much():
        raise DoorError("fetch.refused")


def _events(root: Any) -> Any:
    from lxml import etree

    return etree.iterwalk(root, events=("start", "end"))
