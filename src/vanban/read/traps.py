"""The traps that running text meets in YAML, each with its own message and the mended line.

Nothing here guesses on sound YAML: a trap is told either because the parser failed at it, or
because the parser understood something that would lose or turn words of the clerk in silence:

- ``- Thứ nhất: tăng cường`` becomes a mapping. Told when a list item is a mapping of one unquoted
  key that holds a blank or a letter with a diacritic (no key of a draft does) and its value stands
  on the same line.
- `` #`` cuts a text off. A comment after a value is legal and stays so: it is written with two
  blanks before ``#`` and one after, or follows a number, a date or a single word. Told for an
  unquoted text of two words and more when ``#`` touches the next character (``#1``, ``#Tựhào``),
  and for one of five words and more when only one blank stands before ``#``; never for the
  comments that leave out a remark (``# vanban: …``).
- ``&A text`` and ``! text`` lose their first sign. Told when no alias repeats the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vanban.finding import Edit
from vanban.read.faults import fault
from vanban.read.limits import MAX_REPORTED
from vanban.read.scalars import resolve

if TYPE_CHECKING:
    import yaml

    from vanban.finding import Finding, Span
    from vanban.read.positions import Place
    from vanban.read.source import Source
    from vanban.read.yaml_reader import Trace

OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Characters that YAML takes for line breaks and no editor shows as such."""

CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that may not stand in a YAML text."""

COMMENT = re.compile(r"[ \t]+#")
"""A comment behind a value."""

RUNNING_TEXT_WORDS = 5
"""From so many words on an unquoted value is running text, not a name."""

# what a line holds before its text: indentation, dashes, a key
_HEAD = re.compile(
    r"(?P<indent>[ \t]*)(?P<dashes>(?:-[ ]+)*)"
    r"(?P<key>(?:[a-z][a-z0-9_]*|\"[^\"]*\"|'[^']*')[ ]*:(?:[ ]+|$))?"
)
_KEY_GIVEN = re.compile(r"[ ]*(?:-[ ]+)*(?P<key>[a-z][a-z0-9_]*)[ ]*:(?:\s|$)")
_KEY_ALONE = re.compile(r"[ ]*[a-z][a-z0-9_]*")
# what no keyboard's space bar gives, yet looks like its blank
_ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# ... where YAML needs a plain one: before the text of a line, behind a dash or the colon of a key
_ODD_BLANK = re.compile(
    rf"[ ]*(?:-[ ]+)*(?:[a-z][a-z0-9_]*[ ]*:|-)?[ ]*(?P<odd>[{_ODD_BLANKS}]+)(?=[^\s])"
)
# signs that Word and people put before an item instead of "- "
_BULLET = re.compile(
    r"(?:-(?![\s-])|[–—−•●▪■◦‣·+*\uf0b7\uf0a7\uf0d8][ \t]*)(?P<rest>[^\s\-–—=*+].*)"
)
_RULE_LINE = re.compile(r"([-=_*~.–—])\1{2,}")
_SLASH_COMMENT = re.compile(r"/[/*]+[ ]*(?P<rest>.*)")
_KEY_GLUED = re.compile(r"(?P<key>[a-z][a-z0-9_]*)[ ]*[:：](?P<rest>[^\s:].*)")
_KEY_OTHER_SIGN = re.compile(
    r"(?P<key>[a-z][a-z0-9_]*)[ ]*(?:[-=]+>|[=;,：→])[ ]*(?P<rest>\S.*)|"
    r"(?P<spaced>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)[ ]+(?P<more>[^\s:].*)"
)
_QUOTED_LINE = re.compile(r"[\"'](?P<key>[a-z][a-z0-9_]*)[ ]*:[ ]+(?P<rest>[^\"']+)[\"']?")
_BLOCK_HEADER = re.compile(r"(?:^|:|-)[ ]*[|>][+\-0-9]*[ ]*(?:#.*)?$")
# A comment that leaves out a remark is meant as one.
_OURS = re.compile(r"#+[ \t]*vanban[ \t]*:", re.IGNORECASE)
_PROPER_COMMENT = re.compile(r"[ \t]{2,}#(?:[ ].*)?$")
_PROSE = re.compile(r"[^\x00-\x7f]|[ \t]\S")
# a byte order mark inside a text, left by joining files: nobody typed it
_MARK = "\ufeff"
_SHIFT_ENTER = "\x0b\x0c"

_Blot = tuple[int, int]


def other_breaks_and_controls(source: Source) -> list[Finding]:
    """Return the characters that YAML cannot hold, one finding each, up to a limit."""
    text = source.text
    found: list[Finding] = []
    if text.isascii() and text.isprintable():
        return found
    for match in OTHER_BREAKS.finditer(text):
        if len(found) < MAX_REPORTED:
            found.append(_character(source, "INP018", "ngat_dong", match.start()))
    return found + controls(source, CONTROLS)


def controls(source: Source, pattern: re.Pattern[str]) -> list[Finding]:
    """Return one INP019 for each character of ``pattern``, up to a limit."""
    found: list[Finding] = []
    for match in pattern.finditer(source.text):
        if len(found) < MAX_REPORTED:
            slug = "ngat_dong_word" if match[0] in _SHIFT_ENTER else "dieu_khien"
            found.append(_character(source, "INP019", slug, match.start()))
    return found


def _character(source: Source, rule: str, slug: str, at: int) -> Finding:
    code = f"U+{ord(source.text[at]):04X}"
    span = source.span(at, at + 1)
    edit = Edit(span, "") if source.text[at] == _MARK else None
    return fault(rule, slug, span, edit=edit, code=code)


def quoted(text: str) -> str:
    """Return ``text`` as a quoted YAML scalar on one line, word for word."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


