"""An office's own templates: missing, broken, hostile."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT, Export, Write

GOOD = (ROOT / "templates" / "bao-cao-so-ket" / "document.dang-hd36.docx").read_bytes()
Parts = dict[str, bytes]

RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(GOOD)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return packed(parts)


def tagged(text: str) -> bytes:
    """Return the good template with one paragraph more, at the end."""
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()
    parts = parts_of(GOOD)
    body = parts["word/document.xml"]
    at = body.rindex(b"<w:sectPr")
    parts["word/document.xml"] = body[:at] + paragraph + body[at:]
    return packed(parts)


def related(kind: str, target: str, mode: str = "") -> bytes:
    relation = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return changed(RELS, b"</Relationships>", relation.encode() + b"</Relationships>")


def with_parts(**more: bytes) -> bytes:
    return packed(parts_of(GOOD) | {name.replace("__", "/"): data for name, data in more.items()})


def bomb() -> bytes:
    return with_parts(word__bom=b"\0" * (40 << 20))


def encrypted() -> bytes:
    """Return the template with the flag of a password on its first entry."""
    data = bytearray(GOOD)
    central = data.index(b"PK\x01\x02")
    for at in (6, central + 8):
        (flags,) = struct.unpack_from("<H", data, at)
        struct.pack_into("<H", data, at, flags | 1)
    return bytes(data)


def twice() -> bytes:
    target = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    return target.getvalue()


def simple_field(instruction: str) -> bytes:
    field = f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    return tagged(f"</w:t></w:r>{field}<w:r><w:t>")


def spread_field(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return tagged(f"</w:t></w:r>{begin}{runs}{end}<w:r><w:t>")


EXTERNAL = ' TargetMode="External"'
XML = b'<?xml version="1.0"?>'
ENTITY = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "không phải tệp .docx"),
        (lambda: b"no zip", "không phải tệp .docx"),
        (lambda: GOOD[: len(GOOD) // 2], "không phải tệp .docx"),
        (lambda: packed({"a.txt": b"x"}), "không phải tệp .docx"),
        (lambda: packed({"[Content_Types].xml": b"<x"}), "không phải tệp .docx"),
        (bomb, "giới hạn an toàn"),
        (lambda: with_parts(**{"..__..__etc__x": b"x"}), "tên lạ"),
        (lambda: with_parts(__etc__x=b"x"), "tên lạ"),
        (lambda: with_parts(**{"c:\\x": b"x"}), "tên lạ"),
        (twice, "trùng"),
        (encrypted, "mật khẩu"),
        (lambda: with_parts(word__vbaProject=b"x"), "macro"),
        (lambda: related("attachedTemplate", "http://127.0.0.1:9/x.dotm", EXTERNAL), "127.0.0.1"),
        (lambda: related("image", "file:///etc/passwd", EXTERNAL), "trỏ ra ngoài"),
        (lambda: related("aFChunk", "chunk.html"), "nhúng"),
        (lambda: related("oleObject", "embeddings/o.bin"), "nhúng"),
        (lambda: changed("word/document.xml", b"<w:document", ENTITY + b"<w:document"), "DOCTYPE"),
        (lambda: changed("word/styles.xml", b"<w:styles", ENTITY + b"<w:styles"), "DOCTYPE"),
        (lambda: simple_field("DDEAUTO c:/x.exe"), "DDEAUTO c:/x.exe"),
        (lambda: simple_field(" includepicture &quot;http://127.0.0.1:9/&quot;"), "127.0.0.1"),
        (lambda: spread_field(" INCL", "UDETEXT /etc", "/passwd"), "INCLUDETEXT /etc/passwd"),
        (lambda: changed("word/document.xml", b"</w:body>", b""), "hỏng"),
        (lambda: tagged("{{ khong_co }}"), "khong_co"),
        (lambda: tagged("{{ noi_dung.khong_co }}"), "khong_co"),
        (lambda: tagged("{{ ''.__class__ }}"), "không được phép"),
        (lambda: tagged("{{ ''['__class__'] }}"), "không"),
        (lambda: tagged("{% include '/etc/passwd' %}"), "không được phép"),
        (lambda: tagged("{% import 'os' as os %}"), "không được phép"),
        (lambda: tagged("{{ range(9) }}"), "range"),
        (lambda: tagged("{{ 'x' * 999999999 }}"), "không được phép"),
        (lambda: tagged("{% for a in noi_dung %}"), "viết sai"),
        (lambda: tagged("{{ noi_dung"), "viết sai"),
    ],
)  # fmt: skip
def test_a_word_template_that_cannot_be_used(
    export: Export, draft: Write, tmp_path: Path, make: Callable[[], bytes], said: str
) -> None:
    path = draft()
    template = tmp_path / "mẫu cơ quan.docx"
    template.write_bytes(make())
    ran = export(path, "--template", template)
    ran.refused(3, "mẫu cơ quan.docx", said)
    english = export(path, "--template", template, "--lang", "en")
    english.refused(3, "mẫu cơ quan.docx")
    assert "đoạn" not in english.err


@pytest.mark.parametrize(
    ("name", "format"),
    [("không có.docx", "docx"), ("không có.j2", "html"), ("không có.html", "pdf")],
)
def test_a_template_that_is_missing(
    export: Export, draft: Write, tmp_path: Path, name: str, format: str
) -> None:
    path = draft()
    export(path, f"--{format}", "--template", name).refused(3, name)
    (tmp_path / name).mkdir()
    export(path, f"--{format}", "--template", name, "--lang", "en").refused(3, name)


@pytest.mark.parametrize(
    ("name", "formats", "said"),
    [
        ("mẫu.docx", ["--pdf"], "không dùng cho dạng nào"),
        ("mẫu.docx", ["--pdf", "--html"], "--pdf --html"),
        ("mẫu.html.j2", ["--docx"], "không dùng cho dạng nào"),
        ("mẫu.doc", [], "phải kết thúc bằng .docx"),
        ("mẫu.dotx", ["--docx"], "phải kết thúc bằng .docx"),
        ("mẫu", [], "phải kết thúc bằng .docx"),
    ],
)
def test_a_template_that_nothing_would_use_is_wrong_usage(
    export: Export, draft: Write, tmp_path: Path, name: str, formats: list[str], said: str
) -> None:
    path = draft()
    (tmp_path / name).write_bytes(GOOD)
    ran = export(path, *formats, "--template", name)
    assert (ran.code, ran.after) == (2, ran.before)
    assert said in ran.err
    assert export(path, *formats, "--template", name, "--lang", "en").code == 2


def html(inside: str) -> str:
    begin = '{% extends "base.html.j2" %}{% block noi_dung %}'
    return f"{begin}{inside}{{{{ super() }}}}{{% endblock %}}"


@pytest.mark.parametrize("format", ["html", "pdf"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ khong_co }}", "khong_co"),
        ("{% for a in %}", "dòng 1"),
        ("\n\n{{ 1 / 0 }}", "dòng 3"),
        ("{% include '/etc/passwd' %}", "/etc/passwd"),
        ("{% include '../the-thuc/nd30.toml' %}", "nd30.toml"),
        ("{% extends 'không có' %}", "không có"),
        ("{{ ''.__class__.__mro__ }}", "không được phép"),
        ("{{ 'x' * 99999999999 }}", "không được phép"),
        ("{{ 9 ** 9 ** 9 ** 9 }}", "không được phép"),
        ("{{ document.__init__.__globals__ }}", "không được phép"),
        (html('<img src="file:///etc/passwd">'), "file:///etc/passwd"),
        (html('<img src="x.png">'), "x.png"),
        (html('<img srcset="//127.0.0.1:9/x 2x">'), "127.0.0.1"),
        (html('<link rel=attachment href="/etc/passwd">'), "/etc/passwd"),
        (html('<a rel=attachment href="file:///etc/passwd">x</a>'), "/etc/passwd"),
        (html("<style>@import 'http://127.0.0.1:9/x';</style>"), "@import"),
        (html("<style>p { background: URL( 'file:///etc/x' ) }</style>"), "file:///etc/x"),
        (html("<style>p { background: u/**/rl(x) url(/etc/x) }</style>"), "/etc/x"),
        (html('<p style="background: url(//127.0.0.1/x)">x</p>'), "127.0.0.1"),
        (html("<script>alert(1)</script>"), "script"),
        (html("<svg onload='x()'></svg>"), "onload"),
        (html("<iframe srcdoc='x'></iframe>"), "iframe"),
        (html("<object data='/etc/passwd'></object>"), "object"),
        (html("<base href='http://127.0.0.1:9/'>"), "base"),
        (html('<meta http-equiv="Refresh" content="0; url=http://127.0.0.1:9/">'), "refresh"),
    ],
)
def test_an_html_template_that_cannot_be_used(
    export: Export, draft: Write, tmp_path: Path, text: str, said: str, format: str
) -> None:
    path = draft()
    template = tmp_path / "mẫu.html.j2"
    template.write_text(text, "utf-8")
    ran = export(path, f"--{format}", "--template", template)
    ran.refused(3, "mẫu.html.j2", said)
    assert "root:" not in ran.err
    export(path, f"--{format}", "--template", template, "--lang", "en").refused(3, "mẫu.html.j2")


@pytest.mark.parametrize("inside", ["xxx", "{{ '' }}"], ids=["characters", "pieces"])
def test_an_html_template_without_an_end(
    export: Export, draft: Write, tmp_path: Path, inside: str
) -> None:
    loop = "{% for a in range(9999) %}"
    (tmp_path / "mẫu.html").write_text(f"{loop}{loop}{inside}{'{% endfor %}' * 2}", "utf-8")
    ran = export(draft(), "--html", "--template", "mẫu.html")
    ran.refused(3, "mẫu.html, dòng 1: mẫu")  # too often, too much or too long


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 20, "mẫu".encode("utf-16")])
def test_an_html_template_that_is_no_text(
    export: Export, draft: Write, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "mẫu.html").write_bytes(data)
    ran = export(draft(), "--pdf", "--template", "mẫu.html")
    assert ran.code in {3, 4}
    assert len(ran.err.splitlines()) == 1
    assert ran.after == ran.before


def test_links_and_pictures_inside_the_page_are_allowed(
    export: Export, draft: Write, tmp_path: Path
) -> None:
    pixel = "data:image/gif;base64,R0lGODdhAQABAPAAAIiIiAAAACwAAAAAAQABAAACAkQBADs="
    (tmp_path / "mẫu.html").write_text(
        html(
            f'<img src="{pixel}" alt=""><a href="https://vi.example/">x</a>'
            "<style>.x { background: url(#y) } /* url(http://127.0.0.1:9/) */</style>"
        ),
        "utf-8",
    )
    ran = export(draft(), "--pdf", "--html", "--template", "mẫu.html")
    assert (ran.code, ran.err, ran.new) == (0, "", {"a.pdf", "a.html"})
    again = export("a.yaml", "--pdf", "--html", "--template", "mẫu.html")
    assert again.code == 0, again.err


def test_a_page_without_a_head_is_sealed_too(export: Export, draft: Write, tmp_path: Path) -> None:
    (tmp_path / "mẫu.html").write_text(
        "{% for text in document.texts() %}<p>{{ text }}</p>{% endfor %}", "utf-8"
    )
    for _ in range(2):
        ran = export(draft(), "--pdf", "--html", "--template", "mẫu.html")
        assert ran.code == 0, ran.err


@pytest.mark.parametrize("format", ["html", "pdf"])
@pytest.mark.parametrize(
    "text",
    ["", "<p>mẫu</p>", '{% extends "base.html.j2" %}{% block ket %}{% endblock %}'],
    ids=["empty", "other text", "without the end"],
)
def test_a_page_template_that_leaves_texts_out(
    export: Export, draft: Write, tmp_path: Path, text: str, format: str
) -> None:
    (tmp_path / "mẫu.html").write_text(text, "utf-8")
    ran = export(draft(), f"--{format}", "--template", "mẫu.html")
    assert ran.code == 3
    assert "mẫu.html" in ran.err.splitlines()[-1]  # above it, for a PDF, what the proof found
    assert "Traceback" not in ran.err
    assert ran.after == ran.before


def test_fields_that_stay_in_the_file_are_allowed(
    export: Export, draft: Write, tmp_path: Path
) -> None:
    path = draft()
    for make in (
        lambda: simple_field("PAGE"),
        lambda: simple_field("HYPERLINK &quot;https://vi.example/&quot;"),
        lambda: spread_field(" NUM", "PAGES "),
    ):
        (tmp_path / "mẫu.docx").write_bytes(make())
        ran = export(path, "--docx", "--template", "mẫu.docx")
        assert ran.code == 0, ran.err


def test_a_template_that_is_of_use_for_one_format_of_two(export: Export, draft: Write) -> None:
    path = draft()
    (path.parent / "mẫu.docx").write_bytes(GOOD)
    ran = export(path, "--template", "mẫu.docx")
    assert (ran.code, ran.new) == (0, {"a.docx", "a.pdf"})
