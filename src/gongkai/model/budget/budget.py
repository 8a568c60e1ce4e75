"""The budget of a unit for one year (预算): primary facts only, everything else is derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from gongkai.model.approved import APPROVED, BudgetTotal
from gongkai.model.assets import Assets, Procurement
from gongkai.model.base import (
    Amount,
    AnyCode,
    EconomicAny,
    EconomicItem,
    Explained,
    Flag,
    FunctionalClass,
    FunctionalItem,
    Model,
    RunningCosts,
    Text,
)
from gongkai.model.economic import EconomicAmount, total_of
from gongkai.model.head import Head, section_units_field
from gongkai.model.listed import Paragraphs
from gongkai.model.reading import AS_TEXT, ZERO, CurrencyUnit
from gongkai.model.unit import Profile, Scope
from gongkai.model.validation import Validation

from .performance import ProjectTarget, UnitTarget
from .sources import Fund, Origin, Source

FiscalFund = Literal[Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL]
"""One of them, as the name of an entry."""

BY_FUND = "[by fund]"
"""The other way to write a use, beside ``AS_TEXT``."""


def _way_of_use(value: Any) -> str:
    return BY_FUND if isinstance(value, dict) else AS_TEXT


Use = Annotated[
    Annotated[Text, Tag(AS_TEXT)] | Annotated[dict[FiscalFund, Text], Tag(BY_FUND)], Discriminator(_way_of_use)
]
"""What a 类 is mainly used for: in a text, or in one for each of the budgets that pay for it."""


class OwnIncomeKind(StrEnum):
    """The parts of 单位资金."""

    OPERATIONS = "事业收入"
    UPPER_SUBSIDY = "上级补助收入"
    SUBORDINATE = "附属单位上缴收入"
    BUSINESS = "事业单位经营收入"
    OTHER = "其他收入"


class UnitIncome(Explained, title="单位资金"):
    """Money that is not appropriated (单位资金), with its parts."""

    parts: dict[OwnIncomeKind, Amount] = Field(
        default_factory=dict, alias="构成", description="单位资金由哪些收入构成，合计应等于支出中的单位资金"
    )


class Income(Model, title="收入变动说明"):
    """Why each source of income changed; the amounts follow from spending."""

    general: Explained | None = Field(None, alias="一般公共预算")
    general_upper: Explained | None = Field(None, alias="上级一般公共预算转移支付")
    government: Explained | None = Field(None, alias="政府性基金预算")
    government_upper: Explained | None = Field(None, alias="上级政府性基金转移支付")
    capital: Explained | None = Field(None, alias="国有资本经营预算")
    capital_upper: Explained | None = Field(None, alias="上级国有资本经营预算转移支付")
    special: Explained | None = Field(None, alias="财政专户")
    unit: UnitIncome | None = Field(None, alias="单位资金")
    carried: Explained | None = Field(None, alias="上年结转结余")


Amounts = dict[Source, Amount]


class Expenditure(Model, title="支出（一个功能科目一条）"):
    """Spending under one 功能科目 by source and nature."""

    code: FunctionalItem = Field(alias="科目", description="支出功能分类“项”级编码，七位")
    basic: Amounts = Field(
        default_factory=dict,
        alias="基本支出",
        description="基本支出，按资金来源；一般公共预算的人员、公用之分由“基本支出经济分类”得出",
    )
    staff: Amounts = Field(
        default_factory=dict,
        alias="人员经费",
        description="基本支出中的人员经费，用于一般公共预算以外的资金",
    )
    operating: Amounts = Field(
        default_factory=dict,
        alias="公用经费",
        description="基本支出中的公用经费，用于一般公共预算以外的资金",
    )
    project: Amounts = Field(default_factory=dict, alias="项目支出", description="项目支出，按资金来源")
    changes: dict[Fund, Explained] = Field(
        default_factory=dict, alias="变动", description="与上年预算比的变动，按资金性质；一般公共预算必写"
    )


class ExpenditureChanges(Model, title="支出变动说明"):
    """Why basic and project spending changed."""

    basic: Explained | None = Field(None, alias="基本支出", description="全部资金的基本支出")
    project: Explained | None = Field(None, alias="项目支出", description="全部资金的项目支出")
    general_basic: Explained | None = Field(None, alias="一般公共预算基本支出")
    general_project: Explained | None = Field(None, alias="一般公共预算项目支出")


class ProjectMoney(Model, title="项目资金（一个科目、一种来源、一类经济用途一条）"):
    """One coordinate of a project's money."""

    code: FunctionalItem = Field(alias="科目", description="支出功能分类“项”级编码")
    source: Source = Field(alias="来源", description="资金来源")
    economic: EconomicAny | None = Field(
        None, alias="经济分类", description="部门经济分类“类”或“款”级编码；一般公共预算必写，别的资金可以不写"
    )
    amount: Amount = Field(alias="金额")


