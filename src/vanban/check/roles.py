"""The annotated walk: what the schema says of every value of a draft.

One walk of the data beside the schema gives each JSON Pointer its titles and roles (``x-vai``),
so that rules and messages speak of "Kết quả › Đảng viên" and no module names a section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from vanban.check.bundle import compiled
from vanban.check.rule import Node
from vanban.read.draft import pointer_parts

Schema = Mapping[str, Any]
Resolve = Callable[[str], Schema]

ROLE = "x-vai"
SEPARATOR = " › "
# How an item of a list is called in a path of words; the titles around it are Vietnamese too.
ITEM = "mục {number}"

# Keywords that the simple evaluation of an ``if`` understands.
_PLAIN_KEYWORDS = frozenset(
    {"type", "required", "properties", "const", "enum", "minLength", "pattern", "not", "allOf",
     "anyOf", "minItems", "minProperties", "title", "description", "$comment"}
)  # fmt: skip


def type_of(value: Any) -> str:
    """Return the JSON Schema type of a value (``integer`` before ``number``)."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, Mapping):
        return "object"
    if isinstance(value, list):
        return "array"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return "integer"
    return "number"


class Place(NamedTuple):
    """What the schema says of one value: the schema nodes that apply, the outermost first."""

    pointer: str
    value: Any
    schemas: tuple[Schema, ...]
    roles: tuple[str, ...]

    @property
    def title(self) -> str | None:
        """Return the title the schema gives the value, None when it has none."""
        return title_of(self.schemas)

    @property
    def role(self) -> str | None:
        """Return the outermost role, None when the value has none."""
        return self.roles[0] if self.roles else None


def title_of(schemas: tuple[Schema, ...]) -> str | None:
    """Return the outermost title among schema nodes."""
    for schema in schemas:
        if title := schema.get("title"):
            return str(title)
    return None


def roles_of(schemas: tuple[Schema, ...]) -> tuple[str, ...]:
    """Return the roles that schema nodes give, without repetition, the outermost first."""
    return tuple(dict.fromkeys(str(s[ROLE]) for s in schemas if ROLE in s))


def merged(schemas: tuple[Schema, ...]) -> dict[str, Any]:
    """Return one view of schema nodes in which the outermost wins."""
    view: dict[str, Any] = {}
    for schema in reversed(schemas):
        view.update(schema)
    return view


def _same(left: Any, right: Any) -> bool:
    # In JSON 1 and true differ; Python takes them for equal.
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


