"""The final account of a unit for one year (决算): primary facts, the statements are derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from gongkai.model.approved import APPROVED, FinalTotal
from gongkai.model.assets import FinalAssets, FinalProcurement
from gongkai.model.base import (
    Amount,
    AnyCode,
    Balance,
    Count,
    EconomicItem,
    Explained,
    FunctionalItem,
    Model,
    RunningCosts,
    Text,
)
from gongkai.model.economic import EconomicAmount, total_of
from gongkai.model.head import Head, section_units_field
from gongkai.model.listed import Paragraphs
from gongkai.model.reading import ZERO, CurrencyUnit
from gongkai.model.unit import FinalProfile, Scope
from gongkai.model.validation import Validation

from .self_evaluation import Narrative, ProjectEvaluation, UnitEvaluation


class Money(StrEnum):
    """资金性质 in a final account: the three fiscal budgets, and everything else."""

    GENERAL = "一般公共预算"
    GOVERNMENT = "政府性基金预算"
    CAPITAL = "国有资本经营预算"
    OTHER = "其他资金"


FISCAL_MONEY = (Money.GENERAL, Money.GOVERNMENT, Money.CAPITAL)
"""财政拨款."""


class IncomeKind(StrEnum):
    """The kinds of income that are not 财政拨款收入 (02表)."""

    UPPER_SUBSIDY = "上级补助收入"
    OPERATIONS = "事业收入"
    BUSINESS = "经营收入"
    SUBORDINATE = "附属单位上缴收入"
    OTHER = "其他收入"


NO_VARIANCE = "严格按照预算执行，预决算无差异"


class Account(Model, title="一个功能科目的收支"):
    """One 功能科目: its spending, its other income, and what was carried in and out.

    财政拨款收入 is not stated: per fund it is spending + carried out − carried in.
    """

    code: FunctionalItem = Field(alias="科目", description="支出功能分类“项”级编码，七位")
    basic: dict[Money, Amount] = Field(default_factory=dict, alias="基本支出", description="按资金性质")
    project: dict[Money, Amount] = Field(default_factory=dict, alias="项目支出", description="按资金性质")
    to_upper: Amount = Field(ZERO, alias="上缴上级支出")
    business: Amount = Field(ZERO, alias="经营支出")
    to_subordinate: Amount = Field(ZERO, alias="对附属单位补助支出")
    income: dict[IncomeKind, Amount] = Field(
        default_factory=dict, alias="收入", description="财政拨款以外的收入；财政拨款收入由支出和结转结余得出"
    )
    opening: dict[Money, Balance] = Field(
        default_factory=dict, alias="年初结转和结余", description="按资金性质；超支的写负数，如 -848.41"
    )
    closing: dict[Money, Balance] = Field(
        default_factory=dict, alias="年末结转和结余", description="按资金性质；超支的写负数，如 -848.41"
    )
    changes: dict[Money, Explained] = Field(
        default_factory=dict, alias="变动", description="与上年决算比的变动，按资金性质；一般公共预算必写"
    )


class Compared(Explained, title="与上年、与年初预算比"):
    """A total with last year's, and with the year's original budget."""

    budget: Amount = Field(ZERO, alias="年初预算", description="年初预算数，没有就写 0")
    budget_reason: Text = Field(alias="差异原因", description="预决算差异的主要原因，末尾不加句号")


class TotalExplained(Explained, title="收支总计的上年数与变动原因"):
    """A total with what is carried over in it: last year's may have been less than nothing."""

    prior: Balance = Field(alias="上年", description="上年决算的收支总计；上年没有就写 0")


class TotalCompared(Compared, title="收支总计与上年、与年初预算比"):
    """The same, and the year's original budget."""

    prior: Balance = Field(alias="上年", description="上年决算的收支总计；上年没有就写 0")


