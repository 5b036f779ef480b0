"""Các vế của thuật ngữ ghép đứng theo một trật tự (TXT062).

Quy định
    Trong một văn bản, các vế của một thuật ngữ ghép đứng theo một trật tự: không nơi viết "quốc
    phòng - an ninh", nơi viết "an ninh - quốc phòng". Trật tự ít gặp hơn bị nhắc; bằng nhau thì
    theo trật tự thường dùng. Tên gọi đã cố định ("tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    "kinh tế - xã hội") thì trật tự khác luôn bị nhắc.

Vì sao
    Trật tự các vế là quy ước của văn kiện; đổi qua đổi lại làm người đọc phân vân có dụng ý gì.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Đảng ủy lãnh đạo giữ vững quốc phòng - an ninh và tuyên truyền nhiệm vụ an ninh - quốc
          phòng.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Đảng ủy lãnh đạo giữ vững quốc phòng - an ninh và tuyên truyền nhiệm vụ quốc phòng - an
          ninh.

Cách sửa
    Đổi chỗ các vế theo trật tự được đề nghị.

Nguồn và độ tin cậy
    Trật tự thường dùng trong văn kiện của Đảng; không có điều khoản riêng, độ tin cậy C.

English:
    The parts of a compound term keep one order in a document. The rarer order is a remark; of
    terms that are fixed names another order always is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, NamedTuple

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._terms import (
    COMMAS,
    DASHED,
    NAMED,
    Entry,
    entry,
    quoted,
    right_form,
    words_of,
)
from vanban.text.phrases import BLANKS, PhraseTable
from vanban.text.terms import data

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT062",
    name="term_order",
    severity=Severity.INFO,
    source=Source("Trật tự các vế của thuật ngữ trong văn kiện", Certainty.C),
    fix=FixClass.UNSAFE,
)

_KINDS = {"gach": DASHED, "phay": COMMAS, "cach": BLANKS}
_Order = tuple[int, ...]


class _Ordered(NamedTuple):
    """A term in one order of its parts; ``parts`` in the usual order."""

    entry: Entry
    parts: tuple[str, ...]
    order: _Order
    joiners: frozenset[str]

    def sizes(self) -> list[int]:
        """Return how many words each part has, in the order they stand."""
        return [len(words_of(self.parts[at])) for at in self.order]


_Place = tuple[int, int, _Ordered]


@cache
def _table(usual: bool, only: str | None = None) -> PhraseTable[_Ordered]:
    """Return the terms in their usual order, or in all others; ``only`` one term."""
    found: dict[tuple[str, ...], _Ordered] = {}
    for given in data()["trat_tu"]:
        if only is not None and given["viet"] != only:
            continue
        parts = tuple(given["viet"].split("|"))
        one = entry(given)
        kinds = [_KINDS[kind] for kind in given.get("noi", tuple(_KINDS))]
        for order in permutations(range(len(parts))):
            if (order == tuple(range(len(parts)))) == usual:
                words = tuple(word for at in order for word in words_of(parts[at]))
                found[words] = _Ordered(one, parts, order, frozenset().union(*kinds))
    return PhraseTable(found, BLANKS | DASHED | COMMAS)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report terms whose parts stand in the rarer order."""
    prose = ctx.prose
    found: dict[Entry, list[_Place]] = {}
    for first, last, term in _table(False).find(prose):
        if _sound(prose, first, last, term):
            found.setdefault(term.entry, []).append((first, last, term))
    # The usual order is looked for only where another one stands.
    for one, others in found.items():
        usual = [
            (first, last, term)
            for first, last, term in _table(True, one.text).find(prose)
            if _sound(prose, first, last, term)
        ]
        yield from _told(ctx, one, usual, others)


def _told(ctx: Reading, one: Entry, usual: list[_Place], others: list[_Place]) -> Iterator[Finding]:
    prose = ctx.prose
    begun = {number for first, last, _ in usual for number in range(first + 1, last)}
    # "quốc phòng, an ninh, quốc phòng": the later reading of the same words is none.
    others = [place for place in others if place[0] not in begun]
    forms = Counter(term.order for _, _, term in [*usual, *others])
    own = tuple(range(len(one.text.split("|"))))
    if one.always:
        right, count = own, forms[own]
    elif (chosen := right_form(forms, own)) is not None:
        right, count = chosen
    else:
        return
    for first, last, term in sorted([*usual, *others], key=lambda place: place[0]):
        if term.order != right:
            yield ctx.mark(
                RULE,
                "trat_tu" if count else "co_dinh",
                prose.starts[first],
                prose.end(last - 1),
                new=_reordered(prose, first, term, right),
                safety=Safety.UNSAFE,
                so=count,
            )


def _sound(prose: Prose, first: int, last: int, term: _Ordered) -> bool:
    """Tell whether the parts are joined as the term allows, all in one way."""
    at = first
    borders: set[int] = set()
    for size in term.sizes()[:-1]:
        at += size
        borders.add(at)
    kinds = {
        next(kind for kind, gaps in _KINDS.items() if prose.seps[number] in gaps)
        for number in borders
    }
    return (
        len(kinds) == 1
        and all(prose.seps[number] in term.joiners for number in borders)
        and all(
            prose.seps[number] in BLANKS
            for number in range(first + 1, last)
            if number not in borders
        )
        and prose.role(first) in NAMED
        and term.entry.fits(prose, first, last)
        # "kinh tế, quốc phòng, an ninh, đối ngoại": in a list of more the order is free.
        and not ("phay" in kinds and len(term.parts) == 2 and _listed(prose, first, last))
        and not quoted(prose, first)
    )


def _listed(prose: Prose, first: int, last: int) -> bool:
    return prose.seps[first] in COMMAS or prose.seps[last] in COMMAS


def _reordered(prose: Prose, first: int, term: _Ordered, order: _Order) -> str:
    """Return the term with its parts in another order; the gaps and a first capital stay."""
    spans: list[tuple[int, int]] = []
    at = first
    for size in term.sizes():
        spans.append((prose.starts[at], prose.end(at + size - 1)))
        at += size
    stood = {
        part: prose.text[start:end] for part, (start, end) in zip(term.order, spans, strict=True)
    }
    texts = [stood[part] for part in order]
    leader = stood[term.order[0]]
    if leader[0].isupper() and texts[0] != leader and not texts[0][0].isupper():
        texts = [text[0].lower() + text[1:] if text == leader else text for text in texts]
        texts[0] = texts[0][0].upper() + texts[0][1:]
    gaps = [prose.text[one[1] : two[0]] for one, two in pairwise(spans)]
    return "".join(text + gap for text, gap in zip(texts, [*gaps, ""], strict=True))
