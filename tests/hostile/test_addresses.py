"""The door for addresses: only our own fonts, and what a page harmlessly holds in itself."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

import pytest

from vanban.doors import DoorError, css, fetch, markup, svg

PIXEL = base64.b64decode("R0lGODdhAQABAPAAAIiIiAAAACwAAAAAAQABAAACAkQBADs=")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        head = struct.pack(">I", len(content)) + kind + content
        return head + struct.pack(">I", zlib.crc32(kind + content))

    size = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 99))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "url",
    [
        data("image/gif", PIXEL),
        data("image/png", png(4000, 4000)),
        data("image/svg+xml", SVG.format('<rect id="a"/><use href="#a"/>').encode()),
        "data:text/css,p%7Bcolor:red%7D",
        "DATA:image/gif;base64," + base64.b64encode(PIXEL).decode(),
    ],
)
def test_what_a_page_may_hold(url: str) -> None:
    assert fetch.held(url)[1]


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/", "https://127.0.0.1/",
        "ftp://127.0.0.1/", "FILE:///etc/passwd", "javascript:1", "blob:x", "data:", "data:,x",
        "data:text/html,x", "data:text/plain,x", "data:image/gif", "data:image/gif;base64,!",
        "data:application/pdf;base64,AAAA", "data:font/ttf;base64,AAAA",
        data("image/png", PIXEL), data("image/gif", b"GIF89a"), data("image/png", png(9999, 9999)),
        data("image/gif", PIXEL) + "A" * fetch.MAX_DATA_CHARS,
        data("image/svg+xml", b"<!DOCTYPE svg><svg/>"),
        data("image/svg+xml", SVG.format('<image href="file:///etc/passwd"/>').encode()),
        data("image/svg+xml", SVG.format('<image xlink:href="x.png"/>').encode()),
        data("image/svg+xml", SVG.format("<style>@import 'x';</style>").encode()),
        data("image/svg+xml", SVG.format('<rect style="fill:url(http://x)"/>').encode()),
        data("image/svg+xml", SVG.format('<g id="a"><use href="#a"/></g>').encode()),
        "data:text/css,@import%20'x';", "data:text/css,p%7Bbackground:url(x)%7D",
        "data:text/css,p%7Bbackground:%5C75rl(x)%7D", "data:text/css,p%7Bwidth:9999999px%7D",
    ],
)  # fmt: skip
def test_what_nobody_fetches(url: str) -> None:
    with pytest.raises(DoorError):
        fetch.held(url)


def test_the_fetcher_serves_what_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"font")
    opened = fetch.fetcher({"vanban:a": tmp_path / "a"})
    assert opened.fetch("vanban:a").read() == b"font"
    assert opened.fetch(data("image/gif", PIXEL)).content_type == "image/gif"
    assert opened.refused == []
    for url in ("vanban:b", "file:///etc/passwd", "http://127.0.0.1:9/"):
        for ask in (opened.fetch, opened, opened.open):
            with pytest.raises(fetch.refusal()):
                ask(url)
    assert len(opened.refused) == 9
    opened.begin()
    assert opened.refused == []
    with pytest.raises(fetch.refusal()):
        for _ in range(fetch.MAX_FETCHED + 1):
            opened.fetch(data("image/gif", PIXEL))


def test_the_refusal_stops_weasyprint() -> None:
    import weasyprint

    opened = fetch.fetcher({})
    with pytest.raises(fetch.refusal()):
        page = "<img src='file:///etc/passwd'>"
        weasyprint.HTML(string=page, url_fetcher=opened).write_pdf()
    assert not issubclass(fetch.refusal(), Exception)


def test_shapes_are_counted_through_their_uses() -> None:
    def weigh(groups: int) -> bool:
        weigher = svg.Weigher()
        weigher.start("rect", [("id", "a0")])
        weigher.end("rect")
        for number in range(1, groups + 1):
            weigher.start("g", [("id", f"a{number}")])
            for _ in range(10):
                weigher.start("use", [("xlink:href", f"#a{number - 1}")])
                weigher.end("use")
            weigher.end("g")
        weigher.start("use", [("href", f"#a{groups}")])
        return weigher.too_much()

    assert [weigh(n) for n in (0, 1, 2, 3, 4, 50)] == [False, False, False, False, True, True]


@pytest.mark.parametrize(
    "sheet",
    [
        "p{color:red;width:100%;margin:-3mm 1.5em}",
        "@page{size:A4;margin:20mm} @media print{p{color:#333}}",
        ":root{--a:1mm;--b:calc(var(--a) * 2)} p{margin:var(--b)}",
        "p{display:grid;grid-template-columns:repeat(12,1fr) 20mm;grid-row:1 / 3}",
        "a:hover::before{content:'(((((((((((((((' attr(x)}",
    ],
)
def test_style_sheets_of_an_office(sheet: str) -> None:
    assert css.excess(sheet) == ""


def test_our_own_pages_are_within_the_budgets_of_strangers() -> None:
    from vanban import kinds, load
    from vanban.exporting import render

    from .commands import ROOT

    assert kinds.kinds()
    for path in sorted((ROOT / "examples").glob("*/*.yaml")):
        page = render(load(path), "html").data.decode("utf-8")
        assert markup.refused(page) is None, path
