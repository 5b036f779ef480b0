"""vanban: checked drafts and official documents for the offices that write them in Vietnam.

The library in five calls::

    draft = vanban.load("draft.yaml")
    result = vanban.validate(draft)
    if result.ok:
        pdf = vanban.render_pdf(draft)
        vanban.export(draft, "draft.docx")

Importing this package loads neither WeasyPrint nor docxtpl nor lxml; each function imports what it
needs. All functions are thread-safe; a :class:`Draft` is immutable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vanban._version import __version__
from vanban.config import Config
from vanban.errors import (
    DraftRefusedError,
    EmbedError,
    EnvironmentIncompleteError,
    InternalError,
    MendingError,
    OutputError,
    SettingsError,
    TargetError,
    TemplateError,
    VanbanError,
)
from vanban.finding import Edit, Finding, Fix, Result, Severity, Source, Span, Suppressed
from vanban.read.draft import Draft

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from vanban.batch.exports import Outcome
    from vanban.embed.verifying import Verification
    from vanban.exporting import Written
    from vanban.fixing import Mending

__all__ = [
    "Config",
    "Draft",
    "DraftRefusedError",
    "Edit",
    "EmbedError",
    "EnvironmentIncompleteError",
    "Finding",
    "Fix",
    "InternalError",
    "MendingError",
    "OutputError",
    "Result",
    "SettingsError",
    "Severity",
    "Source",
    "Span",
    "Suppressed",
    "TargetError",
    "TemplateError",
    "VanbanError",
    "__version__",
    "check_text",
    "draft",
    "export",
    "export_many",
    "extract",
    "find_config",
    "fix",
    "fix_text",
    "load",
    "loads",
    "message",
    "render_docx",
    "render_html",
    "render_pdf",
    "validate",
    "verify",
]


def load(path: str | os.PathLike[str]) -> Draft:
    """Read a draft from a YAML or JSON file (``-`` is standard input).

    Never raises for what the file holds: faults of reading are in ``Draft.faults`` and come back
    from :func:`validate` as findings.
    """
    from vanban.read.reader import read_path

    return read_path(str(path))


def loads(text: str, format: str = "yaml") -> Draft:
    """Read a draft from a text in ``format`` (``yaml`` or ``json``)."""
    from vanban.read.reader import read_text

    return read_text(text, format)


def draft(mapping: Mapping[str, Any]) -> Draft:
    """Make a draft of a plain mapping (JSON-like values); its findings carry no line numbers."""
    from vanban.read.reader import from_mapping

    return from_mapping(mapping)


def validate(
    draft: Draft,
    *,
    profile: str | None = None,
    config: Config | Mapping[str, Any] | None = None,
    previous: Draft | Sequence[Draft] | None = None,
) -> Result:
    """Check a draft: structure, business rules, letters.

    ``profile`` names the layout regulation (``dang-hd36``, ``dang-hd05``, ``nd30``), else the
    document's own date chooses; ``config`` are an office's settings (:func:`find_config`, or a
    mapping with the keys of ``vanban.toml``); none are looked for without it. ``previous`` is an
    earlier report of the same body, or several. Raises VanbanError for an unknown profile
    and SettingsError for settings that cannot be used.
    """
    from vanban.check.engine import validate as check

    return check(draft, profile=profile, config=config, previous=previous)


def check_text(
    text: str,
    *,
    markdown: bool = False,
    config: Config | Mapping[str, Any] | None = None,
) -> Result:
    """Check the spelling and form of a plain text with the rules TXT.

    With ``markdown`` only what a reader sees is checked: no code, no addresses. ``config`` are an
    office's settings. Raises SettingsError for settings that cannot be used.
    """
    from vanban.check.plain import check_text as check

    return check(text, markdown=markdown, config=config)


def fix(
    draft: Draft | str | os.PathLike[str],
    *,
    unsafe: bool = False,
    profile: str | None = None,
    config: Config | Mapping[str, Any] | None = None,
    previous: Draft | Sequence[Draft] | None = None,
    baseline: str | os.PathLike[str] | None = None,
) -> Mending:
    """Mend a draft (or the file at a path) where rules are sure, and return the new text.

    Nothing is written: ``Mending.text`` is the whole source with nothing changed but the mended
    places, ``Mending.mended`` what was mended, ``Mending.left_out`` the fixes that did not stand
    their test and why, ``Mending.before`` and ``Mending.after`` what :func:`validate` finds.
    ``unsafe`` takes the doubtful fixes too. What a comment in the draft, the settings or the
    ``baseline`` leave out is not mended. Raises MendingError for a draft made of a mapping.
    """
    from vanban.fixing import fix as mend

    one = draft if isinstance(draft, Draft) else load(draft)
    return mend(
        one,
        unsafe=unsafe,
        profile=profile,
        config=config,
        previous=previous,
        baseline=baseline,
    )


def fix_text(
    text: str,
    *,
    unsafe: bool = False,
    markdown: bool = False,
    config: Config | Mapping[str, Any] | None = None,
) -> Mending:
    """Mend the spelling and form of a plain text: ``Mending.text`` is what comes out.

    Only what the rules are sure of, with ``unsafe`` also what a person should look at. The other
    arguments are those of :func:`check_text`.
    """
    from vanban.check.plain import fix_text as mend

    return mend(text, unsafe=unsafe, markdown=markdown, config=config)


def find_config(path: str | os.PathLike[str]) -> Config:
    """Return the settings that hold for a draft: the nearest ``vanban.toml`` upward from it.

    ``[tool.vanban]`` of a ``pyproject.toml`` counts too; without either these are the defaults.
    Never raises for what a file holds: mistakes are findings in ``Config.faults``.
    """
    from vanban.config import find

    return find(str(path))


def render_pdf(
    draft: Draft,
    *,
    profile: str | None = None,
    template: str | os.PathLike[str] | None = None,
    allow_errors: bool = False,
    config: Config | Mapping[str, Any] | None = None,
    embed: bool | None = None,
    engine: str | None = None,
) -> bytes:
    """Return the PDF of a draft.

    ``template`` is an HTML template of the office's own. ``embed`` says whether the file carries
    the draft's data; without it the office's settings decide, and a secret draft (``do_mat``)
    embeds nothing. ``engine`` sets the pages: ``weasyprint``, ``typst`` (the extra
    ``vanban[typst]``; no template of the office's own) or ``auto``, which is WeasyPrint where it
    can run and Typst else; without it the office's settings decide, then ``auto``. Raises
    DraftRefusedError when the draft has errors, EnvironmentIncompleteError without Pango or a
    suitable font.
    """
    from vanban.exporting import render

    return render(
        draft,
        "pdf",
        profile=profile,
        template=template,
        allow_errors=allow_errors,
        config=config,
        embed=embed,
        engine=engine,
    ).data


def render_docx(
    draft: Draft,
    *,
    profile: str | None = None,
    template: str | os.PathLike[str] | None = None,
    allow_errors: bool = False,
    config: Config | Mapping[str, Any] | None = None,
    embed: bool | None = None,
) -> bytes:
    """Return the Word file of a draft; ``template`` is a DOCX of the office's own.

    ``embed`` as in :func:`render_pdf`. Raises DraftRefusedError when the draft has errors,
    TemplateError for a broken template.
    """
    from vanban.exporting import render

    return render(
        draft,
        "docx",
        profile=profile,
        template=template,
        allow_errors=allow_errors,
        config=config,
        embed=embed,
    ).data


def render_html(
    draft: Draft,
    *,
    profile: str | None = None,
    template: str | os.PathLike[str] | None = None,
    allow_errors: bool = False,
    config: Config | Mapping[str, Any] | None = None,
) -> bytes:
    """Return the draft as one self-contained HTML page (UTF-8).

    Raises DraftRefusedError when the draft has errors.
    """
    from vanban.exporting import render

    return render(
        draft,
        "html",
        profile=profile,
        template=template,
        allow_errors=allow_errors,
        config=config,
    ).data


def export(
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
    """Validate and write one file; its ending chooses the format (.docx, .pdf, .html).

    The file is complete or not there at all; ``embed`` and ``engine`` as in
    :func:`render_pdf` (HTML carries no data). Raises DraftRefusedError, TargetError (missing
    folder, locked, edited since vanban wrote it and not ``force``), TemplateError,
    EnvironmentIncompleteError or OutputError.
    """
    from vanban.exporting import export_to

    return export_to(
        draft,
        path,
        profile=profile,
        template=template,
        allow_errors=allow_errors,
        force=force,
        config=config,
        embed=embed,
        engine=engine,
    )


def export_many(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str] | None = None,
    *,
    formats: Sequence[str] = ("docx", "pdf"),
    profile: str | None = None,
    template: str | os.PathLike[str] | None = None,
    allow_errors: bool = False,
    force: bool = False,
    config: Config | Mapping[str, Any] | None = None,
    embed: bool | None = None,
    engine: str | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    chunk: int = 10,
    time_limit: float | None = None,
    resume: bool = False,
) -> Iterator[Outcome]:
    """Export many drafts into a folder (None: each beside its draft); yield what became of each.

    The work is done while the iterator is read, in the order of ``paths``, and nothing is kept:
    one ``Outcome`` (``path``, ``status``, ``message``, ``findings``, ``written``) for every draft,
    whatever happens to it. ``jobs`` is the number of processes (1: this one; None: as many as
    pays); a program that uses more than one has its own code below
    ``if __name__ == "__main__":``. ``executor`` is any of ``concurrent.futures``, such as a
    cluster's; it gets ``chunk`` drafts at a time and reads and writes the same files.
    ``time_limit`` are the seconds for one draft (a cluster's threads cannot be held to it).
    With ``resume`` files that are still right are not made again. The rest as in
    :func:`export`. Raises TargetError before any work when two drafts would become one file,
    EnvironmentIncompleteError when no process can be started.
    """
    from vanban.batch.exports import export_many as many

    return many(
        paths,
        out,
        formats=formats,
        profile=profile,
        template=template,
        allow_errors=allow_errors,
        force=force,
        config=config,
        embed=embed,
        engine=engine,
        jobs=jobs,
        executor=executor,
        chunk=chunk,
        time_limit=time_limit,
        resume=resume,
    )


def extract(path: str | os.PathLike[str]) -> Draft:
    """Return the draft that a DOCX or PDF of vanban carries: its data equals that at export.

    Comments are not kept in the file. Raises EmbedError when the file cannot be read, is none of
    vanban's (``exit_code`` 3) or carries no data that can be used (1).
    """
    from vanban.embed.carrier import extract as take

    return take(path)


def verify(
    path: str | os.PathLike[str],
    template: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None,
) -> Verification:
    """Read the pages of a file again and hold them against the data inside.

    The data is composed once more with the choices made at export; ``Verification.ok`` is true when
    the pages say what the data says, ``Verification.differences`` names what differs. A file made
    with an office's own ``template`` needs that (or a choice of several) for its whole pages to be
    compared; without it only the texts of the data are. Never raises for what the file holds;
    EmbedError for a template that cannot be read.
    """
    from vanban.embed.verifying import verify as hold

    if template is None:
        return hold(path)
    if isinstance(template, str) or not isinstance(template, Sequence):
        return hold(path, [template])
    return hold(path, template)


def message(finding: Finding, lang: str | None = None) -> str:
    """Return the sentence of a finding in ``vi`` (default) or ``en``."""
    from vanban.catalogue import message as say

    return say(finding, lang)
