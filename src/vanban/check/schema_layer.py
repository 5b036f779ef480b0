"""The schema layer: what JSON Schema refuses, said so that a clerk understands it.

One mistake gives one finding at the mistaken place, with the path in words and, for a misspelt
key or value, what it was meant to be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.catalogue import entries
from vanban.check.roles import Annotated, Schema, Walker, merged, title_of, type_of
from vanban.finding import Finding, Severity, Source, Span
from vanban.read.draft import Draft, pointer_of
from vanban.read.faults import shortened
from vanban.text import dates, numbers
from vanban.text.near import likeness, nearest, plain

if TYPE_CHECKING:
    from typing import Protocol

    class Judging(Protocol):
        """What names the errors of data: a :class:`~vanban.check.judge.Judge`, a validator."""

        def iter_errors(self, instance: Any, /) -> Iterable[Any]:
            """Return the errors as jsonschema's."""


WRONG_TYPE = "SCH001"
MISSING = "SCH002"
UNKNOWN = "SCH003"
NOT_ALLOWED_VALUE = "SCH004"
PATTERN = "SCH005"
RANGE = "SCH006"
LENGTH = "SCH007"
NOT_HERE = "SCH008"
DUPLICATE = "SCH009"
VERSION = "SCH010"
# A required section that is missing or empty is a fault of structure, found here.
SECTION_MISSING = "STR001"
RULES = (
    WRONG_TYPE, MISSING, UNKNOWN, NOT_ALLOWED_VALUE, PATTERN,
    RANGE, LENGTH, NOT_HERE, DUPLICATE, VERSION,
)  # fmt: skip

VERSION_POINTER = "/phien_ban"
SECTION_ROLES = frozenset({"section", "group"})
# From this likeness on a key is taken for a misspelling without doubt.
SURE = 0.85
# Up to this number digits are not grouped in a message.
_PLAIN = 9999
# A value longer than this is shortened when a message quotes it.
QUOTE = 40

# A blank of a starter draft that nobody filled in; outside a text block YAML takes it for a list.
BLANK = re.compile(r"\[ghi [^\[\]\n]+\]")
_DATE_FORM = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}")

# Keywords by which an ``if`` looks at a value, and those whose value makes a reason to tell.
_TESTS = frozenset({"const", "enum", "pattern", "minimum", "maximum"})
_CHOICES = frozenset({"const", "enum"})
# A condition met by more values than this explains nothing.
_REASONS = 3

# What people put before an item of a list instead of "- ".
_BULLET = re.compile(r"(?:-(?=\S)|[–—•●▪+*])[ \t]*")
_NEXT_ITEM = re.compile(r"\s(?:-|[–—•●▪+*])")
# A key of ours is ASCII without blanks; anything else at its place may be running text.
_PROSE = re.compile(r"[^\x00-\x7f]|\s")
_DIGITS = re.compile(r"\d+")
_NUMBERS = (
    "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi_mot", "muoi_hai",
)  # fmt: skip
_IN_WORDS = dict(enumerate(_NUMBERS, start=1))

# Which complaint about one value is said when there are several: the first of these.
_PRIORITY = (
    "type", "const", "enum", "minLength", "minItems", "minProperties", "pattern", "format",
    "maxLength", "maxItems", "maxProperties", "minimum", "exclusiveMinimum", "maximum",
    "exclusiveMaximum", "multipleOf", "uniqueItems",
)  # fmt: skip

# Keywords whose findings name a place inside the value; every other is said at the value itself.
_BY_KEYWORD: Mapping[str, tuple[str, str]] = {
    "minimum": (RANGE, "it_nhat"),
    "exclusiveMinimum": (RANGE, "lon_hon"),
    "maximum": (RANGE, "nhieu_nhat"),
    "exclusiveMaximum": (RANGE, "nho_hon"),
    "multipleOf": (RANGE, "boi_so"),
    "minLength": (LENGTH, "ngan"),
    "maxLength": (LENGTH, "dai"),
    "minItems": (LENGTH, "it_muc"),
    "maxItems": (LENGTH, "nhieu_muc"),
    "minProperties": (LENGTH, "it_khoa"),
    "maxProperties": (LENGTH, "nhieu_khoa"),
}

