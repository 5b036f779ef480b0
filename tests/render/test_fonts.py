"""Choosing the font files: by what they cover."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from vanban.errors import EnvironmentIncompleteError
from vanban.render import fonts
from vanban.render.fonts import Verdict, examine_fonts, find_font, vietnamese_letters

ALL = sorted(vietnamese_letters() | set(fonts._PUNCTUATION))
STYLES = {"Regular": 0x40, "Bold": 0x20, "Italic": 0x01, "BoldItalic": 0x21}


def write_font(
    folder: Path, family: str, style: str = "Regular", version: float = 2.1, lacking: str = ""
) -> Path:
    """Write a font file whose every letter is an empty glyph."""
    letters = [letter for letter in ALL if letter not in lacking]
    names = {ord(letter): f"u{ord(letter):04X}" for letter in letters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    builder.setupHorizontalHeader(ascent=891, descent=-216)
    builder.setupNameTable({"familyName": family, "styleName": style})
    builder.setupOS2(fsSelection=STYLES[style])
    builder.setupPost()
    builder.font["head"].fontRevision = version
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{family.replace(' ', '')}-{style}.ttf"
    builder.save(path)
    return path


def write_family(folder: Path, family: str, version: float = 2.1, lacking: str = "") -> None:
    for style in STYLES:
        write_font(folder, family, style, version, lacking)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only font folder of a machine."""
    monkeypatch.delenv(fonts.FONT_DIR_VARIABLE, raising=False)
    folder = tmp_path / "phông chữ"
    folder.mkdir()
    monkeypatch.setattr(fonts, "_system_folders", lambda *_: iter([folder]))
    return folder


def test_the_letters_of_vietnamese() -> None:
    letters = vietnamese_letters()
    assert len([x for x in letters if ord(x) > 0x7F]) == 134
    assert {"ế", "Ế", "ự", "Ự", "ỵ", "đ", "Đ", "ẫ", "A", "z", "0", "&"} <= letters


def test_this_machine_has_a_font() -> None:
    family = find_font()
    assert family.name in ("Times New Roman", "Tinos", "Liberation Serif")
    assert all(path.is_file() for path in family.files)
    assert len(set(family.files)) == 4


def test_order_of_families(machine: Path) -> None:
    write_family(machine, "Liberation Serif")
    assert find_font().name == "Liberation Serif"
    write_family(machine / "truetype", "Tinos")
    assert find_font().name == "Tinos"
    write_family(machine, "Times New Roman")
    chosen = find_font()
    assert chosen.name == "Times New Roman"
    assert [path.stem.partition("-")[2] for path in chosen.files] == [
        "Regular",
        "Bold",
        "Italic",
        "BoldItalic",
    ]


