"""``vanban extract``, ``vanban verify`` and what ``vanban export`` says of the data inside."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import vanban
from tests.embed import tamper
from tests.embed.conftest import EXAMPLES, LONG, ROOT, SMALL, Files
from tests.schemas.common import schema
from vanban.check.bundle import validator_of
from vanban.cli.main import main
from vanban.embed.drafts import same

SECRET = next(p for p in EXAMPLES if "do_mat:" in p.read_text("utf-8"))


@dataclass
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return call


# --- extract --------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--format", "yaml"), ("-o", "-")])
def test_extract_prints_yaml(words: tuple[str, ...], run: Run, files: Files) -> None:
    ran = run("extract", files.file(LONG, "pdf"), *words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# Dữ liệu lấy từ tep-")
    assert same(vanban.loads(ran.out).data, vanban.load(LONG).data)


@pytest.mark.parametrize("name", ["a.yaml", "a.YML", "a.json", "."])
def test_extract_writes_a_draft(name: str, run: Run, files: Files, tmp_path: Path) -> None:
    file = files.file(SMALL, "docx")
    ran = run("extract", file, "-o", name)
    made = Path(f"{file.stem}.yaml") if name == "." else Path(name)
    assert (ran.code, ran.out) == (0, f"Đã ghi {made}\n")
    assert same(vanban.load(made).data, vanban.load(SMALL).data)
    assert [p.name for p in tmp_path.iterdir()] == [made.name]
    # What is there is somebody's work.
    made.write_text("loai: bao-cao-so-ket\n", "utf-8")
    assert run("extract", file, "-o", name).code == 3
    assert made.read_text("utf-8") == "loai: bao-cao-so-ket\n"
    assert run("extract", file, "-o", name, "--force").code == 0
    assert vanban.load(made).data["the_thuc"]


def test_extract_is_exported_to_the_same_words(run: Run, files: Files) -> None:
    assert run("extract", files.file(SMALL, "pdf"), "-o", "lai.yaml").code == 0
    assert run("export", "lai.yaml", "--docx").code == 0
    one, two = (vanban.verify(p) for p in (files.file(SMALL, "docx"), Path("lai.docx")))
    assert one.payload is not None and one.payload == two.payload


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("-o", "a.docx"), 2),
        (("-o", "a.json", "--format", "yaml"), 2),
        (("--format", "toml"), 2),
        (("-o", "khong-co/a.yaml"), 3),
        (("-o", f"{'a' * 300}.yaml"), 3),
        (("thua",), 2),
    ],
)
def test_extract_asked_wrongly(words: tuple[str, ...], code: int, run: Run, files: Files) -> None:
    ran = run("extract", files.file(SMALL, "docx"), *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.strip()


def test_extract_follows_no_link_out_of_the_folder(
    run: Run, files: Files, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("noi-khac") / "a.yaml"
    (tmp_path / "a.yaml").symlink_to(elsewhere)
    for words in ((), ("--force",)):
        ran = run("extract", files.file(SMALL, "docx"), "-o", "a.yaml", *words)
        assert ran.code == 3 and str(elsewhere) in ran.err
    assert not elsewhere.exists()


@pytest.mark.parametrize("verb", ["extract", "verify"])
def test_standard_input_is_no_file(verb: str, run: Run) -> None:
    ran = run(verb, "-")
    assert (ran.code, ran.out) == (2, "")
    assert "đầu vào chuẩn" in ran.err


def test_extract_says_why_there_is_nothing(run: Run, files: Files, tmp_path: Path) -> None:
    ran = run("extract", files.file(SMALL, "pdf", False))
    assert ran.code == 1 and "--no-embed" in ran.err and ran.err.count("\n") == 1
    (tmp_path / "a.pdf").write_bytes(b"abc")
    ran = run("extract", "a.pdf")
    assert (ran.code, ran.err) == (3, "vanban: a.pdf: không phải tệp do vanban xuất.\n")
    assert run("extract", "khong-co.pdf").code == 3
    assert run("--lang", "en", "extract", "a.pdf").err.endswith(
        "not a file that vanban exported.\n"
    )


# --- verify ---------------------------------------------------------------------------------------


def test_verify_says_that_all_is_well(run: Run, files: Files) -> None:
    file = files.file(SMALL, "pdf")
    ran = run("verify", file)
    version = vanban.__version__
    about = f"bao-cao-so-ket, dang-hd36, vanban {version}"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{file}: khớp, chữ trên trang đúng với dữ liệu trong tệp ({about}).\n"
    assert "agrees" in run("--lang", "en", "verify", file).out


def test_verify_names_what_differs(run: Run, files: Files) -> None:
    changed = tamper.in_pdf(files.data(SMALL, "pdf"), tamper.rewrite_text("330", "339"))
    ran = run("verify", files.put(changed, "pdf"))
    assert ran.code == 1
    head, place, before, after = ran.out.splitlines()
    assert "KHÁC dữ liệu trong tệp ở 1 chỗ" in head
    assert "trang 1, dòng" in place and "Công tác chính trị" in place
    assert "có 330 lượt" in before and "có 339 lượt" in after
    changed = tamper.in_body(files.data(SMALL, "docx"), "72 buổi", "73 buổi")
    assert "  đoạn " in run("verify", files.put(changed, "docx")).out


def test_one_bad_file_does_not_stop_the_others(run: Run, files: Files, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    good, empty = files.file(SMALL, "docx"), files.file(SMALL, "docx", False)
    changed = files.put(tamper.in_body(files.data(SMALL, "docx"), "72 buổi", "73"), "docx")
    ran = run("verify", "a.txt", good, changed, empty, "khong-co.pdf", good)
    assert ran.code == 3
    assert ran.out.splitlines()[-1] == (
        "Đã đối chiếu 5 tệp: 1 khớp, 1 khác, 1 không có dữ liệu dùng được, 2 không đối chiếu được."
    )
    assert run("verify", good, changed).code == run("verify", good, empty).code == 1
    assert run("verify", good, good).code == 0


def test_the_json_report_keeps_to_its_schema(run: Run, files: Files, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    checker = validator_of(schema(ROOT / "schemas" / "verification.schema.json"))
    body = tamper.in_body(files.data(SMALL, "docx"), "72 buổi", "73 buổi")
    text = tamper.in_pdf(files.data(SMALL, "pdf"), tamper.rewrite_text("330", "339"))
    saved = tamper.in_pdf(files.data(SMALL, "pdf"), lambda pdf: None)
    paths = [files.put(body, "docx"), files.put(text, "pdf"), files.put(saved, "pdf"), "a.txt"]
    ran = run("verify", "--format", "json", *paths)
    told: dict[str, Any] = json.loads(ran.out)
    assert list(checker.iter_errors(told)) == []
    assert told["summary"] == {"files": 4, "agree": 1, "differ": 2, "no_data": 0, "other": 1}
    word, pdf, again, other = told["files"]
    (one,) = word["differences"]
    assert (one["change"], one["page"], one["line"]) == ("changed", None, None)
    assert one["paragraph"] and one["pointer"] and one["heading"]
    (one,) = pdf["differences"]
    assert one["page"] == 1 and one["line"] and one["paragraph"] is None
    assert [n["key"] for n in again["notes"]] == ["saved_again"] and not again["unchanged"]
    assert (other["status"], other["embedded"], other["format"]) == ("foreign", None, None)
    for key in told["files"][0]:
        less = {**told, "files": [{k: v for k, v in word.items() if k != key}]}
        assert not checker.is_valid(less), key


def test_a_template_that_is_missing_is_wrong_usage(run: Run, files: Files) -> None:
    ran = run("verify", files.file(SMALL, "docx"), "--template", "khong-co.docx")
    assert (ran.code, ran.out) == (2, "")


# --- export ---------------------------------------------------------------------------------------


def test_export_says_once_that_it_embeds(run: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_bytes(SMALL.read_bytes())
    ran = run("export", "a.yaml", "b.yaml", "--docx")
    assert ran.code == 0
    assert ran.out.count("Dữ liệu dự thảo nằm trong tệp; --no-embed để bỏ.") == 1
    assert "--no-embed" not in run("export", "a.yaml", "--docx", "--no-embed").out
    assert "--no-embed" not in run("export", "a.yaml", "--html").out
    assert run("verify", "a.docx").code == 1


def test_a_secret_draft_embeds_nothing_unless_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(SECRET.read_bytes())
    ran = run("export", "a.yaml", "--docx")
    assert ran.code == 0
    assert "a.yaml: có độ mật nên không kèm dữ liệu" in ran.out
    assert run("extract", "a.docx").code == 1
    assert run("export", "a.yaml", "--docx", "--embed").code == 0
    assert run("extract", "a.docx").code == 0


def test_the_settings_of_an_office(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(SMALL.read_bytes())
    (tmp_path / "vanban.toml").write_text("embed = false\n", "utf-8")
    assert "--no-embed" not in run("export", "a.yaml", "--docx").out
    assert run("extract", "a.docx").code == 1
    assert run("export", "a.yaml", "--docx", "--embed").code == 0
    assert run("extract", "a.docx").code == 0
    (tmp_path / "vanban.toml").write_text('embed = "no"\n', "utf-8")
    assert run("export", "a.yaml", "--docx").code != 0
