"""Rules read no file and no clock, and cost no more than in proportion to the draft."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

import vanban.rules
from tests.rules.kit import KIND, context_of, sound
from vanban.check.engine import validate
from vanban.read.reader import from_mapping, read_path
from vanban.rules import modules

ROOT = Path(vanban.rules.__file__).parent
# What would let a rule see more than its draft.
FORBIDDEN_MODULES = {
    "os",
    "io",
    "pathlib",
    "time",
    "random",
    "socket",
    "subprocess",
    "glob",
    "shutil",
}
FORBIDDEN_CALLS = {"open", "now", "today", "utcnow", "read_text", "read_bytes", "getenv", "input"}

every_module = pytest.mark.parametrize("module", modules(), ids=lambda m: m.RULE.id)


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_no_rule_imports_what_reaches_outside(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {a.name.partition(".")[0] for a in node.names} & FORBIDDEN_MODULES
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in FORBIDDEN_MODULES
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            assert name not in FORBIDDEN_CALLS, ast.unparse(node)


_watching: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching is not None and event in (
        "open",
        "socket.connect",
        "os.listdir",
        "subprocess.Popen",
    ):
        _watching.append(f"{event} {arguments[:1]}")


@pytest.fixture(scope="module")
def drafts() -> list[Any]:
    return [read_path(str(p)) for p in sorted(KIND.glob("*.yaml"))]


def test_no_rule_opens_anything_while_it_checks(
    drafts: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    global _watching
    for draft in drafts:  # whatever is loaded once is loaded now
        validate(draft, previous=drafts)
    sys.addaudithook(_watch)
    _watching = []
    try:
        for draft in drafts:
            validate(draft, previous=drafts)
        assert _watching == []
    finally:
        _watching = None


def _grown(times: int) -> dict[str, Any]:
    """A draft whose texts, lists and tables are ``times`` as long, each part a little different."""
    data = dict(read_path(str(KIND / "9-thang-2023.yaml")).data)
    return {key: _longer(value, times) for key, value in data.items() if key != "phu_luc"}


def _longer(value: Any, times: int) -> Any:
    if isinstance(value, dict):
        return {key: _longer(one, times) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, number) for number in range(times) for one in value]
    if isinstance(value, str) and "\n" in value:
        return "\n".join(value for _ in range(times))
    return value


def _renamed(item: Any, number: int) -> Any:
    if isinstance(item, dict):
        return {
            key: f"{one}x{number}" if key == "ma" and number else _renamed(one, number)
            for key, one in item.items()
        }
    return item


class _Steps:
    """Counts the lines that one module and those it calls run."""

    def __init__(self) -> None:
        self.lines = 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self.lines += 1
        return self


def _steps(module: ModuleType, context: Any) -> int:
    counter = _Steps()
    before = sys.gettrace()
    sys.settrace(counter)
    try:
        for _ in module.check(context):
            pass
    finally:
        sys.settrace(before)
    return counter.lines


def _context(data: dict[str, Any]) -> Any:
    return context_of(from_mapping(data))


@pytest.fixture(scope="module")
def contexts() -> Iterator[tuple[Any, Any]]:
    yield _context(_grown(4)), _context(_grown(16))


@every_module
def test_cost_grows_no_faster_than_the_draft(module: ModuleType, contexts: tuple[Any, Any]) -> None:
    small, large = contexts
    for warm in contexts:  # caches are filled first
        for _ in module.check(warm):
            pass
    few, many = _steps(module, small), _steps(module, large)
    # Four times the draft; the slack is for sorting and for what is done once.
    assert many <= few * 5.5 + 2000, (few, many)


def test_the_counter_sees_a_square() -> None:
    def square(items: list[int]) -> int:
        found = 0
        for one in items:
            for other in items:
                found += one == other
        return found

    counts = []
    for size in (100, 400):
        counter = _Steps()
        sys.settrace(counter)
        try:
            square(list(range(size)))
        finally:
            sys.settrace(None)
        counts.append(counter.lines)
    assert counts[1] > counts[0] * 5.5 + 2000
    assert sound()
