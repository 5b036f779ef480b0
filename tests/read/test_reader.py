"""The doors of reading: files, bytes, mappings - and everything that is no draft."""

import datetime
import errno
import io
import os
import stat
import zipfile
from collections import OrderedDict, UserList
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

from vanban import catalogue
from vanban.doors import files
from vanban.finding import Span
from vanban.read import limits, reader
from vanban.read.draft import Draft
from vanban.read.reader import (
    from_mapping,
    looks_like_draft,
    read_bytes,
    read_path,
    read_text,
)

GOOD = "loai: bao-cao-so-ket\na: chữ\n"


def keys_of(draft):
    for fault in draft.faults:
        assert catalogue.message(fault, "vi")
        assert catalogue.message(fault, "en")
    return [fault.key for fault in draft.faults]


# -- files


def test_path_with_blanks_and_vietnamese_letters(tmp_path):
    path = tmp_path / "thư mục mẫu" / "báo cáo 9 tháng.yaml"
    path.parent.mkdir()
    path.write_text(GOOD, "utf-8")
    draft = read_path(str(path))
    assert draft.readable
    assert draft.path == str(path)
    assert draft.lines == ("loai: bao-cao-so-ket", "a: chữ", "")


def test_missing_file(tmp_path):
    name = str(tmp_path / "khong-co.yaml")
    draft = read_path(name)
    assert keys_of(draft) == ["INP001.khong_co"]
    assert draft.faults[0].file == name
    assert draft.data == {}
    assert not draft.readable


def test_missing_file_with_a_neighbour(tmp_path):
    (tmp_path / "bao-cao-2023.yml").write_text(GOOD)
    draft = read_path(str(tmp_path / "bao-cao-2023.yaml"))
    assert keys_of(draft) == ["INP001.gan_giong"]
    assert "bao-cao-2023.yml" in catalogue.message(draft.faults[0])


def test_missing_folder(tmp_path):
    assert keys_of(read_path(str(tmp_path / "a" / "b.yaml"))) == ["INP001.khong_co"]
    (tmp_path / "c").write_text("x")
    assert keys_of(read_path(str(tmp_path / "c" / "b.yaml"))) == ["INP001.khong_co"]


def test_folder(tmp_path):
    assert keys_of(read_path(str(tmp_path))) == ["INP001.thu_muc"]


@pytest.mark.parametrize("path", ["a\0b.yaml", ""])
def test_impossible_names(path):
    assert keys_of(read_path(path))[0].startswith("INP001")


def test_name_too_long():
    keys = keys_of(read_path("x" * 5000))
    assert keys == ["INP020.khac"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_no_permission(tmp_path, monkeypatch, number):
    path = tmp_path / "a.yaml"
    path.write_text(GOOD)

    def refuse(self, *args, **kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files, "open_for_reading", refuse)
    assert keys_of(read_path(str(path))) == ["INP020.khong_co_quyen"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_no_permission_for_real(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(GOOD)
    path.chmod(stat.S_IWUSR)
    assert keys_of(read_path(str(path))) == ["INP020.khong_co_quyen"]


def test_folder_that_windows_refuses(tmp_path, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(files, "open_for_reading", refuse)
    assert keys_of(read_path(str(tmp_path))) == ["INP001.thu_muc"]


def test_disk_fault(tmp_path, monkeypatch):
    def fail(self, *args, **kwargs):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files, "open_for_reading", fail)
    draft = read_path(str(tmp_path / "a.yaml"))
    assert keys_of(draft) == ["INP020.khac"]
    assert "Input/output error" in catalogue.message(draft.faults[0])


def test_endless_file():
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    assert keys_of(read_path("/dev/zero")) == ["INP020.khong_thuong"]


@pytest.mark.parametrize(
    "text", [GOOD, '{"loai": "bao-cao-so-ket", "a": "chữ"}', '{"loai": bao-cao-so-ket, a: chữ}']
)
def test_standard_input(monkeypatch, text):
    stream = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr("sys.stdin", stream)
    draft = read_path("-")
    assert draft.readable
    assert draft.path == "-"
    assert draft.data["a"] == "chữ"


def test_broken_json_without_suffix_is_told_as_json():
    assert keys_of(read_bytes(b'{"loai": "x" "a": 1}')) == ["INP006.thieu_phay"]


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("a.json", '{"loai": "bao-cao-so-ket", "v": 1.246}', Decimal("1.246")),
        ("a.JSON", '{"loai": "bao-cao-so-ket", "v": 1.246}', Decimal("1.246")),
        ("a.yaml", '{"loai": "bao-cao-so-ket", "v": 1.246}', "1.246"),
        ("a.yml", "loai: bao-cao-so-ket\nv: 1.246", "1.246"),
        ("a.txt", "loai: bao-cao-so-ket\nv: 1.246", "1.246"),
        (None, '{"loai": "bao-cao-so-ket", "v": 1.246}', Decimal("1.246")),
    ],
)
def test_format(path, text, value):
    assert read_bytes(text.encode(), path=path).data["v"] == value


def test_given_format_wins():
    data = b'{"loai": "bao-cao-so-ket", "v": 1.246}'
    assert read_bytes(data, path="a.yaml", format="json").data["v"] == Decimal("1.246")


# -- no text


def archive(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(
                name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else ""
            )
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (archive("mimetype"), "odt"),
        (archive("bao-cao.yaml"), "nen"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "office_cu"),
        (b"{\\rtf1\\ansi Vi\\'ea}", "rtf"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "anh"),
        (b"\xff\xd8\xff\xe0", "anh"),
        (b"GIF89a", "anh"),
        (b"\x1f\x8b\x08", "nen"),
        (b"\r\n<!DOCTYPE html><html>", "html"),
        (b"<HTML><body>", "html"),
        (bytes(range(256)) * 4, "nhi_phan"),
        (b"\0\1\2\3" * 100, "nhi_phan"),
        (b"\x7fELF\2\1", "nhi_phan"),
    ],
)
def test_binary(data, slug):
    assert keys_of(read_bytes(data, path="bao-cao.yaml")) == [f"INP003.{slug}"]


