"""The schemas of every kind: one registry, one self-contained bundle, one validator per kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from vanban import kinds, resources
from vanban.errors import InternalError
from vanban.read.draft import pointer_parts

if TYPE_CHECKING:
    from pathlib import Path

    from jsonschema import Draft202012Validator
    from referencing import Registry

    from vanban.kinds import Kind

# Keywords whose value is one schema, a list of schemas, or a mapping of names to schemas;
# everything else (examples, enum, const ...) is data and never holds a reference of ours.
_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_LIST = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")

# What \s means in ECMA-262, the dialect of the patterns of JSON Schema.
_SPACE = "\t\n\x0b\x0c\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_CLASSES = {"s": _SPACE, "d": "0-9", "w": "0-9A-Za-z_"}


def registry(kind: Kind | None = None) -> Registry[Any]:
    """Return the registry of the shared definitions and of every kind's schema, by ``$id``.

    ``kind`` adds the schemas that lie beside a kind which is not installed. On a clash of ``$id``
    ours win. Raises InternalError for a schema file that is not JSON or has no ``$id``.
    """
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    found = {uri: DRAFT202012.create_resource(one) for uri, one in schemas(kind).items()}
    return Registry().with_resources(found.items())


def schemas(kind: Kind | None = None) -> Mapping[str, Any]:
    """Return every schema that :func:`registry` knows, by ``$id``, each file read once."""
    every = kinds.kinds()
    roots = [resources.data_root(), *(k.root for k in every.values())]
    paths = [k.schema_path for k in every.values()]
    if kind is not None:
        roots.append(kind.root)
        paths.append(kind.schema_path)
    return _schemas(tuple(dict.fromkeys(roots)), tuple(dict.fromkeys(paths)))


def _ours() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    return (resources.data_root(),), tuple(kind.schema_path for kind in kinds.ours().values())


@cache
def _schemas(roots: tuple[Path, ...], paths: tuple[Path, ...]) -> Mapping[str, Any]:
    shared = [
        path
        for root in roots
        for path in sorted((root / "schemas" / "common").glob(f"*{kinds.SCHEMA_SUFFIX}"))
    ]
    found: dict[str, Any] = {}
    for path in [*shared, *paths]:
        schema = _load(path)
        found.setdefault(schema["$id"], schema)
    return found


def _load(path: Path) -> dict[str, Any]:
    try:
        schema = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InternalError(f"{path}: {error}") from error
    if not isinstance(schema, dict) or not isinstance(schema.get("$id"), str):
        raise InternalError(f"{path}: no $id")
    return schema


@cache
def bundle(kind: Kind) -> dict[str, Any]:
    """Return the schema of a kind as one self-contained schema; do not change it.

    Every definition that is reached is pulled in under ``$defs`` (``<file>.<definition>`` for
    those of other files) and every reference is ``#/$defs/…``, so that it loads anywhere without
    a registry. Raises InternalError for a reference that leads nowhere.
    """
    return _Bundler(kind, _load(kind.schema_path)).build()


def bundled(path: Path) -> dict[str, Any]:
    """Return the schema of a file of ours that is no kind, as one self-contained schema."""
    return _Bundler(None, _load(path)).build()


def parts_of(schema: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the schemas that stand in one schema, one level down."""
    for key, value in schema.items():
        if key in _ONE:
            yield value
        elif key in _LIST:
            yield from value
        elif key in _NAMED:
            yield from value.values()


