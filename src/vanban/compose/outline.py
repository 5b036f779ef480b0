"""The outline of a kind: what stands where and how it is called - data, read from a YAML file.

Vocabulary of the file (all keys Vietnamese, every path counts from the root of the draft):

``van_ban``     name of the type (``ten_loai``), its abbreviation (``viet_tat``), what stands for a
                missing text (``thieu``), the mark on pages of a draft with errors (``du_thao``),
                and with figure tables ``so_lieu_den``, ``don_vi_tinh``, ``ghi_chu``.
``ky``          how a period is called, by shape: full (``day_du``) and short (``gon``); kinds that
                report on no period leave it out.
``trich_yeu``   the subject line. ``tieu_de_tep`` the title in the file's properties.
``than_bai``    the names of the top nodes of the body, in order.
``muc``         the nodes: ``o`` the path of the section, ``tieu_de`` its heading (none: no
                heading), ``con`` its children, ``cap: phan`` a part with a line for its label
                (levels follow from nesting: phan, I, 1, a, -, +), ``danh_so`` whether it is
                numbered, ``gop`` that a single child takes its place, ``bat_buoc`` when content is
                needed, ``danh_muc`` how its list of items is printed, ``bieu`` the table made of
                its data, ``kem_bieu`` the table put behind its words.
``danh_muc``    lists of items, told from text blocks by the keys in ``rieng``: ``nhom`` groups
                them (``theo`` a key, ``cac_nhom`` with the values they gather in ``gom``,
                ``con_lai`` the rest, ``bo_khi_mot`` none for one group); ``chi_tiet`` what
                stands in brackets behind an item.
``bieu``        the figure tables: ``nguon`` the path of the data, ``cot`` the columns (``ma``,
                ``ten``, ``o`` path in the row, ``goc`` path before the row's, ``loai`` thu_tu |
                nhan | ten | phan_tram with ``cua: [part, whole]`` or ``tren``, ``so`` a figure,
                ``can`` trai | giua | phai, ``gia_tri`` names of values, ``giu`` kept when empty),
                ``dong`` fixed rows (``o`` path or one per column, ``tong`` paths to add up when
                the figure is missing, ``phan_tram``, ``dam``) - without it a row per list item;
                or, with ``nhom``, one per item and per part of it (``ten`` its name, ``con`` its
                parts, ``mau`` how a part is named, ``dem`` the count of a part, ``tong`` the
                total); ``dong_tong`` names the row that adds them up, ``don_vi``/``don_vi_goc``
                say where the unit stands (in the data, in the draft), ``don_vi_thuong`` which
                unit holds when none is given, ``khi`` when the table is wanted; several tables
                under one name stand in ``bang``.
``phu_luc``     which tables become appendices, in order, when the draft does not say.

Anywhere a wording, a list or a yes/no stands, a *choice* may stand instead: a list of
``{khi: <condition>, la: <value>}`` of which the first whose condition holds counts; an entry
without ``khi`` always holds. A condition maps paths of the draft to a value or a list of values;
``$the_che`` is ``dang`` or ``nha_nuoc``, ``$co``/``$khong_co`` name paths that must (not) be
filled, ``$bat_dau`` maps paths to the (lower-case) words one of which their text begins with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from vanban.errors import InternalError
from vanban.start import tables

_NODE_KEYS = frozenset(
    {"o", "tieu_de", "con", "danh_so", "danh_muc", "bieu", "kem_bieu", "bat_buoc", "gop", "cap"}
)
_SECTIONS = ("van_ban", "trich_yeu", "than_bai", "muc")


@dataclass(frozen=True, eq=False, repr=False)
class Outline:
    """One outline file; ``raw`` is its content, ``place`` its name for error messages.

    ``kept`` is for what is made of parts of it, by their ids.
    """

    place: str
    raw: Mapping[str, Any]
    kept: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)

    def fail(self, what: str) -> InternalError:
        """Return the error that says what is wrong with the file."""
        return InternalError(f"outline {self.place}: {what}")

    def section(self, name: str) -> Mapping[str, Any]:
        """Return a top-level table of the file, empty when it has none."""
        value = self.raw.get(name, {})
        if not isinstance(value, Mapping):
            raise self.fail(f"{name!r} must be a mapping")
        return value

    def node(self, name: Any) -> Mapping[str, Any]:
        """Return the definition of a node of the body."""
        found = self.section("muc").get(name)
        if not isinstance(found, Mapping):
            raise self.fail(f"no section is defined as {name!r}")
        return found

    def text(self, name: str) -> str:
        """Return a fixed wording from ``van_ban``."""
        value = self.section("van_ban").get(name)
        if not isinstance(value, str):
            raise self.fail(f"van_ban.{name} is missing")
        return value


@dataclass(frozen=True, eq=False, repr=False)
class Facts:
    """What conditions look at: the draft's data and the family of the profile (Party, state)."""

    data: Mapping[str, Any]
    family: str

    def hold(self, condition: Any) -> bool:
        """Return whether a condition of the outline holds."""
        if condition is None or isinstance(condition, bool):
            return condition is not False
        if not isinstance(condition, Mapping):
            raise InternalError(f"outline: {condition!r} is no condition")
        return all(self._holds(str(key), wanted) for key, wanted in condition.items())

    def _holds(self, key: str, wanted: Any) -> bool:
        several = wanted if isinstance(wanted, list) else [wanted]
        if key == "$the_che":
            return self.family in several
        if key == "$co":
            return all(filled(lookup(self.data, path)) for path in several)
        if key == "$khong_co":
            return not any(filled(lookup(self.data, path)) for path in several)
        if key == "$bat_dau":
            return all(
                str(lookup(self.data, path) or "").strip().casefold().startswith(tuple(starts))
                for path, starts in wanted.items()
            )
        return lookup(self.data, key) in several

    def choose(self, value: Any) -> Any:
        """Return a value of the outline, its choices resolved."""
        if isinstance(value, list) and value and all(map(_is_choice, value)):
            for entry in value:
                if self.hold(entry.get("khi")):
                    return self.choose(entry["la"])
            return None
        return value


def _is_choice(entry: Any) -> bool:
    return not isinstance(entry, str) and (
        isinstance(entry, Mapping) and "la" in entry and entry.keys() <= {"khi", "la"}
    )


def lookup(data: Any, path: str) -> Any:
    """Return the value at a dotted path of the draft, None when there is none."""
    value = data
    for part in _parts(path):
        if type(value) is not dict and not _mapped(value):  # the usual case is quick
            return None
        value = value.get(part)
    return value


@lru_cache(maxsize=4096)
def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


def _mapped(value: Any) -> bool:
    return value is not None and isinstance(value, Mapping)


def filled(value: Any) -> bool:
    """Return whether a value holds anything a reader would see."""
    if value is None:
        return False
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list):
        return any(map(filled, value))
    if isinstance(value, Mapping):
        return any(map(filled, value.values()))
    return True


def _node_names(value: Any) -> list[str]:
    """Return every node name a list (or a choice of lists) may yield."""
    names: list[str] = []
    for entry in value or []:
        if isinstance(entry, str):
            names.append(entry)
        elif isinstance(entry, Mapping):
            names.extend(_node_names(entry.get("la")))
        else:
            raise InternalError(f"outline: {entry!r} is no section")
    return names


@cache
def load_outline(path: Path) -> Outline:
    """Read and check an outline; InternalError names what is wrong with it."""
    try:
        raw = tables.yaml(path)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise InternalError(f"outline {path.parent.name}/{path.name}: {error}") from error
    outline = Outline(f"{path.parent.name}/{path.name}", raw if isinstance(raw, Mapping) else {})
    for name in _SECTIONS:
        if name not in outline.raw:
            raise outline.fail(f"{name!r} is missing")
    names = _node_names(outline.raw["than_bai"])
    for name, node in outline.section("muc").items():
        if not isinstance(node, Mapping):
            raise outline.fail(f"muc.{name} must be a mapping")
        if unknown := set(node) - _NODE_KEYS:
            raise outline.fail(f"muc.{name}: unknown entries {sorted(unknown)}")
        names += _node_names(node.get("con"))
        for key, table in (("danh_muc", "danh_muc"), ("bieu", "bieu"), ("kem_bieu", "bieu")):
            target = node.get(key)
            if target is not None and target not in outline.section(table):
                raise outline.fail(f"muc.{name}.{key}: nothing is defined as {target!r}")
    for name in names:
        outline.node(name)
    return outline
