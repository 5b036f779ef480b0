"""Sentences found by their words are the sentences of the whole text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import sound
from vanban import kinds
from vanban.check import engine
from vanban.check.rule import Context
from vanban.config import Config
from vanban.read.reader import from_mapping
from vanban.rules._text import places, text_nodes
from vanban.rules.figures._skeleton import Figures, Sentence, sentences_of
from vanban.rules.figures._spots import spots

TEXTS = (
    "Kết nạp 05 đảng viên; trong đó có 02 nữ. Tổng số 1.246 hộ, đạt 98,5%.\n\nCòn hai mươi hộ.",
    "Chi 2 tỷ\n\n500 triệu đồng. Thu 3 tỷ 200 triệu đồng!\n- Có 03 (ba) chi bộ… và 17/19 tiêu chí",
    "… 12. Uỷ ban xã có 7 người.”  \n \n  Ba ấp; bốn thôn",
    "Không có số",
)


def context(text: str) -> Context:
    data: dict[str, Any] = sound()
    data["mo_dau"] = text
    draft = from_mapping(data)
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    return engine._context(draft, kind, None, Config())[0]


def told(sentence: Sentence) -> tuple[object, ...]:
    return sentence.text, sentence.marks, sentence.quantities, sentence.places


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("joined", [False, True])
def test_all_words_give_all_sentences(text: str, joined: bool) -> None:
    ctx = context(text)
    nodes = text_nodes(ctx, "lead", "prose")
    within = {node.pointer for node, _ in nodes}
    found = spots(ctx).around(range(len(ctx.prose.words)), within, joined=joined)
    assert any(value == text for _, value in nodes)
    for node, value in nodes:
        whole = [told(sentence) for sentence in sentences_of(value)]
        assert [told(sentence) for sentence in found.get(node.pointer, [])] == whole


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
    found = spots(ctx).around(places(ctx, "tổng số"), {"/mo_dau"})
    assert [s.text.split(",")[0].strip() for s in found["/mo_dau"]] == ["tổng số \x020\x03 hộ"]


def test_places_in_longer_words() -> None:
    ctx = context("Đã tổkết nạp 5 người, kết nạp mới.")
    words = ctx.prose.words
    whole = {words[number] for number in places(ctx, "kết nạp")}
    assert whole == {"kết"}
    assert "tổkết" in {words[number] for number in places(ctx, "kết nạp", pieces=True)}
