"""Clean drafts that hold their texts in every style, and ways to damage them in one place."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.rules.kit import put, sound
from vanban.rules import modules

REGISTERED = frozenset(module.RULE.id for module in modules())

SENTENCES = (
    "Đảng ủy xã đã hoàn thành việc sắp xếp, bổ sung đội ngũ cán bộ của các chi bộ trực thuộc.",
    "Các chi bộ hòa giải kịp thời mâu thuẫn trong Nhân dân và xử lý đúng quy định.",
    "Cấp ủy giám sát chặt chẽ việc chấp hành Điều lệ Đảng ở từng chi bộ nông thôn.",
    "Đoàn thanh niên đạt kết quả xuất sắc trong phong trào sản xuất của địa phương.",
    "Ủy ban Kiểm tra Đảng ủy hướng dẫn các chi bộ khắc phục thiếu sót đã được chỉ ra.",
    "Nhân dân các thôn đồng thuận với chủ trương của Đảng, chính sách của Nhà nước.",
)
SAFE_WORDS = {
    # the right words, and how a hurried hand types them
    "sắp xếp": "xắp xếp",
    "bổ sung": "bổ xung",
    "xử lý": "sử lý",
    "xuất sắc": "xuất xắc",
    "sản xuất": "sản suất",
    "thiếu sót": "thiếu xót",
}
TONES = {"hoàn": "hòan", "giám": "gíam", "đoàn": "đòan"}
STYLES = {"ủy": "uỷ", "hòa": "hoà"}
ALIKE = {"Đ": "Ð", "a": "\u0430", "o": "\u043e", "c": "\u0441", "e": "\u0435"}


@dataclass(frozen=True)
class Damage:
    """One kind of damage: the rule that mends it, and where it can be done in a line.

    ``places`` yields start, end and the damaged words.
    """

    rule: str
    places: Callable[[str], Iterator[tuple[int, int, str]]]


def _nfd(line: str) -> Iterator[tuple[int, int, str]]:
    for start, end, word in words(line):
        apart = unicodedata.normalize("NFD", word)
        if apart != word:
            yield start, end, apart


def words(line: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for part in line.split(" "):
        word = part.strip(",.;:()\"'")
        start = at + part.find(word)
        if word:
            yield start, start + len(word), word
        at += len(part) + 1


def _table(table: dict[str, str]) -> Callable[[str], Iterator[tuple[int, int, str]]]:
    def places(line: str) -> Iterator[tuple[int, int, str]]:
        for right, wrong in table.items():
            at = line.find(right)
            whole = at >= 0 and not (line[at - 1 : at] + line[at + len(right) :][:1]).isalpha()
            if whole and right != wrong:
                yield at, at + len(right), wrong

    return places


def _double(line: str) -> Iterator[tuple[int, int, str]]:
    for at, sign in enumerate(line):
        if sign == " " and 0 < at < len(line) - 1:
            yield at, at + 1, "  "


def _nbsp(line: str) -> Iterator[tuple[int, int, str]]:
    for at, sign in enumerate(line):
        if sign == " " and 0 < at < len(line) - 1:
            yield at, at + 1, "\u00a0"


def _alike(line: str) -> Iterator[tuple[int, int, str]]:
    for start, end, word in words(line):
        # one letter of a word that is plainly Vietnamese
        if len(word) > 2 and not word.isascii():
            for at, sign in enumerate(word):
                if sign in ALIKE:
                    yield start, end, word[:at] + ALIKE[sign] + word[at + 1 :]
                    break


def _hidden(line: str) -> Iterator[tuple[int, int, str]]:
    for start, end, word in words(line):
        if len(word) > 2:
            yield start, end, word[:2] + "\u200b" + word[2:]


def _before_mark(line: str) -> Iterator[tuple[int, int, str]]:
    for at, sign in enumerate(line):
        if sign == "," and 0 < at < len(line) - 1:
            yield at, at + 1, " ,"


ALL = (
    Damage("TXT001", _hidden),
    Damage("TXT002", _nfd),
    Damage("TXT004", _alike),
    Damage("TXT005", _nbsp),
    Damage("TXT012", _table(TONES)),
    Damage("TXT013", _table(STYLES)),
    Damage("TXT020", _table(SAFE_WORDS)),
    Damage("TXT030", _double),
    Damage("TXT031", _before_mark),
)
KINDS = tuple(damage for damage in ALL if damage.rule in REGISTERED)

_HEAD = """\
# Dự thảo để thử; mọi chú thích phải còn nguyên.
loai: bao-cao-so-ket   # loại
the_thuc:
  co_quan_cap_tren: Đảng bộ huyện Mẫu
  co_quan_ban_hanh: 'Đảng ủy xã Mẫu'
  so: 05
  dia_danh: Xã Mẫu
  ngay_ban_hanh: 09/10/2023
  nguoi_ky: {quyen_han: T/M Ban Chấp hành, chuc_vu: Bí thư, ho_ten: "Nguyễn Văn A"}
  noi_nhan:
    - Ban Thường vụ Huyện ủy (báo cáo)
    - Các chi bộ trực thuộc Đảng ủy xã
    - Lưu Văn phòng Đảng ủy
