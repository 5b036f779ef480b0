"""Exporting as a work that any process can do: one draft in, one outcome out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban import exporting, output
from vanban.batch.faults import EXIT_INPUT, told, told_of_loss
from vanban.batch.running import CHUNK, cores, run
from vanban.batch.turns import Lost, Status
from vanban.catalogue import say
from vanban.config import Config, Finder
from vanban.errors import (
    DraftRefusedError,
    ProofError,
    TargetError,
    TemplateProofError,
    VanbanError,
)
from vanban.read.draft import STDIN, Draft

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from vanban.batch.ledger import Ledger
    from vanban.finding import Finding


POOL_FROM = MappingProxyType({"pdf": 4, "docx": 24, "html": 24})
"""From how many drafts on the start of worker processes pays, by the dearest format."""


class Outcome(NamedTuple):
    """What became of one draft.

    ``exit_code`` is that of the command for this draft alone; ``message`` one sentence when no file
    was made; ``findings`` all that was found; ``written`` the files, ``digests`` their SHA-256 in
    the same order; ``shown`` the findings as text for a reader; ``secret`` whether the draft states
    a degree of secrecy; ``key`` what the files were made of, as the ledger keeps it.
    """

    path: str
    status: Status = Status.DONE
    exit_code: int = 0
    message: str | None = None
    findings: tuple[Finding, ...] = ()
    written: tuple[exporting.Written, ...] = ()
    digests: tuple[str, ...] = ()
    shown: str = ""
    secret: bool = False
    key: str | None = None


@dataclass(frozen=True)
class Given:
    """The same settings for every draft (a ``Finder`` looks for those of each)."""

    config: Config

    def of(self, path: str | None) -> Config:
        """Return the settings for a draft."""
        return self.config.for_file(path)


@dataclass(frozen=True)
class Export:
    """How drafts are exported; called with a path it exports one.

    ``style`` says how findings are shown in ``Outcome.shown`` (None: not at all); ``basis`` is the
    digest of all that the files depend on besides the draft and its settings.
    """

    formats: tuple[str, ...]
    target: Path | None = None
    profile: str | None = None
    template: Path | None = None
    allow_errors: bool = False
    force: bool = False
    embed: bool | None = None
    engine: str | None = None
    settings: Finder | Given = field(default_factory=lambda: Given(Config()))
    style: output.Style | None = None
    basis: str | None = None

    def warm(self) -> None:
        """Import what every draft needs, so that no draft's time is spent on it."""
        from vanban.check import engine  # noqa: F401
        from vanban.compose import composer  # noqa: F401
        from vanban.embed import payload  # noqa: F401

        if "docx" in self.formats:
            from vanban.proof import docx as docx_proof  # noqa: F401
            from vanban.render import docx  # noqa: F401
        if "pdf" in self.formats:
            from vanban.proof import pdf as pdf_proof  # noqa: F401
            from vanban.render import pdf  # noqa: F401

    def __call__(self, item: str | Draft) -> Outcome:
        """Export one draft, given by its path or read already; never raises an Exception."""
        path = item if isinstance(item, str) else item.path or STDIN
        try:
            draft, digest = (item, None) if isinstance(item, Draft) else _read(item)
            return self._export(path, draft, digest)
        except Exception as error:  # one bad file never stops the others
            code, text, trace = told(error)
            return Outcome(path, Status.FAILED, code, text, shown=trace)

    def _export(self, path: str, draft: Draft, digest: str | None) -> Outcome:
        from vanban.check.engine import validate
        from vanban.proof.faults import placed

        config = self.settings.of(draft.path)
        found = validate(draft, profile=self.profile, config=config.for_export())
        known = found.findings
        shown = self._shown(draft, known)
        if not draft.readable:
            return Outcome(path, Status.REFUSED, EXIT_INPUT, None, known, shown=shown)
        try:
            written = exporting.export_draft(
                draft,
                self.target,
                formats=self.formats,
                profile=self.profile,
                template=self.template,
                allow_errors=self.allow_errors,
                force=self.force,
                known=known,
                config=config,
                embed=self.embed,
                engine=self.engine,
            )
        except VanbanError as error:
            new: list[Finding] = []
            if isinstance(error, DraftRefusedError):  # what rendering alone can find
                new = [one for one in error.findings if one not in known]
            elif isinstance(error, ProofError | TemplateProofError):
                new = placed(error.findings, draft)
            refused = isinstance(error, DraftRefusedError)
            return Outcome(
                path,
                Status.REFUSED if refused else Status.FAILED,
                error.exit_code,
                str(error),
                (*known, *new),
                shown=shown + self._shown(draft, new),
            )
        return Outcome(
            path,
            findings=known,
            written=tuple(written),
            digests=tuple(digest_of(file.path) for file in written),
            shown=shown,
            secret=exporting.is_secret(draft),
            key=self.key(digest, config),
        )

    def _shown(self, draft: Draft, findings: Sequence[Finding]) -> str:
        if self.style is None or not findings:
            return ""
        file = output.FileReport(draft.path or STDIN, draft.lines, tuple(findings))
        return output.render(output.TEXT, output.Report((file,)), self.style)

    def lost(self, lost: Lost, limit: float | None) -> Outcome:
        """Return the outcome for a draft that gave no result."""
        path = lost.item if isinstance(lost.item, str) else lost.item.path or STDIN
        code, text = told_of_loss(path, lost, limit)
        return Outcome(path, Status(lost.fate.value), code, text)

    def targets(self, path: str) -> list[Path]:
        """Return the files that a draft becomes.

        Raises TargetError when the target cannot hold them.
        """
        return exporting.targets_of(self._named(path), self.target, self.formats)

    def _named(self, path: str) -> Draft:
        """Return a draft that is good for its name only."""
        stem = Path(path).stem
        if path == STDIN or not stem or stem.startswith("."):  # its kind gives the name
            return _read(path)[0] if path != STDIN else Draft({}, path=path)
        return Draft({}, path=path)

    def key(self, digest: str | None, config: Config) -> str | None:
        """Return what the files of a draft are made of, as one digest; None when unknown."""
        if self.basis is None or digest is None:
            return None
        return _sha256("\n".join((self.basis, digest, config_digest(config))).encode())


