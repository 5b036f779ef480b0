"""A clean plain text, damaged by chance, comes back from ``fix_text`` byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vanban
from tests.fix.clean import SENTENCES, USUAL
from tests.fix.damage import ALL, Damage, Place

SMALL = [damage for damage in ALL if not damage.passage]
# How a paragraph stands in a text: what is before and behind it, and whether it is a whole line.
PLAIN = (("", ""), ("- ", ""), ("  + ", ""), ("1. ", ""), ("a) ", ""))
MARKDOWN = (
    *PLAIN[:2],
    ("1. ", ""),
    ("  - ", ""),
    ("> ", ""),
    ("> - ", ""),
    ("| 1 | ", " | Cột cuối |"),
    ("**", "**"),
    ("[", "](tep/van%20ban.md)"),
    ("Mục `ma_so` có nội dung: *", "*"),
    ("<!-- chú thích -->\n", ""),
)
# What stands between the paragraphs of a Markdown text and is no text to be mended.
ASIDE = (
    "",
    "```\nxắp  xếp , Ð\n```\n\n",
    "<!-- -->\n\n    xắp  xếp , Ð\n\n",
    "<div>\nxắp  xếp , Ð\n</div>\n\n",
    "---\n\n",
    "[a]: tep/xắp-xếp.md\n\n",
)


def edged(damage: Damage, markdown: bool, frame: tuple[str, str]) -> bool:
    """Tell whether an edge can be damaged: of a line in a plain text, not behind a list's mark."""
    return damage.edge not in ("head", "tail") or (not markdown and frame == ("", ""))


@st.composite
def damaged(draw: st.DrawFn, markdown: bool) -> tuple[str, str]:
    """A clean text, and the same with a few damages."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    clean: list[str] = []
    broken: list[str] = []
    for sentence in draw(st.permutations(SENTENCES))[:4]:
        frame = draw(st.sampled_from(MARKDOWN if markdown else PLAIN))
        aside = draw(st.sampled_from(ASIDE)) if markdown else ""
        chosen: list[Place] = []
        for _ in range(draw(st.integers(0, 3))):
            damage = draw(st.sampled_from(SMALL if chosen else ALL))
            places = [
                place
                for place in damage.places(sentence)
                if all(place[1] + 1 < one or place[0] - 1 > two for one, two, _ in chosen)
            ]
            if places and edged(damage, markdown, frame):
                chosen.append(draw(st.sampled_from(places)))
                if damage.passage:
                    break
        wrong = sentence
        for one, two, text in sorted(chosen, reverse=True):
            wrong = wrong[:one] + text + wrong[two:]
        table = "| TT | Nội dung | Ghi chú |\n|---|---|---|\n" if frame[0].startswith("|") else ""
        for lines, body in ((clean, sentence), (broken, wrong)):
            lines.append(f"{aside}{table}{frame[0]}{body}{frame[1]}\n\n")
    mark = draw(st.sampled_from(["", "\ufeff"]))
    pair = [mark + "".join([*lines, USUAL, "\n"]) for lines in (clean, broken)]
    return pair[0].replace("\n", newline), pair[1].replace("\n", newline)


def comes_back(clean: str, broken: str, *, markdown: bool) -> None:
    made = vanban.fix_text(broken, markdown=markdown)
    assert made.text == clean
    # mending what was mended changes nothing
    assert not vanban.fix_text(clean, markdown=markdown).changed


@settings(max_examples=60, deadline=None)
@given(damaged(markdown=False))
def test_plain(pair: tuple[str, str]) -> None:
    comes_back(*pair, markdown=False)


@settings(max_examples=80, deadline=None)
@given(damaged(markdown=True))
def test_markdown(pair: tuple[str, str]) -> None:
    comes_back(*pair, markdown=True)


@pytest.mark.parametrize("markdown", [False, True], ids=["txt", "md"])
@pytest.mark.parametrize("damage", ALL, ids=str)
def test_one_place_of_every_kind(damage: Damage, markdown: bool) -> None:
    frames = [f for f in (MARKDOWN if markdown else PLAIN) if edged(damage, markdown, f)]
    rest = f"\n\n{USUAL}\n"
    for number, sentence in enumerate(SENTENCES):
        places = list(damage.places(sentence))
        if not places or not frames:
            continue
        start, end, text = places[number % len(places)]
        before, behind = frames[number % len(frames)]
        wrong = sentence[:start] + text + sentence[end:]
        table = "| TT | Nội dung | Ghi chú |\n|---|---|---|\n" if before[0:1] == "|" else ""
        clean, broken = (f"{table}{before}{s}{behind}{rest}" for s in (sentence, wrong))
        made = vanban.fix_text(broken, markdown=markdown)
        assert made.text == clean
        assert damage.rule in {finding.rule for finding in made.mended}
        assert not vanban.fix_text(clean, markdown=markdown).changed
