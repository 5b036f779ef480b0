"""Five thousand sentences as a careful chief of office writes them: rules about words are quiet.

``van_sach/`` was written by people who did not know the rules. A sentence is a line.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import vanban
from vanban.finding import Severity

FILES = sorted((Path(__file__).parent / "van_sach").glob("*.txt"))
WARNINGS_PER_THOUSAND_WORDS = 1.0
INFOS_PER_THOUSAND_WORDS = 1.0


def test_the_corpus_is_large_and_no_line_stands_twice() -> None:
    lines = [line for path in FILES for line in path.read_text("utf-8").splitlines()]
    assert len(lines) == len(set(lines)) >= 5000
    assert sum(len(line.split()) for line in lines) >= 100_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_clean_sentences_raise_next_to_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    words = len(text.split())
    found = vanban.check_text(text).findings
    counted = Counter(finding.severity for finding in found)
    told = [(finding.key, finding.span, dict(finding.args)) for finding in found]
    assert counted[Severity.ERROR] == 0, told
    assert counted[Severity.WARNING] * 1000 < WARNINGS_PER_THOUSAND_WORDS * words, told
    assert counted[Severity.INFO] * 1000 < INFOS_PER_THOUSAND_WORDS * words, told
