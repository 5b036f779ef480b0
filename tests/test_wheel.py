"""The wheel alone does the main job, from another folder, in an otherwise empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment and return its ``vanban`` command."""
    home = tmp_path_factory.mktemp("empty environment")
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index"),
            *("--no-deps", "--quiet", str(wheel)),
        ],
        check=True,
    )
    packages = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # The dependencies come from the test environment (tests use no network); a path named in a
    # .pth file has its own .pth files ignored, so the checkout itself stays out of reach.
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return python.with_name("vanban")


def run(command: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
    return subprocess.run(
        [str(command), *arguments],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_the_wheel_holds_data_licence_and_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "vanban/schemas/bao-cao-so-ket.schema.json" in names
    assert "vanban/templates/the-thuc/nd30.toml" in names
    assert "vanban/templates/bao-cao-so-ket/document.dang-hd36.docx" in names
    assert "vanban/examples/bao-cao-so-ket/9-thang-2023.yaml" in names
    assert "vanban/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "schemas/"))]
    assert not [name for name in names if name.endswith((".ttf", ".otf"))]


def test_the_main_job_from_another_folder(command: Path, tmp_path: Path) -> None:
    done = run(command, tmp_path, "new", "bao-cao-so-ket", "--ky", "9-thang-2026", "-o", "a.yaml")
    assert done.returncode == 0, done.stderr
    found = subprocess.run(
        [str(command.with_name("python")), "-c", "import vanban; print(vanban.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")},
    )
    assert str(ROOT) not in found.stdout

    example = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
    draft = tmp_path / "báo cáo 9 tháng.yaml"
    draft.write_bytes(example.read_bytes())
    done = run(command, tmp_path, "validate", draft.name)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    done = run(command, tmp_path, "export", draft.name, "--docx", "--pdf", "--html")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "báo cáo 9 tháng.docx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "báo cáo 9 tháng.pdf").read_bytes()[:5] == b"%PDF-"
    assert b"<!DOCTYPE html>" in (tmp_path / "báo cáo 9 tháng.html").read_bytes()[:200]
