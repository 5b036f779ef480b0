"""Hai nhận định trái nhau về một việc cần có lời nối (XRF007).

Quy định
    Đã khẳng định tuyệt đối ("an ninh luôn ổn định", "không xảy ra tai nạn giao thông") thì nơi khác
    không nêu điều ngược lại ("xuất hiện trộm cắp", "xảy ra 02 vụ tai nạn giao thông") mà không có
    lời nối như "cơ bản", "tuy nhiên", "còn", "riêng". Đã nói hẳn là không có, không phát sinh mà
    lại nêu rõ số vụ, số đơn của cùng địa bàn, cùng thời gian thì lời nối không gỡ được: phải sửa
    lời phủ định hoặc con số. Nhận định về cùng một việc mà một nơi "luôn" hay "ở tất cả các ấp",
    nơi kia "chưa", "chậm" cũng là trái nhau; "tất cả các chi bộ đều" mà một chi bộ "không" cũng
    vậy. Phương hướng, nhiệm vụ và câu nói về mục tiêu, năm trước, địa phương khác không bị xét.

Vì sao
    Người đọc thấy hai câu trái nhau sẽ nghi ngờ cả báo cáo; một lời nối cho biết đâu là tình hình
    chung, đâu là việc cá biệt.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Tình hình an ninh, trật tự luôn ổn định. Đảng ủy tổ chức 02 cuộc đối thoại.
    kien_nghi: Thời gian gần đây đã xuất hiện tình trạng trộm cắp vào ban đêm.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Tình hình an ninh, trật tự cơ bản ổn định. Đảng ủy tổ chức 02 cuộc đối thoại.
    kien_nghi: Thời gian gần đây đã xuất hiện tình trạng trộm cắp vào ban đêm.

Cách sửa
    Bớt chữ tuyệt đối ("cơ bản ổn định"), hoặc thêm lời nối ("tuy nhiên", "riêng ở ấp 2"); nếu một
    trong hai câu sai thì sửa câu ấy. Khi đã có số liệu cụ thể thì đối chiếu sổ theo dõi rồi bỏ lời
    phủ định, thu hẹp nó ("không có đơn vượt cấp") hoặc sửa con số.

Nguồn và độ tin cậy
    Lỗi có thật trong bản tin một hội nghị sơ kết cấp xã: "luôn ổn định" và "xuất hiện trộm cắp"; độ
    tin cậy C về câu chữ.

English:
    Two contradicting statements about one subject need a bridging word. An absolute claim (security
    "always stable", "no traffic accident") is set against a statement elsewhere that takes it back;
    words such as "cơ bản", "tuy nhiên", "còn", "riêng" make peace between them. None does where the
    report says that something did not happen and counts its cases: mend the denial or the number.
    So is "always", or "in all hamlets", set against "not" or "late" said of the very same subject.
    Tasks, aims, past years and other places are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import Folded, fold
from vanban.rules._text import RUNNING, Sentences
from vanban.rules.figures._spots import spots
from vanban.rules.references._contradictions import (
    BRIDGE_IN_CLAIM,
    BRIDGE_IN_COUNTER,
    DENIED,
    EARLIER_BEHIND,
    NO_STATEMENT,
    ONE_PLACE,
    PAIRS,
    PAST_BEHIND,
    RESTRICTED,
)
from vanban.rules.references._denials import ALL_CUES, DENIAL_CUES, counted, denied_of_one
from vanban.rules.references._same_subject import (
    Judgement,
    claims,
    contradicts,
    counters,
    written,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="XRF007",
    name="contradiction",
    severity=Severity.WARNING,
    source=Source("Nhận định thống nhất trong một văn bản", Certainty.C),
)

_CLAUSE = re.compile(r".*[;\n]", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BEHIND = 80
# Of one subject, more claims than these are not kept.
_MOST_CLAIMS = 4
_NOUGHT = re.compile(r"(?<![\d.])0+(?![\d.,])")
_NUMBER = re.compile(r"(?<!\d)0*[1-9]")
# "06/06 ấp".
_SHARE = re.compile(r"/\d{1,3}\s\w")
_QUOTED = re.compile(r"[“\"«][^”\"»]*$")


class _Text:
    """A folded text, parted into sentences when it is first asked for that."""

    def __init__(self, pointer: str, folded: Folded) -> None:
        self.pointer = pointer
        self.folded = folded

    @cached_property
    def sentences(self) -> Sentences:
        return Sentences(self.folded.text)


# A stretch of a text to be read.
_Stretch = tuple[_Text, int, int]


class _Texts:
    """The texts that tell how things are, and which of their sentences hold a word."""

    def __init__(self, ctx: Context) -> None:
        self._ahead = tuple(f"{node.pointer}/" for node in ctx.role("plan-part"))
        self._where = ctx.prose.where
        self._book = spots(ctx)
        self._held: dict[tuple[str, ...], set[int]] = {}
        self._made: dict[int, _Text] = {}
        self._odd = frozenset(self._told(self._book.page.odd))

    def _told(self, numbers: Iterable[int]) -> Iterator[int]:
        page = self._book.page
        for number in numbers:
            told = page.rank(number, RUNNING) is not None
            if told and not page.passages[number].pointer.startswith(self._ahead):
                yield number

    def _in_order(self, numbers: Iterable[int]) -> list[int]:
        rank = self._book.page.rank
        return sorted(numbers, key=lambda number: (rank(number, RUNNING) or 0, number))

    def _text(self, number: int) -> _Text:
        text = self._made.get(number)
        if text is None:
            passage = self._book.page.passages[number]
            whole = self._book.page.text[passage.start : passage.end]
            folded = fold(passage.raw) if number in self._odd else Folded(whole, None)
            text = self._made[number] = _Text(passage.pointer, folded)
        return text

    def _sentences(self, group: tuple[str, ...]) -> set[int]:
        """Return the first words of the sentences that hold a word or phrase of a group."""
        found = self._held.get(group)
        if found is None:
            book = self._book
            found = self._held[group] = {book.sentence(n)[0] for n in book.at(*group)}
        return found

    def holding(self, *groups: tuple[str, ...], besides: Iterable[int] = ()) -> list[_Stretch]:
        """Return the sentences that may hold a word or phrase of each group, and some texts whole.

        Odd texts (see ``Page``) are whole too.
        """
        book = self._book
        whole = self._odd.union(besides)
        found: dict[int, list[int]] = {number: [] for number in whole}
        for first in sorted(set.intersection(*map(self._sentences, groups))):
            found.setdefault(book.text_of(first), []).append(first)
        stretches: list[_Stretch] = []
        for number in self._in_order(self._told(found)):
            text = self._text(number)
            if number in whole:
                stretches.append((text, 0, len(text.folded.text)))
                continue
            start = book.page.passages[number].start
            for first in found[number]:
                begin, end = book.span(*book.sentence(first))
                stretches.append((text, begin - start, end - start))
        return stretches

    def may_hold(self, *groups: tuple[str, ...]) -> bool:
        """Tell whether a sentence may hold a word or phrase of each group (see ``holding``)."""
        return bool(self._odd or set.intersection(*map(self._sentences, groups)))

    def whole(self, *phrases: str, besides: Iterable[int] = ()) -> list[_Text]:
        """Return the texts that may hold some words or phrases, and some others."""
        found = {self._book.text_of(number) for number in self._book.at(*phrases)}
        return [self._text(n) for n in self._in_order(self._told(found.union(self._odd, besides)))]

    @cached_property
    def shares(self) -> set[int]:
        """Return the texts that say "6/6 ấp" of something."""
        page = self._book.page
        return set(self._told({page.passage(m.start()) for m in _SHARE.finditer(page.text)}))

    def naming(self, keys: Iterable[tuple[tuple[str, ...], int]]) -> list[tuple[str, ...]]:
        """Return words of which each text about one of some subjects holds one, if there are."""
        where = self._where
        rare: set[str] = set()
        for subject, _ in keys:
            words = written(subject)
            if not words:
                return []
            rare.add(min(words, key=lambda word: (len(where.get(word, ())), word)))
        return [tuple(sorted(rare))]


class _Place(NamedTuple):
    """A statement: where it stands, in the folded text."""

    text: _Text
    start: int
    end: int

    @property
    def before(self) -> str:
        """Return the clause up to the statement."""
        return _CLAUSE.sub("", self.text.sentences.before(self.start))

    @property
    def words(self) -> str:
        """Return the words of the statement."""
        return " ".join(self.text.folded.text[self.start : self.end].split())


# Message, subject, claim, counter.
_Found = tuple[str, str, _Place, _Place]


def check(ctx: Context) -> Iterator[Finding]:
    """Report a statement that takes back an absolute claim made elsewhere."""
    texts = _Texts(ctx)
    year = ctx.period.year if ctx.period is not None else None
    said: set[tuple[str, int]] = set()
    for slug, name, claim, counter in (
        *_clashes(texts, year),
        *_pairs(texts, year),
        *_same_subjects(texts),
    ):
        # One sentence is spoken of once.
        place = (counter.text.pointer, counter.text.sentences.bounds(counter.start)[0])
        if place in said:
            continue
        said.add(place)
        folded = counter.text.folded
        yield ctx.at(
            RULE,
            slug,
            counter.text.pointer,
            text=(folded.back(counter.start), folded.back(counter.end)),
            viec=name,
            cau=counter.words,
            truoc=claim.words,
        )


# A text that tells two such things of one subject holds one of these.
_SURE = ("luôn", "không ngừng", "tuyệt đối", "hoàn toàn", "tất cả", "toàn bộ", "cả", "100")
_BAD = (
    *("chậm", "trễ", "quá hạn", "chưa", "không", "thiếu", "buông lỏng", "qua loa", "lỏng lẻo"),
    *("gián đoạn", "dao động", "hoang mang", "mất", "diễn biến", "kém", "giảm sút", "đi xuống"),
)


def _clashes(texts: _Texts, year: int | None) -> Iterator[_Found]:
    """Yield what one text denies and counts, says of all and denies of one."""
    denying = {id(text) for text in texts.whole(*DENIAL_CUES)}
    telling = {id(text) for text in texts.whole(*ALL_CUES, besides=texts.shares)}
    for text in texts.whole(*DENIAL_CUES, *ALL_CUES, besides=texts.shares):
        words = text.folded.text
        for clash in (
            *(counted(words, year) if id(text) in denying else ()),
            *(denied_of_one(words, year) if id(text) in telling else ()),
        ):
            claim, counter = (_Place(text, *span) for span in (clash.claim, clash.counter))
            yield ("so_dem" if clash.counted else "trai_nhau"), clash.about, claim, counter


def _pairs(texts: _Texts, year: int | None) -> Iterator[_Found]:
    """Yield what the known pairs of statements find: message, subject, claim, counter."""
    for pair in PAIRS:
        if not (texts.may_hold(pair.counter_cues) and texts.may_hold(*pair.cues)):
            continue
        held = texts.holding(*pair.cues)
        claim = next(_statements(held, pair.claim, year, _is_claim), None)
        if claim is None:
            continue
        against = texts.holding(pair.counter_cues)
        counter = next(_statements(against, pair.counter, year, _is_counter), None)
        if counter is not None:
            number = pair.denies and _NUMBER.search(counter.words)
            yield ("so_dem" if number else "trai_nhau"), pair.name, claim, counter
            continue
        if pair.counted is None:
            continue
        claim = next(_statements(held, pair.claim, year, _is_general), None)
        if claim is None:
            continue
        # In the same text the writer has seen both; elsewhere a number cannot be talked away.
        others = [stretch for stretch in against if stretch[0] is not claim.text]
        counter = next(_statements(others, pair.counted, year, _is_fact), None)
        if counter is not None:
            yield "so_dem", pair.name, claim, counter


def _same_subjects(texts: _Texts) -> Iterator[_Found]:
    """Yield two judgements of one subject: "X luôn ổn định", "X còn dao động"."""
    known: dict[tuple[tuple[str, ...], int], list[tuple[_Text, Judgement]]] = {}
    # "ở 06/06 ấp" says it without a word.
    for text, start, end in texts.holding(_SURE, besides=texts.shares):
        for claim in claims(text.folded.text, start, end):
            held = known.setdefault((claim.subject, claim.sense), [])
            if len(held) < _MOST_CLAIMS:
                held.append((text, claim))
    if not known:
        return
    for text, start, end in texts.holding(_BAD, *texts.naming(known)):
        for counter in counters(text.folded.text, start, end):
            for where, claim in known.get((counter.subject, counter.sense), ()):
                if contradicts(claim, counter):
                    yield (
                        "trai_nhau",
                        claim.about,
                        _Place(where, claim.start, claim.end),
                        _Place(text, counter.start, counter.end),
                    )
                    break


def _statements(
    stretches: Iterable[_Stretch],
    pattern: re.Pattern[str],
    year: int | None,
    holds: Callable[[_Place], bool],
) -> Iterator[_Place]:
    """Yield the places where a pattern is a statement about the place and period of the report."""
    for text, start, end in stretches:
        for match in pattern.finditer(text.folded.text, start, end):
            place = _Place(text, match.start(), match.end())
            before = place.before
            other_year = any(int(y) != year for y in _YEAR.findall(before))
            if other_year or NO_STATEMENT.search(before) or _QUOTED.search(before):
                continue
            if holds(place):
                yield place


def _is_claim(place: _Place) -> bool:
    around = place.before + place.words
    behind = place.text.sentences.after(place.end)
    # What follows in the sentence may already take the claim back.
    return not (
        BRIDGE_IN_CLAIM.search(around)
        or ONE_PLACE.search(around)
        or BRIDGE_IN_COUNTER.search(behind)
    )


def _is_general(place: _Place) -> bool:
    """Tell whether a claim holds for the whole place and period."""
    return _is_claim(place) and not RESTRICTED.search(place.before)


def _is_fact(place: _Place) -> bool:
    """Tell whether a counted event is one of this place and period."""
    start, _ = place.text.sentences.bounds(place.start)
    if DENIED.search(place.text.folded.text[max(start, place.start - 40) : place.start]):
        return False
    behind = place.text.sentences.after(place.end)[:_BEHIND]
    return not EARLIER_BEHIND.search(behind)


def _is_counter(place: _Place) -> bool:
    start, _ = place.text.sentences.bounds(place.start)
    sentence = place.text.sentences.before(place.start) + place.words
    if DENIED.search(place.text.folded.text[max(start, place.start - 40) : place.start]):
        return False
    behind = place.text.sentences.after(place.end)[:_BEHIND]
    if _NOUGHT.search(place.words) or PAST_BEHIND.search(behind):
        return False
    return not (BRIDGE_IN_COUNTER.search(sentence) or BRIDGE_IN_CLAIM.search(sentence + behind))
