"""Drafts of any size for the benchmarks: seeded, varied, in the language of real reports.

The 9-month example gives the frame and the typed figures; sentences of many frames, with names,
numbers and dates drawn anew, fill the sections, the lists and the drawn tables. No two paragraphs
are alike, and two seeds give two drafts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from vanban.read.reader import read_path
from vanban.resources import data_root

EXAMPLE: Final = data_root() / "examples" / "bao-cao-so-ket" / "9-thang-2023.yaml"
SIZES: Final = (50_000, 200_000, 500_000, 2_000_000)

_PLACES = (
    "ấp {n}", "thôn {N}", "tổ dân phố số {n}", "xóm {N}", "khu phố {n}", "buôn {N}", "ấp {N}",
)  # fmt: skip
_NAMES = (
    "Tân Hòa", "Phú Thọ", "Mỹ Lộc", "Bình Minh", "An Thạnh", "Vĩnh Long", "Đông Sơn", "Hòa Bình",
    "Krông Búk", "Ea Nuôl", "Long Thới", "Trung Thành", "Thạnh Phú", "Cẩm Giang", "Yên Khê",
    "Quỳnh Lưu", "Hưng Thịnh", "Nam Sơn", "Bắc Lý", "Tây Hồ", "Gia Canh", "Xuân Đông",
)  # fmt: skip
_PEOPLE = tuple(
    f"{family} {middle} {given}"
    for family in ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi")
    for middle in ("Văn", "Thị", "Hữu", "Minh", "Ngọc")
    for given in ("An", "Bình", "Cường", "Dung", "Hạnh", "Khoa", "Lan", "Phúc", "Quý", "Thủy")
)
_BODIES = (
    "Đảng ủy", "Ban Thường vụ Đảng ủy", "Ủy ban nhân dân xã", "Hội đồng nhân dân xã",
    "Ủy ban Mặt trận Tổ quốc xã", "Hội Nông dân xã", "Hội Liên hiệp Phụ nữ xã", "Đoàn Thanh niên",
    "Hội Cựu chiến binh xã", "Công an xã", "Ban Chỉ huy Quân sự xã", "Trạm Y tế",
    "Trường Tiểu học Mẫu", "Ban Văn hóa - Xã hội", "Hợp tác xã nông nghiệp Mẫu",
)  # fmt: skip
_WORK = (
    "tuyên truyền, phổ biến chủ trương của Đảng", "rà soát hộ nghèo, hộ cận nghèo",
    "chỉnh trang đường làng, ngõ xóm", "tiêm phòng cho đàn gia súc", "cấp đổi thẻ bảo hiểm y tế",
    "thu gom rác thải sinh hoạt", "hòa giải mâu thuẫn ở cơ sở", "vận động hiến đất mở đường",
    "bồi dưỡng nghiệp vụ cho cán bộ chi hội", "phòng, chống dịch bệnh mùa mưa",
    "chuyển đổi cơ cấu cây trồng", "xây dựng gia đình văn hóa", "giữ gìn trật tự, an toàn xã hội",
    "tiếp nhận và trả kết quả hồ sơ hành chính", "chăm lo người có công với cách mạng",
    "đào tạo nghề cho lao động nông thôn", "quản lý đất đai, trật tự xây dựng",
    "chuyển đổi số, cài đặt ứng dụng VNeID", "bảo vệ rừng và phòng cháy, chữa cháy rừng",
    "nạo vét kênh mương nội đồng", "củng cố tổ công nghệ số cộng đồng",
    "phát triển sản phẩm OCOP của địa phương", "khám sức khỏe cho người cao tuổi",
)  # fmt: skip
_THINGS = (
    ("hộ", 40, 900), ("đảng viên", 3, 200), ("hội viên", 20, 1500), ("lượt người", 30, 4000),
    ("buổi", 2, 60), ("cuộc", 2, 40), ("mô hình", 1, 25), ("hồ sơ", 50, 6000), ("ha", 2, 900),
    ("tuyến đường", 1, 14), ("lao động", 10, 400), ("học sinh", 40, 1800), ("công trình", 1, 20),
    ("tổ hợp tác", 1, 18), ("con", 100, 9000), ("tấn", 10, 5000), ("phần quà", 20, 800),
    ("trường hợp", 1, 60), ("ý kiến", 4, 120), ("tin, bài", 10, 300), ("ngày công", 30, 2500),
)  # fmt: skip
_RESULTS = (
    "được Nhân dân đồng tình hưởng ứng", "bảo đảm đúng tiến độ đề ra", "từng bước đi vào nền nếp",
    "có chuyển biến rõ nét so với đầu nhiệm kỳ", "góp phần giữ vững an ninh, trật tự ở cơ sở",
    "tuy nhiên ở một số nơi còn lúng túng", "chưa tương xứng với tiềm năng của địa phương",
    "cơ bản đáp ứng yêu cầu nhiệm vụ được giao", "được cấp trên ghi nhận, đánh giá cao",
    "còn phụ thuộc nhiều vào nguồn hỗ trợ", "tạo không khí phấn khởi trong cán bộ, đảng viên",
    "song việc theo dõi, đôn đốc có lúc chưa thường xuyên",
)  # fmt: skip
_REASONS = (
    "thời tiết diễn biến thất thường", "giá vật tư nông nghiệp tăng cao", "kinh phí bố trí chậm",
    "một bộ phận cán bộ còn ngại khó", "địa bàn rộng, dân cư phân tán", "nhiều lao động đi làm xa",
    "công tác phối hợp giữa các ngành chưa chặt chẽ", "ý thức của một số hộ dân chưa cao",
    "nguồn nhân lực còn thiếu và yếu", "giá nông sản giảm kéo dài",
)  # fmt: skip
_VERBS = (
    "phối hợp tổ chức", "triển khai thực hiện", "tập trung chỉ đạo", "duy trì thường xuyên",
    "đẩy mạnh", "tiếp tục hướng dẫn các chi bộ", "thành lập đoàn kiểm tra việc", "phát động đợt",
)  # fmt: skip

# A section that has grown so long becomes a list of items with headings.
_LONG_TEXT = 2500

_Draw = Callable[[random.Random], str]


def _number(rng: random.Random, low: int, high: int) -> str:
    """Return a whole number as official texts print it."""
    number = rng.randint(low, high)
    return f"{number:02d}" if number < 10 else f"{number:,}".replace(",", ".")


def _amount(rng: random.Random) -> str:
    unit, low, high = rng.choice(_THINGS)
    return f"{_number(rng, low, high)} {unit}"


def _share(rng: random.Random) -> str:
    whole, part = rng.randint(40, 99), rng.randint(1, 99)
    return f"{whole},{part:02d}%" if rng.random() < 0.6 else f"{whole}%"


def _money(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return f"{rng.randint(1, 40)},{rng.randint(1, 9)} tỷ đồng"
    return f"{_number(rng, 12, 9000)} triệu đồng"


def _place(rng: random.Random) -> str:
    return rng.choice(_PLACES).format(n=rng.randint(1, 15), N=rng.choice(_NAMES))


def _body(rng: random.Random) -> str:
    return rng.choice(_BODIES)


def _work(rng: random.Random) -> str:
    return rng.choice(_WORK)


def _document(rng: random.Random) -> str:
    kind, symbol = rng.choice(
        (("Nghị quyết", "NQ"), ("Kế hoạch", "KH"), ("Chỉ thị", "CT"), ("Kết luận", "KL"))
    )
    day, month = rng.randint(10, 28), rng.randint(3, 9)
    place = rng.choice(("ĐU", "HU", "TU", "TW"))
    return f"{kind} số {rng.randint(10, 180)}-{symbol}/{place}, ngày {day}/{month}/2022"


def _funds(rng: random.Random, budget: int, people: int) -> str:
    total, given, paid = (f"{n:,}".replace(",", ".") for n in (budget + people, budget, people))
    return (
        f"Tổng kinh phí {_work(rng)} là {total} triệu đồng, trong đó ngân sách hỗ trợ {given} "
        f"triệu đồng, Nhân dân đóng góp {paid} triệu đồng."
    )


_SENTENCES: tuple[_Draw, ...] = (
    lambda r: f"{_body(r)} {r.choice(_VERBS)} {_work(r)} với {_amount(r)} tham gia.",
    lambda r: f"Công tác {_work(r)} {r.choice(_RESULTS)}.",
    lambda r: f"Toàn xã có {_amount(r)} và {_amount(r)}, tăng {_amount(r)} so với cùng kỳ.",
    lambda r: f"Đến nay, {_place(r)} đã hoàn thành {_amount(r)}, đạt {_share(r)} kế hoạch năm.",
    lambda r: (
        f"Thực hiện {_document(r)}, {_body(r)} đã {r.choice(_VERBS)} {_work(r)}; qua đó "
        f"huy động được {_money(r)} và {_amount(r)}."
    ),
    lambda r: (
        f"Nguyên nhân là do {r.choice(_REASONS)}, trong khi {r.choice(_REASONS)} nên việc "
        f"{_work(r)} ở {_place(r)} còn chậm."
    ),
    lambda r: f"Tỷ lệ hộ dân tham gia {_work(r)} bình quân đạt {_share(r)}.",
    lambda r: (
        f"Đồng chí {r.choice(_PEOPLE)}, Bí thư Chi bộ {_place(r)}, được phân công phụ trách "
        f"{_work(r)}."
    ),
    lambda r: _funds(r, r.randint(200, 4000), r.randint(20, 900)),
    lambda r: (
        f"Các chi hội, chi đoàn đã {r.choice(_VERBS)} {_work(r)} gắn với {_work(r)}, "
        f"{r.choice(_RESULTS)}."
    ),
    lambda r: f"{_body(r).capitalize()} tiếp {_amount(r)}, giải quyết xong {_amount(r)}.",
    lambda r: (
        f"Ở {_place(r)} và {_place(r)}, phong trào toàn dân {_work(r)} {r.choice(_RESULTS)}."
    ),
    lambda r: f"Qua kiểm tra phát hiện {_amount(r)} chưa bảo đảm; {_body(r)} đã nhắc nhở.",
    lambda r: (
        f"Mô hình \"{_work(r).capitalize()}\" của {_body(r)} thu hút {_amount(r)}, tiết kiệm "
        f"{_money(r)}."
    ),
    lambda r: f"Sản lượng ước đạt {_amount(r)}, giá trị sản xuất {_money(r)}, bằng {_share(r)}.",
    lambda r: (
        f"Việc {_work(r)} được {_body(r)} và {_body(r)} quan tâm, định kỳ hằng tháng đánh giá, "
        f"rút kinh nghiệm."
    ),
    lambda r: (
        f"Trong tháng {r.randint(1, 9)}, {_body(r)} tổ chức {_amount(r)} về {_work(r)} cho "
        f"{_amount(r)} tại {_place(r)}."
    ),
    lambda r: f"Một số chi bộ {r.choice(_RESULTS)}, nhất là trong {_work(r)}.",
)  # fmt: skip
_TASKS: tuple[_Draw, ...] = (
    lambda r: f"Tiếp tục {_work(r)}; phấn đấu có thêm {_amount(r)} ở {_place(r)}.",
    lambda r: f"Chỉ đạo {_body(r)} {r.choice(_VERBS)} {_work(r)} trước ngày 15/12/2023.",
    lambda r: f"Huy động {_money(r)} để {_work(r)}, gắn với {_work(r)}.",
    lambda r: f"Nâng cao chất lượng {_work(r)}, khắc phục việc {r.choice(_REASONS)}.",
)


def _paragraph(rng: random.Random, frames: tuple[_Draw, ...] = _SENTENCES) -> str:
    count = rng.randint(2, 5)
    return " ".join(frame(rng) for frame in rng.sample(frames, min(count, len(frames))))


def _prose(rng: random.Random, paragraphs: int) -> str:
    return "\n\n".join(_paragraph(rng) for _ in range(paragraphs)) + "\n"


def _table(rng: random.Random) -> dict[str, Any]:
    rows: list[list[Any]] = []
    sums = [0, 0, 0]
    for _ in range(rng.randint(4, 12)):
        figures = [rng.randint(10, 900) for _ in sums]
        sums = [a + b for a, b in zip(sums, figures, strict=True)]
        rows.append([_place(rng).capitalize(), *figures])
    rows.append(["Tổng số", *sums])
    heads = rng.sample(("Số hộ", "Nhân khẩu", "Lao động", "Hội viên", "Diện tích (ha)"), 3)
    return {
        "tieu_de": f"Kết quả {_work(rng)}",
        "cot": ["Địa bàn", *({"ten": head, "can": "phai"} for head in heads)],
        "dong": rows,
    }


def _items(rng: random.Random, count: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for _ in range(count):
        item: dict[str, Any] = {
            "tieu_de": _work(rng).capitalize(),
            "noi_dung": _prose(rng, rng.randint(1, 3)),
        }
        if rng.random() < 0.25:
            item["bang"] = _table(rng)
        items.append(item)
    return items


def _sections(data: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the sections of the results that hold running text or a list of items."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _sections(value)
        elif key != "bang_chi_tieu":
            assert isinstance(data, dict)
            yield data, key


def characters(value: Any) -> int:
    """Return how many characters the texts of some data hold."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(characters, value.values()))
    return sum(map(characters, value)) if isinstance(value, list) else 0


