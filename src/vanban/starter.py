"""Starter drafts: what a clerk begins from, made of the schema's own words.

Everything comes from the schema (titles, descriptions, examples), from what the good examples of
the kind usually hold, and from the period asked for; no section is named here.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from vanban.catalogue import say
from vanban.check.roles import Schema, Walker, merged, roles_of, title_of
from vanban.read.draft import pointer_parts
from vanban.text import dates
from vanban.text.near import plain

if TYPE_CHECKING:
    from vanban.kinds import Kind
    from vanban.read.draft import Draft

WIDTH = 98
# Values that hold running text, or groups of such.
SECTION_ROLES = frozenset({"section", "group", "text"})
# Overrides of what is derived, and what is rare: shown by the editor, not in a starter.
HIDDEN_ROLES = frozenset({"label", "heading", "schema-version"})
# Values of these roles are kept from the schema's example: a blank would only be in the way.
KEPT_ROLES = frozenset({"limitation-code", "indicator-code", "code", "field", "cause-kind"})

_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS_BY_NAME = {"sau_thang": 6, "chin_thang": 9}
_NAMES_BY_MONTHS = {months: name for name, months in _MONTHS_BY_NAME.items()}


@dataclass(frozen=True, slots=True)
class StarterPeriod:
    """The period a starter is for; what is not known stays a blank."""

    kind: str
    start: date | None = None
    end: date | None = None
    term: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """Return what fills the roles of a period."""
        found = {"period-kind": self.kind}
        if self.start and self.end:
            found |= {"period-start": dates.short(self.start), "period-end": dates.short(self.end)}
        if self.term:
            found["term"] = self.term
        return found


def parse_period(text: str, today: date) -> StarterPeriod | None:
    """Return the period written like ``9-thang-2026``, ``quy-3``, ``nhiem-ky-2020-2025``.

    A year left out is that of ``today``. None when the text says no period.
    """
    words = plain(text)
    if match := re.fullmatch(r"(giua_nhiem_ky|nhiem_ky)_(\d{4})_(\d{4})", words):
        return StarterPeriod(match[1], term=f"{match[2]}-{match[3]}")
    if match := re.fullmatch(r"(thang|quy)_(\d{1,2}|i{1,3}|iv)(?:_(\d{4}))?", words):
        return _month_or_quarter(match[1], match[2], int(match[3] or today.year))
    if match := re.fullmatch(r"(\d{1,2})_thang(?:_(?:dau_nam_)?(\d{4}))?", words):
        return _months(int(match[1]), int(match[2] or today.year))
    if match := re.fullmatch(r"(sau_thang|chin_thang)(?:_(\d{4}))?", words):
        return _months(_MONTHS_BY_NAME[match[1]], int(match[2] or today.year))
    if match := re.fullmatch(r"nam(?:_(\d{4}))?", words):
        year = int(match[1] or today.year)
        return StarterPeriod("nam", date(year, 1, 1), date(year, 12, 31)) if year else None
    return StarterPeriod(words) if re.fullmatch(r"[a-z]+(_[a-z]+)*", words) else None


def _months(count: int, year: int) -> StarterPeriod | None:
    if not 1 <= count <= 11 or not year:
        return None
    name = _NAMES_BY_MONTHS.get(count, "n_thang")
    return StarterPeriod(name, date(year, 1, 1), dates.month_end(year, count))


def _month_or_quarter(name: str, number: str, year: int) -> StarterPeriod | None:
    if not year:
        return None
    if name == "quy":
        quarter = _QUARTERS.get(number)
        if quarter is None:
            return None
        last = quarter * 3
        return StarterPeriod(name, date(year, last - 2, 1), dates.month_end(year, last))
    if not number.isdigit() or not 1 <= int(number) <= 12:
        return None
    return StarterPeriod(name, date(year, int(number), 1), dates.month_end(year, int(number)))


@dataclass(frozen=True, slots=True)
class Blank:
    """A place the clerk fills; ``hint`` says what with, ``block`` that it is running text."""

    hint: str
    block: bool = False

    @property
    def text(self) -> str:
        """Return the blank as it stands in the draft."""
        return say("cli.starter.blank", "vi", what=self.hint)


def period_kinds(kind: Kind) -> tuple[str, ...]:
    """Return the kinds of period that a kind of document knows; empty when it has no period."""
    return _Maker(kind, None).period_kinds()


def starter(kind: Kind, period: StarterPeriod | None = None, schema_file: str | None = None) -> str:
    """Return a commented starter draft (YAML).

    ``schema_file`` is the name of the bundled schema beside the draft, for editors.
    """
    return _Maker(kind, period).text(schema_file)


@dataclass
class _Maker:
    """Makes one starter."""

    kind: Kind
    period: StarterPeriod | None
    walker: Walker = field(init=False)
    given: dict[str, str] = field(init=False)
    examples: list[Draft] = field(init=False)

    def __post_init__(self) -> None:
        from vanban.check.engine import walker_of
        from vanban.read.reader import read_path

        self.walker = walker_of(self.kind)
        self.given = self.period.values if self.period else {}
        self.examples = [read_path(str(p)) for p in sorted(self.kind.examples.glob("*.yaml"))]

    def period_kinds(self) -> tuple[str, ...]:
        for nodes in self._all_properties(self.walker.applicable(self.walker.root, {}), set()):
            if "period-kind" in roles_of(nodes):
                return tuple(merged(nodes).get("enum", ()))
        return ()

    def _all_properties(
        self, schemas: tuple[Schema, ...], seen: set[int]
    ) -> Iterator[tuple[Schema, ...]]:
        for key in self.walker.properties(schemas):
            nodes = self.walker.described(schemas, key)
            if nodes and id(nodes[-1]) not in seen:
                seen.add(id(nodes[-1]))
                yield nodes
                yield from self._all_properties(nodes, seen)

    def data(self) -> dict[str, Any]:
        """Return the active part: required by the schema, or usual in the examples."""
        found: dict[str, Any] = {}
        # What is required depends on what was already put in, so go round until nothing is added.
        while self._fill(found):
            pass
        return found

    def _fill(self, data: dict[str, Any]) -> bool:
        changed = False
        usual = self._usual(data)
        for pointer, place in self.walker.walk(_shown(data)).places.items():
            target = _at(data, pointer)
            if not isinstance(target, dict):
                continue
            required = {key for schema in place.schemas for key in schema.get("required", ())}
            refused = _refused(place.schemas)
            for key in self.walker.properties(place.schemas):
                at = f"{pointer}/{key}"
                wanted = key in required or at in usual
                if wanted and key not in target and key not in refused:
                    target[key] = self._initial(
                        self.walker.properties(place.schemas)[key],
                        self.walker.described(place.schemas, key),
                    )
                    changed = True
        return changed

    def _usual(self, data: Mapping[str, Any]) -> set[str]:
        """Return the sections that the examples with the same choices hold."""
        choices = {
            key: value
            for key, value in data.items()
            if "enum" in merged(self.walker.described((self.walker.root,), key))
        }
        found: set[str] = set()
        for draft in self.examples:
            if not choices or any(draft.data.get(k) != v for k, v in choices.items()):
                continue
            for place in self.walker.walk(draft.data).places.values():
                # A section written as a group of keys is there to override its heading.
                wordy = isinstance(place.value, str | list) or "group" in place.roles
                if wordy and not SECTION_ROLES.isdisjoint(place.roles):
                    found.add(place.pointer)
        return found

    def _initial(self, raw: tuple[Schema, ...], described: tuple[Schema, ...]) -> Any:
        """Return what a property begins as: what is known, else the shape of its example."""
        view = merged(described)
        for role in roles_of(described):
            if role in self.given:
                return self.given[role]
        if "const" in view:
            return view["const"]
        if "enum" in view:
            return view["enum"][0]
        example = next(iter(view.get("examples", ())), "")
        types = view.get("type", "string")
        if isinstance(example, Mapping):
            # A group is filled key by key; where a plain text will do, it is the simpler start.
            return {} if "string" not in types else self._blanked("", raw)
        return self._blanked(example, raw)

    def _blanked(self, example: Any, raw: tuple[Any, ...], above: str = "") -> Any:
        """Return the shape of an example with its words and figures replaced by blanks.

        ``raw`` are the schema nodes written for it, ``above`` the title of what it stands in.
        """
        nodes = self._of(raw, example)
        title = title_of(nodes) or above
        if isinstance(example, list):
            items = tuple(node["items"] for node in nodes if "items" in node)
            return [self._blanked(item, items, title) for item in example[:1]]
        if isinstance(example, Mapping):
            table = self.walker.properties(nodes)
            return {k: self._blanked(v, table.get(k, ()), title) for k, v in example.items()}
        roles = roles_of(nodes)
        if "enum" in merged(nodes) or not KEPT_ROLES.isdisjoint(roles):
            return example
        block = "prose" in roles or not SECTION_ROLES.isdisjoint(roles)
        # A title begins a sentence, a blank does not; names keep their capitals.
        hint = title[:1].lower() + title[1:] if title[1:2].islower() else title
        return Blank(hint or say("cli.starter.content", "vi"), block)

    def _of(self, schemas: tuple[Any, ...], value: Any) -> tuple[Schema, ...]:
        return tuple(node for schema in schemas for node in self.walker.applicable(schema, value))

    def text(self, schema_file: str | None) -> str:
        lines: list[str] = []
        if schema_file:
            lines.append(f"# yaml-language-server: $schema=./{schema_file}")
        root = self.walker.root
        lines += _comment(str(root.get("title", self.kind.name)), 0)
        lines += _comment(say("cli.starter.intro", "vi"), 0)
        data = self.data()
        lines += self._object(
            data, self.walker.walk(_shown(data)).places[""].schemas, 0, spaced=True
        )
        return "\n".join(lines) + "\n"

    def _object(
        self, value: Mapping[str, Any], schemas: tuple[Schema, ...], depth: int, *, spaced: bool
    ) -> list[str]:
        lines: list[str] = []
        refused = _refused(schemas)
        for key in self.walker.properties(schemas):
            nodes = self.walker.described(schemas, key)
            roles = roles_of(nodes)
            if key in value:
                if spaced:
                    lines.append("")
                lines += _about(nodes, depth)
                lines += self._entry(key, value[key], self._live(schemas, key, value[key]), depth)
            elif key not in refused and HIDDEN_ROLES.isdisjoint(roles):
                if spaced:
                    lines.append("")
                raw = self.walker.properties(schemas)[key]
                lines += self._optional(key, raw, nodes, depth)
        return lines

    def _live(self, schemas: tuple[Schema, ...], key: str, value: Any) -> tuple[Schema, ...]:
        return self._of(self.walker.properties(schemas)[key], _shown(value))

    def _entry(self, key: str, value: Any, nodes: tuple[Schema, ...], depth: int) -> list[str]:
        pad = " " * depth
        if isinstance(value, Blank) and value.block:
            return [f"{pad}{key}: |", f"{pad}  {value.text}"]
        if isinstance(value, dict):
            if not value:
                return [f"{pad}{key}: {{}}"]
            return [f"{pad}{key}:", *self._object(value, nodes, depth + 2, spaced=False)]
        if isinstance(value, list):
            return [f"{pad}{key}:", *_items(value, depth + 2)]
        return [f"{pad}{key}: {_scalar(value)}"]

    def _optional(
        self, key: str, raw: tuple[Schema, ...], nodes: tuple[Schema, ...], depth: int
    ) -> list[str]:
        """Write an optional property as lines that count once their ``#`` is taken away."""
        view = merged(nodes)
        example = next(iter(view.get("examples", ())), None)
        lines = _about(nodes, depth, optional=True)
        is_section = not SECTION_ROLES.isdisjoint(roles_of(nodes))
        shown: Any = example
        if is_section and isinstance(example, str):
            shown = self._blanked(example, raw)
        elif isinstance(example, Mapping) and not is_section and "required" not in view:
            shown = self._every_example(raw)
        entry = _plain_entry(key, shown, depth)
        return lines + [f"{' ' * depth}#{line[depth:]}" for line in entry]

    def _every_example(self, raw: tuple[Schema, ...]) -> dict[str, Any]:
        """Return an object of free choices with the example of every one of them."""
        nodes = self._of(raw, {})
        found: dict[str, Any] = {}
        for key in self.walker.properties(nodes):
            examples = merged(self.walker.described(nodes, key)).get("examples")
            if examples and key not in _refused(nodes):
                found[key] = examples[0]
        return found


