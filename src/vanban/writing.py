"""Writing files: whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.catalogue import say
from vanban.errors import TargetError
from vanban.seal import Origin, origin

if TYPE_CHECKING:
    from collections.abc import Iterable


def _locked_by_office(path: Path) -> bool:
    """Tell whether Word (``~$name``) or LibreOffice (``.~lock.name#``) has the file open."""
    # Word drops the first two letters of longer names in its lock file.
    word = {f"~${path.name}", f"~${path.name[2:]}"}
    return any((path.parent / name).exists() for name in word) or (
        path.parent / f".~lock.{path.name}#"
    ).exists()


def check_target(path: Path, *, force: bool = False) -> None:
    """Make sure that ``path`` can and may be written.

    Raises TargetError with the reason and the remedy; touches nothing.
    """
    folder = path.parent
    if not folder.exists():
        raise TargetError(say("export.folder_missing", path=path, folder=folder))
    if not folder.is_dir():
        raise TargetError(say("export.folder_is_file", path=path, folder=folder))
    if path.is_dir():
        raise TargetError(say("export.target_is_folder", path=path))
    if not os.access(folder, os.W_OK):
        raise TargetError(say("export.folder_read_only", path=path, folder=folder))
    if not path.exists():
        return
    if _locked_by_office(path):
        raise TargetError(say("export.locked", path=path))
    if not os.access(path, os.R_OK | os.W_OK):
        raise TargetError(say("export.file_read_only", path=path))
    if force:
        return
    match origin(path):
        case Origin.EDITED:
            raise TargetError(say("export.edited", path=path))
        case Origin.FOREIGN:
            raise TargetError(say("export.foreign", path=path))


def write_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write every file beside its target first, then move all into place.

    A failure before the first move leaves every target as it was. Raises TargetError (disk full,
    locked by another program).
    """
    staged: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, data in files:
            # An existing link is followed, so that the link itself survives.
            target = Path(os.path.realpath(path))
            temporary = target.parent / f".vanban-{secrets.token_hex(8)}"
            with temporary.open("xb") as stream:
                staged.append((temporary, target))
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o777)
        while staged:
            temporary, path = staged[0]
            temporary.replace(path)
            staged.pop(0)
    except PermissionError as error:
        raise TargetError(say("export.locked", path=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise TargetError(say("export.cannot_write", path=path, reason=reason)) from error
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink()
