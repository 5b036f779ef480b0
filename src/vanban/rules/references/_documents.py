"""Well-known central documents: what they are called, their dates, and how sure each date is.

``dates`` holds every date under which a document of that number is known: numbers start again with
each term of office, so one symbol may stand for two documents, and of one document the sources may
give different dates. ``certain`` is A (read in the source), B (secondary) or C (from memory).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from vanban.finding import Certainty


class Document(NamedTuple):
    """A document as it is cited: type, symbol, and the dates it is known under."""

    kind: str
    symbol: str
    dates: tuple[date, ...]
    certain: Certainty


_A, _B, _C = Certainty.A, Certainty.B, Certainty.C

DOCUMENTS = (
    Document("quy định", "66-qđ/tw", (date(2017, 2, 6),), _C),
    Document("quy định", "399-qđ/tw", (date(2026, 1, 9),), _A),
    Document("quy định", "366-qđ/tw", (date(2025, 8, 30),), _A),
    Document("quy định", "124-qđ/tw", (date(2023, 10, 4),), _C),
    Document("quy định", "75-qđ/tw", (date(2017, 3, 8),), _A),
    Document("quyết định", "302-qđ/tw", (date(2025, 6, 9),), _A),
    Document("quyết định", "885-qđ/ubkttw", (date(2022, 12, 29),), _A),
    Document("hướng dẫn", "36-hd/vptw", (date(2018, 4, 3),), _A),
    # Three sources, three dates: any of them is let pass.
    Document(
        "hướng dẫn", "05-hd/vptw", (date(2026, 5, 27), date(2026, 1, 12), date(2021, 11, 23)), _C
    ),
    Document("hướng dẫn", "16-hd/vptw", (date(2023, 2, 23),), _A),
    Document("hướng dẫn", "11-hd/btctw", (date(2021, 12, 13),), _A),
    Document("hướng dẫn", "42-hd/btctw", (date(2025, 10, 28),), _B),
    Document("công văn", "7619-cv/btctw", (date(2024, 12, 30),), _A),
    # Two terms of office, two documents of this number.
    Document("kết luận", "01-kl/tw", (date(2021, 5, 18), date(2016, 4, 4)), _B),
    Document("nghị quyết", "18-nq/tw", (date(2017, 10, 25),), _B),
    Document("nghị quyết", "19-nq/tw", (date(2017, 10, 25),), _C),
    Document("nghị định", "30/2020/nđ-cp", (date(2020, 3, 5),), _A),
    Document("nghị định", "09/2019/nđ-cp", (date(2019, 1, 24),), _C),
)

KNOWN = {(document.kind, document.symbol): document for document in DOCUMENTS}
"""The documents by type and symbol, both in lower case."""
