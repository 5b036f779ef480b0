"""Comparing the texts of a Document with what was read again from a file.

Both are brought into one form (``Form``) and compared as one long stream. Only when the streams
differ is it found out how: which text is lost, altered, in another place, or too many.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vanban.compose.document import Paragraph
from vanban.proof.faults import ALTERED, EXCERPT, EXTRA, LOST, ORDER, excerpt, fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vanban.compose.document import Block, Document
    from vanban.finding import Finding

    Form = Callable[[str], str]

KEY_CHARS = 24
"""Length of the stretch by which two streams that ran apart are brought together again."""

TEXTS_AHEAD = 200
CHARS_AHEAD = 50_000
MAX_HUNKS = 20
"""How far is looked, and how many differences are told apart, before the rest counts as one."""

_SMALL = 8
_ANCHOR = 12
_BEFORE = 20
# Marks without a width; a renderer may drop them. The ligatures are what PDFium spells out.
_PLAIN = {ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff"} | {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
    0xFB05: "ft", 0xFB06: "st",
}  # fmt: skip


_RARE = re.compile(f"[{''.join(map(chr, _PLAIN))}]")


def _plain(text: str) -> str:
    """Return a text in NFC, without what the readers of files drop or spell out."""
    if _RARE.search(text):
        text = text.translate(_PLAIN)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return a text without any white space: on a page, line breaks take the place of blanks."""
    return "".join(_plain(text).split())


def spaced(text: str) -> str:
    """Return a text with every stretch of white space as one blank."""
    return " ".join(_plain(text).split())


class Wanted(NamedTuple):
    """A text that must be there: as in the Document, in the form compared, and its place."""

    original: str
    text: str
    pointer: str


def alike(whole: str, at: int, piece: str, skip: int = 0) -> int:
    """Return how many characters of ``piece``, from ``skip`` on, stand in ``whole`` at ``at``."""
    low, high = 0, min(len(piece) - skip, len(whole) - at)
    while low < high:
        middle = (low + high + 1) // 2
        if whole.startswith(piece[skip : skip + middle], at):
            low = middle
        else:
            high = middle - 1
    return low


def wanted(document: Document, form: Form) -> list[Wanted]:
    """Return every text of the document that shows something, in reading order."""
    places = _places(document)
    at = 0
    found = []
    for original in document.texts():
        pointer = ""
        if at < len(places) and places[at][0] == original:
            pointer = places[at][1]
            at += 1
        if text := form(original):
            found.append(Wanted(original, text, pointer))
    return found


def _places(document: Document) -> list[tuple[str, str]]:
    """Return the texts of all blocks in reading order with their pointers into the draft."""
    groups = [document.body, *(appendix.blocks for appendix in document.appendices)]
    return [place for blocks in groups for place in _block_places(blocks)]


def _block_places(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.pointer
            continue
        if block.caption:
            yield block.caption, block.pointer
        for row in (*block.header, *block.rows):
            for cell in row:
                yield cell.text, block.pointer


# --- an office's template: nothing left out ------------------------------------------------------


def left_out(format: str, texts: Sequence[Wanted], found: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for every text that stands nowhere.

    ``found`` are the stretches read, in the form of ``texts``; a text may be broken over two or
    more that follow each other (pages), with anything between its parts.
    """
    whole = "".join(found)
    for text in texts:
        if text.text not in whole and not _broken(text.text, found):
            yield fault(LOST, "mat", text.pointer, format=format, excerpt=excerpt(text.original))


def _broken(text: str, found: Sequence[str]) -> bool:
    """Tell whether a text goes on from one stretch to the next."""
    for order, stretch in enumerate(found[:-1]):
        longest = _longest_start(text, stretch)
        for size in range(longest, max(0, longest - 3), -1):
            rest = text[size:]
            if rest in found[order + 1] or _broken(rest, found[order + 1 : order + 3]):
                return True
    return False


def _longest_start(text: str, stretch: str) -> int:
    """Return the length of the longest beginning of ``text`` that stands in ``stretch``."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text[:middle] in stretch:
            low = middle
        else:
            high = middle - 1
    return low


# --- our own templates: equal to the last character ---------------------------------------------


@dataclass(slots=True)
class _Hunk:
    """One stretch that differs: the texts that should stand there, and what does."""

    texts: list[Wanted]
    found: str


def differences(
    format: str, texts: Sequence[Wanted], found: str, show: Callable[[str], str] = str
) -> list[Finding]:
    """Return how ``found`` differs from the texts put one after another; empty when it does not.

    ``show`` turns a piece of ``found`` into what a reader may be shown.
    """
    whole = "".join(text.text for text in texts)
    if whole == found:
        return []
    lost: list[Wanted] = []
    extra: list[str] = []
    findings: list[Finding] = []
    for hunk in _hunks(texts, found):
        findings += _judge(format, hunk, lost, extra, show)
    for text in lost:
        holder = next((n for n, chunk in enumerate(extra) if text.text in chunk), None)
        if holder is None:
            slug, rule = "mat", LOST
        else:
            slug, rule = "thu_tu", ORDER
            extra[holder] = extra[holder].replace(text.text, "", 1)
        findings.append(
            fault(rule, slug, text.pointer, format=format, excerpt=excerpt(text.original))
        )
    findings += (
        fault(EXTRA, "thua", format=format, excerpt=excerpt(show(chunk)))
        for chunk in extra
        if chunk
    )
    return findings


def _hunks(texts: Sequence[Wanted], found: str) -> Iterator[_Hunk]:
    """Yield the stretches in which the texts and ``found`` run apart."""
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text.text))
    whole = "".join(text.text for text in texts)
    order, at = 0, 0
    for _ in range(MAX_HUNKS):
        while order < len(texts) and found.startswith(texts[order].text, at):
            at += len(texts[order].text)
            order += 1
        if order == len(texts):
            break
        meeting = _meeting(whole, starts, order, found, at)
        if meeting is None:
            break
        next_order, next_at = meeting
        yield _Hunk(list(texts[order:next_order]), found[at:next_at])
        order, at = next_order, next_at
    if order < len(texts) or at < len(found):
        yield _Hunk(list(texts[order:]), found[at:])


