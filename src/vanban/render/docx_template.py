"""Builds the Word templates from a layout profile: a good Word file in its own right.

Every component is a named paragraph style whose figures come from the profile, so that a clerk
restyles by style; the tags that vanban fills stand in the text, each in the style of what it
prints. The same profile always gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from vanban.render.css import DASHES, FOOT_GAP_POINTS, TITLE_BELOW_POINTS
from vanban.render.docx_fill import (
    AFTER_TABLE_STYLE,
    BODY_STYLE,
    CELL_STYLE,
    HEAD_CELL_STYLE,
    RULE_NAME,
    W_NS,
    style_id,
    twips,
)
from vanban.render.docx_package import CONTENT_TYPES, CORE, ROOT_RELS, Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vanban.compose.profile import Profile, TextStyle

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
RULE_STYLE = "VBDuongKe"
TABLE_STYLE, FRAME_STYLE = "VBBang", "VBKhung"

# Construction, not regulation: what no clause says and the eye needs.
RULE_ABOVE_POINTS, RULE_BELOW_POINTS = 2.5, 4.0
TITLE_ABOVE_POINTS = 8
TABLE_LINE_EIGHTHS = 4  # lines of half a point, counted in eighths
CELL_SIDE_POINTS, CELL_TOP_POINTS = 3, 1.5
AFTER_TABLE_POINTS = 6  # one of them a line, the rest joins the room before what follows
RECIPIENTS_RIGHT_POINTS = 11.3  # 4 mm

_JC = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_LEFT, _RIGHT = ("cap_tren", "ban_hanh"), ("tieu_de", "tieu_ngu")
_LEFT_LOW, _RIGHT_LOW = ("so", "sao"), ("ngay",)
_MARKS = ("do_khan", "do_mat", "pham_vi_luu_hanh", "du_thao_lan")
_TITLE = ("trich_yeu", "ten_loai", DASHES)
_BODY = (
    "noi_dung",
    "phan",
    "ten_phan",
    "muc",
    "khoan",
    "diem",
    "gach",
    "cong",
    "ten_bang",
    "don_vi_tinh",
    "phu_luc",
    "ten_phu_luc",
    "kem_theo",
)
# What a clerk writes after a heading: the style of the paragraph that Enter begins.
_NEXT = {
    "phan": "ten_phan",
    "ten_phan": "noi_dung",
    "muc": "noi_dung",
    "khoan": "noi_dung",
    "diem": "noi_dung",
    "phu_luc": "ten_phu_luc",
    "ten_phu_luc": "noi_dung",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W_NS,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)


def build_template(profile: Profile) -> bytes:
    """Return the Word template of a profile; it serves every kind of document."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        CONTENT_TYPES: _content_types(main),
        ROOT_RELS: _relationships(
            ("officeDocument/2006/relationships/officeDocument", "word/document.xml"),
            ("package/2006/relationships/metadata/core-properties", CORE),
            ("officeDocument/2006/relationships/extended-properties", "docProps/app.xml"),
        ),
        CORE: _core(profile),
        "docProps/app.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'extended-properties"><Application>vanban</Application></Properties>'
        ),
        "word/_rels/document.xml.rels": _relationships(
            ("officeDocument/2006/relationships/styles", "styles.xml"),
            ("officeDocument/2006/relationships/settings", "settings.xml"),
            ("officeDocument/2006/relationships/fontTable", "fontTable.xml"),
            ("officeDocument/2006/relationships/header", "header1.xml"),
            ("officeDocument/2006/relationships/header", "header2.xml"),
            ("officeDocument/2006/relationships/theme", "theme/theme1.xml"),
            ("officeDocument/2006/relationships/footer", "footer1.xml"),
        ),
        "word/document.xml": _document(profile),
        "word/styles.xml": _styles(profile),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/theme/theme1.xml": _theme(),
        "word/header1.xml": _header(page_number=True),
        "word/header2.xml": _header(page_number=profile.page_number.first_page),
        "word/footer1.xml": _footer(profile),
    }
    return Package({n: (_DECLARATION + text).encode() for n, text in parts.items()}).write()


