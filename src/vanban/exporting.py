"""The road from a draft to files: validate, compose, render, write."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban import resources, seal
from vanban.catalogue import say
from vanban.config import UNPRINTABLE, Config
from vanban.errors import DraftRefusedError, OutputError, TargetError, TemplateError
from vanban.finding import Finding, Severity

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from vanban.compose.document import Document
    from vanban.kinds import Kind
    from vanban.read.draft import Draft

FORMATS = ("docx", "pdf", "html")
DEFAULT_FORMATS = ("docx", "pdf")
CARRIERS = ("docx", "pdf")
"""The formats that carry the draft's data; an HTML page carries none."""

_TEMPLATE_ENDINGS = (".docx", ".j2", ".jinja", ".jinja2", ".html", ".htm")

# Content that is missing or wrong can be shown as such; these cannot, even with --allow-errors:
# unreadable input, values of a wrong type or form, letters that cannot be printed.
_NEVER_ALLOWED = ("INP", "SCH001", "SCH005", "SCH010", "FMT001", "TXT001", *UNPRINTABLE, "OUT")


class Rendered(NamedTuple):
    """One rendered format: its bytes and, where the format has pages, their number."""

    format: str
    data: bytes
    pages: int | None = None


class Written(NamedTuple):
    """One file that was written.

    ``pages`` is the number of pages of a PDF; ``embedded`` whether it carries the draft's data.
    """

    path: Path
    format: str
    pages: int | None = None
    embedded: bool = False


def checked(
    draft: Draft,
    *,
    profile: str | None = None,
    allow_errors: bool = False,
    known: Iterable[Finding] | None = None,
    config: Config | Mapping[str, Any] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a draft that may be exported.

    ``known`` are the findings of a validation already done. Raises DraftRefusedError when the
    draft has errors, or with ``allow_errors`` when it has errors that cannot be shown on a page.
    """
    if known is None:
        from vanban.check.engine import validate

        settings = Config.of(config).for_export()
        known = validate(draft, profile=profile, config=settings).findings
    findings = tuple(known)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    stopping = [f for f in errors if f.rule.startswith(_NEVER_ALLOWED)] if allow_errors else errors
    if stopping:
        key = "export.refused_still" if allow_errors else "export.refused"
        name = draft.path or say("export.unnamed")
        raise DraftRefusedError(say(key, file=name, count=len(stopping)), findings)
    return findings


def _document(
    draft: Draft, profile: str | None, allow_errors: bool, config: Config
) -> tuple[Document, Kind]:
    from vanban import kinds
    from vanban.compose.composer import compose
    from vanban.compose.profile import choose_profile
    from vanban.doors import budget

    kind = kinds.find(draft.kind or "")
    if kind is None:  # a draft without a known kind has an INP error and never comes here
        raise DraftRefusedError(say("export.refused", file=draft.path or "", count=1))
    layout = choose_profile(draft.data, profile or config.profile)
    made = compose(draft, layout, kind=kind, allow_errors=allow_errors, style=config.style)
    budget.check(made, draft.path or say("export.unnamed"))
    return made, kind


def embeds(draft: Draft, asked: bool | None, config: Config | Mapping[str, Any] | None) -> bool:
    """Tell whether files made from a draft carry its data.

    ``asked`` is the word of the command line or the caller (None: none). Without it a draft with a
    degree of secrecy embeds nothing; for the others the office's settings decide, then yes.
    """
    if asked is not None:
        return asked
    return not is_secret(draft) and Config.of(config).embed is not False


def is_secret(draft: Draft) -> bool:
    """Tell whether a draft states a degree of secrecy (the schema says where)."""
    from vanban import kinds
    from vanban.check.engine import walker_of

    kind = kinds.find(draft.kind or "")
    if kind is None:
        return False
    stated = walker_of(kind).walk(draft.data).nodes().get("secrecy", ())
    return any(node.value not in (None, "", [], {}) for node in stated)


class _Embedding:
    """Makes the payload of each format: they differ in the office's template only."""

    def __init__(
        self,
        draft: Draft,
        document: Document,
        kind: Kind,
        *,
        allow_errors: bool,
        config: Config,
    ) -> None:
        self.draft = draft
        self.document = document
        self.kind = kind
        self.allow_errors = allow_errors
        self.style = config.style

    def payload(self, format: str, template: Path | None) -> bytes | None:
        """Return the payload for one format; None for HTML, which carries none.

        Raises OutputError when the data is too much to be carried.
        """
        if format not in CARRIERS:
            return None
        from vanban.compose.profile import choose_profile, load_profile
        from vanban.embed.payload import PayloadError, of_export

        layout = load_profile(self.document.meta.profile)
        try:
            return of_export(
                self.draft.data,
                self.document,
                self.kind,
                layout,
                forced=choose_profile(self.draft.data).name != layout.name,
                allow_errors=self.allow_errors,
                style=self.style,
                template=None if template is None else _template_bytes(template),
            ).to_json()
        except PayloadError as error:
            reason = say(f"embed.{error.key}", **error.details)
            raise OutputError(say("embed.cannot_carry", reason=reason)) from error


def _template_bytes(template: Path) -> bytes:
    from vanban.embed.payload import template_bytes

    try:
        return template_bytes(template)
    except (OSError, ValueError):
        return b""  # whoever renders with it says what is wrong


def _render(
    document: Document,
    kind: Kind,
    format: str,
    template: Path | None,
    payload: bytes | None = None,
    engine: str = "auto",
) -> Rendered:
    """Return one format, proved: the finished bytes were read again and hold what they must."""
    from vanban.compose.profile import load_profile
    from vanban.proof import prove, refuse
    from vanban.render.fonts import find_font

    made = _made(document, kind, format, template, payload, engine)
    found = prove(
        format,
        made.data,
        document,
        profile=load_profile(document.meta.profile),
        exact=template is None and kind.root == resources.data_root(),
        pages=made.pages,
        font=find_font() if format == "pdf" else None,
    )
    refuse(format, found, template)
    return made


def _made(
    document: Document,
    kind: Kind,
    format: str,
    template: Path | None,
    payload: bytes | None,
    engine: str,
) -> Rendered:
    if format == "docx":
        from vanban.render.docx import render_docx

        return Rendered(format, render_docx(document, kind, template, payload))
    if format == "pdf":
        from vanban.render.engines import render_pdf_pages

        made = render_pdf_pages(document, kind, template, payload, engine)
        return Rendered(format, seal.seal_pdf(made.data), made.pages)
    from vanban.render.html import render_html

    return Rendered(format, seal.seal_html(render_html(document, kind, template)))


def render(
    draft: Draft,
    format: str,
    *,
    profile: str | None = None,
    template: str | os.PathLike[str] | None = None,
    allow_errors: bool = False,
    config: Config | Mapping[str, Any] | None = None,
    embed: bool | None = None,
    engine: str | None = None,
) -> Rendered:
    """Validate a draft and return it in one format (``docx``, ``pdf``, ``html``).

    ``embed`` says whether the file carries the draft's data (None: as ``embeds`` says), ``engine``
    what sets the pages of a PDF (``auto``, ``weasyprint``, ``typst``; None: as the office's
    settings say, then ``auto``).
    """
    settings = Config.of(config)
    checked(draft, profile=profile, allow_errors=allow_errors, config=settings)
    document, kind = _document(draft, profile, allow_errors, settings)
    own = Path(template) if template else None
    if own is not None and is_folder(own):
        own = office_template(own, format, document.meta.profile)
    payload = None
    if embeds(draft, embed, settings):
        inside = _Embedding(draft, document, kind, allow_errors=allow_errors, config=settings)
        payload = inside.payload(format, own)
    return _render(document, kind, format, own, payload, engine or settings.engine or "auto")


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; a name that the system cannot take is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def stem_of(draft: Draft) -> str:
    """Return the name, without an ending, that files made from a draft bear."""
    name = Path(draft.path).name if draft.path and draft.path != "-" else ""
    stem = Path(name).stem
    # A file called only ".yaml" has no name of its own; its documents would be hidden files.
    return (draft.kind or "van-ban") if stem.startswith(".") or not stem else stem


def targets_of(draft: Draft, target: Path | None, formats: Sequence[str]) -> list[Path]:
    """Return where each format goes.

    ``target`` is a folder, a file name whose ending says one of the formats, or None for beside
    the draft under its name. Raises TargetError when a file name cannot hold what was asked.
    """
    source = Path(draft.path) if draft.path and draft.path != "-" else None
    stem = stem_of(draft)
    if target is None:
        folder = source.parent if source else Path()
        return [folder / f"{stem}.{format}" for format in formats]
    if is_folder(target):
        return [target / f"{stem}.{format}" for format in formats]
    ending = target.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        try:
            there = target.exists()
        except OSError:
            there = False
        key = "unknown_ending" if there else "no_such_folder"
        raise TargetError(say(f"export.{key}", path=target))
    if ending not in formats or len(formats) > 1:
        # -o report.pdf --docx --pdf: one base name, each format with its own ending.
        return [target.with_suffix(f".{format}") for format in formats]
    return [target]


def export_draft(
    draft: Draft,
    target: Path | None = None,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    profile: str | None = None,
    template: Path | None = None,
    allow_errors: bool = False,
    force: bool = False,
    known: Iterable[Finding] | None = None,
    config: Config | Mapping[str, Any] | None = None,
    embed: bool | None = None,
    engine: str | None = None,
) -> list[Written]:
    """Validate a draft and write it in every format asked for: all of them or none.

    ``embed`` says whether the files carry the draft's data (None: as ``embeds`` says); ``engine``
    as in ``render``.

    ``template`` is used for the format its ending names (``.docx`` for Word, else HTML and PDF);
    a folder may hold one for each.
    Raises VanbanError subclasses, each with its exit code; nothing is written then.
    """
    from vanban.writing import check_place, check_target, write_all

    if template is not None:
        check_template(template, formats)
        if is_folder(template) and not any(_of_folder(template, f) for f in formats):
            raise TemplateError(say("template.check_none", path=template))
    settings = Config.of(config)
    checked(draft, profile=profile, allow_errors=allow_errors, known=known, config=settings)
    paths = targets_of(draft, target, formats)
    for path in paths:
        _check_not_source(path, draft, template)
        check_place(path)
        check_target(path, force=force)
    document, kind = _document(draft, profile, allow_errors, settings)
    inside = (
        _Embedding(draft, document, kind, allow_errors=allow_errors, config=settings)
        if embeds(draft, embed, settings)
        else None
    )
    rendered = []
    for format in formats:
        own = office_template(template, format, document.meta.profile)
        payload = inside.payload(format, own) if inside else None
        used = engine or settings.engine or "auto"
        rendered.append(_render(document, kind, format, own, payload, used))
    for path in paths:  # again: rendering takes long enough for a hand to open or change a file
        check_place(path)
        check_target(path, force=force)
    write_all((path, made.data) for path, made in zip(paths, rendered, strict=True))
    return [
        Written(path, made.format, made.pages, inside is not None and made.format in CARRIERS)
        for path, made in zip(paths, rendered, strict=True)
    ]


def _check_not_source(path: Path, draft: Draft, template: Path | None) -> None:
    """Refuse, even when forced, to write over the draft or the template that is being read."""
    sources = [Path(draft.path)] if draft.path and draft.path != "-" else []
    given = [template] if template else []
    if template and is_folder(template):
        given = [template / path.name]
    for source in [*sources, *given]:
        same = False
        with contextlib.suppress(OSError, ValueError):  # one of the two is not there
            same = path.samefile(source)
        if same:
            raise TargetError(say("export.target_is_source", path=path))


def check_template(template: Path, formats: Sequence[str]) -> None:
    """Make sure that an office's template is for one of the formats and is there.

    Raises TemplateError; what the template holds is found out when it is used.
    """
    if is_folder(template):
        return  # what it holds is looked at when it is used
    if template.suffix.lower() not in _TEMPLATE_ENDINGS:
        raise TemplateError(say("export.template_ending", template=template))
    if not any(_fits(template, format) for format in formats):
        asked = " ".join(f"--{format}" for format in formats)
        raise TemplateError(say("export.template_unused", template=template, formats=asked))


def office_template(template: Path | None, format: str, profile: str) -> Path | None:
    """Return the template of an office for one format, None where ours is used.

    A folder holds what ``vanban template init`` wrote: ``document.<profile>.docx`` and
    ``document.html.j2``. Raises TemplateError when it has Word templates, but none for the profile.
    """
    if template is None or not is_folder(template):
        return template if _fits(template, format) else None
    held = _of_folder(template, format)
    if format != "docx" or not held:
        return held[0] if held else None
    wanted = template / f"document.{profile}.docx"
    if wanted not in held:
        raise TemplateError(say("template.no_word_here", folder=template, profile=profile))
    return wanted


def _of_folder(folder: Path, format: str) -> list[Path]:
    """Return the templates for a format in a folder."""
    if format == "docx":
        return sorted(folder.glob("document.*.docx"))
    page = folder / "document.html.j2"
    return [page] if page.is_file() else []


def _fits(template: Path | None, format: str) -> bool:
    return template is not None and (template.suffix.lower() == ".docx") == (format == "docx")


def export_to(
    draft: Draft,
    path: str | os.PathLike[str],
    *,
    profile: str | None = None,
    template: str | os.PathLike[str] | None = None,
    allow_errors: bool = False,
    force: bool = False,
    config: Config | Mapping[str, Any] | None = None,
    embed: bool | None = None,
    engine: str | None = None,
) -> Written:
    """Write one file; its ending chooses the format."""
    target = Path(path)
    ending = target.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise TargetError(say("export.unknown_ending", path=target))
    written = export_draft(
        draft,
        target,
        formats=(ending,),
        profile=profile,
        template=Path(template) if template else None,
        allow_errors=allow_errors,
        force=force,
        config=config,
        embed=embed,
        engine=engine,
    )
    return written[0]
