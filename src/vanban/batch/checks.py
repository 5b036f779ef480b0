"""Validating as a work that any process can do: one draft in, what was found in it out."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vanban import output
from vanban.batch.faults import told, told_of_loss
from vanban.batch.running import cores, run
from vanban.batch.turns import Lost, Status
from vanban.read.draft import STDIN, Draft

if TYPE_CHECKING:
    from pathlib import Path

    from vanban.config import Finder
    from vanban.exporting import Written
    from vanban.finding import Finding

POOL_FROM = 40
"""From how many drafts on the start of worker processes pays."""


class Checked(NamedTuple):
    """What was found in one draft: ``file`` for the report, or ``message`` and ``exit_code``.

    ``trace`` is the traceback of an internal fault when one was asked for; ``baseline`` the file of
    known findings that the draft's settings name.
    """

    path: str
    file: output.FileReport | None = None
    baseline: Path | None = None
    readable: bool = True
    exit_code: int = 0
    message: str | None = None
    trace: str = ""
    status: Status = Status.DONE

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return all that was found."""
        return self.file.findings if self.file else ()

    @property
    def written(self) -> tuple[Written, ...]:
        """Return no files: validating writes none."""
        return ()

    @property
    def digests(self) -> tuple[str, ...]:
        """Return the digests of ``written``."""
        return ()


@dataclass(frozen=True)
class Check:
    """How drafts are validated; called with a path it validates one.

    ``earlier`` are the earlier reports; ``whole`` keeps the draft itself, which only a page for
    readers needs.
    """

    settings: Finder
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    earlier: tuple[Draft, ...] = ()
    whole: bool = False

    def warm(self) -> None:
        """Import what every draft needs, so that no draft's time is spent on it."""
        from vanban.check import engine  # noqa: F401

    def __call__(self, item: str | Draft) -> Checked:
        """Validate one draft, given by its path or read already; never raises an Exception."""
        from vanban.read.reader import read_path

        path = item if isinstance(item, str) else item.path or STDIN
        try:
            return self._check(path, read_path(item) if isinstance(item, str) else item)
        except Exception as error:  # one bad file never stops the others
            code, text, trace = told(error)
            return Checked(path, exit_code=code, message=text, trace=trace, status=Status.FAILED)

    def _check(self, path: str, draft: Draft) -> Checked:
        from vanban.check.engine import validate

        own = self.settings.of(draft.path)
        config = own.joined({"ignore": self.ignore, "select": self.select})
        result = validate(draft, profile=self.profile, config=config, previous=self.earlier)
        file = output.FileReport(
            draft.path or STDIN, draft.lines, result.findings, result.suppressed,
            draft if self.whole else None,
        )  # fmt: skip
        return Checked(path, file, own.baseline, draft.readable)


def choose_jobs(asked: int | None, count: int) -> int:
    """Return how many processes do the work: as asked, else as many as it pays for."""
    if asked is not None:
        return max(1, min(asked, count))
    return min(cores(), count) if count >= POOL_FROM else 1


def results(
    check: Check, items: Sequence[str | Draft], *, jobs: int, limit: float | None = None
) -> Generator[Checked, None, None]:
    """Yield what was found in every draft, in order. Raises what ``run`` raises."""

    def ahead(item: str | Draft) -> Checked | None:
        if isinstance(item, Draft) or item == STDIN:
            return check(item)  # no other process can read it
        check.settings.of(item)  # so that this process knows the settings in use
        return None

    with closing(run(check, items, jobs=jobs, limit=limit, ahead=ahead)) as found:
        for one in found:
            yield _lost(one, limit) if isinstance(one, Lost) else one


def _lost(lost: Lost, limit: float | None) -> Checked:
    path = str(lost.item)
    code, text = told_of_loss(path, lost, limit)
    return Checked(path, exit_code=code, message=text, status=Status(lost.fate.value))
