"""What a text denies outright and counts, says of all and denies of one (XRF007)."""

from __future__ import annotations

import pytest

from vanban.rules._quantities import fold
from vanban.rules.references._denials import counted, denied_of_one

YEAR = 2023

CLASHES = (
    (
        "Trong 9 tháng đầu năm 2023, trên địa bàn chưa phát sinh đơn tố cáo. Uỷ ban nhân dân xã "
        "tiếp nhận 03 đơn tố cáo, giảm 01 đơn so với cùng kỳ."
    ),
    (
        "Trong kỳ, trên địa bàn xã không có trường hợp tảo hôn. Ủy ban nhân dân xã đã phát hiện "
        "02 trường hợp tảo hôn tại ấp 3."
    ),
    (
        "Toàn Đảng bộ không có đảng viên bị thi hành kỷ luật. Chi bộ sinh hoạt tốt. Có 03 đảng "
        "viên bị kỷ luật khiển trách."
    ),
    "Không có học sinh bỏ học; trên địa bàn có 03 em bỏ học, đã vận động 01 em trở lại lớp.",
    (
        "100% chi bộ trực thuộc đều đăng ký nội dung làm theo Bác năm 2023. Có 02 chi bộ chưa "
        "đăng ký nội dung làm theo."
    ),
    "06/06 ấp đều tổ chức Ngày hội Đại đoàn kết. Ấp 5 không tổ chức Ngày hội Đại đoàn kết.",
    (
        "Đàn vật nuôi phát triển ổn định. Không xảy ra dịch bệnh trên gia súc, gia cầm. Bệnh lở "
        "mồm long móng xuất hiện tại 02 hộ ở ấp 3."
    ),
    "Không có hồ sơ trễ hạn. Có 12 hồ sơ trễ hạn, Chủ tịch xin lỗi công dân.",
    "Trong kỳ, toàn xã không còn hộ nghèo. Toàn xã còn 12 hộ nghèo.",
)

NO_CLASHES = (
    "Trong kỳ, không phát sinh đơn tố cáo. Xã tiếp nhận 05 đơn khiếu nại, đã giải quyết xong.",
    "Trong kỳ, không có đơn khiếu nại, tố cáo vượt cấp. Tiếp nhận 12 đơn khiếu nại, tố cáo.",
    "Không có đơn khiếu nại, tố cáo đông người, vượt cấp; tiếp nhận 12 đơn khiếu nại, tố cáo.",
    (
        "Trong 9 tháng không phát sinh đơn khiếu nại, tố cáo mới; đang giải quyết 02 đơn. Có 02 "
        "đơn khiếu nại chuyển từ năm 2022."
    ),
    (
        "Trong kỳ, không phát sinh đơn khiếu nại. Xã tiếp nhận 12 đơn, gồm 10 đơn kiến nghị, 02 "
        "đơn phản ánh."
    ),
    "Trong kỳ, không phát sinh đơn khiếu nại. Kỳ trước tiếp nhận 03 đơn khiếu nại.",
    "Ấp 3 không phát sinh đơn khiếu nại, tố cáo. Toàn xã tiếp nhận 12 đơn khiếu nại, tố cáo.",
    (
        "Tại ấp 3, Nhân dân đồng thuận. Không phát sinh đơn khiếu nại. Toàn xã tiếp nhận 12 đơn "
        "khiếu nại."
    ),
    "Trong kỳ, không xảy ra dịch bệnh trên đàn bò; dịch tả heo châu Phi xuất hiện ở 03 hộ.",
    "Không xảy ra dịch bệnh lớn trên vật nuôi; dịch tả heo châu Phi xuất hiện ở 03 hộ.",
    (
        "Đảng ủy kiểm tra 02 chi bộ. Không có đảng viên vi phạm phải thi hành kỷ luật. Ủy ban "
        "Kiểm tra thi hành kỷ luật 02 đảng viên."
    ),
    (
        "Qua kiểm tra, trong kỳ không có đảng viên vi phạm phải thi hành kỷ luật. Thi hành kỷ "
        "luật 01 đảng viên."
    ),
    "Không có hồ sơ trễ hạn ở lĩnh vực đất đai. Có 03 hồ sơ trễ hạn ở lĩnh vực tư pháp.",
    "Từ tháng 6 không có hồ sơ trễ hạn. Quý I có 12 hồ sơ trễ hạn.",
    "Không có hồ sơ trễ hạn; trước đó có 12 hồ sơ trễ hạn đã xin lỗi.",
    "Không có hồ sơ trễ hạn. Đã xử lý 12 hồ sơ không trễ hạn. Rà soát 40 hồ sơ có nguy cơ trễ hạn.",
    "Không có học sinh bỏ học. Có 05 học sinh bỏ học, đã vận động 05 em trở lại lớp.",
    "Trong kỳ, không xảy ra vụ cháy nghiêm trọng. Xảy ra 02 vụ cháy.",
    "Xảy ra 01 vụ cháy, không có người chết. Có 02 người chết do tai nạn giao thông.",
    (
        "Tất cả các chi bộ đều xây dựng kế hoạch. Chi bộ ấp 4 chưa xây dựng kế hoạch giám sát "
        "chuyên đề."
    ),
    "Tất cả các chi bộ đều sinh hoạt định kỳ. Riêng chi bộ ấp 4 không sinh hoạt định kỳ tháng 5.",
    (
        "Đến nay, tất cả các chi bộ đều sinh hoạt định kỳ đầy đủ. Đầu năm, chi bộ ấp 4 không "
        "sinh hoạt định kỳ."
    ),
    (
        "Tất cả các chi bộ ấp đều đăng ký nội dung làm theo. Chi bộ trường học không đăng ký nội "
        "dung làm theo."
    ),
    "Tất cả các chi bộ đều sinh hoạt định kỳ. Chi bộ ấp 4 không sinh hoạt định kỳ đúng ngày 05.",
    "Không để xảy ra điểm nóng. Xảy ra 01 vụ tranh chấp đất.",
    "Không có hộ nghèo là gia đình chính sách. Có 12 hộ nghèo.",
    "Trong kỳ, không phát sinh tội phạm mới về ma túy. Phát hiện 02 vụ tàng trữ.",
    "Không có cán bộ vi phạm. Có 02 cán bộ vi phạm giao thông do tỉnh gửi thông báo.",
    "Phấn đấu không có học sinh bỏ học; năm học có 05 học sinh bỏ học.",
    "Không xảy ra dịch bệnh trên vật nuôi. Năm 2022 dịch tả heo châu Phi xuất hiện ở 03 hộ.",
    "Toàn xã không còn hộ nghèo. Trong kỳ, có 12 hộ nghèo vươn lên thoát nghèo.",
)


def _found(text: str) -> list[str]:
    folded = fold(text).text
    both = (*counted(folded, YEAR), *denied_of_one(folded, YEAR))
    return [folded[slice(*clash.counter)] for clash in both]


@pytest.mark.parametrize("text", CLASHES)
def test_a_denial_that_is_taken_back_is_found(text: str) -> None:
    assert _found(text)


@pytest.mark.parametrize("text", NO_CLASHES)
def test_a_narrowed_denial_is_left_alone(text: str) -> None:
    assert not _found(text)
