"""Số, ký hiệu văn bản được viện dẫn viết đúng dạng (FMT016).

Quy định
    Văn bản của Đảng được dẫn "số 05-NQ/ĐU": không có dấu hai chấm sau "số", số dưới 10 thêm số 0,
    gạch nối giữa số và tên loại, gạch chéo trước cơ quan, không dấu cách. Văn bản nhà nước thì
    "số 05/NQ-HĐND". Dạng nào theo cơ quan ban hành văn bản được dẫn, không theo văn bản đang soạn.

Vì sao
    Ký hiệu là căn cứ để tìm lại văn bản; viết lẫn dạng thì tra không ra và lộ là chép lại.

Sai
    mo_dau: |
      Thực hiện Nghị quyết số 5-NQ/ĐU, ngày 12/01/2023 của Đảng ủy, Ban Chấp hành báo cáo kết quả.

Đúng
    mo_dau: |
      Thực hiện Nghị quyết số 05-NQ/ĐU, ngày 12/01/2023 của Đảng ủy, Ban Chấp hành báo cáo kết quả.

Cách sửa
    Sửa như lời nhắc; sửa tự động được.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.3 và Phụ lục 3 (ví dụ Số 127-QĐ/TW, số từ 01): A, suy từ ví dụ; Hướng
    dẫn 05-HD/VPTW: B; Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3: A. Dấu hai chấm sau "số" chỉ nhắc
    trong văn bản của Đảng.

English:
    Numbers of cited documents are padded, joined without blanks, and have the form of the body that
    issued them (05-NQ/ĐU in the Party, 05/NQ-HĐND in the state). One remark per citation, with a
    safe fix. Numbers with a year (30/2020/NĐ-CP) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules._text import HEADING, RUNNING, SUBJECT, holders, text_nodes
from vanban.rules.layout._basis import mending, party, remark, state
from vanban.rules.layout._symbols import CITED_TYPES, PARTY_BODIES, STATE_BODIES

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding, Source
    from vanban.text.prose import Prose

_GROUNDS = party("II.1.3, Phụ lục 3", Certainty.A, Certainty.B, state("II.3"))
RULE = Rule(
    id="FMT016",
    name="cited_number",
    severity=Severity.WARNING,
    source=_GROUNDS.hd36,
    fix=FixClass.SAFE,
)

_TOPIC = "period-topic"
# A cell's symbol may be a state office's too (cục ...): known by the form of its number alone.
_CELL = "CB"
_HYPHEN = "[-–—‐‑−]"
_TYPES = "|".join(sorted(CITED_TYPES, key=len, reverse=True))
_BODY_NAMES = PARTY_BODIES | STATE_BODIES | {_CELL}
_BODIES = "|".join(sorted(_BODY_NAMES, key=len, reverse=True))
_TYPE_LETTERS = sorted({re.escape(one[0]) for one in CITED_TYPES})
_CITED = re.compile(
    rf"(?:(?<!\w)(?P<so>[Ss]ố)(?P<colon>\s{{0,3}}:)?\s{{0,3}})?"
    rf"(?<![\w/.,–-])(?P<number>\d{{1,5}})(?P<first>\s{{0,3}}(?:{_HYPHEN}|/)\s{{0,3}}|\s{{1,3}})"
    rf"(?P<type>{_TYPES})(?P<second>\s{{0,3}}(?:{_HYPHEN}|/)\s{{0,3}})(?P<body>{_BODIES})(?![\w])"
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report numbers of cited documents that are not in the form of their issuer."""
    held = holders(ctx, _symbols(ctx.prose))
    for node, text in text_nodes(ctx, SUBJECT, _TOPIC, HEADING, *RUNNING):
        if node.pointer not in held:
            continue
        for match in _cited(text):
            yield from _citation(ctx, node, match)


def _symbols(prose: Prose) -> Iterator[int]:
    """Yield the types of documents that stand between a figure and a body: 15-NQ/ĐU."""
    words = prose.words
    for kind in prose.distinct.keys() & CITED_TYPES:
        for number in prose.distinct[kind]:
            beside = 0 < number < len(words) - 1 and words[number - 1][-1].isdecimal()
            if beside and words[number + 1] in _BODY_NAMES:
                yield number


# The first letters of the type behind a number, "số" before it: a search runs from the one to the
# other, not from letter to letter.
_TYPED = re.compile(
    rf"\d(?:\s{{0,3}}(?:{_HYPHEN}|/)\s{{0,3}}|\s{{1,3}})(?={'|'.join(_TYPE_LETTERS)})"
)
_DIGITS = re.compile(r"\d+\Z")
_NUMBER_WORD = re.compile(r"[Ss]ố(?:\s{0,3}:)?\s{0,3}\Z")


def _cited(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of cited documents."""
    done = 0
    for typed in _TYPED.finditer(text):
        digits = _DIGITS.search(text, max(done, typed.start() - 8), typed.start() + 1)
        if digits is None or digits.start() < done:
            continue
        word = _NUMBER_WORD.search(text, max(done, digits.start() - 10), digits.start())
        match = _CITED.match(text, word.start()) if word is not None else None
        match = match or _CITED.match(text, digits.start())
        if match is not None:
            done = match.end()
            yield match


def _citation(ctx: Context, node: Node, match: re.Match[str]) -> Iterator[Finding]:
    cell = match["body"] == _CELL
    if cell and (_joint(match["first"]), _joint(match["second"])) != ("-", "/"):
        return
    of_party = cell or match["body"] in PARTY_BODIES
    joints = ("-", "/") if of_party else ("/", "-")
    number = match["number"].zfill(2)
    right = f"{number}{joints[0]}{match['type']}{joints[1]}{match['body']}"
    first, second = (_joint(match[name]) for name in ("first", "second"))
    colon = match["colon"] is not None and of_party and ctx.profile.is_party
    if (first, second) == (joints[1], joints[0]):
        slug = "kieu_nha_nuoc" if of_party else "kieu_dang"
    elif colon:
        slug = "hai_cham"
    elif (match["first"], match["second"]) != joints:
        slug = "dau_noi"
    elif number != match["number"]:
        slug = "so_khong"
    else:
        return
    edits = {(match.start("number"), match.end("body")): right}
    start = match.start("number")
    if colon:
        edits = {(match.start("colon"), match.end("body")): f" {right}"}
        start = match.start("so")
    yield remark(
        ctx,
        RULE,
        slug,
        node.pointer,
        _source(ctx, of_party=of_party),
        text=(start, match.end("body")),
        fix=mending(ctx, RULE, node.pointer, edits, dung=right),
        tim_thay=" ".join(match.string[start : match.end("body")].split()),
        dung=f"số {right}" if colon else right,
    )


def _source(ctx: Context, *, of_party: bool) -> Source:
    """Return the source for the side of the cited document, whatever the side of the draft."""
    if not of_party:
        return _GROUNDS.nd30
    return _GROUNDS.of(ctx) if ctx.profile.is_party else _GROUNDS.hd05


def _joint(text: str) -> str:
    """Return the mark a joint is made of: ``-``, ``/`` or nothing but blanks."""
    mark = text.strip()
    return mark if mark in ("", "/") else "-"
