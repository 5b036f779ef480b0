"""``vanban``: the way in from the console, and the last net under every fault."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

import click

from vanban import __version__
from vanban.catalogue import language, say
from vanban.cli.shell import (
    EXIT_INTERNAL,
    PipeClosedError,
    Verbs,
    asked_language,
    complain,
    explain,
    help_option,
    lang_option,
    report_internal,
)
from vanban.errors import VanbanError
from vanban.start import garbage, patterns

PROGRAM = "vanban"
EXIT_USAGE = 2
# What a shell makes of SIGINT and SIGPIPE.
EXIT_INTERRUPTED = 130
EXIT_PIPE = 141


def group() -> click.Group:
    """Build the group of verbs in the language in force."""

    def show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(f"{PROGRAM} {__version__}")
            ctx.exit()

    version = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show_version,
        help=say("cli.option.version"),
    )  # fmt: skip
    return Verbs(
        PROGRAM,
        params=[lang_option(), version, help_option()],
        add_help_option=False,
        help=say("cli.help.vanban"),
        options_metavar=say("cli.options_metavar"),
        subcommand_metavar=say("cli.verb_metavar"),
    )


def main(args: Sequence[str] | None = None) -> int:
    """Run ``vanban`` and return its exit code; never raises."""
    words = list(sys.argv[1:] if args is None else args)
    if args is None:  # a process of our own
        patterns.use(words[0] if words else "")
        garbage.seldom_to_the_end()
    _speak_utf8()
    with _language(asked_language(words)), garbage.seldom():
        try:
            code = _run(words if args is not None else None)
            _flush()
            return code
        except (PipeClosedError, BrokenPipeError):
            _silence()
            return EXIT_PIPE
        except (KeyboardInterrupt, click.Abort):
            return EXIT_INTERRUPTED
        except VanbanError as error:
            complain(str(error))
            return error.exit_code
        except Exception as error:
            report_internal(error)
            return EXIT_INTERNAL


def _run(args: Sequence[str] | None) -> int:
    try:
        code = group().main(args, prog_name=PROGRAM, standalone_mode=False)
    except click.UsageError as error:
        return _usage_error(error)
    except click.ClickException as error:
        complain(explain(error))
        return EXIT_USAGE
    return code if isinstance(code, int) else 0


def _usage_error(error: click.UsageError) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        click.echo(error.format_message(), err=True)
        return EXIT_USAGE
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(say("cli.try_help", command=error.ctx.command_path), err=True)
    complain(explain(error))
    return EXIT_USAGE


@contextmanager
def _language(asked: str | None) -> Iterator[None]:
    """Put a language in force for everything below, and take it back afterwards."""
    before = os.environ.get("VANBAN_LANG")
    os.environ["VANBAN_LANG"] = language(asked)
    try:
        yield
    finally:
        if before is None:
            del os.environ["VANBAN_LANG"]
        else:
            os.environ["VANBAN_LANG"] = before


def _speak_utf8() -> None:
    """Make the output UTF-8 whatever the console says; a name that is no text is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            with suppress(ValueError, OSError):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _silence() -> None:
    """Point the streams at nothing, so that closing them at exit fails no more."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            _point(stream, nothing)
    os.close(nothing)


def _point(stream: TextIO, descriptor: int) -> None:
    os.dup2(descriptor, stream.fileno())
