"""One change in one scalar of each style, to the byte."""

from __future__ import annotations

import json

import pytest

from vanban.finding import Change
from vanban.read.mending import change, replaced, scalar_at
from vanban.read.positions import SourcePositions
from vanban.read.reader import from_mapping, read_text


def written(source: str, pointer: str, *changes: tuple[str, str], format: str = "yaml") -> str:
    """The source after changes, each given as the old words and the new ones."""
    draft = read_text(source, format)
    value = draft.at(pointer)
    assert isinstance(value, str), value
    assert isinstance(draft.positions, SourcePositions)
    scalar = scalar_at(draft.positions, pointer)
    assert scalar is not None
    places = [
        Change(pointer, value.index(old), value.index(old) + len(old), new) for old, new in changes
    ]
    pieces = scalar.written(places)
    assert pieces is not None
    mended = replaced(draft.positions.source.text, pieces)
    expected = value
    for old, new in changes:
        expected = expected.replace(old, new, 1)
    assert read_text(mended, format).at(pointer) == expected
    return mended


CASES = {
    "plain": ("t: xắp xếp lại  # c\n", "xắp", "sắp", "t: sắp xếp lại  # c\n"),
    "plain that becomes a figure": ("t: l2\n", "l2", "12", 't: "12"\n'),
    "plain that becomes a date": ("t: ngày 09/10\n", "ngày ", "", "t: 09/10\n"),
    "plain that becomes a mapping": ("t: một:hai\n", ":", ": ", 't: "một: hai"\n'),
    "plain that becomes a comment": ("t: số#1\n", "#", " #", 't: "số #1"\n'),
    "plain that begins with an indicator": ("t: a- b\n", "a-", "-", 't: "- b"\n'),
    "plain that begins with a quote": ("t: a'b\n", "a'", "'", "t: \"'b\"\n"),
    "plain with both quotes": ("t: a \"b\" 'c': d\n".replace("': d", "' d"), "c", "c: ",
                               "t: 'a \"b\" ''c: '' d'\n"),
    "plain that ends with a colon": ("t: một hai\n", "hai", "hai:", 't: "một hai:"\n'),
    "plain that becomes nothing": ("t: x\nz: 1\n", "x", "", 't: ""\nz: 1\n'),
    "plain that becomes null": ("t: nulll\n", "lll", "ll", 't: "null"\n'),
    "plain with an edge": ("t: một\n", "một", "một ", 't: "một "\n'),
    "plain with a tag sign": ("t: x!y\n", "x!", "! ", 't: "! y"\n'),
    "plain over lines": ("t: một hai\n  ba bốn\n", "ba", "bà", "t: một hai\n  bà bốn\n"),
    "plain across a fold": (
        "t: các xắp\n  xếp lại\n", "xắp xếp", "sắp xếp", "t: các sắp\n  xếp lại\n",
    ),
    "plain across a fold, more words": (
        "t: các uỷ\n  ban xã\n", "uỷ ban", "Ủy ban nhân dân", "t: các Ủy\n  ban nhân dân xã\n",
    ),
    "plain across a fold, one word left": (
        "t: các các\n  các xã\n", "các các các", "các", "t: các xã\n",
    ),
    "plain over lines becomes quoted": (
        "t: một\n  hai:ba\n", ":", ": ", 't: "một\n  hai: ba"\n',
    ),
    "plain behind an anchor": ("t: &a xắp xếp\nu: *a\n", "xắp", "sắp", "t: &a sắp xếp\nu: *a\n"),
    "plain behind an anchor becomes quoted": (
        "t: &a b:c\nu: *a\n", ":", ": ", 't: &a "b: c"\nu: *a\n',
    ),
    "plain in a list": ("t:\n- một:hai\n- b\n", ":", ": ", 't:\n- "một: hai"\n- b\n'),
    "plain below its key": ("t:\n  một:hai\nz: 1\n", ":", ": ", 't:\n  "một: hai"\nz: 1\n'),
    "plain in brackets": ("t: [một hai, b]\n", " ", ", ", 't: ["một, hai", b]\n'),
    "plain in braces": ("t: {k: một, z: b}\n", "một", "a}", 't: {k: "a}", z: b}\n'),
    "plain over lines in brackets": ("t: [một\n  hai, b]\n", "hai", "hái", "t: [một\n  hái, b]\n"),
    "single": ("t: 'ông ''A''  nói'\n", "  ", " ", "t: 'ông ''A'' nói'\n"),
    "single takes a quote": ("t: 'a b'\n", "b", "b'c", "t: 'a b''c'\n"),
    "single, across an escape": ("t: 'a''b'\n", "a'b", "a'c", "t: 'a''c'\n"),
    "single over lines": (
        "t: 'một\n\n    hai\n    ba'\n", "ba", "bà", "t: 'một\n\n    hai\n    bà'\n",
    ),
    "single that cannot hold a sign": ("t: 'a b'\n", "b", "b\x07", 't: "a b\\x07"\n'),
    "double": ('t: "a \\"b\\" c"\n', "c", 'c "d"', 't: "a \\"b\\" c \\"d\\""\n'),
    "double, an escape mended": ('t: "Đả\\u200bng"\n', "\u200b", "", 't: "Đảng"\n'),
    "double, an escaped letter": ('t: "a\\u00a0b \\u0111"\n', "\u00a0", " ", 't: "a b \\u0111"\n'),
    "double, letters stay escaped": ('t: "\\u00d0\\u1ea3"\n', "Ð", "Đ", 't: "\\u0110\\u1ea3"\n'),
    "double, over a continued line": ('t: "mộ\\\n  t hai"\n', "hai", "ba", 't: "mộ\\\n  t ba"\n'),
    "double takes a break": ('t: "a b"\n', " ", "\n", 't: "a\\nb"\n'),
    "literal": ("t: |\n  một  hai\n  ba\nz: 1\n", "  ", " ", "t: |\n  một hai\n  ba\nz: 1\n"),
    "literal, blanks at an end": ("t: |\n  một  \n  ba\n", "  \n", "\n", "t: |\n  một\n  ba\n"),
    "literal, the first blank": ("t: |2\n   một\n  ba\n", " một", "một", "t: |2\n  một\n  ba\n"),
    "literal that begins with a blank": (
        "t: |\n  một\n  ba\n", "một", " một", "t: |2\n   một\n  ba\n",
    ),
    "literal, a line less": ("t: |\n  một\n  hai\nz: 1\n", "một\n", "", "t: |\n  hai\nz: 1\n"),
    "literal, a line more": ("t: |\n  một hai\n", " ", "\n", "t: |\n  một\n  hai\n"),
    "literal, the last line": (
        "t: |\n  một\n  hai\n\nz: 1\n", "\nhai\n", "\n", "t: |\n  một\n\nz: 1\n",
    ),
    "literal without its break": ("t: |\n  một\nz: 1\n", "một\n", "một", "t: |-\n  một\nz: 1\n"),
    "literal with a comment": ("t: | # c\n  b\nz: 1\n", "b\n", "b", "t: |- # c\n  b\nz: 1\n"),
    "literal, kept ends": ("t: |+\n  một\n\nz: 1\n", "một", "hai", "t: |+\n  hai\n\nz: 1\n"),
    "literal behind an anchor": ("t: &a |\n  b c\nu: *a\n", "c", "d", "t: &a |\n  b d\nu: *a\n"),
    "literal that becomes empty": ("t: |\n  b\nz: 1\n", "b\n", "", 't: ""\nz: 1\n'),
    "literal that cannot hold a sign": (
        "t: |\n  a b\nz: 1\n", "b\n", "b\x07\n", 't: "a b\\x07\\n"\nz: 1\n',
    ),
    "folded": (
        "t: >\n  một hai\n  ba bốn\n\n  năm\n", "hai", "hái",
        "t: >\n  một hái\n  ba bốn\n\n  năm\n",
    ),
    "folded, a blank less": ("t: >-\n  một  hai\n  ba\n", "  ", " ", "t: >-\n  một hai\n  ba\n"),
    "folded, across a fold": (
        "t: >\n  các xắp\n  xếp lại\n", "xắp xếp", "sắp xếp", "t: >\n  các sắp\n  xếp lại\n",
    ),
    "folded, an indented line comes out": (
        "t: >\n  một\n   hai\n  ba bốn\n  năm\n", "\n hai\n", "\nhai\n",
        "t: >\n  một\n\n  hai\n\n  ba bốn\n  năm\n",
    ),
    "folded, a line less": (
        "t: >\n  một\n  hai\n  ba\nz: 1\n", " hai", "", "t: >\n  một\n  ba\nz: 1\n",
    ),
    "CRLF": ("t: |\r\n  một  hai\r\n  ba\r\n", "  ", " ", "t: |\r\n  một hai\r\n  ba\r\n"),
    "CRLF, across a fold": (
        "t: >\r\n  a xắp\r\n  xếp\r\n", "xắp xếp", "sắp xếp", "t: >\r\n  a sắp\r\n  xếp\r\n",
    ),
    "CRLF, written anew": (
        "t: a\r\n  b:c\r\nz: 1\r\n", ":", ": ", 't: "a\r\n  b: c"\r\nz: 1\r\n',
    ),
    "trailing blanks": ("t: a  b   \nz: 1  \n", "  b", " b", "t: a b   \nz: 1  \n"),
    "no break at the end": ("t: |\n  a  b", "  ", " ", "t: |\n  a b"),
    "no break at the end, plain": ("t: a:b", ":", ": ", 't: "a: b"'),
    "tabs inside": ("t: |\n  a\tb  c\n", "  ", " ", "t: |\n  a\tb c\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_change(name: str) -> None:
    source, old, new, expected = CASES[name]
    value = read_text(source).at("/t")
    pointer = "/t" if isinstance(value, str) else "/t/0" if isinstance(value, list) else "/t/k"
    assert written(source, pointer, (old, new)) == expected


def test_several_changes_of_one_text_are_written_together() -> None:
    source = "t: xắp xếp, bổ xung và sử lý\nz: 1\n"
    changes = [("xắp", "sắp"), ("xung", "sung"), ("sử", "xử")]
    assert written(source, "/t", *changes) == "t: sắp xếp, bổ sung và xử lý\nz: 1\n"
    # one of them forces quotes: the others go with it
    changes[1] = ("xung", "sung: đủ")
    assert written(source, "/t", *changes) == 't: "sắp xếp, bổ sung: đủ và xử lý"\nz: 1\n'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("b", 'b"\\', '{"t": "a b\\"\\\\ \\u0111\\n"}'),
        ("đ", "Đ", '{"t": "a b \\u0110\\n"}'),
        ("a", "😀", '{"t": "\\ud83d\\ude00 b \\u0111\\n"}'),
        ("\n", "", '{"t": "a b \\u0111"}'),
        ("a b", "\t", '{"t": "\\t \\u0111\\n"}'),
    ],
)
def test_json(old: str, new: str, expected: str) -> None:
    assert written('{"t": "a b \\u0111\\n"}', "/t", (old, new), format="json") == expected


