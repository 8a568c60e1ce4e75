"""Performance targets (绩效目标) of the unit as a whole and of each project."""

from __future__ import annotations

from pydantic import Field

from gongkai.model.base import Model, Quantity, Text

MASKED = "×××"
"""Printed for a person or telephone number that the file does not give."""


class UnitIndicator(Model, title="整体绩效指标"):
    """One indicator of the unit's overall target."""

    first: Text = Field(alias="一级", description="一级指标，如 履职效能")
    second: Text = Field(alias="二级", description="二级指标，如 质量指标")
    third: Text = Field(alias="三级", description="三级指标的名称")
    target: Text = Field(alias="指标值", description='如 ">=25%"')
    basis: Text = Field(alias="依据", description="指标设定依据，如 工作计划")
    weight: Quantity = Field(alias="权重", description="分值权重，合计 90（另 10 分为预算执行率）")


class ProjectIndicator(UnitIndicator, title="项目绩效指标"):
    """One indicator of a project's target."""

    last_year: Text = Field("新增", alias="上年完成值", description="上年完成值，新指标写“新增”")
    scoring: Text = Field("按照正常比例赋分", alias="赋分规则", description="指标赋分规则")
    evidence: Text = Field("工作资料", alias="佐证", description="佐证资料，如 工作资料、原始凭证")


class UnitTarget(Model, title="整体绩效目标"):
    """The unit's overall performance target (整体绩效目标)."""

    unit_name: Text | None = Field(
        None, alias="单位名称", description="绩效目标表里填的单位名称，与“单位”的名称不同时才写"
    )
    contact: Text = Field(MASKED, alias="联系人", description="单位联系人；不公开就不写，印作 ×××")
    telephone: Text = Field("×" * 11, alias="联系电话", description="联系电话；不公开就不写")
    goal: Text = Field(alias="年度目标", description="年度绩效目标，可分多行")
    indicators: tuple[UnitIndicator, ...] = Field(alias="指标", min_length=1, description="指标清单")


class ProjectTarget(Model, title="项目绩效目标"):
    """A project's performance target (项目绩效目标)."""

    manager: Text = Field(MASKED, alias="负责人", description="项目负责人；不公开就不写，印作 ×××")
    goal: Text = Field(alias="总体目标", description="项目总体目标")
    indicators: tuple[ProjectIndicator, ...] = Field(alias="指标", min_length=1, description="指标清单")
