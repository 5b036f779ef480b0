"""The findings an office starts with: known, counted, not told again."""

from __future__ import annotations

import json
import os
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
            if path.stat().st_size > MAX_BYTES:
                raise ValueError
            document = json.loads(path.read_text("utf-8"))
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
        """Write the file, whole or not at all."""
        from vanban.writing import write_all

        document = {
            "version": VERSION,
            "files": {
                name: dict(sorted(marks.items())) for name, marks in sorted(self.files.items())
            },
        }
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        write_all([(self.path, text.encode("utf-8"))])

    def _name(self, file: str) -> str:
        if file == "-":
            return file
        try:
            name = os.path.relpath(os.path.realpath(file), os.path.realpath(self.path.parent))
        except ValueError:  # another drive
            name = file
        return name.replace(os.sep, "/")


def _counter(marks: Any) -> Counter[str]:
    if not all(type(count) is int and count > 0 for count in marks.values()):
        raise ValueError
    return Counter(marks)
