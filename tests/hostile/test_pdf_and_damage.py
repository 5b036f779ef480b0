"""The door for PDFs, the watch, and random damage to what comes in."""

from __future__ import annotations

import io
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban.doors import DoorError, pages, pdf, watch
from vanban.read.reader import read_bytes

from .commands import ROOT, SMALL

WORD = (ROOT / "templates" / "bao-cao-so-ket" / "document.dang-hd36.docx").read_bytes()
YAML = SMALL.read_bytes()


def small_pdf(extra: bytes = b"", packed: bool = False) -> bytes:
    import pikepdf

    made = pikepdf.new()
    made.add_blank_page()
    if extra:
        made.Root.Extra = made.make_indirect(pikepdf.Stream(made, extra))
    target = io.BytesIO()
    made.save(target, compress_streams=packed, static_id=True)
    return target.getvalue()


GOOD = small_pdf(b"x" * 1000, packed=True)


def refused(data: bytes) -> str:
    with pytest.raises(DoorError) as caught, pdf.opened(data):
        pass
    return caught.value.key


def with_stream(content: bytes, head: bytes = b"/Filter/FlateDecode") -> bytes:
    """Return a PDF with one stream more, put in as it is."""
    body = b"9 0 obj\n<<%b/Length %d>>\nstream\n" % (head, len(content))
    return GOOD.replace(b"xref\n", body + content + b"\nendstream\nendobj\nxref\n", 1)


def test_a_good_pdf_is_opened() -> None:
    with pdf.opened(GOOD) as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "pdf.not_pdf"),
        (b"%PDF-1.7\n%%EOF", "pdf.not_pdf"),
        (b"PK\x03\x04%PDF-1.7\n%%EOF", "pdf.not_pdf"),
        (GOOD[: len(GOOD) // 3], "pdf.not_pdf"),
        (GOOD + bytes(65 << 20), "pdf.too_big"),
        (with_stream(zlib.compress(bytes(33 << 20), 9)), "pdf.too_big"),
        (with_stream(zlib.compress(zlib.compress(bytes(30 << 20), 0)[:9] + b"x", 9)), ""),
        (with_stream(zlib.compress(zlib.compress(bytes(40 << 20), 9), 9)), "pdf.too_big"),
        (with_stream(zlib.compress(bytes(33 << 20), 9), b"/#46ilter/Fl"), "pdf.too_big"),
        (with_stream(b"\x80\x0b", b"/Type/ObjStm/Filter/LZWDecode"), "pdf.too_big"),
        (with_stream(b"\x80\x0b", b"/Type/XRef/Filter/Run#4cengthDecode"), "pdf.too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_pdfs_that_are_refused(data: bytes, key: str) -> None:
    if key:
        assert refused(data) == key
    else:
        with pdf.opened(data):
            pass


def test_many_streams_together() -> None:
    packed = zlib.compress(bytes(30 << 20), 9)
    stream = b"9 0 obj\n<<>>\nstream\n" + packed + b"\nendstream\nendobj\n"
    assert refused(GOOD.replace(b"xref\n", stream * 6 + b"xref\n", 1)) == "pdf.too_big"


def test_a_password() -> None:
    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(target.getvalue()) == "pdf.encrypted"


@given(st.integers(0, len(GOOD)), st.binary(max_size=60), st.integers(0, 60))
@settings(deadline=None)
def test_a_damaged_pdf(at: int, noise: bytes, cut: int) -> None:
    try:
        with pdf.opened(GOOD[:at] + noise + GOOD[at + cut :]):
            pass
    except DoorError as error:
        assert error.key.startswith("pdf.")


@given(st.integers(0, len(YAML)), st.binary(max_size=40), st.integers(0, 40))
@settings(deadline=None)
def test_a_damaged_draft(at: int, noise: bytes, cut: int) -> None:
    draft = read_bytes(YAML[:at] + noise + YAML[at + cut :])
    assert draft.readable == (not draft.faults)


@given(st.integers(0, len(WORD)), st.binary(max_size=40), st.integers(0, 400))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_word_template(at: int, noise: bytes, cut: int) -> None:
    from vanban.render.docx_package import Package, PackageError, guard

    try:
        guard(Package.read(WORD[:at] + noise + WORD[at + cut :]))
    except PackageError as error:
        assert error.key.startswith("docx.")


def test_the_watch_stops_what_takes_too_long() -> None:
    begun = time.monotonic()
    with pytest.raises(watch.TooCostlyError), watch.over(0.2, 1000):
        while time.monotonic() < begun + 30:
            pass
    assert time.monotonic() < begun + 20


def test_the_watch_is_not_shaken_off() -> None:
    begun = time.monotonic()
    with pytest.raises(watch.TooCostlyError), watch.over(0.2, 1000):
        while time.monotonic() < begun + 30:
            try:
                sum(range(1000))
            except watch.TooCostlyError:
                if time.monotonic() > begun + 15:
                    raise
                begun -= 16  # swallowed once; the next one gets through
    sum(range(1000))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_the_watch_sees_the_memory() -> None:
    held = []
    with pytest.raises(watch.TooCostlyError), watch.over(30, 40):
        while len(held) < 400:
            held.append(bytearray(b"x" * 1_000_000))
    assert len(held) < 400


def test_the_watch_leaves_others_alone() -> None:
    with watch.over(30, 1000):
        assert sum(range(1000)) == 499500


def test_pages_are_counted_in_this_thread_only() -> None:
    import weasyprint

    page = "<style>@page{size:20mm;margin:0}p{break-after:page}</style>" + "<p>x</p>" * 12
    with pytest.raises(pages.TooManyPagesError), pages.at_most(5):
        weasyprint.HTML(string=page).render()
    with pages.at_most(20):
        assert len(weasyprint.HTML(string=page).render().pages) == 12
    assert len(weasyprint.HTML(string=page).render().pages) == 12
