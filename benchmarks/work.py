"""The pieces of work: drafts as files, each in a number of variants."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks import drafts
from vanban.read.reader import from_mapping, read_path

EXAMPLE = drafts.EXAMPLE.with_name("6-thang-2026.yaml")
SMALLEST = drafts.EXAMPLE.with_name("toi-thieu.yaml")
# Characters of generated text on a page of a report, headings and tables included.
A_PAGE = 2_050
_SENTENCES = re.compile(r"(?<=\.)\s+(?=\S)")
_LONG = 160


@dataclass(frozen=True)
class Work:
    """One piece of work: its name, its size (characters of the texts), its files."""

    name: str
    size: int
    files: tuple[Path, ...]


def example(folder: Path, count: int) -> Work:
    """Return the example of nine pages, and variants of it whose sentences changed places."""
    data = read_path(str(EXAMPLE)).data
    made = [data, *(shuffled(data, seed) for seed in range(1, count))]
    return _kept(folder, "example", made)


def smallest(folder: Path, count: int) -> Work:
    """Return the smallest example and variants of it."""
    data = read_path(str(SMALLEST)).data
    return _kept(folder, "smallest", [data, *(shuffled(data, n) for n in range(1, count))])


def generated(folder: Path, size: int, count: int) -> Work:
    """Return generated drafts of about ``size`` characters."""
    made = [drafts.draft(size, seed) for seed in range(1, count + 1)]
    return _kept(folder, f"generated-{size}", made)


def shuffled(data: Any, seed: int) -> Any:
    """Return data whose long texts have their sentences in another order."""
    return _shuffled(copy.deepcopy(data), random.Random(seed))


def _shuffled(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        return {key: _shuffled(part, rng) for key, part in value.items()}
    if isinstance(value, list):
        return [_shuffled(part, rng) for part in value]
    if isinstance(value, str) and len(value) > _LONG and "\n\n" not in value:
        sentences = _SENTENCES.split(value.strip())
        rng.shuffle(sentences)
        return " ".join(sentences)
    return value


def _kept(folder: Path, name: str, made: Sequence[Any]) -> Work:
    files = []
    for number, data in enumerate(made):
        path = folder / f"{name}-{number}.yaml"
        path.write_text(_yaml(data), "utf-8")
        files.append(path)
    assert from_mapping(dict(made[0])).kind
    return Work(name, drafts.characters(made[0]), tuple(files))


def _yaml(data: Any) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    plain = json.loads(json.dumps(data, default=float, ensure_ascii=False))
    text: str = yaml.dump(plain, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
    return text
