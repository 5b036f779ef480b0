"""YAML drafts: what may stand in them and what is refused."""

import subprocess
import sys
import time
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import catalogue
from vanban.read import limits, yaml_reader
from vanban.read.reader import read_bytes, read_text

HEAD = "loai: bao-cao-so-ket\n"


def keys_of(draft):
    return [fault.key for fault in draft.faults]


def test_data_is_plain():
    draft = read_text(HEAD + "a: {b: [1, 87.5, true, ~, chữ]}\n")
    assert draft.readable
    assert draft.kind == "bao-cao-so-ket"
    assert draft.data == {
        "loai": "bao-cao-so-ket",
        "a": {"b": [1, Decimal("87.5"), True, None, "chữ"]},
    }


def test_text_stays_as_typed():
    decomposed = "Đa\u0323i hô\u0323i"
    assert read_text(HEAD + f"a: {decomposed}\n").data["a"] == decomposed


def test_order_of_keys_is_kept():
    assert list(read_text(HEAD + "z: 1\na: 2\nm: 3\n").data) == ["loai", "z", "a", "m"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_breaks_and_byte_order_mark(newline, mark):
    text = (HEAD + "a: |\n  một\n  hai\nb: 1\n").replace("\n", newline)
    draft = read_bytes(mark + text.encode())
    assert draft.readable
    assert draft.data["a"] == "một\nhai\n"
    assert draft.lines[:2] == ("loai: bao-cao-so-ket", "a: |")


def test_both_places_of_a_duplicate_key():
    draft = read_text(HEAD + "a:\n  b: 1\n  c: {d: [1]}\n  b: {e: [2]}\n")
    (fault,) = draft.faults
    assert fault.rule == "INP007"
    assert fault.pointer == "/a/b"
    assert (fault.span.line, fault.span.column) == (5, 3)
    assert (fault.args["line"], fault.args["column"]) == (3, 3)
    assert "dòng 3, cột 3" in catalogue.message(fault)


def test_duplicate_key_inside_a_list():
    draft = read_text(HEAD + "a:\n  - x\n  - {b: 1, b: 2}\n")
    assert [fault.pointer for fault in draft.faults] == ["/a/1/b"]


# -- budgets


def test_aliases_repeat_values_as_a_tree():
    draft = read_text(HEAD + "a: &x {b: [1, c]}\nd: *x\n")
    assert draft.readable
    assert draft.data["d"] == draft.data["a"]
    assert draft.data["d"] is not draft.data["a"]
    assert draft.data["d"]["b"] is not draft.data["a"]["b"]


def test_billion_laughs():
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for n in range(1, 12):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]")
    begin = time.perf_counter()
    assert keys_of(read_text(HEAD + "\n".join(lines))) == ["INP008.lap"]
    assert time.perf_counter() - begin < 2


def test_depth_through_aliases():
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 70)]
    assert "INP008.qua_sau" in keys_of(read_text(HEAD + "\n".join(lines)))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting(opening):
    for count in (1_000, 100_000):
        draft = read_text((HEAD + "a:\n  " if opening in "- ? " else "") + opening * count)
        assert len(draft.faults) == 1
        assert draft.faults[0].key in ("INP008.qua_sau", "INP005.khoa_phuc_tap")


def test_deepest_allowed():
    inner = limits.MAX_DEPTH - 1
    assert read_text(HEAD + "a: " + "[" * inner + "]" * inner).readable
    assert not read_text(HEAD + "a: " + "[" * (inner + 1) + "]" * (inner + 1)).readable


def test_too_many_values(monkeypatch):
    monkeypatch.setattr(yaml_reader, "MAX_NODES", 100)
    assert keys_of(read_text(HEAD + "a: [" + "1," * 200 + "]")) == ["INP008.qua_nhieu"]


