"""What stands between words: marks, blanks and brackets, each faulty stretch told once.

The distinct separators of the texts are judged first, by a cached look; only the few that can be
faulty are looked at in their places, with the words beside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from vanban.finding import Safety, Severity
from vanban.text.prose import BORDER, BREAK, CODE, HEADING, LABEL, NAME

if TYPE_CHECKING:
    from vanban.check.rule import Reading, Rule
    from vanban.finding import Finding
    from vanban.text.prose import Prose

OPENERS = "([{“«"
CLOSERS = ")]}”»"
_STOPS = ",.;:!?"
_BLANKS = frozenset(" \t")
_URL = re.compile(r"://|www\.|[@\\=&#_~]|%[0-9A-F]{2}")
_TOKEN = re.compile(r"\s+|\.{3,}|…|\.\s?/\s?\.|\S")
# What can be wrong with a separator at all; the words beside it decide.
_SUSPICIOUS = re.compile(
    r"[ \t]{2}|\t|[ \t][,.;:!?)\]}”»]|[(\[{“«][ \t]|[,;:.][ \t]*[,;:.]|[!?]{2}|[,;][(“«]"
)
# Marks that need a blank before the next word, and a bracket that needs one before it.
_LAST = frozenset(",.;:!?)”»%")
_VOWELS = frozenset("aeiouy")
_LONG = 4
_NEAR = 60
_SHOWN = 16
_INSIDE = 200
# Shortened words with a vowel, and parts of addresses.
_SHORTENED = frozenset(
    ("no", "op", "al", "co", "etc", "inc", "ed", "est", "fig", "vol", "ca", "kh", "hđ", "nxb")
)
# What ends the names of sites and files.
_ENDINGS = frozenset(("com", "vn", "gov", "edu", "org", "info", "doc", "docx", "xlsx", "exe", "eu"))
# A mark behind these is itself what is spoken of: dấu ?, ký tự :
_NAMED = frozenset(("dấu", "tự", "hiệu"))
_GRAVITY = ("TXT036", "TXT032", "TXT031", "TXT033", "TXT044", "TXT030")


class Fault(NamedTuple):
    """A faulty stretch ``start:end`` of ``Prose.text`` and what it should be.

    ``new`` is None where that cannot be told; ``safe`` when nobody could mean it otherwise.
    """

    rule: str
    slug: str
    start: int
    end: int
    new: str | None
    safe: bool


class _Place(NamedTuple):
    """A separator within one passage: its text, offset, the words beside it ("" at an edge)."""

    gap: str
    at: int
    left: str
    right: str


_known: WeakKeyDictionary[Prose, Mapping[str, list[Fault]]] = WeakKeyDictionary()


def faults(prose: Prose, rule: str) -> list[Fault]:
    """Return the faulty separators that a rule owns, in the order of the texts."""
    found = _known.get(prose)
    if found is None:
        found = _known[prose] = _faults(prose)
    return found.get(rule, [])


def _faults(prose: Prose) -> Mapping[str, list[Fault]]:
    found: dict[str, list[Fault]] = {}
    words, text = prose.words, prose.text
    for gap, numbers in prose.gaps.items():
        kind = look(gap)
        if not kind:
            continue
        for number in numbers:
            left = words[number - 1] if number else ""
            right = words[number] if number < len(words) else ""
            if kind == 1 and right[:1].isdecimal() and left[-1:].isdecimal():
                continue
            at = prose.gap_start(number)
            for place in _places(gap, at, left, right):
                fault = _judge(place, text)
                if fault is None:
                    continue
                role = prose.passage(fault.start).role
                # Marks at the end of headings and of lines of the frame have rules of their own.
                framed = role in (HEADING, LABEL, NAME) and not place.right
                end = framed and fault.rule in ("TXT031", "TXT036")
                if role != CODE and not end:
                    found.setdefault(fault.rule, []).append(fault)
    for each in found.values():
        each.sort(key=lambda fault: fault.start)
    return found


@lru_cache(maxsize=4096)
def look(gap: str) -> int:
    """Tell whether a separator can be faulty: 0 never, 1 unless between digits, 2 perhaps."""
    if gap in (" ", ", ", ". ", "/", "-", " - ", "; ", ": ", " (", ") ", "", "), "):
        return 0
    if len(gap) == 1:
        return 1 if gap in _LAST or gap == "(" else 2 if gap == "\t" else 0
    if _SUSPICIOUS.search(gap) or gap[-1] in _LAST or gap[-1] == "(":
        return 2
    if BREAK in gap:
        pieces = gap.split(BREAK)
        return 2 if any(piece != piece.strip(" \t") for piece in pieces) else 0
    return 2 if "\n" in gap and _line_edges(gap) else 0


def _line_edges(gap: str) -> bool:
    return " \n" in gap or "\t\n" in gap or re.search(r"\n[ \t]*\n[ \t]", gap) is not None


def _places(gap: str, at: int, left: str, right: str) -> Iterator[_Place]:
    if not left and not right:
        return
    pieces = gap.split(BREAK)
    for index, piece in enumerate(pieces):
        first, last = index == 0, index == len(pieces) - 1
        if piece:
            yield _Place(piece, at, left if first else "", right if last else "")
        at += len(piece) + len(BREAK)


def _judge(place: _Place, text: str) -> Fault | None:
    """Return the gravest fault of a separator, with the stretch and its mending as a whole."""
    tokens = _TOKEN.findall(place.gap)
    made = list(tokens)
    found: list[tuple[str, str, bool]] = []
    for index, token in enumerate(tokens):
        fault = None
        if token.isspace():
            fault = _blank(place, tokens, index, made)
        elif token in _STOPS:
            fault = _repeated(place, tokens, index, made)
        if fault is not None:
            found.append(fault)
    if place.right and tokens:
        fault = _missing(place, tokens, made, text)
        if fault is not None:
            found.append(fault)
    if not found:
        return None
    found.sort(key=lambda fault: _GRAVITY.index(fault[0]))
    rule, slug, _ = found[0]
    new = "".join(made)
    if new == place.gap:
        return Fault(rule, slug, place.at, place.at + len(place.gap), None, safe=False)
    changed = [index for index, token in enumerate(tokens) if made[index] != token]
    first, last = changed[0], changed[-1] + 1
    if not made[last - 1] and last < len(tokens):
        # What is taken out is shown with the mark behind it, or else before it.
        last += 1
    elif not made[last - 1] and first and tokens[first - 1] in OPENERS:
        first -= 1
    start = sum(map(len, tokens[:first]))
    end = start + sum(map(len, tokens[first:last]))
    replacement = "".join(made[first:last])
    safe = all(fault[2] for fault in found)
    return Fault(rule, slug, place.at + start, place.at + end, replacement, safe)


# ---- blanks ---------------------------------------------------------------------------------


def _blank(
    place: _Place, tokens: list[str], index: int, made: list[str]
) -> tuple[str, str, bool] | None:
    run = tokens[index]
    before = tokens[index - 1] if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    if not index and not place.left:
        return _head(place, tokens, made)
    if index == len(tokens) - 1 and not place.right:
        kept = run.lstrip(" \t")
        if kept == run or ("\n" in kept.rstrip("\n") and not kept.isspace()):
            return None
        if not _BLANKS.issuperset(run.replace("\n", "")):
            return None
        made[index] = "".join(char for char in run if char == "\n")
        return ("TXT044", "cuoi", True)
    if "\n" in run:
        return _line(run, after, index, made)
    if not _BLANKS.issuperset(run):
        return None
    if _before_mark(place, tokens, index):
        made[index] = ""
        # "12 , 5%" may be one number.
        between = place.left[-1:].isdecimal() and place.right[:1].isdecimal()
        return ("TXT031", "cach", not (between and not before))
    if _in_bracket(place, tokens, index):
        made[index] = ""
        return ("TXT033", "cach", True)
    if len(run) > 1 or run == "\t":
        listed = before in ("-", "+", "*", "•", "#") and (
            (index == 1 and not place.left) or (index > 1 and "\n" in tokens[index - 2])
        )
        if listed or "|" in (before, after):
            return None
        made[index] = " "
        if len(run) >= _LONG or "\t" in run:
            return ("TXT030", "dai", False)
        return ("TXT030", "doi", True)
    return None


def _head(place: _Place, tokens: list[str], made: list[str]) -> tuple[str, str, bool] | None:
    """Judge the blanks at the beginning of a text."""
    run = tokens[0]
    if not _BLANKS.issuperset(run.replace("\n", "")) or run.startswith("\n"):
        return None
    if len(tokens) > 1 and tokens[1] in "-+*•|":
        return None
    made[0] = run.lstrip(" \t")
    return ("TXT044", "dau", True) if made[0] != run else None


def _line(run: str, after: str, index: int, made: list[str]) -> tuple[str, str, bool] | None:
    """Judge blanks beside a line's end: two of them are a break of Markdown, indents are layout."""
    if not _BLANKS.issuperset(run.replace("\n", "")):
        return None
    lines = run.split("\n")
    first, indent = lines[0], lines[-1]
    new = list(lines)
    if first and not (first == "  " and len(lines) == 2):
        new[0] = ""
    if len(lines) > 2:
        new[1:-1] = [""] * (len(lines) - 2)
        if indent and after not in ("-", "+", "*", "•", "|"):
            new[-1] = ""
    if new == lines:
        return None
    made[index] = "\n".join(new)
    return ("TXT044", "dong", True)


