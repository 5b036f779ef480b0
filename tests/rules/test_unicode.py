"""One mistake of letters is one finding: NFD or an old encoding echoes nowhere else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.rules.kit import EXAMPLES, prose
from tests.text.test_legacy import ENCODERS
from vanban.check.engine import validate
from vanban.check.plain import check_text
from vanban.finding import Safety, Severity
from vanban.read.reader import from_mapping, read_text

DRAFTS = sorted((EXAMPLES / "bao-cao-so-ket").glob("*.yaml"))
PASSAGE = (
    "Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân ở các thôn; mọi ý kiến đều được trả lời, "
    "không để tồn đọng, kéo dài."
)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["NFD", "half"])
def test_a_whole_draft_in_parts_raises_its_rules_alone(path: Path, form: str) -> None:
    text = path.read_text("utf-8")
    lines = []
    for line in text.splitlines(keepends=True):
        spread = unicodedata.normalize("NFD", line) if form == "NFD" else half(line)
        lines.append(line if line.lstrip().startswith("#") else spread)
    found = validate(read_text("".join(lines), "yaml")).findings
    rules = {finding.rule for finding in found if finding.rule.startswith("TXT")}
    # a short text of half-composed letters may hold none with a hat: it is in parts as NFD is
    assert rules == ({"TXT002"} if form == "NFD" else {"TXT002", "TXT003"})


def half(text: str) -> str:
    """The text as Windows-1258 has it: hats in the letters, tones behind them."""
    made = []
    for char in text:
        spread = unicodedata.normalize("NFD", char)
        tones = [mark for mark in spread if mark in "\u0300\u0301\u0303\u0309\u0323"]
        letter = "".join(mark for mark in spread if mark not in tones)
        made += [unicodedata.normalize("NFC", letter), *tones]
    return "".join(made)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("tcvn3", "TXT006"),
        ("vni", "TXT007"),
        ("viscii", "TXT008"),
        ("vps", "TXT008"),
        ("utf8", "TXT009"),
        ("utf8_twice", "TXT009"),
    ],
)
def test_a_passage_in_an_old_encoding_raises_one_finding(name: str, rule: str) -> None:
    found = validate(from_mapping(prose(ENCODERS[name](PASSAGE)))).findings
    assert [f.rule for f in found if f.rule.startswith("TXT")] == [rule]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Đảng ủy tổ chức\u3000hội nghị quý \u2163.", {"TXT005", "TXT010"}),
        ("Đảng ủy \uf0e0 chi bộ.", {"TXT019"}),
    ],
)
def test_what_cannot_be_printed_stays_an_error(text: str, rule: set[str]) -> None:
    found = [f for f in validate(from_mapping(prose(text))).findings if f.rule != "FMT001"]
    assert {f.rule for f in found if f.severity is Severity.ERROR} == rule
    assert not [f for f in validate(from_mapping(prose(text))).findings if f.rule == "FMT001"]


def test_the_last_character_of_a_text_is_seen() -> None:
    found = check_text("Xã Mẫu họp quý \u2163").findings
    assert [(f.rule, f.severity) for f in found] == [("TXT010", Severity.WARNING)]


def test_a_soft_hyphen_is_a_letter_of_tcvn3() -> None:
    """Taking it out as an invisible character would lose it: ư has that code."""
    found = validate(
        from_mapping(prose("Chi bộ " + ENCODERS["tcvn3"]("hướng dẫn phương án")))
    ).findings
    assert [f.rule for f in found if f.rule in ("TXT001", "TXT006")] == ["TXT006"]


def test_a_name_of_another_people_keeps_its_breve() -> None:
    found = validate(from_mapping(prose("Buôn Kmrơ\u0306ng có 12 hộ."))).findings
    assert not [f for f in found if f.rule == "TXT003"]


@pytest.mark.parametrize(
    ("text", "mended", "safety"),
    [
        ("cuộ\u0323c", "cuộc", Safety.SAFE),
        ("đó\u0302i", "đối", Safety.SAFE),
        ("nhâ\u1e47", "nhận", Safety.UNSAFE),
    ],
)
def test_marks_are_put_on_their_letters(text: str, mended: str, safety: Safety) -> None:
    source = '{"loai": "bao-cao-so-ket", "mo_dau": "Xã có ' + text + ' họp."}'
    found = [f for f in validate(read_text(source, "json")).findings if f.rule == "TXT003"]
    (fix,) = [f.fix for f in found]
    assert fix is not None and fix.safety is safety
    assert [edit.text for edit in fix.edits] == [mended]
