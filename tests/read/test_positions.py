"""Every character of a text knows its place in the source, in every way a text can be written."""

import json
import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vanban.finding import Span
from vanban.read.reader import read_bytes, read_text
from vanban.read.source import Source

WORDS = st.text("aáàệđĐ1.,;()-\"'\\#:/😀", min_size=1, max_size=6)
LETTERS = st.text("abcáệđĐ19", min_size=1, max_size=5)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=5)
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029")
    | st.sampled_from("\n\t \x07\x85\u2028\xa0\\\"'/"),
    max_size=40,
)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


def characters(source_text, draft, pointer):
    """Give for each character of the value the source text of its span."""
    source = Source(source_text.removeprefix("\ufeff"))
    value = draft.at(pointer)
    for index in range(len(value)):
        span = draft.positions.text(pointer, index, index + 1)
        start = source.starts[span.line - 1] + span.column - 1
        end = source.starts[span.end_line - 1] + span.end_column - 1
        yield value[index], source.text[start:end], (start, end)


def assert_map(source_text, draft, pointer, *, escapes=False):
    previous = None
    for character, written, (start, end) in characters(source_text, draft, pointer):
        if character in " \n" and re.search(r"[\r\n]", written):
            # a fold or a break: the whole gap, nothing but blanks (and the \ of a continued line)
            assert not written.strip(" \t\r\n\\")
        elif escapes and written.startswith("\\"):
            assert json.loads(f'"{written}"') == character if written[1] == "u" else written
        elif written == "''":
            assert character == "'"
        else:
            assert written == character
        assert previous is None or start >= previous
        previous = end
    value = draft.at(pointer)
    if value:
        whole = draft.positions.text(pointer, 0, len(value))
        first = draft.positions.text(pointer, 0, 1)
        last = draft.positions.text(pointer, len(value) - 1, len(value))
        assert (whole.line, whole.column) == (first.line, first.column)
        assert (whole.end_line, whole.end_column) == (last.end_line, last.end_column)


# -- our own emitters, one for each style


def emit_block(text, sign, indent, newline, indicator=False):
    pad = " " * indent
    header = sign + (str(indent) if indicator else "") + "+"
    lines = text.split("\n")
    body = newline.join(pad + line if line else line for line in lines)
    return f"t: {header}{newline}{body}"


@settings(max_examples=200, deadline=None)
@given(PARAGRAPHS, st.integers(1, 6), BREAKS, st.integers(0, 3), st.booleans())
def test_literal(lines, indent, newline, ends, more):
    if more and len(lines) > 1:
        lines[-1] = "   " + lines[-1]
    text = "\n".join(lines) + "\n" * ends
    source = emit_block(text, "|", indent, newline)
    draft = read_text(source)
    assert draft.data["t"] == text
    assert_map(source, draft, "/t")
    columns = [span[0] for _, _, span in characters(source, draft, "/t")]
    assert columns == sorted(columns)


@settings(max_examples=200, deadline=None)
@given(PARAGRAPHS, st.integers(1, 6), BREAKS, st.booleans(), st.booleans())
def test_folded(lines, indent, newline, blank, deeper):
    if deeper and len(lines) > 2:
        lines[1] = "  " + lines[1]
    if blank:
        lines.insert(1, "")
    source = emit_block("\n".join(lines) + "\n", ">", indent, newline)
    draft = read_text(source)
    assert draft.data["t"] == yaml.safe_load(source)["t"]
    assert_map(source, draft, "/t")


