"""``new``: a starter for every period that validates and exports once its blanks are filled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import vanban as library
from vanban import kinds, starter
from vanban.catalogue import say
from vanban.check import schema_layer
from vanban.check.engine import walker_of
from vanban.check.roles import merged
from vanban.read.draft import Draft
from vanban.starter import StarterPeriod, parse_period

from .conftest import Vanban

KIND = "bao-cao-so-ket"
TODAY = date(2026, 5, 6)
# How each kind of period is asked for, and the days to fill in where it leaves them blank.
PERIODS = {
    "thang-10-2026": None,
    "quy-3-2026": None,
    "6-thang-2026": None,
    "9-thang-2026": None,
    "chin_thang": None,
    "7-thang-2026": None,
    "nam-2026": None,
    "chuyen-de": ("01/01/2021", "31/12/2025"),
    "giua-nhiem-ky-2025-2030": ("01/01/2025", "31/12/2027"),
    "nhiem-ky-2020-2025": ("01/01/2020", "31/12/2025"),
}
BLANK = schema_layer.BLANK


def blanks(draft: Draft) -> Iterator[tuple[str, Any]]:
    """Yield the pointer and the schema of every blank, in the order of the text."""
    kind = kinds.find(KIND)
    assert kind is not None
    annotated = walker_of(kind).walk(draft.data)
    for pointer, place in annotated.places.items():
        value = place.value
        shut = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
        open_ = isinstance(value, str) and BLANK.fullmatch(value.strip())
        if open_ or (shut and BLANK.fullmatch(f"[{value[0]}]")):
            yield pointer, merged(place.schemas)


def filled(text: str, days: tuple[str, str] | None) -> str:
    """Fill every blank with the example of its schema, as a clerk would by hand."""
    draft = library.loads(text)
    assert draft.readable, draft.faults
    fills: list[str] = []
    for pointer, schema in blanks(draft):
        roles = schema.get("x-vai")
        example = next(iter(schema.get("examples", ["Đã thực hiện đúng kế hoạch."])), "")
        if roles == "period-start" and days:
            example = days[0]
        elif roles == "period-end" and days:
            example = days[1]
        elif isinstance(example, list | dict):
            example = "Đã thực hiện đúng kế hoạch."
        if isinstance(example, str) and not re.fullmatch(r"[\d/]+", example):
            # Examples speak of nine months of 2023; a report of another period would not.
            example = re.sub(r"\d+ tháng (đầu|cuối) năm", "trong kỳ", example)
            example = re.sub(r"[/ ]?(tháng )?\d{1,2}/\d{4}|năm 20\d\d|20\d\d", "", example)
        fills.append(str(example))
        del pointer
    lines = []
    for line in text.splitlines():
        live = not line.lstrip().startswith("#")
        lines.append(BLANK.sub(lambda _: fills.pop(0), line) if live else line)
    assert fills == []
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("period", PERIODS)
def test_a_filled_starter_validates_and_exports(
    vanban: Vanban, tmp_path: Path, period: str
) -> None:
    ran = vanban("new", KIND, "--ky", period, "-o", "bản thảo.yaml")
    assert ran.code == 0, ran.err
    path = tmp_path / "bản thảo.yaml"
    text = path.read_text("utf-8")
    path.write_text(filled(text, PERIODS[period]), "utf-8")
    checked = vanban("validate", path)
    assert checked.code == 0, checked.out
    exported = vanban("export", "--docx", path)
    assert exported.code == 0, exported.err


def test_a_filled_starter_becomes_a_pdf(vanban: Vanban, tmp_path: Path) -> None:
    vanban("new", KIND, "--ky", "9-thang-2026", "-o", "a.yaml")
    path = tmp_path / "a.yaml"
    path.write_text(filled(path.read_text("utf-8"), None), "utf-8")
    exported = vanban("export", "--pdf", path)
    assert exported.code == 0, exported.err
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_every_kind_of_period_is_tried() -> None:
    kind = kinds.find(KIND)
    assert kind is not None
    tried = {p.kind for text in PERIODS if (p := parse_period(text, TODAY)) is not None}
    assert tried == set(starter.period_kinds(kind))


@pytest.mark.parametrize("period", ["9-thang-2026", "nam-2026"])
def test_an_unfilled_starter_says_which_blanks_are_left(
    vanban: Vanban, tmp_path: Path, period: str
) -> None:
    vanban("new", KIND, "--ky", period, "-o", "a.yaml")
    draft = library.load(tmp_path / "a.yaml")
    found = library.validate(draft).findings
    errors = [f for f in found if f.severity == "error"]
    assert {f.pointer for f in errors} == {pointer for pointer, _ in blanks(draft)}
    assert {f.key for f in errors} == {"SCH007.chua_dien", "STR001.chua_dien"}


def test_the_blank_is_the_one_that_the_schema_layer_knows() -> None:
    assert BLANK.fullmatch(say("cli.starter.blank", "vi", what="nơi nhận"))


def test_optional_parts_count_once_their_signs_are_taken_away(
    vanban: Vanban, tmp_path: Path
) -> None:
    vanban("new", KIND, "--ky", "9-thang-2023", "-o", "a.yaml")
    text = (tmp_path / "a.yaml").read_text("utf-8")
    live = re.sub(r"(?m)^( *)#(?=\S|  )(?!!)", r"\1", text)
    assert "\nso_lieu:\n" in live
    draft = library.loads(live)
    assert draft.readable, draft.faults
    assert draft.data["so_lieu"]["dang_vien"]["dau_ky"] == 128
    assert draft.data["the_thuc"]["so"] == 5


def test_the_schema_lies_beside_the_draft_for_editors(vanban: Vanban, tmp_path: Path) -> None:
    ran = vanban("new", KIND, "-o", "a.yaml")
    first = (tmp_path / "a.yaml").read_text("utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=./{KIND}.schema.json"
    schema = json.loads((tmp_path / f"{KIND}.schema.json").read_text("utf-8"))
    assert schema["$id"].startswith(f"urn:vanban:schema:{KIND}:")
    assert "urn:vanban:schema:common" not in json.dumps(schema["properties"])
    assert f"{KIND}.schema.json" in ran.out


def test_every_line_is_short_enough_to_read(vanban: Vanban) -> None:
    out = vanban("new", KIND, "-o", "-").out
    comments = [line for line in out.splitlines() if line.lstrip().startswith("# ")]
    assert len(comments) > 50
    assert max(map(len, comments)) <= 100


def test_the_draft_can_be_printed(vanban: Vanban, tmp_path: Path) -> None:
    ran = vanban("new", KIND, "-o", "-")
    assert ran.code == 0
    assert "yaml-language-server" not in ran.out
    assert "loai: bao-cao-so-ket" in ran.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], "bao-cao-so-ket.yaml"),
        (["--ky", "9_thang_2026"], "bao-cao-so-ket-9-thang-2026.yaml"),
        (["-o", "thư mục"], "thư mục/bao-cao-so-ket.yaml"),
        (["-o", "thư mục/a.yaml"], "thư mục/a.yaml"),
    ],
)
def test_where_the_draft_is_written(
    vanban: Vanban, tmp_path: Path, arguments: list[str], name: str
) -> None:
    (tmp_path / "thư mục").mkdir()
    assert vanban("new", KIND, *arguments).code == 0
    assert (tmp_path / name).is_file()


def test_an_existing_draft_is_never_replaced(vanban: Vanban, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("công sức của tôi", "utf-8")
    ran = vanban("new", KIND, "-o", "a.yaml")
    assert ran.code == 3
    assert "--force" in ran.err
    assert path.read_text("utf-8") == "công sức của tôi"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
    assert vanban("new", KIND, "-o", "a.yaml", "--force").code == 0
    assert "loai:" in path.read_text("utf-8")


@pytest.mark.parametrize("content", ["không phải JSON", '{"$id": "urn:khac"}', "[]"])
def test_a_foreign_schema_file_is_not_replaced(
    vanban: Vanban, tmp_path: Path, content: str
) -> None:
    (tmp_path / f"{KIND}.schema.json").write_text(content, "utf-8")
    ran = vanban("new", KIND, "-o", "a.yaml")
    assert ran.code == 3
    assert [p.name for p in tmp_path.iterdir()] == [f"{KIND}.schema.json"]


def test_an_older_schema_of_ours_is_refreshed(vanban: Vanban, tmp_path: Path) -> None:
    path = tmp_path / f"{KIND}.schema.json"
    path.write_text(f'{{"$id": "urn:vanban:schema:{KIND}:1"}}', "utf-8")
    assert str(path.name) in vanban("new", KIND, "-o", "a.yaml").out
    assert "properties" in path.read_text("utf-8")
    assert path.name not in vanban("new", KIND, "-o", "b.yaml").out, "it is up to date now"


def test_a_missing_folder_is_said(vanban: Vanban, tmp_path: Path) -> None:
    ran = vanban("new", KIND, "-o", "chưa có/a.yaml")
    assert ran.code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("thang-2-2024", "thang", date(2024, 2, 1), date(2024, 2, 29)),
        ("tháng 10", "thang", date(2026, 10, 1), date(2026, 10, 31)),
        ("Quý III 2025", "quy", date(2025, 7, 1), date(2025, 9, 30)),
        ("quy-4", "quy", date(2026, 10, 1), date(2026, 12, 31)),
        ("6-thang-2026", "sau_thang", date(2026, 1, 1), date(2026, 6, 30)),
        ("sau_thang", "sau_thang", date(2026, 1, 1), date(2026, 6, 30)),
        ("chin_thang", "chin_thang", date(2026, 1, 1), date(2026, 9, 30)),
        ("9 tháng đầu năm 2025", "chin_thang", date(2025, 1, 1), date(2025, 9, 30)),
        ("7_thang_2018", "n_thang", date(2018, 1, 1), date(2018, 7, 31)),
        ("năm 2025", "nam", date(2025, 1, 1), date(2025, 12, 31)),
        ("nam", "nam", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_how_a_period_is_written(text: str, kind: str, start: date, end: date) -> None:
    assert parse_period(text, TODAY) == StarterPeriod(kind, start, end)


def test_a_term_is_known_by_its_years() -> None:
    assert parse_period("nhiem-ky-2020-2025", TODAY) == StarterPeriod("nhiem_ky", term="2020-2025")


@pytest.mark.parametrize(
    "text", ["13-thang", "12-thang", "0-thang", "thang-13", "thang-ii", "quy-5", "quy-0", "2026",
             "nam-0000", "thang-1-0000", "9-thang-0000", ""],
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text, TODAY) is None


def test_a_kind_without_a_period_takes_none(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vanban.starter.period_kinds", lambda kind: ())
    ran = vanban("new", KIND, "--ky", "nam-2026")
    assert ran.code == 2
    assert "bỏ --ky" in ran.err
