"""Layout profiles (*bộ thể thức*): a layout regulation as data, with clause and certainty.

A profile is a TOML file under ``templates/the-thuc/``. In it a *figure* is either a plain value
or an inline table ``{ value, unit, default, clause, certainty, note }``; what it leaves out of
``clause``, ``certainty``, ``unit`` and ``note`` it takes from the table it stands in. ``value``
may be a range ``[low, high]``; ``default`` says which value of it is used when the draft does not
choose. ``certainty`` is ``"A"``, ``"B"``, ``"C"`` or, in a file shared by several regulations, one
per evidence key (``{ hd36 = "A", hd05 = "B" }``). ``extends`` names the file a profile builds on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

from vanban import resources
from vanban.catalogue import say
from vanban.compose.period import LAST_YEAR, period_of
from vanban.errors import InternalError, VanbanError
from vanban.finding import Certainty
from vanban.start.tables import toml
from vanban.text import dates

Align = Literal["left", "center", "right", "justify"]

_INHERITED = ("clause", "certainty", "unit", "note")
_RESERVED = frozenset({*_INHERITED, "label"})
_META = frozenset(
    {
        "extends",
        "abstract",
        "evidence",
        "name",
        "title",
        "document",
        "valid_from",
        "valid_to",
        "family",
        "by_date",
    }
)
PARTY, STATE = "dang", "nha_nuoc"


class UnknownProfileError(VanbanError):
    """A profile was asked for by a name that does not exist; the message lists those that do."""

    exit_code = 2

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(say("profile.unknown", name=name, known=", ".join(known)))
        self.name = name
        self.known = known


class Figure(NamedTuple):
    """One figure of a regulation.

    ``value`` as in the regulation (a pair for a range), ``default`` the value in force (equal to
    ``value`` unless that is a range), ``unit`` (``mm``, ``pt``, ``lần`` ...), ``clause`` where it
    stands, ``certainty`` how well that is known, ``note`` where sources conflict.
    """

    value: Any
    unit: str | None
    clause: str
    certainty: Certainty
    default: Any = None
    note: str | None = None

    @property
    def is_range(self) -> bool:
        """True when the regulation gives a lowest and a highest value."""
        return (
            isinstance(self.value, tuple)
            and len(self.value) == 2
            and all(isinstance(v, int | float) and not isinstance(v, bool) for v in self.value)
        )


class Choice(NamedTuple):
    """What a draft may set under ``trinh_bay``: the allowed values or the range, and the default.

    Exactly one of ``values`` and ``low``/``high`` is given. ``certainty`` C means that a deviation
    is worth a remark, never an error.
    """

    name: str
    default: Any
    clause: str
    certainty: Certainty
    unit: str | None = None
    values: tuple[Any, ...] | None = None
    low: float | None = None
    high: float | None = None
    note: str | None = None

    def allows(self, value: Any) -> bool:
        """Return whether the regulation allows ``value`` (a number for a range)."""
        if self.values is not None:
            return any(type(v) is type(value) and v == value for v in self.values)
        if isinstance(value, bool) or self.low is None or self.high is None:
            return False
        try:
            return self.low <= float(value) <= self.high
        except (TypeError, ValueError):
            return False


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of one component: sizes in pt, indents in mm, spacing in pt.

    ``indent_mm`` is the indent of the first line; ``level`` the outline level of a heading (1 is
    the highest); ``rule`` what is drawn under the text (``"text"``: as long as the text; a number:
    that share of it); ``follows_body`` says that the size is the body size a draft chooses;
    ``title_bold`` that the text is bold when it is a title (otherwise it is running text);
    ``label`` is the Vietnamese name shown in Word's list of styles; ``color`` that of the text as
    ``#RRGGBB`` where it is not black.
    """

    name: str
    label: str
    size_pt: float
    bold: bool = False
    italic: bool = False
    upper: bool = False
    underline: bool = False
    align: Align = "left"
    indent_mm: float = 0.0
    space_before_pt: float = 0.0
    space_after_pt: float = 0.0
    keep_next: bool = False
    level: int | None = None
    rule: str | float | None = None
    follows_body: bool = False
    title_bold: bool = False
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet and its margins in mm; ``back_*`` are those of even pages when printed duplex."""

    size: str
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    back_left: float
    back_right: float

    @property
    def text_width(self) -> float:
        """Return the width between the side margins in mm, sheet upright."""
        return self.width - self.left - self.right

    @property
    def text_width_landscape(self) -> float:
        """Return the width between the side margins in mm, sheet turned, same margins."""
        return self.height - self.left - self.right


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where the page number stands: ``from_top`` in mm from the upper edge of the sheet.

    ``appendix_restart``: every appendix counts its pages from 1.
    """

    size_pt: float
    align: Align
    from_top: float
    first_page: bool
    appendix_restart: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Profile:
    """One layout regulation. ``document`` is its full name; dates of validity are inclusive."""

    name: str
    title: str
    document: str
    valid_from: date | None
    valid_to: date | None
    family: str
    by_date: bool
    page: Page
    page_number: PageNumber
    styles: Mapping[str, TextStyle]
    wording: Mapping[str, str]
    choices: Mapping[str, Choice]
    _figures: Mapping[str, Figure] = field(repr=False)

    @property
    def is_party(self) -> bool:
        """True for documents of Party bodies."""
        return self.family == PARTY

    def style(self, name: str) -> TextStyle:
        """Return a style by name; InternalError when the profile has none of that name."""
        try:
            return self.styles[name]
        except KeyError:
            raise InternalError(f"profile {self.name}: no style {name!r}") from None

    def styles_for(self, body_pt: float) -> dict[str, TextStyle]:
        """Return all styles with the body size a document chose put in where it governs."""
        return {
            name: replace(style, size_pt=body_pt) if style.follows_body else style
            for name, style in self.styles.items()
        }

    @cached_property
    def version(self) -> str:
        """The SHA-256 over everything of the profile that a page can show."""
        import hashlib

        shown = {
            "page": self.page,
            "page_number": self.page_number,
            "styles": dict(self.styles),
            "wording": dict(self.wording),
            "choices": {name: choice.default for name, choice in self.choices.items()},
            "figures": {name: figure.default for name, figure in self.figures().items()},
        }
        return hashlib.sha256(repr(_sorted(shown)).encode()).hexdigest()

    def figure(self, path: str) -> Figure:
        """Return a figure by its dotted path (``style.tieu_de.size``); InternalError if absent."""
        try:
            return self._figures[path]
        except KeyError:
            raise InternalError(f"profile {self.name}: no figure {path!r}") from None

    def figures(self) -> Mapping[str, Figure]:
        """Return every figure by its dotted path."""
        return self._figures

    def covers(self, day: date) -> bool:
        """Return whether the regulation was in force on ``day``."""
        return _covers(self, day)

    def number(self, path: str) -> float:
        """Return the value in force of a numeric figure."""
        return _number(self.figure(path).default, f"{self.name}: {path}")