class Project(Model, title="项目"):
    """A project; a secret one (涉密) shows nothing but its amount in the totals."""

    name: Text = Field(alias="名称", description="项目名称")
    money: tuple[ProjectMoney, ...] = Field(alias="资金", min_length=1, description="项目资金，逐条列明")
    basis: Text | None = Field(None, alias="政策依据", description="设立的政策依据")
    allocation: Text | None = Field(None, alias="资金分配", description="资金分配情况")
    bearer: Text | None = Field(None, alias="承担单位", description="项目承担单位；本单位承担就不写")
    period: Text | None = Field(None, alias="执行时间", description="资金执行时间，如 2024年1月1日-2024年12月31日")
    secret: Flag = Field(False, alias="涉密", description="涉密项目写“是”：金额计入合计，其余一概不公开")
    target: ProjectTarget | None = Field(None, alias="绩效目标", description="项目支出绩效目标表")

    def amount_of(self, *funds: Fund) -> Decimal:
        """The project's money from the given funds (all when none is given), 万元."""
        return sum((m.amount for m in self.money if not funds or m.source.fund in funds), ZERO)

    def current_of(self, *funds: Fund) -> Decimal:
        """The project's money of this year from the given funds, nothing carried over, 万元."""
        return sum(
            (m.amount for m in self.money if m.source.fund in funds and m.source.origin is not Origin.CARRIED), ZERO
        )

    @property
    def carried(self) -> Decimal:
        """The project's money that was carried over from last year, 万元."""
        return sum((m.amount for m in self.money if m.source.origin is Origin.CARRIED), ZERO)


class ThreePublicItem(Model, title="“三公”经费的一项"):
    """One item of 三公经费, by fund."""

    general: Amount = Field(ZERO, alias="一般公共预算")
    government: Amount = Field(ZERO, alias="政府性基金预算")
    capital: Amount = Field(ZERO, alias="国有资本经营预算")
    prior: Amount = Field(ZERO, alias="上年", description="上年预算数，没有就不写")
    reason: Text = Field(alias="原因", description="变动原因；两年都没有安排的也要说明")

    @property
    def total(self) -> Decimal:
        """All funds, 万元."""
        return self.general + self.government + self.capital


class ThreePublic(Model, title="“三公”经费"):
    """The four items of 三公经费 paid from appropriations."""

    abroad: ThreePublicItem = Field(alias="因公出国（境）费")
    vehicle_purchase: ThreePublicItem = Field(alias="公务用车购置费")
    vehicle_running: ThreePublicItem = Field(alias="公务用车运行费")
    reception: ThreePublicItem = Field(alias="公务接待费")

    @property
    def by_name(self) -> Mapping[str, ThreePublicItem]:
        """The four items under their names, in the order of the form."""
        return {str(field.alias): getattr(self, name) for name, field in type(self).model_fields.items()}


