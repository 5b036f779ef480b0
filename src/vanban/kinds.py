"""Kinds of documents: each is a set of files, found in vanban and in packages that add some.

A package adds kinds through the entry point group ``vanban.kinds``; the value names a package
whose folder holds the same rooms as ours: ``schemas/<kind>.schema.json``,
``templates/<kind>/outline.yaml``, ``templates/<kind>/document.<profile>.docx``,
``templates/<kind>/document.html.j2``, ``examples/<kind>/*.yaml``. No Python is needed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vanban import resources
from vanban.start import plugins

ENTRY_POINT_GROUP = "vanban.kinds"
SCHEMA_SUFFIX = ".schema.json"


@dataclass(frozen=True, repr=False)
class Kind:
    """One document type: its name (``bao-cao-so-ket``) and the root its files lie under."""

    name: str
    root: Path

    @property
    def schema_path(self) -> Path:
        """Return the path of the JSON Schema."""
        return self.root / "schemas" / f"{self.name}{SCHEMA_SUFFIX}"

    @property
    def templates(self) -> Path:
        """Return the folder of the outline and the templates."""
        return self.root / "templates" / self.name

    @property
    def examples(self) -> Path:
        """Return the folder of the good examples."""
        return self.root / "examples" / self.name

    @property
    def outline_path(self) -> Path:
        """Return the path of the outline."""
        return self.templates / "outline.yaml"

    @cached_property
    def schema(self) -> dict[str, Any]:
        """Return the parsed JSON Schema."""
        loaded: dict[str, Any] = json.loads(self.schema_path.read_text("utf-8"))
        return loaded

    @property
    def version(self) -> int:
        """Return the newest schema version: n of ``$id`` urn:vanban:schema:<kind>:<n>."""
        return int(str(self.schema["$id"]).rsplit(":", 1)[1])


def _other_roots() -> list[Path]:
    roots: list[Path] = []
    for value in plugins.values(ENTRY_POINT_GROUP):
        spec = find_spec(value)
        if spec is None or not spec.submodule_search_locations:
            continue
        roots.extend(Path(place) for place in spec.submodule_search_locations)
    return roots


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind that is installed, by name; on a clash ours wins."""
    found = dict(ours())
    for root in _other_roots():
        for name, kind in _under(root).items():
            found.setdefault(name, kind)
    return found


@cache
def ours() -> dict[str, Kind]:
    """Return the kinds that vanban itself brings, by name."""
    return _under(resources.data_root())


def _under(root: Path) -> dict[str, Kind]:
    paths = sorted((root / "schemas").glob(f"*{SCHEMA_SUFFIX}"))
    every = (Kind(path.name.removesuffix(SCHEMA_SUFFIX), root) for path in paths)
    return {kind.name: kind for kind in every if kind.outline_path.is_file()}


def find(name: str) -> Kind | None:
    """Return the kind called ``name``, or None; others are asked when it is none of ours."""
    return ours().get(name) or kinds().get(name)
