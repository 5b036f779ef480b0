"""Số tại một thời điểm phải nói là đến ngày nào (NUM008).

Quy định
    Tổng số đảng viên, số hộ nghèo, dân số là số tại một ngày nên phải có "đến ngày ...": ở chính
    câu ấy hoặc đầu đoạn, ở câu chung "Số liệu tính đến ngày ..." của báo cáo, hoặc ở
    ``ngay_chot_so_lieu``. Quy tắc chỉ nhắc khi không có nơi nào trong số đó. "Hiện nay", "đầu năm",
    "cuối kỳ" cũng được coi là đã nói thời điểm. Chỉ tiêu ghi ``tinh_chat: thoi_diem`` được xét như
    số trong câu.

Vì sao
    Số đảng viên, số hộ nghèo thay đổi từng ngày; không có ngày thì không đối chiếu được với biểu
    của cấp trên và với báo cáo sau.

Sai
    ky_bao_cao: {ngay_chot_so_lieu: null}
    kien_nghi: Đảng bộ xã có 128 đảng viên.

Đúng
    ky_bao_cao: {ngay_chot_so_lieu: null}
    kien_nghi: Đến ngày 30/9/2023, Đảng bộ xã có 128 đảng viên.

Cách sửa
    Ghi ``ngay_chot_so_lieu`` ở kỳ báo cáo và viết "Số liệu tính đến ngày ..." ở phần mở đầu, hoặc
    thêm "đến ngày ..." vào câu.

Nguồn và độ tin cậy
    Nghị định 09/2019/NĐ-CP, Điều 12 định thời điểm chốt số liệu báo cáo (cơ quan nhà nước); báo cáo
    của Đảng: độ tin cậy C.

English:
    A figure at a date says which date. Total members, poor households and population need "đến ngày
    ..." in the sentence or ahead of it, a general "Số liệu tính đến ngày ..." or a data date of the
    report; reported only when there is none of these. Figures over a period are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import fold
from vanban.rules._text import RUNNING, Sentences, text_nodes

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="NUM008",
    name="stock_date",
    severity=Severity.WARNING,
    source=Source("Số liệu tại một thời điểm nêu ngày chốt", Certainty.C),
)

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)"
# Behind the noun the figure must be over: "128 đảng viên dự học" counts something else.
_END = (
    r"(?= ?(?:[,;.:)(]|$|\n| và | chính thức(?! )| gồm | trong đó | chiếm | sinh hoạt (?:tại|ở) ))"
)
_STOCK = re.compile(
    # the whole of the members
    rf"(?<!\w)(?:đảng bộ|chi bộ)(?: [^\W_]+){{0,4}}? (?:hiện )?(?:có|còn)(?: tổng số)? "
    rf"(?P<members>{_NUMBER}) (?:đảng viên|đồng chí){_END}|"
    rf"(?<!\w)(?:tổng số đảng viên|số đảng viên)(?: của| toàn)?(?: [^\W\d_]+){{0,3}}? "
    rf"(?:là|có|:) ?(?P<total>{_NUMBER})(?: đảng viên| đồng chí)?{_END}|"
    # households and people of the place
    rf"(?<!\w)(?:có|còn|là|trong đó|hộ nghèo:|cận nghèo:) (?P<poor>{_NUMBER}) "
    rf"hộ (?:nghèo|cận nghèo){_END}|"
    rf"(?<!\w)(?:số hộ nghèo|số hộ cận nghèo)(?: [^\W\d_]+){{0,3}}? (?:là|còn) "
    rf"(?P<left>{_NUMBER}) hộ{_END}|"
    rf"(?<!\w)dân số(?: [^\W\d_]+){{0,3}}? (?:là |có |khoảng )?(?P<people>{_NUMBER}) "
    rf"(?:người|nhân khẩu|khẩu){_END}"
)
_DATED = re.compile(
    r"(?<!\w)(?:đến|tới|tính|vào|từ|ngày|hết|cuối|đầu|giữa|trước|sau|tại thời điểm|thời điểm|"
    r"hiện|nay|lúc|khi|tháng|quý|năm|kỳ|mốc)(?!\w)"
)
_GENERAL = re.compile(
    r"số liệu[^.;]{0,60}(?:đến|chốt|ngày)|"
    r"(?<!\w)(?:tính|chốt|cập nhật) (?:số liệu )?(?:đến|tại|vào)(?!\w)|"
    r"từ ngày[^.;]{0,40}đến (?:hết )?ngày"
)
# Not what is, but what was asked, planned or found elsewhere.
_OTHER = re.compile(
    r"(?<!\w)(?:phấn đấu|chỉ tiêu|kế hoạch|mục tiêu|dự kiến|nghị quyết|giảm|tăng|thêm|nếu|huyện|"
    r"tỉnh|toàn quốc|cả nước|yêu cầu|kết nạp|mỗi|bình quân|từng|ít nhất|trên)(?!\w)"
)
_OPENING = 160
_FAR = 1000
_STOCK_NATURE = "thoi_diem"


def check(ctx: Context) -> Iterator[Finding]:
    """Report figures at a date in a report that gives no date for them."""
    # A period with a fault in it may well hold a date that could not be read.
    if ctx.one("period") is None or ctx.role("data-date") or ctx.role("table-data-date"):
        return
    texts = [(node, fold(text)) for node, text in text_nodes(ctx, *RUNNING)]
    if any(_GENERAL.search(folded.text) for _, folded in texts):
        return
    # What lies ahead is no state of things.
    ahead = tuple(f"{node.pointer}/" for node in ctx.role("plan-part"))
    for node, folded in texts:
        if node.pointer.startswith(ahead):
            continue
        sentences = Sentences(folded.text)
        for match in _STOCK.finditer(folded.text):
            group = str(match.lastgroup)
            start, _ = sentences.bounds(match.start())
            before = sentences.before(match.start())
            # A date anywhere ahead in the paragraph covers the sentences that follow it.
            far = max(0, start - _FAR)
            paragraph = max(folded.text.rfind("\n\n", far, start) + 1, far)
            opening = folded.text[paragraph : paragraph + _OPENING]
            said = before + match.group() + sentences.after(match.end())
            if _DATED.search(opening) or _DATED.search(said) or _OTHER.search(said):
                continue
            yield ctx.at(
                RULE,
                "loi_van",
                node.pointer,
                text=(folded.back(match.start(group)), folded.back(match.end())),
                so=" ".join(folded.text[match.start(group) : match.end()].split()),
            )
    for node in ctx.role("indicator"):
        if isinstance(node.value, Mapping) and node.value.get("tinh_chat") == _STOCK_NATURE:
            if node.value.get("thuc_hien") is None:
                continue
            yield ctx.at(
                RULE, "chi_tieu", f"{node.pointer}/thuc_hien", ten=str(node.value.get("ten"))
            )
