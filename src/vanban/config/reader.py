"""Reading ``vanban.toml`` and ``[tool.vanban]``; a mistake is a finding with its place."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import resources
from vanban.catalogue import message
from vanban.config import FILE, PROJECT, Config
from vanban.config.places import TomlPlaces
from vanban.errors import SettingsError
from vanban.finding import Finding, Severity, Span
from vanban.read.draft import Draft, pointer_of
from vanban.read.limits import MAX_DEPTH, MAX_DIGITS
from vanban.read.source import Source
from vanban.text.near import nearest

if TYPE_CHECKING:
    from vanban.check.judge import Judge
    from vanban.check.roles import Walker

UNREADABLE = "CFG001"
UNKNOWN_RULE = "CFG002"
EXTENDS = "CFG003"
OPTION = "CFG004"
STYLE = "CFG005"
PROFILE = "CFG006"

# Settings are small; more is a mistake or an attack.
MAX_BYTES = 256 * 1024
MAX_CHAIN = 8
MAX_NAME = 300

# Options outside are a slip of the finger, and no rule is made for them.
MAX_NUMBER = 1_000_000

_WHERE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_OURS = re.compile(r"^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*vanban[ \t]*[].]", re.MULTILINE)
# What ``tomllib`` says -> what we say; the first that is found in its words counts.
_SYNTAX = (
    ("Expected '='", "dau_bang"),
    ("Invalid initial character", "dau_bang"),
    ("Invalid statement", "dau_bang"),
    ("Expected newline", "thua"),
    ("Invalid value", "gia_tri"),
    ("Invalid date", "gia_tri"),
    ("Cannot", "hai_lan"),
    ("Duplicate", "hai_lan"),
    ("Unescaped", "nguoc"),
    ("Invalid hex value", "nguoc"),
    ("Escaped character", "nguoc"),
    ("Unclosed", "chua_dong"),
    ("Unterminated", "chua_dong"),
    ("Illegal character '\\n'", "chua_dong"),
    ("Expected", "chua_dong"),
    ("character", "ky_tu"),
)


def found_upward(folder: Path) -> Path | None:
    """Return the nearest settings file: ``vanban.toml``, or a project file that speaks of us."""
    for here in (folder, *folder.parents):
        own = here / FILE
        if _is_file(own):
            return own
        project = here / PROJECT
        if _is_file(project) and _speaks_of_us(project):
            return project
    return None


def _is_file(path: Path) -> bool:
    """Tell whether a path is a file; one that cannot be asked about is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _beginning(file: Path) -> bytes:
    """Return the bytes of a file, at most one more than settings may have."""
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _speaks_of_us(project: Path) -> bool:
    try:
        text = _beginning(project).decode("utf-8-sig", "replace")
    except OSError:
        return False
    return _OURS.search(text) is not None


def read(file: Path) -> Config:
    """Return the settings of a file; what is wrong with it is in ``faults``."""
    return _Reader().read(file, ())


