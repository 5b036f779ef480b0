"""What the tests of the schemas share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from vanban import resources
from vanban.check.bundle import bundle
from vanban.kinds import Kind
from vanban.read.reader import read_path

HERE = Path(__file__).parent
ROOT = resources.data_root()
SCHEMAS = sorted((ROOT / "schemas").rglob("*.schema.json"))
# The one kind of this house; built by hand so that these tests need no template.
REPORT = Kind("bao-cao-so-ket", ROOT)
FULL = HERE / "day_du.yaml"
# The drafts of single rules have the structure of these: those are for the tests of rules.
OF_RULES = {"sai", "dung", "ky-truoc"}
GOOD = sorted(p for p in (ROOT / "examples").rglob("*.yaml") if OF_RULES.isdisjoint(p.parts))


def schema(path: Path) -> dict[str, Any]:
    """Return one schema file."""
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def draft(path: Path) -> dict[str, Any]:
    """Return the data of a draft with floats for decimals, as other implementations take them."""
    read = read_path(str(path))
    assert read.readable, read.faults
    data: dict[str, Any] = plain(dict(read.data))
    return data


def plain(value: Any) -> Any:
    """Return data with every Decimal as an int or a float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


@cache
def other() -> Any:
    """Return the validator of another implementation, fed with the bundle and nothing else."""
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(bundle(REPORT))


ONE = ("items", "additionalProperties", "not", "then", "else")
NAMED = ("properties", "$defs")


def nodes(
    node: Any, at: str = "", *, conditions: bool = False
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema node with its JSON Pointer; those of an ``if`` only on demand."""
    if not isinstance(node, dict):
        return
    yield at, node
    for key in (*ONE, "if") if conditions else ONE:
        if key in node:
            yield from nodes(node[key], f"{at}/{key}", conditions=conditions)
    for number, part in enumerate(node.get("allOf", ())):
        yield from nodes(part, f"{at}/allOf/{number}", conditions=conditions)
    for key in NAMED:
        for name, part in node.get(key, {}).items():
            yield from nodes(part, f"{at}/{key}/{name}", conditions=conditions)
