"""Settings: found upward, joined in order, and every mistake told at its place."""

from __future__ import annotations

import unicodedata
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
    'select = "STR"': ("SCH001", 1, 10),
    'select = ["STR",\n  "XYZ"]': ("CFG002", 2, 3),
    "ignore = ['dat']": ("SCH005", 1, 11),
    '[severity]\nDAT002 = "warn"': ("SCH004", 2, 10),
    '[severity]\nABC999 = "error"': ("CFG002", 2, 10),
    'profile = "dang-hd5"': ("CFG006", 1, 11),
    "[style]\nco_chu = 30": ("CFG005", 2, 10),
    "[style]\nco_chu = 1e999": ("SCH001", 2, 10),
    '[style]\nkieu_dau = "tone_fist"': ("SCH004", 2, 12),
    "[options.STR008]\nnguon = 3": ("CFG004", 2, 1),
    '[options.STR008]\nnguong = "ba"': ("CFG004", 2, 10),
    "[options.STR008]\nnguong = true": ("CFG004", 2, 10),
    "[options.STR008]\nnguong = -1": ("CFG004", 2, 10),
    "[options.STR008]\nnguong = 1000001": ("CFG004", 2, 10),
    "[options.STR008]\nnguong = nan": ("CFG004", 2, 10),
    "[options.STR008]\nnguong = 1e99999999999999999999": ("CFG004", 2, 10),
    "options.STR007 = { bat_buoc = 1 }": ("CFG004", 1, 31),
    "[options.STR001]\nnguong = 3": ("CFG004", 2, 1),
    '[[paths]]\nmatch = "*"\n[[paths]]\nmatch = "*"\nignore = ["QQQ"]': ("CFG002", 5, 11),
    '[[paths]]\nignore = ["STR"]': ("SCH002", 1, 3),
    'extends = "khong-co.toml"': ("CFG003", 1, 11),
    'extends = "vanban.toml"': ("CFG003", 1, 11),
    'extends = "."': ("CFG003", 1, 11),
    'extends = "/dev/zero"': ("CFG003", 1, 11),
    'extends = "https://vi.du/vanban.toml"': ("CFG003", 1, 11),
    'extends = ["a\\u0000b"]': ("CFG003", 1, 12),
    f"extends = '{'x' * 5000}'": ("CFG003", 1, 11),
    "select = [": ("CFG001", 1, 1),
    "select = 2023-01-01": ("SCH001", 1, 10),
    '"a/b~" = 1': ("SCH003", 1, 1),
    "a = 1\na = 2\nb = 3": ("CFG001", 2, 6),
}


@pytest.mark.parametrize("text", MISTAKES, ids=lambda t: t.replace("\n", "|")[:50])
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
    [
        (b"\xff\xfe\x00", "bang_ma"),
        (b"#" * 300_000, "qua_lon"),
        (b"a = " + b"[" * 9000, "sau"),
        (b".".join([b"a"] * 2000) + b" = 1", "sau"),
        (b"a = " + b"9" * 5000, "so_dai"),
    ],
    ids=["utf16", "large", "deep", "dotted", "digits"],
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


SYNTAX = {
    "ngưỡng = 3": "dau_bang",
    "ignore": "dau_bang",
    "profile = dang-hd05": "gia_tri",
    'profile = "x" y': "thua",
    'ignore = ["STR008"\nselect = ["NUM"]': "chua_dong",
    'profile = "dang': "chua_dong",
    "[severity\nNUM = 1": "chua_dong",
    "[style]\n[style]": "hai_lan",
    'extends = "..\\dang\\vanban.toml"': "nguoc",
    "ignore = []\x0b": "thua",
    "# xin\x0bchào": "ky_tu",
}


@pytest.mark.parametrize("text", SYNTAX, ids=SYNTAX.values())
def test_what_is_no_toml_is_told_in_words_of_ours(write: Write, text: str) -> None:
    write("vanban.toml", text)
    (fault,) = find(str(write("a.yaml", BAD))).faults
    assert (fault.rule, fault.key) == ("CFG001", f"CFG001.{SYNTAX[text]}")
    assert fault.span is not None
    for lang in LANGUAGES:
        assert len(message(fault, lang)) > 20


def test_a_list_is_asked_for_in_the_form_of_toml(write: Write) -> None:
    write("vanban.toml", 'select = "STR"\nseverity = 1\n')
    said = [message(f, "vi") for f in find(str(write("a.yaml", BAD))).faults]
    assert "ngoặc vuông" in said[0] and "ngoặc vuông" in said[1] and "“- ”" not in "".join(said)


