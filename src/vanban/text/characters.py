"""Characters that may not stand in a text."""

from __future__ import annotations

import re

# Control characters but tab and line feed, soft hyphen, zero-width and direction marks, line and
# paragraph separators, variation selectors, surrogates and noncharacters.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
    + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 17))
    + "]"
)
"""One character that cannot be seen: control, zero-width, direction, separator, noncharacter."""
