"""Đơn vị đo viết đúng dạng (TXT043).

Quy định
    Dấu % viết liền sau số (5%). Đơn vị bằng chữ cách số một dấu cách: 5 tỷ đồng, 12 ha, 3 km. Ký
    hiệu đo lường viết chữ thường: ha, km, kg, không viết Ha, Km, Kg. Tiền viết đủ chữ "đồng".
    Diện tích, thể tích viết m², m³. Lý trình (Km 12) và số hiệu không bị nhắc. Dấu chấm, dấu phẩy
    trong số thuộc NUM009.

Vì sao
    Viết một dạng thì người đọc và máy đều nhận ra con số; "5tỷ" dính liền dễ đọc sót.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy vận động được 5tỷ đồng làm đường nông thôn.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy vận động được 5 tỷ đồng làm đường nông thôn.

Cách sửa
    Viết lại như lời nhắc; có thể sửa tự động sau khi xem.

Nguồn và độ tin cậy
    Ký hiệu theo hệ đơn vị đo lường pháp định (B); dấu % viết liền là cách quen dùng (C).

English:
    Units in their form: % clings to its number, units in letters keep a blank, symbols of measures
    are small (ha, km, kg), money in full, m² and m³. Numbers themselves belong to NUM009. Words
    glued to a number warn, the rest is information, a habit told once; unsafe fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._marks import around
from vanban.text.prose import CELL, LEAD, RUNNING

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT043",
    name="unit_form",
    severity=Severity.INFO,
    source=Source("Cách viết đơn vị đo trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.UNSAFE,
)

_ROLES = (RUNNING, LEAD, CELL)
_GLUED = re.compile(
    r"(?P<number>[0-9]+)(?P<unit>tỷ|tỉ|triệu|nghìn|ngàn|đồng|người|hộ|ấp|thôn|chi|đảng|cuộc|"
    r"đ|ha|km|kg|tấn|tạ|km2|m2|m3)"
)
_SYMBOLS = {"ha": "ha", "km": "km", "kg": "kg", "m2": "m²", "m3": "m³", "km2": "km²"}
_MEASURES = frozenset(("ha", "km", "kg", "tấn", "tạ", "m2", "m3", "km2"))
_WRONG = {
    "Ha": "ha", "HA": "ha", "Km": "km", "KM": "km", "Kg": "kg", "KG": "kg", "m2": "m²",
    "m3": "m³", "km2": "km²", "Km2": "km²",
}  # fmt: skip
_MONEY = "đ"
# Behind these a number is the name of something: "Km 12", "tổ 5 Ha Giang".
_NAMED = frozenset(["số", "đường", "quốc", "lộ", "tỉnh"])


def check(ctx: Reading) -> Iterator[Finding]:
    """Report units that are not in their form."""
    prose = ctx.prose
    apart = [
        prose.gap_start(number)
        for gap, numbers in prose.gaps.items()
        if gap.startswith(" %")
        for number in numbers
        if number and prose.words[number - 1].isdecimal() and _read(prose, number - 1)
    ]
    if apart:
        yield _once(ctx, "phan_tram", [(start, start + 2, "%") for start in sorted(apart)])
    # Only figures stand before the colon.
    for word in [word for word in prose.distinct if word < ":"]:
        if word[-1].isdecimal() and word[-2:] not in ("m2", "m3"):
            continue
        parts = _glued(word)
        if parts is None:
            continue
        figure, unit = parts
        for place in prose.distinct[word]:
            if not _read(prose, place) or not _alone(prose, place):
                continue
            start, end = prose.starts[place], prose.end(place)
            if unit == _MONEY:
                yield _told(ctx, "dong", start, end, f"{figure} đồng")
            else:
                slug = "dinh_do" if unit in _MEASURES else "dinh"
                right = f"{figure} {_SYMBOLS.get(unit, unit)}"
                severity = None if unit in _MEASURES else Severity.WARNING
                yield _told(ctx, slug, start, end, right, severity)
    for wrong in sorted(prose.distinct.keys() & _WRONG.keys()):
        places = [
            (prose.starts[place], prose.end(place), _WRONG[wrong])
            for place in prose.distinct[wrong]
            if _measures(prose, place)
        ]
        if places:
            yield _once(ctx, "luy_thua" if wrong[-1].isdecimal() else "chu_thuong", places)


def _measures(prose: Prose, place: int) -> bool:
    """Tell whether a word stands behind a number as its unit."""
    if not place or prose.seps[place] != " " or not prose.words[place - 1].isdecimal():
        return False
    following = prose.words[place + 1 : place + 2]
    if prose.seps[place + 1] == " " and following and _continues(following[0]):
        return False
    named = place > 1 and prose.words[place - 2].lower() in _NAMED
    return not named and _read(prose, place)


def _continues(word: str) -> bool:
    """Tell whether a word makes the one before part of a name or a milestone."""
    return word[0].isupper() or word[0].isdecimal()


@lru_cache(maxsize=4096)
def _glued(word: str) -> tuple[str, str] | None:
    match = _GLUED.fullmatch(word)
    return (match["number"], match["unit"]) if match else None


def _read(prose: Prose, number: int) -> bool:
    return prose.role(number) in _ROLES


def _alone(prose: Prose, place: int) -> bool:
    """Tell whether a number with its unit is part of no code: 05-BC, 2024/5km."""
    before, behind = prose.seps[place][-1:], prose.seps[place + 1][:1]
    if before in ("/", "_", "@") or behind in ("-", "_", "@", "–"):
        return False
    if before in ("-", "–", "+"):
        return place > 0 and prose.words[place - 1].isdecimal()
    if before in (".", ","):
        return len(prose.seps[place]) > 1 or (place > 0 and prose.words[place - 1].isdecimal())
    return True


def _told(
    ctx: Reading, slug: str, start: int, end: int, right: str, severity: Severity | None = None
) -> Finding:
    text = ctx.prose.text
    return ctx.mark(
        RULE,
        slug,
        start,
        end,
        new=right,
        safety=Safety.UNSAFE,
        severity=severity,
        tim_thay=around(text, start, end),
        dung=around(text, start, end, right),
    )


def _once(ctx: Reading, slug: str, places: list[tuple[int, int, str]]) -> Finding:
    """Return one finding for all places of a form, shown at the first."""
    text = ctx.prose.text
    start, end, right = places[0]
    return ctx.mark(
        RULE,
        slug,
        start,
        end,
        edits=places,
        safety=Safety.UNSAFE,
        so=len(places),
        tim_thay=around(text, start, end),
        dung=around(text, start, end, right),
    )
