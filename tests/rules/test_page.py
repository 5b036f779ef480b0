"""The page of a draft holds every text where ``ctx.prose`` has it, folded."""

from __future__ import annotations

import unicodedata

import pytest

from tests.rules.kit import context_of, sound
from vanban.check.rule import Context
from vanban.read.reader import from_mapping
from vanban.rules._page import page, places
from vanban.rules._quantities import fold
from vanban.rules._text import RUNNING, text_nodes

TEXTS = (
    "Uỷ ban xã KẾT NẠP 05 đảng viên;\u00a0hoà giải.",
    unicodedata.normalize("NFD", "Kết nạp đảng viên"),
    "Kết nạp\u200b đảng viên",
    "İ: kết nạp đảng viên",
)


def context(text: str) -> Context:
    return context_of(from_mapping(sound() | {"mo_dau": text}))


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_folded_or_blank(text: str) -> None:
    ctx = context(text)
    whole = page(ctx)
    for number, passage in enumerate(whole.passages):
        shown = whole.text[passage.start : passage.end]
        assert not shown.strip() if number in whole.odd else shown == fold(passage.raw).text


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_hold_what_is_sought(text: str) -> None:
    ctx = context(text)
    found = page(ctx).pieces(lambda one: places(one, "đảng viên"), *RUNNING)
    wanted = [
        n.pointer for n, value in text_nodes(ctx, *RUNNING) if "đảng viên" in fold(value).text
    ]
    assert [piece.pointer for piece in found] == wanted
    for piece in found:
        for at in piece.at:
            said = piece.raw[piece.back(at) : piece.back(at + len("đảng viên"))]
            assert fold(said).text == "đảng viên"
