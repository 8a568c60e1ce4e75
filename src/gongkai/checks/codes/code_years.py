"""Rules about what a code is: its years, its level, the money that may be spent under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from gongkai import catalog
from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.findings import Level, Path
from gongkai.model.budget.sources import Fund
from gongkai.model.final.final_account import FISCAL_MONEY
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures

from .codes import functional_codes, padded

_CAPITAL_CLASS = "223"

_GOVERNMENT_GROUPS = (
    "20707", "20709", "20822", "20823", "21208", "21210", "21211", "21213", "21214", "21366", "21367", "21598", "22006",
    "22198", "22904", "22908", "22911", "22960", "23107",
)  # fmt: skip
"""款 under which nothing but 政府性基金预算 is spent; not all of them, but sure."""


def _first_places(figures: Figures) -> Iterator[tuple[Path, str]]:
    """Every code once, where it stands first."""
    seen = set()
    for path, code in functional_codes(figures):
        if code not in seen:
            seen.add(code)
            yield path, code


@rule("GK305", "请改用后继科目；确需沿用的，核对“年度”", Level.WARNING)
def code_in_force(figures: Figures) -> Iterator[Problem]:
    """检查什么：科目在本年度没有停用。
    为何重要：停用的科目在本年度的表样里没有位置，沿用上年的文件时最容易带过来。
    依据：各年度的政府收支分类科目。
    怎样改：改用指出的后继科目。
    """
    year = disclosure(figures).year
    for path, code in _first_places(figures):
        for change in catalog.drift():
            if change.last_year is not None and code.startswith(change.code) and year > change.last_year:
                message = f"科目 {code} 从 {change.last_year + 1} 年起停用"
                if change.successor:
                    message += f"，改用 {change.successor}（{figures.name(change.successor)}）"
                yield Problem(path, message)


@rule("GK306", "请核对编码和“年度”", Level.WARNING)
def code_not_ahead(figures: Figures) -> Iterator[Problem]:
    """检查什么：科目在本年度已经启用。
    为何重要：新科目用在旧年度里，说明编码或年度写错了。
    依据：各年度的政府收支分类科目。
    怎样改：核对编码和年度。
    """
    year = disclosure(figures).year
    for path, code in _first_places(figures):
        for change in catalog.drift():
            if change.first_year is not None and code.startswith(change.code) and year < change.first_year:
                yield Problem(path, f"科目 {code} 从 {change.first_year} 年起才有，本文件是 {year} 年的")


@rule("GK309", "请照本年的政府收支分类科目核对编码和名称；目录没有的，在“科目名称”里写明", Level.HINT)
def year_in_catalogue(figures: Figures) -> Iterator[Problem]:
    """检查什么：文件的年度在科目目录所知的年度之内。
    为何重要：以后各年新设、改名、停用的科目目录不知道，这些不会有别的提醒，名称也不再与目录比较。
    依据：财政部每年印发的政府收支分类科目。
    怎样改：照本年的科目核对编码和名称；目录没有的科目，在“科目名称”里补上名称。
    """
    year = disclosure(figures).year
    if year > catalog.LAST_EDITION:
        yield Problem(("年度",), f"科目目录到 {catalog.LAST_EDITION} 年为止，不知道 {year} 年新设、改名和停用的科目")


@rule("GK307", "请写到“项”：款的编码后面再加两位，不是补 00")
def code_of_its_level(figures: Figures) -> Iterator[Problem]:
    """检查什么：“项”级科目不是“类”或“款”的编码补零而成的。
    为何重要：支出要公开到“项”，补零的编码不是“项”。
    依据：预算法实施条例第六条（按功能分类公开到项）。
    怎样改：写出七位的“项”级编码。
    """
    for path, code in _first_places(figures):
        upper = padded(code)
        if upper and code not in figures.own_names:
            level = "类" if len(upper) == 3 else "款"
            yield Problem(path, f"{code} 是“{level}”级科目 {upper}（{figures.name(upper)}）补零而成的，不是“项”级编码")


@singledispatch
def _spent_by_fund(figures: Figures) -> Iterable[tuple[Path, str, str]]:
    """Each 科目 with the names of the three funds spent under it this year."""
    return ()


@_spent_by_fund.register
def _(figures: FinalFigures) -> Iterator[tuple[Path, str, str]]:
    for i, account in enumerate(figures.account.accounts):
        for money in FISCAL_MONEY:
            if figures.spent(account.code, (money,)):
                yield ("科目收支", i), account.code, money.value


@_spent_by_fund.register
def _(figures: BudgetFigures) -> Iterator[tuple[Path, str, str]]:
    spent = {(s.code, s.source.fund) for s in figures.spending if s.amount}
    for i, entry in enumerate(figures.budget.expenditures):
        for fund in (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL):
            if (entry.code, fund) in spent:
                yield ("支出", i), entry.code, fund.value


@rule("GK308", "请核对编码和资金性质", Level.WARNING)
def code_of_its_fund(figures: Figures) -> Iterator[Problem]:
    """检查什么：政府性基金、国有资本经营预算的专用科目没有列其他预算的钱；国有资本经营预算没有列到别的类。
    为何重要：三本预算各用各的科目，用错了，表5、表8、表9（决算05、07、08表）就串了。
    依据：政府收支分类科目；预算法第五条（四本预算保持完整、独立）。
    怎样改：核对编码，或核对金额写在哪本预算下。
    """
    for path, code, fund in _spent_by_fund(figures):
        proper = fund
        if code.startswith(_CAPITAL_CLASS):
            proper = Fund.CAPITAL.value
        elif code.startswith(_GOVERNMENT_GROUPS):
            proper = Fund.GOVERNMENT.value
        elif fund == Fund.CAPITAL.value:
            yield Problem(path, f"科目 {code} 有国有资本经营预算，国有资本经营预算支出应列 {_CAPITAL_CLASS} 类")
        if proper != fund:
            yield Problem(path, f"科目 {code} 有{fund}，这个科目是{proper}的")
