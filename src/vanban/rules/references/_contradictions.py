"""Pairs of statements that cannot both stand without a word that bridges them.

Every pattern is read over folded text (lower case, composed, plain blanks, "ủy"). ``claim`` is an
absolute statement, ``counter`` the one that takes it back; both are of one subject.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Pair(NamedTuple):
    """Two statements about one subject: ``name`` is what the subject is called in a message.

    ``counted`` is the fact that no word can reconcile with the claim: "xảy ra 02 vụ trộm cắp";
    ``denies`` tells that the claim is one of "không xảy ra". A text that holds a claim holds one
    of each group of ``cues``, a text that holds a counter one of ``counter_cues``.
    """

    name: str
    claim: re.Pattern[str]
    counter: re.Pattern[str]
    counted: re.Pattern[str] | None = None
    denies: bool = False
    cues: tuple[tuple[str, ...], ...] = ()
    counter_cues: tuple[str, ...] = ()


_ALWAYS = r"(?:luôn luôn|luôn|tuyệt đối|hoàn toàn|thường xuyên)"
_ALWAYS_CUES = ("luôn", "tuyệt đối", "hoàn toàn", "thường xuyên")
# "không xảy ra", "chưa có": how every denial of an event begins.
_DENIAL_CUES = tuple(
    f"{no} {verb}" for no in ("không", "chưa") for verb in ("có", "xảy", "phát", "còn", "để", "hề")
)
_LATE = ("trễ hạn", "quá hạn", "chậm hạn")
_HELD = r"(?:được )?(?:giữ vững|ổn định|bảo đảm|đảm bảo|giữ vững ổn định|an toàn)"
_HAPPENS = (
    r"(?:đã )?(?:xuất hiện|xảy ra|phát sinh|để xảy ra|diễn ra|tái diễn|tiếp diễn|nổi lên|gia tăng|"
    r"diễn biến phức tạp)"
)
_COUNT = r"(?:\d[\d.]*|nhiều|một số|một vài|vài|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_SECURITY = (
    r"(?:trộm cắp|trộm vặt|cướp giật|cướp|gây rối|đánh nhau|cố ý gây thương tích|phạm pháp hình sự|"
    r"tội phạm|ma túy|đánh bạc|mất trật tự|mất an ninh|tụ tập đông người|khiếu kiện đông người)"
)
_BODY = r"(?:đảng|đảng bộ|đảng ủy|cấp ủy)(?: xã| phường)?"
# Between the subject and what is said of it.
_NEAR = r"[^.;:!?\n]{0,60}?"
_SOME = r"(?:(?:tình trạng|tình hình|các|những|vụ|vụ việc|việc|hiện tượng|nạn|loại) )*"


_Cues = tuple[str, ...]


def _pair(
    name: str, claim: str, counter: str, cues: tuple[_Cues, ...], counter_cues: _Cues
) -> Pair:
    whole = [re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in (claim, counter)]
    return Pair(name, whole[0], whole[1], cues=cues, counter_cues=counter_cues)


def _event(name: str, noun: str, *cues: str) -> Pair:
    """Return the pair of an event that is counted: "không xảy ra X", "xảy ra 02 vụ X"."""
    counted = (
        r"(?:xảy ra|để xảy ra|phát sinh|có) 0*[1-9]\d{0,2} (?:vụ|trường hợp|lượt) "
        rf"{_SOME}(?:{noun})|"
        rf"(?:{noun})(?: [^\W\d_]+){{0,2}} xảy ra \(?0*[1-9]\d{{0,2}} (?:vụ|trường hợp|lượt)"
    )
    pair = _absence(name, noun, cues)
    return pair._replace(counted=re.compile(rf"(?<!\w)(?:{counted})(?!\w)"))


def _absence(name: str, noun: str, cues: _Cues, unit: str = "vụ") -> Pair:
    """Return the pair "không xảy ra X" against "xảy ra 02 vụ X"."""
    none = r"(?:không|không hề|chưa|không để) (?:có|xảy ra|phát sinh|phát hiện|còn|để xảy ra)"
    # "không xảy ra dịch bệnh lớn" leaves room for small ones: nothing may follow the noun.
    end = r"(?= ?(?:[.;,:\n]|$| và | hoặc | hay | trên địa bàn))"
    counted = rf"{_COUNT} (?:(?:{unit}|trường hợp|lượt) )?"
    pair = _pair(
        name,
        rf"{none} {_SOME}(?:{noun})(?: nào)?{end}",
        rf"(?:xảy ra|xuất hiện|phát sinh|phát hiện|để xảy ra) (?:{counted})?{_SOME}(?:{noun})|"
        rf"có {counted}(?:{noun})",
        (cues, _DENIAL_CUES),
        cues,
    )
    return pair._replace(denies=True)


PAIRS = (
    _pair(
        "an ninh, trật tự",
        rf"(?:an ninh|trật tự|an toàn xã hội){_NEAR} "
        rf"(?:{_ALWAYS} {_HELD}|{_HELD} (?:một cách )?tuyệt đối)",
        rf"{_HAPPENS} (?:{_COUNT} )?{_SOME}{_SECURITY}|"
        rf"{_SOME}{_SECURITY}(?: [^\W\d_]+){{0,2}} {_HAPPENS}|"
        r"an ninh(?:,)? trật tự(?: [^\W\d_]+){0,3} (?:phức tạp|chưa ổn định|mất ổn định)",
        (("an ninh", "trật tự", "an toàn xã hội"), _ALWAYS_CUES),
        (
            *("trộm cắp", "trộm vặt", "cướp", "gây rối", "đánh nhau", "thương tích", "hình sự"),
            *("tội phạm", "ma túy", "đánh bạc", "mất trật tự", "mất an ninh", "đông người"),
            *("phức tạp", "ổn định"),
        ),
    ),
    _event("trộm cắp", r"trộm cắp(?: tài sản)?", "trộm cắp"),
    _event("phạm pháp hình sự", r"(?:phạm pháp hình sự|án hình sự)", "hình sự"),
    _event("tai nạn giao thông", r"tai nạn giao thông", "tai nạn"),
    _event("cháy, nổ", r"(?:cháy,? nổ|cháy|hỏa hoạn)", "cháy", "hỏa hoạn"),
    _event("khiếu kiện đông người", r"(?:khiếu kiện|khiếu nại) đông người", "đông người"),
    _absence(
        "đơn thư vượt cấp",
        r"(?:đơn thư|đơn|khiếu nại|khiếu kiện) vượt cấp",
        ("vượt cấp",),
        "đơn",
    ),
    _absence("học sinh bỏ học", r"học sinh bỏ học", ("bỏ học",))._replace(
        counter=re.compile(
            r"(?<!\w)(?:(?:xảy ra|xuất hiện|phát sinh|để xảy ra) (?:tình trạng )?|"
            r"có (?:nhiều|một số|vài) )học sinh bỏ học(?!\w)"
        ),
        # "05 học sinh bỏ học, đã vận động cả 05 em trở lại lớp" leaves none.
        counted=re.compile(
            r"(?<!\w)(?:có|phát sinh|để xảy ra) (?P<n>0*[1-9]\d{0,2}) (?:học sinh|em)"
            r"(?: (?:tiểu học|trung học cơ sở|trung học phổ thông|thcs|thpt|lớp \d{1,2}))? bỏ học"
            r"(?!\w)(?![^.;\n]{0,40}?(?<!\w)(?:(?P=n)|cả|tất cả|toàn bộ|đều)(?!\w)[^.;\n]{0,30}?"
            r"(?:lại|ra lớp))"
        ),
    ),
    _absence("hồ sơ trễ hạn", r"hồ sơ (?:giải quyết )?(?:trễ hạn|quá hạn|chậm hạn)", _LATE, "bộ"),
    _absence(
        "đảng viên bị kỷ luật",
        r"đảng viên (?:bị kỷ luật|bị khai trừ|bị xóa tên)",
        ("viên bị",),
        "đồng chí",
    ),
    _absence("đảng viên vi phạm", r"đảng viên (?:có )?vi phạm", ("vi phạm",), "đồng chí"),
    _absence("ô nhiễm môi trường", r"ô nhiễm môi trường", ("ô nhiễm",)),
    _absence("hộ nghèo", r"hộ nghèo", ("hộ nghèo",), "hộ"),
    _absence("sinh con thứ ba", r"(?:người |phụ nữ )?sinh con thứ ba", ("con thứ",), "trường hợp"),
    _pair(
        "đoàn kết nội bộ",
        rf"(?:nội bộ|cấp ủy|đảng bộ|chi bộ|tập thể){_NEAR} {_ALWAYS} (?:giữ vững )?"
        r"(?:được )?(?:sự )?đoàn kết",
        r"(?:mất đoàn kết|nội bộ chưa (?:thật sự |thực sự )?đoàn kết|"
        r"chưa (?:thật sự |thực sự )đoàn kết)",
        (("đoàn kết",), _ALWAYS_CUES),
        ("đoàn kết",),
    ),
    # Without "luôn", only what is said outright of the same body takes it back.
    _pair(
        "đoàn kết nội bộ",
        rf"nội bộ {_BODY} (?:luôn )?đoàn kết",
        rf"(?:^|(?<=[.;] )|(?<=\n))nội bộ {_BODY} mất đoàn kết"
        r"(?! (?:ở|tại|trong|từ|trước|đầu|giữa|của|cục bộ|không|đã|được)(?!\w))",
        (("đoàn kết",),),
        ("đoàn kết",),
    ),
    _pair(
        "hồ sơ giải quyết đúng hạn",
        r"(?:100 ?%|toàn bộ|tất cả)(?: các)? (?:số )?hồ sơ[^.;:!?\n]{0,40}? đúng (?:hạn|thời hạn)",
        rf"(?:có )?{_COUNT} hồ sơ (?:giải quyết )?(?:trễ hạn|quá hạn|chậm hạn)",
        (("đúng hạn", "đúng thời hạn"),),
        _LATE,
    ),
    _pair(
        "sinh hoạt chi bộ",
        r"(?:100 ?%|tất cả|toàn bộ|các)(?: số)? chi bộ[^.;:!?\n]{0,30}? sinh hoạt[^.;:!?\n]{0,20}? "
        r"(?:đúng kỳ|đúng định kỳ|đầy đủ|đúng quy định|đều đặn)",
        rf"{_COUNT} chi bộ[^.;:!?\n]{{0,20}}?(?:sinh hoạt (?:chưa|không)|(?:chưa|không) sinh hoạt) "
        r"(?:đều|đúng kỳ|đúng định kỳ|đúng quy định|đầy đủ)",
        (("sinh hoạt",), ("đúng kỳ", "đúng định kỳ", "đầy đủ", "đúng quy định", "đều đặn")),
        ("sinh hoạt",),
    ),
    _pair(
        "chỉ tiêu",
        r"(?:hoàn thành|đạt và vượt|đạt|vượt) (?:toàn bộ|tất cả|100 ?%)(?: các| số)? chỉ tiêu",
        rf"(?:có )?{_COUNT} chỉ tiêu (?:chủ yếu )?(?:chưa đạt|không đạt|chưa hoàn thành|đạt thấp)",
        (("chỉ tiêu",), ("toàn bộ", "tất cả", "100")),
        ("chỉ tiêu",),
    ),
    _pair(
        "giải ngân vốn đầu tư công",
        r"giải ngân (?:nguồn )?vốn đầu tư công[^.;:!?\n]{0,30}? (?:đúng|bảo đảm|đảm bảo) tiến độ",
        r"giải ngân (?:nguồn )?vốn đầu tư công[^.;:!?\n]{0,30}? (?:chậm|đạt thấp|không đạt)",
        (("giải ngân",),),
        ("giải ngân",),
    ),
    _pair(
        "dịch bệnh",
        r"không (?:để )?(?:xảy ra|phát sinh|có) dịch bệnh(?: trên địa bàn)?(?= ?(?:[.;,:\n]|$))",
        r"(?:bùng phát|xảy ra|xuất hiện|phát sinh) (?:(?:\d+|các|nhiều|một số) )?(?:ổ )?dịch bệnh",
        (("dịch bệnh",), _DENIAL_CUES),
        ("dịch bệnh",),
    ),
    _pair(
        "đời sống Nhân dân",
        rf"đời sống{_NEAR} (?:không ngừng|luôn|ngày càng) (?:được )?"
        r"(?:nâng cao|nâng lên|cải thiện)",
        r"đời sống(?!(?: [^\W\d_]+){0,3} (?:một bộ phận|một số))(?: [^\W\d_]+){0,5}? "
        r"(?:gặp nhiều khó khăn|giảm sút|đi xuống|chậm cải thiện)",
        (("đời sống",),),
        ("đời sống",),
    ),
    _pair(
        "môi trường",
        rf"môi trường{_NEAR} {_ALWAYS} (?:được )?(?:bảo đảm|đảm bảo|giữ gìn|xanh|sạch)",
        rf"(?:xảy ra|xuất hiện|phát sinh|gây) {_SOME}ô nhiễm môi trường|"
        r"ô nhiễm môi trường[^.;:!?\n]{0,30}? (?:xảy ra|kéo dài|nghiêm trọng)",
        (("môi trường",), _ALWAYS_CUES),
        ("ô nhiễm",),
    ),
)

# Words that make of two statements one: they soften the first or lead over to the second.
BRIDGE_IN_CLAIM = re.compile(
    # "thuận lợi cơ bản là" softens nothing
    r"(?<!\w)(?:(?<!thuận lợi )cơ bản|nhìn chung|tương đối|phần lớn|hầu hết|đa số|khá|nói chung|"
    r"tuy|mặc dù|ngoài|trừ|ngoại trừ)(?!\w)"
)
BRIDGE_IN_COUNTER = re.compile(
    r"(?<!\w)(?:tuy nhiên|tuy vậy|tuy|song|nhưng|mặc dù|dù|bên cạnh|còn|vẫn|vẫn còn|đôi lúc|"
    r"có lúc|có nơi|cá biệt|riêng|ngoài|trong khi|mặt khác|trái lại|đáng lưu ý|hạn chế)(?!\w)"
)
# What was asked for, feared, past or elsewhere is no statement of how things are.
NO_STATEMENT = re.compile(
    r"(?<!\w)(?:phấn đấu|kiên quyết|nhằm|để|góp phần|yêu cầu|đề nghị|phòng ngừa|phòng, chống|"
    r"phòng chống|đấu tranh|ngăn chặn|ngăn ngừa|hạn chế|kéo giảm|giảm|nếu|khi|nguy cơ|có thể|sẽ|"
    r"cần|phải|chỉ tiêu|mục tiêu|kế hoạch|tuyên truyền|năm trước|cùng kỳ|trước đây|trước đó|"
    r"kỳ trước|tháng trước|quý trước|(?<!tháng )đầu (?:năm|nhiệm kỳ)|"
    r"tháng \d+|quý|toàn huyện|toàn tỉnh|cả nước|các xã|xã bạn|giải quyết|xử lý|khắc phục|"
    r"chấm dứt|tránh|so với|bảo đảm không|đảm bảo không)(?!\w)"
)
# "trộm cắp xảy ra từ năm trước", "... giảm 03 vụ": not this period's state, or already softened.
PAST_BEHIND = re.compile(
    r"(?<!\w)(?:năm trước|năm ngoái|trước đây|kỳ trước|từ năm|giảm|so với cùng kỳ)(?!\w)"
)
# "Dịp Tết không xảy ra trộm cắp", "chỉ đạo không để xảy ra": a claim of a part, or none at all.
RESTRICTED = re.compile(
    r"(?<!\w)(?:dịp|tết|lễ|đợt|tại|ở|trong (?:các|đợt|thời|những)|thời điểm|thời gian|ngày|đêm|"
    r"tuần|giao thừa|bầu cử|đại hội|cao điểm|giai đoạn|sau khi|từ|đến nay|chỉ đạo|lãnh đạo|"
    r"tăng cường|quyết tâm|cam kết|đăng ký|quán triệt|vận động|nhắc nhở|cơ quan|trường học|tuyến|"
    r"công trình|mùa|hội thi|lễ hội)(?!\w)"
)
EARLIER_BEHIND = re.compile(r"(?<!\w)(?:năm trước|năm ngoái|trước đây|kỳ trước|từ năm)(?!\w)")
# A claim about one place says nothing of another.
ONE_PLACE = re.compile(r"(?<!\w)(?:ấp|thôn|xóm|bản|khu phố|tổ dân phố|khóm|chi bộ) \d")
# "không xảy ra", "chưa phát hiện": the words that deny what follows them.
DENIED = re.compile(r"(?<!\w)(?:không|chưa|chẳng|tránh|đừng|hết)(?: [^\W\d_]+){0,4} $")
