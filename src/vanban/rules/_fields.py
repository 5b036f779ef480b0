"""Figures that stand side by side in one object of the draft, found by their roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.roles import ROLE
from vanban.text import dates
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from datetime import date

    from vanban.check.rule import Context, Node


class Field(NamedTuple):
    """One figure of an object: where it stands, its value, and how it was typed."""

    pointer: str
    number: Decimal
    typed: Any


class Record(NamedTuple):
    """An object of the draft with those of its figures that were asked for, by role."""

    node: Node
    fields: Mapping[str, tuple[Field, ...]]

    @property
    def pointer(self) -> str:
        """Return the place of the object."""
        return self.node.pointer

    def all(self, role: str) -> tuple[Field, ...]:
        """Return the figures of a role, as they stand in the draft."""
        return self.fields.get(role, ())

    def one(self, role: str) -> Field | None:
        """Return the figure of a role, or None when it was not typed."""
        found = self.fields.get(role)
        return found[0] if found else None

    def number(self, role: str) -> Decimal | None:
        """Return the value of the figure of a role, or None."""
        field = self.one(role)
        return None if field is None else field.number

    def complete(self, role: str) -> bool:
        """Tell whether every figure that the schema offers under a role was typed."""
        offered = sum(1 for key in _offered(self.node) if key.get(ROLE) == role)
        return 0 < offered <= len(self.all(role))


def _offered(node: Node) -> Iterator[Mapping[str, Any]]:
    for schema in node.schema.get("properties", {}).values():
        if isinstance(schema, Mapping):
            yield schema


def records(ctx: Context, role: str, *roles: str) -> Iterator[Record]:
    """Yield the sound objects of a role, each with its own figures of the other roles."""
    owned: dict[str, dict[str, list[Field]]] = {}
    for wanted in roles:
        for node in ctx.role(wanted):
            number = figure(node.value)
            if number is not None:
                own = owned.setdefault(node.pointer.rpartition("/")[0], {})
                own.setdefault(wanted, []).append(Field(node.pointer, number, node.value))
    for node in ctx.role(role):
        if isinstance(node.value, Mapping):
            found = owned.get(node.pointer, {})
            yield Record(node, {key: tuple(fields) for key, fields in found.items()})


def total(fields: tuple[Field, ...]) -> Decimal:
    """Return the sum of some figures."""
    return sum((field.number for field in fields), Decimal(0))


def own_data_date(ctx: Context, pointer: str) -> date | None:
    """Return the day up to which the figures of an object count, when it states one of its own."""
    for node in ctx.role("table-data-date"):
        if node.pointer.rpartition("/")[0] == pointer:
            return dates.parse(node.value)
    return None
