"""The figures are typed here from the regulations' tables, never read from the profile files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vanban.compose.profile import (
    UnknownProfileError,
    choose_profile,
    governing_date,
    load_profile,
    profiles,
    read_profile,
)
from vanban.errors import InternalError
from vanban.finding import Certainty

PARTY = ("dang-hd36", "dang-hd05")
STYLE_NAMES = [
    "tieu_de",
    "tieu_ngu",
    "cap_tren",
    "ban_hanh",
    "sao",
    "so",
    "do_khan",
    "do_mat",
    "pham_vi_luu_hanh",
    "du_thao_lan",
    "nguoi_danh_may",
    "lien_he",
    "hinh_thuc_sao",
    "ngay",
    "ten_loai",
    "trich_yeu",
    "gach_trich_yeu",
    "noi_dung",
    "phan",
    "ten_phan",
    "muc",
    "khoan",
    "diem",
    "gach",
    "cong",
    "ten_bang",
    "o_bang",
    "dau_bang",
    "don_vi_tinh",
    "quyen_han",
    "chuc_vu",
    "ho_ten",
    "noi_nhan",
    "noi_nhan_dong",
    "phu_luc",
    "ten_phu_luc",
    "so_trang",
]

# name: size (range or one value), bold, italic, capitals
PARTY_STYLES: dict[str, tuple[Any, bool, bool, bool]] = {
    "tieu_de": (15, True, False, True),
    "cap_tren": (14, False, False, True),
    "ban_hanh": (14, True, False, True),
    "so": (14, False, False, False),
    "do_khan": (14, True, False, True),
    "nguoi_danh_may": ((10, 11), False, False, False),
    "ngay": (14, False, True, False),
    "ten_loai": ((15, 16), True, False, True),
    "trich_yeu": ((14, 15), True, False, False),
    "noi_dung": ((14, 15), False, False, False),
    "phan": ((14, 15), True, False, False),
    "ten_phan": ((14, 15), True, False, True),
    "quyen_han": (14, True, False, True),
    "chuc_vu": (14, False, False, True),
    "ho_ten": (14, True, False, False),
    "noi_nhan": (14, False, False, False),
    "noi_nhan_dong": (12, False, False, False),
}
STATE_STYLES: dict[str, tuple[Any, bool, bool, bool]] = {
    "tieu_de": ((12, 13), True, False, True),
    "tieu_ngu": ((13, 14), True, False, False),
    "cap_tren": ((12, 13), False, False, True),
    "ban_hanh": ((12, 13), True, False, True),
    "so": (13, False, False, False),
    "do_khan": ((13, 14), True, False, True),
    "pham_vi_luu_hanh": ((13, 14), True, False, True),
    "nguoi_danh_may": (11, False, False, True),
    "lien_he": ((11, 12), False, False, False),
    "hinh_thuc_sao": ((13, 14), True, False, True),
    "ngay": ((13, 14), False, True, False),
    "ten_loai": ((13, 14), True, False, True),
    "trich_yeu": ((13, 14), True, False, False),
    "noi_dung": ((13, 14), False, False, False),
    "muc": ((13, 14), True, False, True),
    "quyen_han": ((13, 14), True, False, True),
    "chuc_vu": ((13, 14), True, False, True),
    "ho_ten": ((13, 14), True, False, False),
    "noi_nhan": (12, True, True, False),
    "noi_nhan_dong": (11, False, False, False),
    "phu_luc": (14, True, False, False),
    "ten_phu_luc": ((13, 14), True, False, True),
    "kem_theo": ((13, 14), False, True, False),
}


def check_styles(name: str, expected: dict[str, tuple[Any, bool, bool, bool]]) -> None:
    profile = load_profile(name)
    for style_name, (size, bold, italic, upper) in expected.items():
        style = profile.style(style_name)
        assert profile.figure(f"style.{style_name}.size").value == size, style_name
        low, high = size if isinstance(size, tuple) else (size, size)
        assert low <= style.size_pt <= high, style_name
        assert (style.bold, style.italic, style.upper) == (bold, italic, upper), style_name


@pytest.mark.parametrize("name", PARTY)
def test_party_styles(name: str) -> None:
    check_styles(name, PARTY_STYLES)


def test_state_styles() -> None:
    check_styles("nd30", STATE_STYLES)


@pytest.mark.parametrize("name", [*PARTY, "nd30"])
def test_every_profile_has_every_style(name: str) -> None:
    profile = load_profile(name)
    # Only state documents tie an appendix to its document by a line of its own (III.1).
    names = [*STYLE_NAMES, *(["kem_theo"] if name == "nd30" else [])]
    assert sorted(profile.styles) == sorted(names)
    assert len({style.label for style in profile.styles.values()}) == len(names)
    assert profile.style("noi_nhan").underline is (name != "nd30")


@pytest.mark.parametrize("name", PARTY)
def test_party_page_and_body(name: str) -> None:
    profile = load_profile(name)
    page = profile.page
    assert (page.width, page.height) == (210, 297)
    assert (page.top, page.bottom, page.left, page.right) == (20, 20, 30, 15)
    assert (page.back_left, page.back_right) == (15, 30)
    assert (page.text_width, page.text_width_landscape) == (165, 252)
    number = profile.page_number
    assert (number.size_pt, number.align, number.from_top, number.first_page) == (
        14,
        "center",
        10,
        False,
    )
    body = profile.style("noi_dung")
    assert (body.align, body.indent_mm, body.space_after_pt) == ("justify", 10, 6)
    assert profile.wording["title"] == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert profile.wording["under_subject"] == "-----"


def test_state_page_and_body() -> None:
    profile = load_profile("nd30")
    assert profile.figure("page.top").value == (20, 25)
    assert profile.figure("page.left").value == (30, 35)
    assert profile.figure("page.right").value == (15, 20)
    page = profile.page
    assert (page.top, page.bottom, page.left, page.right) == (20, 20, 30, 15)
    assert profile.figure("style.noi_dung.indent").value == (10, 12.7)
    assert profile.figure("page_number.size").value == (13, 14)
    assert profile.style("ban_hanh").rule == pytest.approx(0.4)
    assert profile.figure("style.trich_yeu.rule").value == (0.333, 0.5)
    assert profile.wording["title"] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert profile.wording["motto"] == "Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize("name", PARTY)
def test_party_choices(name: str) -> None:
    choices = load_profile(name).choices
    size, pitch = choices["co_chu"], choices["gian_dong"]
    assert (size.low, size.high, size.default, size.unit) == (14, 15, 14, "pt")
    assert (pitch.low, pitch.high, pitch.default) == (18, 22, 18)
    assert choices["kieu_muc"].values == ("I-", "I.")
    assert choices["kieu_muc"].default == "I-"
    assert choices["in_hai_mat"].values == (False, True)
    assert choices["in_hai_mat"].default is False
    assert choices["dong_ky"].default == 5
    assert choices["kieu_dau"].default == "tone_first"


def test_choices_say_what_is_allowed() -> None:
    choices = load_profile("dang-hd36").choices
    assert choices["co_chu"].allows(14)
    assert not choices["co_chu"].allows(13)
    assert not choices["co_chu"].allows(True)
    assert not choices["co_chu"].allows("chữ")
    assert choices["kieu_muc"].allows("I.")
    assert not choices["kieu_muc"].allows("1.")
    assert choices["in_hai_mat"].allows(True)
    assert not choices["in_hai_mat"].allows(1)
    assert load_profile("nd30").choices["gian_dong"].high == 1.5


def test_certainty_follows_the_evidence() -> None:
    old, new = load_profile("dang-hd36"), load_profile("dang-hd05")
    for path, before, after in [
        ("style.tieu_de.size", Certainty.A, Certainty.B),
        ("style.chuc_vu.size", Certainty.C, Certainty.B),
        ("page_number.from_top", Certainty.C, Certainty.B),
        ("body.line_exact", Certainty.C, Certainty.B),
        ("date.pad_month_below", Certainty.A, Certainty.A),
    ]:
        assert (old.figure(path).certainty, new.figure(path).certainty) == (before, after), path
    assert load_profile("nd30").figure("style.so.size").certainty is Certainty.A


@pytest.mark.parametrize("name", [*PARTY, "nd30"])
def test_every_figure_has_a_clause(name: str) -> None:
    for path, figure in load_profile(name).figures().items():
        assert figure.clause, path
        if isinstance(figure.value, tuple):
            if figure.is_range:
                assert figure.value[0] <= figure.default <= figure.value[1], path
            else:
                assert figure.default in figure.value, path


def test_dates_of_validity() -> None:
    known = profiles()
    assert (known["dang-hd36"].valid_from, known["dang-hd36"].valid_to) == (
        date(2018, 4, 3),
        date(2026, 5, 26),
    )
    assert (known["dang-hd05"].valid_from, known["dang-hd05"].valid_to) == (
        date(2026, 5, 27),
        None,
    )
    assert known["nd30"].valid_from == date(2020, 3, 5)
    assert known["dang-hd36"].covers(date(2026, 5, 26))
    assert not known["dang-hd36"].covers(date(2026, 5, 27))


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("26/5/2026", "dang-hd36"),
        ("27/5/2026", "dang-hd05"),
        ("2018-01-01", "dang-hd36"),
        ("5/2026", "dang-hd05"),
        ("2026-04", "dang-hd36"),
        (None, "dang-hd36"),
        ("chưa rõ", "dang-hd36"),
    ],
)
def test_the_date_chooses(issued: Any, expected: str) -> None:
    data = {
        "the_thuc": {"ngay_ban_hanh": issued},
        "ky_bao_cao": {"loai_ky": "nam", "tu_ngay": "2025-01-01", "den_ngay": "2025-12-31"},
    }
    assert choose_profile(data).name == expected


def test_a_name_goes_before_the_draft_and_the_draft_before_the_date() -> None:
    data = {"the_thuc": {"ngay_ban_hanh": "2023-10-09", "bo_the_thuc": "nd30"}}
    assert choose_profile(data).name == "nd30"
    assert choose_profile(data, "dang-hd05").name == "dang-hd05"
    assert choose_profile({"the_thuc": {"bo_the_thuc": "lạ"}}).name == "dang-hd05"
    assert choose_profile({}).name == "dang-hd05"
    assert governing_date({}) is None


def test_unknown_name_is_a_usage_error() -> None:
    with pytest.raises(UnknownProfileError) as caught:
        choose_profile({}, "dang-hd99")
    assert caught.value.exit_code == 2
    assert "dang-hd99" in str(caught.value)
    assert "dang-hd36" in str(caught.value)


def test_unknown_figure_and_style_are_internal_errors() -> None:
    profile = load_profile("nd30")
    with pytest.raises(InternalError):
        profile.figure("style.la.size")
    with pytest.raises(InternalError):
        profile.style("la")


def test_body_size_governs_the_headings() -> None:
    styles = load_profile("dang-hd36").styles_for(15)
    assert {styles[n].size_pt for n in ("noi_dung", "muc", "khoan", "phan", "gach")} == {15}
    assert styles["tieu_de"].size_pt == 15
    assert styles["so"].size_pt == 14


BROKEN = {
    "not toml": "[",
    "no clause": '[page]\nwidth = 1\ncertainty = "A"\n',
    "bad certainty": '[page]\nclause = "x"\ncertainty = "D"\nwidth = 1\n',
    "range without default": '[page]\nclause = "x"\ncertainty = "A"\nwidth = [1, 2]\n',
    "unknown entry": '[page]\nclause = "x"\ncertainty = "A"\nwidth = {value = 1, colour = 2}\n',
    "not a table": "page = 1\n",
    "no name": '[page]\nclause = "x"\ncertainty = "A"\nwidth = 1\n',
    "extends itself": 'extends = "a"\n',
    "extends nothing": 'extends = "b"\n',
    "no styles": 'name = "a"\ntitle = "a"\ndocument = "a"\nfamily = "dang"\n',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_broken_profiles_name_their_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InternalError, match=r"a\.toml|b\.toml"):
        read_profile(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('align = "center"', 'align = "giua"'),
        ("height = 297", 'height = "cao"'),
        ("height = 297", ""),
        ("valid_from = 2020-03-05", 'valid_from = "nay"'),
        ('co_chu.figure = "style.noi_dung.size"', 'co_chu.figure = "khong.co"'),
    ],
)
def test_damaged_profiles_are_internal_errors(tmp_path: Path, old: str, new: str) -> None:
    from vanban import resources

    source = (resources.profiles_dir() / "nd30.toml").read_text("utf-8")
    assert old in source
    path = tmp_path / "nd30.toml"
    path.write_text(source.replace(old, new, 1), "utf-8")
    with pytest.raises(InternalError, match="nd30"):
        read_profile(path)
