"""One warm contender: ``python -m benchmarks.worker NAME DRAFT …``.

A line on standard input asks for one run, with the next of the drafts; a line of JSON answers:
``cpu`` and ``wall`` in ms, ``peak`` in MiB, or ``missing`` with the reason. What is not of the
stage (reading, and composing for the peers) is done before the clock starts.
"""

from __future__ import annotations

import gc
import itertools
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.peers import content, naive
from vanban import exporting, kinds
from vanban.check import judge
from vanban.check.bundle import bundle, validator_of
from vanban.check.engine import _tools, validate
from vanban.compose.document import Document
from vanban.compose.profile import load_profile
from vanban.config import Config
from vanban.kinds import Kind
from vanban.proof import prove
from vanban.read.draft import Draft
from vanban.read.reader import read_path
from vanban.render.docx_fill import Fields
from vanban.render.fonts import find_font

Work = Callable[[], object]
Make = Callable[[Draft], Work]


def _kind(draft: Draft) -> Kind:
    kind = kinds.find(draft.kind or "")
    assert kind is not None
    return kind


def _composed(draft: Draft) -> tuple[Document, Kind]:
    return exporting._document(draft, None, True, Config())


def rendered(draft: Draft, format: str, engine: str = "auto") -> exporting.Rendered:
    """Do what ``render_*`` does with a validated draft: compose, embed, render, finish."""
    document, kind = _composed(draft)
    inside = exporting._Embedding(draft, document, kind, allow_errors=True, config=Config())
    payload = inside.payload(format, None)
    return exporting._made(document, kind, format, None, payload, engine)


def _validate(draft: Draft) -> Work:
    return lambda: validate(draft)


def _structure(draft: Draft) -> Work:
    judging = _tools(_kind(draft))[1]
    return lambda: list(judging.iter_errors(draft.data))


def _jsonschema(draft: Draft) -> Work:
    validator = validator_of(bundle(_kind(draft)))
    return lambda: list(validator.iter_errors(draft.data))


def _jsonschema_rs(draft: Draft) -> Work:
    fast = judge.Judge(bundle(_kind(draft))).accelerator
    assert fast is not None, "jsonschema-rs is not installed"
    return lambda: fast(draft.data)


def _docx(draft: Draft) -> Work:
    return lambda: rendered(draft, "docx")


def _proof(format: str, engine: str = "auto") -> Make:
    def make(draft: Draft) -> Work:
        document, _ = _composed(draft)
        made = rendered(draft, format, engine)
        profile = load_profile(document.meta.profile)
        font = find_font() if format == "pdf" else None
        return lambda: prove(
            format, made.data, document, profile=profile, pages=made.pages, font=font
        )

    return make


def _docx_proved(draft: Draft) -> Work:
    prove_it = exporting._render

    def work() -> object:
        document, kind = _composed(draft)
        inside = exporting._Embedding(draft, document, kind, allow_errors=True, config=Config())
        return prove_it(document, kind, "docx", None, inside.payload("docx", None))

    return work


def _docxtpl(draft: Draft) -> Work:
    blocks = content(_composed(draft)[0])
    template = Path(tempfile.mkdtemp(), "template.docx")
    naive.docx_template(template)
    return lambda: naive.docxtpl_docx(template, blocks)


def _docxtpl_ours(draft: Draft) -> Work:
    document, kind = _composed(draft)
    template = kind.templates / f"document.{document.meta.profile}.docx"
    fields = Fields(0, 0, frozenset(), {}, lambda text, *_: [text]).context(document)
    return lambda: naive.docxtpl_fields(template, fields)


def _pdf(engine: str) -> Make:
    return lambda draft: lambda: rendered(draft, "pdf", engine)


def _pages(engine: str) -> Make:
    """Return the stage without the last hand on the file (metadata, data inside, tags' mending)."""

    def make(draft: Draft) -> Work:
        if engine == "typst":
            from vanban.render import typst

            return lambda: typst.set_pages(*_composed(draft))
        from vanban.render import pdf

        pdf.finish = lambda data, *_, **__: data
        return lambda: pdf.render_pdf_pages(*_composed(draft))

    return make


def _weasyprint(draft: Draft) -> Work:
    blocks = content(_composed(draft)[0])
    return lambda: naive.weasyprint_pdf(blocks)


def _typst(draft: Draft) -> Work:
    import typst  # noqa: F401 - missing is told before the first run

    blocks = content(_composed(draft)[0])
    return lambda: naive.typst_pdf(blocks)


def _typst_kept(draft: Draft) -> Work:
    import typst  # noqa: F401 - missing is told before the first run

    blocks = content(_composed(draft)[0])
    fonts = tuple(find_font().files)
    return lambda: naive.typst_pdf_kept(blocks, fonts)


CONTENDERS: Mapping[str, Make] = {
    "vanban: all rules": _validate,
    "vanban: structure": _structure,
    "jsonschema": _jsonschema,
    "jsonschema-rs": _jsonschema_rs,
    "vanban: DOCX": _docx,
    "vanban: DOCX with proof": _docx_proved,
    "vanban: proof of DOCX": _proof("docx"),
    "docxtpl": _docxtpl,
    "docxtpl, our template": _docxtpl_ours,
    "vanban: PDF (WeasyPrint)": _pdf("weasyprint"),
    "vanban: PDF (WeasyPrint) before the last hand": _pages("weasyprint"),
    "vanban: PDF (Typst)": _pdf("typst"),
    "vanban: PDF (Typst) before the last hand": _pages("typst"),
    "vanban: proof of PDF": _proof("pdf"),
    "WeasyPrint": _weasyprint,
    "typst-py": _typst,
    "typst-py, compiler kept": _typst_kept,
}
"""Every contender by name; a function of a draft returns the work to be timed."""


def timed(work: Work) -> dict[str, float]:
    """Return what one run costs."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": cpu * 1000, "wall": wall * 1000, "peak": peak}


def main(name: str, *paths: str) -> int:
    """Answer one line after the other until the input ends."""
    drafts = itertools.cycle([read_path(path) for path in paths])
    for _ in sys.stdin:
        answer: dict[str, Any]
        try:
            answer = timed(CONTENDERS[name](next(drafts)))
        except Exception as error:  # a peer that is not there is told, not fatal
            answer = {"missing": f"{type(error).__name__}: {error}"[:160]}
        print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
