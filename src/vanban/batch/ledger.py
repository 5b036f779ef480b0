"""What is up to date: a small file in each output folder says of what its files were made.

A file is up to date when it is byte for byte what was written, and when the draft, its settings,
the template, the profile, the fonts, the engine and the versions are those of that time.
"""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import __version__, exporting
from vanban.batch.exports import Outcome, digest_of, draft_digest
from vanban.batch.turns import Status
from vanban.doors import files
from vanban.errors import TargetError, VanbanError

if TYPE_CHECKING:
    from vanban.batch.exports import Export
    from vanban.config import Config

NAME = ".vanban-manifest"
VERSION = 1
MAX_BYTES = 64 * 1024 * 1024
SAVE_EVERY_SECONDS = 5.0
"""So much work at most is done again after a loss of power."""

# What lays out the pages: another version may lay them out differently.
_LIBRARIES = ("docxtpl", "jinja2", "lxml", "pikepdf", "python-docx", "typst", "weasyprint")


def with_basis(order: Export) -> Export:
    """Return the same order with the digest of what all its files depend on."""
    parts: list[Any] = [
        __version__,
        [(name, _version(name)) for name in _LIBRARIES],
        sorted((one.name, one.value, one.dist and one.dist.version) for one in _kinds()),
        order.profile,
        order.allow_errors,
        order.embed,
        order.engine,
        _template(order.template),
        _fonts(order),
    ]
    text = json.dumps(parts, ensure_ascii=False)
    return replace(order, basis=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _kinds() -> metadata.EntryPoints:
    return metadata.entry_points(group="vanban.kinds")


def _template(template: Path | None) -> list[tuple[str, str]] | None:
    """Return the names and digests of all files that a template may draw on."""
    if template is None:
        return None
    folder = template if exporting.is_folder(template) else template.parent
    endings = exporting._TEMPLATE_ENDINGS
    found = [p for p in sorted(folder.iterdir()) if p.suffix.lower() in endings and p.is_file()]
    if folder != template and template.suffix.lower() == ".docx":
        found = [template]
    return [(path.name, digest_of(path)) for path in found]


def _fonts(order: Export) -> list[str]:
    if "pdf" not in order.formats:
        return []
    from vanban.render.fonts import find_font

    try:
        return [_font(path, path.stat().st_mtime_ns) for path in find_font().files]
    except (VanbanError, OSError):
        return []  # the export itself says what is missing


@cache
def _font(path: Path, changed: int) -> str:
    return digest_of(path)


@dataclass
class _Folder:
    """The notes of one folder: by name of a file, what it was made of and what it is."""

    path: Path
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def read(cls, folder: Path) -> _Folder:
        """Read the notes of a folder; what cannot be understood is not known."""
        path = folder / NAME
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            data = files.read(path, MAX_BYTES)
            document = json.loads(data)
            if document["version"] == VERSION and len(data) <= MAX_BYTES:
                return cls(path, {str(k): dict(v) for k, v in document["files"].items()})
        return cls(path)

    def write(self) -> None:
        """Write the notes, whole or not at all. Raises TargetError."""
        from vanban.writing import check_place, write_all

        check_place(self.path)
        document = {"version": VERSION, "files": dict(sorted(self.files.items()))}
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        write_all([(self.path, text.encode("utf-8", "backslashreplace"))])
        self.changed = False


class Ledger:
    """The notes of all output folders of a run."""

    def __init__(self) -> None:
        self._folders: dict[Path, _Folder] = {}
        self._saved = time.monotonic()

    def _of(self, folder: Path) -> _Folder:
        if folder not in self._folders:
            self._folders[folder] = _Folder.read(folder)
        return self._folders[folder]

    def up_to_date(self, order: Export, path: str, config: Config) -> Outcome | None:
        """Return the outcome of a draft whose files need not be made again, else None."""
        try:
            targets = order.targets(path)
            notes = [self._of(target.parent).files[target.name] for target in targets]
            if any(digest_of(t) != n["sha256"] for t, n in zip(targets, notes, strict=True)):
                return None
            key = order.key(draft_digest(path), config)
        except (VanbanError, OSError, KeyError, ValueError):
            return None
        if key is None or any(note.get("key") != key for note in notes):
            return None
        written = tuple(
            exporting.Written(target, format, note.get("pages"), bool(note.get("embedded")))
            for target, format, note in zip(targets, order.formats, notes, strict=True)
        )
        digests = tuple(note["sha256"] for note in notes)
        return Outcome(path, Status.UP_TO_DATE, written=written, digests=digests, key=key)

    def note(self, outcome: Outcome) -> None:
        """Take note of what was made; the notes are written now and then."""
        if outcome.status is not Status.DONE or outcome.key is None:
            return
        for file, digest in zip(outcome.written, outcome.digests, strict=True):
            folder = self._of(file.path.parent)
            folder.changed = True
            folder.files[file.path.name] = {
                "key": outcome.key,
                "sha256": digest,
                "pages": file.pages,
                "embedded": file.embedded,
            }
        if time.monotonic() - self._saved > SAVE_EVERY_SECONDS:
            self.save(quietly=True)

    def save(self, *, quietly: bool = False) -> None:
        """Write the notes that changed. Raises TargetError, unless ``quietly``."""
        self._saved = time.monotonic()
        for folder in self._folders.values():
            if folder.changed:
                try:
                    folder.write()
                except TargetError:
                    if not quietly:
                        raise
