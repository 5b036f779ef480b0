"""Sentences and drawn tables beside typed figures: mistakes, and what only looks like them."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from tests.rules.kit import KIND, check, put
from vanban.read.reader import read_path

# Against the figures of 9-thang-2023.yaml.
WRONG = [
    "Đảng bộ có 238 đảng viên vào đầu năm, tăng 08 đồng chí và giảm 06 đồng chí.",
    "Trong kỳ, Đảng bộ tăng 09 đảng viên, giảm 05 đảng viên.",
    "Trong 9 tháng, Đảng bộ kết nạp 06 đảng viên.",
    "Công tác phát triển đảng viên được quan tâm, đã kết nạp 4 đảng viên mới, đạt 50% kế hoạch.",
    "Từ đầu năm đến nay, toàn Đảng bộ phát triển được 07 đảng viên mới.",
    "Kết quả, có 06 quần chúng ưu tú được kết nạp vào Đảng.",
    "Đảng bộ xã hiện có 240 đảng viên.",
    "Tổng số đảng viên của Đảng bộ là 243 đồng chí.",
    "Đảng bộ xã Mẫu có 11 chi bộ trực thuộc với 241 đảng viên.",
    "Đảng bộ có 241 đảng viên, trong đó 230 đảng viên chính thức, 11 đảng viên dự bị.",
    "Đảng bộ có 241 đảng viên, trong đó có 95 đảng viên nữ.",
    "Đầu năm, Đảng bộ có 235 đảng viên.",
    "Toàn xã còn 65 hộ nghèo, 85 hộ cận nghèo.",
    "Số hộ nghèo giảm từ 78 hộ xuống còn 62 hộ, chiếm 2,57%.",
    "Hộ nghèo còn 64 hộ, chiếm 2,75% tổng số hộ.",
    "Tỷ lệ hộ nghèo giảm còn 2,75%.",
    "Tỷ lệ bao phủ bảo hiểm y tế đạt 92,5%.",
    "Có 7.534 người tham gia bảo hiểm y tế.",
    "Có 7.543 người tham gia BHYT, đạt 92,81% dân số.",
    "Đến nay, xã đạt 16/19 tiêu chí nông thôn mới.",
    "Xã đã hoàn thành 18/19 tiêu chí.",
    "Thu ngân sách trên địa bàn 9 tháng đạt 6.480 triệu đồng.",
    "Tổng thu ngân sách đạt 7,84 tỷ đồng.",
    "Chi ngân sách 5.890 triệu đồng, bằng 72,93% dự toán.",
    "Thu ngân sách đạt 6.840 triệu đồng, bằng 84,47% dự toán năm.",
    "Các cấp đã hoàn thành 30/37 cuộc kiểm tra, giám sát.",
    "Ủy ban Kiểm tra Đảng ủy tiến hành 06 cuộc kiểm tra, giám sát.",
    "Đã thi hành kỷ luật 03 đảng viên.",
    "Đã kỷ luật 02 đảng viên, trong đó khiển trách 01, cảnh cáo 01.",
    "Ủy ban Kiểm tra tiếp nhận 02 đơn, đã giải quyết xong.",
    "Giao quân 15/14 công dân.",
    "Xã giao quân đạt 13/14 thanh niên.",
    "Tổng đàn bò đạt 2.108 con.",
    "Đàn bò có 2.208 con.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 99,74%.",
    "Tổng đàn bò 2.180 con, đạt 104,1% kế hoạch.",
    "Kết nạp đảng viên đạt 65,2% chỉ tiêu.",
    "Kết nạp 05 đảng viên mới, đạt 65% kế hoạch năm.",
    "Đảng bộ kết nạp mười hai đảng viên.",
    "Công tác kết nạp đảng viên đạt kết quả tốt, kết nạp 06/08 đảng viên.",
    "Đảng bộ đã kết nạp mới 7 đảng viên trong 9 tháng qua.",
    "Tổ chức kết nạp được 6 quần chúng ưu tú vào Đảng.",
    "Ban Chấp hành đã xét, kết nạp 06 quần chúng vào Đảng.",
    "Kết nạp Đảng cho 04 đồng chí, bằng 50% chỉ tiêu.",
    "Về công tác đảng viên: kết nạp 06 đảng viên, đạt 75% so với chỉ tiêu.",
    "Công tác phát triển đảng viên mới đạt 06/08 đồng chí.",
    "Tổng số đảng viên toàn Đảng bộ hiện nay là 245 đồng chí.",
    "Tính đến ngày 30/9/2023, toàn Đảng bộ có 245 đảng viên.",
    "Đảng bộ xã Mẫu hiện có 10 chi bộ trực thuộc với tổng số 242 đảng viên.",
    "Toàn Đảng bộ có 9 chi bộ, 241 đảng viên.",
    "Số đảng viên chính thức là 230 đồng chí, dự bị là 10 đồng chí.",
    "Trong tổng số 241 đảng viên có 231 đảng viên chính thức và 12 đảng viên dự bị.",
    "Đến cuối kỳ, toàn xã còn 67 hộ nghèo (2,57%).",
    "Qua rà soát, toàn xã hiện có 70 hộ nghèo và 85 hộ cận nghèo.",
    "Hộ nghèo toàn xã còn 67 hộ, hộ cận nghèo còn 86 hộ.",
    "Tỷ lệ hộ cận nghèo còn 4,3%.",
    "Tỷ lệ người dân tham gia bảo hiểm y tế toàn xã đạt 93%.",
    "Độ bao phủ BHYT đạt 95%.",
    "Toàn xã có 7.600 người tham gia BHYT, chiếm 91,81% dân số.",
    "Số người tham gia bảo hiểm y tế là 7.453 người.",
    "Xã đã đạt 15/19 tiêu chí xây dựng nông thôn mới.",
    "Kết quả xây dựng nông thôn mới đạt 18/19 tiêu chí.",
    "Đến nay xã đạt 16 tiêu chí nông thôn mới.",
    "Hiện còn 03 tiêu chí chưa đạt là Giao thông, Thu nhập và Môi trường.",
    "Tổng thu ngân sách nhà nước trên địa bàn 9 tháng đầu năm 2023 đạt 7.840 triệu đồng.",
    "Thu ngân sách trên địa bàn được 6,48 tỷ đồng, đạt 80,47% dự toán.",
    "Tổng chi ngân sách xã 9 tháng là 5,89 tỷ đồng.",
    "Toàn Đảng bộ thực hiện 28 cuộc kiểm tra, giám sát.",
    "Trong 9 tháng, các cấp ủy đã hoàn thành 29/38 cuộc kiểm tra, giám sát.",
    "Kỷ luật đảng viên: có 03 đảng viên bị kỷ luật.",
    "Đã tuyển chọn và giao quân 12/14 thanh niên.",
    "Có 13 thanh niên lên đường nhập ngũ.",
    "Cải tạo, trồng mới vườn dừa, cây ăn trái được 30 ha, đạt 106,67% kế hoạch.",
    "Tổng đàn bò hiện có 2.810 con.",
    "Tỷ lệ gia đình dự họp tổ tự quản đạt 86%.",
    "Lao động được giải quyết việc làm là 136 người.",
    "Nhân dân đóng góp làm đường nông thôn 402 triệu đồng.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn chiếm 97,47%.",
    "Kết nạp đảng viên: 06 đồng chí.",
    "Số đảng viên kết nạp mới: 06 đồng chí.",
    "Hộ nghèo: 67 hộ.",
    "Thu ngân sách: 6.480 triệu đồng.",
    "Giao quân: 13/14 công dân.",
    "KẾT NẠP 06 ĐẢNG VIÊN.",
    "Đảng bộ kết nạp sáu đảng viên.",
    "Uỷ ban Kiểm tra Đảng uỷ tiếp nhận 03 đơn.",
    "Tỉ lệ bao phủ BHYT đạt 92,1%.",
    "Đã tổ chức lễ kết nạp cho 06 quần chúng ưu tú.",
    "Kết nạp được 06 đồng chí vào Đảng, đạt 62,5% kế hoạch.",
    "Trong 9 tháng đầu năm 2023 đã kết nạp 06 đảng viên.",
    "Có 06/08 quần chúng được kết nạp.",
    "Số hộ nghèo toàn xã giảm còn 46 hộ.",
    "Đến nay số hộ nghèo còn 46 hộ (1,85%).",
    "Hiện toàn xã còn 46 hộ nghèo, tỷ lệ 1,85%.",
    "Tổng số tiêu chí đạt 16/19 tiêu chí.",
    "Thu, chi ngân sách đúng quy định; thu ngân sách trên địa bàn 9 tháng được 6.480 triệu đồng.",
]

RIGHT = [
    "Huyện có 5.356 đảng viên, kết nạp 90 đảng viên.",
    "Toàn huyện thi hành kỷ luật 38 đảng viên, trong đó khai trừ 04.",
    "Kết nạp 05 đảng viên, đạt 50% kế hoạch huyện giao.",
    "Số hộ nghèo còn 64 hộ, đạt 101,56% kế hoạch.",
    "Trong số 05 đảng viên mới kết nạp có 02 nữ.",
    "Đảng viên dưới 35 tuổi có 60 đồng chí.",
    "Đảng bộ xã có 7 đảng viên được tặng Huy hiệu 30 năm tuổi đảng.",
    "Lễ kết nạp 02 đảng viên được tổ chức trang trọng tại ấp 1.",
    "Sáng ngày 19/5/2023, chi bộ Trường học tổ chức kết nạp 02 đảng viên.",
    "Hướng dẫn các chi bộ kết nạp 02 đảng viên là học sinh.",
    "Rà soát, cho 12 hộ nghèo vay vốn.",
    "Bình xét thoát nghèo cho 16 hộ, còn 3 hộ nghèo thuộc diện bảo trợ.",
    "Xã còn 05 hộ nghèo không có khả năng lao động.",
    "Tỷ lệ hộ nghèo người dân tộc là 10%.",
    "Tỷ lệ bao phủ bảo hiểm y tế học sinh đạt 100%.",
    "Cấp 7.000 thẻ bảo hiểm y tế.",
    "Bảo hiểm y tế: 120 người thuộc hộ nghèo.",
    "Giao quân 02 đảng viên nhập ngũ.",
    "Có 02 công dân nhập ngũ là đảng viên.",
    "Chi ngân sách thường xuyên 4.500 triệu đồng.",
    "Thu ngân sách 3 tháng cuối năm ước 1.660 triệu đồng.",
    "Thu ngân sách trên địa bàn còn thiếu 1.660 triệu đồng.",
    "Trên địa bàn xã có 15 doanh nghiệp, tổng thu ngân sách từ doanh nghiệp đạt 900 triệu đồng.",
    "Các chi bộ kiểm tra 12 đảng viên, giám sát 08 đảng viên.",
    "Đoàn kiểm tra của Huyện ủy thực hiện 02 cuộc kiểm tra, giám sát.",
    "Huyện ủy tiến hành 03 cuộc kiểm tra, giám sát đối với Đảng ủy xã.",
    "Đảng ủy tiến hành 03 cuộc kiểm tra, giám sát chuyên đề.",
    "Ủy ban nhân dân xã thực hiện 08 cuộc kiểm tra, giám sát về môi trường.",
    "Mặt trận Tổ quốc xã tổ chức 04 cuộc kiểm tra, giám sát.",
    "Hội đồng nhân dân xã thực hiện 05 cuộc kiểm tra, giám sát.",
    "Xử lý kỷ luật 01 đảng viên là cán bộ.",
    "Chính quyền xử lý kỷ luật 01 đồng chí.",
    "Ấp văn hóa kiểu mẫu đạt 10/15 tiêu chí.",
    "Xã đạt 19/19 tiêu chí theo bộ tiêu chí giai đoạn 2016 - 2020.",
    "Xã được công nhận đạt 17/19 tiêu chí năm 2022.",
    "Đảng bộ có 238 đảng viên vào đầu năm, tăng 09 đồng chí và giảm 06 đồng chí.",
    "So với cùng kỳ, Đảng bộ tăng 04 đảng viên, giảm 02 đảng viên.",
    "Năm 2022, Đảng bộ kết nạp 09 đảng viên.",
    "Chi bộ ấp 2 kết nạp 01 đảng viên.",
    "Phấn đấu năm 2023 kết nạp 08 đảng viên.",
    "Chỉ tiêu kết nạp 08 đảng viên.",
    "Quý I, Đảng bộ kết nạp 02 đảng viên.",
    "Trong tháng 9, Đảng bộ kết nạp 01 đảng viên.",
    "So với cùng kỳ, Đảng bộ kết nạp 06 đảng viên.",
    "Kết nạp 05 đảng viên, trong đó chi bộ ấp 2 kết nạp 01.",
    "Kế hoạch kết nạp 08 đảng viên.",
    "Có 02 chi bộ kết nạp 03 đảng viên.",
    "Đoàn Thanh niên giới thiệu, kết nạp 04 đảng viên.",
    "Đảng bộ có 227 đảng viên đăng ký làm theo.",
    "Đảng bộ có 238 đảng viên vào đầu năm.",
    "Chi bộ ấp 3 có 27 đảng viên.",
    "Tặng quà cho 40 hộ nghèo.",
    "Ấp 2 còn 15 hộ nghèo.",
    "Đầu năm toàn xã còn 78 hộ nghèo.",
    "Vận động thêm 98 người tham gia bảo hiểm y tế.",
    "Học sinh tham gia bảo hiểm y tế đạt 100%.",
    "Ấp 5 đạt 12/15 tiêu chí.",
    "Năm 2022, xã đạt 15/19 tiêu chí.",
    "Dự toán thu ngân sách 8.500 triệu đồng.",
    "Thu ngân sách cùng kỳ đạt 6.310 triệu đồng.",
    "Thu ngân sách đạt 6,8 tỷ đồng.",
    "Thu ngân sách đạt 6,84 tỷ đồng.",
    "Đảng ủy kiểm tra 02 chi bộ.",
    "Chi bộ có 20 đảng viên chính thức.",
    "Công nhận 06 đảng viên chính thức.",
    "Xã tiếp nhận 12 đơn, giải quyết 11 đơn.",
    "Mới kết nạp được 05 đảng viên, còn thiếu 03 đảng viên so với chỉ tiêu.",
    "Tính đến ngày 30/6/2023, Đảng bộ có 239 đảng viên.",
    "Trong 6 tháng đầu năm, Đảng bộ kết nạp 03 đảng viên.",
    "Nhiệm kỳ 2020 - 2025, Đảng bộ kết nạp 30 đảng viên.",
    "Các đoàn thể kết nạp 163 đoàn viên.",
    "Kết nạp được hơn 04 đảng viên.",
    "Bình quân mỗi năm Đảng bộ kết nạp 07 đảng viên.",
    "Đảng bộ cơ quan có 40 đảng viên.",
    "Huyện giao kết nạp 08 đảng viên.",
    "Nghị quyết đề ra kết nạp 08 đảng viên.",
    "Xã giữ vững 17/19 tiêu chí, phấn đấu đạt 19/19 tiêu chí.",
    "Thu ngân sách tăng 500 triệu đồng so với cùng kỳ.",
    "Tổng thu ngân sách năm 2022 là 9.200 triệu đồng.",
    "Tổ chức lớp bồi dưỡng cho 50 đảng viên mới.",
    "Toàn xã giảm 14 hộ nghèo.",
    "Đảng bộ có 241 đảng viên, tăng 03 đảng viên so với đầu năm.",
    "Đảng bộ kết nạp 05 đảng viên, tăng 01 đảng viên so với cùng kỳ.",
    "Chi bộ Trường học kết nạp 02 đảng viên, chi bộ Quân sự kết nạp 01 đảng viên.",
    "Còn 06 chi bộ chưa kết nạp được đảng viên.",
    "Dự kiến cuối năm kết nạp đủ 08 đảng viên.",
    "Trong 10 đảng viên dự bị, có 06 đồng chí được công nhận chính thức.",
    "Kết nạp 05 đảng viên, trong đó có 03 nữ.",
    "Từ năm 2020 đến nay, Đảng bộ đã kết nạp 32 đảng viên.",
    "Nửa đầu nhiệm kỳ, Đảng bộ kết nạp 24 đảng viên.",
    "Lũy kế từ đầu nhiệm kỳ kết nạp 24 đảng viên.",
    "Theo Nghị quyết, năm 2023 Đảng bộ kết nạp 08 đảng viên trở lên.",
    "Đảng bộ có 208 đảng viên sử dụng Sổ tay đảng viên điện tử.",
    "Đảng bộ có 92 đảng viên là nữ.",
    "Đảng bộ có 02 đảng viên bị kỷ luật, 01 đảng viên xin ra khỏi Đảng.",
    "Đảng bộ có 14 đảng viên được miễn sinh hoạt.",
    "Đảng bộ có 03 chi bộ làm điểm.",
    "Năm 2022 toàn xã có 83 hộ nghèo.",
    "Trao 30 suất quà cho hộ nghèo, 20 suất cho hộ cận nghèo.",
    "Có 16 hộ thoát nghèo, còn lại 64 hộ.",
    "Còn 12 hộ nghèo có nhà tạm.",
    "Hỗ trợ vốn cho 45 hộ nghèo, cận nghèo.",
    "Tỷ lệ hộ nghèo đầu năm là 3,14%.",
    "Hội Nông dân vận động 120 người tham gia bảo hiểm y tế.",
    "Tỷ lệ học sinh tham gia bảo hiểm y tế đạt 100%.",
    "Tỷ lệ hộ nghèo tham gia bảo hiểm y tế đạt 100%.",
    "BHYT đạt 98,7% kế hoạch huyện giao.",
    "Có 450 người tham gia bảo hiểm xã hội tự nguyện.",
    "Ấp 1 đạt 13/15 tiêu chí ấp văn hóa kiểu mẫu.",
    "Xã phấn đấu đạt 19/19 tiêu chí vào cuối năm.",
    "Năm 2021 xã đạt 12/19 tiêu chí.",
    "Tiêu chí Giao thông đạt 03/04 chỉ tiêu.",
    "Xã đạt 11/19 tiêu chí nông thôn mới nâng cao.",
    "Huyện có 09/12 xã đạt 19/19 tiêu chí.",
    "Thu ngân sách quý III đạt 2.100 triệu đồng.",
    "Thu ngân sách tháng 9 đạt 700 triệu đồng.",
    "Thu ngân sách năm 2022 đạt 8.900 triệu đồng.",
    "Chi ngân sách cho sự nghiệp giáo dục 1.200 triệu đồng.",
    "Dự toán thu ngân sách trên địa bàn năm 2023 là 8.500 triệu đồng.",
    "Thu ngân sách đạt thấp so với dự toán 8.500 triệu đồng.",
    "Ban Thường vụ tổ chức 02 cuộc kiểm tra, 01 cuộc giám sát.",
    "Ủy ban Kiểm tra hoàn thành 05/06 cuộc kiểm tra, giám sát.",
    "Các chi bộ tổ chức 19/24 cuộc kiểm tra, giám sát.",
    "Chi bộ kỷ luật 01 đảng viên.",
    "Năm 2022 kỷ luật 04 đảng viên.",
    "Ủy ban Kiểm tra xử lý kỷ luật 01 đảng viên.",
    "Trung đoàn đã tiếp nhận 14 công dân nhập ngũ, trong đó 02 đảng viên.",
    "Năm 2024 xã được giao 15 công dân nhập ngũ.",
    "Khám sơ tuyển cho 62 thanh niên.",
    "Đàn bò của ấp 3 có 420 con.",
    "So với 2.095 con cùng kỳ, tổng đàn bò tăng 85 con.",
    "Giải quyết việc làm cho 163 lao động, trong đó xuất khẩu lao động 12 người.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn tăng 0,57 điểm phần trăm.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn của bộ phận địa chính đạt 95%.",
    "Lĩnh vực đất đai có tỷ lệ hồ sơ giải quyết đúng hạn đạt 97%.",
    "Tỷ lệ gia đình dự họp tổ tự quản ở ấp 4 đạt 52%.",
    "Tỷ lệ gia đình dự họp tổ tự quản phấn đấu đạt 80%.",
    "Đảng bộ xã Lân Cận kết nạp 09 đảng viên.",
    '"Kết nạp 10 đảng viên" là chỉ tiêu cũ.',
    "Đảng bộ có 241 đảng viên, tăng 04 đảng viên so với cùng kỳ năm 2022 (237 đảng viên).",
    "Nếu kết nạp 08 đảng viên thì đạt chỉ tiêu.",
    "Tại kỳ họp ngày 15/7/2023, Đảng bộ có 240 đảng viên.",
    "Bồi dưỡng nhận thức về Đảng cho 09 quần chúng, trong số đó kết nạp 05 quần chúng.",
    "Đợt 19/5 kết nạp 02 đảng viên, đợt 2/9 kết nạp 03 đảng viên.",
    "Đảng bộ được giao kết nạp 08 đảng viên, đã kết nạp 05 đảng viên.",
    "Chi bộ ấp 1 có 32 đảng viên, kết nạp 01 đảng viên.",
    "Mỗi chi bộ kết nạp ít nhất 01 đảng viên.",
    "Toàn huyện kết nạp 120 đảng viên.",
    "Kế hoạch kết nạp đảng viên: 08 đồng chí.",
    "Quần chúng được học lớp cảm tình Đảng: 09 đồng chí; kết nạp: 05 đồng chí.",
    "Nguồn kết nạp còn 12 quần chúng.",
    "Kết nạp đoàn viên mới: 60 đồng chí.",
    "Hộ nghèo được vay vốn: 40 hộ.",
    "Hộ nghèo được hỗ trợ nhà ở là 05 hộ.",
    "Thu ngân sách từ thuế đạt 2.400 triệu đồng.",
    "Thu ngân sách bình quân mỗi tháng 760 triệu đồng.",
    "Số chi ngân sách cho con người 3.100 triệu đồng.",
    "Chi bộ kiểm tra 38 đảng viên, giám sát 10 đảng viên.",
    "Xã có 08 đảng viên là người dân tộc.",
    "Đảng bộ có 25 đảng viên trẻ.",
    "Đảng viên mới: 05 đồng chí.",
    "Đảng viên dự bị được phân công giúp đỡ: 10 đồng chí.",
    "Tổ Đảng có 04 đảng viên chính thức.",
    "Có 03 đảng viên dự bị chuyển chính thức đúng hạn, 01 đảng viên dự bị chậm.",
    "Ban Chấp hành có 15 đồng chí, trong đó 04 đồng chí nữ.",
    "Ban Chấp hành Đảng bộ có 15 đảng viên nữ và nam.",
    "Cán bộ xã có 21 đồng chí, trong đó 20 đảng viên chính thức.",
    "HĐND xã có 25 đại biểu, trong đó 22 đảng viên, 08 nữ.",
    "Xã đạt 2/3 tiêu chí thành phần của tiêu chí Môi trường.",
    "Xã đã đạt thêm 02 tiêu chí.",
    "So với năm 2022 tăng 02 tiêu chí, đạt 17/19 tiêu chí.",
    "Tổng đàn bò giảm 20 con.",
    "Tổng đàn bò tăng từ 2.095 con lên 2.180 con.",
    "Tổng đàn bò sinh sản 900 con.",
    "Tổng đàn bò, trâu có 2.300 con.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn các quý đạt trên 98%.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn lĩnh vực đất đai đạt 97%.",
    "Kết nạp đảng viên đạt tỷ lệ thấp.",
    "Đảng bộ có 07 đồng chí được tặng Huy hiệu Đảng.",
    "Có 45 đảng viên nữ tham gia cấp ủy.",
    "Đảng bộ có 10 chi bộ với 33 cấp ủy viên.",
    "Trong 10 chi bộ có 06 chi bộ ấp.",
    "Đảng bộ có 06 chi bộ ấp và 04 chi bộ cơ quan.",
    "Xảy ra 01 vụ tai nạn giao thông, giảm 02 vụ.",
    "Đã xử lý kỷ luật 01 đồng chí bằng hình thức khiển trách.",
]

# Against the figures of nam-2025.yaml, a report of a whole year after the districts were gone.
WRONG_2025 = [
    "Đảng bộ xã có 45 tổ chức đảng, gồm 03 đảng bộ cơ sở, 22 chi bộ cơ sở và 19 chi bộ khác.",
    "Năm 2025, Đảng bộ kết nạp 39 đảng viên.",
    "Trong năm, toàn Đảng bộ kết nạp được 35 đảng viên mới.",
    "Đảng bộ xã có 04 đảng bộ cơ sở và 22 chi bộ cơ sở.",
    "Đảng bộ có 26 tổ chức cơ sở đảng với 1.124 đảng viên.",
    "Toàn xã còn 117 hộ nghèo, chiếm 2,52%.",
    "Thu ngân sách trên địa bàn cả năm 2025 đạt 41.620 triệu đồng.",
    "Thu ngân sách đạt 42,2 tỷ đồng.",
    "Có 22.790 người tham gia bảo hiểm y tế.",
    "Các cấp hoàn thành 113/116 cuộc kiểm tra, giám sát.",
    "Đã thi hành kỷ luật 12 đảng viên.",
    "Xử lý kỷ luật 11 đảng viên, gồm khiển trách 07, cảnh cáo 03, khai trừ 02.",
    "Tỷ lệ đảng viên sử dụng Sổ tay đảng viên điện tử đạt 92,01%.",
    "Mô hình dân vận khéo được công nhận là 28 mô hình.",
    "Có 39 công dân lên đường nhập ngũ.",
    "Tỷ lệ đảng viên dự học nghị quyết đạt 69,4%.",
]

RIGHT_2025 = [
    "Năm 2026, Đảng bộ kết nạp 36 đảng viên.",
    "Từ ngày 01/7/2025 đến nay, Đảng bộ kết nạp 20 đảng viên.",
    "Sau khi sắp xếp, Đảng bộ kết nạp 20 đảng viên.",
    "6 tháng cuối năm kết nạp 22 đảng viên.",
    "Trước ngày 01/7/2025, các đảng bộ xã cũ kết nạp 17 đảng viên.",
    "Tỷ lệ đảng viên sử dụng Sổ tay đảng viên điện tử năm 2024 đạt 78,6%.",
    "Ở đảng bộ cơ sở Công an, tỷ lệ đảng viên sử dụng Sổ tay đảng viên điện tử đạt 100%.",
    "Trong 41 chi bộ, có 06 chi bộ hoàn thành xuất sắc nhiệm vụ.",
    "Chi bộ ấp 3 có 12 đảng viên chính thức.",
    "Đảng ủy Công an xã có 30 đảng viên.",
    "Đảng ủy giao 44 tổ chức đảng xây dựng kế hoạch.",
    "Kiểm tra 35 tổ chức đảng.",
    "Hộ nghèo đa chiều theo chuẩn mới là 205 hộ.",
    "Đầu năm có 205 hộ nghèo.",
    "Tỷ lệ hộ nghèo giảm 0,5%.",
    "Tỷ lệ hộ nghèo giảm từ 3,02% xuống còn 2,52%.",
    "Có 11.200 người tham gia bảo hiểm y tế hộ gia đình.",
    "Huyện cũ kết nạp 300 đảng viên trong năm.",
    "Đảng bộ xã Mẫu Đông (cũ) có 400 đảng viên.",
    "Đại hội có 150 đại biểu đại diện cho 1.110 đảng viên.",
    "Tại thời điểm sáp nhập, Đảng bộ có 1.105 đảng viên.",
    "Khi thành lập, Đảng bộ có 1.105 đảng viên.",
    "Có 1.035 đảng viên được đánh giá.",
    "Thu ngân sách 6 tháng đầu năm đạt 20.100 triệu đồng.",
    "Thu ngân sách tăng lên 41.260 triệu đồng, trong đó thu từ đất 9.000 triệu đồng.",
    "Dự toán thu ngân sách trên địa bàn 39.000 triệu đồng, thực hiện 41.260 triệu đồng.",
    "Chi ngân sách vượt dự toán 2,1 tỷ đồng.",
    "Kết nạp 37 đảng viên/35 chỉ tiêu.",
    "Chuyển đảng chính thức cho 30 đảng viên dự bị.",
    "Đảng bộ có 30 đảng viên dự bị được công nhận chính thức.",
    "Đề nghị kết nạp 04 quần chúng.",
    "Kết nạp 37 đảng viên (nữ 21 đồng chí), trong đó đoàn viên 26 đồng chí.",
    "Kết nạp 37 đảng viên, đạt 105,71% chỉ tiêu Tỉnh ủy giao và 102,78% chỉ tiêu Đảng ủy giao.",
    "Công an xã tiếp nhận 44 đơn, giải quyết 40 đơn.",
    "Ủy ban Kiểm tra Đảng ủy tiếp nhận 14 đơn, trong đó giải quyết 10 đơn tố cáo.",
    "Có 04 đảng viên bị kỷ luật khiển trách do vi phạm chính sách dân số.",
]

# Shares above 100 %.
OVER = [
    "Tỷ lệ hộ gia đình đạt chuẩn văn hóa chiếm 104%.",
    "Tỷ lệ đảng viên dự sinh hoạt đạt 102,3%.",
    "Tỷ lệ người có thẻ BHYT đạt 103,5% dân số.",
    "Tỷ lệ trẻ em được tiêm chủng đầy đủ là 101%.",
    "Tỷ lệ chi bộ hoàn thành tốt nhiệm vụ đạt 105%.",
]

NOT_OVER = [
    "Tỷ lệ hộ sử dụng điện đạt 100%.",
    "Tỷ lệ tăng trưởng đạt 112%.",
    "Sản lượng lúa đạt 103%.",
    "Tỷ lệ thu quỹ đạt 115%.",
    "BHYT đạt 101% chỉ tiêu.",
    "BHYT đạt 101%, vượt chỉ tiêu giao.",
    "Tỷ lệ hộ nghèo đạt 102% so với kế hoạch giảm nghèo.",
    "Thu ngân sách đạt 108%.",
    "Tỷ lệ dự học tăng 120% so với năm trước.",
    "Vốn đầu tư chiếm 40%, giải ngân đạt 101% kế hoạch.",
    "Năng suất đạt 120% mức bình quân chung.",
    "Tỷ lệ hộ tham gia so với đăng ký đạt 110%.",
    "Tỷ lệ huy động trẻ vào mẫu giáo đạt 103%.",
]


@cache
def _draft(name: str) -> dict[str, Any]:
    return dict(read_path(str(KIND / f"{name}.yaml")).data)


def flagged(name: str, sentences: list[str], rule: str) -> list[str]:
    """The sentences a rule reports when each stands as a line of its own in one section."""
    data = put(copy.deepcopy(_draft(name)), "ket_qua.xay_dung_dang.dan_van", list(sentences))
    found = {f.pointer for f in check(data, rule)}
    place = "/ket_qua/xay_dung_dang/dan_van"
    return [text for index, text in enumerate(sentences) if f"{place}/{index}" in found]


@pytest.mark.parametrize(
    ("name", "wrong", "right", "rule"),
    [
        ("9-thang-2023", WRONG, RIGHT, "NUM003"),
        ("nam-2025", WRONG_2025, RIGHT_2025, "NUM003"),
        ("9-thang-2023", OVER, NOT_OVER, "NUM006"),
    ],
)
def test_sentences(name: str, wrong: list[str], right: list[str], rule: str) -> None:
    """Every wrong sentence is found, no right one is."""
    assert flagged(name, wrong, rule) == wrong
    assert flagged(name, right, rule) == []


def test_one_mistake_is_one_finding() -> None:
    """No sentence raises two rules about figures."""
    data = copy.deepcopy(_draft("9-thang-2023"))
    sentences = [*WRONG, *OVER]
    put(data, "ket_qua.xay_dung_dang.dan_van", list(sentences))
    rules: dict[str, set[str]] = {}
    for finding in check(data):
        if finding.rule in ("NUM003", "NUM004", "NUM005", "NUM006"):
            rules.setdefault(finding.pointer, set()).add(finding.rule)
    assert all(len(several) == 1 for several in rules.values())


LISTS = [
    ("Đảng ủy ban hành 18 văn bản, gồm 03 nghị quyết, 11 kế hoạch và 05 kết luận.", True),
    ("Có 11 đồng chí bị xử lý, gồm khiển trách 07, cảnh cáo 03 và khai trừ 02.", True),
    ("Tổ chức 12 cuộc, gồm 08 cuộc của Ủy ban Kiểm tra và 05 cuộc của chi bộ.", True),
    ("Có 45 tổ chức đảng, gồm 03 đảng bộ, 22 chi bộ cơ sở và 19 chi bộ trực thuộc.", True),
    ("Xã có 25 tổ chức cơ sở đảng, gồm 03 đảng bộ cơ sở và 21 chi bộ cơ sở.", True),
    ("Đảng ủy ban hành 18 văn bản, gồm 03 nghị quyết, 11 kế hoạch và 04 kết luận.", False),
    ("Có 241 đảng viên, gồm 231 chính thức, 10 dự bị, 92 đảng viên nữ.", False),
    ("Thành phần dự 45 đồng chí, gồm các đồng chí Đảng ủy viên và 10 bí thư chi bộ.", False),
    ("Có 06 ấp, gồm 03 ấp văn hóa.", False),
    ("Trồng 100 ha, gồm dừa 60 ha và bưởi 39,5 ha.", False),
    ("Kiểm tra 12 tổ chức, gồm 02 đảng bộ, 10 chi bộ, với 15 đảng viên.", False),
    ("Xử lý 5 hộ, gồm phạt 3 hộ, nhắc nhở 1 hộ và một số hộ khác.", False),
    ("Kết nạp hơn 20 đồng chí, gồm 12 nam đồng chí và 7 đồng chí khác.", False),
]


def test_lists() -> None:
    """Only lists that are surely all parts of the figure before them are added up."""
    texts = [text for text, _ in LISTS]
    assert flagged("9-thang-2023", texts, "NUM005") == [text for text, wrong in LISTS if wrong]


def _table(columns: list[str], rows: list[list[Any]], title: str = "Kết quả") -> Any:
    return [{"tieu_de": title, "bang": {"cot": columns, "dong": rows}}]


TABLES: list[tuple[str, Any, list[str]]] = [
    (
        "ok total row percents of plan",
        _table(
            ["Ấp", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"],
            [["Ấp 1", 10, 8, 80], ["Ấp 2", 10, 12, 120], ["Cộng", 20, 20, 100]],
        ),
        [],
    ),
    (
        "rounded money",
        _table(["Nguồn", "Số tiền (tỷ đồng)"], [["A", 1], ["B", 2], ["C", 2], ["Tổng", 6]]),
        [],
    ),
    (
        "overlap",
        _table(["Nội dung", "Số lượng"], [["Tổng số đảng viên", 241], ["Nữ", 92], ["Dự bị", 10]]),
        [],
    ),
    (
        "trong do",
        _table(
            ["Nội dung", "Số lượng"],
            [["Thu", 10], ["Trong đó: phí", 4], ["Chi", 5], ["Tổng số", 15]],
        ),
        [],
    ),
    (
        "first total ok",
        _table(["Ấp", "Số hộ", "Nghèo"], [["Toàn xã", 30, 5], ["Ấp 1", 10, 2], ["Ấp 2", 20, 3]]),
        [],
    ),
    (
        "first total bad",
        _table(["Ấp", "Số hộ", "Nghèo"], [["Toàn xã", 30, 6], ["Ấp 1", 10, 2], ["Ấp 2", 20, 3]]),
        ["NUM005"],
    ),
    (
        "indicator row",
        _table(
            ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện"],
            [[1, "Tổng đàn bò", "con", 2150, 2108], [2, "Số hộ nghèo", "hộ", 65, 64]],
        ),
        ["NUM003"],
    ),
    (
        "indicator row good",
        _table(
            ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện"],
            [
                [1, "Tổng đàn bò", "con", 2150, 2180],
                [2, "Thu ngân sách trên địa bàn", "tỷ đồng", "8,5", "6,84"],
            ],
        ),
        [],
    ),
    ("other year", _table(["Chỉ tiêu", "Năm 2022", "Năm 2021"], [["Tổng đàn bò", 2095, 2000]]), []),
    (
        "members split",
        _table(
            ["Loại", "Số lượng"],
            [["Đảng viên chính thức", 230], ["Đảng viên dự bị", 10], ["Cộng", 240]],
        ),
        ["NUM003"],
    ),
    (
        "avg",
        _table(
            ["Ấp", "Thu nhập bình quân", "Số hộ"],
            [["Ấp 1", 50, 10], ["Ấp 2", 60, 20], ["Toàn xã", 56, 30]],
        ),
        [],
    ),
    (
        "distinct count",
        _table(["Lớp", "Số buổi", "Số người"], [["A", 2, 40], ["B", 3, 50], ["Tổng số", 5, 90]]),
        [],
    ),
    (
        "class",
        _table(
            ["Đối tượng", "Số lượng"],
            [["Đảng viên", 120], ["Quần chúng", 9], ["Tổng cộng", 129]],
            "Kết quả mở lớp học",
        ),
        [],
    ),
    (
        "next year",
        _table(["Chỉ tiêu", "Thực hiện"], [["Kết nạp đảng viên", 8]], "Chỉ tiêu phấn đấu năm 2024"),
        [],
    ),
    (
        "roman groups",
        _table(
            ["TT", "Nội dung", "Số tiền"],
            [
                ["I", "Thu", 100],
                ["1", "Thuế", 60],
                ["2", "Phí", 40],
                ["II", "Chi", 80],
                ["", "Tổng", 180],
            ],
        ),
        [],
    ),
]


@pytest.mark.parametrize(("name", "appendix", "rules"), TABLES, ids=[row[0] for row in TABLES])
def test_tables(name: str, appendix: Any, rules: list[str]) -> None:
    """Totals, shares and rows of drawn tables."""
    data = put(copy.deepcopy(_draft("9-thang-2023")), "phu_luc", appendix)
    found = [f.rule for f in check(data) if f.rule in ("NUM003", "NUM005", "NUM006")]
    assert found == rules


def _with(**more: Any) -> dict[str, Any]:
    """A sound draft with other typed figures and a sentence about each of them."""
    data = copy.deepcopy(_draft("9-thang-2023"))
    for path, value in more.items():
        put(data, path.replace("__", "."), value)
    return data


DISPUTED: list[tuple[str, dict[str, Any], str]] = [
    (
        "two figures for admissions",
        {"so_lieu__dang_vien__tang__ket_nap": 6},
        "Đảng bộ kết nạp 05 đảng viên.",
    ),
    (
        "a balance that does not close",
        {"so_lieu__dang_vien__cuoi_ky": 242},
        "Đảng bộ có 241 đảng viên.",
    ),
    (
        "full and probationary members that do not make the whole",
        {"so_lieu__dang_vien__du_bi": 12},
        "Đảng bộ có 241 đảng viên, gồm 231 đảng viên chính thức và 10 đảng viên dự bị.",
    ),
    (
        "poor households that do not add up",
        {"so_lieu__ho_ngheo__phat_sinh": 3},
        "Toàn xã còn 65 hộ nghèo.",
    ),
    (
        "two figures of revenue",
        {"so_lieu__ngan_sach__thu": 9200},
        "Thu ngân sách đạt 7.000 triệu đồng.",
    ),
    (
        "two totals of discipline",
        {"so_lieu__kiem_tra__ky_luat__tong": 3},
        "Đã thi hành kỷ luật 03 đảng viên.",
    ),
    (
        "more letters settled than there were",
        {"so_lieu__kiem_tra__don_thu__giai_quyet": 2},
        "Ủy ban Kiểm tra đã giải quyết 01 đơn.",
    ),
]


@pytest.mark.parametrize(("name", "typed", "text"), DISPUTED, ids=[row[0] for row in DISPUTED])
def test_disputed_figures_judge_no_text(name: str, typed: dict[str, Any], text: str) -> None:
    """A typed figure that another rule doubts is no measure for the text."""
    data = put(_with(**typed), "ket_qua.xay_dung_dang.dang_vien", text)
    place = "/ket_qua/xay_dung_dang/dang_vien"
    assert not [f for f in check(data, "NUM003") if f.pointer == place]


OTHERS: list[tuple[dict[str, Any], str, bool]] = [
    ({"so_lieu__sinh_hoat": {"dinh_ky": 90}}, "Có 80 buổi sinh hoạt định kỳ.", True),
    ({"so_lieu__sinh_hoat": {"dinh_ky": 90}}, "Có 90 buổi sinh hoạt định kỳ.", False),
    (
        {"so_lieu__tai_nan_giao_thong": {"vu": 2, "chet": 0, "bi_thuong": 1}},
        "Xảy ra 02 vụ tai nạn giao thông, làm 02 người bị thương.",
        True,
    ),
    (
        {"so_lieu__tai_nan_giao_thong": {"vu": 2, "chet": 0, "bi_thuong": 1}},
        "Xảy ra 02 vụ tai nạn giao thông, làm 01 người bị thương.",
        False,
    ),
    ({}, "Tổng đàn bò có 2.180 con, đạt 101,4% kế hoạch.", False),
    ({}, "Tổng đàn bò đạt 104,1% kế hoạch năm.", True),
    ({}, "Tổng đàn bò đạt 101,39% kế hoạch năm.", False),
    ({}, "Số hộ nghèo còn 64 hộ, chiếm 2,75% tổng số hộ.", True),
]


@pytest.mark.parametrize(("typed", "text", "wrong"), OTHERS)
def test_other_figures(typed: dict[str, Any], text: str, wrong: bool) -> None:
    """Meetings, accidents, percentages of plan and of the whole."""
    data = put(_with(**typed), "ket_qua.xay_dung_dang.dan_van", text)
    assert [f.rule for f in check(data, "NUM003")] == ["NUM003"] * wrong


def test_several_plans_and_own_sections() -> None:
    """Any plan may be the base; sections of one's own are read when they stand among results."""
    data = copy.deepcopy(_draft("9-thang-2023"))
    plans = [{"gia_tri": 2150, "nguon_giao": "Huyện"}, {"gia_tri": 2200, "nguon_giao": "Xã"}]
    put(data, "chi_tieu.2.ke_hoach", plans)
    put(data, "ket_qua.xay_dung_dang.dan_van", "Tổng đàn bò có 2.180 con, đạt 99,09% kế hoạch xã.")
    assert not check(data, "NUM003")
    own = {"tieu_de": "Mục riêng", "noi_dung": "Tổng đàn bò có 2.108 con."}
    put(data, "muc_khac", [{**own, "sau": "ket_qua.xay_dung_dang.dan_van"}])
    assert len(check(data, "NUM003")) == 1
    put(data, "muc_khac", [{**own, "sau": "phuong_huong.muc_tieu"}])
    assert not check(data, "NUM003")
