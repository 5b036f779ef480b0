"""The built-in templates as an office gets them to change, with a guide that lists every field."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from vanban import resources
from vanban.catalogue import say
from vanban.errors import TargetError, TemplateError
from vanban.render.css import TEMPLATE as STYLE_TEMPLATE
from vanban.render.html import BASE_TEMPLATE, KIND_TEMPLATE
from vanban.render.sandbox import FILTERS, TESTS
from vanban.render.template_fields import described, page_fields, paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanban.kinds import Kind

GUIDE = "HUONG-DAN.md"
GUIDE_TEMPLATE = "huong-dan.md.j2"


def kit(kind: Kind, profile: str | None = None) -> dict[str, bytes]:
    """Return the files for an office by name: Word for each profile (or one), page, styles, guide.

    Raises TemplateError when the kind has no Word template for the profile asked for.
    """
    own = resources.data_root() / "templates"
    found: dict[str, bytes] = {}
    wanted = [f"document.{profile}.docx"] if profile else _word_names(kind)
    for name in wanted:
        path = kind.templates / name
        if not path.is_file():
            raise TemplateError(say("template.no_word", kind=kind.name, profile=profile))
        found[name] = path.read_bytes()
    page = kind.templates / KIND_TEMPLATE
    extends = f'{{% extends "{BASE_TEMPLATE}" %}}\n'.encode()
    found[KIND_TEMPLATE] = page.read_bytes() if page.is_file() else extends
    for name in (BASE_TEMPLATE, STYLE_TEMPLATE):
        given = kind.templates / name
        found[name] = (given if given.is_file() else own / name).read_bytes()
    found[GUIDE] = guide(kind, tuple(wanted)).encode()
    return found


def _word_names(kind: Kind) -> list[str]:
    return sorted(path.name for path in kind.templates.glob("document.*.docx"))


@cache
def guide(kind: Kind, words: tuple[str, ...]) -> str:
    """Return the guide, in Vietnamese: how to change the templates, every field, what is allowed.

    ``words`` are the names of the Word templates beside it.
    """
    from jinja2 import Environment, StrictUndefined

    source = (resources.data_root() / "templates" / GUIDE_TEMPLATE).read_text("utf-8")
    made = Environment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)
    return made.from_string(source).render(
        kind=kind.name,
        words=words,
        page=KIND_TEMPLATE,
        base=BASE_TEMPLATE,
        style=STYLE_TEMPLATE,
        word_fields=described("word"),
        page_fields=sorted(set(paths(page_fields()))),
        filters=sorted(FILTERS),
        tests=sorted(TESTS),
    )


def write(files: dict[str, bytes], folder: Path, *, force: bool = False) -> list[Path]:
    """Write the files into a folder, made when it is missing: all of them or none.

    Raises TargetError when one is there already (unless ``force``), is a link, or cannot be
    written.
    """
    from vanban.writing import check_target, write_all

    targets = [folder / name for name in files]
    try:
        made = _make(folder)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TargetError(say("export.cannot_write", path=folder, reason=reason)) from error
    done = False
    try:
        _refuse_links(targets)
        there = [str(path) for path in targets if path.exists()]
        if there and not force:
            raise TargetError(say("template.exists", paths=", ".join(there)))
        for path in targets:
            check_target(path, force=True)
        write_all(zip(targets, files.values(), strict=True))
        done = True
    finally:
        if not done:
            for path in reversed(made):
                path.rmdir()
    return targets


def _refuse_links(targets: Iterable[Path]) -> None:
    for path in targets:
        if path.is_symlink():
            raise TargetError(say("template.link", path=path))


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that were made."""
    if folder.is_dir():
        return []
    if folder.exists() or folder.is_symlink():
        raise TargetError(say("template.folder_is_file", path=folder))
    made = []
    for path in [*reversed(folder.parents), folder]:
        if not path.exists():
            path.mkdir()
            made.append(path)
    return made
