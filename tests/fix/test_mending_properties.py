"""Any change of any text in any style: the new text is read back, every other byte stands still."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from vanban.finding import Change
from vanban.read.draft import Draft
from vanban.read.mending import applied, change, replaced, scalar_at
from vanban.read.positions import SourcePositions
from vanban.read.reader import read_text

WORDS = st.text("aáệđĐ19.,:;#-'\"\\[]{}&*!|>%@`?/\u00a0o\u0302", min_size=1, max_size=6)
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(PARAGRAPH, min_size=1, max_size=4)
NEW = st.text("aáệđ19 .,:;#-'\"\\[]{}&*!|>%@\n\t\u200b", max_size=8)
BREAKS = st.sampled_from(["\n", "\r\n"])
CASES = settings(max_examples=400, deadline=None)


def source_of(draft: Draft) -> str:
    assert isinstance(draft.positions, SourcePositions)
    return draft.positions.source.text


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, str]:
    """A draft of a few keys, and the pointer of one text in it, in any style and place."""
    style = draw(st.sampled_from(["plain", "'", '"', "|", ">"]))
    newline = draw(BREAKS)
    level = draw(st.integers(0, 2))
    listed = draw(st.booleans())
    pad = "  " * level
    head = "".join("  " * n + f"n{n}:\n" for n in range(level))
    pointer = "".join(f"/n{n}" for n in range(level))
    inside = pad + "    "
    paragraphs = draw(TEXTS)
    lines = [" ".join(paragraph.split()) or "a" for paragraph in paragraphs]
    if style in ("|", ">"):
        chomp = draw(st.sampled_from(["", "-", "+"]))
        body = f"{style}{chomp}\n" + "".join(f"{inside}{line}\n" for line in lines)
        if chomp == "+":
            body += draw(st.sampled_from(["", "\n"]))
        tail = ""
    else:
        gap = draw(st.sampled_from([f"\n{inside}", f"\n\n{inside}", " "]))
        if style == "plain":
            body = gap.join("a" + line for line in lines)
        elif style == "'":
            body = "'" + gap.join(line.replace("'", "''") for line in lines) + "'"
        else:
            escape = draw(st.booleans())
            body = '"' + gap.join(json.dumps(x, ensure_ascii=escape)[1:-1] for x in lines) + '"'
        tail = draw(st.sampled_from(["", "  # chú thích", "   "])) + "\n"
    key = "- " if listed else "t: "
    after = f"{pad}- b\n" if listed else f"{pad}z: b  # c\n"
    text = (head + (pad + "l:\n" if listed else "") + pad + key + body + tail + after).replace(
        "\n", newline
    )
    return text, pointer + ("/l/0" if listed else "/t")


def assert_written(text: str, pointer: str, changes: list[Change], format: str = "yaml") -> None:
    draft = read_text(text, format)
    # "loai" is missing: the only fault that is allowed
    value: Any = draft.at(pointer)
    if not isinstance(value, str) or any(fault.rule != "INP011" for fault in draft.faults):
        assume(False)
    assert isinstance(draft.positions, SourcePositions)
    scalar = scalar_at(draft.positions, pointer)
    assert scalar is not None
    pieces = scalar.written(changes)
    assert pieces is not None
    mended = replaced(source_of(draft), pieces)
    again = read_text(mended, format)
    assert all(fault.rule == "INP011" for fault in again.faults), mended
    assert again.at(pointer) == applied(value, changes), mended
    # nothing before, nothing behind, nothing else in the data
    assert mended[: scalar.start] == text[: scalar.start]
    assert mended.endswith(text[scalar.end :])
    assert blanked(again.data, pointer) == blanked(draft.data, pointer)


def blanked(data: Any, pointer: str) -> Any:
    copied = json.loads(json.dumps(data, default=str))
    node = copied
    *parents, last = pointer.split("/")[1:]
    for part in parents:
        node = node[int(part)] if isinstance(node, list) else node[part]
    node[int(last) if isinstance(node, list) else last] = None
    return copied


def place(draw: st.DrawFn, value: str, count: int) -> list[tuple[int, int]]:
    cuts = sorted(
        draw(st.lists(st.integers(0, len(value)), min_size=2 * count, max_size=2 * count))
    )
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def test_changes_that_are_harmless_alone() -> None:
    # each leaves a sign on the line, both together none
    changes = [Change("/t", 0, 1, ""), Change("/t", 1, 6, "")]
    assert_written("t: |\n    111111\nz: b  # c\n", "/t", changes)


@CASES
@given(drafts(), st.data())
def test_yaml(case: tuple[str, str], data: st.DataObject) -> None:
    text, pointer = case
    value = read_text(text).at(pointer)
    assume(isinstance(value, str))
    assert isinstance(value, str)
    ranges = data.draw(st.composite(lambda draw: place(draw, value, draw(st.integers(1, 3))))())
    changes = [Change(pointer, a, b, data.draw(NEW)) for a, b in ranges]
    assert_written(text, pointer, changes)


@CASES
@given(st.text(max_size=30), st.booleans(), st.data())
def test_json(value: str, escape: bool, data: st.DataObject) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        assume(False)
    text = json.dumps({"l": [{"t": value}, 1.5], "z": "b"}, ensure_ascii=escape, indent=1)
    ranges = data.draw(st.composite(lambda draw: place(draw, value, draw(st.integers(1, 3))))())
    changes = [Change("/l/0/t", a, b, data.draw(NEW)) for a, b in ranges]
    assert_written(text, "/l/0/t", changes, "json")


@CASES
@given(drafts(), st.data())
def test_one_change_is_offered_as_one_edit(case: tuple[str, str], data: st.DataObject) -> None:
    text, pointer = case
    draft = read_text(text)
    value = draft.at(pointer)
    assume(isinstance(value, str) and all(fault.rule == "INP011" for fault in draft.faults))
    assert isinstance(value, str)
    ((start, end),) = data.draw(st.composite(lambda draw: place(draw, value, 1))())
    new = data.draw(NEW)
    edit = change(draft, pointer, start, end, new)
    assert edit is not None and edit.change == Change(pointer, start, end, new)
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
    begin = starts[edit.span.line - 1] + edit.span.column - 1
    stop = starts[edit.span.end_line - 1] + edit.span.end_column - 1
    mended = text[:begin] + edit.text + text[stop:]
    assert read_text(mended).at(pointer) == value[:start] + new + value[end:]


@settings(max_examples=300, deadline=None)
@given(drafts(), st.data())
@example(("t: >\n  một hai\n  ba bốn\nz: b\n", "/t"), None)
def test_letters_inside_words_leave_every_line_break(
    case: tuple[str, str], data: st.DataObject | None
) -> None:
    text, pointer = case
    draft = read_text(text)
    value = draft.at(pointer)
    assume(isinstance(value, str) and all(fault.rule == "INP011" for fault in draft.faults))
    assert isinstance(value, str)
    letters = [at for at, sign in enumerate(value) if sign.isalpha()]
    assume(letters)
    at = letters[-1] if data is None else data.draw(st.sampled_from(letters))
    edit = change(draft, pointer, at, at + 1, "ê")
    assert edit is not None
    assert edit.text == "ê" or edit.text.startswith("\\u")
    assert edit.span.line == edit.span.end_line
