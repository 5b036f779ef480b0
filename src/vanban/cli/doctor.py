"""``vanban doctor``: say what this machine lacks, and the remedy."""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from importlib import metadata
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import click

from vanban.catalogue import language, say
from vanban.cli.shell import Verb
from vanban.errors import VanbanError
from vanban.start import weasyprint

EXIT_INCOMPLETE = 3
OLDEST_PYTHON = (3, 11)
# What pyproject.toml asks for: what validate and DOCX need, then what PDF needs.
LIBRARIES = ("click", "jsonschema", "referencing", "PyYAML", "markdown-it-py", "platformdirs",
             "lxml", "jinja2", "docxtpl", "python-docx", "pikepdf", "pypdfium2",
             "weasyprint")  # fmt: skip


class Check(NamedTuple):
    """One thing looked at: ``name`` and ``detail`` for the reader, ``remedy`` when it is lacking.

    ``needed`` is False for what vanban does well without.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True


class DoctorOptions(NamedTuple):
    """What ``doctor`` was asked to do: the folder in which files will be written."""

    folder: Path
    lang: str


def command() -> click.Command:
    """Build the verb."""
    return Verb("doctor", callback=_start)


def _start() -> int:
    return run(DoctorOptions(Path(), language()))


def run(options: DoctorOptions) -> int:
    """Look at everything, print one line each, return 3 when something needed is lacking."""
    lacking = 0
    for check in checks(options):
        state = "ok" if check.ok else "lacking" if check.needed else "optional"
        mark = say(f"cli.doctor.{state}", options.lang)
        click.echo(f"[{mark}] {check.name}: {check.detail}")
        if not check.ok:
            click.echo(f"    {say('cli.doctor.remedy', options.lang, remedy=check.remedy)}")
            lacking += check.needed
    key = "cli.doctor.incomplete" if lacking else "cli.doctor.complete"
    click.echo(say(key, options.lang, count=lacking))
    return EXIT_INCOMPLETE if lacking else 0


def checks(options: DoctorOptions) -> Iterator[Check]:
    """Yield every check in the order of the page."""
    yield _python()
    for name in LIBRARIES:
        yield _library(name)
    yield from _pango()
    yield _typst()
    yield from _fonts()
    yield _kinds()
    yield _folder(options.folder)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    remedy = say("cli.doctor.python_remedy", version=wanted)
    return Check("Python", sys.version_info >= OLDEST_PYTHON, version, remedy)


def _library(name: str) -> Check:
    remedy = say("cli.doctor.library_remedy", name=name)
    try:
        return Check(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, False, say("cli.doctor.missing"), remedy)


def _system_remedy(what: str) -> str:
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return say(f"cli.doctor.{what}_{system}")


def _pango() -> Iterator[Check]:
    try:
        # WeasyPrint prints its own advice when a library is missing; ours is said instead.
        with redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            weasyprint.load()
            ffi = importlib.import_module("weasyprint.text.ffi")
    except (OSError, ImportError) as error:
        detail = " ".join(str(error).split())
        yield Check("Pango", False, detail, _system_remedy("pango"))
        return
    number = int(ffi.pango.pango_version())
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    yield Check("Pango", True, version)
    # WeasyPrint cuts fonts with fontTools where the library is missing or older than this.
    subset = getattr(ffi, "harfbuzz_subset", None) is not None and bool(
        ffi.harfbuzz.hb_version_atleast(4, 1, 0)
    )
    detail = say("cli.doctor.found" if subset else "cli.doctor.subset_missing")
    yield Check("HarfBuzz-Subset", subset, detail, _system_remedy("subset"), needed=False)


def _typst() -> Check:
    """Look for the second engine of PDF, which nobody needs who has the first."""
    try:
        return Check("Typst", True, metadata.version("typst"))
    except metadata.PackageNotFoundError:
        remedy = say("engine.doctor_remedy")
        return Check("Typst", False, say("cli.doctor.missing"), remedy, needed=False)


def _fonts() -> Iterator[Check]:
    from vanban.render.fonts import Verdict, examine_fonts, find_font

    name = say("cli.doctor.font")
    try:
        family = find_font()
    except VanbanError as error:
        yield Check(name, False, " ".join(str(error).split()), _system_remedy("font"))
    else:
        yield Check(name, True, f"{family.name} ({family.regular.parent})")
    for candidate in examine_fonts():
        if candidate.verdict is not Verdict.GOOD:
            detail = say(
                f"cli.doctor.font_{candidate.verdict}",
                path=candidate.path, missing=candidate.missing[:20], count=len(candidate.missing),
            )  # fmt: skip
            yield Check(candidate.path.name, False, detail, say("cli.doctor.font_unused"), False)


def _kinds() -> Check:
    from vanban.kinds import kinds

    names = ", ".join(kinds())
    remedy = say("cli.doctor.library_remedy", name="vanban")
    return Check(say("cli.doctor.kinds"), bool(names), names or say("cli.doctor.missing"), remedy)


def _folder(folder: Path) -> Check:
    place = str(folder.resolve())
    return Check(
        say("cli.doctor.folder"), os.access(folder, os.W_OK), place, say("cli.doctor.folder_remedy")
    )
