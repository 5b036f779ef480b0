"""The engine: what is checked, in which order, and what a fault of ours does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import vanban
from vanban.check import engine
from vanban.check.rule import Context, Rule
from vanban.config import Config
from vanban.errors import InternalError
from vanban.finding import Certainty, Finding, Severity, Source
from vanban.read.draft import Draft

from .small import ROOT

EXAMPLE = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
RULE = Rule("TST001", "thu", Severity.WARNING, Source("Điều 1", Certainty.A))


def _use(monkeypatch: pytest.MonkeyPatch, check: Any) -> None:
    import vanban.rules

    monkeypatch.setattr(vanban.rules, "modules", lambda: (SimpleNamespace(RULE=RULE, check=check),))


def _changed(old: str, new: str) -> Draft:
    text = EXAMPLE.read_text("utf-8")
    assert old in text
    return vanban.loads(text.replace(old, new, 1))


def _twice_wrong() -> Draft:
    """Return a draft with a wrong value and, further down, a misspelt key."""
    text = EXAMPLE.read_text("utf-8").replace("loai_ky: chin_thang", "loai_ky: chin_than")
    return vanban.loads(text.replace("    dan_van: |", "    dan_vann: |"))


def test_a_good_example_raises_nothing() -> None:
    result = vanban.validate(vanban.load(EXAMPLE))
    assert result.ok
    assert result.findings == ()


def test_faults_of_reading_stop_everything_else() -> None:
    result = vanban.validate(vanban.loads("loai: [\n"))
    assert {f.rule[:3] for f in result.findings} == {"INP"}


def test_findings_are_sorted_by_place() -> None:
    lines = [f.span.line for f in vanban.validate(_twice_wrong()).findings if f.span]
    assert len(lines) == 2
    assert lines == sorted(lines)


def test_a_rule_sees_roles_profile_and_previous(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Context] = []
    _use(monkeypatch, lambda ctx: iter(seen.append(ctx) or ()))
    previous = vanban.load(EXAMPLE)
    vanban.validate(vanban.load(EXAMPLE), profile="dang-hd05", previous=previous)
    (context,) = seen
    assert context.profile.name == "dang-hd05"
    (earlier,) = context.earlier
    assert earlier.draft is previous
    assert len(earlier.role("section")) > 3
    assert earlier.earlier == ()
    assert context.one("document") is not None
    assert len(context.role("section")) > 3


def test_a_rule_does_not_see_what_the_schema_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Context] = []
    _use(monkeypatch, lambda ctx: iter(seen.append(ctx) or ()))
    vanban.validate(_changed("loai_ky: chin_thang", "loai_ky: chin_than"))
    (context,) = seen
    assert context.one("period") is None
    assert context.one("formalities") is not None
    assert context.invalid == {"/ky_bao_cao/loai_ky"}


def test_an_unreadable_previous_report_is_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Context] = []
    _use(monkeypatch, lambda ctx: iter(seen.append(ctx) or ()))
    vanban.validate(vanban.load(EXAMPLE), previous=vanban.loads("loai: ["))
    assert seen[0].earlier == ()


def test_a_crashing_rule_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(ctx: Context) -> Any:
        yield from ()
        raise ZeroDivisionError("chia cho không")

    _use(monkeypatch, check)
    with pytest.raises(InternalError, match=r"TST001.*chia cho không"):
        vanban.validate(vanban.load(EXAMPLE))


def test_our_own_errors_pass_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(ctx: Context) -> Any:
        raise InternalError("bộ thể thức hỏng")
        yield

    _use(monkeypatch, check)
    with pytest.raises(InternalError, match=r"^bộ thể thức hỏng$"):
        vanban.validate(vanban.load(EXAMPLE))


@pytest.mark.parametrize(
    ("config", "rules"),
    [
        ({}, ["SCH004", "SCH003"]),
        ({"select": ["SCH003"]}, ["SCH003"]),
        ({"select": ["SCH"]}, ["SCH004", "SCH003"]),
        ({"ignore": ["SCH003"]}, ["SCH004"]),
        ({"select": ["SCH"], "ignore": ["SCH004"]}, ["SCH003"]),
        ({"select": ["DAT"]}, []),
    ],
)
def test_findings_are_selected_by_id_or_beginning(config: dict[str, Any], rules: list[str]) -> None:
    draft = _twice_wrong()
    found = [f.rule for f in vanban.validate(draft, config=config).findings]
    assert found == rules


def test_faults_of_reading_cannot_be_deselected() -> None:
    result = vanban.validate(vanban.loads("loai: ["), config={"ignore": ["INP"]})
    assert not result.ok


def test_a_draft_of_no_kind_that_was_not_read_is_a_fault_of_the_caller() -> None:
    with pytest.raises(InternalError, match="khong-co"):
        engine.validate(Draft({"loai": "khong-co"}, kind="khong-co"))


def test_options_reach_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(ctx: Context) -> Any:
        yield Finding("TST001", Severity.INFO, "SCH007.trong", ctx.options["TST001"])

    _use(monkeypatch, check)
    config = Config(options={"TST001": {"path": "a"}})
    (found,) = vanban.validate(vanban.load(EXAMPLE), config=config).findings
    assert found.args == {"path": "a"}
