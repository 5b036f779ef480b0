"""Promises of the project about itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import vanban
from vanban import catalogue
from vanban.cli import doctor

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))


def test_no_module_names_a_kind() -> None:
    kinds = [path.name.removesuffix(".schema.json") for path in (ROOT / "schemas").glob("*.json")]
    for other in ("findings", "embedded", "verification", "batch"):  # words of programs, no kinds
        kinds.remove(other)
    assert kinds
    for path in SOURCES:
        text = path.read_text("utf-8")
        code = re.sub(r'"""(?:.|\n)*?"""|#.*', "", text)
        for kind in kinds:
            assert f'"{kind}"' not in code, f"{path.relative_to(ROOT)} names {kind}"


@pytest.mark.parametrize("family", catalogue.families("vi"))
def test_both_languages_have_the_same_messages(family: str) -> None:
    def keys(node: object, prefix: str = "") -> dict[str, set[str]]:
        assert isinstance(node, dict)
        found: dict[str, set[str]] = {}
        for name, value in node.items():
            if isinstance(value, dict):
                found |= keys(value, f"{prefix}{name}.")
            else:
                found[f"{prefix}{name}"] = set(re.findall(r"(?<!\{)\{(\w+)", str(value)))
        return found

    loaded = [
        keys(tomllib.loads((ROOT / f"src/vanban/messages/{lang}/{family}.toml").read_text("utf-8")))
        for lang in catalogue.LANGUAGES
    ]
    assert loaded[0].keys() == loaded[1].keys()
    for key, names in loaded[0].items():
        assert names == loaded[1][key], f"{family}: {key} names other things in English"


def test_the_languages_have_the_same_families() -> None:
    assert catalogue.families("vi") == catalogue.families("en")


def test_the_version_is_said_once() -> None:
    assert vanban.__version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert vanban.__version__ not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_doctor_looks_for_every_library_that_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=]", wanted)[0] for wanted in project["dependencies"]}
    assert set(doctor.LIBRARIES) == needed


def test_no_real_name_or_place_of_a_machine() -> None:
    rooms = ["src", "schemas", "templates", "examples", "docs", "scripts"]
    for room in rooms:
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix in {".py", ".yaml", ".json", ".toml", ".j2", ".md"}:
                text = path.read_text("utf-8")
                assert not re.search(r"(?<![\w.])/(?:home|work|tmp|root)/", text), path
