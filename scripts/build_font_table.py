"""Build src/vanban/text/times.json: the widths of Times New Roman and the characters we accept.

The widths are read from Liberation Serif 2.1.5, which is metric-compatible with Times New Roman;
only characters that all four of its styles have and that lie in the blocks below are accepted.
Run it by hand when the list changes:

    python scripts/build_font_table.py LIBERATION_FOLDER TINOS_FOLDER

With the second folder a character must be in Tinos as well. Only numbers (advance widths) are
taken, no outlines.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

DEFAULT_FOLDER = Path("/usr/share/fonts/truetype/liberation2")
TARGET = Path(__file__).resolve().parent.parent / "src" / "vanban" / "text" / "times.json"
STYLES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bold_italic": "BoldItalic"}

# What a Vietnamese official document can sensibly hold; the font has more.
BLOCKS = (
    (0x0020, 0x007E, "Basic Latin"),
    (0x00A0, 0x00FF, "Latin-1"),
    (0x0100, 0x017F, "Latin Extended-A"),
    (0x0180, 0x024F, "Latin Extended-B (ơ, ư and neighbours)"),
    (0x02C6, 0x02DD, "spacing modifier letters"),
    (0x0300, 0x0304, "combining marks: grave, acute, circumflex, tilde, macron"),
    (0x0306, 0x0306, "combining breve"),
    (0x0309, 0x0309, "combining hook above"),
    (0x031B, 0x031B, "combining horn"),
    (0x0323, 0x0323, "combining dot below"),
    (0x0370, 0x03CE, "Greek"),
    (0x0400, 0x045F, "Cyrillic"),
    (0x0490, 0x0491, "Cyrillic ghe with upturn"),
    (0x1E00, 0x1EFF, "Latin Extended Additional"),
    (0x2010, 0x2027, "general punctuation, dashes and quotes"),
    (0x2030, 0x205E, "general punctuation, per mille to quadruple prime"),
    (0x2070, 0x209F, "superscripts and subscripts"),
    (0x20A0, 0x20BF, "currency"),
    (0x2100, 0x214F, "letterlike"),
    (0x2150, 0x218F, "fractions and Roman numerals"),
    (0x2190, 0x21FF, "arrows"),
    (0x2200, 0x22FF, "mathematics"),
    (0x25A0, 0x25FF, "geometric shapes"),
    (0x2660, 0x2666, "card suits of WGL4"),
)
# Format and control characters are invisible: a text that holds one is questioned, not measured.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def widths(font: TTFont) -> dict[int, int]:
    """Return the advance width of every character of a font, scaled to 2048 units per em."""
    scale = 2048 / font["head"].unitsPerEm
    metrics = font["hmtx"].metrics
    return {code: round(metrics[name][0] * scale) for code, name in font.getBestCmap().items()}


def accepted(code: int) -> bool:
    """Return whether a character may stand in a document at all."""
    in_block = any(first <= code <= last for first, last, _ in BLOCKS)
    return in_block and unicodedata.category(chr(code)) not in INVISIBLE


def faces(folder: Path, family: str) -> dict[str, TTFont]:
    """Open the four faces of a family."""
    return {k: TTFont(folder / f"{family}-{v}.ttf") for k, v in STYLES.items()}


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    fonts = faces(folder, "LiberationSerif")
    tables = {k: widths(font) for k, font in fonts.items()}
    common = set.intersection(*(set(table) for table in tables.values()))
    if len(sys.argv) > 2:
        for font in faces(Path(sys.argv[2]), "Tinos").values():
            common &= set(font.getBestCmap())
    accepted_codes = {code for code in common if accepted(code)}
    # Names are printed in capitals: a letter whose capital has no shape cannot be printed there.
    codes = sorted(c for c in accepted_codes if set(map(ord, chr(c).upper())) <= accepted_codes)
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([code, 1])
    data = {
        "font": str(fonts["regular"]["name"].getDebugName(4)),
        "version": str(fonts["regular"]["name"].getDebugName(5)),
        "units_per_em": 2048,
        "runs": runs,
        "widths": {k: [table[code] for code in codes] for k, table in tables.items()},
    }
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    TARGET.write_text(text + "\n", "utf-8")
    print(f"{TARGET.name}: {len(codes)} characters, {len(text)} bytes")


if __name__ == "__main__":
    main()
