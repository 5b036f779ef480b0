"""Drafts for the tests of the rules: a sound one, and how to change it and what is then found."""

from __future__ import annotations

import copy
import inspect
import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vanban import kinds
from vanban.check import engine
from vanban.check.engine import validate
from vanban.check.rule import Context
from vanban.config import Config
from vanban.finding import Finding
from vanban.read.draft import Draft
from vanban.read.reader import from_mapping, read_path, read_text
from vanban.resources import data_root
from vanban.rules import modules

EXAMPLES = data_root() / "examples"
KIND = EXAMPLES / "bao-cao-so-ket"
BAD = KIND / "sai"
GOOD = KIND / "dung"
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


def context_of(draft: Draft) -> Context:
    """What rules are given for a draft, with no settings and no earlier report."""
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    return engine._context(draft, kind, None, Config())[0]


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


def good_files() -> list[Path]:
    return sorted(GOOD.glob("*.yaml"))


_EARLIER = re.compile(r"^# kỳ trước: (\S+)$", re.MULTILINE)


def validate_file(path: Path) -> tuple[Finding, ...]:
    """Check a draft, with the earlier reports its head names (``# kỳ trước: ../nam-2022.yaml``)."""
    names = _EARLIER.findall(path.read_text("utf-8"))
    earlier = [read_path(str((path.parent / name).resolve())) for name in names]
    return validate(read_path(str(path)), previous=earlier).findings


def merged(base: Any, change: Any) -> Any:
    """Lay a fragment over a draft: mappings are joined, ``null`` takes away, the rest replaces."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return copy.deepcopy(change)
    whole = dict(base)
    for key, value in change.items():
        if value is None:
            whole.pop(key, None)
        else:
            whole[key] = merged(whole.get(key), value)
    return whole


def sample(docstring: str, heading: str) -> str:
    """The YAML below a heading of a rule's page (``Sai``, ``Đúng``)."""
    lines = inspect.cleandoc(docstring).splitlines()
    start = lines.index(heading) + 1
    stop = next((i for i in range(start, len(lines)) if lines[i][:1].strip()), len(lines))
    return textwrap.dedent("\n".join(lines[start:stop])).strip() + "\n"


_BASE = re.compile(r"^# theo: (\S+)$", re.MULTILINE)


def findings_of_sample(text: str) -> list[Finding]:
    """Check a sample of a page, laid over the good example it names (``# theo: nam-2025``).

    Without a name it is the smallest one. ``---`` parts an earlier report from the draft itself.
    """
    *earlier, own = [_sample_draft(part) for part in re.split(r"^---$", text, flags=re.MULTILINE)]
    return list(validate(own, previous=earlier).findings)


def _sample_draft(text: str) -> Draft:
    name = _BASE.search(text)
    base = KIND / f"{name[1] if name else 'toi-thieu'}.yaml"
    if not base.exists():
        base = EXAMPLES / "nd30" / base.name
    # The base loader keeps every scalar as it was typed: 05 stays 05, as vanban reads it.
    return from_mapping(merged(dict(read_path(str(base)).data), typed(text)))


class _Plain(str):
    """A scalar typed without quotes."""


class _Texts(yaml.BaseLoader):
    """Reads scalars as text; ``_typed`` then gives the plain ones vanban's own types."""

    def construct_scalar(self, node: yaml.ScalarNode) -> Any:
        text = super().construct_scalar(node)
        return text if node.style else _Plain(text)


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _typed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_typed(one) for one in value]
    if not isinstance(value, _Plain):
        return value
    if value in ("null", "~", ""):
        return None
    if re.fullmatch(r"-?(0|[1-9]\d*)", value):
        return int(value)
    return {"true": True, "false": False}.get(value, str(value))


def typed(text: str) -> Any:
    """The data of a sample: quoted scalars are text, plain ones have vanban's own types."""
    return _typed(yaml.load(text, Loader=_Texts))


PLACE = "ket_qua.xay_dung_dang.dan_van"


def found_in_sentence(rule: str, entry: dict[str, Any]) -> list[str]:
    """What a rule finds in a sentence put into an example (see ``loi_van``): message keys."""
    findings = findings_of_sample(_around(entry))
    return [finding.key for finding in findings if finding.rule == rule]


def silent_on_sentence(rule: str, entry: dict[str, Any]) -> bool:
    """Tell whether a rule, asked alone, finds nothing in a sentence put into an example."""
    context = context_of(_sample_draft(_around(entry)))
    (module,) = (m for m in modules() if rule == m.RULE.id)
    return not list(module.check(context)) or not found_in_sentence(rule, entry)


def _around(entry: dict[str, Any]) -> str:
    change: dict[str, Any] = yaml.load(entry.get("kem") or "{}", Loader=yaml.BaseLoader)
    put(change, entry.get("o", PLACE), entry["cau"])
    text = yaml.dump(change, allow_unicode=True, sort_keys=False)
    return f"# theo: {entry.get('theo', '9-thang-2023')}\n{text}"
