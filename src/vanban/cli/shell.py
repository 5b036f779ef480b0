"""click in the user's language: help pages, usage errors, and verbs loaded when they are called."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from vanban.catalogue import LANGUAGES, say
from vanban.doors import printable
from vanban.text.near import nearest

# Set to show the whole traceback of an internal fault.
DEBUG_VARIABLE = "VANBAN_DEBUG"
EXIT_INTERNAL = 4

# Verb -> module with ``command() -> click.Command``; the order is that of the help page.
VERBS: Mapping[str, str] = {
    "new": "vanban.cli.new",
    "validate": "vanban.cli.validate",
    "fix": "vanban.cli.fix",
    "export": "vanban.cli.export",
    "extract": "vanban.cli.extract",
    "verify": "vanban.cli.verify",
    "text": "vanban.cli.text",
    "template": "vanban.cli.template",
    "schema": "vanban.cli.schema",
    "rules": "vanban.cli.rules",
    "doctor": "vanban.cli.doctor",
}


class PipeClosedError(Exception):
    """The reader of our output went away (``vanban … | head``); not an error worth a word."""


class _Formatter(click.HelpFormatter):
    """Help pages with our words for click's own headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or say("cli.usage") + " ")

    def write_heading(self, heading: str) -> None:
        known = {"Options": "cli.options", "Commands": "cli.commands", "Arguments": "cli.arguments"}
        super().write_heading(say(known[heading]) if heading in known else heading)


class _Context(click.Context):
    formatter_class = _Formatter


class Verb(click.Command):
    """One verb; its help option speaks the user's language."""

    context_class = _Context
    # Words too many are told by us below, in the user's language.
    allow_extra_args = True

    def __init__(self, name: str, **extra: Any) -> None:
        extra.setdefault("help", say(f"cli.help.{name}"))
        extra.setdefault("short_help", say(f"cli.short.{name}"))
        extra.setdefault("options_metavar", say("cli.options_metavar"))
        extra.setdefault("add_help_option", False)
        params = [*extra.pop("params", []), lang_option(), help_option()]
        super().__init__(name, params=params, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; words too many are a usage error."""
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise usage(say("cli.unexpected", words=" ".join(left)), ctx)
        return left


class Verbs(click.Group):
    """The group of all verbs; a verb's module is imported when the verb is used or listed."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the help page."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a verb, or None when there is none of this name."""
        if name not in VERBS:
            return None
        build: Callable[[], click.Command] = import_module(VERBS[name]).command
        return build()

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; a closed pipe is told apart from other faults before click sees it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise PipeClosedError from error


class VerbGroup(click.Group):
    """One verb that has deeds of its own (``vanban template check``), each built when used."""

    context_class = _Context

    def __init__(self, name: str, deeds: Mapping[str, Callable[[], click.Command]]) -> None:
        super().__init__(
            name,
            params=[lang_option(), help_option()],
            add_help_option=False,
            help=say(f"cli.help.{name}"),
            short_help=say(f"cli.short.{name}"),
            options_metavar=say("cli.options_metavar"),
            subcommand_metavar=say("cli.verb_metavar"),
        )
        self._deeds = deeds

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the deeds in the order of the help page."""
        return list(self._deeds)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a deed, or None when there is none of this name."""
        return self._deeds[name]() if name in self._deeds else None


def help_option() -> click.Option:
    """Return ``--help`` with our words."""

    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    return click.Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=show,
        help=say("cli.option.help"),
    )  # fmt: skip


def lang_option() -> click.Option:
    """Return ``--lang``: it was obeyed before parsing, here it is only checked and shown."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=say("cli.option.lang")
    )


def asked_language(args: Sequence[str]) -> str | None:
    """Return the language that the arguments ask for, before any help text is built."""
    for index, word in enumerate(args):
        if word == "--":
            break
        value = None
        if word == "--lang" and index + 1 < len(args):
            value = args[index + 1]
        elif word.startswith("--lang="):
            value = word.partition("=")[2]
        if value in LANGUAGES:
            return value
    return None


def usage(error: str, ctx: click.Context | None = None) -> click.UsageError:
    """Return a usage error (exit code 2) with a message of ours."""
    return click.UsageError(error, ctx=ctx or click.get_current_context(silent=True))


def explain(error: click.ClickException) -> str:
    """Return the message of a click error in the user's language."""
    name = _hint(error)
    match type(error).__name__:
        case "NoSuchOption":
            text = say("cli.no_such_option", name=getattr(error, "option_name", ""))
            return text + _meant(getattr(error, "possibilities", None))
        case "NoSuchCommand":
            asked = str(getattr(error, "command_name", ""))
            ctx: Any = getattr(error, "ctx", None)
            group = ctx.command if ctx is not None else None
            known = group.list_commands(ctx) if isinstance(group, click.Group) else VERBS
            meant = nearest(asked, known)
            return say("cli.no_such_verb", name=asked) + _meant([meant] if meant else None)
        case "MissingParameter":
            return say("cli.missing_parameter", name=name)
        case "BadOptionUsage":
            return say("cli.bad_option_usage", name=getattr(error, "option_name", ""))
        case "BadParameter":
            kind = getattr(getattr(error, "param", None), "type", None)
            if isinstance(kind, click.Choice):
                return say("cli.bad_choice", name=name, allowed=", ".join(map(str, kind.choices)))
            return say("cli.bad_parameter", name=name, reason=error.message)
    return error.format_message()


def _hint(error: click.ClickException) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return ""
    if isinstance(param, click.Argument):
        return str(param.metavar or param.human_readable_name).rstrip("…")
    return " / ".join(param.opts)


def _meant(possibilities: Sequence[str] | None) -> str:
    if not possibilities:
        return ""
    return " " + say("cli.meant", names=", ".join(possibilities))


def complain(text: str) -> None:
    """Say one line on standard error; a name of a file cannot give orders to the terminal."""
    click.echo(say("cli.error", text=printable(text)), err=True)


def report_internal(error: Exception) -> None:
    """Say an unexpected fault in one line, or with its traceback when asked for."""
    if os.environ.get(DEBUG_VARIABLE):
        import traceback

        traceback.print_exception(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    complain(say("cli.internal", what=what, variable=DEBUG_VARIABLE))
