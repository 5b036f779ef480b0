"""Works for worker processes: this module can be imported by them."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from vanban import writing
from vanban.batch.exports import Export, Outcome
from vanban.read.draft import Draft


class Turning:
    """Turns for ever when it goes, and nobody hears what ends that."""

    def __del__(self) -> None:
        while True:
            pass


@dataclass(frozen=True)
class Words:
    """Says each word back; some words end or hold up the process."""

    notes: Path | None = None

    def __call__(self, word: str) -> str:
        if self.notes is not None:
            with self.notes.open("a", encoding="utf-8") as stream:
                stream.write(word + "\n")
        if word == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "dies once" and self.notes and self.notes.read_text("utf-8").count(word) == 1:
            os._exit(7)
        if word == "hangs":
            signal.pause()
        if word == "turns in a finaliser":
            Turning()
            word = "turns"
        if word == "turns":
            while True:
                pass
        return word.upper()


@dataclass(frozen=True)
class Stubborn:
    """Leaves a file on its way to a folder, and does not even end when it is told to."""

    folder: Path

    def __call__(self, word: str) -> str:
        if word == "hangs":
            writing._Move(self.folder / "a.docx").stage(b"half")
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.pause()
        return word.upper()


@dataclass(frozen=True)
class Unfit:
    """Cannot even be made ready."""

    def warm(self) -> None:
        os._exit(9)

    def __call__(self, word: str) -> str:
        return word


@dataclass(frozen=True)
class Slaying(Export):
    """An export under which the worker dies, the first time that it comes to one draft."""

    victim: str = ""
    note: Path = Path()

    def __call__(self, item: str | Draft) -> Outcome:
        with self.note.open("a", encoding="utf-8") as stream:
            stream.write(f"{item}\n")
        if item == self.victim and self.note.read_text("utf-8").count(str(item)) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(item)


@dataclass(frozen=True)
class Hanging(Export):
    """An export that never ends with one draft."""

    victim: str = ""

    def __call__(self, item: str | Draft) -> Outcome:
        while item == self.victim:
            pass
        return super().__call__(item)


_HOARD: list[bytes] = []


@dataclass(frozen=True)
class Hoard:
    """Keeps megabytes with every item, and says which process did the work."""

    megabytes: int = 0

    def __call__(self, item: int) -> tuple[int, int]:
        _HOARD.append(b"x" * (self.megabytes * 1024 * 1024))
        return os.getpid(), len(_HOARD)