@settings(max_examples=100, deadline=None)
@given(PARAGRAPHS, st.sampled_from("|>"), st.integers(1, 9), st.integers(0, 3))
def test_block_with_indentation_indicator(lines, sign, indent, deeper):
    lines[0] = "  " + lines[0]
    body = emit_block("\n".join(lines), sign, indent, "\n", indicator=True)
    # the indicator counts from the parent: nest it deeper
    pad = "  " * deeper
    nested = "".join("  " * level + f"n{level}:\n" for level in range(deeper))
    source = nested + "\n".join(pad + line if line else line for line in body.split("\n"))
    pointer = "".join(f"/n{level}" for level in range(deeper)) + "/t"
    draft = read_text(source)
    assert_map(source, draft, pointer)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(LETTERS, min_size=1, max_size=8),
    st.lists(
        st.sampled_from([" ", "  ", "\n  ", " \n\n   ", "\t\n \n\n "]), min_size=8, max_size=8
    ),
    st.sampled_from(["", "'", '"']),
    BREAKS,
)
def test_folded_flow_scalars(words, gaps, quote, newline):
    if not quote:
        gaps = [gap.replace("\t", "") for gap in gaps]
    inner = "".join(word + gap for word, gap in zip(words, gaps, strict=False)).rstrip()
    source = (f"t: {quote}x {inner}{quote}\nz: 1\n").replace("\n", newline)
    draft = read_text(source)
    assert draft.data["t"] == yaml.safe_load(source)["t"]
    assert_map(source, draft, "/t")


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_single_quoted(text):
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", " ", text)
    source = "t: '" + text.replace("'", "''") + "'"
    draft = read_text(source)
    assert draft.data["t"] == text
    assert_map(source, draft, "/t")


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
@example('a"\\\x85\u2028\xa0/\t\n😀')
def test_double_quoted_and_json(text):
    for ascii_only in (True, False):
        source = json.dumps({"t": text}, ensure_ascii=ascii_only)
        draft = read_text(source, "json")
        assert not [fault for fault in draft.faults if fault.rule != "INP011"]
        assert draft.data["t"] == text
        assert_map(source, draft, "/t", escapes=True)
    source = yaml.dump({"t": text}, default_style='"', width=40)
    draft = read_text(source)
    assert draft.data["t"] == text
    assert_map(source, draft, "/t", escapes=True) if text.isascii() and text.isprintable() else None
    assert len(draft.positions._map("/t", draft.positions._find("/t")).starts) == len(text)


@settings(max_examples=300, deadline=None)
@example("\n", "|", 20, False)
@given(ANY_TEXT, st.sampled_from([None, "'", "|", ">"]), st.integers(20, 80), st.booleans())
def test_whatever_pyyaml_emits(text, style, width, deep):
    data = {"a": [{"t": text}]} if deep else {"t": text}
    pointer = "/a/0/t" if deep else "/t"
    source = yaml.dump(data, default_style=style, allow_unicode=True, width=width)
    draft = read_text(source)
    if any(fault.rule == "INP018" for fault in draft.faults):
        return  # PyYAML writes U+2028 and U+0085 as they are
    assert draft.at(pointer) == yaml.load(source, yaml.BaseLoader).get("t", text)
    chars = draft.positions._map(pointer, draft.positions._find(pointer))
    assert chars is not None and len(chars.starts) == len(draft.at(pointer))


# -- chosen places


def test_escapes_of_double_quotes():
    source = 't: "\\x41\\u00e1\\U0001F600\\t\\"\\\\\\/\\e\\_\\N\\L\\P\\0 \\\n   b\\\n\n  c"'
    draft = read_text(source)
    assert draft.data["t"] == 'Aá😀\t"\\/\x1b\xa0\x85\u2028\u2029\0 b\nc'
    written = [piece for _, piece, _ in characters(source, draft, "/t")]
    assert written[:3] == ["\\x41", "\\u00e1", "\\U0001F600"]
    assert written[13:15] == [" ", "b"]
    assert written[-1] == "c"


def test_json_escapes():
    source = '{"t": "\\u0110\\ud83d\\ude00\\/\\n"}'
    draft = read_text(source, "json")
    assert draft.data["t"] == "Đ😀/\n"
    assert [piece for _, piece, _ in characters(source, draft, "/t")] == [
        "\\u0110",
        "\\ud83d\\ude00",
        "\\/",
        "\\n",
    ]


SOURCE = """\
loai: bao-cao-so-ket
the_thuc:
  so: 05
  "dia_danh": 'Xã Mẫu'
  noi_nhan: [Một, "Hai"]
ket_qua:
  - noi_dung: |
      Dòng một
      dòng hai
  - {a/b: 1, c~d: 2}
trong:
khoi: |
"""


