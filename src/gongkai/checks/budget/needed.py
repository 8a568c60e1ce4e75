"""Rules about what is needed where it is printed, and becomes something that nobody wrote where it is missing."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.rule import Problem, printed, rule
from gongkai.findings import Level
from gongkai.model.budget.sources import Fund, Source
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import of_fund


@rule("GK446", '请补上部门经济分类的“类”或“款”，如 "302"')
def economic_of_general_money(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：项目里一般公共预算的每笔资金写了经济分类。
    为何重要：表7按经济分类的“类”分列，没有写的哪一列都进不去；别的资金没有表按经济分类列，可以不写。
    依据：预算法第三十二条（支出按经济性质分类）；表7的结构。
    怎样改：在这笔资金里补上“经济分类”。
    """
    general = of_fund(Fund.GENERAL)
    for i, project in enumerate(figures.budget.projects):
        for j, money in enumerate(project.money):
            if money.source in general and money.amount and money.economic is None:
                what = "涉密项目" if project.secret else f"项目“{project.name}”"
                message = f"{what}的{money.source.value} {printed(figures, money.amount)}，没有写“经济分类”"
                yield Problem(("项目", i, "资金", j, "经济分类"), message)


@rule("GK447", "请写明由哪些收入构成；全部是其他收入的，写“构成: {其他收入: 金额}”", Level.WARNING)
def own_income_divided(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：有单位资金的，“收入 › 单位资金”写了构成。
    为何重要：表1在“单位资金”下面分列五种收入；没有写的全部印在“其他收入”，事业收入就错列了。
    依据：表1的结构；预算法实施条例第五条（其他收入的范围）。
    怎样改：补上“构成”，一种收入一个数。
    """
    amount, stated = figures.income(Source.UNIT), figures.budget.income.unit
    if amount and stated is not None and not stated.parts:  # that nothing is said of it is told by another rule
        message = f"单位资金 {printed(figures, amount)}，没有写“构成”，表1里将全部印作“其他收入”"
        yield Problem(("收入", "单位资金", "构成"), message)
