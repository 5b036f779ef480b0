"""Series a person types: labels of headings, a) b) c) at line starts, thứ nhất - thứ hai."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from vanban.compose.numbering import LETTERS, letter, ordinal, roman
from vanban.rules._text import holders

if TYPE_CHECKING:
    from vanban.check.rule import Context

Style = Literal["roman", "arabic", "letter", "word", "mot_la"]
FOREIGN = "fjwz"
# A jump wider than this is no skipped item but a number that happens to begin a line.
_WIDEST_GAP = 3
_LARGEST = 60

_ROMANS = {roman(n): n for n in range(1, _LARGEST + 1)}
_ORDINALS = {ordinal(n): n for n in range(1, _LARGEST + 1)} | {"thứ bốn": 4, "thứ bẩy": 7}
_FIRSTLY = {
    word: n
    for n, words in enumerate(
        ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=1
    )
    for word in (words,)
}

_LABEL = re.compile(
    r"\s*(?:(?i:phần|chương|mục|phụ\s+lục)\s+)?(?:"
    r"(?P<word>(?i:thứ)\s+[^\W\d]+(?:\s+[^\W\d]+)?)|(?P<roman>[IVXL]+)|"
    r"(?:\d{1,2}\.)*(?P<arabic>\d{1,2})|(?P<letter>[a-zđ]))\s*(?:[-–.:)]|\.-)?\s*",
)


class Mark(NamedTuple):
    """A mark of a series: its style, its number (None: a letter Vietnamese has not), its text."""

    style: Style
    number: int | None
    text: str


def label_mark(label: str) -> Mark | None:
    """Return what an overridden label counts, or None when it counts nothing we know."""
    text = label.strip()
    match = _LABEL.fullmatch(text)
    if match is None:
        return None
    if match["roman"] and match["roman"] in _ROMANS:
        return Mark("roman", _ROMANS[match["roman"]], text)
    if match["arabic"]:
        return Mark("arabic", int(match["arabic"]), text)
    if match["word"]:
        number = _ORDINALS.get(" ".join(match["word"].lower().split()))
        return Mark("word", number, text) if number else None
    if match["letter"]:
        return Mark("letter", _letter_number(match["letter"]), text)
    return None


def _letter_number(char: str) -> int | None:
    place = LETTERS.find(char)
    return place + 1 if place >= 0 else None


def mark_text(style: Style, number: int) -> str:
    """Return how a mark of a style reads: IV, 4, d, thứ tư, bốn là."""
    if style == "roman":
        return roman(number)
    if style == "letter":
        return letter(number)
    if style == "word":
        return ordinal(number)
    if style == "mot_la":
        return next((f"{w} là" for w, n in _FIRSTLY.items() if n == number), str(number))
    return str(number)


class Break(NamedTuple):
    """A mark that does not continue its series.

    ``slug`` is ``nhay`` (skipped), ``lap`` (repeated), ``chu_la`` (foreign letter) or ``sai_chu``
    (misspelt ordinal); ``expected`` is the mark that should stand there.
    """

    slug: str
    pointer: str
    start: int
    end: int
    found: str
    expected: str


@dataclass(eq=False, repr=False)
class _Series:
    """A running series of one style."""

    style: Style
    last: int = 0
    foreign: bool = False


# Letters with a bracket, numbers with a full stop or bracket, Roman numbers with dash or stop.
_LINE_MARK = re.compile(
    r"[ \t]*(?:(?P<letter>[a-zđ])\)|(?P<arabic>\d{1,2})(?P<close>[.)])|"
    # "V. I. Lê-nin" is a name.
    r"(?P<roman>[IVXL]{1,6})[-.](?![ \t]+[A-ZĐ]\.))(?=[ \t]+\S)"
)
_DEPTH: dict[str, int] = {"roman": 0, "arabic.": 1, "arabic)": 2, "letter": 3}


def marked(ctx: Context) -> tuple[set[str], set[str]]:
    """Return the pointers of the texts that may hold a mark at the beginning of a line, and of
    those that may hold the first mark of a series inside one.
    """
    words, seps = ctx.prose.words, ctx.prose.seps
    lines: list[int] = []
    inside: list[int] = []
    for gap, numbers in ctx.prose.gaps.items():
        if gap[:1] in (")", ".", "-"):
            lines += [n - 1 for n in numbers if n == 1 or (n and "\n" in seps[n - 1])]
        if gap[:1] == ")":
            inside += [n - 1 for n in numbers if n and words[n - 1][-1] in ("a", "1")]
    return holders(ctx, lines), holders(ctx, inside)


def _line_marks(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands as a mark at the beginning of a line."""
    start = 0
    while True:
        match = _LINE_MARK.match(text, start)
        if match is not None:
            yield match
        start = text.find("\n", start) + 1
        if not start:
            return


