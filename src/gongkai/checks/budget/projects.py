"""Rules about what a project's name and texts say of its years and of its money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.checks.rule import Problem, in_file_unit, printed, rule
from gongkai.findings import Level, Path
from gongkai.model.budget.budget import Project
from gongkai.model.budget.sources import Fund
from gongkai.model.reading import ZERO
from gongkai.prose.numbers import round_half_up
from gongkai.statements.budget.figures import BudgetFigures

_FIGURE = r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)"
_AMOUNT = re.compile(rf"(?<![\d,]){_FIGURE}")
_INVESTMENT = re.compile(rf"(?:总投资|总概算|投资概算|概算(?:总额|总投资)?)(?:额|估算)?(?:约|共|为|是|：)?{_FIGURE}")
_SEVERAL = re.compile(
    r"""
    # 例：分年实施。
    分[年期](?:实施|建设|安排|投入)|跨年度?|建设(?:周)?期[为：]?[二两三四五六七八九2-9]年
    |[二两三四五2-9]年(?:内|期|建成|完成)
    """,
    re.VERBOSE,
)
_YEARLY = re.compile(r"(?:[本今当]年|20\d\d年)度?(?:度)?(?:计划|预算|拟)*(?:安排|投入|投资|下达|资金)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WHOLE = re.compile(
    rf"""
    # 例：安排资金20万元，
    (?:^|(?<=[，。；：]))(?:[本该]项目|项目)?(?:[本今当]年度?|20\d\d年度?)?(?:预算)?(?:共|共计|拟|计划|合计|总计)*
    (?:(?:安排|投入|下达|申请)(?:项目|预算|财政|专项|工作)?(?:资金|经费|预算)|(?:项目|预算|资金|经费)(?:预算|总额|合计|安排|资金)+)
    (?:总额|合计|规模)?(?:共|共计|为|是|：)?{_FIGURE}
    """,
    re.VERBOSE,
)

_OF_OTHER_YEARS = re.compile(
    r"""
    # 例：上年结转资金
    结转|结余|跨年|续建|尾款|质保金|遗留|清算|清欠|欠款|欠付|偿还|还本|付息|债券|以前年度
    |历年|往年|决算|考核|审计|
    奖励|奖补|验收|后续|二期|三期|[—－～至-]
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")


def _projects(figures: BudgetFigures) -> Iterator[tuple[Path, Project]]:
    for i, project in enumerate(figures.budget.projects):
        if not project.secret:
            yield ("项目", i), project


def _texts_of_money(path: Path, project: Project) -> Iterator[tuple[Path, str]]:
    """The texts that may speak of a project's money."""
    if project.allocation is not None:
        yield (*path, "资金分配"), project.allocation
    if project.target is not None:
        yield (*path, "绩效目标", "总体目标"), project.target.goal


def _wan(match: re.Match[str]) -> Decimal:
    """The amount of a match, 万元."""
    return Decimal(match["figure"].replace(",", "")) * (1 if match["unit"] == "万元" else Decimal("0.0001"))


def _several_years(project: Project, text: str) -> bool:
    return len(set(_YEAR.findall(project.period or ""))) > 1 or _SEVERAL.search(text) is not None


@rule("GK722", "请核对：只把本年度的钱写进“资金”；总投资确在本年度一次付清的，可以不管", Level.WARNING, kinds=("预算",))
def years_money_is_not_all_money(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：执行时间跨几年、分年实施的项目，本年度的资金不是它的总投资（概算）。
    为何重要：把几年的总投资写成一年的预算，收支总计跟着错。
    依据：预算按年度编制（预算法第十八条）。
    怎样改：资金只写本年度安排的；文字里写明“本年安排……万元”。
    """
    for path, project in _projects(figures):
        total = project.amount_of()
        for where, text in _texts_of_money(path, project):
            found = _INVESTMENT.search(text)
            if found is None or not _several_years(project, text) or _YEARLY.search(text):
                continue
            if total and _wan(found) == total:
                message = f"项目“{project.name}”跨几个年度，总投资 {printed(figures, total)}全写成了本年度的资金"
                yield Problem(where, message)
                break


@rule("GK723", "请核对文字和项目的资金", Level.WARNING, kinds=("预算",))
def stated_whole_is_the_money(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：资金分配、总体目标里说全部资金的（“安排资金20万元”“项目预算20万元”），等于项目的资金。
    为何重要：调整项目金额以后，文字里的数常忘了改。
    依据：项目支出绩效目标表、项目情况说明的资金与文字应当一致。
    怎样改：改正文字，或核对项目资金；说的是其中一部分的，把各部分写全。
    """
    for path, project in _projects(figures):
        allowed = {project.amount_of(), project.amount_of() - project.carried}
        allowed |= {project.amount_of(fund) for fund in Fund}
        for where, text in _texts_of_money(path, project):
            found = _WHOLE.search(text)
            if found is None or _several_years(project, text):
                continue
            said, places = _wan(found), len(found["figure"].partition(".")[2]) + (4 if found["unit"] == "元" else 0)
            if not _speaks_of_all(said, text) or any(round_half_up(one, places) == said for one in allowed):
                continue
            total = project.amount_of()
            message = f"文字里说“{found[0]}”，项目的资金是 {printed(figures, total)}"
            yield Problem(where, message, in_file_unit(figures, said), in_file_unit(figures, total))


def _speaks_of_all(said: Decimal, text: str) -> bool:
    """Whether an amount is the only one of a text, or the sum of the others: else it may be one part among them."""
    every = [_wan(match) for match in _AMOUNT.finditer(text)]
    return len(every) == 1 or sum(every, ZERO) == 2 * said


@rule("GK724", "请核对项目名称的年份；是以前年度的项目，可以不管", Level.HINT, kinds=("预算",))
def project_name_of_the_year(figures: BudgetFigures) -> Iterator[Problem]:
    """检查什么：项目名称里的年份不早于本年度；结转、续建、清算、考核之类以前年度的事和有结转资金的项目不算。
    为何重要：沿用上年的项目时常忘了改名称里的年份。
    依据：预算按年度编制（预算法第十八条）。
    怎样改：改正年份；确是以前年度的项目，在名称里说明（如“结转”）。
    """
    year = figures.budget.year
    for path, project in _projects(figures):
        if project.carried or _OF_OTHER_YEARS.search(project.name):
            continue
        years = [int(found) for found in _YEAR.findall(_QUOTED.sub("", project.name))]
        if years and max(years) < year:
            yield Problem((*path, "名称"), f"{year} 年的项目，名称里是 {max(years)} 年：“{project.name}”")
