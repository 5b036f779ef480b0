"""The engine: a draft goes in, every finding comes out, sorted by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from vanban import kinds
from vanban.catalogue import say
from vanban.check.rule import Context
from vanban.config import Config
from vanban.errors import InternalError, VanbanError
from vanban.finding import Finding, Result
from vanban.read.draft import Draft, pointer_parts

if TYPE_CHECKING:
    from types import ModuleType

    from vanban.check.judge import Judge
    from vanban.check.roles import Resolve, Walker
    from vanban.kinds import Kind


def validate(
    draft: Draft,
    *,
    profile: str | None = None,
    config: Config | Mapping[str, Any] | None = None,
    previous: Draft | Sequence[Draft] | None = None,
) -> Result:
    """Check a draft: faults of reading, else structure and then the rules.

    ``profile`` names the layout regulation, else the settings or the draft's own date choose.
    ``config`` are an office's settings, or a mapping with the keys of ``vanban.toml`` (``select``,
    ``ignore``, ``severity``, ``options`` …). ``previous`` is an earlier report of the same body, or
    several. Raises VanbanError for an unknown profile and InternalError, which names the rule,
    when a rule crashes.
    """
    from vanban.check import suppression
    from vanban.check.pages import ids
    from vanban.text.numbers import exact

    settings = Config.of(config)
    if not draft.readable:
        return Result.sorted(settings.weighed(draft.faults))
    kind = kinds.find(draft.kind or "")
    if kind is None:
        raise InternalError(say("cli.unknown_kind", kind=draft.kind or ""))
    earlier = () if previous is None else (previous,) if isinstance(previous, Draft) else previous
    with exact():
        checked, silent = _check(draft, kind, profile or settings.profile, settings, earlier)
    found = settings.weighed([*draft.faults, *checked])
    told, left = suppression.apply(draft, found, settings, ids, silent)
    return Result.sorted(settings.weighed(told), left)


def _check(
    draft: Draft,
    kind: Kind,
    profile: str | None,
    settings: Config,
    earlier: Sequence[Draft],
) -> tuple[list[Finding], set[str]]:
    """Return what was found, and the rules that asked for an earlier report where none is."""
    from vanban.check.echoes import sift
    from vanban.rules import modules

    context, found = _context(draft, kind, profile, settings, earlier)
    findings = list(found)
    silent: set[str] = set()
    for module in modules():
        if not settings.enabled(module.RULE.id):
            continue
        findings.extend(_run(module, context))
        # What a context has opened stays in it, and is taken out so that the next can be seen ask.
        if not earlier and vars(context).pop("earlier", None) is not None:
            silent.add(module.RULE.id)
    return sift(context, findings), silent


def _context(
    draft: Draft,
    kind: Kind,
    profile: str | None,
    settings: Config,
    earlier: Sequence[Draft] = (),
) -> tuple[Context, tuple[Finding, ...]]:
    """Return what rules are given for a draft, and what the schema layer found in it."""
    from vanban.check import schema_layer
    from vanban.compose.profile import choose_profile
    from vanban.text.tone import TONE_KEY, style_of

    outcome = schema_layer.check(draft, *_tools(kind))

    def open_earlier() -> tuple[Context, ...]:
        found = []
        for one in earlier:
            its_kind = kinds.find(one.kind or "") if one.readable else None
            if its_kind is not None:
                found.append(_context(one, its_kind, None, settings)[0])
        return tuple(found)

    layout = choose_profile(draft.data, profile)
    nodes = outcome.annotated.nodes(outcome.invalid)
    chosen = [node.value for node in nodes.get("tone-style", ())]
    context = Context(
        draft=draft,
        options=settings.options,
        tone_style=style_of(*chosen, settings.style.get(TONE_KEY)),
        party=layout.is_party,
        kind=kind,
        profile=layout,
        nodes=nodes,
        invalid=outcome.invalid,
        written=outcome.annotated.sound_texts(outcome.invalid),
        open_earlier=open_earlier,
    )
    return context, tuple(outcome.findings)


def _run(module: ModuleType, context: Context) -> list[Finding]:
    try:
        return list(context.told(module.check))
    except VanbanError:
        raise
    except Exception as error:
        text = say(
            "cli.rule_crashed",
            rule=module.RULE.id,
            file=context.draft.path or "-",
            error=f"{type(error).__name__}: {error}",
        )
        raise InternalError(text) from error


@cache
def _tools(kind: Kind) -> tuple[Walker, Judge]:
    """Return the walker and the judge of a kind, made once."""
    from vanban.check.bundle import bundle
    from vanban.check.judge import Judge
    from vanban.check.roles import Walker

    whole = bundle(kind)
    return Walker(whole, local_reference(whole)), Judge(whole)


def walker_of(kind: Kind) -> Walker:
    """Return the walker of a kind (for those who need titles and roles without a check)."""
    return _tools(kind)[0]


def local_reference(root: Mapping[str, Any]) -> Resolve:
    """Return what resolves ``#/…`` inside one self-contained schema.

    It raises InternalError for a reference that points at nothing.
    """
    known: dict[str, Mapping[str, Any]] = {}

    def resolve(reference: str) -> Mapping[str, Any]:
        found = known.get(reference)
        if found is None:
            node: Any = root
            for part in pointer_parts(reference.removeprefix("#")):
                node = node.get(part) if isinstance(node, Mapping) else None
            if not isinstance(node, Mapping):
                raise InternalError(say("cli.bad_reference", reference=reference))
            found = known[reference] = node
        return found

    return resolve
