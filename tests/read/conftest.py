from pathlib import Path

import pytest

from vanban import kinds


@pytest.fixture(autouse=True)
def known_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of reading do not depend on which schemas are installed."""
    found = {name: kinds.Kind(name, Path()) for name in ("bao-cao-so-ket", "nghi-quyet")}
    monkeypatch.setattr(kinds, "kinds", lambda: found)
