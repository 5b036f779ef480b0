"""Numbers and letters that a heading was typed with."""

from __future__ import annotations

import re

_OWN_NUMBER = re.compile(
    r"\s*(?P<number>"
    # Phần thứ nhất:, Phần I., Mục 2 -, Phụ lục 1:
    r"(?:phần|chương|mục|phụ\s+lục)\s+(?:thứ\s+\w+|(?-i:[IVXL]{1,6})|\d{1,2})"
    r"(?:\s*[.:–-]|(?-i:(?=\s+[A-ZĐ])))"
    # I-, II., IV/ but not the initials of "V. I. Lê-nin"
    r"|(?-i:[IVX]|[IVXL]{2,6})\s*(?:\.[-–]|[.:)/–-])(?!\s*[A-ZĐ]\.)(?=\s|(?-i:[^\W\d_]{2}))"
    # 1. 1.2. 3) ; behind a dash or stroke only with a space and a word, so not 15-NQ, 30/4, 6 - 9
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\s*(?:\.[-–]|[.)])(?=\s|[^\W\d_])"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s+[^\W\d_])"
    r"|\d{1,2}\s?[/:–-](?=\s+[^\W\d_])"
    # a) b. đ/ (1) (a)
    r"|(?-i:[a-zđ])(?:\s?[).]|/)(?=\s|[^\W\d_]{2})"
    r"|\((?-i:[a-zđ]|[IVX]{1,4}|\d{1,2})\)"
    # A. B- but not "C. Mác"
    r"|(?-i:[A-EĐ])\s?(?:[)–-]|\.(?!\s*Mác))(?=\s)"
    r"|[-–+•*](?=\s|[^\W\d_])"
    r")\s*(?=\S)",
    re.IGNORECASE,
)


def own_number(text: str) -> re.Match[str] | None:
    """Return what a heading was numbered with by hand (group ``number``), spaces around it."""
    return _OWN_NUMBER.match(text)