def same_content(one: bytes, other: bytes) -> bool:
    """Return whether two templates hold the same parts (compression may differ by machine)."""
    return Package.read(one).parts == Package.read(other).parts


# --- small parts --------------------------------------------------------------------------------


def _content_types(main: str) -> str:
    overrides = {
        "word/document.xml": f"{main}.document.main+xml",
        "word/styles.xml": f"{main}.styles+xml",
        "word/settings.xml": f"{main}.settings+xml",
        "word/fontTable.xml": f"{main}.fontTable+xml",
        "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "word/header1.xml": f"{main}.header+xml",
        "word/header2.xml": f"{main}.header+xml",
        "word/footer1.xml": f"{main}.footer+xml",
        CORE: "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": (
            "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        ),
    }
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/{kind}" '
        f'Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{listed}</Relationships>'


def _core(profile: Profile) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(profile.title)}</dc:title><dc:creator>vanban</dc:creator>"
        f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>"
    )


def _settings() -> str:
    return (
        f'<w:settings {_NAMESPACES}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
        '<w:compatSetting w:name="enableOpenTypeFeatures" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
        '<w:compatSetting w:name="doNotFlipMirrorIndents" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat>'
        f'<w:themeFontLang w:val="{LANGUAGE}"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'<w:fonts {_NAMESPACES}><w:font w:name="{FONT}">'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme() -> str:
    """Return the theme that the format asks for; no style of ours leans on it."""
    system = {"dk1": ("windowText", "000000"), "lt1": ("window", "FFFFFF")}
    colors = "".join(
        f'<a:{name}><a:sysClr val="{value}" lastClr="{last}"/></a:{name}>'
        for name, (value, last) in system.items()
    ) + "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk2", "000000"),
            ("lt2", "FFFFFF"),
            *((f"accent{n}", "000000") for n in range(1, 7)),
            ("hlink", "0000FF"),
            ("folHlink", "800080"),
        )
    )
    faces = f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="vanban">'
        f'<a:themeElements><a:clrScheme name="vanban">{colors}</a:clrScheme>'
        f'<a:fontScheme name="vanban"><a:majorFont>{faces}</a:majorFont>'
        f'<a:minorFont>{faces}</a:minorFont></a:fontScheme><a:fmtScheme name="vanban">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst><a:effectStyleLst>"
        f"{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "</a:theme>"
    )


def _header(*, page_number: bool) -> str:
    field = (
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>' if page_number else ""
    )
    return f"<w:hdr {_NAMESPACES}>{_paragraph(style_id('so_trang'), field)}</w:hdr>"


def _footer(profile: Profile) -> str:
    """Return the foot of page 1: the contact under a rule, or nothing."""
    content = (
        _tag("if lien_he")
        + _full_rule(profile)
        + _each("lien_he", "lien_he")
        + _tag("else")
        + _paragraph("Normal")
        + _tag("endif")
    )
    return f"<w:ftr {_NAMESPACES}>{content}</w:ftr>"


# --- styles -------------------------------------------------------------------------------------


def _look(size_pt: float, style: TextStyle | None = None, base: TextStyle | None = None) -> str:
    """Return run properties; against ``base`` only what differs."""
    look = ""
    for tag, name in (("b", "bold"), ("i", "italic")):
        wanted = bool(style and getattr(style, name))
        if wanted != bool(base and getattr(base, name)):
            value = "" if wanted else ' w:val="0"'
            look += f"<w:{tag}{value}/><w:{tag}Cs{value}/>"
    if style and style.color:
        look += f'<w:color w:val="{style.color.lstrip("#")}"/>'
    if base is None or base.size_pt != size_pt:
        half = round(size_pt * 2)
        look += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    if style and style.underline:
        look += '<w:u w:val="single"/>'
    return f"<w:rPr>{look}</w:rPr>" if look else ""


def _style(
    identifier: str,
    name: str,
    based_on: str,
    properties: str,
    look: str,
    priority: int,
    following: str = "",
) -> str:
    written = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}">'
        f'<w:name w:val={quoteattr(name)}/><w:basedOn w:val="{based_on}"/>{after}'
        f'<w:uiPriority w:val="{priority}"/><w:qFormat/>{written}{look}</w:style>'
    )


