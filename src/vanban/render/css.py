"""The style sheet of the HTML and PDF pages, generated from a layout profile.

Every figure of the regulation comes from the profile or from what the draft chose inside it; the
template ``base.css.j2`` holds only the construction (columns, page boxes, what stays together).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from vanban.render.fonts import FAMILIES

if TYPE_CHECKING:
    from vanban.compose.document import Layout
    from vanban.compose.profile import Profile, TextStyle
    from vanban.render.fonts import FontFamily

Media = Literal["pdf", "html"]

FACE = "Vanban Serif"
"""Name under which the chosen files are known to the PDF renderer.

No installed font has it, so nothing but those files can answer to it."""

SINGLE_SPACING = 1.149
"""Height of a line set single-spaced, per pt of type: Times' ascent, descent and line gap."""

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


def faces(font: FontFamily) -> tuple[Face, ...]:
    """Return the four faces of a family, with ``file:`` addresses."""
    return tuple(
        Face(path.resolve().as_uri(), weight, slant)
        for path, (weight, slant) in zip(font.files, _WEIGHTS, strict=True)
    )


def stylesheet(
    profile: Profile, layout: Layout, media: Media, font: FontFamily | None = None
) -> str:
    """Return the style sheet for one profile and the layout a draft chose.

    For ``pdf`` the faces of ``font`` are declared and nothing else can be used; for ``html`` the
    families of ``FAMILIES`` are named and the reader's machine chooses.
    """
    return _render(profile.name, layout, media, font)


@lru_cache(maxsize=64)
def _render(profile_name: str, layout: Layout, media: Media, font: FontFamily | None) -> str:
    from vanban.compose.profile import load_profile
    from vanban.render.html import environment

    profile = load_profile(profile_name)
    named = ", ".join(f'"{name}"' for name in FAMILIES)
    return (
        environment(autoescape=False)
        .get_template("base.css.j2")
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
            restart=profile.page_number.appendix_restart,
            styles={
                name: declarations(style)
                for name, style in profile.styles_for(layout.body_pt).items()
            },
        )
    )
