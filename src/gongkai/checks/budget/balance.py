"""Rules about sums that must agree (勾稽关系)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, disagreement, printed, rule, told_twice, unequal
from gongkai.findings import Level, Path
from gongkai.model.budget.budget import Expenditure
from gongkai.model.budget.sources import Fund, Source
from gongkai.model.reading import ZERO
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import of_fund
from gongkai.statements.totals import leeway


@rule("GK401", "请核对各科目的基本支出和经济分类各款")
def basic_equals_economic(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算基本支出按科目的合计等于按经济分类的合计。
    为何重要：表5的基本支出和表6的合计是同一个数。
    依据：预算法第三十七条（按功能和经济性质分别编制）。
    怎样改：逐款核对经济分类，或逐项核对各科目的基本支出。
    """
    whats = ("各科目的一般公共预算基本支出合计", "基本支出经济分类合计")
    yield from told_twice(figures, ("基本支出经济分类",), "一般公共预算基本支出", whats)


@rule("GK402", "请核对该科目的项目支出，以及用到它的各个项目；非财政拨款的项目也要列入“项目”")
def projects_equal_spending(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：每个科目、每种来源的项目支出等于各项目资金之和。
    为何重要：表3、表5的项目支出和表7、各项目绩效目标表说的是同一笔钱。
    依据：预算法实施条例第六条（项目支出要公开）。
    怎样改：核对“支出”里该科目的项目支出，或“项目”里各条资金。
    """
    budget, exact = figures.budget, figures.exact
    by_project: dict[tuple[str, Source], list[Decimal]] = {}
    first: dict[tuple[str, Source], Path] = {}
    for i, project in enumerate(budget.projects):
        for j, money in enumerate(project.money):
            by_project.setdefault((money.code, money.source), []).append(money.amount)
            first.setdefault((money.code, money.source), ("项目", i, "资金", j, "科目"))
    entries: dict[str, list[Expenditure]] = {}
    for entry in budget.expenditures:
        entries.setdefault(entry.code, []).append(entry)
    for i, entry in enumerate(budget.expenditures):
        if entry is not entries[entry.code][0]:
            continue  # a duplicate, counted with the first entry
        for source in Source:
            parts = by_project.pop((entry.code, source), [])
            stated = exact.project(entry.code, (source,))
            typed = [e.project.get(source, ZERO) for e in entries[entry.code]]
            yield from disagreement(
                figures, ("支出", i, "项目支出", source.value), f"科目 {entry.code} 的项目支出（{source.value}）",
                stated, "各项目资金合计", sum(parts, ZERO), [*typed, *parts],
            )  # fmt: skip
    for (code, source), parts in by_project.items():
        path = first[code, source]
        total = sum(parts, ZERO)
        yield Problem(
            path, f"项目用了科目 {code}（{source.value}）{printed(figures, total, path)}，“支出”里没有这个科目"
        )


@rule("GK403", "请核对单位资金的构成")
def own_income_composition(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：单位资金的构成之和等于支出中的单位资金。
    为何重要：表1里“5.单位资金”等于它下面五行之和。
    依据：预算法实施条例第六条；表1的结构。
    怎样改：补全或改正“收入 › 单位资金 › 构成”。
    """
    unit = figures.budget.income.unit
    if unit is not None and unit.parts:
        parts = list(unit.parts.values())
        spent = [s.amount for s in figures.spending if s.source is Source.UNIT]
        yield from disagreement(
            figures, ("收入", "单位资金", "构成"), "单位资金的构成合计", sum(parts, ZERO),
            "支出中的单位资金", sum(spent, ZERO), [*parts, *spent],
        )  # fmt: skip


@rule("GK408", "请核对政府采购各数")
def procurement_nested(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：面向小微企业不大于面向中小企业，面向中小企业不大于政府采购预算。
    为何重要：小微企业是中小企业的一部分，中小企业预留是采购预算的一部分。
    依据：政府采购促进中小企业发展管理办法。
    怎样改：核对三个数。
    """
    p = figures.budget.procurement
    parts = leeway((p.goods, p.works, p.services, p.reserved_small_medium))
    chain = (
        ("面向小微企业", p.reserved_small, "面向中小企业", p.reserved_small_medium, ZERO),
        ("面向中小企业", p.reserved_small_medium, "政府采购预算", p.total, parts),
    )
    for small_name, small, large_name, large, rounded in chain:
        if small > large + rounded:
            yield unequal(figures, ("政府采购", small_name), small_name, small, f"，大于{large_name}", large)


@rule("GK440", "请核对两个数；50万元以上的包括100万元以上的", Level.WARNING)
def equipment_nested(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：100万元以上的大型设备不比50万元以上的多。
    为何重要：价值100万元以上的也在50万元以上，“50万元以上0台，100万元以上3台”是一眼可见的矛盾。
    依据：国有资产占用情况说明的规定格式。
    怎样改：核对两个数；50万元以上的只数了100万元以下的，加上100万元以上的。
    """
    assets = figures.budget.assets
    place: Path = ("国有资产",)
    for path, kinds in ((place, assets), ((*place, "本年购置"), assets.planned)):
        if kinds.over_million > kinds.over_half_million:
            more, all_of_them = kinds.over_million, kinds.over_half_million
            message = f"100万元以上设备 {more} 台（套），50万元以上设备 {all_of_them} 台（套）"
            yield Problem((*path, "100万元以上设备"), message, Decimal(more), Decimal(all_of_them))


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


@rule("GK416", "请核对编制数和在职人数；确实超编的，可以不管", Level.WARNING)
def posts_cover_people(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：在职人数不大于编制数。
    为何重要：两个数写在同一句话里，读者一眼就看得出来。
    依据：机构编制管理的规定。
    怎样改：核对编制数和在职人数。
    """
    people = figures.budget.profile.staffing
    posts, serving = people.posts, people.serving.count
    if serving > posts:
        message = f"在职 {serving} 人，大于编制数 {posts}，相差 {serving - posts} 人"
        yield Problem(("概况", "人员", "编制数"), message, Decimal(serving), Decimal(posts))