class Comparisons(Model, title="总体变动"):
    """Why the totals differ from last year's and from the budget."""

    total: TotalExplained = Field(alias="收支总计", description="收入支出总计与上年比")
    fiscal: TotalCompared = Field(alias="财政拨款", description="财政拨款收入支出总计与上年、与年初预算比")
    general: Compared | None = Field(
        None, alias="一般公共预算", description="一般公共预算财政拨款支出与上年、与年初预算比；没有就不写"
    )
    government: TotalCompared | None = Field(None, alias="政府性基金预算", description="没有就不写")
    capital: TotalCompared | None = Field(None, alias="国有资本经营预算", description="没有就不写")


class SpentItem(Model, title="“三公”经费支出的一项"):
    """One item of 三公经费 with the year's adjusted budget (全年预算数)."""

    spent: Amount = Field(ZERO, alias="支出")
    prior: Amount = Field(ZERO, alias="上年", description="上年决算数")
    budget: Amount = Field(ZERO, alias="全年预算", description="全年预算数（按规定程序调整后）")
    budget_reason: Text = Field(NO_VARIANCE, alias="差异原因", description="与全年预算差异的原因；没有差异就不写")

    @property
    def own_reason(self) -> str:
        """Why it is another amount than last year; empty for vehicles, which are explained together (公务用车原因)."""
        return str(getattr(self, "reason", ""))


class AbroadSpent(SpentItem, title="因公出国（境）费支出"):
    """因公出国（境）费."""

    reason: Text = Field(alias="原因", description="与上年比变动的原因")
    content: Text | None = Field(None, alias="开支内容", description="开支内容，没有支出就不写")
    groups: Count = Field(0, alias="团组数")
    persons: Count = Field(0, alias="人次")


class VehiclePurchaseSpent(SpentItem, title="公务用车购置费支出"):
    """公务用车购置费."""

    count: Count = Field(0, alias="购置数", description="辆")


class VehicleRunningSpent(SpentItem, title="公务用车运行维护费支出"):
    """公务用车运行维护费."""

    content: Text | None = Field(None, alias="开支内容", description="开支内容，没有支出就不写")
    fleet: Count = Field(0, alias="保有量", description="开支财政拨款的公务用车保有量，辆")
    fleet_reason: Text | None = Field(
        None, alias="保有量差异原因", description="固定资产车辆与保有量不同的原因；相同就不写"
    )


class ReceptionSpent(SpentItem, title="公务接待费支出"):
    """公务接待费."""

    reason: Text = Field(alias="原因", description="与上年比变动的原因")
    content: Text | None = Field(None, alias="开支内容", description="开支内容，没有支出就不写")
    batches: Count = Field(0, alias="批次", description="国内公务接待批次")
    persons: Count = Field(0, alias="人次", description="国内公务接待人次")


class ThreePublicSpent(Model, title="“三公”经费支出"):
    """“三公”经费支出 paid from appropriations."""

    reason: Text = Field(alias="原因", description="合计与上年比变动的原因")
    budget_reason: Text = Field(NO_VARIANCE, alias="差异原因", description="合计与全年预算的差异")
    vehicle_reason: Text = Field(alias="公务用车原因", description="购置及运行维护费与上年比变动的原因")
    abroad: AbroadSpent = Field(alias="因公出国（境）费")
    vehicle_purchase: VehiclePurchaseSpent = Field(VehiclePurchaseSpent(), alias="公务用车购置费")
    vehicle_running: VehicleRunningSpent = Field(VehicleRunningSpent(), alias="公务用车运行维护费")
    reception: ReceptionSpent = Field(alias="公务接待费")

    @property
    def by_name(self) -> Mapping[str, SpentItem]:
        """The four items under their names, in the order of the form."""
        fields = {str(field.alias): getattr(self, name) for name, field in type(self).model_fields.items()}
        return {name: value for name, value in fields.items() if isinstance(value, SpentItem)}

    @property
    def items(self) -> tuple[SpentItem, ...]:
        """The four items."""
        return tuple(self.by_name.values())


