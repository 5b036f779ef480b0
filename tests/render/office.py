"""LibreOffice as a second reader of our DOCX: turns one into a PDF that tests can measure."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TIMEOUT_SECONDS = 180


def need(program: str) -> str:
    """Return the path of a program; without it skip, but fail under CI=true."""
    found = shutil.which(program)
    if found is None:
        reason = f"{program} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def to_pdfs(files: list[Path], folder: Path) -> list[Path]:
    """Convert DOCX files to PDF with LibreOffice."""
    return converted(files, folder, "pdf")


def converted(files: list[Path], folder: Path, form: str) -> list[Path]:
    """Write files anew with LibreOffice, in a user profile of its own below ``folder``.

    ``form`` is an ending, with the name of LibreOffice's filter behind a colon where it needs one.
    """
    soffice = need("soffice")
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'user').resolve().as_uri()}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
    )
    ending = form.partition(":")[0]
    made = [folder / f"{path.stem}.{ending}" for path in files]
    assert all(path.is_file() for path in made), f"LibreOffice wrote no {ending}"
    return made
