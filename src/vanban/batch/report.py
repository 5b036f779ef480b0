"""``--report``: what became of every draft, for programs (``schemas/batch.schema.json``)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import __version__
from vanban.batch.turns import Status
from vanban.catalogue import say
from vanban.doors import files
from vanban.errors import TargetError
from vanban.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanban.batch.checks import Checked
    from vanban.batch.exports import Outcome
    from vanban.finding import Finding

_HEAD = 4096


class Report:
    """The entries of a run; nothing in them depends on how many processes did the work."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self.counts: Counter[Status] = Counter()
        self.written = 0
        self._entries: list[dict[str, Any]] = []

    def add(self, one: Outcome | Checked) -> None:
        """Take up what became of a draft."""
        status, found = one.status, one.findings
        if status is Status.DONE and one.exit_code:
            status = Status.REFUSED
        self.counts[status] += 1
        self.written += len(one.written) if status is Status.DONE else 0
        made = [
            {
                "file": file.path.as_posix(),
                "format": file.format,
                "pages": file.pages,
                "embedded": file.embedded,
                "sha256": digest,
            }
            for file, digest in zip(one.written, one.digests, strict=True)
        ]
        self._entries.append(
            {
                "file": one.path.replace("\\", "/"),
                "status": status.value,
                "exit_code": one.exit_code,
                "message": one.message,
                "findings": _counted(found),
                "written": made,
            }
        )

    @property
    def files(self) -> int:
        """Return how many drafts there were."""
        return self.counts.total()

    @property
    def lost(self) -> int:
        """Return how many drafts gave nothing for a reason that is not in the draft."""
        return sum(self.counts[s] for s in (Status.FAILED, Status.TIMED_OUT, Status.CRASHED))

    def document(self, *, interrupted: bool = False) -> dict[str, Any]:
        """Return the whole as ``schemas/batch.schema.json`` has it."""
        counts = {status.value.replace("-", "_"): self.counts[status] for status in Status}
        return {
            "version": __version__,
            "command": self.verb,
            "interrupted": interrupted,
            "summary": {"files": self.files, **counts},
            "files": self._entries,
        }

    def write(self, path: Path, *, interrupted: bool = False) -> None:
        """Write the report, whole or not at all. Raises TargetError."""
        from vanban.writing import check_place, write_all

        check_report(path)
        check_place(path)
        text = json.dumps(self.document(interrupted=interrupted), ensure_ascii=False, indent=1)
        write_all([(path, (text + "\n").encode("utf-8", "backslashreplace"))])


def check_report(path: Path) -> None:
    """Make sure that a report may be written: nobody else's file is replaced.

    Raises TargetError.
    """
    from vanban.writing import check_target

    try:
        head = files.read(path, _HEAD)
    except FileNotFoundError:
        check_target(path)
        return
    except (OSError, ValueError):
        head = b"?"
    begins = head.lstrip().startswith(b'{\n "version":') and b'"command":' in head
    if head and not begins:
        raise TargetError(say("batch.report_foreign", path=path))
    check_target(path, force=True)


def _counted(findings: Iterable[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in findings)
    return {f"{severity.value}s": counts[severity] for severity in Severity}
