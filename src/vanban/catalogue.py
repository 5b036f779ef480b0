"""The wording of every message, one catalogue per language.

Each family of rules has one TOML file per language under ``messages/<language>/``; a message is
addressed as ``RULE.slug`` (``DAT002.khac_khoang``) or ``family.slug`` for anything that is not a
rule. Messages are ``str.format`` templates over the arguments of the finding.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.errors import InternalError
from vanban.start.tables import toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vanban.finding import Finding

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"
FOLDER = Path(__file__).with_name("messages")


def language(name: str | None = None) -> str:
    """Return the language to speak: ``name``, else ``VANBAN_LANG``, else Vietnamese."""
    chosen = (name or os.environ.get("VANBAN_LANG") or DEFAULT_LANGUAGE).lower()
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


@cache
def _family(lang: str, family: str) -> Mapping[str, Any]:
    try:
        return toml(FOLDER / lang / f"{family}.toml")
    except FileNotFoundError:
        return {}


def families(lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """Return the names of the catalogue files of one language."""
    folder = FOLDER / lang
    return tuple(
        sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml"))
    )


def entries(family: str, lang: str | None = None) -> Mapping[str, Any]:
    """Return all messages of one catalogue file: for a family of rules, a table per rule id."""
    return _family(language(lang), family)


def template(key: str, lang: str | None = None) -> str:
    """Return the raw template of a message.

    Raises InternalError when the catalogue has no such message.
    """
    owner, _, slug = key.partition(".")
    family = owner[:3] if owner[:3].isupper() and owner[3:].isdigit() else owner
    node: Any = _family(language(lang), family)
    for part in [owner, *slug.split(".")] if family != owner else slug.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    if not isinstance(node, str):
        raise InternalError(f"catalogue {language(lang)!r} has no message {key!r}")
    return node


def say(key: str, lang: str | None = None, /, **args: Any) -> str:
    """Return the message ``key`` filled with ``args`` in the language asked for."""
    try:
        return template(key, lang).format_map(args)
    except (KeyError, IndexError, ValueError) as error:
        raise InternalError(f"message {key!r} cannot be filled: {error!r}") from error


def message(finding: Finding, lang: str | None = None) -> str:
    """Return the sentence of a finding, with its cause and remedy."""
    return say(finding.key, lang, **dict(finding.args))


def fix_title(finding: Finding, lang: str | None = None) -> str | None:
    """Return the title of a finding's fix, or None when it has none."""
    if finding.fix is None:
        return None
    return say(finding.fix.key, lang, **dict(finding.fix.args))
