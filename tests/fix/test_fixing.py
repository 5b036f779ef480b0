"""The engine of ``fix``: what is mended, what is left, and that nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vanban
from tests.rules.kit import BAD, EXAMPLES, put, sound
from vanban.errors import MendingError
from vanban.finding import Edit, Finding, Fix, Result, Safety, Severity, Span
from vanban.fixing import Mending, mend, mendable
from vanban.read.draft import Draft
from vanban.read.mending import change
from vanban.read.reader import read_text

HIDDEN = "Đảng\u200b ủy"
BASE = (EXAMPLES / "bao-cao-so-ket" / "toi-thieu.yaml").read_text("utf-8")


def damaged(*places: str) -> str:
    text = BASE
    for place in places or ("Đảng ủy tổ chức",):
        assert place in text
        text = text.replace(place, place[:3] + "\u200b" + place[3:], 1)
    return text


# -- with the rules


def test_what_a_mending_tells() -> None:
    made = vanban.fix(vanban.loads(damaged()))
    assert made.text == BASE and made.data == BASE.encode() and made.changed
    assert [finding.rule for finding in made.mended] == ["TXT001"]
    assert made.left_out == ()
    assert not made.before.ok and made.after.ok
    assert made.draft.data == vanban.loads(BASE).data


def test_a_path_will_do(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(damaged(), "utf-8", newline="")
    assert vanban.fix(path).text == BASE
    # nothing was written
    assert path.read_text("utf-8") == damaged()


def test_a_sound_draft_is_left_alone() -> None:
    made = vanban.fix(vanban.loads(BASE))
    assert not made.changed and made.text == BASE


def test_a_mapping_has_nothing_to_mend() -> None:
    with pytest.raises(MendingError):
        vanban.fix(vanban.draft(sound()))


def test_an_unreadable_draft_is_told_and_left() -> None:
    made = vanban.fix(vanban.loads("loai: [\n"))
    assert not made.changed and made.text == "loai: [\n"
    assert [finding.rule for finding in made.after.findings] == ["INP005"]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"PK\x03\x04\x00")
    made = vanban.fix(path)
    assert made.text is None and not made.changed and made.data == b""


@pytest.mark.parametrize(
    "config",
    [{"ignore": ["TXT001"]}, {"select": ["DAT"]}],
)
def test_what_the_settings_leave_out_is_not_mended(config: dict[str, Any]) -> None:
    text = BASE.replace("- Các chi bộ trực", "- Các  chi bộ trực")
    text = text.replace("30/9/2023\n  nam", "30/09/2023\n  nam")
    made = vanban.fix(vanban.loads(damaged()), config=config)
    assert not [finding for finding in made.mended if finding.rule == "TXT001"]
    assert text


def test_a_suppressed_finding_is_not_mended() -> None:
    bad = (BAD / "FMT034-so_thu_tu-diem.yaml").read_text("utf-8")
    assert len(vanban.fix(vanban.loads(bad)).mended) == 2
    line = "      - tieu_de: b) Đối thoại"
    assert line in bad
    text = bad.replace(line, f"{line}  # vanban: bo-qua FMT034 lý do: thử")
    made = vanban.fix(vanban.loads(text))
    assert [finding.rule for finding in made.mended] == ["FMT034"]
    assert made.text is not None and "b) Đối thoại  # vanban" in made.text
    assert len(made.after.suppressed) == 1


def test_what_the_baseline_knows_is_not_mended(tmp_path: Path) -> None:
    from vanban.check.baseline import Baseline

    draft = vanban.load(BAD / "FMT034-so_thu_tu-diem.yaml")
    known = Baseline(tmp_path / "moc.json")
    known.put(draft.path or "", vanban.validate(draft).findings[:1], draft.lines)
    known.write()
    made = vanban.fix(draft, baseline=known.path)
    assert len(made.mended) == 1 and len(made.after.suppressed) == 1


def test_doubtful_fixes_wait_for_a_word() -> None:
    draft = vanban.load(BAD / "NUM002-chua_dat.yaml")
    assert not vanban.fix(draft).changed
    made = vanban.fix(draft, unsafe=True)
    assert [finding.rule for finding in made.mended] == ["NUM002"]


def test_a_text_that_an_alias_repeats_is_mended_once() -> None:
    text = damaged("- Các chi bộ trực").replace("    - Các", "    - &a Các", 1)
    text = text.replace("- C\u200bác", "- &a C\u200bác")
    text = BASE.replace("    - Các chi bộ", "    - &a Các\u200b chi bộ").replace(
        "chu_tri: các chi bộ trực thuộc", "chu_tri: *a"
    )
    made = vanban.fix(vanban.loads(text))
    assert made.text == text.replace("\u200b", "")
    assert len(made.mended) == 2


def test_a_byte_order_mark_and_crlf_stay() -> None:
    text = "\ufeff" + damaged().replace("\n", "\r\n")
    made = vanban.fix(vanban.loads(text))
    assert made.text == text.replace("\u200b", "")
    assert made.data.startswith(b"\xef\xbb\xbf")


def test_every_bad_example_is_mended_for_good() -> None:
    for path in sorted(BAD.glob("*.yaml")):
        draft = vanban.load(path)
        if not any(finding.fix for finding in vanban.validate(draft).findings):
            continue
        made = vanban.fix(draft, unsafe=True)
        left = {(one.finding.rule, one.finding.pointer) for one in made.left_out}
        assert {(f.rule, f.pointer) for f in made.after.findings if f.fix} <= left, path.name
        marks = {(f.rule, f.key, f.pointer) for f in made.before.findings}
        new = [f for f in made.after.findings if (f.rule, f.key, f.pointer) not in marks]
        assert not [f for f in new if f.severity is not Severity.INFO], path.name


# -- with rules of our own, to see how bad fixes are found

KIND = "loai: bao-cao-so-ket\n"

Check = Callable[[Draft], list[Finding]]


def found(
    draft: Draft, rule: str, pointer: str, start: int, end: int, new: str | None,
    *, safety: Safety = Safety.SAFE, severity: Severity = Severity.WARNING,
) -> Finding:  # fmt: skip
    edit = change(draft, pointer, start, end, new) if new is not None else None
    return Finding(
        rule, severity, f"{rule}.loi", {}, pointer, draft.positions.text(pointer, start, end),
        fix=Fix(safety, f"{rule}.sua", (edit,)) if edit else None,
    )  # fmt: skip


def each(draft: Draft) -> list[tuple[str, str]]:
    return [
        (f"/{key}", value)
        for key, value in draft.data.items()
        if isinstance(value, str) and key != "loai"
    ]


def run(text: str, check: Check, **more: Any) -> Mending:
    whole = text + KIND
    made = mend(read_text(whole), whole, read_text, lambda d: Result.sorted(check(d)), **more)
    assert made.draft.readable and made.text is not None and made.text.endswith(KIND)
    return made._replace(text=made.text.removesuffix(KIND))


def swapped(old: str, new: str, rule: str = "TXT901") -> Check:
    def check(draft: Draft) -> list[Finding]:
        return [
            found(draft, rule, pointer, at, at + len(old), new)
            for pointer, value in each(draft)
            for at in range(len(value))
            if value.startswith(old, at)
        ]

    return check


def both(*checks: Check) -> Check:
    return lambda draft: [finding for check in checks for finding in check(draft)]


def many(word: str, count: int) -> str:
    return "".join(f"k{number}: {word} {number}\n" for number in range(count))


def test_thousands_of_fixes_take_few_checks() -> None:
    calls = 0
    inner = swapped("xắp", "sắp")

    def check(draft: Draft) -> list[Finding]:
        nonlocal calls
        calls += 1
        return inner(draft)

    text = many("xắp xắp", 1500)
    made = run(text, check)
    assert made.text == text.replace("xắp", "sắp") and len(made.mended) == 3000
    assert calls == 2


def test_a_fix_that_leaves_its_finding_is_found_among_good_ones() -> None:
    def stubborn(draft: Draft) -> list[Finding]:
        return [
            found(draft, "TXT902", pointer, 0, 3, "xấp" if value.startswith("xắp") else "xắp")
            for pointer, value in each(draft)
            if pointer == "/k7"
        ]

    text = many("xắp tôi", 20)
    made = run(text, both(swapped("tôi", "tới"), stubborn))
    assert made.text == text.replace("tôi", "tới")
    assert [(one.finding.pointer, one.reason) for one in made.left_out] == [("/k7", "stays")]


def test_a_fix_that_raises_another_finding_is_left_out() -> None:
    def other(draft: Draft) -> list[Finding]:
        return [
            found(draft, "TXT903", "/k3", 0, 1, None)
            for _, value in each(draft)
            if value == "sắp 11"
        ]

    text = many("xắp", 20)
    made = run(text, both(swapped("xắp", "sắp"), other))
    assert made.text == text.replace("xắp", "sắp").replace("sắp 11\n", "xắp 11\n")
    (left,) = made.left_out
    assert (left.finding.pointer, left.reason, left.rules) == ("/k11", "new", ("TXT903",))
    # the places of others do not depend on chance: mending again changes nothing
    assert not run(made.text or "", both(swapped("xắp", "sắp"), other)).changed


def test_two_bad_fixes_are_both_found() -> None:
    def other(draft: Draft) -> list[Finding]:
        return [
            found(draft, "TXT903", "/k0", 0, 1, None)
            for _, value in each(draft)
            if value in ("sắp 3", "sắp 17")
        ]

    made = run(many("xắp", 30), both(swapped("xắp", "sắp"), other))
    assert {one.finding.pointer for one in made.left_out} == {"/k3", "/k17"}
    assert len(made.mended) == 28


def test_too_many_bad_fixes_end_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanban.fixing.MAX_TRIALS", 20)
    calls = 0

    def other(draft: Draft) -> list[Finding]:
        nonlocal calls
        calls += 1
        return [
            found(draft, "TXT903", f"/k{number}", 0, 1, None)
            for number, (_, value) in enumerate(each(draft))
            if value.startswith("sắp")
        ]

    text = many("xắp", 60)
    made = run(text, both(swapped("xắp", "sắp"), other))
    assert made.text == text and len(made.left_out) == 60
    assert calls <= 20 + 2


def test_fixes_that_overlap_wait_for_the_next_pass() -> None:
    made = run("t: a  , b\n", both(swapped("  ", " ", "TXT930"), swapped(" ,", ",", "TXT931")))
    assert made.text == "t: a, b\n"
    assert [finding.rule for finding in made.mended] == ["TXT930", "TXT931"]


def test_a_lesser_finding_in_words_that_became_readable_is_no_reason() -> None:
    def info(draft: Draft) -> list[Finding]:
        return [
            found(draft, "TXT905", pointer, 0, 1, None, severity=Severity.INFO)
            for pointer, value in each(draft)
            if "sắp" in value
        ]

    assert run("t: xắp\n", both(swapped("xắp", "sắp"), info)).text == "t: sắp\n"


def test_what_the_next_pass_mends_is_no_reason() -> None:
    checks = both(swapped("x1", "x2", "TXT901"), swapped("x2", "x3", "TXT902"))
    made = run("t: a x1\n", checks)
    assert made.text == "t: a x3\n" and len(made.mended) == 2


def test_rules_that_contradict_each_other_end() -> None:
    made = run("t: a x1\n", both(swapped("x1", "x2", "TXT901"), swapped("x2", "x1", "TXT902")))
    assert made.text == "t: a x1\n" and not made.changed
    assert [one.reason for one in made.left_out] == ["new"]


def test_a_fix_that_grows_for_ever_is_left_out() -> None:
    made = run("t: ab\n", swapped("a", "aa"))
    assert made.text == "t: ab\n" and [one.reason for one in made.left_out] == ["stays"]


def raw(draft: Draft, rule: str, line: int, start: int, end: int, text: str) -> Finding:
    span = Span(line, start, line, end)
    edit = Fix(Safety.SAFE, f"{rule}.sua", (Edit(span, text),))
    return Finding(rule, Severity.WARNING, f"{rule}.loi", {}, "/t", span, fix=edit)


@pytest.mark.parametrize("text", ["[", "b\nu: c", "- b", "{k: b}", '"b'])
def test_an_edit_that_breaks_the_draft_is_left_out(text: str) -> None:
    def check(draft: Draft) -> list[Finding]:
        return [raw(draft, "TXT901", 1, 4, 5, text)] if draft.data.get("t") == "a" else []

    source = "t: a\nz: 1\n"
    # the value is a text: the words are written so that they are that text
    made = run(source, check)
    assert made.draft.data == {"t": text, "z": 1, "loai": "bao-cao-so-ket"}


def test_an_edit_that_takes_more_than_a_text_is_left_out() -> None:
    def check(draft: Draft) -> list[Finding]:
        return [raw(draft, "TXT901", 1, 1, 5, "u: b\nv: c")] if "t" in draft.data else []

    made = run("t: a\nz: 1\n", check)
    assert not made.changed and [one.reason for one in made.left_out] == ["broken"]


def test_a_key_may_be_mended() -> None:
    def check(draft: Draft) -> list[Finding]:
        return [raw(draft, "SCH901", 1, 1, 2, "u")] if "t" in draft.data else []

    assert run("t: a\nz: 1\n", check).text == "u: a\nz: 1\n"


def test_a_figure_may_be_mended() -> None:
    def check(draft: Draft) -> list[Finding]:
        return [raw(draft, "NUM901", 1, 4, 9, "1246")] if draft.data["t"] == "1.246" else []

    made = run("t: 1.246\nz: 1\n", check)
    assert made.text == "t: 1246\nz: 1\n" and made.draft.data["t"] == 1246


def test_mendable_counts_the_safe_ones() -> None:
    draft = read_text("t: a b\n")
    safe = found(draft, "TXT901", "/t", 0, 1, "c")
    unsafe = found(draft, "TXT901", "/t", 0, 1, "c", safety=Safety.UNSAFE)
    assert mendable([safe, unsafe, found(draft, "TXT901", "/t", 0, 1, None)]) == 1


def test_json_drafts() -> None:
    import json

    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", f"{HIDDEN} duy trì 04 mô hình.")
    text = json.dumps(data, ensure_ascii=False, indent=2, default=int)
    made = vanban.fix(vanban.loads(text, "json"))
    assert made.text == text.replace("\u200b", "")


# -- faults of reading


def test_running_text_with_a_colon_is_put_in_quotes() -> None:
    line = "Mặt trận Tổ quốc: vận động Nhân dân thực hiện tốt chủ trương của Đảng."
    start = BASE.index("  mat_tran_doan_the: |")
    end = BASE.index("\ndanh_gia:")
    text = f"{BASE[:start]}  mat_tran_doan_the: {line}  # chú thích\n{BASE[end:]}"
    draft = vanban.loads(text)
    assert not draft.readable
    made = vanban.fix(draft)
    assert [finding.rule for finding in made.mended] == ["INP013"]
    assert made.text == text.replace(line, f'"{line}"') and made.after.ok


def test_a_mark_inside_a_text_is_taken_out() -> None:
    text = BASE.replace("Đảng ủy tổ chức", "\ufeffĐảng ủy tổ chức", 1)
    made = vanban.fix(vanban.loads(text))
    assert made.text == BASE and [finding.rule for finding in made.mended] == ["INP019"]


def test_a_key_pushed_on_one_line_is_not_quoted() -> None:
    made = vanban.fix(vanban.loads("loai: bao-cao-so-ket\nthe_thuc: so: 05\n"))
    assert not made.changed
