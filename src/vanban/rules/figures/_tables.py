"""The tables a clerk draws by hand, as the rules about figures look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vanban.read.draft import pointer_parts
from vanban.rules._quantities import fold
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context

_TOTAL = re.compile(
    r"(?:tổng số|tổng cộng|tổng|cộng|toàn xã|toàn đảng bộ|cộng chung|tổng toàn xã)(?: chung)?"
    r"(?: \([^()]*\))?\s*:?"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A drawn table: its place, title, headers, rows of one length, columns of figures."""

    pointer: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[Sequence[Any], ...]
    numeric: tuple[int, ...]


def label_of(row: Sequence[Any]) -> str:
    """Return the first words of a row, folded."""
    for cell in row:
        if isinstance(cell, str) and cell.strip() and figure(cell) is None:
            return " ".join(fold(cell).text.split())
    return ""


def is_total(row: Sequence[Any]) -> bool:
    """Tell whether a row is the total of the others."""
    return _TOTAL.fullmatch(label_of(row)) is not None


def tables_of(ctx: Context) -> tuple[Table, ...]:
    """Return the drawn tables whose rows all have as many cells as there are columns."""
    return ctx.once(_tables)


def _tables(ctx: Context) -> tuple[Table, ...]:
    return tuple(_each_table(ctx))


def _each_table(ctx: Context) -> Iterator[Table]:
    for node in ctx.role("table"):
        raw = node.value
        if not isinstance(raw, Mapping):
            continue
        columns, rows = raw.get("cot"), raw.get("dong")
        if not isinstance(columns, list) or not isinstance(rows, list) or not rows:
            continue
        headers = tuple(
            str(column.get("ten", "")) if isinstance(column, Mapping) else str(column)
            for column in columns
        )
        if any(not isinstance(row, list) or len(row) != len(headers) for row in rows):
            continue
        numeric = tuple(
            index
            for index in range(len(headers))
            if any(figure(row[index]) is not None for row in rows)
            and all(figure(row[index]) is not None or _blank(row[index]) for row in rows)
        )
        yield Table(
            node.pointer,
            _title(ctx, node.pointer, raw),
            headers,
            tuple(rows),
            tuple(index for index in numeric if not _is_index(headers[index])),
        )


def _title(ctx: Context, pointer: str, raw: Mapping[str, Any]) -> str:
    """Return the title of a table together with the heading it stands under."""
    above: Any = ctx.draft.data
    for part in pointer_parts(pointer)[:-1]:
        above = above[int(part)] if isinstance(above, list) else above.get(part)
    heading = above.get("tieu_de") if isinstance(above, Mapping) else None
    return ". ".join(text for text in (heading, raw.get("tieu_de")) if isinstance(text, str))


def _blank(cell: Any) -> bool:
    return isinstance(cell, str) and cell.strip() in ("", "-", "–", "—")


def _is_index(header: str) -> bool:
    return " ".join(fold(header).text.split()).strip(". ") in ("tt", "stt", "số tt", "số thứ tự")