def _meeting(
    whole: str, starts: Sequence[int], order: int, found: str, at: int
) -> tuple[int, int] | None:
    """Return the nearest text, and its place in ``found``, from which both run together again."""
    best: tuple[int, int, int] | None = None
    for ahead in range(order, min(order + TEXTS_AHEAD, len(starts) - 1)):
        begin = starts[ahead]
        skipped = begin - starts[order]
        if best is not None and skipped >= best[0]:
            break
        key = whole[begin : begin + KEY_CHARS]
        if len(key) < KEY_CHARS:  # near the end the streams must end together
            place = len(found) - len(key)
            place = place if place >= at and found.endswith(key) else -1
        else:
            # The text itself begins right here, and differs further on: look behind it.
            place = found.find(key, at + (ahead == order), at + CHARS_AHEAD)
        if place < 0 or (ahead == order and place == at):
            continue
        cost = skipped + place - at
        if best is None or cost < best[0]:
            best = (cost, ahead, place)
    return None if best is None else best[1:]


def _judge(
    format: str, hunk: _Hunk, lost: list[Wanted], extra: list[str], show: Callable[[str], str]
) -> list[Finding]:
    """Tell what became of each text of a stretch; what is only gone or too many is collected."""
    missing, rest = [], hunk.found
    for text in sorted(hunk.texts, key=lambda text: -len(text.text)):
        if len(hunk.texts) > 1 and text.text in rest:
            rest = rest.replace(text.text, "\0", 1)
        else:
            missing.append(text)
    chunks = [chunk for chunk in rest.split("\0") if chunk]
    if not missing and not chunks:
        return [
            fault(ORDER, "thu_tu", text.pointer, format=format, excerpt=excerpt(text.original))
            for text in hunk.texts[:1]
        ]
    findings = []
    missing.sort(key=hunk.texts.index)
    used: set[int] = set()
    for text in missing:
        alone = len(missing) == 1 and len(chunks) == 1
        like = (n for n, chunk in enumerate(chunks) if _like(text.text, chunk, alone=alone))
        number = next(like, None)
        if number is None:
            lost.append(text)
            continue
        used.add(number)
        same = max(_BEFORE, alike(text.text, 0, chunks[number]))
        findings.append(
            fault(
                ALTERED, "khac", text.pointer, format=format,
                excerpt=excerpt(text.original, _place(text, same - _BEFORE)),
                found=show(chunks[number][same - _BEFORE : same - _BEFORE + EXCERPT]).strip(),
            )
        )  # fmt: skip
    extra += (chunk for number, chunk in enumerate(chunks) if number not in used)
    return findings


def _place(text: Wanted, at: int) -> int:
    """Return the place in the original text of the character ``at`` of the form compared."""
    if len(text.original) == len(text.text):
        return at
    shown = 0
    for place, char in enumerate(text.original):
        if shown >= at:
            return place
        shown += not char.isspace()
    return len(text.original)


def _like(text: str, chunk: str, *, alone: bool) -> bool:
    """Tell whether ``chunk`` is ``text`` with something changed in it."""
    if alone:
        same = alike(text, 0, chunk) + alike(text[::-1], 0, chunk[::-1])
        if 2 * same >= min(len(text), len(chunk)) or len(text) <= _SMALL >= len(chunk):
            return True
    size = min(_ANCHOR, max(4, len(text) // 4))
    middle = (len(text) - size) // 2
    return len(text) >= size and any(
        text[begin : begin + size] in chunk for begin in (0, middle, len(text) - size)
    )


def shown_from(raw: str) -> Callable[[str], str]:
    """Return what shows a piece of folded text as it stands in ``raw``, blanks included."""

    def show(piece: str) -> str:
        pattern = r"\s*".join(map(re.escape, piece[:EXCERPT]))
        found = re.search(pattern, raw)
        return found.group() if found else piece

    return show
