"""The fence: what a stranger's template tries ends in one line, soon and without much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import built
from hypothesis import given
from hypothesis import strategies as st
from payloads import BURDENS, ESCAPES

from vanban.cli.main import main
from vanban.compose.document import Document
from vanban.compose.profile import load_profile
from vanban.errors import TemplateError
from vanban.kinds import Kind
from vanban.read.reader import read_path
from vanban.render.docx import render_docx
from vanban.render.html import render_html
from vanban.render.sandbox import FILTERS, TESTS, Budget, environment, spending
from vanban.render.template_check import trials
from vanban.resources import data_root

KIND = Kind("bao-cao-so-ket", data_root())
MAX_SECONDS, MAX_MIB = 2.0, 300
NAMES = [f"{format}-{name}" for format in ("html", "docx") for name in ESCAPES | BURDENS]


@pytest.fixture(scope="session")
def document() -> Document:
    """The longest example."""
    return trials(KIND, None)[0]


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What became of every payload, in a process of its own whose memory is watched."""
    folder = tmp_path_factory.mktemp("mẫu")
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "payloads.py"), str(folder)],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "VANBAN_LANG": "vi"},
    )  # fmt: skip
    found = [json.loads(text) for text in done.stdout.splitlines()]
    return {item["name"]: item for item in found}


@pytest.mark.parametrize("name", NAMES)
def test_every_attempt_ends_in_one_line(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    outcome = outcomes[name]
    message = outcome["message"]
    assert message and "\n" not in message
    assert ("mau.html.j2" if name.startswith("html") else "mau.docx") in message
    places = ("dòng 1:", "văn bản", "giới hạn an toàn", "quá nhiều phần tử")
    assert any(place in message for place in places)
    assert outcome["seconds"] < MAX_SECONDS
    assert outcome["mib"] < MAX_MIB
    # Nothing of the machine or of Python is in what is said.
    assert "0x" not in message and "object at" not in message and "root:" not in message


def test_an_endless_template_from_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "b.yaml"
    draft.write_bytes((KIND.examples / "toi-thieu.yaml").read_bytes())
    template = tmp_path / "mẫu.html.j2"
    template.write_text("\n\n" + BURDENS["loops_without_output"], "utf-8")
    assert main(["export", str(draft), "--html", "--pdf", "--template", str(template)]) == 3
    (message,) = [text for text in capsys.readouterr().err.splitlines() if "mẫu.html.j2" in text]
    assert "dòng 3" in message
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.yaml", "mẫu.html.j2"]


def test_our_own_templates_use_a_small_part_of_the_budget(document: Document) -> None:
    from vanban.render.html import filled

    budget = Budget.for_document(document)
    held: list[Budget] = []

    def watched(given: Document) -> Budget:
        held.append(budget)
        return budget

    original = Budget.for_document
    Budget.for_document = staticmethod(watched)  # type: ignore[method-assign, assignment]
    try:
        filled(document, KIND, "")
    finally:
        Budget.for_document = original  # type: ignore[method-assign]
    assert held
    assert budget.steps > 0.9 * budget.steps_given
    assert budget.chars > 0.9 * budget.chars_given


def test_a_long_document_has_a_longer_budget(document: Document, tmp_path: Path) -> None:
    long = replace(document, body=document.body * 30)
    assert Budget.for_document(long).seconds > 3 * Budget.for_document(document).seconds
    own = tmp_path / "mẫu.html.j2"
    own.write_text('{% extends "base.html.j2" %}', "utf-8")
    assert len(render_html(long, KIND, own)) > 10 * len(render_html(document, KIND, own))
    word = tmp_path / "mẫu.docx"
    word.write_bytes(built({}, long.meta.profile))
    assert len(render_docx(long, KIND, word)) > len(render_docx(document, KIND, word))


def test_a_budget_is_that_of_its_thread_and_its_document(tmp_path: Path) -> None:
    """One endless template does not eat what another may spend."""
    env = environment()
    endless = env.from_string(BURDENS["loops_of_assignment"])
    good = env.from_string("{% for a in range(100) %}{{ a }}{% endfor %}")
    found: list[str] = []

    def burn() -> None:
        with spending(Budget(10_000, 10_000, 5)), pytest.raises(Exception, match="10000"):
            endless.render()

    def work() -> None:
        with spending(Budget(10_000, 10_000, 5)):
            found.append(good.render())

    threads = [threading.Thread(target=f) for f in (burn, work, burn, work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["".join(map(str, range(100)))] * 2


def test_only_plain_files_of_the_folder_are_called(tmp_path: Path, document: Document) -> None:
    secret = tmp_path / "bí mật.txt"
    secret.write_text("BÍ MẬT", "utf-8")
    folder = tmp_path / "mẫu"
    folder.mkdir()
    (folder / "phan.j2").symlink_to(secret)
    template = folder / "document.html.j2"
    template.write_text(
        '{% extends "base.html.j2" %}{% block dau scoped %}{% include "phan.j2" %}{{ super() }}'
        "{% endblock %}",
        "utf-8",
    )
    with pytest.raises(TemplateError, match=r"không có mẫu phan\.j2"):
        render_html(document, KIND, template)
    (folder / "phan.j2").unlink()
    (folder / "phan.j2").write_text("<p>Phần riêng {{ document.meta.title }}</p>", "utf-8")
    assert "<p>Phần riêng " in render_html(document, KIND, template).decode()


def test_a_template_changed_on_disk_is_read_again(tmp_path: Path, document: Document) -> None:
    template = tmp_path / "document.html.j2"
    template.write_text('{% extends "base.html.j2" %}', "utf-8")
    base = (data_root() / "templates" / "base.html.j2").read_text("utf-8")
    for number, word in enumerate(("Một", "Hai")):
        (tmp_path / "base.html.j2").write_text(base.replace("<body>", f"<body><p>{word}</p>"))
        os.utime(tmp_path / "base.html.j2", (number + 1, number + 1))
        assert f"<p>{word}</p>" in render_html(document, KIND, template).decode()


def test_a_style_sheet_of_the_office(tmp_path: Path, document: Document) -> None:
    template = tmp_path / "document.html.j2"
    template.write_text('{% extends "base.html.j2" %}', "utf-8")
    css = tmp_path / "base.css.j2"
    css.write_text("/* riêng */ p { margin: {{ page.top | so }}mm }", "utf-8")
    top = load_profile(document.meta.profile).page.top
    assert f"/* riêng */ p {{ margin: {top:g}mm }}" in (
        render_html(document, KIND, template).decode()
    )
    css.write_text("p { margin: {{ pge }} }", "utf-8")
    with pytest.raises(TemplateError, match=r"base\.css\.j2, dòng 1: không có trường pge"):
        render_html(document, KIND, template)
    css.write_text("{% for a in range(10000) %}" * 4 + "{% endfor %}" * 4, "utf-8")
    with pytest.raises(TemplateError, match=r"base\.css\.j2, dòng 1: mẫu"):
        render_html(document, KIND, template)


# --- filters and reckoning ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("{{ 'a<b' | upper }}", "A&lt;B"),
        ("{{ ['a', '<', 1] | join('&') }}", "a&amp;&lt;&amp;1"),
        ("{{ 'a' ~ '<' ~ 2 }}", "a&lt;2"),
        ("{{ 'aXbX' | replace('X', '-') }}", "a-b-"),
        ("{{ [3, 1, 2] | min }}{{ [3, 1, 2] | max }}{{ -2 | abs }}", "132"),
        ("{{ 1.239 | round(2) }} {{ 12.50 | so }}", "1.24 12.5"),
        ("{{ x | default('y') }}{{ '' | d('z', true) }}", "yz"),
        ("{{ [1, 2] | first }}{{ [1, 2] | last }}{{ [1, 2] | length }}", "122"),
        ("{{ 'chữ'.title() }}{{ 'abc'[1:] }}{{ 'abc'[0] }}", "Chữbca"),
        ("{{ (1 + 2) * 3 - 4 / 2 }}", "7.0"),
        ("{{ ([1] + [2]) | length }}{{ 'a' + 'b' }}", "2ab"),
        ("{% if 'a' in ['a', 'b'] and 2 > 1 and not false %}đúng{% endif %}", "đúng"),
        ("{% for a in range(3) if a is odd %}{{ loop.index }}/{{ a }}{% endfor %}", "1/1"),
        ("{% for a in [] %}x{% else %}trống{% endfor %}", "trống"),
        ("{{ 'x' if false }}|", "|"),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}", "1213"),
        ("{% if x is defined %}a{% endif %}{% if x is undefined %}b{% endif %}", "b"),
    ],
)  # fmt: skip
def test_what_templates_can_do(source: str, wanted: str) -> None:
    with spending(Budget(1000, 1000, 5)):
        assert environment().from_string(source).render() == wanted


