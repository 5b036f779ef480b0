"""Đoạn văn không quá dài (TXT040).

Quy định
    Một đoạn văn không nên quá 1.200 ký tự (đổi được bằng tùy chọn ``ky_tu``), tức khoảng nửa trang
    giấy. Đoạn mới bắt đầu sau một dòng trống.

Vì sao
    Đoạn dài gộp nhiều việc: người đọc không tìm được ý, người viết khó thấy chỗ lặp và mâu thuẫn.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy đổi mới công tác vận động. Cán bộ đến từng hộ để lắng nghe và giải thích. Người
          dân nêu ý kiến về đường đi, nước sạch và rác thải. Ý kiến được ghi sổ và chuyển nơi phụ
          trách. Nơi phụ trách trả lời bằng giấy và gọi điện báo lại. Việc khó được đưa ra bàn ở
          cuộc họp đầu tháng. Mặt trận cùng các đoàn thể theo dõi kết quả. Hội Nông dân giúp hội
          viên vay vốn và chọn giống. Hội Phụ nữ nhận chăm sóc trẻ có hoàn cảnh khó khăn. Đoàn
          Thanh niên dọn kênh rạch và trồng cây ven đường. Hội Cựu chiến binh giữ trật tự ở khu dân
          cư. Người cao tuổi khuyên bảo con cháu học hành. Trường học mở cửa sân chơi vào chiều thứ
          Bảy. Trạm Y tế tư vấn cách giữ gìn sức khỏe. Nhiều gia đình hiến đất mở rộng lối đi. Tổ
          tự quản nhắc nhau đóng góp đúng hẹn. Loa truyền thanh nêu gương người tốt, việc tốt. Nhờ
          vậy, bà con hiểu và ủng hộ chủ trương chung. Một số nơi vẫn còn ngại phản ánh điều chưa
          vừa lòng. Cấp ủy nơi ấy phải gần dân hơn nữa. Cán bộ trẻ được giao việc cụ thể để rèn
          luyện. Ai làm tốt thì được biểu dương trước tập thể. Ai chậm trễ thì bị nhắc nhở và phải
          khắc phục. Người dân thấy việc thật thì tin và làm theo, không đợi nhắc nhở nhiều lần. Nơi
          nào cán bộ ngại khó, ngại va chạm thì nơi ấy phong trào lắng xuống. Cách làm này
          sẽ tiếp tục được duy trì ở mọi khu dân cư.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy đổi mới công tác vận động. Cán bộ đến từng hộ để lắng nghe và giải thích.

          Mặt trận cùng các đoàn thể theo dõi kết quả. Nhờ vậy, bà con hiểu và ủng hộ chủ trương
          chung.

Cách sửa
    Tách đoạn theo từng việc bằng một dòng trống.

Nguồn và độ tin cậy
    Bản tin đã công bố có đoạn dài 1.351 ký tự; không văn bản nào định giới hạn, độ tin cậy C.

English:
    A paragraph of at most 1,200 characters (option ``ky_tu``); a blank line begins a new one.
    Information, no fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.text.numbers import vietnamese
from vanban.text.prose import RUNNING

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT040",
    name="long_paragraph",
    severity=Severity.INFO,
    source=Source("Độ dài đoạn văn trong báo cáo đã công bố", Certainty.C),
    options={"ky_tu": 1200},
)

_SHOWN = 6


def check(ctx: Reading) -> Iterator[Finding]:
    """Report paragraphs that are too long."""
    prose = ctx.prose
    limit = max(int(ctx.option(RULE, "ky_tu")), 1)
    for first, last, passage in prose.paragraphs:
        # No paragraph is longer than its passage.
        if passage.role != RUNNING or passage.end - passage.start < limit:
            continue
        start, end = prose.starts[first], prose.end(last - 1)
        # The final mark is part of the paragraph.
        if end - start >= limit:
            shown = min(first + _SHOWN, last) - 1
            yield ctx.mark(
                RULE,
                "dai",
                start,
                end,
                mo_dau=" ".join(prose.text[start : prose.end(shown)].split()),
                so=vietnamese(end - start),
                nhieu_nhat=vietnamese(limit),
            )
