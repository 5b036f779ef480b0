"""Rules that read running text: what they must find, and look-alikes that must stay silent."""

from __future__ import annotations

import pytest

from tests.rules.kit import check, marked, prose, put, sound

# ---- DAT004: months reviewed + months ahead = 12 (the report is of nine months of 2023) ----

SUM_FOUND = [
    ("Kết quả 9 tháng đầu năm và nhiệm vụ 6 tháng cuối năm 2023.", "6 tháng cuối"),
    ("Báo cáo 9 tháng đầu năm, phương hướng, nhiệm vụ 4 tháng cuối năm.", "4 tháng cuối"),
    ("Qua chín tháng đầu năm, nhiệm vụ sáu tháng cuối năm là rất nặng nề.", "sáu tháng cuối"),
    ("Kết quả 9 tháng đầu năm 2023; 6 tháng cuối năm tập trung thu ngân sách.", "6 tháng cuối"),
    ("Kết quả 9 tháng đầu năm, nhiệm vụ 2 tháng còn lại của năm 2023.", "2 tháng còn lại"),
    ("Kết quả 6 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2023.", "6 tháng đầu"),
]
SUM_SILENT = [
    "Kết quả 9 tháng đầu năm và nhiệm vụ 3 tháng cuối năm 2023.",
    "Qua chín tháng đầu năm, ba tháng cuối năm cần tăng tốc.",
    "Kết quả 9 tháng đầu năm tăng 5% so với 6 tháng cuối năm 2022.",
    "Kết quả 9 tháng đầu năm 2023. Trong 6 tháng cuối năm 2022, xã đã hoàn thành 02 tiêu chí.",
    "9 tháng đầu năm xã làm 7 km đường, 2 tháng cuối năm làm nốt 3 km.",
    "6 tháng đầu năm thu đạt 45%, 3 tháng gần đây tăng nhanh.",
    "Kết quả 9 tháng đầu năm 2023, 6 tháng cuối năm 2022 và cả năm 2022 đều tăng.",
    "Báo cáo số 12-BC/ĐU về 9 tháng đầu năm, nhiệm vụ 6 tháng cuối năm đã được sửa.",
    "Từ 6 tháng đầu năm đến nay, nhiệm vụ 3 tháng cuối năm được chuẩn bị kỹ.",
    "So với 6 tháng đầu năm, nhiệm vụ 3 tháng cuối năm nặng hơn.",
]


@pytest.mark.parametrize(("sentence", "place"), SUM_FOUND)
def test_months_that_do_not_add_up(sentence: str, place: str) -> None:
    [(key, found)] = marked(prose(sentence), "DAT004")
    assert found == place
    assert key == ("DAT004.thang_da_qua" if "đầu" in place else "DAT004.thang_con_lai")


@pytest.mark.parametrize("sentence", SUM_SILENT)
def test_months_that_may_stand(sentence: str) -> None:
    assert not marked(prose(sentence), "DAT004")


TITLES = [
    # subject, rule (None: silent), place
    ("sơ kết 9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2023", None, ""),
    ("sơ kết 9 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023", "DAT004", "6 tháng cuối"),
    ("sơ kết 9 tháng, nhiệm vụ 6 tháng cuối năm 2023", "DAT004", "6 tháng cuối"),
    ("sơ kết 6 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2023", "DAT004", "6 tháng đầu"),
    ("sơ kết 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023", "DAT002", "6 tháng đầu"),
    ("sơ kết công tác 7 tháng đầu năm 2023", "DAT002", "7 tháng đầu"),
    ("sơ kết 9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2022", "DAT005", "2022"),
    ("sơ kết 9 tháng đầu năm 2022, nhiệm vụ 3 tháng cuối năm 2023", "DAT005", "2022"),
    ("sơ kết quý III/2022", "DAT005", "2022"),
    ("sơ kết 9 tháng đầu năm 2023 so với 9 tháng đầu năm 2022", None, ""),
    ("sơ kết Nghị quyết số 18-NQ/TW, ngày 25 tháng 10 năm 2017, 9 tháng đầu năm 2023", None, ""),
    ("sơ kết nhiệm kỳ 2020 - 2025, 9 tháng đầu năm 2023", None, ""),
    ("sơ kết thực hiện Nghị quyết năm 2022 trong 9 tháng đầu năm 2023", None, ""),
]


