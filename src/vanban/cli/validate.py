"""``vanban validate``: check drafts and say what is wrong."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban import output
from vanban.catalogue import language, say
from vanban.cli import common
from vanban.cli.inputs import EXIT_INPUT, STDIN, Inputs, exit_code, worst
from vanban.cli.shell import EXIT_INTERNAL, Verb, complain, report_internal, usage
from vanban.errors import BaselineError, VanbanError

if TYPE_CHECKING:
    from vanban.check.baseline import Baseline
    from vanban.config import Finder
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
    only_drafts: bool
    finder: Finder
    baseline: Path | None
    update_baseline: bool
    style: output.Style


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "validate",
        callback=_start,
        params=[
            common.paths_argument("PATH"),
            *common.report_options(),
            *common.rule_options(),
            common.profile_option(),
            click.Option(
                ["--previous"], multiple=True, metavar="FILE", help=say("cli.option.previous")
            ),
            click.Option(["--only-drafts"], is_flag=True, help=say("cli.option.only_drafts")),
            *common.settings_options(),
            click.Option(["--baseline"], metavar="FILE", help=say("cli.option.baseline")),
            click.Option(
                ["--update-baseline"], is_flag=True, help=say("cli.option.update_baseline")
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
    only_drafts: bool,
    config: str | None,
    no_config: bool,
    baseline: str | None,
    update_baseline: bool,
) -> int:
    if concise and format != output.TEXT:
        raise usage(say("cli.concise_only_text"))
    common.check_profile(profile)
    if update_baseline and baseline is None:
        raise usage(say("cli.update_needs_baseline"))
    options = ValidateOptions(
        paths=paths,
        format=output.CONCISE if concise else format,
        strict=strict,
        select=common.rule_ids(select),
        ignore=common.rule_ids(ignore),
        profile=profile,
        previous=tuple(previous),
        only_drafts=only_drafts,
        finder=common.settings(config, no_config),
        baseline=Path(baseline) if baseline is not None else None,
        update_baseline=update_baseline,
        style=output.Style(language(), common.colour_of("stdout") and format == output.TEXT),
    )
    return run(options)


def run(options: ValidateOptions) -> int:
    """Check every draft, print the report, return the exit code."""
    return _Run(options).run()


class _Run:
    """One run over all drafts."""

    def __init__(self, options: ValidateOptions) -> None:
        self.options = options
        self.codes: list[int] = []
        self.files: list[output.FileReport] = []
        self.earlier: list[Draft] = []
        self.baselines: dict[Path, Baseline] = {}

    def run(self) -> int:
        options = self.options
        self.earlier, unread = common.earlier_reports(options.previous)
        self.files += unread
        self.codes += [EXIT_INPUT for _ in unread]
        inputs = Inputs(options.paths, only_drafts=options.only_drafts)
        for draft in inputs.drafts():
            try:
                file = self._check(draft)
            except BaselineError as error:
                complain(str(error))
                return error.exit_code
            except VanbanError as error:
                complain(str(error))
                self.codes.append(error.exit_code)
            except Exception as error:  # one bad file never stops the others
                report_internal(error)
                self.codes.append(EXIT_INTERNAL)
            else:
                self.files.append(file)
                self.codes.append(exit_code(file.findings, strict=options.strict))
        if not self.codes and not options.only_drafts:
            complain(say("cli.no_drafts", paths=", ".join(options.paths)))
        settings = tuple(common.settings_reports(options.finder))
        self.codes += [exit_code(one.findings) for one in settings]
        report = output.Report(tuple(self.files), inputs.skipped, settings)
        click.echo(
            output.render(options.format, report, options.style),
            nl=False,
            color=options.style.colour,
        )
        self._tell_mendable(report)
        self._finish_baselines()
        return worst(self.codes)

    def _tell_mendable(self, report: output.Report) -> None:
        """Say how many places ``vanban fix`` could mend (readers only, not programs)."""
        from vanban.fixing import mendable

        count = mendable(finding for _, finding in report.findings())
        if count and self.options.format == output.TEXT:
            click.echo(say("cli.mendable", self.options.style.lang, count=count))

    def _check(self, draft: Draft) -> output.FileReport:
        from vanban.check.engine import validate

        options = self.options
        own = options.finder.of(draft.path)
        config = own.joined({"ignore": options.ignore, "select": options.select})
        result = validate(draft, profile=options.profile, config=config, previous=self.earlier)
        findings, left = list(result.findings), list(result.suppressed)
        path = options.baseline or own.baseline
        # A draft that cannot be read says nothing about what is known of it.
        if path is not None and draft.readable:
            baseline = self._baseline(path)
            if options.update_baseline:
                baseline.put(draft.path or STDIN, findings, draft.lines)
            findings, known = baseline.part(draft.path or STDIN, findings, draft.lines)
            left += known
        return common.file_report(draft, findings, left)

    def _baseline(self, path: Path) -> Baseline:
        if path not in self.baselines:
            from vanban.check.baseline import Baseline

            fresh = self.options.update_baseline and not os.path.lexists(path)
            self.baselines[path] = Baseline(path) if fresh else Baseline.read(path)
        return self.baselines[path]

    def _finish_baselines(self) -> None:
        for path, baseline in self.baselines.items():
            if self.options.update_baseline:
                try:
                    baseline.write()
                except VanbanError as error:
                    complain(str(error))
                    self.codes.append(error.exit_code)
                else:
                    click.echo(say("cli.baseline_written", path=path), err=True)
            elif baseline.unmet and not (self.options.select or self.options.ignore):
                click.echo(say("cli.baseline_stale", path=path, count=baseline.unmet), err=True)
