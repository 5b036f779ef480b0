"""Comments that leave out a remark: what they cover, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

import vanban
from vanban.finding import Result

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
