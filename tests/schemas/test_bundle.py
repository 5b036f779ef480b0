"""The bundle: self-contained, the same verdicts, and kinds of other packages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.schemas.common import REPORT, ROOT, nodes, schema
from tests.schemas.drafts import minimal
from tests.schemas.mutations import deleted, replaced
from vanban.check.bundle import bundle, registry, resolve, validator
from vanban.errors import InternalError
from vanban.kinds import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
COMMON = "urn:vanban:schema:common"


def test_the_bundle_refers_only_to_itself() -> None:
    whole = bundle(REPORT)
    for at, node in nodes(whole, conditions=True):
        if "$ref" in node:
            assert node["$ref"].startswith("#/$defs/"), at
            assert node["$ref"].removeprefix("#/$defs/") in whole["$defs"], at
    assert whole["$id"] == schema(REPORT.schema_path)["$id"]


def test_the_bundle_is_made_once_and_leaves_the_files_alone() -> None:
    assert bundle(REPORT) is bundle(Kind(REPORT.name, REPORT.root))
    assert validator(REPORT) is validator(REPORT)
    assert REPORT.schema == schema(REPORT.schema_path)


def test_the_registry_judges_as_the_bundle_does() -> None:
    from jsonschema import Draft202012Validator

    whole = Draft202012Validator(schema(REPORT.schema_path), registry=registry(REPORT))
    for data in (minimal(), deleted(minimal(), "ket_qua", "kinh_te"), {}):
        assert whole.is_valid(data) == validator(REPORT).is_valid(data)


def test_the_registry_knows_every_shared_schema() -> None:
    for path in (ROOT / "schemas" / "common").glob("*.json"):
        assert schema(path)["$id"] in registry()


def test_a_forbidden_key_is_named() -> None:
    data = replaced(minimal(scope="xay_dung_dang"), "Giữ vững.", "ket_qua", "an_ninh")
    (error,) = validator(REPORT).iter_errors(data)
    assert list(error.absolute_path) == ["ket_qua", "an_ninh"]
    assert error.schema is False
    assert error.instance == "Giữ vững."


def test_resolve_follows_references_and_keeps_what_stands_beside() -> None:
    node = bundle(REPORT)["properties"]["ket_qua"]
    seen = resolve(node, REPORT)
    assert seen["title"] == node["title"]
    assert seen["x-vai"] == "group"
    assert seen["type"] == "object"
    assert "$ref" not in seen
    with pytest.raises(InternalError):
        resolve({"$ref": "#/$defs/khong_co"}, REPORT)


# --- kinds of other packages ----------------------------------------------------------------


def write(root: Path, name: str, content: Any) -> None:
    """Write a schema file of a package."""
    path = root / "schemas" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, "utf-8")


def invitation(**properties: Any) -> dict[str, Any]:
    """Return the schema of a small foreign kind."""
    return {
        "$schema": DIALECT,
        "$id": "urn:example:schema:giay-moi:1",
        "type": "object",
        "required": ["loai"],
        "properties": {"loai": {"type": "string"}, **properties},
        "additionalProperties": False,
    }


def test_a_foreign_kind_uses_our_definitions_and_its_own(tmp_path: Path) -> None:
    write(
        tmp_path,
        "giay-moi.schema.json",
        invitation(
            the_thuc={"$ref": f"{COMMON}:the-thuc:1#/$defs/the_thuc"},
            khach={"$ref": "urn:example:schema:common:khach:1#/$defs/khach"},
            gio={"$ref": "#/$defs/kieu.ngay"},
            ngay={"$ref": f"{COMMON}:kieu:1#/$defs/ngay"},
        )
        | {"$defs": {"kieu.ngay": {"type": "string", "examples": [{"$ref": "left alone"}]}}},
    )
    write(
        tmp_path,
        "common/khach.schema.json",
        {
            "$id": "urn:example:schema:common:khach:1",
            "$defs": {
                "khach": {"type": "array", "items": {"$ref": "#/$defs/ten"}},
                "ten": {"$ref": f"{COMMON}:kieu:1#/$defs/dong_chu"},
            },
        },
    )
    kind = Kind("giay-moi", tmp_path)
    whole = bundle(kind)
    # The name that the kind itself uses is not taken from it.
    assert whole["$defs"]["kieu.ngay"]["examples"] == [{"$ref": "left alone"}]
    assert whole["properties"]["ngay"]["$ref"] == "#/$defs/kieu.ngay-2"
    good = {
        "loai": "giay-moi",
        "the_thuc": minimal()["the_thuc"],
        "khach": ["Ông Nguyễn Văn A"],
        "gio": "14 giờ",
        "ngay": "09/10/2023",
    }
    import jsonschema_rs

    second = jsonschema_rs.Draft202012Validator(whole)
    for data, expected in (
        (good, True),
        (good | {"khach": [" "]}, False),
        (good | {"ngay": "31/02/2023"}, False),
        (deleted(good, "the_thuc", "nguoi_ky", "ho_ten"), False),
    ):
        assert validator(kind).is_valid(data) is expected
        assert second.is_valid(data) is expected


@pytest.mark.parametrize(
    "reference",
    [
        f"{COMMON}:kieu:1#/$defs/khong_co",
        f"{COMMON}:khong-co:1#/$defs/ngay",
        "urn:example:schema:common:khach:1#/$defs/khach",
    ],
)
def test_a_reference_to_nothing_is_named(tmp_path: Path, reference: str) -> None:
    write(tmp_path, "giay-moi.schema.json", invitation(x={"$ref": reference}))
    with pytest.raises(InternalError, match=r"urn:example:schema:giay-moi:1.*"):
        bundle(Kind("giay-moi", tmp_path))


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"$id": 1}'])
def test_a_broken_schema_file_is_named(tmp_path: Path, content: str) -> None:
    write(tmp_path, "giay-moi.schema.json", content)
    with pytest.raises(InternalError, match=r"giay-moi\.schema\.json"):
        bundle(Kind("giay-moi", tmp_path))


def test_a_kind_without_references_stays_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, "giay-moi.schema.json", invitation())
    assert bundle(Kind("giay-moi", tmp_path)) == invitation()


def test_importing_the_module_is_cheap() -> None:
    code = (
        "import sys, vanban.check.bundle; "
        "sys.exit(any(m in sys.modules for m in ('jsonschema', 'referencing')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
