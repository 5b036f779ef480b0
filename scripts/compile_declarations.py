"""Write the tables of WeasyPrint's C declarations that vanban ships (src/vanban/start).

Run it when a new WeasyPrint has other declarations; the tables of those known before stay. It also
prints the hashes that ``vanban.start.weasyprint.KNOWN`` must hold.
"""

from __future__ import annotations

import ast
import importlib
import json
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from vanban.start import declarations, weasyprint


def source_of(name: str) -> bytes:
    """Return the source of an installed module without running it."""
    spec = find_spec(name.partition(".")[0])
    assert spec is not None and spec.submodule_search_locations is not None
    place = Path(spec.submodule_search_locations[0]).joinpath(*name.split(".")[1:])
    return (place / "__init__.py" if place.is_dir() else place.with_suffix(".py")).read_bytes()


def declared(source: bytes) -> str:
    """Return the text that a module hands to ``cdef``."""
    (text,) = (
        ast.literal_eval(node.args[0])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cdef"
    )
    return str(text)


def compiled(text: str) -> dict[str, Any]:
    """Return the arguments that cffi writes into a module made out of line."""
    foreign: Any = importlib.import_module("cffi").FFI()
    foreign.cdef(text)
    foreign.set_source("tables", None)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "tables.py")
        foreign.emit_python_code(str(made))
        code = made.read_text("utf-8").replace("import _cffi_backend", "")
    kept: dict[str, Any] = {}
    taker = SimpleNamespace(FFI=lambda _name, **tables: kept.update(tables))
    exec(code, {"_cffi_backend": taker})
    return kept


def as_text(value: Any) -> Any:
    """Return tables as JSON can hold them: a letter for each byte."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return list(map(as_text, value)) if isinstance(value, tuple) else value


def main() -> None:
    """Add the tables for the installed WeasyPrint and print the hashes of its modules."""
    text = declared(source_of(weasyprint.FOREIGN))
    kept = (
        json.loads(declarations.TABLES.read_text("utf-8")) if declarations.TABLES.exists() else {}
    )
    kept[declarations.key_of(text)] = {k: as_text(v) for k, v in compiled(text).items()}
    declarations.TABLES.write_text(json.dumps(kept, sort_keys=True, indent=1) + "\n", "utf-8")
    for name in weasyprint.KNOWN:
        print(name, sha256(source_of(name)).hexdigest())


if __name__ == "__main__":
    main()
