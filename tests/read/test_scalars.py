"""Our table of scalars, one test per row: what an unquoted value in a YAML draft means."""

from decimal import Decimal

import pytest

from vanban.read.reader import read_text

TABLE = [
    ("", None),
    ("null", None),
    ("~", None),
    ("Null", "Null"),
    ("true", True),
    ("false", False),
    ("True", "True"),
    ("FALSE", "FALSE"),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("0", 0),
    ("-0", 0),
    ("5", 5),
    ("-12", -12),
    ("1246", 1246),
    ("05", "05"),
    ("007", "007"),
    ("+5", "+5"),
    ("1_000", "1_000"),
    ("0x1F", "0x1F"),
    ("0o17", "0o17"),
    ("0b11", "0b11"),
    ("12:30", "12:30"),
    ("1:30:00", "1:30:00"),
    ("87.7", Decimal("87.7")),
    ("87.70", Decimal("87.70")),
    ("-0.5", Decimal("-0.5")),
    ("0.1", Decimal("0.1")),
    ("1.2345", Decimal("1.2345")),
    ("1234.567", Decimal("1234.567")),
    ("1.246", "1.246"),
    ("12.246", "12.246"),
    ("-123.246", "-123.246"),
    ("0.125", "0.125"),
    ("1.", "1."),
    (".5", ".5"),
    ("05.5", "05.5"),
    ("1e3", "1e3"),
    ("1.5e3", "1.5e3"),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("87,7", "87,7"),
    ("1.234,5", "1.234,5"),
    ("1.234.567", "1.234.567"),
    ("2023-10-09", "2023-10-09"),
    ("2023-10-09T10:00:00Z", "2023-10-09T10:00:00Z"),
    ("09/10/2023", "09/10/2023"),
    ("10/2023", "10/2023"),
    ("2020-2025", "2020-2025"),
    ("=", "="),
    ("Xã Mẫu", "Xã Mẫu"),
    ("trueish", "trueish"),
    ("١٢", "١٢"),
    ("9" * 30, int("9" * 30)),
    ("9" * 31, "9" * 31),
    ("9" * 5000, "9" * 5000),
]


@pytest.mark.parametrize(("written", "meant"), TABLE, ids=[row[0][:12] or "-" for row in TABLE])
def test_row(written, meant):
    for text in (f"v: {written}\n", f"v:\n  - {written}\n"):
        value = read_text(text).data["v"]
        if isinstance(value, list):
            (value,) = value
        assert type(value) is type(meant)
        # the same digits too: 87.70 stays 87.70
        assert (value, str(value)) == (meant, str(meant))


@pytest.mark.parametrize("written", [row[0] for row in TABLE if row[0]])
def test_quoted_and_block_scalars_are_text(written):
    for text in (
        f"v: '{written}'",
        f'v: "{written}"',
        f"v: |-\n  {written}",
        f"v: >-\n  {written}",
    ):
        assert read_text(text).data["v"] == written


@pytest.mark.parametrize("key", ["5", "05", "null", "true", "no", "1.5", "2023-10-09", "~"])
def test_keys_are_their_source_text(key):
    assert list(read_text(f"{key}: x").data) == [key]


def test_empty_key():
    assert read_text("? \n: x").data == {"": "x"}