def _covers(one: Profile | _Head, day: date) -> bool:
    return (one.valid_from is None or one.valid_from <= day) and (
        one.valid_to is None or day <= one.valid_to
    )


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InternalError(f"profile {place}: {value!r} is not a number")
    return float(value)


def _merge(base: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        old = merged.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = _merge(cast("dict[str, Any]", old), value) if both else value
    return merged


def _read(path: Path, seen: tuple[str, ...] = ()) -> dict[str, Any]:
    try:
        raw = toml(path)
    except (OSError, ValueError) as error:
        raise InternalError(f"profile {path.name}: {error}") from error
    parent = raw.get("extends")
    if parent is None:
        return raw
    if parent in seen or parent == path.stem:
        raise InternalError(f"profile {path.name}: extends itself through {parent!r}")
    base = _read(path.with_name(f"{parent}.toml"), (*seen, path.stem))
    return _merge({k: v for k, v in base.items() if k not in ("abstract", "extends")}, raw)


class _Builder:
    """Turns the merged tables of one profile into figures and typed views of them."""

    def __init__(self, file: str, raw: dict[str, Any]) -> None:
        self.file = file
        self.raw = raw
        self.evidence = raw.get("evidence")
        self.figures: dict[str, Figure] = {}
        for key, value in raw.items():
            if key not in _META:
                self._table(key, value, {})

    def _fail(self, place: str, why: str) -> InternalError:
        return InternalError(f"profile {self.file}: {place}: {why}")

    def _table(self, path: str, table: Any, inherited: Mapping[str, Any]) -> None:
        if not isinstance(table, dict):
            raise self._fail(path, "a table is expected here")
        scope = {**inherited, **{k: table[k] for k in _INHERITED if k in table}}
        for key, value in table.items():
            if key in _RESERVED:
                continue
            place = f"{path}.{key}"
            if isinstance(value, dict) and "value" in value:
                extra = set(value) - {"value", "default", *_INHERITED}
                if extra:
                    raise self._fail(place, f"unknown entries {sorted(extra)}")
                self._figure(place, value, scope)
            elif isinstance(value, dict):
                self._table(place, value, scope)
            else:
                self._figure(place, {"value": value}, scope)

    def _figure(self, place: str, given: Mapping[str, Any], scope: Mapping[str, Any]) -> None:
        entry = {**scope, **given}
        value = entry["value"]
        if isinstance(value, list):
            value = tuple(value)
        if "clause" not in entry or "certainty" not in entry:
            raise self._fail(place, "a figure needs a clause and a certainty")
        if isinstance(value, tuple) and "default" not in entry:
            raise self._fail(place, "a range needs a default")
        certainty = entry["certainty"]
        if isinstance(certainty, dict):
            certainty = certainty.get(self.evidence)
        try:
            known = Certainty(certainty)
        except ValueError:
            raise self._fail(place, f"certainty {certainty!r} is none of A, B, C") from None
        self.figures[place] = Figure(
            value=value,
            unit=entry.get("unit"),
            clause=str(entry["clause"]),
            certainty=known,
            default=entry.get("default", value),
            note=entry.get("note"),
        )

    def get(self, path: str, default: Any = None) -> Any:
        figure = self.figures.get(path)
        return default if figure is None else figure.default

    def number(self, path: str) -> float:
        if path not in self.figures:
            raise self._fail(path, "is missing")
        return _number(self.figures[path].default, f"{self.file}: {path}")

    def align(self, path: str) -> Align:
        value = self.get(path, "left")
        if value not in ("left", "center", "right", "justify"):
            raise self._fail(path, f"{value!r} is no alignment")
        return cast("Align", value)

    def page(self) -> Page:
        sides = ("width", "height", "top", "bottom", "left", "right", "back_left", "back_right")
        return Page(str(self.get("page.size")), *(self.number(f"page.{side}") for side in sides))

    def page_number(self) -> PageNumber:
        return PageNumber(
            size_pt=self.number("page_number.size"),
            align=self.align("page_number.align"),
            from_top=self.number("page_number.from_top"),
            first_page=bool(self.get("page_number.first_page")),
            appendix_restart=bool(self.get("page_number.appendix_restart", False)),
        )

    def style(self, name: str, table: Mapping[str, Any]) -> TextStyle:
        at = f"style.{name}"

        def optional(key: str) -> float:
            return self.number(f"{at}.{key}") if f"{at}.{key}" in self.figures else 0.0

        follows = self.get(f"{at}.follows")
        size_path = {"body": "style.noi_dung.size", "page_number": "page_number.size"}.get(
            follows, f"{at}.size"
        )
        level = self.get(f"{at}.level")
        rule = self.get(f"{at}.rule")
        return TextStyle(
            name=name,
            label=str(table.get("label", name)),
            size_pt=self.number(size_path),
            bold=bool(self.get(f"{at}.bold", False)),
            italic=bool(self.get(f"{at}.italic", False)),
            upper=bool(self.get(f"{at}.upper", False)),
            underline=bool(self.get(f"{at}.underline", False)),
            align=self.align(f"{at}.align"),
            indent_mm=optional("indent"),
            space_before_pt=optional("space_before"),
            space_after_pt=optional("space_after"),
            keep_next=bool(self.get(f"{at}.keep_next", False)),
            level=level if isinstance(level, int) else None,
            rule=rule if isinstance(rule, str | float) else None,
            follows_body=follows == "body" or name == "noi_dung",
            title_bold=bool(self.get(f"{at}.title_bold", False)),
            color=self.get(f"{at}.color"),
        )

    def choice(self, name: str) -> Choice:
        at = f"choices.{name}"
        target = self.get(f"{at}.figure")
        figure = self.figures.get(target if target is not None else f"{at}.values")
        if figure is None:
            raise self._fail(at, "names no figure and no values")
        ranged = figure.is_range
        single = not isinstance(figure.value, tuple)
        values = None if ranged else ((figure.value,) if single else figure.value)
        return Choice(
            name=name,
            default=figure.default,
            clause=figure.clause,
            certainty=figure.certainty,
            unit=figure.unit,
            values=values,
            low=float(figure.value[0]) if ranged else None,
            high=float(figure.value[1]) if ranged else None,
            note=figure.note,
        )

    def build(self) -> Profile:
        for key in ("name", "title", "document", "family"):
            if not isinstance(self.raw.get(key), str):
                raise self._fail(key, "is missing")
        styles = self.raw.get("style")
        if not isinstance(styles, dict):
            raise self._fail("style", "is missing")
        wording = {
            path.removeprefix("wording."): str(figure.default)
            for path, figure in self.figures.items()
            if path.startswith("wording.")
        }
        names = [n for n in self.raw.get("choices", {}) if n not in _RESERVED]
        return Profile(
            name=self.raw["name"],
            title=self.raw["title"],
            document=self.raw["document"],
            valid_from=_day(self.file, self.raw, "valid_from"),
            valid_to=_day(self.file, self.raw, "valid_to"),
            family=self.raw["family"],
            by_date=bool(self.raw.get("by_date", False)),
            page=self.page(),
            page_number=self.page_number(),
            styles=MappingProxyType(
                {n: self.style(n, t) for n, t in styles.items() if n not in _RESERVED}
            ),
            wording=MappingProxyType(wording),
            choices=MappingProxyType({n: self.choice(n) for n in names}),
            _figures=MappingProxyType(self.figures),
        )


def read_profile(path: Path) -> Profile | None:
    """Read one profile file; None when it is only a base for others (``abstract = true``).

    Raises InternalError that names the file and the place when it is broken.
    """
    raw = _read(path)
    if raw.get("abstract"):
        return None
    return _Builder(path.name, raw).build()


def _day(file: str, raw: Mapping[str, Any], key: str) -> date | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, date):
        raise InternalError(f"profile {file}: {key}: is not a date")
    return value


