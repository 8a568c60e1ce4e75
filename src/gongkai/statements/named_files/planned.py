"""What a budget says that the final account of its year states as well: 年初预算, targets, plans, the unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gongkai.findings import Path
from gongkai.model.budget.budget import Budget, Project
from gongkai.model.budget.performance import ProjectIndicator, UnitIndicator
from gongkai.model.budget.sources import FISCAL_FUNDS, OTHER_FUNDS, Origin
from gongkai.model.reading import ZERO
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import APPROPRIATED, CARRIED

from .facts import Entry, Fact, Measure, Use, Where

ORIGINAL = "年初预算"
_PUBLISHED, _DIFFERENT, _ABSENT = "GK128", "GK129", "GK130"
_ITEMS = {"公务用车运行费": "公务用车运行维护费"}
"""Items of 三公经费 that a final account calls otherwise."""


def planned_facts(budget: Budget) -> list[Fact]:
    """Every fact of a budget that the final account of the same year takes or is held against."""
    figures = BudgetFigures(budget)
    return [
        *_unit(budget),
        *_totals(figures),
        *_three_public(budget),
        *_unit_target(figures),
        *(fact for i, project in enumerate(budget.projects) for fact in _project(project, i)),
    ]


def _text(where: Where, key: str, value: str | tuple[str, ...], what: str, source: Path) -> Fact:
    return Fact(where, key, value, Measure.TEXT, Use.TAKEN, what, source, code=_DIFFERENT)


def _unit(budget: Budget) -> Iterator[Fact]:
    """The unit, its duties, its organisation and its people."""
    profile = budget.profile
    organisation = profile.organisation
    nature = _text(("单位",), "性质", str(budget.unit.nature), "单位性质", ("单位", "性质"))
    yield replace(nature, use=Use.HELD)
    duties = _text(("概况",), "主要职能", profile.duties, "主要职能", ("概况", "主要职能"))
    yield replace(duties, created=True)
    parts: dict[str, str | tuple[str, ...]] = {
        "机构称谓": organisation.office_word,
        "内设机构": organisation.offices,
        "下属单位": organisation.subordinates,
    }
    way: Where = ("概况", "机构设置")
    if organisation.offices or organisation.subordinates:
        yield Fact(("概况",), "机构设置", parts, Measure.TEXT, Use.FILLED, created=True)
    for key, value in parts.items():
        yield Fact(way, key, value, Measure.TEXT, Use.HELD, key, ("概况", "机构设置", key), code=_DIFFERENT)
    people = profile.staffing
    for name, group in {"在职": people.serving, "退休": people.retired, "离休": people.veteran_retired}.items():
        source: Path = ("概况", "人员", name, "人数")
        what = f"{name}人数"
        yield Fact(("概况", "人员", name), "增减", group.count, Measure.HEADS, Use.TAKEN, what, source, code=_DIFFERENT)


def _totals(f: BudgetFigures) -> Iterator[Fact]:
    """年初预算 of the totals: both documents print it, so that it must be the same."""
    totals = {
        "财政拨款": f.appropriated,
        **{fund.value: f.fund_total(fund) for fund in FISCAL_FUNDS},
    }
    for name, amount in totals.items():
        what = f"{name}的年初预算数"
        yield Fact(("总体变动", name), ORIGINAL, amount, what=what, source=("支出",), code=_PUBLISHED)


def _three_public(budget: Budget) -> Iterator[Fact]:
    """What was planned for 三公经费: 全年预算 unless it was adjusted, which is done downward."""
    for name, item in budget.three_public.by_name.items():
        where: Where = ("三公经费", _ITEMS.get(name, name))
        what = f"{name}的预算数"
        yield Fact(
            where, "全年预算", item.total, Measure.MONEY, Use.LIMIT, what, ("三公经费", name), code=_DIFFERENT,
            created=bool(item.total),
        )  # fmt: skip


def _unit_target(f: BudgetFigures) -> Iterator[Fact]:
    target = f.budget.unit_target
    upper = f.spent(sources=[s for s in APPROPRIATED if s.origin is Origin.UPPER])
    carried = f.spent(sources=[s for s in CARRIED if s.fund in FISCAL_FUNDS])
    other = sum((f.fund_total(fund) for fund in OTHER_FUNDS), ZERO)
    other_carried = f.carried - carried
    lines = {
        "上级资金": (upper, ZERO),
        "本级资金": (f.appropriated - upper, carried),
        "其他资金": (other, other_carried),
    }
    for name, (amount, more) in lines.items():
        yield _original(("整体绩效自评", "资金", name), f"整体自评{name}的年初预算", amount, more, ("支出",))
    if target is None:
        return
    where: Where = ("整体绩效自评",)
    yield _text(where, "预期目标", target.goal, "整体绩效目标", ("整体绩效目标", "年度目标"))
    yield from _indicators(where, target.indicators, ("整体绩效目标",))


def _original(where: Where, what: str, amount: Decimal, carried: Decimal, source: Path) -> Fact:
    """年初预算 as self-evaluations state it: without what was carried over, or with it."""
    also = (amount + carried,) if carried else ()
    return Fact(where, ORIGINAL, amount, what=what, source=source, also=also, code=_DIFFERENT)


def _project(project: Project, index: int) -> Iterator[Fact]:
    where: Where = ("项目绩效自评", Entry("名称", project.name))
    name = "涉密项目" if project.secret else f"项目“{project.name}”"
    for line, funds in (("财政拨款", FISCAL_FUNDS), ("其他资金", OTHER_FUNDS)):
        amount = project.current_of(*funds)
        what, carried = f"{name}{line}的年初预算", project.amount_of(*funds) - amount
        fact = _original((*where, line), what, amount, carried, ("项目", index, "资金"))
        yield replace(fact, missing=_ABSENT, sealed=project.secret)
    target = project.target
    if project.secret or target is None:
        return
    source: Path = ("项目", index, "绩效目标")
    if project.bearer is not None:
        yield _text(where, "实施单位", project.bearer, f"{name}的承担单位", ("项目", index, "承担单位"))
    yield _text(where, "预期目标", target.goal, f"{name}的总体目标", (*source, "总体目标"))
    yield from _indicators(where, target.indicators, source)


def _indicators(where: Where, indicators: tuple[UnitIndicator, ...], source: Path) -> Iterator[Fact]:
    """Each indicator, for the result of the same name: what was to be reached, and how it counts."""
    names = [indicator.third for indicator in indicators]
    for j, indicator in enumerate(indicators):
        if names.count(indicator.third) > 1:
            continue  # which of them is meant cannot be told
        way: Where = (*where, "指标", Entry("三级", indicator.third))
        here: Path = (*source, "指标", j)
        what = f"指标“{indicator.third}”的"
        yield _text(way, "指标值", indicator.target, f"{what}指标值", (*here, "指标值"))
        yield Fact(
            way, "权重", indicator.weight, Measure.NUMBER, Use.TAKEN, f"{what}权重", (*here, "权重"), code=_DIFFERENT
        )  # fmt: skip
        taken = {"一级": indicator.first, "二级": indicator.second, "依据": indicator.basis}
        if isinstance(indicator, ProjectIndicator):
            written = indicator.model_fields_set
            if "last_year" in written:
                yield _text(way, "上年完成值", indicator.last_year, f"{what}上年完成值", (*here, "上年完成值"))
            taken |= {"赋分规则": indicator.scoring} if "scoring" in written else {}
            taken |= {"佐证": indicator.evidence} if "evidence" in written else {}
        for key, value in taken.items():
            yield Fact(way, key, value, Measure.TEXT, Use.FILLED)
