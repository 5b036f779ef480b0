"""Arguments and small things that several verbs share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from vanban import kinds, output
from vanban.catalogue import say
from vanban.cli.shell import usage
from vanban.config import Finder
from vanban.output import FileReport
from vanban.text.near import nearest

if TYPE_CHECKING:
    from vanban.finding import Finding, Suppressed
    from vanban.kinds import Kind
    from vanban.read.draft import Draft


def paths_argument(metavar: str) -> click.Argument:
    """Return the argument for one or more drafts."""
    return click.Argument(
        ["paths"], nargs=-1, required=True, metavar=f"{metavar}…", type=click.Path()
    )


def kind_argument(*, required: bool) -> click.Argument:
    """Return the argument that names a kind of document, completed by the shell."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
        return [CompletionItem(name) for name in kinds.kinds() if name.startswith(typed)]

    return click.Argument(
        ["kind"], required=required, metavar="KIND" if required else "[KIND]",
        shell_complete=complete,
    )  # fmt: skip


def complete_rules(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the rule ids that go on from what is typed, the last one of a list with commas."""
    from vanban.check import pages

    before, comma, begun = typed.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{id}") for id in pages.ids() if id.startswith(begun.upper())
    ]


def report_options() -> list[click.Option]:
    """Return the options that say how findings are shown and weighed."""
    return [
        click.Option(
            ["--format"], type=click.Choice(output.formats()), default=output.TEXT,
            help=say("cli.option.format"),
        ),
        click.Option(["--concise"], is_flag=True, help=say("cli.option.concise")),
        click.Option(["--strict"], is_flag=True, help=say("cli.option.strict")),
    ]  # fmt: skip


def rule_options() -> list[click.Option]:
    """Return the options that choose among the rules: ``--select`` and ``--ignore``."""
    return [
        click.Option(
            ["--select"], multiple=True, metavar="IDS", help=say("cli.option.select"),
            shell_complete=complete_rules,
        ),
        click.Option(
            ["--ignore"], multiple=True, metavar="IDS", help=say("cli.option.ignore"),
            shell_complete=complete_rules,
        ),
    ]  # fmt: skip


def mending_options() -> list[click.Option]:
    """Return the options that say how something is mended and where it goes."""
    return [
        click.Option(["--diff"], is_flag=True, help=say("cli.option.diff")),
        click.Option(["--unsafe"], is_flag=True, help=say("cli.option.unsafe")),
        click.Option(
            ["-o", "--output", "target"], metavar="FILE|DIR", type=click.Path(),
            help=say("cli.option.fix_target"),
        ),
        click.Option(["--force"], is_flag=True, help=say("cli.option.fix_force")),
    ]  # fmt: skip


def earlier_reports(paths: Sequence[str]) -> tuple[list[Draft], list[FileReport]]:
    """Read earlier reports: return those that can be read, and what is wrong with the others."""
    from vanban.read.reader import read_path

    drafts = [read_path(path) for path in paths]
    unread = [file_report(draft, draft.faults) for draft in drafts if not draft.readable]
    return [draft for draft in drafts if draft.readable], unread


def rule_ids(values: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of ``--select`` or ``--ignore``; a usage error for one that is none."""
    ids = tuple(i.strip().upper() for value in values for i in value.split(",") if i.strip())
    if ids:
        from vanban.check.pages import unknown_beginning

        if (unknown := unknown_beginning(ids)) is not None:
            raise usage(say("cli.unknown_rule", id=unknown))
    return ids


def profile_option() -> click.Option:
    """Return ``--profile``, completed by the shell."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
        from vanban.compose.profile import profiles

        return [CompletionItem(n, help=p.title) for n, p in profiles().items() if typed in n]

    return click.Option(
        ["--profile"], metavar="NAME", shell_complete=complete, help=say("cli.option.profile")
    )


def settings_options() -> list[click.Option]:
    """Return the options that say which settings hold: ``--config`` and ``--no-config``."""
    return [
        click.Option(["--config"], metavar="FILE", help=say("cli.option.config")),
        click.Option(["--no-config"], is_flag=True, help=say("cli.option.no_config")),
    ]


def settings(config: str | None, no_config: bool) -> Finder:
    """Return what finds the settings of drafts; a usage error when a file asked for is missing."""
    if config is not None and no_config:
        raise usage(say("cli.config_or_none"))
    if config is not None and not os.path.isfile(config):  # noqa: PTH113 (Path raises)
        raise usage(say("cli.no_config_file", path=config))
    return Finder(Path(config) if config is not None else None, off=no_config)


def settings_reports(finder: Finder) -> list[FileReport]:
    """Return what is wrong with the settings that were used, file by file, each told once."""
    by_file: dict[str, list[Finding]] = {}
    told: set[tuple[Any, ...]] = set()
    sources: dict[str, tuple[str, ...]] = {}
    for config in finder.used():
        sources |= config.sources
        for fault in sorted(config.faults, key=lambda f: f.sort_key):
            same = (fault.file, fault.key, fault.span, fault.pointer)
            if same not in told:
                by_file.setdefault(fault.file or str(config.path), []).append(fault)
            told.add(same)
    return [
        FileReport(name, sources.get(name, ()), tuple(faults)) for name, faults in by_file.items()
    ]


def check_profile(name: str | None) -> None:
    """Make sure that a profile exists; a usage error names those that do."""
    if name is None:
        return
    from vanban.compose.profile import UnknownProfileError, load_profile

    try:
        load_profile(name)
    except UnknownProfileError as error:
        raise usage(str(error)) from error


def find_kind(name: str) -> Kind:
    """Return a kind by name; a usage error suggests the nearest."""
    kind = kinds.find(name)
    if kind is not None:
        return kind
    known = tuple(kinds.kinds())
    meant = nearest(name, known)
    key = "cli.kind_meant" if meant else "cli.kind_unknown"
    raise usage(say(key, kind=name, meant=meant, known=", ".join(known)))


def colour_of(stream: str) -> bool:
    """Tell whether ``stdout`` or ``stderr`` is a terminal that wants colours (NO_COLOR obeyed)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    target = getattr(sys, stream)
    return target is not None and target.isatty()


def file_report(
    draft: Draft, findings: Iterable[Finding], suppressed: Iterable[Suppressed] = ()
) -> FileReport:
    """Return what was found in a draft, ready to be shown."""
    name = draft.path or "-"
    return FileReport(name, draft.lines, tuple(findings), tuple(suppressed), draft)
