"""Whether two texts speak of the same subject: the phrases they share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vanban.rules._quantities import fold

# Words that stand in sentences about anything.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
    của và các có còn được trong với cho đến từ ở về là một số những theo chưa không mới đã đang
    phải thì tại do vào ra như so này đó mà để bằng trên dưới sau trước khi nhất rất hơn gần vẫn
    nên cả toàn mỗi từng lại chậm thấp yếu đạt tỷ tỉ lệ tổng năm tháng quý kỳ đầu cuối ngày lần
    kế hoạch chỉ tiêu mức việc công tác thực hiện tiếp tục tăng cường nâng cao chất lượng hiệu quả
    nhiệm vụ hoàn thành lãnh đạo tình hình kết hạn chế khuyết điểm tồn tham gia bảo đảm đẩy mạnh
    tốt khá nhiều ít đều đủ kịp thời sớm xây dựng phát triển tổ chức hoạt động giải pháp cơ bản
    bộ phận mặt nơi lúc xã huyện tỉnh địa phương bàn sở
    """,
    )
)
# Words of any report of a Party committee: by themselves they name no subject.
_OF_THE_HOUSE = frozenset(
    re.findall(r"\w+", "đảng viên chi bộ ủy cấp nhân dân người cán đơn vị đồng chí ấp")
)
_SAME = (
    ("phát triển đảng viên", "kết nạp đảng viên"),
    ("phát triển đảng", "kết nạp đảng viên"),
    ("giảm nghèo", "giảm hộ nghèo"),
    ("bhyt", "bảo hiểm y tế"),
    ("ntm", "nông thôn mới"),
    ("htx", "hợp tác xã"),
    ("tht", "tổ hợp tác"),
    ("tuyển quân", "giao quân nhập ngũ"),
)
_BREAK = re.compile(r"[^\w\s]+|\d+")
Phrase = tuple[str, ...]


def _runs(text: str) -> tuple[Phrase, ...]:
    """Return the words between marks and figures, the usual abbreviations written out."""
    plain = fold(text).text
    for short, long in _SAME:
        plain = re.sub(rf"(?<!\w){short}(?!\w)", long, plain)
    return tuple(tuple(part.split()) for part in _BREAK.split(plain) if part.strip())


def _phrases(runs: Iterable[Phrase], size: int, idle: frozenset[str]) -> set[Phrase]:
    # In a phrase of two one word must be its own, in a longer one two.
    need = 1 if size < 3 else 2
    return {
        run[i : i + size]
        for run in runs
        for i in range(len(run) - size + 1)
        if sum(word not in idle for word in run[i : i + size]) >= need
    }


class Subject:
    """What some texts speak of: their phrases of two and three words.

    ``wide`` holds those of two words in which the words of every Party report count, too
    ("đảng viên").
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.runs = tuple(run for text in texts for run in _runs(text))
        self.pairs = _phrases(self.runs, 2, _COMMON | _OF_THE_HOUSE)
        self.wide = _phrases(self.runs, 2, _COMMON)
        self.triples = _phrases(self.runs, 3, _COMMON | _OF_THE_HOUSE)

    def touches(self, other: Subject) -> bool:
        """Tell whether the two share a phrase of two words, so that they may be of one matter."""
        return not self.pairs.isdisjoint(other.pairs)

    def meets(self, other: Subject) -> bool:
        """Tell whether the two share a phrase of three words: surely of one matter."""
        return not self.triples.isdisjoint(other.triples)

    def named_in(self, other: Subject) -> bool:
        """Tell whether the other surely speaks of this: it holds most of the phrases."""
        return 2 * len(self.pairs & other.pairs) >= len(self.pairs) > 0 or self.meets(other)
