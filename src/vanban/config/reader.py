"""Reading ``vanban.toml`` and ``[tool.vanban]``; a mistake is a finding with its place."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import resources
from vanban.config import FILE, PROJECT, Config
from vanban.config.places import TomlPlaces
from vanban.finding import Finding, Severity, Span
from vanban.read.draft import Draft
from vanban.text.near import nearest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

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

_WHERE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


def found_upward(folder: Path) -> Path | None:
    """Return the nearest settings file: ``vanban.toml``, or a project file that speaks of us."""
    for here in (folder, *folder.parents):
        own = here / FILE
        if own.is_file():
            return own
        project = here / PROJECT
        if project.is_file() and _speaks_of_us(project):
            return project
    return None


def _speaks_of_us(project: Path) -> bool:
    try:
        text = project.read_bytes()[:MAX_BYTES].decode("utf-8", "replace")
    except OSError:
        return False
    return re.search(r"^\s*\[{1,2}\s*tool\s*\.\s*vanban\b", text, re.MULTILINE) is not None


def read(file: Path) -> Config:
    """Return the settings of a file; what is wrong with it is in ``faults``."""
    return _Reader().read(file, ())


class _Reader:
    """One reading: the file and those it extends."""

    def __init__(self) -> None:
        self.faults: list[Finding] = []

    def read(self, file: Path, chain: tuple[Path, ...]) -> Config:
        """Read one file over those it extends."""
        opened = self._open(file)
        if opened is None:
            return Config(path=file, folder=file.parent, faults=tuple(self.faults))
        draft, table = opened
        base = Config()
        for pointer, name in _each(table.get("extends"), _root(file) + "/extends"):
            base = self._extended(draft, pointer, file.parent / name, (*chain, file), base)
        config = base.joined(table)
        own_paths = tuple(
            (tuple(n for _, n in _each(item["match"], "")), item) for item in table["paths"]
        )
        baseline = table.get("baseline")
        return Config(
            **{
                **{name: getattr(config, name) for name in _JOINED},
                "baseline": file.parent / baseline if baseline else base.baseline,
                "paths": (*base.paths, *own_paths),
                "folder": file.parent,
                "path": file,
                "lines": draft.lines,
                "faults": tuple(self.faults),
            }
        )

    def _extended(
        self, draft: Draft, pointer: str, file: Path, chain: tuple[Path, ...], base: Config
    ) -> Config:
        slug = None
        try:
            seen = file.resolve() in [one.resolve() for one in chain]
            exists = file.is_file()
        except (OSError, ValueError):
            seen = exists = False
        if not exists:
            slug = "khong_co"
        elif seen:
            slug = "vong"
        elif len(chain) >= MAX_CHAIN:
            slug = "dai"
        if slug is not None:
            self._say(draft, EXTENDS, slug, pointer, name=str(file))
            return base
        under = self.read(file, chain)
        return Config(
            **{
                **{name: getattr(base.joined(_table_of(under)), name) for name in _JOINED},
                "baseline": under.baseline or base.baseline,
                "paths": (*base.paths, *under.paths),
            }
        )

    def _open(self, file: Path) -> tuple[Draft, dict[str, Any]] | None:
        """Read and check one file; None when nothing of it can be used."""
        name = _shown(file)
        try:
            raw = file.read_bytes()
        except OSError as error:
            self._unreadable(name, (), "khong_doc_duoc", None, reason=error.strerror or str(error))
            return None
        if len(raw) > MAX_BYTES:
            self._unreadable(name, (), "qua_lon", None, limit=MAX_BYTES // 1024)
            return None
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self._unreadable(name, (), "bang_ma", None)
            return None
        lines = tuple(text.split("\n"))
        try:
            data = tomllib.loads(text, parse_float=Decimal)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            self._unreadable(
                name, lines, "cu_phap", _place(str(error), lines), reason=_WHERE.sub("", str(error))
            )
            return None
        if file.name == PROJECT:
            tools = data.get("tool")
            own = tools.get("vanban") if isinstance(tools, dict) else None
            tree: dict[str, Any] = {"tool": {"vanban": own if isinstance(own, dict) else {}}}
        else:
            tree = {"vanban": data}
        prefix = "" if file.name == PROJECT else "/vanban"
        draft = Draft(
            data=_plain(tree), path=name, lines=lines, positions=TomlPlaces(lines, prefix)
        )
        return draft, self._checked(draft, _root(file))

    def _checked(self, draft: Draft, root: str) -> dict[str, Any]:
        """Return what of a table can be used; the rest becomes findings."""
        from vanban.check import schema_layer

        outcome = schema_layer.check(draft, *_tools(root))
        self.faults += [f.at(draft.path) for f in outcome.findings]
        bad = set(outcome.invalid)
        used: dict[str, Any] = _without(draft.at(root), root, bad) or {}
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
                if not self._rule(draft, f"{root}/{key}/{begin}", begin, known):
                    del table[key][begin]
        rules = {module.RULE.id: module.RULE for module in modules()}
        for id, given in list((table.get("options") or {}).items()):
            allowed = rules[id].options if id in rules else {}
            for option in list(given):
                pointer = f"{root}/options/{id}/{option}"
                if option not in allowed:
                    meant = nearest(option, tuple(allowed))
                    slug = "goi_y" if meant else "la" if allowed else "khong_co"
                    names = ", ".join(allowed)
                    self._say(
                        draft, OPTION, slug, pointer, rule=id, name=option, meant=meant, names=names
                    )
                elif not _same_kind(given[option], allowed[option]):
                    self._say(
                        draft, OPTION, "kieu", pointer, rule=id, name=option,
                        example=_example(allowed[option]),
                    )  # fmt: skip
                else:
                    continue
                del given[option]
        if (profile := table.get("profile")) and profile not in profiles():
            meant = nearest(profile, tuple(profiles()))
            self._say(
                draft, PROFILE, "goi_y" if meant else "la", f"{root}/profile",
                name=profile, meant=meant, names=", ".join(profiles()),
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

    def _say(self, draft: Draft, about: str, slug: str, pointer: str, **args: Any) -> None:
        self.faults.append(
            Finding(
                rule=about,
                severity=Severity.ERROR,
                key=f"{about}.{slug}",
                args=args,
                pointer=pointer,
                span=draft.positions.value(pointer),
                file=draft.path,
            )
        )

    def _unreadable(
        self, name: str, lines: tuple[str, ...], slug: str, span: Span | None, **args: Any
    ) -> None:
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


_JOINED = ("select", "ignore", "severity", "options", "profile", "style")


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


def _without(value: Any, pointer: str, bad: set[str]) -> Any:
    """Return a deep copy without the values in which the schema found a fault."""
    if isinstance(value, Mapping):
        return {
            key: _without(one, f"{pointer}/{key}", bad)
            for key, one in value.items()
            if f"{pointer}/{key}" not in bad
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


def _example(default: Any) -> str:
    return json.dumps(
        default if not isinstance(default, Decimal) else float(default), ensure_ascii=False
    )


@cache
def _tools(root: str) -> tuple[Walker, Draft202012Validator]:
    """Return the walker and the validator of the settings, as they hang below ``root``."""
    from vanban.check.bundle import bundled, validator_of
    from vanban.check.engine import local_reference
    from vanban.check.roles import Walker

    whole = bundled(resources.data_root() / "schemas" / "config.schema.json")
    definitions = whole.pop("$defs", {})
    # Below a root of our own its references must count from that root.
    whole = {key: value for key, value in whole.items() if key not in ("$id", "$schema")}
    for name in reversed(root.split("/")[1:]):
        whole = {"type": "object", "properties": {name: whole}}
    whole["$defs"] = definitions
    return Walker(whole, local_reference(whole)), validator_of(whole)
