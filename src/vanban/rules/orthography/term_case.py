"""Một thuật ngữ viết hoa hay viết thường theo một cách trong cả văn bản (TXT060).

Quy định
    Trong một văn bản, cùng một thuật ngữ chỉ có một cách viết hoa: không nơi viết "Nông thôn mới",
    nơi viết "nông thôn mới". Chỗ bắt buộc viết hoa (đầu câu, đầu dòng, chữ in hoa), chỗ trong ngoặc
    kép và trong tên chương trình, nghị quyết, ban chỉ đạo thì không tính. Cách ít gặp hơn bị nhắc;
    hai cách bằng nhau thì theo cách thường dùng. Riêng Nhân dân là danh từ riêng đặc biệt, luôn nên
    viết hoa, trừ trong tên gọi cố định như Ủy ban nhân dân, Công an nhân dân.

Vì sao
    Hai cách viết cho cùng một thứ làm người đọc tưởng là hai thứ, và cho thấy văn bản ghép từ nhiều
    nguồn chưa được rà lại.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Đảng ủy lãnh đạo xây dựng nông thôn mới ở 02 ấp, vận động xây dựng nông thôn mới ở 06 ấp
          và tuyên truyền về Nông thôn mới.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Đảng ủy lãnh đạo xây dựng nông thôn mới ở 02 ấp, vận động xây dựng nông thôn mới ở 06 ấp
          và tuyên truyền về nông thôn mới.

Cách sửa
    Chọn một cách rồi sửa các chỗ còn lại; có thể để máy sửa theo cách được đề nghị.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II, mục V (Nhân dân): độ tin cậy A với văn bản hành chính. Tính
    thống nhất trong một văn bản và các thuật ngữ khác: độ tin cậy C.

English:
    One capitalisation per term in a document. Words that the start of a sentence, capitals,
    quotation marks or the name of a programme may force are not counted. The rarer form is
    reported; Nhân dân, the people as a whole, is to have its capital wherever both forms stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._capitals import unit_listed
from vanban.rules.orthography._terms import (
    NUMBERS,
    READ,
    Entry,
    entry,
    forced,
    in_title,
    quoted,
    right_form,
    words_of,
)
from vanban.text.phrases import BLANKS, spellings
from vanban.text.terms import data

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT060",
    name="term_case",
    severity=Severity.INFO,
    source=Source("Một thuật ngữ một cách viết hoa trong một văn bản", Certainty.C),
    fix=FixClass.UNSAFE,
)

_LAW = Source("Phụ lục II Nghị định 30/2020/NĐ-CP, mục V", Certainty.B)


class _Term(NamedTuple):
    """A term and the ways it may be written: capitals of its words, and the words themselves."""

    entry: Entry
    forms: tuple[tuple[tuple[bool, ...], tuple[str, ...]], ...]


@cache
def _terms() -> tuple[_Term, ...]:
    return tuple(
        _Term(one, tuple(_forms(one.words, given.get("khac", ()))))
        for given in data()["chu_hoa"]
        for one in (entry(given),)
    )


def _forms(
    words: tuple[str, ...], more: Collection[str] = ()
) -> Iterator[tuple[tuple[bool, ...], tuple[str, ...]]]:
    """Yield the term as it should be and with other capitals, in every tone style."""
    own = _capitals(words)
    other = (not own[0], *own[1:])
    small = (False,) * len(words)
    listed = (_capitals(words_of(text)) for text in more)
    for capitals in dict.fromkeys((own, other, small, (True, *small[1:]), *listed)):
        for spelled in product(*map(spellings, words)):
            yield (
                capitals,
                tuple(
                    word.capitalize() if big else word
                    for word, big in zip(spelled, capitals, strict=True)
                ),
            )


def _capitals(words: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(word[0].isupper() for word in words)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report the rarer capitalisation of a term."""
    prose = ctx.prose
    distinct = prose.distinct.keys()
    for term in _terms():
        present = [form for form in term.forms if distinct >= frozenset(form[1])]
        if len({capitals for capitals, _ in present}) > 1:
            yield from _uneven(ctx, term, present)


