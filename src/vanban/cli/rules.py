"""``vanban rules``: list the rules, show the page of one."""

from __future__ import annotations

from typing import NamedTuple

import click

from vanban.catalogue import language, say
from vanban.check import pages
from vanban.cli import common
from vanban.cli.shell import Verb, usage
from vanban.text.near import nearest


class RulesOptions(NamedTuple):
    """What ``rules`` was asked to do: list (no id) or show one page."""

    id: str | None
    lang: str


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "rules",
        callback=_start,
        params=[
            click.Argument(
                ["id"], required=False, metavar="[ID]", shell_complete=common.complete_rules
            )
        ],
    )


def _start(id: str | None) -> int:
    rule = id.strip().upper() if id else None
    if rule is not None and rule not in pages.ids():
        meant = nearest(rule, pages.ids())
        key = "cli.rule_meant" if meant else "cli.unknown_rule"
        raise usage(say(key, id=id, meant=meant))
    return run(RulesOptions(rule, language()))


def run(options: RulesOptions) -> int:
    """Print what was asked for."""
    if options.id is not None:
        click.echo(pages.page(options.id, options.lang), nl=False)
        return 0
    for entry in pages.listing(options.lang):
        severity = say(f"output.{entry.severity}", options.lang)
        click.echo(say("cli.rule_line", id=entry.id, severity=severity, title=entry.title))
    return 0
