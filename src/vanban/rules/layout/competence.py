"""Loại văn bản mà cấp ủy cơ sở, chi bộ được ban hành (FMT017).

Quy định
    Theo Quy định 399-QĐ/TW, đảng ủy cơ sở và ban thường vụ không ban hành chỉ thị, thông tri; ban
    chấp hành không ban hành hướng dẫn; ban thường vụ không ban hành quy chế; chi bộ không ban hành
    chỉ thị, thông tri, quy định, hướng dẫn. Quán triệt, thực hiện chỉ thị, hướng dẫn của cấp trên
    thì không thuộc quy tắc này.

Vì sao
    Báo cáo nêu "Đảng ủy ban hành 02 chỉ thị" là tự nêu một việc sai thẩm quyền, hoặc gọi nhầm tên
    loại văn bản.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy ban hành 02 chỉ thị về công tác dân vận.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy ban hành 02 kế hoạch về công tác dân vận.

Cách sửa
    Kiểm tra lại tên loại văn bản đã ban hành; nếu đúng là loại ấy thì xem lại thẩm quyền.

Nguồn và độ tin cậy
    Điều 11, Điều 13, Quy định 399-QĐ/TW: đọc qua nguồn thứ cấp, B. Từ 01/7/2025 đảng bộ xã trực
    thuộc tỉnh ủy và có tổ chức cơ sở đảng, nên chưa rõ bảng này có áp dụng cho đảng ủy xã không; có
    xã vẫn dùng ký hiệu CT/ĐU. Trước 09/01/2026 là Quy định 66-QĐ/TW, chưa đọc được đoạn này (C). Vì
    vậy chỉ là lưu ý.

English:
    What a grassroots Party committee, its standing board or a cell may issue (399, articles 11 and
    13). A sentence that says otherwise is worth a remark, no more: whether the row fits a commune
    is open. Sentences about carrying out documents of superiors are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._text import RUNNING, holding, offsets, text_nodes
from vanban.rules.layout._bodies import issue_day, plain
from vanban.rules.layout._names import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="FMT017",
    name="competence",
    severity=Severity.INFO,
    source=Source("Điều 11, Điều 13, Quy định 399-QĐ/TW", Certainty.B),
)
# In force from 09/01/2026; what it replaced (66-QĐ/TW) was not read on this point.
_FROM = date(2026, 1, 9)
_EARLIER = Source("Quy định 66-QĐ/TW, nay là Quy định 399-QĐ/TW", Certainty.C)

_UY = "(?:ủy|uỷ)"
# Who issues; a longer name of another body does not match.
_WHO = (
    rf"(?:(?P<board>(?:Ban\s+Thường\s+vụ|BTV)(?:\s+Đảng\s+{_UY})?)"
    rf"|(?P<committee>(?:Ban\s+Chấp\s+hành|BCH)(?:\s+Đảng\s+(?:bộ|{_UY}))?)"
    rf"|(?P<party>Đảng\s+{_UY})|(?P<cell>chi\s+bộ(?:\s+trực\s+thuộc)?))"
    r"(?P<where>\s+(?:xã|phường|đặc\s+khu|thị\s+trấn|ấp|thôn|khu\s+phố|tổ\s+dân\s+phố|bản|làng|buôn|"
    # the cells of a commune's offices and schools
    r"xóm|khóm|(?:các\s+)?trường(?:\s+(?:học|tiểu\s+học|mầm\s+non|mẫu\s+giáo|trung\s+học(?:\s+cơ\s+sở)?|"
    r"THCS))?|trạm\s+y\s+tế|công\s+an(?:\s+xã)?|quân\s+sự(?:\s+xã)?|cơ\s+quan(?:\s+xã)?|hợp\s+tác\s+xã)"
    r"(?P<name>(?:\s+[^\W_]+){0,4}?))?"
)
_ADVERB = (
    r"(?:\s+(?:đã|sẽ|kịp\s+thời|tiếp\s+tục|chủ\s+động|cũng|còn|tập\s+trung|thường\s+xuyên|đều|luôn|có|vừa"
    r"|(?:xây\s+dựng|nghiên\s+cứu|tham\s+mưu|thảo\s+luận|lãnh\s+đạo|chỉ\s+đạo|triển\s+khai"
    r"|rà\s+soát|quán\s+triệt|thống\s+nhất)(?:\s*,|\s+và))){0,4}"
)
_ISSUES = re.compile(
    rf"(?<!\w){_WHO}{_ADVERB}\s+(?:ban\s+hành|ra)(?!\w)(?:\s+được)?", re.IGNORECASE
)
# Words with nothing but blanks and commas between them: "Đảng ủy xã đã ban hành" is one such run.
_RUN = re.compile(r"[\w\s,]+")
_VERB = re.compile(r"(?<=\s)(?:ban\s+hành|ra)(?!\w)(?:\s+được)?", re.IGNORECASE)
_TYPES = (
    r"nghị\s+quyết|quyết\s+định|kết\s+luận|thông\s+báo|báo\s+cáo|kế\s+hoạch|chương\s+trình|đề\s+án"
    r"|phương\s+án|tờ\s+trình|công\s+văn|biên\s+bản|quy\s+chế|quy\s+định|hướng\s+dẫn|chỉ\s+thị"
    r"|thông\s+tri"
)
_COUNT = (
    r"(?:(?:\d+|các|những|một\s+số|nhiều|đầy\s+đủ(?:\s+các)?|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
    r"(?:\s+văn\s+bản\s*[,:]?\s*(?:(?:gồm|trong\s+đó)(?:\s+có)?\s*:?)?)?\s+){0,2}"
)
_ITEM = re.compile(
    rf"\s*(?P<count>{_COUNT})(?P<type>{_TYPES})(?!\w)(?P<topic>\s+chuyên\s+đề)?", re.IGNORECASE
)
_DOING = re.compile(
    r"\s+(?:các|chi|cấp|đảng|cán|nhân|từng|cơ|việc|cho|người|đoàn|toàn)(?!\w)", re.IGNORECASE
)
_NEXT = re.compile(r"\s*(?:,|;|và|cùng|hoặc)(?:\s*và(?!\w))?(?=\s)", re.IGNORECASE)
_NAMED = r"(?:quy\s+chế|quy\s+định|hướng\s+dẫn)(?=\s+số\s+\d)"
# "Chỉ thị số 02-CT/ĐU do Đảng ủy xã ban hành", "02 chỉ thị đã được Đảng ủy ban hành"
_BY = re.compile(
    rf"(?<!\w)(?P<type>chỉ\s+thị|thông\s+tri|{_NAMED})(?!\w)(?:\s+số\s+[\w/-]{{2,15}})?"
    r"(?:,?\s+ngày\s+[\d/]{6,10},?)?[^.;,\n]{0,60}?"
    rf"\s+(?:do|được)\s+{_WHO}\s+ban\s+hành(?!\w)",
    re.IGNORECASE,
)
# "Chỉ thị số 02-CT/ĐU, ngày 12/3/2023 của Đảng ủy xã"
_OF = re.compile(
    rf"(?<!\w)(?P<type>chỉ\s+thị|thông\s+tri|{_NAMED})\s+số\s+\d[\w/-]{{0,14}}(?:,?\s+ngày\s+[\d/]{{6,10}},?)?"
    rf"\s+của\s+{_WHO}(?!\w)",
    re.IGNORECASE,
)
_NEVER = ("chỉ thị", "thông tri")
_BARRED = {
    "board": (*_NEVER, "quy chế"),
    "committee": (*_NEVER, "hướng dẫn"),
    "party": _NEVER,
    "cell": (*_NEVER, "quy định", "hướng dẫn"),
}
_OWN = re.compile(
    r"(?:ban (?:thường vụ|chấp hành) )?đảng (?:ủy|bộ) (?:xã|phường|thị trấn|đặc khu)(?!\w)"
    r"|chi (?:bộ|ủy)(?!\w)"
)
# Behind these words the body named is another one, or the sentence denies or asks.
_OTHER = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|nếu|khi|cấp\s+trên|của|Tỉnh|Thành|Huyện|Trung\s+ương)\s+$",
    re.IGNORECASE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report sentences in which a grassroots body issues what it may not."""
    if not ctx.profile.is_party or not _OWN.match(issuer_name(ctx)):
        return
    # Nothing is barred to them but documents of these types.
    barred_types = ("chỉ thị", "thông tri", "quy chế", "quy định", "hướng dẫn")
    issued = holding(ctx, *barred_types) & holding(ctx, "ban hành", "ra")
    cited = offsets(ctx, *_NEVER, "quy chế số", "quy định số", "hướng dẫn số")
    for node, text in text_nodes(ctx, *RUNNING):
        for match in _issues(text) if node.pointer in issued else ():
            who = _who(match)
            if who is None or _OTHER.search(text[max(0, match.start() - 20) : match.start()]):
                continue
            for place in _issued(text, match.end()):
                if plain(text[slice(*place)]) in _BARRED[who]:
                    yield _said(ctx, node.pointer, place, match, who)
        at = cited.get(node.pointer, ())
        for match in (*_standing(_BY, text, at), *_standing(_OF, text, at)):
            who = _who(match)
            barred = who is not None and plain(match["type"]) in _BARRED[who]
            if who is not None and barred and (match.re is _BY or match["where"]):
                yield _said(ctx, node.pointer, match.span("type"), match, who)