class _Line:
    """One line of the source, taken apart."""

    def __init__(self, source: Source, number: int) -> None:
        self.number = number
        self.text = source.lines[number - 1]
        head = _HEAD.match(self.text)
        assert head is not None  # every part is optional
        self.indent = len(head["indent"])
        self.begins = bool(head["dashes"] or head["key"])
        self.value = head.end()
        self.offset = source.starts[number - 1]

    @property
    def body(self) -> str:
        """Return the text of the line without a proper comment."""
        comment = _PROPER_COMMENT.search(self.text, self.value)
        end = comment.start() if comment else len(self.text)
        return self.text[self.value : end].rstrip()

    @property
    def mended(self) -> str:
        """Return the line with its text quoted, a proper comment kept outside."""
        comment = _PROPER_COMMENT.search(self.text, self.value)
        tail = comment[0].rstrip() if comment else ""
        return (self.text[: self.value] + quoted(self.body) + tail).strip()

    def quoting(self, source: Source) -> Edit:
        """Return the edit that puts the text of the line in quotes."""
        start = self.offset + self.value
        return Edit(source.span(start, start + len(self.body)), quoted(self.body))

    @property
    def block(self) -> str:
        """Return the line with ``|`` in place of its text."""
        return (self.text[: self.value].rstrip() + " |").strip()


def _told(source: Source, rule: str, at: int, end: int, begin: int) -> Finding:
    """Return the finding ``rule`` at ``at:end`` in an unquoted text that begins at ``begin``.

    The mended line holds the text in quotes when it stands on one line, a ``|`` when on several.
    """
    head = _Line(source, source.line_of(begin))
    span = source.short(at, end)
    if not head.begins:
        return fault(rule, "khong_khoa", span)
    if _goes_on(source, head) or source.line_of(at) != head.number:
        return fault(rule, "nhieu_dong", span, line=head.number, mended=head.block)
    # a key before the colon may have been meant as one: then quotes would be wrong
    prose = rule == "INP013" and _PROSE.search(source.text, begin, at)
    edit = head.quoting(source) if prose else None
    return fault(rule, "mot_dong", span, edit=edit, line=head.number, mended=head.mended)


def _goes_on(source: Source, head: _Line) -> bool:
    """Tell whether lines that belong to the text of ``head`` follow it."""
    for number in range(head.number + 1, len(source.lines) + 1):
        below = _Line(source, number)
        if below.text.strip():
            return below.indent > head.indent and not below.text.lstrip().startswith("#")
    return False


def colon_in_item(source: Source, place: Place, pointer: str) -> Finding:
    """Return the finding for a list item that became a mapping; ``place`` is its value."""
    colon = source.text.index(":", place.key_end)
    line = _Line(source, source.line_of(colon))
    return fault(
        "INP013",
        "muc_danh_sach",
        source.short(colon, colon + 1),
        pointer,
        edit=line.quoting(source),
        line=line.number,
        mended=line.mended,
    )


