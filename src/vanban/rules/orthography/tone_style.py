"""Cả văn bản dùng một cách đặt dấu thanh ở oa, oe, uy (TXT013).

Quy định
    Âm tiết mở có oa, oe, uy có hai cách đặt dấu: ở chữ trước (hòa, khỏe, ủy) hoặc ở chữ sau (hoà,
    khoẻ, uỷ). Văn bản dùng một cách; cơ quan chọn cách nào thì đặt trong tệp cấu hình (kieu_dau).
    Tên người, địa danh giữ nguyên; hoàn, khuỷu, quý, giờ không thuộc diện này.

Vì sao
    Không văn bản nào bắt buộc một cách, nhưng "Đảng ủy" và "Đảng uỷ" lẫn trong một báo cáo cho thấy
    nhiều đoạn được dán từ nhiều nguồn, và khi tìm kiếm sẽ bị sót.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng uỷ đối thoại với Nhân dân; cấp uỷ, Huyện uỷ, Tỉnh uỷ, Thành uỷ, Đoàn uỷ đã dự.
        to_chuc: Đảng ủy củng cố 01 chi bộ.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy đối thoại với Nhân dân; cấp ủy đã dự.
        to_chuc: Đảng ủy củng cố 01 chi bộ.

Cách sửa
    Chọn một cách rồi sửa các chỗ còn lại; sửa tự động được theo cách cơ quan chọn, không thì theo
    cách dùng nhiều hơn trong văn bản (bằng nhau thì theo cách gặp trước).

Nguồn và độ tin cậy
    Thực tế trình bày: Hướng dẫn 36-HD/VPTW in uỷ, Quy định 66-QĐ/TW in ủy; độ tin cậy C.

English:
    One placement of the tone in open oa, oe, uy per document. Words that differ from the house
    setting are warnings; without one the minority is information. The fix is safe.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._words import opens
from vanban.text.prose import CODE, NAME
from vanban.text.syllables import onsets, parse
from vanban.text.tone import PAIRS, STYLES, to_style

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT013",
    name="tone_style",
    severity=Severity.INFO,
    source=Source("Thống nhất cách đặt dấu thanh trong văn bản", Certainty.C),
    fix=FixClass.SAFE,
)

# A capitalised word in a run of capitals is a name, unless it begins the name of a body so.
_OF_BODIES: Final = {
    "ủy": frozenset({"ban", "viên", "quyền", "nhiệm"}),
    "tòa": frozenset({"án", "soạn", "nhà"}),
    "hòa": frozenset({"giải", "nhập", "mạng", "hợp"}),
    "hóa": frozenset({"đơn", "chất", "học"}),
    "khóa": frozenset({"họp", "học", "luận", "bồi"}),
    "thủy": frozenset({"lợi", "sản", "điện", "văn", "nông"}),
}
_BEFORE_UY: Final = frozenset(
    {"đảng", "huyện", "tỉnh", "thành", "quận", "thị", "đoàn", "khu", "xã", "cấp", "quân", "khối"}
)
_BEFORE_HOA: Final = frozenset({"cộng", "văn", "hiện", "đại", "xướng", "hàng"})
# Open syllables that are given names when they begin a sentence with a capital.
_GIVEN: Final = frozenset({"thúy", "thùy", "thụy", "thủy", "hòa", "túy", "lũy", "hóa", "tòa"})


@cache
def _words() -> dict[str, tuple[str, str]]:
    """Return the words of open oa, oe, uy in small letters, either spelling to both."""
    found: dict[str, tuple[str, str]] = {}
    for early, late in set(PAIRS.values()):
        if early.islower():
            for onset in onsets() - {"qu", "gi"}:
                if parse(onset + early) is not None:
                    pair = (onset + early, onset + late)
                    found[pair[0]] = found[pair[1]] = pair
    return found


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words whose tone mark stands otherwise than in the rest of the document."""
    prose, words = ctx.prose, _words()
    held = prose.where.keys() & words.keys()
    styles = {low: words[low].index(low) for low in held}
    wanted = None if ctx.tone_style is None else STYLES.index(ctx.tone_style)
    # The commonest case first: nothing of the other style in the whole document.
    used = set(styles.values())
    if used == {wanted} or len(used) < (2 if wanted is None else 1):
        return
    places = sorted(
        (number, style)
        for low, style in styles.items()
        for number in prose.where[low]
        if _counts(prose, number, words[low][0])
    )
    late = sum(style for _, style in places)
    early = len(places) - late
    if wanted is None:
        if not early or not late:
            return
        wanted = int(late > early) if late != early else places[0][1]
    house = ctx.tone_style is not None
    for number, style in places:
        if style == wanted:
            continue
        start, end = prose.starts[number], prose.end(number)
        new = to_style(prose.words[number], STYLES[wanted])
        if house:
            yield ctx.mark(RULE, "co_quan", start, end, new=new, severity=Severity.WARNING)
        else:
            yield ctx.mark(
                RULE, "lan", start, end, new=new, nhieu=max(early, late), it=min(early, late)
            )


def _counts(prose: Prose, number: int, early: str) -> bool:
    """Tell whether a word is one of the language, and not part of a proper name."""
    if prose.role(number) in (NAME, CODE):
        return False
    word = prose.words[number]
    if word.islower():
        return True
    before = _beside(prose, number, -1)
    after = _beside(prose, number, 1)
    if early == "ủy" and (before.lower() in _BEFORE_UY or after.lower() in _OF_BODIES["ủy"]):
        return True
    if word.isupper() and early in ("hòa", "hóa"):
        return before.lower() in _BEFORE_HOA
    if after.lower() in _OF_BODIES.get(early, ()) or (early == "khóa" and _ordinal(after)):
        return True
    return opens(prose, number) and early not in _GIVEN and after.islower()


def _beside(prose: Prose, number: int, step: int) -> str:
    """Return the word before or behind when only a blank stands between, else nothing."""
    other = number + step
    if not 0 <= other < len(prose.words) or not prose.seps[max(number, other)].isspace():
        return ""
    return prose.words[other]


def _ordinal(word: str) -> bool:
    return word.isdecimal() or (word != "" and set(word) <= set("IVX"))