def _profile_style(profile: Profile, style: TextStyle, priority: int) -> str:
    body = profile.style("noi_dung")
    follows = style.follows_body and style is not body
    keep = "<w:keepNext/>" if style.keep_next else ""
    after = 0 if style.rule is not None else style.space_after_pt  # it comes after the rule
    spacing = (
        f'<w:spacing w:before="{round(style.space_before_pt * 20)}" w:after="{round(after * 20)}"'
    )
    if style is body:
        line, rule = _body_pitch(profile)
        spacing += f' w:line="{line}" w:lineRule="{rule}"'
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level - 1}"/>'
    properties = (
        f'{keep}{spacing}/><w:ind w:firstLine="{twips(style.indent_mm)}"/>'
        f'<w:jc w:val="{_JC[style.align]}"/>{level}'
    )
    return _style(
        style_id(style.name),
        style.label,
        BODY_STYLE if follows else "Normal",
        properties,
        _look(style.size_pt, style, body if follows else None),
        priority,
        style_id(_NEXT[style.name]) if style.name in _NEXT else "",
    )


def _body_pitch(profile: Profile) -> tuple[int, str]:
    """Return the line pitch of the body as Word has it: exact, or a multiple of single."""
    if "body.line_exact" in profile.figures():
        return round(profile.number("body.line_exact") * 20), "exact"
    return round(profile.number("body.line_multiple") * 240), "auto"


def _table_style(identifier: str, name: str, borders: str, margins: str) -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{identifier}">'
        f'<w:name w:val={quoteattr(name)}/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="59"/><w:tblPr>{borders}<w:tblCellMar>{margins}</w:tblCellMar>'
        "</w:tblPr></w:style>"
    )


def _margins(top: float, side: float) -> str:
    sides = (("top", top), ("left", side), ("bottom", top), ("right", side))
    return "".join(f'<w:{s} w:w="{round(pt * 20)}" w:type="dxa"/>' for s, pt in sides)


def _borders(tag: str, value: str, size: int, sides: Sequence[str]) -> str:
    look = f'w:val="{value}" w:sz="{size}" w:space="0" w:color="auto"'
    return f"<w:{tag}>{''.join(f'<w:{side} {look}/>' for side in sides)}</w:{tag}>"


def _rule_room(profile: Profile) -> float:
    """Return the height in pt of a rule with the room above and below it."""
    return RULE_ABOVE_POINTS + profile.number("header.rule_weight") + RULE_BELOW_POINTS


_EDGES = ("top", "left", "bottom", "right")


def _styles(profile: Profile) -> str:
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    half = round(profile.style("noi_dung").size_pt * 2)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    # Word's own styles stay out of the gallery: a clerk sees those of the document.
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376">'
        '<w:lsdException w:name="Normal" w:semiHidden="0" w:uiPriority="0" w:qFormat="1"/>'
        "</w:latentStyles>"
    )
    basic = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "<w:unhideWhenUsed/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        f"{_margins(0, 5.4)}</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    paragraphs = "".join(
        _profile_style(profile, style, n) for n, style in enumerate(profile.styles.values(), 1)
    )
    helpers = _style(
        RULE_STYLE,
        "VB Đường kẻ",
        "Normal",
        f'<w:spacing w:line="{round(_rule_room(profile) * 20)}" w:lineRule="exact"/>'
        '<w:jc w:val="center"/>',
        _look(4),
        90,
    ) + _style(
        AFTER_TABLE_STYLE,
        "VB Sau bảng",
        "Normal",
        f'<w:spacing w:after="{(AFTER_TABLE_POINTS - 1) * 20}" w:line="20" w:lineRule="exact"/>',
        _look(4),
        91,
    )
    tables = _table_style(
        TABLE_STYLE,
        "VB Bảng",
        _borders("tblBorders", "single", TABLE_LINE_EIGHTHS, (*_EDGES, "insideH", "insideV")),
        _margins(CELL_TOP_POINTS, CELL_SIDE_POINTS),
    ) + _table_style(
        FRAME_STYLE,
        "VB Khung",
        _borders("tblBorders", "nil", 0, (*_EDGES, "insideH", "insideV")),
        _margins(0, 0),
    )
    return (
        f"<w:styles {_NAMESPACES}>{defaults}{latent}{basic}{paragraphs}{helpers}{tables}</w:styles>"
    )


