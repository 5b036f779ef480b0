"""An office's own settings: which rules, how grave, with which tolerances, in which house style.

They stand in ``vanban.toml`` or in ``[tool.vanban]`` of ``pyproject.toml``, found upward from the
draft. What may stand there is said once, in ``schemas/config.schema.json``.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "vanban.toml"
PROJECT = "pyproject.toml"
OFF = "off"
# Never softened, for an export relies on them: reading, structure, letters that can be printed.
FIXED = ("INP", "SCH", "FMT001", "TXT001")
# Where these find an error, they speak for FMT001: the text cannot be printed as it stands.
UNPRINTABLE = ("TXT003", "TXT005", "TXT010", "TXT019")


@dataclass(frozen=True)
class Config:
    """Settings in force.

    ``select`` and ``ignore`` hold rule ids or their beginnings; ``severity`` the new severity by id
    or beginning, ``"off"`` for none; ``options`` those of the rules by id; ``profile`` the layout
    regulation; ``style`` the house style (as ``trinh_bay`` of a draft); ``embed`` whether exported
    files carry the draft's data (None: not said); ``engine`` what sets the pages of a PDF (None:
    not said); ``baseline`` the file of known findings;
    ``paths`` what differs for files that match a pattern: the folder that the patterns count from,
    the patterns, the settings; ``path`` the file itself; ``faults`` the findings about it and those
    it extends, ``sources`` their lines by the name in the findings; ``always`` the rules that are
    told whatever is selected.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    profile: str | None = None
    style: Mapping[str, Any] = field(default_factory=dict)
    embed: bool | None = None
    engine: str | None = None
    baseline: Path | None = None
    paths: tuple[tuple[Path, tuple[str, ...], Mapping[str, Any]], ...] = ()
    path: Path | None = None
    faults: tuple[Finding, ...] = ()
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: tuple[str, ...] = ("INP",)

    @classmethod
    def of(cls, given: Config | Mapping[str, Any] | None) -> Config:
        """Return settings given as a mapping with the keys of ``vanban.toml``.

        Raises SettingsError for a key or a value that a file could not hold either.
        """
        if isinstance(given, Config):
            return given
        if not given:
            return cls()
        from vanban.config.reader import checked_mapping

        return cls().joined(checked_mapping(given))

    def joined(self, own: Mapping[str, Any]) -> Config:
        """Return these settings with those of a table laid over them.

        ``ignore`` adds up; ``severity``, ``options`` and ``style`` are joined key by key; the rest
        replaces.
        """
        options = dict(self.options)
        for rule, values in (own.get("options") or {}).items():
            options[rule] = {**options.get(rule, {}), **values}
        return replace(
            self,
            select=tuple(own.get("select") or self.select),
            ignore=tuple(dict.fromkeys((*self.ignore, *(own.get("ignore") or ())))),
            severity={**self.severity, **(own.get("severity") or {})},
            options=options,
            profile=own.get("profile") or self.profile,
            style={**self.style, **(own.get("style") or {})},
            embed=self.embed if own.get("embed") is None else own["embed"],
            engine=own.get("engine") or self.engine,
        )

    def for_file(self, path: str | None) -> Config:
        """Return the settings for one draft: with what its place changes."""
        if path is None or not self.paths:
            return self
        try:
            real = Path(os.path.realpath(path))
        except (OSError, ValueError):
            return self
        found = self
        for folder, patterns, own in self.paths:
            if real.is_relative_to(folder) and _fits(real.relative_to(folder), patterns):
                found = found.joined(own)
        return found

    def for_export(self) -> Config:
        """Return the settings for an export: what the pages rely on is always checked."""
        return replace(self, always=FIXED)

    def enabled(self, rule: str) -> bool:
        """Tell whether the findings of a rule are wanted."""
        if rule.startswith(self.always):
            return True
        if self.select and not rule.startswith(self.select):
            return False
        if self.ignore and rule.startswith(self.ignore):
            return False
        return rule.startswith(FIXED) or self._level(rule) != OFF

    def _level(self, rule: str) -> str | None:
        """Return the severity set for a rule; the longest beginning that fits counts."""
        fits = [begin for begin in self.severity if rule.startswith(begin)]
        return self.severity[max(fits, key=len)] if fits else None

    @staticmethod
    def fixed(finding: Finding) -> bool:
        """Tell whether a finding keeps its severity and cannot be left out."""
        spoken_for = finding.rule in UNPRINTABLE and finding.severity is Severity.ERROR
        return spoken_for or finding.rule.startswith(FIXED)

    def weighed(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that are wanted, with the severities of the office."""
        kept: list[Finding] = []
        for finding in findings:
            if not self.enabled(finding.rule):
                continue
            level = None if self.fixed(finding) else self._level(finding.rule)
            kept.append(finding._replace(severity=Severity(level)) if level else finding)
        return kept


def _fits(name: Path, patterns: Iterable[str]) -> bool:
    """Tell whether a path fits one of the patterns; that of a folder means all that is in it."""
    path = unicodedata.normalize("NFC", name.as_posix())
    for given in patterns:
        pattern = unicodedata.normalize("NFC", given).replace("\\", "/")
        pattern = pattern.removeprefix("./").rstrip("/")
        if fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}/*"):
            return True
    return False


class Finder:
    """Finds the settings of drafts, each file read once.

    ``file`` names the settings for every draft; with ``off`` there are none.
    """

    def __init__(self, file: Path | None = None, *, off: bool = False) -> None:
        self._file = file
        self._off = off
        self._read: dict[Path, Config] = {}
        self._folders: dict[Path, Path | None] = {}

    def of(self, path: str | None) -> Config:
        """Return the settings for a draft; None and ``-`` look upward from the current folder."""
        if self._off:
            return Config()
        file = self._file or self._upward(path)
        if file is None:
            return Config()
        if file not in self._read:
            from vanban.config.reader import read

            self._read[file] = read(file)
        return self._read[file].for_file(path)

    def used(self) -> tuple[Config, ...]:
        """Return the settings that were read so far, each file once."""
        return tuple(self._read.values())

    def _upward(self, path: str | None) -> Path | None:
        from vanban.config.reader import found_upward

        try:
            folder = Path.cwd() if path in (None, "-") else Path(os.path.realpath(str(path))).parent
        except (OSError, ValueError):  # the current folder is gone, a name that cannot be one
            return None
        if folder not in self._folders:
            self._folders[folder] = found_upward(folder)
        return self._folders[folder]


def find(path: str | None) -> Config:
    """Return the settings for a draft: the nearest file upward from it, else the defaults.

    Never raises for what a file holds: see ``Config.faults``.
    """
    return Finder().of(path)
