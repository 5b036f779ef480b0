"""Whatever stands in a draft is text: it reaches the page as it is and does nothing there."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pytest

import vanban
from tests.reading import docx_texts, pdf_pages, squash
from tests.schemas.mutations import mutations
from vanban.render.reach import first_reach

from .conftest import EXAMPLES, SMALL, Export, Write

BASE = dict(vanban.load(SMALL).data)
YEARLY = dict(vanban.load(EXAMPLES / "nam-2025.yaml").data)
MM = 72 / 25.4

MARKS = "& < > \" ' { } {{ x }} {% if %} {# #} % \\ ]]> &amp; <!-- --> </w:t> ${x} %s {0}"
REACHING = "<img src='http://127.0.0.1:9/x'> url(/etc/x) @import 'x' </style><script>x()</script>"
WORD = "w" * 200
TEXTS = {
    "marks": MARKS,
    "reaching": REACHING,
    "blanks": "   a   b    c  ",
    "long word": WORD,
    "points": "…",
    "mixed": "Đảng ủy xã Mẫu – “báo cáo” ½ m²",
}


def hostile(text: str) -> dict[str, Any]:
    """Return a draft with the text in every field that takes one."""
    data = copy.deepcopy(BASE)
    data["mo_dau"] = text
    rows = [[text, text], ["1", text]]
    data["kien_nghi"] = [
        {"tieu_de": text, "noi_dung": text, "muc_con": [{"tieu_de": text, "muc_con": [text]}]},
        {
            "bang": {
                "tieu_de": text,
                "cot": [text, {"ten": text}],
                "dong": rows,
            }
        },
    ]
    data["muc_khac"] = [{"sau": "kien_nghi", "tieu_de": text, "noi_dung": text}]
    data["phu_luc"] = [{"tieu_de": text, "noi_dung": [text]}]
    data["the_thuc"]["noi_nhan"] = [text, "Lưu Văn phòng Đảng ủy"]
    data["the_thuc"]["nguoi_ky"] = {"quyen_han": text, "chuc_vu": text, "ho_ten": text}
    data["the_thuc"]["trich_yeu"] = text
    return data


@pytest.mark.parametrize("name", TEXTS)
def test_every_field_takes_any_text(name: str) -> None:
    text = TEXTS[name]
    draft = vanban.draft(hostile(text))
    wanted = squash(text)
    counts = [
        squash("".join(docx_texts(vanban.render_docx(draft, allow_errors=True)))).count(wanted),
        squash("".join(pdf_pages(vanban.render_pdf(draft, allow_errors=True)))).count(wanted),
    ]
    page = vanban.render_html(draft, allow_errors=True).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert first_reach(page) == ""
    assert min(counts) >= 14  # in the PDF a page number may stand in the middle of one


def test_several_blanks_in_a_row_are_one() -> None:
    draft = vanban.draft(hostile("Về   việc    này"))
    for text in docx_texts(vanban.render_docx(draft, allow_errors=True)):
        assert "việc  " not in text


@pytest.mark.parametrize("name", ["long word", "marks"])
def test_no_text_leaves_the_page(name: str) -> None:
    data = hostile(TEXTS[name])
    for key in ("ten", "don_vi", "ghi_chu"):
        data["chi_tieu"] = copy.deepcopy(YEARLY["chi_tieu"])
        data["chi_tieu"][0][key] = TEXTS[name]
    with pdfplumber.open(
        io.BytesIO(vanban.render_pdf(vanban.draft(data), allow_errors=True))
    ) as book:
        for page in book.pages:
            for char in page.chars:
                if not char["text"].isspace():
                    where = f"{char['text']!r} on page {page.page_number}"
                    assert char["x0"] >= 30 * MM - 1, where
                    assert char["x1"] <= page.width - 15 * MM + 1, where
                    assert char["bottom"] <= page.height - 20 * MM + 1, where


def big(what: str) -> dict[str, Any]:
    data = copy.deepcopy(BASE)
    match what:
        case "300 recipients":
            cells = [f"Chi bộ thôn {n}" for n in range(300)]
            data["the_thuc"]["noi_nhan"] = [*cells, "Lưu Văn phòng Đảng ủy"]
        case "5000 words":
            data["mo_dau"] = "Thực hiện chương trình công tác " * 700
        case "long headings":
            data["kien_nghi"] = {"tieu_de": "Một đầu đề rất dài " * 22, "noi_dung": "Chữ."}
        case "long cell":
            row = ["chữ và chữ " * 270, "1", "2"]
            data["kien_nghi"] = [
                {"bang": {"cot": ["Việc", "A", "B"], "dong": [row, ["x", "1", "2"]]}}
            ]
        case "45 letters":
            inner = [{"tieu_de": f"Việc {n}", "noi_dung": "chữ"} for n in range(45)]
            data["kien_nghi"] = [{"tieu_de": "Mục", "muc_con": inner}]
        case "40 appendices":
            data["phu_luc"] = [{"tieu_de": f"Biểu {n}", "noi_dung": "chữ"} for n in range(40)]
    return data


@pytest.mark.parametrize(
    "what",
    ["300 recipients", "5000 words", "long headings", "long cell", "45 letters", "40 appendices"],
)
def test_much_of_everything(what: str) -> None:
    draft = vanban.draft(big(what))
    # Words said again and again are a fault of the words, not of the page.
    assert vanban.validate(draft, config={"ignore": ["TXT"]}).findings == ()
    word = docx_texts(vanban.render_docx(draft))
    with pdfplumber.open(io.BytesIO(vanban.render_pdf(draft))) as book:
        for page in book.pages:
            assert page.chars, f"page {page.page_number} is empty"
            for char in page.chars:
                assert char["bottom"] <= page.height - 20 * MM + 1
                if not char["text"].isspace():
                    assert 30 * MM - 1 <= char["x0"] <= char["x1"] <= page.width - 15 * MM + 1
    if what == "45 letters":
        labels = [text.partition(")")[0] for text in word if "Việc" in text]
        assert labels[:5] == ["a", "b", "c", "d", "đ"]
        assert len(set(labels)) == 45


# --- drafts with errors ---------------------------------------------------------------------------


def test_a_draft_with_gaps_is_printed_as_one(export: Export, draft: Write) -> None:
    path = draft("a.yaml", ("    dan_van: |", "    dan_van_x: |"))
    refused = export(path, "--docx", "--pdf", "--html")
    assert (refused.code, refused.after) == (1, refused.before)
    ran = export(path, "--docx", "--pdf", "--html", "--allow-errors")
    assert (ran.code, ran.new) == (0, {"a.docx", "a.pdf", "a.html"})
    gap = "[chưa có nội dung]"
    page = path.with_suffix(".html").read_text("utf-8")
    word = path.with_suffix(".docx").read_bytes()
    pages = pdf_pages(path.with_suffix(".pdf").read_bytes())
    assert page.count(gap) == 1
    assert sum(gap in text for text in docx_texts(word)) == 1
    assert sum(gap in text for text in pages) == 1
    assert page.count(">DỰ THẢO<") == 1
    assert all("DỰTHẢO" in squash(text) for text in pages)
    assert "DỰ THẢO" in headers(word)


def headers(data: bytes) -> str:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(
            archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("word/header")
        )


@pytest.mark.parametrize(
    "change",
    [
        ("    dan_van: |", "    dan_van: 5 #"),
        ("ngay_ban_hanh: 09/10/2023", "ngay_ban_hanh: 31/02/2023"),
        ("loai: bao-cao-so-ket", "loai: khong-co"),
        ("trinh_tu:", "\ttrinh_tu:"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_all_the_same(
    export: Export, draft: Write, change: tuple[str, str]
) -> None:
    ran = export(draft("a.yaml", change), "--docx", "--allow-errors")
    assert ran.code in {1, 3}
    assert ran.after == ran.before
    assert "Đã ghi" not in ran.out


def every_mutation() -> Iterator[tuple[str, Any]]:
    for name in ("toi-thieu.yaml", "nam-2025.yaml"):
        data = vanban.load(EXAMPLES / name).data
        for number, (what, at, mutant) in enumerate(mutations(data, 1)):
            if number % (3 if name.startswith("toi") else 29) == 0:
                yield f"{name} {what} {'/'.join(map(str, at))}", mutant


def test_a_mistaken_draft_is_printed_or_refused_and_never_breaks() -> None:
    printed = 0
    for what, data in every_mutation():
        draft = vanban.draft(data)
        try:
            page = vanban.render_html(draft, allow_errors=True).decode()
        except vanban.DraftRefusedError:
            continue
        except Exception as error:
            raise AssertionError(f"{what}: {error!r}") from error
        printed += 1
        assert ">DỰ THẢO<" in page, what
    assert printed > 50
