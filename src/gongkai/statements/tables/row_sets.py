"""How a pack says which rows a table has (行集) and what stands in its columns (列数): names and expressions only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongkai.model.base import Flag

from .table import NumberFormat

Expressions = dict[str, str]
"""Expressions (式) by the name of a column or of what they give."""

MAX_SETS = 20


class LayoutPart(BaseModel):
    """A part of how a pack lays a table out."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


Level = Literal["类", "款", "项"]
ZERO_PRINTED = "0.00"
"""Zeros are printed like any amount."""


class FormatForm(LayoutPart):
    """How amounts are printed; what is not written is as the options say."""

    unit: Literal["万元", "元"] | None = Field(None, alias="单位", description="万元 或 元；不写照选项“表格金额单位”")
    places: Annotated[int, Field(ge=0, le=6)] | None = Field(None, alias="小数", description="小数位数，0 到 6")
    zero: Annotated[str, Field(max_length=6)] | None = Field(
        None, alias="零", description="零怎样印：空白、0.00（照小数位数印），或别的字如 —"
    )
    grouped: Flag | None = Field(None, alias="千分位", description="印不印千分位逗号")

    @property
    def plain(self) -> NumberFormat:
        """The same for tables."""
        return NumberFormat(self.unit, self.places, "" if self.zero == "空白" else self.zero, self.grouped)


class RowSet(LayoutPart):
    """Rows of one sort. Exactly one of the keys that name a sort is written."""

    subject_tree: str | tuple[str, ...] | None = Field(
        None, alias="科目树", description="有数的功能科目，类、款、项逐级；写看什么数，可以是几个"
    )
    subjects: str | tuple[str, ...] | None = Field(None, alias="科目", description="有数的“项”级功能科目")
    classes: str | None = Field(None, alias="类", description="“功能类”所列的各类，加上有数而没有列的类")
    economic_tree: str | None = Field(None, alias="经济分类树", description="有数的经济分类，类、款逐级")
    economic_blocks: Flag | None = Field(
        None,
        alias="经济分栏",
        description="“行”里一条一栏，列出写明的各类和它们的款；第一栏是人员经费，其余是公用经费；写 是",
    )
    projects: str | None = Field(None, alias="项目", description="有数的项目，照数据文件的次序")
    fixed: Literal["左栏", "右栏", "行"] | None = Field(None, alias="固定", description="照写明的各行")
    records: str | None = Field(None, alias="清单", description="数据文件里的一个清单，一条一行，如 整体绩效目标.指标")
    single: Flag | None = Field(None, alias="一行", description="只有一行，写 是")
    beside: tuple[RowSet, ...] = Field((), alias="并列", max_length=MAX_SETS, description="几组行并排，各占自己的列")
    last: Literal["项目"] | None = Field(None, alias="末级", description="“项”级换成这个科目的各个项目")
    levels: tuple[Level, ...] = Field(("类", "款", "项"), alias="级", description="印哪几级")
    coded: str | None = Field(None, alias="编码行", description="“数”写三位编码的行，取什么数的这一类")
    group: str | None = Field(None, alias="组", description="清单里与“固定一级指标”对应的名称")
    conditions: Expressions = Field(
        default_factory=dict, alias="条件", description="只取哪些钱，如 {资金: 一般公共预算}"
    )
    quantities: Expressions = Field(
        default_factory=dict, alias="量", description="这些行自己的名称: 式，行的“数”可以用"
    )
    columns: Expressions = Field(default_factory=dict, alias="列数", description="这些行与整张表不同的列")

    @model_validator(mode="after")
    def _is_of_one_sort(self) -> RowSet:
        if len(self.sorts) != 1:
            said = f"写了{'、'.join(self.sorts)}" if self.sorts else "一样也没有写"
            raise ValueError(f"“行集”的一条应写且只写一样：{'、'.join(SORTS.values())}；这里{said}")
        return self

    @property
    def sorts(self) -> list[str]:
        """The sorts that are written."""
        return [alias for name, alias in SORTS.items() if getattr(self, name) not in (None, ())]

    @property
    def asked(self) -> str | tuple[str, ...] | None:
        """The expressions of which is asked whether a row has anything."""
        return self.subject_tree or self.subjects or self.classes or self.economic_tree or self.projects


SORTS: Mapping[str, str] = {
    "subject_tree": "科目树",
    "subjects": "科目",
    "classes": "类",
    "economic_tree": "经济分类树",
    "economic_blocks": "经济分栏",
    "projects": "项目",
    "fixed": "固定",
    "records": "清单",
    "single": "一行",
    "beside": "并列",
}
"""The sorts of rows by their fields; a further one is made in the product, never in a pack."""


class Reckoned(LayoutPart):
    """What a table shows and of what: the part of its form that is reckoned."""

    conditions: Expressions = Field(
        default_factory=dict, alias="条件", description="整张表只取哪些钱，如 {资金: 一般公共预算, 来路: 当年}"
    )
    quantities: Expressions = Field(
        default_factory=dict, alias="量", description="这张表自己的名称: 式，行里的“数”和列里可以用"
    )
    figures: Expressions = Field(
        default_factory=dict, alias="列数", description="列的名称: 式；合计行照同样的式，不分行"
    )
    total_figures: Expressions = Field(default_factory=dict, alias="合计数", description="合计行与各行的式不同的列")
    form_values: Expressions = Field(default_factory=dict, alias="表单值", description="表单里“值”的名称: 式")
    number_format: FormatForm = Field(
        FormatForm(), alias="格式", description="这张表的金额怎样印；栏目、行里也可以写，管那一列、那一行"
    )
    row_sets: Annotated[tuple[RowSet, ...], Field(max_length=MAX_SETS)] = Field(
        (), alias="行集", description="有哪些行；写几条的，一条接着一条"
    )
    each: str | None = Field(None, alias="每", description="数据文件里的一个清单，一条一张表，如 项目")
    when: str | None = Field(None, alias="当", description="写了这一样才有这张表，如 整体绩效目标")
    unless: str | None = Field(None, alias="除", description="写了这一样就没有这张表，如 涉密")
