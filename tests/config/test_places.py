"""Every key and every value of a TOML text is found where it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from vanban.config.places import TomlPlaces
from vanban.read.draft import pointer_of
from vanban.read.source import Source

# One line of the text each.
LINES = (
    '# "a = 1"',
    """"khóa \\"x\\"" = 'y' # z""",
    'a.b . "c.d" = [ 1, # một ]',
    '  "hai # ]",',
    "  { x = 1, y = [2023-01-01 07:30:00, -inf] } , ]",
    "t = '''",
    "[k]",
    "a = 1''''",
    '''u = """a \\""" b"""""''',
    '[m."n.o"]',
    "p = true",
    "[[q]]",
    "r = 0x1F",
    "[[q]]",
    "[q.s]",
    "v = {}",
    "[[q.w]]",
    "x = []",
)
EXPECTED = {
    'k/khóa "x"': '"khóa \\"x\\""',
    'v/khóa "x"': "'y'",
    "k/a": "a",
    "k/a/b": "b",
    "k/a/b/c.d": '"c.d"',
    # A list or a text over several lines is shown by its first.
    "v/a/b/c.d": "[ 1, # một ]",
    "v/a/b/c.d/0": "1",
    "v/a/b/c.d/1": '"hai # ]"',
    "k/a/b/c.d/2/y": "y",
    "v/a/b/c.d/2/y/0": "2023-01-01 07:30:00",
    "v/a/b/c.d/2/y/1": "-inf",
    "v/t": "'''",
    "v/u": '''"""a \\""" b"""""''',
    "k/m": "m",
    "k/m/n.o": '"n.o"',
    "v/m/n.o/p": "true",
    "v/q/0": "q",
    "v/q/0/r": "0x1F",
    "v/q/1": "q",
    "v/q/1/s/v": "{}",
    "v/q/1/w/0/x": "[]",
}


def below(pointer: str, value: object) -> Iterator[str]:
    children = (
        value.items() if isinstance(value, dict)
        else enumerate(value) if isinstance(value, list) else ()
    )  # fmt: skip
    for key, child in children:
        at = pointer + pointer_of([key])
        yield at
        yield from below(at, child)


def test_every_key_and_value_has_its_place() -> None:
    for end in ("\n", "\r\n"):
        text = end.join(LINES)
        places = TomlPlaces(Source(text))
        seen: dict[str, str] = {}
        for pointer in below("", tomllib.loads(text)):
            for kind, span in (("k", places.key(pointer)), ("v", places.value(pointer))):
                if span is None:
                    # Only the items of a list have no key of their own.
                    assert kind == "k" and pointer.rpartition("/")[2].isdigit(), pointer
                    continue
                assert span.line == span.end_line
                line = LINES[span.line - 1]
                seen[kind + pointer] = line[span.column - 1 : span.end_column - 1]
        assert {name: seen[name] for name in EXPECTED} == EXPECTED


def test_what_is_not_there_has_no_place() -> None:
    places = TomlPlaces(Source("a = 1\n"), "/vanban")
    assert places.value("/vanban/a") is not None
    assert places.value("/vanban/b") is None and places.key("/vanban") is None
