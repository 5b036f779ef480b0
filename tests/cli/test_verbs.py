"""The verbs: validate, export, schema, rules, doctor."""

from __future__ import annotations

import importlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vanban.cli.doctor import Check
from vanban.errors import EnvironmentIncompleteError, InternalError

from .conftest import EXAMPLE, EXAMPLES, ROOT, Vanban

Write = Callable[..., Path]
BAD_VALUE = ("loai_ky: chin_thang", "loai_ky: chin_than")


# --- validate ----------------------------------------------------------------------------------


def test_a_good_draft(vanban: Vanban, draft: Write) -> None:
    ran = vanban("validate", draft())
    assert (ran.code, ran.out, ran.err) == (0, "Đã kiểm tra 1 tệp: không có lỗi.\n", "")


def test_a_draft_with_a_mistake(vanban: Vanban, draft: Write) -> None:
    ran = vanban("validate", draft("bản thảo.yaml", *BAD_VALUE))
    assert ran.code == 1
    head, source, mark = ran.out.splitlines()[:3]
    assert "bản thảo.yaml:30:12: lỗi SCH004 “Kỳ báo cáo › Loại kỳ”" in head
    assert source.endswith("loai_ky: chin_than")
    assert mark.index("^") == source.index("chin_than")
    assert mark.count("^") == len("chin_than")


def test_the_english_voice(vanban: Vanban, draft: Write) -> None:
    ran = vanban("validate", "--lang", "en", draft("a.yaml", *BAD_VALUE))
    assert "error SCH004" in ran.out
    assert "1 file(s) checked" in ran.out


def test_the_concise_form(vanban: Vanban, draft: Write) -> None:
    ran = vanban("validate", "--concise", draft("a.yaml", *BAD_VALUE))
    assert len(ran.out.splitlines()) == 2


