"""A clean draft, damaged by chance, comes back from ``fix`` byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fix.clean import SENTENCES, Held, as_json, json_draft, yaml_draft
from tests.fix.damage import ALL, HEAD, TAIL, WHOLE, Damage, Place
from vanban.check.rule import FixClass
from vanban.fixing import fix
from vanban.read.reader import read_bytes, read_text
from vanban.rules import modules

FIVE = ("", "'", '"', "|", ">")
STYLES = (*FIVE, "#", "|-", ">-")
PLACES = st.lists(st.integers(1, 8), max_size=3).map(tuple)
CHOICES = st.permutations(SENTENCES).flatmap(
    lambda order: st.tuples(
        *(st.tuples(st.sampled_from(STYLES), st.just(s), PLACES) for s in order[:5])
    )
).map(list)  # fmt: skip
SMALL = [damage for damage in ALL if not damage.passage]
Choice = list[tuple[str, str, tuple[int, ...]]]


def body_of(line: str) -> tuple[int, int]:
    """Where the sentence of a line begins and ends, for one that holds a key or quotes."""
    start = len(line) - len(line.lstrip())
    if ": " in line:
        start = line.index(": ") + 2
    end = line.find("  # ")
    end = len(line) if end < 0 else end
    if line[start : start + 1] in ("'", '"'):
        start += 1
    if line[end - 1 :] in ("'", '"'):
        end -= 1
    return start, end


def fits(damage: Damage, style: str, *, first: bool, last: bool) -> bool:
    """Tell whether a text in this style can hold the damage."""
    if damage.edge == HEAD:
        return first and style in ("'", '"')
    if damage.edge == WHOLE:
        return first and last
    if damage.edge == TAIL:
        return last and style in ("'", '"', "|", "|-", ">", ">-")
    return True


def written(text: str, style: str) -> str:
    return text.replace('"', '\\"') if style == '"' else text


def damaged_line(draw: st.DrawFn, body: str, held: Held, *, alone: bool) -> tuple[str, int]:
    """A line with a few damages, no two of them beside each other; a passage stands alone."""
    chosen: list[Place] = []
    for _ in range(draw(st.integers(1, 3))):
        damage = draw(st.sampled_from(ALL if alone and not chosen else SMALL))
        if not fits(damage, held.style, first=held.first, last=held.last):
            continue
        places = [
            place
            for place in damage.places(body)
            if all(place[1] + 1 < one or place[0] - 1 > two for one, two, _ in chosen)
        ]
        if places:
            chosen.append(draw(st.sampled_from(places)))
        if places and damage.passage:
            break
    for one, two, text in sorted(chosen, reverse=True):
        body = body[:one] + written(text, held.style) + body[two:]
    return body, len(chosen)


def damaged(draw: st.DrawFn, lines: list[str], held: list[Held]) -> tuple[list[str], int]:
    """The lines of a draft with a few damages in some of those that hold its sentences."""
    lines = list(lines)
    count = 0
    for one in held:
        if draw(st.booleans()):
            line = lines[one.number]
            start, end = body_of(line)
            alone = one.first and one.last
            body, more = damaged_line(draw, line[start:end], one, alone=alone)
            count += more
            lines[one.number] = line[:start] + body + line[end:]
    return lines, count


def test_every_safe_rule_has_a_kind_of_damage() -> None:
    safe = {m.RULE.id for m in modules("TXT") if m.RULE.fix is FixClass.SAFE}
    assert safe == {damage.rule for damage in ALL}


@pytest.mark.parametrize("damage", ALL, ids=str)
def test_every_kind_of_damage_has_a_place(damage: Damage) -> None:
    assert any(list(damage.places(sentence)) for sentence in SENTENCES)


def test_the_drafts_are_clean() -> None:
    for first in range(len(SENTENCES)):
        order = [*SENTENCES[first:], *SENTENCES[:first]][:5]
        lines, _ = yaml_draft([(style, s, (3, 4)) for style, s in zip(FIVE, order, strict=True)])
        made = fix(read_text("\n".join(lines) + "\n"))
        assert not made.changed, made.mended
        assert not [f for f in made.before.findings if f.rule.startswith("TXT")]


@settings(max_examples=60, deadline=None)
@given(CHOICES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.data())
def test_yaml(choice: Choice, newline: str, marked: bool, data: st.DataObject) -> None:
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
    # straight quotation marks and edges are those of a text in quotes
    held = [Held(number, "'", first=True, last=True) for number in range(5)]
    broken, _ = data.draw(st.composite(lambda draw: damaged(draw, sentences, held))())
    clean = as_json(json_draft(sentences), escaped=escaped)
    made = fix(read_text(as_json(json_draft(broken), escaped=escaped), "json"))
    assert made.text == clean
    assert not fix(made.draft).changed


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("damage", ALL, ids=str)
def test_one_place_of_every_kind(damage: Damage, style: str) -> None:
    shift = STYLES.index(style)
    # another sentence for each style, the next one where it has no place for the damage
    for number, sentence in enumerate([*SENTENCES[shift:], *SENTENCES[:shift]]):
        others = [one for one in SENTENCES if one != sentence][number % 8 :][:4]
        choice: Choice = [(style, sentence, (4, 5)), *(("|", one, ()) for one in others)]
        if not any(damage.places(sentence)):
            continue
        lines, held = yaml_draft(choice)
        for one in held[: len(held) - 4]:
            line = lines[one.number]
            start, end = body_of(line)
            body = line[start:end]
            places = list(damage.places(body))
            if not places or not fits(damage, style, first=one.first, last=one.last):
                continue
            broken = list(lines)
            at, to, text = places[(len(body) + number) % len(places)]
            text = written(text, style)
            broken[one.number] = line[:start] + body[:at] + text + body[to:] + line[end:]
            made = fix(read_text("\n".join(broken) + "\n"))
            assert made.text == "\n".join(lines) + "\n", broken[one.number]
            assert damage.rule in {finding.rule for finding in made.mended}
            return
