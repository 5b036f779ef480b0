"""The tables of slips: sound in themselves, silent on correct texts, kind to letters and blanks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.kit import EXAMPLES
from vanban import check_text
from vanban.finding import Finding, Safety
from vanban.text.phrases import fold_word
from vanban.text.prose import Prose, Text
from vanban.text.repeats import repeated_phrases, repeated_words
from vanban.text.slips import confusions, data, known_pairs, mended, slips
from vanban.text.syllables import tone_moved

SURE = {wrong: right for right, wrongs in data()["chac"].items() for wrong in wrongs}
OURS = ("TXT020", "TXT021", "TXT022", "TXT023", "TXT024", "TXT026", "TXT027", "TXT028")


def prose(text: str) -> Prose:
    return Prose([Text("/x", "prose", text)])


def found(text: str) -> list[Finding]:
    return [finding for finding in check_text(text).findings if finding.rule in OURS]


def corrected(text: str) -> str:
    read = prose(text)
    for hit in reversed(slips(read)):
        start, end = read.starts[hit.first], read.end(hit.last - 1)
        text = text[:start] + mended(read, hit, None) + text[end:]
    return text


# ---- the tables ---------------------------------------------------------------------------


def test_there_are_many_sure_pairs() -> None:
    assert len(SURE) > 2000


def test_pairs_match_word_by_word() -> None:
    for wrong, right in SURE.items():
        assert len(wrong.split()) == len(right.split()), wrong
        assert wrong == " ".join(map(fold_word, wrong.split())), wrong
    for case in data()["ngu_canh"]:
        for wrong in case["sai"]:
            assert len(case["dung"].split()) in (0, len(wrong.split())), wrong


def test_no_wrong_form_is_given_twice_or_is_right_elsewhere() -> None:
    listed = [wrong for wrongs in data()["chac"].values() for wrong in wrongs]
    assert len(listed) == len(set(listed))
    assert not set(listed) & set(data()["chac"])


def test_no_right_form_holds_a_wrong_one() -> None:
    for right in data()["chac"]:
        assert not slips(prose(right)), right


def test_no_pair_known_as_right_is_a_slip() -> None:
    for first, second in known_pairs():
        assert f"{first} {second}" not in SURE


def test_a_moved_tone_mark_is_another_rule_s() -> None:
    for wrong, right in SURE.items():
        changed = [a for a, b in zip(wrong.split(), right.split(), strict=True) if a != b]
        assert changed and not all(tone_moved(word) for word in changed), wrong


# ---- sure slips -----------------------------------------------------------------------------


@settings(deadline=None)
@given(st.sampled_from(sorted(SURE)), st.sampled_from(("lower", "capitalize", "upper")))
def test_every_pair_is_found_and_mended(wrong: str, letters: str) -> None:
    cased = getattr(wrong, letters)()
    # One word with a capital may be a name inside a sentence; here it stands at its beginning.
    assert corrected(f"{cased}, 12") == f"{getattr(SURE[wrong], letters)()}, 12"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Uỷ bân nhân dân xã", "Uỷ ban nhân dân xã"),
        ("Hoà bình, xắp\u00a0xếp", "Hoà bình, sắp\u00a0xếp"),
        ("khoá mới, uỷ viên hồ chi minh", "khoá mới, uỷ viên hồ chí minh"),
        ("HỘI ĐỒNG NHÂN DAN", "HỘI ĐỒNG NHÂN DÂN"),
        ("Xử lý. Sử lý", "Xử lý. Xử lý"),
    ],
)
def test_letters_blanks_and_tone_style_are_kept(text: str, right: str) -> None:
    assert corrected(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "lịch sử lý luận",
        "thành công xuất sắc",
        "xã Tân Hồi đồng loạt ra quân",
        "ông Trần Đăng Viện",
        "đề xuất\nbổ. Xung kích",
        "mục tiêu chung thực hiện tốt",
        "cũng cố gắng, cùng cố gắng",
    ],
)
def test_words_that_meet_are_left_alone(text: str) -> None:
    assert not slips(prose(text))


def test_codes_and_names_are_not_read() -> None:
    for role in ("code", "name"):
        read = Prose([Text("/x", role, "xắp xếp các các chi bộ chi bộ vẩn")])
        assert not slips(read) and not list(confusions(read))
        assert not list(repeated_words(read)) and not list(repeated_phrases(read))


# ---- good texts are silent --------------------------------------------------------------------


def test_good_drafts_and_messages_hold_no_slip() -> None:
    root = Path(__file__).parents[2]
    good = [
        *EXAMPLES.glob("*/*.yaml"),
        *EXAMPLES.glob("*/dung/*.yaml"),
        *(root / "src/vanban/messages/vi").glob("*.toml"),
    ]
    assert len(good) > 100
    for path in good:
        read = prose(path.read_text("utf-8"))
        hits = [*slips(read), *(hit for hit in confusions(read) if hit.right)]
        assert not hits, (path, [read.words[hit.first : hit.last] for hit in hits])


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(data()["chac"])), min_size=1, max_size=8))
def test_right_forms_side_by_side_are_no_slips(phrases: list[str]) -> None:
    assert not [f for f in found(", ".join(phrases) + ".") if f.rule == "TXT020"]


# ---- the fixes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule", "safe"),
    [
        ("Đảng ủy xắp xếp lại.", "TXT020", True),
        ("Tham dự có các các đồng chí.", "TXT022", True),
        ("Đội ngũ cán cán bộ dự họp.", "TXT022", False),
        ("Bí thư chi bộ chi bộ trực thuộc dự.", "TXT023", False),
        ("Kết quả 9 đầu năm.", "TXT024", True),
        ("Kết quả 8 đầu năm.", "TXT024", False),
        ("Nhân dân dành được thắng lợi.", "TXT021", False),
    ],
)
def test_only_certain_mending_is_safe(text: str, rule: str, safe: bool) -> None:
    [finding] = found(text)
    assert finding.rule == rule
    assert finding.fix is not None
    assert (finding.fix.safety is Safety.SAFE) is safe


def test_a_run_of_one_word_is_one_finding() -> None:
    [finding] = found("Tham dự có các các các đồng chí.")
    assert finding.args["cu"] == "các các các"


def test_a_phrase_said_again_and_again_is_one_finding() -> None:
    text = "Đảng ủy giao " + "chi bộ ấp " * 40 + "thực hiện."
    (finding,) = check_text(text, config={"select": ["TXT023"]}).findings
    assert finding.args["cu"] == "chi bộ ấp chi bộ ấp" and finding.args["moi"] == "chi bộ ấp"
    assert finding.span is not None
    assert text[finding.span.end_column - 1 :] == " thực hiện."


def test_an_ordinal_in_plain_text_is_read_here() -> None:
    [finding] = found("Thứ nhất, nghe báo cáo; thứ hai, bàn; thứ ba, góp ý; thư tư, kết luận.")
    assert finding.rule == "TXT021"
