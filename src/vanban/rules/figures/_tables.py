"""The tables a clerk draws by hand, as the rules about figures look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.read.draft import pointer_parts
from vanban.rules._quantities import fold
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context

_TOTAL = re.compile(
    r"(?:tổng số|tổng cộng|tổng|cộng|toàn xã|toàn đảng bộ|cộng chung|tổng toàn xã)(?: chung)?"
    r"(?: \([^()]*\))?\s*:?"
)


class Table(NamedTuple):
    """A drawn table: its place, title, headers, rows of one length, columns of figures."""

    pointer: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[Sequence[Any], ...]
    numeric: tuple[int, ...]
    labels: tuple[str, ...]
    figures: tuple[tuple[Decimal | None, ...], ...]

    @property
    def totals(self) -> list[int]:
        """Return the rows that are the total of the others."""
        return [n for n, label in enumerate(self.labels) if _TOTAL.fullmatch(label) is not None]


def _label(row: Sequence[Any], figures: Sequence[Decimal | None]) -> str:
    """Return the first words of a row, folded."""
    for cell, number in zip(row, figures, strict=True):
        if number is None and isinstance(cell, str) and cell.strip():
            return " ".join(fold(cell).text.split())
    return ""


def _figure(cell: Any) -> Decimal | None:
    if type(cell) is int:
        return Decimal(cell)
    # Most texts are words: they begin with a letter.
    return None if isinstance(cell, str) and cell[:1].isalpha() else figure(cell)


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
        figures = tuple(tuple(map(_figure, row)) for row in rows)
        numeric = tuple(
            index
            for index, column in enumerate(zip(*figures, strict=True))
            if any(number is not None for number in column)
            and all(
                number is not None or _blank(row[index])
                for number, row in zip(column, rows, strict=True)
            )
        )
        yield Table(
            node.pointer,
            _title(ctx, node.pointer, raw),
            headers,
            tuple(rows),
            tuple(index for index in numeric if not _is_index(headers[index])),
            tuple(map(_label, rows, figures)),
            figures,
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
