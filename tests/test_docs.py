"""What is generated for readers is what the rules say today."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import build_docs

    yield build_docs
    sys.modules.pop("build_docs", None)


def test_generated_pages_are_current(builder) -> None:
    assert builder.drift() == [], "run: python scripts/build_docs.py"


def test_every_family_of_rules_has_a_heading(builder) -> None:
    from vanban.check import pages

    assert {id[:3] for id in pages.ids()} <= set(builder.FAMILIES)


def test_links_of_the_list_lead_to_pages() -> None:
    index = (ROOT / "docs" / "rules" / "README.md").read_text("utf-8")
    for page in (ROOT / "docs" / "rules").glob("[A-Z]*[0-9].md"):
        assert f"({page.name})" in index


def test_the_list_shows_the_severity_that_findings_have(builder) -> None:
    index = builder.rule_index()
    for id, level in (("CFG001", "lỗi"), ("CFG008", "cảnh báo"), ("SCH001", "lỗi")):
        assert f"| [{id}]({id}.md) | {level} |" in index


def test_hooks_run_commands_that_exist() -> None:
    from vanban.cli.main import main

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in hooks} == {"vanban-validate", "vanban-validate-strict"}
    examples = ROOT / "examples" / "bao-cao-so-ket"
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "vanban"
        draft = str(examples / "toi-thieu.yaml")
        # A hook is given every changed YAML file; those that are no drafts are passed over.
        assert main([*arguments, draft, str(ROOT / ".pre-commit-hooks.yaml")]) == 0
        assert main([*arguments, str(examples / "sai" / "DAT002-tieu_de.yaml")]) == 1
