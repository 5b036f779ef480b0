"""Nobody goes round the doors: the source is read."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "vanban"

# What opens something from outside, and where besides the doors it stands.
GUARDED: dict[str, frozenset[str]] = {
    "zipfile.ZipFile": frozenset(),
    "zipfile.Path": frozenset(),
    "zipfile.is_zipfile": frozenset(),
    "tarfile.open": frozenset(),
    "etree.fromstring": frozenset(),
    "etree.parse": frozenset(),
    "etree.XML": frozenset(),
    "etree.HTML": frozenset(),
    "etree.iterparse": frozenset(),
    "etree.XMLParser": frozenset(),
    "etree.XMLPullParser": frozenset(),
    "ElementTree.fromstring": frozenset(),
    "ElementTree.parse": frozenset(),
    "minidom.parseString": frozenset(),
    "URLFetcher": frozenset(),
    "weasyprint.HTML": frozenset({"render/pdf.py"}),  # with the fetcher: see below
    "weasyprint.CSS": frozenset({"render/pdf.py"}),
    "request.urlopen": frozenset(),
    "urlopen": frozenset(),
    "socket.socket": frozenset(),
    "subprocess.run": frozenset(),
    "subprocess.Popen": frozenset(),
    "os.system": frozenset(),
    "pickle.loads": frozenset(),
    "yaml.load": frozenset({"start/tables.py"}),  # our own files, by a safe loader: see below
    "eval": frozenset(),
    "exec": frozenset({"start/weasyprint.py"}),  # WeasyPrint's own code, known by its hash
}


def calls() -> list[tuple[str, ast.Call, str]]:
    """Return every call in the source outside the doors: file, call, dotted name."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith("doors/"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found.append((name, node, ast.unparse(node.func)))
    return found


CALLS = calls()


def test_the_source_was_read() -> None:
    assert len(CALLS) > 5_000


def test_only_the_doors_open_things() -> None:
    beside = [
        (file, node.lineno, called)
        for file, node, called in CALLS
        for guarded, allowed in GUARDED.items()
        if (called == guarded or called.endswith(f".{guarded}")) and file not in allowed
    ]
    assert beside == []


def test_what_is_allowed_is_there_and_fenced() -> None:
    (loader,) = [node.args[1] for _, node, called in CALLS if called == "yaml.load"]
    assert ast.unparse(loader) == "getattr(yaml, 'CSafeLoader', yaml.SafeLoader)"
    pages = [n for _, n, called in CALLS if called.endswith(("weasyprint.HTML", "weasyprint.CSS"))]
    assert len(pages) == 2
    for node in pages:
        assert "url_fetcher" in {keyword.arg for keyword in node.keywords}


def test_html_is_nowhere_parsed_by_lxml() -> None:
    assert not [called for _, _, called in CALLS if called.startswith(("lxml.html", "html5lib"))]
