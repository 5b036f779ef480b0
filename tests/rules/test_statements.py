"""Sentences as clerks write them: those a rule must find, and look-alikes it must leave alone."""

from __future__ import annotations

import pytest

from tests.rules.kit import check, prose, put, sound

FOUND = {
    "NUM009": [
        "Đảng bộ có 1,246 đảng viên.",
        "Kết nạp đạt 62.5 % chỉ tiêu năm.",
        "Vận động quỹ được 182.5 triệu đồng.",
        "Huy động 1 250 lượt người tham gia.",
        "Đàn gia cầm 64.500 con, đàn heo 8400 con.",
        "Tổng số 12,345 Đồng chí.",
        "Tỷ lệ đạt 98.5 phần trăm.",
    ],
    "NUM010": [
        "Diện tích gieo trồng 1.035 ha, đạt 102% kế hoạch tỉnh giao, đạt 97% kế hoạch.",
        "Kết nạp 09 đảng viên, đạt 90% chỉ tiêu và 112,5% chỉ tiêu Đại hội.",
        "Xã thu 2,5 tỷ đồng, bằng 120% dự toán tỉnh giao và bằng 99% dự toán năm 2023.",
    ],
    "NUM011": [
        "Kết nạp 05 đảng viên, tăng 125% so với cùng kỳ (04 đảng viên).",
        "Giao quân 14 công dân, giảm 93,33% so với cùng kỳ năm 2022 (15 công dân).",
        "Số vụ vi phạm là 12 vụ, bằng 20% so với cùng kỳ (10 vụ).",
        "Thu ngân sách đạt 6.840 triệu đồng, tăng 108,4% so với 6.310 triệu đồng của cùng kỳ.",
        "Tổng đàn bò tăng từ 2.095 con lên 2.180 con, tăng 104,06%.",
        "Thu quỹ được 210 triệu đồng, cùng kỳ là 200 triệu đồng, tăng 105%.",
        "Kết nạp 05 đảng viên, so với cùng kỳ năm 2022 là 04 đảng viên, tăng 125%.",
    ],
    "XRF006": [
        "Đồng chí Nguyễn Văn A, Phó Bí thư Đảng ủy xã chủ trì.",
        "Phó Bí thư Đảng ủy xã Nguyễn Văn A kết luận.",
        "Dự có Phó Bí thư Đảng uỷ, đồng chí Nguyễn Văn A.",
        (
            "Ông Lê Văn C - Chủ tịch HĐND xã phát biểu. Bà con đề nghị ông Lê Văn C, Phó Chủ "
            "tịch Hội đồng nhân dân xã trả lời."
        ),
        "Bí thư Đảng ủy Nguyễn Văn A giao việc; đồng chí Bí thư Đảng bộ xã tiếp thu.",
        "Đồng chí Trần Thị B (Phó Bí thư Chi bộ ấp 2) và đồng chí Trần Thị B, Bí thư Chi bộ ấp 2.",
        "Bí thư Đảng uỷ xã Mẫu chủ trì; Phó Bí thư Đảng bộ xã Mẫu dự.",
        (
            "Đồng chí Lê Văn C, Trưởng Công an xã báo cáo. Đồng chí Lê Văn C, Phó Trưởng Công "
            "an xã tiếp thu."
        ),
        (
            "Chủ nhiệm Ủy ban Kiểm tra, đồng chí Phạm Thị D. Đồng chí Phạm Thị D là Phó Chủ "
            "nhiệm Uỷ ban Kiểm tra."
        ),
        (
            "Đồng chí Lê Văn C, Bí thư Chi bộ thôn Đông báo cáo. Đồng chí Lê Văn C, Bí thư "
            "Chi bộ thôn Đoài tiếp thu."
        ),
        (
            "Ông Phạm Văn D, Chủ tịch Hội Nông dân xã nêu ý kiến. Ông Phạm Văn D, Chủ tịch "
            "Hội Cựu chiến binh xã trả lời."
        ),
        "Bà Trần Thị B, Chủ tịch UBND xã chủ trì; bà Trần Thị B, Chủ tịch HĐND xã kết luận.",
        "Thay mặt Ban Thường vụ, đồng chí Nguyễn Văn A, Phó Bí thư Đảng ủy, kết luận.",
        "Chính quyền xã mời đồng chí Nguyễn Văn A, Chủ nhiệm UBKT Đảng ủy, dự họp.",
    ],
    "XRF007": [
        "An ninh trật tự được giữ vững tuyệt đối. Cuối tháng xảy ra 03 vụ trộm cắp.",
        "Trật tự, an toàn xã hội luôn được bảo đảm.\n\nTrộm cắp vặt xảy ra ở các ấp.",
        (
            "Trong kỳ không xảy ra tai nạn giao thông. Ngày 12/8, xảy ra 01 vụ tai nạn giao "
            "thông làm 01 người bị thương."
        ),
        "Nội bộ cấp ủy luôn đoàn kết, thống nhất. Chi bộ ấp 4 có biểu hiện mất đoàn kết.",
        "100% hồ sơ được giải quyết đúng hạn. Có 18 hồ sơ trễ hạn ở lĩnh vực đất đai.",
        "Toàn xã không có học sinh bỏ học. Trường Trung học cơ sở có 03 học sinh bỏ học.",
        "Tất cả chi bộ sinh hoạt đúng kỳ. 02 chi bộ sinh hoạt không đều.",
        "Trật tự xã hội luôn ổn định. Nổi lên tình trạng trộm vặt ở khu vực chợ.",
        "Không có đảng viên vi phạm. Qua kiểm tra phát hiện 03 đảng viên có vi phạm.",
        "Đời sống Nhân dân không ngừng được nâng lên. Đời sống người dân gặp nhiều khó khăn.",
        "Việc thu, nộp đảng phí luôn kịp thời. Thu, nộp đảng phí còn chậm.",
        (
            "Tất cả các ấp đều thực hiện nghiêm túc hương ước văn hóa. Việc thực hiện hương "
            "ước văn hóa tại một số ấp chưa nghiêm túc."
        ),
        "Hoạt động của tổ hòa giải luôn có hiệu quả. Hoạt động của tổ hòa giải kém hiệu quả.",
        (
            "Tình hình Nhân dân vùng dự án luôn ổn định. Tình hình người dân vùng dự án còn "
            "dao động."
        ),
        (
            "Chế độ giao ban được duy trì nghiêm túc ở 10/10 chi bộ. Chế độ giao ban ở chi bộ "
            "ấp 4 chưa nghiêm."
        ),
    ],
    "XRF008": [
        (
            "Thực hiện Quy định số 366-QĐ/TW ngày 30/8/2025 của Bộ Chính trị.\nCăn cứ Quy "
            "định 366-QĐ/TW, ngày 20/8/2025."
        ),
        "Nghị quyết 05-NQ/ĐU ngày 11/3/2023 và Nghị quyết số 05-NQ/ĐU (ngày 13/3/2023).",
        "Thực hiện Hướng dẫn số 36-HD/VPTW, ngày 03/4/2019.",
        "Quyết định số 25/2021/QĐ-TTg ngày 12/12/2022 của Thủ tướng Chính phủ.",
        (
            "Chỉ thị số 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị; Chỉ thị số 05-CT/TW ngày "
            "15/5/2016 của Ban Bí thư."
        ),
        (
            "Nghị quyết số 05-NQ/ĐU, ngày 11/3/2023 của Đảng ủy; Nghị quyết số 05-NQ/ĐU, ngày "
            "17/3/2023 của Đảng ủy xã."
        ),
        (
            "Kế hoạch số 12-KH/ĐU, ngày 20/02/2023 về công tác dân vận. Kế hoạch số 21-KH/ĐU, "
            "ngày 20/02/2023 về công tác dân vận đã hoàn thành."
        ),
    ],
}
SILENT = {
    "NUM009": [
        "Ngày 12.5.2023, xã họp.",
        "Thu nhập bình quân 52,125 triệu đồng/người/năm.",
        "Đất trồng lúa 12,345 ha.",
        "Theo Điều 2.5 của quy chế.",
        "Lúc 7.30 có 1246 người dự.",
        "Mật độ dân số 1,246 người/km2.",
        "Trang 12.5 của phụ lục.",
    ],
    "NUM010": [
        "Kết nạp 09 đảng viên, đạt 90% chỉ tiêu huyện giao và 112,5% chỉ tiêu Nghị quyết Đại hội.",
        "Thu ngân sách đạt 95% kế hoạch, chi ngân sách đạt 90% kế hoạch.",
        "Đạt 80% kế hoạch năm và 105% kế hoạch quý III.",
        "Sản lượng đạt 98% kế hoạch và 105% so với cùng kỳ.",
        "Sản lượng lúa đạt 98% kế hoạch và đàn bò đạt 101% kế hoạch.",
        "Thu và chi lần lượt đạt 98% dự toán và 101% dự toán.",
    ],
    "NUM011": [
        "Kết nạp 05 đảng viên, tăng 25% so với cùng kỳ (04 đảng viên).",
        "Kết nạp 05 đảng viên, bằng 125% so với cùng kỳ (04 đảng viên).",
        "Thu hút 205 lao động, tăng 105% so với cùng kỳ (100 lao động).",
        "Doanh thu tăng 105% so với cùng kỳ.",
        "Số hộ nghèo giảm từ 78 hộ xuống còn 64 hộ, giảm 17,9% so với cùng kỳ.",
        "Kết nạp 05 đảng viên, cùng kỳ 04 đảng viên, tăng 25%.",
        "Thu 210 triệu đồng, cùng kỳ 100 triệu đồng, tăng 110%.",
    ],
    "XRF006": [
        "Đồng chí Trần Thị B, Phó Bí thư Đảng ủy, đồng chí Nguyễn Văn A, Bí thư Đảng ủy cùng dự.",
        "Đồng chí Trần Thị B, Phó Bí thư Đảng ủy, đồng chí Nguyễn Văn A cùng dự.",
        "Bí thư Đoàn Thanh niên xã và Phó Bí thư Đoàn Thanh niên xã dự.",
        "Bí thư Thành ủy Hà Nội và Phó Bí thư Thành ủy Hà Nội.",
        "Bí thư Đảng ủy xã Nguyễn Việt Khái, Phó Bí thư Đảng ủy xã Nguyễn Việt Khái dự.",
        "Đồng chí Nguyễn Văn A, Bí thư Đảng ủy, đồng thời là Phó Bí thư Chi bộ Cơ quan xã.",
        "Năm 2022, đồng chí Nguyễn Văn A là Phó Bí thư Đảng ủy.",
        "Bí thư Đảng ủy xã chỉ đạo Bí thư Đảng ủy Công an xã và Bí thư Đảng bộ bộ phận.",
        "Các đồng chí bí thư đảng bộ, chi bộ; đồng chí Bí thư Đảng ủy xã dự.",
        "Bí thư Đảng ủy xã Mẫu và Bí thư Đảng bộ xã Khác.",
        (
            "Đồng chí Lê Văn C, Phó Trưởng Công an xã được bổ nhiệm giữ chức Trưởng Công an "
            "xã; đồng chí Lê Văn C, Phó Trưởng Công an xã dự."
        ),
        (
            "Đồng chí Lê Thị C, Bí thư Chi bộ ấp 2, được biểu dương. Từ tháng 7, đồng chí Lê "
            "Thị C, Bí thư Chi bộ ấp 4, nhận nhiệm vụ mới."
        ),
        (
            "Đồng chí Lê Văn C, Phó Bí thư Đảng ủy dự. Đồng chí Lê Văn C, Chủ nhiệm Ủy ban "
            "Kiểm tra dự."
        ),
        (
            "Đồng chí Nguyễn Văn A, Bí thư Đảng ủy, Chủ tịch UBND xã dự. Ông Nguyễn Văn A, "
            "Chủ tịch UBND xã kết luận."
        ),
        (
            "Đồng chí Trần Văn B, Bí thư Chi bộ ấp 2 dự. Đồng chí Trần Văn B, Bí thư Chi bộ "
            "kết luận."
        ),
        (
            "Đồng chí Trần Văn B, Chủ tịch UBND xã, Chủ tịch HĐND xã lâm thời; ông Trần Văn "
            "B, Chủ tịch HĐND xã."
        ),
    ],
    "XRF007": [
        "An ninh luôn ổn định, không phát sinh tội phạm mới.",
        "An ninh luôn ổn định. Tuyên truyền phòng, chống trộm cắp; số vụ trộm cắp giảm.",
        "An ninh chính trị luôn ổn định, tuy nhiên xảy ra 02 vụ trộm cắp.",
        "Không xảy ra tai nạn giao thông nghiêm trọng. Xảy ra 02 vụ tai nạn giao thông.",
        "An ninh luôn ổn định. Công an xã triệt phá 02 vụ đánh bạc.",
        "An ninh luôn ổn định. Cần đề phòng tình trạng trộm cắp xảy ra dịp Tết.",
        "Không có đảng viên bị kỷ luật. Có 03 đảng viên vi phạm bị nhắc nhở.",
        "An ninh, trật tự luôn ổn định. Công an xã làm rõ 02 vụ trộm cắp xảy ra từ năm trước.",
        "An ninh, trật tự luôn ổn định, xảy ra 0 vụ phạm pháp hình sự.",
        "Không có hồ sơ trễ hạn. Ngoài ra có 12 hồ sơ quá hạn của kỳ trước đã trả.",
        (
            "Tình hình an ninh nông thôn luôn được giữ vững. Xử lý 05 vụ đánh bạc xảy ra trên "
            "địa bàn huyện."
        ),
        (
            "Đời sống Nhân dân ngày càng được nâng cao. Đời sống của một bộ phận người dân "
            "gặp nhiều khó khăn."
        ),
        "Không có đảng viên vi phạm phải thi hành kỷ luật. Phát hiện 03 đảng viên có vi phạm.",
        "Sinh hoạt chi bộ luôn nghiêm túc. Sinh hoạt chi bộ ở một số chi bộ chưa nghiêm túc.",
        (
            "Hương ước được thực hiện nghiêm túc ở tất cả các ấp. Hương ước ở một số cơ quan "
            "chưa nghiêm túc."
        ),
        "Tư tưởng đảng viên luôn ổn định. Trước khi sắp xếp, tư tưởng đảng viên còn dao động.",
        "Tư tưởng Nhân dân luôn ổn định. Tư tưởng Nhân dân không dao động trước thông tin xấu.",
        "Thời tiết luôn ổn định. Giá cả thị trường diễn biến phức tạp.",
    ],
    "XRF008": [
        "Kết luận số 01-KL/TW, ngày 18/5/2021 và Kết luận số 01-KL/TW, ngày 04/4/2016.",
        "Nghị quyết số 01-NQ/ĐU, ngày 10/01/2025 và Nghị quyết số 01-NQ/ĐU, ngày 05/8/2025.",
        "Hướng dẫn 05-HD/VPTW, ngày 12/01/2026.",
        (
            "Quyết định số 12/QĐ-UBND, ngày 05/3/2023 của Ủy ban nhân dân huyện; Quyết định "
            "số 12/QĐ-UBND, ngày 09/3/2023 của Ủy ban nhân dân xã."
        ),
        "Báo cáo số 12-BC/ĐU, ngày 05/3/2023; Tờ trình số 12-TTr/ĐU, ngày 06/3/2023.",
        (
            "Quyết định số 12/QĐ-UBND, ngày 05/3/2023 và Quyết định số 12/QĐ-UBND, ngày "
            "09/3/2023 của Ủy ban nhân dân huyện."
        ),
        (
            "Thực hiện Nghị quyết số 05-NQ/ĐU, ngày 11/3/2023 và Chương trình số 05-CTr/ĐU, "
            "ngày 13/3/2023."
        ),
        (
            "Kế hoạch số 12-KH/ĐU, ngày 20/02/2023 về công tác tổ chức, cán bộ; Kế hoạch số "
            "13-KH/ĐU, ngày 20/02/2023 về công tác tổ chức, đảng viên."
        ),
        (
            "Quyết định số 12-QĐ/ĐU, ngày 20/02/2023 về việc kết nạp đảng viên đối với quần "
            "chúng A và Quyết định số 13-QĐ/ĐU, ngày 20/02/2023 về việc kết nạp đảng viên đối "
            "với quần chúng B."
        ),
    ],
}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(rule, sentence) for rule, sentences in table.items() for sentence in sentences]


