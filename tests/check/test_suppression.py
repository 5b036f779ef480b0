"""Comments that leave out a remark: what they cover, and what is wrong with them."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import vanban
from vanban.finding import Result, Severity

ROOT = Path(__file__).parents[2]
GOOD = (ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml").read_text("utf-8")
# A fraction that cannot be, in a block text: NUM004 at its place.
WRONG = "Xã đạt 20/19 tiêu chí nông thôn mới."
BAD = GOOD.replace("    dan_van: |\n", f"    dan_van: |\n      {WRONG}\n")
assert BAD != GOOD


def check(text: str, **config: object) -> Result:
    return vanban.validate(vanban.loads(text), config=config or None)


def told(text: str) -> list[str]:
    return [f.key for f in check(text).findings]


def above(comment: str, text: str = BAD) -> str:
    return text.replace("    dan_van: |", f"    {comment}\n    dan_van: |")


def behind(comment: str, text: str = BAD) -> str:
    return text.replace("    dan_van: |", f"    dan_van: |  {comment}")


REASON = "lý do: số của huyện đưa xuống"


def test_the_draft_is_wrong_without_a_comment() -> None:
    assert told(BAD) == ["NUM004.vuot"]


@pytest.mark.parametrize(
    "comment",
    [
        f"# vanban: bo-qua NUM004 {REASON}",
        f"# vanban: bỏ-qua NUM004 {REASON}",
        f"# vanban: bỏ qua NUM004, {REASON}",
        f"#vanban: bo-qua num004 {REASON}",
        f"## VANBAN : Bo-Qua NUM004; {REASON}",
        "# vanban: bo-qua NUM004 ly do: số của huyện",
        "# vanban: bo-qua NUM004 lí do số của huyện",
    ],
)
@pytest.mark.parametrize("place", [above, behind], ids=["above", "behind"])
def test_a_comment_covers_what_stands_below_its_key(comment: str, place: object) -> None:
    result = check(place(comment))  # type: ignore[operator]
    assert result.findings == ()
    (left,) = result.suppressed
    assert left.finding.rule == "NUM004" and left.reason and "số của huyện" in left.reason


def test_a_comment_on_a_group_covers_all_of_it() -> None:
    text = BAD.replace(
        "  xay_dung_dang:\n", f"  # vanban: bo-qua NUM004 {REASON}\n  xay_dung_dang:\n"
    )
    assert told(text) == []


def test_a_comment_does_not_reach_the_next_key() -> None:
    text = BAD.replace(
        "    kiem_tra_giam_sat: |",
        f"    # vanban: bo-qua NUM004 {REASON}\n    kiem_tra_giam_sat: |",
    )
    assert sorted(told(text)) == ["CFG008.thua", "NUM004.vuot"]


def test_blank_lines_and_other_comments_may_stand_between() -> None:
    assert told(above(f"# vanban: bo-qua NUM004 {REASON}\n\n    # lời khác")) == []


def test_a_comment_on_an_item_covers_the_item() -> None:
    item = "    - linh_vuc: dang_vien\n      noi_dung: |\n"
    assert item in GOOD
    bad = GOOD.replace(item, f"{item}        {WRONG}\n", 1)
    assert told(bad) == ["NUM004.vuot"]
    assert told(bad.replace(item, f"    # vanban: bo-qua NUM004 {REASON}\n{item}", 1)) == []


def test_the_whole_file() -> None:
    assert told(f"# vanban: bo-qua-tep NUM004 {REASON}\n{BAD}") == []
    assert told(f"{BAD}# vanban: bỏ qua tệp NUM004 {REASON}\n") == []


def test_a_comment_without_reason_leaves_the_remark() -> None:
    assert sorted(told(above("# vanban: bo-qua NUM004"))) == ["CFG007.thieu_ly_do", "NUM004.vuot"]
    assert sorted(told(above("# vanban: bo-qua NUM004 lý do:"))) == [
        "CFG007.thieu_ly_do",
        "NUM004.vuot",
    ]


@pytest.mark.parametrize(
    ("comment", "key", "marked"),
    [
        (f"# vanban: bo-qua ABC123 {REASON}", "CFG007.ma_la", "ABC123"),
        (f"# vanban: bo-qua SCH001 {REASON}", "CFG007.khong_duoc", "SCH001"),
        (f"# vanban: bo-qua FMT001 {REASON}", "CFG007.khong_duoc", "FMT001"),
        (f"# vanban: bo-qua CFG007 {REASON}", "CFG007.khong_duoc", "CFG007"),
        ("# vanban: tat NUM004", "CFG007.khong_hieu", "# vanban: tat NUM004"),
        ("# vanban: bo-qua NUM lý do: x", "CFG007.khong_hieu", "# vanban: bo-qua NUM lý do: x"),
        (f"# vanban: bo-qua NUM001 {REASON}", "CFG008.thua", "NUM001"),
        (f"# vanban: bo-qua NUM004, NUM001 {REASON}", "CFG008.thua_mot", "NUM001"),
    ],
)
def test_what_is_wrong_with_a_comment_is_told_at_its_place(
    comment: str, key: str, marked: str
) -> None:
    text = above(comment)
    (found,) = [f for f in check(text).findings if f.rule.startswith("CFG")]
    assert found.key == key
    span = found.span
    assert span is not None
    assert text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1] == marked


def test_a_comment_about_a_rule_that_was_not_asked_for_is_not_judged() -> None:
    text = above(f"# vanban: bo-qua NUM001 {REASON}")
    assert [f.key for f in check(text, select=["STR", "CFG"]).findings] == []
    assert [f.key for f in check(text, ignore=["NUM"]).findings] == []


def test_text_that_looks_like_a_comment_is_text() -> None:
    text = GOOD.replace("    dan_van: |\n", "    dan_van: |\n      # vanban: bo-qua NUM004\n")
    assert not [k for k in told(text) if k.startswith("CFG")]
    quoted = GOOD.replace("ho_ten: Nguyễn Văn A", 'ho_ten: "A # vanban: bo-qua NUM004"')
    assert not [k for k in told(quoted) if k.startswith("CFG")]


def test_a_draft_in_json_has_no_comments() -> None:
    draft = vanban.loads('{"loai": "bao-cao-so-ket", "mo_dau": "# vanban: bo-qua NUM004"}', "json")
    assert not [f for f in vanban.validate(draft).findings if f.rule.startswith("CFG")]


def test_findings_left_out_are_counted_and_do_not_stop_an_export(tmp_path: Path) -> None:
    draft = vanban.loads(behind(f"# vanban: bo-qua NUM004 {REASON}"))
    assert vanban.validate(draft).ok
    assert b"20/19" in vanban.render_html(draft)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("place", [above, behind], ids=["above", "behind"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
def test_line_ends_and_byte_order_marks(ending: str, place: object, mark: str) -> None:
    text = place(f"# vanban: bo-qua NUM004 {REASON}")  # type: ignore[operator]
    assert told(mark + text.replace("\n", ending)) == []


def test_letters_composed_otherwise_and_tabs() -> None:
    comment = unicodedata.normalize("NFD", f"#\tvanban:\tbỏ qua\tNUM004\t{REASON}")
    assert comment != unicodedata.normalize("NFC", comment)
    assert told(above(comment)) == []


def test_a_reason_of_dots_is_no_reason() -> None:
    found = told(above("# vanban: bo-qua NUM004 lý do: …"))
    assert sorted(found) == ["CFG007.thieu_ly_do", "NUM004.vuot"]


def test_two_comments_on_one_line() -> None:
    text = above(f"# vanban: bo-qua NUM001 {REASON} # vanban: bo-qua NUM004 {REASON}")
    assert sorted(told(text)) == ["CFG007.nhieu", "NUM004.vuot"]


def test_a_comment_behind_a_text_that_looks_like_one() -> None:
    quoted = '"A # vanban: bo-qua NUM001"  # vanban: bo-qua NUM004 lý do: x'
    found = check(GOOD.replace("ho_ten: Nguyễn Văn A", f"ho_ten: {quoted}")).findings
    assert [(f.key, f.args["id"]) for f in found] == [("CFG008.thua", "NUM004")]


def test_a_comment_behind_running_text_is_no_trap() -> None:
    line = f"    dan_van: {WRONG} # vanban: bo-qua NUM004 {REASON}\n"
    prose = GOOD.replace("    dan_van: |\n", line)
    draft = vanban.loads(re.sub(r"(dan_van: Xã.*\n)(?:      .*\n|\n)+", r"\1", prose))
    assert draft.readable
    assert vanban.validate(draft).findings == ()


def test_a_comment_behind_the_dash_of_an_item() -> None:
    item = "    - linh_vuc: dang_vien\n      noi_dung: |\n"
    dashed = f"    -  # vanban: bo-qua NUM004 {REASON}\n      linh_vuc: dang_vien\n"
    text = GOOD.replace(item, f"{dashed}      noi_dung: |\n        {WRONG}\n", 1)
    assert text != GOOD and told(text) == []


def test_a_comment_in_a_draft_written_in_flow_style() -> None:
    text = "{ # vanban: bo-qua-tep NUM004 lý do: x\n" + json.dumps(plain(BAD))[1:]
    assert told(text) == []


def plain(text: str) -> Any:
    return json.loads(json.dumps(vanban.loads(text).data, default=float))


def test_texts_in_json_are_never_comments() -> None:
    source = "\n" + json.dumps(plain(BAD.replace(WRONG, f"# vanban: bo-qua ABC999 {WRONG}")))
    found = vanban.validate(vanban.loads(source, "json")).findings
    assert [f.key for f in found] == ["NUM004.vuot"]


def test_nothing_is_called_unneeded_while_the_structure_is_wrong() -> None:
    text = GOOD.replace("loai_ky: chin_thang", "loai_ky: chin_than")
    assert told(f"{text}# vanban: bo-qua-tep NUM001 {REASON}\n") == ["SCH004.goi_y"]


def test_what_only_an_earlier_report_can_show_is_not_called_unneeded_without_it() -> None:
    text = f"{GOOD}# vanban: bo-qua-tep MEM002, NUM007, NUM001 {REASON}\n"
    found = check(text).findings
    assert [f.args["id"] for f in found] == ["NUM001"]


def test_the_severity_of_unneeded_comments_can_be_set() -> None:
    text = f"{GOOD}# vanban: bo-qua-tep NUM001 {REASON}\n"
    (found,) = check(text, severity={"CFG008": "error"}).findings
    assert found.severity is Severity.ERROR
    assert check(text, severity={"CFG008": "off"}).findings == ()


def test_several_comments_about_one_place_all_count() -> None:
    text = f"# vanban: bo-qua-tep NUM004 lý do: một\n{above('# vanban: bo-qua NUM004 lý do: hai')}"
    result = check(text)
    assert result.findings == ()
    assert [left.reason for left in result.suppressed] == ["một"]


@pytest.mark.parametrize(
    "line",
    [
        "# vanban: bo-qua NUM004" + " " * 200_000 + "x",
        "# vanban: bo-qua " + "NUM004 , " * 20_000 + "x",
        "# vanban: " * 20_000,
        "#" * 200_000 + " vanban",
        "\n".join([f"    # vanban: bo-qua NUM004 {REASON}"] * 10_000).lstrip(),
    ],
    ids=["blanks", "ids", "marks", "hashes", "lines"],
)
def test_long_and_many_comments_do_not_cost_their_square(line: str) -> None:
    text = above(line)
    assert len(check(text).findings) <= 2
    assert len(check(text.replace(WRONG, "Xã đạt 19/19 tiêu chí.")).findings) <= 10_000