@pytest.mark.parametrize(("subject", "rule", "place"), TITLES)
@pytest.mark.parametrize("where", ["the_thuc.trich_yeu", "ket_qua.tieu_de", "phuong_huong.tieu_de"])
def test_overridden_titles(where: str, subject: str, rule: str | None, place: str) -> None:
    found = marked(put(sound(), where, subject), "DAT")
    assert [(key[:6], text) for key, text in found] == ([(rule, place)] if rule else [])


# ---- DAT005: one year (the report is of 2023) ----

YEAR_FOUND = [
    "Trong 9 tháng đầu năm 2022, Đảng ủy đã lãnh đạo hoàn thành các nhiệm vụ.",
    "Kết quả 9 tháng đầu năm 2022, kinh tế tăng trưởng khá.",
    "Đảng ủy đề ra nhiệm vụ 3 tháng cuối năm 2022.",
    "Chín tháng đầu năm 2021 có nhiều thuận lợi.",
    "Đến hết 9 tháng đầu năm 2024, các chi bộ sinh hoạt đều.",
    "Nhìn chung, qua 9 tháng đầu năm 2022 tình hình ổn định.",
    "Đảng bộ có 10 chi bộ. Trong 9 tháng đầu năm 2022 kết nạp 05 đảng viên.",
    "Đảng bộ có 10 chi bộ. 9 tháng đầu năm 2022, Đảng bộ kết nạp 05 đảng viên.",
]
YEAR_SILENT = [
    "Trong 9 tháng đầu năm 2023, Đảng ủy đã lãnh đạo hoàn thành các nhiệm vụ.",
    "Thu ngân sách tăng 5% so với 9 tháng đầu năm 2022.",
    "Thu ngân sách bằng 105% 9 tháng đầu năm 2022.",
    "Cùng kỳ năm 2022 có 04 vụ; năm 2022 cả xã có 06 vụ.",
    "Nghị quyết số 18-NQ/TW, ngày 25/10/2017 được quán triệt.",
    "Chuẩn bị Kế hoạch năm 2024 và nhiệm kỳ 2020 - 2025.",
    "9 tháng đầu năm 2022 thu 45 tỷ đồng, 9 tháng đầu năm 2023 thu 50 tỷ đồng.",
    "Kết nạp 05 đảng viên (9 tháng đầu năm 2022: 04 đảng viên).",
    "Trong 6 tháng đầu năm 2022, xã chưa có mô hình này.",
    "Báo cáo số 15-BC/ĐU về kết quả 9 tháng đầu năm 2022 đã nêu hạn chế này.",
    'Thực hiện Báo cáo "Kết quả 9 tháng đầu năm 2022" của Huyện ủy.',
    "Phấn đấu trong 9 tháng đầu năm 2024 hoàn thành tuyến đường.",
    "Đảng ủy tổ chức 12 buổi nói chuyện thời sự; 9 tháng đầu năm 2022 là 09 buổi.",
    "Thu đạt 6,84 tỷ đồng. 9 tháng đầu năm 2022 thu 6,31 tỷ đồng; cả năm thu 8,2 tỷ đồng.",
    "Thu 45 tỷ đồng. Thu 9 tháng đầu năm 2022 của ba xã cũ là 40,98 tỷ đồng.",
]


@pytest.mark.parametrize("sentence", YEAR_FOUND)
def test_years_of_another_report(sentence: str) -> None:
    [(key, place)] = marked(prose(sentence), "DAT005")
    assert key == "DAT005.khac_nam"
    assert place.startswith("202") and place != "2023"


@pytest.mark.parametrize("sentence", YEAR_SILENT)
def test_years_that_may_stand(sentence: str) -> None:
    assert not marked(prose(sentence), "DAT005")


def test_years_of_a_quarter() -> None:
    data = put(put(sound(), "ky_bao_cao.loai_ky", "quy"), "ky_bao_cao.tu_ngay", "01/7/2023")
    put(data, "ket_qua.xay_dung_dang.dan_van", "Trong quý III năm 2022, thu 5 tỷ đồng.")
    assert marked(data, "DAT005") == [("DAT005.khac_nam", "2022")]
    put(data, "ket_qua.xay_dung_dang.dan_van", "Trong quý II năm 2022, tăng so với quý III/2022.")
    assert not marked(data, "DAT005")


# ---- DAT009: leading zeros of worded dates ----

