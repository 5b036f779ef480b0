"""Writing files: whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.catalogue import say
from vanban.doors import names
from vanban.errors import TargetError
from vanban.seal import Origin, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

_REASONS = {
    errno.ENOSPC: "no_space",
    errno.EDQUOT: "no_space",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EFBIG: "too_big",
    errno.EIO: "disk_fault",
    errno.ENOENT: "folder_gone",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
}


def _cannot(path: Path, error: OSError | ValueError) -> TargetError:
    """Return the error for a path that the system refuses, with the reason in words."""
    number = getattr(error, "errno", None)
    if isinstance(error, ValueError):  # a path with a NUL in it
        reason = say("export.reason.bad_name")
    elif number in _REASONS:
        reason = say(f"export.reason.{_REASONS[number]}")
    else:
        reason = error.strerror or str(error)
    return TargetError(say("export.cannot_write", path=path, reason=reason))


def _lock_of(path: Path) -> Path | None:
    """Return the file by which Word (``~$name``) or LibreOffice (``.~lock.name#``) holds ``path``.

    Word drops the first letter or two of longer names.
    """
    name = path.name
    for lock in (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#"):
        with contextlib.suppress(OSError):  # a name too long to be that of a lock
            if (path.parent / lock).exists():
                return path.parent / lock
    return None


def check_target(path: Path, *, force: bool = False) -> None:
    """Make sure that ``path`` can and may be written.

    Raises TargetError with the reason and the remedy; touches nothing.
    """
    try:
        _check_target(path, force=force)
    except (OSError, ValueError) as error:
        raise _cannot(path, error) from error


def check_place(path: Path) -> None:
    """Make sure that a document written to ``path`` stays in its folder.

    A link that leads elsewhere is followed only to a file of ours as we wrote it, even when
    forced: whoever put the link there chose what is replaced. Raises TargetError.
    """
    try:
        real = names.leads_out(path)
        if real is None or (real.exists() and not real.is_file()):
            return  # check_target tells what is no file
        if real.parent.is_dir() and (not real.is_file() or origin(real) is not Origin.OURS):
            raise TargetError(say("export.link_leads_out", path=path, real=real))
    except (OSError, ValueError) as error:
        raise _cannot(path, error) from error


def _check_target(path: Path, *, force: bool) -> None:
    if (wrong := names.fault(path.name)) is not None:
        raise TargetError(
            say("export.cannot_write", path=path, reason=say(f"export.reason.{wrong}"))
        )
    # An existing link is followed: what it leads to is what will be replaced.
    real = Path(os.path.realpath(path))
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        real.lstat()  # fails for a name that is too long; later questions would only say "no"
    for folder in (path.parent, real.parent):
        if not folder.exists():
            raise TargetError(say("export.folder_missing", path=path, folder=folder))
        if not folder.is_dir():
            raise TargetError(say("export.folder_is_file", path=path, folder=folder))
    if real.is_dir():
        raise TargetError(say("export.target_is_folder", path=path))
    if not os.access(real.parent, os.W_OK):
        raise TargetError(say("export.folder_read_only", path=path, folder=real.parent))
    if real.is_symlink() or (real.exists() and not real.is_file()):
        # A link that leads to itself, a device, a pipe: reading it could wait for ever.
        raise TargetError(say("export.not_a_file", path=path))
    if not real.exists():
        return
    if lock := _lock_of(path) or _lock_of(real):
        raise TargetError(say("export.open_elsewhere", path=path, lock=lock.name))
    if not os.access(real, os.R_OK | os.W_OK):
        raise TargetError(say("export.file_read_only", path=path))
    if force:
        return
    match origin(real):
        case Origin.EDITED:
            raise TargetError(say("export.edited", path=path))
        case Origin.FOREIGN:
            raise TargetError(say("export.foreign", path=path))


_ON_THE_WAY = ".vanban-"
_mark = ""


def sign(mark: str) -> None:
    """Let the names of this process' files on their way carry a mark of its own."""
    global _mark
    _mark = mark


def sweep(folder: Path, mark: str) -> None:
    """Remove the files on their way that a process with this mark left when it was killed."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_ON_THE_WAY}{mark}*"):
            with contextlib.suppress(OSError):
                left.unlink()


class _Move:
    """One file on its way: written beside its target, then moved there, and back if need be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # An existing link is followed, so that the link itself survives.
        self.target = Path(os.path.realpath(path))
        self._new = self._beside()
        self._old: Path | None = None
        self._moved = False

    def _beside(self) -> Path:
        return self.target.parent / f"{_ON_THE_WAY}{_mark}{os.urandom(8).hex()}"

    def stage(self, data: bytes) -> None:
        """Write the file under a name of its own, down to the disk."""
        with self._new.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if self.target.exists():
            self._new.chmod(self.target.stat().st_mode & 0o777)

    def keep_old(self) -> None:
        """Keep what stands at the target, to be put back if another file cannot be moved."""
        if not self.target.exists():
            return
        self._old = self._beside()
        try:
            os.link(self.target, self._old)
        except OSError:  # a file system without hard links
            import shutil

            shutil.copy2(self.target, self._old)

    def move(self) -> None:
        """Put the new file in the place of the old one, in one step."""
        self._moved = True
        try:
            self._new.replace(self.target)
        except BaseException:
            self._moved = not self._new.exists()
            raise

    def undo(self) -> None:
        """Put back what stood at the target before."""
        if not self._moved:
            return
        with contextlib.suppress(OSError):
            if self._old is None:
                self.target.unlink()
            else:
                self._old.replace(self.target)

    def tidy(self) -> None:
        """Take away what is left beside the target."""
        for rest in (self._new, self._old):
            if rest is not None:
                with contextlib.suppress(OSError):
                    rest.unlink()


def write_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write every file beside its target first, then move all into place: all of them or none.

    A failure at any point leaves every target as it was and no other file behind. Raises
    TargetError (disk full, folder not writable, target held by another program).
    """
    moves: list[_Move] = []
    path = Path()
    key = "export.folder_read_only"
    try:
        for path, data in files:
            moves.append(_Move(path))
            moves[-1].stage(data)
        if len(moves) > 1:
            for move in moves:
                path = move.path
                move.keep_old()
        key = "export.locked"
        for move in moves:
            path = move.path
            move.move()
    except BaseException as error:
        for move in moves:
            move.undo()
        if isinstance(error, PermissionError):
            raise TargetError(say(key, path=path, folder=path.parent)) from error
        if isinstance(error, OSError | ValueError):
            raise _cannot(path, error) from error
        raise
    finally:
        for move in moves:
            move.tidy()
