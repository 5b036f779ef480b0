"""Data back as a draft: YAML or JSON that reads to equal data, and looks as a clerk writes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vanban
from tests.embed.conftest import EXAMPLES
from vanban.embed.drafts import draft_text, same
from vanban.errors import EmbedError

# Everything that YAML, or a reader of YAML, could take for something else.
ODD = (
    "5", "05", "-3", "1.5", "1.246", "87,7", "1e3", "0x1F", "1_000", "12:30", "2023-10-09", "true",
    "null", "~", "no", "on", "y", "", " ", "=", "<<", "-", "?", ":", "a: b", "a:", "a #b", "# a",
    "- a", "- Thứ nhất: tăng cường", "? a", "%a", "@a", "&a b", "*a", "!a", "!!str a", "|", "> a",
    "`a", "'a'", '"a"', "a'b", "[a]", "{a}", "a, b", "---", "...", "--- a", " a", "a ", "\ta",
    "a\tb", "a\n", "a\n\n",
    "\na", "\n", "a\nb", "a\n b", " a\nb", "a \nb", "a\n\n\nb", "a\n# b", "a\n- b",
    "a\nb: c\n", "a\r\nb", "a\rb", "a\x85b", "a\u2028b", "a\u2029b", "\ufeffa", "a\u00a0b",
    "a\u200bb", "\u00a0",
    "a\x07", "a\x7f", "\U0001f600", "Đa\u0309ng", "\\n", "\\", "x" * 500, "a " * 200,
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.lists(st.sampled_from(ODD), min_size=2, max_size=4).map("".join),
    st.lists(st.sampled_from(ODD), min_size=2, max_size=4).map("\n".join),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
)
FIGURES = st.one_of(
    st.integers(-(10**28), 10**28),
    st.integers(-(10**12), 10**12).flatmap(
        lambda digits: st.integers(0, 8).map(lambda places: Decimal(digits).scaleb(-places))
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), FIGURES, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def data_of(value: Any) -> dict[str, Any]:
    return {"loai": "bao-cao-so-ket", "a": value}


@pytest.mark.parametrize("format", ["yaml", "json"])
@settings(max_examples=300)
@given(VALUES)
def test_any_data_reads_back_equal(format: str, value: Any) -> None:
    draft = vanban.draft(data_of(value))
    if not draft.readable:
        return
    try:
        text = draft_text(draft.data, format, "dòng một\ndòng hai")
    except EmbedError:
        # Only what the reader itself refuses: control characters, private keys of YAML.
        joined = str(value)
        assert any(not sign.isprintable() for sign in joined) or "\\" in joined
        return
    again = vanban.loads(text, format)
    assert again.readable and same(again.data, draft.data)


def is_data(text: str) -> bool:
    """Tell whether a draft may hold a text: no control characters."""
    return all(fault.rule != "INP022" for fault in vanban.draft(data_of(text)).faults)


@pytest.mark.parametrize("text", [text for text in ODD if is_data(text)])
def test_every_odd_text_reads_back(text: str) -> None:
    draft = vanban.draft(data_of([text, {"b": text}]))
    for format in ("yaml", "json"):
        again = vanban.loads(draft_text(draft.data, format), format)
        assert again.data["a"] == [text, {"b": text}]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_the_examples_read_back_equal(path: Path, format: str) -> None:
    data = vanban.load(path).data
    again = vanban.loads(draft_text(data, format), format)
    assert same(again.data, data)


def test_it_looks_as_a_clerk_writes() -> None:
    data = data_of(
        {"so": "05", "nam": 2023, "ty_le": Decimal("87.7"), "chu": "Đảng ủy xã", "dai": "a\n\nb\n"}
    )
    assert draft_text(data, "yaml", "x") == (
        '# x\nloai: bao-cao-so-ket\na:\n  so: "05"\n  nam: 2023\n  ty_le: 87.7\n'
        "  chu: Đảng ủy xã\n  dai: |\n    a\n\n    b\n"
    )


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (Decimal("1.246"), "1.2460"),  # 1.246 would be a text: it may mean 1246
        (Decimal("0.125"), "0.1250"),
        (Decimal("1E+2"), "100"),
        (Decimal("1.50"), "1.50"),
        (Decimal("-0.0"), "0"),
        (Decimal("1E-20"), "0.00000000000000000001"),
    ],
)
def test_figures_stay_exact(figure: Decimal, written: str) -> None:
    text = draft_text(data_of(figure), "yaml")
    assert text.endswith(f"a: {written}\n")
    assert vanban.loads(text).data["a"] == figure


def test_a_figure_that_yaml_cannot_hold_goes_as_json() -> None:
    data = vanban.draft(data_of(Decimal("1.5E-29"))).data
    with pytest.raises(EmbedError, match="--format json"):
        draft_text(data, "yaml")
    assert vanban.loads(draft_text(data, "json"), "json").data["a"] == Decimal("1.5E-29")


@pytest.mark.parametrize(
    ("one", "two"),
    [(1, True), (0, False), ("1", 1), (None, ""), ([], {}), ({"a": 1, "b": 2}, {"b": 2, "a": 1})],
)
def test_what_is_not_the_same(one: Any, two: Any) -> None:
    assert not same({"x": one}, {"x": two})
    assert same({"x": one}, {"x": one})