def _uneven(
    ctx: Reading, term: _Term, present: list[tuple[tuple[bool, ...], tuple[str, ...]]]
) -> Iterator[Finding]:
    """Report the rarer capitalisation of one term, if it is written in two."""
    prose = ctx.prose
    found = [(capitals, words, *_rarest(prose, words)) for capitals, words in present]
    # The right form comes last: a text that has no other costs nothing more.
    own = term.forms[0][0]
    found.sort(key=lambda one: (one[0] == own, len(one[3])))
    places: list[tuple[int, int, tuple[bool, ...]]] = []
    for number, (capitals, words, offset, numbers) in enumerate(found):
        if number == len(found) - 1 and not any(one[2] != capitals for one in places):
            return
        size = len(words)
        aside = 1 if offset + 1 < size else -1 if offset else 0
        if numbers[-1] + aside == len(prose.words):
            numbers = numbers[:-1]
        beside, all_words, not_before = words[offset + aside], prose.words, term.entry.not_before
        places += [
            (at - offset, at - offset + size, capitals)
            for at in numbers
            if all_words[at + aside] == beside
            and all_words[at - offset - 1].lower() not in not_before
            and _counts(prose, at - offset, at - offset + size, words, term.entry)
        ]
    places.sort()
    yield from _told(ctx, term.entry, places)


def _rarest(prose: Prose, words: tuple[str, ...]) -> tuple[int, list[int]]:
    """Return which word of a form is the rarest of the text, and where it stands."""
    counts = [len(prose.distinct[word]) for word in words]
    offset = counts.index(min(counts))
    return offset, prose.distinct[words[offset]]


def _told(
    ctx: Reading, term: Entry, places: list[tuple[int, int, tuple[bool, ...]]]
) -> Iterator[Finding]:
    prose = ctx.prose
    preferred = tuple(word[0].isupper() for word in term.words)
    forms = Counter(capitals for _, _, capitals in places)
    chosen = right_form(forms, preferred, always=term.always)
    if chosen is None:
        return
    right, count = chosen
    for first, last, capitals in places:
        if capitals == right:
            continue
        start, end = prose.starts[first], prose.end(last - 1)
        new = "".join(
            (word[0].upper() if big else word[0].lower())
            + word[1:]
            + (prose.seps[number + 1] if number + 1 < last else "")
            for number, (word, big) in enumerate(
                zip(prose.words[first:last], right, strict=True), start=first
            )
        )
        law = term.always and right == preferred
        yield ctx.mark(
            RULE,
            "quy_dinh" if law else "lech",
            start,
            end,
            new=new,
            safety=Safety.UNSAFE,
            source=_LAW if law else None,
            so=count,
            it=forms[capitals],
        )


def _counts(prose: Prose, first: int, last: int, words: tuple[str, ...], term: Entry) -> bool:
    """Tell whether a term stands where its writer was free to choose its capitals."""
    return (
        first >= 0
        # A small letter is free even where a capital may be forced.
        and not (words[0][0].isupper() and forced(prose, first))
        and tuple(prose.words[first:last]) == words
        and BLANKS.issuperset(prose.seps[first + 1 : last])
        and term.fits(prose, first, last)
        and not _in_name(
            prose, first, last, capital=words[0][0].isupper() > term.words[0][0].isupper()
        )
        and prose.role(first) in READ
        and not quoted(prose, first)
        and not in_title(prose, first)
        and not (_is_name(term) and words[0].islower() and _general(prose, first, last))
    )


def _is_name(term: Entry) -> bool:
    """Tell whether a term is the name of one thing: Nhân dân, Đảng bộ xã."""
    return term.words[0][0].isupper()


def _general(prose: Prose, first: int, last: int) -> bool:
    """Tell whether a term in small letters means any such thing, or is part of another name.

    "Ba đảng bộ xã", "các đảng bộ xã, phường"; "Hội thẩm nhân dân", "Nghệ sĩ nhân dân".
    """
    words, seps = prose.words, prose.seps
    if seps[first] in BLANKS and (
        words[first - 1].isdecimal() or words[first - 1].lower() in NUMBERS
    ):
        return True
    if last < len(words) and seps[last] in (", ", " ") and unit_listed(prose, last):
        return True
    # The word before belongs to a compound that has the capital of a name.
    return (
        first > 1
        and seps[first] in BLANKS
        and seps[first - 1] in BLANKS
        and words[first - 2][0].isupper()
        and not words[first - 2].isupper()
        and not forced(prose, first - 2)
    )


def _in_name(prose: Prose, first: int, last: int, *, capital: bool) -> bool:
    """Tell whether a capital beside a term shows that it belongs to a name.

    It is one of the word before, or that of the word behind a term with an unusual ``capital``:
    "Trung tâm Phụ nữ", "Khu dân cư Hòa Bình".
    """
    words, seps = prose.words, prose.seps
    if seps[first] in BLANKS and words[first - 1][0].isupper() and not forced(prose, first - 1):
        return True
    return capital and last < len(words) and seps[last] in BLANKS and words[last][0].isupper()