def test_liberation_1_is_refused_for_lack_of_letters(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Version 1.07 has the name and none of the letters with two marks.
    lacking = "ảạấầẩẫậắằẳẵặẻẽẹếềểễệỉịỏọốồổỗộơớờởỡợủụưứừửữựỳỷỹỵ"
    write_family(machine, "Liberation Serif", version=1.07, lacking=lacking)
    monkeypatch.setenv("VANBAN_LANG", "vi")
    with pytest.raises(EnvironmentIncompleteError) as caught:
        find_font()
    assert "fonts-liberation2" in str(caught.value)
    assert "Không tìm thấy phông chữ" in str(caught.value)
    assert caught.value.exit_code == 3
    monkeypatch.setenv("VANBAN_LANG", "en")
    with pytest.raises(EnvironmentIncompleteError, match="No font with all the letters"):
        find_font()
    verdicts = examine_fonts()
    assert len(verdicts) == 4
    assert {v.verdict for v in verdicts} == {Verdict.LACKS_LETTERS}
    assert verdicts[0].missing == "".join(sorted(lacking))
    assert verdicts[0].version == pytest.approx(1.07, abs=0.01)


def test_the_newer_of_two_versions(machine: Path) -> None:
    write_family(machine / "liberation", "Liberation Serif", version=1.07, lacking="ế")
    write_family(machine / "liberation2", "Liberation Serif", version=2.1)
    write_family(machine / "old2", "Liberation Serif", version=2.0)
    assert {path.parent.name for path in find_font().files} == {"liberation2"}


def test_an_incomplete_family_is_passed_over(machine: Path) -> None:
    write_font(machine, "Times New Roman", "Regular")
    write_font(machine, "Times New Roman", "Bold")
    write_family(machine, "Tinos")
    assert find_font().name == "Tinos"


def test_own_folder_comes_first(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_family(machine, "Times New Roman")
    own = tmp_path / "riêng của tôi"
    write_family(own, "Liberation Serif")
    monkeypatch.setenv(fonts.FONT_DIR_VARIABLE, str(own))
    assert find_font().name == "Liberation Serif"
    monkeypatch.setenv(fonts.FONT_DIR_VARIABLE, str(tmp_path / "không có"))
    assert find_font().name == "Times New Roman"


def test_a_file_found_twice_counts_once(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_family(machine, "Tinos")
    (tmp_path / "lối khác").symlink_to(machine, target_is_directory=True)
    monkeypatch.setenv(fonts.FONT_DIR_VARIABLE, str(tmp_path / "lối khác"))
    assert len(examine_fonts()) == 4


def test_a_broken_file_stops_nothing(machine: Path) -> None:
    (machine / "Tinos-Regular.ttf").write_bytes(b"not a font at all")
    (machine / "times.ttf").write_bytes(b"")
    (machine / "timesi.ttf").symlink_to(machine / "nowhere.ttf")
    (machine / "vòng").symlink_to(machine, target_is_directory=True)
    write_family(machine, "Liberation Serif")
    assert find_font().name == "Liberation Serif"
    broken = [c.path.name for c in examine_fonts() if c.verdict is Verdict.UNREADABLE]
    assert sorted(broken) == ["Tinos-Regular.ttf", "times.ttf"]


def test_other_faces_are_no_candidates(machine: Path) -> None:
    # The file is called Times..., but the face inside is not one of ours.
    write_font(machine, "Times Ten").rename(machine / "TimesTen-Regular.ttf")
    (machine / "README.txt").write_text("times", encoding="utf-8")
    assert examine_fonts() == []


def test_a_changed_file_is_read_again(machine: Path) -> None:
    path = write_font(machine, "Tinos", lacking="ế")
    assert examine_fonts()[0].missing == "ế"
    opened = fonts._inspect.cache_info().misses
    assert examine_fonts()[0].missing == "ế"
    assert fonts._inspect.cache_info().misses == opened
    write_font(machine, "Tinos")
    os.utime(path, ns=(1, 1))
    assert examine_fonts()[0].verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("win32", {"WINDIR": "W", "LOCALAPPDATA": "L"}, ["W/Fonts", "L/Microsoft/Windows/Fonts"]),
        ("win32", {"WINDIR": "W"}, ["W/Fonts"]),
        (
            "linux",
            {"XDG_DATA_HOME": "X", "XDG_DATA_DIRS": "A:"},
            ["X/fonts", "H/.fonts", "A/fonts", "/usr/local/share/fonts", "/usr/share/fonts"],
        ),
        (
            "linux",
            {},
            [
                "H/.local/share/fonts",
                "H/.fonts",
                *["/usr/local/share/fonts", "/usr/share/fonts"] * 2,
            ],
        ),
    ],
)
def test_where_fonts_are(platform: str, environ: dict[str, str], expected: list[str]) -> None:
    found = fonts._system_folders(platform, environ, Path("H"))
    assert [path.as_posix() for path in found] == expected


def test_where_fonts_are_on_a_mac() -> None:
    found = [p.as_posix() for p in fonts._system_folders("darwin", {}, Path("H"))]
    assert found[:3] == ["H/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"]


def test_no_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", homeless)
    assert fonts._home() == Path(os.sep)


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, vanban.render.fonts, vanban.render.css\n"
        "import vanban.render.html, vanban.render.pdf\n"
        "heavy = {'weasyprint', 'jinja2', 'lxml', 'fontTools', 'docx', 'docxtpl', 'PIL', 'rich'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