ZERO_FOUND = [
    ("Họp ngày 5 tháng 2 năm 2023.", ["5 tháng 2"]),
    ("Họp ngày 5 tháng 12 năm 2023.", ["5"]),
    ("Họp ngày 15 tháng 1 năm 2023.", ["1"]),
    ("Họp ngày 09 tháng 04 năm 2023.", ["04"]),
    ("Ngày 1 tháng 09 năm 2023, xã khai giảng.", ["1 tháng 09"]),
    ("Từ ngày 5 tháng 3 đến ngày 07 tháng 3.", ["5"]),
    ("Họp ngày  6  tháng  10 và ngày 7 tháng 11.", ["6", "7"]),
]
ZERO_SILENT = [
    "Họp ngày 05 tháng 02 năm 2023 và ngày 27 tháng 5 năm 2023.",
    "Họp ngày 5/2/2023, ngày 05/02/2023, ngày 5-2-2023.",
    "Trong 5 ngày 2 tháng qua.",
    "Tháng 02 năm 2023 và tháng 4 năm 2023 không họp.",
    "Họp ngày 15 tháng 13 (gõ thử), ngày 45 tháng 2.",
    "Mỗi ngày 3 tháng 2,5 tấn, mỗi ngày 3 tháng 20%.",
    "Họp ngày 10 tháng 10, ngày 11 tháng 12, ngày 31 tháng 3.",
    "Rằm tháng 7, mùng 5 tháng 5.",
]


@pytest.mark.parametrize(("sentence", "places"), ZERO_FOUND)
def test_zeros_to_mend(sentence: str, places: list[str]) -> None:
    assert marked(prose(sentence), "DAT009") == [("DAT009.so_khong", place) for place in places]


@pytest.mark.parametrize("sentence", ZERO_SILENT)
def test_zeros_that_may_stand(sentence: str) -> None:
    assert not marked(prose(sentence), "DAT009")


@pytest.mark.parametrize("path", ["the_thuc.trich_yeu", "ket_qua.tieu_de", "kien_nghi"])
def test_zeros_are_read_wherever_words_stand(path: str) -> None:
    text = "Kết luận hội nghị ngày 5 tháng 9"
    assert marked(put(sound(), path, text), "DAT009") == [("DAT009.so_khong", "5")]


# ---- NUM004: fractions ----

FRACTION_FOUND = [
    ("Xã đạt 20/19 tiêu chí nông thôn mới.", "vuot", "20/19"),
    ("Có 13/12 chi bộ sinh hoạt đúng kỳ.", "vuot", "13/12"),
    ("Xã có 17/19 tiêu chí đạt 98,47%.", "ty_le", "98,47"),
    ("Có 8.481/9.669 người tham gia bảo hiểm y tế, đạt 78,7%.", "ty_le", "78,7"),
    ("Tỷ lệ hộ nghèo là 14,11% (171/416 hộ).", "ty_le", "14,11"),
    ("Có 17/19 tiêu chí (đạt tỷ lệ 90,47%).", "ty_le", "90,47"),
    ("Giải quyết 2/0 đơn trong kỳ.", "mau_khong", "2/0"),
    ("Có 22/20 đảng viên dự học.", "vuot", "22/20"),
    ("Có 11/11 chi bộ đạt 95%.", "ty_le", "95"),
    ("Số tiêu chí tăng 02 tiêu chí (20/19 tiêu chí).", "vuot", "20/19"),
]
FRACTION_SILENT = [
    "Xã có 17/19 tiêu chí đạt 89,47%.",
    "Xã có 17/19 tiêu chí đạt 89%, làm tròn.",
    "Có 8.481/9.669 người tham gia bảo hiểm y tế, đạt 87,7%.",
    "Tỷ lệ hộ nghèo là 41,11% (171/416 hộ); cận nghèo 3,61% (15/416 hộ).",
    "Chiều ngày 09/10, Đảng ủy họp; ngày 30/9/2023 chốt số liệu.",
    "Tính đến 30/9 chi bộ đã kết nạp xong.",
    "Tặng Huy hiệu Đảng đợt 7/11, đợt 3/2 và 19/5 cho 5 đảng viên.",
    "Nghị định số 12/2023/NĐ-CP, Kế hoạch 15/KH-UBND, Quyết định số 20/19.",
    "Công an xã trực 24/7, trạm y tế trực 24/24 giờ.",
    "Kiểm tra 6/4 cuộc, vượt kế hoạch.",
    "Kết nạp 6/5 đảng viên, đạt 120%.",
    "Kết nạp 10/5 đồng chí, đạt 200% chỉ tiêu.",
    "Có 17/19 tiêu chí, tăng 5% so với cùng kỳ.",
    "Có 3/5 công trình, đạt 80% kế hoạch vốn.",
    "Có 11/11 chi bộ triển khai; tỷ lệ hộ nghèo còn 3,2%.",
    "Tháng 9/2023, năm học 2022/2023, quý 3/2023.",
    "Hơn 2/3 số hộ và 1/2 diện tích đã thu hoạch.",
    "Tờ bản đồ 20/19, thửa 15/3; nhà ở đường 3/2.",
    "Phạm pháp hình sự 34 vụ, giảm 21% (34/43 vụ).",
    "Xảy ra 04 vụ, giảm 2 vụ (6/4 vụ) so với cùng kỳ.",
    "Hộ nghèo giảm 12,5% (35/40 hộ).",
]


