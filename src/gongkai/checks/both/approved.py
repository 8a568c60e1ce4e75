"""Rules about the approved totals (核定数): against what was typed, and among each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import singledispatch
from itertools import product

from gongkai.checks.made_of import where_from
from gongkai.checks.rule import Figures, Problem, rule, unequal
from gongkai.findings import Level
from gongkai.model.reading import ZERO
from gongkai.prose.numbers import round_half_up
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.totals import Fact, Terms, Total, places

_SECTION = "核定数"
_HALF_CENT = Decimal("0.005")
"""万元; how far a printed figure may be from the exact one."""

_Parts = Sequence[tuple[str, Sequence[str]]]

_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
_OPENING, _CLOSING = "年初结转和结余", "年末结转和结余"
_OTHER_INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
_SPENDING = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")

_BUDGET_PARTS: _Parts = (
    ("收支总计", ("本年收入", "上年结转结余")),
    ("收支总计", ("基本支出", "项目支出")),
    ("本年收入", ("财政拨款", "财政专户", "单位资金")),
    ("财政拨款", _FUNDS),
    *((fund, (f"{fund}基本支出", f"{fund}项目支出")) for fund in _FUNDS),
    ("一般公共预算基本支出", ("人员经费", "公用经费")),
)
_FINAL_PARTS: _Parts = (
    ("收支总计", ("本年收入", "使用非财政拨款结余", _OPENING)),
    ("收支总计", ("本年支出", "结余分配", _CLOSING)),
    ("本年收入", ("财政拨款收入", *_OTHER_INCOME)),
    ("本年支出", _SPENDING),
    *(
        (f"财政拨款{measure}", tuple(f"{fund}{measure}" for fund in _FUNDS))
        for measure in ("收支总计", "收入", "支出", _OPENING, _CLOSING, "基本支出", "项目支出")
    ),
    *(
        pair
        for fund in ("财政拨款", *_FUNDS)
        for pair in (
            (f"{fund}收支总计", (f"{fund}收入", f"{fund}{_OPENING}")),
            (f"{fund}收支总计", (f"{fund}支出", f"{fund}{_CLOSING}")),
            (f"{fund}支出", (f"{fund}基本支出", f"{fund}项目支出")),
        )
    ),
    ("一般公共预算基本支出", ("人员经费", "公用经费")),
)
"""Totals that the forms print, each with the parts that they print beside it."""


@rule("GK404", "请核对批复数；批复无误的，逐科目核对金额")
def approved_totals_add_up(figures: Figures) -> Iterator[Problem]:
    """检查什么：由录入的各数算出的合计等于批复的核定数。
    为何重要：公开的数必须是批复的数；只差四舍五入的，各处都印核定数，并在这里说明，差得更多的是错误。
    依据：预算法第十四条（批复后二十日内公开批复的预算、决算）。
    怎样改：核对漏录、错录的科目；只差四舍五入、批复数无误的，不用改。
    """
    totals = {total.name: total for total in figures.totals}
    rounded: list[Problem] = []
    for name, stated in figures.stated.items():
        for way in totals[name].ways:
            exact = figures.sums.exact(way)
            if round_half_up(exact, places(stated)) == stated:
                continue  # it is printed as it would be without
            problem = unequal(figures, (_SECTION, name), f"核定的{name}", stated, "，各项合计", exact)
            if figures.sums.within(way, stated):
                rounded.append(problem)
            else:
                yield replace(problem, message=problem.message + where_from(figures, way, stated - exact))
            break
    if rounded:
        told = "；".join(problem.message for problem in rounded)
        remark = "（在四舍五入的误差之内，公开文件各处印核定数）"
        path = rounded[0].path if len(rounded) == 1 else (_SECTION,)
        yield replace(rounded[0], path=path, message=told + remark, level=Level.WARNING)


@singledispatch
def _parts(figures: Figures) -> _Parts:
    """Which totals add up to which, as printed."""
    return ()


@_parts.register
def _(figures: BudgetFigures) -> _Parts:
    return _BUDGET_PARTS


@_parts.register
def _(figures: FinalFigures) -> _Parts:
    return _FINAL_PARTS


@rule("GK441", "请核对批复的各个合计；批复无误的，把有关的合计都写进“核定数”")
def approved_totals_agree(figures: Figures) -> Iterator[Problem]:
    """检查什么：印出的合计等于印出的各部分之和（各数四舍五入的误差除外），同一笔钱的核定数相同。
    为何重要：合计按批复数印，部分按录入数算，两者对不上，读者一加就看得出来。
    依据：预算法第十四条；公开表的结构。
    怎样改：核对各个核定数；只写了合计的，把它的各部分（如基本支出、项目支出）的批复数也写上。
    """
    totals = {total.name: total for total in figures.totals}
    told: set[str] = set()
    yield from _one_money_one_figure(figures, totals)
    for whole, parts in _parts(figures):
        names = (whole, *parts)
        if not any(figures.sums.approved(totals[name].ways[0]) for name in names):
            continue
        stated = round_half_up(figures.total_of(whole))
        together = sum((round_half_up(figures.total_of(part)) for part in parts), ZERO)
        rounded = sum(bool(figures.sums.amounts(totals[part].ways[0])) for part in parts)
        if abs(stated - together) > _HALF_CENT * (1 + rounded):
            place = next((name for name in names if name in figures.stated), next(iter(figures.stated)))
            if place not in told:  # one wrong figure makes several sums wrong
                told.add(place)
                yield unequal(
                    figures, (_SECTION, place), f"印出的{whole}", stated, f"，{'、'.join(parts)}相加", together
                )


def _one_money_one_figure(figures: Figures, totals: Mapping[str, Total]) -> Iterator[Problem]:
    """Two approved figures for what is one figure in this file."""
    for name, stated in figures.stated.items():
        for way in totals[name].ways:
            shown = figures.sums.printed(way)
            if figures.sums.approved(way) and shown != stated and figures.sums.within(way, stated):
                what = f"核定的{name}"
                yield unequal(figures, (_SECTION, name), what, stated, "，同一笔钱的另一个核定数", shown)
                break


_LEVELS = {3: "各类", 5: "各款", 7: "各项"}


@rule("GK442", "请核对批复数和各科目金额；各科目的数无误的，可以不管", Level.WARNING)
def approved_totals_of_their_items(figures: Figures) -> Iterator[Problem]:
    """检查什么：按核定数印的合计，等于表上各“类”（款、项）之和（各数四舍五入的误差除外）。
    为何重要：合计差得比每一类四舍五入所能差的还多，读者把各类一加就看得出来。
    依据：公开表的结构：合计等于各类之和。
    怎样改：核对各科目的金额；录入的数比两位小数更细的，照账上的数写。
    """
    told: set[Decimal] = set()
    for total in figures.totals:
        stated = round_half_up(figures.sums.printed(total.ways[0]))
        if not figures.sums.approved(total.ways[0]) or stated in told:
            continue  # what is printed as it adds up, or the same money under another name
        for way, (level, what) in product(total.ways, _LEVELS.items()):
            parts = [terms for terms in _by_code(figures, way, level) if figures.sums.amounts(terms)]
            together = sum((round_half_up(figures.sums.printed(terms)) for terms in parts), ZERO)
            if abs(stated - together) > _HALF_CENT * (1 + len(parts)):
                told.add(stated)
                path = (_SECTION, total.name) if total.name in figures.stated else (_SECTION,)
                yield unequal(figures, path, f"印出的{total.name}", stated, f"，表上{what}相加", together)
                break


def _by_code(figures: Figures, terms: Terms, level: int) -> Sequence[Terms]:
    """A total's facts by their 类, 款 or 项; what has no code stands by itself."""
    groups: dict[str, list[tuple[Fact, int]]] = {}
    for fact, sign in terms:
        groups.setdefault(figures.code_of(fact)[:level], []).append((fact, sign))
    return list(groups.values())
