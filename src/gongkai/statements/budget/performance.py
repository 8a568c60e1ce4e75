"""绩效目标表: the unit's overall target and one table per project."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.model.budget.budget import Project
from gongkai.model.budget.performance import ProjectIndicator, UnitIndicator
from gongkai.model.budget.sources import FISCAL_FUNDS, Origin, Source
from gongkai.statements.tables.fill import fill_form
from gongkai.statements.tables.form import TableForm
from gongkai.statements.tables.table import Figure, RowValues, Table, Value
from gongkai.statements.tables.words import UNIT, Words

from .figures import BudgetFigures
from .spending import APPROPRIATED

INDICATOR_GROUP = "年度绩效指标"
"""The side label that some forms print beside all indicators."""


def _grid(indicators: Sequence[UnitIndicator], heads: Sequence[str] = ()) -> list[RowValues]:
    """One row per indicator; ``heads`` are first-level heads that stand there even without one."""
    missing = [head for head in heads if all(head != i.first for i in indicators)]
    rows: list[RowValues] = [{"指标组": INDICATOR_GROUP, "一级指标": head} for head in missing]
    for i in indicators:
        row: dict[str, Value] = {
            "指标组": INDICATOR_GROUP,
            "一级指标": i.first,
            "二级指标": i.second,
            "三级指标": i.third,
            "指标值": i.target,
            "依据": i.basis,
            "权重": Figure(f"{i.weight:f}"),
        }
        if isinstance(i, ProjectIndicator):
            row |= {"上年完成值": i.last_year, "赋分规则": i.scoring, "佐证": i.evidence}
        rows.append(row)
    order = {head: place for place, head in enumerate(heads)}
    return sorted(rows, key=lambda row: order.get(str(row["一级指标"]), len(order)))


def unit_target_table(f: BudgetFigures, layout: TableForm, words: Words) -> Table | None:
    """整体绩效目标表, or None when the file has no overall target."""
    target = f.budget.unit_target
    if target is None:
        return None
    upper = f.spent(sources=[s for s in APPROPRIATED if s.origin is Origin.UPPER])
    fiscal = [s for s in Source if s.fund in FISCAL_FUNDS]  # with what was carried over
    own = [s for s in fiscal if s.origin is not Origin.UPPER]
    form: RowValues = {
        "单位名称": target.unit_name or f.budget.unit.name,
        "联系人": target.contact,
        "联系电话": target.telephone,
        "年度目标": target.goal,
        "上级安排": upper,
        "本级安排": f.spent(sources=own),
        "其他资金": f.spent(sources=[s for s in Source if s not in fiscal]),
        "合计": f.total,
    }
    filled = layout.filled(words)
    return fill_form("整体绩效目标", filled, _grid(target.indicators, filled.heads), None, words[UNIT], form)


def project_target_tables(f: BudgetFigures, layout: TableForm, words: Words) -> list[Table]:
    """One 项目支出绩效目标表 per project with a target, in file order."""
    filled, unit = layout.filled(words), words[UNIT]
    return [_project_table(f, p, filled, unit) for p in f.budget.projects if p.target is not None]


def _project_table(f: BudgetFigures, project: Project, layout: TableForm, unit: str) -> Table:
    assert project.target is not None
    fiscal = [s for s in Source if s.fund in FISCAL_FUNDS]
    form: RowValues = {
        "预算单位": project.bearer or f.budget.unit.name,
        "项目名称": project.name,
        "负责人": project.target.manager,
        "年度预算总额": f.project_money([project]),
        "财政拨款": f.project_money([project], sources=fiscal),
        "其他资金": f.project_money([project], sources=[s for s in Source if s not in fiscal]),
        "总体目标": project.target.goal,
    }
    return fill_form("项目绩效目标", layout, _grid(project.target.indicators), None, unit, form)
