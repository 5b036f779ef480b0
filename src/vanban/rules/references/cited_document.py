"""Một văn bản được dẫn với một số, một ngày, một cơ quan (XRF008).

Quy định
    Cùng loại và số, ký hiệu thì mọi chỗ dẫn phải cùng ngày, cùng cơ quan ban hành; cùng loại, cùng
    ngày, cùng trích yếu thì phải cùng số. Năm nằm trong ký hiệu (30/2020/NĐ-CP) phải là năm của
    ngày ban hành. Một số văn bản của Trung ương được đối chiếu với ngày đã biết. Văn bản làm căn cứ
    ở phần mở đầu mà không nơi nào cho biết ngày thì được lưu ý. Số của cấp ủy, của Ủy ban nhân dân
    bắt đầu lại theo nhiệm kỳ, theo năm, nên hai ngày cách xa nhau không bị coi là mâu thuẫn.

Vì sao
    Người đọc tra văn bản theo số và ngày; dẫn hai ngày cho một văn bản là có một chỗ sai.

Sai
    kien_nghi: |
      Thực hiện Nghị quyết số 15-NQ/ĐU, ngày 12/01/2023 của Đảng ủy xã.

      Căn cứ Nghị quyết số 15-NQ/ĐU, ngày 21/01/2023 của Đảng ủy xã.

Đúng
    kien_nghi: |
      Thực hiện Nghị quyết số 15-NQ/ĐU, ngày 12/01/2023 của Đảng ủy xã.

      Căn cứ Nghị quyết số 15-NQ/ĐU của Đảng ủy xã.

Cách sửa
    Mở bản gốc, sửa chỗ dẫn sai. Lần dẫn đầu ghi đủ loại, số và ký hiệu, ngày, cơ quan ban hành; các
    lần sau chỉ cần loại và số.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6b về cách viện dẫn: độ tin cậy A cho văn bản nhà nước;
    văn bản của Đảng theo thói quen chung, độ tin cậy C. Ngày của từng văn bản Trung ương có độ tin
    cậy riêng: A thì cảnh báo, B và C chỉ lưu ý; Hướng dẫn 05-HD/VPTW có ba ngày khác nhau trong các
    nguồn nên ngày nào cũng được chấp nhận.

English:
    A cited document has one number, one date, one issuer throughout. The same symbol with two dates
    or two issuers, one text under two numbers, a year in the symbol that is not that of the date,
    and a date other than the known one of a central document are reported; numbers start again with
    each term or year, so dates far apart are let pass. A document that the opening rests on and
    that is never dated is an information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._page import Piece, page
from vanban.rules._text import HEADING, RUNNING, SUBJECT
from vanban.rules.references._documents import KNOWN
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="XRF008",
    name="cited_document",
    severity=Severity.WARNING,
    source=Source("Viện dẫn văn bản: loại, số, ngày, cơ quan thống nhất", Certainty.C),
)

_KINDS = (
    "nghị quyết|chỉ thị|kết luận|quy định|quyết định|hướng dẫn|nghị định|thông tư|kế hoạch|"
    "chương trình|thông báo|báo cáo|công văn|quy chế|đề án|công điện|tờ trình|thông tri"
)
_CODE = r"[^\W\d_]{1,10}"
_CITED = re.compile(
    rf"(?<!\w)(?P<kind>{_KINDS})(?P<said> số:?)? ?"
    rf"(?P<symbol>\d{{1,4}} ?- ?{_CODE} ?/ ?{_CODE}(?:[-.]{_CODE}){{0,2}}|"
    rf"\d{{1,4}}/(?P<year>(?:19|20)\d\d)/{_CODE}(?:-[^\W_]{{1,10}}){{0,3}}|"
    rf"\d{{1,4}}/{_CODE}-{_CODE})(?![\w/]|-\w)"
)
# A slash of such a symbol, and how far around it the whole is looked for.
_SLASH = re.compile(rf"/(?: ?{_CODE}|(?:19|20)\d\d/)")
_AHEAD = 60
_DATE = re.compile(
    r"(?P<lead>,? ?\(?(?:được )?(?:ban hành )?(?:ra )?(?:ngày )?)"
    r"(?:(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)|"
    r"(?P<dw>\d{1,2}) tháng (?P<mw>\d{1,2}) năm (?P<yw>(?:19|20)\d\d))(?!\d)"
)
_ISSUER = re.compile(r"\)?,? của (?P<issuer>[^.,;:()\n“”\"]{3,60})")
_ISSUER_END = re.compile(
    r" (?:về|khóa|nhiệm kỳ|và|trên|quy định|hướng dẫn|ban hành|đến|được|đã)(?!\w)"
)
_ABOUT = re.compile(r"[^.;:()\n“”\"]{0,70}?(?<!\w)về(?: việc)? (?P<about>[^.;()\n“”\"]{15,120})")
# Bodies whose name is unmistakable; an office has many names for itself, these do not.
_CENTRAL = (
    "bộ chính trị",
    "ban bí thư",
    "ban chấp hành trung ương",
    "thủ tướng chính phủ",
    "chính phủ",
    "quốc hội",
    "văn phòng trung ương",
    "ban tổ chức trung ương",
    "ủy ban kiểm tra trung ương",
    "ban tuyên giáo trung ương",
)
_EVERYWHERE = re.compile(r"-(?:ubnd|hđnd)$|/(?:ubnd|hđnd)$")
# Anything that looks like a date so near behind a citation may be its date.
_ANY_DATE = re.compile(r"(?<!\w)ngày|\d{1,2}/\d{1,2}/|tháng \d")
_DATE_WITHIN = 120
_SAME_TEXT_WORDS = 6
# A title so short is compared only where a body issues one such document on a day.
_FEWEST_WORDS = 4
_ONE_OF_A_TEXT = frozenset(
    (
        "nghị quyết",
        "chỉ thị",
        "kết luận",
        "kế hoạch",
        "chương trình",
        "quy chế",
        "quy định",
        "đề án",
    )
)
_SENTENCE_GOES_ON = re.compile(
    r", ?(?=(?:ban (?:chấp hành|thường vụ)|các|đảng (?:ủy|bộ)|chi bộ|ủy ban|hội đồng|xã(?! hội)|"
    r"cấp ủy|toàn (?:xã|đảng bộ)|đến|trong(?! sạch)|có|đã|được|đạt|ngay|sau)(?!\w))|"
    r" (?=(?:đã|được|đến nay|đạt)(?!\w))"
)
# Of one day there are as many as there are people.
_EACH_ITS_OWN = re.compile(
    r"(?:việc )?(?:kết nạp|công nhận|khen thưởng|tặng|thi hành kỷ luật|kỷ luật|chuẩn y|bổ nhiệm|"
    r"chỉ định|cho|điều động|phân công|miễn sinh hoạt|giải quyết|kiểm tra|giám sát|phê duyệt|"
    r"thành lập)(?!\w)"
)
# In the years of congresses numbers start again: two dates of one year may be two documents.
_CONGRESS_YEARS = (0, 1)


class _Citation:
    """A document cited in a text: what is said of it is read when it is compared with another."""

    def __init__(self, piece: Piece, match: re.Match[str]) -> None:
        self.piece, self._match = piece, match
        self.kind: str = match["kind"]
        self.symbol: str = match["symbol"].replace(" ", "")
        self.dated = _DATE.match(piece.text, match.end(), piece.end)
        self.day = _day(self.dated) if self.dated is not None else None

    @property
    def year(self) -> int | None:
        """Return the year in the symbol."""
        year = self._match["year"]
        return int(year) if year else None

    @property
    def numbered(self) -> bool:
        """Tell whether the word "số" stands before the symbol."""
        return self._match["said"] is not None

    @property
    def place(self) -> tuple[int, int]:
        """Return where the citation stands in its text."""
        return self._back(*self._match.span())

    @property
    def date_at(self) -> tuple[int, int]:
        """Return where its date stands."""
        assert self.dated is not None
        return self._back(self.dated.end("lead"), self.dated.end())

    @property
    def words(self) -> str:
        """Return the citation as it is written."""
        start, end = self.place
        return " ".join(self.piece.raw[start:end].split())

    @property
    def maybe_dated(self) -> bool:
        """Tell whether something like a date stands behind."""
        end = self._match.end()
        stop = min(end + _DATE_WITHIN, self.piece.end)
        return _ANY_DATE.search(self.piece.text, end, stop) is not None

    @cached_property
    def about(self) -> tuple[str, ...]:
        """Return what the document is about (see ``_about``)."""
        told = _ABOUT.match(self.piece.text, self._behind, self.piece.end)
        return _about(self.kind, told["about"]) if told is not None else ()

    @cached_property
    def _named(self) -> tuple[str, int]:
        named = _ISSUER.match(self.piece.text, self._behind, self.piece.end)
        if named is None:
            return "", self._behind
        return _ISSUER_END.split(named["issuer"], maxsplit=1)[0], named.start("issuer")

    @property
    def issuer(self) -> str:
        """Return the body that issued it, "" when none is named."""
        return self._named[0].strip()

    @property
    def issuer_at(self) -> int:
        """Return where the issuer stands in its text."""
        return self.piece.back(self._named[1])

    @property
    def _behind(self) -> int:
        return self.dated.end() if self.dated is not None else self._match.end()

    def _back(self, start: int, end: int) -> tuple[int, int]:
        return self.piece.back(start), self.piece.back(end)


def check(ctx: Context) -> Iterator[Finding]:
    """Report citations that do not agree with each other or with what is known."""
    cited: dict[tuple[str, str], list[_Citation]] = {}
    pieces = page(ctx).pieces(_slashes, SUBJECT, HEADING, *RUNNING, "note", "cell")
    every = [one for piece in pieces for one in _citations(piece)]
    for one in every:
        cited.setdefault((one.kind, one.symbol), []).append(one)
    yield from _two_numbers(ctx, every)
    for found in cited.values():
        yield from _dates(ctx, found)
        yield from _issuers(ctx, found)
        yield from _undated(ctx, found)


def _at(
    ctx: Context,
    slug: str,
    one: _Citation,
    place: tuple[int, int],
    severity: Severity | None = None,
    **args: Any,
) -> Finding:
    return ctx.at(
        RULE, slug, one.piece.pointer, text=place, severity=severity, van_ban=one.words, **args
    )


def _slashes(text: str) -> Iterator[int]:
    """Yield the slashes of a folded text that may part the symbol of a document."""
    return (match.start() for match in _SLASH.finditer(text))


def _citations(piece: Piece) -> Iterator[_Citation]:
    done = piece.start
    for at in piece.at:
        if at < done:
            continue
        start, stop = max(done, at - _AHEAD), min(at + _AHEAD, piece.end)
        match = _CITED.search(piece.text, start, stop)
        if match is not None and match.start() < at < match.end():
            yield _Citation(piece, match)
            done = match.end()


def _two_numbers(ctx: Context, cited: Sequence[_Citation]) -> Iterator[Finding]:
    """Report one text of one day under two numbers."""
    symbols: dict[tuple[str, date | None], set[str]] = {}
    for one in cited:
        symbols.setdefault((one.kind, one.day), set()).add(one.symbol)
    texts: dict[tuple[str, date, tuple[str, ...]], _Citation] = {}
    for one in cited:
        if one.day is None or len(symbols[one.kind, one.day]) == 1 or not one.about:
            continue
        first = texts.setdefault((one.kind, one.day, one.about), one)
        if first.symbol != one.symbol and _one_issuer(first, one):
            yield _at(ctx, "hai_so", one, one.place, khac=first.words)


def _about(kind: str, told: str) -> tuple[str, ...]:
    """Return what a document is about, as far as it is compared; () when that tells too little."""
    words = tuple(told.split()[:_SAME_TEXT_WORDS])
    if kind == "quyết định" and _EACH_ITS_OWN.match(told):
        return ()
    # "về nhiệm vụ năm 2023, Ban Chấp hành ...": behind the comma the sentence goes on.
    ended = _SENTENCE_GOES_ON.search(told)
    if ended is not None:
        words = tuple(told[: ended.start()].split()[:_SAME_TEXT_WORDS])
    short = len(words) >= _FEWEST_WORDS and kind in _ONE_OF_A_TEXT
    return words if len(words) == _SAME_TEXT_WORDS or short else ()


def _day(match: re.Match[str]) -> date | None:
    groups = ("d", "m", "y") if match["d"] else ("dw", "mw", "yw")
    day, month, year = (int(match[group]) for group in groups)
    return dates.parse(f"{day:02d}/{month:02d}/{year}")


def _one_issuer(left: _Citation, right: _Citation) -> bool:
    """Tell whether two citations may be of one body: nothing said, or the same said."""
    if not left.issuer or not right.issuer:
        # Every commune and district has its own 12/QĐ-UBND: one silent, one named may be two.
        return left.issuer == right.issuer or not _EVERYWHERE.search(left.symbol)
    return left.issuer.startswith(right.issuer) or right.issuer.startswith(left.issuer)


def _one_document(left: date, right: date, year_in_symbol: int | None) -> bool:
    """Tell whether two dates under one number are surely meant for one document."""
    if year_in_symbol is not None:
        return True
    same = (left.day == right.day, left.month == right.month, left.year == right.year)
    if sum(same) == 2:  # one slip of the pen
        return True
    return same[2] and left.year % 5 not in _CONGRESS_YEARS


def _dates(ctx: Context, found: list[_Citation]) -> Iterator[Finding]:
    """Report dates that contradict the symbol, what is known, or an earlier citation."""
    first: _Citation | None = None
    for one in found:
        if one.day is None:
            continue
        if one.year is not None and one.day.year != one.year:
            yield _at(ctx, "khac_nam", one, one.date_at, nam=one.year, ngay=dates.short(one.day))
            continue
        document = KNOWN.get((one.kind, one.symbol))
        if document is not None and one.day not in document.dates:
            near = [d for d in document.dates if _one_document(d, one.day, one.year)]
            if near:
                sure = document.certain is Certainty.A
                yield _at(
                    ctx,
                    "ngay_da_biet",
                    one,
                    one.date_at,
                    Severity.WARNING if sure else Severity.INFO,
                    ngay=dates.short(one.day),
                    dung=" hoặc ".join(map(dates.short, document.dates)),
                )
                continue
        if first is None or first.day is None:
            first = one
        elif (
            one.day != first.day
            and _one_issuer(first, one)
            and _one_document(first.day, one.day, one.year)
        ):
            yield _at(
                ctx,
                "hai_ngay",
                one,
                one.date_at,
                ngay=dates.short(one.day),
                khac=dates.short(first.day),
            )


def _central(issuer: str) -> str | None:
    return next((name for name in _CENTRAL if issuer.startswith(name)), None)


def _issuers(ctx: Context, found: list[_Citation]) -> Iterator[Finding]:
    """Report a central body that is not the one an earlier citation of the same text named."""
    known: dict[date, tuple[str, str]] = {}
    for one in found:
        name = _central(one.issuer)
        if name is None or one.day is None:
            continue
        start = one.issuer_at
        written = one.piece.raw[start : start + len(name)]
        other, elsewhere = known.setdefault(one.day, (name, written))
        if other != name:
            place = (start, start + len(name))
            yield _at(ctx, "hai_co_quan", one, place, co_quan=written, khac=elsewhere)


def _undated(ctx: Context, found: list[_Citation]) -> Iterator[Finding]:
    """Report a document the opening rests on that no citation dates."""
    openings = {node.pointer for node in ctx.role("opening")}
    one = next((one for one in found if one.piece.pointer in openings), None)
    if one is None or one.year is not None or not one.numbered:
        return
    if not any(other.maybe_dated for other in found):
        yield _at(ctx, "thieu_ngay", one, one.place, Severity.INFO)