def test_one_zero_byte_is_shown_at_its_place():
    draft = read_bytes((GOOD + "b: x\0y\n").encode())
    assert keys_of(draft) == ["INP019.dieu_khien"]
    assert draft.faults[0].span == Span(3, 5, 3, 6)


def test_broken_byte_is_shown_at_its_place():
    draft = read_bytes(
        b"\xef\xbb\xbf" + GOOD.encode() + "b: đảng \xff ủy chữ\n".encode("latin-1", "replace")
    )
    assert keys_of(draft)[0].startswith("INP004")
    text = GOOD + "b: Đảng ủy xã Mẫu đã lãnh đạo\nc: "
    draft = read_bytes(b"\xef\xbb\xbf" + text.encode() + b"x \xe1\xba y\n")
    assert keys_of(draft) == ["INP004.khong_ro"]
    assert draft.faults[0].span == Span(4, 6, 4, 7)
    assert draft.faults[0].args["byte"] == "0xE1"
    assert draft.lines[3] == "c: x \ufffd y"


# -- loai


def test_kind_missing():
    draft = read_text("a: 1\n")
    assert keys_of(draft) == ["INP011.thieu"]
    assert "bao-cao-so-ket" in catalogue.message(draft.faults[0])
    assert draft.faults[0].span == Span(1, 1, 1, 5)
    assert draft.kind is None


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("loia: bao-cao-so-ket", "INP011.gan_giong"),
        ("Loai: bao-cao-so-ket", "INP011.gan_giong"),
        ("loai:", "INP011.bo_trong"),
        ("loai: ''", "INP011.bo_trong"),
        ("loai: 5", "INP012.khong_phai_chu"),
        ("loai: [bao-cao-so-ket]", "INP012.khong_phai_chu"),
        ("loai: true", "INP012.khong_phai_chu"),
        ("loai: bao-cao-so-kett", "INP012.gan_giong"),
        ("loai: bao_cao_so_ket", "INP012.gan_giong"),
        ("loai: Báo cáo sơ kết", "INP012.gan_giong"),
        ("loai: xyz", "INP012.khong_biet"),
        ("{}", "INP011.thieu"),
    ],
)
def test_kind(body, key):
    draft = read_text(body)
    assert keys_of(draft) == [key]
    pointer = {"INP011.thieu": "", "INP011.gan_giong": "/" + body.partition(":")[0]}
    assert draft.faults[0].pointer == pointer.get(key, "/loai")
    assert not draft.readable


def test_kind_is_placed_and_suggested():
    draft = read_text("# ghi chú\nloai: bao-cao-so-kett\n")
    assert draft.faults[0].span == Span(2, 7, 2, 22)
    assert "bao-cao-so-ket" in catalogue.message(draft.faults[0])


# -- mappings


def test_mapping():
    draft = from_mapping(
        MappingProxyType(
            OrderedDict(
                loai="bao-cao-so-ket",
                a=(1, 2.5, Decimal("1.50"), True, None),
                b=datetime.date(2023, 10, 9),
                c=UserList(["x", {"d": 0.1}]),
                e=-0.0,
            )
        )
    )
    assert draft.readable
    assert draft.kind == "bao-cao-so-ket"
    assert draft.data == {
        "loai": "bao-cao-so-ket",
        "a": [1, Decimal("2.5"), Decimal("1.50"), True, None],
        "b": "2023-10-09",
        "c": ["x", {"d": Decimal("0.1")}],
        "e": Decimal("0"),
    }
    assert [type(item) for item in draft.data["a"]] == [int, Decimal, Decimal, bool, type(None)]
    assert draft.positions.value("/a") is None
    assert draft.positions.key("/a") is None
    assert draft.positions.text("/loai", 0, 1) is None


