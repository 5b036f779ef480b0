"""The marks in the Document: from the draft, by the profile, in reading order, in every format."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.marks.conftest import MARKED, PROFILES, Book, bare, composed, formalities, full, marked
from vanban.check.engine import validate
from vanban.compose.profile import load_profile
from vanban.finding import Certainty
from vanban.read.reader import from_mapping, read_path

every = pytest.mark.parametrize("profile", PROFILES)


def texts(data: dict[str, Any]) -> list[str]:
    return list(composed(data).texts())


@every
def test_texts_come_in_reading_order(profile: str) -> None:
    found = list(full(profile).texts())
    state = profile == "nd30"
    wanted = [
        *(["LƯU HÀNH NỘI BỘ"] if state else []),
        "ĐẢNG CỘNG SẢN VIỆT NAM" if not state else "Độc lập - Tự do - Hạnh phúc",
        "MẬT",
        "THƯỢNG KHẨN" if state else "KHẨN",
        *([] if state else ["TÀI LIỆU HỘI NGHỊ"]),
        "Dự thảo lần 3" if state else "Dự thảo lần 2",
        "Địa chỉ: Ấp 1, xã Mẫu, tỉnh Mẫu",
        "BÁO CÁO",
        "Nơi nhận:",
        "- Lưu: VT. PL.(12)" if state else "ToànKiên-12",
        "Trần Thị B" if state else "Nguyễn Văn A",
        "SAO LỤC" if state else "SAO Y",
        "Lê Văn C",
    ]
    places = [found.index(text) for text in wanted]
    assert places == sorted(places)
    assert found[-1] == "Lê Văn C"


@every
def test_without_marks_nothing_is_left_of_them(profile: str) -> None:
    document = bare(profile)
    assert document.watermark is None and document.copy is None and document.contact == ()
    head = document.header
    assert (head.above, head.under_number, head.under_date) == ((), (), ())
    assert document.recipients.after == ()


@pytest.mark.parametrize(
    ("profile", "form", "number"),
    [
        ("dang-hd36", "sao_y", "Số 24-BS/ĐU"),
        ("dang-hd05", "trich_sao", "Số 24-BS/ĐU"),
        ("nd30", "sao_y", "Số: 24/SY-UBND"),
        ("nd30", "sao_luc", "Số: 24/SL-UBND"),
        ("nd30", "trich_sao", "Số: 24/TrS-UBND"),
    ],
)
def test_number_and_title_of_a_copy(profile: str, form: str, number: str) -> None:
    data = marked(profile)
    data["the_thuc"]["ban_sao"] = {**data["the_thuc"]["ban_sao"], "hinh_thuc": form, "so": 24}
    document = composed(data)
    assert document.copy is not None
    head = document.copy.head
    assert head.left_low[-1].text == number
    title = {"sao_y": "SAO Y", "sao_luc": "SAO LỤC", "trich_sao": "TRÍCH SAO"}[form]
    assert [line.text for line in head.right] == [title]


def test_a_copy_without_number_and_day_leaves_room() -> None:
    data = marked("nd30")
    copied = {**data["the_thuc"]["ban_sao"], "ngay_sao": "10/2023"}
    del copied["so"]
    document = composed(marked("nd30", ban_sao=copied))
    assert document.copy is not None
    head = document.copy.head
    assert re.fullmatch(r"Số: \s{3,}/SL-UBND", head.left_low[-1].text)
    assert re.fullmatch(r"Xã Mẫu, ngày\s{5,}tháng 10 năm 2023", head.right_low[0].text)


def test_the_symbol_of_another_body_that_copies_is_its_own() -> None:
    copied = formalities("dang-ban-sao")["ban_sao"]
    own = composed(marked("dang-hd36", ky_hieu_co_quan="ĐUX", ban_sao=copied))
    other = {**copied, "co_quan_sao": "Ủy ban Kiểm tra Đảng ủy xã Mẫu", "ky_hieu_co_quan": "UBKTĐU"}
    theirs = composed(marked("dang-hd36", ky_hieu_co_quan="ĐUX", ban_sao=other))
    assert own.copy is not None and theirs.copy is not None
    assert own.copy.head.left_low[-1].text == "Số 24-BS/ĐUX"
    assert theirs.copy.head.left_low[-1].text == "Số 24-BS/UBKTĐU"


@pytest.mark.parametrize("typed", [1, 2, "02"])
def test_the_number_of_a_draft(typed: Any) -> None:
    document = composed(marked("dang-hd36", du_thao_lan=typed))
    assert f"Dự thảo lần {int(typed)}" in [line.text for line in document.header.under_date]
    assert document.watermark == "DỰ THẢO"


@pytest.mark.parametrize("typed", [0, -1, "hai", 1.5, True])
def test_what_is_no_number_makes_no_draft(typed: Any) -> None:
    document = composed(marked("dang-hd36", du_thao_lan=typed))
    assert document.watermark is None
    assert not any("Dự thảo" in text for text in document.texts())


def test_urgencies_and_secrecies_have_the_boxes_of_the_decree() -> None:
    sizes = {"Khẩn": 20, "Thượng khẩn": 40, "Hỏa tốc": 30, "HOẢ TỐC": 30}
    for typed, width in sizes.items():
        [line] = composed(marked("nd30", do_mat=None, do_khan=typed)).header.under_number
        assert line.box_mm == (width, 8)
    # Words of no regulation are boxed by their length, and too long ones not at all.
    [line] = composed(marked("nd30", do_mat=None, do_khan="Gấp")).header.under_number
    assert line.box_mm is not None and 10 < line.box_mm[0] < 20
    long = "Hỏa tốc hẹn giờ đến 17 giờ 30 phút ngày 09 tháng 10 năm 2023"
    lines = composed(marked("nd30", do_mat=None, do_khan=long)).header.under_number
    assert len(lines) > 1 and all(line.box_mm is None for line in lines)


def test_a_long_contact_is_broken_into_lines_that_fit() -> None:
    long = "Trụ sở Đảng ủy, Hội đồng nhân dân, Ủy ban nhân dân xã Mẫu, đường số 1, " * 3
    document = composed(marked("dang-hd36", lien_he={"dia_chi": long, "fax": "0200"}))
    assert [line.text for line in document.contact][-1] == "Fax: 0200"
    assert len(document.contact) > 2
    assert " ".join(line.text for line in document.contact[:-1]).split()[2:] == long.split()


@pytest.mark.parametrize("name", PROFILES)
def test_no_figure_of_a_mark_is_presented_as_law_without_a_source(name: str) -> None:
    """What no source gives a size for is certainty C and says where the figure was taken from."""
    profile = load_profile(name)
    lacking = {
        "nd30": ("do_mat", "du_thao_lan"),
        "dang-hd36": ("do_mat", "pham_vi_luu_hanh", "du_thao_lan", "lien_he", "hinh_thuc_sao"),
    }.get(name, ("do_mat", "pham_vi_luu_hanh", "du_thao_lan", "lien_he", "hinh_thuc_sao"))
    for style in lacking:
        size = profile.figure(f"style.{style}.size")
        assert size.certainty is Certainty.C and size.note, style
    places = [n for n in profile.figures() if n.startswith("place.")]
    assert len(places) == 5
    for path in places:
        known = {"place.do_khan", "place.nguoi_danh_may"}
        assert profile.figure(path).certainty is Certainty.C or path in known


class _Hidden(HTMLParser):
    """Collects the text inside elements that are hidden from a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.shown, self._depth = "", "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth or dict(attrs).get("aria-hidden") == "true":
            self._depth += tag not in ("br", "col", "meta")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.hidden += data
        else:
            self.shown += data


