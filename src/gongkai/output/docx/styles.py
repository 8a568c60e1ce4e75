"""Word styles and font table made from the style sheet of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from gongkai.output.layout.density import settings
from gongkai.packs.style import RoleStyle, Style

from .page import Orientation, text_width, twips

_JUSTIFICATION = {"左": "left", "居中": "center", "右": "right", "两端": "both"}


@dataclass(frozen=True)
class WordStyle:
    """One paragraph style: the role of the pack that it shows, and what only Word needs to know.

    ``name`` is Word's own English name for a built-in style (Word and WPS show it translated)
    and Chinese for the others. ``changes`` replaces fields of the role.
    """

    id: str
    name: str
    role: str
    based_on: str = "Normal"
    next: str = ""
    outline: int | None = None
    keep_next: bool = False
    right_tab: Literal["", "none", "dot"] = ""
    orientation: Orientation = "portrait"
    built_in: bool = False
    changes: Mapping[str, object] = field(default_factory=dict)


# Normal carries the body's typeface, Normal Indent (正文缩进) also its first-line indent, as
# Word users in China know them; so whatever they type outside a paragraph is not indented.
PARAGRAPH_STYLES: tuple[WordStyle, ...] = (
    WordStyle("Normal", "Normal", "正文", based_on="", built_in=True, changes={"first_indent": 0}),
    WordStyle("NormalIndent", "Normal Indent", "正文", built_in=True),
    WordStyle("CoverUnit", "封面单位", "封面单位", next="Title"),
    WordStyle("Title", "Title", "封面标题", next="CoverDate", built_in=True),
    WordStyle("CoverDate", "封面日期", "封面日期"),
    WordStyle("ContentsTitle", "目录标题", "目录标题", next="TOC1", keep_next=True),
    WordStyle("TOC1", "toc 1", "目录一级", next="Normal", right_tab="dot", built_in=True),
    WordStyle("TOC2", "toc 2", "目录二级", next="Normal", right_tab="dot", built_in=True),
    *(
        WordStyle(
            f"Heading{level}",
            f"heading {level}",
            role,
            next="NormalIndent",
            outline=level - 1,
            keep_next=True,
            built_in=True,
        )
        for level, role in enumerate(("一级标题", "二级标题", "三级标题"), start=1)
    ),
    WordStyle("SignOff", "落款", "落款", keep_next=True),
    WordStyle("TableId", "表号", "表号", next="Caption", keep_next=True),
    # Level 2 in the outline: a contents field that is rebuilt in Word finds the table titles.
    WordStyle("Caption", "caption", "表题", next="TableUnit", outline=1, keep_next=True, built_in=True),
    WordStyle("Subtitle", "Subtitle", "表副题", next="TableUnit", keep_next=True, built_in=True),
    WordStyle("TableUnit", "表头行", "表头行", keep_next=True, right_tab="none"),
    WordStyle(
        "TableUnitLandscape",
        "表头行（横页）",
        "表头行",
        based_on="TableUnit",
        keep_next=True,
        right_tab="none",
        orientation="landscape",
    ),
    WordStyle("TableHead", "表格标目", "表格标目"),
    WordStyle("TableText", "表格文字", "表格文字"),
    *(
        WordStyle(
            f"TableText{indent}",
            f"表格文字（缩进{indent}字）",
            "表格文字",
            based_on="TableText",
            changes={"left_indent": indent},
        )
        for indent in (1, 2)
    ),
    WordStyle(
        "TableCentre",
        "表格居中",
        "表格文字",
        based_on="TableText",
        changes={"align": "居中"},
    ),
    WordStyle("TableNumber", "表格数字", "表格数字"),
    WordStyle("TableNote", "表注", "表注"),
    # GB/T 9704: odd pages carry their number at the right, even pages at the left, one character in.
    WordStyle("Footer", "footer", "页码", built_in=True, changes={"align": "右", "right_indent": 1}),
    WordStyle("FooterEven", "双页页码", "页码", based_on="Footer", changes={"align": "左", "left_indent": 1}),
)

COMPACT_SUFFIX = "Compact"
"""Ends the id of a style for tables that only fit at the smallest size."""
_COMPACT_NAME = "（小）"

# The thinnest paragraph: where Word insists on one (between tables, after a table at a
# section's end) and the page should not show it.
_SPACER = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Spacer"><w:name w:val="表间隔"/>'
    '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:keepNext/><w:widowControl w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:jc w:val="left"/></w:pPr>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
)
_UNSTYLED = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/>'
    '</w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    '</w:tblCellMar></w:tblPr></w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)


def styles_xml(style: Style) -> str:
    """Document defaults and all styles, as children of ``w:styles`` after its latent styles."""
    paragraphs = "".join(
        _paragraph_style(word, style, priority) for priority, word in enumerate(PARAGRAPH_STYLES, start=1)
    )
    compact = "".join(_paragraph_style(word, style, 40) for word in _compact_styles(style))
    return _defaults(style) + paragraphs + compact + _SPACER + _UNSTYLED + _table_style(style)


def _compact_styles(style: Style) -> Iterator[WordStyle]:
    """The styles of table text again, as small as the smallest setting."""
    *_, compact = settings(style)
    for word in PARAGRAPH_STYLES:
        if word.role.startswith("表格"):
            changes = {**word.changes, "size": compact.size, "line": compact.line}
            yield replace(
                word, id=word.id + COMPACT_SUFFIX, name=word.name + _COMPACT_NAME, based_on=word.id, changes=changes
            )


def font_table_xml(style: Style) -> str:
    """The office fonts, each with the free face that stands in where an office has not got it."""
    fonts = {font.office: font.family for font in style.fonts.values() if font.office}
    return "".join(
        f"<w:font w:name={quoteattr(office)}><w:altName w:val={quoteattr(family)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for office, family in fonts.items()
    )


def _fonts(style: Style, role: str) -> str:
    """The same face for Chinese and Latin text: figures in a 仿宋 document are 仿宋."""
    font = style.font_of(role)
    name = quoteattr(font.office or font.family)
    return f'<w:rFonts w:hint="eastAsia" w:ascii={name} w:eastAsia={name} w:hAnsi={name} w:cs={name}/>'


def _defaults(style: Style) -> str:
    """Document defaults: the body's face, Chinese, and spacing that no grid or rule of Word changes.

    No automatic space between Chinese and figures, as in the PDF: the lines break alike.
    """
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(style, '正文')}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _indent(role: RoleStyle) -> str:
    """Indents in characters, with the same lengths in twips for programs that do not count characters."""
    parts = [
        f' w:{name}Chars="{round(count * 100)}" w:{name}="{twips(count * role.size)}"'
        for name, count in (
            ("left", role.left_indent),
            ("right", role.right_indent),
            ("firstLine", role.first_indent),
        )
    ]
    return f"<w:ind{''.join(parts)}/>"


def _tabs(word: WordStyle, style: Style) -> str:
    """A right tab stop at the edge of the text, in place of the one at another width that it inherits."""
    if not word.right_tab:
        return ""
    stop = text_width(style.page, word.orientation)
    portrait = text_width(style.page, "portrait")
    cleared = "" if stop == portrait else f'<w:tab w:val="clear" w:pos="{portrait}"/>'
    return f'<w:tabs>{cleared}<w:tab w:val="right" w:leader="{word.right_tab}" w:pos="{stop}"/></w:tabs>'


def _paragraph_properties(word: WordStyle, role: RoleStyle, style: Style) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if word.keep_next else ""
    outline = "" if word.outline is None else f'<w:outlineLvl w:val="{word.outline}"/>'
    return (
        f"<w:pPr>{keep}{_tabs(word, style)}"
        f'<w:spacing w:before="{twips(role.before)}" w:after="{twips(role.after)}"'
        f' w:line="{twips(role.line)}" w:lineRule="exact"/>{_indent(role)}'
        f'<w:jc w:val="{_JUSTIFICATION[role.align]}"/>{outline}</w:pPr>'
    )


def _paragraph_style(word: WordStyle, style: Style, priority: int) -> str:
    """A whole ``w:style``; it states everything, so that changing Normal does not move the tables."""
    role = style.roles[word.role].model_copy(update=dict(word.changes))
    kind = ' w:default="1"' if word.id == "Normal" else "" if word.built_in else ' w:customStyle="1"'
    based_on = f'<w:basedOn w:val="{word.based_on}"/>' if word.based_on else ""
    following = f'<w:next w:val="{word.next}"/>' if word.next else ""
    bold = "<w:b/><w:bCs/>" if role.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    size = round(role.size * 2)
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{word.id}"><w:name w:val="{escape(word.name)}"/>'
        f'{based_on}{following}<w:uiPriority w:val="{priority}"/><w:qFormat/>'
        f"{_paragraph_properties(word, role, style)}"
        f'<w:rPr>{_fonts(style, word.role)}{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        "</w:style>"
    )


def _table_style(style: Style) -> str:
    """公开表格: rules, padding and the shade of the header row."""
    table = style.table
    # Rules are measured in eighths of a point.
    rule = f'w:val="single" w:sz="{round(table.rule * 8)}" w:space="0" w:color="{table.colour.lstrip("#")}"'
    borders = "".join(f"<w:{side} {rule}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    vertical, horizontal = twips(table.padding.vertical), twips(table.padding.horizontal)
    sides = {"top": vertical, "left": horizontal, "bottom": vertical, "right": horizontal}
    padding = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides.items())
    fill = table.header_fill.lstrip("#")
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="DisclosureTable"><w:name w:val="公开表格"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="50"/><w:qFormat/>'
        # Centred and as wide as the text, a table has its rules on the margins in every Word version.
        f'<w:tblPr><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>"
        '<w:trPr><w:jc w:val="center"/></w:trPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr></w:tblStylePr></w:style>'
    )
