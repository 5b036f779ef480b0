"""``vanban export``: check drafts and write them as DOCX, PDF, HTML."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban import exporting, output
from vanban.catalogue import language, say
from vanban.cli import common
from vanban.cli.inputs import EXIT_INPUT, STDIN, Inputs, exit_code, worst
from vanban.cli.shell import EXIT_INTERNAL, Verb, complain, report_internal, usage
from vanban.errors import DraftRefusedError, TemplateError, VanbanError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanban.config import Finder
    from vanban.finding import Finding
    from vanban.read.draft import Draft

FORMATS = ("docx", "pdf", "html")
DEFAULT = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What ``export`` was asked to do."""

    paths: tuple[str, ...]
    formats: tuple[str, ...]
    target: Path | None
    profile: str | None
    template: Path | None
    allow_errors: bool
    force: bool
    finder: Finder
    style: output.Style


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "export",
        callback=_start,
        params=[
            common.paths_argument("DRAFT"),
            *(
                click.Option([f"--{name}"], is_flag=True, help=say(f"cli.option.{name}"))
                for name in FORMATS
            ),
            click.Option(
                ["-o", "--output", "target"], metavar="FILE|DIR", type=click.Path(),
                help=say("cli.option.target"),
            ),
            common.profile_option(),
            click.Option(
                ["--template"], metavar="FILE", type=click.Path(), help=say("cli.option.template")
            ),
            click.Option(["--allow-errors"], is_flag=True, help=say("cli.option.allow_errors")),
            click.Option(["--force"], is_flag=True, help=say("cli.option.force")),
            *common.settings_options(),
        ],
    )  # fmt: skip


def _start(
    paths: tuple[str, ...],
    docx: bool,
    pdf: bool,
    html: bool,
    target: str | None,
    profile: str | None,
    template: str | None,
    allow_errors: bool,
    force: bool,
    config: str | None,
    no_config: bool,
) -> int:
    common.check_profile(profile)
    asked = tuple(n for n, on in zip(FORMATS, (docx, pdf, html), strict=True) if on)
    if target == STDIN:
        raise usage(say("export.to_stdout"))
    formats = _formats(asked, target)
    if template:
        _check_template(Path(template), formats)
    return run(
        ExportOptions(
            paths=paths,
            formats=formats,
            target=Path(target) if target else None,
            profile=profile,
            template=Path(template) if template else None,
            allow_errors=allow_errors,
            force=force,
            finder=common.settings(config, no_config),
            style=output.Style(language(), common.colour_of("stderr")),
        )
    )


def _formats(asked: tuple[str, ...], target: str | None) -> tuple[str, ...]:
    """Return the formats to write: those asked for, else that of the file named, else the usual."""
    path = Path(target) if target else None
    named = (
        path.suffix.lower().lstrip(".")
        if path is not None and not exporting.is_folder(path)
        else ""
    )
    if named in FORMATS:
        if asked and named not in asked:
            flags = " ".join(f"--{name}" for name in asked)
            raise usage(say("cli.ending_differs", path=target, formats=flags))
        return asked or (named,)
    return asked or DEFAULT


def _check_template(template: Path, formats: tuple[str, ...]) -> None:
    try:
        exporting.check_template(template, formats)
    except TemplateError as error:
        raise usage(str(error)) from error


def run(options: ExportOptions) -> int:
    """Export every draft, say what was written, return the exit code."""
    inputs = Inputs(options.paths)
    drafts = list(inputs.drafts())
    _check_targets(drafts, options)
    if not drafts:
        complain(say("cli.no_drafts", paths=", ".join(options.paths)))
    said: set[str] = set()
    codes = [_export(draft, options, said) for draft in drafts]
    settings = output.Report((), settings=tuple(common.settings_reports(options.finder)))
    if settings.settings:
        text = output.render(output.TEXT, settings, options.style)
        click.echo(text, nl=False, err=True, color=options.style.colour)
        codes += [exit_code(file.findings) for file in settings.settings]
    return worst(codes)


def _check_targets(drafts: list[Draft], options: ExportOptions) -> None:
    """Refuse, before anything is written, several drafts that would land in one file."""
    if len(drafts) < 2:
        return
    target = options.target
    if target is not None and not exporting.is_folder(target):
        raise usage(say("cli.several_drafts_one_file", path=target))
    seen: dict[Path, str] = {}
    for draft in drafts:
        name = draft.path or STDIN
        folder = target if target is not None else Path(name).parent
        place = Path(os.path.realpath(folder), exporting.stem_of(draft))
        if (other := seen.setdefault(place, name)) != name:
            raise usage(say("cli.same_target", one=other, two=name))


def _export(draft: Draft, options: ExportOptions, said: set[str]) -> int:
    """Export one draft; ``said`` keeps what the machine lacks from being told for every draft."""
    from vanban.check.engine import validate

    known: tuple[Finding, ...] = draft.faults
    try:
        config = options.finder.of(draft.path)
        found = validate(draft, profile=options.profile, config=config.for_export())
        known = found.findings
        _show(draft, known, options)
        if not draft.readable:
            return EXIT_INPUT
        written = exporting.export_draft(
            draft,
            options.target,
            formats=options.formats,
            profile=options.profile,
            template=options.template,
            allow_errors=options.allow_errors,
            force=options.force,
            known=known,
            config=config,
        )
    except DraftRefusedError as error:
        # What rendering alone can find is shown too.
        _show(draft, [f for f in error.findings if f not in known], options)
        complain(str(error))
        return error.exit_code
    except VanbanError as error:
        if str(error) not in said:
            complain(str(error))
            said.add(str(error))
        return error.exit_code
    except Exception as error:  # one bad file never stops the others
        report_internal(error)
        return EXIT_INTERNAL
    for file in written:
        key = "cli.written" if file.pages is None else "cli.written_pages"
        click.echo(say(key, path=file.path, pages=file.pages))
    return 0


def _show(draft: Draft, findings: Iterable[Finding], options: ExportOptions) -> None:
    report = output.Report((common.file_report(draft, findings),))
    if report.files[0].findings:
        text = output.render(output.TEXT, report, options.style)
        click.echo(text, nl=False, err=True, color=options.style.colour)
