"""What the rules about capital letters share: phrases found once, judged where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text import capitals
from vanban.text.capitals import AFTER, DOUBT, LAW, NAMED, NONE, SURE, Entry
from vanban.text.phrases import fold_word
from vanban.text.prose import CODE, NAME

if TYPE_CHECKING:
    from vanban.check.rule import Reading, Rule
    from vanban.finding import Finding
    from vanban.text.prose import Prose

LAW_NAME = "Nghị định 30/2020/NĐ-CP, Phụ lục II"
# Party documents have no list of their own: the State's is a default there.
_PARTY = Source(f"{LAW_NAME} (văn bản Đảng: dùng làm mặc định)", Certainty.C)


class Hit(NamedTuple):
    """A slip among words ``first:last``: its level, its kind, what should stand there."""

    first: int
    last: int
    kind: str
    level: str
    new: str
    rule: str


_KNOWN: WeakKeyDictionary[Prose, Mapping[str, list[Hit]]] = WeakKeyDictionary()


def hits(prose: Prose, rule: str) -> list[Hit]:
    """Return the slips of phrases that belong to a rule."""
    found = _KNOWN.get(prose)
    if found is None:
        found = _KNOWN[prose] = _all(prose)
    return found.get(rule, [])


def report(ctx: Reading, rule: Rule) -> Iterator[Finding]:
    """Report the slips of phrases that belong to a rule: capitals too many, capitals that lack."""
    for hit in hits(ctx.prose, rule.id):
        safe = hit.level == SURE and hit.kind in ("excess", "short")
        yield told(
            ctx,
            rule,
            "thua" if hit.kind == "excess" else "thieu",
            hit.first,
            hit.last,
            hit.new,
            hit.level,
            safe=safe,
        )


def told(
    ctx: Reading,
    rule: Rule,
    slug: str,
    first: int,
    last: int,
    new: str,
    level: str,
    *,
    safe: bool = False,
) -> Finding:
    """Build a finding on words ``first:last`` with the words that should stand there."""
    prose = ctx.prose
    start, end = prose.starts[first], prose.end(last - 1)
    old = prose.text[start:end]
    warns = level == SURE or (level == LAW and ctx.party is False)
    # Only the letters themselves are replaced, so that other fixes of these words can stand too.
    edits = [(start, end, new)]
    if len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True), start)
        edits = [(at, at + 1, two) for at, (one, two) in pairs if one != two]
    return ctx.mark(
        rule,
        slug,
        start,
        end,
        edits=edits,
        safety=Safety.SAFE if safe else Safety.UNSAFE,
        severity=Severity.WARNING if warns else Severity.INFO,
        source=_PARTY if ctx.party else None,
        cu=old,
        moi=new,
    )


def _all(prose: Prose) -> Mapping[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    done = 0
    for first, last, entry in capitals.index().find(prose):
        # One mistake is told once: by the phrase that begins first, then by the longest.
        if first < done:
            continue
        hit = _judged(prose, first, last, entry)
        if hit is not None:
            done = last
            found.setdefault(hit.rule, []).append(hit)
    return found


def _judged(prose: Prose, first: int, last: int, entry: Entry) -> Hit | None:
    written = prose.words[first:last]
    if entry.linked:
        return _wrong_name(prose, first, last, entry)
    rightly = _marks_right(prose, first, last, entry) if entry.joined else True
    free = opens(prose, first, written[0][0].isupper())
    slip = capitals.judge(written, entry, free_first=free)
    if (slip is None and rightly) or not readable(prose, first):
        return None
    if _means_else(prose, first, last, entry, shape=slip.kind if slip else ""):
        return None
    if not rightly:
        return _wrong_name(prose, first, last, entry)
    assert slip is not None
    kind = slip.kind
    # "Bắc giang" at the head of a sentence is no common word, whatever its capital is worth there.
    if kind == "lower" and written[0][0].isupper() and entry.lower in (SURE, AFTER):
        kind = "short"
    level = getattr(entry, kind)
    if level == NAMED:
        level = _named(prose, last)
    elif level == AFTER:
        level = SURE if _province(prose, first) else NONE
    if level == NONE:
        return None
    return Hit(first, last, kind, level, rewritten(prose, first, last, slip.capitals), entry.rule)


def _wrong_name(prose: Prose, first: int, last: int, entry: Entry) -> Hit | None:
    """Return a name of other words than the organisation's own; it must look like a name."""
    words = prose.words[first:last]
    if not words[0][0].isupper() or words[0].isupper() or not readable(prose, first):
        return None
    if not any(word[0].isupper() for word in words[1:]):
        return None
    return Hit(first, last, "name", DOUBT, entry.full, "TXT056")


def _marks_right(prose: Prose, first: int, last: int, entry: Entry) -> bool:
    """Tell whether the marks and the "và" between the words are those of the name.

    The kind of dash, and a fold of the line, are no matter of this.
    """
    text = " ".join(prose.text[prose.starts[first] : prose.end(last - 1)].split()).lower()
    return _joints(text) == _joints(entry.full.lower())