class _Head(NamedTuple):
    """What a profile is chosen by."""

    path: Path
    name: str
    valid_from: date | None
    valid_to: date | None
    by_date: bool


@cache
def _heads() -> Mapping[str, _Head]:
    """Return the heads of all profiles by name, oldest regulation first."""
    found = []
    for path in resources.profiles_dir().glob("*.toml"):
        raw = _read(path)
        if not raw.get("abstract"):
            first, last = _day(path.name, raw, "valid_from"), _day(path.name, raw, "valid_to")
            by_date = bool(raw.get("by_date", False))
            found.append(_Head(path, str(raw.get("name")), first, last, by_date))
    found.sort(key=lambda head: (head.valid_from or date.min, head.name))
    return MappingProxyType({head.name: head for head in found})


@cache
def _built(name: str) -> Profile:
    path = _heads()[name].path
    profile = read_profile(path)
    if profile is None:
        raise InternalError(f"profile {path.name}: is only a base for others")
    return profile


@cache
def profiles() -> Mapping[str, Profile]:
    """Return every profile by name, oldest regulation first."""
    return MappingProxyType({name: _built(name) for name in _heads()})


def _sorted(value: Any) -> Any:
    """Return mappings as sorted pairs, so that their order says nothing."""
    if isinstance(value, Mapping):
        return sorted((str(key), _sorted(one)) for key, one in value.items())
    return value