def line_breaks(texts: Iterable[tuple[str, str]]) -> Iterator[Break]:
    """Yield the breaks of the series typed at line starts of neighbouring texts.

    A series begins with its first mark only; a mark of a higher level ends those below it.
    """
    running: dict[str, _Series] = {}
    for pointer, text in texts:
        for match in _line_marks(text):
            if match["letter"]:
                style: Style = "letter"
                key, number, group = "letter", _letter_number(match["letter"]), "letter"
            elif match["arabic"]:
                style, group = "arabic", "arabic"
                key, number = f"arabic{match['close']}", int(match["arabic"])
            else:
                style, key, group = "roman", "roman", "roman"
                number = _ROMANS.get(match["roman"])
                if number is None:
                    continue
            for lower in [k for k in running if _DEPTH[k] > _DEPTH[key]]:
                del running[lower]
            series = running.get(key)
            if number == 1 and (series is None or series.last != 1 or _introduced(text, match)):
                running[key] = _Series(style, 1)
                continue
            if series is None:
                continue
            found = _judge(series, number, match[group])
            if found is not None:
                slug, expected = found
                yield Break(
                    slug, pointer, match.start(group), match.end(group), match[group], expected
                )


def _introduced(text: str, mark: re.Match[str]) -> bool:
    """Tell whether the words before a mark announce a list, so that it may begin again."""
    return text[: mark.start()].rstrip().endswith(":")


def _judge(series: _Series, number: int | None, char: str) -> tuple[str, str] | None:
    """Take the next mark into a series; return what is wrong with it."""
    expected = series.last + 1
    if number is None:
        if char not in FOREIGN:
            return None
        series.foreign = True
        return "chu_la", mark_text(series.style, expected)
    if series.foreign and number == expected + 1:
        # e) f) h): f stood in the place of g.
        series.last, series.foreign = number, False
        return None
    series.foreign = False
    if number == expected:
        series.last = number
        return None
    if number == series.last:
        return "lap", mark_text(series.style, expected)
    if expected < number <= expected + _WIDEST_GAP:
        series.last = number
        return "nhay", mark_text(series.style, expected)
    return None


# "(1) ..., (2) ..., (4) ..." inside a sentence; "(1) và (3)" only points back.
_IN_LINE = re.compile(
    r"(?P<before>^|[,;:.\n]|(?<!\w)(?<!\) )(?:và|là|gồm)|\w)[ \t\u00a0]*"
    r"\((?P<mark>[1-9]\d?|[a-zđ])\)[ \t\u00a0]+(?=[^\W\d_]{2})"
    r"(?!(?:và|hoặc|đến|với|là|trên|đã|đang|chưa|còn|được|đạt)(?!\w))"
)
_POINTS_AT = re.compile(
    r"(?<!\w)(?:cột|mục|biểu|bảng|khoản|điểm|ý|nhóm|nội\s+dung|số|điều|phụ\s+lục|tại|theo)\s*$",
    re.I,
)
# Behind these words a mark points back at an item.
_POINTS_BACK = re.compile(r"(?<!\w)(?:trong\s+đó|riêng|đối\s+với|nêu\s+trên)(?!\w)", re.I)
# "a) ...; b) ...; d) ..." inside a sentence: behind what announces the list or ends an item.
_BARE_LETTER = re.compile(
    r"(?:(?<=:)|(?<=;)|(?<=,))[ \t\u00a0]*(?P<mark>[a-zđ])\)[ \t\u00a0]+(?=[^\W\d_]{2})"
)
_NEW_SENTENCE = re.compile(r"[.!?]\s+[A-ZĐÀ-Ỹ]")
# So far apart, two marks are no longer of one list.
_IN_LINE_REACH = 600


def inline_breaks(texts: Iterable[tuple[str, str]]) -> Iterator[Break]:
    """Yield the breaks of "(1) ..., (2) ..., (4) ..." and "(a) ..., (b) ..., (d) ...".

    A series begins with its first mark; only after its second, and where a new item clearly
    begins (behind a comma, a stop, "và"), is a mark held against it.
    """
    for pointer, text in texts:
        # A series begins with its first mark.
        if "a)" in text:
            yield from _letter_breaks(pointer, text)
        if "(1)" not in text and "(a)" not in text:
            continue
        running: dict[str, tuple[_Series, int]] = {}
        for match in _IN_LINE.finditer(text):
            sign, start = match["mark"], match.start("mark")
            style: Style = "arabic" if sign.isdecimal() else "letter"
            number = int(sign) if sign.isdecimal() else _letter_number(sign)
            series, last = running.get(style, (None, 0))
            if number == 1:
                if not _POINTS_AT.search(text[max(0, start - 20) : start - 1]):
                    running[style] = (_Series(style, 1), start)
                continue
            if series is None or match["before"] not in (*",;:.\n", "", "và"):
                continue
            if start - last > _IN_LINE_REACH or _POINTS_BACK.search(text, last, start):
                del running[style]
                continue
            # A jump right after the first mark may be of anything.
            if series.last == 1 and number != 2:
                del running[style]
                continue
            found = _judge(series, number, sign)
            running[style] = (series, start)
            if found is not None:
                slug, right = found
                yield Break(
                    slug, pointer, start - 1, match.end("mark") + 1, f"({sign})", f"({right})"
                )


