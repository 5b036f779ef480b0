"""Archiving: a PDF of any engine becomes PDF/A-3a + PDF/UA-1 with the data inside.

``finishing`` holds what every PDF gets, whatever made it; ``weasyprint_tags`` builds the structure
tree while WeasyPrint paints, since only there box and mark are known together.
"""

from __future__ import annotations

from vanban.archive.finishing import finish

__all__ = ["finish"]
