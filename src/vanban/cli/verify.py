"""``vanban verify``: do the pages of a file say what its data says?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vanban import __version__, output
from vanban.catalogue import language, say
from vanban.cli import common
from vanban.cli.inputs import worst
from vanban.cli.shell import EXIT_INTERNAL, Verb, report_internal, usage
from vanban.errors import EmbedError
from vanban.output.text import painted

if TYPE_CHECKING:
    from vanban.embed.compare import Difference, Unit
    from vanban.embed.verifying import Verification

JSON = "json"
SHOWN = 20
"""Differences told of one file in a report for people; a program gets all."""

CONTEXT = 60
"""Characters shown on either side of what was changed."""

EXCERPT = 300
"""Length, in characters, at which a text is cut in a report for people."""


class VerifyOptions(NamedTuple):
    """What ``verify`` was asked to do."""

    files: tuple[str, ...]
    templates: tuple[str, ...]
    format: str
    style: output.Style


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "verify",
        callback=_start,
        params=[
            common.paths_argument("FILE"),
            click.Option(
                ["--template", "templates"], multiple=True, metavar="FILE|DIR",
                type=click.Path(), help=say("cli.option.verify_template"),
            ),
            click.Option(
                ["--format"], type=click.Choice((output.TEXT, JSON)), default=output.TEXT,
                help=say("cli.option.verify_format"),
            ),
        ],
    )  # fmt: skip


def _start(paths: tuple[str, ...], templates: Sequence[str], format: str) -> int:
    from vanban.cli.extract import refuse_stdin
    from vanban.embed.verifying import check_templates

    refuse_stdin(paths)
    try:
        check_templates(templates)
    except EmbedError as error:
        raise usage(str(error)) from error
    style = output.Style(language(), common.colour_of("stdout") and format == output.TEXT)
    return run(VerifyOptions(paths, tuple(templates), format, style))


def run(options: VerifyOptions) -> int:
    """Verify every file, print the report, return the exit code."""
    from vanban.embed.verifying import verify

    done: list[Verification] = []
    codes: list[int] = []
    for file in dict.fromkeys(options.files):
        try:
            made = verify(file, options.templates)
        except Exception as error:  # one bad file never stops the others
            report_internal(error)
            codes.append(EXIT_INTERNAL)
            continue
        done.append(made)
        codes.append(made.exit_code)
    if options.format == JSON:
        click.echo(json.dumps(report(done), ensure_ascii=False, indent=2))
    else:
        lines = [line for made in done for line in _lines(made, options.style)]
        counts = _counts(done)
        if len(done) > 1:
            lines.append(say("verify.summary", **counts))
        click.echo("\n".join(lines), color=options.style.colour)
    return worst(codes)


def _counts(done: Sequence[Verification]) -> dict[str, int]:
    def of(*names: str) -> int:
        return sum(made.status.value in names for made in done)

    agree, differ, empty = of("agrees"), of("differs"), of("no-data", "bad-data")
    other = len(done) - agree - differ - empty
    return {
        "files": len(done),
        "agree": agree,
        "differ": differ,
        "no_data": empty,
        "other": other,
    }


# --- for people -----------------------------------------------------------------------------------


def _lines(made: Verification, style: output.Style) -> Iterator[str]:
    """Yield the lines that tell of one file."""
    held = made.payload
    about = ""
    if held is not None:
        about = say("verify.about", kind=held.kind, profile=held.profile, version=held.vanban)
    match made.status.value:
        case "agrees":
            yield say("verify.agrees", path=made.path, about=about)
        case "differs":
            text = say("verify.differs", path=made.path, about=about, count=len(made.differences))
            yield painted(text, style, "red")
        case "cannot-recompose" if held is not None:
            yield say("verify.cannot_recompose", path=made.path, about=about, reason=made.reason)
        case _:
            yield painted(made.reason or made.path, style, "red")
    for one in made.differences[:SHOWN]:
        yield from _difference(one)
    if len(made.differences) > SHOWN:
        yield say("verify.more", count=SHOWN)
    for note in made.notes:
        yield say("verify.note_line", text=say(f"verify.note.{note.key}", **note.args))


def _difference(one: Difference) -> Iterator[str]:
    place = _place(one.at)
    if one.heading:
        place = say("verify.under", place=place, heading=_short(one.heading))
    yield say("verify.place", place=place, change=say(f"verify.change.{one.change.value}"))
    before, after = _around_change(one.before, one.after)
    if before is not None:
        yield say("verify.before", text=before)
    if after is not None and one.change.value != "moved":
        yield say("verify.after", text=after)


def _around_change(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Return two texts on one line each, cut to what is about their difference."""
    from vanban.embed.compare import shared_start

    one, two = (None if text is None else " ".join(text.split()) for text in (before, after))
    if one is None or two is None or one == two:
        return (one and _short(one)), (two and _short(two))
    start = shared_start(one, two)
    tail = shared_start(one[start:][::-1], two[start:][::-1])
    # A whole word before, so that a figure is not cut in two.
    begin = one.rfind(" ", 0, max(start - CONTEXT, 0)) + 1
    ends = (len(text) - tail + CONTEXT for text in (one, two))
    return _window(one, begin, next(ends)), _window(two, begin, next(ends))


def _window(text: str, begin: int, end: int) -> str:
    """Return a stretch of a text, to the end of its last word, with dots where it was cut."""
    end = min(max(end, begin), begin + EXCERPT)
    stop = text.find(" ", end)
    shown = text[begin:] if stop < 0 or end >= len(text) else text[begin:stop] + " …"
    return f"… {shown}" if begin else shown


def _place(at: Unit) -> str:
    if at.page is not None:
        key = "page" if at.line is None else "page_line"
        return say(f"verify.{key}", page=at.page, line=at.line)
    if at.part is not None:
        return say(f"verify.part.{at.part}")
    if at.cell is not None:
        table, row, column = at.cell
        return say("verify.cell", table=table, row=row, column=column)
    if at.paragraph is not None:
        return say("verify.paragraph", paragraph=at.paragraph)
    return say("verify.whole")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


# --- for programs ---------------------------------------------------------------------------------


def report(done: Sequence[Verification]) -> dict[str, Any]:
    """Return the results as ``schemas/verification.schema.json`` has them."""
    return {
        "version": __version__,
        "summary": _counts(done),
        "files": [_file(made) for made in done],
    }


def _file(made: Verification) -> dict[str, Any]:
    held = made.payload
    embedded = None
    if held is not None:
        embedded = {
            "vanban": held.vanban,
            "kind": held.kind,
            "schema": held.schema,
            "profile": held.profile,
            "forced": held.forced,
            "allow_errors": held.allow_errors,
            "template_sha256": held.template_sha256,
            "text_sha256": held.text_sha256,
        }
    return {
        "file": made.path.replace("\\", "/"),
        "status": made.status.value,
        "format": made.format,
        "unchanged": made.seal.value == "ours",
        "reason": made.reason,
        "embedded": embedded,
        "differences": [_as_json(one) for one in made.differences],
        "notes": [
            {"key": note.key, "message": say(f"verify.note.{note.key}", **note.args)}
            for note in made.notes
        ],
    }


def _as_json(one: Difference) -> dict[str, Any]:
    at = one.at
    table, row, column = at.cell or (None, None, None)
    return {
        "change": one.change.value,
        "before": one.before,
        "after": one.after,
        "page": at.page,
        "line": at.line,
        "part": at.part,
        "paragraph": at.paragraph,
        "table": table,
        "row": row,
        "cell": column,
        "heading": one.heading,
        "pointer": at.pointer,
    }