def _before_mark(place: _Place, tokens: list[str], index: int) -> bool:
    """Tell whether a blank stands before a mark that belongs to the word before it."""
    before = tokens[index - 1] if index else ""
    mark = tokens[index + 1] if index + 1 < len(tokens) else ""
    if not mark or mark not in _STOPS:
        return False
    if not before and place.left.lower() in _NAMED:
        return False
    behind = tokens[index + 2] if index + 2 < len(tokens) else ""
    if before and before not in ")]}”»\"'%°":
        return False
    if not behind and place.right:
        if mark in ".:" and place.right[0].isdecimal():
            return False
        if mark == "." and not (place.left.islower() and titled(place.right)):
            return False
        if place.left[-1:].isdecimal() and place.right[0].isdecimal():
            return False
    if behind and not behind.isspace() and behind not in ")]}”»\"'" and behind not in _STOPS:
        return False
    if mark in ":;" and behind == ")":
        return False
    # "1 : 1000", "7 : 30"
    both = place.left[-1:].isdecimal() and place.right[:1].isdecimal()
    return not (mark == ":" and both and len(tokens) == index + 3)


def _in_bracket(place: _Place, tokens: list[str], index: int) -> bool:
    """Tell whether a blank stands on the inner side of a bracket or a curly quotation mark."""
    before = tokens[index - 1] if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    if after and after in CLOSERS and not (before and before in OPENERS):
        if before and before in ":;-/*|":
            return False
        # A closing quotation mark before a word is an opening one turned the wrong way.
        turned = after in "”»" and index + 2 == len(tokens) and place.right
        return bool(place.left or before) and not turned
    if before and before in OPENERS and not after and place.right:
        turned = before in "“«" and index == 1 and place.left
        smile = before == "(" and index > 1 and tokens[index - 2] in ":;"
        return not (turned or smile)
    return False


