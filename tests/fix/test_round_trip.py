"""A clean draft, damaged by chance, comes back from ``fix`` byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fix.clean import (
    ALL,
    KINDS,
    SENTENCES,
    Damage,
    as_json,
    json_draft,
    yaml_draft,
)
from vanban.fixing import fix
from vanban.read.reader import read_bytes, read_text

STYLES = st.sampled_from(["", "#", "'", '"', "|", "|-", ">", ">-"])
FIVE = ("", "'", '"', "|", ">")
PLACES = st.lists(st.integers(1, 8), max_size=3).map(tuple)
CHOICES = st.permutations(SENTENCES).flatmap(
    lambda order: st.tuples(*(st.tuples(STYLES, st.just(s), PLACES) for s in order[:5]))
).map(list)  # fmt: skip


def body_of(line: str) -> tuple[int, int]:
    """Where the sentence of a line begins and ends, for one that holds a key or quotes."""
    start = len(line) - len(line.lstrip())
    if ": " in line:
        start = line.index(": ") + 2
    end = line.find("  # ")
    return start, len(line) if end < 0 else end


def damaged(draw: st.DrawFn, lines: list[str], held: list[int]) -> tuple[list[str], int]:
    """The lines with a few damages, no two of them in the same word or beside each other."""
    lines = list(lines)
    count = 0
    for number in held:
        if not draw(st.booleans()):
            continue
        start, end = body_of(lines[number])
        body = lines[number][start:end]
        taken: list[tuple[int, int]] = []
        chosen: list[tuple[int, int, str]] = []
        for _ in range(draw(st.integers(1, 3))):
            damage: Damage = draw(st.sampled_from(KINDS))
            places = [
                place
                for place in damage.places(body)
                if all(place[1] + 1 < one or place[0] - 1 > two for one, two in taken)
                and "\\" not in body[place[0] : place[1]]
            ]
            if places:
                place = draw(st.sampled_from(places))
                taken.append(place[:2])
                chosen.append(place)
        for one, two, text in sorted(chosen, reverse=True):
            body = body[:one] + text + body[two:]
        count += len(chosen)
        lines[number] = lines[number][:start] + body + lines[number][end:]
    return lines, count


@pytest.mark.parametrize("damage", ALL, ids=lambda damage: damage.rule)
def test_every_kind_of_damage_is_on(damage: Damage) -> None:
    assert damage in KINDS
    assert any(list(damage.places(sentence)) for sentence in SENTENCES)


def test_the_drafts_are_clean() -> None:
    for first in range(len(SENTENCES)):
        order = [*SENTENCES[first:], *SENTENCES[:first]][:5]
        lines, _ = yaml_draft(
            [
                (style, one, (3, 4))
                for style, one in zip(["", "'", '"', "|", ">"], order, strict=True)
            ]
        )
        made = fix(read_text("\n".join(lines) + "\n"))
        assert not made.changed, made.mended
        assert not [f for f in made.before.findings if f.rule.startswith("TXT")]


@settings(max_examples=60, deadline=None)
@given(CHOICES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.data())
def test_yaml(
    choice: list[tuple[str, str, tuple[int, ...]]], newline: str, marked: bool, data: st.DataObject
) -> None:
    lines, held = yaml_draft(choice)
    broken, count = data.draw(st.composite(lambda draw: damaged(draw, lines, held))())
    mark = "\ufeff" if marked else ""
    clean = (mark + newline.join(lines) + newline).encode()
    made = fix(read_bytes((mark + newline.join(broken) + newline).encode(), path="a.yaml"))
    assert made.data == clean
    assert made.changed == (broken != lines)
    # mending what was mended changes nothing
    assert not fix(made.draft).changed
    assert len(made.mended) >= (count > 0)


@settings(max_examples=30, deadline=None)
@given(st.permutations(SENTENCES), st.booleans(), st.data())
def test_json(order: list[str], escaped: bool, data: st.DataObject) -> None:
    sentences = list(order[:5])
    numbers = list(range(5))
    broken, _ = data.draw(st.composite(lambda draw: damaged(draw, sentences, numbers))())
    clean = as_json(json_draft(sentences), escaped=escaped)
    made = fix(read_text(as_json(json_draft(broken), escaped=escaped), "json"))
    assert made.text == clean


@pytest.mark.parametrize("style", ["", "#", "'", '"', "|", "|-", ">", ">-"])
@pytest.mark.parametrize("damage", KINDS, ids=lambda damage: damage.rule)
def test_every_place_of_one_kind(damage: Damage, style: str) -> None:
    for sentence in SENTENCES:
        others = [one for one in SENTENCES if one != sentence][:4]
        choice = [(style, sentence, (4, 5)), *(("|", one, ()) for one in others)]
        lines, held = yaml_draft(choice)
        for number in held:
            start, end = body_of(lines[number])
            body = lines[number][start:end]
            if others[0] in body or number > held[3]:
                break
            places = list(damage.places(body))
            if not places:
                continue
            broken = list(lines)
            one, two, text = places[len(body) % len(places)]
            broken[number] = (
                lines[number][:start] + body[:one] + text + body[two:] + lines[number][end:]
            )
            made = fix(read_text("\n".join(broken) + "\n"))
            assert made.text == "\n".join(lines) + "\n", broken[number]
            assert damage.rule in {finding.rule for finding in made.mended}
