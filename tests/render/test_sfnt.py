"""Reading font files ourselves says what fontTools says, or leaves them to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from vanban.errors import EnvironmentIncompleteError
from vanban.render import fonts, sfnt

# Runs, single letters, a gap, the end of the first plane, and beyond it.
POINTS = [*range(0x41, 0x5B), 0x61, 0x63, *range(0x1EA0, 0x1EFA), 0xFFFD, 0x1F600, 0x1F602]


@pytest.fixture(params=["upright", "first plane only", "shuffled glyphs"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    points = POINTS if request.param != "first plane only" else [p for p in POINTS if p < 0x10000]
    names = {point: f"u{point:05X}" for point in points}
    order = [".notdef", *names.values()]
    if request.param == "shuffled glyphs":
        order[1:] = order[:0:-1]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    builder.setupHorizontalHeader(ascent=891, descent=-216)
    builder.setupNameTable({"familyName": "Chữ Thử", "styleName": "Bold"})
    builder.setupOS2(fsSelection=0x20)
    builder.setupPost()
    builder.font["head"].fontRevision = 2.125
    path = tmp_path / "font.ttf"
    builder.save(path)
    return path


def asked(path: Path) -> sfnt.Facts:
    """Return what fontTools says."""
    found = fonts._asked_of_library(path)
    assert found is not None
    return found


def test_a_font_is_read_as_fonttools_reads_it(made: Path) -> None:
    facts = sfnt.facts_of(made)
    assert facts == asked(made)
    assert facts.covered == set(TTFont(made).getBestCmap())


def test_the_fonts_of_this_machine_are_read_as_fonttools_reads_them() -> None:
    try:
        files = fonts.find_font().files
    except EnvironmentIncompleteError:
        pytest.skip("this machine has no suitable font")
    for path in files:
        assert sfnt.facts_of(path) == asked(path)


def test_no_damage_is_more_than_an_uncommon_font(made: Path, tmp_path: Path) -> None:
    whole = made.read_bytes()
    damaged = tmp_path / "damaged.ttf"
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        for data in (whole[:at], whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :]):
            damaged.write_bytes(data)
            try:
                facts = sfnt.facts_of(damaged)
            except sfnt.UncommonError:
                continue
            assert max(facts.covered, default=0) <= 0x10FFFF


def test_a_font_that_is_uncommon_is_left_to_fonttools(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> sfnt.Facts:
        raise sfnt.UncommonError

    before = fonts._inspect.__wrapped__(made, 0)
    monkeypatch.setattr(sfnt, "facts_of", refuse)
    assert fonts._inspect.__wrapped__(made, 0) == before
