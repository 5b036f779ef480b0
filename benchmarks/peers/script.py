"""The scripts of the cold comparisons: ``python benchmarks/peers/script.py WHAT …``.

``docx DRAFT SCHEMA CONTENT TEMPLATE OUT``   yaml + jsonschema + docxtpl
``pdf  DRAFT SCHEMA CONTENT OUT``            yaml + jsonschema + WeasyPrint + pikepdf

The draft is read and validated; what would be its mapping to the page is read ready from CONTENT.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

# By its path alone: the package around it imports vanban.
sys.path.insert(0, str(Path(__file__).parent))
import naive  # type: ignore[import-not-found]


def main(what: str, draft: str, schema: str, content: str, *rest: str) -> None:
    """Run one script."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(Path(draft).read_text("utf-8"), loader)
    Draft202012Validator(json.loads(Path(schema).read_text("utf-8"))).validate(data)
    blocks = json.loads(Path(content).read_text("utf-8"))
    out = Path(rest[-1])
    if what == "docx":
        out.write_bytes(naive.docxtpl_docx(Path(rest[0]), blocks))
        return
    import pikepdf

    with pikepdf.open(io.BytesIO(naive.weasyprint_pdf(blocks))) as pdf:
        pdf.attachments["draft.yaml"] = Path(draft).read_bytes()
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Báo cáo"
        pdf.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