# --- the body -----------------------------------------------------------------------------------


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(style: str, runs: str = "", properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _tag(code: str) -> str:
    """Return a paragraph that holds a tag of control: it is gone when the template is filled."""
    return _paragraph(style_id("o_bang"), _run(f"{{%p {code} %}}"))


def _mark(field: str) -> str:
    return _paragraph(style_id("o_bang"), _run(f"{{{{r {field}.moc }}}}"))


def _branches(variable: str, branches: Sequence[tuple[str, str]], other: str) -> str:
    """Return one branch for each style, and ``other`` for what has none of them."""
    written = "".join(
        _tag(f'{"elif" if n else "if"} {variable}.kieu == "{name}"') + content
        for n, (name, content) in enumerate(branches)
    )
    return written + _tag("else") + other + _tag("endif") if written else other


def _text(variable: str, name: str, properties: str = "") -> str:
    return _paragraph(style_id(name), _run(f"{{{{r {variable}.chu }}}}"), properties)


def _each(field: str, style: str) -> str:
    """Return the loop over lines of one style that have no rules."""
    return _tag(f"for d in {field}") + _text("d", style) + _tag("endfor")


def _after(points: float) -> str:
    return f'<w:spacing w:after="{round(points * 20)}"/>' if points else ""


def _lines(profile: Profile, field: str, styles: Iterable[str], *, after_rule: float = 0) -> str:
    """Return the loop over lines, each with the rule under it that it asks for.

    A style that is not among ``styles`` takes the look of the first. ``after_rule`` is the room
    in pt below a rule, and below the dashes that stand for one.
    """

    def line(name: str) -> str:
        room = ""
        if name == DASHES and after_rule:
            room = _after(profile.style(name).space_after_pt + after_rule)
        rule = _paragraph(RULE_STYLE, _rule(profile, "d.ke"), _after(after_rule))
        return _text("d", name, room) + _tag("if d.ke") + rule + _tag("endif")

    first, *rest = styles
    content = _branches("d", [(name, line(name)) for name in rest], line(first))
    return _tag(f"for d in {field}") + content + _tag("endfor")


def _full_rule(profile: Profile, before_pt: float = 0) -> str:
    """Return a rule over the whole width between the margins, with room above it."""
    eighths = round(profile.number("header.rule_weight") * 8)
    return _paragraph(
        RULE_STYLE,
        "",
        f'<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="0" '
        f'w:color="auto"/></w:pBdr><w:spacing w:before="{round(before_pt * 20)}" '
        f'w:after="{round(FOOT_GAP_POINTS * 20)}" w:line="20" w:lineRule="exact"/>',
    )


def _rule(profile: Profile, field: str) -> str:
    """Return a drawn line, centred under the text; its name says the length in mm."""
    length = 40 * 36000
    weight = profile.number("header.rule_weight")
    drop = RULE_ABOVE_POINTS + weight / 2  # to the middle of the line
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent><mc:Choice Requires="wps">'
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>center'
        '</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>'
        f"{round(drop * 12700)}</wp:posOffset></wp:positionV>"
        f'<wp:extent cx="{length}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="1" name="{RULE_NAME}{{{{ {field} }}}}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{length}" cy="0"/>'
        '</a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{round(weight * 12700)}"><a:solidFill><a:srgbClr val="000000"/>'
        "</a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _frame(widths: tuple[int, int], rows: Sequence[Sequence[str]], *, top_pt: float = 0) -> str:
    """Return a borderless table of two columns whose rows never break over pages."""
    none = _borders("tblBorders", "nil", 0, (*_EDGES, "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>" for cells in rows
    )
    margins = _margins(0, 0).replace('<w:top w:w="0"', f'<w:top w:w="{round(top_pt * 20)}"', 1)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{FRAME_STYLE}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>{none}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>"
    )


def _frame_cell(
    width: int,
    content: str,
    *,
    one_line: bool = False,
    middle: bool = False,
    right_pt: float = 0,
    bottom_pt: float = 0,
) -> str:
    none = _borders("tcBorders", "nil", 0, _EDGES)
    wrap = "<w:noWrap/>" if one_line else ""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    room = "".join(
        f'<w:{side} w:w="{round(points * 20)}" w:type="dxa"/>'
        for side, points in (("bottom", bottom_pt), ("right", right_pt))
        if points
    )
    room = f"<w:tcMar>{room}</w:tcMar>" if room else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{none}{wrap}{room}{align}</w:tcPr>'
        f"{content}</w:tc>"
    )


def _data_table(width: int) -> str:
    """Return the table that repeats: header rows on every page, rows that never break."""

    def row(properties: str, *cells: str) -> str:
        written = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        return f"<w:tr>{written}{''.join(cells)}</w:tr>"

    def cell(content: str, span: int = 1) -> str:
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width // 3 * span}" w:type="dxa"/>{spans}'
            f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
        )

    def loop(rows: str, style: str, properties: str) -> str:
        plain = style_id("o_bang")
        return (
            row("", cell(_paragraph(plain, _run(f"{{%tr for hang in khoi.{rows} %}}")), 3))
            + row(
                properties,
                cell(_paragraph(plain, _run("{%tc for o in hang %}"))),
                cell(_paragraph(style, _run("{{r o.chu }}"))),
                cell(_paragraph(plain, _run("{%tc endfor %}"))),
            )
            + row("", cell(_paragraph(plain, _run("{%tr endfor %}")), 3))
        )

    grid = f'<w:gridCol w:w="{width // 3}"/>' * 3
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{width // 3 * 3}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + loop("dau_bang", HEAD_CELL_STYLE, "<w:cantSplit/><w:tblHeader/>")
        + loop("hang", CELL_STYLE, "<w:cantSplit/>")
        + "</w:tbl>"
    )


def _head_rows(
    profile: Profile,
    field: str,
    columns: tuple[int, int],
    left: Sequence[str],
    right: Sequence[str],
    bottom_pt: float = 0,
) -> list[tuple[str, str]]:
    """Return the two rows that every head has: names and title, number and date."""
    return [
        (
            _frame_cell(columns[0], _lines(profile, f"{field}.trai", left)),
            _frame_cell(columns[1], _lines(profile, f"{field}.phai", right), one_line=True),
        ),
        (
            _frame_cell(
                columns[0], _lines(profile, f"{field}.trai_duoi", _LEFT_LOW), bottom_pt=bottom_pt
            ),
            _frame_cell(
                columns[1],
                _lines(profile, f"{field}.phai_duoi", _RIGHT_LOW),
                one_line=True,
                middle=True,
                bottom_pt=bottom_pt,
            ),
        ),
    ]


def _row_tag(width: int, code: str) -> tuple[str]:
    """Return a row that holds a tag of control: it is gone when the template is filled."""
    tag = _paragraph(style_id("o_bang"), _run(f"{{%tr {code} %}}"))
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>'
    return (f"{cell}{tag}</w:tc>",)


def _head(profile: Profile, columns: tuple[int, int]) -> str:
    """Return the head of page 1, with the marks above and below it."""
    rows: list[Sequence[str]] = [
        *_head_rows(profile, "dau_trang", columns, _LEFT, _RIGHT, TITLE_ABOVE_POINTS),
        _row_tag(sum(columns), "if dau_trang.duoi_so or dau_trang.duoi_ngay"),
        (
            _frame_cell(
                columns[0],
                _lines(profile, "dau_trang.duoi_so", _MARKS),
                bottom_pt=TITLE_ABOVE_POINTS,
            ),
            _frame_cell(
                columns[1],
                _lines(profile, "dau_trang.duoi_ngay", _MARKS),
                bottom_pt=TITLE_ABOVE_POINTS,
            ),
        ),
        _row_tag(sum(columns), "endif"),
    ]
    return _mark("dau_trang") + _lines(profile, "dau_trang.tren", _MARKS) + _frame(columns, rows)


