"""Thuật ngữ ghép viết dấu gạch nối, dấu phẩy theo một cách (TXT061).

Quy định
    Thuật ngữ ghép như "kinh tế - xã hội", "quốc phòng - an ninh" viết gạch nối ngắn, có dấu cách
    hai bên. Một văn bản dùng một kiểu: lẫn "kinh tế – xã hội", "kinh tế-xã hội" thì kiểu ít gặp hơn
    bị nhắc (bằng nhau thì theo " - "); cả văn bản dùng một kiểu khác thì không nhắc. Gạch nối chỉ
    cách một bên luôn bị nhắc. Thiếu hẳn gạch nối ("kinh tế xã hội") được nhắc để xem lại; "kinh tế
    xã hội chủ nghĩa" thì không. Thuật ngữ có dấu phẩy ("phòng, chống", "xóa đói, giảm nghèo") chỉ
    bị nhắc khi văn bản viết cả hai cách, theo cách có dấu phẩy; tên luật, tên ban thì không tính.

Vì sao
    Gạch dài thường do máy tự đổi, gạch dính do gõ vội; lẫn lộn thì khó tìm, khó thay và kém trang
    trọng.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Đảng ủy lãnh đạo phát triển kinh tế - xã hội; các chi bộ ra 08 nghị quyết về kinh tế - xã
          hội và giám sát chỉ tiêu kinh tế – xã hội.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Đảng ủy lãnh đạo phát triển kinh tế - xã hội; các chi bộ ra 08 nghị quyết về kinh tế - xã
          hội và giám sát chỉ tiêu kinh tế - xã hội.

Cách sửa
    Để máy sửa gạch nối; chỗ thiếu gạch nối, dấu phẩy thì đọc lại rồi thêm.

Nguồn và độ tin cậy
    Cách viết trong Nghị định 30/2020/NĐ-CP và văn bản của Trung ương ("kinh tế - xã hội"); không có
    điều khoản riêng, độ tin cậy C.

English:
    Compound terms are joined in one way. A dash other than the usual one of the document, or with a
    blank on one side only, is reported and mended; a missing dash is a remark. Terms with a comma
    are reported only when a document writes them in both ways.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._terms import (
    COMMAS,
    DASHED,
    NAMED,
    Entry,
    entry,
    forced,
    in_title,
    quoted,
    right_form,
    words_of,
)
from vanban.text.phrases import BLANKS, PhraseTable, spellings
from vanban.text.terms import data

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT061",
    name="term_form",
    severity=Severity.WARNING,
    source=Source("Thuật ngữ ghép viết thống nhất trong một văn bản", Certainty.C),
    fix=FixClass.SAFE,
)

_USUAL = " - "
_BORDERS = re.compile(r" - |, ")


class _Term(NamedTuple):
    """A compound term and behind which of its words a part ends."""

    entry: Entry
    borders: frozenset[int]


def _terms(section: str, joiners: frozenset[str], *, bare: bool = False) -> PhraseTable[_Term]:
    found: dict[tuple[str, ...], _Term] = {}
    for given in data()[section]:
        one = entry(given)
        ends: list[int] = []
        for part in _BORDERS.split(one.text)[:-1]:
            ends.append(len(words_of(part)) + (ends[-1] if ends else 0))
        if one.always or not bare:
            found[one.words] = _Term(one, frozenset(ends))
    return PhraseTable(found, BLANKS | joiners)


@cache
def _dashes() -> PhraseTable[_Term]:
    return _terms("gach", DASHED)


@cache
def _undashed() -> PhraseTable[_Term]:
    return _terms("gach", frozenset(), bare=True)


@cache
def _commas() -> PhraseTable[_Term]:
    return _terms("phay", COMMAS)


@cache
def _no_commas() -> PhraseTable[_Term]:
    return _terms("phay", frozenset())


@cache
def _beside_dash() -> frozenset[tuple[str, str]]:
    """Return the words on both sides of the dashes of all terms, in each tone style."""
    found: set[tuple[str, str]] = set()
    for given in data()["gach"]:
        parts = [words_of(part) for part in given["viet"].split(" - ")]
        for left, right in pairwise(parts):
            found.update(product(spellings(left[-1]), spellings(right[0])))
    return frozenset(found)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report odd dashes, missing ones, and commas that are there only sometimes."""
    yield from _odd_dashes(ctx)
    yield from _odd_commas(ctx)


def _sound(prose: Prose, first: int, last: int, term: _Term) -> bool:
    """Tell whether only the parts of a term are joined by more than a blank."""
    return (
        prose.role(first) in NAMED
        and all(
            prose.seps[first + at] in BLANKS
            for at in range(1, last - first)
            if at not in term.borders
        )
        and term.entry.fits(prose, first, last)
    )


