"""The promise of a quick start: heavy libraries are loaded only by the verb that needs them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
HEAVY = ("weasyprint", "docxtpl", "docx", "lxml", "rich", "jinja2", "fontTools", "PIL")

CODE = """
import sys
{what}
print(*sorted(set({heavy!r}) & set(sys.modules)))
"""

VERB = """
from vanban.cli.main import main
assert main({arguments!r}) == 0
"""


def loaded_by(what: str, heavy: Iterable[str] = HEAVY) -> list[str]:
    """Run Python code in a new process and return which heavy libraries it loaded."""
    code = CODE.format(what=what, heavy=tuple(heavy))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout.splitlines()[-1].split()


def test_the_check_can_fail() -> None:
    assert loaded_by("import jinja2") == ["jinja2"]


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("import vanban", id="import"),
        pytest.param("import vanban; vanban.load", id="load"),
        pytest.param(VERB.format(arguments=["--help"]), id="help"),
        pytest.param(VERB.format(arguments=["validate", str(EXAMPLE)]), id="validate"),
    ],
)
def test_nothing_heavy_is_loaded(what: str) -> None:
    assert loaded_by(what) == []


def test_help_does_not_load_the_schema_library() -> None:
    code = VERB.format(arguments=["--help"]) + "\nassert 'jsonschema' not in sys.modules"
    assert loaded_by(code) == []


# What one format alone needs is not loaded for another; the least of drafts is exported.
OTHERS = {
    "docx": {"weasyprint", "cffi", "fontTools", "PIL", "pikepdf", "pypdfium2", "typst", "rich"},
    "pdf": {"docxtpl", "docx", "lxml", "cffi", "pycparser", "fontTools", "typst", "rich"},
    "html": {"weasyprint", "cffi", "fontTools", "PIL", "pikepdf", "pypdfium2", "typst", "docxtpl",
             "docx", "lxml", "rich"},
}  # fmt: skip


@pytest.mark.parametrize("format", OTHERS)
def test_an_export_loads_what_its_format_needs(format: str, tmp_path: Path) -> None:
    target = tmp_path / f"van-ban.{format}"
    options = [] if format != "pdf" else ["--engine", "weasyprint"]
    verb = VERB.format(arguments=["export", str(EXAMPLE), *options, "-o", str(target)])
    assert loaded_by(verb, OTHERS[format]) == []


def test_docxtpl_is_loaded_for_a_template_that_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANBAN_CACHE", str(tmp_path / "cache"))
    made = []
    for expected in (["docx", "docxtpl"], []):
        target = tmp_path / f"{len(made)}.docx"
        verb = VERB.format(arguments=["export", str(EXAMPLE), "-o", str(target)])
        assert sorted(loaded_by(verb, ["docxtpl", "docx"])) == expected
        made.append(target.read_bytes())
    assert made[0] == made[1]