@pytest.mark.parametrize(("sentence", "slug", "place"), FRACTION_FOUND)
def test_fractions_that_cannot_be(sentence: str, slug: str, place: str) -> None:
    assert marked(prose(sentence), "NUM004") == [(f"NUM004.{slug}", place)]


@pytest.mark.parametrize("sentence", FRACTION_SILENT)
def test_fractions_that_may_stand(sentence: str) -> None:
    assert not marked(prose(sentence), "NUM004")


# ---- STR003: typed numbering ----

SERIES_FOUND = [
    ("a) Một.\nb) Hai.\nd) Bốn.", "nhay", "d"),
    ("a) Một.\n\nb) Hai.\n\nb) Ba.", "lap", "b"),
    ("1. Một.\n2. Hai.\n4. Bốn.", "nhay", "4"),
    ("I- Một.\nII- Hai.\nIV- Bốn.", "nhay", "IV"),
    ("a) A.\nb) B.\nc) C.\nd) D.\ne) E.", "nhay", "e"),
    ("a) 1.\nb) 2.\nc) 3.\nd) 4.\nđ) 5.\ne) 6.\nf) 7.\ng) 8.", "chu_la", "f"),
    ("1. Một.\na) Ý.\nb) Ý.\n2. Hai.\na) Ý.\nc) Ý.", "nhay", "c"),
    ("Thứ nhất, học. Thứ hai, làm. Thứ tư, theo.", "nhay", "Thứ tư"),
    ("Gồm: thứ nhất là học; thứ hai là làm; thứ hai là theo.", "lap", "thứ hai"),
    (
        "Nội dung thứ tự: thứ nhất, nghe; thứ hai, bàn; thứ ba, góp; thư tư, kết.",
        "sai_chu",
        "thư tư",
    ),
    ("Một là, học. Hai là, làm. Bốn là, theo.", "nhay", "Bốn là"),
]
SERIES_SILENT = [
    "a) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\nđ) Năm.\ne) Sáu.\ng) Bảy.",
    "1. Một.\na) Ý.\nb) Ý.\n2. Hai.\na) Ý.\nb) Ý.\n3. Ba.",
    "Thực hiện điểm a, khoản 2; điểm d) khoản 3 của Điều lệ.",
    "Thu 1.246 triệu đồng.\n15. là số thứ tự của hộ.",
    "d) Chỉ trích một điểm của quy chế.",
    "Thứ nhất, học. Thứ hai, làm. Thứ ba, theo.",
    "Phần thứ nhất nêu kết quả, phần thứ tư nêu kiến nghị.",
    "Họp sáng thứ hai, thứ tư và thứ sáu hằng tuần.",
    "Hội nghị lần thứ nhất, lần thứ ba của nhiệm kỳ.",
    "Thứ nhất, học. Bí thư tư vấn thêm; thư tư nhân gửi đến đều được trả lời.",
    "Một là, học. Hai là, làm. Ba là, theo. Mục tiêu bốn là phụ.",
    "Có hai điểm. Thứ nhất, học. Thứ hai, làm.\n\nVề cán bộ: thứ nhất, chọn; thứ hai, dùng.",
    "I- Một.\nII- Hai.\nV. I. Lê-nin đã nói như vậy.",
]


@pytest.mark.parametrize(("text", "slug", "place"), SERIES_FOUND)
def test_series_with_a_break(text: str, slug: str, place: str) -> None:
    assert marked(prose(text), "STR003") == [(f"STR003.{slug}", place)]