@pytest.mark.parametrize(("rule", "sentence"), cases(FOUND))
def test_found(rule: str, sentence: str) -> None:
    findings = check(prose(sentence), rule)
    assert findings and all(f.pointer.endswith("/dan_van") for f in findings)


@pytest.mark.parametrize(("rule", "sentence"), cases(SILENT))
def test_left_alone(rule: str, sentence: str) -> None:
    assert not check(prose(sentence), rule)


def undated(sentence: str) -> list[str]:
    """What NUM008 quotes in a report without any data date."""
    data = put(prose(sentence), "ky_bao_cao.ngay_chot_so_lieu", None)
    return [str(f.args.get("so")) for f in check(data, "NUM008")]


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("Tổng số đảng viên toàn Đảng bộ là 241 đồng chí.", "241 đồng chí"),
        ("Xã có 2.486 hộ, trong đó 64 hộ nghèo.", "64 hộ nghèo"),
        ("Dân số toàn xã 8.216 nhân khẩu, chủ yếu làm nông.", "8.216 nhân khẩu"),
        ("Chi bộ ấp 3 có 27 đảng viên.", "27 đảng viên"),
    ],
)
def test_figures_at_a_date_without_one(sentence: str, quoted: str) -> None:
    assert undated(sentence) == [quoted]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tính đến 30/9, Đảng bộ có 241 đảng viên.",
        "Có 03 đảng viên vi phạm.",
        "Đảng bộ có 05 đảng viên được kết nạp.",
        "Nghị quyết đề ra đến năm 2025 còn 20 hộ nghèo.",
        "Số liệu chốt đến ngày 30/9/2023.\n\nToàn xã có 64 hộ nghèo.",
    ],
)
def test_dated_figures_and_figures_of_a_period(sentence: str) -> None:
    assert undated(sentence) == []


