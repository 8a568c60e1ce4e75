"""The facts of a budget from its tables."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.findings import Finding, Level
from gongkai.intake.export.bounds.decided import Decided
from gongkai.intake.export.facts.draft import Draft
from gongkai.intake.export.facts.economic import economic
from gongkai.intake.export.facts.heads import head, names
from gongkai.intake.export.facts.performance import performance
from gongkai.intake.export.facts.three_public import running_costs, three_public
from gongkai.intake.export.facts.told import contradictions, unused
from gongkai.intake.export.reading.tables import Tables
from gongkai.model.budget.sources import Fund
from gongkai.source.tree import Node

from .carried import CarriedRows
from .income import UnitIncomeParts
from .projects import GeneralProjects
from .spending import known_spending, spending
from .sums import BudgetSums, Var


def import_budget(tables: Tables, known: Mapping[str, Node]) -> Draft:
    """Every fact of the tables, what is left to ask, and what contradicts."""
    three = tables.get("三公经费")
    main = [found for found in tables.by_key.values() if found is not three]
    yuan = bool(main) and all(found.yuan for found in main)
    draft = Draft(known, yuan=yuan, yuan_of={"三公经费": bool(three.yuan)} if three is not None else {})
    sums = BudgetSums(tables)
    sums.fill()
    carried = CarriedRows(sums)
    carried.fill()
    parts = UnitIncomeParts(tables, sums)
    parts.fill()
    head(tables, draft)
    known_spending(sums, draft)
    decided = spending(sums, draft)
    parts.state(draft)
    projects = GeneralProjects(sums, decided, draft)
    projects.state()
    projects.carried("《上年结转结余情况明细表》", carried.projects)
    others = tables.get("基本支出")
    if others is not None:
        economic(others, draft)
    if three is not None:
        three_public(three, draft, only_general=_only_general(decided))
        total = others.total if others is not None else None
        running_costs(three, draft, total.figures.get("公用经费") if total is not None else None)
    performance(tables.forms, draft, tables.unit_name)
    names(tables, draft)
    if not sums.has_upper:
        draft.findings.append(_no_upper(tables))
    draft.findings += [*carried.findings, *contradictions(sums.system, tables.by_key.values())]
    draft.findings += [finding for found in tables.by_key.values() for finding in unused(found)]
    return draft


def _no_upper(tables: Tables) -> Finding:
    """Tables of provinces that do not divide appropriations into those of the own and of the upper level."""
    message = "这些表不分本级安排和上级转移支付，财政拨款都作本级的取用"
    advice = "数据文件要分的，请把上级转移支付的金额改写在“上级……转移支付”下面"
    return Finding("GK178", Level.WARNING, message, advice, ("支出",), next(iter(tables.all)).place)


def _only_general(decided: Mapping[Var, Decided]) -> bool:
    """Whether it is certain that no other budget of the treasury pays for anything."""
    others = (Fund.GOVERNMENT, Fund.CAPITAL)
    return not any(fact.is_something for var, fact in decided.items() if var[1].fund in others)
