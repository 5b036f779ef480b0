"""``vanban schema``: list the kinds of documents, print the schema of one."""

from __future__ import annotations

import json
from typing import NamedTuple

import click

from vanban import kinds
from vanban.catalogue import say
from vanban.cli import common
from vanban.cli.shell import Verb, usage


class SchemaOptions(NamedTuple):
    """What ``schema`` was asked to do: list (no kind) or print, as one file with ``bundle``."""

    kind: kinds.Kind | None
    bundle: bool


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "schema",
        callback=_start,
        params=[
            common.kind_argument(required=False),
            click.Option(["--bundle"], is_flag=True, help=say("cli.option.bundle")),
        ],
    )


def _start(kind: str | None, bundle: bool) -> int:
    if kind is None and bundle:
        raise usage(say("cli.bundle_needs_kind"))
    return run(SchemaOptions(common.find_kind(kind) if kind else None, bundle))


def run(options: SchemaOptions) -> int:
    """Print what was asked for."""
    if options.kind is None:
        for kind in kinds.kinds().values():
            title = kind.schema.get("title", "")
            click.echo(say("cli.kind_line", kind=kind.name, version=kind.version, title=title))
        return 0
    if options.bundle:
        click.echo(bundle_text(options.kind), nl=False)
    else:
        click.echo(options.kind.schema_path.read_text("utf-8"), nl=False)
    return 0


def bundle_text(kind: kinds.Kind) -> str:
    """Return the self-contained schema of a kind as editors take it."""
    from vanban.check.bundle import bundle

    return json.dumps(bundle(kind), ensure_ascii=False, indent=2) + "\n"