pham_vi: xay_dung_dang
trinh_tu: xay_dung_dang_truoc
ky_bao_cao:
  loai_ky: chin_thang
  tu_ngay: 01/01/2023
  den_ngay: 30/9/2023
ket_qua:
  xay_dung_dang:
"""
_TAIL = """\
danh_gia:
  han_che:
    - ma: HC1   # mã
      linh_vuc: dang_vien
      noi_dung: Công tác kết nạp đảng viên còn chậm, chưa đạt chỉ tiêu năm.
  nguyen_nhan:
    - loai: chu_quan
      han_che: [HC1]
      noi_dung: Cấp ủy một số chi bộ chưa chủ động phát hiện quần chúng ưu tú.
phuong_huong:
  nhiem_vu:
    - linh_vuc: dang_vien
      noi_dung: Rà soát, bồi dưỡng quần chúng ưu tú, hoàn thành chỉ tiêu kết nạp của năm 2023.
      chu_tri: các chi bộ trực thuộc
      thoi_han: 15/12/2023
"""
KEYS = ("chinh_tri_tu_tuong", "to_chuc", "dang_vien", "kiem_tra_giam_sat", "dan_van")


def parts(sentence: str, places: tuple[int, ...]) -> list[str]:
    """A sentence broken at some of its blanks."""
    lines: list[str] = []
    rest = sentence.split(" ")
    for place in places:
        if 0 < place < len(rest):
            lines.append(" ".join(rest[:place]))
            rest = rest[place:]
    return [*lines, " ".join(rest)]


def yaml_draft(choice: list[tuple[str, str, tuple[int, ...]]]) -> tuple[list[str], list[int]]:
    """The lines of a clean draft, and the numbers of those that hold its sentences.

    ``choice`` gives for each section the style, the sentence, where its lines break.
    """
    lines = _HEAD.splitlines()
    held: list[int] = []
    for key, (style, sentence, places) in zip(KEYS, choice, strict=True):
        margin = "      "
        broken = parts(sentence, places)
        if style in ("|", ">", ">-", "|-"):
            lines.append(f"    {key}: {style}")
            if style.startswith("|"):
                broken = [sentence]
            body = [margin + line for line in broken]
        else:
            quote = style if style in ("'", '"') else ""
            body = [f"    {key}: {quote}{broken[0]}", *(margin + line for line in broken[1:])]
            body[-1] += quote + ("  # chú thích" if style == "#" else "")
        held += range(len(lines), len(lines) + len(body))
        lines += body
    return [*lines, *_TAIL.splitlines()], held


def json_draft(sentences: list[str]) -> dict[str, Any]:
    """The data of a clean draft that holds the sentences."""
    data = sound()
    for key, sentence in zip(KEYS, sentences, strict=True):
        put(data, f"ket_qua.xay_dung_dang.{key}", sentence)
    return data


def as_json(data: dict[str, Any], *, escaped: bool) -> str:
    return json.dumps(data, ensure_ascii=escaped, indent=2, default=int) + "\n"