def test_json_output(vanban: Vanban, draft: Write) -> None:
    from jsonschema import Draft202012Validator

    ran = vanban("validate", "--format", "json", draft("a.yaml", *BAD_VALUE), "khong-co.yaml")
    document = json.loads(ran.out)
    schema = json.loads((ROOT / "schemas" / "findings.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)
    assert ran.code == 3
    assert document["summary"]["files"] == 2
    assert [f["rule"] for f in document["findings"]] == ["SCH004", "INP001"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "INP002"),
        (b"PK\x03\x04\x00\x00", "INP003"),
        ("loai: báo cáo\n".encode("utf-16"), "INP004"),
        (b"loai: [\n", "INP005"),
        (b"ten: A\n", "INP011"),
        (b"loai: khong-co\n", "INP012"),
    ],
)
def test_input_that_cannot_be_used(
    vanban: Vanban, tmp_path: Path, content: bytes, rule: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    ran = vanban("validate", path)
    assert ran.code == 3
    assert rule in ran.out


def test_a_missing_file(vanban: Vanban) -> None:
    ran = vanban("validate", "không có.yaml")
    assert ran.code == 3
    assert ran.out.startswith("không có.yaml: lỗi INP001")


def test_the_worst_file_decides_the_exit_code(vanban: Vanban, draft: Write) -> None:
    good, bad = draft("tốt.yaml"), draft("sai.yaml", *BAD_VALUE)
    assert vanban("validate", good, bad).code == 1
    assert vanban("validate", good, bad, "không có.yaml").code == 3


def test_a_folder_means_the_drafts_in_it(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    draft("thư mục/b.yaml", *BAD_VALUE)
    draft("thư mục/a.yml")
    draft("thư mục/con/sau.yaml", *BAD_VALUE)
    folder = tmp_path / "thư mục"
    (folder / "c.json").write_text('{"loai": "khong-co"}', "utf-8")
    (folder / "khác.yaml").write_text("ten: A\n", "utf-8")
    (folder / "ghi chú.txt").write_text("loai: x\n", "utf-8")
    (folder / "hỏng.yaml").write_text("loai: [\n", "utf-8")
    ran = vanban("validate", "--concise", "thư mục")
    assert [line.partition(":")[0] for line in ran.out.splitlines()[:-1]] == [
        "thư mục/b.yaml", "thư mục/c.json", "thư mục/hỏng.yaml",
    ]  # fmt: skip
    assert "Đã kiểm tra 4 tệp" in ran.out
    assert "Bỏ qua 1 tệp" in ran.out


def test_the_examples_are_clean(vanban: Vanban) -> None:
    assert vanban("validate", "--strict", EXAMPLES, ROOT / "examples" / "nd30").code == 0


def test_a_file_given_twice_is_checked_once(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    path = draft("a.yaml")
    assert "1 tệp" in vanban("validate", path, "a.yaml", tmp_path).out


def test_a_folder_without_drafts_says_so(vanban: Vanban, tmp_path: Path) -> None:
    ran = vanban("validate", tmp_path)
    assert ran.code == 0
    assert "không có dự thảo nào" in ran.err


def test_standard_input(vanban: Vanban, monkeypatch: pytest.MonkeyPatch) -> None:
    data = EXAMPLE.read_bytes().replace(b"chin_thang", b"chin_than", 1)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    ran = vanban("validate", "-")
    assert ran.code == 1
    assert ran.out.startswith("-:")


def test_select_and_ignore(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", *BAD_VALUE)
    assert vanban("validate", "--ignore", "sch004,DAT", path).code == 0
    assert vanban("validate", "--select", "DAT", "--select", "NUM001", path).code == 0
    assert vanban("validate", "--select", "SCH", path).code == 1


def test_strict_counts_warnings(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", "ngay_ban_hanh: 09/10/2023", "ngay_ban_hanh: 09/12/2023")
    ran = vanban("validate", path)
    assert (ran.code, "cảnh báo DAT006" in ran.out) == (0, True)
    assert vanban("validate", "--strict", path).code == 1


def test_an_unreadable_previous_report_is_said(vanban: Vanban, draft: Write) -> None:
    ran = vanban("validate", draft(), "--previous", "không có.yaml")
    assert ran.code == 3
    assert "INP001" in ran.out


def test_a_previous_report_is_read(vanban: Vanban, draft: Write) -> None:
    assert vanban("validate", draft(), "--previous", EXAMPLE).code == 0


@pytest.mark.parametrize("error", [InternalError("luật hỏng"), ZeroDivisionError("luật hỏng")])
def test_a_fault_in_one_file_does_not_stop_the_others(
    vanban: Vanban, draft: Write, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from vanban.check import engine

    real = engine.validate

    def validate(target: Any, **extra: Any) -> Any:
        if "hỏng" in target.path:
            raise error
        return real(target, **extra)

    monkeypatch.setattr(engine, "validate", validate)
    ran = vanban("validate", draft("hỏng.yaml"), draft("sai.yaml", *BAD_VALUE))
    assert ran.code == 4
    assert "luật hỏng" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "SCH004" in ran.out


# --- export ------------------------------------------------------------------------------------


def test_export_writes_docx_and_pdf_beside_the_draft(vanban: Vanban, draft: Write) -> None:
    path = draft("báo cáo.yaml")
    ran = vanban("export", path)
    assert ran.code == 0, ran.err
    assert path.with_suffix(".docx").is_file()
    assert path.with_suffix(".pdf").is_file()
    word, pdf, inside = ran.out.splitlines()
    assert inside == "Dữ liệu dự thảo nằm trong tệp; --no-embed để bỏ."
    assert word == f"Đã ghi {path.with_suffix('.docx')}"
    assert pdf.startswith(f"Đã ghi {path.with_suffix('.pdf')} (")
    assert pdf.endswith(" trang)")


def test_a_draft_with_errors_is_refused(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    ran = vanban("export", "--docx", draft("a.yaml", *BAD_VALUE))
    assert ran.code == 1
    assert "SCH004" in ran.err
    assert "--allow-errors" in ran.err
    assert ran.out == ""
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


def test_an_unreadable_draft_is_refused(vanban: Vanban) -> None:
    ran = vanban("export", "không có.yaml")
    assert ran.code == 3
    assert "INP001" in ran.err


def test_an_incomplete_draft_can_be_printed_as_such(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", "    dan_van: |", "    dan_vann: |")
    assert vanban("export", "--docx", path).code == 1
    ran = vanban("export", "--docx", "--allow-errors", path)
    assert ran.code == 0, ran.err
    assert path.with_suffix(".docx").is_file()


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["--docx"], ["a.docx"]),
        (["--html"], ["a.html"]),
        (["-o", "ra.docx"], ["ra.docx"]),
        (["-o", "RA.HTML"], ["RA.HTML"]),
        (["--docx", "--html", "-o", "ra.docx"], ["ra.docx", "ra.html"]),
        (["--docx", "-o", "thư mục"], ["thư mục/a.docx"]),
    ],
)
def test_where_and_as_what_files_are_written(
    vanban: Vanban, draft: Write, tmp_path: Path, options: list[str], written: list[str]
) -> None:
    (tmp_path / "thư mục").mkdir()
    path = draft("a.yaml")
    ran = vanban("export", path, *options)
    assert ran.code == 0, ran.err
    files = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert files - {"a.yaml"} == set(written)


def test_several_drafts_go_to_a_folder(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    one, two = draft("a.yaml"), draft("b.yaml", *BAD_VALUE)
    (tmp_path / "ra").mkdir()
    ran = vanban("export", "--docx", one, two, "-o", "ra")
    assert ran.code == 1
    assert [p.name for p in (tmp_path / "ra").iterdir()] == ["a.docx"]
    ran = vanban("export", "--docx", one, two, "-o", "ra/x.docx")
    assert ran.code == 2
    assert "phải là một thư mục" in ran.err


def test_two_drafts_never_share_a_target(vanban: Vanban, draft: Write, tmp_path: Path) -> None:
    ran = vanban("export", "--docx", draft("x/a.yaml"), draft("y/a.yaml"), "-o", tmp_path)
    assert ran.code == 2
    assert "cùng một tệp" in ran.err
    assert not (tmp_path / "a.docx").exists()
    ran = vanban("export", "--docx", draft("x/a.yaml"), draft("y/a.yaml"))
    assert ran.code == 0, ran.err


def test_a_foreign_file_is_not_replaced(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml")
    target = path.with_suffix(".docx")
    target.write_text("của người khác", "utf-8")
    ran = vanban("export", "--docx", path)
    assert ran.code == 3
    assert "--force" in ran.err
    assert target.read_text("utf-8") == "của người khác"
    assert vanban("export", "--docx", "--force", path).code == 0


def test_warnings_are_shown_and_do_not_stop(vanban: Vanban, draft: Write) -> None:
    path = draft("a.yaml", "ngay_ban_hanh: 09/10/2023", "ngay_ban_hanh: 09/12/2023")
    ran = vanban("export", "--docx", path)
    assert ran.code == 0
    assert "DAT006" in ran.err


def test_an_empty_folder_exports_nothing(vanban: Vanban, tmp_path: Path) -> None:
    ran = vanban("export", tmp_path)
    assert (ran.code, "không có dự thảo nào" in ran.err) == (0, True)


def test_a_crash_while_exporting_is_one_line(
    vanban: Vanban, draft: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    importlib.import_module("vanban.exporting")

    def export_draft(*args: Any, **extra: Any) -> None:
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr(sys.modules["vanban.exporting"], "export_draft", export_draft)
    ran = vanban("export", draft("a.yaml"), draft("b.yaml"))
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 2


# --- schema and rules --------------------------------------------------------------------------


def test_the_kinds_are_listed(vanban: Vanban) -> None:
    ran = vanban("schema")
    assert ran.code == 0
    assert ran.out.startswith("bao-cao-so-ket (phiên bản ")


def test_a_schema_is_printed(vanban: Vanban) -> None:
    schema = json.loads(vanban("schema", "bao-cao-so-ket").out)
    assert schema["$id"].startswith("urn:vanban:schema:bao-cao-so-ket:")


def test_a_bundle_is_self_contained(vanban: Vanban) -> None:
    text = vanban("schema", "bao-cao-so-ket", "--bundle").out
    assert '"$ref": "urn:' not in text
    assert "Kỳ báo cáo" in text


def test_the_rules_are_listed(vanban: Vanban) -> None:
    ran = vanban("rules")
    assert ran.code == 0
    ids = [line.split()[0] for line in ran.out.splitlines()]
    assert {"INP001", "SCH001", "STR001", "DAT002"} <= set(ids)


@pytest.mark.parametrize("asked", ["DAT002", "dat002", "SCH005", "INP013"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_one_rule_has_a_page(vanban: Vanban, asked: str, lang: str) -> None:
    ran = vanban("rules", asked, "--lang", lang)
    assert ran.code == 0
    assert ran.out.startswith(asked.upper())


# --- doctor ------------------------------------------------------------------------------------


def test_doctor_names_every_thing_it_looked_at(vanban: Vanban) -> None:
    ran = vanban("doctor")
    for name in ("Python", "jsonschema", "docxtpl", "Pango", "Phông chữ", "bao-cao-so-ket"):
        assert name in ran.out
    assert ran.code in (0, 3)


def test_doctor_says_the_remedy_and_ends_with_3(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = [Check("Pango", False, "không có", "cài Pango"), Check("x", False, "y", "z", False)]
    monkeypatch.setattr("vanban.cli.doctor.checks", lambda options: iter(checks))
    ran = vanban("doctor")
    assert ran.code == 3
    assert "[thiếu] Pango: không có" in ran.out
    assert "Cách khắc phục: cài Pango" in ran.out
    assert "[nên có] x" in ran.out


def test_doctor_finds_that_pango_is_missing(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def import_module(name: str, package: str | None = None) -> Any:
        if name == "weasyprint.text.ffi":
            print("advice of another program")
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", import_module)
    ran = vanban("doctor")
    assert ran.code == 3
    assert "[thiếu] Pango" in ran.out
    assert "advice" not in ran.out
    assert "libpango-1.0-0" in ran.out


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_remedy_is_that_of_the_system(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch, platform: str, lang: str
) -> None:
    from vanban.cli import doctor

    monkeypatch.setenv("VANBAN_LANG", lang)
    monkeypatch.setattr(doctor.sys, "platform", platform)
    for what in ("pango", "subset", "font"):
        assert doctor._system_remedy(what)


def test_doctor_finds_missing_fonts_libraries_and_folders(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from vanban.cli import doctor
    from vanban.render import fonts

    def find_font() -> None:
        raise EnvironmentIncompleteError("không có phông")

    bad = [
        fonts.FontCandidate(Path("a.ttf"), "Tinos", "regular", 1.0, verdict, "ữ")
        for verdict in (fonts.Verdict.LACKS_LETTERS, fonts.Verdict.UNREADABLE)
    ]
    monkeypatch.setattr(fonts, "find_font", find_font)
    monkeypatch.setattr(fonts, "examine_fonts", lambda: bad)
    monkeypatch.setattr(doctor, "LIBRARIES", ("khong-co-thu-vien",))
    monkeypatch.setattr(doctor.os, "access", lambda path, mode: False)
    ran = vanban("doctor")
    assert ran.code == 3
    assert "không có phông" in ran.out
    assert "a.ttf thiếu 1 chữ" in ran.out
    assert "pip install --upgrade khong-co-thu-vien" in ran.out
    assert "-o" in ran.out
