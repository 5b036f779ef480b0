"""Chữ viết tắt được viết đầy đủ ở lần đầu (TXT064).

Quy định
    Lần đầu dùng một chữ viết tắt thì viết đầy đủ, chữ viết tắt để trong ngoặc đơn ngay sau: "Hội
    đồng nhân dân (HĐND)". Không nhắc khi chữ viết đầy đủ đã có ở phía trước, khi có "viết tắt là",
    khi chữ viết tắt là số La Mã, nằm trong ký hiệu văn bản, trong bảng, trong dòng chữ in hoa, tên
    riêng, tên quốc tế hay quá quen (TP, THCS, OCOP, GRDP ...) hay ở dưới "Nơi nhận:". Chữ không có
    trong danh mục chỉ được nhắc khi chắc là của cơ quan: có chữ Đ hoặc ghép từ các mảnh quen dùng
    (CNVCLĐ, VPCP), không phải tên hàng, tên kỹ thuật (FSC, BTS). Mỗi chữ viết tắt được nhắc một
    lần.
    Tùy chọn `quen_thuoc`: danh sách thêm những chữ cơ quan coi là quen, ví dụ ["HĐND", "UBND"].

Vì sao
    Người ngoài ngành không đọc được chữ viết tắt; một chữ như TU, BTC có hơn một nghĩa.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy cùng MTTQ xã tổ chức đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: >-
          Đảng ủy cùng Mặt trận Tổ quốc (MTTQ) xã tổ chức đối thoại với Nhân dân; MTTQ xã vận động
          Nhân dân tham gia.

Cách sửa
    Viết đầy đủ ở lần đầu; chữ chỉ dùng một lần thì viết đầy đủ, không viết tắt.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I: không viết tắt những từ không thông dụng, cụm từ dùng nhiều
    lần thì viết tắt sau khi viết đầy đủ lần đầu; văn bản Đảng theo thông lệ ấy: độ tin cậy B.

English:
    An abbreviation is written out at its first use. One finding for each that is neither in
    brackets behind its words, nor explained, nor preceded by them anywhere; Roman numerals, codes,
    names, lists of recipients and the commonest are left alone, and so is an unknown one that is
    not surely made of Vietnamese words. Option `quen_thuoc`: more that the office takes as known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._abbreviations import (
    Short,
    ambiguous,
    explained,
    familiar,
    meanings,
    shorts,
    sisters,
    told_before,
)
from vanban.rules.orthography._terms import begins, neighbours, quoted
from vanban.text.phrases import BLANKS
from vanban.text.terms import data

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT064",
    name="abbreviation_first_use",
    severity=Severity.INFO,
    source=Source("Viết đầy đủ ở lần đầu (Phụ lục I Nghị định 30/2020/NĐ-CP)", Certainty.B),
    fix=FixClass.UNSAFE,
    options={"quen_thuoc": []},
)

# The longest list of recipients, in words.
_RECIPIENTS = 250


def check(ctx: Reading) -> Iterator[Finding]:
    """Report abbreviations that are not written out at their first use."""
    prose = ctx.prose
    known = familiar() | frozenset(ctx.option(RULE, "quen_thuoc"))
    found = shorts(prose, known)
    if not found:
        return
    told = set(explained(prose))
    for text, places in sorted(found.items(), key=lambda one: one[1][0].first):
        first = places[0]
        # Another form of the same abbreviation was told, or will be by TXT065.
        if text in told or not told.isdisjoint(sisters().get(text, ())):
            continue
        told.add(text)
        if told_before(prose, first) or quoted(prose, first.first):
            continue
        if _to_recipients(prose, first.first):
            continue
        start, end = prose.starts[first.first], prose.end(first.last - 1)
        if text in meanings() and text not in ambiguous():
            full = meanings()[text][0]
            if begins(prose, first.first):
                full = full[0].upper() + full[1:]
            yield ctx.mark(
                RULE,
                "lan_dau",
                start,
                end,
                new=full if len(places) == 1 else f"{full} ({text})",
                safety=Safety.UNSAFE,
                day_du=full,
            )
        elif text in ambiguous() or not any(_named(prose, place) for place in places):
            yield ctx.mark(RULE, "chua_ro", start, end, chu=text)


def _to_recipients(prose: Prose, number: int) -> bool:
    """Tell whether a word stands in the list below "Nơi nhận:", where offices are shortened."""
    heads = [at for at in prose.distinct.get("nhận", ()) if at < number <= at + _RECIPIENTS]
    return any(
        at
        and prose.words[at - 1].lower() == "nơi"
        and not any(map(_ends, prose.seps[at + 1 : number]))
        for at in heads
    )


def _ends(gap: str) -> bool:
    return gap.startswith(".")


def _named(prose: Prose, place: Short) -> bool:
    """Tell whether capitals may be the name of a company, a school, a sort of rice, a road."""
    ahead, behind = neighbours(prose, place.first, place.last)
    if ahead in data()["quen"]["ten_rieng"] or behind[:1].isdecimal():
        return True
    before = prose.seps[place.first] in BLANKS and place.first > 0
    return (before and prose.words[place.first - 1][0].isupper()) or (
        prose.seps[place.last] in BLANKS
        and place.last < len(prose.words)
        and prose.words[place.last][0].isupper()
    )
