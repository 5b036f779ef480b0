"""All texts of a draft as one run of words: nothing lost, every place leads back to its source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.text.prose import BORDER, CODE, HEADING, RUNNING, Prose, Text, cleaned

LETTERS = "aăâbcdđeêiôơuưàáảãạầấẩẫậềếểễệỳýỷỹỵ ĐẢNG012,.;:()-–\n\u200b\u00a0\ufeff\u0301"
TEXTS = st.lists(st.text(alphabet=LETTERS, max_size=40), max_size=6)


def prose_of(*texts: str) -> Prose:
    return Prose(Text(f"/{number}", RUNNING, text) for number, text in enumerate(texts))


@given(TEXTS)
def test_words_and_gaps_are_the_whole_text(texts: list[str]) -> None:
    prose = prose_of(*texts)
    assert len(prose.seps) == len(prose.words) + 1
    pairs = zip(prose.seps, [*prose.words, ""], strict=True)
    assert "".join(gap + word for gap, word in pairs) == prose.text
    for number, word in enumerate(prose.words):
        assert word
        assert prose.text[prose.starts[number] : prose.end(number)] == word


@given(TEXTS)
def test_the_passages_hold_the_cleaned_texts_in_order(texts: list[str]) -> None:
    prose = prose_of(*texts)
    assert [prose.text[p.start : p.end] for p in prose.passages] == [cleaned(t) for t in texts]


@given(TEXTS, st.sampled_from(["NFC", "NFD"]))
def test_a_word_leads_back_to_the_same_word_in_the_raw_text(texts: list[str], form: str) -> None:
    texts = [unicodedata.normalize(form, text) for text in texts]
    prose = prose_of(*texts)
    for number, word in enumerate(prose.words):
        passage, start, end = prose.raw(prose.starts[number], prose.end(number))
        assert passage is prose.of(number)
        assert passage.raw == texts[int(passage.pointer[1:])]
        assert word in cleaned(passage.raw[start:end])


@given(TEXTS)
def test_indexes_hold_every_word_once(texts: list[str]) -> None:
    prose = prose_of(*texts)
    for index in (prose.where, prose.distinct, prose.gaps):
        assert all(list(numbers) == sorted(numbers) for numbers in index.values())
    every = [*range(len(prose.words))]
    assert sorted(n for numbers in prose.where.values() for n in numbers) == every
    assert sorted(n for numbers in prose.distinct.values() for n in numbers) == every
    assert all(prose.words[n].lower() == word for word, found in prose.where.items() for n in found)


@given(TEXTS)
def test_sentences_and_paragraphs_cover_the_words_in_order(texts: list[str]) -> None:
    prose = prose_of(*texts)
    sentences = [(s.first, s.last) for s in prose.sentences(running=False)]
    for found in (sentences, [(p.first, p.last) for p in prose.paragraphs]):
        assert [n for first, last in found for n in range(first, last)] == [
            *range(len(prose.words))
        ]
        # None reaches over the border of a passage.
        assert all(prose.same(first, last - 1) for first, last in found)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Toàn xã có 2.486 hộ. Kinh tế tăng 12,5%.", ["Toàn xã có 2.486 hộ", "Kinh tế tăng 12,5"]),
        ("Đảng bộ TP. Mẫu họp. Đã xong!", ["Đảng bộ TP. Mẫu họp", "Đã xong"]),
        ("Có lúa, dừa, v.v. ở các ấp.", ["Có lúa, dừa, v.v. ở các ấp"]),
        ("Một đoạn\nxuống dòng.\n\nĐoạn hai", ["Một đoạn\nxuống dòng", "Đoạn hai"]),
        ("Hỏi: “Vì sao?” Đáp rồi…", ["Hỏi: “Vì sao", "Đáp rồi"]),
        ("Gửi VT.", ["Gửi VT"]),
        ("1. Công tác xây dựng Đảng", ["1. Công tác xây dựng Đảng"]),
    ],
)
def test_what_ends_a_sentence(text: str, sentences: list[str]) -> None:
    prose = prose_of(text)
    found = [prose.text[prose.starts[s.first] : prose.end(s.last - 1)] for s in prose.sentences()]
    assert found == sentences


def test_only_running_text_has_sentences_unless_all_are_asked_for() -> None:
    texts = (Text("/a", HEADING, "Tiêu đề"), Text("/b", RUNNING, "Câu."), Text("/c", CODE, "05-BC"))
    prose = Prose(texts)
    assert [prose.words[s.first] for s in prose.sentences()] == ["Câu"]
    assert [prose.words[s.first] for s in prose.sentences(running=False)] == ["Tiêu", "Câu", "05"]


def test_a_border_in_the_text_itself_parts_nothing() -> None:
    prose = prose_of(f"một{BORDER}hai", "ba")
    assert prose.words == ["mộthai", "ba"]
    assert prose.raw(0, 6)[1:] == (0, 7)
