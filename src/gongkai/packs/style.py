"""The look of a pack (style.yaml): one source for the print CSS and the Word styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from gongkai.findings import Path
from gongkai.model.base import Flag

from .emblem import LEAST_EDGE, Emblem, none
from .lengths import FontSize, LineHeight, Part, Points

ROLES = (
    "封面单位", "封面标题", "封面日期", "目录标题", "目录一级", "目录二级", "一级标题", "二级标题", "三级标题", "正文",
    "落款", "表号", "表题", "表副题", "表头行", "表格标目", "表格文字", "表格数字", "表注", "页码",
)  # fmt: skip
"""Every kind of text in a document; each is set in a style of its own."""

_LEAST_TEXT = 72.0
"""Points that margins must leave between them."""


def _role(name: str) -> str:
    if name not in ROLES:
        raise ValueError(f"没有这个样式，可写：{'、'.join(ROLES)}")
    return name


Role = Annotated[str, AfterValidator(_role)]
Share = Annotated[float, Field(ge=0, le=0.5, allow_inf_nan=False)]
Indent = Annotated[float, Field(ge=0, le=40, allow_inf_nan=False)]

# Names go into style sheets and Word files as they are: nothing in them may end a string or a rule there.
_PLAIN = r"[^\"'{}();:@\\<>&\x00-\x1f]"
FontName = Annotated[str, StringConstraints(pattern=rf"^{_PLAIN}{{1,60}}$")]
FontFile = Annotated[str, StringConstraints(pattern=r"^[\w +-]+(\.[\w +-]+)*\.(otf|ttf|ttc|OTF|TTF|TTC)$")]
Word = Annotated[str, StringConstraints(pattern=rf"^{_PLAIN}{{2,8}}$")]
NumberForm = Annotated[str, StringConstraints(pattern=rf"^{_PLAIN}{{0,20}}\{{页\}}{_PLAIN}{{0,20}}$")]


class Margins(Part):
    """Page margins in points."""

    top: Points = Field(alias="上")
    bottom: Points = Field(alias="下")
    left: Points = Field(alias="左")
    right: Points = Field(alias="右")


class PageStyle(Part):
    """Paper, margins for both orientations, and the form of the page number."""

    width: Points = Field(alias="宽")
    height: Points = Field(alias="高")
    portrait: Margins = Field(alias="纵向边距")
    landscape: Margins = Field(alias="横向边距")
    number: NumberForm = Field(alias="页码", description="页码写法，{页} 处填页码")
    all_landscape: Flag = Field(False, alias="整本横向", description="写“是”时，正文和各表都用横向的页面")

    def type_area(self, *, landscape: bool) -> tuple[float, float]:
        """Width and height between the margins (版心), in points, of a page that is to be ``landscape`` or not."""
        width, height, margins = self.width, self.height, self.portrait
        if landscape or self.all_landscape:
            width, height, margins = self.height, self.width, self.landscape
        return width - margins.left - margins.right, height - margins.top - margins.bottom


class FontStyle(Part):
    """A typeface of the trade: the office's name for it and the free face that stands in."""

    office: FontName | None = Field(None, alias="办公")
    family: FontName = Field(alias="自由")
    file: FontFile = Field(alias="文件")
    figures: FontName | None = Field(None, alias="数字", description="PDF 里数字和西文用哪种字体的字，不写用自己的")


class RoleStyle(Part):
    """How text of one role is set; indents count characters of the role's own size."""

    font: str = Field(alias="字体")
    size: FontSize = Field(alias="字号")
    bold: Flag = Field(False, alias="加粗")
    align: Literal["左", "居中", "右", "两端"] = Field("左", alias="对齐")
    line: LineHeight = Field(alias="行距")
    before: Points = Field(0.0, alias="段前")
    after: Points = Field(0.0, alias="段后")
    first_indent: Indent = Field(0, alias="首行缩进")
    left_indent: Indent = Field(0, alias="左缩进")
    right_indent: Indent = Field(0, alias="右缩进")


class CellPadding(Part):
    """Space between a cell's rules and its text, in points."""

    vertical: Points = Field(alias="上下")
    horizontal: Points = Field(alias="左右")


class TableStyle(Part):
    """Lines, shade and padding of tables on paper and in DOCX; a web page and a workbook have lines of their own."""

    rule: Points = Field(alias="线宽")
    colour: str = Field(alias="线色", pattern=r"^#[0-9a-fA-F]{6}$")
    header_fill: str = Field(alias="标目底色", pattern=r"^#[0-9a-fA-F]{6}$")
    padding: CellPadding = Field(alias="单元格边距")
    dense: Points = Field(alias="紧凑上下边距", description="行多的表（布局里写“紧凑”）用的上下边距")
    least: FontSize = Field(alias="最小字号", description="一页放不下的表，表格文字最小缩到这个字号")
    words: tuple[Word, ...] = Field((), alias="不拆开的词", description="窄格子里的标目在词与词之间换行")


class Typesetting(Part):
    """How the lines of running text are set in the PDF; lengths count characters."""

    stretch: Share = Field(
        0.09, alias="最大字距", description="两端对齐时字与字之间最多加宽几个字；要加宽更多的行不撑满，右边空着"
    )
    least_lines: int = Field(
        3,
        ge=0,
        le=10,
        alias="最少行数",
        description="不让一页上只有不到几行的正文：并到前面的表下面，或调整行距（DOCX 里不拆开最后几段）；0 不管",
    )
    pitch: Share = Field(0.09, alias="行距增减", description="为了“最少行数”，正文的行距最多增减几成（0.09 是 9%）")
    compress: Share = Field(0.08, alias="标点压缩", description="撑满一行时，句号、逗号等标点最多压缩几个字")


class Style(Part):
    """The whole style sheet of a pack."""

    page: PageStyle = Field(alias="页面")
    fonts: dict[FontName, FontStyle] = Field(alias="字体")
    fallback: FontStyle = Field(alias="后备字体")
    roles: dict[Role, RoleStyle] = Field(alias="样式")
    table: TableStyle = Field(alias="表格")
    typesetting: Typesetting = Field(Typesetting(), alias="排版")
    emblem: Annotated[Emblem | None, BeforeValidator(none)] = Field(
        None, alias="徽标", description="印在封面和页眉的图片；上级有而不要的，写“无”"
    )

    def font_of(self, role: str) -> FontStyle:
        """The typeface of a role (样式)."""
        return self.fonts[self.roles[role].font]

    def problems(self) -> Iterator[tuple[Path, str, str]]:
        """What does not fit together: where, what is wrong, what to do."""
        for role in ROLES:
            if role not in self.roles:
                yield ("样式",), f"缺少样式“{role}”", ""
        for name, font in self.fonts.items():
            if font.figures is not None and font.figures not in self.fonts:
                known = "、".join(self.fonts)
                yield ("字体", name, "数字"), f"字体“{font.figures}”没有在“字体”里写明", f"已有：{known}"
        for role, look in self.roles.items():
            if look.font not in self.fonts:
                known = "、".join(self.fonts)
                yield ("样式", role, "字体"), f"样式“{role}”的字体“{look.font}”没有在“字体”里写明", f"已有：{known}"
        page = self.page
        for name, margins, width, height in (
            ("纵向边距", page.portrait, page.width, page.height),
            ("横向边距", page.landscape, page.height, page.width),
        ):
            if min(width - margins.left - margins.right, height - margins.top - margins.bottom) < _LEAST_TEXT:
                yield ("页面", name), f"{name}太大，或纸张太小，版心放不下文字", "请核对页面的宽、高和边距"
        if self.emblem is not None:
            yield from self._problems_of_emblem(self.emblem)

    def _problems_of_emblem(self, emblem: Emblem) -> Iterator[tuple[Path, str, str]]:
        """Where an emblem has no place, or too little."""
        if emblem.cover is None and emblem.head is None:
            yield ("徽标",), "没有写徽标印在哪里", "请写“封面”或“页眉”；不要徽标的，写 徽标: 无"
        width, height = self.page.type_area(landscape=False)
        if (cover := emblem.cover) is not None and (
            emblem.width(cover) > width or cover.before + cover.height + cover.after > height / 2
        ):
            yield ("徽标", "封面"), "封面的徽标太大：宽要在版心以内，连同段前、段后不超过版心高的一半", "请减小“高”"
        if (head := emblem.head) is not None:
            top = min(self.page.portrait.top, self.page.landscape.top)
            if head.gap + head.height + LEAST_EDGE > top or emblem.width(head) > width:
                advice = "“高”加“距正文”至少要比纵向、横向的上边距都少 4mm；请减小，或加大上边距"
                yield ("徽标", "页眉"), "上边距里放不下页眉的徽标", advice
            note = self.roles.get("表头行")
            if head.side == "右" and note is not None and head.gap < note.line:
                advice = f"“距正文”至少 {note.line:g}pt（“表头行”的行距），或改放左边"
                yield ("徽标", "页眉"), "页眉的徽标在右边，会压住表格续页上的“（续表）”", advice