def _copy(profile: Profile, columns: tuple[int, int], sign: str) -> str:
    """Return what the body that copies adds: a rule, a head of its own, a signature."""
    rows = _head_rows(profile, "ban_sao", columns, ("ban_hanh",), ("hinh_thuc_sao",))
    return (
        _mark("ban_sao")
        + _full_rule(profile, profile.number("copy.gap"))
        + _frame(columns, rows)
        # Two tables would be one without it; the room is in the cells of the second.
        + _paragraph(AFTER_TABLE_STYLE, properties='<w:spacing w:after="0"/>')
        + _mark("ban_sao.ky")
        + sign
    )


def _document(profile: Profile) -> str:
    width = twips(profile.page.text_width)
    left = round(width * 0.45)
    columns = (left, width - left)
    head = _head(profile, columns)
    title = _lines(profile, "ten_van_ban", _TITLE, after_rule=TITLE_BELOW_POINTS)

    def closing(prefix: str) -> str:
        return _frame(
            columns,
            (
                (
                    _frame_cell(
                        columns[0],
                        _recipients(profile, f"{prefix}noi_nhan"),
                        right_pt=RECIPIENTS_RIGHT_POINTS,
                    ),
                    _frame_cell(columns[1], _signature(profile, f"{prefix}ky")),
                ),
            ),
            top_pt=profile.number("signature.row_gap"),
        )

    table = (
        _mark("khoi")
        + _tag("if khoi.ten")
        + _paragraph(style_id("ten_bang"), _run("{{r khoi.ten }}"))
        + _tag("endif")
        + _data_table(width)
        + _paragraph(AFTER_TABLE_STYLE)
    )
    # The room under the titles of an appendix follows the last of them.
    last = "kem_theo" if "kem_theo" in profile.styles else "ten_phu_luc"
    room = {last: _after(profile.style(last).space_after_pt + TITLE_BELOW_POINTS)}
    flow = (
        _tag("for khoi in van_ban")
        + _branches(
            "khoi",
            (
                ("bang", table),
                ("chu_ky", _mark("khoi") + closing("")),
                ("ban_sao", _copy(profile, columns, closing("ban_sao."))),
                ("sang_phu_luc", _mark("khoi")),
                ("het", _paragraph(AFTER_TABLE_STYLE, _run("{{r khoi.moc }}"))),
                *(
                    (name, _text("khoi", name, room.get(name, "")))
                    for name in _BODY
                    if name in profile.styles
                ),
            ),
            _text("khoi", "noi_dung"),
        )
        + _tag("endfor")
    )
    return (
        f"<w:document {_NAMESPACES}><w:body>{head}"
        f"{title}{flow}{_section(profile)}</w:body></w:document>"
    )


def _recipients(profile: Profile, field: str) -> str:
    return (
        _paragraph(style_id("noi_nhan"), _run(f"{{{{r {field}.nhan.chu }}}}"))
        + _each(f"{field}.danh_sach", "noi_nhan_dong")
        + _each(f"{field}.duoi", "nguoi_danh_may")
    )


def _signature(profile: Profile, field: str) -> str:
    room = _tag(f"for d in {field}.cho_ky") + _paragraph(style_id("ho_ten")) + _tag("endfor")
    return (
        _lines(profile, f"{field}.quyen_han", ("quyen_han",))
        + _lines(profile, f"{field}.chuc_vu", ("chuc_vu",))
        + room
        + _paragraph(style_id("ho_ten"), _run(f"{{{{r {field}.ho_ten.chu }}}}"))
    )


def _section(profile: Profile) -> str:
    page, number = profile.page, profile.page_number
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        '<w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="first" r:id="rId7"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" '
        f'w:bottom="{twips(page.bottom)}" w:left="{twips(page.left)}" '
        f'w:header="{twips(number.from_top)}" w:footer="{twips(number.from_top)}" w:gutter="0"/>'
        '<w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )
