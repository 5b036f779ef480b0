"""A small kind of document for tests: one property for every keyword a message exists for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vanban.check import schema_layer
from vanban.check.engine import local_reference
from vanban.check.roles import Walker
from vanban.finding import Finding
from vanban.read.draft import Draft

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:vanban:schema:phieu:1",
    "title": "Phiếu",
    "x-vai": "document",
    "type": "object",
    "required": ["loai", "ten"],
    "properties": {
        "loai": {"title": "Loại", "type": "string", "enum": ["phieu"]},
        "phien_ban": {"title": "Phiên bản", "type": "integer", "enum": [1]},
        "ten": {"title": "Tên phiếu", "$ref": "#/$defs/chu", "x-vai": "name"},
        "cap": {"title": "Cấp", "type": "string", "enum": ["xa_phuong", "tinh"]},
        "chi_mot": {"title": "Chỉ một", "type": "string", "enum": ["a"]},
        "hang": {"title": "Hằng", "const": "co_dinh"},
        "co_so": {"title": "Có số", "type": "boolean"},
        "so": {
            "title": "Số",
            "type": ["number", "string"],
            "minimum": 0,
            "pattern": r"^[0-9]+([,][0-9]+)?$",
            "examples": [5, "87,7"],
        },
        "dem": {
            "title": "Số đếm",
            "type": ["integer", "string"],
            "minimum": 0,
            "pattern": "^[0-9]+$",
            "examples": [5],
        },
        "khoang": {"title": "Khoảng", "type": "number", "exclusiveMinimum": 0, "maximum": 10},
        "duoi": {"title": "Dưới", "type": "number", "exclusiveMaximum": 5, "multipleOf": 2},
        "ngay": {
            "title": "Ngày",
            "type": "string",
            "pattern": "^(0[1-9]|[12][0-9])/(0[1-9]|1[0-2])/20[0-9]{2}$",
            "examples": ["09/10/2023"],
        },
        "thang": {
            "title": "Tháng",
            "type": "string",
            "pattern": "^[0-9/]{7,10}$",
            "examples": ["09/10/2023", "10/2023"],
        },
        "han": {
            "title": "Hạn",
            "type": "string",
            "pattern": "^([0-9/]{10}|luon_luon)$",
            "examples": ["09/10/2023", "luon_luon"],
        },
        "lich": {"title": "Lịch", "type": "string", "format": "date"},
        "ma": {"title": "Mã", "type": "string", "pattern": "^[A-Z]+$", "examples": ["HC"]},
        "khuon": {"title": "Khuôn", "type": "string", "pattern": "^[A-Z]+$"},
        "ngan": {"title": "Ngắn", "type": "string", "minLength": 3, "maxLength": 5},
        "mang": {
            "title": "Mảng",
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "uniqueItems": True,
            "items": {"type": "string"},
        },
        "nhom": {
            "title": "Nhóm",
            "type": "object",
            "required": ["mot", "hai"],
            "properties": {
                "mot": {"title": "Mục một", "$ref": "#/$defs/chu"},
                "hai": {"title": "Mục hai", "$ref": "#/$defs/chu"},
                "ba": {"title": "Mục ba", "$ref": "#/$defs/chu"},
            },
            "additionalProperties": False,
        },
        "muc": {"title": "Mục", "x-vai": "section", "$ref": "#/$defs/khoi"},
        "nhanh": {
            "title": "Nhánh",
            "x-vai": "group",
            "type": "object",
            "required": ["la"],
            "properties": {"la": {"title": "Lá", "x-vai": "section", "$ref": "#/$defs/khoi"}},
            "additionalProperties": False,
        },
        "khoa_tu_do": {
            "title": "Khóa tự do",
            "type": "object",
            "propertyNames": {"enum": ["x"]},
            "additionalProperties": {"type": "integer"},
            "minProperties": 1,
        },
        "it_khoa": {"title": "Ít khóa", "type": "object", "minProperties": 2, "maxProperties": 3},
        "keo_theo": {
            "title": "Kéo theo",
            "type": "object",
            "dependentRequired": {"a": ["b"]},
            "properties": {"a": {"title": "A"}, "b": {"title": "B"}},
        },
        "chua": {"title": "Chứa", "type": "array", "contains": {"const": 1}},
    },
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"required": ["cap"], "properties": {"cap": {"enum": ["tinh"]}}},
            "then": {"required": ["so"], "properties": {"dem": False}},
            "else": {"properties": {"han": False}},
        },
    ],
    "$defs": {
        "chu": {"type": "string", "pattern": "\\S"},
        "khoi": {
            "x-vai": "text",
            "type": ["string", "array"],
            "allOf": [
                {"if": {"type": "string"}, "then": {"x-vai": "prose", "pattern": "\\S"}},
                {
                    "if": {"type": "array"},
                    "then": {"minItems": 1, "items": {"$ref": "#/$defs/chu"}},
                },
            ],
        },
    },
}

GOOD: dict[str, Any] = {"loai": "phieu", "ten": "Phiếu của xã Mẫu"}


def walker(schema: dict[str, Any] = SCHEMA) -> Walker:
    """Return a walker of a schema."""
    return Walker(schema, local_reference(schema))


def outcome(data: Any, schema: dict[str, Any] = SCHEMA) -> schema_layer.Outcome:
    """Check data against a schema."""
    from jsonschema import Draft202012Validator

    draft = Draft(data, kind="phieu")
    return schema_layer.check(draft, walker(schema), Draft202012Validator(schema))


def findings(**changes: Any) -> tuple[Finding, ...]:
    """Check the good data with some values changed."""
    return outcome(GOOD | changes).findings


def one(**changes: Any) -> Finding:
    """Check the good data with some values changed and return the only finding."""
    (found,) = findings(**changes)
    return found


def keyword_uses(schema: Any) -> set[str]:
    """Return every keyword that a schema uses, in whatever place a schema may stand."""
    if schema is False:
        return {"false"}
    if not isinstance(schema, dict):
        return set()
    used = set(schema)
    for key in ("properties", "patternProperties", "$defs", "dependentSchemas"):
        for part in schema.get(key, {}).values():
            used |= keyword_uses(part)
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for part in schema.get(key, ()):
            used |= keyword_uses(part)
    for key in ("items", "then", "else"):
        used |= keyword_uses(schema.get(key))
    # A condition refuses nothing itself, so its keywords need no message.
    return used


def type_sets(schema: Any) -> set[frozenset[str]]:
    """Return every set of types that a schema asks for."""
    found: set[frozenset[str]] = set()
    if isinstance(schema, dict):
        types = schema.get("type")
        if isinstance(types, str | list):
            found.add(frozenset([types] if isinstance(types, str) else types))
        for key, part in schema.items():
            if key not in ("if", "examples", "enum", "const"):
                found |= type_sets(part)
    elif isinstance(schema, list):
        for part in schema:
            found |= type_sets(part)
    return found


ROOT = Path(__file__).parents[2]


def our_schemas() -> list[Any]:
    """Return every schema file of a kind or shared by kinds."""
    written = {f"{name}.schema.json" for name in ("findings", "verification", "embedded", "batch")}
    paths = [p for p in (ROOT / "schemas").rglob("*.json") if p.name not in written]
    return [json.loads(path.read_text("utf-8")) for path in paths]
