"""Rules about sums that must agree (勾稽关系)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.findings import Level
from gongkai.model.base import ZERO, Explained
from gongkai.model.budget import Fund, Source, ThreePublicItem
from gongkai.statements.budget_view import income_entries
from gongkai.statements.figures import APPROPRIATED, BudgetFigures, Nature, of_fund

from .rule import Problem, disagreement, printed, rule, unequal
from .words import change_explained


@rule("GK401", "请核对各科目的基本支出和经济分类各款")
def basic_equals_economic(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算基本支出按科目的合计等于按经济分类的合计。
    为何重要：表5的基本支出和表6的合计是同一个数。
    依据：预算法第三十七条（按功能和经济性质分别编制）。
    怎样改：逐款核对经济分类，或逐项核对各科目的基本支出。
    """
    items = figures.budget.basic_by_economic
    expected = figures.basic(sources=of_fund(Fund.GENERAL))
    stated = sum(items.values(), ZERO)
    yield from disagreement(
        figures, ("基本支出经济分类",), "基本支出经济分类合计", stated,
        "各科目的一般公共预算基本支出合计", expected, len(items),
    )  # fmt: skip


@rule("GK402", "请核对该科目的项目支出，以及用到它的各个项目；非财政拨款的项目也要列入“项目”")
def projects_equal_spending(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：每个科目、每种来源的项目支出等于各项目资金之和。
    为何重要：表3、表5的项目支出和表7、各项目绩效目标表说的是同一笔钱。
    依据：预算法实施条例第六条（项目支出要公开）。
    怎样改：核对“支出”里该科目的项目支出，或“项目”里各条资金。
    """
    budget = figures.budget
    by_project: dict[tuple[str, Source], list[Decimal]] = {}
    for project in budget.projects:
        for money in project.money:
            by_project.setdefault((money.code, money.source), []).append(money.amount)
    codes = [entry.code for entry in budget.expenditures]
    for i, entry in enumerate(budget.expenditures):
        if entry.code in codes[:i]:
            continue  # a duplicate, counted with the first entry
        for source in Source:
            parts = by_project.pop((entry.code, source), [])
            stated = figures.project(entry.code, (source,))
            yield from disagreement(
                figures, ("支出", i, "项目支出", source.value), f"科目 {entry.code} 的项目支出（{source.value}）",
                stated, "各项目资金合计", sum(parts, ZERO), len(parts) + 1,
            )  # fmt: skip
    for (code, source), parts in by_project.items():
        path = next(
            ("项目", i, "资金", j, "科目")
            for i, project in enumerate(budget.projects)
            for j, money in enumerate(project.money)
            if (money.code, money.source) == (code, source)
        )
        total = sum(parts, ZERO)
        yield Problem(path, f"项目用了科目 {code}（{source.value}）{printed(figures, total)}，“支出”里没有这个科目")


@rule("GK403", "请核对单位资金的构成")
def own_income_composition(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：单位资金的构成之和等于支出中的单位资金。
    为何重要：表1里“5.单位资金”等于它下面五行之和。
    依据：预算法实施条例第六条；表1的结构。
    怎样改：补全或改正“收入 › 单位资金 › 构成”。
    """
    unit = figures.budget.income.unit
    if unit is not None and unit.parts:
        yield from disagreement(
            figures, ("收入", "单位资金", "构成"), "单位资金的构成合计", sum(unit.parts.values(), ZERO),
            "支出中的单位资金", figures.income(Source.UNIT), len(unit.parts) + 1,
        )  # fmt: skip


@rule("GK404", "请核对批复数；批复无误的，逐科目核对金额")
def control_figures(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：由各科目算出的合计等于批复的核定数。
    为何重要：公开的数必须是人大批准、财政批复的数。
    依据：预算法第十四条（批复后二十日内公开批复的预算）。
    怎样改：核对漏录、错录的科目。
    """
    control = figures.budget.control
    if control is None:
        return
    spending = figures.spending
    pairs = {
        "收支总计": (control.total, spending),
        "财政拨款": (control.fiscal, [s for s in spending if s.source in APPROPRIATED]),
        "基本支出": (control.basic, [s for s in spending if s.nature is not Nature.PROJECT]),
        "项目支出": (control.project, [s for s in spending if s.nature is Nature.PROJECT]),
    }
    for name, (stated, parts) in pairs.items():
        if stated is not None:
            computed = sum((part.amount for part in parts), ZERO)
            what = f"核定的{name}"
            yield from disagreement(figures, ("核定数", name), what, stated, "各科目合计", computed, len(parts))


def _prior(explained: Explained | None) -> Decimal:
    return explained.prior if explained is not None else ZERO


@rule("GK405", "请核对各处的上年数（上年预算公开里的数）")
def prior_general_agrees(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算的上年数在收入、支出性质、科目三处合计相同；另两本预算在收入、科目两处相同。
    为何重要：三处的增减额说的是同一个增减，合计不同就自相矛盾。
    依据：本年各处合计相等，上年也应相等。
    怎样改：找出上年预算公开文件，逐处核对。
    """
    if any(change_explained.check(figures)):
        return  # a last year's figure is missing, and that is said already
    budget = figures.budget
    income = _prior(budget.income.general) + _prior(budget.income.general_upper)
    changes = budget.expenditure_changes
    nature = _prior(changes.general_basic) + _prior(changes.general_project)
    items = [_prior(entry.changes.get(Fund.GENERAL)) for entry in budget.expenditures]
    yield from disagreement(
        figures, ("支出变动",), "一般公共预算基本支出、项目支出的上年数合计", nature,
        "收入里一般公共预算的上年数", income, 4,
    )  # fmt: skip
    yield from disagreement(
        figures, ("支出",), "各科目一般公共预算的上年数合计", sum(items, ZERO),
        "收入里一般公共预算的上年数", income, len(items) + 2,
    )  # fmt: skip
    yield from _prior_of_fund(figures, Fund.GOVERNMENT, budget.income.government, budget.income.government_upper)
    yield from _prior_of_fund(figures, Fund.CAPITAL, budget.income.capital, budget.income.capital_upper)


def _prior_of_fund(figures: BudgetFigures, fund: Fund, *income: Explained | None) -> Iterator[Problem]:
    items = [_prior(entry.changes.get(fund)) for entry in figures.budget.expenditures if fund in entry.changes]
    received = sum((_prior(explained) for explained in income), ZERO)
    yield from disagreement(
        figures, ("支出",), f"各科目{fund.value}的上年数合计", sum(items, ZERO),
        f"收入里{fund.value}的上年数", received, len(items) + 2,
    )  # fmt: skip


@rule("GK406", "请核对各处的上年数（上年预算公开里的数）")
def prior_total_agrees(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：各项收入的上年数之和等于基本支出、项目支出的上年数之和。
    为何重要：上年收支总计是一个数。
    依据：收入总计等于支出总计。
    怎样改：找出上年预算公开文件，逐处核对。
    """
    if any(change_explained.check(figures)):
        return  # a last year's figure is missing, and that is said already
    income = [explained.prior for _, _, explained in income_entries(figures) if explained is not None]
    changes = figures.budget.expenditure_changes
    yield from disagreement(
        figures, ("支出变动",), "基本支出、项目支出的上年数合计", _prior(changes.basic) + _prior(changes.project),
        "各项收入的上年数合计", sum(income, ZERO), len(income) + 2,
    )  # fmt: skip


@rule("GK407", "请核对“三公经费”和基本支出经济分类")
def three_public_covers_basic(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：“三公”经费各项不小于基本支出经济分类里的同名款。
    为何重要：表10包括基本支出和项目支出里的全部“三公”经费，不会比其中一部分还少。
    依据：部门预算支出经济分类 30212、30217、30231、31013。
    怎样改：核对两处金额；项目里另有“三公”经费的，表10应更大。
    """
    items = figures.budget.three_public
    pairs: tuple[tuple[str, str, ThreePublicItem], ...] = (
        ("30212", "因公出国（境）费", items.abroad),
        ("30217", "公务接待费", items.reception),
        ("30231", "公务用车运行费", items.vehicle_running),
        ("31013", "公务用车购置费", items.vehicle_purchase),
    )
    for code, name, item in pairs:
        basic = figures.budget.basic_by_economic.get(code, ZERO)
        if basic > item.general:
            other = f"，小于基本支出经济分类里 {code} 的"
            yield unequal(figures, ("三公经费", name), name, item.general, other, basic)


@rule("GK408", "请核对政府采购各数")
def procurement_nested(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：面向小微企业不大于面向中小企业，面向中小企业不大于政府采购预算。
    为何重要：小微企业是中小企业的一部分，中小企业预留是采购预算的一部分。
    依据：政府采购促进中小企业发展管理办法。
    怎样改：核对三个数。
    """
    p = figures.budget.procurement
    chain = (
        ("面向小微企业", p.reserved_small, "面向中小企业", p.reserved_small_medium),
        ("面向中小企业", p.reserved_small_medium, "政府采购预算", p.total),
    )
    for small_name, small, large_name, large in chain:
        if small > large:
            yield unequal(figures, ("政府采购", small_name), small_name, small, f"，大于{large_name}", large)


@rule("GK409", "请核对各指标的权重；另外 10 分为预算执行率", Level.WARNING)
def weights_sum(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：每张绩效目标表的指标权重合计为 90。
    为何重要：另外 10 分留给预算执行率，合计应为 100。
    依据：绩效目标表的填报要求。
    怎样改：调整权重。
    """
    budget = figures.budget
    tables = [(("整体绩效目标", "指标"), budget.unit_target)]
    targets = [(("项目", i, "绩效目标", "指标"), p.target) for i, p in enumerate(budget.projects)]
    for path, target in (*tables, *targets):
        if target is None:
            continue
        total = sum((indicator.weight for indicator in target.indicators), ZERO)
        if total != 90:
            yield Problem(path, f"指标权重合计 {total:f}，应为 90，相差 {abs(total - 90):f}", total, Decimal(90))


@rule("GK410", "请把这笔钱写进“人员经费”或“公用经费”")
def basic_divided(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：政府性基金、国有资本经营预算和上年结转结余的基本支出分了人员经费和公用经费。
    为何重要：表8、表9、表11的基本支出分这两列。
    依据：表8、表9、表11的结构。
    怎样改：不写“基本支出”，改写“人员经费”“公用经费”。
    """
    divided_by_economic = {*of_fund(Fund.GENERAL), Source.SPECIAL, Source.UNIT}
    for i, entry in enumerate(figures.budget.expenditures):
        for source, value in entry.basic.items():
            if value and source not in divided_by_economic:
                path = ("支出", i, "基本支出", source.value)
                yield Problem(path, f"{source.value}的基本支出没有分人员经费和公用经费")


@rule("GK411", "一般公共预算的基本支出写在“基本支出”里，人员、公用之分由“基本支出经济分类”得出")
def general_undivided(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算的基本支出没有另写人员经费和公用经费。
    为何重要：人员、公用之分由经济分类得出，写两处就可能不一致。
    依据：一个事实只写一次。
    怎样改：写在“基本支出”里。
    """
    for i, entry in enumerate(figures.budget.expenditures):
        for name, part in (("人员经费", entry.staff), ("公用经费", entry.operating)):
            for source in of_fund(Fund.GENERAL):
                if part.get(source):
                    yield Problem(("支出", i, name, source.value), f"{source.value}不用另写“{name}”")
