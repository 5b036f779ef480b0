"""What all rules together cost, beside one plain tokenisation of the same texts.

For each size a number of drafts are made (``drafts.py``), each with its own seed, and for each
draft in turn the texts are tokenised once and all rules are run once, caches empty. The schema
layer is not counted, the shared run of words (``ctx.prose``) is. Times are CPU times, without the
garbage collector on either side. Run it with ``make bench-rules``.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks import drafts
from vanban import kinds
from vanban.check import engine
from vanban.check.rule import Context
from vanban.config import Config
from vanban.read.reader import from_mapping
from vanban.rules import modules
from vanban.rules._walk import strings

TOKEN = re.compile(r"\w+|[^\w\s]")
LIMIT = 5.0
PROSE = "prose"
# Patterns and words of the code, not readings of a draft: they stay as a long-lived process has
# them after its first draft.
KEPT = frozenset({"patterns", "_compiled", "cues"})


def context(data: Mapping[str, Any]) -> Context:
    """Return what rules are given for a draft, the schema layer behind it."""
    draft = from_mapping(dict(data))
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    return engine._context(draft, kind, None, Config())[0]


def clear_caches() -> None:
    """Forget every reading of a text that the modules of vanban keep."""
    for name, module in list(sys.modules.items()):
        if not name.startswith("vanban"):
            continue
        for key, value in list(vars(module).items()):
            info = getattr(value, "cache_info", None)
            if info is not None and key not in KEPT and info().maxsize is not None:
                value.cache_clear()


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds of CPU time some work takes."""
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


@dataclass
class Round:
    """One draft: its size in characters, the tokenisation, each rule (and the run of words)."""

    size: int
    tokens: float
    rules: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Return what all rules took."""
        return sum(self.rules.values())

    def share(self, wanted: Callable[[str], bool]) -> float:
        """Return what some of the rules took, in tokenisations."""
        return sum(took for rule, took in self.rules.items() if wanted(rule)) / self.tokens


def measure(data: Mapping[str, Any]) -> Round:
    """Measure one draft."""
    ctx = context(data)
    texts = [text for _, text in strings(ctx)]
    # The walk is the rules' own: they do it again.
    ctx._made.clear()
    clear_caches()
    gc.collect()
    gc.disable()
    try:

        def tokenise() -> None:
            for text in texts:
                _ = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]

        def run_of_words() -> None:
            _ = (ctx.prose.where, ctx.prose.gaps)

        before = timed(tokenise)
        rules = {PROSE: timed(run_of_words)}
        for module in modules():
            rules[module.RULE.id] = timed(lambda check=module.check: ctx.told(check))  # type: ignore[misc]
        tokens = min(before, timed(tokenise))
    finally:
        gc.enable()
    return Round(sum(map(len, texts)), tokens, rules)


def is_new(rule: str) -> bool:
    """Tell whether a rule is one of those about words, which work on plain text too."""
    return rule.startswith("TXT")


def rows(sizes: list[int], rounds: int) -> Iterator[tuple[str, list[Round]]]:
    """Yield each size with its rounds; the first draft of all only warms the code up."""
    measure(drafts.draft(20_000, 0))
    yield "9-thang", [measure(drafts.example()) for _ in range(rounds * 3)]
    for size in sizes:
        count = max(2, rounds if size < 1_000_000 else rounds // 2)
        yield (
            f"{size // 1000} kB",
            [measure(drafts.draft(size, seed)) for seed in range(1, count + 1)],
        )


def report(name: str, found: list[Round]) -> float:
    """Print the row of a size and return its ratio (the median)."""
    ratio = median(one.total / one.tokens for one in found)
    least = min(one.total / one.tokens for one in found)
    tokens, total = median(r.tokens for r in found), median(r.total for r in found)
    size = median(r.size for r in found)
    old = median(r.share(lambda rule: not is_new(rule) and rule != PROSE) for r in found)
    new, prose = (median(r.share(one) for r in found) for one in (is_new, PROSE.__eq__))
    print(
        f"{name:>9} {size / 1000:8.1f} {tokens:9.2f} {total:9.1f} {ratio:6.2f} {least:6.2f} "
        f"{prose:6.2f} {old:6.2f} {new:6.2f} {total / size * 1000:8.3f}"
    )
    return ratio


def dearest(found: list[Round], count: int = 10) -> str:
    """Return the dearest rules with their cost in hundredths of a tokenisation."""
    cost = {rule: median(one.rules[rule] / one.tokens for one in found) for rule in found[0].rules}
    first = sorted(cost.items(), key=lambda item: -item[1])[:count]
    return ", ".join(f"{rule} {took * 100:.0f}" for rule, took in first)


def main() -> int:
    """Measure, print the table, and return 1 when a size costs more than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(drafts.SIZES))
    options = parser.parse_args()
    print(
        "     size    chars  tokens ms rules ms  ratio  least  prose    old    TXT   ms/kB\n"
        "            (1000)                     (median) (min)  (in tokenisations)"
    )
    measured = list(rows(options.sizes, options.rounds))
    ratios = [report(name, found) for name, found in measured]
    print("\nDearest, in hundredths of a tokenisation:")
    for name, found in measured:
        print(f"{name:>9}: {dearest(found)}")
    perkb = [
        min(one.total / one.size for one in found) for name, found in measured if name != "9-thang"
    ]
    if len(perkb) > 1:
        print(
            f"\nLinear: a kB of the largest costs {perkb[-1] / perkb[0]:.2f} of one of the least."
        )
    return int(max(ratios) > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