def _issues(text: str) -> Iterator[re.Match[str]]:
    """Yield where a body issues something, in the runs of words with a verb before a document."""
    behind = 0
    for verb in _VERB.finditer(text):
        if verb.start() < behind or _ITEM.match(text, verb.end()) is None:
            continue
        start = verb.start()
        while start > behind and _RUN.match(text[start - 1]):
            start -= 1
        run = _RUN.match(text, start)
        behind = verb.end() if run is None else run.end()
        yield from _ISSUES.finditer(text, start, behind)


def _standing(
    pattern: re.Pattern[str], text: str, places: Iterable[int]
) -> Iterator[re.Match[str]]:
    """Yield where a pattern stands at some places of a text, none inside another."""
    behind = 0
    for place in places:
        match = pattern.match(text, place) if place >= behind else None
        if match is not None:
            behind = match.end()
            yield match


def _who(match: re.Match[str]) -> str | None:
    """Return who issues; None when the words behind the unit are no proper name."""
    if not all(word[0].isupper() or word[0].isdigit() for word in (match["name"] or "").split()):
        return None
    return next(name for name in _BARRED if match[name] is not None)


def _issued(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the types in a list of documents: "03 nghị quyết, 02 chỉ thị và ..."."""
    first = True
    while (item := _ITEM.match(text, at)) is not None:
        # "ban hành kế hoạch, hướng dẫn các chi bộ": there it is what they do.
        if not first and item["count"] == "" and _DOING.match(text, item.end("type")):
            return
        first = False
        yield item.span("type")
        following = _NEXT.match(text, item.end())
        if following is None:
            return
        at = following.end()


def _said(
    ctx: Context, pointer: str, place: tuple[int, int], match: re.Match[str], who: str
) -> Finding:
    day = issue_day(ctx)
    return ctx.at(
        RULE,
        "khong_tham_quyen",
        pointer,
        text=place,
        source=None if day is None or day.from_on(_FROM) else _EARLIER,
        co_quan=" ".join((match[who] + (match["where"] or "")).split()),
        loai=plain(match.string[slice(*place)]),
    )