def test_json_in_letters_stays_in_letters() -> None:
    source = json.dumps({"t": "Ðảng ủy"}, ensure_ascii=False)
    assert written(source, "/t", ("Ð", "Đ"), format="json") == '{"t": "Đảng ủy"}'


def test_a_capital_behind_an_escape_is_no_part_of_it() -> None:
    source = '{"t": "\\u1edfBan \\u00f4\\u00ed", "u": "a"}'
    assert written(source, "/t", ("í", "ì"), format="json") == source.replace("00ed", "00ec")


def test_a_text_without_letters_of_its_own_is_escaped_like_the_rest() -> None:
    source = '{"t": "\\u00ed", "u": "Nhan dan"}'
    mended = written(source, "/u", ("Nhan", "Nhân"), format="json")
    assert mended == '{"t": "\\u00ed", "u": "Nh\\u00e2n dan"}'
    assert "Nhân" in written('{"u": "Nhan dan"}', "/u", ("Nhan", "Nhân"), format="json")


def test_upper_case_escapes_stay_so() -> None:
    assert written('{"t": "\\u00D0\\u1EA3ng"}', "/t", ("Ð", "Ọ"), format="json") == (
        '{"t": "\\u1ECC\\u1EA3ng"}'
    )


def test_an_alias_is_mended_at_its_anchor() -> None:
    source = "t: &a\n  - xắp xếp\nu: *a\n"
    expected = "t: &a\n  - sắp xếp\nu: *a\n"
    assert written(source, "/u/0", ("xắp", "sắp")) == expected
    assert written(source, "/t/0", ("xắp", "sắp")) == expected


def test_keys_and_the_root_are_no_texts() -> None:
    draft = read_text("một lời văn\n")
    assert change(draft, "", 0, 3, "hai") is None
    assert change(read_text("t: 5\n"), "/t", 0, 1, "6") is None
    assert change(read_text("t: a\n"), "/khong/co", 0, 1, "6") is None
    assert change(read_text("t: a\n"), "/t", 0, 9, "6") is None


def test_a_draft_without_a_source_has_no_edits() -> None:
    assert change(from_mapping({"t": "xắp"}), "/t", 0, 1, "s") is None


def test_a_very_long_line() -> None:
    text = "một hai  ba " * 40_000
    source = f"t: {text.strip()}\nz: b\n"
    draft = read_text(source)
    value = draft.at("/t")
    places = [at for at in range(len(value)) if value.startswith("  ", at)]
    assert isinstance(draft.positions, SourcePositions)
    scalar = scalar_at(draft.positions, "/t")
    assert scalar is not None
    pieces = scalar.written([Change("/t", at, at + 2, " ") for at in places])
    assert pieces is not None and len(pieces) == len(places)
    assert replaced(source, pieces) == source.replace("  ", " ")


def test_offers_for_one_huge_text_are_cheap() -> None:
    # each of these must be read again to be known: after a while they are only offered
    source = "t: |\n" + "    một hai ba bốn năm sáu\n" * 20_000 + "z: b\n"
    draft = read_text(source)
    lines = draft.at("/t").split("\n")
    at = 0
    for line in lines[:400]:
        edit = change(draft, "/t", at, at + 3, "  a")
        assert edit is not None and edit.change is not None
        at += len(line) + 1