@pytest.mark.parametrize(
    ("pointer", "value", "key"),
    [
        ("", (1, 1, 1, 21), None),
        ("/loai", (1, 7, 1, 21), (1, 1, 1, 5)),
        ("/the_thuc", (3, 3, 3, 9), (2, 1, 2, 9)),
        ("/the_thuc/so", (3, 7, 3, 9), (3, 3, 3, 5)),
        ("/the_thuc/dia_danh", (4, 15, 4, 23), (4, 3, 4, 13)),
        ("/the_thuc/noi_nhan", (5, 13, 5, 25), (5, 3, 5, 11)),
        ("/the_thuc/noi_nhan/1", (5, 19, 5, 24), None),
        ("/ket_qua", (7, 3, 7, 16), (6, 1, 6, 8)),
        ("/ket_qua/0", (7, 5, 7, 16), None),
        ("/ket_qua/0/noi_dung", (8, 7, 9, 15), (7, 5, 7, 13)),
        ("/ket_qua/1", (10, 5, 10, 21), None),
        ("/ket_qua/1/a~1b", (10, 11, 10, 12), (10, 6, 10, 9)),
        ("/ket_qua/1/c~0d", (10, 19, 10, 20), (10, 14, 10, 17)),
        ("/trong", (11, 1, 11, 6), (11, 1, 11, 6)),
        ("/khoi", (12, 7, 12, 8), (12, 1, 12, 5)),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spans(pointer, value, key, newline, mark):
    data = (mark + SOURCE.replace("\n", newline)).encode()
    positions = read_bytes(data).positions
    assert positions.value(pointer) == Span(*value)
    assert positions.key(pointer) == (Span(*key) if key else None)


@pytest.mark.parametrize("pointer", ["/khong", "/ket_qua/9", "/ket_qua/x", "/loai/0", "/ket_qua/²"])
def test_no_such_place(pointer):
    positions = read_text(SOURCE).positions
    assert positions.value(pointer) is None
    assert positions.key(pointer) is None
    assert positions.text(pointer, 0, 1) is None


def test_ranges_of_a_text():
    positions = read_text(SOURCE).positions
    assert positions.text("/ket_qua/0/noi_dung", 5, 8) == Span(8, 12, 8, 15)
    assert positions.text("/ket_qua/0/noi_dung", 5, 13) == Span(8, 12, 9, 11)
    assert positions.text("/the_thuc/dia_danh", 0, 2) == Span(4, 16, 4, 18)
    # a place between characters, and offsets outside the text
    assert positions.text("/the_thuc/dia_danh", 2, 2) == Span(4, 18, 4, 18)
    assert positions.text("/the_thuc/dia_danh", 6, 6) == Span(4, 22, 4, 22)
    assert positions.text("/the_thuc/dia_danh", -3, 99) == Span(4, 16, 4, 22)
    # an empty text, a value that is no text
    assert positions.text("/khoi", 0, 0) == Span(12, 1, 12, 5)
    assert positions.text("/trong", 0, 1) is None
    assert read_text('t: ""').positions.text("/t", 0, 0) == Span(1, 4, 1, 6)


def test_alias_shows_itself_and_the_text_it_repeats():
    positions = read_text(
        'a: &x chữ\nb: *x\nc: &y\n  d: "e\\u0066"\ng: *y\nh: &z |\n  k\ni: *z'
    ).positions
    assert positions.value("/a") == Span(1, 4, 1, 10)
    assert positions.text("/a", 0, 1) == Span(1, 7, 1, 8)
    assert positions.value("/b") == Span(2, 4, 2, 6)
    assert positions.text("/b", 1, 3) == Span(1, 8, 1, 10)
    assert positions.value("/g") == Span(5, 4, 5, 6)
    assert positions.value("/g/d") == Span(4, 6, 4, 15)
    assert positions.text("/g/d", 1, 2) == Span(4, 8, 4, 14)
    assert positions.value("/h") == Span(7, 3, 7, 4)
    assert positions.text("/i", 0, 1) == Span(7, 3, 7, 4)


def test_combining_marks_and_astral_characters_are_characters():
    source = "t: 😀 a\u0323 b\n"
    positions = read_text(source).positions
    assert positions.text("/t", 5, 6) == Span(1, 9, 1, 10)
