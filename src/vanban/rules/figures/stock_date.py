"""Số tại một thời điểm cần nói rõ đến ngày nào (NUM008).

Quy định
    Tổng số đảng viên, số hộ nghèo, cận nghèo, dân số, tổng số đoàn viên, hội viên là số tại một
    ngày nên cần có "đến ngày ...": ở chính câu ấy, ở phần trước của đoạn, ở đề mục,
    hoặc ở câu chung "Số liệu tính đến ngày ..." của báo cáo. Quy tắc chỉ nhắc khi không có nơi nào
    trong số đó. "Hiện nay", "đầu năm", "cuối kỳ" cũng được coi là đã nói thời điểm, "hiện có" thì
    không. ``ngay_chot_so_lieu`` ở kỳ báo cáo không in ra lời văn nên không thay được câu chung; nó
    chỉ đủ cho chỉ tiêu ghi ``tinh_chat: thoi_diem``. Mỗi báo cáo chỉ nhắc ở chỗ đầu tiên.

Vì sao
    Số đảng viên, số hộ nghèo thay đổi từng ngày; không có ngày thì không đối chiếu được với biểu
    của cấp trên và với báo cáo sau.

Sai
    kien_nghi: Đảng bộ xã có 128 đảng viên.

Đúng
    kien_nghi: Đến ngày 30/9/2023, Đảng bộ xã có 128 đảng viên.

Cách sửa
    Viết "Số liệu tính đến ngày ..." ở phần mở đầu, hoặc thêm "đến ngày ..." vào câu.

Nguồn và độ tin cậy
    Nghị định 09/2019/NĐ-CP, Điều 12 định thời điểm chốt số liệu báo cáo (cơ quan nhà nước); báo cáo
    của Đảng: độ tin cậy C.

English:
    A figure at a date says which date. Total members, poor households, population and
    members of mass organisations need "đến ngày ..." in the sentence, ahead of it in
    the paragraph or in the heading, or a general "Số liệu tính đến ngày ..."; reported only when
    there is none of these. A typed data date is not printed in the text and does not count there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._page import page, places
from vanban.rules._quantities import fold
from vanban.rules._text import HEADING, RUNNING, Sentences, text_nodes

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding
    from vanban.rules._quantities import Folded

RULE = Rule(
    id="NUM008",
    name="stock_date",
    severity=Severity.WARNING,
    source=Source("Số liệu tại một thời điểm nêu ngày chốt", Certainty.C),
)

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)"
# Behind the noun the figure must be over: "128 đảng viên dự học" counts something else.
_END = (
    r"(?= ?(?:[,;.:)(]|$|\n| và | với | chính thức(?! )| gồm | trong đó | chiếm | đang sinh hoạt |"
    r" sinh hoạt | sinh sống | phân bố ))"
)
_PLACE = (
    r"(?<!\w)(?:xã|phường|thị trấn|địa bàn|địa phương|ấp|thôn|khu phố)(?: [^\W_]+){0,4}?,?"
    r"(?: hiện| vẫn| đang)*"
)
_BODY = (
    r"(?<!\w)(?:xã|phường|đoàn thể|các hội|mặt trận|đoàn thanh niên|hội (?:nông|phụ|cựu|người)|"
    r"tổ chức chính trị - xã hội)(?: [^\W\d_]+){0,6}?,?(?: hiện| đang)*"
)
_STOCK = re.compile(
    # the whole of the members
    rf"(?<!\w)(?:đảng bộ|chi bộ)(?: [^\W_]+){{0,4}}? (?:hiện )?(?:có|còn)(?: tổng số| tổng cộng)? "
    rf"(?P<members>{_NUMBER}) (?:đảng viên|đồng chí){_END}|"
    rf"(?<!\w)(?:tổng số đảng viên|số đảng viên|đảng số)(?: của| toàn)?(?: [^\W\d_]+){{0,3}}?"
    rf"(?: hiện có)?(?: (?:là|có|gồm)|:) ?(?P<total>{_NUMBER})(?: đảng viên| đồng chí| người)?"
    rf"{_END}|"
    rf"(?<!\w)đảng bộ(?: [^\W_]+){{0,4}}? (?:có|gồm) {_NUMBER} chi bộ(?: trực thuộc| cơ sở)*,? "
    rf"(?:với |và |có )?(?P<within>{_NUMBER}) (?:đảng viên|đồng chí){_END}|"
    # poor households and people of the place
    rf"(?<!\w)(?:{_PLACE} (?:có|gồm) |còn (?:lại )?|"
    rf"{_PLACE} có {_NUMBER} hộ,? trong đó (?:có |còn )?)"
    rf"(?P<poor>{_NUMBER}) hộ (?:nghèo|cận nghèo){_END}|"
    rf"(?<!\w)số hộ (?:cận )?nghèo(?: (?:của|toàn|trên|địa bàn|xã|hiện))* "
    rf"(?P<sum>{_NUMBER}) hộ{_END}|"
    rf"(?<!\w)hộ (?:cận )?nghèo(?: (?:của|toàn|trên|địa bàn|xã|hiện|vẫn|cả))*(?: (?:là|còn|có)|:)"
    rf"(?: lại)? ?(?P<left>{_NUMBER}) hộ{_END}|"
    rf"(?<!\w)dân số(?: [^\W\d_]+){{0,3}}? (?:là |có |khoảng )?(?P<people>{_NUMBER}) "
    rf"(?:người|nhân khẩu|khẩu){_END}|"
    # those who are organised
    rf"(?<!\w)(?:tổng )?số (?:đoàn viên(?:,| và)? hội viên|đoàn viên|hội viên)"
    rf"(?: [^\W\d_]+){{0,6}}?(?: (?:là|có)|:)? ?(?P<all>{_NUMBER})"
    rf"(?: (?:người|đồng chí|đoàn viên,? hội viên|đoàn viên|hội viên))?{_END}|"
    rf"{_BODY} có(?: tổng số| tổng cộng)? (?P<organised>{_NUMBER}) "
    rf"(?:đoàn viên(?:,| và) hội viên|đoàn viên(?!,? (?:và )?hội viên)|hội viên){_END}"
)
# "64 hộ nghèo, cận nghèo được vay vốn": those helped, not those there are.
_GOES_ON = re.compile(
    r",? ?(?:và )?(?:hộ )?(?:cận nghèo|mới thoát nghèo|khó khăn|neo đơn|chính sách|gia đình|"
    r"quần chúng|cán bộ|đoàn viên|hội viên|cảm tình|được|tham gia|dự|vi phạm|bị)(?!\w)"
    r"(?!(?: [^\W\d_]+){0,2} \d)"
)
_DATED = re.compile(
    r"(?<!\w)(?:đến|tới|tính|vào|từ|ngày|hết|cuối|đầu|giữa|trước|sau|tại thời điểm|thời điểm|"
    r"hiện(?! có| còn| đang| vẫn| là)|nay|lúc|khi|tháng|quý|năm|kỳ|mốc)(?!\w)"
)
# These words tell over which time something was done, or what a change is measured from.
_SPAN = re.compile(
    r"(?<!\w)(?:trong (?:kỳ|năm|quý(?: [ivx\d]+)?|tháng|\d{1,2} tháng(?: đầu năm| qua)?)|"
    r"(?:so với|so) (?:đầu (?:năm|kỳ|nhiệm kỳ)|cùng kỳ(?: năm trước)?|năm trước|kỳ trước)|"
    r"(?:chỉ tiêu|kế hoạch|dự toán)(?: cả)? năm)(?!\w)"
)
# Words that only look like a date.
_IDLE = re.compile(
    r"(?<!\w)(?:(?:thực|thể|phát|xuất|tái) hiện|(?:định|nhiệm|học) kỳ|kỳ họp|đầu tư|"
    r"(?:đứng|dẫn|hàng) đầu|ngày càng|ngày công|hằng (?:ngày|tuần|tháng|quý|năm)|"
    r"tính (?:chất|mạng)|(?:đi|tham gia|gia nhập) vào|vào cuộc|vào cuộc sống|giữa các|"
    r"sau khi|trước hết|từ đó|từ các|từ nhiều|đến với|đến từng|hết sức|hết lòng|"
    r"một lúc|tính toán)(?!\w)"
)
_GENERAL = re.compile(r"(?<!\w)số liệu[^.;]{0,60}(?<!\w)(?:đến|chốt|ngày|thời điểm)(?!\w)")
# In the opening such words speak of the whole report, elsewhere of their own sentence.
_SCOPE = re.compile(
    r"(?<!\w)(?:tính|chốt|cập nhật) (?:số liệu )?(?:đến|tại|vào)(?!\w)|"
    r"từ ngày[^.;]{0,40}đến (?:hết )?ngày|thời điểm (?:báo cáo|ngày)"
)
# Not what is, but what was asked, planned or found elsewhere.
_AIMS = (
    r"phấn đấu|chỉ tiêu|kế hoạch|mục tiêu|dự kiến|nghị quyết|nếu|yêu cầu|mỗi|bình quân|từng|ít nhất"
)
_OTHER = re.compile(
    rf"(?<!\w)(?:{_AIMS}|giảm|tăng|thêm|huyện|tỉnh|toàn quốc|cả nước|kết nạp|"
    r"trên(?! địa bàn)|(?<!đại )biểu dương|giúp|hỗ trợ|tặng|cho|vận động|tuyên truyền)(?!\w)"
)
_AIMED = re.compile(rf"(?<!\w)(?:{_AIMS})(?!\w)")
_FAR = 1000
_STOCK_NATURE = "thoi_diem"


def check(ctx: Context) -> Iterator[Finding]:
    """Report figures at a date in a report that gives no date for them."""
    # A period with a fault in it may well hold a date that could not be read.
    if ctx.one("period") is None:
        return
    # A text of the report that cannot be read may be the opening.
    data = ctx.draft.data
    if any(f"/{k}" in ctx.invalid and not isinstance(v, Mapping | list) for k, v in data.items()):
        return
    if _dates_all(ctx):
        return
    # One sentence in the opening mends them all: the first is enough.
    yield from islice(_running(ctx), 1)
    # A typed date is printed with the figures of the tables.
    if ctx.role("data-date") or ctx.role("table-data-date"):
        return
    for node in ctx.role("indicator"):
        if isinstance(node.value, Mapping) and node.value.get("tinh_chat") == _STOCK_NATURE:
            if node.value.get("thuc_hien") is None:
                continue
            yield ctx.at(
                RULE, "chi_tieu", f"{node.pointer}/thuc_hien", ten=str(node.value.get("ten"))
            )


def _dates_all(ctx: Context) -> bool:
    """Tell whether a sentence dates the figures of the whole report."""
    opening = {node.pointer for node in ctx.role("opening")}
    return any(
        _SCOPE.search(fold(text).text)
        for node, text in text_nodes(ctx, *RUNNING)
        if node.pointer in opening
    ) or any(
        _GENERAL.search(piece.folded.text)
        for piece in page(ctx).pieces(lambda text: places(text, "số liệu"), *RUNNING)
    )


def _running(ctx: Context) -> Iterator[Finding]:
    texts = [(node, fold(text)) for node, text in text_nodes(ctx, *RUNNING)]
    # What lies ahead is no state of things.
    ahead = tuple(f"{node.pointer}/" for node in ctx.role("plan-part"))
    covered = _covered(ctx, texts)
    for node, folded in texts:
        if node.pointer.startswith(ahead) or any(p in covered for p in _above(node.pointer)):
            continue
        sentences = Sentences(folded.text)
        for match in _STOCK.finditer(folded.text):
            group = str(match.lastgroup)
            if _GOES_ON.match(folded.text, match.end()):
                continue
            start, _ = sentences.bounds(match.start())
            before = sentences.before(match.start())
            # A date anywhere ahead in the paragraph covers the sentences that follow it.
            far = max(0, start - _FAR)
            paragraph = max(folded.text.rfind("\n\n", far, start) + 1, far)
            earlier = _without(folded.text[paragraph:start])
            behind = _without(sentences.after(match.end()).partition(";")[0])
            own = f"{_IDLE.sub(' ', before)}{match.group()}{behind}"
            if _DATED.search(earlier) or _DATED.search(own):
                continue
            if _OTHER.search(before + match.group()) or _AIMED.search(behind):
                continue
            yield ctx.at(
                RULE,
                "loi_van",
                node.pointer,
                text=(folded.back(match.start(group)), folded.back(match.end())),
                so=" ".join(folded.text[match.start(group) : match.end()].split()),
            )


def _without(text: str) -> str:
    """Return a text without the words that only look like a date of what is."""
    return _IDLE.sub(" ", _SPAN.sub(" ", text))


def _covered(ctx: Context, texts: Sequence[tuple[Node, Folded]]) -> frozenset[str]:
    """Return the items and parts whose heading or opening words give a date."""
    covered = {
        node.pointer.rpartition("/")[0]
        for node, text in text_nodes(ctx, HEADING)
        if _DATED.search(_without(fold(text).text))
    }
    for node, folded in texts:
        parent = node.pointer.rpartition("/")[0]
        # The texts of one item of a list belong together.
        if parent.rpartition("/")[2].isdigit() and _DATED.search(_without(folded.text)):
            covered.add(parent)
    return frozenset(covered)


def _above(pointer: str) -> Iterator[str]:
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer
