"""``vanban text``: check a plain text before it goes into a draft."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vanban import output
from vanban.catalogue import language, say
from vanban.cli import common
from vanban.cli.inputs import exit_code, worst
from vanban.cli.shell import EXIT_INTERNAL, Verb, complain, report_internal, usage
from vanban.errors import VanbanError
from vanban.read.draft import STDIN

if TYPE_CHECKING:
    from vanban.config import Finder
    from vanban.read.draft import Draft


class TextOptions(NamedTuple):
    """What ``text`` was asked to do; every name in it is known to exist."""

    paths: tuple[str, ...]
    markdown: bool
    format: str
    strict: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    finder: Finder
    style: output.Style


# The options that only mending knows, as they are typed.
_MENDING = ("--unsafe", "-o", "--force")


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "text",
        callback=_start,
        params=[
            common.paths_argument("FILE"),
            click.Option(["--markdown"], is_flag=True, help=say("cli.option.markdown")),
            click.Option(["--fix"], is_flag=True, help=say("cli.option.fix")),
            *common.mending_options(),
            *common.report_options(),
            *common.rule_options(),
            *common.settings_options(),
        ],
    )  # fmt: skip


def _start(
    paths: tuple[str, ...],
    markdown: bool,
    fix: bool,
    diff: bool,
    unsafe: bool,
    target: str | None,
    force: bool,
    format: str,
    concise: bool,
    strict: bool,
    select: Sequence[str],
    ignore: Sequence[str],
    config: str | None,
    no_config: bool,
) -> int:
    if concise and format != output.TEXT:
        raise usage(say("cli.concise_only_text"))
    options = TextOptions(
        paths=paths,
        markdown=markdown,
        format=output.CONCISE if concise else format,
        strict=strict,
        select=common.rule_ids(select),
        ignore=common.rule_ids(ignore),
        finder=common.settings(config, no_config),
        style=output.Style(language(), common.colour_of("stdout") and format == output.TEXT),
    )
    if fix or diff:
        return _mend(options, diff=diff, unsafe=unsafe, target=target, force=force)
    asked = (unsafe, target is not None, force)
    if any(asked):
        names = [name for name, one in zip(_MENDING, asked, strict=True) if one]
        raise usage(say("cli.only_with_fix", names=", ".join(names)))
    return run(options)


def _mend(
    options: TextOptions, *, diff: bool, unsafe: bool, target: str | None, force: bool
) -> int:
    """Mend the texts as ``vanban fix`` mends drafts."""
    from vanban.cli import fix

    if options.strict or options.format not in (output.TEXT, fix.JSON):
        raise usage(say("cli.not_with_fix"))
    fix.check_printed(options.paths, target, options.format, diff=diff)
    return fix.run(
        fix.FixOptions(
            paths=options.paths,
            diff=diff,
            unsafe=unsafe,
            target=target,
            force=force,
            format=options.format,
            select=options.select,
            ignore=options.ignore,
            finder=options.finder,
            style=options.style,
            plain=True,
            markdown=options.markdown,
        )
    )


def run(options: TextOptions) -> int:
    """Check every text, print the report, return the exit code."""
    files: list[output.FileReport] = []
    codes: list[int] = []
    for draft in drafts(options.paths, markdown=options.markdown):
        try:
            file = _check(draft, options)
        except VanbanError as error:
            complain(str(error))
            codes.append(error.exit_code)
        except Exception as error:  # one bad file never stops the others
            report_internal(error)
            codes.append(EXIT_INTERNAL)
        else:
            files.append(file)
            codes.append(exit_code(file.findings, strict=options.strict))
    if not codes:
        complain(say("cli.no_texts", paths=", ".join(options.paths)))
    settings = tuple(common.settings_reports(options.finder))
    codes += [exit_code(one.findings) for one in settings]
    report = output.Report(tuple(files), 0, settings)
    click.echo(
        output.render(options.format, report, options.style), nl=False, color=options.style.colour
    )
    if options.format == output.TEXT:
        from vanban.fixing import mendable

        if count := mendable(finding for _, finding in report.findings()):
            click.echo(say("cli.mendable_text", options.style.lang, count=count))
    return worst(codes)


def drafts(paths: Sequence[str], *, markdown: bool = False) -> Iterator[Draft]:
    """Read each text once; a folder means the ``.txt`` and ``.md`` files in it.

    ``markdown`` says how to read standard input and files whose name does not tell.
    """
    from vanban.read.plain import is_markdown, read_plain, suffixes
    from vanban.read.reader import text_of, unreachable

    seen: set[str] = set()
    for path in paths:
        names = [path]
        if path != STDIN and os.path.isdir(path):  # noqa: PTH112 (Path raises)
            try:
                inside = sorted(Path(path).iterdir())
            except OSError as error:
                yield unreachable(path, error)
                continue
            names = [str(p) for p in inside if p.suffix.lower() in suffixes() and p.is_file()]
        for name in names:
            key = name if name == STDIN else os.path.realpath(name)
            if key in seen:
                continue
            seen.add(key)
            text = text_of(name)
            if isinstance(text, str):
                known = Path(name).suffix.lower() in suffixes()
                yield read_plain(text, name, markdown=is_markdown(name) if known else markdown)
            else:
                yield text


def _check(draft: Draft, options: TextOptions) -> output.FileReport:
    from vanban.check.plain import check_plain

    own = options.finder.of(draft.path)
    config = own.joined({"ignore": options.ignore, "select": options.select})
    result = check_plain(draft, config)
    return common.file_report(draft, result.findings, result.suppressed)
