"""Sentences found by their words are the sentences of the whole text."""

from __future__ import annotations

import pytest

from tests.rules.kit import context_of, sound
from vanban.check.rule import Context
from vanban.read.reader import from_mapping
from vanban.rules._text import RUNNING, places, text_nodes
from vanban.rules.figures._skeleton import Figures, Sentence, sentences_of
from vanban.rules.figures._spots import spots

TEXTS = (
    "Kết nạp 05 đảng viên; trong đó có 02 nữ. Tổng số 1.246 hộ, đạt 98,5%.\n\nCòn hai mươi hộ.",
    "Chi 2 tỷ\n\n500 triệu đồng. Thu 3 tỷ 200 triệu đồng!\n- Có 03 (ba) chi bộ… và 17/19 tiêu chí",
    "… 12. Uỷ ban xã có 7 người.”  \n \n  Ba ấp; bốn thôn",
    "Không có số",
)


def context(text: str) -> Context:
    return context_of(from_mapping(sound() | {"mo_dau": text}))


def told(sentence: Sentence) -> tuple[object, ...]:
    return sentence.text, sentence.marks, sentence.quantities, sentence.places


@pytest.mark.parametrize("text", TEXTS)
def test_all_words_give_all_sentences(text: str) -> None:
    ctx = context(text)
    book = spots(ctx)
    every = [book.clause(number) for number in range(len(ctx.prose.words))]
    found = {passage.pointer: sentences for passage, sentences in book.around(every, *RUNNING)}
    nodes = text_nodes(ctx, *RUNNING)
    assert any(value == text for _, value in nodes)
    for node, value in nodes:
        whole = [told(sentence) for sentence in sentences_of(value)]
        assert [told(sentence) for sentence in found.get(node.pointer, [])] == whole


@pytest.mark.parametrize("text", TEXTS)
def test_clauses_make_the_sentences(text: str) -> None:
    ctx = context(text)
    book = spots(ctx)
    for number in range(len(ctx.prose.words)):
        first, behind = book.sentence(number)
        clauses = book.clauses(first, behind)
        assert clauses[0] == first and book.behind(clauses[-1]) == behind
        assert book.clause(number) in clauses


@pytest.mark.parametrize("text", TEXTS)
def test_figures_between_two_places(text: str) -> None:
    every = [q for sentence in sentences_of(text) for q in sentence.quantities]
    figures = Figures(text)
    for start in range(0, len(text), 3):
        for end in range(start, len(text) + 1, 5):
            wanted = [q.start for q in every if start <= q.start < end]
            assert [q.start for q in figures.between(start, end)] == wanted


def test_a_word_gives_its_sentence_only() -> None:
    ctx = context(TEXTS[0])
    book = spots(ctx)
    asked = map(book.clause, book.at("tổng số"))
    ((passage, found),) = book.around(asked, *RUNNING)
    assert passage.pointer == "/mo_dau"
    assert [s.text.split(",")[0].strip() for s in found] == ["tổng số \x020\x03 hộ"]


@pytest.mark.parametrize(
    "phrase", ["kết nạp", "uỷ ban xã", "ỦY BAN", "và", "không có số", "chi bộ"]
)
def test_phrases_stand_where_their_words_do(phrase: str) -> None:
    for text in TEXTS:
        ctx = context(text)
        assert sorted(spots(ctx).at(phrase)) == sorted(places(ctx, phrase))


def test_places_in_longer_words() -> None:
    ctx = context("Đã tổkết nạp 5 người, kết nạp mới.")
    words = ctx.prose.words
    whole = {words[number] for number in places(ctx, "kết nạp")}
    assert whole == {"kết"}
    assert "tổkết" in {words[number] for number in places(ctx, "kết nạp", pieces=True)}
