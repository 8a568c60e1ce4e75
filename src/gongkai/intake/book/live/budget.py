"""The live checks of the book of a budget: each has the sense of the rule whose code it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Origin, Source

from . import shared
from .check import NOTHING, Cells, Check, Margin, cells

_BASIC, _PROJECT = "基本支出+人员经费+公用经费", "项目支出"
_ALL = f"{_BASIC}+{_PROJECT}"
_PUBLIC = ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费")
_CODES = ("30212", "31013", "30231", "30217")


def _sources(*, fund: Fund | None = None, carried: bool = False) -> tuple[str, ...]:
    """This year's sources, or the carried ones, of one fund or of all."""
    return tuple(s.value for s in Source if (s.origin is Origin.CARRIED) == carried and fund in {None, s.fund})


def _of_fund(fund: Fund) -> tuple[str, ...]:
    """All sources of a fund, carried money among them: those whose 上年 is told together."""
    return tuple(source.value for source in Source if source.fund is fund)


def _spent(columns: str = _ALL, sources: Sequence[str] = ()) -> tuple[Cells, ...]:
    return (Cells(f"支出.{columns}", where={"来源": sources} if sources else {}),)


_GENERAL = _sources(fund=Fund.GENERAL)
_CARRIED, _CURRENT = _sources(carried=True), _sources()
_APPROPRIATED = tuple(name for fund in FISCAL_FUNDS for name in _sources(fund=fund))

_PUBLIC_PLANNED = tuple(cell for name in _PUBLIC for fund in FISCAL_FUNDS for cell in cells(f"三公经费/{name}/{fund}"))

_TOTALS: dict[str, Sequence[Cells]] = {
    "收支总计": _spent(),
    "本年收入": _spent(sources=_CURRENT),
    "上年结转结余": _spent(sources=_CARRIED),
    "财政拨款": _spent(sources=_APPROPRIATED),
    **{fund.value: _spent(sources=_sources(fund=fund)) for fund in Fund},
    "基本支出": _spent(_BASIC),
    "项目支出": _spent(_PROJECT),
    **{
        f"{fund.value}{name}": _spent(columns, _sources(fund=fund))
        for fund in FISCAL_FUNDS
        for name, columns in (("基本支出", _BASIC), ("项目支出", _PROJECT))
    },
    "人员经费": shared.STAFF,
    "公用经费": shared.OPERATING,
    "三公经费": _PUBLIC_PLANNED,
    "政府采购": shared.BOUGHT,
}
"""The totals of 核定数 with what they add up (``BudgetFigures.totals``)."""


def _counted(of: str, codes: str, sources: str) -> str:
    """How many amounts of a block that are not nothing stand under each of the codes and sources (formulas)."""
    block, _, amounts = of.partition(".")
    where = f"{{{block}.科目}},{codes},{{{block}.来源}},{sources}"
    return "+".join(f'COUNTIFS({where},{{{block}.{amounts}}},"{sign}0")' for sign in "><")


def _apart() -> str:
    """How many rows of 支出 have another 项目支出 than the projects have, and how many of the projects have no row."""
    codes, sources = "{支出.科目}", "{支出.来源}"
    spent = f"SUMIFS({{支出.项目支出}},{codes},{codes},{sources},{sources})*{{×支出}}"
    money = f"SUMIFS({{项目资金.金额}},{{项目资金.科目}},{codes},{{项目资金.来源}},{sources})*{{×项目}}"
    typed = [_counted(of, codes, sources) for of in ("支出.项目支出", "项目资金.金额")]
    bound = f"0.005*(({typed[0]})*{{±支出}}+({typed[1]})*{{±项目}})+0.0000001"
    rows = f'SUMPRODUCT(({codes}<>"")*({sources}<>"")*(ABS({spent}-{money})>{bound}))'
    known = f"COUNTIFS({codes},{{项目资金.科目}},{sources},{{项目资金.来源}})"
    return f'{rows}+SUMPRODUCT(({{项目资金.科目}}<>"")*({{项目资金.金额}}<>"")*({known}=0))'


def _projects() -> list[Check]:
    money, spent = cells("项目资金.金额"), _spent(_PROJECT)
    blank = 'SUMPRODUCT(({支出.科目}="")*({支出.项目支出}<>""))+SUMPRODUCT(({项目资金.科目}="")*({项目资金.金额}<>""))'
    return [
        Check("GK402", "项目支出合计 = 各项目资金合计", spent, money, margin=Margin.ROUNDED),
        *(
            Check(
                "GK402", f"项目支出 = 项目资金：{source}", _spent(_PROJECT, (source.value,)),
                (Cells("项目资金.金额", where={"来源": (source.value,)}),), margin=Margin.ROUNDED,
            )
            for source in Source
        ),
        Check(
            "GK402", "项目支出与项目资金不同的科目和来源（个数）", _apart(), NOTHING, stated=(*money, *spent),
            unknown=blank,
        ),
    ]  # fmt: skip


