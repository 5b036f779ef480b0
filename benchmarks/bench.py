"""vanban and its peers at the same work, in the same run: ``python -m benchmarks.bench``.

Every contender runs in a process of its own; rounds are interleaved, each in another order and with
another draft of the same size. Written are ``RESULTS.md`` (targets with what was reached, medians
and minima in CPU time and wall time, peak memory) and one plot per stage. A contender that is not
installed, or not there yet, is shown as not available.

``--quick`` is a smaller run of some minutes; ``--tiny`` only shows that everything works.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import measure, plot, work
from benchmarks.measure import Series, ratio
from benchmarks.peers import content, naive

FOLDER = Path(__file__).parent
SCRIPT = FOLDER / "peers" / "script.py"
BIN = Path(sys.executable).parent

WARM = {
    "Validation, warm": (
        "vanban: all rules", "vanban: structure", "jsonschema", "jsonschema-rs",
    ),
    "DOCX, warm": (
        "vanban: DOCX", "vanban: DOCX with proof", "vanban: proof of DOCX", "docxtpl",
        "docxtpl, our template",
    ),
    "PDF, warm": (
        "vanban: PDF (WeasyPrint)", "vanban: PDF (WeasyPrint) before the last hand",
        "vanban: PDF (Typst)", "vanban: PDF (Typst) before the last hand", "vanban: proof of PDF",
        "WeasyPrint", "typst-py", "typst-py, compiler kept",
    ),
}  # fmt: skip
"""The stages measured in warm processes, each with its contenders (``benchmarks.worker``)."""

COLD = "Cold, whole command"
BATCH = "Batch, whole command"
OFFICE = "LibreOffice, a document of many"
# So many files more in one run of LibreOffice tell what one of them costs it.
OFFICE_MORE = 8
PACKAGES = (
    "weasyprint", "typst", "docxtpl", "python-docx", "lxml", "jinja2", "pikepdf", "jsonschema",
    "jsonschema_rs", "check-jsonschema", "PyYAML", "click", "distributed",
)  # fmt: skip


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    rounds: int
    sizes: tuple[int, ...]
    """Characters of generated drafts for validation."""
    pages: tuple[int, ...]
    """Pages of generated reports for DOCX and PDF."""
    batches: tuple[int, ...]
    jobs: int
    """Documents of the batch whose speed is compared."""

    @property
    def few(self) -> int:
        """Return the rounds for the generated drafts."""
        return max(1, self.rounds // 3)


FULL = Extent(
    11, (5_000, 50_000, 200_000, 500_000, 1_900_000), (20, 50, 100, 200), (1, 10, 100, 1_000), 500
)
QUICK = Extent(5, (50_000, 200_000), (20, 50), (1, 10), 40)
TINY = Extent(1, (), (), (), 0)


@dataclass
class Found:
    """Everything measured: stage -> piece of work -> contender."""

    stages: dict[str, dict[str, dict[str, Series]]] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)
    batch: dict[str, float] = field(default_factory=dict)

    def at(self, stage: str, piece: str, name: str) -> Series:
        """Return a series; an empty one when it was not measured."""
        return self.stages.get(stage, {}).get(piece, {}).get(name, Series(name, missing="-"))

    def put(self, stage: str, piece: work.Work, found: Mapping[str, Series]) -> None:
        """Add what contenders cost at a piece of work."""
        self.stages.setdefault(stage, {}).setdefault(piece.name, {}).update(found)
        self.sizes[piece.name] = piece.size


@dataclass(frozen=True)
class Target:
    """One line of what was promised: at most (or at least) so much."""

    name: str
    limit: float
    reached: Callable[[Found], float | None]
    least: bool = False

    def row(self, found: Found) -> str:
        """Return the line of the table."""
        value = self.reached(found)
        sign = "≥" if self.least else "≤"
        if value is None:
            return f"| {self.name} | {sign} {self.limit:.3g} | not available | |"
        met = value >= self.limit if self.least else value <= self.limit
        shown = f"{value:.3g}"
        return f"| {self.name} | {sign} {self.limit:.3g} | {shown} | {'yes' if met else '**no**'} |"


def _of(stage: str, one: str, *others: str) -> Callable[[Found], float | None]:
    """Return what tells the ratio of two contenders at the example; of several peers the best."""

    def reached(found: Found) -> float | None:
        mine = found.at(stage, "example", one)
        ratios = [ratio(mine, found.at(stage, "example", other)) for other in others]
        known = [value for value in ratios if value is not None]
        return max(known) if known else None

    return reached


def _linear(found: Found) -> float | None:
    """Return what a character of the longest report costs beside one of the shortest generated."""
    name = "vanban: DOCX"
    every = found.stages.get("DOCX, warm", {})
    pieces = sorted((n for n in every if n.startswith("generated")), key=found.sizes.__getitem__)
    if len(pieces) < 2 or not all(every[piece][name].samples for piece in pieces):
        return None
    first, last = (every[p][name].least() / found.sizes[p] for p in (pieces[0], pieces[-1]))
    return last / first


def _office(found: Found) -> float | None:
    mine = found.at("PDF, warm", "example", "vanban: PDF (Typst)")
    theirs = found.at(COLD, "example", OFFICE)
    if not mine.samples or not theirs.samples:
        return None
    return mine.middle("cpu") / theirs.middle("cpu")


def _peak(found: Found) -> float | None:
    series = found.at(COLD, "example", "vanban export --pdf (WeasyPrint)")
    return series.peak if series.samples else None


TARGETS = (
    # The same page from the same template: the simple peer has no head, styles or recipients.
    Target(
        "DOCX warm / docxtpl, our template", 1 / 12,
        _of("DOCX, warm", "vanban: DOCX", "docxtpl, our template"),
    ),
    Target(
        "DOCX warm with proof / docxtpl, our template", 1 / 5,
        _of("DOCX, warm", "vanban: DOCX with proof", "docxtpl, our template"),
    ),
    Target("DOCX: a character of the longest report / of the shortest", 1.2, _linear),
    Target(
        "PDF warm, WeasyPrint engine before the last hand / WeasyPrint", 0.85,
        _of("PDF, warm", "vanban: PDF (WeasyPrint) before the last hand", "WeasyPrint"),
    ),
    Target(
        "PDF warm, Typst engine before the last hand / typst-py", 1.5,
        _of("PDF, warm", "vanban: PDF (Typst) before the last hand", "typst-py, compiler kept"),
    ),
    Target("PDF warm, Typst engine with everything / LibreOffice", 1 / 4, _office),
    Target(
        "validate cold, without the accelerator / check-jsonschema", 0.6,
        _of(COLD, "vanban validate (no accelerator)", "check-jsonschema"),
    ),
    Target(
        "validate cold, with the accelerator / check-jsonschema", 0.45,
        _of(COLD, "vanban validate", "check-jsonschema"),
    ),
    Target(
        "export --docx cold / yaml + jsonschema + docxtpl", 0.75,
        _of(COLD, "vanban export --docx", "yaml + jsonschema + docxtpl"),
    ),
    Target(
        "export --pdf cold (WeasyPrint) / yaml + jsonschema + WeasyPrint + pikepdf", 0.85,
        _of(COLD, "vanban export --pdf (WeasyPrint)", "yaml + jsonschema + WeasyPrint + pikepdf"),
    ),
    Target(
        "export --pdf cold (Typst) / yaml + jsonschema + WeasyPrint + pikepdf", 0.4,
        _of(COLD, "vanban export --pdf (Typst)", "yaml + jsonschema + WeasyPrint + pikepdf"),
    ),
    Target("peak memory of a cold WeasyPrint export, MiB", 75, _peak),
    Target("batch: speed of 2 jobs beside 1", 1.7, lambda f: f.batch.get("jobs"), least=True),
    Target("batch: peak of a worker after all / after a tenth", 1.2, lambda f: f.batch.get("peak")),
    Target("batch: Dask beside 2 jobs", 0.7, lambda f: f.batch.get("dask"), least=True),
)  # fmt: skip


# --- measuring ----------------------------------------------------------------------------------


def run(extent: Extent, folder: Path, only: Sequence[str] = ()) -> Found:
    """Measure everything (or the stages whose names begin with one of ``only``)."""
    found = Found()

    def wanted(stage: str) -> bool:
        return not only or stage.startswith(tuple(only))

    example = work.example(folder, extent.rounds + measure.WARM_UP)
    for stage, contenders in WARM.items():
        if wanted(stage):
            for piece in _pieces(stage, example, extent, folder):
                _say(f"{stage}: {piece.name}")
                rounds = extent.rounds if piece is example else extent.few
                found.put(stage, piece, measure.warm(contenders, piece.files, rounds))
    if wanted(COLD):
        _say(COLD)
        found.put(COLD, example, cold(example, folder, extent.rounds))
    if wanted(BATCH):
        for count in extent.batches:
            _say(f"{BATCH}: {count}")
            found.put(BATCH, *batch(folder, count))
        if extent.jobs:
            _say("batch: jobs, memory, Dask")
            found.batch = speeds(extent.jobs)
    return found


def _say(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def _pieces(stage: str, example: work.Work, extent: Extent, folder: Path) -> Iterator[work.Work]:
    yield example
    count = extent.few + measure.WARM_UP
    if extent.sizes:
        yield work.smallest(folder, count)
    pages = (number * work.A_PAGE for number in extent.pages)
    for size in extent.sizes if stage.startswith("Validation") else pages:
        yield work.generated(folder, size, count)


def cold(piece: work.Work, folder: Path, rounds: int) -> dict[str, Series]:
    """Measure whole commands at one draft."""
    from vanban import exporting, kinds
    from vanban.check.bundle import bundle
    from vanban.config import Config
    from vanban.read.reader import read_path

    draft = str(piece.files[0])
    read = read_path(draft)
    document, kind = exporting._document(read, None, True, Config())
    assert kind in kinds.kinds().values()
    schema, blocks, template = (folder / name for name in ("s.json", "blocks.json", "t.docx"))
    schema.write_text(json.dumps(bundle(kind)), "utf-8")
    blocks.write_text(json.dumps(content(document)), "utf-8")
    naive.docx_template(template)
    vanban = str(BIN / "vanban")
    export = (vanban, "export", draft, "--force", "-o")
    given = (draft, str(schema), str(blocks))
    script = (sys.executable, str(SCRIPT))
    out = str(folder / "out")
    plain = ("env", "VANBAN_ACCELERATOR=off")
    commands: dict[str, Sequence[str]] = {
        "vanban validate": (vanban, "validate", draft),
        "vanban validate (no accelerator)": (*plain, vanban, "validate", draft),
        "check-jsonschema": (str(BIN / "check-jsonschema"), "--schemafile", str(schema), draft),
        "vanban export --docx": (*export, f"{out}.docx", "--docx"),
        "yaml + jsonschema + docxtpl": (*script, "docx", *given, str(template), f"{out}-1.docx"),
        "vanban export --pdf (WeasyPrint)": (
            *export, f"{out}-w.pdf", "--pdf", "--engine", "weasyprint",
        ),
        "vanban export --pdf (Typst)": (*export, f"{out}-t.pdf", "--pdf", "--engine", "typst"),
        "yaml + jsonschema + WeasyPrint + pikepdf": (*script, "pdf", *given, f"{out}-1.pdf"),
        "python -c pass": (sys.executable, "-c", "pass"),
    }  # fmt: skip
    found = measure.cold(commands, rounds)
    found.update(_libreoffice(folder, max(1, rounds // 3)))
    return found


def _libreoffice(folder: Path, rounds: int) -> dict[str, Series]:
    """Measure LibreOffice at one document, and at one of many converted in one run.

    It gets the DOCX that vanban makes of the example, so that both set the same pages; each file
    is another variant.
    """
    from benchmarks.worker import rendered
    from vanban.read.reader import read_path

    office = shutil.which("soffice")
    name = "LibreOffice, DOCX to PDF"
    if office is None:
        return {n: Series(n, missing="LibreOffice is not installed") for n in (name, OFFICE)}
    files = []
    for number, draft in enumerate(work.example(folder, OFFICE_MORE + 1).files):
        files.append(folder / f"office-{number}.docx")
        files[-1].write_bytes(rendered(read_path(str(draft)), "docx").data)
    convert = (
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", str(folder / "office"),
    )  # fmt: skip
    many = "many"
    found = measure.cold(
        {name: (*convert, str(files[0])), many: (*convert, *map(str, files))}, rounds
    )
    each = Series(OFFICE, missing=found[many].missing)
    for one, all_of in zip(found[name].samples, found[many].samples, strict=False):
        cpu, wall = ((getattr(all_of, k) - getattr(one, k)) / OFFICE_MORE for k in ("cpu", "wall"))
        each.samples.append(measure.Sample(cpu, wall, all_of.peak))
    return {name: found[name], OFFICE: each}


def batch(folder: Path, count: int) -> tuple[work.Work, dict[str, Series]]:
    """Measure exports of many drafts with 1 and 2 jobs, and their validation."""
    drafts = folder / f"batch-{count}"
    drafts.mkdir()
    seeds = work.example(folder, min(count, 20)).files
    for number in range(count):
        shutil.copy(seeds[number % len(seeds)], drafts / f"{number:04}.yaml")
    vanban = str(BIN / "vanban")
    commands = {}
    for jobs in (1, 2):
        ends = ("--jobs", str(jobs))
        commands[f"validate --jobs {jobs}"] = (vanban, "validate", str(drafts), *ends)
        for label, formats in (
            ("--docx", ("--docx",)),
            ("--pdf (Typst)", ("--pdf", "--engine", "typst")),
        ):
            out = folder / f"batch-{count}-{jobs}{formats[0]}"
            out.mkdir()
            commands[f"export {label} --jobs {jobs}"] = (
                vanban, "export", str(drafts), "-o", str(out), *formats, "--force", *ends,
            )  # fmt: skip
    return work.Work(f"batch-{count}", count, ()), measure.cold(commands, 1, warm_up=False)


def speeds(count: int) -> dict[str, float]:
    """Return what ``benchmarks.batch_cost`` says of jobs, memory and Dask; wall times, by Typst."""
    command = (
        sys.executable, "-m", "benchmarks.batch_cost", "--count", str(count), "--engine", "typst",
    )  # fmt: skip
    try:
        said = subprocess.run(
            command, capture_output=True, text=True, env=measure.environment(), cwd=measure.ROOT
        ).stdout
    except OSError:
        return {}
    patterns = {
        "jobs": r"two jobs beside one: ([\d.]+)",
        "dask": r"cluster beside two jobs: ([\d.]+)",
        "peak": r"peak memory of a worker: .*: ([\d.]+) \(",
    }
    places = {key: re.search(pattern, said) for key, pattern in patterns.items()}
    return {key: float(place[1]) for key, place in places.items() if place}


# --- telling ------------------------------------------------------------------------------------


def results(found: Found, extent: Extent) -> str:
    """Return the text of ``RESULTS.md``."""
    parts = [
        "# What vanban and its peers cost",
        f"Written by `python -m benchmarks.bench` on {datetime.now(UTC):%Y-%m-%d}: do not edit.",
        "## Targets",
        "Medians of the ratios within a round, CPU time, on the example of nine pages.",
        _table("target", "asked", "reached", "met")
        + "\n".join(target.row(found) for target in TARGETS),
        "## Machine and versions",
        machine(),
        "## Method",
        METHOD.format(rounds=extent.rounds, warm_up=measure.WARM_UP, a_page=work.A_PAGE),
    ]
    for stage, pieces in found.stages.items():
        parts += [f"## {stage}", f"![{stage}]({_plot_name(stage)})"]
        for piece, series in pieces.items():
            parts += [f"### {piece} ({found.sizes[piece]:,.0f})", _figures(series)]
    return "\n\n".join(parts) + "\n"


METHOD = """Each contender runs in a process of its own and is warmed by {warm_up} drafts; then
come {rounds} rounds (a third as many for the other sizes), interleaved, each in another order and
with another draft of the same size, the garbage collector run before each measurement. *Warm* is
what `render_*` does with a validated draft: composing, filling or setting, embedding, the last
hand; validation and proof stand apart. *Cold* is a whole process, its children included, with byte
code and caches in place. The peers get the same texts ready as plain data (`benchmarks/peers`) and
pay neither for composing nor for the data inside. The size of generated reports is counted in
characters ({a_page} to a page). In the tables: CPU and wall time in ms, peak memory of the largest
process in MiB; the peaks of warm peers include vanban, which made their content."""


def _table(*heads: str) -> str:
    return f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}\n"


def _figures(series: Mapping[str, Series]) -> str:
    rows = []
    for name, one in series.items():
        if not one.samples:
            rows.append(
                f"| {name} | not available: {one.missing or '-'} | | | | |".replace("\n", " ")
            )
            continue
        figures = (
            one.middle("cpu"), one.least("cpu"), one.middle("wall"), one.least("wall"), one.peak,
        )  # fmt: skip
        rows.append(f"| {name} | " + " | ".join(f"{figure:,.1f}" for figure in figures) + " |")
    heads = ("contender", "CPU median", "CPU least", "wall median", "wall least", "peak MiB")
    return _table(*heads) + "\n".join(rows)


def machine() -> str:
    """Return what everything ran on, and in which versions."""
    lines = [f"- {platform.platform()}, {os.cpu_count()} processors",
             f"- {platform.python_implementation()} {platform.python_version()}"]  # fmt: skip
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{package} not available")
    lines.append(f"- {', '.join(versions)}")
    if office := shutil.which("soffice"):
        told = subprocess.run((office, "--version"), capture_output=True, text=True).stdout
        lines.append(f"- {' '.join(told.split()[:2])}")
    return "\n".join(lines)


def _plot_name(stage: str) -> str:
    return "plot-" + re.sub(r"\W+", "-", stage.lower()).strip("-") + ".svg"


def plots(found: Found, folder: Path) -> None:
    """Write a plot of cost against size for each stage."""
    for stage, pieces in found.stages.items():
        lines: dict[str, list[plot.Point]] = {}
        for piece, contenders in pieces.items():
            for name, series in contenders.items():
                if series.samples:
                    at = max(found.sizes[piece], 1)
                    lines.setdefault(name, []).append((at, series.middle()))
        axis = "documents" if stage == BATCH else "characters of the texts"
        plot.write(folder / _plot_name(stage), stage, axis, lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; the exit code is 0 even where a target is missed: the table tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true")
    size.add_argument("--tiny", action="store_true")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where RESULTS.md is written")
    parser.add_argument("--only", nargs="*", default=(), help="beginnings of names of stages")
    asked = parser.parse_args(arguments)
    extent = QUICK if asked.quick else TINY if asked.tiny else FULL
    with tempfile.TemporaryDirectory() as folder:
        found = run(extent, Path(folder), asked.only)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "RESULTS.md").write_text(results(found, extent), "utf-8")
    plots(found, asked.out)
    for target in TARGETS:
        print(target.row(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
