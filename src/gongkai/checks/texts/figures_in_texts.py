"""Rules about numbers that a text repeats: people, vehicles, a project's money, last year's figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import singledispatch

from gongkai.checks.rule import Figures, Problem, disclosure, in_file_unit, printed, rule
from gongkai.checks.subjects.reasons import reasons
from gongkai.checks.subjects.texts import FreeText, Kind, texts
from gongkai.checks.subjects.three_public import rented
from gongkai.findings import Level, Path
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund
from gongkai.model.unit import Headcount, Staffing
from gongkai.model.words import other_kind as other_kind_of
from gongkai.prose.numbers import round_half_up
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures

_NUMBER = r"(?P<number>\d+|[一二两三四五六七八九十])"
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_PEOPLE = re.compile(
    rf"""
    # 例：在职人员为25人
    (?<!新增)(?<!增加)(?<!转)(?P<who>在职|(?:退休|离休)(?=人员|职工|干部|人数))(?:人员|职工|干部|人数)?(?:为|共|有)?{_NUMBER}[人名]
    """,
    re.VERBOSE,
)
_COME_AND_GONE = re.compile("新进|新增|新招|新录|招录|调入|调出|离职|辞职")
"""A reason that begins with who came or went goes on with those who retired this year, not with all the retired."""
_PEOPLE_CHANGE = re.compile(
    rf"""
    # 例：退休人员增加三人
    (?P<who>在职|退休|离休)(?:人员|职工|干部|人数)?(?:较上年|比上年)?(?P<way>增加|减少)了?{_NUMBER}[人名]
    """,
    re.VERBOSE,
)
_POSTS = re.compile(r"(?<!事业)(?<!行政)编制数?(?:为|共|有)?(?P<number>\d+)(?:[个名人，。；]|$)")
_FLEET = re.compile(
    rf"""
    # 例：公务用车保有量4辆。
    (?:(?:公务用车|车辆)保有量(?:为|共)?|(?:现有|共有|实有|拥有)(?:公务用车|公务车辆|车辆)){_NUMBER}[辆台]
    """,
    re.VERBOSE,
)
_OTHERS = re.compile("其他单位|各单位|各部门|全[省州市县区]|下属|所属|平台|企业|社会|辖区|居民|群众")
"""Whose cars a clause counts, when they are not the unit's own."""
_NO_CAR = re.compile(
    r"""
    # 例：我单位没有公务用车。
    (?:^|(?<=[，。；]))(?:因)?(?:[本我](?:单位|部门|局))?(?:现|目前)?(?:无|没有|未配备|未保有)(?:任何)?公务用车(?:辆)?(?=[，。；]|$)
    """,
    re.VERBOSE,
)
_SEVERAL_YEARS = re.compile(
    r"""
    # 例：分年实施。
    分[年期]|跨年|(?<!\d)[二两三四五六七八九十2-9]年(?:内|期|建设|完成)|[本今当]年度?(?:计划|预算)?(?:安排|投入|投资|下达)
    """,
    re.VERBOSE,
)
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LAST_YEAR = re.compile(
    r"""
    # 例：上年为1万元
    (?:上年|去年)(?:度)?(?P<kind>预算|决算)?(?:数|安排|资金|经费|为|是|共)*(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)
    """,
    re.VERBOSE,
)
_MONEY = r"(?:共|为|了)?(?P<figure>\d[\d,]*(?:\.\d+)?)万元"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _DIGITS[text]


def _of_the_unit(figures: Figures) -> list[FreeText]:
    """What is said of the unit as a whole: a project's texts may count other people and other cars."""
    projects = {"项目", "项目绩效自评"}
    return [t for t in texts(figures) if t.path[0] not in projects and t.kind not in {Kind.PERSON, Kind.NAME}]


