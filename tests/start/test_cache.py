"""What is kept between processes: found again, never trusted blindly, never in the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import platformdirs
import pytest
import yaml

from vanban.start import cache, patterns, tables

RULES = Path(__file__).parents[2] / "src" / "vanban" / "messages"
TOML = 'a = 1\n[b]\nc = "đ"\n'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of the cache, which is not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache.SETTING, str(folder))
    cache._trusted.cache_clear()
    yield folder
    cache._trusted.cache_clear()


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    path = tmp_path / "bang.toml"
    path.write_text(TOML, "utf-8")
    return path


# --- the folder


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("given", [None, "", " ", "/một/nơi", "/có cách/ "])
def test_the_folder_is_that_of_the_system(
    platform: str, given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(cache.SETTING, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if given is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", given)
    known = platformdirs.user_cache_path("vanban", appauthor=False)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.folder() == known


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_a_folder_that_is_no_whole_path_is_none(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(cache.SETTING, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "nơi/nào")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: Path("~/.cache"))
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.folder() is None


def test_the_cache_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.SETTING, "off")
    assert cache.folder() is None
    cache.write("a", b"1")
    assert cache.read("a") is None


def test_what_is_written_is_read(place: Path) -> None:
    assert cache.read("a") is None
    cache.write("a", b"1")
    assert cache.read("a") == b"1"
    assert [path.name for path in place.iterdir()] == ["a"]
    assert place.stat().st_mode & 0o777 == 0o700
    assert (place / "a").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_others_may_write_in_is_not_trusted(place: Path) -> None:
    cache.write("a", b"1")
    place.chmod(0o777)
    cache._trusted.cache_clear()
    assert cache.read("a") is None
    cache.write("b", b"2")
    assert not (place / "b").exists()


def test_a_file_that_others_may_write_is_not_trusted(place: Path) -> None:
    cache.write("a", b"1")
    (place / "a").chmod(0o666)
    assert cache.read("a") is None


def test_what_belongs_to_somebody_else_is_not_trusted(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write("a", b"1")
    cache._trusted.cache_clear()
    monkeypatch.setattr(os, "getuid", lambda: place.stat().st_uid + 1)
    assert cache.read("a") is None


def test_a_folder_that_cannot_be_made_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.SETTING, str(tmp_path / "file" / "cache"))
    cache.write("a", b"1")
    assert cache.read("a") is None


def test_a_full_disk_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.write("a", b"1")
    assert list(place.iterdir()) == []


def test_many_may_write_at_once(place: Path) -> None:
    contents = [bytes([number]) * 200_000 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: cache.write("a", content), contents))
    assert cache.read("a") in contents
    assert [path.name for path in place.iterdir()] == ["a"]


# --- tables


def test_a_table_is_parsed_once(place: Path, toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tables.toml(toml)
    assert first == {"a": 1, "b": {"c": "đ"}}
    monkeypatch.setitem(sys.modules, "tomllib", None)  # importing it fails from now on
    assert tables.toml(toml) == first


def test_a_changed_table_is_parsed_anew(place: Path, toml: Path) -> None:
    tables.toml(toml)
    toml.write_text(TOML.replace("1", "2"), "utf-8")
    assert tables.toml(toml)["a"] == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"nothing"])
def test_a_damaged_table_is_parsed_anew(place: Path, toml: Path, damage: bytes) -> None:
    whole = tables.toml(toml)
    (kept,) = place.iterdir()
    kept.write_bytes(damage)
    assert tables.toml(toml) == whole
    assert json.loads(kept.read_bytes()) == whole


def test_a_day_is_a_day_again(place: Path, toml: Path) -> None:
    toml.write_text("[a]\nngay = [2026-05-27]\n", "utf-8")
    first = tables.toml(toml)
    assert tables.toml(toml) == first == {"a": {"ngay": [date(2026, 5, 27)]}}
    assert len(list(place.iterdir())) == 1


@pytest.mark.parametrize("text", ["luc = 2026-05-27T08:00:00\n", "gio = 08:00:00\n", "so = nan\n"])
def test_what_the_cache_would_change_is_not_kept(place: Path, toml: Path, text: str) -> None:
    toml.write_text(text, "utf-8")
    assert str(tables.toml(toml)) == str(tables.toml(toml))
    assert not place.exists()


def test_yaml_of_ours_is_kept_when_json_holds_it_alike(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for text, kept in (("a: [1, đ, null]\n", 1), ("1: a\n", 1), ("- b\n", 2)):
        path.write_text(text, "utf-8")
        assert tables.yaml(path) == tables.yaml(path) == yaml.safe_load(text)
        assert len(list(place.iterdir())) == kept


def test_what_is_no_table_is_told(place: Path, toml: Path) -> None:
    toml.write_text("a = ", "utf-8")
    with pytest.raises(ValueError, match="Invalid"):
        tables.toml(toml)


@pytest.mark.parametrize(
    "path", sorted(RULES.rglob("*.toml")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_our_tables_are_the_same_from_the_cache(place: Path, path: Path) -> None:
    import tomllib

    plain = tomllib.loads(path.read_text("utf-8"))
    assert tables.toml(path) == plain
    assert tables.toml(path) == plain


# --- patterns

PATTERNS: list[tuple[str, int]] = [
    ("a", 0),
    (r"(?P<ngày>\d{1,2})/(?P<thang>\d+)", 0),
    (r"[À-ỹ]+|(?:x|y)*?z{2,}", re.IGNORECASE),
    (r"^(?=a)\b(?<!b).$", re.MULTILINE | re.DOTALL),
    (r"(?i:đ)(a)(?(1)b|c)\1", re.VERBOSE),
]
TEXTS = ["a", "Ngày 3/9", "ĐABa", "xzz", "a\nb", "đaba"]


def compiled(store: patterns.Store) -> list[re.Pattern[str]]:
    return [store.compile(pattern, flags) for pattern, flags in PATTERNS]


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return Python's compiler, put back afterwards."""
    module = sys.modules["re._compiler"]
    for name in ("_sre", "compile"):
        monkeypatch.setattr(module, name, getattr(module, name))
    return module