@dataclass(eq=False, repr=False)
class Walker:
    """Walks data beside one schema; keeps what it learns of the schema between walks.

    ``root`` is the schema, ``resolve`` gives the target of a ``$ref``. Safe to share between
    threads: its tables only ever gain entries that any thread would compute alike.
    """

    root: Schema
    resolve: Resolve
    _tables: dict[tuple[int, ...], dict[str, tuple[Schema, ...]]] = field(default_factory=dict)
    _views: dict[tuple[int, ...], dict[str, Any]] = field(default_factory=dict)
    _roles: dict[tuple[int, ...], tuple[str, ...]] = field(default_factory=dict)
    _flat: dict[tuple[int, str], tuple[Schema, ...]] = field(default_factory=dict)

    def applicable(self, schema: Any, value: Any) -> tuple[Schema, ...]:
        """Return the schema nodes that apply: the node, its refs, allOf, if/then/else."""
        if not isinstance(schema, Mapping):
            return ()
        kind = type_of(value)
        key = (id(schema), kind)
        known = self._flat.get(key)
        if known is not None:
            return known
        found: list[Schema] = []
        depends = self._flatten(schema, value, kind, found)
        nodes = tuple(found)
        if not depends:
            self._flat[key] = nodes
        return nodes

    def _flatten(self, schema: Any, value: Any, kind: str, found: list[Schema]) -> bool:
        """Collect into ``found``; True when the outcome depends on more than the type."""
        if not isinstance(schema, Mapping):
            return False
        found.append(schema)
        depends = False
        if "$ref" in schema:
            depends |= self._flatten(self.resolve(schema["$ref"]), value, kind, found)
        for part in schema.get("allOf", ()):
            depends |= self._flatten(part, value, kind, found)
        condition = schema.get("if")
        if condition is not None:
            depends |= set(condition) != {"type"}
            branch = schema.get("then" if self.holds(condition, value) else "else")
            if branch is not None:
                depends |= self._flatten(branch, value, kind, found)
        return depends

    def holds(self, schema: Any, value: Any) -> bool:
        """Tell whether a value satisfies the simple schema of an ``if``."""
        if isinstance(schema, bool):
            return schema
        if not set(schema) <= _PLAIN_KEYWORDS:
            return self._holds_by_library(schema, value)
        kind = type_of(value)
        if "type" in schema:
            wanted = schema["type"]
            wanted = [wanted] if isinstance(wanted, str) else wanted
            if kind not in wanted and not (kind == "integer" and "number" in wanted):
                return False
        if "const" in schema and not _same(value, schema["const"]):
            return False
        if "enum" in schema and not any(_same(value, item) for item in schema["enum"]):
            return False
        if kind == "string":
            if len(value) < schema.get("minLength", 0):
                return False
            if "pattern" in schema and not compiled(schema["pattern"]).search(value):
                return False
        if kind == "array" and len(value) < schema.get("minItems", 0):
            return False
        if kind == "object":
            if len(value) < schema.get("minProperties", 0):
                return False
            if any(key not in value for key in schema.get("required", ())):
                return False
            for key, part in schema.get("properties", {}).items():
                if key in value and not self.holds(part, value[key]):
                    return False
        if "not" in schema and self.holds(schema["not"], value):
            return False
        if any(not self.holds(part, value) for part in schema.get("allOf", ())):
            return False
        return "anyOf" not in schema or any(self.holds(part, value) for part in schema["anyOf"])

    def _holds_by_library(self, schema: Schema, value: Any) -> bool:
        # A kind of another package may use any keyword in its conditions.
        from jsonschema import Draft202012Validator

        if "$ref" in schema:
            rest = {key: part for key, part in schema.items() if key != "$ref"}
            return self.holds(self.resolve(schema["$ref"]), value) and self.holds(rest, value)
        return bool(Draft202012Validator(dict(schema)).is_valid(value))

    def properties(self, schemas: tuple[Schema, ...]) -> dict[str, tuple[Schema, ...]]:
        """Return the properties that schema nodes declare, each with the nodes that describe it."""
        key = tuple(map(id, schemas))
        table = self._tables.get(key)
        if table is None:
            gathered: dict[str, list[Schema]] = {}
            for schema in schemas:
                for name, node in schema.get("properties", {}).items():
                    nodes = gathered.setdefault(name, [])
                    if isinstance(node, Mapping):
                        nodes.append(node)
            table = {name: tuple(nodes) for name, nodes in gathered.items() if nodes}
            self._tables[key] = table
        return table

    def described(self, schemas: tuple[Schema, ...], key: str) -> tuple[Schema, ...]:
        """Return the nodes that describe the property ``key`` before its value is known."""
        found: list[Schema] = []
        for node in self.properties(schemas).get(key, ()):
            self._describe(node, found)
        return tuple(found)

    def _describe(self, schema: Schema, found: list[Schema]) -> None:
        found.append(schema)
        if "$ref" in schema:
            self._describe(self.resolve(schema["$ref"]), found)
        for part in schema.get("allOf", ()):
            if isinstance(part, Mapping) and "if" not in part:
                self._describe(part, found)

    def _members(self, schemas: tuple[Schema, ...], value: Any) -> Iterator[tuple[Any, Any]]:
        """Yield each child value with the schema nodes written for it."""
        if isinstance(value, Mapping):
            table = self.properties(schemas)
            for key in value:
                nodes = table.get(key)
                yield key, nodes if nodes is not None else self._extra(schemas, key)
        elif isinstance(value, list):
            for index in range(len(value)):
                nodes = tuple(
                    schema["prefixItems"][index]
                    if index < len(schema.get("prefixItems", ()))
                    else schema["items"]
                    for schema in schemas
                    if index < len(schema.get("prefixItems", ())) or "items" in schema
                )
                yield index, nodes

    @staticmethod
    def _extra(schemas: tuple[Schema, ...], key: str) -> tuple[Schema, ...]:
        found: list[Schema] = []
        for schema in schemas:
            for pattern, node in schema.get("patternProperties", {}).items():
                if compiled(pattern).search(key) and isinstance(node, Mapping):
                    found.append(node)
            extra = schema.get("additionalProperties")
            if isinstance(extra, Mapping):
                found.append(extra)
        return tuple(found)

    def _roles_of(self, schemas: tuple[Schema, ...]) -> tuple[str, ...]:
        key = tuple(map(id, schemas))
        roles = self._roles.get(key)
        if roles is None:
            roles = self._roles[key] = roles_of(schemas)
        return roles

    def view(self, schemas: tuple[Schema, ...]) -> dict[str, Any]:
        """Return the merged view of schema nodes, made once for the same nodes."""
        key = tuple(map(id, schemas))
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = merged(schemas)
        return view

    def walk(self, data: Any) -> Annotated:
        """Walk the data once and return what the schema says of each of its values."""
        places: dict[str, Place] = {}
        texts: list[Place] = []
        stack: list[tuple[str, Any, tuple[Schema, ...]]] = [
            ("", data, self.applicable(self.root, data))
        ]
        while stack:
            pointer, value, schemas = stack.pop()
            place = places[pointer] = Place(pointer, value, schemas, self._roles_of(schemas))
            if isinstance(value, str):
                texts.append(place)
                continue
            below: list[tuple[str, Any, tuple[Schema, ...]]] = []
            for key, nodes in self._members(schemas, value):
                child = value[key]
                name = str(key).replace("~", "~0").replace("/", "~1")
                if len(nodes) == 1:
                    flat = self.applicable(nodes[0], child)
                else:
                    flat = tuple(s for node in nodes for s in self.applicable(node, child))
                below.append((f"{pointer}/{name}", child, flat))
            stack.extend(reversed(below))
        return Annotated(self, places, tuple(texts))