# Keywords that never speak themselves: they lead to others or only describe.
SILENT_KEYWORDS = frozenset(
    {"$schema", "$id", "$ref", "$defs", "$comment", "$anchor", "title", "description", "examples",
     "default", "properties", "patternProperties", "items", "prefixItems", "allOf", "if", "then",
     "else", "x-vai", "deprecated", "readOnly", "writeOnly", "contentMediaType"}
)  # fmt: skip
SPEAKING_KEYWORDS = frozenset(_BY_KEYWORD) | frozenset(
    {"type", "const", "enum", "pattern", "format", "uniqueItems", "required", "dependentRequired",
     "additionalProperties", "propertyNames", "false"}
)  # fmt: skip


class Fault(NamedTuple):
    """One complaint of the library: ``keyword`` refuses ``value`` because of ``wanted``.

    ``keyword`` is None where the schema is ``false``; ``path`` leads to the value, ``steps`` to the
    keyword in the schema.
    """

    keyword: str | None
    wanted: Any
    value: Any
    schema: Any
    path: list[str | int]
    steps: list[Any]

    @property
    def pointer(self) -> str:
        """Return the place of the value."""
        return pointer_of(self.path)


class Outcome(NamedTuple):
    """What the layer found: findings, the faulty pointers, and the annotated walk."""

    findings: tuple[Finding, ...]
    invalid: frozenset[str]
    annotated: Annotated


def check(draft: Draft, walker: Walker, judge: Judging) -> Outcome:
    """Check a draft against its schema.

    ``walker`` and ``judge`` are of the same schema. Never raises for what a draft holds.
    """
    annotated = walker.walk(draft.data)
    faults = [
        Fault(
            None if error.schema is False else str(error.validator),
            error.validator_value,
            error.instance,
            error.schema,
            list(error.absolute_path),
            list(error.absolute_schema_path),
        )
        for error in judge.iter_errors(draft.data)
    ]
    return _Layer(draft, annotated).run(faults)


def type_slug(types: Iterable[str]) -> str:
    """Return the slug of the message for a set of accepted types (``array_string``)."""
    return "_".join(sorted(types))


