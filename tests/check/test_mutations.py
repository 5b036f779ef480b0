"""Every single mistake at every place of every good example: one finding there, or none.

A mistake that the schema refuses gives exactly one finding of any severity, at its place: no rule
adds a word. One that the schema accepts (another date, another figure) may at most wake a rule,
once, where the draft no longer agrees with itself; which of two figures is wrong no one can tell,
so that place may be another one.

The smallest example is mutated exhaustively, the others at a fixed sample of their places; all
places of all of them take twenty minutes and are meant for ``VANBAN_EVERY_MUTATION=1``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from vanban import kinds
from vanban.check.bundle import validator
from vanban.check.engine import validate
from vanban.kinds import Kind
from vanban.read.draft import Draft
from vanban.read.reader import read_path

from .small import ROOT

# The near misses of single rules stand on the brink of those: a second mistake tips them over.
NEAR_MISSES = {"sai", "dung", "ky-truoc"}
EXAMPLES = sorted(p for p in (ROOT / "examples").rglob("*.yaml") if NEAR_MISSES.isdisjoint(p.parts))
SMALLEST = min(EXAMPLES, key=lambda p: p.stat().st_size)
# Mutations tried on each example but the smallest; a prime step spreads them over the places.
SAMPLE = 60
# What these say decides which rules have their say: a draft that is none needs number and day.
DECIDING = ("/loai", "/the_thuc/du_thao_lan")
HEAD = ("/the_thuc", "/pham_vi", "/trinh_tu", "/ky_")

# One value of each type, and what is most often left or mistyped.
OTHERS: tuple[Any, ...] = (None, True, 7, "một vài chữ", "", [], {})


@dataclass(frozen=True)
class Mutation:
    """One mistake: ``how`` and at which pointer; ``other`` is the new key or value."""

    how: str
    pointer: str
    parent: Any
    key: Any
    other: Any = None

    def __str__(self) -> str:
        return f"{self.how} {self.pointer} {self.other!r}"

    @property
    def places(self) -> set[str]:
        """Return where the finding may stand; what was put in may be faulty inside as well."""
        above = self.pointer.rpartition("/")[0]
        if self.how == "delete":
            return {self.pointer, above}
        return {f"{above}/{self.other}"} if self.how == "rename" else {self.pointer}


def mutations(parent: Any, above: str = "") -> Iterator[Mutation]:
    """Yield every mistake below a container."""
    keys = list(parent) if isinstance(parent, dict) else range(len(parent))
    for key in keys:
        pointer = f"{above}/{key}"
        value = parent[key]
        yield Mutation("delete", pointer, parent, key)
        if isinstance(parent, dict):
            for name in (f"{key}x", key[:-1], key.replace("_", "-"), key.upper(), "khoa_la"):
                if name and name not in parent:
                    yield Mutation("rename", pointer, parent, key, name)
        for other in (*OTHERS, *misspellings(value)):
            if type(other) is not type(value) or other != value:
                yield Mutation("set", pointer, parent, key, other)
        if isinstance(value, dict | list):
            yield from mutations(value, pointer)


def misspellings(value: Any) -> Iterator[Any]:
    """Yield what comes out when a word of a list of choices, a code or a figure is mistyped."""
    if isinstance(value, str) and value.isascii() and not set(value) & set(" \n"):
        yield from (f"{value}x", value[:-1], value.replace("_", " "), value.upper())
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from (-value - 1, Decimal("0.5"), f"{value}x")


@contextmanager
def mutated(mutation: Mutation) -> Iterator[None]:
    """Make a mistake in place, and take it back."""
    parent, key = mutation.parent, mutation.key
    before = dict(parent) if isinstance(parent, dict) else list(parent)
    if mutation.how == "delete":
        del parent[key]
    elif mutation.how == "set":
        parent[key] = mutation.other
    else:
        renamed = {(mutation.other if k == key else k): v for k, v in parent.items()}
        parent.clear()
        parent.update(renamed)
    try:
        yield
    finally:
        parent.clear()
        if isinstance(before, dict):
            parent.update(before)
        else:
            parent.extend(before)


@cache
def draft_of(path: Path) -> Draft:
    read = read_path(str(path))
    # Places in the source are of no use here: the data is changed under them.
    return Draft(read.data, kind=read.kind, path=str(path))


def kind_of(draft: Draft) -> Kind:
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    return kind


def chosen(path: Path) -> list[Mutation]:
    every = [m for m in mutations(draft_of(path).data) if m.pointer not in DECIDING]
    if path == SMALLEST or os.environ.get("VANBAN_EVERY_MUTATION"):
        return every
    # both a spread over all places and, of the formalities, what decides which rules apply
    head = [m for m in every if m.pointer.startswith(HEAD)]
    return [*every[:: max(1, len(every) // SAMPLE)], *head[:: max(1, len(head) // SAMPLE)]]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_one_mistake_is_one_finding_at_its_place(path: Path) -> None:
    draft = draft_of(path)
    checker = validator(kind_of(draft))
    wrong: list[str] = []
    for mutation in chosen(path):
        with mutated(mutation):
            found = validate(draft).findings
            faults = [f for f in found if f.rule.startswith("SCH") or f.rule == "STR001"]
            accepted = checker.is_valid(draft.data)
        right = not faults and len(found) <= 1 if accepted else len(found) == len(faults) == 1
        if not right or any(f.pointer not in mutation.places for f in faults):
            wrong.append(f"{mutation}: {[(f.rule, f.pointer) for f in found]}")
    assert wrong == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_examples_are_left_as_they_were(path: Path) -> None:
    assert draft_of(path).data == read_path(str(path)).data