def test_the_lists_of_what_is_allowed_are_ours() -> None:
    env = environment()
    assert {name for name in env.filters if not name.startswith("_")} == set(FILTERS)
    assert set(env.tests) == set(TESTS)
    assert set(env.globals) == {"range"}


@given(st.text(max_size=60))
def test_no_text_of_a_draft_is_ever_run(text: str) -> None:
    """What looks like a tag in a value is a text like any other."""
    made = environment().from_string("{{ x }}").render(x=f"{{{{ {text} }}}}{{% {text} %}}")
    import html

    assert html.unescape(made) == f"{{{{ {text} }}}}{{% {text} %}}"


@given(st.text(alphabet="{}%#abc.'\"[]()|~ \n1,=-+", max_size=40))
def test_no_source_breaks_the_fence(source: str) -> None:
    """Whatever is written: a text or one of the errors that become one line, and soon."""
    from jinja2 import TemplateError as AnyFault

    env = environment()
    with spending(Budget(1000, 10_000, 1)):
        try:
            env.from_string(source).render(a="1", b=["2"], c={"a": 1})
        except (AnyFault, TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
            return


def test_examples_are_read_for_trials() -> None:
    names = {path.name for path in KIND.examples.glob("*.yaml")}
    readable = [n for n in names if read_path(str(KIND.examples / n)).kind == KIND.name]
    assert 0 < len(trials(KIND, None)) <= len(readable)
    assert {d.meta.profile for d in trials(KIND, "nd30")} == {"nd30"}
