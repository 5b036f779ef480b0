"""What ``export`` and ``validate`` share when there are many drafts: options and a progress bar."""

from __future__ import annotations

import math
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vanban.catalogue import say
from vanban.cli.shell import complain, usage
from vanban.errors import TargetError

if TYPE_CHECKING:
    from types import TracebackType

    from click._termui_impl import ProgressBar

    from vanban.batch.report import Report

TIME_LIMIT = 300.0
"""Seconds that one of several drafts may take unless ``--time-limit`` says otherwise."""

MAX_JOBS = 1024


class Many(NamedTuple):
    """How many drafts are done: ``jobs`` processes (None: as many as pays), the seconds for each
    draft (None: not said, 0: no limit), the file of the report.
    """

    jobs: int | None = None
    limit: float | None = None
    report: Path | None = None

    def seconds(self, count: int) -> float | None:
        """Return the time limit for each of ``count`` drafts; None for none."""
        if self.limit is None:
            return TIME_LIMIT if count > 1 else None
        return self.limit or None


def options() -> list[click.Option]:
    """Return the options of a batch."""
    return [
        click.Option(["--jobs"], metavar="N", help=say("batch.option.jobs")),
        click.Option(
            ["--time-limit"], metavar="SECONDS",
            help=say("batch.option.time_limit", seconds=f"{TIME_LIMIT:g}"),
        ),
        click.Option(
            ["--report"], metavar="FILE", type=click.Path(), help=say("batch.option.report")
        ),
    ]  # fmt: skip


def many(jobs: str | None, time_limit: str | None, report: str | None) -> Many:
    """Read the options of a batch; a usage error for a value that is none."""
    return Many(_jobs(jobs), _seconds(time_limit), Path(report) if report else None)


def _jobs(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_JOBS):
        raise usage(say("batch.bad_jobs", value=text, most=MAX_JOBS))
    return int(text)


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= 86_400:
        raise usage(say("batch.bad_seconds", value=text))
    return seconds


def _terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


class Progress:
    """A bar with rate and remaining time on a terminal, nothing elsewhere.

    What is printed between two steps stands above the bar.
    """

    def __init__(self, count: int) -> None:
        self._bar: ProgressBar[Any] | None = None
        if count > 1 and _terminal():
            self._bar = click.progressbar(
                length=count, file=sys.stderr, show_pos=True, show_eta=True, width=30,
                item_show_func=self._rate, bar_template="%(label)s%(bar)s %(info)s",
            )  # fmt: skip
        self._began = time.monotonic()
        self._done = 0

    def _rate(self, item: Any) -> str:
        seconds = time.monotonic() - self._began
        return say("batch.rate", rate=f"{self._done / seconds:.1f}") if seconds > 0 else ""

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)

    def clear(self) -> None:
        """Take the bar away, so that something can be printed."""
        if self._bar is not None:
            click.echo("\r\x1b[K", nl=False, err=True)

    def step(self) -> None:
        """One draft more is done; the bar is shown again."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(1)


def check_report(path: Path | None) -> None:
    """Make sure, before any work, that the report can be written; TargetError when not."""
    if path is not None:
        from vanban.batch.report import check_report as check

        check(path)


def write_report(report: Report, path: Path | None, *, interrupted: bool = False) -> int:
    """Write the report when one was asked for; return the exit code that this means."""
    if path is None:
        return 0
    try:
        report.write(path, interrupted=interrupted)
    except TargetError as error:
        complain(str(error))
        return error.exit_code
    return 0