def test_a_list_of_tables_is_no_table_of_settings(write: Write) -> None:
    write("pyproject.toml", '[[tool.vanban]]\nignore = ["DAT"]\n')
    (fault,) = find(str(write("a.yaml", BAD))).faults
    assert fault.rule == "SCH001" and fault.span is not None


def test_a_project_file_of_another_tool_does_not_stop_the_search(write: Write) -> None:
    write("vanban.toml", 'ignore = ["DAT002"]')
    write("xa/pyproject.toml", "\n" * 100_000 + "[tool.vanban-khac]\nx = 1\n")
    assert rules(write("xa/a.yaml", BAD)) == []


def test_links_that_lead_nowhere(write: Write, tmp_path: Path) -> None:
    write("vanban.toml", 'extends = "vong.toml"')
    (tmp_path / "vong.toml").symlink_to("vong.toml")
    (tmp_path / "vong.yaml").symlink_to("vong.yaml")
    (fault,) = find(str(write("a.yaml", BAD))).faults
    assert fault.key == "CFG003.khong_co"
    assert rules(tmp_path / "vong.yaml") == ["INP020"]


def test_a_name_that_cannot_be_one_has_no_settings() -> None:
    assert find("a\0b") == Config()


def test_a_file_that_may_not_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("vanban.toml", "")
    path = write("a.yaml", BAD)
    monkeypatch.setattr(Path, "open", _refuse)
    (fault,) = find(str(path)).faults
    assert fault.key == "CFG001.khong_doc_duoc"


def _refuse(self: Path, *args: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_files_extended_many_times_are_read_once_and_told_once(write: Write) -> None:
    for number in range(6):
        names = ", ".join([f'"{number + 1}.toml"'] * 50)
        write(f"{number}.toml", f"extends = [{names}]\n")
    write("6.toml", "ignroe = 1\n")
    write("vanban.toml", 'extends = "0.toml"\n')
    config = find(str(write("a.yaml", BAD)))
    assert [f.key for f in config.faults] == ["SCH003.goi_y"]


def test_patterns_count_from_the_file_in_which_they_stand(write: Write) -> None:
    write("vanban.toml", '[[paths]]\nmatch = "xa/2022"\nignore = ["DAT002"]\n')
    write("xa/vanban.toml", 'extends = "../vanban.toml"\n')
    assert rules(write("xa/2022/a.yaml", BAD)) == []
    assert rules(write("xa/a.yaml", BAD)) == ["DAT002"]


@pytest.mark.parametrize(
    "pattern", ["2022", "2022/", "./2022/*", "2022\\\\*", "2022/xa*", "*/a.yaml"]
)
def test_patterns_as_people_write_them(write: Write, pattern: str) -> None:
    write("vanban.toml", f'[[paths]]\nmatch = "{pattern}"\nignore = ["DAT002"]\n')
    assert rules(write("2022/xa Mẫu/a.yaml", BAD)) == []
    assert rules(write("20222/b.yaml", BAD)) == ["DAT002"]


def test_patterns_match_letters_however_they_are_composed(write: Write) -> None:
    write("vanban.toml", '[[paths]]\nmatch = "xã/*"\nignore = ["DAT002"]\n')
    decomposed = unicodedata.normalize("NFD", "xã")
    assert decomposed != "xã"
    assert rules(write(f"{decomposed}/a.yaml", BAD)) == []


def test_many_mistakes_cost_as_much_as_the_file_is_long(write: Write) -> None:
    write("vanban.toml", "".join(f"k{number} = 1\n" for number in range(2000)))
    faults = find(str(write("a.yaml", BAD))).faults
    assert [f.span.line for f in faults if f.span] == list(range(1, 2001))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"severity": {"DAT": "warn"}}, "warning"),
        ({"selekt": ["DAT"]}, "select"),
        ({"select": "DAT"}, "danh sách"),
        ({"ignore": ["XYZ"]}, "XYZ"),
        ({"options": {"STR008": {"nguong": "ba"}}}, "nguong"),
    ],
    ids=["severity", "key", "type", "rule", "option"],
)
def test_a_program_is_told_what_is_wrong_with_its_settings(
    given: dict[str, object], said: str
) -> None:
    draft = vanban.load(ROOT / "examples" / "bao-cao-so-ket" / "toi-thieu.yaml")
    with pytest.raises(vanban.SettingsError, match=said):
        vanban.validate(draft, config=given)
