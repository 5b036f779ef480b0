"""The signature of a draft as the rules see it: lines, authority, office, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules.layout._formal_words import (
    COLLECTIVE_NAMES,
    PARTY_KINDS,
    POWER,
    POWER_GROUPS,
    STATE_KINDS,
    body_kind,
    collective_kinds,
    normal,
    unit,
)
from vanban.rules.layout._formalities import (
    PARTY_BODY,
    STATE_BODY,
    asked_profile,
    doubtful_profile,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context


class Choices(tuple[str, ...]):
    """Several wordings, any of which is right.

    A template gives the word between them: ``{goi_y:hoặc}``, ``{goi_y:or}``.
    """

    __slots__ = ()

    def __format__(self, word: str) -> str:
        """Return the wordings, ``word`` between them."""
        return f" {word} ".join(self)


AUTHORITY, OFFICE = "authority", "office"
_LINE = re.compile(r"[^\n]+")
# Bodies named without the committee they serve, which then stands above them.
_SERVING = re.compile(r"(?:văn phòng|ban (?!thường trực|chấp hành)\w+)(?!\w)")


class SignatureLine(NamedTuple):
    """One line of the signature: where it is typed and what it says.

    ``kind`` is the authority it opens with (None: it opens with none) and ``form``, ``gap`` how
    that is typed; ``rest`` is what follows it, normal, ``rest_start`` where that begins.
    """

    role: str
    pointer: str
    start: int
    text: str
    kind: str | None
    form: str
    gap: str
    rest: str
    rest_start: int

    @property
    def form_start(self) -> int:
        """Return where the abbreviation begins in the value."""
        return self.rest_start - len(self.gap) - len(self.form)


def issuer_name(ctx: Context) -> str | None:
    """Return the normal name of the issuer where it belongs to the profile in use, else None.

    A body of the other side (FMT003 speaks of it), one we do not know, and a draft that may ask
    for another profile are left alone: their customs are not these.
    """
    node = ctx.one("issuer")
    if node is None or not isinstance(node.value, str):
        return None
    if asked_profile(ctx) is None and doubtful_profile(ctx, node):
        return None
    name = normal(node.value)
    known = PARTY_BODY if ctx.profile.is_party else STATE_BODY
    if known.match(name):
        return name
    above = ctx.one("superior")
    served = above is not None and isinstance(above.value, str) and known.match(above.value)
    return name if served and _SERVING.match(name) else None


def issuer_kind(ctx: Context) -> str | None:
    """Return the kind of collective body the issuer is, None when it signs by its head."""
    name = issuer_name(ctx)
    kind = body_kind(name) if name is not None else None
    return kind if kind in (PARTY_KINDS if ctx.profile.is_party else STATE_KINDS) else None


def signature_lines(ctx: Context) -> tuple[SignatureLine, ...]:
    """Return the lines of the signature above the name, in printed order."""
    return tuple(
        line
        for role in (AUTHORITY, OFFICE)
        for node in ctx.role(role)
        if isinstance(node.value, str)
        for line in _lines(role, node.pointer, node.value)
    )


def _lines(role: str, pointer: str, value: str) -> Iterator[SignatureLine]:
    for match in _LINE.finditer(value):
        text = match.group()
        if not text.strip():
            continue
        found = POWER.match(text)
        if found is not None and _runs_on(found, text):
            found = None
        if found is None:
            start = match.start() + len(text) - len(text.lstrip())
            yield SignatureLine(
                role, pointer, match.start(), text, None, "", "", normal(text), start
            )
            continue
        kind = next(POWER_GROUPS[name] for name in POWER_GROUPS if found[name])
        yield SignatureLine(
            role,
            pointer,
            match.start(),
            text,
            kind,
            found["form"],
            found["gap"],
            normal(text[found.end() :]),
            match.start() + found.end(),
        )


def _runs_on(found: re.Match[str], text: str) -> bool:
    """Tell whether what looks like an abbreviation is the beginning of a longer word."""
    follows = text[found.end() : found.end() + 1]
    if found["gap"] or not follows:
        return False
    return found["form"].isalpha() or not (follows.isupper() or found["form"][-1] in "./\\:")


def named_collective(lines: tuple[SignatureLine, ...], place: int) -> str:
    """Return what stands behind the authority of a line: on it, else on the next one."""
    line = lines[place]
    if line.rest or place + 1 >= len(lines):
        return line.rest
    following = lines[place + 1]
    return following.rest if following.kind is None and following.role == line.role else ""


def on_behalf_of(form: str, kind: str) -> Choices:
    """Return the lines with which a kind of issuer may sign on behalf of its collective."""
    return Choices(f"{form} {name}" for name in COLLECTIVE_NAMES[kind])


def stands_for(collective: str, issuer: str, kind: str) -> bool | None:
    """Tell whether a collective is one of the issuer's; None when the text names none we know."""
    kinds = collective_kinds(collective)
    if kinds is None:
        return None
    if kind not in kinds:
        return False
    own, named = unit(issuer), unit(collective)
    if own is None or named is None:
        return True
    same_name = own[1].startswith(named[1]) or named[1].startswith(own[1])
    return own[0] == named[0] and same_name
