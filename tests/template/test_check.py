"""``vanban template check``: a folder of faulty templates, each with its findings beside it.

A page is a file ``faulty/<name>.html.j2``, a Word template a recipe ``faulty/<name>.docx.toml``
that changes ours; ``<name>.expected`` holds one line for each finding. Adding files adds a test.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from building import BODY, built, paragraph
from hypothesis import given
from hypothesis import strategies as st

from vanban.cli.main import main
from vanban.compose.profile import profiles
from vanban.errors import TemplateError
from vanban.kinds import Kind
from vanban.render import template_kit
from vanban.render.docx_package import Package
from vanban.render.sandbox import environment, word_environment
from vanban.render.template_check import check
from vanban.render.template_fields import page_fields, word_fields
from vanban.render.template_tags import Fault, Looker, Place, Tag, pieces
from vanban.resources import data_root

FAULTY = Path(__file__).parent / "faulty"
KIND = Kind("bao-cao-so-ket", data_root())
SHOWN = ("field", "name", "meant", "end", "other", "where", "what", "style", "parent", "limit")


def line(fault: Fault) -> str:
    """A finding as it stands in a file of expected ones."""
    place = fault.place
    if place.line is not None:
        where = f"{place.line}:{place.column}"
    else:
        counted = (place.paragraph, place.table, place.row, place.cell)
        names = ("đoạn", "bảng", "hàng", "cột")
        where = " ".join(
            [
                *([Path(place.part).name] if place.part else ["-"]),
                *(f"{n} {v}" for n, v in zip(names, counted, strict=True) if v),
            ]
        )
    shown = ("detail",) if fault.code == "package" else SHOWN
    details = "; ".join(f"{k}={v}" for k, v in fault.details if k in shown)
    return " | ".join(filter(None, [where, fault.severity, fault.code, fault.tag, details]))


def template_of(source: Path, folder: Path) -> Path:
    """The template that a file of the folder of faulty ones stands for."""
    name = source.name.removesuffix(".toml")
    if source.suffix == ".toml":
        path = folder / name
        path.write_bytes(built(tomllib.loads(source.read_text("utf-8"))))
        return path
    path = folder / name
    path.write_bytes(source.read_bytes())
    return path


SOURCES = sorted(p for p in FAULTY.iterdir() if p.suffix in {".toml", ".j2"})


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_every_fault_is_found_at_once_with_its_place(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANBAN_LANG", "vi")
    checked = check(template_of(source, tmp_path), KIND)
    name = source.name.removesuffix(".toml").removesuffix(".j2")
    expected = (FAULTY / f"{name}.expected").read_text("utf-8").splitlines()
    assert [line(fault) for fault in checked.faults] == expected
    for lang in ("vi", "en"):
        monkeypatch.setenv("VANBAN_LANG", lang)
        for fault in checked.faults:
            assert fault.message and "\n" not in fault.message
    assert checked.count("error") > 0


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_what_is_faulty_is_refused_by_export_too(source: Path, tmp_path: Path) -> None:
    """The check finds no more than there is: export refuses each of these (a style sheet apart)."""
    if ".css" in source.name:
        return
    path = template_of(source, tmp_path)
    draft = tmp_path / "báo cáo.yaml"
    draft.write_bytes((KIND.examples / "9-thang-2023.yaml").read_bytes())
    format = "--docx" if path.suffix == ".docx" else "--html"
    assert main(["export", str(draft), format, "--template", str(path)]) == 3
    assert not [p for p in tmp_path.iterdir() if p.stem == "báo cáo" and p != draft]


# --- good ones ----------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", sorted(profiles()))
def test_our_own_word_template_is_without_fault(profile: str, tmp_path: Path) -> None:
    path = tmp_path / f"document.{profile}.docx"
    path.write_bytes(built({}, profile))
    assert check(path, KIND).faults == ()


def test_what_is_handed_out_is_without_fault(tmp_path: Path) -> None:
    template_kit.write(template_kit.kit(KIND), tmp_path / "mẫu")
    checked = check(tmp_path / "mẫu", KIND)
    assert checked.faults == ()
    assert len(checked.files) == len(profiles()) + 3


def test_tags_as_word_tears_and_quotes_them(tmp_path: Path) -> None:
    """Word splits a tag into runs where a language or a spelling mark changes."""
    path = tmp_path / "mẫu.docx"
    torn = [
        "{{r k¦y.ho¦_ten.¦chu }}",
        "{%¦p if ky.ho_ten.kieu == “ho_ten” %}",
        "x",
        "{%p en¦dif %}",
    ]
    path.write_bytes(built({"append": torn}))
    assert check(path, KIND).faults == ()


def test_a_template_made_in_word_without_anything_of_ours(tmp_path: Path) -> None:
    """Only what such a template leaves out is said, as something to look at."""
    texts = []
    for name in ("trai", "phai", "trai_duoi", "phai_duoi"):
        texts += [f"{{%p for d in dau_trang.{name} %}}", "{{r d.chu }}", "{%p endfor %}"]
    for name in ("ten_van_ban", "noi_dung", "noi_nhan.danh_sach", "ky.quyen_han", "ky.chuc_vu"):
        texts += [f"{{%p for d in {name} %}}", "{{r d.chu }}", "{%p endfor %}"]
    texts += ["{{r noi_nhan.nhan.chu }}", "{{r ky.ho_ten.chu }}"]
    package = Package.read(built({}))
    body = package.parts[BODY].decode()
    start, end = body.index("<w:body>") + len("<w:body>"), body.index("<w:sectPr>")
    package.parts[BODY] = f"{body[:start]}{''.join(map(paragraph, texts))}{body[end:]}".encode()
    path = tmp_path / "mẫu.docx"
    path.write_bytes(package.write())
    found = check(path, KIND).faults
    assert [fault.code for fault in found if fault.severity == "warning"] == ["never_some"]
    (lost,) = [fault for fault in found if fault.severity == "error"]
    assert lost.code == "fails"  # the example has tables and appendices


def test_fields_that_the_template_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "document.html.j2"
    path.write_text(
        '{% extends "base.html.j2" %}{% from "base.html.j2" import line as dong with context %}'
        "{% set ten = document.meta.title %}{% macro viec(x, y=1) %}{{ x }}{{ y }}{% endmacro %}"
        "{% block dau scoped %}{{ super() }}{{ ten }}{{ viec(ten) }}"
        "{% for item in document.header.left if item.text %}{{ loop.index }}{{ dong(item) }}"
        "{% set cuoi = loop.last %}{% if cuoi and item.rule_mm is defined %}"
        "{{ item.style | upper }}"
        "{% endif %}{% endfor %}{% with a = 1, b = document.title %}{{ a }}{{ b[0].text }}"
        "{{ (b | first).text }}{% endwith %}{% set khoi %}x{% endset %}{{ khoi }}"
        "{{ document.khong_co | default('không') }}{% raw %}{{ gì cũng được }}{% endraw %}"
        "{# {{ ghi chú }} #}{{ '}}' }}{% endblock %}",
        "utf-8",
    )
    assert check(path, KIND).faults == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "document",
                "{%",
                "for",
                "if",
                "else",
                "elif",
                "endfor",
                "endif",
                "end",
                "set",
                "=",
                "block",
                "endblock",
                "super()",
                "macro",
                "m(",
                ")",
                "in",
                "item",
                ".text",
                "|",
                "upper",
                "[0]",
                "%}",
                "}}",
                "{#",
                "#}",
                "-",
                "+",
                "~",
                ",",
                "'a'",
                '"',
                "9",
                "is",
                "defined",
                "raw",
                "endraw",
                "\n",
                "{",
                "}",
                "%",
            ]
        ),
        max_size=25,
    )
)
def test_nothing_that_is_written_stops_the_check(words: list[str]) -> None:
    """Any heap of pieces of tags ends in findings, each with a sentence of one line."""
    text = " ".join(words)
    for fence, names in ((environment(), page_fields()), (word_environment(str), word_fields())):
        looker = Looker(fence, names)
        place = Place("mẫu", "ở đây", line=1, column=1)
        looker.look(Tag(p.opener, p.inside.strip(), place, ended=p.ended) for p in pieces(text))
        for fault in looker.faults:
            assert fault.message and "\n" not in fault.message
        if not looker.faults and fence is environment():
            fence.parse(text)  # what has no fault is a template


# --- the verb -----------------------------------------------------------------------------------


def test_json_and_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = template_of(FAULTY / "fields.docx.toml", tmp_path)
    assert main(["template", "check", str(bad), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["summary"] == {"files": 1, "errors": len(data["findings"]), "warnings": 0}
    (first, *_) = data["findings"]
    assert first["code"] == "field_meant" and first["part"] == BODY and first["paragraph"] > 10
    assert first["tag"] == "{{r dau_trang.tria[0].chu }}" and first["line"] is None
    cell = next(f for f in data["findings"] if f["table"])
    assert (cell["row"], cell["cell"], cell["paragraph"]) == (1, 2, None)
    good = tmp_path / "document.nd30.docx"
    good.write_bytes(built({}, "nd30"))
    assert main(["template", "check", str(good)]) == 0
    assert "không có lỗi" in capsys.readouterr().out
    assert main(["--lang", "en", "template", "check", str(bad)]) == 1
    assert "did you mean trai?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("thiếu.docx", None),
        ("rỗng.docx", b""),
        ("giả.docx", b"PK\x03\x04 no archive"),
        ("nhị phân.html.j2", b"\xff\xfe\x00\x81"),
        ("đuôi lạ.odt", b"x"),
    ],
)
def test_what_cannot_be_read(
    name: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert main(["template", "check", str(path)]) == 3
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 1 and name in captured.err and not captured.out


def test_a_folder_without_templates(tmp_path: Path) -> None:
    (tmp_path / "ghi chú.txt").write_text("x")
    (tmp_path / "~$document.docx").write_text("x")
    with pytest.raises(TemplateError, match="không có tệp mẫu nào"):
        check(tmp_path, KIND)


def test_kind_and_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "document.html.j2"
    path.write_text('{% extends "base.html.j2" %}', "utf-8")
    assert main(["template", "check", str(path), "--kind", "bao-cao-so-ket"]) == 0
    capsys.readouterr()
    assert main(["template", "check", str(path), "--kind", "bao-cao-so-kat"]) == 2
    assert "bao-cao-so-ket" in capsys.readouterr().err
    assert main(["template", "chek", str(path)]) == 2
    assert "check" in capsys.readouterr().err
    assert main(["template", "check", str(path), "--profile", "la"]) == 2