Section = Literal[
    "收入", "支出", "支出变动", "基本支出经济分类", "项目", "三公经费", "机关运行经费", "政府采购", "国有资产", "核定数"
]
"""The sections of a budget that have amounts."""


class Budget(Head, title="单位（部门）预算公开"):
    """A unit's or department's budget for one year."""

    kind: Literal["预算"] = Field(alias="文种", description="预算")
    scope: Scope = Field(Scope.UNIT, alias="口径", description="单位预算写“单位”，汇总的部门预算写“部门”")
    section_units: dict[Section, CurrencyUnit] = section_units_field("政府采购: 万元, 国有资产: 万元")
    last_account_file: Text | None = Field(
        None,
        alias="上年决算文件",
        description="上年决算的数据文件，如 ../2023/单位决算.yaml；没有写“上年完成值”的指标由它得出；没有就不写",
    )
    profile: Profile = Field(alias="概况")
    income: Income = Field(Income(), alias="收入", description="各项收入与上年比的变动")
    expenditures: tuple[Expenditure, ...] = Field(
        alias="支出", min_length=1, description="本年或上年不为零的功能科目，一个科目一条"
    )
    expenditure_changes: ExpenditureChanges = Field(
        ExpenditureChanges(), alias="支出变动", description="基本支出、项目支出与上年比的变动"
    )
    uses: dict[FunctionalClass, Use] = Field(
        default_factory=dict,
        alias="支出用途",
        description="各“类”主要用于什么；一个“类”有几种财政拨款的，分开写："
        "{一般公共预算: …, 政府性基金预算: …, 国有资本经营预算: …}",
    )
    basic_as_stated: dict[EconomicItem, EconomicAmount] = Field(
        default_factory=dict,
        alias="基本支出经济分类",
        description="一般公共预算基本支出，按部门经济分类“款”；"
        "一款里人员经费、公用经费都有的（如离退休公用经费），分开写：{人员经费: …, 公用经费: …}",
    )
    projects: tuple[Project, ...] = Field((), alias="项目", description="全部项目，财政和非财政的都要写")
    three_public: ThreePublic = Field(alias="三公经费", description="四项都要写，没有安排的写原因")
    running_costs: RunningCosts = Field(
        alias="机关运行经费",
        description="上年数和原因；不写“本年”时，本年数就是公用经费（事业单位同样写在这里）",
    )
    procurement: Procurement = Field(Procurement(), alias="政府采购")
    assets: Assets = Field(Assets(), alias="国有资产")
    unit_target: UnitTarget | None = Field(None, alias="整体绩效目标")
    untargeted_reason: Text | None = Field(
        None, alias="未公开绩效目标原因", description="非财政拨款项目没有绩效目标表的原因，有表就不写"
    )
    other_notes: Paragraphs = Field((), alias="其他说明", description="其他需说明的事项，一段一行；没有就不写")
    supplements: dict[Text, Text] = Field(
        default_factory=dict, alias="补充说明", description="模板包另要的文字，名称: 文字；模板包没有要求的不写"
    )
    names: dict[AnyCode, Text] = Field(
        default_factory=dict, alias="科目名称", description="目录里没有或名称不同的科目，编码: 名称"
    )
    control: dict[BudgetTotal, Amount] = Field(default_factory=dict, alias="核定数", description=APPROVED)
    validation: Validation = Field(
        Validation(), alias="校验", description="规则的级别、豁免和允许公开的文字；不需要就不写"
    )

    project_list: ClassVar[str] = "项目"
    """The key under which the projects stand."""

    @property
    def listed_projects(self) -> Sequence[Project]:
        """The projects in the order of the file, as every kind of document answers."""
        return self.projects

    @property
    def basic_by_economic(self) -> Mapping[str, Decimal]:
        """Basic spending of 一般公共预算 by economic 款, 人员经费 and 公用经费 together, 万元."""
        return {code: total_of(stated) for code, stated in self.basic_as_stated.items()}
