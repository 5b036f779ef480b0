"""Whatever a clerk types reaches the page: arbitrary covered text through draft, DOCX and PDF."""

from __future__ import annotations

import copy
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vanban
from vanban.text.metrics import coverage

from .reading import docx_texts, pdf_pages, squash

ROOT = Path(__file__).parent.parent
BASE = vanban.load(ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml").data

TRICKY = ["&", "<", ">", "{", "}", "%", "#", "{{ so }}", "{% if %}", "{#", "#}", '"', "'", "&amp;"]
TRICKY += ["]]>", "<b>", "\\", "{%p endif %}", "{{r x }}", "…", "₫", "½"]

characters = st.sampled_from(
    sorted(c for c in coverage() if not c.isspace() and not unicodedata.combining(c))
)
vietnamese = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậỳỷỹýỵỪỬỮỨỰ", min_size=1, max_size=7
)
words = st.one_of(
    st.text(characters, min_size=1, max_size=12),
    st.sampled_from(TRICKY),
    vietnamese.map(lambda word: unicodedata.normalize("NFD", word)),
)
# A letter first: "- x" or "a) x" typed by hand at a line's start is a list in the making.
lines = st.lists(words, min_size=1, max_size=12).map(lambda w: "Về " + " ".join(w))


def draft_with(texts: dict[str, str]) -> dict[str, Any]:
    data = copy.deepcopy(dict(BASE))
    data["mo_dau"] = texts["opening"]
    data["kien_nghi"] = [
        {"tieu_de": texts["lead"], "noi_dung": texts["text"]},
        {"bang": {"cot": ["TT", texts["column"]], "dong": [["1", texts["cell"]]]}},
    ]
    data["the_thuc"]["noi_nhan"] = [texts["recipient"], *data["the_thuc"]["noi_nhan"]]
    return data


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(
    st.fixed_dictionaries(
        dict.fromkeys(("opening", "lead", "text", "column", "cell", "recipient"), lines)
    )
)
def test_every_text_is_found_again(texts: dict[str, str]) -> None:
    draft = vanban.draft(draft_with(texts))
    word = squash("".join(docx_texts(vanban.render_docx(draft, allow_errors=True))))
    pages = squash("".join(pdf_pages(vanban.render_pdf(draft, allow_errors=True))))
    for name, text in texts.items():
        assert squash(text) in word, f"{name} is not in the DOCX"
        assert squash(text) in pages, f"{name} is not in the PDF"


@pytest.mark.parametrize(
    "character",
    ["😀", "中", "\u200b", "\u0007", "\ufeff", "\u00ad", "ᄀ", "\ue000", "x\u0323", "Ć\u031b"],
)
def test_a_character_that_cannot_be_printed_is_one_finding_and_no_file(
    character: str, tmp_path: Path
) -> None:
    data = copy.deepcopy(dict(BASE))
    data["mo_dau"] = f"Thực hiện chương trình{character} công tác năm 2023."
    draft = vanban.draft(data)
    (finding,) = vanban.validate(draft).findings
    assert finding.pointer == "/mo_dau"
    assert finding.rule in {"FMT001", "TXT001", "TXT003", "TXT019"}
    for name in ("a.docx", "a.pdf", "a.html"):
        for allow_errors in (False, True):
            with pytest.raises(vanban.DraftRefusedError):
                vanban.export(draft, tmp_path / name, allow_errors=allow_errors)
    assert list(tmp_path.iterdir()) == []
