"""The page of every rule: a rule module's own docstring, or what the catalogue says of an id.

Reading (``INP``), structure (``SCH``), settings (``CFG``) and the proof of what was written
(``OUT``) have no modules of their own: their pages are made of their messages.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.catalogue import entries, say
from vanban.finding import Severity

if TYPE_CHECKING:
    from types import ModuleType

    from vanban.check.rule import Rule

WITHOUT_MODULE = ("INP", "SCH", "CFG", "OUT")
# Comments in a draft that leave out a rule: what is wrong with them is a warning.
COMMENTS = ("CFG007", "CFG008")
# The key of an id's own name among its messages.
NAME = "_name"
# The English title is the first clause of the summary, cut to one line.
TITLE_WIDTH = 100
_ENGLISH = "English:"
_ARGUMENT = re.compile(r"\{\w+\}")


class Entry(NamedTuple):
    """One line of the list of rules."""

    id: str
    severity: Severity
    title: str


def _modules() -> dict[str, ModuleType]:
    from vanban.rules import modules

    return {str(module.RULE.id): module for module in modules()}


def _bare() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for family in WITHOUT_MODULE:
        found.update(
            (key, texts) for key, texts in entries(family).items() if key.startswith(family)
        )
    return found


def ids() -> tuple[str, ...]:
    """Return the id of every rule: reading, structure, then the rule modules in their order."""
    bare = _bare()
    return (*bare, *(id for id in _modules() if id not in bare))


def rule(id: str) -> Rule | None:
    """Return what a rule declares; None for reading, structure and settings."""
    module = _modules().get(id)
    return module.RULE if module is not None else None


def severity(id: str) -> Severity:
    """Return the severity that a rule has by itself."""
    declared = rule(id)
    if declared is not None:
        return declared.severity
    return Severity.WARNING if id in COMMENTS else Severity.ERROR


def unknown_beginning(beginnings: tuple[str, ...]) -> str | None:
    """Return the first of ``beginnings`` that no rule id starts with, or None."""
    every = ids()
    return next((b for b in beginnings if not any(i.startswith(b) for i in every)), None)


def listing(lang: str) -> list[Entry]:
    """Return every rule with its title in a language."""
    return [Entry(id, severity(id), title(id, lang)) for id in ids()]


def title(rule: str, lang: str) -> str:
    """Return the name of a rule in one line."""
    module = _modules().get(rule)
    if module is None:
        texts = entries(rule[:3], lang)[rule]
        return str(texts.get(NAME) or say(f"cli.name.{rule}", lang))
    vietnamese, english = _parts(module)
    if lang == "en":
        first = re.split(r"(?<=[.;:])\s", " ".join(english.split()), maxsplit=1)[0]
        return textwrap.shorten(first.rstrip(".;:"), TITLE_WIDTH, placeholder=" …")
    return vietnamese.splitlines()[0].removesuffix(f"({rule}).").strip().rstrip(".")


def page(rule: str, lang: str) -> str:
    """Return the page of a rule: whole in Vietnamese, its summary in English."""
    module = _modules().get(rule)
    if module is None:
        return _made(rule, lang)
    vietnamese, english = _parts(module)
    body = english if lang == "en" else vietnamese
    heading = say(
        "cli.page_heading", lang, id=rule, severity=say(f"output.{module.RULE.severity}", lang)
    )
    return f"{heading}\n\n{body.strip()}\n"


def _parts(module: ModuleType) -> tuple[str, str]:
    vietnamese, _, english = (inspect.getdoc(module) or "").partition(_ENGLISH)
    return vietnamese.strip(), inspect.cleandoc(english)


def _made(rule: str, lang: str) -> str:
    """Make a page of the messages of an id."""
    texts = entries(rule[:3], lang)[rule]
    level = say(f"output.{severity(rule)}", lang)
    heading = say("cli.page_heading", lang, id=rule, severity=level)
    lines = [heading, "", title(rule, lang), "", say("cli.page_messages", lang)]
    for key, text in texts.items():
        if key != NAME and isinstance(text, str):
            # The page shows where the draft's own words will stand.
            lines.append("  - " + _ARGUMENT.sub("…", text))
    return "\n".join(lines) + "\n"