def swallowed(source: Source, start: int, end: int, at: int, value: str) -> Finding | None:
    """Judge the ``#`` at offset ``at`` behind an unquoted value at ``start:end``.

    Returns None when it begins a comment as clerks and editors write one.
    """
    words = len(value.split())
    if words < 2 or not isinstance(resolve(value), str):
        return None
    after = source.text[at + 1 : at + 2]
    if _OURS.match(source.text, at):
        return None
    glued = bool(after.strip()) and after not in "#!"
    if not glued and (words < RUNNING_TEXT_WORDS or at - end > 1):
        return None
    return _told(source, "INP015", at, source.line_end(at), start)


def leading_character(source: Source, at: int, name: str | None = None) -> Finding:
    """Return the finding for a text that begins with a sign YAML keeps for itself."""
    line = _Line(source, source.line_of(at))
    sign = source.text[at : at + 1]
    span = source.short(at, at + len(name or sign))
    if not line.begins or line.offset + line.value != at:
        return fault("INP017", "khong_khoa", span, sign=sign)
    slug = "gach" if sign == "-" else "mot_dong"
    if sign == "|":
        # meant as a block whose text began too early
        return fault("INP017", "gach_dung", span, sign=sign, line=line.number, mended=line.block)
    return fault("INP017", slug, span, sign=sign, line=line.number, mended=line.mended)


def diagnose(
    source: Source,
    text: str,
    error: yaml.MarkedYAMLError,
    trace: Trace,
    swallowed_at: int | None,
) -> tuple[Finding | None, _Blot | None]:
    """Explain why the parser failed.

    Returns the finding (None when the cause is told already) and the characters to blot out before
    reading on (None when what follows could not be trusted). ``text`` is what the parser read,
    with earlier traps blotted out; ``trace`` the last thing it understood.
    """
    problem, context = error.problem or "", error.context or ""
    # the last line may lack its break: then the parser stops behind the text
    at = min(error.problem_mark.index, len(text)) if error.problem_mark else 0
    begin = error.context_mark.index if error.context_mark else at
    if "tab" in problem.split() or (text[at : at + 1] == "\t" and "any token" in problem):
        return _tab(source, at), None
    comment = _comment_cut(source, text, trace, swallowed_at, at)
    if comment is not None:
        return comment
    odd = _odd_blank(source, at) or _odd_blank(source, begin)
    if odd is not None:
        return odd, None
    if "mapping values are not allowed" in problem:
        return _mapping_value(source, text, trace, at)
    if re.search(r"(alias|anchor|tag|directive|block scalar|a node)$", context):
        return _leading(source, begin)
    if re.search("any token|sequence entries|mapping keys", problem):
        return _leading(source, at)
    if context.endswith("quoted scalar"):
        return _quoted_scalar(source, problem, begin, at)
    if context.endswith(("block mapping", "block collection")):
        return _block_entry(source, text, context, trace, at)
    if context.endswith("simple key"):
        return _no_key(source, begin), None
    if context.endswith(("flow sequence", "flow mapping")):
        sign = source.text[begin]
        span = source.short(begin, source.line_end(begin))
        return fault("INP005", "ngoac", span, sign=sign, close="]" if sign == "[" else "}"), None
    if trace.kind == "open" and at >= len(text.rstrip()) and text[trace.start] in "[{":
        at = trace.start
        span = source.short(at, source.line_end(at))
        return fault("INP005", "ngoac", span, sign=text[at], close="]}"[text[at] == "{"]), None
    if "node content" in problem and text[at : at + 1] in tuple("],}"):
        return _leading(source, at)
    span = source.short(at, source.line_end(at))
    if "document start" in problem:
        return fault("INP005", "ngoai_goc", span), None
    return fault("INP005", "khac", span, problem=problem or str(error)), None


def _tab(source: Source, at: int) -> Finding:
    while at > 0 and source.text[at - 1] == "\t":
        at -= 1
    end = at
    while source.text[end : end + 1] == "\t":
        end += 1
    line = source.lines[source.line_of(at) - 1]
    mended = line.replace("\t", "  ").rstrip()
    return fault("INP016", "tab", source.span(at, max(end, at + 1)), mended=mended)


