"""Plain text: the rules about words without a draft around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vanban.check.rule import Reading
from vanban.config import Config
from vanban.finding import Result
from vanban.read import plain

if TYPE_CHECKING:
    from vanban.finding import Edit
    from vanban.fixing import Mending
    from vanban.read.draft import Draft
    from vanban.text.prose import Text

FAMILY: Final = "TXT"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PlainReading(Reading):
    """The passages of a plain text (see ``vanban.read.plain``)."""

    def texts(self) -> Iterator[Text]:
        """Yield the passages in their order."""
        yield from plain.texts(self.draft)

    def change(self, pointer: str, start: int, end: int, new: str) -> Edit | None:
        """Return the edit that replaces characters of a passage, None across other marks."""
        where = self.draft.positions
        if isinstance(where, plain.PlainPositions):
            return where.change(pointer, start, end, new)
        return None


def check_plain(draft: Draft, config: Config | Mapping[str, Any] | None = None) -> Result:
    """Check the passages of a plain text with the rules about words.

    ``config`` are an office's settings. Raises SettingsError for settings that cannot be used.
    """
    from vanban.check.echoes import sift
    from vanban.rules import modules
    from vanban.text.tone import TONE_KEY, style_of

    settings = Config.of(config)
    if not draft.readable:
        return Result.sorted(settings.weighed(draft.faults))
    reading = PlainReading(
        draft=draft,
        options=settings.options,
        tone_style=style_of(settings.style.get(TONE_KEY)),
    )
    found = [
        finding
        for module in modules(FAMILY)
        if settings.enabled(module.RULE.id)
        for finding in module.check(reading)
    ]
    return Result.sorted(settings.weighed(sift(reading, found)))


def check_text(
    text: str,
    *,
    markdown: bool = False,
    config: Config | Mapping[str, Any] | None = None,
) -> Result:
    """Check a plain text, or with ``markdown`` what a reader sees of it (see ``check_plain``)."""
    return check_plain(plain.read_plain(text, markdown=markdown), config)


def fix_plain(
    draft: Draft,
    *,
    unsafe: bool = False,
    config: Config | Mapping[str, Any] | None = None,
) -> Mending:
    """Mend a plain text as its findings propose; with ``unsafe`` also where a person should look.

    ``config`` are an office's settings. Raises SettingsError for settings that cannot be used.
    """
    from vanban.fixing import Mending, mend

    settings = Config.of(config)
    where = draft.positions
    if not isinstance(where, plain.PlainPositions):
        found = check_plain(draft, settings)
        return Mending(None, False, draft, (), (), found, found)

    def read(text: str) -> Draft:
        return plain.read_plain(text, draft.path, markdown=where.markdown)

    made = mend(
        draft, where.source.text, read, lambda one: check_plain(one, settings), unsafe=unsafe
    )
    mark = "\ufeff" if where.source.marked else ""
    return made._replace(text=mark + (made.text or ""))


def fix_text(
    text: str,
    *,
    unsafe: bool = False,
    markdown: bool = False,
    config: Config | Mapping[str, Any] | None = None,
) -> Mending:
    """Mend a plain text, or with ``markdown`` what a reader sees of it (see ``fix_plain``)."""
    return fix_plain(plain.read_plain(text, markdown=markdown), unsafe=unsafe, config=config)