def test_kept_patterns_are_the_plain_ones(place: Path, compiler: Any) -> None:
    plain = [re.compile(pattern, flags) for pattern, flags in PATTERNS]
    first = patterns.Store()
    compiled(first)
    cache.write(first.name, patterns.packed(first.fresh))
    second = patterns.Store()
    kept = compiled(second)
    assert not second.fresh, "a kept pattern was compiled again"
    for one, other in zip(plain, kept, strict=True):
        assert (one.pattern, one.flags, one.groups, one.groupindex) == (
            other.pattern, other.flags, other.groups, other.groupindex,
        )  # fmt: skip
        for text in TEXTS:
            assert [m.span() for m in one.finditer(text)] == [
                m.span() for m in other.finditer(text)
            ]


@pytest.mark.parametrize("at", [0, 3, 10, -1, -9])
def test_a_damaged_file_of_patterns_is_none(at: int) -> None:
    store = SimpleNamespace(fresh={("a", 0): ("a", 32, [17, 97, 1], 0, {}, (None,))})
    data = bytearray(patterns.packed(store.fresh))
    assert patterns.unpacked(bytes(data))
    data[at] ^= 1
    assert patterns.unpacked(bytes(data)) == {}
    assert patterns.unpacked(bytes(data[:at])) == {}


def test_code_that_the_engine_refuses_is_compiled_anew(place: Path, compiler: Any) -> None:
    store = patterns.Store()
    store.known = {("ab+", 0): ("ab+", 32, [9999, 1], 0, {}, (None,))}
    assert store.compile("ab+").fullmatch("abbb")


def test_few_new_patterns_are_not_worth_a_file(place: Path, compiler: Any) -> None:
    store = patterns.Store()
    compiled(store)
    store.keep()
    assert not place.exists()
    for number in range(patterns.WORTH):
        store.compile(f"x{number}")
    store.keep()
    assert (place / store.name).is_file()


def test_another_compiler_is_left_alone(
    place: Path, compiler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(sys.modules["_sre"], "CODESIZE")
    before = compiler.compile
    patterns.use()
    assert compiler.compile is before


# --- whole processes


def vanban(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vanban", *arguments],
        capture_output=True, encoding="utf-8", env={**os.environ, **environment}, check=False,
    )  # fmt: skip


def test_a_command_says_the_same_with_and_without_the_cache(place: Path, tmp_path: Path) -> None:
    draft = tmp_path / "a.yaml"
    draft.write_text("loai: bao-cao-so-ket\nnoi_dung: bổ xung  vào\n", "utf-8")
    runs = [vanban("validate", str(draft), VANBAN_CACHE="off")]
    runs += [vanban("validate", str(draft)) for _ in range(2)]
    assert {(run.returncode, run.stdout, run.stderr) for run in runs} == {
        (runs[0].returncode, runs[0].stdout, runs[0].stderr)
    }
    assert runs[0].returncode == 1
    assert any(path.name.startswith("re-") for path in place.iterdir())
    for path in place.iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    damaged = vanban("validate", str(draft))
    assert (damaged.returncode, damaged.stdout) == (runs[0].returncode, runs[0].stdout)


def test_two_commands_may_fill_the_cache_at_once(place: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "vanban", "rules"], stdout=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(2)
    ]
    first, second = (process.communicate()[0] for process in running)
    assert first == second
    assert [process.returncode for process in running] == [0, 0]
