"""``vanban export``: check drafts and write them as DOCX, PDF, HTML."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vanban import exporting, output
from vanban.catalogue import language, say
from vanban.cli import batching, common
from vanban.cli.inputs import Inputs, exit_code, worst
from vanban.cli.shell import EXIT_INTERNAL, Verb, complain, usage
from vanban.errors import TargetError, TemplateError, VanbanError
from vanban.read.draft import STDIN
from vanban.render.engines import ENGINES

if TYPE_CHECKING:
    from vanban.batch.exports import Export, Outcome
    from vanban.batch.ledger import Ledger
    from vanban.batch.report import Report
    from vanban.config import Finder
    from vanban.read.draft import Draft

FORMATS = ("docx", "pdf", "html")
DEFAULT = ("docx", "pdf")


class ExportOptions(NamedTuple):
    """What ``export`` was asked to do."""

    paths: tuple[str, ...]
    formats: tuple[str, ...]
    target: Path | None
    profile: str | None
    template: Path | None
    allow_errors: bool
    force: bool
    embed: bool | None
    engine: str | None
    finder: Finder
    style: output.Style
    many: batching.Many
    resume: bool


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
                ["--template"], metavar="FILE|DIR", type=click.Path(),
                help=say("cli.option.template"),
            ),
            click.Option(["--allow-errors"], is_flag=True, help=say("cli.option.allow_errors")),
            click.Option(["--force"], is_flag=True, help=say("cli.option.force")),
            click.Option(["--embed/--no-embed"], default=None, help=say("cli.option.embed")),
            click.Option(
                ["--engine"], type=click.Choice(ENGINES), help=say("engine.option"),
            ),
            *common.settings_options(),
            *batching.options(),
            click.Option(["--resume"], is_flag=True, help=say("batch.option.resume")),
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
    embed: bool | None,
    engine: str | None,
    config: str | None,
    no_config: bool,
    jobs: str | None,
    time_limit: str | None,
    report: str | None,
    resume: bool,
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
            embed=embed,
            engine=engine,
            finder=common.settings(config, no_config),
            style=output.Style(language(), common.colour_of("stderr")),
            many=batching.many(jobs, time_limit, report),
            resume=resume,
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
    from vanban.batch.exports import Export, check_targets
    from vanban.batch.report import Report

    items = list(Inputs(options.paths).items())
    order = Export(
        formats=options.formats,
        target=options.target,
        profile=options.profile,
        template=options.template,
        allow_errors=options.allow_errors,
        force=options.force,
        embed=options.embed,
        engine=options.engine,
        settings=options.finder,
        style=options.style,
    )
    try:
        check_targets(order, items)
    except TargetError as error:
        raise usage(str(error)) from error
    batching.check_report(options.many.report)
    if not items:
        complain(say("cli.no_drafts", paths=", ".join(options.paths)))
    report = Report("export")
    codes: list[int] = []
    try:
        _export_all(order, items, options, report, codes)
    except KeyboardInterrupt:
        if len(items) > 1:
            done = say("batch.interrupted", done=report.files, files=len(items))
            click.echo(done, err=True)
        batching.write_report(report, options.many.report, interrupted=True)
        raise
    except VanbanError as error:  # no worker process, no place for the notes
        complain(str(error))
        codes.append(error.exit_code)
    settings = output.Report((), settings=tuple(common.settings_reports(options.finder)))
    if settings.settings:
        text = output.render(output.TEXT, settings, options.style)
        click.echo(text, nl=False, err=True, color=options.style.colour)
        codes += [exit_code(file.findings) for file in settings.settings]
    if len(items) > 1:
        click.echo(_summary(report))
    codes.append(batching.write_report(report, options.many.report))
    return worst(codes)


def _export_all(
    order: Export,
    items: list[str | Draft],
    options: ExportOptions,
    report: Report,
    codes: list[int],
) -> None:
    from vanban.batch.exports import choose_jobs, outcomes

    order, ledger = _ledger(order, items, options)
    said: set[str] = set()
    results = outcomes(
        order,
        items,
        jobs=choose_jobs(options.many.jobs, len(items), options.formats),
        limit=options.many.seconds(len(items)),
        ledger=ledger,
        resume=options.resume,
    )
    with closing(results), batching.Progress(len(items)) as progress:
        for outcome in results:
            report.add(outcome)
            codes.append(outcome.exit_code)
            progress.clear()
            _tell(outcome, options, said)
            progress.step()


def _ledger(
    order: Export, items: list[str | Draft], options: ExportOptions
) -> tuple[Export, Ledger | None]:
    """Return what takes note of the files made: of a whole folder of drafts, or when asked for."""
    whole = any(exporting.is_folder(Path(path)) for path in options.paths)
    if not options.resume and not (whole and len(items) > 1):
        return order, None
    from vanban.batch.ledger import Ledger, with_basis

    return with_basis(order), Ledger()


def _tell(outcome: Outcome, options: ExportOptions, said: set[str]) -> None:
    """Say what became of a draft; what the machine lacks is not told for every draft."""
    from vanban.batch.turns import Status

    if outcome.shown:
        click.echo(outcome.shown, nl=False, err=True, color=options.style.colour)
    # A fault of vanban itself is told for each draft that it befalls.
    internal = outcome.exit_code == EXIT_INTERNAL
    if outcome.message is not None and (internal or outcome.message not in said):
        complain(outcome.message)
        said.add(outcome.message)
    if outcome.status is Status.UP_TO_DATE:
        click.echo(say("batch.up_to_date", file=outcome.path))
        return
    for file in outcome.written:
        key = "cli.written" if file.pages is None else "cli.written_pages"
        click.echo(say(key, path=file.path, pages=file.pages))
    _tell_embedding(outcome, options, said)


def _tell_embedding(outcome: Outcome, options: ExportOptions, said: set[str]) -> None:
    """Say once that files carry the data, and of every secret draft that its files do not."""
    files = [file for file in outcome.written if file.format in exporting.CARRIERS]
    if any(file.embedded for file in files):
        if (text := say("embed.embedded")) not in said:
            said.add(text)
            click.echo(text)
    elif files and options.embed is None and outcome.secret:
        click.echo(say("embed.secret", file=outcome.path or STDIN))


def _summary(report: Report) -> str:
    from vanban.batch.turns import Status

    text = say(
        "batch.summary",
        files=report.files,
        done=report.counts[Status.DONE],
        written=report.written,
    )
    for key, count in (
        ("up_to_date_count", report.counts[Status.UP_TO_DATE]),
        ("refused_count", report.counts[Status.REFUSED]),
        ("lost_count", report.lost),
    ):
        if count:
            text += say(f"batch.{key}", count=count)
    return text + "."
