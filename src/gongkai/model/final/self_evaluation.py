"""Performance self-evaluation (绩效自评) of the unit and of each project."""

from __future__ import annotations

from pydantic import Field

from gongkai.model.base import Amount, Flag, Model, Quantity, Text
from gongkai.model.listed import Points
from gongkai.model.reading import ZERO


class Funding(Model, title="预算与执行"):
    """One line of money: the original budget, the adjusted budget, and what was spent."""

    original: Amount = Field(ZERO, alias="年初预算")
    adjusted: Amount = Field(ZERO, alias="全年预算", description="全年预算数（调整后）")
    spent: Amount = Field(ZERO, alias="执行", description="全年执行数")


class UnitFunding(Model, title="整体资金"):
    """The unit's money by source: upper and own level (2024 form), or by level of government (2023 form)."""

    upper: Funding = Field(Funding(), alias="上级资金", description="2024 年起的表样")
    own: Funding = Field(Funding(), alias="本级资金", description="2024 年起的表样")
    central: Funding = Field(Funding(), alias="中央安排", description="2023 年的表样")
    region: Funding = Field(Funding(), alias="自治区安排", description="2023 年的表样")
    prefecture: Funding = Field(Funding(), alias="地州市安排", description="2023 年的表样")
    county: Funding = Field(Funding(), alias="县市区安排", description="2023 年的表样")
    other: Funding = Field(Funding(), alias="其他资金")

    @property
    def lines(self) -> tuple[Funding, ...]:
        """Every line; those of the other form are zero."""
        return (self.upper, self.own, self.central, self.region, self.prefecture, self.county, self.other)


class UnitResult(Model, title="整体绩效指标完成情况"):
    """One indicator of the unit's overall target, with its result."""

    first: Text = Field(alias="一级", description="一级指标")
    second: Text = Field(alias="二级", description="二级指标")
    third: Text = Field(alias="三级", description="三级指标")
    target: Text = Field(alias="指标值", description='预期指标值，如 ">=20%"')
    basis: Text = Field(alias="依据", description="指标值设定依据")
    weight: Quantity = Field(alias="权重", description="分值权重")
    actual: Text = Field(alias="完成值", description="实际完成指标值")
    score: Quantity = Field(alias="得分")


class ProjectResult(UnitResult, title="项目绩效指标完成情况"):
    """One indicator of a project, with its result."""

    basis: Text = Field("计划标准", alias="依据", description="指标值设置依据")
    last_year: Text = Field("新增", alias="上年完成值", description="上年完成值，新指标写“新增”")
    scoring: Text = Field("按照正常比例赋分", alias="赋分规则", description="指标赋分规则")
    evidence: Text = Field("工作资料", alias="佐证", description="佐证资料")
    deviation: Text | None = Field(None, alias="偏差原因", description="偏差原因分析及改进措施，没有就不写")


class UnitEvaluation(Model, title="整体绩效自评"):
    """整体支出绩效自评表."""

    unit_name: Text | None = Field(
        None, alias="单位名称", description="绩效自评表里填的单位名称，与“单位”的名称不同时才写"
    )
    funding: UnitFunding = Field(alias="资金")
    goal: Text = Field(alias="预期目标")
    outcome: Text = Field(alias="完成情况", description="实际完成情况")
    results: tuple[UnitResult, ...] = Field(alias="指标", min_length=1)


class ProjectEvaluation(Model, title="项目绩效自评"):
    """项目支出绩效自评表."""

    name: Text = Field(alias="名称", description="项目名称")
    authority: Text | None = Field(None, alias="主管部门", description="就是本单位的不写")
    bearer: Text | None = Field(None, alias="实施单位", description="就是本单位的不写")
    fiscal: Funding = Field(Funding(), alias="财政拨款", description="当年财政拨款")
    other: Funding = Field(Funding(), alias="其他资金")
    secret: Flag = Field(False, alias="涉密", description="涉密项目写“是”：金额计入合计，其余一概不公开")
    goal: Text = Field(alias="预期目标")
    outcome: Text = Field(alias="完成情况", description="实际完成情况")
    results: tuple[ProjectResult, ...] = Field(alias="指标", min_length=1)


class Narrative(Model, title="绩效管理情况"):
    """成效、问题、措施, each a list of points (一是、二是)."""

    achievements: Points = Field(alias="成效", description="取得的成效，一条一行，不写“一是”")
    problems: Points = Field(alias="问题", description="发现的问题及原因，一条一行")
    measures: Points = Field(alias="措施", description="下一步改进措施，一条一行")