def test_a_faulty_data_date_is_left_to_the_schema() -> None:
    data = put(prose("Toàn xã có 64 hộ nghèo."), "ky_bao_cao.ngay_chot_so_lieu", "31/9/2023")
    assert not check(data, "NUM008")


def test_two_wordings_the_rarer_is_the_slip() -> None:
    often = "Bí thư Đảng bộ chủ trì. Bí thư Đảng bộ kết luận. Bí thư Đảng ủy dự."
    [finding] = check(prose(often), "XRF006")
    assert finding.args["chuc"] == "Bí thư Đảng ủy" and finding.args["khac"] == "Bí thư Đảng bộ"


def test_the_body_of_the_signer_is_the_issuer() -> None:
    data = put(sound(), "the_thuc.co_quan_ban_hanh", "Ủy ban nhân dân xã Mẫu")
    put(
        data, "the_thuc.nguoi_ky", {"quyen_han": "TM.", "chuc_vu": "Chủ tịch", "ho_ten": "Lê Văn C"}
    )
    council = "Đồng chí Lê Văn C, Phó Chủ tịch Hội đồng nhân dân xã dự."
    assert not check(put(data, "kien_nghi", council), "XRF006")
    own = "Đồng chí Lê Văn C, Phó Chủ tịch Ủy ban nhân dân xã dự."
    [finding] = check(put(data, "kien_nghi", own), "XRF006")
    assert finding.key == "XRF006.hai_chuc"


@pytest.mark.parametrize(
    "rule", ["NUM008", "NUM009", "NUM010", "NUM011", "XRF006", "XRF007", "XRF008"]
)
def test_letters_and_marks_apart_do_no_harm(rule: str) -> None:
    import unicodedata

    for sentence in FOUND.get(rule, ["Toàn xã có 64 hộ nghèo."]):
        for finding in check(prose(unicodedata.normalize("NFD", sentence)), rule):
            assert finding.rule == rule