def _shown(value: Any) -> Any:
    """Return data as a reader of the draft sees it: blanks are texts."""
    if isinstance(value, Blank):
        return value.text
    if isinstance(value, dict):
        return {key: _shown(part) for key, part in value.items()}
    return [_shown(part) for part in value] if isinstance(value, list) else value


def _at(data: Any, pointer: str) -> Any:
    for part in pointer_parts(pointer):
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


def _refused(schemas: tuple[Schema, ...]) -> set[str]:
    return {
        key
        for schema in schemas
        for key, node in schema.get("properties", {}).items()
        if node is False
    }


def _comment(text: str, depth: int) -> list[str]:
    pad = " " * depth + "# "
    return textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=pad, subsequent_indent=pad,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _about(nodes: tuple[Schema, ...], depth: int, *, optional: bool = False) -> list[str]:
    title = title_of(nodes) or ""
    description = next((str(n["description"]) for n in nodes if "description" in n), "")
    key = "cli.starter.optional" if optional else "cli.starter.about"
    return _comment(say(key, "vi", title=title, description=description), depth)


def _items(values: list[Any], depth: int) -> list[str]:
    pad = " " * depth
    lines: list[str] = []
    for value in values:
        if isinstance(value, Mapping):
            inner = [line for k, v in value.items() for line in _plain_entry(k, v, depth + 2)]
            lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
        elif isinstance(value, Blank):
            lines.append(f"{pad}- {value.text}")
        else:
            lines.append(f"{pad}- {_scalar(value)}")
    return lines


def _plain_entry(key: str, value: Any, depth: int) -> list[str]:
    pad = " " * depth
    if isinstance(value, Blank) and value.block:
        return [f"{pad}{key}: |", f"{pad}  {value.text}"]
    if isinstance(value, Mapping):
        inner = [line for k, v in value.items() for line in _plain_entry(k, v, depth + 2)]
        return [f"{pad}{key}:", *inner]
    if isinstance(value, list):
        if all(not isinstance(item, Mapping | list | Blank) for item in value):
            return [f"{pad}{key}: [{', '.join(_scalar(item) for item in value)}]"]
        return [f"{pad}{key}:", *_items(value, depth + 2)]
    return [f"{pad}{key}: {_scalar(value)}"]


_PLAIN = re.compile(r"[\w(][^:#\[\]{},\"'\n]*")


def _scalar(value: Any) -> str:
    """Return a scalar as YAML that our own reader takes back as it is."""
    if isinstance(value, Blank):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if not isinstance(value, str) or (_PLAIN.fullmatch(text) and text == text.strip()):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