def _letter_breaks(pointer: str, text: str) -> Iterator[Break]:
    """Yield the breaks of "a) ...; b) ...; d) ..." inside a sentence.

    A series begins with "a)" behind a colon; it ends with the line and with the sentence.
    """
    series: _Series | None = None
    last = 0
    for match in _BARE_LETTER.finditer(text):
        sign, start = match["mark"], match.start("mark")
        number = _letter_number(sign)
        if number == 1:
            announced = text[match.start() - 1 : match.start()] == ":"
            series, last = (_Series("letter", 1), start) if announced else (None, 0)
            continue
        if series is None:
            continue
        between = text[last:start]
        apart = start - last > _IN_LINE_REACH or "\n\n" in between
        if apart or _NEW_SENTENCE.search(between) or _POINTS_BACK.search(between):
            series = None
            continue
        # A jump right after the first mark may be of anything.
        if series.last == 1 and number != 2:
            series = None
            continue
        found = _judge(series, number, sign)
        last = start
        if found is not None:
            slug, right = found
            yield Break(slug, pointer, start, match.end("mark"), sign, right)


_BEFORE_ORDINAL = r"(?:^|(?<=[.;:,!?\n(–-])|(?<=[.;:,!?)]\s)|(?<=\s[-+–]\s))"
_ORDINAL_WORDS = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|[2-9]|10"
_ORDINAL = re.compile(
    rf"{_BEFORE_ORDINAL}[ \t\n]*(?P<mark>(?P<th>thứ|thư)\s+(?P<n>{_ORDINAL_WORDS}))(?!\w)"
    # a weekday with its date; a rank in brackets
    r"(?!\s*,?\s*ngày|\s*\))",
    re.IGNORECASE,
)
_FIRSTLY_MARK = re.compile(
    rf"{_BEFORE_ORDINAL}[ \t\n]*(?P<mark>(?P<n>{'|'.join(_FIRSTLY)})\s+là)(?!\w)", re.IGNORECASE
)


@dataclass(eq=False, repr=False)
class _Words:
    """The running series of ordinals and of "một là, hai là"."""

    word: _Series | None = None
    firstly: _Series | None = None
    found: list[Break] = field(default_factory=list)


def ordinal_breaks(texts: Iterable[tuple[str, str]]) -> list[Break]:
    """Return the breaks of series told in words: thứ nhất, thứ hai ...; một là, hai là ....

    A series begins with "thứ nhất" or "một là" where a clause begins, so that weekdays, terms and
    "lần thứ ba" never count.
    """
    state = _Words()
    for pointer, text in texts:
        for match in _ORDINAL.finditer(text):
            _ordinal(state, pointer, text, match)
        for match in _FIRSTLY_MARK.finditer(text):
            number = _FIRSTLY[match["n"].lower()]
            new = state.firstly is None or state.firstly.last != 1
            if number == 1 and (new or _introduced(text, match)):
                state.firstly = _Series("mot_la", 1)
            elif state.firstly is not None:
                _told(state, state.firstly, number, pointer, match)
    return state.found


def _ordinal(state: _Words, pointer: str, text: str, match: re.Match[str]) -> None:
    digits = match["n"].isdecimal()
    number = int(match["n"]) if digits else _ORDINALS.get(f"thứ {match['n'].lower()}")
    if number is None:
        return
    misspelt = match["th"].lower() == "thư"
    new = state.word is None or state.word.last != 1 or _introduced(text, match)
    if number == 1 and not misspelt and new:
        state.word = _Series("word", 1)
        return
    series = state.word
    if series is None:
        return
    if misspelt:
        # "thư" is a word of its own (letter): only in its turn is it a slip for "thứ".
        if number == series.last + 1:
            series.last = number
            state.found.append(
                Break("sai_chu", pointer, *match.span("mark"), _flat(match), ordinal(number))
            )
        return
    _told(state, series, number, pointer, match)


def _told(state: _Words, series: _Series, number: int, pointer: str, match: re.Match[str]) -> None:
    wrong = _judge(series, number, "")
    if wrong is not None:
        slug, expected = wrong
        state.found.append(Break(slug, pointer, *match.span("mark"), _flat(match), expected))


def _flat(match: re.Match[str]) -> str:
    return " ".join(match["mark"].split())