@pytest.mark.parametrize("text", SERIES_SILENT)
def test_series_that_may_stand(text: str) -> None:
    assert not marked(prose(text), "STR003")


def test_series_over_the_items_of_a_list() -> None:
    data = put(sound(), "kien_nghi", ["a) Một.", "b) Hai.", "d) Ba."])
    assert marked(data, "STR003") == [("STR003.nhay", "d")]
    put(data, "kien_nghi", [{"noi_dung": "a) Một."}, {"noi_dung": "c) Một."}])
    assert not marked(data, "STR003")


# ---- DAT007: the word "ước" ----

ESTIMATES = [
    "Thu ngân sách ước đạt 3.120 triệu đồng.",
    "Ước thực hiện 9 tháng đạt 75% kế hoạch.",
    "Số liệu 9 tháng (ước).",
    "Giá trị sản xuất ước tăng 5%.",
    "ước cả năm: 12 tỷ đồng.",
    "Sản lượng lúa (ước 9 tháng) đạt 4.200 tấn.",
]
NO_ESTIMATES = [
    "Quy ước, hương ước của ấp được sửa đổi.",
    "Ước mơ của thanh niên được chắp cánh.",
    "Thực hiện công ước quốc tế.",
    "Mong ước, nguyện ước của Nhân dân.",
    "Cam kết, giao ước thi đua được ký.",
    "Nước sạch đến từng hộ; bước đầu có kết quả.",
]


@pytest.mark.parametrize("sentence", [*ESTIMATES, *NO_ESTIMATES])
def test_word_for_estimates(sentence: str) -> None:
    data = put(prose(sentence), "the_thuc.ngay_ban_hanh", "18/9/2023")
    put(data, "ky_bao_cao.ngay_chot_so_lieu", "15/9/2023")
    found = [key for key, _ in marked(data, "DAT007")]
    assert found == ([] if sentence in ESTIMATES else ["DAT007.thieu_uoc"])


# ---- FMT001, TXT001: characters ----

CHARACTERS_FOUND = [
    ("Hoàn thành ✅ tốt", "FMT001.ngoai_phong", "✅"),
    ("Chữ 漢字 lẫn vào", "FMT001.ngoai_phong", "漢字"),
    ("Cảm ơn ❤️ nhé", "FMT001.ngoai_phong", "❤️"),
    ("Gia đình 👨‍👩‍👧 vui", "FMT001.ngoai_phong", "👨‍👩‍👧"),
    ("Ký hiệu ✓ của Word", "FMT001.ngoai_phong", "✓"),
    ("Chữ thái ก lẫn", "FMT001.ngoai_phong", "ก"),
    ("Đảng\u200b ủy", "TXT001.vo_hinh", "\u200b"),
    ("Đảng\u00ad ủy", "TXT001.vo_hinh", "\u00ad"),
    ("\u2060Đảng ủy", "TXT001.vo_hinh", "\u2060"),
    ("Đảng \u202eủy", "TXT001.dieu_khien", "\u202e"),
    ("Đảng\u2028ủy", "TXT001.dieu_khien", "\u2028"),
    ("Đảng\u0007\u0008 ủy", "TXT001.dieu_khien", "\\u0007\\b"),
    ("Đảng\ufffe ủy", "TXT001.dieu_khien", "\ufffe"),
]
CHARACTERS_SILENT = [
    "Đảng ủy xã Mẫu, “ngoặc kép”, ‘đơn’, – — … § ° ± × ÷ ½",
    "ĂÂĐÊÔƠƯ ăâđêôơư ắằẳẵặ ấầẩẫậ ốồổỗộ ớờởỡợ ứừửữự ỳýỷỹỵ",
    "Dấu cách không ngắt\u00a0và\ttab",
    "Nhiều dòng\nhai dòng",
    "& < > { } % # {{ }} {% %} \" '",
    "Đa\u0309ng u\u0309y dạng tổ hợp",
]


@pytest.mark.parametrize(("text", "key", "place"), CHARACTERS_FOUND)
def test_characters_that_may_not_stand(text: str, key: str, place: str) -> None:
    found = [*marked(prose(text), "FMT001"), *marked(prose(text), "TXT001")]
    assert found == [(key, place)]


@pytest.mark.parametrize("text", CHARACTERS_SILENT)
def test_characters_that_may_stand(text: str) -> None:
    assert not marked(prose(text), "FMT001") and not marked(prose(text), "TXT001")


# ---- what a report may well say: no rule at all has a word about it ----