def _comment_cut(
    source: Source, text: str, trace: Trace, told_at: int | None, at: int
) -> tuple[Finding | None, _Blot] | None:
    """Recognise a text over several lines that a comment cut in two."""
    if trace.kind != "scalar" or trace.style is not None:
        return None
    found = COMMENT.match(text, trace.end)
    if found is None:
        return None
    sign = found.end() - 1
    head = _Line(source, source.line_of(trace.start))
    next_line = _Line(source, source.line_of(at))
    if next_line.number <= head.number or next_line.indent <= head.indent:
        return None
    between = source.lines[source.line_of(sign) : next_line.number - 1]
    if any(line.strip() and not line.lstrip().startswith("#") for line in between):
        # the comment did not cut anything: what follows it was understood
        return None
    if told_at == sign:
        return None, (sign, sign + 1)
    if next_line.begins:
        return None
    finding = _told(source, "INP015", sign, source.line_end(sign), trace.start)
    return finding, (sign, sign + 1)


def _mapping_value(
    source: Source, text: str, trace: Trace, at: int
) -> tuple[Finding, _Blot | None]:
    if _after_quote(text, trace, at):
        return _closing_quote(source, trace, at)
    line = source.line_of(at)
    before = source.lines[line - 1][: at - source.starts[line - 1]]
    if _KEY_ALONE.fullmatch(before):
        # a key of ours, pushed in under a line that has its value already
        return _pushed_in(source, line, at, before), None
    begin = trace.start if trace.kind == "scalar" else at
    return _told(source, "INP013", at, at + 1, begin), (at, at + 1)


def _pushed_in(source: Source, line: int, at: int, before: str) -> Finding:
    """Explain a key that stands deeper than the line above it, which has its value already.

    When the line above is the odd one out (less indented than both its neighbours, or begun with a
    bullet that is no dash), that line is named.
    """
    here = _Line(source, line)
    above = _line_above(source, line)
    if above is not None and above.indent == here.indent and not above.begins:
        # the line above was to be a key and became running text
        told = _no_key(source, above.offset + above.indent)
        if told.key != "INP005.thieu_hai_cham":
            return told
    if above is not None and above.indent < here.indent:
        if _BULLET.match(above.text.lstrip()):
            return _bullet(source, above)
        higher = _line_above(source, above.number)
        found = _KEY_GIVEN.match(above.text)
        if higher is not None and higher.indent == here.indent and found is not None:
            start = above.offset + above.indent
            span = source.short(start, source.line_end(start))
            return fault("INP005", "thut_ra", span, name=found["key"], blanks=here.indent)
    start = source.starts[line - 1] + len(before) - len(before.lstrip())
    return fault("INP005", "thut_dong_khoa", source.short(start, at), name=before.strip())


def _line_above(source: Source, number: int) -> _Line | None:
    """Return the nearest line above that is neither empty nor a comment."""
    for above in range(number - 1, 0, -1):
        text = source.lines[above - 1].strip()
        if text and not text.startswith("#"):
            return _Line(source, above)
    return None


def _odd_blank(source: Source, at: int) -> Finding | None:
    """Find a blank that YAML does not know, at the line of ``at`` or the one above."""
    here = _Line(source, source.line_of(at))
    for line in (_line_above(source, here.number), here):
        found = _ODD_BLANK.match(line.text) if line is not None else None
        if line is None or found is None:
            continue
        start = line.offset + found.start("odd")
        return fault(
            "INP016",
            "khoang_trang_la",
            source.span(start, start + len(found["odd"])),
            code=f"U+{ord(found['odd'][0]):04X}",
            mended=(
                found[0].replace(found["odd"], " " * len(found["odd"])) + line.text[found.end() :]
            ).rstrip(),
        )
    return None


def _bullet(source: Source, line: _Line) -> Finding:
    text = line.text.strip()
    found = _BULLET.match(text)
    assert found is not None  # asked by the callers
    start = line.offset + len(line.text) - len(line.text.lstrip())
    return fault(
        "INP005",
        "gach_dinh" if text[0] == "-" else "gach_la",
        source.short(start, source.line_end(start)),
        sign=text[0],
        line=line.number,
        mended=f"- {found['rest']}",
    )


