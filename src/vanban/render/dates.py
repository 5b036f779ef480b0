"""The one date that a document's files bear in their metadata."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanban.compose.document import Document

FIXED_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a document without one, where ``SOURCE_DATE_EPOCH`` says nothing either."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def metadata_date(document: Document) -> datetime:
    """Return the date of the metadata: the document's, else ``SOURCE_DATE_EPOCH``, else fixed.

    Always in UTC and in whole seconds; the clock is never asked, so that the same draft gives the
    same bytes. What is no number of seconds since 1970 in the environment counts as nothing.
    """
    if document.meta.created:
        made = datetime.fromisoformat(document.meta.created)
        made = made if made.tzinfo else made.replace(tzinfo=UTC)
        return made.astimezone(UTC).replace(microsecond=0)
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if given.isascii() and given.isdigit():
        try:
            return _EPOCH + timedelta(seconds=int(given))
        except (OverflowError, ValueError):
            return FIXED_DAY
    return FIXED_DAY


def metadata_stamp(document: Document) -> str:
    """Return ``metadata_date`` as Dublin Core wants it: ``2023-10-09T00:00:00Z``."""
    return f"{metadata_date(document):%Y-%m-%dT%H:%M:%SZ}"
