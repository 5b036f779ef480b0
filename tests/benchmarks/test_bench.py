"""`make bench` in its smallest form: everything runs, every target has its row; no time counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.measure import Sample, Series
from lxml import etree

from benchmarks import bench, measure, plot


def series(name: str, *cpu: float) -> Series:
    return Series(name, [Sample(one, one * 2, 50) for one in cpu])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    assert bench.main(["--tiny", "--only", "Validation", "DOCX", "--out", str(folder)]) == 0
    return folder


def test_every_target_has_a_row_and_every_contender_its_figures(written: Path) -> None:
    text = (written / "RESULTS.md").read_text("utf-8")
    for target in bench.TARGETS:
        assert f"| {target.name} |" in text
    for stage in ("Validation, warm", "DOCX, warm"):
        for name in bench.WARM[stage]:
            (row,) = [line for line in text.split("\n") if line.startswith(f"| {name} |")]
            assert "not available" not in row
            assert all(float(cell.replace(",", "")) > 0 for cell in row.split("|")[2:-1])


SVG = "{http://www.w3.org/2000/svg}"


def lines_of(svg: bytes) -> list[etree._Element]:
    root = etree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    return [part for part in root.iter(f"{SVG}g") if part.get("id", "").startswith("line-")]


def test_a_plot_has_a_line_and_a_name_for_each_contender(written: Path) -> None:
    svg = (written / "plot-docx-warm.svg").read_bytes()
    assert len(lines_of(svg)) == len(bench.WARM["DOCX, warm"])
    texts = {"".join(text.itertext()) for text in etree.fromstring(svg).iter(f"{SVG}text")}
    assert texts >= {"DOCX, warm", *bench.WARM["DOCX, warm"]}


def test_points_rise_with_their_values() -> None:
    series = {"a": [(10, 1), (100, 5), (1000, 90)]}
    svg = plot.draw("Cost", "size", "ms", series)
    (line,) = lines_of(svg)
    dots = list(line.iter(f"{SVG}use"))
    across, up = ([float(dot.get(key, "")) for dot in dots] for key in ("x", "y"))
    assert across == sorted(across)
    assert up == sorted(up, reverse=True)
    assert len({*across}) == len({*up}) == 3
    assert plot.draw("Cost", "size", "ms", series) == svg


def test_a_ratio_is_taken_round_by_round() -> None:
    # the machine grew slower in the middle; the contenders' relation did not change
    assert measure.ratio(series("a", 1, 10, 2), series("b", 2, 20, 4)) == 0.5
    assert measure.ratio(series("a"), series("b", 2)) is None


def test_a_target_says_whether_it_is_met() -> None:
    found = bench.Found()
    assert all("not available" in target.row(found) for target in bench.TARGETS)
    names = {"vanban: DOCX": 1.0, "docxtpl, our template": 10.0}
    pieces = {name: series(name, cost) for name, cost in names.items()}
    found.stages["DOCX, warm"] = {"example": pieces}
    assert bench.TARGETS[0].row(found).endswith("| 0.1 | **no** |")
    pieces["docxtpl, our template"] = series("docxtpl", 20.0)
    assert bench.TARGETS[0].row(found).endswith("| 0.05 | yes |")


def test_a_process_is_measured_and_a_failing_one_told() -> None:
    found = measure.cold({"good": ("true",), "bad": ("false",), "none": ("no-such-command",)}, 1)
    assert found["good"].samples[0].wall > 0
    assert found["bad"].missing == "exit code 1"
    assert not found["none"].samples
    assert found["none"].missing
