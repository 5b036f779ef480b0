"""Every file in ``bay/`` is a test: its first comment lines say what reading must find.

``# mong đợi: INP013.mot_dong 3:12`` is a finding at line 3, column 12; ``# mong đợi: không`` none.
Files named ``lanh-`` are sound YAML that only looks like a trap.
"""

import re
from pathlib import Path

import pytest

from vanban import catalogue
from vanban.read.reader import read_bytes, read_path, read_text

FOLDER = Path(__file__).parent / "bay"
FILES = sorted(FOLDER.iterdir())
EXPECTED = re.compile(r"^# mong đợi: (.*?)\r?$", re.MULTILINE)


def found_in(draft):
    return sorted(
        f"{fault.key} {fault.span.line}:{fault.span.column}" if fault.span else fault.key
        for fault in draft.faults
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file(path):
    expected = EXPECTED.findall(path.read_bytes().decode())
    assert expected, "the file does not say what it expects"
    draft = read_path(str(path))
    assert found_in(draft) == sorted(line for line in expected if line != "không")
    for fault in draft.faults:
        assert fault.file == str(path)
        assert fault.span is not None and fault.span.end_column > fault.span.column
        for lang in catalogue.LANGUAGES:
            assert catalogue.message(fault, lang)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_mended_line_mends(path):
    """The line that a message shows is right: put in place, that finding is gone."""
    draft = read_path(str(path))
    for fault in draft.faults:
        if "mended" not in fault.args or not fault.key.endswith(("mot_dong", "gach", "sach")):
            continue
        lines = list(draft.lines)
        number = fault.args["line"]
        old = lines[number - 1]
        lines[number - 1] = old[: len(old) - len(old.lstrip())] + fault.args["mended"]
        again = read_bytes("\n".join(lines).encode(), path="x.yaml")
        assert not any(other.span and other.span.line == number for other in again.faults)
        if len(draft.faults) == 1:
            assert again.readable


def test_mended_line_keeps_every_word():
    text = "loai: bao-cao-so-ket\nmo_dau: Nói 'tốt': \"rất\" C:\\x  # ghi chú\n"
    draft = read_text(text)
    assert found_in(draft) == ["INP013.mot_dong 2:18"]
    again = read_text("loai: bao-cao-so-ket\n" + draft.faults[0].args["mended"])
    assert again.data["mo_dau"] == "Nói 'tốt': \"rất\" C:\\x"


def test_one_run_tells_every_trap():
    body = "".join(f"muc_{index}: Kết quả {index}: đạt\n" for index in range(1, 11))
    draft = read_text("loai: bao-cao-so-ket\n" + body)
    assert [fault.span.line for fault in draft.faults] == list(range(2, 12))


def test_number_of_findings_is_limited():
    body = "".join(f"m{index}: chữ và #{index}\n" for index in range(500))
    assert len(read_text("loai: bao-cao-so-ket\n" + body).faults) == 20
    assert len(read_text("loai: x\na: " + "\x07" * 500).faults) == 20


def test_words_of_the_message_are_those_of_the_catalogue():
    draft = read_text("loai: bao-cao-so-ket\nmo_dau: Kết quả: đạt\n")
    assert 'mo_dau: "Kết quả: đạt"' in catalogue.message(draft.faults[0], "vi")
    assert 'mo_dau: "Kết quả: đạt"' in catalogue.message(draft.faults[0], "en")