LOOK_ALIKES = [
    "Thứ nhất, nâng chất lượng; thứ hai, hằng tháng vào thứ bảy sinh hoạt chi bộ.",
    "Họp vào thứ Hai, thứ Tư, thứ Sáu hằng tuần.",
    "Xếp thứ nhất toàn huyện, thứ ba toàn tỉnh.",
    "Nguyễn Văn A (thứ nhất) và Nguyễn Văn B (thứ ba).",
    "Nêu tại điểm a, điểm c khoản 2 Điều 5.\nc) nêu trên không áp dụng.",
    "1. Mở lớp.\n2. Họp.\n2023. Năm nay tốt.",
    "Ưu điểm:\n1. Tốt.\nHạn chế:\n1. Chậm.\n2. Ít.",
    "Kết quả: một là đoàn kết.\nHạn chế: một là chậm; hai là ít.",
    "Thứ nhất: tốt.\n\nNhiệm vụ:\nThứ nhất: làm tốt. Thứ hai: làm nhanh.",
    "Quý I. Tốt.\nQuý III. Tốt hơn.",
    "Tháng 1. Họp.\nTháng 3. Họp.",
    "V. I. Lê-nin dạy rằng phải học.\nC. Mác cũng vậy.",
    "So với 6 tháng cuối năm 2022, số vụ việc giảm.",
    "Trong 3 tháng đầu năm kết nạp 01 đảng viên; 6 tháng đầu năm kết nạp 02 đảng viên.",
    "Đã triển khai nhiệm vụ 6 tháng cuối năm 2023 từ tháng 7.",
    "Giảm 01 vụ so 9 tháng đầu năm 2022.",
    "Bằng 120% cùng kỳ (9 tháng đầu năm 2022: 02 đảng viên).",
    "Nếu như 9 tháng đầu năm 2022 chỉ có 02 đảng viên thì nay có 03 đảng viên.",
    "Trong 3 ngày 9 tháng 10 đợt; trực 5 ngày 2 tháng một lần.",
    "Từ tháng 3 đến tháng 9 năm 2023; ngày 5 hằng tháng họp chi bộ.",
    "Kiểm tra 6/4 cuộc, đạt 150% kế hoạch.",
    "Thoát nghèo 45/40 hộ, đạt 112,5% kế hoạch.",
    "Phát triển 45/40 hội viên, vượt 12,5% kế hoạch.",
    "Chi 1.200/1.000 triệu đồng, đạt 120% dự toán.",
    "Khám 1.250/1.200 lượt người, đạt 104,17%.",
    "Có 5/8 chi bộ hoàn thành xuất sắc, 3/8 chi bộ hoàn thành tốt, đạt 100%.",
    "Có 17/19 tiêu chí đạt, còn 02 tiêu chí chưa đạt (10,53%).",
    "Kỷ niệm 30/4 và 01/5; trực 24/7; lãi suất 7/12 tháng; bản đồ 1/2.000.",
    "Huyết áp 120/80 của 15 người.",
    "Có 1/3 hộ dân tham gia, đạt 33%.",
]


@pytest.mark.parametrize("sentence", LOOK_ALIKES)
def test_sentences_of_real_reports_raise_nothing(sentence: str) -> None:
    assert [finding.key for finding in check(prose(sentence))] == []


FAULTS = [
    ("Nội dung gồm:\na) Một.\na) Hai.\nb) Ba.", "STR003.lap"),
    ("Thứ nhất là đoàn kết.\nThứ ba là kỷ luật.", "STR003.nhay"),
    ("Một là, làm tốt. Hai là, làm nhanh. Bốn là, làm gọn.", "STR003.nhay"),
    ("Nhiệm vụ trong 9 tháng đầu năm 2021 đã xong.", "DAT005.khac_nam"),
    ("Nhân kỷ niệm ngày 3 tháng 2.", "DAT009.so_khong"),
    ("Có 45/40 hộ thoát nghèo.", "NUM004.vuot"),
    ("Có 9/8 chi bộ sinh hoạt đúng kỳ.", "NUM004.vuot"),
    ("Tỷ lệ hộ có nước sạch 95,5% (1.200/1.300 hộ).", "NUM004.ty_le"),
]


@pytest.mark.parametrize(("sentence", "key"), FAULTS)
def test_faults_of_real_reports_raise_one(sentence: str, key: str) -> None:
    assert [finding.key for finding in check(prose(sentence))] == [key]
