"""Import WeasyPrint, unmodified, without what it does not need.

What costs most of its import: cffi parses C declarations (``declarations.py`` has them ready),
fontTools is imported though HarfBuzz cuts the fonts, Pillow for pictures that few pages have, and a
style sheet is parsed for hints that no page of ours gives. The modules concerned are run here with
an ``import`` statement that answers with something lighter; their code is WeasyPrint's own.

A module is run so only when its content is known, by hash, and whatever goes wrong ends in the
plain import: slower, never different.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import sys
import threading
from hashlib import sha256
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from vanban.start import declarations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from importlib.machinery import ModuleSpec

NAME = "weasyprint"

KNOWN: dict[str, frozenset[str]] = {
    # The lines are those of WeasyPrint 70.0.
    "weasyprint.css": frozenset(
        {"77ad7287f90d7cfaf85eb00ebe7af47d2bedfb856d7dc68717152f2d8a7605fd"}
    ),
    "weasyprint.draw.text": frozenset(
        {"c9a450aa209277e760227e1fed2da492647bd28e5a5ebc4c9d8aaedecc400d77"}
    ),
    "weasyprint.html": frozenset(
        {"a11b729157862291a6ecf7b7b3517c59d4242ea05a7f9b8d9d96a9882425ad65"}
    ),
    "weasyprint.images": frozenset(
        {"a1637ab32a69f6f9e0a113d7d82dc4e91243a22b56c09b27acf3a20cc4560d3f"}
    ),
    "weasyprint.pdf.fonts": frozenset(
        {"9ad9a202a416b84585e59d758e6b5e1b35604807dc3fa4472b6829bc5c4cdcb7"}
    ),
    "weasyprint.text.fonts": frozenset(
        {"59d74d0c161349b8416f1d13466e16dd47c1161f0a397ff1e4ca70814eb36091"}
    ),
}
"""SHA-256 of the sources of the modules that may be run with a lighter import."""

FOREIGN = "weasyprint.text.ffi"
"""The module with the C declarations; these are known by a hash of their own."""

_lock = threading.RLock()


def load() -> ModuleType:
    """Import WeasyPrint and return it.

    Raises what the plain import raises: ImportError without it, OSError without Pango.
    """
    with _lock:
        if NAME in sys.modules or sys.implementation.name != "cpython":
            return importlib.import_module(NAME)
        with contextlib.suppress(Exception), _quickly():
            return importlib.import_module(NAME)
        for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
            del sys.modules[name]
        return importlib.import_module(NAME)


@contextlib.contextmanager
def _quickly() -> Iterator[None]:
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    """Finds the modules of WeasyPrint that are run with a lighter import, and no other."""

    def __init__(self) -> None:
        self._importers = _importers()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != FOREIGN and name not in KNOWN:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None and is_known(name, spec.loader):
            spec.loader = _Lighter(spec.loader, self._importers[name])
        return spec


def is_known(name: str, loader: Any) -> bool:
    """Tell whether a module may be run with a lighter import, by the hash of its source."""
    if name == FOREIGN:
        return True  # its declarations are looked at when it hands them over
    try:
        source: bytes = loader.get_data(loader.get_filename(name))
    except (AttributeError, ImportError, OSError):
        return False
    return sha256(source).hexdigest() in KNOWN[name]


class _Lighter(Loader):
    """Runs the code of a module with the importer of that module; plainly when that fails."""

    def __init__(self, plain: Any, importer: Callable[[ModuleType], Callable[..., Any]]) -> None:
        self._plain, self._importer = plain, importer

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._plain.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        name, values = module.__name__, vars(module)
        module.__loader__ = self._plain
        if module.__spec__ is not None:
            module.__spec__.loader = self._plain
        before = dict(values)
        try:
            own = vars(builtins) | {"__import__": self._importer(module)}
            values["__builtins__"] = own
            exec(self._plain.get_code(name), values)
            own["__import__"] = builtins.__import__
        except Exception:
            values.clear()
            values.update(before)
            self._plain.exec_module(module)


def _foreign(module: ModuleType) -> Callable[..., Any]:
    """Return the importer of the module with the C declarations: it gets our cffi."""
    stand_in = declarations.stand_in()

    def answer(name: str, *rest: Any, **named: Any) -> Any:
        return stand_in if name == "cffi" else __import__(name, *rest, **named)

    return answer


class _Later:
    """Something of a library that is imported when it is called or looked into.

    What is set on it in the meantime is set on the real thing when that comes.
    """

    def __init__(self, shelf: _Shelf, values: dict[str, Any], name: str) -> None:
        vars(self).update(_shelf=shelf, _place=(values, name), _set={})

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self._shelf.fetch(*self._place)(*args, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shelf.fetch(*self._place), name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._set[name] = value


class _Shelf:
    """The names that WeasyPrint's modules import from one library, until the first is used.

    Then all of them are put where they belong, in every module, at once. What is kept of a module
    is its dictionary: the module itself must be able to die, or it is emptied before its objects.
    """

    def __init__(self, library: str) -> None:
        self._library = library
        self._waiting: list[tuple[dict[str, Any], str, str, Any]] = []

    def later(self, values: dict[str, Any], source: str, name: str) -> Any:
        """Return what stands for a name: an error class where an ``except`` may meet it."""
        error = name.endswith("Error")
        stands: Any = type(name, (Exception,), {}) if error else _Later(self, values, name)
        self._waiting.append((values, source, name, stands))
        return stands

    def fetch(self, values: dict[str, Any], name: str) -> Any:
        """Import everything and return what ``name`` is in the module of these values."""
        with _lock:
            for user, source, wanted, stands in self._waiting:
                real = _imported(source, wanted)
                for attribute, value in vars(stands).get("_set", {}).items():
                    setattr(real, attribute, value)
                if user.get(wanted) is stands:
                    user[wanted] = real
            self._waiting.clear()
        return values[name]

    def importer(self, module: ModuleType) -> Callable[..., Any]:
        """Return the importer of a module that needs the library for odd documents only."""
        values = vars(module)

        def answer(
            name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
        ) -> Any:
            if level or not fromlist or name.partition(".")[0] != self._library:
                return __import__(name, globals, locals, fromlist, level)
            return SimpleNamespace(
                **{wanted: self.later(values, name, wanted) for wanted in fromlist}
            )

        return answer


def _imported(source: str, name: str) -> Any:
    """Return what ``from source import name`` gives."""
    found = __import__(source, fromlist=(name,))
    return getattr(found, name)


def _without_sheets(module: ModuleType) -> Callable[..., Any]:
    """Return the importer of the module that parses style sheets, most of them for nothing."""

    def answer(
        name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
    ) -> Any:
        found = __import__(name, globals, locals, fromlist, level)
        if level != 1 or name or "CSS" not in fromlist:
            return found
        return SimpleNamespace(
            **{each: getattr(found, each) for each in fromlist} | {"CSS": _later_sheet(found.CSS)}
        )

    return answer


def _later_sheet(sheet: type[Any]) -> type[Any]:
    """Return the type of style sheets that are parsed when something is asked of them.

    One that fills a counter style is parsed at once: the style is used before the sheet.
    """

    class Later(sheet):  # type: ignore[misc]
        def __init__(self, **named: Any) -> None:
            if "counter_style" in named:
                super().__init__(**named)
            else:
                self._named = named

        def __getattr__(self, name: str) -> Any:
            named = self.__dict__.pop("_named", None)
            if named is None:
                raise AttributeError(name)
            sheet.__init__(self, **named)
            return getattr(self, name)

    return Later


def _importers() -> dict[str, Callable[[ModuleType], Callable[..., Any]]]:
    """Return what makes the importer of each module; nothing of it outlives what it made."""
    fonts, pictures = _Shelf("fontTools"), _Shelf("PIL")
    return {
        FOREIGN: _foreign,
        "weasyprint.css": pictures.importer,
        "weasyprint.draw.text": pictures.importer,
        "weasyprint.html": _without_sheets,
        "weasyprint.images": pictures.importer,
        "weasyprint.pdf.fonts": fonts.importer,
        "weasyprint.text.fonts": fonts.importer,
    }
