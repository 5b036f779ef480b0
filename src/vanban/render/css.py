"""The style sheet of the HTML and PDF pages, generated from a layout profile.

Every figure of the regulation comes from the profile or from what the draft chose inside it; the
template ``base.css.j2`` holds only the construction (columns, page boxes, what stays together).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from vanban.render.fonts import FAMILIES
from vanban.text.metrics import MM_PER_PT

if TYPE_CHECKING:
    from pathlib import Path

    from vanban.compose.document import Document, Layout
    from vanban.compose.profile import Profile, TextStyle
    from vanban.render.fonts import FontFamily

Media = Literal["pdf", "html"]

TEMPLATE = "base.css.j2"
"""The style sheet of every kind."""

FACE = "Vanban Serif"
"""Name under which the chosen files are known to the PDF renderer.

No installed font has it, so nothing but those files can answer to it."""

SINGLE_SPACING = 1.149
"""Height of a line set single-spaced, per pt of type: Times' ascent, descent and line gap."""

FOOT_GAP_POINTS = 3.0
"""Room between a rule over the whole width and the text below it; no regulation says."""

TITLE_BELOW_POINTS = 6.0
"""Room below the last line of a title, beside the line's own; no regulation says."""

DASHES = "gach_trich_yeu"
"""Style of the dashes that stand for a rule under a title."""

WATERMARK_POINTS = 96.0
"""Size of the words behind the pages of a draft; no regulation knows them."""

_WEIGHTS = (("normal", "normal"), ("bold", "normal"), ("normal", "italic"), ("bold", "italic"))


@dataclass(frozen=True, slots=True)
class Face:
    """One ``@font-face``: where its file is, and the weight and slant it stands for."""

    url: str
    weight: str
    slant: str


def number(value: float) -> str:
    """Return a length without needless digits, at most four decimals (``10.0`` → ``10``)."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def declarations(style: TextStyle) -> str:
    """Return the CSS declarations of one style of the profile."""
    parts = [
        f"font-size:{number(style.size_pt)}pt",
        f"text-align:{style.align}",
        f"font-weight:{'bold' if style.bold else 'normal'}",
        f"font-style:{'italic' if style.italic else 'normal'}",
    ]
    if style.color:
        parts.append(f"color:{style.color}")
    if style.underline:
        parts.append("text-decoration:underline")
    if style.indent_mm:
        parts.append(f"text-indent:{number(style.indent_mm)}mm")
    if style.space_before_pt:
        parts.append(f"margin-top:{number(style.space_before_pt)}pt")
    if style.space_after_pt:
        parts.append(f"margin-bottom:{number(style.space_after_pt)}pt")
    if style.keep_next:
        parts.append("break-after:avoid")
    return ";".join(parts)


def line_height(layout: Layout) -> str:
    """Return the pitch of the body: exact in pt, or a multiple of single spacing."""
    if layout.line_pt is not None:
        return f"{number(layout.line_pt)}pt"
    return number((layout.line_multiple or 1) * SINGLE_SPACING)


def contact_height(document: Document, profile: Profile) -> float:
    """Return the height in mm of what stands at the foot of page 1, its rule included."""
    if not document.contact:
        return 0.0
    lines = sum(profile.style(line.style).size_pt for line in document.contact) * SINGLE_SPACING
    return (lines + FOOT_GAP_POINTS + profile.number("header.rule_weight")) * MM_PER_PT


def frame_lines(profile: Profile) -> float:
    """Return what the upper and the lower line of a box take of its height, in mm."""
    return 2 * profile.number("header.rule_weight") * MM_PER_PT


def faces(font: FontFamily) -> tuple[Face, ...]:
    """Return the four faces of a family, with ``file:`` addresses."""
    return tuple(
        Face(path.resolve().as_uri(), weight, slant)
        for path, (weight, slant) in zip(font.files, _WEIGHTS, strict=True)
    )


def stylesheet(
    profile: Profile,
    layout: Layout,
    media: Media,
    font: FontFamily | None = None,
    *,
    own: Path | None = None,
) -> str:
    """Return the style sheet for one profile and the layout a draft chose.

    For ``pdf`` the faces of ``font`` are declared and nothing else can be used; for ``html`` the
    families of ``FAMILIES`` are named and the reader's machine chooses. ``own`` is an office's
    template: a ``base.css.j2`` beside it takes the place of ours. Raises TemplateError for that.
    """
    if own is not None and os.path.isfile(given := own.parent / TEMPLATE):  # noqa: PTH113
        return _of_office(given, profile.name, layout, media, font)
    return _render(profile.name, layout, media, font)


def _of_office(
    path: Path, profile_name: str, layout: Layout, media: Media, font: FontFamily | None
) -> str:
    from vanban.render.sandbox import Budget, broken, spending

    try:
        with spending(Budget(steps=100_000, chars=2_000_000, seconds=1.0)):
            return _fill(profile_name, layout, media, font, path.parent)
    except Exception as error:  # a template may fail in any way; none of them is a fault of ours
        raise broken(error, str(path)) from error


@lru_cache(maxsize=64)
def _render(profile_name: str, layout: Layout, media: Media, font: FontFamily | None) -> str:
    return _fill(profile_name, layout, media, font)


def _below_dashes(profile: Profile) -> float:
    """Return the room in pt that the dashes under a title have, 0 where a rule stands there."""
    return profile.style(DASHES).space_after_pt if profile.wording["under_subject"] else 0.0


def _fill(
    profile_name: str, layout: Layout, media: Media, font: FontFamily | None, *folders: Path
) -> str:
    from vanban.compose.profile import load_profile
    from vanban.render.sandbox import environment

    profile = load_profile(profile_name)
    named = ", ".join(f'"{name}"' for name in FAMILIES)
    return (
        environment(*folders, autoescape=False)
        .get_template(TEMPLATE)
        .render(
            media=media,
            faces=faces(font) if font else (),
            family=f'"{FACE}"' if media == "pdf" else f"{named}, serif",
            page=profile.page,
            page_number=profile.page_number,
            layout=layout,
            line_height=line_height(layout),
            single=number(SINGLE_SPACING),
            rule_weight=profile.number("header.rule_weight"),
            row_gap=profile.number("signature.row_gap"),
            copy_gap=profile.number("copy.gap"),
            foot_gap=FOOT_GAP_POINTS,
            watermark_pt=WATERMARK_POINTS,
            below=TITLE_BELOW_POINTS,
            title_below=TITLE_BELOW_POINTS + _below_dashes(profile),
            restart=profile.page_number.appendix_restart,
            styles={
                name: declarations(style)
                for name, style in profile.styles_for(layout.body_pt).items()
            },
        )
    )
