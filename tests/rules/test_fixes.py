"""Every fix that a rule offers mends what it was offered for, and breaks nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.rules.kit import bad_files, validate_file
from vanban.check.rule import FixClass
from vanban.finding import Finding, Fix, Safety, Severity
from vanban.rules import modules

RULES = {module.RULE.id: module.RULE for module in modules()}


def offsets(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def applied(text: str, fix: Fix) -> str:
    starts = offsets(text)
    for edit in sorted(fix.edits, key=lambda e: (e.span.line, e.span.column), reverse=True):
        span = edit.span
        begin = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        text = text[:begin] + edit.text + text[end:]
    return text


def offered() -> list[tuple[Path, int, Finding]]:
    return [
        (path, number, finding)
        for path in bad_files()
        for number, finding in enumerate(validate_file(path))
        if finding.fix is not None
    ]


OFFERED = offered()
ids = [f"{path.stem}-{number}" for path, number, _ in OFFERED]


@pytest.mark.parametrize(("path", "number", "finding"), OFFERED, ids=ids)
def test_a_fix_mends_its_finding_alone(
    path: Path, number: int, finding: Finding, tmp_path: Path
) -> None:
    assert finding.fix is not None
    text = path.read_text("utf-8")
    mended = tmp_path / path.name
    fixed = applied(text, finding.fix)
    assert fixed != text
    # An earlier report is named from the place of the draft.
    mended.write_text(fixed.replace("# kỳ trước: ..", f"# kỳ trước: {path.parent.parent}"), "utf-8")
    before = Counter(f.key for f in validate_file(path))
    after = Counter(f.key for f in validate_file(mended))
    assert after[finding.key] < before[finding.key], fixed
    # A safe fix needs nobody's eyes; what an unsafe one brings to light is never worse.
    new = after - before
    assert not new or finding.fix.safety is Safety.UNSAFE
    assert not any(f.severity is Severity.ERROR for f in validate_file(mended) if f.key in new)


def test_the_class_of_fix_is_what_is_offered() -> None:
    seen: dict[str, set[Safety]] = {}
    for _, _, finding in OFFERED:
        assert finding.fix is not None
        seen.setdefault(finding.rule, set()).add(finding.fix.safety)
    for id, rule in RULES.items():
        if rule.fix is FixClass.NONE:
            assert id not in seen
        elif rule.fix is FixClass.SAFE:
            assert Safety.SAFE in seen.get(id, set()), id
        else:
            assert seen.get(id) == {Safety.UNSAFE}, id
