"""Random drafts drawn from the published schema of a kind, made valid with its own validator.

``drafts`` draws a seed and makes the draft from it with ``random``: a draft has some hundred
choices, and Hypothesis, asked for each of them, takes ten times as long as all that is tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from vanban import kinds
from vanban.check.bundle import bundle, compiled, validator
from vanban.check.roles import type_of

KIND = kinds.kinds()["bao-cao-so-ket"]
BUNDLE = bundle(KIND)
MAX_REPAIRS = 80
MAX_DEPTH = 12
MAX = 5000

SENTENCE = (
    "Đảng ủy xã tổ chức hội nghị quán triệt nghị quyết; kết nạp 05 đảng viên, đạt 83,33% kế hoạch. "
    'Thứ nhất: tăng cường "nêu gương" # không phải chú thích - {chỗ} [ngoặc] & < > 12:30 no null '
    "1.246 0x1F Hộ nghèo còn 2,5%: giảm (so với cùng kỳ) 'nháy' \\ 100% @ ! | Nhân dân"
)
WORDS = SENTENCE.split()


def prose(rng: Random) -> str:
    """Draw one line of words."""
    return " ".join(rng.choices(WORDS, k=rng.randint(1, 14)))


def text(rng: Random) -> str:
    """Draw a text: line breaks, empty lines, blanks at the ends, all that YAML could lose."""
    match rng.randrange(5):
        case 0:
            return "\n\n".join(prose(rng) for _ in range(rng.randint(2, 3)))
        case 1:
            return "\n".join(prose(rng) for _ in range(rng.randint(2, 3))) + "\n"
        case 2:
            return f"  {prose(rng)} "
    return prose(rng)


def figure(rng: Random, low: int, high: int) -> int | Decimal:
    """Draw a number as a clerk may write it, of up to three decimals or of very many digits."""
    match rng.randrange(8):
        case 0:
            return min(max(Decimal("87.7"), Decimal(low)), Decimal(high))
        case 1 if high == MAX:
            return rng.randint(0, 10**29)
        case 2 | 3 | 4:
            places = rng.randint(2, 3)
            return Decimal(rng.randint(low * 1000, high * 1000)).scaleb(-places)
    return rng.randint(low, high)


def typed(rng: Random) -> str:
    """Draw something short that a clerk types where a pattern says how: figure, share, day."""
    whole, part = rng.randint(0, 10 ** rng.randint(1, 15)), rng.randint(0, 99)
    grouped = f"{whole:,}".replace(",", ".")
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2010, 2030)
    return rng.choice(
        (
            str(whole), f"{rng.randint(0, 9):02d}", grouped, f"{grouped},{part}", f"{part},5",
            f"{part},{part:02d}%", f"-{part}", f"{part}.{part:03d}", f"{day:02d}/{month}/{year}",
            f"{month}/{year}", f"{month:02d}/{year}", str(year), f"{day}/{month}/{year}",
            "…", "x", "-", "A", "B1", f"Q{month}", f"{day:02d}", prose(rng),
        )
    )  # fmt: skip


def target(node: Any) -> Any:
    """Return the node behind a reference of the bundle."""
    while isinstance(node, Mapping) and "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        node = {**BUNDLE["$defs"][name], **{k: v for k, v in node.items() if k != "$ref"}}
    return node


def flat(node: Any, kind: str) -> list[Mapping[str, Any]]:
    """Return the nodes that say something of a value of a type."""
    node = target(node)
    if not isinstance(node, Mapping):
        return []
    found = [node]
    for part in node.get("allOf", ()):
        part = target(part)
        if "if" not in part:
            found += flat(part, kind)
        elif set(part["if"]) == {"type"}:
            wanted = part["if"]["type"]
            fits = kind == wanted or kind in wanted if isinstance(wanted, list) else kind == wanted
            branch = part.get("then" if fits else "else")
            found += flat(branch, kind) if branch is not None else []
    if "if" in node and set(node["if"]) == {"type"}:
        branch = node.get("then" if node["if"]["type"] == kind else "else")
        found += flat(branch, kind) if branch is not None else []
    return found


def types_of(node: Any) -> list[str]:
    """Return the types that a node allows."""
    node = target(node)
    if "enum" in node:
        return ["enum"]
    given = node.get("type")
    for part in node.get("allOf", ()):
        given = given or target(part).get("type")
    if given is None:
        return ["object"] if "properties" in node else ["string"]
    return [given] if isinstance(given, str) else list(given)


def value(rng: Random, node: Any, depth: int = 0) -> Any:
    """Draw a value for a node; conditions are left to the repairs."""
    node = target(node)
    choices = [kind for kind in types_of(node) if kind != "null"]
    if depth > MAX_DEPTH - 3 and "string" in choices:
        choices = ["string"]
    kind = rng.choice(choices)
    if kind == "enum":
        return rng.choice(node["enum"])
    nodes = flat(node, kind)
    said: dict[str, Any] = {}
    for one in reversed(nodes):
        said.update(one)
    if "enum" in said:
        return rng.choice(said["enum"])
    match kind:
        case "boolean":
            return rng.random() < 0.5
        case "integer":
            return rng.randint(said.get("minimum", 0), said.get("maximum", 3000))
        case "number":
            low, high = said.get("minimum", 0), said.get("maximum", MAX)
            return figure(rng, low, high)
        case "array":
            least = said.get("minItems", 0)
            count = rng.randint(least, max(least, 2))
            made = [value(rng, said.get("items", {}), depth + 1) for _ in range(count)]
            return list(dict.fromkeys(made)) if said.get("uniqueItems", False) else made
        case "object":
            return mapping(rng, nodes, depth)
    pattern = said.get("pattern")
    if pattern in (None, "\\S"):
        return (prose if said.get("maxLength") else text)(rng)[: said.get("maxLength", 10_000)]
    examples = [one for one in said.get("examples", ()) if isinstance(one, str)]
    if examples and rng.random() < 0.3:
        return rng.choice(examples)
    fits = compiled(pattern).search
    return next((one for one in (typed(rng) for _ in range(40)) if fits(one)), *examples[:1] or "x")


def mapping(rng: Random, nodes: list[Mapping[str, Any]], depth: int) -> dict[str, Any]:
    """Draw an object: what is required, and some of the rest."""
    declared: dict[str, Any] = {}
    required: list[str] = []
    for node in nodes:
        for name, part in node.get("properties", {}).items():
            if part is not False:
                declared.setdefault(name, part)
        required += node.get("required", ())
    optional = [name for name in declared if name not in required]
    few = rng.sample(optional, rng.randint(0, min(3, len(optional)))) if depth < MAX_DEPTH else ()
    wanted = {*required, *few}
    return {name: value(rng, part, depth + 1) for name, part in declared.items() if name in wanted}


def _at(data: Any, path: list[Any]) -> Any:
    for part in path:
        data = data[part]
    return data


def drafts() -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of the data of drafts that the schema accepts."""
    return st.integers(0, 2**63).map(made)


