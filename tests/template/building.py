"""Word templates for tests, built from our own by a list of edits that a diff can show."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from vanban.compose.profile import profiles
from vanban.render.docx_package import Package
from vanban.render.docx_template import build_template

BODY = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"


def paragraph(text: str) -> str:
    """One paragraph; ``¦`` begins a new run, as Word does in the middle of tags."""
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in text.split("¦")
    )
    return f"<w:p>{runs}</w:p>"


def cell(*texts: str) -> str:
    """One cell of a table."""
    return f"<w:tc>{''.join(map(paragraph, texts))}</w:tc>"


def table(*rows: list[str]) -> str:
    """A table, with the paragraph that must follow it."""
    written = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{written}</w:tbl>{paragraph('')}"


def built(recipe: dict[str, Any], profile: str = "dang-hd36") -> bytes:
    """Our template of a profile, changed as the recipe says.

    ``replace`` pairs of texts in a part (the body unless ``part``), ``append`` paragraphs,
    ``tables`` rows of cells, ``relations`` (type, target), ``files`` (name, content).
    """
    package = Package.read(build_template(profiles()[profile]))
    for item in recipe.get("replace", ()):
        part = item.get("part", BODY)
        text = package.parts[part].decode()
        assert item["old"] in text, item["old"]
        package.parts[part] = text.replace(item["old"], item["new"]).encode()
    more = "".join(map(paragraph, recipe.get("append", ())))
    more += "".join(table(*rows) for rows in recipe.get("tables", ()))
    body = package.parts[BODY].decode()
    package.parts[BODY] = body.replace("<w:sectPr>", f"{more}<w:sectPr>").encode()
    for number, (kind, target) in enumerate(recipe.get("relations", ())):
        outside = ' TargetMode="External"' if "://" in target else ""
        entry = (
            f'<Relationship Id="rIdX{number}" Type="http://schemas.openxmlformats.org/'
            f'officeDocument/2006/relationships/{kind}" Target="{target}"{outside}/>'
        )
        held = package.parts[RELATIONS].decode()
        package.parts[RELATIONS] = held.replace(
            "</Relationships>", f"{entry}</Relationships>"
        ).encode()
    for name, content in recipe.get("files", ()):
        package.parts[name] = content.encode()
    return package.write()