# ---- marks ----------------------------------------------------------------------------------


def _repeated(
    place: _Place, tokens: list[str], index: int, made: list[str]
) -> tuple[str, str, bool] | None:
    """Judge a mark that another one follows."""
    mark = tokens[index]
    if place.left.lower() in _NAMED and index == 1 and tokens[0] == " ":
        return None
    step = index + 1
    if step < len(tokens) and tokens[step].isspace():
        if not _BLANKS.issuperset(tokens[step]):
            return None
        step += 1
    if step >= len(tokens) or tokens[step] not in _STOPS:
        return None
    other = tokens[step]
    if mark in "!?" or other in "!?":
        if mark == other and step == index + 1:
            made[index] = ""
            return ("TXT036", "cam_than", False)
        return None
    glued = step == len(tokens) - 1 and place.right
    if mark == other == ":" and glued:
        return None
    # ".xls" behind a comma: the ending of a file's name.
    if other == "." and glued and step > index + 1 and place.right.islower():
        return None
    # ",.." is a cut-off series, whose mark has three points.
    if mark in ",;" and step == index + 1 and tokens[step : step + 2] == [".", "."]:
        made[index : index + 3] = ["...", "", ""]
        return ("TXT036", "lan_lon", False)
    if mark == "." and index and tokens[index - 1] in ",;" and tokens[step] == ".":
        return None
    if mark == "." and (
        (index == 0 and (shortened(place.left) or place.left.isdecimal() or len(place.left) < 2))
        or (glued and place.right[0].isdecimal())
        or (index and not place.left)
    ):
        return None
    if mark == other == "." and step > index + 1:
        return None
    if mark == other:
        for number in range(index, step):
            made[number] = ""
        return ("TXT036", "lap", mark != ".")
    ends = not place.right or place.right[0].isupper()
    kept = max(mark, other, key=lambda sign: ("." if ends else "") == sign or ",.;:".index(sign))
    if "." in (mark, other):
        kept = "." if ends else (other if mark == "." else mark)
    for number in range(index, step):
        made[number] = ""
    made[step] = tokens[step] = kept
    return ("TXT036", "lan_lon", False)


