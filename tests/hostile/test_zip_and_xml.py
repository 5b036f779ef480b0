"""The doors for archives and XML."""

from __future__ import annotations

import io
import itertools
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.doors import DoorError, xml
from vanban.doors import zip as door

from .zips import Entry, archive, packed, quoted_overlap

X = b"<x/>"
GOOD = packed({"[Content_Types].xml": X, "word/document.xml": X * 100})


def refused(data: bytes, budget: door.Budget | None = None) -> str:
    with pytest.raises(DoorError) as caught:
        door.read(data, budget)
    return caught.value.key


def named(*names: str) -> Callable[[], bytes]:
    return lambda: archive(*(Entry(name.encode(), X) for name in names))


def test_a_good_archive() -> None:
    assert door.read(GOOD) == {"[Content_Types].xml": X, "word/document.xml": X * 100}
    assert door.read(archive(Entry(b"a/b.xml", X), Entry("chữ.xml".encode(), b""))) == {
        "a/b.xml": X,
        "chữ.xml": b"",
    }


def test_folders_and_streamed_entries_are_taken() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/", b"")
        made.writestr("word/a.xml", X)
    assert door.read(target.getvalue()) == {"word/a.xml": X}

    class NoSeek(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    stream = NoSeek()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.xml", X * 9)
        made.writestr("b.xml", X)
    assert door.read(stream.getvalue()) == {"a.xml": X * 9, "b.xml": X}


def test_an_archive_within_the_archive_stays_bytes() -> None:
    inner = packed({"0": b"\0" * (8 << 20)})
    assert door.read(packed({"inner.zip": inner}, zipfile.ZIP_STORED)) == {"inner.zip": inner}


@pytest.mark.parametrize(
    ("make", "key"),
    [
        pytest.param(lambda: b"", "docx.not_docx", id="nothing"),
        pytest.param(lambda: b"PK\x03\x04", "docx.not_docx", id="four bytes"),
        pytest.param(lambda: b"PK\x05\x06" + bytes(18), "docx.not_docx", id="no entry"),
        pytest.param(lambda: b"MZ" + GOOD, "docx.not_docx", id="a program before it"),
        pytest.param(lambda: GOOD + b"\0", "docx.not_docx", id="something after it"),
        pytest.param(lambda: GOOD + GOOD, "docx.not_docx", id="two archives"),
        pytest.param(lambda: GOOD[:-1], "docx.not_docx", id="cut"),
        pytest.param(lambda: bytes(21 << 20), "docx.too_big", id="file of 21 MiB"),
        pytest.param(named(*(f"{n}" for n in range(501))), "docx.too_big", id="501 entries"),
        pytest.param(
            lambda: archive(Entry(b"a", X), count=65535), "docx.too_big", id="65535 claimed"
        ),
        pytest.param(lambda: archive(Entry(b"a", X), count=2), "docx.not_docx", id="2 claimed"),
        pytest.param(
            lambda: archive(Entry(b"a", X), Entry(b"b", X), count=1), "docx.not_docx", id="1 of 2"
        ),
        pytest.param(lambda: archive(Entry(b"a", X), disk=1), "docx.not_docx", id="other disk"),
        pytest.param(
            lambda: archive(Entry(b"a", X), start=0), "docx.not_docx", id="directory elsewhere"
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X), start=0xFFFFFFFF), "docx.not_docx", id="64 bits"
        ),
        pytest.param(lambda: packed({"a": bytes(40 << 20)}), "docx.too_big", id="40 MiB zeros"),
        pytest.param(
            lambda: packed({str(n): bytes(2 << 20) for n in range(40)}),
            "docx.too_big",
            id="80 MiB in 40 entries",
        ),
        pytest.param(
            lambda: archive(Entry(b"a", bytes(30 << 20), size=10, local_size=10)),
            "docx.too_big",
            id="a size that lies",
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X * 9, size=5, local_size=5)),
            "docx.not_docx",
            id="a small lie",
        ),
        pytest.param(lambda: archive(Entry(b"a", X, crc=1)), "docx.not_docx", id="wrong sum"),
        pytest.param(
            lambda: archive(Entry(b"a", X, packed=b"\xff" * 9, packed_size=9)),
            "docx.not_docx",
            id="damaged",
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X, packed_size=2**31)), "docx.not_docx", id="beyond the end"
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X), Entry(b"b", X), offsets=[0, 0]),
            "docx.not_docx",
            id="two names, one head",
        ),
        pytest.param(lambda: quoted_overlap(200, bytes(900_000)), "docx.not_docx", id="quoted"),
        pytest.param(
            lambda: archive(Entry(b"a", X), offsets=[9999]), "docx.not_docx", id="head elsewhere"
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X, flags=0x801)), "docx.encrypted", id="password"
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X, local_flags=0x801)), "docx.encrypted", id="hidden"
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X, flags=0x840)), "docx.encrypted", id="strong password"
        ),
        *(
            pytest.param(
                lambda method=method: archive(
                    Entry(b"a", X, method=method, local_method=method)
                ),
                "docx.not_docx",
                id=f"method {method}",
            )
            for method in (1, 6, 9, 12, 14, 93, 95, 97, 98, 99)
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X, local_method=0)), "docx.not_docx", id="two methods"
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X, local_name=b"b")), "docx.not_docx", id="two names"
        ),
        pytest.param(
            lambda: archive(Entry(b"\xff\xfe", X)), "docx.not_docx", id="name in no encoding"
        ),
        pytest.param(
            lambda: archive(Entry(b"a", X, attributes=0xA1FF0000)), "docx.unsafe_entry", id="link"
        ),
        *(
            pytest.param(named(*names), "docx.unsafe_entry", id=repr(names))
            for names in [
                ("/etc/passwd",), ("../x",), ("a/../../x",), ("a\\b",), ("..\\x",), ("C:/x",),
                ("c:x",), ("a:stream",), ("//server/x",), ("a//b",), ("./a",), ("a/.",), ("a/..",),
                ("CON",), ("word/nul.xml",), ("COM1.txt",), ("lpt9",), ("aux.",), ("a.",), ("a ",),
                ("a /b",), ("a./b",), ("a\n",), ("a\x1b[2J",), ("a\u202egnp.xml",), ("a\u200b",),
                ("a\0b",), ("",), ("n" * 300,), ("a.xml", "A.XML"), ("é", "e\u0301"),
                ("ß", "SS"), ("a", "a/b"), ("A/b", "a"),
            ]
        ),
    ],
)  # fmt: skip
def test_refused(make: Callable[[], bytes], key: str) -> None:
    assert refused(make()) == key


