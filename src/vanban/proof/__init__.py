"""The proof at export: finished bytes are read again, by other libraries than those that made them.

No renderer is trusted: a PDF is read by PDFium, a DOCX as a zip of XML, a page by a parser of
HTML. What differs from the Document is a finding of the family ``OUT``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.catalogue import say
from vanban.errors import ProofError, TemplateProofError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanban.compose.document import Document
    from vanban.compose.profile import Profile
    from vanban.finding import Finding
    from vanban.render.fonts import FontFamily

FORMATS = {"pdf": "PDF", "docx": "DOCX", "html": "HTML"}
"""The formats that can be proved, with their names in messages."""


def prove(
    format: str,
    data: bytes,
    document: Document,
    *,
    profile: Profile,
    exact: bool = True,
    pages: int | None = None,
    font: FontFamily | None = None,
) -> tuple[Finding, ...]:
    """Return what is wrong with the finished bytes of one format; nothing when all is well.

    ``exact`` asks for our own templates' page: every text of the document in reading order and
    nothing else, in the one family, inside the margins of ``profile``. Without it (an office's
    template) nothing may be left out, and what is there must be legible and on the sheet.
    ``pages`` is the number that the engine counted, ``font`` the family that a PDF is set in;
    None leaves out what is compared with them.
    """
    if format == "pdf":
        from vanban.proof.pdf import prove_pdf

        return prove_pdf(data, document, profile=profile, exact=exact, pages=pages, font=font)
    if format == "docx":
        from vanban.proof.docx import prove_docx

        return prove_docx(data, document, profile=profile, exact=exact)
    from vanban.proof.html import prove_html

    return prove_html(data, document, exact=exact)


def refuse(format: str, findings: Sequence[Finding], template: object | None = None) -> None:
    """Raise the error that carries ``findings``; return when there are none.

    With an office's own ``template`` it is a TemplateProofError (the input is at fault), else a
    ProofError (vanban is).
    """
    if not findings:
        return
    name, count = FORMATS[format], len(findings)
    if template is not None:
        text = say("export.template_not_proved", format=name, template=template, count=count)
        raise TemplateProofError(text, findings)
    raise ProofError(say("export.not_proved", format=name, count=count), findings)
