"""The head of page 1: two columns split by measured widths, so that nothing wraps that must not."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from vanban.compose.document import HeaderBlock, Line
from vanban.text.metrics import width_mm
from vanban.text.tone import Style, to_style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vanban.compose.profile import Profile, TextStyle

# A name breaks between the word for the unit and its proper name.
_UNITS = re.compile(
    r"(?<!\w)(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|khối|chi bộ)(?!\w)",
    re.IGNORECASE,
)


# Compounds of bodies' names that read badly when a line ends inside them.
_COMPOUNDS = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            "đảng bộ|đảng ủy|đảng uỷ|chi bộ|ban chấp hành|ban thường vụ|ủy ban|uỷ ban|nhân dân",
            "hội đồng|mặt trận|tổ quốc|cơ quan|tham mưu|giúp việc|văn phòng|kiểm tra|tổ chức",
            "tuyên giáo|dân vận|nội chính|xây dựng|công an|quân sự|quân đội|biên phòng|trung ương",
            "thành phố|thị xã|thị trấn|đặc khu|đại học|cao đẳng|trung học|cơ sở|phổ thông|trường",
            "khoa học|xã hội|nhân văn|kinh tế|doanh nghiệp|tập đoàn|tổng công ty|công ty|bệnh viện",
        )
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
# Where a profile may put a mark.
ABOVE, UNDER_NUMBER, UNDER_DATE = "tren_dau", "duoi_so", "duoi_ngay"
# Names of more words are filled line by line instead of being balanced.
MANY_WORDS = 24


def measured(text: str, style: TextStyle) -> float:
    """Return the width of a text in a style, in mm."""
    return width_mm(text, style.size_pt, style.bold, style.italic)


def _balanced(words: Sequence[str], style: TextStyle, room: float) -> list[str]:
    """Break words at spaces into as few lines as fit, those as equal as possible."""
    if len(words) < 2:
        return [" ".join(words)]
    if len(words) > MANY_WORDS:
        return _filled(words, style, room)
    for count in range(2, min(len(words), 4) + 1):
        ways = [
            [" ".join(words[i:j]) for i, j in zip((0, *cuts), (*cuts, len(words)), strict=True)]
            for cuts in combinations(range(1, len(words)), count - 1)
        ]
        best = min(ways, key=lambda lines: max(measured(line, style) for line in lines))
        if max(measured(line, style) for line in best) <= room:
            return best
    return _filled(words, style, room)


def _filled(words: Sequence[str], style: TextStyle, room: float) -> list[str]:
    """Break words line by line, as full as they go: for names no head was made for."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measured(longer, style) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def filled_lines(text: str, style: TextStyle, room: float) -> list[str]:
    """Return a text broken at spaces into lines as full as they go in ``room`` mm."""
    return _filled(text.split(), style, room)


def split_date(line: str, style: TextStyle, room: float) -> list[str]:
    """Return the place and date on one line, or the date below a place too long for that."""
    if measured(line, style) <= room:
        return [line]
    place, comma, day = line.rpartition(", ")
    return [
        *(_filled(f"{place}{comma}".split(), style, room) if place else []),
        *_filled(day.split(" "), style, room),
    ]


def split_name(name: str, style: TextStyle, room: float) -> list[str]:
    """Return the lines of a body's name, in capitals when the style says so.

    It stays on one line when it fits ``room`` (mm). Else it breaks before its proper name
    (ĐẢNG ỦY PHƯỜNG / BẮC NHA TRANG); where that does not fit either, at spaces in balance.
    """
    text = " ".join(name.split())
    shown = text.upper() if style.upper else text
    if measured(shown, style) <= room:
        return [shown]
    for unit in reversed(list(_UNITS.finditer(text))):
        first, second = text[: unit.end()].strip(), text[unit.end() :].strip()
        if style.upper:
            first, second = first.upper(), second.upper()
        if second and max(measured(first, style), measured(second, style)) <= room:
            return [first, second]
    lines = _balanced(_chunks(shown), style, room)
    if max(measured(line, style) for line in lines) > room:
        lines = _balanced(shown.split(), style, room)
    return lines


def _chunks(name: str) -> list[str]:
    """Return the words of a name, those of a compound kept together."""
    joined = _COMPOUNDS.sub(lambda match: re.sub(r"\s", "\0", match.group()), name)
    return [chunk.replace("\0", " ") for chunk in joined.split(" ")]


def _widest(lines: Sequence[tuple[str, TextStyle]]) -> float:
    return max((measured(text, style) for text, style in lines), default=0.0)


def split_columns(
    profile: Profile,
    names: Sequence[tuple[str, TextStyle]],
    number: str,
    right: Sequence[tuple[str, TextStyle]],
    date: tuple[str, TextStyle],
) -> tuple[float, float]:
    """Return the widths (mm) of the two columns; together they are the text width.

    The right column is never narrower than the title plus its half of the gap, nor than the date
    unless that leaves less than the longest word to the left one. Where both fit, the left takes
    its usual share.
    """
    whole = profile.page.text_width
    half_gap = profile.number("header.gap") / 2
    title_need = _widest(right) + half_gap
    date_need = measured(*date) + half_gap
    shown = [(text.upper() if style.upper else text, style) for text, style in names]
    left_need = max(_widest(shown), measured(number, profile.style("so"))) + half_gap
    words = [(word, style) for text, style in shown for word in text.split()]
    left_least = max(_widest(words), measured(number, profile.style("so"))) + half_gap
    right_need = title_need if date_need > whole - left_least else max(title_need, date_need)
    usual = whole * profile.number("header.left_share")
    if left_need + right_need <= whole:
        left = min(max(usual, left_need), whole - right_need)
    else:
        left = min(max(whole - right_need, left_least), whole - title_need)
    left = round(left, 2)
    return left, round(whole - left, 2)


def header_block(
    profile: Profile,
    superior: str,
    issuer: str,
    number: str,
    date_line: str,
    tone: TonedWords,
    as_is: str = "",
    marks: Mapping[str, str] | None = None,
) -> HeaderBlock:
    """Lay out the head of page 1.

    ``superior`` may be empty; a name equal to ``as_is`` is not put in capitals. ``tone`` puts
    vanban's own words into the tone style of the draft. ``marks`` are the texts of the marks by
    style, in the order in which they stand.
    """
    title, motto = tone(profile.wording["title"]), tone(profile.wording["motto"])
    right = [("tieu_de", title)] + ([("tieu_ngu", motto)] if motto else [])
    names = [(n, s) for n, s in ((superior, "cap_tren"), (issuer, "ban_hanh")) if n]
    return two_columns(profile, names, right, number, date_line, as_is=as_is, marks=marks)


def two_columns(
    profile: Profile,
    names: Sequence[tuple[str, str]],
    right: Sequence[tuple[str, str]],
    number: str,
    date_line: str,
    *,
    as_is: str = "",
    marks: Mapping[str, str] | None = None,
) -> HeaderBlock:
    """Lay out a head: ``names`` at the left (text, style), ``right`` at the right (style, text)."""
    left_mm, right_mm = split_columns(
        profile,
        [(text, profile.style(style)) for text, style in names],
        number,
        [(t, profile.style(s)) for s, t in right],
        (date_line, profile.style("ngay")),
    )
    date_room = right_mm - profile.number("header.gap") / 2
    room = left_mm - profile.number("header.gap") / 2
    left: list[Line] = []
    for text, style_name in names:
        lines = [text] if text == as_is else split_name(text, profile.style(style_name), room)
        left += [Line(line, style_name) for line in lines[:-1]]
        left.append(_ruled(lines[-1], profile.style(style_name), room))
    star = profile.wording["star"]
    return HeaderBlock(
        left=tuple(left),
        right=tuple(_ruled(t, profile.style(s), right_mm) for s, t in right),
        left_low=(*((Line(star, "sao"),) if star else ()), Line(number, "so")),
        right_low=tuple(
            Line(text, "ngay") for text in split_date(date_line, profile.style("ngay"), date_room)
        ),
        left_mm=left_mm,
        right_mm=right_mm,
        under_number=mark_lines(profile, marks, UNDER_NUMBER, room),
        under_date=mark_lines(profile, marks, UNDER_DATE, date_room),
        above=mark_lines(profile, marks, ABOVE, profile.page.text_width),
    )


def mark_lines(
    profile: Profile, marks: Mapping[str, str] | None, place: str, room: float
) -> tuple[Line, ...]:
    """Return the lines of the marks that the profile puts at ``place``, at most ``room`` mm wide.

    ``marks`` are texts by style; which marks are boxed, and how large, the profile says too.
    """
    found: list[Line] = []
    for name, text in (marks or {}).items():
        if profile.figure(f"place.{name}").default != place:
            continue
        style = profile.style(name)
        lines = split_name(text, style, room)
        box = _box(profile, lines[0], style) if len(lines) == 1 else None
        if box is not None and box[0] > room:
            box = None
        found += [Line(line, name, box_mm=box) for line in lines]
    return tuple(found)


def _box(profile: Profile, text: str, style: TextStyle) -> tuple[float, float] | None:
    """Return width and height in mm of the box a profile draws around a mark, None without one."""
    figures = profile.figures()
    at = f"box.{style.name}"
    if f"{at}.height" not in figures:
        return None
    fixed = figures.get(f"{at}.{to_style(text, 'tone_first')}")
    height = profile.number(f"{at}.height")
    if fixed is not None:
        return float(fixed.default), height
    return round(measured(text, style) + 2 * profile.number(f"{at}.side"), 2), height


def _ruled(text: str, style: TextStyle, room: float) -> Line:
    return Line(text, style.name, rule_length(text, style, room))


def rule_length(text: str, style: TextStyle, room: float) -> float | None:
    """Return the length in mm of the rule a style draws under a text, None when it draws none."""
    if style.rule is None:
        return None
    share = style.rule if isinstance(style.rule, float) else 1.0
    return round(min(measured(text, style), room) * share, 2)


class TonedWords:
    """Puts words that vanban writes itself into one tone style."""

    def __init__(self, style: str) -> None:
        self._style: Style = "tone_main" if style == "tone_main" else "tone_first"

    def __call__(self, text: str) -> str:
        """Return the text in the chosen style."""
        return _toned(text, self._style)


_toned = lru_cache(maxsize=2048)(to_style)  # the words of outlines and profiles
