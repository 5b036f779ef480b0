"""Naive renderers: docxtpl, WeasyPrint and Typst used as their first pages teach."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

Content = list[dict[str, Any]]

# The page of the reports: A4, 14 pt, justified, first line 1 cm, the page number at the top.
CSS = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm;
        @top-center { content: counter(page); font: 14pt "Times New Roman", serif } }
@page :first { @top-center { content: none } }
body { font: 14pt/18.9pt "Times New Roman", "Liberation Serif", serif }
p { margin: 0 0 6pt; text-align: justify; text-indent: 1cm; orphans: 2; widows: 2 }
p.giua { text-align: center; text-indent: 0 }
table { border-collapse: collapse; width: 100%; margin: 6pt 0 }
td { border: 0.5pt solid; padding: 2pt 4pt; font: 12pt/15pt "Times New Roman", "Liberation Serif",
     serif; text-align: center }
"""

HTML = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Báo cáo</title></head>
<body>
{% for block in blocks %}{% if block.rows %}<table>
{% for row in block.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>{% else %}<p class="{{ block.style }}">
{%- for text, bold, italic in block.runs -%}
{% if bold %}<b>{% endif %}{% if italic %}<i>{% endif %}{{ text }}
{%- if italic %}</i>{% endif %}{% if bold %}</b>{% endif %}
{%- endfor %}</p>
{% endif %}{% endfor %}
</body></html>"""

TYPST = """#set page(paper: "a4", margin: (top: 20mm, right: 15mm, bottom: 20mm, left: 30mm),
  header: context if here().page() > 1 [#align(center)[#counter(page).display()]])
#set text(font: ("Times New Roman", "Tinos", "Liberation Serif"), size: 14pt, lang: "vi")
#set par(justify: true, leading: 0.69em, spacing: 15pt, first-line-indent: 1cm)
#set table(inset: (x: 4pt, y: 4pt), stroke: 0.5pt, align: center)
#show table: set text(size: 12pt)
#let said(runs) = for (words, bold, italic) in runs {
  let it = text(words)
  if bold { it = strong(it) }
  if italic { it = emph(it) }
  it
}
#for block in json(bytes(sys.inputs.at("data"))) {
  if "rows" in block {
    table(columns: (1fr,) * block.rows.at(0).len(), ..block.rows.flatten())
  } else if block.style == "giua" { align(center, said(block.runs)) } else { par(said(block.runs)) }
}
"""


def weasyprint_pdf(blocks: Content) -> bytes:
    """Return the PDF of WeasyPrint, everything made anew as in its manual."""
    from jinja2 import Environment
    from weasyprint import CSS as Sheet  # noqa: N811
    from weasyprint import HTML as Page  # noqa: N811
    from weasyprint.text.fonts import FontConfiguration

    markup = Environment(autoescape=True).from_string(HTML).render(blocks=blocks)
    fonts = FontConfiguration()
    sheet = Sheet(string=CSS, font_config=fonts)
    made: bytes = Page(string=markup).write_pdf(stylesheets=[sheet], font_config=fonts)
    return made


def typst_pdf(blocks: Content) -> bytes:
    """Return the PDF of typst-py, which looks for fonts each time."""
    import typst

    data = json.dumps(blocks, ensure_ascii=False)
    made: bytes = typst.compile(TYPST.encode(), sys_inputs={"data": data})
    return made


@cache
def _compiler(fonts: tuple[Path, ...]) -> Any:
    import typst

    folder = Path(tempfile.mkdtemp())
    for font in fonts:
        shutil.copy(font, folder)
    return typst.Compiler(
        TYPST.encode(),
        font_paths=[str(folder)],
        ignore_system_fonts=True,
        sys_inputs={"data": "[]"},
    )


def typst_pdf_kept(blocks: Content, fonts: tuple[Path, ...]) -> bytes:
    """Return the PDF of typst-py, the compiler and these font files kept."""
    data = json.dumps(blocks, ensure_ascii=False)
    made: bytes = _compiler(fonts).compile(TYPST.encode(), sys_inputs={"data": data})
    return made


def docx_template(path: Path) -> None:
    """Write a template for ``docxtpl_docx``."""
    import docx
    from docx.shared import Mm, Pt

    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.paragraph_format.first_line_indent = Mm(10)
    for line in ("{%p for block in blocks %}", "{%p if block.rows %}"):
        file.add_paragraph(line)
    table = file.add_table(rows=3, cols=3)
    table.style = "Table Grid"
    marks = (("{%tr for row in block.rows %}",),
             ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
             ("{%tr endfor %}",))  # fmt: skip
    for number, texts in enumerate(marks):
        for cell, text in zip(table.rows[number].cells, texts, strict=False):
            cell.text = text
    file.add_paragraph("{%p else %}")
    file.add_paragraph("{{r block.rich }}")
    file.add_paragraph("{%p endif %}")
    file.add_paragraph("{%p endfor %}")
    file.save(str(path))


def docxtpl_fields(template: Path, fields: dict[str, Any]) -> bytes:
    """Return the Word file of docxtpl from any template, its fields ready."""
    from docxtpl import DocxTemplate

    file = DocxTemplate(str(template))
    file.render(fields)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def docxtpl_docx(template: Path, blocks: Content) -> bytes:
    """Return the Word file of docxtpl, as in its manual."""
    from docxtpl import DocxTemplate, RichText

    file = DocxTemplate(str(template))
    filled = []
    for block in blocks:
        if "rows" in block:
            filled.append(block)
            continue
        rich = RichText()
        for text, bold, italic in block["runs"]:
            rich.add(text, bold=bold, italic=italic)
        filled.append({"rich": rich})
    file.render({"blocks": filled}, autoescape=True)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()
