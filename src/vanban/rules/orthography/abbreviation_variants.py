"""Một chữ viết tắt viết theo một dạng trong cả văn bản (TXT065).

Quy định
    Cùng một tên thì chỉ viết tắt một dạng: không nơi viết "UBMTTQ", nơi viết "UBMTTQVN"; không lẫn
    "TW" với "TƯ", "KT-XH" với "KTXH", "TP." với "Tp.". Dạng ít gặp hơn bị nhắc; bằng nhau thì theo
    dạng thường dùng. Ký hiệu văn bản (05-CT/TW) không tính.

Vì sao
    Hai dạng của một tên dễ bị đọc thành hai tên, và tìm theo dạng này thì sót dạng kia.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Ủy ban Mặt trận Tổ quốc Việt Nam xã (UBMTTQ) cùng các chi bộ tổ chức đối thoại; UBMTTQVN
          xã ghi lại ý kiến, UBMTTQ xã theo dõi việc trả lời.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Ủy ban Mặt trận Tổ quốc Việt Nam xã (UBMTTQ) cùng các chi bộ tổ chức đối thoại; UBMTTQ xã
          ghi lại ý kiến, UBMTTQ xã theo dõi việc trả lời.

Cách sửa
    Dùng dạng đã ghi trong ngoặc ở lần viết đầy đủ.

Nguồn và độ tin cậy
    Tính thống nhất trong một văn bản; không có điều khoản riêng, độ tin cậy C.

English:
    One form of each abbreviation in a document: the rarer of two forms is a remark. Codes of
    documents are not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._terms import NAMED, quoted, right_form
from vanban.text.terms import data

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT065",
    name="abbreviation_variants",
    severity=Severity.INFO,
    source=Source("Một chữ viết tắt một dạng trong một văn bản", Certainty.C),
    fix=FixClass.UNSAFE,
)

_PARTS = re.compile(r"(\W+)")
_GLUE = frozenset("-/–&_.,")


class _Form(NamedTuple):
    """One way to write an abbreviation: its words, the gaps between them, a full stop or none."""

    text: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    dotted: bool


@cache
def _groups() -> tuple[tuple[_Form, ...], ...]:
    return tuple(tuple(map(_form, group)) for group in data()["bien_the"]["nhom"])


def _form(text: str) -> _Form:
    dotted = text.endswith(".")
    parts = _PARTS.split(text.removesuffix("."))
    return _Form(text, tuple(parts[::2]), tuple(parts[1::2]), dotted)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report the rarer form of an abbreviation."""
    prose = ctx.prose
    distinct = prose.distinct
    for group in _groups():
        present = [form for form in group if all(word in distinct for word in form.words)]
        if len(present) < 2:
            continue
        places = _places(prose, present)
        forms = Counter(form.text for _, _, form in places)
        chosen = right_form(forms, group[0].text)
        if chosen is None:
            continue
        right, count = chosen
        for first, last, form in places:
            if form.text == right:
                continue
            end = prose.end(last - 1) + (1 if form.dotted else 0)
            yield ctx.mark(
                RULE,
                "lech",
                prose.starts[first],
                end,
                new=right,
                safety=Safety.UNSAFE,
                so=count,
                it=forms[form.text],
            )


def _places(prose: Prose, forms: list[_Form]) -> list[tuple[int, int, _Form]]:
    """Return where some forms stand, in order; of two that overlap the longer."""
    # Only where a sister form ends with a full stop does one tell them apart.
    stops = any(form.dotted for form in forms)
    found: list[tuple[int, int, _Form]] = []
    for form in forms:
        size = len(form.words)
        rarest = min(range(size), key=lambda at: len(prose.distinct[form.words[at]]))
        for number in prose.distinct[form.words[rarest]]:
            first, last = number - rarest, number - rarest + size
            if (
                first >= 0
                and last <= len(prose.words)
                and tuple(prose.words[first:last]) == form.words
                and tuple(prose.seps[first + 1 : last]) == form.gaps
                and _alone(prose, first, last)
                and (not stops or prose.seps[last].startswith(".") == form.dotted)
                and prose.role(first) in NAMED
                and not quoted(prose, first)
            ):
                found.append((first, last, form))
    found.sort(key=lambda place: (place[0], -place[1]))
    kept: list[tuple[int, int, _Form]] = []
    done = 0
    for place in found:
        if place[0] >= done:
            kept.append(place)
            done = place[1]
    return kept


def _alone(prose: Prose, first: int, last: int) -> bool:
    """Tell whether an abbreviation is no part of a code: 05-CT/TW."""
    before, behind = prose.seps[first], prose.seps[last]
    if before and (before[-1] in _GLUE or "/" in before):
        return False
    # "UBND-VP", "TW/2023"; a full stop or comma with a blank behind it is none.
    return not (behind and behind[0] in "-/–&_" and len(behind) == 1)
