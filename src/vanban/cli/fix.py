"""``vanban fix``: mend what is surely wrong in drafts, and touch nothing else."""

from __future__ import annotations

import difflib
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vanban import exporting, output
from vanban.catalogue import fix_title, language, say
from vanban.cli import common
from vanban.cli.inputs import EXIT_INPUT, SUFFIXES, Inputs, exit_code, worst
from vanban.cli.shell import EXIT_INTERNAL, Verb, complain, report_internal, usage
from vanban.errors import BaselineError, TargetError, VanbanError
from vanban.finding import Safety, Severity
from vanban.output.text import painted
from vanban.read.draft import STDIN

if TYPE_CHECKING:
    from vanban.check.baseline import Baseline
    from vanban.config import Finder
    from vanban.finding import Result
    from vanban.fixing import LeftOut, Mending
    from vanban.read.draft import Draft

JSON = "json"
UNNAMED_TEXT = "van-ban.txt"
"""What a mended text from standard input is called in a folder."""
_CONTEXT = 3


class FixOptions(NamedTuple):
    """What ``fix`` was asked to do; every name in it is known to exist."""

    paths: tuple[str, ...]
    diff: bool
    unsafe: bool
    target: str | None
    force: bool
    format: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    finder: Finder
    style: output.Style
    profile: str | None = None
    previous: tuple[str, ...] = ()
    baseline: Path | None = None
    # What kind of file is mended: drafts, or plain texts (and Markdown where names do not tell).
    plain: bool = False
    markdown: bool = False


def command() -> click.Command:
    """Build the verb."""
    return Verb(
        "fix",
        callback=_start,
        params=[
            common.paths_argument("PATH"),
            *common.mending_options(),
            click.Option(
                ["--format"], type=click.Choice((output.TEXT, JSON)), default=output.TEXT,
                help=say("cli.option.fix_format"),
            ),
            *common.rule_options(),
            common.profile_option(),
            click.Option(
                ["--previous"], multiple=True, metavar="FILE", help=say("cli.option.previous")
            ),
            *common.settings_options(),
            click.Option(["--baseline"], metavar="FILE", help=say("cli.option.baseline")),
        ],
    )  # fmt: skip


def _start(
    paths: tuple[str, ...],
    diff: bool,
    unsafe: bool,
    target: str | None,
    force: bool,
    format: str,
    select: Sequence[str],
    ignore: Sequence[str],
    profile: str | None,
    previous: Sequence[str],
    config: str | None,
    no_config: bool,
    baseline: str | None,
) -> int:
    common.check_profile(profile)
    check_printed(paths, target, format, diff=diff)
    options = FixOptions(
        paths=paths,
        diff=diff,
        unsafe=unsafe,
        target=target,
        force=force,
        format=format,
        select=common.rule_ids(select),
        ignore=common.rule_ids(ignore),
        profile=profile,
        previous=tuple(previous),
        finder=common.settings(config, no_config),
        baseline=Path(baseline) if baseline is not None else None,
        style=output.Style(language(), common.colour_of("stdout") and format == output.TEXT),
    )
    return run(options)


def check_printed(paths: Sequence[str], target: str | None, format: str, *, diff: bool) -> None:
    """Refuse to print a mended text and a report as data on the same stream."""
    printed = target == STDIN or (STDIN in paths and target is None)
    if printed and format == JSON and not diff:
        raise usage(say("cli.fix.stdin_json"))


def run(options: FixOptions) -> int:
    """Mend every draft, say what was done, return the exit code."""
    return _Run(options).run()


class _Done(NamedTuple):
    """What was done with one draft."""

    name: str
    made: Mending
    diff: str


