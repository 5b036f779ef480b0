"""Các chữ cái của một tiếng viết liền nhau (TXT015).

Quy định
    Không dùng dấu cách để giãn chữ: "Công tác", không viết "C ô n g t á c"; không để một tiếng bị
    tách đôi: "được", không viết "đ ược". Chỉ xét chỗ mà các chữ ghép lại thành tiếng thường dùng.

Vì sao
    Chữ giãn bằng dấu cách hoặc bị tách khi chép từ tệp PDF không tìm kiếm được, máy đọc sai và ngắt
    dòng giữa tiếng. Muốn giãn chữ trong Word thì dùng định dạng phông chữ.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: C ô n g t á c dân vận được quan tâm.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Công tác dân vận được quan tâm.

Cách sửa
    Bỏ các dấu cách thừa. Bản sửa tự động cần người xem lại.

Nguồn và độ tin cậy
    Chính tả phổ thông; lỗi gặp trong báo cáo số hóa; độ tin cậy B.

English:
    Letters of a word set apart by blanks, or a word torn in two. The fix joins them and is unsafe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._words import CODAS, LONE, ONSETS
from vanban.text.prose import CODE
from vanban.text.syllables import common, is_syllable, marked, split

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT015",
    name="letter_spaced",
    severity=Severity.WARNING,
    source=Source("Chữ cái của một tiếng viết liền", Certainty.B),
    fix=FixClass.UNSAFE,
)

# Four letters in a row are no series of signs; more than forty are no heading.
_LEAST, _MOST = 4, 60
_USUAL = 2600
# Behind these a lone letter is a sign of its own: điểm đ, lớp c.
_BEFORE_SIGN = frozenset(
    ("điểm", "khoản", "mục", "lớp", "nhóm", "hạng", "loại", "khu", "lô", "phần", "tiết", "ý", "câu")
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words whose letters stand apart."""
    prose = ctx.prose
    lone = prose.where.keys() & LONE
    done = -1
    for number in sorted(number for letter in lone for number in prose.where[letter]):
        if number <= done or prose.role(number) == CODE:
            continue
        first, last = _run(prose, number) if len(prose.words[number]) == 1 else (number, number)
        joined = _joined(prose, first, last) if last - first + 1 >= _LEAST else None
        slug = "gian"
        if joined is None:
            slug = "tach"
            first, last = number, number + 1
            joined = _torn(prose, first)
            if joined is None:
                first, last = number - 1, number
                joined = _cut_off(prose, number)
        if joined is None:
            continue
        done = last
        start, end = prose.starts[first], prose.end(last)
        yield ctx.mark(RULE, slug, start, end, new=joined, safety=Safety.UNSAFE)


def _run(prose: Prose, number: int) -> tuple[int, int]:
    """Return the first and last of the single letters that stand in a row with this one."""
    words, seps = prose.words, prose.seps
    first = last = number
    while first and number - first < _MOST and _letter(words[first - 1]) and _blank(seps[first]):
        first -= 1
    while last + 1 < len(words) and last - number < _MOST and _letter(words[last + 1]):
        if not _blank(seps[last + 1]):
            break
        last += 1
    return first, last


def _letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _blank(gap: str) -> bool:
    return gap.isspace() and "\n" not in gap


def _joined(prose: Prose, first: int, last: int) -> str | None:
    """Return the words that spaced letters make: a wider gap parts words, else the dictionary."""
    gaps = [len(prose.seps[number]) for number in range(first + 1, last + 1)]
    groups = [[prose.words[first]]]
    for gap, word in zip(gaps, prose.words[first + 1 : last + 1], strict=True):
        if gap > min(gaps):
            groups.append([])
        groups[-1].append(word)
    found: list[str] = []
    for group in map("".join, groups):
        if group.lower() in common():
            found.append(group)
            continue
        parts = split(group, 14)
        if parts is None:
            return None
        found.extend(parts)
    whole = " ".join(found)
    return whole if marked(whole) and any(len(word) > 2 for word in found) else None


def _torn(prose: Prose, number: int) -> str | None:
    """Return the word that an onset and the rest behind it make (đ ược), or None."""
    words, onset = prose.words, prose.words[number]
    if number + 1 >= len(words) or prose.seps[number + 1] != " " or onset.lower() not in ONSETS:
        return None
    rest = words[number + 1]
    if (
        common().get(rest, _USUAL) < _USUAL
        or not rest.islower()
        or (len(onset) > 1 and onset.isupper())
    ):
        return None
    before = words[number - 1].lower() if number and prose.seps[number] == " " else ""
    if before.isdecimal() or before in _BEFORE_SIGN:
        return None
    return _usual(onset + rest)


def _cut_off(prose: Prose, number: int) -> str | None:
    """Return the word that a piece and the coda behind it make (nhâ n), or None."""
    words, coda = prose.words, prose.words[number]
    if not number or prose.seps[number] != " " or coda not in CODAS:
        return None
    piece = words[number - 1]
    if is_syllable(piece) or piece.isupper() or not piece.isalpha():
        return None
    return _usual(piece + coda)


def _usual(word: str) -> str | None:
    sure = marked(word) and len(word) > 2 and common().get(word.lower(), _USUAL) < _USUAL
    return word if sure else None
