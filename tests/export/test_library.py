"""The library: the same bytes everywhere and always, whoever else is at work."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import vanban

from .conftest import EXAMPLES

DRAFTS = sorted([*EXAMPLES.glob("*.yaml"), *(EXAMPLES.parent / "nd30").glob("*.yaml")])

# Renders every draft named and prints the digests.
SCRIPT = """
import hashlib, sys, vanban
for path in sys.argv[1:]:
    draft = vanban.load(path)
    for render in (vanban.render_docx, vanban.render_pdf, vanban.render_html):
        print(hashlib.sha256(render(draft)).hexdigest())
"""


def jobs() -> list[tuple[Callable[[vanban.Draft], Any], Path]]:
    renders: list[Callable[[vanban.Draft], Any]] = [
        vanban.render_pdf, vanban.render_docx, vanban.render_html, vanban.validate,
    ]  # fmt: skip
    return [(render, path) for path in DRAFTS for render in renders]


def test_threads_do_not_disturb_each_other(capfd: pytest.CaptureFixture[str]) -> None:
    alone = [render(vanban.load(path)) for render, path in jobs()]
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(lambda j: j[0](vanban.load(j[1])), job) for job in jobs()]
        together = [future.result() for future in futures]
    for (render, path), one, many in zip(jobs(), alone, together, strict=True):
        assert one == many, f"{render.__name__} of {path.name}"
    assert capfd.readouterr().err == ""


def test_threads_share_one_draft() -> None:
    draft = vanban.load(DRAFTS[0])
    with ThreadPoolExecutor(4) as pool:
        made = {hashlib.sha256(data).digest() for data in pool.map(vanban.render_pdf, [draft] * 8)}
    assert len(made) == 1


def test_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    settings = [
        {"TZ": "Asia/Ho_Chi_Minh", "PYTHONHASHSEED": "1", "LC_ALL": "C", "LANG": "C"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "VANBAN_LANG": "en",
         "SOURCE_DATE_EPOCH": "1"},
    ]  # fmt: skip
    outputs = []
    for setting, folder in zip(settings, (tmp_path, Path.cwd()), strict=True):
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT, *map(str, DRAFTS)], cwd=folder, check=True,
            env={**os.environ, **setting}, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert ran.stderr == ""
        outputs.append(ran.stdout.split())
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) == 3 * len(DRAFTS)


@pytest.mark.parametrize("format", ["docx", "pdf", "html"])
def test_export_writes_what_render_returns(tmp_path: Path, format: str) -> None:
    draft = vanban.load(DRAFTS[0])
    written = vanban.export(draft, tmp_path / f"ra.{format}")
    assert written.path == tmp_path / f"ra.{format}"
    assert written.path.read_bytes() == getattr(vanban, f"render_{format}")(draft)
    assert (written.pages is not None) == (format == "pdf")
    assert vanban.export(draft, str(written.path)) == written


def test_export_needs_an_ending_that_it_knows(tmp_path: Path) -> None:
    draft = vanban.load(DRAFTS[0])
    for name in ("ra", "ra.odt", "-", ".docx"):
        with pytest.raises(vanban.TargetError, match=r"\.docx, \.pdf"):
            vanban.export(draft, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_draft_with_errors_is_refused_with_all_its_findings(tmp_path: Path) -> None:
    data = dict(vanban.load(DRAFTS[0]).data)
    del data["mo_dau"], data["danh_gia"]
    for render in (vanban.render_docx, vanban.render_pdf, vanban.render_html):
        with pytest.raises(vanban.DraftRefusedError) as caught:
            render(vanban.draft(data))
        assert caught.value.findings == vanban.validate(vanban.draft(data)).findings
        assert caught.value.exit_code == 1
    with pytest.raises(vanban.DraftRefusedError):
        vanban.export(vanban.draft(data), tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "a: [", "loai: không có", "[]", "loai: bao-cao-so-ket"])
def test_what_cannot_be_read_is_refused_even_when_errors_are_allowed(text: str) -> None:
    for render in (vanban.render_docx, vanban.render_pdf, vanban.render_html):
        for allow_errors in (False, True):
            if "so-ket" in text and allow_errors:
                continue
            with pytest.raises(vanban.DraftRefusedError):
                render(vanban.loads(text), allow_errors=allow_errors)


def test_an_unknown_profile() -> None:
    draft = vanban.load(DRAFTS[0])
    for render in (vanban.render_docx, vanban.render_pdf, vanban.render_html, vanban.validate):
        with pytest.raises(vanban.VanbanError, match="dang-hd36"):
            render(draft, profile="không có")