def _odd_dashes(ctx: Reading) -> Iterator[Finding]:
    prose = ctx.prose
    gaps: list[tuple[int, int, int]] = []
    bare: list[tuple[int, int, int]] = []
    styles: Counter[str] = Counter()
    kinds = [gap for gap in DASHED & prose.gaps.keys() if _has_term(prose, gap)]
    # A text that joins all its terms in one way has no odd dash.
    alike = len({_style(gap) for gap in kinds}) < 2 and all(map(_even, kinds))
    table = _undashed() if alike else _dashes()
    for first, last, term in table.find(prose):
        if not _sound(prose, first, last, term):
            continue
        for at in sorted(term.borders):
            gap = prose.seps[first + at]
            if gap not in BLANKS:
                gaps.append((first, last, first + at))
                if _even(gap):
                    styles[_style(gap)] += 1
            # "tổ chức chính trị xã hội - nghề nghiệp" is how the Constitution parts it.
            elif (
                term.entry.always and not _is_name(prose, first) and prose.seps[last] not in DASHED
            ):
                bare.append((first, last, first + at))
    if alike:
        styles.update(map(_style, kinds))
    chosen = right_form(styles, _USUAL)
    usual, count = chosen or (next(iter(styles), _USUAL), styles.total())
    for first, last, at in gaps:
        gap = prose.seps[at]
        if _even(gap) and _style(gap) == usual:
            continue
        slug = "gach" if _even(gap) else "gach_lech"
        yield _mark(ctx, slug, first, last, at, usual, Safety.SAFE, so=count)
    for first, last, at in bare:
        yield _mark(
            ctx, "thieu_gach", first, last, at, usual, Safety.UNSAFE, severity=Severity.INFO
        )


def _has_term(prose: Prose, gap: str) -> bool:
    """Tell whether a dash stands within a term anywhere."""
    beside = _beside_dash()
    return any(
        0 < number < len(prose.words)
        and (prose.words[number - 1].lower(), prose.words[number].lower()) in beside
        for number in prose.gaps[gap]
    )


def _odd_commas(ctx: Reading) -> Iterator[Finding]:
    prose = ctx.prose
    found: dict[_Term, list[tuple[int, int]]] = {}
    for first, last, term in _no_commas().find(prose):
        if _free(prose, first, last, term):
            found.setdefault(term, []).append((first, last))
    if not found:
        return
    # Only terms without a comma somewhere are counted with it.
    commas = Counter(
        term
        for first, last, term in _commas().find(prose)
        if term in found
        and all(prose.seps[first + at] in COMMAS for at in term.borders)
        and _free(prose, first, last, term)
    )
    for term, count in commas.items():
        for first, last in found[term]:
            for at in sorted(term.borders):
                yield _mark(
                    ctx,
                    "phay",
                    first,
                    last,
                    first + at,
                    ", ",
                    Safety.UNSAFE,
                    severity=Severity.INFO,
                    so=count,
                )


def _free(prose: Prose, first: int, last: int, term: _Term) -> bool:
    """Tell whether a term is no name and no part of one, and is not quoted."""
    return (
        _sound(prose, first, last, term)
        and not _is_name(prose, first)
        and not quoted(prose, first)
        and not in_title(prose, first)
    )


def _mark(
    ctx: Reading,
    slug: str,
    first: int,
    last: int,
    at: int,
    new: str,
    safety: Safety,
    **more: Any,
) -> Finding:
    """Build the finding of a gap within a term: the whole term is shown, the gap is replaced."""
    prose = ctx.prose
    start, end = prose.starts[first], prose.end(last - 1)
    left, right = prose.gap_start(at), prose.starts[at]
    text = prose.text
    return ctx.mark(
        RULE,
        slug,
        start,
        end,
        edits=[(left, right, new)],
        safety=safety,
        cu=" ".join(text[start:end].split()),
        moi=" ".join((text[start:left] + new + text[right:end]).split()),
        **more,
    )


def _even(gap: str) -> bool:
    """Tell whether a dash has blanks on both sides, or on none."""
    return gap[0].isspace() == gap[-1].isspace()


def _style(gap: str) -> str:
    return gap.replace("\u00a0", " ")


def _is_name(prose: Prose, first: int) -> bool:
    """Tell whether a capital within a sentence shows a name: Luật Phòng, chống tham nhũng."""
    word = prose.words[first]
    return word[0].isupper() and not word.isupper() and not forced(prose, first)
