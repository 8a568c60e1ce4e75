"""Random budgets and random final accounts of the same unit and year: what is taken is the budget's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from gongkai.findings import Level
from gongkai.intake.read import read
from gongkai.model.budget.budget import Budget
from gongkai.model.budget.sources import FISCAL_FUNDS, OTHER_FUNDS, Fund
from gongkai.model.final.final_account import FinalAccount
from gongkai.statements.budget.figures import BudgetFigures
from support.fixtures import write_input
from support.pairs import pairs
from support.strategies import SECRET as SECRET_OF_BUDGET
from support.strategies_final import SECRET as SECRET_OF_FINAL


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