class _Bundler:
    def __init__(self, kind: Kind | None, root: dict[str, Any]) -> None:
        self.kind = kind
        self.root = root
        self.base = str(root["$id"])
        self.names: dict[str, str] = {}
        self.taken = set(root.get("$defs", {}))
        self.waiting: list[tuple[str, str]] = []

    def build(self) -> dict[str, Any]:
        """Rewrite the root, then every definition that it reaches."""
        whole: dict[str, Any] = self._rewrite(self.root, self.base)
        found = whole.pop("$defs", {})
        while self.waiting:
            uri, name = self.waiting.pop()
            found[name] = self._rewrite(self._target(uri), uri.partition("#")[0])
        if found:
            whole["$defs"] = dict(sorted(found.items()))
        return whole

    def _target(self, uri: str) -> Any:
        home, _, fragment = uri.partition("#")
        if not fragment.startswith("/") or "%" in fragment:
            return self._looked_up(uri)
        # Other packages are asked only for what is none of ours.
        node = _schemas(*_ours()).get(home) or schemas(self.kind).get(home)
        for part in pointer_parts(fragment):
            if not isinstance(node, Mapping) or part not in node:
                raise InternalError(f"{self.base}: {uri}: unresolvable")
            node = node[part]
        return node

    def _looked_up(self, uri: str) -> Any:
        """Return the target of a reference of another form (an anchor, a whole schema)."""
        from referencing.exceptions import Unresolvable

        try:
            return registry(self.kind).resolver().lookup(uri).contents
        except Unresolvable as error:
            raise InternalError(f"{self.base}: {uri}: {error}") from error

    def _rewrite(self, schema: Any, base: str) -> Any:
        if not isinstance(schema, Mapping):
            return schema
        new: dict[str, Any] = {}
        for key, value in schema.items():
            if key == "$ref":
                new[key] = self._reference(str(value), base)
            elif key in _ONE:
                new[key] = self._rewrite(value, base)
            elif key in _LIST:
                new[key] = [self._rewrite(part, base) for part in value]
            elif key in _NAMED:
                new[key] = {name: self._rewrite(part, base) for name, part in value.items()}
            else:
                new[key] = value
        return new

    def _reference(self, reference: str, base: str) -> str:
        uri = base + reference if reference.startswith("#") else reference
        home, _, fragment = uri.partition("#")
        if home == self.base:
            return f"#{fragment}"
        name = self.names.get(uri)
        if name is None:
            name = self.names[uri] = self._name(home, fragment)
            self.waiting.append((uri, name))
        return f"#/$defs/{name}"

    def _name(self, home: str, fragment: str) -> str:
        parts = home.split(":")
        stem = parts[-2] if len(parts) > 1 else home
        wanted = f"{stem}.{fragment.rpartition('/')[2]}"
        wanted = re.sub(r"[^0-9A-Za-z_.-]+", "-", wanted).strip(".")
        name, number = wanted, 2
        while name in self.taken:
            name, number = f"{wanted}-{number}", number + 1
        self.taken.add(name)
        return name


@cache
def validator(kind: Kind) -> Draft202012Validator:
    """Return the validator of a kind's bundle, made once.

    It takes exact figures (a Decimal without fraction is an integer), reads patterns as ECMA-262
    does, as every other implementation of JSON Schema, and names the key that may not be there.
    """
    return validator_of(bundle(kind))


def validator_of(schema: Mapping[str, Any]) -> Draft202012Validator:
    """Return a validator of the same ways for any self-contained schema."""
    found: Draft202012Validator = _validator_class()(schema)
    return found


@cache
def _validator_class() -> Any:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

    def pattern(checker: Any, wanted: str, value: Any, schema: Any) -> Iterator[ValidationError]:
        if checker.is_type(value, "string") and not compiled(wanted).search(value):
            yield ValidationError(f"{value!r} does not match {wanted!r}")

    def properties(
        checker: Any, wanted: Mapping[str, Any], value: Any, schema: Any
    ) -> Iterator[ValidationError]:
        if not checker.is_type(value, "object"):
            return
        for name, part in wanted.items():
            if name not in value:
                continue
            if part is False:
                # The library leaves the key out of the place of what may not be there.
                yield ValidationError(
                    f"{name!r} is not allowed here",
                    validator=None,  # type: ignore[arg-type]
                    path=(name,),
                    schema_path=(name,),
                    instance=value[name],
                    schema=part,
                )
            else:
                yield from checker.descend(value[name], part, path=name, schema_path=name)

    def whole(checker: Any, value: Any) -> bool:
        if isinstance(value, bool):
            return False
        if isinstance(value, Decimal):
            return value.is_finite() and value == value.to_integral_value()
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())

    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", whole)
    return extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"pattern": pattern, "properties": properties}, type_checker=types
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    r"""Return an ECMA-262 pattern as Python's: ``$`` is the very end, ``\s \d \w`` fixed sets."""
    out: list[str] = []
    inside = False
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            letter = next(characters, "")
            members = _CLASSES.get(letter.lower())
            if members is None or (inside and letter.isupper()):
                out.append(character + letter)
            elif inside:
                out.append(members)
            else:
                out.append(f"[{'^' if letter.isupper() else ''}{members}]")
        elif character == "$" and not inside:
            out.append(r"\Z")
        else:
            inside = character == "[" or (inside and character != "]")
            out.append(character)
    return re.compile("".join(out))


def resolve(node: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """Return a node of a kind's bundle with its ``$ref`` followed; what stands beside it wins."""
    view: dict[str, Any] = dict(node)
    defs = bundle(kind).get("$defs", {})
    while "$ref" in view:
        name = str(view.pop("$ref")).removeprefix("#/$defs/")
        if name not in defs:
            raise InternalError(f"{kind.name}: $ref {name!r}")
        view = {**defs[name], **view}
    return view
