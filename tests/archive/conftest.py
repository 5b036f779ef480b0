"""What the tests of this folder share: the finished examples."""

from __future__ import annotations

import pytest
from archived import CASES, ROOT, Made, make

from vanban.render.engines import TYPST, WEASYPRINT


@pytest.fixture(
    scope="session", params=CASES, ids=lambda case: f"{case[0].stem}-{case[1]}-{case[2]}"
)
def made(request: pytest.FixtureRequest) -> Made:
    """One example under one profile by one engine, finished, with data inside."""
    return make(*request.param)


@pytest.fixture(scope="session", params=[WEASYPRINT, TYPST])
def long_report(request: pytest.FixtureRequest) -> Made:
    """The longest example, by each engine: its tables run over pages."""
    path = ROOT / "examples" / "bao-cao-so-ket" / "9-thang-2023.yaml"
    return make(path, "dang-hd36", request.param)
