"""``vanban validate``: check drafts and say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from vanban import output
from vanban.catalogue import language, say
from vanban.cli import common
from vanban.cli.inputs import EXIT_INPUT, Inputs, exit_code, worst
from vanban.cli.shell import EXIT_INTERNAL, Verb, complain, report_internal, usage
from vanban.errors import VanbanError

if TYPE_CHECKING:
    from vanban.finding import Finding
    from vanban.read.draft import Draft


@dataclass(frozen=True, slots=True)
class ValidateOptions:
    """What ``validate`` was asked to do; every name in it is known to exist."""

    paths: tuple[str, ...]
    format: str
    strict: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    profile: str | None
    previous: tuple[str, ...]
    style: output.Style


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "validate",
        callback=_start,
        params=[
            common.paths_argument("PATH"),
            click.Option(
                ["--format"], type=click.Choice(output.formats()), default=output.TEXT,
                help=say("cli.option.format"),
            ),
            click.Option(["--concise"], is_flag=True, help=say("cli.option.concise")),
            click.Option(["--strict"], is_flag=True, help=say("cli.option.strict")),
            click.Option(
                ["--select"], multiple=True, metavar="IDS", help=say("cli.option.select"),
                shell_complete=common.complete_rules,
            ),
            click.Option(
                ["--ignore"], multiple=True, metavar="IDS", help=say("cli.option.ignore"),
                shell_complete=common.complete_rules,
            ),
            common.profile_option(),
            click.Option(
                ["--previous"], multiple=True, metavar="FILE", help=say("cli.option.previous")
            ),
        ],
    )  # fmt: skip


def _start(
    paths: tuple[str, ...],
    format: str,
    concise: bool,
    strict: bool,
    select: Sequence[str],
    ignore: Sequence[str],
    profile: str | None,
    previous: Sequence[str],
) -> int:
    if concise and format != output.TEXT:
        raise usage(say("cli.concise_only_text"))
    common.check_profile(profile)
    options = ValidateOptions(
        paths=paths,
        format=output.CONCISE if concise else format,
        strict=strict,
        select=_ids(select),
        ignore=_ids(ignore),
        profile=profile,
        previous=tuple(previous),
        style=output.Style(language(), common.colour_of("stdout") and format == output.TEXT),
    )
    return run(options)


def _ids(values: Sequence[str]) -> tuple[str, ...]:
    ids = tuple(i.strip().upper() for value in values for i in value.split(",") if i.strip())
    if ids:
        from vanban.check.pages import unknown_beginning

        if (unknown := unknown_beginning(ids)) is not None:
            raise usage(say("cli.unknown_rule", id=unknown))
    return ids


def run(options: ValidateOptions) -> int:
    """Check every draft, print the report, return the exit code."""
    from vanban.read.reader import read_path

    codes: list[int] = []
    files: list[output.FileReport] = []
    earlier: list[Draft] = []
    for path in options.previous:
        report = read_path(path)
        if report.readable:
            earlier.append(report)
        else:
            files.append(common.file_report(report, report.faults))
            codes.append(EXIT_INPUT)
    inputs = Inputs(options.paths)
    for draft in inputs.drafts():
        try:
            findings = _check(draft, earlier, options)
        except VanbanError as error:
            complain(str(error))
            codes.append(error.exit_code)
        except Exception as error:  # one bad file never stops the others
            report_internal(error)
            codes.append(EXIT_INTERNAL)
        else:
            files.append(common.file_report(draft, findings))
            codes.append(exit_code(findings, strict=options.strict))
    checked = output.Report(tuple(files), inputs.skipped)
    if not codes:
        complain(say("cli.no_drafts", paths=", ".join(options.paths)))
    click.echo(
        output.render(options.format, checked, options.style), nl=False, color=options.style.colour
    )
    return worst(codes)


def _check(draft: Draft, earlier: list[Draft], options: ValidateOptions) -> tuple[Finding, ...]:
    from vanban.check.engine import validate

    config: dict[str, Any] = {"select": options.select, "ignore": options.ignore}
    result = validate(draft, profile=options.profile, config=config, previous=earlier)
    return result.findings
