"""How findings are shown: column-true excerpts, one line each, JSON of the published schema."""

from __future__ import annotations

import json
import unicodedata
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import output
from vanban.catalogue import LANGUAGES, say
from vanban.finding import Certainty, Edit, Finding, Fix, Safety, Severity, Source, Span
from vanban.output import cells
from vanban.output.cells import excerpt

from ..check.small import ROOT


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": "SCH007",
        "severity": Severity.ERROR,
        "key": "SCH007.trong",
        "args": {"path": "Kết quả › Đảng viên"},
        "pointer": "/ket_qua/dang_vien",
        "span": Span(2, 3, 2, 8),
    } | changes
    return Finding(**values)


LINES = ("loai: x", "  điều: Nguyễn Văn A")


def shown(*findings: Finding, name: str = "text", lang: str = "vi", skipped: int = 0) -> str:
    report = output.Report((output.FileReport("a/b.yaml", LINES, findings),), skipped)
    return output.render(name, report, output.Style(lang))


# --- text --------------------------------------------------------------------------------------


def test_the_full_form() -> None:
    source = Source("Điều 5", Certainty.B)
    fix = Fix(Safety.SAFE, "SCH007.trong", (), {"path": "x"})
    assert shown(finding(source=source, fix=fix)) == (
        "a/b.yaml:2:3: lỗi SCH007 “Kết quả › Đảng viên” chưa có nội dung\n"
        "  2 |   điều: Nguyễn Văn A\n"
        "    |   ^^^^^\n"
        "    = nguồn: Điều 5 (theo nguồn dẫn lại)\n"
        "    = có thể sửa: “x” chưa có nội dung\n"
        "\n"
        "Đã kiểm tra 1 tệp: 1 lỗi, 0 cảnh báo, 0 lưu ý.\n"
    )


def test_the_concise_form_is_one_line_each() -> None:
    text = shown(finding(), finding(severity=Severity.WARNING), name="concise", lang="en")
    assert text.splitlines() == [
        "a/b.yaml:2:3: error SCH007 “Kết quả › Đảng viên” has no content yet",
        "a/b.yaml:2:3: warning SCH007 “Kết quả › Đảng viên” has no content yet",
        "1 file(s) checked: 1 error(s), 1 warning(s), 0 remark(s).",
    ]


def test_a_finding_without_a_place_shows_its_pointer() -> None:
    text = shown(finding(span=None))
    assert text.startswith("a/b.yaml: lỗi SCH007")
    assert "(tại /ket_qua/dang_vien)" in text


def test_a_place_beyond_the_source_shows_no_excerpt() -> None:
    assert " | " not in shown(finding(span=Span(9, 1, 9, 2)))


def test_a_clean_run_says_so_and_counts_what_was_skipped() -> None:
    assert shown() == "Đã kiểm tra 1 tệp: không có lỗi.\n"
    assert "Bỏ qua 2 tệp" in shown(skipped=2)


@pytest.mark.parametrize("certainty", Certainty)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_certainty_has_words(certainty: Certainty, lang: str) -> None:
    text = shown(finding(source=Source("Điều 5", certainty)), lang=lang)
    assert say(f"output.certainty.{certainty}", lang) in text


def test_colours_only_when_asked_for() -> None:
    report = output.Report((output.FileReport("a", LINES, (finding(),)),))
    assert "\x1b[" not in output.render("text", report, output.Style("vi"))
    assert "\x1b[31m" in output.render("text", report, output.Style("vi", colour=True))


# --- excerpts ----------------------------------------------------------------------------------


def caret(line: str, start: int, end: int, width: int = 100) -> tuple[str, str]:
    return excerpt(line, Span(1, start + 1, 1, end + 1), width)


def test_a_caret_stands_under_a_precomposed_letter() -> None:
    assert caret("Đảng ủy xã", 5, 7) == ("Đảng ủy xã", "     ^^")


def test_a_caret_stands_under_a_decomposed_letter() -> None:
    line = unicodedata.normalize("NFD", "Đảng ủy xã")
    start = line.index("u")
    assert caret(line, start, start + 3)[1] == "     ^^"


def test_wide_characters_take_two_cells() -> None:
    assert caret("漢字 x", 3, 4)[1] == " " * 5 + "^"
    assert caret("漢字", 0, 2)[1] == "^^^^"


def test_a_tab_is_shown_as_the_blanks_it_takes() -> None:
    assert caret("\tx", 1, 2) == ("    x", "    ^")
    assert caret("ab\tx", 3, 4) == ("ab  x", "    ^")
    assert caret("\tx", 0, 1)[1] == "^^^^"


