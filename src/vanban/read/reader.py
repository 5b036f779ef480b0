"""The doors of reading: a path, bytes, a text or a mapping become a Draft.

Nothing here raises for what a user may give: every fault is a finding of the draft.
"""

from __future__ import annotations

import datetime
import errno
import math
import re
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import kinds
from vanban.doors import files
from vanban.read import binary, json_reader, sizes, yaml_reader
from vanban.read.draft import STDIN, Draft, pointer_of
from vanban.read.faults import fault, shortened
from vanban.read.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_NODES
from vanban.read.positions import SourcePositions
from vanban.read.source import Source
from vanban.text import encodings
from vanban.text.near import plain

if TYPE_CHECKING:
    from vanban.finding import Finding

KIND_KEY = "loai"

_JSON_SUFFIXES = (".json",)
_YAML_SUFFIXES = (".yaml", ".yml")
_BOM = "\ufeff"
_LOOKS_LIKE_JSON = re.compile(r"\s*\{\s*[\"}]")
# longer words are no misspelling of anything
MAX_KIND_LENGTH = 100
_SUGGEST_KIND = 0.5
_SUGGEST_FILE = 0.7


# -- files


def read_path(path: str) -> Draft:
    """Read a draft from a file; ``-`` is standard input.

    The suffix tells the format (``.json``, ``.yaml``, ``.yml``), else the content does.
    """
    try:
        data = _bytes_of(path)
    except (OSError, ValueError) as error:
        return unreachable(path, error)
    return read_bytes(data, path=path)


def unreachable(path: str, error: OSError | ValueError) -> Draft:
    """Return the draft that stands for a file or a folder the system does not give."""
    return _refused(path, _unreachable(path, error))


def _bytes_of(path: str) -> bytes:
    # one byte more than allowed is enough to know that a file is too large
    if path == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    return files.read(path, MAX_BYTES)


def _unreachable(path: str, error: OSError | ValueError) -> Finding:
    if isinstance(error, files.NotOrdinaryError):
        return fault("INP020", "khong_thuong", name=path)
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, ValueError) or number in (errno.ENOENT, errno.ENOTDIR):
        near = [] if isinstance(error, ValueError) else _neighbours(Path(path))
        if near:
            return fault("INP001", "gan_giong", name=path, suggestion=near[0])
        return fault("INP001", "khong_co", name=path)
    # Windows answers EACCES for a folder
    if number == errno.EISDIR or (number == errno.EACCES and Path(path).is_dir()):
        return fault("INP001", "thu_muc", name=path)
    if number in (errno.EACCES, errno.EPERM):
        return fault("INP020", "khong_co_quyen", name=path)
    return fault("INP020", "khac", name=path, reason=getattr(error, "strerror", None) or str(error))


def _neighbours(path: Path) -> list[str]:
    try:
        names = [
            entry.name
            for entry in path.parent.iterdir()
            if entry.suffix.lower() in _YAML_SUFFIXES + _JSON_SUFFIXES
        ]
    except OSError:
        return []
    from difflib import get_close_matches  # only for a word misspelt

    return get_close_matches(path.name, names, n=1, cutoff=_SUGGEST_FILE)


def looks_like_draft(path: str) -> bool:
    """Tell, without parsing, whether a file holds ``loai`` at its top level.

    Meant for folders: a file that cannot be read, or that is a JSON Schema naming ``loai`` deeper
    inside, is no draft. A draft with a syntax fault still is one.
    """
    try:
        data = _bytes_of(path)
    except (OSError, ValueError):
        return False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        # the keys are ASCII in every encoding that a draft may come in
        text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return _flow_has_kind(text) if text.lstrip().startswith("{") else _block_has_kind(text)


_FLOW_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[{}\[\]]|#[^\r\n]*|[A-Za-z_][\w-]*")
_COLON = re.compile(r"\s*:")
_FIRST_LINE = re.compile(r"^(?!---|%|#)([ ]*)(?![\s#])\S", re.MULTILINE)


def _flow_has_kind(text: str) -> bool:
    depth = 0
    for match in _FLOW_TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            depth += 1
        elif token in "}]":
            depth -= 1
        elif depth == 1 and token.strip("\"'") == KIND_KEY and _COLON.match(text, match.end()):
            return True
    return False


def _block_has_kind(text: str) -> bool:
    first = _FIRST_LINE.search(text)
    if first is None:
        return False
    key = rf"^{first[1]}(?:{KIND_KEY}|\"{KIND_KEY}\"|'{KIND_KEY}')[ \t]*:(?:\s|$)"
    return re.search(key, text, re.MULTILINE) is not None


# -- bytes and text


def read_bytes(data: bytes, *, path: str | None = None, format: str | None = None) -> Draft:
    """Read a draft from bytes in UTF-8, with or without a byte order mark.

    ``format`` is ``yaml`` or ``json``; left out, the suffix of ``path`` decides, else the content.
    """
    text = decoded(data, path)
    return text if isinstance(text, Draft) else _read(text, path, format)


