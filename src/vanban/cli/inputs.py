"""What the arguments of a verb mean as drafts: files, folders, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.finding import Severity
from vanban.read.draft import STDIN

if TYPE_CHECKING:
    from vanban.finding import Finding
    from vanban.read.draft import Draft

SUFFIXES = (".yaml", ".yml", ".json")

EXIT_FINDINGS = 1
EXIT_INPUT = 3
EXIT_OUTPUT = 4
# Which code wins when files end differently.
_WORST = (EXIT_OUTPUT, EXIT_INPUT, EXIT_FINDINGS)


@dataclass(eq=False, repr=False)
class Inputs:
    """The drafts that paths mean; ``skipped`` counts files that are no drafts.

    Files that are named are drafts or a mistake, unless ``only_drafts``: then they are passed over
    like those of folders.
    """

    paths: tuple[str, ...]
    skipped: int = 0
    only_drafts: bool = False
    _seen: set[str] = field(default_factory=set)

    def drafts(self) -> Iterator[Draft]:
        """Read and yield each draft once, folders opened, in the order given."""
        from vanban.read.reader import read_path

        for item in self.items():
            yield read_path(item) if isinstance(item, str) else item

    def items(self) -> Iterator[str | Draft]:
        """Yield the path of each draft once; for a folder that cannot be opened, what says so."""
        from vanban.read.reader import looks_like_draft, unreachable

        for path in self.paths:
            if path == STDIN or not os.path.isdir(path):  # noqa: PTH112 (Path raises)
                # What is not there is no file of another sort, but a mistake.
                other = os.path.lexists(path) and not looks_like_draft(path)
                if self.only_drafts and path != STDIN and other:
                    self.skipped += 1
                elif self._first_time(path):
                    yield path
                continue
            try:
                candidates = _candidates(Path(path))
            except OSError as error:
                yield unreachable(path, error)
                continue
            for inside in candidates:
                if not looks_like_draft(str(inside)):
                    self.skipped += 1
                elif self._first_time(str(inside)):
                    yield str(inside)

    def _first_time(self, path: str) -> bool:
        key = path if path == STDIN else os.path.realpath(path)
        new = key not in self._seen
        self._seen.add(key)
        return new


def _candidates(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())


def exit_code(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """Return the exit code that findings mean; ``strict`` counts warnings as errors."""
    codes = {0}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            family = finding.rule[:3]
            codes.add({"INP": EXIT_INPUT, "OUT": EXIT_OUTPUT}.get(family, EXIT_FINDINGS))
        elif strict and finding.severity is Severity.WARNING:
            codes.add(EXIT_FINDINGS)
    return worst(codes)


def worst(codes: Iterable[int]) -> int:
    """Return the gravest of several exit codes: 4, 3, 1, else 0."""
    found = set(codes)
    return next((code for code in _WORST if code in found), 0)
