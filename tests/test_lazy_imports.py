"""The promise of a quick start: heavy libraries are loaded only by the verb that needs them."""

from __future__ import annotations

import subprocess
import sys
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


def loaded_by(what: str) -> list[str]:
    """Run Python code in a new process and return which heavy libraries it loaded."""
    code = CODE.format(what=what, heavy=HEAVY)
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