def _no_key(source: Source, begin: int) -> Finding:
    """Explain a line that stands where a key must be and has none, by what it looks like."""
    line = _Line(source, source.line_of(begin))
    text = source.text[begin : source.line_end(begin)]
    span = source.short(begin, source.line_end(begin))
    if found := _SLASH_COMMENT.fullmatch(text):
        mended = f"# {found['rest']}".rstrip()
        return fault("INP005", "chu_thich_gach", span, line=line.number, mended=mended)
    if _RULE_LINE.fullmatch(text):
        return fault("INP005", "dong_ke", span)
    if _BULLET.match(text) and text == line.text.strip():
        return _bullet(source, line)
    if found := _KEY_GLUED.fullmatch(text):
        mended = f"{found['key']}: {found['rest']}"
        return fault("INP005", "dinh_hai_cham", span, line=line.number, mended=mended)
    if found := _KEY_OTHER_SIGN.fullmatch(text):
        mended = f"{found['key'] or found['spaced']}: {found['rest'] or found['more']}"
        return fault("INP005", "dau_khac", span, line=line.number, mended=mended)
    if found := _QUOTED_LINE.fullmatch(text):
        mended = f"{found['key']}: {found['rest']}"
        return fault("INP005", "khoa_trong_nhay", span, line=line.number, mended=mended)
    return _fallen_out(source, line, span) or fault("INP005", "thieu_hai_cham", span)


def _fallen_out(source: Source, line: _Line, span: Span) -> Finding | None:
    """Recognise running text that left the ``|`` block above it by its indentation."""
    for number in range(line.number - 1, 0, -1):
        above = _Line(source, number)
        if not above.text.strip():
            continue
        if _BLOCK_HEADER.search(above.text):
            blanks = above.indent + 2
            return fault("INP005", "ngoai_khoi", span, line=number, blanks=blanks)
        if above.indent < line.indent or above.begins:
            break
    return None


def _after_quote(text: str, trace: Trace, at: int) -> bool:
    return (
        trace.kind == "scalar"
        and trace.style in ('"', "'")
        and not text[trace.end : at].strip(" \t")
    )


def _closing_quote(source: Source, trace: Trace, at: int) -> tuple[Finding, _Blot | None]:
    span = source.short(at, source.line_end(at))
    opened, closed = source.line_of(trace.start), source.line_of(at)
    # what stood between quotes that do not pair up is no longer known
    between = source.lines[opened:closed]
    if any(_KEY_GIVEN.match(line) for line in between):
        # whole lines of the draft went into the quotes: the closing one is missing
        start = trace.start
        span = source.short(start, source.line_end(start))
        return fault("INP005", "nhay_chua_dong", span, sign=source.text[start]), None
    if opened != closed:
        return fault("INP014", "mo_o_dong_khac", span, line=opened), None
    line = _Line(source, closed)
    if not line.begins:
        return fault("INP014", "khong_khoa", span), None
    finding = fault("INP014", "mot_dong", span, line=closed, mended=line.mended)
    return finding, (trace.start, source.line_end(at))


def _leading(source: Source, at: int) -> tuple[Finding, _Blot | None]:
    begins = _Line(source, source.line_of(at)).begins
    blot = (at, max(at + 1, source.line_end(at))) if begins else None
    return leading_character(source, at), blot


def _quoted_scalar(
    source: Source, problem: str, begin: int, at: int
) -> tuple[Finding, _Blot | None]:
    if "unexpected end of stream" in problem or "document" in problem:
        span = source.short(begin, source.line_end(begin))
        return fault("INP005", "nhay_chua_dong", span, sign=source.text[begin]), None
    while at > begin and source.text[at] != "\\":
        at -= 1
    slug = "gach_cheo" if "unknown escape" in problem else "ky_tu_u"
    return fault("INP005", slug, source.short(at, at + 2)), None


def _block_entry(
    source: Source, text: str, context: str, trace: Trace, at: int
) -> tuple[Finding, _Blot | None]:
    if _after_quote(text, trace, at):
        return _closing_quote(source, trace, at)
    same_line = not text[trace.end : at].strip(" \t")
    if same_line and trace.kind == "alias":
        return _leading(source, trace.start)
    if same_line and trace.kind == "flow":
        return _leading(source, trace.flow)
    slug = "thieu_gach" if context.endswith("collection") else "thut_dong"
    line = _Line(source, source.line_of(at))
    if _BULLET.match(line.text.lstrip()) and slug == "thieu_gach":
        return _bullet(source, line), None
    above = _line_above(source, line.number)
    if above is not None and _QUOTED_LINE.fullmatch(above.text.strip()):
        return _no_key(source, above.offset + len(above.text) - len(above.text.lstrip())), None
    if not line.begins and (fallen := _fallen_out(source, line, source.short(at, at + 1))):
        return fallen, None
    return fault("INP005", slug, source.short(at, source.line_end(at))), None
