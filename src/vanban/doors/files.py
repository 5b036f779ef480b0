"""The door for files named by a user: ordinary ones, and no more of them than is allowed.

A name may lead to a pipe that nobody writes to, to ``/dev/zero``, or to a file that grows while it
is read; none of them may make vanban wait for ever or fill the memory.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from vanban.catalogue import say

if TYPE_CHECKING:
    from typing import BinaryIO

# What the shell puts in place of a command (``<(…)``) stands here and has somebody at its end.
_OPEN_FILES = ("/dev/fd/", "/dev/stdin", "/proc/")


class NotOrdinaryError(OSError):
    """The name leads to something that cannot be read to its end: a pipe, a device, a socket."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(errno.EINVAL, say("export.reason.not_ordinary"), os.fspath(path))


def open_for_reading(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file for reading, in bytes; never waits for somebody to write.

    Raises NotOrdinaryError for a named pipe, a device or a socket, OSError as ``open`` does and
    ValueError for a name with a NUL.
    """
    name = os.fspath(path)
    given = name.startswith(_OPEN_FILES)

    def careful(file: str, flags: int) -> int:
        # Without O_NONBLOCK the opening of a pipe waits for its writer.
        careless = 0 if given else getattr(os, "O_NONBLOCK", 0)
        opened = os.open(file, flags | careless)
        mode = os.fstat(opened).st_mode
        if stat.S_ISREG(mode) or (given and (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode))):
            return opened
        os.close(opened)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), file)
        raise NotOrdinaryError(file)

    return open(name, "rb", opener=careful)


def read(path: str | os.PathLike[str], limit: int) -> bytes:
    """Return the content of a file, at most ``limit`` + 1 bytes of it.

    One byte more than allowed is enough to know that a file is too large. Raises what
    ``open_for_reading`` raises.
    """
    with open_for_reading(path) as stream:
        return stream.read(limit + 1)