def _joints(text: str) -> tuple[int, bool, bool]:
    loose = text.replace("–", "-").replace("—", "-")
    return (len(loose.replace("-", " ").replace(",", " ").split()), "-" in loose, "," in loose)


def rewritten(prose: Prose, first: int, last: int, form: tuple[bool, ...]) -> str:
    """Return words with other capitals and the blanks and marks that stand between them."""
    made = capitals.spelled(prose.words[first:last], form)
    parts = [made[0]]
    for number in range(first + 1, last):
        parts += [prose.seps[number], made[number - first]]
    return "".join(parts)


def readable(prose: Prose, number: int) -> bool:
    """Tell whether a word stands in a text that has capitals of its own: no name, no code."""
    return prose.role(number) not in (CODE, NAME)


def begins(prose: Prose, number: int) -> bool:
    """Tell whether a word is the first of its sentence, line or text."""
    gap = prose.seps[number]
    return number == 0 or (gap != " " and any(mark in gap for mark in "\n\x1e.!?…"))


def opens(prose: Prose, number: int, capital: bool) -> bool:
    """Tell whether the first letter of a word says nothing: it begins a sentence.

    Behind a colon, a bracket, a quotation mark or a dash a capital says nothing either.
    """
    gap = prose.seps[number]
    if gap == " ":
        return _numbered(prose, number)
    return begins(prose, number) or (capital and any(mark in gap for mark in ":;(\"“‘'-–+•*/["))


def _numbered(prose: Prose, number: int) -> bool:
    """Tell whether only the number of an item stands before a word in its line: "1 Ủy ban"."""
    if number < 2 or not (prose.words[number - 1].isdecimal()):
        return False
    return begins(prose, number - 1)


def _means_else(prose: Prose, first: int, last: int, entry: Entry, shape: str) -> bool:
    """Tell whether the words beside a phrase make something else of it."""
    words, seps = prose.words, prose.seps
    after = words[last] if last < len(words) and seps[last] in (" ", "\n", "\u00a0") else ""
    before = words[first - 1] if first and seps[first] in (" ", "\n", "\u00a0") else ""
    if after and fold_word(after) in entry.not_before:
        return True
    if before and fold_word(before) in entry.not_after:
        return True
    if entry.foreign and shape != "excess" and after[:1].isupper() and after != "Việt":
        return True
    # Trưởng Ban Tổ chức, Trưởng Ban kiểm soát: the capital is that of the body's name.
    named = after[:1].isupper() or fold_word(after) not in capitals.words("after_office")
    if entry.before_capital and after and named:
        return True
    # Công đoàn | Viên chức: two compounds meet, and the first has its capital.
    if (
        shape == "excess"
        and last - first == 2
        and words[first].islower()
        and before[:1].isupper()
        and entry.rule == "TXT050"
    ):
        return True
    # Nguyễn Quốc Hội: a person.
    return bool(
        entry.person
        and before[:1].isupper()
        and words[first][0].isupper()
        and not begins(prose, first - 1)
    )


def unit_at(prose: Prose, number: int) -> int:
    """Return how many words name a kind of unit (xã, thị trấn) at a word, 0 for none."""
    words, seps = prose.words, prose.seps
    if number >= len(words) or seps[number] != " ":
        return 0
    units = capitals.words("units")
    one = fold_word(words[number])
    two = fold_word(words[number + 1]) if number + 1 < len(words) else ""
    if f"{one} {two}" in units and seps[number + 1] == " ":
        return 2
    return 1 if one in units else 0


def _named(prose: Prose, last: int) -> str:
    """Return how sure it is that a body in small letters is one body: that of a named unit."""
    words, seps = prose.words, prose.seps
    size = unit_at(prose, last)
    if not size:
        return NONE
    after = last + size
    if after >= len(words) or seps[after] != " ":
        gap = seps[after] if after < len(seps) else ""
        # "ủy ban nhân dân xã, phường, thị trấn": all of them.
        return NONE if "," in gap and unit_listed(prose, after) else DOUBT
    if words[after][0].isupper():
        return SURE
    return NONE if fold_word(words[after]) in ("hoặc", "và", "hay", "nơi", "có", "khác") else DOUBT


def _province(prose: Prose, first: int) -> bool:
    """Tell whether "tỉnh" or "thành phố" stands before a word."""
    words = prose.words
    if not first or prose.seps[first] != " ":
        return False
    before = fold_word(words[first - 1])
    return before == "tỉnh" or (
        before == "phố" and first > 1 and fold_word(words[first - 2]) == "thành"
    )


def unit_listed(prose: Prose, number: int) -> bool:
    """Tell whether a kind of unit stands at a word, whatever mark is before it."""
    return number < len(prose.words) and fold_word(prose.words[number]) in (
        *capitals.words("units"),
        "thị",
        "thành",
        "đặc",
    )