@every
def test_in_html_the_marks_are_text_and_the_watermark_is_not(
    pages: dict[str, str], profile: str
) -> None:
    reader = _Hidden()
    reader.feed(pages[profile])
    assert reader.hidden.strip() == "DỰ THẢO"
    for text in full(profile).texts():
        assert "".join(text.split()) in "".join(reader.shown.split())


@every
def test_every_text_is_in_the_pdf(pdfs: dict[str, Book], profile: str) -> None:
    with pypdfium2.PdfDocument(pdfs[profile].data) as book:
        shown = "".join("".join(p.get_textpage().get_text_bounded().split()) for p in book)
    for text in full(profile).texts():
        assert "".join(text.split()) in shown.replace("\x02", "-")


@every
def test_in_word_the_marks_are_paragraphs_in_their_styles(
    words: dict[str, bytes], profile: str
) -> None:
    made = docx.Document(io.BytesIO(words[profile]))
    found: dict[str | None, list[str]] = {}
    for paragraph in made.element.body.iter(qn("w:p")):
        style = paragraph.pPr.pStyle.val if paragraph.pPr is not None else None
        found.setdefault(style, []).append("".join(t.text for t in paragraph.iter(qn("w:t"))))
    assert found["VBDoMat"] == ["MẬT"]
    assert found["VBHinhThucSao"] == ["SAO LỤC" if profile == "nd30" else "SAO Y"]
    assert len(found["VBDoKhan"]) == len(found["VBPhamViLuuHanh"]) == 1
    assert len(found["VBDuThaoLan"]) == 1
    foot = made.sections[0].first_page_footer
    shown = [p.text for p in foot.paragraphs if p.text]
    assert shown == [line.text for line in full(profile).contact]
    # The contact is on page 1 of the document alone, not on that of an appendix.
    for section in list(made.sections)[1:]:
        assert not any(p.text for p in section.first_page_footer.paragraphs)
    assert not any(p.text for p in made.sections[0].footer.paragraphs)


@pytest.mark.parametrize("path", sorted(MARKED.glob("*.yaml")), ids=lambda p: p.stem)
def test_examples_with_marks_are_sound(path: Any) -> None:
    draft = read_path(str(path))
    assert not validate(draft).findings
    kept = {"do_khan", "do_mat", "du_thao_lan", "ban_sao", "pham_vi_luu_hanh"}
    assert kept & set(draft.data["the_thuc"])


def test_all_marks_together_are_valid() -> None:
    findings = validate(from_mapping(marked("nd30"))).findings
    assert {f.rule for f in findings if f.rule.startswith("SCH")} == set()