@dataclass(eq=False, repr=False)
class _Layer:
    """One run over the errors of one draft."""

    draft: Draft
    annotated: Annotated
    findings: list[Finding] = field(default_factory=list)
    invalid: set[str] = field(default_factory=set)
    forbidden: dict[str, Fault] = field(default_factory=dict)
    values: dict[str, dict[str, Fault]] = field(default_factory=dict)
    missing: dict[str, dict[str, Fault]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)

    def run(self, errors: list[Fault]) -> Outcome:
        """Sort the errors by place, fold them, and say what is left."""
        for error in errors:
            self._sort_in(error)
        self._drop_derived()
        self._say_unindented()
        for pointer, error in self.forbidden.items():
            self._say_forbidden(pointer, error)
        for pointer, by_keyword in self.values.items():
            self._say_value(pointer, by_keyword)
        self._say_keys()
        self._say_texts()
        return Outcome(tuple(self.findings), frozenset(self.invalid), self.annotated)

    # --- sorting and folding -----------------------------------------------------------------

    def _sort_in(self, error: Fault) -> None:
        pointer = error.pointer
        match error.keyword:
            case None:
                at = self._forbidden_at(error)
                self.forbidden.setdefault(at.pointer, at)
            case "required":
                self._lacks(pointer, error.wanted, error)
            case "dependentRequired":
                for key, keys in error.wanted.items():
                    if key in error.value:
                        self._lacks(pointer, keys, error)
            case "additionalProperties":
                known = {*error.schema.get("properties", {}), *self.annotated.allowed(pointer)}
                self._has_unknown(pointer, (key for key in error.value if key not in known))
            case _ if "propertyNames" in error.steps[-2:-1]:
                self._has_unknown(pointer, [str(error.value)])
            case str(keyword):
                self.values.setdefault(pointer, {}).setdefault(keyword, error)

    def _forbidden_at(self, error: Fault) -> Fault:
        """Return the complaint of a ``false`` schema with the key that the library leaves out."""
        place = self.annotated.places[error.pointer]
        if place.value is error.value or not isinstance(place.value, Mapping):
            return error
        refused = {
            key
            for schema in place.schemas
            for key, node in schema.get("properties", {}).items()
            if node is False
        }
        for key in (key for key in place.value if key in refused):
            at = error._replace(path=[*error.path, key], steps=[*error.steps, key])
            if place.value[key] is error.value and at.pointer not in self.forbidden:
                return at
        return error

    def _lacks(self, pointer: str, keys: Iterable[str], error: Fault) -> None:
        present = self.draft.at(pointer)
        for key in keys:
            if key not in present:
                self.missing.setdefault(pointer, {}).setdefault(key, error)

    def _has_unknown(self, pointer: str, keys: Iterable[str]) -> None:
        for key in keys:
            known = self.unknown.setdefault(pointer, [])
            if key not in known:
                known.append(key)

    def _drop_derived(self) -> None:
        """Drop what only follows from a mistake said elsewhere."""
        for pointer in [p for p in self.forbidden if self._under(p, self.forbidden)]:
            del self.forbidden[pointer]
        tables: tuple[dict[str, Any], ...] = (self.values, self.missing, self.unknown)
        for table in tables:
            for pointer in list(table):
                if pointer in self.forbidden or self._under(pointer, self.forbidden):
                    del table[pointer]
        suspects = self._suspects()
        if not suspects:
            return
        for pointer in [p for p, e in self.forbidden.items() if self._hangs_on(e, suspects)]:
            del self.forbidden[pointer]
        for pointer, keys in list(self.missing.items()):
            for key in [k for k, e in keys.items() if self._hangs_on(e, suspects)]:
                del keys[key]
            if not keys:
                del self.missing[pointer]
        for pointer, by_keyword in list(self.values.items()):
            for keyword in [k for k, e in by_keyword.items() if self._hangs_on(e, suspects)]:
                del by_keyword[keyword]
            if not by_keyword:
                del self.values[pointer]

    @staticmethod
    def _under(pointer: str, table: Mapping[str, Any]) -> bool:
        while pointer:
            pointer = pointer.rpartition("/")[0]
            if pointer in table:
                return True
        return False

    def _suspects(self) -> set[str]:
        """Return the pointers whose value is wrong, misspelt or lost: conditions on them lie."""
        found = set(self.values) | set(self.forbidden)
        for pointer in self.unknown:
            present = self.draft.at(pointer)
            for key in self.annotated.allowed(pointer):
                if key not in present:
                    found.add(f"{pointer}/{_escape(key)}")
        for pointer, errors in self.missing.items():
            found.update(f"{pointer}/{_escape(key)}" for key in errors)
        return found

    def _hangs_on(self, error: Fault, suspects: set[str]) -> bool:
        own = error.pointer
        for tested in self._tested(error):
            here = tested
            while True:
                if here in suspects and here != own:
                    return True
                if not here:
                    break
                here = here.rpartition("/")[0]
        return False

    def _tested(self, error: Fault, by: frozenset[str] | None = None) -> list[str]:
        """Return the pointers that the conditions above an error look at.

        ``by`` keeps only those whose value is tested by one of these keywords.
        """
        found: list[str] = []
        for at, condition in self._conditions(error):
            found.extend(_tested_by(condition, at, by))
        return found

    def _conditions(self, error: Fault) -> list[tuple[str, Schema]]:
        """Return the ``if`` schemas an error hangs on, each with the pointer it was put to."""
        walker = self.annotated.walker
        return _follow(walker.root, error.steps, error.path, "", [], walker) or []

    # --- saying ------------------------------------------------------------------------------

    def _add(
        self,
        rule: str,
        slug: str,
        pointer: str,
        span: Span | None,
        *,
        invalid: Iterable[str] = (),
        **args: Any,
    ) -> None:
        self.invalid.update(invalid or (pointer,))
        self.findings.append(
            Finding(
                rule=rule,
                severity=Severity.ERROR,
                key=f"{rule}.{slug}",
                args=args,
                pointer=pointer,
                span=span,
                file=self.draft.path,
                source=_source_of(rule),
            )
        )

    def _value_span(self, pointer: str) -> Span | None:
        where = self.draft.positions
        return where.value(pointer) or where.key(pointer)

    def _key_span(self, pointer: str) -> Span | None:
        where = self.draft.positions
        return where.key(pointer) or where.value(pointer)

    def _object_span(self, pointer: str) -> Span | None:
        """Return where to say that an object lacks a key: at its own key, or the root's first."""
        if pointer:
            return self._key_span(pointer)
        first = next(iter(self.draft.data), None)
        if first is not None and (span := self._key_span(f"/{_escape(str(first))}")):
            return span
        return self.draft.positions.value("") or (Span(1, 1, 1, 1) if self.draft.lines else None)

    def _path(self, pointer: str) -> str:
        return self.annotated.words(pointer)

    def _is_section(self, pointer: str) -> bool:
        place = self.annotated.places.get(pointer)
        return place is not None and not SECTION_ROLES.isdisjoint(place.roles)

    def _reason(self, error: Fault) -> str | None:
        """Return why a condition applies, as "Loại kỳ: nam", or None without a condition."""
        for pointer in self._tested(error, _CHOICES):
            value = self.draft.at(pointer)
            if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
                name = self._path(pointer).rpartition("› ")[2]
                return f"{name}: {value}"
        return None

    def _say_forbidden(self, pointer: str, error: Fault) -> None:
        reason = self._reason(error)
        slug = "khong_dung_vi" if reason else "khong_dung"
        span = self._key_span(pointer)
        self._add(NOT_HERE, slug, pointer, span, path=self._path(pointer), reason=reason)

    def _say_value(self, pointer: str, by_keyword: dict[str, Fault]) -> None:
        keyword = min(by_keyword, key=_rank)
        error = by_keyword[keyword]
        value = error.value
        span = self._value_span(pointer)
        args: dict[str, Any] = {"path": self._path(pointer), "found": quoted(value)}
        if value is None or _is_blank(value, by_keyword):
            if self._is_section(pointer):
                self._add(SECTION_MISSING, "rong", pointer, self._key_span(pointer), **args)
            elif value is None:
                self._add(WRONG_TYPE, "trong", pointer, self._key_span(pointer), **args)
            else:
                self._add(LENGTH, "trong", pointer, span, **args)
            return
        holder = pointer.rpartition("/")[0]
        if keyword == "type" and _unfilled(value):
            self._add(LENGTH, "chua_dien", pointer, span, **args)
        elif keyword == "type" and _unfilled(self.draft.at(holder)):
            # a list is allowed here, but the blank was none
            args["path"] = self._path(holder)
            self._add(LENGTH, "chua_dien", holder, self._value_span(holder), **args)
        elif pointer == VERSION_POINTER and keyword != "type":
            self._add(VERSION, "phien_ban", pointer, span, **args)
        elif keyword == "type":
            wanted = error.wanted
            types = [wanted] if isinstance(wanted, str) else list(wanted)
            place = self.annotated.places.get(pointer)
            schemas = place.schemas if place is not None else ()
            if (
                "string" in types
                and len(types) > 1
                and _asked_form(schemas, _examples(schemas)) == "figure"
            ):
                # figures are taken as text too, but no one is to write words there
                types.remove("string")
            if types == ["array"] and isinstance(value, str) and _BULLET.match(value):
                first = _NEXT_ITEM.split(_BULLET.sub("", value, count=1))[0].strip()
                self._add(WRONG_TYPE, "array_gach", pointer, span, item=quoted(first)[1:-1], **args)
                return
            slug = type_slug(types)
            known = slug in entries(WRONG_TYPE[:3])[WRONG_TYPE]
            self._add(WRONG_TYPE, slug if known else "khac", pointer, span, **args)
        elif keyword in ("enum", "const"):
            self._say_choice(pointer, keyword, error, span, args)
        elif keyword in ("pattern", "format"):
            self._say_pattern(pointer, value, span, args)
        elif keyword == "uniqueItems":
            self._say_duplicate(pointer, value)
        elif keyword in _BY_KEYWORD:
            rule, slug = _BY_KEYWORD[keyword]
            limit = error.wanted
            count = len(value) if isinstance(value, str | list | Mapping) else 0
            # years are written without a full stop, and so may be other small numbers
            grouped = isinstance(limit, int | Decimal) and not -_PLAIN <= limit <= _PLAIN
            shown = numbers.vietnamese(limit) if grouped else str(limit).replace(".", ",")
            self._add(rule, slug, pointer, span, limit=shown, count=count, **args)
        else:
            self._add(PATTERN, "khac", pointer, span, keyword=keyword, **args)

    def _say_choice(
        self, pointer: str, keyword: str, error: Fault, span: Span | None,
        args: dict[str, Any],
    ) -> None:  # fmt: skip
        wanted = error.wanted
        allowed = [str(item) for item in (wanted if keyword == "enum" else [wanted])]
        listed = ", ".join(allowed)
        written = str(error.value)
        meant = _counted(written, allowed) or nearest(written, allowed)
        strange = _strange(written, meant) if meant else None
        if meant and strange:
            self._add(
                NOT_ALLOWED_VALUE, "ky_tu_la", pointer, span, meant=meant, codes=strange, **args
            )
        elif len(allowed) == 1:
            self._add(NOT_ALLOWED_VALUE, "phai_la", pointer, span, allowed=listed, **args)
        elif meant:
            self._add(
                NOT_ALLOWED_VALUE, "goi_y", pointer, span, meant=meant, allowed=listed, **args
            )
        else:
            self._add(NOT_ALLOWED_VALUE, "liet_ke", pointer, span, allowed=listed, **args)

    def _say_pattern(
        self, pointer: str, value: Any, span: Span | None, args: dict[str, Any]
    ) -> None:
        place = self.annotated.places.get(pointer)
        schemas = place.schemas if place is not None else ()
        examples = _examples(schemas)
        asks = _asked_form(schemas, examples)
        text = str(value).strip()
        if asks == "figure":
            self._say_figure(pointer, text, merged(schemas), span, args)
        elif asks is not None and _DATE_FORM.fullmatch(text) and dates.parse(text) is None:
            self._add(PATTERN, "ngay_khong_co", pointer, span, **args)
        elif asks in ("date", "month"):
            self._add(PATTERN, "ngay" if asks == "date" else "ngay_thang", pointer, span, **args)
        elif examples:
            shown = examples if asks == "deadline" else examples[:1]
            example = ", ".join(quoted(one) for one in shown)
            self._add(PATTERN, "mau", pointer, span, example=example, **args)
        else:
            self._add(PATTERN, "khuon", pointer, span, **args)

    def _say_figure(
        self, pointer: str, text: str, view: Schema, span: Span | None, args: dict[str, Any]
    ) -> None:
        """Say what is wrong with a figure written as text."""
        whole = "number" not in view.get("type", ())
        value = numbers.figure(text)
        low = view.get("minimum")
        if numbers.AMBIGUOUS.fullmatch(text):
            ways = {"whole": text.replace(".", ""), "decimal": text.replace(".", ",")}
            slug = "so_mo_ho_nguyen" if whole else "so_mo_ho"
            self._add(PATTERN, slug, pointer, span, **ways, **args)
        elif value is not None and low is not None and value < low:
            self._add(RANGE, "it_nhat", pointer, span, limit=str(low), count=0, **args)
        else:
            self._add(PATTERN, "so_nguyen" if whole else "so", pointer, span, **args)

    def _say_duplicate(self, pointer: str, items: list[Any]) -> None:
        for second, item in enumerate(items):
            for first in range(second):
                if items[first] == item and type_of(items[first]) == type_of(item):
                    at = f"{pointer}/{second}"
                    self._add(
                        DUPLICATE, "trung", at, self._value_span(at), path=self._path(pointer),
                        first=first + 1, second=second + 1,
                    )  # fmt: skip
                    return

    def _say_texts(self) -> None:
        """Find what the form of a text allows: blanks left, and days that no calendar has."""
        for pointer, place in self.annotated.places.items():
            value = place.value
            if not isinstance(value, str) or pointer in self.invalid:
                continue
            if BLANK.fullmatch(value.strip()):
                rule = SECTION_MISSING if self._is_section(pointer) else LENGTH
                slug = "chua_dien"
            elif _is_date(place.schemas) and dates.parse(value) is None:
                rule, slug = PATTERN, "ngay_khong_co"
            else:
                continue
            args = {"path": self._path(pointer), "found": quoted(value)}
            self._add(rule, slug, pointer, self._value_span(pointer), **args)

    # --- keys --------------------------------------------------------------------------------

    def _say_keys(self) -> None:
        self._say_moved()
        for pointer in list(dict.fromkeys([*self.unknown, *self.missing])):
            unknown = list(self.unknown.get(pointer, ()))
            missing = dict(self.missing.get(pointer, {}))
            if self._say_prose(pointer, unknown):
                continue
            if not self.draft.at(pointer) and len(missing) > 1:
                self._say_empty_object(pointer, missing)
                continue
            for key, lost in self._pairs(pointer, list(unknown), list(missing)):
                del missing[lost]
                unknown.remove(key)
                self._say_pair(pointer, key, lost)
            for key in unknown:
                self._say_unknown(pointer, key)
            for lost, error in missing.items():
                self._say_missing(pointer, lost, error)

    def _say_unindented(self) -> None:
        """Find keys that belong under the empty key above them: one finding at the first."""
        for pointer, keys in self.unknown.items():
            above: str | None = None
            said = False
            for key in list(self.draft.at(pointer)):
                inside = f"{pointer}/{_escape(above)}" if above is not None else ""
                if key not in keys:
                    empty = self.draft.at(f"{pointer}/{_escape(key)}") is None
                    above, said = (key if empty else None), False
                elif above is not None and key in self.annotated.allowed(inside):
                    keys.remove(key)
                    if said:
                        continue
                    said = True
                    self.values.pop(inside, None)
                    at = f"{pointer}/{_escape(key)}"
                    self._add(
                        UNKNOWN, "chua_lui", at, self._key_span(at), invalid=(pointer, inside, at),
                        key=key, home=self._path(inside), above=above,
                    )  # fmt: skip

    def _say_prose(self, pointer: str, unknown: list[str]) -> bool:
        """Say of running text that YAML took for keys, where a text may stand: one finding."""
        place = self.annotated.places.get(pointer)
        value = self.draft.at(pointer)
        if (
            not pointer
            or not unknown
            or place is None
            or len(unknown) != len(value)
            or "string" not in merged(place.schemas).get("type", ())
            or not any(_PROSE.search(key) and isinstance(value[key], str) for key in unknown)
            or any(nearest(key, self.annotated.allowed(pointer)) for key in unknown)
        ):
            return False
        at = f"{pointer}/{_escape(unknown[0])}"
        self._add(
            UNKNOWN, "loi_van", at, self._key_span(at), invalid=(pointer, at),
            key=shortened(unknown[0]), path=self._path(pointer),
        )  # fmt: skip
        return True

    def _say_moved(self) -> None:
        """Pair a key that stands in the wrong object with the object that misses it."""
        for pointer, keys in self.unknown.items():
            for key in list(keys):
                if key not in keys or key in self.missing.get(pointer, {}):
                    continue
                homes = [at for at, lost in self.missing.items() if key in lost]
                if len(homes) != 1:
                    continue
                home = homes[0]
                keys.remove(key)
                del self.missing[home][key]
                at = f"{pointer}/{_escape(key)}"
                title = self.annotated.title(home, key) or key
                if self.draft.at(at) is None:
                    # its content came loose with it and stands beside it
                    walker = self.annotated.walker
                    below = walker.properties(
                        walker.described(self.annotated.places[home].schemas, key)
                    )
                    keys[:] = [other for other in keys if other not in below]
                slug = "sai_cho" if home else "sai_cho_goc"
                self._add(
                    UNKNOWN, slug, at, self._key_span(at), invalid=(pointer, home, at),
                    key=key, title=title, path=self._path(pointer), home=self._path(home),
                )  # fmt: skip

    def _say_empty_object(self, pointer: str, missing: dict[str, Fault]) -> None:
        titles = ", ".join(self.annotated.title(pointer, key) or key for key in missing)
        span = self._object_span(pointer)
        if not pointer:
            self._add(LENGTH, "goc_trong", pointer, span, titles=titles)
        elif self._is_section(pointer):
            slug = "rong"
            self._add(SECTION_MISSING, slug, pointer, span, path=self._path(pointer), found="")
        else:
            self._add(LENGTH, "thieu_het", pointer, span, path=self._path(pointer), titles=titles)

    def _pairs(
        self, pointer: str, unknown: list[str], missing: list[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield which unknown key stands for which missing one: the most alike first, then any."""
        present = self.draft.at(pointer)
        absent = [k for k in self.annotated.allowed(pointer) if k not in present]
        scored = []
        for i, key in enumerate(unknown):
            # A clear misspelling of some other key is a mistake of its own.
            other = max((likeness(key, k) for k in absent if k not in missing), default=0.0)
            for j, wanted in enumerate(missing):
                alike = self._alike(pointer, key, wanted)
                if alike >= other or other < SURE:
                    scored.append((alike, -i, -j, key, wanted))
        spare_unknown, spare_missing = set(unknown), set(missing)
        for *_, key, wanted in sorted(scored, reverse=True):
            if key in spare_unknown and wanted in spare_missing:
                spare_unknown.discard(key)
                spare_missing.discard(wanted)
                yield key, wanted

    def _alike(self, pointer: str, key: str, wanted: str) -> float:
        title = self.annotated.title(pointer, wanted)
        return max(likeness(key, wanted), likeness(key, title) if title else 0.0)

    def _say_pair(self, pointer: str, key: str, lost: str) -> None:
        at = f"{pointer}/{_escape(key)}"
        title = self.annotated.title(pointer, lost) or lost
        slug = "phai_la" if self._alike(pointer, key, lost) > 0 else "thay_cho"
        slug += "" if pointer else "_goc"
        strange = _strange(key, lost)
        self._add(
            UNKNOWN, "ky_tu_la" if strange else slug, at, self._key_span(at), invalid=(pointer, at),
            key=shortened(key), wanted=lost, meant=lost, codes=strange,
            title=title, path=self._path(pointer),
        )  # fmt: skip

    def _say_unknown(self, pointer: str, key: str) -> None:
        at = f"{pointer}/{_escape(key)}"
        present = self.draft.at(pointer)
        allowed = [name for name in self.annotated.allowed(pointer) if name not in present]
        meant = nearest(key, allowed)
        if meant is None:
            titles = {
                plain(title_of(nodes) or name): name
                for name, nodes in self.annotated.allowed(pointer).items()
                if name in allowed
            }
            by_title = nearest(key, titles)
            meant = titles[by_title] if by_title else None
        args: dict[str, Any] = {"key": shortened(key), "path": self._path(pointer)}
        strange = _strange(key, meant) if meant else None
        if strange:
            slug = "ky_tu_la"
            args |= {"meant": meant, "codes": strange}
        elif meant:
            slug = "goi_y" if pointer else "goi_y_goc"
            args |= {"meant": meant, "title": self.annotated.title(pointer, meant) or meant}
        elif pointer and _PROSE.search(key) and isinstance(self.draft.at(at), str | None):
            slug = "la_loi_van"
        elif allowed and pointer:
            slug = "liet_ke"
            args |= {"allowed": ", ".join(allowed)}
        else:
            slug = "la" if pointer else "la_goc"
        self._add(UNKNOWN, slug, at, self._key_span(at), invalid=(pointer, at), **args)

    def _say_missing(self, pointer: str, key: str, error: Fault) -> None:
        place = self.annotated.places.get(pointer)
        nodes = self.annotated.walker.described(place.schemas, key) if place is not None else ()
        section = any(node.get("x-vai") in SECTION_ROLES for node in nodes)
        reason = self._reason(error)
        slug = "thieu" if pointer else "thieu_goc"
        self._add(
            SECTION_MISSING if section else MISSING,
            slug + ("_vi" if reason else ""),
            pointer,
            self._object_span(pointer),
            key=key,
            title=title_of(nodes) or key,
            path=self._path(pointer),
            reason=reason,
        )


def quoted(value: Any) -> str:
    """Return a value as a message quotes it: texts in “…”, shortened, containers as ``[…]``."""
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if value is None:
        return "“”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        flat = " ".join(value.split())
        return f"“{flat[:QUOTE]}…”" if len(flat) > QUOTE else f"“{flat}”"
    return str(value)


def _counted(written: str, allowed: list[str]) -> str | None:
    """Return the allowed value that ``written`` is when its figures are said: 9 tháng."""
    said = _DIGITS.sub(lambda found: _IN_WORDS.get(int(found[0][:9]), found[0]), written)
    return next((name for name in allowed if said != written and plain(said) == plain(name)), None)


def _strange(written: str, meant: str) -> str | None:
    """Return the codes of the characters that make ``written`` differ from ``meant`` unseen.

    None when the difference can be seen.
    """
    odd = [char for char in written if not char.isascii() and not _plain_to_see(char)]
    kept = "".join(char for char in written if char not in odd)
    alike = len(written) == len(meant) and all(
        one == other or one in odd for one, other in zip(written, meant, strict=True)
    )
    if not odd or not (alike or kept.strip() == meant):
        return None
    return ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in odd))


def _plain_to_see(char: str) -> bool:
    # blanks, formatting signs and letters of other alphabets deceive; curly quotes do not
    return unicodedata.category(char)[0] in "PS" or unicodedata.name(char, "").startswith(
        ("LATIN", "COMBINING")
    )


def _rank(keyword: str) -> int:
    return _PRIORITY.index(keyword) if keyword in _PRIORITY else len(_PRIORITY)


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _is_blank(value: Any, by_keyword: Mapping[str, Any]) -> bool:
    if "type" in by_keyword:
        return False
    if isinstance(value, str):
        return not value.strip()
    return value in ([], {})


def _examples(schemas: tuple[Schema, ...]) -> tuple[Any, ...]:
    for schema in schemas:
        if schema.get("examples"):
            return tuple(schema["examples"])
    return ()


def _is_date(schemas: tuple[Schema, ...]) -> bool:
    """Tell whether a schema asks for a date by ``format`` alone, which only annotates."""
    return any(schema.get("format") == "date" for schema in schemas)


def _unfilled(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], str):
        return False
    return BLANK.fullmatch(f"[{value[0]}]") is not None


def _asked_form(schemas: tuple[Schema, ...], examples: tuple[Any, ...]) -> str | None:
    """Tell what schema nodes ask for, judged by their examples.

    ``date``, ``month`` (a date whose day may be missing), ``deadline`` (a date or a word),
    ``figure``, or None for anything else.
    """
    if _is_date(schemas):
        return "date"
    texts = [example for example in examples if isinstance(example, str)]
    dated = [example for example in texts if dates.parse_partial(example)]
    if dated and len(dated) < len(texts):
        return "deadline"
    if dated:
        return "date" if all(dates.parse(example) for example in dated) else "month"
    types = merged(schemas).get("type", ())
    if isinstance(types, list) and {"integer", "number"} & set(types) and "string" in types:
        return "figure"
    return None


def _tested_by(condition: Any, at: str, by: frozenset[str] | None = None) -> Iterator[str]:
    """Yield the pointers below ``at`` that the schema of an ``if`` looks at.

    ``by`` keeps only those whose value one of these keywords tests.
    """
    if not isinstance(condition, Mapping):
        return
    if not (by or _TESTS).isdisjoint(condition) and (
        by is None or len(condition.get("enum", ())) <= _REASONS
    ):
        yield at
    properties = condition.get("properties", {})
    for key, part in properties.items():
        inside = f"{at}/{_escape(key)}"
        if part is False and by is None:
            yield inside
        yield from _tested_by(part, inside, by)
    for key in condition.get("required", ()):
        if key not in properties and by is None:
            yield f"{at}/{_escape(key)}"
    # what a value is not explains nothing
    negated = [] if by is not None else [condition.get("not")]
    for part in (*condition.get("allOf", ()), *condition.get("anyOf", ()), *negated):
        yield from _tested_by(part, at, by)


def _follow(
    schema: Any,
    steps: list[Any],
    path: list[Any],
    at: str,
    found: list[tuple[str, Schema]],
    walker: Walker,
) -> list[tuple[str, Schema]] | None:
    """Follow a schema path from ``schema``, collecting the conditions passed; None if it fails.

    The library leaves ``$ref`` and ``if`` out of the path, so a reference is tried where a step
    is not found in the node itself.
    """
    if not isinstance(schema, Mapping) or not steps:
        return found
    step, rest = steps[0], steps[1:]
    if step in schema:
        below = _step(schema, step, rest, path, at, found, walker)
        if below is not None:
            return below
    if step in ("then", "else") and "if" in schema and step in schema:
        return None
    if "$ref" in schema:
        return _follow(walker.resolve(schema["$ref"]), steps, path, at, found, walker)
    return None


def _step(
    schema: Schema, step: Any, rest: list[Any], path: list[Any], at: str,
    found: list[tuple[str, Schema]], walker: Walker,
) -> list[tuple[str, Schema]] | None:  # fmt: skip
    node = schema[step]
    if step in ("then", "else"):
        return _follow(node, rest, path, at, [*found, (at, schema["if"])], walker)
    if step in ("properties", "patternProperties", "prefixItems", "allOf") and rest:
        try:
            inner = node[rest[0]]
        except (KeyError, IndexError):
            return None
        if step == "allOf":
            return _follow(inner, rest[1:], path, at, found, walker)
        if not path:
            return None
        return _follow(inner, rest[1:], path[1:], f"{at}/{_escape(str(path[0]))}", found, walker)
    if step in ("items", "additionalProperties") and isinstance(node, Mapping) and path:
        return _follow(node, rest, path[1:], f"{at}/{_escape(str(path[0]))}", found, walker)
    return found if not rest else None


def _source_of(rule: str) -> Source | None:
    """Return the clause of the one rule that has a page of its own; structure rests on none."""
    if rule != SECTION_MISSING:
        return None
    from vanban.rules import modules

    return next((m.RULE.source for m in modules() if rule == m.RULE.id), None)
