"""Phrases are found by their rarest word, in any case and tone style, never across passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vanban.text.phrases import BLANKS, PhraseTable, fold_word, spellings
from vanban.text.prose import RUNNING, Prose, Text


def prose(*texts: str) -> Prose:
    return Prose(Text(f"/{number}", RUNNING, text) for number, text in enumerate(texts))


def found(table: PhraseTable[str], *texts: str) -> list[tuple[str, str]]:
    read = prose(*texts)
    return [
        (read.text[read.starts[first] : read.end(last - 1)], entry)
        for first, last, entry in table.find(read)
    ]


NAMES: PhraseTable[str] = PhraseTable(
    {
        ("Đảng", "ủy"): "committee",
        ("văn", "phòng"): "office",
        ("văn", "phòng", "Đảng", "uỷ"): "office of the committee",
        ("xã",): "commune",
    }
)


def test_case_and_tone_style_do_not_matter() -> None:
    assert found(NAMES, "ĐẢNG UỶ họp.") == [("ĐẢNG UỶ", "committee")]
    assert found(NAMES, "đảng ủy, Đảng uỷ") == [("đảng ủy", "committee"), ("Đảng uỷ", "committee")]


def test_the_longest_phrase_is_taken() -> None:
    assert found(NAMES, "Văn phòng Đảng ủy xã") == [
        ("Văn phòng Đảng ủy", "office of the committee"),
        ("xã", "commune"),
    ]


def test_words_are_joined_by_single_blanks_only() -> None:
    assert found(NAMES, "Đảng\nủy Đảng\u00a0ủy") == [
        ("Đảng\nủy", "committee"),
        ("Đảng\u00a0ủy", "committee"),
    ]
    assert not found(NAMES, "Đảng, ủy; Đảng - ủy; Đảng  ủy")


def test_no_phrase_crosses_passages() -> None:
    assert not found(NAMES, "của Đảng", "ủy thác")


def test_a_table_may_allow_other_joiners() -> None:
    table = PhraseTable({("kinh", "tế", "xã", "hội"): "both"}, BLANKS | {" - ", " – "})
    text = "kinh tế - xã hội, kinh tế – xã hội, kinh tế xã hội, kinh tế, xã hội"
    assert [words for words, _ in found(table, text)] == text.split(", ")[:3]


def test_edges_of_the_text() -> None:
    assert found(NAMES, "xã") == [("xã", "commune")]
    assert not found(NAMES, "ủy")
    assert not found(NAMES, "Đảng")
    assert not found(NAMES, "")
    assert len(NAMES) == 4


def test_folding() -> None:
    assert fold_word("UỶ") == "ủy"
    assert set(spellings("Hoà")) == {"hòa", "hoà"}
    assert spellings("quý") == ("quý",)


@given(st.lists(st.sampled_from(["a", "b", "c", ", ", "\n", "."]), max_size=40))
def test_what_is_found_is_what_a_plain_search_finds(parts: list[str]) -> None:
    table = PhraseTable({("a", "b"): "ab", ("a", "b", "c"): "abc", ("c", "c"): "cc"})
    read = prose(" ".join(parts))
    expected, at = [], 0
    while at < len(read.words):
        for size, name in ((3, "abc"), (2, "ab"), (2, "cc")):
            words = "".join(read.words[at : at + size])
            if words == name and BLANKS.issuperset(read.seps[at + 1 : at + size]):
                expected.append((at, at + size, name))
                at += size
                break
        else:
            at += 1
    assert list(table.find(read)) == expected
