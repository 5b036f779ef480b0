"""Một người một chức vụ trong cả văn bản (XRF006).

Quy định
    Cùng một người thì mọi chỗ trong văn bản, kể cả chữ ký, ghi cùng một chức vụ: không nơi ghi Bí
    thư, nơi ghi Phó Bí thư của cùng tổ chức; không hai nơi ghi hai chức vụ mà một người không thể
    cùng giữ (bí thư của hai chi bộ ấp; Chủ tịch Ủy ban nhân dân và Chủ tịch Hội đồng nhân dân; Bí
    thư Đảng ủy và Chủ nhiệm Ủy ban Kiểm tra). Một chức danh cũng chỉ có một cách gọi: không lẫn "Bí
    thư Đảng ủy" với "Bí thư Đảng bộ". Kiêm nhiệm (Bí thư Đảng ủy, Chủ tịch Hội đồng nhân dân), chức
    vụ ở tổ chức khác, chức vụ trước đây hay vừa được bầu, bổ nhiệm thì không bị nhắc.

Vì sao
    Sai chức vụ của người ký hay người chủ trì là lỗi bị trả lại trước tiên.

Sai
    kien_nghi: Đồng chí Nguyễn Văn A, Phó Bí thư Đảng ủy xã trực tiếp chỉ đạo.

Đúng
    kien_nghi: Đồng chí Nguyễn Văn A, Bí thư Đảng ủy xã trực tiếp chỉ đạo.

Cách sửa
    Đối chiếu quyết định chuẩn y, bổ nhiệm rồi sửa chỗ sai. Nếu chức vụ thay đổi trong kỳ thì ghi
    "nguyên" hoặc nói rõ thời gian. Gọi thống nhất "Bí thư Đảng ủy".

Nguồn và độ tin cậy
    Lỗi có thật trong bản tin một hội nghị sơ kết cấp xã: "Bí thư Đảng bộ" và "Bí thư Đảng uỷ"; độ
    tin cậy C về câu chữ.

English:
    One person has one role throughout the document. The same name as "Bí thư" in one place, the
    signature included, and "Phó Bí thư" of the same body in another is reported; so are offices
    that nobody holds together (secretary of two hamlets' cells, chair of the people's committee and
    of the council, secretary and head of the inspection committee), and two wordings of one office
    ("Bí thư Đảng bộ" beside "Bí thư Đảng ủy"). Several offices at once, other offices of other
    bodies and former or newly given ones are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._page import Piece
from vanban.rules._quantities import fold
from vanban.rules._text import HEADING, RUNNING, Sentences
from vanban.rules.figures._spots import spots
from vanban.rules.references._people import (
    NAME,
    OWNERS,
    POST_WORDS,
    SURNAMES,
    Mention,
    Office,
    exclude,
    mentions,
    names,
    office_of,
    person_key,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="XRF006",
    name="one_role",
    severity=Severity.WARNING,
    source=Source("Một người một chức vụ trong một văn bản", Certainty.C),
)

_WORDING = re.compile(
    r"(?<!\w)(?<!các )(?<!những )bí thư (?:thường trực )?(?P<body>đảng bộ|đảng ủy)(?!\w)"
    r"(?P<where>(?: (?:xã|phường|thị trấn|đặc khu)(?!\w))?)(?: (?P<next>[^\W\d_]+))?"
)
_LIST_BEHIND = re.compile(r" ?(?:,|và|hoặc) (?:bí thư )?(?:đảng bộ|đảng ủy|chi bộ|chi ủy)")
# A sentence that tells of a change, or of an office held for another.
_CHANGED = re.compile(
    r"(?<!\w)(?:kiêm|kiêm nhiệm|đồng thời|từ (?:tháng|ngày|đầu)|từ (?:năm|quý)|đến (?:tháng|năm)|"
    r"hiện nay|nay là|sau khi|tháng \d{1,2}|tạm thời|tạm giao|lâm thời|thay(?! mặt)|trước đó|"
    r"phụ trách|giao nhiệm vụ|được (?:bầu|điều động|phân công|bổ nhiệm|chỉ định|chuẩn y))(?!\w)"
)
_REACH = 90
# More offices of one person than this are not kept.
_MOST_OFFICES = 8
# Person, post and body: the office first met, and how it was written.
_Known = dict[tuple[str, str, str], tuple[Office, str]]
_KEPT, _OTHER = "đảng ủy", "đảng bộ"
_ROLES = (HEADING, *RUNNING, "note", "cell")
_SEVERAL = 2


def check(ctx: Context) -> Iterator[Finding]:
    """Report people with two ranks of one office, and offices called in two ways."""
    known: _Known = {}
    _signer(ctx, known)
    named = _named(ctx, {person for person, _, _ in known})
    people = {person for person, _, _ in known}
    people |= {mention.person for _, found in named for mention in found if mention.sure}
    held: dict[str, list[tuple[Mention, str]]] = {}
    for mention in _signing(known):
        held.setdefault(mention.person, []).append((mention, ""))
    # Who is once named with both offices holds both.
    both = _together(named)
    for piece, found in named:
        sentences = Sentences(piece.raw)
        for mention in found:
            if not mention.office.body or mention.person not in people:
                continue
            slips = list(_judge(ctx, piece, mention, known))
            if not slips and not _CHANGED.search(_around(sentences, mention)):
                slips = list(_other_office(ctx, piece, mention, held, both))
            yield from slips
    body = ctx.one("issuer")
    issuer = fold(body.value).text if body is not None and isinstance(body.value, str) else ""
    wordings: dict[str, list[tuple[Piece, int, int]]] = {_KEPT: [], _OTHER: []}
    for piece in _secretaries(ctx):
        folded = piece.folded
        for match in _WORDING.finditer(folded.text):
            place = (folded.back(match.start()), folded.back(match.end("where")))
            if _is_one(piece.raw, folded.text, match, place, issuer):
                wordings[match["body"]].append((piece, *place))
    yield from _two_wordings(ctx, wordings)


def _named(ctx: Context, signing: set[str]) -> list[tuple[Piece, list[Mention]]]:
    """Return the people that may be named with offices that do not agree, text by text."""
    book = spots(ctx)
    posts = Counter(book.sentence(number) for number in book.at(*POST_WORDS))
    called = _called(ctx, posts)
    spans = {begin: (end, s) for s in called for begin, end in [book.span(*s)]}
    stretches: list[tuple[Piece, int, int, list[str], int]] = []
    for piece in book.page.pieces(list(spans), *_ROLES):
        stretches += [
            (piece, piece.back(at), piece.back(end), called[sentence], posts[sentence])
            for at in piece.at
            for end, sentence in [spans[at]]
        ]
        # Where letters and marks stand apart, capitals cannot be told at the same places.
        if not piece.at and piece.origin is None:
            persons = [person_key(match.group()) for match in names(piece.raw, 0, piece.end)]
            stretches.append((piece, 0, piece.end, persons, _SEVERAL))
    # Who is named once, with one office, contradicts nobody.
    offices: Counter[str] = Counter()
    for _, _, _, persons, count in stretches:
        for person in persons:
            offices[person] += count
    asked = {person for person, count in offices.items() if count > 1}.union(signing)
    found: dict[str, tuple[Piece, Sentences, list[Mention]]] = {}
    for piece, start, stop, persons, _ in stretches:
        if asked.isdisjoint(persons):
            continue
        if piece.pointer not in found:
            found[piece.pointer] = piece, Sentences(piece.folded.text), []
        _, sentences, told = found[piece.pointer]
        told += mentions(piece.raw, sentences, start, stop, asked)
    return [(piece, told) for piece, _, told in found.values()]


def _called(
    ctx: Context, sentences: Container[tuple[int, int]]
) -> dict[tuple[int, int], list[str]]:
    """Return which people some sentences name: names are sought at the surnames of the draft."""
    book, prose = spots(ctx), ctx.prose
    found: dict[tuple[int, int], list[str]] = {}
    behind = 0
    for number in sorted(
        n for one in prose.distinct.keys() & SURNAMES for n in prose.distinct[one]
    ):
        sentence = book.sentence(number)
        if sentence in sentences and (start := prose.starts[number]) >= behind:
            match = NAME.match(prose.text, start)
            if match is not None:
                behind = match.end()
                found.setdefault(sentence, []).append(person_key(match.group()))
    return found


def _secretaries(ctx: Context) -> list[Piece]:
    """Return the texts that name a secretary of the committee, if both wordings are there."""
    book = spots(ctx)
    kept, other = (
        book.at(f"bí thư {body}", f"bí thư thường trực {body}") for body in (_KEPT, _OTHER)
    )
    # A text that is not read letter for letter may hold either.
    if not book.page.odd and not (kept and other):
        return []
    starts = ctx.prose.starts
    return book.page.pieces([starts[number] for number in (*kept, *other)], *_ROLES)


def _judge(ctx: Context, piece: Piece, mention: Mention, known: _Known) -> Iterator[Finding]:
    """Compare an office with the first one of that kind and body the person was given."""
    office = mention.office
    key = (mention.person, office.post, office.body)
    first, words = known.setdefault(key, (office, mention.words))
    if first.deputy != office.deputy:
        yield ctx.at(
            RULE,
            "hai_chuc",
            piece.pointer,
            text=(mention.start, mention.end),
            nguoi=mention.name,
            chuc=mention.words,
            khac=words,
        )


def _around(sentences: Sentences, mention: Mention) -> str:
    """Return the sentence a person is named in, the near part of it."""
    return fold(sentences.before(mention.person_at)[-_REACH:]).text + (
        fold(sentences.after(mention.person_at)[: 2 * _REACH]).text
    )


def _together(named: list[tuple[Piece, list[Mention]]]) -> frozenset[tuple[str, str, str]]:
    """Return person and office (post and body) of those named with several offices at once."""
    groups: dict[tuple[str, int], list[Mention]] = {}
    for piece, found in named:
        for mention in found:
            groups.setdefault((piece.pointer, mention.person_at), []).append(mention)
    return frozenset(
        (one.person, one.office.post, one.office.body)
        for group in groups.values()
        if len(group) > 1
        for one in group
    )


def _signing(known: _Known) -> Iterator[Mention]:
    """Yield the signer as a mention, to be held against the text."""
    for (person, _, _), (office, words) in known.items():
        yield Mention(person, person, office, words, 0, 0, True, -1, "")


def _other_office(
    ctx: Context,
    piece: Piece,
    mention: Mention,
    held: dict[str, list[tuple[Mention, str]]],
    both: frozenset[tuple[str, str, str]],
) -> Iterator[Finding]:
    """Compare an office with the others a person was given that nobody holds beside it."""
    offices = held.setdefault(mention.person, [])
    office = mention.office
    for other, place in offices:
        if place == piece.pointer and other.person_at == mention.person_at:
            continue
        keys = {(mention.person, one.post, one.body) for one in (office, other.office)}
        if exclude(mention, other) and not keys <= both:
            yield ctx.at(
                RULE,
                "hai_chuc",
                piece.pointer,
                text=(mention.start, mention.end),
                nguoi=mention.name,
                chuc=mention.words,
                khac=other.words,
            )
            return
    if len(offices) < _MOST_OFFICES and all(
        (other.office, other.cell) != (office, mention.cell) for other, _ in offices
    ):
        offices.append((mention, piece.pointer))


def _signer(ctx: Context, known: _Known) -> None:
    """Enter the signer: an office without a body is of the body that issues the report."""
    signer, title, issuer = ctx.one("signer"), ctx.one("office"), ctx.one("issuer")
    values = [node.value if node is not None else None for node in (signer, title, issuer)]
    if not all(isinstance(value, str) for value in values):
        return
    name, words, body = map(str, values)
    alone = office_of(words)
    if alone is None:
        return
    # "Chủ tịch" signs for "Ủy ban nhân dân xã Mẫu": the two together name the office.
    office = alone if alone.body else office_of(f"{words} {body}")
    if office is not None and office.body:
        known[(person_key(name), office.post, office.body)] = (office, words)


def _is_one(text: str, low: str, match: re.Match[str], place: tuple[int, int], issuer: str) -> bool:
    """Tell whether a wording is the office of the commune's own committee."""
    # In lower case, or in a list, secretaries in general are meant.
    if not text[place[0]].isupper() or _LIST_BEHIND.match(low, match.end("where")):
        return False
    word = match["next"]
    if word is None or NAME.match(text, place[1] + 1):
        return True
    if not text[place[1] + 1].isupper():
        return word not in OWNERS
    return bool(match["where"]) and f"{match['where']} {word}" in issuer


def _two_wordings(
    ctx: Context, found: Mapping[str, list[tuple[Piece, int, int]]]
) -> Iterator[Finding]:
    kept, other = found[_KEPT], found[_OTHER]
    if not kept or not other:
        return
    # The rarer wording is the slip; "Đảng ủy" elects its secretary, so it wins a tie.
    wrong, right = (other, kept) if len(other) <= len(kept) else (kept, other)
    piece, start, end = right[0]
    usual = piece.raw[start:end]
    for piece, start, end in wrong:
        yield ctx.at(
            RULE,
            "hai_cach_goi",
            piece.pointer,
            text=(start, end),
            chuc=piece.raw[start:end],
            khac=usual,
        )
