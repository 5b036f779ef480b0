"""What other packages declare is asked once, and again whenever a package came or went."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from vanban.start import cache, plugins

GROUP = "vanban.kinds"
LONG_AGO = 1_000_000_000


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the only place Python looks for packages in, with a cache of its own beside it."""
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "cache"))
    cache._trusted.cache_clear()
    folder = tmp_path / "gói"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder), str(tmp_path / "không có")])
    yield folder
    cache._trusted.cache_clear()


def install(site: Path, name: str, value: str) -> None:
    papers = site / f"{name}-1.0.dist-info"
    papers.mkdir()
    (papers / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (papers / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {value}\n")


def age(site: Path, seconds: int) -> None:
    os.utime(site, (seconds, seconds))


def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise AssertionError("the register was asked again")

    monkeypatch.setattr(metadata, "entry_points", fail)


def test_the_register_is_asked_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(site, "mot", "goi_mot")
    age(site, LONG_AGO)
    assert plugins.values(GROUP) == ("goi_mot",)
    unasked(monkeypatch)
    assert plugins.values(GROUP) == ("goi_mot",)


def test_a_package_that_comes_or_goes_is_seen(site: Path) -> None:
    age(site, LONG_AGO)
    assert plugins.values(GROUP) == ()
    install(site, "mot", "goi_mot")
    assert plugins.values(GROUP) == ("goi_mot",)
    age(site, LONG_AGO + 1)
    assert plugins.values(GROUP) == ("goi_mot",)
    (papers,) = site.iterdir()
    papers.rename(site.parent / "đã gỡ")
    assert plugins.values(GROUP) == ()


def test_what_changed_this_moment_is_not_kept(site: Path) -> None:
    assert plugins.values(GROUP) == ()
    folder = cache.folder()
    assert folder is not None and not folder.exists()


def test_another_path_is_another_answer(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(site, "mot", "goi_mot")
    age(site, LONG_AGO)
    assert plugins.values(GROUP) == ("goi_mot",)
    monkeypatch.setattr(sys, "path", [])
    assert plugins.values(GROUP) == ()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"places": 1}', b"\xff"])
def test_a_damaged_file_is_as_good_as_none(site: Path, damage: bytes) -> None:
    install(site, "mot", "goi_mot")
    age(site, LONG_AGO)
    assert plugins.values(GROUP) == ("goi_mot",)
    folder = cache.folder()
    assert folder is not None
    (file,) = folder.iterdir()
    assert json.loads(file.read_bytes())["values"] == ["goi_mot"]
    file.write_bytes(damage)
    assert plugins.values(GROUP) == ("goi_mot",)
