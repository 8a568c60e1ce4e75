"""Rules of a final account: balances, comparisons, self-evaluation (domain: 决算勾稽关系)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, disagreement, printed, rule, told_twice, unequal
from gongkai.findings import Level, Path
from gongkai.model.final.final_account import FISCAL_MONEY, Money
from gongkai.model.reading import ZERO
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.final.self_evaluation import EXECUTION_WEIGHT, add
from gongkai.statements.totals import leeway


@rule("GK451", "请核对各科目的收入、支出和结转结余")
def totals_balance(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：收入总计等于支出总计。
    为何重要：这是决算第一条勾稽关系，公开01表左右两边必须相等。
    依据：部门决算报表 01 表：本年收入＋使用非财政拨款结余＋年初结转和结余＝本年支出＋结余分配＋年末结转和结余。
    怎样改：核对财政拨款以外的收入、其他资金的支出和年初、年末结转和结余。
    """
    yield from told_twice(figures, ("科目收支",), "收支总计", ("支出总计", "收入总计"))


@rule("GK452", "请核对各科目的基本支出和经济分类各款")
def basic_equals_economic(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：一般公共预算财政拨款基本支出按科目的合计等于按经济分类的合计。
    为何重要：公开05表的基本支出和公开06表的合计是同一个数。
    依据：预算法第七十五条（按功能编到项、按经济编到款）。
    怎样改：逐款核对经济分类，或逐项核对各科目的基本支出。
    """
    whats = ("各科目的一般公共预算基本支出合计", "基本支出经济分类合计")
    yield from told_twice(figures, ("基本支出经济分类",), "一般公共预算基本支出", whats)


@rule("GK453", "请核对该科目的支出和年初、年末结转和结余；财政收回存量资金的，可以不管", Level.WARNING)
def appropriation_not_negative(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：每个科目、每本预算的财政拨款收入（支出＋年末结转－年初结转）不是负数。
    为何重要：年初结转比支出和年末结转之和还大，说明有一个数错了。
    依据：部门决算报表 04 表。
    怎样改：核对年初结转和结余、支出、年末结转和结余。
    """
    for i, account in enumerate(figures.account.accounts):
        for money in FISCAL_MONEY:
            received = figures.exact.appropriation(account.code, (money,))
            if received < 0:
                path: Path = ("科目收支", i)
                less = printed(figures, -received, path)
                yield Problem(path, f"科目 {account.code} 的{money.value}：支出加年末结转比年初结转少 {less}")


@rule("GK454", "请写“{上年: 上年决算数, 原因: 变动的主要原因}”；上年没有的，上年写 0")
def change_explained(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：凡是有一般公共预算、政府性基金、国有资本经营预算支出的科目，都给了上年数和原因。
    为何重要：没有上年数就算不出增减；没有原因的增减是审核中最常见的缺漏。
    依据：预算法第十四条（对重要事项作出说明）。
    怎样改：在指出的位置补上“上年”和“原因”。
    """
    for i, account in enumerate(figures.account.accounts):
        for money in FISCAL_MONEY:
            spent = figures.spent(account.code, (money,))
            if spent and money not in account.changes:
                what = f"科目 {account.code} 有{money.value} {printed(figures, spent, ('科目收支',))}"
                yield Problem(("科目收支", i, "变动"), f"{what}，“变动”里没有写它的上年数和原因")
    comparisons = figures.account.comparisons
    for name, money, stated in (
        ("一般公共预算", Money.GENERAL, comparisons.general),
        ("政府性基金预算", Money.GOVERNMENT, comparisons.government),
        ("国有资本经营预算", Money.CAPITAL, comparisons.capital),
    ):
        moved = any(money in a.changes and a.changes[money].prior for a in figures.account.accounts)
        # Of 一般公共预算 the explanations compare what was spent, of the other two also what is left.
        now = figures.spent(money=(money,)) if money is Money.GENERAL else figures.fund_codes(money)
        if (now or moved) and stated is None:
            yield Problem(("总体变动", name), f"有{name}，“总体变动”里没有写它的上年数、年初预算和原因")


@rule("GK455", "请核对各处的上年数（上年决算公开里的数）")
def prior_agrees(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：各科目一般公共预算的上年数合计等于总体变动里的上年数。
    为何重要：各科目的增减之和就是总的增减。
    依据：本年两处合计相等，上年也应相等。
    怎样改：找出上年决算公开文件，逐处核对。
    """
    accounts, stated = figures.account.accounts, figures.account.comparisons.general
    if stated is None:
        return  # nothing to be held against; where it is needed, it is asked for
    priors = [a.changes[Money.GENERAL].prior for a in accounts if Money.GENERAL in a.changes]
    yield from disagreement(
        figures, ("总体变动", "一般公共预算", "上年"), "一般公共预算的上年数",
        stated.prior, "各科目上年数合计", sum(priors, ZERO), [stated.prior, *priors],
    )  # fmt: skip


@rule("GK465", "请按所用年度的表样写：2024 年起写上级资金、本级资金，2023 年及以前写中央、自治区、地州市、县市区安排")
def funding_in_form(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：整体自评的资金按所用年度（写了“模板年度”的按它）表样的栏目填写。
    为何重要：写在别的年度的栏目里，表上看不到，合计里却有。
    依据：2023 年、2024 年绩效自评表的表样。
    怎样改：改写到所用年度的栏目里。
    """
    evaluation = figures.account.unit_evaluation
    if evaluation is None:
        return
    funding = evaluation.funding
    old = {"中央安排": funding.central, "自治区安排": funding.region}
    old |= {"地州市安排": funding.prefecture, "县市区安排": funding.county}
    new = {"上级资金": funding.upper, "本级资金": funding.own}
    form = figures.account.edition or figures.account.year
    for name, line in (old if form >= 2024 else new).items():
        if line.original or line.adjusted or line.spent:
            message = f"{form} 年的整体自评表没有“{name}”这一栏"
            yield Problem(("整体绩效自评", "资金", name), message)


@rule("GK466", "请核对全年预算和执行", Level.WARNING)
def projects_within_budget(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：每个项目的执行数不大于全年预算数。
    为何重要：执行率超过 100%，说明有一个数错了。
    依据：绩效自评表和部门决算报表出自同一套账。
    怎样改：核对“项目绩效自评”里的资金。
    """
    for i, project in enumerate(figures.account.project_evaluations):
        for name, line in (("财政拨款", project.fiscal), ("其他资金", project.other)):
            if line.spent > line.adjusted:
                path: Path = ("项目绩效自评", i, name)
                yield unequal(figures, path, f"{name}执行", line.spent, "，大于全年预算", line.adjusted)


@rule("GK458", "请核对政府采购各数")
def procurement_nested(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：授予小微企业不大于授予中小企业，授予中小企业不大于政府采购支出。
    为何重要：小微企业是中小企业的一部分，两者都是采购支出的一部分。
    依据：政府采购促进中小企业发展管理办法。
    怎样改：核对三个数。
    """
    p = figures.account.procurement
    parts = leeway((p.goods, p.works, p.services, p.small_medium))
    for name, small, large_name, large, rounded in (
        ("授予小微企业", p.small, "授予中小企业", p.small_medium, ZERO),
        ("授予中小企业", p.small_medium, "政府采购支出", p.total, parts),
    ):
        if small > large + rounded:
            yield unequal(figures, ("政府采购", name), name, small, f"，大于{large_name}", large)


@rule("GK459", "请核对各指标的权重和得分")
def scores_within_weights(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：每个指标的得分不大于权重；每张自评表的权重合计为 90。
    为何重要：另外 10 分是预算执行率，满分 100。
    依据：绩效自评表的填报要求。
    怎样改：核对权重和得分。
    """
    account = figures.account
    tables: list[tuple[Path, object]] = [(("整体绩效自评",), account.unit_evaluation)]
    tables += [(("项目绩效自评", i), project) for i, project in enumerate(account.project_evaluations)]
    for path, evaluation in tables:
        results = getattr(evaluation, "results", ())
        for j, result in enumerate(results):
            if result.score > result.weight:
                message = f"得分 {result.score:f} 大于权重 {result.weight:f}"
                yield Problem((*path, "指标", j, "得分"), message, result.score, result.weight)
        total = sum((result.weight for result in results), ZERO)
        if results and total != 100 - EXECUTION_WEIGHT:
            message = f"指标权重合计 {total:f}，应为 90"
            yield Problem((*path, "指标"), message, total, Decimal(90), Level.WARNING)


@rule("GK460", "请核对整体自评的资金和决算各数；照公开文件录入而不同的，可以不管", Level.WARNING)
def evaluation_agrees(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：整体自评的全年预算合计等于收入总计，执行合计等于本年支出，年初预算等于财政拨款年初预算。
    为何重要：同一份文件里同一个数写两处，常有一处没有更新。
    依据：绩效自评表和部门决算报表出自同一套账。
    怎样改：核对“整体绩效自评 › 资金”。
    """
    account = figures.account
    if account.unit_evaluation is None:
        return
    funding = account.unit_evaluation.funding
    whole = add(funding.lines)
    fiscal = add(tuple(line for line in funding.lines if line is not funding.other))
    path: Path = ("整体绩效自评", "资金")
    pairs = (
        ("整体自评的全年预算合计", whole.adjusted, "收入总计", figures.income_total),
        ("整体自评的执行合计", whole.spent, "本年支出合计", figures.spent()),
        ("整体自评的财政资金年初预算", fiscal.original, "财政拨款年初预算", account.comparisons.fiscal.budget),
    )
    for what, stated, other, expected in pairs:
        if abs(stated - expected) > Decimal("0.01"):
            yield unequal(figures, path, what, stated, f"，{other}", expected)


@rule("GK461", "请核对年度和公开日期", Level.WARNING)
def published_in_season(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：公开日期在决算年度之后两年之内。
    为何重要：沿用去年的文件时常忘了改年度或日期。
    依据：预算法第八十条、第十四条（次年批复，批复后二十日内公开）。
    怎样改：核对“年度”和“公开日期”。
    """
    account = figures.account
    if account.published.year not in {account.year + 1, account.year + 2}:
        message = f"{account.year} 年决算的公开日期是 {account.published.year} 年"
        yield Problem(("公开日期",), message)


@rule("GK462", "请补上", Level.WARNING)
def evaluation_present(figures: FinalFigures) -> Iterator[Problem]:
    """检查什么：有整体绩效自评，有成效、问题、措施。
    为何重要：绩效自评情况要随决算公开。
    依据：预算绩效管理的规定；部门决算公开的规定内容。
    怎样改：补上“整体绩效自评”和“绩效管理”。
    """
    if figures.account.unit_evaluation is None:
        yield Problem(("整体绩效自评",), "没有整体绩效自评")
    if figures.account.narrative is None:
        yield Problem(("绩效管理",), "没有写绩效管理的成效、问题和措施")
