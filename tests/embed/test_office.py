"""LibreOffice opens and saves our DOCX: the data is still there, and verify still passes."""

from __future__ import annotations

from pathlib import Path

import pytest

import vanban
from tests.embed import tamper
from tests.embed.conftest import EXAMPLES, SMALL, Files
from tests.render.office import converted
from vanban.embed.drafts import same
from vanban.seal import Origin


def saved_again(files: list[Path], folder: Path) -> list[Path]:
    """Return DOCX files opened and saved as DOCX by LibreOffice."""
    return converted(files, folder, "docx:MS Word 2007 XML")


@pytest.fixture(scope="module")
def office(files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every example, one with the draft mark, and an edited one, saved by LibreOffice."""
    given = {path.name: files.file(path, "docx") for path in EXAMPLES}
    marked = vanban.render_docx(vanban.load(SMALL), allow_errors=True)
    given["du-thao"] = files.put(marked, "docx")
    edited = tamper.in_body(files.data(SMALL, "docx"), "72 buổi", "73 buổi")
    given["sua"] = files.put(edited, "docx")
    made = saved_again(list(given.values()), tmp_path_factory.mktemp("office"))
    return dict(zip(given, made, strict=True))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_data_is_still_there_and_agrees(path: Path, office: dict[str, Path]) -> None:
    file = office[path.name]
    assert same(vanban.extract(file).data, vanban.load(path).data)
    found = vanban.verify(file)
    assert found.ok, found.differences
    assert [note.key for note in found.notes] == ["saved_again"]
    assert found.seal is Origin.EDITED


def test_the_draft_mark_is_still_known(office: dict[str, Path]) -> None:
    found = vanban.verify(office["du-thao"])
    assert found.ok, found.differences


def test_an_edit_before_saving_is_found(office: dict[str, Path]) -> None:
    found = vanban.verify(office["sua"])
    assert len(found.differences) == 1
    assert "73 buổi" in str(found.differences[0].after)