def test_a_bomb_is_not_unpacked_to_be_counted() -> None:
    data = packed({"a": bytes(31 << 20)})
    tracemalloc.start()
    try:
        assert refused(data) == "docx.too_big"
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_budgets_can_be_tighter() -> None:
    assert refused(GOOD, door.Budget(entries=1)) == "docx.too_big"
    assert refused(GOOD, door.Budget(total_bytes=20)) == "docx.too_big"
    assert refused(GOOD, door.Budget(entry_bytes=100)) == "docx.too_big"
    assert refused(GOOD, door.Budget(file_bytes=100)) == "docx.too_big"


@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.integers(0, 40))
def test_any_damage_is_refused_or_harmless(noise: bytes, at: int, cut: int) -> None:
    data = GOOD[:at] + noise + GOOD[at + cut :]
    try:
        found = door.read(data)
    except DoorError:
        return
    assert sum(map(len, found.values())) <= 2 * len(X * 101)


# -- XML


def xml_refused(data: bytes) -> str:
    with pytest.raises(DoorError) as caught:
        xml.parse(data, "a.xml")
    return caught.value.key


def test_good_xml() -> None:
    for data in (
        b"<a b='1'/>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\n<a b='1'/>",
        "<?xml version='1.0' encoding='UTF-16'?><a b='1'/>".encode("utf-16"),
        b"<?xml version='1.0' standalone='yes'?><a b='1'>&lt;!DOCTYPE</a>",
    ):
        assert xml.parse(data, "a").get("b") == "1"


LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "docx.bad_xml"),
        (b"<a>", "docx.bad_xml"),
        (b"<a></b>", "docx.bad_xml"),
        (b"<a>\0</a>", "docx.bad_xml"),
        (b"\0\0\0<\0\0\0a\0\0\0/\0\0\0>", "docx.bad_xml"),
        ("<a/>".encode("utf-32"), "docx.bad_xml"),
        ('<?xml version="1.0" encoding="IBM037"?><a/>'.encode("cp037"), "docx.bad_xml"),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a><a/>', "docx.bad_xml"),
        (b'<?xml version="1.0" encoding="HZ"?><a/>', "docx.bad_xml"),
        (b"<!DOCTYPE a><a/>", "docx.doctype"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x"><a/>', "docx.doctype"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "docx.doctype"),
        (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><a/>', "docx.doctype"),
        (f'<!DOCTYPE a [<!ENTITY a "x">{LAUGHS}]><a b="&i;"/>'.encode(), "docx.doctype"),
        ("<!DOCTYPE a><a/>".encode("utf-16"), "docx.doctype"),
        ("\ufeff<!DOCTYPE a><a/>".encode("utf-16-be"), "docx.doctype"),
        (b"<a>&x;</a>", "docx.bad_xml"),
        (b"<a>" * 101 + b"</a>" * 101, "docx.too_big"),
        (b"<a>" * 50_000, "docx.bad_xml"),
        (b"<a>" + b"<b/>" * 400_000 + b"</a>", "docx.too_big"),
        (b"<a " + b" ".join(b"a%d=''" % n for n in range(400_001)) + b"/>", "docx.too_big"),
        (b"<a>" + b"x" * (33 << 20) + b"</a>", "docx.too_big"),
        (b"<a>" + b"x" * (11 << 20) + b"</a>", "docx.bad_xml"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_refused_xml(data: bytes, key: str) -> None:
    assert xml_refused(data) == key


def test_an_include_is_not_followed() -> None:
    include = (
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/>'
        b'<?xml-stylesheet href="file:///etc/passwd"?></a>'
    )
    assert "".join(xml.parse(include, "a").itertext()) == ""