class _Run:
    """One run over all drafts."""

    def __init__(self, options: FixOptions) -> None:
        self.options = options
        self.codes: list[int] = []
        self.done: list[_Done] = []
        self.earlier: list[Draft] = []
        self.baselines: dict[Path, Baseline] = {}
        # What is printed on standard output leaves the report to the other stream.
        self.aside = options.diff or options.target == STDIN or STDIN in options.paths
        if options.format == JSON:
            self.aside = False

    def run(self) -> int:
        options = self.options
        self.earlier, unread = common.earlier_reports(options.previous)
        self.codes += [EXIT_INPUT for _ in unread]
        drafts, skipped = self._drafts()
        self._check_targets(drafts)
        if not drafts:
            key = "cli.no_texts" if options.plain else "cli.no_drafts"
            complain(say(key, paths=", ".join(options.paths)))
        for draft in drafts:
            try:
                self._mend(draft)
            except BaselineError as error:
                complain(str(error))
                return error.exit_code
            except VanbanError as error:
                complain(str(error))
                self.codes.append(error.exit_code)
            except Exception as error:  # one bad file never stops the others
                report_internal(error)
                self.codes.append(EXIT_INTERNAL)
        settings = tuple(common.settings_reports(options.finder))
        self.codes += [exit_code(one.findings) for one in settings]
        report = output.Report(
            (*unread, *(self._file(one) for one in self.done)), skipped, settings
        )
        if options.format == JSON:
            click.echo(json.dumps(self._document(report), ensure_ascii=False, indent=2))
        else:
            self._tell(report, unread)
        return worst(self.codes)

    def _drafts(self) -> tuple[list[Draft], int]:
        """Return what is to be mended, and how many files were passed over."""
        if self.options.plain:
            from vanban.cli.text import drafts

            return list(drafts(self.options.paths, markdown=self.options.markdown)), 0
        inputs = Inputs(self.options.paths)
        return list(inputs.drafts()), inputs.skipped

    # -- one draft

    def _mend(self, draft: Draft) -> None:
        options = self.options
        made = self._made(draft)
        name = draft.path or STDIN
        old = _source(draft)
        if options.diff:
            shown = _difference(old, made.text, name) if made.text is not None else ""
            if shown and options.format == output.TEXT:
                click.echo(_coloured(shown, options.style), nl=False, color=options.style.colour)
            self.done.append(_Done(name, made, shown))
        else:
            self._write(draft, made, old)
            self.done.append(_Done(name, made, ""))
        self.codes.append(exit_code(made.after.findings))

    def _made(self, draft: Draft) -> Mending:
        options = self.options
        own = options.finder.of(draft.path)
        config = own.joined({"ignore": options.ignore, "select": options.select})
        if options.plain:
            from vanban.check.plain import fix_plain

            return fix_plain(draft, unsafe=options.unsafe, config=config)
        from vanban.fixing import fix

        return fix(
            draft,
            unsafe=options.unsafe,
            profile=options.profile,
            config=config,
            previous=self.earlier,
            baseline=self._baseline(options.baseline or own.baseline),
        )

    def _baseline(self, path: Path | None) -> Baseline | None:
        if path is None:
            return None
        if path not in self.baselines:
            from vanban.check.baseline import Baseline

            self.baselines[path] = Baseline.read(path)
        return self.baselines[path]

    def _write(self, draft: Draft, made: Mending, old: str) -> None:
        """Write what came out, if anything is to be written and the place for it is right."""
        from vanban.writing import check_target, write_all

        if made.text is None:
            return
        path = self._target(draft)
        if path is None:
            # bytes: standard output would turn line breaks into those of the system
            click.echo(made.data, nl=False)
            return
        own = _same_file(path, draft.path)
        if own and not made.changed:
            return
        check_target(path, force=True)
        if own:
            try:
                held = path.read_bytes()
            except OSError:
                held = b""
            if held != old.encode():
                raise TargetError(say("cli.fix.changed", path=path))
        elif path.exists() and not self.options.force:
            raise TargetError(say("cli.target_exists", path=path))
        write_all([(path, made.data)])
        if not own and self.options.format == output.TEXT:
            click.echo(say("cli.written", path=path), err=self.aside)

    def _target(self, draft: Draft) -> Path | None:
        """Return where a mended draft goes, None for standard output."""
        target = self.options.target
        if target == STDIN or (target is None and draft.path in (None, STDIN)):
            return None
        if target is None:
            return Path(draft.path or "")
        path = Path(target)
        if not exporting.is_folder(path):
            return path
        if draft.path in (None, STDIN):
            own = f"{exporting.stem_of(draft)}{SUFFIXES[0]}"
            return path / (UNNAMED_TEXT if self.options.plain else own)
        return path / Path(str(draft.path)).name

    def _check_targets(self, drafts: Sequence[Draft]) -> None:
        """Refuse, before anything is written, a target that cannot hold what was asked."""
        target = self.options.target
        if target is None or self.options.diff:
            return
        if target == STDIN:
            if len(drafts) > 1:
                raise usage(say("cli.fix.several_to_stdout"))
            return
        path = Path(target)
        if not exporting.is_folder(path):
            if len(drafts) > 1:
                raise usage(say("cli.several_drafts_one_file", path=target))
            endings = self._endings(drafts[0].path if drafts else None)
            if endings and path.suffix.lower() not in endings:
                listed = ", ".join(endings)
                raise usage(say("cli.fix.target_ending", path=target, endings=listed))
            return
        seen: dict[str, str] = {}
        for draft in drafts:
            name = draft.path or STDIN
            place = os.path.realpath(self._target(draft) or path)
            if (other := seen.setdefault(place, name)) != name:
                raise usage(say("cli.fix.same_target", one=other, two=name))

    def _endings(self, path: str | None) -> tuple[str, ...]:
        """Return the endings that a mended copy may have; none where any will do."""
        if self.options.plain:
            return ()
        # A draft stays YAML or JSON.
        if path in (None, STDIN):
            return SUFFIXES
        is_json = Path(str(path)).suffix.lower() in SUFFIXES[-1:]
        return SUFFIXES[-1:] if is_json else SUFFIXES[:-1]

    # -- telling

    def _file(self, one: _Done) -> output.FileReport:
        after = one.made.after
        return common.file_report(one.made.draft, after.findings, after.suppressed)

    def _tell(self, report: output.Report, unread: Sequence[output.FileReport]) -> None:
        lang = self.options.style.lang
        told = [file for file in report.files if file in unread]
        told += [
            file
            for file, one in zip(report.files[len(unread) :], self.done, strict=True)
            if not one.made.draft.readable
        ]
        broken = output.Report(tuple(told), 0, report.settings)
        if told or report.settings:
            style = output.Style(lang, common.colour_of("stderr"))
            text = output.render(output.TEXT, broken, style)
            click.echo(text, nl=False, err=True, color=style.colour)
        lines = [line for one in self.done for line in self._lines(one)]
        doubtful = 0 if self.options.unsafe else sum(_doubtful(one.made.after) for one in self.done)
        if doubtful:
            lines.append(say("cli.fix.more", lang, count=doubtful))
        if len(self.done) > 1:
            key = "would_summary" if self.options.diff else "summary"
            lines.append(say(f"cli.fix.{key}", lang, **self._counts()))
        for line in lines:
            click.echo(line, err=self.aside)

    def _counts(self) -> dict[str, int]:
        return {
            "mended": sum(len(one.made.mended) for one in self.done),
            "written": sum(one.made.changed for one in self.done),
            "files": len(self.done),
        }

    def _lines(self, one: _Done) -> Iterator[str]:
        """Yield what is said of one draft."""
        made, lang = one.made, self.options.style.lang
        if not made.draft.readable and not made.mended:
            return  # its faults were told
        counts = {f"{severity}s": len(made.after.of(severity)) for severity in Severity}
        left = say("cli.fix.left" if any(counts.values()) else "cli.fix.clean", lang, **counts)
        if made.mended:
            rules = Counter(finding.rule for finding in made.mended)
            names = (f"{id} ×{n}" if n > 1 else id for id, n in sorted(rules.items()))
            key = "would_mend" if self.options.diff else "mended"
            yield say(
                f"cli.fix.{key}", lang, file=one.name, count=len(made.mended),
                rules=", ".join(names), left=left,
            )  # fmt: skip
        elif any(counts.values()):
            yield say("cli.fix.nothing", lang, file=one.name, left=left)
        else:
            yield say("cli.fix.clean_file", lang, file=one.name)
        for rest in made.left_out:
            span = rest.finding.span
            place = say("cli.fix.place", lang, line=span.line) if span else ""
            title = fix_title(rest.finding, lang) or ""
            yield say(
                "cli.fix.left_out", lang, place=place, rule=rest.finding.rule, title=title,
                reason=_reason(rest, lang),
            )  # fmt: skip

    def _document(self, report: output.Report) -> dict[str, Any]:
        """Return the run as plain data: the findings that are left, what was mended, what not."""
        from vanban.output.json import document, finding_data

        lang = self.options.style.lang
        whole = document(report, lang)
        whole["summary"] |= {
            "mended": sum(len(one.made.mended) for one in self.done),
            "left_out": sum(len(one.made.left_out) for one in self.done),
            "changed": sum(one.made.changed for one in self.done),
        }
        files = []
        for one in self.done:
            file = self._file(one)
            files.append(
                {
                    "file": one.name.replace(os.sep, "/"),
                    "changed": one.made.changed,
                    "written": one.made.changed and not self.options.diff,
                    "mended": [finding_data(file, f, lang) for f in one.made.mended],
                    "left_out": [
                        finding_data(file, rest.finding, lang)
                        | {"reason": rest.reason, "explanation": _reason(rest, lang)}
                        for rest in one.made.left_out
                    ],
                    "diff": one.diff if self.options.diff else None,
                }
            )
        return {"version": whole["version"], "summary": whole["summary"], "files": files,
                "findings": whole["findings"]}  # fmt: skip