def check_targets(order: Export, items: Iterable[str | Draft]) -> None:
    """Refuse several drafts that would land in one file. Raises TargetError."""
    listed = list(items)
    if len(listed) < 2:
        return
    target = order.target
    if target is not None and not exporting.is_folder(target):
        raise TargetError(say("cli.several_drafts_one_file", path=target))
    seen: dict[tuple[str, str], str] = {}
    folders: dict[Path, str] = {}
    for item in listed:
        draft = item if isinstance(item, Draft) else order._named(item)
        name = draft.path or STDIN
        folder = target if target is not None else Path(name).parent
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        place = (folders[folder], exporting.stem_of(draft))
        if (other := seen.setdefault(place, name)) != name:
            raise TargetError(say("cli.same_target", one=other, two=name))


def choose_jobs(asked: int | None, count: int, formats: Sequence[str]) -> int:
    """Return how many processes do the work: as asked, else as many as it pays for."""
    if asked is not None:
        return max(1, min(asked, count))
    pays = min(POOL_FROM.get(name, 1) for name in formats)
    return min(cores(), count) if count >= pays else 1


def outcomes(
    order: Export,
    items: Sequence[str | Draft],
    *,
    jobs: int,
    executor: Executor | None = None,
    limit: float | None = None,
    chunk: int = CHUNK,
    ledger: Ledger | None = None,
    resume: bool = False,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of every draft, in order.

    ``ledger`` takes note of what was made; with ``resume`` what it knows is not made again. Raises
    TargetError at the end when the ledger cannot be written, and what ``run`` raises.
    """
    from vanban.writing import sweep

    def ahead(item: str | Draft) -> Outcome | None:
        if isinstance(item, Draft) or item == STDIN:
            return order(item)  # no other process can read it
        config = order.settings.of(item)  # so that this process knows the settings in use
        return ledger.up_to_date(order, item, config) if ledger and resume else None

    def tidy(mark: str) -> None:
        paths = [item if isinstance(item, str) else item.path or STDIN for item in items]
        folders = {Path(path).parent for path in paths}
        if order.target is not None:
            own = order.target
            folders = {own if exporting.is_folder(own) else own.parent}
        for folder in folders:
            sweep(folder, mark)

    results = run(
        order, items, jobs=jobs, executor=executor, limit=limit, chunk=chunk,
        ahead=ahead, tidy=tidy,
    )  # fmt: skip
    with closing(results):
        try:
            for result in results:
                outcome = order.lost(result, limit) if isinstance(result, Lost) else result
                if ledger is not None:
                    ledger.note(outcome)
                yield outcome
        except BaseException:
            if ledger is not None:
                ledger.save(quietly=True)
            raise
    if ledger is not None:
        ledger.save()


def export_many(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str] | None = None,
    *,
    formats: Sequence[str] = exporting.DEFAULT_FORMATS,
    profile: str | None = None,
    template: str | os.PathLike[str] | None = None,
    allow_errors: bool = False,
    force: bool = False,
    config: Config | Mapping[str, Any] | None = None,
    embed: bool | None = None,
    engine: str | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    time_limit: float | None = None,
    resume: bool = False,
) -> Generator[Outcome, None, None]:
    """Export many drafts; see ``vanban.export_many``."""
    for format in formats:
        if format not in exporting.FORMATS:
            raise TargetError(say("batch.no_such_format", format=format))
    listed = list(dict.fromkeys(os.fspath(path) for path in paths))
    order = Export(
        formats=tuple(formats),
        target=Path(out) if out is not None else None,
        profile=profile,
        template=Path(template) if template is not None else None,
        allow_errors=allow_errors,
        force=force,
        embed=embed,
        engine=engine,
        settings=Given(Config.of(config)),
    )
    check_targets(order, listed)
    ledger = None
    if resume:
        from vanban.batch.ledger import Ledger, with_basis

        order, ledger = with_basis(order), Ledger()
    return outcomes(
        order, listed, jobs=choose_jobs(jobs, len(listed), formats), executor=executor,
        limit=time_limit, chunk=chunk, ledger=ledger, resume=resume,
    )  # fmt: skip


def config_digest(config: Config) -> str:
    """Return a digest of what settings say, wherever they stand."""
    said = {
        name: getattr(config, name)
        for name in config.__dataclass_fields__
        if name not in ("baseline", "paths", "path", "faults", "sources")
    }
    text = json.dumps(said, sort_keys=True, default=lambda v: dict(v) if _maps(v) else repr(v))
    return _sha256(text.encode())


def _maps(value: Any) -> bool:
    return isinstance(value, Mapping)


def _read(path: str) -> tuple[Draft, str | None]:
    """Read a draft; with it comes the digest of its bytes, None where there are none."""
    from vanban.doors import files
    from vanban.read.limits import MAX_BYTES
    from vanban.read.reader import read_bytes, read_path

    if path == STDIN:
        return read_path(path), None
    try:
        data = files.read(path, MAX_BYTES)
    except (OSError, ValueError):
        return read_path(path), None  # which says why
    return read_bytes(data, path=path), _sha256(data)


def draft_digest(path: str) -> str:
    """Return the digest of the bytes of a draft. Raises OSError or ValueError."""
    from vanban.doors import files
    from vanban.read.limits import MAX_BYTES

    return _sha256(files.read(path, MAX_BYTES))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
