"""Không dùng "trong sạch, vững mạnh" làm mức xếp loại (GRA005).

Quy định
    Từ năm 2019, tổ chức đảng được xếp loại hoàn thành xuất sắc, hoàn thành tốt, hoàn thành hoặc
    không hoàn thành nhiệm vụ. "Trong sạch, vững mạnh" không còn là một mức xếp loại; đảng viên cũng
    không còn xếp loại "đủ tư cách, hoàn thành tốt nhiệm vụ".

Vì sao
    Câu cũ chép lại từ báo cáo những năm trước làm người đọc không quy được ra mức xếp loại hiện
    hành.

Sai
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Có 06 chi bộ xếp loại trong sạch, vững mạnh.

Đúng
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Có 06 chi bộ xếp loại hoàn thành xuất sắc nhiệm vụ.

Cách sửa
    Thay bằng mức xếp loại hiện hành. Danh hiệu của địa phương ("trong sạch, vững mạnh toàn diện"),
    khen thưởng "trong sạch, vững mạnh tiêu biểu" (khi không viết là "xếp loại") và việc xây dựng
    chi bộ trong sạch, vững mạnh thì viết như cũ.

Nguồn và độ tin cậy
    Hướng dẫn 16-HD/BTCTW năm 2018 và 21-HD/BTCTW năm 2019, đọc qua nguồn thứ cấp; độ tin cậy C.
    Chỉ nhắc để biết.

English:
    "Trong sạch, vững mạnh" is no longer a grade of Party organisations. Nor is "đủ tư cách" one of
    members. Local titles ("... toàn
    diện"), the award "... tiêu biểu", campaigns and earlier years are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import fold
from vanban.rules._text import HEADING, RUNNING, Sentences, holding, text_nodes

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="GRA005",
    name="old_words",
    severity=Severity.INFO,
    source=Source("Hướng dẫn 21-HD/BTCTW năm 2019: các mức xếp loại", Certainty.C),
)

FIRST_YEAR = 2019

_OLD = re.compile(r"trong sạch *(?:,|và|-|–)? *vững mạnh(?!\w)")
_TITLE_AFTER = re.compile(r"[”\"']? *,?(?:toàn diện|tiêu biểu|kiểu mẫu|4 tốt|bốn tốt)(?!\w)")
_BODY = r"(?:chi bộ|đảng bộ|tổ chức đảng|tổ chức cơ sở đảng|chi, đảng bộ|tccsđ|đảng bộ cơ sở)"
_JUDGED = r"(?:xếp loại|phân loại|đánh giá|bình xét|xếp hạng)"
# "xếp loại (đạt) trong sạch, vững mạnh", "loại trong sạch, vững mạnh"
_GRADED = re.compile(
    rf"(?<!\w)(?:{_JUDGED}|đạt loại|đạt mức|loại|mức)"
    rf"(?: (?:chất lượng|tổ chức đảng|chi bộ|đảng bộ|cuối năm|là|đạt|mức|loại|được|năm \d{{4}}))*"
    rf" *:? *[“\"']?$"
)
# "06/08 chi bộ (trực thuộc) (được công nhận, đạt) trong sạch, vững mạnh"
_COUNTED = re.compile(
    rf"(?:\d|%|trăm|mươi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|số) *(?:các )?{_BODY}"
    rf"(?: (?:trực thuộc|cơ sở|nông thôn|của xã))?(?: (?:được|đạt|công nhận|danh hiệu|là|đánh giá|"
    rf"và|xếp loại|giữ vững|liên tục))* *[“\"']?$"
)
# "Đảng bộ (nhiều năm liền) đạt (danh hiệu) trong sạch, vững mạnh"
_REACHED = re.compile(rf"(?<!\w){_BODY}[^,;:]{{0,40}}(?<!\w)đạt(?: danh hiệu)? *[“\"']?$")
# "xếp loại chất lượng Đảng bộ xã là Đảng bộ trong sạch, vững mạnh"
_RANKED = re.compile(
    rf"(?<!\w)(?:{_JUDGED}|công nhận)(?: [^\W\d_]+){{0,8}}? (?:là|đạt|loại|mức)"
    rf"(?: (?:là|đạt|loại|mức|danh hiệu|{_BODY}))* *[“\"']?$"
)
_BY_RANK = re.compile(r"(?<!\w)(?:xếp loại|phân loại|xếp hạng)(?!\w)")
_AWARD = re.compile(r"[”\"']? *,?tiêu biểu(?!\w)")
# An item of a list of grades: "chi bộ trong sạch, vững mạnh 02; chi bộ hoàn thành tốt ...".
_ITEM = re.compile(
    rf"(?:^|[:;,\n(+-]) *(?:số |có )?(?:{_BODY} ?)?(?:(?:được|đạt|xếp loại|loại|mức) ?)* *[“\"']?$"
)
# "tỷ lệ chi bộ trong sạch, vững mạnh đạt 80%"
_RATE = re.compile(
    rf"(?<!\w)(?:tỷ lệ|tỉ lệ|số)(?: các)? {_BODY}(?: (?:đạt|xếp loại|loại))* *[“\"']?$"
)
_RATE_BEHIND = re.compile(r"[”\"']? *(?:đạt|chiếm|là|có|còn) (?:tỷ lệ )?\d")
_COUNT_BEHIND = re.compile(
    rf"[”\"']? *(?:[:(–-] *)?(?:có |là |đạt )?\d[\d./]*(?: {_BODY}| đơn vị| tổ chức)? *"
    r"(?:[;,.)(]|$|và )"
)
_NEW_GRADE = re.compile(r"(?<!\w)hoàn thành (?:xuất sắc |tốt )?(?:chức trách,? )?nhiệm vụ(?!\w)")
_LATER = re.compile(
    rf"^[”\"']? *:? *(?:có |là |đạt )?"
    rf"(?:\d[\d./]*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) *{_BODY}"
)
_NOT_A_GRADE = re.compile(
    r"(?<!\w)(?:xây dựng|phong trào|cuộc vận động|đăng ký|giữ gìn|góp phần|nhằm|để|phấn đấu|khen|"
    r"giấy khen|tặng)(?!\w)"
)
# Words about the title itself, or about a model, wherever they stand.
_ABOUT = re.compile(
    r"(?<!\w)(?:mô hình|tiêu chí|tiêu chuẩn|làm điểm|thí điểm|hướng dẫn|không còn|không dùng|"
    r"thay cho|thay bằng|trước đây|nay là)(?!\w)"
)
# "158 đảng viên đủ tư cách hoàn thành xuất sắc nhiệm vụ": the grades of members before 2019.
_FIT = re.compile(
    r"(?<!\w)(?:đảng viên|đồng chí)(?: (?:được|xếp loại|đánh giá|phân loại|là|đạt|mức|loại))*,? "
    r"(?P<words>đủ tư cách,?) (?:đảng viên,? )?(?:và )?hoàn thành (?:xuất sắc |tốt )?"
    r"(?:chức trách,? )?nhiệm vụ(?!\w)"
)
_OF_PERSONS_ELSE = re.compile(
    r"(?<!\w)(?:không còn|thay cho|thay bằng|trước đây|nay là|hướng dẫn|quy định cũ|xây dựng)(?!\w)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def check(ctx: Context) -> Iterator[Finding]:
    """Report the old words where they are used as a grade."""
    if ctx.period is None or ctx.period.end.year < FIRST_YEAR:
        return
    held = holding(ctx, "vững mạnh", "đủ tư cách")
    for node, text in text_nodes(ctx, HEADING, *RUNNING, "indicator-name", "note", "cell"):
        if node.pointer not in held:
            continue
        folded = fold(text)
        if "vững mạnh" not in folded.text and "đủ tư cách" not in folded.text:
            continue
        sentences = Sentences(folded.text)
        for match in _FIT.finditer(folded.text):
            before, after = sentences.before(match.start()), sentences.after(match.start())
            if not _is_past(f"{before} {after}") and not _OF_PERSONS_ELSE.search(before[-80:]):
                place = folded.back(match.start("words")), folded.back(match.end("words"))
                yield ctx.at(RULE, "tu_cach", node.pointer, text=place)
        for match in _OLD.finditer(folded.text):
            before, after = sentences.before(match.start()), sentences.after(match.end())
            if _is_grade(before, after):
                place = folded.back(match.start()), folded.back(match.end())
                yield ctx.at(RULE, "muc_cu", node.pointer, text=place)


def _is_grade(before: str, after: str) -> bool:
    """Tell whether the old words are a grade between these halves of a sentence."""
    ranked = _ranked(before)
    # "tiêu biểu" is an award, unless it is said to be how an organisation was ranked.
    if _TITLE_AFTER.match(after) and not (ranked and _AWARD.match(after)):
        return False
    if _is_past(before + " " + after):
        return False
    if _ABOUT.search(before[-80:]) or _ABOUT.search(after[:40]):
        return False
    if _GRADED.search(before):
        return True
    if ranked or _listed(before, after):
        return True
    if _NOT_A_GRADE.search(before[-80:]):
        return False
    if _COUNTED.search(before) or _REACHED.search(before):
        return True
    # "Trong sạch, vững mạnh: 06 chi bộ"
    return not before.strip(' -+\n“"') and _LATER.match(after) is not None


def _is_past(sentence: str) -> bool:
    """Tell whether a sentence speaks of a year in which the old words were right."""
    return any(int(year) < FIRST_YEAR for year in _YEAR.findall(sentence))


def _ranked(before: str) -> bool:
    """Tell whether the words before say how an organisation was ranked."""
    found = _RANKED.search(before[-120:])
    if found is None or not _BY_RANK.search(found.group()):
        return False
    return _NOT_A_GRADE.search(found.group()) is None


def _listed(before: str, after: str) -> bool:
    """Tell whether the words are one grade of a list that names a grade of today."""
    if _RATE.search(before[-60:]) and _RATE_BEHIND.match(after):
        return True
    if not _ITEM.search(before[-60:]) or not _COUNT_BEHIND.match(after):
        return False
    return _NEW_GRADE.search(before) is not None or _NEW_GRADE.search(after) is not None
