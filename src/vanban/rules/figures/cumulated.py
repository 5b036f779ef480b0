"""Số lũy kế không nhỏ hơn số của báo cáo ngắn hơn cùng năm (NUM007).

Quy định
    Số cộng dồn từ đầu kỳ (kết nạp, thu ngân sách, giải ngân, số cuộc kiểm tra ...) của báo cáo này
    không nhỏ hơn số của báo cáo cùng đơn vị bắt đầu cùng ngày mà ngắn hơn: 9 tháng không ít hơn 6
    tháng. Báo cáo ngắn hơn được đưa vào bằng ``--previous``; không đưa vào thì không xét. Chỉ tiêu
    được nối với nhau theo mã hoặc theo tên và đơn vị tính. Số tại một ngày (hộ nghèo, đảng viên,
    tổng đàn) và tỷ lệ không bao giờ bị nhắc; ``tinh_chat: luy_ke`` hay ``thoi_diem`` nói rõ một chỉ
    tiêu là loại nào. Ở Biểu 1, kết nạp, phục hồi, từ trần, khai trừ, xóa tên, xin ra đều là số lũy
    kế; chuyển đến, chuyển đi hay được phân loại lại nên không xét.

Vì sao
    Việc đã làm trong 6 tháng thì vẫn nằm trong 9 tháng; số nhỏ đi nghĩa là một trong hai báo cáo
    sai.

Sai
    # báo cáo 6 tháng, đưa vào bằng --previous: kết nạp 4
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 4, chuyen_den: {ngoai_tinh: 0, trong_tinh: 0}, phuc_hoi: 0}
        giam:
          {tu_tran: 0, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 129
    ky_bao_cao: {loai_ky: sau_thang, den_ngay: 30/6/2023, ngay_chot_so_lieu: null}
    ---
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 0}, phuc_hoi: 0}
        giam:
          {tu_tran: 0, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128

Đúng
    # báo cáo 6 tháng: kết nạp 2
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 2, chuyen_den: {ngoai_tinh: 0, trong_tinh: 0}, phuc_hoi: 0}
        giam:
          {tu_tran: 0, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 127
    ky_bao_cao: {loai_ky: sau_thang, den_ngay: 30/6/2023, ngay_chot_so_lieu: null}
    ---
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 0}, phuc_hoi: 0}
        giam:
          {tu_tran: 0, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128

Cách sửa
    Kiểm tra lại số của cả hai kỳ rồi sửa số sai. Nếu chỉ tiêu thật ra là số tại một ngày thì ghi
    ``tinh_chat: thoi_diem``.

Nguồn và độ tin cậy
    Phép cộng dồn, không cần điều khoản nào; độ tin cậy C về việc chỉ tiêu nào là số lũy kế.

English:
    A cumulated figure is not below that of a shorter report of the same year. The shorter report
    is of the same unit, begins on the same day and is given with --previous; silent without it.
    Indicators are paired by code or by name and unit; figures at a date and percentages are never
    compared. Rows of Biểu 1 (admitted, restored, died, expelled, removed, withdrawn) are cumulated
    figures too; transfers, which are often sorted anew, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._earlier import shorter
from vanban.rules._quantities import folded_line
from vanban.text import dates
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding
    from vanban.rules._earlier import Earlier

RULE = Rule(
    id="NUM007",
    name="cumulated",
    severity=Severity.ERROR,
    source=Source("Số lũy kế của kỳ dài không nhỏ hơn kỳ ngắn", Certainty.C),
)

# Words of a name that say: the figure only grows as the year goes on.
_FLOW = re.compile(
    r"(?<!\w)(?:kết nạp|thu ngân sách|thu nội địa|thu thuế|chi ngân sách|giải ngân|sản lượng|"
    r"đóng góp|vận động|quyên góp|ủng hộ|nhập ngũ|giao quân|tuyển quân|giải quyết việc làm|"
    r"tạo việc làm|việc làm mới|trồng mới|cải tạo|xây mới|xây dựng mới|sửa chữa|kiểm tra|giám sát|"
    r"đào tạo|bồi dưỡng|tập huấn|huấn luyện|tuyên truyền|công nhận chính thức|chuyển chính thức|"
    r"huy hiệu đảng|khai thác|đánh bắt|xử phạt|tiếp công dân|đối thoại|tiếp xúc cử tri|hiến máu|"
    r"hiến đất|xuất chuồng|phạm pháp|tai nạn|thoát nghèo|kỷ luật|sinh hoạt chuyên đề)(?!\w)"
)
# A figure at a date: it may go down, whatever else the name says.
_STOCK = re.compile(
    r"(?<!\w)(?:tổng đàn|đàn (?:bò|trâu|heo|lợn|dê|gia cầm|vật nuôi|gia súc)|hiện có|hiện nay|"
    r"dân số|hộ nghèo|cận nghèo|tỷ lệ|tỉ lệ|bình quân|mật độ|tổng số đảng viên|còn|duy trì|dư nợ|"
    r"số dư|đạt chuẩn|tiêu chí|diện tích|thành viên|nợ|tồn|tham gia|sử dụng|thường xuyên|giảm|"
    r"tăng thêm|chênh lệch)(?!\w)"
)
_FLOW_UNITS = frozenset(
    ("cuộc", "lượt", "lượt người", "buổi", "vụ", "vụ việc", "hội nghị", "kỳ họp", "đợt", "tin, bài")
)
_SHARES = frozenset(("ty_le", "dat_khong", "van_ban"))
_FLOW_NATURE = "luy_ke"
# An estimate of the shorter period may well have been too high.
_ESTIMATE = re.compile(r"(?<!\w)(?:ước|dự kiến|tạm tính)(?!\w)")
# People are counted under several names: an admitted "người" is a "đảng viên".
_PEOPLE = frozenset(("người", "đồng chí", "đảng viên", "đ/c"))
_LIKE = 2

# Rows of Biểu 1, by role.
_ROWS = (
    "member-admitted",
    "member-restored",
    "member-died",
    "member-expelled",
    "member-removed",
    "member-withdrawn",
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report cumulated figures that fell below those of a shorter report."""
    reports = shorter(ctx)
    if not reports:
        return
    yield from _indicators(ctx, reports)
    yield from _rows(ctx, reports)


