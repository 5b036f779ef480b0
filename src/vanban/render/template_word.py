"""The faults of a Word template: its tags, how they nest, what it brings along, what it lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vanban.catalogue import say
from vanban.doors import files
from vanban.doors.zip import MAX_FILE_BYTES
from vanban.errors import TemplateError
from vanban.render import docx_package
from vanban.render.docx_fill import BODY_STYLE, CELL_STYLE, HEAD_CELL_STYLE, style_ids
from vanban.render.docx_package import Package, PackageError, parse_xml
from vanban.render.docx_tags import Spot, W, environment, part_title, spots, text_of
from vanban.render.template_check import trials
from vanban.render.template_fields import described, marks, required, sometimes, word_fields
from vanban.render.template_tags import (
    ERROR,
    WARNING,
    Fault,
    Looker,
    Place,
    Tag,
    pieces,
    split_level,
    strays,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vanban.kinds import Kind

_PARTS = ("header", "footer", "footnotes", "endnotes")
_FLOW = "van_ban[]"
_OURS = "VB"
_STYLE_TAGS = ("pStyle", "rStyle", "tblStyle")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_MAX_STYLES = 20
_PROFILE = re.compile(r"document\.([a-z0-9-]+)\.docx")


def check_word(path: Path, kind: Kind, profile: str | None) -> list[Fault]:
    """Return everything that is wrong with a Word template, in the order of its parts.

    Raises TemplateError when the file cannot be read or is no DOCX at all.
    """
    try:
        data = files.read(path, MAX_FILE_BYTES)
    except (OSError, ValueError) as error:
        raise TemplateError(say("template.check_missing", path=path)) from error
    try:
        package = Package.read(data)
        found = _Word(path, package).faults()
    except PackageError as error:
        raise docx_package.refused(error, str(path)) from error
    if not any(fault.severity == ERROR for fault in found):
        found += _trial(path, kind, profile)
    return found


class _Word:
    """One Word template under examination."""

    def __init__(self, path: Path, package: Package) -> None:
        self.name = str(path)
        self.package = package
        self.main = package.main_part()

    def faults(self) -> list[Fault]:
        """Return what is wrong."""
        found = [self._problem(problem) for problem in docx_package.problems(self.package)]
        used: set[str] = set()
        tagged = False
        parts = [self.main]
        for kind in _PARTS:
            parts += sorted(set(self.package.related(self.main, kind)))
        for part in parts:
            root = parse_xml(self.package.with_tags(part), part)
            looker = Looker(environment(), word_fields())
            tags = list(self._tags(root, part))
            tagged = tagged or (part == self.main and bool(tags))
            looker.look(tag for tag in tags if tag.opener != "}}")
            looker.faults += [
                Fault("stray", tag.place, tag=tag.inside) for tag in tags if tag.opener == "}}"
            ]
            order = {tag.place: number for number, tag in reversed(list(enumerate(tags)))}
            found += sorted(looker.faults, key=lambda fault: order.get(fault.place, len(tags)))
            found += self._styles_of(root, part)
            used |= looker.used
        if not tagged:
            found.append(Fault("no_tags", self._whole(self.main)))
        else:
            found += self._missing(used)
        found += self._lost_styles()
        return found

    def _problem(self, error: PackageError) -> Fault:
        part = error.details.get("part")
        words = say("template.place_part", part=part) if part else ""
        detail = say(error.key, **error.details)
        return Fault("package", Place(self.name, words, part=part), details=(("detail", detail),))

    def _whole(self, part: str) -> Place:
        return Place(self.name, say("docx.place.whole", part=part_title(part)), part=part)

    def _place(self, spot: Spot) -> Place:
        return Place(
            self.name, spot.words, part=spot.part, paragraph=spot.paragraph, table=spot.table,
            row=spot.row, cell=spot.cell,
        )  # fmt: skip

    def _tags(self, root: Any, part: str) -> Iterator[Tag]:
        """Yield the tags of a part; the end of one that nothing begins is one with ``}}``."""
        for paragraph, spot in spots(root, part):
            text = text_of(paragraph).translate(_QUOTES)
            named = [
                str(value)
                for node in paragraph.iter()
                if next(node.iterancestors(f"{W}p"), None) is paragraph
                for value in node.attrib.values()
                if "{{" in str(value) or "{%" in str(value)
            ]
            if "{" not in text and "}" not in text and not named:
                continue
            place = self._place(spot)
            for held in (text, *named):
                for piece in pieces(held):
                    level, inside = split_level(piece.inside)
                    if piece.opener == "{#":
                        level, inside = "", piece.inside
                    home = _home(paragraph, level)
                    yield Tag(piece.opener, inside, place, level, home, piece.ended)
            for _at, stray in strays(text):
                yield Tag("}}", stray, place)

    # --- what is lacking -------------------------------------------------------------------

    def _missing(self, used: set[str]) -> Iterator[Fault]:
        """Yield the fields that never appear: without them texts of the document are lost."""
        said = described("word")
        whole = any(path.startswith(_FLOW) for path in used)
        place = self._whole(self.main)
        for path in required():
            if path not in used and (whole or _own_body(path) not in used):
                details = (("field", path), ("what", said[path]))
                yield Fault("never", place, details=details)
        body = _FLOW if whole else "noi_dung[]"
        optional = [path.replace(_FLOW, body) for path in sometimes()]
        if not whole:
            optional += ["phu_luc[].tieu_de[].chu", "phu_luc[].noi_dung[].chu"]
        lost = [path for path in optional if path not in used]
        if lost:
            yield Fault("never_some", place, WARNING, details=(("fields", ", ".join(lost)),))
        if whole or f"{body}.hang[][].chu" in used:
            for path in marks():
                if path.replace(_FLOW, body) not in used:
                    details = (("field", path), ("what", said[path]))
                    yield Fault("no_mark", place, WARNING, details=details)

    def _styles(self) -> set[str]:
        """Return the ids of the file's styles, and those of ours whose names it keeps."""
        found: set[str] = set()
        for name in self.package.related(self.main, "styles"):
            root = parse_xml(self.package.parts[name], name)
            for style in root.iter(f"{W}style"):
                found.add(str(style.get(f"{W}styleId")))
                name = style.find(f"{W}name")
                if name is not None and str(name.get(f"{W}val")) in style_ids():
                    found.add(style_ids()[str(name.get(f"{W}val"))])
        return found

    def _styles_of(self, root: Any, part: str) -> Iterator[Fault]:
        """Yield the styles that paragraphs name and the file does not have."""
        known = self._styles()
        told: set[str] = set()
        for paragraph, spot in spots(root, part):
            for tag in _STYLE_TAGS:
                for node in paragraph.iter(f"{W}{tag}"):
                    name = str(node.get(f"{W}val"))
                    if name not in known and name not in told and len(told) < _MAX_STYLES:
                        told.add(name)
                        yield Fault("style", self._place(spot), WARNING, details=(("style", name),))

    def _lost_styles(self) -> Iterator[Fault]:
        """Yield the styles of ours that the filling looks for, where others of ours are kept."""
        known = self._styles()
        if any(name.startswith(_OURS) for name in known):
            for name in (BODY_STYLE, CELL_STYLE, HEAD_CELL_STYLE):
                if name not in known:
                    place = self._whole(self.main)
                    yield Fault("style_expected", place, WARNING, details=(("style", name),))


def _own_body(path: str) -> str:
    """Return the field that takes the place of one of ``van_ban`` where the body stands alone."""
    return path.replace(_FLOW, "noi_dung[]")


def _home(paragraph: Any, level: str) -> Any:
    """Return what must hold a tag and its end alike."""
    wanted = {"tr": "tbl", "tc": "tr"}.get(level)
    if wanted is None:
        return paragraph.getparent()
    return next(paragraph.iterancestors(f"{W}{wanted}"), paragraph.getparent())


def _trial(path: Path, kind: Kind, profile: str | None) -> list[Fault]:
    """Fill the template with the examples; return what fails or does not arrive."""
    from vanban.compose.profile import profiles
    from vanban.render.docx import render_docx

    named = _PROFILE.fullmatch(path.name)
    if profile is None and named and named.group(1) in profiles():
        profile = named.group(1)
    for document in trials(kind, profile):
        try:
            render_docx(document, kind, path)
        except TemplateError as error:
            detail = str(error).removeprefix(say("docx.template", name=path, detail=""))
            return [Fault("fails", Place(str(path)), details=(("detail", detail),))]
    return []
