"""What the proof at export costs: at most 20 ms for 8 pages of PDF, and 5 ms for a DOCX.

``python -m benchmarks.proof_cost`` renders the 9-month example, proves the finished bytes again
and again, prints the median and the least of each format, and ends 1 when a median is over its
limit. A PDF is counted per 8 pages. CPU times; a busy machine raises them all the same (caches,
shared cores), which shows in the distance between the two columns: look at the least then.
"""

from __future__ import annotations

import argparse
import time
from statistics import median

from benchmarks.drafts import EXAMPLE
from vanban import exporting
from vanban.compose.profile import load_profile
from vanban.config import Config
from vanban.proof import prove
from vanban.read.reader import read_path
from vanban.render.fonts import find_font

PAGES = 8
LIMITS = {"pdf": 20.0, "docx": 5.0}
"""Most milliseconds of a proof: of a PDF per ``PAGES`` pages, of a DOCX of the example."""


def measured(format: str, rounds: int) -> tuple[float, float, int]:
    """Return the median and the least cost in ms (of a PDF per 8 pages), and the size in bytes."""
    draft = read_path(str(EXAMPLE))
    made = exporting.render(draft, format)
    document, _ = exporting._document(draft, None, False, Config.of(None))
    profile, font = load_profile(document.meta.profile), find_font()
    took = []
    for _ in range(rounds):
        start = time.process_time()
        found = prove(
            format, made.data, document, profile=profile, pages=made.pages, font=font
        )  # fmt: skip
        took.append((time.process_time() - start) * 1000)
        assert not found, found
    part = PAGES / made.pages if made.pages else 1.0
    return median(took) * part, min(took) * part, len(made.data)


def main() -> int:
    """Measure, print, and return 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    print("format     bytes  median ms   least ms   limit")
    over = False
    for format in ("pdf", "docx", "html"):
        middle, least, size = measured(format, rounds)
        limit = LIMITS.get(format)
        over = over or (limit is not None and middle > limit)
        print(f"{format:6} {size:9} {middle:10.1f} {least:10.1f} {limit or '':>7}")
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