def _indicators(ctx: Context, reports: list[Earlier]) -> Iterator[Finding]:
    lists = [(report, _by_key(report.ctx)) for report in reports]
    for node in ctx.role("indicator"):
        item = node.value
        if not isinstance(item, Mapping) or not _flow(item):
            continue
        actual = figure(item.get("thuc_hien"))
        if actual is None:
            continue
        worst: tuple[Decimal, Earlier] | None = None
        for report, known in lists:
            twin = _twin(item, known)
            before = figure(twin.get("thuc_hien")) if twin is not None else None
            if before is not None and before > actual and (worst is None or before > worst[0]):
                worst = before, report
        if worst is not None:
            pointer = f"{node.pointer}/thuc_hien"
            yield _at(ctx, "giam", pointer, str(item.get("ten")), actual, *worst)


def _rows(ctx: Context, reports: list[Earlier]) -> Iterator[Finding]:
    for role in _ROWS:
        node = _own_row(ctx, role)
        actual = figure(node.value) if node is not None else None
        if node is None or actual is None:
            continue
        worst: tuple[Decimal, Earlier] | None = None
        for report in reports:
            twin = _own_row(report.ctx, role)
            before = figure(twin.value) if twin is not None else None
            if before is not None and before > actual and (worst is None or before > worst[0]):
                worst = before, report
        if worst is not None:
            title = str(node.schema.get("title", "")) or role
            yield _at(ctx, "giam_dong", node.pointer, title, actual, *worst)


def _own_row(ctx: Context, role: str) -> Node | None:
    """Return a row of the period itself, not of the column it is compared with."""
    balance = ctx.one("member-balance")
    others = tuple(f"{node.pointer}/" for node in ctx.role("member-rows"))
    if balance is None:
        return None
    for node in ctx.role(role):
        if not node.pointer.startswith(others):
            return node
    return None


def _at(
    ctx: Context,
    slug: str,
    pointer: str,
    name: str,
    actual: Decimal,
    before: Decimal,
    report: Earlier,
) -> Finding:
    return ctx.at(
        RULE,
        slug,
        pointer,
        ten=name,
        so=vietnamese(actual),
        truoc=vietnamese(before),
        den_ngay=dates.short(report.period.end),
    )


def _unit(item: Mapping[str, Any]) -> str:
    unit = folded_line(item.get("don_vi"))
    return "người" if unit in _PEOPLE else unit


def _flow(item: Mapping[str, Any]) -> bool:
    """Tell whether an indicator is surely one that is added up over the year."""
    unit = _unit(item)
    if item.get("loai") in _SHARES or "%" in unit or "/" in unit:
        return False
    nature = item.get("tinh_chat")
    if nature is not None:
        return bool(nature == _FLOW_NATURE)
    name = folded_line(item.get("ten"))
    if _STOCK.search(name):
        return False
    return unit in _FLOW_UNITS or _FLOW.search(name) is not None


def _by_key(ctx: Context) -> dict[tuple[str, str, str], Mapping[str, Any]]:
    """Return the indicators of an earlier report by code, and by name and unit."""
    found: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    for node in ctx.role("indicator"):
        item = node.value
        if not isinstance(item, Mapping) or _ESTIMATE.search(folded_line(item.get("ghi_chu"))):
            continue
        found.setdefault(("ma", folded_line(item.get("ma")), ""), item)
        found.setdefault(("ten", folded_line(item.get("ten")), _unit(item)), item)
    return found


def _twin(
    item: Mapping[str, Any], known: Mapping[tuple[str, str, str], Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the same indicator of an earlier report, or None when that is not sure."""
    same = known.get(("ten", folded_line(item.get("ten")), _unit(item)))
    if same is not None:
        return same if _flow(same) else None
    # Codes are given anew in every report: one that names something else is not the same.
    other = known.get(("ma", folded_line(item.get("ma")), ""))
    if other is None or _unit(other) != _unit(item):
        return None
    mine, theirs = (set(folded_line(one.get("ten")).split()) for one in (item, other))
    alike = _LIKE * len(mine & theirs) >= max(len(mine), len(theirs))
    return other if alike and _flow(other) else None
