"""Drafts for the tests of the rules: a sound one, and how to change it and what is then found."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

from vanban.check.engine import validate
from vanban.finding import Finding
from vanban.read.reader import from_mapping, read_path, read_text
from vanban.resources import data_root

EXAMPLES = data_root() / "examples"
BAD = EXAMPLES / "bao-cao-so-ket" / "sai"
MEMBERS = ("so_lieu", "dang_vien")


@cache
def _sound() -> dict[str, Any]:
    draft = read_path(str(EXAMPLES / "bao-cao-so-ket" / "toi-thieu.yaml"))
    return dict(draft.data)


def sound() -> dict[str, Any]:
    """A fresh copy of the smallest good example: nine months of 2023, issued 09/10/2023."""
    return copy.deepcopy(_sound())


def put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Set the value at a dotted path; ``None`` takes the key away."""
    *parents, last = path.split(".")
    node: Any = data
    for part in parents:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    if value is None:
        node.pop(last)
    else:
        node[last] = value
    return data


def check(data: dict[str, Any], only: str | None = None) -> list[Finding]:
    """What validation finds in plain data (places without spans)."""
    config = {"select": [only]} if only else None
    return list(validate(from_mapping(data), config=config).findings)


def marked(data: dict[str, Any], only: str) -> list[tuple[str, str]]:
    """What one rule finds: rule with slug, and the characters of the source it points at."""
    text = json.dumps(data, ensure_ascii=False)
    found = validate(read_text(text, "json"), config={"select": [only]}).findings
    out = []
    for finding in found:
        span = finding.span
        assert span is not None and span.line == span.end_line == 1
        out.append((finding.key, text[span.column - 1 : span.end_column - 1]))
    return out


def prose(sentence: str) -> dict[str, Any]:
    """A sound draft in which one section reads ``sentence``."""
    return put(sound(), "ket_qua.xay_dung_dang.dan_van", sentence)


def bad_files() -> list[Path]:
    return sorted(BAD.glob("*.yaml"))