def _reason(rest: LeftOut, lang: str) -> str:
    return say(f"cli.fix.reason.{rest.reason}", lang, rules=", ".join(rest.rules))


def _doubtful(found: Result) -> int:
    """Return how many findings only ``--unsafe`` would mend."""
    return sum(one.fix is not None and one.fix.safety is Safety.UNSAFE for one in found.findings)


def _source(draft: Draft) -> str:
    """Return the text of a draft as it was read, byte order mark included."""
    from vanban.read.plain import PlainPositions
    from vanban.read.positions import SourcePositions

    where = draft.positions
    if not isinstance(where, SourcePositions | PlainPositions):
        return ""
    return ("\ufeff" if where.source.marked else "") + where.source.text


def _same_file(path: Path, source: str | None) -> bool:
    try:
        return source not in (None, STDIN) and path.samefile(str(source))
    except (OSError, ValueError):  # one of the two is not there
        return False


def _coloured(text: str, style: output.Style) -> str:
    """Colour a unified diff as terminals are used to see it."""
    colours = {"-": "red", "+": "green", "@": "cyan"}
    lines = text.split("\n")
    return "\n".join(
        painted(line, style, colours[line[0]]) if line[:1] in colours else line for line in lines
    )


def _difference(old: str, new: str, name: str) -> str:
    """Return the unified diff of two texts, lines ended as they are."""
    before, after = _lines_of(old), _lines_of(new)
    if before == after:
        return ""
    shown = name.replace(os.sep, "/")
    parts = [f"--- {shown}\n", f"+++ {shown}\n"]
    if len(before) == len(after):
        parts += _paired_hunks(before, after)
    else:
        parts += list(difflib.unified_diff(before, after, n=_CONTEXT))[2:]
    return "".join(
        part if part.endswith("\n") else f"{part}\n\\ No newline at end of file\n" for part in parts
    )


def _lines_of(text: str) -> list[str]:
    """Return the lines with their breaks; only a line feed ends a line, as other tools have it."""
    lines = text.split("\n")
    return [*(line + "\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]


def _paired_hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield the hunks of two texts of equally many lines (mending rarely moves any)."""
    differ = [n for n, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
    groups: list[list[int]] = []
    for number in differ:
        if groups and number - groups[-1][-1] <= 2 * _CONTEXT:
            groups[-1].append(number)
        else:
            groups.append([number])
    for group in groups:
        first = max(group[0] - _CONTEXT, 0)
        last = min(group[-1] + _CONTEXT + 1, len(before))
        size = last - first
        place = f"{first + 1}" if size == 1 else f"{first + 1},{size}"
        yield f"@@ -{place} +{place} @@\n"
        changed = set(group)
        number = first
        while number < last:
            if number not in changed:
                yield " " + before[number]
                number += 1
                continue
            stop = number
            while stop in changed:
                stop += 1
            yield from ("-" + line for line in before[number:stop])
            yield from ("+" + line for line in after[number:stop])
            number = stop
