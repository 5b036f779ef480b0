"""A draft and a layout profile become a Document: numbered, worded, measured, format-neutral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vanban import kinds
from vanban.compose import numbering
from vanban.compose.blocks import (
    BODY,
    CLAUSE,
    DASH,
    LEVELS,
    PART,
    PLUS,
    SECTION,
    Writer,
    fold,
    paragraphs,
    plain,
    sentence_ends,
)
from vanban.compose.document import (
    Appendix,
    CopyBlock,
    Document,
    Layout,
    Line,
    Meta,
    Paragraph,
    Recipients,
    Run,
    SignatureBlock,
    Table,
)
from vanban.compose.header import TonedWords, header_block, rule_length, two_columns
from vanban.compose.marks import (
    TYPIST,
    contact_lines,
    counted,
    draft_number,
    head_marks,
    typist,
    typist_in_list,
)
from vanban.compose.outline import Facts, filled, load_outline, lookup
from vanban.compose.phrases import period_phrases
from vanban.compose.profile import Profile, governing_date
from vanban.compose.tables import FigureTables, free_table
from vanban.errors import InternalError
from vanban.start import garbage
from vanban.text import dates
from vanban.text.numbers import exact, figure, padded

if TYPE_CHECKING:
    from vanban.compose.outline import Outline
    from vanban.kinds import Kind
    from vanban.read.draft import Draft

NBSP = "\u00a0"


def compose(
    draft: Draft,
    profile: Profile,
    *,
    kind: Kind | None = None,
    allow_errors: bool = False,
    style: Mapping[str, Any] | None = None,
) -> Document:
    """Lay out a draft under a profile.

    ``kind`` is found from the draft when not given; ``style`` is the house style for what the
    draft's ``trinh_bay`` leaves open. The data must have passed its schema; with
    ``allow_errors`` it may lack content, which is then marked in the text, and the pages carry a
    watermark. Raises InternalError when the kind or its outline is unusable.
    """
    found = kind or (kinds.find(draft.kind) if draft.kind else None)
    if found is None:
        raise InternalError(f"no kind is installed for {draft.kind!r}")
    outline = load_outline(found.outline_path)
    return compose_data(
        draft.data, profile, outline, kind=found.name, allow_errors=allow_errors, style=style
    )


def compose_data(
    data: Mapping[str, Any],
    profile: Profile,
    outline: Outline,
    *,
    kind: str = "",
    allow_errors: bool = False,
    style: Mapping[str, Any] | None = None,
) -> Document:
    """Lay out plain data under a profile and an outline (see ``compose``)."""
    with exact(), garbage.seldom():
        return _Composer(data, profile, outline, kind, allow_errors, style or {}).document()


@dataclass
class _Place:
    """Where numbering stands in one list of sections."""

    level: int
    number: int = 0

    def next(self) -> int:
        self.number += 1
        return self.number


@dataclass(frozen=True)
class _Section:
    """What a draft gives for one node: own label and heading, content, and where it stands."""

    label: str = ""
    title: str = ""
    content: Any = None
    pointer: str = ""


_NO_SECTION = _Section()


@dataclass
class _Composer:
    data: Mapping[str, Any]
    profile: Profile
    outline: Outline
    kind: str
    allow_errors: bool
    style: Mapping[str, Any]
    facts: Facts = field(init=False)
    tone: TonedWords = field(init=False)
    phrases: dict[str, str] = field(init=False)
    tables: FigureTables = field(init=False)
    writer: Writer = field(init=False)
    subject: str = field(init=False)
    in_body: set[str] = field(init=False, default_factory=set)
    shown: dict[str, bool] = field(init=False, default_factory=dict)
    sections: dict[str, _Section] = field(init=False, default_factory=dict)
    children: dict[int, list[str]] = field(init=False, default_factory=dict)
    own_sections: dict[int, Mapping[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.facts = Facts(self.data, self.profile.family)
        self.tone = TonedWords(str(self._choice("kieu_dau")))
        self.phrases = period_phrases(self.data, self.outline)
        self.tables = FigureTables(self.outline, self.facts, self.profile, self._phrase)
        self.writer = Writer(self.profile, str(self._choice("kieu_muc")), self._free_table)
        self.subject = self._subject()
        own = self.data.get("muc_khac")
        entries = own if isinstance(own, list) else []
        self.own_sections = {i: e for i, e in enumerate(entries) if isinstance(e, Mapping)}

    # ---- words ------------------------------------------------------------------------------

    @property
    def missing(self) -> str:
        """What stands where content is missing."""
        return self.tone(self.outline.text("thieu"))

    def _phrase(self, wording: Any, **more: str) -> str:
        """Return a wording of the outline: its choice made, its blanks filled, its tones placed.

        The values put in are the clerk's and stay as they are.
        """
        text = wording if isinstance(wording, str) else self.facts.choose(wording)
        if text is None:
            return ""
        template = self.tone(str(text))
        if "{" not in template and "}" not in template:
            return template
        try:
            return template.format_map({**self.phrases, **more})
        except (KeyError, ValueError, IndexError) as error:
            raise self.outline.fail(f"wording {text!r}: {error!r}") from error

    def _formality(self, path: str) -> str:
        return plain(lookup(self.data, f"the_thuc.{path}"))

    def _needed(self, path: str) -> str:
        """Return a needed formality, marked when it is missing in a draft with errors."""
        return self._formality(path) or (self.missing if self.allow_errors else "")

    def _choice(self, name: str) -> Any:
        """Return what the draft chose under ``trinh_bay``, else house style or the default."""
        chosen = lookup(self.data, f"the_thuc.trinh_bay.{name}")
        if chosen is None:
            chosen = self.style.get(name)
        choice = self.profile.choices[name]
        if isinstance(choice.default, bool):
            return chosen if isinstance(chosen, bool) else choice.default
        if isinstance(choice.default, str):
            known = isinstance(chosen, str) and choice.values and chosen in choice.values
            # A form that only other regulations use is followed and remarked on, not refused.
            other = name == "kieu_muc" and chosen in ("I-", "I.")
            return chosen if known or other else choice.default
        number = None if isinstance(chosen, bool) else figure(chosen)
        return float(number) if number is not None and number > 0 else choice.default

    def _subject(self) -> str:
        own = self._formality("trich_yeu")
        if own:
            return own
        derived = self._phrase(self.outline.raw["trich_yeu"])
        capital = self.profile.figures().get("style.trich_yeu.first_capital")
        if capital is not None and capital.default and derived:
            return derived[0].upper() + derived[1:]
        return derived

    # ---- the whole --------------------------------------------------------------------------

    def document(self) -> Document:
        """Compose everything."""
        top = _Place(self._first_level())
        for name in self.facts.choose(self.outline.raw["than_bai"]) or []:
            self._node(str(name), top)
        self._left_over(top)
        self._end_mark()
        return Document(
            meta=self._meta(),
            layout=self._layout(),
            header=self._header(),
            title=self._title(),
            body=tuple(self.writer.blocks),
            signature=self._signature(),
            recipients=self._with_typist(self._recipients()),
            appendices=self._appendices(),
            watermark=self.tone(self.outline.text("du_thao")) if self._is_draft() else None,
            contact=contact_lines(self.data, self.profile, self.tone),
            copy=self._copy(),
        )

    def _is_draft(self) -> bool:
        return self.allow_errors or draft_number(self.data) is not None

    def _meta(self) -> Meta:
        day = governing_date(self.data)
        return Meta(
            # Inside a sentence the subject keeps its small first letter.
            title=self._phrase(
                self.outline.raw.get("tieu_de_tep", "{trich_yeu}"),
                trich_yeu=self._formality("trich_yeu")
                or self._phrase(self.outline.raw["trich_yeu"]),
            ),
            author=self._formality("co_quan_ban_hanh"),
            subject=self.subject,
            created=f"{day.isoformat()}T00:00:00Z" if day else None,
            kind=self.kind,
            profile=self.profile.name,
        )

    def _layout(self) -> Layout:
        pitch = self._choice("gian_dong")
        # Pitches in points are far above any multiple of single spacing.
        multiple = float(pitch) < 5
        return Layout(
            body_pt=float(self._choice("co_chu")),
            line_pt=None if multiple else float(pitch),
            line_multiple=float(pitch) if multiple else None,
            duplex=bool(self._choice("in_hai_mat")),
        )

    # ---- head -------------------------------------------------------------------------------

    def _blank(self) -> str:
        return NBSP * int(self.profile.number("number.blank"))

    def _number_line(self) -> str:
        return f"{self.tone(self.profile.wording['number'])}{self._number_and_symbol()}"

    def _number(self, typed: Any) -> str:
        """Return a number in the register, with room for one that is not given yet."""
        number = figure(typed)
        if number is not None and number == int(number) and number >= 0:
            return padded(int(number))
        return plain(typed) or self._blank()

    def _issuer_symbol(self) -> str:
        return self._formality("ky_hieu_co_quan") or str(
            self.profile.figure("number.issuer_symbol").default
        )

    def _number_and_symbol(self) -> str:
        words = self.profile.wording
        shown = self._number(lookup(self.data, "the_thuc.so"))
        issuer = self._issuer_symbol()
        short = self.outline.text("viet_tat")
        symbol = self._formality("ky_hieu") or f"{short}{words['symbol_join']}{issuer}"
        return f"{shown}{words['number_join']}{symbol}"

    def _date(self, path: str = "ngay_ban_hanh") -> str:
        """Return the worded date, with blanks for what is not known yet."""
        partial = dates.parse_partial(lookup(self.data, f"the_thuc.{path}"))
        blank = self._blank()
        day = dates.day_text(partial.day) if partial and partial.day else blank
        month = dates.month_text(partial.month) if partial else blank
        year = str(partial.year) if partial else blank
        return str(self.profile.wording["date"].format(ngay=day, thang=month, nam=year))

    def _date_line(self) -> str:
        return f"{self._needed('dia_danh')}, {self._date()}"

    def _header(self) -> Any:
        return header_block(
            self.profile,
            self._needed("co_quan_cap_tren")
            if self.profile.is_party
            else (self._formality("co_quan_cap_tren")),
            self._needed("co_quan_ban_hanh"),
            self._number_line(),
            self._date_line(),
            self.tone,
            as_is=self.missing,
            marks=head_marks(self.data, self.profile, self.tone),
        )

    def _title(self) -> tuple[Line, ...]:
        name = self.tone(self.outline.text("ten_loai"))
        style = self.profile.style("ten_loai")
        subject_style = self.profile.style("trich_yeu")
        room = self.profile.page.text_width
        lines = [
            Line(name.upper() if style.upper else name, "ten_loai"),
            Line(self.subject, "trich_yeu", rule_length(self.subject, subject_style, room)),
        ]
        under = self.profile.wording["under_subject"]
        return (*lines, *((Line(under, "gach_trich_yeu"),) if under else ()))

    # ---- body -------------------------------------------------------------------------------

    def _first_level(self) -> int:
        names = self.facts.choose(self.outline.raw["than_bai"]) or []
        levels = [self.facts.choose(self.outline.node(n).get("cap")) for n in names]
        return PART if LEVELS[PART] in levels else SECTION

    def _free_table(self, value: Mapping[str, Any], pointer: str) -> Table:
        return free_table(value, self.profile, pointer)

    def _section(self, path: Any) -> _Section:
        if not isinstance(path, str):
            return _NO_SECTION
        if path not in self.sections:
            self.sections[path] = self._read_section(path)
        return self.sections[path]

    def _read_section(self, path: str) -> _Section:
        value = lookup(self.data, path)
        pointer = "/" + path.replace(".", "/")
        if isinstance(value, Mapping):
            content = value.get("noi_dung")
            inner = f"{pointer}/noi_dung" if content is not None else pointer
            return _Section(plain(value.get("nhan")), plain(value.get("tieu_de")), content, inner)
        return _Section(content=value, pointer=pointer)

    def _shown(self, name: str) -> bool:
        """Return whether a node has anything to show."""
        if name not in self.shown:
            self.shown[name] = self._has_something(name)
        return self.shown[name]

    def _has_something(self, name: str) -> bool:
        node = self.outline.node(name)
        path = node.get("o")
        if isinstance(path, str):
            if self._needs(node):
                return True
            if filled(self._section(path).content):
                return True
        if node.get("bieu") and self.tables.build(node["bieu"]):
            return True
        return any(self._shown(child) for child in self._children(node))

    def _needs(self, node: Mapping[str, Any]) -> bool:
        wanted = node.get("bat_buoc")
        if not self.allow_errors or wanted is None:
            return False
        return wanted is True or self.facts.hold(wanted)

    def _children(self, node: Mapping[str, Any]) -> list[str]:
        found = self.children.get(id(node))  # the outline holds the node, and so its id
        if found is None:
            found = [str(name) for name in self.facts.choose(node.get("con")) or []]
            self.children[id(node)] = found
        return found

    def _node(self, name: str, place: _Place) -> None:
        """Write one node of the outline, and behind it the clerk's own sections."""
        node = self.outline.node(name)
        if not self._shown(name):
            # Its place may still carry sections of the clerk's own.
            self._skip(name, place)
            return
        children = [child for child in self._children(node) if self._shown(child)]
        own = self._section(node.get("o"))
        bare = not (own.title or own.label or filled(own.content))
        if node.get("gop") and len(children) == 1 and bare:
            # A group of one takes that one's place.
            self._write_children(node, children, place)
        else:
            self._write_node(node, children, place)
        self._own_sections(node.get("o"), place)

    def _write_children(self, node: Mapping[str, Any], shown: list[str], place: _Place) -> None:
        for child in self._children(node):
            if child in shown:
                self._node(child, place)
            else:
                self._skip(child, place)

    def _write_node(self, node: Mapping[str, Any], children: list[str], place: _Place) -> None:
        section = self._section(node.get("o"))
        title = section.title or self._phrase(node.get("tieu_de"))
        numbered = self.facts.choose(node.get("danh_so")) is not False
        level = place.level
        if not title:
            inner = self._content(node, section, max(level, SECTION), "")
        elif numbered or section.label:
            label = self.writer.label(level, place.next(), section.label or None)
            inner = self._titled(node, section, level, label, title)
        elif level == PART:
            self.writer.heading(PART, "", title, section.pointer)
            inner = self._content(node, section, SECTION, "")
        else:
            self.writer.heading(CLAUSE, "", title, section.pointer)
            inner = self._content(node, section, max(level, CLAUSE), "")
        below = _Place(min(level + 1, PLUS), inner) if title else place
        self._write_children(node, children, below)

    def _skip(self, name: str, place: _Place) -> None:
        """Pass over a node without content, writing the clerk's own sections that follow it."""
        node = self.outline.node(name)
        for child in self._children(node):
            self._skip(child, place)
        self._own_sections(node.get("o"), place)

    def _titled(
        self, node: Mapping[str, Any], section: _Section, level: int, label: str, title: str
    ) -> int:
        """Write heading and content; a heading that is only a dash leads its first paragraph."""
        texts = paragraphs(section.content) if isinstance(section.content, str) else []
        if level >= DASH and texts and not node.get("danh_muc"):
            self.writer.lead(level, label, title, texts[0], section.pointer)
            for text in texts[1:]:
                self.writer.text(text, section.pointer)
            self._node_tables(node)
            return 0
        self.writer.heading(level, label, title, section.pointer)
        return self._content(node, section, level, title)

    def _content(self, node: Mapping[str, Any], section: _Section, level: int, title: str) -> int:
        """Write what stands below a heading of ``level``; returns how many items were numbered."""
        used = 0
        if filled(section.content):
            lists = node.get("danh_muc")
            if lists and self._is_item_list(str(lists), section.content):
                self._item_list(str(lists), section, level)
            elif not node.get("bieu"):
                used = self.writer.block(section.content, level, section.pointer)
        elif self._needs(node) and not any(self._shown(c) for c in self._children(node)):
            self.writer.text(self.missing, section.pointer)
        self._node_tables(node)
        return used

    def _node_tables(self, node: Mapping[str, Any]) -> None:
        for key in ("bieu", "kem_bieu"):
            name = node.get(key)
            if not name:
                continue
            self.in_body.add(name)
            self._figure_tables(name)

    def _figure_tables(self, name: str) -> None:
        for table, notes in self.tables.build(name):
            if table.caption and notes:
                # The unit and the data date stand between a table and its title.
                self.writer.blocks.append(
                    Paragraph("ten_bang", (Run(table.caption),), None, True, table.pointer)
                )
                table = replace(table, caption=None)
            for note in notes:
                self.writer.blocks.append(Paragraph("don_vi_tinh", (Run(note),), None, True))
            self.writer.blocks.append(table)

    # ---- lists of limitations, causes, tasks --------------------------------------------------

    def _is_item_list(self, name: str, content: Any) -> bool:
        """Return whether a list holds items of its kind, rather than a text block's."""
        own = set(self.outline.section("danh_muc")[name].get("rieng", []))
        return isinstance(content, list) and any(
            isinstance(item, Mapping) and own.intersection(item) for item in content
        )

    def _item_list(self, name: str, section: _Section, level: int) -> None:
        spec = self.outline.section("danh_muc")[name]
        items = [(i, item) for i, item in enumerate(section.content) if filled(item)]
        groups = self._groups(spec, [item for _, item in items])
        if groups is None:
            self._items(spec, items, level, section.pointer)
            return
        for number, (title, chosen) in enumerate(groups, 1):
            inner = min(level + 1, PLUS)
            # A single group is named, not counted.
            label = self.writer.label(inner, number) if len(groups) > 1 else ""
            self.writer.heading(inner, label, title)
            self._items(spec, [items[i] for i in chosen], inner, section.pointer)

    def _groups(
        self, spec: Mapping[str, Any], items: list[Any]
    ) -> list[tuple[str, list[int]]] | None:
        """Return titles and members of the groups, None when there is nothing to group."""
        grouping = spec.get("nhom")
        if not isinstance(grouping, Mapping):
            return None
        groups = list(self.facts.choose(grouping["cac_nhom"]) or [])
        found: list[tuple[str, list[int]]] = []
        taken: set[int] = set()
        for group in groups:
            members = [
                i
                for i, item in enumerate(items)
                if isinstance(item, Mapping) and item.get(grouping["theo"]) in group["gom"]
            ]
            taken.update(members)
            if members:
                found.append((self._phrase(group["tieu_de"]), members))
        rest = [i for i in range(len(items)) if i not in taken]
        if not found or (len(found) == 1 and not rest and grouping.get("bo_khi_mot")):
            return None
        if rest:
            found.append((self._phrase(grouping["con_lai"]), rest))
        return found

    def _items(
        self, spec: Mapping[str, Any], items: list[tuple[int, Any]], level: int, pointer: str
    ) -> None:
        mark = DASH if level < DASH else PLUS
        for index, item in items:
            place = f"{pointer}/{index}"
            entry = item if isinstance(item, Mapping) else {"noi_dung": item}
            title, content = plain(entry.get("tieu_de")), entry.get("noi_dung")
            # A single item without a lead is plain text: one dash alone lists nothing.
            alone = len(items) == 1 and not title
            label = "" if alone else self.writer.label(mark, 1)
            style = BODY if alone else LEVELS[mark]
            remark = self._remark(spec, entry)
            below = mark - 1 if alone else mark
            if isinstance(content, list):
                self._long_item(content, title, label, style, mark, remark, place)
            else:
                texts = paragraphs(content)
                if texts:
                    texts[-1] = self._remarked(texts[-1], remark)
                else:
                    texts = [self._remarked(title, remark)]
                    title = ""
                if title:
                    self.writer.lead(mark, label, title, texts[0], place)
                else:
                    self.writer.text(label + texts[0].strip(), place, style)
                for text in texts[1:]:
                    self.writer.text(text, place)
            self.writer.rest(entry, below, place)

    def _long_item(
        self,
        content: list[Any],
        title: str,
        label: str,
        style: str,
        mark: int,
        remark: str,
        place: str,
    ) -> None:
        """Write an item whose content is itself a list."""
        if title:
            self.writer.text(f"{label}{title}", place, style)
        self.writer.block(content, mark if title else mark - 1, f"{place}/noi_dung")
        if remark:
            self.writer.text(self._remarked("", remark), place)

    def _remark(self, spec: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
        """Return who, with whom, by when, what comes out of it, as one phrase."""
        parts = []
        for detail in spec.get("chi_tiet", []):
            value = entry.get(detail["o"])
            if not filled(value):
                continue
            names = detail.get("gia_tri", {})
            day = dates.parse(value)
            named = isinstance(value, str) and value in names
            shown = self._phrase(names[value]) if named else plain(value)
            if detail.get("ngay") and day is not None:
                shown = dates.short(day)
            parts.append(self._phrase(detail["mau"], gia_tri=shown))
        return "; ".join(parts)

    @staticmethod
    def _remarked(text: str, remark: str) -> str:
        """Return a text with its remark in brackets, the full stop behind the brackets.

        Behind another end mark, and alone, the remark is a sentence of its own.
        """
        if not remark:
            return text
        if text.endswith(".") and not text.endswith(("..", "v.v.")):
            text = text[:-1].rstrip()
        if text and not sentence_ends(text):
            return f"{text} ({remark})."
        return f"{text} ({remark[0].upper()}{remark[1:]}.)".strip()

    # ---- the clerk's own sections -------------------------------------------------------------

    def _own_sections(self, path: Any, place: _Place) -> None:
        if not isinstance(path, str):
            return
        for index in [i for i, e in self.own_sections.items() if e.get("sau") == path]:
            self._own_section(index, self.own_sections.pop(index), place)

    def _own_section(self, index: int, entry: Mapping[str, Any], place: _Place) -> None:
        section = _Section(
            plain(entry.get("nhan")),
            plain(entry.get("tieu_de")),
            entry.get("noi_dung"),
            f"/muc_khac/{index}/noi_dung",
        )
        if not section.title and not filled(section.content):
            return
        if not section.title:
            self.writer.block(section.content, max(place.level, SECTION), section.pointer)
            return
        label = self.writer.label(place.level, place.next(), section.label or None)
        self._titled({}, section, place.level, label, section.title)

    def _left_over(self, place: _Place) -> None:
        """Write own sections whose place is nowhere in this outline at the end: never drop text."""
        for index in list(self.own_sections):
            self._own_section(index, self.own_sections.pop(index), place)

    def _end_mark(self) -> None:
        """Close the body with the mark the profile prescribes, unless a full stop is enough."""
        mark = self.profile.wording["end_mark"]
        blocks = self.writer.blocks
        last = blocks[-1] if blocks else None
        if len(mark) < 2 or not isinstance(last, Paragraph) or last.text.endswith(mark):
            return
        *runs, final = last.runs
        add = mark[1:] if final.text.endswith(mark[0]) else mark
        closed = Run(final.text + add, final.bold, final.italic, final.underline)
        blocks[-1] = Paragraph(
            last.style, (*runs, closed), last.level, last.keep_next, last.pointer
        )

    # ---- foot -------------------------------------------------------------------------------

    def _signature(self, at: str = "nguoi_ky") -> SignatureBlock:
        whole = self.profile.page.text_width
        left = round(whole * self.profile.number("signature.left_share"), 2)

        def lines(path: str, style: str, needed: bool) -> tuple[Line, ...]:
            raw = lookup(self.data, f"the_thuc.{at}.{path}")
            texts = [t for part in str(raw or "").split("\n") if (t := fold(part))]
            if not texts and needed and self.allow_errors:
                texts = [self.missing]
            upper = self.profile.style(style).upper
            return tuple(
                Line(t.upper() if upper and t != self.missing else t, style) for t in texts
            )

        name = lines("ho_ten", "ho_ten", True)
        return SignatureBlock(
            authority=lines("quyen_han", "quyen_han", False),
            office=lines("chuc_vu", "chuc_vu", True),
            room_lines=max(int(self._choice("dong_ky")), 1),
            name=name[0] if name else Line("", "ho_ten"),
            left_mm=left,
            right_mm=round(whole - left, 2),
        )

    def _recipients(self, at: str = "noi_nhan") -> Recipients:
        words = self.profile.wording
        raw = lookup(self.data, f"the_thuc.{at}")
        texts = [t for entry in (raw if isinstance(raw, list) else []) if (t := plain(entry))]
        if not texts and self.allow_errors:
            texts = [self.missing]
        items = []
        for number, text in enumerate(texts, 1):
            end = words["recipient_last"] if number == len(texts) else words["recipient_end"]
            # What the clerk has already closed or dashed is not marked twice.
            closed = text if text.endswith((".", ";", ",")) else f"{text}{end}"
            dashed = closed if closed.startswith("-") else f"{words['recipient_dash']}{closed}"
            items.append(Line(dashed, "noi_nhan_dong"))
        return Recipients(Line(self.tone(words["recipients"]), "noi_nhan"), tuple(items))

    def _with_typist(self, recipients: Recipients) -> Recipients:
        """Return the recipients with who typed the document, where the profile puts it."""
        text = typist(self.data, self.profile)
        if not text:
            return recipients
        if recipients.items and typist_in_list(self.profile):
            *items, last = recipients.items
            joined = replace(last, text=f"{last.text} {text}")
            return replace(recipients, items=(*items, joined))
        return replace(recipients, after=(Line(text, TYPIST),))

    def _copy(self) -> CopyBlock | None:
        """Return what stands under the original when this is a copy of it."""
        given = lookup(self.data, "the_thuc.ban_sao")
        if not isinstance(given, Mapping) or not given:
            return None
        words = self.profile.wording
        form = plain(given.get("hinh_thuc"))
        issuer = self._needed("ban_sao.co_quan_sao")
        own = issuer.casefold() == self._formality("co_quan_ban_hanh").casefold()
        symbol = self._formality("ban_sao.ky_hieu_co_quan") or (
            self._issuer_symbol()
            if own
            else str(self.profile.figure("number.issuer_symbol").default)
        )
        number = self._number(counted(given.get("so")) or "")
        short = words.get(f"copy_short_{form}", "")
        title = self.tone(words.get(f"copy_{form}", "")) or self.missing
        head = two_columns(
            self.profile,
            [(issuer, "ban_hanh")],
            [("hinh_thuc_sao", title)],
            f"{self.tone(words['number'])}{number}{words['number_join']}{short}"
            f"{words['symbol_join']}{symbol}",
            f"{self._needed('ban_sao.dia_danh')}, {self._date('ban_sao.ngay_sao')}",
            as_is=self.missing,
        )
        return CopyBlock(
            head,
            self._signature("ban_sao.nguoi_ky"),
            self._recipients("ban_sao.noi_nhan"),
        )

    # ---- appendices -------------------------------------------------------------------------

    def _appendices(self) -> tuple[Appendix, ...]:
        given = self.data.get("phu_luc")
        if isinstance(given, list):
            entries = [e for e in given if isinstance(e, Mapping)]
            pointers = [f"/phu_luc/{i}" for i, e in enumerate(given) if isinstance(e, Mapping)]
        else:
            names = self.facts.choose(self.outline.raw.get("phu_luc")) or []
            entries = [{"bieu": name} for name in names if name not in self.in_body]
            pointers = [""] * len(entries)
        made = []
        for entry, pointer in zip(entries, pointers, strict=True):
            built = self._appendix_blocks(entry, pointer)
            if built:
                made.append((entry, pointer, built))
        return tuple(self._appendix(number, len(made), *one) for number, one in enumerate(made, 1))

    def _appendix_blocks(self, entry: Mapping[str, Any], pointer: str) -> list[Any]:
        writer = Writer(self.profile, self.writer.section_mark, self._free_table)
        body, self.writer = self.writer, writer
        name = entry.get("bieu")
        if isinstance(name, str) and self.tables.defined(name):
            self._figure_tables(name)
        if filled(entry.get("noi_dung")):
            writer.block(entry["noi_dung"], CLAUSE - 1, f"{pointer}/noi_dung")
        if isinstance(entry.get("bang"), Mapping):
            writer.blocks.append(self._free_table(entry["bang"], f"{pointer}/bang"))
        if not writer.blocks and self.allow_errors and pointer:
            # An appendix that was asked for and has nothing; unasked ones are left out.
            writer.text(self.missing, pointer)
        self.writer = body
        return writer.blocks

    def _belongs_to(self, note: str) -> str:
        """Return the line that ties an appendix to its document."""
        return self.tone(note).format(
            loai=self.tone(self.outline.text("ten_loai")),
            so=self._number_and_symbol(),
            ngay=self._date(),
            co_quan=self._needed("co_quan_ban_hanh"),
        )

    def _appendix(
        self, number: int, count: int, entry: Mapping[str, Any], pointer: str, blocks: list[Any]
    ) -> Appendix:
        name = entry.get("bieu")
        title = plain(entry.get("tieu_de"))
        if not title and isinstance(name, str) and self.tables.defined(name):
            title = self.tables.title(name)
        word = self.tone(self.profile.wording["appendix"])
        romans = self.profile.wording["appendix_number"] == "roman"
        shown = numbering.roman(number) if romans else str(number)
        # One appendix alone is not counted.
        label = plain(entry.get("nhan")) or (word if count == 1 else f"{word} {shown}")
        style = self.profile.style("ten_phu_luc")
        titles = [Line(label, "phu_luc")]
        if title:
            titles.append(Line(title.upper() if style.upper else title, "ten_phu_luc"))
        if note := self.profile.wording.get("appendix_note"):
            titles.append(Line(self._belongs_to(note), "kem_theo"))
        wide = any(isinstance(b, Table) and b.landscape for b in blocks)
        anew = self.profile.page_number.appendix_restart
        return Appendix(tuple(titles), tuple(blocks), wide, pointer, numbered_anew=anew)
