"""The same draft gives the same bytes: in another process, time zone, hash seed, locale, folder."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml"))
WAYS = (("docx", None), ("pdf", "weasyprint"), ("pdf", "typst"), ("html", None))
"""Every format, by every engine that makes it."""

# Exports every draft named, in every format, and prints the digests; run in a process of its own.
PROGRAM = """
import hashlib, json, pathlib, sys
import vanban
into = pathlib.Path("ra")
into.mkdir()
names, ways = json.loads(sys.argv[1])
found = {}
for name in names:
    draft = vanban.load(name)
    for format, engine in ways:
        path = into / f"{pathlib.Path(name).stem}.{engine}.{format}"
        vanban.export(draft, path, allow_errors=True, engine=engine)
        found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
print(json.dumps(found))
"""


def exported(folder: Path, names: list[str], **environment: str) -> dict[str, str]:
    """Return the digest of every file that a process of its own makes of the drafts."""
    folder.mkdir(parents=True, exist_ok=True)
    held = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([names, WAYS])],
        cwd=folder, env={**held, **environment}, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return made


def test_every_example_in_every_format_twice(tmp_path: Path) -> None:
    there = [str(path) for path in EXAMPLES]
    # The second time from copies elsewhere, asked for by relative paths and last first.
    other = tmp_path / "nơi khác" / "thư mục"
    copies = []
    for path in reversed(EXAMPLES):
        copy = other / "vào" / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (1, 1))
        copies.append(str(copy.relative_to(other)))
    one = exported(
        tmp_path / "một", there, TZ="Asia/Ho_Chi_Minh", PYTHONHASHSEED="1", LC_ALL="C.UTF-8",
        LANG="vi_VN.UTF-8", VANBAN_LANG="vi",
    )  # fmt: skip
    two = exported(
        other, copies, TZ="America/St_Johns", PYTHONHASHSEED="4242", LC_ALL="C", LANG="C",
        VANBAN_LANG="en",
    )  # fmt: skip
    assert len(one) == len(EXAMPLES) * len(WAYS)
    assert {name for name in one if one[name] != two[name]} == set()


def _undated_document():
    """Return a document that says nothing of its date."""
    sys.path.insert(0, str(ROOT / "tests" / "render"))
    try:
        import samples
    finally:
        sys.path.pop(0)
    document = samples.state_document()
    assert document.meta.created is None
    return document


def _all_formats(document) -> dict[str, bytes]:
    """Return the document in every format, a PDF by each engine under the engine's name."""
    from vanban import seal
    from vanban.kinds import Kind
    from vanban.render.docx import render_docx
    from vanban.render.engines import TYPST, WEASYPRINT, render_pdf_pages
    from vanban.render.html import render_html
    from vanban.resources import data_root

    kind = Kind("bao-cao-so-ket", data_root())
    return {
        "docx": render_docx(document, kind),
        **{
            engine: seal.seal_pdf(render_pdf_pages(document, kind, engine=engine).data)
            for engine in (WEASYPRINT, TYPST)
        },
        "html": seal.seal_html(render_html(document, kind)),
    }


@pytest.mark.parametrize(
    ("epoch", "day"),
    [(None, "2000-01-01"), ("1700000000", "2023-11-14"), ("hôm nay", "2000-01-01")],
)
def test_the_day_of_a_document_without_one(
    monkeypatch: pytest.MonkeyPatch, epoch: str | None, day: str
) -> None:
    import io
    import zipfile

    import pikepdf

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    made = _all_formats(_undated_document())
    with zipfile.ZipFile(io.BytesIO(made["docx"])) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core.count(f">{day}T") == 2
    assert made["html"].decode().count(f'content="{day}T') == 2
    stamp = f"D:{day.replace('-', '')}"
    for engine in ("weasyprint", "typst"):
        with pikepdf.open(io.BytesIO(made[engine])) as book:
            assert str(book.docinfo["/CreationDate"]).startswith(stamp)
            assert str(book.docinfo["/ModDate"]).startswith(stamp)
            assert book.Root.Metadata.read_bytes().decode().count(f">{day}T") == 3


def test_the_documents_own_day_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    document = _undated_document()
    dated = replace(document, meta=replace(document.meta, created="2023-10-09T00:00:00Z"))
    assert b"2023-11-14" not in _all_formats(dated)["html"]
    assert b"2023-10-09" in _all_formats(dated)["html"]


def test_the_clock_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    document = _undated_document()
    before = {
        name: hashlib.sha256(data).hexdigest() for name, data in _all_formats(document).items()
    }
    later = time.time() + 400 * 86400
    monkeypatch.setattr(time, "time", lambda: later)
    after = {
        name: hashlib.sha256(data).hexdigest() for name, data in _all_formats(document).items()
    }
    assert before == after
