"""Naming what differs: changed, moved, missing, added; figures above all."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.embed.compare import Change, Difference, Unit, compare, cut
from vanban.embed.payload import fold

TEXTS = [
    "Đảng bộ huyện Mẫu",
    "BÁO CÁO",
    "Đảng ủy tổ chức 03 hội nghị quán triệt nghị quyết của cấp trên",
    "TT",
    "5",
    "6",
    "83,33",
    "Một đoạn văn khá dài ở giữa văn bản này",
    "Đoạn cuối cùng của văn bản này có nhiều chữ",
    "Nguyễn Văn A",
]


def of(texts: Sequence[str]) -> list[Unit]:
    return [Unit(text, page=1, line=n) for n, text in enumerate(texts, 1)]


def told(found: Sequence[Difference]) -> list[tuple[str, str | None, str | None]]:
    return [(one.change.value, one.before, one.after) for one in found]


def both(texts: Sequence[str]) -> list[tuple[str, str | None, str | None]]:
    """Compare as paragraphs and as lines of pages; the two must say the same."""
    direct = told(compare(of(TEXTS), of(texts)))
    assert told(compare(of(TEXTS), cut(of(TEXTS), of(texts)))) == direct
    return direct


def test_the_same_is_the_same() -> None:
    assert both(TEXTS) == []


def test_blanks_and_breaks_count_for_nothing() -> None:
    lines = ["Đảng bộ\u00a0huyện", "Mẫu BÁO", "CÁO", *TEXTS[2:]]
    assert told(compare(of(TEXTS), cut(of(TEXTS), of(lines)))) == []


@pytest.mark.parametrize(
    ("at", "new"),
    [(2, TEXTS[2].replace("03", "04")), (5, "7"), (6, "83,34"), (4, "55"), (9, "Trần Văn B")],
)
def test_a_changed_text(at: int, new: str) -> None:
    assert both([*TEXTS[:at], new, *TEXTS[at + 1 :]]) == [("changed", TEXTS[at], new)]


def test_a_missing_and_an_added_text() -> None:
    assert both([*TEXTS[:7], *TEXTS[8:]]) == [("missing", TEXTS[7], None)]
    assert both([*TEXTS[:3], "Đoạn thêm vào", *TEXTS[3:]]) == [("added", None, "Đoạn thêm vào")]


@pytest.mark.parametrize(("start", "end"), [(2, 8), (8, 2)])
def test_a_moved_text(start: int, end: int) -> None:
    texts = list(TEXTS)
    texts.insert(end, texts.pop(start))
    found = both(texts)
    # Which of the two that changed places is the one that moved is a matter of view.
    assert {change for change, *_ in found} == {"moved"}
    assert TEXTS[start] in {before for _, before, _ in found}


def test_several_at_once() -> None:
    texts = list(TEXTS)
    texts[2] = texts[2].replace("quán triệt", "học tập")
    texts[6] = "84"
    del texts[7]
    found = compare(of(TEXTS), of(texts))
    assert [one.change for one in found] == [Change.CHANGED, Change.CHANGED, Change.MISSING]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["12", "3"], ["1", "23"]), (["12 3"], ["1 23"]), (["1246"], ["1 246"])],
)
def test_a_blank_within_figures_is_a_change(wanted: list[str], found: list[str]) -> None:
    around = ("Một câu dài để làm mốc ở phía trước", "Một câu dài để làm mốc ở phía sau")
    one, two = [around[0], *wanted, around[1]], [around[0], *found, around[1]]
    assert compare(of(one), of(two))
    assert compare(of(one), cut(of(one), of(two)))
    line = [Unit(" ".join(two), page=1, line=1)]
    assert compare(of(one), cut(of(one), line))


def test_a_figure_broken_over_two_lines_is_none() -> None:
    wanted = of(["Nhiệm kỳ 2020 2025 của Đảng bộ xã Mẫu"])
    assert compare(wanted, cut(wanted, of(["Nhiệm kỳ 2020", "2025 của Đảng bộ xã Mẫu"]))) == []


def test_the_line_of_the_change_is_told() -> None:
    wanted = of(["Câu thứ nhất đứng trên dòng một, câu sau đứng trên dòng hai và có số 15."])
    lines = of(["Câu thứ nhất đứng trên dòng một, câu sau", "đứng trên dòng hai và có số 16."])
    (one,) = compare(wanted, cut(wanted, lines))
    assert (one.change, one.at.page, one.at.line) == (Change.CHANGED, 1, 2)


def test_the_heading_above_is_told() -> None:
    wanted = [Unit("1. Một mục của văn bản", heading=True), *of(TEXTS[2:5])]
    (one,) = compare(wanted, [wanted[0], *of(["Đảng ủy tổ chức 04 hội nghị"]), *of(TEXTS[3:5])])
    assert one.heading == "1. Một mục của văn bản"


def test_another_text_altogether() -> None:
    found = compare(of(TEXTS), cut(of(TEXTS), of(["hoàn toàn khác", "không có gì chung"])))
    assert {one.change for one in found} == {Change.MISSING, Change.ADDED}
    assert len(compare(of(TEXTS), [])) == len(TEXTS)


SOME = ("một", "hai", "ba", "1", "12", "2", "đảng", "viên", ",", "5%")
WORDS = st.lists(st.sampled_from(SOME), min_size=1, max_size=8)
UNITS = st.lists(WORDS.map(" ".join), max_size=12)


@given(UNITS, UNITS)
def test_nothing_is_told_only_when_all_is_the_same(one: list[str], two: list[str]) -> None:
    alike = [fold(text) for text in one] == [fold(text) for text in two]
    assert alike or compare(of(one), of(two))
    if "".join(map(fold, one)) != "".join(map(fold, two)):
        assert compare(of(one), cut(of(one), of(two)))


@given(UNITS, st.data())
def test_lines_of_any_length_are_the_same_text(texts: list[str], data: st.DataObject) -> None:
    words = " ".join(texts).split()
    lines, at = [], 0
    while at < len(words):
        size = data.draw(st.integers(1, 6))
        lines.append(" ".join(words[at : at + size]))
        at += size
    assert compare(of(texts), cut(of(texts), of(lines))) == []


def test_many_texts_are_compared_in_time() -> None:
    texts = [f"Đoạn thứ {n} của một văn bản rất dài, có số {n * 7}" for n in range(3000)]
    other = [text.replace("7", "8") if n % 100 == 0 else text for n, text in enumerate(texts)]
    cells = ["0"] * 2000
    start = time.perf_counter()
    found = compare(of([*texts, *cells]), cut(of([*texts, *cells]), of([*other, *cells, "0"])))
    assert found
    assert time.perf_counter() - start < 30