def test_what_shows_nothing_gets_a_sign() -> None:
    assert caret("a\u200bb", 1, 2) == ("a·b", " ^")
    assert caret("a\x07b", 1, 2) == ("a␇b", " ^")
    assert caret("a\u00a0b\u3000c", 4, 5) == ("a b  c", "     ^")


def test_an_empty_stretch_gets_one_caret() -> None:
    assert caret("abc", 1, 1)[1] == " ^"
    assert caret("abc", 3, 3)[1] == "   ^"
    assert caret("", 0, 0) == ("", "^")


def test_a_stretch_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert excerpt("abc", Span(1, 2, 4, 1), 100)[1] == " ^^"


def test_a_place_beyond_the_line_is_marked_at_its_end() -> None:
    assert excerpt("abc", Span(1, 9, 1, 12), 100)[1] == "   ^"


def test_a_long_line_is_shortened_around_the_place() -> None:
    line = "x" * 300 + "Đ" + "y" * 300
    source, mark = caret(line, 300, 301)
    assert source.startswith("…")
    assert source.endswith("…")
    assert source[mark.index("^")] == "Đ"
    assert len(source) <= 100


def test_a_long_line_with_the_place_at_its_start_keeps_its_start() -> None:
    source, mark = caret("Đ" + "y" * 300, 0, 1)
    assert (source[0], source[-1], mark) == ("Đ", "…", "^")


def test_a_shortened_line_keeps_its_end_when_the_place_is_there() -> None:
    source, mark = caret("y" * 300 + "Đ", 300, 301)
    assert (source[0], source[-1], mark[-1]) == ("…", "Đ", "^")
    assert len(mark) == len(source)


def _width(text: str) -> int:
    total = 0
    for character in text:
        total += cells.shown(character, total)[1]
    return total


@given(st.text(max_size=300), st.integers(0, 320), st.integers(0, 40))
def test_an_excerpt_never_overflows(line: str, start: int, length: int) -> None:
    source, mark = caret(line, start, start + length)
    assert _width(source) <= 102, "at most one letter with its mark over the window"
    assert "^" in mark
    assert len(mark) <= 104
    assert "\n" not in source


# --- JSON --------------------------------------------------------------------------------------


def _document(*findings: Finding, lang: str = "vi", skipped: int = 0) -> dict[str, Any]:
    from jsonschema import Draft202012Validator

    found: dict[str, Any] = json.loads(shown(*findings, name="json", lang=lang, skipped=skipped))
    schema = json.loads((ROOT / "schemas" / "findings.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(found)
    return found


def test_json_follows_its_published_schema() -> None:
    edit = Edit(Span(2, 3, 2, 8), "mới")
    full = finding(
        source=Source("Điều 5", Certainty.A),
        fix=Fix(Safety.UNSAFE, "SCH007.trong", (edit,), MappingProxyType({"path": "x"})),
    )
    document = _document(full, finding(span=None, severity=Severity.INFO), skipped=3)
    assert document["summary"] == {
        "files": 1, "skipped": 3, "errors": 1, "warnings": 0, "infos": 1,
        "suppressed": 0,
    }  # fmt: skip
    first, second = document["findings"]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (2, 3, 2, 8)
    assert first["source"] == {"clause": "Điều 5", "certainty": "A"}
    assert first["fix"]["safety"] == "unsafe"
    assert first["fix"]["edits"][0]["text"] == "mới"
    assert (second["line"], second["source"], second["fix"]) == (None, None, None)


def test_json_speaks_the_language_asked_for() -> None:
    assert "chưa có" in _document(finding())["findings"][0]["message"]
    assert "no content" in _document(finding(), lang="en")["findings"][0]["message"]


def test_json_gives_file_names_with_slashes_and_letters_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.sep", "\\")
    report = output.Report((output.FileReport("a\\bản thảo.yaml", (), (finding(),)),))
    text = output.render("json", report, output.Style())
    assert '"a/bản thảo.yaml"' in text


# --- the registry ------------------------------------------------------------------------------


def test_formats_are_found_by_name() -> None:
    assert output.formats() == ("text", "json", "sarif", "github", "junit", "html")
    with pytest.raises(KeyError):
        shown(name="khong-co")


def test_no_file_at_all_is_no_clean_file() -> None:
    shown = output.render(output.TEXT, output.Report(()), output.Style())
    assert shown == "Không có dự thảo nào để kiểm tra.\n"
