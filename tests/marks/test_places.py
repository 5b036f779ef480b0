"""Where the marks stand and how they look, measured in the PDF and in the DOCX as printed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.marks.conftest import PROFILES, Book
from tests.marks.measure import MM, Found, boxes, full_rules

PARTY = ("dang-hd36", "dang-hd05")
RED = (1.0, 0.0, 0.0)
every = pytest.mark.parametrize("profile", PROFILES)


@every
def test_secrecy_and_urgency_stand_under_the_number(books: dict[str, Book], profile: str) -> None:
    urgency = "THƯỢNG KHẨN" if profile == "nd30" else "KHẨN"
    size = 13.0 if profile == "nd30" else 14.0
    with books[profile].open() as book:
        page = book.pages[0]
        number = Found(page, "Số: 126/BC-UBND" if profile == "nd30" else "-BC/ĐU")
        secret, urgent = Found(page, "MẬT"), Found(page, urgency)
        for mark in (secret, urgent):
            assert mark.sizes == {size} and mark.bold and not mark.italic
            assert (mark.colors == {RED}) is (profile == "nd30")
        assert number.baseline < secret.baseline < urgent.baseline
        assert secret.center == pytest.approx(urgent.center, abs=0.3)
        assert Found(page, "BÁO CÁO").baseline > urgent.baseline + 6


@pytest.mark.parametrize("profile", PARTY)
def test_party_marks_are_words_without_boxes(books: dict[str, Book], profile: str) -> None:
    assert not boxes(books[profile].data, 0, (30, 20, 195, 90), red=True)


def test_state_stamps_have_the_size_of_the_decree(books: dict[str, Book]) -> None:
    # III.2b: HỎA TỐC 30 x 8, THƯỢNG KHẨN 40 x 8, KHẨN 20 x 8 mm; MẬT after them.
    with books["nd30"].open() as book:
        center = Found(book.pages[0], "THƯỢNG KHẨN").center
    found = boxes(books["nd30"].data, 0, (30, 30, 110, 90), red=True)
    assert [(round(width), round(height)) for _, width, height in found] == [(20, 8), (40, 8)]
    for left, width, height in found:
        assert height == pytest.approx(8, abs=0.35)
        assert width == pytest.approx(round(width), abs=0.4)
        assert left + width / 2 == pytest.approx(center, abs=0.3)


def test_state_circulation_is_boxed_over_the_head(books: dict[str, Book]) -> None:
    with books["nd30"].open() as book:
        page = book.pages[0]
        mark, title = Found(page, "LƯU HÀNH NỘI BỘ"), Found(page, "CỘNG HÒA XÃ HỘI")
        assert mark.sizes <= {13.0, 14.0} and mark.bold and not mark.italic
        assert mark.center == pytest.approx(30 + 165 / 2, abs=0.3)
        assert mark.baseline < title.baseline - 5
        area = (40, 19, 190, title.baseline - 4)
    [(left, width, height)] = boxes(books["nd30"].data, 0, area, red=False)
    assert height == pytest.approx(8, abs=0.35)
    assert left < mark.left - 2 and left + width > mark.right + 2


@pytest.mark.parametrize("profile", PARTY)
def test_party_circulation_and_draft_stand_under_the_date(
    books: dict[str, Book], profile: str
) -> None:
    with books[profile].open() as book:
        page = book.pages[0]
        date = Found(page, "tháng 10 năm 2023")
        hall, draft = Found(page, "TÀI LIỆU HỘI NGHỊ"), Found(page, "Dự thảo lần 2")
        assert date.baseline < hall.baseline < draft.baseline
        assert hall.center == pytest.approx(draft.center, abs=0.3)
        assert Found(page, "ĐẢNG CỘNG SẢN VIỆT NAM").center == pytest.approx(hall.center, abs=0.3)
        for mark in (hall, draft):
            assert mark.sizes == {14.0} and mark.bold and not mark.italic


# In nd30 the circulation above moves the whole head.
@pytest.mark.parametrize("profile", [name for name in PROFILES if name != "nd30"])
def test_date_keeps_its_place_beside_the_marks(books: dict[str, Book], profile: str) -> None:
    with books[profile].open() as book, books[f"bare-{profile}"].open() as plain:
        for text in ("-BC/ĐU", "tháng 10 năm 2023"):
            with_marks, without = Found(book.pages[0], text), Found(plain.pages[0], text)
            assert with_marks.baseline == pytest.approx(without.baseline, abs=0.1)


@every
def test_contact_stands_at_the_foot_of_page_1_alone(books: dict[str, Book], profile: str) -> None:
    with books[profile].open() as book:
        first, second = book.pages[:2]
        last = "E-Mail: ubnd@xamau.example" if profile == "nd30" else "Thư điện tử: danguy@xamau"
        top, bottom = Found(first, "Địa chỉ: Ấp 1"), Found(first, last)
        assert top.sizes == bottom.sizes == {11.0} and not top.bold and not top.italic
        assert top.left == bottom.left == pytest.approx(30, abs=0.2)
        # The lower margin is 20 mm: the last line stands on it.
        assert 272 < bottom.baseline < 277
        [rule] = [y for y in full_rules(first) if y > 200]
        assert 2.5 < top.baseline - rule < 6
        words = first.extract_words()
        body = [w for w in words if w["bottom"] / 72 * 25.4 < rule]
        assert max(w["bottom"] for w in body) / 72 * 25.4 < rule
        assert "Địa chỉ" not in (second.extract_text() or "")
        assert sum("Địa chỉ: Ấp 1" in text for text in books[profile].texts) == 1


@every
def test_pages_after_the_first_have_the_whole_sheet(books: dict[str, Book], profile: str) -> None:
    """The room for the contact is taken from page 1 alone."""
    with books[profile].open() as book, books[f"bare-{profile}"].open() as plain:
        rule = next(y for y in full_rules(book.pages[0]) if y > 200)

        def body(page: Any) -> list[float]:
            return [w["bottom"] / MM for w in page.extract_words() if 22 < w["bottom"] / MM < 282]

        assert max(body(book.pages[1])) > rule + 1
        assert max(body(plain.pages[0])) > rule + 1
        assert min(body(book.pages[1])) == pytest.approx(min(body(plain.pages[1])), abs=0.5)


@every
def test_typist_below_the_recipients(books: dict[str, Book], profile: str) -> None:
    joined = "\n".join(books[profile].texts)
    if profile == "nd30":  # annex III: behind the archive line, on the same line
        assert "- Lưu: VT. PL.(12)" in joined
        return
    assert joined.count("ToànKiên-12") == 1
    with books[profile].open() as book:
        page = next(p for p in book.pages if "ToànKiên-12" in (p.extract_text() or ""))
        code, archive = Found(page, "ToànKiên-12"), Found(page, "- Lưu Văn phòng Đảng ủy.")
        assert code.sizes <= {10.0, 10.5, 11.0} and not code.bold
        assert code.left == pytest.approx(30, abs=0.3)
        assert 3 < code.baseline - archive.baseline < 8


@every
def test_copy_stands_behind_everything_under_a_rule(books: dict[str, Book], profile: str) -> None:
    title = "SAO LỤC" if profile == "nd30" else "SAO Y"
    number = "Số: 07/SL-UBND" if profile == "nd30" else "Số 24-BS/ĐU"
    issuer = "ỦY BAN NHÂN DÂN XÃ MẪU" if profile == "nd30" else "ĐẢNG ỦY XÃ MẪU"
    with books[profile].open() as book:
        page = book.pages[-1]
        heading = Found(page, title)
        assert heading.sizes <= {13.0, 14.0} and heading.bold and not heading.italic
        body = Found(page, issuer, last=True)
        assert body.sizes == {12.0 if profile == "nd30" else 14.0} and body.bold
        symbol = Found(page, number)
        assert symbol.sizes == {13.0 if profile == "nd30" else 14.0} and not symbol.bold
        day = Found(page, "Xã Mẫu, ngày", last=True)
        assert day.italic and day.baseline == pytest.approx(symbol.baseline, abs=3.5)
        rules = [y for y in full_rules(page) if y < heading.baseline]
        assert heading.baseline - rules[-1] < 9
        signer = Found(page, "Lê Văn C")
        assert signer.bold and signer.baseline > heading.baseline + 30
        assert body.center < 112.5 < heading.center
        assert signer.center > 112.5
        # Nothing of the original stands below the rule.
        small = page.filter(lambda thing: thing.get("size", 0) < 60)
        text = small.crop((0, rules[-1] / 25.4 * 72, page.width, page.height)).extract_text()
        assert text.startswith((issuer, title))
        assert text.rstrip().endswith("Lê Văn C")


@every
def test_every_page_of_a_draft_is_marked(pdfs: dict[str, Book], profile: str) -> None:
    with pdfs[profile].open() as book:
        for page in book.pages:
            big = [c for c in page.chars if c["size"] > 60]
            assert "".join(c["text"] for c in big).replace(" ", "") == "DỰTHẢO"
    with pdfs[f"bare-{profile}"].open() as book:
        assert not any(c["size"] > 60 for page in book.pages for c in page.chars)
