"""The look of a pack (style.yaml): one source for the print CSS and the Word styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# 中文字号 in points, the sizes of the Chinese printing trade that Word offers.
NAMED_SIZES: Mapping[str, float] = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15,
    "四号": 14, "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5,
}  # fmt: skip

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|pt)")
_POINTS_PER = {"mm": 72 / 25.4, "cm": 720 / 25.4, "pt": 1.0}


def _points(value: Any) -> Any:
    """A length with its unit (``37mm``, ``12pt``) in points."""
    if isinstance(value, str):
        match = _LENGTH.fullmatch(value.strip())
        if match is None:
            raise ValueError(f"长度要带单位（mm、cm、pt），写作如 37mm，现为“{value}”")
        return float(match[1]) * _POINTS_PER[match[2]]
    return value


def _font_size(value: Any) -> Any:
    """A named size (三号) or a length in points."""
    if isinstance(value, str) and value in NAMED_SIZES:
        return NAMED_SIZES[value]
    return _points(value)


Points = Annotated[float, BeforeValidator(_points)]
FontSize = Annotated[float, BeforeValidator(_font_size)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class Margins(_Part):
    """Page margins in points."""

    top: Points = Field(alias="上")
    bottom: Points = Field(alias="下")
    left: Points = Field(alias="左")
    right: Points = Field(alias="右")


class PageStyle(_Part):
    """Paper, margins for both orientations, and the form of the page number."""

    width: Points = Field(alias="宽")
    height: Points = Field(alias="高")
    portrait: Margins = Field(alias="纵向边距")
    landscape: Margins = Field(alias="横向边距")
    number: str = Field(alias="页码", description="页码写法，{页} 处填页码")


class FontStyle(_Part):
    """A typeface of the trade: the office's name for it and the free face that stands in."""

    office: str | None = Field(None, alias="办公")
    family: str = Field(alias="自由")
    file: str = Field(alias="文件")


class RoleStyle(_Part):
    """How text of one role is set; indents count characters of the role's own size."""

    font: str = Field(alias="字体")
    size: FontSize = Field(alias="字号")
    bold: bool = Field(False, alias="加粗")
    align: Literal["左", "居中", "右", "两端"] = Field("左", alias="对齐")
    line: Points = Field(alias="行距")
    before: Points = Field(0.0, alias="段前")
    after: Points = Field(0.0, alias="段后")
    first_indent: float = Field(0, alias="首行缩进")
    left_indent: float = Field(0, alias="左缩进")
    right_indent: float = Field(0, alias="右缩进")


class CellPadding(_Part):
    """Space between a cell's rules and its text, in points."""

    vertical: Points = Field(alias="上下")
    horizontal: Points = Field(alias="左右")


class TableStyle(_Part):
    """Rules, shade and padding of every table."""

    rule: Points = Field(alias="线宽")
    colour: str = Field(alias="线色", pattern=r"^#[0-9a-fA-F]{6}$")
    header_fill: str = Field(alias="标目底色", pattern=r"^#[0-9a-fA-F]{6}$")
    padding: CellPadding = Field(alias="单元格边距")
    dense: Points = Field(alias="紧凑上下边距", description="行多的表（布局里写“紧凑”）用的上下边距")


class Style(_Part):
    """The whole style sheet of a pack."""

    page: PageStyle = Field(alias="页面")
    fonts: dict[str, FontStyle] = Field(alias="字体")
    fallback: FontStyle = Field(alias="后备字体")
    roles: dict[str, RoleStyle] = Field(alias="样式")
    table: TableStyle = Field(alias="表格")

    def font_of(self, role: str) -> FontStyle:
        """The typeface of a role (样式)."""
        return self.fonts[self.roles[role].font]
