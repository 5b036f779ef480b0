"""Số tiêu chí nông thôn mới khớp với danh sách tiêu chí (ECO003).

Quy định
    ``so_dat`` bằng số tên trong ``da_dat``; ``tong`` trừ ``so_dat`` bằng số tên trong ``chua_dat``;
    một tiêu chí không đứng ở cả hai danh sách. ``trang_thai: dat`` thì phải đủ tiêu chí. Lời văn
    "cơ bản đạt 19/19 tiêu chí" chỉ dùng khi có ``trang_thai: co_ban_dat``; đạt đủ thì bỏ "cơ bản",
    chưa đủ thì ghi số đạt thật.

Vì sao
    "Cơ bản đạt 19/19" vừa nói đủ vừa nói chưa đủ: phần dưới của báo cáo thường lại nêu tiêu chí
    chưa đạt. Đoàn thẩm định sẽ hỏi đúng chỗ này.

Sai
    so_lieu:
      nong_thon_moi: {so_dat: 17, tong: 19, chua_dat: [Giao thông]}

Đúng
    so_lieu:
      nong_thon_moi: {so_dat: 17, tong: 19, chua_dat: [Giao thông, Thu nhập]}

Cách sửa
    Rà lại từng tiêu chí, sửa danh sách hoặc số đạt; trong lời văn ghi "đạt 17/19 tiêu chí".

Nguồn và độ tin cậy
    Một bản tin đã công bố ghi "cơ bản đạt 19/19" rồi nêu việc hoàn thiện các tiêu chí; độ tin cậy C
    về câu chữ.

English:
    The criteria met and not met are as many as the lists name, none is in both, and "met" needs all
    of them. "Basically met 19/19" in running text is questioned unless the status says basically
    met; targets and other years are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import Field, Record, records
from vanban.rules._quantities import fold
from vanban.rules._text import RUNNING, Sentences, holding, text_nodes
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

RULE = Rule(
    id="ECO003",
    name="new_rural",
    severity=Severity.ERROR,
    source=Source("Tiêu chí nông thôn mới: số đạt và danh sách", Certainty.C),
)

TABLE, MET, WHOLE = "new-rural", "share-part", "share-whole"
ALL_MET, BASICALLY_MET = "dat", "co_ban_dat"

_COUNT = r"(?P<n>\d{1,2}) ?(?:/|trên) ?(?P<whole>\d{1,2})(?![\d/%]|[.,]\d)"
_FULL = r"(?:đủ|cả|toàn bộ|tất cả)(?: các| số)? (?:\d{1,2} )?tiêu chí"
_DONE = r"(?:đạt|hoàn thành|đáp ứng|thực hiện)"
# Words that may stand between "cơ bản đạt" and the count without changing what is said.
_WORDS = (
    r"(?:,? (?:các|tiêu|chí|nông|thôn|mới|chuẩn|xã|bộ|quốc|gia|về|với|được|cả|đủ|đạt|chương|trình|"
    r"xây|dựng|kiểu|mẫu|nâng|cao|theo|qua|tự|đánh|giá|đã|đều|đến|nay|này|ở|mức|"
    r"toàn|tất|hết|đầy|số|trong|của|trên|tổng)(?!\w))"
)
# "cơ bản đạt 19/19", "đạt cơ bản 19/19", "cơ bản các tiêu chí đạt 19/19", "19/19 ... cơ bản đạt".
_WORDING = (
    re.compile(rf"(?<!\w)cơ bản(?: đã)? {_DONE}{_WORDS}{{0,12}}? (?:{_COUNT}|{_FULL})"),
    # "về cơ bản, xã đã hoàn thành 19/19", "đạt 19/19 tiêu chí ở mức cơ bản"
    re.compile(
        rf"(?<!\w)về cơ bản,?(?: (?!và |hoàn thành|đạt|đáp ứng|thực hiện)[^\W\d_]+){{0,6}} "
        rf"{_DONE}{_WORDS}{{0,12}}? (?:{_COUNT}|{_FULL})"
    ),
    re.compile(
        rf"(?<!\w){_DONE}{_WORDS}{{0,6}}? {_COUNT} tiêu chí{_WORDS}{{0,6}}?,? "
        r"(?:ở mức (?:độ )?|về )cơ bản(?= ?[,.;)]|$)"
    ),
    re.compile(rf"(?<!\w){_DONE}(?: ở mức| về)? cơ bản{_WORDS}{{0,6}}? (?:{_COUNT}|{_FULL})"),
    re.compile(
        rf"(?<!\w)cơ bản,?(?: (?:xã|phường|toàn|địa|phương|đã|đều))+ {_DONE}"
        rf"{_WORDS}{{0,12}}? {_COUNT}"
    ),
    re.compile(rf"(?<!\w)cơ bản {_COUNT} tiêu chí{_WORDS}{{0,8}}? {_DONE}(?!\w)"),
    re.compile(rf"(?<!\w)cơ bản các tiêu chí{_WORDS}{{0,8}}? {_COUNT}"),
    re.compile(rf"(?<![\w/.,]){_COUNT} tiêu chí{_WORDS}{{0,8}}? cơ bản(?: đã)? {_DONE}(?!\w)"),
)
_SUBJECTS = ("tiêu chí", "nông thôn mới", "ntm")
_SUBJECT = re.compile(rf"(?<!\w)(?:{'|'.join(_SUBJECTS)})(?!\w)")
_NOT_NOW = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu đề ra|kế hoạch|dự kiến|sẽ|quyết tâm|để|nhằm|"
    r"tiếp tục(?! được| giữ| duy trì| củng cố)|nếu|khi|chưa|không|xã bạn|cụm từ|từ năm|năm trước|"
    r"trước đây|đến cuối|trước ngày|hướng tới|yêu cầu|đề nghị|kiến nghị)(?!\w)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Every wording holds these words, and a count or "tiêu chí" not far from them.
_BASIC = re.compile("cơ bản")
_COUNTED = re.compile(r"\d ?(?:/|trên) ?\d|tiêu chí")
_FAR = 400
_QUOTES = "“”\"'«»"


def check(ctx: Context) -> Iterator[Finding]:
    """Report counts that the lists contradict, then the wording of running texts."""
    for record in records(ctx, TABLE, MET, WHOLE):
        met, whole = record.one(MET), record.one(WHOLE)
        # More than all is NUM004's, and nothing can be said of the lists then.
        if met is not None and whole is not None and met.number <= whole.number:
            yield from _lists(ctx, record, met, whole)
    statuses = {str(node.value) for node in ctx.role("recognition")}
    if BASICALLY_MET not in statuses:
        held = holding(ctx, "cơ bản") & holding(ctx, *_SUBJECTS)
        for node, text in text_nodes(ctx, *RUNNING, "note"):
            if node.pointer in held:
                yield from _wording(ctx, node, text)


def _lists(ctx: Context, record: Record, met: Field, whole: Field) -> Iterator[Finding]:
    done, open_ = (_list(ctx, role, record.pointer) for role in ("met-criteria", "unmet-criteria"))
    twice = _twice(done, open_)
    if twice is not None:
        yield ctx.at(RULE, "hai_noi", twice[0], ten=twice[1])
        return
    left = whole.number - met.number
    args: dict[str, Any] = {"dat": vietnamese(met.number), "tong": vietnamese(whole.number)}
    wrong_done = done is not None and len(done.value) != met.number
    wrong_open = open_ is not None and len(open_.value) != left
    if done is not None and wrong_done:
        # Both lists together make the whole: then the number is the odd one.
        listed = len(done.value) + len(open_.value) if open_ is not None else None
        odd = met.pointer if listed == whole.number else done.pointer
        so = vietnamese(Decimal(len(done.value)))
        yield ctx.at(RULE, "da_dat", odd, **args, so=so)
    elif open_ is not None and wrong_open:
        odd = whole.pointer if done is not None else open_.pointer
        so = vietnamese(Decimal(len(open_.value)))
        yield ctx.at(RULE, "chua_dat", odd, **args, so=so, con=vietnamese(left))
    elif left:
        for node in ctx.role("recognition"):
            if node.pointer.rpartition("/")[0] == record.pointer and node.value == ALL_MET:
                yield ctx.at(RULE, "chua_du", node.pointer, severity=Severity.WARNING, **args)


def _list(ctx: Context, role: str, parent: str) -> Node | None:
    for node in ctx.role(role):
        if node.pointer.rpartition("/")[0] == parent and isinstance(node.value, list):
            return node
    return None


def _twice(done: Node | None, open_: Node | None) -> tuple[str, str] | None:
    """Return the place and the name of a criterion that is said to be met and not met."""
    if done is None or open_ is None:
        return None
    met = {_name(value) for value in done.value}
    for index, value in enumerate(open_.value):
        if _name(value) in met:
            return f"{open_.pointer}/{index}", str(value).strip()
    return None


def _name(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _wording(ctx: Context, node: Node, text: str) -> Iterator[Finding]:
    folded = fold(text)
    basic = [match.start() for match in _BASIC.finditer(folded.text)]
    basic = [at for at in basic if _COUNTED.search(folded.text, max(0, at - _FAR), at + _FAR)]
    if not basic:
        return
    stretch = max(0, basic[0] - _FAR), basic[-1] + _FAR
    sentences = Sentences(folded.text)
    year = ctx.period.year if ctx.period is not None else None
    seen: set[int] = set()
    for pattern in _WORDING:
        for match in pattern.finditer(folded.text, *stretch):
            groups = match.groupdict()
            if groups.get("n") is not None and int(groups["n"]) != int(groups["whole"]):
                continue
            before = sentences.before(match.start())
            after = sentences.after(match.end())[:80]
            around = before + match.group() + after
            other_year = any(int(y) != year for y in _YEAR.findall(before + match.group()))
            quoted = before.rstrip()[-1:] in _QUOTES and bool(before.strip())
            if not _SUBJECT.search(around) or _NOT_NOW.search(before) or other_year or quoted:
                continue
            start, end = match.start(), match.end()
            if sentences.bounds(start)[0] in seen:
                continue
            seen.add(sentences.bounds(start)[0])
            yield ctx.at(
                RULE,
                "co_ban",
                node.pointer,
                text=(folded.back(start), folded.back(end)),
                severity=Severity.WARNING,
                cum_tu=" ".join(text[folded.back(start) : folded.back(end)].split()),
            )
