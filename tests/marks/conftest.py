"""Documents with every mark, in all profiles, rendered once: as PDF, and as DOCX through an office.

Figures in the tests are typed from the regulations' tables, never read back from the profiles.
"""

from __future__ import annotations

import copy
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from vanban.compose.composer import compose
from vanban.compose.document import Document
from vanban.compose.profile import load_profile
from vanban.kinds import Kind
from vanban.read.reader import from_mapping, read_path
from vanban.render.docx import render_docx
from vanban.render.engines import TYPST, render_pdf_pages
from vanban.render.html import render_html
from vanban.render.pdf import render_pdf
from vanban.resources import data_root

EXAMPLES = data_root() / "examples"
MARKED = EXAMPLES / "dau-chi"
KIND = Kind("bao-cao-so-ket", data_root())
PROFILES = ("dang-hd36", "dang-hd05", "nd30")
LONG = (
    "Thực hiện chương trình công tác năm 2023, các chi bộ và các ngành của xã bám sát nhiệm vụ, "
    "phân công rõ người, rõ việc, rõ thời gian, kiểm tra tiến độ hằng tháng và kịp thời tháo gỡ "
    "khó khăn ngay từ cơ sở, nhờ đó công việc 9 tháng đầu năm được tiến hành đúng kế hoạch."
)
MARKS = (
    "do_mat",
    "do_khan",
    "pham_vi_luu_hanh",
    "du_thao_lan",
    "nguoi_danh_may",
    "lien_he",
    "ban_sao",
)

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "render"))

from office import to_pdfs  # noqa: E402 - a helper of the tests of rendering


def formalities(name: str) -> dict[str, Any]:
    """Return the_thuc of a marked example."""
    return dict(read_path(str(MARKED / f"{name}.yaml")).data["the_thuc"])


def marked(profile: str, **change: Any) -> dict[str, Any]:
    """Return a draft with every mark under a profile; ``None`` takes a key of the_thuc away."""
    if profile == "nd30":
        data = dict(read_path(str(MARKED / "nha-nuoc-mat-khan.yaml")).data)
        more: dict[str, Any] = {"du_thao_lan": 3}
    else:
        data = dict(read_path(str(MARKED / "dang-du-thao.yaml")).data)
        more = {"do_mat": "Mật", "ban_sao": formalities("dang-ban-sao")["ban_sao"]}
    data = copy.deepcopy(data)
    data["mo_dau"] = "\n\n".join([LONG] * 30)  # pages filled to the last line
    own = {**data["the_thuc"], **more, "bo_the_thuc": profile, **change}
    data["the_thuc"] = {key: value for key, value in own.items() if value is not None}
    return data


def composed(data: Mapping[str, Any]) -> Document:
    """Compose a draft under the profile it names."""
    return compose(from_mapping(data), load_profile(data["the_thuc"]["bo_the_thuc"]))


def full(profile: str) -> Document:
    """Compose the draft with every mark."""
    return composed(marked(profile))


def bare(profile: str) -> Document:
    """Compose the same draft without any mark."""
    return composed(marked(profile, **dict.fromkeys(MARKS)))


class Book:
    """The pages of a finished file as an office or a reader shows them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with pdfplumber.open(io.BytesIO(data)) as book:
            self.texts = [page.extract_text() or "" for page in book.pages]

    def open(self) -> Any:
        """Open the pages for measuring."""
        return pdfplumber.open(io.BytesIO(self.data))


@pytest.fixture(scope="session")
def pdfs() -> dict[str, Book]:
    """The PDF of each profile, with marks and without (``bare-…``)."""
    made = {name: Book(render_pdf(full(name), KIND)) for name in PROFILES}
    return {**made, **{f"bare-{name}": Book(render_pdf(bare(name), KIND)) for name in PROFILES}}


@pytest.fixture(scope="session")
def fast_pdfs() -> dict[str, Book]:
    """The same, their pages set by Typst."""

    def book(document: Document) -> Book:
        return Book(render_pdf_pages(document, KIND, engine=TYPST).data)

    made = {name: book(full(name)) for name in PROFILES}
    return {**made, **{f"bare-{name}": book(bare(name)) for name in PROFILES}}


@pytest.fixture(scope="session")
def words() -> dict[str, bytes]:
    """The DOCX of each profile, with marks and without (``bare-…``)."""
    made = {name: render_docx(full(name), KIND) for name in PROFILES}
    return {**made, **{f"bare-{name}": render_docx(bare(name), KIND) for name in PROFILES}}


@pytest.fixture(scope="session")
def printed(words: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    """The DOCX as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("marks")
    files = []
    for name, data in words.items():
        path = folder / f"{name}.docx"
        path.write_bytes(data)
        files.append(path)
    pdfs = to_pdfs(files, folder / "pdf")
    return {path.stem: Book(path.read_bytes()) for path in pdfs}


@pytest.fixture(
    scope="session", params=["pdfs", "fast_pdfs", "printed"], ids=["pdf", "typst", "docx"]
)
def books(request: pytest.FixtureRequest) -> dict[str, Book]:
    """Both formats, PDF by both engines, one after the other."""
    found: dict[str, Book] = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """The HTML of each profile."""
    return {name: render_html(full(name), KIND).decode() for name in PROFILES}
