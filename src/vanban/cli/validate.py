"""``vanban validate``: check drafts and say what is wrong."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vanban import output
from vanban.catalogue import language, say
from vanban.cli import batching, common
from vanban.cli.inputs import EXIT_INPUT, Inputs, exit_code, worst
from vanban.cli.shell import Verb, complain, usage
from vanban.errors import VanbanError

if TYPE_CHECKING:
    from vanban.batch.checks import Checked
    from vanban.batch.report import Report
    from vanban.check.baseline import Baseline
    from vanban.config import Finder
    from vanban.read.draft import Draft


class ValidateOptions(NamedTuple):
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
    many: batching.Many


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
            *batching.options(),
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
    jobs: str | None,
    time_limit: str | None,
    report: str | None,
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
        many=batching.many(jobs, time_limit, report),
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
        self.baselines: dict[Path, Baseline] = {}

    def run(self) -> int:
        from vanban.batch.report import Report

        options = self.options
        earlier, unread = common.earlier_reports(options.previous)
        self.files += unread
        self.codes += [EXIT_INPUT for _ in unread]
        batching.check_report(options.many.report)
        inputs = Inputs(options.paths, only_drafts=options.only_drafts)
        items = list(inputs.items())
        summary = Report("validate")
        try:
            self._check_all(items, tuple(earlier), summary)
        except KeyboardInterrupt:
            if len(items) > 1:
                done = say("batch.interrupted_check", done=summary.files, files=len(items))
                click.echo(done, err=True)
            batching.write_report(summary, options.many.report, interrupted=True)
            raise
        except VanbanError as error:  # the baseline cannot be used, no worker process
            complain(str(error))
            return error.exit_code
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
        self.codes.append(batching.write_report(summary, options.many.report))
        return worst(self.codes)

    def _tell_mendable(self, report: output.Report) -> None:
        """Say how many places ``vanban fix`` could mend (readers only, not programs)."""
        from vanban.fixing import mendable

        count = mendable(finding for _, finding in report.findings())
        if count and self.options.format == output.TEXT:
            click.echo(say("cli.mendable", self.options.style.lang, count=count))

    def _check_all(
        self, items: list[str | Draft], earlier: tuple[Draft, ...], summary: Report
    ) -> None:
        from vanban.batch.checks import Check, choose_jobs, results

        options = self.options
        check = Check(
            settings=options.finder,
            select=options.select,
            ignore=options.ignore,
            profile=options.profile,
            earlier=earlier,
            whole=options.format == "html",
        )
        found = results(
            check,
            items,
            jobs=choose_jobs(options.many.jobs, len(items)),
            limit=options.many.seconds(len(items)),
        )
        with closing(found), batching.Progress(len(items)) as progress:
            for one in found:
                progress.clear()
                summary.add(self._take(one))
                progress.step()

    def _take(self, one: Checked) -> Checked:
        """Take up what was found in a draft, less what is known of it; return it as it counts."""
        if one.file is None:
            click.echo(one.trace, nl=False, err=True)
            complain(one.message or "")
            self.codes.append(one.exit_code)
            return one
        file = self._less_known(one.file, one)
        if not file.findings and not file.suppressed:  # nothing to show an excerpt of
            file = file._replace(lines=())
        self.files.append(file)
        self.codes.append(exit_code(file.findings, strict=self.options.strict))
        return one._replace(file=file, exit_code=self.codes[-1])

    def _less_known(self, file: output.FileReport, one: Checked) -> output.FileReport:
        path = self.options.baseline or one.baseline
        # A draft that cannot be read says nothing about what is known of it.
        if path is None or not one.readable:
            return file
        baseline = self._baseline(path)
        if self.options.update_baseline:
            baseline.put(file.file, file.findings, file.lines)
        findings, known = baseline.part(file.file, file.findings, file.lines)
        return file._replace(findings=tuple(findings), suppressed=(*file.suppressed, *known))

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
