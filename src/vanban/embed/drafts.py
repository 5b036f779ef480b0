"""Data as the text of a draft, in YAML or JSON, that reads back to equal data.

Nothing leaves here unproven: the text is read by vanban's own reader and its data compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from vanban.catalogue import say
from vanban.embed.payload import to_json
from vanban.errors import EmbedError
from vanban.read.scalars import resolve

FORMATS = ("yaml", "json")

LONG = 60
"""From this length on a text of one line is a block of its own, as clerks write their texts."""

# Breaks that YAML would turn into others, and signs that a block cannot show.
_NEEDS_QUOTES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# Blanks at the end of a line are lost as soon as somebody edits the draft.
_TRAILING = re.compile(r"[ \u00a0]+(?:\n|\Z)")
# Words that other readers of YAML take for truth values.
_SAID_OTHERWISE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# A text that neither our reader nor another one could take for something else.
_PLAIN = re.compile(r"[^\W\d_][^:#\n\[\]{}\"'`|>&*!%@,?\\]*")


def draft_text(data: Mapping[str, Any], format: str, heading: str = "") -> str:
    """Return data as the text of a draft (``yaml`` or ``json``).

    ``heading`` is put before a YAML text as comments. Raises EmbedError when the format cannot
    hold the data exactly (a figure of thirty digits in YAML, a text beyond the reader's budget).
    """
    if format == "json":
        made = to_json(data, 2) + "\n"
        if _reads_back(made, format, data):
            return made
        raise EmbedError(say("embed.not_as_json"))
    comment = "".join(f"# {line}\n" for line in heading.splitlines())
    for careful in (False, True):
        made = comment + _yaml(data, careful=careful)
        if _reads_back(made, format, data):
            return made
    raise EmbedError(say("embed.not_as_yaml"))


def same(one: Any, two: Any) -> bool:
    """Tell whether two data are equal, truth values and figures told apart."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        return list(one) == list(two) and all(same(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    figures = (int, Decimal)
    if isinstance(one, figures) and isinstance(two, figures):
        return one == two
    return type(one) is type(two) and bool(one == two)


def _reads_back(text: str, format: str, data: Mapping[str, Any]) -> bool:
    from vanban.read.reader import read_text

    draft = read_text(text, format)
    return draft.readable and same(draft.data, data)


@cache
def _dumper() -> Any:
    """Return PyYAML's writer taught what our reader makes of a scalar."""
    import yaml

    class Dumper(yaml.SafeDumper):
        # Every plain scalar is a text for the writer; which ones may be plain is decided below.
        yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012
        careful = False

        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    text_tag = "tag:yaml.org,2002:str"

    def text(dumper: Any, value: str) -> Any:
        return dumper.represent_scalar(text_tag, value, _style(value, careful=dumper.careful))

    def bare(dumper: Any, value: Any) -> Any:
        return dumper.represent_scalar(text_tag, _scalar(value))

    Dumper.add_representer(str, text)
    for kind in (int, Decimal, bool, type(None)):
        Dumper.add_representer(kind, bare)
    return Dumper


def _yaml(data: Mapping[str, Any], *, careful: bool) -> str:
    import yaml

    kind = _dumper()
    dumper = type("Dumper", (kind,), {"careful": careful})
    made: str = yaml.dump(
        dict(data),
        Dumper=dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10**9,
    )
    return made


def _style(value: str, *, careful: bool) -> str | None:
    """Return how a text is written: as a block, between quotes, or as it is."""
    if careful or _NEEDS_QUOTES.search(value) or _TRAILING.search(value):
        return '"'
    if "\n" in value or len(value) >= LONG:
        return "|"
    plain = _PLAIN.fullmatch(value) and value.lower() not in _SAID_OTHERWISE
    return None if plain and isinstance(resolve(value), str) else '"'


def _scalar(value: int | Decimal | bool | None) -> str:
    """Return a value that is no text as our reader knows it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if value == value.to_integral_value():
        return str(int(value))
    written = format(value, "f")
    # A point and three digits could mean a thousand: another nought says the same figure.
    return written + "0" if resolve(written) == written else written