def text_of(path: str) -> str | Draft:
    """Return the text of a file (``-`` is standard input), or the draft that tells its fault."""
    try:
        data = _bytes_of(path)
    except (OSError, ValueError) as error:
        return unreachable(path, error)
    return decoded(data, path)


def decoded(data: bytes, path: str | None = None) -> str | Draft:
    """Return bytes as the text they are in UTF-8, or the draft that says why they are none."""
    if len(data) > MAX_BYTES:
        return _refused(path, fault("INP008", "qua_lon", limit=MAX_BYTES // (1024 * 1024)))
    known = binary.what(data)
    if known is not None:
        return _refused(path, fault("INP003", known))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _other_encoding(data, error, path)
    twice = encodings.mangled(text)
    if twice is not None:
        return _refused(path, fault("INP004", twice.name, sample=twice.sample))
    if "\0" in text:
        wide = encodings.guess(data) if data.isascii() else None
        if wide is not None:
            return _refused(path, fault("INP004", wide.name, sample=wide.sample))
        if binary.is_noise(data):
            return _refused(path, fault("INP003", "nhi_phan"))
    return text


def _other_encoding(data: bytes, error: UnicodeDecodeError, path: str | None) -> Draft:
    guessed = encodings.guess(data)
    if guessed is not None:
        return _refused(path, fault("INP004", guessed.name, sample=guessed.sample))
    if b"\0" in data or binary.is_noise(data):
        return _refused(path, fault("INP003", "nhi_phan"))
    # Mostly UTF-8 with a broken byte: show where. Each broken byte becomes one character.
    source = Source(data.decode("utf-8", "replace").removeprefix(_BOM))
    at = len(data[: error.start].decode("utf-8").removeprefix(_BOM))
    finding = fault(
        "INP004", "khong_ro", source.short(at, at + 1), byte=f"0x{data[error.start]:02X}"
    )
    return _refused(path, finding, source.lines)


def read_text(text: str, format: str = "yaml") -> Draft:
    """Read a draft from a text; ``format`` is ``yaml`` or ``json``."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return _refused(None, fault("INP008", "qua_lon", limit=MAX_BYTES // (1024 * 1024)))
    return _read(text, None, format)


def read_again(draft: Draft, text: str) -> Draft:
    """Read a changed text in the way in which ``draft`` was read."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return _refused(draft.path, fault("INP008", "qua_lon", limit=MAX_BYTES // (1024 * 1024)))
    where = draft.positions
    format = where.source.format if isinstance(where, SourcePositions) else None
    return _read(text, draft.path, format)


def _read(text: str, path: str | None, format: str | None) -> Draft:
    source = Source(text.removeprefix(_BOM), marked=text.startswith(_BOM), format=format)
    if not source.text.strip(" \t\r\n"):
        return _refused(path, fault("INP002", "trong"))
    loaded = _load(source, path, format)
    faults = loaded.faults
    if not faults and (loaded.empty or loaded.data is None):
        faults = [fault("INP002", "trong")]
    positions = SourcePositions(source, loaded.root)
    if not faults:
        faults = sizes.faults(loaded.data, positions)
    if not faults:
        faults = _head_faults(loaded.data, positions)
    data, kind = _usable(loaded.data)
    faults.sort(key=lambda found: found.sort_key)
    return Draft(
        data=data,
        kind=kind,
        path=path,
        lines=source.lines,
        faults=tuple(found.at(path) for found in faults),
        positions=positions,
    )


def _load(source: Source, path: str | None, format: str | None) -> yaml_reader.Loaded:
    chosen = format or _format_of(path)
    if chosen == "json":
        return json_reader.load(source)
    if chosen is None and _LOOKS_LIKE_JSON.match(source.text):
        # Without a suffix it may be JSON, or YAML that begins alike.
        as_json = json_reader.load(source)
        if not as_json.faults:
            return as_json
        as_yaml = yaml_reader.load(source)
        return as_json if as_yaml.faults else as_yaml
    return yaml_reader.load(source)


def _format_of(path: str | None) -> str | None:
    suffix = Path(path).suffix.lower() if path else ""
    if suffix in _JSON_SUFFIXES:
        return "json"
    return "yaml" if suffix in _YAML_SUFFIXES else None


def _refused(path: str | None, finding: Finding, lines: tuple[str, ...] = ()) -> Draft:
    return Draft(data={}, path=path, lines=lines, faults=(finding.at(path),))


def _usable(data: Any) -> tuple[dict[str, Any], str | None]:
    if not isinstance(data, dict):
        return {}, None
    kind = data.get(KIND_KEY)
    return data, kind if isinstance(kind, str) and kind else None


def _head_faults(data: Any, positions: SourcePositions | None) -> list[Finding]:
    """Check the root and ``loai``."""
    root = positions.value("") if positions is not None else None
    place = positions.value("/" + KIND_KEY) if positions is not None else None
    if not isinstance(data, dict):
        return [fault("INP010", "danh_sach" if isinstance(data, list) else "loi_van", root)]
    named = data.get(KIND_KEY)
    if isinstance(named, str) and named and kinds.find(named) is not None:
        return []
    known = kinds.kinds()
    names = ", ".join(known)
    if KIND_KEY not in data:
        spelt = {plain(str(key)[:MAX_KIND_LENGTH]): str(key) for key in reversed(data)}
        from difflib import get_close_matches  # only for a word misspelt

        near = get_close_matches(KIND_KEY, spelt, 1, 0.7)
        if near:
            name = spelt[near[0]]
            pointer = pointer_of((name,))
            where = positions.key(pointer) if positions is not None else None
            return [fault("INP011", "gan_giong", where, pointer, near=shortened(name), kinds=names)]
        return [fault("INP011", "thieu", root, kinds=names)]
    kind = data[KIND_KEY]
    pointer = "/" + KIND_KEY
    if kind is None or kind == "":
        return [fault("INP011", "bo_trong", place, pointer, kinds=names)]
    if not isinstance(kind, str):
        return [fault("INP012", "khong_phai_chu", place, pointer, kinds=names)]
    respelt = plain(kind[:MAX_KIND_LENGTH]).replace("_", "-")
    from difflib import get_close_matches  # only for a word misspelt

    close = get_close_matches(respelt, known, 1, _SUGGEST_KIND)
    if close:
        return [
            fault("INP012", "gan_giong", place, pointer, name=shortened(kind), suggestion=close[0])
        ]
    return [fault("INP012", "khong_biet", place, pointer, name=shortened(kind), kinds=names)]


# -- mappings


def from_mapping(mapping: Mapping[str, Any]) -> Draft:
    """Make a draft of a Python mapping (library use); it has no places in a source.

    Binary floats become the decimal that Python prints for them, dates their ISO text, tuples
    lists. What JSON cannot hold is a fault.
    """
    copier = _Copier()
    data = copier.copy(mapping, ())
    faults = copier.faults or sizes.faults(data, None) or _head_faults(data, None)
    usable, kind = _usable(data)
    return Draft(data=usable, kind=kind, faults=tuple(faults))


class _Copier:
    """Copies Python values into the values of a draft."""

    def __init__(self) -> None:
        self.faults: list[Finding] = []
        self.nodes = 0
        self.stopped = False

    def _fault(self, rule: str, slug: str, parts: tuple[str | int, ...], **args: Any) -> None:
        self.faults.append(fault(rule, slug, None, pointer_of(parts), **args))

    def copy(self, value: Any, parts: tuple[str | int, ...]) -> Any:
        if self.stopped:
            return None
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stopped = True
            self._fault("INP008", "qua_nhieu", (), limit=MAX_NODES)
            return None
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value, parts)
        if isinstance(value, int | float | Decimal):
            return self._number(value, parts)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        if isinstance(value, Mapping):
            return self._below(value, parts)
        if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
            return self._below(value, parts)
        self._fault("INP022", "kieu_la", parts, type=type(value).__name__)
        return None

    def _below(self, value: Mapping[Any, Any] | Sequence[Any], parts: tuple[str | int, ...]) -> Any:
        if len(parts) >= MAX_DEPTH:
            self._fault("INP008", "qua_sau", parts[:1], limit=MAX_DEPTH)
            self.stopped = True
            return None
        if not isinstance(value, Mapping):
            return [self.copy(item, (*parts, index)) for index, item in enumerate(value)]
        result: dict[str, Any] = {}
        for key, item in value.items():
            if not isinstance(key, str):
                self._fault("INP022", "khoa_khong_phai_chu", parts, name=_named(key))
                continue
            result[self._text(key, parts)] = self.copy(item, (*parts, key))
        return result

    def _text(self, value: str, parts: tuple[str | int, ...]) -> str:
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                self._fault("INP022", "nua_cap", parts)
                return ""
        # a plain str even where a subclass came in
        return str(value)

    def _number(
        self, value: int | float | Decimal, parts: tuple[str | int, ...]
    ) -> int | Decimal | None:
        if isinstance(value, int):
            # an int of thousands of digits cannot even be printed
            if abs(value) < 10**MAX_DIGITS:
                return int(value)
        elif value.is_finite() if isinstance(value, Decimal) else math.isfinite(value):
            exact = Decimal(repr(float(value))) if isinstance(value, float) else value
            if not exact or (
                abs(exact.adjusted()) <= MAX_DIGITS and len(exact.as_tuple().digits) <= MAX_DIGITS
            ):
                return exact
        self._fault("INP022", "so_la", parts, limit=MAX_DIGITS)
        return None


def _named(key: object) -> str:
    """Return a key that is no text as a message shows it."""
    try:
        return shortened(repr(key))
    except Exception:  # whatever a foreign object does, or an int too long to print
        return type(key).__name__