def test_too_large():
    assert keys_of(read_bytes(b"a" * (limits.MAX_BYTES + 1))) == ["INP008.qua_lon"]
    assert keys_of(read_text("á" * (limits.MAX_BYTES // 2 + 1))) == ["INP008.qua_lon"]


def test_a_large_draft_is_quick():
    section = (
        "  - tieu_de: Phát triển sản xuất %d\n    noi_dung: |\n"
        "      Đảng ủy đã lãnh đạo, chỉ đạo: thực hiện đồng bộ các giải pháp phát triển sản xuất.\n"
        "      Tổng giá trị sản xuất đạt 1.234,5 tỷ đồng, bằng 98,7%% kế hoạch năm.\n    so: %d\n"
    )
    text = HEAD + "a:\n" + "".join(section % (n, n) for n in range(230))
    assert len(text) > 50_000
    timings = []
    for _ in range(5):
        begin = time.perf_counter()
        draft = read_text(text)
        timings.append(time.perf_counter() - begin)
    assert draft.readable
    # a few milliseconds; the bound leaves room for a busy machine
    assert min(timings) < 0.1


def test_maps_are_built_only_when_asked():
    draft = read_text(HEAD + "a: chữ\n")
    assert draft.positions._maps == {}
    draft.positions.text("/a", 0, 1)
    assert list(draft.positions._maps) == ["/a"]


# -- refused


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("a: !!str x", "INP009.the"),
        ("a: !!binary aGk=", "INP009.the"),
        ("a: !!set {x}", "INP009.the"),
        ("a: !mau [x]", "INP009.the"),
        ("a: &x !mau y\nb: *x", "INP009.the"),
        ("!!str a: x", "INP009.the"),
        ("<<: {a: 1}", "INP009.gop"),
        ("a: [*khong]", "INP017.khong_khoa"),
        ("? {a: b}\n: c", "INP005.khoa_phuc_tap"),
        ("a: &x b\n? *x\n: c", "INP005.khoa_phuc_tap"),
        ("a:\n- ? Ai làm", "INP017.mot_dong"),
        ("a: " + "[" * 5000, "INP008.qua_sau"),
    ],
)
def test_refused(body, key):
    assert keys_of(read_text(HEAD + body)) == [key]


def test_quoted_merge_key_is_a_plain_key():
    assert read_text(HEAD + "'<<': x").data["<<"] == "x"


@pytest.mark.parametrize("text", ["", " \n\t\n", "# ghi chú\n", "---\n", "~", "null\n", "\ufeff"])
def test_empty(text):
    assert keys_of(read_text(text)) == ["INP002.trong"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("- a\n- b", "INP010.danh_sach"), ("chữ", "INP010.loi_van"), ("5", "INP010.loi_van")],
)
def test_root(text, key):
    draft = read_text(text)
    assert keys_of(draft) == [key]
    assert draft.data == {}
    assert draft.faults[0].span is not None


# -- any input


PIECES = (
    ["a", "b: ", ": ", "- ", "\n", "\n  ", "\n    ", " #", "#", '"', "'", "|", ">", "|\n"],
    ["&x ", "*x", "[", "]", "{", "}", ",", "!", "!!str ", "%", "@", "`", "?", "? ", "---"],
    ["...", "\t", "\\", "đ", "1.5", "\r\n", "\u2028", "\x00", "\ufeff", "\ud800", "<<: "],
    ["loai: x"],
)
TOKENS = st.sampled_from([piece for row in PIECES for piece in row])


@settings(max_examples=1500, deadline=None)
@given(st.lists(TOKENS, max_size=30).map("".join), st.sampled_from(["yaml", "json"]))
def test_nothing_crashes(text, format):
    draft = read_text(text, format)
    for fault in draft.faults:
        assert catalogue.message(fault)
        assert fault.span is None or 1 <= fault.span.line <= len(draft.lines)
    if not [fault for fault in draft.faults if not fault.rule.startswith("INP01")]:
        for pointer in ("", *(f"/{key}" for key in ("a", "b", "loai"))):
            draft.positions.value(pointer)
            draft.positions.text(pointer, 0, 1)


PLAIN = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
    | st.integers(-(10**9), 10**9)
    | st.booleans()
    | st.none(),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), below, max_size=3)
    ),
    max_leaves=12,
)
UNKIND = ("\ufeff", "\u2028", "\u2029", "\ufffe", "\uffff")


@settings(max_examples=300, deadline=None)
@given(PLAIN, st.booleans(), st.integers(30, 200))
def test_what_other_tools_write_is_read_without_a_trap(value, flow, width):
    text = yaml.dump({"v": value}, allow_unicode=True, default_flow_style=flow, width=width)
    if any(character in text for character in UNKIND):
        return
    draft = read_text(HEAD + text if not flow else text)
    assert [fault for fault in draft.faults if fault.rule not in ("INP011",)] == []
    assert draft.data["v"] == value


# -- the parser in Python


@pytest.fixture
def without_c(monkeypatch):
    monkeypatch.setattr(yaml_reader, "PARSER", yaml.SafeLoader)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("a: |\n  b\n", None),
        ("a: 5\nb: 'x'\nc: {d: [1, \"e\"]}\n", None),
        ("a: b: c\n", "INP013"),
        ('a: "b" c\n', "INP014"),
        ("a: chữ và #1\n", "INP015"),
        ("a:\n\tb: 1\n", "INP016"),
        ("a: * b\n", "INP017"),
        ("a: @b\n", "INP017"),
        ("a: - b\n", "INP017"),
        ("a: > b\n", "INP017"),
        ('a: "b\n', "INP005"),
        ('a: "\\ud800"\n', "INP005"),
        ("a: {b\n", "INP005"),
        ("a: [" * 70, "INP008"),
    ],
)
def test_python_parser(without_c, body, rule):
    draft = read_text(HEAD + body)
    assert [fault.rule for fault in draft.faults] == ([rule] if rule else [])
    for fault in draft.faults:
        assert catalogue.message(fault)


def test_python_parser_maps_characters(without_c):
    draft = read_text(HEAD + "a: |\n  một\nb: hai\n  ba\n")
    assert draft.positions.text("/a", 0, 3).line == 3
    assert draft.positions.text("/b", 4, 6).line == 5


def test_reading_loads_no_renderer():
    code = (
        "import sys; from vanban.read.reader import read_text; read_text('loai: x');"
        "sys.exit(any(name in sys.modules for name in ('weasyprint', 'docxtpl', 'lxml', 'rich')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