@dataclass(eq=False, repr=False)
class Annotated:
    """The outcome of a walk: every pointer of the data with what the schema says of it.

    ``texts`` are the places of all text values, in document order.
    """

    walker: Walker
    places: dict[str, Place]
    texts: tuple[Place, ...]

    def sound_texts(self, invalid: frozenset[str] = frozenset()) -> tuple[Place, ...]:
        """Return the text values in which the schema layer found no fault."""
        if not invalid:
            return self.texts
        return tuple(place for place in self.texts if place.pointer not in invalid)

    def nodes(self, invalid: frozenset[str] = frozenset()) -> dict[str, tuple[Node, ...]]:
        """Return the nodes by role, in document order, but those with a fault at or below them.

        ``invalid`` holds the pointers at which the schema layer found a fault.
        """
        excluded = set(invalid)
        for pointer in invalid:
            while pointer:
                pointer = pointer.rpartition("/")[0]
                excluded.add(pointer)
        view = self.walker.view
        found: dict[str, list[Node]] = {}
        for place in self.places.values():
            if place.roles and place.pointer not in excluded:
                node = Node(place.pointer, place.value, view(place.schemas))
                for role in place.roles:
                    found.setdefault(role, []).append(node)
        return {role: tuple(nodes) for role, nodes in found.items()}

    def words(self, pointer: str) -> str:
        """Return the path in words: ``Kết quả › Xây dựng Đảng › Đảng viên``; "" for the root."""
        names: list[str] = []
        here = ""
        for part in pointer_parts(pointer):
            parent = self.places.get(here)
            here += "/" + part.replace("~", "~0").replace("/", "~1")
            if parent is not None and isinstance(parent.value, list) and part.isdigit():
                names.append(ITEM.format(number=int(part) + 1))
                continue
            place = self.places.get(here)
            title = place.title if place is not None else None
            if title is None and parent is not None:
                title = self.title(parent.pointer, part)
            names.append(title or part)
        return SEPARATOR.join(names)

    def title(self, pointer: str, key: str) -> str | None:
        """Return the title of the property ``key`` of the object at ``pointer``, present or not."""
        parent = self.places.get(pointer)
        if parent is None:
            return None
        return title_of(self.walker.described(parent.schemas, key))

    def allowed(self, pointer: str) -> dict[str, tuple[Schema, ...]]:
        """Return the properties that the object at ``pointer`` may have."""
        place = self.places.get(pointer)
        return self.walker.properties(place.schemas) if place is not None else {}
