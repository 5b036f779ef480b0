"""``vanban extract``: the draft out of a file that vanban exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vanban.catalogue import say
from vanban.cli.shell import Verb, usage
from vanban.errors import TargetError
from vanban.exporting import is_folder
from vanban.read.draft import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable

YAML, JSON = "yaml", "json"
_ENDINGS = {".yaml": YAML, ".yml": YAML, ".json": JSON}


class ExtractOptions(NamedTuple):
    """What ``extract`` was asked to do; ``target`` None prints the draft."""

    file: str
    target: Path | None
    format: str
    force: bool


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "extract",
        callback=_start,
        params=[
            click.Argument(["file"], metavar="FILE", type=click.Path()),
            click.Option(
                ["-o", "--output", "target"], metavar="FILE", type=click.Path(),
                help=say("cli.option.extract_target"),
            ),
            click.Option(
                ["--format"], type=click.Choice((YAML, JSON)), default=None,
                help=say("cli.option.extract_format"),
            ),
            click.Option(["--force"], is_flag=True, help=say("cli.option.extract_force")),
        ],
    )  # fmt: skip


def _start(file: str, target: str | None, format: str | None, force: bool) -> int:
    refuse_stdin([file])
    if target in (None, STDIN):
        return run(ExtractOptions(file, None, format or YAML, force))
    path = Path(str(target))
    if is_folder(path):
        path /= f"{Path(file).stem}.{format or YAML}"
    named = _ENDINGS.get(path.suffix.lower())
    if named is None:
        raise usage(say("embed.target_ending", path=path))
    if format is not None and format != named:
        raise usage(say("embed.ending_differs", path=path, format=format))
    return run(ExtractOptions(file, path, named, force))


def refuse_stdin(files: Iterable[str]) -> None:
    """Refuse ``-`` in place of a file: what it was called and what it holds belong together."""
    if STDIN in files:
        raise usage(say("embed.no_stdin"))


def run(options: ExtractOptions) -> int:
    """Take the draft out and print or write it, complete or not at all."""
    from vanban.embed.carrier import extract
    from vanban.embed.drafts import draft_text

    draft = extract(options.file)
    heading = say("embed.heading", path=Path(options.file).name)
    text = draft_text(draft.data, options.format, heading)
    if options.target is None:
        click.echo(text, nl=False)
        return 0
    from vanban.writing import check_place, check_target, write_all

    check_place(options.target)
    # A draft bears no seal: what is there is somebody's work, and only --force replaces it.
    check_target(options.target, force=True)
    if options.target.exists() and not options.force:
        raise TargetError(say("cli.target_exists", path=options.target))
    if options.target.exists() and options.target.samefile(options.file):
        raise TargetError(say("export.target_is_source", path=options.target))
    write_all([(options.target, text.encode())])
    click.echo(say("embed.extracted", path=options.target))
    return 0