def checked_mapping(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings that a program gives, as a table that holds nothing wrong.

    Raises SettingsError with the first mistake.
    """
    reader = _Reader()
    tree = {"vanban": {key: _listed(value) for key, value in given.items()}}
    table = reader.table(Draft(data=tree), "/vanban")
    if reader.faults:
        raise SettingsError(message(reader.faults[0]))
    return table


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class _Reader:
    """One reading: the file and those it extends."""

    def __init__(self) -> None:
        self.faults: list[Finding] = []
        self.sources: dict[str, tuple[str, ...]] = {}
        self._done: dict[str, Config] = {}

    def read(self, file: Path, chain: tuple[str, ...]) -> Config:
        """Read one file over those it extends; ``chain`` are those that lead to it."""
        real = os.path.realpath(file)
        if real not in self._done:
            config = self._settings(file, (*chain, real))
            self._done[real] = replace(
                config, path=file, faults=tuple(self.faults), sources=self.sources
            )
        return self._done[real]

    def _settings(self, file: Path, chain: tuple[str, ...]) -> Config:
        opened = self._open(file)
        if opened is None:
            return Config()
        draft, table = opened
        base = Config()
        for pointer, name in _each(table.get("extends"), _root(file) + "/extends"):
            base = self._extended(draft, pointer, file.parent / name, chain, base)
        folder = Path(os.path.realpath(file.parent))
        own_paths = tuple(
            (folder, tuple(n for _, n in _each(item["match"], "")), item) for item in table["paths"]
        )
        baseline = table.get("baseline")
        return replace(
            base.joined(table),
            baseline=file.parent / baseline if baseline else base.baseline,
            paths=(*base.paths, *own_paths),
        )

    def _extended(
        self, draft: Draft, pointer: str, file: Path, chain: tuple[str, ...], base: Config
    ) -> Config:
        slug = None
        if not _is_file(file):
            slug = "khong_co"
        elif os.path.realpath(file) in chain:
            slug = "vong"
        elif len(chain) >= MAX_CHAIN:
            slug = "dai"
        if slug is not None:
            self._say(draft, EXTENDS, slug, pointer, name=_shortened(str(file)))
            return base
        under = self.read(file, chain)
        return replace(
            base.joined(_table_of(under)),
            baseline=under.baseline or base.baseline,
            paths=(*base.paths, *under.paths),
        )

    def _open(self, file: Path) -> tuple[Draft, dict[str, Any]] | None:
        """Read and check one file; None when nothing of it can be used."""
        name = _shown(file)
        try:
            raw = _beginning(file)
        except OSError as error:
            self._unreadable(name, "khong_doc_duoc", reason=error.strerror or str(error))
            return None
        if len(raw) > MAX_BYTES:
            self._unreadable(name, "qua_lon", limit=MAX_BYTES // 1024)
            return None
        try:
            source = Source(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            self._unreadable(name, "bang_ma")
            return None
        self.sources[name] = source.lines
        try:
            data = tomllib.loads(source.text, parse_float=_number)
        except tomllib.TOMLDecodeError as error:
            slug = next((slug for words, slug in _SYNTAX if words in str(error)), "cu_phap")
            self._unreadable(name, slug, _place(str(error), source.lines))
            return None
        except RecursionError:
            data = None
        except ValueError:  # more digits than Python reads
            self._unreadable(name, "so_dai")
            return None
        if data is None or _too_deep(data):
            self._unreadable(name, "sau", limit=MAX_DEPTH)
            return None
        if file.name == PROJECT:
            tools = data.get("tool")
            own = tools.get("vanban", {}) if isinstance(tools, dict) else {}
            tree: dict[str, Any] = {"tool": {"vanban": own}}
        else:
            tree = {"vanban": data}
        prefix = "" if file.name == PROJECT else "/vanban"
        draft = Draft(
            data=_plain(tree), path=name, lines=source.lines, positions=TomlPlaces(source, prefix)
        )
        return draft, self.table(draft, _root(file))

    def table(self, draft: Draft, root: str) -> dict[str, Any]:
        """Return what of a table can be used; the rest becomes findings."""
        from vanban.check import schema_layer

        outcome = schema_layer.check(draft, *_tools(root))
        self.faults += [_in_toml(finding) for finding in outcome.findings]
        bad = set(outcome.invalid)
        found = _without(draft.at(root), root, bad)
        used: dict[str, Any] = found if isinstance(found, dict) else {}
        used["paths"] = [
            item
            for index, item in enumerate(used.get("paths") or ())
            if isinstance(item, dict) and item.get("match") and f"{root}/paths/{index}" not in bad
        ]
        self._names(draft, root, used)
        for index, item in enumerate(used["paths"]):
            self._names(draft, f"{root}/paths/{index}", item)
        return used

    def _names(self, draft: Draft, root: str, table: dict[str, Any]) -> None:
        """Check what no schema can know: rules, options, profiles; drop what does not exist."""
        from vanban.check import pages
        from vanban.compose.profile import profiles
        from vanban.rules import modules

        known = pages.ids()
        for key in ("select", "ignore"):
            for index, begin in enumerate(table.get(key) or ()):
                self._rule(draft, f"{root}/{key}/{index}", begin, known)
            if table.get(key):
                table[key] = [b for b in table[key] if any(i.startswith(b) for i in known)]
        for key in ("severity", "options"):
            for begin in list(table.get(key) or {}):
                if not self._rule(draft, f"{root}/{key}{pointer_of([begin])}", begin, known):
                    del table[key][begin]
        rules = {module.RULE.id: module.RULE for module in modules()}
        for id, given in list((table.get("options") or {}).items()):
            allowed = rules[id].options if id in rules else {}
            for option in list(given):
                pointer = f"{root}/options/{id}{pointer_of([option])}"
                if option not in allowed:
                    meant = nearest(option, tuple(allowed))
                    slug = "goi_y" if meant else "la" if allowed else "khong_co"
                    names = ", ".join(allowed)
                    self._say(
                        draft, OPTION, slug, pointer, key=True,
                        rule=id, name=_shortened(option), meant=meant, names=names,
                    )  # fmt: skip
                elif not _same_kind(given[option], allowed[option]):
                    self._say(
                        draft, OPTION, "kieu", pointer, rule=id, name=option,
                        example=_example(allowed[option]),
                    )  # fmt: skip
                elif not _in_range(given[option]):
                    self._say(
                        draft, OPTION, "khoang", pointer, rule=id, name=option, limit=MAX_NUMBER
                    )
                else:
                    continue
                del given[option]
        if (profile := table.get("profile")) and profile not in profiles():
            meant = nearest(profile, tuple(profiles()))
            self._say(
                draft, PROFILE, "goi_y" if meant else "la", f"{root}/profile",
                name=_shortened(profile), meant=meant, names=", ".join(profiles()),
            )  # fmt: skip
            del table["profile"]
        self._style(draft, f"{root}/style", table.get("style") or {})

    def _style(self, draft: Draft, root: str, style: dict[str, Any]) -> None:
        from vanban.compose.profile import profiles

        for name in list(style):
            choices = [p.choices[name] for p in profiles().values() if name in p.choices]
            if choices and not any(choice.allows(style[name]) for choice in choices):
                self._say(draft, STYLE, "ngoai", f"{root}/{name}", name=name, value=style[name])
                del style[name]

    def _rule(self, draft: Draft, pointer: str, begin: str, known: tuple[str, ...]) -> bool:
        if any(id.startswith(begin) for id in known):
            return True
        meant = nearest(begin, known)
        self._say(draft, UNKNOWN_RULE, "goi_y" if meant else "la", pointer, id=begin, meant=meant)
        return False

    def _say(
        self, draft: Draft, about: str, slug: str, pointer: str, *, key: bool = False, **args: Any
    ) -> None:
        where = draft.positions
        self.faults.append(
            Finding(
                rule=about,
                severity=Severity.ERROR,
                key=f"{about}.{slug}",
                args=args,
                pointer=pointer,
                span=where.key(pointer) if key else where.value(pointer),
                file=draft.path,
            )
        )

    def _unreadable(self, name: str, slug: str, span: Span | None = None, **args: Any) -> None:
        self.faults.append(
            Finding(
                rule=UNREADABLE,
                severity=Severity.ERROR,
                key=f"{UNREADABLE}.{slug}",
                args=args,
                span=span,
                file=name,
            )
        )


_JOINED = ("select", "ignore", "severity", "options", "profile", "style", "embed", "engine")
_WORDS = {f"SCH001.{t}": f"SCH001.{t}_toml" for t in ("array", "array_string", "number", "object")}


def _table_of(config: Config) -> dict[str, Any]:
    return {name: getattr(config, name) for name in _JOINED}


def _root(file: Path) -> str:
    return "/tool/vanban" if file.name == PROJECT else "/vanban"


def _shown(file: Path) -> str:
    """Return a path as short as it can be told."""
    try:
        return file.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return str(file)


def _shortened(name: str) -> str:
    """Return a name as a message repeats it: not longer than a path of a disk may be."""
    return name if len(name) <= MAX_NAME else name[:MAX_NAME] + "…"


def _in_toml(finding: Finding) -> Finding:
    """Return a finding of the schema layer with the words for TOML where those for YAML mislead."""
    own = _WORDS.get(finding.key)
    return finding._replace(key=own) if own else finding


def _each(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield pointer and text of one text or of a list of texts."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, list):
        yield from ((f"{pointer}/{i}", str(one)) for i, one in enumerate(value))


def _place(message: str, lines: tuple[str, ...]) -> Span | None:
    match = _WHERE.search(message)
    if match is None:
        return None
    line = int(match["line"]) if match["line"] else max(len(lines), 1)
    column = int(match["column"]) if match["column"] else 1
    return Span(line, column, line, column + 1)


def _plain(value: Any) -> Any:
    """Return TOML data as JSON-like data: dates become texts."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def _number(text: str) -> Decimal | str:
    """Return a figure; what none can be reckoned with (nan, inf, 1e999) stays a text."""
    try:
        figure = Decimal(text.replace("_", ""))
    except ArithmeticError:
        return text
    return figure if figure.is_finite() and abs(figure.adjusted()) <= MAX_DIGITS else text


def _too_deep(data: Any) -> bool:
    """Tell whether tables and lists are nested deeper than anything of ours."""
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _without(value: Any, pointer: str, bad: set[str]) -> Any:
    """Return a deep copy without the values in which the schema found a fault."""
    if isinstance(value, Mapping):
        return {
            key: _without(one, pointer + pointer_of([key]), bad)
            for key, one in value.items()
            if pointer + pointer_of([key]) not in bad
        }
    if isinstance(value, list):
        return [
            _without(one, f"{pointer}/{i}", bad)
            for i, one in enumerate(value)
            if f"{pointer}/{i}" not in bad or isinstance(one, Mapping)
        ]
    return value


def _same_kind(value: Any, default: Any) -> bool:
    """Tell whether an option has the type of its default; every number is as good as another."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, int | Decimal | float):
        return isinstance(value, int | Decimal)
    if isinstance(default, list | tuple):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, type(default))


def _in_range(value: Any) -> bool:
    """Tell whether an option that is a number is one that a rule can use."""
    return not isinstance(value, int | Decimal) or 0 <= value <= MAX_NUMBER


def _example(default: Any) -> str:
    return json.dumps(
        default if not isinstance(default, Decimal) else float(default), ensure_ascii=False
    )


@cache
def _tools(root: str) -> tuple[Walker, Judge]:
    """Return the walker and the judge of the settings, as they hang below ``root``."""
    from vanban.check.bundle import bundled
    from vanban.check.engine import local_reference
    from vanban.check.judge import Judge
    from vanban.check.roles import Walker

    whole = bundled(resources.data_root() / "schemas" / "config.schema.json")
    definitions = whole.pop("$defs", {})
    # Below a root of our own its references must count from that root.
    whole = {key: value for key, value in whole.items() if key not in ("$id", "$schema")}
    for name in reversed(root.split("/")[1:]):
        whole = {"type": "object", "properties": {name: whole}}
    whole["$defs"] = definitions
    return Walker(whole, local_reference(whole)), Judge(whole)