def load_profile(name: str) -> Profile:
    """Return the profile called ``name``; UnknownProfileError when there is none."""
    known = _heads()
    if name not in known:
        raise UnknownProfileError(name, tuple(known))
    return _built(name)


def governing_date(data: Mapping[str, Any]) -> date | None:
    """Return the day whose regulation applies.

    It is the date of issue; while only its month is known, that month's last day (the document
    cannot be dated later); without it, the last day of the period. None when nothing is known.
    """
    formalities = data.get("the_thuc")
    issued = formalities.get("ngay_ban_hanh") if isinstance(formalities, Mapping) else None
    partial = dates.parse_partial(issued)
    if partial is not None and 1 <= partial.year <= LAST_YEAR:
        return partial.full or dates.month_end(partial.year, partial.month)
    period = period_of(data)
    return period.end if period else None


def choose_profile(data: Mapping[str, Any], name: str | None = None) -> Profile:
    """Return the profile of a draft's data.

    ``name`` (the command line) goes before the draft's own ``bo_the_thuc``, that before the date:
    among the profiles that are chosen by date the one in force, else the oldest for an earlier day
    and the newest for a later one or when no day is known. Raises UnknownProfileError for a
    ``name`` that does not exist; an unknown ``bo_the_thuc`` is left to the schema.
    """
    if name is not None:
        return load_profile(name)
    formalities = data.get("the_thuc")
    asked = formalities.get("bo_the_thuc") if isinstance(formalities, Mapping) else None
    if isinstance(asked, str) and asked in _heads():
        return _built(asked)
    dated = [head for head in _heads().values() if head.by_date]
    if not dated:
        raise InternalError("no profile is chosen by date")
    day = governing_date(data)
    first, last = dated[0], dated[-1]
    if day is None:
        return _built(last.name)
    for head in dated:
        if _covers(head, day):
            return _built(head.name)
    return _built((first if first.valid_from and day < first.valid_from else last).name)