Section = Literal[
    "科目收支", "使用非财政拨款结余", "结余分配", "总体变动", "基本支出经济分类", "三公经费", "机关运行经费",
    "政府采购", "国有资产", "整体绩效自评", "项目绩效自评", "核定数",
]  # fmt: skip
"""The sections of a final account that have amounts."""


class FinalAccount(Head, title="单位（部门）决算公开"):
    """A unit's or department's final account for one year."""

    kind: Literal["决算"] = Field(alias="文种", description="决算")
    scope: Scope = Field(Scope.DEPARTMENT, alias="口径", description="部门决算写“部门”，单位决算写“单位”")
    section_units: dict[Section, CurrencyUnit] = section_units_field("整体绩效自评: 万元, 项目绩效自评: 万元")
    budget_file: Text | None = Field(
        None,
        alias="预算文件",
        description="本年预算的数据文件，如 单位预算.yaml；没有写的年初预算、绩效目标、职能由它得出，写了的与它核对",
    )
    profile: FinalProfile = Field(alias="概况")
    accounts: tuple[Account, ...] = Field(
        alias="科目收支", min_length=1, description="本年或上年不为零的功能科目，一个科目一条"
    )
    used_balance: Amount = Field(
        ZERO, alias="使用非财政拨款结余", description="使用非财政拨款结余（含专用结余），没有就不写"
    )
    distributed: Amount = Field(ZERO, alias="结余分配", description="没有就不写")
    comparisons: Comparisons = Field(alias="总体变动", description="各合计与上年、与年初预算比")
    basic_as_stated: dict[EconomicItem, EconomicAmount] = Field(
        default_factory=dict,
        alias="基本支出经济分类",
        description="一般公共预算财政拨款基本支出，按部门经济分类“款”；"
        "一款里人员经费、公用经费都有的（如离退休公用经费），分开写：{人员经费: …, 公用经费: …}",
    )
    three_public: ThreePublicSpent = Field(alias="三公经费")
    running_costs: RunningCosts = Field(
        alias="机关运行经费", description="上年数和原因；不写“本年”时，本年数就是公用经费"
    )
    procurement: FinalProcurement = Field(FinalProcurement(), alias="政府采购")
    assets: FinalAssets = Field(FinalAssets(), alias="国有资产")
    unit_evaluation: UnitEvaluation | None = Field(None, alias="整体绩效自评")
    project_evaluations: tuple[ProjectEvaluation, ...] = Field((), alias="项目绩效自评", description="一个项目一条")
    narrative: Narrative | None = Field(None, alias="绩效管理", description="成效、问题、措施")
    other_notes: Paragraphs = Field((), alias="其他说明", description="其他需说明的事项，一段一行；没有就不写")
    supplements: dict[Text, Text] = Field(
        default_factory=dict, alias="补充说明", description="模板包另要的文字，名称: 文字；模板包没有要求的不写"
    )
    names: dict[AnyCode, Text] = Field(
        default_factory=dict, alias="科目名称", description="目录里没有或名称不同的科目，编码: 名称"
    )
    control: dict[FinalTotal, Balance] = Field(default_factory=dict, alias="核定数", description=APPROVED)
    validation: Validation = Field(
        Validation(), alias="校验", description="规则的级别、豁免和允许公开的文字；不需要就不写"
    )

    project_list: ClassVar[str] = "项目绩效自评"
    """The key under which the projects stand."""

    @property
    def listed_projects(self) -> Sequence[ProjectEvaluation]:
        """The projects in the order of the file, as every kind of document answers."""
        return self.project_evaluations

    @property
    def basic_by_economic(self) -> Mapping[str, Decimal]:
        """Basic spending of 一般公共预算 by economic 款, 人员经费 and 公用经费 together, 万元."""
        return {code: total_of(stated) for code, stated in self.basic_as_stated.items()}
