"""``vanban template``: an office's own templates, written to be changed and checked."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vanban import __version__, kinds
from vanban.catalogue import say
from vanban.cli import common
from vanban.cli.shell import Verb, VerbGroup, usage
from vanban.output.text import painted

if TYPE_CHECKING:
    from vanban.kinds import Kind
    from vanban.render.template_check import Checked
    from vanban.render.template_tags import Fault

FORMATS = ("text", "json")
_COLOURS = {"error": "red", "warning": "yellow"}


class InitOptions(NamedTuple):
    """What ``template init`` was asked to do."""

    kind: Kind
    folder: Path
    profile: str | None
    force: bool


class CheckOptions(NamedTuple):
    """What ``template check`` was asked to do."""

    path: Path
    kind: Kind
    profile: str | None
    format: str


def command() -> click.Command:
    """Build the verb with its two deeds."""
    return VerbGroup("template", {"init": _init_command, "check": _check_command})


def _init_command() -> click.Command:
    return Verb(
        "template_init",
        callback=_init,
        params=[
            common.kind_argument(required=True),
            click.Argument(["folder"], metavar="DIR", type=click.Path()),
            common.profile_option(),
            click.Option(["--force"], is_flag=True, help=say("cli.option.template_force")),
        ],
    )


def _check_command() -> click.Command:
    return Verb(
        "template_check",
        callback=_check,
        params=[
            click.Argument(["path"], metavar="FILE|DIR", type=click.Path()),
            click.Option(["--kind"], metavar="KIND", help=say("cli.option.template_kind")),
            common.profile_option(),
            click.Option(
                ["--format"], type=click.Choice(FORMATS), default="text",
                help=say("cli.option.format"),
            ),
        ],
    )  # fmt: skip


def _init(kind: str, folder: str, profile: str | None, force: bool) -> int:
    common.check_profile(profile)
    return run_init(InitOptions(common.find_kind(kind), Path(folder), profile, force))


def run_init(options: InitOptions) -> int:
    """Write the built-in templates for an office to change."""
    from vanban.render import template_kit

    files = template_kit.kit(options.kind, options.profile)
    for path in template_kit.write(files, options.folder, force=options.force):
        click.echo(say("template.written", path=path))
    guide = options.folder / template_kit.GUIDE
    click.echo(say("template.next", guide=guide, folder=options.folder))
    return 0


def _check(path: str, kind: str | None, profile: str | None, format: str) -> int:
    common.check_profile(profile)
    found = common.find_kind(kind) if kind else _kind_of(Path(path))
    return run_check(CheckOptions(Path(path), found, profile, format))


def _kind_of(path: Path) -> Kind:
    """Return the kind that a folder's name says, else the only one there is."""
    known = kinds.kinds()
    for name in reversed(Path(os.path.abspath(path)).parts):  # noqa: PTH100 (links stay)
        if name in known:
            return known[name]
    if len(known) != 1:
        raise usage(say("template.which_kind", known=", ".join(known)))
    return next(iter(known.values()))


def run_check(options: CheckOptions) -> int:
    """Say everything that is wrong with the templates; 1 when an error is among it."""
    from vanban.render.template_check import check

    checked = check(options.path, options.kind, options.profile)
    if options.format == "json":
        click.echo(json.dumps(document(checked), ensure_ascii=False, indent=2))
    else:
        click.echo(_text(checked), color=common.colour_of("stdout"))
    return 1 if checked.count("error") else 0


def document(checked: Checked) -> dict[str, Any]:
    """Return what was found as plain data."""
    return {
        "version": __version__,
        "summary": {
            "files": len(checked.files),
            "errors": checked.count("error"),
            "warnings": checked.count("warning"),
        },
        "findings": [_data(fault) for fault in checked.faults],
    }


def _data(fault: Fault) -> dict[str, Any]:
    place = fault.place
    return {
        "code": fault.code,
        "severity": fault.severity,
        "file": place.file.replace(os.sep, "/"),
        "place": place.words,
        **{
            name: getattr(place, name)
            for name in ("line", "column", "part", "paragraph", "table", "row", "cell")
        },
        "tag": fault.tag or None,
        "message": fault.message,
    }


def _text(checked: Checked) -> str:
    from vanban import output
    from vanban.catalogue import language

    style = output.Style(language(), common.colour_of("stdout"))
    lines = []
    for fault in checked.faults:
        place = fault.place
        where = place.file
        if place.line is not None:
            where += f":{place.line}:{place.column}"
        elif place.words:
            where += f", {place.words}"
        level = say(f"output.{fault.severity}")
        shown = painted(level, style, _COLOURS[fault.severity], bold=True)
        lines.append(f"{where}: {shown} {fault.message}")
    key = "template.summary" if checked.faults else "template.good"
    lines.append(
        say(
            key,
            files=len(checked.files),
            errors=checked.count("error"),
            warnings=checked.count("warning"),
        )
    )
    return "\n".join(lines)