def _priors() -> list[Check]:
    income = {name: cells(f"收入/{name}/上年")[0] for name in (*_CURRENT, "上年结转结余")}
    items = {
        fund: (Cells("支出.上年", where={"来源": _of_fund(fund)}),) for fund in FISCAL_FUNDS
    }  # the change of a fund stands in any row of its money
    natures = {name: cells(f"支出变动/{name}/上年") for name in ("基本支出", "项目支出")}
    general = {name: cells(f"支出变动/一般公共预算{name}/上年") for name in natures}
    found = [
        Check(
            "GK405", "一般公共预算的上年数：收入 = 支出变动", tuple(income[name] for name in _GENERAL),
            tuple(cell for part in general.values() for cell in part), margin=Margin.ROUNDED,
        )
    ]  # fmt: skip
    for fund in FISCAL_FUNDS:
        received = tuple(income[name] for name in _sources(fund=fund))
        what = f"{fund}的上年数：收入 = 各科目合计"
        found.append(Check("GK405", what, received, items[fund], margin=Margin.ROUNDED))
    found.append(
        Check(
            "GK406", "上年数合计：各项收入 = 基本支出、项目支出", tuple(income.values()),
            tuple(cell for part in natures.values() for cell in part), margin=Margin.ROUNDED,
        )
    )  # fmt: skip
    for name, whole in natures.items():
        what = f"一般公共预算{name}的上年数 ≤ 全部{name}的"
        found.append(Check("GK420", what, general[name], whole, at_most=True, stated=whole))
    return found


def _public() -> list[Check]:
    found = []
    for name, code in zip(_PUBLIC, _CODES, strict=True):
        money = Cells("项目资金.金额", where={"经济分类": (code,), "来源": _GENERAL})
        parts = (*shared.economic(code), money)
        what = f"基本支出和项目里的 {code} ≤ {name}"
        planned = cells(f"三公经费/{name}/一般公共预算")
        found.append(Check("GK407", what, parts, planned, at_most=True, margin=Margin.LEEWAY))
    for fund in (Fund.GOVERNMENT, Fund.CAPITAL):
        planned = tuple(cell for name in _PUBLIC for cell in cells(f"三公经费/{name}/{fund}"))
        spent = _spent(sources=_of_fund(fund))
        what = f"{fund}的“三公”经费 ≤ {fund}支出"
        found.append(Check("GK413", what, planned, spent, at_most=True, margin=Margin.LEEWAY))
    bought = tuple(cell for fund in FISCAL_FUNDS for cell in cells(f"三公经费/公务用车购置费/{fund}"))
    planned = cells("国有资产/本年购置/车辆经费")
    found.append(Check("GK415", "本年购置的车辆经费 = 公务用车购置费", planned, bought))
    return found


def _assets() -> list[Check]:
    return [
        Check(
            "GK440", f"100万元以上设备 ≤ 50万元以上设备{what}", cells(f"国有资产/{place}100万元以上设备"),
            cells(f"国有资产/{place}50万元以上设备"), at_most=True,
        )
        for place, what in (("", ""), ("本年购置/", "（本年购置）"))
    ]  # fmt: skip


def _bought() -> list[Check]:
    others = tuple(source.value for source in Source if source.value not in _GENERAL)
    personnel = (*shared.STAFF, *_spent("人员经费", others))
    spent = (*_spent(), *(replace(part, sign=-1) for part in personnel))
    return [
        *(replace(each, rule="GK408") for each in shared.bought("面向中小企业", "面向小微企业", "政府采购预算")),
        Check("GK434", "政府采购 ≤ 人员经费以外的全部支出", shared.BOUGHT, spent, at_most=True),
    ]


CHECKS: Sequence[Check] = (
    Check(
        "GK401", "一般公共预算基本支出：各科目合计 = 经济分类合计", _spent(_BASIC, _GENERAL), shared.ECONOMIC,
        margin=Margin.ROUNDED,
    ),
    *_projects(),
    Check(
        "GK403", "单位资金的构成合计 = 支出中的单位资金",
        parts := cells(*(f"收入/单位资金/构成/{name}" for name in (
            "事业收入", "上级补助收入", "附属单位上缴收入", "事业单位经营收入", "其他收入"))),
        _spent(sources=("单位资金",)), margin=Margin.ROUNDED, stated=parts,
    ),
    *_priors(),
    *_public(),
    *_bought(),
    *_assets(),
    Check("GK416", "在职人数 ≤ 编制数", cells("概况/人员/在职/人数"), cells("概况/人员/编制数"), at_most=True),
    *shared.people(),
    *shared.running_costs("支出变动/一般公共预算基本支出/上年", "一般公共预算基本支出"),
    *shared.weights("GK409", "项目", "项目指标", "整体绩效指标"),
    *shared.approved(_TOTALS),
)  # fmt: skip
"""From what matters most; the approved totals last."""
