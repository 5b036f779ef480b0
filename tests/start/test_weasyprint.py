"""The lighter import of WeasyPrint: taken where all is known, the same pages, plain otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256

import pytest

# A page with counters, a list, a table, a picture, and a colour; then a font cut by fontTools.
PAGES = """
import base64, io, struct, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
dots = zlib.compress(b"\\0\\xff\\0\\0\\0\\0\\xff" * 2)
png = (b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
       + chunk(b"IDAT", dots) + chunk(b"IEND", b""))
picture = "data:image/png;base64," + base64.b64encode(png).decode()
MARKUP = f'''<style>
@page {{ size: A5; @top-center {{ content: counter(page) "/" counter(pages) }} }}
li {{ color: rgb(20 40 60) }} .x {{ break-before: page }}</style>
<ol><li>Báo cáo<li>Kết quả</ol><table><tr><td>Đảng bộ<td>12</table><img src="{picture}">
<p class=x>Phương hướng'''
def pages(weasyprint, **options):
    made = weasyprint.HTML(string=MARKUP).render(**options)
    out = io.BytesIO()
    made.write_pdf(out, pdf_identifier=b"0" * 16, **options)
    return out.getvalue()
"""
CHILD = """
import hashlib, sys, warnings
warnings.simplefilter("ignore")
{before}
HEAVY = ("pycparser", "fontTools", "PIL")
print(*[name for name in HEAVY if name in sys.modules])
{pages}
import weasyprint.pdf.fonts as fonts
print(type(fonts.ffi).__module__)
made = pages(weasyprint, pdf_variant="pdf/a-3a")
fonts.harfbuzz_subset = None
made += pages(weasyprint)
print(hashlib.sha256(made).hexdigest())
print(*[name for name in HEAVY if name in sys.modules])
"""
PLAIN = "import weasyprint"
LIGHTER = "from vanban.start import weasyprint as start\n{}\nweasyprint = start.load()"

needs_cpython = pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="the import is plain elsewhere"
)


@dataclass(frozen=True)
class Child:
    """What a process told of its import: what it loaded, whose cffi, the pages, what at the end."""

    loaded: set[str]
    foreign: str
    pages: str
    loaded_at_end: set[str]


def child(before: str) -> Child:
    code = CHILD.format(before=before, pages=PAGES)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        # fontTools writes the time into a font that it has cut.
        env={**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"},
    )
    assert done.returncode == 0, done.stderr
    loaded, foreign, pages, at_end = done.stdout.splitlines()
    return Child(set(loaded.split()), foreign, pages, set(at_end.split()))


@pytest.fixture(scope="module")
def plain() -> Child:
    return child(PLAIN)


@needs_cpython
def test_the_lighter_import_is_taken_and_gives_the_same_pages(plain: Child) -> None:
    """A failure of the first two lines asks for ``scripts/compile_declarations.py``."""
    lighter = child(LIGHTER.format(""))
    assert lighter.loaded == set()
    assert lighter.foreign == "vanban.start.declarations"
    assert plain.loaded == {"pycparser", "fontTools", "PIL"}
    assert lighter.pages == plain.pages
    # What the odd page needed came in when it was needed.
    assert lighter.loaded_at_end == {"fontTools", "PIL"}


DIFFERENT = {
    "other declarations": (
        "start.declarations.key_of = lambda text: 'another'",
        {"pycparser"},
    ),
    "a cffi without what is used": (
        "start.declarations.stand_in = lambda: object()",
        {"pycparser"},
    ),
    "tables that cffi refuses": (
        "start.declarations.tables_of = lambda text: {'_version': 1, '_types': b''}",
        {"pycparser"},
    ),
    "other modules": (
        "start.KNOWN.update(dict.fromkeys(start.KNOWN, frozenset()))",
        {"fontTools", "PIL"},
    ),
    "an importer that fails": (
        "start._Finder.find_spec = lambda *_: 1 / 0",
        {"pycparser", "fontTools", "PIL"},
    ),
}


@needs_cpython
@pytest.mark.parametrize("what", DIFFERENT)
def test_what_differs_is_imported_plainly(what: str, plain: Child) -> None:
    before, loaded = DIFFERENT[what]
    other = child(LIGHTER.format(before))
    assert other.loaded == loaded
    assert other.pages == plain.pages
    assert (other.foreign == "vanban.start.declarations") == ("pycparser" not in loaded)


def test_a_weasyprint_that_is_there_already_is_left_as_it_is() -> None:
    code = (
        "import weasyprint\nfrom vanban.start import weasyprint as start\n"
        "assert start.load() is weasyprint\nimport sys\nassert 'pycparser' in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=120)


def test_the_error_is_that_of_the_plain_import() -> None:
    """Without Pango it is OSError, and nothing half imported is left."""
    code = (
        "import sys, builtins\nfrom vanban.start import declarations, weasyprint as start\n"
        "import cffi\n"
        "def fail(*_): raise OSError('cannot load library libpango')\n"
        "cffi.FFI.dlopen = fail\n"
        "stand_in = declarations.stand_in()\nstand_in.FFI.dlopen = fail\n"
        "declarations.stand_in = lambda: stand_in\n"
        "try:\n    start.load()\nexcept OSError as error:\n    assert 'libpango' in str(error)\n"
        "else:\n    raise AssertionError\n"
        "assert 'weasyprint.text.ffi' not in sys.modules\n"
        "assert not any(type(f).__module__ == start.__name__ for f in sys.meta_path)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120, capture_output=True)


def test_no_module_is_kept_beyond_its_turn() -> None:
    """One that were would be emptied at the end while what it made still needs it."""
    code = (
        "import gc, sys, weakref\nfrom vanban.start import weasyprint as start\nstart.load()\n"
        "module = weakref.ref(sys.modules['weasyprint.text.fonts'])\n"
        "made = module().FontConfiguration()\nassert 'fontTools' not in sys.modules\n"
        "for name in [name for name in sys.modules if name.startswith('weasyprint')]:\n"
        "    del sys.modules[name]\n"
        "gc.collect()\nassert module() is None"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=120)


def test_tables_are_kept_by_the_text_they_were_made_of() -> None:
    from vanban.start import declarations

    text = "int pango_version (void);"
    assert declarations.key_of(text) == sha256(text.encode()).hexdigest()
    with pytest.raises(declarations.UnknownDeclarationsError):
        declarations.tables_of(text)
