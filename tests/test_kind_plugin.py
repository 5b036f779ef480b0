"""Another package adds a kind of document with files alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vanban.compose.profile import profiles
from vanban.render.docx_template import build_template

SOURCE = Path(__file__).parent / "kinds" / "vanban-thong-bao"
PACKAGE = "vanban_thong_bao"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build and install the tiny package into a folder of its own."""
    source = tmp_path_factory.mktemp("source") / SOURCE.name
    shutil.copytree(SOURCE, source, ignore=shutil.ignore_patterns("__pycache__"))
    for name, profile in profiles().items():
        template = source / PACKAGE / "templates" / "thong-bao" / f"document.{name}.docx"
        template.write_bytes(build_template(profile))
    target = tmp_path_factory.mktemp("site packages")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-build-isolation", "--target", str(target), str(source)),
        ],
        check=True,
        capture_output=True,
    )
    return target


def vanban(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vanban", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_the_package_holds_no_code() -> None:
    (module,) = SOURCE.rglob("*.py")
    assert len(module.read_text("utf-8").splitlines()) == 1


def test_the_kind_is_listed_and_its_schema_printed(installed: Path, tmp_path: Path) -> None:
    listed = vanban(installed, tmp_path, "schema")
    assert "thong-bao" in listed.stdout
    printed = vanban(installed, tmp_path, "schema", "thong-bao", "--bundle")
    assert printed.returncode == 0
    assert '"Thông báo của cấp ủy"' in printed.stdout
    assert "urn:vanban:schema:common" not in printed.stdout


def test_its_example_validates_and_exports(installed: Path, tmp_path: Path) -> None:
    example = installed / PACKAGE / "examples" / "thong-bao" / "mau.yaml"
    shutil.copy(example, tmp_path)
    checked = vanban(installed, tmp_path, "validate", "mau.yaml")
    assert checked.returncode == 0, checked.stdout
    exported = vanban(installed, tmp_path, "export", "mau.yaml", "--docx", "--pdf", "--html")
    assert exported.returncode == 0, exported.stderr
    assert {p.suffix for p in tmp_path.iterdir()} == {".yaml", ".docx", ".pdf", ".html"}
    page = (tmp_path / "mau.html").read_text("utf-8")
    assert "THÔNG BÁO" in page
    assert "Số 12-TB/ĐU" in page


def test_a_mistake_in_its_draft_is_found(installed: Path, tmp_path: Path) -> None:
    example = installed / PACKAGE / "examples" / "thong-bao" / "mau.yaml"
    text = example.read_text("utf-8").replace("noi_dung: |", "noi_dun: |")
    (tmp_path / "sai.yaml").write_text(text, "utf-8")
    checked = vanban(installed, tmp_path, "validate", "sai.yaml", "--concise")
    assert checked.returncode == 1
    assert "noi_dung" in checked.stdout
    assert len([line for line in checked.stdout.splitlines() if "sai.yaml:" in line]) == 1


def test_new_writes_a_starter_for_it(installed: Path, tmp_path: Path) -> None:
    made = vanban(installed, tmp_path, "new", "thong-bao", "-o", "moi.yaml")
    assert made.returncode == 0, made.stderr
    text = (tmp_path / "moi.yaml").read_text("utf-8")
    assert "loai: thong-bao" in text
    assert (tmp_path / "thong-bao.schema.json").is_file()