def test_mapping_is_copied():
    given = {"loai": "bao-cao-so-ket", "a": [1]}
    draft = from_mapping(given)
    given["a"].append(2)
    assert draft.data["a"] == [1]


@pytest.mark.parametrize(
    ("value", "key", "pointer"),
    [
        ({"a": {1, 2}}, "INP022.kieu_la", "/a"),
        ({"a": [b"x"]}, "INP022.kieu_la", "/a/0"),
        ({"a": datetime.datetime(2023, 1, 1)}, "INP022.kieu_la", "/a"),
        ({"a": object()}, "INP022.kieu_la", "/a"),
        ({"a": {1: "x"}}, "INP022.khoa_khong_phai_chu", "/a"),
        ({"a": float("nan")}, "INP022.so_la", "/a"),
        ({"a": float("inf")}, "INP022.so_la", "/a"),
        ({"a": Decimal("NaN")}, "INP022.so_la", "/a"),
        ({"a": Decimal("sNaN")}, "INP022.so_la", "/a"),
        ({"a": {10**5000: "x"}}, "INP022.khoa_khong_phai_chu", "/a"),
        ({"a": Decimal("Infinity")}, "INP022.so_la", "/a"),
        ({"a": Decimal("1e999")}, "INP022.so_la", "/a"),
        ({"a": 1e300}, "INP022.so_la", "/a"),
        ({"a": 10**5000}, "INP022.so_la", "/a"),
        ({"a": "x\ud800"}, "INP022.nua_cap", "/a"),
        ({"a/b": {"~": complex(1, 1)}}, "INP022.kieu_la", "/a~1b/~0"),
    ],
)
def test_mapping_faults(value, key, pointer):
    draft = from_mapping({"loai": "bao-cao-so-ket", **value})
    assert keys_of(draft) == [key]
    assert draft.faults[0].pointer == pointer
    assert draft.faults[0].span is None


def test_mapping_that_holds_itself():
    value = {"loai": "bao-cao-so-ket"}
    value["a"] = [value]
    assert keys_of(from_mapping(value)) == ["INP008.qua_sau"]


def test_mapping_too_large(monkeypatch):
    monkeypatch.setattr(reader, "MAX_NODES", 10)
    assert keys_of(from_mapping({"a": list(range(100))})) == ["INP008.qua_nhieu"]


@pytest.mark.parametrize("value", [[1], "x", None])
def test_mapping_that_is_none(value):
    assert keys_of(from_mapping(value)) == [
        "INP010.danh_sach" if isinstance(value, list) else "INP010.loi_van"
    ]


def test_mapping_without_kind():
    assert keys_of(from_mapping({"a": 1})) == ["INP011.thieu"]


def test_lone_surrogate_in_a_text():
    draft = read_text("loai: bao-cao-so-ket\na: \ud800\n")
    assert keys_of(draft) == ["INP019.dieu_khien"]
    assert read_text("x" * (limits.MAX_BYTES + 1)).faults[0].rule == "INP008"


# -- folders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, True),
        ("# ghi chú\n\n---\nloai: x\n", True),
        ("%YAML 1.2\n---\nloai: x\n", True),
        ("\ufeffloai: x\n", True),
        ("a: 1\r\nloai: x\r\n", True),
        ("'loai': x\n", True),
        ('"loai" : x\n', True),
        ("loai:\n", True),
        ("  loai: x\n  a: 1\n", True),
        ("loai: x\na: b: c\n", True),
        ('{"loai": "x"}', True),
        ('{"a": [{}], "loai": "x" "b"', True),
        ("{a: 1, loai: x}", True),
        ("", False),
        ("a: 1\n", False),
        ("a:\n  loai: x\n", False),
        ("loai_ky: x\n", False),
        ("a: |\n  loai: x\n", False),
        ("# loai: x\na: 1\n", False),
        ('{"properties": {"loai": {"const": "x"}}}', False),
        ('{"required": ["loai"]}', False),
        ('{"a": "loai", "b": "\\"loai\\": "}', False),
        ("[loai]", False),
    ],
)
def test_looks_like_draft(tmp_path, text, expected):
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode())
    assert looks_like_draft(str(path)) is expected


def test_looks_like_draft_in_other_encodings(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(GOOD.encode("utf-16"))
    assert looks_like_draft(str(path))
    path.write_bytes(b"loai: bao-cao-so-ket\na: U\xfb ban nh\xa9n d\xa9n\n")
    assert looks_like_draft(str(path))
    assert not looks_like_draft(str(tmp_path / "khong-co.yaml"))
    assert not looks_like_draft(str(tmp_path))
    path.write_bytes(archive("word/document.xml"))
    assert not looks_like_draft(str(path))


def test_draft_shape():
    assert isinstance(read_text(GOOD), Draft)
    assert isinstance(read_text(GOOD).data, dict)
