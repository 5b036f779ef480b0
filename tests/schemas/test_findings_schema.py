"""The published schema of the JSON findings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schemas.common import ROOT, schema
from tests.schemas.mutations import deleted, replaced

FINDING: dict[str, Any] = {
    "rule": "DAT002",
    "severity": "error",
    "file": "xã Mẫu/bao-cao.yaml",
    "line": 12,
    "column": 13,
    "end_line": 12,
    "end_column": 23,
    "pointer": "/ky_bao_cao/den_ngay",
    "message": "Kỳ 9 tháng kết thúc ngày 30/9.",
    "source": {"clause": "D-02", "certainty": "B"},
    "fix": {
        "safety": "unsafe",
        "title": "Sửa thành 30/9/2023",
        "edits": [{"line": 12, "column": 13, "end_line": 12, "end_column": 23, "text": ""}],
    },
}
REPORT: dict[str, Any] = {
    "version": "0.1.0",
    "summary": {"files": 1, "skipped": 0, "errors": 1, "warnings": 0, "infos": 0},
    "findings": [FINDING],
}


def accepted(data: Any) -> bool:
    """Tell whether both implementations accept a report; they must agree."""
    import jsonschema_rs
    from jsonschema import Draft202012Validator

    published = schema(ROOT / "schemas" / "findings.schema.json")
    verdict = Draft202012Validator(published).is_valid(data)
    assert jsonschema_rs.Draft202012Validator(published).is_valid(data) == verdict
    return bool(verdict)


def test_a_report_is_accepted() -> None:
    assert accepted(REPORT)
    assert accepted(REPORT | {"findings": []})


@pytest.mark.parametrize("key", ["fix", "source", "line", "column", "end_line", "end_column"])
def test_what_may_be_null(key: str) -> None:
    assert accepted(replaced(REPORT, None, "findings", 0, key))


@pytest.mark.parametrize("key", list(FINDING))
def test_no_key_may_lack(key: str) -> None:
    assert not accepted(deleted(REPORT, "findings", 0, key))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rule", "dat002"),
        ("severity", "fatal"),
        ("line", 0),
        ("pointer", "ky_bao_cao"),
        ("message", ""),
        ("fix", {}),
        ("source", {"clause": "D-02", "certainty": "D"}),
        ("more", 1),
    ],
)
def test_what_is_refused(key: str, value: Any) -> None:
    assert not accepted(replaced(REPORT, value, "findings", 0, key))
