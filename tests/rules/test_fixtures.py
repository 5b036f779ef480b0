"""Every bad draft states the findings it must raise; adding a file adds a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules.kit import EXAMPLES, bad_files, good_files, validate_file
from vanban.catalogue import LANGUAGES, fix_title, message

EXPECTED = re.compile(r"^# mong đợi: ([A-Z]{3}\d{3}) (\d+):(\d+)$", re.MULTILINE)
EXAMPLE_DRAFTS = sorted(p for p in EXAMPLES.rglob("*.yaml") if not {"sai", "dung"} & set(p.parts))


@pytest.mark.parametrize("path", bad_files(), ids=lambda p: p.stem)
def test_bad_draft_raises_exactly_what_it_says(path: Path) -> None:
    source = path.read_text("utf-8")
    expected = sorted((m[1], int(m[2]), int(m[3])) for m in EXPECTED.finditer(source))
    assert expected, "the file states no finding"
    assert source.count("# mong đợi") == len(expected), "a line of expectation cannot be read"
    findings = validate_file(path)
    places = [(f.rule, f.span.line, f.span.column) if f.span else (f.rule, 0, 0) for f in findings]
    assert sorted(places) == expected


@pytest.mark.parametrize("path", bad_files(), ids=lambda p: p.stem)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_messages_read_well(path: Path, lang: str) -> None:
    for finding in validate_file(path):
        text = message(finding, lang)
        assert "{" not in text and len(text) > 20
        assert "Decimal" not in text and "datetime" not in text
        if finding.fix:
            assert fix_title(finding, lang)


@pytest.mark.parametrize("path", bad_files(), ids=lambda p: p.stem)
def test_file_is_named_after_what_it_raises(path: Path) -> None:
    findings = validate_file(path)
    assert {f.rule for f in findings} == {path.stem.split("-")[0]}


@pytest.mark.parametrize("path", [*EXAMPLE_DRAFTS, *good_files()], ids=lambda p: p.stem)
def test_good_drafts_raise_nothing(path: Path) -> None:
    assert not validate_file(path)
