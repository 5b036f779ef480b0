"""The findings an office starts with: known, counted, not told again."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.catalogue import say
from vanban.check.fingerprint import fingerprint
from vanban.errors import BaselineError
from vanban.finding import Suppressed

if TYPE_CHECKING:
    from vanban.finding import Finding

VERSION = 1
MAX_BYTES = 64 * 1024 * 1024
MAX_COUNT = 1_000_000
# What is told whatever a baseline says: a draft that cannot be read, and settings that are wrong.
ALWAYS = ("INP", "CFG")


@dataclass
class Baseline:
    """Known findings by file (relative to the baseline's folder, with ``/``) and mark, counted."""

    path: Path
    files: dict[str, Counter[str]] = field(default_factory=dict)
    unmet: int = 0

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a baseline; BaselineError when there is none or it is not one."""
        try:
            if not stat.S_ISREG(path.stat().st_mode):  # a folder, a device without end
                raise ValueError
            with path.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
            if len(raw) > MAX_BYTES:
                raise ValueError
            document = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
            if document["version"] != VERSION:
                raise ValueError
            files = {str(name): _counter(marks) for name, marks in document["files"].items()}
        except FileNotFoundError as error:
            raise BaselineError(say("cli.no_baseline", path=path)) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise BaselineError(say("cli.unreadable", path=path, reason=reason)) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BaselineError(say("cli.bad_baseline", path=path)) from error
        return cls(path, files)

    def part(
        self, file: str, findings: Iterable[Finding], lines: Sequence[str]
    ) -> tuple[list[Finding], list[Suppressed]]:
        """Part the findings of a file into new and known ones; adds up what was not met again."""
        left = Counter(self.files.get(self._name(file), ()))
        new: list[Finding] = []
        known: list[Suppressed] = []
        for finding in findings:
            mark = fingerprint(finding, lines)
            if left[mark] > 0 and not finding.rule.startswith(ALWAYS):
                left[mark] -= 1
                known.append(Suppressed(finding, None))
            else:
                new.append(finding)
        self.unmet += left.total()
        return new, known

    def put(self, file: str, findings: Iterable[Finding], lines: Sequence[str]) -> None:
        """Take the findings of a file for known, in place of what was known of it."""
        marks = Counter(fingerprint(f, lines) for f in findings if not f.rule.startswith(ALWAYS))
        if marks:
            self.files[self._name(file)] = marks
        else:
            self.files.pop(self._name(file), None)

    def write(self) -> None:
        """Write the file, whole or not at all; BaselineError when its folder does not allow it."""
        from vanban.errors import TargetError
        from vanban.writing import write_all

        document = {
            "version": VERSION,
            "files": {
                name: dict(sorted(marks.items())) for name, marks in sorted(self.files.items())
            },
        }
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        # A name that is no text keeps its odd bytes, written as JSON writes them.
        try:
            write_all([(self.path, text.encode("utf-8", "backslashreplace"))])
        except TargetError as error:
            raise BaselineError(say("cli.baseline_unwritable", path=self.path)) from error

    def _name(self, file: str) -> str:
        if file == "-":
            return file
        try:
            name = os.path.relpath(os.path.realpath(file), os.path.realpath(self.path.parent))
        except (OSError, ValueError):  # another drive, a name that cannot be one
            name = file
        return name.replace(os.sep, "/")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; a key that stands twice (two versions joined badly) is refused."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _counter(marks: Any) -> Counter[str]:
    if not all(type(count) is int and 0 < count <= MAX_COUNT for count in marks.values()):
        raise ValueError
    return Counter(marks)
