"""Clean drafts that hold their texts in every style."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.rules.kit import put, sound

SENTENCES = (
    "Đảng ủy xã đã hoàn thành việc sắp xếp, bổ sung đội ngũ cán bộ của các chi bộ trực thuộc.",
    "Các chi bộ hòa giải kịp thời mâu thuẫn trong Nhân dân và xử lý đúng quy định.",
    "Cấp ủy giám sát chặt chẽ việc chấp hành Điều lệ Đảng ở từng chi bộ nông thôn.",
    "Đoàn thanh niên đạt kết quả xuất sắc trong phong trào sản xuất của địa phương.",
    "Ủy ban Kiểm tra Đảng ủy hướng dẫn các chi bộ khắc phục thiếu sót đã được chỉ ra.",
    "Nhân dân các thôn đồng thuận với chủ trương của Đảng, chính sách của Nhà nước.",
    "Trong 9 tháng đầu năm, Đảng ủy lãnh đạo các chi bộ (gồm 08 thôn) thực hiện tốt nhiệm vụ.",
    "Nhân dân các thôn đoàn kết (theo hương ước), phát triển kinh tế - xã hội ở địa phương.",
    "Ủy ban nhân dân xã phối hợp với Hội Nông dân trong công tác dân vận của Đảng.",
    "Bí thư Đảng ủy và các đồng chí Ủy viên Ban Thường vụ dự mô hình “Chi bộ kiểu mẫu” của thôn.",
    "Cán bộ, đảng viên học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
    "Đoàn công tác thăm mô hình tại Thành phố Hồ Chí Minh và học tập những cách làm hay.",
    "Việc này được giải quyết theo điểm b khoản 1 Điều 82 Luật Đất đai và Luật Khiếu nại.",
    "Đảng viên trung thành với Tổ quốc, với Nhà nước Cộng hòa xã hội chủ nghĩa Việt Nam.",
    "Cấp ủy các cấp bảo đảm quốc phòng - an ninh (có 06 tổ tự quản), giữ vững trật tự của xã.",
    "Phong trào “Dân vận khéo” được các đoàn thể hưởng ứng; người dân tự nguyện hiến đất.",
    "Thanh niên xã Mẫu, tỉnh Nam Định tham gia các câu lạc bộ về chuyển đổi số của Đoàn.",
)
# What is usual in a text is seen from the rest of it: quotation marks, dashes, tone marks.
USUAL = (
    "Các mô hình “Bữa sáng yêu thương”, “Xóm không rác”, “Thắp sáng đường quê”, “Tổ hòa giải” và "
    "“Đội dân phòng” góp phần phát triển kinh tế - xã hội, giữ vững quốc phòng - an ninh; cấp ủy "
    "hòa giải các mâu thuẫn, chăm lo kinh tế - xã hội, quốc phòng - an ninh của xã."
)


@dataclass(frozen=True)
class Held:
    """A line that holds a sentence or a part of it: the style, whether the text begins, ends."""

    number: int
    style: str
    first: bool
    last: bool


_HEAD = """\
# Dự thảo để thử; mọi chú thích phải còn nguyên.
loai: bao-cao-so-ket   # loại
the_thuc:
  co_quan_cap_tren: Đảng bộ huyện Mẫu
  co_quan_ban_hanh: 'Đảng ủy xã Mẫu'
  so: 05
  dia_danh: Xã Mẫu
  ngay_ban_hanh: 09/10/2023
  nguoi_ky: {quyen_han: T/M Ban Chấp hành, chuc_vu: Bí thư, ho_ten: "Nguyễn Văn A"}
  noi_nhan:
    - Ban Thường vụ Huyện ủy (báo cáo)
    - Các chi bộ trực thuộc Đảng ủy xã
    - Lưu Văn phòng Đảng ủy
pham_vi: xay_dung_dang
trinh_tu: xay_dung_dang_truoc
ky_bao_cao:
  loai_ky: chin_thang
  tu_ngay: 01/01/2023
  den_ngay: 30/9/2023
ket_qua:
  xay_dung_dang:
"""
_TAIL = """\
danh_gia:
  han_che:
    - ma: HC1   # mã
      linh_vuc: dang_vien
      noi_dung: Công tác kết nạp đảng viên còn chậm, chưa đạt chỉ tiêu năm.
  nguyen_nhan:
    - loai: chu_quan
      han_che: [HC1]
      noi_dung: Cấp ủy một số chi bộ chưa chủ động phát hiện quần chúng ưu tú.
phuong_huong:
  nhiem_vu:
    - linh_vuc: dang_vien
      noi_dung: Rà soát, bồi dưỡng quần chúng ưu tú, hoàn thành chỉ tiêu kết nạp của năm 2023.
      chu_tri: các chi bộ trực thuộc
      thoi_han: 15/12/2023
"""
KEYS = ("chinh_tri_tu_tuong", "to_chuc", "dang_vien", "kiem_tra_giam_sat", "dan_van")


def parts(sentence: str, places: tuple[int, ...]) -> list[str]:
    """A sentence broken at some of its blanks."""
    lines: list[str] = []
    rest = sentence.split(" ")
    for place in places:
        if 0 < place < len(rest):
            lines.append(" ".join(rest[:place]))
            rest = rest[place:]
    return [*lines, " ".join(rest)]


def yaml_draft(choice: list[tuple[str, str, tuple[int, ...]]]) -> tuple[list[str], list[Held]]:
    """The lines of a clean draft, and those of them that hold its sentences.

    ``choice`` gives for each section the style, the sentence, where its lines break.
    """
    lines = _HEAD.splitlines()
    held: list[Held] = []
    for key, (style, sentence, places) in zip(KEYS, choice, strict=True):
        margin = "      "
        broken = parts(sentence, places)
        if style in ("|", ">", ">-", "|-"):
            lines.append(f"    {key}: {style}")
            if style.startswith("|"):
                broken = [sentence]
            body = [margin + line for line in broken]
        else:
            quote = style if style in ("'", '"') else ""
            body = [f"    {key}: {quote}{broken[0]}", *(margin + line for line in broken[1:])]
            body[-1] += quote + ("  # chú thích" if style == "#" else "")
        last = len(body) - 1
        held += (Held(len(lines) + n, style, n == 0, n == last) for n in range(len(body)))
        lines += body
    lines.append(f"  mat_tran_doan_the: {USUAL}")
    return [*lines, *_TAIL.splitlines()], held


def json_draft(sentences: list[str]) -> dict[str, Any]:
    """The data of a clean draft that holds the sentences."""
    data = sound()
    for key, sentence in zip(KEYS, sentences, strict=True):
        put(data, f"ket_qua.xay_dung_dang.{key}", sentence)
    put(data, "ket_qua.mat_tran_doan_the", USUAL)
    return data


def as_json(data: dict[str, Any], *, escaped: bool) -> str:
    return json.dumps(data, ensure_ascii=escaped, indent=2, default=int) + "\n"