def _missing(
    place: _Place, tokens: list[str], made: list[str], text: str
) -> tuple[str, str, bool] | None:
    """Judge a mark that no blank parts from the next word."""
    mark, left, right = tokens[-1], place.left, place.right
    alone = len(tokens) == 1
    end = place.at + len(place.gap)
    if mark in OPENERS and len(tokens) > 1 and tokens[-2] in ",;" and mark in "(“«":
        if not right[0].isdecimal() and not _address(text, end):
            made[-1] = f" {mark}"
            return ("TXT032", "sau_dau", False)
        return None
    if mark == "(" and alone:
        return _before_bracket(place, made, text)
    if mark not in _LAST:
        return None
    bracketed = len(tokens) == 2 and tokens[0] == ")"
    worded = bracketed or (alone and lettered(left) and left.islower())
    counted = mark in ",;" and worded and right.isdecimal()
    if not counted and (len(right) < 2 or not right.isalpha()):
        return None
    if _address(text, end):
        return None
    closed = len(tokens) > 1 and (tokens[-2] in CLOSERS or tokens[-2] in '%"')
    if len(tokens) > 2 and tokens[-2].isspace() and tokens[-3] in CLOSERS + '%"':
        closed = True
    spaced = len(tokens) > 1 and tokens[-2].isspace() and lettered(left)
    word = alone and len(left) > 1 and left.isalpha()
    sure = True
    if mark in ",;":
        # "ấp 1,ấp 2": no figure goes on with a Vietnamese word.
        marked = right.islower() and not right.isascii() and lettered(right)
        number = alone and left.isdecimal() and (titled(right) or marked)
        # "5.000đ,trong"
        unit = alone and left[:1].isdecimal() and left[-1:].isalpha()
        number = number or (unit and len(right) > 2 and right.islower() and lettered(right))
        if not (word or closed or spaced or number) or (mark == ";" and _entity(place, text)):
            return None
        # Behind a shortened word or a unit a Vietnamese word makes it sure: "3 km,tổng vốn".
        plain = word or (spaced and len(tokens) == 2 and left.isalpha() and len(left) > 1)
        sure = plain and right.isalpha() and lettered(right)
        sure = sure and (lettered(left) or not right.isascii())
        number = number or (word and len(left) > 2 and len(right) > 2 and right.isupper())
        slug = "sau_dau"
        if not (sure or closed or spaced or number) and not right.isdecimal():
            return None
    elif mark == ":":
        if not (word and lettered(left) and not left.isupper() and lettered(right)):
            return None
        if left.isascii() and right.isascii():
            return None
        sure, slug = False, "sau_dau"
    elif mark in ".!?":
        worded = word or (spaced and len(tokens) == 2)
        ended = (worded and lettered(left) and not left.isupper() and not shortened(left)) or closed
        year = alone and len(left) == 4 and left.isdecimal() and mark == "."
        if not (ended or year) or not lettered(right) or right.lower() in _ENDINGS:
            return None
        both = not left.isascii() and not right.isascii() and left.islower() and right.islower()
        if not titled(right) and not (mark == "." and both):
            return None
        sure, slug = False, "het_cau"
    elif mark == ")":
        sure = _bracketed(place, text)
        listed = alone and (len(left) == 1 or (left.isdecimal() and len(left) < 3))
        if not sure and not (listed and _begins(text, place.at - len(left))):
            return None
        slug = "sau_ngoac"
    elif mark in "”»":
        if not (word or closed or (len(tokens) > 1 and tokens[-2] in ".,!?…")):
            return None
        sure, slug = False, "sau_ngoac"
    else:
        if not (alone and left[-1:].isdecimal() and lettered(right)):
            return None
        sure, slug = False, "phan_tram"
    made[-1] = f"{made[-1]} "
    return ("TXT032", slug, sure)


