"""Hand-written Documents for the tests of the renderers: no draft, no profile, no composer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vanban.compose.document import (
    Align,
    Appendix,
    Block,
    Cell,
    Column,
    Document,
    HeaderBlock,
    Layout,
    Line,
    Meta,
    Paragraph,
    Recipients,
    Run,
    SignatureBlock,
    Table,
)

# Width in mm of "ĐẢNG CỘNG SẢN VIỆT NAM", 15 pt bold, in Times metrics; typed in, so that the
# tests do not lean on the code they test.
PARTY_TITLE_MM = 72.9
# The rule under the motto; a renderer draws the length that it is given.
MOTTO_MM = 57.9

KIND = "bao-cao-so-ket"

_SENTENCES = (
    (
        "Ban Thường vụ Đảng ủy đã chỉ đạo các chi bộ trực thuộc bám sát chương trình công tác năm, "
        "phân công cấp ủy viên phụ trách từng địa bàn, kiểm tra tiến độ hằng tháng và kịp thời "
        "tháo gỡ khó khăn ngay từ cơ sở."
    ),
    (
        "Trong 9 tháng, toàn xã gieo trồng 1.234,5 ha cây hằng năm, đạt 98,7% kế hoạch và tăng "
        "2,15% so với cùng kỳ; sản lượng lương thực có hạt ước đạt 6.480 tấn."
    ),
    (
        "Tổng thu ngân sách nhà nước trên địa bàn đạt 8.705 triệu đồng, bằng 85,7% dự toán; các "
        "khoản chi bảo đảm đúng định mức, tiết kiệm và công khai theo quy định."
    ),
    (
        "Đảng ủy tổ chức 04 hội nghị học tập, quán triệt nghị quyết với 1.208 lượt cán bộ, đảng "
        "viên tham gia, đạt 96,3%; nội dung tuyên truyền được đổi mới, gắn với việc làm cụ thể ở "
        "từng ấp."
    ),
    (
        "Công tác kiểm tra, giám sát được thực hiện theo chương trình: đã kiểm tra 05 tổ chức "
        "đảng và 12 đảng viên, không phát hiện vi phạm đến mức phải thi hành kỷ luật."
    ),
)


def paragraph(
    style: str, text: str, *, level: int | None = None, keep_next: bool = False, lead: str = ""
) -> Paragraph:
    """Return a paragraph of one run, after a bold lead when one is given."""
    runs = (*((Run(lead, bold=True),) if lead else ()), Run(text))
    return Paragraph(style, runs, level=level, keep_next=keep_next or level is not None)


def _section(number: str, title: str, items: Sequence[str]) -> list[Block]:
    blocks: list[Block] = [paragraph("muc", f"{number} {title.upper()}", level=2)]
    for order, item in enumerate(items, 1):
        blocks.append(paragraph("khoan", f"{order}. {item}", level=3))
        blocks.append(paragraph("noi_dung", _SENTENCES[order % 5] + " " + _SENTENCES[2]))
        blocks.append(paragraph("diem", "a) Kết quả nổi bật", level=4))
        blocks.append(paragraph("gach", "- " + _SENTENCES[(order + 1) % 5]))
        blocks.append(paragraph("cong", "+ " + _SENTENCES[(order + 2) % 5]))
        blocks.append(paragraph("diem", "b) Việc còn chậm", level=4))
        blocks.append(paragraph("noi_dung", _SENTENCES[(order + 3) % 5], lead="Về nguyên nhân: "))
    return blocks


def indicator_table(rows: int = 6, *, landscape: bool = False, size_pt: float = 12) -> Table:
    """Return a table of indicators with a two-row header (spans) and figures on the right."""
    shares = (0.07, 0.35, 0.13, 0.15, 0.15, 0.15)
    aligns: tuple[Align, ...] = ("center", "left", "center", "right", "right", "right")
    head = (
        (
            Cell("TT", "center", bold=True, rowspan=2),
            Cell("Chỉ tiêu", "center", bold=True, rowspan=2),
            Cell("Đơn vị tính", "center", bold=True, rowspan=2),
            Cell("Năm 2023", "center", bold=True, colspan=3),
        ),
        (
            Cell("Kế hoạch", "center", bold=True),
            Cell("Thực hiện", "center", bold=True),
            Cell("Tỷ lệ (%)", "center", bold=True),
        ),
    )
    body = tuple(
        tuple(
            Cell(text, align)
            for text, align in zip(
                (
                    f"{n}",
                    f"Diện tích gieo trồng cây hằng năm của ấp số {n}",
                    "ha",
                    f"1.{n:03d}",
                    f"9{n % 10},5",
                    "" if n == 3 else f"{90 + n % 10},25",
                ),
                aligns,
                strict=True,
            )
        )
        for n in range(1, rows + 1)
    )
    columns = tuple(Column(s, a) for s, a in zip(shares, aligns, strict=True))
    return Table(
        columns,
        head,
        body,
        size_pt=size_pt,
        landscape=landscape,
        caption="Kết quả thực hiện các chỉ tiêu chủ yếu",
    )


def wide_table(rows: int, cols: int, *, landscape: bool = True) -> Table:
    """Return a table of ``rows`` × ``cols`` whose every cell holds a text of its own."""
    first = 0.2
    rest = (1 - first) / (cols - 1)
    columns = (Column(first), *(Column(rest, "right") for _ in range(cols - 1)))
    header = (
        (
            Cell("Chi bộ", "center", bold=True),
            *(Cell(f"Cột {c}", "center", bold=True) for c in range(2, cols + 1)),
        ),
    )
    body = tuple(
        (
            Cell(f"Chi bộ ấp Mẫu {r}"),
            *(Cell(f"{r}.{c:02d}0", "right", bold=c == cols) for c in range(2, cols + 1)),
        )
        for r in range(1, rows + 1)
    )
    return Table(columns, header, body, size_pt=10, landscape=landscape, caption="Biểu tổng hợp")


def party_document() -> Document:
    """Return a Party report of several pages: every style, one table, three appendices."""
    body: list[Block] = [
        paragraph(
            "noi_dung",
            "Thực hiện Chương trình công tác năm 2023, Ban Chấp hành Đảng bộ xã Mẫu báo cáo kết "
            "quả lãnh đạo thực hiện nhiệm vụ 9 tháng đầu năm, số liệu chốt đến ngày 30/9/2023, "
            "như sau:",
        ),
        paragraph("phan", "Phần thứ nhất", level=1),
        paragraph("ten_phan", "KẾT QUẢ LÃNH ĐẠO THỰC HIỆN NHIỆM VỤ 9 THÁNG ĐẦU NĂM 2023", level=1),
        *_section(
            "I-",
            "Công tác xây dựng Đảng",
            (
                "Công tác chính trị, tư tưởng",
                "Công tác tổ chức, sinh hoạt chi bộ",
                "Công tác kiểm tra, giám sát và thi hành kỷ luật đảng",
            ),
        ),
        *_section("II-", "Lãnh đạo phát triển kinh tế - xã hội", ("Kinh tế", "Văn hóa - xã hội")),
        indicator_table(),
        *_section("III-", "Đánh giá chung", ("Ưu điểm", "Hạn chế, khuyết điểm")),
        paragraph("phan", "Phần thứ hai", level=1),
        paragraph("ten_phan", "PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM 3 THÁNG CUỐI NĂM 2023", level=1),
        *_section("I-", "Nhiệm vụ, giải pháp chủ yếu", ("Lãnh đạo chính trị", "Tổ chức")),
        paragraph("muc", "II- KIẾN NGHỊ, ĐỀ XUẤT", level=2),
        paragraph(
            "noi_dung",
            "Đề nghị Ban Thường vụ Huyện ủy quan tâm bố trí kinh phí sửa chữa trụ sở làm việc của "
            "Đảng ủy xã.",
        ),
    ]
    appendices = (
        Appendix(
            (Line("Phụ lục 1", "phu_luc"), Line("KẾT QUẢ THỰC HIỆN CHỈ TIÊU", "ten_phu_luc")),
            (replace(indicator_table(14), caption=None),),
        ),
        Appendix(
            (Line("Phụ lục 2", "phu_luc"), Line("TỔNG HỢP THEO CHI BỘ", "ten_phu_luc")),
            (replace(wide_table(30, 12, landscape=False), caption=None),),
            landscape=True,
        ),
        Appendix(
            (Line("Phụ lục 3", "phu_luc"), Line("GHI CHÚ VỀ SỐ LIỆU", "ten_phu_luc")),
            (paragraph("noi_dung", _SENTENCES[0]),),
        ),
    )
    return Document(
        meta=Meta(
            title="Báo cáo sơ kết công tác xây dựng Đảng 9 tháng đầu năm, phương hướng, nhiệm vụ "
            "3 tháng cuối năm 2023",
            author="Đảng ủy xã Mẫu",
            subject="Số 05-BC/ĐU",
            created="2023-10-09T00:00:00Z",
            kind=KIND,
            profile="dang-hd36",
        ),
        layout=Layout(body_pt=14, line_pt=18, line_multiple=None, duplex=False),
        header=HeaderBlock(
            left=(
                Line("ĐẢNG BỘ HUYỆN MẪU", "cap_tren"),
                Line("ĐẢNG ỦY XÃ MẪU", "ban_hanh"),
            ),
            right=(Line("ĐẢNG CỘNG SẢN VIỆT NAM", "tieu_de", rule_mm=PARTY_TITLE_MM),),
            left_low=(Line("*", "sao"), Line("Số 05-BC/ĐU", "so")),
            right_low=(Line("Xã Mẫu, ngày 09 tháng 10 năm 2023", "ngay"),),
            left_mm=75,
            right_mm=90,
        ),
        title=(
            Line("BÁO CÁO", "ten_loai"),
            Line(
                "sơ kết công tác xây dựng Đảng 9 tháng đầu năm, phương hướng, nhiệm vụ 3 tháng "
                "cuối năm 2023",
                "trich_yeu",
            ),
            Line("-----", "gach_trich_yeu"),
        ),
        body=tuple(body),
        signature=SignatureBlock(
            authority=(Line("T/M BAN CHẤP HÀNH", "quyen_han"),),
            office=(Line("BÍ THƯ", "chuc_vu"),),
            room_lines=5,
            name=Line("Nguyễn Văn A", "ho_ten"),
            left_mm=80,
            right_mm=85,
        ),
        recipients=Recipients(
            Line("Nơi nhận:", "noi_nhan"),
            (
                Line("- Ban Thường vụ Huyện ủy (báo cáo);", "noi_nhan_dong"),
                Line("- Các đồng chí Ủy viên Ban Chấp hành Đảng bộ xã;", "noi_nhan_dong"),
                Line("- Các chi bộ trực thuộc;", "noi_nhan_dong"),
                Line("- Lưu Văn phòng Đảng ủy.", "noi_nhan_dong"),
            ),
        ),
        appendices=appendices,
    )


def state_document() -> Document:
    """Return a report of a state body (Nghị định 30): rules under three lines, blanks to fill.

    Printed on both sides; its appendices count their own pages.
    """
    party = party_document()
    return replace(
        party,
        meta=replace(
            party.meta,
            author="Ủy ban nhân dân xã Mẫu",
            subject="Số:      /BC-UBND",
            profile="nd30",
            created=None,
        ),
        layout=Layout(body_pt=14, line_pt=None, line_multiple=1.15, duplex=True),
        header=HeaderBlock(
            left=(
                Line("UBND HUYỆN MẪU", "cap_tren"),
                Line("ỦY BAN NHÂN DÂN XÃ MẪU", "ban_hanh", rule_mm=26.0),
            ),
            right=(
                Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "tieu_de"),
                Line("Độc lập - Tự do - Hạnh phúc", "tieu_ngu", rule_mm=MOTTO_MM),
            ),
            left_low=(Line("Số:      /BC-UBND", "so"),),
            right_low=(Line("Xã Mẫu, ngày      tháng 10 năm 2023", "ngay"),),
            left_mm=66,
            right_mm=99,
        ),
        title=(
            Line("BÁO CÁO", "ten_loai"),
            Line("Kết quả công tác 9 tháng đầu năm 2023", "trich_yeu", rule_mm=34.0),
        ),
        signature=replace(
            party.signature,
            authority=(Line("TM. ỦY BAN NHÂN DÂN", "quyen_han"),),
            office=(Line("CHỦ TỊCH", "chuc_vu"),),
        ),
        appendices=tuple(
            replace(
                appendix,
                titles=(
                    *appendix.titles,
                    Line("(Kèm theo Báo cáo của Ủy ban nhân dân xã Mẫu)", "kem_theo"),
                ),
                numbered_anew=True,
            )
            for appendix in party.appendices
        ),
        recipients=Recipients(
            Line("Nơi nhận:", "noi_nhan"),
            (
                Line("- Ủy ban nhân dân huyện;", "noi_nhan_dong"),
                Line("- Lưu: VT, VP.", "noi_nhan_dong"),
            ),
        ),
    )


def own_numbers_document() -> Document:
    """Return a state report, printed on one side, whose appendices count their own pages.

    The first is of two upright pages, the second lies, the third has a turned table between two
    texts, the fourth begins with one.
    """
    state = state_document()
    upright = replace(indicator_table(36), caption=None)
    lying = wide_table(12, 12)

    def appendix(number: str, *blocks: Block, landscape: bool = False) -> Appendix:
        titles = (Line(f"Phụ lục {number}", "phu_luc"), Line("SỐ LIỆU", "ten_phu_luc"))
        return Appendix(titles, blocks, landscape=landscape, numbered_anew=True)

    return replace(
        state,
        layout=replace(state.layout, duplex=False),
        body=state.body[:3],
        appendices=(
            appendix("I", upright),
            appendix("II", wide_table(30, 12, landscape=False), landscape=True),
            appendix(
                "III",
                paragraph("noi_dung", _SENTENCES[0]),
                paragraph("khoan", "1. Số liệu theo chi bộ", level=3),
                lying,
                paragraph("noi_dung", _SENTENCES[1]),
            ),
            appendix("IV", lying, paragraph("noi_dung", _SENTENCES[2])),
        ),
    )


def long_table_document(rows: int = 60, cols: int = 12) -> Document:
    """Return a Party report with one big landscape table in the body and one in an appendix."""
    party = party_document()
    return replace(
        party,
        body=(
            paragraph("muc", "I- SỐ LIỆU TỔNG HỢP", level=2),
            paragraph("noi_dung", _SENTENCES[0]),
            wide_table(rows, cols),
            paragraph("noi_dung", _SENTENCES[1]),
        ),
        appendices=(
            Appendix(
                (Line("Phụ lục", "phu_luc"), Line("SỐ LIỆU THEO CHI BỘ", "ten_phu_luc")),
                (replace(wide_table(rows, cols), caption=None),),
                landscape=True,
            ),
        ),
    )


def long_names_document() -> Document:
    """Return a Party report whose names fill the head of page 1 to the last millimetre."""
    party = party_document()
    return replace(
        party,
        header=HeaderBlock(
            left=(
                Line("ĐẢNG BỘ THÀNH PHỐ", "cap_tren"),
                Line("HỒ CHÍ MINH", "cap_tren"),
                Line("ĐẢNG ỦY PHƯỜNG", "ban_hanh"),
                Line("BẮC NHA TRANG", "ban_hanh"),
            ),
            right=(Line("ĐẢNG CỘNG SẢN VIỆT NAM", "tieu_de", rule_mm=PARTY_TITLE_MM),),
            left_low=(Line("*", "sao"), Line("Số 127-BC/UBKTĐU", "so")),
            right_low=(Line("Đặc khu Phú Quý, ngày 27 tháng 10 năm 2026", "ngay"),),
            left_mm=71.5,
            right_mm=93.5,
        ),
        appendices=(),
    )