@rule("GK714", "请核对文字和“概况 › 人员”", Level.WARNING)
def people_agree(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里说的编制数、在职、退休、离休人数和增减与“人员”一致；绩效目标可以按上年末的人数。
    为何重要：人员变动是人员经费变动的依据，两处不同就有一处没有更新。
    依据：公开内容应当真实、准确。
    怎样改：改正文字，或核对人员。
    """
    people = disclosure(figures).profile.staffing
    counts: dict[str, Headcount] = {"在职": people.serving, "退休": people.retired, "离休": people.veteran_retired}
    for text in _of_the_unit(figures):
        for found in _PEOPLE_CHANGE.finditer(text.text):
            who, actual = found["who"], counts[found["who"]].change
            said = _number(found["number"]) * (1 if found["way"] == "增加" else -1)
            if said != actual:
                yield _unequal(text.path, f"{who}人员增减", said, actual)
        for found in _PEOPLE.finditer(text.text):
            if text.kind is Kind.REASON and _COME_AND_GONE.search(text.text[: found.start()]):
                continue
            who, said = found["who"], _number(found["number"])
            now = counts[who].count
            if said not in {now, now - counts[who].change}:
                yield _unequal(text.path, f"{who}人数", said, now)
        posts = _POSTS.search(text.text)
        if posts and isinstance(people, Staffing) and int(posts["number"]) != people.posts:
            yield _unequal(text.path, "编制数", int(posts["number"]), people.posts)


@rule("GK715", "请核对文字和“国有资产 › 车辆”", Level.WARNING)
def vehicles_agree(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里说的车辆数、公务用车保有量与资产、“三公”经费里的一致。
    为何重要：车辆数是“三公”经费的依据，两处不同就有一处没有更新。
    依据：公开内容应当真实、准确。
    怎样改：改正文字，或核对车辆数。
    """
    known = figures.fleet_counts
    for text in _of_the_unit(figures):
        found = next((m for m in _FLEET.finditer(text.text) if not _OTHERS.search(_clause_before(m))), None)
        if found and _number(found["number"]) not in known:
            yield _unequal(text.path, "车辆数", _number(found["number"]), max(known))


def _clause_before(match: re.Match[str]) -> str:
    """What the clause says before the match."""
    return re.split("[，。；]", match.string[: match.start()])[-1]


def _unequal(path: Path, what: str, said: int, actual: int) -> Problem:
    message = f"文字里说{what} {said}，数据里是 {actual}，相差 {abs(said - actual)}"
    return Problem(path, message, Decimal(said), Decimal(actual))


@rule("GK716", "请核对文字和项目的资金", Level.WARNING)
def project_money_agrees(figures: Figures) -> Iterator[Problem]:
    """检查什么：绩效目标里说的总投资、财政资金、其他资金，自评里说的资金支出，与该项目的资金一致。
    为何重要：调整项目金额以后，目标里的数常忘了改。
    依据：项目支出绩效目标表、自评表的资金与目标应当一致。
    怎样改：改正文字，或核对项目资金。
    """
    for path, text, pattern, actual in _project_amounts(figures):
        found = re.search(pattern + _MONEY, text)
        if found is None:
            continue
        figure = found["figure"]
        said = Decimal(figure.replace(",", ""))
        right = round_half_up(actual, max(2, len(figure.partition(".")[2])))
        if abs(said - right) > Decimal("0.01"):
            message = f"文字里说 {figure} 万元，项目的资金是 {right:,f} 万元，相差 {abs(said - right):,f} 万元"
            yield Problem(path, message, said, right)


@singledispatch
def _project_amounts(figures: Figures) -> Iterable[tuple[Path, str, str, Decimal]]:
    """Texts about a project's money, the words that lead to the amount, and what it must be (万元)."""
    return ()


@_project_amounts.register
def _(figures: BudgetFigures) -> Iterator[tuple[Path, str, str, Decimal]]:
    for i, project in enumerate(figures.budget.projects):
        if project.secret or project.target is None:
            continue
        path, goal = ("项目", i, "绩效目标", "总体目标"), project.target.goal
        # What a project takes in all its years is more than the year's money.
        if not _SEVERAL_YEARS.search(goal) and len(set(_YEARS.findall(f"{project.period} {goal}"))) < 2:
            yield path, goal, "总投资", project.amount_of()
        yield path, goal, "财政资金", project.amount_of(*FISCAL_FUNDS)
        yield path, goal, "其他资金", project.amount_of(Fund.SPECIAL, Fund.UNIT)


@_project_amounts.register
def _(figures: FinalFigures) -> Iterator[tuple[Path, str, str, Decimal]]:
    for i, evaluation in enumerate(figures.account.project_evaluations):
        if not evaluation.secret:
            spent = evaluation.fiscal.spent + evaluation.other.spent
            yield ("项目绩效自评", i, "完成情况"), evaluation.outcome, "(?:共支出|支出资金|资金支出)", spent


@rule("GK717", "请核对文字和“上年”；由程序算出的数不必在原因里再写", Level.WARNING)
def last_years_figure_agrees(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因一开头就说“上年安排……万元”“上年为……万元”的，与该处的上年数一致（按写出的小数位数四舍五入）。
    为何重要：同一个数写两处，改了一处就对不上。
    依据：一个事实只写一次；情况说明与报表应当一致。
    怎样改：删去原因里的数，或核对上年数。
    """
    other_kind = other_kind_of(disclosure(figures).kind)
    for reason in reasons(figures):
        # Further on a clause may speak of a part; it is the whole that a reason begins with.
        found = _LAST_YEAR.fullmatch(re.split("[，。；]", reason.text)[0])
        if found is None or reason.base != "上年" or found["kind"] == other_kind:
            continue
        figure = found["figure"]
        said = Decimal(figure.replace(",", "")) * (Decimal("0.0001") if found["unit"] == "元" else 1)
        places = len(figure.partition(".")[2]) + (4 if found["unit"] == "元" else 0)
        if said != round_half_up(reason.before, places):
            before = printed(figures, reason.before, reason.path)
            message = f"{reason.what}的原因里说上年 {figure} {found['unit']}，上年数是 {before}"
            stated, expected = (in_file_unit(figures, amount, reason.path) for amount in (said, reason.before))
            yield Problem(reason.path, message, stated, expected)


@rule("GK718", "请核对文字和车辆；车辆是租用的，写明租用", Level.WARNING)
def cars_are_not_denied(figures: Figures) -> Iterator[Problem]:
    """检查什么：有公务用车运行维护费或保有量的，文字里不说“没有公务用车”；说明是租用的不算。
    为何重要：一处说没有车，另一处有车的钱，是公开文件里一眼可见的矛盾。
    依据：公开内容应当真实、准确。
    怎样改：改正文字，或核对运行维护费和保有量。
    """
    cost, fleet = figures.official_cars
    if not cost and not fleet:
        return
    for text in _of_the_unit(figures):
        if _NO_CAR.search(text.text) and not rented(text.text):
            had = f"公务用车运行费 {printed(figures, cost, text.path)}，公务用车 {fleet} 辆"
            yield Problem(text.path, f"文字里说没有公务用车，而{had}")