def made(seed: int) -> dict[str, Any]:
    """Return the draft of a seed; Hypothesis is told when it cannot be made valid."""
    rng = Random(seed)
    data = mapping(rng, [BUNDLE], 0)
    data["loai"] = KIND.name
    checker = validator(KIND)
    for _ in range(MAX_REPAIRS):
        errors = list(checker.iter_errors(data))
        if not errors:
            return data
        lacking = [error for error in errors if error.validator == "required"]
        for error in lacking:
            path = list(error.absolute_path)
            holder = _at(data, path)
            for name in error.validator_value:
                if name not in holder:
                    holder[name] = value(rng, _declared(data, path, name))
        if lacking:
            continue
        error = errors[0]
        path = list(error.absolute_path)
        if error.validator == "additionalProperties" or not path:
            for name in list(error.instance):
                if error.validator_value is False and name not in error.schema["properties"]:
                    del error.instance[name]
            if not path and error.validator != "additionalProperties":
                break
        else:
            # Another value of the same place.
            holder = _at(data, path[:-1])
            if (isinstance(holder, dict) and _optional(data, path)) or (
                isinstance(holder, list) and len(holder) > 1
            ):
                del holder[path[-1]]
            else:
                holder[path[-1]] = value(rng, _declared(data, path[:-1], path[-1]))
    reject()
    return data


def _nodes(data: Any, path: list[Any]) -> list[Mapping[str, Any]]:
    """Return the nodes of the schema that describe the value at a path."""
    nodes = flat(BUNDLE, "object")
    here = data
    for part in path:
        below: list[Mapping[str, Any]] = []
        here = here[part]
        for node in nodes:
            inner = (
                node.get("items")
                if isinstance(part, int)
                else (node.get("properties", {}).get(part))
            )
            if inner not in (None, False):
                below += flat(inner, type_of(here))
        nodes = below
    return nodes


def _declared(data: Any, path: list[Any], name: Any) -> Any:
    for node in _nodes(data, path):
        found = (
            node.get("items") if isinstance(name, int) else (node.get("properties", {}).get(name))
        )
        if found not in (None, False):
            return found
    return {}


def _optional(data: Any, path: list[Any]) -> bool:
    return not any(path[-1] in node.get("required", ()) for node in _nodes(data, path[:-1]))
