"""A unit's budget and its final account of the same year agree: figures, people, projects, words.

The paired example is fictional; what a careful reader lays side by side in two real documents
must agree in it too.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from lxml import html

from gongkai.checks.run import check
from gongkai.document.compose import render_disclosure
from gongkai.model.budget.budget import Budget
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Origin, Source
from gongkai.model.final.final_account import FISCAL_MONEY, FinalAccount, Money
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures
from support.examples import ROOT, budget_of, pack_of
from support.strategies_final import account_of, file_data, final_pack

BUDGET = ROOT / "examples" / "shili-ju-2024-budget.yaml"
FINAL = ROOT / "examples" / "shili-ju-2024-final.yaml"

MONEY_OF = {
    Fund.GENERAL: Money.GENERAL,
    Fund.GOVERNMENT: Money.GOVERNMENT,
    Fund.CAPITAL: Money.CAPITAL,
    Fund.SPECIAL: Money.OTHER,
    Fund.UNIT: Money.OTHER,
}


@cache
def budget() -> Budget:
    return budget_of(file_data(BUDGET))


@cache
def final() -> FinalAccount:
    return account_of(file_data(FINAL))


def carried(money: Money, code: str = "") -> Decimal:
    """What the budget carries over from last year, as the final account names the money."""
    sources = [s for s in Source if s.origin is Origin.CARRIED and MONEY_OF[s.fund] is money]
    return BudgetFigures(budget()).spent(code, sources)


# --------------------------------------------------------------------------------------
# Figures


def test_the_original_budget_of_the_final_account_is_the_published_budget():
    figures, compared = BudgetFigures(budget()), final().comparisons
    assert compared.fiscal.budget == figures.appropriated
    assert compared.general.budget == figures.fund_total(Fund.GENERAL)
    assert compared.government.budget == figures.fund_total(Fund.GOVERNMENT)
    assert compared.capital.budget == figures.fund_total(Fund.CAPITAL)


@pytest.mark.parametrize("money", Money)
def test_what_the_budget_carried_over_is_where_the_final_account_begins(money):
    figures = FinalFigures(final())
    codes = {entry.code for entry in (*budget().expenditures, *final().accounts)}
    assert carried(money) > 0
    for code in codes:
        assert figures.opening(code, (money,)) == carried(money, code), code


def test_the_adjusted_budget_of_three_public_begins_from_the_budget():
    planned, spent = budget().three_public, final().three_public
    pairs = [
        (planned.abroad, spent.abroad),
        (planned.vehicle_purchase, spent.vehicle_purchase),
        (planned.vehicle_running, spent.vehicle_running),
        (planned.reception, spent.reception),
    ]
    assert [after.budget for _, after in pairs] == [before.total for before, _ in pairs]


def test_the_unit_evaluation_begins_from_the_budget():
    figures = BudgetFigures(budget())
    funding = final().unit_evaluation.funding
    upper = [s for s in Source if s.origin is Origin.UPPER]
    assert funding.upper.original == figures.spent(sources=upper)
    assert funding.own.original == figures.appropriated - figures.spent(sources=upper)
    assert funding.other.original == figures.fund_total(Fund.SPECIAL) + figures.fund_total(Fund.UNIT)


def test_vehicles_are_those_of_last_year_and_those_bought():
    before, after = budget().assets, final().assets
    bought = final().three_public.vehicle_purchase
    assert after.fleet.count == before.fleet.count + bought.count
    assert after.fleet.value == before.fleet.value + bought.spent
    assert (after.houses.area, after.houses.value) == (before.houses.area, before.houses.value)


# --------------------------------------------------------------------------------------
# People, projects, words


def test_the_people_of_the_budget_and_the_changes_of_the_year_are_the_people_of_the_final_account():
    before, after = budget().profile.staffing, final().profile.staffing
    for standing in ("serving", "retired", "veteran_retired"):
        at_end = getattr(after, standing)
        assert at_end.count - at_end.change == getattr(before, standing).count


def test_unit_duties_and_organisation_are_the_same():
    assert final().unit == budget().unit
    assert final().year == budget().year
    assert final().scope == budget().scope
    assert final().profile.duties == budget().profile.duties
    assert final().profile.organisation == budget().profile.organisation


def test_every_planned_project_is_evaluated_with_its_original_budget():
    planned, done = budget().projects, final().project_evaluations
    assert [(p.name, p.secret, p.bearer) for p in done] == [(p.name, p.secret, p.bearer) for p in planned]
    for before, after in zip(planned, done, strict=True):
        current = [m for m in before.money if m.source.origin is not Origin.CARRIED]
        fiscal = sum(m.amount for m in current if m.source.fund in FISCAL_FUNDS)
        assert after.fiscal.original == fiscal
        assert after.other.original == sum(m.amount for m in current) - fiscal


def test_every_target_comes_back_with_a_result():
    for before, after in zip(budget().projects, final().project_evaluations, strict=True):
        if not before.secret:
            planned = [(i.first, i.second, i.third, i.target, i.weight) for i in before.target.indicators]
            assert [(r.first, r.second, r.third, r.target, r.weight) for r in after.results] == planned
            assert after.goal == before.target.goal
    unit = [(i.third, i.target, i.weight) for i in budget().unit_target.indicators]
    assert [(r.third, r.target, r.weight) for r in final().unit_evaluation.results] == unit
    assert final().unit_evaluation.goal == budget().unit_target.goal


def test_what_was_spent_on_projects_is_the_project_spending_of_the_accounts():
    figures, done = FinalFigures(final()), final().project_evaluations
    assert sum(p.fiscal.spent for p in done) == figures.project(money=FISCAL_MONEY)
    assert sum(p.other.spent for p in done) == figures.project(money=(Money.OTHER,))


# --------------------------------------------------------------------------------------
# Both documents


@pytest.mark.parametrize("document", [budget, final], ids=["budget", "final"])
def test_nothing_is_found_wrong(document):
    assert check(document()) == []


def text_of(document: str) -> str:
    if document == "budget":
        rendered = render_disclosure(budget(), pack_of("base"))
    else:
        rendered = render_disclosure(final(), final_pack("base", 2024))
    return html.document_fromstring(rendered.html).text_content()


@pytest.mark.parametrize(
    ("document", "sentences"),
    [
        (
            "budget",
            [
                "2024年财政拨款收支总预算1,121.29万元。",
                "在职43人，减少2人",
                "（项）：2024年预算数为0.00万元，比上年预算减少50.00万元，下降100.00%",
                "示例县示例局及下属各预算单位占用使用国有资产",
                "2024年部门预算安排购置车辆经费18.00万元",
                "旅游宣传推广项目已于上年完成",
            ],
        ),
        (
            "final",
            [
                "与年初预算相比，年初预算数1,121.29万元，决算数1,177.85万元，预决算差异率5.04%",
                "年初预算数35.00万元，决算数31.50万元，预决算差异率-10.00%",
                "在职人员42人，减少1人；离休人员0人，减少1人；退休人员32人，增加1人",
                "使用非财政拨款结余（含专用结余）2.00万元，年初结转和结余54.30万元",
                "结余分配1.30万元，年末结转和结余23.10万元",
                "上缴上级支出2.00万元，占0.16%；经营支出5.10万元，占0.40%；对附属单位补助支出4.00万元，占0.32%。",
                "公务用车购置数1辆",
                "固定资产原值1,244.40万元",
            ],
        ),
    ],
)
def test_the_forms_that_real_documents_leave_empty_are_worded(document, sentences):
    text = text_of(document)
    assert [sentence for sentence in sentences if sentence not in text] == []


@pytest.mark.parametrize("document", ["budget", "final"])
def test_the_secret_project_is_in_neither_document(document):
    [secret] = [p for p in budget().projects if p.secret]
    assert secret.name not in text_of(document)