def _before_bracket(place: _Place, made: list[str], text: str) -> tuple[str, str, bool] | None:
    """Judge a bracket glued to the word before it: sure only around several words."""
    left, right = place.left, place.right
    if not (left.isalpha() and lettered(left) and len(left) > 1 and not left.isupper()):
        return None
    start = place.at + 1
    inside = text[start : start + _INSIDE].partition(")")
    if not inside[1] or " " not in inside[0] or not right.isalpha() or _address(text, start):
        return None
    made[-1] = " ("
    return ("TXT033", "truoc", False)


def _bracketed(place: _Place, text: str) -> bool:
    """Tell whether a closing bracket ends a remark of words that a blank stood before."""
    close = place.at + len(place.gap) - 1
    begin = max(close - _INSIDE, 0)
    window = text[begin:close]
    opened = window.rfind("(")
    if opened < 1 or ")" in window[opened:] or BREAK in window[opened:]:
        return False
    inside = window[opened + 1 :]
    return window[opened - 1].isspace() and (" " in inside or not place.right.isascii())


def _begins(text: str, at: int) -> bool:
    """Tell whether a list mark at ``at`` begins a line or a part of a sentence."""
    before = text[max(at - 3, 0) : at]
    return not before or before.endswith("\n") or before.rstrip(" ").endswith((";", ":", "\n"))


def _entity(place: _Place, text: str) -> bool:
    return text[max(place.at - len(place.left) - 2, 0) : place.at].find("&") >= 0


def _address(text: str, at: int) -> bool:
    """Tell whether the characters around ``at`` are part of a web or mail address, or of code."""
    before = text[max(at - _NEAR, 0) : at]
    after = text[at : at + _NEAR]
    cut = max(before.rfind(" "), before.rfind("\n"))
    behind = re.split(r"\s", after, maxsplit=1)[0]
    return _URL.search(before[cut + 1 :] + behind) is not None


# ---- words ----------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def lettered(word: str) -> bool:
    """Tell whether a word holds a vowel: TP, ThS, tr are shortened words."""
    return any(
        unicodedata.normalize("NFD", char)[0] in _VOWELS or char in "ươ" for char in word.lower()
    )


def shortened(word: str) -> bool:
    """Tell whether a full stop behind a word may belong to the word: TP., v.v., Th.S."""
    if len(word) < 2 or not lettered(word) or word.lower() in _SHORTENED:
        return True
    return len(word) < _LONG and word.isupper()


def titled(word: str) -> bool:
    """Tell whether a word begins with a capital letter and goes on in small ones."""
    return len(word) > 1 and word[0].isupper() and word[1:].islower() and lettered(word)


def around(text: str, start: int, end: int, new: str | None = None) -> str:
    """Return a stretch, or what replaces it, with the words beside it, on one line."""
    before = text[max(start - _SHOWN, 0) : start].rpartition(BORDER)[2]
    after = text[end : end + _SHOWN].partition(BORDER)[0]
    if len(before) == _SHOWN:
        before = before.partition(" ")[2] or before[-_SHOWN // 2 :]
    if len(after) == _SHOWN:
        after = after.rpartition(" ")[0] or after[: _SHOWN // 2]
    shown = text[start:end] if new is None else new
    return (before + shown + after).replace("\n", " ").replace("\t", " ").strip()


def told(ctx: Reading, rule: Rule, *, doubtful: Collection[str] = ()) -> Iterator[Finding]:
    """Yield the findings of a rule on separators; the slugs in ``doubtful`` are information."""
    text = ctx.prose.text
    for fault in faults(ctx.prose, rule.id):
        start, end, new = fault.start, fault.end, fault.new
        yield ctx.mark(
            rule,
            fault.slug,
            start,
            end,
            new=new,
            safety=Safety.SAFE if fault.safe else Safety.UNSAFE,
            severity=Severity.INFO if fault.slug in doubtful else None,
            tim_thay=around(text, start, end),
            dung=around(text, start, end, new),
        )
