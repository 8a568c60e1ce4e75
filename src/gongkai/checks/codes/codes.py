"""Rules about classification codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from gongkai import catalog
from gongkai.catalog import Catalogue, ancestors
from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.findings import Level, Path
from gongkai.statements.budget.figures import BudgetFigures

_SIMILAR = 3
"""More similar codes than this are not named."""


def padded(code: str) -> str | None:
    """The known 款 or 类 that somebody filled up with zeros to the length of a 项: 20113 of 2011300."""
    upper = code[:3] if code.endswith("0000") else code[:5]
    return upper if len(code) == 7 and code.endswith("00") and upper in catalog.functional() else None


def functional_codes(figures: Figures) -> Iterator[tuple[Path, str]]:
    """Every functional code of a file with its place."""
    for i, code in enumerate(figures.item_codes):
        yield (figures.item_list, i, "科目"), code
    yield from _codes_beside(figures)


@singledispatch
def _codes_beside(figures: Figures) -> Iterable[tuple[Path, str]]:
    """The functional codes that stand elsewhere than in the list of the 科目."""
    return ()


@_codes_beside.register
def _(figures: BudgetFigures) -> Iterator[tuple[Path, str]]:
    budget = figures.budget
    for i, project in enumerate(budget.projects):
        for j, money in enumerate(project.money):
            yield ("项目", i, "资金", j, "科目"), money.code
    for code in budget.uses:
        yield ("支出用途", code), code


def _economic_codes(figures: Figures) -> Iterator[tuple[Path, str]]:
    for code in disclosure(figures).basic_by_economic:
        yield ("基本支出经济分类", code), code
    yield from _economic_codes_of_projects(figures)


@singledispatch
def _economic_codes_of_projects(figures: Figures) -> Iterable[tuple[Path, str]]:
    return ()


@_economic_codes_of_projects.register
def _(figures: BudgetFigures) -> Iterator[tuple[Path, str]]:
    for i, project in enumerate(figures.budget.projects):
        for j, money in enumerate(project.money):
            if money.economic is not None:
                yield ("项目", i, "资金", j, "经济分类"), money.economic


def _unknown(figures: Figures, known: Catalogue, what: str, path: Path, code: str) -> Iterator[Problem]:
    names = figures.own_names
    for level in (*ancestors(code), code):
        if level in known or level in names:
            continue
        where = "" if level == code else f"，连 {level} 也没有"
        parent = (ancestors(level) or ("",))[-1]
        if parent in known and not known.lists_below(parent):
            yield Problem(path, f"{what}目录没有收录 {parent}（{known.name(parent)}）下面的科目，不知道 {code} 的名称")
            return
        similar = known.alike(level)
        named = "、".join(f"{subject.code}（{subject.name}）" for subject in similar[:_SIMILAR])
        hint = f"；是否想写 {named}{'等' if len(similar) > _SIMILAR else ''}？" if similar else ""
        yield Problem(path, f"{what}目录里没有编码 {code}{where}{hint}")
        return


@rule("GK301", "请核对编码；目录确实没有的，在“科目名称”里写明“编码: 名称”")
def functional_code_known(figures: Figures) -> Iterator[Problem]:
    """检查什么：支出功能分类的类、款、项编码在科目目录里，或在“科目名称”里写了名称。
    为何重要：编码错一位，金额就列到别的科目里去了；没有名称的科目也印不出来。
    依据：政府收支分类科目；预算法第三十二条。
    怎样改：核对编码；当年新设、目录没有的科目，在“科目名称”里补上名称。
    """
    for path, code in functional_codes(figures):
        if padded(code) and code not in figures.own_names:
            continue  # told by the rule of levels
        yield from _unknown(figures, catalog.functional(), "支出功能分类", path, code)


@rule("GK302", "请核对编码；目录确实没有的，在“科目名称”里写明“编码: 名称”")
def economic_code_known(figures: Figures) -> Iterator[Problem]:
    """检查什么：部门预算支出经济分类的类、款编码在科目目录里，或在“科目名称”里写了名称。
    为何重要：编码决定列入人员经费还是公用经费。
    依据：部门预算支出经济分类科目；预算法实施条例第六条。
    怎样改：核对编码；目录没有的科目，在“科目名称”里补上名称。
    """
    for path, code in _economic_codes(figures):
        yield from _unknown(figures, catalog.economic(), "部门预算支出经济分类", path, code)


@rule("GK303", "请核对；名称与目录一致的可以不写", Level.WARNING)
def name_agrees(figures: Figures) -> Iterator[Problem]:
    """检查什么：“科目名称”里写的名称与科目目录一致。目录里没有核实过的名称只作提示；年度在目录所知的最后一年以后的，不比较名称。
    为何重要：同一编码在各单位的文件里应当同名。
    依据：政府收支分类科目。
    怎样改：写错的改正；当年改了名的保留，这条可以不管。
    """
    if disclosure(figures).year > catalog.LAST_EDITION:
        return
    for code, name in figures.own_names.items():
        subject = catalog.functional().get(code) or catalog.economic().get(code)
        if subject is None or subject.name == name:
            continue
        said = f"{code} 在目录里叫“{subject.name}”，这里写的是“{name}”"
        if any(change.code == code and change.former_name == name for change in catalog.drift()):
            said = f"“{name}”是 {code} 的旧名，现在叫“{subject.name}”"
        doubt, level = ("", None) if subject.verified else ("（目录的这一条没有核实过，以批复的名称为准）", Level.HINT)
        yield Problem(("科目名称", code), said + doubt, level=level)


@rule("GK304", "请把同一科目的金额合并成一条")
def code_once(figures: Figures) -> Iterator[Problem]:
    """检查什么：“支出”里一个科目只有一条。
    为何重要：同一科目写两条，上年数和原因就不知道以哪条为准。
    依据：一个科目一条是本文件的写法。
    怎样改：合并成一条。
    """
    first: dict[str, int] = {}
    for i, code in enumerate(figures.item_codes):
        if code in first:
            yield Problem((figures.item_list, i, "科目"), f"科目 {code} 与第 {first[code] + 1} 条重复")
        first.setdefault(code, i)
