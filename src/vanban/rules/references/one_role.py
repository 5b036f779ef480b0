"""Một người một chức vụ trong cả văn bản (XRF006).

Quy định
    Cùng một người thì mọi chỗ trong văn bản, kể cả chữ ký, ghi cùng một chức vụ: không nơi ghi Bí
    thư, nơi ghi Phó Bí thư của cùng tổ chức. Một chức danh cũng chỉ có một cách gọi: không lẫn "Bí
    thư Đảng ủy" với "Bí thư Đảng bộ". Kiêm nhiệm (Bí thư Đảng ủy, Chủ tịch Hội đồng nhân dân), chức
    vụ ở tổ chức khác, chức vụ trước đây hay vừa được bầu, bổ nhiệm thì không bị nhắc.

Vì sao
    Sai chức vụ của người ký hay người chủ trì là lỗi bị trả lại trước tiên.

Sai
    kien_nghi: Đồng chí Nguyễn Văn A, Phó Bí thư Đảng ủy xã trực tiếp chỉ đạo.

Đúng
    kien_nghi: Đồng chí Nguyễn Văn A, Bí thư Đảng ủy, Chủ tịch Hội đồng nhân dân xã chỉ đạo.

Cách sửa
    Đối chiếu quyết định chuẩn y, bổ nhiệm rồi sửa chỗ sai. Nếu chức vụ thay đổi trong kỳ thì ghi
    "nguyên" hoặc nói rõ thời gian. Gọi thống nhất "Bí thư Đảng ủy".

Nguồn và độ tin cậy
    Lỗi có thật trong bản tin một hội nghị sơ kết cấp xã: "Bí thư Đảng bộ" và "Bí thư Đảng uỷ"; độ
    tin cậy C về câu chữ.

English:
    One person has one role throughout the document. The same name as "Bí thư" in one place, the
    signature included, and "Phó Bí thư" of the same body in another is reported, and so are two
    wordings of one office ("Bí thư Đảng bộ" beside "Bí thư Đảng ủy"). Several offices at once,
    offices of other bodies and former or newly given ones are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import fold
from vanban.rules._text import HEADING, RUNNING, text_nodes
from vanban.rules.references._people import NAME, OWNERS, Office, mentions, office_of, person_key

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding
    from vanban.rules.references._people import Mention

RULE = Rule(
    id="XRF006",
    name="one_role",
    severity=Severity.WARNING,
    source=Source("Một người một chức vụ trong một văn bản", Certainty.C),
)

_WORDING = re.compile(
    r"(?<!\w)(?<!các )(?<!những )bí thư (?P<body>đảng bộ|đảng ủy)(?!\w)"
    r"(?P<where>(?: (?:xã|phường|thị trấn|đặc khu)(?!\w))?)(?: (?P<next>[^\W\d_]+))?"
)
_LIST_BEHIND = re.compile(r" ?(?:,|và|hoặc) (?:bí thư )?(?:đảng bộ|đảng ủy|chi bộ|chi ủy)")
# Person, post and body: the office first met, and how it was written.
_Known = dict[tuple[str, str, str], tuple[Office, str]]
_KEPT, _OTHER = "đảng ủy", "đảng bộ"


def check(ctx: Context) -> Iterator[Finding]:
    """Report people with two ranks of one office, and offices called in two ways."""
    known: _Known = {}
    _signer(ctx, known)
    texts = list(text_nodes(ctx, HEADING, *RUNNING, "note", "cell"))
    named = [(node, list(mentions(text))) for node, text in texts]
    people = {person for person, _, _ in known}
    people |= {mention.person for _, found in named for mention in found if mention.sure}
    for node, found in named:
        for mention in found:
            if mention.office.body and mention.person in people:
                yield from _judge(ctx, node, mention, known)
    body = ctx.one("issuer")
    issuer = fold(body.value).text if body is not None and isinstance(body.value, str) else ""
    wordings: dict[str, list[tuple[Node, int, int]]] = {_KEPT: [], _OTHER: []}
    for node, text in texts:
        folded = fold(text)
        for match in _WORDING.finditer(folded.text):
            place = (folded.back(match.start()), folded.back(match.end("where")))
            if _is_one(text, folded.text, match, place, issuer):
                wordings[match["body"]].append((node, *place))
    yield from _two_wordings(ctx, wordings)


def _judge(ctx: Context, node: Node, mention: Mention, known: _Known) -> Iterator[Finding]:
    """Compare an office with the first one of that kind and body the person was given."""
    office = mention.office
    key = (mention.person, office.post, office.body)
    first, words = known.setdefault(key, (office, mention.words))
    if first.deputy != office.deputy:
        yield ctx.at(
            RULE,
            "hai_chuc",
            node.pointer,
            text=(mention.start, mention.end),
            nguoi=mention.name,
            chuc=mention.words,
            khac=words,
        )


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
    ctx: Context, found: Mapping[str, list[tuple[Node, int, int]]]
) -> Iterator[Finding]:
    kept, other = found[_KEPT], found[_OTHER]
    if not kept or not other:
        return
    # The rarer wording is the slip; "Đảng ủy" elects its secretary, so it wins a tie.
    wrong, right = (other, kept) if len(other) <= len(kept) else (kept, other)
    node, start, end = right[0]
    usual = str(node.value)[start:end]
    for node, start, end in wrong:
        yield ctx.at(
            RULE,
            "hai_cach_goi",
            node.pointer,
            text=(start, end),
            chuc=str(node.value)[start:end],
            khac=usual,
        )
