"""Settings: found upward, joined in order, and every mistake told at its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import vanban
from vanban.catalogue import LANGUAGES, message
from vanban.config import Config, Finder, find
from vanban.finding import Severity

ROOT = Path(__file__).parents[2]
# Two mistakes: DAT002 (error) and DAT004 (error) are raised by its subject line.
BAD = (ROOT / "examples" / "bao-cao-so-ket" / "sai" / "DAT002-tieu_de.yaml").read_text("utf-8")

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return put


def rules(path: Path) -> list[str]:
    found = vanban.validate(vanban.load(path), config=vanban.find_config(path))
    return [f.rule for f in found.findings]


def test_without_settings_everything_is_checked(write: Write) -> None:
    assert rules(write("a.yaml", BAD)) == ["DAT002"]


def test_the_nearest_file_upward_holds(write: Write) -> None:
    write("vanban.toml", 'ignore = ["DAT002"]')
    write("xa/vanban.toml", 'ignore = ["STR008"]')
    assert rules(write("khac/a.yaml", BAD)) == []
    assert rules(write("xa/2023/a.yaml", BAD)) == ["DAT002"]


def test_a_project_file_counts_when_it_speaks_of_us(write: Write) -> None:
    write("pyproject.toml", '[tool.vanban]\nignore = ["DAT"]\n')
    write("xa/pyproject.toml", "[tool.other]\nx = 1\n")
    assert rules(write("xa/a.yaml", BAD)) == []


def test_own_file_goes_before_the_project_file(write: Write) -> None:
    write("pyproject.toml", '[tool.vanban]\nignore = ["DAT"]\n')
    write("vanban.toml", "")
    assert rules(write("a.yaml", BAD)) == ["DAT002"]


def test_select_limits_but_reading_is_always_told(write: Write) -> None:
    write("vanban.toml", 'select = ["NUM"]')
    assert rules(write("a.yaml", BAD)) == []
    assert rules(write("b.yaml", "loai: [")) != []


def test_the_longest_beginning_sets_the_severity(write: Write) -> None:
    write("vanban.toml", '[severity]\nDAT = "off"\nDAT002 = "info"\n')
    path = write("a.yaml", BAD)
    (found,) = vanban.validate(vanban.load(path), config=vanban.find_config(path)).findings
    assert (found.rule, found.severity) == ("DAT002", Severity.INFO)


def test_off_takes_a_rule_away(write: Write) -> None:
    write("vanban.toml", '[severity]\nDAT002 = "off"\n')
    assert rules(write("a.yaml", BAD)) == []


def test_structure_cannot_be_softened(write: Write) -> None:
    write("vanban.toml", '[severity]\nSCH = "info"\nINP = "off"\n')
    path = write("a.yaml", BAD.replace("loai_ky: chin_thang", "loai_ky: chin_than"))
    found = vanban.validate(vanban.load(path), config=vanban.find_config(path)).findings
    assert [f.severity for f in found if f.rule == "SCH004"] == [Severity.ERROR]


def test_extends_is_laid_under(write: Write) -> None:
    write("goc.toml", 'ignore = ["DAT002"]\n[severity]\nNUM001 = "error"\nSTR008 = "off"\n')
    write("giua.toml", 'extends = "goc.toml"\n[severity]\nNUM001 = "info"\n')
    write("xa/vanban.toml", 'extends = "../giua.toml"\nignore = ["STR007"]\n')
    config = find(str(write("xa/a.yaml", BAD)))
    assert config.faults == ()
    assert config.ignore == ("DAT002", "STR007")
    assert config.severity == {"NUM001": "info", "STR008": "off"}


def test_later_of_several_extended_files_wins(write: Write) -> None:
    write("mot.toml", 'profile = "dang-hd36"\n[style]\nkieu_dau = "tone_main"\nco_chu = 15\n')
    write("hai.toml", 'profile = "dang-hd05"\n[style]\nkieu_dau = "tone_first"\n')
    write("vanban.toml", 'extends = ["mot.toml", "hai.toml"]\n')
    config = find(str(write("a.yaml", BAD)))
    assert config.profile == "dang-hd05"
    assert config.style == {"kieu_dau": "tone_first", "co_chu": 15}


def test_settings_for_some_paths(write: Write) -> None:
    write(
        "vanban.toml",
        '[[paths]]\nmatch = ["2022/*", "cu-*.yaml"]\nignore = ["DAT002"]\n'
        '[[paths]]\nmatch = "2022/quy-1/*"\nprofile = "dang-hd36"\n',
    )
    assert rules(write("2022/xa/a.yaml", BAD)) == []
    assert rules(write("cu-1.yaml", BAD)) == []
    assert rules(write("2023/a.yaml", BAD)) == ["DAT002"]
    assert find(str(write("2022/quy-1/a.yaml", BAD))).profile == "dang-hd36"
    assert find(str(write("2022/a.yaml", BAD))).profile is None


def test_options_reach_the_rule(write: Write) -> None:
    config = Config.of({"options": {"STR008": {"nguong": 3}}})
    assert config.joined({"options": {"STR008": {"khac": 1}}}).options == {
        "STR008": {"nguong": 3, "khac": 1}
    }


MISTAKES = {
    # text of the settings -> rule and place of the one finding
    'ignroe = ["STR"]': ("SCH003", 1, 1),
    'select = "STR"': ("SCH001", 1, 1),
    'select = ["STR",\n  "XYZ"]': ("CFG002", 2, 3),
    "ignore = ['dat']": ("SCH005", 1, 11),
    '[severity]\nDAT002 = "warn"': ("SCH004", 2, 1),
    '[severity]\nABC999 = "error"': ("CFG002", 2, 1),
    'profile = "dang-hd5"': ("CFG006", 1, 1),
    "[style]\nco_chu = 30": ("CFG005", 2, 1),
    '[style]\nkieu_dau = "tone_fist"': ("SCH004", 2, 1),
    "[options.STR008]\nnguon = 3": ("CFG004", 2, 1),
    '[options.STR008]\nnguong = "ba"': ("CFG004", 2, 1),
    "[options.STR001]\nnguong = 3": ("CFG004", 2, 1),
    '[[paths]]\nmatch = "*"\n[[paths]]\nmatch = "*"\nignore = ["QQQ"]': ("CFG002", 5, 11),
    '[[paths]]\nignore = ["STR"]': ("SCH002", 1, 3),
    'extends = "khong-co.toml"': ("CFG003", 1, 1),
    'extends = "vanban.toml"': ("CFG003", 1, 1),
    "select = [": ("CFG001", 1, 1),
    "select = 2023-01-01": ("SCH001", 1, 1),
    "a = 1\na = 2\nb = 3": ("CFG001", 2, 6),
}


@pytest.mark.parametrize("text", MISTAKES, ids=lambda t: t.replace("\n", "|"))
def test_a_mistake_is_told_at_its_place(write: Write, text: str) -> None:
    write("vanban.toml", text)
    config = find(str(write("a.yaml", BAD)))
    (fault,) = config.faults
    assert fault.span is not None
    assert (fault.rule, fault.span.line, fault.span.column) == MISTAKES[text]
    for lang in LANGUAGES:
        said = message(fault, lang)
        assert len(said) > 20 and "{" not in said


def test_what_is_right_still_holds_beside_a_mistake(write: Write) -> None:
    write("vanban.toml", 'ignore = ["DAT002", "XYZ"]\nselekt = 1\n[severity]\nNUM001 = "x"\n')
    assert rules(write("a.yaml", BAD)) == []


@pytest.mark.parametrize(
    ("raw", "slug"),
    [(b"\xff\xfe\x00", "bang_ma"), (b"#" * 300_000, "qua_lon"), (b"a = " + b"[" * 9000, "cu_phap")],
    ids=["utf16", "large", "deep"],
)
def test_files_that_are_no_settings(tmp_path: Path, raw: bytes, slug: str) -> None:
    (tmp_path / "vanban.toml").write_bytes(raw)
    (fault,) = find(str(tmp_path / "a.yaml")).faults
    assert fault.key == f"CFG001.{slug}"


def test_a_long_chain_ends(write: Write) -> None:
    for number in range(20):
        write(f"{number}.toml", f'extends = "{number + 1}.toml"\n')
    write("20.toml", "")
    write("vanban.toml", 'extends = "0.toml"\n')
    (fault,) = find(str(write("a.yaml", BAD))).faults
    assert fault.key == "CFG003.dai"


def test_a_windows_file_reads_alike(tmp_path: Path) -> None:
    (tmp_path / "vanban.toml").write_bytes(b'\xef\xbb\xbfignore = ["DAT002"]\r\nselekt = 1\r\n')
    config = find(str(tmp_path / "a.yaml"))
    assert config.ignore == ("DAT002",)
    (fault,) = config.faults
    assert fault.span is not None and fault.span.line == 2


def test_each_file_is_read_once(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    import vanban.config.reader

    write("vanban.toml", 'ignore = ["DAT002"]')
    read = vanban.config.reader.read
    seen: list[Path] = []
    monkeypatch.setattr(vanban.config.reader, "read", lambda p: seen.append(p) or read(p))
    finder = Finder()
    for name in ("a", "b", "c"):
        assert finder.of(str(write(f"{name}.yaml", BAD))).ignore == ("DAT002",)
    assert len(seen) == 1


def test_house_style_is_for_what_the_draft_leaves_open(write: Write) -> None:
    text = (ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml").read_text("utf-8")
    draft = vanban.load(write("a.yaml", text))
    larger = {"style": {"co_chu": 15}}
    assert vanban.render_html(draft, config=larger) != vanban.render_html(draft)
    own = vanban.loads(text.replace("  noi_nhan:", "  trinh_bay: {co_chu: 14}\n  noi_nhan:"))
    assert vanban.render_html(own, config=larger) == vanban.render_html(own)