def example() -> dict[str, Any]:
    """Return the data of the 9-month example, each time anew."""
    return dict(read_path(str(Path(EXAMPLE))).data)


def draft(size: int, seed: int) -> dict[str, Any]:
    """Return a draft whose texts hold about ``size`` characters; another seed, another draft."""
    rng = random.Random(seed)
    data = example()
    grow = list(_sections(data["ket_qua"]))
    tasks: list[dict[str, Any]] = data["phuong_huong"]["nhiem_vu"]
    limits: list[dict[str, Any]] = data["danh_gia"]["han_che"]
    written = characters(data)
    for holder, key in grow:
        # The example's own sentences stay, so that no two drafts share much but its figures.
        value = holder[key]
        if isinstance(value, str):
            holder[key] = value + "\n" + _paragraph(rng) + "\n"
    turn = 0
    while written < size:
        holder, key = grow[turn % len(grow)]
        turn += 1
        if isinstance(holder[key], str) and len(holder[key]) > _LONG_TEXT:
            holder[key] = [{"tieu_de": _work(rng).capitalize(), "noi_dung": holder[key]}]
        value = holder[key]
        if isinstance(value, list):
            more = _items(rng, rng.randint(1, 3))
            value += more
            written += characters(more)
        else:
            text = _prose(rng, rng.randint(1, 2))
            holder[key] = value + "\n" + text
            written += len(text)
        if turn % 9 == 0:
            fresh = {
                "linh_vuc": rng.choice(tasks[:10])["linh_vuc"],
                "tieu_de": _work(rng).capitalize(),
                "noi_dung": _paragraph(rng, _TASKS) + "\n",
                "chu_tri": _body(rng),
                "thoi_han": "15/12/2023",
            }
            tasks.append(fresh)
            written += characters(fresh)
        if turn % 27 == 0:
            fresh = {
                "ma": f"HC{len(limits) + 1}",
                "linh_vuc": rng.choice(tasks[:10])["linh_vuc"],
                "noi_dung": _paragraph(rng) + "\n",
            }
            limits.append(fresh)
            written += characters(fresh)
    return data
