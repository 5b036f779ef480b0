"""The frame of the command line: help, language, usage errors, exit codes, streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from vanban import __version__
from vanban.cli import shell
from vanban.cli.main import main
from vanban.errors import TargetError

from .conftest import EXAMPLE, Vanban

VERBS = list(shell.VERBS)


def test_help_is_vietnamese(vanban: Vanban) -> None:
    ran = vanban("--help")
    assert ran.code == 0
    assert ran.out.startswith("Cách dùng: vanban [TÙY CHỌN] LỆNH")
    for word in ("Tùy chọn:", "Lệnh:", *VERBS):
        assert word in ran.out
    for word in ("Usage", "Options", "Commands", "Show this"):
        assert word not in ran.out


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_verb_explains_itself_in_both_languages(vanban: Vanban, verb: str, lang: str) -> None:
    ran = vanban(verb, "--help", "--lang", lang)
    assert ran.code == 0
    assert ran.out.startswith("Cách dùng: " if lang == "vi" else "Usage: ")
    assert "--lang" in ran.out
    assert "--help" in ran.out
    if lang == "vi":
        assert "[default" not in ran.out


def test_the_language_may_come_from_the_environment(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANBAN_LANG", "en")
    assert vanban("--help").out.startswith("Usage:")
    assert vanban("--lang=vi", "--help").out.startswith("Cách dùng:")
    monkeypatch.setenv("VANBAN_LANG", "xx")
    assert vanban("--help").out.startswith("Cách dùng:")


def test_a_run_leaves_the_environment_as_it_was(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    vanban("--lang", "en", "--version")
    assert "VANBAN_LANG" not in os.environ
    monkeypatch.setenv("VANBAN_LANG", "vi")
    vanban("--lang", "en", "--version")
    assert os.environ["VANBAN_LANG"] == "vi"


def test_what_follows_two_dashes_is_no_language() -> None:
    assert shell.asked_language(["--", "--lang", "en"]) is None
    assert shell.asked_language(["validate", "--lang"]) is None
    assert shell.asked_language(["validate", "--lang", "en"]) == "en"


def test_the_version(vanban: Vanban) -> None:
    assert vanban("--version").out == f"vanban {__version__}\n"


def test_nothing_asked_for_shows_the_help_and_is_wrong_usage(vanban: Vanban) -> None:
    ran = vanban()
    assert ran.code == 2
    assert "Cách dùng" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--khong-co"], "không có tùy chọn “--khong-co”"),
        (["validat", "x"], "không có lệnh “validat”. Có phải là: validate?"),
        (["validate", "--concis", "x"], "Có phải là: --concise"),
        (["validate"], "thiếu PATH."),
        (["new"], "thiếu KIND"),
        (["validate", "--format", "xml", "x"], "--format: chỉ nhận một trong"),
        (["--lang", "fr", "doctor"], "--lang: chỉ nhận một trong các giá trị vi, en"),
        (["validate", "--previous"], "tùy chọn “--previous” dùng chưa đúng"),
        (["rules", "a", "b"], "thừa đối số"),
        (["schema", "bao-cao-so-ke"], "có phải là “bao-cao-so-ket”?"),
        (["schema", "zzz"], "các loại đã có: bao-cao-so-ket"),
        (["schema", "--bundle"], "--bundle cần tên"),
        (["rules", "DAT02"], "có phải là DAT002?"),
        (["rules", "ABCDEFG"], "không có quy tắc nào mang mã “ABCDEFG”"),
        (["validate", "--select", "ABC", "x"], "không có quy tắc nào mang mã “ABC”"),
        (["validate", "--concise", "--format", "json", "x"], "--concise chỉ dùng với"),
        (["validate", "--profile", "nd31", "x"], "nd30"),
        (["export", "--profile", "nd31", "x"], "nd30"),
        (["export", "--pdf", "-o", "x.docx", "x"], "không hợp với --pdf"),
        (["new", "bao-cao-so-ket", "--ky", "13-thang"], "không hiểu kỳ báo cáo “13-thang”"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_vietnamese(vanban: Vanban, arguments: list[str], said: str) -> None:
    ran = vanban(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_wrong_usage_shows_how_to_get_help(vanban: Vanban) -> None:
    assert "Gõ “vanban validate --help”" in vanban("validate").err


def test_other_click_errors_keep_their_words() -> None:
    assert shell.explain(click.BadParameter("hỏng", param=click.Option(["--x"]))) == (
        "--x: giá trị không dùng được (hỏng)."
    )
    assert shell.explain(click.BadParameter("hỏng")).startswith(": giá trị")
    assert shell.explain(click.ClickException("lạ")) == "lạ"


class _Verb:
    """A verb whose work ends in some way."""

    def __init__(self, end: BaseException) -> None:
        self.end = end

    def command(self) -> click.Command:
        return shell.Verb("doctor", callback=self.work)

    def work(self) -> int:
        raise self.end


def _ending(monkeypatch: pytest.MonkeyPatch, end: BaseException) -> None:
    monkeypatch.setitem(sys.modules, "vanban.cli.doctor", _Verb(end))  # type: ignore[arg-type]


def test_an_unexpected_fault_is_one_line(vanban: Vanban, monkeypatch: pytest.MonkeyPatch) -> None:
    _ending(monkeypatch, ZeroDivisionError("chia\ncho không"))
    ran = vanban("doctor")
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 1
    assert "ZeroDivisionError: chia cho không" in ran.err
    assert "VANBAN_DEBUG" in ran.err


def test_the_whole_fault_is_shown_when_asked_for(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ending(monkeypatch, ZeroDivisionError("chia cho không"))
    monkeypatch.setenv("VANBAN_DEBUG", "1")
    assert "Traceback" in vanban("doctor").err


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(32, "pipe"), 141),
        (TargetError("tệp đang mở"), 3),
        (click.ClickException("lạ"), 2),
    ],
)
def test_how_a_run_may_end(
    vanban: Vanban, monkeypatch: pytest.MonkeyPatch, end: BaseException, code: int
) -> None:
    # The streams of the test runner are not to be pointed elsewhere.
    monkeypatch.setattr("vanban.cli.main._silence", lambda: None)
    _ending(monkeypatch, end)
    ran = vanban("doctor")
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert len(ran.err.strip().splitlines()) <= 1


# --- in processes of their own -----------------------------------------------------------------

RUN = "import sys; from vanban.cli.main import main; sys.exit(main())"


def _run(
    *arguments: str, code: str = RUN, text: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "VANBAN"))}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=text, capture_output=True, env=clean | environment, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}]
)
def test_output_is_utf8_whatever_the_console_says(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "bản thảo ế.yaml"
    path.write_text("loai: bao-cao-so-ket\nthể: 1\n", "utf-8")
    done = _run("validate", str(path), **environment)
    assert done.returncode == 1
    text = done.stdout.decode("utf-8")
    assert "bản thảo ế.yaml" in text
    assert "“thể”" in text
    assert done.stderr == b""


def test_standard_input_is_read_as_utf8() -> None:
    text = EXAMPLE.read_bytes().replace("Xã Mẫu".encode(), b"", 1)
    done = _run("validate", "-", text=text, PYTHONIOENCODING="cp1252")
    assert done.returncode == 1
    assert "-:" in done.stdout.decode("utf-8")


def test_a_closed_pipe_is_no_fault() -> None:
    code = (
        "import os, sys\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        "os.dup2(write, 1)\n"
        "from vanban.cli.main import main\n"
        "sys.exit(main())\n"
    )
    done = _run("rules", code=code)
    assert done.returncode == 141
    assert done.stderr == b""


def test_python_without_streams_still_runs() -> None:
    code = (
        "import os, sys\n"
        "sys.stdout = None\n"
        "from vanban.cli.main import main\n"
        "os._exit(main(['--version']))\n"
    )
    assert _run(code=code).returncode == 0


HEAVY = ("jsonschema", "referencing", "weasyprint", "docxtpl", "docx", "lxml", "rich", "jinja2")


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["validate", "--help"], set()),
        (["export", "--help"], set()),
        (["schema"], set()),
        (["validate", str(EXAMPLE)], {"jsonschema", "referencing"}),
        (["rules", "DAT002"], set()),
    ],
)
def test_heavy_libraries_are_loaded_only_when_needed(
    arguments: list[str], allowed: set[str]
) -> None:
    code = (
        "import sys\n"
        "from vanban.cli.main import main\n"
        "main()\n"
        f"print(*(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = _run(*arguments, code=code)
    assert set(done.stderr.decode().split()) <= allowed


def test_the_shell_can_complete() -> None:
    done = _run(
        code="import sys; sys.argv[0] = 'vanban'; " + RUN,
        _VANBAN_COMPLETE="bash_complete", COMP_WORDS="vanban val", COMP_CWORD="1",
    )  # fmt: skip
    assert done.stdout.decode().split() == ["plain,validate"]
    done = _run(
        code="import sys; sys.argv[0] = 'vanban'; " + RUN,
        _VANBAN_COMPLETE="bash_complete", COMP_WORDS="vanban new bao", COMP_CWORD="2",
    )  # fmt: skip
    assert done.stdout.decode().split() == ["plain,bao-cao-so-ket"]
    done = _run(
        code="import sys; sys.argv[0] = 'vanban'; " + RUN,
        _VANBAN_COMPLETE="bash_complete", COMP_WORDS="vanban export --profile nd", COMP_CWORD="3",
    )  # fmt: skip
    assert done.stdout.decode().split() == ["plain,nd30"]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("rules DAT00", "DAT001", "DAT009"),
        ("rules str", "STR001", "STR011"),
        ("validate --select MEM", "MEM001", "MEM009"),
        ("validate --ignore DAT001,NUM", "DAT001,NUM001", "DAT001,NUM011"),
        ("new bao-cao-so-ket --ky n", "nam-2026", "nhiem-ky-2020-2025"),
    ],
)
def test_the_shell_completes_rule_ids_and_periods(words: str, first: str, last: str) -> None:
    done = _run(
        code="import sys; sys.argv[0] = 'vanban'; " + RUN,
        _VANBAN_COMPLETE="bash_complete", COMP_WORDS=f"vanban {words}",
        COMP_CWORD=str(len(words.split())),
    )  # fmt: skip
    offered = done.stdout.decode().split()
    assert (offered[0], offered[-1]) == (f"plain,{first}", f"plain,{last}")


def test_main_takes_its_arguments_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["vanban", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("vanban ")
