"""The fields that templates may use: their names, how they nest, what each holds.

``templates/fields.toml`` says it for Word; a test holds it against what ``docx_fill`` hands over.
Pages use the Document itself: there the types of its classes say it.
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from vanban import resources
from vanban.render.sandbox import METHODS


@dataclass(frozen=True)
class Shape:
    """What a name in a template holds.

    ``fields`` when it has fields, ``item`` when it is a list; neither: one value to print.
    ``path`` is its name from the beginning (``ky.chuc_vu[].chu``); ``known`` is False when
    anything may stand there.
    """

    path: str = ""
    fields: dict[str, Shape] = field(default_factory=dict)
    item: Shape | None = None
    known: bool = True

    @property
    def leaf(self) -> bool:
        """True when it is one value."""
        return self.known and not self.fields and self.item is None


ANY = Shape(known=False)
VALUE = Shape()


@cache
def _catalogue() -> dict[str, Any]:
    path = resources.data_root() / "templates" / "fields.toml"
    return tomllib.loads(path.read_text("utf-8"))


def described(sort: str) -> dict[str, str]:
    """Return every field of a sort of template (``word``, ``page``): path → what it holds."""
    found: dict[str, str] = {}
    for names in _catalogue()[sort].values():
        found |= names
    return found


def required() -> tuple[str, ...]:
    """Return the fields without which a Word template leaves out what every document has."""
    return tuple(_catalogue()["word"]["required"])


def sometimes() -> tuple[str, ...]:
    """Return the fields that print something only in documents that have it."""
    return tuple(_catalogue()["word"]["sometimes"])


def marks() -> tuple[str, ...]:
    """Return the fields that print nothing and without which columns or pages go wrong."""
    return tuple(_catalogue()["word"]["marks"])


def shape_of(paths: typing.Iterable[str]) -> dict[str, Shape]:
    """Return the shapes of the names at the beginning of the paths."""
    tree: dict[str, Any] = {}
    for path in paths:
        node = tree
        for step in path.replace("[]", ".[]").split("."):
            node = node.setdefault(step, {})
    return {name: _built(name, held) for name, held in tree.items()}


def _built(path: str, held: dict[str, Any]) -> Shape:
    item = held.get("[]")
    return Shape(
        path,
        {name: _built(f"{path}.{name}", inner) for name, inner in held.items() if name != "[]"},
        None if item is None else _built(f"{path}[]", item),
    )


_FLOW = "van_ban[]"
_LINE = ("kieu", "ke")
# What css.stylesheet and html.page hand over besides profile and document.
_STYLE_VALUES = (
    "media",
    "family",
    "line_height",
    "single",
    "rule_weight",
    "row_gap",
    "copy_gap",
    "foot_gap",
    "watermark_pt",
    "below",
    "title_below",
    "restart",
)
_PAGE_VALUES = ("css", "single", "generator", "created", "contact_mm", "frame_mm")
_PAGE_FUNCTIONS = ("even", "tall", "kept_rows", "list_item", "label_of")


@cache
def word_fields() -> dict[str, Shape]:
    """Return the fields of Word templates by their first name.

    Every line says its style and its rule beside its text; the body alone (``noi_dung``) and each
    appendix have the fields of the whole text (``van_ban``).
    """
    held = list(described("word"))
    held += [f"phu_luc[].{name}" for name in ("moc", "tieu_de[].chu")]
    lines = [path.removesuffix(".chu") for path in held if path.endswith(".chu")]
    held += [f"{line}.{name}" for line in lines if not line.endswith("[][]") for name in _LINE]
    flow = [path.removeprefix(_FLOW) for path in held if path.startswith(_FLOW)]
    held += [f"{place}{rest}" for place in ("noi_dung[]", "phu_luc[].noi_dung[]") for rest in flow]
    return shape_of(held)


@cache
def page_fields() -> dict[str, Shape]:
    """Return the names of page templates."""
    from vanban.compose import document, profile
    from vanban.render.html import Sheet

    names = vars(document)
    return {
        "document": _of_type(document.Document, "document", names),
        "sheets": Shape("sheets", {}, _of_type(Sheet, "sheets[]", names)),
        "page": _of_type(profile.Page, "page", {**names, **vars(profile)}),
        **{name: Shape(name) for name in _PAGE_VALUES},
        **dict.fromkeys(_PAGE_FUNCTIONS, ANY),
    }


@cache
def style_fields() -> dict[str, Shape]:
    """Return the names of style sheet templates."""
    from vanban.compose import document, profile
    from vanban.render.css import Face

    names = {**vars(document), **vars(profile)}
    return {
        "faces": Shape("faces", {}, _of_type(Face, "faces[]", names)),
        "page": _of_type(profile.Page, "page", names),
        "page_number": _of_type(profile.PageNumber, "page_number", names),
        "layout": _of_type(document.Layout, "layout", names),
        "styles": ANY,
        **{name: Shape(name) for name in _STYLE_VALUES},
    }


def _of_type(kind: Any, path: str, names: dict[str, Any]) -> Shape:
    """Return the shape of an annotation; what is no class of ours, no list and no union is a value.

    A union has the fields of all its members: which one it is, the template asks.
    """
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        members = [m for m in typing.get_args(kind) if m is not type(None)]
        shapes = [_of_type(member, path, names) for member in members]
        if len(shapes) == 1:
            return shapes[0]
        merged: dict[str, Shape] = {}
        for shape in shapes:
            merged = {**shape.fields, **merged}
        return Shape(path, merged)
    if origin in (tuple, list):
        inner = typing.get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return Shape(path, {}, _of_type(inner[0], f"{path}[]", names))
        return Shape(path, {}, Shape(f"{path}[]"))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind, names, names)
        for name in dir(kind):
            if isinstance(value := getattr(kind, name, None), property) and value.fget:
                hints[name] = typing.get_type_hints(value.fget, names, names).get("return", str)
        return Shape(
            path,
            {
                name: _of_type(hint, f"{path}.{name}", names)
                for name, hint in hints.items()
                if not name.startswith("_")
            }
            | {name: ANY for name in METHODS if hasattr(kind, name)},
        )
    return Shape(path)


def paths(shapes: dict[str, Shape]) -> typing.Iterator[str]:
    """Yield the path of every value among the shapes."""
    for shape in shapes.values():
        yield from _paths(shape)


def _paths(shape: Shape) -> typing.Iterator[str]:
    if shape.leaf:
        yield shape.path
    yield from paths(shape.fields)
    if shape.item is not None:
        yield from _paths(shape.item)
