"""``vanban new``: write a commented starter draft."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from click.shell_completion import CompletionItem

from vanban.catalogue import say
from vanban.cli import common
from vanban.cli.schema import bundle_text
from vanban.cli.shell import Verb, usage
from vanban.errors import TargetError
from vanban.kinds import SCHEMA_SUFFIX, Kind
from vanban.read.draft import STDIN

if TYPE_CHECKING:
    from vanban.starter import StarterPeriod

PERIOD_EXAMPLES = (
    "thang-10-2026, quy-3-2026, 9-thang-2026, nam-2026, nhiem-ky-2020-2025, "
    "giua-nhiem-ky-2020-2025, chuyen-de"
)


class NewOptions(NamedTuple):
    """What ``new`` was asked to do; ``target`` None prints the draft."""

    kind: Kind
    period: StarterPeriod | None
    target: Path | None
    force: bool


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "new",
        callback=_start,
        params=[
            common.kind_argument(required=True),
            click.Option(
                ["--ky", "period"], metavar="PERIOD",
                help=say("cli.option.ky", examples=PERIOD_EXAMPLES), shell_complete=_periods,
            ),
            click.Option(
                ["-o", "--output", "target"], metavar="FILE", type=click.Path(),
                help=say("cli.option.new_target"),
            ),
            click.Option(["--force"], is_flag=True, help=say("cli.option.new_force")),
        ],
    )  # fmt: skip


def _periods(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the ways to name a period that go on from what is typed."""
    known = PERIOD_EXAMPLES.split(", ")
    return [CompletionItem(name) for name in known if name.startswith(typed)]


def _start(kind: str, period: str | None, target: str | None, force: bool) -> int:
    found = common.find_kind(kind)
    name = found.name if period is None else f"{found.name}-{period.strip().replace('_', '-')}"
    path = None if target == STDIN else Path(target or f"{name}.yaml")
    if path is not None and path.is_dir():
        path /= f"{name}.yaml"
    return run(NewOptions(found, _period(found, period), path, force))


def _period(kind: Kind, text: str | None) -> StarterPeriod | None:
    if text is None:
        return None
    from vanban.starter import parse_period, period_kinds

    known = period_kinds(kind)
    if not known:
        raise usage(say("cli.no_period", kind=kind.name))
    period = parse_period(text, date.today())
    if period is None or period.kind not in known:
        raise usage(say("cli.period_unknown", period=text, examples=PERIOD_EXAMPLES))
    return period


def run(options: NewOptions) -> int:
    """Write the draft and, beside it, the schema for editors."""
    from vanban.starter import starter

    if options.target is None:
        click.echo(starter(options.kind, options.period), nl=False)
        return 0
    from vanban.writing import check_target, write_all

    schema_path = options.target.parent / f"{options.kind.name}{SCHEMA_SUFFIX}"
    for path in (options.target, schema_path):
        # Only the folder is looked at here: what may be replaced follows other rules than exports.
        check_target(path, force=True)
    if options.target.exists() and not options.force:
        raise TargetError(say("cli.target_exists", path=options.target))
    text = starter(options.kind, options.period, schema_path.name)
    files = [(options.target, text.encode())]
    refresh = _may_refresh(schema_path, options)
    if refresh:
        files.append((schema_path, bundle_text(options.kind).encode()))
    write_all(files)
    click.echo(say("cli.started", path=options.target))
    if refresh:
        click.echo(say("cli.started_schema", path=schema_path))
    return 0


def _may_refresh(path: Path, options: NewOptions) -> bool:
    """Tell whether the schema file is to be written: it is missing, or an older one of ours."""
    if not path.exists() or options.force:
        return True
    try:
        held = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise TargetError(say("cli.target_exists", path=path)) from None
    own = str(options.kind.schema["$id"]).rpartition(":")[0]
    if not isinstance(held, dict) or not str(held.get("$id", "")).startswith(own):
        raise TargetError(say("cli.target_exists", path=path))
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n" != bundle_text(options.kind)
