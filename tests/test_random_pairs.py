"""Random budgets and random final accounts of the same unit and year: what is taken is the budget's."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fixtures import write_input
from gongkai.findings import Level
from gongkai.intake.read import read
from gongkai.model.budget.budget import Budget
from gongkai.model.budget.sources import FISCAL_FUNDS, OTHER_FUNDS, Fund
from gongkai.model.final.final_account import FinalAccount
from gongkai.statements.budget.figures import BudgetFigures
from strategies import SECRET as SECRET_OF_BUDGET
from strategies import budgets
from strategies_final import SECRET as SECRET_OF_FINAL
from strategies_final import final_accounts

Data = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def pairs(draw: Draw) -> tuple[Data, Data]:
    """A budget, and a final account that has its projects by name and leaves every 年初预算 to it."""
    budget, final = draw(budgets()), draw(final_accounts())
    year, unit = int(final["年度"]), final["单位"]
    final |= {"预算文件": "预算.yaml", "口径": "部门"}
    budget |= {"年度": final["年度"], "公开日期": f"{year}-02-20", "单位": copy.deepcopy(unit), "口径": "部门"}
    for project, planned in zip(final.get("项目绩效自评", ()), budget.get("项目", ()), strict=False):
        if "涉密" not in planned and project.pop("涉密", None):
            # What is open there is open here, and so are its texts.
            text = json.dumps(project, ensure_ascii=False).replace(SECRET_OF_FINAL, "")
            project.clear()
            project.update(json.loads(text))
        project["名称"] = planned["名称"]
        project |= {"涉密": "是"} if "涉密" in planned else {}
        for line in ("财政拨款", "其他资金"):
            project.setdefault(line, {"全年预算": "0", "执行": "0"}).pop("年初预算", None)
    for total in final["总体变动"].values():
        total.pop("年初预算", None)
    return budget, final


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pairs")


@given(pair=pairs())
@settings(phases=(Phase.generate,), max_examples=25)
def test_every_original_budget_is_that_of_the_budget(folder, pair):
    write_input(folder, pair[0], "预算.yaml")
    source, budget = read(write_input(folder, pair[1], "决算.yaml")), read(folder / "预算.yaml").model
    assert isinstance(source.model, FinalAccount)
    assert isinstance(budget, Budget)
    figures, stated = BudgetFigures(budget), source.model.comparisons

    assert stated.fiscal.budget == figures.appropriated
    assert stated.general.budget == figures.fund_total(Fund.GENERAL)
    for compared, fund in ((stated.government, Fund.GOVERNMENT), (stated.capital, Fund.CAPITAL)):
        assert compared is None or compared.budget == figures.fund_total(fund)
    for evaluation, project in zip(source.model.project_evaluations, budget.projects, strict=False):
        assert evaluation.fiscal.original == project.current_of(*FISCAL_FUNDS)
        assert evaluation.other.original == project.current_of(*OTHER_FUNDS)
    assert [finding for finding in source.findings if finding.level is Level.ERROR] == []
    told = [finding.message + finding.advice for finding in source.findings]
    assert not [words for words in told if SECRET_OF_BUDGET in words or SECRET_OF_FINAL in words]


@given(pair=pairs())
@settings(phases=(Phase.generate,), max_examples=10)
def test_another_figure_than_the_budgets_is_told_and_the_same_is_not(folder, pair):
    budget, final = pair
    write_input(folder, budget, "预算.yaml")
    account = read(write_input(folder, final, "决算.yaml")).model
    assert isinstance(account, FinalAccount)
    due = account.comparisons.fiscal.budget
    due = (due * 10000).quantize(Decimal("0.01")) if final["金额单位"] == "元" else due
    for off in (0, 1):
        # Less than half of 0.01 万元 may be what a budget in 万元 was rounded by.
        final["总体变动"]["财政拨款"]["年初预算"] = f"{due + off * 100:f}"
        findings = read(write_input(folder, final, "决算.yaml")).findings
        assert [f.path for f in findings if f.code == "GK128"] == [("总体变动", "财政拨款", "年初预算")] * off
