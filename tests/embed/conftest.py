"""Every example rendered once per session, with its data inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import vanban

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml"))
SMALL = ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml"
LONG = ROOT / "examples" / "bao-cao-so-ket" / "9-thang-2023.yaml"
FORMATS = ("docx", "pdf")


@dataclass
class Files:
    """Renders on demand and keeps what it made; ``file`` gives a path to a file of its own."""

    folder: Path
    engine: str

    def __post_init__(self) -> None:
        self._made: dict[tuple[Path, str, bool | None], bytes] = {}
        self._count = 0

    def data(self, draft: Path, format: str, embed: bool | None = True) -> bytes:
        key = (draft, format, embed)
        if key not in self._made:
            read = vanban.load(draft)
            self._made[key] = (
                vanban.render_docx(read, embed=embed)
                if format == "docx"
                else vanban.render_pdf(read, embed=embed, engine=self.engine)
            )
        return self._made[key]

    def put(self, data: bytes, format: str) -> Path:
        self._count += 1
        path = self.folder / f"tep-{self._count}.{format}"
        path.write_bytes(data)
        return path

    def file(self, draft: Path, format: str, embed: bool | None = True) -> Path:
        return self.put(self.data(draft, format, embed), format)


@pytest.fixture(scope="session", params=["weasyprint", "typst"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Examples with PDFs by either engine."""
    return Files(tmp_path_factory.mktemp("embed"), request.param)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Where files that a test makes itself are put."""
    return Files(tmp_path_factory.mktemp("embed"), "weasyprint")


Change = Callable[[bytes], bytes]
