"""Địa danh là tên đơn vị hành chính nơi đặt trụ sở, chỉ có tên (FMT018).

Quy định
    Dòng ``dia_danh`` chỉ ghi tên; dấu phẩy và ngày tháng do vanban ghi. Địa danh là tên xã, phường,
    đặc khu nơi cơ quan đóng trụ sở, không kèm tên tỉnh. Tên là số, tên người hay chỉ một âm tiết
    thì nên giữ cả chữ chỉ đơn vị (Phường 1, Xã Mẫu); tên khác thì văn bản của Đảng thường chỉ ghi
    tên riêng (Tân Hào).

Vì sao
    Gõ "Xã Mẫu, ngày 09 tháng 10" thì trang in có hai lần ngày; ghi nơi khác với tên cơ quan thường
    là sót lại từ mẫu của nơi khác.

Sai
    the_thuc:
      dia_danh: Xã Mẫu, ngày 09 tháng 10 năm 2023

Đúng
    the_thuc:
      dia_danh: Xã Mẫu

Cách sửa
    Chỉ giữ tên nơi đóng trụ sở. Dấu phẩy, ngày tháng thừa thì sửa tự động được.

Nguồn và độ tin cậy
    Ngày và dấu phẩy sau địa danh: Phụ lục 3, Hướng dẫn 36-HD/VPTW (A, suy từ ví dụ); Phụ lục I,
    II.4, Nghị định 30/2020/NĐ-CP (A). Nơi đóng trụ sở: II.1.4 của Hướng dẫn 36-HD/VPTW chưa kiểm
    chứng (C), Hướng dẫn 05-HD/VPTW đọc qua nguồn thứ cấp (B). Cách giữ hay bỏ chữ chỉ đơn vị: C,
    chỉ là lưu ý và chỉ nhắc trong văn bản của Đảng.

English:
    The place is the bare name of the unit where the issuer sits: no comma or date (safe fix), no
    province, not another commune than the issuer's. Whether the word for the unit stays (a number,
    a person, one syllable) is information only, in Party documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import mending, party, remark, state
from vanban.rules.layout._bodies import commune_of, plain
from vanban.rules.layout._names import in_full, issuer_node

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_FORM = party("Phụ lục 3, dòng 4", Certainty.A, Certainty.B, state("II.4"))
_SEAT = party("II.1.4", Certainty.C, Certainty.B, state("II.4"))
_UNIT = party("II.1.4", Certainty.C, Certainty.C, state("II.4"))
RULE = Rule(
    id="FMT018",
    name="place_name",
    severity=Severity.WARNING,
    source=_FORM.hd36,
    fix=FixClass.SAFE,
)

_AFTER = re.compile(
    r"[\s,.;:]{0,5}(?:[,.;:]|[\s,]ngày(?!\w).*|[\s,]\d{1,2}/\d{1,2}/\d{4}.*)$", re.IGNORECASE
)
_HIGHER = re.compile(r"(?P<name>[^,–—]*?)\s*(?:,|–|—|\s-\s)\s*(?P<higher>\S.*)")
_UNITS = re.compile(r"(?P<unit>xã|phường|thị\s+trấn)\s+(?P<name>\S.*)", re.IGNORECASE)
# Names after people and events keep their unit; a surname is enough to stay silent.
_PERSON = re.compile(
    r"(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|lương|trịnh|đào"
    r"|cao|hà|tạ|châu|tô|thái|vương|tăng|mạc|đoàn|trương|mai|lâm|lưu|kim|tôn|chu|la|bà|ông|hai bà"
    r"|thánh|quang trung|điện biên phủ|an dương|hùng|triệu|bạch đằng|thống nhất|giải phóng"
    r"|cách mạng|xô viết|đồng khởi|chi lăng|lam sơn|tây sơn|y|a|n)(?!\w)"
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report the first fault of the place name."""
    node = ctx.one("place-name")
    if node is None or not isinstance(node.value, str):
        return
    text = node.value
    shown = " ".join(text.split())
    if (match := _AFTER.search(text)) is not None and match.start() > 0:
        right = " ".join(text[: match.start()].split())
        yield remark(
            ctx, RULE, "dau_phay", node.pointer, _FORM.of(ctx),
            text=(match.start(), match.end()),
            fix=mending(ctx, RULE, node.pointer, {match.span(): ""}, dung=right),
            tim_thay=shown, dung=right,
        )  # fmt: skip
        return
    issuer = issuer_node(ctx)
    own = commune_of(in_full(issuer.value, party=ctx.profile.is_party)) if issuer else None
    typed = plain(text)
    exact = own is not None and typed in (own[1], " ".join(own))
    match = None if exact else _HIGHER.fullmatch(shown)
    if match is not None and match["name"]:
        seat = match["name"]
        if own is not None and issuer is not None:
            seat = " ".join(issuer.value.split()[-len(own[1].split()) :])
            if not ctx.profile.is_party or _keeps_unit(own[1]):
                seat = f"{own[0].capitalize()} {seat}"
        yield remark(
            ctx, RULE, "kem_cap_tren", node.pointer, _SEAT.of(ctx),
            tim_thay=shown, dung=seat,
        )  # fmt: skip
        return
    if own is None or issuer is None:
        return
    unit, name = own
    if not exact:
        yield remark(
            ctx, RULE, "khac_noi", node.pointer, _SEAT.of(ctx),
            tim_thay=shown, co_quan=" ".join(issuer.value.split()),
        )  # fmt: skip
        return
    bare = typed == name
    if bare and (name[0].isdigit() or (" " not in name and ctx.profile.is_party)):
        source = _UNIT.of(ctx)
        yield remark(
            ctx, RULE, "thieu_don_vi", node.pointer, source,
            tim_thay=shown, dung=f"{unit.capitalize()} {shown}",
        )  # fmt: skip
    elif ctx.profile.is_party and not bare and not _keeps_unit(name) and unit != "đặc khu":
        match = _UNITS.fullmatch(shown)
        if match is not None:
            yield remark(
                ctx, RULE, "thua_don_vi", node.pointer, _UNIT.of(ctx),
                tim_thay=shown, dung=match["name"],
            )  # fmt: skip


def _keeps_unit(name: str) -> bool:
    """Tell whether the word for the unit stays before a (plain) proper name."""
    return name[0].isdigit() or " " not in name or _PERSON.match(name) is not None
