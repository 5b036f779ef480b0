"""Bytes become a Draft: YAML and JSON with the place of every value."""

from vanban.read.draft import Draft, NoPositions, Positions, pointer_of, pointer_parts
from vanban.read.reader import from_mapping, looks_like_draft, read_bytes, read_path, read_text

__all__ = [
    "Draft",
    "NoPositions",
    "Positions",
    "from_mapping",
    "looks_like_draft",
    "pointer_of",
    "pointer_parts",
    "read_bytes",
    "read_path",
    "read_text",
]
